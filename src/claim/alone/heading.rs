//! Heading: what stands over a column of numbers → the words of its quantity, its unit and the scale in which it counts.

use std::collections::BTreeSet;

use super::super::called::words;
use super::super::scan::{Found, Measured, names_total, of_unit};
use crate::language::quantity::is_neutral;

/// What a column of numbers counts, as its heading says.
#[derive(Clone, Debug, Default)]
pub(super) struct Heading {
    /// The words that name the quantity: a sentence speaks of it that says them all.
    pub names: Vec<String>,
    /// The words of its unit, where the heading states one that no language lists: `tonnes`.
    pub unit: Vec<String>,
    /// What it is measured in, where that is known; nothing where the heading states no unit.
    pub measured: Option<Measured>,
}

/// The shortest word that may name a quantity.
const NAMING: usize = 3;

/// The marks between which a unit stands.
const BRACKETS: [(char, char); 2] = [('(', ')'), ('[', ']')];

impl Heading {
    /// Reads a heading: `milk, thousand tonnes`, `население (тыс. чел.)`, `rate [%]`.
    pub(super) fn read(title: &str) -> Heading {
        let (name, unit) = parted(title);
        let naming = |word: &String| {
            word.chars().count() >= NAMING
                && !word.starts_with(|c: char| c.is_ascii_digit())
                && !names_total(word)
                && !is_neutral(word)
        };
        let all = words(&name.replace('_', " "));
        let mut names: BTreeSet<String> = all.iter().filter(|word| naming(word)).cloned().collect();
        // What is called by a word of numbers alone is called by that.
        if names.is_empty() {
            let is_word = |word: &&String| word.chars().count() >= NAMING && word.chars().all(char::is_alphabetic);
            names.extend(all.iter().filter(is_word).filter(|word| !names_total(word)).cloned());
        }
        let measured = unit.map(of_unit);
        let unknown = unit.filter(|_| measured.is_some_and(|one| one.name.is_none())).map(words).unwrap_or_default();
        let unit = unknown.into_iter().filter(|word| !is_neutral(word) && !word.is_empty()).collect();
        Heading { names: names.into_iter().collect(), unit, measured }
    }

    /// Says whether a text names the quantity.
    pub(super) fn is_named(&self, said: &[String]) -> bool {
        !self.names.is_empty() && self.names.iter().all(|name| said.iter().any(|word| is_of(name, word)))
    }

    /// Says whether the heading states a unit, and none of shares.
    pub(super) fn is_of_things(&self) -> bool {
        let shares = |name| matches!(name, Some("percent" | "percentage-points" | "per-mille"));
        self.measured.is_some_and(|own| !shares(own.name))
    }

    /// Says whether a word is one of the heading's own.
    pub(super) fn has(&self, word: &str) -> bool {
        self.names.iter().chain(&self.unit).any(|name| is_of(name, word))
    }

    /// Says whether a number may be in this unit; `whole` where all cells are as small as shares are.
    pub(super) fn fits(&self, found: &Found, said: &[String], whole: bool) -> bool {
        let (own, text) = (self.measured.and_then(|own| own.name), found.measured.name);
        let rates = [self.measured.and_then(rate), rate(found.measured)];
        if rates != [None, None] {
            return rates[0] == rates[1] || rates[0].is_some() && found.measured.is_bare();
        }
        let share = matches!(text, Some("percent" | "percentage-points" | "per-mille"));
        if text == Some("times") || share && own.is_none() && !whole {
            return false;
        }
        match (own, text) {
            (Some("persons"), None) => true,
            (Some(own), text) => text == Some(own),
            (None, Some(_)) if !self.unit.is_empty() => false,
            (None, _) => self.unit.iter().all(|unit| said.iter().any(|word| is_of(unit, word) || word == unit)),
        }
    }
}

/// Returns to how many of something a rate counts; promille are a rate to a thousand.
fn rate(measured: Measured) -> Option<u32> {
    measured.per.or((measured.name == Some("per-mille")).then_some(1000))
}

/// Parts a heading into what it names and its unit.
fn parted(title: &str) -> (String, Option<&str>) {
    for (open, close) in BRACKETS {
        if let Some((name, rest)) = title.split_once(open)
            && let Some((unit, behind)) = rest.split_once(close)
        {
            return (format!("{name} {behind}"), Some(unit));
        }
    }
    match title.rsplit_once(',') {
        Some((name, unit)) if !unit.trim().is_empty() => (name.to_owned(), Some(unit)),
        _ => (title.to_owned(), None),
    }
}

/// Says whether a word of a text is a word of a name in another case.
pub(super) fn is_of(name: &str, word: &str) -> bool {
    let length = name.chars().count();
    if length <= NAMING {
        return word == name;
    }
    let ending = if length > 8 { 3 } else { 2 };
    let stem: String = name.chars().take(length.saturating_sub(ending).max(NAMING + 1)).collect();
    word.starts_with(&stem) && word.chars().count() <= length + 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_their_quantity_their_unit_and_their_scale() {
        let read = |title: &str| {
            let Heading { names, unit, measured } = Heading::read(title);
            (names.join(" "), unit.join(" "), measured.map(|one| (one.steps, one.name)))
        };
        assert_eq!(read("milk, thousand tonnes"), ("milk".into(), "tonnes".into(), Some((1, None))));
        assert_eq!(read("Население (тыс. чел.)"), ("население".into(), String::new(), Some((1, Some("persons")))));
        assert_eq!(read("unemployment rate [%]").2, Some((0, Some("percent"))));
        assert_eq!(read("халық саны"), ("халық".into(), String::new(), None));
        for heading in
            ["Infant mortality (per 1,000 live births)", "Рождаемость (на 1000 человек)", "Туу, 1000 адамға шаққанда"]
        {
            assert_eq!(rate(Heading::read(heading).measured.unwrap_or_default()), Some(1000), "{heading}");
        }
        assert_eq!(read("total"), (String::new(), String::new(), None));
    }
}
