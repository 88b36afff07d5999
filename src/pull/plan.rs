//! Plan: a declared query over records, understood: tests, groups and aggregates that run on the bytes of a record.

use std::collections::BTreeMap;

use super::decimal::Decimal;
use super::entry::{AggregateEntry, BoundsEntry, GroupEntry, QueryEntry, ReadEntry, Span, TestEntry, Written};
use super::result::Kind;

/// A query that can run.
#[derive(Debug)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// The columns that it reads, each once.
    pub columns: Vec<String>,
    pub(super) tests: Vec<(usize, Test)>,
    pub(super) groups: Vec<Group>,
    pub(super) aggregates: Vec<Aggregate>,
    pub(super) missing: Vec<Vec<u8>>,
    /// Those of them that are numbers: `999.00` is the mark 999 in a column that is added up.
    pub(super) missing_numbers: Vec<Decimal>,
    /// The columns that decide whether a record counts and in which group: those of tests first, in their order.
    pub(super) deciding: Vec<Deciding>,
    /// The columns that are added up or compared, each with the aggregates that read it.
    pub(super) added: Vec<(usize, Vec<(usize, What)>)>,
}

#[derive(Debug)]
pub(super) enum Test {
    Among(Vec<Vec<u8>>),
    Except(Vec<Vec<u8>>),
    Numbers(Option<Decimal>, Option<Decimal>),
    Dates(Option<Vec<u8>>, Option<Vec<u8>>),
    /// Bounds of four digits, which hold for dates as for numbers.
    Years((Option<Decimal>, Option<Decimal>), (Option<Vec<u8>>, Option<Vec<u8>>)),
}

/// A column that decides on a record.
#[derive(Debug)]
pub(super) struct Deciding {
    pub column: usize,
    /// The group that it is read for; none where it is tested alone.
    pub group: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Group {
    pub name: String,
    pub column: usize,
    pub how: How,
}

#[derive(Debug)]
pub(super) enum How {
    AsIs,
    Names(BTreeMap<Vec<u8>, Vec<u8>>),
    Bands(Vec<(i64, Vec<u8>)>),
    Period(Span),
}

#[derive(Debug)]
pub(super) struct Aggregate {
    pub name: String,
    pub column: Option<usize>,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Count,
    Sum,
    Min,
    Max,
}

impl Plan {
    /// Understands a query over files; each problem with the path of its key below the query.
    pub fn of(name: &str, entry: &QueryEntry) -> Result<Plan, Vec<(Vec<String>, String)>> {
        let mut problems = Vec::new();
        let mut columns: Vec<String> = Vec::new();
        let mut number = |column: &str| match columns.iter().position(|known| known == column) {
            Some(at) => at,
            None => {
                columns.push(column.to_owned());
                columns.len() - 1
            }
        };
        let mut tests = Vec::new();
        for (column, entry) in &entry.tests {
            let entry = &entry.value;
            match test(entry) {
                Ok(list) => tests.extend(list.into_iter().map(|test| (number(column), test))),
                Err(message) => problems.push((vec!["where".to_owned(), column.clone()], message)),
            }
        }
        let mut groups = Vec::new();
        for (name, entry) in &entry.group {
            let read = match entry {
                GroupEntry::Column(column) => &ReadEntry { column: column.clone(), ..ReadEntry::default() },
                GroupEntry::Read(read) => read,
            };
            match how(read) {
                Ok(how) => groups.push(Group { name: name.clone(), column: number(&read.column.0), how }),
                Err(message) => problems.push((vec!["group".to_owned(), name.clone()], message)),
            }
        }
        let mut aggregates = Vec::new();
        for (name, entry) in &entry.aggregates {
            let what = match entry {
                AggregateEntry::Count => What::Count,
                AggregateEntry::Sum(_) => What::Sum,
                AggregateEntry::Min(_) => What::Min,
                AggregateEntry::Max(_) => What::Max,
            };
            if entry_name_taken(name, &groups) {
                let message = format!("`{name}` is a dimension of the query already");
                problems.push((vec!["aggregates".to_owned(), name.clone()], message));
            }
            aggregates.push(Aggregate { name: name.clone(), column: entry.column().map(&mut number), what });
        }
        if aggregates.is_empty() {
            problems.push((Vec::new(), "the query adds nothing up: name its `aggregates`, `moves: count`".to_owned()));
        }
        let missing: Vec<Vec<u8>> = entry.missing.iter().map(|mark| mark.clone().into_bytes()).collect();
        let missing_numbers = missing.iter().filter_map(|mark| Decimal::parse(mark)).collect();
        if problems.is_empty() {
            let mut deciding: Vec<Deciding> = Vec::new();
            for (column, _) in &tests {
                if deciding.iter().all(|known| known.column != *column) {
                    deciding.push(Deciding { column: *column, group: None });
                }
            }
            for (at, group) in groups.iter().enumerate() {
                match deciding.iter_mut().find(|known| known.column == group.column && known.group.is_none()) {
                    Some(tested) => tested.group = Some(at),
                    None => deciding.push(Deciding { column: group.column, group: Some(at) }),
                }
            }
            let mut added: BTreeMap<usize, Vec<(usize, What)>> = BTreeMap::new();
            for (number, aggregate) in aggregates.iter().enumerate() {
                if let Some(column) = aggregate.column {
                    added.entry(column).or_default().push((number, aggregate.what));
                }
            }
            let added = added.into_iter().collect();
            Ok(Plan {
                name: name.to_owned(),
                columns,
                tests,
                groups,
                aggregates,
                missing,
                missing_numbers,
                deciding,
                added,
            })
        } else {
            Err(problems)
        }
    }

