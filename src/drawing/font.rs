//! Font: the bundled Noto Sans and the true measures of a text set in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::DrawingError;

/// The family that every SVG names first.
pub(super) const FAMILY: &str = "Noto Sans";

/// The height of a capital letter or a digit, in ems.
pub(super) const CAPITAL: f64 = 0.714;

/// The two weights that are bundled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Normal text.
    Regular,
    /// Totals and the country's row.
    Bold,
}

/// The ink of a line of text around the start of its baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Extent {
    /// The advance.
    pub(super) width: f64,
    /// How far it rises above the baseline.
    pub(super) above: f64,
    /// How far it falls below the baseline.
    pub(super) below: f64,
}

/// One character of the font.
#[derive(Clone, Copy, Debug)]
struct Glyph {
    id: u16,
    advance: f64,
    above: f64,
    below: f64,
}

static REGULAR: LazyLock<BTreeMap<char, Glyph>> = LazyLock::new(|| read(notosans::REGULAR_TTF));
static BOLD: LazyLock<BTreeMap<char, Glyph>> = LazyLock::new(|| read(notosans::BOLD_TTF));

impl Weight {
    /// Returns the number that CSS knows it by.
    pub(super) fn number(self) -> u16 {
        match self {
            Weight::Regular => 400,
            Weight::Bold => 700,
        }
    }

    /// Returns the file.
    pub(super) fn bytes(self) -> &'static [u8] {
        match self {
            Weight::Regular => notosans::REGULAR_TTF,
            Weight::Bold => notosans::BOLD_TTF,
        }
    }

    fn glyphs(self) -> &'static BTreeMap<char, Glyph> {
        match self {
            Weight::Regular => &REGULAR,
            Weight::Bold => &BOLD,
        }
    }

    /// Finds the glyph of a character.
    pub(super) fn glyph(self, letter: char) -> Option<u16> {
        self.glyphs().get(&letter).map(|glyph| glyph.id)
    }

    /// Measures a line of text; a character without a glyph is an error.
    pub(super) fn measure(self, text: &str, size: f64) -> Result<Extent, DrawingError> {
        let mut extent = Extent::default();
        for letter in text.chars() {
            let glyph = self.glyphs().get(&letter).ok_or_else(|| DrawingError::Glyph(letter, text.to_owned()))?;
            extent.width += glyph.advance * size;
            extent.above = extent.above.max(glyph.above * size);
            extent.below = extent.below.max(glyph.below * size);
        }
        Ok(extent)
    }

    /// Measures the widest of several lines.
    pub(super) fn widest<'a>(
        self,
        lines: impl IntoIterator<Item = &'a String>,
        size: f64,
    ) -> Result<f64, DrawingError> {
        lines.into_iter().try_fold(0.0, |widest: f64, line| Ok(widest.max(self.measure(line, size)?.width)))
    }

    /// Breaks a text into lines of at most a width, at spaces and behind hyphens; a longer word stays whole.
    pub(super) fn wrap(self, text: &str, size: f64, width: f64) -> Result<Vec<String>, DrawingError> {
        let mut lines: Vec<String> = Vec::new();
        for piece in pieces(text) {
            let longer = lines.last().map(|line| format!("{line}{piece}"));
            match (longer, lines.last_mut()) {
                (Some(longer), Some(line)) if self.measure(longer.trim_end(), size)?.width <= width => *line = longer,
                _ => lines.push(piece.to_owned()),
            }
        }
        Ok(lines.iter().map(|line| line.trim_end().to_owned()).collect())
    }
}

/// Cuts a text behind its spaces and hyphens; a no-break space does not part.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '-'])
}

/// Lists the letters of texts that the font lacks, each once; marks that are not seen apart.
pub fn lacking<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<char> {
    let unseen = |letter: char| {
        letter.is_control()
            || letter.is_whitespace()
            || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
    };
    texts.flat_map(str::chars).filter(|letter| !unseen(*letter) && !REGULAR.contains_key(letter)).collect()
}

fn read(bytes: &'static [u8]) -> BTreeMap<char, Glyph> {
    // The bytes are a constant of a crate: a face that cannot be read has no glyphs, and every text then fails.
    let Ok(font) = FontRef::new(bytes) else { return BTreeMap::new() };
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    let glyph = |(code, id): (u32, skrifa::GlyphId)| {
        let bounds = metrics.bounds(id).unwrap_or_default();
        let glyph = Glyph {
            id: u16::try_from(id.to_u32()).ok()?,
            advance: f64::from(metrics.advance_width(id)?) / em,
            above: f64::from(bounds.y_max) / em,
            below: -f64::from(bounds.y_min) / em,
        };
        Some((char::from_u32(code)?, glyph))
    };
    font.charmap().mappings().filter_map(glyph).collect()
}
