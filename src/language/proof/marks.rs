//! Marks: words twice, hyphens, spaces, quotation marks, and places where a line may break.

use std::ops::Range;

use super::rules::Rules;
use super::{Fault, Finding, HIDDEN, is_letter};
use crate::language::NBSP;

/// Finds a word that stands twice.
pub(super) fn doubled(text: &str, words: &[(Range<usize>, &str)], found: &mut Vec<Finding>) {
    for pair in words.windows(2) {
        let [(first, a), (second, b)] = pair else { continue };
        if !a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase)) {
            continue;
        }
        let gap = &text[first.end..second.start];
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        // A name may be the same as the one before it: «Ли Ли».
        let initial = capital(a) && capital(b);
        let joined = text[..first.start].ends_with('-') || text[second.end..].starts_with('-');
        if !gap.is_empty() && gap.chars().all(char::is_whitespace) && !initial && !joined {
            found.push(Finding {
                fault: Fault::DoubledWord,
                span: second.clone(),
                message: format!("`{b}` stands twice"),
                hint: "strike one of them out".to_owned(),
            });
        }
    }
}

/// Finds ASCII hyphens between digits and before them.
pub(super) fn hyphens(text: &str, found: &mut Vec<Finding>) {
    for (at, _) in text.match_indices('-') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (last, next) = (before.chars().next_back(), after.chars().next());
        let apart = before.trim_end_matches([' ', NBSP]);
        let between = digit(apart.chars().next_back()) && digit(after.trim_start_matches([' ', NBSP]).chars().next());
        let spaced = apart.len() < before.len() && after.starts_with([' ', NBSP]) || digit(last) && digit(next);
        let signs = last == Some('%') && digit(next);
        let minus = digit(next) && last.is_none_or(|c| c.is_whitespace() || c == NBSP || "(«–[".contains(c));
        if between && spaced || minus || signs {
            let (message, hint) = if minus {
                ("an ASCII hyphen stands for a minus sign", "write −, or quote the number")
            } else {
                ("an ASCII hyphen stands between numbers", "write – between numbers")
            };
            found.push(Finding {
                fault: Fault::Hyphen,
                span: at..at + 1,
                message: message.to_owned(),
                hint: hint.to_owned(),
            });
        }
    }
}

/// Finds spaces around the dash between two years: «2010 – 2015 годы».
pub(super) fn spaced(text: &str, found: &mut Vec<Finding>) {
    let is_blank = |c: char| c == ' ' || c == NBSP;
    for (at, dash) in text.match_indices('–') {
        let (before, after) =
            (text[..at].trim_end_matches(is_blank), text[at + dash.len()..].trim_start_matches(is_blank));
        let is_year = |digits: &str| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        let first = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let second = &after[..after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len())];
        let word = after[second.len()..].trim_start_matches(is_blank);
        let is_told = ["год", "г.", "гг", "жыл", "жж", "ж."].iter().any(|own| word.starts_with(own));
        // «на 10 – 15 %», but «в 2022 – 28 лет».
        let lead = before[..before.len() - first.len()]
            .trim_end_matches(is_blank)
            .rsplit([' ', NBSP])
            .next()
            .unwrap_or_default();
        let is_led = ["на", "до", "около", "в", "за"].contains(&lead)
            && first.len() < 4
            && first < second
            && first.len() == second.len();
        let is_range = is_led
            && ["%", "‰", "лет", "тыс", "млн", "раз", "процент", "пайыз"].iter().any(|own| word.starts_with(own));
        if before.len() < at && (is_year(first) && is_year(second) && is_told || is_range) {
            found.push(Finding {
                fault: Fault::Spaces,
                span: before.len() - first.len()..text.len() - after.len() + second.len(),
                message: "spaces stand around the dash of a range".to_owned(),
                hint: format!("write {first}–{second}"),
            });
        }
    }
}

/// Finds plain spaces between a number and its unit, and behind № and the abbreviations of exhibits.
pub(super) fn breaks(rules: &Rules, text: &str, found: &mut Vec<Finding>) {
    for (at, _) in text.match_indices([' ', '\n']) {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let digit = |c: char| c.is_ascii_digit();
        if !before.ends_with(digit) && !after.starts_with(digit) && !before.ends_with("п.") {
            continue;
        }
        let next = after.split([' ', '\n', NBSP, ',', ';', ')', ':', HIDDEN]).next().unwrap_or_default();
        let next = if rules.units.contains(&next) { next } else { next.trim_end_matches('.') };
        let last = before.rsplit([' ', '\n', NBSP, '(', HIDDEN]).next().unwrap_or_default();
        let counted = before.ends_with(digit) && unit_at(next, rules.units);
        let labelled = rules.labels.contains(&last) && after.starts_with(digit);
        let points = last == "п."
            && rules.points.iter().any(|point| next.starts_with(point))
            && before.trim_end_matches("п.").ends_with([' ', NBSP]);
        if counted || labelled || points {
            let start = before.len() - last.len();
            found.push(Finding {
                fault: Fault::NoBreak,
                span: if counted { at + 1..at + 1 + next.len() } else { start..at },
                message: format!(
                    "the line may break between `{last}` and `{}`",
                    if next.is_empty() { after } else { next }
                ),
                hint: "put a no-break space (U+00A0) there".to_owned(),
            });
        }
    }
}

