//! Sign counts: how many units are above, at and below zero.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "sign_counts",
    group: Group::Comparative,
    title: Bilingual {
        ru: "Число единиц с положительным и отрицательным показателем",
        kk: "Көрсеткіші оң және теріс бірліктердің саны",
    },
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed, "значения показателя", "көрсеткіштің мәндері")],
    params: &[],
    outputs: &[
        Output::whole(
            "positive_count",
            "число единиц с положительным значением",
            "мәні оң бірліктер саны",
            "#{i: y(i) > 0}",
        )
        .unit(Unit::Count)
        .flow(),
        Output::whole(
            "negative_count",
            "число единиц с отрицательным значением",
            "мәні теріс бірліктер саны",
            "#{i: y(i) < 0}",
        )
        .unit(Unit::Count)
        .flow(),
        Output::whole("zero_count", "число единиц с нулевым значением", "мәні нөл бірліктер саны", "#{i: y(i) = 0}")
            .unit(Unit::Count)
            .flow(),
    ],
    convention: Bilingual {
        ru: "Нуль не считается ни положительным, ни отрицательным. Единицы без значения в счёт не входят; если значений нет ни у одной, числа неизвестны.",
        kk: "Нөл оң да, теріс те болып саналмайды. Мәні жоқ бірліктер есепке кірмейді; ешқайсысының мәні болмаса, сандар белгісіз.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.values("value");
    let signs: Vec<i32> = values.iter().flatten().map(Amount::signum).collect();
    if signs.is_empty() {
        return Err(values.iter().find_map(|value| value.as_ref().err().copied()).unwrap_or(Reason::TooFew));
    }
    let count = |sign| signs.iter().filter(|other| **other == sign).count();
    Ok(vec![
        Outcome::whole("positive_count", count(1)),
        Outcome::whole("negative_count", count(-1)),
        Outcome::whole("zero_count", count(0)),
    ])
}
