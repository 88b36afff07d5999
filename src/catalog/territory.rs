//! Territory: the dated list of territories, their lineage, borders and names.

mod entry;

use std::collections::BTreeMap;

use schemars::{Schema, schema_for};

use self::entry::{FileEntry, Reader};
use crate::diagnostic::{Diagnostics, Place};
use crate::finding::{Code, Period};

/// Where the list of territories stands.
pub const TERRITORIES: &str = "data/territories.yaml";

/// The kind that is no part of a comparison of territories, and the whole of all others.
const COUNTRY: &str = "country";

/// The group that every list has: the parts of a country.
const REGIONS: &str = "regions";

/// One territory.
#[derive(Clone, Debug)]
pub struct Territory {
    /// Its code.
    pub code: Code,
    /// The line and column of its entry.
    at: (usize, usize),
    /// What it is, in a word of the list's own: `country`, `region`, `city`, `school`.
    pub kind: String,
    /// The first day of its existence, where it began within the observed time.
    pub from: Option<Period>,
    /// The first day on which it no longer existed.
    pub until: Option<Period>,
    /// The territory that it was split from.
    pub successor_of: Option<Code>,
    /// The territory of which it is a part; where the list does not say it, the country whose code begins its own, or
    /// else the only country.
    pub part_of: Option<Code>,
    /// The versions of its borders, oldest first.
    pub borders: Vec<Borders>,
    /// Names by language: `name`, `table` where that is another, and cases.
    pub names: BTreeMap<String, BTreeMap<String, String>>,
    /// Names of another form by a word of the list's own, `short` or `former`, and then by language.
    pub forms: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>,
}

/// One version of a territory's borders.
#[derive(Clone, Debug)]
pub struct Borders {
    /// Its id: `KZ-63@2022`.
    pub id: Code,
    /// The first day on which they no longer held.
    pub until: Option<Period>,
    /// The territories that it bordered on in them.
    pub neighbours: Vec<Code>,
}

/// The dated list of territories, in the publisher's order.
///
/// Codes are unique; every predecessor is in the list; dates are dates; every name has its nominative.
#[derive(Clone, Debug, Default)]
pub struct Territories {
    list: Vec<Territory>,
    at: BTreeMap<Code, usize>,
    countries: Vec<Code>,
    groups: BTreeMap<String, Vec<Code>>,
    reforms: Vec<Reform>,
}

/// One reform: the territories among which another was divided, or which took it in.
#[derive(Clone, Debug)]
struct Reform {
    date: Period,
    from: Code,
    into: Vec<Code>,
}

/// Returns the schema of the list of territories.
pub fn schema() -> Schema {
    schema_for!(FileEntry)
}

impl Territory {
    /// Returns the place of its entry.
    pub fn place(&self) -> Place {
        Place::line(TERRITORIES, self.at.0, self.at.1).within(self.code.as_str())
    }
}

impl Territories {
    /// Reads the list, reporting whatever contradicts itself.
    pub fn read(files: &crate::files::Files, diagnostics: &mut Diagnostics) -> Option<Territories> {
        let file: FileEntry = files.yaml(TERRITORIES, diagnostics)?;
        let codes = file.territories.iter().map(|t| t.value.code.clone()).collect();
        let mut reader = Reader { diagnostics, codes, place: Place::line(TERRITORIES, 1, 1) };
        let mut list: Vec<Territory> =
            file.territories.into_iter().filter_map(|entry| reader.territory(entry)).collect();
        let countries = countries(&list);
        place_in_countries(&mut list, &countries);
        reader.no_circles(&list);
        reader.mutual_neighbours(&list);
        let groups = reader.groups(&file.groups, &list, &countries);
        let reforms = file.reforms.into_iter().filter_map(|entry| reader.reform(&entry)).collect();
        let at = list.iter().enumerate().map(|(at, territory)| (territory.code.clone(), at)).collect();
        Some(Territories { list, at, countries, groups, reforms })
    }

    /// Lists the countries: what is of the kind `country`, or else the wholes that are part of nothing.
    pub fn countries(&self) -> &[Code] {
        &self.countries
    }

