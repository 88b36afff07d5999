//! Kruskal–Wallis: do several groups of units differ in the height of their values.

use num_bigint::BigInt;
use num_traits::One;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::distribution;
use crate::analysis::numeric::ranks::{self, Samples};
use crate::analysis::numeric::whole::simplest;
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "kruskal_wallis",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed), Role::required("group", Takes::Label)],
    params: &[],
    outputs: &[
        Output::member("kruskal_wallis_n", "n(i)").unit(Unit::Count).flow(),
        Output::member("kruskal_wallis_mean_rank", "R(i) / n(i)").flow(),
        Output::whole("kruskal_wallis_h", "H = (12/(n(n + 1)) · ΣR(i)²/n(i) − 3(n + 1)) / (1 − Σ(g³ − g) / (n³ − n))")
            .flow(),
        Output::whole("kruskal_wallis_epsilon", "ε² = H / (n − 1)").flow(),
        Output::whole("kruskal_wallis_p", "n!/Πn(i)! ≤ 100000: #{π: H(π) ≥ H} · Πn(i)!/n!; P(χ²(k − 1) ≥ H)").p(),
        Output::whole("kruskal_wallis_p_exact", "p = #{π: H(π) ≥ H} · Πn(i)!/n!").p(),
        Output::whole("kruskal_wallis_p_chi_squared", "p = P(χ²(k − 1) ≥ H)").p(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let samples = Samples::of(frame.values("value"), frame.labels("group"));
    let (n, groups) = (samples.count() as i64, samples.ranks.len());
    if groups < 2 || n < 3 {
        return Err(Reason::TooFew);
    }
    let tied: i64 = samples.ties.iter().map(|g| (*g as i64).pow(3) - *g as i64).sum();
    let left = n.pow(3) - n - tied;
    if left == 0 {
        return Err(Reason::ZeroVariance);
    }
    // Σ(2R)²/n(i) less its mean n(n + 1)², over n(n + 1)/3 · (1 − ties).
    let squares = samples.ranks.iter().fold(Amount::ZERO, |sum, ranks| {
        let of = ranks.iter().sum::<i64>();
        let square = simplest(&(BigInt::from(of) * of), &BigInt::one());
        sum.plus(&square.divided_by(&Amount::Integer(ranks.len() as i64)).unwrap_or(Amount::ZERO))
    });
    let off = squares.minus(&simplest(&(BigInt::from(n) * (n + 1) * (n + 1)), &BigInt::one()));
    let scale = Amount::Integer(3 * (n - 1)).divided_by(&Amount::Integer(left));
    let h = off.times(&scale.ok_or(Reason::ZeroVariance)?);
    let exact = ranks::several_samples(&samples);
    let chi = Amount::float(distribution::chi_squared_upper(h.to_f64(), (groups - 1) as f64)).ok_or(Reason::Undefined);
    let mut found = Vec::new();
    for (label, ranks) in samples.labels.iter().zip(&samples.ranks) {
        let member = || Part::Category(label.as_str().into());
        let mean = Amount::ratio(ranks.iter().sum::<i64>(), 2 * ranks.len() as i64).ok_or(Reason::TooFew);
        found.push(Outcome::member("kruskal_wallis_n", member(), ranks.len()));
        found.push(Outcome::member("kruskal_wallis_mean_rank", member(), mean));
    }
    let epsilon = h.divided_by(&Amount::Integer(n - 1)).ok_or(Reason::TooFew);
    found.push(Outcome::whole("kruskal_wallis_h", h));
    found.push(Outcome::whole("kruskal_wallis_epsilon", epsilon));
    found.push(Outcome::whole("kruskal_wallis_p", exact.clone().or_else(|_| chi.clone())));
    found.push(Outcome::whole("kruskal_wallis_p_exact", exact));
    found.push(Outcome::whole("kruskal_wallis_p_chi_squared", chi));
    Ok(found)
}
