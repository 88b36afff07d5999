//! Domain: what the evaluator computes with: exact amounts, or intervals of what a printed number may stand for.

use std::cmp::Ordering;
use std::fmt::Debug;

use crate::finding::Amount;

/// Numbers that the evaluator can compute with.
pub trait Domain: Clone + Debug + PartialEq {
    /// Takes in an exact number.
    fn exact(amount: &Amount) -> Self;
    /// Returns the sum.
    fn plus(&self, other: &Self) -> Self;
    /// Returns the product.
    fn times(&self, other: &Self) -> Self;
    /// Returns the quotient; `None` where the divisor is or may be zero.
    fn divided_by(&self, other: &Self) -> Option<Self>;
    /// Returns the value with the other sign.
    fn negated(&self) -> Self;
    /// Returns the absolute value.
    fn magnitude(&self) -> Self;
    /// Compares: in which orders the two may stand.
    fn orders(&self, other: &Self) -> Orders;
    /// Returns the exact number it stands for, or the middle of what it may stand for.
    fn middle(&self) -> Amount;
    /// Returns what the least, the second least and so on of some numbers are, or may be.
    fn in_order(numbers: &[Self]) -> Vec<Self>;
    /// Returns what is one of two numbers or lies between them; only an interval leaves open which.
    fn between(low: &Amount, high: &Amount) -> Self;
    /// Returns how many bits its digits take.
    fn bits(&self) -> u64;
    /// Compares; `None` where it cannot be decided.
    fn compare(&self, other: &Self) -> Option<Ordering> {
        self.orders(other).decided()
    }
    /// Returns the difference.
    fn minus(&self, other: &Self) -> Self {
        self.plus(&other.negated())
    }
}

/// The orders in which two numbers may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orders {
    /// The first may be less.
    pub less: bool,
    /// They may be equal.
    pub equal: bool,
    /// The first may be greater.
    pub greater: bool,
}

impl Orders {
    /// Makes the only order that is possible.
    pub fn only(order: Ordering) -> Orders {
        Orders { less: order.is_lt(), equal: order.is_eq(), greater: order.is_gt() }
    }

    /// Returns true where an order is possible.
    pub fn may_be(self, order: Ordering) -> bool {
        match order {
            Ordering::Less => self.less,
            Ordering::Equal => self.equal,
            Ordering::Greater => self.greater,
        }
    }

    /// Returns the order, where only one is possible.
    pub fn decided(self) -> Option<Ordering> {
        [Ordering::Less, Ordering::Equal, Ordering::Greater].into_iter().find(|order| self == Orders::only(*order))
    }
}

/// All numbers from `low` to `high`, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lowest.
    pub low: Amount,
    /// The highest.
    pub high: Amount,
}

impl Domain for Amount {
    fn exact(amount: &Amount) -> Amount {
        amount.clone()
    }
    fn plus(&self, other: &Amount) -> Amount {
        Amount::plus(self, other)
    }
    fn times(&self, other: &Amount) -> Amount {
        Amount::times(self, other)
    }
    fn divided_by(&self, other: &Amount) -> Option<Amount> {
        Amount::divided_by(self, other)
    }
    fn negated(&self) -> Amount {
        Amount::negated(self)
    }
    fn magnitude(&self) -> Amount {
        Amount::magnitude(self)
    }
    fn orders(&self, other: &Amount) -> Orders {
        Orders::only(self.cmp(other))
    }
    fn middle(&self) -> Amount {
        self.clone()
    }
    fn in_order(numbers: &[Amount]) -> Vec<Amount> {
        let mut sorted = numbers.to_vec();
        sorted.sort();
        sorted
    }
    fn between(low: &Amount, _: &Amount) -> Amount {
        low.clone()
    }
    fn bits(&self) -> u64 {
        Amount::bits(self)
    }
}

impl Interval {
    /// Makes the interval that a number printed with some decimals may stand for: half a unit of its last place each way.
    pub fn printed(amount: &Amount, decimals: u32) -> Interval {
        let half = Amount::ratio(1, 2 * 10i64.pow(decimals.min(17))).unwrap_or(Amount::ZERO);
        Interval { low: amount.minus(&half), high: amount.plus(&half) }
    }

