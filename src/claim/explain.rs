//! Explain: a verdict in one or two fair sentences: what was derived, from what, and how it stands to what is printed.

use super::bench::{PRINTED, axes};
use super::entry::Way;
use super::verdict::{Detail, Judged, Outcome, Slack, Verdict};
use super::words::{self, Word};
use super::{Basis, Claim, Fair, Kind, Measure, Mode, Paper, Rule, Says, TableEntry, Texts};
use crate::analysis::Edition;
use crate::finding::{Amount, Code, Part, SeriesId, Unit, VALUE, Value};
use crate::language::{DateForm, Language, NumberForm, Scale, Suffix};

/// One language in which verdicts are explained.
pub struct Speaker<'a> {
    /// The language.
    pub language: &'a Language,
    /// The findings, which name territories.
    pub edition: &'a Edition,
}

impl Speaker<'_> {
    /// Returns a text of the checker's own.
    pub fn say(&self, text: Word) -> &str {
        self.language.said(text.key())
    }

    /// Returns the code of the language.
    pub fn code(&self) -> &'static str {
        self.language.lang().code()
    }

    /// Picks an author's text.
    pub fn pick<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.get(self.code()).map_or("", String::as_str)
    }

    /// Spells a place of a paper, or leaves it as it is where nobody says how.
    pub fn spelled(&self, paper: &Paper, place: &str) -> String {
        let say = |word: Word| self.say(word).to_owned();
        paper.spell(place, self.code(), &say).unwrap_or_else(|| place.to_owned())
    }

    /// Spells the place of a claim; that of a cell with its row and column.
    pub fn place(&self, paper: &Paper, claim: &Claim) -> String {
        let spelled = |place: &str| self.spelled(paper, place);
        let Some(cell) = &claim.cell else { return spelled(&claim.place) };
        let Some(table) = paper.tables.iter().find(|table| table.id == cell.table) else {
            return spelled(&claim.place);
        };
        [spelled(&table.place), self.label(&cell.row, table), self.label(&cell.column, table)].join(", ")
    }

    /// Names a row or a column of a table: as the table says, or else as a territory or a period is called.
    pub fn label(&self, key: &str, table: &TableEntry) -> String {
        if let Some(texts) = table.names.get(key) {
            return self.pick(texts).to_owned();
        }
        let [rows, columns] = axes(table, self.edition);
        let role = if table.rows.contains_key(key) { rows } else { columns };
        // Among rows that are not all territories, those that are keep their names.
        let known = Code::parse(key).filter(|code| self.edition.territories().get(code).is_some());
        let part = known.map(Part::Territory).or_else(|| role.part(key));
        part.map_or_else(|| key.to_owned(), |part| self.part(&part))
    }

    /// Explains a verdict in a sentence or two: what was derived, under which reading a discrepancy would be none, and what
    /// matters most beside it.
    pub fn explain(&self, judged: &Judged) -> String {
        let beside = self.beside(judged).into_iter().next();
        [Some(self.main(judged)), self.fair(judged), beside].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Says under which reading what is printed would be right.
    fn fair(&self, judged: &Judged) -> Option<String> {
        let away = |by: i32| vec![("count", by.abs().to_string())];
        let (text, gaps) = match judged.fair.as_ref()? {
            Fair::Otherwise => return judged.others().find_map(|other| self.redeeming(judged, other)),
            Fair::Up => (words::FAIR_UP, Vec::new()),
            Fair::Coarse => (words::FAIR_COARSE, Vec::new()),
            Fair::Sign => (words::FAIR_SIGN, Vec::new()),
            Fair::Scale(factor) => (words::FAIR_SCALE, vec![("factor", self.times(factor))]),
            Fair::Digits => (words::FAIR_DIGITS, Vec::new()),
            Fair::Points(_) => (words::FAIR_POINTS, Vec::new()),
            Fair::PerCent(_) => (words::FAIR_PER_CENT, Vec::new()),
            Fair::Rest(_) => (words::FAIR_REST, Vec::new()),
            Fair::Ends(_) => (words::FAIR_ENDS, Vec::new()),
            Fair::Period(by, _) if *by < 0 => (words::FAIR_EARLIER, away(*by)),
            Fair::Period(by, _) => (words::FAIR_LATER, away(*by)),
            Fair::Measure(name, _) => (words::FAIR_MEASURE, vec![("name", self.language.member(name))]),
            Fair::Population(part, _) => (words::FAIR_POPULATION, vec![("name", self.input(part, judged))]),
        };
        Some(self.fill(text, &gaps))
    }

    /// Says what another reading comes to, where what is printed holds on it and not on the first.
    fn redeeming(&self, judged: &Judged, other: &Outcome) -> Option<String> {
        let holds = matches!(other.verdict, Verdict::Confirmed | Verdict::Rounding);
        (holds && judged.fair == Some(Fair::Otherwise)).then(|| self.otherwise(judged, other)).flatten()
    }

    /// Writes a factor in full: `1/1 000` for a thousandth.
    fn times(&self, factor: &Amount) -> String {
        let one = Amount::Integer(1);
        let whole = |amount: &Amount| self.language.number(amount, 0);
        match one.divided_by(factor) {
            Some(turned) if *factor < one => format!("1/{}", whole(&turned)),
            _ => whole(factor),
        }
    }

    /// Lists what else is known, which the two sentences have no room for.
    pub fn more(&self, judged: &Judged) -> Vec<String> {
        self.beside(judged).into_iter().skip(1).collect()
    }

    /// Lists what is known beside the derived value: why it is accepted, the other readings, remarks.
    fn beside(&self, judged: &Judged) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(accepted) = judged.accepted() {
            said.push(self.pick(&accepted.reason).to_owned());
            let who: Vec<&str> = accepted.by.iter().chain(&accepted.on).map(String::as_str).collect();
            if !who.is_empty() {
                said.push(self.fill(words::ACCEPTED_BY, &[("who", who.join(", "))]));
            }
        }
        let first = judged.first().map(|reading| reading.verdict);
        let said_already = judged.others().position(|other| self.redeeming(judged, other).is_some());
        let others = judged.others().enumerate();
        let others = others.filter(|(at, other)| Some(other.verdict) != first && Some(*at) != said_already);
        said.extend(others.filter_map(|(_, other)| self.otherwise(judged, other)));
        if let Some(first) = judged.one_check.as_ref().filter(|_| judged.claim.cell.is_none()) {
            let other = judged.paper.claims.iter().find(|claim| claim.id == *first);
            let named = other.map_or(first.clone(), |claim| self.located(claim));
            said.push(self.fill(words::ONE_CHECK, &[("other", named)]));
        }
        said.extend(judged.claim.remark.as_ref().map(|remark| self.pick(remark).to_owned()));
        said.retain(|text| !text.is_empty());
        said
    }

    /// Says what another reading comes to, or what stands near a claim that nothing derives.
    fn otherwise(&self, judged: &Judged, other: &Outcome) -> Option<String> {
        let text = match (&other.value, judged.first()) {
            (_, None) => words::NEAR,
            (Value::Truth(true), _) => words::OTHERWISE_HOLDS,
            (Value::Truth(false), _) => words::OTHERWISE_FAILS,
            _ => words::OTHERWISE,
        };
        let note = other.note.as_ref().map_or(String::new(), |note| format!(" ({})", self.pick(note)));
        let unit = self.unit_of(judged, other);
        let derived = self.derived(judged, other)?;
        let basis = self.basis(other);
        // What stands in the sentence before is not said again.
        let known = judged.first().is_some_and(|first| self.basis(first) == basis);
        let gaps = [("derived", derived), ("unit", unit), ("note", note)];
        if known {
            let said = self.fill(text, &[&[("basis", String::new())], gaps.as_slice()].concat());
            return Some(capitalised(said.trim()));
        }
        Some(self.fill(text, &[&[("basis", basis)], gaps.as_slice()].concat()))
    }

    fn main(&self, judged: &Judged) -> String {
        let claim = judged.claim;
        match (&judged.detail, judged.first()) {
            (Detail::Years { counted, difference }, _) => {
                let (first, last) = claim.years().unwrap_or_default();
                self.fill(
                    words::YEARS,
                    &[
                        ("first", first.to_string()),
                        ("last", last.to_string()),
                        ("counted", counted.to_string()),
                        ("difference", difference.to_string()),
                    ],
                )
            }
            (Detail::Totals(Some(range)), _) => self.fill(
                words::TOTALS,
                &[("low", self.language.number(&range.low, 0)), ("high", self.language.number(&range.high, 0))],
            ),
            (Detail::Totals(None), _) => self.say(words::NO_TOTAL).to_owned(),
            (Detail::Repair(swaps), _) => {
                let list: Vec<String> =
                    swaps.iter().map(|(at, value)| format!("{} → {value}", printed(judged, at))).collect();
                self.fill(words::REPAIR, &[("swaps", list.join("; "))])
            }
            (Detail::NoRepair(_), _) => self.say(words::NO_REPAIR).to_owned(),
            (_, None) if claim.kind() == Kind::List => self.say(words::IN_ORDER).to_owned(),
            (detail, Some(reading)) if claim.kind().way() == Way::Statement => self.truth(judged, reading, detail),
            (_, Some(reading)) => match self.derived(judged, reading) {
                Some(derived) => self.reading(judged, reading, derived),
                None => self.say(words::NOTHING).to_owned(),
            },
            (_, None) => self.unjudged(judged),
        }
    }

    /// Writes the lists of a claim in the one other order in which they fit; `None` where there is none, or several.
    pub fn repaired(&self, judged: &Judged) -> Option<String> {
        let (Detail::Repair(swaps), Rule::List { lists, .. }) = (&judged.detail, &judged.claim.rule) else {
            return None;
        };
        let right = |id: &String| {
            let swap = swaps.iter().find(|(at, _)| at == id);
            swap.map_or_else(|| printed(judged, id), |(_, value)| value.clone())
        };
        let lists = lists.iter().map(|list| self.language.list(&list.iter().map(right).collect::<Vec<_>>()));
        Some(lists.collect::<Vec<_>>().join("; "))
    }

    /// Says why nothing is said of a claim that nothing derives.
    fn unjudged(&self, judged: &Judged) -> String {
        let why = judged.claim.unjudged.as_ref().map(|why| self.pick(why)).filter(|why| !why.is_empty());
        why.unwrap_or(self.say(words::NOTHING)).to_owned()
    }

    fn truth(&self, judged: &Judged, reading: &Outcome, detail: &Detail) -> String {
        let basis = self.basis(reading);
        let text = match (judged.claim.kind(), reading.verdict) {
            (_, Verdict::Unresolved) => return self.say(words::NOTHING).to_owned(),
            (Kind::Sign, Verdict::Confirmed) => words::SIGN_HOLDS,
            (Kind::Sign, _) => words::SIGN_FAILS,
            (_, Verdict::Confirmed) => words::ORDER_HOLDS,
            (_, Verdict::Rounding) => words::ORDER_OPEN,
            _ => words::ORDER_FAILS,
        };
        let mut said = self.fill(text, &[("basis", basis), ("printed", judged.claim.printed.clone())]);
        if let Detail::Instead(value) = detail {
            said = format!("{}; ", said.trim_end_matches('.'));
            said.push_str(&self.fill(words::INSTEAD, &[("answer", self.value(value))]));
        }
        said
    }

    fn reading(&self, judged: &Judged, reading: &Outcome, derived: String) -> String {
        let number = |amount: &Amount| self.number(amount, judged);
        let text = match (reading.verdict, reading.mode) {
            (Verdict::Confirmed, _) => words::CONFIRMED,
            (Verdict::Rounding, Some(_)) => words::ROUNDED,
            (Verdict::Rounding, None) if reading.interval.is_none() => words::OPEN,
            (Verdict::Rounding, None) => words::WITHIN,
            (Verdict::Contradicted, _) => words::CONTRADICTED,
            (Verdict::Inconsistent, _) => words::INCONSISTENT,
            (Verdict::Unresolved, _) if judged.claim.cell.is_some() => words::COLUMN_OPEN,
            (Verdict::Unresolved, _) => words::NOTHING,
        };
        let mode = reading.mode.map_or("", |mode| self.mode(mode));
        let end = |pick: fn(&crate::expression::Interval) -> &Amount| {
            reading.interval.as_ref().map_or(String::new(), |interval| number(pick(interval)))
        };
        let said = self.fill(
            text,
            &[
                ("basis", self.basis(reading)),
                ("derived", derived),
                ("printed", judged.claim.printed.clone()),
                ("unit", self.unit_of(judged, reading)),
                ("mode", mode.to_owned()),
                ("low", end(|interval| &interval.low)),
                ("high", end(|interval| &interval.high)),
                ("distance", reading.distance.as_ref().map_or(String::new(), |distance| self.signed(distance, judged))),
            ],
        );
        match self.meaning(judged).filter(|_| reading.verdict != Verdict::Unresolved) {
            Some(meaning) => format!("{}; {meaning}.", said.trim_end_matches('.')),
            None => said,
        }
    }

    fn unit_of(&self, judged: &Judged, reading: &Outcome) -> String {
        let number = reading.derived.as_ref().map(|amount| (amount, decimals(amount, judged)));
        self.unit_after(judged.claim.measure(), number)
    }

    /// Says what «about», «more than», «up to» or «almost» is taken to mean.
    fn meaning(&self, judged: &Judged) -> Option<String> {
        let printed = judged.claim.number()?;
        let bounds = judged.claim.bounds(&printed);
        let text = match (judged.claim.says, &bounds.low, &bounds.high) {
            (Says::Exact, ..) => return None,
            (Says::About, ..) => words::MEANS_ABOUT,
            (Says::MoreThan, Some(_), Some(_)) => words::MEANS_MORE,
            (Says::MoreThan, ..) => words::MEANS_MORE_ANY,
            (Says::UpTo, Some(_), Some(_)) => words::MEANS_UP_TO,
            (Says::UpTo, ..) => words::MEANS_UP_TO_ANY,
            (Says::Almost, ..) => words::MEANS_ALMOST,
            (Says::AtLeast, Some(_), Some(_)) => words::MEANS_LEAST,
            (Says::AtLeast, ..) => words::MEANS_LEAST_ANY,
            (Says::LessThan, Some(_), Some(_)) => words::MEANS_LESS,
            (Says::LessThan, ..) => words::MEANS_LESS_ANY,
        };
        let end = |end: &Option<Amount>| end.as_ref().map_or(String::new(), |amount| self.number(amount, judged));
        // Below zero, what is said of a loss is said of its size.
        let (low, high) = match printed.value.signum() < 0 {
            true => (end(&bounds.high), end(&bounds.low)),
            false => (end(&bounds.low), end(&bounds.high)),
        };
        Some(self.fill(text, &[("low", low), ("high", high)]))
    }

    /// Says how far what a confirmed verdict rests on could move before it fails.
    pub fn slack(&self, judged: &Judged) -> Option<String> {
        match &judged.slack {
            Slack::None => None,
            Slack::Value { down, up } => {
                let ends: Vec<String> = [("−", down), ("+", up)]
                    .into_iter()
                    .filter_map(|(sign, amount)| Some(format!("{sign}{}", self.exact(&within(amount.as_ref()?)))))
                    .collect();
                Some(self.fill(words::SLACK_VALUE, &[("ends", ends.join(" / "))]))
            }
            Slack::Input(flip) => {
                let names: Vec<String> = flip.cell.1.0.iter().map(|part| self.input(part, judged)).collect();
                let series = self.series(&flip.cell.0, judged).map(|series| format!("{series}, ")).unwrap_or_default();
                let gaps = [
                    ("input", series + &names.join(", ")),
                    ("from", self.exact(&flip.from)),
                    ("to", self.exact(&flip.to)),
                ];
                Some(self.fill(words::SLACK_INPUT, &gaps))
            }
            Slack::Fixed => Some(self.say(words::SLACK_FIXED).to_owned()),
            Slack::Years => Some(self.say(words::SLACK_YEARS).to_owned()),
        }
    }

    /// Names the series of an input: a table of the paper by its place, the study's by its path; a number of the text needs none.
    fn series(&self, id: &SeriesId, judged: &Judged) -> Option<String> {
        let name = if *id.member == *VALUE { id.name.to_string() } else { id.to_string() };
        let table = judged.paper.tables.iter().find(|table| table.id == name);
        let place = table.map(|table| self.spelled(judged.paper, &table.place));
        place.or_else(|| (name != PRINTED).then_some(name))
    }

    /// Names a part of an input's key; a printed claim by the words that locate it.
    fn input(&self, part: &Part, judged: &Judged) -> String {
        let claim = match part {
            Part::Category(id) => judged.paper.claims.iter().find(|claim| claim.id.as_str() == &**id),
            Part::Territory(_) | Part::Period(_) => None,
        };
        claim.map_or_else(|| self.part(part), |claim| self.located(claim))
    }

    /// Names a claim by the words that locate it, or by its id.
    fn located(&self, claim: &Claim) -> String {
        claim.phrase.as_ref().map_or_else(|| claim.id.clone(), |phrase| format!("«{phrase}»"))
    }

    /// Writes a number in full where it is a short decimal, else with four decimals.
    pub fn exact(&self, amount: &Amount) -> String {
        let decimals = (0..=4).find(|d| amount.round(*d).to_amount() == *amount).unwrap_or(4);
        self.language.number(amount, decimals)
    }

    /// Writes the derived value of a reading.
    pub fn derived(&self, judged: &Judged, reading: &Outcome) -> Option<String> {
        match &reading.value {
            Value::Missing(_) => None,
            Value::List(items) if judged.claim.kind() == Kind::Sign => {
                let amounts: Vec<&Amount> = items.iter().filter_map(|(_, cell)| cell.value.amount()).collect();
                let (low, high) = (amounts.iter().min()?, amounts.iter().max()?);
                Some(format!("{}…{}", self.language.number(low, 0), self.language.number(high, 0)))
            }
            value => Some(reading.derived.as_ref().map_or_else(|| self.value(value), |d| self.number(d, judged))),
        }
    }

    /// Writes a derived number with as many decimals as show how it differs from the printed one.
    pub fn number(&self, amount: &Amount, judged: &Judged) -> String {
        self.language.number(amount, decimals(amount, judged))
    }

    fn signed(&self, amount: &Amount, judged: &Judged) -> String {
        self.language.digits(&amount.round(decimals(amount, judged)), true)
    }

    /// Says what a reading rests on.
    pub fn basis(&self, reading: &Outcome) -> String {
        match reading.basis {
            Basis::Paper => self.say(words::BY_PAPER).to_owned(),
            Basis::Agency => self.fill(words::BY_AGENCY, &[("vintages", self.vintages(reading))]),
        }
    }

    /// Names the vintages that a reading rests on.
    pub fn vintages(&self, reading: &Outcome) -> String {
        let name =
            |vintage: &String| self.language.optional_word(&format!("vintage-{vintage}")).unwrap_or(vintage).to_owned();
        let names: Vec<String> = reading.vintages.iter().map(name).collect();
        names.join(", ")
    }

    /// Names a way of rounding.
    pub fn mode(&self, mode: Mode) -> &str {
        self.say(match mode {
            Mode::HalfAway => words::MODE_HALF_AWAY,
            Mode::HalfEven => words::MODE_HALF_EVEN,
            Mode::Truncate => words::MODE_TRUNCATE,
        })
    }

    /// Names a unit with its scale word.
    pub fn unit(&self, measure: Measure) -> String {
        let scale = match measure.scale {
            1_000 => Scale::Thousand,
            1_000_000 => Scale::Million,
            1_000_000_000 => Scale::Billion,
            1_000_000_000_000 => Scale::Trillion,
            _ => Scale::One,
        };
        match measure.unit {
            Unit::None | Unit::Count | Unit::Year => String::new(),
            unit => self.language.unit(unit, scale),
        }
    }

    /// Names a unit as it stands after a number of so many decimals: `2,14 раза`.
    pub fn unit_after(&self, measure: Measure, number: Option<(&Amount, usize)>) -> String {
        let (Unit::Times, Some((amount, decimals))) = (measure.unit, number) else { return self.unit(measure) };
        let form = NumberForm { decimals, suffix: Suffix::of(Unit::Times), ..NumberForm::default() };
        let said = self.language.print(amount, &form, None).ok();
        let unit = said.as_ref().and_then(|said| said.strip_prefix(&self.language.number(amount, decimals)));
        unit.map_or_else(|| self.unit(measure), |unit| unit.trim().to_owned())
    }

    /// Writes a value: a number, a territory, a period, a list of them.
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::Amount(amount) => self.language.number(amount, if amount.to_i64().is_some() { 0 } else { 2 }),
            Value::Text(text) => text.clone(),
            Value::Truth(truth) => self.say(if *truth { words::YES } else { words::NO }).to_owned(),
            Value::Key(part) => self.part(part),
            Value::List(items) => {
                let item = |(key, cell): &(crate::finding::Key, crate::finding::Cell)| match &cell.value {
                    Value::Key(part) => self.part(part),
                    value => {
                        let names: Vec<String> = key.0.iter().map(|part| self.part(part)).collect();
                        format!("{}: {}", names.join(", "), self.value(value))
                    }
                };
                items.iter().map(item).collect::<Vec<_>>().join("; ")
            }
            Value::Missing(_) => "–".to_owned(),
        }
    }

    fn part(&self, part: &Part) -> String {
        match part {
            Part::Territory(code) if self.edition.territories().get(code).is_some() => self.language.territory(code),
            Part::Territory(code) => code.to_string(),
            // A month alone may be of any year.
            Part::Period(period) if period.month().is_some() => {
                let said = self.language.date(*period, DateForm::Long, None);
                said.unwrap_or_else(|_| self.language.period(*period))
            }
            Part::Period(period) => self.language.period(*period),
            Part::Category(name) => self.language.member(name),
        }
    }

    /// Fills the gaps of a text.
    pub fn fill(&self, text: Word, gaps: &[(&str, String)]) -> String {
        let mut said = self.say(text).to_owned();
        for (name, value) in gaps {
            said = said.replace(&format!("{{{name}}}"), value);
        }
        // A gap for a unit that has no word leaves no space behind.
        said.replace("  ", " ")
            .replace(" ;", ";")
            .replace(" .", ".")
            .replace(" ,", ",")
            .replace("..", ".")
            .replace(" %", "%")
            .replace(" ‰", "‰")
    }
}

/// Cuts a long fraction off, so that what is said to stand does.
fn within(amount: &Amount) -> Amount {
    Mode::Truncate.round(amount, 4)
}

/// Returns how many decimals of a derived number tell it from the printed one.
fn decimals(amount: &Amount, judged: &Judged) -> usize {
    let printed = judged.claim.number().map_or(0, |printed| printed.decimals as usize);
    (printed..=printed + 2).find(|d| amount.round(*d).to_amount() == *amount).unwrap_or(printed + 2)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns what the paper prints of a claim, its id where it has none.
fn printed(judged: &Judged, id: &str) -> String {
    let other = judged.paper.claims.iter().find(|other| other.id == id);
    other.map_or_else(|| id.to_owned(), |other| other.printed.clone())
}
