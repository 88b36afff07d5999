//! Method: what a method is: its description in the field's terms and the function that runs it.

use std::collections::BTreeMap;

use crate::finding::{
    Amount, Cell, Class, Dimension, Keep, Key, Lineage, Part, Period, Reason, Role, Series, Unit, Value,
};
use std::sync::Arc;

/// A text in the report's languages.
#[derive(Clone, Copy, Debug)]
pub struct Bilingual {
    /// Russian.
    pub ru: &'static str,
    /// Kazakh.
    pub kk: &'static str,
}

/// A choice that the result depends on, printed with it.
pub type Convention = Option<Bilingual>;

/// A method of the registry.
pub struct Method {
    /// The name in `study.yaml`.
    pub name: &'static str,
    /// Its title in the field's terms.
    pub title: Bilingual,
    /// Its formulas, one for each member that it adds.
    pub members: &'static [(&'static str, &'static str)],
    /// What it refuses or leaves out, and what its result depends on.
    pub convention: Bilingual,
    /// Where it is described.
    pub literature: &'static str,
    /// Computes the members, or says why the series is not fit for it.
    pub run: fn(&Arc<Series>) -> Result<Vec<Series>, String>,
}

/// The values of a series along its periods, under the rest of the key.
pub type Lines<'a> = BTreeMap<Key, Vec<(Period, &'a Cell)>>;

/// Cuts a series into lines along its periods.
pub fn lines(series: &Series) -> Result<(usize, Lines<'_>), String> {
    let at = series.position(Role::Period).ok_or("needs a series over periods")?;
    let mut lines: Lines = BTreeMap::new();
    for (key, cell) in &series.cells {
        if let Some(Part::Period(period)) = key.0.get(at) {
            lines.entry(without(key, at)).or_default().push((*period, cell));
        }
    }
    Ok((at, lines))
}

/// Returns a key without one of its parts.
pub fn without(key: &Key, at: usize) -> Key {
    Key(key.0.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, part)| part.clone()).collect())
}

/// Returns a key with a period put in.
pub fn with_period(rest: &Key, at: usize, period: Period) -> Key {
    let mut key = rest.clone();
    key.0.insert(at, Part::Period(period));
    key
}

/// Returns the numbers of a line, or the reason of the first that is missing.
pub fn numbers<'a>(line: &[(Period, &'a Cell)]) -> Result<Vec<(Period, &'a Amount)>, Reason> {
    line.iter()
        .map(|(period, cell)| match &cell.value {
            Value::Amount(amount) => Ok((*period, amount)),
            Value::Missing(reason) => Err(*reason),
            _ => Err(Reason::Missing),
        })
        .collect()
}

/// A member under construction: a series that keeps or drops the period of its source.
pub struct Member {
    series: Series,
}

impl Member {
    /// Starts a member with the dimensions of its source.
    pub fn new(source: &Arc<Series>, name: &str, formula: &str, unit: Unit, class: Class, keep: Keep) -> Member {
        let analysis = source.path.split('.').next().unwrap_or_default();
        Member {
            series: Series {
                path: format!("{analysis}.{name}"),
                dimensions: source.dimensions.clone(),
                unit,
                class,
                own_units: BTreeMap::new(),
                formula: formula.to_owned(),
                convention: None,
                cells: BTreeMap::new(),
                lineage: Lineage::Series(vec![(Arc::clone(source), keep)]),
                members: Default::default(),
            },
        }
    }

    /// Drops a dimension.
    pub fn without(mut self, at: usize) -> Member {
        self.series.dimensions.remove(at);
        self
    }

    /// Keeps only some dimensions.
    pub fn over(mut self, dimensions: Vec<Dimension>) -> Member {
        self.series.dimensions = dimensions;
        self
    }

    /// Adds a value that rests on cells of the source.
    pub fn put<'a>(&mut self, key: Key, value: Value, rests_on: impl IntoIterator<Item = &'a Cell>) {
        self.series.cells.insert(key, Cell::resting_on(value, rests_on));
    }

    /// Returns the series.
    pub fn done(self) -> Series {
        self.series
    }
}

/// Returns a number as a value, or the reason of its absence.
pub fn value(amount: Option<Amount>, otherwise: Reason) -> Value {
    amount.map_or(Value::Missing(otherwise), Value::Amount)
}

/// Keeps the cell of the key and that of the period before.
pub fn with_previous(_: &Series, key: &Key, candidate: &Key) -> bool {
    near(key, candidate, |at, other| other == at || other == at.previous())
}

/// Keeps the cell of the key and that of the period after.
pub fn with_next(_: &Series, key: &Key, candidate: &Key) -> bool {
    near(key, candidate, |at, other| other == at || other == at.next())
}

/// Keeps the cell of the key and that of the first period.
pub fn with_first(source: &Series, key: &Key, candidate: &Key) -> bool {
    let first = source.cells.keys().filter_map(Key::period).min();
    near(key, candidate, |at, other| other == at || Some(other) == first)
}

/// Keeps the cells up to the key's period.
pub fn up_to(_: &Series, key: &Key, candidate: &Key) -> bool {
    near(key, candidate, |at, other| other <= at)
}

/// Keeps the whole line that a key without period stands for.
pub fn whole_line(_: &Series, key: &Key, candidate: &Key) -> bool {
    let rest: Vec<&Part> = candidate.0.iter().filter(|part| part.period().is_none()).collect();
    rest.len() == key.0.len() && rest.into_iter().eq(&key.0)
}

/// Keeps the cells of the key's period, whatever the territory.
pub fn same_period(_: &Series, key: &Key, candidate: &Key) -> bool {
    key.period() == candidate.period()
}

fn near(key: &Key, candidate: &Key, keep: impl Fn(Period, Period) -> bool) -> bool {
    let rest = |key: &Key| -> Vec<Part> { key.0.iter().filter(|part| part.period().is_none()).cloned().collect() };
    match (key.period(), candidate.period()) {
        (Some(at), Some(other)) => keep(at, other) && rest(key) == rest(candidate),
        _ => false,
    }
}
