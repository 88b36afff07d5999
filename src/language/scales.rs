//! Scales: the unit and the scale that a text of a table names, in the words of the program's languages and of many others.

use super::numerals::every;
use super::pattern::is_of;
use super::quantity::is_in_stems;
use super::texts;

/// As many words may be a unit; more where the first is a scale: «thousands of tenge per month».
const MOST_WORDS: usize = 4;
const MOST_BEHIND_SCALE: usize = 7;

/// Says whether a word is a currency: its code, or its sign with the letters of its country.
fn is_currency(word: &str) -> bool {
    let is_sign = |c: char| matches!(c, '$' | '\u{a2}'..='\u{a5}' | '\u{20a0}'..='\u{20cf}');
    let is_signed = word.contains(is_sign) && word.chars().all(|c| is_sign(c) || c.is_ascii_uppercase());
    is_signed || word.len() == 3 && word.chars().all(|c| c.is_ascii_uppercase())
}

/// The words of a text that may be a unit alone: a short text, or what stands behind its last comma or in brackets. A
/// currency may stand before its scale; of a lone letter only it makes one: `€ m`.
fn unit_words(text: &str) -> Option<Vec<String>> {
    let text = text.replace(" – ", ",").replace(" — ", ",").replace(" - ", ",");
    let parts = text.split([',', ';', '(', ')', ':']);
    let parts =
        parts.map(|part| part.trim().trim_start_matches(['-', '–', '—']).trim()).filter(|part| !part.is_empty());
    let is_factor = |word: &str| every(|own| own.factors).any(|(stem, _)| word.starts_with(stem));
    let words = |part: &str| {
        let (money, words): (Vec<&str>, Vec<&str>) = part.split_whitespace().partition(|word| is_currency(word));
        let lone = |word: &str| match word {
            "m" if !money.is_empty() => "million".to_owned(),
            "k" if !money.is_empty() => "thousand".to_owned(),
            _ => word.to_lowercase(),
        };
        words.into_iter().map(lone).collect::<Vec<String>>()
    };
    let is_short = |words: &Vec<String>| {
        words.len() <= MOST_WORDS
            || words.len() <= MOST_BEHIND_SCALE && words.first().is_some_and(|word| is_factor(word))
    };
    let mut found = parts.map(words).filter(is_short);
    found.find(|words| {
        let first = words.iter().find(|word| !every(|own| own.within).any(|within| word == within));
        first.is_some_and(|word| {
            every(|own| own.units).any(|stem| word.starts_with(stem))
                || is_factor(word)
                || every(|own| own.stems).any(|stem| word == stem)
        })
    })
}

/// Says whether a text of a table names the unit of its figures.
pub fn names_unit(text: &str) -> bool {
    unit_words(text).is_some() || scale_in_digits(text).is_some() || scale_elsewhere(text).is_some()
}

/// A scale that a word of a table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
    /// So many units are one printed unit.
    Of(i64),
    /// A word that is another scale, or none, in another language.
    Open,
}

impl std::fmt::Display for Factor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Factor::Of(factor) => write!(f, "{factor}"),
            Factor::Open => f.write_str("of a word that may be another"),
        }
    }
}

/// Finds the scale word of a language that the program does not speak, in a text that may be a unit or ends in one: in a
/// short part of it, or as an abbreviation.
fn scale_elsewhere(text: &str) -> Option<Factor> {
    let parts = text.split([',', ';', '(', ')', '[', ']', ':', '/', '（', '）', '，', '：']);
    parts.into_iter().find_map(|part| {
        let words: Vec<String> = part.split_whitespace().map(str::to_lowercase).collect();
        let is_short = words.len() <= MOST_WORDS;
        // What is counted per thousand is a rate.
        let per = words.iter().position(|word| lists("scales.per", word));
        let words = words.iter().enumerate().filter(|(at, _)| per.is_none_or(|per| *at < per));
        words
            .map(|(_, word)| word)
            .filter(|word| is_short || word.ends_with('.'))
            .find_map(|word| known_elsewhere(word))
    })
}

