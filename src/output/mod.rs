//! Output: pages → files: HTML, Markdown, figures, tables, the ledger and the manifest.

mod bar;
pub mod csv;
mod derivations;
mod downloads;
pub mod docx;
mod element;
mod headings;
mod explanation;
mod formula;
mod frame;
mod html;
mod html_table;
mod html_walk;
pub mod ledger;
mod markdown;
mod mathml;
mod matter;
mod panel;
mod script;
mod search;
pub mod selfcheck;
mod setting;
mod sources;
mod told;
mod trace;
pub mod verification;
mod verification_page;
mod verification_schema;

use std::cell::{LazyCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use explanation::Guide;
pub use explanation::{Around, Verdicts};
pub use html::{Assets, LAYOUT, OWN_LAYOUT, OWN_STYLE, STYLE, alone};
pub use script::{at_work, blank};
pub use told::Teller;
pub use trace::{Step, trace};

use crate::analysis::Edition;
use crate::catalog::Catalog;
use crate::claim::{Paper, Verified};
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::document::plain;
use crate::drawing::{self, FigureWords};
use crate::exhibit::{Chart, Exhibits, Figure, Maps};
use crate::files::{Files, Kept, sha256};
use crate::language::{Case, ExhibitKind, ExhibitNumber, Lang, Language};
use crate::page::{Caption, ExhibitWords, Library, Page};
use crate::study::{Study, WidthEntry, place_of};
use setting::Setting;

/// What all editions share.
#[derive(Debug)]
pub struct Material {
    /// The study.
    pub study: Study,
    /// The catalogue.
    pub catalog: Arc<Catalog>,
    /// The data.
    pub dataset: Arc<Dataset>,
    /// The maps.
    pub maps: Maps,
    /// Templates and words.
    pub prose: Library,
    /// The page's frame and style.
    pub assets: Assets,
    /// The papers whose numbers are judged.
    pub papers: Vec<Paper>,
    /// What all of this was made of.
    pub origin: Origin,
    /// A hash of the claims.
    pub claims: String,
}

/// Hashes of the inputs that a step of a build rests on.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Of everything but the prose of the pages, the claims and the style sheet.
    pub all: String,
    /// Of all that chapters rest on but for their own text: not of captions and of the frame.
    pub prose: String,
    /// Of all that verdicts rest on but for the claims: not of captions.
    pub judged: String,
    /// Of the study, the texts and the names: of what numbers are printed with, but for the numbers.
    pub speech: String,
    /// Of what findings and exhibits are computed from: the study, the data and the maps.
    pub findings: String,
}

/// An edition with its exhibits and language versions.
#[derive(Debug)]
pub struct Built {
    /// Its findings.
    pub edition: Arc<Edition>,
    /// Its exhibits.
    pub exhibits: Arc<Exhibits>,
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
    /// Where its numbers are explained, once that is known.
    pub guide: Option<&'a Guide>,
}

/// What a page tells of a figure that was drawn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Drawn {
    /// Its alternative text: what it is.
    pub alt: String,
    /// Its description: what it shows.
    pub description: String,
    /// Its width and height in whole pixels.
    pub size: (u32, u32),
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

/// The figures of an edition as drawn, by language.
#[derive(Debug, Default)]
pub struct Drawings {
    /// The SVG files.
    pub files: Files,
    /// What the pages tell of them, by language and figure.
    pub drawn: BTreeMap<Lang, BTreeMap<String, Drawn>>,
}

/// Draws the figures of an edition.
pub fn draw(built: &Built, material: &Material, kept: &Kept, diagnostics: &mut Diagnostics) -> Drawings {
    let mut drawings = Drawings::default();
    for page in &built.pages {
        let drawn = figures(built, page, material, kept, &mut drawings.files, diagnostics);
        drawings.drawn.insert(page.lang, drawn);
    }
    drawings
}

