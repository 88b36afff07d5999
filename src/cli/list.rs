//! List: `esep list`: what a study may name, with what each means.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::answers::{Listed, ListedEntry, ListedExample, say};
use super::{Common, Format, complain, disk, misused, print, spoken, warn};
use crate::analysis::METHODS;
use crate::catalog::Territories;
use crate::catalog::check::CHECKS;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, code};
use crate::exhibit::KINDS;
use crate::expression::FUNCTIONS;
use crate::files::Files;
use crate::finding::Unit;
use crate::language::{Lang, Language, Scale};
use crate::page::{CHANGES, FILTERS, speech, strings};
use crate::study::{STUDY, Study};

/// The arguments of `esep list`.
#[derive(Args)]
pub(super) struct Arguments {
    /// What to list.
    #[arg(value_enum)]
    what: What,
    /// The language of titles and examples.
    #[arg(long, default_value = "en", value_name = "LANG", value_parser = super::lang)]
    lang: Lang,
}

/// What can be listed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Units of measures and figures, as the language prints them: those of the program, and those that the study declares.
    Units,
    /// Nouns that can be counted: those of the program, and those that the study declares.
    Nouns,
    /// Filters of templates.
    Filters,
    /// Functions of expressions.
    Functions,
    /// Checks of tables.
    Checks,
    /// Kinds of chart.
    Kinds,
    /// Methods of analyses.
    Methods,
}

/// One thing: how it is written, what it means, and an example.
struct Entry {
    name: String,
    takes: String,
    meaning: String,
    examples: Vec<(String, String)>,
}

impl Entry {
    fn new(name: impl Into<String>, takes: impl Into<String>, meaning: impl Into<String>) -> Entry {
        Entry { name: name.into(), takes: takes.into(), meaning: meaning.into(), examples: Vec::new() }
    }
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let of_study = matches!(arguments.what, What::Nouns | What::Units);
    if let (false, Err(message)) = (of_study, spoken(arguments.lang.code())) {
        return misused(&message);
    }
    let mut diagnostics = Diagnostics::default();
    let files =
        if of_study { disk::read_style(&common.study, &[arguments.lang], &mut diagnostics) } else { Files::default() };
    let language = language(arguments, common, &files, &mut diagnostics);
    let entries: Vec<Entry> = match arguments.what {
        What::Units => {
            let all = Unit::ALL.into_iter().chain(language.own_units());
            all.map(|unit| Entry::new(unit.name(), "", language.unit(unit, Scale::One))).collect()
        }
        What::Nouns => language.nouns().into_iter().map(|noun| Entry::new(noun, "", "")).collect(),
        What::Filters => FILTERS
            .iter()
            .chain([&CHANGES])
            .map(|filter| {
                let is_own = |lang: &str| lang == arguments.lang.code();
                // A filter that bends words has its examples where words are bent.
                let has_own = filter.examples.iter().any(|(lang, ..)| is_own(lang));
                let own = filter.examples.iter().filter(|(lang, ..)| is_own(lang) || !has_own);
                let examples = own.map(|(_, text, said)| ((*text).to_owned(), said.replace('~', "\u{a0}"))).collect();
                Entry { examples, ..Entry::new(filter.name, filter.arguments, filter.meaning) }
            })
            .collect(),
        What::Functions => FUNCTIONS.iter().map(|f| Entry::new(f.name, f.arguments, f.meaning)).collect(),
        What::Checks => CHECKS.iter().map(|(name, keys, meaning)| Entry::new(*name, *keys, *meaning)).collect(),
        What::Kinds => KINDS.iter().map(|kind| Entry::new(kind.name, kind.takes, kind.shows)).collect(),
        What::Methods => METHODS
            .iter()
            .map(|method| {
                let roles: Vec<&str> = method.roles.iter().map(|role| role.name).collect();
                Entry::new(method.name, roles.join(", "), language.said(&method.key("title")))
            })
            .collect(),
    };
    match common.format {
        Format::Json => {
            let what = arguments.what.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
            let language = arguments.lang.code().to_owned();
            say(&Listed { list: what, language, entries: entries.iter().map(said_of).collect() });
        }
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            entries.iter().for_each(|entry| print(&text_of(entry, arguments.what)));
            if entries.is_empty() {
                let lang = arguments.lang.code();
                complain(&format!(
                    "note: none are known in `{lang}`: the program has no grammar of it, and no study here names its own\n"
                ));
            }
        }
    }
    for key in language.lacked() {
        diagnostics.push(strings::lacks(arguments.lang, &key, Place::file(strings::path(arguments.lang))));
    }
    let list = diagnostics.sorted();
    warn(&list, &files);
    ExitCode::from(u8::from(list.iter().any(|problem| problem.severity == Severity::Error)))
}

/// Makes the language, with the nouns, units and texts of the study where one stands here.
fn language(arguments: &Arguments, common: &Common, files: &Files, diagnostics: &mut Diagnostics) -> Language {
    let lang = arguments.lang;
    let Some(study) = files.get(STUDY).and_then(|_| Study::read(files, diagnostics)) else {
        return Language::own(lang);
    };
    speech::own_words(lang, &study, diagnostics);
    let strings = strings::read(lang, files, diagnostics).unwrap_or_default();
    let is_foreign = common.study != Path::new(".");
    if is_foreign && !study.languages.iter().any(|code| code == lang.code()) {
        let place = Place::file(STUDY);
        let message = format!("the study is not written in the language `{}`", lang.code());
        diagnostics.push(Diagnostic::warning(code::LANGUAGE_WORD, place, message));
    }
    speech::language(lang, &study, &Territories::default(), strings)
}

fn said_of(entry: &Entry) -> ListedEntry {
    let said = |text: &String| (!text.is_empty()).then(|| text.clone());
    let examples = entry.examples.iter();
    ListedEntry {
        name: entry.name.clone(),
        takes: said(&entry.takes),
        meaning: said(&entry.meaning),
        examples: examples.map(|(text, says)| ListedExample { text: text.clone(), says: says.clone() }).collect(),
    }
}

fn text_of(entry: &Entry, what: What) -> String {
    let head = match (what, entry.takes.as_str()) {
        (_, "") => entry.name.clone(),
        (What::Filters | What::Functions, takes) => format!("{}({takes})", entry.name),
        (_, takes) => format!("{}: {takes}", entry.name),
    };
    let meaning = if entry.meaning.is_empty() { String::new() } else { format!("\n    {}", entry.meaning) };
    let examples: String = entry.examples.iter().map(|(text, said)| format!("\n    {text} → {said}")).collect();
    format!("{head}{meaning}{examples}\n")
}
