//! Plan: what a new edition takes from which vintage, which analyses go on, and which wait for figures.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::analysis::{self, Edition};
use crate::catalog::entry::Time;
use crate::cli::answers::{EditionBegun, Taken};
use crate::diagnostic::{Diagnostics, code};
use crate::files::Spanned;
use crate::finding::{Cell, Code, Key, Part, Period, Value};
use crate::output::Material;
use crate::study::{Analysis, EditionEntry, Span};

/// The member of an analysis that holds its own figures.
const VALUE: &str = "value";

/// How many figures of a table come from a vintage, and of which periods.
pub(super) struct Takes {
    table: String,
    vintage: String,
    is_new: bool,
    figures: usize,
    periods: Option<(Period, Period)>,
}

/// What a new edition is to be.
#[derive(Default)]
pub(super) struct Plan {
    /// Table → vintages, the preferred first.
    pub vintages: BTreeMap<String, Vec<String>>,
    /// Vintages that no edition named before.
    pub fresh: BTreeSet<String>,
    /// Analysis → period, where it is not the study's.
    pub periods: BTreeMap<String, Span>,
    /// Analyses that go on, each with its new end.
    pub moved: BTreeMap<String, String>,
    /// Expressions that cannot go on with all that they speak of, each with the end at which they are held.
    pub held: BTreeMap<String, String>,
    /// What waits, and for what.
    pub lacking: Vec<String>,
    /// From which vintage figures come.
    pub takes: Vec<Takes>,
    /// The pages that it prints, where the edition before chooses them.
    pub pages: Vec<String>,
    /// Pages that speak of nothing new.
    pub idle: Vec<String>,
    /// Whether a series would hold figures of several vintages, and nothing says why it may.
    pub needs_reason: bool,
    waits: BTreeMap<String, String>,
}

impl Plan {
    /// Works out the edition that continues another, which may be the only one and named by nobody until now.
    pub(super) fn of(material: &Material, name: &str, old: &EditionEntry) -> Plan {
        let mut plan = Plan { vintages: old.vintages.value.clone(), ..Plan::default() };
        plan.periods = old.periods.iter().map(|(own, span)| (own.clone(), span.value.clone())).collect();
        let all = &material.study.editions;
        plan.choose(material, if material.study.has_one_edition() { vec![old] } else { all.values().collect() });
        plan.reach(material, old);
        let entry = plan.entry(old);
        let mut told = Diagnostics::default();
        let edition = analysis::compute(&material.study, name, &entry, &material.catalog, &material.dataset, &mut told);
        let is_mixed = told.sorted().iter().any(|problem| problem.code == code::STUDY_VINTAGE);
        plan.needs_reason = old.across_vintages.is_some() || is_mixed;
        plan.takes = plan.taken(material, &edition);
        plan.hold(material, &edition);
        plan.pages = old.pages.iter().map(|page| page.value.clone()).collect();
        plan.idle = plan.idle_pages(material);
        plan
    }

    /// Lists the pages that speak of figures, and of none that a new vintage gives or that goes on.
    fn idle_pages(&self, material: &Material) -> Vec<String> {
        let study = &material.study;
        let fresh = |table: &String| {
            let vintages = self.vintages.get(table);
            vintages.is_some_and(|list| list.iter().any(|vintage| self.fresh.contains(vintage)))
        };
        let is_idle = |page: &&String| {
            let spoken = material.prose.spoken_by(study, page);
            !spoken.is_empty() && !spoken.iter().any(|name| self.moved.contains_key(name) || fresh(name))
        };
        let pages = if self.pages.is_empty() { &study.pages } else { &self.pages };
        pages.iter().filter(is_idle).cloned().collect()
    }

    /// Names the vintages: those of the edition before, and ahead of them what no edition names, which is newer. What
    /// was transcribed from a paper comes last.
    fn choose(&mut self, material: &Material, editions: Vec<&EditionEntry>) {
        let named: BTreeSet<(&str, &str)> = (editions.iter())
            .flat_map(|edition| &edition.vintages.value)
            .flat_map(|(table, list)| list.iter().map(move |vintage| (table.as_str(), vintage.as_str())))
            .collect();
        for resource in &material.catalog.resources {
            let feed = &resource.esep;
            if named.contains(&(feed.table.as_str(), feed.vintage.as_str())) {
                continue;
            }
            self.fresh.insert(feed.vintage.clone());
            let list = self.vintages.entry(feed.table.clone()).or_default();
            if !list.contains(&feed.vintage) {
                let at = if feed.status == "transcribed" { list.len() } else { 0 };
                list.insert(at, feed.vintage.clone());
            }
        }
    }

