//! Spelled: numbers in words before what they count: `пять тысяч`, `в три раза`, `жиырма пайызға`, `three regions`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::Lang;
use super::letter::{is_letter, is_small};
use super::numerals::{Numerals, all, every};
use super::pattern::is_of;
use super::quantity::is_in;

/// What a number in words says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    /// So many thousands, millions, milliards.
    Scale,
    /// A quantity: per cent, points, times, persons, money, a fraction.
    Quantity,
    /// A count of territories, years, months, people.
    Count,
}

/// A number in words with what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelled {
    /// What it says.
    pub says: Says,
    /// The bytes of the whole.
    pub span: Range<usize>,
    /// The bytes of the number alone.
    pub number: Range<usize>,
    /// The value of the number alone; none where it is a fraction.
    pub value: Option<u32>,
}

/// No number in words is longer: a longer row of numerals is no number, and reading on would not end.
const MOST_WORDS: usize = 12;

/// A word of a text, in small letters.
pub(super) struct Word<'a> {
    pub(super) span: Range<usize>,
    pub(super) text: Cow<'a, str>,
    /// Whether nothing but spaces, or for a hyphen nothing but that, stands before it.
    pub(super) joined: Option<char>,
}

/// Finds the numbers in words of a text in these languages. Only spaces join words.
pub fn spelled(text: &str, langs: &[Lang]) -> Vec<Spelled> {
    let words = words_of(text);
    let mut found: Vec<Spelled> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let alone = alone(&words[at].text, langs).then_some((at + 1, Says::Quantity, None));
        match alone.or_else(|| both(text, &words, at, langs)).or_else(|| one(&words, at, langs)) {
            Some((end, says, number)) => {
                let span = words[at].span.start..words[end - 1].span.end;
                let (behind, value) = number.unwrap_or((end, None));
                let number = words[at].span.start..words[behind - 1].span.end;
                found.push(Spelled { says, span, number, value });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

pub(super) fn words_of(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut open: Option<usize> = None;
    let mut gap = None;
    for (at, letter) in text.char_indices().chain([(text.len(), '\n')]) {
        if is_letter(letter) {
            open.get_or_insert(at);
            continue;
        }
        let mut push = |span: Range<usize>, gap: &mut Option<char>| {
            let text = &text[span.clone()];
            let text = if text.chars().all(is_small) { text.into() } else { text.to_lowercase().into() };
            words.push(Word { span, text, joined: gap.replace('+') });
        };
        if let Some(start) = open.take() {
            push(start..at, &mut gap);
        }
        gap = match (letter, gap) {
            ('%' | '‰', _) => {
                push(at..at + letter.len_utf8(), &mut gap);
                Some('+')
            }
            (' ' | '\u{a0}' | '\u{202f}' | '\u{2009}', Some('+' | ' ')) => Some(' '),
            ('-', Some('+')) => Some('-'),
            _ => None,
        };
    }
    words
}

/// What was read: behind the last word, what it says, and behind the number with its value.
type Reading = (usize, Says, Option<(usize, Option<u32>)>);

/// Reads the number that begins at a word, and what it counts.
fn one(words: &[Word], at: usize, langs: &[Lang]) -> Option<Reading> {
    let joined = |i: usize| words.get(i).filter(|word| matches!(word.joined, Some(' ')));
    let (mut end, mut value) = (at, None);
    while let Some(word) = words.get(end).filter(|_| end < at + MOST_WORDS) {
        let hyphened = word.joined == Some('-') && word.text.is_ascii();
        if end > at && !hyphened && word.joined != Some(' ') {
            break;
        }
        value = match (cardinal(&word.text, langs), value) {
            (Some(100), Some(ones @ 1..10)) => Some(ones * 100),
            (Some(more), Some(so_far)) => Some(so_far + more),
            (Some(more), None) => Some(more),
            (None, _) => break,
        };
        end += 1;
    }
    let mut whole = value;
    if value.is_none() {
        // «үштен бір»: one part of three.
        let of = joined(at + 1).is_some_and(|next| own(langs).any(|own| (own.is_part_of)(&words[at].text, &next.text)));
        if of {
            return Some((at + 2, Says::Quantity, None));
        }
        // «тұрғындардың жартысы».
        let part_of = || at.checked_sub(1).is_some_and(|i| is_counted_thing(&words[i].text, langs));
        if joined(at).is_some() && own(langs).any(|own| (own.is_part)(&words[at].text)) && part_of() {
            return Some((at + 1, Says::Count, None));
        }
        let fraction = |word: &str| every(|own| own.fractions).chain(every(|own| own.over_one)).any(|own| *own == word);
        if !fraction(&words[at].text) {
            return None;
        }
        // «выросла на треть».
        let before = at.checked_sub(1).map(|i| &*words[i].text).filter(|_| words[at].joined == Some(' '));
        if every(|own| own.by).any(|(by, part)| before == Some(by) && words[at].text == *part) {
            return Some((at + 1, Says::Quantity, None));
        }
        let article = |word: &Word| {
            all().any(|own| own.fractions.contains(&&*words[at].text) && own.articles.contains(&&*word.text))
        };
        end = at + 1 + usize::from(joined(at + 1).is_some_and(article));
    } else {
        // «три с половиной», «екі жарым», «two and a half».
        for tail in all().map(|own| own.and_half).filter(|tail| !tail.is_empty()) {
            if tail.iter().enumerate().all(|(i, word)| joined(end + i).is_some_and(|next| next.text == *word)) {
                end += tail.len();
                whole = None;
            }
        }
    }
    let number = Some((end, whole));
    let next = words.get(end).filter(|word| matches!(word.joined, Some(' ' | '+' | '-')));
    let is_below = || at.checked_sub(1).is_some_and(|i| is_in(&words[i].text, |words| words.minus));
    if value.is_some() && words[at].joined == Some(' ') && is_below() {
        return Some((end, Says::Quantity, number));
    }
    let many = || is_many(&words[at..end], value, next, langs).then_some((end, Says::Count, number));
    let Some(next) = next else { return many() };
    if every(|own| own.scales).any(|scale| next.text.starts_with(scale)) {
        return Some((end + 1, Says::Scale, number));
    }
    if value.is_some() && every(|own| own.parts).any(|part| next.text == *part) {
        return Some((end + 1, Says::Quantity, number));
    }
    // One person, one time, one region are seldom a count.
    let single = value == Some(1) && whole.is_some();
    // «два процентных пункта», «екі пайыздық тармақ», «two percentage points».
    let point = joined(end + 1).map(|word| &*word.text).unwrap_or_default();
    let points = |(part, of): &(&str, &str)| next.text.starts_with(part) && point.starts_with(of);
    if every(|own| own.points).any(points) {
        return Some((end + 2, Says::Quantity, number));
    }
    if is_unit(&next.text, single, before(words, at, langs))
        || whole.is_none() && every(|own| own.times).any(|(_, time)| next.text == *time)
    {
        return Some((end + 1, Says::Quantity, number));
    }
    // «половина жителей»; an adjective before it says which half, not how many: «средняя половина регионов».
    let which = at.checked_sub(1).is_some_and(|i| all().any(|own| (own.tells_which)(&words[i].text)));
    let half = value.is_none() && !every(|own| own.over_one).any(|own| words[at].text == *own);
    if half && !(which && joined(at).is_some()) && is_counted_thing(&next.text, langs) {
        return Some((end + 1, Says::Count, number));
    }
    // An adjective may stand between: «трёх северных областей».
    let behind = if is_adjective(&next.text) { joined(end + 1).map(|word| (word, 2)) } else { None };
    let counted = [Some((next, 1)), behind];
    let says = |word: &str| match is_unit(word, single, None) {
        true => Some(Says::Quantity),
        false => (value.is_some() && !single && is_counted(word, langs)).then_some(Says::Count),
    };
    let counted =
        counted.into_iter().flatten().find_map(|(word, count)| Some((end + count, says(&word.text)?, number)));
    counted.or_else(many)
}

/// Says whether a number says how many of anything: one beyond ten, which nobody writes by the way; «двадцать первый» says which.
fn is_many(number: &[Word], value: Option<u32>, next: Option<&Word>, langs: &[Lang]) -> bool {
    let is_ordinal = |word: &Word| own(langs).flat_map(|own| own.ordinals).any(|order| is_of(&word.text, order));
    let is_alone = |word: &Word| own(langs).any(|own| own.homonyms.contains(&&*word.text));
    value.is_some_and(|value| value > 10)
        && !next.is_some_and(is_ordinal)
        && !matches!(number, [word] if is_alone(word))
}

/// Reads «обе области»: two of what is counted, but where the sentence has named the two before.
fn both(text: &str, words: &[Word], at: usize, langs: &[Lang]) -> Option<Reading> {
    let is_both = own(langs).any(|own| own.both.contains(&&*words[at].text));
    let behind = |i: usize| words.get(i).filter(|word| word.joined == Some(' '));
    let next = behind(at + 1).filter(|_| is_both)?;
    let counted = if is_adjective(&next.text) { at + 2 } else { at + 1 };
    behind(counted).filter(|word| is_counted_thing(&word.text, langs))?;
    let start = text[..words[at].span.start].rfind(['.', '!', '?', '\n']).map_or(0, |stop| stop + 1);
    let ahead = words[..at].iter().skip_while(|word| word.span.start < start).skip(1);
    let names = ahead.filter(|word| text[word.span.clone()].starts_with(char::is_uppercase)).count();
    (names < 2).then_some((counted + 1, Says::Count, Some((at + 1, Some(2)))))
}

/// Returns the word that leads to a number, over the other end of a range: «в два-три раза».
fn before<'a>(words: &'a [Word], at: usize, langs: &[Lang]) -> Option<&'a str> {
    let ahead = words[..at].iter().rev().take(MOST_WORDS);
    ahead.map(|word| &*word.text).find(|word| cardinal(word, langs).is_none())
}

fn is_unit(word: &str, single: bool, before: Option<&str>) -> bool {
    if every(|own| own.units).any(|unit| if unit.len() > 3 { word.starts_with(unit) } else { word == *unit }) {
        return !single || !every(|own| own.persons).any(|unit| word.starts_with(unit));
    }
    let fold = all().any(|own| (own.multiplies)(word) || own.stems.iter().any(|stem| (own.is_form)(word, stem)));
    // «в три раза» multiplies, «три раза» counts.
    !single && fold || every(|own| own.times).any(|(by, time)| before == Some(by) && word == *time)
}

/// Returns the numerals of some languages.
fn own(langs: &[Lang]) -> impl Iterator<Item = &'static Numerals> {
    langs.iter().map(|lang| lang.grammar().numerals)
}

