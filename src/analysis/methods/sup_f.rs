//! Sup F: does a series have other coefficients after a date that nobody knew beforehand (Andrews).

use super::chow::{Cuts, MODEL};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::distribution;
use crate::analysis::numeric::supremum::Search;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "sup_f",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[MODEL, Param::new("trim", ParamKind::Number(0.01, 0.49), "0.15")],
    outputs: &[
        Output::whole("sup_f_statistic", "sup F = max q · F(k), ⌊τn⌋ ≤ k ≤ ⌊(1 − τ)n⌋").flow(),
        Output::whole("sup_f_period", "arg max F(k)"),
        Output::whole("sup_f_p", "p = P(sup F(ξ) ≥ sup F), ξ ~ N(0; 1)").p(),
        Output::whole("sup_f_p_limit", "p = P(χ²(ν) ≥ θ₀ + θ₁ · sup F)").p(),
    ],
    run,
};

/// Hansen (1997): θ₀, θ₁ and ν for the largest statistic of one coefficient, for τ = 0.49, 0.47, … 0.01.
const HANSEN: [(f64, f64, f64); 25] = [
    (-0.0648467, 0.99671156, 1.2573241),
    (-0.15305667, 0.96757645, 1.43651315),
    (-0.23071675, 0.95825013, 1.56531261),
    (-0.29247661, 0.95715782, 1.68851898),
    (-0.35706588, 0.95237505, 1.77889686),
    (-0.40514715, 0.96055795, 1.89761322),
    (-0.45248386, 0.95810999, 1.98370422),
    (-0.50458517, 0.96149538, 2.07086519),
    (-0.55009159, 0.96684273, 2.17244338),
    (-0.60241623, 0.96518399, 2.23509053),
    (-0.64308746, 0.97354902, 2.33722161),
    (-0.68833676, 0.97829106, 2.42776524),
    (-0.73136161, 0.9820687, 2.50833918),
    (-0.78078198, 0.99475319, 2.6209551),
    (-0.82894221, 1.00023473, 2.70286643),
    (-0.88430133, 1.00162529, 2.77835798),
    (-0.9499265, 1.00384268, 2.84325795),
    (-0.98828874, 1.01604712, 2.96752918),
    (-1.04892713, 1.02570939, 3.08442682),
    (-1.11527783, 1.03526033, 3.19770394),
    (-1.14992644, 1.06643436, 3.44739573),
    (-1.24010871, 1.06929468, 3.54993605),
    (-1.38522113, 1.06808543, 3.61667211),
    (-1.48296473, 1.1283969, 4.07202473),
    (-1.78738608, 1.17220925, 4.4726701),
];

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let cuts = Cuts::of(frame)?;
    let q = cuts.model().coefficients();
    let (n, trim) = (Amount::Integer(cuts.rows() as i64), frame.amount("trim"));
    let floor = |share: Amount| share.times(&n).to_f64() as usize;
    let from = floor(trim.clone()).max(q + 1);
    let to = floor(Amount::Integer(1).minus(&trim)).min(cuts.rows().saturating_sub(q + 1));
    let mut best: Option<(usize, f64)> = None;
    for first in from..=to {
        let f = match cuts.f(first) {
            Err(Reason::Undefined) if cuts.varies() => f64::INFINITY,
            f => f?,
        };
        if best.is_none_or(|(_, greatest)| f > greatest) {
            best = Some((first, f));
        }
    }
    let (first, f) = best.ok_or(Reason::TooFew)?;
    let statistic = if f.is_finite() { Ok(q as f64 * f) } else { Err(Reason::Undefined) };
    let search = Search { coefficients: q, levels: cuts.rows(), from, to };
    Ok(vec![
        Outcome::whole("sup_f_statistic", statistic),
        Outcome::whole("sup_f_period", frame.part(first - 1)),
        Outcome::whole("sup_f_p", search.upper(f).ok_or(Reason::TooMany)),
        Outcome::whole("sup_f_p_limit", limit(f, &search)),
    ])
}

/// Returns the significance in the limit, between the two nearest of Hansen's shares in a straight line; the limit of a
/// model with a trend is another, which he gives no values of.
fn limit(statistic: f64, search: &Search) -> Result<f64, Reason> {
    if search.coefficients > 1 {
        return Err(Reason::OutOfScope);
    }
    let (n, from, to) = (search.levels as f64, search.from as f64, search.to as f64);
    let share = 1.0 / (1.0 + ((n - from) * to / (from * (n - to))).sqrt());
    let at = |place: usize| {
        let (constant, slope, freedom) = HANSEN[place];
        distribution::chi_squared_upper((constant + slope * statistic).max(0.0), freedom)
    };
    let known = || distribution::chi_squared_upper(statistic, 1.0);
    Ok(match share {
        _ if share >= 0.5 => known(),
        _ if share >= 0.49 => ((0.5 - share) * at(0) + (share - 0.49) * known()) * 100.0,
        _ if share <= 0.01 => at(24),
        _ => {
            let place = (0.51 - share) * 50.0;
            let below = place.floor();
            (below + 1.0 - place) * at(below as usize - 1) + (place - below) * at((below as usize).min(24))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_has_the_known_critical_values() {
        let of = |statistic: f64, from: usize| {
            limit(statistic, &Search { coefficients: 1, levels: 1000, from, to: 1000 - from }).expect("one coefficient")
        };
        assert!(of(14.0, 150) < of(9.0, 150) && of(9.0, 300) < of(9.0, 150) && of(9.0, 495) < of(9.0, 480));
        // Andrews (2003): the critical value at 5 % for one coefficient and τ = 0.15 is 8.68.
        assert!((of(8.68, 150) - 0.05).abs() < 0.003);
        assert!(limit(9.0, &Search { coefficients: 2, levels: 20, from: 3, to: 17 }).is_err());
    }
}
