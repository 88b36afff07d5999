//! Numbers: what the words around numbers say of them: their nouns, which way they went, shares and balances.

use std::ops::Range;

use super::{Fault, Finding, Passage, words};
use crate::language::{Lang, Language, NBSP, Sense, noun_ru, ru};

/// Finds a clause whose verb says the other way than its numbers: «вырос с 5 до 3», «вырос на −5», or over a fall.
pub(super) fn direction(language: &Language, passage: &Passage, clause: Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[clause.clone()];
    let (up, down): (&[&str], &[&str]) = match language.lang {
        Lang::Ru => (
            &["вырос", "возрос", "увеличил", "повысил", "поднял", "прибавил"],
            &["снизил", "сократил", "уменьшил", "упал", "опустил", "убавил"],
        ),
        Lang::Kk => (&["өсті", "артты", "көбейді", "ұлғайды"], &["төмендеді", "азайды", "кеміді", "қысқарды"]),
        Lang::En | Lang::Other(_) => return,
    };
    let list = words(text);
    let says = |stems: &[&str]| {
        list.iter()
            .find(|(_, word)| stems.iter().any(|stem| word.to_lowercase().starts_with(stem)))
            .map(|(at, _)| at.clone())
    };
    let (verb, rises) = match (says(up), says(down)) {
        (Some(verb), None) => (verb, true),
        (None, Some(verb)) => (verb, false),
        _ => return,
    };
    let turned = list.iter().any(|(_, word)| {
        let lower = word.to_lowercase();
        let loss = ["убыл", "отток", "потер", "кему", "дефицит", "сальдо"].iter().any(|stem| lower.starts_with(stem));
        loss || language.lang.sense(&lower) == Some(Sense::Turned)
    });
    if turned {
        return;
    }
    let said: Vec<bool> = passage
        .changes
        .iter()
        .filter(|(at, _)| clause.start <= at.start && at.end <= clause.end)
        .map(|(_, rise)| *rise)
        .collect();
    let over_data = said.len() == 1 && said[0] != rises;
    let over_ends = ends(language, text).is_some_and(|(from, to)| if rises { from > to } else { from < to });
    let below = language.lang == Lang::Ru
        && text[verb.end..]
            .trim_start_matches([' ', NBSP])
            .strip_prefix("на")
            .is_some_and(|rest| rest.trim_start_matches([' ', NBSP]).starts_with('\u{2212}'));
    if over_data || over_ends || below {
        found.push(Finding {
            fault: Fault::Direction,
            span: clause.start + verb.start..clause.start + verb.end,
            message: format!("`{}` says the other way than the number beside it", &text[verb]),
            hint: "use change(), which picks the verb by the data".to_owned(),
        });
    }
}

/// Returns the two ends of a change that a clause prints, where both have one scale word.
pub(super) fn ends(language: &Language, text: &str) -> Option<(f64, f64)> {
    // A number at the beginning of a text, with what follows it.
    let number = |text: &str| {
        let minus = text.starts_with('\u{2212}');
        let digits = text.trim_start_matches('\u{2212}');
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != NBSP && c != ',').unwrap_or(digits.len());
        let value = language.read(digits[..end].trim_matches([NBSP, ',']))?;
        // From year to year is no change.
        if value.fraction.is_empty()
            && digits[..end].trim_matches([NBSP, ',']).len() == 4
            && ("1800".."2100").contains(&value.whole.as_str())
        {
            return None;
        }
        let plain: f64 = format!("{}.{}", value.whole, value.fraction).parse().ok()?;
        let rest = digits[end..].trim_start_matches([NBSP, ' ']);
        let scale = ["тыс", "млн", "млрд", "трлн", "мың"].into_iter().find(|scale| rest.starts_with(scale));
        Some((if minus { -plain } else { plain }, scale))
    };
    let ((from, first), (to, second)) = match language.lang {
        Lang::Ru => {
            let at = text.match_indices(" до ").find_map(|(at, _)| Some((at, number(&text[at + " до ".len()..])?)));
            let (at, to) = at?;
            let from = [" с ", " со ", " от "].iter().filter_map(|word| {
                let start = text[..at].rfind(word)? + word.len();
                Some((start, number(&text[start..at])?))
            });
            // The nearest one begins what ends here.
            (from.max_by_key(|(start, _)| *start)?.1, to)
        }
        Lang::Kk => {
            let until = text.find("дейін")?;
            let before = text[..until].trim_end_matches([' ', NBSP]);
            let starts: Vec<usize> = before
                .char_indices()
                .filter(|(at, c)| {
                    let last = before[..*at].chars().next_back();
                    c.is_ascii_digit() && last.is_none_or(|c| !c.is_ascii_digit() && c != NBSP && c != ',')
                })
                .map(|(at, _)| if before[..at].ends_with('\u{2212}') { at - '\u{2212}'.len_utf8() } else { at })
                .collect();
            // «20 өңірдің 5-інде 2013 жылдан 2023 жылға дейін»: years end no change, and 20 is not where 5 began.
            let [.., from, to] = starts.as_slice() else { return None };
            let ablative = |(_, word): &(Range<usize>, &str)| {
                ["дан", "ден", "тан", "тен", "нан", "нен"].iter().any(|ending| word.ends_with(ending))
            };
            if !words(&before[*from..*to]).iter().any(ablative) {
                return None;
            }
            (number(&before[*from..])?, number(&before[*to..])?)
        }
        Lang::En | Lang::Other(_) => return None,
    };
    // «с 980 до 1 200 тыс.»: the scale word is said once.
    (first == second || first.is_none()).then_some((from, to)).filter(|_| first == second || second.is_some())
}

