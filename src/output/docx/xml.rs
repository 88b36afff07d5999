//! Xml: markup in which every text and every value is escaped as it is written.
//!
//! Names of elements and attributes are the program's own (`&'static str`), so no data can become markup; characters that
//! XML cannot hold become U+FFFD.

/// A finished piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Xml(String);

/// An element under way.
#[derive(Clone, Debug)]
pub(super) struct Node {
    name: &'static str,
    head: String,
    body: Xml,
}

/// Begins an element.
pub(super) fn node(name: &'static str) -> Node {
    Node { name, head: format!("<{name}"), body: Xml::default() }
}

/// Begins an element that says one value: `<w:jc w:val="both"/>`.
pub(super) fn val(name: &'static str, value: &str) -> Node {
    node(name).at("w:val", value)
}

impl Node {
    /// Adds an attribute.
    pub(super) fn at(mut self, key: &'static str, value: &str) -> Node {
        self.head.push_str(&format!(" {key}=\""));
        escape(&mut self.head, value);
        self.head.push('"');
        self
    }

    /// Adds a number as an attribute.
    pub(super) fn size(self, key: &'static str, value: i64) -> Node {
        self.at(key, &value.to_string())
    }

    /// Adds a text.
    pub(super) fn text(mut self, text: &str) -> Node {
        escape(&mut self.body.0, text);
        self
    }

    /// Adds what is finished.
    pub(super) fn put(mut self, inner: impl Into<Xml>) -> Node {
        self.body.put(inner);
        self
    }

    /// Adds each of a row of pieces.
    pub(super) fn all<T: Into<Xml>>(mut self, inner: impl IntoIterator<Item = T>) -> Node {
        inner.into_iter().for_each(|piece| self.body.put(piece));
        self
    }
}

impl From<Node> for Xml {
    fn from(node: Node) -> Xml {
        match node.body.0.is_empty() {
            true => Xml(node.head + "/>"),
            false => Xml(format!("{}>{}</{}>", node.head, node.body.0, node.name)),
        }
    }
}

impl Xml {
    /// Adds what is finished.
    pub(super) fn put(&mut self, inner: impl Into<Xml>) {
        self.0.push_str(&inner.into().0);
    }

    /// Puts the ends of bookmarks that stand right behind controls to the ends of what these hold: LibreOffice writes a control
    /// twice that stands behind a footnote, and behind which a bookmark ends.
    pub(super) fn ending_within(self) -> Xml {
        const END: &str = "</w:sdtContent></w:sdt>";
        let mut parts = self.0.split(END);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (ends, rest) = part.split_at(ends(part));
            out.extend([ends, END, rest]);
        }
        Xml(out)
    }

    /// Returns it as a part of a package.
    pub(super) fn part(self) -> Vec<u8> {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{}", self.0).into_bytes()
    }
}

impl<T: Into<Xml>> FromIterator<T> for Xml {
    fn from_iter<I: IntoIterator<Item = T>>(pieces: I) -> Xml {
        let mut xml = Xml::default();
        pieces.into_iter().for_each(|piece| xml.put(piece));
        xml
    }
}

/// Returns where the ends of bookmarks end with which a piece begins.
fn ends(text: &str) -> usize {
    let mut at = 0;
    while let Some(length) = text[at..].strip_prefix("<w:bookmarkEnd ").and(text[at..].find("/>")) {
        at += length + 2;
    }
    at
}

fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            _ => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_and_no_value_becomes_markup() {
        let hostile = "\"><w:p/>&amp;\u{b}";
        let xml: Xml = node("w:t").at("w:val", hostile).text(hostile).into();
        let said = "&quot;&gt;&lt;w:p/&gt;&amp;amp;\u{fffd}";
        assert_eq!(xml.0, format!("<w:t w:val=\"{said}\">{said}</w:t>"));
    }

    #[test]
    fn ends_behind_a_control_stand_within() {
        let end = |id| node("w:bookmarkEnd").at("w:id", id);
        let control = || node("w:sdt").put(node("w:sdtContent").put(node("w:r").text("5")));
        let body: Xml = node("w:p").put(control()).put(end("1")).put(end("2")).put(control()).put(node("w:r")).into();
        assert_eq!(
            body.ending_within().0,
            "<w:p><w:sdt><w:sdtContent><w:r>5</w:r><w:bookmarkEnd w:id=\"1\"/><w:bookmarkEnd w:id=\"2\"/>\
             </w:sdtContent></w:sdt><w:sdt><w:sdtContent><w:r>5</w:r></w:sdtContent></w:sdt><w:r/></w:p>"
        );
    }

    #[test]
    fn what_holds_nothing_ends_itself() {
        assert_eq!(Xml::from(val("w:jc", "both")).0, "<w:jc w:val=\"both\"/>");
    }
}
