//! Forms: the distribution of a ratio of quadratic forms in independent normal numbers, exact up to one quadrature.
//!
//! P(Σ λᵢξᵢ² ≥ x · Σ ξᵢ²) is P(Σ aᵢξᵢ² ≥ 0) with aᵢ = λᵢ − x, a sum of integrals between the positive a (Pan 1968;
//! Farebrother 1980). The statistics of Durbin and Watson and of Buishand's U are such ratios.

use std::f64::consts::{FRAC_PI_2, PI};
use std::sync::LazyLock;

use super::{exp, sum};

/// P(Σ λᵢξᵢ² ≤ x · Σ ξᵢ²) and P(Σ λᵢξᵢ² ≥ x · Σ ξᵢ²) for independent standard normal ξ. What fewer a decide is
/// integrated, and the other is what it leaves.
pub fn ratio_tails(lambda: &[f64], x: f64) -> (f64, f64) {
    let mut above: Vec<f64> = lambda.iter().map(|l| l - x).filter(|a| *a != 0.0).collect();
    above.sort_by(|a, b| b.total_cmp(a));
    let positive = above.iter().filter(|a| **a > 0.0).count();
    let negative = above.len() - positive;
    if positive == 0 || negative == 0 {
        return if positive == 0 { (1.0, 0.0) } else { (0.0, 1.0) };
    }
    let kept = |p: f64| p.clamp(0.0, 1.0);
    let lower = || {
        let mirrored: Vec<f64> = above.iter().rev().map(|a| -a).collect();
        outside(&mirrored, negative)
    };
    if positive < negative {
        let upper = outside(&above, positive);
        return (kept(1.0 - upper), kept(upper));
    }
    let lower = lower();
    let upper = if positive == negative { outside(&above, positive) } else { 1.0 - lower };
    (kept(lower), kept(upper))
}

/// P(Σ λᵢξᵢ² ≥ x · Σ ξᵢ²) for independent standard normal ξ.
pub fn ratio_upper(lambda: &[f64], x: f64) -> f64 {
    ratio_tails(lambda, x).1
}

/// P(Σ aᵢξᵢ² ≥ 0) for a in falling order, of which the first so many are positive.
fn outside(a: &[f64], positive: usize) -> f64 {
    let pairs = (0..positive / 2).map(|pair| {
        let sign = if pair % 2 == 0 { 1.0 } else { -1.0 };
        sign * between(a, 2 * pair)
    });
    let sign = if (positive / 2).is_multiple_of(2) { 1.0 } else { -1.0 };
    let last = (!positive.is_multiple_of(2)).then(|| sign * to_zero(a, positive - 1));
    sum(pairs.chain(last)) / PI
}

/// √Π w/|w − aᵢ| over all a but one or two that stand side by side.
fn density(a: &[f64], w: f64, from: usize, to: usize) -> f64 {
    // Four at once: a division costs as much as all their products.
    let fourth = (w * w) * (w * w);
    let of = |a: &[f64]| {
        let (fours, rest) = a.as_chunks::<4>();
        let many = fours.iter().map(|[a, b, c, d]| fourth / (((w - a) * (w - b)) * ((w - c) * (w - d))));
        many.chain(rest.iter().map(|a| w / (w - a))).fold(1.0, |product, part| product * part).abs()
    };
    (of(&a[..from]) * of(&a[to..])).sqrt()
}

/// From where on twice as many points leave nothing to gain: each doubling squares the error.
const CLOSE: f64 = 1e-9;

/// The cosines of 8, 16, … midpoints of a half circle.
static MIDPOINTS: LazyLock<Vec<Vec<f64>>> = LazyLock::new(|| {
    let of = |points: u32| (0..points).map(|k| pxfm::f_cospi((f64::from(k) + 0.5) / f64::from(points))).collect();
    (3..=12).map(|power| of(1 << power)).collect()
});

/// The integral between two neighbouring a. Over the angle of a circle it is smooth and periodic, so that midpoints
/// converge at once; they are doubled until nothing changes.
fn between(a: &[f64], at: usize) -> f64 {
    let (middle, half) = ((a[at] + a[at + 1]) / 2.0, (a[at] - a[at + 1]) / 2.0);
    let mut before = f64::NAN;
    for cosines in MIDPOINTS.iter() {
        let terms = cosines.iter().map(|cosine| density(a, middle + half * cosine, at, at + 2));
        let found = terms.sum::<f64>() * PI / cosines.len() as f64;
        if (found - before).abs() <= CLOSE * found {
            return found;
        }
        before = found;
    }
    before
}

/// The integral from zero to the least positive a: w = a(1 − v²), by double exponential quadrature (Takahasi and Mori
/// 1974), which minds neither the root at zero nor an a close below it.
fn to_zero(a: &[f64], at: usize) -> f64 {
    let top = a[at];
    // v = 1/(1 + e^(−2s)), 1 − v = 1/(1 + e^(2s)), s = π/2 · sinh t.
    let term = |t: f64| {
        let (up, down) = (exp(t), exp(-t));
        let s = FRAC_PI_2 * (up - down) / 2.0;
        let (v, rest) = (1.0 / (1.0 + exp(-2.0 * s)), 1.0 / (1.0 + exp(2.0 * s)));
        let w = top * rest * (1.0 + v);
        if w <= 0.0 || v <= 0.0 {
            return 0.0;
        }
        let weight = v * rest * PI * (up + down) / 2.0;
        2.0 * (top / w).sqrt() * density(a, w, at, at + 1) * weight
    };
    let reach = 18;
    let mut step = 0.25;
    let mut terms = (-reach..=reach).map(|k| term(f64::from(k) * step)).sum::<f64>();
    let mut before = terms * step;
    for doubling in 1..6 {
        // The points before are every second one of those now.
        step /= 2.0;
        let ends = reach << doubling;
        terms += (1 - ends..ends).step_by(2).map(|k| term(f64::from(k) * step)).sum::<f64>();
        let found = terms * step;
        if (found - before).abs() <= CLOSE * found {
            return found;
        }
        before = found;
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() <= 1e-12 * wanted.abs(), "{found:e} instead of {wanted:e}");
    }

    #[test]
    fn one_number_against_others_has_a_closed_form() {
        // P(ξ₁² ≥ b²ξ₂²) = 1 − 2/π · atan b.
        for b in [0.01_f64, 0.5, 1.0, 3.0, 40.0] {
            near(ratio_upper(&[1.0, -b * b], 0.0), 1.0 - 2.0 / PI * pxfm::f_atan(b));
            near(ratio_upper(&[b * b, -1.0], 0.0), 2.0 / PI * pxfm::f_atan(b));
            // P(ξ₁² ≥ b(ξ₂² + ξ₃²)) = 1 − √(b / (1 + b)).
            near(ratio_upper(&[1.0, -b, -b], 0.0), 1.0 - (b / (1.0 + b)).sqrt());
        }
    }

    #[test]
    fn an_order_does_not_matter_and_both_sides_make_one() {
        let lambda: Vec<f64> = (1..=9).map(|k| f64::from(k * k) / 7.0).collect();
        let mut turned = lambda.clone();
        turned.reverse();
        let minus: Vec<f64> = lambda.iter().map(|l| -l).collect();
        for x in [0.2, 1.0, 3.0, 8.0, 11.0] {
            assert_eq!(ratio_upper(&lambda, x), ratio_upper(&turned, x));
            near(ratio_upper(&lambda, x) + ratio_upper(&minus, -x), 1.0);
        }
        assert_eq!((ratio_upper(&lambda, 0.1), ratio_upper(&lambda, 12.0)), (1.0, 0.0));
    }
}
