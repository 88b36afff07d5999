//! Candidates: every figure that a number may have come from: cells, means of two dates, sums, shares, growth, rates.

use std::collections::BTreeMap;

use crate::analysis::Edition;
use crate::expression::Item;
use crate::finding::{Class, Key, Part, Period, Role, Series, Unit, VALUE, Value};

/// What kind of figure it is, the most plausible first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// A cell of a table.
    Cell,
    /// The mean of two dates a year apart.
    Mean,
    /// The twelve months of a year.
    Months,
    /// What came less what left.
    Balance,
    /// A measure in its table's total.
    ShareOfTotal,
    /// A territory in the country.
    ShareOfCountry,
    /// The territories of a named set.
    Set,
    /// Territories that were one before a reform.
    Merged,
    /// All members of a category.
    Members,
    /// Growth from a year to the next.
    GrowthInAYear,
    /// The first months of a year.
    FirstMonths,
    /// Several years.
    Years,
    /// Growth over several years.
    Growth,
    /// How many times one year is another.
    Ratio,
    /// One year less another.
    Difference,
    /// Events per thousand residents.
    PerMille,
    /// Growth between a mean of two dates and a date.
    MeanToDate,
    /// Computed by the study.
    Study,
}

impl How {
    /// Returns true for what papers print most: a figure as it is published, its mean, its share.
    pub fn is_simple(self) -> bool {
        self <= How::ShareOfTotal
    }

    /// Says what it is.
    pub fn text(self) -> &'static str {
        match self {
            How::Cell => "as published",
            How::Mean => "mean of two dates",
            How::Months => "sum of months",
            How::Balance => "arrivals less departures",
            How::ShareOfTotal => "share of the total",
            How::ShareOfCountry => "share of the country",
            How::Set => "sum over a set of regions",
            How::Merged => "sum in the borders before a reform",
            How::Members => "sum over a category",
            How::GrowthInAYear => "growth in a year",
            How::FirstMonths => "sum of the first months",
            How::Years => "sum of years",
            How::Growth => "growth over several years",
            How::Ratio => "ratio of two years",
            How::Difference => "difference of two years",
            How::PerMille => "per thousand residents",
            How::MeanToDate => "growth between a mean of two dates and a date",
            How::Study => "computed by the study",
        }
    }
}

/// Who looks at candidates: about what each comes to, its kind, and how to write it.
pub type Visit<'a> = dyn FnMut(f64, How, &dyn Fn() -> String) + 'a;

/// The years of one row of a table; where a table splits by categories, of their sums.
pub struct Line<'a> {
    /// The series.
    pub series: &'a Series,
    /// The key of its first year.
    key: &'a Key,
    at: usize,
    /// The categories over all of whose members it is summed.
    summed: Vec<usize>,
    /// Its years, or months, with about what stands there.
    pub points: Vec<(Period, f64)>,
}

impl Line<'_> {
    fn with(&self, time: &str) -> String {
        let part = |(at, part): (usize, &Part)| match at {
            at if at == self.at => time.to_owned(),
            at if self.summed.contains(&at) => "all".to_owned(),
            _ => Item::Part(part.clone()).to_string(),
        };
        let parts: Vec<String> = self.key.0.iter().enumerate().map(part).collect();
        format!("{}[{}]", self.series.id, parts.join(","))
    }

    /// Writes the cell of a point, or the sum of cells that it is.
    pub fn name(&self, point: usize) -> String {
        let cells = self.with(&self.points[point].0.to_string());
        if self.summed.is_empty() { cells } else { format!("sum({cells})") }
    }

    fn span(&self, from: usize, to: usize) -> String {
        self.with(&format!("{}..{}", self.points[from].0, self.points[to].0))
    }

    /// Returns true for a line of the whole country.
    pub fn is_national(&self, edition: &Edition) -> bool {
        self.key.territory().is_none_or(|code| edition.is_country(code))
    }
}

