//! Distribution: tails and quantiles of the normal, Student, Fisher and chi-squared distributions.
//!
//! Tails come from the incomplete beta and gamma functions (`special`). One too small for a float is zero here; what is
//! said of it as a p-value, the methods hold in one place.

use std::f64::consts::{PI, SQRT_2};

use super::special::{Beta, erfc_of_root_half, gamma_upper, ln_beta};
use super::twofold::Twofold;
use super::{exp, homogeneity, ln, ln_1p, pow};

/// P(Z > z) of the standard normal distribution.
pub fn normal_upper(z: f64) -> f64 {
    0.5 * erfc_of_root_half(z)
}

/// 2 · P(Z > |z|) of the standard normal distribution.
pub fn normal_two_sided(z: f64) -> f64 {
    erfc_of_root_half(z.abs())
}

/// Returns z with P(Z ≤ z) = p of the standard normal distribution; infinite at 0 and 1, not a number outside.
pub fn normal_quantile(p: f64) -> f64 {
    match p {
        _ if !(0.0..=1.0).contains(&p) => f64::NAN,
        0.0 => f64::NEG_INFINITY,
        1.0 => f64::INFINITY,
        0.5 => 0.0,
        _ if p > 0.5 => normal_isf(1.0 - p, 2.0 * p - 1.0),
        _ => -normal_isf(p, 1.0 - 2.0 * p),
    }
}

/// 2 · P(T > |t|) of Student's distribution.
pub fn student_two_sided(t: f64, df: f64) -> f64 {
    Student::new(df).map_or(f64::NAN, |law| law.tails(t).1)
}

/// Returns t with P(T ≤ t) = p of Student's distribution; infinite at 0 and 1, not a number outside.
pub fn student_quantile(p: f64, df: f64) -> f64 {
    match p {
        _ if !(0.0..=1.0).contains(&p) || df.is_nan() || df <= 0.0 => f64::NAN,
        0.0 => f64::NEG_INFINITY,
        1.0 => f64::INFINITY,
        0.5 => 0.0,
        _ if p > 0.5 => student_isf(2.0 * (1.0 - p), 2.0 * p - 1.0, df),
        _ => -student_isf(2.0 * p, 1.0 - 2.0 * p, df),
    }
}

/// P(F > f) of Fisher's distribution with `d1` and `d2` degrees of freedom.
pub fn fisher_upper(f: f64, d1: f64, d2: f64) -> f64 {
    Fisher::new(d1, d2).upper(f)
}

/// Fisher's distribution, where many tails of it are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Fisher {
    d1: f64,
    d2: f64,
    beta: Beta,
}

impl Fisher {
    /// Takes the degrees of freedom.
    pub fn new(d1: f64, d2: f64) -> Fisher {
        Fisher { d1, d2, beta: Beta::new(d2 / 2.0, d1 / 2.0) }
    }

    /// P(F > f).
    pub fn upper(&self, f: f64) -> f64 {
        if f.is_nan() || f <= 0.0 {
            return if f <= 0.0 { 1.0 } else { f64::NAN };
        }
        let scaled = Twofold::product(self.d1, f);
        if !scaled.high.is_finite() {
            return 0.0;
        }
        let whole = scaled.plus(self.d2);
        self.beta.tails(Twofold::from(self.d2).over(whole), scaled.over(whole)).0
    }
}

/// P(X > x) of the chi-squared distribution.
pub fn chi_squared_upper(x: f64, df: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return if x <= 0.0 { 1.0 } else { f64::NAN };
    }
    if x.is_infinite() {
        return 0.0;
    }
    gamma_upper(df / 2.0, x / 2.0)
}

/// Returns x with P(X > x) = `upper` of the chi-squared distribution.
pub fn chi_squared_isf(upper: f64, df: f64) -> f64 {
    if !(0.0..=1.0).contains(&upper) || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    let (mut low, mut high) = (0.0, df.max(1.0));
    while chi_squared_upper(high, df) > upper {
        if high > 1e150 {
            return f64::INFINITY;
        }
        (low, high) = (high, high * 2.0);
    }
    // Halved until no float stands between: slower than Newton's steps, and right at once for every df.
    while low < high {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if chi_squared_upper(middle, df) > upper { low = middle } else { high = middle }
    }
    high
}

