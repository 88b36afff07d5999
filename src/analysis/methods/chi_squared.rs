//! Chi-squared: does a table of counts depart from independence, or a list of them from what was expected.

use num_bigint::BigInt;
use num_traits::One;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::distribution;
use crate::analysis::numeric::exact::total;
use crate::analysis::numeric::whole::simplest;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "chi_squared",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::many("count", Takes::NonNegative), Role::optional("expected", Takes::Positive)],
    params: &[],
    outputs: &[
        Output::whole("chi_squared_statistic", "χ² = Σ(O − E)²/E, E = O(i·) · O(·j) / n; E = n · e / Σe").flow(),
        Output::whole("chi_squared_freedom", "(r − 1)(c − 1); r − 1").unit(Unit::Count).flow(),
        Output::whole("chi_squared_p", "p = P(χ²(ν) ≥ χ²)").p(),
        Output::whole("cramer_v", "V = √(χ² / (n · min(r − 1, c − 1)))").flow(),
        Output::whole("chi_squared_least_expected", "min E").flow(),
        Output::whole("fisher_exact_p", "2 × 2: p = Σ{P(x): P(x) ≤ P(O₁₁)}").p(),
        Output::row("chi_squared_contribution", "Σ(j) (O − E)²/E").flow(),
    ],
    run,
};

/// The most counts for which the tables of a 2 × 2 are walked.
const MOST: i64 = 1000;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mut table: Vec<Vec<&Amount>> = Vec::new();
    for column in frame.columns("count") {
        table.push(
            column.values.iter().map(|value| value.as_ref().map_err(|reason| *reason)).collect::<Result<_, _>>()?,
        );
    }
    // Counts are whole: thousands of persons would have a thousandth of the statistic.
    if table.iter().flatten().any(|count| count.signum() < 0 || count.to_i64().is_none()) {
        return Err(if table.iter().flatten().any(|count| count.signum() < 0) {
            Reason::MixedSign
        } else {
            Reason::Unsuited
        });
    }
    let fits = frame.has("expected");
    let rows = frame.rows;
    let columns = if fits { 1 } else { table.len() };
    if rows < 2 || columns < 1 || (columns < 2 && !fits) {
        return Err(Reason::TooFew);
    }
    let all = total(table.iter().take(columns).flatten().copied());
    let expected: Vec<Vec<Amount>> = if fits {
        let given = frame.complete("expected")?;
        let sum = total(given.iter().copied());
        if given.iter().any(|value| value.signum() <= 0) {
            return Err(Reason::ZeroBase);
        }
        let share = |value: &&Amount| value.times(&all).divided_by(&sum).ok_or(Reason::ZeroTotal);
        vec![given.iter().map(share).collect::<Result<_, _>>()?]
    } else {
        let of_row = |row: usize| total(table.iter().map(|column| column[row]));
        let cell = |column: &Vec<&Amount>, row: usize| {
            of_row(row).times(&total(column.iter().copied())).divided_by(&all).ok_or(Reason::ZeroTotal)
        };
        table.iter().map(|column| (0..rows).map(|row| cell(column, row)).collect()).collect::<Result<_, _>>()?
    };
    if expected.iter().flatten().any(Amount::is_zero) {
        return Err(Reason::ZeroTotal);
    }
    let part = |row: usize| {
        let parts = (0..columns).map(|at| {
            let off = table[at][row].minus(&expected[at][row]);
            off.times(&off).divided_by(&expected[at][row]).unwrap_or(Amount::ZERO)
        });
        total(&parts.collect::<Vec<_>>())
    };
    let parts: Vec<Amount> = (0..rows).map(part).collect();
    let statistic = total(&parts);
    let freedom = if fits { rows - 1 } else { (rows - 1) * (columns - 1) };
    let v = if fits {
        Err(Reason::Undefined)
    } else {
        let most = Amount::Integer((rows.min(columns) - 1) as i64);
        statistic.divided_by(&all.times(&most)).map(|v| v.to_f64().sqrt()).ok_or(Reason::ZeroTotal)
    };
    let p = distribution::chi_squared_upper(statistic.to_f64(), freedom as f64);
    let fisher = if rows == 2 && columns == 2 { fisher(&table) } else { Err(Reason::Unsuited) };
    let least = expected.iter().flatten().min().cloned().ok_or(Reason::TooFew);
    let mut found = vec![
        Outcome::whole("chi_squared_statistic", statistic),
        Outcome::whole("chi_squared_freedom", freedom),
        Outcome::whole("chi_squared_p", p),
        Outcome::whole("cramer_v", v),
        Outcome::whole("chi_squared_least_expected", least),
        Outcome::whole("fisher_exact_p", fisher),
    ];
    found.extend(parts.into_iter().enumerate().map(|(row, part)| Outcome::row("chi_squared_contribution", row, part)));
    Ok(found)
}

/// The share of all tables of the same margins that are no likelier than the one found.
fn fisher(table: &[Vec<&Amount>]) -> Result<Amount, Reason> {
    let count = |column: usize, row: usize| table[column][row].to_i64().ok_or(Reason::Undefined);
    let (a, b, c, d) = (count(0, 0)?, count(1, 0)?, count(0, 1)?, count(1, 1)?);
    let all = a.checked_add(b).zip(c.checked_add(d)).and_then(|(ab, cd)| ab.checked_add(cd)).ok_or(Reason::TooMany)?;
    if all > MOST {
        return Err(Reason::TooMany);
    }
    let (first, column) = (a + b, a + c);
    let (low, high) = ((first + column - all).max(0), first.min(column));
    // Each next table has so many ways in place of those before: exact whole numbers.
    let mut ways = vec![BigInt::one()];
    for x in low..high {
        let last = ways.last().cloned().unwrap_or_default();
        ways.push(last * ((first - x) * (column - x)));
    }
    // The divisors (x + 1)(all − first − column + x + 1) are put in from the other end, so that nothing is divided.
    let mut divisor = BigInt::one();
    for (place, x) in (low..high).enumerate().collect::<Vec<_>>().into_iter().rev() {
        divisor *= (x + 1) * (all - first - column + x + 1);
        ways[place] *= &divisor;
    }
    let found = ways[(a - low) as usize].clone();
    let far: BigInt = ways.iter().filter(|ways| **ways <= found).sum();
    Ok(simplest(&far, &ways.iter().sum()))
}
