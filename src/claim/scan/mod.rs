//! Scan: the numbers of a paper's text, each told from years, references, labels and identifiers, with place and phrase.

mod aside;
mod bound;
mod column;
mod form;
mod index;
mod pattern;
mod phrase;
mod quantity;
mod rows;
mod running;
mod sort;
mod spelled;
mod table;
mod unit;

use std::borrow::Cow;
use std::sync::Arc;

use form::is_year;
use phrase::Phrases;
use quantity::{Quantity, quantities};
use running::{Running, is_dash};
use sort::Standing;
pub use unit::Measured;
use unit::Sign;

use super::{Mode, Printed, printed};
use crate::language::aside::{self as around, Asides};
pub use crate::language::quantity::Bound;
use crate::language::quantity::{Words, all};
use crate::language::{is_letter, is_of};

/// What a number in a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A quantity: a claim.
    Number,
    /// A year, or the day of a month.
    Year,
    /// The number of a source in brackets, or what an entry of the literature prints.
    Reference,
    /// The number of a figure, table, list item, article of a law, page or column; the level of an interval.
    Label,
    /// A code: DOI, UDC, a project's cipher, a telephone, a date in digits, an hour.
    Identifier,
    /// A division of an axis.
    Scale,
    /// The base of a rate: the thousand of «per thousand residents».
    Base,
    /// An age, or a length of time.
    Span,
}

/// What a text leaves open about a number that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsure {
    /// The mark before it may be a minus or a dash; it was taken for a dash.
    Sign,
    /// The groups of digits of its row may be parted in another way.
    Columns,
}

/// A number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub sort: Sort,
    /// As printed, with its sign: digits, or words before a scale word.
    pub printed: String,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// At most six words around it, with the words that line ends cut in two put together; the name of a table's row.
    pub phrase: Arc<str>,
    /// What it counts, where the text names that.
    pub measured: Measured,
    /// How firmly it is said.
    pub says: Option<Bound>,
    /// Whether it stands in a row of a table.
    pub in_table: bool,
    /// Its digits where the text writes them otherwise: in words, in parts.
    pub digits: Option<Box<str>>,
    /// What is open about it.
    pub unsure: Option<Unsure>,
    /// What stands between the number before and this one, as far as it tells something; nothing in a row.
    pub before: Box<str>,
    /// What stands behind it, likewise.
    pub after: Box<str>,
}

/// How many characters beside a number are kept.
const BESIDE: usize = 160;

impl Sort {
    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Number => "number",
            Sort::Year => "year",
            Sort::Reference => "reference",
            Sort::Label => "label",
            Sort::Identifier => "identifier",
            Sort::Scale => "scale",
            Sort::Base => "base",
            Sort::Span => "span",
        }
    }
}

impl Unsure {
    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Unsure::Sign => "sign",
            Unsure::Columns => "columns",
        }
    }
}

impl Found {
    /// Returns the number; none where it is a fraction or a power.
    pub fn number(&self) -> Option<Printed> {
        Printed::parse(&self.plain())
    }

    /// Returns its digits as a claim prints them: words and parts as digits, English groups with spaces.
    pub fn plain(&self) -> String {
        self.digits.as_deref().map_or_else(|| printed::plain(&self.printed), str::to_owned)
    }

    /// Says how firmly it is said, as a claim does.
    pub fn says(&self) -> Option<super::Says> {
        use super::Says;
        self.says.map(|bound| match bound {
            Bound::About => Says::About,
            Bound::Almost => Says::Almost,
            Bound::More => Says::MoreThan,
            Bound::AtLeast => Says::AtLeast,
            Bound::Less => Says::LessThan,
            Bound::AtMost => Says::UpTo,
        })
    }

    /// Says whether a value prints so.
    pub fn is_print_of(&self, value: &crate::finding::Amount) -> bool {
        self.number().is_some_and(|printed| Mode::HalfAway.round(value, printed.decimals) == printed.value)
    }
}

/// Finds all numbers of a text, in its order.
pub fn scan(text: &str) -> Vec<Found> {
    let mut found = numbers(text);
    axes(&mut found);
    found
}

