//! Exhibits: figures and tables of an article: captions above tables and below figures, heads that stand again on each
//! sheet, wide tables in parts one below the other.

use super::names::Mark;
use super::package::Relation;
use super::styles::{CONTINUATION, table_style, twips};
use super::walk::{Walk, paragraph};
use super::xml::{Node, Xml, node, val};
use crate::document::{Side, Table, plain};
use crate::language::ExhibitKind;
use crate::output::Shown;
use crate::output::setting::{Cell, Setting};

/// English Metric Units in a hundredth of an inch, the unit of figures.
const EMU: f64 = 9144.0;

/// What a cell keeps free of its sides, in letters.
const FREE: usize = 2;

/// What a letter takes of its size: a digit half of it, a bold one more.
const LETTER: f64 = 0.56;

/// The points of type for which the columns of a wide table are parted.
const LEAST: f64 = 8.5;

impl Walk<'_> {
    /// Adds a figure or a table with its caption, notes and source.
    pub(super) fn exhibit(&mut self, id: &str, shown: &Shown) {
        let mut caption = self.label(id, shown);
        caption.put(self.run(" – "));
        caption.put(self.runs(&shown.caption.title));
        caption.put(self.run(&shown.unit));
        match shown.kind {
            ExhibitKind::Table => {
                self.body.put(paragraph("TableCaption").put(caption));
                for (at, part) in self.parts(&shown.setting).iter().enumerate() {
                    if at > 0 {
                        let words = self.numbered(id, &shown.continued);
                        self.body.put(paragraph(CONTINUATION).put(words));
                    }
                    let table = self.table(part);
                    self.body.put(table);
                }
            }
            ExhibitKind::Figure => {
                let picture = self.picture(id, shown);
                self.body.put(paragraph("Figure").put(picture));
                self.body.put(paragraph("FigureCaption").put(caption));
            }
        }
        let mut head = shown.head_of_notes();
        for note in shown.notes() {
            let mut text: Xml = self.run(&std::mem::take(&mut head)).into();
            if !note.mark.is_empty() {
                text.put(self.run(&format!("{} ", note.mark)));
            }
            text.put(self.runs(&note.text));
            self.body.put(paragraph("Note").put(text));
        }
        if !shown.caption.source.is_empty() {
            let mut source: Xml = self.run(&format!("{}: ", shown.language.word("source").unwrap_or("source"))).into();
            source.put(self.runs(&shown.caption.source));
            self.body.put(paragraph("Note").put(source));
        }
    }

    /// Parts the columns of a table that no upright sheet holds; the parts stand one below the other.
    fn parts(&self, setting: &Setting) -> Vec<Setting> {
        if !setting.is_wide() {
            return vec![setting.clone()];
        }
        setting.beside(self.room() / 25.4 * 72.0, |letters| (letters + FREE) as f64 * LETTER * LEAST)
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
        let said = &shown.description;
        let extent = |name: &'static str| node(name).size("cx", across).size("cy", down);
        let number = (at).to_string();
        let name = Mark::picture(id, at, png);
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
    fn table(&mut self, setting: &Setting) -> Node {
        let widths = setting.widths();
        self.small = self.small_for(&widths);
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
        self.grid(&widths, rows)
    }

    /// Returns the millimetres that a table may take across.
    fn room(&self) -> f64 {
        let page = &self.journal.page;
        (210.0 - page.left_mm - page.right_mm).max(50.0)
    }

    /// Returns half-points of type that is smaller than that of tables, where the columns would not fit.
    fn small_for(&self, widths: &[usize]) -> Option<i64> {
        let letters: usize = widths.iter().map(|width| width + FREE).sum();
        let points = self.room() / 25.4 * 72.0 / (letters as f64 * LETTER);
        (points < self.journal.text.points - 3.0).then(|| (points.max(7.0) * 2.0).floor() as i64)
    }

    fn grid(&self, widths: &[usize], rows: Vec<Node>) -> Node {
        let room = twips(self.room());
        let all = widths.iter().map(|width| width + FREE).sum::<usize>().max(1) as i64;
        let width = |own: &usize| node("w:gridCol").size("w:w", room * (*own + FREE) as i64 / all);
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
        cell(across, merge, side, run, self.small)
    }

    fn stub_cell(&mut self, text: &str, mark: &str) -> Node {
        let mut runs: Xml = self.run(text).into();
        runs.put(self.raised(mark));
        cell(1, None, "left", runs, self.small)
    }

    fn number_cell(&mut self, own: &Cell, side: &'static str) -> Node {
        let mut runs = match &own.number {
            Some(id) => self.owned(id, &own.text),
            None => self.run(&own.text).into(),
        };
        runs.put(self.raised(&own.mark));
        cell(1, None, side, runs, self.small)
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
    pub(super) fn words(&mut self, table: &Table) {
        let side = |at: usize| match table.sides.get(at) {
            Some(Side::Right) => "right",
            Some(Side::Center) => "center",
            Some(Side::Plain) | None => "left",
        };
        let mut rows = Vec::new();
        let mut heads = Vec::new();
        for (at, head) in table.heads.iter().enumerate() {
            let runs = self.formed("strong", head);
            heads.push(cell(1, None, side(at), runs, self.small));
        }
        rows.push(head_row(heads));
        for row in &table.rows {
            let mut cells = Vec::new();
            for (at, content) in row.iter().enumerate() {
                let runs = self.runs(content);
                cells.push(cell(1, None, side(at), runs, self.small));
            }
            rows.push(node("w:tr").put(node("w:trPr").put(node("w:cantSplit"))).all(cells));
        }
        let letters = |at: usize| {
            let cells = std::iter::once(table.heads.get(at)).chain(table.rows.iter().map(|row| row.get(at))).flatten();
            cells.map(|cell| plain(cell).chars().count()).max().unwrap_or(1).clamp(6, 40)
        };
        let widths: Vec<usize> = (0..table.heads.len().max(1)).map(letters).collect();
        let grid = self.grid(&widths, rows);
        self.body.put(grid);
        // Two tables in a row would be one.
        self.body.put(node("w:p").put(node("w:pPr").put(val("w:pStyle", "Note"))));
    }
}

fn head_row(cells: Vec<Node>) -> Node {
    node("w:tr").put(node("w:trPr").put(node("w:cantSplit")).put(node("w:tblHeader"))).all(cells)
}

/// Writes a cell, which always holds a paragraph.
fn cell(across: usize, merge: Option<&'static str>, side: &'static str, runs: Xml, small: Option<i64>) -> Node {
    let mut form = node("w:tcPr").put(node("w:tcW").size("w:w", 0).at("w:type", "auto"));
    if across > 1 {
        form = form.put(val("w:gridSpan", &across.to_string()));
    }
    if let Some(merge) = merge {
        form = form.put(val("w:vMerge", merge));
    }
    let form = form.put(val("w:vAlign", "center"));
    let own = node("w:pPr").put(val("w:pStyle", &table_style(small))).put(val("w:jc", side));
    node("w:tc").put(form).put(node("w:p").put(own).put(runs))
}
