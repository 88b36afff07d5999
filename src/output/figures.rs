//! Figures: the figures of an edition drawn as SVG with what a page tells of them, and a PNG beside each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::explanation::Guide;
use super::manifest::{MANIFEST, manifest};
use super::terms::licence_name;
use super::{Built, Drawn, Material, Version};
use crate::catalog::entry::FeedEntry;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::document::{Inline, plain};
use crate::drawing::{self, FigureWords, Layout};
use crate::exhibit::Figure;
use crate::expression;
use crate::files::{Content, Files, Kept, sha256};
use crate::language::{Lang, Language};
use crate::page::{Caption, Page};

/// The figures of an edition as drawn, by language.
#[derive(Debug, Default)]
pub struct Drawings {
    /// The SVG files.
    pub files: Files,
    /// What the pages tell of them, by language and figure.
    pub drawn: BTreeMap<Lang, BTreeMap<String, Drawn>>,
    /// Where the numbers of each language version are explained, those of its figures among them.
    pub(super) guides: BTreeMap<Lang, Guide>,
}

/// Draws the figures of an edition.
pub fn draw(built: &Built, material: &Material, kept: &Kept, diagnostics: &mut Diagnostics) -> Drawings {
    let mut drawings = Drawings::default();
    for page in &built.pages {
        let drawn = figures(built, page, material, kept, &mut drawings.files, diagnostics);
        drawings.drawn.insert(page.lang, drawn);
        let selections: Vec<&Page> = built.selections.iter().filter(|short| short.lang == page.lang).collect();
        let guide = Guide::of(&drawings.version(built, page), &selections, material);
        drawings.guides.insert(page.lang, guide);
    }
    drawings
}

impl Drawings {
    pub(super) fn version<'a>(&'a self, built: &'a Built, page: &'a Page) -> Version<'a> {
        static NONE: BTreeMap<String, Drawn> = BTreeMap::new();
        Version { built, page, drawn: self.drawn.get(&page.lang).unwrap_or(&NONE), guide: self.guides.get(&page.lang) }
    }
}

/// Draws the figures of a language version into files, and returns what a page tells of each.
pub(super) fn figures(
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
        let words = figure_words(id, figure, page, material);
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
        if let Some((svg, narrow, drawn)) = &*drawn {
            let stem = format!("{}/figures/{id}.{}", built.edition.name, page.lang.code());
            files.share(format!("{stem}.svg"), svg);
            if let Some(narrow) = narrow {
                files.share(format!("{stem}{NARROW}"), narrow);
            }
            all.insert(id.clone(), drawn.clone());
        }
    }
    all
}

/// How the names of files for phones end.
const NARROW: &str = ".narrow.svg";
/// More elements than this a page does not hold: it leads to the file.
const LARGEST: usize = 40_000;

/// A figure as a file, as a file for phones where it needs one, and what a page tells of it.
type Files3 = (Content, Option<Content>, Drawn);

/// Draws a figure as SVG, with what a page tells of it.
fn drawing_of(
    id: &str,
    figure: &Figure,
    (language, words): (&Language, &FigureWords),
    edition: &str,
    material: &Material,
    diagnostics: &mut Diagnostics,
) -> Result<Files3, Box<Diagnostic>> {
    let place = || material.study.place_of_exhibit(id, "kind").within(format!("figure `{id}`"));
    let drawn = drawing::layout(figure, language, words, drawing::width_of(figure)).and_then(|layout| {
        if let Some(touching) = layout.collisions().first() {
            let message = format!("texts of the figure touch in `{}`: {touching}", language.lang().code());
            let warning = Diagnostic::warning(code::EXHIBIT_DRAWING, place(), message);
            diagnostics.push(warning.hint("take `width: double`, a larger scale, fewer decimals or shorter words"));
        }
        // A picture that touches when it is narrow is shown as it is wide.
        let narrow = drawing::layout(figure, language, words, drawing::SINGLE).ok();
        let narrow = narrow.filter(|narrow| layout.width > narrow.width && narrow.collisions().is_empty());
        let small = |layout: &Layout, suffix| Some(layout.inline(suffix)).filter(|own| own.body.len() <= LARGEST);
        let wide = small(&layout, "");
        let file = narrow.as_ref().filter(|_| wide.is_none()).map(|narrow| narrow.svg(drawing::Type::OfItself));
        let drawn = Drawn {
            alt: drawing::alt(figure, language, words)?,
            description: layout.description.clone(),
            size: (layout.width.round() as u32, layout.height.round() as u32),
            narrow: narrow.as_ref().filter(|_| wide.is_some()).map(|narrow| narrow.inline("-narrow")),
            wide,
            tips: layout.tips.clone(),
            placed: layout.placed(),
            has_narrow_file: file.is_some(),
        };
        Ok((layout.svg(drawing::Type::Embedded)?.into(), file.transpose()?.map(Content::from), drawn))
    });
    drawn.map_err(|error| {
        let hint = matches!(&error, drawing::DrawingError::Shape(_))
            .then(|| format!("its expressions have too few values in edition {edition}: `esep trace` shows which"));
        let problem = Diagnostic::error(code::EXHIBIT_DRAWING, place(), error.to_string());
        Box::new(problem.maybe_hint(hint))
    })
}

