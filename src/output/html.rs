//! HTML: a language version as one page that opens from disk, every number a link to its derivation.

use std::collections::BTreeMap;

use minijinja::{Environment, ErrorKind, context};
use pulldown_cmark::{Alignment, Event, HeadingLevel, Tag, TagEnd};

use super::frame;
use super::html_table::{note_id, table};
use super::markup::{escape, events, inline};
use super::script;
use super::{Material, Shown, Version, exhibit_of, replace_numbers, unmarked};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::Files;
use crate::language::{ExhibitKind, Lang, Language};
use crate::page::{BLOCK, Number};
use crate::study::SelectionEntry;

/// The frame of the pages and their style.
#[derive(Debug, Default)]
pub struct Assets {
    /// `templates/layout.html`.
    pub layout: String,
    /// `templates/style.css`.
    pub style: String,
}

/// A heading for the contents.
struct Heading {
    level: HeadingLevel,
    id: String,
    text: String,
    /// The language, where it is not the page's own.
    lang: Option<String>,
}

impl Assets {
    /// Reads the frame and the style.
    pub fn read(files: &Files, diagnostics: &mut Diagnostics) -> Assets {
        let mut text = |path: &str| files.require(path, diagnostics).unwrap_or_default().to_owned();
        Assets { layout: text(LAYOUT), style: text("templates/style.css") }
    }
}

/// Writes `index.html` of a language version.
pub fn page(version: &Version, material: &Material) -> Result<String, Box<Diagnostic>> {
    let page = version.page;
    let (body, headings) = body(version, material);
    let Some(language) = material.language(page.lang) else { return Ok(String::new()) };
    let study = &material.study;
    let pick = |texts: &BTreeMap<String, String>| texts.get(page.lang.code()).cloned().unwrap_or_default();
    let authors: Vec<_> = study
        .authors
        .iter()
        .map(|a| context! { name => pick(&a.name), affiliation => pick(&a.affiliation), placeholder => a.placeholder })
        .collect();
    let edition = study.editions.get(&page.edition).map(|e| pick(&e.title)).unwrap_or_default();
    let selection = page.selection.as_ref().and_then(|name| study.selection.get(name)).map(|s| pick(&s.value.title));
    let subtitle = [Some(edition), selection].into_iter().flatten().collect::<Vec<_>>().join(" – ");
    let file = format!("{}.html", page.stem("index"));
    let values = context! {
        kind => "report",
        title => material.title(page.lang),
        subtitle => subtitle,
        udc => study.udc.clone(), grnti => study.grnti.clone(),
        authors => authors,
        body => body,
        contents => contents(&headings),
        languages => switch(page.lang, &file, material),
        editions => editions(&page.edition, page.lang, &file, material),
        root => "../..",
    };
    render(material, language, values)
}

/// Writes the page above the editions.
pub fn index(material: &Material, names: &[String]) -> Result<String, Box<Diagnostic>> {
    let Some(first) = material.prose.languages.first().and_then(|lang| material.language(*lang)) else {
        return Ok(String::new());
    };
    let mut body = String::from("<div class=\"shelf\">");
    for lang in &material.prose.languages {
        let Some(language) = material.language(*lang) else { continue };
        let word = |key: &'static str| escape(language.word(key).unwrap_or(key));
        let code = lang.code();
        body.push_str(&format!("<section lang=\"{code}\"><h2>{}</h2>", word("language-name")));
        // The newest edition first.
        for name in names.iter().rev() {
            let title = material.study.editions.get(name).and_then(|e| e.title.get(code)).cloned();
            let title = escape(&title.unwrap_or_else(|| format!("{} {name}", word("edition"))));
            let short = |(stem, entry): (&String, &serde_yaml::Spanned<SelectionEntry>)| {
                let title = entry.value.title.get(code).cloned().unwrap_or_else(|| stem.clone());
                format!("<a href=\"{name}/{code}/{stem}.html\" hreflang=\"{code}\">{}</a> ", escape(&title))
            };
            let short: String = material.study.selection.iter().map(short).collect();
            body.push_str(&format!(
                "<h3><a href=\"{name}/{code}/index.html\" hreflang=\"{code}\">{title}</a></h3>\
                 <p class=\"files\">{short}<a href=\"{name}/{code}/numbers.html\" hreflang=\"{code}\">{}</a> \
                 <a href=\"{name}/{code}/report.md\" hreflang=\"{code}\">report.md</a> \
                 <a href=\"{name}/numbers.json\">numbers.json</a></p>",
                word("number-trace")
            ));
        }
        if !material.papers.is_empty() {
            body.push_str(&format!(
                "<h3><a href=\"verification/{code}/index.html\" hreflang=\"{code}\">{}</a></h3>\
                 <p class=\"files\"><a href=\"verification/verification.json\">verification.json</a></p>",
                word(crate::claim::words::TITLE.key())
            ));
        }
        body.push_str("</section>");
    }
    body.push_str("</div>");
    let others = material.prose.languages.iter().skip(1);
    let others: Vec<_> = others.map(|lang| context! { code => lang.code(), title => material.title(*lang) }).collect();
    let values = context! {
        kind => "index", title => material.title(first.lang()), others => others, body => body, root => ".",
    };
    render(material, first, values)
}

