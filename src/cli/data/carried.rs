//! Carried: the layout or the columns of the entry before, tried on the next file of its table.

use std::collections::{BTreeMap, BTreeSet};

use super::drafted;
use super::entry::{Before, Snapshot, with_entry};
use super::moved::{moved, rewritten};
use super::taken::Add;
use crate::catalog::{self, Catalog, PACKAGE};
use crate::dataset;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, code};
use crate::files::{Files, Spanned};
use crate::finding::Role;
use crate::language::{self, Factor};
use crate::reshape::draft::find;
use crate::reshape::entry::{ColumnEntry, LayoutEntry};
use crate::reshape::names::{plain, yearless};
use crate::reshape::{periods, shortened, undated};
use crate::workbook::{self, At, Sheet, Stated, Workbook, column, letters};

/// An entry by which a file is to be read as another was.
pub(super) struct Carried {
    /// The entry before.
    pub(super) of: String,
    /// The entry, as YAML.
    pub(super) entry: String,
    /// How many figures it reads.
    pub(super) figures: usize,
    /// What does not fit, at the lines of the entry before.
    pub(super) differs: Vec<Diagnostic>,
    /// The layout, where that has one, as it stands there.
    pub(super) layout: Vec<String>,
    /// Whether most of the columns that it names by letters alone are headed as they were.
    pub(super) is_headed_alike: bool,
    /// What the names of sheets and the years of the file make of it.
    pub(super) changed: Vec<String>,
    /// What its author should look at though it fits.
    pub(super) doubts: Vec<Diagnostic>,
}

/// Tries the entries of a table on a file, the newest first: the first that fits, or the one that does best.
pub(super) fn carried(
    snapshot: &Snapshot,
    workbook: &Workbook,
    catalog: &Catalog,
    files: &Files,
    all: &[Before],
) -> Option<Carried> {
    let mut best: Option<Carried> = None;
    for before in all.iter().rev() {
        let tried = tried(snapshot, workbook, catalog, files, before);
        if tried.differs.is_empty() {
            return Some(tried);
        }
        let rank = |one: &Carried| (one.figures > 0, std::cmp::Reverse(one.differs.len()));
        if best.as_ref().is_none_or(|best| rank(&tried) > rank(best)) {
            best = Some(tried);
        }
    }
    best
}

fn tried(snapshot: &Snapshot, workbook: &Workbook, catalog: &Catalog, files: &Files, before: &Before) -> Carried {
    let mut differs = Vec::new();
    let mut changed = Vec::new();
    let mut layout = before.written.within("esep", "layout");
    let mut is_headed_alike = true;
    let mut doubts = Vec::new();
    if let Some(own) = &before.resource.esep.layout {
        doubts.extend(otherwise_titled(snapshot.add, before, own, workbook, files));
        doubts.extend(otherwise_dated(snapshot.add, before, own, workbook, files));
        doubts.extend(empty_columns(snapshot.add, own, workbook));
        doubts.extend(veiled(snapshot.add, own, workbook));
        renamed(own, workbook, &mut layout, &mut changed);
        differs.extend(stated(snapshot.add, before, own, workbook, catalog, &mut layout, &mut changed));
        let old = workbook_of(before, files);
        let sheets = old.as_ref().and_then(|old| read_by(own, old)).zip(read_by(own, workbook));
        let mut moves = sheets.map(|(old, new)| moved(own, old, new)).unwrap_or_default();
        match rewritten(&layout, own, &moves).filter(|_| !moves.is_empty()) {
            Some(lines) => {
                layout = lines;
                let said = moves.iter().filter(|(from, to)| from != to);
                changed.extend(said.map(|(from, to)| {
                    format!("column {} is read as {} was, by its head", letters(*to), letters(*from))
                }));
            }
            None => moves.clear(),
        }
        let (heads, named) = otherwise_headed(before, own, sheets, &moves);
        is_headed_alike = heads.iter().filter(|one| one.code == code::DATA_HEADER).count() * 2 <= named;
        differs.extend(heads);
    }
    let entry = snapshot.like(&before.written, layout.clone());
    let mut own = files.clone();
    let text = files.text(PACKAGE).unwrap_or_default();
    let of = before.resource.name.clone();
    let Some(package) = with_entry(text, &entry) else {
        return Carried { of, entry, figures: 0, differs, layout, is_headed_alike, changed, doubts };
    };
    let from = package.lines().count() - entry.lines().count();
    let file = format!("data/{}", snapshot.path);
    own.insert(file.clone(), snapshot.bytes);
    own.insert(PACKAGE, package.as_str());
    let mut told = Diagnostics::default();
    let read = catalog::read(&own, &mut told);
    let figures = read.and_then(|catalog| {
        let resource = catalog.resources.iter().find(|resource| resource.name == snapshot.name)?;
        Some(dataset::figures_alone(resource, &catalog, &own, &mut told))
    });
    let is_own = |one: &Diagnostic| {
        let is_below = one.place.file == PACKAGE && one.place.line.is_some_and(|line| line > from);
        one.severity == Severity::Error && (is_below || one.place.file == file)
    };
    let told = told.sorted().into_iter().filter(is_own);
    differs.extend(told.map(|one| placed(one, &package, before)));
    Carried { of, entry, figures: figures.unwrap_or(0), differs, layout, is_headed_alike, changed, doubts }
}

