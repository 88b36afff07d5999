//! Groups: which paragraphs of an edited document came of which paragraphs of today's: by the sentences and numbers in them,
//! by their text where no mark survived, by their place where nothing else tells.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::words::{Word, alike, compared, proper, said, shared};
use super::{Check, Stand};

/// Paragraphs of both documents that say the same.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// Today's paragraphs, rising.
    pub ours: Vec<usize>,
    /// The edited ones, rising.
    pub theirs: Vec<usize>,
    /// False where they were found by their likeness or their place.
    pub sure: bool,
}

/// What is known of the paragraphs under way: for each edited one, today's.
#[derive(Default)]
struct Links {
    of: BTreeMap<usize, Vec<usize>>,
    /// Today's that are linked.
    taken: BTreeSet<usize>,
    unsure: BTreeSet<usize>,
}

impl Links {
    fn has(&self, ours: usize) -> bool {
        self.taken.contains(&ours)
    }

    fn link(&mut self, theirs: usize, ours: impl IntoIterator<Item = usize>, is_sure: bool) {
        let list = self.of.entry(theirs).or_default();
        for own in ours {
            self.taken.insert(own);
            if !list.contains(&own) {
                list.push(own);
            }
        }
        if !is_sure {
            self.unsure.insert(theirs);
        }
    }
}

impl Check<'_> {
    /// Puts the paragraphs of the text together; cells of tables apart, and copies of other paragraphs left out.
    pub(super) fn groups(&mut self, links: &[(usize, usize)], copies: &BTreeSet<usize>) -> Vec<Group> {
        let body = |side: &super::Side| -> Vec<usize> {
            (0..side.words.len()).filter(|at| !side.is_cell(*at) && !side.words[*at].is_empty()).collect()
        };
        let (ours, mut theirs) = (body(&self.today), body(&self.edited));
        theirs.retain(|at| !copies.contains(at));
        let mut found = Links::default();
        links
            .iter()
            .filter(|(_, other)| !copies.contains(other))
            .for_each(|(own, other)| found.link(*other, [*own], true));
        self.by_sentence(&theirs, &mut found);
        self.by_equal_text(&ours, &theirs, &mut found);
        self.by_number(&theirs, &mut found);
        self.by_likeness(&ours, &theirs, &mut found);
        by_place(&ours, &theirs, &mut found);
        together(&ours, &theirs, &found)
    }

    fn by_sentence(&self, theirs: &[usize], found: &mut Links) {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, words) in self.today.words.iter().enumerate() {
            for key in words.iter().filter(|_| !self.today.is_cell(at)).filter_map(|word| self.today.key(word)) {
                places.entry(key).or_insert(at);
            }
        }
        for at in theirs {
            let keys = self.edited.words[*at].iter().filter_map(|word| self.edited.key(word));
            let list: Vec<usize> = keys.filter_map(|key| places.get(key).copied()).collect();
            if !list.is_empty() {
                found.link(*at, list, true);
            }
        }
    }

    fn by_equal_text(&self, ours: &[usize], theirs: &[usize], found: &mut Links) {
        let mut free: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        for at in ours.iter().filter(|at| !found.has(**at)) {
            free.entry(compared(&self.today.words[*at])).or_default().push_back(*at);
        }
        for at in theirs.iter().filter(|at| !found.of.contains_key(at)).copied().collect::<Vec<_>>() {
            if let Some(own) = free.get_mut(&compared(&self.edited.words[at])).and_then(VecDeque::pop_front) {
                found.link(at, [own], true);
            }
        }
    }

    fn by_number(&self, theirs: &[usize], found: &mut Links) {
        for at in theirs {
            if found.of.contains_key(at) {
                continue;
            }
            let exact = |word: &Word| self.edited.known.get(word.owner?)?.as_ref()?.exact;
            let owners = self.edited.words[*at].iter().filter_map(exact);
            let paragraphs = owners.filter_map(|owner| Some(self.place_of(owner)?.0));
            // A number that was moved into a new paragraph does not make it an old one.
            let list: Vec<usize> = paragraphs.filter(|own| !self.today.is_cell(*own) && !found.has(*own)).collect();
            if !list.is_empty() {
                found.link(*at, list, true);
            }
        }
    }

    /// Finds paragraphs by the words that they share: one that holds most of another came of it, or went into it.
    fn by_likeness(&mut self, ours: &[usize], theirs: &[usize], found: &mut Links) {
        const PART: usize = 65;
        const WHOLE: usize = 40;
        let words = |side: &super::Side, list: Vec<usize>| -> Vec<(usize, Vec<String>)> {
            list.into_iter().map(|at| (at, proper(&said(&side.words[at])))).collect()
        };
        let all_ours = words(&self.today, ours.to_vec());
        let all_theirs = words(&self.edited, theirs.to_vec());
        let lonely: Vec<&(usize, Vec<String>)> =
            all_theirs.iter().filter(|(at, _)| !found.of.contains_key(at)).collect();
        let free: Vec<&(usize, Vec<String>)> = all_ours.iter().filter(|(at, _)| !found.has(*at)).collect();
        let most = all_ours.iter().chain(&all_theirs).map(|(_, words)| words.len()).max().unwrap_or_default();
        let (work, left) = (lonely.len().saturating_mul(free.len()).saturating_mul(most), &mut self.steps);
        let Some(rest) = left.checked_sub(work) else { return };
        *left = rest;
        for (at, own) in &lonely {
            let like = |(_, other): &&&(usize, Vec<String>)| {
                let part = if own.len() > 3 { shared(own, other) * 100 / own.len() } else { 0 };
                if part >= PART { part } else { alike(own, other) }
            };
            let best = free.iter().max_by_key(|one| (like(one), std::cmp::Reverse(one.0)));
            if let Some(best) = best.filter(|best| like(best) >= WHOLE) {
                found.link(*at, [best.0], false);
            }
        }
        for (at, own) in free.iter().filter(|(at, own)| own.len() > 3 && !found.has(*at)).copied().collect::<Vec<_>>() {
            let part = |(_, other): &&(usize, Vec<String>)| shared(own, other) * 100 / own.len();
            let best = all_theirs.iter().max_by_key(|one| (part(one), std::cmp::Reverse(one.0)));
            if let Some((into, _)) = best.filter(|best| part(best) >= PART) {
                found.link(*into, [*at], false);
            }
        }
    }
}

