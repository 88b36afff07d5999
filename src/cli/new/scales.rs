//! Scales: how many units one printed unit is, as titles, headings and columns of units say. Each is a guess, and told.

use std::collections::BTreeSet;

use super::columns::{Column, line, speaks, unit_of};
use super::guessed::{Guess, Unguessed};
use crate::language::{Factor, is_power, scale_noted, scale_of_column, scale_said};
use crate::workbook::{At, Content, Sheet, letters};

/// What a cell says of a scale: where, in which words.
type Named = (String, String, Factor);

/// Finds the column that names the scale of all rows; refuses one that names several.
fn of_column(sheet: &Sheet, columns: &[Column], guess: &Guess) -> Result<Option<Named>, Unguessed> {
    let is_left = |column: &&Column| guess.left.iter().any(|(own, _)| *own == letters(column.at));
    for column in columns.iter().filter(|column| is_left(column) || is_power(&column.heading)) {
        let mut cells = column.texts.iter().map(|(row, text)| (*row, text, scale_of_column(&column.heading, text)));
        let Some((row, text, factor)) = cells.clone().find(|(.., factor)| factor.is_some()) else { continue };
        let at = At { row, column: column.at };
        if cells.any(|(.., other)| other != factor) {
            let message = format!("`{text}` names a scale that other rows have not");
            return Err(Unguessed::at(sheet, at, message, "bring the rows to one scale, or begin with those of one"));
        }
        return Ok(factor.map(|factor| (at.to_string(), text.clone(), factor)));
    }
    Ok(None)
}

fn named(sheet: &Sheet, at: At) -> Option<Named> {
    let (at, cell) = sheet.shown(at)?;
    let text = cell.text();
    let factor = text.lines().find_map(scale_said).filter(|factor| *factor != Factor::Of(1))?;
    Some((at.to_string(), line(&text), factor))
}

/// Adds what the formats of a column's cells leave off to what is said of its scale; refuses formats at odds with one another
/// or with the words.
fn by_format(
    sheet: &Sheet,
    (header, last): (u32, u32),
    column: u32,
    said: Option<Named>,
) -> Result<Option<Named>, Unguessed> {
    let cells = (header + 1..=last).map(|row| At { row, column });
    let numbers: Vec<(At, i64)> = cells
        .filter_map(|at| Some((at, sheet.get(at)?)))
        .filter(|(_, cell)| matches!(cell.content, Content::Number(_)))
        .map(|(at, cell)| (at, cell.shown_unit()))
        .collect();
    let Some((at, unit)) = numbers.iter().copied().find(|(_, unit)| *unit != 1) else { return Ok(said) };
    let hint = "give all its cells the plain format of numbers in the file's own program";
    if let Some((other, _)) = numbers.iter().find(|(_, own)| *own != unit) {
        let message = format!("its format shows {unit} units as one, and that of {other} does not");
        return Err(Unguessed::at(sheet, at, message, hint));
    }
    match said {
        Some((by, text, Factor::Of(scale))) if scale != unit => {
            let message = format!("its format shows {unit} units as one, and `{text}` ({by}) says {scale}");
            Err(Unguessed::at(sheet, at, message, hint))
        }
        Some((by, text, _)) => Ok(Some((by, text, Factor::Of(unit)))),
        None => Ok(Some((at.to_string(), "the format of its cells".to_owned(), Factor::Of(unit)))),
    }
}

