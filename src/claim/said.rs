//! Said: what a printed word, name, list or year says, so that it can be held to what an expression gives.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Claim, Paper, Printed};
use crate::analysis::Edition;
use crate::expression::{Edge, Expr, Item, Kind, Operator};
use crate::finding::{Amount, Code, Part, Period};
use crate::language::{Lang, Says, Sense, plain, spelled};

/// A name as a paper prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A year, or a month of one.
    Period(Period),
    /// A month whose year is not printed.
    Month(u8),
    /// A territory.
    Territory(Code),
    /// What the file of claims names itself, by its key, or a member of a category.
    Known(Arc<str>),
}

/// What a printed text says beside numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The names, in their order.
    pub named: Vec<Name>,
    /// Which way it points.
    pub sense: Option<Sense>,
    /// The place in an order that it speaks of, from the first.
    pub place: Option<i64>,
    /// The first and the last year of a span: `2013–2023`.
    pub span: Option<(Period, Period)>,
    /// Whether it says that something is so every time or everywhere.
    pub every: bool,
    /// A number in words with its value; a fraction has none.
    pub number: Option<(String, Option<u32>)>,
    /// What is a name or a number and nobody knows.
    pub unread: Option<String>,
}

impl Name {
    /// Returns true where a key means what is named.
    pub fn is(&self, part: &Part) -> bool {
        match (self, part) {
            (Name::Period(period), Part::Period(own)) => period == own,
            (Name::Month(month), Part::Period(own)) => own.month() == Some(*month) && own.day().is_none(),
            (Name::Territory(code), Part::Territory(own)) => code.plain() == own.plain(),
            // A code that no form tells is read as a category before the list of territories is asked.
            (Name::Territory(code), Part::Category(own)) => code.plain().as_str() == &**own,
            (Name::Known(name), Part::Category(own)) => name == own,
            _ => false,
        }
    }

    /// Returns true where a key is of the same sort.
    pub fn is_like(&self, part: &Part, bench: &Edition) -> bool {
        // A code that no form tells is read as a category before the list of territories is asked.
        let listed = match part {
            Part::Category(word) => bench.territory(word).map(Part::Territory),
            _ => None,
        };
        match (self, listed.as_ref().unwrap_or(part)) {
            (Name::Period(period), Part::Period(own)) => {
                let length = |one: &Period| (one.quarter().is_some(), one.month().is_some(), one.day().is_some());
                length(period) == length(own)
            }
            (Name::Month(_), Part::Period(own)) => own.month().is_some() && own.day().is_none(),
            (Name::Territory(_), Part::Territory(_)) => true,
            (Name::Known(_), Part::Category(_)) => true,
            _ => false,
        }
    }

    /// Puts the name in the place of a key of its sort: a month keeps the year.
    fn over(&self, part: &Part) -> Part {
        match (self, part) {
            (Name::Period(period), _) => Part::Period(*period),
            (Name::Month(month), Part::Period(own)) => Part::Period(Period::of_month(own.year(), *month)),
            (Name::Month(_), own) => own.clone(),
            (Name::Territory(code), _) => Part::Territory(code.clone()),
            (Name::Known(name), _) => Part::Category(name.clone()),
        }
    }

    /// Lists what could have been printed in its place: the neighbouring year or month, the next territory, another name.
    pub fn others(&self, paper: &Paper, bench: &Edition) -> Vec<Name> {
        match self {
            Name::Period(period) => vec![Name::Period(period.previous()), Name::Period(period.next())],
            Name::Month(month) => vec![Name::Month((month + 10) % 12 + 1), Name::Month(month % 12 + 1)],
            Name::Territory(code) => {
                let codes: Vec<Code> = bench.territories().iter().map(|one| one.code.clone()).collect();
                let codes: Vec<Code> = codes.into_iter().filter(|code| !bench.is_country(code)).collect();
                let at = codes.iter().position(|one| *one == code.plain()).unwrap_or_default();
                codes
                    .iter()
                    .cycle()
                    .skip(at + 1)
                    .take(codes.len().saturating_sub(1))
                    .cloned()
                    .map(Name::Territory)
                    .collect()
            }
            Name::Known(name) => {
                let siblings = bench.categories().values().find(|members| members.iter().any(|one| **one == **name));
                let others = paper.names.keys().chain(siblings.into_iter().flatten()).filter(|key| ***key != **name);
                others.map(|key| Name::Known(key.as_str().into())).collect()
            }
        }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Name::Period(period) => period.fmt(f),
            Name::Month(month) => write!(f, "month {month}"),
            Name::Territory(code) => code.fmt(f),
            Name::Known(name) => f.write_str(name),
        }
    }
}

