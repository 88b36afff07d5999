//! Near: what stands beside a number in a text and what an expression reads: territories and periods that are named there.

use std::collections::BTreeMap;

use super::scan::Found;
use super::{asked, said};
use crate::analysis::Edition;
use crate::expression;
use crate::finding::Part;

/// What texts call the keys of expressions.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The names of territories, each as its words, by code.
    territories: BTreeMap<String, Vec<Vec<String>>>,
    /// The codes of countries: where no territory is named, the country is meant.
    countries: Vec<String>,
}

/// What of an expression is named beside a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// What is, as the text calls it.
    pub words: Vec<String>,
    /// How many of its keys are not.
    pub lacks: usize,
}

impl Names {
    /// Gathers the names of all territories.
    pub fn of(editions: &[Edition]) -> Names {
        let mut names = Names::default();
        for edition in editions {
            for one in edition.territories().iter() {
                let texts =
                    one.names.values().flatten().filter(|(form, _)| *form != "sort").map(|(_, text)| words(text));
                let known = names.territories.entry(one.code.to_string()).or_default();
                known.extend(texts.filter(|words| !words.is_empty()));
                if edition.is_country(&one.code) {
                    names.countries.push(one.code.to_string());
                }
            }
        }
        names
    }

    /// Says what of an expression is named beside a number.
    pub fn beside(&self, found: &Found, expr: &str) -> Beside {
        let Ok(parsed) = expression::parse(expr) else { return Beside::default() };
        let text = words(&format!("{} {} {}", found.before, found.phrase, found.after));
        let plain = format!("{} {} {}", found.before, found.phrase, found.after);
        let mut beside = Beside::default();
        let mut keys = asked::mentions(&parsed);
        for (from, to) in asked::spans(&parsed) {
            keys.extend([Part::Period(from), Part::Period(to)]);
        }
        let named = |names: &Vec<Vec<String>>| names.iter().find_map(|name| stands(name, &text));
        let elsewhere =
            || self.territories.iter().any(|(code, names)| !self.countries.contains(code) && named(names).is_some());
        for part in keys {
            let word = match &part {
                Part::Period(period) => {
                    let year = period.year().to_string();
                    plain.contains(&year).then_some(year)
                }
                _ => {
                    let code = part.to_string();
                    let of_list = self.territories.get(code.split('@').next().unwrap_or_default());
                    match of_list {
                        Some(names) => named(names)
                            .or_else(|| (self.countries.contains(&code) && !elsewhere()).then(|| code.clone())),
                        None => stands(&words(&code.replace('_', " ")), &text),
                    }
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
        let text = words(text);
        let of_part = |part: &Part| match part {
            Part::Period(period) => {
                let year = period.year().to_string();
                text.iter().position(|word| *word == year)
            }
            _ => {
                let code = part.to_string();
                match self.territories.get(code.split('@').next().unwrap_or_default()) {
                    Some(all) => all.iter().filter_map(|name| place(name, &text)).min(),
                    None => place(&words(&code.replace('_', " ")), &text),
                }
            }
        };
        asked::mentions(&expression::parse(expr).ok()?).iter().map(of_part).collect()
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Finds a name in a text, each of its words in any case; returns it as the text has it.
fn stands(name: &[String], text: &[String]) -> Option<String> {
    place(name, text).map(|at| text[at..at + name.len()].join(" "))
}

fn place(name: &[String], text: &[String]) -> Option<usize> {
    let fits = |window: &[String]| name.iter().zip(window).all(|(own, word)| said::nearness(own, word).is_some());
    text.windows(name.len().max(1)).position(|window| !name.is_empty() && fits(window))
}
