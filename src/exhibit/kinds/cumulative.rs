//! Cumulative: sums since the beginning as lines from zero.

use super::{BREAKS, Kind};
use crate::exhibit::Chart;
use crate::exhibit::figure::{over_time, within};

/// Lines from zero.
pub(super) const CUMULATIVE: Kind = Kind {
    name: "cumulative",
    shows: "sums since the beginning as lines from zero",
    takes: "cumulated series over periods",
    options: &[BREAKS],
    make: |request| {
        let (periods, series) = over_time(&request.sources, request.edition, request.print)?;
        Ok(Chart::Cumulative { breaks: within(&request.entry.breaks, &periods), periods, series })
    },
};