impl Drawings {
    /// Tells where the numbers of a language version are explained.
    fn guide(&self, built: &Built, page: &Page, material: &Material) -> Guide {
        let selections: Vec<&Page> = built.selections.iter().filter(|short| short.lang == page.lang).collect();
        Guide::of(&self.version(built, page), &selections, material)
    }

    fn version<'a>(&'a self, built: &'a Built, page: &'a Page) -> Version<'a> {
        static NONE: BTreeMap<String, Drawn> = BTreeMap::new();
        Version { built, page, drawn: self.drawn.get(&page.lang).unwrap_or(&NONE), guide: None }
    }
}

/// Writes a page of an edition that was composed for an author at work: no file of the report.
pub fn placed(built: &Built, page: &Page, drawings: &Drawings, material: &Material) -> Result<String, Box<Diagnostic>> {
    let whole = built.pages.iter().find(|whole| whole.lang == page.lang);
    let guide = whole.map(|whole| drawings.guide(built, whole, material));
    html::page(&Version { guide: guide.as_ref(), ..drawings.version(built, page) }, material)
}

/// Writes all files of an edition but its figures, PNG and the manifest, which [`draw`] and [`finish`] add. `around` is
/// asked for where an explanation is not kept, and `other` names all that it rests on.
pub fn edition<'a>(
    built: &Built,
    drawings: &Drawings,
    (other, around): (&str, &dyn Fn() -> Around<'a>),
    material: &Material,
    kept: &Kept,
    diagnostics: &mut Diagnostics,
) -> Files {
    let (name, all) = (&built.edition.name, &material.origin.all);
    let mut files = Files::default();
    // Most edits change words and no number.
    let numbers = |page: &Page| sha256(format!("{:?} {:?}", page.numbers, page.asked).as_bytes());
    let numbered: String = built.pages.iter().map(|page| format!("{} {}\n", page.lang.code(), numbers(page))).collect();
    let explained = LazyCell::new(|| {
        let mut ways = trace::Ways::of(&built.edition);
        (ledger::collect(built, material, &mut ways), RefCell::new(ways), around())
    });
    let text = |made: Result<String, Box<Diagnostic>>, own: &mut Diagnostics| {
        made.unwrap_or_else(|problem| {
            own.push(*problem);
            String::new()
        })
    };
    let guides: BTreeMap<Lang, Guide> =
        built.pages.iter().map(|page| (page.lang, drawings.guide(built, page, material))).collect();
    let led: BTreeMap<Lang, String> =
        guides.iter().map(|(lang, guide)| (*lang, sha256(format!("{guide:?}").as_bytes()))).collect();
    let all_led: String = led.values().map(String::as_str).collect();
    for page in built.pages.iter().chain(&built.selections) {
        let version = Version { guide: guides.get(&page.lang), ..drawings.version(built, page) };
        let (code, is_whole) = (page.lang.code(), page.selection.is_none());
        let markdown = kept.lasting("markdown", &[&page.origin], diagnostics, |own| {
            if is_whole {
                too_wide(&version, material, own);
            }
            markdown::page(&version, material)
        });
        files.insert(format!("{name}/{code}/{}.md", page.stem("report")), markdown.as_str());
        let own_led = led.get(&page.lang).map(String::as_str).unwrap_or_default();
        let html = kept
            .lasting("html", &[&page.origin, own_led], diagnostics, |own| text(html::page(&version, material), own));
        files.insert(format!("{name}/{code}/{}.html", page.stem("index")), html.as_str());
        if is_whole {
            let parts = [all.as_str(), other, name, code, &numbered, &all_led];
            let followed = kept.lasting("explanation", &parts, diagnostics, |own| {
                let (ledger, ways, around) = &*explained;
                let pages = explanation::pages(&version, &guides, ledger, &mut ways.borrow_mut(), around, material);
                let read = |(file, page)| (format!("{name}/{code}/{file}"), text(page, own));
                pages.into_iter().map(read).collect::<BTreeMap<String, String>>()
            });
            files.extend(Files::of_texts(&followed));
            let parts = [page.origin.as_str(), own_led, other, &numbered];
            let beside = kept.lasting("beside", &parts, diagnostics, |own| {
                let Some(language) = material.language(page.lang) else { return BTreeMap::new() };
                let mut found = search::lead(language);
                found.put(search::body(&version, &explained.0, material, language));
                let listed = downloads::body(&version, material, language);
                let places =
                    [((bar::SEARCH, "search", "search"), found), ((bar::FILES, "files", "files-page"), listed)];
                let write = |(place, body): ((&str, _, _), _)| {
                    let page = html::beside(&version, place, &body, material);
                    (format!("{name}/{code}/{}", place.0), text(page, own))
                };
                let mut pages: BTreeMap<String, String> = places.into_iter().map(write).collect();
                let work = downloads::Work::of(name, page.lang, material);
                pages.insert(format!("{name}/{code}/cite.bib"), work.bibtex(&format!("edition-{name}-{code}")));
                pages.insert(format!("{name}/{code}/cite.ris"), work.ris());
                pages
            });
            files.extend(Files::of_texts(&beside));
        }
    }
    // The ledger and the data of the exhibits speak all languages, so they are written when all are there.
    if built.pages.len() == material.prose.languages.len() {
        let captions = built.pages.first().map(|page| &page.captions);
        let parts = [all.as_str(), name, &format!("{captions:?}")];
        let tables = kept.lasting("csv", &parts, diagnostics, |_| csv::files(built, material).texts());
        files.extend(Files::of_texts(&tables));
        let ledger = kept.lasting("ledger", &[all, name, &numbered], diagnostics, |_| explained.0.json());
        files.insert(format!("{name}/numbers.json"), ledger.as_str());
        match archive(&files, name) {
            Ok(bytes) => files.insert(format!("{name}/edition.zip"), bytes),
            Err(message) => {
                diagnostics.push(Diagnostic::error(
                    code::EXHIBIT_DRAWING,
                    Place::file(format!("{name}/edition.zip")),
                    message,
                ));
            }
        }
    }
    files
}