/// Finds the scales of the columns of numbers, the first row of headings and the last of which are given, with the last row
/// of numbers.
pub(super) fn find(
    sheet: &Sheet,
    (top, header, last): (u32, u32, u32),
    numbers: &BTreeSet<u32>,
    columns: &[Column],
    guess: &mut Guess,
) -> Result<(), Unguessed> {
    let titles = sheet.cells.range(..At { row: top, column: 0 });
    // What stands over the labels speaks of all columns, as a title does.
    let corner = sheet.cells.range(At { row: top, column: 0 }..At { row: header + 1, column: 0 });
    let corner = corner.filter(|(at, _)| numbers.first().is_some_and(|first| at.column < *first));
    let title = titles.chain(corner).map(|(at, _)| *at).find_map(|at| named(sheet, at));
    let over = |column: u32| (top..=header).find_map(|row| named(sheet, At { row, column }));
    let mut heads: Vec<(u32, Option<Named>)> = Vec::new();
    for column in numbers {
        let said = over(*column).or_else(|| title.clone());
        heads.push((*column, by_format(sheet, (header, last), *column, said)?));
    }
    let noted = || {
        let notes = sheet.cells.range(At { row: last + 1, column: 0 }..);
        let mut notes = notes.map(|(at, cell)| (*at, cell.text()));
        notes.find_map(|(at, text)| Some((at.to_string(), line(&text), text.lines().find_map(scale_noted)?)))
    };
    // A column, the name of the sheet or a note speaks of all where nothing else names a scale.
    let by_name = || {
        let factor = scale_said(&sheet.name).filter(|factor| *factor != Factor::Of(1))?;
        Some(("the sheet's name".to_owned(), sheet.name.to_string(), factor))
    };
    let elsewhere = || Ok(of_column(sheet, columns, guess)?.or_else(by_name).or_else(noted));
    let is_open = guess.unit.is_none() && heads.iter().all(|(_, named)| named.is_none());
    let heads = match if is_open { elsewhere()? } else { None } {
        Some(note) => heads.into_iter().map(|(column, _)| (column, Some(note.clone()))).collect(),
        None => heads,
    };
    let factor = |named: &Option<Named>| named.as_ref().map(|(.., factor)| *factor);
    let factors: BTreeSet<Option<Factor>> = heads.iter().map(|(_, named)| factor(named)).collect();
    if let Some(units) = columns.iter().find(|column| Some(column.at) == guess.unit) {
        of_rows(units, columns, guess);
    } else if factors.len() > 1 && guess.measures.iter().any(|measure| measure.column.is_none()) {
        if let Some((at, text, _)) = heads.into_iter().find_map(|(_, named)| named) {
            let message = format!("`{text}` names a scale that other columns of the same measure have not");
            return Err(Unguessed::at(
                sheet,
                At::parse(&at).unwrap_or_default(),
                message,
                "bring the columns to one scale, or begin with those of one",
            ));
        }
    } else if let (1, Some((_, Some((at, text, factor))))) = (factors.len(), heads.first()) {
        match factor {
            Factor::Of(scale) => {
                guess.said.push(format!("one printed unit is {scale}, by {at}: `{text}`"));
                guess.scales.whole = Some((*scale, format!("by {at}: {text}")));
                guess.measures.iter_mut().for_each(|measure| measure.scale = *scale);
            }
            Factor::Open => guess.scales.open.push(format!("{at}: {text}")),
        }
    } else if factors.len() > 1 {
        for (column, named) in &heads {
            match named {
                Some((_, text, Factor::Of(scale))) => {
                    guess.said.push(format!("one printed unit of column {} is {scale}, by `{text}`", letters(*column)));
                    guess.scales.columns.insert(*column, *scale);
                    let own = guess.measures.iter_mut().filter(|measure| measure.column == Some(*column));
                    own.for_each(|measure| measure.scale = *scale);
                }
                Some((at, text, Factor::Open)) => guess.scales.open.push(format!("{at}: {text}")),
                None => {}
            }
        }
    }
    // A measure of the rows names its scale itself.
    let by_name = guess.measures.iter().filter(|own| own.column.is_none() && guess.indicator.is_some());
    let by_name =
        by_name.filter(|own| guess.unit.is_none() && scale_said(&own.heading).is_some_and(|own| own != Factor::Of(1)));
    let by_name: Vec<String> = by_name.map(|own| own.heading.clone()).collect();
    guess.scales.open.extend(by_name);
    let open = guess
        .scales
        .open
        .iter()
        .map(|text| format!("a scale is left to you (TODO in data/datapackage.yaml), by {text}"));
    guess.said.extend(open.collect::<Vec<_>>());
    Ok(())
}

/// Reads the units of the rows, each measure of which has its own.
fn of_rows(units: &Column, columns: &[Column], guess: &mut Guess) {
    let Some(indicator) = columns.iter().find(|column| Some(column.at) == guess.indicator) else { return };
    for (row, text) in &units.texts {
        let measure = guess.measures.iter_mut().find(|measure| measure.heading == indicator.text(*row));
        let Some(measure) = measure else { continue };
        let scale = match scale_said(text) {
            Some(Factor::Of(scale)) => scale,
            Some(Factor::Open) if guess.scales.rows.contains_key(text) => 1,
            Some(Factor::Open) => {
                guess.scales.open.push(text.clone());
                1
            }
            None => 1,
        };
        if measure.unit == "none" {
            measure.unit = unit_of(text);
        }
        measure.scale = scale;
        if guess.scales.rows.insert(text.clone(), (measure.unit.clone(), scale)).is_none() && scale > 1 {
            guess.said.push(format!("one printed unit is {scale} where the unit is `{text}`"));
        }
    }
}

/// Takes the column of units, where each measure of the rows has its own; refuses units of which nothing says what is in
/// them.
pub(super) fn units_of_rows(
    sheet: &Sheet,
    header: u32,
    columns: &[Column],
    guess: &mut Guess,
) -> Result<(), Unguessed> {
    let of_units = |column: &&Column| {
        let is_own = guess.categories.iter().any(|own| own.column == Some(column.at));
        !is_own && !column.is_number && speaks(&column.heading, "unit") && column.distinct().len() > 1
    };
    let Some(units) = columns.iter().find(of_units) else { return Ok(()) };
    let indicator = columns.iter().find(|column| Some(column.at) == guess.indicator);
    if !indicator.is_some_and(|indicator| indicator.decides(units)) {
        let message = "names several units, and no column says what is measured in each";
        let hint = "begin with the rows of one unit, or add the column that names the indicator";
        return Err(Unguessed::at(sheet, At { row: header, column: units.at }, message, hint));
    }
    guess.unit = Some(units.at);
    Ok(())
}
