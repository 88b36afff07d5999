//! Draft: the numbers of a paper → its claims: tables that close, what one sentence says of its own numbers, what the data
//! propose, and the rest, which is asked for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::cells::Cells;
use super::{in_all, key, year};
use crate::claim::movement::movement;
use crate::claim::near::Names;
use crate::claim::scan::{Found, Sort, Unsure, names_persons, names_total};
use crate::claim::search::Hit;
use crate::claim::source::Source;
use crate::claim::stub;
use crate::finding::Amount;
use crate::language::quantity::{self, is_in, is_in_stems, names_thousands};
use crate::language::{self, Lang, Sense};

/// Claims as a file, and what was left out of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The file of claims.
    pub claims: String,
    /// What could not be taken over.
    pub notes: Vec<String>,
}

/// How far off, as a share of what is printed, parts may be and still be meant to give a whole.
const NEAR: (i64, i64) = (2, 100);

/// How many words may stand between two numbers and what is said of both.
const WORDS: usize = 9;

/// A claim that is being written.
struct Line<'a> {
    id: String,
    found: &'a Found,
    place: String,
    /// What follows the number: kind, expression, basis.
    rest: String,
    /// Why, as a comment.
    why: String,
}

/// Writes the claims of a paper.
pub fn draft(
    title: &str,
    source: &Source,
    found: &[Found],
    names: &Names,
    cells: &Cells,
    search: &dyn Fn(&Found) -> Vec<Hit>,
) -> Draft {
    let mut draft = Draft::default();
    let texts = |text: &str| in_all(&|_| text.to_owned()).to_string();
    let language = Lang::guessed(&source.text).code();
    draft.claims = format!(
        "# Drafted from the paper by `esep verify`. What carries `expr` was decided by the paper itself or found in the tables;\n\
         # the rest waits: take over a proposal with `esep claims accept`, or write `expr`, `remark` or `excluded`.\n\
         paper:\n  title: {}\n  language: {language}\n\nexcluded: []\n",
        texts(title)
    );
    let judged = tables(source, found, &mut draft);
    let mut lines: Vec<Line> = Vec::new();
    for one in found.iter().filter(|one| one.sort == Sort::Number && !judged.contains(&one.line)) {
        let id = format!("n{:03}", lines.len() + 1);
        lines.push(Line { id, found: one, place: source.place(one.line), rest: String::new(), why: String::new() });
    }
    sentences(&mut lines);
    draft.claims.push_str(if lines.is_empty() { "\nclaims: []\n" } else { "\nclaims:\n" });
    let hits: Vec<Vec<Hit>> = lines.iter().map(|line| stub::ordered(line.found, names, search(line.found))).collect();
    respectively(&mut lines, &hits, names);
    let ways = ways(&lines);
    let undecided = of_cells(&mut lines, cells);
    for (line, hits) in lines.iter_mut().zip(&hits) {
        let mut proposals = Vec::new();
        for (at, hit) in hits.iter().enumerate() {
            let expr = stub::expression(line.found, hit);
            let named = names.beside(line.found, &hit.expr);
            // A figure as published whose every name stands beside the number is what the number is.
            if at == 0
                && line.rest.is_empty()
                && !undecided.contains(&line.id)
                && hit.how.is_simple()
                && named.lacks == 0
                && !named.words.is_empty()
            {
                line.rest = format!(", basis: agency, expr: {}", json!(expr));
                line.why = format!("found in the tables: {}; beside it: {}", hit.how.text(), named.words.join(", "));
                continue;
            }
            proposals.push(stub::proposal(line.found, hit, &named));
        }
        draft.claims.push_str(&stub::written(&line.id, line.found, &line.place, &line.rest, &line.why));
        if let Some(way) = ways.get(&line.id) {
            draft.claims.push_str(way);
        }
        if line.rest.is_empty() {
            proposals.iter().for_each(|proposal| draft.claims.push_str(proposal));
        }
    }
    draft
}

