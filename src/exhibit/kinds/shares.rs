//! Shares: lying bars of one hundred per cent, their numbers rounded so that they add up.

use std::collections::BTreeMap;

use super::{Kind, Request, few};
use crate::analysis::{At, Column, Frame, METHODS};
use crate::exhibit::data::by_series;
use crate::exhibit::figure::{by_rows, in_order};
use crate::exhibit::overlap::refuse_stack;
use crate::exhibit::{Chart, Misfit, Series};
use crate::exhibit::{Figure, Label, Shape, Table};
use crate::finding::{Amount, Unit, Value};

/// Shares of a whole.
pub(super) const SHARES: Kind = Kind {
    name: "stacked-bars-100",
    shows: "the share of each part in its row; rounded by the largest remainder, and marked where that moved a number",
    takes: "a series for each part over territories or periods, none below zero; `decimals` are those of the shares",
    options: &[],
    make: shares,
};

fn shares(request: &Request<'_>) -> Result<Chart, Misfit> {
    let (rows, columns) = by_rows(request)?;
    let series: Vec<Series> = columns.into_iter().map(|column| in_order(&rows, column, request.edition)).collect();
    if series.iter().flat_map(|s| &s.marks).any(|mark| mark.value.as_ref().is_ok_and(|value| value.signum() < 0)) {
        return Err(Misfit::Shape("a part below zero has no share of a whole".to_owned()));
    }
    few(series.len())?;
    refuse_stack(request, &series.iter().collect::<Vec<_>>())?;
    let shares = (0..rows.len()).map(|row| of_row(&series, row, request.print.decimals)).collect();
    Ok(Chart::Shares(Shares { rows: rows.iter().map(|part| request.label(part)).collect(), series, shares }))
}

/// Rounds the shares of a row as the method of the largest remainder does.
fn of_row(series: &[Series], row: usize, decimals: usize) -> Vec<Option<Share>> {
    let values: Vec<_> = series.iter().map(|series| series.marks[row].value.clone()).collect();
    let total = values.iter().flatten().fold(Amount::ZERO, |sum, value| sum.plus(value));
    let rounded = rounded(&values, decimals);
    let share = |(i, value): (usize, &Result<Amount, _>)| {
        let exact = value.as_ref().ok()?.times(&Amount::Integer(100)).divided_by(&total)?;
        let printed = rounded.get(&i)?.clone();
        let adjusted = exact.round(decimals).to_amount() != printed;
        Some(Share { exact, printed, adjusted })
    };
    values.iter().enumerate().map(share).collect()
}

fn rounded(values: &[Result<Amount, crate::finding::Reason>], decimals: usize) -> BTreeMap<usize, Amount> {
    let mut frame = Frame { rows: values.len(), ..Frame::default() };
    frame.numbers.insert("value", vec![Column::new("value", Unit::None, values.to_vec())]);
    let Some(method) = METHODS.iter().find(|method| method.name == "largest_remainder") else { return BTreeMap::new() };
    let decimals = BTreeMap::from([("decimals".to_owned(), decimals.to_string())]);
    if frame.set(method, &decimals).is_err() {
        return BTreeMap::new();
    }
    let found = (method.run)(&frame).unwrap_or_default();
    let share = |outcome: crate::analysis::Outcome| match (outcome.name, outcome.at, outcome.value) {
        ("rounded_share", At::Row(row), Value::Amount(amount)) => Some((row, amount)),
        _ => None,
    };
    found.into_iter().filter_map(share).collect()
}

/// A share of a whole, in per cent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The exact share.
    pub exact: Amount,
    /// The share as it is printed, so that a whole prints as one hundred.
    pub printed: Amount,
    /// True where it is printed otherwise than it would be alone.
    pub adjusted: bool,
}

/// Lying bars of shares that add up to one hundred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// The bars, from the top.
    pub rows: Vec<Label>,
    /// The parts, from the left.
    pub series: Vec<Series>,
    /// The share of each part, by row and series; none where the row has no whole.
    pub shares: Vec<Vec<Option<Share>>>,
}

impl Shape for Shares {
    fn table(&self, figure: &Figure) -> Table {
        by_series(figure, self.rows.clone(), self.series.iter().collect())
    }

    fn unit(&self, _: &Figure) -> Option<(Unit, u8)> {
        Some((Unit::Percent, 0))
    }
}
