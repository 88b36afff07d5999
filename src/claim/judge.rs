//! Judge: one claim → its readings and a verdict: confirmed, within rounding, contradicted, inconsistent, unresolved.

use std::collections::BTreeSet;

use super::asked;
use super::bench::{self, PRINTED};
use super::entry::Kind;
use super::fair::{Fair, fair};
use super::flip::{self, Flip};
use super::idle::{self, Stake};
use super::probe::{CellName, Probe};
use super::range::range;
use super::rule::truth::{Statement, Unheld};
use super::rule::{list, number, period, same, shares, truth};
use super::said::{self, Said};
use super::{AcceptedEntry, Basis, Claim, Mode, Paper, Printed, Texts, identity, speaks};
use crate::analysis::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::expression::{self, Domain, Expr, Interval, Item};
use crate::finding::{Amount, Cell, FindingId, Unit, Value};

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

    /// Returns what the verdict rests on; how a paper's statements fit together is its own matter.
    pub fn basis(&self) -> Option<Basis> {
        let own = matches!(self.claim.kind, Kind::Period | Kind::List | Kind::SharesOfOneTotal);
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
            (Some(derived), Some(known)) => known.decimals >= decimals && known.is(Mode::HalfAway, derived),
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
        let between = self.claim.kind == Kind::Period && self.claim.between && self.verdict == Verdict::Confirmed;
        between || self.contesting().next().is_some()
    }
}

/// Judges a claim on the bench of its paper.
pub fn judge<'a>(paper: &'a Paper, claim: &'a Claim, bench: &Edition) -> Judged<'a> {
    let all: Vec<Option<Outcome>> =
        claim.readings().iter().map(|reading| Outcome::of(reading, claim, paper, bench)).collect();
    // Where the data do not hold what decides a claim, nothing else decides it in its place.
    let undecided = claim.is_derived() && all.first().is_some_and(Option::is_none);
    let mut readings: Vec<Outcome> = all.into_iter().flatten().filter(|_| !undecided).collect();
    let mut detail = Detail::None;
    let said = matches!(claim.kind, Kind::Sign | Kind::Ranking).then(|| said::read(claim, paper, bench));
    let said = said.unwrap_or_default();
    let settled: Vec<Settled> = readings.iter_mut().map(|reading| reading.settle(claim, &said, bench)).collect();
    let mut unheld = settled.first().and_then(|first| first.as_ref().err().cloned());
    let mut slacks: Vec<Slack> = settled.into_iter().map(Result::unwrap_or_default).collect();
    // What the total leaves a single cell says nothing of that cell when the column does not add up: the total is named.
    if claim.cell.is_some() && claim.kind == Kind::Number {
        for reading in readings.iter_mut().filter(|r| r.basis == Basis::Paper && r.verdict == Verdict::Inconsistent) {
            reading.verdict = Verdict::Unresolved;
        }
    }
    // A total that the rows of its own table do not give is a discrepancy, whatever the agency's series says.
    if claim.cell.is_some() && claim.kind == Kind::Sum && readings.first().is_some_and(|r| !r.verdict.is_problem()) {
        readings.sort_by_key(|reading| !reading.verdict.is_problem());
    }
    let ids: Vec<&str> = claim.listed().collect();
    if !ids.is_empty() {
        unheld = list::unlike(claim, &ids, paper);
    }
    let whole = match claim.kind {
        _ if unheld.is_some() => None,
        Kind::Period => period::judge(claim),
        Kind::List => list::judge(claim, paper, bench),
        Kind::SharesOfOneTotal => shares::judge(claim, &Probe::new(bench)),
        Kind::Number | Kind::Sum | Kind::SameAs | Kind::Sign | Kind::Ranking | Kind::Count => None,
    };
    let mut verdict = readings.first().map_or(Verdict::Unresolved, |reading| reading.verdict);
    if let Some((own, found)) = whole {
        (verdict, detail) = (own, found);
    } else if verdict.is_problem()
        && let Some(value) = instead(claim, readings.first(), &said, bench)
    {
        detail = Detail::Instead(value);
    }
    let slack = match (verdict, claim.kind) {
        (Verdict::Confirmed, Kind::Number | Kind::Sum | Kind::SameAs) => slacks.swap_remove(0),
        (Verdict::Confirmed, Kind::Period) => Slack::Years,
        (Verdict::Confirmed, _) => {
            let statement = readings.first().and_then(|reading| reading.statement(claim, &said, bench));
            flip::nearest(claim, statement, bench).map_or(Slack::Fixed, Slack::Input)
        }
        _ => Slack::None,
    };
    let accused = verdict.is_problem() && unheld.is_none();
    let fair = accused.then(|| fair(claim, &readings, &said, bench)).flatten();
    let mut judged =
        Judged { paper, claim, verdict, readings, detail, fair, slack, one_check: None, unheld, stake: Stake::None };
    judged.stake = idle::stake(&judged, &said, bench);
    judged
}

