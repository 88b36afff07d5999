//! Trend: points over time with a fitted line, its continuation and a prediction interval.

use super::{Kind, Request};
use crate::exhibit::figure::{over_time, word};
use crate::exhibit::{Chart, Misfit, Series};

/// Points with a line.
pub(super) const TREND: Kind = Kind {
    name: "trend",
    shows: "values over time as points, with a fitted line, its continuation and a prediction interval",
    takes: "series over periods under the keys `value`, `fitted`, `extrapolated`, `low`, `high`; all but `value` may be left out",
    options: &[],
    make: trend,
};

fn trend(request: &Request<'_>) -> Result<Chart, Misfit> {
    request.keys(&["value", "fitted", "extrapolated", "low", "high"])?;
    let (periods, mut series) = over_time(&request.sources, request.edition, request.print)?;
    let mut take = |key: &str| -> Option<Series> {
        series.iter().position(|series| series.label == word(key)).map(|at| series.remove(at))
    };
    let value = take("value").ok_or_else(|| Misfit::Shape("a trend needs the series `value`".to_owned()))?;
    let (fitted, ahead) = (take("fitted"), take("extrapolated"));
    let band = match (take("low"), take("high")) {
        (Some(low), Some(high)) => Some([low, high]),
        (None, None) => None,
        _ => return Err(Misfit::Shape("an interval needs both `low` and `high`".to_owned())),
    };
    Ok(Chart::Trend { periods, value, fitted, ahead, band })
}
