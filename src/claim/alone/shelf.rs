//! Shelf: one measure of a table: the cell of which a sentence speaks, where it names whom and when; or the change between two
//! of them, or the share of one in the whole.

use std::collections::{BTreeMap, BTreeSet};

use super::super::called::{nearness, words};
use super::super::movement::movement;
use super::super::scan::{Found, names_total};
use super::super::{Measure, Printed};
use super::around::{Around, Dimension, Named, goes_on};
use super::doubt::Doubt;
use super::heading::Heading;
use super::tables::Column;
use super::{key, year};
use crate::finding::{Amount, sums};
use crate::language::quantity::{is_in_stems, is_neutral};
use crate::language::{self, Sense};

/// One measure of a table.
#[derive(Debug)]
pub(super) struct Shelf {
    /// Under which expressions ask for it.
    pub id: String,
    /// What it is called.
    pub title: String,
    pub heading: Heading,
    pub dimensions: Vec<Dimension>,
    /// The words over the columns of its dimensions: «квартал».
    labels: Vec<String>,
    pub cells: Vec<(Vec<String>, Amount)>,
    /// For each dimension the member that is the whole of the others.
    wholes: Vec<Option<String>>,
    /// How many decimals its cells have.
    decimals: u32,
    /// The words of the other measures.
    pub others: BTreeSet<String>,
}

/// What a number should be by the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The expression, in the scale of the claim.
    pub expr: String,
    /// The cell as people call it, with its value.
    pub cell: (String, String),
    /// Whether it gives the number.
    pub holds: bool,
    /// Why a number that does not hold is not called wrong.
    pub doubt: Option<Doubt>,
    /// The measure and the keys of its cell; nothing for a change or a share.
    pub(super) of: Option<(String, Vec<String>)>,
}

/// A cell that a sentence names, with what the sentence leaves open.
struct Asked {
    keys: Vec<String>,
    doubt: Option<Doubt>,
}

/// The least digits that tell a number from others.
const TELLING: usize = 3;

/// With so many digits a number that differs in one from a cell is that cell misprinted.
const SLIPPING: usize = 4;

/// How far a scale may be off before it is another: about the root of a thousand.
const FAR: i64 = 32;

/// The scales in which a table may count that does not say it.
const SCALES: [u32; 4] = [0, 1, 2, 3];

impl Shelf {
    pub(super) fn of(id: &str, measure: Column) -> Shelf {
        let file = measure.file.rsplit_once('.').map_or(measure.file.as_str(), |(stem, _)| stem);
        let title = measure.column.clone().unwrap_or_else(|| file.to_owned());
        let mut dimensions: Vec<Dimension> =
            measure.dimensions.iter().map(|(_, years)| Dimension { years: *years, ..Dimension::default() }).collect();
        for (cell, _) in &measure.cells {
            for (dimension, text) in dimensions.iter_mut().zip(cell).filter(|(dimension, _)| !dimension.years) {
                dimension.members.add(text, key(text), 0);
                // A quarter or a month has names of its own in a text.
                for said in language::period(text).map(language::period_said).unwrap_or_default() {
                    dimension.members.add(&said, key(text), 1);
                }
            }
        }
        let keyed = |text: &String, years: bool| match years {
            true => year(text).map_or_else(|| key(text), |year| year.to_string()),
            false => key(text),
        };
        let cells = measure.cells.iter().map(|(cell, amount)| {
            let keys = cell.iter().zip(&measure.dimensions).map(|(text, (_, years))| keyed(text, *years));
            (keys.collect(), amount.clone())
        });
        let decimals = measure.cells.iter().map(|(_, amount)| decimals(amount)).max().unwrap_or_default();
        let heading = Heading::read(&title);
        let title = measure.title();
        let cells: Vec<(Vec<String>, Amount)> = cells.collect();
        let wholes = dimensions.iter().enumerate().map(|(at, dimension)| {
            let named = measure.cells.iter().find(|(cell, _)| cell.get(at).is_some_and(|text| names_total(text)));
            let named = named.and_then(|(cell, _)| Some(key(cell.get(at)?)));
            if dimension.years { None } else { named.or_else(|| whole(&cells, at)) }
        });
        let wholes = wholes.collect();
        let labels = measure.dimensions.iter().flat_map(|(name, _)| words(name)).collect();
        Shelf {
            id: id.to_owned(),
            title,
            heading,
            cells,
            dimensions,
            labels,
            wholes,
            decimals,
            others: BTreeSet::new(),
        }
    }

