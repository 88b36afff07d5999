//! Form: how far a number reaches, and what only looks like one: codes, dates in digits, addresses, hours.

use super::Sort;
use super::running::{Running, is_dash, is_space};
use crate::files::limits::{CODE_CHARS, DIGITS};
use crate::language::aside;

/// The Cyrillic letter that looks like X.
const KHA: char = '\u{425}';

/// Says whether digits may be a year.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1800..=2100).contains(&year))
}

fn is_digit(running: &Running, at: usize) -> bool {
    running.at(at).is_ascii_digit()
}

/// Finds the end of a run of digits.
fn run(running: &Running, at: usize) -> usize {
    let mut end = at;
    while is_digit(running, end) {
        end += 1;
    }
    end
}

/// Finds the end of a number: groups of three digits, a decimal mark with digits, a power of ten, the other part of a fraction.
pub(super) fn number(running: &Running, at: usize) -> usize {
    let first = run(running, at);
    let end = decimals(running, grouped(running, at, first));
    let whole = end == first;
    if whole && running.at(end) == '/' && (end - at) <= 3 {
        let under = run(running, end + 1);
        let closes = !matches!(running.at(under), '/' | '.' | '-') || !is_digit(running, under + 1);
        if (1..=3).contains(&(under - end - 1)) && closes && running.at(end + 1) != '0' && running.before(at) != '/' {
            return under;
        }
    }
    power(running, end)
}

/// Joins groups of three digits, all with one mark between them, unless one ends a line.
fn grouped(running: &Running, at: usize, first: usize) -> usize {
    let mut end = first;
    if first - at > 3 || running.at(at) == '0' {
        return end;
    }
    let three = |from: usize| run(running, from) - from == 3;
    // `1,234,567` is English; a single comma is decimal anywhere else.
    let again = running.at(end + 4) == ',' && three(end + 5) || running.is_english();
    if running.at(end) == ',' && three(end + 1) && again {
        while running.at(end) == ',' && three(end + 1) {
            end += 4;
        }
        return end;
    }
    let mut mark = None;
    while is_space(running.at(end)) && three(end + 1) {
        let cut = running.line(end + 1) != running.line(end.saturating_sub(1));
        if !cut && *mark.get_or_insert(running.at(end)) != running.at(end) || spreads(running, at, end + 4) {
            break;
        }
        end += 4;
    }
    end
}

/// Says whether `12 138` are two numbers: the first is what a mean varies by, and the second a mean that varies too.
fn spreads(running: &Running, at: usize, end: usize) -> bool {
    running.before(running.skip_back(at)) == '±' && running.after(end).starts_with('±')
}

fn decimals(running: &Running, end: usize) -> usize {
    if matches!(running.at(end), ',' | '.') && is_digit(running, end + 1) { run(running, end + 1) } else { end }
}

/// Reads `·10⁶`, `×10^9`, `e-5` behind a number.
fn power(running: &Running, end: usize) -> usize {
    if matches!(running.at(end), 'e' | 'E') {
        let from = if matches!(running.at(end + 1), '-' | '+' | '−') { end + 2 } else { end + 1 };
        let to = run(running, from);
        return if to > from && !running.is_letter(to) { to } else { end };
    }
    let raised = |c: char| matches!(c, '⁰' | '¹' | '²' | '³' | '⁴' | '⁵' | '⁶' | '⁷' | '⁸' | '⁹' | '⁻');
    let mut at = end;
    if running.text(at.saturating_sub(2), at) == "10"
        && !is_digit(running, at.saturating_sub(3))
        && raised(running.at(at))
    {
        while raised(running.at(at)) {
            at += 1;
        }
        return at;
    }
    while is_space(running.at(at)) && at < running.len() {
        at += 1;
    }
    if !matches!(running.at(at), '·' | '×' | '*' | '⋅') {
        return end;
    }
    at += 1;
    while is_space(running.at(at)) && at < running.len() {
        at += 1;
    }
    if running.text(at, at + 2) != "10" || is_digit(running, at + 2) {
        return end;
    }
    at += 2;
    let mut to = at;
    while raised(running.at(to)) {
        to += 1;
    }
    if to == at && running.at(at) == '^' {
        let from = if is_dash(running.at(at + 1)) { at + 2 } else { at + 1 };
        to = run(running, from);
    }
    if to > at { to } else { end }
}

