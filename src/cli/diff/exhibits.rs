//! Exhibits: the figures and tables of two editions by the numbers that they show, and the ranks that moved in them.

use std::collections::{BTreeMap, BTreeSet};

use super::side::Side;
use crate::diagnostic::inert;
use crate::finding::Amount;

/// An exhibit on both sides.
#[derive(Debug)]
pub(super) struct Exhibit {
    pub id: String,
    /// How many numbers each side shows; none where it does not stand there.
    pub counts: [Option<usize>; 2],
    /// Numbers under the same key that differ: key, from, to.
    pub changed: Vec<(String, String, String)>,
    /// Keys that one side alone has, of the earlier and of the later.
    pub only: [Vec<String>; 2],
    /// Territories whose place by the latest period moved: code, place before, place after.
    pub ranks: Vec<(String, usize, usize)>,
    /// What codes and members are called, by language.
    pub called: BTreeMap<String, BTreeMap<String, String>>,
}

/// The numbers of an exhibit by key, and by territory in its latest period.
#[derive(Default)]
struct Shown {
    values: BTreeMap<String, String>,
    last: BTreeMap<String, Amount>,
    called: BTreeMap<String, BTreeMap<String, String>>,
}

impl Exhibit {
    /// Names a key in a language, as far as its parts have names there.
    pub(super) fn key(&self, key: &str, lang: &str) -> String {
        let one =
            |part: &str| self.called.get(part).and_then(|own| own.get(lang)).map_or(part, String::as_str).to_owned();
        key.split(", ").map(one).collect::<Vec<_>>().join(", ")
    }
}

/// Reads the file of an exhibit; a row is a key and its value.
fn read(text: &str) -> Option<Shown> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().ok()?.iter().map(str::to_owned).collect();
    let value = head.iter().position(|name| name == "value")?;
    // Names in a language stand beside the codes that they name.
    let is_key = |name: &String| {
        let is_name = name.rsplit_once('_').is_some_and(|(own, _)| head.contains(&own.to_owned()));
        !is_name && !["value", "unit", "status", "obs_status", "vintage", "missing"].contains(&name.as_str())
    };
    let keys: Vec<usize> = (0..head.len()).filter(|at| is_key(&head[*at])).collect();
    let of = |name: &str| head.iter().position(|own| own == name);
    let (territory, period) = (of("territory"), of("period"));
    let rows: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    let latest = period.and_then(|at| rows.iter().filter_map(|row| row.get(at)).max().map(str::to_owned));
    let mut shown = Shown::default();
    // A name stands beside its code: `territory_ru`.
    let named: Vec<(usize, usize, &str)> = (head.iter().enumerate())
        .filter_map(|(at, name)| name.rsplit_once('_').and_then(|(own, lang)| Some((of(own)?, at, lang))))
        .collect();
    for row in &rows {
        for (code, name, lang) in &named {
            if let (Some(code), Some(name)) = (row.get(*code), row.get(*name).filter(|name| !name.is_empty())) {
                let own = shown.called.entry(code.to_owned()).or_default();
                own.entry((*lang).to_owned()).or_insert_with(|| inert(name));
            }
        }
        let cell = row.get(value).unwrap_or_default().to_owned();
        let key: Vec<&str> = keys.iter().filter_map(|at| row.get(*at)).collect();
        let is_last = period.is_none_or(|at| row.get(at) == latest.as_deref());
        if let (Some(code), Some(amount)) = (territory.and_then(|at| row.get(at)), Amount::parse(&cell))
            && is_last
            && code.contains('-')
        {
            shown.last.entry(code.to_owned()).or_insert(amount);
        }
        shown.values.insert(key.join(", "), cell);
    }
    Some(shown)
}

/// The place of each territory, the largest number first; of a table of one series.
fn places(last: &BTreeMap<String, Amount>) -> BTreeMap<&str, usize> {
    let mut order: Vec<&Amount> = last.values().collect();
    order.sort_by(|a, b| b.cmp(a));
    let place = |own: &Amount| order.partition_point(|other| *other > own) + 1;
    last.iter().map(|(code, own)| (code.as_str(), place(own))).collect()
}

/// Compares the exhibits of two sides; those that differ.
pub(super) fn compare(from: &Side, to: &Side) -> Vec<Exhibit> {
    let ids = |side: &Side| -> BTreeSet<String> {
        let all = side.files.iter().filter(|(path, _)| path.starts_with("tables/") || path.starts_with("figures/"));
        all.filter_map(|(path, _)| path.strip_suffix(".csv")).map(str::to_owned).collect()
    };
    let (before, after) = (ids(from), ids(to));
    let shown = |side: &Side, id: &str| read(side.files.text(&format!("{id}.csv"))?);
    let mut out = Vec::new();
    for id in before.union(&after) {
        let sides = [shown(from, id), shown(to, id)];
        let none = Shown::default();
        let [was, is] = [sides[0].as_ref().unwrap_or(&none), sides[1].as_ref().unwrap_or(&none)];
        let changed = is.values.iter().filter_map(|(key, now)| {
            let old = was.values.get(key).filter(|old| *old != now)?;
            Some((key.clone(), old.clone(), now.clone()))
        });
        let only = |own: &Shown, other: &Shown| -> Vec<String> {
            own.values.keys().filter(|key| !other.values.contains_key(*key)).cloned().collect()
        };
        let (old_places, new_places) = (places(&was.last), places(&is.last));
        let mut ranks: Vec<(String, usize, usize)> = new_places
            .iter()
            .filter_map(|(code, now)| Some(((*code).to_owned(), *old_places.get(code)?, *now)))
            .filter(|(_, was, now)| was != now)
            .collect();
        ranks.sort_by_key(|(code, was, now)| (std::cmp::Reverse(was.abs_diff(*now)), code.clone()));
        let exhibit = Exhibit {
            id: id.clone(),
            called: was.called.iter().chain(&is.called).map(|(code, names)| (code.clone(), names.clone())).collect(),
            counts: [before.contains(id).then_some(was.values.len()), after.contains(id).then_some(is.values.len())],
            changed: changed.collect(),
            only: [only(was, is), only(is, was)],
            ranks,
        };
        let differs = !exhibit.changed.is_empty() || exhibit.only.iter().any(|keys| !keys.is_empty());
        if differs || exhibit.counts[0].is_none() || exhibit.counts[1].is_none() {
            out.push(exhibit);
        }
    }
    out
}
