//! Gravity: flows explained by the sizes of both places and the distance between them, by Poisson's likelihood.

use std::collections::BTreeMap;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::{distribution, exp, ln, sum};
use crate::finding::{Amount, Part, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "gravity",
    group: Group::Demography,
    along: Along::Flows,
    roles: &[
        Role::required("flow", Takes::NonNegative),
        Role::required("origin", Takes::Label),
        Role::required("destination", Takes::Label),
        Role::required("population", Takes::Positive),
        Role::required("distance", Takes::Positive),
    ],
    params: &[Param::new("iterations", ParamKind::Count(5, 200), "50")],
    outputs: &[
        Output::member("gravity_coefficient", "ln E M(ij) = a + b₁ · ln P(i) + b₂ · ln P(j) + b₃ · ln d(ij)"),
        Output::member("gravity_standard_error", "√[A⁻¹ · X′diag((M − μ)²)X · A⁻¹](k,k), A = X′diag(μ)X").flow(),
        Output::member("gravity_p", "p = 2 · [1 − Φ(|b / se|)]").p(),
        Output::whole("gravity_deviance", "2Σ[M · ln(M/μ) − (M − μ)]").flow(),
        Output::whole("gravity_r_squared", "r²(M, μ)").flow(),
        Output::whole("gravity_last_step", "max |b(s) − b(s − 1)|").flow(),
        Output::row("gravity_fitted", "μ(ij)").unit_of("flow").level(),
    ],
    run,
};

const TERMS: [&str; 4] = ["constant", "origin", "destination", "distance"];

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (origins, destinations) = (frame.labels("origin"), frame.labels("destination"));
    let mut people: BTreeMap<&str, &Amount> = BTreeMap::new();
    for (row, origin) in origins.iter().enumerate() {
        let here = frame.unsigned("population", row)?;
        if people.insert(origin, here).is_some_and(|known| known != here) {
            return Err(Reason::Undefined);
        }
    }
    let log = |value: &Amount| if value.signum() > 0 { Ok(ln(value.to_f64())) } else { Err(Reason::ZeroBase) };
    let (mut flows, mut x, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for (row, (origin, destination)) in origins.iter().zip(destinations).enumerate() {
        if origin == destination {
            continue;
        }
        let other = people.get(destination.as_str()).ok_or(Reason::Missing)?;
        let distance = frame.unsigned("distance", row)?;
        x.push([1.0, log(people[origin.as_str()])?, log(other)?, log(distance)?]);
        flows.push(frame.unsigned("flow", row)?.to_f64());
        rows.push(row);
    }
    let n = flows.len();
    if n <= TERMS.len() {
        return Err(Reason::TooFew);
    }
    let mean_flow = sum(flows.iter().copied()) / n as f64;
    if mean_flow == 0.0 {
        return Err(Reason::ZeroTotal);
    }
    // Logarithms about their means: the steps are better conditioned, and the constant is brought back at the end.
    let means: Vec<f64> = (0..4).map(|k| if k == 0 { 0.0 } else { sum(x.iter().map(|x| x[k])) / n as f64 }).collect();
    let centred: Vec<[f64; 4]> = x.iter().map(|x| [0, 1, 2, 3].map(|k| x[k] - means[k])).collect();
    let product = |weights: &[f64]| -> [[f64; 4]; 4] {
        let mut product = [[0.0; 4]; 4];
        for a in 0..4 {
            for b in a..4 {
                product[a][b] = sum(centred.iter().zip(weights).map(|(x, w)| x[a] * x[b] * w));
                product[b][a] = product[a][b];
            }
        }
        product
    };
    let constant = (1..4).any(|k| centred.iter().all(|x| x[k] == centred[0][k]));
    let singular = if constant { Reason::ZeroVariance } else { Reason::Collinear };
    let mut b = [ln(mean_flow), 0.0, 0.0, 0.0];
    let at = |b: &[f64; 4]| -> Vec<f64> { centred.iter().map(|x| exp((0..4).map(|k| x[k] * b[k]).sum())).collect() };
    let mut step = f64::INFINITY;
    for _ in 0..frame.count("iterations") {
        let fitted = at(&b);
        let score =
            [0, 1, 2, 3].map(|k| sum(centred.iter().zip(flows.iter().zip(&fitted)).map(|(x, (m, f))| x[k] * (m - f))));
        let solved = inverse(product(&fitted)).ok_or(singular)?;
        let move_by = solved.map(|row| (0..4).map(|k| row[k] * score[k]).sum::<f64>());
        step = move_by.iter().fold(0.0, |most: f64, by| most.max(by.abs()));
        if !step.is_finite() {
            return Err(Reason::Undefined);
        }
        // A step of more than two in a logarithm is shortened: the likelihood has one summit only.
        let short = if step > 2.0 { 2.0 / step } else { 1.0 };
        let next = [0, 1, 2, 3].map(|k| b[k] + short * move_by[k]);
        // From the same place every further step is the same.
        if next == b {
            break;
        }
        b = next;
    }
    let fitted = at(&b);
    let bread = inverse(product(&fitted)).ok_or(singular)?;
    // The constant of the logarithms as they are takes the means off.
    let mut terms = bread;
    for column in 0..4 {
        terms[0][column] -= (1..4).map(|k| means[k] * bread[k][column]).sum::<f64>();
    }
    let error = |k: usize| {
        let of = |(x, (m, f)): (&[f64; 4], (&f64, &f64))| {
            let influence: f64 = (0..4).map(|c| terms[k][c] * x[c]).sum::<f64>() * (m - f);
            influence * influence
        };
        sum(centred.iter().zip(flows.iter().zip(&fitted)).map(of)).sqrt()
    };
    let deviance = sum(flows.iter().zip(&fitted).map(|(m, f)| {
        let ratio = if *m > 0.0 { m * ln(m / f) } else { 0.0 };
        2.0 * (ratio - (m - f))
    }));
    let mut found = Vec::new();
    for (k, term) in TERMS.iter().enumerate() {
        let value = if k == 0 { b[0] - (1..4).map(|k| means[k] * b[k]).sum::<f64>() } else { b[k] };
        let member = || Part::Category((*term).into());
        let error = error(k);
        let z = if error > 0.0 { Ok(value / error) } else { Err(Reason::Undefined) };
        found.push(Outcome::member("gravity_coefficient", member(), value));
        found.push(Outcome::member("gravity_standard_error", member(), error));
        found.push(Outcome::member("gravity_p", member(), z.map(distribution::normal_two_sided)));
    }
    found.push(Outcome::whole("gravity_deviance", deviance.max(0.0)));
    found.push(Outcome::whole("gravity_r_squared", correlation(&flows, &fitted)));
    found.push(Outcome::whole("gravity_last_step", step));
    found.extend(rows.iter().zip(&fitted).map(|(row, fitted)| Outcome::row("gravity_fitted", *row, *fitted)));
    Ok(found)
}

