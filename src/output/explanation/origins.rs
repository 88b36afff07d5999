//! Origins: the files at the ends of all ways: publisher, table, date, vintage, licence of each, once a page.

use std::collections::BTreeSet;

use super::super::Material;
use super::super::element::{Html, classed, said, tag};
use super::super::terms::licence_name;
use crate::catalog::entry::ResourceEntry;
use crate::finding::CellRef;
use crate::language::Language;

/// The files that a page has named so far.
#[derive(Default)]
pub(super) struct Origins {
    used: BTreeSet<usize>,
}

impl Origins {
    /// Names a cell: its file, as a link to what is said of it, its row and its column.
    pub(super) fn cell(&mut self, cell: &CellRef, language: &Language, material: &Material) -> Html {
        let mut out = self.file(cell, material);
        out.text(&format!(", {}", of_column(cell, language)));
        let row = if cell.row().is_some() { "of-row" } else { "of-cell" };
        out.text(&format!(", {} {}", language.word(row).unwrap_or(row), row_of(cell, language)));
        out
    }

    /// Names the file of a cell, as a link to what is said of it.
    pub(super) fn file(&mut self, cell: &CellRef, material: &Material) -> Html {
        let at = material.catalog.resources.iter().position(|resource| *resource.file() == *cell.file());
        let name = cell.file().rsplit('/').next().unwrap_or_default();
        let mut out = Html::default();
        match at {
            Some(at) => {
                self.used.insert(at);
                out.put(tag("a").with("href", &format!("#file-{}", at + 1)).text(name));
            }
            None => out.put(said("span", name)),
        }
        out
    }

    /// Tells of the files that were named.
    pub(super) fn html(&self, language: &Language, material: &Material) -> Html {
        let named = self.used.iter().filter_map(|at| Some((at, material.catalog.resources.get(*at)?)));
        named.map(|(at, resource)| origin(at + 1, resource, language, material)).collect()
    }
}

/// Names the column of a cell, or its sheet.
pub(super) fn of_column(cell: &CellRef, language: &Language) -> String {
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    match cell {
        CellRef::Keyed { column, .. } => format!("{} {column}", word("of-column")),
        CellRef::Sheet { sheet, .. } => format!("{} {sheet}", word("of-sheet")).trim_end().to_owned(),
    }
}

/// The row of a cell: what the file says in it and what is said of the whole file; or the address of the cell.
///
/// Its line is told by `esep trace` alone: a page is the same in whatever order the rows of a file stand.
pub(super) fn row_of(cell: &CellRef, language: &Language) -> String {
    let row = match cell {
        CellRef::Keyed { row, .. } => row,
        CellRef::Sheet { address, .. } => return address.to_string(),
    };
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let members: Vec<&str> = row.declared.iter().map(|(_, member)| member.as_str()).collect();
    let declared = word("row-declared").replace("{members}", &members.join(", "));
    let declared = Some(declared).filter(|_| !members.is_empty());
    let key = Some(row.key.clone()).filter(|key| !key.is_empty());
    [key, declared].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn origin(number: usize, resource: &ResourceEntry, language: &Language, material: &Material) -> Html {
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let feed = &resource.esep;
    let code = language.lang().code();
    let title = material.catalog.tables.get(&feed.table).and_then(|table| table.title.get(code));
    let (vintage, publisher) = (format!("vintage-{}", feed.vintage), format!("publisher-{}", feed.publisher));
    // A study that has no words for them shows the short names of its catalogue.
    let unknown = |text: &str| if text == "unknown" { word("unknown").to_owned() } else { text.to_owned() };
    let licences: Vec<&str> = resource.licenses.iter().map(|licence| licence_name(licence, language)).collect();
    let lines = [
        ("publisher", language.optional_word(&publisher).unwrap_or(&feed.publisher).to_owned()),
        ("table-id", feed.element.clone().unwrap_or_else(|| "–".to_owned())),
        ("retrieved", unknown(&feed.retrieved)),
        ("vintage", language.optional_word(&vintage).unwrap_or(&feed.vintage).to_owned()),
        ("licence", licences.join("; ")),
        ("hash", resource.hash.clone()),
    ];
    let mut list = tag("dl");
    for (key, text) in lines {
        list = list.put(said("dt", word(key))).put(said("dd", &text));
    }
    for source in &resource.sources {
        let title: Html = match source.path.as_deref().filter(|path| path.starts_with("http")) {
            Some(path) => tag("a").with("href", path).text(&source.title).into(),
            None => said("span", &source.title),
        };
        let had = source
            .retrieved
            .iter()
            .flat_map(|had| [Some(&had.on).filter(|on| *on != "unknown"), had.by.as_ref(), had.how.as_ref()]);
        let had: Vec<&str> = had.flatten().map(String::as_str).collect();
        let mut told = tag("dd").with("lang", "en").put(title);
        if !had.is_empty() {
            told = told.text(&format!(" ({})", had.join("; ")));
        }
        list = list.put(said("dt", word("source"))).put(told);
    }
    let head = format!("{} {}", word("file"), resource.path);
    let mut html: Html = classed("section", "number file")
        .with("id", &format!("file-{number}"))
        .put(said("h3", &head))
        .put(said("p", title.map_or(feed.table.as_str(), String::as_str)))
        .put(list)
        .into();
    html.line();
    html
}
