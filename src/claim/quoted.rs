//! Quoted: whether the few words of the paper by which a claim is found say what the claim says: its number and unit, its
//! time, which way it points, of whom it speaks.

mod taken;
mod whom;

use std::collections::BTreeSet;

use super::asked;
use super::bench::PRINTED;
use super::called::{nearness, words};
use super::movement::{movement, rises};
use super::probe::CellName;
use super::said::{self, Name, Names, Said};
use super::scan::{Found, Sort, scan};
use super::speaks::spoken;
use super::verdict::Judged;
use super::{Basis, Claim, Kind, Measure, Paper, Printed, Rule, Says, Sign};
use crate::analysis::Edition;
use crate::expression::{self, Expr, Names as _};
use crate::finding::{Amount, Part, Unit};
use crate::language::proof::Measures;
use crate::language::quantity::{all, bounds_follow, is_in, is_in_stems};
use crate::language::{Lang, Says as Named, Sense, Spelled, is_of, spelled, worded};

/// How many claims before and behind one may print the numbers that stand in its phrase, where their places differ.
const AROUND: usize = 4;

/// As many words behind a number show what bounds it from there.
const BOUND: usize = 4;

/// What phrases are read with: the paper, and the names that it may print.
pub(super) struct Quotes<'a> {
    paper: &'a Paper,
    bench: &'a Edition,
    names: Names,
    measures: Measures,
}

/// A claim with its phrase, both as they are read.
struct Quote<'a> {
    claim: &'a Claim,
    phrase: &'a str,
    /// What the claim prints, beside numbers.
    printed: Said,
    /// What the phrase says, beside numbers.
    said: Said,
    /// The numbers of the phrase, years and all else among them.
    found: Vec<Found>,
    /// The claim's own readings.
    exprs: Vec<Expr>,
}

