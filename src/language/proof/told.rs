//! Told: what the quoted numbers and names of a passage say of the data, against the words around them.

mod branch;
mod extremes;
mod measures;
mod names;
mod taken;
mod times;

use std::ops::Range;

pub use branch::Condition;
pub use measures::Measures;
pub use taken::Taken;

use super::rules::{Rules, Words};
use super::{Fault, Finding, Passage, clauses, units, words};
use crate::finding::{Amount, Code, Part, Period, SeriesId, Unit};
use crate::language::{Lang, Language, NBSP, Sense, is_of};

/// What a number or a name of a passage says of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Its bytes.
    pub span: Range<usize>,
    /// Which end of an order it is, or stands at.
    pub end: Option<Sense>,
    /// Where that end lies: the keys of the largest or the smallest value.
    pub lies: Vec<Part>,
    /// The keys that it prints.
    pub keys: Vec<Part>,
    /// The period of which it is, where it is of one, and others that may be said of it.
    pub periods: Vec<Period>,
    /// Which side of zero it counts or lists.
    pub counts: Option<Sense>,
    /// Which side of zero it lies on, where it may lie on either.
    pub sign: Option<Sense>,
    /// Whether its order may hold values below zero, so that the largest loss is the smallest of it.
    pub is_signed: bool,
    /// The unit of a number that is printed without it.
    pub unit: Option<Unit>,
    /// Of a p-value, whether it is above what is called significant.
    pub is_chance: bool,
    /// Of how many times the largest is the smallest: that it is above one.
    pub is_largest_by_smallest: bool,
    /// Of how many times one place has what another has: the one above the line and the one below.
    pub ratio: Option<[Code; 2]>,
    /// Whether it says how many times, and less than once.
    pub is_part_of_one: bool,
    /// Its exact value, where it has a unit.
    pub value: Option<Amount>,
    /// The territories whose figures it is made of; none where these may be any.
    pub places: Vec<Code>,
    /// Those and what they are parts of.
    pub around: Vec<Code>,
    /// The first and the last period whose figures it is made of.
    pub read: Option<[Period; 2]>,
    /// Whether that is the first time of its series, or the last.
    pub edge: Option<Sense>,
    /// Whether those figures hold on the first day of their periods.
    pub is_stock: bool,
    /// The measures of tables whose figures it is made of; none where one of them is not known.
    pub measures: Vec<SeriesId>,
    /// How it was taken of a list.
    pub taken: Option<Taken>,
    /// Which way a list goes: the largest first, or the smallest.
    pub order: Option<Sense>,
    /// Whether it is of a kind that is never below zero: births, a population.
    pub is_unsigned: bool,
    /// Whether it lies above zero, and others of its kind below.
    pub is_gain: bool,
}

/// Reads a passage.
pub(super) fn read(language: &Language, passage: &Passage, found: &mut Vec<Finding>) {
    if passage.told.is_empty() {
        return;
    }
    let rules = language.rules();
    for sentence in sentences(&passage.text) {
        extremes::superlatives(rules, passage, &sentence, found);
    }
    extremes::places(language, passage, found);
    for sentence in sentences(&passage.text) {
        times::quarters(language, passage, &sentence, found);
        times::unsaid(language, passage, &sentence, found);
        names::others(language, passage, &sentence, found);
        names::compared(language, passage, &sentence, found);
        taken::orders(rules, passage, &sentence, found);
        times::spans(passage, &sentence, found);
        times::edges(language, passage, &sentence, found);
        if within(passage, &sentence).count() == 1 {
            taken::read(rules, passage, &sentence, found);
        }
    }
    times::then(language, passage, found);
    for clause in times::leading(language, &passage.text) {
        times::when(language, passage, &clause, found);
    }
    for clause in over_colons(&passage.text, clauses(&passage.text)) {
        signs(language, passage, &clause, found);
    }
    for clause in clauses(&passage.text) {
        measures::read(rules, passage, &clause, found);
        chance(language, passage, &clause, found);
        times(rules, passage, &clause, found);
        // Behind a dash stands the number of what stands before it.
        let has_more = sentences(&passage.text)
            .iter()
            .any(|own| own.start <= clause.start && clause.end <= own.end && within(passage, own).count() > 1);
        if has_more {
            taken::read(rules, passage, &clause, found);
        }
    }
    for told in passage.told.iter() {
        unit(language, &passage.text, told, found);
        ending(rules, &passage.text, told, found);
        dash(&passage.text, told, found);
    }
}

