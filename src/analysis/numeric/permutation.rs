//! Permutation: how often chance alone would order two lists as far from no order as they are, counted exactly.
//!
//! Equal values are counted as what they are: all orders of the same values, of which some look alike.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::One;

use super::whole::simplest;
use crate::finding::{Amount, Reason};

/// From this number of observations on, Kendall's and Mann and Kendall's S are approximated.
pub const MANY: usize = 50;

/// From this number of observations on, S is approximated where both lists have equal values.
pub const MANY_TIED: usize = 13;

/// From this number of pairs on, Spearman's ρ is approximated, unless it is 1 or −1.
pub const MANY_RANKS: usize = 10;

/// P(|S*| ≥ |S|) over all orders, for lists with these groups of equal values, each from the least value to the
/// greatest and groups of one included; the list of time has only such.
///
/// # Errors
///
/// `TooMany` and `Ties` where the orders are not counted.
pub fn kendall(s: i64, x: &[usize], y: &[usize]) -> Result<Amount, Reason> {
    let n: usize = x.iter().sum();
    if n >= MANY {
        return Err(Reason::TooMany);
    }
    let untied = |groups: &[usize]| groups.iter().all(|size| *size == 1);
    match (untied(x), untied(y)) {
        (true, _) => Ok(by_inversions(s, n, y)),
        (_, true) => Ok(by_inversions(s, n, x)),
        _ if n >= MANY_TIED => Err(Reason::Ties),
        _ => by_groups(s, n, x, y),
    }
}

/// Counts the orders of a list with groups of equal values by their inversions, up to the nearer end: the coefficients
/// of the Gaussian multinomial. S is the number of unequal pairs less twice the inversions.
fn by_inversions(s: i64, n: usize, groups: &[usize]) -> Amount {
    let pairs = |size: usize| size * size.saturating_sub(1) / 2;
    let unequal = pairs(n) - groups.iter().map(|size| pairs(*size)).sum::<usize>();
    let nearer = unequal.saturating_sub(s.unsigned_abs() as usize) / 2;
    let mut counts = vec![BigInt::ZERO; nearer + 1];
    counts[0] = BigInt::one();
    let (mut all, mut placed) = (BigInt::one(), 0);
    for size in groups {
        for member in 1..=*size {
            placed += 1;
            // Times (1 − q^placed) / (1 − q^member).
            for at in (placed..=nearer).rev() {
                let less = counts[at - placed].clone();
                counts[at] -= less;
            }
            for at in member..=nearer {
                let more = counts[at - member].clone();
                counts[at] += more;
            }
            all = all * placed / member;
        }
    }
    let tail: BigInt = counts.iter().sum::<BigInt>() * 2_u32;
    simplest(&tail.min(all.clone()), &all)
}

/// Counts the orders where both lists have equal values: the groups of the first take their members from what is left
/// of those of the second, one group after the other.
fn by_groups(s: i64, n: usize, x: &[usize], y: &[usize]) -> Result<Amount, Reason> {
    let most = (n * n.saturating_sub(1) / 2) as i64;
    let mut start = vec![0_i64; 2 * most as usize + 1];
    start[most as usize] = 1;
    let mut states = BTreeMap::from([(y.to_vec(), start)]);
    for size in x {
        let mut next: BTreeMap<Vec<usize>, Vec<i64>> = BTreeMap::new();
        for (left, counts) in &states {
            for (taken, ways) in choices(left, *size) {
                let rest: Vec<usize> = left.iter().zip(&taken).map(|(left, taken)| left - taken).collect();
                let shift = gain(&taken, &rest);
                let into = next.entry(rest).or_insert_with(|| vec![0; counts.len()]);
                for (at, count) in (0_i64..).zip(counts).filter(|(_, count)| **count > 0) {
                    into[(at + shift) as usize] += count * ways;
                }
            }
        }
        states = next;
    }
    let counts = states.pop_first().map(|(_, counts)| counts).unwrap_or_default();
    let far = (-most..).zip(&counts).filter(|(score, _)| score.abs() >= s.abs());
    Amount::ratio(far.map(|(_, count)| count).sum(), counts.iter().sum()).ok_or(Reason::Undefined)
}

/// Returns how many later members stand above those taken, less how many stand below.
fn gain(taken: &[usize], rest: &[usize]) -> i64 {
    let of = |level: usize| {
        let below: usize = rest[..level].iter().sum();
        let above: usize = rest[level + 1..].iter().sum();
        taken[level] as i64 * (above as i64 - below as i64)
    };
    (0..taken.len()).map(of).sum()
}

