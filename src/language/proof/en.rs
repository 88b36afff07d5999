//! Proof of English.

use super::plain;
use super::rules::{Measure, Rules, Sentence, Span};
use super::script::is_cyrillic;
use crate::language::NBSP;

pub(in crate::language) static RULES: Rules = Rules {
    is_strange: is_cyrillic,
    is_own: |letter| letter.is_ascii_alphabetic(),
    other,
    labels: &["No.", "Fig.", "p."],
    measures: &[
        (Measure::Scale, "thousand thousands million millions billion billions trillion"),
        (Measure::Persons, "person persons people"),
        (Measure::Percent, "% percent"),
        (Measure::Money, "tenge ₸"),
    ],
    directions: [
        &["grew", "rose", "increased", "gained", "climbed"],
        &["fell", "decreased", "declined", "shrank", "dropped"],
    ],
    comparatives: [&["more", "higher", "larger", "above"], &["less", "lower", "smaller", "fewer", "below"]],
    losses: &["loss", "lost", "deficit", "outflow", "balance", "decline"],
    is_below: |behind| {
        let by = behind.trim_start_matches([' ', NBSP]).strip_prefix("by");
        by.is_some_and(|rest| rest.trim_start_matches([' ', NBSP]).starts_with('\u{2212}'))
    },
    superlatives: [
        &["highest", "largest", "greatest", "biggest", "most", "maximum", "fastest", "peak*"],
        &["lowest", "smallest", "least", "fewest", "minimum", "slowest"],
    ],
    vague: &["of", "at", "recent", "likely", "often"],
    adverbs: &["most", "least"],
    leads: &["in", "during"],
    signs: [&["positive*"], &["negative*"]],
    gains: [
        &["gain*", "grew", "rose", "increas*", "dear*", "climb*"],
        &[
            "lost", "los*", "fell", "declin*", "decreas*", "drop*", "shrank", "shrink*", "cheap*", "left", "leav*",
            "emigra*", "deficit*", "outflow*",
        ],
    ],
    flows: [&["inflow*", "gain", "gains", "gained"], &["outflow*", "loss", "losses", "lost", "loses"]],
    balances: &["balance"],
    means: &["on average", "average*", "mean"],
    medians: &["median*"],
    totals: &["in total", "altogether", "total"],
    orders: [
        &["descending order", "from the largest to the smallest", "from largest to smallest", "from most to least"],
        &["ascending order", "from the smallest to the largest", "from smallest to largest", "from least to most"],
    ],
    than: &["than"],
    then: &["the same year", "at that time", "the same time", "that same year"],
    edges: [&["first year"], &["latest year", "final year"]],
    relative: &["earlier", "before", "previous*", "later", "after", "ago", "then", "beginning", "end"],
    none: &["no region", "none of", "nowhere"],
    whether: &["mean", "means", "if", "whether", "when", "where", "which", "may", "might", "could", "would"],
    beside: [&["in", "at", "for", "(", "–", ":"], &[":", "–", "("]],
    is_when,
    quarters: &["quarter*"],
    significant: &["significant*"],
    latter: &["second*", "latter", "last"],
    currencies: &[
        "tenge", "dollar*", "euro*", "rouble*", "ruble*", "yuan", "zloty", "zlotys", "pound*", "yen", "franc*",
        "krona*", "koruna*", "forint*", "lira*",
    ],
    negative: &["negative"],
    balance: &["migration", "balance"],
    grows: (&GROWS, |_| true),
    is_share: |word| word == "share" || word == "shares",
    changes: &GROWS,
    is_by: |before, _, _| before.ends_with(" by"),
    is_range,
    ..plain::RULES
};

const GROWS: [&str; 8] = ["grew", "rose", "increased", "fell", "decreased", "declined", "shrank", "dropped"];

fn other(sentence: &Sentence) -> Option<&'static str> {
    let cyrillic = sentence.words.iter().filter(|word| word.chars().any(is_cyrillic)).count();
    (cyrillic * 2 > sentence.words.len()).then_some("Russian or Kazakh")
}

/// "from 2010 to 2024", "between 2010 and 2024".
fn is_range(span: &Span) -> bool {
    span.is_led(&["from", "between"]) && matches!(span.between.as_slice(), ["to" | "until" | "and"])
}

/// "in 2022", "during 2022", "in November 2022", but not "than in 2022".
fn is_when<'a>(before: &'a str, _: &'a str) -> Option<Option<&'a str>> {
    let mut ahead = before.split([' ', NBSP, '\n']).rev().filter(|word| !word.is_empty());
    let first = ahead.next()?;
    let lead = |word: &str| ["in", "during"].contains(&word.to_lowercase().as_str());
    let (month, than) = match lead(first) {
        true => (None, ahead.next()),
        false => (Some(first), ahead.next().filter(|word| lead(word)).map(|_| ahead.next())?),
    };
    let is_than = than.is_some_and(|word| ["than", "as", "was", "were", "created"].contains(&word));
    let is_month = month.is_none_or(|word| word.starts_with(char::is_uppercase));
    (is_month && !is_than).then_some(month)
}
