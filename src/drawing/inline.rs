//! Inline: a figure within a page: its numbers lead where the page leads them, and each mark says what it is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::canvas::{decimal, escape};
use super::font::{FAMILY, Weight};
use super::voice::Voice;
use super::{DrawingError, Layout, Sheet, alone, palette, subset};
use crate::exhibit::{Entry, Label, Mark};
use crate::finding::{Amount, Unit};

/// Signs that figures print beside letters and digits.
const SIGNS: &str = " !\"#%&'()*+,-./0123456789:;<=>?[]_|\u{a0}\u{202f}«»–—−×·°‰№…≤≥±→←↑↓’“”“„†‡²³€₸";

/// A figure as a page holds it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Inline {
    /// The elements, one a line.
    pub body: String,
    /// The width and the height.
    pub size: (f64, f64),
}

impl Inline {
    /// Takes what a layout has drawn; a page that holds a figure twice tells its hatches apart by a suffix.
    pub(super) fn of(sheet: &Sheet, (width, height): (f64, f64), suffix: &str) -> Inline {
        let defs = match sheet.patterns() {
            patterns if patterns.is_empty() => String::new(),
            patterns => format!("<defs>{patterns}</defs>\n"),
        };
        let id = escape(&sheet.id);
        let body = (defs + &sheet.body).replace(&format!("{id}-hatch-"), &format!("{id}{suffix}-hatch-"));
        Inline { body, size: (width, height) }
    }

    /// Writes it as SVG, numbers as links. `tips` say of numbers what they are.
    pub fn svg(
        &self,
        (class, name): (&str, &str),
        tips: &BTreeMap<String, String>,
        lead: &dyn Fn(&str) -> Option<String>,
    ) -> String {
        let (width, height) = (decimal(self.size.0), decimal(self.size.1));
        let mut out = format!(
            "<svg class=\"plot {class}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"group\" aria-label=\"{}\" font-size=\"10.5\" fill=\"#222222\" stroke-width=\"0.75\" font-family=\"'{FAMILY}', sans-serif\" text-rendering=\"geometricPrecision\">\n",
            escape(name)
        );
        let mut told = BTreeSet::new();
        for line in self.body.lines() {
            let line = &usual(line);
            let Some((number, plain)) = owned(line) else {
                out.push_str(line);
                out.push('\n');
                continue;
            };
            // On a phone nothing hovers, and a finger hits labels: a mark that nothing names leads nowhere.
            let tip = tips.get(number).filter(|_| told.insert(number.to_owned()));
            if tip.is_none() && !plain.starts_with("<text") {
                out.push_str(&plain);
                out.push('\n');
                continue;
            }
            let tip = tip.map(|tip| format!("<title>{}</title>", escape(tip))).unwrap_or_default();
            out.push_str(&match lead(number) {
                Some(href) => format!("<a href=\"{}\">{tip}{plain}</a>\n", escape(&href)),
                None => format!("<g>{tip}{plain}</g>\n"),
            });
        }
        out + "</svg>"
    }
}

/// Returns an element without the number that it shows.
pub(super) fn unowned(line: &str) -> String {
    owned(line).map_or_else(|| line.to_owned(), |(_, plain)| plain)
}

/// Leaves out of an element what the whole picture says: the size and the ink of most texts, the breadth of most lines.
fn usual(line: &str) -> String {
    match line.starts_with("<text") {
        true => line.replacen(" font-size=\"10.5\"", "", 1).replacen(" fill=\"#222222\"", "", 1),
        false => line.replacen(" stroke-width=\"0.75\"", "", 1),
    }
}

/// Parts an element from the number that it shows.
fn owned(line: &str) -> Option<(&str, String)> {
    const KEY: &str = " data-number=\"";
    let start = line.find(KEY)?;
    let number = line[start + KEY.len()..].split('"').next()?;
    Some((number, [&line[..start], &line[start + KEY.len() + number.len() + 1..]].concat()))
}

