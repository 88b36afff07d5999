//! Step: how far apart the periods of a series stand, decided once, from all of them.
//!
//! A year may be dated `2020`, by its first day or by its last, and a quarter and a month likewise; what follows what
//! must not turn on that. Methods over time ask here and never a period itself.

use crate::finding::{Amount, Period, Reason, days_in_month};

/// The distance from a period of a series to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// There are no periods: each row is one after the row before.
    Row,
    /// Whole years, or one day of a year.
    Year,
    /// Quarters, or days on the same day of every third month.
    Quarter,
    /// Months, or days on the same day of each month; a day that a month lacks is its last.
    Month,
    /// Days seven days apart.
    Week,
    /// Days.
    Day,
    /// Days that keep no step.
    Dates,
    /// Periods of different lengths.
    Mixed,
}

impl Step {
    /// Decides the step of a series from all its periods: the longest that all of them keep. A step left out is a gap.
    pub fn of(periods: &[Period]) -> Step {
        let all = |is: fn(&Period) -> bool| periods.iter().all(is);
        if periods.is_empty() {
            Step::Row
        } else if all(|period| period.day().is_some()) {
            of_days(periods)
        } else if all(|period| period.day().is_none() && period.month().is_some()) {
            Step::Month
        } else if all(|period| period.quarter().is_some()) {
            Step::Quarter
        } else if all(|period| period.month().is_none() && period.quarter().is_none()) {
            Step::Year
        } else {
            Step::Mixed
        }
    }

    /// Returns a whole number that grows by one from a period to the next; `None` where there is no next.
    pub fn ordinal(self, period: Period) -> Option<i64> {
        let (year, month, _) = period.first_day();
        let months = 12 * i64::from(year) + i64::from(month) - 1;
        match self {
            Step::Year => Some(i64::from(year)),
            Step::Quarter => Some(months.div_euclid(3)),
            Step::Month => Some(months),
            Step::Week => Some(period.ordinal().div_euclid(7)),
            Step::Day => Some(period.ordinal()),
            Step::Row | Step::Dates | Step::Mixed => None,
        }
    }

    /// Makes sure that a period is one step after another: a gap between them is `Missing`, no step at all `Irregular`.
    pub fn follows(self, before: Period, at: Period) -> Result<(), Reason> {
        let (before, at) = self.ordinal(before).zip(self.ordinal(at)).ok_or(Reason::Irregular)?;
        if at == before + 1 { Ok(()) } else { Err(Reason::Missing) }
    }

    /// Returns the neighbours between which periods are skipped, of periods in order; where all stand equally far apart,
    /// as censuses do, nothing is.
    pub fn gaps(self, periods: &[Period]) -> Vec<(Period, Period)> {
        let steps = |pair: &[Period]| Some((self.ordinal(pair[0])?, self.ordinal(pair[1])?));
        let far: Option<Vec<i64>> = periods.windows(2).map(|pair| steps(pair).map(|(a, b)| b - a)).collect();
        let far = far.unwrap_or_default();
        if far.iter().all(|apart| Some(apart) == far.first()) {
            return Vec::new();
        }
        let skipped = periods.windows(2).zip(&far).filter(|(_, apart)| **apart > 1);
        skipped.map(|(pair, _)| (pair[0], pair[1])).collect()
    }

    /// Returns how many steps a year has; for dates that keep none, how many days.
    pub fn per_year(self) -> Option<Amount> {
        match self {
            Step::Row | Step::Year => Some(Amount::Integer(1)),
            Step::Quarter => Some(Amount::Integer(4)),
            Step::Month => Some(Amount::Integer(12)),
            Step::Week => Amount::ratio(146_097, 2800),
            Step::Day | Step::Dates => Amount::ratio(146_097, 400),
            Step::Mixed => None,
        }
    }

    /// Returns the period so many steps after the last of these, dated as they are; `None` where there is no step.
    pub fn ahead(self, periods: &[Period], steps: i32) -> Option<Period> {
        let last = *periods.last()?;
        let months = match self {
            Step::Year => 12,
            Step::Quarter => 3,
            Step::Month => 1,
            Step::Week => return Some(last.shifted(7 * steps)),
            Step::Day => return Some(last.shifted(steps)),
            Step::Row | Step::Dates | Step::Mixed => return None,
        };
        match due(periods) {
            Some(day) => Some(last.months_later(months * steps, day)),
            None => Some(last.shifted(steps)),
        }
    }
}

/// The day of the month that all dates fall on where their months have it: the latest of their days, or the end of the
/// month where all of them end one.
fn due(periods: &[Period]) -> Option<u8> {
    let ends = |period: &Period| {
        let (year, month, day) = period.first_day();
        day == days_in_month(year, month)
    };
    let latest = periods.iter().filter_map(|period| period.day()).max()?;
    Some(if periods.iter().all(ends) { 31 } else { latest })
}

