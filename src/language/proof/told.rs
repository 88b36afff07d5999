//! Told: what the quoted numbers and names of a passage say of the data, against the words around them.

use std::ops::Range;

use super::rules::{Rules, Words};
use super::{Fault, Finding, Passage, clauses, units, words};
use crate::finding::{Part, Period, Unit};
use crate::language::{Language, NBSP, Sense};

/// What a number or a name of a passage says of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Its bytes.
    pub span: Range<usize>,
    /// Which end of an order it is, or stands at.
    pub end: Option<Sense>,
    /// Where that end lies: the keys of the largest or the smallest value.
    pub lies: Vec<Part>,
    /// The keys that it prints.
    pub keys: Vec<Part>,
    /// The period of which it is, where it is of one, and others that may be said of it.
    pub periods: Vec<Period>,
    /// Which side of zero it counts or lists.
    pub counts: Option<Sense>,
    /// Which side of zero it lies on, where it may lie on either.
    pub sign: Option<Sense>,
    /// Whether its order may hold values below zero, so that the largest loss is the smallest of it.
    pub is_signed: bool,
    /// The unit of a number that is printed without it.
    pub unit: Option<Unit>,
    /// Of a p-value, whether it is above what is called significant.
    pub is_chance: bool,
    /// Of how many times the largest is the smallest: that it is above one.
    pub is_largest_by_smallest: bool,
}

/// Reads a passage.
pub(super) fn read(language: &Language, passage: &Passage, found: &mut Vec<Finding>) {
    if passage.told.is_empty() {
        return;
    }
    let rules = language.rules();
    for sentence in sentences(&passage.text) {
        superlatives(rules, passage, &sentence, found);
    }
    places(language, passage, found);
    for sentence in sentences(&passage.text) {
        quarters(language, passage, &sentence, found);
    }
    for clause in leading(language, &passage.text) {
        when(language, passage, &clause, found);
    }
    for clause in over_colons(&passage.text, clauses(&passage.text)) {
        signs(language, passage, &clause, found);
    }
    for clause in clauses(&passage.text) {
        chance(language, passage, &clause, found);
        times(rules, passage, &clause, found);
    }
    for told in passage.told.iter() {
        unit(language, &passage.text, told, found);
        ending(rules, &passage.text, told, found);
    }
}

/// Splits a text at its full stops alone: what stands behind a colon or a dash belongs to what stands before.
fn sentences(text: &str) -> Vec<Range<usize>> {
    over_colons(text, super::sentences(text))
}

/// Joins the parts of a text that a colon parts.
fn over_colons(text: &str, parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for part in parts {
        let goes_on = text[..part.start].ends_with(':');
        match found.last_mut().filter(|_| goes_on) {
            Some(last) => last.end = part.end,
            None => found.push(part),
        }
    }
    found
}

fn within<'a>(passage: &'a Passage, span: &'a Range<usize>) -> impl Iterator<Item = &'a Told> {
    passage.told.iter().filter(|told| span.start <= told.span.start && told.span.end <= span.end)
}

/// A word or two that say which end of an order is meant.
struct Superlative {
    span: Range<usize>,
    sense: Sense,
    /// Whether of losses is spoken, of which the largest is the smallest balance.
    is_loss: bool,
    /// Whether it says how much of what a verb behind it tells: «больше всего».
    is_adverb: bool,
}

/// Says whether words begin as the words of a phrase do: «самые высокие».
fn begins(list: &Words, phrase: &str) -> Option<usize> {
    let stems = phrase.split(' ');
    let count = stems.clone().count();
    let fits = list.len() >= count && list.iter().zip(stems).all(|((_, word), stem)| is_of(&word.to_lowercase(), stem));
    fits.then_some(count)
}

/// Says whether a word is one of a list: those that end in a star stand for any ending.
fn is_of(word: &str, own: &str) -> bool {
    match own.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == own,
    }
}

fn is_in(word: &str, list: &[&str]) -> bool {
    let lower = word.to_lowercase();
    list.iter().any(|own| is_of(&lower, own))
}

