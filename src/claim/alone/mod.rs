//! Alone: a paper without a study → the study that is made for it, of the tables given beside it, and claims that decide what
//! the paper itself decides.

mod around;
mod cells;
mod doubt;
mod draft;
mod heading;
mod line;
mod own;
mod sentences;
mod shelf;
mod sources;
mod statements;
mod tables;

use crate::language::{Lang, texts};

pub use cells::Cells;
pub use doubt::Doubt;
pub use draft::{Draft, draft};
pub use shelf::Meant;
pub use tables::{Given, study};

/// The name of the claims of the paper.
pub const PAPER: &str = "paper";

/// Says something in every language of the program.
fn in_all(text: &dyn Fn(&str) -> String) -> serde_json::Value {
    Lang::ALL
        .iter()
        .map(|lang| (lang.code().to_owned(), text(lang.code()).into()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Returns the program's own text, with a gap filled.
fn said(lang: &str, key: &str, gaps: &[(&str, &str)]) -> String {
    let text = texts::own(lang, &format!("verification.{key}")).unwrap_or_default().to_owned();
    gaps.iter().fold(text, |text, (gap, value)| text.replace(&format!("{{{gap}}}"), value))
}

/// Makes a key of a name: what an expression can ask for.
fn key(name: &str) -> String {
    let mut out = String::new();
    for c in name.trim().chars() {
        match c {
            c if c.is_alphanumeric() => out.push(c),
            _ if !out.is_empty() && !out.ends_with('_') => out.push('_'),
            _ => {}
        }
    }
    let out = out.trim_end_matches('_');
    match out.chars().next() {
        None => "unnamed".to_owned(),
        Some(c) if c.is_ascii_digit() => format!("n{out}"),
        Some(_) => out.to_owned(),
    }
}

/// Reads a year.
fn year(text: &str) -> Option<i32> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    let rest = text.trim()[digits.len()..].trim();
    let year: i32 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    let plain = rest.is_empty() || rest.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '*' | ')'));
    ((1900..2100).contains(&year) && plain && rest.chars().count() <= 4).then_some(year)
}
