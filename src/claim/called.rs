//! Called: the names of a list as texts print them, in any case: of several that fit, the longest.

use std::ops::Range;

use crate::language::quantity::is_in;
use crate::language::{Lang, plain};

/// Names, each as its words with what it means.
#[derive(Clone, Debug)]
pub(super) struct Book<T> {
    forms: Vec<Form<T>>,
}

#[derive(Clone, Debug)]
struct Form<T> {
    words: Vec<String>,
    means: T,
    /// Of names as long the one that comes first in this order is meant.
    order: usize,
}

impl<T> Default for Book<T> {
    fn default() -> Book<T> {
        Book { forms: Vec::new() }
    }
}

impl<T: Clone + PartialEq> Book<T> {
    /// Adds a name.
    pub(super) fn add(&mut self, text: &str, means: T, order: usize) {
        let form = Form { words: words(text), means, order };
        let known = |other: &Form<T>| other.words == form.words && other.means == form.means;
        if !form.words.is_empty() && !self.forms.iter().any(known) {
            self.forms.push(form);
        }
    }

    /// Finds the name that a text begins with, and how many words it has; what fits two names alike is none, and so is a
    /// name that goes on as others do: «Алматы облысы» is no Almaty where only the city is listed.
    pub(super) fn at(&self, text: &[String]) -> Option<(T, usize)> {
        let fits = |form: &Form<T>| {
            let near: Option<i64> = form.words.iter().enumerate().map(|(at, word)| nearness(word, text.get(at)?)).sum();
            near.map(|near| (form.words.len(), std::cmp::Reverse(form.order), near))
        };
        let found: Vec<(_, &Form<T>)> = self.forms.iter().filter_map(|form| Some((fits(form)?, form))).collect();
        let (best, first) = found.iter().max_by_key(|(rank, _)| *rank)?;
        let is_only = found.iter().all(|(rank, other)| rank != best || other.means == first.means);
        let length = first.words.len();
        (is_only && !self.goes_on(&text[length..])).then(|| (first.means.clone(), length))
    }

    /// Says whether a text goes on with a word that ends other names and begins none.
    fn goes_on(&self, rest: &[String]) -> bool {
        let Some(next) = rest.first() else { return false };
        let ends = |form: &Form<T>| form.words.len() > 1 && form.words.last().is_some_and(|word| is(word, next));
        let begins = |form: &Form<T>| form.words.iter().zip(rest).filter(|(own, word)| is(own, word)).count();
        self.forms.iter().any(ends) && !self.forms.iter().any(|form| begins(form) == form.words.len())
    }

    /// Lists the names of a text with the words that they take, none inside a longer one.
    pub(super) fn all(&self, text: &[String]) -> Vec<(T, Range<usize>)> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < text.len() {
            match self.at(&text[at..]) {
                Some((means, length)) => {
                    found.push((means, at..at + length));
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }
}

fn is(name: &str, printed: &str) -> bool {
    nearness(name, printed).is_some()
}

/// The longest ending that a name may take or lose.
const ENDING: (usize, usize) = (5, 3);

/// Says how near a printed word is to a word of a name: how many letters they begin with alike, less what differs;
/// `None` where more than an ending differs, or another word is made of it.
pub(super) fn nearness(name: &str, printed: &str) -> Option<i64> {
    let alike = name.chars().zip(printed.chars()).take_while(|(a, b)| a == b).count();
    let (lost, gained) = (name.chars().count() - alike, printed.chars().count() - alike);
    let tail: String = printed.chars().skip(alike).collect();
    let own: String = name.chars().skip(alike).collect();
    let inflected = || Lang::ALL.iter().any(|lang| lang.inflects(&own, &tail));
    let short = alike >= 3 && gained <= ENDING.0 && (lost <= ENDING.1.min(alike / 2) || inflected());
    let fits = short || lost == 0 && gained == 0;
    // «North-East» is no North; an ending may stand behind a hyphen.
    let joined = tail.strip_prefix('-').is_some_and(|rest| !is_in(rest, |words| words.cases));
    let derived = || lost == 0 && Lang::ALL.iter().any(|lang| lang.derives(&tail));
    (fits && !joined && !derived()).then(|| (2 * alike) as i64 - (lost + gained) as i64)
}

/// Splits a text into its words, in plain letters.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()).map(plain).collect()
}
