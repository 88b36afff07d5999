//! Walk: a document as the body of a Word document.
//!
//! Every number of the study stands in a plain-text content control within a bookmark; alias and tag of the control and
//! the name of the bookmark tell which number it is, so that at least one of them survives an editor. Captions and
//! references to them are fields, and so are citations, so that Word numbers them anew where an author moves them.

use std::collections::BTreeMap;

use super::journal::Journal;
use super::math;
use super::package::Relation;
use super::styles::{List, section, twips};
use super::xml::{Node, Xml, node, val};
use crate::document::{Block, Inline, Side, Table, plain};
use crate::files::sha256;
use crate::language::{ExhibitKind, Lang, texts};
use crate::output::setting::{Cell, Setting};
use crate::output::{Material, Shown, Version, exhibit_of};

/// English Metric Units in a hundredth of an inch, the unit of figures.
const EMU: f64 = 9144.0;

/// A body under way.
pub struct Walk<'a> {
    version: &'a Version<'a>,
    material: &'a Material,
    journal: &'a Journal,
    /// The pictures by exhibit.
    pictures: &'a BTreeMap<String, Vec<u8>>,
    /// How often each number was printed.
    counts: BTreeMap<&'a str, usize>,
    /// What runs are written in.
    lang: Lang,
    /// How each run is formed, from outside inwards.
    forms: Vec<&'static str>,
    marks: usize,
    /// Half-points of type in the table under way, where it is smaller than that of tables.
    small: Option<i64>,
    pub(super) lists: Vec<List>,
    pub(super) relations: Vec<Relation>,
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
    pub fn new(
        version: &'a Version<'a>,
        material: &'a Material,
        journal: &'a Journal,
        pictures: &'a BTreeMap<String, Vec<u8>>,
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
            small: None,
            lists: Vec::new(),
            relations: Vec::new(),
            media: Vec::new(),
            body: Xml::default(),
        }
    }

    /// Writes in another language for a while.
    pub fn speaking(&mut self, lang: Lang, say: impl FnOnce(&mut Walk<'a>)) {
        let own = std::mem::replace(&mut self.lang, lang);
        say(self);
        self.lang = own;
    }

    /// Adds a paragraph of a style.
    pub fn paragraph(&mut self, style: &str, content: &[Inline]) {
        let runs = self.runs(content);
        self.body.put(paragraph(style).put(runs));
    }

    /// Adds a paragraph of a style that says one text.
    pub fn line(&mut self, style: &str, text: &str) {
        self.paragraph(style, &[Inline::text(text)]);
    }

    /// Adds an item of a numbered list to which citations lead.
    pub fn reference(&mut self, list: usize, work: &str, content: &[Inline]) {
        let form = node("w:pPr").put(val("w:pStyle", "Bibliography")).put(numbered(list, 0));
        let runs = self.runs(content);
        let marked = self.bookmark(&reference_name(work), runs);
        self.body.put(node("w:p").put(form).put(marked));
    }

    /// Begins a list and returns it.
    pub fn list(&mut self, list: List) -> usize {
        self.lists.push(list);
        self.lists.len()
    }

    /// Adds blocks.
    pub fn blocks(&mut self, blocks: &[Block]) {
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

    /// Writes a run of inlines.
    fn runs(&mut self, inlines: &[Inline]) -> Xml {
        inlines.iter().map(|inline| self.inline(inline)).collect()
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
            Inline::Anchor(_) => Xml::default(),
            Inline::Untold(said) => self.run(&format!("[{said}]")).into(),
            Inline::Break => node("w:r").put(node("w:br")).into(),
        }
    }

    fn formed(&mut self, form: &'static str, inner: &[Inline]) -> Xml {
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
        if let Some(size) = self.small {
            own = own.put(val("w:sz", &size.to_string())).put(val("w:szCs", &size.to_string()));
        }
        if has("raised") {
            own = own.put(val("w:vertAlign", "superscript"));
        }
        own.put(val("w:lang", texts::own(self.lang.code(), "locale").unwrap_or(self.lang.code())))
    }

    fn run(&self, text: &str) -> Node {
        let text = node("w:t").at("xml:space", "preserve").text(text);
        node("w:r").put(self.form()).put(text)
    }

    /// Writes a number in its control and bookmark.
    fn number(&mut self, index: usize, text: &str) -> Xml {
        let numbers: &'a [crate::page::Number] = &self.version.page.numbers;
        match numbers.get(index) {
            // What is quoted from literature is no finding.
            Some(number) if number.cited.is_none() => self.owned(&number.id, text),
            _ => self.run(text).into(),
        }
    }

    /// Writes a number of the ledger in its control and bookmark.
    fn owned(&mut self, id: &'a str, text: &str) -> Xml {
        let count = self.counts.entry(id).or_default();
        *count += 1;
        let (mark, label) = (number_name(id, *count), control_name(id, *count));
        let own = node("w:sdtPr")
            .put(val("w:alias", &label))
            .put(val("w:tag", &label))
            .put(val("w:id", &(self.marks + 1).to_string()))
            .put(node("w:text"));
        let control = node("w:sdt").put(own).put(node("w:sdtContent").put(self.run(text)));
        self.bookmark(&mark, control)
    }

    fn bookmark(&mut self, name: &str, inner: impl Into<Xml>) -> Xml {
        self.marks += 1;
        let id = self.marks.to_string();
        let mut out: Xml = node("w:bookmarkStart").at("w:id", &id).at("w:name", name).into();
        out.put(inner);
        out.put(node("w:bookmarkEnd").at("w:id", &id));
        out
    }

    /// Writes a field with what it says now.
    fn field(&self, instruction: &str, result: &str) -> Xml {
        let mark = |kind: &str| node("w:r").put(self.form()).put(node("w:fldChar").at("w:fldCharType", kind));
        let told = node("w:instrText").at("xml:space", "preserve").text(instruction);
        let told = node("w:r").put(self.form()).put(told);
        [mark("begin"), told, mark("separate"), self.run(result), mark("end")].into_iter().collect()
    }

    /// Writes a reference to an exhibit: its words, and its number as a field where the exhibit stands here.
    fn exhibit_reference(&mut self, exhibit: &str, text: &str) -> Xml {
        let stands = exhibit_of(exhibit, self.version, self.material).is_some();
        let Some((before, number, after)) = parted(text).filter(|_| stands) else { return self.run(text).into() };
        let mut out: Xml = self.run(before).into();
        out.put(self.field(&format!(" REF {} \\h ", exhibit_name(exhibit)), number));
        if !after.is_empty() {
            out.put(self.run(after));
        }
        out
    }

    /// Writes the label of an exhibit, its number as a field to which references lead.
    fn label(&mut self, id: &str, shown: &Shown) -> Xml {
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

    fn exhibit(&mut self, id: &str, shown: &Shown) {
        let wide = shown.kind == ExhibitKind::Table && shown.setting.is_wide();
        if wide {
            self.end_section(false);
        }
        let mut caption = self.label(id, shown);
        caption.put(self.run(" – "));
        caption.put(self.runs(&shown.caption.title));
        caption.put(self.run(&shown.unit));
        match shown.kind {
            ExhibitKind::Table => {
                self.body.put(paragraph("TableCaption").put(caption));
                let table = self.table(&shown.setting, wide);
                self.body.put(table);
            }
            ExhibitKind::Figure => {
                let picture = self.picture(id, shown);
                self.body.put(paragraph("Figure").put(picture));
                self.body.put(paragraph("FigureCaption").put(caption));
            }
        }
        let mut head = shown.head_of_notes();
        for note in &shown.setting.notes {
            let mut text: Xml = self.run(&std::mem::take(&mut head)).into();
            if !note.mark.is_empty() {
                text.put(self.run(&format!("{} ", note.mark)));
            }
            text.put(self.runs(&note.text));
            self.body.put(paragraph("Note").put(text));
        }
        let mut source: Xml = self.run(&format!("{}: ", shown.language.word("source").unwrap_or("source"))).into();
        source.put(self.runs(&shown.caption.source));
        self.body.put(paragraph("Note").put(source));
        if wide {
            self.end_section(true);
        }
    }

    /// Ends a section: what stood since the one before lies on sheets of this side.
    fn end_section(&mut self, on_its_side: bool) {
        self.body.put(node("w:p").put(node("w:pPr").put(section(self.journal, on_its_side))));
    }

    fn picture(&mut self, id: &str, shown: &Shown) -> Xml {
        let Some(png) = self.pictures.get(id) else { return Xml::default() };
        let at = self.media.len() + 1;
        let (name, relation) = (format!("media/figure{at}.png"), format!("rIdFigure{at}"));
        self.relations.push(Relation { id: relation.clone(), kind: "image", target: name.clone(), outside: false });
        self.media.push((format!("word/{name}"), png.clone()));
        let room = (210.0 - self.journal.page.left_mm - self.journal.page.right_mm) / 25.4 * 100.0;
        let by = (room / shown.size.0.max(1.0)).min(1.0);
        let across = (shown.size.0 * by * EMU).round() as i64;
        let down = (shown.size.1 * by * EMU).round() as i64;
        let said = format!("{} {}", shown.alt, shown.description);
        let extent = |name: &'static str| node(name).size("cx", across).size("cy", down);
        let number = (at).to_string();
        let name = format!("{} {at}", id);
        let fill = node("pic:blipFill")
            .put(node("a:blip").at("r:embed", &relation))
            .put(node("a:stretch").put(node("a:fillRect")));
        let own = node("pic:nvPicPr")
            .put(node("pic:cNvPr").at("id", &number).at("name", &name).at("descr", said.trim()))
            .put(node("pic:cNvPicPr"));
        let form = node("pic:spPr")
            .put(node("a:xfrm").put(node("a:off").size("x", 0).size("y", 0)).put(extent("a:ext")))
            .put(node("a:prstGeom").at("prst", "rect").put(node("a:avLst")));
        let picture = node("pic:pic").put(own).put(fill).put(form);
        let data = node("a:graphicData").at("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture");
        let inline = node("wp:inline")
            .size("distT", 0)
            .size("distB", 0)
            .size("distL", 0)
            .size("distR", 0)
            .put(extent("wp:extent"))
            .put(node("wp:docPr").at("id", &number).at("name", &name).at("descr", said.trim()))
            .put(node("wp:cNvGraphicFramePr"))
            .put(node("a:graphic").put(data.put(picture)));
        node("w:r").put(node("w:drawing").put(inline)).into()
    }

    /// Writes a table of an exhibit: heads that stand again on each sheet, rows that do not break.
    fn table(&mut self, setting: &'_ Setting, wide: bool) -> Node {
        let widths = setting.widths();
        self.small = self.room(wide).and_then(|room| self.small_for(&widths, room));
        let mut rows: Vec<Node> = Vec::new();
        let text = |at: usize| setting.texts.get(at).copied().unwrap_or_default();
        let side = |at: usize| if text(at) { "left" } else { "right" };
        let grouped = !setting.groups.is_empty();
        let stub = if grouped { Some("restart") } else { None };
        let mut over = vec![self.head_cell(&setting.stub, 1, stub, "left")];
        let mut under = vec![self.head_cell("", 1, Some("continue"), "left")];
        let mut at = 0;
        while at < setting.heads.len() {
            match setting.groups.iter().find(|(_, group)| group.start == at) {
                Some((head, group)) => {
                    over.push(self.head_cell(head, group.len(), None, "center"));
                    for own in group.clone() {
                        under.push(self.head_cell(&setting.heads[own], 1, None, side(own)));
                    }
                    at = group.end.max(at + 1);
                }
                None => {
                    over.push(self.head_cell(&setting.heads[at], 1, stub, side(at)));
                    under.push(self.head_cell("", 1, Some("continue"), side(at)));
                    at += 1;
                }
            }
        }
        rows.push(head_row(over));
        if grouped {
            rows.push(head_row(under));
        }
        for line in &setting.rows {
            self.forms.extend(line.total.then_some("strong"));
            let mut cells = vec![self.stub_cell(&line.stub, &line.mark)];
            for (at, cell) in line.cells.iter().enumerate() {
                let own = self.number_cell(cell, if cell.is_text && text(at) { "left" } else { "right" });
                cells.push(own);
            }
            if line.total {
                self.forms.pop();
            }
            rows.push(node("w:tr").put(node("w:trPr").put(node("w:cantSplit"))).all(cells));
        }
        self.small = None;
        self.grid(&widths, wide, rows)
    }

    /// Returns the millimetres that a table may take across.
    fn room(&self, wide: bool) -> Option<f64> {
        let page = &self.journal.page;
        let room = if wide { 297.0 - page.top_mm - page.bottom_mm } else { 210.0 - page.left_mm - page.right_mm };
        Some(room).filter(|room| *room > 50.0)
    }

    /// Returns half-points of type that is smaller than that of tables, where the columns would not fit.
    fn small_for(&self, widths: &[usize], room: f64) -> Option<i64> {
        // A digit takes half of its size, a bold one more; what a cell keeps free of its sides is as much as a letter.
        let letters: usize = widths.iter().map(|width| width + 1).sum();
        let points = room / 25.4 * 72.0 / (letters as f64 * 0.56);
        (points < self.journal.text.points - 3.0).then(|| (points.max(7.0) * 2.0).floor() as i64)
    }

    fn grid(&self, widths: &[usize], wide: bool, rows: Vec<Node>) -> Node {
        let room = twips(self.room(wide).unwrap_or(100.0));
        let all = widths.iter().sum::<usize>().max(1) as i64;
        let width = |own: &usize| node("w:gridCol").size("w:w", room * *own as i64 / all);
        let line = |name: &'static str| {
            node(name).at("w:val", "single").size("w:sz", 4).size("w:space", 0).at("w:color", "auto")
        };
        let lines = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
        let own = node("w:tblPr")
            .put(node("w:tblW").size("w:w", 5000).at("w:type", "pct"))
            .put(val("w:jc", "center"))
            .put(node("w:tblBorders").all(lines.map(line)))
            .put(node("w:tblLayout").at("w:type", "fixed"))
            .put(node("w:tblLook").at("w:val", "0420").at("w:firstRow", "1").at("w:firstColumn", "1"));
        node("w:tbl").put(own).put(node("w:tblGrid").all(widths.iter().map(width))).all(rows)
    }

    fn head_cell(&mut self, text: &str, across: usize, merge: Option<&'static str>, side: &'static str) -> Node {
        self.forms.push("strong");
        let run = if text.is_empty() { Xml::default() } else { self.run(text).into() };
        self.forms.pop();
        cell(across, merge, side, run)
    }

    fn stub_cell(&mut self, text: &str, mark: &str) -> Node {
        let mut runs: Xml = self.run(text).into();
        runs.put(self.raised(mark));
        cell(1, None, "left", runs)
    }

    fn number_cell(&mut self, own: &Cell, side: &'static str) -> Node {
        // A cell's number is told by what the ledger calls it, as those of the text are.
        let known = own.number.as_ref().and_then(|id| {
            let numbers: &'a [crate::page::Number] = &self.version.page.numbers;
            numbers.iter().find(|number| number.id == *id)
        });
        let mut runs = match (known, &own.number) {
            (Some(number), _) => self.owned(&number.id, &own.text),
            (None, Some(id)) => self.celled(id, &own.text),
            (None, None) => self.run(&own.text).into(),
        };
        runs.put(self.raised(&own.mark));
        cell(1, None, side, runs)
    }

    /// Writes a number that only the table prints.
    fn celled(&mut self, id: &str, text: &str) -> Xml {
        let (mark, label) = (format!("t{}_{}", self.marks + 1, short(id)), control_name(id, 0));
        let own = node("w:sdtPr")
            .put(val("w:alias", &label))
            .put(val("w:tag", &label))
            .put(val("w:id", &(self.marks + 1).to_string()))
            .put(node("w:text"));
        let control = node("w:sdt").put(own).put(node("w:sdtContent").put(self.run(text)));
        self.bookmark(&mark, control)
    }

    fn raised(&mut self, mark: &str) -> Xml {
        if mark.is_empty() {
            return Xml::default();
        }
        self.forms.push("raised");
        let run = self.run(mark);
        self.forms.pop();
        run.into()
    }

    /// Writes a table of words.
    fn words(&mut self, table: &Table) {
        let side = |at: usize| match table.sides.get(at) {
            Some(Side::Right) => "right",
            Some(Side::Center) => "center",
            Some(Side::Plain) | None => "left",
        };
        let mut rows = Vec::new();
        let mut heads = Vec::new();
        for (at, head) in table.heads.iter().enumerate() {
            let runs = self.formed("strong", head);
            heads.push(cell(1, None, side(at), runs));
        }
        rows.push(head_row(heads));
        for row in &table.rows {
            let mut cells = Vec::new();
            for (at, content) in row.iter().enumerate() {
                let runs = self.runs(content);
                cells.push(cell(1, None, side(at), runs));
            }
            rows.push(node("w:tr").put(node("w:trPr").put(node("w:cantSplit"))).all(cells));
        }
        let letters = |at: usize| {
            let cells = std::iter::once(table.heads.get(at)).chain(table.rows.iter().map(|row| row.get(at))).flatten();
            cells.map(|cell| plain(cell).chars().count()).max().unwrap_or(1).clamp(6, 40)
        };
        let widths: Vec<usize> = (0..table.heads.len().max(1)).map(letters).collect();
        let grid = self.grid(&widths, false, rows);
        self.body.put(grid);
        // Two tables in a row would be one.
        self.body.put(node("w:p").put(node("w:pPr").put(val("w:pStyle", "Note"))));
    }
}