/// Puts a body into the frame.
pub fn render(material: &Material, language: &Language, values: minijinja::Value) -> Result<String, Box<Diagnostic>> {
    let mut environment = Environment::new();
    // What is not given is false where it is asked for, and an error where it is printed.
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::SemiStrict);
    let none: [&str; 0] = [];
    let values =
        context! { ..values, ..context! { languages => none, editions => none, authors => none, others => none } };
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
    // The frame is checked before the page is put into it: what the page holds is the program's own.
    let parts = ["body", "contents"].map(|part| (values.get_attr(part).unwrap_or_default(), slot(part)));
    let [body, contents] =
        parts.each_ref().map(|(value, slot)| if value.is_true() { safe(slot) } else { value.clone() });
    let own = context! {
        body, contents, opening => safe(&opening), contents_script => safe(script::CONTENTS), page_script => safe(script::PAGE),
        alphabet => script::alphabet(language.lang()), lang, words,
    };
    let place = |line| Place { line, ..Place::file(LAYOUT) };
    let frame = environment.render_named_str(LAYOUT, &material.assets.layout, context! { ..own, ..values }).map_err(
        |error| {
            let code = match error.kind() {
                ErrorKind::SyntaxError => code::TEMPLATE_SYNTAX,
                _ => code::TEMPLATE_NAME,
            };
            let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
            Diagnostic::error(code, place(error.line()), message)
        },
    )?;
    // What stood before the policy would not be held to it.
    let Some(rest) = frame.strip_prefix(&opening) else {
        let problem =
            Diagnostic::error(code::TEMPLATE_FORBIDDEN, place(Some(1)), "does not begin with `{{ opening }}`");
        let hint = "it holds the policy by which a page runs no script but its own; nothing stands before it";
        return Err(Box::new(problem.hint(hint)));
    };
    if let Err(forbidden) = frame::check(rest) {
        let stands = |line: &str| line.to_ascii_lowercase().contains(&forbidden.tag.to_ascii_lowercase());
        let line = material.assets.layout.lines().position(stands).map(|line| line + 1);
        let problem = Diagnostic::error(code::TEMPLATE_FORBIDDEN, place(line), forbidden.message);
        return Err(Box::new(
            problem.hint("take it out: a page never leaves itself, and nothing of a study runs in it"),
        ));
    }
    let text = parts.into_iter().fold(frame, |text, (value, slot)| match value.as_str() {
        Some(part) => text.replace(&slot, part),
        None => text,
    });
    Ok(text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n")
}

/// Holds the place of a part of the page while the frame is checked.
fn slot(part: &str) -> String {
    format!("\u{f8ff}{part}\u{f8ff}")
}

/// The frame of the pages.
const LAYOUT: &str = "templates/layout.html";

/// How many steps the frame may take: a page takes hundreds.
const FUEL: u64 = 100_000;

