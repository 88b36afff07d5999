//! Atkinson: inequality with an aversion to it.

use super::gini::{non_negative, weights};
use super::theil::{NEAR, Spread};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric;
use crate::finding::{Amount, Reason};

/// The method.
pub const METHOD: Method = Method {
    name: "atkinson",
    group: Group::Comparative,
    title: Bilingual { ru: "Индекс Аткинсона", kk: "Аткинсон индексі" },
    along: Along::Units,
    roles: &[
        Role::required("value", Takes::NonNegative, "значения по территориям", "аумақтар бойынша мәндер"),
        Role::optional("weight", Takes::NonNegative, "веса: численность населения", "салмақтар: халық саны"),
    ],
    params: &[Param::new(
        "epsilon",
        ParamKind::Number(0.0, 10.0),
        "0.5",
        "степень неприятия неравенства",
        "теңсіздікті қабылдамау дәрежесі",
    )],
    outputs: &[Output::whole(
        "atkinson",
        "индекс Аткинсона",
        "Аткинсон индексі",
        "A = 1 − (Σ (x/μ)^(1−ε) / n)^(1/(1−ε)); ε = 1: A = 1 − Π (x/μ)^(1/n)",
    )
    .flow()],
    convention: Bilingual {
        ru: "Отрицательные значения не допускаются; если есть нулевое значение, а степень неприятия неравенства не меньше единицы, индекс равен своему пределу – единице. С весами значения считаются душевыми, а среднее взвешено.",
        kk: "Теріс мәндерге жол берілмейді; нөлдік мән бар болып, теңсіздікті қабылдамау дәрежесі бірден кем болмаса, индекс өзінің шегіне – бірге тең. Салмақ берілсе, мәндер жан басына шаққандағы деп саналады, ал орташа салмақталған.",
    },
    literature: "Atkinson A. B. (1970) On the measurement of inequality. Journal of Economic Theory",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = non_negative(frame, "value")?;
    let spread = Spread::of(values.iter().zip(weights(frame, "weight")?.iter()));
    let power = Amount::Integer(1).minus(&frame.amount("epsilon"));
    let index = match spread.l() {
        Err(Reason::Undefined) if power.signum() <= 0 => 1.0,
        mean if power.is_zero() => -numeric::exp_m1(-mean?),
        _ => {
            let power = power.to_f64();
            // What is left of the mean of powers when one and the linear terms, which add up to zero, are taken off.
            let excess = spread.mean(|ratio, excess| Some(beyond_linear(ratio, excess, power)))?;
            -numeric::exp_m1(numeric::ln_1p(excess) / power)
        }
    };
    Ok(vec![Outcome::whole("atkinson", index)])
}

/// Returns r^a − 1 − a·(r − 1), near one by its expansion.
fn beyond_linear(ratio: f64, excess: f64, power: f64) -> f64 {
    if excess.abs() >= NEAR {
        return numeric::pow(ratio, power) - 1.0 - power * excess;
    }
    let term = |(k, term): (f64, f64)| (k + 1.0, term * excess * (power - k) / (k + 1.0));
    let terms = std::iter::successors(Some((1.0, power * excess)), |last| Some(term(*last)));
    numeric::sum(terms.skip(1).take(24).map(|(_, term)| term))
}
