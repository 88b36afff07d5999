//! Numerals of English.

use super::{Numerals, plain};

pub(in crate::language) static NUMERALS: Numerals = Numerals {
    cardinals: CARDINALS,
    fractions: &["half"],
    articles: &["a"],
    and_half: &["and", "a", "half"],
    both: &["both"],
    parts: &["thirds", "quarters", "fifths"],
    is_alone,
    scales: &["thousand", "million", "billion", "trillion"],
    factors: &[("thous", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000), ("trillion", 1_000_000_000_000)],
    within: &["in"],
    units: &["percent", "per", "people", "person", "tenge", "dollar"],
    persons: &["person", "people"],
    points: &[("percentage", "point")],
    multiplies: |word| word == "fold" || word == "times",
    is_counted: |word| COUNTED.iter().any(|noun| word.starts_with(noun)),
    is_time: |word| ["year", "month", "day", "quarter"].iter().any(|time| word.starts_with(time)),
    tells_which: |word| ["first", "second", "middle", "upper", "lower"].contains(&word),
    part_of: &[(2, "half")],
    multiples: &[
        (2, "twice double doubled twofold"),
        (3, "thrice triple tripled threefold"),
        (4, "quadrupled fourfold"),
        (5, "fivefold"),
        (6, "sixfold"),
        (7, "sevenfold"),
        (8, "eightfold"),
        (9, "ninefold"),
        (10, "tenfold"),
    ],
    loose: &[
        "half", "a third of", "one third of", "a quarter of", "one quarter of", "a fifth of", "one fifth of", "a tenth of",
        "a dozen", "dozens of", "tens of thousand*", "hundreds of thousand*", "hundreds of people", "scores of",
    ],
    each: &[
        "every second", "every third", "every fourth", "every fifth", "every sixth", "every tenth", "each second",
        "every other",
    ],
    out_of: &["out of", "in"],
    bounds: &["than", "over", "under", "exceeds"],
    ..plain::NUMERALS
};

const CARDINALS: &[(u32, &str)] = &[
    (1, "one"),
    (2, "two"),
    (3, "three"),
    (4, "four"),
    (5, "five"),
    (6, "six"),
    (7, "seven"),
    (8, "eight"),
    (9, "nine"),
    (10, "ten"),
    (11, "eleven"),
    (12, "twelve"),
    (13, "thirteen"),
    (14, "fourteen"),
    (15, "fifteen"),
    (16, "sixteen"),
    (17, "seventeen"),
    (18, "eighteen"),
    (19, "nineteen"),
    (20, "twenty"),
    (30, "thirty"),
    (40, "forty"),
    (50, "fifty"),
    (60, "sixty"),
    (70, "seventy"),
    (80, "eighty"),
    (90, "ninety"),
    (100, "hundred"),
];

/// Words that are a quantity by themselves.
const ALONE: [&str; 8] = ["twice", "thrice", "doubled", "tripled", "trebled", "quadrupled", "halved", "twofold"];

fn is_alone(word: &str) -> bool {
    ALONE.contains(&word) || word.strip_suffix("fold").is_some_and(|first| NUMERALS.cardinal(first).is_some())
}

const COUNTED: [&str; 26] = [
    "region",
    "cities",
    "city",
    "town",
    "district",
    "villages",
    "countries",
    "years",
    "months",
    "quarters",
    "migrant",
    "families",
    "household",
    "voivodeship",
    "province",
    "oblast",
    "counties",
    "county",
    "states",
    "prefecture",
    "canton",
    "municipalit",
    "commune",
    "settlement",
    "territor",
    "areas",
];
