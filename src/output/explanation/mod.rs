//! Explanation: for each chapter a page on which a reader follows its numbers, in the order of the text, to source cells.

mod cells;
mod chapters;
mod claimed;
mod claims;
mod entry;
mod math;
mod names;
mod origins;
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Value as Context, context};

use super::element::{Html, said, tag};
use super::html::{editions, render, switch};
use super::ledger::Ledger;
use super::trace::Ways;
use super::{Material, Version, bar};
use crate::analysis::Edition;
use crate::diagnostic::Diagnostic;
use crate::finding::FindingId;
use crate::language::Language;
use crate::page::Page;
use cells::Taken;
use chapters::Chapter;
use entry::{Common, Section, Writer, alike};
pub(super) use names::Namer;
pub use verdicts::Verdicts;

/// The page that lists the chapters.
pub(super) const INDEX: &str = "numbers.html";

/// Where each number of a language version is explained.
#[derive(Debug, Default)]
pub struct Guide {
    chapters: Vec<Chapter>,
    /// The page of each number.
    files: BTreeMap<String, String>,
}

impl Guide {
    /// Goes through a language version and its selections.
    pub fn of(version: &Version, selections: &[&Page], material: &Material) -> Guide {
        let mut known = BTreeSet::new();
        let mut chapters = chapters::of(version, material, &mut known);
        for page in selections {
            let short = Version { built: version.built, page, drawn: version.drawn, guide: None };
            let mut own = Chapter { id: page.stem("index").to_owned(), ..Chapter::default() };
            for chapter in chapters::of(&short, material, &mut known) {
                own.title = chapter.title;
                own.groups.extend(chapter.groups);
            }
            chapters.extend(Some(own).filter(|own| !own.groups.is_empty()));
        }
        let file = |chapter: &Chapter| {
            let file = chapter.file();
            let numbers = chapter.groups.iter().flat_map(|group| &group.numbers);
            numbers.map(move |told| (told.id.clone(), file.clone())).collect::<Vec<_>>()
        };
        let files = chapters.iter().flat_map(file).collect();
        Guide { chapters, files }
    }

    /// Returns the address of the explanation of a number, within the folder of the language.
    pub fn href(&self, id: &str) -> Option<String> {
        self.files.get(id).map(|file| format!("{file}#{id}"))
    }

    /// Walks the numbers with the heading or exhibit under which each stands.
    pub fn numbers(&self) -> impl Iterator<Item = (&str, &str)> {
        let groups = self.chapters.iter().flat_map(|chapter| &chapter.groups);
        groups.flat_map(|group| group.numbers.iter().map(|told| (told.id.as_str(), group.title.as_str())))
    }

    fn has(&self, file: &str) -> bool {
        self.chapters.iter().any(|chapter| chapter.file() == file)
    }
}

/// What the explanations of an edition rest on beside its own findings.
pub struct Around<'a> {
    /// The other editions.
    pub others: Vec<&'a Edition>,
    /// What claims rest on.
    pub verdicts: Verdicts<'a>,
}

/// What explains the numbers of each chapter: the file that it stands in, its title, its text.
pub(super) type Bodies = Vec<(String, String, Html)>;

/// Explains the numbers of a language version, chapter by chapter.
pub(super) fn bodies(
    version: &Version,
    ledger: &Ledger,
    ways: &mut Ways,
    around: &Around,
    material: &Material,
) -> Bodies {
    let page = version.page;
    let (Some(language), Some(guide)) = (material.language(page.lang), version.guide) else { return Vec::new() };
    let edition: &Edition = &version.built.edition;
    let mut printed: BTreeMap<FindingId, String> = BTreeMap::new();
    for (id, file) in &guide.files {
        if let Some(finding) = ledger.numbers.get(id).and_then(|line| line.finding.clone()) {
            printed.entry(finding).or_insert_with(|| format!("{file}#{id}"));
        }
    }
    let (others, verdicts) = (&around.others, &around.verdicts);
    let common = Common { language, edition, others, verdicts, material, printed };
    let mut namer = Namer::new(language, edition, material);
    let mut steps = BTreeMap::new();
    let explained = |chapter: &Chapter| {
        let file = chapter.file();
        let mut writer = Writer::new(&common, &mut namer, ways, &mut steps, &file);
        let body = body(chapter, &mut writer, ledger, language);
        (file, chapter.title.clone(), body)
    };
    guide.chapters.iter().map(explained).collect()
}

