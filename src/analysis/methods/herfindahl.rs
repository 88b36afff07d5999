//! Herfindahl: concentration in a few units.

use super::gini::non_negative;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::spread;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "herfindahl",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::NonNegative)],
    params: &[Param::new("k", ParamKind::Count(1, 1000), "3")],
    outputs: &[
        Output::whole("herfindahl", "HHI = Σ s(i)², s(i) = x(i) / Σx").level(),
        Output::whole("herfindahl_10000", "HHI = Σ (100·s(i))²").level(),
        Output::whole("herfindahl_normalised", "HHI* = (HHI − 1/n) / (1 − 1/n)").flow(),
        Output::whole("effective_number", "N = 1 / HHI").unit(Unit::Count).level(),
        Output::whole("concentration_ratio_3", "CR3 = 100·Σ s(i), i = 1..3").unit(Unit::Percent).level(),
        Output::whole("concentration_ratio", "CR(k) = 100·Σ s(i), i = 1..k").unit(Unit::Percent).level(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mut values = non_negative(frame, "value")?;
    values.sort_by(|a, b| b.cmp(a));
    let total = spread::total(&values);
    let squares: Vec<Amount> = values.iter().map(spread::square).collect();
    let index = spread::total(&squares).divided_by(&spread::square(&total)).ok_or(Reason::ZeroTotal)?;
    let (one, n) = (Amount::Integer(1), Amount::Integer(values.len() as i64));
    let normalised = n.times(&index).minus(&one).divided_by(&n.minus(&one)).ok_or(Reason::TooFew);
    let largest = |k: i64| {
        let held = spread::total(values.iter().take(usize::try_from(k).unwrap_or_default()));
        held.times(&Amount::Integer(100)).divided_by(&total).ok_or(Reason::ZeroTotal)
    };
    Ok(vec![
        Outcome::whole("herfindahl", index.clone()),
        Outcome::whole("herfindahl_10000", index.times(&Amount::Integer(10_000))),
        Outcome::whole("herfindahl_normalised", normalised),
        Outcome::whole("effective_number", one.divided_by(&index).ok_or(Reason::ZeroTotal)),
        Outcome::whole("concentration_ratio_3", largest(3)),
        Outcome::whole("concentration_ratio", largest(frame.count("k"))),
    ])
}
