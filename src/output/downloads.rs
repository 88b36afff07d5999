//! Downloads: the page that lists the files of a version and says how it is cited; what programs that keep works read.

use super::element::{Html, classed, said, tag};
use super::terms::terms;
use super::{Material, Version, exhibit_of};
use crate::document::plain;
use crate::language::{ExhibitKind, Lang, Language};
use crate::study::Study;

/// What is known of a report as a work. Names are those of the study; a placeholder is no name.
pub(super) struct Work {
    /// Its title.
    pub title: String,
    /// Which edition it is.
    pub edition: String,
    /// Its authors.
    pub authors: Vec<String>,
    /// The language.
    pub lang: Lang,
}

impl Work {
    /// Describes a version.
    pub(super) fn of(edition: &str, lang: Lang, material: &Material) -> Work {
        let study: &Study = &material.study;
        let named = study.authors.iter().filter(|author| !author.placeholder);
        let authors = named.filter_map(|author| author.name.get(lang.code()).cloned()).collect();
        let said = study.edition_title(edition, lang.code()).unwrap_or(edition).to_owned();
        Work { title: material.title(lang).to_owned(), edition: said, authors, lang }
    }

    /// How it is cited in a text.
    pub(super) fn text(&self) -> String {
        let authors = Some(self.authors.join(", ")).filter(|authors| !authors.is_empty());
        let parts: Vec<String> = authors.into_iter().chain([self.title.clone(), self.edition.clone()]).collect();
        parts.join(". ") + "."
    }

    /// An entry of BibTeX.
    pub(super) fn bibtex(&self, key: &str) -> String {
        let plain = |text: &str| text.replace(['{', '}', '\\'], "");
        let mut text = format!("@techreport{{{key},\n  title = {{{}}},\n", plain(&self.title));
        if !self.authors.is_empty() {
            text.push_str(&format!("  author = {{{}}},\n", plain(&self.authors.join(" and "))));
        }
        text.push_str(&format!("  note = {{{}}},\n  language = {{{}}}\n}}\n", plain(&self.edition), self.lang.code()));
        text
    }

    /// A record of RIS.
    pub(super) fn ris(&self) -> String {
        let authors: String = self.authors.iter().map(|author| format!("AU  - {author}\r\n")).collect();
        format!(
            "TY  - RPRT\r\nTI  - {}\r\n{authors}ET  - {}\r\nLA  - {}\r\nER  - \r\n",
            self.title,
            self.edition,
            self.lang.code()
        )
    }

    /// The meta tags by which programs that keep works know a page.
    pub(super) fn tags(&self) -> Vec<minijinja::Value> {
        let tag = |name: &str, content: &str| minijinja::context! { name => name, content => content };
        let mut tags = vec![tag("citation_title", &self.title)];
        tags.extend(self.authors.iter().map(|author| tag("citation_author", author)));
        tags.push(tag("citation_language", self.lang.code()));
        tags
    }
}

/// Writes `CITATION.cff` of a report: without authors where none has signed it.
pub(super) fn citation_file(material: &Material) -> String {
    let first = material.prose.languages.first().copied().unwrap_or(Lang::En);
    let edition = material.study.editions.keys().last().map(String::as_str).unwrap_or_default();
    let work = Work::of(edition, first, material);
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut text = format!(
        "cff-version: 1.2.0\nmessage: {}\ntype: dataset\ntitle: {}\nversion: {}\n",
        quoted("Cite the report and the edition."),
        quoted(&work.title),
        quoted(edition)
    );
    if work.authors.is_empty() {
        text.push_str("# authors: none has signed the report yet\n");
    } else {
        text.push_str("authors:\n");
        text.extend(work.authors.iter().map(|author| format!("  - name: {}\n", quoted(author))));
    }
    text
}

/// The places of the page.
const WHOLE: &str = "whole";
const EXHIBITS: &str = "exhibits";
const TERMS: &str = "terms";
const CITE: &str = "cite";

