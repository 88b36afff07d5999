//! Misspelt: a word of the command line that nobody knows: what may be meant, and what there is.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, Error};

use super::Cli;
use crate::diagnostic::did_you_mean;

/// Says what may be meant by what clap refuses, where clap does not, and lists what there is.
pub(super) fn hint(error: &Error, arguments: &[OsString]) -> String {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let command = named(arguments);
    let (word, known, is_told) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let known = command.get_subcommands().filter(|own| !own.is_hide_set()).map(|own| own.get_name().to_owned());
            (said(ContextKind::InvalidSubcommand), known.collect::<Vec<_>>(), ContextKind::SuggestedSubcommand)
        }
        ErrorKind::UnknownArgument => (said(ContextKind::InvalidArg), options(&command), ContextKind::SuggestedArg),
        ErrorKind::InvalidValue => {
            let known = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(all)) => all.clone(),
                _ => Vec::new(),
            };
            (said(ContextKind::InvalidValue), known, ContextKind::SuggestedValue)
        }
        _ => return String::new(),
    };
    let guess = word.and_then(|word| {
        let word = word.split('=').next().unwrap_or(word);
        did_you_mean(word, known.iter().map(String::as_str)).or_else(|| begun(word, &known))
    });
    let guess = guess.filter(|_| error.get(is_told).is_none());
    // Values are listed by clap itself.
    let list = (error.kind() != ErrorKind::InvalidValue && !known.is_empty())
        .then(|| format!("`{}` has: {}", command.get_bin_name().unwrap_or("esep"), known.join(", ")));
    guess.into_iter().chain(list).map(|line| line + "\n").collect()
}

/// The one that a word begins, or that begins as it does.
fn begun(word: &str, known: &[String]) -> Option<String> {
    let bare = word.trim_start_matches('-');
    let mut own = known.iter().filter(|one| bare.len() > 1 && one.trim_start_matches('-').starts_with(bare));
    own.next().filter(|_| own.next().is_none()).map(|one| format!("did you mean `{one}`?"))
}

/// Finds the command that a command line names.
fn named(arguments: &[OsString]) -> Command {
    let mut command = Cli::command().bin_name("esep");
    command.build();
    for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(below) = command.find_subcommand(word) {
            command = below.clone();
        }
    }
    command
}

fn options(command: &Command) -> Vec<String> {
    let shown = command.get_arguments().filter(|own| !own.is_hide_set());
    shown.filter_map(|own| own.get_long().map(|long| format!("--{long}"))).collect()
}
