//! Search: what of the findings prints as a number does: dates, stock or mean, kinds of flow, vintages, borders, rounding.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::{How, Line, is_table, lines, visit_all};
use super::probe::{CellName, Probe};
use super::scan::{self, Found, Unread};
use super::{Mode, Printed};
use crate::analysis::Edition;
use crate::expression::{self, Material};
use crate::finding::{Amount, Class, FindingId, Unit};

/// A number whose origin is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The digits.
    pub printed: Printed,
    /// What one printed unit may stand for: as the scale word says, or else one, a thousand, a million.
    pub scales: Vec<i64>,
    /// What it is counted in, where a word says so.
    pub units: Vec<Unit>,
}

/// Something of the findings that prints so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The expression.
    pub expr: String,
    /// Its value.
    pub value: Amount,
    /// The unit.
    pub unit: Unit,
    /// What one printed unit stands for.
    pub scale: i64,
    /// The way of rounding.
    pub mode: Mode,
    /// What kind of figure it is.
    pub how: How,
    /// The vintages behind it.
    pub vintages: Vec<String>,
    /// The edition.
    pub edition: String,
    /// Where the cells stand that it is made of.
    pub places: Vec<String>,
    /// True where the sign is left out in print.
    pub unsigned: bool,
    /// True where it is of the whole country.
    pub national: bool,
    /// True where it is made of figures that a judged paper prints itself: these are no origin.
    pub own: bool,
}

/// A row between two of whose dates a number lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Between {
    /// The cell before.
    pub from: String,
    /// The cell after.
    pub to: String,
    /// The day on which a straight line from the one to the other reaches it: `2023-10-02`.
    pub day: String,
}

/// A cell of a vintage that no edition uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// `table.measure[key]`.
    pub name: String,
    /// Its value.
    pub value: Amount,
    /// Its unit.
    pub unit: Unit,
    /// Its vintage.
    pub vintage: String,
    /// Whether it is of the whole country.
    pub national: bool,
}

const PERSONS: [Unit; 2] = [Unit::Persons, Unit::PersonsPerYear];
const MONEY: [Unit; 2] = [Unit::TengePerMonth, Unit::ThousandTenge];

impl Sought {
    /// Reads `19967964`, `14883,6`, `43,2 тыс`, `5,8%`, `минус 2,6 раза`; a number without a word may be in thousands too.
    pub fn parse(text: &str) -> Result<Sought, Unread> {
        let found = scan::read(text)?;
        let sought = Sought::of(&found).ok_or(Unread::NoDecimal)?;
        let bare = found.measured.is_bare();
        Ok(if bare { Sought { scales: vec![1, 1_000, 1_000_000], ..sought } } else { sought })
    }

    /// Makes what is looked for of a number of a text.
    pub fn of(found: &Found) -> Option<Sought> {
        let units = match (found.measured.per, found.measured.name) {
            (Some(1000), _) | (None, Some("per-mille")) => vec![Unit::PerMille, Unit::PerMillePoints],
            (Some(_), _) => vec![Unit::None],
            (None, Some("percent")) => vec![Unit::Percent, Unit::PercentagePoints],
            (None, Some("percentage-points")) => vec![Unit::PercentagePoints],
            (None, Some("times")) => vec![Unit::Times],
            (None, Some("persons")) => PERSONS.to_vec(),
            (None, Some("count") | None) => Vec::new(),
            (None, Some(currency)) => {
                let own: Vec<Unit> = MONEY.into_iter().filter(|unit| unit.name().contains(currency)).collect();
                if own.is_empty() { vec![Unit::None] } else { own }
            }
        };
        Some(Sought { printed: found.number()?, scales: vec![found.measured.scale()], units })
    }

    /// Returns how many digits of it tell it from others.
    pub fn digits(&self) -> usize {
        let digits: String = self.printed.value.round(self.printed.decimals as usize).to_string();
        digits.chars().filter(char::is_ascii_digit).collect::<String>().trim_start_matches('0').len()
    }

    /// Returns true where about this value may print so: a quick look before the exact one.
    fn may_be(&self, about: f64) -> bool {
        let (printed, unit) = (self.printed.value.to_f64().abs(), self.printed.last_place().to_f64());
        self.scales.iter().any(|scale| (about.abs() / *scale as f64 - printed).abs() <= unit * 1.001)
    }

