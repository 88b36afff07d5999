//! Sup F: does a series have other coefficients after a date that nobody knew beforehand (Andrews).

use super::chow::{Cuts, MODEL};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::distribution;
use crate::analysis::numeric::segments::Model;
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
        Output::whole("sup_f_p", "p = P(χ²(ν) ≥ θ₀ + θ₁ · sup F)").flow(),
    ],
    run,
};

/// Hansen (1997): θ₀, θ₁ and ν for the largest statistic, for τ = 0.49, 0.47, … 0.01; one coefficient, then two.
const HANSEN: [[(f64, f64, f64); 25]; 2] = [
    [
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
    ],
    [
        (-0.03933112, 0.99525784, 2.44239332),
        (-0.14650989, 0.9938654, 2.78837829),
        (-0.28765583, 0.98139359, 2.93724618),
        (-0.35528752, 0.9942739, 3.18187129),
        (-0.49538961, 0.96923268, 3.19484388),
        (-0.58780544, 0.97339124, 3.32763253),
        (-0.66900489, 0.97444133, 3.44170617),
        (-0.77825803, 0.96678414, 3.48652761),
        (-0.87260977, 0.97626434, 3.61709836),
        (-0.96782445, 0.97636983, 3.6779502),
        (-1.07358977, 0.97407744, 3.71945379),
        (-1.12531079, 0.99897105, 3.95114475),
        (-1.16041007, 1.01629918, 4.14932643),
        (-1.2975797, 1.015268, 4.17103882),
        (-1.36743697, 1.03004743, 4.3223804),
        (-1.43012785, 1.05139461, 4.53836755),
        (-1.53311747, 1.05280599, 4.61175851),
        (-1.65273586, 1.05932633, 4.69340428),
        (-1.79350728, 1.04936541, 4.68380985),
        (-1.9117747, 1.0588459, 4.8073354),
        (-2.02659329, 1.07200268, 4.97772701),
        (-2.18499383, 1.08674781, 5.14231666),
        (-2.3765858, 1.11342895, 5.40268693),
        (-2.51267262, 1.15305027, 5.88573096),
        (-3.05559851, 1.17629253, 6.11067794),
    ],
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
            Err(Reason::Undefined) => f64::INFINITY,
            f => f?,
        };
        if best.is_none_or(|(_, greatest)| f > greatest) {
            best = Some((first, f));
        }
    }
    let (first, f) = best.ok_or(Reason::TooFew)?;
    let period = Outcome::whole("sup_f_period", frame.part(first - 1));
    if f.is_infinite() {
        return Ok(vec![Outcome::whole("sup_f_statistic", Reason::Undefined), period, Outcome::whole("sup_f_p", 0.0)]);
    }
    let statistic = q as f64 * f;
    let (n, from, to) = (cuts.rows() as f64, from as f64, to as f64);
    let share = 1.0 / (1.0 + ((n - from) * to / (from * (n - to))).sqrt());
    Ok(vec![
        Outcome::whole("sup_f_statistic", statistic),
        period,
        Outcome::whole("sup_f_p", p(statistic, cuts.model(), share)),
    ])
}

/// Returns the significance, between the two nearest of Hansen's shares in a straight line.
fn p(statistic: f64, model: Model, share: f64) -> f64 {
    let table = &HANSEN[model.coefficients() - 1];
    let at = |place: usize| {
        let (constant, slope, freedom) = table[place];
        distribution::chi_squared_upper((constant + slope * statistic).max(0.0), freedom)
    };
    let known = || distribution::chi_squared_upper(statistic, model.coefficients() as f64);
    match share {
        _ if share >= 0.5 => known(),
        _ if share >= 0.49 => ((0.5 - share) * at(0) + (share - 0.49) * known()) * 100.0,
        _ if share <= 0.01 => at(24),
        _ => {
            let place = (0.51 - share) * 50.0;
            let below = place.floor();
            (below + 1.0 - place) * at(below as usize - 1) + (place - below) * at((below as usize).min(24))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greater_statistic_and_a_narrower_search_are_less_likely() {
        for model in [Model::Level, Model::Trend] {
            let of = |statistic: f64, share: f64| p(statistic, model, share);
            assert!(of(14.0, 0.15) < of(9.0, 0.15) && of(9.0, 0.3) < of(9.0, 0.15) && of(9.0, 0.495) < of(9.0, 0.48));
            assert!(of(1e6, 0.15) > 0.0);
        }
        // Andrews (2003): the critical value at 5 % for one coefficient and τ = 0.15 is 8.68.
        assert!((p(8.68, Model::Level, 0.15) - 0.05).abs() < 0.003);
    }
}
