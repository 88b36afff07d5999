//! Answer: what each address of the server shows.

use std::io::{self, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde::Serialize;

use super::http::{Answer, Request, head};
use super::shown::Shown;
use crate::output;

/// What a page at work runs.
const SCRIPT: &str = include_str!("page.js");

/// How long a page that listens hears nothing.
const SILENCE: Duration = Duration::from_secs(10);

const HTML: &str = "text/html; charset=utf-8";

/// Answers a request.
pub(super) fn answer(shown: &Shown, request: &Request, stream: &mut TcpStream) -> io::Result<()> {
    match request.path.as_str() {
        ".esep/events" => events(shown, request, stream),
        ".esep/passage" => passage(shown, request).send(request.is_head, stream),
        path => file(shown, path).send(request.is_head, stream),
    }
}

/// Tells a page of every round, as server-sent events, until it is closed.
fn events(shown: &Shown, request: &Request, stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(format!("{}\r\n", head("200 OK", "text/event-stream")).as_bytes())?;
    let mut told = 0;
    if request.is_head {
        return Ok(());
    }
    loop {
        match shown.next(told, SILENCE) {
            Some((count, event)) => {
                told = count;
                stream.write_all(format!("retry: 500\ndata: {}\n\n", written(&event)).as_bytes())?;
            }
            // Whoever is gone is found out by writing.
            None => stream.write_all(b":\n\n")?,
        }
        stream.flush()?;
    }
}

fn passage(shown: &Shown, request: &Request) -> Answer {
    let page = request.asked("page").map(|page| page.trim_start_matches('/'));
    let place = page.zip(request.asked("at"));
    let found = place.and_then(|(page, at)| shown.sound()?.passage(&whole(page), at));
    match found {
        Some(found) => Answer::of("application/json", written(&found)),
        None => Answer::plain("404 Not Found"),
    }
}

/// Writes what a page is told in one line.
fn written(told: &impl Serialize) -> String {
    // Maps and texts alone: nothing of it can fail to be written.
    serde_json::to_string(told).unwrap_or_default()
}

/// Names the file that an address of a folder shows.
fn whole(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

fn file(shown: &Shown, path: &str) -> Answer {
    let whole = whole(path);
    // The version is that of the page, whatever is built meanwhile.
    let Some(sound) = shown.sound() else {
        let blank = output::at_work(&output::blank(), SCRIPT, "");
        return if whole.ends_with(".html") { Answer::of(HTML, blank) } else { Answer::plain("404 Not Found") };
    };
    if let Some(page) = sound.placed(&whole) {
        return Answer::of(HTML, output::at_work(&page, SCRIPT, &sound.version));
    }
    match shown.file(&whole) {
        Some(bytes) if whole.ends_with(".html") => {
            Answer::of(HTML, output::at_work(&String::from_utf8_lossy(&bytes), SCRIPT, &sound.version))
        }
        Some(bytes) => Answer::of(kind(&whole), bytes),
        None if !path.is_empty() && shown.file(&format!("{path}/index.html")).is_some() => {
            let location = Some(format!("/{path}/")).filter(|location| !location.starts_with("//"));
            Answer { location, ..Answer::plain("308 Permanent Redirect") }
        }
        None => Answer::plain("404 Not Found"),
    }
}

/// Names the type of a file of a report.
fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}
