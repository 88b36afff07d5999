//! Single: a language version as one file: its style, its figures and what explains its numbers stand within.
//!
//! It is the page of the report with what explains its numbers written behind it. What is no text is left out: other
//! editions and languages, files to take away; of a link to the pages on papers the words stay.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::edition::whole_style;
use super::element::{Html, classed, tag};
use super::explanation::{self, Around, Bodies, INDEX};
use super::figures::Drawings;
use super::frame::Attributes;
use super::html_walk::{self, Heading};
use super::inward::{Fate, rewritten, with};
use super::trace::Ways;
use super::{Built, Material, html, ledger, script};
use crate::diagnostic::Diagnostic;
use crate::files::Files;
use crate::language::Language;
use crate::page::Page;

/// What is said of headings that stand deeper here than on their own pages.
const STYLE: &str = ".number :is(h4, h5) { font-size: 1.05rem; overflow-wrap: anywhere; font-weight: 500; }\n\
                     .explanations > h4 { margin: 1.6rem 0 0.6rem; }\n";

/// Writes a language version as one file.
pub fn single(
    built: &Built,
    page: &Page,
    drawings: &Drawings,
    around: &Around,
    material: &Material,
) -> Result<String, Box<Diagnostic>> {
    let Some(language) = material.language(page.lang) else { return Ok(String::new()) };
    let version = drawings.version(built, page);
    let mut ways = Ways::of(&built.edition);
    let ledger = ledger::collect(built, material, &mut ways);
    let bodies = explanation::bodies(&version, &ledger, &mut ways, around, material);
    let (mut body, mut headings) = html_walk::page(&version, material);
    body.put(behind(&bodies, language, &mut headings));
    let text = html::alone_of(&version, &body, &headings, material)?;
    Ok(whole(&text, page, &drawings.files, &places(&bodies), material))
}

/// The prefix of all places of each page that is written within.
type Places = BTreeMap<String, String>;

fn places(bodies: &Bodies) -> Places {
    let own = bodies.iter().enumerate().map(|(at, (file, ..))| (file.clone(), format!("x{}.", at + 1)));
    own.chain([(INDEX.to_owned(), "x.".to_owned())]).collect()
}

/// Writes what explains the numbers.
fn behind(bodies: &Bodies, language: &Language, headings: &mut Vec<Heading>) -> Html {
    let mut head = |element: &'static str, level: u8, id: &str, text: &str| {
        headings.push(Heading { level, id: id.to_owned(), text: text.to_owned(), lang: None });
        tag(element).with("id", id).text(text)
    };
    let mut out: Html = head("h2", 2, "x.", language.word("number-trace").unwrap_or("number-trace")).into();
    for ((_, title, body), at) in bodies.iter().zip(1..) {
        let prefix = format!("x{at}.");
        out.line();
        out.put(head("h3", 3, &prefix, title));
        out.line();
        out.put(body.clone().changed(|text| prefixed(text, &prefix)));
    }
    classed("section", "explanations").put(out).into()
}

/// Gives the places of a page a prefix, so that none stands twice in the file, and its headings their level.
fn prefixed(text: &str, prefix: &str) -> String {
    let text = rewritten(text, &mut |_, attributes| {
        let change = |(key, value): &(String, String)| match key.as_str() {
            "id" | "aria-labelledby" | "aria-describedby" => (key.clone(), format!("{prefix}{value}")),
            "href" => match value.strip_prefix('#') {
                Some(place) => (key.clone(), format!("#{prefix}{place}")),
                None => (key.clone(), value.clone()),
            },
            _ => (key.clone(), value.clone()),
        };
        Fate::Becomes(attributes.iter().map(change).collect())
    });
    // No text holds the beginning of an element.
    [("h3", "h5"), ("h2", "h4")].iter().fold(text, |text, (own, deep)| {
        text.replace(&format!("<{own}"), &format!("<{deep}")).replace(&format!("</{own}>"), &format!("</{deep}>"))
    })
}

/// Takes into a page what stands beside it, and lets nothing lead to what does not.
fn whole(text: &str, page: &Page, figures: &Files, places: &Places, material: &Material) -> String {
    let style = whole_style(material).unwrap_or_default() + STYLE;
    let index = format!("{}.html", page.stem("index"));
    let text = rewritten(text, &mut |name, attributes| {
        let value = |key: &str| attributes.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str());
        let has = |class: &str| value("class").is_some_and(|own| own.split(' ').any(|own| own == class));
        match (name, value("href"), value("src")) {
            ("link", ..) if value("rel").is_some_and(|rel| rel.contains("stylesheet")) => {
                Fate::Written(format!("<style>\n{style}</style>"))
            }
            ("link", Some(href), _) if !href.starts_with("data:") => Fate::Gone,
            ("p", ..) if has("files") => Fate::Gone,
            ("a", ..) if has("other") => Fate::Gone,
            ("a", Some(href), _) => led(href, &index, places, attributes),
            ("img", _, Some(src)) if !src.starts_with("data:") => pictured(src, page, figures, attributes),
            _ => Fate::Stays,
        }
    });
    script::enclosed(&text, &style)
}

/// Leads a link to its place in the file, or on the web; what leads elsewhere keeps its words alone.
fn led(href: &str, index: &str, places: &Places, attributes: &Attributes) -> Fate {
    let (file, place) = href.split_once('#').unwrap_or((href, ""));
    let is_outside = ["http://", "https://", "mailto:"].iter().any(|own| file.starts_with(own));
    match places.get(file) {
        Some(prefix) => Fate::Becomes(with(attributes, "href", &format!("#{prefix}{place}"))),
        None if file == index && !place.is_empty() => Fate::Becomes(with(attributes, "href", &format!("#{place}"))),
        None if file.is_empty() || is_outside => Fate::Stays,
        None => Fate::Bare,
    }
}

/// Puts a picture into the page.
fn pictured(src: &str, page: &Page, figures: &Files, attributes: &Attributes) -> Fate {
    let name = src.rsplit('/').next().unwrap_or_default();
    let Some(bytes) = figures.get(&format!("{}/figures/{name}", page.edition)) else { return Fate::Gone };
    let own = with(attributes, "src", &format!("data:image/svg+xml;base64,{}", STANDARD.encode(bytes)));
    Fate::Becomes(own.into_iter().filter(|(key, _)| key != "loading").collect())
}
