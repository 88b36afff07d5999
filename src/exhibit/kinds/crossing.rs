//! Crossing: rows and columns, each cell coloured by its value and holding it.

use std::collections::BTreeMap;

use super::{Kind, Request};
use crate::exhibit::data::{column, of_each};
use crate::exhibit::figure::{arrange, side, varying};
use crate::exhibit::{Chart, Mark, Misfit, absent, mark};
use crate::exhibit::{Figure, Label, Shape, Table};
use crate::finding::{Key, Part, Reason};

/// Rows and columns of any kind.
pub(super) const HEAT_MAP: Kind = Kind {
    name: "heat-map",
    shows: "a crossing such as territories × months, each cell coloured by its value and holding it",
    takes: "one series over two dimensions",
    options: &[super::ORDER],
    make: crossing,
};

/// Origins and destinations.
pub(super) const MATRIX: Kind = Kind {
    name: "matrix",
    shows: "moves from each territory to each other one",
    takes: "one series over origins and destinations",
    options: &[],
    make: crossing,
};

fn crossing(request: &Request<'_>) -> Result<Chart, Misfit> {
    let (edition, print) = (request.edition, request.print);
    let [(_, source)] = request.sources.as_slice() else {
        return Err(Misfit::Shape("a crossing has one expression".to_owned()));
    };
    let &[(down, _), (across, _)] = varying(source).as_slice() else {
        return Err(Misfit::Shape(format!("`{}` must vary over two dimensions", source.series.id)));
    };
    let (mut rows, columns) = (side(source, down, edition), side(source, across, edition));
    let of_column = |column: &Part| {
        let own = source.cells.iter().filter(|(key, _)| key.0[across] == *column);
        let marks = own.map(|(key, cell)| (key.0[down].clone(), mark(source, key, cell, print))).collect();
        (request.label(column), marks)
    };
    arrange(request, &mut rows, &columns.iter().map(of_column).collect::<Vec<_>>());
    let by_place: BTreeMap<(&Part, &Part), Mark> =
        source.cells.iter().map(|(k, c)| ((&k.0[down], &k.0[across]), mark(source, k, c, print))).collect();
    let cells = rows
        .iter()
        .map(|row| {
            let blank = |column: &Part| {
                let mark = absent(edition, &Key(vec![row.clone(), column.clone()]));
                // Moves inside a territory are not in a matrix of moves between territories.
                if row == column { Mark { value: Err(Reason::OutOfScope), ..mark } } else { mark }
            };
            columns.iter().map(|c| by_place.get(&(row, c)).cloned().unwrap_or_else(|| blank(c))).collect()
        })
        .collect();
    Ok(Chart::HeatMap(HeatMap {
        rows: rows.iter().map(|part| request.label(part)).collect(),
        columns: columns.iter().map(|part| request.label(part)).collect(),
        cells,
    }))
}

/// A crossing of rows and columns, each cell coloured by its value and holding it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatMap {
    /// The rows, from the top.
    pub rows: Vec<Label>,
    /// The columns, from the left.
    pub columns: Vec<Label>,
    /// The cells, row by row.
    pub cells: Vec<Vec<Mark>>,
}

impl Shape for HeatMap {
    fn table(&self, figure: &Figure) -> Table {
        let columns = self.columns.iter().map(|label| column(figure, label)).collect();
        of_each(
            figure,
            columns,
            self.rows.iter().zip(&self.cells).map(|(label, marks)| (label, marks.iter().collect())),
        )
    }

    fn axis_words(&self) -> &[(&str, &str)] {
        let of_territories = |labels: &[Label]| labels.first().is_some_and(|label| label.territory().is_some());
        let is_of_moves = of_territories(&self.rows) && of_territories(&self.columns);
        if is_of_moves { &[("axis.rows", "origin"), ("axis.columns", "destination")] } else { &[] }
    }
}
