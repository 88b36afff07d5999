//! Guess: what the columns of a stranger's table seem to be. Whatever is guessed is said to be a guess in the study.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, are_years, line, number_of, period_of, speaks};
use super::heads::{self, header_of};
use super::totals::whole;
use crate::files::limits::{START_CELLS, START_COLUMNS, START_NAMES};
use crate::finding::{Amount, Code, Period};
use crate::language::identifier;
use crate::table::MissingMarks;
use crate::table::number::NumberSyntax;
use crate::workbook::{At, Cell, Content, Sheet, Workbook, letters};

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// In a column of labels.
    Column(u32),
    /// In the headings of the columns of data.
    Header,
}

/// A territory of the table.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// What the table writes.
    pub said: String,
    /// Its code in the study.
    pub code: String,
    /// Its name, where the table has one.
    pub name: Option<String>,
}

/// A category that tells rows apart.
#[derive(Clone, Debug)]
pub(super) struct Category {
    /// Its column; none where its members stand in the headings.
    pub column: Option<u32>,
    /// What the table calls it.
    pub heading: String,
    /// The name of the dimension.
    pub name: String,
    /// Its members in the order of the table.
    pub members: Vec<String>,
}

/// A measure.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    /// Its column; none where the headings of its columns are periods.
    pub column: Option<u32>,
    /// What the table calls it.
    pub heading: String,
    /// Its name in the study.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its class.
    pub class: &'static str,
    /// The most decimals that it is written with.
    pub decimals: u32,
}

/// A number of the first measure with its labels: territory, categories, period.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    /// The place of its territory in the list.
    pub place: Option<usize>,
    /// Its members.
    pub members: Vec<String>,
    /// Its period.
    pub period: Option<Period>,
    /// The number.
    pub value: Amount,
}

/// What a table seems to be.
#[derive(Clone, Debug, Default)]
pub(super) struct Guess {
    /// The sheets that are not read.
    pub other_sheets: Vec<String>,
    /// The name of the sheet that is.
    pub sheet: String,
    /// The rows of the header, counted from 1.
    pub header: Vec<u32>,
    /// What each of them stands for, where columns of data are told apart by headings.
    pub levels: Vec<String>,
    /// The row of the header whose headings hold for the empty cells to their right.
    pub fill_right: Option<u32>,
    /// Where the territories stand.
    pub place: Option<u32>,
    /// The territories.
    pub places: Vec<Place>,
    /// The one that is the whole of all others.
    pub whole: Option<usize>,
    /// Where the periods stand.
    pub period: Option<Axis>,
    /// The categories without which two rows would be alike.
    pub categories: Vec<Category>,
    /// The column that names the measure of each row, where there is one.
    pub indicator: Option<u32>,
    /// The measures.
    pub measures: Vec<Measure>,
    /// The columns that are not read, by their letters, with their headings and reasons.
    pub left: Vec<(String, String)>,
    /// Marks in place of numbers, with their reasons.
    pub marks: BTreeMap<String, &'static str>,
    /// The numbers of the first measure.
    pub facts: Vec<Fact>,
}

/// Why nothing can be guessed.
#[derive(Debug)]
pub(super) struct Unguessed {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub at: Option<String>,
    /// What to do.
    pub hint: String,
}

impl Unguessed {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Unguessed {
        Unguessed { message: message.into(), at: None, hint: hint.into() }
    }

    fn too_many(count: usize, what: &str) -> Unguessed {
        let hint = "begin with a part of it, and take in the whole with `esep data add` or `esep data pull`";
        Unguessed::new(
            format!("holds more than {count} {what}: a study begins with a table that can be looked at"),
            hint,
        )
    }
}

/// Guesses what the first sheet with a table holds. `decimal` is the mark that is stated where the cells leave it open.
pub(super) fn guess(workbook: &Workbook, decimal: Option<char>) -> Result<Guess, Unguessed> {
    let shown = workbook.sheets.iter().filter(|sheet| !sheet.is_hidden);
    let Some((sheet, header)) = shown.clone().find_map(|sheet| Some((sheet, header_of(sheet)?))) else {
        let message = "holds no table that is understood: a row of headings with rows of labels and numbers below it";
        return Err(Unguessed::new(message, "`esep data inspect` shows what it holds; one row of headings is enough"));
    };
    let others = workbook.sheets.iter().filter(|other| !std::ptr::eq(*other, sheet) && !other.cells.is_empty());
    let guess = Guess {
        other_sheets: others.map(|other| other.name.to_string()).collect(),
        sheet: sheet.name.to_string(),
        header: vec![header + 1],
        ..Guess::default()
    };
    of_sheet(sheet, header, guess, decimal)
}

