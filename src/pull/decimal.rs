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

    /// Reads up to eight digits, of which the first stands in the lowest byte and their number in the highest; `None` for all
    /// else.
    #[inline]
    pub(super) fn of_digits(word: u128) -> Option<Decimal> {
        const NOUGHTS: u64 = 0x3030_3030_3030_3030;
        const HIGH: u64 = 0xf0f0_f0f0_f0f0_f0f0;
        let length = (word >> 120) as u32;
        if length == 0 || length > 8 {
            return None;
        }
        // Noughts before the first digit, so that there are always eight.
        let eight = (word as u64) << (64 - 8 * length) | NOUGHTS.checked_shr(8 * length).unwrap_or(0);
        if (eight & HIGH) | (eight.wrapping_add(0x0606_0606_0606_0606) & HIGH) >> 4 != 0x3333_3333_3333_3333 {
            return None;
        }
        // Neighbours are joined: digits to pairs, pairs to fours, fours to the number.
        let pairs = ((eight - NOUGHTS).wrapping_mul(1 + (10 << 8)) >> 8) & 0x00ff_00ff_00ff_00ff;
        let fours = (pairs.wrapping_mul(1 + (100 << 16)) >> 16) & 0x0000_ffff_0000_ffff;
        let number = fours.wrapping_mul(1 + (10_000 << 32)) >> 32;
        Some(Decimal { mantissa: i128::from(number), scale: 0 })
    }

    /// Adds a number; `None` where the sum is beyond 38 digits.
    #[inline]
    pub(super) fn add(&mut self, other: Decimal) -> Option<()> {
        if self.scale == other.scale {
            self.mantissa = self.mantissa.checked_add(other.mantissa)?;
            return Some(());
        }
        let (a, b, scale) = aligned(*self, other)?;
        *self = Decimal { mantissa: a.checked_add(b)?, scale };
        Some(())
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
        if self.scale == other.scale {
            return self.mantissa.cmp(&other.mantissa);
        }
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

#[cold]
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
        assert!(most.clone().add(one).is_none());
        assert!(most.clone().add(tenth).is_none());
        assert_eq!(most.compare(tenth), Ordering::Greater);
    }

    proptest! {
        #[test]
        fn digits_at_once_are_digits_one_by_one(text in "[-+.0-9/:@a ]{0,10}|[0-9]{0,10}") {
            let mut bytes = [0; 16];
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            let word = u128::from_le_bytes(bytes) | (text.len() as u128) << 120;
            let slow = Decimal::parse(text.as_bytes()).filter(|_| text.len() <= 8 && text.bytes().all(|b| b.is_ascii_digit()));
            prop_assert_eq!(Decimal::of_digits(word).map(|n| n.to_string()), slow.map(|n| n.to_string()));
        }

        #[test]
        fn sums_are_those_of_exact_fractions(numbers in prop::collection::vec(("-?[0-9]{1,15}(\\.[0-9]{1,6})?", 0..1u8), 1..40)) {
            let mut sum = Decimal::default();
            let mut wanted = BigRational::from(BigInt::from(0));
            for (text, _) in &numbers {
                let number = Decimal::parse(text.as_bytes()).expect("a plain number");
                sum.add(number).expect("a sum within the type");
                wanted += Amount::parse(text).expect("a plain number").to_rational();
            }
            prop_assert_eq!(Amount::parse(&sum.to_string()).expect("a plain sum").to_rational(), wanted);
        }
    }
}
