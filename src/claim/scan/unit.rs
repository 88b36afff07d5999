//! Unit: what a text says beside a number: its scale word, what is counted, how firmly.

use super::form;
use super::running::{Running, is_dash};

const SCALES: [(&str, &str); 7] = [
    ("тысяч", "thousand"),
    ("тыс", "thousand"),
    ("мың", "thousand"),
    ("млн", "million"),
    ("миллион", "million"),
    ("млрд", "billion"),
    ("миллиард", "billion"),
];

/// Nouns that name persons; where none follows a scale word, persons are meant.
const PERSONS: [&str; 16] = [
    "чел",
    "жител",
    "людей",
    "адам",
    "тұрғын",
    "мигрант",
    "работник",
    "больн",
    "студент",
    "женщин",
    "мужчин",
    "граждан",
    "азамат",
    "кандас",
    "қандас",
    "оқушы",
];

const UNITS: [(&str, &str); 20] = [
    ("%", "percent"),
    ("процентных пункт", "percentage-points"),
    ("процентного пункт", "percentage-points"),
    ("п.п", "percentage-points"),
    ("п. п", "percentage-points"),
    ("п. т", "percentage-points"),
    ("пайыздық тармақ", "percentage-points"),
    ("процент", "percent"),
    ("пайыз", "percent"),
    ("‰", "per-mille"),
    ("промилле", "per-mille"),
    ("чел", "persons"),
    ("адам", "persons"),
    ("раз", "times"),
    ("есе", "times"),
    ("лет", "count"),
    ("регион", "count"),
    ("област", "count"),
    ("облыс", "count"),
    ("өңір", "count"),
];

/// Reads the unit that follows a number; of a range it stands behind the second end.
pub fn unit(running: &Running, end: usize) -> Option<&'static str> {
    let own = named(&running.after(end));
    if own.is_none() && is_dash(running.at(end)) && running.at(end + 1).is_ascii_digit() {
        return named(&running.after(form::number(running, end + 1)));
    }
    own
}

/// Reads a unit with its scale word.
pub fn named(after: &str) -> Option<&'static str> {
    let Some((word, scale)) = SCALES.iter().find(|(word, _)| after.starts_with(word)) else {
        return UNITS.iter().find(|(word, _)| after.starts_with(word)).map(|(_, unit)| *unit);
    };
    let rest = after[word.len()..].trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, '.' | '-'));
    let rest = rest.trim_start();
    let tenge = rest.starts_with("тенге") || rest.starts_with("теңге");
    let persons = !rest.starts_with(char::is_alphabetic) || PERSONS.iter().any(|noun| rest.starts_with(noun));
    Some(match (*scale, tenge, persons) {
        ("thousand", true, _) => "thousand-tenge",
        ("million", true, _) => "thousand thousand-tenge",
        (_, true, _) => "million thousand-tenge",
        ("thousand", _, true) => "thousand persons",
        ("million", _, true) => "million persons",
        (_, _, true) => "billion persons",
        ("thousand", ..) => "thousand none",
        ("million", ..) => "million none",
        _ => "billion none",
    })
}

/// Reads how firmly a number is said, from the words before and behind it.
pub fn firmness(running: &Running, at: usize, end: usize) -> Option<&'static str> {
    let mut from = at;
    let mut negated = false;
    let mut said = None;
    // `более чем на 2,7`: what leads to the number may stand between.
    for _ in 0..4 {
        let (start, stop) = running.word_span(from);
        let word = running.text(start, stop).to_lowercase();
        match word.as_str() {
            "около" | "примерно" | "приблизительно" | "порядка" | "почти" | "шамамен" => {
                said = said.or(Some("about"))
            }
            "более" | "свыше" | "больше" | "превышает" => said = said.or(Some("more-than")),
            "не" => negated = true,
            "чем" | "на" | "в" | "до" | "из" => {}
            _ => break,
        }
        from = start;
    }
    if said == Some("more-than") && negated {
        return Some("up-to");
    }
    let behind = running.after(end);
    let behind = behind.split(|c: char| c.is_ascii_digit() || matches!(c, '.' | ';' | ',')).next().unwrap_or_default();
    let has = |word: &str| behind.contains(word);
    said.or(has("астам").then_some("more-than")).or((has("жуық") || has("жуығы")).then_some("about"))
}
