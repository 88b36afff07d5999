//! Stub: the numbers found in a paper's text as a file of claims, sound as it stands and left to be filled in.

use serde_json::json;

use super::candidates::How;
use super::near::{Beside, Names};
use super::scan::{Found, Sort, Unsure};
use super::search::{Hit, Sought};
use super::source::Source;
use super::words;
use super::{Printed, dated};
use crate::finding::Unit;
use crate::language::{Lang, is_letter};

/// More proposals than this are no help.
const MOST_PROPOSALS: usize = 3;

/// A number of fewer digits prints like too many to help.
const TELLING: usize = 3;

/// One of so many helps where all that an expression reads is named beside it.
const FEWEST: usize = 2;

/// A year this many lines away may be the one that a number speaks of.
const NEAR: usize = 2;

/// As many numbers before and behind one are searched for such years.
const AROUND: usize = 100;

/// What the head of a stub says.
const HEAD: &str = "\
# Found by `esep claims scan`. `esep verify` reads this file as it stands; every claim is unresolved until it is filled in:
# - name the paper, in each language of the report;
# - under a claim, take over what was proposed, or write your own: `basis: agency` (a series of the study) or `basis: paper`
#   (numbers of the paper itself, `printed.value[n012]`) and `expr`; what nothing derives gets `remark`, what is no claim `excluded`;
# - mark with `headline: true` the few numbers that carry the conclusions.
";

/// Writes a file of claims to be filled in, with texts in some languages; figures of the papers themselves are not proposed.
pub fn stub(
    source: &Source,
    found: &[Found],
    names: &Names,
    languages: &[&str],
    search: &dyn Fn(&Sought) -> Vec<Hit>,
) -> String {
    let mut out = String::new();
    stub_by(source, found, names, languages, Some(search), &mut |piece| out.push_str(piece));
    out
}

/// Finds where a number may come from.
pub type Search<'a> = dyn Fn(&Sought) -> Vec<Hit> + 'a;

/// Writes such a file piece by piece: a paper may hold a million numbers. Without a study nothing is proposed.
pub fn stub_by(
    source: &Source,
    found: &[Found],
    names: &Names,
    languages: &[&str],
    search: Option<&Search>,
    write: &mut dyn FnMut(&str),
) {
    let language = match Lang::guessed(&source.text) {
        usual if usual == Lang::default() => String::new(),
        other => format!("\n  language: {}", other.code()),
    };
    let title: Vec<String> = languages.iter().map(|lang| format!("{lang}: \"\"")).collect();
    let mut out = format!("{HEAD}paper:\n  title: {{{}}}{language}\n", title.join(", "));
    let said = |text: &dyn Fn(&str) -> String| -> serde_json::Map<String, serde_json::Value> {
        languages.iter().map(|lang| ((*lang).to_owned(), text(lang).into())).collect()
    };
    let classes = classes(found);
    out.push_str(if classes.is_empty() { "\nexcluded: []\n" } else { "\nexcluded:\n" });
    for (sort, count) in classes {
        if let Some((class, reason)) = words::of_sort(sort) {
            out.push_str(&format!(
                "  - class: {} # {count}\n    reason: {}\n",
                json!(said(&|lang| class.own(lang).to_string())),
                json!(said(&|lang| reason.own(lang).to_string()))
            ));
        }
    }
    let mut numbers = found.iter().enumerate().filter(|(_, f)| f.sort == Sort::Number).peekable();
    out.push_str(if numbers.peek().is_none() { "\nclaims: []\n" } else { "\nclaims:\n" });
    write(&out);
    let years = dated::years(found);
    for (i, (at, number)) in numbers.enumerate() {
        let id = format!("n{:03}", i + 1);
        write(&written(&id, number, &source.place(number.line), &period(years[at]), ""));
        let Some(search) = search else { continue };
        for hit in proposals(number, &|| years_near(at, found), names, search) {
            write(&proposal(number, &hit, &names.beside(number, &hit.expr)));
        }
    }
}

/// Writes the year of which a number is said to be.
pub fn period(year: Option<&str>) -> String {
    year.map(|year| format!(", period: {}", json!(year))).unwrap_or_default()
}

