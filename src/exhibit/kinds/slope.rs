//! Slope: two upright scales beside each other, each territory a line between its places or values.

use super::{Kind, dumbbell};
use crate::exhibit::Chart;
use crate::exhibit::data::by_series;
use crate::exhibit::{Figure, Label, Series, Shape, Table};
use crate::finding::Unit;

/// Lines between two scales.
pub(super) const SLOPE: Kind = Kind {
    name: "slope",
    shows: "how places or values of territories moved between two dates; places have the first at the top",
    takes: "a series over territories and periods, of which the first and the last are shown; or two over territories",
    options: &[],
    make: |request| {
        let (rows, columns) = dumbbell::two(request)?;
        let ends = dumbbell::ends(&rows, columns, request);
        let ranked = request.entry.unit == Unit::Count;
        Ok(Chart::Slope(Slope { rows: rows.iter().map(|part| request.label(part)).collect(), ends, ranked }))
    },
};

/// Lines between two upright scales.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slope {
    /// The lines.
    pub rows: Vec<Label>,
    /// The two ends.
    pub ends: [Series; 2],
    /// True where the numbers are places, the first at the top.
    pub ranked: bool,
}

impl Shape for Slope {
    fn table(&self, figure: &Figure) -> Table {
        by_series(figure, self.rows.clone(), self.ends.iter().collect())
    }
}
