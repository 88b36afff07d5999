//! Growth components: what natural increase and migration contribute to growth, or take from each other.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "growth_components",
    group: Group::Demography,
    along: Along::Rows,
    roles: &[Role::required("natural", Takes::Signed), Role::required("migration", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::row("share_of_growth_natural", "100 · E / (E + N)").unit(Unit::Percent).flow(),
        Output::row("share_of_growth_migration", "100 · N / (E + N)").unit(Unit::Percent).flow(),
        Output::row("growth_compensation", "100 · |N| / |E|, E · N < 0").unit(Unit::Percent).flow(),
        Output::row("growth_case", "sgn E, sgn N, sgn(E + N)"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let row = |row| {
        let pair = frame.at("natural", row).and_then(|natural| Ok((natural, frame.at("migration", row)?)));
        let share = |part: fn((&Amount, &Amount)) -> Amount| {
            let (natural, migration) = pair?;
            if opposite(natural, migration) {
                return Err(Reason::MixedSign);
            }
            per(100, &part((natural, migration)), &natural.plus(migration), Reason::ZeroTotal)
        };
        let compensation = pair.and_then(|(natural, migration)| match opposite(natural, migration) {
            true => per(100, &migration.magnitude(), &natural.magnitude(), Reason::ZeroBase),
            false => Err(Reason::Undefined),
        });
        let case = match pair {
            Ok((natural, migration)) => Outcome::each("growth_case", row, case(natural, migration)),
            Err(reason) => Outcome::each("growth_case", row, reason),
        };
        [
            Outcome::each("share_of_growth_natural", row, share(|(natural, _)| natural.clone())),
            Outcome::each("share_of_growth_migration", row, share(|(_, migration)| migration.clone())),
            Outcome::each("growth_compensation", row, compensation),
            case,
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}

fn opposite(natural: &Amount, migration: &Amount) -> bool {
    natural.signum() * migration.signum() < 0
}

fn case(natural: &Amount, migration: &Amount) -> &'static str {
    match (natural.signum(), migration.signum(), natural.plus(migration).signum()) {
        (0, 0, _) => "no_change",
        (1, -1, 0 | 1) => "outflow_absorbs_natural_increase",
        (1, -1, _) => "outflow_exceeds_natural_increase",
        (-1, 1, 0 | 1) => "inflow_offsets_natural_decrease",
        (-1, 1, _) => "inflow_below_natural_decrease",
        (natural, migration, _) if natural + migration > 0 => "both_increase",
        _ => "both_decrease",
    }
}
