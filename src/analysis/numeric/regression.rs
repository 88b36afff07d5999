//! Regression: a polynomial fitted to a series by least squares, in whole numbers up to the last division.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

pub use super::whole::simplest;
use super::whole::{Whole, nearest};
use crate::finding::{Amount, Reason};

/// A fitted polynomial y = c(0) + c(1)·t + … + c(d)·t^d. Coefficients, residuals and sums of squares are exact.
#[derive(Clone, Debug)]
pub struct Fit {
    times: Vec<i64>,
    degree: usize,
    /// What all numbers below are over: the determinant of the normal equations times the denominator of the values.
    scale: BigInt,
    determinant: BigInt,
    adjugate: Vec<Vec<BigInt>>,
    tops: Vec<BigInt>,
    fitted: Vec<BigInt>,
    residuals: Vec<BigInt>,
    squared_residuals: BigInt,
    /// n·Σy² − (Σy)², times the square of the scale.
    squared_total: BigInt,
    exact: bool,
}

impl Fit {
    /// Fits a straight line (`degree` 1) or a parabola (2). There must be more values than coefficients, and as many
    /// different times as coefficients.
    pub fn of(times: &[i64], values: &[&Amount], degree: usize) -> Result<Fit, Reason> {
        if values.len() < degree + 2 || times.len() != values.len() {
            return Err(Reason::TooFew);
        }
        let whole = Whole::of(values);
        let (determinant, adjugate) = inverse(&normal_equations(times, degree));
        if determinant.is_zero() {
            return Err(Reason::ZeroVariance);
        }
        let moments: Vec<BigInt> =
            (0..=degree).map(|k| times.iter().zip(&whole.numbers).map(|(t, y)| y * t.pow(k as u32)).sum()).collect();
        let tops: Vec<BigInt> = adjugate.iter().map(|row| row.iter().zip(&moments).map(|(a, m)| a * m).sum()).collect();
        let fitted: Vec<BigInt> = times.iter().map(|t| horner(&tops, *t)).collect();
        let levels: Vec<BigInt> = whole.numbers.iter().map(|y| y * &determinant).collect();
        let residuals: Vec<BigInt> = levels.iter().zip(&fitted).map(|(y, f)| y - f).collect();
        let (sum, squares) = (levels.iter().sum::<BigInt>(), levels.iter().map(|y| y * y).sum::<BigInt>());
        Ok(Fit {
            squared_residuals: residuals.iter().map(|e| e * e).sum(),
            squared_total: squares * values.len() - &sum * &sum,
            scale: &determinant * &whole.denominator,
            exact: values.iter().all(|value| value.is_exact()),
            times: times.to_vec(),
            degree,
            determinant,
            adjugate,
            tops,
            fitted,
            residuals,
        })
    }

    /// Returns how many degrees of freedom the residuals have.
    pub fn freedom(&self) -> f64 {
        self.spare() as f64
    }

    /// Returns a coefficient.
    pub fn coefficient(&self, k: usize) -> Result<Amount, Reason> {
        self.amount(self.tops.get(k).ok_or(Reason::Undefined)?, &self.scale)
    }

    /// Returns the fitted level of a row.
    pub fn fitted(&self, row: usize) -> Result<Amount, Reason> {
        self.amount(self.fitted.get(row).ok_or(Reason::Undefined)?, &self.scale)
    }

    /// Returns the residual of a row: the level less the fitted one.
    pub fn residual(&self, row: usize) -> Result<Amount, Reason> {
        self.amount(self.residuals.get(row).ok_or(Reason::Undefined)?, &self.scale)
    }

    /// Returns the residuals of all rows as floats.
    pub fn residuals(&self) -> Vec<f64> {
        self.residuals.iter().map(|residual| nearest(residual, &self.scale)).collect()
    }

    /// Returns the level on the curve at any time.
    pub fn level(&self, t: i64) -> Result<Amount, Reason> {
        self.amount(&horner(&self.tops, t), &self.scale)
    }

    /// Returns the coefficient of determination; all values equal leave nothing to determine.
    pub fn r_squared(&self) -> Result<Amount, Reason> {
        let all = &self.squared_residuals * self.times.len();
        self.ratio(&self.squared_total - all, self.squared_total.clone(), Reason::ZeroVariance)
    }