/// Words in front of a number that is a name and counts nothing: «таблица 2».
const NUMBERED: [&str; 19] = [
    "таблиц",
    "табл",
    "рисун",
    "рис",
    "стать",
    "статей",
    "ст",
    "пункт",
    "глав",
    "раздел",
    "приложени",
    "част",
    "том",
    "вып",
    "формул",
    "редакци",
    "вариант",
    "издани",
    "с",
];

/// Finds Russian nouns that do not agree with the number before them in any case.
pub(super) fn plurals(language: &Language, text: &str, words: &[(Range<usize>, &str)], found: &mut Vec<Finding>) {
    for (i, (span, word)) in words.iter().enumerate() {
        let before = text[..span.start].strip_suffix([' ', NBSP, '\n']);
        let Some(before) = before else { continue };
        let (digits, scaled) = match ["тыс.", "млн", "млрд", "трлн"].iter().find_map(|scale| before.strip_suffix(scale))
        {
            Some(rest) => (rest.trim_end_matches([' ', NBSP]), true),
            None => (before, false),
        };
        let start = digits
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_ascii_digit() || [',', NBSP, '\u{202f}'].contains(c))
            .last()
            .map(|(at, _)| at);
        let Some(start) = start else { continue };
        let number = digits[start..].trim_start_matches([NBSP, ',', '\u{202f}']);
        let Some(value) = language.read(number).filter(|_| !number.is_empty()) else { continue };
        let year =
            number.len() == 4 && value.fraction.is_empty() && (1800..=2100).contains(&value.whole.parse().unwrap_or(0));
        // The word that names what the number numbers.
        let first = text.len() - text[start..].len();
        let named = words[..i].iter().rev().find(|(at, _)| at.end <= first).is_some_and(|(at, word)| {
            let lower = word.to_lowercase();
            let close = text[at.end..first].trim_matches(['.', ' ', NBSP, '№']).is_empty();
            close && NUMBERED.iter().any(|stem| lower == *stem || stem.chars().count() > 3 && lower.starts_with(stem))
        });
        if year || named {
            continue;
        }
        let count = if scaled { ru::Count::Round } else { ru::Count::of(&value) };
        if let Some(right) = noun_ru::misfit(word, count, language.own.russian.iter()) {
            found.push(Finding {
                fault: Fault::Plural,
                span: span.clone(),
                message: format!("`{word}` does not agree with {number}"),
                hint: format!("write `{right}`, or use `noun`"),
            });
        }
    }
}

/// How the past tense of a change begins, whatever changes.
const CHANGED_RU: [&str; 8] = ["увеличил", "вырос", "возрос", "снизил", "сократил", "уменьшил", "повысил", "упал"];

/// How else a balance is said to grow or fall.
const GROWS_RU: [&str; 4] = ["рос", "растёт", "снижа", "уменьша"];

/// How else a share is said to change: by nouns and participles.
const CHANGE_RU: [&str; 7] = ["рост", "увеличен", "снижен", "сокращен", "прирост", "повышен", "уменьшен"];

const GROWS_KK: [&str; 10] =
    ["өсті", "артты", "көбейді", "төмендеді", "азайды", "кеміді", "қысқарды", "ұлғайды", "өскен", "азайған"];

const GROWS_EN: [&str; 8] = ["grew", "rose", "increased", "fell", "decreased", "declined", "shrank", "dropped"];

