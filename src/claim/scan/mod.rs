//! Scan: the numbers of a paper's text, each told from years, references, labels and identifiers, with place and phrase.

mod form;
mod phrase;
mod running;
mod sort;
mod spelled;
mod table;
mod unit;

use phrase::Phrases;
use running::{Running, is_dash};
use sort::{Standing, is_year};

use super::{Mode, Printed};

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
    pub phrase: String,
    /// The unit with its scale word, where the text names it.
    pub unit: Option<&'static str>,
    /// How firmly it is said: `about`, `more-than`.
    pub says: Option<&'static str>,
    /// Whether it stands in a row of a table.
    pub in_table: bool,
    /// The value of the words before its scale word.
    pub spelled: Option<u32>,
}

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
        }
    }
}

impl Found {
    /// Returns the number; none where it is a fraction or a power.
    pub fn number(&self) -> Option<Printed> {
        Printed::parse(&self.plain())
    }

    /// Returns its digits as a claim prints them: words as digits, English groups with spaces.
    pub fn plain(&self) -> String {
        let grouped = self.printed.matches(',').count() > 1;
        self.spelled.map_or_else(
            || if grouped { self.printed.replace(',', " ") } else { self.printed.clone() },
            |value| value.to_string(),
        )
    }

    /// Says whether a value prints so.
    pub fn is_print_of(&self, value: &crate::finding::Amount) -> bool {
        self.number().is_some_and(|printed| Mode::HalfAway.round(value, printed.decimals) == printed.value)
    }
}

/// Finds all numbers of a text, in its order.
pub fn scan(text: &str) -> Vec<Found> {
    let lines: Vec<&str> = text.lines().collect();
    let rows = table::rows(&lines);
    let running = Running::join(&lines, &rows);
    let mut marks = marks(&running, &rows);
    literature(&lines, &running, &mut marks);
    spread(&running, &mut marks);
    marks.extend(spelled::spelled(&running).into_iter().map(Mark::of_words));
    marks.sort_by_key(|mark| mark.at);
    let phrases = Phrases::of(&running);
    let in_table: Vec<bool> = lines.iter().map(|line| is_row(line)).collect();
    let spans: Vec<(usize, usize)> = marks.iter().map(|mark| (mark.at, mark.end)).collect();
    let mut found: Vec<Found> = Vec::new();
    let mut row = 0;
    for mark in &marks {
        let line = running.line(mark.at).unwrap_or_default();
        let Some(cells) = rows.get(&(line - 1)) else {
            found.push(mark.found(&running, &phrases, &spans, in_table[line - 1]));
            continue;
        };
        if row != line {
            row = line;
            found.extend(in_row(cells, line, lines[line - 1]));
        }
    }
    axes(&mut found);
    found
}

/// A number of the running text.
struct Mark {
    at: usize,
    end: usize,
    line: usize,
    sort: Sort,
    signed: bool,
    /// For a number in words: its value, and where its scale word begins.
    words: Option<(u32, usize)>,
}

impl Mark {
    fn of_words(words: spelled::Spelled) -> Mark {
        let spelled::Spelled { at, end, scale, value } = words;
        Mark { at, end, line: 0, sort: Sort::Number, signed: false, words: Some((value, scale)) }
    }

    fn found(&self, running: &Running, phrases: &Phrases<'_>, spans: &[(usize, usize)], in_table: bool) -> Found {
        let digits_end = self.words.map_or(self.end, |(_, scale)| scale);
        let text = running.text(self.at, digits_end).trim_end().to_owned();
        let is_inside = |place: usize| {
            let next = spans.partition_point(|(_, end)| *end <= place);
            spans.get(next).is_some_and(|(at, _)| *at < place)
        };
        let text = if self.words.is_some() { running.text(self.at, self.end) } else { text };
        Found {
            sort: self.sort,
            printed: if self.signed { format!("-{text}") } else { text },
            line: running.line(self.at).unwrap_or_default(),
            phrase: phrases.around(self.at, self.end, &is_inside),
            unit: unit::unit(running, digits_end),
            says: unit::firmness(running, if self.signed { self.at - 1 } else { self.at }, self.end),
            in_table,
            spelled: self.words.map(|(value, _)| value),
        }
    }
}

/// Says whether a line is a row whose cells are marked off.
fn is_row(line: &str) -> bool {
    line.trim().contains('\t')
}

/// Lists the cells of a row that holds nothing but numbers behind its name.
fn in_row(cells: &[String], line: usize, text: &str) -> Vec<Found> {
    let years = cells.iter().all(|cell| is_year(cell)) && cells.windows(2).all(|pair| pair[0] < pair[1]);
    let sort = match (table::is_header(cells), years) {
        (true, _) => Sort::Label,
        (_, true) => Sort::Year,
        _ => Sort::Number,
    };
    let name = text.split_whitespace().take_while(|word| word.contains(char::is_alphabetic)).take(6);
    let phrase = name.collect::<Vec<_>>().join(" ");
    let cell = |printed: &String| Found {
        sort,
        printed: printed.clone(),
        line,
        phrase: phrase.clone(),
        unit: None,
        says: None,
        in_table: true,
        spelled: None,
    };
    cells.iter().map(cell).collect()
}

