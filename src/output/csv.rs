//! CSV: an exhibit's numbers for use elsewhere, one a line, under keys that no language changes, with their schema.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::headings::label;
use super::setting::{raw, said};
use super::{Built, Material};
use crate::analysis::Edition;
use crate::exhibit::{Entry, Group, Label, Mark, Row, Table};
use crate::files::Files;
use crate::finding::{FindingId, Observed, Period, Status, Unit};
use crate::language::{Lang, Language};
use crate::page::ExhibitWords;

/// The languages that names are given in, each with the words of the exhibit.
type Voices<'a> = Vec<(Lang, &'a Language, &'a ExhibitWords)>;

/// A column of the file: its name, its type in a table schema, and what stands in each line.
struct Field {
    name: String,
    kind: &'static str,
    cells: Vec<String>,
}

/// One number with its place.
struct Place<'a> {
    row: &'a Row,
    at: usize,
    group: Option<&'a Group>,
    entry: &'a Entry,
}

/// A written table: what it shows, where it stands, its text and what its columns hold.
pub(super) struct Written {
    /// The exhibit.
    pub id: String,
    /// The file, in the folder of the edition.
    pub path: String,
    /// The file's text.
    pub text: String,
    /// Its schema.
    pub schema: Json,
}

/// Writes the tables and the data of the figures of an edition.
pub fn files(built: &Built, material: &Material) -> Files {
    let name = &built.edition.name;
    let mut files = Files::default();
    for table in tables(built, material) {
        files.insert(format!("{name}/{}", table.path), table.text);
    }
    files
}

/// Writes the tables and the data of the figures of an edition, each with its schema.
pub(super) fn tables(built: &Built, material: &Material) -> Vec<Written> {
    let figures = built.exhibits.figures.iter().map(|(id, figure)| ("figures", id, figure.table()));
    let tables = built.exhibits.tables.iter().map(|(id, table)| ("tables", id, table.clone()));
    let one = |(folder, id, table): (&str, &String, Table)| {
        let voices: Voices = material.prose.languages.iter().filter_map(|lang| voice(*lang, id, material)).collect();
        let (text, schema) = written(&table, &voices, &built.edition);
        Written { id: id.clone(), path: format!("{folder}/{id}.csv"), text, schema }
    };
    tables.chain(figures).map(one).collect()
}

fn voice<'a>(lang: Lang, id: &str, material: &'a Material) -> Option<(Lang, &'a Language, &'a ExhibitWords)> {
    Some((lang, material.language(lang)?, material.prose.exhibits.get(&lang)?.get(id)?))
}

/// Writes a table: a line for each number. What is the same in every line of a kind that needs no word is left out.
fn written(table: &Table, voices: &Voices, edition: &Edition) -> (String, Json) {
    let places: Vec<Place> = table.rows.iter().flat_map(|row| places(table, row)).collect();
    let (down, across) = sides(table);
    let mut fields = side(down, places.iter().map(|place| &place.row.label).collect(), voices);
    if !table.groups.is_empty() {
        let none = Label::Word(String::new());
        let of = |place: &Place| place.group.map_or(none.clone(), |group| group.label.clone());
        let labels: Vec<Label> = places.iter().map(of).collect();
        fields.extend(side("group", labels.iter().collect(), voices));
    }
    fields.extend(side(across, places.iter().map(|place| &table.columns[place.at].label).collect(), voices));
    let keys: Vec<&str> =
        fields.iter().map(|field| field.name.as_str()).filter(|name| [down, "group", across].contains(name)).collect();
    let keys = json!(keys);
    fields.extend(values(table, &places, voices, edition));
    let mut text = line(fields.iter().map(|field| field.name.as_str()));
    for at in 0..places.len() {
        text.push_str(&line(fields.iter().map(|field| field.cells[at].as_str())));
    }
    let described: Vec<Json> = fields.iter().map(|field| described(field, voices)).collect();
    (text, json!({"fields": described, "primaryKey": keys, "missingValues": [""]}))
}

/// Columns that hold one of a few words each.
const CLOSED: [&str; 7] = ["measure", "group", "unit", "status", "obs_status", "vintage", "missing"];

/// Describes a field in each language; what is one of a few words lists them.
fn described(field: &Field, voices: &Voices) -> Json {
    let mut own = json!({"name": field.name, "type": field.kind});
    let codes = || voices.iter().map(|(lang, ..)| lang.code());
    // What ends in the code of a language names in it what the column before holds.
    let in_language = codes().find_map(|code| Some((field.name.strip_suffix(code)?.strip_suffix('_')?, code)));
    let (stem, code) = in_language.unwrap_or((&field.name, ""));
    let told = |(_, language, _): &(Lang, &Language, &ExhibitWords)| {
        let about = language.word(&format!("field-{}", stem.replace('_', "-"))).unwrap_or_default();
        if code.is_empty() {
            about.to_owned()
        } else {
            format!("{about} ({})", language.said("field-name").replace("{code}", code))
        }
    };
    let told: Vec<String> = voices.iter().map(told).collect();
    own["description"] = json!(told.join(" / "));
    if CLOSED.contains(&field.name.as_str()) {
        let words: BTreeSet<&str> = field.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        if !words.is_empty() {
            own["constraints"] = json!({"enum": words});
        }
    }
    own
}

