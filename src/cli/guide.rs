//! Guide: `esep guide`: the chapters of the guide in the terminal, or as pages that open from disk.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::answers::{ChapterListed, Chapters, say};
use super::{Common, Format, conclude, disk, misused, print, printed, reference};
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::files::Files;

/// The arguments of `esep guide`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The chapter to print; all are listed where it is left out.
    chapter: Option<String>,
    /// Write all chapters and the reference as pages into this folder, which is not there yet or is empty.
    #[arg(long, value_name = "DIR", conflicts_with = "chapter")]
    out: Option<PathBuf>,
}

macro_rules! chapters {
    ($($name:literal),*) => {
        /// The chapters by the names of their files.
        const CHAPTERS: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../docs/guide/", $name, ".md"))),)*
            // Which method for which question, as `esep method guide` writes it.
            ("methods.en", include_str!("../../docs/methods.en.md")),
            ("methods.ru", include_str!("../../docs/methods.ru.md")),
            ("methods.kk", include_str!("../../docs/methods.kk.md")),
        ];
    };
}

chapters!(
    "README",
    "first-study",
    "data-and-checks",
    "territories-and-units",
    "expressions",
    "prose",
    "exhibits",
    "languages",
    "claims",
    "editions-and-refresh",
    "publishing",
    "when-a-build-fails",
    "when-the-data-outgrow-one-machine"
);

const STYLE: &str = "body{font:1.05rem/1.55 Georgia,serif;max-width:46rem;margin:0 auto;padding:1rem;color:#1b2333;background:#fdfdfb}\
    h1,h2,h3,nav,table,.file{font-family:system-ui,sans-serif}pre{background:#f1f2ee;padding:.7rem;overflow-x:auto;font-size:.85rem}\
    code{font-size:.9em}table{border-collapse:collapse;font-size:.9rem}td,th{border-bottom:1px solid #ccd;padding:.3rem .6rem;text-align:left;\
    vertical-align:top}a{color:#0b4f94}.file{margin-bottom:-.6rem;font-size:.85rem;color:#555}@media(prefers-color-scheme:dark){body{\
    background:#14171f;color:#e6e8ee}pre{background:#1f2430}a{color:#8cc0ff}.file{color:#aab}}";

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    if let Some(folder) = &arguments.out {
        if let Err(message) = disk::is_free(folder) {
            return misused(&message);
        }
        let files = pages();
        if let Err(problem) = disk::write_study(&disk::Real, folder, &files) {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(*problem);
            return conclude(&diagnostics, &Files::default(), common, false);
        }
        return printed(&format!("{}: {} files, begin with index.html\n", folder.display(), files.len()), common);
    }
    let Some(name) = &arguments.chapter else {
        let list = CHAPTERS.iter().filter(|(name, _)| *name != "README");
        match common.format {
            Format::Json => {
                let told =
                    |(name, text): &(&'static str, &'static str)| ChapterListed { chapter: name, title: title(text) };
                say(&Chapters { chapters: list.map(told).collect() });
            }
            _ => list.for_each(|(name, text)| print(&format!("{name:34} {}\n", title(text)))),
        }
        return ExitCode::SUCCESS;
    };
    match CHAPTERS.iter().find(|(own, _)| own == name) {
        Some((_, text)) => printed(text, common),
        None => {
            let near = did_you_mean(name, CHAPTERS.iter().map(|(own, _)| *own)).unwrap_or_default();
            misused(&format!("there is no chapter `{name}`; {near} `esep guide` lists them"))
        }
    }
}

fn title(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_start_matches("# ")
}

/// Writes every chapter and the reference as a page.
fn pages() -> Files {
    let mut files = Files::default();
    let reference = reference::text();
    for (name, text) in CHAPTERS.iter().copied().chain([("reference", reference.as_str())]) {
        let lang = name.split_once('.').map_or("en", |(_, lang)| lang);
        files.insert(format!("{}.html", if name == "README" { "index" } else { name }), page(text, lang));
    }
    files.insert("style.css", STYLE);
    files
}

fn page(text: &str, lang: &str) -> String {
    let events: Vec<Event<'_>> = Parser::new_ext(text, Options::ENABLE_TABLES).collect();
    let mut out: Vec<Event<'_>> = Vec::new();
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let said = events[at..].iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
                let id = anchor(said);
                out.push(Event::Start(Tag::Heading {
                    level: *level,
                    id: Some(id.into()),
                    classes: classes.clone(),
                    attrs: attrs.clone(),
                }));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => out.push(Event::Start(Tag::Link {
                link_type: *link_type,
                dest_url: target(dest_url),
                title: title.clone(),
                id: id.clone(),
            })),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(head))) => {
                if let Some((_, file)) = head.split_once(' ') {
                    out.push(Event::Html("<p class=\"file\">".into()));
                    out.push(Event::Text(file.to_owned().into()));
                    out.push(Event::Html("</p>\n".into()));
                }
                out.push(event.clone());
            }
            other => out.push(other.clone()),
        }
    }
    let mut body = String::new();
    html::push_html(&mut body, out.into_iter());
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{}</title><link rel=\"stylesheet\" href=\"style.css\"></head><body>\n\
         <nav><a href=\"index.html\">The guide</a> · <a href=\"reference.html\">Reference</a></nav>\n<main>\n{body}</main></body></html>\n",
        title(text)
    )
}

/// Names a heading as links of Markdown do: small letters, hyphens for spaces.
fn anchor<'a>(events: impl Iterator<Item = &'a Event<'a>>) -> String {
    let said = events.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        _ => None,
    });
    let kept = |c: &char| c.is_alphanumeric() || " -_".contains(*c);
    said.collect::<String>().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

/// Turns a link between chapters into one between their pages.
fn target<'a>(link: &CowStr<'a>) -> CowStr<'a> {
    if link.contains("://") {
        return link.clone();
    }
    let (path, anchor) = link.split_once('#').map_or((link.as_ref(), None), |(path, anchor)| (path, Some(anchor)));
    let path = match path.trim_start_matches("../").strip_suffix(".md") {
        Some("README") => "index.html".to_owned(),
        Some(name) => format!("{name}.html"),
        None => path.to_owned(),
    };
    match anchor {
        Some(anchor) => format!("{path}#{anchor}").into(),
        None => path.into(),
    }
}
