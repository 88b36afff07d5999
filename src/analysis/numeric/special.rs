//! Special functions: the incomplete beta and gamma functions and the error function, of which tails are made.
//!
//! Their leading factors, powers with large exponents, take their bases in twice the precision, so that a tail of 1e-200 has
//! as many right digits as one of 0.2.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use super::twofold::Twofold;
use super::{exp, ln, ln_1p, pow};

/// The error of `FRAC_1_SQRT_2`: what the nearest float leaves of 1/√2.
const SQRT_HALF_REST: f64 = -4.833646656726457e-17;

/// ln(2π)/2.
const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// erfc(z/√2). The rounding of z/√2 alone would cost z² units in the last place; its rest is put in by the derivative.
pub(super) fn erfc_of_root_half(z: f64) -> f64 {
    if z.is_nan() || z.is_infinite() || z.abs() > 40.0 {
        return if z.is_nan() { z } else { pxfm::f_erfc(z * FRAC_1_SQRT_2) };
    }
    let at = Twofold::product(z, FRAC_1_SQRT_2);
    let rest = at.low + z * SQRT_HALF_REST;
    pxfm::f_erfc(at.high) - rest * std::f64::consts::FRAC_2_SQRT_PI * exp(-at.high * at.high)
}

/// ln B(a, b).
pub(super) fn ln_beta(a: f64, b: f64) -> f64 {
    let s = a + b;
    let powers = (a - 0.5) * ln(a / s) + b * ln(b / s) - 0.5 * ln(b);
    HALF_LN_TWO_PI + powers + stirling_rest(a) + stirling_rest(b) - stirling_rest(s)
}

/// The regularised incomplete beta function of given a and b.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beta {
    a: f64,
    b: f64,
    /// What Stirling's formula leaves of 1 / B(a, b).
    rest: f64,
}

impl Beta {
    /// Prepares what does not turn on x.
    pub(super) fn new(a: f64, b: f64) -> Beta {
        Beta { a, b, rest: exp(stirling_rest(a + b) - stirling_rest(a) - stirling_rest(b)) }
    }

    /// I_x(a, b) and its complement, for y = 1 − x; the smaller is computed.
    pub(super) fn tails(&self, x: Twofold, y: Twofold) -> (f64, f64) {
        if x.high <= 0.0 || y.high <= 0.0 {
            return if x.high <= 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
        }
        let Beta { a, b, rest } = *self;
        if x.high * (a + b) <= a {
            let lower = self.lower(x, y);
            (lower, 1.0 - lower)
        } else {
            let upper = Beta { a: b, b: a, rest }.lower(y, x);
            (1.0 - upper, upper)
        }
    }

    /// I_x(a, b) = x^a y^b / B(a, b) over a continued fraction, which converges for x below a/(a + b).
    fn lower(&self, x: Twofold, y: Twofold) -> f64 {
        let Beta { a, b, rest } = *self;
        let s = Twofold::sum(a, b);
        let scale = (b / (2.0 * PI * a * (a + b))).sqrt();
        let factor = powers((x.times(s).over(Twofold::from(a)), a), (y.times(s).over(Twofold::from(b)), b));
        if factor == 0.0 {
            return 0.0;
        }
        let gap = Twofold::product(a, y.high).plus(a * y.low).minus(Twofold::product(b, x.high).plus(b * x.low)).high;
        let x = x.high;
        // The even part of the fraction, as Didonato and Morris (1992) write it: x near 1 costs no digits.
        let fraction = continued(|n| {
            let m = f64::from(n);
            let odd = a + 2.0 * m - 1.0;
            let up = (a + m - 1.0) * (a + b + m - 1.0) * m * (b - m) * x * x / (odd * odd);
            let along = if n == 0 { 0.0 } else { m + m * (b - m) * x / odd };
            (up, along + (a + m) * (gap + 1.0 + m * (2.0 - x)) / (odd + 2.0))
        });
        a * scale * rest * factor / fraction
    }
}

