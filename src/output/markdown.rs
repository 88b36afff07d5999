//! Markdown: a language version as one readable file, its figures linked.

use super::markup::{escape, harmless, literal};
use super::setting::{Cell, Setting};
use super::{Material, Version, exhibit_of, unmarked};
use crate::language::ExhibitKind;

/// Writes `report.md`.
pub fn page(version: &Version, material: &Material) -> String {
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
    let filled = super::fill(&harmless(&page.text), |name| match name.split_once(':') {
        Some(("exhibit", id)) => exhibit(id, version, material),
        Some(("anchor", id)) => anchor(id),
        Some(("lang", _)) => String::new(),
        None if name == crate::page::UNTOLD => {
            material.language(page.lang).map_or_else(String::new, |language| format!("**[{}]**", language.untold()))
        }
        _ => harmless(&super::matter::block(name, page, material).unwrap_or_default()),
    });
    // Generated matter has anchors of its own.
    let filled = super::fill(&filled, |name| name.strip_prefix("anchor:").map(anchor).unwrap_or_default());
    out.push_str(&anchored(&unmarked(&filled)));
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    out.trim_end().to_owned() + "\n"
}

/// Writes the place that a link leads to. Plain Markdown has none of its own.
fn anchor(id: &str) -> String {
    format!("<a id=\"{}\"></a>", escape(id))
}

/// Puts the ids of headings, which plain Markdown would print, before them as anchors.
fn anchored(text: &str) -> String {
    let line = |line: &str| match line.split_once(" {#") {
        Some((heading, id)) if line.starts_with('#') => {
            format!("{}\n\n{heading}", anchor(id.split('}').next().unwrap_or_default()))
        }
        _ => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn exhibit(id: &str, version: &Version, material: &Material) -> String {
    let Some(exhibit) = exhibit_of(id, version, material) else { return String::new() };
    let caption = format!("{} – {}{}", exhibit.label, harmless(&exhibit.caption.title), exhibit.unit);
    let mut under = String::new();
    let mut head = exhibit.head_of_notes();
    for note in &exhibit.setting.notes {
        let mark = if note.mark.is_empty() { String::new() } else { format!("{} ", starred(&note.mark)) };
        under.push_str(&format!("{}{mark}{}\n\n", std::mem::take(&mut head), harmless(&note.text)));
    }
    under.push_str(&format!("{}: {}", exhibit.language.word("source").unwrap_or_default(), exhibit.caption.source));
    let anchor = anchor(id);
    match exhibit.kind {
        ExhibitKind::Table => format!("{anchor}{caption}\n\n{}\n{under}", table(&exhibit.setting)),
        ExhibitKind::Figure => {
            let alt = literal(exhibit.description);
            format!("{anchor}![{alt}](../figures/{id}.{}.svg)\n\n{caption}\n\n{under}", version.page.lang.code())
        }
    }
}

/// Escapes a footnote mark.
fn starred(mark: &str) -> String {
    mark.replace('*', "\\*")
}

fn table(setting: &Setting) -> String {
    let sides: String = setting.texts.iter().map(|text| if *text { "---|" } else { "--:|" }).collect();
    // Markdown has one row of headings: each column takes along that of its group.
    let head = |(at, head): (usize, &String)| {
        let group = setting.groups.iter().find(|(_, columns)| columns.contains(&at));
        literal(&group.map_or(head.clone(), |(group, _)| format!("{group}: {head}")))
    };
    let heads: Vec<String> = setting.heads.iter().enumerate().map(head).collect();
    let mut out = format!("| {} | {} |\n|---|{sides}\n", literal(&setting.stub), heads.join(" | "));
    let text = |cell: &Cell| format!("{}{}", literal(&cell.text), starred(&cell.mark));
    for line in &setting.rows {
        let cells: Vec<String> = line.cells.iter().map(text).collect();
        out.push_str(&format!("| {}{} | {} |\n", literal(&line.stub), starred(&line.mark), cells.join(" | ")));
    }
    out
}
