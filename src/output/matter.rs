//! Matter: the generated parts of a page: references, lists, methods, sources, glossary, colophon.

use std::collections::BTreeSet;

use super::Material;
use super::terms::terms;
use crate::analysis::METHODS;
use crate::catalog::entry::ResourceEntry;
use crate::dataset::Outcome;
use crate::document::{Block, Inline, Matter, Side, Table, markdown, repeated};
use crate::language::{ExhibitKind, ExhibitNumber, Lang, Language, texts};
use crate::page::{Page, Term};

/// Returns the document of a page with its generated parts written out.
pub(super) fn whole(page: &Page, material: &Material) -> Vec<Block> {
    let mut whole = page.document.clone();
    fill(&mut whole, page, material);
    whole
}

/// Writes out the generated parts among blocks.
pub(super) fn fill(blocks: &mut Vec<Block>, page: &Page, material: &Material) {
    let mut filled = Vec::with_capacity(blocks.len());
    for mut block in std::mem::take(blocks) {
        match &mut block {
            Block::Generated(part) => {
                filled.extend(written(*part, page, material));
                continue;
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| fill(item, page, material)),
            Block::Quote(inner) | Block::Listing(inner) | Block::Version { content: inner, .. } => {
                fill(inner, page, material);
            }
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Code { .. }
            | Block::Rule
            | Block::Table(_)
            | Block::Exhibit(_) => {}
        }
        filled.push(block);
    }
    *blocks = filled;
}

/// Writes a part.
fn written(part: Matter, page: &Page, material: &Material) -> Vec<Block> {
    let Some(language) = material.language(page.lang) else { return Vec::new() };
    match part {
        Matter::References => references(page, material),
        Matter::Exhibits => exhibits_list(page, language),
        Matter::Methods => methods(page, material, language),
        Matter::Sources => sources(page, material, language),
        Matter::Checks => checks(page, material, language),
        Matter::Glossary => glossary(material, language),
        Matter::Colophon => colophon(page, material, language),
    }
}

fn word<'a>(language: &'a Language, key: &'a str) -> &'a str {
    language.word(key).unwrap_or(key)
}

/// Makes a list of lines.
fn list(start: Option<u64>, lines: impl Iterator<Item = Vec<Inline>>) -> Block {
    Block::List { start, tight: true, items: lines.map(|line| vec![Block::Paragraph(line)]).collect() }
}

fn references(page: &Page, material: &Material) -> Vec<Block> {
    let work = |id: &String| material.prose.references.references.iter().find(|work| work.id == *id);
    let works = page.cited.iter().filter_map(work);
    vec![list(Some(1), works.map(|work| [vec![Inline::Anchor(format!("ref-{}", work.id))], work.entry()].concat()))]
}

fn exhibits_list(page: &Page, language: &Language) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (kind, key) in [(ExhibitKind::Figure, "list-of-figures"), (ExhibitKind::Table, "list-of-tables")] {
        let own = |number: &ExhibitNumber| matches!(number, ExhibitNumber::Own(_));
        let mut listed = page.exhibits.iter().filter(|(_, k, number)| *k == kind && own(number)).peekable();
        // A short selection may keep none of a kind.
        if listed.peek().is_none() {
            continue;
        }
        blocks.push(Block::Paragraph(vec![Inline::Strong(vec![Inline::text(word(language, key))])]));
        let line = |(id, _, number): &(String, ExhibitKind, ExhibitNumber)| {
            let label = vec![Inline::text(language.caption_label(kind, *number))];
            let mut line = vec![Inline::link(format!("#{id}"), label), Inline::text(" – ")];
            line.extend(page.captions.get(id).map(|caption| repeated(&caption.title)).unwrap_or_default());
            line
        };
        blocks.push(list(None, listed.map(line)));
    }
    vec![Block::Listing(blocks)]
}

