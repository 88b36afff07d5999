//! Correlation: how two indicators go together over territories, by values and by ranks.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::regression::{limit, root, simplest};
use crate::analysis::numeric::whole::Whole;
use crate::analysis::numeric::{distribution, exp_m1, ln_1p, order, permutation};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "correlation",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[
        Role::required("x", Takes::Signed),
        Role::required("y", Takes::Signed),
        Role::optional("unit", Takes::Label),
    ],
    params: &[],
    outputs: &[
        Output::whole("correlation_n", "n").unit(Unit::Count).flow(),
        Output::whole("pearson", "r = Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)² · Σ(y − ȳ)²)"),
        Output::whole("pearson_t", "t = r · √((n − 2) / (1 − r²))"),
        Output::whole("pearson_p", "p = P(|T(n − 2)| ≥ |t|)").p(),
        Output::whole("pearson_low", "th(arth r − z(0.975) / √(n − 3))"),
        Output::whole("pearson_high", "th(arth r + z(0.975) / √(n − 3))"),
        Output::whole("correlation_strength", "|r|: 0.1; 0.3; 0.5; 0.7; 0.9"),
        Output::whole("spearman", "ρ = r(rank x, rank y)"),
        Output::whole(
            "spearman_p",
            "n < 10 ∨ |ρ| = 1: #{π: |ρ(π)| ≥ |ρ|} / n!; n ≥ 10: P(|T(n − 2)| ≥ |ρ| · √((n − 2) / (1 − ρ²)))",
        )
        .p(),
        Output::whole("spearman_p_exact", "p = #{π: |ρ(π)| ≥ |ρ|} / n!").p(),
        Output::whole("spearman_p_t", "p = P(|T(n − 2)| ≥ |ρ| · √((n − 2) / (1 − ρ²)))").p(),
        Output::whole("kendall", "τ-b = S / √((m − Σg(g − 1)/2)(m − Σh(h − 1)/2)), m = n(n − 1)/2"),
        Output::whole(
            "kendall_p",
            "n < 50 (Σg(g − 1) · Σh(h − 1) > 0: n ≤ 12): #{π: |S(π)| ≥ |S|} / n!; P(|Z| ≥ |S| / √Var(S))",
        )
        .p(),
        Output::whole("kendall_p_exact", "p = #{π: |S(π)| ≥ |S|} / n!").p(),
        Output::whole("kendall_p_normal", "p = P(|Z| ≥ |S| / √Var(S))").p(),
    ],
    run,
};

/// Fewer pairs than this say nothing.
const LEAST: usize = 3;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let pairs = frame.values("x").iter().zip(frame.values("y"));
    let (x, y): (Vec<&Amount>, Vec<&Amount>) =
        pairs.filter_map(|(x, y)| Some((x.as_ref().ok()?, y.as_ref().ok()?))).unzip();
    let mut found = vec![Outcome::whole("correlation_n", x.len())];
    found.extend(pearson(Moments::of(&Whole::of(&x).numbers, &Whole::of(&y).numbers)));
    found.extend(spearman(&x, &y));
    found.extend(kendall(&x, &y));
    Ok(found)
}

fn pearson(moments: Result<Moments, Reason>) -> [Outcome; 6] {
    let moments = &moments.as_ref().map_err(|reason| *reason);
    let of = |result: fn(&Moments) -> Result<f64, Reason>| moments.and_then(result);
    [
        Outcome::whole("pearson", of(|m| Ok(m.r()))),
        Outcome::whole("pearson_t", of(Moments::t)),
        Outcome::whole("pearson_p", of(Moments::p)),
        Outcome::whole("pearson_low", of(|m| m.bound(-1.0))),
        Outcome::whole("pearson_high", of(|m| m.bound(1.0))),
        match moments {
            Ok(moments) => Outcome::whole("correlation_strength", moments.strength()),
            Err(reason) => Outcome::whole("correlation_strength", *reason),
        },
    ]
}

fn spearman(x: &[&Amount], y: &[&Amount]) -> [Outcome; 4] {
    let (x, y) = (doubled_ranks(x), doubled_ranks(y));
    let whole = |ranks: &[i64]| ranks.iter().copied().map(BigInt::from).collect::<Vec<_>>();
    let moments = Moments::of(&whole(&x), &whole(&y));
    let moments = moments.as_ref().map_err(|reason| *reason);
    let rho = moments.map(Moments::r);
    let approximate = float(moments.and_then(Moments::p_of_t));
    let exact = rho.and_then(|_| permutation::spearman(&x.into_iter().zip(y).collect::<Vec<_>>()));
    let p = exact.clone().or_else(|_| approximate.clone());
    [
        Outcome::whole("spearman", rho),
        Outcome::whole("spearman_p", p),
        Outcome::whole("spearman_p_exact", exact),
        Outcome::whole("spearman_p_t", approximate),
    ]
}

