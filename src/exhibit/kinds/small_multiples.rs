//! Small multiples: one small plane of lines for each territory, all on one scale.

use std::collections::{BTreeMap, BTreeSet};

use super::{BREAKS, Kind, Request};
use crate::exhibit::figure::{varying, within};
use crate::exhibit::{Chart, Label, Mark, Misfit, Panel, Series, absent, mark};
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
    Ok(Chart::Panels { breaks: within(&request.entry.breaks, &periods), panels, periods })
}
