//! Summary: a paper's verdicts counted, its class, and the way in which it rounds.

use std::collections::{BTreeMap, BTreeSet};

use super::speaks::is_undated;
use super::verdict::{Judged, Verdict};
use super::{Basis, Kind, Mode, Says, Stake};

/// How much of a paper was reproduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// There are no data for any of its numbers, so that nothing speaks for it or against it.
    NotJudged,
    /// Everything was judged, and everything holds.
    Fully,
    /// Discrepancies touch no conclusion and few numbers.
    MinorIssues,
    /// Some conclusions or many numbers do not hold.
    Partially,
    /// Most of what carries the conclusions does not hold.
    NotReproduced,
}

/// The verdicts of a paper counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many claims have each verdict, in the order of [`Verdict::ALL`].
    pub counts: [usize; 5],
    /// The same among the claims that carry the conclusions.
    pub headline: [usize; 5],
    /// The same among the numbers and statements of the text.
    pub text: [usize; 5],
    /// The same among the cells of tables.
    pub cells: [usize; 5],
    /// The same of what the cells amount to, the cells that give one another counted as the one check that they are.
    pub checks: [usize; 5],
    /// Claims of the text that are the same check as another one.
    pub repeated: usize,
    /// Claims that hold on their basis and would not on another one.
    pub contested: usize,
    /// Claims that no number on one side can fail, as they set no end there.
    pub unfalsifiable: usize,
    /// Claims that name no time, so that nothing compares it with that of the figures they rest on.
    pub undated: Vec<String>,
    /// Tables of which two rows or more are held to their total alone: exchanged, they would add up as well.
    pub swappable: Vec<String>,
    /// Discrepancies that are not accepted with a reason.
    pub open: usize,
    /// The class.
    pub class: Class,
    /// How it rounds, where that shows.
    pub rounding: Option<Rounding>,
}

/// The way of rounding that fits most of a paper's derived numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// The way.
    pub mode: Mode,
    /// How many numbers it fits.
    pub fits: usize,
    /// Of how many whose rounding shows.
    pub of: usize,
    /// The ids of those that another way fits, with that way.
    pub outliers: Vec<(String, Mode)>,
}

impl Class {
    /// All, from what says nothing to the worst.
    pub const ALL: [Class; 5] =
        [Class::NotJudged, Class::Fully, Class::MinorIssues, Class::Partially, Class::NotReproduced];

    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Class::NotJudged => "not-judged",
            Class::Fully => "fully",
            Class::MinorIssues => "minor-issues",
            Class::Partially => "partially",
            Class::NotReproduced => "not-reproduced",
        }
    }
}

/// Counts the verdicts of one paper.
pub fn summary(judged: &[Judged]) -> Summary {
    let count = |of: &dyn Fn(&Judged) -> bool| {
        Verdict::ALL.map(|verdict| judged.iter().filter(|j| j.verdict == verdict && of(j)).count())
    };
    let is_cell = |j: &Judged| j.claim.cell.is_some();
    let (of_text, of_tables) = (checks(judged, &|j| !is_cell(j)), checks(judged, &is_cell));
    let carrying = checks(judged, &|j| j.claim.headline);
    Summary {
        counts: count(&|_| true),
        headline: count(&|j| j.claim.headline),
        text: count(&|j| !is_cell(j)),
        cells: count(&is_cell),
        checks: of_tables,
        repeated: judged.iter().filter(|j| !is_cell(j) && j.one_check.is_some()).count(),
        contested: judged.iter().filter(|j| j.is_contested()).count(),
        unfalsifiable: judged.iter().filter(|j| j.stake == Stake::Endless).count(),
        undated: judged.iter().filter(|j| is_undated(j)).map(|j| j.claim.id.clone()).collect(),
        swappable: swappable(judged),
        open: judged.iter().filter(|j| j.is_open()).count(),
        class: whole(
            class(&of_text, &carrying),
            class(&of_tables, &[0; 5]),
            of_text[UNRESOLVED] + of_tables[UNRESOLVED],
        ),
        rounding: rounding(judged),
    }
}

