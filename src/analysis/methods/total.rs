//! Total: the sum of a series of flows over its periods.

use super::average::sum;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::finding::Reason;

/// The method.
pub const METHOD: Method = Method {
    name: "total",
    group: Group::Retrospective,
    title: Bilingual {
        ru: "Сумма за весь период", kk: "Бүкіл кезеңдегі қосынды"
    },
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed, "потоки или сальдо", "ағындар немесе сальдолар")],
    params: &[],
    outputs: &[Output::whole("total", "сумма за весь период", "бүкіл кезеңдегі қосынды", "Σ y(t)").unit_of("value")],
    convention: Bilingual {
        ru: "Складываются только потоки и сальдо; пропуск в ряду делает сумму неизвестной.",
        kk: "Тек ағындар мен сальдолар қосылады; қатарда дерек болмаса, қосынды белгісіз болады.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let total = if values.is_empty() { Err(Reason::TooFew) } else { Ok(sum(values)) };
    Ok(vec![Outcome::whole("total", total)])
}
