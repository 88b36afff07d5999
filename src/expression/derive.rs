//! Derive: what a finding is called and what it rests on, worked out when somebody asks.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::evaluate::evaluate;
use super::select::{in_order, pick, resolved, select, series_of, typed_along};
use super::{Domain, Edge, Expr, Item, Kind, Material, Path, Selector};
use crate::finding::{
    Amount, Cell, Derivation, FindingId, Input, Key, Lineage, Part, Period, Reason, Series, VALUE, Value,
};

/// More cells of one series than this went in as one list, where there is an expression that picks them and no other.
const MOST_INPUTS: usize = 12;

/// Names what an expression asks for, with `last`, `first` and ranges resolved, so that it means the same in every edition.
pub fn identify<D: Domain>(expr: &Expr, material: &dyn Material<D>) -> FindingId {
    if let Kind::Path(path) = &expr.kind
        && !is_named(path, material)
        && let Some(series) = series_of(path, material)
        && let Ok(selection) = select(&series, path, &expr.span, material)
        && let Some(key) = selection.single
    {
        return FindingId::Cell(series.id.clone(), key);
    }
    FindingId::Expression(Arc::new(rewrite(expr, &|path| rewrite_path(path, material))))
}

/// Reads the words in brackets as the keys that they mean, each where it means one; the rest stands as it is written.
pub fn typed<D: Domain>(expr: &Expr, material: &dyn Material<D>) -> Expr {
    rewrite(expr, &|path| {
        let series = material.names().series(&path.name, path.member.as_deref().unwrap_or(VALUE));
        let mut path = series.as_ref().map_or_else(|| path.clone(), |series| in_order(series, path).into_owned());
        if let (Some(series), Some(selectors)) = (series, &mut path.selectors) {
            selectors.iter_mut().enumerate().for_each(|(at, items)| typed_along(&series, at, items, material));
        }
        path
    })
}

fn is_named<D: Domain>(path: &Path, material: &dyn Material<D>) -> bool {
    path.is_bare() && material.names().named(&path.name).is_some()
}

fn rewrite(expr: &Expr, path: &dyn Fn(&Path) -> Path) -> Expr {
    let kind = match &expr.kind {
        Kind::Path(own) => Kind::Path(path(own)),
        Kind::Call(name, arguments) => Kind::Call(name.clone(), arguments.iter().map(|a| rewrite(a, path)).collect()),
        Kind::Unary(operator, inner) => Kind::Unary(*operator, Box::new(rewrite(inner, path))),
        Kind::Binary(operator, a, b) => Kind::Binary(*operator, Box::new(rewrite(a, path)), Box::new(rewrite(b, path))),
        Kind::Number(_) | Kind::Key(_) => expr.kind.clone(),
    };
    Expr { kind, span: expr.span.clone() }
}

fn rewrite_path<D: Domain>(path: &Path, material: &dyn Material<D>) -> Path {
    if is_named(path, material) {
        return path.clone();
    }
    let member = path.member.as_deref().unwrap_or(VALUE);
    let Some(series) = material.names().series(&path.name, member) else { return path.clone() };
    let path = in_order(&series, path).into_owned();
    let selectors = path.selectors.as_ref().map(|selectors| resolved(&series, selectors, material));
    Path { member: Some(member.to_owned()), selectors, ..path }
}

/// Works out how a finding was reached: its formula and what went in.
pub fn derivation<D: Domain>(id: &FindingId, material: &dyn Material<D>) -> Derivation {
    match id {
        FindingId::Cell(series, key) => match material.names().series(&series.name, &series.member) {
            Some(series) => of_cell(&series, key, material),
            None => Derivation::default(),
        },
        FindingId::Expression(expr) => of_expression(expr, material),
    }
}

/// Finds what leaves a finding without a value: the first cell on its ways that is missing, as far down as there is one.
pub fn lacking(id: &FindingId, material: &dyn Material<Amount>) -> Option<FindingId> {
    /// A way leads through tables, analyses and named findings, and ends long before.
    const DEEPEST: usize = 32;
    let mut found: Option<FindingId> = None;
    for _ in 0..DEEPEST {
        let inputs = derivation(found.as_ref().unwrap_or(id), material).inputs;
        let mut inputs = inputs.iter().map(|input| match input {
            Input::Finding(own) | Input::Cell(_, own) => own,
        });
        let next = inputs.find_map(|own| missing(own, material)).filter(|next| Some(next) != found.as_ref());
        if next.is_none() {
            break;
        }
        found = next;
    }
    found
}

