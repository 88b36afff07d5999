//! Cells: the cell of a table of which a sentence speaks, where it names the measure, whom and when; or the change between
//! two of them.

use std::collections::BTreeSet;

use super::super::called::{Book, words};
use super::super::movement::movement;
use super::super::scan::Found;
use super::tables::Measure;
use super::{Given, key, year};
use crate::finding::Amount;
use crate::language::quantity::{all, is_in, is_in_stems};
use crate::language::{Sense, plain};

/// The tables beside a paper, as sentences speak of them.
#[derive(Debug, Default)]
pub struct Cells {
    shelves: Vec<Shelf>,
}

/// One measure of a table.
#[derive(Debug)]
struct Shelf {
    /// Under which expressions ask for it.
    id: String,
    /// The words that name it.
    names: Vec<String>,
    dimensions: Vec<Dimension>,
    cells: Vec<(Vec<String>, Amount)>,
}

#[derive(Debug, Default)]
struct Dimension {
    /// Whether it holds years.
    years: bool,
    members: Book<String>,
}

/// What is said around a number: what belongs to it alone, what its sentence said before, and what follows.
struct Around {
    own: String,
    earlier: String,
    after: String,
}

/// What a number should be by the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The expression, in the scale of the claim.
    pub expr: String,
    /// Whether it gives the number.
    pub holds: bool,
    /// Whether the sentence says enough for a number that does not hold to be called wrong.
    pub sure: bool,
}

/// The least digits that tell a number from others.
const TELLING: usize = 3;

/// The shortest word that may name a measure.
const NAMING: usize = 4;

impl Cells {
    /// Gathers the measures of tables.
    pub fn of(given: &[Given]) -> Cells {
        let measures = given.iter().flat_map(Given::measures).enumerate();
        let shelves = measures.map(|(at, measure)| Shelf::of(&format!("t{}", at + 1), measure)).collect();
        Cells { shelves }
    }

    /// Finds what a number of a paper should be; `at` is its place among the numbers of the text.
    pub fn meant(&self, numbers: &[&Found], at: usize) -> Option<Meant> {
        let found = numbers[at];
        let around = Around::of(numbers, at);
        if around.is_apart(found.says().is_some()) {
            return None;
        }
        let text = format!("{} {} {}", around.earlier, around.own, around.after);
        let (shelf, is_named) = self.shelf(&text)?;
        match around.by_amount() {
            true => shelf.change(found, &around),
            false => shelf.cell(found, &around, is_named),
        }
    }

    /// Finds the measure that a text names; where there is one alone, it need not be named.
    fn shelf(&self, text: &str) -> Option<(&Shelf, bool)> {
        let said = words(text);
        let named = |shelf: &Shelf| shelf.names.iter().filter(|name| said.iter().any(|word| is_of(name, word))).count();
        let most = self.shelves.iter().map(named).max().filter(|most| *most > 0);
        let mut best = self.shelves.iter().filter(|shelf| most.is_none_or(|most| named(shelf) == most));
        let first = best.next()?;
        best.next().is_none().then_some((first, most.is_some()))
    }
}

/// Says whether a word of a text is a word of a name in another case.
fn is_of(name: &str, word: &str) -> bool {
    let length = name.chars().count();
    let ending = if length > 2 * NAMING { 3 } else { 2 };
    let stem: String = name.chars().take(length.saturating_sub(ending).max(NAMING)).collect();
    word.starts_with(&stem) && word.chars().count() <= name.chars().count() + 5
}

