//! Parity: language versions say the same, paragraph by paragraph: findings and their form, headings, exhibits, notes,
//! references.

use std::collections::BTreeMap;

use super::template::{Call, Template};
use super::words::{ExhibitWords, exhibits_path};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::{Lang, Language, same_noun};

/// Compares two versions of one page.
pub(super) fn compare(
    left: &Template,
    right: &Template,
    speech: (&Language, &Language),
    diagnostics: &mut Diagnostics,
) {
    let langs = (speech.0.lang(), speech.1.lang());
    // A language without grammar says in words of its own what the other has filters for.
    let plain = !(langs.0.has_grammar() && langs.1.has_grammar());
    let (a, b) = (paragraphs(left, plain), paragraphs(right, plain));
    if a.len() != b.len() {
        // The first pair that differs is where a paragraph is missing; else it is missing at the end.
        let at = a.iter().zip(&b).take_while(|(a, b)| a.calls == b.calls && a.heading == b.heading).count();
        let (here, there) = (b.get(at).or(b.last()), a.get(at).or(a.last()));
        let place = here.map_or_else(|| right.place(1, 1), |here| right.place(here.line, 1));
        let there = there.map_or(1, |there| there.line);
        let message = format!("has {} paragraphs, {} has {}", b.len(), left.spot(there), a.len());
        let hint = "they part here: each version says the same in the same paragraphs";
        diagnostics.push(Diagnostic::error(code::TEMPLATE_PARITY, place, message).hint(hint));
        return;
    }
    for (a, b) in a.iter().zip(&b) {
        let mut parts = Vec::new();
        match (&a.heading, &b.heading) {
            (x, y) if x == y => {}
            (Some(x), Some(y)) if x.id == y.id => {
                parts.push(format!("the heading is of level {}, there {}", y.level, x.level));
            }
            (x, y) => parts.push(format!("the heading is {}, there {}", name(y), name(x))),
        }
        let (mut only_a, mut only_b) = (missing_from(&a.calls, &b.calls), missing_from(&b.calls, &a.calls));
        // In place of what a change says stand conditions, and numbers under them.
        if a.changes && !langs.1.has_grammar() {
            only_b.clear();
        }
        if b.changes && !langs.0.has_grammar() {
            only_a.clear();
        }
        // What is counted is told apart by its noun, which each language spells its own way.
        for (noun_a, noun_b) in counted(a, b, speech) {
            only_a.push(noun_a);
            only_b.push(noun_b);
        }
        if !only_b.is_empty() {
            parts.push(format!("only here: {}", only_b.join("; ")));
        }
        if !only_a.is_empty() {
            parts.push(format!("only there: {}", only_a.join("; ")));
        }
        if !parts.is_empty() {
            let message = format!("differs from {}: {}", left.spot(a.line), parts.join("; "));
            diagnostics.push(Diagnostic::error(code::TEMPLATE_PARITY, right.place(b.line, 1), message));
        } else if a.heading.is_some() && a.text == b.text && speech.1.is_left_over(langs.0, &b.text) {
            let message = format!("the heading stands as in {}", left.spot(a.line));
            diagnostics.push(Diagnostic::error(code::LANGUAGE_UNTRANSLATED, right.place(b.line, 1), message));
        }
    }
}

