//! Around: what is said around a number in its sentence: beside it, before it, behind it; whom and when it names.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::called::{Book, words};
use super::super::movement::movement;
use super::super::scan::Found;
use super::super::stops::{first_sentence, last_sentence};
use super::year;
use crate::language::quantity::{all, is_in, is_in_stems, is_neutral};
use crate::language::{Sense, plain};

/// One dimension of a table, as sentences name its members.
#[derive(Debug, Default)]
pub(super) struct Dimension {
    /// Whether it holds years.
    pub years: bool,
    /// What its members are called.
    pub members: Book<String>,
}

/// What is said around a number: what belongs to it alone, what its sentence said before, and what follows.
pub(super) struct Around {
    own: String,
    earlier: String,
    after: String,
    /// What follows up to the next number or the end of the sentence.
    behind: String,
    /// All of its sentence up to the next number.
    pub whole: String,
}

/// Which members of a dimension a sentence names for a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// None.
    Nobody,
    /// One.
    One(String),
    /// Several that stand in one row, in their order.
    Row(Vec<String>),
    /// Several, and which is meant nothing says.
    Several(Vec<String>),
}

/// Members that stand in one row, each with its place among the words.
type Group = Vec<(String, Range<usize>)>;

/// As many words may stand between two members of one row.
const BETWEEN: usize = 3;

/// As many words may stand between two numbers of one row.
const WORDS: usize = 5;

impl Dimension {
    /// Lists the members that words name, those of one row together.
    fn groups(&self, text: &[String]) -> Vec<Group> {
        let found: Vec<(String, Range<usize>)> = match self.years {
            true => text.iter().enumerate().flat_map(|(at, word)| years_of(word, at)).collect(),
            false => self.members.all(text),
        };
        let mut groups: Vec<Group> = Vec::new();
        for (key, at) in found {
            let joins = |last: &Range<usize>| {
                let between = &text[last.end.min(at.start)..at.start];
                let is_and = |word: &String| is_in(word, |words| words.and);
                let plain = between.iter().all(|word| is_neutral(word)) && between.len() <= BETWEEN;
                between.is_empty() || plain && between.iter().any(is_and)
            };
            match groups.last_mut().filter(|group| group.last().is_some_and(|(_, last)| joins(last))) {
                Some(group) => group.push((key, at)),
                None => groups.push(vec![(key, at)]),
            }
        }
        groups
    }
}

/// Lists the years in a word: `2021`, `2019-2023`.
fn years_of(word: &str, at: usize) -> impl Iterator<Item = (String, Range<usize>)> {
    let runs = word.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4 && year(run).is_some());
    runs.map(|run| (run.to_owned(), at..at + 1)).collect::<Vec<_>>().into_iter()
}

/// Says which of several groups is named.
fn named(groups: &[&Group]) -> Named {
    let keys: Vec<&String> = groups.iter().flat_map(|group| group.iter().map(|(key, _)| key)).collect();
    let distinct: BTreeSet<&String> = keys.iter().copied().collect();
    let listed = || keys.iter().map(|key| (*key).clone()).collect();
    match (distinct.len(), groups) {
        (0, _) => Named::Nobody,
        (1, _) => Named::One(keys[0].clone()),
        (_, [_]) => Named::Row(listed()),
        _ => Named::Several(listed()),
    }
}

/// Says whether a number goes on with the row of the number before it: «M и N», «M, N».
pub(super) fn goes_on(next: &Found) -> bool {
    let said = plain_words(&next.before);
    let joins = said.last().is_some_and(|word| is_in(word, |words| words.and)) || next.before.trim_end().ends_with(',');
    joins && said.len() < WORDS && said.iter().all(|word| is_neutral(word)) && !last_sentence(&next.before).1
}