/// Pairs paragraphs between the same neighbours, where there are as many on both sides.
fn by_place(ours: &[usize], theirs: &[usize], found: &mut Links) {
    let mut at = 0;
    while at < theirs.len() {
        let run: Vec<usize> = theirs[at..].iter().take_while(|one| !found.of.contains_key(one)).copied().collect();
        if run.is_empty() {
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).and_then(|i| found.of[&theirs[i]].iter().max().copied());
        let after = theirs.get(at + run.len()).and_then(|one| found.of[one].iter().min().copied());
        let between =
            |own: &&usize| before.is_none_or(|before| **own > before) && after.is_none_or(|after| **own < after);
        let free: Vec<usize> = ours.iter().filter(between).filter(|own| !found.has(**own)).copied().collect();
        at += run.len();
        if free.len() == run.len() {
            for (own, other) in free.into_iter().zip(run) {
                found.link(other, [own], false);
            }
        }
    }
}

/// Joins what is linked, and lists what is not by itself.
fn together(ours: &[usize], theirs: &[usize], found: &Links) -> Vec<Group> {
    let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for at in theirs {
        let own = found.of.get(at).map(Vec::as_slice).unwrap_or_default();
        let known: Vec<usize> = own.iter().filter_map(|own| group_of.get(own).copied()).collect();
        let into = known.iter().min().copied().unwrap_or_else(|| {
            groups.push(Group { sure: true, ..Group::default() });
            groups.len() - 1
        });
        for other in known.into_iter().filter(|other| *other != into) {
            let moved = std::mem::take(&mut groups[other]);
            group_of.extend(moved.ours.iter().map(|own| (*own, into)));
            groups[into].ours.extend(moved.ours);
            groups[into].theirs.extend(moved.theirs);
            groups[into].sure &= moved.sure;
        }
        groups[into].theirs.push(*at);
        groups[into].ours.extend(own);
        groups[into].sure &= !found.unsure.contains(at);
        group_of.extend(own.iter().map(|own| (*own, into)));
    }
    groups.extend(ours.iter().filter(|own| !found.has(**own)).map(|own| Group {
        ours: vec![*own],
        theirs: Vec::new(),
        sure: true,
    }));
    groups.retain(|group| !group.ours.is_empty() || !group.theirs.is_empty());
    for group in &mut groups {
        for list in [&mut group.ours, &mut group.theirs] {
            list.sort();
            list.dedup();
        }
    }
    groups
}

/// Returns true for what stands at the edges of pages.
pub(super) fn is_edge(stand: Option<Stand>) -> bool {
    stand == Some(Stand::Edge)
}
