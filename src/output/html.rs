//! HTML: a language version as one page that opens from disk, every number a link to its derivation.

use std::collections::BTreeMap;

use minijinja::{Environment, ErrorKind, context};

use super::downloads::Work;
use super::element::{Html, classed, said, tag};
use super::frame;
use super::html_walk::{self, Heading};
use super::inward::{Fate, rewritten, with};
use super::script;
use super::{Material, Version, bar};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::document::slots::{next_slot, slot};
use crate::files::{Files, limits};
use crate::language::{Lang, Language};
use crate::study::SelectionEntry;

/// The frame of the pages and their style.
#[derive(Debug, Default)]
pub struct Assets {
    /// `templates/layout.html`.
    pub layout: String,
    /// `templates/style.css`.
    pub style: String,
}

impl Assets {
    /// Reads the frame and the style; the program's own where the study has none.
    pub fn read(files: &Files, diagnostics: &mut Diagnostics) -> Assets {
        let mut text = |path: &str, own: &str| match files.get(path) {
            None => own.to_owned(),
            Some(_) => files.require(path, diagnostics).unwrap_or_default().to_owned(),
        };
        let assets = Assets { layout: text(LAYOUT, OWN_LAYOUT), style: text(STYLE, OWN_STYLE) };
        if let Err((at, message)) = frame::style::check(&assets.style) {
            let place = Place::line(STYLE, line_of(&assets.style, at), 1);
            let problem = Diagnostic::error(code::TEMPLATE_FORBIDDEN, place, message);
            diagnostics.push(
                problem.hint("a page loads nothing from elsewhere: put the file into the style sheet as `data:`"),
            );
        }
        assets
    }
}

/// Writes `index.html` of a language version.
pub(super) fn page(version: &Version, material: &Material) -> Result<String, Box<Diagnostic>> {
    let page = version.page;
    let (mut body, headings) = html_walk::page(version, material);
    let Some(language) = material.language(page.lang) else { return Ok(String::new()) };
    body.put(super::panel::html(material.title(page.lang), &subtitle(version, material), language));
    let file = format!("{}.html", page.stem("index"));
    let own = if page.selection.is_some() { page.stem("index") } else { "index" };
    let ways = context! {
        languages => switch(page.lang, &file, material),
        editions => editions(&page.edition, page.lang, &file, material),
        links => bar::links(material, language, &page.edition, own),
    };
    framed(version, &body, &headings, ways, material)
}

/// Writes a language version as a page without ways to others.
pub(super) fn alone_of(
    version: &Version,
    body: &Html,
    headings: &[Heading],
    material: &Material,
) -> Result<String, Box<Diagnostic>> {
    framed(version, body, headings, context! {}, material)
}

