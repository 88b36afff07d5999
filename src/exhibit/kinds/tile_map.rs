//! Tile map: territories as tiles of equal size, so that none is large only by its area.

use super::{Kind, Request};
use crate::exhibit::data::{column, of_each};
use crate::exhibit::figure::by_territory;
use crate::exhibit::figure::word;
use crate::exhibit::maps::TILES;
use crate::exhibit::{Chart, Misfit};
use crate::exhibit::{Figure, Label, Mark, Shape, Table};
use std::collections::BTreeMap;

/// Tiles in a grid.
pub(super) const TILE_MAP: Kind = Kind {
    name: "tile-map",
    shows: "territories as tiles of equal size, placed as they lie to one another, each with its name and value",
    takes: "one series over territories, each of which has a place in data/tiles.yaml",
    options: &[],
    make: tiles,
};

fn tiles(request: &Request<'_>) -> Result<Chart, Misfit> {
    let (_, columns) = by_territory(request)?;
    let [(_, marks)] = columns.as_slice() else {
        return Err(Misfit::Shape("a map shows one value of each territory".to_owned()));
    };
    let mut tiles: Vec<Tile> = Vec::new();
    for (part, mark) in marks {
        let place = part.territory().and_then(|code| request.maps.tile(code));
        let Some(place) = place else {
            return Err(Misfit::Shape(format!("`{part}` has no place in {TILES}")));
        };
        let at = (place.column, place.row);
        if tiles.iter().any(|tile| tile.at == at) {
            return Err(Misfit::Shape(format!("`{part}` has the place of another in {TILES}")));
        }
        tiles.push(Tile { label: request.label(part), short: place.short.clone(), at, mark: mark.clone() });
    }
    Ok(Chart::TileMap(TileMap { tiles }))
}

/// A territory in a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// The territory.
    pub label: Label,
    /// Its short name by language, for narrow tiles.
    pub short: BTreeMap<String, String>,
    /// Its column and row.
    pub at: (u16, u16),
    /// Its value.
    pub mark: Mark,
}

/// Tiles of equal size in a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileMap {
    /// The tiles.
    pub tiles: Vec<Tile>,
}

impl Shape for TileMap {
    fn table(&self, figure: &Figure) -> Table {
        let column = column(figure, &word("value"));
        of_each(figure, vec![column], self.tiles.iter().map(|tile| (&tile.label, vec![&tile.mark])))
    }
}