/// The names that a paper may print, each as its words; those of its own language first.
struct Names {
    forms: Vec<Vec<(Vec<String>, Name)>>,
    /// Codes of territories and members of categories, which are printed letter by letter.
    keys: Vec<(Vec<String>, Name)>,
}

impl Names {
    fn of(paper: &Paper, bench: &Edition) -> Names {
        let own = paper.language();
        let mut languages: Vec<&str> = Lang::ALL.iter().map(|lang| lang.code()).collect();
        languages.sort_by_key(|code| *code != own);
        let forms = languages.into_iter().map(|lang| {
            let of_places = bench.territories().iter().flat_map(|one| {
                let names = one.names.get(lang).into_iter().flatten().filter(|(key, _)| *key != "sort");
                names.map(|(_, text)| (words(text), Name::Territory(one.code.clone())))
            });
            let of_paper = paper
                .names
                .iter()
                .filter_map(|(key, texts)| Some((words(texts.get(lang)?), Name::Known(key.as_str().into()))));
            of_places.chain(of_paper).filter(|(words, _)| !words.is_empty()).collect()
        });
        let codes = bench.territories().iter().map(|one| (one.code.as_str(), Name::Territory(one.code.clone())));
        let members =
            bench.categories().values().flatten().filter(|member| !member.bytes().all(|b| b.is_ascii_digit()));
        let members = members.map(|member| (member.as_str(), Name::Known(member.as_str().into())));
        let mut keys: Vec<(Vec<String>, Name)> =
            codes.chain(members).map(|(text, name)| (pieces(text).collect(), name)).collect();
        keys.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Names { forms: forms.collect(), keys }
    }

    /// Finds the code or member that a text begins with, and how many words it has.
    fn key_at(&self, text: &[String]) -> Option<(Name, usize)> {
        let found = self.keys.iter().find(|(words, _)| !words.is_empty() && text.starts_with(words));
        found.map(|(words, name)| (name.clone(), words.len()))
    }

    /// Finds the name that a text begins with, and how many words it has; what fits two names alike is none.
    fn at(&self, text: &[String]) -> Option<(Name, usize)> {
        self.forms.iter().find_map(|forms| {
            let fits = |(words, name): &(Vec<String>, Name)| {
                let near: Option<i64> = words.iter().enumerate().map(|(at, word)| nearness(word, text.get(at)?)).sum();
                near.map(|near| ((words.len(), near), name.clone()))
            };
            let found: Vec<((usize, i64), Name)> = forms.iter().filter_map(fits).collect();
            let (best, name) = found.iter().max_by_key(|(rank, _)| *rank)?;
            let is_only = found.iter().all(|(rank, other)| rank != best || other == name);
            is_only.then(|| (name.clone(), best.0))
        })
    }
}

/// The longest ending that a name may take or lose.
const ENDING: (usize, usize) = (5, 3);

/// Says how near a printed word is to a word of a name: how many letters they begin with alike, less what differs;
/// `None` where more than an ending differs.
pub(super) fn nearness(name: &str, printed: &str) -> Option<i64> {
    let alike = name.chars().zip(printed.chars()).take_while(|(a, b)| a == b).count();
    let (lost, gained) = (name.chars().count() - alike, printed.chars().count() - alike);
    let fits = alike >= 3 && lost <= ENDING.1.min(alike / 2) && gained <= ENDING.0 || lost == 0 && gained == 0;
    fits.then(|| (2 * alike) as i64 - (lost + gained) as i64)
}

/// Splits a text into its words as they stand; an open age group keeps its sign: `65+`.
fn pieces(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || "-+_".contains(c)));
    let words = words.map(|word| word.trim_start_matches('+'));
    words.filter(|word| word.contains(char::is_alphanumeric)).map(str::to_owned)
}

