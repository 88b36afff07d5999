//! Vocabulary: the words that a language is known to have: a list, whole dictionaries, and the nouns of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::hunspell::Hunspell;
use super::spelling::{Endings, Spelling};
use super::{Lang, Language, NBSP};

/// The words of one language.
///
/// A list tells how its own words are spelt; a dictionary tells every word.
#[derive(Debug, Default)]
pub struct Vocabulary {
    lang: Option<Lang>,
    /// Words as they stand, in small letters.
    list: BTreeSet<String>,
    dictionaries: Vec<Hunspell>,
    /// Listed words, by how they look without what tells letters apart.
    stems: BTreeMap<String, Vec<String>>,
    judged: Mutex<BTreeMap<String, Option<Unknown>>>,
}

/// A word that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// It is a known word with letters that look alike exchanged.
    Alike(String),
    /// It is near a known word.
    Near(String),
    /// It is near none.
    Strange,
}

/// Below this many letters words differ by one letter too often.
const SHORTEST: usize = 4;

/// From so many letters on two of them exchanged make no other word by chance.
const TELLING: usize = 8;

impl Language {
    /// Adds words to those of the program and of the study: a list, one a line, and a dictionary of Hunspell with its affixes.
    pub fn with_words(mut self, list: &str, dictionaries: &[(&str, &str)]) -> Language {
        let mut known = Vocabulary::of(self.lang);
        let names = self.territories.values().flat_map(|own| std::iter::once(own).chain(own.forms.values()));
        for names in names {
            let all = [&names.name, &names.table].into_iter().chain(names.cases.values());
            all.flat_map(|name| name.split([' ', NBSP, '(', ')', ','])).for_each(|word| known.add(word));
        }
        self.own.forms().iter().for_each(|form| known.add(form));
        known.add_list(list);
        for (words, affixes) in dictionaries {
            known.add_dictionary(words, affixes);
        }
        self.vocabulary = Some(Arc::new(known));
        self
    }

    /// Returns the words that are known.
    pub(super) fn vocabulary(&self) -> &Vocabulary {
        static OWN: [OnceLock<Vocabulary>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];
        static NONE: OnceLock<Vocabulary> = OnceLock::new();
        let own = self.lang.place().map_or(&NONE, |at| &OWN[at]);
        self.vocabulary.as_deref().unwrap_or_else(|| own.get_or_init(|| Vocabulary::of(self.lang)))
    }

    /// Returns true where a dictionary tells every word of the language.
    pub fn has_dictionary(&self) -> bool {
        self.vocabulary().is_whole()
    }
}

impl Vocabulary {
    /// Begins with the nouns of the program.
    pub fn of(lang: Lang) -> Vocabulary {
        let mut own = Vocabulary { lang: Some(lang), ..Vocabulary::default() };
        (lang.grammar().spelling.forms)().iter().for_each(|form| own.add(form));
        own
    }

    /// Adds a word; where any word takes endings by rule, with those of a noun.
    pub fn add(&mut self, word: &str) {
        let word = word.trim().to_lowercase();
        if word.is_empty() {
            return;
        }
        if word.chars().count() >= SHORTEST {
            let looks = self.looks(&word);
            self.stems.entry(looks).or_default().push(word.clone());
        }
        self.list.insert(word);
    }

    /// Adds a list: one word a line, with comments behind `#`.
    pub fn add_list(&mut self, text: &str) {
        text.lines().for_each(|line| self.add(line.split('#').next().unwrap_or_default()));
    }

    /// Adds a dictionary in the format of Hunspell; its affixes may be none. Returns how many entries it has.
    pub fn add_dictionary(&mut self, words: &str, affixes: &str) -> usize {
        self.dictionaries.push(Hunspell::read(words, affixes));
        self.dictionaries.last().map_or(0, Hunspell::len)
    }

    /// Returns true where a dictionary tells every word.
    pub fn is_whole(&self) -> bool {
        !self.dictionaries.is_empty()
    }