/// Finds a clause in which a balance below zero grows or falls.
pub(super) fn growth(lang: Lang, passage: &Passage, clause: Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[clause.clone()];
    let list = words(text);
    let lower: Vec<String> = list.iter().map(|(_, word)| word.to_lowercase()).collect();
    let subject = |word: &str| match lang {
        Lang::Ru => word == "сальдо",
        Lang::Kk => word == "сальдо" || word == "сальдосы" || word == "айырымы",
        Lang::En => word == "migration" || word == "balance",
        Lang::Other(_) => false,
    };
    let [first, second]: [&[&str]; 2] = match lang {
        Lang::Ru => [&CHANGED_RU, &GROWS_RU],
        Lang::Kk => [&GROWS_KK, &[]],
        Lang::En => [&GROWS_EN, &[]],
        Lang::Other(_) => [&[], &[]],
    };
    let verbs = [first, second].concat();
    let Some(balance) = lower.iter().position(|word| subject(word)) else { return };
    // In Russian the verb of «сальдо» is neuter or has no gender.
    let agrees = |word: &str| {
        lang != Lang::Ru
            || word.ends_with("ось")
            || word.ends_with("ло")
            || word.ends_with("т")
            || word.ends_with("тся")
    };
    let verb = lower.iter().position(|word| verbs.iter().any(|verb| word.starts_with(verb)) && agrees(word));
    let Some(verb) = verb.filter(|verb| lang == Lang::Ru || *verb > balance) else { return };
    let below = passage.negative.iter().any(|number| clause.start <= number.start && number.end <= clause.end);
    let said = lower.iter().any(|word| ["отрицательн", "теріс", "negative"].iter().any(|stem| word.starts_with(stem)));
    if below || said {
        let span = list[verb].0.clone();
        found.push(Finding {
            fault: Fault::Growth,
            span: clause.start + span.start..clause.start + span.end,
            message: format!("a balance below zero does not say which way it went with `{}`", list[verb].1),
            hint: "use change(), which speaks of the loss, or name both values".to_owned(),
        });
    }
}

/// Finds a clause in which a share changes by per cent instead of percentage points.
pub(super) fn shares(lang: Lang, text: &str, clause: Range<usize>, found: &mut Vec<Finding>) {
    let part = &text[clause.clone()];
    let list = words(part);
    let lower: Vec<String> = list.iter().map(|(_, word)| word.to_lowercase()).collect();
    let share = lower.iter().position(|word| match lang {
        Lang::Ru => ["доля", "доли", "долю", "доле", "долей", "вес"].contains(&word.as_str()),
        Lang::Kk => word.starts_with("үлес"),
        Lang::En => word == "share" || word == "shares",
        Lang::Other(_) => false,
    });
    let [first, second]: [&[&str]; 2] = match lang {
        Lang::Ru => [&CHANGED_RU, &CHANGE_RU],
        Lang::Kk => [&GROWS_KK, &[]],
        Lang::En => [&GROWS_EN, &[]],
        Lang::Other(_) => [&[], &[]],
    };
    let changes = [first, second].concat();
    let Some(share) = share else { return };
    let change = lower.iter().position(|word| changes.iter().any(|stem| word.starts_with(stem)));
    let Some(change) = change else { return };
    for (at, _) in part.match_indices('%') {
        let number = part[..at].trim_end_matches([NBSP, ' ']);
        let start = number
            .rfind(|c: char| !(c.is_ascii_digit() || ",.\u{a0}\u{2212}".contains(c)))
            .map_or(0, |i| i + number[i..].chars().next().map_or(1, char::len_utf8));
        let before = part[..start].trim_end_matches([' ', NBSP]);
        let by = match lang {
            Lang::Ru => before.ends_with(" на"),
            Lang::En => before.ends_with(" by"),
            Lang::Other(_) => false,
            Lang::Kk => {
                let after = &part[at + 1..];
                let dative = after.strip_prefix("-ға").or_else(|| after.strip_prefix("-ге"));
                dative.is_some_and(|rest| !rest.trim_start().starts_with("дейін")) && list[change].0.start > at
            }
        };
        // The share stands before the number: «доля … выросла на …».
        if by && number.len() > start && list[share].0.start < start.max(1) {
            found.push(Finding {
                fault: Fault::Points,
                span: clause.start + list[change].0.start..clause.start + list[change].0.end,
                message: "a share changes by percentage points, not by per cent".to_owned(),
                hint: "print the difference with `points`, or use change(…, kind=\"share\")".to_owned(),
            });
        }
    }
}
