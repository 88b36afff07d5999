//! Mean annual: the mean of the stocks at the two ends of each year.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason};

/// The method.
pub const METHOD: Method = Method {
    name: "mean_annual",
    group: Group::Retrospective,
    title: Bilingual {
        ru: "Среднегодовая численность населения", kk: "Халықтың орташа жылдық саны"
    },
    along: Along::Time,
    roles: &[Role::required(
        "value",
        Takes::NonNegative,
        "численность населения на 1 января",
        "1 қаңтардағы халық саны",
    )],
    params: &[],
    outputs: &[Output::row(
        "mean_annual",
        "среднегодовая численность населения",
        "халықтың орташа жылдық саны",
        "P̄(t) = (P(t) + P(t+1)) / 2",
    )
    .unit_of("value")
    .level()],
    convention: Bilingual {
        ru: "Полусумма численностей населения на 1 января данного и следующего года. Для последнего года ряда её нет, а если следующий год пропущен, она неизвестна.",
        kk: "Осы жылдың және келесі жылдың 1 қаңтарындағы халық санының жарты қосындысы. Қатардың соңғы жылы үшін ол жоқ, ал келесі жылдың дерегі болмаса, ол белгісіз.",
    },
    literature: "Shryock H. S., Siegel J. S. The Methods and Materials of Demography",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let ends = 1..frame.values("value").len();
    Ok(ends
        .map(|after| {
            let value = frame.follows(after).and_then(|()| half_sum(frame, after - 1, after));
            Outcome::row("mean_annual", after - 1, value).on(Basis::Pair(after - 1, after))
        })
        .collect())
}

fn half_sum(frame: &Frame, start: usize, end: usize) -> Result<Amount, Reason> {
    let both = frame.at("value", start)?.plus(frame.at("value", end)?);
    both.divided_by(&Amount::Integer(2)).ok_or(Reason::Undefined)
}
