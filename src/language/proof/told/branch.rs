//! Branch: the words of an alternative, against the condition under which it stands.

use std::ops::Range;

use super::side;
use crate::language::proof::rules::Words;
use crate::language::proof::words;
use crate::language::{Language, Sense};

/// What the condition of a branch says, so that the words of the branch must not say the contrary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Something is more, or less, than it was before.
    Moved(Sense),
    /// Something lies above, or below, zero.
    Lies(Sense),
    /// The largest is above something, or the smallest below it: one is, and not all.
    One,
    /// It names the largest of a list, or the smallest.
    End(Sense),
    /// Something that is never below zero is above it, which says nothing of a movement.
    Is,
}

impl Language {
    /// Finds the word of a branch that says the contrary of its condition: its bytes.
    pub fn contrary(&self, text: &str, condition: Condition) -> Option<Range<usize>> {
        let rules = self.rules();
        let list = words(text);
        let sense = |word: &str| self.lang.sense(&word.to_lowercase());
        let is_turned = |list: &Words| list.iter().any(|(_, word)| sense(word) == Some(Sense::Turned));
        match condition {
            Condition::Moved(way) => {
                let [up, down] = rules.directions;
                let [more, less] = rules.comparatives;
                let is_loss = |word: &str| rules.losses.iter().any(|stem| word.starts_with(stem));
                if is_turned(&list) || list.iter().any(|(_, word)| is_loss(&word.to_lowercase())) {
                    return None;
                }
                let said = |verbs: &[&str], than: &[&str]| {
                    list.iter().find(|(_, word)| {
                        let lower = word.to_lowercase();
                        verbs.iter().any(|stem| lower.starts_with(stem)) || than.contains(&lower.as_str())
                    })
                };
                let (right, wrong) = match way {
                    Sense::Less => (said(down, less), said(up, more)),
                    _ => (said(up, more), said(down, less)),
                };
                wrong.filter(|_| right.is_none()).map(|(at, _)| at.clone())
            }
            Condition::Lies(way) if !is_turned(&list) => {
                side(rules.signs, &list).filter(|(said, _)| *said != way).map(|(_, at)| at)
            }
            Condition::One if !is_turned(&list) => {
                list.iter().find(|(_, word)| sense(word) == Some(Sense::Every)).map(|(at, _)| at.clone())
            }
            Condition::End(way) if !is_turned(&list) => {
                let said = |at: usize| {
                    (0..list.len()).find_map(|i| {
                        let count =
                            rules.superlatives[at].iter().find_map(|phrase| super::begins(&list[i..], phrase))?;
                        Some(list[i].0.start..list[i + count - 1].0.end)
                    })
                };
                let (right, wrong) = if way == Sense::More { (said(0), said(1)) } else { (said(1), said(0)) };
                let is_loss = list.iter().any(|(_, word)| super::is_in(word, rules.gains[1]));
                wrong.filter(|_| right.is_none() && !is_loss)
            }
            Condition::Is => {
                let [up, down] = rules.directions;
                let [more, less] = rules.comparatives;
                let moves = |word: &str| {
                    up.iter().chain(down).any(|stem| word.starts_with(stem))
                        || more.contains(&word)
                        || less.contains(&word)
                };
                list.iter().find(|(_, word)| moves(&word.to_lowercase())).map(|(at, _)| at.clone())
            }
            Condition::Lies(_) | Condition::One | Condition::End(_) => None,
        }
    }
}
