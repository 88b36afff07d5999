//! Markdown: a language version as one readable file, its figures linked. What is written is read again as the same
//! document, but for anchors, which Markdown has no form for.

mod blocks;
mod run;

use self::blocks::whole;
pub(crate) use self::run::literal;
use self::run::{Within, anchor, run};
use super::matter;
use super::setting::{Cell, Setting};
use super::{Material, Shown, Version, exhibit_of};
use crate::language::ExhibitKind;

/// Writes `report.md`.
pub(super) fn page(version: &Version, material: &Material) -> String {
    let page = version.page;
    let mut out = format!("# {}\n\n", literal(material.title(page.lang)));
    let word = |key: &'static str| material.language(page.lang).and_then(|language| language.word(key)).unwrap_or(key);
    for (key, code) in [("udc", &material.study.udc), ("grnti", &material.study.grnti)] {
        if let Some(code) = code {
            out.push_str(&format!("{} {}\n\n", word(key), literal(code)));
        }
    }
    for author in &material.study.authors {
        let pick = |texts: &crate::study::Texts| texts.get(page.lang.code()).cloned().unwrap_or_default();
        let remark = if author.placeholder { format!(" ({})", word("author-placeholder")) } else { String::new() };
        let (name, affiliation) = (literal(&pick(&author.name)), literal(&pick(&author.affiliation)));
        out.push_str(&format!("{name}{remark}, {affiliation}\n\n"));
    }
    let exhibit = |id: &str| exhibit_of(id, version, material).map(|shown| exhibit(id, &shown, page.lang.code()));
    out + &whole(&matter::whole(page, material), &exhibit)
}

fn exhibit(id: &str, exhibit: &Shown, lang: &str) -> String {
    let title = run(&exhibit.caption.title, Within::default());
    let caption = format!("{} – {title}{}", exhibit.label, literal(&exhibit.unit));
    let (place, under) = (anchor(id), under(exhibit));
    match exhibit.kind {
        ExhibitKind::Table => format!("{place}{caption}\n\n{}\n\n{under}", table(&exhibit.setting)),
        ExhibitKind::Figure => {
            let alt = literal(&exhibit.description);
            format!("{place}![{alt}](../figures/{id}.{lang}.svg)\n\n{caption}\n\n{under}")
        }
    }
}

/// Writes the notes and the source of an exhibit.
fn under(exhibit: &Shown) -> String {
    let mut under = String::new();
    let mut head = exhibit.head_of_notes();
    for note in exhibit.notes() {
        let mark = if note.mark.is_empty() { String::new() } else { format!("{} ", literal(&note.mark)) };
        let text = run(&note.text, Within::default());
        under.push_str(&format!("{}{mark}{text}\n\n", std::mem::take(&mut head)));
    }
    if exhibit.caption.source.is_empty() {
        return under.trim_end().to_owned();
    }
    let source = run(&exhibit.caption.source, Within::default());
    under + &format!("{}: {source}", exhibit.language.word("source").unwrap_or_default())
}

fn table(setting: &Setting) -> String {
    let sides: String = setting.texts.iter().map(|text| if *text { "---|" } else { "--:|" }).collect();
    // Markdown has one row of headings: each column takes along that of its group.
    let head = |(at, head): (usize, &String)| {
        let group = setting.groups.iter().find(|(_, columns)| columns.contains(&at));
        literal(&group.map_or(head.clone(), |(group, _)| format!("{group}: {head}")))
    };
    let heads: Vec<String> = setting.heads.iter().enumerate().map(head).collect();
    let mut lines = vec![format!("| {} | {} |", literal(&setting.stub), heads.join(" | ")), format!("|---|{sides}")];
    let text = |cell: &Cell| format!("{}{}", literal(&cell.text), literal(&cell.mark));
    for line in &setting.rows {
        let cells: Vec<String> = line.cells.iter().map(text).collect();
        lines.push(format!("| {}{} | {} |", literal(&line.stub), literal(&line.mark), cells.join(" | ")));
    }
    lines.join("\n")
}