fn unit_at(word: &str, units: &[&str]) -> bool {
    let bare = word.trim_end_matches('.');
    units.iter().any(|unit| word == *unit || bare == *unit && !unit.ends_with('.'))
        // A sign may bear an ending.
        || word.starts_with(['%', '‰'])
}

/// Finds straight quotation marks, hyphens for dashes, and quotation marks without their other.
pub(super) fn typography(text: &str, found: &mut Vec<Finding>) {
    let mut add = |span: Range<usize>, message: &str, hint: &str| {
        found.push(Finding { fault: Fault::Typography, span, message: message.to_owned(), hint: hint.to_owned() });
    };
    for (at, _) in text.match_indices('"') {
        add(at..at + 1, "a straight quotation mark", "write «…», and „…“ inside");
    }
    for (at, _) in text.match_indices('-') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let (left, right) = (before.trim_end_matches([' ', NBSP]), after.trim_start_matches([' ', NBSP]));
        let spaced = (left.len() < before.len(), right.len() < after.len());
        let digits = left.ends_with(|c: char| c.is_ascii_digit()) && right.starts_with(|c: char| c.is_ascii_digit());
        let inner = left.ends_with(|c: char| is_letter(c) || c.is_ascii_digit() || "»)%.,".contains(c))
            && right.starts_with(|c: char| is_letter(c) || c.is_ascii_digit() || "«(".contains(c));
        if spaced == (true, true) && inner && !digits {
            add(at..at + 1, "a hyphen stands for a dash", "write – between spaces");
        } else if after.starts_with('-') {
            add(at..at + 2, "two hyphens stand for a dash", "write –");
        }
    }
    for at in glued(text) {
        add(at..at + '–'.len_utf8(), "a dash has a space on one side alone", "put a space on either side");
    }
    for at in hanging(text) {
        add(at..at + 1, "a hyphen has a space on one side alone", "write – between spaces, or strike the space out");
    }
    for (at, signs) in in_a_row(text) {
        add(at..at + signs.len(), "two signs stand in a row", "leave the one that is meant");
    }
    let mut open: Option<usize> = None;
    for (at, mark) in text.char_indices().filter(|(_, c)| ['«', '»'].contains(c)) {
        match (mark, open) {
            ('«', _) => open = Some(at),
            (_, Some(_)) => open = None,
            (_, None) => {
                add(at..at + mark.len_utf8(), "a quotation mark closes what none opens", "open it, or strike it out")
            }
        }
    }
    if let Some(at) = open {
        add(at..at + '«'.len_utf8(), "a quotation mark is not closed", "close it");
    }
    for (at, mark, message) in inner_quotes(text) {
        add(at..at + mark.len_utf8(), message, "write «…», and „…“ inside");
    }
}

/// Lists the dashes that have a space on one side and a word on the other: «падает– растёт».
fn glued(text: &str) -> Vec<usize> {
    let is_blank = |c: char| c == ' ' || c == NBSP;
    let dashes = text.char_indices().filter(|(_, sign)| ['–', '—'].contains(sign));
    let is_glued = |(at, sign): &(usize, char)| {
        let (before, after) = (&text[..*at], &text[at + sign.len_utf8()..]);
        let left = before.ends_with(|c: char| is_letter(c) || "»)%".contains(c)) && after.starts_with(is_blank);
        // A dash at the head of a line begins an item.
        let line = before.rsplit('\n').next().unwrap_or_default();
        let is_within = line.ends_with(is_blank) && line.contains(is_letter);
        left || is_within && after.starts_with(|c: char| is_letter(c) || "«(".contains(c))
    };
    dashes.filter(is_glued).map(|(at, _)| at).collect()
}

/// Lists the hyphens that a word has on one side and a space on the other: «жөндеу- күзгі», but «одно- и двухэтажные».
fn hanging(text: &str) -> Vec<usize> {
    const JOINTS: [&str; 9] = ["и", "или", "а", "либо", "мен", "бен", "пен", "және", "немесе"];
    let is_hanging = |at: &usize| {
        let behind = text[at + 1..].strip_prefix([' ', NBSP]).unwrap_or_default();
        let next = behind.split([' ', NBSP, ',', '.']).next().unwrap_or_default();
        text[..*at].ends_with(is_letter) && behind.starts_with(is_letter) && !JOINTS.contains(&next)
    };
    text.match_indices('-').map(|(at, _)| at).filter(is_hanging).collect()
}

/// Lists pairs of signs of which a sentence has one: «,,», «;,», «,.».
fn in_a_row(text: &str) -> Vec<(usize, &'static str)> {
    const PAIRS: [&str; 12] = [",,", ";;", "::", ",;", ";,", ",:", ":,", ",.", ";.", ":.", "?.", "!."];
    let of = |pair: &'static str| text.match_indices(pair).map(move |(at, _)| (at, pair));
    // «Қалай?..» is one sign.
    let is_own =
        |(at, pair): &(usize, &str)| text[..*at].ends_with(is_letter) && !text[at + pair.len()..].starts_with('.');
    PAIRS.into_iter().flat_map(of).filter(is_own).collect()
}