fn of_sheet(sheet: &Sheet, header: u32, mut guess: Guess, decimal: Option<char>) -> Result<Guess, Unguessed> {
    if sheet.cells.len() > START_CELLS {
        return Err(Unguessed::too_many(START_CELLS, "cells"));
    }
    let usual = MissingMarks::usual();
    let is_mark = |cell: &Cell| matches!(&cell.content, Content::Text(text) if usual.reason(text.trim()).is_some());
    let heads: Vec<(u32, String)> = sheet.row(header).map(|(at, cell)| (at.column, line(&cell.text()))).collect();
    let all: BTreeSet<u32> = sheet.cells.keys().map(|at| at.row).filter(|row| *row > header).collect();
    let has_number = |row: &u32| {
        let cells: Vec<(At, &Cell)> = sheet.row(*row).collect();
        cells.len() > 1 && cells.iter().any(|(_, cell)| number_of(cell) || is_mark(cell))
    };
    let rows: Vec<u32> = all.into_iter().filter(has_number).collect();
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
            Some(line(&cell.text())).filter(|_| !number_of(cell))
        };
        let heading = own.or_else(above).unwrap_or_default();
        let told: Vec<&Cell> = cells.iter().map(|(_, cell)| *cell).filter(|cell| !is_mark(cell)).collect();
        let numbers = told.iter().filter(|cell| number_of(cell)).count();
        let dated = told.iter().all(|cell| period_of(&cell.text()).is_some());
        let texts = cells.iter().map(|(row, cell)| (*row, line(&cell.text()))).collect();
        let is_period = dated && !told.is_empty() && (speaks(&heading, "period") || are_years(&told));
        columns.push(Column { at, heading, texts, is_number: numbers * 2 > told.len() || told.is_empty(), is_period });
    }
    let mut taken: BTreeSet<u32> = BTreeSet::new();
    // Periods: the column that is called so, or else the first that holds nothing else.
    let dated = || columns.iter().filter(|column| column.is_period);
    let of_time = dated().find(|column| speaks(&column.heading, "period")).or_else(|| dated().next());
    if let Some(column) = of_time {
        guess.period = Some(Axis::Column(column.at));
        taken.insert(column.at);
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
        guess.header.insert(0, levels.upper + 1);
        guess.fill_right = levels.is_open.then_some(levels.upper + 1);
        if levels.period.is_some() && guess.period.is_none() {
            guess.period = Some(Axis::Header);
        }
    }
    let over: Vec<&&Column> = numbers.iter().filter(|column| period_of(&column.heading).is_some()).collect();
    if levels.is_none() && guess.period.is_none() && !over.is_empty() && over.len() * 2 > numbers.len() {
        guess.period = Some(Axis::Header);
        guess.levels = vec!["period".to_owned()];
    }
    choose_labels(&columns, &rows, &mut taken, &mut guess)?;
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
    if let Some(indicator) = indicator.filter(|_| guess.levels.is_empty()) {
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
            });
        }
    }
    let top = levels.as_ref().map_or(header, |levels| levels.upper);
    let mut titles = sheet.cells.range(..At { row: top, column: 0 });
    let title = titles.find_map(|(_, cell)| Some(line(&cell.text())).filter(|text| !text.is_empty()));
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut facts: Vec<(u32, Option<Period>, u32)> = Vec::new();
    for column in &numbers {
        if guess.categories.iter().any(|category| category.column == Some(column.at)) {
            continue;
        }
        if guess.indicator.is_some() && !facts.is_empty() {
            left(&mut guess, column, "beside the column of values");
            continue;
        }
        let dated = match &levels {
            Some(levels) => Some(levels.period_of(column.at)),
            None => (guess.period == Some(Axis::Header)).then(|| period_of(&column.heading)),
        };
        if dated == Some(None) && levels.is_none() {
            left(&mut guess, column, "no period stands over it");
            continue;
        }
        if column.heading.is_empty() {
            return Err(Unguessed {
                at: Some(sheet.address(At { row: header, column: column.at })),
                ..Unguessed::new("nothing stands over a column of numbers", "write its heading there")
            });
        }
        facts.extend(column.texts.keys().map(|row| (*row, dated.flatten(), column.at)));
        if (dated.is_some() || guess.indicator.is_some()) && !guess.measures.is_empty() {
            continue;
        }
        let heading = if dated.is_some() { title.clone().unwrap_or_default() } else { column.heading.clone() };
        let name = identifier(&heading, "measure", &mut names);
        let unit = unit_of(&heading);
        let column = dated.is_none().then_some(column.at);
        guess.measures.push(Measure { column, heading, name, unit, class: "level", decimals: 0 });
    }
    if guess.measures.is_empty() {
        return Err(Unguessed::new(
            "holds no column of numbers that could be a measure",
            "see what stands in it with `esep data inspect`",
        ));
    }
    for column in &columns {
        let is_measure = numbers.iter().any(|number| number.at == column.at);
        if !taken.contains(&column.at) && !is_measure {
            left(&mut guess, column, "not needed to tell the rows apart");
        }
    }
    marks(&numbers, &mut guess);
    let of_head = |column: u32| levels.as_ref().map(|levels| levels.members_of(column)).unwrap_or_default();
    measure(sheet, &numbers, &facts, decimal, &columns, &of_head, &mut guess)?;
    guess.whole = whole(&guess);
    Ok(guess)
}

