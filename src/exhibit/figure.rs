//! Figure: the marks of each kind of chart.

use std::collections::{BTreeMap, BTreeSet};

use super::{Arrangement, Chart, Figure, Label, Mark, Misfit, Print, Series, absent, label, mark, picked};
use crate::analysis::Edition;
use crate::expression::Picked;
use crate::finding::{Key, Part, Period, Reason, Role};
use crate::study::{FigureEntry, FigureKind};

/// Makes a figure.
pub fn build(id: &str, entry: &FigureEntry, edition: &Edition) -> Result<Figure, Misfit> {
    let print = Print::new(entry.scale, entry.decimals);
    let sources = sources(entry, edition)?;
    for (_, source) in &sources {
        if source.series.unit != entry.unit {
            let message =
                format!("`{}` is in {}, the figure in {}", source.series.path, source.series.unit, entry.unit);
            return Err(Misfit::Shape(message));
        }
    }
    let breaks = entry.breaks.iter().map(|year| Period::of_year(*year)).collect();
    let chart = match entry.kind {
        FigureKind::Lines => {
            let (periods, series) = over_time(&sources, edition, print)?;
            Chart::Lines { breaks: within(breaks, &periods), periods, series }
        }
        FigureKind::Columns | FigureKind::Components => {
            let (periods, mut series) = over_time(&sources, edition, print)?;
            let total = match entry.kind {
                FigureKind::Components => {
                    series.iter().position(|s| s.label == word("total")).map(|at| series.remove(at))
                }
                _ => None,
            };
            let arrangement = if series.len() > 1 { Arrangement::Stacked } else { Arrangement::Grouped };
            Chart::Columns { breaks: within(breaks, &periods), periods, series, arrangement, total }
        }
        FigureKind::DivergingBars => bars(&sources, entry, edition, print, false)?,
        FigureKind::RankedBars => bars(&sources, entry, edition, print, true)?,
        FigureKind::HeatMap | FigureKind::Matrix => crossing(&sources, edition, print)?,
    };
    Ok(Figure {
        id: id.to_owned(),
        chart,
        unit: entry.unit,
        thousands: print.thousands,
        decimals: print.decimals,
        rounded: false,
    })
}

fn word(key: &str) -> Label {
    Label::Word(format!("series.{key}"))
}

fn within(breaks: Vec<Period>, periods: &[Period]) -> Vec<Period> {
    breaks.into_iter().filter(|b| periods.first().is_some_and(|first| b > first) && periods.contains(b)).collect()
}

fn sources(entry: &FigureEntry, edition: &Edition) -> Result<Vec<(Label, Picked)>, Misfit> {
    match (&entry.of, entry.series.0.as_slice()) {
        (Some(text), []) => Ok(vec![(word("value"), picked(text, edition)?)]),
        (None, [_, ..]) => entry.series.0.iter().map(|(key, text)| Ok((word(key), picked(text, edition)?))).collect(),
        _ => Err(Misfit::Shape("a figure has either `of` or `series`".to_owned())),
    }
}

/// Returns the varying dimensions' roles with their positions.
fn varying(source: &Picked) -> Vec<(usize, Role)> {
    source.varying.iter().map(|at| (*at, source.series.dimensions[*at].role)).collect()
}

fn over_time(
    sources: &[(Label, Picked)],
    edition: &Edition,
    print: Print,
) -> Result<(Vec<Period>, Vec<Series>), Misfit> {
    let mut lines: Vec<(Label, BTreeMap<Period, Mark>)> = Vec::new();
    for (label, source) in sources {
        let &[(at, Role::Period)] = varying(source).as_slice() else {
            return Err(Misfit::Shape(format!("`{}` must vary over periods only", source.series.path)));
        };
        let marks = source.cells.iter().filter_map(|(k, c)| Some((k.0.get(at)?.period()?, mark(source, k, c, print))));
        lines.push((label.clone(), marks.collect()));
    }
    let periods: BTreeSet<Period> = lines.iter().flat_map(|(_, marks)| marks.keys().copied()).collect();
    let series = lines
        .into_iter()
        .map(|(label, mut marks)| {
            let missing = |p: &Period| absent(edition, &Key(vec![Part::Period(*p)]));
            let marks = periods.iter().map(|p| marks.remove(p).unwrap_or_else(|| missing(p))).collect();
            Series { label, marks }
        })
        .collect();
    Ok((periods.into_iter().collect(), series))
}

