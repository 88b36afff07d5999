//! Numbers: which number each control and bookmark of an edited document is, and whether it still says what it should.

use std::collections::BTreeMap;

use super::Check;
use super::conditions::Told;
use super::findings::{Finding, brief};
use super::read::{Document, Owner};
use super::sentences::source_of;
use super::words::{Word, said};
use crate::diagnostic::code;
use crate::language::{Language, is_scale, measure};
use crate::output::docx::names::{bare, short};

/// What a control or a bookmark is known as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// The id of the number, in short.
    pub short: String,
    /// Its place in today's document; none where only the number is known.
    pub exact: Option<usize>,
    /// Whether today's document prints such a number.
    pub printed: bool,
}

impl Known {
    /// Returns the name by which it is compared.
    pub(super) fn name(&self) -> String {
        format!("#{}", self.short)
    }
}

/// Finds what the controls and bookmarks of a document are, by whatever an editor left of them.
pub(super) fn resolve(document: &Document, today: &Document) -> Vec<Option<Known>> {
    let (mut by_name, mut by_id, mut by_mark, mut by_short) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (at, owner) in today.owners.iter().enumerate() {
        let Some((id, count, _)) = &owner.mark else { continue };
        for name in [&owner.alias, &owner.tag].into_iter().flatten() {
            by_name.insert(name.as_str(), at);
            by_short.entry(without_count(name)).or_insert(id.as_str());
        }
        by_id.extend(owner.id.map(|own| (own, at)));
        by_mark.insert((id.as_str(), *count), at);
        by_short.insert(id.as_str(), id.as_str());
    }
    let known = |owner: &Owner| {
        let names = || [&owner.tag, &owner.alias].into_iter().flatten();
        let exact = names().find_map(|name| by_name.get(name.as_str()));
        let exact = exact.or_else(|| by_id.get(&owner.id?));
        let exact =
            exact.or_else(|| owner.mark.as_ref().and_then(|(id, count, _)| by_mark.get(&(id.as_str(), *count))));
        if let Some(at) = exact {
            let short = today.owners[*at].mark.as_ref().map(|(id, ..)| id.clone()).unwrap_or_default();
            return Some(Known { short, exact: Some(*at), printed: true });
        }
        let near = names().find_map(|name| by_short.get(without_count(name)));
        let near = near.or_else(|| by_short.get(owner.mark.as_ref()?.0.as_str()));
        match (near, &owner.mark) {
            (Some(id), _) => Some(Known { short: (*id).to_owned(), exact: None, printed: true }),
            (None, Some((id, ..))) => Some(Known { short: id.clone(), exact: None, printed: false }),
            (None, None) => None,
        }
    };
    document.owners.iter().map(known).collect()
}

fn without_count(name: &str) -> &str {
    name.rsplit_once('#').map_or(name, |(id, _)| id)
}

/// What stands close to a number and would be read as a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Around {
    before: String,
    after: String,
    /// The scale or unit behind it, as its word begins.
    unit: &'static str,
}

impl Around {
    fn of(words: &[Word], at: usize) -> Around {
        let is_digits = |word: &Word| word.owner.is_none() && word.text.starts_with(|c: char| c.is_ascii_digit());
        let glued = |at: usize| words.get(at).filter(|word| !word.spaced);
        let mut around = Around::default();
        if let Some(before) = at.checked_sub(1).filter(|_| !words[at].spaced).and_then(|at| words.get(at)) {
            let behind = || at.checked_sub(2).and_then(|at| words.get(at)).filter(|_| !before.spaced);
            let is_mark = matches!(before.key.as_str(), "," | ".") && behind().is_some_and(is_digits);
            let is_sign = matches!(before.key.as_str(), "-" | "+" | "±") && behind().is_none_or(|word| word.key == "(");
            if is_digits(before) || is_mark || is_sign {
                around.before = before.key.clone();
            }
        }
        if let Some(after) = glued(at + 1) {
            let next = glued(at + 2).filter(|word| is_digits(word));
            if is_digits(after) || matches!(after.key.as_str(), "%" | "‰") {
                around.after = after.key.clone();
            } else if let (true, Some(next)) = (matches!(after.key.as_str(), "," | "."), next) {
                around.after = format!("{}{}", after.key, next.key);
            }
        }
        around.unit = words
            .get(at + 1)
            .filter(|word| word.owner.is_none())
            .and_then(|word| measure(&word.text))
            .unwrap_or_default();
        around
    }
}

