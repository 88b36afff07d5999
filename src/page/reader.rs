//! Reader: the text of a template → its tags, calls and blocks, with whatever it must not hold reported.

use std::borrow::Cow;
use std::ops::Range;

use super::sentence;
use super::spots::Spots;
use super::template::{Call, Chain, FREE, FUNCTIONS, Mode, Template};
use super::unowned::{digits, parts, words};
use super::{filters, forms};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::document::markdown;
use crate::document::notes::marks;
use crate::files::limits;
use crate::language::{Says, Spelled};

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

/// Reads the text of a template into what is known of it.
pub(super) fn read(source: &str, template: Template, diagnostics: &mut Diagnostics) -> Template {
    let source = &*without_comments(source);
    let mut reader = Reader { source, diagnostics, template, spots: Spots::of(source) };
    reader.letters();
    let tags = reader.tags();
    for tag in &tags {
        reader.words(tag);
    }
    reader.blocks(&tags);
    reader.calls(&tags);
    reader.prose(&tags);
    reader.forms(&tags);
    reader.branches();
    reader.template.source = source.to_owned();
    reader.template
}

/// Blanks comments, `{## … ##}`, so that lines and columns stay as they are.
fn without_comments(source: &str) -> Cow<'_, str> {
    let (mut out, mut rest) = (String::new(), source);
    while let Some((before, opened)) = rest.split_once("{##") {
        let Some((comment, after)) = opened.split_once("##}") else { break };
        out.push_str(before);
        out.push_str("   ");
        out.extend(comment.chars().map(|c| if c == '\n' { c } else { ' ' }));
        out.push_str("   ");
        rest = after;
    }
    if out.is_empty() { Cow::Borrowed(source) } else { Cow::Owned(out + rest) }
}

struct Reader<'a> {
    source: &'a str,
    diagnostics: &'a mut Diagnostics,
    template: Template,
    spots: Spots<'a>,
}

/// The next place of a sign, kept until it is passed: a text is searched once for each, however many tags it has.
struct Next<'a> {
    source: &'a str,
    sign: &'static str,
    found: Option<usize>,
}

impl Next<'_> {
    /// Returns the first place of the sign from a byte on.
    fn from(&mut self, at: usize) -> Option<usize> {
        if self.found.is_none_or(|found| found < at) {
            let found = self.source.get(at..).and_then(|rest| rest.find(self.sign)).map(|i| at + i);
            self.found = Some(found.unwrap_or(usize::MAX));
        }
        self.found.filter(|found| *found < usize::MAX)
    }
}

