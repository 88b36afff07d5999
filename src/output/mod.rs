//! Output: pages → files: HTML, Markdown, figures, tables, the ledger and checksums.

mod csv;
mod derivations;
mod html;
pub mod ledger;
mod markdown;
mod matter;
mod numbers;
pub mod selfcheck;
mod setting;
mod sources;
mod trace;
pub mod verification;
mod verification_page;

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
use crate::study::{STUDY, Study};
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
    /// Its numbers as a table.
    pub setting: Setting,
    /// Its alternative text, for a figure.
    pub alt: &'a str,
    /// Its description, for a figure.
    pub description: &'a str,
    /// Its width and height, for a figure.
    pub size: (f64, f64),
    /// The language.
    pub language: &'a Language,
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
    for (id, table) in &built.exhibits.tables {
        files.insert(format!("{name}/tables/{id}.csv"), csv::table(table));
    }
    for (id, figure) in &built.exhibits.figures {
        files.insert(format!("{name}/figures/{id}.csv"), csv::table(&figure.table()));
    }
    let mut ways = trace::Ways::of(&built.edition);
    let ledger = ledger::collect(built, material, &mut ways);
    for page in &built.pages {
        let empty = BTreeMap::new();
        let version = Version { built, page, drawn: drawn.get(&page.lang).unwrap_or(&empty) };
        let code = page.lang.code();
        files.insert(format!("{name}/{code}/report.md"), markdown::page(&version, material));
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
    // The ledger speaks of all languages, so it is written when all are there.
    if built.pages.len() == material.prose.languages.len() {
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
    files.insert("verification.schema.json", verification::schema());
    files.insert("verification/verification.json", verification::json(verified, &languages));
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
        let place = || Place::file(STUDY).within(format!("figure `{id}`, {}", page.lang.code()));
        let drawn = drawing::layout(figure, language, &words, drawing::width_of(figure)).and_then(|layout| {
            let alt = drawing::alt(figure, language, &words)?;
            let description = drawing::describe(figure, language, &words)?;
            let size = (layout.width, layout.height);
            if let Some(touching) = layout.collisions().first() {
                let message = format!("texts of the figure touch: {touching}");
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
                diagnostics.push(Diagnostic::error(code::EXHIBIT_DRAWING, place(), error.to_string()));
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
    let table = match kind {
        ExhibitKind::Table => version.built.exhibits.tables.get(id)?.clone(),
        ExhibitKind::Figure => version.built.exhibits.figures.get(id)?.table(),
    };
    let drawn = version.drawn.get(id);
    Some(Shown {
        kind: *kind,
        label: language.caption_label(*kind, *number),
        continued: continued(*kind, *number, language),
        setting: setting::set(&table, words, &caption, language),
        caption,
        alt: drawn.map(|drawn| drawn.alt.as_str()).unwrap_or_default(),
        description: drawn.map(|drawn| drawn.description.as_str()).unwrap_or_default(),
        size: drawn.map(|drawn| drawn.size).unwrap_or_default(),
        language,
    })
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