/// Finds the superlatives of a sentence.
fn superlatives_of(rules: &Rules, list: &Words) -> Vec<Superlative> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let of = |side: usize| rules.superlatives[side].iter().find_map(|phrase| begins(&list[at..], phrase));
        let (count, sense) = match (of(0), of(1)) {
            (Some(count), _) => (count, Sense::More),
            (None, Some(count)) => (count, Sense::Less),
            (None, None) => {
                at += 1;
                continue;
            }
        };
        let not = |i: Option<usize>| i.and_then(|i| list.get(i)).is_some_and(|(_, word)| is_in(word, rules.vague));
        if !not(at.checked_sub(1)) && !not(Some(at + count)) {
            let near = at.saturating_sub(2)..(at + count + 3).min(list.len());
            let is_loss = list[near].iter().any(|(_, word)| is_in(word, rules.gains[1]));
            let is_adverb = is_in(list[at + count - 1].1, rules.adverbs);
            found.push(Superlative { span: list[at].0.start..list[at + count - 1].0.end, sense, is_loss, is_adverb });
        }
        at += count;
    }
    found
}

/// Finds a superlative that names the one end of an order where the other is quoted.
fn superlatives(rules: &Rules, passage: &Passage, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[sentence.clone()];
    let ends: Vec<&Told> = within(passage, sentence).filter(|told| told.end.is_some()).collect();
    if ends.is_empty() {
        return;
    }
    // A name that is printed is no superlative.
    let names = |at: &Range<usize>| {
        let span = sentence.start + at.start..sentence.start + at.end;
        passage.told.iter().any(|told| told.span.start <= span.start && span.end <= told.span.end)
    };
    let list: Vec<_> = words(text).into_iter().filter(|(at, _)| !names(at)).collect();
    let said = superlatives_of(rules, &list);
    // Of each run of ends that point one way the first.
    let runs: Vec<&Told> = ends.chunk_by(|a, b| a.end == b.end).filter_map(|run| run.first()).copied().collect();
    let one_way = said.iter().all(|own| own.sense == said[0].sense) && runs.len() == 1;
    let pairs: Vec<(&Superlative, &Told)> = match (said.first(), runs.first()) {
        (Some(first), Some(run)) if one_way => vec![(first, run)],
        _ if said.len() == runs.len() => said.iter().zip(runs).collect(),
        _ => return,
    };
    for (own, told) in pairs {
        let between = own.span.end..told.span.start.saturating_sub(sentence.start).max(own.span.end);
        let mut led = list.iter().filter(|(at, _)| between.contains(&at.start));
        // A balance below zero that is printed without its sign is a loss.
        let bare = told.sign == Some(Sense::Less) && !passage.text[told.span.clone()].starts_with('\u{2212}');
        let is_loss = own.is_loss || bare || own.is_adverb && led.any(|(_, word)| is_in(word, rules.gains[1]));
        let meant = match (is_loss, told.is_signed) {
            (false, _) => own.sense,
            (true, true) => own.sense.opposite(),
            (true, false) => continue,
        };
        if told.end == Some(meant.opposite()) {
            let span = sentence.start + own.span.start..sentence.start + own.span.end;
            let end = if told.end == Some(Sense::More) { "largest" } else { "smallest" };
            found.push(Finding {
                fault: Fault::Extreme,
                message: format!(
                    "`{}` stands beside `{}`, which is the {end}",
                    &passage.text[span.clone()],
                    &passage.text[told.span.clone()]
                ),
                hint: "ask for the other end, or say the other word".to_owned(),
                span,
            });
        }
    }
}

/// Finds an end of an order beside the name of a place where it does not lie.
fn places(language: &Language, passage: &Passage, found: &mut Vec<Finding>) {
    let text = passage.text.as_str();
    let [behind, before] = language.rules().beside;
    for told in passage.told.iter().filter(|told| !told.lies.is_empty() && told.keys.is_empty()) {
        let joined = |other: &&Told| {
            let gap = |from: usize, to: usize| text.get(from..to).map(|gap| gap.trim_matches([' ', NBSP, '\n']));
            let led = gap(told.span.end, other.span.start).is_some_and(|gap| behind.contains(&gap));
            led || gap(other.span.end, told.span.start).is_some_and(|gap| before.contains(&gap))
        };
        let alike =
            |part: &Part| told.lies.iter().any(|own| std::mem::discriminant(own) == std::mem::discriminant(part));
        let quoted = passage.told.iter().filter(|other| other.keys.iter().any(alike)).find(joined);
        let (span, keys) = match quoted {
            Some(other) => (other.span.clone(), other.keys.clone()),
            None => match typed(language, text, &told.span, [behind, before]) {
                Some((span, part)) if alike(&part) => (span, vec![part]),
                _ => continue,
            },
        };
        if !keys.iter().any(|key| told.lies.iter().any(|own| is_same(own, key))) {
            found.push(Finding {
                fault: Fault::Extreme,
                message: format!(
                    "`{}` stands beside `{}`, and that value lies elsewhere: {}",
                    &text[span.clone()],
                    &text[told.span.clone()],
                    told.lies.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
                ),
                hint: "quote the name by argmax() or argmin() of the same list".to_owned(),
                span,
            });
        }
    }
}