impl Reader<'_> {
    fn refuse(&mut self, code: &'static str, span: Range<usize>, message: String, hint: Option<String>) {
        let place = self.place(span.clone());
        // A number too many is no obstacle to rendering the rest.
        self.template.broken |= ![code::TEMPLATE_DIGIT, code::TEMPLATE_WORD, code::TEMPLATE_BARE].contains(&code);
        self.template.bare |= code == code::TEMPLATE_BARE;
        if [code::TEMPLATE_DIGIT, code::TEMPLATE_WORD].contains(&code) {
            self.template.typed.push((self.spots.at(span.start).0, self.source[span.clone()].to_owned()));
        }
        self.diagnostics.push(Diagnostic::error(code, place, message).maybe_hint(hint));
    }

    fn place(&self, span: Range<usize>) -> Place {
        let (line, column) = self.spots.at(span.start);
        let place = self.template.place(line, column);
        if !self.template.stand.exact {
            return place;
        }
        let text = self.source[span].lines().next().unwrap_or_default();
        place.covering(text.chars().count().max(1))
    }

    /// Refuses the code points that stand for no character, or turn round what a reader sees.
    fn letters(&mut self) {
        for (at, letter) in self.source.char_indices() {
            let Some(fault) = of_letter(letter) else { continue };
            let message = format!("U+{:04X} stands here, {fault}", u32::from(letter));
            let hint = "strike it out, or write the character that is meant".to_owned();
            self.refuse(code::TEMPLATE_FORBIDDEN, at..at + letter.len_utf8(), message, Some(hint));
        }
    }

    /// Refuses forms of Markdown that a page does not hold.
    fn forms(&mut self, tags: &[Tag]) {
        let is_page = self.template.is_file();
        for fault in forms::faults(self.source, tags.iter().map(|tag| tag.span.clone()), is_page) {
            self.refuse(code::TEMPLATE_FORBIDDEN, fault.span, fault.message, Some(fault.hint.to_owned()));
        }
    }

    fn tags(&mut self) -> Vec<Tag> {
        let mut tags = Vec::new();
        let mut at = 0;
        let [mut values, mut statements, mut value_ends, mut statement_ends] =
            ["{{", "{%", "}}", "%}"].map(|sign| Next { source: self.source, sign, found: None });
        let mut open_from = |at| [values.from(at), statements.from(at)].into_iter().flatten().min();
        while let Some(open) = open_from(at) {
            let is_value = self.source[open..].starts_with("{{");
            let (close, ends) = if is_value { ("}}", &mut value_ends) } else { ("%}", &mut statement_ends) };
            let end = ends.from(open + 2).map(|i| i + 2);
            let next = open_from(open + 2);
            let Some(end) = end.filter(|end| next.is_none_or(|next| next > *end - 2)) else {
                let message = format!("`{close}` is missing: the tag that begins here is not closed");
                self.refuse(code::TEMPLATE_SYNTAX, open..open + 2, message, None);
                match next {
                    Some(next) => at = next,
                    None => break,
                }
                continue;
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
                let inner = rest[1..].find(first).unwrap_or_else(|| {
                    let message = format!("`{first}` is missing: the text that begins here is not closed");
                    self.refuse(code::TEMPLATE_SYNTAX, at..at + 1, message, None);
                    rest.len() - 1
                });
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
        if tag.tokens.len() > limits::TAG_WORDS {
            let message = format!("a tag holds more than {} words and signs", limits::TAG_WORDS);
            return self.refuse(code::TEMPLATE_FORBIDDEN, tag.span.start..tag.span.start + 2, message, None);
        }
        let forbidden = "findings are compared, computed and counted inside q() and holds() only";
        let filters = filters::names();
        let alone = self.template.mode != Mode::Page;
        let mut depth = 0usize;
        for (i, (token, span)) in tag.tokens.iter().enumerate() {
            let before = i.checked_sub(1).map(|j| &tag.tokens[j].0);
            let after = tag.tokens.get(i + 1).map(|(token, _)| token);
            match token {
                Token::Sign('(') => depth += 1,
                Token::Sign(')') => depth = depth.saturating_sub(1),
                _ => {}
            }
            let (code, message, hint) = match token {
                Token::Text(_) | Token::Word(_) if depth == 0 && is_literal(token) && !alone => {
                    let message = format!("`{}` is printed without a finding", &self.source[span.clone()]);
                    let hint = "quote a finding with q(), or a source with cited()";
                    (code::TEMPLATE_BARE, message, Some(hint.to_owned()))
                }
                Token::Text(_) => continue,
                Token::Sign('=') if after == Some(&Token::Sign('=')) => {
                    (code::TEMPLATE_FORBIDDEN, "a template cannot compare".to_owned(), Some(forbidden.to_owned()))
                }
                Token::Sign('(' | ')' | ',' | '|' | '=') => continue,
                Token::Sign('[' | ']') if alone => continue,
                Token::Sign('-') if alone && after.is_some_and(is_literal) => continue,
                Token::Sign(sign) => {
                    let message = format!("`{sign}` is not allowed in a template");
                    (code::TEMPLATE_FORBIDDEN, message, Some(forbidden.to_owned()))
                }
                Token::Word(word) => {
                    let (what, known): (&str, &[&str]) = match (before, after) {
                        (Some(Token::Sign('|')), _) => ("filter", &filters),
                        (_, Some(Token::Sign('='))) => continue,
                        (_, Some(Token::Sign('('))) => ("function", &FUNCTIONS),
                        _ if is_literal(token) || (i == 0 && STATEMENTS.contains(&word.as_str())) => continue,
                        _ => ("", &[]),
                    };
                    if known.contains(&word.as_str()) {
                        let lacking = self.template.mode == Mode::Alone { study: false };
                        if lacking
                            && after == Some(&Token::Sign('('))
                            && known.len() == FUNCTIONS.len()
                            && !FREE.contains(&word.as_str())
                        {
                            let hint = "name the study's folder with --study";
                            self.refuse(
                                code::TEMPLATE_CALL,
                                span.clone(),
                                format!("`{word}` needs a study"),
                                Some(hint.to_owned()),
                            );
                        }
                        continue;
                    }
                    let hint = did_you_mean(word, known.iter().copied());
                    match known {
                        [] => (
                            code::TEMPLATE_FORBIDDEN,
                            format!("`{word}` is not allowed in a template"),
                            Some(forbidden.to_owned()),
                        ),
                        _ => {
                            let listed = format!("there are: {}", known.join(", "));
                            (code::TEMPLATE_NAME, format!("there is no {what} `{word}`"), hint.or(Some(listed)))
                        }
                    }
                }
            };
            self.refuse(code, span.clone(), message, hint);
            // What else is wrong in the tag may only follow.
            if code == code::TEMPLATE_FORBIDDEN {
                return;
            }
        }
    }

    /// Refuses blocks that are not closed, closed by what opened no block, or too deep in one another.
    fn blocks(&mut self, tags: &[Tag]) {
        let mut open: Vec<(&str, Range<usize>)> = Vec::new();
        // Alternatives count as blocks: the engine goes down into each. How many stood around each block.
        let (mut depth, mut around) = (0, Vec::new());
        for tag in tags {
            if depth > limits::BLOCKS {
                let message = format!("more than {} blocks and alternatives stand in one another", limits::BLOCKS);
                return self.refuse(code::TEMPLATE_FORBIDDEN, tag.span.clone(), message, None);
            }
            let Some((Token::Word(word), _)) = tag.tokens.first() else { continue };
            if !self.source[tag.span.clone()].starts_with("{%") {
                continue;
            }
            let wanted = match word.as_str() {
                "if" | "call" => {
                    open.push((word, tag.span.clone()));
                    around.push(depth);
                    depth += 1;
                    continue;
                }
                "endif" | "elif" | "else" => "if",
                "endcall" => "call",
                _ => continue,
            };
            let innermost = open.last().map(|(opened, _)| *opened);
            if innermost != Some(wanted) {
                let message = match innermost {
                    Some(opened) => format!("`{word}` stands where `end{opened}` must come first"),
                    None => format!("`{word}` closes nothing: there is no `{wanted}` before it"),
                };
                return self.refuse(code::TEMPLATE_SYNTAX, tag.span.clone(), message, None);
            }
            if word.starts_with("end") {
                open.pop();
                depth = around.pop().unwrap_or_default();
            } else {
                depth += usize::from(word == "elif");
            }
        }
        for (opened, span) in open {
            let message = format!("`{{% end{opened} %}}` is missing: the block that begins here is not closed");
            self.refuse(code::TEMPLATE_SYNTAX, span, message, None);
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
                    let (line, column) = self.spots.at(tag.span.start);
                    self.template.chains.push(Chain { line, column, ..Chain::default() });
                    open.push(self.template.chains.len() - 1);
                }
                "else" => {
                    if let Some(chain) = open.last() {
                        self.template.chains[*chain].covered = true;
                    }
                }
                "endif" => {
                    // Where none of the alternatives holds, the page is marked.
                    let bare = open.last().is_some_and(|chain| !self.template.chains[*chain].covered);
                    if bare {
                        self.template.text.push_str(&self.source[copied..tag.span.start]);
                        self.template.text.push_str("{% else %}{{ untold() }}");
                        copied = tag.span.start;
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
                let closed = text_span.len() >= argument.len() + 2;
                if !FUNCTIONS.contains(&function.as_str()) || !closed {
                    continue;
                }
                let (line, column) = self.spots.at(text_span.start);
                let chain = open.last().copied().filter(|_| function == "holds" || function == "undecided");
                if let (Some(chain), "undecided") = (chain, function.as_str()) {
                    self.template.chains[chain].undecided.push(super::template::without_space(argument));
                }
                let filters = self.filters(tag, i + 3);
                let number = self.template.calls.len();
                self.template.calls.push(Call {
                    function: function.clone(),
                    argument: argument.clone(),
                    filters,
                    transform: transform(&tag.tokens, i),
                    line,
                    column,
                    chain,
                    nested: !open.is_empty(),
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

    /// Warns of alternatives that all say the same; what is said of the undecided may be said of others as well.
    fn branches(&mut self) {
        if self.template.broken {
            return;
        }
        let source = self.source;
        for group in sentence::groups(source) {
            let own = |tag: &Range<usize>| !source[tag.clone()].contains("undecided(");
            let said =
                group.branches.iter().filter(|(tag, _)| own(tag)).map(|(tag, body)| (tag, &source[body.clone()]));
            let said: Vec<(&Range<usize>, String)> = said.map(|(tag, body)| (tag, shown(body))).collect();
            let Some(((_, first), others)) = said.split_first() else { continue };
            if let Some((tag, _)) = others.last().filter(|_| others.iter().all(|(_, text)| text == first)) {
                let place = self.place((*tag).clone());
                let message = format!("all alternatives here say the same: `{}`", sentence::beginning(first));
                let hint = "let them differ, or take the condition away";
                self.diagnostics.push(Diagnostic::warning(code::TEMPLATE_SAME, place, message).hint(hint));
            }
        }
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
        // Within change() the filters end where its argument does.
        let mut depth = 0usize;
        let closed = tag.tokens[from + pipe + 1..].iter().find(|(token, _)| match token {
            Token::Sign('(') => {
                depth += 1;
                false
            }
            Token::Sign(')') if depth > 0 => {
                depth -= 1;
                false
            }
            Token::Sign(')' | ',') => depth == 0,
            _ => false,
        });
        let end = closed.map(|(_, span)| span.start).or(tag.tokens.last().map(|(_, span)| span.end)).unwrap_or(start);
        let text: String = self.source[start..end].chars().filter(|c| !c.is_whitespace()).collect();
        text.split('|').map(str::to_owned).collect()
    }

    /// Refuses prose whose parts stand too deep in one another: each of them costs a reader a step down.
    fn nesting(&mut self, prose: &str) {
        if let Some(at) = markdown::too_deep(prose) {
            let message = format!("more than {} quotations, lists and marks stand in one another", limits::NESTING);
            self.refuse(code::TEMPLATE_FORBIDDEN, at..at, message, None);
        }
    }

    /// Blanks tags and exempt passages, and finds the digits that are left.
    fn prose(&mut self, tags: &[Tag]) {
        let mut prose: Vec<u8> = self.source.as_bytes().to_vec();
        tags.iter().for_each(|tag| blank(&mut prose, tag.span.clone()));
        self.nesting(&String::from_utf8_lossy(&prose));
        let mut exempt_from = None;
        for tag in tags {
            let words: Vec<&str> = tag
                .tokens
                .iter()
                .filter_map(|(t, _)| if let Token::Word(w) = t { Some(w.as_str()) } else { None })
                .collect();
            match words.as_slice() {
                ["call", "exempt", ..] => exempt_from = Some(tag.span.end),
                ["endcall", ..] => {
                    if let Some(from) = exempt_from.take() {
                        blank(&mut prose, from..tag.span.start);
                    }
                }
                _ => {}
            }
        }
        self.template.prose = String::from_utf8_lossy(&prose).into_owned();
        if self.template.mode != Mode::Page {
            return;
        }
        let names: Vec<Range<usize>> = marks(&self.template.prose).map(|(span, _)| span).collect();
        let names_note =
            |at: usize| names.get(names.partition_point(|own| own.end <= at)).is_some_and(|own| own.start <= at);
        let owned: Vec<(usize, String)> = digits(&self.template.prose)
            .into_iter()
            .filter(|(at, _)| !names_note(*at))
            .map(|(at, own)| (at, own.to_owned()))
            .collect();
        for (at, own) in owned {
            let message = format!("`{own}` belongs to no finding");
            self.refuse(code::TEMPLATE_DIGIT, at..at + own.len(), message, Some(HINT.to_owned()));
        }
        let spelled = words(&self.template.prose, &self.template.langs());
        for part in parts(&self.template.prose, &self.template.langs()) {
            let known = |own: &Spelled| own.span.start < part.end && part.start < own.span.end;
            if !spelled.iter().any(known) && !self.is_weighed(&part) {
                self.warn_of_words(part);
            }
        }
        for words in spelled {
            match words.says {
                Says::Scale | Says::Quantity => {
                    let message = self.in_words(&words.span);
                    self.refuse(code::TEMPLATE_WORD, words.span, message, Some(HINT.to_owned()));
                }
                Says::Count if self.is_weighed(&words.span) => {}
                Says::Count => self.warn_of_words(words.span),
            }
        }
    }

    fn in_words(&self, span: &Range<usize>) -> String {
        format!("`{}` is a number in words that belongs to no finding", shown(&self.source[span.clone()]))
    }

    fn warn_of_words(&mut self, span: Range<usize>) {
        let (message, place) = (self.in_words(&span), self.place(span));
        self.diagnostics.push(Diagnostic::warning(code::TEMPLATE_WORD, place, message).hint(HINT));
    }

    /// Says whether a passage stands under a condition that compares with a number: half is what `> 0.5` asks.
    fn is_weighed(&self, span: &Range<usize>) -> bool {
        let is_bound = |word: &str| word.len() < 4 && word.parse::<f64>().is_ok_and(|number| number > 0.0);
        let asks =
            |tag: &Range<usize>| self.source[tag.clone()].split([' ', '"', '\'', ')', '(', '*', '/']).any(is_bound);
        sentence::groups(self.source).iter().any(|group| {
            group.branches.iter().any(|(_, body)| body.start <= span.start && span.end <= body.end)
                && group.branches.iter().any(|(tag, _)| asks(tag))
        })
    }
}

/// Blanks a part of a text, but for its line ends: a word between two spaces is left.
fn blank(prose: &mut [u8], span: Range<usize>) {
    for byte in prose[span.clone()].iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b'x';
    }
    for edge in [span.start, span.end.saturating_sub(1)] {
        if let Some(byte) = prose.get_mut(edge).filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
    }
}

/// What to do about a number that nothing owns.
const HINT: &str =
    "quote a finding with q(), a source with cited(), or exempt it: {% call exempt(\"reason\") %}…{% endcall %}";

/// Says what is wrong with a code point that no page holds.
fn of_letter(letter: char) -> Option<&'static str> {
    match letter {
        '\u{fdd0}'..='\u{fdef}' => Some("which stands for no character"),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some("an unseen control that turns round the order of what is read")
        }
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => {
            Some("a code point for private use, which each font draws in its own way")
        }
        _ => None,
    }
}

/// The words that open, divide and close blocks.
const STATEMENTS: [&str; 6] = ["if", "elif", "else", "endif", "call", "endcall"];

/// Returns true for a text, or a number.
fn is_literal(token: &Token) -> bool {
    match token {
        Token::Text(_) => true,
        Token::Word(word) => word.bytes().all(|b| b.is_ascii_digit() || b == b'.'),
        Token::Sign(_) => false,
    }
}

/// Returns what a change() around a call asks for, but for the gender, which one language needs.
fn transform(tokens: &[(Token, Range<usize>)], at: usize) -> String {
    let word = |i: usize| match tokens.get(i) {
        Some((Token::Word(word), _)) => word.as_str(),
        _ => "",
    };
    let sign = |i: usize, sign: char| tokens.get(i).is_some_and(|(token, _)| *token == Token::Sign(sign));
    let outer = (0..at).rev().find(|i| word(*i) == "change" && sign(i + 1, '('));
    let Some(end) = outer.and_then(|i| closing(tokens, i + 1)).filter(|end| end.start > tokens[at].1.start) else {
        return String::new();
    };
    let named = (at..tokens.len()).filter(|i| tokens[*i].1.start < end.start && sign(i + 1, '='));
    let mut asked: Vec<String> = named
        .filter(|i| word(*i) != "gender")
        .map(|i| match &tokens.get(i + 2) {
            Some((Token::Text(value) | Token::Word(value), _)) => format!("{}={value}", word(i)),
            _ => word(i).to_owned(),
        })
        .collect();
    asked.sort();
    // The first value and the second are not to be exchanged.
    let place = (outer.unwrap_or(at)..at).filter(|i| word(*i) == "q").count() + 1;
    format!("|change {place}({})", asked.join(","))
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

/// Writes a passage on one line.
fn shown(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
