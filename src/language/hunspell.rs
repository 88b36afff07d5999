//! Hunspell: a dictionary of words (`.dic`) whose forms a file of affixes (`.aff`) makes.
//!
//! Read are the encodings of flags, prefixes and suffixes with their conditions, suffixes behind suffixes, aliases of flags, and
//! the flags of what stands in no text alone. Compounds are not: a word of several is known where its parts are, between hyphens.

use std::collections::BTreeMap;

/// How flags are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Flags {
    #[default]
    Letters,
    Pairs,
    Numbers,
}

/// A place of a condition: the letters that may stand there, or that may not.
#[derive(Clone, Debug)]
struct Letter {
    list: Vec<char>,
    is_other: bool,
}

/// What an affix takes away and under what condition; what it adds is its key.
#[derive(Clone, Debug)]
struct Affix {
    flag: u32,
    strip: String,
    condition: Vec<Letter>,
    is_crossed: bool,
    /// The flags of what may be added further.
    more: Vec<u32>,
}

/// A dictionary.
#[derive(Clone, Debug, Default)]
pub(super) struct Hunspell {
    words: BTreeMap<String, Vec<u32>>,
    suffixes: BTreeMap<String, Vec<Affix>>,
    prefixes: BTreeMap<String, Vec<Affix>>,
    kind: Flags,
    aliases: Vec<Vec<u32>>,
    /// Flags of words that stand in no text as they are.
    hidden: Vec<u32>,
    forbidden: Vec<u32>,
}

impl Hunspell {
    /// Reads a list of words and, where there are any, its affixes.
    pub(super) fn read(words: &str, affixes: &str) -> Hunspell {
        let mut own = Hunspell::default();
        let lines = |text: &'_ str| -> Vec<String> {
            let text = text.trim_start_matches('\u{feff}');
            text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
        };
        for line in lines(affixes) {
            own.affix(&line.split_whitespace().collect::<Vec<_>>());
        }
        for line in lines(words) {
            let line = line.split('\t').next().unwrap_or_default();
            // The count of words at the head, and comments.
            if line.starts_with('#') || line.chars().all(|c| c.is_ascii_digit()) {
                continue;
            }
            let (word, flags) = line.split_once('/').unwrap_or((line, ""));
            let flags = own.flags(flags.split_whitespace().next().unwrap_or_default());
            own.words.entry(word.trim().to_owned()).or_default().extend(flags);
        }
        own
    }

    /// Returns how many entries it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns true for a word that is an entry.
    pub(super) fn enters(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    fn affix(&mut self, parts: &[&str]) {
        match parts {
            ["FLAG", kind, ..] => {
                self.kind = match *kind {
                    "long" => Flags::Pairs,
                    "num" => Flags::Numbers,
                    _ => Flags::Letters,
                }
            }
            ["NEEDAFFIX" | "PSEUDOROOT" | "ONLYINCOMPOUND", flag, ..] => self.hidden.extend(self.flags(flag)),
            ["FORBIDDENWORD", flag, ..] => self.forbidden.extend(self.flags(flag)),
            ["AF", flags, ..] if !flags.chars().all(|c| c.is_ascii_digit()) => {
                let flags = self.listed(flags);
                self.aliases.push(flags);
            }
            // The head of a class says whether prefixes and suffixes of it meet.
            [kind @ ("SFX" | "PFX"), flag, crossed @ ("Y" | "N"), count, ..] if count.parse::<usize>().is_ok() => {
                let is_crossed = *crossed == "Y";
                let flag = self.flags(flag).first().copied().unwrap_or_default();
                let class = Affix { flag, strip: String::new(), condition: Vec::new(), is_crossed, more: Vec::new() };
                self.side(kind).entry(format!("\u{0}{flag}")).or_default().push(class);
            }
            [kind @ ("SFX" | "PFX"), flag, strip, added, rest @ ..] => {
                let flag = self.flags(flag).first().copied().unwrap_or_default();
                let (added, more) = added.split_once('/').unwrap_or((added, ""));
                let more = self.flags(more);
                let plain = |text: &str| if text == "0" { String::new() } else { text.to_owned() };
                let condition = condition(rest.first().copied().unwrap_or("."));
                let head = self.side(kind).get(&format!("\u{0}{flag}"));
                let is_crossed = head.and_then(|head| head.first()).is_some_and(|head| head.is_crossed);
                let affix = Affix { flag, strip: plain(strip), condition, is_crossed, more };
                self.side(kind).entry(plain(added)).or_default().push(affix);
            }
            _ => {}
        }
    }

    fn side(&mut self, kind: &str) -> &mut BTreeMap<String, Vec<Affix>> {
        if kind == "SFX" { &mut self.suffixes } else { &mut self.prefixes }
    }

    /// Reads flags, or the number of an alias of them.
    fn flags(&self, text: &str) -> Vec<u32> {
        let alias = text.parse::<usize>().ok().filter(|_| !self.aliases.is_empty());
        match alias.and_then(|number| self.aliases.get(number.checked_sub(1)?)) {
            Some(flags) => flags.clone(),
            None => self.listed(text),
        }
    }

    fn listed(&self, text: &str) -> Vec<u32> {
        match self.kind {
            Flags::Letters => text.chars().map(u32::from).collect(),
            Flags::Numbers => text.split(',').filter_map(|number| number.parse().ok()).collect(),
            Flags::Pairs => {
                let letters: Vec<u32> = text.chars().map(u32::from).collect();
                letters.chunks(2).map(|pair| pair.iter().fold(0, |joined, letter| (joined << 16) | letter)).collect()
            }
        }
    }

    /// Returns true for a word as it stands, or with affixes.
    pub(super) fn knows(&self, word: &str) -> bool {
        let bare = self.words.get(word);
        if bare.is_some_and(|flags| flags.iter().any(|flag| self.forbidden.contains(flag))) {
            return false;
        }
        bare.is_some_and(|flags| flags.is_empty() || !flags.iter().all(|flag| self.hidden.contains(flag)))
            || self.suffixed(word, &|stem, affix| {
                self.has(stem, affix.flag)
                    || self
                        .suffixed(stem, &|root, inner| inner.more.contains(&affix.flag) && self.has(root, inner.flag))
            })
            || self.prefixed(word)
    }

    fn has(&self, stem: &str, flag: u32) -> bool {
        self.words.get(stem).is_some_and(|flags| flags.contains(&flag))
    }

    /// Tries each suffix that a word may end in.
    fn suffixed(&self, word: &str, take: &dyn Fn(&str, &Affix) -> bool) -> bool {
        let cuts = word.char_indices().map(|(at, _)| at).chain([word.len()]);
        cuts.filter(|at| *at > 0).any(|at| {
            let affixes = self.suffixes.get(&word[at..]).into_iter().flatten();
            affixes.into_iter().any(|affix| {
                let stem = [&word[..at], affix.strip.as_str()].concat();
                ends_as(&stem, &affix.condition) && take(&stem, affix)
            })
        })
    }

    /// Tries each prefix that a word may begin with, alone and with a suffix.
    fn prefixed(&self, word: &str) -> bool {
        let cuts = word.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
        cuts.into_iter().any(|at| {
            let affixes = self.prefixes.get(&word[..at]).into_iter().flatten();
            affixes.into_iter().any(|affix| {
                let stem = [affix.strip.as_str(), &word[at..]].concat();
                let both = |root: &str, inner: &Affix| {
                    inner.is_crossed && self.has(root, inner.flag) && self.has(root, affix.flag)
                };
                begins_as(&stem, &affix.condition)
                    && (self.has(&stem, affix.flag) || affix.is_crossed && self.suffixed(&stem, &both))
            })
        })
    }
}

