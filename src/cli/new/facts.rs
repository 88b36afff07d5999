//! Facts: which rows, periods and lines of a table a first page can speak of without meeting a gap.

use std::collections::{BTreeMap, BTreeSet};

use super::guessed::{Fact, Guess};
use crate::finding::{Amount, Period};

/// The most lines of a first chart.
const MOST_LINES: usize = 5;

/// What tells the rows of a table apart: a territory or a member of a category.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Item {
    /// Its place in the list of territories or members.
    pub at: usize,
    /// How an expression writes it.
    pub written: String,
}

/// What a first page speaks of.
#[derive(Debug, Default)]
pub(super) struct Theme {
    /// The category members that are picked, by their dimensions.
    pub picked: Vec<(String, String)>,
    /// The rows that are compared: all have a number in the first and in the last period.
    pub items: Vec<Item>,
    /// Whether they are all rows but the whole.
    pub is_all: bool,
    /// The row that is followed through time.
    pub line: Option<Item>,
    /// The rows that are drawn as lines.
    pub lines: Vec<Item>,
    /// First, last but one and last period, as expressions write them.
    pub first: Option<String>,
    /// Whether there is a period before the last.
    pub has_before: bool,
    /// The last.
    pub last: Option<String>,
    /// The first of the last periods that a table has room for.
    pub recent: Option<String>,
}

impl Theme {
    /// Chooses what a page may say of a table.
    pub(super) fn of(guess: &Guess) -> Theme {
        let mut theme = Theme::default();
        let by_place = !guess.places.is_empty();
        // Rows are told apart by territories, or else by the first category; of other categories one member is picked.
        let compared = if by_place { None } else { Some(0) };
        let mut facts: Vec<&Fact> = guess.facts.iter().collect();
        for (at, category) in guess.categories.iter().enumerate().filter(|(at, _)| Some(*at) != compared) {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for member in facts.iter().filter_map(|fact| fact.members.get(at)) {
                *counts.entry(member.as_str()).or_default() += 1;
            }
            let count = |member: &String| counts.get(member.as_str()).copied().unwrap_or(0);
            let most = category.members.iter().map(count).max().unwrap_or(0);
            let Some(member) = category.members.iter().find(|member| count(member) == most).cloned() else { continue };
            facts.retain(|fact| fact.members.get(at) == Some(&member));
            theme.picked.push((category.name.clone(), member));
        }
        let members = guess.categories.first().map(|category| category.members.as_slice()).unwrap_or_default();
        let known: BTreeMap<&str, usize> = members.iter().enumerate().map(|(at, own)| (own.as_str(), at)).collect();
        let item_of = |fact: &Fact| -> Option<Item> {
            if by_place {
                let at = fact.place?;
                return Some(Item { at, written: guess.places.get(at)?.code.clone() });
            }
            let member = fact.members.first()?;
            let at = *known.get(member.as_str())?;
            Some(Item { at, written: quoted(member) })
        };
        let mut cells: BTreeMap<(Option<Period>, Option<Item>), &Amount> = BTreeMap::new();
        for fact in &facts {
            cells.insert((fact.period, item_of(fact)), &fact.value);
        }
        let periods: Vec<Period> =
            facts.iter().filter_map(|fact| fact.period).collect::<BTreeSet<_>>().into_iter().collect();
        let items: BTreeSet<Item> = facts.iter().filter_map(|fact| item_of(fact)).collect();
        let is_whole = |item: &Item| guess.whole == Some(item.at);
        let parts: Vec<Item> = items.iter().filter(|item| !is_whole(item)).cloned().collect();
        let has = |period: Option<Period>, item: &Item| cells.contains_key(&(period, Some(item.clone())));
        let held = |period: Option<Period>| parts.iter().filter(|item| has(period, item)).count();
        let dated = |period: Period| period.to_string();
        let name = |period: Period, ends: (Option<&Period>, &str)| match ends.0 == Some(&period) {
            true => ends.1.to_owned(),
            false => dated(period),
        };
        if items.is_empty() {
            theme.first = periods.first().map(|period| name(*period, (periods.first(), "first")));
            theme.last = periods.last().map(|period| name(*period, (periods.last(), "last")));
            theme.has_before = periods.len() > 1;
        } else {
            let most = periods.iter().map(|period| held(Some(*period))).max().unwrap_or_default();
            let last = periods.iter().rev().find(|period| held(Some(**period)) == most).copied();
            theme.items = parts.iter().filter(|item| has(last, item)).cloned().collect();
            let whole_at = |period: &&Period| theme.items.iter().all(|item| has(Some(**period), item));
            let first = periods.iter().find(whole_at).copied().filter(|first| Some(*first) != last);
            theme.is_all = theme.items.len() == parts.len();
            theme.first = first.map(|period| name(period, (periods.first(), "first")));
            theme.last = last.map(|period| name(period, (periods.last(), "last")));
            theme.has_before = last.is_some_and(|last| periods.contains(&last.previous()));
            let size =
                |item: &Item| cells.get(&(last, Some(item.clone()))).map(|amount| amount.to_f64()).unwrap_or(0.0);
            let mut by_size = theme.items.clone();
            by_size.sort_by(|one, other| size(other).total_cmp(&size(one)).then_with(|| one.cmp(other)));
            theme.lines = items.iter().filter(|item| is_whole(item)).cloned().collect();
            theme.lines.extend(by_size);
            theme.lines.truncate(MOST_LINES);
            let followed = |item: &&Item| periods.iter().all(|period| has(Some(*period), item));
            theme.line = theme.lines.iter().find(followed).cloned();
        }
        let recent = periods.len().saturating_sub(6);
        theme.recent = periods.get(recent).map(|period| dated(*period));
        theme
    }
}

/// Writes a member of a category as an expression does: in quotation marks where it is no plain word.
pub(super) fn quoted(member: &str) -> String {
    let plain = member.starts_with(|c: char| c.is_ascii_lowercase())
        && member.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !["all", "first", "last"].contains(&member);
    if plain { member.to_owned() } else { format!("'{member}'") }
}