/// Splits a text into its words, in plain letters.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()).map(plain).collect()
}

/// Splits a text where a list or a clause parts: at commas, dashes, brackets and the word for «and».
fn chunks(text: &str) -> Vec<Vec<String>> {
    let ands: Vec<&str> = Lang::ALL.iter().map(|lang| lang.and()).collect();
    let mut found = Vec::new();
    for piece in text.split([',', ';', ':', '(', ')', '–', '—', '/']) {
        let all: Vec<String> = pieces(piece).collect();
        found.extend(all.split(|word| ands.contains(&plain(word).as_str())).map(<[String]>::to_vec));
    }
    found.retain(|chunk: &Vec<String>| !chunk.is_empty());
    found
}

/// Reads a year with the ending that a text may give it: `2006`, `2006г`, `2006-м`.
fn year(word: &str) -> Option<Period> {
    let (digits, rest) = word.split_at_checked(4)?;
    let ending = rest.trim_start_matches('-').chars().all(char::is_alphabetic) && rest.chars().count() <= 6;
    let year = digits.parse().ok().filter(|year| (1800..=2100).contains(year) && ending)?;
    Some(Period::of_year(year))
}

/// Writes the hyphen between two years as the dash that it stands for.
fn spanned(text: &str) -> String {
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    let piece = |word: &str| match word.split_once('-') {
        Some((first, last)) if is_year(first) && last.get(..4).is_some_and(is_year) => format!("{first}–{last}"),
        _ => word.replace('—', "–"),
    };
    text.split(' ').map(piece).collect::<Vec<_>>().join(" ")
}

/// Reads an ordinal in digits: `2-е`, `2-ші`; a bare number as well.
fn place(word: &str) -> Option<i64> {
    let (digits, ending) = word.split_once('-').unwrap_or((word, ""));
    let is_place = digits.len() <= 2 && ending.chars().all(char::is_alphabetic);
    digits.parse().ok().filter(|place| is_place && *place > 0)
}

/// Reads what a claim prints beside numbers.
pub fn read(claim: &Claim, paper: &Paper, bench: &Edition) -> Said {
    let names = Names::of(paper, bench);
    let mut said = Said::default();
    let mut senses = Vec::new();
    let mut bare = None;
    let printed = spanned(&claim.printed);
    for chunk in chunks(&printed) {
        let before = (said.named.len(), senses.len());
        let plain_words: Vec<String> = chunk.iter().map(|word| plain(word)).collect();
        let mut at = 0;
        while let Some(word) = chunk.get(at) {
            let (name, length) = one_name(&chunk[at..], &plain_words[at..], &names);
            at += length;
            let sense = Lang::ALL.iter().find_map(|lang| lang.sense(word));
            match (name, sense) {
                (Some(name), _) => said.named.push(name),
                (None, Some(Sense::Place(place))) => {
                    said.place = Some(place);
                    senses.extend((place == 1).then_some(Sense::More));
                }
                (None, Some(Sense::Every)) => said.every = true,
                (None, Some(sense)) => senses.push(sense),
                (None, None) if place(word).is_some() => said.place = place(word),
                (None, None) => {
                    let is_name = word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
                    said.unread = said.unread.or_else(|| is_name.then(|| word.clone()));
                }
            }
        }
        if before == (said.named.len(), senses.len()) && said.place.is_none() {
            bare.get_or_insert(chunk.join(" "));
        }
    }
    // What stands in a list of names is one.
    if !said.named.is_empty() {
        said.unread = said.unread.or(bare);
    }
    said.named = dated(said.named);
    if let ([Name::Period(first), Name::Period(last)], true) = (said.named.as_slice(), printed.contains('–')) {
        said.span = (first < last).then_some((*first, *last));
    }
    let number = spelled(&printed, &Lang::ALL).into_iter().find(|number| number.says != Says::Count);
    said.number = number.map(|number| (printed[number.span].to_owned(), number.value));
    said.sense = Sense::of_all(&senses);
    said
}

