//! Small numbers in English words.

use super::MOST;

/// Writes a cardinal in words; `None` where the number is larger than [`MOST`].
pub(in crate::language) fn cardinal(number: usize) -> Option<String> {
    (number <= MOST).then(|| cardinal_of(number))
}

/// Writes an ordinal in words; `None` for nought and what is larger than [`MOST`].
pub(in crate::language) fn ordinal(number: usize) -> Option<String> {
    (1..=MOST).contains(&number).then(|| ordinal_of(number))
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn cardinal_of(number: usize) -> String {
    match (number / 10, number % 10) {
        (..=1, _) => UNITS[number].to_owned(),
        (tens, 0) => TENS[tens].to_owned(),
        (tens, unit) => [TENS[tens], "-", UNITS[unit]].concat(),
    }
}

fn ordinal_of(number: usize) -> String {
    let unit = match number {
        1 => "first",
        2 => "second",
        3 => "third",
        5 => "fifth",
        8 => "eighth",
        9 => "ninth",
        12 => "twelfth",
        ..20 => return [UNITS[number], "th"].concat(),
        _ if number.is_multiple_of(10) => {
            return [TENS[number / 10].strip_suffix('y').unwrap_or_default(), "ieth"].concat();
        }
        _ => return [TENS[number / 10], "-", &ordinal_of(number % 10)].concat(),
    };
    unit.to_owned()
}
