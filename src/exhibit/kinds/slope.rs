//! Slope: two upright scales beside each other, each territory a line between its places or values.

use super::{Kind, dumbbell};
use crate::exhibit::Chart;
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
        Ok(Chart::Slope { rows: rows.iter().map(|part| request.label(part)).collect(), ends, ranked })
    },
};
