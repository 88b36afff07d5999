//! Chapters: the numbers of a language version in the order of its text, each where a reader first meets it.

use std::collections::BTreeSet;

use super::super::{Material, Version, exhibit_of, matter};
use crate::document::{Block, Inline, look, look_at_runs, plain};
use crate::finding::Unit;

/// The page above the editions.
const OPENING: &str = "../../index.html";

/// A chapter of the text with the numbers that it prints first.
#[derive(Debug, Default)]
pub(super) struct Chapter {
    /// The id of its heading; for numbers that only a selection prints, the name of that.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its parts: the text under a heading, an exhibit.
    pub groups: Vec<Group>,
}

/// A part of a chapter.
#[derive(Debug)]
pub(super) struct Group {
    /// Its heading, or the label and title of the exhibit.
    pub title: String,
    /// The numbers that stand first in it.
    pub numbers: Vec<Told>,
}

/// A number to be explained.
#[derive(Debug)]
pub(super) struct Told {
    /// Its id in the ledger.
    pub id: String,
    /// The unit in which it is printed, where the text says it; a cell has that of its finding.
    pub unit: Option<Unit>,
    /// Where it stands in the text: a file and a place in it.
    pub place: String,
}

impl Chapter {
    /// The page on which its numbers are explained.
    pub(super) fn file(&self) -> String {
        format!("numbers-{}.html", self.id)
    }
}

/// Lists the chapters of a page that print numbers which none of `known` does, and adds these to it.
pub(super) fn of(version: &Version, material: &Material, known: &mut BTreeSet<String>) -> Vec<Chapter> {
    // What opens the report has no page of its own, and no places on the one where it stands.
    let opens = version.page.selection.as_ref().is_some_and(|name| material.study.opens(name));
    let file = if opens { OPENING.to_owned() } else { format!("{}.html", version.page.stem("index")) };
    let mut walk = Walk { version, material, known, file, headings: 0, chapters: Vec::new() };
    walk.open(String::from("front"), material.title(version.page.lang).to_owned());
    walk.blocks(&matter::whole(version.page, material));
    let mut chapters = walk.chapters;
    chapters.iter_mut().for_each(|chapter| chapter.groups.retain(|group| !group.numbers.is_empty()));
    chapters.retain(|chapter| !chapter.groups.is_empty());
    chapters
}

struct Walk<'a> {
    version: &'a Version<'a>,
    material: &'a Material,
    known: &'a mut BTreeSet<String>,
    file: String,
    /// How many headings there were: one without an id is called by its number.
    headings: usize,
    chapters: Vec<Chapter>,
}

impl Walk<'_> {
    fn open(&mut self, id: String, title: String) {
        let groups = vec![Group { title: title.clone(), numbers: Vec::new() }];
        self.chapters.push(Chapter { id, title, groups });
    }

    fn group(&mut self, title: String) {
        if let Some(chapter) = self.chapters.last_mut() {
            chapter.groups.push(Group { title, numbers: Vec::new() });
        }
    }

    fn put(&mut self, id: &str, unit: Option<Unit>, place: &str) {
        if !self.known.contains(id)
            && let Some(group) = self.chapters.last_mut().and_then(|chapter| chapter.groups.last_mut())
        {
            self.known.insert(id.to_owned());
            let place = if self.file == OPENING { OPENING.to_owned() } else { format!("{}#{place}", self.file) };
            group.numbers.push(Told { id: id.to_owned(), unit, place });
        }
    }

    fn run(&mut self, inlines: &[Inline]) {
        let mut met = Vec::new();
        look(inlines, &mut |inline| {
            if let Inline::Number { index, .. } = inline {
                met.push(*index);
            }
        });
        for number in met.into_iter().filter_map(|index| self.version.page.numbers.get(index)) {
            if number.cited.is_none() {
                self.put(&number.id, Some(number.unit), &format!("n-{}-1", number.id));
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, id, content } => {
                    self.headings += 1;
                    let id = id.clone().unwrap_or_else(|| format!("section-{}", self.headings));
                    if *level <= 3 {
                        self.open(id, plain(content))
                    } else {
                        self.group(plain(content))
                    }
                    self.run(content);
                }
                Block::Exhibit(id) => self.exhibit(id),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote(inner) | Block::Listing(inner) | Block::Version { content: inner, .. } => {
                    self.blocks(inner);
                }
                other => {
                    let mut runs: Vec<Vec<Inline>> = Vec::new();
                    look_at_runs(other, &mut |run| runs.push(run.to_vec()));
                    runs.iter().for_each(|run| self.run(run));
                }
            }
        }
    }

    fn exhibit(&mut self, id: &str) {
        let Some(shown) = exhibit_of(id, self.version, self.material) else { return };
        let around = self.chapters.last().and_then(|chapter| chapter.groups.last()).map(|group| group.title.clone());
        self.group(format!("{} – {}", shown.label, plain(&shown.caption.title)));
        self.run(&shown.caption.title);
        for cell in shown.setting.rows.iter().flat_map(|row| &row.cells) {
            if let Some(number) = &cell.number {
                self.put(number, None, id);
            }
        }
        shown.notes().for_each(|note| self.run(&note.text));
        self.run(&shown.caption.source);
        // The text goes on behind it.
        self.group(around.unwrap_or_default());
    }
}
