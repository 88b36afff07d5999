//! Aggregate indices: how much a rate and its weights changed between two periods, by eighteen formulas.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::{dot, half, ln_ratio, log_mean, non_negative, total};
use crate::analysis::numeric::{exp, sum};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "aggregate_indices",
    group: Group::Index,
    along: Along::TwoPeriods,
    roles: &[
        Role::required("rate0", Takes::NonNegative),
        Role::required("rate1", Takes::NonNegative),
        Role::required("weight0", Takes::NonNegative),
        Role::required("weight1", Takes::NonNegative),
    ],
    params: &[],
    outputs: &[
        index("laspeyres_rate", "Σp₁q₀ / Σp₀q₀"),
        index("paasche_rate", "Σp₁q₁ / Σp₀q₁"),
        index("fisher_rate", "√(L · P)"),
        index("edgeworth_marshall_rate", "Σp₁(q₀ + q₁) / Σp₀(q₀ + q₁)"),
        index("tornqvist_rate", "Π(p₁/p₀)^(½(s₀ + s₁)), s = pq / Σpq"),
        index("walsh_rate", "Σp₁√(q₀q₁) / Σp₀√(q₀q₁)"),
        index("sato_vartia_rate", "Π(p₁/p₀)^w, w = L(s₁, s₀) / ΣL(s₁, s₀)"),
        index("drobisch_rate", "½(L + P)"),
        index("stuvel_rate", "A + √(A² + V), A = ½(Lp − Lq)"),
        index("geometric_laspeyres_rate", "Π(p₁/p₀)^s₀"),
        index("geometric_paasche_rate", "Π(p₁/p₀)^s₁"),
        index("palgrave_rate", "Σs₁p₁/p₀"),
        index("geary_khamis_rate", "Σp₁h / Σp₀h, h = q₀q₁ / (q₀ + q₁)"),
        index("dutot_rate", "Σp₁ / Σp₀"),
        index("carli_rate", "Σ(p₁/p₀) / n"),
        index("jevons_rate", "Π(p₁/p₀)^(1/n)"),
        index("harmonic_rate", "n / Σ(p₀/p₁)"),
        index("cswd_rate", "√(C · H)"),
        index("laspeyres_weight", "Σq₁p₀ / Σq₀p₀"),
        index("paasche_weight", "Σq₁p₁ / Σq₀p₁"),
        index("fisher_weight", "√(L · P)"),
        index("edgeworth_marshall_weight", "Σq₁(p₀ + p₁) / Σq₀(p₀ + p₁)"),
        index("tornqvist_weight", "Π(q₁/q₀)^(½(s₀ + s₁)), s = qp / Σqp"),
        index("walsh_weight", "Σq₁√(p₀p₁) / Σq₀√(p₀p₁)"),
        index("sato_vartia_weight", "Π(q₁/q₀)^w, w = L(s₁, s₀) / ΣL(s₁, s₀)"),
        index("drobisch_weight", "½(L + P)"),
        index("stuvel_weight", "A + √(A² + V), A = ½(Lq − Lp)"),
        index("geometric_laspeyres_weight", "Π(q₁/q₀)^s₀"),
        index("geometric_paasche_weight", "Π(q₁/q₀)^s₁"),
        index("palgrave_weight", "Σs₁q₁/q₀"),
        index("geary_khamis_weight", "Σq₁h / Σq₀h, h = p₀p₁ / (p₀ + p₁)"),
        index("dutot_weight", "Σq₁ / Σq₀"),
        index("carli_weight", "Σ(q₁/q₀) / n"),
        index("jevons_weight", "Π(q₁/q₀)^(1/n)"),
        index("harmonic_weight", "n / Σ(q₀/q₁)"),
        index("cswd_weight", "√(C · H)"),
        index("value_index", "Σp₁q₁ / Σp₀q₀"),
    ],
    run,
};

