//! Alone: a figure as a file of its own says what it is: its message, title, source and terms stand within, and what it
//! looks like in the dark.

use std::collections::BTreeSet;

use super::canvas::{Anchor, Setting, Sheet, decimal};
use super::element::set;
use super::palette::{Colour, INK, QUIET};
use super::{DrawingError, EDGE, FigureWords};

const HEADLINE: f64 = 14.5;
const TITLE: f64 = 12.0;
const SOURCE: f64 = 9.5;
/// The distance of lines, in sizes of their letters.
const LEADING: f64 = 1.32;
/// The gap between the texts and the picture.
const GAP: f64 = 6.0;

/// What stands above and below a picture, measured.
#[derive(Debug)]
pub(super) struct Around {
    /// The elements above, and how high they are.
    pub(super) above: (Sheet, f64),
    /// The elements below, from the end of the picture.
    pub(super) below: (Sheet, f64),
}

impl Around {
    /// Sets the texts of a figure in its width: a message over the title where there is one.
    pub(super) fn of(id: &str, words: &FigureWords, width: f64) -> Result<Around, DrawingError> {
        // One weight, so that most files need one font.
        let large = |size: f64| set(size, INK, Anchor::Start);
        let title = if words.headline.is_empty() { large(HEADLINE) } else { set(TITLE, QUIET, Anchor::Start) };
        let small = set(SOURCE, QUIET, Anchor::Start);
        let above = lines(id, &[(&words.headline, large(HEADLINE)), (&words.title, title)], width)?;
        let below = lines(id, &[(&words.source, small), (&words.terms, small)], width)?;
        Ok(Around { above, below })
    }
}

/// Sets texts below one another; none takes no room.
fn lines(id: &str, texts: &[(&String, Setting)], width: f64) -> Result<(Sheet, f64), DrawingError> {
    let mut sheet = Sheet::new(id, width, 0.0);
    let mut y = EDGE;
    for (text, setting) in texts.iter().filter(|(text, _)| !text.is_empty()) {
        for line in setting.weight.wrap(text, setting.size, width - 2.0 * EDGE)? {
            let middle = y + setting.size * LEADING / 2.0;
            sheet.text(&line, (EDGE, middle), *setting, None)?;
            y += setting.size * LEADING;
        }
    }
    let height = if y > EDGE { (y + GAP).ceil() } else { 0.0 };
    sheet.height = height;
    Ok((sheet, height))
}

/// Cuts from a figure that was written as a file the picture alone, for pages whose captions say the rest.
pub fn picture(svg: &str) -> String {
    let attribute = |name: &str| -> Option<(usize, &str)> {
        let start = svg.find(&format!(" {name}=\""))? + name.len() + 3;
        Some((start, svg[start..].split('"').next()?))
    };
    let cut = || -> Option<String> {
        let (_, part) = attribute("data-picture")?;
        let (top, height) = part.split_once(' ')?;
        let (_, width) = attribute("width")?;
        let (at, whole) = attribute("height")?;
        let (view, old) = attribute("viewBox")?;
        let box_of = format!("0 {top} {width} {height}");
        Some([&svg[..at], height, &svg[at + whole.len()..view], &box_of, &svg[view + old.len()..]].concat())
    };
    cut().unwrap_or_else(|| svg.to_owned())
}

/// Lists the colours with which elements are filled or drawn.
fn colours(drawn: &str, paint: &str) -> BTreeSet<Colour> {
    let before = format!("{paint}=\"#");
    let found = drawn.split(&before).skip(1).filter_map(|rest| rest.get(..6));
    found.filter_map(|hex| Colour::parse(&format!("#{hex}"))).collect()
}

/// Writes the rules by which what was drawn stands on a dark ground.
pub(super) fn dark(drawn: &str) -> String {
    let rule = |paint: &'static str| colours(drawn, paint).into_iter().map(move |colour| rule(colour, paint, ""));
    let rules: String = rule("fill").chain(rule("stroke")).collect();
    if rules.is_empty() { rules } else { in_the_dark(&rules) }
}

/// Writes the rules of colours within an element.
pub(super) fn rules(colours: &BTreeSet<Colour>, within: &str) -> String {
    let both = |colour: &Colour| rule(*colour, "fill", within) + &rule(*colour, "stroke", within);
    in_the_dark(&colours.iter().map(both).collect::<String>())
}

/// Writes the rule of the ink that an element hands down.
pub(super) fn ink(element: &str) -> String {
    in_the_dark(&format!("{element}{{fill:{}}}", INK.in_the_dark()))
}

fn rule(colour: Colour, paint: &str, within: &str) -> String {
    format!("{within}[{paint}=\"{colour}\"]{{{paint}:{}}}", colour.in_the_dark())
}

fn in_the_dark(rules: &str) -> String {
    format!("@media (prefers-color-scheme:dark){{{rules}}}")
}

/// Says where the picture stands in its file.
pub(super) fn place(top: f64, height: f64) -> String {
    format!(r#" data-picture="{} {}""#, decimal(top), decimal(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_cut_from_its_file() {
        let svg =
            r#"<svg xmlns="a" width="100" height="80" viewBox="0 0 100 80" data-picture="20 50" role="img">b</svg>"#;
        let cut =
            r#"<svg xmlns="a" width="100" height="50" viewBox="0 20 100 50" data-picture="20 50" role="img">b</svg>"#;
        assert_eq!(picture(svg), cut);
        assert_eq!(picture("<svg width=\"1\"/>"), "<svg width=\"1\"/>");
    }

    #[test]
    fn each_colour_in_use_has_one_for_the_dark() {
        let rules = dark(r##"<rect fill="#ffffff"/><path stroke="#222222" fill="none"/><rect fill="#ffffff"/>"##);
        assert_eq!((rules.matches("{fill:").count(), rules.matches("{stroke:").count()), (1, 1), "{rules}");
        assert!(rules.starts_with("@media (prefers-color-scheme:dark){[fill=\"#ffffff\"]"), "{rules}");
        assert_eq!(dark("<g/>"), "");
    }
}