fn is_counted(word: &str, langs: &[Lang]) -> bool {
    own(langs).any(|own| (own.is_counted)(word))
}

/// Says whether a word is counted and is no time: half a year is a length, half of the regions a count.
fn is_counted_thing(word: &str, langs: &[Lang]) -> bool {
    own(langs).any(|own| (own.is_many)(word)) || !all().any(|own| (own.is_time)(word)) && is_counted(word, langs)
}

fn is_adjective(word: &str) -> bool {
    word.chars().count() > 3 && every(|own| own.adjectives).any(|ending| word.ends_with(ending))
}

/// The cardinals of all languages by their forms: every word of a text is looked up here.
static CARDINALS: LazyLock<BTreeMap<&str, Vec<(Lang, u32)>>> = LazyLock::new(|| {
    let mut forms: BTreeMap<&str, Vec<(Lang, u32)>> = BTreeMap::new();
    for lang in Lang::ALL {
        for (value, words) in lang.grammar().numerals.cardinals {
            words.split(' ').for_each(|form| forms.entry(form).or_default().push((lang, *value)));
        }
    }
    forms
});

pub(super) fn cardinal(word: &str, langs: &[Lang]) -> Option<u32> {
    let known = CARDINALS.get(word)?;
    langs.iter().find_map(|lang| known.iter().find(|(own, _)| own == lang).map(|(_, value)| *value))
}

