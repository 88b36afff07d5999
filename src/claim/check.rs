//! Check: what is wrong in a file of claims, seen once they are judged.

use std::collections::BTreeSet;

use super::asked;
use super::bench::PRINTED;
use super::quoted::Quotes;
use super::reading::{misfit, vintages};
use super::verdict::{Judged, Stake};
use super::{Basis, Claim, Kind, Paper, identity, speaks};
use crate::analysis::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::expression::{self, Expr, Item, Material};
use crate::finding::{Amount, Unit, Value};

/// Reports the claims whose expressions ask for what the findings do not hold, whose units do not fit, whose basis is
/// not what they rest on, or whose accepted discrepancy no longer occurs.
pub fn check(paper: &Paper, bench: &Edition, judged: &[Judged], diagnostics: &mut Diagnostics) {
    let quotes = Quotes::of(paper, bench);
    for one in judged {
        let claim = one.claim;
        let place = || paper.place(claim);
        for message in quotes.odds(one) {
            let message = format!("its phrase {message}");
            let hint =
                "write phrase and claim as the paper prints them; another number of the phrase is a claim of its own";
            diagnostics.push(Diagnostic::error(code::CLAIM_PHRASE, place(), message).hint(hint));
        }
        let texts = claim.readings().into_iter().map(|reading| (reading.expr, Some(reading.basis)));
        let others = claim.rule.expressions().into_iter().map(|text| (text.to_owned(), None));
        let of_unread = |text: &str| expression::parse(text).is_ok_and(|expr| speaks_of(&expr, &paper.unread));
        for (text, basis) in texts.chain(others).filter(|(text, _)| !of_unread(text)) {
            match expression::ask(&text, bench) {
                Err(problem) => diagnostics.push(
                    Diagnostic::error(problem.code, place(), problem.message)
                        .maybe_hint(problem.hint)
                        .following(problem.follows.as_deref()),
                ),
                Ok(finding) => {
                    let material: &dyn Material<Amount> = bench;
                    let typed =
                        expression::parse(&text).ok().and_then(|expr| expression::typed_addend(&expr, material));
                    if let Some(typed) = typed.filter(|_| claim.expr.as_ref() == Some(&text)) {
                        let message = format!(
                            "`{typed}` in `{text}` is a number that nobody counted: with one of its own any claim holds"
                        );
                        let hint = "ask for what was counted, or for another number of the paper: `printed.value[…]`";
                        diagnostics.push(Diagnostic::error(code::CLAIM_VALUE, place(), message).hint(hint));
                    }
                    let (own, found) = (claim.measure().unit, finding.unit);
                    let states = match finding.cell.value {
                        Value::Truth(_) | Value::Missing(_) | Value::Key(_) | Value::List(_) => true,
                        Value::Amount(_) => expression::parse(&text).is_ok_and(|expr| asked::is_rank(&expr)),
                        Value::Text(_) => false,
                    };
                    if basis.is_some() && claim.kind() == Kind::Ranking && !states {
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
        let of_agency = one.readings.first().filter(|reading| reading.basis == Basis::Agency && claim.is_derived());
        if of_agency.is_some_and(|reading| reading.reads.is_empty()) {
            let message = "is said to rest on the agency's series, and `expr` reads no figure";
            let hint = "let it ask for the figures that the claim rests on; a constant holds whatever the data say";
            diagnostics.push(Diagnostic::error(code::CLAIM_BASIS, place(), message).hint(hint));
        }
        if let Some(unheld) = &one.unheld {
            let problem = Diagnostic::error(code::CLAIM_PRINTED, place(), unheld.message.clone());
            diagnostics.push(problem.hint(unheld.hint));
            continue;
        }
        for message in speaks::elsewhere(one, bench) {
            let hint = "mend `period`, `population` or the expression; where it may, `differs: [period]` with a `remark` that says why";
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
        if one.stake == Stake::Still {
            let message = "it is confirmed whatever the data are: what `expr` or `closes` says holds for any numbers";
            let hint = "compare with what could be otherwise; where nothing at hand can, leave `expr` out and say in `remark` what would settle it";
            diagnostics.push(Diagnostic::error(code::CLAIM_STILL, place(), message).hint(hint));
        }
        if !one.circle.is_empty() {
            let message = format!(
                "it is said to be what `{}` is, and that this: nothing decides either",
                one.circle.join("`, `")
            );
            let hint = "let one of them rest on the data or on other numbers; `same-as` goes one way";
            diagnostics.push(Diagnostic::error(code::CLAIM_STILL, place(), message).hint(hint));
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
    let fits = own == found
        || found == own.of_difference()
        || found == Unit::None
        || own == Unit::None
        || found == Unit::Count;
    !claim.kind().is_number() || finding.cell.value.amount().is_none() || fits
}