/// Counts the verdicts of checks: of claims that give one another, the worst speaks for all.
fn checks(judged: &[Judged], of: &dyn Fn(&Judged) -> bool) -> [usize; 5] {
    let mut worst: BTreeMap<&str, Verdict> = BTreeMap::new();
    for one in judged.iter().filter(|one| of(one)) {
        let verdict = worst.entry(one.one_check.as_ref().unwrap_or(&one.claim.id)).or_insert(one.verdict);
        *verdict = worse(*verdict, one.verdict);
    }
    Verdict::ALL.map(|verdict| worst.values().filter(|own| **own == verdict).count())
}

/// Returns the worse of two verdicts; one that nothing decides speaks only where no other does.
fn worse(a: Verdict, b: Verdict) -> Verdict {
    match (a, b) {
        (Verdict::Unresolved, other) | (other, Verdict::Unresolved) => other,
        (a, b) => a.max(b),
    }
}

/// Where the unresolved are counted.
const UNRESOLVED: usize = 4;

/// Decides the class: by the claims that carry the conclusions first, then by the share of discrepancies.
fn class(counts: &[usize; 5], headline: &[usize; 5]) -> Class {
    let problems = |of: &[usize; 5]| of[2] + of[3];
    let settled = |of: &[usize; 5]| of[0] + of[1] + problems(of);
    if settled(counts) == 0 {
        return Class::NotJudged;
    }
    match (problems(counts), problems(headline)) {
        (0, _) if headline[UNRESOLVED] + counts[UNRESOLVED] == 0 => Class::Fully,
        (0, _) => Class::Partially,
        (_, wrong) if wrong > 0 && 2 * wrong > settled(headline) => Class::NotReproduced,
        (all, 0) if 20 * all <= settled(counts) => Class::MinorIssues,
        _ => Class::Partially,
    }
}

/// Puts the grades of text and tables together: the worse one; and where one of them could not be judged, not all was.
fn whole(text: Class, tables: Class, unresolved: usize) -> Class {
    let worse = text.max(tables);
    if worse == Class::Fully && unresolved > 0 { Class::Partially } else { worse }
}

/// Finds the way of rounding of a paper, from the numbers whose derived value has more decimals than are printed.
fn rounding(judged: &[Judged]) -> Option<Rounding> {
    let shown: Vec<(&Judged, Vec<Mode>)> = judged
        .iter()
        .filter(|j| j.claim.says == Says::Exact && matches!(j.claim.kind(), Kind::Number | Kind::SameAs | Kind::Sum))
        .filter_map(|j| {
            let (printed, derived) = (j.claim.number()?, j.first()?.derived.clone()?);
            let fits: Vec<Mode> = Mode::ALL.into_iter().filter(|mode| printed.is(*mode, &derived)).collect();
            (derived != printed.value && !fits.is_empty()).then_some((j, fits))
        })
        .collect();
    let fitting = |mode: Mode| shown.iter().filter(|(_, fits)| fits.contains(&mode)).count();
    // Of equals the first, which is the usual one.
    let mode = Mode::ALL.into_iter().rev().max_by_key(|mode| fitting(*mode))?;
    let outliers = shown.iter().filter(|(_, fits)| !fits.contains(&mode));
    let outliers: Vec<(String, Mode)> = outliers.map(|(j, fits)| (j.claim.id.clone(), fits[0])).collect();
    (!shown.is_empty()).then(|| Rounding { mode, fits: fitting(mode), of: shown.len(), outliers })
}

/// Lists the tables of which two rows or more rest on nothing that tells one from the other.
fn swappable(judged: &[Judged]) -> Vec<String> {
    let mut rows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in judged.iter().filter(|one| one.claim.kind() == Kind::Number && !one.verdict.is_problem()) {
        let told = one.readings.iter().any(|reading| reading.basis == Basis::Agency);
        if let Some(cell) = one.claim.cell.as_ref().filter(|_| !told && one.verdict == Verdict::Confirmed) {
            rows.entry(&cell.table).or_default().insert(&cell.row);
        }
    }
    rows.into_iter().filter(|(_, rows)| rows.len() > 1).map(|(table, _)| table.to_owned()).collect()
}