impl Carried {
    /// Returns the layout as a file of its own holds it.
    pub(super) fn layout_text(&self) -> String {
        let Some((first, below)) = self.layout.split_first() else { return String::new() };
        let own = |line: &String| line.len() - line.trim_start().len();
        let margin = below.iter().filter(|line| !line.trim().is_empty()).map(own).min().unwrap_or(0);
        let first = first.trim_start_matches("layout:").trim().to_owned();
        let below = below.iter().map(|line| line.chars().skip(margin).collect::<String>());
        let lines = std::iter::once(first).filter(|first| !first.is_empty()).chain(below);
        lines.map(|line| line + "\n").collect()
    }
}

/// Brings what is told of the new entry, which is written nowhere yet, to the lines of the one before.
pub(super) fn placed(mut one: Diagnostic, package: &str, before: &Before) -> Diagnostic {
    if one.place.file != PACKAGE {
        return one;
    }
    let own = one.place.line.and_then(|line| package.lines().nth(line.checked_sub(1)?)).map(str::trim);
    let lines = package.lines().enumerate().skip(before.written.span.start).take(before.written.span.len());
    let mut lines = lines.filter(|(_, line)| Some(line.trim()) == own);
    let line = lines.next().map_or(before.written.span.start, |(at, _)| at) + 1;
    let within = Some(format!("resource `{}`", before.resource.name));
    one.place = Place { within, ..Place::line(PACKAGE, line, 1) };
    one
}

