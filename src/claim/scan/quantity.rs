//! Quantity: numbers of a text put together: one number in parts, the unit of a whole chain, a rate with its base.

use super::bound::{bound, is_first};
use super::form::is_year;
use super::pattern::ends_sentence;
use super::running::{Running, is_dash, is_space};
use super::unit::{Measured, Sign, Tail, currency, sign, tail};
use super::{Mark, Sort};
use crate::finding::Amount;
use crate::language::aside::is_in;
use crate::language::quantity::{Bound, Words, all};

/// A number of the running text with all that is said beside it.
pub(super) struct Quantity {
    /// Where its digits begin.
    pub at: usize,
    /// Behind its last digit or word of a number.
    pub end: usize,
    /// Where what belongs to it begins: its bound, its sign.
    pub from: usize,
    /// Behind its unit and bound.
    pub to: usize,
    /// What it is.
    pub sort: Sort,
    /// Its sign.
    pub sign: Sign,
    /// What it counts.
    pub measured: Measured,
    /// How firmly it is said.
    pub says: Option<Bound>,
    /// Its digits where they are not those of the text: of words, of several parts.
    pub digits: Option<String>,
    /// Whether what follows it says «from».
    leads: bool,
    /// Where its sign begins, and its unit ends.
    sign_at: usize,
    unit_end: usize,
}

impl Quantity {
    fn of(running: &Running, mark: &Mark) -> Quantity {
        let digits_end = mark.words.map_or(mark.end, |(_, scale)| scale);
        let (sign, sign_at) = if mark.signed { sign(running, mark.at) } else { (Sign::None, mark.at) };
        let Tail { mut measured, mut end, from } = match mark.sort {
            Sort::Number | Sort::Base => tail(running, digits_end),
            _ => Tail { measured: Measured::default(), end: mark.end, from: false },
        };
        if measured.name.is_none() && mark.sort == Sort::Number {
            measured.name = currency(running, mark.at).map(|(name, _)| name);
        }
        if mark.sort == Sort::Number && is_million(running, mark.end, measured) {
            let behind = tail(running, mark.end + 1);
            measured = Measured { steps: 2, name: measured.name.or(behind.measured.name), per: None };
            end = behind.end;
        }
        let english = || {
            let text = running.text(mark.at, mark.end);
            (running.is_english() && text.contains(',')).then(|| super::printed::grouped(text)).flatten()
        };
        Quantity {
            at: mark.at,
            end: mark.end,
            from: sign_at,
            to: end,
            sort: mark.sort,
            sign,
            measured,
            says: None,
            digits: mark.words.map(|(value, _)| value.to_string()).or_else(english),
            leads: from,
            sign_at,
            unit_end: end,
        }
    }

    /// Returns its value in its own scale where it is a plain decimal.
    fn value(&self, running: &Running) -> Option<super::Printed> {
        super::Printed::parse(self.digits.as_deref().unwrap_or(running.text(self.at, self.end)))
    }
}

/// Says whether a letter glued to a number is a million: `€9m`, `6.3m households`, and no metre.
fn is_million(running: &Running, end: usize, measured: Measured) -> bool {
    if running.at(end) != 'm' || running.is_letter(end + 1) || measured.steps > 0 || !running.is_english() {
        return false;
    }
    let noun = running.skip(end + 1);
    let word = running.small(noun, (noun..running.len()).find(|at| !running.is_letter(*at)).unwrap_or(running.len()));
    let is_counted = crate::language::quantity::is_in(word, |own| own.persons)
        || word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    measured.name.is_some_and(is_money) || noun > end + 1 && is_counted
}

/// Reads what stands beside each number, and puts together what belongs together.
pub(super) fn quantities(running: &Running, marks: &[Mark]) -> Vec<Quantity> {
    let mut list: Vec<Quantity> = Vec::with_capacity(marks.len());
    for mark in marks {
        let one = Quantity::of(running, mark);
        match list.last_mut() {
            Some(last) if goes_on(running, last, &one) => last.join(running, one),
            _ => list.push(one),
        }
    }
    bracketed(running, &mut list);
    chains(running, &mut list);
    rates(running, &mut list);
    for i in 0..list.len() {
        if list[i].sort == Sort::Number {
            let led = i > 0 && leads_to(running, &list[i - 1], &list[i]);
            let one = &mut list[i];
            if let Some((says, from, to)) = bound(running, one.sign_at, one.unit_end, led) {
                (one.says, one.from, one.to) = (Some(says), from, to);
            }
        }
    }
    list
}

