//! Overlap: what is ranked or stacked in a figure though one thing of it is counted in another.

use super::figure::{ByRow, varying};
use super::kinds::Request;
use super::{Label, Misfit, Series};
use crate::expression::{Names, Picked};
use crate::finding::{Amount, Part, Role};

const RANKED: &str = "take those that do not overlap: `[regions]`, a group or members of a category; what all are compared with is `reference`";
const STACKED: &str = "take the parts alone; the sum of `components` is the series with the key `total`";

/// Refuses rows that are ranked or put into classes together though one is counted in another.
pub(super) fn refuse_rows(request: &Request<'_>, rows: &[Part], marks: &[(Label, ByRow)]) -> Result<(), Misfit> {
    let shown = |part: &&Part| marks.iter().any(|(_, marks)| marks.get(part).is_some_and(|mark| mark.value.is_ok()));
    let shown: Vec<&Part> = rows.iter().filter(shown).collect();
    let dimensions = request.sources.iter().flat_map(|(_, source)| &source.series.dimensions);
    let found = dimensions.clone().find_map(|d| d.overlap(&shown, |codes| request.edition.overlap(codes)));
    found.map_or(Ok(()), |(one, other)| {
        refused(format!("ranks {one} and {other} together, of which one is counted in the other"), RANKED)
    })
}

/// Refuses series that are stacked though one is counted in another: by what they are of, or because it is the sum of
/// all the others wherever they stand.
pub(super) fn refuse_stack(request: &Request<'_>, series: &[&Series]) -> Result<(), Misfit> {
    let overlap = |dimension: &crate::finding::Dimension, parts: &[&Part]| {
        dimension.overlap(parts, |codes| request.edition.overlap(codes))
    };
    let along = |(_, source): &(Label, Picked)| {
        let parts = |at: usize| -> Vec<Part> {
            let parts: std::collections::BTreeSet<&Part> = source.cells.iter().map(|(key, _)| &key.0[at]).collect();
            parts.into_iter().filter(|part| series.iter().any(|s| s.label == request.label(part))).cloned().collect()
        };
        let told = varying(source).into_iter().filter(|(_, role)| *role != Role::Period);
        told.into_iter()
            .find_map(|(at, _)| overlap(&source.series.dimensions[at], &parts(at).iter().collect::<Vec<_>>()))
    };
    let stacked: Vec<&(Label, Picked)> =
        request.sources.iter().filter(|(label, _)| series.iter().any(|series| series.label == *label)).collect();
    let pairs = stacked.iter().enumerate().flat_map(|(at, one)| stacked[at + 1..].iter().map(move |two| (one, two)));
    let fixed = |((_, one), (_, other)): (&&(Label, Picked), &&(Label, Picked))| {
        if one.series.id != other.series.id || one.varying != other.varying {
            return None;
        }
        let (a, b) = (&one.cells.first()?.0, &other.cells.first()?.0);
        let apart = |at: &usize| !one.varying.contains(at) && a.0[*at] != b.0[*at];
        let mut apart = (0..one.series.dimensions.len()).filter(apart);
        let at = apart.next().filter(|_| apart.next().is_none())?;
        overlap(&one.series.dimensions[at], &[&a.0[at], &b.0[at]])
    };
    if let Some((one, other)) = request.sources.iter().find_map(along).or_else(|| pairs.into_iter().find_map(fixed)) {
        return refused(format!("stacks {one} and {other}, of which one is counted in the other"), STACKED);
    }
    match series.iter().find(|whole| is_sum(whole, series)) {
        Some(whole) => {
            let name = whole.label.key();
            refused(format!("stacks `{name}` on its own parts: it equals the sum of all the others"), STACKED)
        }
        None => Ok(()),
    }
}

/// Returns true for a series that is the exact sum of all the others at each place where it has a value, where what has
/// none adds nothing; at one place at least two of them must have one.
fn is_sum(whole: &Series, all: &[&Series]) -> bool {
    let others: Vec<&&Series> = all.iter().filter(|other| other.label != whole.label).collect();
    let mut parted = false;
    let adds_up = whole.marks.iter().enumerate().all(|(at, mark)| {
        let Ok(value) = &mark.value else { return true };
        let parts: Vec<&Amount> = others
            .iter()
            .filter_map(|other| other.marks.get(at)?.value.as_ref().ok())
            .filter(|p| !p.is_zero())
            .collect();
        parted |= parts.len() > 1;
        parts.iter().fold(Amount::ZERO, |sum, part| sum.plus(part)) == *value
    });
    adds_up && parted
}

fn refused(message: String, hint: &str) -> Result<(), Misfit> {
    Err(Misfit::Twice(message, hint.to_owned()))
}