/// P(sup |B| > x) of the Brownian bridge B (Kolmogorov 1933).
pub fn kolmogorov_upper(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return if x <= 0.0 { 1.0 } else { f64::NAN };
    }
    if x < 1.0 {
        let terms = (1..=4).map(|k| {
            let odd = f64::from(2 * k - 1) * PI / x;
            exp(-odd * odd / 8.0)
        });
        return 1.0 - (2.0 * PI).sqrt() / x * super::sum(terms);
    }
    let term = |k: i32| exp(-2.0 * f64::from(k * k) * x * x) * if k % 2 == 1 { 2.0 } else { -2.0 };
    super::sum((1..=6).map(term))
}

/// P(|W(t)| > x(1 + 2t) for some t in [0, 1]) of Brownian motion W: the boundary of Brown, Durbin and Evans (1975), by
/// the closed form of Zeileis (2000), or his straight line near zero.
pub fn recursive_boundary_upper(x: f64) -> f64 {
    if x < 0.3 {
        return 1.0 - 0.1465 * x;
    }
    let lower = |z: f64| 1.0 - normal_upper(z);
    let outer = exp(-4.0 * x * x) * (lower(x) - normal_upper(5.0 * x));
    2.0 * (normal_upper(3.0 * x) + outer - exp(-16.0 * x * x) * normal_upper(x))
}

/// A statistic of a break in the level of a series, of independent normal numbers of unknown mean and deviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// Buishand's range.
    Range,
    /// Buishand's Q.
    Q,
    /// Buishand's V, which Alexandersson's statistic rises with.
    V,
}

/// P(statistic ≥ x) for a series of so many numbers, from a table of simulated series: in a straight line of ln p over
/// x and of 1/n between its lengths. A tail beyond the table is said to be its last, which is greater. `None` for a
/// length outside the table.
pub fn break_upper(of: Break, x: f64, n: usize) -> Option<f64> {
    use homogeneity::{LENGTHS, Q, RANGE, SHARES, V};
    let table = match of {
        Break::Range => &RANGE,
        Break::Q => &Q,
        Break::V => &V,
    };
    let after = LENGTHS.iter().position(|length| *length >= n)?;
    let before = if LENGTHS[after] == n { after } else { after.checked_sub(1)? };
    let tail = |row: &[f64]| {
        let past = row.iter().position(|value| *value > x).unwrap_or(row.len());
        let (Some(low), Some(high)) = (past.checked_sub(1), row.get(past)) else {
            // Below the table nearly all series reach it.
            return if past == 0 { ln(1.0 - (1.0 - SHARES[0]) * (x / row[0]).max(0.0)) } else { ln(SHARES[past - 1]) };
        };
        let part = (x - row[low]) / (high - row[low]);
        ln(SHARES[low]) + part * (ln(SHARES[past]) - ln(SHARES[low]))
    };
    let (short, long) = (tail(&table[before]), tail(&table[after]));
    let inverse = |length: usize| 1.0 / length as f64;
    let (from, to) = (inverse(LENGTHS[before]), inverse(LENGTHS[after]));
    let part = if from == to { 0.0 } else { (inverse(n) - from) / (to - from) };
    Some(exp(short + part * (long - short)))
}

/// The density of the standard normal distribution.
fn normal_density(z: f64) -> f64 {
    exp(-z * z / 2.0) / (2.0 * PI).sqrt()
}

/// Returns z > 0 with P(Z > z) = `upper`, where P(−z < Z < z) = `centre`.
fn normal_isf(upper: f64, centre: f64) -> f64 {
    if centre < 0.1 {
        let slope = |z: f64| 2.0 * normal_density(z);
        return newton(centre * (PI / 2.0).sqrt(), |z| pxfm::f_erf(z / SQRT_2) - centre, slope);
    }
    // Abramowitz and Stegun 26.2.23, right to 4.5e-4; Newton's steps in ln P do the rest.
    let s = (-2.0 * ln(upper)).sqrt();
    let start =
        s - (2.515_517 + s * (0.802_853 + s * 0.010_328)) / (1.0 + s * (1.432_788 + s * (0.189_269 + s * 0.001_308)));
    newton(start, |z| ln_ratio(upper, normal_upper(z)), |z| normal_density(z) / normal_upper(z))
}