fn places<'a>(table: &'a Table, row: &'a Row) -> impl Iterator<Item = Place<'a>> {
    row.entries.iter().enumerate().map(move |(at, entry)| {
        let group = table.groups.iter().find(|group| group.columns.contains(&at));
        Place { row, at, group, entry }
    })
}

/// Names what tells rows and columns apart.
fn sides(table: &Table) -> (&'static str, &'static str) {
    let name = |label: Option<&Label>, word: &'static str| match label {
        Some(Label::Period(_)) => "period",
        Some(Label::Territory(_) | Label::Country(_)) => "territory",
        Some(Label::Member(_) | Label::Word(_)) | None => word,
    };
    let down = name(table.rows.first().map(|row| &row.label), "row");
    match (down, name(table.columns.first().map(|column| &column.label), "measure")) {
        ("territory", "territory") => ("origin", "destination"),
        sides => sides,
    }
}

/// The keys of a side, and their names in each language; a period needs none.
fn side(name: &str, labels: Vec<&Label>, voices: &Voices) -> Vec<Field> {
    let month = |label: &&Label| matches!(label, Label::Period(period) if period.month().is_some());
    let kind = match labels.first() {
        Some(Label::Period(_)) if labels.iter().all(month) => "yearmonth",
        Some(Label::Period(period)) if period.quarter().is_none() && !labels.iter().any(month) => "year",
        Some(Label::Period(_) | Label::Territory(_) | Label::Country(_) | Label::Member(_) | Label::Word(_)) | None => {
            "string"
        }
    };
    let cells = labels.iter().map(|label| label.key()).collect();
    let mut fields = vec![Field { name: name.to_owned(), kind, cells }];
    if !matches!(labels.first(), Some(Label::Period(_))) {
        for (lang, language, words) in voices {
            let spelled = |each: &&Label| match each {
                Label::Word(key) if key.is_empty() => String::new(),
                each => label(each, words, language),
            };
            let cells = labels.iter().map(spelled).collect();
            fields.push(Field { name: format!("{name}_{}", lang.code()), kind: "string", cells });
        }
    }
    fields
}

/// The numbers, their unit, and what has to be said of some.
fn values(table: &Table, places: &[Place], voices: &Voices, edition: &Edition) -> Vec<Field> {
    let field = |name: &str, kind, cell: &dyn Fn(&Place) -> String| Field {
        name: name.to_owned(),
        kind,
        cells: places.iter().map(cell).collect(),
    };
    let is_word = |place: &Place| place.entry.mark().is_none();
    let words = places.iter().any(is_word);
    let unit = |place: &Place| match place.entry {
        Entry::Own { print, .. } => print.unit.name().to_owned(),
        Entry::Mark(_) if table.columns[place.at].unit != Unit::None => table.columns[place.at].unit.name().to_owned(),
        Entry::Mark(_) | Entry::Named { .. } | Entry::Listed { .. } | Entry::Truth { .. } => String::new(),
    };
    let value = |place: &Place| match place.entry.mark().map(|mark| &mark.value) {
        Some(Ok(amount)) => amount.to_digits(),
        Some(Err(_)) => String::new(),
        None => raw(place.entry),
    };
    let mut fields =
        vec![field("value", if words { "string" } else { "number" }, &value), field("unit", "string", &unit)];
    if words {
        for (lang, language, _) in voices {
            let text = |place: &Place| said(place.entry, language);
            fields.push(field(&format!("value_{}", lang.code()), "string", &text));
        }
    }
    let exact = |place: &Place| match place.entry.mark().map(|mark| &mark.value) {
        Some(Ok(amount)) => Some(amount.to_string()).filter(|text| text.contains('/')).unwrap_or_default(),
        Some(Err(_)) | None => String::new(),
    };
    fields.extend(where_any(field("exact", "string", &exact)));
    let is_first = |place: &Place| if first_behind_a_break(place, edition) { "true".to_owned() } else { String::new() };
    fields.extend(where_any(field("break", "boolean", &is_first)));
    let of = |place: &Place| place.entry.mark().filter(|mark| mark.value.is_ok()).cloned();
    let any = |told: &dyn Fn(&Mark) -> bool| places.iter().filter_map(of).any(|mark| told(&mark));
    if any(&|mark| mark.status != Status::Published) {
        let status = |place: &Place| of(place).map_or(String::new(), |mark| mark.status.name().to_owned());
        fields.push(field("status", "string", &status));
    }
    if any(&|mark| !mark.observed.is_empty()) {
        let codes = |mark: Mark| mark.observed.iter().map(Observed::code).collect::<Vec<_>>().join(" ");
        fields.push(field("obs_status", "string", &|place| of(place).map(codes).unwrap_or_default()));
    }
    if any(&|mark| mark.fallback) {
        let vintage = |mark: Mark| if mark.fallback { "other" } else { "preferred" };
        fields.push(field("vintage", "string", &|place| of(place).map(vintage).unwrap_or_default().to_owned()));
    }
    let missing = |place: &Place| match place.entry.mark().map(|mark| &mark.value) {
        Some(Err(reason)) => reason.code().to_owned(),
        Some(Ok(_)) | None => String::new(),
    };
    fields.extend(where_any(field("missing", "string", &missing)));
    fields
}

