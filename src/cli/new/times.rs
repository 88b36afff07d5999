//! Times: of which periods a stranger's table seems to be: read as they stand, beside their year, or by a title.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{
    Column, is_dated, is_part_alone, is_part_of_year, is_season, line, number_of, period_of, speaks, unit_of,
};
use super::guessed::{Axis, Beside, Guess, Unguessed};
use crate::finding::Period;
use crate::reshape::{periods, shortened, two_months, undated};
use crate::workbook::{At, Cell, Sheet, letters};

/// Marks of notes behind a period.
const MARKS: [char; 6] = ['*', '†', '‡', '¹', '²', '³'];

/// Looks at what is read as periods: refuses a part of a year, which would be read as the whole of it, and tells what is
/// read by its year alone.
pub(super) fn dated_as<'a>(
    sheet: &Sheet,
    texts: impl Iterator<Item = (At, &'a str)>,
    guess: &mut Guess,
) -> Result<(), Unguessed> {
    const MOST: usize = 3;
    let mut read: Vec<String> = Vec::new();
    let texts: Vec<(At, &str)> = texts.collect();
    let season = periods::no_month(texts.iter().map(|(_, text)| *text));
    for (at, text) in texts {
        if is_season(text) || season == Some(text) {
            let what = if is_season(text) || periods::season(text).is_some() {
                "it goes over two years"
            } else {
                "it may be a quarter or half a year"
            };
            let message = format!("`{text}` is no calendar year and no month: {what}");
            let hint = "write the year that stands for it; the layout of `esep data add` says it under `words`: \
                        `{period: {\"2022/2023\": \"2022\"}}`";
            return Err(Unguessed::at(sheet, at, message, hint));
        }
        if periods::is_exact(text) && sheet.get(at).is_some_and(Cell::may_be_two_months) {
            let (message, hint) = two_months(text);
            return Err(Unguessed::at(sheet, at, message, hint));
        }
        if is_part_of_year(text) {
            let message = format!("`{text}` is a part of a year, and would be read as the whole of it");
            let hint = "begin with whole years, quarters and months: `2023`, `2023-Q1`, `2023-09`; the layout of `esep data add` \
                        tells other parts of years apart (`cumulative`)";
            return Err(Unguessed::at(sheet, at, message, hint));
        }
        let is_marked = text.contains(MARKS);
        let says_more = is_marked || !periods::is_exact(undated(text));
        let Some(period) = period_of(text).filter(|_| says_more) else { continue };
        let mark = if is_marked { ", and its mark is not kept" } else { "" };
        let said = format!("`{text}` is read as {period}{mark}");
        if !read.contains(&said) {
            read.push(said);
        }
    }
    let more = read.len().saturating_sub(MOST);
    read.truncate(MOST);
    if more > 0 {
        read.push(format!("and {more} more so"));
    }
    guess.said.extend((!read.is_empty()).then(|| read.join(", ")));
    Ok(())
}

/// Finds the one period that the name of the sheet or a title says, and what says it.
fn titled(sheet: &Sheet, top: u32) -> Option<(Period, String)> {
    let one = |text: &str| period_of(text).filter(|_| !is_part_of_year(text));
    let titles = sheet.cells.range(..At { row: top, column: 0 });
    let mut titled = titles.filter_map(|(at, cell)| Some((cell.text().lines().find_map(one)?, at.to_string())));
    one(&sheet.name).map(|period| (period, "the sheet's name".to_owned())).or_else(|| titled.next())
}