    pub(super) fn value(&self, keys: &[String]) -> Option<&Amount> {
        self.cells.iter().find(|(own, _)| own == keys).map(|(_, amount)| amount)
    }

    pub(super) fn name(&self, keys: &[String]) -> String {
        format!("{}.value[{}]", self.id, keys.join(","))
    }

    /// Names a cell with its value, as people read it.
    fn told(&self, keys: &[String], value: &Amount) -> (String, String) {
        (format!("{}: {}", self.title, keys.join(", ").replace('_', " ")), value.to_digits())
    }

    fn is_of_shares(&self) -> bool {
        self.cells.iter().all(|(_, amount)| amount.magnitude() <= Amount::Integer(1000))
    }

    pub(super) fn meant(&self, numbers: &[&Found], at: usize, around: &Around) -> Result<Meant, Doubt> {
        let found = numbers[at];
        let is_of_things = !self.is_of_shares() || self.heading.is_of_things();
        if found.measured.name == Some("percent") && is_of_things && around.of_whole() {
            return self.part(found, around);
        }
        if around.is_apart(found.says().is_some(), &|word| self.heading.has(word)) {
            return Err(Doubt::Apart);
        }
        // How many times more something is, is told of two years as well.
        match around.by_amount() || found.measured.name == Some("times") {
            true => self.change(found, around),
            // Of when the number is at which a change begins, the one year of a sentence does not say.
            false => self.cell(numbers, at, around).map(|meant| match !meant.holds && around.begins() {
                true if around.years().len() < 2 => Meant { doubt: Some(Doubt::Reckoned), ..meant },
                _ => meant,
            }),
        }
    }

    /// Says why a sentence that names one cell may still speak of something else.
    fn doubt(&self, around: &Around) -> Option<Doubt> {
        self.doubt_but(around, &|_| false)
    }

    fn doubt_but(&self, around: &Around, known: &dyn Fn(&str) -> bool) -> Option<Doubt> {
        if !self.heading.is_named(&words(&around.whole)) {
            let names = if self.heading.names.is_empty() { self.title.clone() } else { self.heading.names.join(" ") };
            return Some(Doubt::Unnamed(names));
        }
        around.strange(&self.dimensions, &|word| self.knows(word) || known(word)).map(Doubt::Strange)
    }

    fn knows(&self, word: &str) -> bool {
        let is_other = || self.others.iter().chain(&self.labels).any(|name| nearness(name, word).is_some());
        word.starts_with(|c: char| c.is_ascii_digit()) || is_neutral(word) || self.heading.has(word) || is_other()
    }