/// Says of each number of a figure what it is: the name of its row and column, its value with its unit, and its rank among
/// territories.
pub(super) fn tips(voice: &Voice<'_>) -> Result<BTreeMap<String, String>, DrawingError> {
    let table = voice.figure.table();
    let mut tips = BTreeMap::new();
    for (at, column) in table.columns.iter().enumerate() {
        let is_own = |label: &Label| table.columns.len() > 1 || !matches!(label, Label::Word(_));
        let heading = if is_own(&column.label) { format!(", {}", voice.name(&column.label)?) } else { String::new() };
        let of_row = |row: &crate::exhibit::Row| row.entries.get(at).and_then(Entry::mark).cloned();
        let ranked: Vec<Amount> = table
            .rows
            .iter()
            .filter(|row| matches!(row.label, Label::Territory(_)))
            .filter_map(|row| of_row(row)?.value.ok())
            .collect();
        let are_ranks = are_ranks(column.unit, &ranked);
        for row in &table.rows {
            let Some(mark) = of_row(row).filter(|mark| !mark.number.is_empty()) else { continue };
            let name = voice.name(&row.label)?;
            let said = match &mark.value {
                Ok(rank) if are_ranks => place(voice, &voice.language.number(rank, 0).to_string(), ranked.len())?,
                // Of a move from a territory to another its place among those to the same one says little.
                _ if matches!(column.label, Label::Territory(_)) => voice.whole(&mark, column)?,
                _ => format!("{}{}", voice.whole(&mark, column)?, rank(voice, &row.label, &mark, &ranked)?),
            };
            tips.insert(mark.number.clone(), format!("{name}{heading}: {said}"));
        }
    }
    Ok(tips)
}

/// Says whether numbers are places in an order, which have no place of their own.
fn are_ranks(unit: Unit, ranked: &[Amount]) -> bool {
    let most = Amount::Integer(i64::try_from(ranked.len()).unwrap_or(i64::MAX));
    let is_place =
        |value: &Amount| *value >= Amount::Integer(1) && *value <= most && value.round(0).to_amount() == *value;
    unit == Unit::Count && ranked.len() > 2 && ranked.iter().all(is_place)
}

fn rank(voice: &Voice<'_>, label: &Label, mark: &Mark, ranked: &[Amount]) -> Result<String, DrawingError> {
    let (Label::Territory(_), Ok(value), true) = (label, &mark.value, ranked.len() > 2) else {
        return Ok(String::new());
    };
    let rank = ranked.iter().filter(|other| *other > value).count() + 1;
    Ok(format!("; {}", place(voice, &rank.to_string(), ranked.len())?))
}

fn place(voice: &Voice<'_>, place: &str, count: usize) -> Result<String, DrawingError> {
    Ok(voice.word("chart-rank")?.replace("{place}", place).replace("{count}", &count.to_string()))
}

impl Layout {
    /// Returns the picture for a page: how it is drawn again at another width is told by a suffix.
    pub fn inline(&self, suffix: &str) -> Inline {
        Inline::of(&self.sheet, (self.width, self.height), suffix)
    }
}

/// Writes what a page with figures in it needs: their font, their place, and their colours in the dark: the
/// program's own and those that a study declares.
pub fn page_style(
    letters: impl Iterator<Item = char>,
    declared: impl Iterator<Item = [u8; 3]>,
) -> Result<String, DrawingError> {
    let small: BTreeSet<char> = letters.chain('a'..='z').collect();
    let large = small.iter().flat_map(|letter| letter.to_uppercase());
    let all: BTreeSet<char> = small.iter().copied().chain(large).chain(SIGNS.chars()).collect();
    let mut style = String::new();
    for weight in [Weight::Regular, Weight::Bold] {
        let own = all.iter().copied().filter(|letter| weight.glyph(*letter).is_some()).collect();
        style.push_str(&subset::font_face(weight, &own)?);
        style.push('\n');
    }
    style.push_str(include_str!("plot.css"));
    let colours = palette::all().into_iter().chain(declared.flat_map(palette::shades));
    // The ink that a picture gives to all its texts.
    style.push_str(&alone::ink("svg.plot"));
    style.push_str(&alone::rules(&colours.collect(), "svg.plot "));
    style.push('\n');
    Ok(style)
}
