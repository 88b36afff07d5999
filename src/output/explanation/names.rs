//! Names: what a finding is, in words of a language: its measure, and the territory, period and categories of its key.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Material;
use super::super::setting::capital;
use super::super::told::Teller;
use crate::analysis::Edition;
use crate::claim::Speaker;
use crate::expression::{Edge, Expr, Item, Kind, Names as _, Operator, Path, evaluate, identify};
use crate::finding::{Amount, FindingId, Key, Lineage, Part, Role, SeriesId, VALUE, Value};
use crate::language::Language;

/// Names findings, each measure once.
pub(crate) struct Namer<'a> {
    /// The language.
    pub language: &'a Language,
    /// The edition.
    pub edition: &'a Edition,
    teller: Teller<'a>,
    measures: BTreeMap<SeriesId, String>,
    /// How many measures are being told within one another.
    open: usize,
    /// Whether a whole series is told: the key of each of its numbers says what a list or a span of it picks.
    is_series: bool,
}

/// What a finding is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// The measure, or what is worked out in words.
    pub measure: String,
    /// The territories of its key.
    pub territories: Vec<String>,
    /// The periods.
    pub periods: Vec<String>,
    /// The categories.
    pub categories: Vec<String>,
}

/// More pieces than this in one another, and words no longer say what a formula does.
const DEEPEST: usize = 12;

/// A piece of a formula that takes more letters is left out of the whole: it stands among the inputs, with its value and a
/// link to its own words.
const LONGEST: usize = 120;

