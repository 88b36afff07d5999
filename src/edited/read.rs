//! Read: a Word document as an editor gives it back: its paragraphs and cells, which number and which sentence each stretch
//! of text belongs to, what of it is a change that waits to be accepted.

use std::collections::BTreeMap;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::drawings::{self, Open as Drawing, Picture};
use super::fields::{Field, Reference};
use super::part::{get, referred, relations, unpacked, walk};
use crate::files::archive::{Member, directory};
use crate::files::limits::{DOCUMENT_BYTES, PAPER_BYTES};
use crate::output::docx::names::Mark;
use crate::output::docx::{CONTINUATION, ORIGIN};

/// Where a paragraph stands; all counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stand {
    /// In the text.
    Body(usize),
    /// In a cell of a table.
    Cell { table: usize, row: usize, column: usize },
    /// In a note.
    Note,
    /// At the head or the foot of pages.
    Edge,
    /// In a box.
    Box,
}

/// A stretch of text that is one in all of this.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    /// Its number, among the owners of the document.
    pub owner: Option<usize>,
    /// Its sentence, among those of the document.
    pub sentence: Option<usize>,
    /// Whether Word writes it by itself.
    pub field: bool,
    pub formula: bool,
    pub raised: bool,
    /// Whether it is an insertion that waits to be accepted.
    pub pending: bool,
}

impl Piece {
    /// Says whether two stretches differ in nothing but their text.
    fn is_alike(&self, other: &Piece) -> bool {
        let of = |piece: &Piece| (piece.owner, piece.sentence, piece.field, piece.formula, piece.raised, piece.pending);
        of(self) == of(other)
    }
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub stand: Stand,
    pub style: String,
    pub pieces: Vec<Piece>,
}

/// A control or a bookmark of a number, and what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Owner {
    pub alias: Option<String>,
    pub tag: Option<String>,
    pub id: Option<u32>,
    /// The id in short, the place and what was printed, as its bookmark tells.
    pub mark: Option<(String, usize, String)>,
    pub text: String,
    /// The paragraph that it stands in.
    pub paragraph: usize,
    pub pending: bool,
}

/// A document.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    pub references: Vec<Reference>,
    /// The numbers that the labels of exhibits print, by the bookmarks around them.
    pub labels: BTreeMap<String, String>,
    pub paragraphs: Vec<Paragraph>,
    pub owners: Vec<Owner>,
    /// The sentences that bookmarks name: the key, and in short what was printed.
    pub sentences: Vec<(String, String)>,
    /// Text that its font strikes out, by paragraph: no change that can be accepted.
    pub struck: BTreeMap<usize, String>,
    /// Pictures and other drawings, in order.
    pub pictures: Vec<Picture>,
    /// The exhibits in short whose labels stand before each table, by its number.
    pub exhibits: BTreeMap<usize, String>,
    /// What it was written of, where it tells.
    pub origin: Option<String>,
    /// Insertions and deletions that wait to be accepted.
    pub pending: [usize; 2],
    pub comments: usize,
}

/// Reads a document; says what keeps it from being read.
pub(super) fn read(bytes: &[u8]) -> Result<Document, String> {
    let members = directory(bytes).ok_or("is no Word document: it is not a whole ZIP archive")?;
    let rank = |member: &Member| match member.name.as_str() {
        "word/document.xml" => Some(0),
        "word/footnotes.xml" | "word/endnotes.xml" => Some(1),
        "docProps/custom.xml" => Some(3),
        name if name.starts_with("word/header") || name.starts_with("word/footer") => Some(2),
        _ => None,
    };
    let mut parts: Vec<(usize, &Member)> = members.iter().filter_map(|member| Some((rank(member)?, member))).collect();
    parts.sort_by_key(|(rank, member)| (*rank, member.name.clone()));
    if parts.first().is_none_or(|(rank, _)| *rank > 0) {
        return Err("is no Word document: the archive holds no `word/document.xml`".to_owned());
    }
    let (mut left, mut room) = (DOCUMENT_BYTES, DOCUMENT_BYTES);
    let mut document = Document::default();
    for (rank, member) in parts {
        let xml = unpacked(member, left)?;
        left -= xml.len();
        if rank == 3 {
            document.origin = origin(&xml)?;
            continue;
        }
        let before = document.pictures.len();
        Walk::of(rank, &mut document).part(&xml)?;
        let leads = relations(&members, &member.name);
        drawings::resolve(&mut document.pictures[before..], &leads, &members, &mut room);
        let text: usize = document.paragraphs.iter().flat_map(|own| &own.pieces).map(|piece| piece.text.len()).sum();
        if text > PAPER_BYTES {
            return Err(format!("is no article: its text is longer than {} MiB", PAPER_BYTES >> 20));
        }
    }
    Ok(document)
}