/// Returns the ways of taking so many members from groups: how many of each, and how often.
fn choices(left: &[usize], size: usize) -> Vec<(Vec<usize>, i64)> {
    let mut found = vec![(Vec::new(), 0, 1_i64)];
    for group in left {
        let mut longer = Vec::new();
        for (taken, sum, ways) in found {
            let mut ways: i64 = ways;
            for more in 0..=(*group).min(size - sum) {
                if more > 0 {
                    ways = ways * (group - more + 1) as i64 / more as i64;
                }
                let taken: Vec<usize> = [&taken[..], &[more]].concat();
                longer.push((taken, sum + more, ways));
            }
        }
        found = longer;
    }
    found.into_iter().filter(|(_, sum, _)| *sum == size).map(|(taken, _, ways)| (taken, ways)).collect()
}

/// P(|ρ*| ≥ |ρ|) over all orders, for the mean ranks of two lists times two, as pairs.
///
/// # Errors
///
/// `TooMany` where the orders are not counted.
pub fn spearman(pairs: &[(i64, i64)]) -> Result<Amount, Reason> {
    let n = pairs.len();
    if n >= MANY_RANKS {
        return straight(pairs).ok_or(Reason::TooMany);
    }
    let products = |pairs: &[(i64, i64)]| pairs.iter().map(|(x, y)| x * y).sum::<i64>();
    let (x, y): (Vec<i64>, Vec<i64>) = pairs.iter().copied().unzip();
    // Of each list, the least rank is taken off: the sums stay small.
    let least = |list: &[i64]| list.iter().min().copied().unwrap_or(0);
    let (x, y): (Vec<i64>, Vec<i64>) = {
        let (a, b) = (least(&x), least(&y));
        (x.iter().map(|x| x - a).collect(), y.iter().map(|y| y - b).collect())
    };
    let shifted: Vec<(i64, i64)> = x.iter().copied().zip(y.iter().copied()).collect();
    let most = (x.iter().max().unwrap_or(&0) * y.iter().max().unwrap_or(&0)) as usize * n;
    // For each set of y that the first x have taken: how many ways there are to each sum of products.
    let mut ways = vec![Vec::new(); 1 << n];
    ways[0] = vec![0_i64; most + 1];
    ways[0][0] = 1;
    for taken in 0..(1_usize << n) - 1 {
        let counts = std::mem::take(&mut ways[taken]);
        let at = taken.count_ones() as usize;
        for one in (0..n).filter(|one| taken & (1 << one) == 0) {
            let (next, more) = (&mut ways[taken | 1 << one], (x[at] * y[one]) as usize);
            next.resize(most + 1, 0);
            next.iter_mut().skip(more).zip(&counts).for_each(|(next, count)| *next += count);
        }
    }
    // n Σxy − Σx Σy is ρ but for a factor that no order changes.
    let off = |sum: i64| (n as i64 * sum - x.iter().sum::<i64>() * y.iter().sum::<i64>()).abs();
    let found = off(products(&shifted));
    let counts = ways.last().map_or(&[][..], Vec::as_slice);
    let extreme = (0_i64..).zip(counts).filter(|(sum, _)| off(*sum) >= found).map(|(_, count)| count).sum();
    Amount::ratio(extreme, counts.iter().sum()).ok_or(Reason::Undefined)
}

/// P(|ρ*| = 1) where the ranks of two lists lie on a line, at any size: the orders that change equal values only, and
/// their mirror images where the groups of equal values are the same from both ends. `None` where they do not.
fn straight(pairs: &[(i64, i64)]) -> Option<Amount> {
    let mut pairs = pairs.to_vec();
    pairs.sort_unstable();
    let sum = |pair: &(i64, i64)| pair.0 + pair.1;
    let rises = pairs.iter().all(|(x, y)| x == y);
    let falls = pairs.iter().all(|pair| sum(pair) == 2 * (pairs.len() as i64 + 1));
    if !(rises || falls) {
        return None;
    }
    let groups: Vec<usize> = pairs.chunk_by(|a, b| a.0 == b.0).map(<[_]>::len).collect();
    let factorial = |n: usize| (1..=n).map(BigInt::from).product::<BigInt>();
    let mirrored = groups.iter().eq(groups.iter().rev());
    let alike = groups.iter().map(|size| factorial(*size)).product::<BigInt>() * if mirrored { 2 } else { 1 };
    Some(simplest(&alike, &factorial(pairs.len())))
}

