//! LMDI: the change of a total that is a sum of products of factors, by logarithmic means.

use crate::analysis::frame::{Column, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::{ln_ratio, log_mean, total};
use crate::analysis::numeric::{exp, sum};
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "lmdi",
    group: Group::Index,
    along: Along::TwoPeriods,
    roles: &[Role::many("factor0", Takes::NonNegative), Role::many("factor1", Takes::NonNegative)],
    params: &[],
    outputs: &[
        Output::whole("lmdi_total_change", "ΔV = ΣV₁ − ΣV₀, V = x₁ · x₂ · …"),
        Output::whole("lmdi_total_ratio", "ΣV₁ / ΣV₀").unit(Unit::Times).flow(),
        Output::member("lmdi_additive", "ΣL(V₁, V₀) · ln(x₁/x₀)"),
        Output::member("lmdi_multiplicative", "exp(ΣL(V₁, V₀) · ln(x₁/x₀) / L(ΣV₁, ΣV₀))").unit(Unit::Times).level(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (base, current) = (factors(frame.columns("factor0"))?, factors(frame.columns("factor1"))?);
    if base.len() != current.len() || base.is_empty() {
        return Err(Reason::Undefined);
    }
    if frame.rows == 0 {
        return Err(Reason::TooFew);
    }
    let (volume0, volume1) = (volumes(&base, frame.rows), volumes(&current, frame.rows));
    let (total0, total1) = (total(&volume0), total(&volume1));
    let mut found = vec![
        Outcome::whole("lmdi_total_change", total1.minus(&total0)),
        Outcome::whole("lmdi_total_ratio", total1.divided_by(&total0).ok_or(Reason::ZeroBase)),
    ];
    let scale = match (total0.is_zero(), total1.is_zero()) {
        (true, _) => Err(Reason::ZeroBase),
        (_, true) => Err(Reason::Undefined),
        _ => Ok(log_mean(&total1, &total0)),
    };
    let volumes = volume0.iter().zip(&volume1).enumerate();
    let members: Vec<Member> = volumes.map(|(row, (v0, v1))| Member::new(v0, v1, &base, &current, row)).collect();
    for (factor, (x0, x1)) in base.iter().zip(&current).enumerate() {
        let additive = sum(members.iter().zip(x0.iter().zip(x1)).map(|(member, (x0, x1))| member.contribution(x0, x1)));
        let part = Part::Category((factor + 1).to_string().into());
        found.push(Outcome::member("lmdi_additive", part.clone(), additive));
        found.push(Outcome::member("lmdi_multiplicative", part, scale.map(|scale| exp(additive / scale))));
    }
    Ok(found)
}

type Factors<'a> = Vec<Vec<&'a Amount>>;

fn factors(columns: &[Column]) -> Result<Factors<'_>, Reason> {
    let known = |column: &'_ Column| column.values.iter().find_map(|value| value.as_ref().err().copied());
    if let Some(reason) = columns.iter().find_map(known) {
        return Err(reason);
    }
    let factors: Factors = columns.iter().map(|column| column.values.iter().flatten().collect()).collect();
    if factors.iter().flatten().any(|value| value.signum() < 0) { Err(Reason::MixedSign) } else { Ok(factors) }
}

fn volumes(factors: &Factors, rows: usize) -> Vec<Amount> {
    let factor = |row: usize| factors.iter().filter_map(move |column| column.get(row));
    (0..rows).map(|row| factor(row).fold(Amount::Integer(1), |volume, x| volume.times(x))).collect()
}

/// What the contributions of the factors of one unit need to know of it.
struct Member {
    /// How much its volume grew.
    growth: f64,
    /// The logarithmic mean of its volumes, where neither is zero.
    mean: Option<f64>,
    /// How many of its factors came from nothing or went to nothing; none where the volume was zero both times.
    turned: usize,
}

impl Member {
    fn new(volume0: &Amount, volume1: &Amount, base: &Factors, current: &Factors, row: usize) -> Member {
        let positive = !volume0.is_zero() && !volume1.is_zero();
        let turned = base.iter().zip(current).filter(|(x0, x1)| match (x0.get(row), x1.get(row)) {
            (Some(x0), Some(x1)) => x0.is_zero() != x1.is_zero(),
            _ => false,
        });
        Member {
            growth: volume1.minus(volume0).to_f64(),
            mean: positive.then(|| log_mean(volume1, volume0)),
            turned: turned.count(),
        }
    }

    fn contribution(&self, x0: &Amount, x1: &Amount) -> f64 {
        match self.mean {
            Some(mean) => mean * ln_ratio(x1, x0),
            None if x0.is_zero() == x1.is_zero() => 0.0,
            None => self.growth / self.turned as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(base: &[[i64; 3]], current: &[[i64; 3]]) -> Frame {
        let columns = |rows: &[[i64; 3]]| {
            let column = |factor: usize| Column {
                name: String::new(),
                unit: Unit::None,
                values: rows.iter().map(|row| Ok(Amount::Integer(row[factor]))).collect(),
            };
            (0..3).map(column).collect::<Vec<_>>()
        };
        let numbers = [("factor0", columns(base)), ("factor1", columns(current))].into_iter().collect();
        Frame { rows: base.len(), numbers, ..Frame::default() }
    }

    #[test]
    fn contributions_add_up_and_indices_multiply_up() {
        let frame = frame(
            &[[1, 10, 2], [4, 5, 3], [0, 5, 0], [7, 0, 1], [3, 3, 3]],
            &[[4, 5, 3], [5, 6, 4], [2, 5, 2], [0, 0, 4], [0, 2, 2]],
        );
        let found = run(&frame).expect("a value");
        let of = |name: &str| -> Vec<f64> {
            let values = found.iter().filter(|outcome| outcome.name == name).map(|outcome| &outcome.value);
            values
                .map(|value| match value {
                    crate::finding::Value::Amount(amount) => amount.to_f64(),
                    other => panic!("{other:?}"),
                })
                .collect()
        };
        assert!((of("lmdi_additive").iter().sum::<f64>() - of("lmdi_total_change")[0]).abs() < 1e-12);
        assert!((of("lmdi_multiplicative").iter().product::<f64>() / of("lmdi_total_ratio")[0] - 1.0).abs() < 1e-14);
    }
}