impl Name {
    /// What tells it apart from others of its measure.
    pub(crate) fn parts(&self) -> String {
        [&self.territories, &self.periods, &self.categories]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The whole name on one line.
    pub(crate) fn whole(&self) -> String {
        let parts = self.parts();
        if parts.is_empty() { self.measure.clone() } else { format!("{}: {parts}", self.measure) }
    }
}

impl<'a> Namer<'a> {
    /// Makes one for a language.
    pub(crate) fn new(language: &'a Language, edition: &'a Edition, material: &'a Material) -> Namer<'a> {
        let teller = Teller::new(language, edition, material);
        Namer { language, edition, teller, measures: BTreeMap::new(), open: 0, is_series: false }
    }

    /// Names a finding.
    pub(crate) fn name(&mut self, id: &FindingId) -> Name {
        match id {
            FindingId::Cell(series, key) => {
                let measure = self.measure(series);
                self.keyed(measure, series, key)
            }
            FindingId::Expression(expr) => {
                let measure = self.words(expr, 0);
                Name { measure, territories: self.at_end(expr), periods: Vec::new(), categories: Vec::new() }
            }
        }
    }

    /// Names the territories in which the largest or the smallest of a list lies.
    fn at_end(&self, expr: &Expr) -> Vec<String> {
        let Kind::Call(name, arguments) = &expr.kind else { return Vec::new() };
        if !matches!(name.as_str(), "min" | "max") || arguments.len() != 1 {
            return Vec::new();
        }
        let kind = Kind::Call(format!("arg{name}"), arguments.clone());
        let found = evaluate::<Amount>(&Expr { kind, span: expr.span.clone() }, self.edition);
        let parts = match found.map(|found| found.cell.value) {
            Ok(Value::Key(part)) => vec![part],
            Ok(Value::List(items)) => items.into_iter().flat_map(|(key, _)| key.0).collect(),
            _ => Vec::new(),
        };
        parts.iter().filter(|part| part.territory().is_some()).map(|part| self.part(part)).collect()
    }

    fn keyed(&self, measure: String, series: &SeriesId, key: &Key) -> Name {
        let mut name = Name { measure, territories: Vec::new(), periods: Vec::new(), categories: Vec::new() };
        let roles = self.edition.findings.get(series).map(|series| series.dimensions.as_slice()).unwrap_or_default();
        for (at, part) in key.0.iter().enumerate() {
            let said = self.part(part);
            match roles.get(at).map(|dimension| dimension.role) {
                Some(Role::Territory) => name.territories.push(said),
                Some(Role::Period) => name.periods.push(said),
                Some(Role::Category) | None => name.categories.push(said),
            }
        }
        name
    }

    /// Spells a part of a key.
    pub(crate) fn part(&self, part: &Part) -> String {
        Speaker { language: self.language, edition: self.edition }.value(&Value::Key(part.clone()))
    }

    /// Returns true where the study has words of its own for a finding or for the series that it is of.
    pub(crate) fn has_own(&self, id: &FindingId) -> bool {
        let name = match id {
            FindingId::Cell(series, _) if *series.member == *VALUE => Some(&*series.name),
            FindingId::Expression(expr) => match &expr.kind {
                Kind::Path(path) if path.is_bare() => Some(path.name.as_str()),
                _ => None,
            },
            FindingId::Cell(..) => None,
        };
        name.is_some_and(|name| self.teller.own(name).is_some())
    }

    /// Names a measure: as the study, the catalogue or a method calls it; what is worked out is told in words.
    pub(crate) fn measure(&mut self, id: &SeriesId) -> String {
        if let Some(known) = self.measures.get(id) {
            return known.clone();
        }
        if self.open > DEEPEST {
            return "…".to_owned();
        }
        self.open += 1;
        let said = self.unknown(id);
        self.open -= 1;
        self.measures.insert(id.clone(), said.clone());
        said
    }

    fn unknown(&mut self, id: &SeriesId) -> String {
        let own = self.teller.measure(id, 0);
        let series = self.edition.findings.get(id).cloned();
        match (own, series.as_ref().map(|series| &series.lineage)) {
            // What a method finds is told with what it was given.
            (Some(result), Some(Lineage::Method(_))) => {
                let given = SeriesId::of_values(&id.name);
                match *id.member != *VALUE && self.edition.findings.get(&given).is_some() {
                    true => format!("{} ({result})", self.measure(&given)),
                    false => capital(&result),
                }
            }
            (Some(measure), _) => measure,
            (None, Some(Lineage::Expression(expr))) => self.of_series(&expr.clone()),
            (None, _) => id.to_string(),
        }
    }

    /// Says in words how a whole series comes out.
    pub(crate) fn of_series(&mut self, expr: &Expr) -> String {
        let outer = std::mem::replace(&mut self.is_series, true);
        let said = self.spelled(expr, 0);
        self.is_series = outer;
        said
    }

    fn word(&self, key: &str) -> String {
        self.language.optional_word(key).map_or_else(|| key.to_owned(), str::to_owned)
    }

    /// Says an expression in words.
    pub(crate) fn words(&mut self, expr: &Expr, depth: usize) -> String {
        let said = if depth > DEEPEST { "…".to_owned() } else { self.spelled(expr, depth) };
        if depth > 0 && said.chars().count() > LONGEST { "…".to_owned() } else { said }
    }

    fn spelled(&mut self, expr: &Expr, depth: usize) -> String {
        match &expr.kind {
            Kind::Number(amount) => self.number(amount),
            Kind::Key(part) => self.part(part),
            Kind::Path(path) => self.path(path, expr, depth),
            Kind::Call(name, arguments) => {
                let mut said = self.word(&format!("function-{}", name.replace('_', "-")));
                for (at, argument) in arguments.iter().enumerate() {
                    let argument = self.words(argument, depth + 1);
                    said = said.replace(&format!("{{{at}}}"), &argument);
                }
                said
            }
            Kind::Unary(operator, inner) => {
                let inner = self.words(inner, depth + 1);
                format!("{} {inner}", self.sign(*operator))
            }
            Kind::Binary(operator, left, right) => {
                let [left, right] = [left, right].map(|side| {
                    let said = self.words(side, depth + 1);
                    if matches!(side.kind, Kind::Binary(..)) { format!("({said})") } else { said }
                });
                format!("{left} {} {right}", self.sign(*operator))
            }
        }
    }

    /// The sign of an operator as it is read.
    pub(crate) fn sign(&self, operator: Operator) -> String {
        match operator {
            Operator::Plus => "+".to_owned(),
            Operator::Minus => "\u{2212}".to_owned(),
            Operator::Times => "·".to_owned(),
            Operator::Over => ":".to_owned(),
            Operator::Equal => "=".to_owned(),
            Operator::Unequal => "≠".to_owned(),
            Operator::Less => "<".to_owned(),
            Operator::AtMost => "≤".to_owned(),
            Operator::More => ">".to_owned(),
            Operator::AtLeast => "≥".to_owned(),
            Operator::And | Operator::Or | Operator::Not => self.word(&format!("operator-{}", operator.sign())),
        }
    }

    fn path(&mut self, path: &Path, expr: &Expr, depth: usize) -> String {
        let edition = self.edition;
        if path.is_bare()
            && let Some(named) = edition.named(&path.name)
        {
            return match self.teller.own(&path.name) {
                Some(own) => own.to_owned(),
                None => self.words(&named.clone(), depth),
            };
        }
        if let FindingId::Cell(series, key) = identify::<Amount>(expr, edition) {
            let measure = self.measure(&series);
            return self.keyed(measure, &series, &key).whole();
        }
        let id = SeriesId::new(&path.name, path.member.as_deref().unwrap_or(VALUE));
        let measure = self.measure(&id);
        let picked = path.selectors.iter().flatten().filter_map(|selector| self.selector(selector, &id));
        let picked: Vec<String> = picked.collect();
        if picked.is_empty() { measure } else { format!("{measure}: {}", picked.join(", ")) }
    }

    /// Spells what a selector picks; a list of the study's own is told by how many it holds.
    fn selector(&self, selector: &[Item], of: &SeriesId) -> Option<String> {
        let mut said = Vec::new();
        for item in selector {
            said.push(match item {
                Item::Span(..) | Item::Word(_) if self.is_series => return None,
                Item::Part(part) => self.part(part),
                Item::Span(from, to) => [from, to].map(|edge| self.edge(edge, of)).join("–"),
                Item::First | Item::Last | Item::All => return None,
                Item::Word(word) => {
                    let codes = self.edition.set(word)?;
                    // A set may name more territories than have figures.
                    let cells = self.edition.findings.get(of).into_iter().flat_map(|series| series.cells.keys());
                    let given: BTreeSet<_> = cells.flat_map(|key| &key.0).filter_map(Part::territory).collect();
                    let known = codes.iter().filter(|code| given.contains(code)).count();
                    let count = if known > 0 { known } else { codes.len() };
                    let count = self.number(&Amount::Integer(i64::try_from(count).ok()?));
                    self.word("territories-of-list").replace("{count}", &count)
                }
            });
        }
        Some(said.join(", ")).filter(|said| !said.is_empty())
    }

    fn edge(&self, edge: &Edge, of: &SeriesId) -> String {
        let series = self.edition.findings.get(of);
        let periods = series.iter().flat_map(|series| series.cells.keys()).filter_map(Key::period);
        let period = match edge {
            Edge::At(period) => Some(*period),
            Edge::First => periods.min(),
            Edge::Last => periods.max(),
        };
        period.map_or_else(|| edge.to_string(), |period| self.language.period(period))
    }

    /// Writes a number in full where it is a short decimal, else with four decimals.
    pub(crate) fn number(&self, amount: &Amount) -> String {
        Speaker { language: self.language, edition: self.edition }.exact(amount)
    }
}
