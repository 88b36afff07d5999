//! Extremes: superlatives and names beside the ends of an order.

use std::ops::Range;

use super::{Told, begins, is_in, within};
use crate::finding::Part;
use crate::language::proof::rules::{Rules, Words};
use crate::language::proof::{Fault, Finding, Passage, words};
use crate::language::{Language, NBSP, Sense};

/// A word or two that say which end of an order is meant.
struct Superlative {
    span: Range<usize>,
    sense: Sense,
    /// Whether of losses is spoken, of which the largest is the smallest balance.
    is_loss: bool,
    /// Whether it says how much of what a verb behind it tells: «больше всего».
    is_adverb: bool,
}

/// Finds the superlatives of a sentence.
fn superlatives_of(rules: &Rules, list: &Words) -> Vec<Superlative> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let of = |side: usize| rules.superlatives[side].iter().find_map(|phrase| begins(&list[at..], phrase));
        let (count, sense) = match (of(0), of(1)) {
            (Some(count), _) => (count, Sense::More),
            (None, Some(count)) => (count, Sense::Less),
            (None, None) => {
                at += 1;
                continue;
            }
        };
        let not = |i: Option<usize>| i.and_then(|i| list.get(i)).is_some_and(|(_, word)| is_in(word, rules.vague));
        if !not(at.checked_sub(1)) && !not(Some(at + count)) {
            let near = at.saturating_sub(2)..(at + count + 3).min(list.len());
            let is_loss = list[near].iter().any(|(_, word)| is_in(word, rules.gains[1]));
            let is_adverb = is_in(list[at + count - 1].1, rules.adverbs);
            found.push(Superlative { span: list[at].0.start..list[at + count - 1].0.end, sense, is_loss, is_adverb });
        }
        at += count;
    }
    found
}

/// Finds a superlative that names the one end of an order where the other is quoted.
pub(super) fn superlatives(rules: &Rules, passage: &Passage, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[sentence.clone()];
    let ends: Vec<&Told> = within(passage, sentence).filter(|told| told.end.is_some()).collect();
    if ends.is_empty() {
        return;
    }
    // A name that is printed is no superlative.
    let names = |at: &Range<usize>| {
        let span = sentence.start + at.start..sentence.start + at.end;
        passage.told.iter().any(|told| told.span.start <= span.start && span.end <= told.span.end)
    };
    let list: Vec<_> = words(text).into_iter().filter(|(at, _)| !names(at)).collect();
    let said = superlatives_of(rules, &list);
    // Of each run of ends that point one way the first.
    let runs: Vec<&Told> = ends.chunk_by(|a, b| a.end == b.end).filter_map(|run| run.first()).copied().collect();
    let one_way = said.iter().all(|own| own.sense == said[0].sense) && runs.len() == 1;
    let pairs: Vec<(&Superlative, &Told)> = match (said.first(), runs.first()) {
        (Some(first), Some(run)) if one_way => vec![(first, run)],
        _ if said.len() == runs.len() => said.iter().zip(runs).collect(),
        _ => return,
    };
    for (own, told) in pairs {
        let between = own.span.end..told.span.start.saturating_sub(sentence.start).max(own.span.end);
        let mut led = list.iter().filter(|(at, _)| between.contains(&at.start));
        // A balance below zero that is printed without its sign is a loss.
        let bare = told.sign == Some(Sense::Less) && !passage.text[told.span.clone()].starts_with('\u{2212}');
        let is_loss = own.is_loss || bare || own.is_adverb && led.any(|(_, word)| is_in(word, rules.gains[1]));
        let meant = match (is_loss, told.is_signed) {
            (false, _) => own.sense,
            (true, true) => own.sense.opposite(),
            (true, false) => continue,
        };
        if told.end == Some(meant.opposite()) {
            let span = sentence.start + own.span.start..sentence.start + own.span.end;
            let end = if told.end == Some(Sense::More) { "largest" } else { "smallest" };
            found.push(Finding {
                fault: Fault::Extreme,
                message: format!(
                    "`{}` stands beside `{}`, which is the {end}",
                    &passage.text[span.clone()],
                    &passage.text[told.span.clone()]
                ),
                hint: "ask for the other end, or say the other word".to_owned(),
                span,
            });
        }
    }
}

/// Finds an end of an order beside the name of a place where it does not lie.
pub(super) fn places(language: &Language, passage: &Passage, found: &mut Vec<Finding>) {
    let text = passage.text.as_str();
    let [behind, before] = language.rules().beside;
    for told in passage.told.iter().filter(|told| !told.lies.is_empty() && told.keys.is_empty()) {
        let joined = |other: &&Told| {
            let gap = |from: usize, to: usize| text.get(from..to).map(|gap| gap.trim_matches([' ', NBSP, '\n']));
            let led = gap(told.span.end, other.span.start).is_some_and(|gap| behind.contains(&gap));
            led || gap(other.span.end, told.span.start).is_some_and(|gap| before.contains(&gap))
        };
        let alike =
            |part: &Part| told.lies.iter().any(|own| std::mem::discriminant(own) == std::mem::discriminant(part));
        let quoted = passage.told.iter().filter(|other| other.keys.iter().any(alike)).find(joined);
        let (span, keys) = match quoted {
            Some(other) => (other.span.clone(), other.keys.clone()),
            None => match typed(language, text, &told.span, [behind, before]) {
                Some((span, part)) if alike(&part) => (span, vec![part]),
                _ => continue,
            },
        };
        if !keys.iter().any(|key| told.lies.iter().any(|own| is_same(own, key))) {
            found.push(Finding {
                fault: Fault::Extreme,
                message: format!(
                    "`{}` stands beside `{}`, and that value lies elsewhere: {}",
                    &text[span.clone()],
                    &text[told.span.clone()],
                    told.lies.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
                ),
                hint: "quote the name by argmax() or argmin() of the same list".to_owned(),
                span,
            });
        }
    }
}

/// Borders of another year are the same place.
fn is_same(own: &Part, other: &Part) -> bool {
    match (own, other) {
        (Part::Territory(own), Part::Territory(other)) => own.plain() == other.plain(),
        _ => own == other,
    }
}

/// Finds the name of a territory that is typed right before or behind a number.
fn typed(
    language: &Language,
    text: &str,
    number: &Range<usize>,
    [behind, before]: [&[&str]; 2],
) -> Option<(Range<usize>, Part)> {
    let trimmed = [' ', NBSP, '\n'];
    let ahead = text[..number.start].trim_end_matches(trimmed);
    let ahead = before.iter().filter_map(|join| ahead.strip_suffix(join)).map(|rest| rest.trim_end_matches(trimmed));
    let named = ahead.filter_map(|rest| {
        let (name, code) = language.name_ending(rest)?;
        Some((rest.len() - name..rest.len(), code))
    });
    let found = named.max_by_key(|(span, _)| span.len()).or_else(|| {
        let rest = text[number.end..].trim_start_matches(trimmed);
        behind.iter().filter(|join| !join.is_empty()).find_map(|join| {
            let rest = rest.strip_prefix(join)?.strip_prefix(trimmed)?;
            let (name, code) = language.name_beginning(rest)?;
            let start = text.len() - rest.len();
            Some((start..start + name, code))
        })
    });
    found.map(|(span, code)| (span, Part::Territory(code)))
}
