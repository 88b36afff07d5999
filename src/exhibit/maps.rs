//! Maps: where territories stand in a grid of tiles, and the boundaries that a study supplies.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::files::Files;
use crate::finding::{Code, Part};
use crate::study::{Study, place_of};

/// Where the tiles stand.
pub const TILES: &str = "data/tiles.yaml";

/// The maps of a study.
#[derive(Debug, Default)]
pub struct Maps {
    tiles: BTreeMap<String, Place>,
    boundaries: BTreeMap<String, Json>,
}

/// The place of a territory in the grid.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The column, from the west.
    pub column: u16,
    /// The row, from the north.
    pub row: u16,
    /// Its short name by language.
    #[serde(default)]
    pub short: BTreeMap<String, String>,
}

/// The rings of a territory, in degrees: east, north.
pub(super) type Rings = Vec<Vec<(f64, f64)>>;

impl Maps {
    /// Reads the tiles and the boundaries that figures name.
    pub fn read(study: &Study, files: &Files, diagnostics: &mut Diagnostics) -> Maps {
        let mut maps = Maps::default();
        if files.get(TILES).is_some() {
            maps.tiles = files.yaml(TILES, diagnostics).unwrap_or_default();
        }
        for (id, entry) in &study.figures {
            let Some(path) = &entry.value.boundaries else { continue };
            let read = match files.text(&path.value) {
                Some(text) => serde_json::from_str(text).map_err(|error| format!("`{}`: {error}", path.value)),
                None => Err(format!("there is no file `{}`", path.value)),
            };
            match read {
                Ok(json) => drop(maps.boundaries.insert(path.value.clone(), json)),
                Err(message) => {
                    diagnostics.push(Diagnostic::error(code::EXHIBIT_SHAPE, place_of(path, id), message));
                }
            }
        }
        maps
    }

    /// Returns the place of a territory, in whatever borders.
    pub(super) fn tile(&self, code: &Code) -> Option<&Place> {
        self.tiles.get(code.as_str()).or_else(|| self.tiles.get(code.plain().as_str()))
    }

    /// Returns the short names of a territory by language; none where the study gives none.
    pub(super) fn short(&self, part: &Part) -> BTreeMap<String, String> {
        part.territory().and_then(|code| self.tile(code)).map(|place| place.short.clone()).unwrap_or_default()
    }

    /// Returns true for a GeoJSON file that is there and could be read.
    pub(super) fn has(&self, path: &str) -> bool {
        self.boundaries.contains_key(path)
    }

    /// Returns the rings of each territory of a GeoJSON file.
    pub(super) fn outlines(&self, path: &str, property: &str) -> Result<BTreeMap<String, Rings>, String> {
        let json = self.boundaries.get(path).ok_or_else(|| format!("`{path}` could not be read"))?;
        let features = json["features"].as_array().ok_or_else(|| format!("`{path}` is no collection of features"))?;
        let mut outlines: BTreeMap<String, Rings> = BTreeMap::new();
        for (i, feature) in features.iter().enumerate() {
            let Some(code) = feature["properties"][property].as_str() else {
                return Err(format!("feature {i} of `{path}` has no text in its property `{property}`"));
            };
            let rings = rings(&feature["geometry"]).ok_or_else(|| {
                format!("`{code}` in `{path}` is neither a polygon nor several that enclose a surface, with pairs of degrees as corners")
            })?;
            outlines.entry(code.to_owned()).or_default().extend(rings);
        }
        Ok(outlines)
    }
}

fn rings(geometry: &Json) -> Option<Rings> {
    let coordinates = geometry["coordinates"].as_array()?;
    let rings: Option<Rings> = match geometry["type"].as_str()? {
        "Polygon" => coordinates.iter().map(ring).collect(),
        "MultiPolygon" => {
            let polygons: Option<Vec<&Vec<Json>>> = coordinates.iter().map(Json::as_array).collect();
            polygons?.into_iter().flatten().map(ring).collect()
        }
        _ => None,
    };
    rings.filter(|rings| !rings.is_empty())
}

fn ring(corners: &Json) -> Option<Vec<(f64, f64)>> {
    let corner = |corner: &Json| {
        let (east, north) = (corner.get(0)?.as_f64()?, corner.get(1)?.as_f64()?);
        ((-180.0..=180.0).contains(&east) && (-90.0..=90.0).contains(&north)).then_some((east, north))
    };
    let ring: Option<Vec<(f64, f64)>> = corners.as_array()?.iter().map(corner).collect();
    ring.filter(|ring| ring.len() >= 4 && ring.iter().any(|corner| !on_line(ring[0], ring[1], *corner)))
}

/// Returns true for a corner on the line through two others: a ring of such corners encloses nothing.
fn on_line(a: (f64, f64), b: (f64, f64), corner: (f64, f64)) -> bool {
    (b.0 - a.0) * (corner.1 - a.1) == (b.1 - a.1) * (corner.0 - a.0)
}