    fn spelling(&self) -> Option<&'static Spelling> {
        self.lang.map(|lang| lang.grammar().spelling)
    }

    fn endings(&self) -> Option<&'static Endings> {
        self.spelling()?.endings.as_ref()
    }

    fn pairs(&self) -> &'static [(char, char)] {
        self.spelling().map_or(&[], |own| own.alike)
    }

    /// Writes a word by the plainer of the letters that look alike.
    fn looks(&self, word: &str) -> String {
        let plainer = |letter| self.pairs().iter().find(|(own, _)| *own == letter).map_or(letter, |(_, plain)| *plain);
        word.chars().map(plainer).collect()
    }

    /// Returns true for a word that is known: as it stands, in small letters, with a capital, or its parts between hyphens.
    pub fn knows(&self, word: &str) -> bool {
        let small = word.to_lowercase();
        if self.list.contains(&small) || self.inflected(&small) {
            return true;
        }
        let mut letters = small.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let is = |dictionary: &Hunspell, form: &str| {
            dictionary.knows(form) || form.contains('ё') && dictionary.knows(&form.replace('ё', "е"))
        };
        let known = |dictionary: &Hunspell| {
            is(dictionary, &small)
                || word.starts_with(char::is_uppercase) && (is(dictionary, &capital) || is(dictionary, word))
        };
        if self.dictionaries.iter().any(known) || self.of_dictionary(&small) {
            return true;
        }
        // «пол-Европы»: a part may be known with its capital alone.
        word.contains('-') && word.split('-').all(|part| !part.is_empty() && self.knows(part))
    }

    /// Returns true for a word of the lists: the nouns of the program and of the study, and what it says is right.
    pub(super) fn lists(&self, word: &str) -> bool {
        self.list.contains(&word.to_lowercase())
    }

    /// Returns true for a word that a list or a dictionary has as it stands.
    pub(super) fn enters(&self, word: &str) -> bool {
        self.list.contains(word) || self.dictionaries.iter().any(|own| own.enters(word))
    }

    /// Says whether a word is a listed one with the endings of a noun.
    fn inflected(&self, small: &str) -> bool {
        let is = |own: &Endings| cuts(small).any(|(stem, rest)| self.list.contains(stem) && own.bears(stem, rest));
        self.endings().is_some_and(is)
    }

    /// Says whether a word is made of one that is known, ending by ending.
    fn is_made(&self, word: &str) -> bool {
        let of = |stem: &str| self.enters(stem);
        let is = |own: &Endings| {
            word.split('-').all(|part| {
                let small = part.to_lowercase();
                !small.is_empty() && (of(&small) || (own.is_made)(&small, &of))
            })
        };
        self.is_whole() && self.endings().is_some_and(is)
    }

    /// Says whether a word is one that is known behind a prefix: «несопоставимы».
    fn is_denied(&self, word: &str) -> bool {
        let small = word.to_lowercase();
        let prefixes = self.spelling().map_or(&[][..], |own| own.prefixes);
        let of = |prefix: &&str| {
            let most = if prefix.chars().count() > 3 { 3 } else { 5 };
            small.strip_prefix(*prefix).is_some_and(|rest| rest.chars().count() > most && self.knows(rest))
        };
        self.is_whole() && prefixes.iter().any(of)
    }

    /// Says whether a word is one of a dictionary with the endings of a noun, which its affixes seldom have all.
    fn of_dictionary(&self, small: &str) -> bool {
        let of = |stem: &str| self.list.contains(stem) || self.dictionaries.iter().any(|own| own.knows(stem));
        self.endings().is_some_and(|own| {
            cuts(small).any(|(stem, rest)| (own.all)().contains(rest) && own.bears(stem, rest) && of(stem))
        })
    }

    /// Judges a word: none where it is known, or where no dictionary could tell.
    pub fn judge(&self, word: &str) -> Option<Unknown> {
        if word.chars().count() < SHORTEST - 1 {
            return None;
        }
        // A text says few words often, and looking for what is near takes long.
        let judged = || self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = judged().get(word) {
            return known.clone();
        }
        let own = self.judge_anew(word);
        judged().insert(word.to_owned(), own.clone());
        own
    }

    fn judge_anew(&self, word: &str) -> Option<Unknown> {
        let small = word.to_lowercase();
        if let Some(right) = self.taken_for(&small).or_else(|| self.stem_of_other(&small)) {
            return Some(Unknown::Alike(right));
        }
        if let Some(right) = self.short_of_other(word) {
            return Some(Unknown::Alike(right));
        }
        if let Some(right) = self.unchanged(&small) {
            return Some(Unknown::Near(right));
        }
        if self.knows(word) || self.is_denied(word) {
            return None;
        }
        // What could be made of another word is more likely one that is known with two letters exchanged, or one of two dropped.
        if self.is_made(word) {
            let is_long = small.chars().count() >= TELLING;
            let near = || self.swapped(&small).or_else(|| self.doubled(&small));
            return if is_long { near().map(Unknown::Near) } else { None };
        }
        if let Some(right) = self.alike(&small) {
            return Some(Unknown::Alike(right));
        }
        if !self.is_whole() {
            return None;
        }
        Some(self.near(&small).map_or(Unknown::Strange, Unknown::Near))
    }

    /// Finds the listed word that a long one looks like, where no list and no dictionary has the long one as it stands: what its
    /// endings could make of another word is less likely.
    fn taken_for(&self, small: &str) -> Option<String> {
        const LONG: usize = 5;
        let own = self.endings()?;
        let is_long = self.is_whole() && small.chars().count() >= LONG;
        let stands = |stem: &str, rest: &str| self.enters(stem) && own.bears(stem, rest);
        let is_own =
            || self.enters(small) || cuts(small).any(|(stem, rest)| stem.chars().count() > 3 && stands(stem, rest));
        if !is_long || is_own() { None } else { self.listed_alike(small) }
    }

    /// Finds the entry of three letters of which a word that is none has a plainer letter: «коп».
    fn short_of_other(&self, small: &str) -> Option<String> {
        let is_short = small.chars().count() == SHORTEST - 1 && self.is_whole() && !self.enters(small);
        let plainer = |typed: char, other: char| typed == other || self.pairs().contains(&(other, typed));
        let is = |other: &String| small.chars().zip(other.chars()).all(|(typed, other)| plainer(typed, other));
        self.endings().filter(|_| is_short)?;
        self.exchanged(small).into_iter().filter(is).find(|other| self.enters(other))
    }

    /// Finds how a word is written whose stem an ending would change: «мектепі», which the affixes of a dictionary may make.
    fn unchanged(&self, small: &str) -> Option<String> {
        // «кімдікі»: what belongs to somebody.
        let belongs = ["дікі", "тікі", "нікі"].iter().any(|end| small.ends_with(end));
        let own = self.endings().filter(|_| self.is_whole() && !belongs && !self.enters(small))?;
        let is_cut = |(stem, rest): &(&str, &str)| (own.all)().contains(*rest) && self.enters(stem);
        let (stem, rest) = cuts(small).find(is_cut).filter(|(stem, rest)| (own.is_barred)(stem, rest))?;
        (own.changed)(stem).map(|stem| [stem.as_str(), rest].concat())
    }

    /// Finds what a word is with letters of its own for plainer ones, where that is a long entry with plain endings, and the word as it
    /// stands could but be made of a short one: «сонғы», «енбегі».
    fn stem_of_other(&self, small: &str) -> Option<String> {
        const LONG: usize = 4;
        const VERBAL: [&str; 4] = ["ған", "ген", "қан", "кен"];
        let own = self.endings()?;
        let is_verb = VERBAL.iter().any(|end| small.ends_with(end));
        if !self.is_whole() || small.chars().count() <= LONG || is_verb || self.enters(small) {
            return None;
        }
        let is_stem = |(stem, rest): &(&str, &str)| {
            let whole = (own.is_voiced)(stem, rest);
            own.bears(stem, rest) && self.enters(stem) || whole.is_some_and(|whole| self.enters(&whole))
        };
        let stem = |word: &str| {
            let whole = self.enters(word).then(|| word.chars().count());
            whole.or_else(|| cuts(word).find(is_stem).map(|(stem, _)| stem.chars().count())).unwrap_or(0)
        };
        if stem(small) >= LONG {
            return None;
        }
        // The ending is as it stands, and of the two letters the plainer was typed.
        let plainer = |typed: char, other: char| typed == other || self.pairs().contains(&(other, typed));
        self.exchanged(small).into_iter().find(|other| {
            let length = stem(other);
            let is_plainer = small.chars().zip(other.chars()).all(|(typed, other)| plainer(typed, other));
            let is_ended = small.chars().zip(other.chars()).skip(LONG - 1).all(|(typed, other)| typed == other);
            is_plainer && is_ended && length >= LONG && length >= stem(small) + 2
        })
    }

    /// Finds the known word of which one is written with letters that look alike.
    fn alike(&self, small: &str) -> Option<String> {
        if small.chars().count() < SHORTEST {
            return None;
        }
        if let Some(known) = self.listed_alike(small) {
            return Some(known);
        }
        const LONG: usize = 6;
        if !self.is_whole() {
            return None;
        }
        let all = self.exchanged(small);
        let is_long = small.chars().count() >= LONG;
        let made = || all.iter().find(|word| is_long && self.is_made(word));
        all.iter().find(|word| self.knows(word)).or_else(made).cloned()
    }

    /// Finds the listed word, with its endings, that a word looks like.
    fn listed_alike(&self, small: &str) -> Option<String> {
        let looks = self.looks(small);
        let endings = self.endings();
        let ends = endings.map(|_| cuts(&looks)).into_iter().flatten();
        for (stem, rest) in std::iter::once((looks.as_str(), "")).chain(ends) {
            for known in self.stems.get(stem).into_iter().flatten() {
                let is_barred = |ending: &&String| endings.is_some_and(|own| (own.is_barred)(known, ending));
                let endings = endings
                    .into_iter()
                    .flat_map(|own| (own.of)(known))
                    .filter(|ending| !is_barred(ending))
                    .map(String::as_str);
                let mut endings = endings.chain([""]).filter(|ending| self.looks(ending) == rest);
                if let Some(ending) = endings.next() {
                    return Some([known, ending].concat());
                }
            }
        }
        None
    }

    /// Lists what a word may be where letters that look alike are exchanged.
    fn exchanged(&self, small: &str) -> Vec<String> {
        const MOST: usize = 64;
        let mut found = vec![String::new()];
        for letter in small.chars() {
            let others = self.pairs().iter().filter_map(|(a, b)| match letter {
                _ if letter == *a => Some(*b),
                _ if letter == *b => Some(*a),
                _ => None,
            });
            let choices: Vec<char> = std::iter::once(letter).chain(others).collect();
            let few = found.len() * choices.len() <= MOST;
            let choices = if few { choices.as_slice() } else { &choices[..1] };
            found =
                found.iter().flat_map(|begun| choices.iter().map(move |letter| format!("{begun}{letter}"))).collect();
        }
        found.retain(|word| word != small);
        found
    }

    /// Finds the known word of which a word has two letters exchanged.
    fn swapped(&self, small: &str) -> Option<String> {
        let letters: Vec<char> = small.chars().collect();
        let mut swapped = (1..letters.len()).map(|i| {
            let mut other = letters.clone();
            other.swap(i - 1, i);
            other.into_iter().collect::<String>()
        });
        swapped.find(|word| word != small && self.knows(word))
    }

    /// Finds the word of which one has a letter once that stands there twice: «жұмысыздық». What has the two must be an entry.
    fn doubled(&self, small: &str) -> Option<String> {
        const LONGEST: usize = 4;
        let own = self.endings()?;
        small.char_indices().skip(1).map(|(at, letter)| (at + letter.len_utf8(), letter)).find_map(|(at, letter)| {
            let word = format!("{}{letter}{}", &small[..at], &small[at..]);
            let is_stem = |stem: &str| {
                let letters = stem.chars().count();
                let is_long = letters >= TELLING && letters + LONGEST >= word.chars().count();
                is_long && stem.len() > at + letter.len_utf8() && self.enters(stem)
            };
            (self.enters(&word) || (own.is_made)(&word, &is_stem)).then_some(word)
        })
    }

    /// Finds the name, known with a capital alone, of which a word lacks one of two letters: «Росия». Other names are too near to one
    /// another to tell.
    pub(super) fn near_name(&self, word: &str) -> Option<String> {
        const SHORTEST: usize = 5;
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < SHORTEST || word.contains('-') {
            return None;
        }
        let is_name = |name: &String| {
            let small = name.to_lowercase();
            let knows = |form: &str| self.dictionaries.iter().any(|own| own.knows(form));
            knows(name) && !knows(&small)
        };
        let mut twice =
            (1..letters.len()).map(|i| [&letters[..=i], &letters[i..]].concat().into_iter().collect::<String>());
        twice.find(is_name)
    }

    /// Finds a known word that one slip of a finger makes of a word.
    fn near(&self, small: &str) -> Option<String> {
        if let Some(word) = self.swapped(small) {
            return Some(word);
        }
        let letters: Vec<char> = small.chars().collect();
        let alphabet = self.lang.map_or("", |lang| lang.grammar().letters);
        let join = |parts: [&[char]; 3]| parts.concat().into_iter().collect::<String>();
        let cut = (0..letters.len()).map(|i| join([&letters[..i], &[], &letters[i + 1..]]));
        let put = (1..=letters.len()).flat_map(|i| alphabet.chars().map(move |c| (i, c)));
        let put = put.map(|(i, c)| join([&letters[..i], &[c], &letters[i..]]));
        let other = (0..letters.len()).flat_map(|i| alphabet.chars().map(move |c| (i, c)));
        let other = other.map(|(i, c)| join([&letters[..i], &[c], &letters[i + 1..]]));
        // A hyphen left out makes two words of many a one, so that the whole must stand in a list.
        let hyphened =
            (1..letters.len()).map(|i| join([&letters[..i], &['-'], &letters[i..]])).find(|word| self.enters(word));
        hyphened.or_else(|| cut.chain(put).chain(other).find(|word| word != small && self.knows(word)))
    }
}