    /// Returns the coefficient of determination that takes the number of coefficients into account.
    pub fn adjusted_r_squared(&self) -> Result<Amount, Reason> {
        let n = self.times.len();
        let part = &self.squared_residuals * n * (n - 1);
        let whole = &self.squared_total * self.spare();
        self.ratio(&whole - part, whole, Reason::ZeroVariance)
    }

    /// Returns the standard error of the residuals.
    pub fn residual_error(&self) -> Result<f64, Reason> {
        Ok(root(&self.squared_residuals, &(&self.scale * &self.scale * self.spare())))
    }

    /// Returns the standard error of a coefficient.
    pub fn standard_error(&self, k: usize) -> Result<f64, Reason> {
        let own = self.own(k)?;
        let denominator = &self.scale * &self.scale * &self.determinant * self.spare();
        Ok(root(&(&self.squared_residuals * own), &denominator))
    }

    /// Returns the standard error of the level that a new observation at a time will have.
    pub fn prediction_error(&self, t: i64) -> Result<f64, Reason> {
        let powers: Vec<BigInt> = (0..=self.degree).map(|k| BigInt::from(t).pow(k as u32)).collect();
        let row = |row: &Vec<BigInt>| row.iter().zip(&powers).map(|(a, p)| a * p).sum::<BigInt>();
        let leverage: BigInt = self.adjugate.iter().zip(&powers).map(|(a, p)| row(a) * p).sum();
        let denominator = &self.scale * &self.scale * &self.determinant * self.spare();
        Ok(root(&(&self.squared_residuals * (&self.determinant + leverage)), &denominator))
    }

    /// Returns Student's statistic of a coefficient. Points that all lie on the curve have none.
    pub fn t(&self, k: usize) -> Result<f64, Reason> {
        self.varies()?;
        let top = self.tops.get(k).ok_or(Reason::Undefined)?;
        let squared = root(&(top * top * &self.determinant * self.spare()), &(&self.squared_residuals * self.own(k)?));
        Ok(if top.is_negative() { -squared } else { squared })
    }

    /// Returns the two-sided significance of a coefficient: 0 where all points lie on the curve, unless the coefficient
    /// is zero itself.
    pub fn p(&self, k: usize) -> Result<f64, Reason> {
        if self.squared_residuals.is_zero() && self.tops.get(k).is_none_or(Zero::is_zero) {
            return self.varies().and(Err(Reason::Undefined));
        }
        limit(self.t(k).map(|t| super::distribution::student_two_sided(t, self.freedom())))
    }

    /// Returns Fisher's statistic of the fit.
    pub fn f(&self) -> Result<Amount, Reason> {
        self.varies()?;
        let n = self.times.len();
        let explained = (&self.squared_total - &self.squared_residuals * n) * self.spare();
        self.ratio(explained, &self.squared_residuals * n * self.degree, Reason::Undefined)
    }

    /// Returns the significance of the fit: 0 where all points lie on the curve.
    pub fn f_p(&self) -> Result<f64, Reason> {
        let degree = self.degree as f64;
        limit(self.f().map(|f| super::distribution::fisher_upper(f.to_f64(), degree, self.freedom())))
    }

    /// Returns the statistic of Durbin and Watson: neighbouring residuals are those of neighbouring rows.
    pub fn durbin_watson(&self) -> Result<Amount, Reason> {
        self.varies()?;
        let steps = self.residuals.iter().zip(self.residuals.iter().skip(1)).map(|(before, at)| at - before);
        let squares: BigInt = steps.map(|step| &step * &step).sum();
        self.ratio(squares, self.squared_residuals.clone(), Reason::Undefined)
    }

    fn varies(&self) -> Result<(), Reason> {
        match (self.squared_total.is_zero(), self.squared_residuals.is_zero()) {
            (true, _) => Err(Reason::ZeroVariance),
            (_, true) => Err(Reason::Undefined),
            _ => Ok(()),
        }
    }

