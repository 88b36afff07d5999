//! Indirect standardisation: events against those that the rates of a standard population would lead to expect.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::distribution::chi_squared_isf;
use crate::analysis::numeric::exact::{dot, non_negative, total};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "indirect_standardisation",
    group: Group::Demography,
    along: Along::Units,
    roles: &[
        Role::required("events", Takes::NonNegative),
        Role::required("population", Takes::NonNegative),
        Role::required("standard_rate", Takes::NonNegative),
        Role::optional("standard_population", Takes::NonNegative),
    ],
    params: &[],
    outputs: &[
        Output::whole("expected_events", "E = Σm·P").flow(),
        Output::whole("smr", "SMR = ΣD / E").unit(Unit::Times).flow(),
        Output::whole("smr_low", "χ²(0.025; 2D) / (2E)").unit(Unit::Times).flow(),
        Output::whole("smr_high", "χ²(0.975; 2D + 2) / (2E)").unit(Unit::Times).flow(),
        Output::whole("indirect_rate", "1000 · SMR · Σm·S / ΣS").unit(Unit::PerMille).flow(),
        Output::row("expected_contribution", "m·P").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (events, people) = (frame.complete("events")?, frame.complete("population")?);
    let rates = frame.complete("standard_rate")?;
    non_negative(&[&events, &people, &rates])?;
    if events.is_empty() {
        return Err(Reason::TooFew);
    }
    let per = Amount::Integer(frame.counted_per("standard_rate"));
    let scaled = |value: Amount| value.divided_by(&per).ok_or(Reason::Undefined);
    let expected = scaled(dot(&rates, &people))?;
    let found = total(events.iter().copied());
    let smr = found.divided_by(&expected).ok_or(Reason::ZeroBase);
    let (d, e) = (found.to_f64(), expected.to_f64());
    let bound = |value: f64| if e > 0.0 { Ok(value / (2.0 * e)) } else { Err(Reason::ZeroBase) };
    let standard = || {
        let people = frame.complete("standard_population")?;
        non_negative(&[&people])?;
        if people.is_empty() {
            return Err(Reason::Missing);
        }
        scaled(dot(&rates, &people))?.divided_by(&total(people.iter().copied())).ok_or(Reason::ZeroTotal)
    };
    let rate = smr.clone().and_then(|smr| Ok(smr.times(&standard()?).times(&Amount::Integer(1000))));
    let mut all = vec![
        Outcome::whole("expected_events", expected),
        Outcome::whole("smr", smr),
        Outcome::whole("smr_low", bound(if d > 0.0 { chi_squared_isf(0.975, 2.0 * d) } else { 0.0 })),
        Outcome::whole("smr_high", bound(chi_squared_isf(0.025, 2.0 * d + 2.0))),
        Outcome::whole("indirect_rate", rate),
    ];
    for (row, (rate, people)) in rates.iter().zip(&people).enumerate() {
        all.push(Outcome::row("expected_contribution", row, scaled(rate.times(people))));
    }
    Ok(all)
}
