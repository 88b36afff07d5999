//! Theil: the two Theil measures, between and within groups.

use std::collections::BTreeMap;

use super::gini::{non_negative, weights};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::{self, spread};
use crate::finding::{Amount, Part, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "theil",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[
        Role::required("value", Takes::NonNegative),
        Role::optional("weight", Takes::NonNegative),
        Role::optional("group", Takes::Label),
    ],
    params: &[],
    outputs: &[
        Output::whole("theil_t", "T = Σ (x/(n·μ))·ln(x/μ)").flow(),
        Output::whole("theil_l", "L = Σ ln(μ/x) / n").flow(),
        Output::whole("theil_t_between", "T(b) = Σ s(g)·ln(μ(g)/μ)").flow(),
        Output::whole("theil_t_within", "T(w) = Σ s(g)·T(g)").flow(),
        Output::whole("theil_l_between", "L(b) = Σ (n(g)/n)·ln(μ/μ(g))").flow(),
        Output::whole("theil_l_within", "L(w) = Σ (n(g)/n)·L(g)").flow(),
        Output::member("theil_group_share", "s(g) = Σ x(g) / Σ x").flow(),
        Output::member("theil_group_t", "T(g)").flow(),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = non_negative(frame, "value")?;
    let whole = Spread::of(values.iter().zip(weights(frame, "weight")?.iter()));
    if whole.held.is_zero() {
        return Err(Reason::ZeroTotal);
    }
    let mut found = vec![Outcome::whole("theil_t", whole.t()), Outcome::whole("theil_l", whole.l())];
    let parts = ["theil_t_between", "theil_t_within", "theil_l_between", "theil_l_within"];
    if !frame.has("group") {
        found.extend(parts.map(|name| Outcome::whole(name, Reason::Missing)));
        return Ok(found);
    }

    let weights = weights(frame, "weight")?;
    let mut groups: BTreeMap<&str, Vec<(&Amount, &Amount)>> = BTreeMap::new();
    for (label, unit) in frame.labels("group").iter().zip(values.iter().zip(&weights)) {
        groups.entry(label).or_default().push(unit);
    }
    let groups: Vec<(&str, Spread)> = groups.into_iter().map(|(name, units)| (name, Spread::of(units))).collect();
    let share = |part: &Amount, total: &Amount| part.divided_by(total).ok_or(Reason::ZeroTotal);
    let between = Spread::of_means(groups.iter().map(|(_, group)| group));
    let (mut t_within, mut l_within) = (Vec::new(), Vec::new());
    for (name, group) in &groups {
        let held = share(&group.held, &whole.held)?;
        let member = || Part::Category((*name).into());
        // A group that holds nothing adds nothing to T, though it has no T of its own.
        if !held.is_zero() {
            t_within.push(group.t().map(|t| held.to_f64() * t));
        }
        let people = share(&group.people, &whole.people)?;
        if !people.is_zero() {
            l_within.push(group.l().map(|l| people.to_f64() * l));
        }
        found.push(Outcome::member("theil_group_share", member(), held));
        found.push(Outcome::member("theil_group_t", member(), group.t()));
    }
    let added =
        |parts: Vec<Result<f64, Reason>>| parts.into_iter().collect::<Result<Vec<f64>, Reason>>().map(numeric::sum);
    let whole_l = whole.l().map(|_| ());
    found.push(Outcome::whole("theil_t_between", between.t()));
    found.push(Outcome::whole("theil_t_within", added(t_within)));
    found.push(Outcome::whole("theil_l_between", whole_l.and(between.l())));
    found.push(Outcome::whole("theil_l_within", whole_l.and(added(l_within))));
    Ok(found)
}

/// Units about their mean: for each its weight in the whole, and by how many times it exceeds the mean.
pub(super) struct Spread {
    people: Amount,
    held: Amount,
    units: Vec<(f64, Amount)>,
}

impl Spread {
    /// Takes values with their weights, in any order.
    pub(super) fn of<'a>(units: impl IntoIterator<Item = (&'a Amount, &'a Amount)>) -> Spread {
        let units: Vec<_> = units.into_iter().map(|(value, weight)| (value.clone(), weight.clone())).collect();
        Spread::new(units.iter().map(|(value, weight)| (value.times(weight), weight.clone())).collect(), |row| {
            units.get(row).map(|(value, _)| value.clone())
        })
    }

    /// Takes groups, each at its mean.
    fn of_means<'a>(groups: impl IntoIterator<Item = &'a Spread>) -> Spread {
        let units: Vec<(Amount, Amount)> =
            groups.into_iter().map(|group| (group.held.clone(), group.people.clone())).collect();
        let means: Vec<Option<Amount>> = units.iter().map(|(held, people)| held.divided_by(people)).collect();
        Spread::new(units, |row| means.get(row).cloned().flatten())
    }

    fn new(units: Vec<(Amount, Amount)>, value: impl Fn(usize) -> Option<Amount>) -> Spread {
        let held = spread::total(units.iter().map(|(held, _)| held));
        let people = spread::total(units.iter().map(|(_, weight)| weight));
        let part = |(row, (_, weight)): (usize, &(Amount, Amount))| {
            let weight = weight.divided_by(&people).filter(|weight| !weight.is_zero())?;
            Some((weight.to_f64(), value(row)?.times(&people).divided_by(&held)?))
        };
        let mut units: Vec<(f64, Amount)> = units.iter().enumerate().filter_map(part).collect();
        units.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.total_cmp(&b.0)));
        Spread { people, held, units }
    }

    /// Adds up a function of each unit's ratio to the mean, weighted; a unit at zero may have none.
    pub(super) fn mean(&self, of: impl Fn(f64, f64) -> Option<f64>) -> Result<f64, Reason> {
        if self.held.is_zero() {
            return Err(Reason::ZeroTotal);
        }
        let one = Amount::Integer(1);
        let part = |(weight, ratio): &(f64, Amount)| {
            let excess = ratio.minus(&one).to_f64();
            of(ratio.to_f64(), excess).map(|value| weight * value).ok_or(Reason::Undefined)
        };
        Ok(numeric::sum(self.units.iter().map(part).collect::<Result<Vec<f64>, Reason>>()?))
    }

    /// Theil T. The excesses add up to zero, so they may be taken off: what is left is never negative.
    fn t(&self) -> Result<f64, Reason> {
        self.mean(|ratio, excess| {
            Some(match ratio {
                0.0 => 1.0,
                _ if excess.abs() < NEAR => series(excess, |k| 1.0 / (k * (k - 1.0))),
                _ => ratio * numeric::ln(ratio) - excess,
            })
        })
    }

    /// Theil L, likewise.
    pub(super) fn l(&self) -> Result<f64, Reason> {
        self.mean(|ratio, excess| match ratio {
            0.0 => None,
            _ if excess.abs() < NEAR => Some(series(excess, |k| 1.0 / k)),
            _ => Some(excess - numeric::ln(ratio)),
        })
    }
}