    /// Finds the cells of which a sentence speaks: one, or where it names several, each that may be meant.
    fn asked(&self, numbers: &[&Found], at: usize, around: &Around) -> Result<Vec<Asked>, Doubt> {
        let first = (1..=at).rev().take_while(|next| goes_on(numbers[*next])).last().map_or(at, |next| next - 1);
        let last = (at + 1..numbers.len()).take_while(|next| goes_on(numbers[*next])).last().unwrap_or(at);
        let ends = [last, first].map(|end| Around::of(numbers, end));
        let mut asked = vec![Asked { keys: Vec::new(), doubt: None }];
        for (dimension, whole) in self.dimensions.iter().zip(&self.wholes) {
            let mut beside = std::iter::once(around).chain(&ends).map(|around| around.key(dimension));
            let named = beside.find(|named| *named != Named::Nobody).unwrap_or(Named::Nobody);
            let in_order = ends.iter().any(Around::in_order);
            let (keys, doubt) = match named {
                // Of whom nothing is said may be the whole, or whoever the sentences before speak of.
                Named::Nobody => {
                    let doubt = (dimension.years || !around.in_all()).then_some(Doubt::NoCell);
                    (vec![whole.clone().ok_or(Doubt::NoCell)?], doubt)
                }
                Named::One(key) => (vec![key], None),
                // Numbers in a row of as many names are told of them in their order, be that said or not.
                Named::Row(keys) if keys.len() == last + 1 - first => {
                    let doubt = (!in_order).then(|| Doubt::Several(keys.join(", ")));
                    (vec![keys[at - first].clone()], doubt)
                }
                Named::Row(keys) | Named::Several(keys) => (keys.clone(), Some(Doubt::Several(keys.join(", ")))),
            };
            asked = asked
                .iter()
                .flat_map(|one| keys.iter().map(move |key| (one, key)))
                .map(|(one, key)| Asked {
                    keys: one.keys.iter().cloned().chain([key.clone()]).collect(),
                    doubt: one.doubt.clone().or_else(|| doubt.clone()),
                })
                .collect();
        }
        Ok(asked)
    }

    /// What does not fit is no matter of units where the sentence speaks of something else than the table.
    fn unnamed_or_unit(&self, around: &Around) -> Doubt {
        self.doubt(around).filter(|doubt| matches!(doubt, Doubt::Unnamed(_))).unwrap_or(Doubt::Unit)
    }

    /// Finds the cell of which a sentence speaks.
    fn cell(&self, numbers: &[&Found], at: usize, around: &Around) -> Result<Meant, Doubt> {
        let found = numbers[at];
        let asked = self.asked(numbers, at, around)?;
        if !self.heading.fits(found, &words(&around.whole), self.is_of_shares()) {
            let doubt = self.unnamed_or_unit(around);
            let [only] = asked.as_slice() else { return Err(doubt) };
            let (Doubt::Unit, Some(cell)) = (&doubt, self.value(&only.keys)) else { return Err(doubt) };
            // What the cell holds in its own unit may tell what was meant.
            let (expr, cell) = (self.name(&only.keys), self.told(&only.keys, cell));
            return Ok(Meant { expr, cell, holds: false, doubt: Some(doubt), of: None });
        }
        let single = asked.len() == 1;
        let all: Vec<Meant> = asked.into_iter().filter_map(|one| self.held(found, around, one)).collect();
        let held = all.iter().find(|meant| meant.holds).or(all.first().filter(|_| single));
        held.cloned().ok_or_else(|| all.into_iter().find_map(|meant| meant.doubt).unwrap_or(Doubt::NoCell))
    }

    /// Holds a share to the part that its sentence names, of the whole of one dimension.
    fn part(&self, found: &Found, around: &Around) -> Result<Meant, Doubt> {
        let one = |(dimension, whole): (&Dimension, &Option<String>)| match around.key_but(dimension, whole.as_ref()) {
            Named::One(key) => Ok(key),
            Named::Nobody => Err(Doubt::NoCell),
            Named::Row(keys) | Named::Several(keys) => Err(Doubt::Several(keys.join(", "))),
        };
        let keys: Vec<String> = self.dimensions.iter().zip(&self.wholes).map(one).collect::<Result<_, _>>()?;
        let others = self.wholes.iter().zip(&keys).enumerate().filter_map(|(at, (whole, key))| {
            let whole = whole.as_ref().filter(|whole| *whole != key)?;
            Some(keys.iter().enumerate().map(|(own, key)| if own == at { whole } else { key }.clone()).collect())
        });
        let others: Vec<Vec<String>> = others.collect();
        let [whole] = others.as_slice() else { return Err(Doubt::NoCell) };
        let (part, all) = self.value(&keys).zip(self.value(whole)).ok_or(Doubt::NoCell)?;
        let share = part.times(&Amount::Integer(100)).divided_by(all).ok_or(Doubt::Reckoned)?;
        let printed = found.number().ok_or(Doubt::Reckoned)?;
        let name = format!("{}: {} / {}", self.title, keys.join(", "), whole.join(", ")).replace('_', " ");
        let holds = found.says().is_none() && found.is_print_of(&share);
        Ok(Meant {
            expr: format!("share({}, {})", self.name(&keys), self.name(whole)),
            cell: (name, share.round(printed.decimals.max(1) as usize).to_string()),
            holds,
            doubt: if holds { None } else { self.doubt_but(around, &|word| is_in_stems(word, |words| words.wholes)) },
            of: None,
        })
    }

