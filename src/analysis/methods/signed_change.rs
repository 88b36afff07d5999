//! Signed change: changes of a balance, which may be negative, vanish or change its sign.

use super::growth::{percent, quotient};
use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "signed_change",
    group: Group::Retrospective,
    title: Bilingual {
        ru: "Относительное изменение показателей любого знака",
        kk: "Кез келген таңбалы көрсеткіштердің салыстырмалы өзгерісі",
    },
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed, "уровни ряда", "қатардың деңгейлері")],
    params: &[Param::new(
        "base",
        ParamKind::Choice(&["previous", "first"]),
        "previous",
        "база сравнения: предыдущий или первый период",
        "салыстыру базасы: алдыңғы немесе бірінші кезең",
    )],
    outputs: &[
        Output::row(
            "signed_change_case",
            "знаки базы и текущего уровня",
            "база мен ағымдағы деңгейдің таңбалары",
            "positive: y₀ > 0, y₁ ≥ 0; both_negative: y₀ < 0, y₁ ≤ 0; sign_change_neg_to_pos: y₀ < 0 < y₁; sign_change_pos_to_neg: y₀ > 0 > y₁; zero_base: y₀ = 0 ≠ y₁; zero_both: y₀ = y₁ = 0",
        ),
        Output::row(
            "magnitude_change_percent",
            "изменение величины убыли",
            "кему шамасының өзгерісі",
            "100 · (|y₁| − |y₀|) / |y₀|, y₀ < 0, y₁ ≤ 0",
        )
        .unit(Unit::Percent),
        Output::row(
            "signed_change_percent",
            "изменение к модулю базы",
            "база модуліне қатысты өзгеріс",
            "100 · (y₁ − y₀) / |y₀|",
        )
        .unit(Unit::Percent),
        Output::row(
            "symmetric_change_percent",
            "симметричное относительное изменение",
            "симметриялы салыстырмалы өзгеріс",
            "200 · (y₁ − y₀) / (|y₀| + |y₁|)",
        )
        .unit(Unit::Percent),
    ],
    convention: Bilingual {
        ru: "Ни одна из величин не является темпом прироста. Изменение величины убыли определено только там, где убыль есть и в базисном, и в текущем периоде, причём исчезнувшая убыль даёт −100\u{a0}%; изменение к модулю базы положительно при улучшении сальдо; симметричное изменение лежит между −200\u{a0}% и 200\u{a0}% и не определено только для двух нулей. При сравнении с предыдущим периодом периоды должны быть соседними.",
        kk: "Бұл шамалардың ешқайсысы өсім қарқыны емес. Кему шамасының өзгерісі базистік кезеңде де, ағымдағы кезеңде де кему болғанда ғана анықталады, ал жойылған кему −100% береді; база модуліне қатысты өзгеріс сальдо жақсарғанда оң болады; симметриялы өзгеріс −200% мен 200% аралығында жатады және екі нөл үшін ғана анықталмайды. Алдыңғы кезеңмен салыстырғанда кезеңдер көрші болуы тиіс.",
    },
    literature: "Törnqvist L., Vartia P., Vartia Y. (1985) How should relative changes be measured? The American Statistician; Davis S. J., Haltiwanger J. (1992) Gross job creation, gross job destruction, and employment reallocation. The Quarterly Journal of Economics",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let from_first = frame.choice("base") == "first";
    let mut found = Vec::new();
    for row in 0..frame.values("value").len() {
        let (base, comparable) = match row.checked_sub(1) {
            _ if from_first && frame.has_base() => (0, Ok(())),
            Some(before) if !from_first => (before, frame.follows(row)),
            _ => continue,
        };
        let pair = comparable.and_then(|()| both(frame, row, base));
        let on = Basis::Pair(row, base);
        let case = match pair {
            Ok((to, from)) => Outcome::row("signed_change_case", row, case(from.signum(), to.signum())),
            Err(reason) => Outcome::row("signed_change_case", row, reason),
        };
        found.push(case.on(on.clone()));
        let mut put = |name, measure: fn(&Amount, &Amount) -> Result<Amount, Reason>| {
            let value = pair.and_then(|(to, from)| measure(to, from));
            found.push(Outcome::row(name, row, value).on(on.clone()));
        };
        put("magnitude_change_percent", magnitude_change);
        put("signed_change_percent", |to, from| percent(&to.minus(from), &from.magnitude()));
        put("symmetric_change_percent", symmetric_change);
    }
    Ok(found)
}

fn both(frame: &Frame, row: usize, base: usize) -> Result<(&Amount, &Amount), Reason> {
    Ok((frame.at("value", row)?, frame.at("value", base)?))
}

fn case(from: i32, to: i32) -> &'static str {
    match (from, to) {
        (0, 0) => "zero_both",
        (0, _) => "zero_base",
        (1, 0 | 1) => "positive",
        (1, _) => "sign_change_pos_to_neg",
        (_, 1) => "sign_change_neg_to_pos",
        _ => "both_negative",
    }
}

fn magnitude_change(to: &Amount, from: &Amount) -> Result<Amount, Reason> {
    match case(from.signum(), to.signum()) {
        "both_negative" => percent(&from.minus(to), &from.magnitude()),
        "positive" => Err(Reason::Undefined),
        "zero_base" | "zero_both" => Err(Reason::ZeroBase),
        _ => Err(Reason::SignChange),
    }
}

fn symmetric_change(to: &Amount, from: &Amount) -> Result<Amount, Reason> {
    let sizes = from.magnitude().plus(&to.magnitude());
    quotient(&to.minus(from).times(&Amount::Integer(200)), &sizes).map_err(|_| Reason::ZeroTotal)
}

#[cfg(test)]
mod tests {
    use super::case;

    #[test]
    fn a_zero_that_follows_takes_the_side_of_its_base() {
        assert_eq!(case(1, 0), "positive");
        assert_eq!(case(-1, 0), "both_negative");
        assert_eq!(case(0, -1), "zero_base");
    }
}
