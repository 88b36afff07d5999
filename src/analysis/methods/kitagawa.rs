//! Kitagawa: the difference of two mean rates as an effect of the rates and an effect of the composition.

use super::composition_indices::RATES_AND_WEIGHTS;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output};
use crate::analysis::numeric::exact::{half, non_negative, total};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "kitagawa",
    group: Group::Index,
    along: Along::TwoPeriods,
    roles: RATES_AND_WEIGHTS,
    params: &[],
    outputs: &[
        Output::whole("kitagawa_change", "Δ = Σp₁s₁ − Σp₀s₀, s = q / Σq").difference_of("rate0"),
        Output::whole("kitagawa_rate", "Σ(p₁ − p₀)(s₀ + s₁)/2").difference_of("rate0"),
        Output::whole("kitagawa_composition", "Σ(s₁ − s₀)(p₀ + p₁)/2").difference_of("rate0"),
        Output::row("kitagawa_rate_contribution", "(p₁ − p₀)(s₀ + s₁)/2").difference_of("rate0"),
        Output::row("kitagawa_composition_contribution", "(s₁ − s₀)(p₀ + p₁)/2").difference_of("rate0"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (rate0, rate1) = (frame.complete("rate0")?, frame.complete("rate1")?);
    let (weight0, weight1) = (frame.complete("weight0")?, frame.complete("weight1")?);
    non_negative(&[&weight0, &weight1])?;
    if rate0.is_empty() {
        return Err(Reason::TooFew);
    }
    let (share0, share1) = (shares(&weight0)?, shares(&weight1)?);
    let (mut of_rates, mut of_composition, mut rows) = (Amount::ZERO, Amount::ZERO, Vec::new());
    for (row, ((p0, p1), (s0, s1))) in rate0.iter().zip(&rate1).zip(share0.iter().zip(&share1)).enumerate() {
        let rate = half(&p1.minus(p0).times(&s0.plus(s1)));
        let composition = half(&s1.minus(s0).times(&p0.plus(p1)));
        of_rates = of_rates.plus(&rate);
        of_composition = of_composition.plus(&composition);
        rows.push(Outcome::row("kitagawa_rate_contribution", row, rate));
        rows.push(Outcome::row("kitagawa_composition_contribution", row, composition));
    }
    let mut found = vec![
        Outcome::whole("kitagawa_change", of_rates.plus(&of_composition)),
        Outcome::whole("kitagawa_rate", of_rates),
        Outcome::whole("kitagawa_composition", of_composition),
    ];
    found.append(&mut rows);
    Ok(found)
}

fn shares(weights: &[&Amount]) -> Result<Vec<Amount>, Reason> {
    let whole = total(weights.iter().copied());
    weights.iter().map(|weight| weight.divided_by(&whole).ok_or(Reason::ZeroTotal)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::composition_indices::tests::of_an_example;
    use super::*;

    #[test]
    fn the_change_is_that_of_the_means() {
        let value = of_an_example(run);
        // 16600/2690 − 10480/2640.
        let change =
            Amount::ratio(16_600, 2690).expect("a value").minus(&Amount::ratio(10_480, 2640).expect("a value"));
        assert_eq!(value("kitagawa_change"), change);
    }
}
