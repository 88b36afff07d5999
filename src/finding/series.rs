//! Series: findings of one kind under their keys, and the store of all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::{Amount, Cell, CellRef, Class, Code, Expr, FindingId, Key, Part, Period, SeriesId, Unit};

/// What a dimension tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Territories.
    Territory,
    /// Periods.
    Period,
    /// Anything else.
    Category,
}

/// One dimension of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Its name in the catalogue: `territory`, `year`, `sex`.
    pub name: String,
    /// What it tells apart.
    pub role: Role,
    /// The member of a category that is the total of the others, where one is.
    pub total: Option<Part>,
}

/// Which rows of a frame a result rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// All of them.
    All,
    /// From the first up to and without the second.
    Rows(usize, usize),
    /// These two: a row and its base.
    Pair(usize, usize),
}

/// The cells that a method was given in one frame: for each column its series and the key of each row.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The columns; a row that a series does not hold has no key.
    pub columns: Vec<(Arc<Series>, Vec<Option<Key>>)>,
}

/// Where the cells of a series come from. Inputs are listed only when somebody asks.
#[derive(Clone, Debug)]
pub enum Lineage {
    /// Cells of source files, one for each key.
    Files(BTreeMap<Key, CellRef>),
    /// Cells of another series, for each key those that it is the sum of.
    Sums(Arc<Series>, BTreeMap<Key, Vec<Key>>),
    /// Rows of what a method was given, for each key.
    Method(BTreeMap<Key, (Arc<Given>, Basis)>),
    /// An expression over other series; it is derived where it is evaluated.
    Expression(Arc<Expr>),
}

/// Findings of one kind: one unit, one class, one formula, a value for each key.
///
/// Keys have one part for each dimension, and their order is the order of print.
#[derive(Clone, Debug)]
pub struct Series {
    /// What it is called: `rural_balance.change_chain`.
    pub id: SeriesId,
    /// The dimensions of its keys.
    pub dimensions: Vec<Dimension>,
    /// The unit of its numbers; `none` where each cell has its own.
    pub unit: Unit,
    /// The class of its numbers.
    pub class: Class,
    /// Units and classes of single cells, where the rows of the source name their own.
    pub own_units: BTreeMap<Key, (Unit, Class)>,
    /// How far single cells may be off, where it is not half a person: half a unit of the last printed place.
    pub half_units: BTreeMap<Key, Amount>,
    /// The formula in words of the field: `y(t) − y(t−1)`.
    pub formula: String,
    /// The convention that the values depend on, if any.
    pub convention: Option<String>,
    /// The values.
    pub cells: BTreeMap<Key, Cell>,
    /// Where they come from.
    pub lineage: Lineage,
    /// What occurs in it, once somebody asked.
    pub members: OnceLock<Occurring>,
}

/// What occurs in a series, and what is passed over.
#[derive(Clone, Debug)]
pub struct Occurring {
    /// The parts along each dimension.
    along: Vec<BTreeSet<Part>>,
    /// The keys that have no cell though their series goes on before and behind them.
    gaps: BTreeSet<Key>,
}

/// All findings of an edition, by the tables and analyses and their members.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    series: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Arc<Series>>>,
}

impl Dimension {
    /// Makes a dimension without a member that is the total of the others.
    pub fn new(name: impl Into<String>, role: Role) -> Dimension {
        Dimension { name: name.into(), role, total: None }
    }

    /// Finds two parts of which one is counted in the other: territories by what `overlap` says of them, members of a
    /// category by which of them is the total.
    pub fn overlap(&self, parts: &[&Part], overlap: impl Fn(&[&Code]) -> Option<(Code, Code)>) -> Option<(Part, Part)> {
        if self.role == Role::Territory {
            let codes: Vec<&Code> = parts.iter().filter_map(|part| part.territory()).collect();
            return overlap(&codes).map(|(one, other)| (Part::Territory(one), Part::Territory(other)));
        }
        let total = parts.iter().find(|part| self.is_total(part))?;
        let other = parts.iter().find(|part| !self.is_total(part))?;
        Some((Part::clone(total), Part::clone(other)))
    }

    /// Returns true for the member that is the total of the others.
    pub fn is_total(&self, part: &Part) -> bool {
        self.total.as_ref() == Some(part)
    }

    /// Reads a word that a person typed for a member of the dimension; `None` where it cannot be one.
    pub fn part(&self, word: &str) -> Option<Part> {
        self.role.part(word)
    }
}

impl Role {
    /// Reads a word as a coordinate: what it is told apart by decides, and not the form of the word.
    pub fn part(self, word: &str) -> Option<Part> {
        match self {
            Role::Territory => Code::parse(word).map(Part::Territory),
            Role::Period => Period::parse(word).map(Part::Period),
            Role::Category => Some(Part::Category(word.into())),
        }
    }
}

impl Series {
    /// Returns the position of the first dimension of a role.
    pub fn position(&self, role: Role) -> Option<usize> {
        self.dimensions.iter().position(|d| d.role == role)
    }

    /// Returns the parts that occur along a dimension, in order.
    pub fn members_along(&self, at: usize) -> Option<&BTreeSet<Part>> {
        self.occurring().along.get(at)
    }

    /// Returns the keys that have no cell though their series goes on before and behind them: periods that are missing,
    /// where most are there. The step is the shortest in which any periods of the series follow one another.
    pub fn gaps(&self) -> &BTreeSet<Key> {
        &self.occurring().gaps
    }

