//! Idle: whether a confirmed verdict depends on what is printed, found by altering that and judging again.

use super::asked;
use super::bench;
use super::entry::{Kind, Way};
use super::range::wide;
use super::rule::{list, period};
use super::said::{self, Name, Said};
use super::verdict::{Hold, Judged, Outcome, Stake, Verdict};
use super::worlds::stands_still;
use super::{Claim, Printed, Rule, Says};
use crate::analysis::Edition;
use crate::finding::{Amount, Value};

/// Alters what a confirmed claim prints and judges each again on what was derived before.
pub(super) fn stake(judged: &Judged, said: &Said, bench: &Edition) -> Stake {
    let claim = judged.claim;
    let endless = |printed: Printed| claim.says != Says::Exact && claim.reach(&printed).is_none();
    if claim.number().is_some_and(endless) {
        return Stake::Endless;
    }
    if judged.verdict != Verdict::Confirmed {
        return Stake::None;
    }
    let stays = match claim.kind().way() {
        Way::Statement => judged.first().and_then(|reading| idle_words(judged, reading, said, bench)),
        Way::Number => judged.first().and_then(|reading| idle_number(claim, reading, bench)),
        Way::Whole if claim.kind() == Kind::Period => other_numbers(claim, &Amount::Integer(1))
            .into_iter()
            .find(|other| matches!(period::judge(other), Some((Verdict::Confirmed, _)))),
        Way::Whole => {
            let ids: Vec<&str> = claim.listed();
            other_lists(claim).into_iter().find(|other| list::unlike(other, &ids, judged.paper).is_none())
        }
    };
    match stays {
        Some(other) => Stake::Idle(other.printed),
        None if is_still(judged, said, bench) => Stake::Still,
        None if is_far(judged) => Stake::Far,
        None => Stake::Printed,
    }
}

/// Says whether a claim would be confirmed whatever the data were, or in whatever order its numbers stood.
fn is_still(judged: &Judged, said: &Said, bench: &Edition) -> bool {
    let claim = judged.claim;
    if let Rule::List { lists, closes } = &claim.rule {
        return list::closes_anyhow(lists, closes, judged.paper, bench);
    }
    let Some(reading) = judged.first().filter(|_| claim.cell.is_none()) else { return false };
    let statement = match claim.kind() {
        Kind::Sign | Kind::Ranking => reading.statement(claim, said, bench),
        _ => None,
    };
    let own = || bench::parse(&reading.expr, bench);
    let expr = statement.as_ref().map(|statement| statement.expr.clone()).or_else(own);
    expr.is_some_and(|expr| stands_still(&expr, statement.as_ref(), &reading.value, bench))
}

/// Says whether a bound is true by far.
fn is_far(judged: &Judged) -> bool {
    let claim = judged.claim;
    let distance = judged.first().and_then(|reading| reading.distance.as_ref());
    let reach = claim.number().and_then(|printed| claim.reach(&printed));
    claim.says.is_bound()
        && claim.kind().is_number()
        && distance.zip(reach).is_some_and(|(distance, reach)| distance.magnitude() > reach)
}

/// Prints a number that stands a distance above or below.
fn other_numbers(claim: &Claim, by: &Amount) -> Vec<Claim> {
    let Some(printed) = claim.number() else { return Vec::new() };
    let other = |value: Amount| Claim { printed: value.round(printed.decimals as usize).to_string(), ..claim.clone() };
    vec![other(printed.value.plus(by)), other(printed.value.minus(by))]
}

/// Finds another number that would be confirmed: one unit of the last place off, or just beyond a declared reach.
fn idle_number(claim: &Claim, reading: &Outcome, bench: &Edition) -> Option<Claim> {
    let printed = claim.number()?;
    let unit = printed.last_place();
    let others = match (claim.kind(), claim.says) {
        // The other place may print it more coarsely: then this number is moved past what that leaves open.
        (Kind::SameAs, Says::Exact) => {
            let scale = Amount::Integer(claim.measure().scale);
            let width = wide(&reading.expr, bench).and_then(|term| match term.cell.value {
                Value::Amount(wide) => wide.high.minus(&wide.low).divided_by(&scale),
                _ => None,
            });
            let coarse = width.filter(|width| *width > unit);
            other_numbers(claim, &coarse.map_or(unit.clone(), |width| width.plus(&unit)))
        }
        (_, says) if says != Says::Exact => beyond(claim, reading.derived.as_ref()?, &printed),
        _ => other_numbers(claim, &unit),
    };
    let said = Said::default();
    others.into_iter().find(|other| matches!(reading.hold(other, &said, bench), Ok(Some((Hold::Yes, _)))))
}

