//! Participles: the noun that a phrase behind a comma belongs to.

use super::super::rules::Words;
use super::super::{Fault, Finding};
use super::forms::{self, Form, Forms};
use super::{government, listed, predicate};
use crate::language::Language;

/// Words in -щий and -вший that are adjectives.
const ADJECTIVES: &str = "общий предыдущий следующий текущий настоящий будущий бывший старший младший лучший худший высший низший \
     больший меньший данный ведущий предстоящий соответствующий существующий действующий наилучший наихудший";

/// Says whether a word is an active participle of the past whose stem ends in a consonant: «прошедший», «перенёсший».
pub(super) fn is_past(lemma: &str) -> bool {
    let stem = lemma.strip_suffix("ший");
    stem.is_some_and(|stem| stem.ends_with(['б', 'г', 'д', 'з', 'к', 'п', 'р', 'с', 'х'])) && !listed(ADJECTIVES, lemma)
}

/// Returns the forms that a participle may be in; none for another word. Its accusative is left out where it is like another case.
pub(super) fn of(language: &Language, word: &str) -> Vec<Form> {
    let plain = word.strip_suffix("ся").filter(|word| word.contains(['щ', 'ш'])).unwrap_or(word);
    let own = forms::of(language, plain);
    let lemma = own.lemma.as_str();
    if listed(ADJECTIVES, lemma) {
        return Vec::new();
    }
    let is_active = ["щий", "вший"].iter().any(|end| lemma.ends_with(end)) || is_past(lemma);
    // «охвачена» has one н, «современна» two.
    let is_passive = || {
        let stem = lemma.strip_suffix("ный").filter(|stem| stem.ends_with('н'));
        let knows = |stem: &str, end: &str| language.vocabulary().knows(&[stem, end].concat());
        stem.is_some_and(|stem| ["а", "о", "ы"].iter().all(|end| knows(stem, end)))
    };
    if !own.nouns.is_empty() || !language.has_dictionary() || !is_active && !is_passive() {
        return Vec::new();
    }
    let is_like = |form: &Form| {
        own.adjectives
            .iter()
            .any(|other| "ng".contains(other.case) && other.many == form.many && other.gender == form.gender)
    };
    own.adjectives.iter().filter(|form| form.case != 'a' || !is_like(form)).copied().collect()
}

/// Finds a participle behind a comma that agrees with none of the nouns before it: «число семей, имеющие детей».
pub(super) fn read(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let Some(before) = i.checked_sub(1) else { return };
    if text[words[before].0.end..words[i].0.start].trim() != "," {
        return;
    }
    let own = of(language, words[i].1);
    // Behind it its phrase goes on; alone it may stand in a list.
    let is_phrase = words.get(i + 1).is_some_and(|(at, next)| {
        text[words[i].0.end..at.start].trim().is_empty() && !["и", "или", "а", "но"].contains(next)
    });
    if own.is_empty() || !is_phrase {
        return;
    }
    let start = text[..words[before].0.start].rfind([',', '.', ';', ':', '–', '(', '«', '\n']).map_or(0, |at| at + 1);
    let clause: Vec<(&str, Forms)> = (0..i)
        .rev()
        .take_while(|at| words[*at].0.start >= start)
        .map(|at| (words[at].1, forms::of(language, words[at].1)))
        .collect();
    let is_noun = |(_, form): &(&str, Forms)| !form.nouns.is_empty() && form.adjectives.is_empty();
    if !clause.first().is_some_and(is_noun) || !clause.iter().all(|(word, form)| is_told(language, word, form)) {
        return;
    }
    // «Город и село, граничащие с ним».
    let is_several = clause.iter().any(|(word, _)| ["и", "или"].contains(word));
    let fits = |form: &Form| own.iter().any(|own| own.fits(*form) || is_several && own.many && own.case == form.case);
    let belongs = |form: &Forms| form.nouns.iter().chain(&form.adjectives).any(fits);
    // It may belong to a noun behind it: «люди, имеющие детей родители».
    let ahead = (i + 1..words.len()).take(8);
    let ahead = ahead.take_while(|at| !text[words[i].0.end..words[*at].0.start].contains([',', '.', ';', ':', '–']));
    // «в сёлах»: what a preposition governs is no such noun.
    let is_led = |at: usize| (1..=2).any(|back| government::cases(&words[at - back].1.to_lowercase()).is_some());
    let mut ahead = ahead.filter(|at| !is_led(*at));
    let is_ahead = ahead.any(|at| forms::of(language, words[at].1).nouns.iter().any(fits));
    // «Согласно методике, прибывшие учтены»: it stands for a noun, the subject.
    let is_nominative = |form: &Form| form.case == 'n';
    let is_subject =
        own.iter().any(is_nominative) && !clause.iter().any(|(_, form)| form.nouns.iter().any(is_nominative));
    if !clause.iter().any(|(_, form)| belongs(form)) && !is_ahead && !is_subject {
        found.push(Finding {
            fault: Fault::Agreement,
            span: words[i].0.clone(),
            message: format!("`{}` agrees with no noun before it", words[i].1),
            hint: "give it the gender, number and case of the noun that it belongs to".to_owned(),
        });
    }
}

/// Says whether it is known what a word may be, so that it hides no noun.
fn is_told(language: &Language, word: &str, form: &Forms) -> bool {
    let lower = word.to_lowercase();
    let is_other = || {
        government::cases(&lower).is_some()
            || ["о", "ть", "тся", "лась", "лось", "лись"].iter().any(|end| lower.ends_with(end))
            || predicate::past(language, &lower).is_some()
            || predicate::present(language, &lower).is_some()
    };
    !form.nouns.is_empty() || !form.adjectives.is_empty() || lower.chars().count() < 4 || is_other()
}
