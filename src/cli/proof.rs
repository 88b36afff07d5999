//! Proof: `esep proof`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;

use super::{Common, Format, complain, conclude, dictionaries, disk};
use crate::build::{self, Wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::{Files, Kept};
use crate::language::proof::{HIDDEN, Passage};
use crate::language::{Lang, Language};
use crate::page::{self, pairs::PAIRS};

/// The arguments of `esep proof`.
#[derive(Args)]
pub(super) struct Arguments {
    /// A text or Markdown file in UTF-8; the study where left out.
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// The language of the file: ru, kk or en; told from its letters where left out.
    #[arg(long, value_name = "CODE", value_parser = super::lang)]
    lang: Option<Lang>,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let mut files = Files::default();
    match &arguments.file {
        Some(path) => match text_of(path) {
            Ok(text) => {
                let lang = arguments.lang.unwrap_or_else(|| Lang::guessed(&text));
                let notes = alone(path, &text, lang, common, &mut diagnostics);
                note(common, &[notes]);
                files.insert(path, text);
            }
            Err(message) => {
                diagnostics.push(Diagnostic::error(code::FILE_MISSING, Place::file(path.as_str()), message));
            }
        },
        None => {
            files = disk::read_study(&common.study, &mut diagnostics);
            let notes = whole(&mut files, arguments.lang, &mut diagnostics);
            note(common, &notes);
        }
    }
    conclude(&diagnostics, &files, common, false)
}

fn note(common: &Common, notes: &[String]) {
    if common.format == Format::Human {
        notes.iter().for_each(|note| complain(&format!("note: {note}\n")));
    }
}

/// The files of a study in which a language has words of its own.
fn own_words(lang: Lang) -> [String; 3] {
    ["words.txt", "words.dic", "words.aff"].map(|name| format!("templates/{}/{name}", lang.code()))
}

/// Proof-reads a text with the dictionaries of the machine, and the words of the study around it.
fn alone(path: &str, text: &str, lang: Lang, common: &Common, diagnostics: &mut Diagnostics) -> String {
    let found = dictionaries::of(lang);
    let [list, ..] = own_words(lang);
    let own = disk::read_file(&common.study.join(list)).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let read: Vec<(&str, &str)> = found.iter().map(|own| (own.words.as_str(), own.affixes.as_str())).collect();
    let language = Language::own(lang).with_words(own.as_deref().unwrap_or_default(), &read);
    for (line, paragraph) in paragraphs(text) {
        read_all(&language, path, (line, &paragraph), diagnostics);
    }
    let names = found.iter().map(|own| own.path.display().to_string()).collect();
    rate(&language, &[text], names)
}

/// Builds a study in memory with the dictionaries of the machine beside its own words: what the build reads of the prose, it
/// proof-reads; whatever else is wrong it says as well.
fn whole(files: &mut Files, lang: Option<Lang>, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut names: BTreeMap<Lang, Vec<String>> = BTreeMap::new();
    for lang in Lang::ALL {
        let [list, words, affixes] = own_words(lang);
        let given = [&words, &list].into_iter().filter(|path| files.get(path.as_str()).is_some()).cloned().collect();
        let found = dictionaries::of(lang).into_iter().next().filter(|_| files.get(&words).is_none());
        let mut all: Vec<String> = given;
        if let Some(found) = found {
            all.insert(0, found.path.display().to_string());
            files.insert(words, found.words);
            files.insert(affixes, found.affixes);
        }
        names.insert(lang, all);
    }
    let languages = lang.iter().map(|lang| lang.code().to_owned()).collect();
    let built = build::work(files, &Wanted { languages, ..Wanted::default() }, &Kept::default(), diagnostics);
    let mut notes = Vec::new();
    if let Ok(work) = &built {
        for (lang, language) in &work.material.prose.speech {
            let end = format!("/{}/report.md", lang.code());
            let texts: Vec<&str> = work
                .report
                .iter()
                .filter(|(path, _)| path.ends_with(&end))
                .filter_map(|(path, _)| work.report.text(path))
                .collect();
            if !texts.is_empty() {
                notes.push(rate(language, &texts, names.get(lang).cloned().unwrap_or_default()));
            }
        }
        if work.material.prose.languages.len() > 1 && files.get(PAIRS).is_none() {
            notes.push(format!("there is no {PAIRS}: a sentence changed in one language alone is not named; `esep build --accept-pairs` writes it"));
        }
    }
    notes
}

/// States how many words are not known.
fn rate(language: &Language, texts: &[&str], names: Vec<String>) -> String {
    let code = language.lang().code();
    if !language.has_dictionary() {
        return format!(
            "{code}: no dictionary was consulted: misspelt words that keep the rules of their endings are not found"
        );
    }
    let (mut words, mut unknown, mut taken) = (0, 0, 0);
    for (_, paragraph) in texts.iter().flat_map(|text| paragraphs(text)) {
        let spelt = language.spelt(&paragraph);
        words += spelt.words;
        unknown += spelt.unknown.len();
        taken += spelt.names;
    }
    let taken = match taken {
        0 => String::new(),
        count => format!("; {count} more begin with a capital and were taken for names"),
    };
    let share = 100.0 * unknown as f64 / f64::max(words as f64, 1.0);
    format!("{code}: {unknown} of {words} words are not known ({share:.1}%) to {}{taken}", names.join(", "))
}

/// Reads a text in UTF-8.
fn text_of(path: &str) -> Result<String, String> {
    String::from_utf8(disk::read_table(path)?).map_err(|_| "is no text in UTF-8".to_owned())
}

/// Proof-reads one passage that begins on a line.
fn read_all(language: &Language, file: &str, (first, text): (usize, &str), diagnostics: &mut Diagnostics) {
    let negative = text.match_indices('\u{2212}').map(|(at, sign)| {
        let digits = &text[at + sign.len()..];
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != '\u{a0}' && c != ',').unwrap_or(digits.len());
        at..at + sign.len() + end
    });
    let passage = Passage { text: text.to_owned(), negative: negative.collect(), ..Passage::default() };
    for finding in language.proofread(&passage) {
        let before = &text[..finding.span.start];
        let line = first + before.matches('\n').count();
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        let word = &text[finding.span.clone()];
        let place = Place::line(file, line, column).covering(word.chars().count().max(1));
        diagnostics.push(page::told(finding.fault, place, finding.message).hint(finding.hint));
    }
}

