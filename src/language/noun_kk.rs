//! Kazakh nouns as they stand in a phrase: plural, possessive, case.

use super::InPhrase;
use super::own::OwnNoun;
use super::suffix_kk::{Sound, write_ending, write_inflected, write_owned};

impl OwnNoun {
    /// Writes the noun as it stands in a phrase: `мектептерінде`.
    pub(super) fn inflected(&self, InPhrase { case, plural, owned }: InPhrase) -> String {
        inflected(&self.word, (self.plural.as_deref(), self.owned.as_deref()), InPhrase { case, plural, owned })
    }
}

/// Writes a Kazakh noun as it stands in a phrase.
pub(super) fn inflected(word: &str, irregular: (Option<&str>, Option<&str>), phrase: InPhrase) -> String {
    let mut base = match (phrase.plural, irregular.0) {
        (true, Some(plural)) => plural.to_owned(),
        (true, None) => [word, Sound::plural_of(word)].concat(),
        (false, _) => word.to_owned(),
    };
    let mut out = String::with_capacity(base.len() + 16);
    match (phrase.owned, irregular.1.filter(|_| !phrase.plural)) {
        (true, Some(owned)) => {
            base.clear();
            out.push_str(owned);
            write_ending(&mut out, "", Sound::of(owned).owned(), phrase.case);
        }
        (true, None) => write_owned(&mut out, &base, phrase.case),
        (false, _) => write_inflected(&mut out, &base, phrase.case),
    }
    out
}