/// Describes the methods that the study applies to what the page tells of, in the order of the catalogue.
fn methods(page: &Page, material: &Material, language: &Language) -> Vec<Block> {
    let order = material.prose.order(&page.edition);
    let analyses = || material.study.analyses.iter().filter(|(own, _)| order.speaks_of(own));
    let applied = |name: &str| analyses().any(|(_, own)| own.value.methods.iter().any(|method| method.value == name));
    let mut blocks = Vec::new();
    for method in METHODS.iter().filter(|method| applied(method.name)) {
        let id = format!("method-{}", method.name.replace('_', "-"));
        let title = vec![Inline::text(language.said_with_doubt(&method.key("title")))];
        blocks.push(Block::Heading { level: 4, id: Some(id), content: title });
        let outputs = method.outputs.iter().map(|output| {
            let title = language.said_with_doubt(&method.key(&format!("results.{}", output.name)));
            vec![Inline::text(format!("{title}: ")), Inline::Formula(output.formula.to_owned())]
        });
        blocks.push(list(None, outputs));
        let mut about = markdown::line(language.said(&method.key("convention")), &[]);
        let works = texts::literature(method.name).unwrap_or_default();
        let literature = format!("{}: {works}.", word(language, "literature"));
        about.extend([Inline::text(" "), Inline::Emphasis(vec![Inline::text(literature)])]);
        blocks.push(Block::Paragraph(about));
    }
    if METHODS.iter().any(|method| applied(method.name) && texts::is_doubted(language.lang().code(), method.name)) {
        blocks.push(Block::Paragraph(markdown::line(language.said("unsure-term"), &[])));
    }
    blocks
}

/// The first digits of a hash, enough to compare by eye; the ledger and the catalogue hold it whole.
fn short(hash: &str) -> &str {
    hash.trim_start_matches("sha256:").get(..16).unwrap_or(hash)
}

/// Makes a table of heads and rows.
fn table(heads: impl IntoIterator<Item = String>, sides: Vec<Side>, rows: Vec<Vec<Vec<Inline>>>) -> Block {
    let heads = heads.into_iter().map(|head| vec![Inline::text(head)]).collect();
    Block::Table(Table { sides, heads, rows })
}

fn sources(page: &Page, material: &Material, language: &Language) -> Vec<Block> {
    let heads = ["table", "vintage", "publisher", "table-id", "retrieved"].map(|key| word(language, key).to_owned());
    let file = ["file", "hash"].map(|key| word(language, key)).join(", ");
    let unknown = word(language, "unknown");
    let row = |resource: &ResourceEntry| {
        let feed = &resource.esep;
        let title = material.catalog.tables.get(&feed.table).and_then(|t| t.title.get(language.lang().code()));
        let vintage = format!("vintage-{}", feed.vintage);
        let publisher = format!("publisher-{}", feed.publisher);
        let cells = [
            Inline::text(title.map_or(feed.table.as_str(), String::as_str)),
            Inline::text(language.word(&vintage).unwrap_or(&feed.vintage)),
            Inline::text(language.word(&publisher).unwrap_or(&feed.publisher)),
            Inline::text(feed.element.as_deref().unwrap_or("–")),
            Inline::text(if feed.retrieved == "unknown" { unknown } else { &feed.retrieved }),
        ];
        let file = vec![Inline::code(resource.path.as_str()), Inline::text(" "), Inline::code(short(&resource.hash))];
        cells.map(|cell| vec![cell]).into_iter().chain([file]).collect()
    };
    let order = material.prose.order(&page.edition);
    let told = material.catalog.resources.iter().filter(|resource| order.speaks_of(&resource.esep.table));
    let rows = told.map(row).collect();
    let heads = heads.iter().chain([&file]).map(|head| super::setting::capital(head));
    let mut blocks = vec![table(heads, Vec::new(), rows)];
    let terms = terms(page, material, language);
    if !terms.is_empty() {
        let all = terms.into_iter().map(|(publisher, licence, _)| format!("{publisher} – {licence}"));
        let text = format!("{}: {}.", word(language, "licence"), all.collect::<Vec<_>>().join("; "));
        blocks.push(Block::Paragraph(vec![Inline::text(text)]));
    }
    // Why figures of several vintages may stand in one series is said where the vintages are listed.
    let edition = material.study.editions.get(&page.edition).and_then(|edition| edition.across_vintages.as_ref());
    let analyses = material.study.analyses.iter().filter(|(own, _)| order.speaks_of(own));
    let analyses = analyses.filter_map(|(_, analysis)| analysis.value.across_vintages.as_ref());
    let code = language.lang().code();
    let reasons: BTreeSet<&String> = analyses.chain(edition).filter_map(|texts| texts.get(code)).collect();
    blocks.extend(reasons.into_iter().map(|reason| Block::Paragraph(markdown::line(reason, &[]))));
    blocks
}

