//! Branches: alternatives of a sentence whose words say the contrary of the condition under which they stand.

use std::collections::BTreeSet;
use std::ops::Range;

use super::sentence::{Sentence, groups, sentences};
use super::spots::Spots;
use super::template::Template;
use super::told::{beside, resolved, side, whole};
use crate::analysis::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::expression::{self, Expr, Item, Kind, Names, Operator, Path};
use crate::finding::{Class, Code, Part, Unit, is_later};
use crate::language::proof::{Condition, Measures, clauses};
use crate::language::{Language, Sense};

/// Reads the alternatives of a template, whether this edition prints them or not.
pub(super) fn read(template: &Template, edition: &Edition, language: &Language, diagnostics: &mut Diagnostics) {
    let spots = Spots::of(&template.source);
    let measures = Measures::of(&edition.titles, language.lang().code());
    statements(template, &spots, (edition, &measures, language), diagnostics);
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
            let condition = says(expr, holds, edition);
            let words = condition.and_then(|says| language.contrary(text, says));
            let said = words.map(|at| match condition {
                Some(Condition::Is) => idle(&text[at.clone()], expr, place(at)),
                _ => contrary(&text[at.clone()], expr, holds, place(at)),
            });
            let bare = !text_of(template, body).contains("{{");
            let other = (bare && holds).then(|| strangers(text, expr, (edition, &measures, language))).flatten();
            let other = other.map(|(at, code, message)| {
                let hint = "ask of what the words speak, or speak of what is asked";
                Diagnostic::warning(code, place(at), message).hint(hint)
            });
            let year = other_year(text, expr).map(|(at, year)| strange(year, expr, place(at)));
            said.into_iter().chain(year).chain(other).for_each(|problem| diagnostics.push(problem));
        }
    }
}

/// Blanks the headings of a template, which say what is below and are no sentences.
fn without_headings(source: &str) -> String {
    let line = |line: &str| match line.trim_start().starts_with('#') {
        true => " ".repeat(line.trim_end_matches('\n').len()) + if line.ends_with('\n') { "\n" } else { "" },
        false => line.to_owned(),
    };
    source.split_inclusive('\n').map(line).collect()
}

/// Reports sentences that say of a place, or of all, which way something went, and rest on no finding; and clauses that say
/// so of a place of which nothing in their sentence is asked.
fn statements(
    template: &Template,
    spots: &Spots,
    (edition, measures, language): (&Edition, &Measures, &Language),
    diagnostics: &mut Diagnostics,
) {
    let source = &without_headings(&template.source);
    let groups = groups(source);
    let all = groups.iter().flat_map(|group| &group.branches);
    let bodies: Vec<&Range<usize>> = all.map(|(_, body)| body).collect();
    for sentence in sentences(source, 0..source.len()).iter() {
        let is_branch = bodies.iter().any(|body| body.contains(&sentence.at));
        // Headings and the heads of columns say nothing; a cell may hold a whole sentence.
        let line = source[..sentence.at].rfind('\n').map_or(0, |at| at + 1);
        let line = source[line..].trim_start();
        let is_head = line.starts_with('|') && !sentence.text.ends_with(['.', '!', '?', '…']);
        if is_branch || line.starts_with('#') || is_head {
            continue;
        }
        let (text, rests) = if sentence.asks.is_empty() && !sentence.text.contains("{{") {
            (language.statement(&sentence.text, &sentence.text, measures).map(|at| &sentence.text[at]), "the sentence")
        } else {
            (beside_quotes(sentence, edition, measures, language), "nothing in the sentence is of this place: it")
        };
        let Some(word) = text else { continue };
        let start = source[sentence.at..].find(word).map_or(sentence.at, |behind| sentence.at + behind);
        let (line, column) = spots.at(start);
        let message = format!("`{word}` says something of the data, and {rests} rests on no finding");
        let hint = "ask for it: {% if holds(\"…\") %}…{% else %}…{% endif %}, or quote what it says with q()";
        let problem = Diagnostic::warning(code::TEMPLATE_STATEMENT, template.place(line, column), message);
        diagnostics.push(problem.hint(hint));
    }
}

