//! Walk: a document as the body of a Word document.
//!
//! Every number of the study stands in a bookmark within a plain-text content control; alias and tag of the control and
//! the name of the bookmark tell which number it is, so that at least one of them survives an editor. Each sentence of a
//! template stands in a bookmark that tells which it is. Captions and references to them are fields, and so are citations, so that Word numbers them anew where an author moves them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::journal::Journal;
use super::math;
use super::names::{Mark, control_id, control_name, short};
use super::package::Relation;
use super::styles::List;
use super::xml::{Node, Xml, node, val};
use crate::document::{Block, Inline, plain};
use crate::language::{ExhibitKind, Lang, texts};
use crate::output::{Material, Shown, Version, exhibit_of};

/// A body under way.
pub(super) struct Walk<'a> {
    pub(super) version: &'a Version<'a>,
    pub(super) material: &'a Material,
    pub(super) journal: &'a Journal,
    /// The pictures by exhibit.
    pub(super) pictures: &'a BTreeMap<String, Vec<u8>>,
    /// How often each number was printed.
    counts: BTreeMap<String, usize>,
    /// What runs are written in.
    lang: Lang,
    /// How each run is formed, from outside inwards.
    pub(super) forms: Vec<&'static str>,
    marks: usize,
    /// The ids of controls that are taken.
    controls: BTreeSet<u32>,
    /// The keys of the sentences of templates by the anchors before them.
    keys: &'a BTreeMap<String, String>,
    /// What each sentence of the run under way says, in order.
    said: VecDeque<String>,
    /// The bookmark of the sentence under way.
    sentence: Option<String>,
    /// The sentences that were marked.
    marked: BTreeSet<String>,
    /// How deep in runs.
    depth: usize,
    /// Half-points of type in the table under way, where it is smaller than that of tables.
    pub(super) small: Option<i64>,
    pub(super) lists: Vec<List>,
    pub(super) relations: Vec<Relation>,
    /// The footnotes, and what their links lead to.
    pub(super) notes: Vec<Node>,
    pub(super) note_relations: Vec<Relation>,
    pub(super) media: Vec<(String, Vec<u8>)>,
    pub(super) body: Xml,
}

/// Where a paragraph stands.
#[derive(Clone, Copy, Default)]
struct Within {
    /// The list with the depth of its items, and whether this is an item's first paragraph.
    item: Option<(usize, usize, bool)>,
    quoted: bool,
}