/// The head of every printed page, in each language: no browser takes it from the page itself.
fn running_heads(material: &Material) -> String {
    let rule = |lang: &Lang| {
        let quoted: String = material.title(*lang).chars().filter(|c| !"\\\"<\n".contains(*c)).collect();
        let code = lang.code();
        format!(
            "@media print {{ html[lang=\"{code}\"] main {{ page: {code}; }} }}\n\
             @page {code} {{ @top-left {{ content: \"{quoted}\"; font: 8pt sans-serif; }} }}\n"
        )
    };
    material.prose.languages.iter().map(rule).collect()
}

/// Packs what machines and authors take from an edition: its texts, its numbers, its tables.
fn archive(files: &Files, name: &str) -> Result<Vec<u8>, String> {
    let wanted = |path: &&str| [".md", ".csv", ".json", ".bib", ".ris"].iter().any(|end| path.ends_with(end));
    let parts = files.iter().filter(|(path, _)| wanted(path));
    let own = |path: &str| path.strip_prefix(&format!("{name}/")).unwrap_or(path).to_owned();
    docx::packed(&parts.map(|(path, bytes)| (own(path), bytes.to_vec())).collect::<Vec<_>>())
}

/// Writes what is compared of an edition: its texts, its exhibits as data, its ledger. No picture is drawn for it.
pub fn compared(built: &Built, ledger: &ledger::Ledger, material: &Material) -> Files {
    let mut files = Files::default();
    let drawings = Drawings::default();
    for page in &built.pages {
        let text = markdown::page(&drawings.version(built, page), material);
        files.insert(format!("{}/report.md", page.lang.code()), text);
    }
    for (path, bytes) in csv::files(built, material).iter() {
        files.insert(path.strip_prefix(&format!("{}/", built.edition.name)).unwrap_or(path), bytes);
    }
    files.insert("numbers.json", ledger.json());
    files
}

