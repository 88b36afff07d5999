//! Raster: an SVG of this room turned into a PNG at 300 dots an inch, with the bundled font and no other.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{FontResolver, Group, Node, Options, Tree};

use super::DrawingError;
use super::font::{FAMILY, Weight};

/// Dots to a unit: a unit is a hundredth of an inch.
const DOTS: f32 = 3.0;
/// 300 dots an inch, as dots a metre.
const DOTS_A_METRE: u32 = 11811;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for weight in [Weight::Regular, Weight::Bold] {
        fonts.load_font_source(Source::Binary(Arc::new(weight.bytes())));
    }
    Arc::new(fonts)
});

/// Renders an SVG; what would be dropped, or drawn in another font, is an error.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, DrawingError> {
    let tree = parse(svg)?;
    let size = tree.size();
    let (width, height) = ((size.width() * DOTS).round() as u32, (size.height() * DOTS).round() as u32);
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| failed("the picture has no size"))?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(DOTS, DOTS), &mut pixels.as_mut());
    encode(&pixels)
}

fn failed(what: impl std::fmt::Display) -> DrawingError {
    DrawingError::Raster(what.to_string())
}

fn parse(svg: &str) -> Result<Tree, DrawingError> {
    // The embedded font serves browsers; here the whole font is at hand, and its rule would only be skipped.
    let drawn = without(svg, "style");
    let lost = AtomicBool::new(false);
    let select = |font: &resvg::usvg::Font, fonts: &mut Arc<Database>| {
        let named = font.families().first().is_some_and(|family| family.to_string().trim_matches('"') == FAMILY);
        let face = fonts.faces().find(|face| face.weight.0 == font.weight() && named).map(|face| face.id);
        lost.fetch_or(face.is_none(), Ordering::Relaxed);
        face
    };
    let options = Options {
        fontdb: FONTS.clone(),
        font_resolver: FontResolver {
            select_font: Box::new(select),
            select_fallback: Box::new(|_, _, _| {
                lost.store(true, Ordering::Relaxed);
                None
            }),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(&drawn, &options).map_err(failed)?;
    drop(options);
    let (wanted, drawn) = (wanted(&drawn), shown(tree.root()));
    if lost.load(Ordering::Relaxed) || wanted != drawn {
        let message = format!("{drawn:?} of {wanted:?} texts and shapes would be drawn with the bundled font");
        return Err(failed(message));
    }
    Ok(tree)
}

/// Returns the SVG without an element, where it has it once.
fn without(svg: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    match (svg.find(&open), svg.find(&close)) {
        (Some(start), Some(end)) => [&svg[..start], &svg[end + close.len()..]].concat(),
        _ => svg.to_owned(),
    }
}

/// Counts the texts and the shapes of an SVG outside its patterns.
fn wanted(svg: &str) -> (usize, usize) {
    let svg = without(svg, "defs");
    let count = |element: &str| svg.matches(&format!("<{element} ")).count();
    (count("text"), count("rect") + count("path") + count("circle"))
}

/// Counts the texts whose every glyph is known, and the shapes, that would be drawn.
fn shown(group: &Group) -> (usize, usize) {
    let count = |node: &Node| match node {
        Node::Group(group) => shown(group),
        Node::Text(text) => {
            let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
            (usize::from(!text.layouted().is_empty() && glyphs.all(|glyph| glyph.id.0 > 0)), 0)
        }
        Node::Path(_) => (0, 1),
        Node::Image(_) => (0, 0),
    };
    group.children().iter().map(count).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

fn encode(pixels: &Pixmap) -> Result<Vec<u8>, DrawingError> {
    // The ground is opaque, so the fourth channel says nothing.
    let dots = || pixels.data().chunks_exact(4).map(|dot| [dot[0], dot[1], dot[2]]);
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_depth(BitDepth::Eight);
    // Few colours in long runs pack best unfiltered. A picture is drawn once and kept, but travels with every copy of the
    // report: packed at this level it weighs half of what the first one leaves.
    encoder.set_deflate_compression(DeflateCompression::Level(6));
    encoder.set_filter(Filter::NoFilter);
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: DOTS_A_METRE, yppu: DOTS_A_METRE, unit: Unit::Meter }));
    // The dots stay the same whether a colour is written out or named.
    let data = match palette(dots()) {
        Some(palette) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(palette.concat());
            named(dots(), &palette)
        }
        None => {
            encoder.set_color(ColorType::Rgb);
            dots().flatten().collect()
        }
    };
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&data).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

/// Lists the colours of a picture in order; none where they are more than a palette holds.
fn palette(dots: impl Iterator<Item = [u8; 3]>) -> Option<Vec<[u8; 3]>> {
    let (mut colours, mut last) = (BTreeSet::new(), None);
    for dot in dots {
        // Dots stand in long runs.
        if last != Some(dot) && colours.insert(dot) && colours.len() > 256 {
            return None;
        }
        last = Some(dot);
    }
    Some(colours.into_iter().collect())
}

/// Writes each dot as the number of its colour.
fn named(dots: impl Iterator<Item = [u8; 3]>, palette: &[[u8; 3]]) -> Vec<u8> {
    let mut last: Option<([u8; 3], u8)> = None;
    let number = |dot: [u8; 3]| match last {
        Some((colour, number)) if colour == dot => number,
        _ => {
            let number = u8::try_from(palette.binary_search(&dot).unwrap_or_default()).unwrap_or_default();
            last = Some((dot, number));
            number
        }
    };
    dots.map(number).collect()
}
