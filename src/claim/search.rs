//! Search: what of the findings prints as a number does: dates, stock or mean, kinds of flow, vintages, borders, rounding.

use std::collections::BTreeMap;

use super::{Mode, Printed};
use crate::analysis::Edition;
use crate::finding::{Amount, Class, Key, Lineage, Part, Period, Role, Series, Unit, Value};

/// A number whose origin is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The digits.
    pub printed: Printed,
    /// What one printed unit may stand for: as the scale word says, or else one, a thousand, a million.
    pub scales: Vec<i64>,
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
    /// What kind of figure it is: a cell, a mean of two dates, a sum of months.
    pub how: &'static str,
    /// The vintages behind it.
    pub vintages: Vec<String>,
    /// The edition.
    pub edition: String,
    /// True where the sign is left out in print.
    pub unsigned: bool,
}

/// A figure that may be what was meant.
struct Candidate {
    expr: String,
    value: Amount,
    unit: Unit,
    how: &'static str,
    vintages: Vec<String>,
}

impl Sought {
    /// Reads `19967964`, `14883,6`, `43,2 тыс`, `5,8%`.
    pub fn parse(text: &str) -> Option<Sought> {
        let text = text.trim();
        let split = text.find(|c: char| c.is_alphabetic() || c == '%' || c == '‰').unwrap_or(text.len());
        let (digits, word) = text.split_at(split);
        let printed = Printed::parse(digits.trim())?;
        let word = word.trim().to_lowercase();
        let scales = match word.as_str() {
            w if w.starts_with("тыс") || w.starts_with("мың") || w.starts_with("thousand") => vec![1_000],
            w if w.starts_with("млн") || w.starts_with("million") => vec![1_000_000],
            w if w.starts_with("млрд") || w.starts_with("billion") => vec![1_000_000_000],
            "" => vec![1, 1_000, 1_000_000],
            _ => vec![1],
        };
        Some(Sought { printed, scales })
    }

    /// Returns how many digits of it tell it from others.
    pub fn digits(&self) -> usize {
        let digits: String = self.printed.value.round(self.printed.decimals as usize).to_string();
        digits.chars().filter(char::is_ascii_digit).collect::<String>().trim_start_matches('0').len()
    }
}

/// Finds what prints so in the findings of editions, the closest reading first; figures of the paper itself are no origin.
pub fn search(sought: &Sought, editions: &[&Edition], own: &[&str]) -> Vec<Hit> {
    let mut hits: BTreeMap<(String, i64), Hit> = BTreeMap::new();
    for edition in editions {
        for candidate in candidates(edition) {
            let of_paper = |vintage: &String| own.contains(&vintage.as_str());
            if !candidate.vintages.is_empty() && candidate.vintages.iter().all(of_paper) {
                continue;
            }
            for scale in &sought.scales {
                let known = (candidate.expr.clone(), *scale);
                if let Some(hit) = fits(sought, &candidate, *scale, &edition.name)
                    && hits.get(&known).is_none_or(|before| before.vintages == hit.vintages)
                {
                    hits.insert(known, hit);
                }
            }
        }
    }
    let mut hits: Vec<Hit> = hits.into_values().collect();
    hits.sort_by_key(|hit| (hit.mode, hit.unsigned, hit.how != CELL, hit.expr.len(), hit.expr.clone()));
    hits
}

/// Lists what comes closest where nothing prints so: no more than one part in a hundred away.
pub fn nearest(sought: &Sought, editions: &[&Edition], own: &[&str]) -> Vec<Hit> {
    let mut near: BTreeMap<String, (Amount, Hit)> = BTreeMap::new();
    for candidate in editions.iter().flat_map(|edition| candidates(edition)).filter(|c| c.how == CELL) {
        if candidate.vintages.iter().any(|vintage| own.contains(&vintage.as_str())) {
            continue;
        }
        for scale in &sought.scales {
            let Some(value) = candidate.value.divided_by(&Amount::Integer(*scale)) else { continue };
            let off = value.magnitude().minus(&sought.printed.value.magnitude()).magnitude();
            if off.times(&Amount::Integer(100)) <= sought.printed.value.magnitude() {
                let hit = hit(&candidate, *scale, Mode::HalfAway, false, "");
                near.insert(candidate.expr.clone(), (off, hit));
            }
        }
    }
    let mut near: Vec<(Amount, Hit)> = near.into_values().collect();
    near.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.expr.cmp(&b.1.expr)));
    near.into_iter().take(3).map(|(_, hit)| hit).collect()
}

/// What a figure is called that a publisher prints.
pub const CELL: &str = "as published";

fn hit(candidate: &Candidate, scale: i64, mode: Mode, unsigned: bool, edition: &str) -> Hit {
    Hit {
        expr: candidate.expr.clone(),
        value: candidate.value.clone(),
        unit: candidate.unit,
        scale,
        mode,
        how: candidate.how,
        vintages: candidate.vintages.clone(),
        edition: edition.to_owned(),
        unsigned,
    }
}