/// Parts a text at empty lines and at items of lists, without code and with marks of Markdown as they are.
fn paragraphs(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let (mut open, mut fenced) = (false, false);
    for (i, line) in text.lines().enumerate() {
        let bare = line.trim_start();
        if bare.starts_with("```") {
            fenced = !fenced;
            open = false;
            continue;
        }
        let is_rule = bare.starts_with('|') && bare.chars().all(|sign| "|-: ".contains(sign));
        if bare.is_empty() || fenced || is_rule {
            open = false;
            continue;
        }
        let item = bare.starts_with("- ") || bare.starts_with("* ") || bare.starts_with('#') || bare.starts_with('|');
        let shown = without_tags(&without_code(line));
        match found.last_mut().filter(|_| open && !item) {
            Some((_, paragraph)) => {
                paragraph.push('\n');
                paragraph.push_str(&shown);
            }
            None => found.push((i + 1, shown)),
        }
        open = !bare.starts_with('#');
    }
    found
}

/// Hides tags of HTML, one sign for one.
fn without_tags(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        let is_tag = tag[1..].starts_with(|sign: char| sign.is_ascii_alphabetic() || "/!".contains(sign));
        let end = tag.find('>').filter(|_| is_tag).map_or(0, |end| end + 1);
        out.push_str(before);
        out.extend(tag[..end].chars().map(|_| HIDDEN));
        out.push_str(if end == 0 { "<" } else { "" });
        rest = &tag[end.max(1)..];
    }
    out + rest
}

/// Hides what stands between back quotes, one sign for one, so that columns stay.
fn without_code(line: &str) -> String {
    let mut code = false;
    line.chars()
        .map(|letter| {
            let mark = letter == '`';
            code ^= mark;
            if code || mark { HIDDEN } else { letter }
        })
        .collect()
}
