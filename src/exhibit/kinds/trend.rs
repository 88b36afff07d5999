//! Trend: points over time with a fitted line, its continuation and a prediction interval.

use super::{Kind, Request};
use crate::exhibit::data::{by_series, over};
use crate::exhibit::figure::{over_time, word};
use crate::exhibit::{Chart, Misfit, Series};
use crate::exhibit::{Figure, Shape, Table};
use crate::finding::Period;

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
    Ok(Chart::Trend(Trend { periods, value, fitted, ahead, band }))
}

/// Points over time with a fitted line, its continuation and an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trend {
    /// The periods along the axis.
    pub periods: Vec<Period>,
    /// The points.
    pub value: Series,
    /// The fitted line.
    pub fitted: Option<Series>,
    /// Its continuation.
    pub ahead: Option<Series>,
    /// The lower and the upper end of the interval.
    pub band: Option<[Series; 2]>,
}

impl Shape for Trend {
    fn table(&self, figure: &Figure) -> Table {
        let beside = self.fitted.iter().chain(&self.ahead).chain(self.band.iter().flatten());
        by_series(figure, over(&self.periods), std::iter::once(&self.value).chain(beside).collect())
    }
}
