//! Chow: does a series have other coefficients after a date that was known beforehand.

use super::trend;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::distribution::Fisher;
use crate::analysis::numeric::segments::{Model, growing};
use crate::finding::Reason;

/// The method.
pub(super) const METHOD: Method = Method {
    name: "chow",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[MODEL],
    outputs: &[
        Output::row("chow_f", "F(k) = ((RSS − RSS₁ − RSS₂) / q) / ((RSS₁ + RSS₂) / (n − 2q))").flow(),
        Output::row("chow_p", "p = P(F(q; n − 2q) ≥ F(k))").p(),
    ],
    run,
};

/// What is fitted to each segment.
pub(super) const MODEL: Param = Param::new("model", ParamKind::Choice(&["level", "trend"]), "level");

/// Where squares are this share of the whole, they are the rounding of floats.
pub(super) const ROUNDING: f64 = 1e-26;

/// A series cut in two at every row.
pub(super) struct Cuts {
    model: Model,
    whole: f64,
    before: Vec<f64>,
    after: Vec<f64>,
}

impl Cuts {
    /// Fits the model to the rows before and after each cut.
    pub(super) fn of(frame: &Frame) -> Result<Cuts, Reason> {
        let model = Model::of(frame.choice("model"));
        let rows = rows(frame)?;
        let before = growing(model, rows.iter().copied());
        let mut after = growing(model, rows.iter().rev().copied());
        after.reverse();
        let spread = growing(Model::Level, rows.iter().copied()).last().copied().unwrap_or(0.0);
        if rows.len() <= 2 * model.coefficients() {
            return Err(Reason::TooFew);
        }
        if spread == 0.0 {
            return Err(Reason::ZeroVariance);
        }
        let settled = |squares: Vec<f64>| -> Vec<f64> {
            squares.into_iter().map(|rss| if rss <= ROUNDING * spread { 0.0 } else { rss }).collect()
        };
        let (before, after) = (settled(before), settled(after));
        Ok(Cuts { model, whole: before.last().copied().unwrap_or(0.0), before, after })
    }

    /// Returns how many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.before.len()
    }

    /// Returns F for a break after so many rows; both segments need a row more than the model has coefficients.
    pub(super) fn f(&self, first: usize) -> Result<f64, Reason> {
        let q = self.model.coefficients();
        let after = self.rows().saturating_sub(first);
        if first <= q || after <= q {
            return Err(Reason::TooFew);
        }
        let (Some(one), Some(two)) = (self.before.get(first - 1), self.after.get(first)) else {
            return Err(Reason::TooFew);
        };
        let parts = one + two;
        if parts == 0.0 {
            return Err(Reason::Undefined);
        }
        let (q, spare) = (q as f64, (self.rows() - 2 * q) as f64);
        Ok(((self.whole - parts).max(0.0) / q) / (parts / spare))
    }

    /// Returns true where one model for all rows leaves something to explain.
    pub(super) fn varies(&self) -> bool {
        self.whole > 0.0
    }

    /// Returns the model.
    pub(super) fn model(&self) -> Model {
        self.model
    }
}

/// Returns the time and the value of each row. The first value is taken off, exactly: no test minds it, and what is
/// left has more digits.
pub(super) fn rows(frame: &Frame) -> Result<Vec<(f64, f64)>, Reason> {
    let values = frame.complete("value")?;
    let Some(first) = values.first().copied() else { return Err(Reason::TooFew) };
    let times = trend::clock(frame)?;
    Ok(times.iter().zip(&values).map(|(time, value)| (*time as f64, value.minus(first).to_f64())).collect())
}

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let cuts = Cuts::of(frame)?;
    let q = cuts.model.coefficients() as f64;
    let spare = cuts.rows() as f64 - 2.0 * q;
    let law = Fisher::new(q, spare);
    let mut found = Vec::new();
    for row in 0..cuts.rows() {
        let f = cuts.f(row + 1);
        let p = match f {
            // Segments without any residual leave chance nothing.
            Err(Reason::Undefined) if cuts.varies() => Ok(0.0),
            f => f.map(|f| law.upper(f)),
        };
        found.push(Outcome::row("chow_f", row, f));
        found.push(Outcome::row("chow_p", row, p));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::frame::Column;
    use crate::finding::{Amount, Unit};

    #[test]
    fn a_step_is_seen_where_it_is() {
        let values = [1, 2, 1, 2, 8, 9, 8, 9].map(|n| Ok(Amount::Integer(n))).to_vec();
        let mut frame = Frame { rows: 8, ..Frame::default() };
        frame.numbers.insert("value", vec![Column::new("value", Unit::None, values)]);
        let cuts = Cuts::of(&frame).expect("a value");
        // Between 98, within 2: F = 98 / (2 / 6).
        assert!((cuts.f(4).expect("a value") - 294.0).abs() < 1e-9);
        assert_eq!((cuts.f(1), cuts.f(7)), (Err(Reason::TooFew), Err(Reason::TooFew)));
    }
}
