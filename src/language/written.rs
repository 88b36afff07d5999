//! Written: the periods that tables print, read back: in digits or in the words of any language.

use std::borrow::Cow;

use super::{Lang, western};
use crate::finding::Period;

/// The words by which the tables of a language name periods, in small letters and without their points.
pub(super) struct Written {
    /// What stands beside a year: `г`, `года`.
    pub years: &'static [&'static str],
    /// What a quarter is called: `кв`, `квартал`.
    pub quarters: &'static [&'static str],
    /// What may stand behind the number of a quarter or day: `й` of `1-й`.
    pub endings: &'static [&'static str],
    /// The months cut short, without their stops; nothing for one whose short name is a word of its own.
    pub short: [&'static str; 12],
    /// The forms of a month's name, as a date has it among them; its first three letters or more stand for it too.
    pub month: fn(u8) -> [Cow<'static, str>; 3],
    /// How a text names a quarter with its year, `{y}`: by its number `{q}`, in Roman digits `{r}`, by its ordinal `{o}`.
    pub quarters_said: &'static [&'static str],
    /// The ordinals of the four quarters.
    pub ordinals: [&'static str; 4],
    /// How a text names a month `{m}` with its year.
    pub months_said: &'static [&'static str],
    /// How words of half a year begin.
    pub halves: &'static [&'static str],
    /// What is said around a year of its first day, and of its last: `на начало … года`, with what stands for the year left out.
    pub edges: [&'static [&'static str]; 2],
}

/// What a period of an unusual form is to be written as.
pub const PERIOD_FORMS: &str =
    "write 2022, 2022-Q4, 2022-07, 2022-07-31 or 31.07.2022, or a month or quarter with its year in words";

/// Reads a period as tables write it: `2022`, `2022 г.`, `2022-Q4`, `I квартал 2022 г.`, `2022 ж. 1 тоқсан`, `2022-07`,
/// `07.2022`, `июль 2022`, `шілде 2022`, `Jul 2022`, `2022-07-31`, `31.07.2022`.
///
/// What can be read in two ways is none: a year of two digits, a date of the form 01/02/2022.
pub fn period(text: &str) -> Option<Period> {
    let text = &*western(text.trim());
    in_digits(midnight(text)).or_else(|| in_words(text)).or_else(|| at_edge(text))
}

/// Reads the first or the last day of a year that words speak of: «на начало 2025 года», "end of 2024".
fn at_edge(text: &str) -> Option<Period> {
    let tokens = tokens(text)?;
    let (numbers, words): (Vec<&String>, Vec<&String>) =
        tokens.iter().partition(|token| token.starts_with(|c: char| c.is_ascii_digit()));
    let [year] = numbers.as_slice() else { return None };
    let words = words.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" ");
    let day = ["01-01", "12-31"][edge(&words)?];
    Period::parse(&format!("{year}-{day}")).filter(|_| year.len() == 4)
}

/// Lists how texts of any language name a quarter or a month with its year; nothing for other periods.
pub fn period_said(period: Period) -> Vec<String> {
    const ROMAN: [&str; 4] = ["i", "ii", "iii", "iv"];
    let year = period.year().to_string();
    let all = || Lang::ALL.into_iter().map(|lang| &lang.grammar().written);
    if let Some(quarter) = period.quarter() {
        let at = usize::from(quarter.saturating_sub(1)).min(3);
        let said = |pattern: &str, own: &Written| {
            let said = pattern.replace("{y}", &year).replace("{q}", &quarter.to_string());
            said.replace("{r}", ROMAN[at]).replace("{o}", own.ordinals[at])
        };
        return all().flat_map(|own| own.quarters_said.iter().map(move |pattern| said(pattern, own))).collect();
    }
    let Some(month) = period.month().filter(|_| period.day().is_none()) else { return Vec::new() };
    let said = |own: &Written| -> Vec<String> {
        let names = (own.month)(month);
        let patterns = own.months_said.iter();
        patterns
            .flat_map(|pattern| names.iter().map(|name| pattern.replace("{m}", name).replace("{y}", &year)))
            .collect()
    };
    all().flat_map(said).collect()
}

