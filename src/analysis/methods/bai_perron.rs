//! Bai–Perron: the dates of several breaks at once, by the least sum of squares over all partitions.

use super::chow::{MODEL, ROUNDING, rows};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::ln;
use crate::analysis::numeric::segments::{Model, Stretch, growing};
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "bai_perron",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[
        MODEL,
        Param::new("segment", ParamKind::Number(0.05, 0.5), "0.15"),
        Param::new("breaks", ParamKind::Count(1, 10), "5"),
    ],
    outputs: &[
        Output::whole("breaks_found", "m̂ = arg min BIC(m)").unit(Unit::Count).flow(),
        Output::whole("break_periods", "(k₁, …, k(m̂)) = arg min Σ RSS(k(j) + 1, k(j+1))"),
        Output::member("break_rss", "RSS(m) = min Σ RSS(k(j) + 1, k(j+1))").flow(),
        Output::member("break_bic", "BIC(m) = n · (ln(RSS(m) / n) + 1 + ln 2π) + (q + 1)(m + 1) · ln n"),
        Output::member("break_periods_of", "(k₁, …, k(m)) = arg min RSS(m)"),
        Output::row("break_segment", "j: k(j) < t ≤ k(j+1)").unit(Unit::Count).level(),
        Output::row("break_fitted", "ŷ(t), OLS(j)").unit_of("value"),
    ],
    run,
};

/// Beyond this the pairs of ends take too long.
const MOST: usize = 1000;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let rows = rows(frame)?;
    let n = rows.len();
    let model = Model::of(frame.choice("model"));
    let q = model.coefficients();
    if n > MOST {
        return Err(Reason::TooMany);
    }
    let share = frame.amount("segment").times(&Amount::Integer(n as i64)).to_f64() as usize;
    let least = share.max(q + 1);
    if n < 2 * least {
        return Err(Reason::TooFew);
    }
    let spread = growing(Model::Level, rows.iter().copied())[n - 1];
    if spread == 0.0 {
        return Err(Reason::ZeroVariance);
    }
    let costs: Vec<Vec<f64>> = (0..=n - least)
        .map(|from| growing(model, rows[from..].iter().copied()))
        .map(|costs| costs.into_iter().map(|rss| if rss <= ROUNDING * spread { 0.0 } else { rss }).collect())
        .collect();
    let most = (frame.count("breaks") as usize).min(n / least - 1);
    let partitions = partitions(&costs, n, least, most);
    let bic = |m: usize, rss: f64| {
        let n = n as f64;
        let penalty = ((q + 1) * (m + 1)) as f64 * ln(n);
        n * (ln(rss / n) + 1.0 + ln(2.0 * std::f64::consts::PI)) + penalty
    };
    // The fewest breaks win where two criteria are equal, or where nothing is left to explain.
    let exact = partitions.iter().position(|(rss, _)| *rss == 0.0);
    let scored = || partitions.iter().enumerate().map(|(m, (rss, _))| (m, bic(m, *rss)));
    let chosen = exact.or_else(|| scored().reduce(|best, next| if next.1 < best.1 { next } else { best }).map(|b| b.0));
    let chosen = chosen.ok_or(Reason::TooFew)?;
    let said = |ends: &[usize]| -> Vec<String> { ends.iter().map(|end| frame.part(end - 1).to_string()).collect() };
    let listed = |name, ends: &[usize], member: Option<Part>| match (ends.is_empty(), member) {
        (true, None) => Outcome::whole(name, Reason::NoPhenomenon),
        (false, None) => Outcome::whole(name, said(ends).join(", ").as_str()),
        (true, Some(member)) => Outcome::member(name, member, Reason::NoPhenomenon),
        (false, Some(member)) => Outcome::member(name, member, said(ends).join(", ").as_str()),
    };
    let ends = &partitions[chosen].1;
    let mut found = vec![Outcome::whole("breaks_found", chosen), listed("break_periods", ends, None)];
    for (m, (rss, ends)) in partitions.iter().enumerate() {
        let member = || Part::Category(m.to_string().into());
        found.push(Outcome::member("break_rss", member(), *rss));
        let bic = if *rss > 0.0 { Ok(bic(m, *rss)) } else { Err(Reason::Undefined) };
        found.push(Outcome::member("break_bic", member(), bic));
        found.push(listed("break_periods_of", ends, Some(member())));
    }
    let base = frame.complete("value")?.first().map_or(0.0, |first| first.to_f64());
    let mut from = 0;
    for (segment, to) in ends.iter().copied().chain([n]).enumerate() {
        let mut stretch = Stretch::new(model);
        rows[from..to].iter().for_each(|(time, value)| {
            stretch.add(*time, *value);
        });
        for (row, (time, _)) in rows.iter().enumerate().take(to).skip(from) {
            found.push(Outcome::row("break_segment", row, segment + 1));
            found.push(Outcome::row("break_fitted", row, base + stretch.fitted(*time)));
        }
        from = to;
    }
    Ok(found)
}

/// Returns, for no break, one, two …, the least sum of squares and the numbers of rows before each break (Bai and
/// Perron 2003: every partition is weighed, in steps over the last break). Of equal ones the earliest breaks win.
fn partitions(costs: &[Vec<f64>], n: usize, least: usize, most: usize) -> Vec<(f64, Vec<usize>)> {
    let cost = |from: usize, to: usize| costs[from][to - from - 1];
    // For each number of rows: the least sum with m breaks, and where the last segment begins.
    let mut rows: Vec<Vec<(f64, usize)>> =
        vec![(0..=n).map(|to| if to < least { (f64::INFINITY, 0) } else { (cost(0, to), 0) }).collect()];
    for m in 1..=most {
        let before = &rows[m - 1];
        let last = (0..=n).map(|to| {
            let mut best = (f64::INFINITY, 0);
            let ends = to.saturating_sub(least) + 1;
            for (from, (sum, _)) in before.iter().enumerate().take(ends).skip(m * least) {
                let sum = sum + cost(from, to);
                if sum < best.0 {
                    best = (sum, from);
                }
            }
            best
        });
        rows.push(last.collect());
    }
    let trace = |m: usize| {
        let (mut ends, mut to) = (Vec::new(), n);
        for level in (1..=m).rev() {
            to = rows[level][to].1;
            ends.push(to);
        }
        ends.reverse();
        (rows[m][n].0, ends)
    };
    (0..=most).map(trace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_partition_is_weighed() {
        let values = [5.0, 1.0, 4.0, 9.0, 2.0, 6.0, 5.0, 3.0, 8.0];
        let rows: Vec<(f64, f64)> = (1..).map(f64::from).zip(values).collect();
        let costs: Vec<Vec<f64>> = (0..8).map(|from| growing(Model::Level, rows[from..].iter().copied())).collect();
        let cost = |from: usize, to: usize| costs[from][to - from - 1];
        let mut best = (f64::INFINITY, vec![]);
        for a in 2..=5 {
            for b in a + 2..=7 {
                let sum = cost(0, a) + cost(a, b) + cost(b, 9);
                if sum < best.0 {
                    best = (sum, vec![a, b]);
                }
            }
        }
        assert_eq!(partitions(&costs, 9, 2, 3)[2].1, best.1);
        assert!((partitions(&costs, 9, 2, 3)[2].0 - best.0).abs() < 1e-12);
    }
}
