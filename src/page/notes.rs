//! Notes: each footnote of a page is called once and written once.

use std::collections::BTreeMap;

use super::template::Template;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::document::notes::mark;

/// Refuses notes that nobody calls, calls of notes that are not there, and names that stand twice.
pub(super) fn check(template: &Template, diagnostics: &mut Diagnostics) {
    let (mut called, mut written): (BTreeMap<&str, Place>, BTreeMap<&str, Place>) = Default::default();
    let mut twice = Vec::new();
    for (at, line) in template.prose.lines().enumerate() {
        for (from, _) in line.match_indices("[^") {
            let Some((length, name)) = mark(&line[from..]) else { continue };
            let is_text = line[..from].trim().is_empty() && line[from + length..].starts_with(':');
            let place = template.place(at + 1, line[..from].chars().count() + 1).covering(length);
            let (list, does) = if is_text { (&mut written, "is written") } else { (&mut called, "is called") };
            if list.insert(name, place.clone()).is_some() {
                twice.push((place, format!("the note `{name}` {does} a second time")));
            }
        }
    }
    let mut refuse = |place: &Place, message: String, hint: Option<String>| {
        let problem = Diagnostic::error(code::TEMPLATE_NOTE, place.clone(), message);
        diagnostics.push(problem.maybe_hint(hint));
    };
    for (place, message) in &twice {
        refuse(place, message.clone(), Some("a note stands once; give the second a name of its own".to_owned()));
    }
    for (name, place) in called.iter().filter(|(name, _)| !written.contains_key(*name)) {
        let hint = did_you_mean(name, written.keys().copied());
        let hint = hint.unwrap_or_else(|| format!("write it in a paragraph of its own: `[^{name}]: …`"));
        refuse(place, format!("no note `{name}` is written on this page"), Some(hint));
    }
    for (name, place) in written.iter().filter(|(name, _)| !called.contains_key(*name)) {
        refuse(
            place,
            format!("nothing calls the note `{name}`"),
            Some(format!("call it where it belongs: `[^{name}]`")),
        );
    }
}
