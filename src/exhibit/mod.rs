//! Exhibit: figures and tables as data geometry: which findings, which marks, which order.

mod data;
mod figure;
mod geometry;
mod kinds;
pub mod maps;
mod overlap;
mod shape;
mod sums;
mod table;

use std::collections::{BTreeMap, BTreeSet};

pub use crate::study::WidthEntry as Width;
pub use geometry::{Arrangement, Colours, Column, Entry, Figure, Group, Label, Mark, Row, Series, Table, scaled};
pub use kinds::{Area, Flow, FlowTile, LorenzPoint, Panel, Rule, ScatterPoint, Share, Tile, charts};
pub use kinds::{Chart, Choice, GINI_DECIMALS, KINDS, Kind, SHARED};
pub use maps::{Maps, Place as TilePlace, TILES};
pub use shape::Shape;

use crate::analysis::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::expression::{self, Picked, Problem};
use crate::files::Spanned;
use crate::finding::{Amount, Cell, FindingId, Key, Part, Reason, Value};
use crate::study::{ScaleEntry, Study, Text, place_in, place_of, rgb};

/// The exhibits of an edition, by id.
#[derive(Debug, Default)]
pub struct Exhibits {
    /// Figures.
    pub figures: BTreeMap<String, Figure>,
    /// Tables.
    pub tables: BTreeMap<String, Table>,
    /// The vintages of the figures that each shows.
    pub vintages: BTreeMap<String, BTreeSet<String>>,
    /// The notions with a colour that a figure shows.
    shown: BTreeSet<String>,
    /// The breaks of figures that part nothing in this edition.
    idle_breaks: BTreeMap<String, BTreeSet<i32>>,
}

