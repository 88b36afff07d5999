//! Life table: how many survive to each age, and how long they still live, at the death rates of one time.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "life_table",
    group: Group::Demography,
    along: Along::Units,
    roles: &[
        Role::required("deaths", Takes::NonNegative),
        Role::required("population", Takes::NonNegative),
        Role::required("age", Takes::NonNegative),
    ],
    params: &[Param::new("sex", ParamKind::Choice(&["both", "female", "male"]), "both")],
    outputs: &[
        Output::row("death_rate", "m(x) = D / P").unit(Unit::None).flow(),
        Output::row("years_lived_by_the_dying", "a(x): Coale–Demeny; n/2; 1/m").flow(),
        Output::row("death_probability", "q(x) = n·m / (1 + (n − a)·m)").flow(),
        Output::row("survivors", "l(x + n) = l(x) · (1 − q(x)), l(0) = 100000").flow(),
        Output::row("table_deaths", "d(x) = l(x) − l(x + n)").flow(),
        Output::row("years_lived", "L(x) = n · l(x + n) + a · d(x); L(∞) = l / m").flow(),
        Output::row("years_left", "T(x) = Σ L").flow(),
        Output::row("life_expectancy", "e(x) = T(x) / l(x)").flow(),
        Output::whole("life_expectancy_at_first_age", "e(x₀)").flow(),
        Output::whole("life_expectancy_standard_error", "√(Σ l²(x) · [(n − a) + e(x + n)]² · q²(1 − q)/D) / l(x₀)")
            .flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (ages, deaths, people) = (frame.complete("age")?, frame.complete("deaths")?, frame.complete("population")?);
    if ages.len() < 2 {
        return Err(Reason::TooFew);
    }
    if deaths.iter().chain(&people).any(|value| value.signum() < 0) {
        return Err(Reason::MixedSign);
    }
    let mut order: Vec<usize> = (0..ages.len()).collect();
    order.sort_by_key(|row| ages[*row]);
    if order.windows(2).any(|pair| ages[pair[0]] == ages[pair[1]]) {
        return Err(Reason::Ties);
    }
    let one = Amount::Integer(1);
    let over = |a: &Amount, b: &Amount, zero: Reason| a.divided_by(b).ok_or(zero);
    let last = order.len() - 1;
    let rates: Vec<Amount> =
        order.iter().map(|row| over(deaths[*row], people[*row], Reason::ZeroBase)).collect::<Result<_, _>>()?;
    let widths: Vec<Amount> = order.windows(2).map(|pair| ages[pair[1]].minus(ages[pair[0]])).collect();
    let infant = ages[order[0]].is_zero().then(|| &rates[0]);
    let part = |at: usize| -> Result<Amount, Reason> {
        if at == last {
            return over(&one, &rates[at], Reason::ZeroBase);
        }
        let early = infant.and_then(|rate| separation(ages[order[at]], &widths[at], rate, frame.choice("sex")));
        Ok(early.unwrap_or_else(|| crate::analysis::numeric::exact::half(&widths[at])))
    };
    let parts: Vec<Amount> = (0..=last).map(part).collect::<Result<_, _>>()?;
    let probability = |at: usize| {
        if at == last {
            return Ok(one.clone());
        }
        let below = one.plus(&widths[at].minus(&parts[at]).times(&rates[at]));
        over(&widths[at].times(&rates[at]), &below, Reason::Undefined).map(|q| q.min(one.clone()))
    };
    // Exact fractions would grow with every age: from here on floats, in the order of the ages.
    let q: Vec<f64> = (0..=last).map(|at| probability(at).map(|q| q.to_f64())).collect::<Result<_, _>>()?;
    let (a, m): (Vec<f64>, Vec<f64>) = parts.iter().zip(&rates).map(|(a, m)| (a.to_f64(), m.to_f64())).unzip();
    let n: Vec<f64> = widths.iter().map(Amount::to_f64).collect();
    let mut l = vec![100_000.0];
    (0..last).for_each(|at| l.push(l[at] * (1.0 - q[at])));
    let dying: Vec<f64> = (0..=last).map(|at| if at == last { l[at] } else { l[at] * q[at] }).collect();
    let lived: Vec<f64> =
        (0..=last).map(|at| if at == last { l[at] / m[at] } else { n[at] * l[at + 1] + a[at] * dying[at] }).collect();
    let mut left = lived.clone();
    (0..last).rev().for_each(|at| left[at] += left[at + 1]);
    let e = |at: usize| if l[at] > 0.0 { Ok(left[at] / l[at]) } else { Err(Reason::ZeroBase) };
    let spread = (0..last).map(|at| {
        let d = deaths[order[at]].to_f64();
        if d == 0.0 {
            return Ok(0.0);
        }
        let further = n[at] - a[at] + if l[at + 1] > 0.0 { e(at + 1)? } else { 0.0 };
        Ok(l[at] * l[at] * further * further * q[at] * q[at] * (1.0 - q[at]) / d)
    });
    let variance: Result<f64, Reason> = spread.collect::<Result<Vec<f64>, _>>().map(crate::analysis::numeric::sum);
    let mut found = vec![
        Outcome::whole("life_expectancy_at_first_age", e(0)),
        Outcome::whole("life_expectancy_standard_error", variance.map(|variance| variance.sqrt() / l[0])),
    ];
    for (at, row) in order.iter().copied().enumerate() {
        found.push(Outcome::row("death_rate", row, rates[at].clone()));
        found.push(Outcome::row("years_lived_by_the_dying", row, parts[at].clone()));
        found.push(Outcome::row("death_probability", row, probability(at)));
        found.push(Outcome::row("survivors", row, l[at]));
        found.push(Outcome::row("table_deaths", row, dying[at]));
        found.push(Outcome::row("years_lived", row, lived[at]));
        found.push(Outcome::row("years_left", row, left[at]));
        found.push(Outcome::row("life_expectancy", row, e(at)));
    }
    Ok(found)
}

/// How long those live who die in infancy or from one to four, by the rate of infants: Coale and Demeny (1983), model
/// West, as Preston et al. (2001) write it; of both sexes the mean. `None` for other ages.
fn separation(age: &Amount, width: &Amount, infant: &Amount, sex: &str) -> Option<Amount> {
    let decimal = |text: &str| Amount::parse(text).unwrap_or(Amount::ZERO);
    let high = *infant >= decimal("0.107");
    let line = |constant: &str, slope: &str| decimal(constant).plus(&infant.times(&decimal(slope)));
    let (one, four) = (Amount::Integer(1), Amount::Integer(4));
    let [male, female] = match (age.is_zero() && *width == one, *age == one && *width == four) {
        (true, _) if high => [decimal("0.330"), decimal("0.350")],
        (true, _) => [line("0.045", "2.684"), line("0.053", "2.800")],
        (_, true) if high => [decimal("1.352"), decimal("1.361")],
        (_, true) => [line("1.651", "-2.816"), line("1.522", "-1.518")],
        _ => return None,
    };
    Some(match sex {
        "male" => male,
        "female" => female,
        _ => crate::analysis::numeric::exact::half(&male.plus(&female)),
    })
}
