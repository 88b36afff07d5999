//! Order: medians, quantiles and ranks.

use crate::finding::Amount;

/// Returns the median of sorted values; `None` of nothing.
pub fn median(sorted: &[Amount]) -> Option<Amount> {
    quantile(sorted, &Amount::ratio(1, 2)?)
}

/// Returns a quantile of sorted values by linear interpolation between order statistics, at 1 + p(n − 1) (type 7 of
/// Hyndman and Fan 1996); `None` of nothing. Exact where the values are.
pub fn quantile(sorted: &[Amount], p: &Amount) -> Option<Amount> {
    let last = sorted.len().checked_sub(1)?;
    let place = p.times(&Amount::Integer(last as i64));
    let below = usize::try_from(place.to_rational().floor().to_integer()).ok()?.min(last);
    let (low, high) = (sorted.get(below)?, sorted.get((below + 1).min(last))?);
    let share = place.minus(&Amount::Integer(below as i64));
    Some(if share.is_zero() { low.clone() } else { low.plus(&high.minus(low).times(&share)) })
}

/// Returns the two values in the middle of a list in an order, the same one where their number is odd, without putting
/// all of them in order; `None` of nothing.
pub fn middle<T: Copy>(values: &mut [T], by: impl Fn(&T, &T) -> std::cmp::Ordering) -> Option<(T, T)> {
    let half = values.len() / 2;
    let even = values.len().is_multiple_of(2);
    if values.is_empty() {
        return None;
    }
    let (before, high, _) = values.select_nth_unstable_by(half, &by);
    let low = if even { before.iter().copied().max_by(&by) } else { None };
    Some((low.unwrap_or(*high), *high))
}

/// Returns a whole number whose place among others is that of the float, so that whole numbers are put in order.
pub fn key(float: f64) -> i64 {
    turned(float.to_bits() as i64)
}

/// Returns the float of a key.
pub fn of_key(key: i64) -> f64 {
    f64::from_bits(turned(key) as u64)
}

/// Turns round the bits below the sign of what is negative, as the total order of floats has them.
fn turned(bits: i64) -> i64 {
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// Returns the rank of each value from the smallest, 1, on; equal values share the mean of their ranks.
pub fn mid_ranks<T: Ord>(values: &[T]) -> Vec<f64> {
    let rank = |value: &T| {
        let below = values.iter().filter(|other| *other < value).count();
        let equal = values.iter().filter(|other| *other == value).count();
        below as f64 + (equal as f64 + 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

/// Returns the rank of each value from the smallest, 0, on; equal values share a rank and leave no gap.
pub fn dense_ranks<T: Ord>(values: &[T]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].cmp(&values[*b]));
    let mut ranks = vec![0; values.len()];
    for pair in order.windows(2) {
        ranks[pair[1]] = ranks[pair[0]] + usize::from(values[pair[0]] != values[pair[1]]);
    }
    ranks
}

/// Returns the sizes of the groups of equal values, of one or more, in the order of the values.
pub fn groups<T: Ord>(values: &[T]) -> Vec<usize> {
    let mut sorted: Vec<&T> = values.iter().collect();
    sorted.sort();
    sorted.chunk_by(|a, b| a == b).map(<[&T]>::len).collect()
}

/// Returns the sizes of the groups of equal values, of two or more, in the order of the values.
pub fn ties<T: Ord>(values: &[T]) -> Vec<usize> {
    groups(values).into_iter().filter(|size| *size > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_in_the_order_of_their_floats() {
        let floats = [f64::NEG_INFINITY, -7.5, -1e-300, -0.0, 0.0, 1e-300, 2.0, 7.5, f64::INFINITY];
        assert!(floats.is_sorted_by(|a, b| key(*a) < key(*b)));
        assert!(floats.iter().all(|float| of_key(key(*float)).to_bits() == float.to_bits()));
    }
}