    /// Returns true for a country, in whatever borders.
    pub fn is_country(&self, code: &Code) -> bool {
        self.countries.contains(&code.plain())
    }

    /// Returns the named groups of territories: those that the list declares, and the usual ones that it does not.
    pub fn groups(&self) -> &BTreeMap<String, Vec<Code>> {
        &self.groups
    }

    /// Walks the territories in the publisher's order.
    pub fn iter(&self) -> impl Iterator<Item = &Territory> {
        self.list.iter()
    }

    /// Returns the place of a territory in the publisher's order, in whatever borders; what is not listed stands last.
    pub fn place_of(&self, code: &Code) -> usize {
        self.at.get(&code.plain()).copied().unwrap_or(self.list.len())
    }

    /// Finds a territory; borders in the code are looked through.
    pub fn get(&self, code: &Code) -> Option<&Territory> {
        self.list.get(*self.at.get(&code.plain())?)
    }

    /// Returns the oldest ancestor of a territory, in its oldest borders, where others were split from it or it from
    /// them; a territory that no reform touched is its own.
    pub fn merged(&self, code: &Code) -> Code {
        let mut root = code.plain();
        while let Some(parent) = self.get(&root).and_then(|t| t.successor_of.clone()) {
            root = parent;
        }
        let touched = self.list.iter().any(|t| t.successor_of.as_ref() == Some(&root));
        match self.get(&root).and_then(|t| t.borders.first()) {
            Some(oldest) if touched => oldest.id.clone(),
            _ => root,
        }
    }

    /// Returns the territory that a territory belonged to at a time, in the borders of that time, where a later reform
    /// split it off or changed what it was split from; a territory that no later reform touched is its own.
    pub fn merged_to(&self, code: &Code, time: Period) -> Code {
        let day = time.opening();
        let came_later = |t: &Territory| t.from.is_some_and(|from| from.first_day() > day.first_day());
        let mut root = code.plain();
        while let Some(parent) = self.get(&root).filter(|t| came_later(t)).and_then(|t| t.successor_of.clone()) {
            root = parent;
        }
        let touched = self.list.iter().any(|t| t.successor_of.as_ref() == Some(&root) && came_later(t));
        let of_then = |b: &&Borders| b.until.is_none_or(|until| until.first_day() > day.first_day());
        match self.get(&root).and_then(|t| t.borders.iter().find(of_then)) {
            Some(borders) if touched => borders.id.clone(),
            _ => root,
        }
    }

    /// Returns the territory of which one is a part.
    pub fn whole_of(&self, code: &Code) -> Option<&Code> {
        self.get(code)?.part_of.as_ref()
    }

    /// Returns true where what is counted in one territory is counted in the other too: it is the same, a part of it
    /// at some remove, or what one that ended was divided into.
    pub fn overlap(&self, one: &Code, other: &Code) -> bool {
        self.overlapping(&[one, other]).is_some()
    }

    /// Lists the territories in which one is counted: all above it, and what it was divided into where it ended.
    fn counted_in(&self, code: &Code) -> Vec<&Code> {
        let above = std::iter::successors(self.whole_of(code), |above| self.whole_of(above)).take(self.list.len());
        let ended = self.get(code).is_some_and(|t| t.until.is_some());
        above.chain(self.successors(code).filter(|_| ended)).collect()
    }

