//! Exhibits: figures with their alternative texts, tables whose heads stand again on each sheet.

use super::figure;
use super::markup::{literal, string, wrap};
use super::walk::Walk;
use crate::document::{Inline, Side, Table, plain};
use crate::language::ExhibitKind;
use crate::output::Shown;
use crate::output::setting::{Cell, Setting};

/// Millimetres that a sheet holds across.
const ROOM: f64 = 166.0;

/// Millimetres that a figure may be high.
const HEIGHT: f64 = 205.0;

/// Points of type in tables: the most; what columns are parted for; what one that cannot be parted comes down to.
const TYPE: [f64; 3] = [8.5, 7.0, 5.5];

/// Points that a cell keeps free of its sides, and what a letter takes of its size.
const FREE: f64 = 7.0;
const LETTER: f64 = 0.57;

impl Walk<'_> {
    /// Writes a figure or a table with its caption, notes and source.
    pub(super) fn exhibit(&mut self, id: &str, shown: &Shown) -> String {
        let caption =
            format!("{} – {}{}", literal(&shown.label), self.whole(&shown.caption.title), literal(&shown.unit));
        let label = self.label(id);
        let notes = self.notes(shown);
        match shown.kind {
            ExhibitKind::Figure => self.figure(id, shown, &caption, &notes) + &label,
            ExhibitKind::Table => tables(id, shown, &caption, &label) + &format!("\n#under({notes});"),
        }
    }

    fn figure(&self, id: &str, shown: &Shown, caption: &str, notes: &str) -> String {
        let page = self.version.page;
        let file = figure(&page.edition, &format!("{id}.{}.svg", page.lang.code()));
        let said = &shown.description;
        // The pixels of a figure are hundredths of an inch.
        let (across, down) = (shown.size.0.max(1.0) * 0.254, shown.size.1.max(1.0) * 0.254);
        let across = across.min(ROOM).min(HEIGHT / down * across);
        format!("#chart({}, {}, {across:.1}mm, [{caption}], {notes});", string(&file), string(said.trim()))
    }

    /// Writes notes and source, each as an argument.
    fn notes(&mut self, shown: &Shown) -> String {
        let mut head = shown.head_of_notes();
        let mut lines = String::new();
        for note in shown.notes() {
            let mark = if note.mark.is_empty() { String::new() } else { format!("{} ", note.mark) };
            let text = self.run(&note.text);
            lines.push_str(&format!("[{}{}{text}], ", literal(&std::mem::take(&mut head)), literal(&mark)));
        }
        if !shown.caption.source.is_empty() {
            let word = shown.language.word("source").unwrap_or("source");
            lines.push_str(&format!("[{}: {}], ", literal(word), self.run(&shown.caption.source)));
        }
        lines
    }

    /// Writes a table of words.
    pub(super) fn words(&mut self, table: &Table) -> String {
        let widths = widths(table);
        let texts: Vec<bool> = (0..widths.len()).map(|at| !matches!(table.sides.get(at), Some(Side::Right))).collect();
        let heads: String = table.heads.iter().map(|head| format!("[{}], ", wrap("strong", &self.run(head)))).collect();
        let mut rows = String::new();
        for row in &table.rows {
            let cells: String = row.iter().map(|cell| format!("[{}], ", self.broken(cell))).collect();
            rows.push_str(&format!("  {cells}\n"));
        }
        format!("#exhibit(none, size: 8pt, hyphenate: true, {}, ({heads}),\n{rows});", columns(&widths, &texts))
    }

    /// Writes a cell; long code in it may break.
    fn broken(&mut self, cell: &[Inline]) -> String {
        let run = |inline: &Inline| match inline {
            Inline::Code(inner) => {
                let text: String = plain(inner).chars().flat_map(|c| [Some(c), breaks(c)]).flatten().collect();
                format!("#raw({});", string(&text))
            }
            inline => self.run(std::slice::from_ref(inline)),
        };
        cell.iter().map(run).collect()
    }
}

