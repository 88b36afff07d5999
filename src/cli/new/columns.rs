//! Columns: a column of a stranger's table as its cells show it, and what a text seems to be.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Period, Reason};
use crate::language::{Lang, names_half, names_unit, texts, unaccented};
use crate::reshape::draft::unflagged;
use crate::reshape::{behind_number, periods, undated};
use crate::table::MissingMarks;
use crate::table::number::{NumberSyntax, Unsettled};
use crate::workbook::{Cell, Content};

/// A column as its cells show it.
pub(super) struct Column {
    pub at: u32,
    pub heading: String,
    /// Row → text, of the rows of data.
    pub texts: BTreeMap<u32, String>,
    pub is_number: bool,
    pub is_period: bool,
}

impl Column {
    pub(super) fn distinct(&self) -> BTreeSet<&str> {
        self.texts.values().map(String::as_str).collect()
    }

    pub(super) fn text(&self, row: u32) -> &str {
        self.texts.get(&row).map_or("", String::as_str)
    }

    /// Returns true where each text of this column stands beside one text of another only.
    pub(super) fn decides(&self, other: &Column) -> bool {
        let mut beside: BTreeMap<&str, &str> = BTreeMap::new();
        let rows: BTreeSet<u32> = self.texts.keys().chain(other.texts.keys()).copied().collect();
        rows.into_iter().all(|row| *beside.entry(self.text(row)).or_insert(other.text(row)) == other.text(row))
    }
}

/// Says whether a text holds a word that begins as one of a list of `start.yaml`, in any language of the program.
pub(super) fn speaks(text: &str, list: &str) -> bool {
    let small = text.to_lowercase();
    let small = format!("{small} {}", unaccented(&small));
    let words: Vec<&str> = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    Lang::ALL.iter().any(|lang| {
        let stems = texts::own(lang.code(), &format!("start.guess.{list}")).unwrap_or_default();
        stems.split_whitespace().any(|stem| {
            // A stem of two letters is a whole word: `id` is not the beginning of `idle`.
            words.iter().any(|word| if stem.chars().count() < 4 { *word == stem } else { word.starts_with(stem) })
        })
    })
}

pub(super) fn period_of(text: &str) -> Option<Period> {
    periods::of(&[undated(text).to_owned()]).filter(|said| said.span.is_none()).map(|said| said.period)
}

/// Says whether a text is a period, or one with words beside it, or one that nothing here can hold: a part of a year, a year
/// of two calendar years.
pub(super) fn is_dated(text: &str) -> bool {
    period_of(text).is_some() || is_part_of_year(text) || is_season(text)
}

/// Says whether a text is a year of two calendar years and is no month: `2022/2023`.
pub(super) fn is_season(text: &str) -> bool {
    periods::season(undated(text)).is_some() && period_of(text).is_none()
}

/// Says whether a text is a month, a quarter or a run of months whose year stands elsewhere.
pub(super) fn is_part_alone(text: &str) -> bool {
    periods::is_part_alone(undated(text))
}

/// Reads the period that a year and a part of it say beside one another.
pub(super) fn period_beside(year: &str, part: &str) -> Option<Period> {
    let texts = [undated(year).to_owned(), undated(part).to_owned()];
    periods::of(&texts).filter(|said| said.span.is_none()).map(|said| said.period)
}

/// Says whether a text says a part of a year that is no month and no quarter: a span of months in words or Roman numbers,
/// half a year, months that are counted. Whatever the language, what parts a year is written in these ways.
pub(super) fn is_part_of_year(text: &str) -> bool {
    let text = undated(text);
    let [year]: [String; 1] = periods::years(text).try_into().unwrap_or_default();
    let said = periods::of(&[text.to_owned()]);
    if year.is_empty() || said.as_ref().is_some_and(|said| said.span.is_none() && periods::is_exact(text)) {
        return false;
    }
    match said {
        Some(said) if said.span.is_some() => return true,
        // A month, a quarter or a day among other words.
        Some(said) if said.period != Period::of_year(said.period.year()) => return false,
        Some(_) | None => {}
    }
    let words = text.split(|c: char| c.is_whitespace() || ",;().[]".contains(c)).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.filter(|word| *word != year).collect();
    let is_roman = |word: &str| word.chars().count() <= 4 && word.chars().all(|c| "IVX".contains(c));
    let is_counted = |word: &str| {
        let digits = word.trim_start_matches(char::is_alphabetic).trim_end_matches(char::is_alphabetic);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        letters <= 2 && digits.parse().is_ok_and(|count: u8| (1..=12).contains(&count))
    };
    let is_span = |word: &str| {
        let ends: Vec<&str> = word.split(['-', '–', '—']).collect();
        ends.len() > 1 && ends.iter().all(|end| !end.is_empty() && end.chars().all(char::is_alphabetic))
    };
    let is_parted = matches!(words.as_slice(), [_, "-" | "–" | "—", _]);
    is_parted || words.iter().any(|word| is_roman(word) || is_counted(word) || is_span(word) || names_half(word))
}