/// Lists the rows of a table, of whole years or of months; of a table that splits by categories, sums over these.
pub fn lines(series: &Series, months: bool) -> Vec<Line<'_>> {
    let Some(at) = series.position(Role::Period) else { return Vec::new() };
    let mut found: BTreeMap<(usize, Vec<&Part>), Line> = BTreeMap::new();
    for (which, summed) in subsets(series).into_iter().enumerate() {
        for (key, cell) in &series.cells {
            let (Some(period), Value::Amount(value)) = (key.0[at].period(), &cell.value) else { continue };
            if period.month().is_some() != months || period.day().is_some() {
                continue;
            }
            let row = key.0.iter().enumerate().filter(|(i, _)| *i != at && !summed.contains(i));
            let row = (which, row.map(|(_, part)| part).collect());
            let new = || Line { series, key, at, summed: summed.clone(), points: Vec::new() };
            let line = found.entry(row).or_insert_with(new);
            match line.points.iter_mut().find(|(other, _)| *other == period) {
                Some((_, sum)) => *sum += value.to_f64(),
                None => line.points.push((period, value.to_f64())),
            }
        }
    }
    let mut lines: Vec<Line> = found.into_values().collect();
    lines.iter_mut().for_each(|line| line.points.sort_by_key(|(period, _)| *period));
    lines
}

/// Lists the choices of categories to sum over: none where there are none, else one or more of them.
fn subsets(series: &Series) -> Vec<Vec<usize>> {
    let categories: Vec<usize> =
        (0..series.dimensions.len()).filter(|at| series.dimensions[*at].role == Role::Category).collect();
    let chosen = |mask: usize| {
        let of_mask = categories.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1);
        of_mask.map(|(_, at)| *at).collect()
    };
    match categories.len() {
        0 => vec![Vec::new()],
        length => (1..1usize << length.min(4)).map(chosen).collect(),
    }
}

/// The measure that counts all of a table.
const TOTAL: &str = "total";

/// Returns true for a series read from files; a table of one measure stands there twice, and counts once.
pub fn is_table(series: &Series, edition: &Edition) -> bool {
    let alias = *series.id.member == *VALUE && edition.findings.members(&series.id.name).len() > 1;
    series.is_of_files() && !alias
}

/// Shows all candidates of an edition.
pub fn visit_all(edition: &Edition, visit: &mut Visit) {
    let residents = edition.findings.iter().find(|series| {
        *series.id.member == *TOTAL
            && series.class == Class::Level
            && series.unit == Unit::Persons
            && is_table(series, edition)
    });
    for series in edition.findings.iter() {
        let table = is_table(series, edition);
        if !table && series.is_of_files() {
            continue;
        }
        cells(series, if table { How::Cell } else { How::Study }, visit);
        if table {
            for line in lines(series, false) {
                along(&line, edition, visit);
            }
            for line in lines(series, true) {
                months(&line, visit);
            }
            shares(series, edition, visit);
            sets(series, edition, visit);
            members(series, visit);
            balance(series, edition, visit);
            if let Some(residents) = residents {
                rates(series, residents, visit);
            }
        }
    }
}

fn value(series: &Series, key: &Key) -> Option<f64> {
    series.cells.get(key)?.value.amount().map(|amount| amount.to_f64())
}

fn cells(series: &Series, how: How, visit: &mut Visit) {
    for (key, cell) in &series.cells {
        if let Value::Amount(amount) = &cell.value {
            visit(amount.to_f64(), how, &|| series.finding(key).to_string());
        }
    }
}

