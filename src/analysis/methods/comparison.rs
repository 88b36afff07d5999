//! Comparison: each unit against the mean, the maximum and a unit of reference.

use super::average::mean;
use super::growth::{percent, quotient};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "comparison",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed), Role::optional("reference", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::row("difference_to_mean", "y(i) − ȳ").difference_of("value"),
        Output::row("ratio_to_mean", "y(i) / ȳ").unit(Unit::Times).flow(),
        Output::row("percent_of_mean", "100 · y(i) / ȳ").unit(Unit::Percent).flow(),
        Output::row("difference_to_maximum", "y(i) − max y").difference_of("value"),
        Output::row("ratio_to_maximum", "y(i) / max y").unit(Unit::Times).flow(),
        Output::row("difference_to_reference", "y(i) − y*(i)").difference_of("value"),
        Output::row("ratio_to_reference", "y(i) / y*(i)").unit(Unit::Times).flow(),
        Output::whole("ratio_max_min", "max y / min y").unit(Unit::Times).level(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let existing = frame.existing("value");
    let values: Result<Vec<&Amount>, Reason> =
        existing.map(|existing| existing.into_iter().map(|(_, value)| value).collect());
    let mean = values.as_ref().map_err(|reason| *reason).and_then(|values| mean(values));
    let maximum = values.as_ref().map_err(|reason| *reason).and_then(|values| end(values.iter().max()));
    let minimum = values.as_ref().map_err(|reason| *reason).and_then(|values| end(values.iter().min()));
    let unsigned = minimum.and_then(|minimum| if minimum.signum() < 0 { Err(Reason::MixedSign) } else { Ok(minimum) });
    let mut found = Vec::new();
    for row in 0..frame.values("value").len() {
        let value = frame.at("value", row);
        let to_mean = value.and_then(|value| Ok((value, mean.as_ref().map_err(|reason| *reason)?)));
        let to_maximum = value.and_then(|value| Ok((value, maximum?)));
        let of = |pair: Result<(&Amount, &Amount), Reason>, ratio: fn(&Amount, &Amount) -> Result<Amount, Reason>| {
            pair.and_then(|(value, base)| unsigned.and_then(|_| ratio(value, base)))
        };
        found.push(Outcome::row("difference_to_mean", row, to_mean.map(|(value, mean)| value.minus(mean))));
        found.push(Outcome::row("ratio_to_mean", row, of(to_mean, quotient)));
        found.push(Outcome::row("percent_of_mean", row, of(to_mean, percent)));
        found.push(Outcome::row("difference_to_maximum", row, to_maximum.map(|(value, top)| value.minus(top))));
        found.push(Outcome::row("ratio_to_maximum", row, of(to_maximum, quotient)));
        if frame.has("reference") {
            let difference = value.and_then(|value| Ok(value.minus(frame.at("reference", row)?)));
            found.push(Outcome::each("difference_to_reference", row, difference));
            found.push(Outcome::each("ratio_to_reference", row, to_reference(frame, row)));
        }
    }
    let spread = unsigned.and_then(|minimum| quotient(maximum?, minimum));
    found.push(Outcome::whole("ratio_max_min", spread));
    Ok(found)
}

fn end<'a>(value: Option<&&'a Amount>) -> Result<&'a Amount, Reason> {
    value.copied().ok_or(Reason::TooFew)
}

fn to_reference(frame: &Frame, row: usize) -> Result<Amount, Reason> {
    quotient(frame.unsigned("value", row)?, frame.unsigned("reference", row)?)
}
