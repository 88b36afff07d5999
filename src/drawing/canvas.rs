//! Canvas: the plotters backend that writes SVG with sub-pixel coordinates and remembers where its texts stand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::DrawingError;
use super::font::{CAPITAL, Weight};
use super::palette::{Colour, WHITE};

/// Plotters counts in whole numbers: this many of them make one unit of the SVG.
pub(super) const GRAIN: f64 = 1000.0;

/// The room that a line of text takes, ink only.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBox {
    /// The text.
    pub text: String,
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge.
    pub right: f64,
    /// The lower edge.
    pub bottom: f64,
}

/// Which end of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The start.
    Start,
    /// The middle.
    Middle,
    /// The end.
    End,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    /// The size of the font.
    pub(super) size: f64,
    /// Its weight.
    pub(super) weight: Weight,
    /// Its colour.
    pub(super) colour: Colour,
    /// Which end stands at the point.
    pub(super) anchor: Anchor,
    /// True for a text that reads upwards.
    pub(super) upright: bool,
}

/// How a surface is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// Evenly.
    Plain(Colour),
    /// With slanting lines: an inferred value.
    Hatched(Colour),
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    /// Its colour.
    pub(super) colour: Colour,
    /// Its width.
    pub(super) width: f64,
    /// Its dashes as SVG writes them, empty for none.
    pub(super) dash: &'static str,
}

/// What has been drawn so far.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The id of the figure, which makes the ids in the SVG unique on a page.
    pub(super) id: String,
    /// The width.
    pub(super) width: f64,
    /// The height.
    pub(super) height: f64,
    /// The elements.
    pub(super) body: String,
    /// The hatches in use: colour and id.
    pub(super) hatches: BTreeMap<Colour, String>,
    /// Where the texts stand.
    pub(super) texts: Vec<TextBox>,
    /// The characters in use, by weight.
    pub(super) letters: BTreeMap<Weight, BTreeSet<char>>,
}

/// The plotters backend over a sheet.
pub(super) struct Canvas<'a>(pub(super) &'a mut Sheet);

impl Sheet {
    /// Makes an empty sheet.
    pub(super) fn new(id: &str, width: f64, height: f64) -> Sheet {
        Sheet {
            id: id.to_owned(),
            width,
            height,
            body: String::new(),
            hatches: BTreeMap::new(),
            texts: Vec::new(),
            letters: BTreeMap::new(),
        }
    }

