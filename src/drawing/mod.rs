//! Drawing: a figure and a language made into a measured picture, SVG and PNG.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use plotters::chart::ChartBuilder;
use plotters::drawing::IntoDrawingArea;

use crate::exhibit::{Chart, Figure, Width};
use crate::language::Language;

mod font;
mod subset;
mod palette;
mod alone;
mod canvas;
mod element;
mod voice;
mod axis;
mod head;
mod inline;
mod ends;
mod placing;
mod captions;
mod describe;
mod observe;
mod raster;
#[cfg(test)]
mod tests;

pub use alone::picture;
pub use axis::Axis;
pub use canvas::TextBox;
pub use describe::{Told, plain, told};
pub use font::lacking;
pub use inline::{Inline, page_style};

use alone::Around;
use canvas::{Canvas, Sheet, escape};
use element::{Area, Plane, at, size};
use font::FAMILY;
use voice::Voice;

/// The width of one column of a journal, 85 mm; a unit is a hundredth of an inch.
pub const SINGLE: f64 = 85.0 / 0.254;
/// The width across two columns of a journal, 175 mm.
pub const DOUBLE: f64 = 175.0 / 0.254;

/// The empty edge around a figure.
const EDGE: f64 = 5.0;
/// The size of names.
const BODY: f64 = 11.5;
/// About how many round values an axis shows.
const TICKS: f64 = 6.0;
/// The size of numbers.
const SMALL: f64 = 10.5;

/// The words that a figure takes from `exhibits.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureWords {
    /// What it shows in one sentence, where the study says that; empty for none.
    pub headline: String,
    /// The title, without a final stop.
    pub title: String,
    /// Where its numbers come from, for a file that stands alone.
    pub source: String,
    /// On what terms those may be used, likewise.
    pub terms: String,
    /// The words of its own labels: `series.urban` and the like.
    pub words: BTreeMap<String, String>,
}

/// Why a figure could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawingError {
    /// Neither the figure nor the language has this word.
    Word(String),
    /// The font has no glyph for a character of this text.
    Glyph(char, String),
    /// The marks do not fit the axis: what is wrong.
    Shape(String),
    /// The bundled font could not be cut down.
    Font(String),
    /// The canvas refused a stroke.
    Canvas(String),
    /// The SVG could not be turned into pixels.
    Raster(String),
}

/// A figure laid out in one language.
///
/// Every character in it has a glyph; every text is in `texts` with the room that its ink takes.
#[derive(Debug)]
pub struct Layout {
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// The texts and where they stand.
    pub texts: Vec<TextBox>,
    /// The scales of its values, where they are drawn as lengths or places: one, or one for each plane or direction.
    pub axes: Vec<Axis>,
    sheet: Sheet,
    around: Around,
    /// The figure in words, from its marks.
    pub description: String,
    /// What each of its numbers is, by the id in the ledger.
    pub tips: BTreeMap<String, String>,
    tag: String,
    title: String,
}

/// Where the font of an SVG comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// The glyphs in use are embedded: for a file of its own, which says what it is.
    Embedded,
    /// The glyphs in use are embedded, and a page around says what it is.
    OfItself,
    /// The page around it supplies the font: for an SVG within HTML.
    OfPage,
}

/// A chart as it is drawn and described; one file beside draws one kind, or several that are laid out alike.
trait Paint {
    /// Measures it in a room of this width.
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError>;

    /// The key of what it is called.
    fn kind(&self) -> &'static str;

    /// Describes its marks for those who do not see it.
    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError>;

    /// The unit that its description names; empty for none.
    fn unit(&self, voice: &Voice<'_>) -> Result<String, DrawingError> {
        voice.unit()
    }

    /// Whether its marks follow each other in time.
    fn is_timed(&self) -> bool {
        false
    }

    /// Whether it prints the sign of what is missing.
    fn prints_gaps(&self) -> bool {
        false
    }
}

/// A chart that was measured.
trait Plan {
    fn height(&self) -> f64;

    /// Draws it and returns its scales.
    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError>;
}

/// Names each file that draws charts with those that it draws.
macro_rules! kinds {
    ($($file:ident: $($chart:ident),+;)*) => {
        $(mod $file;)*

        /// Returns a chart as it is drawn.
        fn painted(chart: &Chart) -> &dyn Paint {
            match chart {
                $($(Chart::$chart(own) => own,)+)*
            }
        }
    };
}