fn known_elsewhere(word: &str) -> Option<Factor> {
    const SCALES: [(&str, Factor); 4] = [
        ("scales.thousand", Factor::Of(1_000)),
        ("scales.million", Factor::Of(1_000_000)),
        ("scales.billion", Factor::Of(1_000_000_000)),
        ("scales.either", Factor::Open),
    ];
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    SCALES.iter().find(|(key, _)| !word.is_empty() && lists(key, word)).map(|(_, scale)| *scale)
}

/// Says whether a list of `scales.yaml` has a word.
fn lists(key: &str, word: &str) -> bool {
    texts::own("", key).is_some_and(|words| words.split_whitespace().any(|own| is_of(word, own)))
}

/// Reads a scale that is written in digits: `in 1 000 Personen`, `1000 человек`, `'000`; of a thousand is another thing.
fn scale_in_digits(text: &str) -> Option<i64> {
    let is_gap = |c: char| c.is_whitespace() || ".,'’".contains(c);
    let mut parts = text.split([';', '(', ')', ':', '\n']).flat_map(|part| part.split(", ")).map(str::trim);
    parts.find_map(|part| {
        let part = part.trim_start_matches(['\'', '’', 'x', '×']);
        let before: String = part.chars().take_while(|c| !c.is_ascii_digit()).collect();
        let before: Vec<&str> = before.split_whitespace().filter(|word| !is_currency(word)).collect();
        let before = before.join(" ").trim_end_matches(['\'', '’']).trim().to_lowercase();
        let from = part.find(|c: char| c.is_ascii_digit())?;
        let behind = part[from..].trim_start_matches(|c: char| c.is_ascii_digit() || is_gap(c));
        let digits: String = part[from..part.len() - behind.len()].chars().filter(char::is_ascii_digit).collect();
        let last = before.split_whitespace().last();
        let is_within = last.is_some_and(|last| every(|own| own.within).any(|within| last == *within));
        let is_own = before.is_empty() || is_within && (behind.is_empty() || last == Some(before.as_str()));
        // `1000-1500` is a class from here to there, and what follows a base is a rate: «1000 адамға шаққанда».
        let is_base =
            behind.split_whitespace().any(|word| is_in_stems(&word.to_lowercase(), |words| words.bases_behind));
        let is_own = is_own && !behind.starts_with(['-', '–', '—']) && !is_base;
        match digits.as_str() {
            "1000" | "000" if is_own => Some(1_000),
            "1000000" | "000000" if is_own => Some(1_000_000),
            _ => None,
        }
    })
}

/// Says whether a text of a table names persons as its unit, of which one or a scale is counted.
pub fn counts_persons(text: &str) -> bool {
    unit_words(text)
        .is_some_and(|words| words.iter().any(|word| every(|own| own.persons).any(|person| word.starts_with(person))))
}

/// How many units one printed unit is, where a text names a unit with a scale, in whatever language.
pub fn scale_said(text: &str) -> Option<Factor> {
    let factor = |word: &String| every(|own| own.factors).find(|(stem, _)| word.starts_with(stem));
    let said = unit_words(text).and_then(|words| words.iter().find_map(factor).map(|(_, factor)| *factor));
    said.or_else(|| scale_in_digits(text)).map(Factor::Of).or_else(|| scale_elsewhere(text))
}

/// Says whether a column of this heading holds powers of ten.
pub fn is_power(heading: &str) -> bool {
    ["unit_mult", "powercode code"].contains(&heading.trim().to_lowercase().as_str())
}

/// How many units one printed unit is, where a column of a data base says so under its heading: `THS_PER`, `thousands`, or a
/// power of ten as SDMX gives it.
pub fn scale_of_column(heading: &str, text: &str) -> Option<Factor> {
    let power = || text.trim().parse().ok().and_then(|power| 10_i64.checked_pow(power)).map(Factor::Of);
    let said = match is_power(heading) {
        true => power(),
        false => scale_said(&text.replace('_', " ")),
    };
    said.filter(|factor| *factor != Factor::Of(1))
}