    /// Fills a rectangle.
    pub(super) fn rect(&mut self, [left, top, right, bottom]: [f64; 4], fill: Fill, finding: Option<&str>) {
        // A surface of no width is no element of SVG; the mark of a zero stays, too thin to be seen.
        let span = |from: f64, to: f64| decimal((to - from).max(0.01));
        let (x, y, width, height) = (decimal(left), decimal(top), span(left, right), span(top, bottom));
        let paint = self.paint(fill);
        let number = data_number(finding);
        self.push(format_args!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" {paint}{number}/>"#));
    }

    /// Draws a path through points, or fills the polygon between them.
    pub(super) fn path(
        &mut self,
        points: &[(f64, f64)],
        stroke: Option<Stroke>,
        fill: Option<Fill>,
        finding: Option<&str>,
    ) {
        let mut d = String::new();
        for (i, (x, y)) in points.iter().enumerate() {
            let verb = if i == 0 { 'M' } else { 'L' };
            push_to(&mut d, format_args!("{verb}{} {}", decimal(*x), decimal(*y)));
        }
        let close = if fill.is_some() { "Z" } else { "" };
        let paint = fill.map_or_else(|| String::from(r#"fill="none""#), |fill| self.paint(fill));
        let stroke = stroke.map_or_else(String::new, stroke_of);
        let number = data_number(finding);
        self.push(format_args!(r#"<path d="{d}{close}" {paint}{stroke}{number}/>"#));
    }

    /// Fills the surface between rings; one within another is a hole.
    pub(super) fn surface(&mut self, rings: &[Vec<(f64, f64)>], edge: Stroke, fill: Fill, finding: Option<&str>) {
        let mut d = String::new();
        for ring in rings {
            for (i, (x, y)) in ring.iter().enumerate() {
                let verb = if i == 0 { 'M' } else { 'L' };
                push_to(&mut d, format_args!("{verb}{} {}", decimal(*x), decimal(*y)));
            }
            d.push('Z');
        }
        // A hatch brings an edge of its own.
        let hatched = matches!(fill, Fill::Hatched(_));
        let (paint, number) = (self.paint(fill), data_number(finding));
        let stroke = if hatched { String::new() } else { stroke_of(edge) };
        self.push(format_args!(r#"<path d="{d}" fill-rule="evenodd" {paint}{stroke}{number}/>"#));
    }

    /// Draws a disc or a ring.
    pub(super) fn circle(
        &mut self,
        (x, y): (f64, f64),
        radius: f64,
        stroke: Option<Stroke>,
        fill: Fill,
        finding: Option<&str>,
    ) {
        let (x, y, r, paint) = (decimal(x), decimal(y), decimal(radius), self.paint(fill));
        let (stroke, number) = (stroke.map_or_else(String::new, stroke_of), data_number(finding));
        self.push(format_args!(r#"<circle cx="{x}" cy="{y}" r="{r}" {paint}{stroke}{number}/>"#));
    }

    /// Sets a line of text whose capitals are centred on the height of its point.
    pub(super) fn text(
        &mut self,
        text: &str,
        (x, y): (f64, f64),
        setting: Setting,
        finding: Option<&str>,
    ) -> Result<(), DrawingError> {
        if text.is_empty() {
            return Ok(());
        }
        let Setting { size, weight, colour, anchor, upright } = setting;
        let extent = weight.measure(text, size)?;
        let drop = CAPITAL / 2.0 * size;
        let (anchor, before) = match anchor {
            Anchor::Start => ("", 0.0),
            Anchor::Middle => (r#" text-anchor="middle""#, extent.width / 2.0),
            Anchor::End => (r#" text-anchor="end""#, extent.width),
        };
        let (x0, y0) = if upright { (x + drop, y) } else { (x, y + drop) };
        let after = extent.width - before;
        let [left, top, right, bottom] = if upright {
            [x0 - extent.above, y0 - after, x0 + extent.below, y0 + before]
        } else {
            [x0 - before, y0 - extent.above, x0 + after, y0 + extent.below]
        };
        self.texts.push(TextBox { text: text.to_owned(), left, top, right, bottom });
        self.letters.entry(weight).or_default().extend(text.chars());
        let (x0, y0, size) = (decimal(x0), decimal(y0), decimal(size));
        let turn = if upright { format!(r#" transform="rotate(-90 {x0} {y0})""#) } else { String::new() };
        let bold = if weight == Weight::Bold { r#" font-weight="700""# } else { "" };
        let (text, number) = (escape(text), data_number(finding));
        self.push(format_args!(
            r#"<text x="{x0}" y="{y0}" font-size="{size}" fill="{colour}"{bold}{anchor}{turn}{number}>{text}</text>"#
        ));
        Ok(())
    }

    /// Writes the patterns in use.
    pub(super) fn patterns(&self) -> String {
        let pattern = |(colour, id): (&Colour, &String)| {
            format!(
                "<pattern id=\"{id}\" width=\"4.5\" height=\"4.5\" patternUnits=\"userSpaceOnUse\" \
                 patternTransform=\"rotate(45)\"><rect width=\"4.5\" height=\"4.5\" fill=\"{WHITE}\"/>\
                 <rect width=\"2.25\" height=\"4.5\" fill=\"{colour}\"/></pattern>"
            )
        };
        self.hatches.iter().map(pattern).collect()
    }

    fn paint(&mut self, fill: Fill) -> String {
        match fill {
            Fill::Plain(colour) => format!(r#"fill="{colour}""#),
            Fill::Hatched(colour) => {
                let id = format!("{}-hatch-{}", escape(&self.id), colour.to_string().trim_start_matches('#'));
                self.hatches.insert(colour, id.clone());
                format!(r#"fill="url(#{id})" stroke="{colour}" stroke-width="0.75""#)
            }
        }
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        push_to(&mut self.body, element);
        self.body.push('\n');
    }
}

/// Writes a number with at most two decimals.
pub(super) fn decimal(value: f64) -> String {
    let hundredths = (value * 100.0).round() as i64;
    let (sign, size) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
    match (size / 100, size % 100) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, part) if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        (whole, part) => format!("{sign}{whole}.{part:02}"),
    }
}

/// Writes a text so that XML takes it for text.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn stroke_of(stroke: Stroke) -> String {
    let dash = match stroke.dash {
        "" => String::new(),
        dash => format!(r#" stroke-dasharray="{dash}""#),
    };
    let round = if stroke.width > 1.2 { r#" stroke-linejoin="round""# } else { "" };
    format!(r#" stroke="{}" stroke-width="{}"{dash}{round}"#, stroke.colour, decimal(stroke.width))
}

fn data_number(finding: Option<&str>) -> String {
    finding.map_or_else(String::new, |path| format!(r#" data-number="{}""#, escape(path)))
}

fn push_to(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

fn place((x, y): BackendCoord) -> (f64, f64) {
    (f64::from(x) / GRAIN, f64::from(y) / GRAIN)
}

fn colour(colour: BackendColor) -> Colour {
    Colour(colour.rgb.0, colour.rgb.1, colour.rgb.2)
}

fn thin<S: BackendStyle>(style: &S) -> Stroke {
    Stroke { colour: colour(style.color()), width: f64::from(style.stroke_width()) / GRAIN, dash: "" }
}

/// What plotters' own elements need; the elements of this room call the sheet itself.
impl DrawingBackend for Canvas<'_> {
    type ErrorType = DrawingError;

    fn get_size(&self) -> (u32, u32) {
        ((self.0.width * GRAIN).round() as u32, (self.0.height * GRAIN).round() as u32)
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<DrawingError>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<DrawingError>> {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, with: BackendColor) -> Result<(), DrawingErrorKind<DrawingError>> {
        let (x, y) = place(at);
        self.0.rect([x, y, x + 1.0 / GRAIN, y + 1.0 / GRAIN], Fill::Plain(colour(with)), None);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        self.0.path(&[place(from), place(to)], Some(thin(style)), None, None);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        let ((left, top), (right, bottom)) = (place(from), place(to));
        if fill {
            self.0.rect([left, top, right, bottom], Fill::Plain(colour(style.color())), None);
        } else {
            let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
            self.0.path(&corners, Some(thin(style)), None, None);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        let points: Vec<(f64, f64)> = path.into_iter().map(place).collect();
        self.0.path(&points, Some(thin(style)), None, None);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        let points: Vec<(f64, f64)> = corners.into_iter().map(place).collect();
        self.0.path(&points, None, Some(Fill::Plain(colour(style.color()))), None);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        let (edge, inside) = if fill { (None, colour(style.color())) } else { (Some(thin(style)), WHITE) };
        self.0.circle(place(centre), f64::from(radius) / GRAIN, edge, Fill::Plain(inside), None);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        at: BackendCoord,
    ) -> Result<(), DrawingErrorKind<DrawingError>> {
        let (x, y) = place(at);
        let size = style.size() / GRAIN;
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let centre = match style.anchor().v_pos {
            VPos::Top => y + CAPITAL / 2.0 * size,
            VPos::Center => y,
            VPos::Bottom => y - CAPITAL / 2.0 * size,
        };
        let setting = Setting { size, weight: Weight::Regular, colour: colour(style.color()), anchor, upright: false };
        self.0.text(text, (x, centre), setting, None).map_err(DrawingErrorKind::DrawingError)
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<DrawingError>> {
        let extent = Weight::Regular.measure(text, style.size()).map_err(DrawingErrorKind::DrawingError)?;
        Ok((extent.width.ceil() as u32, (CAPITAL * style.size()).ceil() as u32))
    }
}
