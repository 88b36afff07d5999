//! Html: the text of a page as it is read: paragraphs are lines, rows of tables are lines with tabs, scripts are nothing.

use super::docx::{raised, unescaped};

/// Elements whose content is no text of the page.
const UNSEEN: [&str; 8] = ["script", "style", "head", "noscript", "template", "svg", "select", "textarea"];

/// Elements that stand within a line.
const INLINE: [&str; 21] = [
    "a", "abbr", "b", "bdi", "cite", "code", "data", "em", "font", "i", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "time", "u", "wbr",
];

/// Says whether bytes are a page: its first sign that is no space opens an element or a declaration.
pub fn is_page(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf));
    let head = start.map(|at| bytes[at..].iter().take(15).map(u8::to_ascii_lowercase).collect::<Vec<u8>>());
    head.is_some_and(|head| head.starts_with(b"<!doctype html") || head.starts_with(b"<html"))
}

/// Takes the text out of a page.
pub fn text(page: &str) -> String {
    let mut plain = Plain::default();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        plain.add(&rest[..at]);
        let tag = &rest[at + 1..];
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            let (inner, after) = tag.split_once('>').unwrap_or((tag, ""));
            plain.element(inner);
            rest = after;
        } else {
            // «p < 0,05» of a careless page.
            plain.add("&lt;");
            rest = tag;
        }
    }
    plain.add(rest);
    plain.out
}

#[derive(Default)]
struct Plain {
    out: String,
    /// The element whose content is not read, and how deep in others of its name.
    unseen: Option<(&'static str, usize)>,
    /// How deep in tables: the cells of an inner one belong to a cell of the outer.
    tables: usize,
    cells: usize,
    raised: bool,
}

impl Plain {
    fn add(&mut self, text: &str) {
        if self.unseen.is_some() || text.is_empty() {
            return;
        }
        let text = unescaped(text);
        let text = if self.raised { raised(&text) } else { text };
        for c in text.chars() {
            match c {
                ' ' | '\n' | '\r' | '\t' => self.space(),
                c => self.out.push(c),
            }
        }
    }

    fn element(&mut self, tag: &str) {
        let closes = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if let Some((unseen, depth)) = self.unseen {
            self.unseen = match (name == unseen, closes, depth) {
                (true, true, 0) => None,
                (true, true, depth) => Some((unseen, depth - 1)),
                // Within a script nothing is nested.
                (true, false, depth) if unseen != "script" => Some((unseen, depth + 1)),
                _ => self.unseen,
            };
            return;
        }
        if let Some(unseen) = UNSEEN.iter().find(|unseen| **unseen == name) {
            if !closes && !tag.ends_with('/') {
                self.unseen = Some((unseen, 0));
            }
            return;
        }
        match (name.as_str(), closes) {
            ("table", false) => {
                self.tables += 1;
                self.line();
            }
            ("table", true) => {
                self.tables = self.tables.saturating_sub(1);
                self.line();
            }
            ("tr", false) if self.tables < 2 => {
                self.cells = 0;
                self.line();
            }
            ("td" | "th", false) if self.tables < 2 => {
                if self.cells > 0 {
                    self.out.push('\t');
                }
                self.cells += 1;
            }
            ("td" | "th", _) => self.space(),
            ("sup", closes) => self.raised = !closes,
            (inline, _) if INLINE.contains(&inline) => {}
            _ if self.tables > 0 && self.cells > 0 => self.space(),
            _ => self.line(),
        }
        if (name.as_str(), closes) == ("tr", true) && self.tables < 2 {
            self.cells = 0;
            self.line();
        }
    }

    fn space(&mut self) {
        if !self.out.ends_with([' ', '\n', '\t']) {
            self.out.push(' ');
        }
    }

    fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_rows_and_marks_of_a_page_become_lines() {
        let page = "<!DOCTYPE html><html><head><title>7</title><style>p{margin:3px}</style></head><body><h1>Итоги</h1>\
            <script>if (a<5) { b('</p>') }</script><p>Рост на <b>5,8</b>&nbsp;%,\n 12&thinsp;000 чел.<sup>1</sup></p><!-- 99 -->\
            <table><tr><th>Район</th><th>2021</th></tr><tr><td>Горный</td><td><p>610 608</p></td></tr></table>p < 0,05</body></html>";
        assert!(is_page(page.as_bytes()) && !is_page(b"5 < 7"));
        assert_eq!(
            text(page),
            "Итоги\nРост на 5,8\u{a0}%, 12\u{2009}000 чел.¹\nРайон \t2021 \nГорный \t610 608 \np < 0,05\n"
        );
    }
}