fn one_name(printed: &[String], rest: &[String], names: &Names) -> (Option<Name>, usize) {
    if let Some((name, length)) = names.key_at(printed) {
        return (Some(name), length);
    }
    let Some(word) = printed.first() else { return (None, 1) };
    match Part::parse(word) {
        Part::Territory(code) => return (Some(Name::Territory(code)), 1),
        Part::Period(period) => return (Some(Name::Period(period)), 1),
        Part::Category(_) => {}
    }
    if let Some(period) = year(word) {
        return (Some(Name::Period(period)), 1);
    }
    if let Some(month) = Lang::ALL.iter().find_map(|lang| lang.month(word)) {
        return (Some(Name::Month(month)), 1);
    }
    names.at(rest).map_or((None, 1), |(name, length)| (Some(name), length))
}

/// Joins a month with the only year that is printed beside it.
fn dated(named: Vec<Name>) -> Vec<Name> {
    match named.as_slice() {
        [Name::Month(month), Name::Period(year)] | [Name::Period(year), Name::Month(month)]
            if year.month().is_none() && year.quarter().is_none() =>
        {
            vec![Name::Period(Period::of_month(year.year(), *month))]
        }
        _ => named,
    }
}

/// Reads the numbers of a printed list: `81,9 и 61,3; 81,4 и 82,8`, `79.9%, 7.1%`.
pub fn numbers(text: &str) -> Vec<Printed> {
    let ands: Vec<String> = Lang::ALL.iter().map(|lang| format!(" {} ", lang.and())).collect();
    let text = ands.iter().fold(text.to_owned(), |text, and| text.replace(and.as_str(), "; "));
    let mut found = Vec::new();
    for piece in text.split("; ").flat_map(|piece| piece.split(", ")) {
        let digits = piece.trim_matches(|c: char| !(c.is_ascii_digit() || "-−–+".contains(c)));
        found.extend(Printed::parse(digits));
    }
    found
}

/// Lists the keys that an expression names one by one, in the order in which it first names them.
pub fn mentions(expr: &Expr) -> Vec<Part> {
    let mut found = Vec::new();
    walk(expr, &mut |part| {
        if !found.contains(part) {
            found.push(part.clone());
        }
    });
    found
}

fn walk(expr: &Expr, see: &mut dyn FnMut(&Part)) {
    match &expr.kind {
        Kind::Number(_) => {}
        Kind::Key(part) => see(part),
        Kind::Path(path) => {
            for item in path.selectors.iter().flatten().flatten() {
                match item {
                    Item::Part(part) => see(part),
                    // What means several keys, as a year of months does, is told by its form alone.
                    Item::Word(word) => see(&Part::parse(word)),
                    Item::Span(..) | Item::First | Item::Last | Item::All => {}
                }
            }
        }
        Kind::Call(_, arguments) => arguments.iter().for_each(|one| walk(one, see)),
        Kind::Unary(_, inner) => walk(inner, see),
        Kind::Binary(_, left, right) => {
            walk(left, see);
            walk(right, see);
        }
    }
}

/// Lists the spans of periods for which an expression asks.
pub fn spans(expr: &Expr) -> Vec<(Period, Period)> {
    let span = |item: &Item| match item {
        Item::Span(Edge::At(from), Edge::At(to)) => Some((*from, *to)),
        _ => None,
    };
    match &expr.kind {
        Kind::Number(_) | Kind::Key(_) => Vec::new(),
        Kind::Path(path) => path.selectors.iter().flatten().flatten().filter_map(span).collect(),
        Kind::Call(_, arguments) => arguments.iter().flat_map(spans).collect(),
        Kind::Unary(_, inner) => spans(inner),
        Kind::Binary(_, left, right) => spans(left).into_iter().chain(spans(right)).collect(),
    }
}

/// Finds what a text names of which an expression does not speak: a span has the same ends, a period may lie within one.
pub fn unspoken(expr: &Expr, said: &Said) -> Option<String> {
    let (keys, spans) = (mentions(expr), spans(expr));
    if let Some((first, last)) = said.span.filter(|_| !spans.is_empty()) {
        return (!spans.contains(&(first, last))).then(|| format!("{first}..{last}"));
    }
    let within = |name: &Name| match name {
        Name::Period(period) => {
            spans.iter().any(|(from, to)| from.first_day() <= period.first_day() && period.last_day() <= to.last_day())
        }
        _ => false,
    };
    said.named.iter().find(|name| !keys.iter().any(|key| name.is(key)) && !within(name)).map(ToString::to_string)
}

