//! Slope: an interval that knows how fast it moves with each of some inputs, so that an input that occurs twice counts once.

use std::collections::BTreeMap;

use super::{Domain, Interval, Orders};
use crate::finding::Amount;

/// What an expression may come to while its inputs move within their intervals, and between which bounds its derivatives lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    /// What it may come to.
    pub range: Interval,
    /// The bounds of its derivative by each input; an input that is not here does not move it.
    pub by: BTreeMap<usize, Interval>,
}

impl Slope {
    /// Makes the input of a number.
    pub fn input(number: usize, range: Interval) -> Slope {
        Slope { range, by: BTreeMap::from([(number, Interval::exact(&Amount::Integer(1)))]) }
    }

    fn fixed(range: Interval) -> Slope {
        Slope { range, by: BTreeMap::new() }
    }

    /// Makes `apply` of the derivatives of two terms by each input that either of them knows.
    fn both(&self, other: &Slope, apply: impl Fn(&Interval, &Interval) -> Interval) -> BTreeMap<usize, Interval> {
        let still = Interval::exact(&Amount::ZERO);
        let of = |slope: &Slope, input: &usize| slope.by.get(input).cloned().unwrap_or_else(|| still.clone());
        let inputs = self.by.keys().chain(other.by.keys());
        inputs.map(|input| (*input, apply(&of(self, input), &of(other, input)))).collect()
    }
}

impl Domain for Slope {
    fn exact(amount: &Amount) -> Slope {
        Slope::fixed(Interval::exact(amount))
    }
    fn plus(&self, other: &Slope) -> Slope {
        Slope { range: self.range.plus(&other.range), by: self.both(other, |a, b| a.plus(b)) }
    }
    fn times(&self, other: &Slope) -> Slope {
        let by = self.both(other, |a, b| a.times(&other.range).plus(&self.range.times(b)));
        Slope { range: self.range.times(&other.range), by }
    }
    fn divided_by(&self, other: &Slope) -> Option<Slope> {
        let range = self.range.divided_by(&other.range)?;
        let one = Interval::exact(&Amount::Integer(1)).divided_by(&other.range)?;
        // (a/b)' = (a' − (a/b) b') / b
        let by = self.both(other, |a, b| a.minus(&range.times(b)).times(&one));
        Some(Slope { range, by })
    }
    fn negated(&self) -> Slope {
        let by = self.by.iter().map(|(input, slope)| (*input, slope.negated())).collect();
        Slope { range: self.range.negated(), by }
    }
    fn magnitude(&self) -> Slope {
        if self.range.low.signum() >= 0 {
            return self.clone();
        }
        if self.range.high.signum() <= 0 {
            return Domain::negated(self);
        }
        let by = self.by.iter().map(|(input, slope)| (*input, slope.joined(&slope.negated()))).collect();
        Slope { range: self.range.magnitude(), by }
    }
    fn orders(&self, other: &Slope) -> Orders {
        self.range.orders(&other.range)
    }
    fn middle(&self) -> Amount {
        self.range.middle()
    }
    fn in_order(numbers: &[Slope]) -> Vec<Slope> {
        let ranges: Vec<Interval> = numbers.iter().map(|number| number.range.clone()).collect();
        // Which of them stands at a place may change with the inputs: it moves like any of them.
        let mut by = numbers.first().map(|first| first.by.clone()).unwrap_or_default();
        for number in numbers.iter().skip(1) {
            by = Slope { by, range: number.range.clone() }.both(number, Interval::joined);
        }
        Interval::in_order(&ranges).into_iter().map(|range| Slope { range, by: by.clone() }).collect()
    }
    fn bits(&self) -> u64 {
        self.by.values().map(Domain::bits).fold(self.range.bits(), u64::max)
    }
    fn between(low: &Amount, high: &Amount) -> Slope {
        Slope::fixed(Interval { low: low.clone(), high: high.clone() })
    }
}
