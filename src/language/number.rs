//! Number: rounding, grouping and signs, the same in every language.

use serde::Deserialize;

use super::{Lang, NBSP, Scale};
use crate::finding::{Amount, Decimal};

/// The sign of numbers below zero.
pub(super) const MINUS: char = '\u{2212}';

/// What an edition decides about the look of numbers in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Style {
    /// Whether a space stands before the signs of per cent and per mille.
    pub percent_space: bool,
    /// Whether four digits are grouped: `9 344`.
    pub group_four_digits: bool,
    /// What stands before the fraction.
    pub decimal_mark: char,
    /// Whether a balance above zero has a plus sign.
    pub signed_plus: bool,
    /// Up to which number a counted noun has its number in words: 0 for none.
    pub words_up_to: usize,
    /// What stands for a value that is missing: no data, no phenomenon, confidential; the agency's signs where empty.
    pub missing: [String; 3],
}

/// The style of a language that states no other.
impl Default for Style {
    fn default() -> Style {
        Style {
            percent_space: false,
            group_four_digits: true,
            decimal_mark: ',',
            signed_plus: false,
            words_up_to: 0,
            missing: Default::default(),
        }
    }
}

impl Style {
    /// Returns the usual style of English.
    pub(super) fn english() -> Style {
        Style { decimal_mark: '.', ..Style::default() }
    }

    /// Returns the usual style of a language.
    pub fn of(lang: Lang) -> Style {
        (lang.grammar().style)()
    }
}

/// Divides by the scale and rounds half away from zero.
pub(super) fn rounded(value: &Amount, decimals: usize, scale: Scale) -> Decimal {
    match scale {
        Scale::One => value.round(decimals),
        _ => value.divided_by(&Amount::Integer(scale.divisor())).unwrap_or(Amount::ZERO).round(decimals),
    }
}

/// Writes a number with a sign, groups of three and a decimal mark.
pub(super) fn write(out: &mut String, value: &Decimal, plus: bool, style: &Style, group: char) {
    let zero = || value.whole.bytes().chain(value.fraction.bytes()).all(|b| b == b'0');
    if value.negative {
        out.push(MINUS);
    } else if plus && !zero() {
        out.push('+');
    }
    let digits = value.whole.as_str();
    let grouped = digits.len() > if style.group_four_digits { 3 } else { 4 };
    let (mut head, mut rest) = digits.split_at(if grouped { (digits.len() - 1) % 3 + 1 } else { digits.len() });
    loop {
        out.push_str(head);
        if rest.is_empty() {
            break;
        }
        out.push(group);
        (head, rest) = rest.split_at(3);
    }
    if !value.fraction.is_empty() {
        out.push(style.decimal_mark);
        out.push_str(&value.fraction);
    }
}

/// Returns a whole number that is not below nought and small enough to be counted with.
pub(super) fn small(value: &Decimal) -> Option<usize> {
    if value.negative || !value.fraction.is_empty() { None } else { value.whole.parse().ok() }
}

/// Takes a literal with a decimal point digit by digit: `5.80` keeps its zero.
pub(super) fn literal(text: &str) -> Option<Decimal> {
    split(text, '.')
}

/// Reads a printed number.
pub(super) fn read(text: &str, decimal_mark: char, group: char) -> Option<Decimal> {
    let is_gap = |c: char| c == group || [' ', NBSP, '\u{202f}', '\u{2009}'].contains(&c);
    let text = text.trim();
    split(&text.strip_prefix('+').unwrap_or(text).replace(is_gap, ""), decimal_mark)
}

/// Reads a number whose groups, where a sign parts them, are whole.
pub(super) fn grouped(text: &str, decimal_mark: char, group: char) -> Option<Decimal> {
    let whole = text.split(decimal_mark).next().unwrap_or_default();
    let (_, groups) = whole.split_once(group).unwrap_or_default();
    let is_whole = groups.is_empty() || groups.split(group).all(|own| own.len() == 3);
    read(text, decimal_mark, group).filter(|_| is_whole)
}

fn split(text: &str, decimal_mark: char) -> Option<Decimal> {
    let unsigned = text.strip_prefix(['-', MINUS, '–']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once(decimal_mark).unwrap_or((unsigned, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || unsigned.ends_with(decimal_mark) {
        return None;
    }
    let zero = whole.bytes().chain(fraction.bytes()).all(|b| b == b'0');
    let negative = unsigned.len() < text.len() && !zero;
    Some(Decimal { negative, whole: whole.to_owned(), fraction: fraction.to_owned() })
}