/// A column that says nothing is left out.
fn where_any(field: Field) -> Option<Field> {
    Some(field).filter(|field| field.cells.iter().any(|cell| !cell.is_empty()))
}

/// Returns true for a number of the first period that is not comparable with those before it.
fn first_behind_a_break(place: &Place, edition: &Edition) -> bool {
    let finding = place.entry.mark().and_then(|mark| mark.finding.as_ref());
    let Some(FindingId::Cell(series, key)) = finding else { return false };
    let at = key.period().filter(|period| *period == Period::of_year(period.year()));
    at.is_some_and(|at| edition.breaks_of(&series.name).any(|year| year == at.year()))
}

/// Returns a cell as a spreadsheet takes it: a text that it would compute (`=HYPERLINK(…)` as a name) stands behind an
/// apostrophe, which makes it a text there too; numbers stay numbers.
///
/// A spreadsheet of another country parts cells at `;`, a tab or `|`, and some take full-width signs for signs: what
/// follows such a mark in a cell is treated as a cell of its own.
pub fn inert(cell: &str) -> Cow<'_, str> {
    if !cell.contains(is_sign) || is_number(cell) || cell == "-" {
        return cell.into();
    }
    let mut out = String::with_capacity(cell.len() + 1);
    let mut is_start = true;
    for letter in cell.chars() {
        if is_start && is_sign(letter) {
            out.push('\'');
        }
        is_start = PARTS.contains(&letter) || is_start && is_unseen(letter);
        out.push(letter);
    }
    if cell.starts_with(['\t', '\r', '\n']) {
        out.insert(0, '\'');
    }
    out.into()
}

/// What parts the cells of a line in some country, and lines.
const PARTS: [char; 5] = [';', '\t', '|', '\r', '\n'];

/// Says whether a spreadsheet looks through a sign for the beginning of a cell.
fn is_unseen(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || matches!(letter, '"' | '\u{feff}' | '\u{200b}'..='\u{200f}')
}

/// Says whether a sign makes a formula of a cell that it begins.
fn is_sign(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// Says whether a cell is a number in digits; `-inf` and `+nan` are words.
fn is_number(cell: &str) -> bool {
    cell.parse::<f64>().is_ok() && !cell.contains(|c: char| c.is_alphabetic() && c != 'e' && c != 'E')
}

/// Writes a line as RFC 4180 has it.
fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let quoted = |cell: &str| {
        let cell = inert(cell);
        match cell.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.into_owned(),
        }
    };
    cells.map(quoted).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_spreadsheet_would_compute_is_left_bare() {
        for (cell, wanted) in [
            ("=1+1", "'=1+1"),
            ("-inf", "'-inf"),
            ("+NaN", "'+NaN"),
            ("－1+1", "'－1+1"),
            ("＝cmd", "'＝cmd"),
            ("＠a", "'＠a"),
            ("＋1", "'＋1"),
            ("a;=b", "a;'=b"),
            ("a;\"=b", "a;\"'=b"),
            ("a\t@b", "a\t'@b"),
            ("a|-b", "a|'-b"),
            ("a\n=b", "a\n'=b"),
            ("\r=b", "'\r'=b"),
            ("\tb-c", "'\tb-c"),
            (" =b", " '=b"),
            ("\u{feff}=b", "\u{feff}'=b"),
            ("\"=b\"", "\"'=b\""),
            ("-2+3", "'-2+3"),
        ] {
            assert_eq!(inert(cell), wanted, "{cell}");
        }
        for plain in [
            "-1",
            "+1.5e-3",
            "-",
            "",
            "a-b",
            "a = b",
            "Алматы; область",
            "5-9",
            "2020-01",
            "x; y-z",
            "'=a",
            "(-5)",
            "−5,3",
            "« -5»",
        ] {
            assert_eq!(inert(plain), plain);
        }
    }
}
