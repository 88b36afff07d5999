//! HTTP: as much of HTTP/1.1 as one reader at the same machine needs, and every request bounded.
//!
//! A page from elsewhere may have its own name lead to this machine, so a request must name the machine itself.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The longest head of a request.
const HEAD: usize = 8 << 10;

/// How long a request may take to arrive, and an answer to be taken.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many requests are answered at a time; a page that listens holds one.
const MOST: usize = 64;

/// A request that may be answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// Whether only the head of the answer is wanted.
    pub is_head: bool,
    /// The path, decoded, without the `/` before it.
    pub path: String,
    /// What stands behind the question mark, decoded.
    pub query: Vec<(String, String)>,
}

impl Request {
    /// Returns a value of the query.
    pub(super) fn asked(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// An answer that is sent whole.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// `200 OK`.
    pub status: &'static str,
    /// The type of what is sent.
    pub kind: &'static str,
    /// Where it is instead.
    pub location: Option<String>,
    /// What is sent.
    pub body: Vec<u8>,
}

impl Answer {
    /// Makes an answer that says no more than its status.
    pub(super) fn plain(status: &'static str) -> Answer {
        Answer { status, kind: "text/plain; charset=utf-8", location: None, body: format!("{status}\n").into_bytes() }
    }

    /// Makes an answer of a type.
    pub(super) fn of(kind: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status: "200 OK", kind, location: None, body: body.into() }
    }

    /// Sends it.
    pub(super) fn send(&self, is_head: bool, stream: &mut TcpStream) -> io::Result<()> {
        let mut head = head(self.status, self.kind);
        head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        if self.status.starts_with("405") {
            head.push_str("Allow: GET, HEAD\r\n");
        }
        if let Some(location) = &self.location {
            head.push_str(&format!("Location: {location}\r\n"));
        }
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        if !is_head {
            stream.write_all(&self.body)?;
        }
        stream.flush()
    }
}

/// Writes what every answer begins with.
pub(super) fn head(status: &str, kind: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nContent-Security-Policy: frame-ancestors 'none'\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n"
    )
}

/// Answers whoever connects, for ever.
pub(super) fn serve(listener: &TcpListener, answer: &(impl Fn(&Request, &mut TcpStream) -> io::Result<()> + Sync)) {
    let open = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else {
                // As a rule too many files are open; some of them will be closed.
                std::thread::sleep(Duration::from_millis(50));
                continue;
            };
            if open.fetch_add(1, Ordering::SeqCst) >= MOST {
                let _ = Answer::plain("503 Service Unavailable").send(false, &mut stream);
                open.fetch_sub(1, Ordering::SeqCst);
                continue;
            }
            let open = &open;
            let started = std::thread::Builder::new().spawn_scoped(scope, move || {
                // Whoever asks may go away at any time, which is no problem of ours.
                let _ = converse(&mut stream, answer);
                open.fetch_sub(1, Ordering::SeqCst);
            });
            if started.is_err() {
                open.fetch_sub(1, Ordering::SeqCst);
            }
        }
    });
}

fn converse(stream: &mut TcpStream, answer: &impl Fn(&Request, &mut TcpStream) -> io::Result<()>) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    match receive(stream)? {
        Ok(request) => answer(&request, stream)?,
        Err(refusal) => {
            Answer::plain(refusal).send(false, stream)?;
            // What was not read would have the system drop the answer.
            stream.shutdown(Shutdown::Write)?;
            stream.set_read_timeout(Some(Duration::from_millis(200)))?;
            let _ = io::copy(&mut stream.take(64 << 10), &mut io::sink());
        }
    }
    stream.shutdown(Shutdown::Write)
}

/// Reads the head of a request, or says why it is refused.
fn receive(stream: &mut TcpStream) -> io::Result<Result<Request, &'static str>> {
    let end = Instant::now() + PATIENCE;
    let mut bytes = Vec::new();
    let mut part = [0; 1024];
    loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            bytes.truncate(at);
            return Ok(std::str::from_utf8(&bytes).map_err(|_| "400 Bad Request").and_then(parse));
        }
        if bytes.len() >= HEAD {
            return Ok(Err("431 Request Header Fields Too Large"));
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(Err("408 Request Timeout"));
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut part) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => bytes.extend_from_slice(&part[..count]),
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                return Ok(Err("408 Request Timeout"));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Reads a head, without the empty line behind it.
fn parse(head: &str) -> Result<Request, &'static str> {
    const BAD: &str = "400 Bad Request";
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(BAD);
    };
    if version != "HTTP/1.1" && version != "HTTP/1.0" {
        return Err(if version.starts_with("HTTP/") { "505 HTTP Version Not Supported" } else { BAD });
    }
    let (mut hosts, mut has_body, mut is_foreign) = (Vec::new(), false, false);
    for line in lines {
        let (name, value) = line.split_once(':').ok_or(BAD)?;
        if name.is_empty()
            || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
        {
            return Err(BAD);
        }
        let value = value.trim_matches([' ', '\t']);
        match name.to_ascii_lowercase().as_str() {
            "host" => hosts.push(value),
            "content-length" => has_body |= value != "0",
            "transfer-encoding" => has_body = true,
            "sec-fetch-site" => is_foreign |= value == "cross-site",
            "origin" => is_foreign |= !value.strip_prefix("http://").is_some_and(is_own),
            _ => {}
        }
    }
    let [host] = hosts[..] else { return Err(BAD) };
    if !is_own(host) {
        return Err("403 Forbidden");
    }
    if method != "GET" && method != "HEAD" {
        return Err("405 Method Not Allowed");
    }
    if has_body {
        return Err("413 Content Too Large");
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = decoded(path.strip_prefix('/').ok_or(BAD)?).ok_or(BAD)?;
    if is_foreign && path.starts_with(".esep") {
        return Err("403 Forbidden");
    }
    if path.chars().any(|c| c.is_control() || c == '\\') {
        return Err(BAD);
    }
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decoded(name)?, decoded(value)?))
    };
    let query = query.split('&').filter(|part| !part.is_empty()).map(pair).collect::<Option<_>>().ok_or(BAD)?;
    Ok(Request { is_head: method == "HEAD", path, query })
}