/// Borders of another year are the same place.
fn is_same(own: &Part, other: &Part) -> bool {
    match (own, other) {
        (Part::Territory(own), Part::Territory(other)) => own.plain() == other.plain(),
        _ => own == other,
    }
}

/// Finds the name of a territory that is typed right before or behind a number.
fn typed(
    language: &Language,
    text: &str,
    number: &Range<usize>,
    [behind, before]: [&[&str]; 2],
) -> Option<(Range<usize>, Part)> {
    let trimmed = [' ', NBSP, '\n'];
    let ahead = text[..number.start].trim_end_matches(trimmed);
    let ahead = before.iter().filter_map(|join| ahead.strip_suffix(join)).map(|rest| rest.trim_end_matches(trimmed));
    let named = ahead.filter_map(|rest| {
        let (name, code) = language.name_ending(rest)?;
        Some((rest.len() - name..rest.len(), code))
    });
    let found = named.max_by_key(|(span, _)| span.len()).or_else(|| {
        let rest = text[number.end..].trim_start_matches(trimmed);
        behind.iter().filter(|join| !join.is_empty()).find_map(|join| {
            let rest = rest.strip_prefix(join)?.strip_prefix(trimmed)?;
            let (name, code) = language.name_beginning(rest)?;
            let start = text.len() - rest.len();
            Some((start..start + name, code))
        })
    });
    found.map(|(span, code)| (span, Part::Territory(code)))
}

/// Splits a text into clauses, of which one that is a time alone belongs to the next: "In 2023, so many came".
fn leading(language: &Language, text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for clause in clauses(text) {
        let is_date = |last: &Range<usize>| {
            let own = &text[last.clone()];
            text[..clause.start].ends_with(',')
                && words(own).len() < 4
                && dates(language, own).iter().any(|one| one.is_first)
        };
        match found.last_mut().filter(|last| is_date(last)) {
            Some(last) => last.end = clause.end,
            None => found.push(clause),
        }
    }
    found
}

/// Finds a year or a month in which something is said to have been whose number is of another.
fn when(language: &Language, passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[clause.clone()];
    let numbers: Vec<&Told> = within(passage, clause).filter(|told| !told.periods.is_empty()).collect();
    if numbers.is_empty() {
        return;
    }
    let dates = dates(language, text);
    for (i, date) in dates.iter().enumerate() {
        let (start, end) = (clause.start + date.span.start, clause.start + date.span.end);
        let next = dates.get(i + 1).map_or(clause.end, |next| clause.start + next.span.start);
        let before =
            i.checked_sub(1).and_then(|i| dates.get(i)).map_or(clause.start, |own| clause.start + own.span.end);
        let is_beside = |told: &&&Told| {
            let gap = passage.text.get(told.span.end..start).unwrap_or("x");
            before <= told.span.start && gap.trim_matches([' ', NBSP, '\n']).is_empty()
        };
        let behind = numbers.iter().find(is_beside);
        // In the middle of a clause a year may be of something else: «созданная в 2022 году область».
        let is_near = |to: usize| passage.text.get(end..to).is_some_and(|part| words(part).len() < 3);
        let is_free = !numbers.iter().any(|told| before <= told.span.start && told.span.end <= start);
        let is_next = |told: &&&Told| {
            is_free && told.span.start >= end && told.span.end <= next && (date.is_first || is_near(told.span.start))
        };
        let Some(told) = behind.or_else(|| numbers.iter().find(is_next)) else {
            continue;
        };
        if told.periods.iter().any(|period| date.is(*period)) {
            continue;
        }
        let of = told.periods.first().map(ToString::to_string).unwrap_or_default();
        found.push(Finding {
            fault: Fault::Period,
            span: start..end,
            message: format!(
                "`{}` is said of `{}`, which is of {of}",
                &passage.text[start..end],
                &passage.text[told.span.clone()]
            ),
            hint: "quote the period with the same words as the number, or say the one that it is of".to_owned(),
        });
    }
}