/// What became of the text of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Same,
    /// The same number in another form of its word.
    Form,
    /// The same number with other marks in it.
    Notation,
    Altered,
}

fn turn(now: &str, right: &str, language: Option<&Language>) -> Turn {
    if bare(now) == bare(right) {
        return Turn::Same;
    }
    let letters = |text: &str| {
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    let (own, other) = (letters(now), letters(right));
    let near = |(a, b): (&String, &String)| {
        let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        let least = a.chars().count().min(b.chars().count());
        same >= 3 && same * 3 >= least * 2
    };
    if own.len() != other.len() || !own.iter().zip(&other).all(near) {
        return Turn::Altered;
    }
    let (now, right) = (figures(now), figures(right));
    let parts = |text: &str| text.find(['%', '‰']).map(|at| (text[..at].to_owned(), text[at..].to_owned()));
    let parts = |text: String| parts(&text).unwrap_or((text, String::new()));
    let ((digits, sign), (right_digits, right_sign)) = (parts(now.clone()), parts(right.clone()));
    let is_notation = |own: &Language| sign == right_sign && own.is_notation_of(&digits, &right_digits);
    match language.is_some_and(is_notation) {
        _ if now == right => Turn::Form,
        true => Turn::Notation,
        false => Turn::Altered,
    }
}

/// Returns the digits, signs and marks of a number.
fn figures(text: &str) -> String {
    bare(text)
        .chars()
        .filter(|c| !c.is_alphabetic() && !matches!(c, '(' | ')' | '"'))
        .collect::<String>()
        .trim_matches(['.', ','])
        .to_owned()
}

impl Check<'_> {
    /// Compares every number that is known again with what it should say.
    pub(super) fn numbers(&mut self, told: &Told) {
        let places: Vec<(usize, usize)> = self
            .edited
            .words
            .iter()
            .enumerate()
            .flat_map(|(paragraph, words)| (0..words.len()).map(move |at| (paragraph, at)))
            .collect();
        for (paragraph, at) in places {
            let word = &self.edited.words[paragraph][at];
            // What a sentence says that is told as a whole is told with it.
            let is_told = self.edited.key(word).is_some_and(|key| told.theirs.contains(key));
            let Some(owner) = word.owner.filter(|_| !is_told) else { continue };
            let Some(known) = self.edited.known[owner].clone() else { continue };
            if let Some(finding) = self.number(paragraph, at, &known) {
                self.findings.push(finding);
            }
        }
        self.emptied();
    }

    fn number(&mut self, paragraph: usize, at: usize, known: &Known) -> Option<Finding> {
        let words = &self.edited.words[paragraph];
        let word = &words[at];
        let owner = &self.edited.document.owners[word.owner?];
        if !known.printed {
            let message = format!("today's article prints no number of the name that `{}` had", word.text);
            let mut finding = self.finding(code::ARTICLE_OUTDATED, paragraph, message);
            (finding.printed, finding.pending) = (Some(word.text.clone()), word.pending);
            return Some(finding);
        }
        let all: Vec<usize> = (0..self.today.known.len()).filter(|at| self.is_of(*at, &known.short)).collect();
        let right = known.exact.or_else(|| {
            let same = |at: &&usize| bare(&self.today.document.owners[**at].text) == bare(&word.text);
            all.iter().find(same).or(all.first()).copied()
        })?;
        self.found.insert(right);
        if owner.text.trim().is_empty() {
            self.removed(right, paragraph, true);
            return None;
        }
        let ours = &self.today.document.owners[right];
        let (mut there, mut own) = (Around::default(), Around::of(words, at));
        let mut sentence = None;
        if let Some((paragraph, at)) = self.place_of(right) {
            there = Around::of(&self.today.words[paragraph], at);
            sentence = self.today.key(&self.today.words[paragraph][at]).map(str::to_owned);
        }
        // A number that was moved leaves the words around it behind.
        let is_moved = self.edited.key(word) != sentence.as_deref();
        if own.unit.is_empty() || is_moved {
            (own.unit, there.unit) = match !is_moved && is_scale(there.unit) {
                true => (own.unit, there.unit),
                false => ("", ""),
            };
        }
        let turn = match own == there {
            true => turn(&owner.text, &ours.text, self.language(sentence.as_deref())),
            false => Turn::Altered,
        };
        let whole = |text: &str, around: &Around| {
            let unit = if around.unit.is_empty() { String::new() } else { format!(" {}…", around.unit) };
            format!("{}{}{}{unit}", around.before, text.trim(), around.after)
        };
        let (printed, wanted) = (whole(&owner.text, &own), whole(&ours.text, &there));
        let as_written =
            owner.mark.as_ref().is_some_and(|(.., said)| *said == short(&bare(&owner.text))) && own == there;
        let (code, message) = match turn {
            Turn::Same => return None,
            _ if as_written => {
                let message = format!("`{printed}` was right when the document was written; today it is `{wanted}`");
                (code::ARTICLE_OUTDATED, message)
            }
            Turn::Form => (code::ARTICLE_SENTENCE, format!("`{printed}` stands where the study says `{wanted}`")),
            Turn::Notation => notation(&printed, &wanted),
            Turn::Altered => (code::ARTICLE_NUMBER, format!("`{printed}` is printed where `{wanted}` is right")),
        };
        let mut finding = self.finding(code, paragraph, message);
        (finding.printed, finding.right, finding.pending) = (Some(printed), Some(wanted), owner.pending);
        finding.number = self.id_of(&known.short);
        finding.template = match sentence {
            Some(key) => self.template(Some(&key)),
            None => self.exhibit_at(right),
        };
        Some(finding)
    }

    /// Names numbers whose control stands empty.
    fn emptied(&mut self) {
        for at in 0..self.edited.document.owners.len() {
            let owner = &self.edited.document.owners[at];
            let Some(right) = self.edited.known[at].as_ref().and_then(|known| known.exact) else { continue };
            let is_control = owner.alias.is_some() || owner.tag.is_some() || owner.id.is_some();
            if !owner.text.trim().is_empty() || !is_control || self.found.contains(&right) {
                continue;
            }
            let paragraph = owner.paragraph;
            self.found.insert(right);
            self.removed(right, paragraph, true);
        }
    }

    /// Says that a number is gone.
    pub(super) fn removed(&mut self, right: usize, paragraph: usize, sure: bool) {
        let wanted = self.today.document.owners[right].text.trim().to_owned();
        let mut finding =
            self.finding(code::ARTICLE_REMOVED, paragraph, format!("the number `{}` is gone", brief(&wanted)));
        let key = self.place_of(right).and_then(|(p, at)| self.today.key(&self.today.words[p][at])).map(str::to_owned);
        finding.template = if key.is_some() { self.template(key.as_deref()) } else { self.exhibit_at(right) };
        finding.number = self.today.known[right].as_ref().and_then(|known| self.id_of(&known.short));
        (finding.right, finding.sure) = (Some(wanted), sure);
        self.findings.push(finding);
    }

    /// Says that a number whose marks are gone, or the missing words of it, is printed otherwise.
    pub(super) fn replaced(&mut self, right: usize, missing: &str, words: &[&Word], paragraph: usize) {
        let wanted = self.today.document.owners[right].text.trim().to_owned();
        let printed = said(words.iter().copied());
        if printed.trim().is_empty() {
            self.found.insert(right);
            self.removed(right, paragraph, false);
            return;
        }
        let key = self.place_of(right).and_then(|(p, at)| self.today.key(&self.today.words[p][at])).map(str::to_owned);
        let (code, message) = match turn(&printed, missing, self.language(key.as_deref())) {
            Turn::Same => {
                self.by_text.insert(right);
                return;
            }
            Turn::Notation => notation(&brief(&printed), &wanted),
            Turn::Form | Turn::Altered => {
                (code::ARTICLE_NUMBER, format!("`{}` is printed where `{wanted}` is right", brief(&printed)))
            }
        };
        let mut finding = self.finding(code, paragraph, message);
        finding.pending = words.iter().any(|word| word.pending);
        finding.template = if key.is_some() { self.template(key.as_deref()) } else { self.exhibit_at(right) };
        finding.number = self.today.known[right].as_ref().and_then(|known| self.id_of(&known.short));
        (finding.printed, finding.right, finding.sure) = (Some(printed), Some(wanted), false);
        self.findings.push(finding);
    }

    /// Says that digits which belong to nobody stand in the place of others.
    pub(super) fn retyped(&mut self, was: &[Word], now: &[Word], sure: bool) {
        let (Some(first), Some(there)) = (was.first(), now.first()) else { return };
        let (wanted, printed) = (said(was), said(now));
        let key = self.today.key(first).map(str::to_owned);
        let (code, message) = match turn(&printed, &wanted, self.language(key.as_deref())) {
            Turn::Same => return,
            Turn::Notation => notation(&printed, &wanted),
            Turn::Form | Turn::Altered => {
                (code::ARTICLE_NUMBER, format!("`{printed}` is printed where the article says `{wanted}`"))
            }
        };
        let mut finding = self.finding(code, there.paragraph, message);
        (finding.printed, finding.right, finding.sure) = (Some(printed), Some(wanted), sure);
        finding.pending = now.iter().any(|word| word.pending);
        finding.template = match key {
            Some(key) => self.template(Some(&key)),
            None => source_of(&self.today.document.paragraphs[first.paragraph].style, self.page.lang.code()),
        };
        self.findings.push(finding);
    }

    /// Returns the language in which a sentence prints its numbers.
    fn language(&self, key: Option<&str>) -> Option<&Language> {
        self.prose.speech.get(&self.lang_of(key)).map(|own| &**own)
    }

    fn is_of(&self, at: usize, short: &str) -> bool {
        self.today.known[at].as_ref().is_some_and(|known| known.short == short)
    }

    /// Finds where a number stands in today's document.
    pub(super) fn place_of(&self, owner: usize) -> Option<(usize, usize)> {
        let paragraph = self.today.document.owners.get(owner)?.paragraph;
        let at = self.today.words.get(paragraph)?.iter().position(|word| word.owner == Some(owner))?;
        Some((paragraph, at))
    }

    fn id_of(&self, own: &str) -> Option<String> {
        let ids = self.page.numbers.iter().map(|number| &number.id);
        let known = ids.into_iter().find(|id| short(id) == own).cloned();
        // A number of a table stands in its control alone.
        known.or_else(|| {
            let owner = self
                .today
                .document
                .owners
                .iter()
                .find(|owner| owner.mark.as_ref().is_some_and(|(id, ..)| id == own))?;
            Some(without_count(owner.alias.as_deref()?).to_owned())
        })
    }
}

