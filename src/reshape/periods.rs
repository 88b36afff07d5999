//! Periods: the period that a title, the name of a sheet, a header or a label says.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Period;
use crate::language::{self, Beside};

/// A period with the months that a cumulative one spans: `01-09`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The period.
    pub period: Period,
    /// The first and last month of one that is no month, quarter or year.
    pub span: Option<(u8, u8)>,
}

/// Reads the period that some texts say together: a year over a month, a title alone.
pub fn of(texts: &[String]) -> Option<Said> {
    match texts {
        [] => None,
        [one] => single(one),
        several => {
            // What stands beside a year in a language that nobody knows says no more than the year.
            let year = |text: &str| single(text).filter(is_whole_year).map(|said| said.period.to_string());
            let bare = |text: &String| match exact(text) {
                None => year(text).unwrap_or_else(|| text.clone()),
                Some(_) => text.clone(),
            };
            let several: Vec<String> = several.iter().map(bare).collect();
            let ways = [several.join(" "), several.iter().rev().cloned().collect::<Vec<_>>().join(" ")];
            let whole = ways.iter().find_map(|text| exact(text));
            whole.or_else(|| ways.iter().find_map(|text| within(text))).or_else(|| {
                // Two texts may say one and the same: the name of a sheet and its title.
                let each: Vec<Said> = several.iter().filter_map(|text| single(text)).collect();
                let first = each.first()?.clone();
                (each.len() == several.len() && each.iter().all(|one| *one == first)).then_some(first)
            })
        }
    }
}

/// Reads the period that some texts of a header say together, as [`of`] does, but for a whole year beside which stand words of
/// a part of it.
pub fn of_head(texts: &[String]) -> Option<Said> {
    of(texts).filter(|said| !is_whole_year(said) || !texts.iter().any(|text| tells_part(text)))
}

fn is_whole_year(said: &Said) -> bool {
    said.span.is_none() && months(said.period).is_none() && said.period.day().is_none()
}

/// Says whether words of a part of a year stand in a text: `wrzesień 2023`, `styczeń–wrzesień 2023`, `I–IX 2023`, `q/q 2023`.
pub fn tells_part(text: &str) -> bool {
    // A longer text may speak of months that stand below it: «Births by month, 2023».
    const MOST_WORDS: usize = 4;
    let is_part = |word: &str| language::beside_year(word) == Beside::Part;
    let is_roman = |part: &str| !part.is_empty() && part.chars().all(|c| "IVXІХ".contains(c));
    let is_run = |word: &str| {
        let parts: Vec<&str> = word.split(['-', '–', '—', '/']).collect();
        parts.len() == 2 && (parts.iter().all(|part| is_part(part)) || parts.iter().all(|part| is_roman(part)))
    };
    let words = || text.split(|c: char| c.is_whitespace() || ",;()".contains(c)).filter(|word| !word.is_empty());
    let parts = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_short = words().count() <= MOST_WORDS;
    // `9m`, `9М`: a number of months.
    let is_counted = |word: &str| {
        let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
        letters.len() < word.len()
            && !letters.is_empty()
            && (is_part(letters) || ["m", "м"].contains(&&*letters.to_lowercase()))
    };
    words().any(is_run) || is_short && parts().any(|word| is_part(word) || is_counted(word))
}

/// Returns a word beside the year of a text of a header that nobody knows: `Plan` of «Plan 2023».
pub fn strange_word(text: &str) -> Option<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().all(char::is_alphabetic));
    // One or two letters are a mark: `2023 p`.
    let mut words = words.filter(|word| word.chars().count() > 2);
    words.find(|word| !is_exact(text) && language::beside_year(word) == Beside::Unknown)
}

/// Returns the first and the last month of a month or a quarter.
pub fn months(period: Period) -> Option<(u8, u8)> {
    let month = period.month().filter(|_| period.day().is_none()).map(|month| (month, month));
    month.or_else(|| period.quarter().map(|quarter| (quarter * 3 - 2, quarter * 3)))
}

/// Says whether a text is a period and nothing else.
pub fn is_exact(text: &str) -> bool {
    exact(text).is_some()
}

