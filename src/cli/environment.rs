//! Environment: what libraries would read of it is taken away before they do, so that it neither steers nor breaks a run.
//!
//! polars prints and panics on variables that it does not understand, and panics where it gets no threads; a stack of
//! another size than the system's own may be too small for any. A program
//! cannot safely change its own environment, so it starts itself anew in one that is fit.

use std::ffi::OsStr;
use std::process::{Command, ExitCode};

use super::complain;

/// How many threads polars uses: as a rule as many as there are cores.
const POOLS: [&str; 2] = ["POLARS_MAX_THREADS", "POLARS_ASYNC_THREAD_COUNT"];

/// The most threads that an environment may ask for.
const MOST: usize = 64;

/// Starts the program anew without the variables that must not reach polars; `None` where there are none.
pub(super) fn settle() -> Option<ExitCode> {
    let foreign: Vec<_> =
        std::env::vars_os().filter(|(name, value)| is_foreign(name, value)).map(|(name, _)| name).collect();
    if foreign.is_empty() {
        return watched();
    }
    let mut again = again()?;
    for name in &foreign {
        again.env_remove(name);
    }
    start(again)
}

/// Lets a write beyond the size of files that the system grants fail, and be told: the signal that comes with it ends a
/// program which does not take it.
#[cfg(unix)]
pub(super) fn outlive_long_files() {
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

/// Elsewhere no signal comes with it.
#[cfg(not(unix))]
pub(super) fn outlive_long_files() {}

/// Says to the program that another one watches it.
const WATCHED: &str = "ESEP_WATCHED";

/// What the system may grant without a word on it: nothing of what is promised needs more.
const AMPLE: u64 = 4 << 30;

/// Starts the program anew and watches it, where the system grants little memory: what gets no more is ended on the
/// spot, and cannot say why. `None` where there is memory enough, and for what runs until somebody ends it.
fn watched() -> Option<ExitCode> {
    if std::env::var_os(WATCHED).is_some() {
        std::panic::set_hook(Box::new(|info| {
            let place = info.location().map(|at| format!(" at {at}")).unwrap_or_default();
            complain(&format!("error: stopped for want of memory or threads{place}\n"))
        }));
        return None;
    }
    let granted = address_space(&std::fs::read_to_string("/proc/self/limits").ok()?).filter(|bytes| *bytes < AMPLE)?;
    if std::env::args().skip(1).any(|word| word == "serve" || word == "watch") {
        return None;
    }
    // A thread of a pool has room of its own for what it asks for, and one does.
    let mut again = again()?;
    again.env(WATCHED, "1").env("MALLOC_ARENA_MAX", "1").envs(POOLS.map(|name| (name, "1")));
    let status = again.status().ok()?;
    if let Some(code) = status.code().and_then(|code| u8::try_from(code).ok()).filter(|code| *code <= 2) {
        return Some(ExitCode::from(code));
    }
    complain(&format!(
        "error: the system grants {} MiB of memory, which was not enough: raise `ulimit -v`, or take a smaller study or file; \
         a report that was there stands, and the next command finishes or takes back what was being written\n",
        granted >> 20
    ));
    Some(ExitCode::from(1))
}

/// Reads how much memory a process may ask for, in bytes; `None` where that is not limited.
fn address_space(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The size of the stack on which a command runs, whatever the system grants the first thread.
const ROOM: usize = 16 << 20;

/// Runs a command on a stack of its own; on the one that is there where the system grants no other.
pub(super) fn roomy(command: fn() -> ExitCode) -> ExitCode {
    match std::thread::Builder::new().stack_size(ROOM).spawn(command) {
        Ok(running) => running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        Err(_) => command(),
    }
}

/// The size of the stacks of threads.
const STACK: &str = "RUST_MIN_STACK";

/// Says whether a variable is for polars, rayon or threads and no plain number of threads.
fn is_foreign(name: &OsStr, value: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let is_count = value.to_str().and_then(|text| text.parse().ok()).is_some_and(|n: usize| (1..=MOST).contains(&n));
    name == STACK
        || (name.starts_with("POLARS_") || name.starts_with("RAYON_")) && !(POOLS.contains(&name.as_ref()) && is_count)
}

/// Makes sure of the threads that polars will ask for; with fewer to be had, starts the program anew with one for each of
/// its pools.
pub(super) fn threads() -> Result<(), ExitCode> {
    let least = POOLS.len() + 1;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let asked = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let wanted: usize = POOLS.iter().map(|name| asked(name).unwrap_or(cores)).sum::<usize>() + 1;
    if can_have(wanted) {
        return Ok(());
    }
    if wanted > least
        && can_have(least)
        && let Some(mut again) = again()
    {
        again.envs(POOLS.map(|name| (name, "1")));
        if let Some(code) = start(again) {
            return Err(code);
        }
    }
    complain(&format!(
        "error: the system grants no threads, and the checks of the data need {least}; raise `ulimit -u`\n"
    ));
    Err(ExitCode::from(1))
}

/// Says whether so many threads can be had at a time.
fn can_have(count: usize) -> bool {
    let open = std::sync::RwLock::new(());
    let Ok(closed) = open.write() else { return false };
    std::thread::scope(|scope| {
        let start = |_| std::thread::Builder::new().spawn_scoped(scope, || drop(open.read())).ok();
        let had = (0..count).map_while(start).count();
        drop(closed);
        had == count
    })
}

fn again() -> Option<Command> {
    let mut command = Command::new(std::env::current_exe().ok()?);
    command.args(std::env::args_os().skip(1));
    Some(command)
}

/// Becomes another program; `None` where that cannot be.
#[cfg(unix)]
fn start(mut command: Command) -> Option<ExitCode> {
    use std::os::unix::process::CommandExt;
    let _ = command.exec();
    None
}

/// Runs another program to its end; `None` where that cannot be.
#[cfg(not(unix))]
fn start(mut command: Command) -> Option<ExitCode> {
    let code = command.status().ok()?.code()?;
    Some(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_that_is_granted_is_read() {
        let limits = |size: &str| {
            format!(
                "Limit  Soft Limit  Hard Limit  Units\nMax address space         {size}           unlimited            bytes\n"
            )
        };
        assert_eq!(address_space(&limits("307200000")), Some(307_200_000));
        assert_eq!(address_space(&limits("unlimited")), None);
        assert_eq!(address_space(""), None);
    }
}
