//! Numbers: what the words around numbers say of them: their nouns, which way they went, shares and balances.

use std::ops::Range;

use super::motion::{self, Moved};
use super::rules::{Measure, Rules};
use super::{Fault, Finding, Passage, clauses, words};
use crate::language::{Language, NBSP, Sense};

/// Finds a clause whose verb says the other way than its numbers: «вырос с 5 до 3», «вырос на −5», or over a fall.
pub(super) fn direction(language: &Language, passage: &Passage, clause: Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[clause.clone()];
    let rules = language.rules();
    let list = words(text);
    if is_turned(language, &list) {
        return;
    }
    let changes: Vec<&(Range<usize>, bool)> =
        passage.changes.iter().filter(|(at, _)| clause.start <= at.start && at.end <= clause.end).collect();
    let (verb, is_wrong) = match told_way(rules, &list) {
        Some((verb, rises)) => {
            let over_data = matches!(changes.as_slice(), [(_, rose)] if *rose != rises);
            let over_ends = motion::ends(language, text, &verb).is_some_and(|moved| (moved == Moved::Up) != rises);
            let below = (rules.is_below)(&text[verb.end..]) || rules.verb_last && is_led_below(&text[..verb.start]);
            // «выросло в 0,94 раза» is neither.
            let is_less =
                |own: &super::Told| own.is_part_of_one && clause.start <= own.span.start && own.span.end <= clause.end;
            (verb, over_data || over_ends || below || passage.told.iter().any(is_less))
        }
        None => {
            let told = compared(rules, &list, clause.start, &changes);
            let told =
                told.or_else(|| grown_below(rules, passage, &list, &clause)).or_else(|| more_below(rules, text, &list));
            let Some(word) = told.or_else(|| paced(language, text, &list)) else { return };
            (word, true)
        }
    };
    if is_wrong {
        found.push(other_way(&passage.text, clause.start + verb.start..clause.start + verb.end));
    }
}

fn other_way(text: &str, span: Range<usize>) -> Finding {
    Finding {
        fault: Fault::Direction,
        message: format!("`{}` says the other way than the number beside it", &text[span.clone()]),
        hint: "use change(), which picks the verb by the data".to_owned(),
        span,
    }
}

/// Says whether the words of a clause turn round what its verb says.
fn is_turned(language: &Language, list: &[(Range<usize>, &str)]) -> bool {
    list.iter().any(|(_, word)| {
        let lower = word.to_lowercase();
        let loss = language.rules().losses.iter().any(|stem| lower.starts_with(stem));
        loss || language.lang.sense(&lower) == Some(Sense::Turned)
    })
}

/// Returns the verb of a pace or a price, or the noun of a change, that says the other way than the two values beside it.
fn paced(language: &Language, text: &str, list: &[(Range<usize>, &str)]) -> Option<Range<usize>> {
    let rules = language.rules();
    let is_paced = rules
        .paces
        .iter()
        .flat_map(|stems| stems.iter())
        .any(|stem| list.iter().any(|(_, word)| word.to_lowercase().starts_with(stem)));
    let (word, rises) = said(if is_paced { &rules.paces } else { &rules.turns }, list)?;
    motion::ends(language, text, &word).filter(|moved| (*moved == Moved::Up) != rises).map(|_| word)
}

/// Finds what a sentence says of two values beyond one clause: a verb before a colon or a comma that says the other way than the
/// values behind it, and a comparative between them.
pub(super) fn beyond(language: &Language, text: &str, found: &mut Vec<Finding>) {
    let rules = language.rules();
    if let Some(at) = motion::compared(language, text) {
        return found.push(other_way(text, at));
    }
    let parts = clauses(text);
    for pair in parts.windows(2) {
        let [before, behind] = pair else { continue };
        let is_listed = text[..behind.start].ends_with(':');
        let first = words(&text[behind.clone()]).first().map(|(_, word)| word.to_lowercase()).unwrap_or_default();
        let list = words(&text[before.clone()]);
        let is_converb = list.last().is_some_and(|(at, word)| {
            at.end == before.len()
                && text[before.end..].starts_with(',')
                && rules.converbs.iter().any(|end| word.ends_with(end))
        });
        if !is_listed && !is_converb && !rules.goes_on.contains(&first.as_str()) {
            continue;
        }
        let rest = &text[behind.start..];
        let rest = if is_listed {
            &rest[..rest.find([';', '!', '?', '\n']).unwrap_or(rest.len())]
        } else {
            &text[behind.clone()]
        };
        let own = words(rest);
        let way = told_way(rules, &list).or_else(|| said(&rules.paces, &list));
        let Some((verb, rises)) = way.filter(|_| !is_turned(language, &list) && !is_turned(language, &own)) else {
            continue;
        };
        if told_way(rules, &own).is_some() {
            continue;
        }
        let moved =
            motion::ends(language, rest, &(0..0)).or_else(|| motion::listed(language, rest).filter(|_| is_listed));
        if moved.is_some_and(|moved| (moved == Moved::Up) != rises) {
            found.push(other_way(text, before.start + verb.start..before.start + verb.end));
        }
    }
}