/// The words that the frame uses.
const WORDS: [&str; 14] = [
    "contents",
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
pub fn switch(own: Lang, file: &str, material: &Material) -> Vec<minijinja::Value> {
    let link = |lang: &Lang| {
        let (code, language) = (lang.code(), material.language(*lang));
        let name = language.and_then(|l| l.word("language-name")).unwrap_or(code);
        context! { code => code, name => name, own => *lang == own, href => format!("../{code}/{file}") }
    };
    material.prose.languages.iter().map(link).collect()
}

/// Returns the links to the same page in each edition.
pub fn editions(own: &str, lang: Lang, file: &str, material: &Material) -> Vec<minijinja::Value> {
    let link = |name: &String| {
        context! { name => name, own => name == own, href => format!("../../{name}/{}/{file}", lang.code()) }
    };
    material.study.editions.keys().map(link).collect()
}

fn contents(headings: &[Heading]) -> String {
    let mut out = String::from("<ul>");
    let mut deep = false;
    for (i, heading) in headings.iter().enumerate() {
        let is_deep = heading.level > HeadingLevel::H2;
        match (deep, is_deep) {
            (false, true) => out.push_str("<ul>"),
            (true, false) => out.push_str("</li></ul></li>"),
            _ if i > 0 => out.push_str("</li>"),
            _ => {}
        }
        deep = is_deep;
        let lang = heading.lang.as_ref().map(|code| format!(" lang=\"{code}\"")).unwrap_or_default();
        out.push_str(&format!("<li><a href=\"#{}\"{lang}>{}</a>", escape(&heading.id), escape(&heading.text)));
    }
    out.push_str(if deep { "</li></ul></li></ul>" } else { "</li></ul>" });
    out
}

/// Renders the marked Markdown; numbers become links, blocks their matter.
fn body(version: &Version, material: &Material) -> (String, Vec<Heading>) {
    let page = version.page;
    // Generated Markdown goes in before parsing, finished HTML after it.
    let text = super::fill(&page.text, |name| {
        super::matter::block(name, page, material).unwrap_or_else(|| format!("\u{e003}{name}\u{e004}"))
    });
    let (html, headings) = markdown(&text, version, material);
    let html = super::fill(&html, |name| match name.split_once(':') {
        Some(("exhibit", id)) => exhibit(id, version, material),
        Some(("anchor", id)) => format!("<span id=\"{}\"></span>", escape(id)),
        Some(("lang", code)) => format!("<section lang=\"{}\">", escape(code)),
        _ if name == "/lang" => "</section>".to_owned(),
        _ if name == "exhibits" => "<div class=\"listing\">".to_owned(),
        _ if name == "/exhibits" => "</div>".to_owned(),
        _ if name == crate::page::UNTOLD => {
            let said = material.language(page.lang).map_or("", |language| language.untold());
            format!("<mark class=\"untold\">[{}]</mark>", escape(said))
        }
        _ => String::new(),
    });
    // A block alone in its paragraph needs no paragraph around it.
    let html = ["section", "div", "/section"].iter().fold(html, |html, tag| {
        html.replace(&format!("<p><{tag}"), &format!("<{tag}"))
            .replace(&format!("</{}></p>", tag.trim_start_matches('/')), &format!("</{}>", tag.trim_start_matches('/')))
    });
    let html = html.replace("\"></p>\n", "\">\n").replace("<p></p>\n", "");
    (numbers(&html, &page.numbers), headings)
}

fn markdown(text: &str, version: &Version, material: &Material) -> (String, Vec<Heading>) {
    let mut headings: Vec<Heading> = Vec::new();
    let mut open: Option<Heading> = None;
    let mut out: Vec<Event> = Vec::new();
    let mut in_head = false;
    // The columns of the table under way, and the cell of its row.
    let (mut columns, mut cell): (Vec<Alignment>, usize) = (Vec::new(), 0);
    let mut section: Option<String> = None;
    let others: Vec<(&str, String)> = material
        .prose
        .languages
        .iter()
        .filter(|lang| **lang != version.page.lang)
        .map(|lang| (lang.code(), material.language(*lang).and_then(|l| l.word("language-name")).unwrap_or_default()))
        .map(|(code, name)| (code, escape(name)))
        .collect();
    for event in events(text) {
        match event {
            Event::Start(Tag::Heading { level, ref id, .. }) => {
                let id =
                    id.as_ref().map(ToString::to_string).unwrap_or_else(|| format!("section-{}", headings.len() + 1));
                out.push(Event::Html(format!("<div class=\"head {level}\"><{level} id=\"{}\">", escape(&id)).into()));
                open = Some(Heading { level, id, text: String::new(), lang: section.clone() });
            }
            Event::End(TagEnd::Heading(level)) => {
                if let Some(heading) = open.take() {
                    // The switch that keeps the place without a script.
                    let link = |(code, name): &(&str, String)| {
                        // A part in another language is that language's own part over there.
                        let there = heading.lang.as_deref().filter(|lang| lang == code);
                        let id = there.and_then(|lang| heading.id.strip_suffix(&format!("-{lang}")));
                        let id = escape(id.unwrap_or(&heading.id));
                        let place = format!("../{code}/{}.html#{id}", version.page.stem("index"));
                        format!("<a class=\"other\" href=\"{place}\" hreflang=\"{code}\" lang=\"{code}\">{name}</a>")
                    };
                    let links: String = others.iter().map(link).collect();
                    out.push(Event::Html(format!("</{level}>{links}</div>\n").into()));
                    headings.push(Heading { text: unmarked(&heading.text), ..heading });
                }
            }
            Event::Start(Tag::TableHead) => {
                (in_head, cell) = (true, 0);
                out.push(Event::Html("<thead><tr>".into()));
            }
            Event::End(TagEnd::TableHead) => {
                in_head = false;
                out.push(Event::Html("</tr></thead><tbody>".into()));
            }
            Event::Start(Tag::TableCell) => {
                let side = match columns.get(cell) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Left | Alignment::None) | None => "",
                };
                let open = match (in_head, cell) {
                    (true, _) => format!("<th scope=\"col\"{side}>"),
                    (false, 0) => format!("<th scope=\"row\"{side}>"),
                    (false, _) => format!("<td{side}>"),
                };
                out.push(Event::Html(open.into()));
            }
            Event::End(TagEnd::TableCell) => {
                let close = if in_head || cell == 0 { "</th>" } else { "</td>" };
                out.push(Event::Html(close.into()));
                cell += 1;
            }
            Event::Start(Tag::TableRow) => {
                cell = 0;
                out.push(Event::Html("<tr>".into()));
            }
            Event::End(TagEnd::TableRow) => out.push(Event::Html("</tr>".into())),
            Event::Start(Tag::Table(sides)) => {
                columns = sides;
                let name = headings.last().map(|heading| format!(" aria-labelledby=\"{}\"", escape(&heading.id)));
                let (opened, name) = (scroll("", &name.clone().unwrap_or_default()), name.unwrap_or_default());
                out.push(Event::Html(format!("{opened}<table{name}>").into()));
            }
            Event::End(TagEnd::Table) => out.push(Event::Html("</tbody></table></div>\n".into())),
            other => {
                if let Event::Text(text) = &other
                    && let Some(name) = text.strip_prefix(BLOCK.0).and_then(|rest| rest.strip_suffix(BLOCK.1))
                {
                    match name.strip_prefix("lang:") {
                        Some(code) => section = Some(code.to_owned()),
                        None if name == "/lang" => section = None,
                        None => {}
                    }
                }
                if let (Some(heading), Event::Text(text) | Event::Code(text)) = (&mut open, &other) {
                    heading.text.push_str(text);
                }
                out.push(other);
            }
        }
    }
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, out.into_iter());
    (html, headings.into_iter().filter(|h| h.level <= HeadingLevel::H3).collect())
}