/// Writes the tables whose rows add up to their total, or nearly so: what they do not is told.
fn tables(source: &Source, found: &[Found], draft: &mut Draft) -> BTreeSet<usize> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut rows: BTreeMap<usize, Vec<&Found>> = BTreeMap::new();
    for one in
        found.iter().filter(|one| one.in_table || lines.get(one.line - 1).is_some_and(|line| line.contains('\t')))
    {
        rows.entry(one.line).or_default().push(one);
    }
    let mut blocks: Vec<Vec<(usize, Vec<&Found>)>> = Vec::new();
    for (line, cells) in rows {
        let heads = cells.iter().all(|cell| cell.sort == Sort::Year);
        match blocks.last_mut() {
            Some(block) if !heads && block.last().is_some_and(|(last, _)| line - last <= 2) => {
                block.push((line, cells))
            }
            _ => blocks.push(vec![(line, cells)]),
        }
    }
    let (mut written, mut judged) = (String::new(), BTreeSet::new());
    for block in blocks {
        let head = block.first().filter(|(_, cells)| cells.iter().all(|cell| cell.sort == Sort::Year));
        let years: Vec<i32> = head.iter().flat_map(|(_, cells)| cells).filter_map(|cell| year(&cell.printed)).collect();
        let body: Vec<&(usize, Vec<&Found>)> =
            block.iter().filter(|(_, cells)| cells.iter().all(|cell| cell.sort == Sort::Number)).collect();
        let width = body.first().map_or(0, |(_, cells)| cells.len());
        if body.len() < 3 || width == 0 {
            continue;
        }
        let first = body[0].0;
        let name = |line: usize| {
            let text = lines.get(line - 1).copied().unwrap_or_default();
            text.split(|c: char| c == '\t' || c.is_ascii_digit()).next().unwrap_or_default().trim().to_owned()
        };
        let place = source.place(first);
        let mut skip = |why: &str| draft.notes.push(format!("the table at {place} is not judged: {why}"));
        let Some(total) = body.iter().position(|(line, _)| names_total(&name(*line))) else {
            skip("no row of it is named a total");
            continue;
        };
        if body.iter().any(|(_, cells)| cells.len() != width) {
            skip("its rows have not as many numbers each");
            continue;
        }
        if body.iter().flat_map(|(_, cells)| cells).any(|cell| cell.unsure == Some(Unsure::Columns)) {
            skip("the groups of digits of its rows may be parted in more than one way");
            continue;
        }
        let value = |row: usize, column: usize| body[row].1[column].number().map(|printed| printed.value);
        let closes = |column: usize| {
            let whole = value(total, column)?;
            let parts = (0..body.len()).filter(|row| *row != total).map(|row| value(row, column));
            let sum = parts.sum_of()?;
            Some(near(&sum, &whole))
        };
        if !(0..width).all(|column| closes(column) == Some(true)) {
            skip("its rows do not add up to its total by far, so that they are no parts of it");
            continue;
        }
        let columns: Vec<String> = match years.len() == width {
            true => years.iter().map(i32::to_string).collect(),
            false => (1..=width).map(|column| format!("c{column}")).collect(),
        };
        let mut keys: Vec<String> = Vec::new();
        for (line, _) in &body {
            let own = key(&name(*line));
            let again = keys
                .iter()
                .filter(|known| known.trim_end_matches(|c: char| c == '_' || c.is_ascii_digit()) == own)
                .count();
            keys.push(if again > 0 { format!("{own}_{}", again + 1) } else { own });
        }
        judged.extend(body.iter().map(|(line, _)| *line));
        let caption = lines[first.saturating_sub(4)..first].join(" ");
        let whole = body.iter().flat_map(|(_, cells)| cells).all(|c| c.number().is_some_and(|n| n.decimals == 0));
        let unit = if names_persons(&caption) && !names_thousands(&caption) && whole { "persons" } else { "none" };
        let id = format!("p{}", written.matches("\n  - id:").count() + 1);
        written.push_str(&format!(
            "\n  - id: {id}\n    where: {}\n    unit: {unit}\n    columns: {}\n    total: {}\n    rows:\n",
            json!(place),
            json!(columns),
            json!(keys[total])
        ));
        for (row, (_, cells)) in body.iter().enumerate() {
            let printed: Vec<String> = cells.iter().map(|cell| cell.plain()).collect();
            written.push_str(&format!("      {}: {}\n", json!(keys[row]), json!(printed)));
        }
        written.push_str("    names:\n");
        for (row, (line, _)) in body.iter().enumerate() {
            let text = name(*line);
            written.push_str(&format!("      {}: {}\n", json!(keys[row]), in_all(&|_| text.clone())));
        }
        if years.len() != width {
            for column in 1..=width {
                let text = |lang: &str| {
                    let word = language::texts::own(lang, "column-number").unwrap_or("{number}");
                    word.replace("{number}", &column.to_string())
                };
                let texts = in_all(&text);
                written.push_str(&format!("      c{column}: {texts}\n"));
            }
        }
    }
    if !written.is_empty() {
        draft.claims.push_str(&format!("\ntables:{written}"));
    }
    judged
}