    /// Returns the names of the columns of the result, with what they hold.
    pub fn heads(&self) -> Vec<(String, Kind)> {
        let groups = self.groups.iter().map(|group| (group.name.clone(), Kind::Text));
        groups.chain(self.aggregates.iter().map(|aggregate| (aggregate.name.clone(), Kind::Number))).collect()
    }
}

fn entry_name_taken(name: &str, groups: &[Group]) -> bool {
    groups.iter().any(|group| group.name == name)
}

fn bytes(list: &[Written]) -> Vec<Vec<u8>> {
    list.iter().map(|written| written.0.clone().into_bytes()).collect()
}

fn test(entry: &TestEntry) -> Result<Vec<Test>, String> {
    match entry {
        TestEntry::Is(written) => Ok(vec![Test::Among(bytes(std::slice::from_ref(written)))]),
        TestEntry::Among(list) if list.is_empty() => {
            Err("no value is listed, so that no record would count".to_owned())
        }
        TestEntry::Among(list) => Ok(vec![Test::Among(bytes(list))]),
        TestEntry::Bounds(BoundsEntry { from: None, until: None, except }) if except.is_empty() => {
            Err("nothing is asked of it: give `from`, `until` or `except`".to_owned())
        }
        TestEntry::Bounds(bounds) => {
            let mut tests = Vec::new();
            if !bounds.except.is_empty() {
                tests.push(Test::Except(bytes(&bounds.except)));
            }
            let given: Vec<&str> =
                [&bounds.from, &bounds.until].into_iter().flatten().map(|written| written.0.as_str()).collect();
            let number = |written: &Option<Written>| written.as_ref().and_then(|w| Decimal::parse(w.0.as_bytes()));
            let date = |written: &Option<Written>| written.as_ref().map(|w| w.0.clone().into_bytes());
            if !given.is_empty() && given.iter().all(|text| text.len() == 4 && is_date(text.as_bytes())) {
                tests.push(Test::Years(
                    (number(&bounds.from), number(&bounds.until)),
                    (date(&bounds.from), date(&bounds.until)),
                ));
            } else if given.iter().all(|text| Decimal::parse(text.as_bytes()).is_some()) {
                if !given.is_empty() {
                    tests.push(Test::Numbers(number(&bounds.from), number(&bounds.until)));
                }
            } else if given.iter().all(|text| is_date(text.as_bytes())) {
                if given.windows(2).any(|pair| pair[0].len() != pair[1].len()) {
                    return Err("`from` and `until` are not written alike: 2024-01-01 and 2024-06-30".to_owned());
                }
                tests.push(Test::Dates(date(&bounds.from), date(&bounds.until)));
            } else {
                return Err(format!(
                    "`{}` are no bounds: write numbers, or dates as 2024-01-31",
                    given.join("` and `")
                ));
            }
            Ok(tests)
        }
    }
}

fn how(read: &ReadEntry) -> Result<How, String> {
    let ways = [!read.names.is_empty(), !read.bands.is_empty(), read.period.is_some()];
    if ways.iter().filter(|way| **way).count() > 1 {
        return Err("a column is read by `names`, by `bands` or as a `period`, not by several".to_owned());
    }
    if let Some(span) = read.period {
        return Ok(How::Period(span));
    }
    if !read.bands.is_empty() {
        if !read.bands.windows(2).all(|pair| pair[0] < pair[1]) {
            return Err("`bands` lists the least number of each band, ascending: [0, 15, 65]".to_owned());
        }
        let label = |(at, least): (usize, &i64)| match read.bands.get(at + 1) {
            Some(next) if next - 1 == *least => (*least, format!("{least}").into_bytes()),
            Some(next) => (*least, format!("{least}-{}", next - 1).into_bytes()),
            None => (*least, format!("{least}+").into_bytes()),
        };
        return Ok(How::Bands(read.bands.iter().enumerate().map(label).collect()));
    }
    if !read.names.is_empty() {
        let pair = |(from, to): (&Written, &Written)| (from.0.clone().into_bytes(), to.0.clone().into_bytes());
        return Ok(How::Names(read.names.iter().map(pair).collect()));
    }
    Ok(How::AsIs)
}

/// Says whether a text is a year, month or day as ISO 8601 writes them.
#[inline]
pub(super) fn is_date(text: &[u8]) -> bool {
    let two = |at: usize, most: u8| {
        let (tens, ones) = (text[at].wrapping_sub(b'0'), text[at + 1].wrapping_sub(b'0'));
        tens < 10 && ones < 10 && (1..=most).contains(&(tens * 10 + ones))
    };
    let is_year = || text[..4].iter().all(u8::is_ascii_digit);
    let is_month = || text[4] == b'-' && two(5, 12);
    let is_first = || text[..4] != *b"0000";
    match text.len() {
        4 => is_year() && is_first(),
        7 => is_year() && is_first() && is_month(),
        10 => is_year() && is_first() && is_month() && text[7] == b'-' && two(8, days(text)),
        _ => false,
    }
}

/// Returns how many days the month of a date has.
fn days(date: &[u8]) -> u8 {
    let of = |from: usize, to: usize| date[from..to].iter().fold(0u16, |all, digit| all * 10 + u16::from(digit - b'0'));
    let year = of(0, 4);
    match of(5, 7) {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Says whether a text is a time of day, `23:59`, `23:59:59.5`, of no zone or of that of all clocks.
fn is_time(text: &[u8]) -> bool {
    let zoneless = ["Z", "+00:00", "+00"].into_iter().find_map(|zone| text.strip_suffix(zone.as_bytes()));
    let text = zoneless.unwrap_or(text);
    let two = |at: usize, below: u8| match text.get(at..at + 2) {
        Some([tens, ones]) if tens.is_ascii_digit() && ones.is_ascii_digit() => {
            (tens - b'0') * 10 + (ones - b'0') < below
        }
        _ => false,
    };
    let is_minute = two(0, 24) && text.get(2) == Some(&b':') && two(3, 60);
    let seconds = text.get(5..).unwrap_or_default();
    let is_second = || seconds.first() == Some(&b':') && two(6, 60);
    let rest = seconds.get(3..).unwrap_or_default();
    let is_part = || rest.first().is_none_or(|mark| *mark == b'.') && rest.iter().skip(1).all(u8::is_ascii_digit);
    is_minute && (seconds.is_empty() || is_second() && is_part())
}

/// Says whether a text is a date, or a day with the time of day behind it.
#[inline]
pub(super) fn is_dated(text: &[u8]) -> bool {
    is_date(text) || (matches!(text.get(10), Some(b'T' | b' ')) && is_date(&text[..10]) && is_time(&text[11..]))
}

impl Test {
    /// Returns the values that a field must be or must not be.
    pub(super) fn values(&self) -> &[Vec<u8>] {
        if let Test::Among(list) | Test::Except(list) = self { list } else { &[] }
    }

    /// Finds the value whose number a field is in other digits, `1.0` of `1`: text of files is compared as it is written.
    pub(super) fn respelled(&self, field: &[u8]) -> Option<usize> {
        let values = self.values();
        let own = values.iter().all(|value| value != field).then(|| Decimal::parse(field)).flatten()?;
        values.iter().position(|value| Decimal::parse(value).is_some_and(|value| value.compare(own).is_eq()))
    }

    /// Returns the values one of which a field must be.
    #[inline]
    pub(super) fn listed(&self) -> &[Vec<u8>] {
        if let Test::Among(list) = self { list } else { &[] }
    }

    /// Says whether a field passes; the message for one that cannot be judged.
    pub(super) fn holds(&self, field: &[u8], missing: &[Vec<u8>]) -> Result<bool, &'static str> {
        match self {
            Test::Among(list) | Test::Except(list) => {
                let is_listed = list.iter().any(|value| value == field);
                // Text of another encoding equals nothing that a catalogue can list.
                if !is_listed && !field.is_ascii() && std::str::from_utf8(field).is_err() {
                    return Err("is no UTF-8 text");
                }
                Ok(is_listed == matches!(self, Test::Among(_)))
            }
            _ if missing.iter().any(|mark| mark == field) => Ok(false),
            Test::Numbers(from, until) => numbers(field, *from, *until),
            Test::Dates(from, until) => dates(field, from.as_deref(), until.as_deref()),
            Test::Years(_, (from, until)) if field.len() > 4 && is_dated(field) => {
                dates(field, from.as_deref(), until.as_deref())
            }
            Test::Years((from, until), _) => numbers(field, *from, *until),
        }
    }
}

fn numbers(field: &[u8], from: Option<Decimal>, until: Option<Decimal>) -> Result<bool, &'static str> {
    let number = Decimal::parse(field).ok_or("is no number as 1234.5")?;
    Ok(from.is_none_or(|from| number.compare(from).is_ge()) && until.is_none_or(|until| number.compare(until).is_le()))
}

fn dates(field: &[u8], from: Option<&[u8]>, until: Option<&[u8]>) -> Result<bool, &'static str> {
    if !is_dated(field) {
        return Err("is no date as 2024-01-31");
    }
    if from.iter().chain(&until).any(|bound| bound.len() > field.len()) {
        return Err("is a longer period than the bound that it is held against");
    }
    // A bound of a month holds for the days in it.
    Ok(from.is_none_or(|from| &field[..from.len()] >= from) && until.is_none_or(|until| &field[..until.len()] <= until))
}

