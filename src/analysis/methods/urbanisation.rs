//! Urbanisation: the shares of urban and rural population.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "urbanisation",
    group: Group::Demography,
    along: Along::Rows,
    roles: &[Role::required("urban", Takes::NonNegative), Role::required("rural", Takes::NonNegative)],
    params: &[],
    outputs: &[
        Output::row("urban_share", "100 · U / (U + R)").unit(Unit::Percent).flow(),
        Output::row("rural_share", "100 · R / (U + R)").unit(Unit::Percent).flow(),
        Output::row("urban_rural_ratio", "U / R").unit(Unit::Times).flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let row = |row| {
        let pair: Result<(&Amount, &Amount), Reason> =
            frame.unsigned("urban", row).and_then(|urban| Ok((urban, frame.unsigned("rural", row)?)));
        let urban = pair.and_then(|(urban, rural)| per(100, urban, &urban.plus(rural), Reason::ZeroTotal));
        let rural = pair.and_then(|(urban, rural)| per(100, rural, &urban.plus(rural), Reason::ZeroTotal));
        let ratio = pair.and_then(|(urban, rural)| per(1, urban, rural, Reason::ZeroBase));
        [
            Outcome::each("urban_share", row, urban),
            Outcome::each("rural_share", row, rural),
            Outcome::each("urban_rural_ratio", row, ratio),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}