/// The finding itself where it has no value, or the first such cell of a list.
fn missing(id: &FindingId, material: &dyn Material<Amount>) -> Option<FindingId> {
    let is_gap = |cell: &Cell| matches!(cell.value, Value::Missing(reason) if reason != Reason::NotApplicable);
    match id {
        FindingId::Cell(series, key) => {
            let own = material.names().series(&series.name, &series.member)?;
            own.cells.get(key).is_none_or(is_gap).then(|| id.clone())
        }
        FindingId::Expression(expr) => match pick(expr, material) {
            Ok(Some(picked)) => {
                let gap = picked.cells.iter().find(|(_, cell)| is_gap(cell));
                gap.map(|(key, _)| FindingId::Cell(picked.series.id.clone(), key.clone()))
            }
            _ => evaluate(expr, material).ok().filter(|term| is_gap(&term.cell)).map(|_| id.clone()),
        },
    }
}

fn of_expression<D: Domain>(expr: &Expr, material: &dyn Material<D>) -> Derivation {
    let mut inputs = Inputs::default();
    if let Kind::Path(path) = &expr.kind {
        if let Some(named) = material.names().named(&path.name).filter(|_| path.is_bare()) {
            return match identify(named, material) {
                FindingId::Expression(named) => of_expression(&named, material),
                cell => Derivation { formula: cell.to_string(), convention: None, inputs: vec![Input::Finding(cell)] },
            };
        }
        // A list is its cells.
        inputs.of_path(path, expr, usize::MAX, material);
    } else {
        inputs.collect(expr, None, material);
    }
    Derivation {
        formula: rewrite(expr, &|path| rewrite_path(path, material)).to_string(),
        convention: None,
        inputs: inputs.all,
    }
}

fn of_cell<D: Domain>(series: &Series, key: &Key, material: &dyn Material<D>) -> Derivation {
    let mut inputs = Inputs::default();
    match &series.lineage {
        Lineage::Files(cells) => {
            inputs.all.extend(cells.get(key).map(|cell| Input::Cell(cell.clone(), series.finding(key))));
        }
        Lineage::Sums(source, keys) => {
            let input = |key: &Key| match &source.lineage {
                Lineage::Files(cells) => Some(Input::Cell(cells.get(key)?.clone(), source.finding(key))),
                _ => Some(Input::Finding(source.finding(key))),
            };
            inputs.all.extend(keys.get(key).into_iter().flatten().filter_map(input));
        }
        Lineage::Method(given) => {
            let rows = given.get(key).into_iter().flat_map(|(given, basis)| given.rows(basis));
            rows.for_each(|(series, keys)| inputs.of_series(series, &keys, MOST_INPUTS));
        }
        Lineage::Expression(expr) => {
            let named: Vec<_> =
                series.dimensions.iter().zip(&key.0).map(|(d, part)| (d.name.as_str(), part.clone())).collect();
            inputs.collect(expr, Some(&named), material);
        }
    }
    Derivation { formula: series.formula.clone(), convention: series.convention.clone(), inputs: inputs.all }
}

/// The findings that are read, each once, in the order of the text.
#[derive(Default)]
struct Inputs {
    all: Vec<Input>,
    seen: BTreeSet<FindingId>,
    /// The named findings that were gone through: what they read a second time is there already.
    named: BTreeSet<String>,
}

impl Inputs {
    /// Gathers what an expression reads; `at` narrows it to the parts of one key.
    fn collect<D: Domain>(&mut self, expr: &Expr, at: Option<&[(&str, Part)]>, material: &dyn Material<D>) {
        match &expr.kind {
            Kind::Number(_) | Kind::Key(_) => {}
            Kind::Call(_, arguments) => arguments.iter().for_each(|argument| self.collect(argument, at, material)),
            Kind::Unary(_, inner) => self.collect(inner, at, material),
            Kind::Binary(_, a, b) => {
                self.collect(a, at, material);
                self.collect(b, at, material);
            }
            Kind::Path(path) if is_named(path, material) => match at {
                // A key that narrows the whole narrows what the name stands for, which has no name then.
                Some(_) if !self.named.insert(path.name.clone()) => {}
                Some(_) => {
                    material.names().named(&path.name).into_iter().for_each(|named| self.collect(named, at, material))
                }
                None => self.put(identify(expr, material)),
            },
            Kind::Path(path) => self.narrowed(path, expr, at, material),
        }
    }

