//! Amount: an exact integer or rational number, or a float where a method has to leave the rationals.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{FromPrimitive, Signed, ToPrimitive, Zero};

use crate::files::limits::DIGITS;

/// A number that remembers whether it is exact.
///
/// Integers stay `i64` as long as they fit and become rationals when they do not, so no operation overflows.
/// An operation with a float on either side gives a float.
#[derive(Clone, Debug)]
pub enum Amount {
    /// A whole number: persons, counts, ranks.
    Integer(i64),
    /// An exact fraction, or a whole number beyond `i64` (one that fits is an [`Amount::Integer`]).
    Rational(BigRational),
    /// A finite float from a method with roots or logarithms.
    Float(f64),
}

/// As many digits are always less than an `i64` holds.
const SHORT: usize = 18;

/// A number rounded once, for print: sign, whole digits, fraction digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// True when the rounded value is below zero; a rounded zero is never negative.
    pub negative: bool,
    /// The digits before the decimal mark, at least one.
    pub whole: String,
    /// The digits behind the decimal mark, exactly as many as were asked for.
    pub fraction: String,
}

impl Amount {
    /// Zero.
    pub const ZERO: Amount = Amount::Integer(0);

    /// Makes the simplest form of a fraction; `None` when the denominator is zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Amount> {
        Amount::Integer(numerator).divided_by(&Amount::Integer(denominator))
    }

    /// Takes a float, or `None` where it is not finite.
    pub fn float(value: f64) -> Option<Amount> {
        value.is_finite().then_some(Amount::Float(if value == 0.0 { 0.0 } else { value }))
    }

    /// Reads a plain decimal (`-39344`, `5.80`) exactly; one of more than [`DIGITS`] digits is none.
    pub fn parse(text: &str) -> Option<Amount> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if unsigned.len() > DIGITS || whole.is_empty() || !digits(whole) || !digits(fraction) || unsigned.ends_with('.')
        {
            return None;
        }
        // Nearly all numbers that are read are short, and a text may hold a million of them.
        if whole.len() + fraction.len() <= SHORT {
            let value = |digits: &str| digits.bytes().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
            let power = 10i64.pow(fraction.len() as u32);
            let scaled = value(whole) * power + value(fraction);
            let scaled = if unsigned.len() < text.len() { -scaled } else { scaled };
            return Some(Amount::small_ratio(scaled.into(), power.into()));
        }
        let scaled: BigInt = format!("{whole}{fraction}").parse().ok()?;
        let scaled = if unsigned.len() < text.len() { -scaled } else { scaled };
        Some(Amount::simplest(BigRational::new(scaled, power_of_ten(fraction.len()))))
    }

    /// Brings a fraction into its simplest form.
    pub fn simplest(value: BigRational) -> Amount {
        match value.is_integer().then(|| value.to_integer().to_i64()).flatten() {
            Some(whole) => Amount::Integer(whole),
            None => Amount::Rational(value),
        }
    }

    /// Returns how many bits its digits take, above and below the line of a fraction together.
    pub fn bits(&self) -> u64 {
        match self {
            Amount::Integer(_) | Amount::Float(_) => 64,
            Amount::Rational(a) => a.numer().bits() + a.denom().bits(),
        }
    }

    /// Returns true unless a float is in it.
    pub fn is_exact(&self) -> bool {
        !matches!(self, Amount::Float(_))
    }

    /// Returns the sum.
    pub fn plus(&self, other: &Amount) -> Amount {
        match (self, other) {
            (Amount::Integer(a), Amount::Integer(b)) if a.checked_add(*b).is_some() => Amount::Integer(a + b),
            _ => match (self.small(), other.small()) {
                (Some((a, b)), Some((c, d))) => Amount::small_ratio(a * d + c * b, b * d),
                _ => self.combine(other, |a, b| a + b, |a, b| a + b),
            },
        }
    }

    /// Returns the difference.
    pub fn minus(&self, other: &Amount) -> Amount {
        self.plus(&other.negated())
    }

    /// Returns the product.
    pub fn times(&self, other: &Amount) -> Amount {
        match (self, other) {
            (Amount::Integer(a), Amount::Integer(b)) if a.checked_mul(*b).is_some() => Amount::Integer(a * b),
            _ => match (self.small(), other.small()) {
                (Some((a, b)), Some((c, d))) => Amount::small_ratio(a * c, b * d),
                _ => self.combine(other, |a, b| a * b, |a, b| a * b),
            },
        }
    }

    /// Returns the quotient, or `None` for a division by zero.
    pub fn divided_by(&self, other: &Amount) -> Option<Amount> {
        match (self, other) {
            _ if other.is_zero() => None,
            (Amount::Integer(a), Amount::Integer(b)) if *b != -1 && a % b == 0 => Some(Amount::Integer(a / b)),
            _ => match (self.small(), other.small()) {
                (Some((a, b)), Some((c, d))) => Some(Amount::small_ratio(a * d * c.signum(), b * c.abs())),
                _ => Some(self.combine(other, |a, b| a / b, |a, b| a / b)),
            },
        }
    }

    /// Returns the value with the other sign.
    pub fn negated(&self) -> Amount {
        match self {
            Amount::Integer(a) if *a != i64::MIN => Amount::Integer(-a),
            Amount::Float(a) => Amount::Float(-a + 0.0),
            _ => Amount::simplest(-self.to_rational()),
        }
    }

    /// Returns the absolute value.
    pub fn magnitude(&self) -> Amount {
        if self.signum() < 0 { self.negated() } else { self.clone() }
    }

    /// Returns −1, 0 or 1.
    pub fn signum(&self) -> i32 {
        match self {
            Amount::Integer(a) => a.signum() as i32,
            Amount::Rational(a) => a.signum().to_integer().to_i32().unwrap_or(0),
            Amount::Float(a) => i32::from(*a > 0.0) - i32::from(*a < 0.0),
        }
    }

    /// Returns true for zero of any kind.
    pub fn is_zero(&self) -> bool {
        self.signum() == 0
    }

    /// Returns the nearest float.
    pub fn to_f64(&self) -> f64 {
        match self {
            Amount::Integer(a) => *a as f64,
            Amount::Rational(a) => match (a.numer().to_i64(), a.denom().to_i64()) {
                // Both are floats without loss, so that their quotient is rounded once.
                (Some(n), Some(d)) if n.unsigned_abs() < 1 << 53 && d < 1 << 53 => n as f64 / d as f64,
                _ => a.to_f64().unwrap_or(0.0),
            },
            Amount::Float(a) => *a,
        }
    }

    /// Writes the number in at most 17 significant digits, which tell any two floats apart; a whole number in full.
    pub fn to_digits(&self) -> String {
        let exponent = format!("{:e}", self.to_f64()).rsplit_once('e').and_then(|(_, e)| e.parse::<i32>().ok());
        match self {
            Amount::Integer(whole) => whole.to_string(),
            Amount::Float(value) => value.to_string(),
            Amount::Rational(_) => {
                let decimals = usize::try_from(16 - exponent.unwrap_or(0)).unwrap_or(0);
                let text = self.round(decimals).to_string();
                if decimals == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() }
            }
        }
    }

    /// Returns the whole number, where it is one that fits.
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Amount::Integer(a) => Some(*a),
            _ => None,
        }
    }

    /// Returns the exact fraction; a float is read as its shortest decimal, so that 2.675 is 2675/1000.
    pub fn to_rational(&self) -> BigRational {
        match self {
            Amount::Integer(a) => BigRational::from_integer(BigInt::from(*a)),
            Amount::Rational(a) => a.clone(),
            Amount::Float(a) => match Amount::parse(&format!("{a}")) {
                Some(exact) => exact.to_rational(),
                None => BigRational::from_f64(*a).unwrap_or_else(BigRational::zero),
            },
        }
    }

    /// Rounds half away from zero to a number of decimals. Nothing is rounded before this.
    pub fn round(&self, decimals: usize) -> Decimal {
        self.round_small(decimals).unwrap_or_else(|| self.round_big(decimals))
    }

    /// Rounds without big numbers, which nearly every published figure allows.
    fn round_small(&self, decimals: usize) -> Option<Decimal> {
        let (numerator, denominator) = self.small()?;
        let power = 10_i128.checked_pow(u32::try_from(decimals).ok()?).filter(|_| decimals <= 15)?;
        let units = (2 * numerator.abs() * power + denominator) / (2 * denominator);
        let fraction = if decimals == 0 { String::new() } else { format!("{:0>decimals$}", units % power) };
        Some(Decimal { negative: numerator < 0 && units != 0, whole: (units / power).to_string(), fraction })
    }

    fn round_big(&self, decimals: usize) -> Decimal {
        let scaled = self.to_rational().abs() * BigRational::from_integer(power_of_ten(decimals));
        let doubled: BigInt = scaled.numer() * 2 + scaled.denom();
        let units = doubled.div_floor(&(scaled.denom() * 2));
        let digits = format!("{units:0>width$}", width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        Decimal { negative: self.signum() < 0 && !units.is_zero(), whole: whole.into(), fraction: fraction.into() }
    }

    /// Returns numerator and denominator where both are so small that no sum of two products overflows.
    fn small(&self) -> Option<(i128, i128)> {
        const MOST: i128 = 1 << 62;
        let (numerator, denominator) = match self {
            Amount::Integer(a) => (i128::from(*a), 1),
            Amount::Rational(a) => (i128::from(a.numer().to_i64()?), i128::from(a.denom().to_i64()?)),
            Amount::Float(_) => return None,
        };
        (numerator.abs() <= MOST && denominator <= MOST).then_some((numerator, denominator))
    }

    /// Makes the simplest form of a fraction whose denominator is above zero, without the detour over big integers.
    fn small_ratio(numerator: i128, denominator: i128) -> Amount {
        let common = numerator.gcd(&denominator);
        let (numerator, denominator) = (numerator / common, denominator / common);
        match i64::try_from(numerator) {
            Ok(whole) if denominator == 1 => Amount::Integer(whole),
            _ => Amount::Rational(BigRational::new_raw(numerator.into(), denominator.into())),
        }
    }

    fn combine(
        &self,
        other: &Amount,
        exact: impl Fn(BigRational, BigRational) -> BigRational,
        float: impl Fn(f64, f64) -> f64,
    ) -> Amount {
        if self.is_exact() && other.is_exact() {
            return Amount::simplest(exact(self.to_rational(), other.to_rational()));
        }
        Amount::Float(float(self.to_f64(), other.to_f64()) + 0.0)
    }
}

