//! Tile map: territories as tiles of equal size, each with its name and its value.

use crate::exhibit::Tile;
use crate::finding::Status;

use super::DrawingError;
use super::axis::Axis;
use super::canvas::{Anchor, Fill, Setting};
use super::describe::territories;
use super::element::{Area, Bar, Label, at, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::heat_map::ramp;
use super::palette::{self, BLANK, INK, QUIET};
use super::voice::{Voice, any_inferred, number};
use super::{Paint, Plan};
use crate::exhibit::charts;

const GAP: f64 = 3.0;
const WIDEST: f64 = 104.0;
const LEADING: f64 = 11.5;
const SIZES: [f64; 3] = [10.5, 9.5, 8.5];

/// A measured tile map.
pub(super) struct TileMap<'a> {
    voice: Voice<'a>,
    tiles: &'a [Tile],
    names: Vec<Vec<String>>,
    /// The size of names and of numbers.
    sizes: (f64, f64),
    side: f64,
    tall: f64,
    largest: f64,
    head: Head,
}

impl<'a> TileMap<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(voice: Voice<'a>, tiles: &'a [Tile], width: f64) -> Result<TileMap<'a>, DrawingError> {
        let columns = tiles.iter().map(|tile| tile.at.0 + 1).max().unwrap_or(0);
        if columns == 0 {
            return Err(DrawingError::Shape(String::from("there is nothing to draw")));
        }
        let side = (((width + GAP) / f64::from(columns)) - GAP).floor().min(WIDEST);
        let (names, name_size) = names(&voice, tiles, side - 5.0)?;
        let texts: Vec<String> = tiles.iter().map(|tile| voice.print(&tile.mark)).collect();
        let widest = Weight::Bold.widest(&texts, 1.0)?.max(f64::MIN_POSITIVE);
        let number_size = 12.0f64.min(((side - 6.0) / widest * 4.0).floor() / 4.0);
        if number_size < 7.0 {
            let message = "the numbers have no room in the tiles; take a larger scale or fewer decimals";
            return Err(DrawingError::Shape(String::from(message)));
        }
        let lines = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let tall = (lines * LEADING + 26.0).max(0.5 * side);
        let values = tiles.iter().filter_map(|tile| voice.place(&tile.mark));
        let largest = values.fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let amounts = tiles.iter().filter_map(|tile| Some(voice.scaled(tile.mark.value.as_ref().ok()?)));
        let amounts: Vec<_> = amounts.collect();
        let mut legend = ramp(&voice, &amounts, &amounts, largest);
        if any_inferred(tiles.iter().map(|tile| &tile.mark)) {
            legend.push((Sample::Hatch(QUIET), voice.word("chart-inferred")?));
        }
        let head = Head::new(voice.unit()?, legend, width)?;
        Ok(TileMap { voice, tiles, names, sizes: (name_size, number_size), side, tall, largest, head })
    }

    fn draw_tile(
        &self,
        area: &Area<'_>,
        tile: &Tile,
        lines: &[String],
        (left, top): (f64, f64),
    ) -> Result<(), DrawingError> {
        let colour = self.voice.place(&tile.mark).map_or(BLANK, |value| palette::heat(value, self.largest));
        let (fill, ink) = match (&tile.mark.value, tile.mark.status) {
            (Err(_), _) => (Fill::Plain(colour), QUIET),
            // A number on a hatch needs a pale ground.
            (Ok(_), Status::Inferred) => (Fill::Hatched(palette::TILE), INK),
            (Ok(_), _) => (Fill::Plain(colour), colour.ink_on()),
        };
        let finding = number(&tile.mark);
        area.draw(&Bar { corners: [at(left, top), at(left + self.side, top + self.tall)], fill, finding })?;
        let middle = left + self.side / 2.0;
        let put = |text: &str, y: f64, setting: Setting, finding| {
            area.draw(&Label { at: [at(middle, y)], shift: (0.0, 0.0), text, setting, finding })
        };
        for (i, line) in lines.iter().enumerate() {
            put(line, top + 9.5 + i as f64 * LEADING, set(self.sizes.0, ink, Anchor::Middle), None)?;
        }
        let setting = Setting { weight: Weight::Bold, ..set(self.sizes.1, ink, Anchor::Middle) };
        put(&self.voice.print(&tile.mark), top + self.tall - 11.0, setting, finding)?;
        Ok(())
    }
}

impl Plan for TileMap<'_> {
    fn height(&self) -> f64 {
        let rows = self.tiles.iter().map(|tile| tile.at.1 + 1).max().unwrap_or(0);
        self.head.height() + f64::from(rows) * (self.tall + GAP)
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let columns = f64::from(self.tiles.iter().map(|tile| tile.at.0 + 1).max().unwrap_or(0));
        let start = ((size(area).0 - columns * (self.side + GAP) + GAP) / 2.0).floor();
        for (tile, lines) in self.tiles.iter().zip(&self.names) {
            let left = start + f64::from(tile.at.0) * (self.side + GAP);
            let top = self.head.height() + f64::from(tile.at.1) * (self.tall + GAP);
            self.draw_tile(area, tile, lines, (left, top))?;
        }
        Ok(Vec::new())
    }
}

impl Paint for charts::TileMap {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        Ok(Box::new(TileMap::plan(voice, &self.tiles, room)?))
    }

    fn prints_gaps(&self) -> bool {
        true
    }

    fn kind(&self) -> &'static str {
        "alt-kind-tile-map"
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        territories(voice, self.tiles.iter().map(|tile| (&tile.label, &tile.mark)), sentences)
    }
}

/// Returns the names that fit a tile: whole ones where all do, else the short ones that the study gives.
fn names(voice: &Voice<'_>, tiles: &[Tile], room: f64) -> Result<(Vec<Vec<String>>, f64), DrawingError> {
    let whole: Vec<String> = tiles.iter().map(|tile| voice.label(&tile.label)).collect::<Result<_, _>>()?;
    let short: Vec<String> =
        tiles.iter().zip(&whole).map(|(tile, whole)| tile.short.get(voice.tag()).unwrap_or(whole).clone()).collect();
    for (names, most) in [(&whole, 2), (&short, 2)] {
        for size in SIZES {
            let wrap = |name: &String| Weight::Regular.wrap(name, size, room);
            let lines: Vec<Vec<String>> = names.iter().map(wrap).collect::<Result<_, _>>()?;
            let fits = Weight::Regular.widest(lines.iter().flatten(), size)? <= room;
            if fits && lines.iter().all(|lines| lines.len() <= most) {
                return Ok((lines, size));
            }
        }
    }
    let message = "a name has no room in its tile; give it a `short` one in data/tiles.yaml";
    Err(DrawingError::Shape(String::from(message)))
}
