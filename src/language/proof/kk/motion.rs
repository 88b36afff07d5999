//! Motion: the two ends of a change, and two values of which one is more.

use std::ops::Range;

use super::super::rules::Figure;
use super::super::{words, years};
use crate::language::{Language, NBSP};

const ABLATIVE: [&str; 6] = ["дан", "ден", "тан", "тен", "нан", "нен"];
const DATIVE: [&str; 6] = ["ға", "ге", "қа", "ке", "на", "не"];

/// Words between the second end of a change and its verb.
const ADVERBS: [&str; 14] = [
    "айтарлықтай",
    "едәуір",
    "біршама",
    "сәл",
    "қайта",
    "күрт",
    "баяу",
    "тұрақты",
    "бірден",
    "елеулі",
    "аздап",
    "ғана",
    "дейін",
    "біртіндеп",
];

/// Words beside which a number is an hour.
const HOURS: [&str; 2] = ["сағат", "сағаттан"];

/// The most words of a number: a scale, a unit of two.
const MOST_WORDS: usize = 3;

/// The most letters of an ending behind a hyphen; what is longer is a noun, behind the digits of an ordinal: «9-орыннан».
const LONGEST: usize = 4;

/// Words of a clause that compares with what was.
const BEFORE: [&str; 8] = ["бұл", "ол", "бұрынғы", "өткен", "алдыңғы", "жылғы", "былтырғы", "яғни"];

/// «56,1%-дан 61,2%-ға дейін артты», «310 мың теңгеден 287 мың теңгеге төмендеді».
pub(super) fn ends(language: &Language, text: &str, figures: &[Figure], verb: &Range<usize>) -> Option<(usize, usize)> {
    let to = (1..figures.len()).find(|to| is_change(language, text, [&figures[to - 1], &figures[*to]], verb))?;
    Some((to - 1, to))
}

fn is_change(language: &Language, text: &str, [from, to]: [&Figure; 2], verb: &Range<usize>) -> bool {
    let is_joined = |own: &Figure| own.joined.chars().count() <= LONGEST;
    let before = words(&text[..from.span.start]);
    let is_hour = before.last().is_some_and(|(_, word)| HOURS.contains(&word.to_lowercase().as_str()));
    // Behind a colon the verb stands before both.
    let behind = if verb.start >= to.span.end { &text[to.span.end..verb.start] } else { &text[to.span.end..] };
    let (first, second) = (said(&text[from.span.end..to.span.start]), words(behind));
    let is_date = first
        .iter()
        .chain(&second)
        .any(|(_, word)| language.lang().month(word).is_some() || word.to_lowercase().starts_with("жас"));
    let is_until = second.iter().any(|(_, word)| *word == "дейін");
    let from_ends = first.last().is_some_and(|(_, word)| bears(word, &ABLATIVE)) && first.len() <= MOST_WORDS;
    let is_verb_first = verb.end <= from.span.start;
    let bearing = second.iter().take(MOST_WORDS).position(|(_, word)| bears(word, &DATIVE));
    let to_ends =
        bearing.is_some_and(|at| is_verb_first || second[at + 1..].iter().all(|(_, word)| ADVERBS.contains(word)));
    let is_one_unit = is_until || from.unit.is_empty() == to.unit.is_empty();
    is_joined(from) && is_joined(to) && !is_hour && !is_date && from_ends && to_ends && is_one_unit
}

/// Lists the words between two numbers without those of the date of the second.
fn said(between: &str) -> Vec<(Range<usize>, &str)> {
    match years::years(between).first() {
        Some(year) => {
            let behind = words(&between[year.span.end..]);
            let is_date = behind.iter().all(|(_, word)| word.starts_with('ж'));
            if is_date { words(&between[..year.span.start]) } else { Vec::new() }
        }
        None => words(between),
    }
}

fn bears(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| word.ends_with(ending))
}

/// «12 732 адам кетті, бұл бұрынғы 15 840 адамнан көп», but not «15 840 адамнан көп ауыл».
pub(super) fn compared(_: &Language, text: &str, figures: &[Figure], at: &Range<usize>) -> Option<(usize, usize)> {
    let second = figures.iter().rposition(|own| own.span.end <= at.start)?;
    let own = words(&text[figures[second].span.end..at.start]);
    let is_ablative = own.last().is_some_and(|(_, word)| bears(word, &ABLATIVE)) && own.len() <= MOST_WORDS;
    let clause = &text[..figures[second].span.start];
    let clause = clause.rsplit(", ").next().unwrap_or_default();
    let is_told = words(clause).iter().any(|(_, word)| BEFORE.contains(&word.to_lowercase().as_str()));
    let is_last = text[at.end..].trim_start_matches([' ', NBSP]).split(' ').next().is_none_or(|word| {
        word.is_empty()
            || word.starts_with(['.', ',', ';', ')'])
            || ["болды", "болып"].contains(&word.trim_end_matches('.'))
    });
    (second == 1 && is_ablative && is_told && is_last).then_some((0, 1))
}
