//! Moments: the centre, the spread and the form of the distribution of a series' values.

use num_bigint::BigInt;
use num_traits::Signed;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::order;
use crate::analysis::numeric::whole::Whole;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "moments",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("mean", "ȳ = Σ y / n").unit_of("value"),
        Output::whole("median", "Me").unit_of("value"),
        Output::whole("median_absolute_deviation", "MAD = Me |y − Me|").difference_of("value").flow(),
        Output::whole("variance_population", "σ² = Σ(y − ȳ)² / n").flow(),
        Output::whole("variance_sample", "s² = Σ(y − ȳ)² / (n − 1)").flow(),
        Output::whole("sd_population", "σ = √σ²").difference_of("value").flow(),
        Output::whole("sd_sample", "s = √s²").difference_of("value").flow(),
        Output::whole("coefficient_of_variation", "V = σ / |ȳ|").unit(Unit::Times).flow(),
        Output::whole("skewness", "g₁ = m₃ / m₂^(3/2)"),
        Output::whole("kurtosis_excess", "g₂ = m₄ / m₂² − 3"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    if values.is_empty() {
        return Err(Reason::TooFew);
    }
    let centred = Centred::of(&values);
    let (median, deviation) = medians(&values).ok_or(Reason::TooFew)?;
    let (population, sample) = (centred.variance(0), centred.variance(1));
    let root = |variance: &Result<Amount, Reason>| variance.clone().map(|variance| variance.to_f64().sqrt());
    Ok(vec![
        Outcome::whole("mean", centred.mean()),
        Outcome::whole("median", median),
        Outcome::whole("median_absolute_deviation", deviation),
        Outcome::whole("sd_population", root(&population)),
        Outcome::whole("sd_sample", root(&sample)),
        Outcome::whole("variance_population", population),
        Outcome::whole("variance_sample", sample),
        Outcome::whole("coefficient_of_variation", centred.variation(&values)),
        Outcome::whole("skewness", centred.skewness()),
        Outcome::whole("kurtosis_excess", centred.kurtosis()),
    ])
}

/// Whole numbers that are the deviations from the mean times n times the denominator, and their power sums.
struct Centred {
    whole: Whole,
    count: BigInt,
    sum: BigInt,
    squares: BigInt,
    cubes: BigInt,
    fourths: BigInt,
}

impl Centred {
    fn of(values: &[&Amount]) -> Centred {
        let whole = Whole::of(values);
        let (count, sum) = (whole.count(), whole.sum());
        let deviations: Vec<BigInt> = whole.numbers.iter().map(|number| number * &count - &sum).collect();
        let squared: Vec<BigInt> = deviations.iter().map(|deviation| deviation * deviation).collect();
        Centred {
            squares: squared.iter().sum(),
            cubes: squared.iter().zip(&deviations).map(|(square, deviation)| square * deviation).sum(),
            fourths: squared.iter().map(|square| square * square).sum(),
            count,
            sum,
            whole,
        }
    }

    fn mean(&self) -> Result<Amount, Reason> {
        self.whole.ratio(self.sum.clone(), &self.count * &self.whole.denominator).ok_or(Reason::TooFew)
    }

    fn variance(&self, lost: u32) -> Result<Amount, Reason> {
        let scale = &self.count * &self.whole.denominator;
        self.whole.ratio(self.squares.clone(), &scale * &scale * (&self.count - lost)).ok_or(Reason::TooFew)
    }

    fn variation(&self, values: &[&Amount]) -> Result<f64, Reason> {
        let has = |sign: i32| values.iter().any(|value| value.signum() == sign);
        if has(1) && has(-1) {
            return Err(Reason::MixedSign);
        }
        // σ²/ȳ² = Σd²/n / (Σy)², with d = n·y − Σy.
        let ratio = self.whole.ratio(self.squares.clone(), &self.count * &self.sum * &self.sum);
        Ok(ratio.ok_or(Reason::ZeroBase)?.to_f64().sqrt())
    }

    fn skewness(&self) -> Result<f64, Reason> {
        // g₁² = n · (Σd³)² / (Σd²)³
        let cube = &self.squares * &self.squares * &self.squares;
        let square = self.whole.ratio(&self.count * &self.cubes * &self.cubes, cube).ok_or(Reason::ZeroVariance)?;
        let size = square.to_f64().sqrt();
        Ok(if self.cubes.is_negative() { -size } else { size })
    }

    fn kurtosis(&self) -> Result<Amount, Reason> {
        let square = &self.squares * &self.squares;
        let excess = &self.count * &self.fourths - &square * 3;
        self.whole.ratio(excess, square).ok_or(Reason::ZeroVariance)
    }
}

/// Returns the median, and the median of the distances from it.
fn medians(values: &[&Amount]) -> Option<(Amount, Amount)> {
    let mut sorted: Vec<Amount> = values.iter().map(|value| (*value).clone()).collect();
    sorted.sort();
    let median = order::median(&sorted)?;
    let mut distances: Vec<Amount> = sorted.iter().map(|value| value.minus(&median).magnitude()).collect();
    distances.sort();
    let deviation = order::median(&distances)?;
    Some((median, deviation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_small_distribution_is_exact() {
        let values = [0, 0, 0, 4].map(Amount::Integer);
        let centred = Centred::of(&values.iter().collect::<Vec<_>>());
        assert_eq!(centred.variance(0), Ok(Amount::Integer(3)));
        assert_eq!(centred.variance(1), Ok(Amount::Integer(4)));
        assert_eq!(centred.kurtosis(), Ok(Amount::ratio(-2, 3).expect("a value")));
    }
}
