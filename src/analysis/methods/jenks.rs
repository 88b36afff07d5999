//! Jenks: natural breaks, the exact optimum of Fisher.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::whole::Whole;
use crate::analysis::numeric::{order, spread};
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "jenks",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[Param::new("classes", ParamKind::Count(2, 9), "5")],
    outputs: &[
        Output::row("jenks_class", "min x(k) ≤ x(i) ≤ max x(k)").unit(Unit::Count).level(),
        Output::member("jenks_lower", "min x(i), i ∈ k").unit_of("value"),
        Output::member("jenks_upper", "max x(i), i ∈ k").unit_of("value"),
        Output::member("jenks_count", "n(k)").unit(Unit::Count).level(),
        Output::whole("jenks_gvf", "GVF = 1 − Σ Σ (x − x̄(k))² / Σ (x − x̄)²").flow(),
        Output::whole("jenks_adcm", "ADCM = Σ Σ |x − Me(k)|").difference_of("value").flow(),
    ],
    run,
};

/// Beyond this the squares of all pairs take too long.
const MOST: usize = 2000;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let mut sorted: Vec<Amount> = values.iter().copied().cloned().collect();
    sorted.sort();
    if sorted.len() > MOST {
        return Err(Reason::TooMany);
    }
    let classes = usize::try_from(frame.count("classes")).map_err(|_| Reason::Undefined)?;
    let starts = breaks(&sorted, classes)?;
    let ends = starts.iter().skip(1).copied().chain([sorted.len()]);
    let classes: Vec<&[Amount]> = starts.iter().zip(ends).filter_map(|(from, to)| sorted.get(*from..to)).collect();

    let mut found = Vec::new();
    for (row, value) in values.iter().enumerate() {
        let class = classes.iter().take_while(|class| class.first().is_some_and(|low| low <= value)).count();
        found.push(Outcome::row("jenks_class", row, class));
    }
    let (mut within, mut apart) = (Amount::ZERO, Amount::ZERO);
    for (number, class) in classes.iter().enumerate() {
        let (Some(low), Some(high), Some(median)) = (class.first(), class.last(), order::median(class)) else {
            continue;
        };
        let part = || Part::Category((number + 1).to_string().into());
        found.push(Outcome::member("jenks_lower", part(), low.clone()));
        found.push(Outcome::member("jenks_upper", part(), high.clone()));
        found.push(Outcome::member("jenks_count", part(), class.len()));
        within = within.plus(&squares(class));
        apart = class.iter().fold(apart, |sum, value| sum.plus(&value.minus(&median).magnitude()));
    }
    let left = within.divided_by(&squares(&sorted)).ok_or(Reason::ZeroVariance);
    found.push(Outcome::whole("jenks_gvf", left.map(|left| Amount::Integer(1).minus(&left))));
    found.push(Outcome::whole("jenks_adcm", apart));
    Ok(found)
}

fn squares(class: &[Amount]) -> Amount {
    let n = Amount::Integer(class.len() as i64);
    spread::variance(class).map_or(Amount::ZERO, |variance| variance.times(&n))
}

/// Returns where each class begins in sorted values.
fn breaks(sorted: &[Amount], classes: usize) -> Result<Vec<usize>, Reason> {
    // Only where a value differs from the one before may a class begin.
    let begins: Vec<usize> = (0..sorted.len()).filter(|i| *i == 0 || sorted[*i] != sorted[*i - 1]).collect();
    if begins.len() < classes {
        return Err(if begins.len() == 1 && sorted.len() >= classes { Reason::ZeroVariance } else { Reason::TooFew });
    }
    let costs = Costs::of(sorted, &begins);
    let tolerance = 1e-12 * costs.between(0, begins.len());
    // best[end]: the least cost of the values up to `end` in so many classes; from[class][end]: where the last begins.
    let mut best: Vec<f64> = (0..=begins.len()).map(|end| costs.between(0, end)).collect();
    let mut from = vec![vec![0; begins.len() + 1]];
    for class in 1..classes {
        let (mut next, mut start) = (vec![f64::INFINITY; begins.len() + 1], vec![0; begins.len() + 1]);
        for end in class + 1..=begins.len() {
            for (last, before) in best.iter().enumerate().take(end).skip(class) {
                let cost = before + costs.between(last, end);
                if cost < next[end] - tolerance || next[end].is_infinite() {
                    (next[end], start[end]) = (cost, last);
                }
            }
        }
        best = next;
        from.push(start);
    }
    let mut end = begins.len();
    let mut starts: Vec<usize> = Vec::new();
    for class in from.iter().rev() {
        end = class[end];
        starts.push(begins[end]);
    }
    starts.reverse();
    Ok(starts)
}

