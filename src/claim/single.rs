//! Single: a number that a paper prints, or a statement about numbers, as it is judged.

use super::entry::{AcceptedEntry, ClaimEntry, ReasonEntry};
use super::paper::{CellOf, Measure};
use super::rule::Rule;
use super::{Basis, Differs, Kind, Printed, ReadingEntry, Says, Texts};
use crate::finding::{Amount, Unit};
use crate::language::worded;

/// A number that a paper prints, or a statement about numbers; its keys are told where they are read, in `entry`.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "told in `entry`")]
pub struct Claim {
    /// Whether its language parts thousands by commas, so that `95,019` is a whole number.
    pub parts_by_comma: bool,
    pub id: String,
    pub place: String,
    pub phrase: Option<String>,
    pub printed: String,
    pub unit: String,
    pub period: Option<String>,
    pub population: Option<String>,
    pub rule: Rule,
    pub says: Says,
    pub within: Option<String>,
    pub expr: Option<String>,
    pub basis: Option<Basis>,
    pub also: Vec<ReadingEntry>,
    pub headline: bool,
    pub remark: Option<Texts>,
    pub unjudged: Option<Texts>,
    pub differs: Vec<Differs>,
    pub accepted: Option<AcceptedEntry>,
    pub excluded: Option<ReasonEntry>,
    pub reply: Option<Texts>,
    /// The cell of a table that it is; the file lists tables whole.
    pub cell: Option<CellOf>,
}

impl From<ClaimEntry> for Claim {
    fn from(mut entry: ClaimEntry) -> Claim {
        let rule = Rule::of(&mut entry);
        let ClaimEntry { id, place, phrase, printed, unit, period, population, says, within, .. } = entry;
        let ClaimEntry { expr, basis, also, headline, remark, unjudged, differs, accepted, excluded, reply, .. } =
            entry;
        Claim {
            parts_by_comma: false,
            id,
            place,
            phrase,
            printed,
            unit,
            period,
            population,
            rule,
            says,
            within,
            expr,
            basis,
            also,
            headline,
            remark,
            unjudged,
            differs,
            accepted,
            excluded,
            reply,
            cell: None,
        }
    }
}

impl Claim {
    /// Returns how it is judged.
    pub fn kind(&self) -> Kind {
        self.rule.kind()
    }

    /// Returns the claim without the sign that it states beside its words.
    pub(super) fn without_sign(&self) -> Claim {
        let mut claim = self.clone();
        if let Rule::Sign { sign, .. } = &mut claim.rule {
            *sign = None;
        }
        claim
    }

    /// Returns the first and last year of a period.
    pub fn years(&self) -> Option<(i32, i32)> {
        if let Rule::Period { years, .. } = self.rule { years } else { None }
    }

    /// Lists the ids of the claims whose numbers this one prints together.
    pub fn listed(&self) -> Vec<&str> {
        self.rule.listed()
    }

    /// Returns the printed number, where it is one.
    pub fn number(&self) -> Option<Printed> {
        if self.parts_by_comma && is_parted_by_commas(&self.printed) {
            return Printed::parse(&self.printed.replace(',', "").replace('.', ","));
        }
        let worded = || worded(&self.printed).map(|value| Printed::of(Amount::Integer(value.into()), 0));
        let scanned = || super::scan::parts(&self.printed, self.measure().scale);
        Printed::parse(&self.printed).or_else(scanned).or_else(worded)
    }

    /// Returns its unit and scale.
    pub fn measure(&self) -> Measure {
        Measure::parse(&self.unit).unwrap_or(Measure { unit: Unit::None, scale: 1 })
    }

    /// Returns true where something derives it; else its readings only stand near it.
    pub fn is_derived(&self) -> bool {
        self.expr.is_some() || self.rule.other().is_some()
    }

    /// Lists the ways to derive it, the first one foremost.
    pub fn readings(&self) -> Vec<ReadingEntry> {
        let own = self.expr.clone().map(|expr| {
            let basis = self.basis.unwrap_or(Basis::Paper);
            ReadingEntry { basis, expr, note: None }
        });
        let same = self.rule.other().map(|other| {
            let expr = if other.contains('[') { other.to_owned() } else { format!("printed.value[{other}]") };
            ReadingEntry { basis: Basis::Paper, expr, note: None }
        });
        own.or(same).into_iter().chain(self.also.iter().cloned()).collect()
    }
}

/// Says whether the commas of a number part its thousands: `95,019`, `1,234.5`, but not `95,01`.
fn is_parted_by_commas(text: &str) -> bool {
    let whole = text.trim_start_matches(['-', '−', '+']).split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()) && digits(group));
    let mut rest = groups.peekable();
    first && rest.peek().is_some() && rest.all(|group| group.len() == 3 && digits(group))
}
