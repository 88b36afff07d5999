//! Bar: the ways from a page of a version to the others.

use minijinja::{Value as Context, context};

use super::Material;
use crate::language::Language;

/// The page that lists all files of a version.
pub(super) const FILES: &str = "files.html";

/// The page on which a version is searched.
pub(super) const SEARCH: &str = "search.html";

/// Lists the pages of a version of an edition; `own` names the one under way: `index`, a selection, `files`, `numbers`, `search`.
pub(super) fn links(material: &Material, language: &Language, edition: &str, own: &str) -> Vec<Context> {
    let code = language.lang().code();
    let word = |key: &'static str| language.word(key).unwrap_or(key).to_owned();
    let link = |name: &str, href: String, text: String| {
        context! { name => name, href => href, text => text, own => name == own }
    };
    let mut all = vec![link("start", "../../index.html".to_owned(), word("start-page"))];
    all.push(link("index", "index.html".to_owned(), word("report")));
    let order = material.prose.order(edition);
    for (name, entry) in
        material.study.selection.iter().filter(|(name, entry)| order.selects(name) && !entry.value.opens)
    {
        let title = entry.value.title.get(code).unwrap_or(name);
        all.push(link(name, format!("{name}.html"), super::setting::capital(title)));
    }
    all.push(link("numbers", super::explanation::INDEX.to_owned(), word("number-trace")));
    all.push(link("files", FILES.to_owned(), word("files-page")));
    if !material.papers.is_empty() {
        let href = format!("../../verification/{code}/index.html");
        all.push(link("verification", href, word("verification-short")));
    }
    all.push(link("search", SEARCH.to_owned(), word("search")));
    all
}
