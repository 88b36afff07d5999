//! Regression: an indicator explained by several others, exact up to the roots, with classical and robust errors.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::trend;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::regression::limit;
use crate::analysis::numeric::whole::{Whole, simplest};
use crate::analysis::numeric::{distribution, ln, sum};
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "regression",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("y", Takes::Signed), Role::many("x", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("regression_n", "n").unit(Unit::Count).flow(),
        Output::member("regression_coefficient", "b = (X′X)⁻¹X′y"),
        Output::member("regression_standard_error", "se = s · √[(X′X)⁻¹](k,k), s² = Σe² / (n − q)").flow(),
        Output::member("regression_t", "t = b / se"),
        Output::member("regression_p", "p = P(|T(n − q)| ≥ |t|)").p(),
        Output::member("regression_low", "b − t(0.975; n − q) · se"),
        Output::member("regression_high", "b + t(0.975; n − q) · se"),
        Output::member("regression_error_hc0", "√[(X′X)⁻¹ · X′diag(e²)X · (X′X)⁻¹](k,k)").flow(),
        Output::member("regression_error_hc1", "HC0 · √(n / (n − q))").flow(),
        Output::member("regression_error_hc2", "√[(X′X)⁻¹ · X′diag(e² / (1 − h))X · (X′X)⁻¹](k,k)").flow(),
        Output::member("regression_error_hc3", "√[(X′X)⁻¹ · X′diag(e² / (1 − h)²)X · (X′X)⁻¹](k,k)").flow(),
        Output::member("regression_p_hc3", "p = P(|T(n − q)| ≥ |b / HC3|)").p(),
        Output::member("regression_vif", "VIF = [(X′X)⁻¹](k,k) · Σ(x − x̄)²").flow(),
        Output::whole("regression_r_squared", "R² = 1 − Σe² / Σ(y − ȳ)²").flow(),
        Output::whole("regression_adjusted_r_squared", "1 − (1 − R²)(n − 1) / (n − q)"),
        Output::whole("regression_f", "F = (R² / (q − 1)) / ((1 − R²) / (n − q))").flow(),
        Output::whole("regression_f_p", "p = P(F(q − 1; n − q) ≥ F)").p(),
        Output::whole("regression_residual_error", "s = √(Σe² / (n − q))").difference_of("y").flow(),
        Output::whole("regression_aic", "AIC = n · ln(2πΣe²/n) + n + 2(q + 1)"),
        Output::whole("regression_bic", "BIC = n · ln(2πΣe²/n) + n + (q + 1) · ln n"),
        Output::row("regression_fitted", "ŷ = Xb").unit_of("y"),
        Output::row("regression_residual", "e = y − ŷ").difference_of("y"),
        Output::row("regression_leverage", "h = x′(X′X)⁻¹x").flow(),
    ],
    run,
};

