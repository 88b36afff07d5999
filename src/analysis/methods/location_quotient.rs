//! Location quotient: the share of a unit in one total against its share in another.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::{non_negative, total};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "location_quotient",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::NonNegative), Role::required("reference", Takes::NonNegative)],
    params: &[],
    outputs: &[Output::row("location_quotient", "LQ(i) = (x(i) / Σx) / (p(i) / Σp)").unit(Unit::Times).flow()],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (values, references) = (frame.complete("value")?, frame.complete("reference")?);
    non_negative(&[&values, &references])?;
    let (whole, whole_reference) = (total(values.iter().copied()), total(references.iter().copied()));
    let quotient = |value: &Amount, reference: &Amount| {
        if whole.is_zero() || whole_reference.is_zero() {
            return Err(Reason::ZeroTotal);
        }
        value.times(&whole_reference).divided_by(&whole.times(reference)).ok_or(Reason::ZeroBase)
    };
    let rows = values.iter().zip(&references).enumerate();
    Ok(rows
        .map(|(row, (value, reference))| Outcome::row("location_quotient", row, quotient(value, reference)))
        .collect())
}