/// Finds what holds instead of a statement that does not: as the claim asks, or else what its expression gives, or the
/// true order of what it compares.
fn instead(claim: &Claim, first: Option<&Outcome>, said: &Said, bench: &Edition) -> Option<Value> {
    let ask = |text: &str| expression::ask(text, bench).ok().map(|finding| finding.cell.value);
    if let Some(text) = &claim.instead {
        return ask(text);
    }
    let first = first.filter(|_| claim.kind == Kind::Ranking)?;
    if matches!(first.value, Value::Key(_) | Value::List(_) | Value::Amount(_)) {
        return Some(first.value.clone());
    }
    let order = asked::order(&bench::parse(&first.expr, bench)?, said.named.len())?;
    ask(&order.to_string())
}

/// How far what a reading rests on could move, or why it is not held to what is printed.
type Settled = Result<Slack, Unheld>;

impl Outcome {
    /// Evaluates a reading on exact values and on intervals.
    fn of(reading: &super::ReadingEntry, claim: &Claim, paper: &Paper, bench: &Edition) -> Option<Outcome> {
        let finding = expression::ask(&reading.expr, bench).ok()?;
        let vintages = vintages(&finding.cell);
        // The paper's own figures are no agency's series, on whatever edition they stand for it.
        if reading.basis == Basis::Agency && misfit(paper, reading.basis, &vintages).is_some() {
            return None;
        }
        let scale = Amount::Integer(claim.measure().scale);
        let derived = finding.cell.value.amount().and_then(|amount| amount.divided_by(&scale));
        let probe = Probe::new(bench);
        let range = expression::parse(&reading.expr).ok().and_then(|expr| range(&expr, &probe));
        let interval = match range.map(|term| term.cell.value) {
            Some(Value::Amount(wide)) => wide.divided_by(&Domain::exact(&scale)),
            _ => None,
        };
        let printed = claim.number();
        let distance = derived.as_ref().zip(printed.as_ref()).map(|(derived, printed)| derived.minus(&printed.value));
        Some(Outcome {
            basis: reading.basis,
            expr: reading.expr.clone(),
            finding: finding.id,
            vintages,
            value: finding.cell.value,
            derived,
            interval,
            distance,
            mode: None,
            verdict: Verdict::Unresolved,
            note: reading.note.clone(),
            reads: probe.reads.take().into_keys().collect(),
        })
    }

    /// Finds the verdict on this basis, and how far the value could move.
    fn settle(&mut self, claim: &Claim, said: &Said, bench: &Edition) -> Settled {
        let Some((hold, slack)) = self.hold(claim, said, bench)? else { return Ok(Slack::None) };
        self.verdict = Verdict::of(&hold, self.basis);
        if let Hold::Mode(mode) = hold {
            self.mode = Some(mode);
        }
        Ok(slack)
    }

