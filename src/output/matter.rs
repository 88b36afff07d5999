//! Matter: the generated parts of a page: references, lists, methods, sources, glossary, colophon; Markdown.

use super::Material;
use super::markup::literal;
use crate::analysis::METHODS;
use crate::language::{ExhibitKind, ExhibitNumber, Lang, Language, texts};
use crate::page::{Page, Term};

/// Writes a block by its name; `None` for one that is no generated matter.
pub fn block(name: &str, page: &Page, material: &Material) -> Option<String> {
    let language = material.language(page.lang)?;
    match name {
        "references" => Some(references(page, material)),
        "exhibits_list" => Some(exhibits_list(page, language)),
        "methods_appendix" => Some(methods(material, language)),
        "sources_table" => Some(sources(page, material, language)),
        "checks_table" => Some(checks(material, language)),
        "glossary" => Some(glossary(material, language)),
        "colophon" => Some(colophon(page, material, language)),
        _ => None,
    }
}

fn word<'a>(language: &'a Language, key: &'a str) -> &'a str {
    language.word(key).unwrap_or(key)
}

fn references(page: &Page, material: &Material) -> String {
    let mut out = String::new();
    for (i, id) in page.cited.iter().enumerate() {
        if let Some(work) = material.prose.references.references.iter().find(|work| work.id == *id) {
            out.push_str(&format!("{}. \u{e003}anchor:ref-{id}\u{e004}{}\n", i + 1, work.entry()));
        }
    }
    out
}

fn exhibits_list(page: &Page, language: &Language) -> String {
    let mut out = String::from("\u{e003}exhibits\u{e004}\n\n");
    for (kind, key) in [(ExhibitKind::Figure, "list-of-figures"), (ExhibitKind::Table, "list-of-tables")] {
        let own = |number: &ExhibitNumber| matches!(number, ExhibitNumber::Own(_));
        let mut listed = page.exhibits.iter().filter(|(_, k, number)| *k == kind && own(number)).peekable();
        // A short selection may keep none of a kind.
        if listed.peek().is_some() {
            out.push_str(&format!("**{}**\n\n", word(language, key)));
        }
        for (id, _, number) in listed {
            let title = page.captions.get(id).map(|caption| super::unmarked(&caption.title)).unwrap_or_default();
            out.push_str(&format!("- [{}](#{id}) – {title}\n", language.caption_label(kind, *number)));
        }
        out.push('\n');
    }
    out + "\u{e003}/exhibits\u{e004}\n"
}

/// Describes the methods that the study applies, in the order of the catalogue.
fn methods(material: &Material, language: &Language) -> String {
    let applied = |name: &str| {
        material.study.analyses.values().any(|a| a.value.methods.iter().any(|method| method.value == name))
    };
    let mut out = String::new();
    for method in METHODS.iter().filter(|method| applied(method.name)) {
        let anchor = method.name.replace('_', "-");
        out.push_str(&format!("#### {} {{#method-{anchor}}}\n\n", language.said(&method.key("title"))));
        for output in method.outputs {
            let formula = output.formula.replace('*', "\\*").replace('|', "\\|");
            let title = language.said(&method.key(&format!("results.{}", output.name)));
            out.push_str(&format!("- {title} (`{}`): {formula}\n", output.name));
        }
        let (convention, literature) = (language.said(&method.key("convention")), word(language, "literature"));
        let works = texts::literature(method.name).unwrap_or_default();
        out.push_str(&format!("\n{convention} *{literature}: {works}.*\n\n"));
    }
    out
}

/// The first digits of a hash, enough to compare by eye; the ledger and the catalogue hold it whole.
fn short(hash: &str) -> &str {
    hash.trim_start_matches("sha256:").get(..16).unwrap_or(hash)
}

/// Writes a text as code in a cell of a table.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace('|', "\\|"))
}