/// Means, sums, growth and differences along the years of a row.
fn along(line: &Line, edition: &Edition, visit: &mut Visit) {
    let (level, signed) = (line.series.class == Class::Level, line.series.class == Class::Signed);
    let persons = line.series.unit == Unit::Persons;
    let points = &line.points;
    for (from, (_, start)) in points.iter().enumerate() {
        let mut sum = *start;
        for (to, (_, end)) in points.iter().enumerate().skip(from + 1) {
            sum += end;
            if level && persons && to == from + 1 {
                visit((start + end) / 2.0, How::Mean, &|| format!("({} + {}) / 2", line.name(from), line.name(to)));
            }
            if !level && persons {
                visit(sum, How::Years, &|| format!("sum({})", line.span(from, to)));
            }
            if !signed && *start != 0.0 {
                let how = if to == from + 1 { How::GrowthInAYear } else { How::Growth };
                visit((end / start - 1.0) * 100.0, how, &|| format!("growth({}, {})", line.name(from), line.name(to)));
                visit(end / start, How::Ratio, &|| format!("ratio({}, {})", line.name(to), line.name(from)));
            }
            visit(end - start, How::Difference, &|| format!("{} - {}", line.name(to), line.name(from)));
        }
    }
    if level && persons && line.is_national(edition) {
        means_to_dates(line, visit);
    }
}

fn means_to_dates(line: &Line, visit: &mut Visit) {
    let points = &line.points;
    let mean = |at: usize| (points[at].1 + points[at + 1].1) / 2.0;
    let written = |at: usize| format!("({} + {}) / 2", line.name(at), line.name(at + 1));
    for from in 0..points.len().saturating_sub(1) {
        for to in from + 1..points.len() {
            let growth = |a: f64, b: f64| (b / a - 1.0) * 100.0;
            visit(growth(mean(from), points[to].1), How::MeanToDate, &|| {
                format!("growth({}, {})", written(from), line.name(to))
            });
            if to + 1 < points.len() {
                visit(growth(mean(from), mean(to)), How::MeanToDate, &|| {
                    format!("growth({}, {})", written(from), written(to))
                });
                visit(growth(points[from].1, mean(to)), How::MeanToDate, &|| {
                    format!("growth({}, {})", line.name(from), written(to))
                });
            }
        }
    }
}

fn months(line: &Line, visit: &mut Visit) {
    let mut sum = (0, 0.0);
    let mut first = 0;
    for (at, (period, amount)) in line.points.iter().enumerate() {
        if at == 0 || period.year() != line.points[first].0.year() {
            (sum, first) = ((0, 0.0), at);
        }
        sum = (sum.0 + 1, sum.1 + amount);
        let starts = line.points[first].0.month() == Some(1) && period.month() == Some(sum.0);
        if starts && sum.0 == 12 {
            visit(sum.1, How::Months, &|| format!("sum({})", line.with(&period.year().to_string())));
        } else if starts && sum.0 > 1 {
            visit(sum.1, How::FirstMonths, &|| format!("sum({})", line.span(first, at)));
        }
    }
}

fn shares(series: &Series, edition: &Edition, visit: &mut Visit) {
    if series.class == Class::Signed {
        return;
    }
    let total = edition.findings.member(&series.id.name, TOTAL).filter(|total| total.id != series.id);
    let at = series.position(Role::Territory);
    for key in series.cells.keys() {
        let Some(part) = value(series, key) else { continue };
        if let Some((total, whole)) = total.and_then(|total| Some((total, value(total, key)?))) {
            visit(part / whole * 100.0, How::ShareOfTotal, &|| {
                format!("share({}, {})", series.finding(key), total.finding(key))
            });
        }
        let country = at.zip(key.territory()).filter(|(_, code)| !edition.is_country(code));
        let country = country.and_then(|(at, _)| {
            let mut other = key.clone();
            let part = series
                .members_along(at)?
                .iter()
                .find(|part| part.territory().is_some_and(|code| edition.is_country(code)))?;
            other.0[at] = part.clone();
            value(series, &other).map(|whole| (other, whole))
        });
        if let Some((country, whole)) = country {
            visit(part / whole * 100.0, How::ShareOfCountry, &|| {
                format!("share({}, {})", series.finding(key), series.finding(&country))
            });
        }
    }
}

