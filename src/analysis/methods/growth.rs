//! Growth: factors, indices and rates of increase, from the previous and from the first period.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "growth",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::NonNegative)],
    params: &[],
    outputs: &[
        Output::row("growth_factor_chain", "K(t) = y(t) / y(t−1)").unit(Unit::Times).flow(),
        Output::row("index_chain", "i(t) = 100 · y(t) / y(t−1)").unit(Unit::Index).flow(),
        Output::row("rate_chain", "T(t) = 100 · (y(t) / y(t−1) − 1)").unit(Unit::Percent),
        Output::row("one_percent_value", "A(t) = y(t−1) / 100").unit_of("value"),
        Output::row("growth_factor_base", "K(t) = y(t) / y(1)").unit(Unit::Times).flow(),
        Output::row("index_base", "i(t) = 100 · y(t) / y(1)").unit(Unit::Index).flow(),
        Output::row("rate_base", "T(t) = 100 · (y(t) / y(1) − 1)").unit(Unit::Percent),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mut found = Vec::new();
    for row in 0..frame.values("value").len() {
        if let Some(before) = row.checked_sub(1) {
            let names = ["growth_factor_chain", "index_chain", "rate_chain"];
            compare(frame, (row, before), names, frame.follows(row), &mut found);
            let value = frame.follows(row).and_then(|()| one_percent(frame, row, before));
            found.push(Outcome::row("one_percent_value", row, value).on(Basis::Pair(row, before)));
        }
        if frame.has_base() {
            compare(frame, (row, 0), ["growth_factor_base", "index_base", "rate_base"], Ok(()), &mut found);
        }
    }
    Ok(found)
}

fn compare(
    frame: &Frame,
    (row, base): (usize, usize),
    names: [&'static str; 3],
    comparable: Result<(), Reason>,
    found: &mut Vec<Outcome>,
) {
    let pair = comparable.and_then(|()| growing(frame.at("value", row), frame.at("value", base)));
    let values = match pair {
        Ok((to, from)) => [quotient(to, from), percent(to, from), percent(&to.minus(from), from)],
        Err(reason) => [Err(reason), Err(reason), Err(reason)],
    };
    for (name, value) in names.into_iter().zip(values) {
        found.push(Outcome::row(name, row, value).on(Basis::Pair(row, base)));
    }
}

/// Returns two levels where growth from the second to the first can be spoken of, else why it cannot.
pub(super) fn growing<'a>(
    to: Result<&'a Amount, Reason>,
    from: Result<&'a Amount, Reason>,
) -> Result<(&'a Amount, &'a Amount), Reason> {
    let (to, from) = (to?, from?);
    match (from.signum(), to.signum()) {
        (0, _) => Err(Reason::ZeroBase),
        (1, 0 | 1) => Ok((to, from)),
        (-1, 0 | -1) => Err(Reason::NegativeBase),
        _ => Err(Reason::SignChange),
    }
}

/// Returns how many per cent the first is of the second.
pub(super) fn percent(part: &Amount, base: &Amount) -> Result<Amount, Reason> {
    quotient(&part.times(&Amount::Integer(100)), base)
}

/// Returns how many times the first is the second.
pub(super) fn quotient(part: &Amount, base: &Amount) -> Result<Amount, Reason> {
    part.divided_by(base).ok_or(Reason::ZeroBase)
}

fn one_percent(frame: &Frame, row: usize, before: usize) -> Result<Amount, Reason> {
    frame.at("value", row)?;
    let from = frame.at("value", before)?;
    if from.is_zero() { Err(Reason::ZeroBase) } else { quotient(from, &Amount::Integer(100)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::frame::Column;
    use crate::finding::Period;

    #[test]
    fn a_territory_that_came_later_has_no_base() {
        let values = [5, 6].map(|n| Ok(Amount::Integer(n))).to_vec();
        let column = Column { name: String::new(), unit: Unit::Persons, values };
        let mut frame = Frame { rows: 2, ..Frame::default() };
        frame.numbers.insert("value", vec![column]);
        frame.periods = Some([2022, 2023].map(Period::of_year).to_vec());
        frame.start = Some(Period::of_year(2013));
        let names: Vec<&str> = run(&frame).expect("a value").iter().map(|outcome| outcome.name).collect();
        assert_eq!(names, ["growth_factor_chain", "index_chain", "rate_chain", "one_percent_value"]);
    }
}
