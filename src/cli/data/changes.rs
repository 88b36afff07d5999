//! Changes: what a new vintage says otherwise than those that a table held before.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::answers::{AgainstVintage, FigureChange, VintageChanges};
use crate::dataset::Dataset;
use crate::finding::{Amount, Key, Reason};

/// As many changes of each kind are shown to people, the largest first; JSON lists all.
const MOST: usize = 10;

/// One figure that is not as it was.
struct Change {
    figure: String,
    from: Option<String>,
    to: Option<String>,
    size: Amount,
}

/// A new vintage against one that stood before.
#[derive(Default)]
struct Against {
    vintage: String,
    same: usize,
    revised: Vec<Change>,
    new: Vec<Change>,
    /// It holds the figure's place, and a reason in it.
    withdrawn: Vec<Change>,
    /// It does not hold the figure's place at all.
    absent: Vec<Change>,
}

/// What a vintage changes, against each other of its table; the one that shares most figures with it first.
pub(super) struct Changes {
    pub(super) table: String,
    vintage: String,
    figures: usize,
    against: Vec<Against>,
}

impl Changes {
    pub(super) fn of(dataset: &Dataset, standing: Option<&Dataset>, table: &str, vintage: &str) -> Changes {
        let nothing = BTreeMap::new();
        let new = dataset.tables.get(table).and_then(|table| table.layers.get(vintage)).unwrap_or(&nothing);
        let figures = new.values().flat_map(BTreeMap::values).filter(|cell| cell.value.is_ok()).count();
        let none = BTreeMap::new();
        let mut against = Vec::new();
        let old = standing.and_then(|standing| standing.tables.get(table));
        for (before, layer) in old.iter().flat_map(|old| &old.layers) {
            let mut one = Against { vintage: before.clone(), ..Against::default() };
            for measure in new.keys().chain(layer.keys()).collect::<BTreeSet<_>>() {
                let (cells, earlier) = (new.get(measure).unwrap_or(&none), layer.get(measure).unwrap_or(&none));
                for key in cells.keys().chain(earlier.keys()).collect::<BTreeSet<&Key>>() {
                    let was = earlier.get(key).and_then(|cell| cell.value.as_ref().ok());
                    let now = cells.get(key).map(|cell| &cell.value);
                    let is = now.and_then(|value| value.as_ref().ok());
                    let change = |size: Amount, to: Option<String>| Change {
                        figure: format!("{measure}[{key}]"),
                        from: was.map(ToString::to_string),
                        to,
                        size: size.magnitude(),
                    };
                    match (was, is, now) {
                        (Some(was), Some(is), _) if was == is => one.same += 1,
                        (Some(was), Some(is), _) => one.revised.push(change(is.minus(was), Some(is.to_string()))),
                        (None, Some(is), _) => one.new.push(change(is.clone(), Some(is.to_string()))),
                        // A nought may be printed as nothing of the kind.
                        (Some(was), None, Some(Err(Reason::NoPhenomenon))) if was.is_zero() => one.same += 1,
                        (Some(was), None, Some(Err(reason))) => {
                            one.withdrawn.push(change(was.clone(), Some(reason.code().to_owned())));
                        }
                        // A file of the same vintage that is added to holds the rest.
                        (Some(was), None, _) if before != vintage => one.absent.push(change(was.clone(), None)),
                        _ => {}
                    }
                }
            }
            for list in [&mut one.revised, &mut one.new, &mut one.withdrawn, &mut one.absent] {
                list.sort_by(|a, b| b.size.cmp(&a.size).then(a.figure.cmp(&b.figure)));
            }
            against.push(one);
        }
        against.sort_by_key(|one| std::cmp::Reverse(one.same + one.revised.len()));
        Changes { table: table.to_owned(), vintage: vintage.to_owned(), figures, against }
    }

    pub(super) fn text(&self) -> String {
        let mut out = format!("{}, vintage {}: {} figures\n", self.table, self.vintage, self.figures);
        for (at, one) in self.against.iter().enumerate() {
            let _ = writeln!(
                out,
                "against {}: {} revised, {} new, {} withdrawn, {} as before, {} that it does not hold",
                one.vintage,
                one.revised.len(),
                one.new.len(),
                one.withdrawn.len(),
                one.same,
                one.absent.len()
            );
            let lists = [
                ("revised", &one.revised),
                ("new", &one.new),
                ("withdrawn", &one.withdrawn),
                ("not held", &one.absent),
            ];
            // The nearest tells what is new; the others would say it again and again.
            for (what, list) in lists.into_iter().filter(|_| at == 0) {
                for change in list.iter().take(MOST) {
                    let said = [&change.from, &change.to].into_iter().flatten().cloned().collect::<Vec<_>>();
                    let _ = writeln!(out, "  {what} {}: {}", change.figure, said.join(" → "));
                }
                if list.len() > MOST {
                    let _ = writeln!(out, "  and {} smaller ones {what}", list.len() - MOST);
                }
            }
        }
        out
    }

    pub(super) fn answer(&self, snapshot: &str) -> VintageChanges {
        VintageChanges {
            table: self.table.clone(),
            vintage: self.vintage.clone(),
            figures: self.figures,
            snapshot: snapshot.to_owned(),
            against: self.against.iter().map(Against::answer).collect(),
            cells: None,
            like: None,
        }
    }
}

impl Against {
    fn answer(&self) -> AgainstVintage {
        let list = |list: &[Change]| list.iter().map(Change::answer).collect();
        AgainstVintage {
            vintage: self.vintage.clone(),
            same: self.same,
            revised: list(&self.revised),
            new: list(&self.new),
            withdrawn: list(&self.withdrawn),
            absent: list(&self.absent),
        }
    }
}

impl Change {
    fn answer(&self) -> FigureChange {
        let (figure, from, to) = (self.figure.clone(), self.from.clone(), self.to.clone());
        FigureChange { figure, from, to, size: self.size.to_string() }
    }
}