/// Says whether a number is the next part of the one before: «4 млн» goes on with «219 тыс.», and that with «650».
fn goes_on(running: &Running, last: &Quantity, next: &Quantity) -> bool {
    let fall = last.measured.steps.saturating_sub(next.measured.steps);
    let gap = running.text(last.unit_end, next.at.max(last.unit_end));
    if last.sort != Sort::Number
        || next.sort != Sort::Number
        || fall == 0
        || last.measured.name.is_some()
        || last.leads
        || next.sign != Sign::None
        || gap.is_empty()
        || !gap.chars().all(|c| is_space(c) || c == '.')
    {
        return false;
    }
    let named = matches!(next.measured.name, Some("persons") | None);
    let money = next.measured.name.is_some_and(is_money);
    let close = fall == 1 || next.measured.name.is_some();
    // Behind the end of a line another list item, or a range, may begin: a part there names its scale or its unit.
    let begins_anew = next.measured.is_bare() && running.line(last.unit_end) != running.line(next.at);
    let is_range = is_dash(running.at(next.end)) && running.at(next.end + 1).is_ascii_digit();
    if begins_anew || is_range {
        return false;
    }
    let (Some(whole), Some(part)) = (last.value(running), next.value(running)) else { return false };
    let small = part.value < Amount::Integer(1000i64.pow(fall.min(4)));
    // «в 3 тыс. 2 раза»: what a part counts is what the whole does.
    whole.decimals == 0 && small && close && (named || money)
}

/// Says whether the name of a unit is that of a currency.
fn is_money(name: &str) -> bool {
    all(|words: &'static Words| words.currencies).any(|(_, currency)| *currency == name)
}

impl Quantity {
    /// Takes the next part of it in.
    fn join(&mut self, running: &Running, part: Quantity) {
        let (Some(whole), Some(rest)) = (self.value(running), part.value(running)) else { return };
        let fall = self.measured.steps - part.measured.steps;
        let sum = whole.value.times(&Amount::Integer(1000i64.pow(fall))).plus(&rest.value);
        self.digits = Some(sum.round(rest.decimals as usize).to_string().replace('.', ","));
        (self.end, self.to, self.unit_end) = (part.end, part.to, part.unit_end);
        (self.measured, self.leads) = (part.measured, part.leads);
    }
}

/// What stands between two numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Nothing that joins them.
    None,
    /// A comma.
    Comma,
    /// A dash, a word, an ending that says «from».
    Word,
}

