//! Dependency: the young and the old per thousand of working age.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "dependency",
    group: Group::Demography,
    along: Along::Rows,
    roles: &[
        Role::required("young", Takes::NonNegative),
        Role::required("working", Takes::NonNegative),
        Role::required("old", Takes::NonNegative),
    ],
    params: &[],
    outputs: &[
        Output::row("dependency_ratio", "1000 · (Y + O) / W").unit(Unit::PerMille).flow(),
        Output::row("young_ratio", "1000 · Y / W").unit(Unit::PerMille).flow(),
        Output::row("old_ratio", "1000 · O / W").unit(Unit::PerMille).flow(),
        Output::row("ageing_share", "100 · O / (Y + W + O)").unit(Unit::Percent).flow(),
        Output::row("ageing_index", "100 · O / Y").flow(),
        Output::row("support_ratio", "W / O").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let row = |row| {
        let [young, working, old] = ["young", "working", "old"].map(|role| frame.unsigned(role, row));
        let sum = |a: Result<&Amount, Reason>, b: Result<&Amount, Reason>| Ok(a?.plus(b?));
        let load = |part: Result<Amount, Reason>| per(1000, &part?, working?, Reason::ZeroBase);
        let all = sum(young, working).and_then(|sum| Ok(sum.plus(old?)));
        let ageing = all.and_then(|all| per(100, old?, &all, Reason::ZeroTotal));
        [
            Outcome::each("dependency_ratio", row, load(sum(young, old))),
            Outcome::each("young_ratio", row, load(young.cloned())),
            Outcome::each("old_ratio", row, load(old.cloned())),
            Outcome::each("ageing_share", row, ageing),
            Outcome::each("ageing_index", row, old.and_then(|old| per(100, old, young?, Reason::ZeroBase))),
            Outcome::each("support_ratio", row, working.and_then(|working| per(1, working, old?, Reason::ZeroBase))),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}