impl<'a> Quotes<'a> {
    /// Gathers what phrases are read with.
    pub(super) fn of(paper: &'a Paper, bench: &'a Edition) -> Quotes<'a> {
        let measures = Measures::of(&bench.titles, paper.language());
        Quotes { paper, bench, names: Names::of(paper, bench), measures }
    }

    /// Says in what the phrase of a claim is at odds with the claim.
    pub(super) fn odds(&self, judged: &Judged) -> Vec<String> {
        let claim = judged.claim;
        let Some(phrase) = claim.phrase.as_deref() else { return Vec::new() };
        let exprs = claim.readings().into_iter().filter_map(|reading| expression::parse(&reading.expr).ok());
        let quote = Quote {
            claim,
            phrase,
            printed: said::of_text(&claim.printed, &self.names),
            said: said::of_text(phrase, &self.names),
            found: scan(phrase),
            exprs: exprs.collect(),
        };
        let own = quote.found.iter().find(|found| is_own(found, claim));
        let beside = own.filter(|_| claim.kind().is_number()).and_then(|found| quote.beside(found));
        let found = [
            self.number(&quote, own),
            self.words(&quote, own),
            beside,
            self.years(&quote),
            self.undated(&quote, judged),
            quote.months(),
            quote.majority(),
            quote.times(),
            quote.points(),
            self.elsewhere(&quote),
            self.turned(&quote),
            self.end(&quote, judged),
            self.side(&quote, judged),
            self.measure(&quote, judged),
            self.ends(&quote),
            self.inside(&quote),
            quote.threshold(),
            quote.every(),
            quote.lasting(judged),
            quote.taken(),
            quote.place(),
        ];
        found.into_iter().flatten().chain(self.way(&quote, judged)).chain(self.name(&quote)).collect()
    }

    /// Finds a number that stands in the phrase where the claim's own does not. Beside its own it may hold others, which are
    /// claims of their own or none: ages, lengths of time, labels.
    fn number(&self, quote: &Quote, own: Option<&Found>) -> Option<String> {
        let claim = quote.claim;
        let counts = claim.number().is_some();
        let of_time = |found: &Found| found.sort == Sort::Span && claim.kind() == Kind::Period;
        let is_quantity = |found: &Found| found.sort == Sort::Number || of_time(found);
        let other = quote.found.iter().find(|found| is_quantity(found) && found.number().is_some())?;
        let is_it = |word: &str| worded(word).is_some_and(|value| prints(claim, value));
        let in_words = || {
            let by_digits = claim.kind() == Kind::Period;
            let known = |one: Spelled| one.value != Some(1) && one.says != Named::Scale;
            !by_digits && spelled(quote.phrase, &Lang::ALL).into_iter().any(known)
                || quote.phrase.split(|c: char| !c.is_alphabetic()).any(is_it)
        };
        // The phrase may end within a number that is written in parts: «6 млн 740» of 6 740 118.
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let is_cut = digits(&claim.printed).starts_with(&digits(&other.printed));
        (counts && own.is_none() && !is_cut && !in_words())
            .then(|| format!("holds `{}` and not `{}`", other.printed, claim.printed))
    }

    /// Finds a number in words where the claim prints another one, and the phrase does not hold that.
    fn words(&self, quote: &Quote, own: Option<&Found>) -> Option<String> {
        let value = |text: &str, of: Option<u32>| worded(text).or(of);
        let in_words = |text: &str| -> Vec<u32> {
            let found = spelled(text, &Lang::ALL).into_iter().filter(|number| number.says != Named::Scale);
            found.filter_map(|number| value(&text[number.span], number.value)).filter(|number| *number > 1).collect()
        };
        let (claim, printed) = (quote.claim, in_words(&quote.claim.printed));
        let counts = claim.kind().is_number() && claim.number().is_some() || !printed.is_empty();
        let found = in_words(quote.phrase);
        let holds = |one: &Claim, number: u32| {
            let said = one.phrase.iter().flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
            said.filter_map(worded).any(|own| own == number)
        };
        let is_other = |one: &Claim, number: u32| prints(one, number) && holds(one, number);
        let is_known = |number: &u32| printed.contains(number) || self.is_covered(claim, &|one| is_other(one, *number));
        // «в четырёх из пяти»: its own number stands there, and of how many.
        if claim.number().is_some_and(|own| found.iter().any(|number| own.value == Amount::Integer((*number).into()))) {
            return None;
        }
        let other = found.iter().find(|number| !is_known(number)).filter(|_| counts && own.is_none())?;
        Some(format!("holds {other} in words, and the claim prints `{}`", claim.printed))
    }

    /// Says whether the claim, or one near it, does something.
    fn is_covered(&self, claim: &Claim, does: &dyn Fn(&Claim) -> bool) -> bool {
        let claims: Vec<&Claim> = self.paper.claims.iter().filter(|one| one.cell.is_none()).collect();
        let own = claims.iter().position(|one| one.id == claim.id).unwrap_or_default();
        let near = |at: usize, one: &Claim| one.place == claim.place || at.abs_diff(own) <= AROUND;
        claims.iter().enumerate().any(|(at, one)| near(at, one) && does(one))
    }

    /// Finds a year of the phrase that is another than the claim's.
    fn years(&self, quote: &Quote) -> Option<String> {
        let claim = quote.claim;
        let (from, to) = spoken(claim)?;
        let ends: Vec<i32> = from.iter().chain(&to).map(|period| period.year()).collect();
        let named = quote.printed.named.iter().filter_map(year_of);
        let counted = claim.years().into_iter().flat_map(|(first, last)| [first, last]);
        let known: Vec<i32> = ends.iter().copied().chain(named).chain(counted).collect();
        let is_number = |year: i32| {
            let year = u32::try_from(year).unwrap_or_default();
            self.is_covered(claim, &|one| one.measure().unit != Unit::None && prints(one, year))
        };
        let years: Vec<i32> = quote
            .said
            .named
            .iter()
            .filter_map(year_of)
            .filter(|year| YEARS.contains(year) && stands_alone(quote.phrase, *year))
            .filter(|year| known.contains(year) || !is_number(*year))
            .collect();
        let is_open = from.is_none() || to.is_none();
        let within = |year: i32| from.is_none_or(|from| from.year() <= year) && to.is_none_or(|to| year <= to.year());
        let strange = |year: &&i32| {
            let before = quote.closes() && known.contains(&(**year + 1));
            !(known.contains(*year) || before || is_open && within(**year) || quote.leads_on(**year))
        };
        // Of the two ends between which something moves, a claim may speak of one alone.
        if years.len() > 1 && from == to && years.iter().any(|year| known.contains(year)) {
            return None;
        }
        let of = claim.period.as_deref().unwrap_or_default();
        years.iter().find(strange).map(|other| format!("speaks of {other}, and `period` says {of}"))
    }

    /// Finds a year of the phrase of which nothing is read, where the claim itself names no time.
    fn undated(&self, quote: &Quote, judged: &Judged) -> Option<String> {
        let claim = quote.claim;
        // Of several numbers each may have a time of its own.
        let is_alone = quote.found.iter().filter(|found| found.sort == Sort::Number).count() == 1;
        let is_open = claim.kind().is_number() && claim.period.is_none() && claim.cell.is_none() && is_alone;
        let reading = judged.first().filter(|reading| is_open && reading.basis == Basis::Agency)?;
        let mut read: Vec<i32> = Vec::new();
        for (id, key) in &reading.reads {
            let year = key.period()?.year();
            // A stock of the first day is that of the end of the year before.
            read.extend([year].into_iter().chain(self.bench.is_stock(&id.name).then_some(year - 1)));
        }
        let said: Vec<i32> = quote
            .said
            .named
            .iter()
            .filter_map(year_of)
            .filter(|year| YEARS.contains(year) && stands_alone(quote.phrase, *year))
            .collect();
        let is_own = |year: &i32| u32::try_from(*year).is_ok_and(|year| prints(claim, year));
        let is_other = |year: &i32| !read.contains(year) && !is_own(year) && !quote.leads_on(*year);
        let other = said.first().filter(|_| !read.is_empty() && said.iter().all(is_other))?;
        let years = read.iter().map(i32::to_string).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ");
        Some(format!("speaks of {other}, and `expr` reads {years}"))
    }

    /// Finds a word that points the other way than the claim.
    fn way(&self, quote: &Quote, judged: &Judged) -> Option<String> {
        let claim = quote.claim;
        let of_sign = match claim.rule {
            Rule::Sign { sign: Some(Sign::Positive), .. } => Some(Sense::More),
            Rule::Sign { sign: Some(Sign::Negative), .. } => Some(Sense::Less),
            _ => None,
        };
        if !claim.kind().is_number() {
            let way = quote.printed.sense.or(of_sign).or_else(|| self.asks(quote, judged))?;
            let other = quote.said.sense.filter(|other| *other == way.opposite())?;
            return (!quote.holds_words()).then(|| format!("says {}, and the claim {}", other.name(), way.name()));
        }
        let own = quote.exprs.iter().find_map(|expr| rises(expr, self.paper))?;
        let falls = claim.number().is_some_and(|printed| printed.value.signum() < 0);
        let own = if falls { own.opposite() } else { own };
        let other = movement(quote.phrase).filter(|sense| *sense == own.opposite())?;
        Some(format!("tells of {}, and `expr` of {}", other.name(), own.name()))
    }

    /// Returns which way the expression asks where the claim prints a name alone. Of balances a phrase that only says how
    /// much says nothing: «больше всего уехало» is the least of them.
    fn asks(&self, quote: &Quote, judged: &Judged) -> Option<Sense> {
        let is_signed = |(series, key): &CellName| {
            let cell = self.bench.findings.get(series).and_then(|known| known.cells.get(key));
            cell.and_then(|cell| cell.value.amount()).is_none_or(|amount| amount.signum() < 0)
        };
        let signed = judged.first()?.reads.iter().any(is_signed);
        let tells = !quote.printed.named.is_empty() && (quote.said.ways.len() > 1 || !signed);
        quote.exprs.first().filter(|_| tells).and_then(asked::sense)
    }

    /// Finds a name of the phrase of which the claim does not speak.
    fn name(&self, quote: &Quote) -> Option<String> {
        let mut keys: Vec<Part> = Vec::new();
        quote.exprs.iter().for_each(|expr| self.keys(expr, &mut keys, 2));
        quote.claim.listed().into_iter().for_each(|id| keys.push(Part::Category(id.into())));
        keys.push(Part::Category(quote.claim.id.as_str().into()));
        let is_country = |name: &Name| matches!(name, Name::Territory(code) if self.bench.is_country(code));
        let told = |name: &Name| match name {
            Name::Territory(_) => {
                let own = quote.printed.named.iter().any(|name| matches!(name, Name::Territory(_)));
                own || keys.iter().filter_map(|key| self.code(key)).any(|code| !self.bench.is_country(&code))
            }
            Name::Known(_) => keys.iter().any(|key| self.paper.names.contains_key(&key.to_string())),
            Name::Period(_) | Name::Month(_) => false,
        };
        let named = self.names.all(&quote.nearest());
        let strange = |name: &&Name| {
            told(name)
                && !is_country(name)
                && !quote.printed.named.contains(name)
                && !keys.iter().any(|key| name.is(key))
        };
        named.iter().find(strange).map(|name| format!("names {}, of which the claim does not speak", self.called(name)))
    }

    /// Lists the keys of an expression, and those of the printed numbers that it reads.
    fn keys(&self, expr: &Expr, keys: &mut Vec<Part>, depth: usize) {
        let own = asked::mentions(expr);
        let reads = expr.paths().iter().any(|path| path.name == PRINTED);
        for part in &own {
            let other = self
                .paper
                .claims
                .iter()
                .find(|one| reads && depth > 0 && *part == Part::Category(one.id.as_str().into()));
            for reading in other.into_iter().flat_map(Claim::readings) {
                if let Ok(inner) = expression::parse(&reading.expr) {
                    self.keys(&inner, keys, depth - 1);
                }
            }
        }
        keys.extend(own);
    }

    /// Calls a name as the paper's language does.
    fn called(&self, name: &Name) -> String {
        let lang = self.paper.language();
        let text = match name {
            Name::Territory(code) => {
                let one = self.bench.territories().iter().find(|one| one.code == code.plain());
                one.and_then(|one| one.names.get(lang)?.get("name").cloned())
            }
            Name::Known(key) => self.paper.names.get(&**key).and_then(|texts| texts.get(lang).cloned()),
            Name::Period(_) | Name::Month(_) => None,
        };
        text.unwrap_or_else(|| name.to_string())
    }
}

