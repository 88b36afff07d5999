//! Whom: of which places, measures and sides a phrase speaks, where the expression alone does not say it.

use super::{Quote, Quotes, is_own};
use crate::claim::asked;
use crate::claim::called::words;
use crate::claim::probe::CellName;
use crate::claim::said::Name;
use crate::claim::scan::{Found, Sort};
use crate::claim::speaks::spoken;
use crate::claim::verdict::Judged;
use crate::expression::{self, Expr, Kind, Material, Operator};
use crate::finding::{Amount, Cell, Code, Part, SeriesId, Value};
use crate::language::quantity::{is_in, is_in_stems};
use crate::language::{Lang, Sense};

impl Quotes<'_> {
    /// Finds a place that the phrase names and that is not at the end of the order, or among those counted, that is asked for.
    pub(super) fn elsewhere(&self, quote: &Quote) -> Option<String> {
        if !quote.printed.named.is_empty() || quote.said.ways.contains(&Sense::Turned) {
            return None;
        }
        let named: Vec<Code> = self.places(&quote.nearest());
        let (first, expr) = (named.first()?, quote.exprs.first()?);
        let (asked, is_end) = match &expr.kind {
            Kind::Call(name, list) => match (name.as_str(), list.as_slice()) {
                ("max", [list]) => (call("argmax", list), true),
                ("min", [list]) => (call("argmin", list), true),
                ("count", [list]) => (call("keys", list), false),
                _ => return None,
            },
            _ => return None,
        };
        let own = asked::mentions(expr);
        if own.iter().any(|key| self.code(key).is_some_and(|code| !self.bench.is_country(&code))) {
            return None;
        }
        let material: &dyn Material<Amount> = self.bench;
        let found: Vec<Code> = keys(&expression::evaluate(&asked, material).ok()?.cell.value)
            .iter()
            .filter_map(|key| self.code(key))
            .collect();
        let is_among = |code: &Code| found.iter().any(|own| own.plain() == code.plain());
        if found.is_empty() || named.iter().any(|code| is_among(code) && is_end) {
            return None;
        }
        let strange = if is_end { first } else { named.iter().find(|code| !is_among(code))? };
        let name = self.called(&Name::Territory(strange.clone()));
        Some(match is_end {
            true => {
                let of =
                    found.iter().map(|code| self.called(&Name::Territory(code.clone()))).collect::<Vec<_>>().join(", ");
                format!("names {name}, and what `expr` asks for is that of {of}")
            }
            false => format!("names {name}, which is none of those that `expr` counts"),
        })
    }

    /// Finds what two places are compared the other way round: «в Горной меньше, чем», where the other is asked to be less.
    pub(super) fn turned(&self, quote: &Quote) -> Option<String> {
        let mut expr = quote.exprs.first()?;
        while let Kind::Binary(Operator::And, first, _) = &expr.kind {
            expr = first;
        }
        let Kind::Binary(operator, left, right) = &expr.kind else { return None };
        if !matches!(operator, Operator::More | Operator::Less | Operator::AtLeast | Operator::AtMost) {
            return None;
        }
        let only = |side: &Expr| match asked::mentions(side)
            .iter()
            .filter_map(|key| self.code(key))
            .collect::<Vec<_>>()
            .as_slice()
        {
            [one] => Some(one.plain()),
            _ => None,
        };
        let (subject, object) = (only(left)?, only(right)?);
        let list = words(quote.phrase);
        let Some(than) = list.iter().position(|word| is_in(word, |words| words.than)) else {
            return self.both(quote, &subject, &object);
        };
        let of = |part: &[String]| match self.places(&part.join(" ")).as_slice() {
            [one] => Some(one.plain()),
            _ => None,
        };
        let (before, behind) = (of(&list[..than]), of(&list[than..]));
        let says = |code: &Option<Code>, other: &Code| code.as_ref().is_some_and(|code| code == other);
        (subject != object && (says(&before, &object) || says(&behind, &subject))).then(|| {
            let name = self.called(&Name::Territory(subject.clone()));
            format!("compares the two places the other way round than `expr`, which speaks of {name} first")
        })
    }

    /// Finds two places in the other order than `expr` compares them, in a language that says of which it speaks first and
    /// compares with the second by a case: «Таулы облыста Теңіз облысынан аз».
    fn both(&self, quote: &Quote, subject: &Code, object: &Code) -> Option<String> {
        let compares = |word: &str| is_in_stems(word, |words| words.comparatives);
        let places = self.places(quote.phrase);
        let [first, second] = places.as_slice() else { return None };
        let ends = words(quote.phrase)
            .last()
            .is_some_and(|word| compares(word) || Lang::ALL.iter().any(|lang| lang.sense(word).is_some()));
        (ends && first.plain() == *object && second.plain() == *subject).then(|| {
            let name = self.called(&Name::Territory(subject.clone()));
            format!("compares the two places the other way round than `expr`, which speaks of {name} first")
        })
    }

    /// Finds a word for the other end of an order than the number is asked of.
    pub(super) fn end(&self, quote: &Quote, judged: &Judged) -> Option<String> {
        let Kind::Call(name, _) = &quote.exprs.first()?.kind else { return None };
        let way = match name.as_str() {
            "max" => Sense::More,
            "min" => Sense::Less,
            _ => return None,
        };
        // The largest loss is the smallest balance.
        let is_below = judged.first()?.derived.as_ref().is_some_and(|own| own.signum() < 0);
        let superlative = |word: &str| is_in_stems(word, |words| words.extremes);
        let said = words(quote.phrase).into_iter().find(|word| superlative(word));
        let sense = Lang::ALL.iter().find_map(|lang| lang.sense(said.as_deref()?))?;
        let other = sense == way.opposite() && !is_below && !quote.said.ways.contains(&Sense::Turned);
        other.then(|| format!("says `{}`, and `expr` asks for the other end", said.unwrap_or_default()))
    }

    /// Finds a word for one side of zero where the balance that is read lies on the other.
    pub(super) fn side(&self, quote: &Quote, judged: &Judged) -> Option<String> {
        let claim = quote.claim;
        let (printed, expr) = (claim.number()?, quote.exprs.first()?);
        let (inner, is_turned) = bare(expr);
        // A balance is known by values of both signs.
        let below = |cell: &Cell| cell.value.amount().is_some_and(|own| own.signum() < 0);
        let of = |(id, key): &CellName| self.bench.findings.get(id)?.cells.get(key);
        let is_signed = match &inner.kind {
            Kind::Path(path) => {
                let series = self.bench.findings.member(&path.name, path.member.as_deref().unwrap_or("value"))?;
                series.cells.values().any(below)
            }
            Kind::Call(name, _) if name == "sum" => judged.first()?.reads.iter().filter_map(of).any(below),
            _ => false,
        };
        let material: &dyn Material<Amount> = self.bench;
        let Value::Amount(value) = expression::evaluate(inner, material).ok()?.cell.value else { return None };
        if !is_signed || value.signum() == 0 || judged.first()?.derived.is_none() {
            return None;
        }
        if is_turned && printed.value.signum() < 0 && value.signum() > 0 {
            return Some(format!("prints `{}`, and what `expr` turns round is above zero", claim.printed));
        }
        let says = |word: &str| Lang::ALL.iter().find_map(|lang| lang.side(word));
        let mut said = quote
            .phrase
            .split(|c: char| !c.is_alphabetic())
            .filter_map(|word| Some((says(&word.to_lowercase())?, word)));
        let ((sense, word), None) = (said.next()?, said.next()) else { return None };
        let other = if value.signum() > 0 { Sense::Less } else { Sense::More };
        (sense == other).then(|| format!("says `{word}`, and what `expr` reads is {value}"))
    }

    /// Finds a word of another measure of the table than those that are read, or than the one that the claim counts:
    /// `сельского` beside the urban population.
    pub(super) fn measure(&self, quote: &Quote, judged: &Judged) -> Option<String> {
        let reads = &judged.first()?.reads;
        let mut read: Vec<SeriesId> =
            reads.iter().filter_map(|(id, _)| self.bench.measure_of(&id.name, &id.member)).collect();
        let table = read.first().map(|first| first.name.clone());
        read.retain(|id| Some(&id.name) == table.as_ref());
        let whom = quote.claim.population.as_deref();
        let counted = self.bench.titles.keys().filter(|id| whom == Some(&*id.member));
        let counted: Vec<&SeriesId> =
            counted.filter(|id| quote.claim.kind().is_number() || read.contains(id)).collect();
        // Of tables that count the same people, the first speaks for all.
        let own = counted.first().map_or(read, |first| vec![SeriesId::clone(first)]);
        let nearest = quote.nearest();
        let (at, other) = self.measures.strange(&own, &nearest)?;
        Some(format!("says `{}`, which is {other}, and the claim counts {}", &nearest[at], own[0]))
    }

    /// Finds the larger end of what moves where the smaller stands, by the times of the two claims: «с 61,2 до 56,1».
    pub(super) fn ends(&self, quote: &Quote) -> Option<String> {
        let numbers: Vec<_> = quote.found.iter().filter(|found| found.number().is_some()).collect();
        let [from, to] = numbers.as_slice() else { return None };
        let (before, rest) = quote.phrase.split_once(from.printed.as_str())?;
        let (between, _) = rest.split_once(to.printed.as_str())?;
        let last = words(before).pop().unwrap_or_default();
        let led = is_in(&last, |words| words.from_words);
        let leads = words(between).iter().any(|word| is_in(word, |words| words.to_words));
        let end = |found: &Found| {
            let mut claims =
                self.paper.claims.iter().filter(|one| one.cell.is_none() && one.place == quote.claim.place);
            spoken(claims.find(|one| is_own(found, one))?)?.1
        };
        let (earlier, later) = (end(from)?, end(to)?);
        (led && leads && later.last_day() < earlier.first_day()).then(|| {
            format!("moves from `{}` of {earlier} to `{}` of {later}, which is earlier", from.printed, to.printed)
        })
    }

    /// Finds a place that the phrase names where the figures of the whole country alone are read.
    pub(super) fn inside(&self, quote: &Quote) -> Option<String> {
        let is_silent = quote.printed.named.is_empty() && !quote.said.ways.contains(&Sense::Turned);
        let expr = quote.exprs.first().filter(|_| quote.claim.kind().is_number() && is_silent)?;
        let keys: Vec<Code> = asked::mentions(expr).iter().filter_map(|key| self.code(key)).collect();
        let is_whole = !keys.is_empty() && keys.iter().all(|code| self.bench.is_country(code));
        let nearest = quote.nearest();
        let is_country = |name: &Name| matches!(name, Name::Territory(code) if self.bench.is_country(code));
        let places = self.places(&nearest);
        let [only] = places.as_slice() else { return None };
        (is_whole && !self.names.all(&nearest).iter().any(is_country)).then(|| {
            format!("names {}, and `expr` reads the whole country", self.called(&Name::Territory(only.clone())))
        })
    }

    /// Lists the territories that a text names, but for the country.
    fn places(&self, text: &str) -> Vec<Code> {
        let codes = self.names.all(text).into_iter().filter_map(|name| match name {
            Name::Territory(code) => Some(code),
            _ => None,
        });
        codes.filter(|code| !self.bench.is_country(code)).collect()
    }

    pub(super) fn code(&self, key: &Part) -> Option<Code> {
        match key {
            Part::Category(word) => self.bench.territory(word),
            key => key.territory().cloned(),
        }
    }
}