fn fits(sought: &Sought, candidate: &Candidate, scale: i64, edition: &str) -> Option<Hit> {
    // Scale words go with persons and money, not with shares.
    if scale > 1 && !matches!(candidate.unit, Unit::Persons | Unit::TengePerMonth | Unit::ThousandTenge) {
        return None;
    }
    let value = candidate.value.divided_by(&Amount::Integer(scale))?;
    let unsigned = value.signum() < 0 && sought.printed.value.signum() > 0;
    let value = if unsigned { value.magnitude() } else { value };
    let prints = |mode: &Mode| mode.round(&value, sought.printed.decimals) == sought.printed.value;
    let mode = Mode::ALL.into_iter().find(prints)?;
    // An unusual way of rounding proves something only where there are digits enough.
    (mode == Mode::HalfAway || sought.digits() >= 4).then(|| hit(candidate, scale, mode, unsigned, edition))
}

fn candidates(edition: &Edition) -> Vec<Candidate> {
    let mut all = Vec::new();
    for series in edition.findings.iter() {
        // A table of one measure stands there twice.
        let alias = series.path.strip_suffix(".value").is_some_and(|name| {
            matches!(series.lineage, Lineage::Files(_)) && edition.findings.members(name).len() > 1
        });
        if alias {
            continue;
        }
        cells(series, &mut all);
        if matches!(series.lineage, Lineage::Files(_)) {
            means_and_sums(series, &mut all);
            shares(series, edition, &mut all);
            differences(series, edition, &mut all);
        }
    }
    all
}

fn candidate(expr: String, value: Amount, series: &Series, keys: &[&Key], how: &'static str) -> Candidate {
    let mut vintages: Vec<String> = keys
        .iter()
        .filter_map(|key| series.cells.get(*key))
        .flat_map(|cell| cell.vintages.iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    vintages.sort();
    vintages.dedup();
    let unit = keys.first().map_or(series.unit, |key| series.unit_at(key).0);
    Candidate { expr, value, unit, how, vintages }
}

fn amount<'a>(series: &'a Series, key: &Key) -> Option<&'a Amount> {
    match &series.cells.get(key)?.value {
        Value::Amount(amount) => Some(amount),
        _ => None,
    }
}

fn cells(series: &Series, all: &mut Vec<Candidate>) {
    for key in series.cells.keys() {
        if let Some(value) = amount(series, key) {
            let how = if matches!(series.lineage, Lineage::Files(_)) { CELL } else { "computed by the study" };
            all.push(candidate(format!("{}[{key}]", series.path), value.clone(), series, &[key], how));
        }
    }
}

/// Returns a key with another period.
fn at_period(key: &Key, at: usize, period: Period) -> Key {
    let mut other = key.clone();
    other.0[at] = Part::Period(period);
    other
}

fn means_and_sums(series: &Series, all: &mut Vec<Candidate>) {
    let Some(at) = series.position(Role::Period) else { return };
    let mut years: BTreeMap<Key, (Vec<&Key>, Amount)> = BTreeMap::new();
    for key in series.cells.keys() {
        let (Some(period), Some(value)) = (key.0[at].period(), amount(series, key)) else { continue };
        if period.month().is_some() && period.day().is_none() {
            let sum =
                years.entry(at_period(key, at, Period::of_year(period.year()))).or_insert((Vec::new(), Amount::ZERO));
            sum.0.push(key);
            sum.1 = sum.1.plus(value);
            continue;
        }
        let next = at_period(key, at, period.next());
        let Some(later) = amount(series, &next) else { continue };
        let (here, there) = (format!("{}[{key}]", series.path), format!("{}[{next}]", series.path));
        if series.class == Class::Level
            && series.unit == Unit::Persons
            && let Some(mean) = value.plus(later).divided_by(&Amount::Integer(2))
        {
            all.push(candidate(format!("({here} + {there}) / 2"), mean, series, &[key, &next], "mean of two dates"));
        }
        if series.class != Class::Signed
            && let Some(ratio) = later.times(&Amount::Integer(100)).divided_by(value)
        {
            let growth = ratio.minus(&Amount::Integer(100));
            let mut found =
                candidate(format!("growth({here}, {there})"), growth, series, &[key, &next], "growth in a year");
            found.unit = Unit::Percent;
            all.push(found);
        }
    }
    for (key, (months, sum)) in years.into_iter().filter(|(_, (months, _))| months.len() == 12) {
        all.push(candidate(format!("sum({}[{key}])", series.path), sum, series, &months, "sum of months"));
    }
}

fn shares(series: &Series, edition: &Edition, all: &mut Vec<Candidate>) {
    let Some((table, measure)) = series.path.split_once('.') else { return };
    let Some(total) = edition.findings.get(&format!("{table}.total")).filter(|_| measure != "total") else { return };
    if total.class == Class::Signed {
        return;
    }
    for key in series.cells.keys() {
        let parts = amount(series, key).zip(amount(total, key));
        let share = parts.and_then(|(part, whole)| part.times(&Amount::Integer(100)).divided_by(whole));
        if let Some(share) = share {
            let expr = format!("share({}[{key}], {}[{key}])", series.path, total.path);
            let mut found = candidate(expr, share, series, &[key], "share of the total");
            found.unit = Unit::Percent;
            all.push(found);
        }
    }
}

fn differences(series: &Series, edition: &Edition, all: &mut Vec<Candidate>) {
    let Some(table) = series.path.strip_suffix(".arrivals") else { return };
    let Some(departures) = edition.findings.get(&format!("{table}.departures")) else { return };
    for key in series.cells.keys() {
        if let Some((came, went)) = amount(series, key).zip(amount(departures, key)) {
            let expr = format!("{}[{key}] - {}[{key}]", series.path, departures.path);
            all.push(candidate(expr, came.minus(went), series, &[key], "arrivals less departures"));
        }
    }
}