    /// Holds a number to a cell.
    fn held(&self, found: &Found, around: &Around, asked: Asked) -> Option<Meant> {
        let cell = self.value(&asked.keys)?;
        let printed = found.number()?;
        let name = self.name(&asked.keys);
        let told = self.told(&asked.keys, cell);
        let scale = self.scale(found, cell, &printed);
        let value = scale.as_ref().map(|(_, value)| value.clone()).unwrap_or_else(|| cell.clone());
        let expr = scale.as_ref().map_or_else(|| name.clone(), |(factor, _)| factor.of(&name));
        let bounded = found.says().is_some();
        let digits = found.plain().chars().filter(char::is_ascii_digit).count();
        let named = self.doubt(around);
        let gives = !bounded && scale.is_some() && found.is_print_of(&value);
        let holds = gives && (digits >= TELLING || named.is_none());
        let slips = digits >= SLIPPING && is_slip(&value, &printed);
        let doubt = asked.doubt.or(match scale {
            None => Some(self.unnamed_or_unit(around)),
            Some(_) if gives || bounded => named,
            Some((factor, _)) => self.coarseness(&printed, &value, cell, &factor).or(match named {
                Some(Doubt::Strange(_)) if slips => None,
                named => named,
            }),
        });
        Some(Meant { expr, cell: told, holds, doubt, of: Some((self.id.clone(), asked.keys)) })
    }

    /// Says whether a number differs from a cell by no more than by how it is rounded.
    fn coarseness(&self, printed: &Printed, value: &Amount, cell: &Amount, factor: &Factor) -> Option<Doubt> {
        let back = printed.value.times(&factor.claim).divided_by(&factor.table)?;
        if super::super::Mode::HalfAway.round(&back, self.decimals) == *cell {
            return Some(Doubt::Finer);
        }
        let mut place = Amount::Integer(1);
        while printed.decimals == 0 && printed.value.signum() != 0 {
            place = place.times(&Amount::Integer(10));
            if super::super::Mode::HalfAway.round(&printed.value.divided_by(&place)?, 0).times(&place) != printed.value
            {
                break;
            }
            if super::super::Mode::HalfAway.round(&value.divided_by(&place)?, 0).times(&place) == printed.value {
                return Some(Doubt::Coarse);
            }
        }
        None
    }

