//! Lines: the results of a run, for machines, tables and people.

use crate::analysis::{At, Frame, Method, ParamKind, Scope};
use crate::cli::answers::{Plain, RunResult};
use crate::finding::{Amount, Unit, Value};
use crate::language::Language;
use crate::output::csv::inert;

/// One printed result.
pub(super) struct Line {
    key: String,
    name: &'static str,
    value: Value,
    unit: Option<Unit>,
}

pub(super) fn results_of(method: &Method, frame: &Frame, by: &[String], label: &dyn Fn(usize) -> String) -> Vec<Line> {
    let key = |last: Option<String>| by.iter().cloned().chain(last).collect::<Vec<_>>().join(",");
    let unit = |name: &str| {
        let output = method.outputs.iter().find(|output| output.name == name);
        output.map(|output| output.unit.of(|_| Unit::None)).filter(|unit| *unit != Unit::None)
    };
    match method.found(frame) {
        Ok(found) => found
            .into_iter()
            .map(|outcome| {
                let last = match &outcome.at {
                    At::Whole => None,
                    At::Row(row) => Some(label(*row)),
                    At::Member(part) => Some(part.to_string()),
                };
                Line { key: key(last), name: outcome.name, value: outcome.value, unit: unit(outcome.name) }
            })
            .collect(),
        Err(reason) => {
            let mut lines = Vec::new();
            for output in method.outputs {
                let line = |last| Line {
                    key: key(last),
                    name: output.name,
                    value: Value::Missing(reason),
                    unit: unit(output.name),
                };
                match output.scope {
                    Scope::Row => lines.extend((0..frame.rows).map(|row| line(Some(label(row))))),
                    Scope::Whole | Scope::Member => lines.push(line(None)),
                }
            }
            lines
        }
    }
}

impl Line {
    /// Returns it for machines.
    pub(super) fn answer(&self) -> RunResult<'_> {
        let reason = match &self.value {
            Value::Missing(reason) => Some(reason.code()),
            _ => None,
        };
        let unit = self.unit.as_ref().map(Unit::name);
        RunResult { key: &self.key, name: self.name, value: Plain::from(&self.value), reason, unit }
    }

    /// Writes the value in full.
    fn text(&self) -> String {
        match &self.value {
            Value::Missing(_) => String::new(),
            Value::Amount(amount @ (Amount::Fraction(..) | Amount::Rational(_))) => amount.to_f64().to_string(),
            value => value.to_string(),
        }
    }

    /// Writes the value for people: numbers near zero with an exponent, not with a row of zeros.
    fn short(&self) -> String {
        match &self.value {
            Value::Amount(amount) if !amount.is_zero() && amount.to_f64().abs() < 1e-6 => {
                format!("{:e}", amount.to_f64())
            }
            _ => self.text(),
        }
    }

    fn reason(&self) -> &'static str {
        match &self.value {
            Value::Missing(reason) => reason.code(),
            _ => "",
        }
    }
}

pub(super) fn setting(kind: ParamKind, text: &str) -> Plain {
    match kind {
        ParamKind::Count(..) => text.parse().map_or(Plain::Nothing, Plain::Whole),
        ParamKind::Number(..) => text.parse().map_or(Plain::Nothing, Plain::Number),
        ParamKind::Choice(_) | ParamKind::Periods => Plain::Text(text.to_owned()),
    }
}

pub(super) fn csv(lines: &[Line]) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(["key", "name", "value", "reason", "unit"]).and_then(|()| {
        lines.iter().try_for_each(|line| {
            let unit = line.unit.as_ref().map_or("", Unit::name);
            writer.write_record([&*inert(&line.key), line.name, &line.text(), line.reason(), unit])
        })
    });
    // Writing to memory does not fail.
    written
        .ok()
        .and_then(|()| writer.into_inner().ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

pub(super) fn human(method: &Method, lines: &[Line], words: &Language) -> String {
    let width = |of: &dyn Fn(&Line) -> usize| lines.iter().map(of).max().unwrap_or(0);
    let (keys, names) = (width(&|line| line.key.chars().count()), width(&|line| line.name.len()));
    let mut out = format!("{}\n\n", words.said(&method.key("title")));
    for line in lines {
        let said = match &line.value {
            Value::Missing(reason) => format!("– ({})", reason.code()),
            _ => line.short(),
        };
        let unit = line.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        out.push_str(&format!("{:keys$}  {:names$}  {said}{unit}\n", line.key, line.name));
    }
    out.push_str(&format!("\n{}\n", words.said(&method.key("convention"))));
    out
}
