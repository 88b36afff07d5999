//! Shares: several shares of one unprinted total are consistent when some total satisfies all of them.

use crate::analysis::Edition;
use crate::claim::judge::{Detail, Verdict, wide};
use crate::claim::{Claim, Paper, Says};
use crate::expression::{Domain, Interval};
use crate::finding::{Amount, Value};

/// Judges whether shares can be of one total; «about» widens a share by what it says.
pub fn judge(claim: &Claim, paper: &Paper, bench: &Edition) -> Option<(Verdict, Detail)> {
    let mut common: Option<Interval> = None;
    for entry in &claim.shares {
        let share = paper.claims.iter().find(|other| other.id == entry.share)?;
        let printed = share.number()?;
        let open = match share.says {
            Says::About => {
                let off = share.tolerance(&printed);
                Interval { low: printed.value.minus(&off), high: printed.value.plus(&off) }
            }
            _ => printed.interval(),
        };
        let Value::Amount(part) = wide(&entry.part, bench)?.cell.value else { return None };
        let total = part.times(&Interval::exact(&Amount::Integer(100))).divided_by(&open)?;
        let narrowed = match common {
            None => total,
            Some(before) => Interval { low: before.low.max(total.low), high: before.high.min(total.high) },
        };
        if narrowed.low > narrowed.high {
            return Some((Verdict::Inconsistent, Detail::Totals(None)));
        }
        common = Some(narrowed);
    }
    Some((Verdict::Confirmed, Detail::Totals(common)))
}
