//! Numbers: what the cells of the measures hold: numbers, marks in their place, and what is refused.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, bare, flagged, is_strange, mark_of, period_beside, period_of};
use super::guessed::{Axis, Beside, Fact, Guess, Measure, Unguessed};
use crate::finding::{Amount, Period, Reason};
use crate::reshape::behind_number;
use crate::reshape::draft::legend;
use crate::table::number::{NumberSyntax, bracketed};
use crate::workbook::{At, Content, Sheet, letters};

/// Collects what stands in place of numbers, with what the notes say of it.
pub(super) fn marks(sheet: &Sheet, numbers: &[&Column], guess: &mut Guess) {
    for text in numbers.iter().flat_map(|column| column.texts.values()) {
        if behind_number(text).is_none() {
            guess.flags.extend(flagged(text).iter().flat_map(|(_, flags)| flags.chars()));
        }
        let mark = bare(text);
        let usual = mark_of(text);
        if guess.marks.contains_key(mark) || usual.is_none() && !is_strange(text) {
            continue;
        }
        let told = legend(sheet, mark);
        match (told, usual) {
            (None, None) => guess.said.push(format!("`{mark}` is the mark of a missing number")),
            (None, Some(Reason::NoPhenomenon)) => guess.said.push(format!(
                "`{mark}` stands where there is nothing of the kind, which adds nothing to a sum; no note says so: where there is \
                 no figure, write `missing` for it in data/datapackage.yaml"
            )),
            _ => {}
        }
        guess.marks.insert(mark.to_owned(), told.or(usual).unwrap_or(Reason::Missing).code());
    }
    if !guess.flags.is_empty() {
        let flags: Vec<String> = guess.flags.iter().map(|flag| format!("`{flag}`")).collect();
        guess.said.push(format!("{} behind numbers tell their status, as offices of Europe mark it", flags.join(", ")));
    }
}

/// Reads the numbers of the measures: their decimals, their class, and the facts of the first.
pub(super) fn measure(
    sheet: &Sheet,
    numbers: &[&Column],
    cells: &[(u32, Option<Period>, u32)],
    stated: NumberSyntax,
    columns: &[Column],
    of_head: &dyn Fn(u32) -> Vec<String>,
    guess: &mut Guess,
) -> Result<(), Unguessed> {
    let mut values: BTreeMap<(u32, u32), (Amount, u32)> = BTreeMap::new();
    // The columns in whose cells the sign of per cent stands.
    let mut percent: BTreeSet<u32> = BTreeSet::new();
    for column in numbers {
        let cells = || column.texts.iter().map(|(row, text)| (At { row: *row, column: column.at }, text));
        let marks = guess.marks.clone();
        let is_mark = |text: &str| marks.contains_key(bare(text));
        let written = cells().filter(|(at, text)| {
            let is_text = matches!(sheet.get(*at).map(|cell| &cell.content), Some(Content::Text(_)));
            is_text && !is_mark(text)
        });
        let signed = written.clone().filter(|(_, text)| bare(text).ends_with('%')).count();
        let is_signed = signed > 0 && signed == column.texts.values().filter(|text| !is_mark(text)).count();
        let stated = NumberSyntax { is_dressed: is_signed, ..stated };
        guess.is_dressed |= is_signed;
        if is_signed {
            percent.insert(column.at);
        }
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
                let inner = bracketed(bare(text)).filter(|inner| inner.starts_with(|c: char| c.is_ascii_digit()));
                match inner {
                    Some(_) => {
                        let hint = "state what brackets say: `--brackets negative` where such numbers are below zero, \
                                    `--brackets plain` where they are as they stand";
                        Unguessed::at(sheet, at, message, hint)
                    }
                    None => Unguessed::at(sheet, at, message, "mend the cell, or empty it"),
                }
            };
            values.insert((at.row, at.column), read.ok_or_else(none)?);
        }
    }
    let column = |at: u32| columns.iter().find(|column| column.at == at);
    let indicator = guess.indicator.and_then(column);
    if !percent.is_empty() {
        guess.said.push("the sign of per cent behind the numbers is their unit".to_owned());
    }
    for measure in &mut guess.measures {
        let columns_of = |at: &u32| measure.column.is_none_or(|own| own == *at);
        if measure.unit == "none"
            && numbers.iter().map(|column| column.at).filter(columns_of).all(|at| percent.contains(&at))
        {
            measure.unit = "percent".into();
        }
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
    let known: BTreeMap<&str, usize> =
        guess.places.iter().enumerate().map(|(at, own)| (own.said.as_str(), at)).collect();
    let facts_of = |measure: &Measure| {
        let mut facts = Vec::new();
        for (row, dated, at) in cells.iter().filter(|(_, _, at)| measure.column.is_none_or(|own| own == *at)) {
            if indicator.is_some_and(|indicator| indicator.text(*row) != measure.heading) {
                continue;
            }
            let Some((value, _)) = values.get(&(*row, *at)) else { continue };
            let text = |at: u32| column(at).map_or("", |column| column.text(*row));
            let heading = || column(*at).map_or("", |column| column.heading.as_str());
            let period = match (guess.period, guess.beside) {
                (Some(Axis::Header), Some(Beside::Column(at))) => period_beside(text(at), heading()),
                (Some(Axis::Column(at)), Some(Beside::Column(part))) => period_beside(text(at), text(part)),
                (Some(Axis::Column(at)), Some(Beside::Whole(year))) => period_beside(&year.to_string(), text(at)),
                (Some(Axis::Column(at)), _) => period_of(text(at)),
                (Some(Axis::Whole(period)), _) => Some(period),
                (Some(Axis::Header) | None, _) => *dated,
            };
            // What holds on the last day of a period is the stock at the beginning of the next.
            let period = period.map(|own| if guess.at_end.is_some() && own.day().is_none() { own.next() } else { own });
            let place = guess.place.and_then(|at| known.get(text(at)).copied());
            let own = guess.categories.iter().filter_map(|category| Some(text(category.column?).to_owned()));
            let section = guess.sections.as_ref().and_then(|own| own.texts.get(row)).cloned();
            let members = own.chain(section).chain(of_head(*at)).collect();
            facts.push(Fact { place, members, period, value: value.clone() });
        }
        facts
    };
    let mut facts = guess.measures.iter().map(facts_of).collect::<Vec<_>>().into_iter();
    guess.facts = facts.next().unwrap_or_default();
    guess.further = facts.collect();
    Ok(())
}
