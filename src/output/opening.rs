//! Opening: what the page above the editions says first: the question, key numbers each with its figure, the date of the data.

use super::element::{Html, classed, tag};
use super::html_walk;
use super::inward::{Fate, rewritten, with};
use super::{Material, Version};
use crate::finding::Period;
use crate::language::{DateForm, Language};

/// Writes what opens the report in a language, seen from the page above the editions.
pub(super) fn opening(version: &Version, material: &Material) -> Html {
    let code = version.page.lang.code();
    let prefix = format!("{}/{code}/", version.page.edition);
    let mut body = html_walk::opening(version, material);
    if let Some(language) = material.language(version.page.lang) {
        body.put(dated(material, language));
    }
    body.changed(|text| {
        // Both languages stand on one page: places and hatches of one are none of the other's.
        let text = text.replace("-narrow-hatch-", &format!("-{code}-hatch-"));
        rewritten(&text, &mut |name, attributes| {
            let value = |key: &str| attributes.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str());
            match (name, value("href")) {
                ("a", Some(href)) if href.starts_with('#') => {
                    Fate::Becomes(with(attributes, "href", &format!("{prefix}index.html{href}")))
                }
                ("a", Some(href)) if !href.contains(':') => {
                    Fate::Becomes(with(attributes, "href", &format!("{prefix}{href}")))
                }
                ("data", _) => Fate::Becomes(attributes.iter().filter(|(key, _)| key != "id").cloned().collect()),
                _ => Fate::Stays,
            }
        })
    })
}

/// Says when the data were had; of some that is not known.
fn dated(material: &Material, language: &Language) -> Html {
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let days: Vec<&str> = material.catalog.resources.iter().map(|resource| resource.esep.retrieved.as_str()).collect();
    let known = days.iter().filter_map(|day| Period::parse(day)).max();
    let said = known.and_then(|day| language.date(day, DateForm::Long, None).ok());
    let Some(said) = said else { return Html::default() };
    // A date may bring a stop of its own.
    let mut text = word("data-date").replace("{date}", &said).replace("..", ".");
    if days.iter().any(|day| Period::parse(day).is_none()) {
        text.push_str(&format!(" {}", word("data-date-unknown")));
    }
    classed("p", "dated").put(tag("span").text(&text)).into()
}