/// Calls `see` with every order of a list, from its place `at` on.
pub fn permute<T>(list: &mut Vec<T>, at: usize, see: &mut dyn FnMut(&[T])) {
    if at == list.len() {
        return see(list);
    }
    for other in at..list.len() {
        list.swap(at, other);
        permute(list, at + 1, see);
        list.swap(at, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::numeric::order;

    /// The share of all orders of y whose statistic is as far from zero as that of y itself.
    fn counted(x: &[i64], y: &[i64], statistic: fn(&[i64], &[i64]) -> i64) -> Amount {
        let found = statistic(x, y).abs();
        let (mut far, mut all) = (0, 0);
        permute(&mut y.to_vec(), 0, &mut |y| {
            all += 1;
            far += i64::from(statistic(x, y).abs() >= found);
        });
        Amount::ratio(far, all).expect("orders")
    }

    fn score(x: &[i64], y: &[i64]) -> i64 {
        let pairs = (0..x.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
        pairs.map(|(i, j)| (x[i] - x[j]).signum() * (y[i] - y[j]).signum()).sum()
    }

    fn doubled(list: &[i64]) -> Vec<i64> {
        order::mid_ranks(list).into_iter().map(|rank| (2.0 * rank) as i64).collect()
    }

    fn rho(x: &[i64], y: &[i64]) -> i64 {
        let (x, y) = (doubled(x), doubled(y));
        let sum = |list: &[i64]| list.iter().sum::<i64>();
        x.len() as i64 * x.iter().zip(&y).map(|(x, y)| x * y).sum::<i64>() - sum(&x) * sum(&y)
    }

    /// Every list of a length with values from 0 to `top`.
    fn lists(length: u32, top: i64) -> impl Iterator<Item = Vec<i64>> {
        let base = top + 1;
        (0..base.pow(length)).map(move |code| (0..length).map(|at| code / base.pow(at) % base).collect())
    }

    #[test]
    fn counted_like_all_permutations_whatever_is_equal() {
        let mut compared = 0;
        for (length, top) in [(3, 2), (4, 3), (5, 2)] {
            let sorted = lists(length, top).filter(|list| list.is_sorted());
            for x in sorted {
                for y in lists(length, top) {
                    let groups = |list: &[i64]| order::groups(list);
                    let pairs: Vec<(i64, i64)> = doubled(&x).into_iter().zip(doubled(&y)).collect();
                    let s = score(&x, &y);
                    assert_eq!(kendall(s, &groups(&x), &groups(&y)), Ok(counted(&x, &y, score)), "S of {x:?} {y:?}");
                    assert_eq!(spearman(&pairs), Ok(counted(&x, &y, rho)), "ρ of {x:?} {y:?}");
                    compared += 2;
                }
            }
        }
        assert!(compared > 20_000, "{compared}");
    }

    #[test]
    fn larger_lists_are_counted_alike() {
        let cases: [(&[i64], &[i64]); 4] = [
            (&[1, 2, 3, 4, 5, 6, 7], &[1, 1, 2, 4, 4, 5, 6]),
            (&[1, 1, 1, 2, 3, 3, 4], &[2, 1, 5, 2, 2, 7, 1]),
            (&[1, 2, 3, 4, 5, 6, 7, 8], &[3, 1, 4, 1, 5, 9, 2, 6]),
            (&[1, 2, 2, 4, 4, 4, 7, 8], &[8, 7, 7, 4, 4, 4, 2, 1]),
        ];
        for (x, y) in cases {
            let pairs: Vec<(i64, i64)> = doubled(x).into_iter().zip(doubled(y)).collect();
            assert_eq!(kendall(score(x, y), &order::groups(x), &order::groups(y)), Ok(counted(x, y, score)), "{y:?}");
            assert_eq!(spearman(&pairs), Ok(counted(x, y, rho)), "{y:?}");
        }
    }

    #[test]
    fn a_straight_line_of_ranks_is_counted_at_any_size() {
        for y in [vec![1, 1, 2, 3, 3], vec![1, 1, 2, 3, 4], vec![1, 2, 3, 4]] {
            let down: Vec<i64> = y.iter().map(|value| -value).collect();
            for other in [&y, &down] {
                let pairs: Vec<(i64, i64)> = doubled(&y).into_iter().zip(doubled(other)).collect();
                assert_eq!(straight(&pairs), spearman(&pairs).ok(), "{y:?} {other:?}");
            }
        }
        let of = |n: i64| (1..=n).map(|rank| (2 * rank, 2 * rank)).collect::<Vec<_>>();
        assert_eq!(spearman(&of(12)), Ok(Amount::ratio(2, 479_001_600).expect("not zero")));
        let mut pairs = of(12);
        pairs[0].1 = 4;
        pairs[1].1 = 2;
        assert_eq!(spearman(&pairs), Err(Reason::TooMany));
    }

    #[test]
    fn what_is_not_counted_is_said() {
        assert_eq!(kendall(0, &[1; 50], &[1; 50]), Err(Reason::TooMany));
        assert_eq!(kendall(0, &[2; 7], &[2; 7]), Err(Reason::Ties));
        assert!(kendall(9, &[1; 49], &[7; 7]).is_ok());
    }
}
