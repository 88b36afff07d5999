//! Share: the part of each unit in the total.

use super::average::sum;
use super::growth::percent;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::non_negative;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "share",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::NonNegative), Role::optional("total", Takes::NonNegative)],
    params: &[],
    outputs: &[Output::row("share_of_country", "d(i) = 100 · y(i) / Y").unit(Unit::Percent).flow()],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let name = "share_of_country";
    if frame.has("total") {
        let rows = 0..frame.values("value").len();
        let share = |row| {
            let (value, total) = (frame.at("value", row)?, frame.at("total", row)?);
            non_negative(&[&[value, total]])?;
            share(value, total)
        };
        return Ok(rows.map(|row| Outcome::each(name, row, share(row))).collect());
    }
    let shares = of_sum(frame, "value")?;
    Ok(shares.into_iter().enumerate().map(|(row, share)| Outcome::row(name, row, share)).collect())
}

/// Returns the per cent that a part is of a total.
pub(super) fn share(part: &Amount, total: &Amount) -> Result<Amount, Reason> {
    percent(part, total).map_err(|_| Reason::ZeroTotal)
}

/// Returns the share of each row in the sum of those that existed; an error is a reason that holds for all of them.
pub(super) fn of_sum(frame: &Frame, role: &str) -> Result<Vec<Result<Amount, Reason>>, Reason> {
    let existing = frame.existing(role)?;
    non_negative(&[&existing.iter().map(|(_, value)| *value).collect::<Vec<_>>()])?;
    let total = sum(existing.iter().map(|(_, value)| *value));
    Ok((0..frame.values(role).len()).map(|row| share(frame.at(role, row)?, &total)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::frame::Column;

    #[test]
    fn negatives_are_told_apart_from_different_signs() {
        let of = |values: [i64; 3]| {
            let values = values.map(|value| Ok(Amount::Integer(value))).to_vec();
            let mut frame = Frame { rows: 3, ..Frame::default() };
            frame.numbers.insert("value", vec![Column { name: String::new(), unit: Unit::Persons, values }]);
            of_sum(&frame, "value").err()
        };
        assert_eq!(of([-1, -2, -3]), Some(Reason::NegativeBase));
        assert_eq!(of([-1, 0, -3]), Some(Reason::NegativeBase));
        assert_eq!(of([-1, 2, -3]), Some(Reason::MixedSign));
    }

    #[test]
    fn a_territory_that_did_not_exist_is_no_part_of_the_sum() {
        let values = vec![Ok(Amount::Integer(1)), Err(Reason::NotApplicable), Ok(Amount::Integer(3))];
        let mut frame = Frame { rows: 3, ..Frame::default() };
        frame.numbers.insert("value", vec![Column { name: String::new(), unit: Unit::Persons, values }]);
        let shares = of_sum(&frame, "value").expect("a value");
        assert_eq!(shares, [Ok(Amount::Integer(25)), Err(Reason::NotApplicable), Ok(Amount::Integer(75))]);
    }
}
