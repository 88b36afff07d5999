//! Lint: the proof-reading of what a template rendered to, with each mistake brought back to its line.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use pulldown_cmark::{Event, Parser, Tag as MarkdownTag};

use super::rendered::{EXEMPT, LINE, Rendered};
use super::template::Template;
use super::terms::Terms;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::document::markdown::options;
use crate::document::slots::{Piece, first_slot};
use crate::document::{Inline, notes};
use crate::language::Language;
use crate::language::proof::{Fault, HIDDEN, Measures, Passage, Told};

/// Marks the beginning of every line of a template's text that stands outside tags.
pub(super) fn lined(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut line = 1;
    let mut rest = text;
    out.push_str(&format!("{}1{}", LINE.0, LINE.1));
    while let Some(at) = rest.find(['\n', '{']) {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let tag = match tail.get(..2) {
            Some("{{") => tail.find("}}"),
            Some("{%") => tail.find("%}"),
            _ => None,
        };
        let length = match tag {
            Some(end) => end + 2,
            None => 1,
        };
        out.push_str(&tail[..length]);
        line += tail[..length].matches('\n').count();
        rest = &tail[length..];
        // A tag that eats the white space beside it would stop at the mark.
        let next = rest.trim_start();
        let eaten =
            next.starts_with("{%-") || next.starts_with("{{-") || out.trim_end().ends_with(['-']) && tag.is_none();
        if tag.is_none()
            && tail.starts_with('\n')
            && !eaten
            && !before.trim_end().ends_with("-%}")
            && !out.trim_end().ends_with("-%}")
            && !out.trim_end().ends_with("-}}")
        {
            out.push_str(&format!("{}{line}{}", LINE.0, LINE.1));
        }
    }
    out.push_str(rest);
    out
}

/// Takes the marks of lines and exempt passages away.
pub(super) fn unlined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut hidden = false;
    for letter in text.chars() {
        match letter {
            c if c == LINE.0 => hidden = true,
            c if c == LINE.1 => hidden = false,
            c if c == EXEMPT.0 || c == EXEMPT.1 => {}
            c if !hidden => out.push(c),
            _ => {}
        }
    }
    out
}

/// What the sign of a number says.
#[derive(Clone, Debug, Default)]
pub(super) struct Sign {
    /// Whether it is below zero.
    pub negative: bool,
    /// Whether it is a change that rose.
    pub rises: Option<bool>,
    /// Whether it is printed in units of one, so that a scale word behind it would multiply it.
    pub plain: bool,
    /// What it says of the data.
    pub told: Told,
}

/// A passage with the lines of the template that its parts come from.
#[derive(Debug, Default)]
struct Traced {
    passage: Passage,
    lines: Vec<(usize, usize)>,
}

impl Traced {
    fn lines(&self) -> RangeInclusive<usize> {
        let line = |own: Option<&(usize, usize)>| own.map_or(1, |(_, line)| *line);
        line(self.lines.first())..=line(self.lines.last())
    }

    fn line_of(&self, at: usize) -> usize {
        let next = self.lines.partition_point(|(from, _)| *from <= at);
        next.checked_sub(1).and_then(|last| self.lines.get(last)).map_or(1, |(_, line)| *line)
    }
}

/// Reads what a template rendered to but for paragraphs of lines with gaps, and reports every mistake.
pub(super) fn proofread(
    template: &Template,
    rendered: &Rendered,
    (sign, gaps): (&dyn Fn(usize) -> Sign, &BTreeSet<usize>),
    language: &Language,
    (terms, measures): (&Terms, &Arc<Measures>),
    diagnostics: &mut Diagnostics,
) {
    let lines: Vec<&str> = template.source.lines().collect();
    let place = |line: usize, fragment: &str, from: &str| {
        place(template, (line, lines.get(line - 1).copied().unwrap_or_default()), fragment, from)
    };
    for mut traced in passages(rendered, sign) {
        if gaps.range(traced.lines()).next().is_some() {
            continue;
        }
        traced.passage.measures = measures.clone();
        let text = &traced.passage.text;
        for finding in language.proofread(&traced.passage) {
            let fragment = &text[finding.span.clone()];
            let line = traced.line_of(finding.span.start);
            // What is said of a number that belongs to no finding, or of what it counts, follows from that.
            let before = text[..finding.span.start].trim_end();
            let is_of = |typed: &str| fragment.contains(typed) || before.ends_with(typed);
            if template.typed.iter().any(|(at, typed)| *at == line && is_of(typed)) {
                continue;
            }
            let place = place(line, fragment, &text[finding.span.start..]);
            diagnostics.push(told(finding.fault, place, finding.message).hint(finding.hint));
        }
        for variant in terms.forbidden(language.lang(), text) {
            let fragment = &text[variant.span.clone()];
            let place = place(traced.line_of(variant.span.start), fragment, &text[variant.span.start..]);
            let message = format!("the term base does not allow `{fragment}`");
            let hint =
                format!("the term is `{}`; an allowed phrase belongs under `except` of data/terms.yaml", variant.term);
            diagnostics.push(Diagnostic::error(code::LANGUAGE_TERM, place, message).hint(hint));
        }
    }
}

