//! Cli: one command each; the only place that prints, reads the clock or touches the disk.
#![allow(clippy::disallowed_methods, reason = "the rest of the crate is pure; this room is its edge")]

mod article;
mod build;
mod cache;
mod chart;
mod check;
mod claims;
mod clean;
mod completions;
mod data;
mod dictionaries;
mod diff;
mod edition;
mod disk;
mod eject;
mod environment;
mod eval;
mod export;
mod guide;
mod inputs;
mod list;
mod method;
mod misspelt;
mod new;
mod pack;
mod pairs;
mod places;
mod proof;
mod reference;
mod serve;
mod answers;
mod schemas;
mod status;
mod table;
mod terms;
mod tongue;
mod trace;
mod upgrade;
mod verify;
mod verify_alone;
mod verify_set;
mod verify_text;
mod watch;
mod words;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place, Severity, code};
use crate::files::Files;
use crate::language::Lang;

/// Builds reproducible bilingual research reports: every number computed, checked, traceable and said correctly.
#[derive(Parser)]
#[command(
    name = "esep",
    version,
    about,
    after_help = "Exit codes: 0 clean, 1 problems found, 2 wrong usage.\n\nStart with `esep build` in a folder that holds study.yaml, data/ and templates/."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What every command takes.
#[derive(Args)]
struct Common {
    /// The folder of the study.
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    study: PathBuf,
    /// How problems and results are printed.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The language of messages: ru, kk, en; that of the terminal where it is left out. No file and no JSON depends on it.
    #[arg(long, global = true, value_name = "LANG", value_parser = spoken)]
    ui_lang: Option<Lang>,
}

/// Printed for people or for machines.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    #[value(alias = "text")]
    Human,
    Json,
    /// Only for `esep diff`.
    Md,
    /// Only for `esep diff`.
    Html,
    /// Only for the results of a method.
    Csv,
}

#[derive(Subcommand)]
enum Command {
    /// Begin a study that builds at once, of a table of your own or of a small made-up one.
    New(new::Arguments),
    /// Print the guide, chapter by chapter, or write it as pages that open from disk.
    Guide(guide::Arguments),
    /// Build the report: Markdown, HTML, figures, tables, the ledger of numbers.
    Build(build::Arguments),
    /// Build the report, show it on this machine alone, and build again whatever an edit changes.
    Serve(serve::Arguments),
    /// Build the report again after every edit.
    Watch(watch::Arguments),
    /// Tell which inputs changed since the last build, and what they reach.
    Status(status::Arguments),
    /// Check the study, and that the report folder holds what a build writes.
    Check(check::Arguments),
    /// Compare two editions: revised numbers, new periods, sentences that no longer hold.
    Diff(diff::Arguments),
    /// Write the entry of a new edition, and list what it lacks.
    Edition(edition::Arguments),
    /// Follow a finding or an expression to the cells of the source files.
    Trace(trace::Arguments),
    /// List the methods, show one, or run one on any CSV table.
    Method(method::Arguments),
    /// List the kinds of chart with the options that a figure of each may have.
    Chart(chart::Arguments),
    /// Judge the numbers that published papers print by the data.
    Verify(verify::Arguments),
    /// Write the article of a study for a journal, as a Word document.
    Article(article::Arguments),
    /// Pack the folder that a reviewer takes: report, study, data as far as their terms allow, checksums.
    Pack(pack::Arguments),
    /// Find the numbers of a paper's text, and where a number may come from.
    Claims(claims::Arguments),
    /// Look at a published file, and take it in as a vintage of a table.
    Data(data::Arguments),
    /// Print what a template text renders to, with a study or without; here literals are allowed.
    Eval(eval::Arguments),
    /// Proof-read a text or the study: cases, agreement, directions, typography, and spelling by the dictionaries of the machine.
    Proof(proof::Arguments),
    /// List the term base, or what in it waits for a Kazakh editor.
    Terms(terms::Arguments),
    /// List the texts that a language lacks, for a translator.
    Words(words::Arguments),
    /// List what a study may name: units, nouns, filters, functions, checks, kinds of chart, methods.
    List(list::Arguments),
    /// Write a default of the program into the study, to be edited: layout, style, words, references, terms, schemas.
    Eject(eject::Arguments),
    /// Print the JSON Schema of a file of a study, or of what the program writes.
    Schema(schemas::Arguments),
    /// Bring a study of an earlier format to today's, and show the difference.
    Upgrade(upgrade::Arguments),
    /// Remove what is kept to make builds of the study fast; the report stays.
    Clean(clean::Arguments),
    /// Print the script by which a shell completes commands and options.
    Completions(completions::Arguments),
    /// Print what of the program others wrote, and under which terms.
    Licences,
    /// Write the reference of commands, codes, methods and functions as Markdown.
    #[command(hide = true)]
    Reference,
}