/// Beyond these the exact arithmetic takes too long.
const MOST_TERMS: usize = 12;
const MOST_ROWS: usize = 2000;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let columns = frame.columns("x");
    // A row counts where it has all its values.
    let known: Vec<usize> = (0..frame.rows)
        .filter(|row| frame.at("y", *row).is_ok() && columns.iter().all(|column| column.values[*row].is_ok()))
        .collect();
    let (n, q) = (known.len(), columns.len() + 1);
    if n <= q {
        return Err(Reason::TooFew);
    }
    if q > MOST_TERMS || n > MOST_ROWS {
        return Err(Reason::TooMany);
    }
    let pick = |values: &[Result<Amount, Reason>]| -> Whole {
        Whole::of(&known.iter().filter_map(|row| values[*row].as_ref().ok()).collect::<Vec<_>>())
    };
    let y = pick(frame.values("y"));
    // Every column in whole numbers over its own denominator, the constant first.
    let mut x = vec![vec![BigInt::one(); n]];
    let mut scales = vec![BigInt::one()];
    for column in columns {
        let whole = pick(&column.values);
        x.push(whole.numbers);
        scales.push(whole.denominator);
    }
    let dot = |a: &[BigInt], b: &[BigInt]| a.iter().zip(b).map(|(a, b)| a * b).sum::<BigInt>();
    let gram: Vec<Vec<BigInt>> = x.iter().map(|a| x.iter().map(|b| dot(a, b)).collect()).collect();
    let constant = |column: &Vec<BigInt>| column.windows(2).all(|pair| pair[0] == pair[1]);
    let singular = if x[1..].iter().any(constant) { Reason::ZeroVariance } else { Reason::Collinear };
    let (determinant, adjugate) = inverse(&gram).ok_or(singular)?;
    let moments: Vec<BigInt> = x.iter().map(|column| dot(column, &y.numbers)).collect();
    let tops: Vec<BigInt> = adjugate.iter().map(|row| dot(row, &moments)).collect();
    let row = |at: usize| -> Vec<BigInt> { x.iter().map(|column| column[at].clone()).collect() };
    // Residuals times the determinant and y's denominator; what (X′X)⁻¹ makes of each row, and its leverage.
    let residuals: Vec<BigInt> = (0..n).map(|at| &y.numbers[at] * &determinant - dot(&row(at), &tops)).collect();
    let turned: Vec<Vec<BigInt>> = (0..n).map(|at| adjugate.iter().map(|line| dot(line, &row(at))).collect()).collect();
    let float =
        |top: &BigInt, below: &BigInt| BigRational::new_raw(top.clone(), below.clone()).to_f64().unwrap_or(f64::NAN);
    let scale = &determinant * &y.denominator;
    let amount = |top: &BigInt, below: &BigInt| {
        let exact = columns.iter().flat_map(|c| &c.values).chain(frame.values("y")).flatten().all(Amount::is_exact);
        let value = simplest(top, below);
        if exact { Ok(value) } else { Amount::float(value.to_f64()).ok_or(Reason::Undefined) }
    };
    let leverage: Vec<BigInt> = (0..n).map(|at| dot(&row(at), &turned[at])).collect();
    let squares: BigInt = residuals.iter().map(|e| e * e).sum();
    let spare = n - q;
    let (sum_y, squares_y) = (y.sum(), dot(&y.numbers, &y.numbers));
    // n·Σ(y − ȳ)², over the square of y's denominator.
    let spread = squares_y * n - &sum_y * &sum_y;
    let whole = &spread * &determinant * &determinant;
    let unexplained = &squares * n;
    let varies = if spread.is_zero() { Err(Reason::ZeroVariance) } else { Ok(()) };
    let fits = varies.and(if squares.is_zero() { Err(Reason::Undefined) } else { Ok(()) });
    let rss = float(&squares, &(&scale * &scale));
    let mut found = vec![
        Outcome::whole("regression_n", n),
        Outcome::whole("regression_r_squared", varies.and_then(|()| amount(&(&whole - &unexplained), &whole))),
        Outcome::whole(
            "regression_adjusted_r_squared",
            varies.and_then(|()| amount(&(&whole * spare - &unexplained * (n - 1)), &(&whole * spare))),
        ),
        Outcome::whole("regression_residual_error", (rss / spare as f64).sqrt()),
    ];
    let f = fits.and_then(|()| {
        if q < 2 { Err(Reason::TooFew) } else { amount(&((&whole - &unexplained) * spare), &(&unexplained * (q - 1))) }
    });
    let tail = |f: &Amount| distribution::fisher_upper(f.to_f64(), (q - 1) as f64, spare as f64);
    let f_p = limit(f.as_ref().map_err(|reason| *reason).map(tail));
    found.push(Outcome::whole("regression_f", f));
    found.push(Outcome::whole("regression_f_p", f_p));
    let criterion = |penalty: f64| fits.map(|()| trend::criterion(rss, n as f64, penalty) + (q as f64 - 2.0) * penalty);
    found.push(Outcome::whole("regression_aic", criterion(2.0)));
    found.push(Outcome::whole("regression_bic", criterion(ln(n as f64))));
    let errors: Vec<f64> = residuals.iter().map(|e| float(e, &scale)).collect();
    let left: Vec<f64> = leverage.iter().map(|h| float(&(&determinant - h), &determinant)).collect();
    let quantile = distribution::student_quantile(0.975, spare as f64);
    for (k, member) in names(frame).into_iter().enumerate() {
        let member = || Part::Category(member.as_str().into());
        let coefficient = &tops[k] * &scales[k];
        let b = float(&coefficient, &scale);
        let own = float(&(&adjugate[k][k] * &scales[k] * &scales[k]), &determinant);
        let error = (rss / spare as f64 * own).sqrt();
        let t = fits.and_then(|()| if error == 0.0 { Err(Reason::Undefined) } else { Ok(b / error) });
        let row_weights: Vec<f64> = (0..n).map(|at| float(&(&turned[at][k] * &scales[k]), &determinant)).collect();
        let robust = |weigh: &dyn Fn(f64) -> f64| {
            let terms = (0..n).map(|at| {
                let term = row_weights[at] * errors[at];
                let over = weigh(left[at]);
                // A row that alone decides a coefficient leaves no residual to weigh.
                if over == 0.0 { f64::NAN } else { term * term / over }
            });
            let terms: Vec<f64> = terms.collect();
            if terms.iter().any(|term| term.is_nan()) { Err(Reason::Undefined) } else { Ok(sum(terms).sqrt()) }
        };
        let hc0 = robust(&|_| 1.0);
        let hc3 = robust(&|left| left * left);
        // Points that all lie on the plane leave chance nothing, unless the coefficient is zero itself.
        let exact = squares.is_zero() && varies.is_ok() && !tops[k].is_zero();
        let p = |t: Result<f64, Reason>| {
            if exact { Ok(0.0) } else { t.map(|t| distribution::student_two_sided(t, spare as f64)) }
        };
        found.push(Outcome::member("regression_coefficient", member(), amount(&coefficient, &scale)));
        found.push(Outcome::member("regression_standard_error", member(), error));
        found.push(Outcome::member("regression_t", member(), t));
        found.push(Outcome::member("regression_p", member(), p(t)));
        found.push(Outcome::member("regression_low", member(), b - quantile * error));
        found.push(Outcome::member("regression_high", member(), b + quantile * error));
        found.push(Outcome::member(
            "regression_error_hc1",
            member(),
            hc0.map(|e| e * (n as f64 / spare as f64).sqrt()),
        ));
        found.push(Outcome::member("regression_error_hc0", member(), hc0));
        found.push(Outcome::member("regression_error_hc2", member(), robust(&|left| left)));
        let t3 = hc3.and_then(|e| if e == 0.0 { Err(Reason::Undefined) } else { Ok(b / e) });
        found.push(Outcome::member("regression_error_hc3", member(), hc3));
        found.push(Outcome::member("regression_p_hc3", member(), p(t3)));
        if k > 0 {
            let total = x[k].iter().sum::<BigInt>();
            let apart = dot(&x[k], &x[k]) * n - &total * &total;
            found.push(Outcome::member(
                "regression_vif",
                member(),
                amount(&(&adjugate[k][k] * apart), &(&determinant * n)),
            ));
        }
    }
    for (at, row) in known.iter().enumerate() {
        let fitted = &y.numbers[at] * &determinant - &residuals[at];
        found.push(Outcome::row("regression_fitted", *row, amount(&fitted, &scale)));
        found.push(Outcome::row("regression_residual", *row, amount(&residuals[at], &scale)));
        found.push(Outcome::row("regression_leverage", *row, amount(&leverage[at], &determinant)));
    }
    Ok(found)
}

