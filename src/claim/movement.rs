//! Movement: which way something goes: by the words of a text, and by what an expression counts from one time to another.

use super::bench::PRINTED;
use super::speaks::spoken;
use super::{Claim, Paper, asked};
use crate::expression::{Expr, Kind, Operator};
use crate::finding::{Part, Period};
use crate::language::quantity::is_in_stems;
use crate::language::{Lang, Sense};

/// Says which way the verbs of a text move something; none where they disagree or none does.
pub(super) fn movement(text: &str) -> Option<Sense> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    let moves = words.filter(|word| is_in_stems(word, |words| words.changes));
    let sense = |word: String| Lang::ALL.iter().find_map(|lang| lang.sense(&word));
    // «рост замедлился»: which way that goes nobody lists, so nothing is said.
    let ways: Vec<Option<Sense>> = moves.map(sense).collect();
    let first = (*ways.first()?).filter(|way| matches!(way, Sense::More | Sense::Less))?;
    ways.iter().all(|way| *way == Some(first)).then_some(first)
}

/// Says what a positive value of an expression means: that something rises with time, or falls.
pub(super) fn rises(expr: &Expr, paper: &Paper) -> Option<Sense> {
    let by_time =
        |later: &Expr, earlier: &Expr| match time(later, paper)?.first_day().cmp(&time(earlier, paper)?.first_day()) {
            std::cmp::Ordering::Greater => Some(Sense::More),
            std::cmp::Ordering::Less => Some(Sense::Less),
            std::cmp::Ordering::Equal => None,
        };
    match &expr.kind {
        Kind::Call(name, ends) if name != "count" => match (name.as_str(), ends.as_slice()) {
            ("growth" | "points", [from, to]) => by_time(to, from),
            ("ratio", [one, base]) => by_time(one, base),
            _ => None,
        },
        // So many of which rose, or fell.
        Kind::Call(name, list) if name == "count" => match &list.first()?.kind {
            Kind::Binary(Operator::More | Operator::AtLeast, one, other) => by_time(one, other),
            Kind::Binary(Operator::Less | Operator::AtMost, one, other) => by_time(one, other).map(Sense::opposite),
            _ => None,
        },
        Kind::Unary(Operator::Minus, inner) => rises(inner, paper).map(Sense::opposite),
        Kind::Binary(Operator::Minus, later, earlier) => by_time(later, earlier),
        _ => None,
    }
}

/// Returns the last time of which an expression speaks; of printed numbers, what their claims say.
fn time(expr: &Expr, paper: &Paper) -> Option<Period> {
    let printed = |part: &Part| -> Option<&Claim> {
        paper.claims.iter().find(|claim| *part == Part::Category(claim.id.as_str().into()))
    };
    let of_part = |part: &Part| match part {
        Part::Period(period) => Some(*period),
        _ => spoken(printed(part)?)?.1,
    };
    let reads = expr.paths().iter().any(|path| path.name == PRINTED);
    let spans = asked::spans(expr).into_iter().map(|(_, last)| last);
    let mentions = asked::mentions(expr);
    let named = mentions.iter().filter(|part| reads || matches!(part, Part::Period(_))).filter_map(of_part);
    spans.chain(named).max_by_key(|period| period.last_day())
}
