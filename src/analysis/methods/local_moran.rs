//! Local Moran: which units stand among their like, and which apart from their neighbours.

use super::moran::{DRAWS, Map, ROLES, SEED};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output};
use crate::analysis::numeric::random::Random;
use crate::analysis::numeric::sum;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "local_moran",
    group: Group::Comparative,
    along: Along::Units,
    roles: ROLES,
    params: &[DRAWS, SEED],
    outputs: &[
        Output::row("local_moran_i", "I(i) = z(i) · Σw(ij)z(j) / (Σz²/n), w(ij) = 1/k(i)"),
        Output::row("local_moran_lag", "Σw(ij)x(j)").unit_of("value"),
        Output::row(
            "local_moran_p",
            "C(n − 1; k) ≤ 20000: #{S: |Σz(S) − E| ≥ |Σz(j) − E|} / C(n − 1; k); (#{…} + 1) / (B + 1)",
        )
        .flow(),
        Output::row("local_moran_p_exact", "p = #{S: |Σz(S) − E| ≥ |Σz(j) − E|} / C(n − 1; k)").flow(),
        Output::row("local_moran_case", "sgn z(i), sgn Σw(ij)z(j)"),
        Output::row("local_moran_neighbours", "k(i)").unit(Unit::Count).flow(),
    ],
    run,
};

/// Up to so many choices of neighbours all are walked.
const WAYS: u64 = 20_000;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let map = Map::of(frame)?;
    let n = map.off.len();
    let squares = sum(map.off.iter().map(|off| off * off)) / n as f64;
    let mut found = Vec::new();
    let mut random = Random::new(frame.count("seed") as u64);
    for (unit, row) in map.rows.iter().copied().enumerate() {
        let own = map.off[unit];
        let k = map.neighbours[unit].len();
        found.push(Outcome::row("local_moran_neighbours", row, k));
        if k == 0 {
            for name in ["local_moran_i", "local_moran_lag", "local_moran_p", "local_moran_p_exact", "local_moran_case"]
            {
                found.push(Outcome::row(name, row, Reason::NoPhenomenon));
            }
            continue;
        }
        let lag = sum(map.neighbours[unit].iter().map(|other| map.off[*other]));
        let values = map.neighbours[unit].iter().map(|other| frame.at("value", map.rows[*other]));
        let values: Vec<&Amount> = values.collect::<Result<_, _>>()?;
        let mean = crate::analysis::numeric::spread::mean(values).ok_or(Reason::TooFew);
        let others: Vec<f64> = map.off.iter().enumerate().filter(|(at, _)| *at != unit).map(|(_, off)| *off).collect();
        // The others add up to −own: a choice of k of them is expected to have its part.
        let expected = -own * k as f64 / (n - 1) as f64;
        let far = (lag - expected).abs();
        let far = far - 1e-10 * far.max(squares.sqrt());
        let ways = choices(n as u64 - 1, k as u64);
        let (exact, p) = match ways.filter(|ways| *ways <= WAYS) {
            Some(ways) => {
                let mut count = 0;
                choose(&others, k, 0.0, &mut |sum| count += i64::from((sum - expected).abs() >= far));
                let p = Amount::ratio(count, ways as i64).ok_or(Reason::Undefined);
                (p.clone(), p)
            }
            None => {
                let draws = frame.count("draws");
                let mut drawn = others.clone();
                let reached = (0..draws).filter(|_| {
                    random.shuffle(&mut drawn, k);
                    (drawn[..k].iter().sum::<f64>() - expected).abs() >= far
                });
                let count = reached.count() as i64;
                (Err(Reason::TooMany), Amount::ratio(count + 1, draws + 1).ok_or(Reason::Undefined))
            }
        };
        let case = match (own >= 0.0, lag >= 0.0) {
            (true, true) => "high-high",
            (true, false) => "high-low",
            (false, true) => "low-high",
            (false, false) => "low-low",
        };
        found.push(Outcome::row("local_moran_i", row, own * lag / k as f64 / squares));
        found.push(Outcome::row("local_moran_lag", row, mean));
        found.push(Outcome::row("local_moran_p", row, p));
        found.push(Outcome::row("local_moran_p_exact", row, exact));
        found.push(Outcome::row("local_moran_case", row, case));
    }
    Ok(found)
}

/// C(n; k), where it fits.
fn choices(n: u64, k: u64) -> Option<u64> {
    (1..=k).try_fold(1_u64, |ways, at| ways.checked_mul(n + 1 - at).map(|ways| ways / at))
}

/// Calls `see` with the sum of every choice of k.
fn choose(of: &[f64], k: usize, sum: f64, see: &mut dyn FnMut(f64)) {
    if k == 0 {
        return see(sum);
    }
    for (at, one) in of.iter().enumerate().take((of.len() + 1).saturating_sub(k)) {
        choose(&of[at + 1..], k - 1, sum + one, see);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_choices_are_walked_once() {
        let mut sums = Vec::new();
        choose(&[1.0, 10.0, 100.0, 1000.0], 2, 0.0, &mut |sum| sums.push(sum));
        assert_eq!(sums, [11.0, 101.0, 1001.0, 110.0, 1010.0, 1100.0]);
        assert_eq!((choices(4, 2), choices(19, 6), choices(200, 100)), (Some(6), Some(27_132), None));
    }
}