impl Quote<'_> {
    /// Says what stands beside the claim's number in the phrase and is not what the claim says of it.
    fn beside(&self, found: &Found) -> Option<String> {
        let (claim, own) = (self.claim, self.claim.measure());
        let text = &found.printed;
        if let Some(measure) = found.measured.unit().and_then(|unit| Measure::parse(&unit)) {
            let loose = own.unit == Unit::None
                || [Unit::None, own.unit, own.unit.of_difference()].contains(&measure.unit)
                || measure.unit == Unit::Persons && own.unit == Unit::PersonsPerYear;
            if !loose {
                return Some(format!("counts `{text}` in {}, and the claim in {}", measure.unit, own.unit));
            }
            let is_scaled = found.measured.steps > 0 || measure.unit == Unit::Persons;
            let own_unit = matches!(own.unit, Unit::Own(_) | Unit::ThousandTenge);
            let in_parts = found.digits.is_some();
            if is_scaled && !own_unit && !in_parts && measure.scale != own.scale {
                return Some(format!("counts `{text}` by {}, and the claim by {}", measure.scale, own.scale));
            }
        }
        let bound = found.says().unwrap_or_default();
        // Words before and behind the number are part of the phrase, or nothing can be said of a bound.
        let (before, behind) = self.around(found);
        let ahead = if bounds_follow(Lang::guessed(self.phrase)) { BOUND } else { 1 };
        let cut = before.is_empty() || behind.split_whitespace().count() < ahead;
        // «до» leads to the other end of what moves, whose beginning the phrase may have lost.
        let leads = [(Says::UpTo, Says::Exact), (Says::Exact, Says::UpTo)].contains(&(bound, claim.says));
        // A «не» before the first word may have been lost.
        let turned = [(Says::LessThan, Says::AtLeast), (Says::MoreThan, Says::UpTo)].contains(&(bound, claim.says));
        let leads = leads || turned && (ahead > 1 || before.split_whitespace().count() <= 1);
        let lost = cut || found.says().is_none() && names_bound(before);
        if bound != claim.says && !leads && (found.says().is_some() || !lost) {
            return Some(format!("says `{text}` {}, and the claim {}", bound.name(), claim.says.name()));
        }
        let negative = claim.number().is_some_and(|printed| printed.value.signum() < 0);
        let minus = found.printed.starts_with('-') && !before.is_empty();
        let marked = before.trim_end().ends_with(['-', '−', '–', '—']) || self.said.sense == Some(Sense::Less);
        match (negative, minus) {
            (false, true) if found.unsure.is_none() => {
                Some(format!("says `{text}`, and the claim `{}`", claim.printed))
            }
            (true, false) if !marked && !before.is_empty() => {
                Some(format!("says `{text}`, and the claim `{}`", claim.printed))
            }
            _ => None,
        }
    }

    /// Finds a word for most of something where less than a half is asked for.
    fn majority(&self) -> Option<String> {
        let says = |word: &str| is_in_stems(&word.to_lowercase(), |words| words.majority);
        let word = self.phrase.split(|c: char| !c.is_alphabetic()).find(|word| says(word))?;
        let half = Amount::ratio(1, 2)?;
        let bound = self.exprs.iter().flat_map(asked::bounds).find(|bound| *bound < half)?;
        Some(format!("says `{word}`, and `expr` asks for {bound}, less than a half"))
    }

    /// Finds a number of times below one beside a word for more.
    fn times(&self) -> Option<String> {
        let printed = self.claim.number().filter(|_| self.claim.measure().unit == Unit::Times)?;
        let is_less = printed.value < Amount::Integer(1) && printed.value.signum() > 0;
        let is_more = self.said.ways.contains(&Sense::More) && !self.said.ways.contains(&Sense::Less);
        (is_less && is_more).then(|| format!("says more, and `{}` times is less", self.claim.printed))
    }

    /// Finds percentage points in the phrase of a number of per cent.
    fn points(&self) -> Option<String> {
        let words: Vec<String> = self.phrase.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
        let is_pair = |pair: &[String]| Lang::ALL.iter().any(|lang| lang.is_points(&pair[0], &pair[1]));
        let says = self.claim.measure().unit == Unit::Percent && words.windows(2).any(is_pair);
        says.then(|| "says percentage points, and the claim per cent".to_owned())
    }

    /// Says whether the words by which the claim says which way stand in the phrase, which may hold more: «наиболее» of
    /// «наиболее существенное сокращение».
    fn holds_words(&self) -> bool {
        let phrase = words(self.phrase);
        let says = |word: &String| Lang::ALL.iter().any(|lang| lang.sense(word).is_some());
        let own: Vec<String> = words(&self.claim.printed).into_iter().filter(says).collect();
        let stands = |word: &String| phrase.iter().any(|other| nearness(word, other).is_some());
        !own.is_empty() && own.iter().all(stands)
    }

    /// Returns the phrase before and behind a number of it.
    fn around(&self, found: &Found) -> (&str, &str) {
        let digits = found.printed.trim_start_matches('-');
        match self.phrase.split_once(digits) {
            Some((before, behind)) => (before.trim(), behind.trim_matches(|c: char| !c.is_alphanumeric() && c != '%')),
            None => ("", ""),
        }
    }

    /// Says whether a word of the phrase says that the end of a period is meant.
    fn closes(&self) -> bool {
        self.phrase.split(|c: char| !c.is_alphabetic()).any(|word| is_in(&word.to_lowercase(), |words| words.closing))
    }

    /// Says whether something goes on from a year to the claim's number, so that the year is that of another one.
    fn leads_on(&self, year: i32) -> bool {
        let Some((_, behind)) = self.phrase.split_once(&year.to_string()) else { return false };
        let mut words = behind.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
        words.any(|word| is_in(&word, |words| words.to_words))
    }

    /// Finds a month that the claim does not speak of, where it speaks of months.
    fn months(&self) -> Option<String> {
        let month = |name: &Name| match name {
            Name::Month(month) => Some(*month),
            Name::Period(period) => period.month(),
            Name::Territory(_) | Name::Known(_) => None,
        };
        let (from, to) = spoken(self.claim).unwrap_or_default();
        let of_period =
            from.into_iter().chain(to).filter(|period| period.day().is_none()).filter_map(|period| period.month());
        let known: Vec<u8> = of_period.chain(self.printed.named.iter().filter_map(month)).collect();
        let strange = |month: &u8| !known.is_empty() && !known.contains(month);
        let other = self.said.named.iter().filter_map(month).find(strange)?;
        let months = known.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
        Some(format!("names month {other}, and the claim {months}"))
    }

    /// Returns what of the phrase may name whom its number counts: what stands before it, and what follows up to a comma.
    fn nearest(&self) -> String {
        let own = self.found.iter().find(|found| is_own(found, self.claim));
        let Some(found) = own.filter(|_| self.claim.kind().is_number()) else { return self.phrase.to_owned() };
        let (before, behind) = self.around(found);
        let behind = behind.split([',', ';', '(']).next().unwrap_or_default();
        format!("{before}, {behind}")
    }
}