    /// Says in which scale, way of rounding and with or without its sign a value prints so.
    fn prints(&self, exact: &Amount, unit: Unit) -> Option<(i64, Mode, bool)> {
        // What a text calls a unit of the study, the text alone cannot say.
        let own = matches!(unit, Unit::Own(_));
        let fits = self.units.contains(&unit) || own && self.units.contains(&Unit::None);
        if !self.units.is_empty() && !fits {
            return None;
        }
        let scaled = PERSONS.contains(&unit) || MONEY.contains(&unit) || own || unit == Unit::None;
        // Scale words go with persons and money, not with shares.
        self.scales.iter().filter(|scale| **scale == 1 || scaled).find_map(|scale| {
            let value = exact.divided_by(&Amount::Integer(*scale))?;
            let unsigned = value.signum() < 0 && self.printed.value.signum() > 0;
            let value = if unsigned { value.magnitude() } else { value };
            let mode = Mode::ALL.into_iter().find(|mode| self.printed.is(*mode, &value))?;
            // An unusual way of rounding proves something only where there are digits enough.
            (mode == Mode::HalfAway || self.digits() >= 4).then_some((*scale, mode, unsigned))
        })
    }
}

/// Finds what prints so in the findings of editions and in vintages that none of them uses, the most plausible first.
pub fn search(sought: &Sought, editions: &[&Edition], shelved: &[Shelved], own: &[&str]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut known = BTreeSet::new();
    for edition in editions {
        let mut written: Vec<(How, String)> = Vec::new();
        visit_all(edition, &mut |about, how, write| {
            if sought.may_be(about) {
                written.push((how, write()));
            }
        });
        for (how, expr) in written {
            let Some(hit) = hit(sought, &expr, how, edition, own) else { continue };
            // The same cells under another name, or in another edition, are the same origin.
            if known.insert((hit.how, hit.places.clone(), hit.value.to_string(), how_written(&hit))) {
                hits.push(hit);
            }
        }
    }
    hits.extend(shelved.iter().filter_map(|cell| off_the_shelf(sought, cell, own)));
    hits.sort_by_key(|hit| {
        let unusual = (hit.own, hit.mode, hit.unsigned);
        (
            unusual,
            !hit.how.is_simple(),
            !hit.national,
            hit.how,
            std::cmp::Reverse(years(&hit.expr)),
            hit.expr.len(),
            hit.expr.clone(),
        )
    });
    hits
}

/// What tells two computations on the same cells apart.
fn how_written(hit: &Hit) -> String {
    if hit.how == How::Study { hit.expr.clone() } else { String::new() }
}

/// Returns the last year that an expression names.
fn years(expr: &str) -> Option<i32> {
    expr.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4).filter_map(|run| run.parse().ok()).max()
}

/// Evaluates a candidate exactly and says how it prints.
fn hit(sought: &Sought, expr: &str, how: How, edition: &Edition, own: &[&str]) -> Option<Hit> {
    let probe = Probe::new(edition);
    let material: &dyn Material<Amount> = &probe;
    let parsed = expression::parse(expr).ok()?;
    let term = expression::evaluate(&parsed, material).ok()?;
    let value = term.cell.value.amount()?.clone();
    let (scale, mode, unsigned) = sought.prints(&value, term.unit)?;
    let vintages: Vec<String> = term.cell.vintages.iter().map(str::to_owned).collect();
    let cells: Vec<CellName> = probe.reads.take().into_keys().collect();
    let national = cells.iter().all(|(_, key)| key.territory().is_none_or(|code| edition.is_country(code)));
    Some(Hit {
        expr: expr.to_owned(),
        unit: term.unit,
        scale,
        mode,
        how,
        own: is_own(&vintages, own),
        vintages,
        edition: edition.name.clone(),
        places: cells.iter().map(|cell| place(cell, edition)).collect(),
        unsigned,
        national,
        value,
    })
}

fn is_own(vintages: &[String], own: &[&str]) -> bool {
    !vintages.is_empty() && vintages.iter().all(|vintage| own.contains(&vintage.as_str()))
}

/// Names where a cell stands: its place in a file, or its name where it is computed.
fn place((series, key): &CellName, edition: &Edition) -> String {
    let source = edition.findings.get(series).and_then(|series| series.sources(key).first().map(ToString::to_string));
    source.unwrap_or_else(|| FindingId::Cell(series.clone(), key.clone()).to_string())
}

