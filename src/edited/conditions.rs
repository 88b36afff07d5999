//! Conditions: sentences of an edited document that the study no longer says, because what they stand under no longer holds.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use super::findings::brief;
use super::words::{Word, alike, compared, proper, said};
use crate::diagnostic::code;
use crate::output::docx::names::short;
use crate::page::{Branch, Placed};

/// What is told already, and needs no comparing.
#[derive(Default)]
pub(super) struct Told {
    /// The sentences of the edited document, by key.
    pub theirs: BTreeSet<String>,
    /// The sentences of today that stand in their place, by key.
    pub ours: BTreeSet<String>,
    /// Paragraphs that belong together: today's, and the edited one.
    pub links: Vec<(usize, usize)>,
}

impl Check<'_> {
    /// Returns true for a sentence of a template that today's article does not say.
    pub(super) fn is_unsaid(&self, key: &str) -> bool {
        self.placed.contains_key(key) && !self.today_says.contains(key)
    }

    /// Names the sentences whose condition no longer holds, and those that stand as written and are said otherwise today.
    pub(super) fn told(&mut self) -> Told {
        let mut told = Told::default();
        let mut words: BTreeMap<String, Vec<Word>> = BTreeMap::new();
        for word in self.edited.words.iter().flatten() {
            if let Some(key) = self.edited.key(word) {
                words.entry(key.to_owned()).or_default().push(word.clone());
            }
        }
        for (key, said) in self.edited.document.sentences.clone() {
            let Some(words) = words.remove(&key) else { continue };
            let as_written = said == short(&compared(words.iter().filter(|word| !word.formula)));
            let today = self.today.document.sentences.iter().find(|(own, _)| *own == key).map(|(_, said)| said.clone());
            match today {
                Some(today) if as_written && today != said => self.outdated(&key, &words, &mut told),
                Some(_) => {}
                None if self.is_unsaid(&key) => self.unsaid(&key, &words, as_written, &mut told),
                None => {}
            }
        }
        told
    }

    fn outdated(&mut self, key: &str, words: &[Word], told: &mut Told) {
        let (own, today) = (said(words), said(self.words_of(&[key.to_owned()])));
        let message = format!(
            "`{}` was right when the document was written; today the study says `{}`",
            brief(&own),
            brief(&today)
        );
        let mut finding = self.finding(code::ARTICLE_OUTDATED, words.first().map_or(0, |word| word.paragraph), message);
        (finding.printed, finding.right, finding.template) = (Some(own), Some(today), self.template(Some(key)));
        self.findings.push(finding);
        told.theirs.insert(key.to_owned());
        told.ours.insert(key.to_owned());
        self.link(key, words, told);
    }

    /// Keeps the paragraphs of a sentence together.
    fn link(&self, key: &str, words: &[Word], told: &mut Told) {
        let there = |words: &Vec<Word>| words.iter().any(|word| self.today.key(word) == Some(key));
        let paragraph = self.today.words.iter().position(there);
        told.links.extend(paragraph.zip(words.first()).map(|(own, word)| (own, word.paragraph)));
    }

    fn unsaid(&mut self, key: &str, words: &[Word], as_written: bool, told: &mut Told) {
        let (Some(placed), Some(first)) = (self.placed.get(key).cloned(), words.first()) else { return };
        let instead = self.instead(&placed);
        let right: Vec<&Word> = self.words_of(&instead);
        let right = said(right);
        let condition = condition(&placed);
        let text = brief(&said(words));
        let (code, message) = match &condition {
            Some(condition) => (
                code::ARTICLE_CONDITION,
                format!("`{condition}` no longer holds, so the study no longer says `{text}`"),
            ),
            None => (code::ARTICLE_OUTDATED, format!("today's article no longer says `{text}`")),
        };
        let edited = if as_written { "" } else { "; it was edited as well" };
        let instead_said = if right.is_empty() { String::new() } else { format!("; it says `{}`", brief(&right)) };
        let mut finding = self.finding(code, first.paragraph, format!("{message}{instead_said}{edited}"));
        finding.printed = Some(said(words));
        finding.right = Some(right).filter(|right| !right.is_empty());
        finding.pending = words.iter().any(|word| word.pending);
        finding.condition = condition;
        finding.template = self.template(Some(key));
        self.findings.push(finding);
        instead.iter().for_each(|own| self.link(own, words, told));
        told.theirs.insert(key.to_owned());
        told.ours.extend(instead);
    }

    /// Lists the sentences that today's article says in the place of one, and the edited document does not.
    fn instead(&self, placed: &Placed) -> Vec<String> {
        let there = |key: &String| self.edited.document.sentences.iter().any(|(own, _)| own == key);
        let today = self.today.document.sentences.iter().map(|(key, _)| key).filter(|key| !there(key));
        let shares = |other: &&Placed| {
            other.passage.template == placed.passage.template
                && other.passage.groups.iter().any(|group| placed.passage.groups.iter().any(|own| is_same(own, group)))
        };
        today.filter(|key| self.placed.get(*key).as_ref().is_some_and(shares)).cloned().collect()
    }

    fn words_of(&self, keys: &[String]) -> Vec<&Word> {
        let is_one = |word: &&Word| self.today.key(word).is_some_and(|key| keys.iter().any(|own| own == key));
        self.today.words.iter().flatten().filter(is_one).collect()
    }

    /// Finds the alternative of a template that a text says, where the sentence of today is another of them; for texts
    /// whose marks did not survive.
    pub(super) fn alternative(&self, key: &str, text: &str) -> Option<String> {
        const LEAST: usize = 75;
        let placed = self.placed.get(key)?;
        let own = proper(text);
        let today = proper(&said(self.words_of(&[key.to_owned()])));
        let like = |branch: &&Branch| alike(&proper(&literal(&branch.text)), &own);
        let others = placed.passage.groups.iter().flatten().filter(|branch| !branch.is_own);
        let best = others.max_by_key(like)?;
        let likeness = like(&best);
        (likeness >= LEAST && likeness > alike(&today, &own)).then(|| asked(best).unwrap_or_default())
    }
}

/// Takes the tags out of a text of a template: `{{ q(…) }}`, `{% if … %}`, `{# … #}`.
fn literal(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, tag)) = rest.split_once('{') {
        out.push_str(before);
        let close = match tag.chars().next() {
            Some('{') => "}}",
            Some('%') => "%}",
            Some('#') => "#}",
            _ => "}",
        };
        rest = tag.split_once(close).map_or("", |(_, rest)| rest);
    }
    out + rest
}

fn is_same(one: &[Branch], other: &[Branch]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.line == b.line && a.text == b.text)
}

fn asked(branch: &Branch) -> Option<String> {
    let (function, expression, _) = branch.asks.as_ref()?;
    Some(if function == "holds" { expression.clone() } else { format!("{function}({expression})") })
}

/// Says under which condition a sentence stands; none where it stands under none.
fn condition(placed: &Placed) -> Option<String> {
    let one = |group: &Vec<Branch>| {
        let own = group.iter().find(|branch| branch.is_own)?;
        asked(own).or_else(|| {
            let others: Vec<String> = group.iter().filter_map(asked).map(|asked| format!("not ({asked})")).collect();
            (!others.is_empty()).then(|| others.join(" and "))
        })
    };
    let all: Vec<String> = placed.passage.groups.iter().filter_map(one).collect();
    (!all.is_empty()).then(|| all.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_out_of_a_text() {
        assert_eq!(literal("Рост {{ q('x') | persons }}. {% if holds('y') %}Ещё.{% endif %} Да."), "Рост . Ещё. Да.");
    }
}
