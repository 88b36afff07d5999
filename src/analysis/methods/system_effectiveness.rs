//! System effectiveness: how far migration between the units of a whole redistributes its population.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{ln, per};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "system_effectiveness",
    group: Group::Demography,
    along: Along::Units,
    roles: &[
        Role::required("arrivals", Takes::NonNegative),
        Role::required("departures", Takes::NonNegative),
        Role::optional("population", Takes::NonNegative),
    ],
    params: &[],
    outputs: &[
        Output::whole("system_effectiveness", "MEI = 100 · Σ|I − O| / Σ(I + O)").unit(Unit::Percent).flow(),
        Output::whole("aggregate_net", "½ · Σ|I − O|").unit_of("arrivals").flow(),
        Output::whole("crude_migration_intensity", "CMI = 100 · M / P, M = ½ · Σ(I + O)").unit(Unit::Percent).flow(),
        Output::whole("aggregate_net_migration_rate", "ANMR = 100 · ½ · Σ|I − O| / P = CMI · MEI / 100")
            .unit(Unit::Percent)
            .flow(),
        Output::whole("courgeau_k", "k = CMI / ln(n²)").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (mut net, mut turnover) = (Amount::ZERO, Amount::ZERO);
    for row in 0..frame.rows {
        let (arrivals, departures) = (frame.unsigned("arrivals", row)?, frame.unsigned("departures", row)?);
        net = net.plus(&arrivals.minus(departures).magnitude());
        turnover = turnover.plus(&arrivals.plus(departures));
    }
    if frame.rows == 0 {
        return Err(Reason::TooFew);
    }
    let population = population(frame);
    let rate = |sum: &Amount| per(50, sum, population.as_ref().map_err(|reason| *reason)?, Reason::ZeroBase);
    let intensity = rate(&turnover);
    Ok(vec![
        Outcome::whole("system_effectiveness", per(100, &net, &turnover, Reason::ZeroTotal)),
        Outcome::whole("aggregate_net", per(1, &net, &Amount::Integer(2), Reason::Undefined)),
        Outcome::whole("courgeau_k", courgeau(&intensity, frame.rows)),
        Outcome::whole("crude_migration_intensity", intensity),
        Outcome::whole("aggregate_net_migration_rate", rate(&net)),
    ])
}

/// Returns an intensity freed of the number of units (Courgeau 1973): it grows with the logarithm of their square.
pub(super) fn courgeau(intensity: &Result<Amount, Reason>, units: usize) -> Result<f64, Reason> {
    let intensity = intensity.as_ref().map_err(|reason| *reason)?;
    if units < 2 {
        return Err(Reason::TooFew);
    }
    Ok(intensity.to_f64() / ln((units * units) as f64))
}

fn population(frame: &Frame) -> Result<Amount, Reason> {
    (0..frame.rows).try_fold(Amount::ZERO, |sum, row| Ok(sum.plus(frame.unsigned("population", row)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::frame::Column;
    use crate::finding::Value;

    #[test]
    fn the_net_rate_is_intensity_times_effectiveness() {
        let column = |values: &[i64]| {
            let values = values.iter().map(|value| Ok(Amount::Integer(*value))).collect();
            vec![Column { name: String::new(), unit: Unit::Persons, values }]
        };
        for seed in 1..50_i64 {
            let draw = |salt: i64| (0..7).map(|i| (seed * 7919 + i * 104_729 + salt * 31) % 997).collect::<Vec<_>>();
            let numbers = [("arrivals", draw(1)), ("departures", draw(2)), ("population", draw(3))];
            let numbers = numbers.iter().map(|(role, values)| (*role, column(values))).collect();
            let found = run(&Frame { rows: 7, numbers, ..Frame::default() }).expect("results");
            let get = |name| match &found.iter().find(|outcome| outcome.name == name).expect(name).value {
                Value::Amount(amount) => amount.clone(),
                value => panic!("{name}: {value}"),
            };
            let product = get("crude_migration_intensity").times(&get("system_effectiveness"));
            assert_eq!(product, get("aggregate_net_migration_rate").times(&Amount::Integer(100)), "{seed}");
        }
    }
}
