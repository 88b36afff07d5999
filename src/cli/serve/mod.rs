//! Serve: `esep serve`: the report on this machine alone, built again at every edit.
//!
//! Whatever it adds to a page is added as the page is sent: no file on disk holds any of it.

mod answer;
mod edited;
mod http;
mod shown;

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::answers::{Served, say_line};
use super::watch::{self, Bench, Eye, tell};
use super::{Common, Format, complain, print};
use shown::Shown;

/// The arguments of `esep serve`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The port on 127.0.0.1; 0 for any that is free. Where left out it is 8017, or any where that is taken.
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// The folder to write; `report` in the study where left out.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The folder for what makes a rebuild fast; `ESEP_CACHE` where left out, or `esep` in the user's own cache folder.
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
}

/// The port where none is asked for.
const PORT: u16 = 8017;

/// Runs the command until somebody ends it.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let bound = match arguments.port {
        Some(port) => bind(port),
        None => bind(PORT).or_else(|_| bind(0)),
    };
    let listener = match bound.and_then(|listener| Ok((listener.local_addr()?, listener))) {
        Ok((address, listener)) => {
            let url = format!("http://{address}/");
            match common.format {
                Format::Json => say_line(&Served { url: url.clone() }),
                Format::Human | Format::Csv | Format::Md | Format::Html => {
                    print(&format!("{url} shows the report; Ctrl-C ends it\n"))
                }
            }
            listener
        }
        Err(error) => {
            let port = arguments.port.unwrap_or(PORT);
            complain(&format!("error: port {port} of 127.0.0.1 cannot be had: {error}\n"));
            return ExitCode::from(1);
        }
    };
    let shown = Arc::new(Shown::default());
    let server = Arc::clone(&shown);
    let started = std::thread::Builder::new()
        .spawn(move || http::serve(&listener, &|request, stream| answer::answer(&server, request, stream)));
    if let Err(error) = started {
        complain(&format!("error: the system grants no thread for the server: {error}\n"));
        return ExitCode::from(1);
    }
    let shared = watch::Arguments { out: arguments.out.clone(), cache: arguments.cache.clone() };
    let mut bench = Bench::open(&shared, common);
    let mut eye = Eye::open(&common.study);
    loop {
        let read = eye.read();
        shown.begin();
        if let Some(round) = bench.round(read) {
            // It is shown from memory, and written behind that.
            shown.show(&round);
            let told = bench.publish(round);
            tell(&told, common);
            shown.finish(told);
        }
        eye.wait();
    }
}
