//! Net migration: arrivals minus departures, and their sum.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::finding::Reason;

/// The method.
pub const METHOD: Method = Method {
    name: "net_migration",
    group: Group::Demography,
    title: Bilingual {
        ru: "Сальдо миграции и миграционный оборот", kk: "Көші-қон сальдосы және көші-қон айналымы"
    },
    along: Along::Rows,
    roles: &[
        Role::required("arrivals", Takes::NonNegative, "число прибывших", "келгендер саны"),
        Role::required("departures", Takes::NonNegative, "число выбывших", "кеткендер саны"),
    ],
    params: &[],
    outputs: &[
        Output::row("net_migration", "сальдо миграции", "көші-қон сальдосы", "N = I − O").difference_of("arrivals"),
        Output::row("migration_turnover", "миграционный оборот", "көші-қон айналымы", "T = I + O")
            .unit_of("arrivals")
            .flow(),
    ],
    convention: Bilingual {
        ru: "Числа прибывших и выбывших не бывают отрицательными: при отрицательном числе результата нет. Сальдо может иметь любой знак; во внутренней миграции по стране в целом сальдо равно нулю, а оборот – удвоенному числу перемещений.",
        kk: "Келгендер мен кеткендер саны теріс болмайды: сан теріс болса, нәтиже берілмейді. Сальдо кез келген таңбалы бола алады; ішкі көші-қонда ел бойынша сальдо нөлге, ал айналым көшулердың екі еселенген санына тең.",
    },
    literature: "Рыбаковский Л. Л. Методологические вопросы изучения миграции; Shryock H. S., Siegel J. S. (1976) The Methods and Materials of Demography",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let pair = |row| Ok((frame.unsigned("arrivals", row)?, frame.unsigned("departures", row)?));
    let row = |row| {
        let pair: Result<_, Reason> = pair(row);
        [
            Outcome::each("net_migration", row, pair.map(|(arrivals, departures)| arrivals.minus(departures))),
            Outcome::each("migration_turnover", row, pair.map(|(arrivals, departures)| arrivals.plus(departures))),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}
