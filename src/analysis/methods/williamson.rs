//! Williamson: the variation of regional levels weighted by population.

use super::gini::{non_negative, weights};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::spread;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "williamson",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::NonNegative), Role::optional("weight", Takes::NonNegative)],
    params: &[],
    outputs: &[
        Output::whole("williamson", "V(w) = √(Σ (y(i) − ȳ)²·p(i)/P) / ȳ, ȳ = Σ y·p / P").flow(),
        Output::whole("coulter", "CC = √(½ Σ (y(i)·p(i)/Σ y·p − p(i)/P)²)").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = non_negative(frame, "value")?;
    let weights = weights(frame, "weight")?;
    let held: Vec<Amount> = values.iter().zip(&weights).map(|(value, weight)| value.times(weight)).collect();
    let (whole, people) = (spread::total(&held), spread::total(&weights));
    let apart = values.iter().map(|value| value.times(&people).minus(&whole));
    let squares: Vec<Amount> =
        apart.zip(&weights).map(|(apart, weight)| spread::square(&apart).times(weight)).collect();
    let variance = spread::total(&squares).divided_by(&spread::square(&whole).times(&people));
    let gap = |(part, weight): (&Amount, &Amount)| spread::square(&part.times(&people).minus(&weight.times(&whole)));
    let gaps: Vec<Amount> = held.iter().zip(&weights).map(gap).collect();
    let most = spread::square(&whole.times(&people)).times(&Amount::Integer(2));
    let root = |squared: Option<Amount>| squared.map(|squared| squared.to_f64().sqrt()).ok_or(Reason::ZeroTotal);
    Ok(vec![
        Outcome::whole("williamson", root(variance)),
        Outcome::whole("coulter", root(spread::total(&gaps).divided_by(&most))),
    ])
}
