//! Numbers: what the cells of the measures hold: numbers, marks in their place, and what is refused.

use std::collections::BTreeMap;

use super::columns::{Column, bare, is_strange, mark_of, period_of};
use super::guessed::{Axis, Fact, Guess, Unguessed};
use crate::finding::{Amount, Period, Reason};
use crate::table::number::NumberSyntax;
use crate::workbook::{At, Content, Sheet, letters};

/// Collects what stands in place of numbers.
pub(super) fn marks(numbers: &[&Column], guess: &mut Guess) {
    for text in numbers.iter().flat_map(|column| column.texts.values()) {
        let mark = bare(text);
        match mark_of(text) {
            Some(reason) => guess.marks.insert(mark.to_owned(), reason.code()),
            None if is_strange(text) => {
                if !guess.marks.contains_key(mark) {
                    guess.said.push(format!("`{mark}` is the mark of a missing number"));
                }
                guess.marks.insert(mark.to_owned(), Reason::Missing.code())
            }
            None => None,
        };
    }
}

/// Reads the numbers of the measures: their decimals, their class, and the facts of the first.
pub(super) fn measure(
    sheet: &Sheet,
    numbers: &[&Column],
    cells: &[(u32, Option<Period>, u32)],
    decimal: Option<char>,
    columns: &[Column],
    of_head: &dyn Fn(u32) -> Vec<String>,
    guess: &mut Guess,
) -> Result<(), Unguessed> {
    let mut values: BTreeMap<(u32, u32), (Amount, u32)> = BTreeMap::new();
    for column in numbers {
        let cells = || column.texts.iter().map(|(row, text)| (At { row: *row, column: column.at }, text));
        let written = cells().filter(|(at, text)| {
            let is_text = matches!(sheet.get(*at).map(|cell| &cell.content), Some(Content::Text(_)));
            is_text && !guess.marks.contains_key(bare(text))
        });
        let stated = NumberSyntax { decimal, ..NumberSyntax::default() };
        let syntax = stated.settled(written.map(|(_, text)| bare(text))).map_err(|_| {
            let message = format!("the numbers of column {} may be read in two ways", letters(column.at));
            Unguessed::new(message, "state the mark before decimals: --decimal , or --decimal .")
        })?;
        for (at, text) in cells() {
            let read = match sheet.get(at).map(|cell| &cell.content) {
                Some(Content::Number(number)) => Some((number.amount.clone(), number.decimals)),
                Some(Content::Uncounted) => {
                    let hint = "open the file in a program for spreadsheets and save it: then it keeps its values";
                    return Err(Unguessed::at(sheet, at, "holds a formula whose value is not kept", hint));
                }
                Some(Content::Text(_)) if guess.marks.contains_key(bare(text)) => continue,
                Some(Content::Text(_)) => syntax.read(bare(text)).ok().map(|number| (number.amount, number.decimals)),
                None => continue,
                Some(_) => None,
            };
            let none = || {
                let message = format!("`{text}` stands among numbers and is none");
                Unguessed::at(sheet, at, message, "mend the cell, or empty it")
            };
            values.insert((at.row, at.column), read.ok_or_else(none)?);
        }
    }
    let column = |at: u32| columns.iter().find(|column| column.at == at);
    let indicator = guess.indicator.and_then(column);
    for measure in &mut guess.measures {
        let named = |row: u32| indicator.is_none_or(|indicator| indicator.text(row) == measure.heading);
        let own = |(row, column): &(u32, u32)| named(*row) && measure.column.is_none_or(|own| own == *column);
        let list: Vec<&(Amount, u32)> = values.iter().filter(|(at, _)| own(at)).map(|(_, value)| value).collect();
        let decimals = list.iter().map(|(_, decimals)| *decimals).max().unwrap_or(0);
        measure.decimals = decimals.saturating_sub(measure.scale.unsigned_abs().checked_ilog10().unwrap_or(0)).min(2);
        measure.class = match list.iter().map(|(amount, _)| amount.signum()).min() {
            Some(-1) => "signed",
            Some(0) => "flow",
            _ => "level",
        };
    }
    let first = guess.measures.first().and_then(|measure| measure.column);
    let wanted = cells.iter().filter(|(_, _, at)| first.is_none_or(|first| first == *at));
    let known: BTreeMap<&str, usize> =
        guess.places.iter().enumerate().map(|(at, own)| (own.said.as_str(), at)).collect();
    let mut facts = Vec::new();
    let said = guess.measures.first().map(|measure| measure.heading.clone()).unwrap_or_default();
    for (row, dated, at) in wanted {
        if indicator.is_some_and(|indicator| indicator.text(*row) != said) {
            continue;
        }
        let Some((value, _)) = values.get(&(*row, *at)) else { continue };
        let text = |at: u32| column(at).map_or("", |column| column.text(*row));
        let period = match guess.period {
            Some(Axis::Column(at)) => period_of(text(at)),
            Some(Axis::Whole(period)) => Some(period),
            Some(Axis::Header) | None => *dated,
        };
        let place = guess.place.and_then(|at| known.get(text(at)).copied());
        let own = guess.categories.iter().filter_map(|category| Some(text(category.column?).to_owned()));
        let members = own.chain(of_head(*at)).collect();
        facts.push(Fact { place, members, period, value: value.clone() });
    }
    guess.facts = facts;
    Ok(())
}