/// «−5,9%-ға артты»: a change below zero before its verb.
fn is_led_below(before: &str) -> bool {
    let before = before.trim_end_matches([' ', NBSP]);
    let number = before.rfind('\u{2212}').map(|at| &before[at + '\u{2212}'.len_utf8()..]);
    let ends = ["ға", "ге", "қа", "ке", "на", "не"].iter().any(|end| before.ends_with(end));
    // The number with its unit: «−135 адамға».
    let is_one = |own: &str| own.split([' ', NBSP]).filter(|part| part.starts_with(char::is_alphabetic)).count() < 2;
    number.is_some_and(|own| ends && own.starts_with(|c: char| c.is_ascii_digit()) && is_one(own))
}

/// Returns the verb of a clause that says which way something went, where it says one.
fn told_way(rules: &Rules, list: &[(Range<usize>, &str)]) -> Option<(Range<usize>, bool)> {
    said(&rules.directions, list)
}

/// Returns the word of a clause that begins as those of one of two lists do, and whether it is one of the first.
fn said([up, down]: &[&[&str]; 2], list: &[(Range<usize>, &str)]) -> Option<(Range<usize>, bool)> {
    let says = |stems: &[&str]| {
        let verb = list.iter().find(|(_, word)| stems.iter().any(|stem| word.to_lowercase().starts_with(stem)));
        verb.map(|(at, _)| at.clone())
    };
    match (says(up), says(down)) {
        (Some(verb), None) => Some((verb, true)),
        (None, Some(verb)) => Some((verb, false)),
        _ => None,
    }
}

/// Returns a comparative behind the one change of a clause that says the other way: «на {−26} больше».
fn compared(
    rules: &Rules,
    list: &[(Range<usize>, &str)],
    start: usize,
    changes: &[&(Range<usize>, bool)],
) -> Option<Range<usize>> {
    let [(number, rose)] = changes else { return None };
    // The unit may stand between.
    let near = list.iter().filter(|(at, _)| start + at.start >= number.end).take(3);
    let [more, less] = rules.comparatives;
    let wrong = if *rose { less } else { more };
    let either = |word: &str| more.contains(&word) || less.contains(&word);
    let first = near.map(|(at, word)| (at, word.to_lowercase())).find(|(_, word)| either(word));
    first.filter(|(_, word)| wrong.contains(&word.as_str())).map(|(at, _)| at.clone())
}

/// Returns a comparative before an amount below zero: «больше на −135».
fn more_below(rules: &Rules, text: &str, list: &[(Range<usize>, &str)]) -> Option<Range<usize>> {
    let [more, less] = rules.comparatives;
    let either = |word: &str| more.contains(&word) || less.contains(&word);
    let mut own = list.iter().filter(|(_, word)| either(&word.to_lowercase())).map(|(at, _)| at.clone());
    own.find(|at| (rules.is_below)(&text[at.end..]))
}

