//! Guide: the chapters of `docs/guide` do what they say: every file in them is written, every change made, every command run,
//! in their order, as a newcomer does.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::study::scratch;
use crate::support::root;

/// A fenced block: what stands behind its fence, and its lines.
struct Block {
    head: Vec<String>,
    lines: Vec<String>,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(head), false) => {
                found.push(Block { head: head.split(' ').map(str::to_owned).collect(), lines: Vec::new() });
                open = true;
            }
            (Some(_), true) => open = false,
            (None, true) => found.last_mut().expect("a block").lines.push(line.to_owned()),
            (None, false) => {}
        }
    }
    assert!(!open, "a fence is not closed");
    found
}

/// Lists the chapters in the order of the guide's own list.
fn chapters() -> Vec<String> {
    let list = fs::read_to_string(root().join("docs/guide/README.md")).expect("the list of chapters");
    let named = list.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    let files = named.filter_map(|line| Some(line.split_once("](")?.1.split_once(')')?.0.to_owned()));
    files.filter(|file| !file.starts_with("../")).collect()
}

/// The pages that lead from questions to methods, which the program writes itself.
const METHODS: [&str; 3] = ["methods.en", "methods.ru", "methods.kk"];

/// Parts the words of a command as a shell does: quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quote, mut open) = (Vec::new(), None, false);
    for letter in line.chars() {
        match (letter, quote) {
            (letter, Some(quoted)) if letter == quoted => quote = None,
            ('\'' | '"', None) => {
                quote = Some(letter);
                words.extend((!open).then(String::new));
                open = true;
            }
            (' ', None) => open = false,
            (letter, _) => {
                words.extend((!open).then(String::new));
                open = true;
                words.last_mut().expect("a word").push(letter);
            }
        }
    }
    words
}

/// Compares what is printed with what is shown: in this order, `…` for what is left out.
fn lacks<'a>(printed: &str, shown: &'a [String]) -> Option<&'a str> {
    let printed = printed.replace(['\u{a0}', '\u{202f}'], " ");
    let mut lines = printed.lines().map(str::trim);
    shown.iter().map(|line| line.trim()).filter(|line| *line != "…").find(|line| {
        let is_it = |printed: &str| match line.split_once('…') {
            Some((before, behind)) => printed.starts_with(before) && printed.ends_with(behind),
            None => printed == *line,
        };
        !lines.any(is_it)
    })
}

/// A terminal in which the commands of a chapter are typed.
struct Terminal {
    folder: PathBuf,
    cache: PathBuf,
    ran: usize,
}

impl Terminal {
    fn run(&mut self, chapter: &str, typed: &str, shown: &[String]) {
        let (command, fails) = match typed.strip_suffix("# fails") {
            Some(command) => (command.trim_end(), true),
            None => (typed, false),
        };
        let words = words(command);
        match words.first().map(String::as_str) {
            Some("cd") => self.folder.push(&words[1]),
            Some("esep") => {
                let output = Command::new(env!("CARGO_BIN_EXE_esep"))
                    .args(&words[1..])
                    .current_dir(&self.folder)
                    .env("ESEP_CACHE", &self.cache)
                    .env("LC_ALL", "C")
                    .output()
                    .expect("esep runs");
                let printed =
                    [String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)].concat();
                assert_eq!(output.status.code(), Some(i32::from(fails)), "{chapter}: {typed}\n{printed}");
                assert_eq!(lacks(&printed, shown), None, "{chapter}: {typed}\n{printed}");
                self.ran += 1;
            }
            _ => panic!("{chapter}: `{typed}` is no command"),
        }
    }
}

/// Makes the changes of a block in a file: the lines with `-` stand there once, and become those with `+`.
fn change(path: &Path, lines: &[String], chapter: &str) {
    let mut text = fs::read_to_string(path).expect("a file");
    for hunk in lines.chunk_by(|one, next| !(one.starts_with('+') && next.starts_with('-'))) {
        let of = |sign: char| -> String {
            hunk.iter().filter_map(|line| line.strip_prefix(sign)).map(|line| format!("{line}\n")).collect()
        };
        assert_eq!(text.matches(&of('-')).count(), 1, "{chapter}: {}\n{}\n{text}", path.display(), of('-'));
        text = text.replacen(&of('-'), &of('+'), 1);
    }
    fs::write(path, text).expect("a file");
}

