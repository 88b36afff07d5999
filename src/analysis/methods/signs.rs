//! Signs: in how many periods a series is above and below zero, how long, and how often its sign changes.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "signs",
    group: Group::Retrospective,
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[],
    outputs: &[
        Output::whole("positive_years", "#{t: y(t) > 0}").unit(Unit::Count).flow(),
        Output::whole("negative_years", "#{t: y(t) < 0}").unit(Unit::Count).flow(),
        Output::whole("zero_years", "#{t: y(t) = 0}").unit(Unit::Count).flow(),
        Output::whole("longest_negative_run", "max n: y(t), …, y(t+n−1) < 0").unit(Unit::Count).flow(),
        Output::whole("sign_changes", "#{t: y(t−1) · y(t) < 0}").unit(Unit::Count).flow(),
    ],
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
