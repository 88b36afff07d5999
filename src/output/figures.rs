//! Figures: the figures of an edition drawn as SVG with what a page tells of them, and a PNG beside each.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::explanation::Guide;
use super::manifest::{MANIFEST, manifest};
use super::{Built, Drawn, Material, Version};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::document::plain;
use crate::drawing::{self, FigureWords};
use crate::exhibit::{Chart, Figure};
use crate::files::{Files, Kept, sha256};
use crate::language::{Lang, Language};
use crate::page::Page;

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
    pub(super) fn guide(&self, built: &Built, page: &Page, material: &Material) -> Guide {
        let selections: Vec<&Page> = built.selections.iter().filter(|short| short.lang == page.lang).collect();
        Guide::of(&self.version(built, page), &selections, material)
    }

    pub(super) fn version<'a>(&'a self, built: &'a Built, page: &'a Page) -> Version<'a> {
        static NONE: BTreeMap<String, Drawn> = BTreeMap::new();
        Version { built, page, drawn: self.drawn.get(&page.lang).unwrap_or(&NONE), guide: None }
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
    for (axis, key) in chart.shape().axis_words() {
        let word = material.language(page.lang).and_then(|language| language.word(key)).unwrap_or(key);
        words.insert((*axis).to_owned(), word.to_owned());
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
