//! Method: `esep method list`, `show` and `run`.

mod lines;
mod run;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::Number;

use self::run::{Run, compute};
use super::answers::{self, MethodListed, MethodParam, MethodResult, MethodShown, Methods, say};
use super::{Common, Format, misused, print, printed, tongue};
use crate::analysis::{METHODS, Method, MethodRole, Output, Param, ParamKind, QUESTIONS, ResultUnit};
use crate::diagnostic::did_you_mean;
use crate::finding::Unit;
use crate::language::{Lang, Language, texts};

/// The arguments of `esep method`.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// List all methods.
    List(Spoken),
    /// Write which method answers which question, with its traps, as Markdown.
    Guide(Spoken),
    /// Show one: its formulas, roles, parameters, convention and literature.
    Show {
        /// The method.
        name: String,
        #[command(flatten)]
        language: Spoken,
    },
    /// Run one on a CSV table with a header row.
    Run(Box<Run>),
}

#[derive(Args)]
struct Spoken {
    /// The language of titles and conventions; that of the terminal where it is left out.
    #[arg(long, value_name = "CODE", value_parser = super::spoken)]
    lang: Option<Lang>,
}

impl Spoken {
    /// The words; English where a machine reads, whatever the terminal.
    fn words(&self, common: &Common) -> Language {
        let of_terminal = || match common.format {
            Format::Json | Format::Csv => Lang::En,
            Format::Human | Format::Md | Format::Html => tongue::lang(),
        };
        Language::own(self.lang.unwrap_or_else(of_terminal))
    }
}

impl Arguments {
    /// Returns true for `esep method run`.
    pub(super) fn runs(&self) -> bool {
        matches!(self.what, What::Run(_))
    }
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    match &arguments.what {
        What::List(language) => list(&language.words(common), common),
        What::Guide(language) => printed(&guide(&language.words(common)), common),
        What::Show { name, language } => match find(name) {
            Ok(method) => show(method, &language.words(common), common),
            Err(message) => misused(&message),
        },
        What::Run(run) => match find(&run.name) {
            Ok(method) => compute(method, run, common),
            Err(message) => misused(&message),
        },
    }
}

fn find(name: &str) -> Result<&'static Method, String> {
    let hint = || did_you_mean(name, METHODS.iter().map(|method| method.name));
    METHODS.iter().find(|method| method.name == name).ok_or_else(|| {
        let hint = hint().unwrap_or_else(|| "`esep method list` names them all".to_owned());
        format!("there is no method `{name}`; {hint}")
    })
}

fn list(words: &Language, common: &Common) -> ExitCode {
    if common.format == Format::Json {
        let told = |m: &'static Method| MethodListed {
            name: m.name,
            group: m.group.name(),
            title: words.said(&m.key("title")),
        };
        say(&Methods { methods: METHODS.iter().map(told).collect() });
        return ExitCode::SUCCESS;
    }
    let width = METHODS.iter().map(|method| method.name.len()).max().unwrap_or(0);
    let mut group = None;
    for method in METHODS {
        if group != Some(method.group) {
            let gap = if group.is_some() { "\n" } else { "" };
            print(&format!("{gap}{}\n", words.said(&format!("group-{}", method.group.name()))));
            group = Some(method.group);
        }
        print(&format!("  {:width$}  {}\n", method.name, words.said_with_doubt(&method.key("title"))));
    }
    footnote(words, &METHODS.iter().collect::<Vec<_>>()).iter().for_each(|note| print(&format!("\n{note}\n")));
    ExitCode::SUCCESS
}

/// Says what the dagger means, where one of the methods bears it.
fn footnote(words: &Language, methods: &[&Method]) -> Option<String> {
    let doubted = methods.iter().any(|method| texts::is_doubted(words.lang().code(), method.name));
    doubted.then(|| words.said("unsure-term").to_owned())
}

/// Writes the page that leads from questions to methods.
fn guide(words: &Language) -> String {
    let said = |key: &str| words.said(&format!("questions.{key}"));
    let mut out = format!("# {}\n\n{}\n", said("title"), said("lead"));
    for (question, methods) in QUESTIONS {
        out.push_str(&format!("\n## {}\n\n", said(&format!("{question}.ask"))));
        for method in *methods {
            out.push_str(&format!("- `{method}`: {}\n", words.said_with_doubt(&format!("methods.{method}.title"))));
        }
        out.push_str(&format!("\n{}: {}\n", said("traps"), said(&format!("{question}.traps"))));
    }
    out.push_str(&format!("\n## {}\n\n{}\n", said("unverified"), said("unverified-text")));
    out.extend(footnote(words, &METHODS.iter().collect::<Vec<_>>()).map(|note| format!("\n{note}\n")));
    out
}