/// Reads what a document was written of.
fn origin(xml: &str) -> Result<Option<String>, String> {
    let (mut own, mut said) = (false, None);
    walk(xml, |event| match event {
        Event::Start(tag) if tag.local_name().into_inner() == "property" => {
            own = get(&tag, "name").as_deref() == Some(ORIGIN)
        }
        Event::Text(text) if own => {
            said.get_or_insert_with(String::new).push_str(&text.xml_content(XmlVersion::Implicit1_0));
        }
        Event::GeneralRef(name) if own => said.get_or_insert_with(String::new).push_str(&referred(&name)),
        _ => {}
    })?;
    Ok(said.map(|said| said.trim().to_owned()))
}

/// A paragraph under way.
#[derive(Default)]
struct Open {
    style: String,
    pieces: Vec<Piece>,
    /// Whether its end was struck out, so that it goes on in the next.
    runs_on: bool,
}

/// A control under way.
#[derive(Default)]
struct Control {
    alias: Option<String>,
    tag: Option<String>,
    id: Option<u32>,
    owner: Option<usize>,
    /// Whether what stands in it only asks for a text.
    asks: bool,
}

/// A part under way.
struct Walk<'a> {
    document: &'a mut Document,
    /// 0 the text, 1 notes, 2 heads and feet.
    part: usize,
    open: Vec<Open>,
    /// What the paragraph before, whose end was struck out, leaves to the next.
    carried: Vec<Piece>,
    bodies: usize,
    table: usize,
    row: usize,
    column: usize,
    /// How deep in tables, boxes, elements whose text is not read, forms before a change, insertions, fields.
    tables: usize,
    boxes: usize,
    unseen: usize,
    old: usize,
    inserted: usize,
    fields: Vec<Field>,
    /// The bookmarks of labels under way: their ids and names.
    labels: Vec<(String, String)>,
    in_instruction: bool,
    /// The last number that a bookmark named in this paragraph, and how many letters stood in the paragraph before it.
    marked: Option<(usize, usize)>,
    controls: Vec<Control>,
    /// The numbers and sentences that bookmarks opened, in order, by the ids of the bookmarks.
    numbers: Vec<(String, usize)>,
    sentences: BTreeMap<usize, usize>,
    ends: BTreeMap<String, usize>,
    /// The last bookmark of each sentence.
    keys: BTreeMap<String, usize>,
    opened: usize,
    exhibit: Option<String>,
    /// The exhibit of the table before.
    last_exhibit: Option<String>,
    /// The drawings under way.
    drawings: Vec<Drawing>,
    in_paragraph_form: bool,
    in_row_form: bool,
    row_gone: bool,
    row_pending: bool,
    in_text: bool,
    in_formula: bool,
    hidden: bool,
    raised: bool,
    struck: bool,
}

/// Takes the prefix of a document's own elements off a name.
fn own(name: &str) -> &str {
    name.strip_prefix("w:").unwrap_or(name)
}

/// Elements whose text is not read.
const UNSEEN: [&str; 5] = ["del", "moveFrom", "mc:Fallback", "delText", "delInstrText"];