fn of_days(periods: &[Period]) -> Step {
    let due = due(periods).unwrap_or(1);
    let falls_due = |period: &Period| {
        let (year, month, day) = period.first_day();
        day == due.min(days_in_month(year, month))
    };
    let months = || periods.iter().filter_map(|period| Step::Month.ordinal(*period));
    let first = months().next().unwrap_or(0);
    let apart = |count: i64| months().all(|month| (month - first) % count == 0);
    if periods.iter().all(falls_due) {
        return match () {
            () if apart(12) => Step::Year,
            () if apart(3) => Step::Quarter,
            () => Step::Month,
        };
    }
    let mut days: Vec<i64> = periods.iter().map(|period| period.ordinal()).collect();
    days.sort_unstable();
    days.dedup();
    let gaps: Vec<i64> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let next = gaps.iter().filter(|gap| **gap == 1).count();
    match () {
        () if gaps.iter().all(|gap| gap % 7 == 0) => Step::Week,
        // Days may be left out, such as holidays, but not most of them.
        () if 2 * next > gaps.len() => Step::Day,
        () => Step::Dates,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(periods: &str) -> Step {
        Step::of(&periods.split(' ').filter_map(Period::parse).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_skipped_is_told_by_its_neighbours() {
        for (periods, wanted) in [
            ("2010 2011 2013 2014", "2011–2013"),
            ("2010-12-31 2011-12-31 2014-12-31", "2011-12-31–2014-12-31"),
            ("2020-Q1 2020-Q2 2020-Q4", "2020-Q2–2020-Q4"),
            ("2020-11 2020-12 2021-02 2021-05", "2020-12–2021-02 2021-02–2021-05"),
            ("2010 2011 2012", ""),
            ("1999 2009 2019", ""),
            ("2020", ""),
            ("2020-01-03 2020-01-20 2020-03-01", ""),
        ] {
            let periods: Vec<Period> = periods.split(' ').filter_map(Period::parse).collect();
            let gaps = Step::of(&periods).gaps(&periods);
            let said: Vec<String> = gaps.iter().map(|(before, at)| format!("{before}–{at}")).collect();
            assert_eq!(said.join(" "), wanted);
        }
    }

    #[test]
    fn the_longest_step_that_all_periods_keep_is_theirs() {
        let cases = [
            ("2020 2021 2023", Step::Year),
            ("2020-12-31 2021-12-31", Step::Year),
            ("2020-02-29 2021-02-28 2022-02-28", Step::Year),
            ("2020-06-30 2022-06-30", Step::Year),
            ("2020-Q1 2020-Q2", Step::Quarter),
            ("2020-03-31 2020-06-30 2020-09-30", Step::Quarter),
            ("2020-01-01 2021-04-01", Step::Quarter),
            ("2020-01 2021-01", Step::Month),
            ("2023-01-01 2023-02-01 2023-03-01", Step::Month),
            ("2023-01-31 2023-02-28 2023-03-31", Step::Month),
            ("2023-01-15 2023-02-15", Step::Month),
            ("2023-01-02 2023-01-09 2023-01-23", Step::Week),
            ("2023-01-02 2023-01-03 2023-01-04 2023-01-07", Step::Day),
            ("2023-01-31 2023-02-27 2023-03-31", Step::Dates),
            ("1999-02-25 2009-02-25 2021-09-01", Step::Dates),
            ("2020 2020-01", Step::Mixed),
            ("", Step::Row),
        ];
        for (periods, step) in cases {
            assert_eq!(of(periods), step, "{periods}");
        }
    }

    #[test]
    fn what_comes_next_is_dated_as_the_series_is() {
        let ahead = |periods: &str, steps: i32| {
            let read: Vec<Period> = periods.split(' ').filter_map(Period::parse).collect();
            Step::of(&read).ahead(&read, steps).map(|period| period.to_string())
        };
        assert_eq!(ahead("2023-11-30 2023-12-31", 2).as_deref(), Some("2024-02-29"));
        assert_eq!(ahead("2023-06-30 2023-09-30 2023-12-31", 1).as_deref(), Some("2024-03-31"));
        assert_eq!(ahead("2023-06-30 2023-09-30", 1).as_deref(), Some("2023-12-31"));
        assert_eq!(ahead("2023-02-28 2024-02-29", 1).as_deref(), Some("2025-02-28"));
        assert_eq!(ahead("2023-Q3 2023-Q4", 1).as_deref(), Some("2024-Q1"));
        assert_eq!(ahead("2023-12-18 2023-12-25", 1).as_deref(), Some("2024-01-01"));
        assert_eq!(ahead("2024-02-27 2024-02-28", 2).as_deref(), Some("2024-03-01"));
        assert_eq!(ahead("2023-01-01 2023-01-20 2023-02-05", 1), None);
    }
}
