//! Lines: values over time, named at their ends, with marks where a series breaks.

use super::{BREAKS, Kind, few};
use crate::exhibit::data::{by_series, over};
use crate::exhibit::figure::{breaks, over_time};
use crate::exhibit::{Chart, Label};
use crate::exhibit::{Figure, Series, Shape, Table};
use crate::finding::Period;

/// Lines over time.
pub(super) const LINES: Kind = Kind {
    name: "lines",
    shows: "values over time as lines named at their ends",
    takes: "series over periods; of one over another dimension too, a line for each member",
    options: &[BREAKS],
    make: |request| {
        let (periods, series) = over_time(&request.sources, request.edition, request.print)?;
        // Lines that an author names one by one are as many as the author wants.
        if series.iter().any(|line| !matches!(line.label, Label::Word(_))) {
            few(series.len())?;
        }
        Ok(Chart::Lines(Lines { breaks: breaks(request, &periods), periods, series }))
    },
};

/// Lines over time with direct labels; `breaks` are periods where the series is not comparable with what precedes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// The periods along the axis.
    pub periods: Vec<Period>,
    /// The lines.
    pub series: Vec<Series>,
    /// Periods that what precedes is not comparable with.
    pub breaks: Vec<Period>,
}

impl Shape for Lines {
    fn table(&self, figure: &Figure) -> Table {
        by_series(figure, over(&self.periods), self.series.iter().collect())
    }

    fn breaks(&self) -> &[Period] {
        &self.breaks
    }
}