/// Takes the one period of all the table, where a title says it.
pub(super) fn of_one_period(sheet: &Sheet, top: u32, guess: &mut Guess) -> Result<(), Unguessed> {
    let Some((period, by)) = titled(sheet, top) else {
        let titles = sheet.cells.range(..At { row: top, column: 0 });
        let dated = |text: &String| text.lines().any(|line| !periods::years(line).is_empty());
        let mut dated = titles.map(|(at, cell)| (at, cell.text())).filter(|(_, text)| dated(text));
        if let Some((at, text)) = dated.next() {
            let text = shortened(&text);
            guess
                .said
                .push(format!("`{text}` ({at}) names no one period, and none is taken: state it under `otherwise`"));
        }
        return Ok(());
    };
    // Several periods in one row are headings, and hold for their own columns.
    let beside = At::parse(&by).into_iter().flat_map(|at| sheet.row(at.row));
    let other = beside.map(|(at, cell)| (at, line(&cell.text())));
    if let Some((at, text)) = other.into_iter().find(|(_, text)| period_of(text).is_some_and(|own| own != period)) {
        let message = format!("`{text}` stands in a third row of headings, and two are read");
        return Err(Unguessed::at(sheet, at, message, "begin with one or two rows of headings over the numbers"));
    }
    guess.said.push(format!("all of it is of {period}, by {by}"));
    let text = At::parse(&by).and_then(|at| sheet.get(at)).map(|cell| cell.text());
    let from = text.as_ref().map_or(("sheet", &*sheet.name), |text| (by.as_str(), text.as_str()));
    guess.period_from = (period_of(from.1) == Some(period)).then(|| from.0.to_owned());
    guess.period = Some(Axis::Whole(period));
    Ok(())
}

/// Tells stocks of the last day of their years by a title: «на 31 декабря».
pub(super) fn holds_at_end(sheet: &Sheet, top: u32, guess: &mut Guess) {
    let titles = sheet.cells.range(..At { row: top, column: 0 });
    let mut said =
        titles.map(|(at, cell)| (*at, cell.text())).filter(|(_, text)| text.lines().any(periods::is_year_end));
    let is_day = matches!(guess.period, Some(Axis::Whole(period)) if period.day().is_some());
    // What is compared with the end of another period is no stock.
    const RATIOS: [&str; 3] = ["percent", "per-mille", "index"];
    let is_ratio = guess.measures.iter().any(|measure| RATIOS.contains(&measure.unit.as_str()))
        || sheet.cells.range(..At { row: top, column: 0 }).any(|(_, cell)| RATIOS.contains(&&*unit_of(&cell.text())));
    if let Some((at, text)) = said.next().filter(|_| guess.period.is_some() && !is_day) {
        if is_ratio {
            guess
                .said
                .push(format!("`{}` ({at}) is taken for no stock: its numbers stay in their own periods", line(&text)));
            return;
        }
        guess.said.push(format!(
            "the numbers hold on the last day of their years, by {at}: they are the stock at the beginning of the next"
        ));
        guess.at_end = Some(format!("by {at}: {}", line(&text)));
    }
}

/// Tells titles and headings by which the years are none of the calendar, or not whole.
pub(super) fn counts_otherwise(sheet: &Sheet, (top, header): (u32, u32), guess: &mut Guess) {
    let heads = sheet.cells.range(..At { row: header + 1, column: 0 });
    let heads: Vec<(&At, String)> = heads.map(|(at, cell)| (at, line(&cell.text()))).collect();
    let is_of_periods = |at: &At| guess.period == Some(Axis::Column(at.column));
    let names_time =
        |at: &At, text: &str| at.row < top || is_of_periods(at) || speaks(text, "period") || is_dated(text);
    let other = heads.iter().find(|(at, text)| speaks(text, "calendar") && names_time(at, text));
    if let Some((at, text)) = other.filter(|_| guess.period.is_some()) {
        guess.said.push(format!(
            "`{text}` ({at}) speaks of another calendar or of fiscal years, and the years are read as those of the calendar"
        ));
    }
    let is_span = |word: &str| word.contains(['-', '–', '—']) && is_part_alone(word);
    let part = heads.iter().find(|(at, text)| at.row < top && text.split_whitespace().any(is_span));
    if let Some((at, text)) = part.filter(|_| guess.period.is_some() && guess.beside.is_none()) {
        guess.said.push(format!("`{text}` ({at}) speaks of a part of a year, and the years are read as whole"));
    }
}

