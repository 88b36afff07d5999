//! Names: territories and times that a sentence names, against those whose figures it prints.

use std::ops::Range;

use super::{Told, is_in, within};
use crate::finding::{Code, Part};
use crate::language::proof::{Fault, Finding, Measures, Passage, words};
use crate::language::quantity::is_in_stems;
use crate::language::{Language, Sense};

/// A territory that a sentence names.
struct Named {
    /// Its bytes in the passage.
    span: Range<usize>,
    code: Code,
}

/// Lists the territories that are typed in a sentence, in their order; also where the common word of their names is cut.
fn typed(language: &Language, passage: &Passage, sentence: &Range<usize>, cut: bool) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for (at, word) in words(&passage.text[sentence.clone()]) {
        let start = sentence.start + at.start;
        let is_within = |span: &Range<usize>| span.start <= start && start < span.end;
        let is_taken = found.last().is_some_and(|last| is_within(&last.span))
            || passage.told.iter().any(|told| is_within(&told.span));
        if is_taken || !word.starts_with(char::is_uppercase) {
            continue;
        }
        let rest = &passage.text[start..sentence.end];
        if let Some((length, code)) = language.name_beginning(rest).or_else(|| language.name_like(rest, cut)) {
            found.push(Named { span: start..start + length, code });
        }
    }
    found
}

/// Finds a territory that is named where all figures are of others.
pub(super) fn others(language: &Language, passage: &Passage, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let told: Vec<&Told> = within(passage, sentence).collect();
    let numbers: Vec<&Told> = told.iter().filter(|own| own.keys.is_empty()).copied().collect();
    let names_places = told.iter().any(|own| own.keys.iter().any(|key| matches!(key, Part::Territory(_))));
    let known = |own: &&Told| !own.places.is_empty();
    if names_places || numbers.is_empty() || !numbers.iter().all(known) {
        return;
    }
    let named = typed(language, passage, sentence, false);
    let is_told = |one: &Named| numbers.iter().any(|own| own.around.contains(&one.code));
    let (Some(first), false) = (named.first(), named.iter().any(is_told)) else { return };
    let mut of: Vec<String> = numbers.iter().flat_map(|own| &own.places).map(ToString::to_string).collect();
    of.dedup();
    found.push(Finding {
        fault: Fault::OtherPlace,
        message: format!(
            "`{}` is named, and the figures of the sentence are those of {}",
            &passage.text[first.span.clone()],
            of.join(", ")
        ),
        hint: "ask for the figures of the place that is named, or name theirs".to_owned(),
        span: first.span.clone(),
    });
}