/// Reads what only looks like a number, and returns its end.
pub(super) fn code(running: &Running, at: usize) -> Option<(usize, Sort)> {
    // No quantity has so many digits, and nobody reads them.
    let digits = run(running, at);
    if digits - at > DIGITS {
        return Some((digits, Sort::Identifier));
    }
    let chunk = running.chunk(at);
    if chunk.address {
        return Some((chunk.to, Sort::Identifier));
    }
    glued(running, at)
        .or_else(|| telephone(running, at))
        .or_else(|| issued(running, at))
        .or_else(|| groups(running, at))
        .or_else(|| date_or_hour(running, at))
        .or_else(|| announced(running, at, chunk.to))
        .map(|end| (end, Sort::Identifier))
}

/// A mark behind a name, `рынок2`, or a cipher, `COVID-19`; behind a hyphen a decimal or a share is a number.
fn glued(running: &Running, at: usize) -> Option<usize> {
    let before = running.before(at);
    let mut end = at;
    while running.at(end).is_alphanumeric() {
        end += 1;
    }
    if before.is_alphabetic() || before == '_' || matches!(before, '»' | '”') {
        return Some(if before.is_ascii_alphabetic() { decimals(running, end) } else { end });
    }
    if before == '(' {
        return order(running, at);
    }
    let joined = matches!(before, '-' | '\u{2011}') && at > 1 && running.is_letter(at - 2);
    let plain = end - at <= 4 && !matches!(running.at(end), ',' | '.' if is_digit(running, end + 1));
    let measured =
        running.after(end).starts_with(['%', '‰', '(']) || is_space(running.at(end)) && is_digit(running, end + 1);
    (joined && plain && !measured).then_some(end)
}

/// The order of a model, `ARIMA(1,1,2)`: capital Latin letters stand before the parenthesis.
fn order(running: &Running, at: usize) -> Option<usize> {
    let name = (1..=3).all(|back| at.checked_sub(back + 1).is_some_and(|i| running.at(i).is_ascii_uppercase()));
    let mut end = at;
    while is_digit(running, end) || matches!(running.at(end), ',' | ';' | ' ') && end < running.len() {
        end += 1;
    }
    (name && running.at(end) == ')').then_some(end)
}

/// A telephone number: announced, or with a plus, and at least ten digits with marks between them.
fn telephone(running: &Running, at: usize) -> Option<usize> {
    let opens = at - usize::from(running.before(at) == '(');
    let named = aside::is_in(running.word_before(opens).trim_end_matches(':'), |own| own.telephones);
    // No quantity of several groups begins with a zero, and an area's code stands in parentheses.
    let coded = running.at(at) == '0' || opens < at && running.at(at + 3) == ')';
    if !named && !coded && running.before(at) != '+' {
        return None;
    }
    let mut end = at;
    while is_digit(running, end) || matches!(running.at(end), ' ' | '(' | ')' | '-' | '\u{a0}') && end < running.len() {
        end += 1;
    }
    let text = running.text(at, end);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let marked = text.contains(['(', '-']);
    let zero = running.at(at) == '0' && text.trim_end().contains(' ') && (10..=11).contains(&digits);
    (digits >= 10 && marked || zero || named && digits >= 5).then(|| at + text.trim_end().chars().count())
}

