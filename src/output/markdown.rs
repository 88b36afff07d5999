//! Markdown: a language version as one readable file, its figures linked.

use super::setting::{Cell, Setting};
use super::{Material, Version, exhibit_of, unmarked};
use crate::language::ExhibitKind;

/// Writes `report.md`.
pub fn page(version: &Version, material: &Material) -> String {
    let page = version.page;
    let mut out = format!("# {}\n\n", material.title(page.lang));
    let word = |key: &'static str| material.language(page.lang).and_then(|language| language.word(key)).unwrap_or(key);
    for (key, code) in [("udc", &material.study.udc), ("grnti", &material.study.grnti)] {
        if let Some(code) = code {
            out.push_str(&format!("{} {code}\n\n", word(key)));
        }
    }
    for author in &material.study.authors {
        let pick = |texts: &crate::study::Texts| texts.get(page.lang.code()).cloned().unwrap_or_default();
        let remark = if author.placeholder { format!(" ({})", word("author-placeholder")) } else { String::new() };
        out.push_str(&format!("{}{remark}, {}\n\n", pick(&author.name), pick(&author.affiliation)));
    }
    let filled = super::fill(&page.text, |name| match name.split_once(':') {
        Some(("exhibit", id)) => exhibit(id, version, material),
        Some(("anchor" | "lang", _)) => String::new(),
        None if name == crate::page::UNTOLD => {
            material.language(page.lang).map_or_else(String::new, |language| format!("**[{}]**", language.untold()))
        }
        _ => super::matter::block(name, page, material).unwrap_or_default(),
    });
    // Generated matter may hold marks of its own.
    let filled = super::fill(&filled, |_| String::new());
    out.push_str(&without_ids(&unmarked(&filled)));
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    out.trim_end().to_owned() + "\n"
}

/// Drops the ids of headings, which plain Markdown would print.
fn without_ids(text: &str) -> String {
    let line = |line: &str| match line.split_once(" {#") {
        Some((heading, _)) if line.starts_with('#') => heading.to_owned(),
        _ => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn exhibit(id: &str, version: &Version, material: &Material) -> String {
    let Some(exhibit) = exhibit_of(id, version, material) else { return String::new() };
    let caption = format!("{} – {}{}", exhibit.label, exhibit.caption.title, exhibit.unit);
    let mut under = String::new();
    for note in &exhibit.setting.notes {
        let mark = if note.mark.is_empty() { String::new() } else { format!("{} ", starred(&note.mark)) };
        under.push_str(&format!("{}: {mark}{}\n\n", exhibit.language.word("note").unwrap_or_default(), note.text));
    }
    under.push_str(&format!("{}: {}", exhibit.language.word("source").unwrap_or_default(), exhibit.caption.source));
    match exhibit.kind {
        ExhibitKind::Table => format!("{caption}\n\n{}\n{under}", table(&exhibit.setting)),
        ExhibitKind::Figure => {
            let alt = exhibit.description.replace(['[', ']'], "");
            format!("![{alt}](../figures/{id}.{}.svg)\n\n{caption}\n\n{under}", version.page.lang.code())
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
        group.map_or(head.clone(), |(group, _)| format!("{group}: {head}"))
    };
    let heads: Vec<String> = setting.heads.iter().enumerate().map(head).collect();
    let mut out = format!("| {} | {} |\n|---|{sides}\n", setting.stub, heads.join(" | "));
    let text = |cell: &Cell| format!("{}{}", cell.text, starred(&cell.mark));
    for line in &setting.rows {
        let cells: Vec<String> = line.cells.iter().map(text).collect();
        out.push_str(&format!("| {}{} | {} |\n", line.stub, starred(&line.mark), cells.join(" | ")));
    }
    out
}