/// Parts a word in two, the longer first part before the shorter.
fn cuts(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(2).collect();
    starts.into_iter().rev().map(|at| word.split_at(at))
}

impl Endings {
    /// Says whether a stem takes an ending.
    fn bears(&self, stem: &str, rest: &str) -> bool {
        (self.of)(stem).contains(rest) && !(self.is_barred)(stem, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_alike_are_told_by_the_list_alone() {
        let mut own = Vocabulary::of(Lang::Kk);
        own.add_list("көші-қон # the subject\nтөтенше\n");
        for (wrong, right) in [
            ("халык", "халық"),
            ("Көші-кон", "көші-қон"),
            ("қалага", "қалаға"),
            ("онірлерде", "өңірлерде"),
            ("тотенше", "төтенше"),
        ] {
            assert_eq!(own.judge(wrong), Some(Unknown::Alike(right.to_owned())), "{wrong}");
        }
        for word in ["халық", "халықтың", "өңірлердегі", "көші-қонның", "белгісіз", "он", "кітап"]
        {
            assert_eq!(own.judge(word), None, "{word}");
        }
    }

    #[test]
    fn a_dictionary_tells_every_word_and_what_is_near() {
        let mut own = Vocabulary::of(Lang::Ru);
        own.add_dictionary("численность/Щ\nобъём\nАлматы\n", "SFX Щ Y 1\nSFX Щ ь и ь\n");
        assert_eq!(own.judge("числености"), Some(Unknown::Near("численности".to_owned())));
        assert_eq!(own.judge("обьём"), Some(Unknown::Alike("объём".to_owned())));
        assert_eq!(own.judge("абракадабра"), Some(Unknown::Strange));
        for word in ["Численности", "Алматы", "области", "городами"] {
            assert_eq!(own.judge(word), None, "{word}");
        }
        assert_eq!(own.judge("алматы"), Some(Unknown::Strange));
    }

    #[test]
    fn one_of_two_letters_dropped_makes_no_word_of_another() {
        let mut own = Vocabulary::of(Lang::Kk);
        own.add_dictionary("жұмыс\nжұмыссыз\nжұмыссыздық\nжұмы\nтариф\nстанция\nтасы\n", "");
        for (wrong, right) in [("жұмысыздық", "жұмыссыздық"), ("жұмысыздығы", "жұмыссыздығы")]
        {
            assert_eq!(own.judge(wrong), Some(Unknown::Near(right.to_owned())), "{wrong}");
        }
        for word in ["жұмыссыздықтың", "тарифтердің", "метеостанция", "тасиды", "жұмыстікі"]
        {
            assert_eq!(own.judge(word), None, "{word}");
        }
    }
}
