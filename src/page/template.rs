//! Template: Markdown with calls, read before anything renders: which calls, where, under which alternatives.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};

/// The functions that templates may call.
pub const FUNCTIONS: [&str; 16] = [
    "q",
    "holds",
    "change",
    "cite",
    "cited",
    "figure",
    "table",
    "ref",
    "exempt",
    "references",
    "exhibits_list",
    "methods_appendix",
    "sources_table",
    "glossary",
    "colophon",
    "checks_table",
];

/// The filters that templates may use.
pub const FILTERS: [&str; 18] = [
    "number",
    "persons",
    "thousands",
    "millions",
    "percent",
    "points",
    "per_mille",
    "times",
    "index",
    "year",
    "noun",
    "region",
    "month",
    "list",
    "case",
    "absolute",
    "plus",
    "unit",
];

/// One call of a template with a text as its first argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The function.
    pub function: String,
    /// The first argument.
    pub argument: String,
    /// The filters behind it, as written, without white space.
    pub filters: Vec<String>,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The group of alternatives that a `holds` belongs to.
    pub chain: Option<usize>,
}

/// A group of alternatives: `if holds … elif holds … else`, or a block of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// The line it begins on.
    pub line: usize,
    /// Whether an `else` covers all other cases.
    pub covered: bool,
}

/// A template, read.
///
/// It holds no statement but the four that are allowed, no operator, no unknown function or filter; every digit of
/// its prose is a year, belongs to a call or is exempt for a reason.
#[derive(Debug, Default)]
pub struct Template {
    /// Its path in the study.
    pub path: String,
    /// The text for the engine: each call carries its number as `at=N`.
    pub text: String,
    /// The calls in order.
    pub calls: Vec<Call>,
    /// The groups of alternatives.
    pub chains: Vec<Chain>,
    /// The text with every tag and exempt passage blanked, for the linters; same lines and columns.
    pub prose: String,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

struct Tag {
    span: Range<usize>,
    tokens: Vec<(Token, Range<usize>)>,
}

/// Reads a template, reporting what it must not hold.
pub fn read(path: &str, source: &str, diagnostics: &mut Diagnostics) -> Template {
    let mut reader =
        Reader { path, source, diagnostics, template: Template { path: path.to_owned(), ..Template::default() } };
    let tags = reader.tags();
    for tag in &tags {
        reader.words(tag);
    }
    reader.calls(&tags);
    reader.prose(&tags);
    reader.template
}

struct Reader<'a> {
    path: &'a str,
    source: &'a str,
    diagnostics: &'a mut Diagnostics,
    template: Template,
}

