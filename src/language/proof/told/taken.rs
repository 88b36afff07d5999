//! Taken: words for a mean, a median, a total or an order, against how a number was taken of a list.

use std::ops::Range;

use super::{Told, begins, within};
use crate::language::proof::rules::{Rules, Words};
use crate::language::proof::{Fault, Finding, Passage, words};
use crate::language::{Lang, Sense};

/// How a number is taken of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The arithmetic mean.
    Mean,
    /// The value in the middle.
    Median,
    /// The largest or the smallest.
    End,
    /// The total.
    Sum,
}

impl Taken {
    /// Says how a function of expressions takes a number of a list.
    pub fn by(function: &str) -> Option<Taken> {
        match function {
            "mean" => Some(Taken::Mean),
            "median" => Some(Taken::Median),
            "max" | "min" => Some(Taken::End),
            "sum" => Some(Taken::Sum),
            _ => None,
        }
    }

    /// Says whether a word for one is wrong of a number that was taken by another: a mean of sums is called by either word.
    pub fn is_other_than(self, taken: Taken) -> bool {
        self != taken && !matches!((self, taken), (Taken::Mean | Taken::Median, Taken::Sum))
    }

    /// Calls it as messages do.
    pub fn name(self) -> &'static str {
        match self {
            Taken::Mean => "the mean",
            Taken::Median => "the median",
            Taken::End => "one end of the list",
            Taken::Sum => "the total",
        }
    }
}

/// Finds the phrase of a list that words hold.
fn said(list: &Words, phrases: &[&str]) -> Option<Range<usize>> {
    (0..list.len()).find_map(|at| {
        let count = phrases.iter().find_map(|phrase| begins(&list[at..], phrase))?;
        Some(list[at].0.start..list[at + count - 1].0.end)
    })
}

/// Finds the one word for a mean, a median or a total that words hold; that for a total also at their head.
fn of(rules: &Rules, list: &Words) -> Option<(Taken, Range<usize>)> {
    let says = [(Taken::Mean, rules.means), (Taken::Median, rules.medians), (Taken::Sum, rules.totals)];
    let mut told = says.into_iter().filter_map(|(own, phrases)| Some((own, said(list, phrases)?)));
    match (told.next(), told.next()) {
        (Some(only), None) => Some(only),
        (None, _) => Some((Taken::Sum, said(list.get(..1)?, rules.heads)?)),
        _ => None,
    }
}

impl Lang {
    /// Reads how a number was taken of a list in the words about it, where one of them says it.
    pub fn taken(self, text: &str) -> Option<(Taken, &str)> {
        let (taken, at) = of(self.grammar().proof, &words(text))?;
        Some((taken, &text[at]))
    }
}

/// Finds a word for a mean, a median or a total in a clause whose one number was taken otherwise.
pub(super) fn read(rules: &Rules, passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    let numbers: Vec<&Told> = within(passage, clause).filter(|told| told.keys.is_empty()).collect();
    let list = words(&passage.text[clause.clone()]);
    let push = |at: Range<usize>, is: &str, found: &mut Vec<Finding>| {
        let span = clause.start + at.start..clause.start + at.end;
        found.push(Finding {
            fault: Fault::OtherMeasure,
            message: format!("`{}` is said of a number that is {is}", &passage.text[span.clone()]),
            hint: "ask for what the words say, or say what is asked for".to_owned(),
            span,
        });
    };
    let [number] = numbers.as_slice() else { return };
    if let Some(taken) = number.taken {
        let told = of(rules, &list).filter(|(own, _)| own.is_other_than(taken));
        told.into_iter().for_each(|(_, at)| push(at, taken.name(), found));
    }
    // «Сальдо – 2 275 человек», said of births.
    let behind = |at: &Range<usize>| clause.start + at.end <= number.span.start;
    let balance = list.iter().find(|(at, word)| behind(at) && rules.balances.contains(&word.to_lowercase().as_str()));
    if let Some((at, _)) = balance.filter(|_| number.is_unsigned) {
        push(at.clone(), "never below zero, and no balance", found);
    }
}

/// Finds words for one order beside a list that goes the other way.
pub(super) fn orders(rules: &Rules, passage: &Passage, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let ways: Vec<Sense> = within(passage, sentence).filter_map(|told| told.order).collect();
    let [way] = ways.as_slice() else { return };
    let list = words(&passage.text[sentence.clone()]);
    let [falling, rising] = rules.orders.map(|phrases| said(&list, phrases));
    let (right, wrong) = if *way == Sense::More { (falling, rising) } else { (rising, falling) };
    if let (None, Some(at)) = (right, wrong) {
        let span = sentence.start + at.start..sentence.start + at.end;
        let first = if *way == Sense::More { "largest" } else { "smallest" };
        found.push(Finding {
            fault: Fault::Extreme,
            message: format!("`{}` is said of a list whose first is the {first}", &passage.text[span.clone()]),
            hint: "ask for the other end, or say the other word".to_owned(),
            span,
        });
    }
}
