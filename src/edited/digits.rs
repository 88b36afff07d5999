//! Digits: the numbers among words that differ: one in the place of another, and those that belong to nobody.

use std::collections::BTreeSet;

use super::Check;
use super::findings::brief;
use super::words::{Word, apart, said};
use crate::diagnostic::code;
use crate::page::unowned_digits;

impl Check<'_> {
    /// Takes the numbers out of words that differ, where one stands in the place of the other or none does.
    pub(super) fn replaced_numbers(
        &mut self,
        mine: &mut Vec<Word>,
        other: &mut Vec<Word>,
        at: usize,
        gone: &mut Vec<usize>,
    ) {
        let owners: BTreeSet<usize> = mine.iter().filter_map(|word| word.owner).collect();
        for owner in owners {
            self.by_text.remove(&owner);
            if self.found.contains(&owner) {
                // It stands elsewhere with its control.
                mine.retain(|word| word.owner != Some(owner));
                continue;
            }
            let is_digits = |word: &Word| word.owner.is_none() && word.text.contains(|c: char| c.is_ascii_digit());
            let first = other.iter().position(is_digits);
            let last = other.iter().rposition(is_digits);
            let rest = self.rest_of(owner, mine);
            match first.zip(last) {
                Some((first, last)) => {
                    let words: Vec<Word> = other.drain(first..=last).collect();
                    let paragraph = words[0].paragraph;
                    let missing = said(mine.iter().filter(|word| word.owner == Some(owner)));
                    self.replaced(owner, &missing, &words.iter().collect::<Vec<_>>(), paragraph);
                }
                None if rest.is_empty() => gone.push(owner),
                // A part of it stands: its sign, its scale or its unit is another.
                None => {
                    let words: Vec<Word> = rest.into_iter().chain(other.drain(..)).collect();
                    let wanted = self.today.document.owners[owner].text.clone();
                    self.replaced(owner, &wanted, &words.iter().collect::<Vec<_>>(), at);
                }
            }
            mine.retain(|word| word.owner != Some(owner));
        }
    }

    /// Takes the digits that belong to nobody out of words that differ, where as many stand in their place: each is told once.
    pub(super) fn retyped_numbers(&mut self, mine: &mut Vec<Word>, other: &mut Vec<Word>, sure: bool) {
        let (ours, theirs) = (numbers(mine), numbers(other));
        if ours.len() != theirs.len() {
            return;
        }
        for (own, now) in ours.into_iter().zip(theirs).rev() {
            let (own, now): (Vec<Word>, Vec<Word>) = (mine.drain(own).collect(), other.drain(now).collect());
            self.retyped(&own, &now, sure);
        }
    }

    /// Returns the words of a number but for those that are missing.
    fn rest_of(&self, owner: usize, missing: &[Word]) -> Vec<Word> {
        let Some((paragraph, at)) = self.place_of(owner) else { return Vec::new() };
        let mut left: Vec<&str> =
            missing.iter().filter(|word| word.owner == Some(owner)).map(|word| word.key.as_str()).collect();
        let mut words = apart(&self.today.words[paragraph][at]);
        words.retain(|word| match left.iter().position(|key| *key == word.key) {
            Some(at) => {
                left.remove(at);
                false
            }
            None => !missing
                .iter()
                .any(|word| word.owner == Some(owner) && word.text.len() > 1 && word.key.starts_with('#')),
        });
        words
    }

    /// Names the numbers of new words that belong to nobody, and takes them out.
    pub(super) fn unowned(&mut self, fresh: &mut Vec<Word>, key: Option<&str>, sure: bool) {
        let langs = [self.lang_of(key)];
        let text = said(fresh.iter());
        let spelled = crate::language::spelled(&text, &langs);
        for own in spelled.iter().filter(|own| own.says != crate::language::Says::Count) {
            let words = fresh.iter().find(|word| word.owner.is_none());
            let Some(first) = words else { continue };
            let (paragraph, pending) = (first.paragraph, first.pending);
            self.nobodys(&text[own.span.clone()], paragraph, pending, key, sure);
        }
        for number in numbers(fresh).into_iter().rev() {
            let words: Vec<Word> = fresh.drain(number).collect();
            self.nobodys(&said(words.iter()), words[0].paragraph, words.iter().any(|word| word.pending), key, sure);
        }
    }

    fn nobodys(&mut self, text: &str, paragraph: usize, pending: bool, key: Option<&str>, sure: bool) {
        let mut finding =
            self.finding(code::ARTICLE_UNOWNED, paragraph, format!("`{}` belongs to no finding", brief(text)));
        (finding.printed, finding.pending, finding.sure) = (Some(text.to_owned()), pending, sure);
        finding.template = self.template(key);
        self.findings.push(finding);
    }
}

/// Finds the numbers among words that belong to nobody: digits with the marks and signs that are part of them.
fn numbers(words: &[Word]) -> Vec<std::ops::Range<usize>> {
    let is_number = |word: &Word| {
        let is_text = word.owner.is_none() && !word.field && !word.formula;
        is_text && !unowned_digits(&word.text).is_empty()
    };
    let digits = |word: &&Word| word.owner.is_none() && word.text.starts_with(|c: char| c.is_ascii_digit());
    let is_one_of = |word: &Word, signs: &[&str]| !word.spaced && signs.contains(&word.key.as_str());
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let first = at;
        at += 1;
        if !is_number(&words[first]) {
            continue;
        }
        loop {
            let (next, behind) = (words.get(at), words.get(at + 1));
            if next.filter(digits).is_some() {
                at += 1;
            } else if next.is_some_and(|word| is_one_of(word, &[",", "."]))
                && behind.filter(digits).is_some_and(|word| !word.spaced)
            {
                at += 2;
            } else {
                break;
            }
        }
        at += usize::from(words.get(at).is_some_and(|word| is_one_of(word, &["%", "‰"])));
        found.push(first..at);
    }
    found
}