fn condition(text: &str) -> Vec<Letter> {
    let mut found = Vec::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        found.push(match letter {
            '.' => Letter { list: Vec::new(), is_other: true },
            '[' => {
                let list: Vec<char> = letters.by_ref().take_while(|c| *c != ']').collect();
                let is_other = list.first() == Some(&'^');
                Letter { list: list.into_iter().skip(usize::from(is_other)).collect(), is_other }
            }
            own => Letter { list: vec![own], is_other: false },
        });
    }
    // A full stop alone asks for nothing.
    if text == "." { Vec::new() } else { found }
}

impl Letter {
    fn takes(&self, letter: char) -> bool {
        self.list.contains(&letter) != self.is_other
    }
}

fn ends_as(stem: &str, condition: &[Letter]) -> bool {
    let mut letters = stem.chars().rev();
    condition.iter().rev().all(|own| letters.next().is_some_and(|letter| own.takes(letter)))
}

fn begins_as(stem: &str, condition: &[Letter]) -> bool {
    let mut letters = stem.chars();
    condition.iter().all(|own| letters.next().is_some_and(|letter| own.takes(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AFFIXES: &str = "SET UTF-8\nNEEDAFFIX X\nFORBIDDENWORD F\nPFX P Y 1\nPFX P 0 не .\nSFX A Y 3\nSFX A а ы [^гк]а\n\
        SFX A а и [гк]а\nSFX A а ой/B а\nSFX B N 1\nSFX B 0 с й\n";

    #[test]
    fn affixes_make_the_forms_of_words() {
        let own = Hunspell::read("6\nстрана/AP\nкнига/A\nтаблиц/X\nпусто\nлиж/F\nхлеб/A\n", AFFIXES);
        assert_eq!(own.len(), 6);
        for word in ["страна", "страны", "книги", "нестраны", "нестрана", "страной", "странойс", "пусто"]
        {
            assert!(own.knows(word), "{word}");
        }
        for word in ["книгы", "страни", "некнига", "таблиц", "лиж", "хлебы", "пустоы", "", "не"]
        {
            assert!(!own.knows(word), "{word}");
        }
    }

    #[test]
    fn flags_are_letters_pairs_numbers_and_aliases() {
        for (head, flag) in [("FLAG long", "Aa"), ("FLAG num", "412"), ("FLAG UTF-8", "ж")] {
            let affixes = format!("{head}\nSFX {flag} Y 1\nSFX {flag} 0 а т\n");
            assert!(Hunspell::read(&format!("лист/{flag}"), &affixes).knows("листа"), "{head}");
        }
        assert!(Hunspell::read("лист/1", "AF 1\nAF Ж\nSFX Ж Y 1\nSFX Ж 0 а т\n").knows("листа"));
    }
}