/// Splits a text at its full stops alone: what stands behind a colon or a dash belongs to what stands before.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    over_colons(text, super::sentences(text))
}

/// Joins the parts of a text that a colon parts.
fn over_colons(text: &str, parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for part in parts {
        let goes_on = text[..part.start].ends_with(':');
        match found.last_mut().filter(|_| goes_on) {
            Some(last) => last.end = part.end,
            None => found.push(part),
        }
    }
    found
}

fn within<'a>(passage: &'a Passage, span: &'a Range<usize>) -> impl Iterator<Item = &'a Told> {
    passage.told.iter().filter(|told| span.start <= told.span.start && told.span.end <= span.end)
}

/// Says whether words begin as the words of a phrase do: «самые высокие».
fn begins(list: &Words, phrase: &str) -> Option<usize> {
    let stems = phrase.split(' ');
    let count = stems.clone().count();
    let fits = list.len() >= count && list.iter().zip(stems).all(|((_, word), stem)| is_of(&word.to_lowercase(), stem));
    fits.then_some(count)
}

/// Says whether a word is one of a list: those that end in a star stand for any ending.
fn is_in(word: &str, list: &[&str]) -> bool {
    let lower = word.to_lowercase();
    list.iter().any(|own| is_of(&lower, own))
}

/// Says which side of zero the words of a list speak of, where they speak of one.
fn side(lists: [&[&str]; 2], list: &Words) -> Option<(Sense, Range<usize>)> {
    let [above, below] = lists.map(|own| list.iter().find(|(_, word)| is_in(word, own)).map(|(at, _)| at.clone()));
    match (above, below) {
        (Some(at), None) => Some((Sense::More, at)),
        (None, Some(at)) => Some((Sense::Less, at)),
        _ => None,
    }
}

/// Finds a word for one side of zero, or for gains or losses, where the other is counted or quoted.
fn signs(language: &Language, passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    let rules = language.rules();
    let told: Vec<&Told> = within(passage, clause).collect();
    let counted: Vec<Sense> = told.iter().filter_map(|told| told.counts).collect();
    let signed: Vec<Sense> = told.iter().filter_map(|told| told.sign).collect();
    let list = words(&passage.text[clause.clone()]);
    if list.iter().any(|(_, word)| language.lang.sense(&word.to_lowercase()) == Some(Sense::Turned)) {
        return;
    }
    let is = match (counted.as_slice(), signed.as_slice()) {
        ([way], _) => side(rules.signs, &list).or_else(|| side(rules.gains, &list)).filter(|(said, _)| said != way),
        ([], [way]) => {
            let flow = || side(rules.flows, &list).filter(|_| told.len() == 1 && !names_balance(rules, &list));
            // A loss that is printed without its sign is gained by nobody.
            let is_bare =
                |own: &&Told| own.sign == Some(Sense::Less) && !passage.text[own.span.clone()].starts_with('\u{2212}');
            let bare = || side(rules.gains, &list).filter(|_| told.len() == 1 && told.iter().any(is_bare));
            side(rules.signs, &list).or_else(flow).or_else(bare).filter(|(said, _)| said != way)
        }
        _ => None,
    };
    if let Some((_, at)) = is {
        let span = clause.start + at.start..clause.start + at.end;
        found.push(opposite(&passage.text, span, "the number beside it"));
    }
}

/// Says whether a word is one for a balance, whose sides may be told beside it.
fn names_balance(rules: &Rules, list: &Words) -> bool {
    list.iter().any(|(_, word)| rules.balance.contains(&word.to_lowercase().as_str()))
}

