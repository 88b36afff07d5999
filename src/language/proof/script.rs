//! Script: what in a passage is of another language, or of two scripts.

use std::ops::Range;

use super::rules::{Rules, Sentence};
use super::{Fault, Finding, sentences, words};

/// Russian words that no Kazakh sentence holds; words that Kazakh has as well are not among them.
pub(super) const RUSSIAN: [&str; 40] = [
    "и",
    "в",
    "с",
    "к",
    "о",
    "по",
    "для",
    "что",
    "при",
    "об",
    "или",
    "как",
    "это",
    "также",
    "году",
    "года",
    "лет",
    "был",
    "была",
    "было",
    "были",
    "составил",
    "составила",
    "составило",
    "составили",
    "между",
    "который",
    "которая",
    "которое",
    "которые",
    "более",
    "менее",
    "чем",
    "населения",
    "области",
    "областей",
    "из-за",
    "однако",
    "чтобы",
    "если",
];

/// Letters that Kazakh has and Russian has not.
pub(super) const KAZAKH: [char; 9] = ['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'і'];

pub(super) fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}

pub(super) fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic() || ('\u{c0}'..='\u{2af}').contains(&letter) && letter.is_alphabetic()
}

/// Says whether a letter has no place in Russian and Kazakh: a Latin one, or one of other Cyrillic alphabets.
pub(super) fn is_stray(letter: char) -> bool {
    is_latin(letter) || ['\u{450}', '\u{45d}'].contains(&letter)
}

/// Finds sentences of four words and more that are in another language, and returns where they stand.
pub(super) fn untranslated(rules: &Rules, text: &str, found: &mut Vec<Finding>) -> Vec<Range<usize>> {
    let mut foreign = Vec::new();
    for sentence in sentences(text) {
        let part = &text[sentence.clone()];
        // What is quoted may be a foreign name; an address is in no language.
        let own = without_addresses(&without_quotes(part));
        let list = words(&own);
        if list.len() < 4 {
            continue;
        }
        let small = own.to_lowercase();
        let lower: Vec<&str> = words(&small).into_iter().map(|(_, word)| word).collect();
        let latin = lower.iter().filter(|word| word.chars().all(is_latin) && word.len() > 1).count();
        let other = (rules.other)(&Sentence { words: lower, latin });
        if let Some(other) = other {
            let (first, _) = &list[0];
            let word = &own[first.clone()];
            let start = sentence.start + part.find(word).unwrap_or(0);
            found.push(Finding {
                fault: Fault::Untranslated,
                span: start..start + word.len(),
                message: format!("the sentence that begins with `{word}` reads as {other}"),
                hint: "translate it, or exempt it: {% call exempt(\"reason\") %}…{% endcall %}".to_owned(),
            });
            foreign.push(sentence);
        }
    }
    foreign
}

/// English words that join others in the middle of a sentence, and stand in no term taken over whole.
const ENGLISH: [&str; 10] = ["the", "of", "according", "was", "were", "from", "with", "for", "is", "are"];

/// The most words of a phrase that was left standing; what is longer is a title or a quotation.
const LONGEST: usize = 8;

/// Finds a phrase of English in the middle of a sentence of another alphabet: a joining word among others in small letters.
pub(super) fn inserted(rules: &Rules, text: &str, words: &[(Range<usize>, &str)], found: &mut Vec<Finding>) {
    if (rules.is_own)('a') {
        return;
    }
    let is_foreign = |word: &str| word.chars().all(|c| c.is_ascii_alphabetic());
    let goes_on = |i: usize| i > 0 && &text[words[i - 1].0.end..words[i].0.start] == " ";
    let mut i = 0;
    while i < words.len() {
        let first = i;
        i += 1;
        if !is_foreign(words[first].1) {
            continue;
        }
        while i < words.len() && is_foreign(words[i].1) && goes_on(i) {
            i += 1;
        }
        let run = &words[first..i];
        // A name of several words begins each with a capital; a title stands alone or in quotation marks.
        let is_small = run.iter().skip(1).all(|(_, word)| word.chars().all(|c| c.is_ascii_lowercase()));
        let is_joined = run.iter().any(|(_, word)| ENGLISH.contains(&word.to_ascii_lowercase().as_str()));
        let is_within = first > 0 && goes_on(first) || words.get(i).is_some_and(|_| goes_on(i));
        let start = run[0].0.start;
        let marks = |marks: [char; 2]| text[..start].matches(marks).count();
        let is_quoted = marks(['«', '„']) > marks(['»', '“']);
        if run.len() > 1 && run.len() <= LONGEST && is_small && is_joined && is_within && !is_quoted {
            found.push(Finding {
                fault: Fault::Untranslated,
                span: start..run[run.len() - 1].0.end,
                message: format!("`{}` is English in the middle of a sentence", &text[start..run[run.len() - 1].0.end]),
                hint: "translate it, or put a name into quotation marks".to_owned(),
            });
        }
    }
}

pub(super) fn without_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for letter in text.chars() {
        match letter {
            '«' | '„' => depth += 1,
            '»' => depth = depth.saturating_sub(1),
            '“' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

/// Leaves out what is an address of the web, of a file or of mail: `stat.gov.kz/ru/release`, `data/raw.csv`, `a@b.kz`.
fn without_addresses(text: &str) -> String {
    let is_address = |word: &str| {
        let inner = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let within = |sign: char| inner.split_once(sign).is_some_and(|(_, rest)| rest.starts_with(is_latin));
        inner.contains("://")
            || inner.contains('@')
            || inner.contains(is_latin) && ['.', '/', '_'].into_iter().any(within)
    };
    text.split_inclusive(char::is_whitespace).filter(|word| !is_address(word)).collect()
}

/// Finds words that mix Latin and Cyrillic letters, and single Latin letters that look like a Russian word.
pub(super) fn mixed(rules: &Rules, text: &str, words: &[(Range<usize>, &str)], found: &mut Vec<Finding>) {
    for (i, (span, word)) in words.iter().enumerate() {
        let latin: String = word.chars().filter(|c| is_latin(*c)).collect();
        let odd: String = word.chars().filter(|c| ['\u{450}', '\u{45d}'].contains(c)).collect();
        let both = !latin.is_empty() && word.chars().any(is_cyrillic);
        let beside = |other: Option<&(Range<usize>, &str)>| {
            other.is_some_and(|(at, word)| {
                let gap = if at.start < span.start { &text[at.end..span.start] } else { &text[span.end..at.start] };
                gap == " " && word.chars().all(is_cyrillic)
            })
        };
        let alone = rules.lone.contains(word)
            && beside(i.checked_sub(1).and_then(|before| words.get(before)))
            && beside(words.get(i + 1));
        let culprit = if both || alone { latin } else { odd };
        if !culprit.is_empty() {
            found.push(Finding {
                fault: Fault::MixedScript,
                span: span.clone(),
                message: format!(
                    "`{word}` mixes scripts: `{culprit}` {}",
                    if both || alone { "is Latin" } else { "is no letter of this language" }
                ),
                hint: "type the word with the letters of its language".to_owned(),
            });
        }
    }
}