kinds! {
    lines: Lines, Cumulative;
    panels: Panels;
    trend: Trend;
    columns: Columns;
    bars: Bars;
    shares: Shares;
    dumbbell: Dumbbell;
    slope: Slope;
    heat_map: HeatMap;
    scatter: Scatter;
    lorenz: Lorenz;
    pyramid: Pyramid;
    flow_map: FlowMap;
    tile_map: TileMap;
    choropleth: Choropleth;
}

/// Lays a figure out at a width.
pub fn layout(figure: &Figure, language: &Language, words: &FigureWords, width: f64) -> Result<Layout, DrawingError> {
    let voice = Voice { figure, language, words };
    let room = width - 2.0 * EDGE;
    let plan = painted(&figure.chart).plan(voice, room)?;
    let (sheet, axes) = drawn(&figure.id, (width, plan.height()), |area| plan.draw(area))?;
    let (tag, title, description) = (voice.tag().to_owned(), words.title.clone(), describe::describe(&voice)?);
    let (around, tips) = (Around::of(&figure.id, words, width)?, inline::tips(&voice)?);
    let (height, texts) = (sheet.height, sheet.texts.clone());
    Ok(Layout { width, height, texts, axes, description, tips, sheet, around, tag, title })
}

/// Says whether the picture of a figure prints the sign of what is missing.
pub fn prints_gaps(figure: &Figure) -> bool {
    painted(&figure.chart).prints_gaps()
}

/// Returns the width that a figure asks for.
pub fn width_of(figure: &Figure) -> f64 {
    match figure.width {
        Width::Single => SINGLE,
        Width::Double => DOUBLE,
    }
}

/// Draws a figure as an SVG of its own, with its font in it.
pub fn svg(figure: &Figure, language: &Language, words: &FigureWords) -> Result<String, DrawingError> {
    layout(figure, language, words, width_of(figure))?.svg(Type::Embedded)
}

/// Renders an SVG made by [`svg`] at 300 dots an inch.
pub fn png(svg: &str) -> Result<Vec<u8>, DrawingError> {
    raster::png(svg)
}

/// Names a figure in a sentence, for those who do not see it, and says where its description stands.
pub fn alt(figure: &Figure, language: &Language, words: &FigureWords) -> Result<String, DrawingError> {
    describe::alt(&Voice { figure, language, words })
}

