//! Age-specific rates: events by age, their sum over a life and their mean age.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::exact::{half, total};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "age_rates",
    group: Group::Demography,
    along: Along::Units,
    roles: &[
        Role::required("events", Takes::NonNegative),
        Role::required("population", Takes::NonNegative),
        Role::required("age", Takes::NonNegative),
    ],
    params: &[Param::new("last_width", ParamKind::Number(0.0, 100.0), "0")],
    outputs: &[
        Output::row("age_rate", "f(x) = 1000 · E / P").unit(Unit::PerMille).flow(),
        Output::whole("age_rates_total", "F = Σ n · E / P").flow(),
        Output::whole("age_rates_mean_age", "Σ (x + n/2) · n · f / Σ n · f").flow(),
        Output::whole("age_rates_peak_age", "arg max f(x)"),
        Output::row("age_rates_share", "100 · n · f / Σ n · f").unit(Unit::Percent).flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (ages, events, people) = (frame.complete("age")?, frame.complete("events")?, frame.complete("population")?);
    if ages.len() < 2 {
        return Err(Reason::TooFew);
    }
    if events.iter().chain(&people).any(|value| value.signum() < 0) {
        return Err(Reason::MixedSign);
    }
    let mut order: Vec<usize> = (0..ages.len()).collect();
    order.sort_by_key(|row| ages[*row]);
    if order.windows(2).any(|pair| ages[pair[0]] == ages[pair[1]]) {
        return Err(Reason::Ties);
    }
    let mut widths: Vec<Amount> = order.windows(2).map(|pair| ages[pair[1]].minus(ages[pair[0]])).collect();
    let given = frame.amount("last_width");
    widths.push(if given.is_zero() { widths[widths.len() - 1].clone() } else { given });
    let rates: Vec<Amount> = order
        .iter()
        .map(|row| events[*row].divided_by(people[*row]).ok_or(Reason::ZeroBase))
        .collect::<Result<_, _>>()?;
    let lived: Vec<Amount> = rates.iter().zip(&widths).map(|(rate, width)| rate.times(width)).collect();
    let all = total(&lived);
    let middles: Vec<Amount> =
        order.iter().zip(&widths).zip(&lived).map(|((row, width), f)| ages[*row].plus(&half(width)).times(f)).collect();
    let peak = rates.iter().enumerate().reduce(|best, next| if next.1 > best.1 { next } else { best });
    let mut found = vec![
        Outcome::whole("age_rates_total", all.clone()),
        Outcome::whole("age_rates_mean_age", total(&middles).divided_by(&all).ok_or(Reason::ZeroTotal)),
        Outcome::whole(
            "age_rates_peak_age",
            match peak {
                Some((at, rate)) if !rate.is_zero() => Ok(ages[order[at]].clone()),
                _ => Err(Reason::ZeroTotal),
            },
        ),
    ];
    for (at, row) in order.iter().copied().enumerate() {
        let rate = rates[at].times(&Amount::Integer(1000));
        let share = lived[at].times(&Amount::Integer(100)).divided_by(&all).ok_or(Reason::ZeroTotal);
        found.push(Outcome::row("age_rate", row, rate).on(Basis::Rows(row, row + 1)));
        found.push(Outcome::row("age_rates_share", row, share));
    }
    Ok(found)
}
