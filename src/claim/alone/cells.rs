//! Cells: of the measures beside a paper the one of which a sentence speaks, what its number should be, and which way it went.

use super::super::called::words;
use super::super::scan::Found;
use super::Given;
use super::around::Around;
use super::doubt::Doubt;
use super::shelf::{Meant, Shelf};
use crate::language::Sense;

/// The tables beside a paper, as sentences speak of them.
#[derive(Debug, Default)]
pub struct Cells {
    shelves: Vec<Shelf>,
}

impl Cells {
    /// Gathers the measures of tables.
    pub fn of(given: &[Given]) -> Cells {
        let measures = given.iter().flat_map(Given::measures).enumerate();
        let mut shelves: Vec<Shelf> =
            measures.map(|(at, measure)| Shelf::of(&format!("t{}", at + 1), measure)).collect();
        let names: Vec<Vec<String>> = shelves.iter().map(|shelf| shelf.heading.names.clone()).collect();
        for (at, shelf) in shelves.iter_mut().enumerate() {
            let others = names.iter().enumerate().filter(|(own, _)| *own != at);
            shelf.others = others.flat_map(|(_, names)| names).cloned().collect();
        }
        Cells { shelves }
    }

    /// Lists the measures.
    pub(super) fn shelves(&self) -> &[Shelf] {
        &self.shelves
    }

    /// Finds what a number of a paper should be, or why that cannot be said; `at` is its place among the numbers of the text.
    pub fn meant(&self, numbers: &[&Found], at: usize) -> Result<Meant, Doubt> {
        if self.shelves.is_empty() {
            return Err(Doubt::NoTable);
        }
        let around = Around::of(numbers, at);
        let (said, near) = (words(&around.whole), around.beside());
        let named: Vec<&Shelf> = self.shelves.iter().filter(|shelf| shelf.heading.is_named(&said)).collect();
        // Of several quantities of a sentence the number is of the one beside it.
        let close: Vec<&Shelf> = named.iter().copied().filter(|shelf| shelf.heading.is_named(&near)).collect();
        let named = if close.is_empty() { named } else { close };
        let most = named.iter().map(|shelf| shelf.heading.names.len()).max().unwrap_or_default();
        let best: Vec<&Shelf> = named.into_iter().filter(|shelf| shelf.heading.names.len() == most).collect();
        let ask = |shelf: &Shelf| shelf.meant(numbers, at, &around);
        match best.as_slice() {
            [only] => ask(only),
            // Two quantities with one number beside both: which is meant is not said.
            [first, .., last] if first.heading.names != last.heading.names => Err(Doubt::Several(self.titles())),
            several => {
                // What is not named, or named by several tables, is known by its value alone.
                let all: Vec<Result<Meant, Doubt>> = match several {
                    [] => self.shelves.iter().map(ask).collect(),
                    several => several.iter().map(|shelf| ask(shelf)).collect(),
                };
                let mut holding = all.iter().flatten().filter(|meant| meant.holds);
                match (holding.next(), holding.next(), all.as_slice()) {
                    (Some(one), None, _) => Ok(one.clone()),
                    (.., [only]) => only.clone(),
                    (None, ..) => Err(all.into_iter().find_map(Result::err).unwrap_or(Doubt::NoCell)),
                    (Some(_), Some(_), _) => Err(Doubt::Several(self.titles())),
                }
            }
        }
    }

    /// Finds what says which way a quantity came to a number that its cell gives, and the comparison with the year before that
    /// says whether it did: where the first year of the table says the same of it.
    pub fn way(&self, numbers: &[&Found], at: usize) -> Option<(String, String)> {
        let around = Around::of(numbers, at);
        let years = around.years();
        let ([year], false) = (years.as_slice(), around.begins() || around.by_amount()) else { return None };
        let (word, way) = around.mover()?;
        let meant = self.meant(numbers, at).ok().filter(|meant| meant.holds)?;
        let (id, keys) = meant.of?;
        let shelf = self.shelves.iter().find(|shelf| shelf.id == id)?;
        let place = shelf.dimensions.iter().position(|dimension| dimension.years)?;
        let at_year = |year: String| -> Vec<String> {
            keys.iter().enumerate().map(|(own, key)| if own == place { &year } else { key }.clone()).collect()
        };
        let before = at_year((year.parse::<i32>().ok()? - 1).to_string());
        let first = shelf.cells.iter().map(|(own, _)| own).filter(|own| at_year(own[place].clone()) == **own).min()?;
        let now = shelf.value(&keys)?;
        let against = [shelf.value(&before)?, shelf.value(first)?].map(|other| now.minus(other).signum());
        let sign = if way == Sense::More { '>' } else { '<' };
        let agrees = against[0] == against[1] && against[0] != 0;
        agrees.then(|| (word, format!("{} {sign} {}", shelf.name(&keys), shelf.name(&before))))
    }

    fn titles(&self) -> String {
        self.shelves.iter().map(|shelf| shelf.title.as_str()).collect::<Vec<_>>().join(", ")
    }
}
