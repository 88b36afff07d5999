//! Signs: in how many periods a series is above and below zero, how long, and how often its sign changes.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "signs",
    group: Group::Retrospective,
    title: Bilingual { ru: "Устойчивость знака", kk: "Таңбаның тұрақтылығы" },
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed, "уровни ряда", "қатардың деңгейлері")],
    params: &[],
    outputs: &[
        Output::whole("positive_years", "число лет с положительным значением", "мәні оң жылдар саны", "#{t: y(t) > 0}")
            .unit(Unit::Count)
            .flow(),
        Output::whole(
            "negative_years",
            "число лет с отрицательным значением",
            "мәні теріс жылдар саны",
            "#{t: y(t) < 0}",
        )
        .unit(Unit::Count)
        .flow(),
        Output::whole("zero_years", "число лет с нулевым значением", "мәні нөл жылдар саны", "#{t: y(t) = 0}")
            .unit(Unit::Count)
            .flow(),
        Output::whole(
            "longest_negative_run",
            "наибольшая длительность отрицательного периода",
            "теріс кезеңнің ең ұзақтығы",
            "max n: y(t), …, y(t+n−1) < 0",
        )
        .unit(Unit::Count)
        .flow(),
        Output::whole("sign_changes", "число смен знака", "таңба ауысуларының саны", "#{t: y(t−1) · y(t) < 0}")
            .unit(Unit::Count)
            .flow(),
    ],
    convention: Bilingual {
        ru: "Нуль не считается ни положительным, ни отрицательным, прерывает отрицательный период и не даёт смены знака. Пропущенный период прерывает счёт длительности и смен знака; уровень без значения делает все числа неизвестными.",
        kk: "Нөл оң да, теріс те болып саналмайды, теріс кезеңді үзеді және таңба ауысуын бермейді. Қалдырылған кезең ұзақтық пен таңба ауысуларының санағын үзеді; мәні жоқ деңгей барлық санды белгісіз етеді.",
    },
    literature: "Kendall M. G., Stuart A. The Advanced Theory of Statistics",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let signs: Vec<i32> = frame.complete("value")?.into_iter().map(Amount::signum).collect();
    if signs.is_empty() {
        return Err(Reason::TooFew);
    }
    let count = |sign| signs.iter().filter(|other| **other == sign).count();
    let (mut run, mut longest, mut changes) = (0_usize, 0_usize, 0_usize);
    let (mut before, mut stepless) = (0, Ok(()));
    for (row, sign) in signs.iter().enumerate() {
        match frame.follows(row) {
            Ok(()) => {}
            Err(reason) => {
                (run, before) = (0, 0);
                stepless = stepless.and(if reason == Reason::Irregular { Err(reason) } else { Ok(()) });
            }
        }
        run = if *sign < 0 { run + 1 } else { 0 };
        longest = longest.max(run);
        changes += usize::from(before * sign < 0);
        before = *sign;
    }
    Ok(vec![
        Outcome::whole("positive_years", count(1)),
        Outcome::whole("negative_years", count(-1)),
        Outcome::whole("zero_years", count(0)),
        Outcome::whole("longest_negative_run", stepless.map(|()| Amount::Integer(longest as i64))),
        Outcome::whole("sign_changes", stepless.map(|()| Amount::Integer(changes as i64))),
    ])
}