/// Runs the command line.
pub fn run() -> ExitCode {
    environment::outlive_long_files();
    environment::settle().unwrap_or_else(|| environment::roomy(|| answer(std::env::args_os())))
}

/// Runs a command line, the name of the program first, in an environment that is fit.
pub fn answer(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let asks = |pair: &[OsString]| pair[0] == "--format" && pair[1] == "json";
    let _ = AS_JSON.set(arguments.iter().any(|word| word == "--format=json") || arguments.windows(2).any(asks));
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let printed = error.print();
            complain(&misspelt::hint(&error, &arguments));
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            if code != 0 {
                let message = error.to_string();
                said_misused(message.lines().next().unwrap_or_default().trim_start_matches("error: "));
            }
            // Help that nobody can have read.
            let is_lost = |error: std::io::Error| error.kind() != std::io::ErrorKind::BrokenPipe;
            return ExitCode::from(if code == 0 && printed.is_err_and(is_lost) { 1 } else { code });
        }
    };
    if cli.common.format == Format::Csv && !matches!(&cli.command, Command::Method(arguments) if arguments.runs()) {
        return misused("`--format csv` is for `esep method run`");
    }
    if matches!(cli.common.format, Format::Md | Format::Html) && !matches!(cli.command, Command::Diff(_)) {
        return misused("`--format md` and `--format html` are for `esep diff`");
    }
    // A build that finds nothing changed needs no threads, and asks for them itself.
    let idle = matches!(
        &cli.command,
        Command::Build(_)
            | Command::Method(_)
            | Command::Chart(_)
            | Command::Completions(_)
            | Command::Licences
            | Command::Schema(_)
            | Command::Reference
    );
    if !idle && let Err(code) = environment::threads() {
        return code;
    }
    let code = run_command(&cli);
    match LOST.get() {
        Some(error) => {
            complain(&format!("error: what was to be printed cannot be written: {error}\n"));
            ExitCode::from(1)
        }
        None => code,
    }
}

fn run_command(cli: &Cli) -> ExitCode {
    tongue::choose(cli.common.ui_lang);
    match &cli.command {
        Command::New(arguments) => new::run(arguments, &cli.common),
        Command::Guide(arguments) => guide::run(arguments, &cli.common),
        Command::Build(arguments) => build::run(arguments, &cli.common),
        Command::Serve(arguments) => serve::run(arguments, &cli.common),
        Command::Watch(arguments) => watch::run(arguments, &cli.common),
        Command::Status(arguments) => status::run(arguments, &cli.common),
        Command::Check(arguments) => check::run(arguments, &cli.common),
        Command::Diff(arguments) => diff::run(arguments, &cli.common),
        Command::Edition(arguments) => edition::run(arguments, &cli.common),
        Command::Trace(arguments) => trace::run(arguments, &cli.common),
        Command::Method(arguments) => method::run(arguments, &cli.common),
        Command::Chart(arguments) => chart::run(arguments, &cli.common),
        Command::Verify(arguments) => verify::run(arguments, &cli.common),
        Command::Article(arguments) => article::run(arguments, &cli.common),
        Command::Pack(arguments) => pack::run(arguments, &cli.common),
        Command::Claims(arguments) => claims::run(arguments, &cli.common),
        Command::Data(arguments) => data::run(arguments, &cli.common),
        Command::Eval(arguments) => eval::run(arguments, &cli.common),
        Command::Proof(arguments) => proof::run(arguments, &cli.common),
        Command::Terms(arguments) => terms::run(arguments, &cli.common),
        Command::Words(arguments) => words::run(arguments, &cli.common),
        Command::List(arguments) => list::run(arguments, &cli.common),
        Command::Eject(arguments) => eject::run(arguments, &cli.common),
        Command::Schema(arguments) => schemas::run(arguments, &cli.common),
        Command::Upgrade(arguments) => upgrade::run(arguments, &cli.common),
        Command::Clean(arguments) => clean::run(arguments, &cli.common),
        Command::Completions(arguments) => completions::run(arguments, &cli.common),
        Command::Licences => printed(include_str!("../../THIRD-PARTY.txt"), &cli.common),
        Command::Reference => printed(&reference::text(), &cli.common),
    }
}