/// Says whether plain numbers that may be years are: of our time, and few are missing between them.
pub(super) fn are_years(cells: &[&Cell]) -> bool {
    // A number that is no period by itself: `2012,5`.
    if cells.iter().any(|cell| number_of(cell) && !periods::is_exact(&cell.text())) {
        return false;
    }
    let years: BTreeSet<i32> = cells.iter().filter_map(|cell| cell.text().trim().parse().ok()).collect();
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return true };
    *first >= 1500 && *last < 2200 && ((last - first) as usize) < 3 * years.len() + 7
}

pub(super) fn number_of(cell: &Cell) -> bool {
    match &cell.content {
        Content::Number(_) => true,
        Content::Text(text) => is_number(bare(text)),
        _ => false,
    }
}

fn is_number(text: &str) -> bool {
    let settled = NumberSyntax::default().settled([text].into_iter());
    matches!(settled, Err(Unsettled::Either(..))) || settled.is_ok_and(|syntax| syntax.read(text).is_ok())
}

/// Takes the mark of a footnote, or the letters of a status, off the end of a number.
pub(super) fn bare(text: &str) -> &str {
    behind_number(text).or_else(|| flagged(text)).map_or(text.trim(), |(body, _)| body)
}

/// Parts the letters by which data bases tell the status of a figure from what stands before them: `12,5 p`, `: c`. A letter
/// right behind a number may be a part of a code.
pub(super) fn flagged(text: &str) -> Option<(&str, String)> {
    let (body, flags) = unflagged(text);
    let is_apart = text.trim().strip_suffix(flags).is_some_and(|before| before.ends_with(char::is_whitespace));
    (!flags.is_empty() && is_apart).then(|| (body, flags.to_owned()))
}

/// Says whether a cell stands where a number would, though none may be read in it: `(1 234)`, `12,5%`, a date, an error.
pub(super) fn stands_for_number(cell: &Cell) -> bool {
    const BEFORE: &str = "([+-−–‑";
    const BEHIND: &str = ")]%*";
    const INNER: &str = ".,'’ \u{a0}\u{202f}\u{2009}";
    match &cell.content {
        Content::Text(text) => {
            let inner = text.trim().trim_start_matches(|c| BEFORE.contains(c)).trim_end_matches(|c| BEHIND.contains(c));
            // Two points and nothing else between digits are those of a code: `01.1.2`.
            let is_code = inner.matches('.').count() > 1 && !inner.contains(|c: char| c != '.' && !c.is_ascii_digit());
            number_of(cell)
                || inner.contains(char::is_numeric)
                    && inner.chars().all(|c| c.is_numeric() || INNER.contains(c))
                    && !is_code
                    && period_of(text).is_none()
        }
        Content::Number(_) | Content::Date(_) | Content::Truth(_) | Content::Error(_) | Content::Uncounted => true,
    }
}

/// Says whether a cell stands for a number below the heading of a period: below it nothing else begins with a digit.
pub(super) fn stands_under_period(cell: &Cell) -> bool {
    let text = cell.text();
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || "([+-−–‑".contains(c));
    stands_for_number(cell) || begins.starts_with(char::is_numeric)
}

/// Returns why there is no number, where a text is one of the marks that all know.
pub(super) fn mark_of(text: &str) -> Option<Reason> {
    const NOTHING: &str = ":";
    let text = bare(text);
    MissingMarks::usual().reason(text).or((text == NOTHING).then_some(Reason::Missing))
}

pub(super) fn is_mark(cell: &Cell) -> bool {
    matches!(&cell.content, Content::Text(text) if mark_of(text).is_some())
}

/// Says whether a text is so short, and without a digit, that it may stand for a missing value among numbers.
pub(super) fn is_strange(text: &str) -> bool {
    const MOST: usize = 5;
    let text = text.trim();
    !text.is_empty()
        && text.chars().count() <= MOST
        && !text.contains(char::is_numeric)
        && mark_of(text).is_none()
        && !names_unit(text)
}

pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Guesses the unit from what a heading says.
pub(super) fn unit_of(heading: &str) -> String {
    let known = match () {
        () if heading.contains('%') || speaks(heading, "percent") => "percent",
        () if heading.contains('‰') => "per-mille",
        () if speaks(heading, "index") => "index",
        () => return currency(heading).map_or_else(|| "none".to_owned(), |code| code.to_lowercase()),
    };
    known.to_owned()
}

/// Finds the code of a currency that a heading ends in: `wages, BYN`, `prices (MXN)`.
pub(super) fn currency(heading: &str) -> Option<&str> {
    let (_, last) = heading.rsplit_once([',', '('])?;
    let last = last.trim().trim_end_matches(')').trim();
    (last.len() == 3 && last.chars().all(|c| c.is_ascii_uppercase())).then_some(last)
}
