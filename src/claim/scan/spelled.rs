//! Spelled: numbers in words before a scale word: `пять тысяч`, `бес мың`.

use super::running::Running;

/// Cardinal numerals by their value; forms of both languages that stand before a scale word.
const CARDINALS: [(&str, u32); 81] = [
    ("один", 1),
    ("одна", 1),
    ("одну", 1),
    ("два", 2),
    ("две", 2),
    ("двух", 2),
    ("три", 3),
    ("трёх", 3),
    ("трех", 3),
    ("четыре", 4),
    ("четырёх", 4),
    ("четырех", 4),
    ("пять", 5),
    ("пяти", 5),
    ("шесть", 6),
    ("шести", 6),
    ("семь", 7),
    ("семи", 7),
    ("восемь", 8),
    ("восьми", 8),
    ("девять", 9),
    ("девяти", 9),
    ("десять", 10),
    ("десяти", 10),
    ("одиннадцать", 11),
    ("двенадцать", 12),
    ("тринадцать", 13),
    ("четырнадцать", 14),
    ("пятнадцать", 15),
    ("шестнадцать", 16),
    ("семнадцать", 17),
    ("восемнадцать", 18),
    ("девятнадцать", 19),
    ("двадцать", 20),
    ("двадцати", 20),
    ("тридцать", 30),
    ("тридцати", 30),
    ("сорок", 40),
    ("сорока", 40),
    ("пятьдесят", 50),
    ("пятидесяти", 50),
    ("шестьдесят", 60),
    ("шестидесяти", 60),
    ("семьдесят", 70),
    ("семидесяти", 70),
    ("восемьдесят", 80),
    ("восьмидесяти", 80),
    ("девяносто", 90),
    ("девяноста", 90),
    ("сто", 100),
    ("ста", 100),
    ("двести", 200),
    ("двухсот", 200),
    ("триста", 300),
    ("четыреста", 400),
    ("пятьсот", 500),
    ("шестьсот", 600),
    ("семьсот", 700),
    ("восемьсот", 800),
    ("девятьсот", 900),
    ("бір", 1),
    ("екі", 2),
    ("үш", 3),
    ("төрт", 4),
    ("бес", 5),
    ("алты", 6),
    ("жеті", 7),
    ("сегіз", 8),
    ("тоғыз", 9),
    ("он", 10),
    ("жиырма", 20),
    ("отыз", 30),
    ("қырық", 40),
    ("елу", 50),
    ("алпыс", 60),
    ("жетпіс", 70),
    ("сексен", 80),
    ("тоқсан", 90),
    ("жүз", 100),
    ("сот", 100),
    ("полсотни", 50),
];

const SCALES: [&str; 6] = ["тысяч", "миллион", "миллиард", "мың", "млн", "млрд"];

/// A number in words, without its scale word: from where to where, and its value.
pub struct Spelled {
    /// Where it begins.
    pub at: usize,
    /// Behind its scale word.
    pub end: usize,
    /// Where its scale word begins.
    pub scale: usize,
    /// The value of the words before the scale word.
    pub value: u32,
}

/// Finds the numbers in words of a running text.
pub fn spelled(running: &Running) -> Vec<Spelled> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut open: Option<Spelled> = None;
    while at < running.chars.len() {
        if !running.chars[at].is_alphabetic() {
            // Only spaces join words to a number.
            if !super::running::is_space(running.chars[at]) {
                open = None;
            }
            at += 1;
            continue;
        }
        let mut end = at;
        while running.at(end).is_alphabetic() {
            end += 1;
        }
        let word = running.text(at, end).to_lowercase();
        let cardinal = CARDINALS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
        match (cardinal, open.take()) {
            // `жеті жүз` multiplies, all else adds.
            (Some(100), Some(one)) if one.value < 10 => open = Some(Spelled { value: one.value * 100, end, ..one }),
            (Some(value), Some(one)) => open = Some(Spelled { value: one.value + value, end, ..one }),
            (Some(value), None) => open = Some(Spelled { at, end, scale: at, value }),
            (None, Some(one)) if SCALES.iter().any(|scale| word.starts_with(scale)) => {
                found.push(Spelled { end, scale: at, ..one });
            }
            (None, _) => {}
        }
        at = end;
    }
    found
}
