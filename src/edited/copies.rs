//! Copies: paragraphs of an edited document that say once more what another paragraph of it says.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use super::findings::brief;
use super::words::{compared, said};
use crate::diagnostic::code;

/// A text of fewer letters may well stand twice: a caption of a head, a short item of a list.
pub(super) const LEAST: usize = 40;

impl Check<'_> {
    /// Names the paragraphs whose text stands more often than the article says it, and lists them: of several that are
    /// alike, the one behind the same paragraph as in the article is the article's, and else the first.
    pub(super) fn copies(&mut self) -> BTreeSet<usize> {
        let by_text = |side: &super::Side| {
            let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, words) in side.words.iter().enumerate().filter(|(at, _)| !side.is_cell(*at)) {
                places.entry(compared(words)).or_default().push(at);
            }
            places
        };
        let before = |side: &super::Side, at: usize| {
            let words = (0..at).rev().map(|at| &side.words[at]).find(|words| !words.is_empty());
            words.map(compared).unwrap_or_default()
        };
        let ours = by_text(&self.today);
        let mut copies = BTreeMap::new();
        for (text, theirs) in by_text(&self.edited) {
            let Some(own) = ours.get(&text).filter(|own| own.len() < theirs.len()) else { continue };
            if text.chars().count() < LEAST {
                continue;
            }
            let stood: BTreeSet<String> = own.iter().map(|at| before(&self.today, *at)).collect();
            let mut ranked = theirs.clone();
            ranked.sort_by_key(|at| (!stood.contains(&before(&self.edited, *at)), *at));
            let first = ranked[0];
            copies.extend(ranked[own.len()..].iter().map(|at| (*at, first)));
        }
        for (at, first) in &copies {
            let words = &self.edited.words[*at];
            let text = said(words);
            let message = format!("copied: `{}` stands at {} as well", brief(&text), self.edited.place(*first));
            let key = self.edited.words[*first].iter().find_map(|word| self.edited.key(word)).map(str::to_owned);
            let mut finding = self.finding(code::ARTICLE_PARAGRAPH, *at, message);
            finding.pending = words.iter().any(|word| word.pending);
            finding.template = self.template(key.as_deref());
            finding.printed = Some(text);
            self.findings.push(finding);
        }
        copies.into_keys().collect()
    }
}