/// Says whether a text is a period, or the part of a year that one names beside it: a month, a quarter, a run of months.
pub fn is_part(text: &str) -> bool {
    is_exact(text)
        || exact(&format!("{} 2000", text.trim())).is_some_and(|said| said.span.is_some() || is_within(&said))
}

/// Says whether a text is a month, a quarter or a run of months whose year stands elsewhere.
pub fn is_part_alone(text: &str) -> bool {
    is_part(text) && !is_exact(text)
}

fn is_within(said: &Said) -> bool {
    said.period.day().is_none() && (said.period.month().is_some() || said.period.quarter().is_some())
}

fn single(text: &str) -> Option<Said> {
    exact(text).or_else(|| within(text))
}

/// Reads a text that is a period and nothing else. A number of four digits is a year where statistics may be of it.
fn exact(text: &str) -> Option<Said> {
    let text = text.trim();
    let said = language::period(text).map(|period| Said { period, span: None }).or_else(|| spanned(text));
    said.filter(|said| (1500..2200).contains(&said.period.year()))
}

/// Reads the longest run of words of a title that is a period, if no other period and no other month stands beside it.
fn within(text: &str) -> Option<Said> {
    // A comma between digits is that of a number.
    let is_inner = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    let parts = text.split(|c: char| c.is_whitespace() || ";()".contains(c));
    let words = parts.flat_map(|part| {
        let part = part.trim_matches(',');
        if is_inner(part) { vec![part] } else { part.split(',').collect() }
    });
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    for length in (1..=words.len().min(6)).rev() {
        let read = |window: &[&str]| exact(&window.join(" "));
        let mut found: Vec<Said> = words.windows(length).filter_map(read).collect();
        found.dedup();
        match found.as_slice() {
            [] => {}
            [one] => {
                let run = words.windows(length).position(|window| read(window).as_ref() == Some(one))?;
                let is_part = |word: &str| is_month(word) || language::names_half(word);
                let beside = [&words[..run], &words[run + length..]].concat();
                let has_part = beside.iter().flat_map(|word| word.split(['-', '–', '—'])).any(is_part);
                // Another language may say the same once more.
                return (!has_part || within(&beside.join(" ")).as_ref() == Some(one)).then(|| one.clone());
            }
            _ => return None,
        }
    }
    lone_year(text).map(|period| Said { period, span: None })
}

/// Reads the year of a text in words that nobody knows, where no other digits stand in it: «2012-yil».
pub fn lone_year(text: &str) -> Option<Period> {
    let text = &*language::western(text);
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let year = runs.next().filter(|year| year.len() == 4 && ("1900".."2100").contains(year))?;
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is_part = |word: &str| is_month(word) || language::names_half(word);
    (runs.next().is_none() && !words.any(is_part)).then(|| Period::parse(year)).flatten()
}

/// Lists the numbers of four digits in a text that may be years.
pub fn years(text: &str) -> Vec<String> {
    let text = language::western(text);
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() == 4 && ("1900".."2100").contains(run)).map(str::to_owned).collect()
}

/// Says whether a text is a year and nothing else.
pub fn is_plain_year(text: &str) -> bool {
    exact(text).is_some_and(|said| said.span.is_none() && months(said.period).is_none())
}

/// Says whether a text is a year with little beside it, whatever the language: `2012`, `2012 r.`, `Jahr 2012`.
pub fn is_year(text: &str) -> bool {
    const MOST_LETTERS: usize = 6;
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters <= MOST_LETTERS && lone_year(text).is_some()
}

/// Finds two years that follow one another in a text, as seasons, school years and years of account are written: `2022/2023`,
/// `2022/23`, `2022–23`. Of the form of a month, `2009/10`, it may be either.
pub fn season(text: &str) -> Option<&str> {
    let words = text.split(|c: char| c.is_whitespace() || ",;()".contains(c));
    words.into_iter().find(|word| {
        let Some((first, second)) = word.split_once(['/', '-', '–', '—']) else { return false };
        let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let Some(next) = first.parse::<u32>().ok().map(|year| (year + 1).to_string()) else { return false };
        let is_year = are_digits(first) && ("1500".."2200").contains(&first) && first.len() == 4;
        is_year && are_digits(second) && (second == next || next.get(2..) == Some(second))
    })
}