impl How {
    /// Writes the member that a field stands for; the message for one that stands for none.
    #[inline]
    pub(super) fn write(&self, field: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
        match self {
            How::AsIs => out.extend_from_slice(field),
            How::Names(names) => out.extend_from_slice(names.get(field).ok_or("is not among the `names`")?),
            How::Bands(bands) => {
                let number = Decimal::parse(field).and_then(Decimal::whole).ok_or("is no whole number")?;
                let at = bands.partition_point(|(least, _)| i128::from(*least) <= number);
                let at = at.checked_sub(1).ok_or("is below the first of the `bands`")?;
                out.extend_from_slice(&bands[at].1);
            }
            How::Period(span) => {
                if !is_dated(field) {
                    return Err("is no date as 2024-01-31");
                }
                let month = field.get(5..7).map(|two| (two[0] - b'0') * 10 + (two[1] - b'0'));
                out.extend_from_slice(&field[..4]);
                match (span, month) {
                    (Span::Year, _) => {}
                    (_, None) => return Err("is a year, which is longer than the period that is asked for"),
                    (Span::Month, Some(_)) => out.extend_from_slice(&field[4..7]),
                    (Span::Quarter, Some(month)) => {
                        out.extend_from_slice(b"-Q");
                        out.push(b'0' + month.div_ceil(3));
                    }
                }
            }
        }
        Ok(())
    }
}