/// Returns true where an expression holds a constant that a number in words may be: itself, or the part that it makes.
pub fn weighs(expr: &Expr, value: Option<u32>) -> bool {
    let one = Amount::Integer(1);
    let is = |amount: &Amount| match value {
        Some(value) => {
            let value = Amount::Integer(i64::from(value));
            *amount == value || one.divided_by(&value).is_some_and(|part| part == *amount)
        }
        None => true,
    };
    match &expr.kind {
        Kind::Number(amount) => is(amount),
        Kind::Key(_) | Kind::Path(_) => false,
        Kind::Call(_, arguments) => arguments.iter().any(|one| weighs(one, value)),
        Kind::Unary(_, inner) => weighs(inner, value),
        Kind::Binary(_, left, right) => weighs(left, value) || weighs(right, value),
    }
}

/// Returns true where an expression asks for no finding, or compares something with itself.
pub fn is_idle(expr: &Expr) -> bool {
    fn asks(expr: &Expr) -> bool {
        match &expr.kind {
            Kind::Number(_) | Kind::Key(_) => false,
            Kind::Path(_) => true,
            Kind::Call(_, arguments) => arguments.iter().any(asks),
            Kind::Unary(_, inner) => asks(inner),
            Kind::Binary(_, left, right) => asks(left) || asks(right),
        }
    }
    fn repeats(expr: &Expr) -> bool {
        match &expr.kind {
            Kind::Number(_) | Kind::Key(_) | Kind::Path(_) => false,
            Kind::Call(_, arguments) => arguments.iter().any(repeats),
            Kind::Unary(_, inner) => repeats(inner),
            Kind::Binary(operator, left, right) => {
                operator.compares() && left.to_string() == right.to_string() || repeats(left) || repeats(right)
            }
        }
    }
    !asks(expr) || repeats(expr)
}

/// Returns true where an expression calls a function.
pub fn calls(expr: &Expr, function: &str) -> bool {
    match &expr.kind {
        Kind::Number(_) | Kind::Key(_) | Kind::Path(_) => false,
        Kind::Call(name, arguments) => name == function || arguments.iter().any(|one| calls(one, function)),
        Kind::Unary(_, inner) => calls(inner, function),
        Kind::Binary(_, left, right) => calls(left, function) || calls(right, function),
    }
}

/// Writes a statement anew with printed names in the places of the keys that it names.
pub fn with_names(expr: &Expr, keys: &[Part], names: &[Name]) -> Expr {
    let swaps: BTreeMap<&Part, Part> = keys.iter().zip(names).map(|(key, name)| (key, name.over(key))).collect();
    let put = |part: &Part| swaps.get(part).unwrap_or(part).clone();
    rewritten(expr, &|kind| match kind {
        Kind::Key(part) => Some(Kind::Key(put(part))),
        Kind::Path(path) => {
            let mut path = path.clone();
            for item in path.selectors.iter_mut().flatten().flatten() {
                let key = match &*item {
                    Item::Part(part) => part.clone(),
                    Item::Word(word) => Part::parse(word),
                    Item::Span(..) | Item::First | Item::Last | Item::All => continue,
                };
                // What is printed is a word that may not occur there, or in other borders.
                if let Some(other) = swaps.get(&key).filter(|other| **other != key) {
                    *item = Item::Word(other.to_string().into());
                }
            }
            Some(Kind::Path(path))
        }
        _ => None,
    })
}

/// Writes a statement anew with a printed place where it compares a rank with a number.
pub fn with_place(expr: &Expr, place: i64) -> Expr {
    let number = |one: &Expr| Expr { kind: Kind::Number(Amount::Integer(place)), span: one.span.clone() };
    rewritten(expr, &|kind| match kind {
        Kind::Binary(Operator::Equal, left, right) if is_rank(left) => {
            Some(Kind::Binary(Operator::Equal, left.clone(), Box::new(number(right))))
        }
        _ => None,
    })
}

/// Returns true for a call that gives a place in an order.
pub fn is_rank(expr: &Expr) -> bool {
    matches!(&expr.kind, Kind::Call(name, _) if name == "rank" || name == "rank_low")
}

