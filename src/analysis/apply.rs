//! Apply: a method applied to series: cuts them into frames, runs the method on each, puts the results under keys.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::frame::{At, Column, Outcome};
use super::frames::{Observations, Observed, Pairing, Slice, stem};
use super::method::{Along, Method, Output, ResultUnit, Scope, Takes};
use super::step::Step;
use crate::catalog::Territories;
use crate::finding::{
    Basis, Cell, Class, Code, Dimension, Given, Key, Lineage, Part, Period, Reason, Role, Series, SeriesId, Status,
    Unit, Value,
};

/// What a role takes beside the series of the analysis.
#[derive(Clone, Debug)]
pub(super) enum Bound {
    /// The numbers of other series, at the same keys; several only where the role takes many.
    Series(Vec<Arc<Series>>),
    /// The name of the first set that holds the row's territory.
    Sets(Vec<(String, Vec<Code>)>),
}

/// A method to be applied, with all that it is given.
pub(super) struct Application<'a> {
    /// The method.
    pub method: &'static Method,
    /// The series of the analysis, which fills the first role.
    pub source: &'a Arc<Series>,
    /// The list of territories, which knows the countries.
    pub territories: &'a Territories,
    /// What the other roles take.
    pub bound: BTreeMap<String, Bound>,
    /// Its parameters.
    pub settings: BTreeMap<String, String>,
    /// The years before which the series is not comparable.
    pub breaks: Vec<i32>,
}

/// The role that takes the neighbours of each territory, as the list of territories names them.
const NEIGHBOURS: &str = "neighbours";

/// The parameter that names the periods before which the series is not comparable.
const BREAKS: &str = "breaks";

/// The series that fill the roles of numbers.
type Columns = Vec<(String, Arc<Series>)>;

/// What is wrong with an application: the setting or role, and the message.
pub(super) struct Misapplied {
    /// The parameter or role, where one is to blame.
    pub name: Option<String>,
    /// What is wrong.
    pub message: String,
}