/// Names the terms: the constant, then each column by its own name where no two are the same, else by its number.
pub(super) fn names(frame: &Frame) -> Vec<String> {
    let columns: Vec<&str> = frame.columns("x").iter().map(|column| column.name.as_str()).collect();
    let mut distinct = columns.clone();
    distinct.push("constant");
    distinct.sort_unstable();
    distinct.dedup();
    let own = distinct.len() == columns.len() + 1;
    let name = |(at, column): (usize, &&str)| if own { (*column).to_owned() } else { (at + 1).to_string() };
    ["constant".to_owned()].into_iter().chain(columns.iter().enumerate().map(name)).collect()
}

/// The determinant of a symmetric matrix and its adjugate, by exact elimination; `None` where it is zero.
fn inverse(matrix: &[Vec<BigInt>]) -> Option<(BigInt, Vec<Vec<BigInt>>)> {
    let size = matrix.len();
    let fraction = |value: &BigInt| BigRational::from_integer(value.clone());
    let mut rows: Vec<Vec<BigRational>> = matrix
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let unit = (0..size).map(|j| if i == j { BigRational::one() } else { BigRational::zero() });
            row.iter().map(fraction).chain(unit).collect()
        })
        .collect();
    for at in 0..size {
        let pivot = (at..size).find(|row| !rows[*row][at].is_zero())?;
        rows.swap(at, pivot);
        let own = rows[at][at].clone();
        rows[at].iter_mut().for_each(|value| *value /= &own);
        let line = rows[at].clone();
        for (other, row) in rows.iter_mut().enumerate() {
            if other != at && !row[at].is_zero() {
                let by = row[at].clone();
                row.iter_mut().zip(&line).for_each(|(value, own)| *value -= own * &by);
            }
        }
    }
    let inverted: Vec<Vec<BigRational>> = rows.into_iter().map(|row| row[size..].to_vec()).collect();
    // Any common denominator serves in place of the determinant.
    let common = inverted.iter().flatten().fold(BigInt::one(), |lcm, value| lcm.lcm(value.denom()));
    let whole = |value: &BigRational| value.numer() * (&common / value.denom());
    let adjugate = inverted.iter().map(|row| row.iter().map(whole).collect()).collect();
    Some((common.abs(), adjugate))
}