/// Finds what a clause without a quote says of a place of which none of the quotes of its sentence is.
fn beside_quotes<'a>(
    sentence: &'a Sentence,
    edition: &Edition,
    measures: &Measures,
    language: &Language,
) -> Option<&'a str> {
    // What is cited or shown says where it is from.
    let asked =
        sentence.asks.iter().map(|ask| ask.strip_prefix("q(")?.strip_suffix(')')).collect::<Option<Vec<_>>>()?;
    let of =
        |ask: &&str| Some(beside(&whole(&resolved(&expression::parse(ask).ok()?, edition), edition), edition).around);
    let around: Vec<Vec<Code>> = asked.iter().map(of).collect::<Option<_>>()?;
    if around.is_empty() || around.iter().any(Vec::is_empty) {
        return None;
    }
    let clauses = clauses(&sentence.text).into_iter().map(|at| &sentence.text[at]);
    clauses.filter(|clause| !clause.contains(['{', '}'])).find_map(|clause| {
        let named = language.places_in(clause);
        let is_other = named.iter().all(|(_, code)| !around.iter().any(|own| own.contains(code)));
        let at = language.statement(clause, &sentence.text, measures).filter(|_| !named.is_empty() && is_other)?;
        Some(&clause[at])
    })
}

fn text_of<'a>(template: &'a Template, body: &Range<usize>) -> &'a str {
    template.source.get(body.clone()).unwrap_or_default()
}

/// Finds a place, or a measure, in the words of a branch of which its condition does not ask.
fn strangers(
    text: &str,
    expr: &Expr,
    (edition, measures, language): (&Edition, &Measures, &Language),
) -> Option<(Range<usize>, &'static str, String)> {
    let asked = beside(expr, edition);
    if !asked.around.is_empty() {
        let named = language.places_in(text);
        if let Some((at, _)) = named.first().filter(|_| !named.iter().any(|(_, code)| asked.around.contains(code))) {
            let message = format!("`{}` is named where `{expr}` is asked, which is of other places", &text[at.clone()]);
            return Some((at.clone(), code::LANGUAGE_OTHER_PLACE, message));
        }
    }
    let (at, measure) = measures.strange(&asked.measures, text)?;
    let message =
        format!("`{}` is a word of `{}`, and `{expr}` asks of another measure", &text[at.clone()], measure.member);
    Some((at, code::LANGUAGE_OTHER_MEASURE, message))
}

fn contrary(word: &str, expr: &Expr, holds: bool, place: Place) -> Diagnostic {
    let holds = if holds { "holds" } else { "does not hold" };
    let message = format!("`{word}` stands where `{expr}` {holds}, and says the contrary");
    let hint = "exchange the alternatives, or say the other word";
    Diagnostic::warning(code::LANGUAGE_DIRECTION, place, message).hint(hint)
}

fn idle(word: &str, expr: &Expr, place: Place) -> Diagnostic {
    let message = format!("`{word}` says which way it went, and `{expr}` asks only whether there is any");
    let hint = "compare with the period that the words speak of: `a[last] > a[first]`";
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
fn says(expr: &Expr, holds: bool, edition: &Edition) -> Option<Condition> {
    if let Kind::Call(name, list) = &expr.kind
        && let ("all" | "any", [inner], true) = (name.as_str(), list.as_slice(), holds)
    {
        return if name == "all" { says(inner, true, edition) } else { Some(Condition::One) };
    }
    let Kind::Binary(operator, left, right) = &expr.kind else { return None };
    if let (Operator::Equal, Kind::Call(name, _), true) = (operator, &left.kind, holds) {
        return match name.as_str() {
            "argmax" => Some(Condition::End(Sense::More)),
            "argmin" => Some(Condition::End(Sense::Less)),
            _ => None,
        };
    }
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
        (Kind::Path(path), Some(_)) if is_unsigned(path, edition) => Some(Condition::Is),
        (Kind::Path(_), Some(_)) => Some(Condition::Lies(now)),
        (Kind::Call(name, _), _)
            if holds && [("max", Sense::More), ("min", Sense::Less)].contains(&(name.as_str(), way)) =>
        {
            Some(Condition::One)
        }
        _ => None,
    }
}

/// Says whether a path reads counts, which are never below zero.
fn is_unsigned(path: &Path, edition: &Edition) -> bool {
    let series = edition.series(&path.name, path.member.as_deref().unwrap_or("value"));
    series.is_some_and(|own| {
        let mut keys = own.cells.keys();
        keys.next()
            .is_some_and(|key| matches!(own.unit_at(key), (Unit::Persons | Unit::Count, Class::Level | Class::Flow)))
    })
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
