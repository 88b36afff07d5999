//! Error: why something cannot be said in a language.

use std::fmt;

use super::{Case, Grammar};

/// What to do about a verb in a language whose past tense has one form.
pub(super) const GIVEN_PAST: &str = "give the past tense itself";

/// Why something cannot be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageError {
    /// The stable code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: String,
}

impl LanguageError {
    pub(super) fn new(code: &'static str, message: String, hint: &str) -> LanguageError {
        LanguageError { code, message, hint: hint.to_owned() }
    }

    pub(super) fn unknown_phrase(text: &str, case: Case) -> LanguageError {
        let message = format!("`{text}` cannot be put in the case `{}`", case.name());
        LanguageError::new("unknown-phrase", message, "use a noun of the list, or inflect a word beside the list")
    }

    pub(super) fn unknown_verb(verb: &str, grammar: &Grammar) -> LanguageError {
        let message = format!("the past tense of `{verb}` follows no pattern of the language `{}`", grammar.code);
        LanguageError::new("unknown-verb", message, grammar.verb_hint)
    }

    pub(super) fn no_possessive(lang: &str) -> LanguageError {
        let message = format!("a number bears no possessive in the language `{lang}`");
        LanguageError::new("no-possessive", message, "drop `possessive`")
    }
}

/// Refuses to name nobody, which would leave a hole in the sentence.
pub(super) fn refuse_empty<T>(items: &[T]) -> Result<(), LanguageError> {
    match items {
        [] => {
            let message = "there is nothing to name in the list".to_owned();
            Err(LanguageError::new("empty-list", message, "guard the sentence so that it is left out then"))
        }
        [..] => Ok(()),
    }
}

/// Refuses words for a number that has none.
pub(super) fn not_in_words(number: &str) -> LanguageError {
    let message = format!("{number} is not written in words");
    LanguageError::new("not-in-words", message, "words are for whole numbers up to 99; drop `words`")
}

impl fmt::Display for LanguageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.hint)
    }
}

impl std::error::Error for LanguageError {}
