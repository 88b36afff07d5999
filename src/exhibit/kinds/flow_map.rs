//! Flow map: the largest moves between territories as arrows between their tiles.

use std::collections::{BTreeMap, BTreeSet};

use super::{Choice, Kind, Request, choice};
use crate::exhibit::data::{column, of_each};
use crate::exhibit::figure::{side, varying};
use crate::exhibit::maps::TILES;
use crate::exhibit::{Chart, Mark, Misfit, absent, mark};
use crate::exhibit::{Figure, Label, Shape, Table};
use crate::finding::{Amount, Key, Part, Reason, Role};

const LARGEST: Choice = choice("largest", "1 to 30", "12", "how many of the largest moves are drawn");
/// More arrows than these cover one another.
const MOST: usize = 30;

/// Arrows between tiles.
pub(super) const FLOW_MAP: Kind = Kind {
    name: "flow-map",
    shows: "the largest moves between territories as arrows between tiles, as broad as they are large",
    takes: "one series over origins and destinations, each of which has a place in data/tiles.yaml",
    options: &[LARGEST],
    make: flow_map,
};

fn flow_map(request: &Request<'_>) -> Result<Chart, Misfit> {
    let [(_, source)] = request.sources.as_slice() else {
        return Err(Misfit::Shape("a map of flows has one expression".to_owned()));
    };
    let &[(from, Role::Territory), (to, Role::Territory)] = varying(source).as_slice() else {
        return Err(Misfit::Shape(format!("`{}` must vary over origins and destinations", source.series.id)));
    };
    let most = request.entry.largest.unwrap_or(12);
    if !(1..=MOST).contains(&most) {
        return Err(Misfit::Shape(format!("`largest` is {most}; 1 to {MOST} arrows can be told apart")));
    }
    let parts: BTreeSet<Part> = [from, to].into_iter().flat_map(|at| side(source, at, request.edition)).collect();
    let mut tiles: Vec<FlowTile> = Vec::new();
    for part in &parts {
        let Some(place) = part.territory().and_then(|code| request.maps.tile(code)) else {
            return Err(Misfit::Shape(format!("`{part}` has no place in {TILES}")));
        };
        let at = (place.column, place.row);
        tiles.push(FlowTile { label: request.label(part), short: place.short.clone(), at });
    }
    let index: BTreeMap<&Part, usize> = parts.iter().enumerate().map(|(at, part)| (part, at)).collect();
    let mut cells: BTreeMap<(usize, usize), Mark> = BTreeMap::new();
    for (key, cell) in &source.cells {
        let place = (index[&key.0[from]], index[&key.0[to]]);
        cells.insert(place, mark(source, key, cell, request.print));
    }
    let size = |mark: &Mark| mark.value.clone().ok().filter(|value| value.signum() > 0);
    let own = cells.iter().filter(|((from, to), _)| from != to);
    let mut sized: Vec<(Amount, (usize, usize))> =
        own.filter_map(|(place, mark)| Some((size(mark)?, *place))).collect();
    sized.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    sized.truncate(most);
    if sized.is_empty() {
        return Err(Misfit::Shape(format!("`{}` has no move to draw", source.series.id)));
    }
    let flow =
        |(_, (from, to)): &(Amount, (usize, usize))| Flow { from: *from, to: *to, mark: cells[&(*from, *to)].clone() };
    let flows: Vec<Flow> = sized.iter().map(flow).collect();
    let ends = |take: fn(&Flow) -> usize| flows.iter().map(take).collect::<BTreeSet<usize>>();
    let (rows, columns) = (ends(|flow| flow.from), ends(|flow| flow.to));
    let names: Vec<&Part> = parts.iter().collect();
    let at = |row: usize, column: usize| {
        let gap = || absent(request.edition, &Key(vec![names[row].clone(), names[column].clone()]));
        cells.get(&(row, column)).cloned().unwrap_or_else(|| Mark { value: Err(Reason::OutOfScope), ..gap() })
    };
    let table = rows.iter().map(|row| columns.iter().map(|column| at(*row, *column)).collect()).collect();
    let label = |at: &usize| tiles[*at].label.clone();
    let (rows, columns) = (rows.iter().map(label).collect(), columns.iter().map(label).collect());
    Ok(Chart::FlowMap(FlowMap { flows, rows, columns, table, tiles }))
}

/// A territory in the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowTile {
    /// The territory.
    pub label: Label,
    /// Its short name by language.
    pub short: BTreeMap<String, String>,
    /// Its column and row.
    pub at: (u16, u16),
}

/// A move from one territory to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The place of the origin among the tiles.
    pub from: usize,
    /// That of the destination.
    pub to: usize,
    /// How large it is.
    pub mark: Mark,
}

/// Arrows between tiles, the largest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowMap {
    /// The tiles.
    pub tiles: Vec<FlowTile>,
    /// The arrows.
    pub flows: Vec<Flow>,
    /// The origins of arrows.
    pub rows: Vec<Label>,
    /// The destinations of arrows.
    pub columns: Vec<Label>,
    /// All moves between these.
    pub table: Vec<Vec<Mark>>,
}

impl Shape for FlowMap {
    fn table(&self, figure: &Figure) -> Table {
        let columns = self.columns.iter().map(|label| column(figure, label)).collect();
        let rows = self.rows.iter().zip(&self.table).map(|(label, marks)| (label, marks.iter().collect()));
        of_each(figure, columns, rows)
    }

    fn axis_words(&self) -> &[(&str, &str)] {
        &[("axis.rows", "origin"), ("axis.columns", "destination")]
    }
}