fn show(method: &Method, words: &Language, common: &Common) -> ExitCode {
    if common.format == Format::Json {
        say(&shown(method, words));
        return ExitCode::SUCCESS;
    }
    let title = words.said_with_doubt(&method.key("title"));
    let mut out = format!("{}: {title}\n\n{}\n", method.name, words.said("roles"));
    for role in method.roles {
        let many = if role.many { words.said("role-several") } else { "" };
        let optional = if role.optional { words.said("role-optional") } else { "" };
        out.push_str(&format!(
            "  {}: {} ({}{optional}{many})\n",
            role.name,
            words.said(&method.key(&format!("roles.{}", role.name))),
            words.said(&format!("takes-{}", role.takes.name()))
        ));
    }
    if !method.params.is_empty() {
        out.push_str(&format!("\n{}\n", words.said("parameters")));
    }
    for param in method.params {
        out.push_str(&format!(
            "  {} = {}: {} [{}]\n",
            param.name,
            param.default,
            words.said(&method.key(&format!("params.{}", param.name))),
            range(param.kind)
        ));
    }
    out.push_str(&format!("\n{}\n", words.said("results")));
    for output in method.outputs {
        let unit = unit_text(output.unit).map(|unit| format!(", {unit}")).unwrap_or_default();
        out.push_str(&format!(
            "  {}: {}{unit}\n      {}\n",
            output.name,
            words.said_with_doubt(&method.key(&format!("results.{}", output.name))),
            output.formula
        ));
    }
    out.push_str(&format!(
        "\n{}\n  {}\n\n{}\n  {}\n",
        words.said("conditions"),
        words.said(&method.key("convention")),
        words.said("literature"),
        texts::literature(method.name).unwrap_or_default()
    ));
    out.extend(footnote(words, &[method]).map(|note| format!("\n{note}\n")));
    print(&out);
    ExitCode::SUCCESS
}

/// Describes a method for machines.
fn shown<'a>(method: &'a Method, words: &'a Language) -> MethodShown<'a> {
    let title = |of: &str, name: &str| words.said(&method.key(&format!("{of}.{name}")));
    let role = |role: &'a MethodRole| answers::MethodRole {
        name: role.name,
        title: title("roles", role.name),
        takes: role.takes.name(),
        required: !role.optional,
        many: role.many,
    };
    let result = |output: &'a Output| MethodResult {
        name: output.name,
        title: title("results", output.name),
        formula: output.formula,
        scope: output.scope.name(),
        unit: unit_text(output.unit),
    };
    MethodShown {
        name: method.name,
        group: method.group.name(),
        title: words.said(&method.key("title")),
        along: method.along.name(),
        roles: method.roles.iter().map(role).collect(),
        params: method.params.iter().map(|own| param(own, title("params", own.name))).collect(),
        results: method.outputs.iter().map(result).collect(),
        convention: words.said(&method.key("convention")),
        literature: texts::literature(method.name),
    }
}

fn param<'a>(param: &'a Param, title: &'a str) -> MethodParam<'a> {
    let (of, minimum, maximum, words) = match param.kind {
        ParamKind::Count(low, high) => ("integer", Some(low.into()), Some(high.into()), None),
        ParamKind::Number(low, high) => ("number", Number::from_f64(low), Number::from_f64(high), None),
        ParamKind::Choice(words) => ("string", None, None, Some(words)),
        ParamKind::Periods => ("string", None, None, None),
    };
    MethodParam { name: param.name, title, default: param.default, of, minimum, maximum, words }
}

fn unit_text(unit: ResultUnit) -> Option<String> {
    match unit {
        ResultUnit::Fixed(Unit::None) => None,
        ResultUnit::Fixed(unit) => Some(unit.name().to_owned()),
        ResultUnit::Of(role) => Some(format!("unit of {role}")),
        ResultUnit::DifferenceOf(role) => Some(format!("difference of {role}")),
        ResultUnit::PerYear(role) => Some(format!("{role} per year")),
    }
}

fn range(kind: ParamKind) -> String {
    match kind {
        ParamKind::Count(low, high) => format!("{low}–{high}"),
        ParamKind::Number(low, high) => format!("{low}–{high}"),
        ParamKind::Choice(words) => words.join(" | "),
        ParamKind::Periods => "2008,2021-07".to_owned(),
    }
}