/// Counts the comparisons of a rank with a number.
pub fn ranks(expr: &Expr) -> usize {
    match &expr.kind {
        Kind::Binary(Operator::Equal, left, right) if is_rank(left) && matches!(right.kind, Kind::Number(_)) => 1,
        Kind::Binary(_, left, right) => ranks(left) + ranks(right),
        Kind::Unary(_, inner) => ranks(inner),
        Kind::Call(_, arguments) => arguments.iter().map(ranks).sum(),
        Kind::Number(_) | Kind::Key(_) | Kind::Path(_) => 0,
    }
}

fn rewritten(expr: &Expr, change: &dyn Fn(&Kind) -> Option<Kind>) -> Expr {
    let again = |one: &Expr| rewritten(one, change);
    let kind = change(&expr.kind).unwrap_or_else(|| match &expr.kind {
        Kind::Call(name, arguments) => Kind::Call(name.clone(), arguments.iter().map(again).collect()),
        Kind::Unary(operator, inner) => Kind::Unary(*operator, Box::new(again(inner))),
        Kind::Binary(operator, left, right) => Kind::Binary(*operator, Box::new(again(left)), Box::new(again(right))),
        kind @ (Kind::Number(_) | Kind::Key(_) | Kind::Path(_)) => kind.clone(),
    });
    Expr { kind, span: expr.span.clone() }
}

/// Says which way an expression asks: its subject stands first, and the first of its comparisons speaks for it.
pub fn sense(expr: &Expr) -> Option<Sense> {
    use Operator::{And, AtLeast, AtMost, Equal, Less, More, Not, Or, Unequal};
    match &expr.kind {
        Kind::Binary(And | Or, left, right) => sense(left).or_else(|| sense(right)),
        // A low place in the order from the largest is a large value.
        Kind::Binary(operator, left, _) if is_rank(left) => match operator {
            Equal | Less | AtMost => sense(left),
            More | AtLeast => sense(left).map(Sense::opposite),
            _ => None,
        },
        Kind::Binary(More | AtLeast, ..) => Some(Sense::More),
        Kind::Binary(Less | AtMost, ..) => Some(Sense::Less),
        Kind::Binary(Equal, left, right) => match (end(left), end(right)) {
            (Some(_), Some(_)) | (None, None) => Some(Sense::Same),
            (one, other) => one.or(other),
        },
        Kind::Binary(Unequal, ..) => Some(Sense::Other),
        Kind::Unary(Not, inner) => sense(inner).map(Sense::opposite),
        Kind::Call(name, arguments) => end(expr).or_else(|| match name.as_str() {
            "all" | "any" | "keys" | "first" | "last" | "count" => arguments.first().and_then(sense),
            _ => None,
        }),
        _ => None,
    }
}

/// Says which end of an order a function picks.
fn end(expr: &Expr) -> Option<Sense> {
    let Kind::Call(name, _) = &expr.kind else { return None };
    match name.as_str() {
        "max" | "argmax" | "top" | "rank" | "positive" => Some(Sense::More),
        "min" | "argmin" | "bottom" | "rank_low" | "negative" => Some(Sense::Less),
        _ => None,
    }
}

/// Finds what gives the true order that a statement speaks of: so many first or last of the list that it ranks, or what
/// stands at its end.
pub fn order(expr: &Expr, names: usize) -> Option<Expr> {
    let call = |name: &str, arguments: Vec<Expr>| Expr {
        kind: Kind::Call(name.to_owned(), arguments),
        span: expr.span.clone(),
    };
    let first = |name: &str, list: &Expr| {
        let count = Kind::Number(Amount::Integer(names.max(1) as i64));
        call(name, vec![list.clone(), Expr { kind: count, span: expr.span.clone() }])
    };
    match &expr.kind {
        Kind::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
            ("rank" | "max" | "argmax", [list, ..]) => Some(first("top", list)),
            ("rank_low" | "min" | "argmin", [list, ..]) => Some(first("bottom", list)),
            ("all" | "any", [inner]) => order(inner, names),
            _ => None,
        },
        Kind::Unary(_, inner) => order(inner, names),
        Kind::Binary(_, left, right) => order(left, names).or_else(|| order(right, names)),
        Kind::Number(_) | Kind::Key(_) | Kind::Path(_) => None,
    }
}
