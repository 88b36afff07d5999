//! Guess: what the columns of a stranger's table seem to be. Whatever is guessed is said to be a guess in the study.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{
    Column, are_years, is_dated, is_mark, is_part_alone, is_strange, line, number_of, period_beside, period_of, speaks,
    stands_for_number, stands_under_period, unit_of,
};
use super::guessed::{Axis, Beside, Category, Guess, Measure, Place, Sections, Unguessed};
use super::heads::{self, alike_but_for_a_number, header_of, one_of_a_kind};
use super::numbers::{marks, measure};
use super::rows::{
    OTHER_CALENDAR, indented, lines_between, no_dates_among_words, no_merged_numbers, other_years, sections,
};
use super::scales;
use super::times::{among_parts, counts_otherwise, dated_as, holds_at_end, of_one_period, years_beside};
use super::totals::{summed, whole};
use crate::files::limits::{START_CELLS, START_COLUMNS, START_NAMES};
use crate::finding::{Code, Period};
use crate::language::identifier;
use crate::reshape::draft::is_numbering;
use crate::reshape::{periods, shortened, undated};
use crate::table::number::NumberSyntax;
use crate::workbook::{At, Cell, Sheet, Workbook, letters};

/// Guesses what the first sheet with a table holds. `stated` is what is said of its numbers where the cells leave it open.
pub(super) fn guess(workbook: &Workbook, stated: NumberSyntax) -> Result<Guess, Unguessed> {
    let shown = workbook.sheets.iter().filter(|sheet| !sheet.is_hidden);
    let Some((sheet, header)) = shown.clone().find_map(|sheet| Some((sheet, header_of(sheet)?))) else {
        if let Some((sheet, at)) = shown.clone().find_map(|sheet| Some((sheet, other_years(sheet)?))) {
            let said = sheet.get(at).map(|cell| cell.text()).unwrap_or_default();
            let message = format!("`{said}` is no year of the calendar that is read, 1500 to 2199");
            return Err(Unguessed::at(sheet, at, message, OTHER_CALENDAR));
        }
        let message = "holds no table that is understood: a row of headings with rows of labels and numbers below it";
        return Err(Unguessed::new(message, "`esep data inspect` shows what it holds; one row of headings is enough"));
    };
    let others = workbook.sheets.iter().filter(|other| !std::ptr::eq(*other, sheet) && !other.cells.is_empty());
    let mut guess = Guess {
        other_sheets: others.map(|other| other.name.to_string()).collect(),
        sheet: sheet.name.to_string(),
        header: vec![header + 1],
        ..Guess::default()
    };
    if !guess.other_sheets.is_empty() {
        let others: Vec<String> = guess.other_sheets.iter().map(|name| format!("`{name}`")).collect();
        guess.said.push(format!("of the sheets `{}` is read, and left are {}", guess.sheet, others.join(", ")));
    }
    of_sheet(sheet, header, guess, stated)
}