impl Decimal {
    /// Returns the exact value that the digits stand for.
    pub fn to_amount(&self) -> Amount {
        Amount::parse(&self.to_string()).unwrap_or(Amount::ZERO)
    }
}

/// Writes the machine form: `-39344`, `5.80`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        match self.fraction.as_str() {
            "" => write!(f, "{sign}{}", self.whole),
            fraction => write!(f, "{sign}{}.{fraction}", self.whole),
        }
    }
}

/// Writes the value in full: whole numbers and finite decimals as such, other fractions as `p/q`, floats in their shortest form.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Integer(a) => write!(f, "{a}"),
            Amount::Float(a) => write!(f, "{a}"),
            Amount::Rational(a) if a.is_integer() => write!(f, "{}", a.numer()),
            Amount::Rational(a) => match decimals_of(a.denom()) {
                Some(decimals) => write!(f, "{}", self.round(decimals)),
                None => write!(f, "{}/{}", a.numer(), a.denom()),
            },
        }
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Amount) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Amount {}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Amount) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Amount) -> Ordering {
        match (self, other) {
            (Amount::Integer(a), Amount::Integer(b)) => a.cmp(b),
            (Amount::Float(a), Amount::Float(b)) => a.total_cmp(b),
            _ => match (self.small(), other.small()) {
                (Some((a, b)), Some((c, d))) => (a * d).cmp(&(c * b)),
                _ => self.to_rational().cmp(&other.to_rational()),
            },
        }
    }
}

