//! Concordance: do several lists put the same units in the same order (Kendall's W).

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{distribution, order, ranks};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "concordance",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::many("rating", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("concordance_raters", "m").unit(Unit::Count).flow(),
        Output::whole("concordance_w", "W = 12Σ(R(i) − R̄)² / (m²(n³ − n) − mΣ(g³ − g))").flow(),
        Output::whole("concordance_chi_squared", "χ² = m(n − 1)W").flow(),
        Output::whole("concordance_p", "n ≤ 5, m ≤ 10: #{π: W(π) ≥ W} / n!^m; P(χ²(n − 1) ≥ m(n − 1)W)").p(),
        Output::whole("concordance_p_exact", "p = #{π: W(π) ≥ W} / n!^m").p(),
        Output::whole("concordance_p_chi_squared", "p = P(χ²(n − 1) ≥ m(n − 1)W)").p(),
        Output::row("concordance_mean_rank", "R(i) / m").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mut raters: Vec<Vec<i64>> = Vec::new();
    let (mut ties, mut weight) = (0_i64, 0_i64);
    for column in frame.columns("rating") {
        let values: Vec<&Amount> =
            column.values.iter().map(|value| value.as_ref().map_err(|reason| *reason)).collect::<Result<_, _>>()?;
        let dense = order::dense_ranks(&values);
        ties += order::ties(&dense).iter().map(|g| (*g as i64).pow(3) - *g as i64).sum::<i64>();
        weight += 1;
        raters.push(order::mid_ranks(&dense).into_iter().map(|rank| (2.0 * rank) as i64).collect());
    }
    let (m, n) = (weight, frame.rows as i64);
    if m < 2 || n < 2 {
        return Err(Reason::TooFew);
    }
    let sums: Vec<i64> = (0..frame.rows).map(|row| raters.iter().map(|ranks| ranks[row]).sum()).collect();
    // Sums of doubled ranks: their mean is m(n + 1), and the squares are four times as large.
    let off: i64 = sums.iter().map(|sum| (sum - m * (n + 1)).pow(2)).sum();
    let below = m * m * (n.pow(3) - n) - m * ties;
    let w = Amount::ratio(3 * off, below).ok_or(Reason::ZeroVariance)?;
    let chi = w.times(&Amount::Integer(m * (n - 1)));
    let exact = ranks::concordance(&raters);
    let p = Amount::float(distribution::chi_squared_upper(chi.to_f64(), (n - 1) as f64)).ok_or(Reason::Undefined);
    let mut found = vec![
        Outcome::whole("concordance_raters", m),
        Outcome::whole("concordance_w", w),
        Outcome::whole("concordance_chi_squared", chi),
        Outcome::whole("concordance_p", exact.clone().or_else(|_| p.clone())),
        Outcome::whole("concordance_p_exact", exact),
        Outcome::whole("concordance_p_chi_squared", p),
    ];
    for (row, sum) in sums.iter().enumerate() {
        let mean = Amount::ratio(*sum, 2 * m).ok_or(Reason::TooFew);
        found.push(Outcome::row("concordance_mean_rank", row, mean));
    }
    Ok(found)
}
