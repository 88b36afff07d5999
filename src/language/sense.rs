//! Sense: what a word says of an order, a sign or a change, whatever its ending; months and places in an order by name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lang::GRAMMARS;
use super::{Grammar, Lang, small};

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// Above zero, rising, larger, the largest: `положительный`, `рост`, `наибольший`.
    More,
    /// Below zero, falling, smaller, the smallest: `убыль`, `снизился`, `ең аз`.
    Less,
    /// Alike: `одинаковый`.
    Same,
    /// Unlike: `различный`.
    Other,
    /// Last in an order, or the latest time: `последний`.
    Last,
    /// Turns what stands beside it round: `не`, `прекращение`.
    Turned,
    /// So it is every time or everywhere: `всегда`, `ежегодный`.
    Every,
    /// A place in an order, from the first: `второе`.
    Place(i64),
}

impl Sense {
    /// Returns what says the contrary; a place is only told from other places.
    pub fn opposite(self) -> Sense {
        match self {
            Sense::More => Sense::Less,
            Sense::Less => Sense::More,
            Sense::Same => Sense::Other,
            Sense::Other => Sense::Same,
            Sense::Last | Sense::Turned | Sense::Every | Sense::Place(_) => self,
        }
    }

    /// Calls it as a diagnostic does.
    pub fn name(self) -> &'static str {
        match self {
            Sense::More => "more",
            Sense::Less => "less",
            Sense::Same => "the same",
            Sense::Last => "last",
            Sense::Other | Sense::Turned | Sense::Every | Sense::Place(_) => "another",
        }
    }

    /// Joins what the words of one phrase say: of losses, the largest lies lowest.
    pub fn of_all(senses: &[Sense]) -> Option<Sense> {
        let turned = senses.iter().filter(|sense| **sense == Sense::Turned).count() % 2 == 1;
        let less = senses.iter().filter(|sense| **sense == Sense::Less).count() % 2 == 1;
        let alike = senses.iter().find(|sense| matches!(sense, Sense::Same | Sense::Other)).copied();
        let way = senses.iter().any(|sense| matches!(sense, Sense::More | Sense::Less));
        let joined = alike.or(way.then_some(if less { Sense::Less } else { Sense::More }))?;
        Some(if turned { joined.opposite() } else { joined })
    }
}

/// Ends the stem of a word whose endings make no difference.
const ANY_ENDING: char = '*';

/// The longest ending.
const LONGEST: usize = 9;

/// Writes a word so that case, `ё` and Latin letters that look Cyrillic make no difference.
pub fn plain(word: &str) -> String {
    let cyrillic = word.chars().any(|c| ('а'..='ӿ').contains(&small(c)));
    let letter = |c: char| match c {
        'ё' => 'е',
        'a' if cyrillic => 'а',
        'c' if cyrillic => 'с',
        'e' if cyrillic => 'е',
        'i' if cyrillic => 'і',
        'o' if cyrillic => 'о',
        'p' if cyrillic => 'р',
        'x' if cyrillic => 'х',
        'y' if cyrillic => 'у',
        c => c,
    };
    word.to_lowercase().chars().map(letter).collect()
}

/// The months by their names in any case, a table for each grammar; every word of a text is looked up here. The last is of
/// the languages that have none.
static MONTHS: LazyLock<Vec<BTreeMap<String, u8>>> = LazyLock::new(|| {
    let names = |grammar: &Grammar| {
        let mut names = BTreeMap::new();
        for (month, case) in (1..=12).flat_map(|month| grammar.cases.iter().map(move |case| (month, *case))) {
            names.entry(plain(&(grammar.month)(month, case))).or_insert(month);
        }
        names
    };
    GRAMMARS.into_iter().chain([&super::plain::GRAMMAR]).map(names).collect()
});

impl Lang {
    /// Says what a word says; `None` where the language does not list it. The longest stem decides.
    pub fn sense(self, word: &str) -> Option<Sense> {
        let word = plain(word);
        let fits = |stem: &str| match stem.strip_suffix(ANY_ENDING) {
            Some(stem) => word.starts_with(stem) && word.chars().count() <= stem.chars().count() + LONGEST,
            None => word == stem,
        };
        let known = self.grammar().senses.iter().flat_map(|(sense, stems)| {
            stems
                .split_whitespace()
                .filter(|stem| fits(stem))
                .map(|stem| (stem.trim_end_matches(ANY_ENDING).len(), *sense))
        });
        known.max_by_key(|(length, _)| *length).map(|(_, sense)| sense)
    }

    /// Says whether what a word adds to a name makes another word of it.
    pub fn derives(self, added: &str) -> bool {
        self.grammar().derivations.iter().any(|ending| added.starts_with(ending))
    }

    /// Says whether two endings are of one adjective: «Южная», «Южной».
    pub fn inflects(self, one: &str, other: &str) -> bool {
        let endings = self.grammar().adjectives;
        endings.contains(&one) && endings.contains(&other)
    }

    /// Returns the month that a word names in any case, or cut short without its stop: 1 to 12.
    pub fn month(self, word: &str) -> Option<u8> {
        let word = plain(word);
        let short = || self.grammar().written.short.iter().position(|short| *short == word);
        let names = MONTHS.get(self.place().unwrap_or(GRAMMARS.len()));
        names.and_then(|names| names.get(&word).copied()).or_else(|| u8::try_from(short()? + 1).ok())
    }

    /// Returns the word that joins the last two items of a list.
    pub fn and(self) -> &'static str {
        self.grammar().and
    }
}
