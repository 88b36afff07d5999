//! Composite index: several indicators in one number, and the rank by it.

use super::standardisation::min_max;
use crate::analysis::frame::{Column, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{self, spread};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "composite_index",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[
        Role::many("indicator", Takes::Signed),
        Role { optional: true, ..Role::many("adverse_indicator", Takes::Signed) },
    ],
    params: &[],
    outputs: &[
        Output::row("composite_arithmetic", "I(i) = Σ m(i,j) / k").flow(),
        Output::row("composite_geometric", "I(i) = (Π (0.01 + 0.99·m(i,j)))^(1/k)").level(),
        Output::row("composite_rank", "r(i) = 1 + #{I(j) > I(i)}").unit(Unit::Count).level(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let better = frame.columns("indicator").iter().map(|column| scale(column, true));
    let worse = frame.columns("adverse_indicator").iter().map(|column| scale(column, false));
    let scaled = better.chain(worse).collect::<Result<Vec<Vec<Amount>>, Reason>>()?;
    let of_row = |row: usize| scaled.iter().filter_map(move |column| column.get(row));
    let rows = 0..frame.rows;
    let indices = rows.map(|row| spread::mean(of_row(row).collect::<Vec<_>>()).ok_or(Reason::TooFew));
    let indices = indices.collect::<Result<Vec<Amount>, Reason>>()?;
    let hundredths = |n| Amount::ratio(n, 100).unwrap_or(Amount::ZERO);
    let log = |place: &Amount| numeric::ln(hundredths(1).plus(&place.times(&hundredths(99))).to_f64());
    let mut ranked = indices.clone();
    ranked.sort();
    let mut found = Vec::new();
    for (row, index) in indices.iter().enumerate() {
        let rank = 1 + ranked.len() - ranked.partition_point(|other| other <= index);
        let geometric = numeric::exp(numeric::sum(of_row(row).map(log)) / scaled.len() as f64);
        found.push(Outcome::row("composite_arithmetic", row, index.clone()));
        found.push(Outcome::row("composite_geometric", row, geometric));
        found.push(Outcome::row("composite_rank", row, rank));
    }
    Ok(found)
}

/// Brings an indicator to the scale from zero, the worst, to one, the best.
fn scale(column: &Column, higher: bool) -> Result<Vec<Amount>, Reason> {
    let values = column.values.iter().map(|value| value.as_ref().map_err(|reason| *reason));
    let values = values.collect::<Result<Vec<&Amount>, Reason>>()?;
    let (Some(low), Some(high)) = (values.iter().min(), values.iter().max()) else { return Err(Reason::TooFew) };
    values.iter().map(|value| min_max(value, low, high, higher)).collect()
}