/// Finds marks of an inner quotation outside every other, and „ without its other.
fn inner_quotes(text: &str) -> Vec<(usize, char, &'static str)> {
    let (mut found, mut depth, mut low) = (Vec::new(), 0usize, None);
    for (at, mark) in text.char_indices() {
        match mark {
            '«' => depth += 1,
            '»' => depth = depth.saturating_sub(1),
            '„' => low = Some(at),
            '“' if low.is_some() => low = None,
            // The title of a foreign work keeps its marks.
            '“' if depth == 0 && !text[at + mark.len_utf8()..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
                found.push((at, mark, "a quotation mark of another language"));
            }
            _ => {}
        }
    }
    found.extend(low.map(|at| (at, '„', "a quotation mark is not closed")));
    found
}

/// Finds two spaces in a row, and a space before a stop.
pub(super) fn spaces(text: &str, found: &mut Vec<Finding>) {
    let blank = |c: char| c == ' ' || c == NBSP || c == '\t';
    let mut at = 0;
    while let Some(start) = text[at..].find(blank).map(|i| at + i) {
        let end = text[start..].find(|c| !blank(c)).map_or(text.len(), |i| start + i);
        let inner = start > 0 && end < text.len() && !text[..start].ends_with('\n') && !text[end..].starts_with('\n');
        let count = text[start..end].chars().count();
        let stop = text[end..].starts_with([',', ';', ':', '!', '?', ')', '»'])
            || text[end..].starts_with('.') && !text[end..].starts_with("...");
        let opened = text[..start].ends_with(['(', '«']);
        if inner && (count > 1 || stop || opened) {
            let message = match (count, stop) {
                (2.., _) => format!("{count} spaces stand in a row"),
                (_, true) => "a space stands before a sign that closes".to_owned(),
                _ => "a space stands behind a sign that opens".to_owned(),
            };
            found.push(Finding { fault: Fault::Spaces, span: start..end, message, hint: "strike it out".to_owned() });
        }
        at = end;
    }
    for (at, sign) in text.match_indices(['.', ';', '!', '?']) {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let word = before.rsplit(|c: char| !is_letter(c)).next().unwrap_or_default();
        let is_word = word.chars().count() > 2 && word.chars().all(char::is_lowercase) && !word.is_ascii()
            || before.ends_with('%');
        let mut next = after.chars();
        let begins = next.next().is_some_and(|c| is_letter(c) && !c.is_ascii() && (sign == ";" || c.is_uppercase()));
        if is_word && begins && next.next().is_some_and(|c| c.is_lowercase() || c == ' ') {
            found.push(Finding {
                fault: Fault::Spaces,
                span: before.len() - word.len()..at + 1,
                message: "no space stands behind a stop".to_owned(),
                hint: "put one there".to_owned(),
            });
        }
    }
    // «Абайской,Жетысуской»; digits have commas of their own.
    for (at, _) in text.match_indices(',') {
        let parted = !text[..at].ends_with(is_letter) || !text[at + 1..].starts_with(is_letter);
        if !parted {
            found.push(Finding {
                fault: Fault::Spaces,
                span: at..at + 1,
                message: "no space stands behind a comma".to_owned(),
                hint: "put one there".to_owned(),
            });
        }
    }
}

/// Finds plain spaces between the groups of a number: «25 461». A row of numbers that are not so grouped is a table.
pub(super) fn groups(text: &str, found: &mut Vec<Finding>) {
    let digit = |c: char| c.is_ascii_digit();
    let mut at = 0;
    while let Some(start) = text[at..].find(digit).map(|i| at + i) {
        let rest = &text[start..];
        let length = rest.find(|c: char| !digit(c) && c != ' ').unwrap_or(rest.len());
        let run = rest[..length].trim_end_matches(' ');
        at = start + length;
        let (before, after) = (&text[..start], &text[start + run.len()..]);
        let mut parts = run.split(' ').map(str::len);
        let first = parts.next().unwrap_or_default();
        let others: Vec<usize> = parts.collect();
        let grouped =
            (1..=3).contains(&first) && (1..4).contains(&others.len()) && others.iter().all(|part| *part == 3);
        // A part of a longer number or of a code; what numbers something stands beside another number.
        let joined = before.ends_with(['.', ',', '/', '-', '–', ':', NBSP]) || after.starts_with(['-', '/', '–']);
        let labelled = before.strip_suffix([' ', NBSP]).is_some_and(|left| left.ends_with([',', '№']));
        if grouped && !joined && !labelled {
            found.push(Finding {
                fault: Fault::NoBreak,
                span: start..start + run.len(),
                message: format!("the line may break within `{run}`"),
                hint: "put a no-break space (U+00A0) between the groups, or quote the number".to_owned(),
            });
        }
    }
}