impl<'a> Walk<'a> {
    /// Begins a body.
    pub(super) fn new(
        version: &'a Version<'a>,
        material: &'a Material,
        journal: &'a Journal,
        pictures: &'a BTreeMap<String, Vec<u8>>,
        keys: &'a BTreeMap<String, String>,
    ) -> Walk<'a> {
        Walk {
            version,
            material,
            journal,
            pictures,
            counts: BTreeMap::new(),
            lang: version.page.lang,
            forms: Vec::new(),
            marks: 0,
            controls: BTreeSet::new(),
            keys,
            said: VecDeque::new(),
            sentence: None,
            marked: BTreeSet::new(),
            depth: 0,
            small: None,
            lists: Vec::new(),
            relations: Vec::new(),
            notes: Vec::new(),
            note_relations: Vec::new(),
            media: Vec::new(),
            body: Xml::default(),
        }
    }

    /// Writes in another language for a while.
    pub(super) fn speaking(&mut self, lang: Lang, say: impl FnOnce(&mut Walk<'a>)) {
        let own = std::mem::replace(&mut self.lang, lang);
        say(self);
        self.lang = own;
    }

    /// Adds a paragraph of a style.
    pub(super) fn paragraph(&mut self, style: &str, content: &[Inline]) {
        let runs = self.runs(content);
        self.body.put(paragraph(style).put(runs));
    }

    /// Adds a paragraph of a style that says one text.
    pub(super) fn line(&mut self, style: &str, text: &str) {
        self.paragraph(style, &[Inline::text(text)]);
    }

    /// Adds an item of a numbered list to which citations lead.
    pub(super) fn reference(&mut self, list: usize, work: &str, content: &[Inline]) {
        let form = node("w:pPr").put(val("w:pStyle", "Bibliography")).put(numbered(list, 0));
        let runs = self.runs(content);
        let marked = self.bookmark(&reference_name(work), runs);
        self.body.put(node("w:p").put(form).put(marked));
    }

    /// Begins a list and returns it.
    pub(super) fn list(&mut self, list: List) -> usize {
        self.lists.push(list);
        self.lists.len()
    }

    /// Adds blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block, Within::default()));
    }

    fn block(&mut self, block: &Block, within: Within) {
        match block {
            Block::Heading { level, content, .. } => {
                let style = ["Heading1", "Heading2", "Heading3", "Heading4"][usize::from(level.clamp(&2, &5) - 2)];
                self.paragraph(style, content);
            }
            Block::Paragraph(content) => {
                let style = match within {
                    Within { quoted: true, .. } => "Quote",
                    Within { item: Some(_), .. } => "ListParagraph",
                    Within { .. } => "BodyText",
                };
                let mut form = node("w:pPr").put(val("w:pStyle", style));
                if let Some((list, depth, first)) = within.item {
                    form = match first {
                        true => form.put(numbered(list, depth)),
                        false => form.put(node("w:ind").size("w:left", 567 + 425 * depth as i64)),
                    };
                }
                let runs = self.runs(content);
                self.body.put(node("w:p").put(form).put(runs));
            }
            Block::List { start, items, .. } => {
                let list = self.list(start.map_or(List::Marked, List::Numbered));
                let depth = within.item.map_or(0, |(_, depth, _)| depth + 1).min(8);
                for item in items {
                    for (at, block) in item.iter().enumerate() {
                        self.block(block, Within { item: Some((list, depth, at == 0)), ..within });
                    }
                }
            }
            Block::Quote(inner) => inner.iter().for_each(|block| self.block(block, Within { quoted: true, ..within })),
            Block::Code { content, .. } => {
                let text = plain(content);
                text.lines().for_each(|text| self.line("SourceCode", text));
            }
            Block::Rule => {
                let line =
                    node("w:bottom").at("w:val", "single").size("w:sz", 4).size("w:space", 1).at("w:color", "auto");
                self.body.put(node("w:p").put(node("w:pPr").put(node("w:pBdr").put(line))));
            }
            Block::Table(table) => self.words(table),
            Block::Exhibit(id) => {
                if let Some(shown) = exhibit_of(id, self.version, self.material) {
                    self.exhibit(id, &shown);
                }
            }
            Block::Generated(_) => {}
            Block::Listing(inner) => inner.iter().for_each(|block| self.block(block, within)),
            Block::Version { lang, content } => {
                self.speaking(*lang, |walk| content.iter().for_each(|block| walk.block(block, within)));
            }
        }
    }

    /// Writes a run of inlines, each sentence of a template in its bookmark.
    pub(super) fn runs(&mut self, inlines: &[Inline]) -> Xml {
        if self.depth == 0 {
            self.said = sentences(inlines).into();
        }
        self.depth += 1;
        let mut out: Xml = inlines.iter().map(|inline| self.inline(inline)).collect();
        self.depth -= 1;
        if self.depth == 0 {
            out.put(self.end_sentence());
        }
        out
    }

    /// Begins the sentence before which an anchor stands.
    fn begin_sentence(&mut self, anchor: &str) -> Xml {
        let mut out = self.end_sentence();
        let said = self.said.pop_front().unwrap_or_default();
        // What stands a second time would be a second bookmark of one name.
        if let Some(key) = self.keys.get(anchor).filter(|key| self.marked.insert((*key).clone())) {
            self.marks += 1;
            let id = self.marks.to_string();
            out.put(node("w:bookmarkStart").at("w:id", &id).at("w:name", &Mark::sentence(key, &said).name()));
            self.sentence = Some(id);
        }
        out
    }

    fn end_sentence(&mut self) -> Xml {
        let id = self.sentence.take();
        id.map(|id| node("w:bookmarkEnd").at("w:id", &id)).into_iter().collect()
    }

    fn inline(&mut self, inline: &Inline) -> Xml {
        match inline {
            Inline::Text(text) => self.run(text).into(),
            Inline::Soft => self.run(" ").into(),
            Inline::Number { index, text } => self.number(*index, text),
            Inline::Reference { exhibit, text } => self.exhibit_reference(exhibit, text),
            Inline::Cite { work, number, page } => {
                let mut out: Xml = self.run("[").into();
                let name = reference_name(work);
                out.put(self.field(&format!(" REF {name} \\r \\h "), &number.to_string()));
                let rest = page.as_ref().map(|page| format!(", {page}]")).unwrap_or_else(|| "]".to_owned());
                out.put(self.run(&rest));
                out
            }
            Inline::Formula(text) => math::formula(text).into(),
            Inline::Code(inner) => self.formed("code", inner),
            Inline::Emphasis(inner) => self.formed("em", inner),
            Inline::Strong(inner) => self.formed("strong", inner),
            Inline::Link { to, content, .. } => {
                let inner = self.runs(content);
                // What leads within the report leads nowhere from an article.
                if !to.contains("://") && !to.starts_with("mailto:") {
                    return inner;
                }
                let id = format!("rIdLink{}", self.relations.len() + 1);
                self.relations.push(Relation { id: id.clone(), kind: "hyperlink", target: to.clone(), outside: true });
                node("w:hyperlink").at("r:id", &id).put(inner).into()
            }
            Inline::Note { content, .. } => self.note(content),
            Inline::Anchor(name) => self.begin_sentence(name),
            Inline::Untold(said) => self.run(&format!("[{said}]")).into(),
            Inline::Break => node("w:r").put(node("w:br")).into(),
        }
    }

    /// Writes a footnote and returns its mark. It is a part of its own, whose links stand with it.
    fn note(&mut self, content: &[Inline]) -> Xml {
        let form = || node("w:rPr").put(val("w:rStyle", "FootnoteReference"));
        let forms = std::mem::take(&mut self.forms);
        std::mem::swap(&mut self.relations, &mut self.note_relations);
        let runs = self.runs(content);
        std::mem::swap(&mut self.relations, &mut self.note_relations);
        self.forms = forms;
        let mark = node("w:r").put(form()).put(node("w:footnoteRef"));
        let id = (self.notes.len() + 1).to_string();
        let text = paragraph("FootnoteText").put(mark).put(self.run(" ")).put(runs);
        self.notes.push(node("w:footnote").at("w:id", &id).put(text));
        node("w:r").put(form()).put(node("w:footnoteReference").at("w:id", &id)).into()
    }

    pub(super) fn formed(&mut self, form: &'static str, inner: &[Inline]) -> Xml {
        self.forms.push(form);
        let runs = self.runs(inner);
        self.forms.pop();
        runs
    }

    /// Says how runs are formed here.
    fn form(&self) -> Node {
        let has = |form: &str| self.forms.contains(&form);
        let mut own = node("w:rPr");
        if has("code") {
            own = own.put(
                node("w:rFonts").at("w:ascii", "Courier New").at("w:hAnsi", "Courier New").at("w:cs", "Courier New"),
            );
        }
        if has("strong") {
            own = own.put(node("w:b")).put(node("w:bCs"));
        }
        if has("em") {
            own = own.put(node("w:i")).put(node("w:iCs"));
        }
        if has("raised") {
            own = own.put(val("w:vertAlign", "superscript"));
        }
        own.put(val("w:lang", texts::own(self.lang.code(), "locale").unwrap_or(self.lang.code())))
    }

    pub(super) fn run(&self, text: &str) -> Node {
        let text = node("w:t").at("xml:space", "preserve").text(text);
        node("w:r").put(self.form()).put(text)
    }

    /// Writes a number in its control with its bookmark.
    fn number(&mut self, index: usize, text: &str) -> Xml {
        match self.version.page.numbers.get(index) {
            // What is quoted from literature is no finding.
            Some(number) if number.cited.is_none() => self.owned(&number.id, text),
            _ => self.run(text).into(),
        }
    }

    /// Writes a number of the ledger in its control with its bookmark.
    pub(super) fn owned(&mut self, id: &str, text: &str) -> Xml {
        let count = self.counts.entry(id.to_owned()).or_default();
        *count += 1;
        let (mark, label) = (Mark::number(id, *count, text), control_name(id, *count));
        let mut own_id = control_id(&label);
        while !self.controls.insert(own_id) {
            own_id = own_id.wrapping_add(1) & 0x7fff_ffff;
        }
        let own = node("w:sdtPr")
            .put(val("w:alias", &label))
            .put(val("w:tag", &label))
            .put(val("w:id", &own_id.to_string()))
            .put(node("w:text"));
        let run = self.run(text);
        // Within the control it goes and stays with it.
        let marked = self.bookmark(&mark.name(), run);
        node("w:sdt").put(own).put(node("w:sdtContent").put(marked)).into()
    }

    pub(super) fn bookmark(&mut self, name: &str, inner: impl Into<Xml>) -> Xml {
        self.marks += 1;
        let id = self.marks.to_string();
        let mut out: Xml = node("w:bookmarkStart").at("w:id", &id).at("w:name", name).into();
        out.put(inner);
        out.put(node("w:bookmarkEnd").at("w:id", &id));
        out
    }

    /// Writes a field with what it says now.
    pub(super) fn field(&self, instruction: &str, result: &str) -> Xml {
        let mark = |kind: &str| node("w:r").put(self.form()).put(node("w:fldChar").at("w:fldCharType", kind));
        let told = node("w:instrText").at("xml:space", "preserve").text(instruction);
        let told = node("w:r").put(self.form()).put(told);
        [mark("begin"), told, mark("separate"), self.run(result), mark("end")].into_iter().collect()
    }

    /// Writes a reference to an exhibit: its words, and its number as a field where the exhibit stands here.
    fn exhibit_reference(&mut self, exhibit: &str, text: &str) -> Xml {
        let stands = exhibit_of(exhibit, self.version, self.material).is_some();
        if stands { self.numbered(exhibit, text) } else { self.run(text).into() }
    }

    /// Writes words that name an exhibit, its number as a field that leads there.
    pub(super) fn numbered(&self, exhibit: &str, text: &str) -> Xml {
        let Some((before, number, after)) = parted(text) else { return self.run(text).into() };
        let field = self.field(&format!(" REF {} \\h ", exhibit_name(exhibit)), number);
        let said = |text: &str| Some(self.run(text)).filter(|_| !text.is_empty());
        let mut out: Xml = said(before).into_iter().collect();
        out.put(field);
        said(after).into_iter().for_each(|run| out.put(run));
        out
    }

    /// Writes the label of an exhibit, its number as a field to which references lead.
    pub(super) fn label(&mut self, id: &str, shown: &Shown) -> Xml {
        let sequence = match shown.kind {
            ExhibitKind::Table => "Table",
            ExhibitKind::Figure => "Figure",
        };
        let Some((before, number, after)) = parted(&shown.label) else { return self.run(&shown.label).into() };
        let mut out: Xml = if before.is_empty() { Xml::default() } else { self.run(before).into() };
        let field = self.field(&format!(" SEQ {sequence} \\* ARABIC "), number);
        out.put(self.bookmark(&exhibit_name(id), field));
        if !after.is_empty() {
            out.put(self.run(after));
        }
        out
    }
}