/// Writes a text as its words alone, without years and marks.
fn timeless(text: &str) -> String {
    let text = yearless(text).replace("<year>", " ").to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Puts the names of the file's sheets where the layout names those of another year.
fn renamed(own: &LayoutEntry, workbook: &Workbook, layout: &mut [String], changed: &mut Vec<String>) {
    let keys = || own.sheets.keys().chain(own.leave_sheets.keys());
    for key in keys() {
        let is_there = workbook.sheets.iter().any(|sheet| sheet.name.trim() == key.trim());
        if is_there || key.contains('*') {
            continue;
        }
        let is_new = |sheet: &&Sheet| !keys().any(|other| other.trim() == sheet.name.trim());
        let mut alike = workbook.sheets.iter().filter(is_new).filter(|sheet| yearless(&sheet.name) == yearless(key));
        if let (Some(sheet), None) = (alike.next(), alike.next())
            && layout.iter_mut().any(|line| put(line, key, &sheet.name))
        {
            changed.push(format!("the sheet `{}` is read as `{key}` was", sheet.name));
        }
    }
}

/// Puts another key in the place of one, in a line that has it.
fn put(line: &mut String, key: &str, other: &str) -> bool {
    let quoted = format!("{other:?}");
    let places = [format!("\"{key}\":"), format!("'{key}':"), format!("{key}:")];
    let Some((at, old)) = places.iter().find_map(|old| Some((line.find(old.as_str())?, old))) else { return false };
    if !line[..at].chars().next_back().is_none_or(|before| " {".contains(before)) {
        return false;
    }
    line.replace_range(at..at + old.len(), &format!("{quoted}:"));
    true
}

/// Refuses to say of a further file that it is of the years that a layout states itself; a title that names one year alone
/// says which it is now.
fn stated(
    add: &Add,
    before: &Before,
    own: &LayoutEntry,
    workbook: &Workbook,
    catalog: &Catalog,
    layout: &mut [String],
    changed: &mut Vec<String>,
) -> Vec<Diagnostic> {
    let Some(table) = catalog.tables.get(&add.table) else { return Vec::new() };
    let dimensions = table.finding_dimensions();
    let periods: BTreeSet<&str> =
        dimensions.iter().filter(|own| own.role == Role::Period).map(|own| own.name.as_str()).collect();
    let is_period = |(name, _): &(&String, &String)| periods.contains(name.as_str());
    let mut found = Vec::new();
    let mut refuse = |key: &str, said: &str| {
        let message = format!("`{key}` says that the figures are of {said}, which this file may not be of");
        let hint = format!(
            "write the layout of this file: `esep data inspect FILE --table {} > layout.yaml`, then `--layout layout.yaml`; a \
             period that the file says itself is read by `from`, `levels` or `labels`",
            add.table
        );
        found.push(Diagnostic::error(code::DATA_LAYOUT, before.resource.layout_place(), message).hint(hint));
    };
    for (name, said) in own.otherwise.iter().filter(is_period) {
        match titled(add, workbook, catalog, name) {
            Some(year) if layout.iter_mut().any(|line| replace(line, name, said, &year)) => {
                changed.push(format!("`{name}` is {year} by the only year in the titles, where it was {said}"));
            }
            _ => refuse("otherwise", said),
        }
    }
    before.resource.esep.constants.iter().filter(is_period).for_each(|(_, said)| refuse("constants", said));
    own.sheets.values().flatten().filter(is_period).for_each(|(_, said)| refuse("sheets", said));
    for entry in own.columns.values() {
        let ColumnEntry::Given(given) = entry else { continue };
        let head = given.get("head").map(String::as_str).unwrap_or_default();
        given.iter().filter(is_period).filter(|(_, said)| !head.contains(said.as_str())).for_each(|(_, said)| {
            refuse("columns", said);
        });
    }
    found
}

fn replace(line: &mut String, name: &str, said: &str, other: &str) -> bool {
    let places = [format!("{name}: \"{said}\""), format!("{name}: '{said}'"), format!("{name}: {said}")];
    let Some((at, old)) = places.iter().find_map(|old| Some((line.find(old.as_str())?, old))) else { return false };
    line.replace_range(at..at + old.len(), &format!("{name}: {other:?}"));
    true
}

/// What a fresh draft says of a dimension that nothing in the table names.
fn titled(add: &Add, workbook: &Workbook, catalog: &Catalog, dimension: &str) -> Option<String> {
    const NAME: &str = "layout.yaml";
    let (_, draft) = drafted(workbook, Some(&add.table), catalog).pop()?;
    let mut files = Files::default();
    files.insert(NAME, draft.text.as_str());
    let layout: Spanned<LayoutEntry> = files.yaml(NAME, &mut Diagnostics::default())?;
    layout.value.otherwise.get(dimension).filter(|said| *said != "TODO").cloned()
}

/// Compares what columns that the layout names by letters alone are headed by, and the scales that both files tell; with the
/// number of such cells.
fn otherwise_headed(
    before: &Before,
    own: &LayoutEntry,
    sheets: Option<(&Sheet, &Sheet)>,
    moves: &BTreeMap<u32, u32>,
) -> (Vec<Diagnostic>, usize) {
    let path = before.resource.file();
    let Some((old, new)) = sheets else { return (Vec::new(), 0) };
    let refuse = |code, message: String, at: At| {
        let hint = format!("look at {at} of both files; a layout of this one is given with `--layout`");
        Diagnostic::error(code, before.resource.layout_place(), message).hint(hint)
    };
    let is_bare = |(_, entry): &(&String, &ColumnEntry)| match entry {
        ColumnEntry::Measure(_) => true,
        ColumnEntry::Given(given) => !given.contains_key("head"),
    };
    let columns = own.columns.iter().filter(is_bare).map(|(name, _)| name);
    let columns = own.labels.keys().chain(columns).filter_map(|name| column(name));
    let rows = || own.header.iter().map(|row| row.saturating_sub(1)).filter(|_| own.anchor.is_none());
    let said = |sheet: &Sheet, at: At| sheet.shown(at).map(|(_, cell)| cell.text()).unwrap_or_default();
    let (mut found, mut count) = (Vec::new(), 0);
    for at in columns.flat_map(|column| rows().map(move |row| At { row, column })) {
        count += 1;
        let to = At { column: moves.get(&at.column).copied().unwrap_or(at.column), ..at };
        let (was, is) = (said(old, at), said(new, to));
        if plain(&yearless(&was)) != plain(&yearless(&is)) {
            found.push(refuse(
                code::DATA_HEADER,
                format!("column {} is headed `{is}`, and in {path} `{was}`", letters(at.column)),
                at,
            ));
        }
    }
    let (was, is) = (scales(old), scales(new));
    if was.values().collect::<BTreeSet<_>>() != is.values().collect::<BTreeSet<_>>() {
        let told = |all: &BTreeMap<At, Factor>| match all.is_empty() {
            true => "none".to_owned(),
            false => all.iter().map(|(at, scale)| format!("{scale} ({at})")).collect::<Vec<_>>().join(", "),
        };
        let at = is.keys().chain(was.keys()).next().copied().unwrap_or_default();
        found.push(refuse(
            code::DATA_LAYOUT,
            format!("the file tells the scale {}, and {path} {}", told(&is), told(&was)),
            at,
        ));
    }
    (found, count)
}

/// The file of an entry.
fn workbook_of(before: &Before, files: &Files) -> Option<Workbook> {
    let path = before.resource.file();
    let stated = Stated { encoding: before.resource.reading.encoding, ..Stated::default() };
    workbook::read(&path, files.get(&path)?, &stated).ok()
}

/// The first sheet that a layout reads, whatever year its name says.
fn read_by<'w>(own: &LayoutEntry, workbook: &'w Workbook) -> Option<&'w Sheet> {
    let is_read =
        |sheet: &&Sheet| own.sheets.is_empty() || own.sheets.keys().any(|key| yearless(key) == yearless(&sheet.name));
    workbook.sheets.iter().find(is_read)
}