fn paragraph(style: &str) -> Node {
    node("w:p").put(node("w:pPr").put(val("w:pStyle", style)))
}

fn numbered(list: usize, depth: usize) -> Node {
    node("w:numPr").put(val("w:ilvl", &depth.to_string())).put(val("w:numId", &list.to_string()))
}

fn head_row(cells: Vec<Node>) -> Node {
    node("w:tr").put(node("w:trPr").put(node("w:cantSplit")).put(node("w:tblHeader"))).all(cells)
}

/// Writes a cell, which always holds a paragraph.
fn cell(across: usize, merge: Option<&'static str>, side: &'static str, runs: Xml) -> Node {
    let mut form = node("w:tcPr").put(node("w:tcW").size("w:w", 0).at("w:type", "auto"));
    if across > 1 {
        form = form.put(val("w:gridSpan", &across.to_string()));
    }
    if let Some(merge) = merge {
        form = form.put(val("w:vMerge", merge));
    }
    let form = form.put(val("w:vAlign", "center"));
    let own = node("w:pPr").put(val("w:pStyle", "TableText")).put(val("w:jc", side));
    node("w:tc").put(form).put(node("w:p").put(own).put(runs))
}

/// Parts a label at its number: `рис. ` `1`, or `1` `-сурет`.
fn parted(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some((&text[..start], &rest[..end], &rest[end..]))
}

/// Eight hexadecimal digits that tell an id from others.
fn short(id: &str) -> String {
    sha256(id.as_bytes()).chars().take(8).collect()
}

/// Names the bookmark of a number: at most 40 letters, digits and lines, as Word wants it.
pub fn number_name(id: &str, count: usize) -> String {
    format!("n_{}_{count}", short(id))
}

/// Names the control of a number: its id, and which of its places this is; at most 64 letters.
pub fn control_name(id: &str, count: usize) -> String {
    let whole = format!("{id}#{count}");
    match whole.chars().count() {
        0..=64 => whole,
        _ => format!("{}~{}#{count}", id.chars().take(44).collect::<String>(), short(id)),
    }
}

fn exhibit_name(id: &str) -> String {
    format!("ex_{}", short(id))
}

fn reference_name(work: &str) -> String {
    format!("ref_{}", short(work))
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
    fn names_are_as_short_as_word_wants_them() {
        let id = "x.".repeat(80);
        assert!(number_name(&id, 1234).len() <= 40);
        assert!(control_name(&id, 1234).chars().count() <= 64);
        assert_eq!(control_name("a", 2), "a#2");
    }
}
