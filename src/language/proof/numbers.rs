//! Numbers: what the words around numbers say of them: their nouns, which way they went, shares and balances.

use std::ops::Range;

use super::rules::{Measure, Rules};
use super::{Fault, Finding, Passage, words};
use crate::language::{Language, NBSP, Sense};

/// Finds a clause whose verb says the other way than its numbers: «вырос с 5 до 3», «вырос на −5», or over a fall.
pub(super) fn direction(language: &Language, passage: &Passage, clause: Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[clause.clone()];
    let [up, down] = language.rules().directions;
    let list = words(text);
    let says = |stems: &[&str]| {
        list.iter()
            .find(|(_, word)| stems.iter().any(|stem| word.to_lowercase().starts_with(stem)))
            .map(|(at, _)| at.clone())
    };
    let (verb, rises) = match (says(up), says(down)) {
        (Some(verb), None) => (verb, true),
        (None, Some(verb)) => (verb, false),
        _ => return,
    };
    let turned = list.iter().any(|(_, word)| {
        let lower = word.to_lowercase();
        let loss = language.rules().losses.iter().any(|stem| lower.starts_with(stem));
        loss || language.lang.sense(&lower) == Some(Sense::Turned)
    });
    if turned {
        return;
    }
    let said: Vec<bool> = passage
        .changes
        .iter()
        .filter(|(at, _)| clause.start <= at.start && at.end <= clause.end)
        .map(|(_, rise)| *rise)
        .collect();
    let over_data = said.len() == 1 && said[0] != rises;
    let over_ends = ends(language, text).is_some_and(|(from, to)| if rises { from > to } else { from < to });
    let below = (language.rules().is_below)(&text[verb.end..]);
    if over_data || over_ends || below {
        found.push(Finding {
            fault: Fault::Direction,
            span: clause.start + verb.start..clause.start + verb.end,
            message: format!("`{}` says the other way than the number beside it", &text[verb]),
            hint: "use change(), which picks the verb by the data".to_owned(),
        });
    }
}

/// Returns the two ends of a change that a clause prints, where both have one scale word.
pub(super) fn ends(language: &Language, text: &str) -> Option<(f64, f64)> {
    // A number at the beginning of a text, with what follows it.
    let number = |text: &str| {
        let minus = text.starts_with('\u{2212}');
        let digits = text.trim_start_matches('\u{2212}');
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != NBSP && c != ',').unwrap_or(digits.len());
        let value = language.read(digits[..end].trim_matches([NBSP, ',']))?;
        // From year to year is no change.
        if value.fraction.is_empty()
            && digits[..end].trim_matches([NBSP, ',']).len() == 4
            && ("1800".."2100").contains(&value.whole.as_str())
        {
            return None;
        }
        let plain: f64 = format!("{}.{}", value.whole, value.fraction).parse().ok()?;
        let rest = digits[end..].trim_start_matches([NBSP, ' ']);
        let scale = language.rules().scales.iter().copied().find(|scale| rest.starts_with(scale));
        Some((if minus { -plain } else { plain }, scale))
    };
    let ((from, first), (to, second)) = (language.rules().ends)(text, &number)?;
    // «с 980 до 1 200 тыс.»: the scale word is said once.
    (first == second || first.is_none()).then_some((from, to)).filter(|_| first == second || second.is_some())
}

/// Finds a clause in which a balance below zero grows or falls.
pub(super) fn growth(rules: &Rules, passage: &Passage, clause: Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[clause.clone()];
    let list = words(text);
    let lower: Vec<String> = list.iter().map(|(_, word)| word.to_lowercase()).collect();
    let Some(balance) = lower.iter().position(|word| rules.balance.contains(&word.as_str())) else { return };
    let (verbs, agrees) = rules.grows;
    let verb = lower.iter().position(|word| verbs.iter().any(|verb| word.starts_with(verb)) && agrees(word));
    let Some(verb) = verb.filter(|verb| !rules.verb_last || *verb > balance) else { return };
    let below = passage.negative.iter().any(|number| clause.start <= number.start && number.end <= clause.end);
    let said = lower.iter().any(|word| rules.negative.iter().any(|stem| word.starts_with(stem)));
    if below || said {
        let span = list[verb].0.clone();
        found.push(Finding {
            fault: Fault::Growth,
            span: clause.start + span.start..clause.start + span.end,
            message: format!("a balance below zero does not say which way it went with `{}`", list[verb].1),
            hint: "use change(), which speaks of the loss, or name both values".to_owned(),
        });
    }
}

/// Lists what says per cent: the sign and the words, each as it begins.
pub(super) fn percents(rules: &Rules) -> impl Iterator<Item = &'static str> {
    let said = rules.measures.iter().filter(|(measure, _)| *measure == Measure::Percent);
    said.flat_map(|(_, words)| words.split_whitespace())
}

/// Finds where per cent are printed in a part of a text, and what stands behind, the ending of the word or the sign first.
fn percents_in(rules: &Rules, part: &str, list: &[(Range<usize>, &str)]) -> Vec<(usize, String)> {
    let signs = part.match_indices('%').map(|(at, _)| (at, part[at + 1..].to_owned()));
    let stem = |word: &str| percents(rules).filter(|own| word.starts_with(own)).min_by_key(|own| own.len());
    let words = list.iter().filter(|(_, word)| percents(rules).any(|own| own == *word)).map(|(at, word)| {
        let ending = &word[stem(word).map_or(word.len(), str::len)..];
        (at.start, if ending.is_empty() { String::new() } else { format!("-{ending}{}", &part[at.end..]) })
    });
    signs.chain(words).collect()
}

/// Finds a clause in which a share changes by per cent instead of percentage points.
pub(super) fn shares(rules: &Rules, text: &str, clause: Range<usize>, found: &mut Vec<Finding>) {
    let part = &text[clause.clone()];
    let list = words(part);
    let lower: Vec<String> = list.iter().map(|(_, word)| word.to_lowercase()).collect();
    let share = lower.iter().position(|word| (rules.is_share)(word));
    let Some(share) = share else { return };
    let change = lower.iter().position(|word| rules.changes.iter().any(|stem| word.starts_with(stem)));
    let Some(change) = change else { return };
    for (at, behind) in percents_in(rules, part, &list) {
        let number = part[..at].trim_end_matches([NBSP, ' ']);
        let start = number
            .rfind(|c: char| !(c.is_ascii_digit() || ",.\u{a0}\u{2212}".contains(c)))
            .map_or(0, |i| i + number[i..].chars().next().map_or(1, char::len_utf8));
        let before = part[..start].trim_end_matches([' ', NBSP]);
        let by = (rules.is_by)(before, &behind, list[change].0.start > at);
        // The share stands before the number: «доля … выросла на …».
        if by && number.len() > start && list[share].0.start < start.max(1) {
            found.push(Finding {
                fault: Fault::Points,
                span: clause.start + list[change].0.start..clause.start + list[change].0.end,
                message: "a share changes by percentage points, not by per cent".to_owned(),
                hint: "print the difference with `points`, or use change(…, kind=\"share\")".to_owned(),
            });
        }
    }
}
