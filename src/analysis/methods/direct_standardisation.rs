//! Direct standardisation: the rate that a population would have with the age structure of a standard one.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::distribution::chi_squared_isf;
use crate::analysis::numeric::exact::{non_negative, total};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "direct_standardisation",
    group: Group::Demography,
    along: Along::Units,
    roles: &[
        Role::required("events", Takes::NonNegative),
        Role::required("population", Takes::NonNegative),
        Role::required("standard", Takes::NonNegative),
    ],
    params: &[],
    outputs: &[
        Output::whole("direct_crude_rate", "1000 · ΣD / ΣP").unit(Unit::PerMille).flow(),
        Output::whole("direct_rate", "R = 1000 · Σw · D/P, w = S / ΣS").unit(Unit::PerMille).flow(),
        Output::whole("direct_rate_standard_error", "1000 · √v, v = Σw²D/P²").unit(Unit::PerMille).flow(),
        Output::whole("direct_rate_low", "1000 · v/(2r) · χ²(0.025; 2r²/v)").unit(Unit::PerMille).flow(),
        Output::whole("direct_rate_high", "1000 · v′/(2r′) · χ²(0.975; 2r′²/v′), r′ = r + m, v′ = v + m², m = max w/P")
            .unit(Unit::PerMille)
            .flow(),
        Output::row("direct_contribution", "1000 · w · D/P").unit(Unit::PerMille).flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (events, people) = (frame.complete("events")?, frame.complete("population")?);
    let standard = frame.complete("standard")?;
    non_negative(&[&events, &people, &standard])?;
    if events.is_empty() {
        return Err(Reason::TooFew);
    }
    let all = total(standard.iter().copied());
    let share = |at: usize| standard[at].divided_by(&all).ok_or(Reason::ZeroTotal);
    // A group that nobody of the standard is in needs no rate of its own.
    let per_person = |at: usize| match (share(at)?, people[at].is_zero()) {
        (share, true) if share.is_zero() => Ok(Amount::ZERO),
        (share, _) => share.divided_by(people[at]).ok_or(Reason::ZeroBase),
    };
    let weights: Vec<Amount> = (0..events.len()).map(per_person).collect::<Result<_, _>>()?;
    let parts: Vec<Amount> = weights.iter().zip(&events).map(|(weight, d)| weight.times(d)).collect();
    let squares: Vec<Amount> = weights.iter().zip(&parts).map(|(weight, part)| weight.times(part)).collect();
    let thousand = |value: &Amount| value.times(&Amount::Integer(1000));
    let (rate, variance) = (total(&parts), total(&squares));
    let crude = total(events.iter().copied()).divided_by(&total(people.iter().copied())).ok_or(Reason::ZeroTotal);
    let (r, v) = (rate.to_f64(), variance.to_f64());
    let most = weights.iter().max().map_or(0.0, Amount::to_f64);
    let gamma = |upper: f64, r: f64, v: f64| 1000.0 * v / (2.0 * r) * chi_squared_isf(upper, 2.0 * r * r / v);
    let low = if r == 0.0 { 0.0 } else { gamma(0.975, r, v) };
    let mut found = vec![
        Outcome::whole("direct_crude_rate", crude.map(|crude| thousand(&crude))),
        Outcome::whole("direct_rate", thousand(&rate)),
        Outcome::whole("direct_rate_standard_error", 1000.0 * v.sqrt()),
        Outcome::whole("direct_rate_low", low),
        Outcome::whole("direct_rate_high", gamma(0.025, r + most, v + most * most)),
    ];
    found.extend(parts.iter().enumerate().map(|(row, part)| Outcome::row("direct_contribution", row, thousand(part))));
    Ok(found)
}
