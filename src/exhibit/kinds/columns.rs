//! Columns: upright bars over time, and the components of a change with their sum.

use super::{BREAKS, Kind, Request, few};
use crate::exhibit::data::{by_series, over};
use crate::exhibit::figure::{breaks, over_time, word};
use crate::exhibit::overlap::refuse_stack;
use crate::exhibit::{Arrangement, Chart, Misfit, Series};
use crate::exhibit::{Figure, Shape, Table};
use crate::finding::Period;

/// Upright bars.
pub(super) const COLUMNS: Kind = Kind {
    name: "columns",
    shows: "values over time as upright bars, stacked where there are several series",
    takes: "series over periods",
    options: &[BREAKS],
    make: |request| {
        let (periods, series) = over_time(&request.sources, request.edition, request.print)?;
        few(series.len())?;
        refuse_stack(request, &series.iter().collect::<Vec<_>>())?;
        Ok(chart(request, periods, series, None))
    },
};

/// Components of a change.
pub(super) const COMPONENTS: Kind = Kind {
    name: "components",
    shows: "components of a change over time, such as natural increase and migration, with their sum as a line",
    takes: "series over periods; the one with the key `total` is the sum",
    options: &[BREAKS],
    make: components,
};

fn components(request: &Request<'_>) -> Result<Chart, Misfit> {
    let (periods, mut series) = over_time(&request.sources, request.edition, request.print)?;
    few(series.len())?;
    let total = series.iter().position(|s| s.label == word("total")).map(|at| series.remove(at));
    refuse_stack(request, &series.iter().collect::<Vec<_>>())?;
    Ok(chart(request, periods, series, total))
}

fn chart(request: &Request<'_>, periods: Vec<Period>, series: Vec<Series>, total: Option<Series>) -> Chart {
    let arrangement = if series.len() > 1 { Arrangement::Stacked } else { Arrangement::Grouped };
    Chart::Columns(Columns { breaks: breaks(request, &periods), periods, series, arrangement, total })
}

/// Upright bars over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The periods along the axis.
    pub periods: Vec<Period>,
    /// The bars of each period.
    pub series: Vec<Series>,
    /// How they stand to one another.
    pub arrangement: Arrangement,
    /// Their sum, drawn as a line.
    pub total: Option<Series>,
    /// Periods that what precedes is not comparable with.
    pub breaks: Vec<Period>,
}

impl Shape for Columns {
    fn table(&self, figure: &Figure) -> Table {
        by_series(figure, over(&self.periods), self.series.iter().chain(&self.total).collect())
    }

    fn breaks(&self) -> &[Period] {
        &self.breaks
    }

    fn has_total(&self) -> bool {
        self.total.is_some()
    }
}