/// The names of the indices of the rate, in the order in which the formulas are computed.
const OF_RATE: [&str; 18] = [
    "laspeyres_rate",
    "paasche_rate",
    "fisher_rate",
    "edgeworth_marshall_rate",
    "tornqvist_rate",
    "walsh_rate",
    "sato_vartia_rate",
    "drobisch_rate",
    "stuvel_rate",
    "geometric_laspeyres_rate",
    "geometric_paasche_rate",
    "palgrave_rate",
    "geary_khamis_rate",
    "dutot_rate",
    "carli_rate",
    "jevons_rate",
    "harmonic_rate",
    "cswd_rate",
];

/// The names of the indices of the weights, in the same order.
const OF_WEIGHT: [&str; 18] = [
    "laspeyres_weight",
    "paasche_weight",
    "fisher_weight",
    "edgeworth_marshall_weight",
    "tornqvist_weight",
    "walsh_weight",
    "sato_vartia_weight",
    "drobisch_weight",
    "stuvel_weight",
    "geometric_laspeyres_weight",
    "geometric_paasche_weight",
    "palgrave_weight",
    "geary_khamis_weight",
    "dutot_weight",
    "carli_weight",
    "jevons_weight",
    "harmonic_weight",
    "cswd_weight",
];

type Index = Result<Amount, Reason>;

const fn index(name: &'static str, formula: &'static str) -> Output {
    Output::whole(name, formula).unit(Unit::Times).flow()
}

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (rate0, rate1) = (frame.complete("rate0")?, frame.complete("rate1")?);
    let (weight0, weight1) = (frame.complete("weight0")?, frame.complete("weight1")?);
    non_negative(&[&rate0, &rate1, &weight0, &weight1])?;
    if rate0.is_empty() {
        return Err(Reason::TooFew);
    }
    let rate = Change { x0: &rate0, x1: &rate1, y0: &weight0, y1: &weight1 };
    let weight = Change { x0: &weight0, x1: &weight1, y0: &rate0, y1: &rate1 };
    let mut found: Vec<Outcome> =
        OF_RATE.iter().zip(rate.indices()).map(|(name, index)| Outcome::whole(name, index)).collect();
    found.extend(OF_WEIGHT.iter().zip(weight.indices()).map(|(name, index)| Outcome::whole(name, index)));
    found.push(Outcome::whole("value_index", rate.value()));
    Ok(found)
}

/// What is indexed, x, and what weighs it, y, in the base period and in the current one.
struct Change<'a> {
    x0: &'a [&'a Amount],
    x1: &'a [&'a Amount],
    y0: &'a [&'a Amount],
    y1: &'a [&'a Amount],
}