fn join(running: &Running, left: &Quantity, right: &Quantity) -> Join {
    if left.sort != Sort::Number || right.sort != Sort::Number || right.sign_at < left.unit_end {
        return Join::None;
    }
    let gap = running.small(left.unit_end, right.sign_at);
    if gap.contains('\n') || gap.len() > 60 {
        return Join::None;
    }
    let trimmed = gap.trim();
    let is_join = |text: &str| all(|words: &'static Words| words.joins).any(|word| *word == text);
    match trimmed {
        "," => Join::Comma,
        "" if left.leads && !gap.is_empty() => Join::Word,
        "/" => Join::None,
        _ if is_join(trimmed.trim_start_matches([',', ' '])) => Join::Word,
        "±" => Join::Word,
        _ if trimmed.chars().count() == 1 && trimmed.chars().all(is_dash) => Join::Word,
        // «с 250,0 в 2021 году до 254,0 тысяч»: a year may stand between.
        _ if is_first(running, left.sign_at) || left.leads => {
            let mut joins = 0;
            let rest = trimmed.split(|c: char| c.is_whitespace() || is_space(c) || matches!(c, '.' | ',' | '(' | ')'));
            for word in rest.filter(|word| !word.is_empty() && !is_year(word)) {
                joins += usize::from(is_join(word));
                let year = is_in(word, |own| own.beside_year);
                if !year && !is_join(word) {
                    return Join::None;
                }
            }
            if joins == 1 || left.leads && joins == 0 { Join::Word } else { Join::None }
        }
        _ => Join::None,
    }
}

/// Says whether something moves, or reaches, from the one number to the other.
fn leads_to(running: &Running, left: &Quantity, right: &Quantity) -> bool {
    if left.sort != Sort::Number || !(left.leads || is_first(running, left.sign_at)) {
        return false;
    }
    let gap = running.small(left.unit_end.min(right.at), right.at);
    let from = left.unit_end.min(right.at);
    let closed = |(at, c): (usize, char)| c == '.' && ends_sentence(running, from + at + 1);
    gap.len() <= 120 && !gap.contains(['\n', ';']) && !gap.chars().enumerate().any(closed)
}

/// Gives the unit behind a number in brackets to it and to the one before it: «44,9 (48,4) тыс. человек».
fn bracketed(running: &Running, list: &mut [Quantity]) {
    for at in 1..list.len() {
        let (one, other) = (&list[at - 1], &list[at]);
        let is_bare = |one: &Quantity| one.sort == Sort::Number && one.measured.is_bare();
        if !is_bare(one) || !is_bare(other) || one.unit_end > other.sign_at {
            continue;
        }
        let is_inside = running.text(one.unit_end, other.sign_at).trim() == "(" && running.at(other.unit_end) == ')';
        let measured = tail(running, other.unit_end + 1).measured;
        if is_inside && !measured.is_bare() {
            list[at - 1].measured = measured;
            list[at].measured = measured;
        }
    }
}

/// Gives the unit behind the last number of a chain to all of its numbers: «12, 15 и 18 процентов».
fn chains(running: &Running, list: &mut [Quantity]) {
    let mut at = 0;
    while at < list.len() {
        let mut end = at + 1;
        let mut joins = Vec::new();
        // Years may stand between the two numbers of «с 12 в 2021 году до 15».
        while end < list.len() {
            match join(running, &list[end - 1], &list[end]) {
                Join::None => break,
                kind => joins.push(kind),
            }
            end += 1;
        }
        // A range of money has its scale behind it: «$4–5 млн».
        for right in (at + 1..end).rev() {
            let (one, other) = (&list[right - 1], &list[right]);
            let gap = running.text(one.unit_end, other.sign_at.max(one.unit_end));
            let is_range = gap.chars().count() == 1 && gap.chars().all(is_dash);
            let steps = other.measured.steps;
            let is_alike = other.measured.name.is_none_or(|name| one.measured.name == Some(name));
            if is_range && is_alike && one.measured.steps == 0 && one.measured.name.is_some_and(is_money) {
                list[right - 1].measured.steps = steps;
                list[right].measured.name = list[right - 1].measured.name;
            }
        }
        // Two numbers with a comma between them may belong to two clauses.
        if end - at > 2 || joins.first() == Some(&Join::Word) {
            share(&mut list[at..end]);
            money(running, &mut list[at..end]);
        } else if joins.is_empty() {
            over_years(running, list, at);
        }
        at = end;
    }
}

/// Shares the unit over the years between two numbers.
fn over_years(running: &Running, list: &mut [Quantity], at: usize) {
    let years = list[at + 1..].iter().take(2).take_while(|one| one.sort == Sort::Year).count();
    let Some(next) = list.get(at + 1 + years).filter(|_| years > 0) else { return };
    if join(running, &list[at], next) == Join::Word {
        let measured = next.measured;
        give(&mut list[at], measured);
    }
}

fn share(chain: &mut [Quantity]) {
    for i in (1..chain.len()).rev() {
        let measured = chain[i].measured;
        give(&mut chain[i - 1], measured);
    }
}

/// Gives the scale behind the last sum of money to those before it: `$3.31, $1.86 and $1.74 billion`. Whole sums may be what they say.
fn money(running: &Running, chain: &mut [Quantity]) {
    for i in (1..chain.len()).rev() {
        let (name, steps) = (chain[i].measured.name, chain[i].measured.steps);
        let one = &mut chain[i - 1];
        let is_part = one.value(running).is_some_and(|own| own.decimals > 0 && own.value < Amount::Integer(1000));
        let is_alike = one.measured.name == name && name.is_some_and(is_money) && one.measured.steps == 0;
        if is_alike && steps > 0 && is_part {
            one.measured.steps = steps;
        }
    }
}

/// Gives a unit to a number that has none, or the noun to one with a scale word alone.
fn give(one: &mut Quantity, measured: Measured) {
    let counts = matches!(measured.name, Some(name) if name == "persons" || is_money(name));
    if one.measured.is_bare() {
        one.measured = measured;
    } else if one.measured.name.is_none() && one.measured.steps > 0 && counts {
        one.measured.name = measured.name;
    }
}

/// How far from its base a rate may stand, in characters.
const NEAR: usize = 160;

/// Gives the base of a rate to the number beside it: before it where one stands close, else the first behind it.
fn rates(running: &Running, list: &mut [Quantity]) {
    for i in 0..list.len() {
        if list[i].sort != Sort::Base {
            continue;
        }
        let digits = list[i].value(running).and_then(|base| base.value.to_i64()).unwrap_or(0);
        let Some(per) = u32::try_from(digits.saturating_mul(list[i].measured.scale())).ok().filter(|per| *per > 0)
        else {
            continue;
        };
        let one_sentence = |from: usize, to: usize| {
            let closed = (from..to).any(|at| running.at(at) == '.' && ends_sentence(running, at + 1));
            to - from <= NEAR && !closed && !running.text(from, to).contains(['\n', ';'])
        };
        let may = |one: &Quantity| {
            let counted = matches!(one.measured.name, None | Some("persons"));
            one.sort == Sort::Number && one.measured.steps == 0 && counted && one.measured.per.is_none()
        };
        let (start, end) = (list[i].at, list[i].unit_end);
        let close = i.checked_sub(1).filter(|at| {
            let one = &list[*at];
            let gap = running.text(one.unit_end.min(start), start);
            one.sort == Sort::Number
                && gap.split_whitespace().count() <= 4
                && one_sentence(one.unit_end.min(start), start)
                && !gap.contains(',')
        });
        let before = close.filter(|at| may(&list[*at]));
        // The price of one tonne is no rate, and the number behind it is another's.
        let priced = per == 1 && close.is_some();
        let behind = || (i + 1..list.len()).find(|at| list[*at].sort == Sort::Number);
        let behind =
            || behind().filter(|at| !priced && may(&list[*at]) && one_sentence(end.min(list[*at].at), list[*at].at));
        if let Some(at) = before.or_else(behind) {
            let rate = Measured { steps: 0, name: None, per: Some(per) };
            list[at].measured = rate;
            if at > i
                && let Some(next) = list.get(at + 1).filter(|next| join(running, &list[at], next) == Join::Word)
            {
                list[at + 1].measured = if may(next) { rate } else { next.measured };
            }
        }
    }
}