/// Returns what a scale word or a unit begins with, where a word is one: `млн`, `человек`.
pub fn measure(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let known = every(|own| own.scales).chain(every(|own| own.units)).find(|stem| word.starts_with(**stem));
    let form = |own: &'static Numerals| own.stems.iter().find(|stem| (own.is_form)(&word, stem));
    known.or_else(|| all().find_map(form)).copied()
}

impl Lang {
    /// Says whether two words are percentage points: «процентных пунктов».
    pub fn is_points(self, first: &str, second: &str) -> bool {
        let points = self.grammar().numerals.points.iter();
        points.into_iter().any(|(part, of)| first.starts_with(part) && second.starts_with(of))
    }
}

/// Says whether a word begins as a scale word does.
pub fn is_scale(word: &str) -> bool {
    let word = word.to_lowercase();
    every(|own| own.scales).any(|stem| word.starts_with(stem))
}

/// Says whether a word is a quantity by itself.
fn alone(word: &str, langs: &[Lang]) -> bool {
    own(langs).any(|own| (own.is_alone)(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, lang: Lang) -> Vec<(&str, Says)> {
        spelled(text, &[lang]).into_iter().map(|found| (&text[found.span], found.says)).collect()
    }

    #[test]
    fn quantities_in_words_are_found_in_all_cases_and_languages() {
        for (lang, said) in [
            (
                Lang::Ru,
                "двадцать процентов|двадцати пяти процентам|двумястами процентами|пять тысяч|пяти тысячам|пятью тысячами|\
                 полутора процентов|полтора миллиона|половина процента|две трети|в три раза|в два-три раза|\
                 три с половиной раза|сто пятьдесят два человека|двух человек|двумя процентными пунктами|вдвое|втрое|\
                 удвоилась|пятикратный|двукратно|пятипроцентный|наполовину|один процент|одна тысяча|шестьюстами тенге|пять %|\
                 на треть|восемь долларов|сорока пяти миллионов|четырьмя миллиардами|трое человек|полмиллиона",
            ),
            (
                Lang::Kk,
                "бес мың|бес мыңға|жиырма пайыз|жиырма пайызға|екі есе|екі есеге|екі еседен|екі жарым есе|жеті жүз мың|он бес адам|\
                 он бес адамға|үштен бір|төрттен үші|жарты миллион|екі еселенді|жүз теңгеден|бір пайыз|бес пайыздық|елу бес кісі",
            ),
            (
                Lang::En,
                "twenty percent|twenty-five per|five thousand|three times|three-fold|threefold|twice|doubled|two and a half times|\
                 two thirds|half a million|one hundred people|seven hundred persons|one percent|forty tenge",
            ),
        ] {
            for said in said.split('|') {
                let text = format!("a {said}, b");
                let list = found(&text, lang);
                assert_eq!(list.len(), 1, "{said}: {list:?}");
                assert_ne!(list[0].1, Says::Count, "{said}");
                let tail = said.rsplit(' ').next().unwrap_or(said);
                assert!(list[0].0.ends_with(tail), "{said}: {list:?}");
            }
        }
    }

    #[test]
    fn counts_of_territories_and_times_are_told_apart_from_quantities() {
        for (lang, said) in [
            (
                Lang::Ru,
                "три области|двадцати регионов|трёх северных областях|десять лет|двумя городами|двенадцать месяцев|обе области|обоих южных регионах",
            ),
            (Lang::Kk, "үш облыста|он жылында|төрт солтүстік облыстың|екі қалаға|үш айдағы|он екі жылдан"),
            (Lang::En, "three regions|ten years|four cities|both regions|twenty"),
            (Lang::Ru, "сто двадцать|двадцать пять|пятьсот|двести|двое детей|три женщины"),
            (Lang::Kk, "жүз жиырма|жиырма бес|бес жүз|екі бала"),
        ] {
            for said in said.split('|') {
                assert_eq!(found(said, lang), [(said, Says::Count)], "{said}");
            }
        }
    }

    #[test]
    fn ordinary_words_are_no_numbers() {
        for (lang, text) in [
            (
                Lang::Ru,
                "Одна из областей, первый регион, в один голос; оба ряда, пятое место. В Абайской области рост, в Шымкенте спад; в обоих регионах. Он года не помнит. Трижды герой. Раз в год. \
                 Один человек и одна область. Первой половины года. Многократно ли? Сорока летела. Утро пришло. \
                 Двадцать первый век. Три, процентов нет. Семья и село.",
            ),
            (
                Lang::Kk,
                "Бірінші облыс, екі есеп, бір облыс, бір-бірінен, екінші жыл, он мақала, үш теңгерім, бір жыл, екі елеулі жайт.",
            ),
            (Lang::En, "One of the regions; two papers, the first year, times change, a person."),
        ] {
            assert_eq!(found(text, lang), [], "{text}");
        }
    }

    #[test]
    fn values_are_those_of_the_words() {
        for (text, value) in [
            ("сто двадцать пять тысяч", Some(125)),
            ("жеті жүз елу мың", Some(750)),
            ("two hundred million", Some(200)),
            ("полтора миллиона", None),
            ("три с половиной тысячи", None),
        ] {
            let list = spelled(text, &Lang::ALL);
            assert_eq!(list.iter().map(|found| found.value).collect::<Vec<_>>(), [value], "{text}");
        }
    }
}