/// Finds a comparative between two places, or two times, that the figures beside them deny.
pub(super) fn compared(language: &Language, passage: &Passage, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let rules = language.rules();
    let list = words(&passage.text[sentence.clone()]);
    let side = |word: &str| rules.comparatives.iter().position(|own| own.contains(&word.to_lowercase().as_str()));
    let mut more = list.iter().filter_map(|(at, word)| Some((at.clone(), side(word)?)));
    let (Some((at, side)), None) = (more.next(), more.next()) else { return };
    let at = sentence.start + at.start..sentence.start + at.end;
    let than = list.iter().find(|(_, word)| is_in(word, rules.than)).map(|(at, _)| sentence.start + at.start);
    let told: Vec<&Told> = within(passage, sentence).collect();
    let times: Vec<&Part> = told.iter().flat_map(|own| &own.keys).filter(|key| key.period().is_some()).collect();
    if let ([one, other], Some(_)) = (times.as_slice(), than)
        && one == other
    {
        found.push(Finding {
            fault: Fault::Period,
            message: format!("`{}` compares {one} with itself", &passage.text[at.clone()]),
            hint: "quote the other period".to_owned(),
            span: at,
        });
        return;
    }
    let quoted = told.iter().flat_map(|own| {
        let codes = own.keys.iter().filter_map(|key| key.territory());
        codes.map(|code| Named { span: own.span.clone(), code: code.plain() })
    });
    let mut named: Vec<Named> = typed(language, passage, sentence, true).into_iter().chain(quoted).collect();
    named.sort_by_key(|one| one.span.start);
    let [first, second] = named.as_slice() else { return };
    let is_object = |one: &Named| match than {
        Some(than) => one.span.start > than,
        None => one.span.end <= at.start,
    };
    let (subject, object) = match (is_object(first), is_object(second)) {
        (false, true) => (first, second),
        (true, false) => (second, first),
        // Both stand before a comparative that follows what it compares with.
        (true, true) if than.is_none() => (first, second),
        _ => return,
    };
    // A ratio is of the place that has more to the one that has less.
    let mut ratios = told.iter().filter_map(|own| own.ratio.as_ref());
    if let (Some([above, below]), None) = (ratios.next(), ratios.next()) {
        let (wanted, other) = if side == 0 { (above, below) } else { (below, above) };
        if (subject.code.plain(), object.code.plain()) != (wanted.clone(), other.clone()) {
            found.push(Finding {
                fault: Fault::Direction,
                message: format!(
                    "`{}` is said of {} and {}, and the number is how many times {above} has what {below} has",
                    &passage.text[at.clone()],
                    subject.code,
                    object.code
                ),
                hint: "name the places of the ratio in their order, or ask for the one that is meant".to_owned(),
                span: at,
            });
        }
        return;
    }
    let value = |of: &Named| {
        let mut own = told.iter().filter(|own| own.places.as_slice() == [of.code.plain()] && own.keys.is_empty());
        own.next().and_then(|only| only.value.as_ref()).filter(|_| own.next().is_none())
    };
    let (Some(one), Some(other)) = (value(subject), value(object)) else { return };
    let is_wrong = if side == 0 { one < other } else { one > other };
    if is_wrong {
        found.push(Finding {
            fault: Fault::Direction,
            message: format!("`{}` says the other way than the figures of the two places", &passage.text[at.clone()]),
            hint: "say what the data say, in a branch of holds() where it may change".to_owned(),
            span: at,
        });
    }
}

impl Language {
    /// Lists the territories that are typed in a text, with their bytes.
    pub fn places_in(&self, text: &str) -> Vec<(Range<usize>, Code)> {
        let whole = Passage { text: text.to_owned(), ..Passage::default() };
        typed(self, &whole, &(0..text.len()), false).into_iter().map(|own| (own.span, own.code)).collect()
    }

    /// Finds what a clause without a number says of the data: of a place by its name, or of all, and of what is measured in
    /// its sentence: its bytes.
    pub fn statement(&self, text: &str, sentence: &str, measures: &Measures) -> Option<Range<usize>> {
        let rules = self.rules();
        let list = words(text);
        let lower: Vec<String> = list.iter().map(|(_, word)| word.to_lowercase()).collect();
        let is_turned = lower.iter().any(|word| rules.whether.contains(&word.as_str()));
        let begins = |stems: &[&str], word: &str| stems.iter().any(|stem| word.starts_with(stem));
        let every = || {
            let is_every = |at: usize| {
                let phrase = rules.none.iter().any(|phrase| super::begins(&list[at..], phrase).is_some());
                phrase || self.lang().sense(&lower[at]) == Some(Sense::Every)
            };
            (0..list.len()).find(|at| is_every(*at))
        };
        let compares = list.iter().any(|(_, word)| is_in(word, rules.than));
        let of_all = every().is_some();
        let is_way = |word: &String| {
            rules.directions.iter().chain(&rules.paces).any(|stems| begins(stems, word))
                || is_in_stems(word, |words| words.majority)
                || (compares || of_all && !rules.verb_last)
                    && rules.comparatives.iter().any(|own| own.contains(&word.as_str()))
        };
        let phrases = || rules.superlatives.iter().chain(&rules.orders).flat_map(|own| own.iter());
        let is_phrase = |at: usize| phrases().any(|phrase| super::begins(&list[at..], phrase).is_some());
        let way = (0..list.len()).find(|at| is_way(&lower[*at]) || is_phrase(*at)).map(|at| list[at].0.clone());
        let named = || !self.places_in(text).is_empty();
        let is_measured = words(sentence).iter().any(|(_, word)| measures.says(word));
        let at = way.filter(|_| !is_turned && is_measured)?;
        (of_all || named()).then_some(at)
    }
}