/// Finds a language that a study may be written in.
fn lang(code: &str) -> Result<Lang, String> {
    let known = || {
        let near = crate::diagnostic::did_you_mean(code, Lang::ALL.map(Lang::code));
        let near = near.map(|near| format!("; {near}")).unwrap_or_default();
        format!("it is no code of ISO 639-1, as {}, de, uk are{near}", Lang::ALL.map(Lang::code).join(", "))
    };
    Lang::parse(code).ok_or_else(known)
}

/// Finds a language that the program speaks itself.
fn spoken(code: &str) -> Result<Lang, String> {
    let known = || format!("the program speaks {}; a study may be in others too", Lang::ALL.map(Lang::code).join(", "));
    lang(code)?;
    Lang::ALL.into_iter().find(|lang| lang.code() == code).ok_or_else(known)
}

/// Finds an encoding by its name.
fn encoding(name: &str) -> Result<&'static encoding_rs::Encoding, String> {
    let near = || crate::diagnostic::did_you_mean(name, crate::table::decode::NAMES.iter().copied());
    let unknown =
        || near().unwrap_or_else(|| format!("an encoding is named as `{}`", crate::table::decode::NAMES.join("`, `")));
    crate::table::decode::encoding(name).ok_or_else(unknown)
}

/// Prints a text that is the whole answer of a command.
fn printed(text: &str, common: &Common) -> ExitCode {
    match common.format {
        Format::Json => answers::say(&answers::Printed { text }),
        Format::Human | Format::Csv | Format::Md | Format::Html => print(text),
    }
    ExitCode::SUCCESS
}

/// Whether a machine reads the answers.
static AS_JSON: OnceLock<bool> = OnceLock::new();

/// Says what is wrong with the command line.
fn misused(message: &str) -> ExitCode {
    complain(&format!("error: {message}\n"));
    said_misused(message);
    ExitCode::from(2)
}

/// Says the same where a machine reads.
fn said_misused(message: &str) {
    if AS_JSON.get().copied().unwrap_or_default() {
        let problem =
            Diagnostic::error(code::USAGE, Place::file("esep").within("the command line".to_owned()), message);
        print(&format!("{:#}\n", diagnostic::json(&[problem])));
    }
}

/// Why something could not be printed.
static LOST: OnceLock<String> = OnceLock::new();

/// Prints to standard output; a reader that went away is no problem of ours, a full disk is.
fn print(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    // What a study says does not steer a terminal.
    let shown = |c: char| if c.is_control() && !"\n\t".contains(c) { char::REPLACEMENT_CHARACTER } else { c };
    let written = match out.is_terminal() {
        true => out.write_all(text.chars().map(shown).collect::<String>().as_bytes()),
        false => out.write_all(text.as_bytes()),
    };
    if let Err(error) = written.and_then(|()| out.flush())
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        let _ = LOST.set(error.to_string());
    }
}

/// Prints warnings beside the results of a command.
fn warn(list: &[Diagnostic], files: &Files) {
    if list.is_empty() {
        return;
    }
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let list = tongue::said(list);
    complain(&diagnostic::human_in(&list, &|path| files.text(path), colour, &tongue::frame()));
}

/// Prints the problems, and says whether they leave the command clean.
fn conclude(diagnostics: &Diagnostics, files: &Files, common: &Common, strict: bool) -> ExitCode {
    let list = diagnostics.sorted();
    match common.format {
        Format::Json => print(&format!("{:#}\n", diagnostic::json(&list))),
        Format::Human | Format::Csv | Format::Md | Format::Html => warn(&list, files),
    }
    verdict(&list, strict)
}

/// Says whether problems leave the command clean.
fn verdict(list: &[Diagnostic], strict: bool) -> ExitCode {
    let bad = list.iter().any(|d| d.severity == Severity::Error || strict);
    ExitCode::from(u8::from(bad))
}

/// Prints to standard error; a reader that went away is no problem of ours.
fn complain(text: &str) {
    use std::io::Write;
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Says on a terminal what goes on; silent in a pipe.
fn progress(text: &str) {
    if std::io::stderr().is_terminal() {
        complain(&format!("{text}\n"));
    }
}