/// Finds the runs of digits and tells what each is; of a row that the table reads, the first alone.
fn marks<T>(running: &Running, rows: &std::collections::BTreeMap<usize, T>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut at = 0;
    while at < running.chars.len() {
        if !running.chars[at].is_ascii_digit() {
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
    (end, Mark { at, end, line, sort: standing.sort(), signed: joined.is_none() && has_sign(running, at), words: None })
}

fn has_sign(running: &Running, at: usize) -> bool {
    if !is_dash(running.before(at)) {
        return false;
    }
    let ahead = running.before(at - 1);
    ahead.is_whitespace()
        || running::is_space(ahead)
        || matches!(ahead, '(' | '[' | '«' | '=' | '<' | '>' | '≤' | '≥' | '≈')
}

/// Headings behind which literature is listed, and those behind which the paper speaks again.
const LITERATURE: [&str; 8] = [
    "список литературы",
    "список использованн",
    "литература",
    "библиограф",
    "references",
    "әдебиеттер",
    "пайдаланылған әдебиет",
    "қолданылған әдебиет",
];
const TEXT_AGAIN: [&str; 9] =
    ["аннотация", "аңдатпа", "түйін", "abstract", "summary", "резюме", "сведения об", "авторлар туралы", "приложение"];

/// Marks what the list of literature prints: years stay years, all else belongs to a source.
fn literature(lines: &[&str], running: &Running, marks: &mut [Mark]) {
    let begins = |line: &str, heads: &[&str]| {
        let line = line.trim().trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        line.split_whitespace().count() <= 5 && heads.iter().any(|head| line.starts_with(head))
    };
    let mut listed = false;
    let inside: Vec<bool> = lines
        .iter()
        .map(|line| {
            listed = begins(line, &LITERATURE) || listed && !begins(line, &TEXT_AGAIN);
            listed
        })
        .collect();
    let is_source = |mark: &&mut Mark| matches!(mark.sort, Sort::Number | Sort::Label);
    for mark in marks.iter_mut().filter(|mark| inside.get(mark.line.wrapping_sub(1)) == Some(&true)).filter(is_source) {
        mark.sort = if is_year(&running.text(mark.at, mark.end)) { Sort::Year } else { Sort::Reference };
    }
}

/// What joins the years of one list or range.
const BETWEEN_YEARS: [&str; 10] = [",", "и", "мен", "және", "-", "–", "—", "/", "по", "до"];

/// Makes years and labels of their neighbours: of the other end of a range or list, of all numbers of a head row.
fn spread(running: &Running, marks: &mut [Mark]) {
    let may_be = |mark: &Mark| mark.sort == Sort::Number && !mark.signed && is_year(&running.text(mark.at, mark.end));
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
        BETWEEN_YEARS.contains(&gap.trim())
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
        let (left, right) = ((marks[i - 1].at, marks[i - 1].end), (marks[i].at, marks[i].end));
        let bare = unit::unit(running, marks[i].end).is_none();
        if marks[i - 1].sort == Sort::Year && may_be(&marks[i]) && bare && joined(&marks[i - 1], &marks[i]) {
            marks[i].sort = Sort::Year;
        }
        if [marks[i - 1].sort, marks[i].sort].contains(&Sort::Label) && bare && sort::are_labels(running, left, right) {
            (marks[i - 1].sort, marks[i].sort) = (Sort::Label, Sort::Label);
        }
    }
}

/// Marks the divisions of axes: four numbers or more that stand alone and grow by one step.
fn axes(found: &mut [Found]) {
    let values: Vec<Option<crate::finding::Amount>> =
        found.iter().map(|f| f.number().filter(|_| f.sort == Sort::Number && !f.in_table).map(|p| p.value)).collect();
    let alone = |f: &Found| f.unit.is_none() && f.says.is_none();
    let mut at = 0;
    while at + 1 < found.len() {
        let step = |i: usize| Some(values.get(i + 1)?.as_ref()?.minus(values.get(i)?.as_ref()?));
        let Some(first) = step(at).filter(|step| step.signum() > 0) else {
            at += 1;
            continue;
        };
        let mut end = at + 1;
        while step(end).is_some_and(|next| next == first) {
            end += 1;
        }
        let near = found[end].line.saturating_sub(found[at].line) <= 4 * (end - at);
        if end - at >= 3 && near && found[at..=end].iter().all(alone) {
            found[at..=end].iter_mut().for_each(|f| f.sort = Sort::Scale);
            at = end;
        }
        at += 1;
    }
}
