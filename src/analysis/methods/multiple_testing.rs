//! Multiple testing: which of many p-values still say something once their number is allowed for.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "multiple_testing",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("p", Takes::NonNegative), Role::optional("unit", Takes::Label)],
    params: &[Param::new("level", ParamKind::Number(0.0, 1.0), "0.05")],
    outputs: &[
        Output::row("bonferroni", "min(1, m · p(i))").flow(),
        Output::row("holm", "max(j≤i) min(1, (m − j + 1) · p₍ⱼ₎)").flow(),
        Output::row("benjamini_hochberg", "min(j≥i) min(1, m / j · p₍ⱼ₎)").flow(),
        Output::whole("tests_counted", "m").unit(Unit::Count).flow(),
        Output::whole("tests_surviving_holm", "#{i: Holm(i) ≤ α}").unit(Unit::Count).flow(),
        Output::whole("tests_surviving_bh", "#{i: BH(i) ≤ α}").unit(Unit::Count).flow(),
        Output::whole("minimum_holm", "min Holm(i)").flow(),
        Output::whole("minimum_bh", "min BH(i)").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.values("p");
    let mut tests: Vec<(&Amount, usize)> =
        values.iter().enumerate().filter_map(|(row, p)| Some((p.as_ref().ok()?, row))).collect();
    if tests.iter().any(|(p, _)| p.signum() < 0 || **p > Amount::Integer(1)) {
        return Err(Reason::Undefined);
    }
    if tests.is_empty() {
        return Err(values.iter().find_map(|p| p.as_ref().err().copied()).unwrap_or(Reason::TooFew));
    }
    tests.sort();
    let (bonferroni, holm, hochberg) = (bonferroni(&tests), holm(&tests), benjamini_hochberg(&tests));
    let mut found = Vec::new();
    for (name, adjusted) in [("bonferroni", &bonferroni), ("holm", &holm), ("benjamini_hochberg", &hochberg)] {
        let mut rows: Vec<Result<Amount, Reason>> =
            values.iter().map(|p| p.as_ref().cloned().map_err(|reason| *reason)).collect();
        for ((_, row), p) in tests.iter().zip(adjusted) {
            rows[*row] = Ok(p.clone());
        }
        found.extend(rows.into_iter().enumerate().map(|(row, p)| Outcome::row(name, row, p)));
    }
    let level = frame.amount("level");
    let surviving = |adjusted: &[Amount]| adjusted.iter().filter(|p| **p <= level).count();
    let least = |adjusted: &[Amount]| adjusted.iter().min().cloned().ok_or(Reason::TooFew);
    found.push(Outcome::whole("tests_counted", tests.len()));
    found.push(Outcome::whole("tests_surviving_holm", surviving(&holm)));
    found.push(Outcome::whole("tests_surviving_bh", surviving(&hochberg)));
    found.push(Outcome::whole("minimum_holm", least(&holm)));
    found.push(Outcome::whole("minimum_bh", least(&hochberg)));
    Ok(found)
}

fn capped(p: Amount) -> Amount {
    p.min(Amount::Integer(1))
}

fn bonferroni(tests: &[(&Amount, usize)]) -> Vec<Amount> {
    let count = Amount::Integer(tests.len() as i64);
    tests.iter().map(|(p, _)| capped(p.times(&count))).collect()
}

/// From the smallest p on, each times the number of those not yet passed, and never below the one before.
fn holm(tests: &[(&Amount, usize)]) -> Vec<Amount> {
    let mut highest = Amount::ZERO;
    let mut adjusted = Vec::with_capacity(tests.len());
    for (left, (p, _)) in (1..=tests.len() as i64).rev().zip(tests) {
        highest = highest.max(capped(p.times(&Amount::Integer(left))));
        adjusted.push(highest.clone());
    }
    adjusted
}

/// From the largest p down, each times the number of tests over its place, and never above the one after.
fn benjamini_hochberg(tests: &[(&Amount, usize)]) -> Vec<Amount> {
    let count = tests.len() as i64;
    let mut lowest = Amount::Integer(1);
    let mut adjusted = Vec::with_capacity(tests.len());
    for (place, (p, _)) in (1..=count).rev().zip(tests.iter().rev()) {
        let raised = p.times(&Amount::Integer(count)).divided_by(&Amount::Integer(place));
        lowest = raised.map_or(lowest.clone(), |raised| lowest.min(raised));
        adjusted.push(lowest.clone());
    }
    adjusted.reverse();
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjusted_values_keep_the_order() {
        let p = ["0.01", "0.02", "0.03"].map(|text| Amount::parse(text).expect("a value"));
        let tests: Vec<(&Amount, usize)> = p.iter().zip(0..).collect();
        let text = |adjusted: Vec<Amount>| adjusted.iter().map(Amount::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(text(bonferroni(&tests)), "0.03 0.06 0.09");
        assert_eq!(text(holm(&tests)), "0.03 0.04 0.04");
        assert_eq!(text(benjamini_hochberg(&tests)), "0.03 0.03 0.03");
    }
}