/// Says whether a text is a span of several years: `1990-1995`.
pub fn is_span(text: &str) -> bool {
    let parts = text.trim().split_once(['-', '–', '—', '/']).filter(|_| season(text).is_none());
    parts.is_some_and(|(from, to)| {
        let year = |part: &str| is_digits(part.trim(), 4).then(|| exact(part)).flatten().map(|said| said.period);
        year(from).zip(year(to)).is_some_and(|(from, to)| from < to)
    })
}

/// Says whether a text is a period whose year is told by two digits: `Jan-22`, `'22`, `Q1 22`.
pub fn has_short_year(text: &str) -> bool {
    let text = text.trim();
    let year = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at)).map(|at| text.split_at(at));
    year.filter(|(_, year)| is_digits(year, 2)).is_some_and(|(before, year)| {
        let body = before.trim_end_matches([' ', '-', '.', '\'', '’', '/']);
        let is_apart = body.len() < before.len() && (!body.is_empty() || before.ends_with(['\'', '’']));
        let is_worded = body.is_empty() || body.contains(char::is_alphabetic);
        is_apart && is_worded && is_exact(format!("{body} 20{year}").trim())
    })
}

/// Finds a text that only looks like a month among the periods of one table: years of two calendar years, none beside a sure
/// month (`2008/09`, `2009/10`), or the first two or four numbers of each of several years, which are halves or quarters
/// (`2021/1` to `2022/4`).
pub fn no_month<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Option<&'t str> {
    let read = |text: &str| exact(text).filter(|said| said.period.month().is_some() && said.period.day().is_none());
    if texts.clone().any(|text| read(text).is_some() && season(text).is_none()) {
        return numbered(texts.filter(|text| read(text).is_some()));
    }
    let mut found: Vec<&str> = texts.filter(|text| season(text).is_some()).collect();
    found.dedup();
    // Two months that stand a year and a month apart, and no other, are none; one is written so by the standard.
    let is_sure = |text: &str| season(text).is_some_and(|word| !word.contains('-') || read(word).is_none());
    found.iter().copied().find(|text| found.len() > 1 || is_sure(text))
}

/// Finds the first of months in digits without a nought that are the same two or four of each of several years.
fn numbered<'t>(texts: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    let mut years: BTreeMap<i32, BTreeSet<u8>> = BTreeMap::new();
    let mut first = None;
    for text in texts {
        let period = exact(text)?.period;
        let parts: Vec<&str> = text.trim().split(['/', '.', '-']).collect();
        let is_short =
            parts.len() == 2 && parts.iter().all(|part| is_digits(part, 4)) && parts.iter().any(|part| part.len() == 1);
        years.entry(period.year()).or_default().insert(period.month().filter(|_| is_short)?);
        first = first.or(Some(text));
    }
    let is_parted =
        |months: &BTreeSet<u8>| [2, 4].contains(&months.len()) && months.iter().copied().eq(1..=months.len() as u8);
    // `2021/2`, `2022/3`: each from a year to the next.
    let is_next =
        |(year, months): (&i32, &BTreeSet<u8>)| months.iter().map(|month| i32::from(*month)).eq([(year + 1) % 10]);
    first.filter(|_| years.len() > 1 && (years.values().all(is_parted) || years.iter().all(is_next)))
}

/// Says whether a text names the last day of years, with or without one of them: «на 31 декабря».
pub fn is_year_end(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || ",;()".contains(c)).filter(|w| !w.is_empty()).collect();
    let day = |window: &[&str]| {
        let said = window.join(" ");
        let said = said.trim_end_matches('.');
        let ways = [said.to_owned(), format!("{said} 2000"), format!("{said}.2000")];
        ways.iter().filter_map(|text| language::period(text)).any(|day| day.day().is_some() && is_last(day))
    };
    // «за декабрь 31 района»: a number before a word counts what it names.
    let counts = |end: usize| {
        let is_number = words[end - 1].bytes().all(|byte| byte.is_ascii_digit());
        is_number && words.get(end).is_some_and(|next| next.starts_with(char::is_lowercase))
    };
    let says = |window: &[&str]| language::names_year_end(window.join(" ").trim_end_matches(['.', ':']));
    (2..=5).any(|length| words.windows(length).any(says))
        || (1..=3)
            .any(|length| words.windows(length).enumerate().any(|(at, window)| day(window) && !counts(at + length)))
}