/// Says whether a request names this machine by itself, whatever the port.
fn is_own(host: &str) -> bool {
    let names = ["localhost", "127.0.0.1", "[::1]"];
    let lower = host.to_ascii_lowercase();
    let rest = names.iter().find_map(|name| lower.strip_prefix(name));
    rest.is_some_and(|rest| {
        let port = rest.strip_prefix(':');
        rest.is_empty() || port.is_some_and(|port| port.parse::<u16>().is_ok() && !port.starts_with('+'))
    })
}

/// Reads a text in which signs may stand as `%41`.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: Option<u8>| char::from(byte?).to_digit(16);
        bytes.push(match byte {
            b'%' => u8::try_from(hex(rest.next())? * 16 + hex(rest.next())?).ok()?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(head: &str) -> Result<Request, &'static str> {
        parse(&head.replace('\n', "\r\n"))
    }

    #[test]
    fn a_request_must_name_this_machine_itself() {
        for host in ["localhost", "LOCALHOST:8017", "127.0.0.1:1", "[::1]", "[::1]:8017"] {
            assert!(asked(&format!("GET / HTTP/1.1\nHost: {host}")).is_ok(), "{host}");
        }
        let foreign = [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:80",
            "127.0.0.1@evil.example",
            "::1",
            "",
            "127.0.0.1:x",
            "localhost:",
            "localhost:+80",
            "localhost:99999",
            "127.1",
            "0.0.0.0",
        ];
        for host in foreign {
            assert_eq!(asked(&format!("GET / HTTP/1.1\nHost: {host}")), Err("403 Forbidden"), "{host}");
        }
        assert_eq!(asked("GET / HTTP/1.1"), Err("400 Bad Request"));
        assert_eq!(asked("GET / HTTP/1.1\nHost: localhost\nHost: evil.example"), Err("400 Bad Request"));
    }

    #[test]
    fn what_is_no_plain_request_is_refused() {
        let own = "\nHost: localhost";
        let refused = [
            ("POST / HTTP/1.1", "405 Method Not Allowed"),
            ("GET / HTTP/2", "505 HTTP Version Not Supported"),
            ("GET /", "400 Bad Request"),
            ("GET http://localhost/ HTTP/1.1", "400 Bad Request"),
            ("GET /%zz HTTP/1.1", "400 Bad Request"),
            ("GET /a%00b HTTP/1.1", "400 Bad Request"),
            ("GET /..\\a HTTP/1.1", "400 Bad Request"),
            ("GET /%c3 HTTP/1.1", "400 Bad Request"),
            ("GET / HTTP/1.1\n folded", "400 Bad Request"),
            ("GET / HTTP/1.1\nContent-Length: 5", "413 Content Too Large"),
            ("GET / HTTP/1.1\nTransfer-Encoding: chunked", "413 Content Too Large"),
            ("GET /.esep/events HTTP/1.1\nSec-Fetch-Site: cross-site", "403 Forbidden"),
            ("GET /.esep/events HTTP/1.1\nOrigin: http://evil.example", "403 Forbidden"),
            ("GET /.esep/passage HTTP/1.1\nOrigin: null", "403 Forbidden"),
        ];
        for (head, status) in refused {
            assert_eq!(asked(&format!("{head}{own}")), Err(status), "{head}");
        }
        let request =
            asked("HEAD /2022/%D1%80u/?at=a%3A1&b HTTP/1.1\nhost:localhost:80\nAccept: */*").expect("a request");
        assert_eq!((request.is_head, request.path.as_str()), (true, "2022/рu/"));
        assert_eq!((request.asked("at"), request.asked("b"), request.asked("c")), (Some("a:1"), Some(""), None));
    }
}
