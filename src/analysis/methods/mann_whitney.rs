//! Mann–Whitney: do two groups of units differ in the height of their values.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::distribution;
use crate::analysis::numeric::ranks::{self, Samples};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "mann_whitney",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed), Role::required("group", Takes::Label)],
    params: &[],
    outputs: &[
        Output::whole("mann_whitney_first", "g₁ < g₂"),
        Output::whole("mann_whitney_n1", "n₁").unit(Unit::Count).flow(),
        Output::whole("mann_whitney_n2", "n₂").unit(Unit::Count).flow(),
        Output::whole("mann_whitney_u", "U = R₁ − n₁(n₁ + 1)/2").flow(),
        Output::whole("mann_whitney_effect", "r = 2U / (n₁n₂) − 1"),
        Output::whole("mann_whitney_p", "n ≤ 50: #{π: |R₁(π) − E| ≥ |R₁ − E|} / C(n; n₁); n > 50: P(|Z| ≥ |z|)").p(),
        Output::whole("mann_whitney_p_exact", "p = #{π: |R₁(π) − E| ≥ |R₁ − E|} / C(n; n₁)").p(),
        Output::whole(
            "mann_whitney_p_normal",
            "z = (|U − n₁n₂/2| − ½) / √(n₁n₂/12 · (n + 1 − Σ(g³ − g) / (n(n − 1))))",
        )
        .p(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let samples = Samples::of(frame.values("value"), frame.labels("group"));
    let [first, second] = &samples.ranks[..] else {
        return Err(if samples.ranks.len() < 2 { Reason::TooFew } else { Reason::Unsuited });
    };
    let (n1, n2) = (first.len() as i64, second.len() as i64);
    let n = n1 + n2;
    // Twice U, which is whole.
    let doubled = first.iter().sum::<i64>() - n1 * (n1 + 1);
    let tied: i64 = samples.ties.iter().map(|g| (*g as i64).pow(3) - *g as i64).sum();
    let spread = (n + 1) as f64 - tied as f64 / (n * (n - 1)) as f64;
    let variance = (n1 * n2) as f64 / 12.0 * spread;
    let (exact, normal) = if tied == n.pow(3) - n {
        (Err(Reason::ZeroVariance), Err(Reason::ZeroVariance))
    } else {
        let off = ((doubled - n1 * n2).abs() as f64 / 2.0 - 0.5) / variance.sqrt();
        // The correction may not turn a distance into one on the other side.
        let z = off.max(0.0);
        (ranks::two_samples(&samples), Amount::float(distribution::normal_two_sided(z)).ok_or(Reason::Undefined))
    };
    Ok(vec![
        Outcome::whole("mann_whitney_first", samples.labels[0].as_str()),
        Outcome::whole("mann_whitney_n1", n1),
        Outcome::whole("mann_whitney_n2", n2),
        Outcome::whole("mann_whitney_u", Amount::ratio(doubled, 2).ok_or(Reason::Undefined)),
        Outcome::whole("mann_whitney_effect", Amount::ratio(doubled - n1 * n2, n1 * n2).ok_or(Reason::Undefined)),
        Outcome::whole(
            "mann_whitney_p",
            exact.clone().or_else(|reason| match reason {
                Reason::ZeroVariance => Err(reason),
                _ => normal.clone(),
            }),
        ),
        Outcome::whole("mann_whitney_p_exact", exact),
        Outcome::whole("mann_whitney_p_normal", normal),
    ])
}
