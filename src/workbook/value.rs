//! Value: how a program for spreadsheets keeps numbers and dates, and what it shows of them.

use crate::finding::{Amount, Period};
use crate::table::number::Number;

/// The digits of a number that such a program keeps and shows; what stands behind them is the noise of its arithmetic.
const DIGITS: usize = 15;

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// As a number.
    #[default]
    Plain,
    /// Times this power of ten: per cent 2, in thousands -3.
    Power(i8),
    /// As a date, a month, a year.
    Date(Part),
    /// Not at all: `;;;`, or a text in its place.
    Nothing,
}

impl Shown {
    /// How many digits before the point it leaves off.
    pub(super) fn left_off(self) -> u8 {
        match self {
            // Per cent multiplies besides.
            Shown::Power(power) if power < 0 => power.unsigned_abs().next_multiple_of(3),
            _ => 0,
        }
    }
}

/// How much of a date is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A day.
    Day,
    /// A month of a year.
    Month,
    /// A year.
    Year,
    /// A time without a date.
    Time,
}

/// Reads a number as a file keeps it, to 15 digits; `None` for what is no finite number.
pub(super) fn number(value: f64, shown: Shown) -> Option<Number> {
    let plain = plain(value)?;
    let (negative, unsigned) = plain.strip_prefix('-').map_or((false, plain.as_str()), |rest| (true, rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let (whole, fraction) = match shown {
        Shown::Power(power) if power > 0 => {
            let by = usize::from(power.unsigned_abs());
            let padded = format!("{fraction:0<by$}");
            (format!("{whole}{}", &padded[..by]), padded[by..].to_owned())
        }
        Shown::Power(power) => {
            let by = usize::from(power.unsigned_abs());
            let padded = format!("{whole:0>width$}", width = by + 1);
            let (whole, before) = padded.split_at(padded.len() - by);
            (whole.to_owned(), format!("{before}{fraction}").trim_end_matches('0').to_owned())
        }
        Shown::Plain | Shown::Date(_) | Shown::Nothing => (whole.to_owned(), fraction.to_owned()),
    };
    let sign = if negative { "-" } else { "" };
    let text = if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
    Some(Number { amount: Amount::parse(&text)?, decimals: fraction.len() as u32 })
}

/// Writes a float as a decimal of at most 15 significant digits.
fn plain(value: f64) -> Option<String> {
    if !value.is_finite() || value.abs() >= 1e100 {
        return None;
    }
    // One digit before the point, 14 behind: correctly rounded, whatever the float.
    let scientific = format!("{value:.*e}", DIGITS - 1);
    let (mantissa, exponent) = scientific.split_once('e')?;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let exponent: i32 = exponent.parse().ok()?;
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let point = exponent + 1;
    let text = if point <= 0 {
        format!("0.{}{digits}", "0".repeat((-point) as usize))
    } else if digits.len() <= point as usize {
        format!("{digits:0<width$}", width = point as usize)
    } else {
        format!("{}.{}", &digits[..point as usize], &digits[point as usize..])
    };
    Some(format!("{sign}{text}"))
}

/// Writes a number with the decimals that it has.
pub(super) fn spelled(number: &Number) -> String {
    let decimal = number.amount.round(number.decimals as usize);
    let sign = if decimal.negative { "-" } else { "" };
    match decimal.fraction.is_empty() {
        true => format!("{sign}{}", decimal.whole),
        false => format!("{sign}{}.{}", decimal.whole, decimal.fraction),
    }
}

/// Reads a serial day as a period; `None` for a time without a date, or before the calendar of such programs begins.
pub(super) fn dated(serial: f64, part: Part, is_1904: bool) -> Option<Period> {
    let first = if is_1904 { 0.0 } else { 1.0 };
    if part == Part::Time || !(first..2_958_466.0).contains(&serial) {
        return None;
    }
    let days = serial.floor() as i32;
    let day = match is_1904 {
        true => Period::of_day(1904, 1, 1)?.shifted(days),
        // The calendar has a 29 February 1900, which the world had not.
        false if days == 60 => return None,
        false if days < 60 => Period::of_day(1899, 12, 31)?.shifted(days),
        false => Period::of_day(1899, 12, 30)?.shifted(days),
    };
    cut(day, part)
}

/// Returns as much of a day as is shown.
pub(super) fn cut(day: Period, part: Part) -> Option<Period> {
    let (year, month, _) = day.first_day();
    match part {
        Part::Day => Some(day),
        Part::Month => Some(Period::of_month(year, month)),
        Part::Year => Some(Period::of_year(year)),
        Part::Time => None,
    }
}

/// Reads how a format shows a number: `0.0%`, `yyyy`, `dd.mm.yyyy`.
pub(super) fn shown(format: &str) -> Shown {
    let mut plain = String::new();
    let (mut quoted, mut bracketed, mut skipped) = (false, false, false);
    // Only the first section counts: the others are for numbers below zero, zero and texts.
    for c in format.chars() {
        match c {
            _ if skipped => skipped = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => skipped = true,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if bracketed => {}
            ';' => break,
            _ => plain.extend(c.to_lowercase()),
        }
    }
    let has = |letter: char| plain.contains(letter);
    // A colour alone leaves the number as it is.
    if plain.trim().is_empty() && format.contains([';', '"', '\\']) {
        return Shown::Nothing;
    }
    if plain.starts_with("general") || !plain.contains(['y', 'd', 'm', 'h', 's']) {
        return match power(&plain) {
            0 => Shown::Plain,
            power => Shown::Power(power),
        };
    }
    Shown::Date(match (has('y'), has('m'), has('d')) {
        (_, _, true) => Part::Day,
        (true, true, false) => Part::Month,
        (true, false, false) => Part::Year,
        (false, ..) => Part::Time,
    })
}

/// Reads by which power of ten a format multiplies: a hundred for per cent, a thousandth for each comma behind its last digit.
fn power(plain: &str) -> i8 {
    let is_digit = |c: char| "0#?".contains(c);
    let behind = match plain.split_once('.') {
        // Before the point or behind all digits.
        Some((whole, rest)) => [whole, rest],
        None => [plain, ""],
    };
    let commas = behind.iter().map(|part| {
        let tail = part.rsplit_once(is_digit).map_or("", |(_, tail)| tail);
        tail.chars().take_while(|c| *c == ',').count()
    });
    let thousands = i8::try_from(commas.sum::<usize>()).unwrap_or(0).min(4);
    let percent = if plain.contains('%') { 2 } else { 0 };
    percent - 3 * thousands
}

/// Returns how a format shows a number that every program knows by its number.
pub(super) fn builtin(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Power(2),
        14..=16 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shown::Date(Part::Day),
        17 => Shown::Date(Part::Month),
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Shown::Date(Part::Time),
        _ => Shown::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_the_program_shows() {
        let said = |value: f64, shown: Shown| number(value, shown).map(|number| spelled(&number));
        for (value, wanted) in [
            (61.2, "61.2"),
            (0.1 + 0.2, "0.3"),
            (19_765_004.0, "19765004"),
            (-0.000_125, "-0.000125"),
            (0.0, "0"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
            (1234.5678, "1234.5678"),
        ] {
            assert_eq!(said(value, Shown::Plain).as_deref(), Some(wanted), "{value}");
        }
        assert_eq!(said(0.612, Shown::Power(2)).as_deref(), Some("61.2"));
        assert_eq!(said(-1.0, Shown::Power(2)).as_deref(), Some("-100"));
        assert_eq!(said(3_000_500.0, Shown::Power(-3)).as_deref(), Some("3000.5"));
        assert_eq!(said(-7.25, Shown::Power(-3)).as_deref(), Some("-0.00725"));
        assert_eq!(said(0.0, Shown::Power(-6)).as_deref(), Some("0"));
        assert_eq!((said(f64::NAN, Shown::Plain), said(1e300, Shown::Plain)), (None, None));
    }

    #[test]
    fn formats_say_what_is_shown() {
        for (format, wanted) in [
            ("General", Shown::Plain),
            (";;;", Shown::Nothing),
            ("\"-\"", Shown::Nothing),
            ("", Shown::Plain),
            ("[Red]", Shown::Plain),
            ("#,##0;[Red]-#,##0", Shown::Plain),
            ("0.0%", Shown::Power(2)),
            ("0.0,", Shown::Power(-3)),
            ("#,##0,", Shown::Power(-3)),
            ("#,##0", Shown::Plain),
            ("#,##0.0,,\" млн\"", Shown::Power(-6)),
            ("0,.0", Shown::Power(-3)),
            ("0\" дней\"", Shown::Plain),
            ("0\\y", Shown::Plain),
            ("yyyy", Shown::Date(Part::Year)),
            ("mmm yyyy", Shown::Date(Part::Month)),
            ("[$-419]dd.mm.yyyy;@", Shown::Date(Part::Day)),
            ("h:mm", Shown::Date(Part::Time)),
        ] {
            assert_eq!(shown(format), wanted, "{format}");
        }
        let day = |serial, is_1904| dated(serial, Part::Day, is_1904).map(|day| day.to_string());
        assert_eq!(day(44_927.0, false).as_deref(), Some("2023-01-01"));
        assert_eq!(day(43_465.0, true).as_deref(), Some("2023-01-01"));
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!((day(0.5, false), day(1e9, false), day(60.0, false)), (None, None, None));
        assert_eq!(day(0.0, true).as_deref(), Some("1904-01-01"));
    }
}
