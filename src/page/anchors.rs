//! Anchors: the places of a language version that links lead to: names fit for one, each used once.

use std::collections::BTreeMap;

use super::template::Template;
use super::{path_of, references::REFERENCES};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::files::Files;
use crate::language::Lang;
use crate::page::References;
use crate::study::{Study, is_name, is_own_anchor};

/// Refuses anchors of headings that are no names, or that something else of the same version has.
pub(super) fn check(
    lang: Lang,
    study: &Study,
    pages: &[&str],
    templates: &BTreeMap<String, Template>,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    for template in pages.iter().filter_map(|page| templates.get(&path_of(lang, page))) {
        for (i, line) in template.source.lines().enumerate().filter(|(_, line)| line.starts_with('#')) {
            let Some((before, rest)) = line.split_once(" {#") else { continue };
            let id = rest.split('}').next().unwrap_or_default();
            let column = before.chars().count() + 4;
            let message = if !is_name(id) {
                format!("`{id}` cannot be the name of an anchor")
            } else if is_own_anchor(id) {
                format!("`{id}` is an anchor that pages have of their own")
            } else if study.figures.contains_key(id) || study.tables.contains_key(id) {
                format!("`{id}` is the anchor of an exhibit")
            } else if let Some(other) = seen.insert(id, template.spot(i + 1)) {
                format!("`{id}` is already the anchor of the heading at {other}")
            } else {
                continue;
            };
            let place = template.place(i + 1, column).covering(id.chars().count().max(1));
            let hint =
                "an anchor is made of small Latin letters, digits, `_` and `-`, begins with a letter and stands once";
            diagnostics.push(Diagnostic::error(code::TEMPLATE_REFERENCE, place, message).hint(hint));
        }
    }
}

/// Refuses works whose ids cannot be anchors.
pub(super) fn check_works(works: &References, files: &Files, diagnostics: &mut Diagnostics) {
    let fits = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    for (i, work) in works.references.iter().enumerate().filter(|(_, work)| !fits(&work.id)) {
        let own = || files.outline(REFERENCES).place(&["references", &i.to_string(), "id"]);
        let place = work.at.clone().unwrap_or_else(own);
        let message = format!("`{}` cannot be the id of a work", work.id);
        let hint = "an id is made of Latin letters, digits, `_`, `-` and points";
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place, message).hint(hint));
    }
}
