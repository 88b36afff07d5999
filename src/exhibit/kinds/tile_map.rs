//! Tile map: territories as tiles of equal size, so that none is large only by its area.

use super::{Kind, Request};
use crate::exhibit::figure::by_territory;
use crate::exhibit::maps::TILES;
use crate::exhibit::{Chart, Misfit, Tile};

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
        if let Some(other) = tiles.iter().find(|tile| tile.at == at) {
            return Err(Misfit::Shape(format!("`{part}` and {:?} have the same place in {TILES}", other.label)));
        }
        tiles.push(Tile { label: request.label(part), short: place.short.clone(), at, mark: mark.clone() });
    }
    Ok(Chart::TileMap { tiles })
}
