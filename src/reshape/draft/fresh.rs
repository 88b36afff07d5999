//! Fresh: the entry of a table that the catalogue does not have, guessed from what a sheet holds, and its layout.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::super::names::Names;
use super::super::{Target, periods};
use super::find::{Found, find};
use super::words::{line, quoted};
use super::{Draft, draft, heads, tried};
use crate::finding::{Dimension, Part, Role, Unit};
use crate::language::{self, Lang};
use crate::workbook::{At, Content, Sheet, Workbook, letters};

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

/// The member of a category that stands for all of it, in a table whose heads tell parts.
const TOTAL: &str = "total";

/// Guesses the entry of a table by its dimensions: territory and period by what is known, the others by their texts. It is
/// titled in the languages that are given.
pub fn fresh(workbook: &Workbook, names: &Names, languages: &[String]) -> Option<Fresh> {
    let tables = workbook.sheets.iter().filter_map(|sheet| Some((sheet, find(sheet)?)));
    let known = |text: &String| !names.codes(text).is_empty();
    let places = |sheet: &Sheet, found: &Found| {
        let of = |column: &u32| texts(sheet, found, *column).iter().filter(|text| known(text)).count();
        found.labels.iter().map(of).max().unwrap_or(0)
    };
    // The table with the most places that are known, and of several the one with the fewest others.
    let (sheet, found) =
        tables.max_by_key(|(sheet, found)| (places(sheet, found), std::cmp::Reverse(found.rows.1 - found.rows.0)))?;
    by_words(workbook, sheet, &found, names, languages).or_else(|| by_heads(workbook, sheet, &found, names, languages))
}

/// The dimensions of a table on their way, each with its members.
type Dimensions = Vec<(Dimension, Vec<String>)>;

fn add(dimensions: &mut Dimensions, name: &str, role: Role, members: Vec<String>) {
    if dimensions.iter().all(|(own, _)| own.name != name) {
        let total = members.iter().find(|own| *own == TOTAL).map(|own| Part::Category(own.as_str().into()));
        dimensions.push((Dimension { name: name.to_owned(), role, total }, members));
    }
}

/// What the columns of labels, and the name of the sheet, stand for.
fn labelled(sheet: &Sheet, found: &Found, names: &Names) -> Dimensions {
    let mut dimensions = Dimensions::new();
    let mut open = 0;
    for column in &found.labels {
        let texts = texts(sheet, found, *column);
        let known = texts.iter().filter(|text| !names.codes(text).is_empty()).count();
        let dated = texts.iter().filter(|text| periods::of(&[(*text).clone()]).is_some()).count();
        if known * 8 >= texts.len() && known > 0 || known > 4 {
            add(&mut dimensions, "territory", Role::Territory, Vec::new());
        } else if dated == texts.len() {
            add(&mut dimensions, "period", Role::Period, Vec::new());
        } else if texts.len() <= MOST_MEMBERS {
            open += 1;
            let name =
                names.dimension_of(texts.iter().map(String::as_str)).map_or(format!("category_{open}"), str::to_owned);
            add(&mut dimensions, &name, Role::Category, texts.into_iter().collect());
        }
    }
    if !names.codes(&sheet.name).is_empty() {
        add(&mut dimensions, "territory", Role::Territory, Vec::new());
    }
    dimensions
}

/// Guesses a table of one measure whose heads tell members that are known: men and women, town and country.
fn by_words(workbook: &Workbook, sheet: &Sheet, found: &Found, names: &Names, languages: &[String]) -> Option<Fresh> {
    let mut dimensions = labelled(sheet, found, names);
    add(&mut dimensions, "period", Role::Period, Vec::new());
    let heads: Vec<String> = found.data.iter().flat_map(|column| heads::texts(sheet, found, *column)).collect();
    for dimension in names.dimensions().filter(|own| *own != "measure") {
        let said = |text: &String| {
            let whole = std::iter::once(text.as_str()).chain(text.lines());
            whole.into_iter().find_map(|text| names.member(dimension, text)).map(str::to_owned)
        };
        let mut members: Vec<String> = Vec::new();
        for member in heads.iter().filter_map(said).filter(|own| own != TOTAL) {
            if !members.contains(&member) {
                members.push(member);
            }
        }
        if members.len() > 1 {
            members.push(TOTAL.to_owned());
            add(&mut dimensions, dimension, Role::Category, members);
        }
    }
    let told = dimensions.iter().filter(|(own, _)| own.total.is_some()).count();
    let measures = vec![one_measure(sheet, found)];
    let fresh = (told > 0).then(|| entered(workbook, sheet, found, (dimensions, measures), names, languages))?;
    (fresh.draft.open() == 0 && fresh.draft.trial.problems.is_empty() && fresh.draft.trial.figures > 0).then_some(fresh)
}

