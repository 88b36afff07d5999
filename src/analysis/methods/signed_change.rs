//! Signed change: changes of a balance, which may be negative, vanish or change its sign.

use super::growth::{percent, quotient};
use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "signed_change",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[Param::new("base", ParamKind::Choice(&["previous", "first"]), "previous")],
    outputs: &[
        Output::row(
            "signed_change_case",
            "positive: y₀ > 0, y₁ ≥ 0; both_negative: y₀ < 0, y₁ ≤ 0; sign_change_neg_to_pos: y₀ < 0 < y₁; sign_change_pos_to_neg: y₀ > 0 > y₁; zero_base: y₀ = 0 ≠ y₁; zero_both: y₀ = y₁ = 0",
        ),
        Output::row("magnitude_change_percent", "100 · (|y₁| − |y₀|) / |y₀|, y₀ < 0, y₁ ≤ 0").unit(Unit::Percent),
        Output::row("signed_change_percent", "100 · (y₁ − y₀) / |y₀|").unit(Unit::Percent),
        Output::row("symmetric_change_percent", "200 · (y₁ − y₀) / (|y₀| + |y₁|)").unit(Unit::Percent),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let from_first = frame.choice("base") == "first";
    let mut found = Vec::new();
    for row in 0..frame.values("value").len() {
        let (base, comparable) = match row.checked_sub(1) {
            _ if from_first && frame.has_base() => (0, Ok(())),
            Some(before) if !from_first => (before, frame.follows(row)),
            _ => continue,
        };
        let pair = comparable.and_then(|()| both(frame, row, base));
        let on = Basis::Pair(row, base);
        let case = match pair {
            Ok((to, from)) => Outcome::row("signed_change_case", row, case(from.signum(), to.signum())),
            Err(reason) => Outcome::row("signed_change_case", row, reason),
        };
        found.push(case.on(on.clone()));
        let mut put = |name, measure: fn(&Amount, &Amount) -> Result<Amount, Reason>| {
            let value = pair.and_then(|(to, from)| measure(to, from));
            found.push(Outcome::row(name, row, value).on(on.clone()));
        };
        put("magnitude_change_percent", magnitude_change);
        put("signed_change_percent", |to, from| percent(&to.minus(from), &from.magnitude()));
        put("symmetric_change_percent", symmetric_change);
    }
    Ok(found)
}

fn both(frame: &Frame, row: usize, base: usize) -> Result<(&Amount, &Amount), Reason> {
    Ok((frame.at("value", row)?, frame.at("value", base)?))
}

fn case(from: i32, to: i32) -> &'static str {
    match (from, to) {
        (0, 0) => "zero_both",
        (0, _) => "zero_base",
        (1, 0 | 1) => "positive",
        (1, _) => "sign_change_pos_to_neg",
        (_, 1) => "sign_change_neg_to_pos",
        _ => "both_negative",
    }
}

fn magnitude_change(to: &Amount, from: &Amount) -> Result<Amount, Reason> {
    match case(from.signum(), to.signum()) {
        "both_negative" => percent(&from.minus(to), &from.magnitude()),
        "positive" => Err(Reason::Undefined),
        "zero_base" | "zero_both" => Err(Reason::ZeroBase),
        _ => Err(Reason::SignChange),
    }
}

fn symmetric_change(to: &Amount, from: &Amount) -> Result<Amount, Reason> {
    let sizes = from.magnitude().plus(&to.magnitude());
    quotient(&to.minus(from).times(&Amount::Integer(200)), &sizes).map_err(|_| Reason::ZeroTotal)
}

#[cfg(test)]
mod tests {
    use super::case;

    #[test]
    fn a_zero_that_follows_takes_the_side_of_its_base() {
        assert_eq!(case(1, 0), "positive");
        assert_eq!(case(-1, 0), "both_negative");
        assert_eq!(case(0, -1), "zero_base");
    }
}