/// Finds a quarter that a sentence says, none of whose numbers is of it.
fn quarters(language: &Language, passage: &Passage, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let rules = language.rules();
    let of: Vec<u8> =
        within(passage, sentence).flat_map(|told| &told.periods).filter_map(|period| period.quarter()).collect();
    let list = words(&passage.text[sentence.clone()]);
    let mut said = list.windows(2).filter_map(|pair| match (pair, language.lang.sense(pair[0].1)) {
        ([first, second], Some(Sense::Place(place))) if is_in(second.1, rules.quarters) => {
            Some((sentence.start + first.0.start..sentence.start + second.0.end, place))
        }
        _ => None,
    });
    let (Some((span, place)), None) = (said.next(), said.next()) else { return };
    if !of.is_empty() && !of.iter().any(|own| i64::from(*own) == place) {
        found.push(Finding {
            fault: Fault::Period,
            message: format!("`{}` is said of numbers of quarter {}", &passage.text[span.clone()], of[0]),
            hint: "quote the quarter by the filter `quarter`, or say the one that they are of".to_owned(),
            span,
        });
    }
}

/// A time that a clause says.
struct Date {
    span: Range<usize>,
    year: i32,
    month: Option<u8>,
    /// Whether it begins its clause.
    is_first: bool,
}

impl Date {
    /// Says whether a period may be meant.
    fn is(&self, period: Period) -> bool {
        let month = self.month.zip(period.month()).is_none_or(|(own, other)| own == other);
        self.year == period.year() && month
    }
}

/// Finds the times in a clause in which something is said to have been.
fn dates(language: &Language, text: &str) -> Vec<Date> {
    let rules = language.rules();
    let mut found: Vec<Date> = Vec::new();
    for year in super::years::years(text) {
        let (before, behind) = (&text[..year.span.start], &text[year.span.end..]);
        if let Some(month) = (rules.is_when)(before, behind) {
            let ahead: Vec<&str> = words(before).into_iter().map(|(_, word)| word).collect();
            let led = ahead.iter().rposition(|word| is_in(word, rules.leads)).unwrap_or(ahead.len());
            // «А в 2023 году».
            let is_first = match &ahead[..led] {
                [] => true,
                [word] => word.chars().count() < 4,
                _ => false,
            };
            let month = month.and_then(|word| language.lang.month(word));
            found.push(Date { span: year.span.clone(), year: year.value as i32, month, is_first });
        }
    }
    found
}

/// Says which side of zero the words of a list speak of, where they speak of one.
fn side(lists: [&[&str]; 2], list: &Words) -> Option<(Sense, Range<usize>)> {
    let [above, below] = lists.map(|own| list.iter().find(|(_, word)| is_in(word, own)).map(|(at, _)| at.clone()));
    match (above, below) {
        (Some(at), None) => Some((Sense::More, at)),
        (None, Some(at)) => Some((Sense::Less, at)),
        _ => None,
    }
}

/// Finds a word for one side of zero, or for gains or losses, where the other is counted or quoted.
fn signs(language: &Language, passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    let rules = language.rules();
    let told: Vec<&Told> = within(passage, clause).collect();
    let counted: Vec<Sense> = told.iter().filter_map(|told| told.counts).collect();
    let signed: Vec<Sense> = told.iter().filter_map(|told| told.sign).collect();
    let list = words(&passage.text[clause.clone()]);
    if list.iter().any(|(_, word)| language.lang.sense(&word.to_lowercase()) == Some(Sense::Turned)) {
        return;
    }
    let is = match (counted.as_slice(), signed.as_slice()) {
        ([way], _) => side(rules.signs, &list).or_else(|| side(rules.gains, &list)).filter(|(said, _)| said != way),
        ([], [way]) => side(rules.signs, &list).filter(|(said, _)| said != way),
        _ => None,
    };
    if let Some((_, at)) = is {
        let span = clause.start + at.start..clause.start + at.end;
        found.push(opposite(&passage.text, span, "the number beside it"));
    }
}

/// Says that a word says the other way.
fn opposite(text: &str, span: Range<usize>, than: &str) -> Finding {
    Finding {
        fault: Fault::Direction,
        message: format!("`{}` says the other way than {than}", &text[span.clone()]),
        hint: "say what the data say, in a branch of holds() where it may change".to_owned(),
        span,
    }
}