    fn narrowed<D: Domain>(
        &mut self,
        path: &Path,
        expr: &Expr,
        at: Option<&[(&str, Part)]>,
        material: &dyn Material<D>,
    ) {
        let Some(at) = at else { return self.of_path(path, expr, MOST_INPUTS, material) };
        let Some(series) = series_of(path, material) else { return };
        let Ok(selection) = select(&series, path, &expr.span, material) else { return };
        let keep = |key: &&Key| {
            series
                .dimensions
                .iter()
                .zip(&key.0)
                .all(|(dimension, part)| at.iter().all(|(name, wanted)| *name != dimension.name || wanted == part))
        };
        let keys: Vec<&Key> = selection.cells.iter().map(|(key, _)| *key).filter(keep).collect();
        self.of_series(&series, &keys, MOST_INPUTS);
    }

    /// Gathers the cells that a path picks.
    fn of_path<D: Domain>(&mut self, path: &Path, expr: &Expr, most: usize, material: &dyn Material<D>) {
        let Some(series) = series_of(path, material) else { return };
        let Ok(selection) = select(&series, path, &expr.span, material) else { return };
        if selection.single.is_none() && selection.cells.len() > most {
            return self.put(identify(expr, material));
        }
        selection.cells.iter().for_each(|(key, _)| self.put(series.finding(key)));
    }

    /// Gathers cells of a series: one by one, or as one list where they are many.
    fn of_series(&mut self, series: &Series, keys: &[&Key], most: usize) {
        match Some(keys).filter(|keys| keys.len() > most).and_then(|keys| list_of(series, keys)) {
            Some(list) => self.put(FindingId::Expression(Arc::new(list))),
            None => keys.iter().for_each(|key| self.put(series.finding(key))),
        }
    }

    fn put(&mut self, id: FindingId) {
        if self.seen.insert(id.clone()) {
            self.all.push(Input::Finding(id));
        }
    }
}

/// Returns the path that picks these cells of a series and no others, where there is one.
fn list_of(series: &Series, keys: &[&Key]) -> Option<Expr> {
    let along = |at: usize| -> BTreeSet<&Part> { keys.iter().filter_map(|key| key.0.get(at)).collect() };
    let picked: Vec<BTreeSet<&Part>> = (0..series.dimensions.len()).map(along).collect();
    let is_picked = |key: &&Key| key.0.iter().zip(&picked).all(|(part, picked)| picked.contains(part));
    let exact = series.cells.keys().filter(is_picked).count() == keys.len();
    let selector = |(at, parts): (usize, &BTreeSet<&Part>)| selector(parts, series.members_along(at)?);
    let selectors = picked.iter().enumerate().map(selector).collect::<Option<Vec<Selector>>>().filter(|_| exact)?;
    let (name, member) = (series.id.name.to_string(), Some(series.id.member.to_string()));
    Some(Expr { kind: Kind::Path(Path { name, member, selectors: Some(selectors), along: Vec::new() }), span: 0..0 })
}

/// Returns the shortest selector of some of the parts of a dimension.
fn selector(picked: &BTreeSet<&Part>, members: &BTreeSet<Part>) -> Option<Selector> {
    if picked.len() == 1 {
        return picked.first().map(|part| vec![Item::Part((*part).clone())]);
    }
    if picked.len() == members.len() {
        return Some(vec![Item::All]);
    }
    let ends: Option<(Period, Period)> =
        picked.first().and_then(|p| p.period()).zip(picked.last().and_then(|p| p.period()));
    let within = |(from, to): (Period, Period)| {
        let inside = |period: Period| period.first_day() >= from.first_day() && period.last_day() <= to.last_day();
        members.iter().filter(|part| part.period().is_some_and(inside)).count() == picked.len()
    };
    Some(match ends.filter(|ends| within(*ends)) {
        Some((from, to)) => vec![Item::Span(Edge::At(from), Edge::At(to))],
        None => picked.iter().map(|part| Item::Part((*part).clone())).collect(),
    })
}