/// Counts the numbers that are no claims, by what they are.
pub(super) fn classes(found: &[Found]) -> Vec<(Sort, usize)> {
    let classes = [Sort::Year, Sort::Reference, Sort::Label, Sort::Identifier, Sort::Scale, Sort::Base, Sort::Span];
    let counted = classes.map(|sort| (sort, found.iter().filter(|one| one.sort == sort).count()));
    counted.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// Writes what derives a number: with the sign turned where it is printed without it, in the scale of its words where the
/// data count in thousands themselves.
pub fn expression(found: &Found, hit: &Hit) -> String {
    let expr = if hit.unsigned { format!("-({})", hit.expr) } else { hit.expr.clone() };
    let unit = found.measured.unit().and_then(|unit| super::Measure::parse(&unit));
    match unit.map_or(found.measured.scale(), |unit| unit.scale) / hit.scale.max(1) {
        0 | 1 => expr,
        more => format!("({expr}) * {more}"),
    }
}

/// Writes a proposal with its reason: what it is, whose figures, what of it the text names beside the number.
pub fn proposal(found: &Found, hit: &Hit, beside: &Beside) -> String {
    let expr = expression(found, hit);
    let named = match beside.words.as_slice() {
        [] => String::new(),
        words => format!("; beside it: {}", words.join(", ")),
    };
    format!("    # basis: agency, expr: {} – {}; {}{named}\n", json!(expr), hit.how.text(), hit.vintages.join(", "))
}

/// Writes a claim; one whose number is no decimal, a fraction or a power, waits behind a mark. `rest` follows the number,
/// `why` is a comment.
pub fn written(id: &str, found: &Found, place: &str, rest: &str, why: &str) -> String {
    // A count has no fraction: what is beside this number is not what it counts.
    let plain = found.plain();
    let number = Printed::parse(&plain);
    let is_broken = number.as_ref().is_some_and(|printed| printed.decimals > 0);
    let unit = found.measured.unit().map(|unit| format!(", unit: {unit}")).unwrap_or_default();
    let unit = if is_broken && unit == ", unit: persons" { String::new() } else { unit };
    let says = found.says().map(|says| format!(", says: {}", says.name())).unwrap_or_default();
    let phrase = match &*found.phrase {
        "" => String::new(),
        phrase => format!(", phrase: {}", quoted(phrase)),
    };
    let (mark, open) = match (number, found.unsure) {
        (None, _) => ("# ", "write it as a decimal"),
        (_, Some(Unsure::Sign)) => ("", "unsure: is the mark before it a minus?"),
        (_, Some(Unsure::Columns)) => ("", "unsure: the groups of digits of this row may be parted otherwise"),
        (Some(_), None) => ("", ""),
    };
    let said: Vec<&str> = [open, why].into_iter().filter(|text| !text.is_empty()).collect();
    let comment = if said.is_empty() { String::new() } else { format!(" # {}", said.join("; ")) };
    let place = if place.contains(',') { json!(place).to_string() } else { place.to_owned() };
    let printed = json!(plain);
    format!("  {mark}- {{id: {id}, where: {place}{phrase}, printed: {printed}{unit}{says}{rest}}}{comment}\n")
}

/// Writes a text as a scalar of YAML. Of what a file of claims cannot hold only the longest part without it is left.
fn quoted(text: &str) -> String {
    let is_own = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c) || c == '\u{fffe}' || c == '\u{ffff}';
    // Nearly all are words, which stand as they are.
    if text.chars().all(|c| is_letter(c) || c.is_numeric() || " .,;:-–%()«»".contains(c)) {
        return format!("\"{}\"", text.trim());
    }
    let part = text.split(is_own).max_by_key(|part| part.len()).unwrap_or_default().trim();
    let escaped = |c: char| match c {
        '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    json!(part).to_string().chars().map(escaped).collect()
}

/// Lists the years that stand near a number, the nearest line first; a line may be a whole paper, so only some are looked at.
fn years_near(at: usize, found: &[Found]) -> Vec<String> {
    let around = &found[at.saturating_sub(AROUND)..found.len().min(at + AROUND)];
    let mut years: Vec<(usize, &Found)> = around
        .iter()
        .filter(|f| f.sort == Sort::Year && f.printed.len() == 4)
        .map(|f| (f.line.abs_diff(found[at].line), f))
        .filter(|(away, _)| *away <= NEAR)
        .collect();
    years.sort_by_key(|(away, _)| *away);
    years.into_iter().map(|(_, f)| f.printed.clone()).collect()
}

/// Says whether a finding is measured in what the text says beside a number.
fn is_measured_so(found: &Found, unit: Unit) -> bool {
    let Some(named) = found.measured.unit() else { return true };
    match unit {
        Unit::Percent | Unit::PercentagePoints => named.starts_with("percent"),
        Unit::Persons | Unit::PersonsPerYear => named.ends_with("persons"),
        Unit::PerMille | Unit::PerMillePoints => named == "per-mille",
        Unit::TengePerMonth | Unit::ThousandTenge => named.ends_with("tenge"),
        Unit::Times => named == "times",
        Unit::Count | Unit::Year => named == "count" || named.ends_with("none"),
        Unit::Index | Unit::CalculationIndices | Unit::None | Unit::Own(_) => true,
    }
}

/// Proposes findings that print so, those of a year named nearby first, and published figures before computed ones; short numbers print like too many to help.
fn proposals(
    found: &Found,
    years: &dyn Fn() -> Vec<String>,
    names: &Names,
    search: &dyn Fn(&Sought) -> Vec<Hit>,
) -> Vec<Hit> {
    let Some(sought) = Sought::of(found).filter(|sought| sought.digits() >= FEWEST) else { return Vec::new() };
    let mut hits = search(&sought);
    if sought.digits() < TELLING {
        hits.retain(|hit| {
            let beside = names.beside(found, &hit.expr);
            beside.lacks == 0 && !beside.words.is_empty()
        });
    }
    hits.retain(|hit| !hit.own && is_measured_so(found, hit.unit));
    if hits.is_empty() {
        return hits;
    }
    let years = years();
    let year = |hit: &Hit| years.iter().position(|year| hit.expr.contains(year.as_str())).unwrap_or(years.len());
    hits.sort_by_cached_key(|hit| {
        (
            hit.mode,
            names.beside(found, &hit.expr).lacks,
            year(hit) == years.len(),
            hit.how != How::Cell,
            hit.unsigned,
            year(hit),
        )
    });
    hits.truncate(MOST_PROPOSALS);
    hits
}

/// Orders what the data propose for a number by what is named beside it; short numbers print like too many to help.
pub fn ordered(found: &Found, names: &Names, mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.retain(|hit| !hit.own && is_measured_so(found, hit.unit));
    hits.sort_by_cached_key(|hit| (hit.mode, names.beside(found, &hit.expr).lacks, hit.how != How::Cell, hit.unsigned));
    hits.truncate(MOST_PROPOSALS);
    hits
}