/// The sums of squared deviations within all runs of distinct values, from exact sums over one denominator.
struct Costs {
    /// Under each end the costs of the runs up to it, by their beginning.
    up_to: Vec<Vec<f64>>,
}

impl Costs {
    fn of(sorted: &[Amount], begins: &[usize]) -> Costs {
        let whole = Whole::of(&sorted.iter().collect::<Vec<_>>());
        // How many values, their sum and the sum of their squares, before each distinct value.
        let mut sums = vec![(0, BigInt::ZERO, BigInt::ZERO)];
        let (mut sum, mut squares) = (BigInt::ZERO, BigInt::ZERO);
        for (i, number) in whole.numbers.iter().enumerate() {
            sum += number;
            squares += number * number;
            if i + 1 == sorted.len() || begins.binary_search(&(i + 1)).is_ok() {
                sums.push((i as i64 + 1, sum.clone(), squares.clone()));
            }
        }
        let unit = (&whole.denominator * &whole.denominator).to_f64().unwrap_or(f64::INFINITY);
        let cost = |from: usize, to: usize| {
            let ((n0, sum0, squares0), (n1, sum1, squares1)) = (&sums[from], &sums[to]);
            let (n, sum) = (n1 - n0, sum1 - sum0);
            let over = (squares1 - squares0) * n - &sum * &sum;
            over.to_f64().unwrap_or(f64::INFINITY) / (n as f64 * unit)
        };
        Costs { up_to: (0..sums.len()).map(|to| (0..to).map(|from| cost(from, to)).collect()).collect() }
    }

    fn between(&self, from: usize, to: usize) -> f64 {
        self.up_to.get(to).and_then(|costs| costs.get(from)).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::gini::tests::{frame, whole};
    use super::*;
    use proptest::prelude::*;

    fn least(sorted: &[Amount], classes: usize) -> Amount {
        if classes == 1 {
            return squares(sorted);
        }
        let cuts = classes - 1..sorted.len();
        cuts.map(|cut| least(&sorted[..cut], classes - 1).plus(&squares(&sorted[cut..]))).min().expect("a cut")
    }

    proptest! {
        #[test]
        fn is_the_best_of_all_partitions(values in prop::collection::vec(-30i64..30, 3..10), classes in 2usize..5) {
            let mut sorted: Vec<Amount> = values.iter().copied().map(Amount::Integer).collect();
            sorted.sort();
            if let Ok(starts) = breaks(&sorted, classes) {
                let ends = starts.iter().skip(1).copied().chain([sorted.len()]);
                let found = starts.iter().zip(ends).fold(Amount::ZERO, |sum, (a, b)| sum.plus(&squares(&sorted[*a..b])));
                prop_assert_eq!(found, least(&sorted, classes));
            }
        }
    }

    #[test]
    fn knows_no_order() {
        let gvf = |values: &[i64]| whole(&METHOD, &frame(&METHOD, &[("value", values)]), "jenks_gvf");
        assert_eq!(gvf(&[1, 2, 9, 4, 7, 30]), gvf(&[30, 9, 7, 1, 4, 2]));
    }
}
