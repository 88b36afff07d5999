//! Kazakh nouns as they stand in a phrase: plural, possessive, case.

use super::InPhrase;
use super::own::OwnNoun;
use super::owned_kk;
use super::suffix_kk::{Sound, write_ending, write_inflected, write_owned};

impl OwnNoun {
    /// Writes the noun as it stands in a phrase: `мектептерінде`.
    pub(super) fn inflected(&self, InPhrase { case, plural, owned }: InPhrase) -> String {
        inflected(&self.word, (self.plural.as_deref(), self.owned.as_deref()), InPhrase { case, plural, owned })
    }
}

/// Writes a Kazakh noun as it stands in a phrase, with its irregular plural and possessive where it has them.
pub(super) fn inflected(word: &str, irregular: (Option<&str>, Option<&str>), phrase: InPhrase) -> String {
    let InPhrase { case, plural, owned } = phrase;
    // `оқу орны` bears the possessive by itself, as one says who gives it for its own possessive.
    if irregular.1 == Some(word) || owned_kk::bears(word) == Some(true) {
        let mut out = match (plural, irregular.0) {
            (true, Some(plural)) => plural.to_owned(),
            (true, None) => owned_kk::plural(word),
            (false, _) => word.to_owned(),
        };
        let sound = Sound::of(&out).owned();
        write_ending(&mut out, "", sound, case);
        return out;
    }
    let base = match (plural, irregular.0) {
        (true, Some(plural)) => plural.to_owned(),
        (true, None) => [word, Sound::plural_of(word)].concat(),
        (false, _) => word.to_owned(),
    };
    let mut out = String::with_capacity(base.len() + 16);
    match (owned, irregular.1.filter(|_| !plural)) {
        (true, Some(own)) => {
            out.push_str(own);
            write_ending(&mut out, "", Sound::of(own).owned(), case);
        }
        (true, None) => write_owned(&mut out, &base, case),
        (false, _) => write_inflected(&mut out, &base, case),
    }
    out
}