/// Writes what stands above the editions: the index, the style sheet, the font, the schema of the ledger.
pub fn root(material: &Material, editions: &[String], diagnostics: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    match html::index(material, editions) {
        Ok(text) => files.insert("index.html", text),
        Err(problem) => diagnostics.push(*problem),
    }
    files.insert("style.css", material.assets.style.clone() + &running_heads(material));
    files.insert("CITATION.cff", downloads::citation_file(material));
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
        for (name, page) in verification_pages(verified, language, material) {
            match page {
                Ok(text) => files.insert(format!("verification/{code}/{name}.html"), text),
                Err(problem) => diagnostics.push(*problem),
            }
        }
    }
    files
}

/// The pages on published papers in a language, by their names.
pub fn verification_pages(
    verified: &[Verified],
    language: &Language,
    material: &Material,
) -> [(&'static str, Result<String, Box<Diagnostic>>); 2] {
    [
        ("index", verification_page::report(verified, language, material)),
        ("derivations", derivations::page(verified, language, material)),
    ]
}

fn figures(
    built: &Built,
    page: &Page,
    material: &Material,
    kept: &Kept,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Drawn> {
    let mut all = BTreeMap::new();
    let Some(language) = material.language(page.lang) else { return all };
    for (id, figure) in built.exhibits.figures.iter().filter(|(id, _)| page.captions.contains_key(*id)) {
        let words = figure_words(id, &figure.chart, page, material);
        let parts = [&material.origin.speech, page.lang.code(), id, &format!("{figure:?} {words:?}")];
        let drawn = kept.lasting("figure", &parts, diagnostics, |own| {
            let edition = &built.edition.name;
            match drawing_of(id, figure, (language, &words), edition, material, own) {
                Ok(drawn) => Some(drawn),
                Err(problem) => {
                    own.push(*problem);
                    None
                }
            }
        });
        if let Some((svg, drawn)) = &*drawn {
            files.insert(format!("{}/figures/{id}.{}.svg", built.edition.name, page.lang.code()), svg.as_str());
            all.insert(id.clone(), drawn.clone());
        }
    }
    all
}

/// Draws a figure as SVG, with what a page tells of it.
fn drawing_of(
    id: &str,
    figure: &Figure,
    (language, words): (&Language, &FigureWords),
    edition: &str,
    material: &Material,
    diagnostics: &mut Diagnostics,
) -> Result<(String, Drawn), Box<Diagnostic>> {
    let place = || material.study.place_of_exhibit(id, "kind").within(format!("figure `{id}`"));
    let drawn = drawing::layout(figure, language, words, drawing::width_of(figure)).and_then(|layout| {
        let alt = drawing::alt(figure, language, words)?;
        let description = layout.description.clone();
        let size = (layout.width.round() as u32, layout.height.round() as u32);
        if let Some(touching) = layout.collisions().first() {
            let message = format!("texts of the figure touch in `{}`: {touching}", language.lang().code());
            let warning = Diagnostic::warning(code::EXHIBIT_DRAWING, place(), message);
            diagnostics.push(warning.hint("take `width: double`, a larger scale, fewer decimals or shorter words"));
        }
        Ok((layout.svg(drawing::Type::Embedded)?, Drawn { alt, description, size }))
    });
    drawn.map_err(|error| {
        let hint = matches!(&error, drawing::DrawingError::Shape(_))
            .then(|| format!("its expressions have too few values in edition {edition}: `esep trace` shows which"));
        let problem = Diagnostic::error(code::EXHIBIT_DRAWING, place(), error.to_string());
        Box::new(problem.maybe_hint(hint))
    })
}

/// Collects the words of a figure: its title without marks, the names of its series and axes.
pub fn figure_words(id: &str, chart: &Chart, page: &Page, material: &Material) -> FigureWords {
    let entry = material.prose.exhibits.get(&page.lang).and_then(|words| words.get(id));
    let series = entry.into_iter().flat_map(|e| &e.series).map(|(key, text)| (format!("series.{key}"), text.clone()));
    let mut words: BTreeMap<String, String> = series.collect();
    if let Chart::HeatMap { rows, columns, .. } = chart
        && let (Some(row), Some(column)) = (rows.first(), columns.first())
        && row.territory().is_some()
        && column.territory().is_some()
    {
        for (axis, key) in [("axis.rows", "origin"), ("axis.columns", "destination")] {
            let word = material.language(page.lang).and_then(|language| language.word(key)).unwrap_or(key);
            words.insert(axis.to_owned(), word.to_owned());
        }
    }
    let title = page.captions.get(id).map(|caption| plain(&caption.title)).unwrap_or_default();
    FigureWords { title, words }
}

/// Adds a PNG to each SVG and writes the manifest. `known` holds PNGs by the SHA-256 of their SVG.
pub fn finish(files: &mut Files, known: &BTreeMap<String, Vec<u8>>, diagnostics: &mut Diagnostics) {
    let svgs: Vec<(&str, &str)> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".svg"))
        .filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
        .collect();
    // Editions and languages share figures: equal ones are drawn once.
    let mut alike: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, svg) in svgs {
        alike.entry(svg).or_default().push(path.replace(".svg", ".png"));
    }
    let alike: Vec<(&str, Vec<String>)> = alike.into_iter().collect();
    let drawn = on_all_cores(&alike, |(svg, paths)| {
        let png = known.get(&sha256(svg.as_bytes())).cloned().map_or_else(|| drawing::png(svg), Ok);
        (paths.clone(), png)
    });
    for (path, png) in drawn.into_iter().flat_map(|(paths, png)| paths.into_iter().map(move |path| (path, png.clone())))
    {
        match png {
            Ok(bytes) => files.insert(path, bytes),
            Err(error) => {
                diagnostics.push(Diagnostic::error(code::EXHIBIT_DRAWING, Place::file(path), error.to_string()))
            }
        }
    }
    files.insert(MANIFEST, manifest(files));
}