/// Returns t > 0 with 2 · P(T > t) = `outside`, where P(−t < T < t) = `centre`.
fn student_isf(outside: f64, centre: f64, df: f64) -> f64 {
    let Some(law) = Student::new(df) else { return f64::NAN };
    let density = |t: f64| law.density(t);
    if centre < 0.1 {
        return newton(centre / (2.0 * density(0.0)), |t| law.tails(t).0 - centre, |t| 2.0 * density(t));
    }
    let (mut low, mut high) = (0.0, 1.0);
    while law.tails(high).1 > outside {
        if high > 1e150 {
            return f64::INFINITY;
        }
        (low, high) = (high, high * 2.0);
    }
    // Newton's steps in ln P over ln t, where both the normal and the power tails are nearly straight.
    let mut t = if low == 0.0 { 0.5 } else { (low * high).sqrt() };
    for _ in 0..200 {
        let tail = law.tails(t).1;
        let off = ln_ratio(outside, tail);
        let step = off * tail / (2.0 * density(t) * t);
        if step.abs() < 1e-8 {
            return t - t * step * (1.0 - step / 2.0);
        }
        if off > 0.0 {
            high = t
        } else {
            low = t
        }
        let next = t * exp(-step);
        t = if next > low && next < high { next } else { low + (high - low) / 2.0 };
    }
    t
}

/// ln(wanted / found), without loss where they are near.
fn ln_ratio(wanted: f64, found: f64) -> f64 {
    let off = (wanted - found) / found;
    if off.abs() < 0.5 { ln_1p(off) } else { ln(wanted) - ln(found) }
}

/// Newton's method for `distance` with its slope, from a start near the root.
fn newton(start: f64, distance: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64) -> f64 {
    let mut at = start;
    for _ in 0..60 {
        let step = distance(at) / slope(at);
        at -= step;
        if step.abs() <= 1e-10 * at.abs() {
            break;
        }
    }
    at
}

/// Student's distribution.
struct Student {
    df: f64,
    beta: Beta,
    ln_beta: f64,
}

impl Student {
    fn new(df: f64) -> Option<Student> {
        let half = df / 2.0;
        (df > 0.0).then(|| Student { df, beta: Beta::new(half, 0.5), ln_beta: ln_beta(half, 0.5) })
    }

    /// P(−|t| < T < |t|) and 2 · P(T > |t|).
    fn tails(&self, t: f64) -> (f64, f64) {
        if t.is_nan() {
            return (f64::NAN, f64::NAN);
        }
        let (t, df) = (t.abs(), self.df);
        if t > 1e140 {
            // Only the leading term is left: x^a / (a · B(a, 1/2)) with x = df/t², a = df/2.
            let leading = pow(df.sqrt() / t, df) * 2.0 / df / exp(self.ln_beta);
            return (1.0 - leading, leading);
        }
        if t < 1e-140 {
            return (2.0 * t * self.density(0.0), 1.0);
        }
        let square = Twofold::product(t, t);
        let whole = square.plus(df);
        let (outside, centre) = self.beta.tails(Twofold::from(df).over(whole), square.over(whole));
        (centre, outside)
    }