trait SumOf {
    fn sum_of(self) -> Option<Amount>;
}

impl<T: Iterator<Item = Option<Amount>>> SumOf for T {
    fn sum_of(mut self) -> Option<Amount> {
        self.try_fold(Amount::ZERO, |sum, part| Some(sum.plus(&part?)))
    }
}

/// Says whether two amounts are meant to be one.
fn near(one: &Amount, other: &Amount) -> bool {
    let reach = other.magnitude().times(&Amount::Integer(NEAR.0)).divided_by(&Amount::Integer(NEAR.1));
    reach.is_some_and(|reach| one.minus(other).magnitude() <= reach)
}

/// Finds what one sentence says of its own numbers: growth between two, shares of one whole, parts of a whole.
fn sentences(lines: &mut [Line]) {
    for at in 2..lines.len() {
        change(lines, at);
    }
    let mut at = 1;
    while at < lines.len() {
        let end = at + shares(lines, at).unwrap_or(1);
        at = end;
    }
    for at in 0..lines.len() {
        parts(lines, at);
    }
}

/// Holds each number to the cell of which its sentence speaks; returns those of which it cannot be said that they are wrong.
fn of_cells(lines: &mut [Line], cells: &Cells) -> BTreeSet<String> {
    let numbers: Vec<&Found> = lines.iter().map(|line| line.found).collect();
    let mut undecided = BTreeSet::new();
    for (at, line) in lines.iter_mut().enumerate().filter(|(_, line)| line.rest.is_empty()) {
        let Some(meant) = cells.meant(&numbers, at) else { continue };
        if meant.holds || meant.sure {
            line.rest = format!(", basis: agency, expr: {}", json!(meant.expr));
            line.why = "the cell of which its sentence speaks".to_owned();
        } else {
            undecided.insert(line.id.clone());
        }
    }
    undecided
}

/// Writes for the second of two numbers between which a sentence says that something rises or falls that it does.
fn ways(lines: &[Line]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for pair in lines.windows(2) {
        let (from, to) = (pair[0].found, pair[1].found);
        let Some((word, way)) = moves(from, to) else { continue };
        let sign = if way == Sense::More { '>' } else { '<' };
        let expr = format!("{} {sign} {}", cell(&pair[1].id), cell(&pair[0].id));
        let (id, place) = (format!("{}_way", pair[1].id), json!(pair[1].place));
        let claim = format!(
            "  - {{id: {id}, where: {place}, printed: {}, kind: ranking, basis: paper, expr: {}}} # which way it goes from {} to {}\n",
            json!(word),
            json!(expr),
            pair[0].id,
            pair[1].id
        );
        found.insert(pair[1].id.clone(), claim);
    }
    found
}