/// Says whether words speak of the beginning of a year (0) or of its end (1).
fn edge(words: &str) -> Option<usize> {
    let all = Lang::ALL.into_iter().map(|lang| lang.grammar().written.edges);
    all.into_iter().find_map(|edges| edges.iter().position(|said| said.contains(&words)))
}

/// Says whether words speak of the end of a year that they do not name: «на конец года».
pub fn names_year_end(text: &str) -> bool {
    edge(&text.to_lowercase().replace(['-', '‑'], " ")) == Some(1)
}

/// Says whether a word speaks of half a year, which is no period that is read.
pub fn names_half(word: &str) -> bool {
    let word = word.to_lowercase();
    Lang::ALL.into_iter().flat_map(|lang| lang.grammar().written.halves).any(|half| word.starts_with(half))
}

/// Says whether a word stands for a year where its number stands beside.
pub(super) fn is_year_word(word: &str) -> bool {
    let written = || Lang::ALL.into_iter().map(|lang| &lang.grammar().written);
    written().any(|own| own.years.contains(&word) || own.endings.contains(&word))
}

/// Says whether a word stands for a month, a quarter or half a year.
pub(super) fn is_part_word(word: &str) -> bool {
    let is_part =
        matches!(said(word, false), Some(Said::Month(_) | Said::Quarter | Said::MonthNumber | Said::Roman(_)));
    is_part || names_half(word)
}

/// Takes off the time of day where it is midnight, as programs write it behind a date.
fn midnight(text: &str) -> &str {
    let Some((date, time)) = text.split_once(['T', ' ']) else { return text };
    let time = time.trim_end_matches('Z');
    let is_time = time.contains(':') && time.chars().all(|c| matches!(c, '0' | ':' | '.'));
    if is_time && date.len() == "2022-07-31".len() { date } else { text }
}

fn in_digits(text: &str) -> Option<Period> {
    let separator = text.chars().find(|c| !c.is_ascii_digit());
    let parts: Vec<&str> = separator.map_or_else(|| vec![text], |separator| text.split(separator).collect());
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let is_year = |part: &str| part.len() == 4;
    match (parts.as_slice(), separator) {
        ([year], _) if is_year(year) => Period::parse(year),
        ([year, month], Some('-' | '.' | '/')) if is_year(year) => dated(year, month, None),
        ([month, year], Some('-' | '.' | '/')) if is_year(year) => dated(year, month, None),
        ([year, month, day], Some('-' | '.' | '/')) if is_year(year) => dated(year, month, Some(day)),
        ([day, month, year], Some('.')) if is_year(year) => dated(year, month, Some(day)),
        _ => None,
    }
}

fn dated(year: &str, month: &str, day: Option<&str>) -> Option<Period> {
    if month.len() > 2 || day.is_some_and(|day| day.len() > 2) {
        return None;
    }
    Period::parse(&match day {
        Some(day) => format!("{year}-{month:0>2}-{day:0>2}"),
        None => format!("{year}-{month:0>2}"),
    })
}

/// What one word says of a period.
enum Said {
    Year,
    Quarter,
    Month(u8),
    /// `M` before the number of a month.
    MonthNumber,
    Roman(u8),
    Ending,
}

