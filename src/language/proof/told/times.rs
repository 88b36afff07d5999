//! Times: years, months and quarters that a clause says, against the periods of what it quotes.

use std::ops::Range;

use super::{Told, begins, is_in, sentences, within};
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
        // Where a year stands before what is of it, the number before it is of another.
        let behind = numbers.iter().find(is_beside).filter(|_| language.rules().of_year.is_empty());
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

/// Finds two numbers of different times in a sentence that names none.
pub(super) fn unsaid(language: &Language, passage: &Passage, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[sentence.clone()];
    let told: Vec<&Told> = within(passage, sentence).collect();
    let numbers: Vec<&Told> =
        told.iter().filter(|own| own.keys.is_empty() && !own.periods.is_empty()).copied().collect();
    let ([first, rest @ ..], false) =
        (numbers.as_slice(), told.iter().any(|own| own.keys.iter().any(|key| key.period().is_some())))
    else {
        return;
    };
    let is_said = |(_, word): &(Range<usize>, &str)| {
        is_in(word, language.rules().relative) || language.lang.month(&word.to_lowercase()).is_some()
    };
    let other = rest.iter().find(|own| !own.periods.iter().any(|period| first.periods.contains(period)));
    // What tells of a change tells of two times.
    let moves = |(_, word): &(Range<usize>, &str)| {
        language.rules().directions.iter().flat_map(|own| own.iter()).any(|stem| word.to_lowercase().starts_with(stem))
    };
    let list = words(text);
    let is_silent = years::years(text).is_empty() && !list.iter().any(|own| is_said(own) || moves(own));
    let Some(other) = other.filter(|_| is_silent) else {
        return;
    };
    found.push(Finding {
        fault: Fault::Period,
        message: format!(
            "`{}` is of {} and `{}` of {}, and the sentence names no time",
            &passage.text[first.span.clone()],
            first.periods[0],
            &passage.text[other.span.clone()],
            other.periods[0]
        ),
        hint: "quote the periods too, or ask for one".to_owned(),
        span: other.span.clone(),
    });
}

/// Finds a number that is said to be of the same time as the one before it, and is of another.
pub(super) fn then(language: &Language, passage: &Passage, found: &mut Vec<Finding>) {
    let list = words(&passage.text);
    for at in 0..list.len() {
        let phrase = language.rules().then.iter().find_map(|phrase| begins(&list[at..], phrase));
        let Some(count) = phrase else { continue };
        let span = list[at].0.start..list[at + count - 1].0.end;
        let numbers = || passage.told.iter().filter(|own| own.keys.is_empty() && !own.periods.is_empty());
        let before = numbers().rfind(|own| own.span.end <= span.start);
        let is_here = |own: &&Told| {
            sentences(&passage.text[span.end..]).first().is_some_and(|rest| own.span.start < span.end + rest.end)
        };
        let behind = numbers().find(|own| own.span.start >= span.end).filter(is_here);
        let (Some(before), Some(behind)) = (before, behind) else { continue };
        if before.periods.iter().any(|period| behind.periods.contains(period)) {
            continue;
        }
        found.push(Finding {
            fault: Fault::Period,
            message: format!(
                "`{}` is said, and `{}` is of {} and `{}` of {}",
                &passage.text[span.clone()],
                &passage.text[before.span.clone()],
                before.periods[0],
                &passage.text[behind.span.clone()],
                behind.periods[0]
            ),
            hint: "quote the period of each, or ask for one".to_owned(),
            span,
        });
    }
}

/// Finds a span of years of which something is said whose number goes from and to others.
pub(super) fn spans(passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[clause.clone()];
    let numbers: Vec<&Told> = within(passage, clause).filter(|own| own.keys.is_empty()).collect();
    let years = years::years(text);
    let ([number], [first, last]) = (numbers.as_slice(), years.as_slice()) else { return };
    let between = &text[first.span.end..last.span.start];
    let is_span = between.trim_matches([' ', NBSP]) == "–";
    let Some([from, to]) = number.span_of_more() else { return };
    let same =
        |said: u32, read: i32, other: i32| i64::from(said) == i64::from(read) || i64::from(said) == i64::from(other);
    // A growth begins at the year before; a stock ends at the start of the year after.
    let fits = same(first.value, from, from + 1) && same(last.value, to, if number.is_stock { to - 1 } else { to });
    if is_span && !fits {
        let span = clause.start + first.span.start..clause.start + last.span.end;
        found.push(Finding {
            fault: Fault::Period,
            message: format!(
                "`{}` is said of `{}`, which goes from {from} to {to}",
                &passage.text[span.clone()],
                &passage.text[number.span.clone()]
            ),
            hint: "quote the periods with the same words as the number, or say those that it is of".to_owned(),
            span,
        });
    }
}

/// Finds words for the last time of a series beside a number of its first, and the other way round.
pub(super) fn edges(language: &Language, passage: &Passage, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let numbers: Vec<&Told> = within(passage, sentence).filter(|own| own.keys.is_empty()).collect();
    let [number] = numbers.as_slice() else { return };
    let list = words(&passage.text[sentence.clone()]);
    let said = |phrases: &[&str]| {
        (0..list.len()).find_map(|at| {
            let count = phrases.iter().find_map(|phrase| begins(&list[at..], phrase))?;
            Some(sentence.start + list[at].0.start..sentence.start + list[at + count - 1].0.end)
        })
    };
    let [first, last] = language.rules().edges;
    let wrong = match number.edge {
        Some(Sense::Less) => said(last),
        Some(Sense::More) => said(first),
        _ => None,
    };
    if let Some(span) = wrong {
        found.push(Finding {
            fault: Fault::Period,
            message: format!(
                "`{}` is said of `{}`, which is of {}",
                &passage.text[span.clone()],
                &passage.text[number.span.clone()],
                number.read.map(|[from, _]| from.to_string()).unwrap_or_default()
            ),
            hint: "ask for the other end: `last` or `first`".to_owned(),
            span,
        });
    }
}

impl Told {
    /// Returns the first and the last year of what is made of figures of several.
    fn span_of_more(&self) -> Option<[i32; 2]> {
        let [from, to] = self.read?.map(Period::year);
        (from < to).then_some([from, to])
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
