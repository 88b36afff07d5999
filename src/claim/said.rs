//! Said: what a printed word, name, list or year says, so that it can be held to what an expression gives.

use std::sync::Arc;

use super::called::{Book, words};
use super::{Claim, Paper, Printed};
use crate::analysis::Edition;
use crate::finding::{Code, Part, Period};
use crate::language::quantity::{is_in, is_in_stems};
use crate::language::{Lang, Says, Sense, part, plain, spelled};

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
    /// The words of which that is made.
    pub ways: Vec<Sense>,
    /// The place in an order that it speaks of, from the first.
    pub place: Option<i64>,
    /// The first and the last year of a span: `2013–2023`.
    pub span: Option<(Period, Period)>,
    /// Whether it says that something is so every time or everywhere.
    pub every: bool,
    /// A number in words with its value, a part with the number of which it is one; other fractions have none.
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

/// The names that a paper may print; of two languages that fit alike its own comes first.
#[derive(Debug, Default)]
pub(super) struct Names {
    book: Book<Name>,
    /// Codes of territories and members of categories, which are printed letter by letter.
    keys: Vec<(Vec<String>, Name)>,
}

impl Names {
    /// Gathers the names of territories and those that the file of claims gives.
    pub(super) fn of(paper: &Paper, bench: &Edition) -> Names {
        let own = paper.language();
        let mut languages: Vec<&str> = Lang::ALL.iter().map(|lang| lang.code()).collect();
        languages.sort_by_key(|code| *code != own);
        let mut book = Book::default();
        for (order, lang) in languages.into_iter().enumerate() {
            for one in bench.territories().iter() {
                let forms = one.forms.values().filter_map(|texts| texts.get(lang));
                let names = one.names.get(lang).into_iter().chain(forms).flatten().filter(|(key, _)| *key != "sort");
                names.for_each(|(_, text)| book.add(text, Name::Territory(one.code.clone()), order));
            }
            for (key, texts) in &paper.names {
                if let Some(text) = texts.get(lang) {
                    book.add(text, Name::Known(key.as_str().into()), order);
                }
            }
        }
        // A word alone may be a town or a person as well.
        for (name, code) in bench.aliases.iter().filter(|(name, _)| name.contains(' ')) {
            book.add(name, Name::Territory(code.clone()), Lang::ALL.len());
        }
        let codes = bench.territories().iter().map(|one| (one.code.as_str(), Name::Territory(one.code.clone())));
        let members =
            bench.categories().values().flatten().filter(|member| !member.bytes().all(|b| b.is_ascii_digit()));
        let members = members.map(|member| (member.as_str(), Name::Known(member.as_str().into())));
        let mut keys: Vec<(Vec<String>, Name)> =
            codes.chain(members).map(|(text, name)| (pieces(text).collect(), name)).collect();
        keys.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Names { book, keys }
    }

    /// Finds the code or member that a text begins with, and how many words it has.
    fn key_at(&self, text: &[String]) -> Option<(Name, usize)> {
        let found = self.keys.iter().find(|(words, _)| !words.is_empty() && text.starts_with(words));
        found.map(|(words, name)| (name.clone(), words.len()))
    }

    /// Lists the names of a text, without its years, months and keys.
    pub(super) fn all(&self, text: &str) -> Vec<Name> {
        self.book.all(&words(text)).into_iter().map(|(name, _)| name).collect()
    }
}

/// Splits a text into its words as they stand; an open age group keeps its sign: `65+`.
fn pieces(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || "-+_".contains(c)));
    let words = words.map(|word| word.trim_start_matches('+'));
    words.filter(|word| word.contains(char::is_alphanumeric)).map(str::to_owned)
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
    of_text(&claim.printed, &Names::of(paper, bench))
}

/// Reads what a text says beside numbers.
pub(super) fn of_text(text: &str, names: &Names) -> Said {
    let mut said = Said::default();
    let (mut senses, mut ways) = (Vec::new(), Vec::new());
    let (mut bare, mut bound, mut alone) = (None, None, None);
    let printed = spanned(text);
    for chunk in chunks(&printed) {
        let before = (said.named.len(), senses.len());
        let of_chunk = senses.len();
        let plain_words: Vec<String> = chunk.iter().map(|word| plain(word)).collect();
        let mut at = 0;
        while let Some(word) = chunk.get(at) {
            let (name, length) = one_name(&chunk[at..], &plain_words[at..], names);
            if matches!(name, Some(Name::Period(_))) && is_bound(&plain_words, at, length) {
                bound.get_or_insert_with(|| bounded(&chunk, at, length));
            }
            at += length;
            if let (None, Some(value)) = (&name, part(word)) {
                // A part that stands alone: «меньше трети».
                alone.get_or_insert_with(|| (word.clone(), Some(value)));
            }
            let sense = Lang::ALL.iter().find_map(|lang| lang.sense(word));
            match (name, sense) {
                (Some(name), _) => said.named.push(name),
                (None, Some(Sense::Place(place))) => {
                    said.place = Some(place);
                    senses.extend((place == 1).then_some(Sense::More));
                }
                (None, Some(Sense::Every)) => said.every = true,
                // «последних 20 лет» is a time, «последнее место» the least.
                (None, Some(Sense::Last)) if is_time(chunk.get(at)) => {}
                (None, Some(Sense::Last)) => senses.push(Sense::Less),
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
    if let ([Name::Period(first), Name::Period(last)], true) =
        (said.named.as_slice(), printed.contains('–') || bound.is_some())
    {
        said.span = (first < last).then_some((*first, *last));
    }
    // «до 2024» is another time than 2024; only together with the other end it is one.
    if said.span.is_none() {
        said.unread = said.unread.or(bound);
    }
    let ways = [Sense::More, Sense::Less].map(|way| ways.contains(&Some(way)));
    let turned = senses.contains(&Sense::Turned);
    let sense = Sense::of_all(&senses);
    // «рост и снижение» says neither, and «не Астана» no name.
    if ways == [true, true] || turned && sense.is_none() {
        said.unread = said.unread.or_else(|| Some(printed.clone()));
    }
    let number = spelled(&printed, &Lang::ALL).into_iter().find(|number| number.says != Says::Count);
    said.number = number.map(|number| (printed[number.span].to_owned(), number.value)).or(alone);
    said.sense = sense;
    said.ways = senses;
    said
}

/// Says whether a word is a number or a length of time.
fn is_time(word: Option<&String>) -> bool {
    word.is_some_and(|word| {
        word.starts_with(|c: char| c.is_ascii_digit()) || is_in_stems(&plain(word), |words| words.times)
    })
}

/// Says whether a period bounds the time that is meant and is not that time: «до 2024», «2024 жылдан кейін».
fn is_bound(words: &[String], at: usize, length: usize) -> bool {
    let led = at > 0
        && (is_in(&words[at - 1], |words| words.beyond)
            || is_in(&words[at - 1], |words| words.from_words)
            || is_in(&words[at - 1], |words| words.to_words));
    let behind = || words[at + length..].iter().take(2).any(|word| is_in(word, |words| words.beyond_behind));
    led || behind()
}

/// Writes a period with what makes a bound of it.
fn bounded(chunk: &[String], at: usize, length: usize) -> String {
    chunk[at.saturating_sub(1)..chunk.len().min(at + length + 2)].join(" ")
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
    names.book.at(rest).map_or((None, 1), |(name, length)| (Some(name), length))
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