impl Shelf {
    fn of(id: &str, measure: Measure) -> Shelf {
        let title = measure
            .title
            .rsplit_once('.')
            .map_or(measure.title.as_str(), |(stem, rest)| rest.split_once(": ").map_or(stem, |(_, column)| column));
        let file = measure.title.split('.').next().unwrap_or_default();
        let names = words(&format!("{title} {file}").replace('_', " "));
        let names = names
            .into_iter()
            .filter(|word| word.chars().count() >= NAMING && !word.starts_with(|c: char| c.is_ascii_digit()));
        let mut dimensions: Vec<Dimension> =
            measure.dimensions.iter().map(|(_, years)| Dimension { years: *years, ..Dimension::default() }).collect();
        for (cell, _) in &measure.cells {
            for (dimension, text) in dimensions.iter_mut().zip(cell).filter(|(dimension, _)| !dimension.years) {
                dimension.members.add(text, key(text), 0);
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
        Shelf {
            id: id.to_owned(),
            names: names.collect::<BTreeSet<_>>().into_iter().collect(),
            cells: cells.collect(),
            dimensions,
        }
    }

    fn is_named_by(&self, word: &str) -> bool {
        self.names.iter().any(|name| is_of(name, word))
    }

    fn value(&self, keys: &[String]) -> Option<&Amount> {
        self.cells.iter().find(|(own, _)| own == keys).map(|(_, amount)| amount)
    }

    fn name(&self, keys: &[String]) -> String {
        format!("{}.value[{}]", self.id, keys.join(","))
    }

    /// Finds the cell of which a sentence speaks.
    fn cell(&self, found: &Found, around: &Around, is_named: bool) -> Option<Meant> {
        let keys: Vec<String> = self.dimensions.iter().map(|dimension| around.key(dimension)).collect::<Option<_>>()?;
        let cell = self.value(&keys)?;
        let of_share = matches!(found.measured.name, Some("percent" | "percentage-points" | "per-mille" | "times"));
        let shares = self.cells.iter().all(|(_, amount)| amount.magnitude() <= Amount::Integer(1000));
        if of_share && !shares || found.measured.per.is_some() || found.measured.name == Some("times") {
            return None;
        }
        let (times, factor) = self.scale(found, cell)?;
        let printed = found.number()?;
        let in_print = |amount: &Amount| amount.times(&factor);
        let holds = |amount: &Amount| found.says().map_or_else(|| found.is_print_of(&in_print(amount)), |_| false);
        let digits = found.plain().chars().filter(char::is_ascii_digit).count();
        let elsewhere = || digits >= TELLING && self.cells.iter().any(|(own, amount)| *own != keys && holds(amount));
        let near = || is_near(&in_print(cell), &printed.value) || is_slip(&in_print(cell), &printed);
        let expr = if times == 1 { self.name(&keys) } else { format!("({}) * {times}", self.name(&keys)) };
        let bounded = found.says().is_some();
        let sure = is_named && !around.qualifies(self) || elsewhere() || digits >= TELLING && near();
        Some(Meant { expr, holds: !bounded && holds(cell), sure })
    }

    /// Says by what a cell is multiplied to stand in the claim's unit, and by what to be what is printed: a table may count
    /// in the thousands of which the text speaks.
    fn scale(&self, found: &Found, cell: &Amount) -> Option<(i64, Amount)> {
        let scale = found.measured.scale();
        let printed = found.number()?.value;
        let off = |amount: &Amount| amount.minus(&printed).magnitude();
        // A table that counts in thousands is too coarse for what the text counts one by one.
        let coarse = |by: i64| is_near(&cell.times(&Amount::Integer(by)), &printed);
        if scale == 1 && [1_000, 1_000_000].into_iter().any(coarse) {
            return None;
        }
        let own = Amount::ratio(1, scale)?;
        if scale > 1 && off(cell) < off(&cell.times(&own)) {
            return Some((scale, Amount::Integer(1)));
        }
        Some((1, own))
    }

    /// Finds the change of which a sentence speaks: of whom, between which two years, which way.
    fn change(&self, found: &Found, around: &Around) -> Option<Meant> {
        let whole = format!("{} {} {}", around.earlier, around.own, around.after);
        let way = movement(&whole)?;
        let years: Vec<String> = years(&whole).into_iter().collect();
        let ([from, to], true) = (years.as_slice(), from_to(&whole)) else { return None };
        let key = |year: &String| -> Option<Vec<String>> {
            self.dimensions.iter().map(|one| if one.years { Some(year.clone()) } else { around.key(one) }).collect()
        };
        let (from, to) = (key(from)?, key(to)?);
        let (before, after) = (self.value(&from)?, self.value(&to)?);
        let (from, to) = (self.name(&from), self.name(&to));
        let shares = self.cells.iter().all(|(_, amount)| amount.magnitude() <= Amount::Integer(1000));
        let difference = after.minus(before);
        let growth = difference.times(&Amount::Integer(100)).divided_by(before)?;
        let scale = Amount::ratio(1, found.measured.scale())?;
        let (expr, value) = match found.measured.name {
            Some("percent") if !shares => (format!("growth({from}, {to})"), growth),
            Some("percentage-points" | "per-mille") if shares => (format!("{to} - {from}"), difference),
            Some("persons") | None if !shares && found.measured.per.is_none() => {
                (format!("{to} - {from}"), difference.times(&scale))
            }
            _ => return None,
        };
        let falls = way == Sense::Less;
        let (expr, value) = if falls { (format!("-({expr})"), value.negated()) } else { (expr, value) };
        let holds = found.says().is_none() && found.is_print_of(&value);
        // Which change it is the sentence says; that it speaks of this measure shows in the size.
        let alike = found.number().is_some_and(|printed| is_near(&value.magnitude(), &printed.value.magnitude()));
        Some(Meant { expr, holds, sure: holds || alike })
    }
}

/// Says whether a number is no more than a tenth off.
fn is_near(value: &Amount, printed: &Amount) -> bool {
    value.minus(printed).magnitude().times(&Amount::Integer(10)) <= value.magnitude()
}

/// Says whether a number is another one with a digit altered, two neighbours changed round, or its scale.
fn is_slip(value: &Amount, printed: &super::super::Printed) -> bool {
    let text = |amount: &Amount| amount.round(printed.decimals as usize).to_string();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<Vec<char>>();
    let (own, other) = (digits(&text(value)), digits(&text(&printed.value)));
    let differ: Vec<usize> = (0..own.len().min(other.len())).filter(|at| own[*at] != other[*at]).collect();
    let bare = |digits: &[char]| digits.iter().collect::<String>().trim_matches('0').to_owned();
    let turned = |x: usize, y: usize| y == x + 1 && own[x] == other[y] && own[y] == other[x];
    match (own.len() == other.len(), differ.as_slice()) {
        (true, [_]) => true,
        (true, [x, y]) => turned(*x, *y),
        _ => bare(&own) == bare(&other) && bare(&own).len() >= TELLING,
    }
}

/// Lists the years that a text names, in their order.
fn years(text: &str) -> BTreeSet<String> {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    runs.filter(|run| year(run).is_some()).map(str::to_owned).collect()
}

/// Says whether a text leads from one year to another.
fn from_to(text: &str) -> bool {
    let said = plain_words(text);
    let leads = said.iter().any(|word| is_in(word, |words| words.from_words) || is_in(word, |words| words.leads));
    let cased = said.iter().any(|word| all(|words| words.from).any(|case| word.ends_with(case)));
    leads || cased || text.contains(['–', '-'])
}

fn plain_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(plain).collect()
}

/// Cuts a text behind its last sentence end.
fn last_sentence(text: &str) -> (&str, bool) {
    let ends = text.match_indices(['.', '!', '?', '\n']).filter(|(at, mark)| {
        let behind = text[at + 1..].trim_start();
        *mark == "\n" || behind.is_empty() || behind.starts_with(char::is_uppercase)
    });
    // A letter alone is short for a word.
    let mut long = ends
        .filter(|(at, mark)| *mark == "\n" || text[..*at].chars().rev().take_while(|c| c.is_alphabetic()).count() != 1);
    long.next_back().map_or((text, false), |(at, mark)| (&text[at + mark.len()..], true))
}

/// Finds where a clause begins or ends: at a comma, a bracket, a word that joins two numbers.
fn breaks(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> =
        text.match_indices([',', ';', ':', '(', ')', '\n']).map(|(at, mark)| (at, at + mark.len())).collect();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| c.is_whitespace()) {
        let bare = plain(word.trim());
        if is_in(&bare, |words| words.and) || is_in(&bare, |words| words.to_words) || is_in(&bare, |words| words.turns)
        {
            found.push((at, at + word.len()));
        }
        at += word.len();
    }
    found.sort_unstable();
    found
}

