//! Webb types: eight types of population change by its natural and its migration component.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "webb_types",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("natural", Takes::Signed), Role::required("migration", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::row("webb_type", "sgn N, sgn M, sgn(|N| − |M|)"),
        Output::row("webb_change", "N + M").unit_of("natural"),
        Output::member("webb_count", "n(A), …, n(H)").unit(Unit::Count).flow(),
    ],
    run,
};

const TYPES: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (mut found, mut types) = (Vec::new(), Vec::new());
    for (row, components) in frame.values("natural").iter().zip(frame.values("migration")).enumerate() {
        let components = match components {
            (Ok(natural), Ok(migration)) => Ok((natural, migration)),
            (Err(reason), _) | (_, Err(reason)) => Err(*reason),
        };
        let kind = components.and_then(|(natural, migration)| webb(natural, migration));
        let said = match kind {
            Ok(kind) => Outcome::row("webb_type", row, kind),
            Err(reason) => Outcome::row("webb_type", row, reason),
        };
        let change = components.map(|(natural, migration)| natural.plus(migration));
        found.push(said.on(Basis::Rows(row, row + 1)));
        found.push(Outcome::row("webb_change", row, change).on(Basis::Rows(row, row + 1)));
        types.extend(kind.ok());
    }
    for kind in TYPES {
        let count = types.iter().filter(|found| **found == kind).count();
        found.push(Outcome::member("webb_count", Part::Category(kind.into()), count));
    }
    Ok(found)
}

/// Returns the type, or why there is none: a component is zero, or both are of one size.
fn webb(natural: &Amount, migration: &Amount) -> Result<&'static str, Reason> {
    let larger = natural.magnitude().cmp(&migration.magnitude());
    if natural.is_zero() || migration.is_zero() || larger.is_eq() {
        return Err(Reason::Undefined);
    }
    Ok(match (natural.signum() > 0, migration.signum() > 0, larger.is_gt()) {
        (true, false, true) => "A",
        (true, true, true) => "B",
        (true, true, false) => "C",
        (false, true, false) => "D",
        (false, true, true) => "E",
        (false, false, true) => "F",
        (false, false, false) => "G",
        (true, false, false) => "H",
    })
}
