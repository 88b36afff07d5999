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
/// Numbers stay `i64`, or fractions of two of them, as long as they fit and grow when they do not, so no operation
/// overflows. An operation with a float on either side gives a float.
#[derive(Clone, Debug)]
pub enum Amount {
    /// A whole number: persons, counts, ranks.
    Integer(i64),
    /// An exact fraction in its lowest terms, the second above one.
    Fraction(i64, i64),
    /// An exact fraction, or a whole number, that fits neither of those.
    Rational(Box<BigRational>),
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
            return Some(Amount::of_terms(scaled.into(), power.into()));
        }
        let scaled: BigInt = format!("{whole}{fraction}").parse().ok()?;
        let scaled = if unsigned.len() < text.len() { -scaled } else { scaled };
        Some(Amount::simplest(BigRational::new(scaled, power_of_ten(fraction.len()))))
    }

    /// Brings a fraction into its simplest form.
    pub fn simplest(value: BigRational) -> Amount {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(whole), Some(1)) => Amount::Integer(whole),
            (Some(numerator), Some(denominator)) => Amount::Fraction(numerator, denominator),
            _ => Amount::Rational(Box::new(value)),
        }
    }

    /// Returns how many bits its digits take, above and below the line of a fraction together.
    pub fn bits(&self) -> u64 {
        match self {
            Amount::Integer(_) | Amount::Float(_) => 64,
            Amount::Fraction(a, b) => u64::from(128 - a.unsigned_abs().leading_zeros() - b.leading_zeros()),
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
                (Some((a, b)), Some((c, d))) => Amount::of_terms(a * d + c * b, b * d),
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
                (Some((a, b)), Some((c, d))) => Amount::of_terms(a * c, b * d),
                _ => self.combine(other, product, |a, b| a * b),
            },
        }
    }

    /// Returns the quotient, or `None` for a division by zero.
    pub fn divided_by(&self, other: &Amount) -> Option<Amount> {
        match (self, other) {
            _ if other.is_zero() => None,
            (Amount::Integer(a), Amount::Integer(b)) if *b != -1 && a % b == 0 => Some(Amount::Integer(a / b)),
            _ => match (self.small(), other.small()) {
                (Some((a, b)), Some((c, d))) => Some(Amount::of_terms(a * d * c.signum(), b * c.abs())),
                _ => Some(self.combine(other, |a, b| a / b, |a, b| a / b)),
            },
        }
    }

    /// Returns the value with the other sign.
    pub fn negated(&self) -> Amount {
        match self {
            Amount::Integer(a) if *a != i64::MIN => Amount::Integer(-a),
            Amount::Fraction(a, b) if *a != i64::MIN => Amount::Fraction(-a, *b),
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
            Amount::Integer(a) | Amount::Fraction(a, _) => a.signum() as i32,
            Amount::Rational(a) => a.signum().to_integer().to_i32().unwrap_or(0),
            Amount::Float(a) => i32::from(*a > 0.0) - i32::from(*a < 0.0),
        }
    }

    /// Returns true for what is known to be a whole number.
    pub fn is_whole(&self) -> bool {
        match self {
            Amount::Integer(_) => true,
            Amount::Rational(fraction) => fraction.is_integer(),
            Amount::Fraction(..) | Amount::Float(_) => false,
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
            // Both are floats without loss, so that their quotient is rounded once.
            Amount::Fraction(n, d) if n.unsigned_abs() < 1 << 53 && *d < 1 << 53 => *n as f64 / *d as f64,
            Amount::Fraction(..) => self.to_rational().to_f64().unwrap_or(0.0),
            Amount::Rational(a) => a.to_f64().unwrap_or(0.0),
            Amount::Float(a) => *a,
        }
    }

    /// Returns the nearest float to an exact quotient; not a number for a division by zero.
    pub fn over(&self, other: &Amount) -> f64 {
        const WHOLE: i128 = 1 << 53;
        if let (Some((a, b)), Some((c, d))) = (self.small(), other.small()) {
            let (numerator, denominator) = (a * d, b * c);
            // Both are floats without loss, so that their quotient is rounded once, whatever they have in common.
            if numerator.abs() < WHOLE && denominator.abs() < WHOLE && denominator != 0 {
                return numerator as f64 / denominator as f64 + 0.0;
            }
        }
        self.divided_by(other).map_or(f64::NAN, |quotient| quotient.to_f64())
    }

    /// Writes the number in at most 17 significant digits, which tell any two floats apart; a whole number in full.
    pub fn to_digits(&self) -> String {
        let exponent = format!("{:e}", self.to_f64()).rsplit_once('e').and_then(|(_, e)| e.parse::<i32>().ok());
        match self {
            Amount::Integer(whole) => whole.to_string(),
            Amount::Float(value) => value.to_string(),
            Amount::Fraction(..) | Amount::Rational(_) => {
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
            Amount::Fraction(a, b) => BigRational::new_raw((*a).into(), (*b).into()),
            Amount::Rational(a) => a.as_ref().clone(),
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
            Amount::Fraction(a, b) => (i128::from(*a), i128::from(*b)),
            Amount::Rational(_) | Amount::Float(_) => return None,
        };
        (numerator.abs() <= MOST && denominator <= MOST).then_some((numerator, denominator))
    }

    /// Makes the simplest form of a fraction whose denominator is above zero, without the detour over big integers.
    pub fn of_terms(numerator: i128, denominator: i128) -> Amount {
        let (numerator, denominator) = lowest(numerator, denominator);
        match (i64::try_from(numerator), i64::try_from(denominator)) {
            (Ok(whole), Ok(1)) => Amount::Integer(whole),
            (Ok(numerator), Ok(denominator)) => Amount::Fraction(numerator, denominator),
            _ => Amount::Rational(Box::new(BigRational::new_raw(numerator.into(), denominator.into()))),
        }
    }

    fn write_fraction(
        &self,
        f: &mut fmt::Formatter<'_>,
        numerator: &dyn fmt::Display,
        denominator: &dyn fmt::Display,
        small: Option<i64>,
    ) -> fmt::Result {
        match small.and_then(decimals_of) {
            Some(decimals) => write!(f, "{}", self.round(decimals)),
            None => write!(f, "{numerator}/{denominator}"),
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
            Amount::Rational(a) => self.write_fraction(f, a.numer(), a.denom(), a.denom().to_i64()),
            Amount::Fraction(a, b) => self.write_fraction(f, a, b, Some(*b)),
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

/// Brings a fraction with a denominator above zero to its lowest terms; most are small enough for the quick way there.
fn lowest(numerator: i128, denominator: i128) -> (i128, i128) {
    let (Ok(short), Ok(below)) = (i64::try_from(numerator), i64::try_from(denominator)) else {
        // One step of Euclid's, after which one of the two is short as a rule.
        let rest = (numerator % denominator).unsigned_abs();
        let common = match (u64::try_from(rest), u64::try_from(denominator)) {
            (Ok(rest), Ok(below)) => common(rest, below).into(),
            _ => rest.gcd(&denominator.unsigned_abs()) as i128,
        };
        return (numerator / common, denominator / common);
    };
    // It divides the denominator, so that it is no more than that.
    let common = common(short.unsigned_abs(), below.unsigned_abs()) as i64;
    ((short / common).into(), (below / common).into())
}

/// The greatest common divisor of two numbers that are not both zero (Stein 1967), without a branch that could be foretold
/// wrongly.
fn common(a: u64, b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let twos = (a | b).trailing_zeros();
    let (mut a, mut b) = (a >> a.trailing_zeros(), b);
    while b != 0 {
        b >>= b.trailing_zeros();
        (a, b) = (a.min(b), a.abs_diff(b));
    }
    a << twos
}

/// The product of fractions; whole numbers have nothing in common with a denominator of one, which takes long to find.
fn product(a: BigRational, b: BigRational) -> BigRational {
    if a.is_integer() && b.is_integer() { BigRational::from_integer(a.numer() * b.numer()) } else { a * b }
}

fn power_of_ten(exponent: usize) -> BigInt {
    num_traits::pow(BigInt::from(10), exponent)
}

/// Returns how many decimals write 1/denominator in full, if finitely many (at most twelve) do.
fn decimals_of(denominator: i64) -> Option<usize> {
    let denominator = u64::try_from(denominator).ok().filter(|denominator| *denominator > 1)?;
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