    /// Says whether this reading gives what a claim prints; nothing is derived anew but a statement of other names.
    pub fn hold(&self, claim: &Claim, said: &Said, bench: &Edition) -> Result<Option<(Hold, Slack)>, Unheld> {
        // What only stands near a claim is shown and not judged.
        if !claim.is_derived() {
            return Ok(None);
        }
        Ok(match claim.kind {
            Kind::Number | Kind::Count | Kind::Sum => number::hold(claim, self),
            Kind::SameAs => same::hold(claim, self, bench),
            Kind::Sign | Kind::Ranking => {
                truth::hold(claim, self, said, &identity::name(claim, bench), bench)?.map(|hold| (hold, Slack::None))
            }
            Kind::Period | Kind::List | Kind::SharesOfOneTotal => None,
        })
    }

    /// Returns the statement that a claim prints.
    fn statement(&self, claim: &Claim, said: &Said, bench: &Edition) -> Option<Statement> {
        let expr = bench::parse(&self.expr, bench)?;
        Statement::of(claim, &expr, said, &self.value, bench).ok()
    }
}

impl Claim {
    /// Lists the ids of the claims whose numbers this one prints together.
    pub fn listed(&self) -> impl Iterator<Item = &str> {
        let lists = self.lists.iter().flatten().map(String::as_str);
        lists.chain(self.shares.iter().map(|share| share.share.as_str()))
    }
}

/// Lists the vintages behind a value, or behind all values of a list.
fn vintages(cell: &Cell) -> Vec<String> {
    let mut found: BTreeSet<String> = cell.vintages.iter().map(str::to_owned).collect();
    if let Value::List(items) = &cell.value {
        found.extend(items.iter().flat_map(|(_, inner)| vintages(inner)));
    }
    found.into_iter().collect()
}

/// Reports the claims whose expressions ask for what the findings do not hold, whose units do not fit, whose basis is
/// not what they rest on, or whose accepted discrepancy no longer occurs.
pub fn check(paper: &Paper, bench: &Edition, judged: &[Judged], diagnostics: &mut Diagnostics) {
    for one in judged {
        let claim = one.claim;
        let place = || paper.place(claim);
        let texts = claim.readings().into_iter().map(|reading| (reading.expr, Some(reading.basis)));
        let others = claim.closes.iter().chain(&claim.instead).cloned().map(|text| (text, None));
        let parts = claim.shares.iter().map(|share| (share.part.clone(), None));
        let of_unread = |text: &str| expression::parse(text).is_ok_and(|expr| speaks_of(&expr, &paper.unread));
        for (text, basis) in texts.chain(others).chain(parts).filter(|(text, _)| !of_unread(text)) {
            match expression::ask(&text, bench) {
                Err(problem) => diagnostics.push(
                    Diagnostic::error(problem.code, place(), problem.message)
                        .maybe_hint(problem.hint)
                        .following(problem.follows.as_deref()),
                ),
                Ok(finding) => {
                    let (own, found) = (claim.measure().unit, finding.unit);
                    let states = match finding.cell.value {
                        Value::Truth(_) | Value::Missing(_) | Value::Key(_) | Value::List(_) => true,
                        Value::Amount(_) => expression::parse(&text).is_ok_and(|expr| asked::is_rank(&expr)),
                        Value::Text(_) => false,
                    };
                    if basis.is_some() && claim.kind == Kind::Ranking && !states {
                        let message = format!("`{text}` is no statement that is true or not, and gives no name");
                        diagnostics.push(Diagnostic::error(code::CLAIM_VALUE, place(), message));
                    } else if basis.is_some() && !measures(claim, &finding) {
                        let message = format!("is printed in {own} and derived in {found}");
                        diagnostics.push(Diagnostic::error(code::CLAIM_VALUE, place(), message));
                    } else if let Some(message) = basis.and_then(|basis| misfit(paper, basis, &vintages(&finding.cell)))
                    {
                        diagnostics.push(Diagnostic::error(code::CLAIM_BASIS, place(), message));
                    }
                }
            }
        }
        if let Some(message) = identity::of_itself(one, bench) {
            let hint = "name the other numbers of the paper, or the agency's series, that give it";
            diagnostics.push(Diagnostic::error(code::CLAIM_VALUE, place(), message).hint(hint));
        }
        if let Some(unheld) = &one.unheld {
            let problem = Diagnostic::error(code::CLAIM_PRINTED, place(), unheld.message.clone());
            diagnostics.push(problem.hint(unheld.hint));
            continue;
        }
        if let Some(message) = speaks::elsewhere(one, bench) {
            let hint = "mend `period`, `population` or the expression, or say in `remark` why it may";
            diagnostics.push(Diagnostic::error(code::CLAIM_PERIOD, place(), message).hint(hint));
        }
        if let Stake::Idle(other) = &one.stake {
            let message = format!(
                "the verdict does not depend on what is printed: it stays with `{other}` for `{}`",
                claim.printed
            );
            let hint = "let `expr` give what the paper prints, or name it there, so that another year, name, word or digit fails it";
            diagnostics.push(Diagnostic::error(code::CLAIM_IDLE, place(), message).hint(hint));
        }
        if claim.accepted.is_some() && !one.verdict.is_problem() {
            let message = "this discrepancy is accepted with a reason and no longer occurs";
            diagnostics.push(Diagnostic::error(code::CLAIM_ACCEPTED, place(), message).hint("take out `accepted`"));
        } else if claim.accepted.is_some() && one.accepted().is_none() {
            let (printed, derived) = one.residual();
            let message = "this is not the discrepancy that was accepted";
            let hint =
                format!("if its reason holds for this one too: `printed: \"{printed}\", derived: \"{derived}\"`");
            diagnostics.push(Diagnostic::error(code::CLAIM_RESIDUAL, place(), message).hint(hint));
        }
    }
}

