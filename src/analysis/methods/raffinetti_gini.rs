//! Raffinetti Gini: the normalised Gini coefficient for data of both signs.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::spread;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "raffinetti_gini",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[Output::whole("raffinetti_gini", "G = ΣΣ |x(i) − x(j)| / (2(n − 1)·Σ|x|)").flow()],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mut values = frame.complete("value")?;
    let n = values.len() as i64;
    if n < 2 {
        return Err(Reason::TooFew);
    }
    values.sort();
    let spread = |(row, value): (usize, &&Amount)| value.times(&Amount::Integer(2 * row as i64 + 1 - n));
    let spreads: Vec<Amount> = values.iter().enumerate().map(spread).collect();
    let sizes: Vec<Amount> = values.iter().map(|value| value.magnitude()).collect();
    let most = spread::total(&sizes).times(&Amount::Integer(n - 1));
    let gini = spread::total(&spreads).divided_by(&most).ok_or(Reason::ZeroTotal)?;
    Ok(vec![Outcome::whole("raffinetti_gini", gini)])
}