fn numbers(text: &str) -> Vec<Found> {
    let parted: Vec<Cow<'_, str>> = rows::parted(text);
    let lines: Vec<&str> = parted.iter().map(|line| &**line).collect();
    let mut rows = table::rows(&lines);
    let running = Running::join(&lines, &rows);
    let mut marks = marks(&running, &rows);
    literature(&lines, &running, &mut marks);
    spread(&running, &mut marks);
    marks.extend(spelled::spelled(&running).into_iter().map(Mark::of_words));
    marks.sort_by_key(|mark| mark.at);
    let quantities = quantities(&running, &marks);
    let phrases = Phrases::of(&running);
    let in_table: Vec<bool> = lines.iter().map(|line| is_row(line)).collect();
    let spans: Vec<(usize, usize)> = quantities.iter().map(|one| (one.at, one.end)).collect();
    let numbers = quantities.iter().filter(|one| one.sort == Sort::Number).map(|one| (one.at, one.end));
    let numbers: Vec<(usize, usize)> = numbers.collect();
    let cells: usize = rows.values().map(|row| row.cells.len()).sum();
    let mut found: Vec<Found> = Vec::with_capacity(quantities.len() + cells);
    let mut row = 0;
    for quantity in quantities {
        let line = running.line(quantity.at).unwrap_or_default();
        let Some(cells) = rows.get_mut(&(line - 1)) else {
            found.push(quantity.found(&running, &phrases, (&spans, &numbers), in_table[line - 1]));
            continue;
        };
        if row != line {
            row = line;
            found.extend(in_row(std::mem::take(cells), line, lines[line - 1]));
        }
    }
    column::columns(&lines, &mut found);
    found
}

/// Why a text is no one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It holds no number.
    Nothing,
    /// It holds several.
    Several,
    /// It is a fraction or a power.
    NoDecimal,
    /// This stands before the number, or behind it, and is not understood.
    Beside(String),
}

/// Reads a text that is one number with what belongs to it: sign, scale, unit, bound. What is left over is an error.
pub fn read(text: &str) -> Result<Found, Unread> {
    let text = text.trim().trim_start_matches('+');
    let rows = std::collections::BTreeMap::<usize, ()>::new();
    let running = Running::join(&[text], &rows);
    let mut marks = marks(&running, &rows);
    marks.extend(spelled::spelled(&running).into_iter().map(Mark::of_words));
    marks.sort_by_key(|mark| mark.at);
    marks.iter_mut().filter(|mark| mark.sort != Sort::Identifier).for_each(|mark| mark.sort = Sort::Number);
    let mut quantities = quantities(&running, &marks);
    let one = match quantities.pop() {
        None => return Err(Unread::Nothing),
        Some(_) if !quantities.is_empty() => return Err(Unread::Several),
        Some(one) if one.sort != Sort::Number => return Err(Unread::Nothing),
        Some(one) => one,
    };
    let beside = [running.text(0, one.from), running.text(one.to, running.len())];
    let rest = beside.map(|part| part.trim_matches(|c: char| c.is_whitespace() || c == '.'));
    if let Some(rest) = rest.iter().find(|rest| !rest.is_empty()) {
        return Err(Unread::Beside((*rest).to_owned()));
    }
    let found = one.found(&running, &Phrases::of(&running), (&[], &[]), false);
    if found.number().is_some() { Ok(found) } else { Err(Unread::NoDecimal) }
}

/// Reads what a text says as the unit of a number would: `thousand tonnes`, `%`.
pub fn of_unit(text: &str) -> Measured {
    let line = format!("1 {}", text.trim());
    let running = Running::join(&[&line], &std::collections::BTreeMap::<usize, ()>::new());
    let own = unit::tail(&running, 1).measured;
    // What is counted to so many of something is a rate, whatever they are: «на 1000 человек».
    match scan(&format!("{line}.")).iter().find_map(|found| found.measured.per) {
        Some(per) => Measured { per: Some(per), ..Measured::default() },
        None => own,
    }
}

/// Says whether a text names persons: «человек», «адам».
pub fn names_persons(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).any(|word| {
        let word = word.to_lowercase();
        all(|words: &'static Words| words.persons).any(|noun| is_of(&word, noun))
    })
}