impl Around {
    /// Gathers what is said around a number; `at` is its place among the numbers of the text.
    pub(super) fn of(numbers: &[&Found], at: usize) -> Around {
        let (own, mut ended) = last_sentence(&numbers[at].before);
        let last = breaks(own).into_iter().next_back();
        let parts = last.map_or(("", own), |(from, to)| (&own[..from], &own[to..]));
        // What leads to a number stands with it.
        let leads = last.map_or("", |(from, to)| own[from..to].trim());
        let mut earlier = vec![parts.0.to_owned()];
        let mut before = at;
        while !ended && before > 0 && numbers[before - 1].line + 3 > numbers[at].line {
            before -= 1;
            let (text, cut) = last_sentence(&numbers[before].before);
            earlier.insert(0, text.to_owned());
            ended = cut;
        }
        let behind = first_sentence(&numbers[at].after);
        let end = breaks(behind).first().map_or(behind.len(), |(from, _)| *from);
        let (own, earlier) = (format!("{leads} {}", parts.1), earlier.join(" "));
        let mut whole = format!("{earlier} {own} {behind}");
        // What stands behind the last number of a row is said of all of them: «M и N тыс. тонн».
        for next in numbers[at + 1..].iter().take_while(|next| goes_on(next)) {
            whole = format!("{whole} {}", first_sentence(&next.after));
        }
        Around { own, earlier, after: behind[..end].to_owned(), behind: behind.to_owned(), whole }
    }

    /// Finds whom, or which year, of a dimension the number speaks of: named beside it, else before it in its sentence.
    pub(super) fn key(&self, dimension: &Dimension) -> Named {
        self.key_but(dimension, None)
    }

    /// Finds the same, one member left out.
    pub(super) fn key_but(&self, dimension: &Dimension, but: Option<&String>) -> Named {
        let groups_of = |text: &[String]| -> Vec<Group> {
            let kept = |group: Group| group.into_iter().filter(|(key, _)| Some(key) != but).collect::<Group>();
            dimension.groups(text).into_iter().map(kept).filter(|group| !group.is_empty()).collect()
        };
        let before = words(&self.earlier);
        let from = before.len();
        let text: Vec<String> = before.into_iter().chain(words(&self.own)).collect();
        let (own, earlier): (Vec<Group>, Vec<Group>) =
            groups_of(&text).into_iter().partition(|group| group.iter().any(|(_, at)| at.end > from));
        let near = words(&self.after).len();
        let behind = groups_of(&words(&self.behind)).into_iter();
        let after = behind.filter(|group| group.iter().any(|(_, at)| at.start < near)).collect();
        let found = [own, after, earlier].map(|groups| named(&groups.iter().collect::<Vec<_>>()));
        found.into_iter().find(|named| *named != Named::Nobody).unwrap_or(Named::Nobody)
    }

