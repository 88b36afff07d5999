//! Trace: `esep trace`.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Common, Format, conclude, disk, print};
use crate::build;
use crate::diagnostic::{Diagnostics, Place};
use crate::{analysis, expression, output};

/// The arguments of `esep trace`.
#[derive(Args)]
pub struct Arguments {
    /// An expression: `rural_balance.value[KZ, last]`.
    expression: String,
    /// The edition; the last where left out.
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    let edition = build::material(&files, &mut diagnostics)
        .and_then(|material| build::edition(&material, arguments.edition.as_deref(), &mut diagnostics));
    let Ok(edition) = edition else { return conclude(&diagnostics, &files, common, false) };
    match expression::ask(&arguments.expression, &edition) {
        Ok(finding) => {
            let steps = output::trace(&finding.id, &edition);
            let unit = finding.unit;
            if common.format == Format::Json {
                let steps: Vec<_> = steps
                    .iter()
                    .map(|s| json!({"depth": s.depth, "what": s.what, "value": s.value, "formula": s.formula}))
                    .collect();
                let value = finding.cell.value.to_string();
                print(&format!(
                    "{:#}\n",
                    json!({"id": finding.id, "edition": edition.name, "value": value, "unit": unit.name(), "steps": steps})
                ));
                return ExitCode::SUCCESS;
            }
            print(&format!("{} [{unit}], edition {}\n", finding.cell.value, edition.name));
            for step in steps {
                let value = step.value.map(|v| format!(" = {v}")).unwrap_or_default();
                let formula = step.formula.map(|f| format!("   ({f})")).unwrap_or_default();
                print(&format!("{}{}{value}{formula}\n", "  ".repeat(step.depth), step.what));
            }
        }
        Err(problem) => {
            let place = Place::file(&arguments.expression);
            analysis::report(&problem, place, &edition.name, &mut diagnostics);
        }
    }
    conclude(&diagnostics, &files, common, false)
}