    /// The diagonal element of the adjugate that belongs to a coefficient.
    fn own(&self, k: usize) -> Result<&BigInt, Reason> {
        self.adjugate.get(k).and_then(|row| row.get(k)).ok_or(Reason::Undefined)
    }

    fn spare(&self) -> usize {
        self.times.len() - self.degree - 1
    }

    fn ratio(&self, numerator: BigInt, denominator: BigInt, zero: Reason) -> Result<Amount, Reason> {
        if denominator.is_zero() { Err(zero) } else { self.amount(&numerator, &denominator) }
    }

    fn amount(&self, numerator: &BigInt, denominator: &BigInt) -> Result<Amount, Reason> {
        let amount = simplest(numerator, denominator);
        if self.exact { Ok(amount) } else { Amount::float(amount.to_f64()).ok_or(Reason::Undefined) }
    }
}

/// Where a statistic grows beyond all bounds, its significance is zero.
pub fn limit(p: Result<f64, Reason>) -> Result<f64, Reason> {
    match p {
        Err(Reason::Undefined) => Ok(0.0),
        p => p,
    }
}

/// The square root of a fraction that is not negative.
pub fn root(numerator: &BigInt, denominator: &BigInt) -> f64 {
    BigRational::new_raw(numerator.clone(), denominator.clone()).to_f64().unwrap_or(0.0).sqrt()
}

/// Σ t^(i + j), the matrix of the normal equations.
fn normal_equations(times: &[i64], degree: usize) -> Vec<Vec<BigInt>> {
    let power = |k: usize| times.iter().map(|t| i128::from(*t).pow(k as u32)).sum::<i128>();
    let powers: Vec<i128> = (0..=2 * degree).map(power).collect();
    (0..=degree).map(|i| (0..=degree).map(|j| BigInt::from(powers[i + j])).collect()).collect()
}

/// The determinant and the adjugate of a matrix of two or three rows.
fn inverse(m: &[Vec<BigInt>]) -> (BigInt, Vec<Vec<BigInt>>) {
    let size = m.len();
    let cofactor = |i: usize, j: usize| match size {
        2 if i == j => m[1 - i][1 - j].clone(),
        2 => -&m[i][j],
        _ => {
            let ((i1, i2), (j1, j2)) = (((i + 1) % 3, (i + 2) % 3), ((j + 1) % 3, (j + 2) % 3));
            &m[i1][j1] * &m[i2][j2] - &m[i1][j2] * &m[i2][j1]
        }
    };
    // The matrix is symmetric, so its cofactors need no transposition.
    let adjugate: Vec<Vec<BigInt>> = (0..size).map(|i| (0..size).map(|j| cofactor(i, j)).collect()).collect();
    let determinant = m[0].iter().zip(&adjugate[0]).map(|(a, c)| a * c).sum();
    (determinant, adjugate)
}

fn horner(coefficients: &[BigInt], t: i64) -> BigInt {
    coefficients.iter().rev().fold(BigInt::ZERO, |sum, c| sum * t + c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parabola_through_its_points_leaves_nothing() {
        let values = [4, 9, 16, 25, 36].map(Amount::Integer);
        let fit = Fit::of(&[1, 2, 3, 4, 5], &values.iter().collect::<Vec<_>>(), 2).expect("a value");
        let coefficients: Vec<Amount> = (0..3).map(|k| fit.coefficient(k).expect("a value")).collect();
        assert_eq!(coefficients, [1, 2, 1].map(Amount::Integer));
        assert_eq!((fit.r_squared(), fit.t(1), fit.p(1)), (Ok(Amount::Integer(1)), Err(Reason::Undefined), Ok(0.0)));
        assert_eq!(fit.level(-1), Ok(Amount::ZERO));
    }

    #[test]
    fn equal_times_or_too_few_rows_have_no_line() {
        let values = [4, 9, 16].map(Amount::Integer);
        let values: Vec<&Amount> = values.iter().collect();
        assert_eq!(Fit::of(&[7, 7, 7], &values, 1).expect_err("a reason"), Reason::ZeroVariance);
        assert_eq!(Fit::of(&[1, 2, 3], &values, 2).expect_err("a reason"), Reason::TooFew);
    }
}