/// Does the same for each item on as many threads as there are cores and the system grants; this one alone suffices.
fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || -> Vec<R> {
        let rest = std::iter::from_fn(|| items.get(next.fetch_add(1, Ordering::Relaxed)));
        rest.map(&work).collect()
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let start = |_| std::thread::Builder::new().spawn_scoped(scope, take).ok();
        // A thread that cannot be had is not missed: the others take over its share.
        let helpers: Vec<_> = (1..cores.min(items.len())).map_while(start).collect();
        let mut done = take();
        for helper in helpers {
            done.extend(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    })
}

/// The file of a report that lists the SHA-256 of all others, as `sha256sum -c` reads it.
pub const MANIFEST: &str = "checksums.sha256";

/// The version of this program.
pub const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// What stands before the version in the first line of a manifest.
const WRITTEN_BY: &str = "# esep ";

fn manifest(files: &Files) -> String {
    // Pixels may differ between processors, so the list names the target that its PNG files are valid for.
    let (arch, system) = (std::env::consts::ARCH, std::env::consts::OS);
    let mut text = format!("{WRITTEN_BY}{PROGRAM}\n# PNG files: {arch} {system}\n");
    for (path, bytes) in files.iter().filter(|(path, _)| *path != MANIFEST) {
        text.push_str(&format!("{}  {path}\n", sha256(bytes)));
    }
    text
}

/// Reads which version of the program wrote a manifest, where it says so.
pub fn written_by(manifest: &str) -> Option<&str> {
    manifest.lines().find_map(|line| line.strip_prefix(WRITTEN_BY))
}

/// Reads a manifest: the SHA-256 of each file by its path.
pub fn listed(manifest: &str) -> BTreeMap<&str, &str> {
    let lines = manifest.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once("  ")).map(|(hash, path)| (path, hash)).collect()
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
        size: drawn.map(|drawn| (f64::from(drawn.size.0), f64::from(drawn.size.1))).unwrap_or_default(),
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
