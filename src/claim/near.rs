//! Near: what stands beside a number in a text and what an expression reads: territories and periods that are named there.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::asked;
use super::called::{Book, words};
use super::scan::Found;
use super::stops::{first_sentence, last_sentence};
use crate::analysis::Edition;
use crate::expression;
use crate::finding::Part;

/// What texts call the keys of expressions.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Territories and members of categories, by code or name.
    book: Book<String>,
    /// The codes of countries: where no territory is named, the country is meant.
    countries: Vec<String>,
    /// The codes of territories.
    territories: BTreeSet<String>,
}

/// What of an expression is named beside a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// What is, as the text calls it.
    pub words: Vec<String>,
    /// How many of its keys are not.
    pub lacks: usize,
}

/// A name in a text, and from which of its words to which it reaches.
type Named = (String, Range<usize>);

impl Names {
    /// Gathers the names of all territories and of the members of categories.
    pub fn of(editions: &[Edition]) -> Names {
        let mut names = Names::default();
        for edition in editions {
            for one in edition.territories().iter() {
                let forms = one.names.values().chain(one.forms.values().flat_map(BTreeMap::values));
                let texts = forms.flatten().filter(|(form, _)| *form != "sort");
                texts.for_each(|(_, text)| names.book.add(text, one.code.to_string(), 0));
                names.territories.insert(one.code.to_string());
                if edition.is_country(&one.code) {
                    names.countries.push(one.code.to_string());
                }
            }
            for member in edition.categories().values().flatten() {
                names.book.add(&member.replace('_', " "), member.clone(), 1);
            }
        }
        names
    }

    /// Lists what a text names.
    fn named(&self, text: &str) -> (Vec<String>, Vec<Named>) {
        let words = words(text);
        let found = self.book.all(&words);
        (words, found)
    }

    /// Says what of an expression is named beside a number.
    pub fn beside(&self, found: &Found, expr: &str) -> Beside {
        let Ok(parsed) = expression::parse(expr) else { return Beside::default() };
        let own = format!("{} {}", last_sentence(&found.before).0, first_sentence(&found.after));
        let dated = own.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4 && run.starts_with(['1', '2']));
        // What stands behind the end of its sentence is said of another number.
        let plain = format!("{} {} {}", found.before, found.phrase, first_sentence(&found.after));
        let (text, named) = self.named(&plain);
        let mut beside = Beside::default();
        let mut keys = asked::mentions(&parsed);
        for (from, to) in asked::spans(&parsed) {
            keys.extend([Part::Period(from), Part::Period(to)]);
        }
        let elsewhere =
            || named.iter().any(|(code, _)| self.territories.contains(code) && !self.countries.contains(code));
        for part in keys {
            let word = match &part {
                Part::Period(period) => {
                    let year = period.year().to_string();
                    // A sentence that says when is not of the year of the one before.
                    let said = if dated { &own } else { &plain };
                    said.contains(&year).then_some(year)
                }
                _ => {
                    let code = code(&part);
                    let own = named.iter().find(|(known, _)| *known == code).map(|(_, at)| text[at.clone()].join(" "));
                    own.or_else(|| (self.countries.contains(&code) && !elsewhere()).then(|| code.clone()))
                }
            };
            match word {
                Some(word) if !beside.words.contains(&word) => beside.words.push(word),
                Some(_) => {}
                None => beside.lacks += 1,
            }
        }
        beside
    }

    /// Returns where in a text each key of an expression is named, counted in words; none where one is not.
    pub fn places(&self, text: &str, expr: &str) -> Option<Vec<usize>> {
        let (text, named) = self.named(text);
        let of_part = |part: &Part| match part {
            Part::Period(period) => {
                let year = period.year().to_string();
                text.iter().position(|word| *word == year)
            }
            _ => named.iter().find(|(known, _)| *known == code(part)).map(|(_, at)| at.start),
        };
        asked::mentions(&expression::parse(expr).ok()?).iter().map(of_part).collect()
    }
}

/// Returns the code of a territory without its borders, or the member of a category.
fn code(part: &Part) -> String {
    match part {
        Part::Category(name) => name.to_string(),
        part => part.to_string().split('@').next().unwrap_or_default().to_owned(),
    }
}
