//! Output: pages → files: HTML, Markdown, figures, tables, the ledger and checksums.

mod csv;
mod derivations;
mod headings;
mod frame;
mod html;
mod html_table;
pub mod ledger;
mod markdown;
mod markup;
mod matter;
mod numbers;
mod script;
pub mod selfcheck;
mod setting;
mod sources;
mod trace;
pub mod verification;
mod verification_page;
mod verification_schema;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use html::Assets;
pub use trace::{Step, trace};

use crate::analysis::Edition;
use crate::catalog::Catalog;
use crate::claim::{Paper, Verified};
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::drawing::{self, FigureWords};
use crate::exhibit::{Chart, Exhibits, Label, Maps};
use crate::files::{Files, sha256};
use crate::language::{Case, ExhibitKind, ExhibitNumber, Lang, Language};
use crate::page::{BLOCK, CLOSE, Caption, ExhibitWords, Library, MIDDLE, OPEN, Page};
use crate::study::{Study, WidthEntry, place_of};
use setting::Setting;

/// What all editions share.
#[derive(Debug)]
pub struct Material {
    /// The study.
    pub study: Study,
    /// The catalogue.
    pub catalog: Catalog,
    /// The data.
    pub dataset: Dataset,
    /// The maps.
    pub maps: Maps,
    /// Templates and words.
    pub prose: Library,
    /// The page's frame and style.
    pub assets: Assets,
    /// The papers whose numbers are judged.
    pub papers: Vec<Paper>,
}

/// An edition with its exhibits and language versions.
#[derive(Debug)]
pub struct Built {
    /// Its findings.
    pub edition: Arc<Edition>,
    /// Its exhibits.
    pub exhibits: Exhibits,
    /// Its language versions.
    pub pages: Vec<Page>,
    /// The short selections of its language versions.
    pub selections: Vec<Page>,
}

/// One language version under output.
pub struct Version<'a> {
    /// The edition.
    pub built: &'a Built,
    /// The page.
    pub page: &'a Page,
    /// Its figures as drawn.
    pub drawn: &'a BTreeMap<String, Drawn>,
}

/// What a page tells of a figure that was drawn.
#[derive(Debug)]
pub struct Drawn {
    /// Its alternative text: what it is.
    pub alt: String,
    /// Its description: what it shows.
    pub description: String,
    /// Its width and height.
    pub size: (f64, f64),
}

/// An exhibit in a language, ready for a format.
pub struct Shown<'a> {
    /// Figure or table.
    pub kind: ExhibitKind,
    /// `Таблица 1`, `1-сурет`.
    pub label: String,
    /// What stands over it where it goes on: `Продолжение таблицы 1`, `1-кестенің жалғасы`.
    pub continued: String,
    /// Its caption.
    pub caption: Caption,
    /// The unit that its caption ends in, with the comma before it; empty where it has several or none.
    pub unit: String,
    /// Its numbers as a table.
    pub setting: Setting,
    /// Its alternative text, for a figure.
    pub alt: &'a str,
    /// Its description, for a figure.
    pub description: &'a str,
    /// Its width and height in whole pixels, for a figure.
    pub size: (f64, f64),
    /// The language.
    pub language: &'a Language,
    /// True for a figure as wide as one column of a journal.
    pub is_single: bool,
}

impl Material {
    /// Returns a language by its code.
    pub fn language(&self, lang: Lang) -> Option<&Language> {
        self.prose.speech.get(&lang).map(Arc::as_ref)
    }

    /// Returns the title of the report.
    pub fn title(&self, lang: Lang) -> &str {
        self.study.title.get(lang.code()).map(String::as_str).unwrap_or_default()
    }
}