impl Layout {
    /// Writes the SVG.
    pub fn svg(&self, font: Type) -> Result<String, DrawingError> {
        let (is_file, is_whole) = (font != Type::OfPage, font == Type::Embedded);
        let (above, below) = if is_whole { (self.around.above.1, self.around.below.1) } else { (0.0, 0.0) };
        let whole = above + self.height + below;
        let (width, height, id) = (canvas::decimal(self.width), canvas::decimal(whole), escape(&self.sheet.id));
        let defs = match self.sheet.patterns() {
            patterns if patterns.is_empty() => String::new(),
            patterns => format!("<defs>{patterns}</defs>\n"),
        };
        let (tag, title, description) = (&self.tag, escape(&self.title), escape(&describe::plain(&self.description)));
        let size = format!(r#"width="{width}" height="{height}""#);
        let ground = format!("<rect {size} fill=\"{}\"/>\n", palette::WHITE);
        let body = match font {
            Type::Embedded => self.set_in(above),
            // No ledger names a picture for phones.
            Type::OfItself => self.sheet.body.lines().map(|line| inline::unowned(line) + "\n").collect(),
            Type::OfPage => self.sheet.body.clone(),
        };
        let style =
            if is_file { self.style(&[&defs, &ground, &body].map(String::as_str).concat())? } else { String::new() };
        let picture = if is_whole { alone::place(above, self.height) } else { String::new() };
        let root = [
            r#"<svg xmlns="http://www.w3.org/2000/svg""#,
            &format!(r#"{size} viewBox="0 0 {width} {height}"{picture}"#),
            &format!(r#"role="img" aria-labelledby="{id}-title {id}-desc" xml:lang="{tag}""#),
            &format!(r#"font-family="'{FAMILY}', 'Open Sans', 'DejaVu Sans', sans-serif""#),
            // Texts were measured without kerning, and a browser must not hint their advances.
            r#"style="font-kerning:none" text-rendering="geometricPrecision">"#,
        ];
        let root = root.join(" ");
        let names = format!("<title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{description}</desc>\n");
        Ok([root.as_str(), "\n", &names, &style, &defs, &ground, &body, "</svg>\n"].concat())
    }

    /// Says where the picture stands in its file: what is above it, and the height of the file.
    pub fn placed(&self) -> (f64, f64) {
        let (above, below) = (self.around.above.1, self.around.below.1);
        (above, above + self.height + below)
    }

    /// Sets the picture between its title and its source.
    fn set_in(&self, above: f64) -> String {
        let moved = |body: &str, down: f64| match (body.is_empty(), down > 0.0) {
            (true, _) => String::new(),
            (false, false) => body.to_owned(),
            (false, true) => format!("<g transform=\"translate(0 {})\">\n{body}</g>\n", canvas::decimal(down)),
        };
        let Around { above: (head, _), below: (foot, _) } = &self.around;
        head.body.clone() + &moved(&self.sheet.body, above) + &moved(&foot.body, above + self.height - EDGE)
    }

    /// Writes the fonts of a file and its colours in the dark.
    fn style(&self, drawn: &str) -> Result<String, DrawingError> {
        let mut letters = self.sheet.letters.clone();
        for (weight, own) in self.around.above.0.letters.iter().chain(&self.around.below.0.letters) {
            letters.entry(*weight).or_default().extend(own);
        }
        let mut style = String::new();
        for (weight, letters) in &letters {
            style.push_str(&subset::font_face(*weight, letters)?);
        }
        style.push_str(&alone::dark(drawn));
        Ok(format!("<style>{style}</style>\n"))
    }

    /// Returns what is wrong with its texts: two that overlap, or one that leaves the canvas.
    pub fn collisions(&self) -> Vec<String> {
        let outside = |t: &TextBox| t.left < 0.0 || t.top < 0.0 || t.right > self.width || t.bottom > self.height;
        let mut found: Vec<String> =
            self.texts.iter().filter(|text| outside(text)).map(|text| format!("outside: {}", text.text)).collect();
        for (i, a) in self.texts.iter().enumerate() {
            for b in &self.texts[i + 1..] {
                if a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom {
                    found.push(format!("{} / {}", a.text, b.text));
                }
            }
        }
        found
    }
}

/// Draws on a new sheet.
fn drawn(
    id: &str,
    (width, height): (f64, f64),
    draw: impl FnOnce(&Area<'_>) -> Result<Vec<Axis>, DrawingError>,
) -> Result<(Sheet, Vec<Axis>), DrawingError> {
    let mut sheet = Sheet::new(id, width, (height + 2.0 * EDGE).ceil());
    let edge = at(EDGE, EDGE).0;
    let axes = {
        let area = Canvas(&mut sheet).into_drawing_area().margin(edge, edge, edge, edge);
        let axes = draw(&area)?;
        area.present()?;
        axes
    };
    Ok((sheet, axes.into_iter().map(|axis| Axis { zero: axis.zero + EDGE, ..axis }).collect()))
}

/// Lays two numeric axes over an area inside margins: top, bottom, left, right.
fn plane<'a>(
    area: &Area<'a>,
    [top, bottom, left, right]: [f64; 4],
    x: Range<f64>,
    y: Range<f64>,
) -> Result<(Plane<'a>, Axis), DrawingError> {
    let (left_top, right_bottom) = (at(left, top), at(right, bottom));
    let inner = area.margin(left_top.1, right_bottom.1, left_top.0, right_bottom.0);
    let height = size(area).1 - top - bottom;
    let step = -height / (y.end - y.start);
    let zero = top + height - y.start * step;
    let chart = ChartBuilder::on(&inner).build_cartesian_2d(x, y)?;
    Ok((chart.plotting_area().clone(), Axis { upright: true, zero, step }))
}

/// Returns the lying scale of a plane inside margins.
fn lying(area: &Area<'_>, [_, _, left, right]: [f64; 4], x: &Range<f64>) -> Axis {
    let step = (size(area).0 - left - right) / (x.end - x.start);
    Axis { upright: false, zero: left - x.start * step, step }
}

impl fmt::Display for DrawingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DrawingError::Word(key) => write!(f, "the language has no word `{key}`"),
            DrawingError::Glyph(letter, text) => {
                write!(f, "the font has no glyph for U+{:04X} in `{text}`", u32::from(*letter))
            }
            DrawingError::Shape(what) => f.write_str(what),
            DrawingError::Font(what) => write!(f, "the bundled font cannot be cut: {what}"),
            DrawingError::Canvas(what) => write!(f, "the canvas failed: {what}"),
            DrawingError::Raster(what) => write!(f, "the picture cannot be rendered: {what}"),
        }
    }
}

impl std::error::Error for DrawingError {}
