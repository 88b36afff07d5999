//! Chain index: the running product of chain links.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "chain_index",
    group: Group::Index,
    along: Along::Time,
    roles: &[Role::required("link", Takes::Positive)],
    params: &[],
    outputs: &[Output::row("chain_index", "I(1) = 1, I(t) = I(t−1) · i(t)").unit(Unit::Times).level()],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mut index = Ok(Amount::Integer(1));
    let mut found = Vec::new();
    for (row, link) in frame.values("link").iter().enumerate() {
        if row > 0 {
            let next = frame.follows(row).and_then(|()| linked(&index, link));
            index = index.and(next);
        }
        found.push(Outcome::row("chain_index", row, index.clone()).on(Basis::Rows(0, row + 1)));
    }
    Ok(found)
}

fn linked(index: &Result<Amount, Reason>, link: &Result<Amount, Reason>) -> Result<Amount, Reason> {
    let (index, link) = (index.as_ref().map_err(|reason| *reason)?, link.as_ref().map_err(|reason| *reason)?);
    if link.signum() > 0 { Ok(kept_short(index.times(link))) } else { Err(Reason::Undefined) }
}

/// Leaves the rationals where a product of many links would need more than 256 bits.
pub(super) fn kept_short(index: Amount) -> Amount {
    let long = matches!(&index, Amount::Rational(ratio) if ratio.denom().bits().max(ratio.numer().bits()) > 256);
    Amount::float(index.to_f64()).filter(|_| long).unwrap_or(index)
}
