//! Rate: any events per thousand residents.

use super::migration_rates::{END, MEAN, PERIODS, START, mean_population};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "rate",
    group: Group::Demography,
    title: Bilingual {
        ru: "Общий коэффициент на 1000 человек населения",
        kk: "Халықтың 1000 адамына шаққандағы жалпы коэффициент",
    },
    along: Along::Rows,
    roles: &[
        Role::required(
            "events",
            Takes::Signed,
            "число событий за период либо их сальдо",
            "кезеңдегі оқиғалар саны немесе олардың сальдосы",
        ),
        MEAN,
        START,
        END,
    ],
    params: &[PERIODS],
    outputs: &[Output::row("crude_rate", "общий коэффициент", "жалпы коэффициент", "1000 · E / P̄").unit(Unit::PerMille)],
    convention: Bilingual {
        ru: "Знак событий сохраняется, поэтому считаются и коэффициенты прироста. Знаменатель – средняя численность населения: заданная либо полусумма численности на начало и на конец периода; если задана только одна из них, берётся она. При нулевой численности коэффициента нет.",
        kk: "Оқиғалардың таңбасы сақталады, сондықтан өсім коэффициенттері де есептеледі. Бөлімі – халықтың орташа саны: берілген сан немесе кезең басы мен соңындағы халық санының жарты қосындысы; тек біреуі берілсе, сол алынады. Халық саны нөлге тең болса, коэффициент берілмейді.",
    },
    literature: "Shryock H. S., Siegel J. S. (1976) The Methods and Materials of Demography; Борисов В. А. Демография",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let times = 1000 * frame.count("periods_per_year");
    let rate = |row| per(times, frame.at("events", row)?, &mean_population(frame, row)?, Reason::ZeroBase);
    Ok((0..frame.rows).map(|row| Outcome::each("crude_rate", row, rate(row))).collect())
}
