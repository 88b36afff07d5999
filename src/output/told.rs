//! Told: a step on the way to the cells in the words and numbers of a language.

use super::Material;
use super::trace::Step;
use crate::analysis::{Edition, METHODS, Method};
use crate::claim::Speaker;
use crate::finding::expr::Kind;
use crate::finding::{Amount, Cell, FindingId, Input, Key, Lineage, Part, SeriesId, VALUE, Value};
use crate::language::Language;
use crate::page::strings::MEASURE;

/// Who tells the steps of ways through an edition.
pub struct Teller<'a> {
    speaker: Speaker<'a>,
    material: &'a Material,
}

impl<'a> Teller<'a> {
    /// Makes one for a language.
    pub fn new(language: &'a Language, edition: &'a Edition, material: &'a Material) -> Teller<'a> {
        Teller { speaker: Speaker { language, edition }, material }
    }

    /// Names what a step is in words: the measure or the result, and the territory, period and categories of its key.
    pub fn name(&self, step: &Step) -> Option<String> {
        match &step.what {
            Input::Finding(FindingId::Cell(series, key)) | Input::Cell(_, FindingId::Cell(series, key)) => {
                let parts = self.parts(key);
                let named = self.measure(series, 0);
                let named = named.into_iter().chain(Some(parts).filter(|parts| !parts.is_empty()));
                Some(named.collect::<Vec<_>>().join(": ")).filter(|name| !name.is_empty())
            }
            Input::Finding(FindingId::Expression(expr)) | Input::Cell(_, FindingId::Expression(expr)) => {
                let Kind::Path(path) = &expr.kind else { return None };
                self.measure(&SeriesId::new(&path.name, path.member.as_deref()?), 0)
            }
        }
    }

    /// Writes a value: exactly, as a decimal of the language beside a fraction and under its name beside a code; of a
    /// list, how many they are.
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::Amount(amount) => match self.decimal(amount) {
                Some(decimal) => format!("{amount} ≈ {decimal}"),
                None => amount.to_string(),
            },
            Value::Key(part) => {
                let (code, name) = (part.to_string(), self.speaker.value(&Value::Key(part.clone())));
                if code == name { code } else { format!("{code} ({name})") }
            }
            Value::List(items) => format!("{{{}}}", items.len()),
            value => value.to_string(),
        }
    }

    /// Writes a value as [`Teller::value`] does, and of a list each under its key.
    pub fn whole(&self, value: &Value) -> String {
        let Value::List(items) = value else { return self.value(value) };
        let part = |part: &Part| self.value(&Value::Key(part.clone()));
        let item = |(key, cell): &(Key, Cell)| match &cell.value {
            Value::Key(own) => part(own),
            value => {
                let key = key.0.iter().map(part).collect::<Vec<_>>().join(", ");
                format!("{key} = {}", self.value(value))
            }
        };
        items.iter().map(item).collect::<Vec<_>>().join("; ")
    }

    /// Writes a number that is no finite decimal as one of the language.
    pub fn decimal(&self, amount: &Amount) -> Option<String> {
        amount.to_string().contains('/').then(|| self.speaker.exact(amount))
    }

    fn parts(&self, key: &Key) -> String {
        let names = key.0.iter().map(|part| self.speaker.value(&Value::Key(part.clone())));
        names.collect::<Vec<_>>().join(", ")
    }

    /// Returns what the study calls an analysis or a finding that it names.
    pub fn own(&self, name: &str) -> Option<&'a str> {
        self.speaker.language.optional_word(&format!("{MEASURE}{name}"))
    }

    /// Names a measure: as the study or the catalogue does, or for what an analysis finds, as the method does; what picks from a
    /// measure is called as that.
    pub fn measure(&self, id: &SeriesId, depth: usize) -> Option<String> {
        /// An analysis picks from a table, hardly ever from another analysis.
        const DEEPEST: usize = 8;
        let table = self.material.catalog.tables.get(&*id.name);
        if let Some(entry) = table.and_then(|table| table.measures.get(&*id.member)) {
            return entry.title.get(self.speaker.code()).cloned();
        }
        if *id.member == *VALUE
            && let Some(own) = self.own(&id.name)
        {
            return Some(own.to_owned());
        }
        let series = self.speaker.edition.findings.get(id).filter(|_| depth < DEEPEST)?;
        match &series.lineage {
            Lineage::Sums(source, _) => self.measure(&source.id, depth + 1),
            Lineage::Method(_) => {
                let gives = |method: &&Method| method.outputs.iter().any(|output| *output.name == *id.member);
                let method = METHODS.iter().find(gives)?;
                let title = self.speaker.language.optional_word(&method.key(&format!("results.{}", id.member)));
                title.map(str::to_owned)
            }
            Lineage::Files(_) | Lineage::Expression(_) => None,
        }
    }
}
