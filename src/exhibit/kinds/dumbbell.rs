//! Dumbbell: two values of each territory as two points on one line.

use super::{Kind, Request};
use crate::exhibit::data::by_series;
use crate::exhibit::figure::{ByRow, by_rows, in_order};
use crate::exhibit::overlap::refuse_rows;
use crate::exhibit::{Chart, Label, Misfit, Series};
use crate::exhibit::{Figure, Shape, Table};
use crate::finding::Part;

/// Two points on each row.
pub(super) const DUMBBELL: Kind = Kind {
    name: "dumbbell",
    shows: "two dates or two measures of each territory as two points on one line, the largest last value at the top",
    takes: "a series over territories and periods, of which the first and the last are shown; or two over territories",
    options: &[],
    make: |request| {
        let (mut rows, columns) = two(request)?;
        refuse_rows(request, &rows, &columns)?;
        let [_, (_, last)] = &columns;
        let size = |part: &Part| last.get(part).and_then(|mark| mark.value.as_ref().ok()).cloned();
        rows.sort_by_key(|row| std::cmp::Reverse(size(row)));
        let ends = ends(&rows, columns, request);
        Ok(Chart::Dumbbell(Dumbbell { rows: rows.iter().map(|part| request.label(part)).collect(), ends }))
    },
};

/// The rows, and the label and the marks of both ends.
type Ends = (Vec<Part>, [(Label, ByRow); 2]);

/// Returns the rows and the two columns of marks: two series, or the first and the last period of one.
pub(super) fn two(request: &Request<'_>) -> Result<Ends, Misfit> {
    let (rows, mut columns) = by_rows(request)?;
    if columns.len() < 2 || request.sources.len() > 2 || (request.sources.len() == 2 && columns.len() > 2) {
        return Err(Misfit::Shape("needs two series, or one over at least two periods".to_owned()));
    }
    let last = columns.swap_remove(columns.len() - 1);
    let first = columns.swap_remove(0);
    Ok((rows, [first, last]))
}

/// Returns series of two columns in the order of the rows.
pub(super) fn ends(rows: &[Part], columns: [(Label, ByRow); 2], request: &Request<'_>) -> [Series; 2] {
    columns.map(|column| in_order(rows, column, request.edition))
}

/// Two points on each row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dumbbell {
    /// The rows, from the top.
    pub rows: Vec<Label>,
    /// The two points.
    pub ends: [Series; 2],
}

impl Shape for Dumbbell {
    fn table(&self, figure: &Figure) -> Table {
        by_series(figure, self.rows.clone(), self.ends.iter().collect())
    }
}