/// How many units one printed unit is, where a sentence of a note says so: «Данные приведены в тысячах человек».
pub fn scale_noted(text: &str) -> Option<Factor> {
    const MOST_WORDS: usize = 3;
    let is_scaled = |factor: &Factor| *factor != Factor::Of(1);
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_within = |word: &str| every(|own| own.within).any(|within| word.to_lowercase() == *within);
    let behind = |at: usize| {
        let said = words.get(at + 1..)?.iter().take(MOST_WORDS).copied().collect::<Vec<_>>().join(" ");
        scale_said(said.trim_end_matches(['.', ';', ',', ')']))
    };
    let sentence = || (0..words.len()).filter(|at| is_within(words[*at])).find_map(|at| behind(at).filter(is_scaled));
    scale_said(text).filter(is_scaled).or_else(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_read_in_words_and_digits() {
        for (text, wanted) in [
            ("Численность, тыс. человек", Some(1_000)),
            ("in 1 000 Personen", Some(1_000)),
            ("Bevölkerung in 1 000", Some(1_000)),
            ("Births in 1000 towns", None),
            ("Bevölkerung (in 1.000)", Some(1_000)),
            ("1000 человек", Some(1_000)),
            ("Population ('000)", Some(1_000)),
            ("Родившиеся на 1000 человек", None),
            ("Deaths per 1,000 population", None),
            ("1000-1500", None),
            ("человек", None),
            ("w tys. osób", Some(1_000)),
            ("Ludność województw Polski według płci i wieku w tys. osób", Some(1_000)),
            ("Population (en milliers)", Some(1_000)),
            ("Bevölkerung, Tsd.", Some(1_000)),
            ("PIB, milhões de reais", Some(1_000_000)),
            ("(mld zł)", Some(1_000_000_000)),
            ("人口（千人）", Some(1_000)),
            ("千人", Some(1_000)),
            ("Budget, EUR thousand", Some(1_000)),
            ("Budget, USD mn", Some(1_000_000)),
            ("Budget (€ m)", Some(1_000_000)),
            ("Budget, bn USD", Some(1_000_000_000)),
            ("Budget in EUR 1,000", Some(1_000)),
            ("Budget, KZT '000", Some(1_000)),
            ("Budget (x1000)", Some(1_000)),
            ("Wages (thousands of tenge per month)", Some(1_000)),
            ("Population - thousands", Some(1_000)),
            ("Deaths, per mille", None),
            ("Décès pour mille habitants", None),
            ("Пәтер саны, 1000 адамға шаққанда", None),
            ("Height, m", None),
            ("Distance to the Twin Cities by road in miles of the old measure", None),
        ] {
            assert_eq!(scale_said(text), wanted.map(Factor::Of), "{text}");
        }
        for (text, wanted) in [
            ("Данные приведены в тысячах человек.", Some(1_000)),
            ("Note: figures are given in thousands", Some(1_000)),
            ("Примечание: тыс. человек", Some(1_000)),
            ("Source: Bureau of Statistics", None),
            ("Данные за 2023 год предварительные", None),
        ] {
            assert_eq!(scale_noted(text), wanted.map(Factor::Of), "{text}");
        }
        for (heading, text, wanted) in [
            ("unit", "THS_PER", Some(1_000)),
            ("unit", "MIO_EUR", Some(1_000_000)),
            ("SCALAR_FACTOR", "thousands", Some(1_000)),
            ("Scale", "Millions", Some(1_000_000)),
            ("UNIT_MULT", "3", Some(1_000)),
            ("UNIT_MULT", "0", None),
            ("Sex", "3", None),
            ("unit", "NR", None),
            ("SCALAR_FACTOR", "units", None),
        ] {
            assert_eq!(scale_of_column(heading, text), wanted.map(Factor::Of), "{text}");
        }
        for text in ["População (mil pessoas)", "HDP, mil. Kč", "Nüfus (bin kişi)", "Road length (miles)"] {
            assert_eq!(scale_said(text), Some(Factor::Open), "{text}");
        }
    }
}
