//! Authors: by what an author of a study is known again in a text and among the authors of works.

use super::Author;
use crate::language::romanised;

/// A name in parts: what is written out, and the first letters of all, in small Latin letters.
struct Parts {
    whole: Vec<String>,
    first: Vec<char>,
}

/// The letters that make a part of a name more than an initial.
const WHOLE: usize = 3;

fn parts(name: &str) -> Parts {
    let latin = romanised(name).to_lowercase();
    let parts = latin.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let first = parts.iter().filter_map(|part| part.chars().next()).collect();
    Parts { first, whole: parts.into_iter().filter(|part| part.chars().count() >= WHOLE).collect() }
}

impl Author {
    /// Says whether an author of a work is this one: a name written out is the same, and no initial is another.
    pub fn is(&self, written: &str) -> bool {
        let theirs = parts(written);
        self.name.values().any(|own| {
            let own = parts(own);
            let is_same = own.whole.iter().any(|part| theirs.whole.contains(part));
            is_same && theirs.first.iter().all(|letter| own.first.contains(letter))
        })
    }

    /// Lists what tells this author in a text: each part of the name that is written out, and the address for letters.
    pub fn told_by(&self) -> Vec<String> {
        let whole = |name: &String| {
            let parts = name.split(|c: char| c.is_whitespace() || matches!(c, '.' | ','));
            parts.filter(|part| part.chars().count() >= WHOLE).map(str::to_owned).collect::<Vec<_>>()
        };
        let mut told: Vec<String> = self.name.values().flat_map(whole).collect();
        told.extend(self.email.as_ref().map(|mail| mail.to_string()));
        told.sort();
        told.dedup();
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_is_known_in_another_script_and_by_initials() {
        let name = [("ru", "Сериков А. Б."), ("en", "Azamat Serikov")];
        let name = name.map(|(lang, name)| (lang.to_owned(), name.to_owned()));
        let author = Author {
            name: name.into_iter().collect(),
            affiliation: Default::default(),
            placeholder: false,
            position: Default::default(),
            orcid: None,
            email: None,
            corresponding: false,
        };
        for own in ["Сериков А. Б.", "Сериков А.", "Serikov A.", "Serikov Azamat", "Сериков"] {
            assert!(author.is(own), "{own}");
        }
        for other in ["Сериков В. Б.", "Сериккалиев А. Б.", "А. Б.", "Azamat Nurlan"] {
            assert!(!author.is(other), "{other}");
        }
        assert_eq!(author.told_by(), ["Azamat", "Serikov", "Сериков"]);
    }
}
