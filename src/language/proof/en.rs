//! Proof of English.

use super::plain;
use super::rules::{Measure, Rules, Sentence, Span};
use super::script::is_cyrillic;

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