/// Writes all files of an edition but PNG and checksums, which [`finish`] adds.
pub fn edition(built: &Built, material: &Material, diagnostics: &mut Diagnostics) -> Files {
    let name = &built.edition.name;
    let mut files = Files::default();
    let mut drawn: BTreeMap<Lang, BTreeMap<String, Drawn>> = BTreeMap::new();
    for page in &built.pages {
        drawn.insert(page.lang, figures(built, page, material, &mut files, diagnostics));
    }
    let mut ways = trace::Ways::of(&built.edition);
    let ledger = ledger::collect(built, material, &mut ways);
    for page in &built.pages {
        let empty = BTreeMap::new();
        let version = Version { built, page, drawn: drawn.get(&page.lang).unwrap_or(&empty) };
        let code = page.lang.code();
        files.insert(format!("{name}/{code}/report.md"), markdown::page(&version, material));
        too_wide(&version, material, diagnostics);
        match html::page(&version, material) {
            Ok(text) => files.insert(format!("{name}/{code}/index.html"), text),
            Err(problem) => diagnostics.push(*problem),
        }
        match numbers::page(&version, &ledger, &mut ways, material) {
            Ok(text) => files.insert(format!("{name}/{code}/numbers.html"), text),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    for page in &built.selections {
        let empty = BTreeMap::new();
        let version = Version { built, page, drawn: drawn.get(&page.lang).unwrap_or(&empty) };
        let (code, stem) = (page.lang.code(), page.stem("index"));
        files.insert(format!("{name}/{code}/{stem}.md"), markdown::page(&version, material));
        match html::page(&version, material) {
            Ok(text) => files.insert(format!("{name}/{code}/{stem}.html"), text),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    // The ledger and the data of the exhibits speak all languages, so they are written when all are there.
    if built.pages.len() == material.prose.languages.len() {
        files.extend(csv::files(built, material));
        files.insert(format!("{name}/numbers.json"), ledger.json());
    }
    files
}

/// Writes what stands above the editions: the index, the style sheet, the font, the schema of the ledger.
pub fn root(material: &Material, editions: &[String], diagnostics: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    match html::index(material, editions) {
        Ok(text) => files.insert("index.html", text),
        Err(problem) => diagnostics.push(*problem),
    }
    files.insert("style.css", material.assets.style.clone());
    files.insert("numbers.schema.json", ledger::schema());
    files
}

/// Writes what is said of published papers: the verdicts for machines, and a report in each language.
pub fn verification(verified: &[Verified], material: &Material, diagnostics: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    if verified.is_empty() {
        return files;
    }
    let languages: Vec<&Language> =
        material.prose.languages.iter().filter_map(|lang| material.language(*lang)).collect();
    files.insert("verification.schema.json", verification_schema::schema());
    files.insert("verification/verification.json", verification::json(verified, &languages, material));
    for language in languages {
        let code = language.lang().code();
        let pages = [
            ("index", verification_page::report(verified, language, material)),
            ("derivations", derivations::page(verified, language, material)),
        ];
        for (name, page) in pages {
            match page {
                Ok(text) => files.insert(format!("verification/{code}/{name}.html"), text),
                Err(problem) => diagnostics.push(*problem),
            }
        }
    }
    files
}

fn figures(
    built: &Built,
    page: &Page,
    material: &Material,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Drawn> {
    let mut all = BTreeMap::new();
    let Some(language) = material.language(page.lang) else { return all };
    for (id, figure) in built.exhibits.figures.iter().filter(|(id, _)| page.captions.contains_key(*id)) {
        let words = figure_words(id, &figure.chart, page, material);
        let place = || material.study.place_of_exhibit(id, "kind").within(format!("figure `{id}`"));
        let drawn = drawing::layout(figure, language, &words, drawing::width_of(figure)).and_then(|layout| {
            let alt = drawing::alt(figure, language, &words)?;
            let description = drawing::describe(figure, language, &words)?;
            let size = (layout.width, layout.height);
            if let Some(touching) = layout.collisions().first() {
                let message = format!("texts of the figure touch in `{}`: {touching}", page.lang.code());
                let warning = Diagnostic::warning(code::EXHIBIT_DRAWING, place(), message);
                diagnostics.push(warning.hint("take `width: double`, a larger scale, fewer decimals or shorter words"));
            }
            Ok((layout.svg(drawing::Type::Embedded)?, Drawn { alt, description, size }))
        });
        match drawn {
            Ok((svg, drawn)) => {
                files.insert(format!("{}/figures/{id}.{}.svg", built.edition.name, page.lang.code()), svg);
                all.insert(id.clone(), drawn);
            }
            Err(error) => {
                let hint = matches!(&error, drawing::DrawingError::Shape(_)).then(|| {
                    let edition = &built.edition.name;
                    format!("its expressions have too few values in edition {edition}: `esep trace` shows which")
                });
                let problem = Diagnostic::error(code::EXHIBIT_DRAWING, place(), error.to_string());
                diagnostics.push(problem.maybe_hint(hint));
            }
        }
    }
    all
}

/// Collects the words of a figure: its title without marks, the names of its series and axes.
pub fn figure_words(id: &str, chart: &Chart, page: &Page, material: &Material) -> FigureWords {
    let entry = material.prose.exhibits.get(&page.lang).and_then(|words| words.get(id));
    let series = entry.into_iter().flat_map(|e| &e.series).map(|(key, text)| (format!("series.{key}"), text.clone()));
    let mut words: BTreeMap<String, String> = series.collect();
    if let Chart::HeatMap { rows, columns, .. } = chart
        && let ([Label::Territory(_), ..], [Label::Territory(_), ..]) = (rows.as_slice(), columns.as_slice())
    {
        for (axis, key) in [("axis.rows", "origin"), ("axis.columns", "destination")] {
            let word = material.language(page.lang).and_then(|language| language.word(key)).unwrap_or(key);
            words.insert(axis.to_owned(), word.to_owned());
        }
    }
    let title = page.captions.get(id).map(|caption| unmarked(&caption.title)).unwrap_or_default();
    FigureWords { title, words }
}

/// Adds a PNG to each SVG and writes the checksums of each edition. `known` holds PNGs by the SHA-256 of their SVG.
pub fn finish(files: &mut Files, known: &BTreeMap<String, Vec<u8>>, diagnostics: &mut Diagnostics) {
    use rayon::prelude::*;
    let svgs: Vec<(String, String)> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".svg"))
        .filter_map(|(path, bytes)| Some((path.to_owned(), String::from_utf8(bytes.to_vec()).ok()?)))
        .collect();
    let drawn: Vec<_> = svgs
        .par_iter()
        .map(|(path, svg)| {
            let png = known.get(&sha256(svg.as_bytes())).cloned().map_or_else(|| drawing::png(svg), Ok);
            (path.replace(".svg", ".png"), png)
        })
        .collect();
    for (path, png) in drawn {
        match png {
            Ok(bytes) => files.insert(path, bytes),
            Err(error) => {
                diagnostics.push(Diagnostic::error(code::EXHIBIT_DRAWING, Place::file(path), error.to_string()))
            }
        }
    }
    checksums(files);
}

/// The file that lists the hashes of an edition's files.
const CHECKSUMS: &str = "checksums.sha256";

fn checksums(files: &mut Files) {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for (path, bytes) in files.iter() {
        // A partial build takes in the list of the build before.
        if let Some((edition, rest)) = path.split_once('/').filter(|(_, rest)| *rest != CHECKSUMS) {
            lines.entry(edition.to_owned()).or_default().push_str(&format!("{}  {rest}\n", sha256(bytes)));
        }
    }
    // Pixels may differ between processors, so the list names the target that its PNG files are valid for.
    let target = format!("# PNG files: {} {}\n", std::env::consts::ARCH, std::env::consts::OS);
    for (edition, text) in lines {
        files.insert(format!("{edition}/{CHECKSUMS}"), format!("{target}{text}"));
    }
}

/// Prepares an exhibit for a format.
fn exhibit_of<'a>(id: &str, version: &Version<'a>, material: &'a Material) -> Option<Shown<'a>> {
    let (_, kind, number) = version.page.exhibits.iter().find(|(placed, ..)| placed == id)?;
    // What a selection leaves out stands in the whole version only.
    if let ExhibitNumber::Appendix(_) = number {
        return None;
    }
    let language = material.language(version.page.lang)?;
    let caption = version.page.captions.get(id)?.clone();
    let words: &ExhibitWords = material.prose.exhibits.get(&version.page.lang)?.get(id)?;
    let exhibits = &version.built.exhibits;
    let (table, drawn_unit) = match kind {
        ExhibitKind::Table => (exhibits.tables.get(id)?.clone(), None),
        ExhibitKind::Figure => {
            let figure = exhibits.figures.get(id)?;
            (figure.table(), Some(headings::unit_of(figure, language)))
        }
    };
    let drawn = version.drawn.get(id);
    let setting = setting::set(&table, words, &caption, language);
    Some(Shown {
        kind: *kind,
        label: language.caption_label(*kind, *number),
        continued: continued(*kind, *number, language),
        unit: behind_comma(drawn_unit.as_ref().unwrap_or(&setting.unit)),
        setting,
        caption,
        alt: drawn.map(|drawn| drawn.alt.as_str()).unwrap_or_default(),
        description: drawn.map(|drawn| drawn.description.as_str()).unwrap_or_default(),
        size: drawn.map(|drawn| (drawn.size.0.round(), drawn.size.1.round())).unwrap_or_default(),
        language,
        is_single: version.built.exhibits.figures.get(id).is_some_and(|figure| figure.width == WidthEntry::Single),
    })
}

/// Warns of tables that no printed sheet holds across.
fn too_wide(version: &Version, material: &Material, diagnostics: &mut Diagnostics) {
    for (id, entry) in &material.study.tables {
        if exhibit_of(id, version, material).is_some_and(|shown| shown.setting.is_too_wide()) {
            let message = "is wider than a sheet of A4 on its side: print cuts it off";
            let hint = "take fewer columns, change rows for columns, or draw it as a heat map";
            let warning = Diagnostic::warning(code::EXHIBIT_WIDE, place_of(entry, id), message);
            diagnostics.push(warning.hint(hint));
        }
    }
}

/// Puts a comma before a unit, where there is one.
fn behind_comma(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!(", {unit}") }
}

impl Shown<'_> {
    /// Returns what stands before the first note.
    fn head_of_notes(&self) -> String {
        let key = if self.setting.notes.len() > 1 { "notes" } else { "note" };
        format!("{}: ", self.language.word(key).unwrap_or(key))
    }
}

fn continued(kind: ExhibitKind, number: ExhibitNumber, language: &Language) -> String {
    let exhibit = language.exhibit_ref(kind, number, Some(Case::Gen)).unwrap_or_default();
    language.word("table-continued").unwrap_or("{table}").replace("{table}", &exhibit)
}

/// Fills the blocks of a text; a block that stands for nothing leaves nothing.
fn fill(text: &str, block: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(BLOCK.0) {
        out.push_str(before);
        let Some((name, tail)) = after.split_once(BLOCK.1) else { break };
        out.push_str(&block(name));
        rest = tail;
    }
    out + rest
}

/// Replaces each marked number: `number(index, text)`.
fn replace_numbers(text: &str, mut number: impl FnMut(usize, &str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once(OPEN) {
        out.push_str(before);
        let parts = marked.split_once(MIDDLE).and_then(|(index, tail)| {
            let (printed, tail) = tail.split_once(CLOSE)?;
            Some((index.parse().ok()?, printed, tail))
        });
        let Some((index, printed, tail)) = parts else { break };
        out.push_str(&number(index, printed));
        rest = tail;
    }
    out + rest
}

/// Returns a text without marks.
pub fn unmarked(text: &str) -> String {
    replace_numbers(text, |_, printed| printed.to_owned())
}