/// Compares the words of the exhibits that no template holds: how many notes, which works, of what origin.
pub(super) fn exhibits(
    (lang, words): (Lang, &BTreeMap<String, ExhibitWords>),
    (other, theirs): (Lang, &BTreeMap<String, ExhibitWords>),
    diagnostics: &mut Diagnostics,
) {
    for (id, own) in theirs {
        let Some(there) = words.get(id) else { continue };
        let works = |entry: &ExhibitWords| entry.references.iter().map(|work| work.value.clone()).collect::<Vec<_>>();
        let mut parts = Vec::new();
        if own.note.len() != there.note.len() {
            parts.push(format!("{} notes, there {}", own.note.len(), there.note.len()));
        }
        if works(own) != works(there) {
            parts.push(format!("references: {}; there: {}", works(own).join(", "), works(there).join(", ")));
        }
        if own.source != there.source {
            parts.push("redrawn in one and derived in the other".to_owned());
        }
        let row = |entry: &ExhibitWords| entry.title.referenced.line() as usize;
        if !parts.is_empty() {
            let message = format!("`{id}` differs from {}:{}: {}", exhibits_path(lang), row(there), parts.join("; "));
            let place = Place::line(exhibits_path(other), row(own), own.title.referenced.column() as usize);
            diagnostics.push(Diagnostic::error(code::TEMPLATE_PARITY, place, message));
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Heading {
    id: String,
    level: usize,
}

struct Paragraph {
    line: usize,
    heading: Option<Heading>,
    /// The words of a heading.
    text: String,
    calls: BTreeMap<String, usize>,
    /// Whether a change is said in it.
    changes: bool,
    /// The nouns of counted findings, by the finding.
    nouns: BTreeMap<String, Vec<String>>,
}

fn name(heading: &Option<Heading>) -> String {
    heading.as_ref().map_or("none".to_owned(), |heading| format!("`{}`", heading.id))
}

fn paragraphs(template: &Template, plain: bool) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for (i, line) in template.prose.lines().enumerate() {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        if !open {
            let (calls, nouns) = Default::default();
            paragraphs.push(Paragraph {
                line: i + 1,
                heading: None,
                text: String::new(),
                calls,
                changes: false,
                nouns,
            });
            open = true;
        }
        let Some(paragraph) = paragraphs.last_mut() else { continue };
        if line.starts_with('#') {
            let (text, id) = line.split_once("{#").unwrap_or((line, ""));
            let level = line.len() - line.trim_start_matches('#').len();
            paragraph.heading = Some(Heading { id: id.trim_end().trim_end_matches('}').to_owned(), level });
            paragraph.text = text.trim_matches(['#', ' ']).to_owned();
        }
        // What stands in words in one language may be said otherwise in the other.
        let compared = |call: &&Call| call.line == i + 1 && call.function != "exempt";
        for call in template.calls.iter().filter(compared) {
            paragraph.changes |= !call.transform.is_empty();
            if plain && !call.transform.is_empty() {
                continue;
            }
            let (spelled, noun) = spelled(call, plain);
            if let Some(noun) = noun {
                paragraph.nouns.entry(spelled.clone()).or_default().push(noun);
            }
            *paragraph.calls.entry(spelled).or_default() += 1;
        }
    }
    paragraphs
}

/// A call without what belongs to one language, which is case, gender and the spelling of nouns; and its noun.
fn spelled(call: &Call, plain: bool) -> (String, Option<String>) {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut noun = None;
    let own = |filter: &&String| {
        let name = filter.split('(').next().unwrap_or_default();
        matches!(name, "case" | "possessive" | "collective" | "words" | "verb")
    };
    let filters = call.filters.iter().filter(|filter| !own(filter)).map(|filter| match filter.split_once('(') {
        Some(("noun" | "ordinal", _)) if plain => "|number".to_owned(),
        Some(("date", _)) if plain => "|date".to_owned(),
        Some((name @ ("noun" | "ordinal"), arguments)) => {
            let (word, rest) = arguments.split_once(',').map_or((arguments, ")"), |(word, rest)| (word, rest));
            noun = Some(word.trim_matches(['"', '\'', ')']).to_owned());
            // Only the noun is the language's own: decimals and scale are not.
            format!("|{name}({}", rest)
        }
        _ => format!("|{filter}"),
    });
    let filters: String = filters.collect();
    (format!("{}({}){}{filters}", call.function, bare(&call.argument), call.transform), noun)
}

/// Returns the pairs of nouns that do not name one thing.
fn counted(a: &Paragraph, b: &Paragraph, (left, right): (&Language, &Language)) -> Vec<(String, String)> {
    // What the study declares is the same where it stands under one name.
    let same = |noun: &str, other: &str| match (left.declared_as(noun), right.declared_as(other)) {
        (Some(name), Some(theirs)) => name == theirs,
        _ => same_noun((left.lang(), noun), (right.lang(), other)),
    };
    let mut found = Vec::new();
    for (call, ours) in &a.nouns {
        let Some(theirs) = b.nouns.get(call) else { continue };
        let strange = |noun: &&String| !theirs.iter().any(|other| same(noun, other));
        let odd: Vec<&String> = ours.iter().filter(strange).collect();
        let unmatched = |noun: &&String| !ours.iter().any(|other| same(other, noun));
        for (noun, other) in odd.iter().zip(theirs.iter().filter(unmatched)) {
            found.push((format!("{call} of `{noun}`"), format!("{call} of `{other}`")));
        }
    }
    found
}

fn missing_from(from: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>) -> Vec<String> {
    from.iter()
        .filter(|(call, count)| other.get(*call).copied().unwrap_or(0) < **count)
        .map(|(call, _)| call.clone())
        .collect()
}
