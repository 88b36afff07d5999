//! Script: what the pages of a report run, and the policy by which nothing else runs in them.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::language::{Lang, letters};

/// Closes the contents on a narrow screen; stands right behind them.
pub(super) static CONTENTS: LazyLock<String> = LazyLock::new(|| lean(include_str!("contents.js")));

/// Sorts and filters tables and keeps the place; stands at the end of a page whose numbers open no panel.
pub(super) static TABLES: LazyLock<String> = LazyLock::new(|| lean(include_str!("page.js")));

/// The same, and opens the panel.
pub(super) static PAGE: LazyLock<String> =
    LazyLock::new(|| lean(concat!(include_str!("page.js"), include_str!("panel.js"))));

/// Stands at the end of a page that the panel shows: tells the page around what it shows. There are many such pages, so
/// nothing else stands in it.
pub(super) static FRAMED: LazyLock<String> = LazyLock::new(|| lean(include_str!("framed.js")));

/// The same, and searches.
pub(super) static SEARCH: LazyLock<String> =
    LazyLock::new(|| lean(concat!(include_str!("framed.js"), include_str!("search.js"))));

/// Returns all that pages run.
pub(super) fn all() -> [&'static str; 5] {
    [&CONTENTS, &TABLES, &PAGE, &FRAMED, &SEARCH]
}

/// Leaves out what a browser does not need: hundreds of pages hold a script each.
fn lean(script: &str) -> String {
    let lines = script.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Writes the beginning of a page: nothing of the study stands before the policy.
///
/// A page that is opened from disk is its own origin for some browsers, so `file:` is named beside `'self'`.
pub(super) fn opening(lang: &str) -> String {
    let hashes: String = all().map(|script| format!(" 'sha256-{}'", hash(script))).concat();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src{hashes}; \
         style-src 'self' file:; style-src-attr 'unsafe-inline'; img-src 'self' file: data:; font-src data:; \
         frame-src 'self' file:; base-uri 'none'; \
         form-action 'none'\">"
    )
}

/// Names a style that stands in its page, as the policy does.
pub(super) fn own_style(style: &str) -> String {
    format!("sha256-{}", hash(style))
}

/// Holds a page whose style and pictures stand in it to what it holds.
pub(super) fn enclosed(page: &str, style: &str) -> String {
    page.replacen("style-src 'self' file:;", &format!("style-src '{}';", own_style(style)), 1)
        .replacen("img-src 'self' file: data:;", "img-src data:;", 1)
        .replacen(" frame-src 'self' file:;", "", 1)
}

/// Adds a script to a page for an author at work, with the leave to run it and to ask the server that the page is from.
/// What `data` names is told to it; no page on disk holds any of this.
pub fn at_work(page: &str, script: &str, data: &str) -> String {
    let leave = format!("script-src '{}'", own_style(script));
    let page = page.replacen("script-src", &leave, 1).replacen(
        "default-src 'none';",
        "default-src 'none'; connect-src 'self';",
        1,
    );
    let element = format!("<script data-at-work=\"{data}\">\n{script}</script>\n");
    match page.rfind("</body>") {
        Some(at) => [&page[..at], &element, &page[at..]].concat(),
        None => page + &element,
    }
}

/// Writes a page without text, for what is said where no report was ever built.
pub fn blank() -> String {
    format!("{}\n<title>esep</title>\n</head>\n<body>\n</body>\n</html>\n", opening("en"))
}

fn hash(script: &str) -> String {
    STANDARD.encode(Sha256::digest(format!("\n{script}")))
}

/// Lists the letters that texts are made of in the order of a language's alphabet: browsers do not know every one.
pub(super) fn alphabet(lang: Lang) -> String {
    let signs = [" ", "-", "–", "—", ",", ".", "(", ")", "«", "»", "/", "%", "\u{a0}"];
    let letters = letters().chain('0'..='9').map(String::from);
    let mut all: Vec<String> = letters.chain(signs.map(str::to_owned)).collect();
    let before = lang.alphabetical();
    all.sort_by(|a, b| before(a, b));
    all.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabets_are_those_of_the_languages() {
        let letters = |lang| alphabet(lang).chars().filter(|c| ('а'..='ӿ').contains(c)).collect::<String>();
        assert_eq!(letters(Lang::Kk), "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя");
        assert!(letters(Lang::Ru).starts_with("а"), "{}", letters(Lang::Ru));
        assert!(letters(Lang::Ru).contains("ежз") || letters(Lang::Ru).contains("еёжз"), "{}", letters(Lang::Ru));
    }

    #[test]
    fn the_scripts_end_no_element_and_no_line_with_spaces() {
        for script in all() {
            assert!(!script.contains("</") && !script.contains("<!--"));
            // The frame drops spaces at the ends of lines, and the hashes are taken of what the page holds.
            assert!(script.ends_with('\n') && script.lines().all(|line| line == line.trim_end()));
        }
    }
}