impl Change<'_> {
    fn indices(&self) -> [Index; 18] {
        let (carli, harmonic) = (self.carli(), self.harmonic());
        let cswd = carli
            .as_ref()
            .map_err(|reason| *reason)
            .and_then(|carli| root(&carli.times(harmonic.as_ref().map_err(|reason| *reason)?)));
        [
            self.laspeyres(),
            self.paasche(),
            self.fisher(),
            self.edgeworth_marshall(),
            self.tornqvist(),
            self.walsh(),
            self.sato_vartia(),
            self.drobisch(),
            self.stuvel(),
            self.value_shares(self.x0, self.y0, Reason::ZeroBase).and_then(|shares| self.geometric(&shares)),
            self.value_shares(self.x1, self.y1, Reason::ZeroTotal).and_then(|shares| self.geometric(&shares)),
            self.palgrave(),
            self.geary_khamis(),
            ratio(&total(self.x1.iter().copied()), &total(self.x0.iter().copied())),
            carli,
            self.geometric(&vec![1.0 / self.x0.len() as f64; self.x0.len()]),
            harmonic,
            cswd,
        ]
    }

    fn value(&self) -> Index {
        ratio(&dot(self.x1, self.y1), &dot(self.x0, self.y0))
    }

    fn laspeyres(&self) -> Index {
        ratio(&dot(self.x1, self.y0), &dot(self.x0, self.y0))
    }

    fn paasche(&self) -> Index {
        ratio(&dot(self.x1, self.y1), &dot(self.x0, self.y1))
    }

    fn fisher(&self) -> Index {
        root(&self.laspeyres()?.times(&self.paasche()?))
    }

    fn drobisch(&self) -> Index {
        Ok(half(&self.laspeyres()?.plus(&self.paasche()?)))
    }

    fn edgeworth_marshall(&self) -> Index {
        self.basket(|y0, y1| Some(y0.plus(y1)))
    }

    fn geary_khamis(&self) -> Index {
        self.basket(|y0, y1| y0.times(y1).divided_by(&y0.plus(y1)))
    }

    /// The ratio of what one basket is worth; a unit that has none in either period has no part in it.
    fn basket(&self, of: impl Fn(&Amount, &Amount) -> Option<Amount>) -> Index {
        let basket: Vec<Amount> =
            self.y0.iter().zip(self.y1).map(|(y0, y1)| of(y0, y1).unwrap_or(Amount::ZERO)).collect();
        let worth = |x: &[&Amount]| halved(&x.iter().zip(&basket).map(|(x, part)| x.times(part)).collect::<Vec<_>>());
        ratio(&worth(self.x1), &worth(self.x0))
    }

    fn walsh(&self) -> Index {
        let basket: Vec<f64> = self.y0.iter().zip(self.y1).map(|(y0, y1)| y0.times(y1).to_f64().sqrt()).collect();
        let worth = |x: &[&Amount]| sum(x.iter().zip(&basket).map(|(x, basket)| x.to_f64() * basket));
        let base = worth(self.x0);
        if base > 0.0 { float(worth(self.x1) / base) } else { Err(Reason::ZeroBase) }
    }

    fn stuvel(&self) -> Index {
        let other = Change { x0: self.y0, x1: self.y1, y0: self.x0, y1: self.x1 };
        let value = self.value()?;
        let a = half(&self.laspeyres()?.minus(&other.laspeyres()?));
        let (root, a) = (a.times(&a).plus(&value).to_f64().sqrt(), a.to_f64());
        // Where A is negative the sum would cancel, and the quotient is the same number.
        if a < 0.0 { float(value.to_f64() / (root - a)) } else { float(a + root) }
    }

    fn tornqvist(&self) -> Index {
        self.positive()?;
        let before = self.value_shares(self.x0, self.y0, Reason::ZeroBase)?;
        let after = self.value_shares(self.x1, self.y1, Reason::ZeroTotal)?;
        let weights: Vec<f64> = before.iter().zip(&after).map(|(s0, s1)| 0.5 * (s0 + s1)).collect();
        self.geometric(&weights)
    }

    fn sato_vartia(&self) -> Index {
        self.positive()?;
        let (value0, value1) = (values(self.x0, self.y0), values(self.x1, self.y1));
        let (total0, total1) = (total(&value0), total(&value1));
        let means = value0.iter().zip(&value1).map(|(v0, v1)| {
            let s0 = v0.divided_by(&total0).ok_or(Reason::ZeroBase)?;
            let s1 = v1.divided_by(&total1).ok_or(Reason::ZeroTotal)?;
            if s0.is_zero() || s1.is_zero() { Err(Reason::Undefined) } else { Ok(log_mean(&s1, &s0)) }
        });
        let means = means.collect::<Result<Vec<f64>, Reason>>()?;
        let whole = sum(means.iter().copied());
        self.geometric(&means.iter().map(|mean| mean / whole).collect::<Vec<f64>>())
    }

    /// The geometric mean of the relatives with these weights, which add up to one.
    fn geometric(&self, weights: &[f64]) -> Index {
        self.positive()?;
        let logs = self.x0.iter().zip(self.x1).map(|(x0, x1)| ln_ratio(x1, x0));
        float(exp(sum(logs.zip(weights).map(|(log, weight)| log * weight))))
    }

    /// Refuses relatives that have no logarithm.
    fn positive(&self) -> Result<(), Reason> {
        match (self.x0.iter().any(|x| x.is_zero()), self.x1.iter().any(|x| x.is_zero())) {
            (true, _) => Err(Reason::ZeroBase),
            (_, true) => Err(Reason::Undefined),
            _ => Ok(()),
        }
    }

    fn value_shares(&self, x: &[&Amount], y: &[&Amount], zero: Reason) -> Result<Vec<f64>, Reason> {
        let values = values(x, y);
        let whole = total(&values);
        values.iter().map(|value| value.divided_by(&whole).map(|share| share.to_f64()).ok_or(zero)).collect()
    }

    fn relatives(&self) -> Result<Vec<Amount>, Reason> {
        self.x0.iter().zip(self.x1).map(|(x0, x1)| ratio(x1, x0)).collect()
    }

    fn palgrave(&self) -> Index {
        let relatives = self.relatives()?;
        let values = values(self.x1, self.y1);
        let weighted: Vec<Amount> =
            values.iter().zip(&relatives).map(|(value, relative)| value.times(relative)).collect();
        halved(&weighted).divided_by(&total(&values)).ok_or(Reason::ZeroTotal)
    }

    fn carli(&self) -> Index {
        let relatives = self.relatives()?;
        ratio(&halved(&relatives), &Amount::Integer(relatives.len() as i64))
    }

    fn harmonic(&self) -> Index {
        let relatives = self.relatives()?;
        let inverse = |relative: &Amount| Amount::Integer(1).divided_by(relative).ok_or(Reason::Undefined);
        let inverses = relatives.iter().map(inverse).collect::<Result<Vec<_>, Reason>>()?;
        ratio(&Amount::Integer(relatives.len() as i64), &halved(&inverses))
    }
}