/// Says whether the name of a row says that it is the sum of others: «Всего», «Барлығы».
pub fn names_total(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    let first = first.to_lowercase();
    all(|words: &'static Words| words.totals).any(|total| *total == first)
}

/// Reads a number in parts, `1 млн 204,6 тыс.`, in units of a scale.
pub fn parts(text: &str, scale: i64) -> Option<Printed> {
    let found = read(text).ok()?;
    // A number without a scale word is in the claim's own scale: «минус 5,8».
    let fits = found.measured.scale() == scale || found.measured.steps == 0 && found.digits.is_none();
    found.number().filter(|_| fits)
}

/// A number of the running text.
struct Mark {
    at: usize,
    end: usize,
    line: usize,
    sort: Sort,
    /// Whether it may have a sign: the second end of a range has none.
    signed: bool,
    /// For a number in words: its value, and where its scale word begins.
    words: Option<(u32, usize)>,
}

impl Mark {
    fn of_words(words: spelled::Spelled) -> Mark {
        let spelled::Spelled { at, end, scale, value } = words;
        Mark { at, end, line: 0, sort: Sort::Number, signed: false, words: Some((value, scale)) }
    }
}

/// Where numbers begin and end.
type Spans = [(usize, usize)];

impl Quantity {
    /// Tells what was found; `spans` are those of all numbers, years among them, and of those that are quantities.
    fn found(self, running: &Running, phrases: &Phrases<'_>, spans: (&Spans, &Spans), in_table: bool) -> Found {
        let (spans, numbers) = spans;
        let text = running.text(self.at, self.end);
        let is_inside = |place: usize| {
            let next = spans.partition_point(|(_, end)| *end <= place);
            spans.get(next).is_some_and(|(at, _)| *at < place)
        };
        let minus = |text: &str| if self.sign == Sign::Minus { format!("-{text}") } else { text.to_owned() };
        Found {
            sort: self.sort,
            printed: minus(text),
            line: running.line(self.at).unwrap_or_default(),
            phrase: phrases.around(self.at, self.end, &is_inside).into(),
            measured: self.measured,
            says: self.says,
            in_table,
            digits: self.digits.as_deref().map(minus).map(String::into_boxed_str),
            unsure: (self.sign == Sign::Unsure && self.sort == Sort::Number).then_some(Unsure::Sign),
            before: {
                let last =
                    numbers.partition_point(|(_, end)| *end <= self.at).checked_sub(1).map_or(0, |i| numbers[i].1);
                running.text(last.max(self.at.saturating_sub(BESIDE)), self.at).into()
            },
            after: {
                let next = numbers.partition_point(|(at, _)| *at < self.end);
                let next = numbers.get(next).map_or(running.len(), |(at, _)| *at);
                running.text(self.end, next.min(self.end + BESIDE)).into()
            },
        }
    }
}

/// Says whether a line is a row whose cells are marked off.
fn is_row(line: &str) -> bool {
    line.trim().contains('\t')
}

/// Lists the cells of a row that holds nothing but numbers behind its name.
fn in_row(row: table::Row, line: usize, text: &str) -> impl Iterator<Item = Found> {
    let cells = &row.cells;
    let years = cells.iter().all(|cell| is_year(cell)) && cells.windows(2).all(|pair| pair[0] < pair[1]);
    let sort = match (table::is_header(cells), years) {
        (true, _) => Sort::Label,
        (_, true) => Sort::Year,
        _ => Sort::Number,
    };
    let name = text.split_whitespace().take_while(|word| word.contains(is_letter)).take(6);
    let phrase: Arc<str> = name.collect::<Vec<_>>().join(" ").into();
    let unsure = (row.open && sort == Sort::Number).then_some(Unsure::Columns);
    row.cells.into_iter().map(move |printed| Found {
        sort,
        printed,
        line,
        phrase: Arc::clone(&phrase),
        measured: Measured::default(),
        says: None,
        in_table: true,
        digits: None,
        unsure,
        before: Box::default(),
        after: Box::default(),
    })
}

/// Finds the runs of digits and tells what each is; of a row that the table reads, the first alone.
fn marks<T>(running: &Running, rows: &std::collections::BTreeMap<usize, T>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut at = 0;
    while at < running.len() {
        if !running.at(at).is_ascii_digit() {
            at += 1;
            continue;
        }
        let line = running.line(at).unwrap_or_default();
        if rows.contains_key(&(line - 1)) {
            marks.push(Mark { at, end: at + 1, line, sort: Sort::Number, signed: false, words: None });
            while running.line(at) == Some(line) {
                at += 1;
            }
            continue;
        }
        let (end, mark) = one(running, at, marks.last());
        marks.push(mark);
        at = end;
    }
    marks
}

/// Reads what begins at a digit, and returns where the reading goes on.
fn one(running: &Running, at: usize, last: Option<&Mark>) -> (usize, Mark) {
    let line = running.line(at).unwrap_or_default();
    if let Some((end, sort)) = form::code(running, at) {
        return (end, Mark { at, end, line, sort, signed: false, words: None });
    }
    let end = form::number(running, at);
    // A dash between digits makes a range: what follows it has no sign.
    let joined = last.filter(|last| last.end + 1 == at && (is_dash(running.before(at)) || running.before(at) == '/'));
    let standing = Standing {
        running,
        at,
        end,
        tail: sort::tail(running, end),
        joined: joined.map(|last| last.sort),
        last: last.map(|last| last.sort),
        last_end: last.map_or(0, |last| last.end),
    };
    (end, Mark { at, end, line, sort: standing.sort(), signed: joined.is_none(), words: None })
}

/// Marks what the list of literature prints: years stay years, all else belongs to a source.
fn literature(lines: &[&str], running: &Running, marks: &mut [Mark]) {
    let begins = |line: &str, heads: fn(&Asides) -> &'static [&'static str]| {
        let line = line.trim().trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        line.split_whitespace().count() <= 5 && around::begins(&line, heads)
    };
    let mut listed = false;
    let inside: Vec<bool> = lines
        .iter()
        .map(|line| {
            listed = begins(line, |own| own.literature) || listed && !begins(line, |own| own.text_again);
            listed
        })
        .collect();
    let is_source = |mark: &&mut Mark| matches!(mark.sort, Sort::Number | Sort::Label | Sort::Span | Sort::Base);
    for mark in marks.iter_mut().filter(|mark| inside.get(mark.line.wrapping_sub(1)) == Some(&true)).filter(is_source) {
        mark.sort = if is_year(running.text(mark.at, mark.end)) { Sort::Year } else { Sort::Reference };
    }
}

