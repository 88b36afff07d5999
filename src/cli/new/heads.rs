//! Heads: which rows of a stranger's sheet are its headings, and what stands in two of them over one another.

use std::collections::BTreeSet;

use super::columns::{
    is_dated, is_mark, is_part_alone, is_strange, line, number_of, period_beside, period_of, stands_for_number,
    stands_under_period, unit_of,
};
use super::guessed::{Guess, Unguessed};
use crate::finding::Period;
use crate::reshape::draft::is_numbering;
use crate::reshape::shortened;
use crate::workbook::{At, Cell, Sheet};

/// Two rows of headings over the columns of numbers.
#[derive(Debug)]
pub(super) struct Levels {
    /// The row above, counted from zero.
    pub upper: u32,
    /// Whether a heading of it holds for the empty cells to its right, which nothing merges.
    pub is_open: bool,
    /// Whether the periods stand above, or below; neither where both are words.
    pub period: Option<Row>,
    /// Of each column: the text above and the text below.
    pub texts: Vec<(u32, [String; 2])>,
}

/// One of two rows of headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The one above.
    Upper = 0,
    /// The one below.
    Lower = 1,
    /// Both: a year over its months, or months over their years.
    Both = 2,
}

impl Levels {
    /// Returns the period of a column.
    pub(super) fn period_of(&self, column: u32) -> Option<Period> {
        match self.period? {
            Row::Both => period_beside(self.text(column, 0)?, self.text(column, 1)?),
            row => period_of(self.text(column, row as usize)?),
        }
    }

    /// Returns the members of a column, of the upper row first.
    pub(super) fn members_of(&self, column: u32) -> Vec<String> {
        self.words().into_iter().filter_map(|row| self.text(column, row).map(str::to_owned)).collect()
    }

    /// Lists the rows that hold words and no periods.
    pub(super) fn words(&self) -> Vec<usize> {
        let is_period = |row: &usize| self.period.is_some_and(|own| own == Row::Both || own as usize == *row);
        (0..2).filter(|row| !is_period(row)).collect()
    }

    /// Lists the texts of a row, each once, in the order of the columns.
    pub(super) fn members(&self, row: usize) -> Vec<String> {
        let mut list: Vec<String> = Vec::new();
        for (_, texts) in &self.texts {
            if !list.contains(&texts[row]) {
                list.push(texts[row].clone());
            }
        }
        list
    }

    /// Lists the headings that are periods, each with the cell of its column; the row below is given.
    pub(super) fn dated(&self, lower: u32) -> Vec<(At, String)> {
        let Some(period) = self.period else { return Vec::new() };
        let row = if period == Row::Upper { self.upper } else { lower };
        let said = |texts: &[String; 2]| match period {
            Row::Both => texts.iter().any(|text| is_part_alone(text)).then(|| texts.join(" ")),
            own => Some(texts[own as usize].clone()),
        };
        self.texts.iter().filter_map(|(column, texts)| Some((At { row, column: *column }, said(texts)?))).collect()
    }

    fn text(&self, column: u32, row: usize) -> Option<&str> {
        self.texts.iter().find(|(own, _)| *own == column).map(|(_, texts)| texts[row].as_str())
    }
}

/// Finds the row of headings: the first of two cells or more, none a plain number, over a row that holds one.
pub(super) fn header_of(sheet: &Sheet) -> Option<u32> {
    let rows: BTreeSet<u32> = sheet.cells.keys().map(|at| at.row).collect();
    // A row that numbers the columns is none of headings and none of data.
    let rows: Vec<u32> = rows.into_iter().filter(|row| !is_numbering(sheet, *row)).collect();
    // The head of a section may stand between.
    const SECTIONS: usize = 2;
    let below = |at: usize| {
        let next = &rows[at + 1..];
        next.iter().take(SECTIONS + 1).find(|row| sheet.row(**row).count() > 1).or(next.first()).copied()
    };
    (0..rows.len()).find_map(|at| {
        let pair = [rows[at], below(at)?];
        let head: Vec<(At, &Cell)> = sheet.row(pair[0]).collect();
        let heads = head.iter().all(|(_, cell)| !number_of(cell) || is_dated(&cell.text()));
        // Years right below, under words that hold for several columns, are headings themselves.
        let lower: Vec<(At, &Cell)> = sheet.row(pair[1]).collect();
        let is_open = lower.iter().any(|(at, _)| sheet.get(At { row: pair[0], ..*at }).is_none());
        if is_open && lower.len() > 1 && lower.iter().all(|(_, cell)| is_dated(&cell.text())) {
            return None;
        }
        let worded = head.iter().any(|(at, cell)| !number_of(cell) || is_under_words(sheet, *at));
        let labelled = lower
            .first()
            .zip(head.first())
            .is_some_and(|((label, cell), (first, _))| label.column < first.column && !stands_for_number(cell));
        // One heading over one column of numbers, and none over their labels.
        let is_alone = head.len() == 1 && lower.len() == 2 && labelled;
        ((head.len() > 1 || is_alone) && heads && (worded || labelled) && holds_figures(sheet, pair[0], &lower))
            .then_some(pair[0])
    })
}