/// Says whether something moves from one number to the next, by which word, and which way.
fn moves(from: &Found, to: &Found) -> Option<(String, Sense)> {
    let last = |text: &str, column: fn(&'static quantity::Words) -> &'static [&'static str]| {
        words(text).last().is_some_and(|word| is_in(word, column))
    };
    let led = last(&from.before, |words| words.from_words) && last(&to.before, |words| words.to_words);
    let ending =
        words(&to.before).iter().any(|word| quantity::all(|words| words.from).any(|case| word.ends_with(case)));
    let reached = words(&to.after).iter().take(4).any(|word| is_in(word, |words| words.beyond_behind));
    let is_place = |text: &str| words(text).iter().take(3).any(|word| is_in_stems(word, |words| words.ranks));
    let signed = [from, to].iter().any(|one| one.number().is_none_or(|printed| printed.value.signum() < 0));
    let alike = from.measured == to.measured || from.measured.is_bare() || to.measured.is_bare();
    if !(led || ending && reached && words(&to.before).len() <= WORDS)
        || ends(&to.before)
        || is_place(&to.after)
        || signed
        || !alike
    {
        return None;
    }
    let clause = |text: &str, back: bool| -> String {
        let parts: Vec<&str> = text.split([',', ';', '(', '\n']).flat_map(|part| part.split(". ")).collect();
        let part = if back { parts.last() } else { parts.first() };
        part.copied().unwrap_or_default().to_owned()
    };
    let text = format!("{} {} {}", clause(&from.before, true), to.before, clause(&to.after, false));
    let turned = |word: &String| Lang::ALL.iter().any(|lang| lang.sense(word) == Some(Sense::Turned));
    if words(&text).iter().any(turned) {
        return None;
    }
    let way = movement(&text)?;
    let word = words(&text).into_iter().find(|word| Lang::ALL.iter().any(|lang| lang.sense(word) == Some(way)))?;
    Some((word, way))
}

/// Says whether a sentence ends in a text between two numbers.
fn ends(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['.', '!', '?', '\n']) {
        let behind = rest[at + 1..].trim_start();
        if behind.chars().next().is_some_and(char::is_uppercase) || rest[at..].starts_with('\n') {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// «выросло с A до B, или на P%»: the change between two numbers of one unit.
fn change(lines: &mut [Line], at: usize) {
    let (from, to, by) = (lines[at - 2].found, lines[at - 1].found, lines[at].found);
    let joins = words(&to.before);
    let joins = joins.last().is_some_and(|word| is_in(word, |words| words.to_words));
    let led = words(&from.before).last().is_some_and(|word| is_in(word, |words| words.from_words));
    let said = words(&by.before);
    let tells = said.last().is_some_and(|word| is_in(word, |words| words.tells)) && said.len() <= WORDS;
    let turns = said.iter().any(|word| is_in(word, |words| words.turns));
    if !joins || !led || !tells || turns || ends(&to.before) || ends(&by.before) || from.measured != to.measured {
        return;
    }
    let (Some(first), Some(last), Some(_)) = (from.number(), to.number(), by.number()) else { return };
    let (a, b) = (cell(&lines[at - 2].id), cell(&lines[at - 1].id));
    let falls = last.value < first.value;
    let turned = |expr: String| if falls { format!("-({expr})") } else { expr };
    let unit = by.measured.unit();
    let (expr, also) = match unit.as_deref() {
        Some("percent") if from.measured.unit().as_deref() == Some("percent") => {
            (turned(format!("{b} - {a}")), Some(turned(format!("growth({a}, {b})"))))
        }
        Some("percent") => (turned(format!("growth({a}, {b})")), None),
        Some("percentage-points") => (turned(format!("{b} - {a}")), None),
        Some("times") if falls => (format!("ratio({a}, {b})"), None),
        Some("times") => (format!("ratio({b}, {a})"), None),
        _ if by.measured == to.measured => (turned(format!("{b} - {a}")), None),
        _ => return,
    };
    let also = also.map(|expr| format!(", also: [{{basis: paper, expr: {}}}]", json!(expr))).unwrap_or_default();
    lines[at].why = format!("the change from {} to {}, as its sentence says", lines[at - 2].id, lines[at - 1].id);
    lines[at].rest = format!(", basis: paper, expr: {}{also}", json!(expr));
}

fn cell(id: &str) -> String {
    format!("printed.value[{id}]")
}

/// «городских A (P%), сельских B (Q%)», where the shares come to a hundred: each is of the sum. Returns how many numbers it took.
fn shares(lines: &mut [Line], at: usize) -> Option<usize> {
    let mut pairs = Vec::new();
    let mut next = at;
    while next < lines.len() {
        let (part, share) = (lines[next - 1].found, lines[next].found);
        let bracket = share.before.trim_end().ends_with('(') && share.before.matches(['(', ')']).count() == 1;
        let percent = share.measured.unit().as_deref() == Some("percent");
        let goes_on = pairs.is_empty() || !ends(&part.before);
        let first: Option<&(usize, usize)> = pairs.first();
        let alike = first.is_none_or(|(first, _)| lines[*first].found.measured == part.measured);
        if !(bracket && percent && goes_on && alike && part.measured.unit().as_deref() != Some("percent")) {
            break;
        }
        pairs.push((next - 1, next));
        next += 2;
    }
    let value = |line: usize| lines[line].found.number().map(|printed| printed.value);
    let sum = pairs.iter().map(|(_, share)| value(*share)).sum_of()?;
    if pairs.len() < 2 || !near(&sum, &Amount::Integer(100)) {
        return None;
    }
    let parts: Vec<String> = pairs.iter().map(|(part, _)| cell(&lines[*part].id)).collect();
    let ids: Vec<String> = pairs.iter().map(|(_, share)| lines[*share].id.clone()).collect();
    for (part, share) in &pairs {
        let expr = format!("share({}, {})", cell(&lines[*part].id), parts.join(" + "));
        lines[*share].rest = format!(", basis: paper, expr: {}", json!(expr));
        lines[*share].why = format!("the shares {} come to a hundred", ids.join(", "));
    }
    Some(2 * pairs.len())
}

/// «в A и B – M и N соответственно», where the tables hold each number under one of the names: each is held to the name at
/// its own place.
fn respectively(lines: &mut [Line], hits: &[Vec<Hit>], names: &Names) {
    let goes_on = |next: &Line| {
        let (before, said) = (&next.found.before, words(&next.found.before));
        let joins = said.last().is_some_and(|word| is_in(word, |words| words.and)) || before.trim_end().ends_with(',');
        joins && said.len() <= 4 && !ends(before)
    };
    let mut at = 0;
    while at < lines.len() {
        let end = at + 1 + lines[at + 1..].iter().take_while(|next| goes_on(next)).count();
        in_order(&mut lines[at..end], &hits[at..end], names);
        at = end;
    }
}

fn in_order(lines: &mut [Line], hits: &[Vec<Hit>], names: &Names) {
    let ([first, .., last], true) = (&*lines, lines.iter().all(|line| line.rest.is_empty())) else { return };
    let text = first.found.before.clone();
    let said = words(&text).into_iter().chain(words(&last.found.after).into_iter().take(WORDS));
    if !said.into_iter().any(|word| is_in(&word, |words| words.in_order)) {
        return;
    }
    let place = |hit: &Hit| names.places(&text, &hit.expr);
    let own = hits.iter().map(|hits| hits.iter().find_map(|hit| Some((place(hit)?, hit))));
    let Some(mut told) = own.collect::<Option<Vec<_>>>() else { return };
    told.sort_by(|a, b| a.0.cmp(&b.0));
    if told.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return;
    }
    for (line, (_, hit)) in lines.iter_mut().zip(told) {
        line.rest = format!(", basis: agency, expr: {}", json!(stub::expression(line.found, hit)));
        line.why = "found in the tables; told of the names before it, each of the one at its place".to_owned();
    }
}

/// «всего N, в том числе A и B», where the parts come to the whole or nearly so.
fn parts(lines: &mut [Line], at: usize) {
    let whole = lines[at].found;
    if !lines[at].rest.is_empty() {
        return;
    }
    let Some(opens) = lines.get(at + 1).filter(|next| {
        let said = words(&next.found.before).join(" ");
        quantity::all(|words| words.openings).any(|opening| said.contains(opening))
    }) else {
        return;
    };
    if ends(&opens.found.before) {
        return;
    }
    let of_unit = |line: &&Line| line.found.measured == whole.measured || line.found.measured.is_bare();
    let alone = |n: usize| n == at + 1 || !ends(&lines[n].found.before);
    let parts: Vec<usize> = (at + 1..lines.len()).take_while(|n| alone(*n)).filter(|n| of_unit(&&lines[*n])).collect();
    let sum = parts.iter().map(|n| lines[*n].found.number().map(|printed| printed.value)).sum_of();
    let (Some(sum), Some(printed)) = (sum, whole.number()) else { return };
    if parts.len() < 2 || !near(&sum, &printed.value) {
        return;
    }
    let cells: Vec<String> = parts.iter().map(|n| cell(&lines[*n].id)).collect();
    let ids: Vec<String> = parts.iter().map(|n| lines[*n].id.clone()).collect();
    lines[at].rest = format!(", kind: sum, basis: paper, expr: {}", json!(cells.join(" + ")));
    lines[at].why = format!("the parts that its sentence names: {}", ids.join(", "));
}