/// Warns of a title that says something else than that of the file before, but for the year.
fn otherwise_titled(
    add: &Add,
    before: &Before,
    own: &LayoutEntry,
    workbook: &Workbook,
    files: &Files,
) -> Option<Diagnostic> {
    let titles = |sheet: &Sheet| find(sheet).map(|found| found.titles).unwrap_or_default();
    let old = workbook_of(before, files)?;
    let (was, is) = (titles(read_by(own, &old)?), titles(read_by(own, workbook)?));
    let known: BTreeSet<String> = was.iter().map(|(_, text)| timeless(text)).collect();
    let (at, text) = is.iter().find(|(_, text)| !known.contains(&timeless(text)))?;
    let other = was.iter().find(|(own, _)| own == at).or(was.first()).map_or("nothing", |(_, text)| text.as_str());
    let message =
        format!("its title says `{}`, and that of {} `{}`", shortened(text), before.resource.file(), shortened(other));
    let hint = "look whether it is the same table, of the whole of the same periods";
    let place = Place::file(add.file.as_str()).within(at.to_string());
    Some(Diagnostic::warning(code::DATA_LAYOUT, place, message).hint(hint))
}

/// Warns of headings and labels that say more of a period than those of the file before: `2024 (forecast)`, `FY 2024`.
fn otherwise_dated(
    add: &Add,
    before: &Before,
    own: &LayoutEntry,
    workbook: &Workbook,
    files: &Files,
) -> Vec<Diagnostic> {
    let dated = |sheet: &Sheet| -> Vec<(At, String)> {
        let labels: BTreeSet<u32> = own.labels.keys().filter_map(|name| column(name)).collect();
        // A line below the table that speaks of a year is a note.
        let is_row = |at: &At| sheet.row(at.row).count() > 1;
        let is_read = |at: &At| labels.contains(&at.column) && is_row(at) || own.header.contains(&(at.row + 1));
        let texts = sheet.cells.iter().filter(|(at, _)| is_read(at)).map(|(at, cell)| (*at, cell.text()));
        let says_more = |text: &str| {
            let text = undated(text);
            text.contains(char::is_alphabetic)
                && !periods::is_exact(text)
                && periods::of(&[text.to_owned()]).is_some_and(|said| said.span.is_none())
        };
        texts.filter(|(_, text)| says_more(text)).collect()
    };
    let old = workbook_of(before, files);
    let Some((old, new)) = old.as_ref().and_then(|old| read_by(own, old)).zip(read_by(own, workbook)) else {
        return Vec::new();
    };
    let alike = |text: &str| plain(&yearless(text));
    let known: BTreeSet<String> = dated(old).iter().map(|(_, text)| alike(text)).collect();
    let mut told = BTreeSet::new();
    let said = dated(new).into_iter().filter(|(_, text)| !known.contains(&alike(text)) && told.insert(text.clone()));
    said.map(|(at, text)| {
        let message = format!(
            "`{}` says more than its period, and nothing in {} does: what it says is not kept",
            shortened(&text),
            before.resource.file()
        );
        let hint = "look what it means: a forecast, another year than that of the calendar, a part of one; `words` of a layout \
                    says how it is read, `--status operative` what the figures are";
        Diagnostic::warning(code::DATA_LAYOUT, Place::file(add.file.as_str()).within(at.to_string()), message).hint(hint)
    })
    .collect()
}

