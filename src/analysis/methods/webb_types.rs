//! Webb types: eight types of population change by its natural and its migration component.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "webb_types",
    group: Group::Comparative,
    title: Bilingual {
        ru: "Типы изменения численности населения по Уэббу",
        kk: "Уэбб бойынша халық саны өзгерісінің типтері",
    },
    along: Along::Units,
    roles: &[
        Role::required("natural", Takes::Signed, "естественный прирост", "табиғи өсім"),
        Role::required("migration", Takes::Signed, "миграционный прирост", "көші-қон өсімі"),
    ],
    params: &[],
    outputs: &[
        Output::row("webb_type", "тип по Уэббу", "Уэбб бойынша тип", "sgn N, sgn M, sgn(|N| − |M|)"),
        Output::row("webb_change", "общий прирост", "жалпы өсім", "N + M").unit_of("natural"),
        Output::member("webb_count", "число территорий типа", "типтегі аумақтар саны", "n(A), …, n(H)")
            .unit(Unit::Count)
            .flow(),
    ],
    convention: Bilingual {
        ru: "Рост: A – естественный прирост больше миграционной убыли; B – прирост обоих видов, естественный больше; C – прирост обоих видов, миграционный больше; D – миграционный прирост больше естественной убыли. Убыль: E – естественная убыль больше миграционного прироста; F – убыль обоих видов, естественная больше; G – убыль обоих видов, миграционная больше; H – миграционная убыль больше естественного прироста. Если одна из составляющих равна нулю или модули равны, тип не определяется.",
        kk: "Өсу: A – табиғи өсім көші-қон кемуінен көп; B – екі өсім де бар, табиғи өсім көбірек; C – екі өсім де бар, көші-қон өсімі көбірек; D – көші-қон өсімі табиғи кемуден көп. Кему: E – табиғи кему көші-қон өсімінен көп; F – екі кему де бар, табиғи кему көбірек; G – екі кему де бар, көші-қон кемуі көбірек; H – көші-қон кемуі табиғи өсімнен көп. Құраушылардың бірі нөлге тең болса немесе модульдер тең болса, тип анықталмайды.",
    },
    literature: "Webb J. W. (1963) The natural and migrational components of population changes in England and Wales, 1921–1931. Economic Geography",
    run,
};

const TYPES: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (mut found, mut types) = (Vec::new(), Vec::new());
    for (row, components) in frame.values("natural").iter().zip(frame.values("migration")).enumerate() {
        let components = match components {
            (Ok(natural), Ok(migration)) => Ok((natural, migration)),
            (Err(reason), _) | (_, Err(reason)) => Err(*reason),
        };
        let kind = components.and_then(|(natural, migration)| webb(natural, migration));
        let said = match kind {
            Ok(kind) => Outcome::row("webb_type", row, kind),
            Err(reason) => Outcome::row("webb_type", row, reason),
        };
        let change = components.map(|(natural, migration)| natural.plus(migration));
        found.push(said.on(Basis::Rows(row, row + 1)));
        found.push(Outcome::row("webb_change", row, change).on(Basis::Rows(row, row + 1)));
        types.extend(kind.ok());
    }
    for kind in TYPES {
        let count = types.iter().filter(|found| **found == kind).count();
        found.push(Outcome::member("webb_count", Part::Category(kind.into()), count));
    }
    Ok(found)
}

/// Returns the type, or why there is none: a component is zero, or both are of one size.
fn webb(natural: &Amount, migration: &Amount) -> Result<&'static str, Reason> {
    let larger = natural.magnitude().cmp(&migration.magnitude());
    if natural.is_zero() || migration.is_zero() || larger.is_eq() {
        return Err(Reason::Undefined);
    }
    Ok(match (natural.signum() > 0, migration.signum() > 0, larger.is_gt()) {
        (true, false, true) => "A",
        (true, true, true) => "B",
        (true, true, false) => "C",
        (false, true, false) => "D",
        (false, true, true) => "E",
        (false, false, true) => "F",
        (false, false, false) => "G",
        (true, false, false) => "H",
    })
}
