//! Hoover: how much would have to move for two distributions to be the same.

use super::gini::{non_negative, weights};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::spread;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "hoover",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::NonNegative), Role::optional("reference", Takes::NonNegative)],
    params: &[],
    outputs: &[Output::whole("hoover", "H = ½ Σ |x(i)/X − p(i)/P|").flow()],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = non_negative(frame, "value")?;
    let reference = weights(frame, "reference")?;
    let (total, people) = (spread::total(&values), spread::total(&reference));
    let apart = |(value, person): (&Amount, &Amount)| value.times(&people).minus(&person.times(&total)).magnitude();
    let apart: Vec<Amount> = values.iter().zip(&reference).map(apart).collect();
    let twice = total.times(&people).times(&Amount::Integer(2));
    Ok(vec![Outcome::whole("hoover", spread::total(&apart).divided_by(&twice).ok_or(Reason::ZeroTotal))])
}

#[cfg(test)]
mod tests {
    use super::super::gini::tests::{frame, whole};
    use super::*;

    #[test]
    fn knows_neither_scale_nor_order() {
        let hoover =
            |x: &[i64], p: &[i64]| whole(&METHOD, &frame(&METHOD, &[("value", x), ("reference", p)]), "hoover");
        let once = hoover(&[7, 0, 3], &[10, 5, 1]);
        assert_eq!(once, hoover(&[3, 7, 0], &[1, 10, 5]));
        assert_eq!(once, hoover(&[700, 0, 300], &[30, 15, 3]));
        assert_eq!(hoover(&[2, 4, 6], &[1, 2, 3]), Amount::ZERO);
    }
}
