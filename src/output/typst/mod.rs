//! Typst: a language version as a file that Typst sets as tagged PDF, with its form, its figures and its fonts beside it.

mod exhibits;
mod markup;
mod math;
mod walk;

use std::collections::BTreeSet;

use super::figures::Drawings;
use super::{Built, Material};
use crate::files::Files;
use crate::page::Page;
use markup::string;
use walk::Walk;

/// Writes a language version and its figures.
pub fn typst(built: &Built, page: &Page, drawings: &Drawings, material: &Material) -> Files {
    let version = drawings.version(built, page);
    let (name, code) = (&built.edition.name, page.lang.code());
    let blocks = super::matter::whole(page, material);
    // Where links may lead is known when all is written once.
    let written = |known: BTreeSet<String>| {
        let mut walk = Walk::new(&version, material, known);
        let text = walk.blocks(&blocks);
        (text, walk.places)
    };
    let (_, places) = written(BTreeSet::new());
    let (text, _) = written(places);
    let mut files = Files::default();
    files.insert(format!("report.{name}.{code}.typ"), head(page, material) + &text + "\n");
    let ending = format!(".{code}.svg");
    for (path, bytes) in drawings.files.iter().filter(|(path, _)| path.ends_with(&ending)) {
        let picture = std::str::from_utf8(bytes).map(crate::drawing::picture).unwrap_or_default();
        files.insert(figure(name, path.rsplit('/').next().unwrap_or(path)), picture);
    }
    files
}

/// What the licence of the fonts is known by.
const OFL: &str = "SIL OPEN FONT LICENSE";

/// Lists the letters of an export that the font beside it lacks; formulas have a font of their own.
pub fn typst_lacks(export: &Files) -> BTreeSet<char> {
    let is_set = |path: &str| path.starts_with("report.") || path.starts_with("figures/");
    let texts: Vec<&str> = export.iter().filter_map(|(path, _)| export.text(path).filter(|_| is_set(path))).collect();
    let outside = texts.iter().flat_map(|text| {
        text.split(math::BEGIN).enumerate().map(|(at, part)| match at {
            0 => part,
            _ => part.split_once(math::END).map_or("", |(_, rest)| rest),
        })
    });
    crate::drawing::lacking(outside)
}

/// Names the file of a figure.
fn figure(edition: &str, file: &str) -> String {
    format!("figures/{edition}/{file}")
}

/// Writes what all versions need beside them: their form, how they are compiled, their fonts.
pub fn typst_beside() -> Files {
    let mut files = Files::default();
    files.insert("form.typ", include_str!("form.typ"));
    files.insert("compile.py", include_str!("compile.py"));
    let fonts = [
        ("Regular", notosans::REGULAR_TTF),
        ("Bold", notosans::BOLD_TTF),
        ("Italic", notosans::ITALIC_TTF),
        ("BoldItalic", notosans::BOLD_ITALIC_TTF),
    ];
    for (name, bytes) in fonts {
        files.insert(format!("fonts/NotoSans-{name}.ttf"), bytes);
    }
    // The licence of the fonts goes with them.
    let rule = "-".repeat(80);
    let licence = include_str!("../../../THIRD-PARTY.txt").split(&rule).find(|part| part.contains(OFL));
    files.insert("fonts/OFL.txt", licence.unwrap_or_default().trim().to_owned() + "\n");
    files
}

/// Writes what a version is, for the form.
fn head(page: &Page, material: &Material) -> String {
    let (study, code) = (&material.study, page.lang.code());
    let word = |key: &'static str| material.language(page.lang).and_then(|language| language.word(key)).unwrap_or(key);
    let list =
        |texts: &mut dyn Iterator<Item = String>| format!("({})", texts.map(|text| text + ", ").collect::<String>());
    let pick = |texts: &crate::study::Texts| texts.get(code).cloned().unwrap_or_default();
    let authors = || study.authors.iter().filter(|author| !author.placeholder);
    let codes = [("udc", &study.udc), ("grnti", &study.grnti)];
    let mut codes =
        codes.into_iter().filter_map(|(key, own)| Some(string(&format!("{} {}", word(key), own.as_ref()?))));
    let mut names = authors().map(|author| string(&pick(&author.name)));
    let mut told =
        authors().map(|author| format!("({}, {})", string(&pick(&author.name)), string(&pick(&author.affiliation))));
    let lines = [
        ("title", string(material.title(page.lang))),
        ("subtitle", string(study.edition_title(&page.edition, code).unwrap_or_default())),
        ("lang", string(code)),
        ("names", list(&mut names)),
        ("codes", list(&mut codes)),
        ("authors", list(&mut told)),
        ("contents", string(word("contents"))),
    ];
    let lines: String = lines.iter().map(|(key, value)| format!("  {key}: {value},\n")).collect();
    format!("#import \"form.typ\": *\n#show: report.with(\n{lines})\n\n")
}
