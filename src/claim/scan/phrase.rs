//! Phrase: the few words by which a number is found again in its text; whole words and whole numbers, no more than six.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::running::Running;
use crate::files::limits::{PHRASE_STEPS, WORD_CHARS};
use crate::language::is_letter;

/// The most words that a phrase may have.
const MOST: usize = 6;

/// The words of a text and where each stands.
pub(super) struct Phrases<'a> {
    running: &'a Running,
    /// From where to where each word reaches.
    words: Vec<(u32, u32)>,
    /// The word itself, as a number that all words of the same letters share.
    same: Vec<u32>,
    /// What is known of each word: `TELLS`, `CLOSES`, `OPENS`, `BREAKS`.
    traits: Vec<u8>,
    /// Where the words of the same letters stand.
    standing: Vec<Vec<u32>>,
    /// How many places may still be compared: the work grows with the text and no faster.
    steps: Cell<usize>,
}

/// A word of more than three letters, by which a number is found again.
const TELLS: u8 = 1;
/// A word that may end a sentence.
const CLOSES: u8 = 2;
/// A word that may begin one.
const OPENS: u8 = 4;
/// A word behind which a line ends that stands apart.
const BREAKS: u8 = 8;

fn traits(word: &str) -> u8 {
    let tells = word.chars().filter(|c| is_letter(*c)).nth(3).is_some();
    let closes = word.ends_with(['!', '?']) || word.ends_with('.') && word.chars().nth(5).is_some();
    let opens = word.starts_with(char::is_uppercase);
    [(tells, TELLS), (closes, CLOSES), (opens, OPENS)].iter().filter(|(is, _)| *is).map(|(_, own)| own).sum()
}

impl<'a> Phrases<'a> {
    /// Cuts a text into words.
    pub(super) fn of(running: &'a Running) -> Phrases<'a> {
        let mut phrases = Phrases {
            running,
            words: Vec::new(),
            same: Vec::new(),
            traits: Vec::new(),
            standing: Vec::new(),
            steps: Cell::default(),
        };
        let mut known: BTreeMap<&str, u32> = BTreeMap::new();
        let mut at = 0;
        while at < running.len() {
            let chunk = running.chunk(at);
            for from in (chunk.from..chunk.to).step_by(WORD_CHARS) {
                let to = chunk.to.min(from + WORD_CHARS);
                let same = *known.entry(running.text(from, to)).or_insert(phrases.standing.len() as u32);
                if same as usize == phrases.standing.len() {
                    phrases.standing.push(Vec::new());
                }
                phrases.standing[same as usize].push(phrases.words.len() as u32);
                if let (Some((_, last)), Some(traits)) = (phrases.words.last(), phrases.traits.last_mut())
                    && running.text(*last as usize, from).contains('\n')
                {
                    *traits |= BREAKS;
                }
                phrases.words.push((from as u32, to as u32));
                phrases.same.push(same);
                phrases.traits.push(traits(running.text(from, to)));
            }
            at = chunk.to.max(at) + 1;
        }
        phrases.steps.set(phrases.words.len() * PHRASE_STEPS);
        phrases
    }

    fn span(&self, word: usize) -> (usize, usize) {
        let (from, to) = self.words[word];
        (from as usize, to as usize)
    }

    fn text(&self, word: usize) -> &str {
        let (from, to) = self.span(word);
        self.running.text(from, to)
    }

    /// Chooses the words around a number: the first choice that stands nowhere else in the text, else the first.
    pub(super) fn around(&self, at: usize, end: usize, is_inside: &dyn Fn(usize) -> bool) -> String {
        let first = self.words.partition_point(|(_, to)| *to as usize <= at);
        let last = self.words.partition_point(|(from, _)| (*from as usize) < end).min(first + MOST);
        let own = last.saturating_sub(first);
        let room = MOST.saturating_sub(own);
        let lead = room.min(3);
        let mut chosen: Option<(usize, usize)> = None;
        for before in [lead, lead + 1, room, lead.saturating_sub(1), 1, 0] {
            let (mut from, mut to) = (first.saturating_sub(before.min(room)), last + room.saturating_sub(before));
            (from, to) = (from, to.min(self.words.len()));
            // A heading, a row or a paragraph ends the phrase, and so does a number that would be cut.
            while from < first && (self.parts(from, first) || is_inside(self.span(from).0)) {
                from += 1;
            }
            while to > last && (self.parts(last.saturating_sub(1), to - 1) || is_inside(self.span(to - 1).1)) {
                to -= 1;
            }
            let tells = self.traits[from..to].iter().any(|traits| traits & TELLS > 0);
            if tells && self.is_unique(from, to) {
                chosen = Some((from, to));
                break;
            }
            chosen = chosen.or(Some((from, to)));
        }
        let (from, to) = chosen.unwrap_or((first, last));
        let words: Vec<&str> = (from..to).map(|word| self.text(word)).collect();
        words.join(" ").trim_end_matches([',', '.', ';', ':', '–', '-', '—', ' ']).to_owned()
    }

    /// Says whether a line that stands apart or a sentence begins between two words.
    fn parts(&self, from: usize, to: usize) -> bool {
        let ends = |pair: &[u8]| pair[0] & BREAKS > 0 || pair[0] & CLOSES > 0 && pair[1] & OPENS > 0;
        self.traits.get(from..=to).is_some_and(|traits| traits.windows(2).any(ends))
    }

    fn is_unique(&self, from: usize, to: usize) -> bool {
        let sought = &self.same[from..to];
        let places = |same: u32| &self.standing[same as usize];
        let Some(offset) = (0..sought.len()).min_by_key(|at| places(sought[*at]).len()) else { return false };
        let mut found = 0;
        for place in places(sought[offset]) {
            let Some(left) = self.steps.get().checked_sub(1) else { return false };
            self.steps.set(left);
            let start = (*place as usize).checked_sub(offset);
            let same = start.and_then(|start| self.same.get(start..start + sought.len()));
            found += usize::from(same == Some(sought));
            if found > 1 {
                return false;
            }
        }
        found == 1
    }
}