fn is_last(day: Period) -> bool {
    let (_, month, day) = day.first_day();
    (month, day) == (12, 31)
}

fn is_month(word: &str) -> bool {
    !word.is_empty() && language::period(&format!("{word} 2000")).is_some_and(|period| period.month().is_some())
}

/// Reads «январь–сентябрь 2023 года», where the year stands on one side or on both.
fn spanned(text: &str) -> Option<Said> {
    let at = text.find(['-', '–', '—'])?;
    let (from, to) = text.split_at(at);
    let (from, to) = (from.trim(), to.trim_start_matches(['-', '–', '—', ' ']));
    let year = language::period(to).or_else(|| language::period(from))?.year();
    // `01-09.2023`: the months in digits.
    let is_numbered = is_digits(from, 2) && to.split(['.', '/']).all(|part| is_digits(part, 4));
    let numbered =
        |text: &str| Period::parse(&format!("{year}-{text:0>2}")).filter(|_| is_numbered && is_digits(text, 2));
    let side = |text: &str| {
        let worded = || language::period(&format!("{text} {year}"));
        language::period(text).or_else(worded).or_else(|| numbered(text))
    };
    let (first, last) = (side(from)?, side(to)?);
    if is_numbered && last.day().is_some() {
        return None;
    }
    let (first, last) = (first.month()?, last.month().filter(|_| first.year() == last.year())?);
    let whole = match (first, last) {
        (1, 12) => Some(Period::of_year(year)),
        (first, last) if first % 3 == 1 && last == first + 2 => Period::parse(&format!("{year}-Q{}", last / 3)),
        _ => None,
    };
    Some(Said { period: whole.unwrap_or_else(|| Period::of_year(year)), span: Some((first, last)) })
}