impl Reader<'_> {
    fn place(&self, at: usize) -> Place {
        let (line, column) = position(self.source, at);
        Place::line(self.path, line, column)
    }

    fn refuse(&mut self, code: &'static str, at: usize, message: String, hint: Option<String>) {
        let diagnostic = Diagnostic::error(code, self.place(at), message).maybe_hint(hint);
        self.diagnostics.push(diagnostic);
    }

    fn tags(&mut self) -> Vec<Tag> {
        let mut tags = Vec::new();
        let mut at = 0;
        while let Some(open) = self.source[at..].find('{').map(|i| at + i) {
            let close = match self.source.get(open..open + 2) {
                Some("{{") => "}}",
                Some("{%") => "%}",
                _ => {
                    at = open + 1;
                    continue;
                }
            };
            let Some(end) = self.source[open..].find(close).map(|i| open + i + 2) else {
                self.refuse(code::TEMPLATE_SYNTAX, open, format!("`{close}` is missing"), None);
                break;
            };
            let tokens = self.tokens(open + 2..end - 2);
            tags.push(Tag { span: open..end, tokens });
            at = end;
        }
        tags
    }

    fn tokens(&mut self, span: Range<usize>) -> Vec<(Token, Range<usize>)> {
        let mut tokens = Vec::new();
        let mut at = span.start;
        while let Some(first) = self.source[at..span.end].chars().next() {
            let rest = &self.source[at..span.end];
            let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
            let (token, length) = if first.is_whitespace() {
                at += first.len_utf8();
                continue;
            } else if first == '"' || first == '\'' {
                let inner = rest[1..].find(first).unwrap_or(rest.len() - 1);
                (Token::Text(rest[1..=inner].to_owned()), (inner + 2).min(rest.len()))
            } else if is_word(first) {
                let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
                (Token::Word(rest[..length].to_owned()), length)
            } else {
                (Token::Sign(first), first.len_utf8())
            };
            let edge = matches!(token, Token::Sign('-')) && (at == span.start || at + 1 == span.end);
            if !edge {
                tokens.push((token, at..at + length));
            }
            at += length;
        }
        tokens
    }

    /// Refuses every word and sign that the few statements, functions and filters do not need.
    fn words(&mut self, tag: &Tag) {
        let forbidden = "findings are compared, computed and counted inside q() and holds() only";
        for (i, (token, span)) in tag.tokens.iter().enumerate() {
            let before = i.checked_sub(1).map(|j| &tag.tokens[j].0);
            let after = tag.tokens.get(i + 1).map(|(token, _)| token);
            match token {
                Token::Text(_) => {}
                Token::Sign('=') if after == Some(&Token::Sign('=')) || before == Some(&Token::Sign('=')) => {
                    self.refuse(
                        code::TEMPLATE_FORBIDDEN,
                        span.start,
                        "a template cannot compare".to_owned(),
                        Some(forbidden.to_owned()),
                    );
                }
                Token::Sign('(' | ')' | ',' | '|' | '=') => {}
                Token::Sign(sign) => {
                    let message = format!("`{sign}` is not allowed in a template");
                    self.refuse(code::TEMPLATE_FORBIDDEN, span.start, message, Some(forbidden.to_owned()));
                }
                Token::Word(word) => {
                    let known: &[&str] = match (before, after) {
                        (Some(Token::Sign('|')), _) => &FILTERS,
                        (_, Some(Token::Sign('='))) => continue,
                        (_, Some(Token::Sign('('))) => &FUNCTIONS,
                        _ if word.bytes().all(|b| b.is_ascii_digit()) => continue,
                        _ if ["if", "elif", "else", "endif", "call", "endcall"].contains(&word.as_str()) && i == 0 => {
                            continue;
                        }
                        _ => &[],
                    };
                    if !known.contains(&word.as_str()) {
                        let (code, message) = match known {
                            [] => (code::TEMPLATE_FORBIDDEN, format!("`{word}` is not allowed in a template")),
                            _ => (code::TEMPLATE_NAME, format!("there is no `{word}`")),
                        };
                        let hint = did_you_mean(word, known.iter().copied());
                        self.refuse(code, span.start, message, hint);
                    }
                }
            }
        }
    }

    /// Lists the calls, groups the alternatives, and writes the text for the engine.
    fn calls(&mut self, tags: &[Tag]) {
        let mut open: Vec<usize> = Vec::new();
        let mut copied = 0;
        for tag in tags {
            let statement = match tag.tokens.first() {
                Some((Token::Word(word), _)) if self.source[tag.span.clone()].starts_with("{%") => word.as_str(),
                _ => "",
            };
            match statement {
                "if" | "call" => {
                    let line = position(self.source, tag.span.start).0;
                    self.template.chains.push(Chain { line, covered: false });
                    open.push(self.template.chains.len() - 1);
                }
                "else" => {
                    if let Some(chain) = open.last() {
                        self.template.chains[*chain].covered = true;
                    }
                }
                _ => {}
            }
            for (i, (token, _)) in tag.tokens.iter().enumerate() {
                let (Token::Word(function), Some((Token::Sign('('), _)), Some((Token::Text(argument), text_span))) =
                    (token, tag.tokens.get(i + 1), tag.tokens.get(i + 2))
                else {
                    continue;
                };
                if !FUNCTIONS.contains(&function.as_str()) {
                    continue;
                }
                let (line, column) = position(self.source, text_span.start);
                let chain = if function == "holds" { open.last().copied() } else { None };
                let filters = self.filters(tag, i + 3);
                let number = self.template.calls.len();
                self.template.calls.push(Call {
                    function: function.clone(),
                    argument: argument.clone(),
                    filters,
                    line,
                    column,
                    chain,
                });
                let end = closing(&tag.tokens, i + 1).map_or(text_span.end, |span| span.start);
                self.template.text.push_str(&self.source[copied..end]);
                self.template.text.push_str(&format!(", at={number}"));
                copied = end;
            }
            if statement.starts_with("end") {
                open.pop();
            }
        }
        self.template.text.push_str(&self.source[copied..]);
    }

    /// Returns the filters behind a call, as written.
    fn filters(&self, tag: &Tag, from: usize) -> Vec<String> {
        let Some(pipe) = tag.tokens[from.min(tag.tokens.len())..].iter().position(|(t, _)| *t == Token::Sign('|'))
        else {
            return Vec::new();
        };
        // Inside change(q(…), q(…)) no filter belongs to the inner calls.
        let until_pipe = &tag.tokens[from..from + pipe];
        if until_pipe.iter().any(|(t, _)| matches!(t, Token::Sign(',') | Token::Text(_))) {
            return Vec::new();
        }
        let start = tag.tokens[from + pipe].1.end;
        let end = tag.tokens.last().map_or(start, |(_, span)| span.end);
        let text: String = self.source[start..end].chars().filter(|c| !c.is_whitespace()).collect();
        text.split('|').map(str::to_owned).collect()
    }

    /// Blanks tags and exempt passages, and finds the digits that are left.
    fn prose(&mut self, tags: &[Tag]) {
        let mut prose: Vec<u8> = self.source.as_bytes().to_vec();
        let mut blank = |span: Range<usize>| {
            for byte in &mut prose[span.clone()] {
                if *byte != b'\n' {
                    *byte = b'x';
                }
            }
            for edge in [span.start, span.end.saturating_sub(1)] {
                if let Some(byte) = prose.get_mut(edge).filter(|b| **b != b'\n') {
                    *byte = b' ';
                }
            }
        };
        let mut exempt_from = None;
        for tag in tags {
            blank(tag.span.clone());
            let words: Vec<&str> = tag
                .tokens
                .iter()
                .filter_map(|(t, _)| if let Token::Word(w) = t { Some(w.as_str()) } else { None })
                .collect();
            match words.as_slice() {
                ["call", "exempt", ..] => exempt_from = Some(tag.span.end),
                ["endcall", ..] => {
                    if let Some(from) = exempt_from.take() {
                        blank(from..tag.span.start);
                    }
                }
                _ => {}
            }
        }
        self.template.prose = String::from_utf8_lossy(&prose).into_owned();
        for (at, digits) in unowned_digits(&self.template.prose) {
            let hint = "quote a finding with q(), a source with cited(), or exempt it: {% call exempt(\"reason\") %}…{% endcall %}";
            self.refuse(code::TEMPLATE_DIGIT, at, format!("`{digits}` belongs to no finding"), Some(hint.to_owned()));
        }
    }
}

