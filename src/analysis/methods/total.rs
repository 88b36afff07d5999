//! Total: the sum of a series of flows over its periods.

use super::average::sum;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::Reason;

/// The method.
pub(super) const METHOD: Method = Method {
    name: "total",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[Output::whole("total", "Σ y(t)").unit_of("value")],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let total = if values.is_empty() { Err(Reason::TooFew) } else { Ok(sum(values)) };
    Ok(vec![Outcome::whole("total", total)])
}
