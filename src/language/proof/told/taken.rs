//! Taken: words for a mean, a median, a total or an order, against how a number was taken of a list.

use std::ops::Range;

use super::{Told, begins, within};
use crate::language::Sense;
use crate::language::proof::rules::{Rules, Words};
use crate::language::proof::{Fault, Finding, Passage, words};

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
    fn name(self) -> &'static str {
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
        let head = list.first().is_some_and(|_| said(&list[..1], rules.heads).is_some());
        let says = [(Taken::Mean, rules.means), (Taken::Median, rules.medians), (Taken::Sum, rules.totals)];
        let mut told: Vec<(Taken, Range<usize>)> =
            says.into_iter().filter_map(|(own, phrases)| Some((own, said(&list, phrases)?))).collect();
        told.extend(list.first().filter(|_| head && told.is_empty()).map(|(at, _)| (Taken::Sum, at.clone())));
        // A mean of sums is called by either word.
        let is_plain = |own: Taken| !matches!((own, taken), (Taken::Mean | Taken::Median, Taken::Sum));
        if let [(own, at)] = told.as_slice()
            && *own != taken
            && is_plain(*own)
        {
            push(at.clone(), taken.name(), found);
        }
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
