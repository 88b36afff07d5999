//! Numerals of a language of which no words are known.

use super::Numerals;

pub(in crate::language) const NUMERALS: Numerals = Numerals {
    cardinals: &[],
    fractions: &[],
    over_one: &[],
    articles: &[],
    by: &[],
    and_half: &[],
    both: &[],
    parts: &[],
    is_alone: |_| false,
    scales: &[],
    factors: &[],
    within: &[],
    units: &[],
    stems: &[],
    is_form: |_, _| false,
    persons: &[],
    points: &[],
    times: &[],
    multiplies: |_| false,
    is_counted: |_| false,
    is_many: |_| false,
    is_time: |_| false,
    is_part_of: |_, _| false,
    is_part: |_| false,
    tells_which: |_| false,
    part_of: &[],
    multiples: &[],
    adjectives: &[],
};
