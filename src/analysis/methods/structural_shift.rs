//! Structural shift: how far two structures lie apart.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::exact::{dot, half, non_negative, total};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "structural_shift",
    group: Group::Index,
    along: Along::TwoPeriods,
    roles: &[Role::required("share0", Takes::NonNegative), Role::required("share1", Takes::NonNegative)],
    params: &[Param::new("normalise", ParamKind::Choice(&["yes", "no"]), "yes")],
    outputs: &[
        coefficient("kazinets_linear", "Σ|d₁ − d₀| / n"),
        coefficient("kazinets_quadratic", "√(Σ(d₁ − d₀)² / n)"),
        coefficient("kazinets_relative", "√Σ((d₁ − d₀)² / d₀)"),
        coefficient("michaely", "½Σ|d₁ − d₀|"),
        coefficient("gatev", "√(Σ(d₁ − d₀)² / (Σd₀² + Σd₁²))"),
        coefficient("ryabtsev", "√(Σ(d₁ − d₀)² / Σ(d₁ + d₀)²)"),
        coefficient("salai", "√(Σ((d₁ − d₀) / (d₁ + d₀))² / n′)"),
        coefficient("cosine_similarity", "Σd₀d₁ / √(Σd₀² · Σd₁²)"),
        Output::whole("structural_shift_n", "n′").unit(Unit::Count).flow(),
        Output::whole("ryabtsev_scale", "≤ 0.03, 0.07, 0.15, 0.3, 0.5, 0.7, 0.9, 1"),
        Output::row("share_shift", "100 · (d₁ − d₀)").unit(Unit::PercentagePoints),
    ],
    run,
};

/// The verbal scale of Ryabtsev: up to which value, in hundredths, each word goes.
const SCALE: [(i64, &str); 7] = [
    (3, "identity"),
    (7, "very_low"),
    (15, "low"),
    (30, "substantial"),
    (50, "considerable"),
    (70, "very_considerable"),
    (90, "opposite_type"),
];

const fn coefficient(name: &'static str, formula: &'static str) -> Output {
    Output::whole(name, formula).flow()
}

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (base, current) = (frame.complete("share0")?, frame.complete("share1")?);
    non_negative(&[&base, &current])?;
    if base.is_empty() {
        return Err(Reason::TooFew);
    }
    let (size0, size1) = (total(base.iter().copied()), total(current.iter().copied()));
    if frame.choice("normalise") == "no" && !(is_one(&size0) && is_one(&size1)) {
        return Err(Reason::Undefined);
    }
    if size0.is_zero() || size1.is_zero() {
        return Err(Reason::ZeroTotal);
    }
    // Shares over one denominator: all sums below are then sums of whole numbers where the inputs are whole.
    let d0: Vec<Amount> = base.iter().map(|value| value.times(&size1)).collect();
    let d1: Vec<Amount> = current.iter().map(|value| value.times(&size0)).collect();
    Ok(Structures { d0, d1, one: size0.times(&size1) }.outcomes())
}

fn is_one(sum: &Amount) -> bool {
    sum.minus(&Amount::Integer(1)).to_f64().abs() <= 1e-12
}

/// Two structures: the shares of the groups, times the same number `one`.
struct Structures {
    d0: Vec<Amount>,
    d1: Vec<Amount>,
    one: Amount,
}

