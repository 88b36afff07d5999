//! Lines: values over time, named at their ends, with marks where a series breaks.

use super::{BREAKS, Kind};
use crate::exhibit::Chart;
use crate::exhibit::figure::{over_time, within};

/// Lines over time.
pub(super) const LINES: Kind = Kind {
    name: "lines",
    shows: "values over time as lines named at their ends",
    takes: "series over periods",
    options: &[BREAKS],
    make: |request| {
        let (periods, series) = over_time(&request.sources, request.edition, request.print)?;
        Ok(Chart::Lines { breaks: within(&request.entry.breaks, &periods), periods, series })
    },
};