pub(super) fn paragraph(style: &str) -> Node {
    node("w:p").put(node("w:pPr").put(val("w:pStyle", style)))
}

fn numbered(list: usize, depth: usize) -> Node {
    node("w:numPr").put(val("w:ilvl", &depth.to_string())).put(val("w:numId", &list.to_string()))
}

/// Parts a label at its number: `рис. ` `1`, or `1` `-сурет`.
fn parted(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some((&text[..start], &rest[..end], &rest[end..]))
}

fn exhibit_name(id: &str) -> String {
    Mark::Exhibit(short(id)).name()
}

fn reference_name(work: &str) -> String {
    format!("ref_{}", short(work))
}

/// Lists what the sentences of a run say, each from its anchor to the next; formulas, which have a form of their own, apart.
fn sentences(inlines: &[Inline]) -> Vec<String> {
    fn add(inlines: &[Inline], found: &mut Vec<String>) {
        for inline in inlines {
            match inline {
                Inline::Anchor(_) => found.push(String::new()),
                Inline::Code(inner) | Inline::Emphasis(inner) | Inline::Strong(inner) => add(inner, found),
                Inline::Link { content, .. } => add(content, found),
                Inline::Formula(_) | Inline::Note { .. } => {}
                other => {
                    found.last_mut().into_iter().for_each(|said| said.push_str(&plain(std::slice::from_ref(other))))
                }
            }
        }
    }
    let mut found = Vec::new();
    add(inlines, &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_parted_at_their_numbers() {
        assert_eq!(parted("Таблица 12"), Some(("Таблица ", "12", "")));
        assert_eq!(parted("3-кестеден"), Some(("", "3", "-кестеден")));
        assert_eq!(parted("рис."), None);
    }

    #[test]
    fn sentences_go_from_anchor_to_anchor() {
        let anchor = || Inline::Anchor("at:a".to_owned());
        let strong = Inline::Strong(vec![anchor(), Inline::text("Да"), Inline::Formula("x".to_owned())]);
        assert_eq!(
            sentences(&[Inline::text("- "), strong, Inline::text(". "), anchor(), Inline::text("Нет.")]),
            ["Да. ", "Нет."]
        );
    }
}
