//! Edition: all findings of one choice of periods and vintages, which expressions ask.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalog::{Catalog, Territories};
use crate::expression::{Domain, Expr, Interval, Material, Names, Term};
use crate::finding::{Amount, Cell, Code, Dimension, Findings, Key, Part, Reason, Series, SeriesId, Value};

/// The findings of an edition with the study's named expressions and sets.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its name: `2023`.
    pub name: String,
    /// All series: tables and analyses.
    pub findings: Findings,
    /// Named expressions.
    pub named: BTreeMap<String, Expr>,
    /// What those came to that have a value in this edition.
    pub answers: Arc<BTreeMap<String, Term<Amount>>>,
    /// Named sets of territories.
    pub sets: BTreeMap<String, Vec<Code>>,
    /// Analyses, tables and findings with a problem that was reported, each with the name that it was reported of.
    pub failed: BTreeMap<String, String>,
    /// Measures that count moves across borders.
    pub moves: BTreeSet<SeriesId>,
    /// Analyses and tables whose figures hold on the first day of their period.
    pub stocks: BTreeSet<String>,
    /// What the measures of tables are called, by language.
    pub titles: BTreeMap<SeriesId, BTreeMap<String, String>>,
    /// Of which measure of a table an analysis is.
    pub measured: BTreeMap<String, SeriesId>,
    /// The years before which an analysis is not comparable.
    pub(super) breaks: BTreeMap<String, BTreeSet<i32>>,
    /// Whether the edition states why its series may hold figures of several vintages.
    pub across_vintages: bool,
    territories: Territories,
    /// What files call territories, where one is called so alone.
    pub aliases: Vec<(String, Code)>,
    /// The members of categories by the names of their dimensions, in the order of the catalogue.
    members: BTreeMap<String, Vec<String>>,
}

impl Edition {
    /// Makes an edition without findings.
    pub fn new(name: &str, catalog: &Catalog, sets: BTreeMap<String, Vec<Code>>) -> Edition {
        Edition {
            name: name.to_owned(),
            findings: Findings::default(),
            named: BTreeMap::new(),
            answers: Arc::default(),
            sets,
            failed: BTreeMap::new(),
            moves: BTreeSet::new(),
            stocks: BTreeSet::new(),
            titles: BTreeMap::new(),
            measured: BTreeMap::new(),
            breaks: BTreeMap::new(),
            across_vintages: false,
            territories: catalog.territories.clone(),
            aliases: catalog.names.of_territories().map(|(name, code)| (name.to_owned(), code.clone())).collect(),
            members: catalog.members(),
        }
    }

    /// Lists the years before which an analysis is not comparable.
    pub fn breaks_of(&self, name: &str) -> impl Iterator<Item = i32> {
        self.breaks.get(name).into_iter().flatten().copied()
    }

    /// Returns the measure of a table that a series is of; none where it is worked out of several.
    pub fn measure_of(&self, name: &str, member: &str) -> Option<SeriesId> {
        let own = SeriesId::new(name, member);
        let id = self.measured.get(name).unwrap_or(&own);
        self.titles.contains_key(id).then(|| id.clone())
    }

    /// Marks a name as failed: by itself, or since another failed.
    pub fn fail(&mut self, name: &str, since: Option<&str>) {
        let cause = since.map_or(name, |since| self.failed.get(since).map_or(since, String::as_str)).to_owned();
        self.failed.entry(name.to_owned()).or_insert(cause);
    }

    /// Returns the dated list of territories.
    pub fn territories(&self) -> &Territories {
        &self.territories
    }

    /// Returns the members of categories by the names of their dimensions.
    pub fn categories(&self) -> &BTreeMap<String, Vec<String>> {
        &self.members
    }

    /// Sorts what is told apart along a dimension: categories and territories as they are declared, periods by time.
    pub fn in_order(&self, dimension: &Dimension, parts: BTreeSet<Part>) -> Vec<Part> {
        let members = self.members.get(&dimension.name).map_or(&[][..], Vec::as_slice);
        let mut parts: Vec<Part> = parts.into_iter().collect();
        parts.sort_by_cached_key(|part| match part {
            Part::Category(name) => members.iter().position(|member| **member == **name).unwrap_or(members.len()),
            Part::Territory(code) => self.territories.place_of(code),
            Part::Period(_) => 0,
        });
        parts
    }

    /// Returns true for the code of a country.
    pub fn is_country(&self, code: &Code) -> bool {
        self.territories.is_country(code)
    }

    /// Returns the code of a territory that the catalogue lists.
    pub fn territory(&self, text: &str) -> Option<Code> {
        Code::parse(text).filter(|code| self.territories.get(code).is_some())
    }
}

impl Names for Edition {
    fn series(&self, name: &str, member: &str) -> Option<Arc<Series>> {
        self.findings.member(name, member).cloned()
    }
    fn absence(&self, key: &Key) -> Reason {
        let absent = key.territory().zip(key.period()).is_some_and(|(code, at)| !self.territories.existed(code, at));
        if absent { Reason::NotApplicable } else { Reason::Missing }
    }
    fn overlap(&self, codes: &[&Code]) -> Option<(Code, Code)> {
        let (one, other) = self.territories.overlapping(codes)?;
        Some((one.clone(), other.clone()))
    }
    fn is_stock(&self, name: &str) -> bool {
        self.stocks.contains(name)
    }
    fn named(&self, name: &str) -> Option<&Expr> {
        self.named.get(name)
    }
    fn set(&self, name: &str) -> Option<&[Code]> {
        self.sets.get(name).map(Vec::as_slice)
    }
    fn sets(&self) -> Vec<&str> {
        self.sets.keys().map(String::as_str).collect()
    }
    fn known(&self, name: Option<&str>) -> Vec<String> {
        match name {
            Some(name) => self.findings.members(name).into_iter().map(str::to_owned).collect(),
            None => {
                let mut names: Vec<String> = self.findings.names().into_iter().map(str::to_owned).collect();
                names.extend(self.named.keys().cloned());
                names
            }
        }
    }
    fn failed(&self, name: &str) -> Option<&str> {
        self.failed.get(name).map(String::as_str)
    }
}

impl Material<Amount> for Edition {
    fn names(&self) -> &dyn Names {
        self
    }
    fn answer(&self, name: &str) -> Option<&Term<Amount>> {
        self.answers.get(name)
    }
    fn read(&self, _: &Series, _: &Key, cell: &Cell) -> Cell {
        cell.clone()
    }
}

/// The same findings as intervals: a cell of a file may be off by half a unit of its last printed place, counted
/// persons by nothing.
impl Material<Interval> for Edition {
    fn names(&self) -> &dyn Names {
        self
    }
    fn answer(&self, _: &str) -> Option<&Term<Interval>> {
        None
    }
    fn read(&self, series: &Series, key: &Key, cell: &Cell) -> Cell<Interval> {
        let value = match &cell.value {
            Value::Amount(amount) => {
                let half = series.half_units.get(key);
                Value::Amount(half.map_or_else(
                    || Interval::exact(amount),
                    |half| Interval { low: amount.minus(half), high: amount.plus(half) },
                ))
            }
            Value::Text(text) => Value::Text(text.clone()),
            Value::Truth(truth) => Value::Truth(*truth),
            Value::Key(part) => Value::Key(part.clone()),
            Value::Missing(reason) => Value::Missing(*reason),
            Value::List(items) => {
                Value::List(items.iter().map(|(key, cell)| (key.clone(), self.read(series, key, cell))).collect())
            }
        };
        Cell { value, status: cell.status, vintages: cell.vintages.clone() }
    }
}
