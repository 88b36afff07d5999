//! Forms: the Markdown of a template that a page does not hold: pictures, addresses that lead nowhere, titles of the first
//! level, numbers in addresses.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

use crate::diagnostic::inert;
use crate::document::markdown::{is_harmless, options};
use crate::document::slots::{next_slot, slot};

/// A form that a page does not hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where it stands.
    pub span: Range<usize>,
    /// What it is.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
}

/// Finds them in a source with its tags; only a file of its own has headings.
pub(super) fn faults(source: &str, tags: impl Iterator<Item = Range<usize>>, is_page: bool) -> Vec<Fault> {
    let skeleton = Skeleton::of(source, tags);
    let events = Parser::new_ext(&skeleton.text, options()).into_offset_iter();
    let faults = events.filter_map(|(event, span)| {
        let (message, hint) = match event {
            Event::Start(tag) => fault(&tag, is_page)?,
            _ => return None,
        };
        let start = skeleton.source_of(span.start);
        let first = source[start..].lines().next().map_or(1, str::len);
        Some(Fault { span: start..skeleton.source_of(span.end).min(start + first).max(start), message, hint })
    });
    faults.collect()
}

fn fault(tag: &Tag, is_page: bool) -> Option<(String, &'static str)> {
    match tag {
        Tag::Heading { level: HeadingLevel::H1, .. } if is_page => Some((
            "a heading of the first level: that is the title of the page, which the study gives".to_owned(),
            "begin it with `##`",
        )),
        Tag::Image { .. } => Some((
            "a picture from elsewhere, which a report does not hold".to_owned(),
            "declare a figure, and place it with {{ figure(\"…\") }}; or link to the picture",
        )),
        Tag::Link { dest_url, .. } if next_slot(dest_url).is_some() => Some((
            "a number stands in the address of a link, where nobody reads it".to_owned(),
            "write the address without it",
        )),
        // What holds no scheme or the report's own places, mailboxes and the web.
        Tag::Link { dest_url, link_type, .. }
            if !is_harmless(dest_url) && *link_type != pulldown_cmark::LinkType::Email =>
        {
            Some((
                format!("the address `{}` leads neither to the web, to a mailbox nor into the report", inert(dest_url)),
                "write one that begins with https:, http: or mailto:, or a place of the report, `#…`",
            ))
        }
        _ => None,
    }
}

/// A template without its statements, and with a slot for each tag that prints, as Markdown is read.
struct Skeleton {
    text: String,
    /// Where parts of the source stand in the text: (in the text, in the source).
    parts: Vec<(usize, usize)>,
}

impl Skeleton {
    fn of(source: &str, tags: impl Iterator<Item = Range<usize>>) -> Skeleton {
        let mut skeleton = Skeleton { text: String::with_capacity(source.len()), parts: vec![(0, 0)] };
        let mut from = 0;
        for tag in tags {
            skeleton.put(source, from..tag.start);
            if source[tag.clone()].starts_with("{{") {
                skeleton.parts.push((skeleton.text.len(), tag.start));
                skeleton.text.push_str(&slot(0));
            }
            from = tag.end;
        }
        skeleton.put(source, from..source.len());
        skeleton
    }

    fn put(&mut self, source: &str, span: Range<usize>) {
        self.parts.push((self.text.len(), span.start));
        self.text.push_str(&source[span]);
    }

    /// Returns the byte of the source for one of the text.
    fn source_of(&self, at: usize) -> usize {
        let next = self.parts.partition_point(|(text, _)| *text <= at);
        let (text, source) = self.parts[next.max(1) - 1];
        source + (at - text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str, is_page: bool) -> Vec<(String, String)> {
        let mut tags = Vec::new();
        let mut at = 0;
        while let Some(start) = source[at..].find('{').map(|i| at + i) {
            at = source[start..].find("}").map_or(source.len(), |i| start + i + 1);
            at += usize::from(source[at..].starts_with('}'));
            tags.push(start..at);
        }
        let faults = faults(source, tags.into_iter(), is_page).into_iter();
        faults
            .map(|f| (source[f.span].to_owned(), f.message.split(':').next().unwrap_or_default().to_owned()))
            .collect()
    }

    #[test]
    fn what_a_page_does_not_hold_is_named_where_it_stands() {
        let source = "{% if a %}## Глава\n{% endif %}\n# Раз {{ q('x') }}\n\nДва\n===\n";
        let heading = "a heading of the first level".to_owned();
        assert_eq!(
            found(source, true),
            [("# Раз {{ q('x') }}".to_owned(), heading.clone()), ("Два".to_owned(), heading)]
        );
        assert_eq!(found("# Раз", false), []);
        let picture = found("{{ q('x') }} ![{{ q('y') }}](a.png)", true);
        assert_eq!(picture[0].0, "![{{ q('y') }}](a.png)");
        for bad in ["[x](javascript:a())", "<ftp://a.b>", "[x](//a.b)", "[x](http://a.b/{{ q('x') }})"] {
            assert_eq!(found(&format!("а {bad} б"), true).len(), 1, "{bad}");
        }
        for good in ["[{{ q('x') }}](https://a.b)", "<a@b.org>", "[x](#y)", "[x](../kk/index.html)", "<mailto:a@b.c>"] {
            assert_eq!(found(good, true), [], "{good}");
        }
    }
}
