//! Moved: paragraphs and rows of an edited document that say what they said and stand elsewhere than the article has them.

use std::collections::BTreeMap;

use super::findings::{TemplatePlace, brief};
use super::groups::Group;
use super::sentences::{rising, source_of};
use super::words::{compared, said};
use super::{Check, Stand};
use crate::diagnostic::code;

/// The style of a work in the list of references.
const WORK: &str = "Bibliography";

/// Counts how often each text of a paragraph stands in a document.
fn counts(side: &super::Side) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for words in &side.words {
        *counts.entry(compared(words)).or_default() += 1;
    }
    counts
}

impl Check<'_> {
    /// Names the paragraphs that stand in another order than the article's: items of lists and works cited among them.
    pub(super) fn moved_paragraphs(&mut self, groups: &[Group]) {
        let is_body = |side: &super::Side, at: usize| matches!(side.stand(at), Some(Stand::Body(_)));
        let counts = [&self.today, &self.edited].map(counts);
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for group in groups {
            if let ([own], [other]) = (group.ours.as_slice(), group.theirs.as_slice())
                && is_body(&self.today, *own)
                && is_body(&self.edited, *other)
                && self.is_one(*own, *other, &counts)
            {
                pairs.push((*other, *own));
            }
        }
        pairs.sort();
        let stay = rising(&pairs.iter().map(|(_, own)| *own).collect::<Vec<_>>());
        for (_, (other, own)) in pairs.iter().enumerate().filter(|(at, _)| !stay.contains(at)) {
            self.moved_paragraph(*own, *other);
        }
    }

    /// Says whether two paragraphs are one: by their text, or by a sentence of theirs.
    fn is_one(&self, own: usize, other: usize, counts: &[BTreeMap<String, usize>; 2]) -> bool {
        let (ours, theirs) = (&self.today.words[own], &self.edited.words[other]);
        let has = |key: &str| ours.iter().any(|word| self.today.key(word) == Some(key));
        let text = compared(ours);
        // Of a text that stands more or less often than it did nobody knows which was moved; of one that stands as often the
        // first is the first: a work is the same in both lists of references.
        let is_whole = text == compared(theirs) && counts[0].get(&text) == counts[1].get(&text);
        is_whole || theirs.iter().filter_map(|word| self.edited.key(word)).any(has)
    }

    fn moved_paragraph(&mut self, own: usize, other: usize) {
        let words = &self.edited.words[other];
        let (text, pending) = (said(words), words.iter().any(|word| word.pending));
        let key = words.iter().find_map(|word| self.edited.key(word)).map(str::to_owned);
        let style = self.today.document.paragraphs[own].style.clone();
        let before = (0..own).rev().find(|at| !self.today.is_cell(*at) && !self.today.words[*at].is_empty());
        let behind = before.map(|at| format!(", behind `{}`", brief(&said(&self.today.words[at]))));
        let behind = behind.unwrap_or_default();
        let works = if style == WORK { "; the numbers of citations are those of the article's order" } else { "" };
        let place = self.today.place(own);
        let message = format!("moved: `{}` stands in the article at {place}{behind}{works}", brief(&text));
        let mut finding = self.finding(code::ARTICLE_MOVED, other, message);
        (finding.right, finding.printed, finding.pending) = (Some(text.clone()), Some(text), pending);
        finding.template = match key {
            Some(key) => self.template(Some(&key)),
            None => source_of(&style, self.page.lang.code()),
        };
        self.findings.push(finding);
    }

    /// Names the rows of a table that stand in another order; `rows` are the edited row and its paragraph, today's row and
    /// what it says, in the order of the document.
    pub(super) fn moved_rows(&mut self, rows: &BTreeMap<usize, (usize, usize, String)>, place: &[TemplatePlace]) {
        let list: Vec<&(usize, usize, String)> = rows.values().collect();
        let stay = rising(&list.iter().map(|(_, own, _)| *own).collect::<Vec<_>>());
        for (_, (paragraph, own, text)) in list.iter().enumerate().filter(|(at, _)| !stay.contains(at)) {
            let message = format!("moved: the row `{}` is row {own} of the article's table", brief(text));
            let mut finding = self.finding(code::ARTICLE_MOVED, *paragraph, message);
            (finding.right, finding.printed) = (Some(text.clone()), Some(text.clone()));
            finding.template = place.to_vec();
            self.findings.push(finding);
        }
    }
}
