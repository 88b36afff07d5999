//! Terms: on what terms publishers let their data be used.

use super::Material;
use crate::catalog::entry::LicenseEntry;
use crate::language::Language;
use crate::page::Page;

/// Names a licence as the study does in the language, or as the catalogue does.
pub(super) fn licence_name<'a>(licence: &'a LicenseEntry, language: &'a Language) -> &'a str {
    let known = licence.name.as_ref().and_then(|name| language.optional_word(&format!("licence-{name}")));
    known.unwrap_or(&licence.title)
}

/// Lists the publishers of the data that a page tells of, each with the terms on which it lets them be used and where these
/// stand.
pub(super) fn terms(page: &Page, material: &Material, language: &Language) -> Vec<(String, String, Option<String>)> {
    let order = material.prose.order(&page.edition);
    let mut found: Vec<(String, String, Option<String>)> = Vec::new();
    for resource in material.catalog.resources.iter().filter(|resource| order.speaks_of(&resource.esep.table)) {
        let own = &resource.esep.publisher;
        let publisher = language.optional_word(&format!("publisher-{own}")).unwrap_or(own);
        for licence in &resource.licenses {
            let one = (publisher.to_owned(), licence_name(licence, language).to_owned(), licence.path.clone());
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found
}