impl Lang {
    /// Says which side of zero a word speaks of: «отрицательное», «убыль».
    pub fn side(self, word: &str) -> Option<Sense> {
        let rules = self.grammar().proof;
        let says = |at: usize| is_in(word, rules.signs[at]) || is_in(word, rules.flows[at]);
        match (says(0), says(1)) {
            (true, false) => Some(Sense::More),
            (false, true) => Some(Sense::Less),
            _ => None,
        }
    }
}

/// Says that a word says the other way.
fn opposite(text: &str, span: Range<usize>, than: &str) -> Finding {
    Finding {
        fault: Fault::Direction,
        message: format!("`{}` says the other way than {than}", &text[span.clone()]),
        hint: "say what the data say, in a branch of holds() where it may change".to_owned(),
        span,
    }
}

/// Finds a p-value above what is called significant beside a word that calls it so.
fn chance(language: &Language, passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    // The p-value stands in brackets behind the clause.
    let number = passage.told.iter().find(|told| told.is_chance && told.span.start >= clause.start);
    let Some(number) = number else { return };
    let next = passage.text[clause.end..].trim_start_matches(['(', ' ', ',']);
    let near = passage.text.len() - next.len() + NEAR >= number.span.start;
    let list = words(&passage.text[clause.clone()]);
    let is_turned = list.iter().any(|(_, word)| language.lang.sense(&word.to_lowercase()) == Some(Sense::Turned));
    let said = list.iter().find(|(_, word)| is_in(word, language.rules().significant));
    if let Some((at, _)) = said.filter(|_| near && !is_turned) {
        let span = clause.start + at.start..clause.start + at.end;
        found.push(opposite(&passage.text, span, "its p-value, which is above 0.05"));
    }
}

/// How far a p-value may stand behind the clause that it is of, in bytes.
const NEAR: usize = 12;

/// Finds «меньше» beside how many times the largest is the smallest, in a sentence that names no smallest.
fn times(rules: &Rules, passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    if !within(passage, clause).any(|told| told.is_largest_by_smallest) {
        return;
    }
    let list = words(&passage.text[clause.clone()]);
    let [more, less] = rules.comparatives;
    let says = |own: &[&str]| list.iter().position(|(_, word)| own.contains(&word.to_lowercase().as_str()));
    let Some(at) = says(less).filter(|_| says(more).is_none()) else { return };
    // Who is less may be the smallest, or the latter of two.
    let ahead = &list[..at];
    let is_smallest = ahead.iter().enumerate().any(|(i, (_, word))| {
        rules.superlatives[1].iter().any(|phrase| begins(&ahead[i..], phrase).is_some()) || is_in(word, rules.latter)
    });
    let named = within(passage, clause).any(|told| told.end == Some(Sense::Less));
    if !is_smallest && !named {
        let span = clause.start + list[at].0.start..clause.start + list[at].0.end;
        found.push(opposite(&passage.text, span, "how many times the largest is the smallest"));
    }
}

/// Finds a unit typed behind a number that was printed without its own, which is another.
fn unit(language: &Language, text: &str, told: &Told, found: &mut Vec<Finding>) {
    let (Some(unit), rules) = (told.unit, language.rules()) else { return };
    let rest = text[told.span.end..].trim_start_matches([' ', NBSP]);
    let start = text.len() - rest.len();
    let length = rest.find(|c: char| !c.is_alphabetic() && c != '%' && c != '‰').unwrap_or(rest.len());
    let word = rest[..length].to_lowercase();
    let is_unit = units::kind(rules, &word).is_some_and(|kind| kind.is_unit()) || is_in(&word, rules.currencies);
    // What is glued to a number is its ending, but for a sign.
    let is_ending = start == told.span.end && !word.starts_with(['%', '‰']);
    if is_ending || !is_unit || language.unit_words(unit).iter().any(|own| alike(own, &word)) {
        return;
    }
    found.push(Finding {
        fault: Fault::OtherUnit,
        span: start..start + length,
        message: format!("`{}` is typed behind a number in {unit}", &rest[..length]),
        hint: "let `unit` print the unit of the number, or take the word out".to_owned(),
    });
}

/// Says whether two words begin alike, so that one is the other with an ending, or cut short.
fn alike(own: &str, word: &str) -> bool {
    let same = own.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    same >= 3 || own == word
}