/// Guesses a table in which each column is a measure, unless periods stand over them.
fn by_heads(workbook: &Workbook, sheet: &Sheet, found: &Found, names: &Names, languages: &[String]) -> Option<Fresh> {
    let mut dimensions = labelled(sheet, found, names);
    add(&mut dimensions, "period", Role::Period, Vec::new());
    let mut words = names.clone();
    let heads: Vec<(u32, Vec<String>)> =
        found.data.iter().map(|column| (*column, heads::texts(sheet, found, *column))).collect();
    let by_period = heads.iter().filter(|(_, texts)| periods::of(texts).is_some()).count() * 2 > heads.len();
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
        let (name, title) = one_measure(sheet, found);
        measures = vec![(name, if title.is_empty() { said.unwrap_or_default() } else { title })];
    }
    Some(entered(workbook, sheet, found, (dimensions, measures), &words, languages))
}

/// The one measure of a table: its name, and what titles it.
fn one_measure(sheet: &Sheet, found: &Found) -> (String, String) {
    let title = found.titles.iter().map(|(_, text)| text.clone()).find(|text| !language::names_unit(text));
    let title = title.or_else(|| found.titles.first().map(|(_, text)| text.clone())).or_else(|| constant(sheet, found));
    let name = if counts_persons(found) { "persons" } else { "value" };
    (name.to_owned(), title.unwrap_or_else(|| sheet.name.to_string()))
}

fn counts_persons(found: &Found) -> bool {
    found.units.iter().flat_map(|(_, text)| text.lines()).any(language::counts_persons)
}

/// Writes the entry of a table and the layout that reads the file for it.
fn entered(
    workbook: &Workbook,
    sheet: &Sheet,
    found: &Found,
    (dimensions, measures): (Dimensions, Vec<(String, String)>),
    names: &Names,
    languages: &[String],
) -> Fresh {
    let constants = BTreeMap::new();
    let target = Target {
        dimensions: dimensions.iter().map(|(own, _)| own.clone()).collect(),
        members: dimensions.iter().map(|(_, members)| members.as_slice()).collect(),
        measures: measures.iter().map(|(name, _)| (name.as_str(), Unit::None)).collect(),
        is_stock: false,
        constants: &constants,
        names,
    };
    let mut draft = draft(workbook, &target);
    if measures.len() > 1 {
        let columns = found.data.iter().zip(&measures);
        draft.text = by_column(&draft.text, &columns.map(|(column, (name, _))| (letters(*column), name)).collect());
        draft.trial = tried(workbook, &draft.text, &target);
    }
    let entry = written(&dimensions, &measures, found, sheet, languages);
    Fresh { dimensions, measures, entry, draft }
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

/// Titles a thing in each language: by the lines of a text that seem to be in it, or as its author fills in.
fn titled(text: &str, languages: &[String]) -> String {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let own = |lang: &str| lines().filter(|line| Lang::guessed(line).code() == lang).collect::<Vec<_>>().join(" ");
    let guessed = Lang::guessed(text).code().to_owned();
    let languages = if languages.is_empty() { std::slice::from_ref(&guessed) } else { languages };
    let one = |lang: &String| {
        let said = line(&own(lang));
        format!("{lang}: {}", if said.is_empty() { "TODO".to_owned() } else { quoted(&said) })
    };
    format!("{{{}}}", languages.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn written(
    dimensions: &[(Dimension, Vec<String>)],
    measures: &[(String, String)],
    found: &Found,
    sheet: &Sheet,
    languages: &[String],
) -> String {
    let title = measures.first().map(|(_, said)| titled(said, languages)).unwrap_or_default();
    let mut out = format!("TODO_name:\n  title: {title}\n  dimensions:\n");
    for (dimension, members) in dimensions {
        let role = match dimension.role {
            Role::Territory => "territory",
            Role::Period => "period",
            Role::Category => "category",
        };
        let total = dimension.total.as_ref().map(|_| format!(", total: {TOTAL}")).unwrap_or_default();
        let members: Vec<String> = members.iter().map(|member| quoted(member)).collect();
        let members =
            if members.is_empty() { String::new() } else { format!(", members: [{}]{total}", members.join(", ")) };
        let _ = writeln!(out, "    - {{name: {}, role: {role}{members}}}", dimension.name);
    }
    let is_dated = |text: &str| periods::of(&[text.to_owned()]).is_some_and(|said| said.period.day().is_some());
    let time = if found.titles.iter().any(|(_, text)| text.lines().any(is_dated)) { "stock" } else { "flow" };
    let _ = writeln!(out, "  time: {time}   # a guess; `stock` where a figure holds on one day\n  measures:");
    let unit = if counts_persons(found) { "persons" } else { "TODO" };
    let is_negative = |content: &Content| matches!(content, Content::Number(number) if number.amount.signum() < 0);
    let class = match sheet.cells.values().any(|cell| is_negative(&cell.content)) {
        true => "signed",
        false if time == "stock" => "level",
        false => "TODO",
    };
    for (name, said) in measures {
        let said = titled(said, languages);
        let _ = writeln!(
            out,
            "    {name}: {{unit: {unit}, class: {class}, title: {said}}}   # a guess; class: level, flow or signed"
        );
    }
    out.push_str("  checks: []\n");
    out
}