/// Returns true where an expression asks what one of these claims prints.
fn speaks_of(expr: &Expr, claims: &BTreeSet<String>) -> bool {
    let printed = expr.paths().into_iter().filter(|path| path.name == PRINTED);
    let items = printed.flat_map(|path| path.selectors.iter().flatten().flatten());
    items.into_iter().any(|item| matches!(item, Item::Word(id) if claims.contains(&**id)))
}

/// Says whether a finding is in the unit in which a claim is printed.
fn measures(claim: &Claim, finding: &crate::finding::Finding) -> bool {
    let (own, found) = (claim.measure().unit, finding.unit);
    let fits = own == found || found == Unit::None || own == Unit::None || found == Unit::Count;
    !claim.kind.is_number() || finding.cell.value.amount().is_none() || fits
}

/// Says what is wrong with what a claim is said to rest on.
fn misfit(paper: &Paper, basis: Basis, vintages: &[String]) -> Option<String> {
    let of_paper = |vintage: &str| vintage == paper.vintage() || paper.entry.vintages.iter().any(|own| own == vintage);
    match basis {
        Basis::Agency if !vintages.is_empty() && vintages.iter().all(|vintage| of_paper(vintage)) => {
            Some("is said to rest on the agency's series, and rests on the paper's own figures".to_owned())
        }
        Basis::Paper => vintages
            .iter()
            .find(|vintage| !of_paper(vintage))
            .map(|other| format!("is said to rest on the paper's own figures, and rests on `{other}`")),
        Basis::Agency => None,
    }
}

/// Says whether two intervals have more than an end in common, or one that is a single number lies in the other.
pub fn meets(a: &Interval, b: &Interval) -> bool {
    let single = a.low == a.high || b.low == b.high;
    if single { a.low <= b.high && b.low <= a.high } else { a.low < b.high && b.low < a.high }
}
