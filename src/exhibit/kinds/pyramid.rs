//! Pyramid: two measures of each row back to back, such as men and women of each region.

use super::{Kind, Request};
use crate::exhibit::data::by_series;
use crate::exhibit::figure::{arrange, by_rows, in_order};
use crate::exhibit::overlap::refuse_rows;
use crate::exhibit::{Chart, Label, Misfit, Series};
use crate::exhibit::{Figure, Shape, Table};

/// Two measures back to back.
pub(super) const PYRAMID: Kind = Kind {
    name: "pyramid",
    shows: "two measures of each row as bars to the left and to the right of one line, such as men and women by age or region",
    takes: "two series over territories, categories or periods, none below zero",
    options: &[super::ORDER],
    make: pyramid,
};

fn pyramid(request: &Request<'_>) -> Result<Chart, Misfit> {
    let (mut rows, columns) = by_rows(request)?;
    refuse_rows(request, &rows, &columns)?;
    arrange(request, &mut rows, &columns);
    let sides: Vec<Series> = columns.into_iter().map(|column| in_order(&rows, column, request.edition)).collect();
    let count = sides.len();
    let Ok(sides) = <[Series; 2]>::try_from(sides) else {
        return Err(Misfit::Shape(format!("a pyramid has two sides, here are {count} series")));
    };
    let below = |series: &Series| series.marks.iter().any(|mark| mark.value.as_ref().is_ok_and(|v| v.signum() < 0));
    if let Some(side) = sides.iter().find(|side| below(side)) {
        return Err(Misfit::Shape(format!("`{}` has values below zero, which have no side here", side.label.key())));
    }
    Ok(Chart::Pyramid(Pyramid { rows: rows.iter().map(|part| request.label(part)).collect(), sides }))
}

/// Bars back to back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pyramid {
    /// The rows, from the top.
    pub rows: Vec<Label>,
    /// The bars to the left and those to the right.
    pub sides: [Series; 2],
}

impl Shape for Pyramid {
    fn table(&self, figure: &Figure) -> Table {
        by_series(figure, self.rows.clone(), self.sides.iter().collect())
    }
}
