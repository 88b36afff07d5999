//! Cumulative: sums since the beginning as lines from zero.

use super::{BREAKS, Kind};
use crate::exhibit::Chart;
use crate::exhibit::data::{by_series, over};
use crate::exhibit::figure::{breaks, over_time};
use crate::exhibit::{Figure, Series, Shape, Table};
use crate::finding::Period;

/// Lines from zero.
pub(super) const CUMULATIVE: Kind = Kind {
    name: "cumulative",
    shows: "sums since the beginning as lines from zero",
    takes: "cumulated series over periods",
    options: &[BREAKS],
    make: |request| {
        let (periods, series) = over_time(&request.sources, request.edition, request.print)?;
        Ok(Chart::Cumulative(Cumulative { breaks: breaks(request, &periods), periods, series }))
    },
};

/// Lines from zero: sums since the beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cumulative {
    /// The periods along the axis.
    pub periods: Vec<Period>,
    /// The lines.
    pub series: Vec<Series>,
    /// Periods that what precedes is not comparable with.
    pub breaks: Vec<Period>,
}

impl Shape for Cumulative {
    fn table(&self, figure: &Figure) -> Table {
        by_series(figure, over(&self.periods), self.series.iter().collect())
    }

    fn breaks(&self) -> &[Period] {
        &self.breaks
    }
}