/// How near to the mean a unit must be for the logarithm to lose digits.
pub(super) const NEAR: f64 = 0.05;

/// Adds up (−d)^k · c(k) for k = 2, 3, …: an expansion about the mean without its linear term.
fn series(d: f64, coefficient: impl Fn(f64) -> f64) -> f64 {
    let terms = std::iter::successors(Some((2.0, d * d)), |(k, power)| Some((k + 1.0, power * -d)));
    numeric::sum(terms.take(16).map(|(k, power)| power * coefficient(k)))
}

#[cfg(test)]
mod tests {
    use super::super::gini::tests::{frame, whole};
    use super::*;

    #[test]
    fn knows_neither_scale_nor_order() {
        for name in ["theil_t", "theil_l"] {
            let theil = |values: &[i64]| whole(&METHOD, &frame(&METHOD, &[("value", values)]), name);
            let once = theil(&[7, 1, 3, 12, 4]);
            assert_eq!(once, theil(&[3, 12, 4, 7, 1]));
            assert_eq!(once, theil(&[7000, 1000, 3000, 12000, 4000]));
            assert_eq!(theil(&[5, 5, 5]), Amount::Float(0.0));
        }
    }

    #[test]
    fn groups_add_up() {
        let mut frame = frame(&METHOD, &[("value", &[7, 1, 3, 12, 4, 9]), ("weight", &[1, 2, 3, 1, 5, 2])]);
        frame.labels.insert("group", ["a", "b", "a", "c", "b", "a"].map(str::to_owned).to_vec());
        let number = |name: &str| whole(&METHOD, &frame, name).to_f64();
        for (all, between, within) in
            [("theil_t", "theil_t_between", "theil_t_within"), ("theil_l", "theil_l_between", "theil_l_within")]
        {
            assert!((number(all) - number(between) - number(within)).abs() < 1e-15, "{all}");
        }
    }
}