/// Why an exhibit cannot be made.
#[derive(Debug)]
pub enum Misfit {
    /// An expression of it is wrong.
    Expression(Box<(Text, Problem)>),
    /// Its findings do not have the shape that its kind needs.
    Shape(String),
    /// A part of its entry is wrong: where, what, and what to do.
    Entry(Box<(Text, String, Option<String>)>),
    /// One thing of it is counted in another that stands beside it: what, and what to do.
    Twice(String, String),
    /// A key of its entry is wrong: which, what, and what to do.
    Key(&'static str, String, String),
    /// What is wrong with it was said before.
    Said,
}

/// Makes the exhibits of an edition, those that it shows.
pub fn build(
    study: &Study,
    maps: &Maps,
    edition: &Edition,
    shows: &dyn Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> Exhibits {
    let mut exhibits = Exhibits::default();
    for (id, entry) in study.figures.iter().filter(|(id, _)| shows(id)) {
        let settled = figure::build(id, &entry.value, maps, edition)
            .and_then(|mut figure| Ok((sums::settle_figure(&mut figure, &entry.value.adds_up)?, figure)));
        match settled {
            Ok((remarks, mut figure)) => {
                figure.colours =
                    study.colours.iter().filter_map(|(name, text)| Some((name.clone(), rgb(text)?))).collect();
                figure.notion = entry.value.notion.as_ref().map(|notion| notion.value.clone());
                remark(remarks, id, entry, diagnostics);
                vanishing(&figure.table(), id, entry, diagnostics);
                let drawn: BTreeSet<i32> = figure.chart.shape().breaks().iter().map(|period| period.year()).collect();
                let given: BTreeSet<i32> = entry.value.breaks.iter().copied().collect();
                exhibits.idle_breaks.insert(id.clone(), &given - &drawn);
                let table = figure.table();
                let all = figure.beside().into_iter().chain([figure.table()]);
                exhibits.vintages.insert(id.clone(), all.flat_map(|table| vintages(&table, edition)).collect());
                let labels = table.columns.iter().map(|column| column.label.key());
                exhibits.shown.extend(labels.chain(figure.notion.clone()));
                exhibits.figures.insert(id.clone(), figure);
            }
            Err(misfit) => report(misfit, (id, entry), study, edition, diagnostics),
        }
    }
    for (id, entry) in study.tables.iter().filter(|(id, _)| shows(id)) {
        let settled = table::build(id, &entry.value, edition)
            .and_then(|mut table| Ok((sums::settle(&mut table, &entry.value.adds_up)?, table)));
        match settled {
            Ok((remarks, table)) => {
                remark(remarks, id, entry, diagnostics);
                vanishing(&table, id, entry, diagnostics);
                exhibits.vintages.insert(id.clone(), vintages(&table, edition));
                exhibits.tables.insert(id.clone(), table);
            }
            Err(misfit) => report(misfit, (id, entry), study, edition, diagnostics),
        }
    }
    exhibits
}

/// Lists the vintages behind what a table shows.
fn vintages(table: &Table, edition: &Edition) -> BTreeSet<String> {
    let of = |id: &FindingId| match id {
        FindingId::Cell(series, key) => {
            let series = edition.findings.get(series)?;
            series.cells.get(key).map(|cell| cell.vintages.clone())
        }
        FindingId::Expression(expr) => {
            expression::evaluate::<Amount>(expr, edition).ok().map(|finding| finding.cell.vintages)
        }
    };
    let entries = table.rows.iter().flat_map(|row| &row.entries);
    let all = entries.filter_map(Entry::finding).filter_map(of);
    all.flat_map(|own| own.iter().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Reports breaks that part nothing in any edition; one that an edition's periods cut off is left out there.
pub fn idle_breaks<'a>(
    study: &Study,
    editions: impl Iterator<Item = &'a Exhibits> + Clone,
    diagnostics: &mut Diagnostics,
) {
    for (id, entry) in &study.figures {
        let own: Vec<&BTreeSet<i32>> = editions.clone().filter_map(|exhibits| exhibits.idle_breaks.get(id)).collect();
        let everywhere = |year: &&i32| !own.is_empty() && own.iter().all(|idle| idle.contains(*year));
        for year in entry.value.breaks.iter().filter(everywhere) {
            let message = format!("`breaks` names {year}, which no edition has a value on both sides of");
            let hint = "take it out: a break parts a period from those before it";
            let error = Diagnostic::error(code::EXHIBIT_SHAPE, place_of(entry, id), message);
            diagnostics.push(error.hint(hint));
        }
    }
}

/// Reports colours of what no figure shows in any edition.
pub fn idle_colours<'a>(
    study: &Study,
    editions: impl Iterator<Item = &'a Exhibits> + Clone,
    diagnostics: &mut Diagnostics,
) {
    for (notion, text) in &study.colours {
        if !editions.clone().any(|exhibits| exhibits.shown.contains(notion)) {
            let message = format!("`{notion}` has a colour, but no figure shows a series of that name");
            let hint = "name a key of `series` or a category, or say in a figure what it is of: `notion:`";
            let error = Diagnostic::error(code::EXHIBIT_SHAPE, place_of(text, "colours"), message);
            diagnostics.push(error.hint(hint));
        }
    }
}

/// Warns of columns whose numbers are all printed as zero, though they are not.
fn vanishing<T>(table: &Table, id: &str, entry: &Spanned<T>, diagnostics: &mut Diagnostics) {
    let vanishes = |at: usize, column: &Column| {
        let numbers = table.rows.iter().filter_map(|row| row.entries.get(at)).filter_map(|entry| {
            let print = if let Entry::Own { print, .. } = entry { print } else { column };
            let amount = entry.mark()?.value.as_ref().ok()?;
            Some((amount.is_zero(), scaled(amount, print.thousands).round(print.decimals).to_amount().is_zero()))
        });
        let (exact, printed): (Vec<bool>, Vec<bool>) = numbers.unzip();
        exact.contains(&false) && !printed.contains(&false)
    };
    let columns = table.columns.iter().enumerate().filter(|(at, column)| vanishes(*at, column));
    let names: Vec<String> = columns.map(|(_, column)| format!("`{}`", column.label.key())).collect();
    if !names.is_empty() {
        let message = format!("every number of {} is printed as zero, though not all of them are", names.join(", "));
        let warning = Diagnostic::warning(code::EXHIBIT_VANISHING, place_of(entry, id), message);
        diagnostics.push(warning.hint("take a smaller `scale` or more `decimals`"));
    }
}

fn remark<T>(remarks: Vec<String>, id: &str, entry: &Spanned<T>, diagnostics: &mut Diagnostics) {
    for message in remarks {
        let hint = "what does not add up is no matter of rounding: take it out of `adds_up`, or mend the expressions";
        let warning = Diagnostic::warning(code::EXHIBIT_SUM, place_of(entry, id), message);
        diagnostics.push(warning.hint(hint));
    }
}

fn report<T>(
    misfit: Misfit,
    (id, entry): (&str, &Spanned<T>),
    study: &Study,
    edition: &Edition,
    diagnostics: &mut Diagnostics,
) {
    match misfit {
        Misfit::Expression(wrong) => {
            let (text, problem) = *wrong;
            crate::analysis::report(&problem, place_in(&text, &problem.span, id), &edition.name, diagnostics);
        }
        Misfit::Shape(message) => {
            diagnostics.push(Diagnostic::error(code::EXHIBIT_SHAPE, place_of(entry, id), message));
        }
        Misfit::Twice(message, hint) => {
            diagnostics.push(Diagnostic::error(code::DATA_OVERLAP, place_of(entry, id), message).hint(hint));
        }
        Misfit::Entry(wrong) => {
            let (text, message, hint) = *wrong;
            let wrong = Diagnostic::error(code::EXHIBIT_SHAPE, place_of(&text, id), message);
            diagnostics.push(wrong.maybe_hint(hint));
        }
        Misfit::Key(key, message, hint) => {
            let place = study.place_of_exhibit(id, key).covering(key.chars().count());
            diagnostics.push(Diagnostic::error(code::EXHIBIT_SHAPE, place, message).hint(hint));
        }
        Misfit::Said => {}
    }
}

/// How numbers of an exhibit are printed, as far as their id needs it.
#[derive(Clone, Copy, Debug)]
pub struct Print {
    /// Powers of a thousand that they are divided by.
    pub thousands: u8,
    /// Decimals.
    pub decimals: usize,
}

impl Print {
    fn new(scale: ScaleEntry, decimals: usize) -> Print {
        let thousands = match scale {
            ScaleEntry::One => 0,
            ScaleEntry::Thousands => 1,
            ScaleEntry::Millions => 2,
        };
        Print { thousands, decimals }
    }
}

/// Returns the id of a finding as printed: a readable stable path, `rural_balance.value.KZ-11.2022~1k`.
pub fn number_id(finding: &FindingId, print: Print, absolute: bool) -> String {
    let finding = finding.to_string();
    let signs = [
        (">=", ".min."),
        ("<=", ".max."),
        ("==", ".is."),
        ("!=", ".isnt."),
        (">", ".gt."),
        ("<", ".lt."),
        (" - ", ".less."),
        (" + ", ".plus."),
        (" * ", ".times."),
        (" / ", ".per."),
    ];
    let spelled = signs.iter().fold(finding.clone(), |text, (sign, word)| text.replace(sign, word));
    let mut slug = String::new();
    for letter in spelled.chars() {
        let letter = if letter.is_ascii_alphanumeric() || "_-@".contains(letter) { letter } else { '.' };
        if letter != '.' || !(slug.is_empty() || slug.ends_with('.')) {
            slug.push(if letter == '@' { '-' } else { letter });
        }
    }
    let mut slug = slug.trim_matches('.').to_owned();
    if slug.len() > 96 || !is_told_by_its_letters(&finding) {
        slug = format!(
            "{}.{}",
            slug[..slug.len().min(80)].trim_end_matches('.'),
            &crate::files::sha256(finding.as_bytes())[..8]
        );
    }
    let scale = ["", "k", "m", "b"][usize::from(print.thousands.min(3))];
    format!("{slug}~{}{scale}{}", print.decimals, if absolute { "abs" } else { "" })
}

/// Says whether no other finding has the same letters in the same order: a sign that is left out, or the brackets of a sum or
/// of a call within another, would make two findings one.
fn is_told_by_its_letters(finding: &str) -> bool {
    const SIGNS: [&str; 10] = [" >= ", " <= ", " == ", " != ", " > ", " < ", " - ", " + ", " * ", " / "];
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-@.,[]() ".contains(c);
    let operates = SIGNS.iter().any(|sign| finding.contains(sign));
    let rest = SIGNS.iter().fold(finding.to_owned(), |text, sign| text.replace(sign, " "));
    rest.chars().all(plain) && finding.matches('(').count() <= usize::from(!operates)
}

/// The cells of a plain path, which is all that an exhibit may ask for.
fn picked(text: &Text, edition: &Edition) -> Result<Picked, Misfit> {
    let wrong = |problem: Problem| Misfit::Expression(Box::new((text.clone(), problem.narrowed(&text.value))));
    let expr = expression::parse(&text.value).map_err(wrong)?;
    let picked = expression::pick::<Amount>(&expr, edition).map_err(wrong)?;
    picked.ok_or_else(|| {
        Misfit::Shape(format!("`{}` is not a plain path; name the expression as an analysis", text.value))
    })
}

fn mark(picked: &Picked, key: &Key, cell: &Cell, print: Print) -> Mark {
    let finding = picked.series.finding(key);
    let value = match &cell.value {
        Value::Amount(amount) => Ok(amount.clone()),
        Value::Missing(reason) => Err(*reason),
        Value::Text(_) | Value::Truth(_) | Value::Key(_) | Value::List(_) => Err(Reason::Missing),
    };
    Mark {
        number: number_id(&finding, print, false),
        finding: Some(finding),
        value,
        class: picked.series.unit_at(key).1,
        status: cell.status,
        fallback: cell.vintages.is_fallback(),
        observed: cell.vintages.observed(),
    }
}

/// A place without a finding.
fn absent(edition: &Edition, key: &Key) -> Mark {
    use crate::expression::Names;
    blank(edition.absence(key))
}

/// A place without a finding, and why.
fn blank(reason: Reason) -> Mark {
    Mark {
        number: String::new(),
        finding: None,
        value: Err(reason),
        class: crate::finding::Class::Level,
        status: crate::finding::Status::Published,
        fallback: false,
        observed: crate::finding::Observations::default(),
    }
}

fn label(part: &Part, edition: &Edition) -> Label {
    match part {
        Part::Territory(code) if edition.is_country(code) => Label::Country(code.clone()),
        Part::Territory(code) => Label::Territory(code.clone()),
        Part::Period(period) => Label::Period(*period),
        Part::Category(name) => Label::Member(name.to_string()),
    }
}