/// Finds an ending typed behind the word that a number is printed with.
fn ending(rules: &Rules, text: &str, told: &Told, found: &mut Vec<Finding>) {
    let behind = &text[told.span.end..];
    let Some(rest) = behind.strip_prefix('-') else { return };
    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let printed = &text[told.span.clone()];
    let word = printed.rsplit([' ', NBSP]).next().unwrap_or_default();
    let is_word = printed.len() > word.len() && word.chars().count() > 2 && word.chars().all(char::is_lowercase);
    if is_word && rules.endings.contains(&&rest[..length]) {
        found.push(Finding {
            fault: Fault::Ending,
            span: told.span.start + printed.len() - word.len()..told.span.end + 1 + length,
            message: format!("`-{}` is typed behind a word, which bears its endings itself", &rest[..length]),
            hint: "let the filter `case` inflect it".to_owned(),
        });
    }
}

/// Finds a dash before a number that might be below zero, and is not.
fn dash(text: &str, told: &Told, found: &mut Vec<Finding>) {
    let before = &text[..told.span.start];
    let apart = before.trim_end_matches([' ', NBSP, '\n']);
    let printed = &text[told.span.clone()];
    let Some(dash) = apart.chars().next_back().filter(|last| matches!(last, '–' | '—')) else { return };
    if told.is_gain && apart.len() < before.len() && printed.starts_with(|c: char| c.is_ascii_digit()) {
        found.push(Finding {
            fault: Fault::Hyphen,
            span: apart.len() - dash.len_utf8()..apart.len(),
            message: format!("the dash before `{printed}` reads as its minus"),
            hint: "put a verb before the number, or quote it with `plus`".to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::language::{Lang, Style};

    /// Reads an English text in which the first number or name stands between brackets.
    fn faults(text: &str, told: Told) -> Vec<(Fault, String)> {
        let (from, to) = (text.find('[').unwrap_or(0), text.find(']').unwrap_or(1) - 1);
        let text = text.replace(['[', ']'], "");
        let language = Language::new(Lang::En, Style::english(), BTreeMap::new(), BTreeMap::new());
        let passage = Passage { text: text.clone(), told: vec![Told { span: from..to, ..told }], ..Passage::default() };
        let mut found = Vec::new();
        read(&language, &passage, &mut found);
        found.into_iter().map(|own| (own.fault, text[own.span].to_owned())).collect()
    }

    #[test]
    fn english_words_are_read_against_the_data() {
        let least = || Told { end: Some(Sense::Less), is_signed: true, ..Told::default() };
        let of = |year| Told { periods: vec![Period::of_year(year)], ..Told::default() };
        let below = || Told { counts: Some(Sense::Less), ..Told::default() };
        let gain = || Told { is_gain: true, ..Told::default() };
        for (text, told, fault, at) in [
            ("The highest wage is in [Opole].", least(), Fault::Extreme, "highest"),
            ("In 2023, [5,000] persons were born.", of(2024), Fault::Period, "2023"),
            ("A positive balance was seen in [5] regions.", below(), Fault::Direction, "positive"),
            ("It is [5,000] euros.", Told { unit: Some(Unit::Persons), ..Told::default() }, Fault::OtherUnit, "euros"),
            ("The balance – [5,000].", gain(), Fault::Hyphen, "–"),
        ] {
            assert_eq!(faults(text, told), [(fault, at.to_owned())], "{text}");
        }
        for (text, told) in [
            ("The lowest wage is in [Opole].", least()),
            ("[Opole] lost the most people.", least()),
            ("Most of the people live at least near [Opole].", least()),
            ("In 2024, [5,000] persons were born.", of(2024)),
            ("After the census of 2021 [5,000] persons were born.", of(2024)),
            ("It is higher than in 2021 at [5,000].", of(2024)),
            ("The balance was not positive in [5] regions.", below()),
            ("It is [5,000] persons.", Told { unit: Some(Unit::Persons), ..Told::default() }),
            ("The balance – it is [5,000].", gain()),
            ("The balance – [+5,000].", gain()),
            ("The births – [5,000].", Told::default()),
        ] {
            assert_eq!(faults(text, told), [], "{text}");
        }
    }
}
