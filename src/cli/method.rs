//! Method: `esep method list`, `show` and `run`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};

use super::answers::{MethodListed, Methods, say};
use super::table::{self, Bindings, Condition, Stated};
use super::{Common, Format, conclude, disk, misused, print, warn};
use crate::analysis::{Along, At, Frame, METHODS, Method, Pairing, ParamKind, QUESTIONS, ResultUnit, Scope, stem};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean, listed};
use crate::files::Files;
use crate::finding::{Amount, Unit, Value};
use crate::language::{Lang, Language, texts};
use crate::output::csv::inert;
use crate::table::decode;
use crate::table::number::NumberSyntax;

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
    /// The language of titles and conventions.
    #[arg(long, value_name = "CODE", value_parser = super::lang, default_value = "ru")]
    lang: Lang,
}

#[derive(Args)]
struct Run {
    /// The method.
    name: String,
    /// The table: a CSV file, or `-` for standard input.
    table: Option<String>,
    /// What a role takes: role=column, or role=column,column where it takes several. `unit` always names the rows.
    #[arg(long, value_name = "ROLE=COLUMN", num_args = 1..)]
    bind: Vec<String>,
    /// Columns that tell series apart: the method runs once for each.
    #[arg(long, value_name = "COLUMN", num_args = 1..)]
    by: Vec<String>,
    /// The column that orders the rows: years, months, quarters, dates or numbers.
    #[arg(long, value_name = "COLUMN")]
    order: Option<String>,
    /// Which rows are taken: column=value, column=a|b, column=2013..2022, column!=value; several joined by commas.
    #[arg(long = "where", value_name = "SELECTOR", num_args = 1..)]
    filter: Vec<String>,
    /// A parameter: key=value.
    #[arg(long, value_name = "KEY=VALUE", num_args = 1..)]
    set: Vec<String>,
    /// The mark before decimals, where the numbers leave it open: `,` or `.`.
    #[arg(long, value_name = "MARK")]
    decimal: Option<char>,
    /// The mark between groups of three digits; spaces and apostrophes need no statement.
    #[arg(long, value_name = "MARK")]
    group: Option<char>,
    /// A mark of a missing value beside the usual ones (`-`, `…`, `x`, `NA`, an empty cell); may be given several times.
    #[arg(long, value_name = "MARK", allow_hyphen_values = true)]
    missing: Vec<String>,
    /// What stands between cells, `tab` for a tab; what fits all rows where it is left out.
    #[arg(long, value_name = "MARK")]
    delimiter: Option<String>,
    /// The encoding: windows-1251, utf-16le, koi8-r …; UTF-8 or that of a byte order mark where it is left out.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    #[command(flatten)]
    language: Spoken,
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
        What::List(language) => list(&Language::own(language.lang), common),
        What::Guide(language) => {
            print(&guide(&Language::own(language.lang)));
            ExitCode::SUCCESS
        }
        What::Show { name, language } => match find(name) {
            Ok(method) => show(method, &Language::own(language.lang), common),
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
        print(&format!("{:#}\n", description(method, words)));
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
fn description(method: &Method, words: &Language) -> Json {
    let roles: Vec<Json> = method
        .roles
        .iter()
        .map(|role| {
            json!({"name": role.name, "title": words.said(&method.key(&format!("roles.{}", role.name))), "takes": role.takes.name(),
                   "required": !role.optional, "many": role.many})
        })
        .collect();
    let params: Vec<Json> = method
        .params
        .iter()
        .map(|param| {
            let mut entry = json!({"name": param.name, "title": words.said(&method.key(&format!("params.{}", param.name))), "default": param.default});
            match param.kind {
                ParamKind::Count(low, high) => {
                    entry["type"] = json!("integer");
                    entry["minimum"] = json!(low);
                    entry["maximum"] = json!(high);
                }
                ParamKind::Number(low, high) => {
                    entry["type"] = json!("number");
                    entry["minimum"] = json!(low);
                    entry["maximum"] = json!(high);
                }
                ParamKind::Choice(words) => {
                    entry["type"] = json!("string");
                    entry["enum"] = json!(words);
                }
            }
            entry
        })
        .collect();
    let results: Vec<Json> = method
        .outputs
        .iter()
        .map(|output| {
            json!({"name": output.name, "title": words.said(&method.key(&format!("results.{}", output.name))), "formula": output.formula,
                   "scope": output.scope.name(), "unit": unit_text(output.unit)})
        })
        .collect();
    json!({
        "name": method.name, "group": method.group.name(), "title": words.said(&method.key("title")), "along": method.along.name(),
        "roles": roles, "params": params, "results": results,
        "convention": words.said(&method.key("convention")), "literature": texts::literature(method.name),
    })
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
    }
}

fn compute(method: &'static Method, run: &Run, common: &Common) -> ExitCode {
    let mut run_bind = run.bind.clone();
    let mut by = run.by.clone();
    let Some(path) = run.table.clone().or_else(|| swallowed(&mut run_bind, &mut by)) else {
        return misused("name the table: esep method run NAME TABLE.csv --bind role=column");
    };
    let bindings = match bindings(method, &run_bind, by, run) {
        Ok(bindings) => bindings,
        Err(message) => return misused(&message),
    };
    let (given, pairing) = match settings(method, run) {
        Ok(settings) => settings,
        Err(message) => return misused(&message),
    };
    let stated = match stated(run) {
        Ok(stated) => stated,
        Err(message) => return misused(&message),
    };
    let mut diagnostics = Diagnostics::default();
    let mut files = Files::default();
    let bytes = match disk::read_table(&path) {
        Ok(bytes) => bytes,
        Err(message) => {
            diagnostics.push(Diagnostic::error(code::FILE_MISSING, Place::file(&path), message));
            return conclude(&diagnostics, &files, common, false);
        }
    };
    let table = table::read(&path, &bytes, &stated, &bindings, method, &mut diagnostics);
    files.insert(path.as_str(), table::shown(&bytes, &stated));
    let Some(table) = table else { return conclude(&diagnostics, &files, common, false) };
    let mut gaps = Vec::new();
    let mut results = Vec::new();
    let mut params = BTreeMap::new();
    for mut slice in table.observations.cut(method, pairing) {
        if let Err((_, message)) = slice.frame.set(method, &given) {
            return misused(&message);
        }
        params = slice.frame.params.clone();
        if method.along == Along::Time {
            gaps.extend(slice.gaps());
        }
        let mut key: Vec<String> = slice.by.iter().map(ToString::to_string).collect();
        key.extend(slice.period.map(|period| period.to_string()));
        let label = |row: usize| slice.rows.get(row).map_or_else(String::new, |row| table.labels[*row].clone());
        results.extend(results_of(method, &slice.frame, &key, &label));
    }
    if !gaps.is_empty() {
        let message =
            format!("the series has no row {}: what follows reads only the rows that there are", listed(gaps));
        let hint = "complete it, or take a stretch without gaps: `--where COLUMN=FROM..TO`";
        diagnostics.push(Diagnostic::warning(code::METHOD_GAP, Place::file(&path), message).hint(hint));
    }
    let warnings = diagnostics.sorted();
    let words = Language::own(run.language.lang);
    match common.format {
        Format::Json => {
            let params: serde_json::Map<String, Json> = method
                .params
                .iter()
                .filter_map(|param| Some((param.name.to_owned(), param_json(param.kind, params.get(param.name)?))))
                .collect();
            let results: Vec<Json> = results.iter().map(Line::json).collect();
            let convention = words.said(&method.key("convention"));
            let mut said =
                json!({"method": method.name, "params": params, "convention": convention, "results": results});
            if !warnings.is_empty() {
                said["warnings"] = warnings.iter().map(|warning| warning.message.as_str()).collect();
            }
            print(&format!("{said:#}\n"));
        }
        Format::Csv => print(&csv(&results)),
        Format::Human | Format::Md | Format::Html => print(&human(method, &results, &words)),
    }
    warn(&warnings, &files);
    ExitCode::SUCCESS
}

/// Reads what is stated of the file.
fn stated(run: &Run) -> Result<Stated, String> {
    let encoding = match &run.encoding {
        Some(name) => Some(decode::encoding(name).ok_or_else(|| {
            let hint = did_you_mean(&name.to_lowercase(), decode::NAMES.iter().copied());
            let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
            format!("`--encoding {name}`: no encoding that is known{hint}")
        })?),
        None => None,
    };
    let delimiter = match run.delimiter.as_deref() {
        None => None,
        Some("tab" | "\\t") => Some('\t'),
        Some(mark) => {
            let mut letters = mark.chars();
            let only = letters.next().filter(|_| letters.next().is_none());
            Some(only.ok_or(format!("`--delimiter {mark}`: write one character, or `tab`"))?)
        }
    };
    if let Some(mark) = run.decimal.filter(|mark| ![',', '.'].contains(mark)) {
        return Err(format!("`--decimal {mark}`: decimals stand behind `,` or `.`"));
    }
    if run.decimal.is_some() && run.decimal == run.group {
        return Err("one mark cannot part decimals and groups".to_owned());
    }
    let numbers = NumberSyntax { decimal: run.decimal, group: run.group, is_dressed: false };
    Ok(Stated { encoding, delimiter, numbers, missing: run.missing.clone() })
}

/// Takes back a table that an option with several values swallowed.
fn swallowed(bind: &mut Vec<String>, by: &mut Vec<String>) -> Option<String> {
    if bind.last().is_some_and(|last| !last.contains('=')) {
        return bind.pop();
    }
    if by.len() > 1 { by.pop() } else { None }
}

fn bindings(method: &Method, bind: &[String], by: Vec<String>, run: &Run) -> Result<Bindings, String> {
    let mut bindings = Bindings { by, order: run.order.clone(), ..Bindings::default() };
    let names: Vec<&str> = method.roles.iter().map(|role| role.name).collect();
    for text in bind {
        let (role, columns) = text.split_once('=').ok_or(format!("`--bind {text}`: write role=column"))?;
        let known = method.roles.iter().find(|known| known.name == role);
        let stands_for_both = method.along == Along::TwoPeriods && names.iter().any(|name| stem(name) == role);
        if known.is_none() && !stands_for_both && role != "unit" {
            let hint = did_you_mean(role, names.iter().copied()).map(|hint| format!("; {hint}")).unwrap_or_default();
            return Err(format!("method `{}` has no role `{role}`: it has {}{hint}", method.name, names.join(", ")));
        }
        let bound = bindings.roles.entry(role.to_owned()).or_default();
        bound.extend(columns.split(',').map(|column| column.trim().to_owned()));
        let many =
            known.map_or(stands_for_both && method.roles.iter().any(|r| r.many && stem(r.name) == role), |r| r.many);
        if bound.len() > 1 && !many {
            return Err(format!("role `{role}` takes one column"));
        }
    }
    let given = |name: &str| bindings.roles.contains_key(name);
    for role in method.roles.iter().filter(|role| !role.optional) {
        let at_two_periods = method.along == Along::TwoPeriods && given(stem(role.name));
        if !(at_two_periods || given(role.name)) {
            return Err(format!("bind role `{}` of method `{}`: --bind {}=COLUMN", role.name, method.name, role.name));
        }
    }
    if names.iter().any(|name| stem(name) != *name && given(stem(name)))
        && run.order.is_none()
        && method.along == Along::TwoPeriods
    {
        return Err("one column for two periods needs `--order COLUMN`, the column of the periods".to_owned());
    }
    for text in &run.filter {
        bindings.filter.extend(Condition::parse_all(text)?);
    }
    Ok(bindings)
}

fn settings(method: &Method, run: &Run) -> Result<(BTreeMap<String, String>, Pairing), String> {
    let mut given = BTreeMap::new();
    for text in &run.set {
        let (name, value) = text.split_once('=').ok_or(format!("`--set {text}`: write key=value"))?;
        given.insert(name.to_owned(), value.to_owned());
    }
    let mut pairing = Pairing::Previous;
    if method.along == Along::TwoPeriods
        && !method.params.iter().any(|param| param.name == "base")
        && let Some(text) = given.remove("base")
    {
        pairing = Pairing::parse(&text).ok_or(format!("`base` takes previous or first, not `{text}`"))?;
    }
    Frame::default().set(method, &given).map_err(|(_, message)| message)?;
    Ok((given, pairing))
}

/// One printed result.
struct Line {
    key: String,
    name: &'static str,
    value: Value,
    unit: Option<Unit>,
}

fn results_of(method: &Method, frame: &Frame, by: &[String], label: &dyn Fn(usize) -> String) -> Vec<Line> {
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
    fn json(&self) -> Json {
        let (value, reason) = match &self.value {
            Value::Missing(reason) => (Json::Null, Some(reason.code())),
            Value::Amount(Amount::Integer(whole)) => (json!(whole), None),
            Value::Amount(amount) => (json!(amount.to_f64()), None),
            Value::Truth(truth) => (json!(truth), None),
            value => (json!(value.to_string()), None),
        };
        json!({"key": self.key, "name": self.name, "value": value, "reason": reason, "unit": self.unit.as_ref().map(Unit::name)})
    }

    /// Writes the value in full.
    fn text(&self) -> String {
        match &self.value {
            Value::Missing(_) => String::new(),
            Value::Amount(Amount::Rational(ratio)) => Amount::Rational(ratio.clone()).to_f64().to_string(),
            value => value.to_string(),
        }
    }

    fn reason(&self) -> &'static str {
        match &self.value {
            Value::Missing(reason) => reason.code(),
            _ => "",
        }
    }
}

fn param_json(kind: ParamKind, text: &str) -> Json {
    match kind {
        ParamKind::Count(..) => text.parse::<i64>().map_or(Json::Null, |n| json!(n)),
        ParamKind::Number(..) => text.parse::<f64>().map_or(Json::Null, |n| json!(n)),
        ParamKind::Choice(_) => json!(text),
    }
}

fn csv(lines: &[Line]) -> String {
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

fn human(method: &Method, lines: &[Line], words: &Language) -> String {
    let width = |of: &dyn Fn(&Line) -> usize| lines.iter().map(of).max().unwrap_or(0);
    let (keys, names) = (width(&|line| line.key.chars().count()), width(&|line| line.name.len()));
    let mut out = format!("{}\n\n", words.said(&method.key("title")));
    for line in lines {
        let said = match &line.value {
            Value::Missing(reason) => format!("– ({})", reason.code()),
            _ => line.text(),
        };
        let unit = line.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        out.push_str(&format!("{:keys$}  {:names$}  {said}{unit}\n", line.key, line.name));
    }
    out.push_str(&format!("\n{}\n", words.said(&method.key("convention"))));
    out
}