fn of_sheet(sheet: &Sheet, header: u32, mut guess: Guess, stated: NumberSyntax) -> Result<Guess, Unguessed> {
    if sheet.cells.len() > START_CELLS {
        return Err(Unguessed::too_many(START_CELLS, "cells"));
    }
    let heads: Vec<(u32, String)> = sheet.row(header).map(|(at, cell)| (at.column, line(&cell.text()))).collect();
    let numbering = Some(header + 1).filter(|row| is_numbering(sheet, *row));
    let all: BTreeSet<u32> = sheet.cells.keys().map(|at| at.row).filter(|row| *row > header).collect();
    let all: Vec<u32> = all.into_iter().filter(|row| Some(*row) != numbering).collect();
    let under_period = |at: At| heads.iter().any(|(column, text)| *column == at.column && is_dated(text));
    let has_number = |row: &u32| {
        let cells: Vec<(At, &Cell)> = sheet.row(*row).collect();
        let labelled = || {
            cells
                .first()
                .is_some_and(|(at, _)| (0..at.column).any(|column| sheet.shown(At { column, ..*at }).is_some()))
        };
        let stands = |(at, cell): &(At, &Cell)| {
            stands_for_number(cell) || is_mark(cell) || under_period(*at) && stands_under_period(cell)
        };
        (cells.len() > 1 || labelled()) && cells.iter().any(stands)
    };
    let last = all.iter().rev().copied().find(has_number).unwrap_or(header);
    // Below it a row like it may hold marks alone.
    let of_marks = |row: &u32| {
        let cells: Vec<(At, &Cell)> = sheet.row(*row).collect();
        cells.len() > 1
            && cells.len() == sheet.row(last).count()
            && cells.iter().skip(1).any(|(_, cell)| is_strange(&cell.text()))
            && cells.iter().zip(sheet.row(last)).all(|((at, _), (own, _))| at.column == own.column)
    };
    let last = all.iter().copied().skip_while(|row| *row <= last).take_while(of_marks).last().unwrap_or(last);
    // Between rows of numbers a row of short words holds marks that nobody knows.
    let has_marks = |row: &u32| {
        let mut cells = sheet.row(*row).skip(1).peekable();
        let are_strange = |(_, cell): (At, &Cell)| is_strange(&cell.text());
        *row <= last && cells.peek().is_some() && (cells.all(are_strange) || of_marks(row))
    };
    let mut rows: Vec<u32> = all.into_iter().filter(|row| has_number(row) || has_marks(row)).collect();
    for (row, text) in among_parts(sheet, &rows) {
        guess.left_rows.insert(row + 1, format!("{text}: no part of a year among others"));
        rows.retain(|own| *own != row);
    }
    let mut columns: Vec<Column> = Vec::new();
    let mut used: BTreeMap<u32, Vec<(u32, &Cell)>> = BTreeMap::new();
    for (at, cell) in rows.iter().flat_map(|row| sheet.row(*row)) {
        used.entry(at.column).or_default().push((at.row, cell));
    }
    if used.len() > START_COLUMNS {
        return Err(Unguessed::too_many(START_COLUMNS, "columns"));
    }
    for (at, cells) in used {
        let own = heads.iter().find(|(column, _)| *column == at).map(|(_, text)| text.clone());
        // A heading of two rows may stand in the upper.
        let above = || {
            let (_, cell) = sheet.shown(At { row: header.checked_sub(1)?, column: at })?;
            // Digits are those of a title: a page would have to say whose they are.
            Some(line(&cell.text()))
                .filter(|text| !number_of(cell) && (is_dated(text) || !text.contains(char::is_numeric)))
        };
        let heading = own.or_else(above).unwrap_or_default();
        let told: Vec<&Cell> = cells.iter().map(|(_, cell)| *cell).filter(|cell| !is_mark(cell)).collect();
        let numbers = told.iter().filter(|cell| number_of(cell)).count();
        let dated = told.iter().all(|cell| is_dated(&cell.text()));
        let mut texts: BTreeMap<u32, String> = cells.iter().map(|(row, cell)| (*row, line(&cell.text()))).collect();
        let is_period = dated && !told.is_empty() && (speaks(&heading, "period") || are_years(&told));
        let by_period =
            (is_dated(&heading) || is_part_alone(&heading)) && told.iter().any(|cell| stands_under_period(cell));
        let alone = numbers > 0 && told.iter().all(|cell| stands_for_number(cell));
        let is_number = numbers * 2 > told.len() || told.is_empty() || by_period || alone && !is_period;
        if !is_number || is_period {
            // A merged label is that of each of its rows.
            let open = rows.iter().filter(|row| sheet.get(At { row: **row, column: at }).is_none());
            let merged =
                open.filter_map(|row| Some((*row, line(&sheet.shown(At { row: *row, column: at })?.1.text()))));
            texts.extend(merged.collect::<Vec<_>>());
        }
        columns.push(Column { at, heading, texts, is_number, is_period });
    }
    let mut taken: BTreeSet<u32> = BTreeSet::new();
    // Periods: the column that is called so, or else the first that holds nothing else.
    let dated = || columns.iter().filter(|column| column.is_period);
    // Years in the headings are the periods; a column beside them may hold years of another thing.
    let heads: BTreeSet<&str> =
        columns.iter().filter(|column| column.is_number).map(|column| column.heading.as_str()).collect();
    let by_heads = heads.iter().filter(|text| periods::is_plain_year(undated(text))).count() > 1;
    let of_time =
        dated().find(|column| speaks(&column.heading, "period")).or_else(|| dated().next().filter(|_| !by_heads));
    // Years of another calendar are numbers under a word of time.
    let other = |column: &&Column| !column.is_period && column.is_number && speaks(&column.heading, "period");
    let of_other = columns.iter().filter(|_| of_time.is_none() && !by_heads).find(|column| {
        other(column)
            && column.texts.values().all(|text| text.chars().count() == 4 && text.chars().all(char::is_numeric))
    });
    if let Some((column, row)) = of_other.and_then(|column| Some((column, column.texts.keys().next()?))) {
        let message = format!(
            "`{}` under `{}` is no year of the calendar that is read, 1500 to 2199",
            column.text(*row),
            column.heading
        );
        return Err(Unguessed::at(sheet, At { row: *row, column: column.at }, message, OTHER_CALENDAR));
    }
    if let Some(column) = of_time {
        guess.period = Some(Axis::Column(column.at));
        taken.insert(column.at);
        let cells = column.texts.iter().map(|(row, text)| (At { row: *row, column: column.at }, text.as_str()));
        dated_as(sheet, cells, &mut guess)?;
    }
    let left = |guess: &mut Guess, column: &Column, why: &str| {
        let said = if column.heading.is_empty() { why.to_owned() } else { format!("{}: {why}", column.heading) };
        guess.left.push((letters(column.at), said));
    };
    // What numbers the rows is no measure.
    let serial = |column: &Column| {
        let counted = rows.iter().enumerate().all(|(at, row)| column.text(*row) == (at + 1).to_string());
        column.is_number
            && counted
            && rows.len() > 2
            && (column.heading.is_empty() || speaks(&column.heading, "number"))
    };
    for column in columns.iter().filter(|column| serial(column)) {
        taken.insert(column.at);
        left(&mut guess, column, "numbers the rows");
    }
    // Data bases say codes of their own in every row, beside words that are the same in every row too.
    let is_same = |column: &&Column| column.distinct().len() == 1 && column.texts.len() == rows.len() && rows.len() > 2;
    let varies =
        columns.iter().any(|column| column.is_number && column.distinct().len() > 1 && !taken.contains(&column.at));
    if varies && columns.iter().any(|column| !column.is_number && is_same(&column)) {
        let open = columns.iter().filter(|column| column.is_number && !taken.contains(&column.at)).filter(is_same);
        for column in open.collect::<Vec<_>>() {
            taken.insert(column.at);
            left(&mut guess, column, "the same in every row");
        }
    }
    let is_place = |column: &&Column| {
        let cells = column.distinct();
        let coded = |text: &&str| {
            let own = text.split_once('-').map_or(*text, |(country, _)| country);
            own.len() == 2 && text.len() < 8 && own.chars().all(|c| c.is_ascii_uppercase())
        };
        let spoken = cells.iter().filter(|text| speaks(text, "place-cell")).count();
        speaks(&column.heading, "place") || cells.len() > 1 && (cells.iter().all(coded) || spoken * 2 > cells.len())
    };
    let coded = |column: &Column| column.is_number && !column.is_period && speaks(&column.heading, "code");
    let labels = || columns.iter().filter(|column| !column.is_number || coded(column));
    let free = |taken: &BTreeSet<u32>, column: &&Column| !taken.contains(&column.at);
    let place = labels().filter(|column| free(&taken, column)).find(is_place);
    if let Some(place) = place {
        let twin = labels().find(|other| {
            let alike = other.at != place.at && place.decides(other) && other.decides(place);
            alike && other.distinct().len() > 1 && free(&taken, other)
        });
        // Of two columns that go together the shorter is the code.
        let length = |column: &Column| column.distinct().iter().map(|text| text.chars().count()).sum::<usize>();
        let (code, name) = match twin {
            Some(twin) if length(twin) < length(place) => (twin, Some(place)),
            twin => (place, twin),
        };
        taken.insert(code.at);
        guess.place = Some(code.at);
        guess.places = places(code, name, &rows);
        if guess.places.len() > START_NAMES {
            return Err(Unguessed::too_many(START_NAMES, "territories"));
        }
        if let Some(name) = name {
            taken.insert(name.at);
            left(&mut guess, name, "the name of the territory, which stands in data/territories.yaml");
        }
    }
    // Headings that are periods.
    let numbers: Vec<&Column> =
        columns.iter().filter(|column| column.is_number && !taken.contains(&column.at) && !coded(column)).collect();
    let read: Vec<u32> = numbers.iter().map(|column| column.at).collect();
    let levels = heads::levels(sheet, header, &read);
    if let Some(levels) = &levels {
        one_of_a_kind(sheet, header, levels)?;
        guess.header.insert(0, levels.upper + 1);
        guess.fill_right = levels.is_open.then_some(levels.upper + 1);
        if levels.period.is_some() && guess.period.is_none() {
            guess.period = Some(Axis::Header);
        }
        let dated = levels.dated(header);
        dated_as(sheet, dated.iter().map(|(at, text)| (*at, text.as_str())), &mut guess)?;
    }
    let over: Vec<&&Column> = numbers.iter().filter(|column| is_dated(&column.heading)).collect();
    if let Some(first) = numbers.iter().find(|column| periods::is_span(&column.heading)) {
        let message = format!("`{}` is a span of several years, which is no period here", first.heading);
        let hint = "begin with whole years, quarters and months, or put the spans into a column of categories";
        return Err(Unguessed::at(sheet, At { row: header, column: first.at }, message, hint));
    }
    let short: Vec<&&Column> = numbers.iter().filter(|column| periods::has_short_year(&column.heading)).collect();
    if let Some(first) = short.first().filter(|_| short.len() > 1) {
        let message = format!("`{}` tells its year by two digits", first.heading);
        let hint = "write the whole year: `2022-01`, `Jan 2022`";
        return Err(Unguessed::at(sheet, At { row: header, column: first.at }, message, hint));
    }
    let has_year = |text: &str| !is_dated(text) && periods::years(text).len() == 1;
    let strange: Vec<&&Column> = numbers.iter().filter(|column| has_year(&column.heading)).collect();
    if let Some(first) = strange.first().filter(|_| strange.len() > 1 && levels.is_none() && guess.period.is_none()) {
        let message = format!("`{}` holds a year, and nobody knows what stands beside it", first.heading);
        let hint = "write the period: `2021`, `2021-Q1`, `2021-09`";
        return Err(Unguessed::at(sheet, At { row: header, column: first.at }, message, hint));
    }
    let by_heads = by_heads || !over.is_empty() && over.len() * 2 > numbers.len();
    if levels.is_none() && guess.period.is_none() && by_heads {
        guess.period = Some(Axis::Header);
        guess.levels = vec!["period".to_owned()];
        let heads = over.iter().map(|column| (At { row: header, column: column.at }, column.heading.as_str()));
        dated_as(sheet, heads, &mut guess)?;
    }
    let top = levels.as_ref().map_or(header, |levels| levels.upper);
    if levels.is_none() {
        years_beside(sheet, (top, header), &columns, &numbers, &mut taken, &mut guess)?;
    }
    let sections = sections(sheet, (header, last), &rows, &columns);
    choose_labels(&columns, &rows, sections, &mut taken, &mut guess)?;
    no_dates_among_words(sheet, &columns, &guess)?;
    no_merged_numbers(sheet, &rows, &numbers)?;
    lines_between(sheet, (header, last), &rows, &columns, &mut guess);
    indented(sheet, &columns, &rows, &mut guess);
    if let Some(levels) = &levels {
        let mut names: BTreeSet<String> = ["territory", "period", "measure"].map(str::to_owned).into();
        names.extend(guess.categories.iter().map(|category| category.name.clone()));
        guess.levels = vec!["period".to_owned(); 2];
        for row in levels.words() {
            let name = identifier("group", "group", &mut names);
            guess.levels[row].clone_from(&name);
            let members = levels.members(row);
            guess.categories.push(Category { column: None, heading: String::new(), name, members });
        }
    }
    // A column beside which the unit changes names measures: their numbers are not compared with one another.
    let by_unit = |category: &&Category| {
        let own = columns.iter().find(|column| Some(column.at) == category.column);
        let units = columns.iter().filter(|column| speaks(&column.heading, "unit") && column.distinct().len() > 1);
        own.is_some_and(|own| speaks(&own.heading, "indicator") || units.into_iter().any(|unit| own.decides(unit)))
    };
    let indicator = guess.categories.iter().find(by_unit).cloned();
    if let Some(indicator) = indicator.filter(|_| levels.is_none()) {
        guess.indicator = indicator.column;
        guess.categories.retain(|category| category.column != indicator.column);
        let mut names: BTreeSet<String> = BTreeSet::new();
        for member in &indicator.members {
            let name = identifier(member, "measure", &mut names);
            let unit = unit_of(member);
            guess.measures.push(Measure {
                column: None,
                heading: member.clone(),
                name,
                unit,
                class: "level",
                decimals: 0,
                scale: 1,
            });
        }
    }
    scales::units_of_rows(sheet, header, &columns, &mut guess)?;
    let mut titles = sheet.cells.range(..At { row: top, column: 0 });
    let title = titles.find_map(|(_, cell)| Some(line(&cell.text())).filter(|text| !text.is_empty()));
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut facts: Vec<(u32, Option<Period>, u32)> = Vec::new();
    let is_headed = guess.period == Some(Axis::Header);
    let beside = guess.beside;
    let dated = |column: &Column| match &levels {
        Some(levels) => levels.period_of(column.at),
        None => match beside {
            Some(Beside::Whole(year)) => period_beside(&year.to_string(), &column.heading),
            Some(Beside::Column(_)) => period_beside("2000", &column.heading).or_else(|| period_of(&column.heading)),
            None => period_of(&column.heading),
        },
    };
    // Months and their year are no line through time.
    let is_year = |column: &Column| dated(column).map(|own| own == Period::of_year(own.year()));
    let years = numbers.iter().filter(|column| is_year(column) == Some(true)).count();
    let parts = numbers.iter().filter(|column| is_year(column) == Some(false)).count();
    let is_other = |column: &Column| is_headed && is_year(column) == Some(years <= parts) && years.min(parts) > 0;
    for column in &numbers {
        if guess.categories.iter().any(|category| category.column == Some(column.at)) {
            continue;
        }
        if guess.indicator.is_some() && guess.period != Some(Axis::Header) && !facts.is_empty() {
            left(&mut guess, column, "beside the column of values");
            continue;
        }
        if is_other(column) {
            left(&mut guess, column, "whole years and parts of years are not one series");
            continue;
        }
        let dated = (levels.is_some() || is_headed).then(|| dated(column));
        if dated == Some(None) && levels.as_ref().is_none_or(|levels| levels.period.is_some()) {
            left(&mut guess, column, "no period stands over it");
            continue;
        }
        if column.heading.is_empty() {
            let at = At { row: header, column: column.at };
            return Err(Unguessed::at(sheet, at, "nothing stands over a column of numbers", "write its heading there"));
        }
        facts.extend(column.texts.keys().map(|row| (*row, dated.flatten(), column.at)));
        if (dated.is_some() || guess.indicator.is_some()) && !guess.measures.is_empty() {
            continue;
        }
        let heading = if dated.is_some() { title.clone().unwrap_or_default() } else { column.heading.clone() };
        let name = identifier(&heading, "measure", &mut names);
        let unit = unit_of(&heading);
        let column = dated.is_none().then_some(column.at);
        guess.measures.push(Measure { column, heading, name, unit, class: "level", decimals: 0, scale: 1 });
    }
    if guess.measures.is_empty() {
        return Err(Unguessed::new(
            "holds no column of numbers that could be a measure",
            "see what stands in it with `esep data inspect`",
        ));
    }
    alike_but_for_a_number(&mut guess);
    for column in &columns {
        let is_measure = numbers.iter().any(|number| number.at == column.at);
        if !taken.contains(&column.at) && !is_measure && guess.unit != Some(column.at) {
            left(&mut guess, column, "not needed to tell the rows apart");
        }
    }
    marks(sheet, &numbers, &mut guess);
    let read: BTreeSet<u32> = facts.iter().map(|(.., column)| *column).collect();
    scales::find(sheet, (top, header, last), &read, &columns, &mut guess)?;
    if guess.period.is_none() {
        of_one_period(sheet, top, &mut guess)?;
    }
    holds_at_end(sheet, top, &mut guess);
    counts_otherwise(sheet, (top, header), &mut guess);
    guess.said.extend(sheet.veiled().map(|(at, said)| format!("{at} {said}")));
    if numbering.is_some() {
        guess.header.push(header + 2);
        if !guess.levels.is_empty() {
            guess.levels.push("\"-\"".to_owned());
        }
    }
    let of_head = |column: u32| levels.as_ref().map(|levels| levels.members_of(column)).unwrap_or_default();
    measure(sheet, &numbers, &facts, stated, &columns, &of_head, &mut guess)?;
    guess.whole = whole(&guess);
    let total = guess.whole.filter(|_| guess.places.is_empty() && summed(&guess).len() == guess.measures.len());
    if let Some(total) = total.and_then(|at| guess.categories.first()?.members.get(at)) {
        guess.said.push(format!("`{total}` is the sum of the others, and counted beside none of them"));
    }
    Ok(guess)
}