/// Finds the parenthesis that closes the one at a position.
fn closing(tokens: &[(Token, Range<usize>)], open: usize) -> Option<Range<usize>> {
    let mut depth = 0usize;
    for (token, span) in tokens.get(open..)? {
        match token {
            Token::Sign('(') => depth += 1,
            Token::Sign(')') if depth == 1 => return Some(span.clone()),
            Token::Sign(')') => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// Finds the numbers in Markdown prose that are not years: their byte offsets and texts.
pub fn unowned_digits(prose: &str) -> Vec<(usize, String)> {
    use pulldown_cmark::{Event, Parser};
    let mut found = Vec::new();
    for (event, span) in Parser::new_ext(prose, super::markdown_options()).into_offset_iter() {
        let text = match event {
            Event::Text(_) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => &prose[span.clone()],
            _ => continue,
        };
        let mut at = 0;
        while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
            let end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |i| start + i);
            let year = text[start..end].parse::<u32>().is_ok_and(|n| end - start == 4 && (1800..=2100).contains(&n));
            let fraction =
                text[end..].starts_with([',', '.']) && text[end + 1..].starts_with(|c: char| c.is_ascii_digit());
            let part_of_number =
                text[..start].ends_with([',', '.', '\u{a0}', '−', '-']) && text[..start].len() > 1 && {
                    let before = text[..start].trim_end_matches([',', '.', '\u{a0}', '−', '-']);
                    before.ends_with(|c: char| c.is_ascii_digit()) && !year
                };
            if !year || fraction || part_of_number {
                found.push((span.start + start, text[start..end].to_owned()));
            }
            at = end;
        }
    }
    found
}

/// Returns line and column, from 1, of a byte offset.
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(source: &str) -> Vec<String> {
        let mut diagnostics = Diagnostics::default();
        read("t.md", source, &mut diagnostics);
        diagnostics.sorted().iter().map(|d| format!("{} {}", d.place, d.message)).collect()
    }

    #[test]
    fn comparing_and_computing_is_unreachable() {
        for source in [
            "{% if q('a') > q('b') %}{% endif %}",
            "{{ q('a') + q('b') }}",
            "{% for x in q('a') %}{% endfor %}",
            "{% set a = q('a') %}",
            "{{ q('a') == q('b') }}",
            "{{ q('a') is lt(q('b')) }}",
            "{% if q('a') in q('b') %}{% endif %}",
            "{{ q('a') | sort }}",
            "{{ [q('a'), q('b')] | max }}",
            "{{ q('a')[0] }}",
            "{{ range(3) }}",
            "{{ a.b }}",
        ] {
            assert!(!problems(source).is_empty(), "{source}");
        }
    }

    #[test]
    fn calls_carry_their_number_and_place() {
        let mut diagnostics = Diagnostics::default();
        let template = read(
            "t.md",
            "a\n{% if holds('x > 0') %}{{ q('x') | persons | case('gen') }}{% else %}–{% endif %}",
            &mut diagnostics,
        );
        assert_eq!(diagnostics.sorted(), []);
        assert_eq!(
            template.text,
            "a\n{% if holds('x > 0', at=0) %}{{ q('x', at=1) | persons | case('gen') }}{% else %}–{% endif %}"
        );
        assert_eq!((template.calls[1].line, template.calls[1].column), (2, 29));
        assert_eq!(template.calls[1].filters, ["persons", "case('gen')"]);
        assert_eq!(template.calls[0].chain, Some(0));
        assert!(template.chains[0].covered);
    }

    #[test]
    fn digits_must_be_owned() {
        assert_eq!(problems("В 2022 году."), Vec::<String>::new());
        assert_eq!(
            problems("Доля 5,8 % и 2022,5."),
            [
                "t.md:1:6 `5` belongs to no finding",
                "t.md:1:8 `8` belongs to no finding",
                "t.md:1:14 `2022` belongs to no finding",
                "t.md:1:19 `5` belongs to no finding"
            ]
        );
        assert_eq!(problems("{% call exempt('law') %}статья 13{% endcall %}"), Vec::<String>::new());
        assert_eq!(problems("## Заголовок {#part-2}"), Vec::<String>::new());
    }
}