impl Around {
    fn of(numbers: &[&Found], at: usize) -> Around {
        let (own, mut ended) = last_sentence(&numbers[at].before);
        let last = breaks(own).into_iter().next_back();
        let parts = last.map_or(("", own), |(from, to)| (&own[..from], &own[to..]));
        // What leads to a number stands with it.
        let leads = last.map_or("", |(from, to)| own[from..to].trim());
        let mut earlier = vec![parts.0.to_owned()];
        let mut before = at;
        while !ended && before > 0 && numbers[before - 1].line + 3 > numbers[at].line {
            before -= 1;
            let (text, cut) = last_sentence(&numbers[before].before);
            earlier.insert(0, text.to_owned());
            ended = cut;
        }
        let after = &numbers[at].after;
        let end = breaks(after).first().map_or(after.len(), |(from, _)| *from);
        let after = &after[..end];
        let stop = after.find(". ").unwrap_or(after.len());
        Around { own: format!("{leads} {}", parts.1), earlier: earlier.join(" "), after: after[..stop].to_owned() }
    }

    /// Finds the one member of a dimension, or the one year, that is named: beside the number, else before it in its
    /// sentence.
    fn key(&self, dimension: &Dimension) -> Option<String> {
        let named = |text: &str| -> BTreeSet<String> {
            match dimension.years {
                true => years(text),
                false => dimension.members.all(&words(text)).into_iter().map(|(key, _)| key).collect(),
            }
        };
        let found = [&self.own, &self.after, &self.earlier].into_iter().map(|text| named(text));
        let first = found.into_iter().find(|found| !found.is_empty())?;
        if first.len() == 1 { first.into_iter().next() } else { None }
    }