/// Tells a mistake. What is judged by the words around it may be right after all, and warns.
pub fn told(fault: Fault, place: Place, message: String) -> Diagnostic {
    match fault {
        Fault::Government
        | Fault::Agreement
        | Fault::Direction
        | Fault::Typography
        | Fault::Number
        | Fault::Spelling
        | Fault::Strange
        | Fault::Extreme
        | Fault::Period
        | Fault::OtherUnit
        | Fault::OtherPlace
        | Fault::OtherMeasure => Diagnostic::warning(code_of(fault), place, message),
        _ => Diagnostic::error(code_of(fault), place, message),
    }
}

/// Returns the code of a kind of mistake.
pub fn code_of(fault: Fault) -> &'static str {
    match fault {
        Fault::Untranslated => code::LANGUAGE_UNTRANSLATED,
        Fault::MixedScript => code::LANGUAGE_SCRIPT,
        Fault::Ending => code::LANGUAGE_ENDING,
        Fault::Plural => code::LANGUAGE_PLURAL,
        Fault::Government => code::LANGUAGE_GOVERNMENT,
        Fault::Agreement => code::LANGUAGE_AGREEMENT,
        Fault::Direction => code::LANGUAGE_DIRECTION,
        Fault::Typography => code::LANGUAGE_TYPOGRAPHY,
        Fault::Hyphen => code::LANGUAGE_HYPHEN,
        Fault::NoBreak => code::LANGUAGE_BREAK,
        Fault::Growth => code::LANGUAGE_GROWTH,
        Fault::Points => code::LANGUAGE_POINTS,
        Fault::DoubledWord => code::LANGUAGE_DOUBLED,
        Fault::Spaces => code::LANGUAGE_SPACES,
        Fault::Reversed => code::LANGUAGE_REVERSED,
        Fault::Date => code::LANGUAGE_DATE,
        Fault::Number => code::LANGUAGE_NUMBER,
        Fault::UnitTwice => code::LANGUAGE_UNIT,
        Fault::Scale => code::LANGUAGE_SCALE,
        Fault::Spelling | Fault::Strange => code::LANGUAGE_SPELLING,
        Fault::Extreme => code::LANGUAGE_EXTREME,
        Fault::Period => code::LANGUAGE_PERIOD,
        Fault::OtherUnit => code::LANGUAGE_OTHER_UNIT,
        Fault::OtherPlace => code::LANGUAGE_OTHER_PLACE,
        Fault::OtherMeasure => code::LANGUAGE_OTHER_MEASURE,
    }
}

/// The longest line in which a fragment is looked for, in bytes: many of them in a longer one would be looked for for ever.
const LONG_LINE: usize = 20_000;

/// Finds a fragment in its line of the template; one that a number begins may stand there without it.
fn place(template: &Template, (line, source): (usize, &str), fragment: &str, from: &str) -> Place {
    let source = if source.len() > LONG_LINE { "" } else { source };
    // A word that occurs often is told apart by what follows it.
    let behind: String = from.chars().take(fragment.chars().count() + 12).collect();
    let tail = fragment.trim_start_matches(|c: char| !c.is_alphabetic() && c != '-');
    let found = [behind.as_str(), fragment, tail]
        .into_iter()
        .filter(|part| !part.is_empty())
        .find_map(|part| Some((source.find(part)?, if part == tail { tail } else { fragment })));
    match found {
        Some((at, part)) => {
            let place = template.place(line, source[..at].chars().count() + 1);
            if template.stand.exact { place.covering(part.chars().count()) } else { place }
        }
        None => Place { column: None, ..template.place(line, 1) },
    }
}