fn off_the_shelf(sought: &Sought, cell: &Shelved, own: &[&str]) -> Option<Hit> {
    let (scale, mode, unsigned) = sought.prints(&cell.value, cell.unit)?;
    let vintages = vec![cell.vintage.clone()];
    Some(Hit {
        expr: cell.name.clone(),
        value: cell.value.clone(),
        unit: cell.unit,
        scale,
        mode,
        how: How::Cell,
        own: is_own(&vintages, own),
        vintages,
        edition: String::new(),
        places: vec![format!("{}, not in any edition", cell.vintage)],
        unsigned,
        national: cell.national,
    })
}

/// Lists what comes closest where nothing prints so: no more than one part in a hundred away.
pub fn nearest(sought: &Sought, editions: &[&Edition], own: &[&str]) -> Vec<Hit> {
    let mut near: BTreeMap<String, (f64, Hit)> = BTreeMap::new();
    let printed = sought.printed.value.to_f64().abs();
    for edition in editions {
        let mut found: Vec<(f64, How, String)> = Vec::new();
        visit_all(edition, &mut |about, how, write| {
            let off = |scale: &i64| (about.abs() / *scale as f64 - printed).abs();
            let off = sought.scales.iter().map(off).fold(f64::INFINITY, f64::min);
            let simple = matches!(how, How::Cell | How::Mean | How::Months | How::Balance);
            if simple && off * 100.0 <= printed && found.iter().filter(|(other, ..)| *other <= off).count() < MOST_NEAR
            {
                found.push((off, how, write()));
            }
        });
        for (off, how, expr) in found {
            let loose =
                |scale: i64| Sought { scales: vec![scale], printed: Printed::of(Amount::ZERO, 0), units: Vec::new() };
            let hit = sought.scales.iter().find_map(|scale| loosely(&loose(*scale), sought, &expr, how, edition, own));
            if let Some(hit) = hit.filter(|hit| !hit.own) {
                near.entry(hit.places.join(";")).or_insert((off, hit));
            }
        }
    }
    let mut near: Vec<(f64, Hit)> = near.into_values().collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.expr.cmp(&b.1.expr)));
    near.into_iter().take(MOST_NEAR).map(|(_, hit)| hit).collect()
}

/// More near misses than this are no help.
const MOST_NEAR: usize = 3;

/// Makes the hit of something that is near.
fn loosely(scale: &Sought, sought: &Sought, expr: &str, how: How, edition: &Edition, own: &[&str]) -> Option<Hit> {
    let finding = expression::ask(expr, edition).ok()?;
    let value = finding.cell.value.amount()?;
    let shown = value.divided_by(&Amount::Integer(*scale.scales.first()?))?.magnitude();
    let off = shown.minus(&sought.printed.value.magnitude()).magnitude();
    if off.times(&Amount::Integer(100)) > sought.printed.value.magnitude() {
        return None;
    }
    let exact = Sought { printed: Printed::of(shown.round(0).to_amount(), 0), ..scale.clone() };
    hit(&Sought { units: sought.units.clone(), ..exact }, expr, how, edition, own)
}

/// Finds between which two dates of the country's levels a number lies, and when a straight line reaches it.
pub fn between(sought: &Sought, editions: &[&Edition]) -> Vec<Between> {
    let mut found = Vec::new();
    let tables = editions.iter().flat_map(|edition| edition.findings.iter().map(move |series| (edition, series)));
    for (edition, series) in tables.filter(|(edition, series)| is_table(series, edition)) {
        if series.class != Class::Level || series.unit != Unit::Persons || sought.digits() < 5 {
            continue;
        }
        for line in lines(series, false).iter().filter(|line| line.is_national(edition)) {
            found.extend(
                sought.scales.iter().filter_map(|scale| crossing(line, sought.printed.value.to_f64() * *scale as f64)),
            );
        }
    }
    found.dedup();
    let mut once: Vec<Between> = Vec::new();
    for one in found {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

fn crossing(line: &Line, value: f64) -> Option<Between> {
    let pair =
        line.points.windows(2).position(|pair| (pair[0].1 < value) != (pair[1].1 < value) && pair[0].1 != value)?;
    let ((period, start), (_, end)) = (line.points[pair], line.points[pair + 1]);
    const MONTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut day = ((value - start) / (end - start) * 365.0) as u32;
    let mut month = 0;
    while month < 11 && day >= MONTHS[month] {
        day -= MONTHS[month];
        month += 1;
    }
    let day = format!("{}-{:02}-{:02}", period.year(), month + 1, day + 1);
    Some(Between { from: line.name(pair), to: line.name(pair + 1), day })
}
