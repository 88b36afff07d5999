//! Kinds: the charts that a study can ask for, one file each: what it shows, what it takes, how its marks are laid out.

pub use choropleth::Area;
pub use flow_map::{Flow, FlowTile};
pub use lorenz::{GINI_DECIMALS, LorenzPoint};
pub use scatter::{Rule, ScatterPoint};
pub use shares::Share;
pub use small_multiples::Panel;
pub use tile_map::Tile;

use super::{Label, Maps, Misfit, Print, Shape, label};
use crate::analysis::Edition;
use crate::expression::Picked;
use crate::finding::Part;
use crate::study::FigureEntry;

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
    /// Years that what precedes is not comparable with.
    pub(super) breaks: Vec<i32>,
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
    choice("notion", "a key of `colours`", "", "what its only series is of: it has the colour that the study declares"),
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

const ORDER: Choice =
    choice("order", "given, size", "given", "the order of rows: that of the catalogue, or the largest sum at the top");

/// Names each file here with its kinds and with the chart that they make; kinds are listed in this order.
macro_rules! kinds {
    ($($file:ident: $($kind:ident),+ => $chart:ident;)*) => {
        $(mod $file;)*

        /// What a figure shows, as its kinds lay it out.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each is described where it is made")]
        pub enum Chart {
            $($chart($file::$chart),)*
        }

        impl Chart {
            /// Returns what it tells of its marks.
            pub fn shape(&self) -> &dyn Shape {
                match self {
                    $(Chart::$chart(own) => own,)*
                }
            }
        }

        /// All kinds, in the order in which they are listed.
        pub const KINDS: &[&Kind] = &[$($(&$file::$kind),+),*];

        /// The charts that kinds make.
        pub mod charts {
            pub use super::{$($file::$chart),*};
        }
    };
}

kinds! {
    lines: LINES => Lines;
    small_multiples: SMALL_MULTIPLES => Panels;
    cumulative: CUMULATIVE => Cumulative;
    trend: TREND => Trend;
    columns: COLUMNS, COMPONENTS => Columns;
    lying_bars: DIVERGING, RANKED, STACKED => Bars;
    shares: SHARES => Shares;
    dumbbell: DUMBBELL => Dumbbell;
    slope: SLOPE => Slope;
    crossing: HEAT_MAP, MATRIX => HeatMap;
    scatter: SCATTER => Scatter;
    lorenz: LORENZ => Lorenz;
    pyramid: PYRAMID => Pyramid;
    flow_map: FLOW_MAP => FlowMap;
    tile_map: TILE_MAP => TileMap;
    choropleth: CHOROPLETH => Choropleth;
}

/// Returns the kind of a name.
pub(super) fn named(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
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
    use crate::study::FigureKind;

    #[test]
    fn every_kind_is_read_under_its_own_name() {
        for kind in KINDS {
            let name: StrDeserializer<'_, Error> = kind.name.into_deserializer();
            assert_eq!(FigureKind::deserialize(name).expect("a kind of chart").0, kind.name);
        }
    }
}