/// Turns marked numbers into elements that link to their derivation.
fn numbers(html: &str, numbers: &[Number]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    replace_numbers(html, |index, printed| {
        let Some(number) = numbers.get(index) else { return printed.to_owned() };
        let count = counts.entry(&number.id).or_default();
        *count += 1;
        let (id, value) = (escape(&number.id), escape(&number.value));
        match &number.cited {
            Some((work, page)) => format!(
                "<data class=\"cited\" value=\"{value}\" id=\"n-{id}-{count}\" data-number=\"{id}\" data-reference=\"{}\" title=\"{}\">{printed}</data>",
                escape(work),
                escape(page)
            ),
            None => format!(
                "<data value=\"{value}\" id=\"n-{id}-{count}\" data-number=\"{id}\"><a href=\"numbers.html#{id}\">{printed}</a></data>"
            ),
        }
    })
}

fn exhibit(id: &str, version: &Version, material: &Material) -> String {
    let Some(shown) = exhibit_of(id, version, material) else { return String::new() };
    let (lang, word) = (version.page.lang.code(), |key: &'static str| shown.language.word(key).unwrap_or(key));
    let caption = format!("{} – {}{}", shown.label, inline(&shown.caption.title), escape(&shown.unit));
    let single = if shown.is_single { " single" } else { "" };
    let open = scroll(single, &format!(" aria-label=\"{}\"", escape(&shown.label)));
    let (under, csv, data) = (under(id, &shown), word("download-csv"), word("chart-data"));
    match shown.kind {
        ExhibitKind::Table => format!(
            "<div class=\"exhibit table{}{}\" id=\"{id}\">{open}{}</div>{under}\
             <p class=\"files\"><a href=\"../tables/{id}.csv\" download>{csv}</a></p></div>",
            if shown.setting.is_wide() { " wide" } else { "" },
            if shown.setting.parts().len() > 1 { " split" } else { "" },
            table(id, &shown.setting, &caption, &shown.continued),
        ),
        ExhibitKind::Figure => format!(
            "<div class=\"exhibit\" id=\"{id}\"><figure>{open}\
             <img src=\"../figures/{id}.{lang}.svg\" width=\"{}\" height=\"{}\" alt=\"{}\" \
             aria-describedby=\"{id}-description\"></div>\
             <figcaption>{caption}</figcaption></figure>{under}\
             <details><summary>{}</summary><p class=\"description\" id=\"{id}-description\">{}</p>{open}{}</div></details>\
             <p class=\"files\"><a href=\"../figures/{id}.csv\" download>{csv}</a> \
             <a href=\"../figures/{id}.{lang}.svg\">SVG</a> <a href=\"../figures/{id}.{lang}.png\">PNG</a></p></div>",
            shown.size.0,
            shown.size.1,
            escape(shown.alt),
            word("chart-description"),
            escape(shown.description),
            table(id, &shown.setting.whole(), &data_caption(data, &shown), ""),
        ),
    }
}

/// The caption of a figure's own table: the numbers of the title were counted where the figure has it.
fn data_caption(data: &str, shown: &Shown) -> String {
    let (title, unit) = (unmarked(&shown.caption.title), super::behind_comma(&shown.setting.unit));
    format!("{} – {}{}. {data}", shown.label, inline(&title), escape(&unit))
}

/// Opens a box that scrolls sideways, by touch, mouse or keys, when what it holds is too wide.
fn scroll(class: &str, name: &str) -> String {
    format!("<div class=\"scroll{class}\" tabindex=\"0\" role=\"group\"{name}>")
}

fn under(id: &str, shown: &Shown) -> String {
    let word = |key: &'static str| shown.language.word(key).unwrap_or(key);
    let mut head = shown.head_of_notes();
    let mut out = String::new();
    for note in &shown.setting.notes {
        let (mut place, mut mark) = (String::new(), String::new());
        if !note.mark.is_empty() {
            place = format!(" id=\"{}\"", note_id(id, &note.mark));
            let back = format!("role=\"doc-backlink\" aria-label=\"{} {}\"", note.mark, escape(&shown.label));
            mark = format!("<a href=\"#{id}\" {back}>{}</a> ", note.mark);
        }
        let head = std::mem::take(&mut head);
        out.push_str(&format!("<p class=\"note\"{place}>{head}{mark}{}</p>", inline(&note.text)));
    }
    out + &format!("<p class=\"source\">{}: {}</p>", word("source"), inline(&shown.caption.source))
}
