//! Walk: a document as Typst markup. What is said is escaped, and every call ends before what follows it.

use std::collections::BTreeSet;

use super::markup::{call, literal, string, wrap};
use super::math;
use crate::document::{Block, Inline, cited, plain};
use crate::language::{Lang, softened};
use crate::output::{Material, Version, exhibit_of};

/// A version under way.
pub(super) struct Walk<'a> {
    pub(super) version: &'a Version<'a>,
    pub(super) material: &'a Material,
    /// The places to which links may lead.
    known: BTreeSet<String>,
    /// The places that were written.
    pub(super) places: BTreeSet<String>,
    /// What is written in.
    lang: Lang,
    /// Whether this stands in a link, which holds no other.
    linked: bool,
}

/// Says whether a chapter ends so near behind a chart, which stands at the foot of a sheet, that the next one would begin above it.
fn has_chart_near(chapter: &[String]) -> bool {
    const NEAR: usize = 1_500;
    let behind = chapter.iter().rev().take_while(|block| !block.starts_with("#chart("));
    let (count, letters) = behind.fold((0, 0), |(count, sum), block| (count + 1, sum + block.chars().count()));
    count < chapter.len() && letters < NEAR
}

impl<'a> Walk<'a> {
    /// Begins a version.
    pub(super) fn new(version: &'a Version<'a>, material: &'a Material, known: BTreeSet<String>) -> Walk<'a> {
        Walk { version, material, known, places: BTreeSet::new(), lang: version.page.lang, linked: false }
    }

    /// Writes blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block]) -> String {
        let mut written: Vec<String> = Vec::with_capacity(blocks.len());
        let mut chapter = 0;
        for block in blocks {
            if matches!(block, Block::Heading { level: ..=2, .. }) {
                if has_chart_near(&written[chapter..]) {
                    written.push(call("pagebreak", "weak: true"));
                }
                chapter = written.len();
            }
            written.push(self.block(block));
        }
        written.into_iter().filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    fn block(&mut self, block: &Block) -> String {
        match block {
            Block::Heading { level, id, content } => {
                let level = level.saturating_sub(1).max(1);
                // What stands large is not parted.
                let text = format!("#heading(level: {level})[{}];", self.whole(content));
                text + &id.as_ref().map(|id| self.label(id)).unwrap_or_default()
            }
            Block::Paragraph(content) => self.run(content),
            Block::List { start, tight, items } => {
                let items: String = items.iter().map(|item| format!(", [{}]", self.blocks(item))).collect();
                let list = match start {
                    Some(start) => format!("#enum(tight: {tight}, start: {start}{items});"),
                    None => format!("#list(tight: {tight}{items});"),
                };
                if items.contains("#math.equation(") { wrap("formulas", &list) } else { list }
            }
            Block::Quote(inner) => format!("#quote(block: true)[{}];", self.blocks(inner)),
            Block::Code { content, .. } => format!("#raw(block: true, {});", string(plain(content).trim_end())),
            Block::Rule => call("line", "length: 100%, stroke: line-of"),
            Block::Table(table) => self.words(table),
            Block::Exhibit(id) => match exhibit_of(id, self.version, self.material) {
                Some(shown) => self.exhibit(id, &shown),
                None => String::new(),
            },
            // The whole page has these written out.
            Block::Generated(_) => String::new(),
            Block::Listing(inner) => self.blocks(inner),
            Block::Version { lang, content } => {
                let own = std::mem::replace(&mut self.lang, *lang);
                let text = self.blocks(content);
                self.lang = own;
                format!("#version({})[{text}];", string(lang.code()))
            }
        }
    }

    /// Writes a place that links may lead to.
    pub(super) fn label(&mut self, id: &str) -> String {
        let is_first = self.places.insert(id.to_owned());
        if is_first { call("label", &string(id)) } else { String::new() }
    }

    /// Writes a text, parted at its syllables where its language asks for it.
    pub(super) fn text(&self, text: &str) -> String {
        literal(&softened(text, self.lang))
    }

    /// Writes a run in which no word is parted.
    pub(super) fn whole(&mut self, inlines: &[Inline]) -> String {
        self.run(inlines).replace('\u{ad}', "")
    }

    /// Writes a run on one line.
    pub(super) fn run(&mut self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> String {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Number { text, .. } => literal(text),
            Inline::Formula(text) => math::formula(text),
            Inline::Reference { exhibit, text } => self.led(exhibit, literal(text)),
            Inline::Cite { work, .. } => self.led(&format!("ref-{work}"), literal(&cited(inline))),
            Inline::Code(inner) => call("raw", &string(&plain(inner))),
            Inline::Emphasis(inner) => wrap("emph", &self.run(inner)),
            Inline::Strong(inner) => wrap("strong", &self.run(inner)),
            Inline::Link { to, content, .. } => {
                let around = std::mem::replace(&mut self.linked, true);
                let inner = self.run(content);
                self.linked = around;
                match to.strip_prefix('#') {
                    Some(place) => self.led(place, inner),
                    None if to.contains("://") || to.starts_with("mailto:") => {
                        format!("#link({})[{inner}];", string(to))
                    }
                    // What leads to other files of the report leads nowhere from a sheet.
                    None => inner,
                }
            }
            Inline::Note { content, .. } => wrap("footnote", &self.run(content)),
            Inline::Anchor(id) => {
                let label = self.label(id);
                if label.is_empty() { label } else { call("metadata", "none") + &label }
            }
            Inline::Untold(said) => wrap("strong", &literal(&format!("[{said}]"))),
            Inline::Soft => " ".to_owned(),
            Inline::Break => call("linebreak", ""),
        }
    }

    /// Leads a text to a place, where that stands.
    fn led(&self, place: &str, inner: String) -> String {
        if self.known.contains(place) && !self.linked {
            format!("#link(label({}))[{inner}];", string(place))
        } else {
            inner
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_begins_on_a_new_sheet_behind_a_chart() {
        let written = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let long = "x".repeat(2_000);
        assert!(has_chart_near(&written(&["a", "#chart(…);", "b"])));
        assert!(!has_chart_near(&written(&["#chart(…);", &long])));
        assert!(!has_chart_near(&written(&["a", "b"])));
        assert!(!has_chart_near(&[]));
    }
}
