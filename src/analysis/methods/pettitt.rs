//! Pettitt: where the level of a series breaks, by the ranks of its values.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::whole::Whole;
use crate::analysis::numeric::{exp, order};
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "pettitt",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("pettitt_k", "K = max |U(k)|, U(k) = Σ(i≤k) Σ(j) sgn(y(i) − y(j))").flow(),
        Output::whole("pettitt_period", "arg max |U(k)|"),
        Output::whole("pettitt_candidates", "{k: |U(k)| = K}"),
        Output::whole("pettitt_p", "n ≤ 13: #{π: K(π) ≥ K} / n!; n > 13: min(1, 2 · exp(−6K² / (n³ + n²)))").p(),
        Output::whole("pettitt_p_exact", "p = #{π: K(π) ≥ K} / n!").p(),
        Output::whole("pettitt_p_approximate", "p = min(1, 2 · exp(−6K² / (n³ + n²)))").p(),
        Output::whole("pettitt_mean_before", "ȳ = Σ(i≤k) y(i) / k").unit_of("value"),
        Output::whole("pettitt_mean_after", "ȳ = Σ(i>k) y(i) / (n − k)").unit_of("value"),
    ],
    run,
};

/// Fewer observations than this say nothing.
const LEAST: usize = 4;

/// More observations than this have no exact distribution here.
const MOST: usize = 13;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let n = values.len();
    if n < LEAST {
        return Err(Reason::TooFew);
    }
    let ranks = order::dense_ranks(&values);
    let path = path(&ranks);
    let k = path.iter().map(|u| u.abs()).max().unwrap_or(0);
    if k == 0 {
        return Err(Reason::ZeroVariance);
    }
    let maxima: Vec<usize> = (0..n).filter(|row| path[*row].abs() == k).collect();
    let last = maxima.first().copied().unwrap_or(0);
    let candidates: Vec<String> = maxima.iter().map(|row| frame.part(*row).to_string()).collect();
    let exact = exact_p(k, &ranks);
    let approximate = Amount::float(approximate_p(k, n)).ok_or(Reason::Undefined);
    let (before, after) = (Basis::Rows(0, last + 1), Basis::Rows(last + 1, n));
    Ok(vec![
        Outcome::whole("pettitt_k", k),
        Outcome::whole("pettitt_period", frame.part(last)),
        Outcome::whole("pettitt_candidates", candidates.join(", ").as_str()),
        Outcome::whole("pettitt_p", exact.clone().or_else(|_| approximate.clone())),
        Outcome::whole("pettitt_p_exact", exact),
        Outcome::whole("pettitt_p_approximate", approximate),
        Outcome::whole("pettitt_mean_before", mean(&values[..=last])).on(before),
        Outcome::whole("pettitt_mean_after", mean(&values[last + 1..])).on(after),
    ])
}

/// Returns U for each row.
fn path(ranks: &[usize]) -> Vec<i64> {
    let above =
        |rank: &usize| -> i64 { ranks.iter().map(|other| i64::from(rank > other) - i64::from(rank < other)).sum() };
    ranks
        .iter()
        .map(above)
        .scan(0, |u, step| {
            *u += step;
            Some(*u)
        })
        .collect()
}

fn approximate_p(k: i64, n: usize) -> f64 {
    let (k, n) = (k as f64, n as f64);
    (2.0 * exp(-6.0 * k * k / (n * n * n + n * n))).min(1.0)
}

/// Counts the permutations that stay below K. How far U has come depends only on which ranks have been met, not on
/// their order, so one number for each set of ranks suffices; and as U of a set is minus that of the others, the ways
/// into a set of half the ranks meet the ways into its complement. Equal values have the mean of their ranks.
fn exact_p(k: i64, ranks: &[usize]) -> Result<Amount, Reason> {
    let n = ranks.len();
    if n > MOST {
        return Err(Reason::TooMany);
    }
    let half = n.div_ceil(2) as u32;
    // What each value adds to U: twice its rank less n + 1.
    let steps: Vec<i64> = order::mid_ranks(ranks).iter().map(|rank| (2.0 * rank) as i64 - n as i64 - 1).collect();
    let mut sums = vec![0_i64; 1 << n];
    let mut ways = vec![0_i64; 1 << n];
    ways[0] = 1;
    for set in 1_usize..1 << n {
        let lowest = set.trailing_zeros() as usize;
        sums[set] = sums[set & (set - 1)] + steps[lowest];
        if set.count_ones() <= half && sums[set].abs() < k {
            ways[set] = (lowest..n).filter(|rank| set >> rank & 1 == 1).map(|rank| ways[set ^ 1 << rank]).sum();
        }
    }
    let full = (1_usize << n) - 1;
    let below: i64 = (0..=full).filter(|set| set.count_ones() == half).map(|set| ways[set] * ways[full ^ set]).sum();
    let all: i64 = (1..=n as i64).product();
    Amount::ratio(all - below, all).ok_or(Reason::Undefined)
}

fn mean(values: &[&Amount]) -> Result<Amount, Reason> {
    let whole = Whole::of(values);
    whole.ratio(whole.sum(), &whole.denominator * whole.count()).ok_or(Reason::TooFew)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::numeric::permutation::permute;

    #[test]
    fn the_exact_distribution_counts_permutations() {
        let all = |ranks: &[usize], k: i64| {
            let (mut found, mut total) = (0, 0);
            let mut ranks = ranks.to_vec();
            permute(&mut ranks, 0, &mut |ranks| {
                total += 1;
                found += i64::from(path(ranks).iter().any(|u| u.abs() >= k));
            });
            Amount::ratio(found, total)
        };
        let cases: [&[usize]; 9] = [
            &[0, 1, 2, 3],
            &[0, 1, 2, 3, 4],
            &[0, 1, 2, 3, 4, 5, 6],
            &[0, 0, 1, 2],
            &[0, 0, 1, 1],
            &[0, 1, 1, 1, 2],
            &[0, 0, 0, 0, 1],
            &[0, 0, 1, 2, 2, 3],
            &[0, 1, 1, 2, 2, 2, 3],
        ];
        for ranks in cases {
            for k in 1..=ranks.len() as i64 * 2 {
                assert_eq!(exact_p(k, ranks).ok(), all(ranks, k), "{ranks:?}, K = {k}");
            }
        }
        assert_eq!(exact_p(5, &[0; 14]), Err(Reason::TooMany));
    }
}