/// Returns the word for a change at the head of a clause whose one number is below zero: «прирост составил −5», «снижение −5».
fn grown_below(
    rules: &Rules,
    passage: &Passage,
    list: &[(Range<usize>, &str)],
    clause: &Range<usize>,
) -> Option<Range<usize>> {
    let (head, word) = list.first()?;
    let below: Vec<_> = passage.negative.iter().filter(|at| clause.contains(&at.start)).collect();
    let digits = passage.text[clause.clone()].split(|c: char| !c.is_ascii_digit() && c != NBSP && c != ',');
    let numbers = digits.filter(|part| part.contains(|c: char| c.is_ascii_digit())).count();
    let word = word.to_lowercase();
    let is_change = rules.growth.contains(&word.as_str())
        || rules.turns.iter().any(|own| own.iter().any(|stem| word.starts_with(stem)));
    (below.len() == 1 && numbers == 1 && is_change).then(|| head.clone())
}

/// Finds a clause in which a balance below zero grows or falls.
pub(super) fn growth(language: &Language, passage: &Passage, clause: Range<usize>, found: &mut Vec<Finding>) {
    let rules = language.rules();
    let text = &passage.text[clause.clone()];
    let list = words(text);
    let lower: Vec<String> = list.iter().map(|(_, word)| word.to_lowercase()).collect();
    let Some(balance) = lower.iter().position(|word| rules.balance.contains(&word.as_str())) else { return };
    let (verbs, agrees) = rules.grows;
    let verb = lower.iter().position(|word| verbs.iter().any(|verb| word.starts_with(verb)) && agrees(word));
    let Some(verb) = verb.filter(|verb| !rules.verb_last || *verb > balance) else { return };
    let below = passage.negative.iter().any(|number| clause.start <= number.start && number.end <= clause.end);
    let said = lower.iter().any(|word| rules.negative.iter().any(|stem| word.starts_with(stem)));
    let span = list[verb].0.clone();
    // Where both values are printed, they say it.
    if (below || said) && motion::ends(language, text, &span).is_none() {
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

/// What a clause says of a share: where it stands and where the word of its change, in the text.
struct Told {
    share: Range<usize>,
    change: Option<Range<usize>>,
}

/// Finds where a share changes by per cent instead of percentage points.
pub(super) fn shares(rules: &Rules, text: &str, found: &mut Vec<Finding>) {
    let mut before: Option<Told> = None;
    for clause in clauses(text) {
        let part = &text[clause.clone()];
        let list = words(part);
        let first = list.first().map(|(_, word)| word.to_lowercase()).unwrap_or_default();
        let goes_on = text[..clause.start].ends_with([',', '–', '(']) && rules.again.contains(&first.as_str());
        let within = |(at, _): &(Range<usize>, &str)| clause.start + at.start..clause.start + at.end;
        let share = list.iter().find(|(_, word)| (rules.is_share)(&word.to_lowercase())).map(within);
        let changes = |word: &str| rules.changes.iter().any(|stem| word.to_lowercase().starts_with(stem));
        let change = list.iter().find(|(_, word)| changes(word)).map(within);
        let told = match (share, before.take().filter(|_| goes_on)) {
            (Some(share), _) => Some(Told { share, change }),
            (None, Some(own)) => Some(Told { change: change.or(own.change), ..own }),
            (None, None) => None,
        };
        if let Some(Told { share, change: Some(change) }) = &told {
            by_percent(rules, text, clause, (share, change), found);
        }
        before = told;
    }
}

/// Finds a number of per cent by which a share changes in a clause.
fn by_percent(
    rules: &Rules,
    text: &str,
    clause: Range<usize>,
    (share, change): (&Range<usize>, &Range<usize>),
    found: &mut Vec<Finding>,
) {
    let part = &text[clause.clone()];
    for (at, behind) in percents_in(rules, part, &words(part)) {
        let number = part[..at].trim_end_matches([NBSP, ' ']);
        let start = number
            .rfind(|c: char| !(c.is_ascii_digit() || ",.\u{a0}\u{2212}".contains(c)))
            .map_or(0, |i| i + number[i..].chars().next().map_or(1, char::len_utf8));
        let before = part[..start].trim_end_matches([' ', NBSP]);
        let by = (rules.is_by)(before, &behind, change.start > clause.start + at);
        // The share stands before the number: «доля … выросла на …».
        if by && number.len() > start && share.start < clause.start + start.max(1) {
            found.push(Finding {
                fault: Fault::Points,
                span: change.clone(),
                message: "a share changes by percentage points, not by per cent".to_owned(),
                hint: "print the difference with `points`, or use change(…, kind=\"share\")".to_owned(),
            });
        }
    }
}
