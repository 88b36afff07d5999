//! List: `esep list`: what a study may name, with what each means.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::answers::{Listed, ListedEntry, ListedExample, say};
use super::{Common, Format, disk, print};
use crate::analysis::METHODS;
use crate::catalog::check::CHECKS;
use crate::diagnostic::Diagnostics;
use crate::exhibit::KINDS;
use crate::expression::FUNCTIONS;
use crate::finding::Unit;
use crate::language::{Lang, Language, OwnWords, Scale};
use crate::page::{CHANGES, FILTERS, words};
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
    let language = Language::own(arguments.lang).with_own(declared(arguments, common));
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
                let own = filter.examples.iter().filter(|(lang, ..)| *lang == arguments.lang.code());
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
            entries.iter().for_each(|entry| print(&text_of(entry, arguments.what)))
        }
    }
    ExitCode::SUCCESS
}

/// Reads the nouns and units that the study declares, where one stands here and can be read.
fn declared(arguments: &Arguments, common: &Common) -> OwnWords {
    let mut diagnostics = Diagnostics::default();
    if !matches!(arguments.what, What::Nouns | What::Units) {
        return OwnWords::default();
    }
    let files = disk::read_style(&common.study, &mut diagnostics);
    let study = files.get(STUDY).and_then(|_| Study::read(&files, &mut diagnostics));
    study.map(|study| words::own_words(arguments.lang, &study, &mut diagnostics)).unwrap_or_default()
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
