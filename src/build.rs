//! Build: the whole way from a folder to a folder, in memory.

use std::cell::LazyCell;
use std::sync::Arc;

use crate::analysis::{self, Edition};
use crate::catalog::{self, Catalog, PACKAGE, TERRITORIES};
use crate::claim;
use crate::dataset;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Reported, code, did_you_mean};
use crate::exhibit::{self, Maps};
use crate::files::{Files, Kept, sha256};
use crate::language::Lang;
use crate::output::{self, Around, Assets, Built, Drawings, Material, Origin, Snapshots, Verdicts};
use crate::page::{self, Terms};
use crate::study::{CURRENT, STUDY, Study};

/// Which editions and languages are wanted; all where empty.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Editions by name.
    pub editions: Vec<String>,
    /// Languages by code.
    pub languages: Vec<String>,
}

/// A report with everything that it was made of.
#[derive(Debug)]
pub struct Work {
    /// What all editions share.
    pub material: Material,
    /// The editions.
    pub built: Vec<Built>,
    /// Their figures as drawn, in the same order.
    pub drawings: Vec<Drawings>,
    /// The report but for PNG and the manifest, which [`output::finish`] adds.
    pub report: Files,
}

/// Builds the report but for PNG and the manifest, which [`output::finish`] adds.
pub fn build(files: &Files, wanted: &Wanted, diagnostics: &mut Diagnostics) -> Result<Files, Reported> {
    Ok(work(files, wanted, &Kept::default(), diagnostics)?.report)
}

/// Builds as [`build`] does with what earlier builds have kept, and returns what the report was made of as well.
pub fn work(files: &Files, wanted: &Wanted, kept: &Kept, diagnostics: &mut Diagnostics) -> Result<Work, Reported> {
    kept.begin();
    present(files, diagnostics)?;
    let inputs = Inputs::of(files);
    let catalog = kept.made("catalog", &[&inputs.data], diagnostics, |own| catalog::read(files, own).map(Arc::new));
    let material = gather(catalog.as_ref().clone(), files, inputs, kept, diagnostics)?;
    let built = compute(&material, wanted, kept, diagnostics)?;
    let drawings = draw(&material, &built, kept, diagnostics);
    let report = write_drawn(&material, &built, &drawings, kept, diagnostics)?;
    kept.settle();
    Ok(Work { material, built, drawings, report })
}

/// Hashes of the inputs, parted by the steps that rest on them.
#[derive(Default)]
struct Inputs {
    origin: Origin,
    data: String,
    claims: String,
}

impl Inputs {
    fn of(files: &Files) -> Inputs {
        let hashes: Vec<(&str, String)> = files.iter().map(|(path, bytes)| (path, sha256(bytes))).collect();
        let of = |takes: &dyn Fn(&str) -> bool| {
            let own = hashes.iter().filter(|(path, _)| takes(path));
            sha256(own.map(|(path, hash)| format!("{path} {hash}\n")).collect::<String>().as_bytes())
        };
        let is_prose = |path: &str| path.starts_with("templates/") && path.ends_with(".md");
        let is_words = |path: &str| path.starts_with("templates/") && path.ends_with(".yaml");
        let is_captions = |path: &str| is_words(path) && path.ends_with("/exhibits.yaml");
        let is_claim = |path: &str| path.starts_with(claim::CLAIMS);
        let is_text = |path: &str| path == page::TERMS || page::references::FILES.contains(&path);
        let is_list = |path: &str| path.strip_prefix("data/").is_some_and(|name| !name.contains('/'));
        let is_data = |path: &str| path.starts_with("data/") && !is_claim(path) && !is_text(path);
        let (is_frame, is_style) = (|path: &str| path == output::LAYOUT, |path: &str| path == output::STYLE);
        let is_pairs = |path: &str| path == page::pairs::PAIRS;
        // A style sheet stands in the report as it is.
        let is_told = |path: &str| !is_prose(path) && !is_claim(path) && !is_style(path) && !is_pairs(path);
        let origin = Origin {
            all: of(&is_told),
            prose: of(&|path| is_told(path) && !is_captions(path) && !is_frame(path)),
            judged: of(&|path| is_told(path) && !is_captions(path)),
            speech: of(&|path| path == STUDY || is_words(path) || is_list(path) && path != catalog::PACKAGE),
            findings: of(&|path| is_told(path) && !is_words(path) && !is_frame(path) && !is_text(path)),
        };
        Inputs { origin, data: of(&is_data), claims: of(&is_claim) }
    }
}

