//! Rows: what stands between, beside or over the rows of a stranger's table and is no figure of it: left, told or refused.

use std::collections::BTreeSet;

use super::columns::{Column, line, number_of};
use super::guessed::{Guess, Sections, Unguessed};
use crate::language::{names_unit, western};
use crate::workbook::{At, Cell, Content, Sheet, letters};

/// What to do where years are of another calendar.
pub(super) const OTHER_CALENDAR: &str = "write the years of the common calendar; the layout of `esep data add` says what others mean under `words`: \
                              `{period: {\"1399\": \"2020\"}}`";

/// Finds a row of numbers that may be years of another calendar, over rows of numbers.
pub(super) fn other_years(sheet: &Sheet) -> Option<At> {
    let rows: BTreeSet<u32> = sheet.cells.keys().map(|at| at.row).collect();
    let is_year = |cell: &Cell| {
        let text = cell.text();
        western(&text)
            .trim()
            .parse()
            .is_ok_and(|year: u16| (1200..1500).contains(&year) || (2400..2700).contains(&year))
    };
    rows.into_iter().find_map(|row| {
        let years: Vec<At> = sheet.row(row).filter(|(_, cell)| is_year(cell)).map(|(at, _)| at).collect();
        let first = *years.first()?;
        let apart = sheet.row(row).all(|(at, cell)| years.contains(&at) || !number_of(cell));
        (years.len() > 1
            && apart
            && sheet.cells.range(At { row: row + 1, column: 0 }..).any(|(_, cell)| number_of(cell)))
        .then_some(first)
    })
}

/// Finds the heads of sections between rows of numbers: texts that stand alone in a row, in a column of labels.
pub(super) fn sections(
    sheet: &Sheet,
    (header, last): (u32, u32),
    rows: &[u32],
    columns: &[Column],
) -> Option<Sections> {
    let own: BTreeSet<u32> = rows.iter().copied().collect();
    let alone = |row: u32| {
        let mut cells = sheet.row(row);
        let only = cells.next().filter(|_| cells.next().is_none())?;
        let is_label = columns.iter().any(|column| column.at == only.0.column && !column.is_number);
        let text = line(&only.1.text());
        (is_label && !text.is_empty() && !names_unit(&text)).then_some((only.0.column, text))
    };
    let mut found = Sections::default();
    let mut within: Option<String> = None;
    let between: BTreeSet<u32> =
        sheet.cells.keys().map(|at| at.row).filter(|row| (header + 1..=last).contains(row)).collect();
    for row in between {
        match alone(row).filter(|_| !own.contains(&row)) {
            Some((column, text)) if within.is_none() || column == found.column => {
                found.column = column;
                within = Some(text);
            }
            _ if own.contains(&row) => {
                found.has_rows_above |= within.is_none();
                let said = within.clone().unwrap_or_else(|| Sections::ABOVE.to_owned());
                found.texts.insert(row, said);
            }
            _ => {}
        }
    }
    within.is_some().then_some(found)
}

/// Refuses dates that stand among words: a program for spreadsheets makes one of `5-9`.
pub(super) fn no_dates_among_words(sheet: &Sheet, columns: &[Column], guess: &Guess) -> Result<(), Unguessed> {
    let own = |column: &&Column| {
        guess.place == Some(column.at) || guess.categories.iter().any(|own| own.column == Some(column.at))
    };
    for column in columns.iter().filter(own) {
        let cells = || column.texts.keys().map(|row| At { row: *row, column: column.at });
        let is_date = |at: &At| sheet.get(*at).is_some_and(|cell| matches!(cell.content, Content::Date(_)));
        let words = cells().any(|at| sheet.get(at).is_some_and(|cell| matches!(cell.content, Content::Text(_))));
        if let Some(at) = cells().find(is_date).filter(|_| words) {
            let message = format!(
                "`{}` is a date among words: a program may have made it of `5-9` or `10-14`",
                column.text(at.row)
            );
            return Err(Unguessed::at(sheet, at, message, "write it as text in the file's own program"));
        }
    }
    Ok(())
}

/// Refuses numbers in a cell that is merged over others: nothing says of which of them they are.
pub(super) fn no_merged_numbers(sheet: &Sheet, rows: &[u32], numbers: &[&Column]) -> Result<(), Unguessed> {
    let cells = rows.iter().flat_map(|row| numbers.iter().map(move |column| At { row: *row, column: column.at }));
    for at in cells.filter(|at| sheet.get(*at).is_none()) {
        let Some((first, cell)) = sheet.shown(at).filter(|(_, cell)| number_of(cell)) else { continue };
        let message = format!(
            "`{}` stands in one cell merged over {first} and {at}, and nothing says of which of them it is",
            cell.text()
        );
        let hint = "part the cells in the file's own program, and write the number of each";
        return Err(Unguessed::at(sheet, first, message, hint));
    }
    Ok(())
}

/// Leaves lines between the rows that tell none of them apart: «в том числе:».
pub(super) fn lines_between(
    sheet: &Sheet,
    (header, last): (u32, u32),
    rows: &[u32],
    columns: &[Column],
    guess: &mut Guess,
) {
    if guess.sections.is_some() {
        return;
    }
    let between: BTreeSet<u32> =
        sheet.cells.keys().map(|at| at.row).filter(|row| (header + 1..last).contains(row)).collect();
    for row in between.into_iter().filter(|row| !rows.contains(row) && rows.iter().any(|own| own < row)) {
        let mut cells = sheet.row(row);
        let Some((at, cell)) = cells.next().filter(|_| cells.next().is_none()) else { continue };
        let text = line(&cell.text());
        if columns.iter().any(|column| column.at == at.column && !column.is_number) && !text.is_empty() {
            guess
                .said
                .push(format!("`{text}` ({at}) is a line between rows: those below it may be parts of one above it"));
            guess.left_rows.entry(row + 1).or_insert_with(|| format!("{text}: a line between the rows"));
        }
    }
}

/// Tells labels that are indented: what they name may be a part of what stands above, and all are compared as equals.
pub(super) fn indented(sheet: &Sheet, columns: &[Column], rows: &[u32], guess: &mut Guess) {
    let margin = |at: At| {
        let text = sheet.get(at).map(|cell| cell.text()).unwrap_or_default();
        text.chars().take_while(|c| c.is_whitespace()).count()
    };
    let own = guess.place.into_iter().chain(guess.categories.iter().filter_map(|own| own.column));
    let labels: Vec<u32> =
        own.filter(|at| columns.iter().any(|column| column.at == *at && !column.is_number)).collect();
    for column in labels {
        let margins: BTreeSet<usize> = rows.iter().map(|row| margin(At { row: *row, column })).collect();
        if let Some(row) = rows
            .iter()
            .find(|row| Some(&margin(At { row: **row, column })) == margins.last())
            .filter(|_| margins.len() > 1)
        {
            guess.said.push(format!(
                "the labels of column {} are indented ({}): some may be parts of others, and all are compared as equals",
                letters(column),
                At { row: *row, column }
            ));
        }
    }
}
