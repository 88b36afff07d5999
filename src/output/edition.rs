//! Edition: which files an edition becomes, and what stands above and beside the editions.

use std::cell::{LazyCell, RefCell};
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::element::Html;
use super::explanation::{self, Around};
use super::figures::Drawings;
use super::shown::too_wide;
use super::snapshots::{Left, Snapshot};
use super::{
    Built, Material, bar, csv, datapackage, derivations, docx, downloads, html, ledger, markdown, opening, search,
    trace, verification, verification_page,
};
use crate::claim::Verified;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::drawing;
use crate::files::{Content, Files, Kept, limits, sha256};
use crate::language::{Lang, Language, letters};
use crate::page::Page;
use crate::study::rgb;

/// Writes a page of an edition that was composed for an author at work: no file of the report.
pub fn placed(built: &Built, page: &Page, drawings: &Drawings, material: &Material) -> Result<String, Box<Diagnostic>> {
    html::page(&drawings.version(built, page), material)
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
        (ledger::collect(built, material, &mut ways), RefCell::new(ways))
    });
    let around = LazyCell::new(around);
    let text = |made: Result<String, Box<Diagnostic>>, own: &mut Diagnostics| {
        made.unwrap_or_else(|problem| {
            own.push(*problem);
            String::new()
        })
    };
    let guides = &drawings.guides;
    let led: BTreeMap<Lang, String> =
        guides.iter().map(|(lang, guide)| (*lang, sha256(format!("{guide:?}").as_bytes()))).collect();
    let all_led: String = led.values().map(String::as_str).collect();
    for page in built.pages.iter().chain(&built.selections) {
        if page.selection.as_ref().is_some_and(|name| material.study.opens(name)) {
            continue;
        }
        let version = drawings.version(built, page);
        let (code, is_whole) = (page.lang.code(), page.selection.is_none());
        let markdown = kept.lasting("markdown", &[&page.origin], diagnostics, |own| {
            if is_whole {
                too_wide(&version, material, own);
            }
            Content::from(markdown::page(&version, material))
        });
        files.share(format!("{name}/{code}/{}.md", page.stem("report")), &markdown);
        let own_led = led.get(&page.lang).map(String::as_str).unwrap_or_default();
        let html = kept.lasting("html", &[&page.origin, own_led], diagnostics, |own| {
            Content::from(text(html::page(&version, material), own))
        });
        files.share(format!("{name}/{code}/{}.html", page.stem("index")), &html);
        if is_whole {
            let parts = [all.as_str(), other, name, code, &numbered, &all_led];
            let followed = kept.lasting("explanation", &parts, diagnostics, |own| {
                let (ledger, ways) = &*explained;
                let pages = explanation::pages(&version, guides, ledger, &mut ways.borrow_mut(), &around, material);
                let mut files = Files::default();
                pages
                    .into_iter()
                    .for_each(|(file, page)| files.insert(format!("{name}/{code}/{file}"), text(page, own)));
                files
            });
            files.extend(followed.as_ref().clone());
            let parts = [all.as_str(), name, code, &numbered, own_led];
            let named = kept.lasting("named", &parts, diagnostics, |_| {
                let language = material.language(page.lang);
                language.map(|language| search::numbers(&version, &explained.0, material, language)).unwrap_or_default()
            });
            let parts = [page.origin.as_str(), own_led, other, &numbered];
            let beside = kept.lasting("beside", &parts, diagnostics, |own| {
                let Some(language) = material.language(page.lang) else { return Files::default() };
                let mut found = search::lead(language);
                found.put(search::body(&version, &named, material, language));
                let listed = downloads::body(&version, material, language);
                let places =
                    [((bar::SEARCH, "search", "search"), found), ((bar::FILES, "files", "files-page"), listed)];
                let mut pages = Files::default();
                for (place, body) in places {
                    let page = html::beside(&version, place, &body, material);
                    pages.insert(format!("{name}/{code}/{}", place.0), text(page, own));
                }
                let work = downloads::Work::of(name, page.lang, material);
                pages.insert(format!("{name}/{code}/cite.bib"), work.bibtex(&format!("edition-{name}-{code}")));
                pages.insert(format!("{name}/{code}/cite.ris"), work.ris());
                pages
            });
            files.extend(beside.as_ref().clone());
        }
    }
    // The ledger and the data of the exhibits speak all languages, so they are written when all are there.
    if built.pages.len() == material.prose.languages.len() {
        let captions: Vec<_> = built.pages.iter().map(|page| &page.captions).collect();
        let ledger =
            kept.lasting("ledger", &[all, name, &numbered], diagnostics, |_| Content::from(explained.0.json()));
        files.share(format!("{name}/numbers.json"), &ledger);
        let parts = [all.as_str(), name, &format!("{captions:?}"), &numbered];
        let tables = kept.lasting("csv", &parts, diagnostics, |_| {
            let mut files = csv::files(built, material);
            files.insert(format!("{name}/datapackage.json"), datapackage::of(built, ledger.text(), material));
            files
        });
        files.extend(tables.as_ref().clone());
        for snapshot in material.snapshots.named_in(ledger.text()) {
            match &snapshot.bytes {
                Ok(bytes) => files.insert(format!("{name}/{}", snapshot.path), bytes.clone()),
                Err(Left::Size) => diagnostics.push(left_out(name, snapshot)),
                // The package says so.
                Err(Left::Terms) => {}
            }
        }
        match archive(&files, name, kept) {
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
pub(super) fn running_heads(material: &Material) -> String {
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

/// The style of the pages: the study's, what figures need, the heads of printed pages.
pub(super) fn whole_style(material: &Material) -> Result<String, String> {
    // What figures may be painted with: the colours that the program has, and those of the study.
    let declared = material.study.colours.values().filter_map(rgb);
    let figures = drawing::page_style(letters(), declared).map_err(|error| error.to_string())?;
    Ok(material.assets.style.clone() + "\n" + &figures + &running_heads(material))
}

/// Says that a source file is too large to go along with an edition.
fn left_out(name: &str, snapshot: &Snapshot) -> Diagnostic {
    let message = format!(
        "`{}` is larger than {} MiB and is no part of the edition's package",
        snapshot.path,
        limits::SNAPSHOT_BYTES >> 20
    );
    let hint = "whoever follows a number to it needs the file itself: say in the text where it is to be had";
    Diagnostic::warning(code::OUTPUT_SNAPSHOT, Place::file(format!("{name}/datapackage.json")), message).hint(hint)
}

/// Packs what machines and authors take from an edition: its texts, its numbers, its tables. Most edits change one folder.
fn archive(files: &Files, name: &str, kept: &Kept) -> Result<Vec<u8>, String> {
    let raw = format!("{name}/raw/");
    let wanted = |path: &&str| {
        [".md", ".csv", ".json", ".bib", ".ris"].iter().any(|end| path.ends_with(end)) || path.starts_with(&raw)
    };
    let own = |path: &str| path.strip_prefix(&format!("{name}/")).unwrap_or(path).to_owned();
    let parts: Vec<(String, Vec<u8>)> =
        files.iter().filter(|(path, _)| wanted(path)).map(|(path, bytes)| (own(path), bytes.to_vec())).collect();
    let folder = |(path, _): &(String, Vec<u8>)| path.split('/').next().map(str::to_owned);
    let packed = |parts: &[(String, Vec<u8>)]| {
        let told: String = parts.iter().map(|(path, bytes)| format!("{path} {}\n", sha256(bytes))).collect();
        let packed = kept.lasting("packed", &[&told], &mut Diagnostics::default(), |_| {
            docx::packed(parts).map(|bytes| STANDARD.encode(bytes))
        });
        packed
            .as_ref()
            .as_ref()
            .map_err(String::clone)
            .and_then(|text| STANDARD.decode(text).map_err(|e| e.to_string()))
    };
    let folders: Result<Vec<Vec<u8>>, String> = parts.chunk_by(|a, b| folder(a) == folder(b)).map(packed).collect();
    docx::merged(folders?)
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
pub fn root(material: &Material, built: &[Built], drawings: &[Drawings], diagnostics: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    let editions: Vec<String> = built.iter().map(|built| built.edition.name.clone()).collect();
    let mut openings: BTreeMap<Lang, Html> = BTreeMap::new();
    for (built, drawings) in built.iter().zip(drawings) {
        let opens = |page: &&Page| page.selection.as_ref().is_some_and(|name| material.study.opens(name));
        for page in built.selections.iter().filter(opens) {
            openings.insert(page.lang, opening::opening(&drawings.version(built, page), material));
        }
    }
    match html::index(material, &editions, &openings) {
        Ok(text) => files.insert("index.html", text),
        Err(problem) => diagnostics.push(*problem),
    }
    match whole_style(material) {
        Ok(style) => files.insert("style.css", style),
        Err(error) => diagnostics.push(Diagnostic::error(code::EXHIBIT_DRAWING, Place::file("style.css"), error)),
    }
    files.insert("CITATION.cff", downloads::citation_file(material));
    files.insert("numbers.schema.json", printed(&ledger::schema()));
    files
}

/// Writes what is said of published papers: the verdicts for machines, and a report in each language.
pub fn verification_files(verified: &[Verified], material: &Material, diagnostics: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    if verified.is_empty() {
        return files;
    }
    let languages: Vec<&Language> =
        material.prose.languages.iter().filter_map(|lang| material.language(*lang)).collect();
    files.insert("verification.schema.json", printed(&verification::schema()));
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

/// Prints a schema as the documentation has it.
fn printed(schema: &schemars::Schema) -> String {
    serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
}
