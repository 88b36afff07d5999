//! Worded: what a number comes to that stands in words and nothing else: `три`, `вдвое`, `в три раза`, `екі есе`, `twice`.

use super::numerals::{Numerals, every};
use super::spelled::{cardinal, is_scale, measure};
use super::{Lang, plain};

/// Reads a text that is a number in words, with the word for times or what it counts behind it.
pub fn worded(text: &str) -> Option<u32> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    if let [word] = words.as_slice()
        && let Some(value) = listed(|own| own.multiples, word)
    {
        return Some(value);
    }
    let leads = words.first().is_some_and(|word| every(|own| own.times).any(|(by, _)| word == by));
    let words = if leads { &words[1..] } else { &words[..] };
    let mut sum = None;
    let mut rest = words;
    while let Some((first, behind)) = rest.split_first()
        && let Some(value) = cardinal(first, &Lang::ALL)
    {
        sum = Some(match sum {
            Some(ones @ 1..10) if value == 100 => ones * 100,
            so_far => so_far.unwrap_or(0) + value,
        });
        rest = behind;
    }
    let is_time = |word: &str| word == "times" || every(|own| own.times).any(|(_, time)| word == *time);
    let is_unit = |word: &String| !is_scale(word) && (measure(word).is_some() || is_time(word));
    sum.filter(|_| rest.iter().all(is_unit))
}

/// Returns of how many a word is one part: `треть` of three.
pub fn part(word: &str) -> Option<u32> {
    listed(|own| own.part_of, &plain(word))
}

fn listed(table: fn(&Numerals) -> &'static [(u32, &'static str)], word: &str) -> Option<u32> {
    every(table).find(|(_, forms)| forms.split(' ').any(|form| form == word)).map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_alone_are_read_and_others_are_not() {
        for (text, value) in [
            ("вдвое", 2),
            ("в три раза", 3),
            ("двадцать пять процентов", 25),
            ("екі есе", 2),
            ("он бір", 11),
            ("two hundred", 200),
            ("twice", 2),
        ] {
            assert_eq!(worded(text), Some(value), "{text}");
        }
        for text in ["пять тысяч", "рост", "", "пять попугаев", "треть"] {
            assert_eq!(worded(text), None, "{text}");
        }
        assert_eq!([part("трети"), part("третье"), part("Половины")], [Some(3), None, Some(2)]);
    }
}