fn in_words(text: &str) -> Option<Period> {
    let (mut year, mut number, mut roman, mut quarter, mut month, mut numbered, mut worded) =
        (None, None, None, false, None, false, false);
    let mut before_is_number = false;
    for token in tokens(text)? {
        let is_number = token.starts_with(|c: char| c.is_ascii_digit());
        if is_number {
            let place = if token.len() == 4 { &mut year } else { &mut number };
            if token.len() > 4 || token.len() == 3 || place.replace(token.clone()).is_some() {
                return None;
            }
        } else {
            worded = true;
            match said(&token, before_is_number)? {
                Said::Year | Said::Ending => {}
                Said::Quarter if !quarter => quarter = true,
                Said::Month(named) if month.is_none() => month = Some(named),
                // `9m` are nine months.
                Said::MonthNumber if !numbered && number.is_none() => numbered = true,
                Said::Roman(value) if roman.is_none() => roman = Some(value.to_string()),
                Said::Quarter | Said::Month(_) | Said::MonthNumber | Said::Roman(_) => return None,
            }
        }
        before_is_number = is_number;
    }
    let year = year?;
    match (quarter, month, numbered, roman.clone().or(number.clone())) {
        // «31 XII 2020»: a day of a month that stands as a Roman number.
        (false, None, false, Some(month)) if roman.is_some() && number.is_some() => {
            dated(&year, &month, number.as_deref())
        }
        _ if roman.is_some() && (number.is_some() || month.is_some()) => None,
        (true, None, false, Some(number)) => Period::parse(&format!("{year}-Q{number}")),
        (false, Some(month), false, day) => dated(&year, &month.to_string(), day.as_deref()),
        (false, None, true, Some(number)) => dated(&year, &number, None),
        (false, None, false, None) if worded => Period::parse(&year),
        _ => None,
    }
}

/// Parts a text into runs of digits and runs of letters, in small letters; `None` where another sign stands in it.
fn tokens(text: &str) -> Option<Vec<String>> {
    let mut tokens: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.to_lowercase().chars() {
        let goes_on = c.is_ascii_digit() && before.is_ascii_digit() || c.is_alphabetic() && before.is_alphabetic();
        match tokens.last_mut().filter(|_| goes_on) {
            Some(last) => last.push(c),
            None if c.is_ascii_digit() || c.is_alphabetic() => tokens.push(c.to_string()),
            None if c.is_whitespace() || matches!(c, '.' | ',' | '-' | '‑') => {}
            None => return None,
        }
        before = c;
    }
    Some(tokens)
}