/// Says of a number that it stands in another notation.
fn notation(printed: &str, wanted: &str) -> (&'static str, String) {
    (code::ARTICLE_NOTATION, format!("`{printed}` is `{wanted}` in another notation"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Lang, Style};

    #[test]
    fn digits_signs_and_scales_are_the_number_and_endings_are_not() {
        let russian = Language::new(Lang::Ru, Style::of(Lang::Ru), BTreeMap::new(), BTreeMap::new());
        for (now, right, wanted) in [
            ("1 234 человека", "1\u{a0}234 человека", Turn::Same),
            ("-5,2%", "−5,2%", Turn::Same),
            ("1 234 человек", "1 234 человека", Turn::Form),
            ("Степной области", "Степная область", Turn::Form),
            ("1 235 человека", "1 234 человека", Turn::Altered),
            ("5,2%", "−5,2%", Turn::Altered),
            ("5.2%", "5,2%", Turn::Notation),
            ("5.2", "5,2%", Turn::Altered),
            ("2,275 человек", "2\u{a0}275 человек", Turn::Notation),
            ("2275 человек", "2\u{a0}275 человек", Turn::Same),
            ("2275", "2,275", Turn::Altered),
            ("1.023.573", "1\u{a0}023\u{a0}573", Turn::Notation),
            ("2,27 человек", "2\u{a0}275 человек", Turn::Altered),
            ("22,75", "2\u{a0}275", Turn::Altered),
            ("5,0", "5", Turn::Notation),
            ("1,2 млрд", "1,2 млн", Turn::Altered),
            ("1,2 тыс. человек", "1,2 млн человек", Turn::Altered),
            ("Горная область", "Степная область", Turn::Altered),
            ("", "5", Turn::Altered),
        ] {
            assert_eq!(turn(now, right, Some(&russian)), wanted, "{now} for {right}");
        }
    }
}
