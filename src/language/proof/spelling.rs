//! Spelling: words that no dictionary has, and words whose letters look like others.

use std::ops::Range;

use super::{Fault, Finding};
use crate::language::Language;
use crate::language::vocabulary::Unknown;

/// What was read of a text: how many words, and which of them are not known.
#[derive(Clone, Debug, Default)]
pub struct Spelt {
    /// How many words could be judged: those of the language's letters that are no abbreviations.
    pub words: usize,
    /// The bytes of those that are not known, and what they may be.
    pub unknown: Vec<(Range<usize>, Unknown)>,
    /// How many words that are not known were taken for names, and not judged.
    pub names: usize,
}

/// Judges the words of a text.
pub(super) fn spelt(language: &Language, text: &str) -> Spelt {
    let mut spelt = Spelt::default();
    let vocabulary = language.vocabulary();
    for span in hyphened(text) {
        let word = &text[span.clone()];
        let before = text[..span.start].chars().next_back();
        let after = text[span.end..].chars().next();
        let is_own = word.chars().all(|c| c == '-' || (language.rules().is_own)(c));
        let is_part = before.is_some_and(|c| c.is_ascii_digit() || "-%‰/@_·".contains(c))
            || after.is_some_and(|c| "/·".contains(c));
        let is_short = word.chars().count() < 3 || after == Some('.') && word.chars().count() < 5;
        // «ағылш. net»: the stop of an abbreviation, behind which the sentence goes on.
        let behind = text[span.end..].strip_prefix(". ").and_then(|rest| rest.chars().next());
        let is_short = is_short || word.chars().count() < 7 && behind.is_some_and(char::is_lowercase);
        let capitals = |part: &str| part.chars().filter(|c| c.is_uppercase()).count();
        // «ЖІӨ-нің», but «Батыс-Қазақстан».
        let is_letters = word.split('-').any(|part| capitals(part) > 1);
        if !is_own
            || is_unit(language, word)
            || is_part
            || is_short
            || is_letters
            || is_foreign_name(language, text, span.start)
        {
            continue;
        }
        spelt.words += 1;
        let Some(unknown) = vocabulary.judge(word) else { continue };
        // A name is in no dictionary, and near to many a word.
        let begins = text[..span.start].trim_end_matches([' ', '\u{a0}', '«', '(', '–', '„']);
        // «г. Алматы»: the stop of an abbreviation ends no sentence.
        let is_short = begins.strip_suffix('.').is_some_and(|rest| {
            rest.rsplit(|c: char| !c.is_alphabetic()).next().is_some_and(|word| word.chars().count() == 1)
        });
        let is_first = !is_short
            && !is_quoted_alone(text, &span)
            && (begins.is_empty() || begins.ends_with(['.', '!', '?', '…', '\n', ':']));
        let is_long = word.chars().count() > 5;
        let is_place = language.rules().places.iter().any(|ending| word.ends_with(ending));
        let ends_abstract = language.rules().abstracts.iter().any(|ending| word.ends_with(ending));
        let is_told = is_first && is_long && !is_place && (unknown != Unknown::Strange || ends_abstract);
        let is_name = word.starts_with(char::is_uppercase) && !is_told;
        let is_title = unknown == Unknown::Strange && is_in_title(text, span.start);
        if !is_name && !is_title || matches!(unknown, Unknown::Alike(_)) {
            spelt.unknown.push((span, unknown));
        } else if let Some(name) = vocabulary.near_name(word).filter(|_| is_name) {
            spelt.unknown.push((span, Unknown::Near(name)));
        } else {
            spelt.words -= 1;
            spelt.names += 1;
        }
    }
    spelt
}

/// Says whether a word is a unit sign or a scale word, with an ending behind its hyphen where its language has them: «кВт», «кг-ға».
fn is_unit(language: &Language, word: &str) -> bool {
    let Some((sign, ending)) = word.split_once('-') else {
        return language.rules().signs_of_units.contains(&word);
    };
    let units = language.lang().grammar().quantity.units;
    let is_sign = units.iter().any(|(own, _)| own.trim_end_matches('*') == sign)
        || language.rules().signs_of_units.contains(&sign);
    is_sign && language.rules().endings.contains(&ending)
}

/// Says whether a place stands in a quotation of another alphabet: «Ақ жол» in Russian.
fn is_foreign_name(language: &Language, text: &str, at: usize) -> bool {
    let Some(open) = text[..at].rfind('«').filter(|open| !text[*open..at].contains('»')) else { return false };
    let inner = &text[open..at + text[at..].find('»').unwrap_or(0)];
    inner.chars().any(|letter| {
        letter.is_alphabetic() && !letter.is_ascii() && letter != '«' && !(language.rules().is_own)(letter)
    })
}

/// Says whether a word stands alone between quotation marks, as names of teams, firms and papers do: «Кайрат».
fn is_quoted_alone(text: &str, span: &Range<usize>) -> bool {
    text[..span.start].ends_with('«') && text[span.end..].starts_with('»')
}

/// Says whether a place stands in the title of something: a quotation of few words that begins with a capital.
fn is_in_title(text: &str, at: usize) -> bool {
    const MOST: usize = 6;
    let Some(open) = text[..at].rfind('«').filter(|open| !text[*open..at].contains('»')) else { return false };
    let inner = &text[open + '«'.len_utf8()..];
    let inner = &inner[..inner.find('»').unwrap_or(0)];
    inner.starts_with(char::is_uppercase) && super::words(inner).len() <= MOST
}

/// Finds the words of a text, those with hyphens whole.
fn hyphened(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (span, _) in super::words(text) {
        match found.last_mut() {
            Some(last) if &text[last.end..span.start] == "-" => last.end = span.end,
            _ => found.push(span),
        }
    }
    found
}

/// Reads a passage.
pub(super) fn read(language: &Language, text: &str, found: &mut Vec<Finding>) {
    for (span, unknown) in spelt(language, text).unknown {
        let word = &text[span.clone()];
        let (fault, message, hint) = match unknown {
            Unknown::Alike(right) | Unknown::Near(right) => {
                (Fault::Spelling, format!("`{word}` is no known word"), format!("did you mean `{right}`?"))
            }
            Unknown::Strange => {
                let code = language.lang().code();
                let hint = format!("mend it, or add it to templates/{code}/words.txt");
                (Fault::Strange, format!("`{word}` is in no dictionary, and near no word of one"), hint)
            }
        };
        found.push(Finding { fault, span, message, hint });
    }
}
