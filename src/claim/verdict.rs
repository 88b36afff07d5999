//! Verdict: what is said of a claim, on each basis and as a whole, with what it rests on and how near it is to another.

use super::entry::Way;
use super::probe::CellName;
use super::{AcceptedEntry, Basis, Claim, Mode, Paper, Printed, Rule, Texts};
use crate::expression::Interval;
use crate::finding::{Amount, FindingId, Part, Unit, Value};

/// What the data say of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The derived value rounds to the printed string.
    Confirmed,
    /// It does not, but the printed precision of the inputs or another way of rounding allows it.
    Rounding,
    /// The agency's series neither gives it nor can.
    Contradicted,
    /// Two statements of the same paper cannot both hold.
    Inconsistent,
    /// Nothing at hand derives it.
    Unresolved,
}

/// Whether something holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It does.
    Yes,
    /// Under another way of rounding, which is named.
    Mode(Mode),
    /// Within what the printed precision of the inputs leaves open.
    Within,
    /// It does not and cannot.
    No,
}

/// A claim on one basis.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What it rests on.
    pub basis: Basis,
    /// The expression as written.
    pub expr: String,
    /// The finding: the expression with `last` and ranges resolved.
    pub finding: FindingId,
    /// The vintages behind it.
    pub vintages: Vec<String>,
    /// What it came to.
    pub value: Value,
    /// The derived number in printed units.
    pub derived: Option<Amount>,
    /// What the printed precision of the inputs leaves open, in printed units.
    pub interval: Option<Interval>,
    /// Derived less printed, in printed units.
    pub distance: Option<Amount>,
    /// The way of rounding under which it holds, where that is not the usual one.
    pub mode: Option<Mode>,
    /// The verdict on this basis alone.
    pub verdict: Verdict,
    /// How it differs from the first reading.
    pub note: Option<Texts>,
    /// The cells that it reads.
    pub reads: Vec<CellName>,
}

/// How far what a confirmed verdict rests on could move before the verdict fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Slack {
    /// The claim is not confirmed.
    #[default]
    None,
    /// The derived value, in printed units; without an end where nothing bounds it.
    Value {
        /// Down by less than this.
        down: Option<Amount>,
        /// Up by less than this.
        up: Option<Amount>,
    },
    /// One input, which the change named here is the least to fail it.
    Input(Flip),
    /// No change of a single input fails it.
    Fixed,
    /// Any year more or less fails it.
    Years,
}

/// What a rule found beside values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    #[default]
    None,
    /// The years of a period, both ends counted, and their difference.
    Years {
        /// Both ends counted.
        counted: i64,
        /// The difference of the ends.
        difference: i64,
    },
    /// The totals that satisfy every share, in the unit of the parts; `None` where there is none.
    Totals(Option<Interval>),
    /// The one other order in which a list closes: (id, the value that belongs there).
    Repair(Vec<(String, String)>),
    /// No other order closes, or more than one does.
    NoRepair(usize),
    /// What holds instead, as the finding that says it.
    Instead(Value),
}

/// A claim with its verdict.
#[derive(Clone, Debug)]
pub struct Judged<'a> {
    /// The paper.
    pub paper: &'a Paper,
    /// The claim.
    pub claim: &'a Claim,
    /// The verdict: that of the first reading.
    pub verdict: Verdict,
    /// On each basis, the first foremost.
    pub readings: Vec<Outcome>,
    /// What the rule found beside values.
    pub detail: Detail,
    /// The reading under which it would be right, where it is a discrepancy and there is one.
    pub fair: Option<Fair>,
    /// How far what it rests on could move, where it is confirmed.
    pub slack: Slack,
    /// The first of the claims that give one another with this one, where they rest on nothing else: all are one check.
    pub one_check: Option<String>,
    /// The claims of the circle in which each is only said to be what the next one is, where it stands in one.
    pub circle: Vec<String>,
    /// Why it is not held to what is printed, where it is not: then nothing is said of it.
    pub unheld: Option<Unheld>,
    /// Whether the verdict depends on what is printed.
    pub stake: Stake,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Verdict; 5] =
        [Verdict::Confirmed, Verdict::Rounding, Verdict::Contradicted, Verdict::Inconsistent, Verdict::Unresolved];

    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Rounding => "rounding",
            Verdict::Contradicted => "contradicted",
            Verdict::Inconsistent => "inconsistent",
            Verdict::Unresolved => "unresolved",
        }
    }

    /// Returns true for a discrepancy.
    pub fn is_problem(self) -> bool {
        matches!(self, Verdict::Contradicted | Verdict::Inconsistent)
    }

    /// Says what a statement that holds or not is called on a basis.
    pub fn of(hold: &Hold, basis: Basis) -> Verdict {
        match (hold, basis) {
            (Hold::Yes, _) => Verdict::Confirmed,
            (Hold::Mode(_) | Hold::Within, _) => Verdict::Rounding,
            (Hold::No, Basis::Agency) => Verdict::Contradicted,
            (Hold::No, Basis::Paper) => Verdict::Inconsistent,
        }
    }
}

