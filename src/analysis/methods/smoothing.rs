//! Smoothing: the centred moving average.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::spread;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "smoothing",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[Param::new("window", ParamKind::Count(2, 25), "3")],
    outputs: &[Output::row("moving_average", "ȳ(t) = Σ(|s|≤w/2) y(t + s) / w").unit_of("value")],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let rows = frame.values("value").len();
    let window = usize::try_from(frame.count("window")).unwrap_or(0).max(1);
    let averages = (0..rows).map(|row| {
        let basis = match around(row, window, rows) {
            Some((from, to)) => Basis::Rows(from, to),
            None => Basis::Rows(row, row + 1),
        };
        Outcome::row("moving_average", row, average(frame, row, window)).on(basis)
    });
    Ok(averages.collect())
}

/// Returns the rows of the window around a row, from the first up to and without the second.
fn around(row: usize, window: usize, rows: usize) -> Option<(usize, usize)> {
    let half = window / 2;
    let (from, to) = (row.checked_sub(half)?, row + half + 1);
    (to <= rows).then_some((from, to))
}

fn average(frame: &Frame, row: usize, window: usize) -> Result<Amount, Reason> {
    let values = frame.values("value");
    let (from, to) = around(row, window, values.len()).ok_or(Reason::TooFew)?;
    let inside = values.get(from..to).ok_or(Reason::TooFew)?;
    let last = inside.len() - 1;
    // Twice the levels, so that the half weights at the ends of an even window stay whole.
    let doubled = inside.iter().enumerate().map(|(place, value)| {
        let end = place == 0 || place == last;
        let weight = if end && window.is_multiple_of(2) { 1 } else { 2 };
        value.as_ref().map(|value| value.times(&Amount::Integer(weight))).map_err(|reason| *reason)
    });
    let doubled = doubled.collect::<Result<Vec<Amount>, Reason>>()?;
    (from + 1..to).try_for_each(|row| frame.follows(row))?;
    spread::total(&doubled).divided_by(&Amount::Integer(2 * window as i64)).ok_or(Reason::Undefined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_window_reaches_over_one_row_more() {
        assert_eq!(around(2, 4, 5), Some((0, 5)));
        assert_eq!(around(1, 3, 3), Some((0, 3)));
        assert_eq!(around(0, 3, 3), None);
        assert_eq!(around(2, 3, 3), None);
    }
}
