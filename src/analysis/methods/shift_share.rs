//! Shift-share: the growth of a region's groups against that of the country's.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::{non_negative, total};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "shift_share",
    group: Group::Comparative,
    along: Along::TwoPeriods,
    roles: &[
        Role::required("value0", Takes::NonNegative),
        Role::required("value1", Takes::NonNegative),
        Role::required("reference0", Takes::Positive),
        Role::required("reference1", Takes::NonNegative),
    ],
    params: &[],
    outputs: &[
        Output::whole("shift_share_change", "Σe₁ − Σe₀").difference_of("value0"),
        Output::whole("shift_share_national", "Σe₀(E₁/E₀ − 1)").difference_of("value0"),
        Output::whole("shift_share_mix", "Σe₀(R − E₁/E₀), R = Eᵢ₁/Eᵢ₀").difference_of("value0"),
        Output::whole("shift_share_regional", "Σe₀(r − R), r = eᵢ₁/eᵢ₀").difference_of("value0"),
        Output::whole("shift_share_net", "Σe₁ − Σe₀E₁/E₀").difference_of("value0"),
        Output::whole("shift_share_competitive", "Σe′(r − R), e′ = Σe₀ · Eᵢ₀/E₀").difference_of("value0"),
        Output::whole("shift_share_allocation", "Σ(e₀ − e′)(r − R)").difference_of("value0"),
        Output::whole("shift_share_mix_index", "Σe₀R / (Σe₀ · E₁/E₀)").unit(Unit::Times).flow(),
        Output::whole("shift_share_regional_index", "Σe₁ / Σe₀R").unit(Unit::Times).flow(),
        Output::whole("shift_share_net_index", "Σe₁ / (Σe₀ · E₁/E₀)").unit(Unit::Times).flow(),
        Output::row("shift_share_mix_contribution", "e₀(R − E₁/E₀)").difference_of("value0"),
        Output::row("shift_share_regional_contribution", "e₀(r − R)").difference_of("value0"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (base, current) = (frame.complete("value0")?, frame.complete("value1")?);
    let (country0, country1) = (frame.complete("reference0")?, frame.complete("reference1")?);
    non_negative(&[&base, &current, &country0, &country1])?;
    let sum = |values: &[&Amount]| total(values.iter().copied());
    let (size0, size1, whole0, whole1) = (sum(&base), sum(&current), sum(&country0), sum(&country1));
    if base.is_empty() {
        return Err(Reason::TooFew);
    }
    let growth = country1.iter().zip(&country0).map(|(to, from)| to.divided_by(from).ok_or(Reason::ZeroBase));
    let growth: Vec<Amount> = growth.collect::<Result<_, Reason>>()?;
    let whole_growth = whole1.divided_by(&whole0).ok_or(Reason::ZeroBase)?;

    let at_country = size0.times(&whole_growth);
    let expected: Vec<Amount> = base.iter().zip(&growth).map(|(value, growth)| value.times(growth)).collect();
    let at_groups = total(&expected);
    let regional = size1.minus(&at_groups);
    let competitive = competitive(&base, &current, &country0, &growth)
        .and_then(|sum| sum.times(&size0).divided_by(&whole0).ok_or(Reason::ZeroBase));
    let ratio = |part: &Amount, whole: &Amount| part.divided_by(whole).ok_or(Reason::ZeroBase);
    let mut found = vec![
        Outcome::whole("shift_share_change", size1.minus(&size0)),
        Outcome::whole("shift_share_national", at_country.minus(&size0)),
        Outcome::whole("shift_share_mix", at_groups.minus(&at_country)),
        Outcome::whole("shift_share_regional", regional.clone()),
        Outcome::whole("shift_share_net", size1.minus(&at_country)),
        Outcome::whole("shift_share_competitive", competitive.clone()),
        Outcome::whole("shift_share_allocation", competitive.map(|competitive| regional.minus(&competitive))),
        Outcome::whole("shift_share_mix_index", ratio(&at_groups, &at_country)),
        Outcome::whole("shift_share_regional_index", ratio(&size1, &at_groups)),
        Outcome::whole("shift_share_net_index", ratio(&size1, &at_country)),
    ];
    for (row, ((from, to), expected)) in base.iter().zip(&current).zip(&expected).enumerate() {
        let mix = expected.minus(&from.times(&whole_growth));
        found.push(Outcome::row("shift_share_mix_contribution", row, mix));
        found.push(Outcome::row("shift_share_regional_contribution", row, to.minus(expected)));
    }
    Ok(found)
}

/// The sum of the country's groups, each times what the region's grew more than the country's.
fn competitive(
    base: &[&Amount],
    current: &[&Amount],
    country: &[&Amount],
    growth: &[Amount],
) -> Result<Amount, Reason> {
    let mut sum = Amount::ZERO;
    for ((from, to), (country, growth)) in base.iter().zip(current).zip(country.iter().zip(growth)) {
        let excess = to.divided_by(from).ok_or(Reason::ZeroBase)?.minus(growth);
        sum = sum.plus(&country.times(&excess));
    }
    Ok(sum)
}