    /// Finds two territories of a list of which one is counted in the other.
    pub fn overlapping<'a>(&self, codes: &[&'a Code]) -> Option<(&'a Code, &'a Code)> {
        // There are many more pairs than codes.
        let known = codes.iter().map(|code| (*code, code.plain(), self.counted_in(code)));
        let known: Vec<(&'a Code, Code, Vec<&Code>)> = known.collect();
        let mut pairs =
            known.iter().enumerate().flat_map(|(at, one)| known[at + 1..].iter().map(move |two| (one, two)));
        let found =
            pairs.find(|((_, one, ones), (_, two, twos))| one == two || ones.contains(&two) || twos.contains(&one));
        found.map(|(one, two)| (one.0, two.0))
    }

    /// Returns true where the borders of a territory changed, or it began, within two periods or between them.
    pub fn changed_between(&self, code: &Code, first: Period, last: Period) -> bool {
        let within = |date: &Period| first.first_day() < date.first_day() && date.first_day() <= last.last_day();
        let Some(territory) = self.get(code) else { return false };
        territory.from.iter().chain(territory.borders.iter().filter_map(|b| b.until.as_ref())).any(within)
    }

    /// Returns true when a territory existed at some time of a period.
    pub fn existed(&self, code: &Code, period: Period) -> bool {
        self.get(code).is_some_and(|t| {
            t.from.is_none_or(|from| from.first_day() <= period.last_day())
                && t.until.is_none_or(|until| until.first_day() > period.first_day())
        })
    }

    /// Returns true when a territory existed on the first day of a period.
    pub fn existed_at_start(&self, code: &Code, period: Period) -> bool {
        self.existed(code, period.opening())
    }

    /// Returns true where a territory can be told apart from others: none of them is what it was split from, in the
    /// borders before that, or what it was divided into.
    pub fn stands_beside(&self, code: &Code, others: &[&Code]) -> bool {
        let Some(own) = self.get(code) else { return true };
        let divided = own.until.is_some() && self.successors(code).any(|next| others.contains(&next));
        let mut parent = own.successor_of.as_ref().and_then(|code| self.get(code));
        while let Some(before) = parent {
            let old = |id: &Code| {
                let borders = before.borders.iter().find(|b| b.id == *id);
                *id == before.code && before.until.is_some() || borders.is_some_and(|b| b.until.is_some())
            };
            if others.iter().any(|other| old(other)) {
                return false;
            }
            parent = before.successor_of.as_ref().and_then(|code| self.get(code));
        }
        !divided
    }

    /// Returns true where the list says of any territory what it borders on.
    pub fn knows_neighbours(&self) -> bool {
        self.list.iter().flat_map(|territory| &territory.borders).any(|borders| !borders.neighbours.is_empty())
    }

    /// Returns what a territory names as its neighbours, in the borders that its code says, or else in those that hold
    /// at the end of a period, or without one in the latest.
    pub fn neighbours(&self, code: &Code, period: Option<Period>) -> &[Code] {
        let Some(territory) = self.get(code) else { return &[] };
        let own = territory.borders.iter().find(|borders| borders.id == *code);
        let holds = |borders: &&Borders| match (borders.until, period) {
            (Some(until), Some(period)) => until.first_day() > period.last_day(),
            (until, _) => until.is_none(),
        };
        own.or_else(|| territory.borders.iter().find(holds)).map_or(&[], |borders| &borders.neighbours)
    }

    /// Returns the dates at which borders changed, in order.
    pub fn reforms(&self) -> Vec<Period> {
        let mut dates: Vec<Period> = self.reforms.iter().map(|reform| reform.date).collect();
        dates.sort();
        dates.dedup();
        dates
    }

    /// Walks the territories among which one was divided, or which took it in.
    pub fn successors(&self, code: &Code) -> impl Iterator<Item = &Code> {
        let plain = code.plain();
        self.reforms.iter().filter(move |reform| reform.from == plain).flat_map(|reform| &reform.into)
    }
}

/// Finds the countries of a list.
fn countries(list: &[Territory]) -> Vec<Code> {
    let codes = |is: &dyn Fn(&&Territory) -> bool| list.iter().filter(is).map(|t| t.code.clone()).collect::<Vec<_>>();
    let declared = codes(&|territory| territory.kind == COUNTRY);
    let has_parts = |whole: &Territory| list.iter().any(|t| t.part_of.as_ref() == Some(&whole.code));
    if declared.is_empty() { codes(&|t| t.part_of.is_none() && has_parts(t)) } else { declared }
}

/// Says of each territory that does not say it whose part it is.
fn place_in_countries(list: &mut [Territory], countries: &[Code]) {
    for territory in list.iter_mut().filter(|t| t.part_of.is_none() && !countries.contains(&t.code)) {
        let begins = |country: &&Code| {
            territory.code.as_str().strip_prefix(country.as_str()).is_some_and(|rest| rest.starts_with('-'))
        };
        let only = || countries.first().filter(|_| countries.len() == 1);
        territory.part_of = countries.iter().find(begins).or_else(only).cloned();
    }
}