/// What `accepted` says of a statement from which no number is derived.
const NO_NUMBER: &str = "false";

/// Reads what is printed, so that spaces and kinds of minus make no difference.
fn number_or_word(text: &str) -> Result<Printed, &str> {
    Printed::parse(text).ok_or(text)
}

impl Judged<'_> {
    /// Returns the reading that gave the verdict; none where nothing derives the claim.
    pub fn first(&self) -> Option<&Outcome> {
        self.readings.first().filter(|_| self.claim.is_derived())
    }

    /// Lists the readings beside it: other ways to derive the claim, or what stands near one that nothing derives.
    pub fn others(&self) -> impl Iterator<Item = &Outcome> {
        self.readings.iter().skip(usize::from(self.first().is_some()))
    }

    /// Returns true where another reading of the claim bears out what is printed: which was meant, its author knows.
    pub fn is_borne_out(&self) -> bool {
        self.others().any(|other| matches!(other.verdict, Verdict::Confirmed | Verdict::Rounding))
    }

    /// Returns what the verdict rests on; how a paper's statements fit together is its own matter.
    pub fn basis(&self) -> Option<Basis> {
        let own = self.claim.kind().way() == Way::Whole;
        self.first().map(|reading| reading.basis).or(own.then_some(Basis::Paper))
    }

    /// Returns true for a discrepancy that is not accepted with a reason.
    pub fn is_open(&self) -> bool {
        self.verdict.is_problem() && self.accepted().is_none()
    }

    /// Returns why the discrepancy is accepted, where it is the one that was.
    pub fn accepted(&self) -> Option<&AcceptedEntry> {
        self.claim.accepted.as_ref().filter(|entry| {
            self.verdict.is_problem()
                && number_or_word(&entry.printed) == number_or_word(&self.claim.printed)
                && self.is_derived_as(entry)
        })
    }

    fn is_derived_as(&self, entry: &AcceptedEntry) -> bool {
        let decimals = self.claim.number().map_or(0, |printed| printed.decimals);
        match (self.first().and_then(|reading| reading.derived.as_ref()), Printed::parse(&entry.derived)) {
            (Some(derived), Some(known)) => {
                known.value == *derived || known.decimals >= decimals && known.is(Mode::HalfAway, derived)
            }
            (None, None) => entry.derived == NO_NUMBER,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Says what `accepted` has to say of this discrepancy: what is printed and what is derived.
    pub fn residual(&self) -> (String, String) {
        let decimals = self.claim.number().map_or(0, |printed| printed.decimals as usize);
        let derived = self.first().and_then(|reading| reading.derived.as_ref());
        let written = |amount: &Amount| match amount.to_i64() {
            Some(_) if decimals == 0 => amount.to_string(),
            _ => amount.round(decimals + 2).to_string(),
        };
        (self.claim.printed.clone(), derived.map_or_else(|| NO_NUMBER.to_owned(), written))
    }

    /// Orders problems: what carries the conclusions, what is not explained, the farther off by its printed size.
    pub fn weight(&self) -> (bool, bool, Amount) {
        let distance = self.first().and_then(|reading| reading.distance.as_ref()).map(Amount::magnitude);
        let size = self.claim.number().map(|printed| printed.value.magnitude());
        let share = distance.zip(size).and_then(|(distance, size)| distance.divided_by(&size));
        (self.claim.headline, self.is_open(), share.unwrap_or(Amount::ZERO))
    }

    /// Lists the readings that were derived beside a first one that holds, and do not hold.
    pub fn contesting(&self) -> impl Iterator<Item = &Outcome> {
        let holds = matches!(self.verdict, Verdict::Confirmed | Verdict::Rounding) && self.first().is_some();
        self.others().filter(move |other| holds && other.verdict.is_problem())
    }

    /// Returns true where a claim holds on its basis and would not hold on another one, or counts years the less usual way.
    pub fn is_contested(&self) -> bool {
        let between =
            matches!(self.claim.rule, Rule::Period { between: true, .. }) && self.verdict == Verdict::Confirmed;
        between || self.contesting().next().is_some()
    }
}

/// How what is printed would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fair {
    /// Derived in another way that the file of claims gives itself.
    Otherwise,
    /// With the fraction rounded up.
    Up,
    /// Rounded to fewer digits than are printed.
    Coarse,
    /// With the other sign.
    Sign,
    /// In another scale: so many times what is derived.
    Scale(Amount),
    /// With two neighbouring digits in each other's place.
    Digits,
    /// As a difference in points where it says per cent: the expression.
    Points(String),
    /// As a change in per cent where it says points: the expression.
    PerCent(String),
    /// As the rest of the whole.
    Rest(String),
    /// With the two ends, or the part and the whole, in each other's place.
    Ends(String),
    /// At a time so many periods away, with the expression.
    Period(i32, String),
    /// Of another measure, with the expression.
    Measure(String, String),
    /// Of another territory or category, with the expression.
    Population(Part, String),
}