/// Chooses the categories without which two rows would have the same labels.
fn choose_labels(
    columns: &[Column],
    rows: &[u32],
    sections: Option<Sections>,
    taken: &mut BTreeSet<u32>,
    guess: &mut Guess,
) -> Result<(), Unguessed> {
    let mut own: Vec<u32> = guess.place.into_iter().collect();
    own.extend(if let Some(Axis::Column(column)) = guess.period { Some(column) } else { None });
    own.extend(if let Some(Beside::Column(column)) = guess.beside { Some(column) } else { None });
    let mut keys: Vec<&Column> = columns.iter().filter(|column| own.contains(&column.at)).collect();
    let twice = |keys: &[&Column]| {
        let mut seen: BTreeMap<Vec<&str>, u32> = BTreeMap::new();
        rows.iter().find_map(|row| {
            let key = keys.iter().map(|column| column.text(*row)).collect();
            seen.insert(key, *row).map(|before| (before, *row))
        })
    };
    let mut names: BTreeSet<String> = ["territory", "period", "measure"].map(str::to_owned).into();
    let free = columns.iter().filter(|column| !column.is_number && !taken.contains(&column.at));
    let free: Vec<&Column> = free.filter(|column| column.distinct().len() > 1).collect();
    // A label that others decide tells nothing apart.
    let decided = |column: &&Column| keys.iter().any(|key| key.decides(column));
    let mut open = free.into_iter().filter(|column| !decided(column)).collect::<Vec<_>>().into_iter();
    while keys.is_empty() || twice(&keys).is_some() {
        let Some(column) = open.next() else { break };
        keys.push(column);
        taken.insert(column.at);
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let texts = rows.iter().map(|row| column.text(*row));
        let members: Vec<String> = texts.filter(|text| seen.insert(text)).map(str::to_owned).collect();
        if members.len() > START_NAMES {
            return Err(Unguessed::too_many(START_NAMES, "members of one category"));
        }
        let name = identifier(&column.heading, "category", &mut names);
        guess.categories.push(Category { column: Some(column.at), heading: column.heading.clone(), name, members });
    }
    let of_sections = sections.as_ref().map(|own| Column {
        at: own.column,
        heading: String::new(),
        texts: own.texts.clone(),
        is_number: false,
        is_period: false,
    });
    if let (Some(column), Some(mut own)) = (of_sections.as_ref().filter(|_| twice(&keys).is_some()), sections) {
        keys.push(column);
        let name = identifier("section", "section", &mut names);
        let mut members: Vec<String> = Vec::new();
        column.texts.values().for_each(|text| {
            if !members.contains(text) {
                members.push(text.clone());
            }
        });
        guess.said.push(format!(
            "rows of one label are told apart by the lines between them: {}",
            shortened(&members.join(", "))
        ));
        guess.categories.push(Category { column: None, heading: String::new(), name: name.clone(), members });
        own.name = name;
        guess.sections = Some(own);
    }
    match twice(&keys) {
        Some((one, two)) => {
            let message = format!("rows {} and {} have the same labels: no column tells them apart", one + 1, two + 1);
            Err(Unguessed::new(message, "take one of them out, or add the column in which they differ"))
        }
        None if keys.is_empty() && guess.period.is_none() => {
            Err(Unguessed::new("holds no column of labels: periods, territories or categories", "add one"))
        }
        None => Ok(()),
    }
}

/// Lists the territories in the order of the table.
fn places(code: &Column, name: Option<&Column>, rows: &[u32]) -> Vec<Place> {
    let mut list: Vec<Place> = Vec::new();
    let (mut taken, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for row in rows {
        let said = code.text(*row);
        // One more than may be is enough to know that there are too many.
        if said.is_empty() || !seen.insert(said) || list.len() > START_NAMES {
            continue;
        }
        let plain = said.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) && Code::parse(said).is_some();
        // A code is kept as it is; of a name one is made.
        let is_code = plain && (name.is_some() || said.chars().all(|c| !c.is_ascii_lowercase()));
        let own = if is_code { said.to_owned() } else { identifier(said, "place", &mut taken) };
        let named = name.map(|name| name.text(*row).to_owned()).filter(|name| !name.is_empty());
        let named = named.or_else(|| (!is_code).then(|| said.to_owned()));
        taken.insert(own.clone());
        list.push(Place { said: said.to_owned(), code: own, name: named });
    }
    list
}
