//! Small multiples: one small plane of lines for each territory, all on one scale.

use std::collections::{BTreeMap, BTreeSet};

use super::{BREAKS, Kind, Request};
use crate::exhibit::data::{column, laid_out};
use crate::exhibit::figure::{breaks, varying};
use crate::exhibit::{Chart, Label, Mark, Misfit, Series, absent, mark};
use crate::exhibit::{Column, Entry, Figure, Group, Row, Shape, Table};
use crate::finding::{Key, Part, Period, Role};

/// Small planes.
pub(super) const SMALL_MULTIPLES: Kind = Kind {
    name: "small-multiples",
    shows: "values over time in one small plane for each territory, all on one scale",
    takes: "series over territories and periods",
    options: &[BREAKS],
    make: panels,
};

/// The marks of a territory by series and period.
type Planes = BTreeMap<Part, BTreeMap<usize, BTreeMap<Period, Mark>>>;

fn panels(request: &Request<'_>) -> Result<Chart, Misfit> {
    let mut planes = Planes::new();
    let mut all: BTreeSet<Period> = BTreeSet::new();
    for (i, (_, source)) in request.sources.iter().enumerate() {
        let &[(at, _), (over, Role::Period)] = varying(source).as_slice() else {
            let message = format!("`{}` must vary over territories and periods", source.series.id);
            return Err(Misfit::Shape(message));
        };
        for (key, cell) in &source.cells {
            let Some(period) = key.0[over].period() else { continue };
            let plane = planes.entry(key.0[at].clone()).or_default();
            plane.entry(i).or_default().insert(period, mark(source, key, cell, request.print));
            all.insert(period);
        }
    }
    let periods: Vec<Period> = all.into_iter().collect();
    let panel = |(part, mut lines): (Part, BTreeMap<usize, BTreeMap<Period, Mark>>)| {
        let series = request.sources.iter().enumerate().map(|(i, (name, _))| {
            let mut marks = lines.remove(&i).unwrap_or_default();
            let gap = |period: &Period| absent(request.edition, &Key(vec![part.clone(), Part::Period(*period)]));
            let marks = periods.iter().map(|p| marks.remove(p).unwrap_or_else(|| gap(p))).collect();
            Series { label: Label::clone(name), marks }
        });
        Panel { series: series.collect(), label: request.label(&part) }
    };
    let panels = planes.into_iter().map(panel).collect();
    Ok(Chart::Panels(Panels { breaks: breaks(request, &periods), panels, periods }))
}

/// One small plane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// Its name.
    pub label: Label,
    /// Its lines.
    pub series: Vec<Series>,
}

/// Small planes of lines on one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panels {
    /// The periods along every axis.
    pub periods: Vec<Period>,
    /// The planes, in their order.
    pub panels: Vec<Panel>,
    /// Periods that what precedes is not comparable with.
    pub breaks: Vec<Period>,
}

impl Shape for Panels {
    fn table(&self, figure: &Figure) -> Table {
        let (periods, panels) = (&self.periods, &self.panels);
        let column = |period: &Period| column(figure, &Label::Period(*period));
        let names: Vec<&Label> =
            panels.first().map(|panel| panel.series.iter().map(|series| &series.label).collect()).unwrap_or_default();
        let columns: Vec<Column> = names.iter().flat_map(|_| periods.iter().map(column)).collect();
        let row = |panel: &Panel| {
            let marks = panel.series.iter().flat_map(|series| &series.marks);
            Row { label: panel.label.clone(), entries: marks.cloned().map(Entry::Mark).collect() }
        };
        let mut table = laid_out(figure, columns, panels.iter().map(row).collect());
        if names.len() > 1 {
            let group = |(at, label): (usize, &&Label)| Group {
                label: Label::clone(label),
                columns: at * periods.len()..(at + 1) * periods.len(),
            };
            table.groups = names.iter().enumerate().map(group).collect();
        }
        table
    }

    fn breaks(&self) -> &[Period] {
        &self.breaks
    }
}
