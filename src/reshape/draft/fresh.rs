//! Fresh: the entry of a table that the catalogue does not have, guessed from what a sheet holds, and its layout.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::super::names::Names;
use super::super::{Target, periods};
use super::find::{Found, find};
use super::words::{line, quoted};
use super::{Draft, draft, heads, tried};
use crate::finding::{Dimension, Role, Unit};
use crate::workbook::{At, Sheet, Workbook, letters};

/// A table that is not in the catalogue yet.
#[derive(Debug)]
pub struct Fresh {
    /// The dimensions, each with its members where it is a category.
    pub dimensions: Vec<(Dimension, Vec<String>)>,
    /// The measures with the words of their heads.
    pub measures: Vec<(String, String)>,
    /// Its entry under `esep: tables:` of the catalogue, in YAML without indent.
    pub entry: String,
    /// The draft of the layout that reads the file for it.
    pub draft: Draft,
}

/// A category has no more members: what says more is a list of names that nothing knows.
const MOST_MEMBERS: usize = 40;

/// Guesses the entry of a table by its dimensions: territory and period by what is known, the others by their texts.
pub fn fresh(workbook: &Workbook, names: &Names) -> Option<Fresh> {
    let tables = workbook.sheets.iter().filter_map(|sheet| Some((sheet, find(sheet)?)));
    let known = |text: &String| !names.codes(text).is_empty();
    let places = |sheet: &Sheet, found: &Found| {
        let of = |column: &u32| texts(sheet, found, *column).iter().filter(|text| known(text)).count();
        found.labels.iter().map(of).max().unwrap_or(0)
    };
    // The table with the most places that are known, and of several the one with the fewest others.
    let (sheet, found) =
        tables.max_by_key(|(sheet, found)| (places(sheet, found), std::cmp::Reverse(found.rows.1 - found.rows.0)))?;
    let mut dimensions: Vec<(Dimension, Vec<String>)> = Vec::new();
    let mut words = names.clone();
    let mut add = |name: &str, role, members: Vec<String>| {
        if dimensions.iter().all(|(own, _)| own.name != name) {
            dimensions.push((Dimension { name: name.to_owned(), role, total: None }, members));
        }
    };
    let mut open = 0;
    for column in &found.labels {
        let texts = texts(sheet, &found, *column);
        let known = texts.iter().filter(|text| !names.codes(text).is_empty()).count();
        let dated = texts.iter().filter(|text| periods::of(&[(*text).clone()]).is_some()).count();
        if known * 8 >= texts.len() && known > 0 || known > 4 {
            add("territory", Role::Territory, Vec::new());
        } else if dated == texts.len() {
            add("period", Role::Period, Vec::new());
        } else if texts.len() <= MOST_MEMBERS {
            open += 1;
            let name =
                names.dimension_of(texts.iter().map(String::as_str)).map_or(format!("category_{open}"), str::to_owned);
            add(&name, Role::Category, texts.into_iter().collect());
        }
    }
    let heads: Vec<(u32, Vec<String>)> =
        found.data.iter().map(|column| (*column, heads::texts(sheet, &found, *column))).collect();
    let by_period = heads.iter().filter(|(_, texts)| periods::of(texts).is_some()).count() * 2 > heads.len();
    let by_sheet = !names.codes(&sheet.name).is_empty();
    if by_sheet {
        add("territory", Role::Territory, Vec::new());
    }
    add("period", Role::Period, Vec::new());
    let mut measures: Vec<(String, String)> = Vec::new();
    for (_, texts) in heads.iter().filter(|_| !by_period) {
        let said = texts.join(" / ");
        let number = measures.len() + 1;
        let known = texts.last().and_then(|text| text.lines().find_map(|line| names.member("measure", line)));
        let free = |name: &&str| measures.iter().all(|(own, _)| own != name);
        let name = known.filter(free).map_or_else(|| format!("measure_{number}"), str::to_owned);
        texts.iter().for_each(|text| words.word("measure", text, &name));
        measures.push((name, said));
    }
    if measures.len() < 2 {
        let said = measures.pop().map(|(_, said)| said).filter(|said| said.chars().count() > 5);
        let title = found.titles.first().map(|(_, text)| line(text)).or_else(|| constant(sheet, &found));
        measures = vec![("value".to_owned(), title.or(said).unwrap_or_default())];
    }
    let constants = BTreeMap::new();
    let target = Target {
        dimensions: dimensions.iter().map(|(own, _)| own.clone()).collect(),
        members: dimensions.iter().map(|(_, members)| members.as_slice()).collect(),
        measures: measures.iter().map(|(name, _)| (name.as_str(), Unit::None)).collect(),
        is_stock: false,
        constants: &constants,
        names: &words,
    };
    let mut draft = draft(workbook, &target);
    if measures.len() > 1 {
        let columns = found.data.iter().zip(&measures);
        draft.text = by_column(&draft.text, &columns.map(|(column, (name, _))| (letters(*column), name)).collect());
        draft.trial = tried(workbook, &draft.text, &target);
    }
    let entry = written(&dimensions, &measures);
    Some(Fresh { dimensions, measures, entry, draft })
}

