//! Loose: parts and counts in words whatever they are of: `половина сёл`, `каждый пятый`, "ten out of sixteen".

use std::ops::Range;

use super::Lang;
use super::numerals::Numerals;
use super::pattern::is_of;
use super::spelled::{Word, cardinal, words_of};

/// Finds the parts and counts in words of a text: their bytes.
pub fn loose(text: &str, langs: &[Lang]) -> Vec<Range<usize>> {
    let words = words_of(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..words.len() {
        let length = langs.iter().find_map(|lang| {
            let own = lang.grammar().numerals;
            part(own, &words, at).or_else(|| each(own, &words, at)).or_else(|| out_of(own, *lang, &words, at))
        });
        let is_new = found.last().is_none_or(|last| last.end <= words[at].span.start);
        if let Some(length) = length.filter(|_| is_new) {
            found.push(words[at].span.start..words[at + length - 1].span.end);
        }
    }
    found
}

/// Returns how many words a phrase takes that begins at a word.
fn begins(words: &[Word], at: usize, phrase: &str) -> Option<usize> {
    let mut count = 0;
    for own in phrase.split(' ') {
        let word = words.get(at + count).filter(|word| count == 0 || word.joined == Some(' '))?;
        if !is_of(&word.text, own) {
            return None;
        }
        count += 1;
    }
    Some(count)
}

fn longest(list: &[&str], words: &[Word], at: usize) -> Option<usize> {
    list.iter().filter_map(|phrase| begins(words, at, phrase)).max()
}

/// A part of something: half a year is a length, the first half one that is told by its place.
fn part(own: &Numerals, words: &[Word], at: usize) -> Option<usize> {
    let count = longest(own.loose, words, at)?;
    let before = at.checked_sub(1).map(|i| &words[i]).filter(|_| words[at].joined == Some(' '));
    let next = words.get(at + count).filter(|word| word.joined == Some(' '));
    if before.is_some_and(|word| (own.tells_which)(&word.text)) {
        return None;
    }
    let ordinal = |word: &Word| ["нші", "ншы"].iter().any(|end| word.text.ends_with(end));
    if own.part_last {
        // «екінші жартысы» is told by its place.
        let is_of = before.is_some_and(|word| !ordinal(word) && !(own.is_time)(&word.text));
        let leads = count > 1 || !(own.is_part)(&words[at].text) && next.is_some();
        return (leads || is_of).then_some(count);
    }
    let behind = match next {
        Some(word) if own.articles.contains(&&*word.text) => words.get(at + count + 1),
        next => next,
    };
    // «десятки тысяч» says what it is of by itself.
    behind.map_or(count > 1, |word| !(own.is_time)(&word.text)).then_some(count)
}

/// One of so many: each second year is a time.
fn each(own: &Numerals, words: &[Word], at: usize) -> Option<usize> {
    let count = longest(own.each, words, at)?;
    let next = words.get(at + count).filter(|word| word.joined == Some(' '))?;
    (!(own.is_time)(&next.text)).then_some(count + 1)
}

/// So many of how many: «одна из двух причин» counts nothing.
fn out_of(own: &Numerals, lang: Lang, words: &[Word], at: usize) -> Option<usize> {
    let value = |i: usize| cardinal(&words.get(i)?.text, &[lang]);
    let some = value(at)?;
    let between = own.out_of.iter().filter_map(|phrase| begins(words, at + 1, phrase)).max()?;
    let of = value(at + 1 + between).filter(|_| words[at + 1 + between].joined == Some(' '))?;
    (some < of && of > 2 && (some > 1 || between > 1)).then_some(between + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_counts_are_found_and_times_and_places_left() {
        for (lang, said, left) in [
            (
                Lang::Ru,
                "половина населения|почти треть сёл|каждый второй житель|десятки тысяч|четверть века|десять из шестнадцати|\
                 больше половины переездов|на тысячу меньше|миллионы людей|в десятки раз больше|на втором месте",
                "вторая половина года|первой трети списка|каждый второй год|одна из двух причин|полгода|десятки лет|на его месте",
            ),
            (
                Lang::Kk,
                "халықтың жартысы|әрбір екінші тұрғын|ондаған мың|ширек ғасырда|халықтың жартысынан көбі|туу мыңға азайды|\
                 миллиондаған адам|ондаған есе|екінші орында",
                "жылдың екінші жартысына|екінші тұрғын|бұл орында",
            ),
            (
                Lang::En,
                "half of the people|half the homes|a third of homes|every second man|ten out of sixteen|a dozen reasons|\
                 more than half of them|millions of people|by a thousand|in second place",
                "the second half of it|half a year|a third reason|every second year|half-year",
            ),
        ] {
            said.split('|').for_each(|text| assert_eq!(loose(text, &[lang]).len(), 1, "{text}"));
            left.split('|').for_each(|text| assert!(loose(text, &[lang]).is_empty(), "{text}"));
        }
    }
}
