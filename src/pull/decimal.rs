//! Decimal: exact numbers of records, and sums of them that refuse to overflow.

use std::cmp::Ordering;
use std::fmt;

/// A decimal number: `mantissa` × 10^−`scale`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Decimal {
    mantissa: i128,
    scale: u8,
}

/// The most digits behind the point.
const MOST_DECIMALS: u8 = 30;

impl Decimal {
    /// Reads `-12.50`; `None` for what is no plain number or has more digits than the type holds.
    #[inline]
    pub(super) fn parse(text: &[u8]) -> Option<Decimal> {
        let (negative, digits) = match text.split_first()? {
            (b'-', rest) => (true, rest),
            _ => (false, text),
        };
        let mut mantissa: i128 = 0;
        let (mut scale, mut has_point, mut count) = (0u8, false, 0usize);
        // Up to 18 digits fit in 64 bits, which add up much faster.
        if digits.len() <= 18 {
            let mut short: i64 = 0;
            for byte in digits {
                match byte {
                    b'0'..=b'9' => {
                        short = short * 10 + i64::from(byte - b'0');
                        count += 1;
                        scale += u8::from(has_point);
                    }
                    b'.' if !has_point && count > 0 => has_point = true,
                    _ => return None,
                }
            }
            mantissa = i128::from(short);
        } else {
            for byte in digits {
                match byte {
                    b'0'..=b'9' => {
                        mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
                        count += 1;
                        scale = if has_point { scale.checked_add(1)? } else { 0 };
                    }
                    b'.' if !has_point && count > 0 => has_point = true,
                    _ => return None,
                }
            }
        }
        let is_whole = count > 0 && scale <= MOST_DECIMALS && !(has_point && scale == 0);
        is_whole.then_some(Decimal { mantissa: if negative { -mantissa } else { mantissa }, scale })
    }

    /// Adds a number; `None` where the sum is beyond 38 digits.
    #[inline]
    pub(super) fn plus(self, other: Decimal) -> Option<Decimal> {
        let (a, b, scale) = aligned(self, other)?;
        Some(Decimal { mantissa: a.checked_add(b)?, scale })
    }

    /// Returns the whole number, where it is one.
    #[inline]
    pub(super) fn whole(self) -> Option<i128> {
        let unit = power(self.scale)?;
        (self.mantissa % unit == 0).then(|| self.mantissa / unit)
    }

    /// Compares two numbers.
    #[inline]
    pub(super) fn compare(self, other: Decimal) -> Ordering {
        match aligned(self, other) {
            Some((a, b, _)) => a.cmp(&b),
            // The one with fewer decimals outgrows the type when it gets those of the other: it is the larger in size.
            None if self.scale < other.scale => self.mantissa.cmp(&0),
            None => 0.cmp(&other.mantissa),
        }
    }
}

fn power(scale: u8) -> Option<i128> {
    10i128.checked_pow(u32::from(scale))
}

#[inline]
fn aligned(a: Decimal, b: Decimal) -> Option<(i128, i128, u8)> {
    match a.scale.cmp(&b.scale) {
        Ordering::Equal => Some((a.mantissa, b.mantissa, a.scale)),
        Ordering::Less => Some((a.mantissa.checked_mul(power(b.scale - a.scale)?)?, b.mantissa, b.scale)),
        Ordering::Greater => Some((a.mantissa, b.mantissa.checked_mul(power(a.scale - b.scale)?)?, a.scale)),
    }
}

impl fmt::Display for Decimal {
    /// Writes the number without the zeros that end a fraction: one sum is written one way, whatever was added up.
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = usize::from(self.scale) + 1);
        let (whole, fraction) = digits.split_at(digits.len() - usize::from(self.scale));
        let fraction = fraction.trim_end_matches('0');
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(out, "{sign}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;
    use num_rational::BigRational;
    use proptest::prelude::*;

    use super::*;
    use crate::finding::Amount;

    #[test]
    fn only_plain_numbers_are_read() {
        for (text, wanted) in [
            ("12", Some("12")),
            ("-0", Some("0")),
            ("0.50", Some("0.5")),
            ("-3.25", Some("-3.25")),
            ("100", Some("100")),
            ("170141183460469231731687303715884105727", Some("170141183460469231731687303715884105727")),
            ("170141183460469231731687303715884105728", None),
            ("", None),
            ("-", None),
            (".5", None),
            ("5.", None),
            ("1e3", None),
            ("1 234", None),
            ("1,5", None),
            ("+1", None),
            ("--1", None),
            ("1.2.3", None),
        ] {
            let read = Decimal::parse(text.as_bytes()).map(|number| number.to_string());
            assert_eq!(read.as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_sum_beyond_the_type_is_refused() {
        let most = Decimal::parse(i128::MAX.to_string().as_bytes()).expect("the largest");
        let one = Decimal::parse(b"1").expect("one");
        let tenth = Decimal::parse(b"0.1").expect("a tenth");
        assert!(most.plus(one).is_none());
        assert!(most.plus(tenth).is_none());
        assert_eq!(most.compare(tenth), Ordering::Greater);
    }

    proptest! {
        #[test]
        fn sums_are_those_of_exact_fractions(numbers in prop::collection::vec(("-?[0-9]{1,15}(\\.[0-9]{1,6})?", 0..1u8), 1..40)) {
            let mut sum = Decimal::default();
            let mut wanted = BigRational::from(BigInt::from(0));
            for (text, _) in &numbers {
                let number = Decimal::parse(text.as_bytes()).expect("a plain number");
                sum = sum.plus(number).expect("a sum within the type");
                wanted += Amount::parse(text).expect("a plain number").to_rational();
            }
            prop_assert_eq!(Amount::parse(&sum.to_string()).expect("a plain sum").to_rational(), wanted);
        }
    }
}