/// Warns of periods in the headings below which nothing stands.
fn empty_columns(add: &Add, own: &LayoutEntry, workbook: &Workbook) -> Vec<Diagnostic> {
    let Some(sheet) = read_by(own, workbook).filter(|_| own.anchor.is_none()) else { return Vec::new() };
    let last = own.header.iter().max().copied().unwrap_or(1);
    let full: BTreeSet<u32> = sheet.cells.keys().filter(|at| at.row >= last).map(|at| at.column).collect();
    let heads = own.header.iter().filter_map(|row| row.checked_sub(1)).flat_map(|row| sheet.row(row));
    // A heading that is merged over several columns stands over what is in any of them.
    let is_empty = |at: At| {
        let columns = sheet.merged.of(at).map_or(at.column..=at.column, |area| area.first.column..=area.last.column);
        !columns.into_iter().any(|column| full.contains(&column))
    };
    let is_dated = |text: &str| periods::of(&[undated(text).to_owned()]).is_some();
    let heads = heads.map(|(at, cell)| (at, cell.text())).filter(|(at, text)| is_dated(text) && is_empty(*at));
    heads
        .map(|(at, text)| {
            let message = format!("nothing stands below `{}`", shortened(&text));
            let hint = "look whether the file is whole: the period is headed, and has no figure";
            Diagnostic::warning(code::DATA_DOUBT, Place::file(add.file.as_str()).within(at.to_string()), message)
                .hint(hint)
        })
        .collect()
}

/// Warns of numbers that the file holds and its formats do not show.
fn veiled(add: &Add, own: &LayoutEntry, workbook: &Workbook) -> Option<Diagnostic> {
    let (at, said) = read_by(own, workbook)?.veiled()?;
    let place = Place::file(add.file.as_str()).within(at.to_string());
    Some(Diagnostic::warning(code::DATA_DOUBT, place, said).hint("look whether its publisher takes it back"))
}

/// The scales that the titles and heads of a sheet tell, with their cells.
fn scales(sheet: &Sheet) -> BTreeMap<At, Factor> {
    let units = find(sheet).map(|found| found.units).unwrap_or_default();
    let one = |(at, text): &(At, String)| Some((*at, text.lines().find_map(language::scale_said)?));
    units.iter().filter_map(one).collect()
}
