//! Eval: single texts rendered outside any page, where literals are allowed beside findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::session::Session;
use super::template::{self, FREE, FUNCTIONS};
use super::terms::Terms;
use super::{Library, speech, strings};
use crate::analysis::Edition;
use crate::catalog::Territories;
use crate::diagnostic::{Diagnostics, Place};
use crate::language::{Lang, Language, Style};
use crate::study::Study;

/// What texts are evaluated with.
pub struct Alone<'a> {
    /// The language.
    pub lang: Lang,
    /// The study, for its style.
    pub study: Option<&'a Study>,
    /// The texts that the study gives in this language.
    pub strings: BTreeMap<String, String>,
    /// The territories, for their names.
    pub territories: &'a Territories,
    /// The findings and the templates' words of a study.
    pub findings: Option<(&'a Library, Arc<Edition>)>,
    /// Whether what is rendered is proof-read.
    pub proof: bool,
}

/// Returns true where a text calls a function that needs a study.
pub fn needs_study(text: &str) -> bool {
    FUNCTIONS.iter().filter(|name| !FREE.contains(name)).any(|name| {
        text.match_indices(name).any(|(at, _)| {
            let apart = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            apart && text[at + name.len()..].trim_start().starts_with('(')
        })
    })
}

/// Renders each text, named by its file and line; one in which something was refused is empty.
pub fn alone(material: &Alone, file: &str, texts: &[String], diagnostics: &mut Diagnostics) -> Vec<String> {
    let library = material.findings.as_ref().map(|(library, _)| *library);
    let known = library.and_then(|library| library.speech.get(&material.lang)).map(Arc::clone);
    if let (None, Some(study)) = (&known, material.study) {
        speech::own_words(material.lang, study, diagnostics);
    }
    let language = known.unwrap_or_else(|| Arc::new(language(material)));
    let mut templates = BTreeMap::new();
    for (i, text) in texts.iter().enumerate() {
        let name = format!("{file}:{}", i + 1);
        let template = template::read_alone(&name, file, i + 1, text, material.findings.is_some(), diagnostics);
        templates.insert(name, template);
    }
    let works = library.map(|library| library.references.references.iter().map(|work| work.id.clone()).collect());
    let mut session = Session::new(
        material.findings.as_ref().map(|(_, edition)| Arc::clone(edition)),
        Arc::clone(&language),
        material
            .findings
            .as_ref()
            .map(|(library, edition)| library.order(&edition.name).numbering())
            .unwrap_or_default(),
        Arc::new(works.unwrap_or_default()),
        Arc::new(templates),
    );
    let none = Terms::default();
    let terms = library.map_or(&none, |library| &*library.terms);
    let mut rendered = Vec::new();
    for line in 1..=texts.len() {
        let before = session.complaints();
        let name = format!("{file}:{line}");
        let text = session.render(&name);
        let lacked = language.lacked();
        let is_whole = session.complaints() == before && lacked.is_empty();
        if is_whole && material.proof {
            session.proofread(&name, &text, terms);
        }
        rendered.push(if is_whole { text.kept_together().spelled() } else { String::new() });
        for key in lacked {
            let place = Place::line(file, line, 1);
            diagnostics.push(strings::lacks(material.lang, &key, place));
        }
    }
    diagnostics.extend(session.finish().diagnostics);
    rendered
}

fn language(material: &Alone) -> Language {
    match material.study {
        Some(study) => speech::language(material.lang, study, material.territories, material.strings.clone()),
        None => {
            let style = Style::of(material.lang);
            let names = speech::names(material.lang, material.territories, &BTreeMap::new());
            Language::new(material.lang, style, BTreeMap::new(), names)
        }
    }
}