/// Says whether a row below headings holds numbers, or what stands in their place: marks, and texts that cannot be read.
fn holds_figures(sheet: &Sheet, header: u32, row: &[(At, &Cell)]) -> bool {
    let texts: Vec<String> = row.iter().skip(1).map(|(_, cell)| cell.text()).collect();
    let labelled =
        row.first().is_some_and(|(at, _)| sheet.row(header).next().is_none_or(|(first, _)| at.column <= first.column));
    // A short word that all columns hold stands for nothing else.
    let is_strange_row =
        labelled && texts.len() > 1 && is_strange(&texts[0]) && texts.iter().all(|text| *text == texts[0]);
    row.iter().any(|(at, cell)| {
        let Some(over) = sheet.get(At { row: header, ..*at }) else { return false };
        let by_period = is_dated(&over.text()) && (stands_under_period(cell) || labelled && is_strange(&cell.text()));
        stands_for_number(cell) || is_mark(cell) && labelled || by_period
    }) || is_strange_row
}

/// Says whether a heading stands right below another: years under a group of columns.
fn is_under_words(sheet: &Sheet, at: At) -> bool {
    let above = at.row.checked_sub(1).and_then(|row| sheet.shown(At { row, ..at }));
    above.is_some_and(|(_, cell)| !number_of(cell))
}

/// Finds the second row of headings above the first, where headings are told apart by both together only.
pub(super) fn levels(sheet: &Sheet, header: u32, numbers: &[u32]) -> Option<Levels> {
    let upper = header.checked_sub(1)?;
    let read = |at: At| sheet.shown(at).map(|(_, cell)| line(&cell.text())).filter(|text| !text.is_empty());
    let mut over: Option<String> = None;
    let mut is_open = false;
    let mut texts: Vec<(u32, [String; 2])> = Vec::new();
    for column in numbers {
        let own = read(At { row: upper, column: *column });
        is_open |= own.is_none();
        over = own.or(over);
        let below = read(At { row: header, column: *column })?;
        texts.push((*column, [over.clone()?, below]));
    }
    let distinct = |row: usize| texts.iter().map(|(_, texts)| texts[row].as_str()).collect::<BTreeSet<_>>().len();
    let pairs = texts.iter().map(|(_, texts)| texts).collect::<BTreeSet<_>>().len();
    // One heading over all columns is a title, and headings that differ need no other.
    if distinct(0) < 2 || distinct(1) == texts.len() || pairs != texts.len() {
        return None;
    }
    let dated = |row: usize| texts.iter().all(|(_, texts)| is_dated(&texts[row]));
    // The total of a year may stand beside its parts.
    let are_parts = |row: usize| {
        let parts = texts.iter().filter(|(_, texts)| is_part_alone(&texts[row])).count();
        let words = texts.iter().all(|(_, texts)| is_part_alone(&texts[row]) || !is_dated(&texts[row]));
        words && parts * 3 >= texts.len() * 2
    };
    let period = match (dated(0), dated(1)) {
        (true, _) if are_parts(1) => Some(Row::Both),
        (_, true) if are_parts(0) => Some(Row::Both),
        (true, _) => Some(Row::Upper),
        (_, own) => own.then_some(Row::Lower),
    };
    Some(Levels { upper, is_open, period, texts })
}

/// Tells measures whose headings differ in a number alone: they may be periods that nobody here knows.
pub(super) fn alike_but_for_a_number(guess: &mut Guess) {
    const LEAST: usize = 3;
    let bare = |text: &str| text.chars().filter(|c| !c.is_numeric()).collect::<String>();
    let headings: Vec<&String> =
        guess.measures.iter().filter(|own| own.column.is_some()).map(|own| &own.heading).collect();
    let Some(first) = headings.first().filter(|first| first.contains(char::is_numeric)) else { return };
    if headings.len() >= LEAST && headings.iter().all(|own| bare(own) == bare(first)) {
        let first = shortened(first);
        guess.said.push(format!(
            "the headings differ in a number alone (`{first}`), and each is a measure: where they are periods, write these as `2023`, \
             `2023-Q1`, `2023-09`"
        ));
    }
}

/// Refuses headings that stand in more rows than are read, and those that name several units.
pub(super) fn one_of_a_kind(sheet: &Sheet, header: u32, levels: &Levels) -> Result<(), Unguessed> {
    let above = levels.upper.checked_sub(1);
    let columns: Vec<u32> = levels.texts.iter().map(|(column, _)| *column).collect();
    let over = |row: u32| columns.iter().filter_map(move |column| sheet.shown(At { row, column: *column }));
    let third = above.filter(|row| over(*row).map(|(at, _)| at).collect::<BTreeSet<_>>().len() > 1);
    if let Some((at, cell)) = third.and_then(|row| over(row).next()) {
        let message = format!("`{}` stands in a third row of headings, and two are read", line(&cell.text()));
        return Err(Unguessed::at(sheet, at, message, "begin with one or two rows of headings over the numbers"));
    }
    for row in levels.words() {
        let units: BTreeSet<String> = levels.members(row).iter().map(|text| unit_of(text)).collect();
        if units.len() > 1 {
            let at =
                At { row: if row == 0 { levels.upper } else { header }, column: columns.first().copied().unwrap_or(0) };
            let message = "the columns are in several units, and their numbers would be compared with one another";
            return Err(Unguessed::at(sheet, at, message, "begin with the columns of one unit"));
        }
    }
    Ok(())
}