fn is_digits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_found_in_titles_and_across_cells() {
        let said = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            of(&texts).map(|said| {
                format!("{}{}", said.period, said.span.map(|(a, b)| format!(" {a}-{b}")).unwrap_or_default())
            })
        };
        for (texts, wanted) in [
            (&["2023"][..], Some("2023")),
            (&["2017 год"], Some("2017")),
            (&["2023", "январь"], Some("2023-01")),
            (&["2023", "I квартал"], Some("2023-Q1")),
            (&["Численность населения на 1 января 2023 года"], Some("2023-01-01")),
            (&["Численность населения на начало 2023 года"], Some("2023-01-01")),
            (&["6567"], None),
            (&["2012,5"], None),
            (&["Всего, 2012, человек"], Some("2012")),
            (&["на 31 декабря 2022 года"], Some("2022-12-31")),
            (&["январь–сентябрь 2023"], Some("2023 1-9")),
            (&["2023", "январь-сентябрь"], Some("2023 1-9")),
            (&["январь–март 2023 года"], Some("2023-Q1 1-3")),
            (&["2023", "из них"], Some("2023")),
            (&["2023", "январь, сентябрь"], None),
            (&["Родившиеся за январь – сентябрь 2023 года"], Some("2023 1-9")),
            (&["2023 жылғы қаңтар-қыркүйек"], Some("2023 1-9")),
            (&["2023", "M1-M9"], Some("2023 1-9")),
            (&["Родившиеся в 2023 году, человек", "январь"], Some("2023-01")),
            (&["٢٠٢١"], Some("2021")),
            (&["２０２１年"], Some("2021")),
            (&["01-09.2023"], Some("2023 1-9")),
            (&["01–03.2023"], Some("2023-Q1 1-3")),
            (&["01.2023-09.2023"], Some("2023 1-9")),
            (&["1-9.01.2023"], None),
            (&["2022/2023"], None),
            (&["2022/23 учебный год"], None),
            (&["1. 2023 жылғы 1 қаңтарға халық саны Численность населения на 1 января 2023 года"], Some("2023-01-01")),
            (&["2012-yil"], Some("2012")),
            (&["2012 r.", "M1-M3"], Some("2012-Q1 1-3")),
            (&["первое полугодие 2022 года"], None),
            (&["2012-yil 1-yanvar"], None),
            (&["Сравнение 2022 и 2023"], None),
            (&["Абай"], None),
        ] {
            assert_eq!(said(texts).as_deref(), wanted, "{texts:?}");
        }
        for (text, wanted) in [
            ("wrzesień 2023", None),
            ("styczeń–wrzesień 2023", None),
            ("Ocak-Eylül 2023", None),
            ("I-IX 2023", None),
            ("H1 2023", None),
            ("2023 (9 мес.)", None),
            ("9m 2023", None),
            ("q/q 2023", None),
            ("2023 r.", Some("2023")),
            ("Jahr 2023", Some("2023")),
            ("2023*", Some("2023")),
            ("2023 p", Some("2023")),
            ("Plan 2023", Some("2023")),
            ("январь 2023", Some("2023-01")),
            ("на 1 января 2023 года", Some("2023-01-01")),
        ] {
            let said = of_head(&[text.to_owned()]).map(|said| said.period.to_string());
            assert_eq!(said.as_deref(), wanted, "{text}");
        }
        for (text, wanted) in [
            ("Plan 2023", Some("Plan")),
            ("mid-2023", Some("mid")),
            ("2023 preliminary", Some("preliminary")),
            ("2023 r.", None),
            ("2023 год", None),
            ("2023*", None),
            ("I квартал 2023 г.", None),
        ] {
            assert_eq!(strange_word(text), wanted, "{text}");
        }
        for (text, wanted) in [
            ("2022/2023", true),
            ("2022/23", true),
            ("1999/00 school year", true),
            ("2010-11", true),
            ("2022–2023", true),
            ("2009/09", false),
            ("2000-2010", false),
            ("2022-07", false),
            ("01/2023", false),
        ] {
            assert_eq!(season(text).is_some(), wanted, "{text}");
        }
        for (text, wanted) in [
            ("Jan-22", true),
            ("'22", true),
            ("Q1 22", true),
            ("янв.22", true),
            ("I кв. 22", true),
            ("2022", false),
            ("22", false),
            ("Age 65", false),
            ("Jan 2022", false),
            ("1-22", false),
        ] {
            assert_eq!(has_short_year(text), wanted, "{text}");
        }
        assert!(!is_part_alone("Jan-22") && is_part_alone("Jan"));
        for (text, wanted) in [
            ("1990-1995", true),
            ("1990/1991", false),
            ("2000 – 2010", true),
            ("2010-2000", false),
            ("2009-10", false),
            ("0-4", false),
        ] {
            assert_eq!(is_span(text), wanted, "{text}");
        }
        for (texts, wanted) in [
            (&["2008/09", "2009/10"][..], Some("2008/09")),
            (&["2009/10"], Some("2009/10")),
            (&["2009-10"], None),
            (&["2010-11", "2011-12"], Some("2010-11")),
            (&["2009/09", "2009/10", "2009/11"], None),
            (&["2022", "2023"], None),
            (&["2021/1", "2021/2", "2022/1", "2022/2"], Some("2021/1")),
            (&["2020/1", "2021/2", "2022/3"], Some("2020/1")),
            (&["2020/1", "2020/2", "2020/3"], None),
            (&["2021.1", "2021.2", "2021.3", "2021.4", "2022.1", "2022.2", "2022.3", "2022.4"], Some("2021.1")),
            (&["2021/1", "2021/2", "2021/3", "2022/1", "2022/2"], None),
            (&["2021/01", "2021/02", "2022/01", "2022/02"], None),
        ] {
            assert_eq!(no_month(texts.iter().copied()), wanted, "{texts:?}");
        }
        for (text, wanted) in [
            ("Численность населения на 31 декабря", true),
            ("31 желтоқсанға халық саны", true),
            ("Population at 31 December 2022", true),
            ("Stand: 31.12.", true),
            ("Численность населения на конец года, человек", true),
            ("жыл соңына халық саны", true),
            ("Population at the end of the year", true),
            ("на начало года", false),
            ("на 1 января 2023 года", false),
            ("за декабрь 31 района", false),
        ] {
            assert_eq!(is_year_end(text), wanted, "{text}");
        }
    }
}