    fn occurring(&self) -> &Occurring {
        let along = |at: usize| self.cells.keys().filter_map(|key| key.0.get(at)).cloned().collect();
        self.members.get_or_init(|| {
            let along: Vec<BTreeSet<Part>> = (0..self.dimensions.len()).map(along).collect();
            let gaps = self.passed_over(&along).unwrap_or_default();
            Occurring { along, gaps }
        })
    }

    fn passed_over(&self, along: &[BTreeSet<Part>]) -> Option<BTreeSet<Key>> {
        let at = self.position(Role::Period)?;
        let periods: BTreeSet<Period> = along.get(at)?.iter().filter_map(Part::period).collect();
        let length = |period: &Period| (period.month().is_some(), period.quarter().is_some());
        // Days have no step of their own, and periods of several lengths none in common.
        let first = periods.first().filter(|first| first.day().is_none())?;
        if periods.iter().any(|period| length(period) != length(first)) {
            return None;
        }
        let ordinals: Vec<i64> = periods.iter().map(|period| period.ordinal()).collect();
        let step = i32::try_from(ordinals.windows(2).map(|pair| pair[1] - pair[0]).min()?).ok()?;
        let mut lines: BTreeMap<Vec<&Part>, BTreeSet<Period>> = BTreeMap::new();
        for key in self.cells.keys() {
            let rest = key.0.iter().filter(|part| part.period().is_none()).collect();
            lines.entry(rest).or_default().extend(key.period());
        }
        let mut gaps = BTreeSet::new();
        for (rest, present) in lines {
            let (Some(first), Some(last)) = (present.first(), present.last()) else { continue };
            let due = std::iter::successors(Some(*first), |period| Some(period.shifted(step)));
            let due: Vec<Period> = due.take_while(|period| period <= last).collect();
            let absent: Vec<Period> = due.into_iter().filter(|period| !present.contains(period)).collect();
            if 2 * absent.len() > present.len() {
                continue;
            }
            for period in absent {
                let mut parts: Vec<Part> = rest.iter().map(|part| (*part).clone()).collect();
                parts.insert(at.min(parts.len()), Part::Period(period));
                gaps.insert(Key(parts));
            }
        }
        Some(gaps)
    }

    /// Returns unit and class of the number at a key.
    pub fn unit_at(&self, key: &Key) -> (Unit, Class) {
        self.own_units.get(key).copied().unwrap_or((self.unit, self.class))
    }

    /// Names the finding under a key.
    pub fn finding(&self, key: &Key) -> FindingId {
        FindingId::Cell(self.id.clone(), key.clone())
    }

    /// Returns the cells of source files that a key is the sum of; none for what a method or an expression gives.
    pub fn sources(&self, key: &Key) -> Vec<&CellRef> {
        match &self.lineage {
            Lineage::Files(cells) => cells.get(key).into_iter().collect(),
            Lineage::Sums(source, keys) => {
                keys.get(key).into_iter().flatten().flat_map(|key| source.sources(key)).collect()
            }
            Lineage::Method(_) | Lineage::Expression(_) => Vec::new(),
        }
    }

    /// Returns true for a series whose cells stand in source files or are sums of such.
    pub fn is_of_files(&self) -> bool {
        match &self.lineage {
            Lineage::Files(_) => true,
            Lineage::Sums(source, _) => source.is_of_files(),
            Lineage::Method(_) | Lineage::Expression(_) => false,
        }
    }
}

impl Given {
    /// Returns the keys of each column in the rows of a basis, each key once and in the order of keys.
    pub fn rows(&self, basis: &Basis) -> impl Iterator<Item = (&Arc<Series>, Vec<&Key>)> {
        self.columns.iter().map(move |(series, keys)| {
            let kept: BTreeSet<&Key> = match basis {
                Basis::All => keys.iter().flatten().collect(),
                Basis::Rows(from, to) => keys.iter().take(*to).skip(*from).flatten().collect(),
                Basis::Pair(a, b) => [a, b].into_iter().filter_map(|row| keys.get(*row)?.as_ref()).collect(),
            };
            (series, kept.into_iter().collect())
        })
    }

    /// Returns the cells in the rows of a basis.
    pub fn cells(&self, basis: &Basis) -> Vec<&Cell> {
        self.rows(basis).flat_map(|(series, keys)| keys.into_iter().filter_map(|key| series.cells.get(key))).collect()
    }
}

impl Findings {
    /// Adds a series under its name.
    pub fn insert(&mut self, series: Series) -> Arc<Series> {
        let series = Arc::new(series);
        let members = self.series.entry(Arc::clone(&series.id.name)).or_default();
        members.insert(Arc::clone(&series.id.member), Arc::clone(&series));
        series
    }

    /// Finds a series by its name.
    pub fn get(&self, id: &SeriesId) -> Option<&Arc<Series>> {
        self.member(&id.name, &id.member)
    }

    /// Finds a series by the table or analysis and its member.
    pub fn member(&self, name: &str, member: &str) -> Option<&Arc<Series>> {
        self.series.get(name)?.get(member)
    }

    /// Finds the cell that a finding is, where it is one that a series holds.
    pub fn cell(&self, id: &FindingId) -> Option<&Cell> {
        match id {
            FindingId::Cell(series, key) => self.get(series)?.cells.get(key),
            FindingId::Expression(_) => None,
        }
    }

    /// Walks all series in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Series>> {
        self.series.values().flat_map(BTreeMap::values)
    }

    /// Lists the members of an analysis or table: `value`, `change_chain`.
    pub fn members(&self, name: &str) -> Vec<&str> {
        self.series.get(name).map_or_else(Vec::new, |members| members.keys().map(|member| &**member).collect())
    }

    /// Lists the names of all analyses and tables.
    pub fn names(&self) -> Vec<&str> {
        self.series.keys().map(|name| &**name).collect()
    }
}