/// Returns which edition and which selection a version is.
fn subtitle(version: &Version, material: &Material) -> String {
    let (page, study) = (version.page, &material.study);
    let code = page.lang.code();
    let edition = study.edition_title(&page.edition, code).map(str::to_owned);
    let entry = page.selection.as_ref().and_then(|name| study.selection.get(name));
    let selection = entry.map(|entry| entry.value.title.get(code).cloned().unwrap_or_default());
    [edition, selection].into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

/// Puts a version into the frame with the ways that lead from it.
fn framed(
    version: &Version,
    body: &Html,
    headings: &[Heading],
    ways: minijinja::Value,
    material: &Material,
) -> Result<String, Box<Diagnostic>> {
    let page = version.page;
    let Some(language) = material.language(page.lang) else { return Ok(String::new()) };
    let study = &material.study;
    let pick = |texts: &BTreeMap<String, String>| texts.get(page.lang.code()).cloned().unwrap_or_default();
    let authors: Vec<_> = study
        .authors
        .iter()
        .filter(|author| !author.placeholder)
        .map(|a| context! { name => pick(&a.name), affiliation => pick(&a.affiliation), placeholder => a.placeholder })
        .collect();
    let values = context! {
        kind => "report",
        title => material.title(page.lang),
        subtitle => subtitle(version, material),
        udc => study.udc.clone(), grnti => study.grnti.clone(),
        authors => authors,
        body => body.as_str(),
        contents => contents(headings).as_str(),
        tags => Work::of(&page.edition, page.lang, material).tags(),
        root => "../..",
    };
    render(material, language, context! { ..values, ..ways })
}

/// Writes a page of a version that stands beside the report: its files, its search.
pub(super) fn beside(
    version: &Version,
    (file, name, title): (&str, &str, &'static str),
    body: &Html,
    material: &Material,
) -> Result<String, Box<Diagnostic>> {
    let page = version.page;
    let Some(language) = material.language(page.lang) else { return Ok(String::new()) };
    let values = context! {
        kind => "numbers", search => name == "search", title => language.word(title).unwrap_or(title),
        subtitle => material.title(page.lang),
        body => body.as_str(), languages => switch(page.lang, file, material),
        editions => editions(&page.edition, page.lang, file, material),
        links => bar::links(material, language, &page.edition, name), root => "../..",
    };
    render(material, language, values)
}

/// Writes the page above the editions.
pub(super) fn index(
    material: &Material,
    names: &[String],
    openings: &BTreeMap<Lang, Html>,
) -> Result<String, Box<Diagnostic>> {
    let Some(first) = material.prose.languages.first().and_then(|lang| material.language(*lang)) else {
        return Ok(String::new());
    };
    let languages = material.prose.languages.iter().filter_map(|lang| material.language(*lang));
    let shelves = languages.map(|language| shelf(material, names, openings.get(&language.lang()), language));
    let body: Html = classed("div", "shelf").all(shelves).into();
    let others = material.prose.languages.iter().skip(1);
    let others: Vec<_> = others.map(|lang| context! { code => lang.code(), title => material.title(*lang) }).collect();
    let values = context! {
        kind => "index", title => material.title(first.lang()), others => others, body => body.as_str(), root => ".",
    };
    render(material, first, values)
}

/// Lists the editions and the verification in a language.
fn shelf(material: &Material, names: &[String], opening: Option<&Html>, language: &Language) -> Html {
    let (code, word) = (language.lang().code(), |key: &'static str| language.word(key).unwrap_or(key));
    let link = |href: String| tag("a").with("href", &href).with("hreflang", code);
    let mut shelf = tag("section").with("lang", code).put(said("h2", word("language-name")));
    if let Some(opening) = opening {
        shelf = shelf.put(opening.clone());
    }
    // The newest edition first.
    for name in names.iter().rev() {
        let title = match material.study.edition_title(name, code) {
            Some(title) => title.to_owned(),
            None if material.study.has_one_edition() => word("report").to_owned(),
            None => format!("{} {name}", word("edition")),
        };
        let head = link(format!("{name}/{code}/index.html")).text(&title);
        let mut files = classed("p", "files");
        let order = material.prose.order(name);
        for (stem, entry) in
            material.study.selection.iter().filter(|(stem, entry)| order.selects(stem) && !entry.value.opens)
        {
            let entry: &SelectionEntry = &entry.value;
            let title = entry.title.get(code).unwrap_or(stem);
            files = files.put(link(format!("{name}/{code}/{stem}.html")).text(title)).text(" ");
        }
        let files = files.put(link(format!("{name}/{code}/numbers.html")).text(word("number-trace"))).text(" ");
        let files = files.put(link(format!("{name}/{code}/report.md")).text("report.md")).text(" ");
        let files = files.put(tag("a").with("href", &format!("{name}/numbers.json")).text("numbers.json"));
        shelf = shelf.put(tag("h3").put(head)).put(files);
    }
    if !material.papers.is_empty() {
        let title = word(crate::claim::words::TITLE.key());
        let head = link(format!("verification/{code}/index.html")).text(title);
        let file = tag("a").with("href", "verification/verification.json").text("verification.json");
        shelf = shelf.put(tag("h3").put(head)).put(classed("p", "files").put(file));
    }
    shelf.into()
}

/// Puts a body into the frame.
pub(super) fn render(
    material: &Material,
    language: &Language,
    values: minijinja::Value,
) -> Result<String, Box<Diagnostic>> {
    let mut environment = Environment::new();
    // What is not given is false where it is asked for, and an error where it is printed.
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::SemiStrict);
    let none: [&str; 0] = [];
    let values = context! { ..values, ..context! { languages => none, editions => none, authors => none, others => none, links => none, tags => none } };
    let words: BTreeMap<String, String> = material
        .prose
        .speech
        .get(&language.lang())
        .map(|_| {
            WORDS.iter().map(|key| ((*key).replace('-', "_"), language.word(key).unwrap_or(key).to_owned())).collect()
        })
        .unwrap_or_default();
    environment.set_fuel(Some(FUEL));
    let lang = language.lang().code();
    let (opening, safe) = (script::opening(lang), |text: &str| minijinja::Value::from_safe_string(text.to_owned()));
    let kind = values.get_attr("kind").unwrap_or_default();
    let ending = match kind.as_str() {
        Some("numbers") if values.get_attr("search").unwrap_or_default().is_true() => script::SEARCH.as_str(),
        Some("numbers") => script::FRAMED.as_str(),
        Some("report") => script::PAGE.as_str(),
        _ => script::TABLES.as_str(),
    };
    // The frame is checked before the page is put into it: what the page holds is the program's own.
    let parts = ["body", "contents"].map(|part| values.get_attr(part).unwrap_or_default());
    let held = |index: usize| if parts[index].is_true() { safe(&slot(index)) } else { parts[index].clone() };
    let [body, contents] = [held(0), held(1)];
    // A title that breaks within a word reads as two.
    let heading = values.get_attr("title").unwrap_or_default().to_string().replace('-', "\u{2011}");
    let own = context! {
        body, contents, heading, opening => safe(&opening), contents_script => safe(&script::CONTENTS), page_script => safe(ending),
        alphabet => script::alphabet(language.lang()), lang, words,
    };
    let place = |line: Option<usize>| Place { line: line.or(Some(1)), ..Place::file(LAYOUT) };
    let layout = &material.assets.layout;
    let forbidden = |line: Option<usize>, message: String| {
        let problem = Diagnostic::error(code::TEMPLATE_FORBIDDEN, place(line), message);
        problem.hint("take it out: a page never leaves itself, and nothing of a study runs in it")
    };
    frame::source::check(layout).map_err(|(at, message)| forbidden(Some(line_of(layout, at)), message))?;
    let mut frame = Bounded::default();
    let rendered = environment
        .template_from_named_str(LAYOUT, layout)
        .and_then(|template| template.render_captured_to(context! { ..own, ..values }, &mut frame).map(drop));
    if frame.is_full {
        let message = format!("writes more than {} KiB around a page", limits::FRAME_BYTES >> 10);
        return Err(forbidden(None, message).into());
    }
    rendered.map_err(|error| {
        let code = match error.kind() {
            ErrorKind::SyntaxError => code::TEMPLATE_SYNTAX,
            _ => code::TEMPLATE_NAME,
        };
        let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        Diagnostic::error(code, place(error.line()), message)
    })?;
    let frame = trimmed(&String::from_utf8_lossy(&frame.bytes));
    // What stood before the policy would not be held to it.
    let Some(rest) = frame.strip_prefix(&opening) else {
        let problem =
            Diagnostic::error(code::TEMPLATE_FORBIDDEN, place(Some(1)), "does not begin with `{{ opening }}`");
        let hint = "it holds the policy by which a page runs no script but its own; nothing stands before it";
        return Err(Box::new(problem.hint(hint)));
    };
    if let Err(found) = frame::check(rest) {
        let stands = |line: &str| line.to_ascii_lowercase().contains(&found.tag.to_ascii_lowercase());
        let line = layout.lines().position(stands).map(|line| line + 1);
        return Err(forbidden(line, found.message).into());
    }
    let (mut text, mut rest) = (String::new(), frame.as_str());
    let mut unused = parts.iter().map(|part| part.as_str()).collect::<Vec<_>>();
    while let Some((before, index, after)) = next_slot(rest) {
        text.push_str(before);
        let Some(part) = unused.get_mut(index).and_then(Option::take) else {
            return Err(forbidden(None, "a part of the page stands in it more than once".to_owned()).into());
        };
        text.push_str(part);
        rest = after;
    }
    text.push_str(rest);
    Ok(trimmed(&text))
}

/// Where the verdicts stand for machines, from a page.
pub(super) const ANSWER: &str = "../verification.json";
/// Where the schema of these stands.
pub(super) const ANSWER_SCHEMA: &str = "../../verification.schema.json";

/// Makes a page stand on its own: its style is in it, and it leads to nothing but what is written beside it.
pub fn alone(page: &str, style: &str) -> String {
    let text = rewritten(page, &mut |name, attributes| {
        let value = |key: &str| attributes.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str());
        match (name, value("rel").or(value("class")), value("href")) {
            ("link", Some("stylesheet"), _) => Fate::Written(format!("<style>\n{style}</style>")),
            ("link", Some("alternate"), _) | ("header", Some("bar"), _) => Fate::Gone,
            ("a", _, Some(href)) if href == ANSWER => Fate::Becomes(with(attributes, "href", "verification.json")),
            ("a", _, Some(href)) if href == ANSWER_SCHEMA => Fate::Gone,
            _ => Fate::Stays,
        }
    });
    text.replacen("style-src 'self' file:;", &format!("style-src '{}';", script::own_style(style)), 1)
}

/// Drops the spaces at the ends of lines.
fn trimmed(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

/// Returns the line, from 1, of a byte.
fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
}

/// What a frame writes, as long as it is no more than one may.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    is_full: bool,
}

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.is_full |= self.bytes.len() + bytes.len() > limits::FRAME_BYTES;
        if self.is_full {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The style of the pages.
pub const STYLE: &str = "templates/style.css";

/// The frame of a study that has none of its own.
pub const OWN_LAYOUT: &str = include_str!("../../templates/layout.html");

/// The style of a study that has none of its own.
pub const OWN_STYLE: &str = include_str!("../../templates/style.css");

/// The frame of the pages.
pub const LAYOUT: &str = "templates/layout.html";

/// How many steps the frame may take: a page takes hundreds.
const FUEL: u64 = 100_000;

/// The words that the frame uses.
const WORDS: [&str; 15] = [
    "contents",
    "pages",
    "skip-to-text",
    "language-switch",
    "editions",
    "edition",
    "udc",
    "grnti",
    "author-placeholder",
    "back-to-top",
    "number-trace",
    "report",
    "table-filter",
    "table-rows-shown",
    "table-sort",
];

/// Returns the links to the same page in each language.
pub(super) fn switch(own: Lang, file: &str, material: &Material) -> Vec<minijinja::Value> {
    let link = |lang: &Lang| {
        let (code, language) = (lang.code(), material.language(*lang));
        let name = language.and_then(|l| l.word("language-name")).unwrap_or(code);
        context! { code => code, name => name, own => *lang == own, href => format!("../{code}/{file}") }
    };
    material.prose.languages.iter().map(link).collect()
}

/// Returns the links to the same page in each edition, or to the whole of one that does not print it.
pub(super) fn editions(own: &str, lang: Lang, file: &str, material: &Material) -> Vec<minijinja::Value> {
    let selection = file.strip_suffix(".html").filter(|stem| material.study.selection.contains_key(*stem));
    let link = |name: &String| {
        let file = match selection {
            Some(stem) if !material.prose.order(name).selects(stem) => "index.html",
            _ => file,
        };
        context! { name => name, own => name == own, href => format!("../../{name}/{}/{file}", lang.code()) }
    };
    // Where there is but one, there is nothing to choose.
    material.study.editions.keys().filter(|_| !material.study.has_one_edition()).map(link).collect()
}

/// Lists the headings: those of the second level, each with those below it.
fn contents(headings: &[Heading]) -> Html {
    let mut list = tag("ul");
    let mut rest = headings.iter().filter(|heading| heading.level <= 3).peekable();
    while let Some(heading) = rest.next() {
        let own = |heading: &Heading| {
            let lang = heading.lang.map(Lang::code);
            tag("a").with("href", &format!("#{}", heading.id)).maybe("lang", lang).text(&heading.text)
        };
        let mut item = tag("li");
        if heading.level == 2 {
            item = item.put(own(heading));
        }
        let mut below = tag("ul");
        let mut deep = false;
        let mut next = (heading.level > 2).then_some(heading);
        while let Some(heading) = next.take().or_else(|| rest.next_if(|heading| heading.level > 2)) {
            below = below.put(tag("li").put(own(heading)));
            deep = true;
        }
        list = list.put(if deep { item.put(below) } else { item });
    }
    list.into()
}