/// The issue of a journal with its pages: `2024, 15(2), 117–118`, `15(2): 117`.
fn issued(running: &Running, at: usize) -> Option<usize> {
    let over = |mut at: usize| {
        let from = at;
        while at < running.len() && at < from + 3 && matches!(running.at(at), ',' | ';' | ':' | ' ' | '\u{a0}') {
            at += 1;
        }
        at
    };
    let first = run(running, at);
    let volume = if is_year(running.text(at, first)) && !matches!(running.at(first), '(') { over(first) } else { at };
    let open = run(running, volume);
    let close = run(running, open + 1);
    let from = over(close + 1);
    let to = run(running, from);
    let short = open > volume && open - volume <= 4 && close > open + 1 && close - open <= 4;
    let listed = short && running.at(open) == '(' && running.at(close) == ')' && from > close + 1 && to > from;
    let range = is_dash(running.at(to)) && is_digit(running, to + 1);
    // What stands alone behind an issue, and is a year, is its year: `4(18), 2020`.
    let dated = !range && is_year(running.text(from, to));
    (listed && !dated).then(|| if range { run(running, to + 1) } else { to })
}

/// Groups of digits with hyphens between them: a date, a telephone number, the code of an author or of a journal.
fn groups(running: &Running, at: usize) -> Option<usize> {
    let mut end = at;
    while is_digit(running, end) || running.at(end) == '-' && is_digit(running, end + 1) {
        end += 1;
    }
    let text = running.text(at, end);
    let parts: Vec<&str> = text.split('-').collect();
    let checked =
        parts.len() == 2 && parts[0].len() == 4 && parts[1].len() == 3 && matches!(running.at(end), 'X' | KHA);
    (parts.len() >= 3 || checked).then_some(if matches!(running.at(end), 'X' | KHA) { end + 1 } else { end })
}

/// `03.2019`, `8:00`; a ratio, `1:10`, is none unless a word that leads to an hour stands before it.
fn date_or_hour(running: &Running, at: usize) -> Option<usize> {
    let first = run(running, at);
    let second = run(running, first + 1);
    let (left, right) = (running.text(at, first), running.text(first + 1, second));
    let (hour, minute) = (left.parse::<u32>().ok()?, right.parse::<u32>().ok()?);
    let month = running.at(first) == '.' && left.len() <= 2 && hour <= 12 && is_year(right);
    let led = aside::is_in(running.word_before(at), |own| own.hours_led);
    let hours = running.at(first) == ':' && right.len() == 2 && hour < 24 && minute < 60;
    let cased = aside::begins(running.after(second), |own| own.hours_cased);
    // `43°15′` is a place on the globe.
    let angle = running.at(first) == '°' && second > first + 1 && matches!(running.at(second), '′' | '\'' | '’');
    let month = month && !super::unit::begins(running, running.skip(second));
    (month || angle || hours && (led || cased || left.len() == 2)).then_some(second)
}

/// A code with a slash or several points in it, behind a word that announces one, or with a zero in front.
fn announced(running: &Running, at: usize, to: usize) -> Option<usize> {
    let chunk = running.text(at, to.min(at + CODE_CHARS));
    let chunk = chunk.trim_end_matches(['.', ',', ';', ':', ')', ']', '%', '»']);
    let dots = chunk.split('.').filter(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit())).count();
    let coded = chunk.contains('/') && chunk.contains('.') && chunk.chars().all(|c| !c.is_alphabetic() || c.is_ascii())
        || (dots >= 3 && chunk.matches('.').count() >= 2);
    let word = running.word_before(at);
    let named = aside::is_in(word.trim_end_matches([':', '.']), |own| own.codes);
    // `3 (56)` of an issue: what stands in parentheses behind a code is one too.
    let issue = running.before(at) == '('
        && running.text(at.saturating_sub(8), at).contains('№')
        && chunk.chars().all(|c| c.is_ascii_digit());
    let zero = running.at(at) == '0' && is_digit(running, at + 1);
    (coded || named || issue || zero).then(|| at + chunk.chars().count())
}
