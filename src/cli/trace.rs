//! Trace: `esep trace`.

use std::process::ExitCode;

use clap::Args;

use super::answers::{Traced, TracedStep, say};
use super::{Common, Format, conclude, disk, print};
use crate::build;
use crate::diagnostic::{Diagnostics, Place};
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
            print(&format!("{} [{unit}], edition {}\n", finding.cell.value, edition.name));
            for step in steps {
                let exact = || step.value.as_ref().map(ToString::to_string);
                let value = teller.as_ref().map_or_else(exact, |teller| teller.value(&step));
                let value = value.map(|value| format!(" = {value}")).unwrap_or_default();
                let name = teller.as_ref().and_then(|teller| teller.name(&step));
                let name = name.map(|name| format!("   {name}")).unwrap_or_default();
                let formula = step.formula.map(|formula| format!("   ({formula})")).unwrap_or_default();
                print(&format!("{}{}{value}{name}{formula}\n", "  ".repeat(step.depth), step.what));
            }
        }
        Err(problem) => {
            let place = Place::file(&arguments.expression);
            analysis::report(&problem, place, &edition.name, &mut diagnostics);
        }
    }
    conclude(&diagnostics, &files, common, false)
}