fn said(word: &str, follows_number: bool) -> Option<Said> {
    // A Cyrillic letter that looks like the Roman numeral is what a Cyrillic keyboard gives.
    match word.replace('і', "i").as_str() {
        "i" => return Some(Said::Roman(1)),
        "ii" => return Some(Said::Roman(2)),
        "iii" => return Some(Said::Roman(3)),
        "iv" => return Some(Said::Roman(4)),
        "v" => return Some(Said::Roman(5)),
        "vi" => return Some(Said::Roman(6)),
        "vii" => return Some(Said::Roman(7)),
        "viii" => return Some(Said::Roman(8)),
        "ix" => return Some(Said::Roman(9)),
        "x" => return Some(Said::Roman(10)),
        "xi" => return Some(Said::Roman(11)),
        "xii" => return Some(Said::Roman(12)),
        "m" => return Some(Said::MonthNumber),
        _ => {}
    }
    Lang::ALL.into_iter().map(|lang| &lang.grammar().written).find_map(|written| {
        if written.years.contains(&word) {
            return Some(Said::Year);
        }
        if written.quarters.contains(&word) {
            return Some(Said::Quarter);
        }
        if follows_number && written.endings.contains(&word) {
            return Some(Said::Ending);
        }
        let names = |month: &u8| {
            let forms = (written.month)(*month);
            let shortened = word.chars().count() >= 3 && forms[0].to_lowercase().starts_with(word);
            shortened || forms.iter().any(|form| form.to_lowercase() == word)
        };
        (1..=12).find(names).map(Said::Month)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_in_digits_and_in_the_words_of_every_language() {
        for (wanted, texts) in [
            ("2020", &["2020", "2020 г.", "2020 год", "2020 года", "2020 ж.", "2020 жыл", " 2020\u{a0}г. "][..]),
            (
                "2020-Q1",
                &[
                    "2020-Q1",
                    "2020Q1",
                    "2020 Q1",
                    "Q1 2020",
                    "q1-2020",
                    "1 кв. 2020",
                    "1 кв. 2020 г.",
                    "I квартал 2020 г.",
                    "І кв. 2020",
                    "1-й квартал 2020 года",
                    "2020 ж. 1 тоқсан",
                    "2020 жылғы I тоқсан",
                    "1-тоқсан 2020 ж.",
                    "2020 г., I квартал",
                    "1st quarter 2020",
                ],
            ),
            ("2020-Q4", &["IV кв. 2020", "2020 жылғы ІV тоқсан", "2020-Q4"]),
            (
                "2020-01",
                &[
                    "2020-01",
                    "2020.01",
                    "01.2020",
                    "1.2020",
                    "01/2020",
                    "2020/1",
                    "2020M01",
                    "январь 2020",
                    "Январь 2020 г.",
                    "января 2020 года",
                    "янв. 2020",
                    "янв.2020",
                    "2020 қаңтар",
                    "қаңтар 2020",
                    "2020 жылғы қаңтар",
                    "Jan 2020",
                    "January 2020",
                    "2020 Jan",
                ],
            ),
            ("2020-05", &["май 2020", "мая 2020", "May 2020", "мамыр 2020"]),
            ("2020-03", &["мар 2020", "март 2020", "наурыз 2020", "Mar 2020"]),
            ("2020-12", &["желтоқсан 2020", "декабрь 2020", "дек 2020"]),
            (
                "2020-12-31",
                &[
                    "2020-12-31",
                    "31.12.2020",
                    "2020/12/31",
                    "2020.12.31",
                    "2020-12-31T00:00:00",
                    "2020-12-31 00:00:00",
                    "2020-12-31T00:00:00.000Z",
                    "31 декабря 2020 г.",
                    "2020 жылғы 31 желтоқсан",
                    "2020 жылғы 31 желтоқсанға",
                    "Dec 31, 2020",
                    "31 XII 2020",
                    "31.XII.2020",
                ],
            ),
            (
                "2020-01-01",
                &[
                    "1.1.2020",
                    "1 января 2020",
                    "2020-1-1",
                    "на начало 2020 года",
                    "начало 2020 г.",
                    "2020 жылдың басына",
                    "2020 ж. басы",
                    "at the beginning of 2020",
                ],
            ),
            ("2020-12-31", &["на конец 2020 года", "2020 жылдың соңында", "end of 2020", "Year-end 2020"]),
        ] {
            for text in texts {
                assert_eq!(period(text).map(|period| period.to_string()).as_deref(), Some(wanted), "{text}");
            }
        }
        for none in [
            "",
            "20",
            "20x4",
            "93-",
            "2020-",
            "2020–2021",
            "2020 2021",
            "янв.20",
            "Jan-20",
            "1 2020",
            "I 2020",
            "01/02/2020",
            "31-12-2020",
            "2020-13",
            "32.01.2020",
            "2020-12-31 12:30",
            "5 кв. 2020",
            "V кв. 2020",
            "9m 2020",
            "V 2020",
            "V января 2020",
            "2020*",
            "2020 1)",
            "январь",
            "1 квартал",
            "январь февраль 2020",
            "20200101",
            "2020.5.1.2",
            "-2020",
            "+2020",
            "II полугодие 2020",
            "2020 всего",
            "на конец года",
            "начало 12 года",
        ] {
            assert_eq!(period(none), None, "{none}");
        }
    }

    #[test]
    fn periods_that_the_languages_print_are_read_back() {
        for lang in Lang::ALL {
            let language =
                crate::language::Language::new(lang, Default::default(), Default::default(), Default::default());
            for text in ["1999", "2020-Q3", "2020-09-30", "2020-02", "2020-08"] {
                let wanted = Period::parse(text).expect("a period");
                for form in [super::super::DateForm::Prose, super::super::DateForm::Long, super::super::DateForm::Short]
                {
                    let said = language.date(wanted, form, None).expect("it is said");
                    assert_eq!(period(&said), Some(wanted), "{said}");
                }
            }
        }
    }
}
