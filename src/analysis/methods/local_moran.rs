//! Local Moran: which units stand among their like, and which apart from their neighbours.

use num_bigint::BigInt;
use num_traits::Signed;

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
        .p(),
        Output::row("local_moran_p_exact", "p = #{S: |Σz(S) − E| ≥ |Σz(j) − E|} / C(n − 1; k)").p(),
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
        let places: Vec<usize> = (0..n).filter(|at| *at != unit).collect();
        // The others add up to −own: a choice of k of them is expected to have its part.
        let expected = -own * k as f64 / (n - 1) as f64;
        let far = (lag - expected).abs();
        let most = map.off.iter().fold(0.0_f64, |most, off| most.max(off.abs()));
        let doubt = f64::EPSILON * 4.0 * ((k * k) as f64 + 4.0) * most;
        // Times n − 1, exactly, where floats leave it open.
        let exactly = |places: &mut dyn Iterator<Item = usize>| -> BigInt {
            (places.map(|at| &map.whole[at]).sum::<BigInt>() * (n - 1) + &map.whole[unit] * k).abs()
        };
        let found_exactly = exactly(&mut map.neighbours[unit].iter().copied());
        let reached = |chosen: &[usize]| {
            let off = (chosen.iter().map(|at| map.off[*at]).sum::<f64>() - expected).abs();
            if (off - far).abs() > doubt { off > far } else { exactly(&mut chosen.iter().copied()) >= found_exactly }
        };
        let ways = choices(n as u64 - 1, k as u64);
        let (exact, p) = match ways.filter(|ways| *ways <= WAYS) {
            Some(ways) => {
                let mut count = 0;
                choose(&places, k, &mut Vec::new(), &mut |chosen| count += i64::from(reached(chosen)));
                let p = Amount::ratio(count, ways as i64).ok_or(Reason::Undefined);
                (p.clone(), p)
            }
            None => {
                let draws = frame.count("draws");
                let mut drawn = places.clone();
                let far = (0..draws).filter(|_| {
                    random.shuffle(&mut drawn, k);
                    reached(&drawn[..k])
                });
                let count = far.count() as i64;
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

/// Calls `see` with every choice of k more.
fn choose(of: &[usize], k: usize, chosen: &mut Vec<usize>, see: &mut dyn FnMut(&[usize])) {
    if k == 0 {
        return see(chosen);
    }
    for (at, one) in of.iter().enumerate().take((of.len() + 1).saturating_sub(k)) {
        chosen.push(*one);
        choose(&of[at + 1..], k - 1, chosen, see);
        chosen.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_choices_are_walked_once() {
        let mut sums = Vec::new();
        choose(&[1, 10, 100, 1000], 2, &mut Vec::new(), &mut |chosen| sums.push(chosen.iter().sum::<usize>()));
        assert_eq!(sums, [11, 101, 1001, 110, 1010, 1100]);
        assert_eq!((choices(4, 2), choices(19, 6), choices(200, 100)), (Some(6), Some(27_132), None));
    }
}