fn values(x: &[&Amount], y: &[&Amount]) -> Vec<Amount> {
    x.iter().zip(y).map(|(x, y)| x.times(y)).collect()
}

/// Adds up fractions half by half, so that only the last few sums have long denominators.
fn halved(values: &[Amount]) -> Amount {
    match values {
        [] => Amount::ZERO,
        [value] => value.clone(),
        _ => {
            let (left, right) = values.split_at(values.len() / 2);
            halved(left).plus(&halved(right))
        }
    }
}

fn ratio(current: &Amount, base: &Amount) -> Index {
    current.divided_by(base).ok_or(Reason::ZeroBase)
}

fn root(square: &Amount) -> Index {
    float(square.to_f64().sqrt())
}

fn float(value: f64) -> Index {
    Amount::float(value).ok_or(Reason::Undefined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_indices_of_fisher_multiply_to_the_index_of_value() {
        let of = |values: &[i64]| values.iter().map(|value| Amount::Integer(*value)).collect::<Vec<_>>();
        let (p0, p1, q0, q1) = (of(&[12, 8, 15]), of(&[11, 9, 14]), of(&[800, 1200, 640]), of(&[780, 1310, 600]));
        let (p0, p1): (Vec<_>, Vec<_>) = (p0.iter().collect(), p1.iter().collect());
        let (q0, q1): (Vec<_>, Vec<_>) = (q0.iter().collect(), q1.iter().collect());
        let rate = Change { x0: &p0, x1: &p1, y0: &q0, y1: &q1 };
        let weight = Change { x0: &q0, x1: &q1, y0: &p0, y1: &p1 };
        let value = rate.value().expect("a value").to_f64();
        for both in [Change::fisher, Change::stuvel] {
            let product = both(&rate).expect("a value").to_f64() * both(&weight).expect("a value").to_f64();
            assert!((product / value - 1.0).abs() < 1e-15);
        }
        assert_eq!(
            rate.laspeyres().expect("a value").times(&weight.paasche().expect("a value")),
            rate.value().expect("a value")
        );
    }
}
