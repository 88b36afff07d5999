//! Notes: each footnote of a page is called once and written once.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::template::Template;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::document::markdown::options;
use crate::document::notes::marks;

/// Refuses notes that nobody calls, calls of notes that are not there, and names that stand twice.
pub(super) fn check(template: &Template, diagnostics: &mut Diagnostics) {
    // By name: where it stands first and a second time, and how often.
    let (mut called, mut written): (Stands, Stands) = Default::default();
    let prose = template.prose.as_str();
    let code = code(prose);
    let (mut line, mut column, mut read) = (1, 1, 0);
    for (span, name) in marks(prose) {
        for letter in prose[read..span.start].chars() {
            (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        read = span.start;
        let next = code.partition_point(|own| own.end <= span.start);
        if code.get(next).is_some_and(|own| own.start <= span.start) {
            continue;
        }
        let begins = prose[..span.start].trim_end_matches([' ', '\t']);
        let is_text = (begins.is_empty() || begins.ends_with('\n')) && prose[span.end..].starts_with(':');
        let place = template.place(line, column).covering(span.len());
        let stands = if is_text { &mut written } else { &mut called };
        let (places, count) = stands.entry(name).or_default();
        *count += 1;
        if places.len() < 2 {
            places.push(place);
        }
    }
    let mut refuse = |place: Option<&Place>, message: String, hint: String| {
        let place = place.cloned().unwrap_or_default();
        diagnostics.push(Diagnostic::error(code::TEMPLATE_NOTE, place, message).hint(hint));
    };
    for (stands, does) in [(&called, "called"), (&written, "written")] {
        for (name, (places, count)) in stands.iter().filter(|(_, (_, count))| *count > 1) {
            let hint = "a note stands once; give each further one a name of its own".to_owned();
            refuse(places.get(1), format!("the note `{name}` is {does} {count} times"), hint);
        }
    }
    for (name, (places, _)) in called.iter().filter(|(name, _)| !written.contains_key(*name)) {
        let hint = did_you_mean(name, written.keys().copied());
        let hint = hint.unwrap_or_else(|| format!("write it in a paragraph of its own: `[^{name}]: …`"));
        refuse(places.first(), format!("no note `{name}` is written on this page"), hint);
    }
    for (name, (places, _)) in written.iter().filter(|(name, _)| !called.contains_key(*name)) {
        let hint = format!("call it where it belongs: `[^{name}]`");
        refuse(places.first(), format!("nothing calls the note `{name}`"), hint);
    }
}

/// The marks of one kind by their names: the first two places of each, and how many there are.
type Stands<'a> = BTreeMap<&'a str, (Vec<Place>, usize)>;

/// Lists where code stands, in which a mark is none.
fn code(prose: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(prose, options()).into_offset_iter();
    let code = events.filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))));
    code.map(|(_, span)| span).collect()
}
