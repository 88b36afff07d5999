//! Flow preference: each flow against the one that population sizes would lead to expect.

use super::flow_indices::{ABSENT, ROLES, Square};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "flow_preference",
    group: Group::Demography,
    along: Along::Flows,
    roles: ROLES,
    params: &[ABSENT],
    outputs: &[
        Output::row("flow_preference", "M(ij) / (M · p(i) · p(j)), p = P(i) / P").flow(),
        Output::row("flow_velocity", "M(ij) · P / (P(i) · P(j))").flow(),
        Output::whole("flow_preference_total", "ΣΣ M(ij) / (M · p(i) · p(j))").flow(),
        Output::whole("flow_velocity_total", "ΣΣ M(ij) · P / (P(i) · P(j))").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let square = Square::of(frame)?;
    if square.size() < 2 {
        return Err(Reason::TooFew);
    }
    let population = square.population()?;
    let pairs = || (0..square.size()).flat_map(|i| (0..square.size()).map(move |j| (i, j))).filter(|(i, j)| i != j);
    let moves = pairs().fold(Amount::ZERO, |sum, (i, j)| sum.plus(&square.flows[i][j]));
    let velocity = |i: usize, j: usize| {
        let expected = square.populations[i].clone()?.times(square.populations[j].as_ref().map_err(|reason| *reason)?);
        per(1, &square.flows[i][j].times(&population), &expected, Reason::ZeroBase)
    };
    // M(ij) / (M · p(i) · p(j)) is the velocity times P / M.
    let preference =
        |velocity: Result<Amount, Reason>| per(1, &velocity?.times(&population), &moves, Reason::ZeroTotal);
    let total = pairs().try_fold(Amount::ZERO, |sum, (i, j)| Ok(sum.plus(&velocity(i, j)?)));
    let mut found = vec![
        Outcome::whole("flow_velocity_total", total.clone()),
        Outcome::whole("flow_preference_total", preference(total)),
    ];
    let place = |label: &String| square.units.binary_search(label).ok();
    for (row, (origin, destination)) in frame.labels("origin").iter().zip(frame.labels("destination")).enumerate() {
        if let (Some(i), Some(j)) = (place(origin), place(destination))
            && i != j
        {
            let velocity = velocity(i, j);
            found.push(Outcome::row("flow_velocity", row, velocity.clone()));
            found.push(Outcome::row("flow_preference", row, preference(velocity)));
        }
    }
    Ok(found)
}