/// Lists what the page tells, for the search: each text with its place.
pub(super) fn told(language: &Language) -> Vec<(String, String)> {
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let line = |place: &str, words: &[&'static str], rest: &str| {
        let words: Vec<&str> =
            words.iter().map(|key| word(key)).chain([rest]).filter(|text| !text.is_empty()).collect();
        (format!("{}: {}", word("files-page"), words.join("; ")), format!("#{place}"))
    };
    let files = ["file-report", "file-numbers", "file-package", "file-schema", "file-checksums", "file-archive"];
    let whole: Vec<&'static str> = ["files-whole"].into_iter().chain(files).collect();
    vec![
        line(WHOLE, &whole, "Markdown, JSON, ZIP"),
        line(EXHIBITS, &["list-of-exhibits"], "SVG, PNG, CSV"),
        line(TERMS, &["licence", "search-terms"], ""),
        line(CITE, &["how-to-cite", "search-cite"], "BibTeX, RIS, CITATION.cff"),
    ]
}

/// Writes the body of the page.
pub(super) fn body(version: &Version, material: &Material, language: &Language) -> Html {
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let code = language.lang().code();
    let link = |href: &str, text: &str| tag("a").with("href", href).text(text);
    let head = |id: &str, key: &'static str| Html::from(tag("h2").with("id", id).text(word(key)));
    let mut body = head(WHOLE, "files-whole");
    let whole = [
        ("report.md", "report.md", "file-report"),
        ("../numbers.json", "numbers.json", "file-numbers"),
        ("../datapackage.json", "datapackage.json", "file-package"),
        ("../../numbers.schema.json", "numbers.schema.json", "file-schema"),
        ("../../checksums.sha256", "checksums.sha256", "file-checksums"),
        ("../edition.zip", "edition.zip", "file-archive"),
    ];
    let item = |(href, name, about): &(&str, &str, &'static str)| {
        tag("li").put(link(href, name).set("download")).text(&format!(" – {}", word(about)))
    };
    body.put(tag("ul").all(whole.iter().map(item)));
    body.put(head(EXHIBITS, "list-of-exhibits"));
    let mut rows = tag("tbody");
    for (id, kind, _) in &version.page.exhibits {
        let Some(shown) = exhibit_of(id, version, material) else { continue };
        let title = format!("{} – {}", shown.label, plain(&shown.caption.title));
        let mut files = tag("td");
        if *kind == ExhibitKind::Figure {
            for end in ["svg", "png"] {
                let file = format!("../figures/{id}.{code}.{end}");
                files = files.put(link(&file, &end.to_uppercase()).set("download")).text(" ");
            }
        }
        let folder = if *kind == ExhibitKind::Figure { "figures" } else { "tables" };
        files = files.put(link(&format!("../{folder}/{id}.csv"), "CSV").set("download"));
        let head = tag("th").with("scope", "row").put(link(&format!("index.html#{id}"), &title));
        rows = rows.put(tag("tr").put(head).put(files));
    }
    body.put(tag("table").with("aria-label", word("list-of-exhibits")).put(rows));
    let work = Work::of(&version.page.edition, version.page.lang, material);
    let terms = terms(version.page, material, language);
    if !terms.is_empty() {
        body.put(head(TERMS, "licence"));
        let item = |(publisher, licence, path): (String, String, Option<String>)| {
            let told: Html = match path.filter(|path| path.starts_with("http")) {
                Some(path) => link(&path, &licence).into(),
                None => said("span", &licence),
            };
            tag("li").text(&format!("{publisher} – ")).put(told)
        };
        body.put(tag("ul").all(terms.into_iter().map(item)));
    }
    body.put(head(CITE, "how-to-cite"));
    body.put(said("p", &work.text()));
    if work.authors.is_empty() {
        body.put(said("p", word("cite-without-authors")));
    }
    body.put(said("p", word("cite-without-year")));
    let key = format!("edition-{}-{code}", version.page.edition);
    for (name, text) in [("BibTeX", work.bibtex(&key)), ("RIS", work.ris())] {
        body.put(said("h3", name));
        body.put(tag("pre").put(said("code", &text.replace("\r\n", "\n"))));
    }
    let files = [("cite.bib", "BibTeX"), ("cite.ris", "RIS"), ("../../CITATION.cff", "CITATION.cff")];
    let item = |(href, name): &(&str, &str)| link(href, name).set("download");
    body.put(classed("p", "files").all(files.iter().map(item)));
    body
}
