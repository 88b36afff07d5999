//! Run: what stands in a line, as Markdown that is read again as the same run.

use crate::document::{Inline, cited, plain};

/// Where a run stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Within {
    /// In a cell, which a stroke ends even in code.
    cell: bool,
    /// In a link, which holds no other.
    link: bool,
    /// In stress.
    stress: bool,
}

impl Within {
    /// In a cell of a table.
    pub(super) const CELL: Within = Within { cell: true, link: false, stress: false };
}

/// Writes the place that a link leads to. Plain Markdown has none of its own.
pub(super) fn anchor(id: &str) -> String {
    format!("<a id=\"{}\"></a>", id.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;"))
}

/// Writes a paragraph, no line of which begins anything else.
pub(super) fn paragraph(content: &[Inline]) -> String {
    let text = run(content, Within::default());
    let lines = text.lines().map(|line| {
        let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
        let begins_item = (1..10).contains(&digits) && line[digits..].starts_with(['.', ')']);
        match line.chars().next() {
            _ if begins_item && line[digits + 1..].chars().next().is_none_or(|c| c == ' ' || c == '\t') => {
                format!("{}\\{}", &line[..digits], &line[digits..])
            }
            Some('#' | '>' | '+' | '-' | '=') => format!("\\{line}"),
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Writes the text of a heading, whose end is neither its closing mark nor its attributes.
pub(super) fn heading(content: &[Inline]) -> String {
    let text = run(content, Within::default());
    let marks = text.len() - text.trim_end_matches('#').len();
    let (front, end) = text.split_at(text.len() - marks);
    match text.strip_suffix('}') {
        Some(front) => format!("{front}&#125;"),
        None if marks > 0 && (front.is_empty() || front.ends_with([' ', '\t'])) => format!("{front}\\{end}"),
        None => text,
    }
}

/// Writes a run.
pub(super) fn run(inlines: &[Inline], within: Within) -> String {
    let mut out = Written::default();
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner) => {
                out.stress(if within.stress && inlines.len() == 1 { "_" } else { "*" }, inner, within)
            }
            Inline::Strong(inner) => out.stress("**", inner, within),
            inline => out.put(&spelled(inline, within)),
        }
    }
    out.text
}

/// Writes what is no stress.
fn spelled(inline: &Inline, within: Within) -> String {
    match inline {
        Inline::Text(text) | Inline::Number { text, .. } | Inline::Formula(text) => literal(text),
        Inline::Reference { text, .. } if within.link => literal(text),
        Inline::Reference { exhibit, text } => format!("[{}](#{exhibit})", literal(text)),
        Inline::Cite { .. } if within.link => literal(&cited(inline)),
        Inline::Cite { work, .. } => format!("[{}](#ref-{work})", cited(inline)),
        Inline::Code(inner) => code(&plain(inner), within),
        Inline::Link { content, .. } if within.link => run(content, within),
        Inline::Link { to, title, content } => link(to, title, content, within),
        Inline::Note { number, .. } => format!("[^{number}]"),
        Inline::Anchor(id) => anchor(id),
        Inline::Untold(said) => format!("**\\[{}\\]**", literal(said)),
        Inline::Soft => "\n".to_owned(),
        Inline::Break => "\\\n".to_owned(),
        // These two are put with what stands beside them.
        Inline::Emphasis(inner) | Inline::Strong(inner) => run(inner, within),
    }
}

/// A run under way.
#[derive(Default)]
struct Written {
    text: String,
    /// Whether it ends in a mark of stress that is read as its end only before what is no letter.
    is_bare: bool,
}

impl Written {
    /// Adds what is no stress.
    fn put(&mut self, text: &str) {
        let first = text.chars().next().filter(|c| self.is_bare && c.is_alphanumeric());
        match first {
            Some(first) => self.text.push_str(&format!("{}{}", coded(first), &text[first.len_utf8()..])),
            None => self.text.push_str(text),
        }
        self.is_bare &= text.is_empty();
    }

    /// Adds stress between its marks. Those are read as such by what stands beside them, so that a letter or a space
    /// which would hide them is spelled by its number.
    fn stress(&mut self, mark: &str, inner: &[Inline], within: Within) {
        let mut inner = run(inner, Within { stress: true, ..within });
        if inner.is_empty() {
            return;
        }
        let edges = |text: &str| {
            let front = text.len() - text.trim_start_matches(MARKS).len();
            let end = text.trim_end_matches(MARKS);
            (text[front..].chars().next().map(|c| (front, c)), end.char_indices().next_back())
        };
        for at in [true, false] {
            let (first, last) = edges(&inner);
            if let Some((at, own)) = (if at { last } else { first }).filter(|(_, c)| c.is_whitespace()) {
                inner.replace_range(at..at + own.len_utf8(), &coded(own));
            }
        }
        let (first, last) = edges(&inner);
        let is_hidden = |edge: Option<(usize, char)>| within.stress || edge.is_none_or(|(_, c)| !c.is_alphanumeric());
        if let Some((at, own)) = first.filter(|(_, c)| self.is_bare && c.is_alphanumeric()) {
            inner.replace_range(at..at + own.len_utf8(), &coded(own));
        }
        let before = edges(&self.text).1.filter(|(_, c)| !c.is_whitespace() && !c.is_ascii_punctuation());
        if let Some((at, own)) = before.filter(|_| is_hidden(first)) {
            self.text.replace_range(at..at + own.len_utf8(), &coded(own));
        }
        self.text.push_str(&format!("{mark}{inner}{mark}"));
        self.is_bare = is_hidden(last);
    }
}

/// The marks of stress.
const MARKS: [char; 2] = ['*', '_'];

/// Spells a letter by its number.
fn coded(letter: char) -> String {
    format!("&#{};", u32::from(letter))
}

fn link(to: &str, title: &str, content: &[Inline], within: Within) -> String {
    let is_bare = to.contains(':') && !to.contains(|c: char| c.is_whitespace() || c.is_control() || "<>|".contains(c));
    if plain(content) == to && title.is_empty() && is_bare && matches!(content, [Inline::Text(_)]) {
        return format!("<{to}>");
    }
    let is_plain = to.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"()<>\\".contains(c));
    let is_plain = is_plain && (title.is_empty() || !to.is_empty());
    let to = escaped("\\<>`|", to);
    let to = if is_plain { to } else { format!("<{to}>") };
    let title = if title.is_empty() { String::new() } else { format!(" \"{}\"", escaped("\\\"`<|", title)) };
    format!("[{}]({to}{title})", run(content, Within { link: true, stress: false, ..within }))
}

/// Escapes signs in an address or its title, and whatever would be read as the name of a letter.
fn escaped(signs: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let is_name = || {
            let rest = text[at + 1..].trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
            rest.starts_with(';')
        };
        if signs.contains(letter) || letter == '&' && is_name() {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// Writes a text as code, between as many marks as it needs.
fn code(text: &str, within: Within) -> String {
    let fence = "`".repeat(longest_fence(text, "`") + 1);
    let is_padded = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
    let edge = if text.starts_with('`') || text.ends_with('`') || is_padded { " " } else { "" };
    let text = if within.cell { text.replace('|', "\\|") } else { text.to_owned() };
    format!("{fence}{edge}{text}{edge}{fence}")
}

/// Returns how many marks of code stand in a row at most.
pub(super) fn longest_fence(text: &str, mark: &str) -> usize {
    text.split(|c| !mark.contains(c)).map(str::len).max().unwrap_or_default()
}

/// Escapes a text for Markdown, within a line or a cell of a table.
pub(crate) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let letters: Vec<char> = text.chars().collect();
    let may_link = may_link(text);
    for (i, letter) in letters.iter().enumerate() {
        // An underscore within a word, an ampersand before a space and a sign between numbers are themselves.
        let next = letters.get(i + 1);
        let beside = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
        let special = match letter {
            '\\' | '`' | '*' | '|' | '~' => true,
            '[' | ']' => may_link,
            '<' => next.is_none_or(|c| c.is_alphabetic() || "/!?".contains(*c)),
            '_' => !(beside(i.checked_sub(1)) && beside(Some(i + 1))),
            '&' => beside(Some(i + 1)) || next == Some(&'#'),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(if *letter == '\n' { ' ' } else { *letter });
    }
    out
}

/// Returns true where the brackets of a text could be read as those of a link, or end one around it.
fn may_link(text: &str) -> bool {
    let mut depth = 0usize;
    let balanced = text.chars().all(|c| match c {
        '[' => {
            depth += 1;
            true
        }
        ']' => {
            let open = depth > 0;
            depth = depth.saturating_sub(1);
            open
        }
        _ => true,
    });
    !balanced
        || depth > 0
        || text.ends_with(']')
        || ["](", "][", "]:", "[^", "[ ]", "[x]"].iter().any(|own| text.contains(own))
}
