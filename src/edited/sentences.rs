//! Sentences: what of the text of an edited document is not as the study says it.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use super::conditions::Told;
use super::copies::LEAST;
use super::findings::{Finding, TemplatePlace, brief, brief_both};
use super::groups::{Group, is_edge};
use super::words::{Word, apart, common, compared, end, said};
use crate::diagnostic::code;

/// Words that two texts do not share, between words that they do.
struct Hunk {
    ours: std::ops::Range<usize>,
    theirs: std::ops::Range<usize>,
}

/// The texts of a group under way.
struct Texts {
    ours: Vec<Word>,
    theirs: Vec<Word>,
    hunks: Vec<Hunk>,
    sure: bool,
}

/// What became of the sentences of a group.
#[derive(Default)]
struct Turns {
    /// Sentences in which other words stand, by their first word: what stands there now is read from the pairs.
    changed: BTreeSet<usize>,
    /// Text without a sentence that is not as it was, by paragraph of today.
    unplaced: BTreeMap<usize, (Vec<Word>, Vec<Word>)>,
    /// Numbers that are not there.
    gone: Vec<usize>,
}

impl Check<'_> {
    /// Compares the text: paragraphs, captions, notes, references.
    pub(super) fn text(&mut self, told: &Told) {
        self.struck();
        let copies = self.copies();
        let groups = self.groups(&told.links, &copies);
        self.moved_paragraphs(&groups);
        for group in groups {
            match (group.ours.is_empty(), group.theirs.is_empty()) {
                (true, _) => group.theirs.iter().for_each(|at| self.added_paragraph(*at, told)),
                (_, true) => group.ours.iter().for_each(|at| self.gone_paragraph(*at, told)),
                _ => self.group(&group, told),
            }
        }
    }

    /// Names what a font strikes out: nobody can accept it as a change, and it was read as if it stood.
    fn struck(&mut self) {
        for (at, text) in self.edited.document.struck.clone() {
            if text.trim().is_empty() {
                continue;
            }
            let message =
                format!("`{}` is struck out by its font alone, and was read as if it stood", brief(text.trim()));
            let mut finding = self.finding(code::ARTICLE_SENTENCE, at, message);
            let words = self.edited.words.get(at).into_iter().flatten();
            let key = words.into_iter().find_map(|word| self.edited.key(word)).map(str::to_owned);
            finding.template = self.template(key.as_deref());
            finding.printed = Some(text.trim().to_owned());
            self.findings.push(finding);
        }
    }

    fn group(&mut self, group: &Group, told: &Told) {
        let is_told = |side: &super::Side, keys: &BTreeSet<String>, word: &Word| {
            side.key(word).is_some_and(|key| keys.contains(key))
        };
        let row = |side: &super::Side, list: &[usize], keys: &BTreeSet<String>| {
            let mut words: Vec<Word> = Vec::new();
            for at in list {
                if !words.is_empty() {
                    words.push(end(*at));
                }
                words.extend(side.words[*at].iter().filter(|word| !is_told(side, keys, word)).cloned());
            }
            words
        };
        let mut theirs = row(&self.edited, &group.theirs, &told.theirs);
        // A number whose marks are gone is compared by its words.
        let there: BTreeSet<&str> = theirs.iter().map(|word| word.key.as_str()).collect();
        let ours = row(&self.today, &group.ours, &told.ours);
        let mut ours: Vec<Word> = ours
            .into_iter()
            .flat_map(|word| if there.contains(word.key.as_str()) { vec![word] } else { apart(&word) })
            .collect();
        if compared(&ours) == compared(&theirs) && group.ours.len() == group.theirs.len() {
            self.known_by_text(&ours, &theirs);
            return;
        }
        self.moved(&mut ours, &mut theirs);
        let Some(pairs) = common(&ours, &theirs, &mut self.steps) else { return self.too_much(group) };
        let hunks = hunks(&pairs, ours.len(), theirs.len());
        let texts = Texts { ours, theirs, hunks, sure: group.sure };
        self.known_by_text(&texts.ours, &texts.theirs);
        let mut turns = Turns::default();
        for hunk in &texts.hunks {
            self.hunk(&texts, hunk, group, &mut turns);
        }
        self.turned(&texts, &pairs, turns);
    }

    /// Takes in the numbers whose marks are gone and whose text stands as it did.
    fn known_by_text(&mut self, ours: &[Word], theirs: &[Word]) {
        let there: BTreeSet<usize> =
            theirs.iter().filter_map(|word| self.edited.known.get(word.owner?)?.as_ref()?.exact).collect();
        let owners = ours.iter().filter_map(|word| word.owner).filter(|owner| !there.contains(owner));
        self.by_text.extend(owners.collect::<Vec<_>>());
    }

    /// Names the sentences that stand whole in another order than the study's, and takes them out of both texts.
    fn moved(&mut self, ours: &mut Vec<Word>, theirs: &mut Vec<Word>) {
        let keys = |words: &[Word], list: &[usize]| list.iter().map(|at| words[*at].key.clone()).collect::<Vec<_>>();
        let there = by_key(&self.edited, theirs);
        let mut whole: Vec<(usize, usize, String)> = by_key(&self.today, ours)
            .into_iter()
            .filter_map(|(key, own)| {
                let other = there.get(&key).filter(|other| keys(ours, &own) == keys(theirs, other))?;
                Some((*own.first()?, *other.first()?, key))
            })
            .collect();
        whole.sort();
        let stay = rising(&whole.iter().map(|(_, at, _)| *at).collect::<Vec<_>>());
        for (_, (.., key)) in whole.iter().enumerate().filter(|(at, _)| !stay.contains(at)) {
            let words: Vec<&Word> = there[key].iter().map(|at| &theirs[*at]).collect();
            let message = format!("the sentence stands in another place: `{}`", brief(&said(words.iter().copied())));
            let mut finding = self.finding(code::ARTICLE_SENTENCE, words[0].paragraph, message);
            finding.printed = Some(said(words.iter().copied()));
            finding.right = finding.printed.clone();
            finding.template = self.template(Some(key));
            finding.pending = words.iter().any(|word| word.pending);
            self.findings.push(finding);
        }
        let gone: BTreeSet<&str> =
            whole.iter().enumerate().filter(|(at, _)| !stay.contains(at)).map(|(_, (.., key))| key.as_str()).collect();
        ours.retain(|word| self.today.key(word).is_none_or(|key| !gone.contains(key)));
        theirs.retain(|word| self.edited.key(word).is_none_or(|key| !gone.contains(key)));
    }

    fn hunk(&mut self, texts: &Texts, hunk: &Hunk, group: &Group, turns: &mut Turns) {
        let (ours, theirs) = (texts.ours[hunk.ours.clone()].to_vec(), texts.theirs[hunk.theirs.clone()].to_vec());
        let parts = |words: &[Word]| words.iter().filter(|word| word.is_end()).count();
        if parts(&ours) != parts(&theirs) && group.ours.len() != group.theirs.len() {
            self.parted(texts, hunk, parts(&theirs) > parts(&ours));
        }
        let bare_of =
            |words: Vec<Word>| words.into_iter().filter(|word| !word.is_end() && !word.glued).collect::<Vec<_>>();
        let (ours, theirs) = (bare_of(ours), bare_of(theirs));
        if compared(&ours) == compared(&theirs) {
            return;
        }
        if ours.is_empty() && self.is_whole(texts, hunk) {
            return self.added(texts, hunk, &theirs);
        }
        // A number whose marks are gone is looked for among the words.
        let there: BTreeSet<&str> = theirs.iter().map(|word| word.key.as_str()).collect();
        let own: Vec<Word> = ours
            .iter()
            .flat_map(|word| if there.contains(word.key.as_str()) { vec![word.clone()] } else { apart(word) })
            .collect();
        let Some(pairs) = common(&own, &theirs, &mut self.steps) else { return };
        let inner = hunks(&pairs, own.len(), theirs.len());
        let (mut lost, mut fresh): (Vec<Word>, Vec<Word>) = (Vec::new(), Vec::new());
        let near = texts.theirs.get(hunk.theirs.start).or(texts.theirs.last()).map_or(0, |word| word.paragraph);
        for part in &inner {
            let (mut mine, mut other) = (own[part.ours.clone()].to_vec(), theirs[part.theirs.clone()].to_vec());
            // Word and its like number by themselves what they number.
            if mine.iter().chain(&other).all(|word| word.field) && !mine.is_empty() {
                continue;
            }
            self.replaced_numbers(&mut mine, &mut other, near, &mut turns.gone);
            self.retyped_numbers(&mut mine, &mut other, texts.sure);
            lost.extend(mine);
            fresh.extend(other);
        }
        self.unowned(&mut fresh, self.key_at(texts, hunk).as_deref(), texts.sure);
        if lost.is_empty() && fresh.is_empty() {
            return;
        }
        let before = hunk.ours.start.checked_sub(1).map(|at| &texts.ours[at]).filter(|word| !word.is_end());
        let next = texts.ours.get(hunk.ours.end).filter(|word| !word.is_end());
        let beside = before.or(next);
        let mut places: BTreeSet<(usize, Option<usize>)> =
            lost.iter().map(|word| (word.paragraph, word.sentence)).collect();
        if places.is_empty() {
            // What was put in stands in the sentence whose bookmark holds it, or else in the one before.
            let key = fresh.iter().find_map(|word| self.edited.key(word));
            let own = key.and_then(|key| texts.ours.iter().find(|word| self.today.key(word) == Some(key)));
            places.extend(own.map(|word| (word.paragraph, word.sentence)));
        }
        if places.is_empty() {
            places.extend(beside.or(texts.ours.first()).map(|word| (word.paragraph, word.sentence)));
        }
        for (paragraph, sentence) in places {
            match sentence {
                Some(sentence) => drop(turns.changed.insert(sentence)),
                None => {
                    let entry = turns.unplaced.entry(paragraph).or_default();
                    entry.0.extend(lost.iter().filter(|word| word.sentence.is_none()).cloned());
                    entry.1.extend(fresh.iter().cloned());
                }
            }
        }
    }

    /// Returns the key of the sentence that stands before a hunk, or behind it.
    fn key_at(&self, texts: &Texts, hunk: &Hunk) -> Option<String> {
        let within = texts.ours[hunk.ours.clone()].iter();
        let before = texts.ours[..hunk.ours.start].iter().rev();
        let behind = texts.ours[hunk.ours.end..].iter();
        within.chain(before).chain(behind).find_map(|word| self.today.key(word)).map(str::to_owned)
    }

    /// Says whether new words are whole sentences between others.
    fn is_whole(&self, texts: &Texts, hunk: &Hunk) -> bool {
        let ends = |word: Option<&Word>| {
            word.is_none_or(|word| word.is_end() || matches!(word.key.as_str(), "." | "!" | "?" | "…"))
        };
        let words = &texts.theirs[hunk.theirs.clone()];
        let before = hunk.theirs.start.checked_sub(1).and_then(|at| texts.theirs.get(at));
        let begins =
            |word: Option<&Word>| word.is_none_or(|word| word.is_end() || word.text.starts_with(char::is_uppercase));
        let real = words.iter().filter(|word| word.text.contains(char::is_alphabetic)).count();
        // What two texts share may end in the full stop of the sentence before.
        let shifted = ends(words.first()) && before.is_some_and(|word| !ends(Some(word)));
        let behind = texts.theirs.get(hunk.theirs.end);
        let plain = ends(before) && ends(words.last());
        let turned = shifted && ends(behind) && begins(words.get(1));
        real > 1 && (plain || turned)
    }

    fn added(&mut self, texts: &Texts, hunk: &Hunk, theirs: &[Word]) {
        let key = self.key_at(texts, hunk);
        let mut words = theirs.to_vec();
        let text = said(words.iter()).trim_start_matches(['.', ' ']).to_owned();
        let message = self.strange(&mut words, &text, key.as_deref(), texts.sure);
        let mut finding = self.finding(code::ARTICLE_SENTENCE, theirs[0].paragraph, message);
        (finding.printed, finding.sure) = (Some(text), texts.sure);
        finding.pending = theirs.iter().any(|word| word.pending);
        finding.template = self.template(key.as_deref());
        self.findings.push(finding);
    }

    /// Says of new words whether the article says them elsewhere; names the numbers of those that it does not.
    fn strange(&mut self, words: &mut Vec<Word>, text: &str, key: Option<&str>, sure: bool) -> String {
        let own = compared(words.iter().skip_while(|word| !word.text.contains(char::is_alphanumeric)));
        let holds = |at: &usize| own.chars().count() >= LEAST && compared(&self.today.words[*at]).contains(&own);
        if let Some(at) = (0..self.today.words.len()).find(holds) {
            return format!("copied: the article says `{}` at {}", brief(text), self.today.place(at));
        }
        self.unowned(words, key, sure);
        format!("the study does not say `{}`", brief(text))
    }

    /// Says that a paragraph was split, or joined to the one before.
    fn parted(&mut self, texts: &Texts, hunk: &Hunk, is_split: bool) {
        let behind = texts.theirs[hunk.theirs.start..].iter().skip_while(|word| word.is_end());
        let words: Vec<&Word> = behind.take_while(|word| !word.is_end()).take(6).collect();
        let Some(first) = words.first() else { return };
        let what =
            if is_split { "the paragraph is split before" } else { "the paragraph is joined to the one before at" };
        let message = format!("{what} `{}…`", said(words.iter().copied()));
        let mut finding = self.finding(code::ARTICLE_PARAGRAPH, first.paragraph, message);
        finding.template = self.template(self.key_at(texts, hunk).as_deref());
        (finding.sure, finding.pending) = (texts.sure, words.iter().any(|word| word.pending));
        self.findings.push(finding);
    }

    /// Says what became of sentences, and of numbers that are gone without them.
    fn turned(&mut self, texts: &Texts, pairs: &[(usize, usize)], turns: Turns) {
        let mut deleted = BTreeSet::new();
        for sentence in &turns.changed {
            let own: Vec<usize> =
                (0..texts.ours.len()).filter(|at| texts.ours[*at].sentence == Some(*sentence)).collect();
            let Some((first, last)) = own.first().copied().zip(own.last().copied()) else { continue };
            let from = pairs.iter().rev().find(|(at, _)| *at < first).map_or(0, |(_, at)| at + 1);
            let to = pairs.iter().find(|(at, _)| *at > last).map_or(texts.theirs.len(), |(_, at)| *at);
            let now: Vec<&Word> = texts.theirs[from.min(to)..to].iter().collect();
            let is_gone = now.iter().all(|word| word.is_end() || !word.text.contains(char::is_alphanumeric));
            if is_gone {
                deleted.insert(*sentence);
            }
            let words: Vec<&Word> = own.iter().map(|at| &texts.ours[*at]).collect();
            let finding = self.sentence(&words, &now, is_gone, texts.sure);
            self.findings.extend(finding);
        }
        for owner in turns.gone {
            let place = self.place_of(owner).map(|(paragraph, at)| &self.today.words[paragraph][at]);
            if place.is_none_or(|word| word.sentence.is_some_and(|own| deleted.contains(&own))) {
                continue;
            }
            let at = texts.ours.iter().position(|own| own.owner == Some(owner)).unwrap_or_default();
            let there = pairs.iter().rev().find(|(own, _)| *own < at).or(pairs.first());
            let there = there.and_then(|(_, at)| texts.theirs.get(*at)).or(texts.theirs.first());
            let paragraph = there.map_or(0, |word| word.paragraph);
            self.removed(owner, paragraph, texts.sure);
        }
        for (paragraph, (was, now)) in turns.unplaced {
            self.unplaced(paragraph, &was, &now, texts);
        }
    }

    fn sentence(&self, words: &[&Word], now: &[&Word], is_gone: bool, sure: bool) -> Option<Finding> {
        let key = self.today.key(words.first()?)?.to_owned();
        let was = said(words.iter().copied());
        let text = said(now.iter().copied());
        let paragraph = now.first().map_or_else(|| words[0].paragraph, |word| word.paragraph);
        let condition = if is_gone { None } else { self.alternative(&key, &text) };
        let (said_now, said_by_study) = brief_both(&text, &was);
        let (code, message) = match (&condition, is_gone) {
            (_, true) => (code::ARTICLE_SENTENCE, format!("the sentence `{}` is gone", brief(&was))),
            (Some(asked), _) => {
                let other = format!("so the study no longer says `{said_now}`; it says `{said_by_study}`");
                (code::ARTICLE_CONDITION, format!("`{asked}` no longer holds, {other}"))
            }
            (None, _) => {
                (code::ARTICLE_SENTENCE, format!("`{said_now}` stands where the study says `{said_by_study}`"))
            }
        };
        let mut finding = self.finding(code, paragraph, message);
        finding.sure = sure && condition.is_none();
        finding.condition = condition;
        finding.pending = now.iter().any(|word| word.pending);
        (finding.printed, finding.right) = (Some(text).filter(|text| !text.is_empty()), Some(was));
        finding.template = self.template(Some(&key));
        Some(finding)
    }

    /// Says that a text which no template holds is not as it was.
    fn unplaced(&mut self, paragraph: usize, was: &[Word], now: &[Word], texts: &Texts) {
        let at = now.first().or(texts.theirs.first()).map_or(0, |word| word.paragraph);
        let style = self.today.document.paragraphs.get(paragraph).map(|own| own.style.clone()).unwrap_or_default();
        let message = format!("`{}` stands where the article says `{}`", brief(&said(now)), brief(&said(was)));
        let mut finding = self.finding(code::ARTICLE_TEXT, at, message);
        finding.pending = now.iter().any(|word| word.pending);
        (finding.printed, finding.right, finding.sure) = (Some(said(now)), Some(said(was)), texts.sure);
        finding.template = source_of(&style, self.page.lang.code());
        self.findings.push(finding);
    }

    fn added_paragraph(&mut self, at: usize, told: &Told) {
        let is_edge = is_edge(self.edited.stand(at));
        let is_told = |word: &Word| self.edited.key(word).is_some_and(|key| told.theirs.contains(key));
        let words: Vec<Word> =
            self.edited.words[at].iter().filter(|word| !(is_told(word) || is_edge && word.field)).cloned().collect();
        let text = said(words.iter());
        if words.is_empty() {
            return;
        }
        let before = self.edited.words[..at].iter().rev().flatten();
        let key = before
            .filter_map(|word| self.edited.key(word))
            .find(|key| self.placed.contains_key(*key))
            .map(str::to_owned);
        let message = self.strange(&mut words.clone(), &text, key.as_deref(), true);
        let mut finding = self.finding(code::ARTICLE_SENTENCE, at, message);
        (finding.printed, finding.pending) = (Some(text), words.iter().any(|word| word.pending));
        finding.template = self.template(key.as_deref());
        self.findings.push(finding);
    }

    fn gone_paragraph(&mut self, at: usize, told: &Told) {
        let words: Vec<&Word> = self.today.words[at]
            .iter()
            .filter(|word| self.today.key(word).is_none_or(|key| !told.ours.contains(key)))
            .collect();
        if words.is_empty() || is_edge(self.today.stand(at)) {
            return;
        }
        let text = said(words.iter().copied());
        let key = words.iter().find_map(|word| self.today.key(word)).map(str::to_owned);
        let code = if key.is_some() { code::ARTICLE_SENTENCE } else { code::ARTICLE_TEXT };
        let place = self.today.place(at);
        let mut finding = self.finding(code, at, format!("`{}` is gone", brief(&text)));
        finding.place = format!("{place} of the article");
        finding.right = Some(text);
        finding.template = match key {
            Some(key) => self.template(Some(&key)),
            None => source_of(&self.today.document.paragraphs[at].style, self.page.lang.code()),
        };
        self.findings.push(finding);
    }

    /// Says of a group that it was not compared.
    fn too_much(&mut self, group: &Group) {
        let at = group.theirs.first().copied().unwrap_or_default();
        let message = "differs too much from the article to be compared word by word".to_owned();
        let mut finding = self.finding(code::ARTICLE_SENTENCE, at, message);
        let key = group.ours.iter().flat_map(|own| &self.today.words[*own]).find_map(|word| self.today.key(word));
        finding.template = self.template(key.map(str::to_owned).as_deref());
        finding.sure = false;
        self.findings.push(finding);
    }
}

