//! HTML table: a table as it is set: its heads, rows, cells, and marks that lead to their notes.

use super::markup::escape;
use super::setting::{BETWEEN, Cell, Setting};

/// Names the place of a note by its mark.
pub fn note_id(id: &str, mark: &str) -> String {
    format!("note-{id}-{}", mark.len())
}

/// Spells a table. What is longer than a printed page goes on under a caption of its own and a row of column numbers,
/// which only print shows.
pub fn table(id: &str, setting: &Setting, caption: &str, continued: &str) -> String {
    let marked = setting.notes.iter().any(|note| !note.mark.is_empty());
    let class = if marked { " class=\"marked\"" } else { "" };
    let mut out = format!("<table{class}><caption>{caption}</caption>{}", heads(setting));
    let parts = setting.parts();
    let numbers: String = (1..=setting.heads.len() + 1).map(|number| format!("<td>{number}</td>")).collect();
    let numbers = format!("<tr class=\"print\">{numbers}</tr>");
    if parts.len() > 1 {
        out.push_str(&numbers);
    }
    out.push_str("</thead>");
    for (at, part) in parts.into_iter().enumerate() {
        out.push_str(if at == 0 { "<tbody>" } else { "<tbody class=\"next\">" });
        if at > 0 {
            let across = setting.heads.len() + 1;
            let head = format!("<tr class=\"print\"><td colspan=\"{across}\">{}</td></tr>", escape(continued));
            out.push_str(&format!("{head}{numbers}"));
        }
        for line in &setting.rows[part] {
            let sort = line.sort.as_ref().map(|key| format!(" data-sort=\"{}\"", escape(key))).unwrap_or_default();
            let total = if line.total { " class=\"total\"" } else { "" };
            let mark = marks(id, &line.mark);
            out.push_str(&format!("<tr{total}><th scope=\"row\"{sort}>{}{mark}</th>", escape(&line.stub)));
            out.extend(line.cells.iter().map(|own| cell(id, own)));
            out.push_str("</tr>");
        }
        out.push_str("</tbody>");
    }
    out + "</table>"
}

/// Opens the head of a table: one row of headings, or two where some stand over several columns.
fn heads(setting: &Setting) -> String {
    let side = |at: usize| if setting.texts.get(at).copied().unwrap_or_default() { " class=\"text\"" } else { "" };
    let own = |at: usize, deep: &str| {
        let head = setting.heads.get(at).map(|head| escape(head)).unwrap_or_default();
        format!("<th scope=\"col\"{deep}{}>{head}</th>", side(at))
    };
    let stub = |deep: &str| format!("<th scope=\"col\"{deep} class=\"stub\">{}</th>", escape(&setting.stub));
    let all = 0..setting.heads.len();
    if setting.groups.is_empty() {
        let heads: String = all.map(|at| own(at, "")).collect();
        return format!("<thead><tr>{}{heads}</tr>", stub(""));
    }
    let (mut columns, mut over, mut under) = ("<col>".to_owned(), stub(" rowspan=\"2\""), String::new());
    for at in all {
        match setting.groups.iter().find(|(_, group)| group.contains(&at)) {
            None => {
                columns.push_str("<col>");
                over.push_str(&own(at, " rowspan=\"2\""));
            }
            Some((head, group)) => {
                if group.start == at {
                    let (span, head) = (group.len(), escape(head));
                    columns.push_str(&format!("<colgroup span=\"{span}\"></colgroup>"));
                    over.push_str(&format!("<th scope=\"colgroup\" colspan=\"{span}\">{head}</th>"));
                }
                under.push_str(&own(at, ""));
            }
        }
    }
    let columns = columns.replace("<col>", "<colgroup span=\"1\"></colgroup>");
    format!("{columns}<thead><tr>{over}</tr><tr>{under}</tr>")
}

/// Links footnote marks to their notes.
fn marks(id: &str, marks: &str) -> String {
    let link = |mark: &str| {
        let note = note_id(id, mark);
        format!("<a href=\"#{note}\" role=\"doc-noteref\" aria-describedby=\"{note}\">{}</a>", escape(mark))
    };
    let links: Vec<String> = marks.split(BETWEEN).filter(|mark| !mark.is_empty()).map(link).collect();
    if links.is_empty() { String::new() } else { format!("<sup>{}</sup>", links.join(BETWEEN)) }
}

fn cell(id: &str, cell: &Cell) -> String {
    let mark = marks(id, &cell.mark);
    let side = if cell.is_text { " class=\"text\"" } else { "" };
    match &cell.number {
        Some(id) => format!(
            "<td{side} data-number=\"{}\"><data value=\"{}\">{}</data>{mark}</td>",
            escape(id),
            escape(&cell.value),
            escape(&cell.text)
        ),
        None => format!("<td{side}>{}{mark}</td>", escape(&cell.text)),
    }
}