fn bars(
    sources: &[(Label, Picked)],
    entry: &FigureEntry,
    edition: &Edition,
    print: Print,
    ranked: bool,
) -> Result<Chart, Misfit> {
    let mut columns: Vec<(Label, BTreeMap<Part, Mark>)> = Vec::new();
    for (name, source) in sources {
        match *varying(source).as_slice() {
            [(at, Role::Territory)] => {
                let marks = source.cells.iter().map(|(k, c)| (k.0[at].clone(), mark(source, k, c, print)));
                columns.push((name.clone(), marks.collect()));
            }
            [(at, Role::Territory), (over, Role::Period)] => {
                let mut by_period: BTreeMap<Part, BTreeMap<Part, Mark>> = BTreeMap::new();
                for (key, cell) in &source.cells {
                    let marks = by_period.entry(key.0[over].clone()).or_default();
                    marks.insert(key.0[at].clone(), mark(source, key, cell, print));
                }
                columns.extend(by_period.into_iter().map(|(part, marks)| (label(&part), marks)));
            }
            _ => return Err(Misfit::Shape(format!("`{}` must vary over territories", source.series.path))),
        }
    }
    let mut rows: Vec<Part> =
        columns.iter().flat_map(|(_, m)| m.keys().cloned()).collect::<BTreeSet<_>>().into_iter().collect();
    if let (true, Some((_, marks))) = (ranked, columns.first()) {
        // Largest first; what has no value or only an inferred one comes last, in the agency's order.
        let size = |part: &Part| marks.get(part).and_then(|m| m.value.as_ref().ok()).cloned();
        rows.sort_by_key(|row| std::cmp::Reverse(size(row)));
    }
    let series = columns
        .into_iter()
        .map(|(label, mut marks)| Series {
            label,
            marks: rows
                .iter()
                .map(|r| marks.remove(r).unwrap_or_else(|| absent(edition, &Key(vec![r.clone()]))))
                .collect(),
        })
        .collect();
    let reference = match &entry.reference {
        Some(text) => {
            let source = picked(text, edition)?;
            let [(key, cell)] = source.cells.as_slice() else {
                return Err(Misfit::Shape("`reference` must be a single value".to_owned()));
            };
            let name = key.0.iter().find(|p| p.territory().is_some()).map_or(word("reference"), label);
            Some((name, mark(&source, key, cell, print)))
        }
        None => None,
    };
    Ok(Chart::Bars { rows: rows.iter().map(label).collect(), series, arrangement: Arrangement::Grouped, reference })
}

fn crossing(sources: &[(Label, Picked)], edition: &Edition, print: Print) -> Result<Chart, Misfit> {
    let [(_, source)] = sources else {
        return Err(Misfit::Shape("a crossing has one expression".to_owned()));
    };
    let &[(down, _), (across, _)] = varying(source).as_slice() else {
        return Err(Misfit::Shape(format!("`{}` must vary over two dimensions", source.series.path)));
    };
    let side = |at: usize| -> Vec<Part> {
        source.cells.iter().map(|(k, _)| k.0[at].clone()).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let (rows, columns) = (side(down), side(across));
    let by_place: BTreeMap<(&Part, &Part), Mark> =
        source.cells.iter().map(|(k, c)| ((&k.0[down], &k.0[across]), mark(source, k, c, print))).collect();
    let cells = rows
        .iter()
        .map(|row| {
            let blank = |column: &Part| {
                let mark = absent(edition, &Key(vec![row.clone(), column.clone()]));
                // Moves inside a territory are not in a matrix of moves between territories.
                if row == column { Mark { value: Err(Reason::OutOfScope), ..mark } } else { mark }
            };
            columns.iter().map(|c| by_place.get(&(row, c)).cloned().unwrap_or_else(|| blank(c))).collect()
        })
        .collect();
    Ok(Chart::HeatMap { rows: rows.iter().map(label).collect(), columns: columns.iter().map(label).collect(), cells })
}
