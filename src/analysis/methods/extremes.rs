//! Extremes: the largest and smallest level of a series, when they occurred, and their difference.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::Reason;

/// The method.
pub(super) const METHOD: Method = Method {
    name: "extremes",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("maximum", "max y(t)").unit_of("value"),
        Output::whole("minimum", "min y(t)").unit_of("value"),
        Output::whole("year_of_maximum", "arg max y(t)").level(),
        Output::whole("year_of_minimum", "arg min y(t)").level(),
        Output::whole("extremes_range", "max y(t) − min y(t)").difference_of("value").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    // The first of equals: `min_by` keeps it, `max_by` has to see the rows backwards.
    let highest = values.iter().enumerate().rev().max_by(|a, b| a.1.cmp(b.1)).ok_or(Reason::TooFew)?;
    let lowest = values.iter().enumerate().min_by(|a, b| a.1.cmp(b.1)).ok_or(Reason::TooFew)?;
    Ok(vec![
        Outcome::whole("maximum", (*highest.1).clone()),
        Outcome::whole("minimum", (*lowest.1).clone()),
        Outcome::whole("year_of_maximum", frame.part(highest.0)),
        Outcome::whole("year_of_minimum", frame.part(lowest.0)),
        Outcome::whole("extremes_range", highest.1.minus(lowest.1)),
    ])
}
