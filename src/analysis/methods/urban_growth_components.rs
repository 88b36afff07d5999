//! Urban growth components: natural increase, migration and reclassification in the growth of towns.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "urban_growth_components",
    group: Group::Demography,
    along: Along::Rows,
    roles: &[
        Role::required("natural", Takes::Signed),
        Role::required("migration", Takes::Signed),
        Role::optional("reclassification", Takes::Signed),
        Role::optional("total", Takes::Signed),
    ],
    params: &[],
    outputs: &[
        Output::row("urban_growth_total", "ΔU").difference_of("natural"),
        Output::row("urban_growth_reclassification", "C = ΔU − E − N").difference_of("natural"),
        Output::row("urban_growth_share_natural", "100 · E / ΔU").unit(Unit::Percent).flow(),
        Output::row("urban_growth_share_migration", "100 · N / ΔU").unit(Unit::Percent).flow(),
        Output::row("urban_growth_share_reclassification", "100 · C / ΔU").unit(Unit::Percent).flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let row = |row| {
        let growth = Growth::at(frame, row);
        let growth = growth.as_ref().map_err(|reason| *reason);
        let share = |part: fn(&Growth) -> &Amount| growth.and_then(|growth| growth.share(part(growth)));
        [
            Outcome::each("urban_growth_total", row, growth.map(|growth| growth.total.clone())),
            Outcome::each("urban_growth_reclassification", row, growth.map(|growth| growth.reclassification.clone())),
            Outcome::each("urban_growth_share_natural", row, share(|growth| &growth.natural)),
            Outcome::each("urban_growth_share_migration", row, share(|growth| &growth.migration)),
            Outcome::each("urban_growth_share_reclassification", row, share(|growth| &growth.reclassification)),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}

struct Growth {
    natural: Amount,
    migration: Amount,
    reclassification: Amount,
    total: Amount,
}

impl Growth {
    fn at(frame: &Frame, row: usize) -> Result<Growth, Reason> {
        let (natural, migration) = (frame.at("natural", row)?.clone(), frame.at("migration", row)?.clone());
        let known = natural.plus(&migration);
        let (reclassification, total) = if frame.has("total") {
            let total = frame.at("total", row)?.clone();
            (total.minus(&known), total)
        } else {
            let reclassification = frame.at("reclassification", row)?.clone();
            (reclassification.clone(), known.plus(&reclassification))
        };
        Ok(Growth { natural, migration, reclassification, total })
    }

    fn share(&self, part: &Amount) -> Result<Amount, Reason> {
        let signs = [&self.natural, &self.migration, &self.reclassification].map(Amount::signum);
        if signs.contains(&1) && signs.contains(&-1) {
            return Err(Reason::MixedSign);
        }
        per(100, part, &self.total, Reason::ZeroTotal)
    }
}