/// Finds a p-value above what is called significant beside a word that calls it so.
fn chance(language: &Language, passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    // The p-value stands in brackets behind the clause.
    let number = passage.told.iter().find(|told| told.is_chance && told.span.start >= clause.start);
    let Some(number) = number else { return };
    let next = passage.text[clause.end..].trim_start_matches(['(', ' ', ',']);
    let near = passage.text.len() - next.len() + NEAR >= number.span.start;
    let list = words(&passage.text[clause.clone()]);
    let is_turned = list.iter().any(|(_, word)| language.lang.sense(&word.to_lowercase()) == Some(Sense::Turned));
    let said = list.iter().find(|(_, word)| is_in(word, language.rules().significant));
    if let Some((at, _)) = said.filter(|_| near && !is_turned) {
        let span = clause.start + at.start..clause.start + at.end;
        found.push(opposite(&passage.text, span, "its p-value, which is above 0.05"));
    }
}

/// How far a p-value may stand behind the clause that it is of, in bytes.
const NEAR: usize = 12;

/// Finds «меньше» beside how many times the largest is the smallest, in a sentence that names no smallest.
fn times(rules: &Rules, passage: &Passage, clause: &Range<usize>, found: &mut Vec<Finding>) {
    if !within(passage, clause).any(|told| told.is_largest_by_smallest) {
        return;
    }
    let list = words(&passage.text[clause.clone()]);
    let [more, less] = rules.comparatives;
    let says = |own: &[&str]| list.iter().position(|(_, word)| own.contains(&word.to_lowercase().as_str()));
    let Some(at) = says(less).filter(|_| says(more).is_none()) else { return };
    // Who is less may be the smallest, or the latter of two.
    let ahead = &list[..at];
    let is_smallest = ahead.iter().enumerate().any(|(i, (_, word))| {
        rules.superlatives[1].iter().any(|phrase| begins(&ahead[i..], phrase).is_some()) || is_in(word, rules.latter)
    });
    let named = within(passage, clause).any(|told| told.end == Some(Sense::Less));
    if !is_smallest && !named {
        let span = clause.start + list[at].0.start..clause.start + list[at].0.end;
        found.push(opposite(&passage.text, span, "how many times the largest is the smallest"));
    }
}

/// Finds a unit typed behind a number that was printed without its own, which is another.
fn unit(language: &Language, text: &str, told: &Told, found: &mut Vec<Finding>) {
    let (Some(unit), rules) = (told.unit, language.rules()) else { return };
    let rest = text[told.span.end..].trim_start_matches([' ', NBSP]);
    let start = text.len() - rest.len();
    let length = rest.find(|c: char| !c.is_alphabetic() && c != '%' && c != '‰').unwrap_or(rest.len());
    let word = rest[..length].to_lowercase();
    let is_unit = units::kind(rules, &word).is_some_and(|kind| kind.is_unit()) || is_in(&word, rules.currencies);
    if start == told.span.end || !is_unit || language.unit_words(unit).iter().any(|own| alike(own, &word)) {
        return;
    }
    found.push(Finding {
        fault: Fault::OtherUnit,
        span: start..start + length,
        message: format!("`{}` is typed behind a number in {unit}", &rest[..length]),
        hint: "let `unit` print the unit of the number, or take the word out".to_owned(),
    });
}

/// Says whether two words begin alike, so that one is the other with an ending, or cut short.
fn alike(own: &str, word: &str) -> bool {
    let same = own.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    same >= 3 || own == word
}

/// Finds an ending typed behind the word that a number is printed with.
fn ending(rules: &Rules, text: &str, told: &Told, found: &mut Vec<Finding>) {
    let behind = &text[told.span.end..];
    let Some(rest) = behind.strip_prefix('-') else { return };
    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let printed = &text[told.span.clone()];
    let word = printed.rsplit([' ', NBSP]).next().unwrap_or_default();
    let is_word = printed.len() > word.len() && word.chars().count() > 2 && word.chars().all(char::is_lowercase);
    if is_word && rules.endings.contains(&&rest[..length]) {
        found.push(Finding {
            fault: Fault::Ending,
            span: told.span.start + printed.len() - word.len()..told.span.end + 1 + length,
            message: format!("`-{}` is typed behind a word, which bears its endings itself", &rest[..length]),
            hint: "let the filter `case` inflect it".to_owned(),
        });
    }
}

impl Language {
    /// Lists the years of a heading of which it says that what it heads is of them.
    pub fn years_said(&self, text: &str) -> Vec<i32> {
        let rules = self.rules();
        let years = super::years::years(text).into_iter().filter(|year| {
            let behind = text[year.span.end..].trim_start_matches([' ', NBSP]);
            let word = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            rules.of_year.contains(&word) || (rules.is_when)(&text[..year.span.start], behind).is_some()
        });
        years.map(|year| year.value as i32).collect()
    }
}