/// Sums over named sets of territories, and over what was one before a reform.
fn sets(series: &Series, edition: &Edition, visit: &mut Visit) {
    let (Some(at), Some(time)) = (series.position(Role::Territory), series.position(Role::Period)) else { return };
    if series.dimensions.len() != 2 {
        return;
    }
    let mut groups: Vec<(String, How, Vec<Part>)> = Vec::new();
    let known = series.members_along(at).cloned().unwrap_or_default();
    for (name, codes) in &edition.sets {
        let parts = known.iter().filter(|part| part.territory().is_some_and(|code| codes.contains(&code.plain())));
        groups.push((name.clone(), How::Set, parts.cloned().collect()));
    }
    let mut before: BTreeMap<String, Vec<Part>> = BTreeMap::new();
    for part in &known {
        if let Some(code) = part.territory().filter(|code| !edition.is_country(code)) {
            before.entry(edition.territories().merged(code).to_string()).or_default().push(part.clone());
        }
    }
    for parts in before.into_values().filter(|parts| parts.len() > 1) {
        let names: Vec<String> = parts.iter().map(ToString::to_string).collect();
        groups.push((names.join("|"), How::Merged, parts));
    }
    let periods = series.members_along(time).cloned().unwrap_or_default();
    for (name, how, parts) in &groups {
        for period in &periods {
            let key = |part: &Part| {
                let mut key = Key(vec![period.clone(), period.clone()]);
                key.0[at] = part.clone();
                key
            };
            let sum: f64 = parts.iter().filter_map(|part| value(series, &key(part))).sum();
            let selectors = if at == 0 { format!("{name},{period}") } else { format!("{period},{name}") };
            visit(sum, *how, &|| format!("sum({}[{selectors}])", series.id));
        }
    }
}

/// Sums over all members of categories.
fn members(series: &Series, visit: &mut Visit) {
    if series.unit != Unit::Persons {
        return;
    }
    for summed in subsets(series).into_iter().filter(|summed| !summed.is_empty()) {
        let mut sums: BTreeMap<Vec<String>, f64> = BTreeMap::new();
        for (key, cell) in &series.cells {
            let Value::Amount(amount) = &cell.value else { continue };
            let part = |(at, part): (usize, &Part)| {
                if summed.contains(&at) { "all".to_owned() } else { Item::Part(part.clone()).to_string() }
            };
            *sums.entry(key.0.iter().enumerate().map(part).collect()).or_default() += amount.to_f64();
        }
        for (selectors, sum) in sums {
            visit(sum, How::Members, &|| format!("sum({}[{}])", series.id, selectors.join(",")));
        }
    }
}

fn balance(series: &Series, edition: &Edition, visit: &mut Visit) {
    let departures = edition.findings.member(&series.id.name, "departures");
    let Some(departures) = departures.filter(|_| &*series.id.member == "arrivals") else { return };
    for key in series.cells.keys() {
        if let Some((came, went)) = value(series, key).zip(value(departures, key)) {
            visit(came - went, How::Balance, &|| format!("{} - {}", series.finding(key), departures.finding(key)));
        }
    }
}

fn rates(series: &Series, residents: &Series, visit: &mut Visit) {
    let alike =
        series.dimensions == residents.dimensions && series.unit == Unit::Persons && series.class != Class::Level;
    let Some(at) = series.position(Role::Period).filter(|_| alike) else { return };
    for key in series.cells.keys() {
        let (Some(events), Some(start)) = (value(series, key), value(residents, key)) else { continue };
        visit(events / start * 1000.0, How::PerMille, &|| {
            format!("per_mille({}, {})", series.finding(key), residents.finding(key))
        });
        let mut next = key.clone();
        let Some(period) = key.0[at].period() else { continue };
        next.0[at] = Part::Period(period.next());
        if let Some(end) = value(residents, &next) {
            visit(events / ((start + end) / 2.0) * 1000.0, How::PerMille, &|| {
                let (start, end) = (residents.finding(key), residents.finding(&next));
                format!("per_mille({}, ({start} + {end}) / 2)", series.finding(key))
            });
        }
    }
}