    /// Returns true when a number lies within.
    pub fn contains(&self, amount: &Amount) -> bool {
        self.low <= *amount && *amount <= self.high
    }

    /// Returns the least interval that holds both.
    pub fn joined(&self, other: &Interval) -> Interval {
        Interval { low: self.low.clone().min(other.low.clone()), high: self.high.clone().max(other.high.clone()) }
    }

    fn hull(corners: [Amount; 4]) -> Interval {
        let [first, rest @ ..] = corners;
        rest.into_iter().fold(Interval { low: first.clone(), high: first }, |hull, corner| Interval {
            low: hull.low.min(corner.clone()),
            high: hull.high.max(corner),
        })
    }
}

impl Domain for Interval {
    fn exact(amount: &Amount) -> Interval {
        Interval { low: amount.clone(), high: amount.clone() }
    }
    fn plus(&self, other: &Interval) -> Interval {
        Interval { low: self.low.plus(&other.low), high: self.high.plus(&other.high) }
    }
    fn times(&self, other: &Interval) -> Interval {
        Interval::hull([
            self.low.times(&other.low),
            self.low.times(&other.high),
            self.high.times(&other.low),
            self.high.times(&other.high),
        ])
    }
    fn divided_by(&self, other: &Interval) -> Option<Interval> {
        if other.low.signum() * other.high.signum() <= 0 {
            return None;
        }
        Some(Interval::hull([
            self.low.divided_by(&other.low)?,
            self.low.divided_by(&other.high)?,
            self.high.divided_by(&other.low)?,
            self.high.divided_by(&other.high)?,
        ]))
    }
    fn negated(&self) -> Interval {
        Interval { low: self.high.negated(), high: self.low.negated() }
    }
    fn magnitude(&self) -> Interval {
        if self.low.signum() >= 0 {
            return self.clone();
        }
        if self.high.signum() <= 0 {
            return Domain::negated(self);
        }
        Interval { low: Amount::ZERO, high: self.high.clone().max(self.low.negated()) }
    }
    fn orders(&self, other: &Interval) -> Orders {
        Orders {
            less: self.low < other.high,
            equal: self.low <= other.high && other.low <= self.high,
            greater: self.high > other.low,
        }
    }
    fn middle(&self) -> Amount {
        self.low.plus(&self.high).divided_by(&Amount::Integer(2)).unwrap_or(Amount::ZERO)
    }
    fn in_order(numbers: &[Interval]) -> Vec<Interval> {
        let lows = Amount::in_order(&numbers.iter().map(|n| n.low.clone()).collect::<Vec<_>>());
        let highs = Amount::in_order(&numbers.iter().map(|n| n.high.clone()).collect::<Vec<_>>());
        lows.into_iter().zip(highs).map(|(low, high)| Interval { low, high }).collect()
    }
    fn between(low: &Amount, high: &Amount) -> Interval {
        Interval { low: low.clone(), high: high.clone() }
    }
    fn bits(&self) -> u64 {
        self.low.bits().max(self.high.bits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str, decimals: u32) -> Interval {
        Interval::printed(&Amount::parse(text).expect("a decimal"), decimals)
    }

    #[test]
    fn a_sum_of_printed_numbers_is_as_wide_as_their_precision() {
        let sum = printed("12.0", 1).plus(&printed("7.1", 1));
        assert!(sum.contains(&Amount::parse("19.2").expect("a decimal")));
        assert!(!sum.contains(&Amount::parse("19.21").expect("a decimal")));
    }

    #[test]
    fn what_straddles_zero_cannot_divide_and_cannot_be_compared() {
        assert_eq!(printed("1", 0).divided_by(&printed("0", 0)), None);
        assert_eq!(printed("1", 0).compare(&printed("1", 0)), None);
        assert_eq!(printed("3", 0).compare(&printed("1", 0)), Some(Ordering::Greater));
    }
}