#[test]
fn a_newcomer_follows_the_guide_from_nothing_to_a_published_page() {
    let folder = scratch("guide");
    let cache = folder.join("cache");
    let mut terminal = Terminal { folder: folder.join("work"), cache, ran: 0 };
    fs::create_dir_all(&terminal.folder).expect("a folder");
    let (mut written, mut changed) = (0, 0);
    // Queries need records that no study holds: `tests/it/pull.rs` runs that chapter's.
    for chapter in chapters().into_iter().filter(|name| !name.starts_with("when-the-data")) {
        let text = fs::read_to_string(root().join("docs/guide").join(&chapter)).expect("a chapter");
        for block in blocks(&text) {
            match (block.head[0].as_str(), block.head.get(1)) {
                ("console", None) => {
                    let mut commands: Vec<(&str, Vec<String>)> = Vec::new();
                    for line in &block.lines {
                        match (line.strip_prefix("$ "), commands.last_mut()) {
                            (Some(typed), _) => commands.push((typed, Vec::new())),
                            (None, Some((_, shown))) => shown.push(line.clone()),
                            (None, None) => panic!("{chapter}: `{line}` is printed by no command"),
                        }
                    }
                    commands.iter().for_each(|(typed, shown)| terminal.run(&chapter, typed, shown));
                }
                ("diff", Some(path)) => {
                    change(&terminal.folder.join(path), &block.lines, &chapter);
                    changed += 1;
                }
                (_, Some(path)) => {
                    let path = terminal.folder.join(path);
                    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                    fs::write(path, block.lines.iter().map(|line| format!("{line}\n")).collect::<String>())
                        .expect("a file");
                    written += 1;
                }
                // An example that is part of no study says so by having no name.
                ("yaml", None) => {}
                (other, None) => panic!("{chapter}: a block of `{other}` is neither a file nor a command"),
            }
        }
    }
    assert_eq!((terminal.ran, written, changed), (67, 16, 24));
}

#[test]
fn chapters_are_listed_and_their_links_lead_somewhere() {
    let folder = root().join("docs/guide");
    let there: BTreeSet<String> = fs::read_dir(&folder)
        .expect("the guide")
        .map(|entry| entry.expect("a chapter").file_name().to_string_lossy().into_owned())
        .filter(|name| name != "README.md")
        .collect();
    assert_eq!(chapters().into_iter().collect::<BTreeSet<_>>(), there);
    let mut links = 0;
    for name in there.iter().map(String::as_str).chain(["README.md"]) {
        let text = fs::read_to_string(folder.join(name)).expect("a chapter");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            if path.contains("://") {
                continue;
            }
            let target = if path.is_empty() { folder.join(name) } else { folder.join(path) };
            let text = fs::read_to_string(&target).unwrap_or_else(|_| panic!("{name}: {link}"));
            let heads = text.lines().filter(|line| line.starts_with('#'));
            let named = |line: &str| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
            assert!(anchor.is_empty() || heads.map(named).any(|head| head == anchor), "{name}: {link}");
            links += 1;
        }
    }
    assert!(links > 15, "{links}");
}

#[test]
fn the_guide_is_printed_and_written_as_pages_that_lead_to_one_another() {
    let esep =
        |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_esep")).args(arguments).output().expect("esep runs");
    let text = |output: std::process::Output| String::from_utf8(output.stdout).expect("UTF-8");
    let list = text(esep(&["guide"]));
    assert_eq!(list.lines().count(), chapters().len() + METHODS.len(), "{list}");
    for (line, name) in list.lines().skip(chapters().len()).zip(METHODS) {
        assert!(line.starts_with(name), "{line}");
        assert_eq!(
            text(esep(&["guide", name])),
            fs::read_to_string(root().join(format!("docs/{name}.md"))).expect("it")
        );
    }
    for (line, chapter) in list.lines().zip(chapters()) {
        let name = chapter.trim_end_matches(".md");
        assert!(line.starts_with(name), "the order is that of the list: {line}");
        assert_eq!(
            text(esep(&["guide", name])),
            fs::read_to_string(root().join("docs/guide").join(&chapter)).expect("it")
        );
    }
    let unknown = esep(&["guide", "first-studdy"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean `first-study`?"));
    let folder = scratch("guide-pages").join("out");
    let out = folder.to_str().expect("a path");
    assert!(esep(&["guide", "--out", out]).status.success());
    assert_eq!(esep(&["guide", "--out", out]).status.code(), Some(2), "nothing is written over");
    let page = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|_| panic!("{name}"));
    let mut links = 0;
    let methods = METHODS.map(|name| format!("{name}.html"));
    assert!(page("index.html").contains("href=\"methods.kk.html\""));
    assert!(page("methods.kk.html").contains("<html lang=\"kk\">"));
    let chapters = chapters().iter().map(|name| name.replace(".md", ".html")).collect::<Vec<_>>();
    for chapter in chapters.into_iter().chain(methods).chain(["index.html".to_owned()]) {
        for link in page(&chapter).split("href=\"").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned))
        {
            if link.contains("://") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = page(if path.is_empty() { &chapter } else { path });
            assert!(anchor.is_empty() || target.contains(&format!("id=\"{anchor}\"")), "{chapter}: {link}");
            links += 1;
        }
    }
    assert!(links > 50, "{links}");
}
