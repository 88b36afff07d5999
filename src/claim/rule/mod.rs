//! Rule: how a claim is judged, with what its kind needs; one file for each way of judging.

pub(super) mod list;
pub(super) mod number;
pub(super) mod period;
pub(super) mod same;
pub(super) mod shares;
pub(super) mod truth;

use super::entry::{ClaimEntry, Kind, ShareEntry, Sign};
use super::probe::Probe;
use super::verdict::{Detail, Hold, Outcome, Slack, Verdict};
use super::{Claim, Paper};
use crate::analysis::Edition;

/// How a claim is judged, with what only claims of its kind have.
#[derive(Clone, Debug, Default)]
pub enum Rule {
    /// The derived value rounds to the printed one.
    #[default]
    Number,
    /// Parts add up to a printed total.
    Sum,
    /// A count is exact.
    Count {
        /// An expression that shows what holds.
        instead: Option<String>,
    },
    /// All values have a sign.
    Sign {
        /// The sign.
        sign: Option<Sign>,
        /// An expression that shows what holds.
        instead: Option<String>,
    },
    /// An order holds.
    Ranking {
        /// An expression that shows what holds.
        instead: Option<String>,
    },
    /// A number of years fits its first and last year.
    Period {
        /// First and last year, both counted.
        years: Option<(i32, i32)>,
        /// Whether it is time between two dates, so that one end counts.
        between: bool,
    },
    /// The same quantity is printed in two places.
    SameAs {
        /// The other claim or cell.
        other: Option<String>,
    },
    /// Numbers stand in the order of their subjects.
    List {
        /// Groups of claims that stand in one order.
        lists: Vec<Vec<String>>,
        /// What must be possible in the right order.
        closes: Vec<String>,
    },
    /// Several shares are of one total.
    SharesOfOneTotal {
        /// Each share with its part.
        shares: Vec<ShareEntry>,
    },
}

impl Rule {
    /// Takes what a claim's kind needs out of what its author wrote.
    pub(super) fn of(entry: &mut ClaimEntry) -> Rule {
        let instead = entry.instead.take();
        match entry.kind {
            Kind::Number => Rule::Number,
            Kind::Sum => Rule::Sum,
            Kind::Count => Rule::Count { instead },
            Kind::Sign => Rule::Sign { sign: entry.sign, instead },
            Kind::Ranking => Rule::Ranking { instead },
            Kind::Period => Rule::Period { years: entry.years, between: entry.between },
            Kind::SameAs => Rule::SameAs { other: entry.same_as.take() },
            Kind::List => {
                Rule::List { lists: std::mem::take(&mut entry.lists), closes: std::mem::take(&mut entry.closes) }
            }
            Kind::SharesOfOneTotal => Rule::SharesOfOneTotal { shares: std::mem::take(&mut entry.shares) },
        }
    }

    /// Returns the kind.
    pub fn kind(&self) -> Kind {
        match self {
            Rule::Number => Kind::Number,
            Rule::Sum => Kind::Sum,
            Rule::Count { .. } => Kind::Count,
            Rule::Sign { .. } => Kind::Sign,
            Rule::Ranking { .. } => Kind::Ranking,
            Rule::Period { .. } => Kind::Period,
            Rule::SameAs { .. } => Kind::SameAs,
            Rule::List { .. } => Kind::List,
            Rule::SharesOfOneTotal { .. } => Kind::SharesOfOneTotal,
        }
    }

    /// Holds the number that a reading gives to the printed one.
    pub(super) fn hold(&self, claim: &Claim, reading: &Outcome, bench: &Edition) -> Option<(Hold, Slack)> {
        match self {
            Rule::SameAs { .. } => same::hold(claim, reading, bench),
            _ => number::hold(claim, reading),
        }
    }

    /// Judges what is printed together, where that decides a claim.
    pub(super) fn judge(&self, claim: &Claim, paper: &Paper, bench: &Edition) -> Option<(Verdict, Detail)> {
        match self {
            Rule::Period { .. } => period::judge(claim),
            Rule::List { lists, closes } => list::judge(lists, closes, paper, bench),
            Rule::SharesOfOneTotal { shares } => shares::judge(shares, &Probe::new(bench)),
            _ => None,
        }
    }

    /// Returns the expression that shows what holds where the claim does not.
    pub(super) fn instead(&self) -> Option<&str> {
        match self {
            Rule::Count { instead } | Rule::Sign { instead, .. } | Rule::Ranking { instead } => instead.as_deref(),
            _ => None,
        }
    }

    /// Returns the other place of a number that is printed twice.
    pub(super) fn other(&self) -> Option<&str> {
        if let Rule::SameAs { other } = self { other.as_deref() } else { None }
    }

    /// Lists the ids of the claims whose numbers are printed together.
    pub(super) fn listed(&self) -> Vec<&str> {
        match self {
            Rule::List { lists, .. } => lists.iter().flatten().map(String::as_str).collect(),
            Rule::SharesOfOneTotal { shares } => shares.iter().map(|share| share.share.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// Lists the expressions that it asks beside the claim's own.
    pub(super) fn expressions(&self) -> Vec<&str> {
        match self {
            Rule::List { closes, .. } => closes.iter().map(String::as_str).collect(),
            Rule::SharesOfOneTotal { shares } => shares.iter().map(|share| share.part.as_str()).collect(),
            _ => self.instead().into_iter().collect(),
        }
    }

    /// Says what it lacks.
    pub(super) fn lacks(&self, has_expr: bool, has_remark: bool) -> Option<&'static str> {
        let (there, message) = match self {
            Rule::Number | Rule::Count { .. } | Rule::Sum => return None,
            Rule::Sign { sign, .. } => (sign.is_some() && has_expr, "a sign needs `sign` and `expr`"),
            Rule::Ranking { .. } => (
                has_expr || has_remark,
                "a ranking needs `expr`, a statement that is true or not, or a `remark` that says what would settle it",
            ),
            Rule::Period { years, .. } => (years.is_some(), "a period needs `years: [first, last]`"),
            Rule::SameAs { other } => (other.is_some(), "`same-as` needs `same_as`, the id of the other place"),
            Rule::List { lists, closes } => {
                (!lists.is_empty() && !closes.is_empty(), "a list needs `lists` and `closes`")
            }
            Rule::SharesOfOneTotal { shares } => (shares.len() > 1, "shares of one total need at least two `shares`"),
        };
        (!there).then_some(message)
    }
}
