//! Territorial index: the level of each unit against the mean level or that of a reference.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::{dot, non_negative, total};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "territorial_index",
    group: Group::Index,
    along: Along::Units,
    roles: &[
        Role::required("value", Takes::Signed),
        Role::optional("weight", Takes::NonNegative),
        Role::optional("reference", Takes::Signed),
    ],
    params: &[],
    outputs: &[
        Output::row("territorial_index", "100 · y(i) / y*").unit(Unit::Index).flow(),
        Output::row("territorial_difference", "y(i) − y*").difference_of("value"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mean = if frame.has("reference") { Err(Reason::Missing) } else { mean(frame) };
    let signed = frame.values("value").iter().flatten().any(|value| value.signum() < 0);
    let mut found = Vec::new();
    for (row, value) in frame.values("value").iter().enumerate() {
        let reference = frame.values("reference").get(row).unwrap_or(&mean).as_ref().map_err(|reason| *reason);
        let both = || Ok((value.as_ref().map_err(|reason| *reason)?, reference?));
        let mixed = if frame.has("reference") { value.as_ref().is_ok_and(|value| value.signum() < 0) } else { signed };
        let index = both().and_then(|(value, base)| if mixed { Err(Reason::MixedSign) } else { index(value, base) });
        let basis = || if frame.has("reference") { Basis::Rows(row, row + 1) } else { Basis::All };
        found.push(Outcome::row("territorial_index", row, index).on(basis()));
        let difference = both().map(|(value, base)| value.minus(base));
        found.push(Outcome::row("territorial_difference", row, difference).on(basis()));
    }
    Ok(found)
}

fn mean(frame: &Frame) -> Result<Amount, Reason> {
    let values = frame.complete("value")?;
    if !frame.has("weight") {
        let count = Amount::Integer(values.len() as i64);
        return total(values).divided_by(&count).ok_or(Reason::TooFew);
    }
    let weights = frame.complete("weight")?;
    non_negative(&[&weights])?;
    dot(&values, &weights).divided_by(&total(weights)).ok_or(Reason::ZeroTotal)
}

fn index(value: &Amount, base: &Amount) -> Result<Amount, Reason> {
    match base.signum() {
        -1 => Err(Reason::NegativeBase),
        _ => per(100, value, base, Reason::ZeroBase),
    }
}
