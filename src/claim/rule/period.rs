//! Period: a number of years against the first and the last of them.

use crate::claim::Claim;
use crate::claim::judge::{Detail, Verdict};
use crate::finding::Amount;

/// Judges a number of years. Both ends count, between two dates one; where only the other way fits, it is named.
pub fn judge(claim: &Claim) -> Option<(Verdict, Detail)> {
    let ((first, last), printed) = (claim.years?, claim.number()?);
    let difference = i64::from(last) - i64::from(first);
    let counted = difference + 1;
    let (own, other) = if claim.between { (difference, counted) } else { (counted, difference) };
    let verdict = if printed.value == Amount::Integer(own) {
        Verdict::Confirmed
    } else if printed.value == Amount::Integer(other) {
        Verdict::Rounding
    } else {
        Verdict::Inconsistent
    };
    Some((verdict, Detail::Years { counted, difference }))
}