/// Lists today's words of each sentence.
fn by_key(side: &super::Side, words: &[Word]) -> BTreeMap<String, Vec<usize>> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(key) = side.key(word) {
            found.entry(key.to_owned()).or_default().push(at);
        }
    }
    found
}

/// Returns the places of a longest rising row of numbers.
pub(super) fn rising(numbers: &[usize]) -> BTreeSet<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, number) in numbers.iter().enumerate() {
        let before = (0..at).filter(|other| numbers[*other] < *number).max_by_key(|other| (best[*other].0, *other));
        best.push((before.map_or(1, |other| best[other].0 + 1), before));
    }
    let mut at = (0..best.len()).max_by_key(|at| (best[*at].0, *at));
    let mut found = BTreeSet::new();
    while let Some(own) = at {
        found.insert(own);
        at = best[own].1;
    }
    found
}

fn hunks(pairs: &[(usize, usize)], ours: usize, theirs: usize) -> Vec<Hunk> {
    let (mut a, mut b) = (0, 0);
    let mut found = Vec::new();
    for (own, other) in pairs.iter().copied().chain([(ours, theirs)]) {
        if own > a || other > b {
            found.push(Hunk { ours: a..own, theirs: b..other });
        }
        (a, b) = (own + 1, other + 1);
    }
    found
}

/// Names the file that a text comes from which no template holds.
pub(super) fn source_of(style: &str, lang: &str) -> Vec<TemplatePlace> {
    let file = match style {
        "Title" | "Author" | "Affiliation" | "Classes" => crate::study::STUDY,
        "Bibliography" => crate::page::references::REFERENCES,
        _ => return Vec::new(),
    };
    vec![TemplatePlace { lang: lang.to_owned(), file: file.to_owned(), line: 1, text: String::new() }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_its_order_is_the_longest_row() {
        assert_eq!(rising(&[0, 5, 9, 2, 12]), BTreeSet::from([0, 1, 2, 4]));
        assert_eq!(rising(&[]), BTreeSet::new());
    }
}
