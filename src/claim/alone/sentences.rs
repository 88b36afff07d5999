//! Sentences: what one sentence of a paper says of its own numbers: growth between two, shares of one whole, parts of a whole,
//! names in order.

use std::collections::BTreeMap;

use serde_json::json;

use super::line::Line;
use crate::claim::Printed;
use crate::claim::movement::movement;
use crate::claim::near::Names;
use crate::claim::scan::Found;
use crate::claim::search::Hit;
use crate::claim::stub;
use crate::finding::Amount;
use crate::language::quantity::{self, is_in, is_in_stems};
use crate::language::{Lang, Sense};

/// How far off, as a share of what is printed, parts may be and still be meant to give a whole.
const NEAR: (i64, i64) = (2, 100);

/// How many words may stand between two numbers and what is said of both.
const WORDS: usize = 9;

/// Amounts, some of which may be missing.
pub(super) trait SumOf {
    /// Adds up; nothing where one is missing.
    fn sum_of(self) -> Option<Amount>;
}

impl<T: Iterator<Item = Option<Amount>>> SumOf for T {
    fn sum_of(mut self) -> Option<Amount> {
        self.try_fold(Amount::ZERO, |sum, part| Some(sum.plus(&part?)))
    }
}

/// Says whether two amounts are meant to be one.
pub(super) fn near(one: &Amount, other: &Amount) -> bool {
    let reach = other.magnitude().times(&Amount::Integer(NEAR.0)).divided_by(&Amount::Integer(NEAR.1));
    reach.is_some_and(|reach| one.minus(other).magnitude() <= reach)
}

/// Finds what one sentence says of its own numbers: growth between two, shares of one whole, parts of a whole.
pub(super) fn sentences(lines: &mut [Line]) {
    for at in 2..lines.len() {
        change(lines, at);
    }
    let mut at = 1;
    while at < lines.len() {
        let end = at + shares(lines, at).unwrap_or(1);
        at = end;
    }
    for at in 0..lines.len() {
        parts(lines, at);
    }
}

/// Writes for the second of two numbers between which a sentence says that something rises or falls that it does.
pub(super) fn ways(lines: &[Line]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for pair in lines.windows(2) {
        let (from, to) = (pair[0].found, pair[1].found);
        let Some((word, way)) = moves(from, to) else { continue };
        let sign = if way == Sense::More { '>' } else { '<' };
        let [was, now] = [cell(&pair[0].id), cell(&pair[1].id)];
        // What is written at one of them alone is the unit of both, and of two units nothing is compared.
        let expr = match from.measured == to.measured {
            true => format!("{now} {sign} {was}"),
            false => format!("ratio({now}, {was}) {sign} 1"),
        };
        let (id, place) = (format!("{}_way", pair[1].id), json!(pair[1].place));
        let claim = format!(
            "  - {{id: {id}, where: {place}, printed: {}, kind: ranking, basis: paper, expr: {}}} # which way it goes from {} to {}\n",
            json!(word),
            json!(expr),
            pair[0].id,
            pair[1].id
        );
        found.insert(pair[1].id.clone(), claim);
    }
    found
}

