//! Ranks: samples told apart by labels, and how often chance alone would part their ranks as far.

use std::collections::BTreeMap;

use num_integer::Integer;

use super::order;
use super::permutation::MANY;
use crate::finding::{Amount, Reason};

/// Values in groups: the mean ranks of all of them, times two, by group in the order of the groups' labels.
#[derive(Clone, Debug)]
pub struct Samples {
    /// The label of each group.
    pub labels: Vec<String>,
    /// The doubled ranks of each group.
    pub ranks: Vec<Vec<i64>>,
    /// The sizes of the groups of equal values, of two or more.
    pub ties: Vec<usize>,
}

impl Samples {
    /// Groups values by their labels; what has no value or no label is left out.
    pub fn of(values: &[Result<Amount, Reason>], labels: &[String]) -> Samples {
        let pairs = values.iter().zip(labels).filter(|(_, label)| !label.is_empty());
        let (values, labels): (Vec<&Amount>, Vec<&String>) =
            pairs.filter_map(|(value, label)| Some((value.as_ref().ok()?, label))).unzip();
        let dense = order::dense_ranks(&values);
        let mut groups: BTreeMap<&String, Vec<i64>> = BTreeMap::new();
        for (rank, label) in order::mid_ranks(&dense).into_iter().zip(labels) {
            groups.entry(label).or_default().push((2.0 * rank) as i64);
        }
        Samples {
            labels: groups.keys().map(|label| (*label).clone()).collect(),
            ranks: groups.into_values().collect(),
            ties: order::ties(&dense),
        }
    }

    /// Returns how many values there are.
    pub fn count(&self) -> usize {
        self.ranks.iter().map(Vec::len).sum()
    }

    /// Returns the doubled ranks of all groups, in order.
    fn all(&self) -> Vec<i64> {
        let mut all: Vec<i64> = self.ranks.iter().flatten().copied().collect();
        all.sort_unstable();
        all
    }
}

/// P(|R* − E R| ≥ |R − E R|) of the sum R of the ranks of the first of two groups, over all ways to choose it.
///
/// # Errors
///
/// `TooMany` where the ways are not counted.
pub fn two_samples(samples: &Samples) -> Result<Amount, Reason> {
    let (n, size) = (samples.count(), samples.ranks.first().map_or(0, Vec::len));
    if n > MANY {
        return Err(Reason::TooMany);
    }
    let all = samples.all();
    let most = all.iter().sum::<i64>() as usize;
    // For each number of members: how many choices there are to each sum; C(50, 25) fits.
    let mut ways = vec![vec![0_i64; most + 1]; size + 1];
    ways[0][0] = 1;
    for rank in &all {
        let rank = *rank as usize;
        for members in (1..=size).rev() {
            let (fewer, more) = ways.split_at_mut(members);
            let (fewer, more) = (&fewer[members - 1], &mut more[0]);
            for sum in rank..=most {
                more[sum] += fewer[sum - rank];
            }
        }
    }
    let sum: i64 = samples.ranks.first().map_or(0, |ranks| ranks.iter().sum());
    let off = |sum: i64| (sum * n as i64 - most as i64 * size as i64).abs();
    let far = (0..).zip(&ways[size]).filter(|(at, _)| off(*at) >= off(sum)).map(|(_, ways)| *ways).sum();
    Amount::ratio(far, ways[size].iter().sum()).ok_or(Reason::Undefined)
}

/// Beyond this number of ways to part the values they are not walked.
const WAYS: u128 = 100_000;

/// P(ΣR²/n* ≥ ΣR²/n) of the sums of ranks of several groups, over all ways to part the values.
///
/// # Errors
///
/// `TooMany` where the ways are not walked.
pub fn several_samples(samples: &Samples) -> Result<Amount, Reason> {
    let sizes: Vec<usize> = samples.ranks.iter().map(Vec::len).collect();
    let (mut ways, mut placed) = (1_u128, 0_u128);
    for size in &sizes {
        for member in 1..=*size as u128 {
            placed += 1;
            ways = ways.saturating_mul(placed) / member;
            if ways > WAYS * 1000 {
                return Err(Reason::TooMany);
            }
        }
    }
    if ways > WAYS {
        return Err(Reason::TooMany);
    }
    let common = sizes.iter().fold(1_i128, |lcm, size| lcm.lcm(&(*size as i128)));
    let weigh = |sums: &[i64]| -> i128 {
        sums.iter().zip(&sizes).map(|(sum, size)| i128::from(*sum).pow(2) * (common / *size as i128)).sum()
    };
    let found = weigh(&samples.ranks.iter().map(|ranks| ranks.iter().sum()).collect::<Vec<i64>>());
    let (mut far, mut all) = (0, 0);
    let mut state = (vec![0_i64; sizes.len()], sizes.clone());
    walk(&samples.all(), &mut state, &mut |sums| {
        all += 1;
        far += i64::from(weigh(sums) >= found);
    });
    Amount::ratio(far, all).ok_or(Reason::Undefined)
}

