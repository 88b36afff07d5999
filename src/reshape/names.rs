//! Names: what a file calls territories and members → codes and members, however they are spelled.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Code;

/// The names that are known of territories and members.
#[derive(Clone, Debug, Default)]
pub struct Names {
    territories: BTreeMap<String, BTreeSet<Code>>,
    words: BTreeMap<String, BTreeMap<String, String>>,
    wholes: BTreeMap<Code, Code>,
}

/// Brings a name to the form in which names are compared: small letters, single spaces, one kind of dash, without the
/// points and dashes that lead to it or from it: `..Alabama`, `- Абай`, `Абай……`, `в том числе:`.
pub fn plain(name: &str) -> String {
    let one = |c: char| match c {
        'ё' => 'е',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        '«' | '»' | '"' | '“' | '”' | '„' | '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | '`' | '´' => ' ',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let is_leader = |c: char| c.is_whitespace() || ".·•…-‐‑–—−".contains(c);
    let own = name.trim_start_matches(is_leader).trim_end_matches(|c| is_leader(c) || c == ':');
    let own = if own.is_empty() { name } else { own };
    let spaced: String = own.to_lowercase().chars().map(one).collect();
    // A point parts what a space would: «г.Алматы».
    spaced.replace('.', ". ").split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Names {
    /// Adds a name of a territory.
    pub fn territory(&mut self, name: &str, code: &Code) {
        self.territories.entry(plain(name)).or_default().insert(code.clone());
    }

    /// Lists the names that one territory has alone.
    pub fn of_territories(&self) -> impl Iterator<Item = (&str, &Code)> {
        let alone = self.territories.iter().filter(|(_, codes)| codes.len() == 1);
        alone.filter_map(|(name, codes)| Some((name.as_str(), codes.first()?)))
    }

    /// Says of which territory another is a part.
    pub fn part(&mut self, code: &Code, whole: &Code) {
        self.wholes.insert(code.clone(), whole.clone());
    }

    /// Adds a word for a member of a dimension, or for a measure (of the dimension `measure`).
    pub fn word(&mut self, dimension: &str, word: &str, member: &str) {
        self.words.entry(dimension.to_owned()).or_default().insert(plain(word), member.to_owned());
    }

    /// Returns the territories that have a name.
    pub fn codes(&self, name: &str) -> Vec<&Code> {
        self.territories.get(&plain(name)).into_iter().flatten().collect()
    }

    /// Returns true where a territory is a part of another, at some remove.
    pub fn is_part(&self, code: &Code, whole: &Code) -> bool {
        let above = std::iter::successors(self.wholes.get(code), |above| self.wholes.get(*above));
        above.take(self.wholes.len()).any(|above| above == whole)
    }

    /// Returns the territory of which another is a part.
    pub fn whole(&self, code: &Code) -> Option<&Code> {
        self.wholes.get(code)
    }

    /// Finds the one territory, but for another, all words of a name of which begin as words of a text do: the name may
    /// stand in any case. Of several the one with the most words.
    pub fn within(&self, text: &str, but: &Code) -> Option<&Code> {
        const LEAST: usize = 4;
        let stems = |text: &str| -> BTreeSet<String> {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= LEAST);
            words.map(|word| word.chars().take(5).collect()).collect()
        };
        let said = stems(&plain(text));
        let mut best: BTreeMap<&Code, usize> = BTreeMap::new();
        for (name, codes) in &self.territories {
            let own = stems(name);
            if !own.is_empty() && own.is_subset(&said) {
                for code in codes.iter().filter(|code| *code != but) {
                    let most = best.entry(code).or_default();
                    *most = own.len().max(*most);
                }
            }
        }
        let most = best.values().max().copied()?;
        let mut first = best.into_iter().filter(|(_, count)| *count == most);
        first.next().filter(|_| first.next().is_none()).map(|(code, _)| code)
    }

    /// Lists the dimensions of which words are known.
    pub fn dimensions(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// Returns the member that a word stands for.
    pub fn member(&self, dimension: &str, word: &str) -> Option<&str> {
        self.words.get(dimension)?.get(&plain(word)).map(String::as_str)
    }

    /// Lists the words of a dimension with the members that they stand for.
    pub fn words_of<'a>(&'a self, dimension: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let words = self.words.get(dimension).into_iter().flatten();
        words.map(|(word, member)| (word.as_str(), member.as_str()))
    }

    /// Returns true where a word is a member of some dimension, another than one that is named.
    pub fn is_word_beside(&self, word: &str, dimension: &str) -> bool {
        let word = plain(word);
        self.words.iter().any(|(own, words)| own != dimension && words.contains_key(&word))
    }

    /// Returns the dimension of which most of some texts are members, where they all are.
    pub fn dimension_of<'a>(&'a self, texts: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
        let of = |words: &BTreeMap<String, String>| texts.clone().all(|text| words.contains_key(&plain(text)));
        let found = self.words.iter().find(|(own, words)| *own != "measure" && of(words));
        found.map(|(own, _)| own.as_str())
    }

    /// Proposes the territories whose names are nearest to one that is not known.
    pub fn near(&self, name: &str) -> Vec<(&str, &Code)> {
        let name = plain(name);
        let stem = |text: &str| text.chars().take(5).collect::<String>();
        let own: BTreeSet<String> = name.split(' ').map(stem).filter(|word| word.chars().count() > 3).collect();
        let shared = |other: &str| other.split(' ').map(stem).filter(|word| own.contains(word)).count();
        let mut found: Vec<(usize, &str, &Code)> = (self.territories.iter())
            .flat_map(|(other, codes)| codes.iter().map(move |code| (shared(other), other.as_str(), code)))
            .filter(|(shared, ..)| *shared > 0)
            .collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.len().cmp(&b.1.len())).then(a.1.cmp(b.1)));
        let mut seen = BTreeSet::new();
        found.into_iter().filter(|(.., code)| seen.insert(*code)).take(3).map(|(_, name, code)| (name, code)).collect()
    }
}

/// Writes the years of a text as one word, so that what a year alone tells apart is the same.
pub fn yearless(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        out.push_str(if is_year { "<year>" } else { &digits });
        digits.clear();
        out.push(c);
    }
    out.trim().to_owned()
}
