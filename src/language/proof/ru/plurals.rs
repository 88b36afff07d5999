//! Plurals: nouns that do not agree with the number before them.

use super::super::rules::Words;
use super::super::{Fault, Finding};
use crate::language::{Language, NBSP, noun_ru, ru};

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

/// Nouns that digits number as well as count, as they begin: «ко 2 кварталу».
const ORDERED: [&str; 6] = ["квартал", "полугоди", "класс", "курс", "этап", "декад"];

/// Finds Russian nouns that do not agree with the number before them in any case.
pub(super) fn read(language: &Language, text: &str, words: &Words, found: &mut Vec<Finding>) {
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
        let lower = word.to_lowercase();
        let is_one = |own: &noun_ru::Noun| own.starts(&lower) && !own.cases_of(&lower)[0].is_empty();
        let numbered = ORDERED.iter().any(|stem| lower.starts_with(stem))
            && noun_ru::known().chain(&language.own.declined).any(is_one);
        if year || named || numbered {
            continue;
        }
        let count = if scaled { ru::Count::Round } else { ru::Count::of(&value) };
        if let Some(right) = noun_ru::misfit(word, count, language.own.declined.iter()) {
            found.push(Finding {
                fault: Fault::Plural,
                span: span.clone(),
                message: format!("`{word}` does not agree with {number}"),
                hint: format!("write `{right}`, or use `noun`"),
            });
        }
    }
}
