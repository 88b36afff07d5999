//! Number: a derived value against a printed one: rounded, rounded otherwise, within the inputs' precision.

use crate::claim::range::meets;
use crate::claim::verdict::{Hold, Outcome, Slack};
use crate::claim::{Claim, Kind, Mode, Printed, Says};
use crate::expression::Interval;
use crate::finding::Amount;

/// Says whether a derived value gives the printed number, and how far it could move before it does not.
pub(crate) fn hold(claim: &Claim, reading: &Outcome) -> Option<(Hold, Slack)> {
    let (derived, printed) = (reading.derived.as_ref()?, claim.number()?);
    let open = claim.bounds(&printed);
    let hold = match (claim.kind(), claim.says) {
        (Kind::Count, Says::Exact) => yes(*derived == printed.value),
        (_, Says::Exact) => rounded(derived, &printed),
        _ => yes(open.holds(derived)),
    };
    // What the inputs' precision leaves open says more than an unusual way of rounding.
    let unusual = matches!(hold, Hold::No | Hold::Mode(Mode::Truncate));
    let hold = if unusual && open.may_hold(reading.interval.as_ref()) { Hold::Within } else { hold };
    let down = open.low.as_ref().map(|low| derived.minus(low));
    let up = open.high.as_ref().map(|high| high.minus(derived));
    Some((hold, Slack::Value { down, up }))
}

fn yes(holds: bool) -> Hold {
    if holds { Hold::Yes } else { Hold::No }
}

/// Says under which way of rounding a value gives a printed number; the usual one needs no name.
pub(crate) fn rounded(derived: &Amount, printed: &Printed) -> Hold {
    match Mode::ALL.into_iter().find(|mode| printed.is(*mode, derived)) {
        Some(Mode::HalfAway) => Hold::Yes,
        Some(mode) => Hold::Mode(mode),
        None => Hold::No,
    }
}

/// What a printed number leaves open, as firmly as it is said; without an end where nothing bounds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The lowest.
    pub low: Option<Amount>,
    /// The highest.
    pub high: Option<Amount>,
    /// True where the printed number itself is left out: «more than», «almost».
    without: Option<Amount>,
}

impl Bounds {
    /// Returns true where a number lies within.
    pub fn holds(&self, amount: &Amount) -> bool {
        self.without.as_ref() != Some(amount)
            && self.low.as_ref().is_none_or(|low| low <= amount)
            && self.high.as_ref().is_none_or(|high| amount <= high)
    }

    /// Returns true where what the inputs may come to has more than an end in common with it; what is unknown may.
    fn may_hold(&self, wide: Option<&Interval>) -> bool {
        let Some(wide) = wide else { return true };
        let low = self.low.clone().unwrap_or_else(|| wide.low.clone());
        let high = self.high.clone().unwrap_or_else(|| wide.high.clone());
        wide.low < wide.high && low <= high && meets(&Interval { low, high }, wide)
    }
}

impl Claim {
    /// Returns the numbers of which a claim may speak.
    pub fn bounds(&self, printed: &Printed) -> Bounds {
        let value = || Some(printed.value.clone());
        let reach = self.end(printed);
        // Of losses, «more than 100» lies further below zero.
        let outward = |amount: &Amount| if printed.value.signum() < 0 { amount.negated() } else { amount.clone() };
        let beyond = reach.as_ref().map(|reach| printed.value.plus(&outward(reach)));
        let short = reach.as_ref().map(|reach| printed.value.minus(&outward(reach)));
        let (inner, outer, without) = match (self.kind(), self.says) {
            (Kind::Count, Says::Exact) | (Kind::Period, _) => (value(), value(), None),
            (_, Says::Exact) => {
                let Interval { low, high } = printed.interval();
                return Bounds { low: Some(low), high: Some(high), without: None };
            }
            (_, Says::About) => (short, beyond, None),
            (_, Says::MoreThan) => (value(), beyond, value()),
            (_, Says::UpTo) => (short, value(), None),
            (_, Says::Almost) => (short, value(), value()),
            (_, Says::AtLeast) => (value(), beyond, None),
            (_, Says::LessThan) => (short, value(), value()),
        };
        let (low, high) = if printed.value.signum() < 0 { (outer, inner) } else { (inner, outer) };
        Bounds { low, high, without }
    }
}
