//! Bench: the findings of an edition together with what a paper prints, so that one expression can ask for both.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{CellOf, Claim, Measure, Paper, Printed, Says, TableEntry};
use crate::analysis::Edition;
use crate::expression::{self, Expr, Material};
use crate::finding::{
    Amount, Cell, CellRef, Class, Code, Dimension, Key, Lineage, Part, Role, RowRef, Series, SeriesId, Status, Unit,
    Value, Vintages,
};

/// The name under which expressions ask for a paper's claims: `printed.value[urban_2023]`.
pub const PRINTED: &str = "printed";

/// Adds a paper's printed numbers to the findings of an edition: its claims and its tables.
pub fn lay(paper: &Paper, edition: &Edition) -> Edition {
    let mut bench = edition.clone();
    let mut claims = Shelf::new(PRINTED, vec![("claim", Role::Category)], Unit::None, paper);
    for claim in paper.claims.iter().filter(|claim| claim.cell.is_none()) {
        if let Some(printed) = claim.number() {
            claims.put(Key(vec![Part::Category(claim.id.as_str().into())]), claim, &printed);
        }
    }
    claims.insert(&mut bench);
    for table in &paper.tables {
        let [rows, columns] = axes(table, edition);
        let unit = Measure::parse(&table.unit).map_or(Unit::None, |measure| measure.unit);
        let mut shelf = Shelf::new(&table.id, vec![("row", rows), ("column", columns)], unit, paper);
        for claim in &paper.claims {
            if let (Some(cell), Some(printed)) = (claim.cell.as_ref().filter(|c| c.table == table.id), claim.number()) {
                shelf.put(key_of(cell, table, edition), claim, &printed);
            }
        }
        shelf.insert(&mut bench);
    }
    bench
}

/// Parses an expression; its words in brackets are read as the keys that they mean on the bench.
pub fn parse(text: &str, bench: &Edition) -> Option<Expr> {
    let material: &dyn Material<Amount> = bench;
    Some(expression::typed(&expression::parse(text).ok()?, material))
}

/// Says what the rows and the columns of a paper's table tell apart: territories or periods where all their names are
/// such, else whatever the paper calls them.
pub fn axes(table: &TableEntry, edition: &Edition) -> [Role; 2] {
    let is_known = |name: &String| Code::parse(name).is_some_and(|code| edition.territories().get(&code).is_some());
    let role = |names: &[&String]| match names {
        [] => Role::Category,
        names if names.iter().all(|name| is_known(name)) => Role::Territory,
        names if names.iter().all(|name| Role::Period.part(name).is_some()) => Role::Period,
        _ => Role::Category,
    };
    [role(&table.rows.keys().collect::<Vec<_>>()), role(&table.columns.iter().collect::<Vec<_>>())]
}

/// Returns the key of a cell of a paper's table.
pub fn key_of(cell: &CellOf, table: &TableEntry, edition: &Edition) -> Key {
    let [rows, columns] = axes(table, edition);
    Key(rows.part(&cell.row).into_iter().chain(columns.part(&cell.column)).collect())
}

/// A series of printed numbers that is being filled.
struct Shelf {
    series: Series,
    sources: BTreeMap<Key, CellRef>,
    vintage: Vintages,
    file: Arc<str>,
}

impl Shelf {
    fn new(name: &str, dimensions: Vec<(&str, Role)>, unit: Unit, paper: &Paper) -> Shelf {
        let dimension = |(name, role): (&str, Role)| Dimension::new(name, role);
        Shelf {
            series: Series {
                id: SeriesId::of_values(name),
                dimensions: dimensions.into_iter().map(dimension).collect(),
                unit,
                class: Class::Signed,
                own_units: BTreeMap::new(),
                half_units: BTreeMap::new(),
                formula: "as printed".to_owned(),
                convention: None,
                cells: BTreeMap::new(),
                lineage: Lineage::Files(BTreeMap::new()),
                members: Default::default(),
            },
            sources: BTreeMap::new(),
            vintage: Vintages::one(paper.vintage(), false),
            file: paper.file().into(),
        }
    }

    fn put(&mut self, key: Key, claim: &Claim, printed: &Printed) {
        let Measure { unit, scale } = claim.measure();
        let amount = printed.value.times(&Amount::Integer(scale));
        let class = if amount.signum() < 0 { Class::Signed } else { Class::Flow };
        if let Some(half) = uncertainty(claim, printed) {
            self.series.half_units.insert(key.clone(), half.times(&Amount::Integer(scale)));
        }
        let cell = Cell { value: Value::Amount(amount), status: Status::Transcribed, vintages: self.vintage.clone() };
        self.series.cells.insert(key.clone(), cell);
        self.series.own_units.insert(key.clone(), (unit, class));
        let row = RowRef { key: RowRef::key_of([claim.id.as_str()]), ..RowRef::default() };
        let source = CellRef::Keyed { path: self.file.clone(), row: row.into(), column: "printed".into() };
        self.sources.insert(key, source);
    }

    fn insert(self, bench: &mut Edition) {
        bench.findings.insert(Series { lineage: Lineage::Files(self.sources), ..self.series });
    }
}

/// Returns how far a printed number may be off; counted persons and things are off by nothing.
fn uncertainty(claim: &Claim, printed: &Printed) -> Option<Amount> {
    let measure = claim.measure();
    let counted = matches!(measure.unit, Unit::Persons | Unit::Count | Unit::Year);
    match claim.says {
        Says::About | Says::MoreThan | Says::UpTo | Says::Almost | Says::AtLeast | Says::LessThan => {
            Some(claim.reach(printed).unwrap_or_else(|| printed.last_digit()))
        }
        _ if counted && measure.scale == 1 && printed.decimals == 0 => None,
        _ => printed.last_place().divided_by(&Amount::Integer(2)),
    }
}

impl Claim {
    /// Returns how far from the printed number lies what is still near it, in printed units: what `within` says, or for a
    /// bound («more than», «up to») one unit of its last digit that is not a zero; nothing where `within: any` sets no end.
    ///
    /// «About» and «almost» reach one unit of the last place or half a unit of the last digit that is not a zero, whichever
    /// is more: 45–55 for «about 50», 31–33 for «about 32», 14 850–14 950 for «about 14 900». They reach no further than a
    /// tenth of the number, so that «about 100» is not 60; nor less than the printed digits leave open.
    pub fn reach(&self, printed: &Printed) -> Option<Amount> {
        let near = || {
            let part = |amount: Amount, n: i64| amount.divided_by(&Amount::Integer(n)).unwrap_or(Amount::ZERO);
            let tenth = part(printed.value.magnitude(), 10);
            let half_place = part(printed.last_place(), 2);
            printed.last_place().max(part(printed.last_digit(), 2)).min(tenth).max(half_place)
        };
        match (self.within.as_deref(), self.says) {
            (Some(ANY), _) => None,
            (Some(within), _) => Printed::parse(within).map(|within| within.value),
            (None, Says::About | Says::Almost) => Some(near()),
            (None, _) => Some(printed.last_digit()),
        }
    }

    /// Returns how far from the printed number what it says is true, in printed units; nothing where it is so however far:
    /// a population of 5 million is «more than 1 million».
    pub fn end(&self, printed: &Printed) -> Option<Amount> {
        let ends = self.within.is_some() || !self.says.is_bound();
        self.reach(printed).filter(|_| ends)
    }
}

/// For `within`: no end.
pub const ANY: &str = "any";
