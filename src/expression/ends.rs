//! Ends: which period the words `last` and `first` of an expression mean, and whether it pairs different ones.

use std::collections::BTreeSet;

use super::select::{NOTHING, in_order, series_of};
use super::{Edge, Expr, Item, Kind, Material, Path};
use crate::finding::{Amount, Lineage, Part, Period, Role, Series, SeriesId};

/// The period that `last` or `first` means in a series.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct End {
    /// The word.
    pub word: &'static str,
    /// The series.
    pub series: SeriesId,
    /// The period.
    pub period: Period,
    /// Whether its figures hold on the first day of the period, so that they end the one before it.
    pub is_stock: bool,
    /// Whether it is the end of a span, whose figures are added up over time.
    pub is_of_span: bool,
}

impl End {
    /// Returns true where both speak of one time: one period within the other, or a stock and the period that it ends. What
    /// happened in a span leads to the stock at its end, and to no other.
    fn meets(&self, other: &End) -> bool {
        let within = |a: Period, b: Period| a.contains(b) || b.contains(a);
        let eve = |end: &End| if end.is_stock { end.period.previous() } else { end.period };
        let leads = self.is_stock != other.is_stock && within(eve(self), eve(other));
        let spans = |one: &End, other: &End| one.is_of_span && !one.is_stock && other.is_stock && one.word == "last";
        let is_alike = !spans(self, other) && !spans(other, self) && within(self.period, other.period);
        leads || is_alike
    }
}

/// Lists what `last` and `first` mean in an expression and in all that it rests on; what pairs different periods
/// itself is left out, because it was told where it is written.
pub fn ends(expr: &Expr, material: &dyn Material<Amount>) -> BTreeSet<End> {
    let mut found = Ends { material, seen: BTreeSet::new(), all: BTreeSet::new(), is_summed: false };
    found.of(expr);
    found.all
}

/// Lists what `last` and `first` mean in all that a series rests on.
pub fn ends_below(series: &Series, material: &dyn Material<Amount>) -> BTreeSet<End> {
    let mut found = Ends { material, seen: BTreeSet::new(), all: BTreeSet::new(), is_summed: false };
    found.below(series);
    found.all
}

/// Finds two series of which one word means different periods; one within the other is none.
pub fn mixed(ends: &BTreeSet<End>) -> Option<(&End, &End)> {
    let differ = |a: &End, b: &End| a.word == b.word && !a.meets(b);
    ends.iter().find_map(|one| Some((one, ends.iter().find(|other| differ(one, other))?)))
}

/// A span of periods that reaches beyond what its series holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beyond {
    /// The span as it is written.
    pub span: String,
    /// The series.
    pub series: SeriesId,
    /// The first period that the series holds.
    pub first: Period,
    /// The last one.
    pub last: Period,
}

/// Lists the spans of an expression itself that reach beyond their series, so that fewer periods are taken than are named.
pub fn beyond(expr: &Expr, material: &dyn Material<Amount>) -> Vec<Beyond> {
    expr.paths().into_iter().filter_map(|path| beyond_of(path, material)).flatten().collect()
}

fn beyond_of(path: &Path, material: &dyn Material<Amount>) -> Option<Vec<Beyond>> {
    let series = series_of(path, material)?;
    let path = in_order(&series, path);
    let mut found = Vec::new();
    for (at, selector) in path.selectors.iter().flatten().enumerate() {
        let periods = || series.members_along(at).unwrap_or(&NOTHING).iter().filter_map(Part::period);
        let (Some(first), Some(last)) = (periods().next(), periods().next_back()) else { continue };
        let reaches = |item: &&Item| match item {
            Item::Span(from, to) => {
                let before = matches!(from, Edge::At(from) if from.last_day() < first.first_day());
                before || matches!(to, Edge::At(to) if to.first_day() > last.last_day())
            }
            _ => false,
        };
        let told = |item: &Item| Beyond { span: item.to_string(), series: series.id.clone(), first, last };
        found.extend(selector.iter().filter(reaches).map(told));
    }
    Some(found)
}

