//! Year: the case of «жыл» before what governs it, and no hyphen before it.

use super::super::rules::Year;
use super::super::{Fault, Finding};
use crate::language::NBSP;

/// Finds the word «жыл» without the case that the postposition behind it takes, and a hyphen before it.
pub(super) fn read(text: &str, before: Option<&Year>, year: &Year, found: &mut Vec<Finding>) {
    let rest = &text[year.span.end..];
    // «1990-жылдары»: a decade.
    if rest.starts_with("-жылдар") {
        return;
    }
    if rest.starts_with("-жыл") || rest.starts_with("-ж.") {
        found.push(Finding {
            fault: Fault::Typography,
            span: year.span.start..year.span.end + 1,
            message: "a hyphen stands between a year and its word".to_owned(),
            hint: "write a no-break space: «2022 жылы»".to_owned(),
        });
        return;
    }
    let mut words = rest.split([' ', NBSP]).filter(|word| !word.is_empty());
    let (Some(word), next) = (words.next(), words.next().unwrap_or_default()) else { return };
    let next = next.trim_end_matches([',', '.', ';', ')']);
    let right = match (word, next) {
        ("жыл" | "жылы" | "жылда" | "жылды", "дейін" | "қарай") => "жылға",
        ("жыл" | "жылы" | "жылда" | "жылды" | "жылға", "бастап" | "бері" | "кейін") => {
            "жылдан"
        }
        ("жыл" | "жылы" | "жылдан", "қарағанда") => "жылға",
        ("жыл" | "жылы" | "жылды" | "жылға" | "жылдан", "салыстырғанда") => {
            "жылмен"
        }
        ("жылда", _) => "жылы",
        // «2013–2022 жыл» are several.
        ("жыл", "аралығында") if before.is_some() => "жылдар",
        ("жыл", "бойы" | "бойынша" | "ішінде") => return,
        ("жыл", _) if before.is_some() && rest.contains("жыл ") => "жылдары",
        _ => return,
    };
    // What the words of postpositions say of endings is not said twice.
    let said = found.iter().any(|other| other.fault == Fault::Government && text[other.span.clone()].ends_with(word));
    if said {
        return;
    }
    let start = year.span.end + rest.find(word).unwrap_or(0);
    found.push(Finding {
        fault: Fault::Government,
        span: start..start + word.len(),
        message: format!("`{word}` is not the form of a year that stands here"),
        hint: format!("write `{right}`"),
    });
}
