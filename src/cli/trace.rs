//! Trace: `esep trace`.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Common, Format, conclude, disk, print};
use crate::build;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
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
    let Ok(material) = build::material(&files, &mut diagnostics) else {
        return conclude(&diagnostics, &files, common, false);
    };
    let editions = &material.study.editions;
    let name = arguments.edition.clone().or_else(|| editions.keys().last().cloned()).unwrap_or_default();
    let Some(entry) = editions.get(&name) else {
        let hint = did_you_mean(&name, editions.keys().map(String::as_str));
        let message = format!("the study has no edition `{name}`");
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, Place::file("study.yaml"), message).maybe_hint(hint));
        return conclude(&diagnostics, &files, common, false);
    };
    let edition =
        analysis::compute(&material.study, &name, entry, &material.catalog, &material.dataset, &mut diagnostics);
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
                    json!({"id": finding.id, "edition": name, "value": value, "unit": unit.name(), "steps": steps})
                ));
                return ExitCode::SUCCESS;
            }
            print(&format!("{} [{unit}], edition {name}\n", finding.cell.value));
            for step in steps {
                let value = step.value.map(|v| format!(" = {v}")).unwrap_or_default();
                let formula = step.formula.map(|f| format!("   ({f})")).unwrap_or_default();
                print(&format!("{}{}{value}{formula}\n", "  ".repeat(step.depth), step.what));
            }
        }
        Err(problem) => {
            let place = Place::file(&arguments.expression);
            analysis::report(&problem, place, &name, &mut diagnostics);
        }
    }
    conclude(&diagnostics, &files, common, false)
}