/// Writes the pages of a language version: one a chapter, and the list of them.
pub(super) fn pages(
    version: &Version,
    guides: &BTreeMap<crate::language::Lang, Guide>,
    ledger: &Ledger,
    ways: &mut Ways,
    around: &Around,
    material: &Material,
) -> Vec<(String, Result<String, Box<Diagnostic>>)> {
    let (Some(language), Some(guide)) = (material.language(version.page.lang), version.guide) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (file, title, body) in bodies(version, ledger, ways, around, material) {
        let frame = Frame { file: &file, title: &title, guides, version, material, language };
        let page = frame.page(&body);
        out.push((file, page));
    }
    let frame = Frame {
        file: INDEX,
        title: language.word("number-trace").unwrap_or(INDEX),
        guides,
        version,
        material,
        language,
    };
    out.push((INDEX.to_owned(), frame.page(&index(guide, language))));
    out
}

/// What stands under a heading: a number that was worked out, or cells of one column.
enum Part<'t> {
    Numbers(Vec<Section>),
    Cells(Vec<Taken<'t>>),
}

fn body(chapter: &Chapter, writer: &mut Writer, ledger: &Ledger, language: &Language) -> Html {
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let mut body = Html::default();
    let mut last = "";
    for group in &chapter.groups {
        if group.title != last && group.title != chapter.title {
            body.put(said("h2", &group.title));
            body.line();
        }
        last = &group.title;
        let mut parts: Vec<Part> = Vec::new();
        for told in &group.numbers {
            let Some(line) = ledger.numbers.get(&told.id) else { continue };
            let Some(own) = writer.taken(told, line) else {
                let Some(own) = writer.number(&told.id, line, told.unit, &told.place) else { continue };
                // What comes out by the same words is told together, where the first of it stands.
                let alike = parts.iter_mut().find_map(|part| match part {
                    Part::Numbers(group) => Some(group).filter(|group| own.is_like(group)),
                    Part::Cells(_) => None,
                });
                match alike {
                    Some(group) => group.push(own),
                    None => parts.push(Part::Numbers(vec![own])),
                }
                continue;
            };
            // What is of one column of a file is told together, where the first of it stands.
            let alike = parts.iter_mut().find_map(|part| match part {
                Part::Cells(cells) => {
                    Some(cells).filter(|cells| cells.first().is_some_and(|cell| cell.head == own.head))
                }
                Part::Numbers(_) => None,
            });
            match alike {
                Some(cells) => cells.push(own),
                None => parts.push(Part::Cells(vec![own])),
            }
        }
        for part in &parts {
            body.put(match part {
                Part::Numbers(group) => alike(group),
                Part::Cells(cells) => writer.cells(cells),
            });
        }
    }
    let between = writer.between();
    let parts = [
        ("numbers-between", between),
        ("verification-short", writer.claims_in_common()),
        ("methods", writer.methods()),
        ("sources", writer.origins()),
    ];
    for (head, part) in parts {
        if !part.as_str().is_empty() {
            body.put(said("h2", word(head)));
            body.line();
            body.put(part);
        }
    }
    body
}

fn index(guide: &Guide, language: &Language) -> Html {
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let mut list = tag("ul");
    for chapter in &guide.chapters {
        let count: usize = chapter.groups.iter().map(|group| group.numbers.len()).sum();
        let link = tag("a").with("href", &chapter.file()).text(&chapter.title);
        list = list.put(tag("li").put(link).text(&format!(" ({count})")));
    }
    let mut body = said("p", word("numbers-lead"));
    body.put(list);
    body
}

/// The frame of a page.
struct Frame<'a> {
    file: &'a str,
    title: &'a str,
    guides: &'a BTreeMap<crate::language::Lang, Guide>,
    version: &'a Version<'a>,
    material: &'a Material,
    language: &'a Language,
}

impl Frame<'_> {
    fn page(&self, body: &Html) -> Result<String, Box<Diagnostic>> {
        let page = self.version.page;
        let word = |key: &'static str| self.language.word(key).unwrap_or(key);
        // What prints no number in another language has no page there.
        let everywhere = self.guides.values().all(|guide| guide.has(self.file));
        let file = if everywhere { self.file } else { INDEX };
        let of_edition = word("edition-named").replace("{name}", &page.edition);
        let of_edition = format!("{} – {of_edition}", word("number-trace"));
        let subtitle = if self.file == INDEX { self.material.title(page.lang) } else { &of_edition };
        let values: Context = context! {
            kind => "numbers", title => self.title, subtitle => subtitle, body => body.as_str(),
            languages => switch(page.lang, file, self.material),
            editions => editions(&page.edition, page.lang, INDEX, self.material),
            links => bar::links(self.material, self.language, &page.edition, "numbers"), root => "../..",
        };
        // The ends of cells and rows go without saying, and so does that the one head of a row without a head above it is
        // the row's; thousands of them weigh.
        let plain = [("</td>", ""), ("</tr>", ""), ("</tbody>", ""), ("<th scope=\"row\">", "<th>"), ("</th>", "")];
        let light = |text: String| plain.iter().fold(text, |text, (long, short)| text.replace(long, short));
        render(self.material, self.language, values).map(light)
    }
}
