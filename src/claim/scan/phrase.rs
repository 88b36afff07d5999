//! Phrase: the few words by which a number is found again in its text; whole words and whole numbers, no more than six.

use std::collections::BTreeMap;

use super::running::Running;

/// The most words that a phrase may have.
const MOST: usize = 6;

/// The words of a text and where each stands.
pub struct Phrases {
    words: Vec<(usize, usize)>,
    texts: Vec<String>,
    standing: BTreeMap<String, Vec<usize>>,
}

impl Phrases {
    /// Cuts a text into words.
    pub fn of(running: &Running) -> Phrases {
        let mut words = Vec::new();
        let mut at = 0;
        while at < running.chars.len() {
            let (from, to) = running.chunk(at);
            if to > from {
                words.push((from, to));
            }
            at = to.max(at) + 1;
        }
        let texts: Vec<String> = words.iter().map(|(from, to)| running.text(*from, *to)).collect();
        let mut standing: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, text) in texts.iter().enumerate() {
            standing.entry(text.clone()).or_default().push(i);
        }
        Phrases { words, texts, standing }
    }

    /// Chooses the words around a number: the first choice that stands nowhere else in the text, else the first.
    pub fn around(&self, at: usize, end: usize, running: &Running, is_inside: &dyn Fn(usize) -> bool) -> String {
        let first = self.words.partition_point(|(_, to)| *to <= at);
        let last = self.words.partition_point(|(from, _)| *from < end);
        let own = last.saturating_sub(first);
        let room = MOST.saturating_sub(own);
        let lead = room.min(3);
        let mut chosen: Option<(usize, usize)> = None;
        for before in [lead, lead + 1, room, lead.saturating_sub(1), 1, 0] {
            let (mut from, mut to) = (first.saturating_sub(before.min(room)), last + room.saturating_sub(before));
            (from, to) = (from, to.min(self.words.len()));
            // A heading, a row or a paragraph ends the phrase, and so does a number that would be cut.
            while from < first && (self.parts(from, first, running) || is_inside(self.words[from].0)) {
                from += 1;
            }
            while to > last && (self.parts(last.saturating_sub(1), to - 1, running) || is_inside(self.words[to - 1].1))
            {
                to -= 1;
            }
            let tells = self.texts[from..to].iter().any(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 3);
            if tells && self.is_unique(from, to) {
                chosen = Some((from, to));
                break;
            }
            chosen = chosen.or(Some((from, to)));
        }
        let (from, to) = chosen.unwrap_or((first, last));
        let phrase = self.texts.get(from..to).unwrap_or_default().join(" ");
        phrase.trim_end_matches([',', '.', ';', ':', '–', '-', '—', ' ']).to_owned()
    }

    /// Says whether a line that stands apart or a sentence begins between two words.
    fn parts(&self, from: usize, to: usize, running: &Running) -> bool {
        let ends = |pair: &[String]| {
            let closed = pair[0].ends_with(['!', '?']) || pair[0].ends_with('.') && pair[0].chars().count() > 5;
            closed && pair[1].starts_with(char::is_uppercase)
        };
        running.text(self.words[from].1, self.words[to].0).contains('\n') || self.texts[from..=to].windows(2).any(ends)
    }

    fn is_unique(&self, from: usize, to: usize) -> bool {
        let sought = &self.texts[from..to];
        let rare = sought.iter().enumerate().filter_map(|(i, text)| Some((i, self.standing.get(text)?)));
        let Some((offset, places)) = rare.min_by_key(|(_, places)| places.len()) else { return false };
        let same = |place: &&usize| {
            let start = place.checked_sub(offset);
            start.and_then(|start| self.texts.get(start..start + sought.len())).is_some_and(|texts| texts == sought)
        };
        places.iter().filter(same).take(2).count() == 1
    }
}
