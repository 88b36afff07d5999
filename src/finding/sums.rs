//! Sums: whether a number is the sum of those beside it, to the last place or as far as they are rounded.

use super::Amount;

/// How a number is the sum of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sums {
    /// To the last place.
    Exact,
    /// But for the rounding of each.
    Rounded,
}

/// Says whether a number is the sum of the others among values of which it is one; nothing where it is not.
pub fn sums<'a>(values: impl Iterator<Item = &'a Amount> + Clone, own: &Amount) -> Option<Sums> {
    let sum = values.clone().fold(Amount::ZERO, |sum, value| sum.plus(value));
    let excess = sum.minus(own).minus(own).magnitude();
    match excess.is_zero() {
        true => Some(Sums::Exact),
        false => (excess.minus(&slack(values, own)).signum() <= 0).then_some(Sums::Rounded),
    }
}

/// By how much the sum of numbers may miss their rounded whole, which is one of them: each by half of the last place that
/// any shows. Zero where that is no small part of the whole, for there any number would be near it.
fn slack<'a>(values: impl Iterator<Item = &'a Amount> + Clone, whole: &Amount) -> Amount {
    const SMALL: i64 = 100;
    let all_whole = |factor: &Amount| values.clone().all(|value| value.times(factor).is_whole());
    let powers = || (1..=9).map(|power| 10_i64.pow(power));
    let place = match all_whole(&Amount::Integer(1)) {
        true => {
            let in_tens = |power: &i64| Amount::ratio(1, *power).is_some_and(|factor| all_whole(&factor));
            powers().take_while(in_tens).last().map(Amount::Integer).or(Some(Amount::Integer(1)))
        }
        false => powers().find(|power| all_whole(&Amount::Integer(*power))).and_then(|power| Amount::ratio(1, power)),
    };
    let half = |place: Amount| Some(place.times(&Amount::ratio(i64::try_from(values.clone().count()).ok()?, 2)?));
    let slack = place.and_then(half).unwrap_or(Amount::ZERO);
    let is_small = slack.times(&Amount::Integer(SMALL)).minus(&whole.magnitude()).signum() <= 0;
    if is_small { slack } else { Amount::ZERO }
}

#[cfg(test)]
mod tests {
    use super::{Amount, Sums, slack, sums};

    #[test]
    fn a_sum_may_miss_its_whole_by_half_of_the_last_place_of_each() {
        for (values, expected) in [
            (&["20.1", "30.2", "50.0", "100.2"][..], "0.2"),
            (&["1200", "3400", "50000", "54500"][..], "200"),
            (&["1000", "3000", "50000", "54000"][..], "0"),
            (&["20", "30", "50", "100"][..], "0"),
            (&["201", "303", "502", "1006"][..], "2"),
        ] {
            let all: Vec<Amount> = values.iter().filter_map(|text| Amount::parse(text)).collect();
            let whole = all.last().expect("a whole");
            assert_eq!(slack(all.iter(), whole), Amount::parse(expected).expect("a number"), "{values:?}");
        }
    }

    #[test]
    fn a_number_is_the_sum_of_the_others_exactly_but_for_rounding_or_not() {
        for (values, expected) in [
            (&["20", "30", "50", "100"][..], Some(Sums::Exact)),
            (&["20.1", "30.2", "50.0", "100.2"][..], Some(Sums::Rounded)),
            (&["20.1", "30.2", "50.0", "100.6"][..], None),
        ] {
            let all: Vec<Amount> = values.iter().filter_map(|text| Amount::parse(text)).collect();
            assert_eq!(sums(all.iter(), all.last().expect("a whole")), expected, "{values:?}");
        }
    }
}
