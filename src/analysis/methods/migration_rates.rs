//! Migration rates: arrivals, departures, net migration and turnover per thousand residents.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "migration_rates",
    group: Group::Demography,
    title: Bilingual {
        ru: "Коэффициенты миграции на 1000 человек населения",
        kk: "Халықтың 1000 адамына шаққандағы көші-қон коэффициенттері",
    },
    along: Along::Rows,
    roles: &[
        Role::required("arrivals", Takes::NonNegative, "число прибывших", "келгендер саны"),
        Role::required("departures", Takes::NonNegative, "число выбывших", "кеткендер саны"),
        MEAN,
        START,
        END,
    ],
    params: &[PERIODS],
    outputs: &[
        Output::row(
            "mean_population",
            "средняя численность населения",
            "халықтың орташа саны",
            "P̄ = (P(0) + P(1)) / 2",
        )
        .unit(Unit::Persons)
        .flow(),
        Output::row("arrival_rate", "коэффициент прибытия", "келу коэффициенті", "1000 · I / P̄")
            .unit(Unit::PerMille)
            .flow(),
        Output::row("departure_rate", "коэффициент выбытия", "кету коэффициенті", "1000 · O / P̄")
            .unit(Unit::PerMille)
            .flow(),
        Output::row(
            "net_migration_rate",
            "коэффициент миграционного прироста",
            "көші-қон өсімінің коэффициенті",
            "1000 · (I − O) / P̄",
        )
        .unit(Unit::PerMille),
        Output::row(
            "turnover_rate",
            "коэффициент миграционного оборота",
            "көші-қон айналымының коэффициенті",
            "1000 · (I + O) / P̄",
        )
        .unit(Unit::PerMille)
        .flow(),
    ],
    convention: Bilingual {
        ru: "Знаменатель – средняя численность населения: заданная либо полусумма численности на начало и на конец периода; если задана только одна из них, берётся она. Коэффициенты за месяц или квартал приводятся к году умножением на 12 или на 4. При нулевой численности коэффициентов нет.",
        kk: "Бөлімі – халықтың орташа саны: берілген сан немесе кезең басы мен соңындағы халық санының жарты қосындысы; тек біреуі берілсе, сол алынады. Айлық не тоқсандық коэффициенттер 12-ге не 4-ке көбейтіліп, жылға келтіріледі. Халық саны нөлге тең болса, коэффициенттер берілмейді.",
    },
    literature: "Рыбаковский Л. Л. Методологические вопросы изучения миграции; Shryock H. S., Siegel J. S. (1976) The Methods and Materials of Demography",
    run,
};

/// The role of the mean population.
pub const MEAN: Role =
    Role::optional("population", Takes::NonNegative, "средняя численность населения", "халықтың орташа саны");

/// The role of the population at the start.
pub const START: Role = Role::optional(
    "population_start",
    Takes::NonNegative,
    "численность населения на начало периода",
    "кезең басындағы халық саны",
);

/// The role of the population at the end.
pub const END: Role = Role::optional(
    "population_end",
    Takes::NonNegative,
    "численность населения на конец периода",
    "кезең соңындағы халық саны",
);

/// The parameter that brings the rates of a part of a year to a year.
pub const PERIODS: Param = Param::new(
    "periods_per_year",
    ParamKind::Choice(&["1", "4", "12"]),
    "1",
    "сколько таких периодов в году: 1 – годы, 4 – кварталы, 12 – месяцы",
    "бір жылдағы осындай кезеңдер саны: 1 – жылдар, 4 – тоқсандар, 12 – айлар",
);

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let times = 1000 * frame.count("periods_per_year");
    let row = |row| {
        let (arrivals, departures) = (frame.unsigned("arrivals", row), frame.unsigned("departures", row));
        let population = mean_population(frame, row);
        let rate = |events: Result<Amount, Reason>| {
            per(times, &events?, population.as_ref().map_err(|reason| *reason)?, Reason::ZeroBase)
        };
        let both = |f: fn(&Amount, &Amount) -> Amount| Ok(f(arrivals?, departures?));
        [
            Outcome::each("arrival_rate", row, rate(arrivals.cloned())),
            Outcome::each("departure_rate", row, rate(departures.cloned())),
            Outcome::each("net_migration_rate", row, rate(both(Amount::minus))),
            Outcome::each("turnover_rate", row, rate(both(Amount::plus))),
            Outcome::each("mean_population", row, population),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}

/// Returns the mean population of a row: the one given, or half of both ends, or the one end that is given.
pub fn mean_population(frame: &Frame, row: usize) -> Result<Amount, Reason> {
    let at = |role| frame.unsigned(role, row).cloned();
    match (frame.has("population"), frame.has("population_start"), frame.has("population_end")) {
        (true, ..) => at("population"),
        (_, true, true) => {
            let sum = at("population_start")?.plus(&at("population_end")?);
            per(1, &sum, &Amount::Integer(2), Reason::Undefined)
        }
        (_, true, false) => at("population_start"),
        _ => at("population_end"),
    }
}