/// What the condition of a branch says, so that the words of the branch must not say the contrary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Something is more, or less, than it was before.
    Moved(Sense),
    /// Something lies above, or below, zero.
    Lies(Sense),
    /// The largest is above something, or the smallest below it: one is, and not all.
    One,
}

impl Language {
    /// Finds the word of a branch that says the contrary of its condition: its bytes.
    pub fn contrary(&self, text: &str, condition: Condition) -> Option<Range<usize>> {
        let rules = self.rules();
        let list = words(text);
        let sense = |word: &str| self.lang.sense(&word.to_lowercase());
        let is_turned = |list: &Words| list.iter().any(|(_, word)| sense(word) == Some(Sense::Turned));
        match condition {
            Condition::Moved(way) => {
                let [up, down] = rules.directions;
                let [more, less] = rules.comparatives;
                let is_loss = |word: &str| rules.losses.iter().any(|stem| word.starts_with(stem));
                if is_turned(&list) || list.iter().any(|(_, word)| is_loss(&word.to_lowercase())) {
                    return None;
                }
                let said = |verbs: &[&str], than: &[&str]| {
                    list.iter().find(|(_, word)| {
                        let lower = word.to_lowercase();
                        verbs.iter().any(|stem| lower.starts_with(stem)) || than.contains(&lower.as_str())
                    })
                };
                let (right, wrong) = match way {
                    Sense::Less => (said(down, less), said(up, more)),
                    _ => (said(up, more), said(down, less)),
                };
                wrong.filter(|_| right.is_none()).map(|(at, _)| at.clone())
            }
            Condition::Lies(way) if !is_turned(&list) => {
                side(rules.signs, &list).filter(|(said, _)| *said != way).map(|(_, at)| at)
            }
            Condition::One if !is_turned(&list) => {
                list.iter().find(|(_, word)| sense(word) == Some(Sense::Every)).map(|(at, _)| at.clone())
            }
            Condition::Lies(_) | Condition::One => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::language::{Lang, Style};

    /// Reads an English text in which the first number or name stands between brackets.
    fn faults(text: &str, told: Told) -> Vec<(Fault, String)> {
        let (from, to) = (text.find('[').unwrap_or(0), text.find(']').unwrap_or(1) - 1);
        let text = text.replace(['[', ']'], "");
        let language = Language::new(Lang::En, Style::english(), BTreeMap::new(), BTreeMap::new());
        let passage = Passage { text: text.clone(), told: vec![Told { span: from..to, ..told }], ..Passage::default() };
        let mut found = Vec::new();
        read(&language, &passage, &mut found);
        found.into_iter().map(|own| (own.fault, text[own.span].to_owned())).collect()
    }

    #[test]
    fn english_words_are_read_against_the_data() {
        let least = || Told { end: Some(Sense::Less), is_signed: true, ..Told::default() };
        let of = |year| Told { periods: vec![Period::of_year(year)], ..Told::default() };
        let below = || Told { counts: Some(Sense::Less), ..Told::default() };
        for (text, told, fault, at) in [
            ("The highest wage is in [Opole].", least(), Fault::Extreme, "highest"),
            ("In 2023, [5,000] persons were born.", of(2024), Fault::Period, "2023"),
            ("A positive balance was seen in [5] regions.", below(), Fault::Direction, "positive"),
            ("It is [5,000] euros.", Told { unit: Some(Unit::Persons), ..Told::default() }, Fault::OtherUnit, "euros"),
        ] {
            assert_eq!(faults(text, told), [(fault, at.to_owned())], "{text}");
        }
        for (text, told) in [
            ("The lowest wage is in [Opole].", least()),
            ("[Opole] lost the most people.", least()),
            ("Most of the people live at least near [Opole].", least()),
            ("In 2024, [5,000] persons were born.", of(2024)),
            ("After the census of 2021 [5,000] persons were born.", of(2024)),
            ("It is higher than in 2021 at [5,000].", of(2024)),
            ("The balance was not positive in [5] regions.", below()),
            ("It is [5,000] persons.", Told { unit: Some(Unit::Persons), ..Told::default() }),
        ] {
            assert_eq!(faults(text, told), [], "{text}");
        }
    }
}