impl Application<'_> {
    /// Runs the method on all frames and returns its members, and between which periods a method over time finds no row.
    pub(super) fn members(&self) -> Result<(Vec<Series>, Vec<String>), Misapplied> {
        let axes = self.axes()?;
        let pairing = self.pairing()?;
        self.roles_bound()?;
        let (keys, observations, columns) = self.observations(&axes);
        let refused = self.refused();
        let mut members: Vec<Series> = self.method.outputs.iter().map(|output| self.member(output, &axes)).collect();
        let slices = observations.cut(self.method, pairing);
        let over_time = slices.iter().filter(|_| self.method.along == Along::Time);
        let gaps = over_time.flat_map(Slice::gaps).collect();
        for mut slice in slices {
            let blame = |(name, message)| Misapplied { name: Some(name), message };
            slice.frame.set(self.method, &self.own_settings()).map_err(blame)?;
            let given = Arc::new(self.given(&slice, &keys, &columns));
            let found = match self.method.found(&slice.frame) {
                Ok(found) => found,
                Err(reason) => self.nothing(&slice, reason),
            };
            let rest = self.rest(&slice, &keys, &axes);
            let whole = LazyCell::new(|| Cell::resting_on(Value::Missing(Reason::Missing), given.cells(&Basis::All)));
            for outcome in found {
                let at = self.method.outputs.iter().position(|output| output.name == outcome.name);
                let Some(member) = at.and_then(|at| members.get_mut(at)) else {
                    return Err(undeclared(outcome.name, "result"));
                };
                let key = match &outcome.at {
                    At::Whole => rest.clone(),
                    At::Row(row) => match slice.rows.get(*row) {
                        Some(row) => keys[*row].clone(),
                        None => return Err(undeclared(outcome.name, "row")),
                    },
                    At::Member(part) => {
                        let mut key = rest.clone();
                        // A unit of a matrix is labelled by its key.
                        let unit = match (self.method.along, part, axes.first()) {
                            (Along::Flows, Part::Category(label), Some(at)) => self.source.dimensions[*at].part(label),
                            _ => None,
                        };
                        let part = unit.unwrap_or_else(|| part.clone());
                        key.0.insert(axes.first().copied().unwrap_or(0).min(key.0.len()), part);
                        key
                    }
                };
                let cell = match &outcome.basis {
                    Basis::All => Cell::clone(&whole),
                    basis => Cell::resting_on(Value::Missing(Reason::Missing), given.cells(basis)),
                };
                let value = refused.map_or(outcome.value, Value::Missing);
                member.cells.insert(key.clone(), Cell { value, ..cell });
                if let Lineage::Method(cells) = &mut member.lineage {
                    cells.insert(key, (Arc::clone(&given), outcome.basis));
                }
            }
        }
        for (member, output) in members.iter_mut().zip(self.method.outputs) {
            self.member_dimension(member, output, &axes);
        }
        Ok((members, gaps))
    }

    /// Returns the positions of the dimensions that run along the rows of a frame.
    fn axes(&self) -> Result<Vec<usize>, Misapplied> {
        let along = |role: Role| -> Vec<usize> {
            let dimensions = self.source.dimensions.iter().enumerate();
            dimensions.filter(|(_, dimension)| dimension.role == role).map(|(at, _)| at).collect()
        };
        let wrong = |message: &str| Err(Misapplied { name: None, message: message.to_owned() });
        match self.method.along {
            Along::Time => match along(Role::Period).first() {
                Some(at) => Ok(vec![*at]),
                None => wrong("needs a series over periods"),
            },
            Along::Units | Along::TwoPeriods => {
                let units = along(Role::Territory).first().copied().or(along(Role::Category).first().copied());
                let Some(unit) = units else { return wrong("needs a series over territories") };
                let periods = self.method.along != Along::TwoPeriods || !along(Role::Period).is_empty();
                if periods { Ok(vec![unit]) } else { wrong("needs a series over periods") }
            }
            Along::Flows => match along(Role::Territory)[..] {
                [origin, destination, ..] => Ok(vec![origin, destination]),
                _ => wrong("needs a series over origins and destinations"),
            },
            Along::Rows => Ok((0..self.source.dimensions.len()).collect()),
        }
    }

    /// Reads which period is the base of another, unless the method has a parameter of its own of that name.
    fn pairing(&self) -> Result<Pairing, Misapplied> {
        let Some(text) = self.settings.get("base").filter(|_| self.pairs()) else { return Ok(Pairing::Previous) };
        let message = format!("`base` takes one of previous, first, not `{text}`");
        Pairing::parse(text).ok_or(Misapplied { name: Some("base".to_owned()), message })
    }

    fn pairs(&self) -> bool {
        self.method.along == Along::TwoPeriods && !self.method.params.iter().any(|param| param.name == "base")
    }

    fn own_settings(&self) -> BTreeMap<String, String> {
        let own = self.settings.iter().filter(|(name, _)| !(self.pairs() && name.as_str() == "base"));
        let own = own.map(|(name, text)| (name.clone(), text.clone()));
        let asked = self.method.params.iter().any(|param| param.name == BREAKS);
        let years: Vec<String> = self.breaks.iter().map(i32::to_string).collect();
        // Breaks belong to the series: a method that asks for them knows them.
        Some((BREAKS.to_owned(), years.join(","))).filter(|_| asked).into_iter().chain(own).collect()
    }

    /// Returns the name that the series of the analysis is bound under.
    fn main_role(&self) -> &'static str {
        let first = self.method.roles.iter().find(|role| role.takes != Takes::Label);
        let name = first.map_or("value", |role| role.name);
        if self.method.along == Along::TwoPeriods { stem(name) } else { name }
    }

    /// Every role that must be bound is, and no other.
    fn roles_bound(&self) -> Result<(), Misapplied> {
        let wrong = |name: &str, message: String| Err(Misapplied { name: Some(name.to_owned()), message });
        let known = |name: &str| {
            self.method
                .roles
                .iter()
                .any(|role| role.name == name || (self.method.along == Along::TwoPeriods && stem(role.name) == name))
        };
        for name in self.bound.keys() {
            let many = self.method.roles.iter().any(|role| role.name == name && role.many);
            if !known(name) || (name == self.main_role() && !many) {
                let names: Vec<&str> = self.method.roles.iter().map(|role| role.name).collect();
                return wrong(name, format!("`{name}` is no other role of the method: it has {}", names.join(", ")));
            }
            if !many && matches!(self.bound.get(name), Some(Bound::Series(several)) if several.len() > 1) {
                return wrong(name, format!("its role `{name}` takes one series"));
            }
        }
        for role in self.method.roles.iter().filter(|role| !role.optional) {
            let by_flow = self.method.along == Along::Flows && ["origin", "destination"].contains(&role.name);
            let given = |name: &str| name == self.main_role() || self.bound.contains_key(name);
            let needs_map = self.method.roles.iter().any(|role| role.name == NEIGHBOURS);
            let by_map = needs_map && ["unit", NEIGHBOURS].contains(&role.name);
            if by_map && !self.neighbours_are_known() {
                let hint = "say `neighbours: [CODE, …]` of the borders of each territory in data/territories.yaml";
                return wrong(NEIGHBOURS, hint.to_owned());
            }
            let at_two_periods = self.method.along == Along::TwoPeriods && given(stem(role.name));
            if !(by_flow || by_map || at_two_periods || given(role.name)) {
                let hint = format!("say what its role `{}` takes: `bind: {{{}: …}}`", role.name, self.method.name);
                return wrong(role.name, hint);
            }
        }
        Ok(())
    }

    /// Returns the reason for which the class of the measure rules the method out.
    pub(super) fn refused(&self) -> Option<Reason> {
        let class_of = |name: &str| match self.bound.get(name).or(self.bound.get(stem(name))) {
            Some(Bound::Series(several)) => several
                .iter()
                .find(|series| series.class == Class::Signed)
                .or(several.first())
                .map_or(Class::Level, |series| series.class),
            Some(Bound::Sets(_)) => Class::Level,
            None => self.source.class,
        };
        let signed = self.method.roles.iter().any(|role| {
            matches!(role.takes, Takes::NonNegative | Takes::Positive)
                && (role.name == self.main_role()
                    || stem(role.name) == self.main_role()
                    || self.bound.contains_key(role.name))
                && class_of(role.name) == Class::Signed
        });
        signed.then_some(Reason::MixedSign)
    }

    /// Finds two territories that the method would compare or add up though one is counted in the other.
    pub(super) fn counted_twice(&self) -> Option<(Code, Code)> {
        let axes = self.axes().ok().filter(|_| self.compares())?;
        axes.iter().find_map(|at| {
            let mut together: BTreeMap<Key, Vec<&Code>> = BTreeMap::new();
            for (key, _) in self.source.cells.iter().filter(|(key, cell)| self.keeps(&axes, key, cell)) {
                together.entry(without(key, *at)).or_default().extend(key.0.get(*at).and_then(Part::territory));
            }
            let (one, other) = together.values().find_map(|codes| self.territories.overlapping(codes))?;
            Some((one.clone(), other.clone()))
        })
    }

    fn compares(&self) -> bool {
        matches!(self.method.along, Along::Units | Along::TwoPeriods | Along::Flows)
    }

    /// Comparisons leave out the country, the total of a category, and what was assigned by judgement.
    fn keeps(&self, axes: &[usize], key: &Key, cell: &Cell) -> bool {
        !self.compares() || (cell.status != Status::Inferred && !axes.iter().any(|at| self.is_whole(key, *at)))
    }

    /// Returns true where a key is that of the country, or of the member that is declared the total of the others.
    fn is_whole(&self, key: &Key, at: usize) -> bool {
        let (Some(part), Some(dimension)) = (key.0.get(at), self.source.dimensions.get(at)) else { return false };
        part.territory().is_some_and(|code| self.territories.is_country(code)) || dimension.is_total(part)
    }

    /// Brings the series into long form.
    fn observations(&self, axes: &[usize]) -> (Vec<Key>, Observations, Columns) {
        let kept = |key: &Key, cell: &Cell| self.keeps(axes, key, cell);
        let keys: Vec<Key> =
            self.source.cells.iter().filter(|(key, cell)| kept(key, cell)).map(|(key, _)| key.clone()).collect();
        let period_at = self.source.position(Role::Period);
        let joins = self.method.along == Along::TwoPeriods;
        let mut observations = Observations::default();
        for key in &keys {
            let inside = |at: usize| axes.contains(&at) || (joins && Some(at) == period_at);
            let outside = |at: usize| !inside(at);
            let by = if self.method.along == Along::Rows { Vec::new() } else { parts(key, outside) };
            let unit = axes.first().and_then(|at| key.0.get(*at)).cloned();
            observations.observed.push(Observed { by, unit, period: key.period() });
        }
        let mut columns = vec![(self.main_role().to_owned(), Arc::clone(self.source))];
        for (role, bound) in &self.bound {
            match bound {
                Bound::Series(several) => {
                    columns.extend(several.iter().map(|series| (role.clone(), Arc::clone(series))));
                }
                Bound::Sets(sets) => {
                    let label = |key: &Key| {
                        let holds =
                            |codes: &Vec<Code>| key.territory().is_some_and(|code| codes.contains(&code.plain()));
                        sets.iter().find(|(_, codes)| holds(codes)).map_or("", |(name, _)| name.as_str()).to_owned()
                    };
                    observations.labels.insert(role.clone(), keys.iter().map(label).collect());
                }
            }
        }
        if self.method.roles.iter().any(|role| role.name == NEIGHBOURS) {
            let (units, neighbours) = self.map(&keys);
            observations.labels.insert("unit".to_owned(), units);
            observations.labels.insert(NEIGHBOURS.to_owned(), neighbours);
        }
        if let Some(total) = self.own_total() {
            columns.push(("total".to_owned(), total));
        }
        for (role, series) in &columns {
            let value = |key: &Key| match self.key_in(role, series, key).and_then(|key| series.cells.get(&key)) {
                Some(Cell { value: Value::Amount(amount), .. }) => Ok(amount.clone()),
                Some(Cell { value: Value::Missing(reason), .. }) => Err(*reason),
                _ => Err(Reason::Missing),
            };
            let values = keys.iter().map(value).collect();
            let column = Column::new(&series.id.to_string(), series.unit, values);
            observations.numbers.entry(role.clone()).or_default().push(column);
        }
        if self.method.along == Along::Flows {
            for (role, at) in ["origin", "destination"].iter().zip(axes) {
                let labels = keys.iter().map(|key| key.0[*at].to_string()).collect();
                observations.labels.insert((*role).to_owned(), labels);
            }
        }
        (keys, observations, columns)
    }

    /// Returns true where the method may be given the neighbours of territories.
    fn neighbours_are_known(&self) -> bool {
        self.source.position(Role::Territory).is_some() && self.territories.knows_neighbours()
    }

    /// Returns the territory of each key, and its neighbours among the territories of the same period: those that name
    /// each other, each in the borders that it has there.
    fn map(&self, keys: &[Key]) -> (Vec<String>, Vec<String>) {
        let there: BTreeMap<(Option<Period>, Code), &Code> =
            keys.iter().filter_map(|key| key.territory().map(|code| ((key.period(), code.plain()), code))).collect();
        let neighbours = |key: &Key| {
            let Some(code) = key.territory() else { return String::new() };
            let named = self.territories.neighbours(code, key.period()).iter();
            let mutual = named.filter(|other| {
                let other = there.get(&(key.period(), (*other).clone()));
                other.is_some_and(|other| self.territories.neighbours(other, key.period()).contains(&code.plain()))
            });
            mutual.map(Code::to_string).collect::<Vec<_>>().join(", ")
        };
        let unit = |key: &Key| key.territory().map_or_else(String::new, |code| code.plain().to_string());
        (keys.iter().map(unit).collect(), keys.iter().map(neighbours).collect())
    }

    /// A method over units that takes a total is given that of the country or of the category, where the series holds it.
    fn own_total(&self) -> Option<Arc<Series>> {
        let wanted = self.method.along == Along::Units
            && self.method.roles.iter().any(|role| role.name == "total")
            && !self.bound.contains_key("total");
        (wanted && self.whole().is_some()).then(|| Arc::clone(self.source))
    }

    /// Finds what the units of the series are parts of, and along which dimension.
    fn whole(&self) -> Option<(usize, Part)> {
        let at = self.axes().ok()?.first().copied()?;
        let key = self.source.cells.keys().find(|key| self.is_whole(key, at))?;
        Some((at, key.0.get(at)?.clone()))
    }

    /// Finds the key under which another series holds what belongs to a key of the analysis.
    fn key_in(&self, role: &str, series: &Arc<Series>, key: &Key) -> Option<Key> {
        if role == "total" && Arc::ptr_eq(series, self.source) {
            let (at, whole) = self.whole()?;
            let mut total = key.clone();
            total.0[at] = whole;
            return Some(total);
        }
        if Arc::ptr_eq(series, self.source) {
            return Some(key.clone());
        }
        let part = |wanted: &Dimension| {
            let at = self.source.dimensions.iter().position(|dimension| dimension.name == wanted.name);
            key.0.get(at.or_else(|| self.source.position(wanted.role))?).cloned()
        };
        series.dimensions.iter().map(part).collect::<Option<Vec<Part>>>().map(Key)
    }

    /// Says which cells a frame was made of.
    fn given(&self, slice: &Slice, keys: &[Key], columns: &[(String, Arc<Series>)]) -> Given {
        let mut given = Given::default();
        for (role, series) in columns {
            let held = |row: &usize| {
                let key = self.key_in(role, series, &keys[*row])?;
                series.cells.contains_key(&key).then_some(key)
            };
            given.columns.push((Arc::clone(series), slice.rows.iter().map(held).collect()));
            if let Some(base) = &slice.base {
                let earlier = base.iter().map(|row| row.as_ref().and_then(held)).collect();
                given.columns.push((Arc::clone(series), earlier));
            }
        }
        given
    }

    /// Returns the key of a whole frame: that of its rows without the dimensions that run along them.
    fn rest(&self, slice: &Slice, keys: &[Key], axes: &[usize]) -> Key {
        let first = slice.rows.first().map(|row| &keys[*row]);
        first.map_or_else(|| Key(slice.by.clone()), |key| Key(parts(key, |at| !axes.contains(&at))))
    }

    /// Gives every result of a frame the same reason for being missing.
    fn nothing(&self, slice: &Slice, reason: Reason) -> Vec<Outcome> {
        let mut all = Vec::new();
        for output in self.method.outputs {
            match output.scope {
                Scope::Whole => all.push(Outcome::whole(output.name, reason)),
                Scope::Row => all.extend((0..slice.rows.len()).map(|row| Outcome::row(output.name, row, reason))),
                Scope::Member => {}
            }
        }
        all
    }

    /// Starts a member: a series without cells.
    fn member(&self, output: &Output, axes: &[usize]) -> Series {
        let dimensions = match output.scope {
            Scope::Row => self.source.dimensions.clone(),
            Scope::Whole | Scope::Member => {
                let kept = self.source.dimensions.iter().enumerate().filter(|(at, _)| !axes.contains(at));
                kept.map(|(_, dimension)| dimension.clone()).collect()
            }
        };
        Series {
            id: SeriesId { name: Arc::clone(&self.source.id.name), member: output.name.into() },
            dimensions,
            unit: self.unit(output.unit),
            class: self.class(output),
            own_units: BTreeMap::new(),
            half_units: BTreeMap::new(),
            formula: output.formula.to_owned(),
            convention: self.convention(),
            cells: BTreeMap::new(),
            lineage: Lineage::Method(BTreeMap::new()),
            members: Default::default(),
        }
    }

    /// Gives a member that is told apart by what the method finds the dimension of that.
    fn member_dimension(&self, member: &mut Series, output: &Output, axes: &[usize]) {
        if output.scope != Scope::Member {
            return;
        }
        let at = axes.first().copied().unwrap_or(0).min(member.dimensions.len());
        let dimension = match member.cells.keys().next().and_then(|key| key.0.get(at)) {
            Some(Part::Territory(_)) => Dimension::new("territory", Role::Territory),
            Some(Part::Period(_)) => Dimension::new("period", Role::Period),
            _ => Dimension::new("member", Role::Category),
        };
        member.dimensions.insert(at, dimension);
    }

    /// Returns the series that a role takes.
    fn series(&self, role: &str) -> &Arc<Series> {
        match self.bound.get(role).or(self.bound.get(stem(role))) {
            Some(Bound::Series(several)) => several.first().unwrap_or(self.source),
            _ => self.source,
        }
    }

    fn unit(&self, unit: ResultUnit) -> Unit {
        // A slope is per period, and only whole years make it one a year.
        let yearly = || {
            let periods: Option<Vec<Period>> = self.source.cells.keys().map(Key::period).collect();
            periods.is_some_and(|periods| matches!(Step::of(&periods), Step::Year | Step::Row))
        };
        match unit {
            ResultUnit::PerYear(role) if !yearly() => self.series(role).unit.of_difference(),
            unit => unit.of(|role| self.series(role).unit),
        }
    }

    fn class(&self, output: &Output) -> Class {
        match (output.class, output.unit) {
            (Some(class), _) => class,
            (None, ResultUnit::Of(role)) => self.series(role).class,
            (None, _) => Class::Signed,
        }
    }

    /// Names the method with the parameters that differ from their defaults.
    fn convention(&self) -> Option<String> {
        let set: Vec<String> = self.settings.iter().map(|(name, text)| format!("{name} = {text}")).collect();
        let set = if set.is_empty() { String::new() } else { format!(" ({})", set.join(", ")) };
        Some(format!("{}{set}", self.method.name))
    }
}

impl ResultUnit {
    /// Returns the unit, given those of the roles.
    pub fn of(self, role: impl Fn(&str) -> Unit) -> Unit {
        match self {
            ResultUnit::Fixed(unit) => unit,
            ResultUnit::Of(name) => role(name),
            ResultUnit::DifferenceOf(name) => role(name).of_difference(),
            ResultUnit::PerYear(name) => match role(name) {
                Unit::Persons => Unit::PersonsPerYear,
                other => other.of_difference(),
            },
        }
    }
}

/// Says that a method gives what it does not have.
fn undeclared(name: &str, what: &str) -> Misapplied {
    Misapplied { name: None, message: format!("gives `{name}` for a {what} that it does not have") }
}

/// Returns the parts of a key at some positions.
fn parts(key: &Key, kept: impl Fn(usize) -> bool) -> Vec<Part> {
    key.0.iter().enumerate().filter(|(at, _)| kept(*at)).map(|(_, part)| part.clone()).collect()
}

/// Returns a key without one of its parts.
pub(super) fn without(key: &Key, at: usize) -> Key {
    Key(parts(key, |other| other != at))
}
