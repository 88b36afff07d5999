//! Class breaks: classes of equal number and classes of equal width.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::order;
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "class_breaks",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed)],
    params: &[Param::new("classes", ParamKind::Count(2, 9), "5")],
    outputs: &[
        Output::row("quantile_class", "Q(k − 1) < x ≤ Q(k)").unit(Unit::Count).level(),
        Output::member("quantile_class_upper", "Q(k) = x(h), h = 1 + (n − 1)·k/K").unit_of("value"),
        Output::member("quantile_class_count", "n(k)").unit(Unit::Count).flow(),
        Output::row("equal_interval_class", "B(k − 1) < x ≤ B(k)").unit(Unit::Count).level(),
        Output::member("equal_interval_upper", "B(k) = min + k·(max − min)/K").unit_of("value"),
        Output::member("equal_interval_count", "n(k)").unit(Unit::Count).flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let mut sorted: Vec<Amount> = values.iter().copied().cloned().collect();
    sorted.sort();
    let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else { return Err(Reason::TooFew) };
    let classes = frame.count("classes");
    let share = |class: i64| Amount::ratio(class, classes).unwrap_or(Amount::ZERO);
    let quantile = |class| order::quantile(&sorted, &share(class)).ok_or(Reason::TooFew);
    let equal = |class| match high.minus(low) {
        range if range.is_zero() => Err(Reason::ZeroVariance),
        range => Ok(low.plus(&range.times(&share(class)))),
    };
    let mut found = Vec::new();
    let quantiles = ["quantile_class", "quantile_class_upper", "quantile_class_count"];
    let intervals = ["equal_interval_class", "equal_interval_upper", "equal_interval_count"];
    classify(&mut found, quantiles, &values, (1..=classes).map(quantile).collect());
    classify(&mut found, intervals, &values, (1..=classes).map(equal).collect());
    Ok(found)
}

fn classify(
    found: &mut Vec<Outcome>,
    names: [&'static str; 3],
    values: &[&Amount],
    uppers: Vec<Result<Amount, Reason>>,
) {
    let [class, upper, count] = names;
    let of = |value: &Amount| {
        let mut below = 0;
        for upper in &uppers {
            below += usize::from(upper.as_ref().map_err(|reason| *reason)? < value);
        }
        Ok(below as i64 + 1)
    };
    let classes: Vec<Result<i64, Reason>> = values.iter().map(|value| of(value)).collect();
    for (row, number) in classes.iter().enumerate() {
        found.push(Outcome::row(class, row, number.map(Amount::Integer)));
    }
    for (number, bound) in (1..).zip(&uppers) {
        let part = || Part::Category(number.to_string().into());
        let units = classes.iter().filter(|class| **class == Ok(number)).count() as i64;
        found.push(Outcome::member(upper, part(), bound.clone()));
        found.push(Outcome::member(
            count,
            part(),
            bound.as_ref().map(|_| Amount::Integer(units)).map_err(|reason| *reason),
        ));
    }
}