/// Chooses the categories without which two rows would have the same labels.
fn choose_labels(
    columns: &[Column],
    rows: &[u32],
    taken: &mut BTreeSet<u32>,
    guess: &mut Guess,
) -> Result<(), Unguessed> {
    let own: Vec<u32> = match guess.period {
        Some(Axis::Column(column)) => guess.place.into_iter().chain([column]).collect(),
        _ => guess.place.into_iter().collect(),
    };
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

/// Guesses the unit from what a heading says.
fn unit_of(heading: &str) -> String {
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

/// Collects what stands in place of numbers.
fn marks(numbers: &[&Column], guess: &mut Guess) {
    let usual = MissingMarks::usual();
    for text in numbers.iter().flat_map(|column| column.texts.values()) {
        if let Some(reason) = usual.reason(text) {
            guess.marks.insert(text.clone(), reason.code());
        }
    }
}

/// Reads the numbers of the measures: their decimals, their class, and the facts of the first.
fn measure(
    sheet: &Sheet,
    numbers: &[&Column],
    cells: &[(u32, Option<Period>, u32)],
    decimal: Option<char>,
    columns: &[Column],
    of_head: &dyn Fn(u32) -> Vec<String>,
    guess: &mut Guess,
) -> Result<(), Unguessed> {
    let usual = MissingMarks::usual();
    let mut values: BTreeMap<(u32, u32), (Amount, u32)> = BTreeMap::new();
    for column in numbers {
        let texts = || column.texts.iter().filter(|(_, text)| usual.reason(text).is_none());
        let stated = NumberSyntax { decimal, ..NumberSyntax::default() };
        let list: Vec<&str> = texts().map(|(_, text)| text.as_str()).collect();
        let syntax = stated.settled(list.into_iter()).map_err(|_| {
            let message = format!("the numbers of column {} may be read in two ways", letters(column.at));
            Unguessed::new(message, "state the mark before decimals: --decimal , or --decimal .")
        })?;
        for (row, text) in texts() {
            let at = At { row: *row, column: column.at };
            let read = match sheet.get(at).map(|cell| &cell.content) {
                Some(Content::Number(number)) => Some((number.amount.clone(), number.decimals)),
                _ => syntax.read(text).ok().map(|number| (number.amount, number.decimals)),
            };
            let read = read.ok_or_else(|| Unguessed {
                at: Some(sheet.address(at)),
                ..Unguessed::new(format!("`{text}` stands among numbers and is none"), "mend the cell, or empty it")
            })?;
            values.insert((*row, column.at), read);
        }
    }
    let column = |at: u32| columns.iter().find(|column| column.at == at);
    let indicator = guess.indicator.and_then(column);
    for measure in &mut guess.measures {
        let named = |row: u32| indicator.is_none_or(|indicator| indicator.text(row) == measure.heading);
        let own = |(row, column): &(u32, u32)| named(*row) && measure.column.is_none_or(|own| own == *column);
        let list: Vec<&(Amount, u32)> = values.iter().filter(|(at, _)| own(at)).map(|(_, value)| value).collect();
        measure.decimals = list.iter().map(|(_, decimals)| *decimals).max().unwrap_or(0).min(2);
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
            _ => *dated,
        };
        let place = guess.place.and_then(|at| known.get(text(at)).copied());
        let own = guess.categories.iter().filter_map(|category| Some(text(category.column?).to_owned()));
        let members = own.chain(of_head(*at)).collect();
        facts.push(Fact { place, members, period, value: value.clone() });
    }
    guess.facts = facts;
    Ok(())
}