    fn density(&self, t: f64) -> f64 {
        let log = (self.df + 1.0) / 2.0 * ln_1p(t * (t / self.df)) + self.ln_beta;
        exp(-log) / self.df.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Forty-digit values of mpmath 1.4 at exactly these floats, as the nearest floats.
    const STUDENT: &[(f64, f64, f64)] = &[
        (0.001, 0.5, 0.9994606476684876),
        (0.7, 0.5, 0.6854006625207665),
        (1.96, 0.5, 0.44972297773837916),
        (5.836, 0.5, 0.2649244315915597),
        (34.8, 0.5, 0.10872108131327825),
        (10000.0, 0.5, 0.006414019503473943),
        (0.001, 1.0, 0.9993633804398389),
        (0.7, 1.0, 0.6111997755715705),
        (1.96, 1.0, 0.3003428917760331),
        (5.836, 1.0, 0.10803576174193122),
        (34.8, 1.0, 0.018288638861822755),
        (10000.0, 1.0, 6.366197702455154e-5),
        (0.001, 2.0, 0.9992928933955901),
        (0.7, 2.0, 0.5563930246328654),
        (1.96, 2.0, 0.18905730960173228),
        (5.836, 2.0, 0.02812799974380498),
        (34.8, 2.0, 0.000824715201237845),
        (10000.0, 2.0, 9.999999850000003e-9),
        (0.001, 8.0, 0.9992266021030893),
        (0.7, 8.0, 0.5037710520185448),
        (1.96, 8.0, 0.08565805345756301),
        (5.836, 8.0, 0.00038890524580706924),
        (34.8, 8.0, 5.084981999026167e-10),
        (10000.0, 8.0, 1.1199996774400592e-29),
        (0.001, 98.0, 0.99920414836377),
        (0.7, 98.0, 0.48558571094387853),
        (1.96, 98.0, 0.05283590387840338),
        (5.836, 98.0, 6.921987695182119e-8),
        (34.8, 98.0, 5.769661999950636e-57),
        (10000.0, 98.0, 2.9872819272461955e-296),
        (0.001, 200.0, 0.9992031123011388),
        (0.7, 200.0, 0.484740732993482),
        (1.96, 200.0, 0.05138484084581329),
        (5.836, 200.0, 2.128574495991597e-8),
        (34.8, 200.0, 8.566142784515858e-87),
    ];

    const FISHER: &[(f64, f64, f64, f64)] = &[
        (1.1, 1.0, 1.0, 0.4848366520178961),
        (300.0, 1.0, 1.0, 0.03671450200173291),
        (1.1, 1.0, 7.0, 0.3291220407127393),
        (300.0, 1.0, 7.0, 5.2562880465569e-7),
        (1.1, 1.0, 98.0, 0.2968457708614698),
        (300.0, 1.0, 98.0, 1.383565365928775e-31),
        (1.1, 1.0, 200.0, 0.2955318425527247),
        (300.0, 1.0, 200.0, 1.165155514963651e-41),
        (1.1, 2.0, 1.0, 0.5590169943749475),
        (300.0, 2.0, 1.0, 0.04079085082240021),
        (1.1, 2.0, 7.0, 0.3842251106529263),
        (300.0, 2.0, 7.0, 1.6469587476928652e-7),
        (1.1, 2.0, 98.0, 0.33694526203126457),
        (300.0, 2.0, 98.0, 1.6640332517990828e-42),
        (1.1, 2.0, 200.0, 0.33487632184931415),
        (300.0, 2.0, 200.0, 6.223015277861142e-61),
        (1.1, 9.0, 1.0, 0.6347397018393102),
        (300.0, 9.0, 1.0, 0.04477877196698285),
        (1.1, 9.0, 7.0, 0.46050480235604535),
        (300.0, 9.0, 7.0, 3.2524935334095415e-8),
        (1.1, 9.0, 98.0, 0.37006469478383786),
        (300.0, 9.0, 98.0, 3.4630840552805805e-67),
        (1.1, 9.0, 200.0, 0.36438677389888724),
        (300.0, 9.0, 200.0, 5.2942513039208215e-111),
    ];

    const CHI_SQUARED: &[(f64, f64, f64)] = &[
        (0.01, 0.5, 0.7069191052789804),
        (1.3, 0.5, 0.11800438224444433),
        (9.2, 0.5, 0.0007745740748708778),
        (40.0, 0.5, 5.803147475369233e-11),
        (230.0, 0.5, 8.880366118726273e-53),
        (900.0, 0.5, 1.0410487274869448e-198),
        (0.01, 1.0, 0.920344325445942),
        (1.3, 1.0, 0.25421322360396437),
        (9.2, 1.0, 0.0024201512716478485),
        (40.0, 1.0, 2.539628589470865e-10),
        (230.0, 1.0, 5.961322057054335e-52),
        (900.0, 1.0, 9.813427854296374e-198),
        (0.01, 2.0, 0.9950124791926823),
        (1.3, 2.0, 0.522045776761016),
        (9.2, 2.0, 0.010051835744633586),
        (40.0, 2.0, 2.061153622438558e-9),
        (230.0, 2.0, 1.1379798735078682e-50),
        (900.0, 2.0, 3.693883068487256e-196),
        (0.01, 6.0, 0.9999999792446357),
        (1.3, 6.0, 0.9716577019964411),
        (9.2, 6.0, 0.16263870234817138),
        (40.0, 6.0, 4.555149505589213e-7),
        (230.0, 6.0, 7.656897578897691e-47),
        (900.0, 6.0, 3.7567160194822246e-191),
        (0.01, 20.0, 1.0),
        (1.3, 20.0, 0.9999999979422552),
        (9.2, 20.0, 0.9804728552832268),
        (40.0, 20.0, 0.004995412308307587),
        (230.0, 20.0, 1.195923093444855e-37),
        (900.0, 20.0, 7.859350439695908e-178),
        (0.01, 200.0, 1.0),
        (1.3, 200.0, 1.0),
        (9.2, 200.0, 1.0),
        (40.0, 200.0, 1.0),
        (230.0, 200.0, 0.07161185852455389),
        (900.0, 200.0, 2.3608990755064563e-89),
    ];

    const NORMAL: &[(f64, f64)] = &[
        (-3.0, 0.9986501019683699),
        (0.0, 0.5),
        (0.3, 0.3820885778110474),
        (1.96, 0.024997895148220435),
        (5.5, 1.8989562465887718e-8),
        (13.3, 1.1573416283690325e-40),
        (28.8, 1.0724770621302363e-182),
        (37.0, 5.725571222524577e-300),
    ];

    const NORMAL_QUANTILE: &[(f64, f64)] = &[
        (1e-100, -21.273453560965326),
        (0.005, -2.575829303548901),
        (0.4999, -0.00025066283008800747),
        (0.52, 0.05015358346473366),
        (0.9, 1.2815515655446006),
        (0.975, 1.9599639845400538),
        (0.9999, 3.7190164854557084),
    ];

    const STUDENT_QUANTILE: &[(f64, f64, f64)] = &[
        (1e-12, 0.5, -1.02849115631634e23),
        (0.4999, 0.5, -0.00037081496095445096),
        (0.52, 0.5, 0.07436744669990203),
        (0.9, 0.5, 10.27032441023451),
        (0.975, 0.5, 164.55767348048823),
        (0.9999, 0.5, 10284911.563165652),
        (1e-12, 1.0, -318309886183.79065),
        (0.4999, 1.0, -0.0003141592756943707),
        (0.52, 1.0, 0.06291466725364982),
        (0.9, 1.0, 3.077683537175254),
        (0.975, 1.0, 12.706204736174694),
        (0.9999, 1.0, 3183.0987571185015),
        (1e-12, 2.0, -707106.7811854868),
        (0.4999, 2.0, -0.0002828427181314423),
        (0.52, 2.0, 0.05661385170722984),
        (0.9, 2.0, 1.885618083164127),
        (0.975, 2.0, 4.302652729749462),
        (0.9999, 2.0, 70.70007107496818),
        (1e-12, 8.0, -69.69504323785961),
        (0.4999, 8.0, -0.000258599054647853),
        (0.52, 8.0, 0.051745775152578576),
        (0.9, 8.0, 1.396815309743865),
        (0.975, 8.0, 2.3060041352041662),
        (0.9999, 8.0, 6.441999821020496),
        (1e-12, 98.0, -8.048392820164498),
        (0.4999, 98.0, -0.00025130308131364633),
        (0.52, 98.0, 0.05028201140719533),
        (0.9, 98.0, 1.2902499038902862),
        (0.975, 98.0, 1.9844674545084815),
        (0.9999, 98.0, 3.8646098552987658),
        (1e-12, 200.0, -7.503247657072683),
        (0.4999, 200.0, -0.00025097635325019844),
        (0.52, 200.0, 0.05021647260237879),
        (0.9, 200.0, 1.2857987939948012),
        (0.975, 200.0, 1.971896223633909),
        (0.9999, 200.0, 3.789120788747759),
    ];

    fn near(what: &str, got: f64, wanted: f64) {
        assert!((got - wanted).abs() <= 1e-13 * wanted.abs(), "{what}: {got:e} instead of {wanted:e}");
    }

    #[test]
    fn tails_have_thirteen_digits_however_far() {
        for &(t, df, wanted) in STUDENT {
            near(&format!("student {t} {df}"), student_two_sided(t, df), wanted);
            near(&format!("student {t} {df}"), student_two_sided(-t, df), wanted);
        }
        for &(f, d1, d2, wanted) in FISHER {
            near(&format!("fisher {f} {d1} {d2}"), fisher_upper(f, d1, d2), wanted);
        }
        for &(x, df, wanted) in CHI_SQUARED {
            near(&format!("chi-squared {x} {df}"), chi_squared_upper(x, df), wanted);
        }
        for &(z, wanted) in NORMAL {
            near(&format!("normal {z}"), normal_upper(z), wanted);
        }
    }

    #[test]
    fn suprema_have_the_known_critical_values() {
        // Smirnov (1948); Brown, Durbin and Evans (1975) give 0.948 at 5 % and 1.143 at 1 %.
        near("Kolmogorov", kolmogorov_upper(1.0), 0.26999967167735456);
        near("Kolmogorov", kolmogorov_upper(0.5), 0.9639452436648751);
        assert!((recursive_boundary_upper(0.948) - 0.05).abs() < 1e-4);
        assert!((recursive_boundary_upper(1.143) - 0.01).abs() < 1e-4);
        // Alexandersson and Moberg (1997): T₀ = (n − 1) V² at 5 % is 6.95 for n = 20, 8.45 for 50 and 9.15 for 100.
        for (n, t) in [(20_u8, 6.95), (50, 8.45), (100, 9.15)] {
            let v = (t / (f64::from(n) - 1.0)).sqrt();
            let p = break_upper(Break::V, v, n.into()).expect("a value");
            assert!((p - 0.05).abs() < 0.006, "{n}: {p}");
        }
        let ps = [0.2, 0.9, 1.2, 1.5, 2.0, 9.0].map(|x| break_upper(Break::Range, x, 27).expect("a value"));
        assert!(ps.is_sorted_by(|a, b| a >= b) && (ps[5] - 0.0001).abs() < 1e-15 && ps[0] < 1.0, "{ps:?}");
        assert_eq!((break_upper(Break::Q, 1.0, 3), break_upper(Break::Q, 1.0, 1001)), (None, None));
    }

    /// From the integral of the density, the far tail from Legendre's fraction, at 40 digits (mpmath): other ways than the expansion.
    #[test]
    fn chi_squared_keeps_its_digits_at_any_freedom() {
        for (x, df, wanted) in [
            (2002000.0, 2e6, 0.158_655_213_631_659_7),
            (400565685.4249492, 4e8, 3.324_357_553_750_078e-89),
            (2000126491.1064067, 2e9, 0.022_751_839_265_495_31),
            (1999810263.34039, 2e9, 0.998_650_475_670_261_8),
            (2000003920000.0, 2e12, 0.024_997_950_503_451_92),
            (2000016000000.0, 2e12, 6.222_021_635_306_897e-16),
            (9999999929289322.0, 1e16, 0.691_462_459_733_885_8),
        ] {
            let got = chi_squared_upper(x, df);
            // The place of x among the floats alone moves the far tails by a little more.
            assert!((got - wanted).abs() <= 1e-11 * wanted, "chi-squared {x} {df}: {got:e} instead of {wanted:e}");
        }
        for (p, df) in [(0.025, 2e12), (0.975, 2e15), (0.5, 3e8)] {
            let got = chi_squared_upper(chi_squared_isf(p, df), df);
            assert!((got - p).abs() <= 1e-7 * p, "chi-squared isf {p} {df}: {got:e}");
        }
    }

    #[test]
    fn chi_squared_values_are_found_back() {
        for (p, df) in [(0.025, 2.0), (0.975, 2.0), (0.5, 7.0), (1e-9, 0.5), (0.3, 131.0)] {
            near("chi-squared isf", chi_squared_upper(chi_squared_isf(p, df), df), p);
        }
    }

    #[test]
    fn quantiles_have_thirteen_digits() {
        for &(p, wanted) in NORMAL_QUANTILE {
            near(&format!("normal quantile {p}"), normal_quantile(p), wanted);
        }
        for &(p, df, wanted) in STUDENT_QUANTILE {
            near(&format!("student quantile {p} {df}"), student_quantile(p, df), wanted);
        }
    }

    #[test]
    fn the_ends_are_what_they_are() {
        assert_eq!(student_two_sided(0.0, 5.0), 1.0);
        assert_eq!(student_two_sided(f64::INFINITY, 5.0), 0.0);
        assert_eq!(fisher_upper(0.0, 1.0, 8.0), 1.0);
        assert_eq!(fisher_upper(f64::INFINITY, 1.0, 8.0), 0.0);
        near("fisher 1e304 1 1", fisher_upper(1e304, 1.0, 1.0), 2.0 / PI * 1e-152);
        assert_eq!(chi_squared_upper(0.0, 3.0), 1.0);
        assert_eq!(chi_squared_upper(f64::INFINITY, 3.0), 0.0);
        assert_eq!(normal_quantile(0.5), 0.0);
        assert_eq!(student_quantile(1.0, 3.0), f64::INFINITY);
        assert!(student_quantile(1.5, 3.0).is_nan() && normal_quantile(-0.1).is_nan());
    }
}
