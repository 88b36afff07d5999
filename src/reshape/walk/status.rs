//! Status: what a file says of its figures: by marks behind them or their labels, by a column of codes, in words.

use std::collections::BTreeSet;

use super::super::names::plain;
use super::super::periods;
use super::notes::marked;
use super::{Given, STATUS, Walk, shortened};
use crate::diagnostic::code;
use crate::finding::{Observations, Reason, Said};
use crate::workbook::At;

/// A key of fewer letters is a mark; a longer one is looked for in texts.
const WORD: usize = 4;

/// What is said of a figure.
#[derive(Default)]
pub(super) struct Status {
    /// What is said of it, where anything is.
    pub observed: Option<Observations>,
    /// Why there is none.
    pub nothing: Option<Reason>,
}

impl Status {
    fn add(&mut self, said: Said) {
        match said {
            Said::Figure(observed) => self.observed = Some(self.observed.unwrap_or_default().and(observed)),
            Said::Nothing(reason) => self.nothing = Some(reason),
        }
    }
}

impl Walk<'_> {
    /// Parts the marks of statuses from the end of a cell: `12,5 p`, `: c`, `7bep`. The marks come with spaces between.
    pub(super) fn flagged<'t>(&self, text: &'t str) -> Option<(&'t str, String)> {
        let statuses = &self.layout.statuses;
        let is_mark = |mark: &str| mark.chars().count() < WORD && statuses.contains_key(mark);
        let text = text.trim();
        let body = text.trim_end_matches(|c: char| c.is_alphabetic() || c == '*');
        let flags = &text[body.len()..];
        let body = body.trim_end();
        if flags.is_empty() || body.is_empty() {
            return None;
        }
        if is_mark(flags) {
            return Some((body, flags.to_owned()));
        }
        let each: Vec<String> = flags.chars().map(String::from).collect();
        each.iter().all(|flag| is_mark(flag)).then(|| (body, each.join(" ")))
    }

    /// Returns a period without the mark behind it.
    pub(super) fn unmarked<'t>(&self, text: &'t str) -> &'t str {
        let by_flag = self.flagged(text).map(|(body, _)| body);
        let body = by_flag.or_else(|| marked(text).filter(|(.., is_sure)| *is_sure).map(|(body, ..)| body));
        body.filter(|body| periods::is_exact(body)).unwrap_or(text)
    }

    /// Gathers what is said of a figure; `None` where a code of its status is not known, which is told.
    pub(super) fn status(&mut self, at: At, marks: &BTreeSet<String>, given: &Given) -> Option<Status> {
        let mut status = Status::default();
        let is_dimension = self.target.dimensions.iter().any(|own| own.name == STATUS);
        for text in given.get(STATUS).into_iter().flatten().filter(|_| !is_dimension) {
            let said = text.said.trim();
            let stated = self.layout.statuses.get(said).map_or(said, String::as_str);
            match Said::parse(stated) {
                Some(said) => status.add(said),
                None if said.is_empty() => {}
                None => {
                    let message = format!("`{}` is no status of an observation", shortened(said));
                    let hint = "name it under `statuses` of the layout: `{p: provisional}`".to_owned();
                    self.refuse(code::DATA_CELL, text.at, message, Some(hint));
                    return None;
                }
            }
        }
        for (key, stated) in &self.layout.statuses {
            let is_said = if key.chars().count() < WORD {
                marks.iter().flat_map(|mark| mark.split(' ')).any(|mark| mark == key)
                    || given.values().flatten().any(|text| ends_in(&text.said, key))
            } else {
                let wanted = plain(key);
                let notes = marks.iter().filter_map(|mark| self.notes.get(mark));
                let heads = given.values().flatten().filter(|text| text.at != at).map(|text| &text.said);
                notes.chain(heads).any(|text| plain(text).contains(&wanted))
            };
            if let Some(said) = Said::parse(stated).filter(|_| is_said) {
                status.add(said);
            }
        }
        Some(status)
    }
}

/// Says whether a label ends in a mark that stands apart from its name: `2023 p)`, `2023*`.
fn ends_in(text: &str, mark: &str) -> bool {
    let bare = text.trim().trim_end_matches(')');
    bare.strip_suffix(mark).is_some_and(|rest| !rest.is_empty() && !rest.ends_with(char::is_alphabetic))
}
