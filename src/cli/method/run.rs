//! Run: `esep method run`: one method on any table.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;

use super::Spoken;
use super::lines::{Line, csv, human, results_of, setting};
use crate::analysis::{Along, Frame, Method, Pairing, Param, stem};
use crate::cli::answers::{MethodRun, say};
use crate::cli::table::{self, Bindings, Condition, Stated};
use crate::cli::{Common, Format, conclude, disk, misused, print, warn};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean, listed};
use crate::files::Files;
use crate::table::decode;
use crate::table::number::NumberSyntax;

/// The arguments of `esep method run`.
#[derive(Args)]
pub(super) struct Run {
    /// The method.
    pub name: String,
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

/// Runs a method on a table.
pub(super) fn compute(method: &'static Method, run: &Run, common: &Common) -> ExitCode {
    let mut run_bind = run.bind.clone();
    let (mut set, mut by) = (run.set.clone(), run.by.clone());
    let Some(path) = run.table.clone().or_else(|| swallowed(&mut run_bind, &mut set, &mut by)) else {
        return misused("name the table: esep method run NAME TABLE.csv --bind role=column");
    };
    let bindings = match bindings(method, &run_bind, by, run) {
        Ok(bindings) => bindings,
        Err(message) => return misused(&message),
    };
    let (given, pairing) = match settings(method, &set) {
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
    let words = run.language.words(common);
    match common.format {
        Format::Json => {
            let used = |own: &'static Param| Some((own.name, setting(own.kind, params.get(own.name)?)));
            say(&MethodRun {
                method: method.name,
                params: method.params.iter().filter_map(used).collect(),
                convention: words.said(&method.key("convention")),
                results: results.iter().map(Line::answer).collect(),
                warnings: warnings.iter().map(|warning| warning.message.as_str()).collect(),
            });
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
    let numbers = NumberSyntax { decimal: run.decimal, group: run.group, ..NumberSyntax::default() };
    Ok(Stated { encoding, delimiter, numbers, missing: run.missing.clone() })
}

/// Takes back a table that an option with several values swallowed.
fn swallowed(bind: &mut Vec<String>, set: &mut Vec<String>, by: &mut Vec<String>) -> Option<String> {
    for pairs in [bind, set] {
        if pairs.last().is_some_and(|last| !last.contains('=')) {
            return pairs.pop();
        }
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

fn settings(method: &Method, set: &[String]) -> Result<(BTreeMap<String, String>, Pairing), String> {
    let mut given = BTreeMap::new();
    for text in set {
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