fn sources(page: &Page, material: &Material, language: &Language) -> String {
    let heads =
        ["table", "vintage", "publisher", "table-id", "retrieved", "file", "hash"].map(|key| word(language, key));
    let heads = heads.map(super::setting::capital);
    let mut out = format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    let unknown = word(language, "unknown");
    for resource in &material.catalog.resources {
        let feed = &resource.esep;
        let title = material.catalog.tables.get(&feed.table).and_then(|t| t.title.get(language.lang().code()));
        let vintage = format!("vintage-{}", feed.vintage);
        let publisher = format!("publisher-{}", feed.publisher);
        let cells = [
            literal(title.map_or(feed.table.as_str(), String::as_str)),
            literal(language.word(&vintage).unwrap_or(&feed.vintage)),
            literal(language.word(&publisher).unwrap_or(&feed.publisher)),
            literal(feed.element.as_deref().unwrap_or("–")),
            literal(if feed.retrieved == "unknown" { unknown } else { &feed.retrieved }),
            code(&resource.path),
            code(short(&resource.hash)),
        ];
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    // Why figures of several vintages may stand in one series is said where the vintages are listed.
    let edition = material.study.editions.get(&page.edition).and_then(|edition| edition.across_vintages.as_ref());
    let analyses = material.study.analyses.values().filter_map(|analysis| analysis.value.across_vintages.as_ref());
    let code = language.lang().code();
    let reasons: std::collections::BTreeSet<&String> =
        analyses.chain(edition).filter_map(|texts| texts.get(code)).collect();
    for reason in reasons {
        out.push_str(&format!("\n{reason}\n"));
    }
    out
}

fn checks(material: &Material, language: &Language) -> String {
    let heads = ["table", "check", "compared", "accepted-exceptions"].map(|key| word(language, key));
    let heads = heads.map(super::setting::capital);
    let mut out = format!("| {} |\n|---|---|--:|--:|\n", heads.join(" | "));
    for outcome in &material.dataset.outcomes {
        let title = material.catalog.tables.get(&outcome.table).and_then(|t| t.title.get(language.lang().code()));
        let key = format!("check-{}", outcome.check.replace('_', "-"));
        let mut name = language.word(&key).unwrap_or(outcome.check).to_owned();
        if outcome.by_construction.is_some() {
            name.push_str(&format!(" ({})", word(language, "by-construction")));
        }
        let table = title.map_or(outcome.table.as_str(), String::as_str);
        let (table, name) = (literal(table), format!("{}: {}", literal(&name), code(&outcome.detail)));
        out.push_str(&format!("| {table} | {name} | {} | {} |\n", outcome.compared, outcome.accepted));
    }
    out
}

fn glossary(material: &Material, language: &Language) -> String {
    let own = |term: &Term| if language.lang() == Lang::Kk { term.kk.clone() } else { term.ru.clone() };
    let other = |term: &Term| if language.lang() == Lang::Kk { term.ru.clone() } else { term.kk.clone() };
    let chosen = ["demog", "migr", "stat"];
    let mut terms: Vec<&Term> =
        material.prose.terms.terms.iter().filter(|t| chosen.contains(&t.domain.as_str())).collect();
    let before = language.lang().alphabetical();
    terms.sort_by(|a, b| before(&own(a), &own(b)));
    let heads = [word(language, "term"), word(language, "other-language"), "English"];
    let mut out = format!("| {} |\n|---|---|---|\n", heads.join(" | "));
    for term in terms {
        // What no native editor has confirmed is said to be so.
        let doubt = if term.certainty == "unsure" { " (?)" } else { "" };
        let (mark_own, mark_other) = if language.lang() == Lang::Kk { (doubt, "") } else { ("", doubt) };
        out.push_str(&format!(
            "| {}{mark_own} | {}{mark_other} | {} |\n",
            literal(&own(term)),
            literal(&other(term)),
            literal(&term.en)
        ));
    }
    out
}

fn colophon(page: &Page, material: &Material, language: &Language) -> String {
    let mut lines: Vec<String> = ["colophon-generated", "colophon-numbers", "colophon-same-bytes"]
        .map(|key| word(language, key).to_owned())
        .to_vec();
    lines.extend(language.optional_word("colophon-native-editor").map(str::to_owned));
    if material.study.authors.iter().any(|author| author.placeholder) {
        lines.push(word(language, "colophon-authors").to_owned());
    }
    let title = material.study.editions.get(&page.edition).and_then(|e| e.title.get(language.lang().code()));
    lines.insert(0, format!("{}.", title.map_or(page.edition.as_str(), String::as_str)));
    lines.into_iter().map(|line| format!("- {line}\n")).collect()
}