/// Reads everything that all editions share.
pub fn material(files: &Files, diagnostics: &mut Diagnostics) -> Result<Material, Reported> {
    present(files, diagnostics)?;
    let catalog = catalog::read(files, diagnostics);
    material_with(catalog, files, diagnostics)
}

/// Makes sure that there is a study.
fn present(files: &Files, diagnostics: &mut Diagnostics) -> Result<(), Reported> {
    // Whoever read the folder may have said already why it is not there.
    diagnostics.verdict()?;
    if files.get(STUDY).is_none() {
        let hint = "run esep in the folder that holds it, or name that folder with --study";
        let missing = Diagnostic::error(code::FILE_MISSING, Place::file(STUDY), "there is no such file");
        return Err(diagnostics.error(missing.hint(hint)));
    }
    Ok(())
}

/// Reads everything but the catalogue, whose hashes were verified before.
pub fn material_with(
    catalog: Option<Catalog>,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> Result<Material, Reported> {
    gather(catalog.map(Arc::new), files, Inputs::of(files), &Kept::default(), diagnostics)
}

fn gather(
    catalog: Option<Arc<Catalog>>,
    files: &Files,
    inputs: Inputs,
    kept: &Kept,
    diagnostics: &mut Diagnostics,
) -> Result<Material, Reported> {
    // Whatever can be checked without the rest is checked, so that one run names all problems.
    let mut study = Study::read(files, diagnostics);
    if let (Some(study), Some(catalog)) = (&mut study, &catalog) {
        take_all_vintages(study, catalog);
    }
    let editions = || study.iter().flat_map(|study| &study.editions);
    // The edition of a study that named none came before those that it names since.
    let (first, later): (Vec<_>, Vec<_>) = editions().partition(|(name, _)| *name == CURRENT);
    let choices: Vec<dataset::Choice> =
        first.into_iter().chain(later).map(|(_, edition)| edition.vintages.value.clone()).collect();
    let dataset = catalog.as_ref().map(|catalog| {
        let parts = [inputs.data.as_str(), &format!("{choices:?}")];
        let opened = kept.made("dataset", &parts, diagnostics, |own| {
            dataset::open_by(catalog, choices, files, (kept, &parts), own).map(Arc::new)
        });
        kept.used("checks", &parts);
        Arc::unwrap_or_clone(opened)
    });
    let terms = Terms::read(files, diagnostics);
    let assets = Assets::read(files, diagnostics);
    unfinished(files, diagnostics);
    let papers = kept.made("papers", &[&inputs.claims], diagnostics, |own| claim::read(files, own));
    if let Some(study) = &study {
        let parts = [inputs.claims.as_str(), &study.languages.join(" ")];
        kept.lasting("claims", &parts, diagnostics, |own| claim::complete(&papers, &study.languages, files, own));
        claim::check_units(&papers, &|name| study.units.contains_key(name), diagnostics);
        claim::check_editions(&papers, study.editions.keys(), files, diagnostics);
    }
    let mut prose = match (&study, &catalog) {
        (Some(study), Some(catalog)) => {
            page::read(study, catalog, terms, files, (kept, &inputs.origin.all), diagnostics)
        }
        _ => {
            page::examine(files, diagnostics);
            None
        }
    };
    let Inputs { origin, claims, .. } = inputs;
    if let Some(prose) = &mut prose {
        // What an edition prints shows on the pages of the others: they link to it.
        prose.origin = format!("{} {}", origin.all, prose.choices());
        prose.chapters.clone_from(&origin.prose);
    }
    let maps = study.as_ref().map(|study| Maps::read(study, files, diagnostics)).unwrap_or_default();
    match (study.filter(|study| !study.partial), catalog, dataset, prose) {
        (Some(study), Some(catalog), Some(Ok(dataset)), Some(prose)) => {
            let (snapshots, papers) = (Snapshots::of(&catalog, files), Arc::unwrap_or_clone(papers));
            Ok(Material { study, catalog, dataset, maps, prose, assets, papers, snapshots, origin, claims })
        }
        (_, _, Some(Err(reported)), _) => Err(reported),
        _ => Err(diagnostics.verdict().err().unwrap_or_else(|| {
            diagnostics.error(Diagnostic::error(code::STUDY_VALUE, Place::line(STUDY, 1, 1), "cannot be read"))
        })),
    }
}

/// Lets the only edition of a study that names none read all vintages, the one that came last before the others.
fn take_all_vintages(study: &mut Study, catalog: &Catalog) {
    if !study.has_one_edition() {
        return;
    }
    let Some(edition) = study.editions.get_mut(CURRENT) else { return };
    for resource in catalog.resources.iter().rev() {
        let (table, vintage) = (&resource.esep.table, &resource.esep.vintage);
        let list = edition.vintages.value.entry(table.clone()).or_default();
        if !list.contains(vintage) {
            list.push(vintage.clone());
        }
    }
}

/// Names the words that an edition still lacks, as `esep edition new` leaves them.
fn unfinished(files: &Files, diagnostics: &mut Diagnostics) {
    open_texts(files).filter(|open| open.is_of_an_edition).for_each(|open| diagnostics.push(open.told));
}

/// What stands where a text is still to be written.
pub const OPEN: &str = "TODO";

/// A text that is still to be written.
pub struct OpenText {
    /// Whether the words of an edition or a language lack it, rather than the text of a page that stands there to be read.
    pub is_of_an_edition: bool,
    /// What is said of it.
    pub told: Diagnostic,
}

/// Finds the texts that are still to be written, wherever they stand; a note is none. A study that was just begun shows
/// those of its pages to whoever reads them.
pub fn open_texts(files: &Files) -> impl Iterator<Item = OpenText> {
    let is_words = |path: &str| path == STUDY || path.starts_with("templates/") && path.ends_with("/strings.yaml");
    let is_shown = |path: &str| {
        let in_templates = path.starts_with("templates/") && (path.ends_with(".yaml") || path.ends_with(".md"));
        in_templates || [STUDY, PACKAGE, TERRITORIES].contains(&path)
    };
    let shown = files.iter().map(|(path, _)| path).filter(move |path| is_shown(path));
    shown.flat_map(move |path| {
        // Notes of YAML begin behind a hash, those of templates stand in marks of their own.
        let notes = if path.ends_with(".md") { "{#" } else { "#" };
        files.text(path).unwrap_or_default().lines().enumerate().filter_map(move |(at, line)| {
            let (before, _) = line.split(notes).next().unwrap_or_default().split_once(OPEN)?;
            let place = Place::line(path, at + 1, before.chars().count() + 1);
            let told = Diagnostic::warning(code::LANGUAGE_WORD, place, "a text is still to be written: it says `TODO`");
            let is_title = path == STUDY && line.starts_with("title:");
            Some(OpenText { is_of_an_edition: is_words(path) && !is_title, told })
        })
    })
}

/// Computes, draws and composes the wanted editions.
pub fn editions(material: &Material, wanted: &Wanted, diagnostics: &mut Diagnostics) -> Result<Vec<Built>, Reported> {
    compute(material, wanted, &Kept::default(), diagnostics)
}

fn compute(
    material: &Material,
    wanted: &Wanted,
    kept: &Kept,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Built>, Reported> {
    let study = &material.study;
    let place = |key| study.place(&[key]);
    unknown(
        "edition",
        place("editions"),
        &wanted.editions,
        study.editions.keys().map(String::as_str).collect(),
        diagnostics,
    );
    unknown(
        "language",
        place("languages"),
        &wanted.languages,
        material.prose.languages.iter().map(|l| l.code()).collect(),
        diagnostics,
    );
    let mut built = Vec::new();
    for (name, entry) in study.editions.iter().filter(|(name, _)| wants(&wanted.editions, name)) {
        let edition = kept.made("edition", &[&material.origin.findings, name], diagnostics, |own| {
            analysis::compute(study, name, entry, &material.catalog, &material.dataset, own)
        });
        let order = material.prose.order(name);
        let choice = order.choice();
        let parts = [material.origin.findings.as_str(), name, &choice];
        let exhibits = kept.made("exhibits", &parts, diagnostics, |own| {
            exhibit::build(study, &material.maps, &edition, &|id| order.shows(id), own)
        });
        let languages: Vec<Lang> =
            material.prose.languages.iter().copied().filter(|lang| wants(&wanted.languages, lang.code())).collect();
        let pages = languages
            .iter()
            .filter_map(|lang| page::compose(&material.prose, study, (&edition, &exhibits), *lang, kept, diagnostics))
            .collect();
        let short = |lang: &Lang| page::compose_selections(&material.prose, study, (&edition, &exhibits), *lang, kept);
        let selections = languages.iter().flat_map(short).collect();
        built.push(Built { edition, exhibits, pages, selections });
        material.prose.lacking(diagnostics);
    }
    // What one edition cuts off another may show.
    if built.len() == study.editions.len() && diagnostics.verdict().is_ok() {
        let exhibits = built.iter().map(|built| &*built.exhibits);
        exhibit::idle_breaks(study, exhibits.clone(), diagnostics);
        exhibit::idle_colours(study, exhibits, diagnostics);
    }
    diagnostics.verdict()?;
    Ok(built)
}

/// Computes the findings of one edition, the last where none is named.
pub fn edition(material: &Material, name: Option<&str>, diagnostics: &mut Diagnostics) -> Result<Edition, Reported> {
    let editions = &material.study.editions;
    let name = name.or_else(|| editions.keys().last().map(String::as_str)).unwrap_or_default();
    let known = editions.keys().map(String::as_str).collect();
    unknown("edition", material.study.place(&["editions"]), std::slice::from_ref(&name.to_owned()), known, diagnostics);
    diagnostics.verdict()?;
    let edition = editions.get(name).map(|entry| {
        analysis::compute(&material.study, name, entry, &material.catalog, &material.dataset, diagnostics)
    });
    diagnostics.verdict()?;
    edition.ok_or_else(|| {
        diagnostics.error(Diagnostic::error(
            code::STUDY_VALUE,
            material.study.place(&["editions"]),
            "the study has no editions",
        ))
    })
}

/// Writes the files of built editions.
pub fn write(material: &Material, built: &[Built], diagnostics: &mut Diagnostics) -> Result<Files, Reported> {
    let kept = Kept::default();
    write_drawn(material, built, &draw(material, built, &kept, diagnostics), &kept, diagnostics)
}

fn draw(material: &Material, built: &[Built], kept: &Kept, diagnostics: &mut Diagnostics) -> Vec<Drawings> {
    built.iter().map(|built| output::draw(built, material, kept, diagnostics)).collect()
}

fn write_drawn(
    material: &Material,
    built: &[Built],
    drawings: &[Drawings],
    kept: &Kept,
    diagnostics: &mut Diagnostics,
) -> Result<Files, Reported> {
    let names: Vec<String> = built.iter().map(|b| b.edition.name.clone()).collect();
    let mut files = output::root(material, built, drawings, diagnostics);
    // A partial build may lack the edition that a paper is judged on; then its verdicts stay as they are.
    let editions: Vec<&Edition> = built.iter().map(|built| built.edition.as_ref()).collect();
    let all = built.iter().all(|built| built.pages.len() == material.prose.languages.len());
    let judged = LazyCell::new(|| {
        let mut own = Diagnostics::default();
        let verified = if all { claim::verify(&material.papers, &editions, &mut own) } else { None };
        (verified, own)
    });
    let parts = [material.origin.judged.as_str(), &material.claims, &names.join(" ")];
    if all {
        let verified = kept.lasting("verification", &parts, diagnostics, |own| {
            own.extend(judged.1.clone());
            judged.0.as_ref().map(|verified| output::verification_files(verified, material, own))
        });
        files.extend(verified.as_ref().clone().unwrap_or_default());
    }
    let other = format!("{all} {} {} {}", material.claims, names.join(" "), material.prose.choices());
    for (built, drawings) in built.iter().zip(drawings) {
        let around = || {
            let others = editions.iter().copied().filter(|other| other.name != built.edition.name).collect();
            let verdicts = Verdicts::of(&built.edition, judged.0.as_deref().unwrap_or_default());
            Around { others, verdicts }
        };
        files.extend(drawings.files.clone());
        files.extend(output::edition(built, drawings, (&other, &around), material, kept, diagnostics));
    }
    material.prose.lacking(diagnostics);
    diagnostics.verdict()?;
    Ok(files)
}

/// Writes each language version of a report as one file, `report.2024.ru.html`.
pub fn singles(work: &Work, diagnostics: &mut Diagnostics) -> Result<Files, Reported> {
    let material = &work.material;
    let editions: Vec<&Edition> = work.built.iter().map(|built| built.edition.as_ref()).collect();
    // The edition that a paper is judged on may be none of these.
    let is_whole = editions.len() == material.study.editions.len();
    let verified = is_whole.then(|| claim::verify(&material.papers, &editions, &mut Diagnostics::default())).flatten();
    let mut files = Files::default();
    for (built, drawings) in work.built.iter().zip(&work.drawings) {
        let name = &built.edition.name;
        let others = editions.iter().copied().filter(|other| other.name != *name).collect();
        let around = Around { others, verdicts: Verdicts::of(&built.edition, verified.as_deref().unwrap_or_default()) };
        for page in &built.pages {
            match output::single(built, page, drawings, &around, material) {
                Ok(text) => files.insert(format!("report.{name}.{}.html", page.lang.code()), text),
                Err(problem) => diagnostics.push(*problem),
            }
        }
    }
    diagnostics.verdict()?;
    Ok(files)
}

/// Writes each language version of a report for Typst, with what it is set by.
pub fn typst(work: &Work) -> Files {
    let mut files = output::typst_beside();
    for (built, drawings) in work.built.iter().zip(&work.drawings) {
        built.pages.iter().for_each(|page| files.extend(output::typst(built, page, drawings, &work.material)));
    }
    files
}

/// Writes the numbers of each language version as a workbook, `numbers.2024.ru.xlsx`.
pub fn workbooks(work: &Work, shows: &dyn Fn(&str) -> bool, diagnostics: &mut Diagnostics) -> Result<Files, Reported> {
    let mut files = Files::default();
    for built in &work.built {
        for page in &built.pages {
            let path = format!("numbers.{}.{}.xlsx", built.edition.name, page.lang.code());
            match output::numbers(built, page, &work.material, shows) {
                Ok(bytes) => files.insert(path, bytes),
                Err(error) => {
                    let message = format!("cannot be written: {error}");
                    diagnostics.push(Diagnostic::error(code::FILE_OUTPUT, Place::file(path), message));
                }
            }
        }
    }
    diagnostics.verdict()?;
    Ok(files)
}

fn wants(wanted: &[String], name: &str) -> bool {
    wanted.is_empty() || wanted.iter().any(|w| w == name)
}

fn unknown(what: &str, place: Place, wanted: &[String], known: Vec<&str>, diagnostics: &mut Diagnostics) {
    for name in wanted.iter().filter(|name| !known.contains(&name.as_str())) {
        let message = format!("the study has no {what} `{name}`");
        let hint = did_you_mean(name, known.iter().copied()).unwrap_or_else(|| format!("it has: {}", known.join(", ")));
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place.clone(), message).hint(hint));
    }
}