/// Says whether something moves from one number to the next, by which word, and which way.
fn moves(from: &Found, to: &Found) -> Option<(String, Sense)> {
    let last = |text: &str, column: fn(&'static quantity::Words) -> &'static [&'static str]| {
        words(text).last().is_some_and(|word| is_in(word, column))
    };
    let led = last(&from.before, |words| words.from_words) && last(&to.before, |words| words.to_words);
    let ending =
        words(&to.before).iter().any(|word| quantity::all(|words| words.from).any(|case| word.ends_with(case)));
    let reached = words(&to.after).iter().take(4).any(|word| is_in(word, |words| words.beyond_behind));
    let is_place = |text: &str| words(text).iter().take(3).any(|word| is_in_stems(word, |words| words.ranks));
    let signed = [from, to].iter().any(|one| one.number().is_none_or(|printed| printed.value.signum() < 0));
    let lent = |one: &Found, other: &Found| one.measured.is_bare() && other.measured.scale() == 1;
    let alike = from.measured == to.measured || lent(from, to) || lent(to, from);
    if !(led || ending && reached && words(&to.before).len() <= WORDS)
        || ends(&to.before)
        || is_place(&to.after)
        || signed
        || !alike
    {
        return None;
    }
    let clause = |text: &str, back: bool| -> String {
        let parts: Vec<&str> = text.split([',', ';', '(', '\n']).flat_map(|part| part.split(". ")).collect();
        let part = if back { parts.last() } else { parts.first() };
        part.copied().unwrap_or_default().to_owned()
    };
    let text = format!("{} {} {}", clause(&from.before, true), to.before, clause(&to.after, false));
    let turned = |word: &String| Lang::ALL.iter().any(|lang| lang.sense(word) == Some(Sense::Turned));
    if words(&text).iter().any(turned) {
        return None;
    }
    let way = movement(&text)?;
    let word = words(&text).into_iter().find(|word| Lang::ALL.iter().any(|lang| lang.sense(word) == Some(way)))?;
    Some((word, way))
}

/// Says whether a sentence ends in a text between two numbers.
fn ends(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['.', '!', '?', '\n']) {
        let behind = rest[at + 1..].trim_start();
        if behind.chars().next().is_some_and(char::is_uppercase) || rest[at..].starts_with('\n') {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// «выросло с A до B, или на P%»: the change between two numbers of one unit.
fn change(lines: &mut [Line], at: usize) {
    let (from, to, by) = (lines[at - 2].found, lines[at - 1].found, lines[at].found);
    let joins = words(&to.before);
    let joins = joins.last().is_some_and(|word| is_in(word, |words| words.to_words));
    let led = words(&from.before).last().is_some_and(|word| is_in(word, |words| words.from_words));
    let said = words(&by.before);
    // «, a gain of 245»: what moved says it as «by» does.
    let moved = movement(&by.before).is_some();
    let says = |word: &String| is_in(word, |words| words.tells) || moved && is_in(word, |words| words.balances);
    let tells = said.last().is_some_and(says) && said.len() <= WORDS;
    let turns = said.iter().any(|word| is_in(word, |words| words.turns));
    if !joins || !led || !tells || turns || ends(&to.before) || ends(&by.before) || from.measured != to.measured {
        return;
    }
    let (Some(first), Some(last), Some(told)) = (from.number(), to.number(), by.number()) else { return };
    let (a, b) = (cell(&lines[at - 2].id), cell(&lines[at - 1].id));
    let falls = last.value < first.value;
    let turned = |expr: String| if falls { format!("-({expr})") } else { expr };
    let unit = by.measured.unit();
    let (expr, also) = match unit.as_deref() {
        // «с 4,0% до 5,0%, или на 25%»: per cent of the first, unless the difference in points is what is printed.
        Some("percent") if from.measured.unit().as_deref() == Some("percent") => {
            let (points, growth) = (turned(format!("{b} - {a}")), turned(format!("growth({a}, {b})")));
            match (is_of_points(&first, &last, &told), is_of_growth(&first, &last, &told)) {
                (false, true) => (growth, None),
                _ => (points, Some(growth)),
            }
        }
        Some("percent") => (turned(format!("growth({a}, {b})")), None),
        Some("percentage-points") => (turned(format!("{b} - {a}")), None),
        Some("times") if falls => (format!("ratio({a}, {b})"), None),
        Some("times") => (format!("ratio({b}, {a})"), None),
        _ if by.measured == to.measured => (turned(format!("{b} - {a}")), None),
        _ => return,
    };
    let also = also.map(|expr| format!(", also: [{{basis: paper, expr: {}}}]", json!(expr))).unwrap_or_default();
    lines[at].why = format!("the change from {} to {}, as its sentence says", lines[at - 2].id, lines[at - 1].id);
    lines[at].rest = format!(", basis: paper, expr: {}{also}", json!(expr));
}

/// Returns the ends of what prints as a number.
fn ends_of(printed: &Printed) -> [Amount; 2] {
    let half = printed.last_place().divided_by(&Amount::Integer(2)).unwrap_or(Amount::ZERO);
    [printed.value.minus(&half), printed.value.plus(&half)]
}

/// Says whether a number may be one between two ends, its sign aside.
fn is_between(told: &Printed, ends: [Amount; 2]) -> bool {
    let [low, high] = ends_of(told);
    let turned = [ends[1].negated(), ends[0].negated()];
    [ends, turned].iter().any(|[from, to]| low <= *to && *from <= high)
}

/// Says whether a number is the difference of two, as far as these are printed.
fn is_of_points(first: &Printed, last: &Printed, told: &Printed) -> bool {
    let ([a, b], [c, d]) = (ends_of(first), ends_of(last));
    is_between(told, [c.minus(&b), d.minus(&a)])
}

/// Says whether a number is the change from one to another in per cent of the first, as far as these are printed.
fn is_of_growth(first: &Printed, last: &Printed, told: &Printed) -> bool {
    let ([a, b], [c, d]) = (ends_of(first), ends_of(last));
    let hundred = Amount::Integer(100);
    let growth = |to: &Amount, from: &Amount| to.minus(from).times(&hundred).divided_by(from);
    growth(&c, &b).zip(growth(&d, &a)).is_some_and(|(low, high)| is_between(told, [low, high]))
}

fn cell(id: &str) -> String {
    format!("printed.value[{id}]")
}

/// «городских A (P%), сельских B (Q%)», where the shares come to a hundred: each is of the sum. Returns how many numbers it took.
fn shares(lines: &mut [Line], at: usize) -> Option<usize> {
    let mut pairs = Vec::new();
    let mut next = at;
    while next < lines.len() {
        let (part, share) = (lines[next - 1].found, lines[next].found);
        let bracket = share.before.trim_end().ends_with('(') && share.before.matches(['(', ')']).count() == 1;
        let percent = share.measured.unit().as_deref() == Some("percent");
        let goes_on = pairs.is_empty() || !ends(&part.before);
        let first: Option<&(usize, usize)> = pairs.first();
        let alike = first.is_none_or(|(first, _)| lines[*first].found.measured == part.measured);
        if !(bracket && percent && goes_on && alike && part.measured.unit().as_deref() != Some("percent")) {
            break;
        }
        pairs.push((next - 1, next));
        next += 2;
    }
    let value = |line: usize| lines[line].found.number().map(|printed| printed.value);
    let sum = pairs.iter().map(|(_, share)| value(*share)).sum_of()?;
    if pairs.len() < 2 || !near(&sum, &Amount::Integer(100)) {
        return None;
    }
    let parts: Vec<String> = pairs.iter().map(|(part, _)| cell(&lines[*part].id)).collect();
    let ids: Vec<String> = pairs.iter().map(|(_, share)| lines[*share].id.clone()).collect();
    for (part, share) in &pairs {
        let expr = format!("share({}, {})", cell(&lines[*part].id), parts.join(" + "));
        lines[*share].rest = format!(", basis: paper, expr: {}", json!(expr));
        lines[*share].why = format!("the shares {} come to a hundred", ids.join(", "));
    }
    Some(2 * pairs.len())
}

/// «в A и B – M и N соответственно», where the tables hold each number under one of the names: each is held to the name at
/// its own place.
pub(super) fn respectively(lines: &mut [Line], hits: &[Vec<Hit>], names: &Names) {
    let goes_on = |next: &Line| {
        let (before, said) = (&next.found.before, words(&next.found.before));
        let joins = said.last().is_some_and(|word| is_in(word, |words| words.and)) || before.trim_end().ends_with(',');
        joins && said.len() <= 4 && !ends(before)
    };
    let mut at = 0;
    while at < lines.len() {
        let end = at + 1 + lines[at + 1..].iter().take_while(|next| goes_on(next)).count();
        in_order(&mut lines[at..end], &hits[at..end], names);
        at = end;
    }
}

fn in_order(lines: &mut [Line], hits: &[Vec<Hit>], names: &Names) {
    let ([first, .., last], true) = (&*lines, lines.iter().all(|line| line.rest.is_empty())) else { return };
    let text = first.found.before.clone();
    let said = words(&text).into_iter().chain(words(&last.found.after).into_iter().take(WORDS));
    if !said.into_iter().any(|word| is_in(&word, |words| words.in_order)) {
        return;
    }
    let place = |hit: &Hit| names.places(&text, &hit.expr);
    let own = hits.iter().map(|hits| hits.iter().find_map(|hit| Some((place(hit)?, hit))));
    let Some(mut told) = own.collect::<Option<Vec<_>>>() else { return };
    told.sort_by(|a, b| a.0.cmp(&b.0));
    if told.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return;
    }
    for (line, (_, hit)) in lines.iter_mut().zip(told) {
        line.rest = format!(", basis: agency, expr: {}", json!(stub::expression(line.found, hit)));
        line.why = "found in the tables; told of the names before it, each of the one at its place".to_owned();
    }
}

/// «всего N, в том числе A и B», where the parts come to the whole or nearly so.
fn parts(lines: &mut [Line], at: usize) {
    let whole = lines[at].found;
    if !lines[at].rest.is_empty() {
        return;
    }
    let Some(opens) = lines.get(at + 1).filter(|next| {
        let said = words(&next.found.before).join(" ");
        quantity::all(|words| words.openings).any(|opening| said.contains(opening))
    }) else {
        return;
    };
    if ends(&opens.found.before) {
        return;
    }
    let of_unit = |line: &&Line| line.found.measured == whole.measured || line.found.measured.is_bare();
    let alone = |n: usize| n == at + 1 || !ends(&lines[n].found.before);
    let parts: Vec<usize> = (at + 1..lines.len()).take_while(|n| alone(*n)).filter(|n| of_unit(&&lines[*n])).collect();
    let sum = parts.iter().map(|n| lines[*n].found.number().map(|printed| printed.value)).sum_of();
    let (Some(sum), Some(printed)) = (sum, whole.number()) else { return };
    if parts.len() < 2 || !near(&sum, &printed.value) {
        return;
    }
    let cells: Vec<String> = parts.iter().map(|n| cell(&lines[*n].id)).collect();
    let ids: Vec<String> = parts.iter().map(|n| lines[*n].id.clone()).collect();
    lines[at].rest = format!(", kind: sum, basis: paper, expr: {}", json!(cells.join(" + ")));
    lines[at].why = format!("the parts that its sentence names: {}", ids.join(", "));
}
