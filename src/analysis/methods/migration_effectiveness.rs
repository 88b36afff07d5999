//! Migration effectiveness: how far the flows of a unit are one-sided.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "migration_effectiveness",
    group: Group::Demography,
    title: Bilingual {
        ru: "Эффективность миграции по территориям", kk: "Аумақтар бойынша көші-қонның тиімділігі"
    },
    along: Along::Rows,
    roles: &[
        Role::required("arrivals", Takes::NonNegative, "число прибывших", "келгендер саны"),
        Role::required("departures", Takes::NonNegative, "число выбывших", "кеткендер саны"),
    ],
    params: &[],
    outputs: &[
        Output::row(
            "migration_effectiveness",
            "коэффициент эффективности миграции",
            "көші-қон тиімділігінің коэффициенті",
            "100 · (I − O) / (I + O)",
        )
        .unit(Unit::Percent),
        Output::row(
            "arrivals_per_100_departures",
            "число прибывших на 100 выбывших",
            "100 кеткенге шаққандағы келгендер саны",
            "100 · I / O",
        )
        .unit(Unit::Persons)
        .flow(),
        Output::row(
            "departures_per_1000_arrivals",
            "число выбывших на 1000 прибывших",
            "1000 келгенге шаққандағы кеткендер саны",
            "1000 · O / I",
        )
        .unit(Unit::Persons)
        .flow(),
    ],
    convention: Bilingual {
        ru: "Коэффициент эффективности лежит между −100\u{a0}% (только выбытие) и 100\u{a0}% (только прибытие). Показатель, знаменатель которого равен нулю, не определяется.",
        kk: "Тиімділік коэффициенті −100% (тек кету) мен 100% (тек келу) аралығында болады. Бөлімі нөлге тең көрсеткіш анықталмайды.",
    },
    literature: "Shryock H. S., Siegel J. S. (1976) The Methods and Materials of Demography; Bell M. et al. (2002) Cross-national comparison of internal migration: issues and measures. Journal of the Royal Statistical Society A; Рыбаковский Л. Л. Методологические вопросы изучения миграции",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let row = |row| {
        let pair: Result<(&Amount, &Amount), Reason> =
            frame.unsigned("arrivals", row).and_then(|arrivals| Ok((arrivals, frame.unsigned("departures", row)?)));
        let effectiveness = pair.and_then(|(i, o)| per(100, &i.minus(o), &i.plus(o), Reason::ZeroTotal));
        let arrivals = pair.and_then(|(i, o)| per(100, i, o, Reason::ZeroBase));
        let departures = pair.and_then(|(i, o)| per(1000, o, i, Reason::ZeroBase));
        [
            Outcome::each("migration_effectiveness", row, effectiveness),
            Outcome::each("arrivals_per_100_departures", row, arrivals),
            Outcome::each("departures_per_1000_arrivals", row, departures),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}