fn kendall(x: &[&Amount], y: &[&Amount]) -> [Outcome; 4] {
    let score = Score::of(x, y);
    let score = score.as_ref().map_err(|reason| *reason);
    let exact = score.and_then(Score::exact);
    let normal = float(score.and_then(Score::normal));
    let p = exact.clone().or_else(|_| normal.clone());
    [
        Outcome::whole("kendall", score.map(Score::tau)),
        Outcome::whole("kendall_p", p),
        Outcome::whole("kendall_p_exact", exact),
        Outcome::whole("kendall_p_normal", normal),
    ]
}

fn float(value: Result<f64, Reason>) -> Result<Amount, Reason> {
    Amount::float(value?).ok_or(Reason::Undefined)
}

/// Sums of squares and products of deviations from the means, times n: whole numbers.
struct Moments {
    n: usize,
    xx_yy: BigInt,
    xy: BigInt,
}

impl Moments {
    fn of(x: &[BigInt], y: &[BigInt]) -> Result<Moments, Reason> {
        let n = x.len();
        if n < LEAST {
            return Err(Reason::TooFew);
        }
        let (sum_x, sum_y) = (x.iter().sum::<BigInt>(), y.iter().sum::<BigInt>());
        let product = |a: &[BigInt], b: &[BigInt], of_sums: BigInt| {
            a.iter().zip(b).map(|(a, b)| a * b).sum::<BigInt>() * n - of_sums
        };
        let xx_yy = product(x, x, &sum_x * &sum_x) * product(y, y, &sum_y * &sum_y);
        if xx_yy.is_zero() {
            return Err(Reason::ZeroVariance);
        }
        Ok(Moments { n, xy: product(x, y, &sum_x * &sum_y), xx_yy })
    }

    fn signed(&self, magnitude: f64) -> f64 {
        if self.xy.is_negative() { -magnitude } else { magnitude }
    }

    fn r(&self) -> f64 {
        self.signed(root(&(&self.xy * &self.xy), &self.xx_yy))
    }

    /// 1 − r², over the same denominator as r².
    fn unexplained(&self) -> BigInt {
        &self.xx_yy - &self.xy * &self.xy
    }

    fn t(&self) -> Result<f64, Reason> {
        let rest = self.unexplained();
        if rest.is_zero() {
            return Err(Reason::Undefined);
        }
        Ok(self.signed(root(&(&self.xy * &self.xy * (self.n - 2)), &rest)))
    }

    fn p(&self) -> Result<f64, Reason> {
        limit(self.p_of_t())
    }

    fn p_of_t(&self) -> Result<f64, Reason> {
        Ok(distribution::student_two_sided(self.t()?, (self.n - 2) as f64))
    }

    /// Returns a bound of the 95 per cent interval, by Fisher's z.
    fn bound(&self, side: f64) -> Result<f64, Reason> {
        if self.n <= LEAST {
            return Err(Reason::TooFew);
        }
        let (r, rest) = (self.r(), self.unexplained());
        if rest.is_zero() {
            return Ok(r);
        }
        let magnitude = r.abs();
        let below_one = simplest(&rest, &self.xx_yy).to_f64() / (1.0 + magnitude);
        let z = self.signed(ln_1p(2.0 * magnitude / below_one) / 2.0);
        let reach = distribution::normal_quantile(0.975) / ((self.n - LEAST) as f64).sqrt();
        let twice = exp_m1(2.0 * (z + side * reach));
        Ok(if twice.is_finite() { twice / (twice + 2.0) } else { 1.0 })
    }

    /// Returns the word of Chaddock's scale.
    fn strength(&self) -> &'static str {
        let reaches = |tenths: i64| &self.xy * &self.xy * 100 >= &self.xx_yy * tenths * tenths;
        let scale = [(9, "very-strong"), (7, "strong"), (5, "noticeable"), (3, "moderate"), (1, "weak")];
        scale.into_iter().find(|(tenths, _)| reaches(*tenths)).map_or("negligible", |(_, word)| word)
    }
}