    /// Moves the analyses that end where their edition does as far as their tables reach.
    fn reach(&mut self, material: &Material, old: &EditionEntry) {
        let study = &material.study;
        let ends: BTreeMap<&str, String> = (study.analyses.iter())
            .filter_map(|(own, analysis)| {
                let to = old.periods.get(own).and_then(|span| span.value.to.clone());
                Some((own.as_str(), to.or_else(|| analysis.value.period.to.clone())?))
            })
            .collect();
        let time = |analysis: &Analysis| {
            let table = analysis.table.as_ref().and_then(|table| material.catalog.tables.get(&table.value));
            table.map(|table| table.time == Time::Stock)
        };
        for (own, analysis) in &study.analyses {
            let (Some(is_stock), Some(end)) = (time(&analysis.value), ends.get(own.as_str())) else { continue };
            // What ended before the edition did is of a time of its own: the ten years of a paper.
            let latest = (study.analyses.iter())
                .filter(|(_, other)| time(&other.value) == Some(is_stock))
                .filter_map(|(other, _)| ends.get(other.as_str()))
                .filter(|other| other.len() == end.len())
                .max();
            let reach = |vintages| reached(&analysis.value, vintages, material).map(|period| period.to_string());
            // What waited in the edition before ended where its table did.
            let waited = || reach(&old.vintages.value).as_ref() == Some(end);
            if latest != Some(end) && !waited() {
                continue;
            }
            match reach(&self.vintages) {
                Some(reach) if reach.len() == end.len() && reach > *end => {
                    self.periods.entry(own.clone()).or_default().to = Some(reach.clone());
                    self.moved.insert(own.clone(), reach);
                }
                _ if latest == Some(end) => drop(self.waits.insert(own.clone(), end.clone())),
                _ => {}
            }
        }
        for (own, end) in &self.waits {
            let analysis = &study.analyses[own].value;
            if let (Some(table), Some(measure)) = (&analysis.table, &analysis.measure) {
                let said = format!("{own}: table `{}`, measure `{}` ends in {end}", table.value, measure.value);
                self.lacking.push(said);
            }
        }
    }

    /// Makes the entry of the edition as it would be read.
    fn entry(&self, old: &EditionEntry) -> EditionEntry {
        let (referenced, defined) = (old.vintages.referenced, old.vintages.defined);
        let periods = self.periods.iter();
        EditionEntry {
            vintages: Spanned::new(self.vintages.clone(), referenced, defined),
            periods: periods
                .map(|(own, span)| (own.clone(), Spanned::new(span.clone(), referenced, defined)))
                .collect(),
            ..old.clone()
        }
    }

    /// Counts the figures by vintage, table by table.
    fn taken(&self, material: &Material, edition: &Edition) -> Vec<Takes> {
        let mut out = Vec::new();
        for (table, vintage) in self.vintages.iter().flat_map(|(table, list)| list.iter().map(move |own| (table, own)))
        {
            let measures = material.catalog.tables.get(table).into_iter().flat_map(|entry| entry.measures.keys());
            let cells = measures.filter_map(|own| edition.findings.member(table, own)).flat_map(|own| &own.cells);
            let is_own =
                |cell: &Cell| matches!(cell.value, Value::Amount(_)) && cell.vintages.iter().any(|own| own == vintage);
            let keys: Vec<&Key> = cells.filter(|(_, cell)| is_own(cell)).map(|(key, _)| key).collect();
            let periods = || keys.iter().filter_map(|key| key.period());
            out.push(Takes {
                table: table.clone(),
                vintage: vintage.clone(),
                is_new: self.fresh.contains(vintage),
                figures: keys.len(),
                periods: periods().min().zip(periods().max()),
            });
        }
        out
    }

    /// Holds the expressions back whose last periods are missing altogether, since something that they speak of ends
    /// before what goes on, and says what that is.
    fn hold(&mut self, material: &Material, edition: &Edition) {
        let reached = self.reached(material);
        let exprs = material.study.analyses.iter().filter_map(|(own, entry)| Some((own, entry.value.expr.as_ref()?)));
        for (own, expr) in exprs.filter(|(own, _)| reached.contains(own.as_str())) {
            let held = ends(edition, own, VALUE).filter(|(all, filled)| filled < all);
            if let Some((_, filled)) = held {
                self.periods.entry(own.clone()).or_default().to = Some(filled.to_string());
                self.held.insert(own.clone(), filled.to_string());
            }
            let parts = spoken(&expr.value).into_iter();
            let parts: Vec<(&str, &str, String)> = parts
                .filter_map(|(name, member)| Some((name, member, ends(edition, name, member)?.1.to_string())))
                .collect();
            let going = parts.iter().filter(|(name, ..)| reached.contains(name)).map(|(.., filled)| filled).max();
            let Some(last) = going.cloned() else { continue };
            for (name, member, filled) in parts.iter().filter(|(.., own)| *own < last && own.len() == last.len()) {
                let table = material.study.analyses.get(*name).and_then(|analysis| analysis.value.table.as_ref());
                let of = table.map(|table| format!(" (table `{}`)", table.value)).unwrap_or_default();
                let said = format!("{own}: of {last} there is no `{name}.{member}`{of}, which ends in {filled}");
                self.lacking.push(said);
            }
        }
    }