fn correlation(a: &[f64], b: &[f64]) -> Result<f64, Reason> {
    let n = a.len() as f64;
    let (ma, mb) = (sum(a.iter().copied()) / n, sum(b.iter().copied()) / n);
    let ab = sum(a.iter().zip(b).map(|(a, b)| (a - ma) * (b - mb)));
    let (aa, bb) = (sum(a.iter().map(|a| (a - ma) * (a - ma))), sum(b.iter().map(|b| (b - mb) * (b - mb))));
    if aa * bb == 0.0 { Err(Reason::ZeroVariance) } else { Ok(ab / aa * (ab / bb)) }
}

/// The inverse of a symmetric matrix by elimination with the greatest pivots; `None` where there is none.
fn inverse(matrix: [[f64; 4]; 4]) -> Option<[[f64; 4]; 4]> {
    let mut rows = [0, 1, 2, 3].map(|i| {
        let mut row = [0.0; 8];
        row[..4].copy_from_slice(&matrix[i]);
        row[4 + i] = 1.0;
        row
    });
    let scale: f64 = (0..4).map(|k| matrix[k][k].abs()).fold(0.0, f64::max);
    for at in 0..4 {
        let pivot = (at..4).reduce(|a, b| if rows[b][at].abs() > rows[a][at].abs() { b } else { a })?;
        if rows[pivot][at].abs() <= 1e-12 * scale || !rows[pivot][at].is_finite() {
            return None;
        }
        rows.swap(at, pivot);
        let own = rows[at][at];
        rows[at].iter_mut().for_each(|value| *value /= own);
        let line = rows[at];
        for (other, row) in rows.iter_mut().enumerate() {
            if other != at {
                let by = row[at];
                row.iter_mut().zip(line).for_each(|(value, own)| *value -= own * by);
            }
        }
    }
    Some(rows.map(|row| [row[4], row[5], row[6], row[7]]))
}