/// The regularised upper incomplete gamma function Q(a, x).
pub(super) fn gamma_upper(a: f64, x: f64) -> f64 {
    if a > UNIFORM {
        return gamma_upper_uniform(a, x);
    }
    let ratio = Twofold::from(x).over(Twofold::from(a));
    let gap = Twofold::sum(a, -x);
    // x^a e^(−x) / Γ(a), by Stirling: √(a/2π) · (x/a)^a · e^(a − x) / rest.
    let pieces = pieces((a * ln(ratio.high)).abs().max(gap.high.abs()));
    let piece = power(ratio, a / pieces) * exp(gap.high / pieces) * (1.0 + gap.low / pieces);
    let factor = (a / (2.0 * PI)).sqrt() * exp(-stirling_rest(a)) * whole_power(piece, pieces);
    if x > a.max(0.5) {
        // DLMF 8.9.2 in its even form.
        let fraction = continued(|n| {
            let n = n as f64;
            (if n == 0.0 { 1.0 } else { n * (a - n) }, x - a + 2.0 * n + 1.0)
        });
        return factor / fraction;
    }
    // DLMF 8.7.1, whose terms are all positive.
    let (mut term, mut series, mut n) = (1.0 / a, 1.0 / a, a);
    while term > series * 1e-17 {
        n += 1.0;
        term *= x / n;
        series += term;
    }
    1.0 - factor * series
}

/// From here on Q(a, x) is taken from its expansion: the fraction and the series beside x = a need √a steps.
const UNIFORM: f64 = 1e8;

/// Q(a, x) = erfc(η√(a/2))/2 + e^(−aη²/2)/√(2πa) · Σ c(k)(η)/aᵏ with η²/2 = x/a − 1 − ln(x/a), uniformly in x (Temme 1979;
/// DLMF 8.12). Where a is so large and neither tail is below the floats, |η| < 0.005: the first terms leave less than 1e-14.
fn gamma_upper_uniform(a: f64, x: f64) -> f64 {
    let mu = Twofold::sum(x, -a).high / a;
    let half = if mu.abs() > 0.1 {
        mu - ln_1p(mu)
    } else {
        // μ²/2 − μ³/3 + μ⁴/4 − …, without the loss of a difference.
        (2..40).rev().fold(0.0, |sum, k| 1.0 / f64::from(k) - mu * sum) * mu * mu
    };
    let eta = (2.0 * half).sqrt().copysign(mu);
    let first = -1.0 / 3.0 + eta * (1.0 / 12.0 + eta * (-2.0 / 135.0 + eta * (1.0 / 864.0 + eta / 2835.0)));
    let second = -1.0 / 540.0 - eta / 288.0;
    0.5 * erfc_of_root_half(eta * a.sqrt()) + exp(-a * half) / (2.0 * PI * a).sqrt() * (first + second / a)
}

/// b(0) + a(1)/(b(1) + a(2)/(b(2) + …)) by the modified method of Lentz (Thompson and Barnett 1986); `part(n)` gives a and b.
fn continued(part: impl Fn(u32) -> (f64, f64)) -> f64 {
    const TINY: f64 = 1e-290;
    let away = |x: f64| if x.abs() < TINY { TINY } else { x };
    let mut found = away(part(0).1);
    let (mut c, mut d) = (found, 0.0);
    for n in 1..100_000 {
        let (a, b) = part(n);
        d = 1.0 / away(b + a * d);
        c = away(b + a / c);
        let change = c * d;
        found *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    found
}

/// What Stirling's formula leaves of ln Γ(a): ln Γ(a) − (a − 1/2) ln a + a − ln(2π)/2.
fn stirling_rest(a: f64) -> f64 {
    /// B(2k) / (2k (2k − 1)), k = 1, 2, …
    const SERIES: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    let (mut at, mut steps) = (a, 0.0);
    while at < 12.0 {
        steps += (at + 0.5) * ln_1p(1.0 / at) - 1.0;
        at += 1.0;
    }
    let square = 1.0 / (at * at);
    steps + SERIES.iter().rev().fold(0.0, |sum, term| sum * square + term) / at
}

/// p^m · q^n, in pieces where one of them alone would leave the range.
fn powers(p: (Twofold, f64), q: (Twofold, f64)) -> f64 {
    let pieces = pieces((p.1 * ln(p.0.high)).abs().max((q.1 * ln(q.0.high)).abs()));
    whole_power(power(p.0, p.1 / pieces) * power(q.0, q.1 / pieces), pieces)
}

/// A power of a base of twice the precision.
fn power(base: Twofold, exponent: f64) -> f64 {
    pow(base.high, exponent) * (1.0 + exponent * (base.low / base.high))
}

/// Into how many pieces, a power of two, a factor with this logarithm is cut.
fn pieces(log: f64) -> f64 {
    let mut pieces = 1.0;
    while log / pieces > 600.0 && pieces < 1e9 {
        pieces *= 2.0;
    }
    pieces
}

/// A power whose exponent is a power of two.
fn whole_power(base: f64, exponent: f64) -> f64 {
    let (mut value, mut left) = (base, exponent);
    while left > 1.0 {
        (value, left) = (value * value, left / 2.0);
    }
    value
}
