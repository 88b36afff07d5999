//! Printed: a number as a paper prints it, and what it may stand for under each way of rounding.

use std::borrow::Cow;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;

use crate::expression::Interval;
use crate::finding::Amount;

/// A printed number: its value and its decimals. `12,0` is not `12`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The value of the digits.
    pub value: Amount,
    /// How many digits follow the decimal mark.
    pub decimals: u32,
    /// True for «-0,0»: a number below zero, or zero, that rounds to nothing.
    pub minus_zero: bool,
}

/// A way of rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// The nearest, halves away from zero: the rule of schools and offices.
    HalfAway,
    /// The nearest, halves to the even digit.
    HalfEven,
    /// Further digits cut off.
    Truncate,
}

impl Mode {
    /// Every mode, the usual one first.
    pub const ALL: [Mode; 3] = [Mode::HalfAway, Mode::HalfEven, Mode::Truncate];

    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Mode::HalfAway => "half-away-from-zero",
            Mode::HalfEven => "half-to-even",
            Mode::Truncate => "truncated",
        }
    }

    /// Rounds a value to a number of decimals.
    pub fn round(self, value: &Amount, decimals: u32) -> Amount {
        let power = BigRational::from_integer(num_traits::pow(BigInt::from(10), decimals as usize));
        let scaled = value.magnitude().to_rational() * &power;
        let (whole, rest) = scaled.numer().div_mod_floor(scaled.denom());
        let half: std::cmp::Ordering = (&rest * 2u8).cmp(scaled.denom());
        let up = match self {
            Mode::HalfAway => half.is_ge(),
            Mode::HalfEven => half.is_gt() || half.is_eq() && whole.is_odd(),
            Mode::Truncate => false,
        };
        let units = if up { whole + 1u8 } else { whole };
        let rounded = Amount::simplest(BigRational::from_integer(units) / power);
        if value.signum() < 0 { rounded.negated() } else { rounded }
    }

    /// Returns the least interval that holds every value which rounds to a printed one.
    pub fn unround(self, printed: &Printed) -> Interval {
        let unit = printed.last_place();
        let half = unit.divided_by(&Amount::Integer(2)).unwrap_or(Amount::ZERO);
        let sign = printed.value.signum();
        let (below, above) = match self {
            Mode::HalfAway | Mode::HalfEven => (half.clone(), half),
            // What is cut off makes the number smaller than it was; a zero comes from either side.
            Mode::Truncate if sign == 0 => (unit.clone(), unit),
            Mode::Truncate if sign > 0 => (Amount::ZERO, unit),
            Mode::Truncate => (unit, Amount::ZERO),
        };
        let above = if printed.minus_zero { Amount::ZERO } else { above };
        Interval { low: printed.value.minus(&below), high: printed.value.plus(&above) }
    }
}

impl Printed {
    /// Reads a number as Russian, Kazakh and English texts print it; any kind of minus sign and of space is accepted.
    pub fn parse(text: &str) -> Option<Printed> {
        // Only commas make an English number.
        let spaced = if text.contains(',') { Cow::Owned(plain(text)) } else { Cow::Borrowed(text) };
        let digits = spaced.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'));
        let plain = digits.map(|c| match c {
            '−' | '–' | '\u{2011}' => '-',
            ',' => '.',
            c => c,
        });
        let plain: String = plain.collect();
        let plain = plain.trim_start_matches('+');
        let decimals = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len() as u32);
        let value = Amount::parse(plain)?;
        Some(Printed { minus_zero: value.is_zero() && plain.starts_with('-'), value, decimals })
    }

    /// Makes what a value with some decimals is printed as.
    pub fn of(value: Amount, decimals: u32) -> Printed {
        Printed { value, decimals, minus_zero: false }
    }

    /// Returns true where a value rounds to it.
    pub fn is(&self, mode: Mode, value: &Amount) -> bool {
        mode.round(value, self.decimals) == self.value && !(self.minus_zero && value.signum() > 0)
    }

    /// Returns one unit of the last printed place.
    pub fn last_place(&self) -> Amount {
        Amount::ratio(1, 10i64.pow(self.decimals.min(17))).unwrap_or(Amount::ZERO)
    }

    /// Returns one unit of the last place that is not a zero of a whole number: 10 of «50», 1 of «13», 0,1 of «183,0».
    pub fn last_digit(&self) -> Amount {
        let mut unit = 1;
        if let (0, Some(mut whole)) = (self.decimals, self.value.to_i64().filter(|whole| *whole != 0)) {
            while whole % 10 == 0 {
                (whole, unit) = (whole / 10, unit * 10);
            }
            return Amount::Integer(unit);
        }
        self.last_place()
    }

    /// Returns what it may stand for when it was rounded to the nearest.
    pub fn interval(&self) -> Interval {
        Mode::HalfAway.unround(self)
    }
}

/// Writes the groups of an English number with spaces: `1,234,567` and `12,345.6`; any other number as it stands.
pub(super) fn plain(text: &str) -> String {
    let commas = text.matches(',').count();
    let english = commas > 1 || commas == 1 && text.contains('.');
    grouped(text).filter(|_| english).unwrap_or_else(|| text.to_owned())
}

/// Writes the groups of a number that commas part with spaces; none where they do not part groups of three digits.
pub(super) fn grouped(text: &str) -> Option<String> {
    let whole = text.split('.').next().unwrap_or_default();
    let three = |group: &str| group.len() == 3 && group.chars().all(|c| c.is_ascii_digit());
    let parts = !whole.starts_with('0') && whole.contains(',') && whole.split(',').skip(1).all(three);
    parts.then(|| text.replace(',', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Printed {
        Printed::parse(text).expect("a number")
    }

    #[test]
    fn reads_numbers_as_papers_print_them() {
        assert_eq!(printed("−39 344").value, Amount::Integer(-39344));
        assert_eq!(printed("12,0").decimals, 1);
        assert_eq!(printed("79.9").decimals, 1);
        assert_eq!(Printed::parse("more"), None);
        assert_eq!(Printed::parse("2-х"), None);
    }

    #[test]
    fn a_minus_before_zero_says_that_the_number_is_not_above_it() {
        let value = |text: &str| Amount::parse(text).expect("a decimal");
        assert!(
            printed("-0,0").is(Mode::HalfAway, &value("-0.04")) && printed("0,0").is(Mode::HalfAway, &value("-0.04"))
        );
        assert!(!printed("-0,0").is(Mode::HalfAway, &value("0.04")));
        assert!(!printed("−0,0").interval().contains(&value("0.04")));
    }

    #[test]
    fn more_decimals_leave_less_open() {
        let (coarse, fine) = (printed("12").interval(), printed("12,0").interval());
        assert!(coarse.contains(&Amount::parse("12.4").expect("a decimal")));
        assert!(!fine.contains(&Amount::parse("12.4").expect("a decimal")));
    }

    #[test]
    fn a_value_rounds_in_three_ways() {
        let round = |text: &str, mode: Mode| mode.round(&Amount::parse(text).expect("a decimal"), 1).to_string();
        assert_eq!(Mode::ALL.map(|mode| round("2.25", mode)), ["2.3", "2.2", "2.2"]);
        assert_eq!(Mode::ALL.map(|mode| round("-2.21", mode)), ["-2.2", "-2.2", "-2.2"]);
    }
}