    /// Lists the analyses that go on, and all expressions that rest on them.
    fn reached<'a>(&self, material: &'a Material) -> BTreeSet<&'a str> {
        let analyses = &material.study.analyses;
        let mut reached: BTreeSet<&str> =
            analyses.keys().map(String::as_str).filter(|own| self.moved.contains_key(*own)).collect();
        loop {
            let rests = |expr: &str| spoken(expr).into_iter().any(|(name, _)| reached.contains(name));
            let next: Vec<&str> = (analyses.iter())
                .filter(|(own, entry)| {
                    !reached.contains(own.as_str()) && entry.value.expr.as_ref().is_some_and(|expr| rests(&expr.value))
                })
                .map(|(own, _)| own.as_str())
                .collect();
            if next.is_empty() {
                return reached;
            }
            reached.extend(next);
        }
    }

    /// Tells the plan to a machine.
    pub(super) fn answer<'a>(&'a self, name: &'a str, from: &'a str) -> EditionBegun<'a> {
        EditionBegun {
            edition: name,
            from,
            vintages: &self.vintages,
            takes: self.takes.iter().map(Takes::answer).collect(),
            moved: &self.moved,
            held: &self.held,
            lacking: &self.lacking,
            pages: &self.pages,
            idle_pages: &self.idle,
            across_vintages: self.needs_reason,
        }
    }
}

/// Makes the entry of an edition that nobody named until now: it keeps the vintages that stood before the newest of each
/// table, which the edition after it takes up. Returns with it what was newest.
pub(super) fn before_the_newest(old: &EditionEntry) -> (EditionEntry, Vec<(String, String)>) {
    let mut kept = old.clone();
    let mut newest = Vec::new();
    for (table, list) in kept.vintages.value.iter_mut().filter(|(_, list)| list.len() > 1) {
        newest.push((table.clone(), list.remove(0)));
    }
    (kept, newest)
}

impl Takes {
    fn answer(&self) -> Taken<'_> {
        Taken {
            table: &self.table,
            vintage: &self.vintage,
            new: self.is_new,
            figures: self.figures,
            periods: self.periods.map(|(from, to)| [from.to_string(), to.to_string()]),
        }
    }
}

impl fmt::Display for Takes {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let new = if self.is_new { " (new)" } else { "" };
        write!(f, "{} from {}{new}: {} figures", self.table, self.vintage, self.figures)?;
        match self.periods {
            Some((from, to)) if from == to => write!(f, " of {from}"),
            Some((from, to)) => write!(f, " of {from} to {to}"),
            None => Ok(()),
        }
    }
}

/// The series of which an expression speaks, by analysis and member.
fn spoken(expr: &str) -> BTreeSet<(&str, &str)> {
    let words = expr.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
    words.filter_map(|word| word.split_once('.')).collect()
}

/// The last period of a series, and the last of which it has a number.
fn ends(edition: &Edition, name: &str, member: &str) -> Option<(Period, Period)> {
    let series = edition.findings.member(name, member)?;
    let dated = || series.cells.iter().filter_map(|(key, cell)| Some((key.period()?, cell)));
    let filled = dated().filter(|(_, cell)| matches!(cell.value, Value::Amount(_))).map(|(period, _)| period).max()?;
    Some((dated().map(|(period, _)| period).max()?, filled))
}

/// The last period for which a table holds the figures of an analysis in some vintages: those of its one territory, or of
/// at least half as many keys as its fullest period.
fn reached(analysis: &Analysis, vintages: &BTreeMap<String, Vec<String>>, material: &Material) -> Option<Period> {
    let (table, measure) = (analysis.table.as_ref()?, analysis.measure.as_ref()?);
    let own = material.dataset.tables.get(&table.value)?;
    let alone = match analysis.territories.as_slice() {
        // The name of a group reads as a code as well.
        [one] => Code::parse(&one.value).filter(|code| material.catalog.territories.get(code).is_some()),
        _ => None,
    };
    let mut keys: BTreeMap<Period, BTreeSet<&Key>> = BTreeMap::new();
    for cells in vintages.get(&table.value)?.iter().filter_map(|vintage| own.layers.get(vintage)?.get(&measure.value)) {
        for (key, _) in cells.iter().filter(|(_, cell)| cell.value.is_ok()) {
            let is_own = |code: &Code| key.0.contains(&Part::Territory(code.clone()));
            if let Some(period) = key.period().filter(|_| alone.as_ref().is_none_or(is_own)) {
                keys.entry(period).or_default().insert(key);
            }
        }
    }
    let most = keys.values().map(BTreeSet::len).max()?;
    keys.into_iter().filter(|(_, keys)| keys.len() * 2 >= most).map(|(period, _)| period).max()
}
