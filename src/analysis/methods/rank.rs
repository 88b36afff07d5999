//! Rank: the place of each unit, from the highest value and from the lowest.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "rank",
    group: Group::Comparative,
    title: Bilingual { ru: "Ранжирование", kk: "Саралау" },
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed, "значения показателя", "көрсеткіштің мәндері")],
    params: &[],
    outputs: &[
        Output::row(
            "rank",
            "место, считая от наибольшего значения",
            "ең үлкен мәннен бастап саналған орын",
            "1 + #{j: y(j) > y(i)}",
        )
        .unit(Unit::Count)
        .level(),
        Output::row(
            "rank_low",
            "место, считая от наименьшего значения",
            "ең кіші мәннен бастап саналған орын",
            "1 + #{j: y(j) < y(i)}",
        )
        .unit(Unit::Count)
        .level(),
    ],
    convention: Bilingual {
        ru: "Равные значения делят лучшее место, следующие за ними места пропускаются. Единицы без значения не ранжируются; страна и предположительно отнесённые значения в сравнение не входят.",
        kk: "Тең мәндер бірдей, жоғарырақ орын алады, одан кейінгі орындар бос қалады. Мәні жоқ бірліктер сараланбайды; ел мен болжамды түрде жатқызылған мәндер салыстыруға кірмейді.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.values("value");
    let mut sorted: Vec<&Amount> = values.iter().flatten().collect();
    sorted.sort();
    let mut found = Vec::new();
    for (row, value) in values.iter().enumerate() {
        let value = value.as_ref().map_err(|reason| *reason);
        found.push(Outcome::row("rank", row, value.map(|value| from_the_top(&sorted, value))));
        found.push(Outcome::row("rank_low", row, value.map(|value| from_the_bottom(&sorted, value))));
    }
    Ok(found)
}

/// Returns the place of a value among sorted ones, the largest being the first.
pub(super) fn from_the_top(sorted: &[&Amount], value: &Amount) -> Amount {
    let others = sorted.partition_point(|other| *other <= value);
    Amount::Integer((sorted.len() - others) as i64 + 1)
}

/// Returns the place of a value among sorted ones, the smallest being the first.
pub(super) fn from_the_bottom(sorted: &[&Amount], value: &Amount) -> Amount {
    Amount::Integer(sorted.partition_point(|other| *other < value) as i64 + 1)
}
