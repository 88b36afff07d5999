//! Lines: values over time, named at their ends, with marks where a series breaks.

use super::{BREAKS, Kind, few};
use crate::exhibit::figure::{over_time, within};
use crate::exhibit::{Chart, Label};

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
        Ok(Chart::Lines { breaks: within(&request.entry.breaks, &periods), periods, series })
    },
};