/// Makes years and labels of their neighbours: of the other end of a range or list, of all numbers of a head row.
fn spread(running: &Running, marks: &mut [Mark]) {
    let may_be = |mark: &Mark| {
        let plain = mark.sort == Sort::Number && is_year(running.text(mark.at, mark.end));
        plain && (!mark.signed || unit::sign(running, mark.at).0 == Sign::None)
    };
    let mut at = 0;
    while at < marks.len() {
        let end = marks[at..].iter().position(|mark| mark.line != marks[at].line).map_or(marks.len(), |n| at + n);
        let row = &mut marks[at..end];
        let rising = row.windows(2).all(|pair| {
            let gap = running.text(pair[0].end, pair[1].at);
            gap.chars().all(char::is_whitespace)
                && running.text(pair[0].at, pair[0].end) < running.text(pair[1].at, pair[1].end)
        });
        if row.len() > 1 && rising && row.iter().all(may_be) {
            row.iter_mut().for_each(|mark| mark.sort = Sort::Year);
        }
        at = end;
    }
    let joined = |left: &Mark, right: &Mark| {
        let gap = running.text(left.end, right.at.max(left.end));
        around::is_in(gap.trim(), |own| own.between_years)
    };
    for i in (1..marks.len()).rev() {
        if marks[i].sort == Sort::Year
            && marks[i].end - marks[i].at == 4
            && may_be(&marks[i - 1])
            && joined(&marks[i - 1], &marks[i])
        {
            marks[i - 1].sort = Sort::Year;
        }
    }
    for i in 1..marks.len() {
        let is_bare = || unit::tail(running, marks[i].end).measured.is_bare();
        if marks[i - 1].sort == Sort::Year && may_be(&marks[i]) && joined(&marks[i - 1], &marks[i]) && is_bare() {
            marks[i].sort = Sort::Year;
        }
    }
    let mut listed = false;
    for i in (1..marks.len()).chain((1..marks.len()).rev()) {
        let (left, right) = ((marks[i - 1].at, marks[i - 1].end), (marks[i].at, marks[i].end));
        let is_bare = || unit::tail(running, right.1).measured.is_bare();
        let labelled = [marks[i - 1].sort, marks[i].sort].contains(&Sort::Label);
        listed = labelled && sort::are_labels(running, left, right, listed) && is_bare();
        if listed {
            (marks[i - 1].sort, marks[i].sort) = (Sort::Label, Sort::Label);
        }
    }
}

/// Marks the divisions of axes: four numbers or more that stand alone and grow by one step.
fn axes(found: &mut [Found]) {
    let may_be = |found: &Found| found.sort == Sort::Number && !found.in_table;
    let mut at = 0;
    while at < found.len() {
        let run = found[at..].iter().take_while(|found| may_be(found)).count();
        axes_of(&mut found[at..at + run]);
        at += run.max(1);
    }
}

/// Marks them among numbers that follow each other in running text.
fn axes_of(found: &mut [Found]) {
    let values: Vec<Option<crate::finding::Amount>> = found.iter().map(|f| Some(f.number()?.value)).collect();
    let alone = |f: &Found| f.measured.is_bare() && f.says.is_none();
    let mut at = 0;
    while at + 1 < found.len() {
        let step = |i: usize| Some(values.get(i + 1)?.as_ref()?.minus(values.get(i)?.as_ref()?));
        let Some(first) = step(at).filter(|step| step.signum() > 0) else {
            at += 1;
            continue;
        };
        // Whichever number of a run is taken for the first, the run has one end.
        let end = (at + 1..found.len()).find(|i| step(*i).as_ref() != Some(&first)).unwrap_or(at + 1);
        let from = (at..=end).rev().take_while(|i| alone(&found[*i])).last().unwrap_or(end);
        let near = |at: &usize| found[end].line.saturating_sub(found[*at].line) <= 4 * (end - at);
        at = match (from..end.saturating_sub(2)).find(near) {
            Some(begin) => {
                found[begin..=end].iter_mut().for_each(|f| f.sort = Sort::Scale);
                end + 1
            }
            None => end,
        };
    }
}