    /// Finds by what a cell is multiplied to stand in the claim's unit, and what it comes to there: a table that does not say
    /// in which scale it counts may count in any, and a text may leave out the one that the table says.
    fn scale(&self, found: &Found, cell: &Amount, printed: &Printed) -> Option<(Factor, Amount)> {
        let unit = found.measured.unit();
        let claim = unit.and_then(|unit| Measure::parse(&unit)).map_or(1, |measure| measure.scale);
        let steps: Vec<u32> = match self.heading.measured {
            // Whole numbers are counts; a table of decimals may be one of thousands.
            None if self.decimals == 0 => vec![0],
            None => SCALES.to_vec(),
            Some(own) if found.measured.is_bare() => vec![own.steps, 0],
            Some(own) => vec![own.steps],
        };
        let own = |steps: u32| -> Option<(Factor, Amount)> {
            let table = Amount::Integer(1000i64.pow(steps));
            let text = Amount::Integer(found.measured.scale());
            let value = cell.times(&table).divided_by(&text)?;
            Some((Factor { table, claim: text, unit: Amount::Integer(claim) }, value))
        };
        let all: Vec<(Factor, Amount)> = steps.into_iter().filter_map(own).collect();
        let far = Amount::Integer(FAR);
        let (a, z) = (printed.value.magnitude(), |value: &Amount| value.magnitude());
        let close = |value: &Amount| a <= z(value).times(&far) && z(value) <= a.times(&far);
        let holds = |(_, value): &&(Factor, Amount)| found.is_print_of(value) && value.signum() != 0;
        let found = all.iter().find(holds).or_else(|| all.iter().find(|(_, value)| close(value)));
        // What says its scale itself is held to it, however far off.
        let only = all.first().filter(|_| all.len() == 1);
        found.or(only).cloned()
    }

    /// Finds the change of which a sentence speaks: of whom, between which two years, which way.
    fn change(&self, found: &Found, around: &Around) -> Result<Meant, Doubt> {
        let way = movement(&around.whole).ok_or(Doubt::Reckoned)?;
        let years = around.years();
        // A change in one year is against the year before, as far as it is not said otherwise.
        let before = |to: &String| Some((to.parse::<i32>().ok()? - 1).to_string());
        let (from, to, is_said) = match years.as_slice() {
            [from, to] if around.leads_on() => (from.clone(), to, true),
            [to] => (before(to).ok_or(Doubt::Reckoned)?, to, false),
            _ => return Err(Doubt::Reckoned),
        };
        let key = |year: &String| -> Result<Vec<String>, Doubt> {
            let own = |(one, whole): (&Dimension, &Option<String>)| match around.key(one) {
                _ if one.years => Ok(year.clone()),
                Named::One(key) => Ok(key),
                Named::Nobody => whole.clone().ok_or(Doubt::NoCell),
                Named::Row(keys) | Named::Several(keys) => Err(Doubt::Several(keys.join(", "))),
            };
            self.dimensions.iter().zip(&self.wholes).map(own).collect()
        };
        let is_nobodys = |one: &Dimension| !one.years && around.key(one) == Named::Nobody;
        let is_open = !around.in_all() && self.dimensions.iter().any(is_nobodys);
        let (from, to) = (key(&from)?, key(to)?);
        let (before, after) = self.value(&from).zip(self.value(&to)).ok_or(Doubt::NoCell)?;
        let told = [&from, &to].map(|keys| keys.join(", ").replace('_', " "));
        let (from, to) = (self.name(&from), self.name(&to));
        let difference = after.minus(before);
        let growth = difference.times(&Amount::Integer(100)).divided_by(before).ok_or(Doubt::Reckoned)?;
        let printed = found.number().ok_or(Doubt::Reckoned)?;
        let (expr, value) = match found.measured.name {
            Some("percent") if !self.is_of_shares() || self.heading.is_of_things() => {
                (format!("growth({from}, {to})"), growth)
            }
            Some("percentage-points") if self.is_of_shares() => (format!("{to} - {from}"), difference),
            Some("times") if before.signum() > 0 && after.signum() > 0 => match way {
                Sense::Less => {
                    (format!("-(ratio({from}, {to}))"), before.divided_by(after).ok_or(Doubt::Reckoned)?.negated())
                }
                _ => (format!("ratio({to}, {from})"), after.divided_by(before).ok_or(Doubt::Reckoned)?),
            },
            Some("percent" | "percentage-points" | "times") => return Err(Doubt::Unit),
            _ => {
                if !self.heading.fits(found, &words(&around.whole), self.is_of_shares()) {
                    return Err(Doubt::Unit);
                }
                let (factor, value) = self.scale(found, &difference, &printed).ok_or(Doubt::Unit)?;
                (factor.of(&format!("{to} - {from}")), value)
            }
        };
        let falls = way == Sense::Less;
        let (expr, value) = if falls { (format!("-({expr})"), value.negated()) } else { (expr, value) };
        let holds = found.says().is_none() && found.is_print_of(&value);
        let doubt =
            if holds { None } else { self.doubt(around).or_else(|| (is_open || !is_said).then_some(Doubt::Reckoned)) };
        let name = format!("{}: {} → {}", self.title, told[0], told[1]);
        let cell = (name, value.round(printed.decimals.max(1) as usize).to_string());
        Ok(Meant { expr, cell, holds, doubt, of: None })
    }
}

