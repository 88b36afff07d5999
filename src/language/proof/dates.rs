//! Dates: days that their month has not, months joined by a hyphen.

use super::rules::Words;
use super::{Fault, Finding};
use crate::finding::days_in_month;
use crate::language::{Language, NBSP};

/// Reads a passage.
pub(super) fn read(language: &Language, text: &str, words: &Words, found: &mut Vec<Finding>) {
    let month = |word: &str| language.lang().month(word);
    for (at, word) in words.iter().filter(|(at, _)| text[..at.start].ends_with([' ', NBSP])) {
        let before = text[..at.start].trim_end_matches([' ', NBSP]);
        let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let start = before.len() - digits.len();
        if digits.is_empty() || digits.len() > 2 || before[..start].ends_with([',', '.', '/', NBSP]) {
            continue;
        }
        let (Ok(day), Some(month)) = (digits.parse::<u8>(), month(word)) else { continue };
        // A year of its own would say whether February has 29 days.
        if day == 0 || day > days_in_month(2000, month) {
            found.push(Finding {
                fault: Fault::Date,
                span: start..at.end,
                message: format!("there is no day {day} in this month"),
                hint: "mend the date, or quote it and print it with `date`".to_owned(),
            });
        }
    }
    for pair in words.windows(2) {
        let [(first, one), (second, other)] = pair else { continue };
        if &text[first.end..second.start] == "-" && month(one).is_some() && month(other).is_some() {
            found.push(Finding {
                fault: Fault::Typography,
                span: first.end..second.start,
                message: "a hyphen stands between months".to_owned(),
                hint: "write –, or use `range`".to_owned(),
            });
        }
    }
}