impl Structures {
    fn outcomes(&self) -> Vec<Outcome> {
        let shifts: Vec<Amount> = self.pairs().map(|(d0, d1)| d1.minus(d0)).collect();
        let (shifts, d0, d1): (Vec<&Amount>, Vec<&Amount>, Vec<&Amount>) =
            (shifts.iter().collect(), self.d0.iter().collect(), self.d1.iter().collect());
        let sizes: Vec<Amount> = shifts.iter().map(|shift| shift.magnitude()).collect();
        let (absolute, squares) = (total(&sizes), dot(&shifts, &shifts));
        let (squares0, squares1, product) = (dot(&d0, &d0), dot(&d1, &d1), dot(&d0, &d1));
        let n = Amount::Integer(shifts.len() as i64);
        let both = squares0.plus(&squares1);
        let ryabtsev = ratio(&squares, &both.plus(&product).plus(&product));
        let linear = ratio(&absolute, &n.times(&self.one));
        let mut found = vec![
            Outcome::whole("kazinets_linear", linear),
            Outcome::whole("kazinets_quadratic", root(ratio(&squares, &n.times(&self.one).times(&self.one)))),
            Outcome::whole("kazinets_relative", root(self.relative())),
            Outcome::whole("michaely", ratio(&half(&absolute), &self.one)),
            Outcome::whole("gatev", root(ratio(&squares, &both))),
            Outcome::whole("ryabtsev", root(ryabtsev.clone())),
            Outcome::whole("salai", root(self.salai())),
            Outcome::whole("cosine_similarity", root(ratio(&product.times(&product), &squares0.times(&squares1)))),
            Outcome::whole("structural_shift_n", self.present()),
            match ryabtsev {
                Ok(square) => Outcome::whole("ryabtsev_scale", scale(&square)),
                Err(reason) => Outcome::whole("ryabtsev_scale", reason),
            },
        ];
        let shift = |(row, shift): (usize, &&Amount)| {
            Outcome::row("share_shift", row, per(100, shift, &self.one, Reason::ZeroTotal))
        };
        found.extend(shifts.iter().enumerate().map(shift));
        found
    }

    fn pairs(&self) -> impl Iterator<Item = (&Amount, &Amount)> {
        self.d0.iter().zip(&self.d1)
    }

    fn present(&self) -> usize {
        self.pairs().filter(|(d0, d1)| !d0.is_zero() || !d1.is_zero()).count()
    }

    fn relative(&self) -> Result<Amount, Reason> {
        let mut sum = Amount::ZERO;
        for (d0, d1) in self.pairs() {
            let shift = d1.minus(d0);
            if !shift.is_zero() {
                sum = sum.plus(&shift.times(&shift).divided_by(d0).ok_or(Reason::ZeroBase)?);
            }
        }
        ratio(&sum, &self.one)
    }

    fn salai(&self) -> Result<Amount, Reason> {
        let parts = self.pairs().filter_map(|(d0, d1)| d1.minus(d0).divided_by(&d1.plus(d0)));
        let sum = parts.fold(Amount::ZERO, |sum, part| sum.plus(&part.times(&part)));
        ratio(&sum, &Amount::Integer(self.present() as i64))
    }
}

fn ratio(part: &Amount, whole: &Amount) -> Result<Amount, Reason> {
    per(1, part, whole, Reason::ZeroTotal)
}

fn root(square: Result<Amount, Reason>) -> Result<f64, Reason> {
    square.map(|square| square.to_f64().sqrt())
}

/// Finds the word for a squared index of Ryabtsev; a limit belongs to the word below it.
fn scale(square: &Amount) -> &'static str {
    let scaled = square.times(&Amount::Integer(10_000));
    let word = SCALE.iter().find(|(limit, _)| scaled <= Amount::Integer(limit * limit));
    word.map_or("complete_opposite", |(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Value;

    #[test]
    fn the_coefficients_are_tied_by_their_identities() {
        let of = |values: &[i64]| values.iter().map(|value| Amount::Integer(*value)).collect::<Vec<_>>();
        let found = Structures { d0: of(&[50, 30, 20, 0]), d1: of(&[20, 25, 40, 15]), one: Amount::Integer(100) };
        let found = found.outcomes();
        let value = |name: &str| match &found.iter().find(|outcome| outcome.name == name).expect("a value").value {
            Value::Amount(amount) => amount.to_f64(),
            other => panic!("{other:?}"),
        };
        let h = value("gatev") * value("gatev");
        assert!((value("ryabtsev") - (h / (2.0 - h)).sqrt()).abs() < 1e-15);
        // Michaely is Bray and Curtis: one minus what the two structures share.
        assert_eq!(value("michaely"), 1.0 - (0.2 + 0.25 + 0.2));
        assert_eq!(value("kazinets_linear"), 2.0 * value("michaely") / 4.0);
    }

    #[test]
    fn a_limit_of_the_scale_belongs_to_the_word_below() {
        assert_eq!(scale(&Amount::parse("0.0009").expect("a value")), "identity");
        assert_eq!(scale(&Amount::parse("0.00090001").expect("a value")), "very_low");
        assert_eq!(scale(&Amount::Integer(1)), "complete_opposite");
    }
}
