//! Said: what a printed word, name, list or year says, so that it can be held to what an expression gives.

use std::sync::Arc;

use super::{Claim, Paper, Printed};
use crate::analysis::Edition;
use crate::finding::{Code, Part, Period};
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
    pub(super) fn over(&self, part: &Part) -> Part {
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
pub(super) fn read(claim: &Claim, paper: &Paper, bench: &Edition) -> Said {
    let names = Names::of(paper, bench);
    let mut said = Said::default();
    let (mut senses, mut ways) = (Vec::new(), Vec::new());
    let mut bare = None;
    let printed = spanned(&claim.printed);
    for chunk in chunks(&printed) {
        let before = (said.named.len(), senses.len());
        let of_chunk = senses.len();
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
        ways.push(Sense::of_all(&senses[of_chunk..]));
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
    let ways = [Sense::More, Sense::Less].map(|way| ways.contains(&Some(way)));
    let turned = senses.contains(&Sense::Turned);
    let sense = Sense::of_all(&senses);
    // «рост и снижение» says neither, and «не Астана» no name.
    if ways == [true, true] || turned && sense.is_none() {
        said.unread = said.unread.or_else(|| Some(printed.clone()));
    }
    let number = spelled(&printed, &Lang::ALL).into_iter().find(|number| number.says != Says::Count);
    said.number = number.map(|number| (printed[number.span].to_owned(), number.value));
    said.sense = sense;
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
pub(super) fn numbers(text: &str) -> Vec<Printed> {
    let ands: Vec<String> = Lang::ALL.iter().map(|lang| format!(" {} ", lang.and())).collect();
    let text = ands.iter().fold(text.to_owned(), |text, and| text.replace(and.as_str(), "; "));
    let mut found = Vec::new();
    for piece in text.split("; ").flat_map(|piece| piece.split(", ")) {
        let digits = piece.trim_matches(|c: char| !(c.is_ascii_digit() || "-−–+".contains(c)));
        found.extend(Printed::parse(digits));
    }
    found
}
