//! Seasonal Mann–Kendall: does a monthly series rise or fall, each month compared with itself in other years.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{distribution, order};
use crate::finding::{Amount, Reason};

use super::mann_kendall::{direction, score, standardised, variance_18};
use super::seasonality::{MONTHS, first_month, member, rows_of};
use super::sen_slope::Slopes;

/// The method.
pub(super) const METHOD: Method = Method {
    name: "seasonal_mann_kendall",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::member("seasonal_mann_kendall_score", "S(m) = Σ(i<j) sgn(y(m, j) − y(m, i))"),
        Output::whole("seasonal_mann_kendall_s", "S = Σ S(m), m = 1 … 12"),
        Output::whole("seasonal_mann_kendall_variance", "Var(S) = Σ Var(S(m))").flow(),
        Output::whole("seasonal_mann_kendall_z", "z = (S − sgn S) / √Var(S)"),
        Output::whole("seasonal_mann_kendall_p", "p = 2 · [1 − Φ(|z|)]").p(),
        Output::whole("seasonal_mann_kendall_direction", "p ≤ 0.05: sgn S"),
        Output::whole("seasonal_sen_slope", "b = Me{(y(m, j) − y(m, i)) / (j − i), i < j}").per_year("value"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let first = first_month(frame, values.len())?;
    let (mut s, mut variance, mut found) = (0, 0, Vec::new());
    let (mut years, mut months) = (vec![0; values.len()], Vec::new());
    for month in 0..MONTHS {
        let rows: Vec<usize> = rows_of(month, first, values.len()).collect();
        let of_month: Vec<&Amount> = rows.iter().map(|row| values[*row]).collect();
        let ranks = order::dense_ranks(&of_month);
        let score = score(&ranks);
        s += score;
        variance += variance_18(ranks.len(), &order::ties(&ranks));
        found.push(Outcome::member("seasonal_mann_kendall_score", member(month), score));
        (0..).zip(&rows).for_each(|(year, row)| years[*row] = year);
        months.push(rows);
    }
    let slope = Slopes::within(&values, &years, months).median();
    let z = standardised(s, variance);
    let p = z.map(distribution::normal_two_sided);
    found.push(Outcome::whole("seasonal_mann_kendall_s", s));
    found.push(Outcome::whole("seasonal_mann_kendall_variance", Amount::ratio(variance, 18).ok_or(Reason::Undefined)));
    found.push(Outcome::whole("seasonal_mann_kendall_z", z));
    found.push(Outcome::whole("seasonal_mann_kendall_p", p));
    found.push(match p.map(|p| Amount::float(p).map_or("none", |p| direction(s, &p))) {
        Ok(word) => Outcome::whole("seasonal_mann_kendall_direction", word),
        Err(reason) => Outcome::whole("seasonal_mann_kendall_direction", reason),
    });
    found.push(Outcome::whole("seasonal_sen_slope", slope.ok_or(Reason::TooFew)));
    Ok(found)
}
