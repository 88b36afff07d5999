//! Judge: one claim on one basis → a verdict: confirmed, within rounding, contradicted, unresolved.

use super::{Claim, printed};
use crate::analysis::Edition;
use crate::expression::{self, Interval, Material};
use crate::finding::{Amount, Value};

/// What the data say of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The derived value rounds to the printed string.
    Confirmed,
    /// It does not, but the printed precision of the inputs allows it.
    Rounding,
    /// It neither does nor can.
    Contradicted,
    /// Nothing at hand derives it.
    Unresolved,
}

/// A claim with its verdict.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// The derived value in printed units, where there is one.
    pub derived: Option<Amount>,
    /// Derived less printed, in printed units.
    pub distance: Option<Amount>,
}

impl Verdict {
    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Rounding => "rounding",
            Verdict::Contradicted => "contradicted",
            Verdict::Unresolved => "unresolved",
        }
    }
}

/// Judges a claim on the findings of an edition.
pub fn judge(claim: &Claim, edition: &Edition) -> Judged {
    let unresolved = Judged { verdict: Verdict::Unresolved, derived: None, distance: None };
    let (Some(text), Some((value, decimals))) = (&claim.expr, printed(&claim.printed)) else { return unresolved };
    let scale = Amount::Integer(claim.scale);
    let exact = expression::ask(text, edition).ok().and_then(|finding| finding.cell.value.amount()?.divided_by(&scale));
    let Some(derived) = exact else { return unresolved };
    let distance = derived.minus(&value);
    let verdict = if derived.round(decimals as usize).to_amount() == value {
        Verdict::Confirmed
    } else if wide(text, edition, &scale).is_some_and(|wide| meets(&wide, &Interval::printed(&value, decimals))) {
        Verdict::Rounding
    } else {
        Verdict::Contradicted
    };
    Judged { verdict, derived: Some(derived), distance: Some(distance) }
}

/// Derives the claim on intervals: what the printed precision of the inputs leaves open.
fn wide(text: &str, edition: &Edition, scale: &Amount) -> Option<Interval> {
    let material: &dyn Material<Interval> = edition;
    let term = expression::evaluate(&expression::parse(text).ok()?, material).ok()?;
    match term.cell.value {
        Value::Amount(interval) => {
            Some(Interval { low: interval.low.divided_by(scale)?, high: interval.high.divided_by(scale)? })
        }
        _ => None,
    }
}

fn meets(a: &Interval, b: &Interval) -> bool {
    a.low <= b.high && b.low <= a.high
}