impl From<i64> for Amount {
    fn from(value: i64) -> Amount {
        Amount::Integer(value)
    }
}

fn power_of_ten(exponent: usize) -> BigInt {
    num_traits::pow(BigInt::from(10), exponent)
}

/// Returns how many decimals write 1/denominator in full, if finitely many (at most twelve) do.
fn decimals_of(denominator: &BigInt) -> Option<usize> {
    let denominator = denominator.to_u64().filter(|denominator| *denominator > 1)?;
    (1..=12).find(|n| 10_u64.pow(*n).is_multiple_of(denominator)).map(|n| n as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_half_away_from_zero_on_the_exact_decimal() {
        let round = |text: &str, decimals| Amount::parse(text).map(|a| a.round(decimals).to_string());
        assert_eq!(round("2.675", 2).as_deref(), Some("2.68"));
        assert_eq!(round("-0.04", 1).as_deref(), Some("0.0"));
        assert_eq!(round("61.85", 1).as_deref(), Some("61.9"));
        assert_eq!(round("-2.5", 0).as_deref(), Some("-3"));
        assert_eq!(Amount::Float(2.675).round(2).to_string(), "2.68");
    }

    #[test]
    fn small_numbers_are_rounded_as_big_ones_are() {
        for n in (-600_i64..600).chain([i64::MIN, i64::MIN + 1, i64::MAX, 1 << 62, 2_500_000, -1_500, 1_499_999_999]) {
            for value in
                [Some(Amount::Integer(n)), Amount::ratio(n, 7), Amount::ratio(n, 1_000), Amount::ratio(n, i64::MAX)]
            {
                let value = value.expect("a ratio");
                for decimals in [0, 1, 2, 5, 15, 20] {
                    assert_eq!(value.round(decimals), value.round_big(decimals), "{value} {decimals}");
                }
            }
        }
    }

    #[test]
    fn leaves_the_small_integers_without_overflow() {
        let big = Amount::Integer(i64::MAX);
        assert_eq!(big.plus(&big).minus(&big), big);
        assert_eq!(big.times(&big).divided_by(&big), Some(big.clone()));
        assert_eq!(big.divided_by(&Amount::ZERO), None);
        assert_eq!(Amount::Integer(i64::MIN).negated().negated(), Amount::Integer(i64::MIN));
    }

    #[test]
    fn parses_only_plain_decimals() {
        for bad in ["", "-", "1.", ".5", "1e3", "1 000", "+1", "1,5", "--1"] {
            assert_eq!(Amount::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn digits_tell_any_two_floats_apart_and_whole_numbers_are_whole() {
        let ratio = |a, b| Amount::ratio(a, b).expect("no zero below");
        for (amount, digits) in [
            (Amount::Integer(-39344), "-39344"),
            (ratio(1, 33), "0.030303030303030303"),
            (ratio(-200, 3), "-66.666666666666667"),
            (ratio(1, 4), "0.25"),
            (ratio(463_893_550, 8_455_123), "54.865381615382769"),
            (ratio(1, 3_000_000_000), "0.00000000033333333333333333"),
            (Amount::Float(0.1), "0.1"),
        ] {
            assert_eq!(amount.to_digits(), digits);
            assert_eq!(digits.parse::<f64>().ok(), Some(amount.to_f64()), "{digits}");
        }
    }
}
