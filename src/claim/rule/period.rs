//! Period: a number of years against the first and the last of them.

use crate::claim::verdict::{Detail, Verdict};
use crate::claim::{Claim, Rule};
use crate::finding::Amount;

/// Judges a number of years: both ends count, or one where the claim says that it is time between two dates.
pub(crate) fn judge(claim: &Claim) -> Option<(Verdict, Detail)> {
    let Rule::Period { years: Some((first, last)), between } = claim.rule else { return None };
    let printed = claim.number()?;
    let difference = i64::from(last) - i64::from(first);
    let counted = difference + 1;
    let own = if between { difference } else { counted };
    let verdict = if printed.value == Amount::Integer(own) { Verdict::Confirmed } else { Verdict::Inconsistent };
    Some((verdict, Detail::Years { counted, difference }))
}