/// By what a cell is multiplied: one unit of the table, of the number as printed, and of the claim, in single things.
#[derive(Clone, Debug)]
struct Factor {
    table: Amount,
    claim: Amount,
    unit: Amount,
}

impl Factor {
    /// Writes an expression in the unit of the claim, of which the claim's own scale is then taken.
    fn of(&self, expr: &str) -> String {
        let text = self.claim.divided_by(&self.unit);
        let times = text.and_then(|text| self.table.divided_by(&text));
        match times.as_ref().map(|times| (times.to_i64(), times)) {
            Some((Some(1), _)) | None => expr.to_owned(),
            Some((Some(whole), _)) => format!("({expr}) * {whole}"),
            Some((None, part)) => match Amount::Integer(1).divided_by(part).and_then(|turned| turned.to_i64()) {
                Some(by) => format!("({expr}) / {by}"),
                None => expr.to_owned(),
            },
        }
    }
}

/// Finds the member of a dimension that is the sum of all others wherever all are known.
fn whole(cells: &[(Vec<String>, Amount)], at: usize) -> Option<String> {
    let mut groups: BTreeMap<Vec<&String>, Vec<(&String, &Amount)>> = BTreeMap::new();
    for (keys, amount) in cells {
        let rest = keys.iter().enumerate().filter(|(own, _)| *own != at).map(|(_, key)| key).collect();
        groups.entry(rest).or_default().push((keys.get(at)?, amount));
    }
    let most = groups.values().map(Vec::len).max().filter(|most| *most > 2)?;
    let full: Vec<&Vec<(&String, &Amount)>> = groups.values().filter(|group| group.len() == most).collect();
    let is_whole = |member: &&String| {
        full.iter().all(|group| {
            let own = group.iter().find(|(key, _)| key == member).map(|(_, amount)| *amount);
            let values = group.iter().map(|(_, amount)| *amount);
            own.is_some_and(|own| own.signum() != 0 && sums(values, own).is_some())
        })
    };
    full.first()?.iter().map(|(key, _)| *key).find(is_whole).cloned()
}

/// Returns how many decimals a number has.
fn decimals(amount: &Amount) -> u32 {
    let text = amount.to_digits();
    text.split_once('.').map_or(0, |(_, rest)| u32::try_from(rest.len()).unwrap_or_default())
}

/// Says whether a number is another one with a digit altered, or two neighbours changed round.
fn is_slip(value: &Amount, printed: &Printed) -> bool {
    let text = |amount: &Amount| amount.round(printed.decimals as usize).to_string();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<Vec<char>>();
    let (own, other) = (digits(&text(value)), digits(&text(&printed.value)));
    let differ: Vec<usize> = (0..own.len().min(other.len())).filter(|at| own[*at] != other[*at]).collect();
    let turned = |x: usize, y: usize| y == x + 1 && own[x] == other[y] && own[y] == other[x];
    match (own.len() == other.len(), differ.as_slice()) {
        (true, [_]) => true,
        (true, [x, y]) => turned(*x, *y),
        _ => false,
    }
}