/// Says whether a text holds a word that bounds numbers, whatever stands between it and the number: «примерно – 22».
fn names_bound(text: &str) -> bool {
    let first = |pattern: &'static str| pattern.split(' ').next().unwrap_or_default();
    let is_bound = |word: &str| all(|words| words.before).any(|(pattern, ..)| is_of(word, first(pattern)));
    text.split(|c: char| !c.is_alphabetic()).any(|word| is_bound(&word.to_lowercase()))
}

/// Says whether a number of a text is one that a claim prints.
fn is_own(found: &Found, claim: &Claim) -> bool {
    let Some(printed) = found.number() else { return false };
    let scale = |amount: &Amount, by: i64| amount.magnitude().times(&Amount::Integer(by));
    let absolute = scale(&printed.value, found.measured.scale());
    numbers(claim).any(|own| {
        own.value.magnitude() == printed.value.magnitude() || scale(&own.value, claim.measure().scale) == absolute
    })
}

/// Says whether a claim prints a whole number.
fn prints(claim: &Claim, number: u32) -> bool {
    numbers(claim).any(|own| own.value == Amount::Integer(number.into()))
}

/// Lists the numbers that a claim prints.
fn numbers(claim: &Claim) -> impl Iterator<Item = Printed> {
    let list = if claim.number().is_none() { said::numbers(&claim.printed) } else { Vec::new() };
    claim.number().into_iter().chain(list)
}

/// What a number of four digits is read as a year of a phrase between.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2100;

fn year_of(name: &Name) -> Option<i32> {
    if let Name::Period(period) = name { Some(period.year()) } else { None }
}
/// Says whether the digits of a year stand in a phrase by themselves: in «1866,5 тыс.» they are a part of a number.
fn stands_alone(phrase: &str, year: i32) -> bool {
    let year = year.to_string();
    let is_part = |at: usize| {
        let behind: Vec<char> = phrase[at + year.len()..].chars().take(2).collect();
        matches!(behind.as_slice(), ['.' | ',', digit] if digit.is_ascii_digit())
    };
    let mut places = phrase.match_indices(year.as_str()).map(|(at, _)| at).peekable();
    places.peek().is_none() || places.any(|at| !is_part(at))
}