/// Finds the stocks of several periods that an expression adds up and prints: persons counted once a year are no persons.
/// Under a ratio such a sum is that of the years that were lived, and means something.
pub fn added_stock(expr: &Expr, material: &dyn Material<Amount>) -> Option<SeriesId> {
    let Kind::Call(name, arguments) = &expr.kind else { return None };
    let ([Expr { kind: Kind::Path(path), .. }], "sum") = (arguments.as_slice(), name.as_str()) else { return None };
    let series = series_of(path, material).filter(|series| &*series.id.member == "value")?;
    let path_in_order = in_order(&series, path);
    let several = path_in_order.selectors.iter().flatten().enumerate().any(|(at, selector)| {
        let is_period = series.dimensions.get(at).is_some_and(|dimension| dimension.role == Role::Period);
        let held = series.members_along(at).map_or(0, BTreeSet::len);
        is_period && held > 1 && matches!(selector.as_slice(), [Item::Span(..) | Item::All] | [_, _, ..])
    });
    (several && material.names().is_stock(&path.name)).then(|| series.id.clone())
}

struct Ends<'a> {
    material: &'a dyn Material<Amount>,
    seen: BTreeSet<String>,
    all: BTreeSet<End>,
    /// Whether what is looked at is added up.
    is_summed: bool,
}

impl Ends<'_> {
    fn of(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Number(_) | Kind::Key(_) => {}
            Kind::Call(name, arguments) => {
                let before = self.is_summed;
                self.is_summed |= name == "sum";
                arguments.iter().for_each(|argument| self.of(argument));
                self.is_summed = before;
            }
            Kind::Unary(_, inner) => self.of(inner),
            Kind::Binary(_, a, b) => {
                self.of(a);
                self.of(b);
            }
            Kind::Path(path) => self.at(path),
        }
    }

    fn at(&mut self, path: &Path) {
        if let Some(named) = self.material.names().named(&path.name).filter(|_| path.is_bare()) {
            self.apart(&path.name, |inner| inner.of(named));
            return;
        }
        let Some(series) = series_of(path, self.material) else { return };
        for (at, selector) in in_order(&series, path).selectors.iter().flatten().enumerate() {
            let is_period = series.dimensions.get(at).is_some_and(|dimension| dimension.role == Role::Period);
            let members = series.members_along(at).filter(|_| is_period);
            let mut words: Vec<(&'static str, bool)> = Vec::new();
            match selector.as_slice() {
                [Item::Last] => words.push(("last", false)),
                [Item::First] => words.push(("first", false)),
                [Item::Span(from, to)] if self.is_summed => {
                    words.extend(matches!(from, Edge::First).then_some(("first", true)));
                    words.extend(matches!(to, Edge::Last).then_some(("last", true)));
                }
                _ => {}
            }
            for (word, is_of_span) in words {
                let end =
                    if word == "last" { members.and_then(BTreeSet::last) } else { members.and_then(BTreeSet::first) };
                if let Some(period) = end.and_then(|part| part.period()) {
                    let is_stock = self.material.names().is_stock(&path.name);
                    self.all.insert(End { word, series: series.id.clone(), period, is_stock, is_of_span });
                }
            }
        }
        self.below(&series);
    }

    /// Gathers what the expression of a series says, or what a method was given.
    fn below(&mut self, series: &Series) {
        match &series.lineage {
            Lineage::Files(_) => {}
            Lineage::Sums(source, _) => self.below(source),
            Lineage::Expression(expr) => self.apart(&series.id.to_string(), |inner| inner.of(expr)),
            Lineage::Method(given) => {
                let columns = given.values().next().map(|(given, _)| &given.columns);
                self.apart(&series.id.to_string(), |inner| {
                    columns.into_iter().flatten().for_each(|(column, _)| inner.below(column));
                });
            }
        }
    }

    /// Gathers what is written elsewhere, once, and only where it pairs nothing itself.
    fn apart(&mut self, name: &str, gather: impl FnOnce(&mut Self)) {
        if !self.seen.insert(name.to_owned()) {
            return;
        }
        let before = (std::mem::take(&mut self.all), std::mem::take(&mut self.is_summed));
        gather(self);
        let found = std::mem::replace(&mut self.all, before.0);
        self.is_summed = before.1;
        if mixed(&found).is_none() {
            self.all.extend(found);
        }
    }
}
