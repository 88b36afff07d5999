//! Times: years, months and quarters that a clause says, against the periods of what it quotes.

use std::ops::Range;

use super::{Told, is_in, within};
use crate::finding::Period;
use crate::language::proof::{Fault, Finding, Passage, clauses, words, years};
use crate::language::{Language, NBSP, Sense};

/// Splits a text into clauses, of which one that is a time alone belongs to the next: "In 2023, so many came".
pub(super) fn leading(language: &Language, text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for clause in clauses(text) {
        let is_date = |last: &Range<usize>| {
            let own = &text[last.clone()];
            text[..clause.start].ends_with(',')
                && words(own).len() < 4
                && dates(language, own).iter().any(|one| one.is_first)
        };
        match found.last_mut().filter(|last| is_date(last)) {
            Some(last) => last.end = clause.end,
            None => found.push(clause),
        }
    }
    found
}

/// Finds a year or a month in which something is said to have been whose number is of another.
pub(super) fn when(language: &Language, passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[clause.clone()];
    let numbers: Vec<&Told> = within(passage, clause).filter(|told| !told.periods.is_empty()).collect();
    if numbers.is_empty() {
        return;
    }
    let dates = dates(language, text);
    for (i, date) in dates.iter().enumerate() {
        let (start, end) = (clause.start + date.span.start, clause.start + date.span.end);
        let next = dates.get(i + 1).map_or(clause.end, |next| clause.start + next.span.start);
        let before =
            i.checked_sub(1).and_then(|i| dates.get(i)).map_or(clause.start, |own| clause.start + own.span.end);
        let is_beside = |told: &&&Told| {
            let gap = passage.text.get(told.span.end..start).unwrap_or("x");
            before <= told.span.start && gap.trim_matches([' ', NBSP, '\n']).is_empty()
        };
        let behind = numbers.iter().find(is_beside);
        // In the middle of a clause a year may be of something else: «созданная в 2022 году область».
        let is_near = |to: usize| passage.text.get(end..to).is_some_and(|part| words(part).len() < 3);
        let is_free = !numbers.iter().any(|told| before <= told.span.start && told.span.end <= start);
        let is_next = |told: &&&Told| {
            is_free && told.span.start >= end && told.span.end <= next && (date.is_first || is_near(told.span.start))
        };
        let Some(told) = behind.or_else(|| numbers.iter().find(is_next)) else {
            continue;
        };
        if told.periods.iter().any(|period| date.is(*period)) {
            continue;
        }
        let of = told.periods.first().map(ToString::to_string).unwrap_or_default();
        found.push(Finding {
            fault: Fault::Period,
            span: start..end,
            message: format!(
                "`{}` is said of `{}`, which is of {of}",
                &passage.text[start..end],
                &passage.text[told.span.clone()]
            ),
            hint: "quote the period with the same words as the number, or say the one that it is of".to_owned(),
        });
    }
}

/// Finds a quarter that a sentence says, none of whose numbers is of it.
pub(super) fn quarters(language: &Language, passage: &Passage, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let rules = language.rules();
    let of: Vec<u8> =
        within(passage, sentence).flat_map(|told| &told.periods).filter_map(|period| period.quarter()).collect();
    let list = words(&passage.text[sentence.clone()]);
    let mut said = list.windows(2).filter_map(|pair| match (pair, language.lang.sense(pair[0].1)) {
        ([first, second], Some(Sense::Place(place))) if is_in(second.1, rules.quarters) => {
            Some((sentence.start + first.0.start..sentence.start + second.0.end, place))
        }
        _ => None,
    });
    let (Some((span, place)), None) = (said.next(), said.next()) else { return };
    if !of.is_empty() && !of.iter().any(|own| i64::from(*own) == place) {
        found.push(Finding {
            fault: Fault::Period,
            message: format!("`{}` is said of numbers of quarter {}", &passage.text[span.clone()], of[0]),
            hint: "quote the quarter by the filter `quarter`, or say the one that they are of".to_owned(),
            span,
        });
    }
}

/// A time that a clause says.
struct Date {
    span: Range<usize>,
    year: i32,
    month: Option<u8>,
    /// Whether it begins its clause.
    is_first: bool,
}

impl Date {
    /// Says whether a period may be meant.
    fn is(&self, period: Period) -> bool {
        let month = self.month.zip(period.month()).is_none_or(|(own, other)| own == other);
        self.year == period.year() && month
    }
}

/// Finds the times in a clause in which something is said to have been.
fn dates(language: &Language, text: &str) -> Vec<Date> {
    let rules = language.rules();
    let mut found: Vec<Date> = Vec::new();
    for year in years::years(text) {
        let (before, behind) = (&text[..year.span.start], &text[year.span.end..]);
        if let Some(month) = (rules.is_when)(before, behind) {
            let ahead: Vec<&str> = words(before).into_iter().map(|(_, word)| word).collect();
            let led = ahead.iter().rposition(|word| is_in(word, rules.leads)).unwrap_or(ahead.len());
            // «А в 2023 году».
            let is_first = match &ahead[..led] {
                [] => true,
                [word] => word.chars().count() < 4,
                _ => false,
            };
            let month = month.and_then(|word| language.lang.month(word));
            found.push(Date { span: year.span.clone(), year: year.value as i32, month, is_first });
        }
    }
    found
}

impl Language {
    /// Lists the years of a heading of which it says that what it heads is of them.
    pub fn years_said(&self, text: &str) -> Vec<i32> {
        let rules = self.rules();
        let years = years::years(text).into_iter().filter(|year| {
            let behind = text[year.span.end..].trim_start_matches([' ', NBSP]);
            let word = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            rules.of_year.contains(&word) || (rules.is_when)(&text[..year.span.start], behind).is_some()
        });
        years.map(|year| year.value as i32).collect()
    }
}