    /// Says whether the number is said by how much something changed or differs.
    fn by_amount(&self) -> bool {
        let own = plain_words(&self.own);
        let after = plain_words(&self.after);
        let by = own.last().is_some_and(|word| is_in(word, |words| words.by));
        // «5 пайызға өсті», while «5 пайызға дейін өсті» is where it came to.
        let led = after.iter().any(|word| is_in(word, |words| words.beyond_behind));
        let behind = movement(&self.after).is_some() && !led;
        by || behind
    }

    /// Says whether something in the clause makes another figure of the number than a cell or a change.
    fn is_apart(&self, bounded: bool) -> bool {
        let text = format!("{} {} {}", self.earlier, self.own, self.after);
        let near = plain_words(&format!("{} {}", self.own, self.after));
        let in_order = plain_words(&text).iter().any(|word| is_in(word, |words| words.in_order));
        let apart = near.iter().any(|word| is_in_stems(word, |words| words.apart));
        let near_text = format!(" {} ", near.join(" "));
        let apart = apart || all(|words| words.ages).any(|pattern| near_text.contains(&format!(" {pattern} ")));
        // What bounds a number compares nothing.
        let compared = !bounded && near.iter().any(|word| is_in(word, |words| words.comparatives));
        in_order || apart || compared
    }

    /// Says whether a word that nobody knows stands before one that names the measure, «городское население»: then another
    /// measure may be meant.
    fn qualifies(&self, shelf: &Shelf) -> bool {
        let text = words(&format!("{} {} {}", self.earlier, self.own, self.after));
        let mut known: Vec<bool> = text.iter().map(|word| is_plain(word) || shelf.is_named_by(word)).collect();
        for dimension in shelf.dimensions.iter().filter(|dimension| !dimension.years) {
            for (_, at) in dimension.members.all(&text) {
                // What kind of place it is stands behind its name.
                let last = (at.end + 1).min(known.len());
                known[at.start..last].iter_mut().for_each(|known| *known = true);
            }
        }
        (1..text.len()).any(|at| shelf.is_named_by(&text[at]) && !known[at - 1])
    }
}

/// Says whether a word qualifies nothing: a number, a time, a short word.
fn is_plain(word: &str) -> bool {
    let short = word.chars().count() <= 3;
    short || word.starts_with(|c: char| c.is_ascii_digit()) || is_in_stems(word, |words| words.times)
}
