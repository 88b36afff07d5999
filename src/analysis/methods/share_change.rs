//! Share change: how the part of each unit in the total has changed between two periods.

use super::share::{of_sum, share};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "share_change",
    group: Group::Comparative,
    along: Along::TwoPeriods,
    roles: &[
        Role::required("value0", Takes::NonNegative),
        Role::required("value1", Takes::NonNegative),
        Role::optional("total0", Takes::NonNegative),
        Role::optional("total1", Takes::NonNegative),
    ],
    params: &[],
    outputs: &[
        Output::row("share_in_base", "d₀(i) = 100 · y₀(i) / Y₀").unit(Unit::Percent).flow(),
        Output::row("share_in_current", "d₁(i) = 100 · y₁(i) / Y₁").unit(Unit::Percent).flow(),
        Output::row("share_change", "d₁(i) − d₀(i)").unit(Unit::PercentagePoints),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let base = shares(frame, "value0", "total0");
    let current = shares(frame, "value1", "total1");
    let mut found = Vec::new();
    for (row, (base, current)) in base.into_iter().zip(current).enumerate() {
        let change = base.clone().and_then(|base| Ok(current.clone()?.minus(&base)));
        found.push(Outcome::row("share_in_base", row, base));
        found.push(Outcome::row("share_in_current", row, current));
        found.push(Outcome::row("share_change", row, change));
    }
    Ok(found)
}

fn shares(frame: &Frame, value: &str, total: &str) -> Vec<Result<Amount, Reason>> {
    let rows = 0..frame.values(value).len();
    if frame.has(total) {
        return rows.map(|row| share(frame.unsigned(value, row)?, frame.unsigned(total, row)?)).collect();
    }
    of_sum(frame, value).unwrap_or_else(|reason| rows.map(|_| Err(reason)).collect())
}