/// Takes the Markdown apart: passages as a reader sees them, without code, citations and exempt parts.
fn passages(Rendered { text: rendered, pieces }: &Rendered, sign: &dyn Fn(usize) -> Sign) -> Vec<Traced> {
    let mut list = vec![Traced::default()];
    let mut line = 1;
    // Where the last sign stands that ends a tag or a citation: behind it nobody looks for one again and again.
    let last_tag = rendered.rfind('>').unwrap_or(0);
    let last_bracket = rendered.rfind(')').unwrap_or(0);
    let last_citation = rendered[..last_bracket].rfind("]](").unwrap_or(0);
    let mut code = code_in(rendered).into_iter().peekable();
    let mut at = 0;
    let mut fresh = true;
    while let Some(letter) = rendered[at..].chars().next() {
        let rest = &rendered[at..];
        let until = |sign: char| rest.find(sign).map(|i| i + sign.len_utf8());
        let Some(current) = list.last_mut() else { break };
        let mut hide = |length: usize| {
            current.passage.text.push(HIDDEN);
            length
        };
        while code.next_if(|span| span.end <= at).is_some() {}
        let code = code.peek().filter(|span| span.contains(&at));
        let length = match letter {
            c if c == LINE.0 => {
                let end = until(LINE.1).unwrap_or(rest.len());
                line = rest[c.len_utf8()..end].trim_end_matches(LINE.1).parse().unwrap_or(line);
                current.lines.push((current.passage.text.len(), line));
                end
            }
            _ if first_slot(rest).is_some() => {
                let (index, after) = first_slot(rest).unwrap_or((0, ""));
                match pieces.get(index) {
                    Some(Piece::Inline(Inline::Number { index, text })) => {
                        let start = current.passage.text.len();
                        current.passage.text.push_str(text);
                        let (span, sign) = (start..current.passage.text.len(), sign(*index));
                        if sign.negative {
                            current.passage.negative.push(span.clone());
                        }
                        if sign.plain {
                            current.passage.plain.push(span.clone());
                        }
                        if let Some(rises) = sign.rises {
                            current.passage.changes.push((span.clone(), rises));
                        }
                        current.passage.told.push(Told { span, ..sign.told });
                    }
                    Some(Piece::Inline(Inline::Reference { text, .. })) => current.passage.text.push_str(text),
                    Some(Piece::Inline(_) | Piece::Block(_)) | None => current.passage.text.push(HIDDEN),
                }
                rest.len() - after.len()
            }
            c if c == EXEMPT.0 => {
                let end = until(EXEMPT.1).unwrap_or(rest.len());
                let lines = rest[..end].matches(LINE.0).count();
                line += lines;
                let end = hide(end);
                let here = current.passage.text.len();
                current.lines.push((here, line));
                end
            }
            _ if code.is_some() => {
                let end = code.map_or(at, |span| span.end);
                line += rendered[at..end].matches(LINE.0).count();
                let end = hide(end - at);
                let here = current.passage.text.len();
                current.lines.push((here, line));
                end
            }
            '`' => 1,
            '<' if at < last_tag => hide(until('>').unwrap_or(1)),
            'h' if rest.starts_with("http://") || rest.starts_with("https://") => {
                hide(rest.find(char::is_whitespace).unwrap_or(rest.len()))
            }
            '[' if rest.starts_with("[[") && at < last_citation => {
                match rest.find("]](").and_then(|i| Some(i + rest[i..].find(')')? + 1)) {
                    Some(end) => hide(end),
                    None => 1,
                }
            }
            ']' if rest.starts_with("](") => until(')').unwrap_or(rest.len()),
            '[' if notes::mark(rest).is_some() => {
                let length = notes::mark(rest).map_or(1, |(length, _)| length);
                // Before the text of a note its name stands with a colon.
                length + usize::from(current.passage.text.trim().is_empty() && rest[length..].starts_with(':'))
            }
            // A sign that means itself is read.
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                current.passage.text.push_str(&rest[1..2]);
                2
            }
            '[' | ']' | '*' | '\\' => 1,
            '{' if rest.starts_with("{#") => until('}').unwrap_or(rest.len()),
            '#' | '>' if fresh => 1,
            ' ' | '\t' if fresh => 1,
            '-' if fresh && rest.starts_with("- ") => {
                list.push(traced(line));
                2
            }
            '|' => {
                list.push(traced(line));
                rest.len() - rest[1..].trim_start_matches([' ', '-', ':']).len()
            }
            '\n' => {
                let after = rest[1..]
                    .trim_start_matches([' ', LINE.0, LINE.1, '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
                match after.starts_with('\n') || current.passage.text.is_empty() {
                    true => list.push(traced(line)),
                    false => current.passage.text.push('\n'),
                }
                1
            }
            c => {
                current.passage.text.push(c);
                c.len_utf8()
            }
        };
        fresh = letter == '\n' || fresh && (letter == LINE.0 || "# >\t".contains(letter));
        at += length;
    }
    list.retain(|traced| !traced.passage.text.trim().is_empty());
    list
}

/// Finds the code in what a template rendered to, as Markdown is read: in a line, between marks, moved to the right.
fn code_in(rendered: &str) -> Vec<Range<usize>> {
    // The marks of lines and exempt passages hide what stands at the beginning of a line.
    let (mut bare, mut parts, mut hidden) = (String::with_capacity(rendered.len()), vec![(0, 0)], false);
    for (at, letter) in rendered.char_indices() {
        let is_mark = letter == LINE.0 || letter == LINE.1 || letter == EXEMPT.0 || letter == EXEMPT.1;
        if letter == LINE.0 {
            hidden = true;
        } else if !hidden && !is_mark {
            bare.push(letter);
        }
        if letter == LINE.1 {
            hidden = false;
        }
        if is_mark && !hidden {
            parts.push((bare.len(), at + letter.len_utf8()));
        }
    }
    let within = |at: usize| {
        let next = parts.partition_point(|(own, _)| *own <= at);
        let (own, rendered) = parts.get(next.max(1) - 1).copied().unwrap_or_default();
        rendered + (at - own)
    };
    let code = Parser::new_ext(&bare, options()).into_offset_iter().filter_map(|(event, span)| match event {
        Event::Start(MarkdownTag::CodeBlock(_)) | Event::Code(_) => Some(within(span.start)..within(span.end)),
        _ => None,
    });
    code.collect()
}

fn traced(line: usize) -> Traced {
    Traced { passage: Passage::default(), lines: vec![(0, line)] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::slots::slot;

    #[test]
    fn passages_are_what_a_reader_sees_with_their_lines() {
        let text = "## Один {#a}\n\nДва [три](#b) `код` {{ q('x\n y') }}\nчетыре [[1]](#ref-x).\n";
        let marked = lined(text).replace("{{ q('x\n y') }}", &slot(0));
        assert_eq!(unlined(&lined(text)), text);
        let number = Inline::Number { index: 0, text: "−5".to_owned() };
        let marked = Rendered { text: marked, pieces: vec![Piece::Inline(number)] };
        let list = passages(&marked, &|_| Sign { negative: true, ..Sign::default() });
        let texts: Vec<&str> = list.iter().map(|traced| traced.passage.text.trim()).collect();
        assert_eq!(texts, ["Один", "Два три \u{fffc} −5\nчетыре \u{fffc}."]);
        let second = &list[1];
        assert_eq!(second.line_of(second.passage.text.find("Два").expect("a word")), 3);
        assert_eq!(second.line_of(second.passage.text.find("четыре").expect("a word")), 5);
        assert_eq!(second.passage.negative.len(), 1);
    }

    #[test]
    fn code_is_no_prose() {
        let text = "Раз ``а  ` б`` \\* два\n\n    три   четыре\n    пять  шесть\n\n~~~\nа   б\n~~~\n\n- семь\n\nвосемь  девять\n";
        let marked = Rendered { text: lined(text), pieces: Vec::new() };
        let list = passages(&marked, &|_| Sign::default());
        let texts: Vec<&str> = list.iter().map(|traced| traced.passage.text.trim()).collect();
        assert_eq!(texts, ["Раз \u{fffc} * два", "\u{fffc}\n\u{fffc}", "семь", "восемь  девять"]);
        assert_eq!(list.last().map(|last| last.line_of(0)), Some(12));
    }

    #[test]
    fn signs_that_nothing_closes_are_read_once() {
        for sign in ["<", "[[", "[[a]](", "`", "{#", "](", "|", "\u{fdd4}"] {
            let text = format!("слово {}", sign.repeat(100_000));
            let rendered = Rendered { text, pieces: Vec::new() };
            assert!(!passages(&rendered, &|_| Sign::default()).is_empty(), "{sign}");
        }
    }
}
