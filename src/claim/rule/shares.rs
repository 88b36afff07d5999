//! Shares: several shares of one unprinted total are consistent when some total satisfies all of them.

use crate::claim::ShareEntry;
use crate::claim::bench::PRINTED;
use crate::claim::probe::Probe;
use crate::claim::range::range;
use crate::claim::verdict::{Detail, Verdict};
use crate::expression::{self, Domain, Interval};
use crate::finding::{Amount, Value};

/// Judges whether shares can be of one total; «about» widens a share by what it says.
pub(crate) fn judge(shares: &[ShareEntry], probe: &Probe) -> Option<(Verdict, Detail)> {
    let total = total(shares, probe)?;
    let verdict = if total.is_some() { Verdict::Confirmed } else { Verdict::Inconsistent };
    Some((verdict, Detail::Totals(total)))
}

/// Returns the totals that satisfy every share, or none; nothing where a part or a share is not at hand.
pub(crate) fn total(shares: &[ShareEntry], probe: &Probe) -> Option<Option<Interval>> {
    let wide = |text: &str| match range(&expression::parse(text).ok()?, probe)?.cell.value {
        Value::Amount(wide) => Some(wide),
        _ => None,
    };
    let mut common: Option<Interval> = None;
    for entry in shares {
        let (part, share) = (wide(&entry.part)?, wide(&format!("{PRINTED}.value[{}]", entry.share))?);
        let total = part.times(&Interval::exact(&Amount::Integer(100))).divided_by(&share)?;
        let narrowed = match common {
            None => total,
            Some(before) => Interval { low: before.low.max(total.low), high: before.high.min(total.high) },
        };
        if narrowed.low > narrowed.high {
            return Some(None);
        }
        common = Some(narrowed);
    }
    Some(common)
}