impl<'a> Walk<'a> {
    fn of(part: usize, document: &'a mut Document) -> Walk<'a> {
        Walk {
            document,
            part,
            open: Vec::new(),
            carried: Vec::new(),
            bodies: 0,
            table: 0,
            row: 0,
            column: 0,
            tables: 0,
            boxes: 0,
            unseen: 0,
            old: 0,
            inserted: 0,
            fields: Vec::new(),
            labels: Vec::new(),
            in_instruction: false,
            marked: None,
            controls: Vec::new(),
            numbers: Vec::new(),
            sentences: BTreeMap::new(),
            ends: BTreeMap::new(),
            keys: BTreeMap::new(),
            opened: 0,
            exhibit: None,
            last_exhibit: None,
            drawings: Vec::new(),
            in_paragraph_form: false,
            in_row_form: false,
            row_gone: false,
            row_pending: false,
            in_text: false,
            in_formula: false,
            hidden: false,
            raised: false,
            struck: false,
        }
    }

    fn part(&mut self, xml: &str) -> Result<(), String> {
        walk(xml, |event| match event {
            Event::Start(tag) => {
                let name = tag.name().into_inner().to_owned();
                self.starts(own(&name), &tag);
            }
            Event::End(tag) => self.ends(own(tag.name().into_inner())),
            Event::Text(text) if self.in_text => self.say(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::Text(text) if self.in_instruction => {
                let text = text.xml_content(XmlVersion::Implicit1_0);
                self.fields.last_mut().into_iter().for_each(|field| field.instruction.push_str(&text));
            }
            Event::CData(text) if self.in_text => self.say(&text),
            Event::GeneralRef(name) if self.in_text => self.say(&referred(&name)),
            _ => {}
        })
    }

    fn starts(&mut self, name: &str, tag: &BytesStart) {
        if self.unseen > 0 {
            // What is struck out may hold the end of a sentence that stands.
            match name {
                "bookmarkStart" => self.begin_mark(tag),
                "bookmarkEnd" => self.end_mark(&get(tag, "id").unwrap_or_default()),
                _ => self.unseen += usize::from(UNSEEN.contains(&name)),
            }
            return;
        }
        let value = || get(tag, "val");
        let off = || matches!(value().as_deref(), Some("0" | "false" | "off"));
        match name {
            "del" | "moveFrom" => self.changes(false),
            "ins" | "moveTo" => self.changes(true),
            "instrText" => self.in_instruction = true,
            _ if UNSEEN.contains(&name) => self.unseen += 1,
            "p" => self.open.push(Open { pieces: std::mem::take(&mut self.carried), ..Open::default() }),
            "pPr" => self.in_paragraph_form = true,
            "trPr" => self.in_row_form = true,
            "rPrChange" | "pPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange" | "sectPrChange" => self.old += 1,
            "pStyle" if self.old == 0 => {
                if let (Some(open), Some(style)) = (self.open.last_mut(), value()) {
                    open.style = style;
                }
            }
            "tbl" => self.begin_table(),
            "tr" if self.tables == 1 => (self.row, self.column) = (self.row + 1, 0),
            "tc" if self.tables == 1 => self.column += 1,
            "txbxContent" => self.boxes += 1,
            "r" => (self.hidden, self.raised, self.struck) = (false, false, false),
            "vanish" if self.old == 0 && !self.in_paragraph_form => self.hidden = !off(),
            "strike" | "dstrike" if self.old == 0 && !self.in_paragraph_form => self.struck = !off(),
            "vertAlign" if self.old == 0 => self.raised = value().as_deref() == Some("superscript"),
            "t" | "m:t" => (self.in_text, self.in_formula) = (true, name == "m:t"),
            "tab" | "br" | "cr" if !self.in_paragraph_form => self.say(" "),
            "noBreakHyphen" => self.say("-"),
            "sym" => self.say("\u{fffd}"),
            "fldSimple" => {
                self.fields.push(Field { instruction: get(tag, "instr").unwrap_or_default(), ..Field::default() });
            }
            "fldChar" => self.field(get(tag, "fldCharType").as_deref().unwrap_or_default()),
            "commentReference" => self.document.comments += 1,
            "bookmarkStart" => self.begin_mark(tag),
            "bookmarkEnd" => self.end_mark(&get(tag, "id").unwrap_or_default()),
            "sdt" => self.controls.push(Control::default()),
            "alias" | "tag" | "id" | "showingPlcHdr" => self.describe(name, value()),
            "sdtContent" => self.begin_control(),
            "drawing" | "pict" | "object" => self.drawings.push(Drawing::default()),
            name => self.drawings.last_mut().into_iter().for_each(|drawing| drawing.takes(name, tag)),
        }
    }

    /// Takes in a change that waits to be accepted: of text, of the end of a paragraph, of a row.
    fn changes(&mut self, is_new: bool) {
        self.document.pending[usize::from(!is_new)] += 1;
        match (is_new, self.in_paragraph_form, self.in_row_form) {
            (false, true, _) => self.open.last_mut().into_iter().for_each(|open| open.runs_on = true),
            (false, _, true) => self.row_gone = true,
            (false, ..) => self.unseen += 1,
            (true, true, _) => {}
            (true, _, true) => self.row_pending = true,
            (true, ..) => self.inserted += 1,
        }
    }

    fn ends(&mut self, name: &str) {
        if self.unseen > 0 {
            self.unseen -= usize::from(UNSEEN.contains(&name));
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.in_paragraph_form = false,
            "trPr" => self.in_row_form = false,
            "rPrChange" | "pPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange" | "sectPrChange" => {
                self.old = self.old.saturating_sub(1);
            }
            "tbl" => self.tables = self.tables.saturating_sub(1),
            "tr" if self.tables == 1 => (self.row_gone, self.row_pending) = (false, false),
            "txbxContent" => self.boxes = self.boxes.saturating_sub(1),
            "r" => (self.hidden, self.raised, self.struck) = (false, false, false),
            "t" | "m:t" => self.in_text = false,
            "ins" | "moveTo" if !self.in_paragraph_form && !self.in_row_form => {
                self.inserted = self.inserted.saturating_sub(1);
            }
            "fldSimple" => self.end_field(),
            "instrText" => self.in_instruction = false,
            "sdt" => drop(self.controls.pop()),
            "drawing" | "pict" | "object" => self.end_drawing(),
            _ => {}
        }
    }

    fn end_drawing(&mut self) {
        let pending = self.inserted > 0 || self.row_pending;
        let paragraph = self.document.paragraphs.len();
        let whole = self.drawings.pop().filter(|_| self.drawings.is_empty());
        self.document.pictures.extend(whole.and_then(|drawing| drawing.picture(paragraph, pending)));
    }

    fn begin_table(&mut self) {
        self.tables += 1;
        if self.tables == 1 {
            (self.table, self.row, self.column) = (self.table + 1, 0, 0);
            let goes_on = self.document.paragraphs.last().is_some_and(|own| own.style == CONTINUATION);
            let exhibit = self.exhibit.take().or_else(|| self.last_exhibit.take().filter(|_| goes_on));
            self.last_exhibit = exhibit.clone();
            if let Some(exhibit) = exhibit {
                self.document.exhibits.insert(self.table, exhibit);
            }
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => self.adopt(),
            "end" => self.end_field(),
            _ => {}
        }
    }

    /// Gives a field that stands for a control to the number whose bookmark slid off it onto the blank before: OpenDocument
    /// has no controls of text, and LibreOffice writes them back as fields that ask for one.
    fn adopt(&mut self) {
        let Some(field) = self.fields.last_mut().filter(|field| field.asks()) else { return };
        let Some((at, from)) = self.marked.take() else { return };
        let Some(open) = self.open.last_mut() else { return };
        let text = open.pieces.iter().flat_map(|piece| piece.text.chars());
        // What was typed at once before the number has slid under the bookmark as well.
        if text.skip(from).any(char::is_alphabetic) {
            return;
        }
        field.owner = Some(at);
        // Where the bookmark ends tells nothing any more.
        self.numbers.retain(|(_, owner)| *owner != at);
        open.pieces.iter_mut().filter(|piece| piece.owner == Some(at)).for_each(|piece| piece.owner = None);
        self.document.owners.get_mut(at).into_iter().for_each(|owner| owner.text.clear());
    }

    /// Counts the letters of the paragraph so far.
    fn letters(&self) -> usize {
        self.open.last().map_or(0, |open| open.pieces.iter().map(|piece| piece.text.chars().count()).sum())
    }

    fn end_field(&mut self) {
        let paragraph = self.document.paragraphs.len();
        self.document.references.extend(self.fields.pop().and_then(|field| field.reference(paragraph)));
    }

    fn begin_mark(&mut self, tag: &BytesStart) {
        let id = get(tag, "id").unwrap_or_default();
        match get(tag, "name").as_deref().and_then(Mark::read) {
            // A bookmark that reaches into the next paragraph is begun there anew by some editors.
            Some(Mark::Number { id: own, count, .. }) if self.is_marked(&own, count) => {}
            Some(Mark::Number { id: own, count, said }) => {
                let at = self.owner_to_mark();
                self.numbers.push((id, at));
                self.marked = Some((at, self.letters()));
                if let Some(owner) = self.document.owners.get_mut(at) {
                    owner.mark = Some((own, count, said));
                }
            }
            Some(Mark::Sentence { key, said }) => {
                self.opened += 1;
                // Some editors begin a bookmark anew in each paragraph that it reaches into, and end it once.
                if let Some(before) = self.keys.insert(key.clone(), self.opened) {
                    self.sentences.remove(&before);
                }
                self.document.sentences.push((key, said));
                self.sentences.insert(self.opened, self.document.sentences.len() - 1);
                self.ends.insert(id, self.opened);
            }
            // The label of a figure stands below it, and what follows is none of it.
            Some(Mark::Exhibit(own)) => {
                self.labels.push((id, Mark::Exhibit(own.clone()).name()));
                let is_figure = self.open.last().is_some_and(|open| open.style == "FigureCaption");
                self.exhibit = Some(own).filter(|_| !is_figure);
            }
            None => {}
        }
    }

    /// Says whether a bookmark named a number already, and something stands in it.
    fn is_marked(&self, id: &str, count: usize) -> bool {
        let is_own = |owner: &Owner| owner.mark.as_ref().is_some_and(|(own, at, _)| own == id && *at == count);
        self.document.owners.iter().any(|owner| is_own(owner) && !owner.text.trim().is_empty())
    }

    /// Returns the owner that a bookmark marks: the control in which it begins, as some editors write it, or a new one.
    fn owner_to_mark(&mut self) -> usize {
        let within = self.controls.last().and_then(|control| control.owner);
        let is_free = |at: &usize| {
            self.document.owners.get(*at).is_some_and(|owner| owner.mark.is_none() && owner.text.is_empty())
        };
        within.filter(is_free).unwrap_or_else(|| {
            let paragraph = self.document.paragraphs.len();
            self.document.owners.push(Owner { paragraph, ..Owner::default() });
            self.document.owners.len() - 1
        })
    }

    fn end_mark(&mut self, id: &str) {
        self.numbers.retain(|(own, _)| own != id);
        self.labels.retain(|(own, _)| own != id);
        if let Some(opened) = self.ends.remove(id) {
            self.sentences.remove(&opened);
        }
    }

    fn describe(&mut self, name: &str, value: Option<String>) {
        // Other elements have ids as well; a control whose content is under way has told its own.
        let Some(control) = self.controls.last_mut().filter(|control| control.owner.is_none()) else { return };
        match name {
            "alias" => control.alias = value,
            "tag" => control.tag = value,
            "id" => control.id = value.and_then(|value| value.parse::<i64>().ok()).map(|id| id as u32),
            _ => control.asks = true,
        }
    }

    fn begin_control(&mut self) {
        let around = self.numbers.last().map(|(_, owner)| *owner);
        let (owners, paragraph) = (&mut self.document.owners, self.document.paragraphs.len());
        let Some(control) = self.controls.last_mut() else { return };
        // A bookmark around a control names the same number.
        let free = around.filter(|at| {
            owners.get(*at).is_some_and(|owner| owner.alias.is_none() && owner.tag.is_none() && owner.id.is_none())
        });
        let at = free.unwrap_or_else(|| {
            owners.push(Owner { paragraph, ..Owner::default() });
            owners.len() - 1
        });
        if let Some(owner) = owners.get_mut(at) {
            (owner.alias, owner.tag, owner.id) = (control.alias.clone(), control.tag.clone(), control.id);
        }
        control.owner = Some(at);
    }

    /// Adds text as it stands here.
    fn say(&mut self, text: &str) {
        let asks = self.controls.last().is_some_and(|control| control.asks);
        if self.unseen > 0 || self.hidden || self.row_gone || asks {
            return;
        }
        let of_control = self.controls.iter().rev().find_map(|control| control.owner);
        let of_field = self.fields.last().and_then(|field| field.owner);
        let owner = of_field.or(of_control).or_else(|| self.numbers.last().map(|(_, owner)| *owner));
        let piece = Piece {
            text: text.to_owned(),
            owner,
            sentence: self.sentences.last_key_value().map(|(_, sentence)| *sentence),
            field: self.fields.iter().any(|field| !field.asks()),
            formula: self.in_formula,
            raised: self.raised,
            pending: self.inserted > 0 || self.row_pending,
        };
        if let Some(own) = owner.and_then(|at| self.document.owners.get_mut(at)) {
            own.text.push_str(text);
            own.pending |= piece.pending;
        }
        if let Some(field) = self.fields.last_mut() {
            field.text.push_str(text);
            field.pending |= piece.pending;
        }
        for (_, name) in &self.labels {
            self.document.labels.entry(name.clone()).or_default().push_str(text);
        }
        if self.struck {
            self.document.struck.entry(self.document.paragraphs.len()).or_default().push_str(text);
        }
        let Some(open) = self.open.last_mut() else { return };
        match open.pieces.last_mut().filter(|last| last.is_alike(&piece)) {
            Some(last) => last.text.push_str(text),
            None => open.pieces.push(piece),
        }
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.runs_on {
            self.carried = open.pieces;
            return;
        }
        self.numbers.clear();
        self.marked = None;
        let in_cell = self.part == 0 && self.tables > 0 && self.boxes == 0;
        if !in_cell && open.pieces.iter().all(|piece| piece.text.trim().is_empty()) {
            return;
        }
        let stand = match self.part {
            _ if self.boxes > 0 => Stand::Box,
            _ if in_cell => Stand::Cell { table: self.table, row: self.row, column: self.column },
            0 => {
                self.bodies += 1;
                Stand::Body(self.bodies)
            }
            1 => Stand::Note,
            _ => Stand::Edge,
        };
        self.document.paragraphs.push(Paragraph { stand, style: open.style, pieces: open.pieces });
    }
}