/// Collects the words of a figure: its message and title without marks, the names of its series and axes, whose numbers it
/// shows and on what terms.
pub fn figure_words(id: &str, figure: &Figure, page: &Page, material: &Material) -> FigureWords {
    let entry = material.prose.exhibits.get(&page.lang).and_then(|words| words.get(id));
    let series = entry.into_iter().flat_map(|e| &e.series).map(|(key, text)| (format!("series.{key}"), text.clone()));
    let mut words: BTreeMap<String, String> = series.collect();
    let language = material.language(page.lang);
    for (axis, key) in figure.chart.shape().axis_words() {
        let word = language.and_then(|language| language.word(key)).unwrap_or(key);
        words.insert((*axis).to_owned(), word.to_owned());
    }
    let caption = page.captions.get(id);
    let text = |own: fn(&Caption) -> &Vec<Inline>| caption.map(|caption| plain(own(caption))).unwrap_or_default();
    let (headline, title) = (text(|caption| &caption.headline), text(|caption| &caption.title));
    let (source, terms) = language.map(|language| origin(id, page, language, material)).unwrap_or_default();
    FigureWords { headline: headline.trim().to_owned(), title, source, terms, words }
}

/// Says whose figures its caption names, or where that names nobody, those of whose tables it asks; and on what terms they
/// may be used.
fn origin(id: &str, page: &Page, language: &Language, material: &Material) -> (String, String) {
    let (mut tables, mut seen) = (BTreeSet::new(), BTreeSet::new());
    if let Some(entry) = material.study.figures.get(id) {
        let asked = entry.value.series.0.iter().map(|(_, text)| text).chain(&entry.value.of);
        asked.for_each(|text| rests_on(&text.value, material, &mut seen, &mut tables));
    }
    let vintages = material.study.editions.get(&page.edition).map(|edition| &edition.vintages.value);
    let is_read = |feed: &FeedEntry| {
        let of_table = vintages.and_then(|vintages| vintages.get(&feed.table));
        tables.contains(&feed.table) && of_table.is_none_or(|vintages| vintages.contains(&feed.vintage))
    };
    let resources = || material.catalog.resources.iter().filter(|resource| is_read(&resource.esep));
    let cited = page.captions.get(id).into_iter().flat_map(|caption| &caption.source);
    let cited = cited.filter_map(|inline| match inline {
        Inline::Cite { work, .. } => Some(material.prose.publisher_of(work).unwrap_or(work)),
        _ => None,
    });
    let mut publishers: Vec<&str> = cited.collect();
    if publishers.is_empty() {
        publishers.extend(resources().map(|resource| resource.esep.publisher.as_str()));
    }
    let of = resources().filter(|resource| publishers.contains(&resource.esep.publisher.as_str()));
    let terms = of.flat_map(|resource| &resource.licenses).map(|licence| licence_name(licence, language));
    let works = &material.prose.references.references;
    let name = |own: &&str| match language.optional_word(&format!("publisher-{own}")) {
        Some(name) => name.to_owned(),
        None => works.iter().find(|work| work.id == **own).map_or(*own, |work| &work.title).to_owned(),
    };
    let line = |key: &'static str, texts: &mut dyn Iterator<Item = String>| {
        let mut all: Vec<String> = Vec::new();
        for text in texts.filter(|text| !text.is_empty()) {
            if !all.contains(&text) {
                all.push(text);
            }
        }
        if all.is_empty() {
            return String::new();
        }
        format!("{}: {}", language.word(key).unwrap_or(key), all.join("; "))
    };
    (line("source", &mut publishers.iter().map(name)), line("licence", &mut terms.map(str::to_owned)))
}

/// Collects the tables on which an expression rests, through analyses and named findings.
fn rests_on(text: &str, material: &Material, seen: &mut BTreeSet<String>, tables: &mut BTreeSet<String>) {
    let Ok(expr) = expression::parse(text) else { return };
    for path in expr.paths() {
        if !seen.insert(path.name.clone()) {
            continue;
        }
        if material.catalog.tables.contains_key(&path.name) {
            tables.insert(path.name.clone());
        }
        if let Some(finding) = material.study.findings.get(&path.name) {
            rests_on(&finding.value, material, seen, tables);
        }
        let Some(analysis) = material.study.analyses.get(&path.name).map(|entry| &entry.value) else { continue };
        tables.extend(analysis.table.as_ref().map(|table| table.value.clone()));
        let bound = analysis.bind.values().flat_map(|roles| roles.value.values());
        for text in bound.chain(&analysis.expr) {
            rests_on(&text.value, material, seen, tables);
        }
    }
}

/// Adds a PNG to each SVG and writes the manifest. `known` holds PNGs by the SHA-256 of their SVG.
pub fn finish(files: &mut Files, known: &BTreeMap<String, Vec<u8>>, diagnostics: &mut Diagnostics) {
    let svgs: Vec<(&str, &str)> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".svg") && !path.ends_with(NARROW))
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
