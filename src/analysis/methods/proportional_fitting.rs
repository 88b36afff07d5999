//! Iterative proportional fitting: a matrix of flows brought to totals that are known better.

use std::collections::BTreeMap;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::sum;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "proportional_fitting",
    group: Group::Demography,
    along: Along::Flows,
    roles: &[
        Role::required("flow", Takes::NonNegative),
        Role::required("origin", Takes::Label),
        Role::required("destination", Takes::Label),
        Role::required("origin_total", Takes::NonNegative),
        Role::required("destination_total", Takes::NonNegative),
    ],
    params: &[Param::new("iterations", ParamKind::Count(1, 10_000), "1000")],
    outputs: &[
        Output::row("fitted_flow", "M(ij) · r(i) · s(j): Σ(j) = O(i), Σ(i) = D(j)").unit_of("flow"),
        Output::whole("fitting_error", "max |ΣM − O|, max |ΣM − D|").unit_of("flow").flow(),
        Output::whole("fitting_steps", "s").unit(Unit::Count).flow(),
        Output::whole("fitting_margins", "ΣO − ΣD").difference_of("flow"),
    ],
    run,
};

/// A step that leaves less than this share of the whole is the last.
const ENOUGH: f64 = 1e-13;

/// The rows of one origin or destination, with its total.
struct Margin {
    rows: Vec<usize>,
    total: f64,
}

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (origins, destinations) =
        (margins(frame, "origin", "origin_total")?, margins(frame, "destination", "destination_total")?);
    let totals = |of: &[(Margin, Amount)]| crate::analysis::numeric::exact::total(of.iter().map(|(_, total)| total));
    let apart = totals(&origins).minus(&totals(&destinations));
    let whole = totals(&origins).to_f64();
    let mut flows: Vec<f64> =
        (0..frame.rows).map(|row| Ok(frame.unsigned("flow", row)?.to_f64())).collect::<Result<_, Reason>>()?;
    if flows.is_empty() {
        return Err(Reason::TooFew);
    }
    if whole == 0.0 {
        return Err(Reason::ZeroTotal);
    }
    let mut found = vec![Outcome::whole("fitting_margins", apart.clone())];
    if apart.to_f64().abs() > 1e-9 * whole {
        // Totals that do not agree have no matrix.
        found.push(Outcome::whole("fitting_error", Reason::Undefined));
        found.push(Outcome::whole("fitting_steps", 0_usize));
        found.extend((0..frame.rows).map(|row| Outcome::row("fitted_flow", row, Reason::Undefined)));
        return Ok(found);
    }
    let of = |flows: &[f64], margin: &Margin| sum(margin.rows.iter().map(|row| flows[*row]));
    let off = |flows: &[f64]| {
        let margins = origins.iter().chain(&destinations);
        margins.map(|(margin, _)| (of(flows, margin) - margin.total).abs()).fold(0.0, f64::max)
    };
    let mut steps = 0;
    while steps < frame.count("iterations") && off(&flows) > ENOUGH * whole {
        for side in [&origins, &destinations] {
            for (margin, _) in side {
                let now = of(&flows, margin);
                if now > 0.0 {
                    margin.rows.iter().for_each(|row| flows[*row] *= margin.total / now);
                } else if margin.total > 0.0 {
                    // Nothing can be raised from zeros.
                    return Err(Reason::ZeroBase);
                }
            }
        }
        steps += 1;
    }
    found.push(Outcome::whole("fitting_error", off(&flows)));
    found.push(Outcome::whole("fitting_steps", steps));
    found.extend(flows.iter().enumerate().map(|(row, flow)| Outcome::row("fitted_flow", row, *flow)));
    Ok(found)
}

/// Gathers the rows of each label; its total must be the same in all of them.
fn margins(frame: &Frame, role: &'static str, total: &'static str) -> Result<Vec<(Margin, Amount)>, Reason> {
    let mut found: BTreeMap<&str, (Vec<usize>, Amount)> = BTreeMap::new();
    for (row, label) in frame.labels(role).iter().enumerate() {
        let here = frame.unsigned(total, row)?;
        let entry = found.entry(label).or_insert_with(|| (Vec::new(), here.clone()));
        if entry.1 != *here {
            return Err(Reason::Undefined);
        }
        entry.0.push(row);
    }
    Ok(found.into_values().map(|(rows, total)| (Margin { rows, total: total.to_f64() }, total)).collect())
}
