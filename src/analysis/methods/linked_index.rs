//! Linked index: a base index carried over breaks of the series, where a level and the one before it are not comparable.

use super::chain_index::kept_short;
use super::growth::{growing, quotient};
use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "linked_index",
    group: Group::Index,
    along: Along::Time,
    roles: &[Role::required("value", Takes::NonNegative), Role::optional("before_break", Takes::NonNegative)],
    params: &[
        Param::new("breaks", ParamKind::Periods, ""),
        Param::new("bridge", ParamKind::Choice(&["flat", "mean"]), "flat"),
    ],
    outputs: &[
        Output::row("linked_index", "I(1) = 100, I(t) = I(t−1) · k(t)").unit(Unit::Index).flow(),
        Output::row("linked_level", "Y(t) = y(n) · I(t) / I(n)").unit_of("value"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let rows = frame.values("value").len();
    // A territory that came later has no level at the base.
    if rows == 0 || !frame.has_base() {
        return Ok(Vec::new());
    }
    let mut indices =
        vec![frame.at("value", 0).and_then(|base| growing(Ok(base), Ok(base)).map(|_| Amount::Integer(100)))];
    for row in 1..rows {
        let index = indices[row - 1].clone();
        indices.push(index.and_then(|index| Ok(kept_short(index.times(&factor(frame, row)?)))));
    }
    let last = frame.at("value", rows - 1).cloned();
    let mut found = Vec::new();
    for (row, index) in indices.iter().enumerate() {
        let level = match (index, &indices[rows - 1], &last) {
            (Ok(index), Ok(end), Ok(last)) => quotient(&last.times(index), end),
            (Err(reason), ..) | (_, Err(reason), _) | (.., Err(reason)) => Err(*reason),
        };
        found.push(Outcome::row("linked_index", row, index.clone()).on(Basis::Rows(0, reach(frame, row).min(rows))));
        found.push(Outcome::row("linked_level", row, level));
    }
    Ok(found)
}

/// Returns behind which row nothing went into the index of one: the factor over a break may rest on the next.
fn reach(frame: &Frame, row: usize) -> usize {
    let rests_on_next =
        frame.choice("bridge") == "mean" && row > 0 && is_break(frame, row) && old(frame, row).is_none();
    row + 1 + usize::from(rests_on_next)
}

fn is_break(frame: &Frame, row: usize) -> bool {
    frame.is_listed("breaks", row)
}

/// Returns the level of a row as it would have been counted before, where it is known.
fn old(frame: &Frame, row: usize) -> Option<&Amount> {
    frame.has("before_break").then(|| frame.at("before_break", row).ok()).flatten()
}

/// Returns how many times the level has grown since the row before, as far as the two can be compared.
fn factor(frame: &Frame, row: usize) -> Result<Amount, Reason> {
    frame.follows(row)?;
    if let Some(old) = old(frame, row) {
        return grown(Ok(old), frame.at("value", row - 1));
    }
    match (is_break(frame, row), frame.choice("bridge")) {
        (false, _) => grown(frame.at("value", row), frame.at("value", row - 1)),
        (true, "mean") => of_neighbours(frame, row),
        (true, _) => Ok(Amount::Integer(1)),
    }
}

fn grown(to: Result<&Amount, Reason>, from: Result<&Amount, Reason>) -> Result<Amount, Reason> {
    let (to, from) = growing(to, from)?;
    quotient(to, from)
}

/// Returns the mean of the factors before and behind a break; of one where the other is lacking or a break itself.
fn of_neighbours(frame: &Frame, row: usize) -> Result<Amount, Reason> {
    let near = [row.checked_sub(1), Some(row + 1)].into_iter().flatten();
    let near =
        near.filter(|near| *near > 0 && *near < frame.rows && !(is_break(frame, *near) && old(frame, *near).is_none()));
    let factors: Vec<Amount> = near.filter_map(|near| factor(frame, near).ok()).collect();
    let sum = factors.iter().fold(Amount::ZERO, |sum, factor| sum.plus(factor));
    let count = i64::try_from(factors.len()).unwrap_or_default();
    sum.divided_by(&Amount::Integer(count)).ok_or(Reason::TooFew)
}