/// Prints numbers from which the derived one lies just out of reach, on either side; on the one side of a bound without an end.
fn beyond(claim: &Claim, derived: &Amount, printed: &Printed) -> Vec<Claim> {
    let unit = printed.last_place();
    let bounds = claim.bounds(printed);
    if claim.end(printed).is_none() {
        let other = if bounds.high.is_none() { derived.plus(&unit) } else { derived.minus(&unit) };
        // Of a loss «more than» points the other way: a number of the other sign would be another statement.
        let alike = other.signum() == printed.value.signum();
        let printed = other.round(printed.decimals as usize).to_string();
        return alike.then(|| Claim { printed, ..claim.clone() }).into_iter().collect();
    }
    let Some(reach) = claim.reach(printed) else { return Vec::new() };
    // A rounder number reaches further by default, so the altered one is not round.
    let far = match claim.within {
        Some(_) => reach.plus(&unit),
        None => reach.plus(&reach).plus(&unit),
    };
    let other = |value: Amount| -> Claim {
        let text = |value: &Amount| value.round(printed.decimals as usize).to_string();
        let value = if text(&value).ends_with('0') { value.plus(&unit) } else { value };
        Claim { printed: text(&value), ..claim.clone() }
    };
    vec![other(derived.plus(&far)), other(derived.minus(&far).minus(&unit).minus(&unit))]
}

/// Finds other words or names that would be confirmed.
fn idle_words(judged: &Judged, reading: &Outcome, said: &Said, bench: &Edition) -> Option<Claim> {
    let stays = |other: &Said| {
        let claim = judged.claim.without_sign();
        matches!(reading.hold(&claim, other, bench), Ok(Some((Hold::Yes, _))))
    };
    let as_printed = |text: String| Claim { printed: text, ..judged.claim.clone() };
    if let Some(sense) = said.sense.filter(|_| said.place.is_none()) {
        let other = Said { sense: Some(sense.opposite()), ..said.clone() };
        if stays(&other) {
            return Some(as_printed(sense.opposite().name().to_owned()));
        }
    }
    if let Some(place) = said.place {
        let other = Said { place: Some(place + 1), ..said.clone() };
        if stays(&other) {
            return Some(as_printed(format!("{}", place + 1)));
        }
    }
    let keys = bench::parse(&reading.expr, bench).map(|expr| asked::mentions(&expr)).unwrap_or_default();
    for (at, name) in said.named.iter().enumerate() {
        let others = name.others(judged.paper, bench);
        // The next one, and whatever else the statement itself names.
        let is_near = |at: usize, other: &Name| {
            at < 2 && !matches!(name, Name::Territory(_) | Name::Known(_))
                || at == 0
                || keys.iter().any(|key| other.is(key))
        };
        let free: Vec<&Name> = others.iter().filter(|other| !said.named.contains(other)).collect();
        for (_, other) in free.into_iter().enumerate().filter(|(at, other)| is_near(*at, other)) {
            let mut altered = said.clone();
            altered.named[at] = other.clone();
            if stays(&altered) {
                let named: Vec<String> = altered.named.iter().map(ToString::to_string).collect();
                return Some(as_printed(named.join(", ")));
            }
        }
    }
    None
}

/// Prints a list with one number altered, or two changed for each other.
fn other_lists(claim: &Claim) -> Vec<Claim> {
    let numbers = said::numbers(&claim.printed);
    let text = |numbers: &[Printed]| -> String {
        let one = |number: &Printed| number.value.round(number.decimals as usize).to_string();
        numbers.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    let mut others = Vec::new();
    if let Some(first) = numbers.first() {
        let mut altered = numbers.clone();
        altered[0] = Printed { value: first.value.plus(&first.last_place()), ..first.clone() };
        others.push(text(&altered));
    }
    if numbers.len() > 1 && numbers[0] != numbers[1] {
        let mut turned = numbers.clone();
        turned.swap(0, 1);
        others.push(text(&turned));
    }
    others.into_iter().map(|printed| Claim { printed, ..claim.clone() }).collect()
}
