//! Mean annual: the mean of the stocks at the two ends of each year.

use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, lines, value, with_next, with_period};
use crate::finding::{Amount, Reason, Series, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "mean_annual",
    title: Bilingual {
        ru: "Среднегодовая численность", kk: "Орташа жылдық сан"
    },
    members: &[("mean_annual", "P̄(t) = (P(t) + P(t+1)) / 2")],
    convention: Bilingual {
        ru: "Полусумма численностей на 1 января данного и следующего года.",
        kk: "Жылдың және келесі жылдың 1 қаңтарындағы сандардың жарты қосындысы.",
    },
    literature: "Shryock H. S., Siegel J. S. The Methods and Materials of Demography",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    let (name, formula) = METHOD.members[0];
    let mut mean = Member::new(series, name, formula, series.unit, series.class, with_next);
    let (at, lines) = lines(series)?;
    for (rest, line) in &lines {
        for pair in line.windows(2) {
            let [(period, start), (after, end)] = pair else { continue };
            if *after != period.next() {
                continue;
            }
            let found = match (&start.value, &end.value) {
                (Value::Amount(a), Value::Amount(b)) => {
                    value(a.plus(b).divided_by(&Amount::Integer(2)), Reason::Missing)
                }
                (Value::Missing(reason), _) | (_, Value::Missing(reason)) => Value::Missing(*reason),
                _ => Value::Missing(Reason::Missing),
            };
            mean.put(with_period(rest, at, *period), found, [*start, *end]);
        }
    }
    Ok(vec![mean.done()])
}
