//! Branches: alternatives of a sentence whose words say the contrary of the condition under which they stand.

use std::collections::BTreeSet;
use std::ops::Range;

use super::sentence::groups;
use super::spots::Spots;
use super::template::Template;
use super::told::{resolved, side, whole};
use crate::analysis::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::expression::{self, Expr, Item, Kind, Operator};
use crate::finding::{Part, is_later};
use crate::language::proof::Condition;
use crate::language::{Language, Sense};

/// Reads the alternatives of a template, whether this edition prints them or not.
pub(super) fn read(template: &Template, edition: &Edition, language: &Language, diagnostics: &mut Diagnostics) {
    let spots = Spots::of(&template.source);
    for group in groups(&template.source) {
        let asked: Vec<Option<Expr>> =
            group.branches.iter().map(|(tag, _)| asked(template, &spots, tag, edition)).collect();
        for (at, (_, body)) in group.branches.iter().enumerate() {
            let text = template.prose.get(body.clone()).unwrap_or_default();
            let is_plain = !template.source.get(body.clone()).unwrap_or_default().contains("{%");
            let condition = match (&asked[at], asked.as_slice()) {
                (Some(own), _) => Some((own, true)),
                (None, [Some(first), None]) => Some((first, false)),
                _ => None,
            };
            let Some((expr, holds)) = condition.filter(|_| is_plain) else { continue };
            let place = |span: Range<usize>| {
                let (line, column) = spots.at(body.start + span.start);
                template.place(line, column)
            };
            let words = says(expr, holds).and_then(|says| language.contrary(text, says));
            let said = words.map(|at| contrary(&text[at.clone()], expr, holds, place(at)));
            let year = other_year(text, expr).map(|(at, year)| strange(year, expr, place(at)));
            said.into_iter().chain(year).for_each(|problem| diagnostics.push(problem));
        }
    }
}

fn contrary(word: &str, expr: &Expr, holds: bool, place: Place) -> Diagnostic {
    let holds = if holds { "holds" } else { "does not hold" };
    let message = format!("`{word}` stands where `{expr}` {holds}, and says the contrary");
    let hint = "exchange the alternatives, or say the other word";
    Diagnostic::warning(code::LANGUAGE_DIRECTION, place, message).hint(hint)
}

fn strange(year: &str, expr: &Expr, place: Place) -> Diagnostic {
    let message = format!("`{year}` is said where `{expr}` is asked, which compares other periods");
    let hint = "say the period that the condition asks of, or ask of this one";
    Diagnostic::warning(code::LANGUAGE_PERIOD, place, message).hint(hint)
}

/// Returns what a tag asks by holds().
fn asked(template: &Template, spots: &Spots, tag: &Range<usize>, edition: &Edition) -> Option<Expr> {
    let (start, end) = (spots.at(tag.start), spots.at(tag.end));
    let mut calls = template.calls.iter().filter(|call| (start..end).contains(&(call.line, call.column)));
    let call = calls.next().filter(|call| call.function == "holds")?;
    let expr = expression::parse(&call.argument).ok()?;
    calls.next().is_none().then(|| whole(&resolved(&expr, edition), edition))
}

/// Returns what a condition says that words of a direction or a sign may contradict.
fn says(expr: &Expr, holds: bool) -> Option<Condition> {
    let Kind::Binary(operator, left, right) = &expr.kind else { return None };
    let way = match operator {
        Operator::More | Operator::AtLeast => Sense::More,
        Operator::Less | Operator::AtMost => Sense::Less,
        _ => return None,
    };
    let now = if holds { way } else { way.opposite() };
    if let Some(later) = is_later(left, right) {
        return Some(Condition::Moved(if later { now } else { now.opposite() }));
    }
    match (&left.kind, side(expr)) {
        (Kind::Path(path), Some(_)) if path.member.as_deref().is_some_and(is_change) => Some(Condition::Moved(now)),
        (Kind::Path(_), Some(_)) => Some(Condition::Lies(now)),
        (Kind::Call(name, _), _)
            if holds && [("max", Sense::More), ("min", Sense::Less)].contains(&(name.as_str(), way)) =>
        {
            Some(Condition::One)
        }
        _ => None,
    }
}

fn is_change(member: &str) -> bool {
    member.starts_with("change_") || member.starts_with("rate_")
}

/// Finds a year in the words of a branch whose condition compares two periods, neither of them in that year.
fn other_year<'a>(text: &'a str, expr: &Expr) -> Option<(Range<usize>, &'a str)> {
    let Kind::Binary(operator, left, right) = &expr.kind else { return None };
    if !operator.compares() || is_later(left, right).is_none() {
        return None;
    }
    let years: BTreeSet<String> = expr
        .paths()
        .into_iter()
        .flat_map(|path| path.selectors.iter().flatten().flatten())
        .filter_map(|item| match item {
            Item::Part(Part::Period(period)) => Some(period.year().to_string()),
            _ => None,
        })
        .collect();
    let mut said = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4);
    let strange = said.clone().all(|year| !years.contains(year));
    let year = said.next().filter(|_| strange)?;
    let start = text.find(year)?;
    Some((start..start + year.len(), year))
}