/// Puts months and quarters together with their year, which stands in a column, in the headings or in a title.
pub(super) fn years_beside(
    sheet: &Sheet,
    (top, header): (u32, u32),
    columns: &[Column],
    numbers: &[&Column],
    taken: &mut BTreeSet<u32>,
    guess: &mut Guess,
) -> Result<(), Unguessed> {
    let year = || titled(sheet, top).filter(|(period, _)| *period == Period::of_year(period.year()));
    let has_years = |column: &Column| column.texts.values().all(|text| periods::is_plain_year(undated(text)));
    let parts: Vec<&&Column> = numbers.iter().filter(|column| is_part_alone(&column.heading)).collect();
    if parts.len() * 2 > numbers.len() && parts.len() > 1 {
        let Some(first) = parts.first() else { return Ok(()) };
        let at = At { row: header, column: first.at };
        let said = match guess.period {
            None => year(),
            Some(Axis::Column(at)) if columns.iter().filter(|own| own.at == at).all(has_years) => {
                guess.beside = Some(Beside::Column(at));
                None
            }
            Some(_) => return Ok(()),
        };
        if let Some((year, by)) = said {
            guess.said.push(format!("the months of the headings are of {year}, by {by}"));
            guess.beside = Some(Beside::Whole(year));
        }
        let Some(beside) = guess.beside else {
            let message = format!("`{}` is a part of a year, and nothing tells of which", first.heading);
            return Err(Unguessed::at(
                sheet,
                at,
                message,
                "write the year beside it: `2023-09`, or add a column of years",
            ));
        };
        guess.period = Some(Axis::Header);
        guess.levels = vec!["period".to_owned()];
        let of = |text: &str| match beside {
            Beside::Whole(year) => format!("{year} {text}"),
            Beside::Column(_) => format!("2000 {text}"),
        };
        let heads: Vec<(At, String)> =
            parts.iter().map(|column| (At { row: header, column: column.at }, of(&column.heading))).collect();
        let dated = dated_as(sheet, heads.iter().map(|(at, text)| (*at, text.as_str())), guess);
        // The year that stands in for those of the column is none of the table's.
        return dated.map_err(|unguessed| Unguessed { message: unguessed.message.replace("`2000 ", "`"), ..unguessed });
    }
    let of_parts = |column: &&Column| {
        let cells = column.distinct();
        !column.is_number
            && !taken.contains(&column.at)
            && cells.len() > 1
            && cells.iter().all(|text| is_part_alone(text))
    };
    let Some(column) = columns.iter().find(of_parts) else { return Ok(()) };
    let by_years =
        || numbers.iter().filter(|own| periods::is_plain_year(undated(&own.heading))).count() * 2 > numbers.len();
    let year = match guess.period {
        Some(Axis::Column(at)) if columns.iter().filter(|own| own.at == at).all(has_years) => {
            guess.beside = Some(Beside::Column(column.at));
            "2000".to_owned()
        }
        Some(Axis::Header) if by_years() => {
            guess.beside = Some(Beside::Column(column.at));
            "2000".to_owned()
        }
        None => {
            let Some((year, by)) = year() else { return Ok(()) };
            guess.said.push(format!("the months of column {} are of {year}, by {by}", letters(column.at)));
            guess.period = Some(Axis::Column(column.at));
            guess.beside = Some(Beside::Whole(year));
            year.to_string()
        }
        Some(_) => return Ok(()),
    };
    taken.insert(column.at);
    let cells: Vec<(At, String)> = column
        .texts
        .iter()
        .map(|(row, text)| (At { row: *row, column: column.at }, format!("{year} {text}")))
        .collect();
    dated_as(sheet, cells.iter().map(|(at, text)| (*at, text.as_str())), guess)
}

/// Finds rows that stand among months or quarters and are none: their total, their mean.
pub(super) fn among_parts(sheet: &Sheet, rows: &[u32]) -> Vec<(u32, String)> {
    const LEAST: usize = 4;
    let mut columns: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
    for (at, cell) in rows.iter().flat_map(|row| sheet.row(*row)).filter(|(_, cell)| !number_of(cell)) {
        columns.entry(at.column).or_default().push((at.row, line(&cell.text())));
    }
    for texts in columns.into_values() {
        let (parts, others): (Vec<_>, Vec<_>) = texts.into_iter().partition(|(_, text)| is_part_alone(text));
        let are_words = others.iter().all(|(_, text)| !is_dated(text) && !text.contains(char::is_numeric));
        let names: BTreeSet<&String> = parts.iter().map(|(_, text)| text).collect();
        if names.len() >= LEAST && !others.is_empty() && others.len() * LEAST <= parts.len() && are_words {
            return others;
        }
    }
    Vec::new()
}
