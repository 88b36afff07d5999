//! Kinds: the charts that a study can ask for, one file each: what it shows, what it takes, how its marks are laid out.

mod choropleth;
mod columns;
mod crossing;
mod cumulative;
mod dumbbell;
mod lines;
mod lorenz;
mod lying_bars;
mod scatter;
mod shares;
mod slope;
mod small_multiples;
mod tile_map;
mod trend;

pub use lorenz::GINI_DECIMALS;

use super::{Chart, Label, Maps, Misfit, Print, label};
use crate::analysis::Edition;
use crate::expression::Picked;
use crate::finding::Part;
use crate::study::{FigureEntry, FigureKind};

/// A kind of chart.
pub struct Kind {
    /// Its name in `study.yaml`.
    pub name: &'static str,
    /// What it shows.
    pub shows: &'static str,
    /// What its expressions must be.
    pub takes: &'static str,
    /// The options that it has beside those of all kinds.
    pub options: &'static [Choice],
    /// Lays its marks out.
    pub(super) make: fn(&Request<'_>) -> Result<Chart, Misfit>,
}

/// An option of a figure.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Its key in `study.yaml`.
    pub name: &'static str,
    /// What it may be.
    pub takes: &'static str,
    /// What it is where left out; empty for none.
    pub default: &'static str,
    /// What it says.
    pub meaning: &'static str,
}

/// What a kind is made of.
pub(super) struct Request<'a> {
    /// What the study says.
    pub(super) entry: &'a FigureEntry,
    /// The findings it names, by the labels of their series.
    pub(super) sources: Vec<(Label, Picked)>,
    /// The edition.
    pub(super) edition: &'a Edition,
    /// How its numbers are printed.
    pub(super) print: Print,
    /// The maps of the study.
    pub(super) maps: &'a Maps,
}

impl Request<'_> {
    /// Labels what a key tells apart.
    pub(super) fn label(&self, part: &Part) -> Label {
        label(part, self.edition)
    }
}

const fn choice(name: &'static str, takes: &'static str, default: &'static str, meaning: &'static str) -> Choice {
    Choice { name, takes, default, meaning }
}

/// The options that every kind has.
pub const SHARED: &[Choice] = &[
    choice("of", "expression", "", "the findings; one series, or one for each member of its second dimension"),
    choice("series", "map of expressions", "", "the findings by the key of their series, instead of `of`"),
    choice("unit", "unit", "", "the unit, which must be that of the findings"),
    choice("scale", "one, thousands, millions", "one", "the scale of the printed numbers"),
    choice("decimals", "count", "0", "decimals of the printed numbers"),
    choice(
        "adds_up",
        "map of series",
        "",
        "which series are the parts of which: total → parts; what is seen to add up needs none",
    ),
    choice("width", "single, double", "double", "one column of a journal (85 mm) or two (175 mm)"),
];

const BREAKS: Choice =
    choice("breaks", "years", "", "periods that what precedes is not comparable with: reforms, census re-basings");

/// All kinds, in the order in which they are listed.
pub const KINDS: &[&Kind] = &[
    &lines::LINES,
    &small_multiples::SMALL_MULTIPLES,
    &cumulative::CUMULATIVE,
    &trend::TREND,
    &columns::COLUMNS,
    &columns::COMPONENTS,
    &lying_bars::DIVERGING,
    &lying_bars::RANKED,
    &lying_bars::STACKED,
    &shares::SHARES,
    &dumbbell::DUMBBELL,
    &slope::SLOPE,
    &crossing::HEAT_MAP,
    &crossing::MATRIX,
    &scatter::SCATTER,
    &lorenz::LORENZ,
    &tile_map::TILE_MAP,
    &choropleth::CHOROPLETH,
];

/// Returns a kind as it is described.
pub(super) fn of(kind: FigureKind) -> &'static Kind {
    match kind {
        FigureKind::Lines => &lines::LINES,
        FigureKind::SmallMultiples => &small_multiples::SMALL_MULTIPLES,
        FigureKind::Cumulative => &cumulative::CUMULATIVE,
        FigureKind::Trend => &trend::TREND,
        FigureKind::Columns => &columns::COLUMNS,
        FigureKind::Components => &columns::COMPONENTS,
        FigureKind::DivergingBars => &lying_bars::DIVERGING,
        FigureKind::RankedBars => &lying_bars::RANKED,
        FigureKind::StackedBars => &lying_bars::STACKED,
        FigureKind::StackedBars100 => &shares::SHARES,
        FigureKind::Dumbbell => &dumbbell::DUMBBELL,
        FigureKind::Slope => &slope::SLOPE,
        FigureKind::HeatMap => &crossing::HEAT_MAP,
        FigureKind::Matrix => &crossing::MATRIX,
        FigureKind::Scatter => &scatter::SCATTER,
        FigureKind::Lorenz => &lorenz::LORENZ,
        FigureKind::TileMap => &tile_map::TILE_MAP,
        FigureKind::Choropleth => &choropleth::CHOROPLETH,
    }
}

/// Returns a misfit where there are more parts than colours that can be told apart; a line has its name at its end.
fn few(parts: usize) -> Result<(), Misfit> {
    match parts {
        0..=8 => Ok(()),
        more => Err(Misfit::Shape(format!("has {more} parts; more than eight colours cannot be told apart"))),
    }
}

impl Request<'_> {
    /// Returns the keys of `series` that are none of those that a kind knows, as a misfit.
    fn keys(&self, known: &[&str]) -> Result<(), Misfit> {
        let strange = self.entry.series.0.iter().find(|(key, _)| !known.contains(&key.as_str()));
        match strange {
            Some((key, _)) => Err(Misfit::Shape(format!("has a series `{key}`; its kind knows {}", known.join(", ")))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};

    use super::*;

    #[test]
    fn every_kind_is_read_under_its_own_name() {
        for kind in KINDS {
            let name: StrDeserializer<'_, Error> = kind.name.into_deserializer();
            let read = FigureKind::deserialize(name).expect("a kind of chart");
            assert_eq!(of(read).name, kind.name);
        }
    }
}
