//! Number: a derived value against a printed one: rounded, rounded otherwise, within the inputs' precision.

use crate::claim::judge::{Hold, Outcome, meets};
use crate::claim::{Claim, Kind, Mode, Printed, Says};
use crate::expression::Interval;
use crate::finding::Amount;

/// How far a value could move down and up.
pub type Slack = (Option<Amount>, Option<Amount>);

/// Says whether a derived value gives the printed number, and how far it could move before it does not.
pub fn hold(claim: &Claim, reading: &Outcome) -> Option<(Hold, Slack)> {
    let (derived, printed) = (reading.derived.as_ref()?, claim.number()?);
    let open = bounds(claim, &printed);
    let within = |bounds: &Bounds| reading.interval.as_ref().is_some_and(|wide| bounds.meets(wide));
    let slack = (open.low.as_ref().map(|low| derived.minus(low)), open.high.as_ref().map(|high| high.minus(derived)));
    let hold = match claim.says {
        _ if claim.kind == Kind::Count => yes(*derived == printed.value),
        Says::Exact => rounded(derived, &printed),
        Says::About => yes(open.holds(derived)),
        Says::MoreThan => yes(*derived > printed.value),
        Says::UpTo => yes(*derived <= printed.value),
    };
    // What the inputs' precision leaves open says more than an unusual way of rounding.
    let unusual = matches!(hold, Hold::No | Hold::Mode(Mode::Truncate | Mode::Up));
    let open_inputs = reading.interval.as_ref().is_some_and(|wide| wide.low < wide.high);
    let hold = if unusual && open_inputs && claim.kind != Kind::Count && within(&open) { Hold::Within } else { hold };
    Some((hold, slack))
}

fn yes(holds: bool) -> Hold {
    if holds { Hold::Yes } else { Hold::No }
}

/// Says under which way of rounding a value gives a printed number; the usual one needs no name.
pub fn rounded(derived: &Amount, printed: &Printed) -> Hold {
    match Mode::ALL.into_iter().find(|mode| mode.round(derived, printed.decimals) == printed.value) {
        Some(Mode::HalfAway) => Hold::Yes,
        Some(mode) => Hold::Mode(mode),
        None => Hold::No,
    }
}

/// What a printed number leaves open; without an end where it says only «more than» or «up to».
struct Bounds {
    low: Option<Amount>,
    high: Option<Amount>,
}

impl Bounds {
    fn holds(&self, amount: &Amount) -> bool {
        self.low.as_ref().is_none_or(|low| low <= amount) && self.high.as_ref().is_none_or(|high| amount <= high)
    }

    fn meets(&self, wide: &Interval) -> bool {
        let low = self.low.clone().unwrap_or_else(|| wide.low.clone());
        let high = self.high.clone().unwrap_or_else(|| wide.high.clone());
        low <= high && meets(&Interval { low, high }, wide)
    }
}

fn bounds(claim: &Claim, printed: &Printed) -> Bounds {
    let value = printed.value.clone();
    match claim.says {
        _ if claim.kind == Kind::Count => Bounds { low: Some(value.clone()), high: Some(value) },
        Says::Exact => {
            let Interval { low, high } = printed.interval();
            Bounds { low: Some(low), high: Some(high) }
        }
        Says::About => {
            let off = claim.tolerance(printed);
            Bounds { low: Some(value.minus(&off)), high: Some(value.plus(&off)) }
        }
        Says::MoreThan => Bounds { low: Some(value), high: None },
        Says::UpTo => Bounds { low: None, high: Some(value) },
    }
}