fn checks(page: &Page, material: &Material, language: &Language) -> Vec<Block> {
    let heads = ["table", "check", "compared", "accepted-exceptions"].map(|key| word(language, key));
    let row = |outcome: &Outcome| {
        let title = material.catalog.tables.get(&outcome.table).and_then(|t| t.title.get(language.lang().code()));
        let key = format!("check-{}", outcome.check.replace('_', "-"));
        let mut name = language.word(&key).unwrap_or(&outcome.check).to_owned();
        if outcome.by_construction.is_some() {
            name.push_str(&format!(" ({})", word(language, "by-construction")));
        }
        let number = |number: usize| vec![Inline::text(number.to_string())];
        vec![
            vec![Inline::text(title.map_or(outcome.table.as_str(), String::as_str))],
            vec![Inline::text(format!("{name}: ")), Inline::code(outcome.detail.as_str())],
            number(outcome.compared),
            number(outcome.accepted),
        ]
    };
    let sides = vec![Side::Plain, Side::Plain, Side::Right, Side::Right];
    let order = material.prose.order(&page.edition);
    let told = material.dataset.outcomes.iter().filter(|outcome| order.speaks_of(&outcome.table));
    vec![table(heads.map(super::setting::capital), sides, told.map(row).collect())]
}

fn glossary(material: &Material, language: &Language) -> Vec<Block> {
    let lang = language.lang();
    let order = &material.prose.languages;
    let other = order.iter().copied().find(|other| *other != lang && *other != Lang::En);
    let english = Some(Lang::En).filter(|english| *english != lang);
    let columns: Vec<Lang> = [Some(lang), other, english].into_iter().flatten().collect();
    let own = |term: &Term| term.of(lang).to_owned();
    let chosen = ["demog", "migr", "stat"];
    let mut terms: Vec<&Term> =
        material.prose.terms.terms.iter().filter(|t| chosen.contains(&t.domain.as_str())).collect();
    let before = language.lang().alphabetical();
    terms.sort_by(|a, b| before(&own(a), &own(b)));
    let other = other.map(|_| word(language, "other-language"));
    let heads = [Some(word(language, "term")), other, english.map(|_| "English")].into_iter().flatten();
    let row = |term: &&Term| {
        // What no native editor has confirmed is said to be so.
        let doubt = if term.is_unsure() { " (?)" } else { "" };
        // The first language of the study is its author's own.
        let doubted = |column: &Lang| order.first() != Some(column) && *column != Lang::En;
        let cell = |column: &Lang| format!("{}{}", term.of(*column), if doubted(column) { doubt } else { "" });
        columns.iter().map(|column| vec![Inline::Text(cell(column))]).collect()
    };
    vec![table(heads.map(str::to_owned), Vec::new(), terms.iter().map(row).collect())]
}

fn colophon(page: &Page, material: &Material, language: &Language) -> Vec<Block> {
    let mut lines: Vec<&str> =
        ["colophon-generated", "colophon-numbers", "colophon-same-bytes"].map(|key| word(language, key)).to_vec();
    lines.extend(language.optional_word("colophon-native-editor"));
    if material.study.authors.iter().any(|author| author.placeholder) {
        lines.push(word(language, "colophon-authors"));
    }
    let title = material.study.edition_title(&page.edition, language.lang().code());
    let title = title.map(|title| vec![Inline::text(format!("{title}."))]);
    vec![list(None, title.into_iter().chain(lines.into_iter().map(|line| markdown::line(line, &[]))))]
}