/// Gives each rank to each group that has a place left.
fn walk(ranks: &[i64], state: &mut (Vec<i64>, Vec<usize>), see: &mut dyn FnMut(&[i64])) {
    let Some((rank, rest)) = ranks.split_first() else { return see(&state.0) };
    for group in 0..state.0.len() {
        if state.1[group] > 0 {
            state.0[group] += rank;
            state.1[group] -= 1;
            walk(rest, state, see);
            state.0[group] -= rank;
            state.1[group] += 1;
        }
    }
}

/// The most objects and raters whose orders are walked.
const OBJECTS: usize = 5;
const RATERS: usize = 10;

/// P(ΣR²* ≥ ΣR²) of the sums of ranks that several raters give objects, over all orders of each; for the doubled ranks
/// of each rater.
///
/// # Errors
///
/// `TooMany` where the orders are not walked.
pub fn concordance(raters: &[Vec<i64>]) -> Result<Amount, Reason> {
    let objects = raters.first().map_or(0, Vec::len);
    if objects > OBJECTS || raters.len() > RATERS {
        return Err(Reason::TooMany);
    }
    // The orders of the first may be left out, and those of the objects among themselves: sums are kept in order.
    let mut states: BTreeMap<Vec<i64>, i128> = BTreeMap::from([(vec![0; objects], 1)]);
    for ranks in raters {
        let mut next = BTreeMap::new();
        for (sums, count) in &states {
            let mut order = ranks.clone();
            super::permutation::permute(&mut order, 0, &mut |order| {
                let mut added: Vec<i64> = sums.iter().zip(order).map(|(sum, rank)| sum + rank).collect();
                added.sort_unstable();
                *next.entry(added).or_insert(0) += count;
            });
        }
        // All counts of one step have the number of orders in common where they do; they stay small by their divisor.
        let common = next.values().fold(0_i128, |gcd, count| gcd.gcd(count)).max(1);
        next.values_mut().for_each(|count| *count /= common);
        states = next;
    }
    let squares = |sums: &[i64]| sums.iter().map(|sum| sum * sum).sum::<i64>();
    let found: Vec<i64> = (0..objects).map(|object| raters.iter().map(|ranks| ranks[object]).sum()).collect();
    let far: i128 = states.iter().filter(|(sums, _)| squares(sums) >= squares(&found)).map(|(_, count)| count).sum();
    let all: i128 = states.values().sum();
    Ok(super::whole::simplest(&far.into(), &all.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(values: &[i64], labels: &str) -> Samples {
        let values: Vec<_> = values.iter().map(|value| Ok(Amount::Integer(*value))).collect();
        Samples::of(&values, &labels.chars().map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn two_groups_are_counted_as_several_are() {
        for (values, labels) in
            [(vec![1, 2, 3, 4, 5], "aabbb"), (vec![1, 1, 2, 3, 3, 5, 1], "abababb"), (vec![9, 1, 9, 1], "abba")]
        {
            let samples = samples(&values, labels);
            // The squares of both sums are farthest where the first is farthest from its mean.
            assert_eq!(two_samples(&samples), several_samples(&samples), "{values:?}");
        }
        assert_eq!(two_samples(&samples(&[1, 2, 3, 4, 5], "aabbb")), Ok(Amount::ratio(2, 10).expect("a value")));
    }

    #[test]
    fn raters_who_agree_are_as_rare_as_one_order() {
        let raters = vec![vec![2, 4, 6], vec![2, 4, 6], vec![2, 4, 6]];
        assert_eq!(concordance(&raters), Ok(Amount::ratio(1, 36).expect("a value")));
    }
}