impl Fair {
    /// All stable names.
    pub const NAMES: [&str; 13] = [
        "other-reading",
        "rounded-up",
        "rounded-coarsely",
        "other-sign",
        "other-scale",
        "digits-swapped",
        "points",
        "per-cent",
        "rest-of-whole",
        "ends-swapped",
        "other-period",
        "other-measure",
        "other-population",
    ];

    /// Returns the stable name.
    pub fn name(&self) -> &'static str {
        match self {
            Fair::Otherwise => "other-reading",
            Fair::Up => "rounded-up",
            Fair::Coarse => "rounded-coarsely",
            Fair::Sign => "other-sign",
            Fair::Scale(_) => "other-scale",
            Fair::Digits => "digits-swapped",
            Fair::Points(_) => "points",
            Fair::PerCent(_) => "per-cent",
            Fair::Rest(_) => "rest-of-whole",
            Fair::Ends(_) => "ends-swapped",
            Fair::Period(..) => "other-period",
            Fair::Measure(..) => "other-measure",
            Fair::Population(..) => "other-population",
        }
    }

    /// Returns the expression that gives what is printed, where it is another one.
    pub fn expr(&self) -> Option<&str> {
        match self {
            Fair::Points(expr) | Fair::PerCent(expr) | Fair::Rest(expr) | Fair::Ends(expr) => Some(expr),
            Fair::Period(_, expr) | Fair::Measure(_, expr) | Fair::Population(_, expr) => Some(expr),
            Fair::Otherwise | Fair::Up | Fair::Coarse | Fair::Sign | Fair::Scale(_) | Fair::Digits => None,
        }
    }
}

/// The least change of one input that changes a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flip {
    /// The input.
    pub cell: CellName,
    /// Its unit.
    pub unit: Unit,
    /// What it is.
    pub from: Amount,
    /// What it would have to be, at the least.
    pub to: Amount,
    /// The step by which it was moved: a step less, and the verdict stands.
    pub step: Amount,
}

impl Flip {
    /// Returns the change.
    pub fn change(&self) -> Amount {
        self.to.minus(&self.from)
    }
}

/// Whether a verdict depends on what is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stake {
    /// Nothing is confirmed.
    #[default]
    None,
    /// Whatever else was printed would not be confirmed.
    Printed,
    /// What is printed has no end on one side, as `within: any` says: no number there can fail it.
    Endless,
    /// It is a bound that holds, and lies farther from what is derived than its digits show.
    Far,
    /// It would be confirmed as well if this were printed.
    Idle(String),
    /// It would be confirmed whatever the data were.
    Still,
}

impl Stake {
    /// All stable names.
    pub const NAMES: [&str; 5] = ["printed", "unfalsifiable", "far", "idle", "still"];

    /// Returns the stable name.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Stake::None => None,
            Stake::Printed => Some("printed"),
            Stake::Endless => Some("unfalsifiable"),
            Stake::Far => Some("far"),
            Stake::Idle(_) => Some("idle"),
            Stake::Still => Some("still"),
        }
    }
}

/// Why a statement is not held to what is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unheld {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
}
