//! Trace: `esep trace`.

use std::process::ExitCode;

use clap::Args;

use super::answers::{Traced, TracedStep, say};
use super::{Common, Format, conclude, disk, print};
use crate::build;
use crate::diagnostic::{Diagnostics, Place};
use crate::finding::{Input, Value};
use crate::output::{Step, Teller};
use crate::{analysis, expression, output};

/// The arguments of `esep trace`.
#[derive(Args)]
pub(super) struct Arguments {
    /// An expression: `rural_balance.value[KZ, last]`.
    expression: String,
    /// The edition; the last where left out.
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
}

/// Says where the row of a cell stands, and which part of the cell's key the catalogue says of the whole file.
fn row_of(step: &Step) -> Option<String> {
    let row = match &step.what {
        Input::Cell(cell, _) => cell.row()?,
        Input::Finding(_) => return None,
    };
    let declared = row.declared.iter().map(|(dimension, member)| format!("{dimension} {member} by the catalogue"));
    let said: Vec<String> = row.line.map(|line| format!("line {line}")).into_iter().chain(declared).collect();
    Some(said.join("; ")).filter(|said| !said.is_empty())
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    let read = build::material(&files, &mut diagnostics).and_then(|material| {
        let edition = build::edition(&material, arguments.edition.as_deref(), &mut diagnostics)?;
        Ok((material, edition))
    });
    let Ok((material, edition)) = read else { return conclude(&diagnostics, &files, common, false) };
    match expression::ask(&arguments.expression, &edition) {
        Ok(finding) => {
            let steps = output::trace(&finding.id, &edition);
            let unit = finding.unit;
            // Where the study has no words yet, there is nobody to tell names.
            let language = material.prose.languages.first().and_then(|lang| material.language(*lang));
            let teller = language.map(|language| Teller::new(language, &edition, &material));
            if common.format == Format::Json {
                let told = |s: &Step| {
                    let decimal = s.value.as_ref().and_then(|value| teller.as_ref()?.decimal(value.amount()?));
                    TracedStep {
                        depth: s.depth,
                        what: s.what.to_string(),
                        value: s.value.as_ref().map(ToString::to_string),
                        decimal,
                        unit: s.unit.name().to_owned(),
                        name: teller.as_ref().and_then(|t| t.name(s)),
                        row: row_of(s),
                        formula: s.formula.clone(),
                    }
                };
                say(&Traced {
                    id: finding.id.to_string(),
                    edition: edition.name.clone(),
                    value: finding.cell.value.to_string(),
                    unit: unit.name().to_owned(),
                    steps: steps.iter().map(told).collect(),
                });
                return ExitCode::SUCCESS;
            }
            let value = &finding.cell.value;
            let head = teller.as_ref().map_or_else(|| value.to_string(), |teller| teller.whole(value));
            print(&format!("{head} [{unit}], edition {}\n", edition.name));
            for step in steps {
                let said =
                    |value: &Value| teller.as_ref().map_or_else(|| value.to_string(), |teller| teller.value(value));
                let value = step.value.as_ref().map(|value| format!(" = {}", said(value))).unwrap_or_default();
                let name = teller.as_ref().and_then(|teller| teller.name(&step));
                let row = row_of(&step);
                let beside = [name, row.map(|row| format!("[{row}]")), step.formula.map(|own| format!("({own})"))];
                let beside: String = beside.into_iter().flatten().map(|text| format!("   {text}")).collect();
                print(&format!("{}{}{value}{beside}\n", "  ".repeat(step.depth), step.what));
            }
        }
        Err(problem) => {
            let place = Place::file(&arguments.expression);
            analysis::report(&problem, place, &edition.name, &mut diagnostics);
        }
    }
    conclude(&diagnostics, &files, common, false)
}
