//! Share change: how the part of each unit in the total has changed between two periods.

use super::share::{of_sum, share};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "share_change",
    group: Group::Comparative,
    title: Bilingual { ru: "Изменение доли", kk: "Үлестің өзгерісі" },
    along: Along::TwoPeriods,
    roles: &[
        Role::required("value0", Takes::NonNegative, "значения базисного периода", "базистік кезеңнің мәндері"),
        Role::required("value1", Takes::NonNegative, "значения текущего периода", "ағымдағы кезеңнің мәндері"),
        Role::optional("total0", Takes::NonNegative, "итог базисного периода", "базистік кезеңнің қорытындысы"),
        Role::optional("total1", Takes::NonNegative, "итог текущего периода", "ағымдағы кезеңнің қорытындысы"),
    ],
    params: &[],
    outputs: &[
        Output::row("share_in_base", "доля в базисном периоде", "базистік кезеңдегі үлес", "d₀(i) = 100 · y₀(i) / Y₀")
            .unit(Unit::Percent)
            .flow(),
        Output::row(
            "share_in_current",
            "доля в текущем периоде",
            "ағымдағы кезеңдегі үлес",
            "d₁(i) = 100 · y₁(i) / Y₁",
        )
        .unit(Unit::Percent)
        .flow(),
        Output::row("share_change", "изменение доли", "үлестің өзгерісі", "d₁(i) − d₀(i)").unit(Unit::PercentagePoints),
    ],
    convention: Bilingual {
        ru: "Разность долей измеряется в процентных пунктах. Итоги заданы отдельно, а без них равны суммам всех существовавших единиц; если в одном из периодов у единицы нет доли, изменение её доли не вычисляется. Отрицательных значений быть не может.",
        kk: "Үлестердің айырмасы пайыздық тармақпен өлшенеді. Қорытындылар – бөлек берілген мәндер, ал олар болмаса – сол кезде болған барлық бірліктердің қосындылары; кезеңдердің бірінде үлесі жоқ бірліктің үлес өзгерісі есептелмейді. Теріс мәндер болмауы тиіс.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let base = shares(frame, "value0", "total0");
    let current = shares(frame, "value1", "total1");
    let mut found = Vec::new();
    for (row, (base, current)) in base.into_iter().zip(current).enumerate() {
        let change = base.clone().and_then(|base| Ok(current.clone()?.minus(&base)));
        found.push(Outcome::row("share_in_base", row, base));
        found.push(Outcome::row("share_in_current", row, current));
        found.push(Outcome::row("share_change", row, change));
    }
    Ok(found)
}

fn shares(frame: &Frame, value: &str, total: &str) -> Vec<Result<Amount, Reason>> {
    let rows = 0..frame.values(value).len();
    if frame.has(total) {
        return rows.map(|row| share(frame.unsigned(value, row)?, frame.unsigned(total, row)?)).collect();
    }
    of_sum(frame, value).unwrap_or_else(|reason| rows.map(|_| Err(reason)).collect())
}