/// Shares the letters of a line among columns: each has its longest word, the rest goes where texts are long.
fn widths(table: &Table) -> Vec<usize> {
    let column = |at: usize| {
        let cells = std::iter::once(table.heads.get(at)).chain(table.rows.iter().map(|row| row.get(at))).flatten();
        let texts: Vec<String> = cells.map(|cell| plain(cell)).collect();
        let words = texts.iter().flat_map(|text| text.split(|c| c == ' ' || breaks(c).is_some()));
        let least = words.map(|word| word.chars().count()).max().unwrap_or(1).clamp(3, 24) + 2;
        let most = texts.iter().map(|text| text.chars().count()).max().unwrap_or(1).clamp(least, 60);
        (least, most)
    };
    let columns: Vec<(usize, usize)> = (0..table.heads.len().max(1)).map(column).collect();
    let sum = |of: &dyn Fn(&(usize, usize)) -> usize| columns.iter().map(of).sum::<usize>();
    let spare = LINE.saturating_sub(sum(&|column| column.0));
    let wanted = sum(&|column| column.1 - column.0).max(1);
    columns.iter().map(|(least, most)| least + (most - least) * spare / wanted).collect()
}

/// The letters of a line of a table of words.
const LINE: usize = 96;

/// A line of code may end behind these.
fn breaks(letter: char) -> Option<char> {
    matches!(letter, '/' | '_' | ',' | '[' | '(').then_some('\u{200b}')
}

fn columns(widths: &[usize], texts: &[bool]) -> String {
    let columns: String = widths.iter().map(|width| format!("{width}fr, ")).collect();
    let texts: String = texts.iter().map(|text| format!("{text}, ")).collect();
    format!("columns: ({columns}), texts: ({texts})")
}

/// The points that a sheet holds across.
const POINTS: f64 = ROOM / 25.4 * 72.0;

/// Returns the points of type at which columns of so many letters fit.
fn size(widths: &[usize]) -> f64 {
    let letters = widths.iter().sum::<usize>().max(1) as f64;
    ((POINTS - FREE * widths.len() as f64) / (letters * LETTER)).clamp(TYPE[2], TYPE[0])
}

/// Writes a table, or its parts one below the other.
fn tables(id: &str, shown: &Shown, caption: &str, label: &str) -> String {
    let parts = shown.setting.beside(POINTS, |letters| letters as f64 * LETTER * TYPE[1] + FREE);
    let caption = |at: usize| if at == 0 { format!("[{caption}]") } else { "none".to_owned() };
    let written = parts.iter().enumerate().map(|(at, part)| table(id, part, &shown.continued, &caption(at)));
    let mut written: Vec<String> = written.collect();
    written.first_mut().into_iter().for_each(|first| first.push_str(label));
    written.join("\n")
}

fn table(id: &str, setting: &Setting, continued: &str, caption: &str) -> String {
    let widths = setting.widths();
    let texts: Vec<bool> = std::iter::once(true).chain(setting.texts.iter().copied()).collect();
    let mut rows = String::new();
    for line in &setting.rows {
        let form = |text: String| if line.total { wrap("strong", &text) } else { text };
        let stub = form(literal(&line.stub)) + &raised(&line.mark);
        let cell = |cell: &Cell| format!("[{}{}], ", form(literal(&cell.text)), raised(&cell.mark));
        rows.push_str(&format!("  [{stub}], {}\n", line.cells.iter().map(cell).collect::<String>()));
    }
    format!(
        "#exhibit({}, size: {:.1}pt, {}, continued: [{}], caption: {caption}, heads: {}, ({}),\n{rows});",
        string(id),
        size(&widths),
        columns(&widths, &texts),
        literal(continued),
        if setting.groups.is_empty() { 1 } else { 2 },
        heads(setting),
    )
}

/// Writes the heads: one row, or two where some stand over several columns.
fn heads(setting: &Setting) -> String {
    let said = |text: &str| wrap("strong", &literal(text));
    let own = |at: usize| said(setting.heads.get(at).map(String::as_str).unwrap_or_default());
    if setting.groups.is_empty() {
        let heads = (0..setting.heads.len()).map(|at| format!("[{}], ", own(at)));
        return format!("[{}], {}", said(&setting.stub), heads.collect::<String>());
    }
    let tall = |text: String| format!("table.cell(rowspan: 2)[{text}], ");
    let (mut over, mut under) = (tall(said(&setting.stub)), String::new());
    for at in 0..setting.heads.len() {
        match setting.groups.iter().find(|(_, group)| group.contains(&at)) {
            None => over.push_str(&tall(own(at))),
            Some((head, group)) => {
                if group.start == at {
                    over.push_str(&format!("table.cell(colspan: {}, align: center)[{}], ", group.len(), said(head)));
                }
                under.push_str(&format!("[{}], ", own(at)));
            }
        }
    }
    over + &under
}

fn raised(mark: &str) -> String {
    if mark.is_empty() { String::new() } else { wrap("super", &literal(mark)) }
}