/// Mean ranks times two, which are whole.
fn doubled_ranks(values: &[&Amount]) -> Vec<i64> {
    order::mid_ranks(values).into_iter().map(|rank| (2.0 * rank) as i64).collect()
}

/// Kendall's S with what its variance needs.
struct Score {
    n: usize,
    s: i64,
    /// The sizes of the groups of equal values.
    groups_x: Vec<usize>,
    groups_y: Vec<usize>,
}

impl Score {
    fn of(x: &[&Amount], y: &[&Amount]) -> Result<Score, Reason> {
        let n = x.len();
        if n < LEAST {
            return Err(Reason::TooFew);
        }
        let (x, y) = (order::dense_ranks(x), order::dense_ranks(y));
        let (groups_x, groups_y) = (order::groups(&x), order::groups(&y));
        if groups_x.len() == 1 || groups_y.len() == 1 {
            return Err(Reason::ZeroVariance);
        }
        let mut pairs: Vec<(usize, usize)> = x.into_iter().zip(y).collect();
        pairs.sort_unstable();
        let mut s = 0;
        for (i, (x, y)) in pairs.iter().enumerate() {
            let after = pairs.iter().skip(i + 1).filter(|(other, _)| other != x);
            s += after.map(|(_, other)| i64::from(other > y) - i64::from(other < y)).sum::<i64>();
        }
        Ok(Score { n, s, groups_x, groups_y })
    }

    fn tau(&self) -> f64 {
        let pairs = |size: usize| BigInt::from(size * (size - 1) / 2);
        let untied = |ties: &[usize]| pairs(self.n) - ties.iter().map(|size| pairs(*size)).sum::<BigInt>();
        let magnitude = root(&(BigInt::from(self.s) * self.s), &(untied(&self.groups_x) * untied(&self.groups_y)));
        if self.s < 0 { -magnitude } else { magnitude }
    }

    fn exact(&self) -> Result<Amount, Reason> {
        permutation::kendall(self.s, &self.groups_x, &self.groups_y)
    }

    fn normal(&self) -> Result<f64, Reason> {
        let n = BigInt::from(self.n);
        let term = |size: usize| BigInt::from(size * (size - 1) * (2 * size + 5));
        let sum = |ties: &[usize], term: &dyn Fn(usize) -> BigInt| ties.iter().map(|size| term(*size)).sum::<BigInt>();
        let two = |size: usize| BigInt::from(size * (size - 1));
        let three = |size: usize| two(size) * size.saturating_sub(2);
        let first = term(self.n) - sum(&self.groups_x, &term) - sum(&self.groups_y, &term);
        let second = sum(&self.groups_x, &two) * sum(&self.groups_y, &two);
        let third = sum(&self.groups_x, &three) * sum(&self.groups_y, &three);
        // All three parts of the variance over 18n(n − 1)(n − 2).
        let pairs: BigInt = &n * (&n - 1_u32);
        let triples: BigInt = &pairs * (&n - 2_u32);
        let variance = first * &triples + second * 9_u32 * (&n - 2_u32) + third * 2_u32;
        let over = triples * 18_u32;
        if variance.is_zero() {
            return Err(Reason::ZeroVariance);
        }
        Ok(distribution::normal_two_sided(root(&(BigInt::from(self.s) * self.s * over), &variance)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts<const N: usize>(values: [i64; N]) -> Vec<Amount> {
        values.map(Amount::Integer).to_vec()
    }

    #[test]
    fn exact_distributions_are_those_of_all_permutations() {
        let (x, y) = (amounts([1, 2, 3, 4, 5]), amounts([2, 1, 4, 3, 5]));
        let (x, y): (Vec<&Amount>, Vec<&Amount>) = (x.iter().collect(), y.iter().collect());
        let [_, p, ..] = spearman(&x, &y);
        assert_eq!(p.value.amount(), Amount::ratio(16, 120).as_ref());
        assert_eq!(Score::of(&x, &y).expect("a value").exact(), Ok(Amount::ratio(28, 120).expect("a value")));
    }

    #[test]
    fn a_bound_of_the_scale_belongs_to_the_stronger_word() {
        let of = |xy: i64| Moments { n: 5, xx_yy: BigInt::from(100), xy: BigInt::from(xy) }.strength();
        assert_eq!(
            [0, 1, 2, 3, 5, 7, 9, -10].map(of).join(" "),
            "negligible weak weak moderate noticeable strong very-strong very-strong"
        );
    }
}