impl Quote<'_> {
    /// Finds a length of time in the phrase that is longer than what is read.
    pub(super) fn lasting(&self, judged: &Judged) -> Option<String> {
        if self.claim.kind().is_number() {
            return None;
        }
        let is_years = |text: &str| {
            let (_, behind) = self.phrase.split_once(text)?;
            let word = behind.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty())?.to_lowercase();
            is_in_stems(&word, |words| words.times).then_some(())
        };
        let spans = self.found.iter().filter(|found| found.sort == Sort::Span && !is_own(found, self.claim));
        let years = spans.filter(|found| is_years(&found.printed).is_some()).find_map(|found| found.number())?;
        let read: Vec<i32> = judged.first()?.reads.iter().filter_map(|(_, key)| Some(key.period()?.year())).collect();
        let (first, last) = (read.iter().min()?, read.iter().max()?);
        let count = Amount::Integer(i64::from(last - first) + 1);
        (years.value > count.plus(&Amount::Integer(1)))
            .then(|| format!("speaks of {} years, and `expr` reads {count}", years.value))
    }
}

impl Quote<'_> {
    /// Finds a word for all where one is enough for the expression.
    pub(super) fn every(&self) -> Option<String> {
        let expr = self.exprs.first()?;
        let one = asked::calls(expr, "any") && !asked::calls(expr, "all");
        (one && self.said.every && !self.said.ways.contains(&Sense::Turned))
            .then(|| "says that it is so every time or everywhere, and `expr` asks for one".to_owned())
    }

    /// Finds a bound that something is counted above or below and of which the phrase says nothing.
    pub(super) fn threshold(&self) -> Option<String> {
        let Kind::Call(name, list) = &self.exprs.first()?.kind else { return None };
        let Kind::Binary(operator, _, right) = &list.first().filter(|_| name == "count")?.kind else { return None };
        let Kind::Number(bound) = &right.kind else { return None };
        let is_usual = [0, 1, 50, 100].iter().any(|usual| *bound == Amount::Integer(*usual));
        let is_said = self.found.iter().filter_map(Found::number).any(|own| own.value == *bound)
            || !crate::language::spelled(self.phrase, &Lang::ALL).is_empty();
        (operator.compares() && !is_usual && !is_said)
            .then(|| format!("says nothing of {bound}, and `expr` counts what is {} it", operator.sign()))
    }
}

/// Takes the sign and the size of a number off an expression, and says whether its sign was turned round.
fn bare(expr: &Expr) -> (&Expr, bool) {
    match &expr.kind {
        Kind::Unary(Operator::Minus, inner) => (bare(inner).0, true),
        Kind::Call(name, arguments) if name == "abs" && arguments.len() == 1 => (bare(&arguments[0]).0, false),
        _ => (expr, false),
    }
}

fn call(name: &str, list: &Expr) -> Expr {
    Expr { kind: Kind::Call(name.to_owned(), vec![list.clone()]), span: list.span.clone() }
}

fn keys(value: &Value) -> Vec<Part> {
    match value {
        Value::Key(part) => vec![part.clone()],
        Value::List(items) => items.iter().flat_map(|(_, cell)| keys(&cell.value)).collect(),
        _ => Vec::new(),
    }
}
