//! Proof of a language without rules: what is wrong in any.

use super::rules::Rules;

pub(in crate::language) const RULES: Rules = Rules {
    is_strange: |_| false,
    is_own: char::is_alphabetic,
    lone: &[],
    other: |_| None,
    is_left_over: |_, _| false,
    units: &["%", "‰"],
    labels: &[],
    points: &["п."],
    measures: &[],
    guillemets: false,
    directions: [&[], &[]],
    losses: &[],
    scales: &[],
    is_below: |_| false,
    ends: |_, _| None,
    negative: &[],
    balance: &[],
    grows: (&[], |_| true),
    verb_last: true,
    is_share: |_| false,
    changes: &[],
    is_by: |_, _, _| false,
    is_range: |_| false,
    year: |_, _, _, _| {},
    read: |_, _, _, _| {},
};
