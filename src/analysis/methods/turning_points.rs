//! Turning points: where a series turns from rising to falling or back, and whether it does so as often as by chance.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{distribution, order};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "turning_points",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::row("turning_point", "(y(t) − y(t−1)) · (y(t+1) − y(t)) < 0"),
        Output::whole("turning_points", "T").unit(Unit::Count).flow(),
        Output::whole("turning_point_periods", "{t: (y(t) − y(t−1)) · (y(t+1) − y(t)) < 0}"),
        Output::whole("turning_points_expected", "E T = 2(n − 2) / 3").unit(Unit::Count).flow(),
        Output::whole("turning_points_variance", "Var T = (16n − 29) / 90").flow(),
        Output::whole("turning_points_z", "z = (T − E T) / √Var T"),
        Output::whole("turning_points_p", "p = 2 · [1 − Φ(|z|)]").p(),
    ],
    run,
};

/// Fewer levels than this have no inner one.
const LEAST: usize = 3;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let ranks = order::dense_ranks(&frame.complete("value")?);
    if ranks.len() < LEAST {
        return Err(Reason::TooFew);
    }
    let (rows, n) = turns(&ranks);
    let mut found: Vec<Outcome> =
        (0..ranks.len()).map(|row| Outcome::row("turning_point", row, rows.contains(&row))).collect();
    found.push(Outcome::whole("turning_points", rows.len()));
    let periods: Vec<String> = rows.iter().map(|row| frame.part(*row).to_string()).collect();
    found.push(match periods.is_empty() {
        true => Outcome::whole("turning_point_periods", Reason::NoPhenomenon),
        false => Outcome::whole("turning_point_periods", periods.join(", ").as_str()),
    });
    let few = if n < 2 { Reason::ZeroVariance } else { Reason::TooFew };
    let moment =
        |numerator: i64, denominator: i64| Amount::ratio(numerator, denominator).filter(|_| n >= LEAST).ok_or(few);
    let expected = moment(2 * (n as i64 - 2), 3);
    let variance = moment(16 * n as i64 - 29, 90);
    let z = match (&expected, &variance) {
        (Ok(expected), Ok(variance)) => {
            let off = Amount::Integer(rows.len() as i64).minus(expected).to_f64();
            Ok(off / variance.to_f64().sqrt())
        }
        _ => Err(few),
    };
    found.push(Outcome::whole("turning_points_expected", expected));
    found.push(Outcome::whole("turning_points_variance", variance));
    found.push(Outcome::whole("turning_points_z", z));
    found.push(Outcome::whole("turning_points_p", z.map(distribution::normal_two_sided)));
    Ok(found)
}

/// Returns the rows where the series turns, and how many levels remain when equal neighbours count as one.
fn turns(ranks: &[usize]) -> (Vec<usize>, usize) {
    let mut levels: Vec<(usize, usize)> = Vec::with_capacity(ranks.len());
    for (row, rank) in ranks.iter().enumerate() {
        if levels.last().is_none_or(|(_, last)| last != rank) {
            levels.push((row, *rank));
        }
    }
    let turn = |three: &&[(usize, usize)]| (three[0].1 < three[1].1) != (three[1].1 < three[2].1);
    let rows = levels.windows(3).filter(turn).map(|three| three[1].0).collect();
    (rows, levels.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plateau_turns_once() {
        assert_eq!(turns(&[1, 2, 2, 1, 0, 3]), (vec![1, 4], 5));
        assert_eq!(turns(&[1, 2, 2, 3]), (vec![], 3));
        assert_eq!(turns(&[]), (vec![], 0));
    }
}
