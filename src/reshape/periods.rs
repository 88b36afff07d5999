//! Periods: the period that a title, the name of a sheet, a header or a label says.

use crate::finding::Period;
use crate::language;

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

/// Says whether a text is a period and nothing else.
pub fn is_exact(text: &str) -> bool {
    exact(text).is_some()
}

/// Says whether a text is a period, or the part of a year that one names beside it: a month, a quarter, a run of months.
pub fn is_part(text: &str) -> bool {
    is_exact(text)
        || exact(&format!("{} 2000", text.trim())).is_some_and(|said| said.span.is_some() || is_within(&said))
}

fn is_within(said: &Said) -> bool {
    said.period.month().is_some() || said.period.quarter().is_some()
}

fn single(text: &str) -> Option<Said> {
    exact(text).or_else(|| within(text))
}

/// Reads a text that is a period and nothing else.
fn exact(text: &str) -> Option<Said> {
    let text = text.trim();
    language::period(text).map(|period| Said { period, span: None }).or_else(|| spanned(text))
}

/// Reads the longest run of words of a title that is a period, if no other period and no other month stands beside it.
fn within(text: &str) -> Option<Said> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || ",;()".contains(c)).filter(|w| !w.is_empty()).collect();
    for length in (1..=words.len().min(6)).rev() {
        let mut found: Vec<Period> =
            words.windows(length).filter_map(|window| language::period(&window.join(" "))).collect();
        found.dedup();
        match found.as_slice() {
            [] => {}
            [one] => {
                let run = words.windows(length).position(|window| language::period(&window.join(" ")) == Some(*one))?;
                let beside = words[..run].iter().chain(&words[run + length..]);
                return (!beside.flat_map(|word| word.split(['-', '–', '—'])).any(is_month))
                    .then_some(Said { period: *one, span: None });
            }
            _ => return None,
        }
    }
    None
}

fn is_month(word: &str) -> bool {
    !word.is_empty() && language::period(&format!("{word} 2000")).is_some_and(|period| period.month().is_some())
}

/// Reads «январь–сентябрь 2023 года».
fn spanned(text: &str) -> Option<Said> {
    let at = text.find(['-', '–', '—'])?;
    let (from, to) = text.split_at(at);
    let to = to.trim_start_matches(['-', '–', '—', ' ']);
    let last = language::period(to)?;
    let first =
        language::period(from.trim()).or_else(|| language::period(&format!("{} {}", from.trim(), last.year())))?;
    let (first, last) = (first.month()?, last.month().filter(|_| first.year() == last.year())?);
    let year = language::period(to)?.year();
    let whole = match (first, last) {
        (1, 12) => Some(Period::of_year(year)),
        (first, last) if first % 3 == 1 && last == first + 2 => Period::parse(&format!("{year}-Q{}", last / 3)),
        _ => None,
    };
    Some(Said { period: whole.unwrap_or_else(|| Period::of_year(year)), span: Some((first, last)) })
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
            (&["на 31 декабря 2022 года"], Some("2022-12-31")),
            (&["январь–сентябрь 2023"], Some("2023 1-9")),
            (&["2023", "январь-сентябрь"], Some("2023 1-9")),
            (&["январь–март 2023 года"], Some("2023-Q1 1-3")),
            (&["2023", "из них"], Some("2023")),
            (&["2023", "январь, сентябрь"], None),
            (&["Сравнение 2022 и 2023"], None),
            (&["Абай"], None),
        ] {
            assert_eq!(said(texts).as_deref(), wanted, "{texts:?}");
        }
    }
}