/// Gives each column of data its own measure, instead of what the words of its head would say.
fn by_column(layout: &str, columns: &BTreeMap<String, &String>) -> String {
    let mut out = String::new();
    let mut key = "";
    for line in layout.lines() {
        if !line.starts_with(' ') {
            key = line.split(':').next().unwrap_or_default();
        }
        let own = line.trim().split(':').next().unwrap_or_default();
        if key != "columns" && !(key == "leave_columns" && columns.contains_key(own)) {
            out.push_str(line);
            out.push('\n');
        }
    }
    // A key whose entries were all taken says nothing.
    let out = match out.split_once("leave_columns:\n") {
        Some((before, after)) if !after.starts_with(' ') => format!("{before}{after}"),
        _ => out,
    };
    let columns: String = columns.iter().map(|(column, name)| format!("  {column}: {name}\n")).collect();
    format!("{out}columns:\n{columns}")
}

fn texts(sheet: &Sheet, found: &Found, column: u32) -> BTreeSet<String> {
    let rows = found.rows.0 - 1..found.rows.1;
    let cells = rows.filter_map(|row| sheet.get(At { row, column }).map(|cell| cell.text().trim().to_owned()));
    cells.filter(|text| !text.is_empty() && !found.sections.contains(text)).collect()
}

/// What a column says in every row, at length: the name of what is counted.
fn constant(sheet: &Sheet, found: &Found) -> Option<String> {
    let said = found.idle.iter().filter_map(|column| texts(sheet, found, *column).into_iter().next());
    said.max_by_key(|text| text.chars().count()).filter(|text| text.chars().count() > 5)
}

fn written(dimensions: &[(Dimension, Vec<String>)], measures: &[(String, String)]) -> String {
    let title = measures.first().map(|(_, said)| quoted(&line(said))).unwrap_or_default();
    let mut out = format!("TODO_name:\n  title: {{ru: {title}, kk: TODO, en: TODO}}\n  dimensions:\n");
    for (dimension, members) in dimensions {
        let role = match dimension.role {
            Role::Territory => "territory",
            Role::Period => "period",
            Role::Category => "category",
        };
        let members: Vec<String> = members.iter().map(|member| quoted(member)).collect();
        let members = if members.is_empty() { String::new() } else { format!(", members: [{}]", members.join(", ")) };
        let _ = writeln!(out, "    - {{name: {}, role: {role}{members}}}", dimension.name);
    }
    out.push_str("  time: flow   # a guess; `stock` where a figure holds on one day\n  measures:\n");
    for (name, said) in measures {
        let said = quoted(&line(said));
        let _ = writeln!(
            out,
            "    {name}: {{unit: TODO, class: TODO, title: {{ru: {said}, kk: TODO, en: TODO}}}}   # class: level, flow or signed"
        );
    }
    out.push_str("  checks: []\n");
    out
}