    /// Lists the years of its sentence.
    pub(super) fn years(&self) -> Vec<String> {
        let said = words(&self.whole);
        let found = said.iter().flat_map(|word| years_of(word, 0)).map(|(year, _)| year);
        found.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Says whether its sentence leads from one year to another.
    pub(super) fn leads_on(&self) -> bool {
        let said = plain_words(&self.whole);
        let leads = said.iter().any(|word| is_in(word, |words| words.from_words) || is_in(word, |words| words.leads));
        let cased = said.iter().any(|word| all(|words| words.from).any(|case| word.ends_with(case)));
        let held = said.iter().any(|word| is_in_stems(word, |words| words.against));
        leads || cased || held || self.whole.contains(['–', '-'])
    }

    /// Says whether its sentence names the whole: «всего», «барлығы», "in total".
    pub(super) fn in_all(&self) -> bool {
        plain_words(&self.whole).iter().any(|word| is_in(word, |words| words.altogether))
    }

    /// Says whether its sentence tells numbers of names, each of the one at its place.
    pub(super) fn in_order(&self) -> bool {
        plain_words(&self.whole).iter().any(|word| is_in(word, |words| words.in_order))
    }

    /// Says whether the number is said by how much something changed or differs.
    pub(super) fn by_amount(&self) -> bool {
        let own = plain_words(&self.own);
        let after = plain_words(&self.after);
        let by = own.last().is_some_and(|word| is_in(word, |words| words.by));
        // «рост 3 250», "rose 135", "an increase of 245": what moves stands before it, with nothing or a word of its kind between.
        let joins = |word: &String| {
            is_in(word, |words| words.balances)
                && !is_in(word, |words| words.to_words)
                && !is_in(word, |words| words.from_words)
        };
        let moves = |word: &String| movement(word).is_some() && !is_in_stems(word, |words| words.reaches);
        let moved = match own.as_slice() {
            [.., mover, joint] if joins(joint) && movement(joint).is_none() => moves(mover),
            [.., mover] => moves(mover),
            [] => false,
        };
        // «5 пайызға өсті», while «5 пайызға дейін өсті» is where it came to.
        let led = after.iter().any(|word| is_in(word, |words| words.beyond_behind));
        // «теңгеге жетті» is where it came to as well.
        let reached = after.iter().any(|word| is_in_stems(word, |words| words.reaches));
        let behind = movement(&self.after).is_some() && !led && !reached;
        by || moved || behind
    }

    /// Says whether something in the clause makes another figure of the number than a cell or a change.
    /// What the heading of a table says itself, `own`, is no such thing: «средняя зарплата».
    pub(super) fn is_apart(&self, bounded: bool, own: &dyn Fn(&str) -> bool) -> bool {
        let mut near = plain_words(&format!("{} {}", self.own, self.after));
        near.retain(|word| !own(word));
        let apart = near.iter().any(|word| is_in_stems(word, |words| words.apart));
        let near_text = format!(" {} ", near.join(" "));
        let apart = apart || all(|words| words.ages).any(|pattern| near_text.contains(&format!(" {pattern} ")));
        // What bounds a number compares nothing.
        let compared = !bounded && near.iter().any(|word| is_in(word, |words| words.comparatives));
        apart || compared
    }

    /// Says whether a change begins at the number: «с 301 до 305», "to 305 from 301", «430 теңгеден».
    pub(super) fn begins(&self) -> bool {
        let (own, after) = (plain_words(&self.own), plain_words(&self.after));
        let led = own.last().is_some_and(|word| is_in(word, |words| words.from_words));
        let cased = after.iter().take(2).any(|word| all(|words| words.from).any(|case| word.ends_with(case)));
        (led || cased) && movement(&self.whole).is_some()
    }

    /// The one verb of its sentence that moves something, and which way.
    pub(super) fn mover(&self) -> Option<(String, Sense)> {
        let way = movement(&self.whole)?;
        let said = plain_words(&self.whole);
        let mut movers = said.into_iter().filter(|word| movement(word).is_some());
        let first = movers.next()?;
        movers.next().is_none().then_some((first, way))
    }

    /// The words beside the number, up to where its clause ends.
    pub(super) fn beside(&self) -> Vec<String> {
        words(&format!("{} {}", self.own, self.after))
    }

    /// Says whether the number is told of a whole: «58,6 % от общего числа», "of all pupils".
    pub(super) fn of_whole(&self) -> bool {
        let near = plain_words(&format!("{} {}", self.own, self.after));
        near.iter().any(|word| is_in_stems(word, |words| words.wholes))
    }

    /// Returns a word that may make another quantity of the number than the table counts: one that nobody knows.
    pub(super) fn strange(&self, dimensions: &[Dimension], knows: &dyn Fn(&str) -> bool) -> Option<String> {
        let text = words(&self.whole);
        // An ending that a sign parts from its number is no word: «38 %-ға».
        let mut known: Vec<bool> = text.iter().map(|word| word.starts_with('-') || knows(word)).collect();
        for dimension in dimensions.iter().filter(|dimension| !dimension.years) {
            for (_, at) in dimension.members.all(&text) {
                known[at].iter_mut().for_each(|known| *known = true);
            }
        }
        let first = known.iter().position(|known| !known)?;
        Some(text[first].clone())
    }
}

/// Splits a text into its words.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(plain).collect()
}

/// Finds where a clause begins or ends: at a comma, a bracket, a word that joins two numbers.
fn breaks(text: &str) -> Vec<(usize, usize)> {
    // A mark within a number parts no clauses: "per 1,000".
    let is_within = |at: usize| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        digit(text[..at].chars().next_back()) && digit(text[at + 1..].chars().next())
    };
    let mut found: Vec<(usize, usize)> = text
        .match_indices([',', ';', ':', '(', ')', '\n'])
        .filter(|(at, _)| !is_within(*at))
        .map(|(at, mark)| (at, at + mark.len()))
        .collect();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| c.is_whitespace()) {
        let bare = plain(word.trim());
        if is_in(&bare, |words| words.and) || is_in(&bare, |words| words.to_words) || is_in(&bare, |words| words.turns)
        {
            found.push((at, at + word.len()));
        }
        at += word.len();
    }
    found.sort_unstable();
    found
}
