//! Passage: where in its template each sentence of a page stands, for an author at work: no file of a report says it.
//!
//! The beginnings of sentences are found in the source, and marked in the text for the engine; a mark that was rendered
//! becomes an anchor whose name is its place.

use std::collections::BTreeMap;
use std::ops::Range;

use super::rendered::Rendered;
use super::sentence::tag;
use super::spots::Spots;
use super::template::Template;
use crate::document::Inline;
use crate::document::notes::{mark, unmarked};
use crate::document::slots::{Piece, slot};
use crate::files::sha256;

/// The marks around the place of a sentence, which only this room sees.
const MARK: (char, char) = ('\u{fdd6}', '\u{fdd7}');

/// What the anchors of sentences begin with: `at:templates/ru/results.md:7:12`.
pub(super) const AT: &str = "at:";

/// A sentence of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The file that it stands in.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1.
    pub column: usize,
    /// The name of its template.
    pub template: String,
    /// The sentence as its author wrote it.
    pub text: String,
    /// The groups of alternatives around it, the innermost first.
    pub groups: Vec<Vec<Branch>>,
}

/// One alternative of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The line that it begins on.
    pub line: usize,
    /// Its condition as written; none for what is said in all other cases.
    pub condition: Option<String>,
    /// The function and the expression that the condition asks, and the line of the template's own text where it does.
    pub asks: Option<(String, String, usize)>,
    /// What it says, as written.
    pub text: String,
    /// Whether the sentence stands in it.
    pub is_own: bool,
}

/// A sentence of a template, by which name a page and by which key a document has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The name of the anchor before it.
    pub anchor: String,
    /// Eight hexadecimal digits that stay while the template says it, wherever it stands there.
    pub key: String,
    /// The sentence.
    pub passage: Passage,
    /// In which paragraph of the template it stands, from 0; language versions have the same.
    pub paragraph: usize,
    /// What it calls: functions with their first arguments, sorted.
    pub calls: Vec<String>,
}

/// Finds the sentence that an anchor names.
pub(super) fn find<'a>(templates: impl Iterator<Item = &'a Template>, anchor: &str) -> Option<Passage> {
    let wanted = anchor.strip_prefix(AT)?;
    let mut found = templates.filter_map(|template| {
        let (begins, spots) = (begins(&template.source), Spots::of(&template.source));
        let at = begins.iter().position(|at| place(template, spots.at(*at)) == wanted)?;
        Some(passage(template, begins[at], begins.get(at + 1).copied().unwrap_or(template.source.len())))
    });
    found.next()
}

fn passage(template: &Template, from: usize, to: usize) -> Passage {
    let (line, column) = position(&template.source, from);
    let stand = template.place(line, column);
    Passage {
        file: stand.file,
        line: stand.line.unwrap_or(1),
        column: stand.column.unwrap_or(1),
        template: template.path.clone(),
        text: sentence(&template.source[from..to]),
        groups: groups(template, from),
    }
}

/// Lists the sentences of a template.
pub(super) fn all(template: &Template) -> Vec<Placed> {
    let begins = begins(&template.source);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let ends = begins.iter().skip(1).copied().chain([template.source.len()]);
    begins.iter().zip(ends).map(|(from, to)| placed(template, *from, to, &mut seen)).collect()
}

fn placed(template: &Template, from: usize, to: usize, seen: &mut BTreeMap<String, usize>) -> Placed {
    let passage = passage(template, from, to);
    let count = seen.entry(passage.text.clone()).or_default();
    *count += 1;
    let said = format!("{}\0{}\0{count}", template.path, passage.text);
    let (begin, end) = (position(&template.source, from), position(&template.source, to));
    let own = template.calls.iter().filter(|call| (begin..end).contains(&(call.line, call.column)));
    let mut calls: Vec<String> =
        own.map(|call| format!("{}({})", call.function, call.argument.replace(char::is_whitespace, ""))).collect();
    calls.sort();
    let lines = template.prose.lines().take(begin.0);
    let blank = |line: &str| line.trim().is_empty();
    let starts = lines.scan(true, |was, line| Some(std::mem::replace(was, blank(line)) && !blank(line)));
    Placed {
        anchor: format!("{AT}{}", place(template, begin)),
        key: sha256(said.as_bytes()).chars().take(8).collect(),
        passage,
        paragraph: starts.filter(|starts| *starts).count().saturating_sub(1),
        calls,
    }
}

/// Takes the tags of conditions away that the end of a sentence leaves behind it.
fn sentence(text: &str) -> String {
    let end = text.find("{%").filter(|_| !text.starts_with("{%")).unwrap_or(text.len());
    text[..end].trim().to_owned()
}

/// Names a place of a template: `templates/ru/results.md:7:12`.
fn place(template: &Template, (line, column): (usize, usize)) -> String {
    let place = template.place(line, column);
    format!("{}:{}:{}", place.file, place.line.unwrap_or(1), place.column.unwrap_or(1))
}

fn position(source: &str, at: usize) -> (usize, usize) {
    let before = source.get(..at).unwrap_or(source);
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
    (before.matches('\n').count() + 1, column)
}

/// Marks the sentences in the text that the engine renders.
pub(super) fn marked(template: &Template) -> String {
    const UNTOLD: &str = "{% else %}{{ untold() }}";
    let (mut text, mut source, mut at) = (template.text.as_str(), template.source.as_str(), 0);
    let spots = Spots::of(source);
    let mut begins = begins(source).into_iter().peekable();
    let mut out = String::with_capacity(text.len() * 5 / 4);
    while !text.is_empty() {
        if begins.next_if_eq(&at).is_some() {
            let (line, column) = spots.at(at);
            out.push_str(&format!("{}{line}:{column}{}", MARK.0, MARK.1));
        }
        // What the reader of templates has added stands in tags, or is a branch of its own.
        if let Some(rest) =
            text.strip_prefix(UNTOLD).filter(|_| source.starts_with("{% endif") || source.starts_with("{%- endif"))
        {
            out.push_str(UNTOLD);
            text = rest;
            continue;
        }
        let (own, theirs) = match (tag(text), tag(source)) {
            (Some(own), Some(theirs)) => (own, theirs),
            _ => {
                let length = text.chars().next().map_or(1, char::len_utf8);
                (length, length)
            }
        };
        out.push_str(&text[..own]);
        (text, source, at) = (&text[own..], source.get(theirs..).unwrap_or_default(), at + theirs);
    }
    out
}

/// Turns the marks that were rendered into anchors.
pub(super) fn anchored(template: &Template, rendered: Rendered) -> Rendered {
    let Rendered { text, mut pieces } = rendered;
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some((before, (at, after))) = rest.split_once(MARK.0).and_then(|(b, r)| Some((b, r.split_once(MARK.1)?)))
    {
        out.push_str(before);
        let (line, column) = at.split_once(':').unwrap_or((at, "1"));
        let place = template.place(line.parse().unwrap_or(1), column.parse().unwrap_or(1));
        let name = format!("{AT}{}:{}:{}", place.file, place.line.unwrap_or(1), place.column.unwrap_or(1));
        pieces.push(Piece::Inline(Inline::Anchor(name)));
        out.push_str(&slot(pieces.len() - 1));
        rest = after;
    }
    out.push_str(rest);
    Rendered { text: out, pieces }
}

/// Lists the sentences of a template with their lines, each to where the next begins.
pub fn sentences(source: &str) -> Vec<(usize, &str)> {
    let begins = begins(source);
    let ends = begins.iter().skip(1).copied().chain([source.len()]);
    let spots = Spots::of(source);
    begins.iter().zip(ends).map(|(from, to)| (spots.at(*from).0, &source[*from..to])).collect()
}

/// Lists the bytes of a template at which sentences begin: none within what Markdown reads by its first signs.
fn begins(source: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut at, mut fresh, mut fenced) = (0, true, false);
    while let Some(letter) = source[at..].chars().next() {
        let rest = &source[at..];
        let is_line = at == 0 || source[..at].ends_with('\n');
        if is_line {
            if rest.starts_with("```") {
                fenced = !fenced;
            }
            let line = rest.split('\n').next().unwrap_or_default();
            let is_code = line.starts_with("    ") || line.starts_with('\t');
            let is_definition = line.starts_with('[') && line.contains("]: ");
            if fenced || is_code || is_definition || line.starts_with("```") {
                at += line.len() + usize::from(rest.len() > line.len());
                fresh = true;
                continue;
            }
            let bare = line.trim_start_matches(|c: char| c.is_ascii_digit());
            if bare.len() < line.len() && (bare.starts_with(". ") || bare.starts_with(") ")) {
                at += line.len() - bare.len() + 2;
                fresh = true;
                continue;
            }
        }
        if let Some((length, _)) = mark(rest) {
            at += length;
            continue;
        }
        if let Some(length) = tag(rest) {
            let prints = ["q(", "change(", "cited(", "cite(", "ref("];
            let inner = rest[2..length].trim_start();
            let is_text = rest.starts_with("{{") && prints.iter().any(|name| inner.starts_with(name));
            if is_text && fresh && !inner.starts_with('-') {
                found.push(at);
            }
            // Behind a statement a branch begins or ends; what stands alone is no sentence.
            fresh = !is_text;
            at += length;
            continue;
        }
        match letter {
            '\n' => fresh = true,
            '`' => {
                // Code is passed over to the sign that ends it.
                at += rest[1..].find(['`', '\n']).map_or(0, |end| end + 1);
                fresh = false;
            }
            '<' | '\\' => fresh = false,
            c if fresh && (c.is_alphanumeric() || "«(\"".contains(c)) => {
                found.push(at);
                fresh = false;
            }
            ' ' if !fresh && ends(&source[..at]) => {
                let next = rest.trim_start().chars().next();
                fresh = next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "«{*_".contains(c));
            }
            _ => {}
        }
        at += source[at..].chars().next().map_or(1, char::len_utf8);
    }
    found
}

/// Says whether a sentence ends here.
fn ends(before: &str) -> bool {
    unmarked(before).trim_end_matches(['»', '"', ')', '*', '_']).ends_with(['.', '!', '?', '…'])
}

/// Collects the groups of alternatives around a byte of a template, the innermost first.
fn groups(template: &Template, at: usize) -> Vec<Vec<Branch>> {
    let source = template.source.as_str();
    // What is open: the tag and the body of each branch so far; none for a passage that is exempt.
    let mut open: Vec<Vec<(Range<usize>, Range<usize>)>> = Vec::new();
    let mut found: Vec<Vec<Branch>> = Vec::new();
    let mut from = 0;
    while let Some(start) = source[from..].find(['{']).map(|i| from + i) {
        let Some(length) = tag(&source[start..]) else {
            from = start + 1;
            continue;
        };
        let span = start..start + length;
        from = span.end;
        let words = source[span.clone()].trim_start_matches("{%").trim_start_matches('-').trim_start();
        let verb = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_exempt = words.starts_with("call exempt");
        match verb {
            _ if !source[start..].starts_with("{%") => {}
            "if" | "call" => open.push(if is_exempt { Vec::new() } else { vec![(span.clone(), span.end..span.end)] }),
            "elif" | "else" => {
                if let Some(group) = open.last_mut() {
                    if let Some((_, body)) = group.last_mut() {
                        body.end = start;
                    }
                    group.push((span.clone(), span.end..span.end));
                }
            }
            "endif" | "endcall" => {
                let Some(mut group) = open.pop() else { continue };
                if let Some((_, body)) = group.last_mut() {
                    body.end = start;
                }
                // Groups are closed from the inside out.
                if group.iter().any(|(_, body)| body.contains(&at)) {
                    found.push(group.iter().map(|(tag, body)| branch(template, tag, body, at)).collect());
                }
            }
            _ => {}
        }
    }
    found
}

fn branch(template: &Template, tag: &Range<usize>, body: &Range<usize>, at: usize) -> Branch {
    let source = template.source.as_str();
    let words = source[tag.clone()].trim_start_matches(['{', '%', '-']).trim_end_matches(['}', '%', '-']).trim();
    let condition = words.split_once(char::is_whitespace).map(|(_, condition)| condition.trim().to_owned());
    let (start, end) = (position(source, tag.start), position(source, tag.end));
    let call = template.calls.iter().find(|call| (start..end).contains(&(call.line, call.column)));
    Branch {
        line: template.place(start.0, 1).line.unwrap_or(1),
        condition,
        asks: call.map(|call| (call.function.clone(), call.argument.clone(), call.line)),
        text: source.get(body.clone()).unwrap_or_default().trim().to_owned(),
        is_own: body.contains(&at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::page::template;

    fn read(source: &str) -> Template {
        template::read("t.md", source, &mut Diagnostics::default())
    }

    fn begun(source: &str) -> Vec<&str> {
        begins(source).into_iter().map(|at| source[at..].split([' ', '\n']).next().unwrap_or_default()).collect()
    }

    #[test]
    fn sentences_begin_where_a_reader_sees_them_begin() {
        assert_eq!(
            begun("## Глава {#a}\n\nОдно. Другое\nдальше: 5 чел. всего. {{ q('x') }} лет."),
            ["Глава", "Одно.", "Другое", "дальше:", "{{"]
        );
        assert_eq!(
            begun("- Раз\n1. Два\n> Три\n| Четыре | пять |\n|---|---|\n```\nкод\n```\n    код\n`код` конец"),
            ["Раз", "Два", "Три", "Четыре"]
        );
        assert_eq!(
            begun("{{ figure('a') }}\n\n{% if holds('x') %}Да.{% else %}Нет.{% endif %} Конец."),
            ["Да.{%", "Нет.{%", "Конец."]
        );
    }

    #[test]
    fn marks_stand_where_the_source_has_them_and_leave_the_text_as_it_is() {
        let template = read("Раз {{ q('x') | persons }}. Два.\n{% if holds('x > 0') %}Три{% endif %} четыре.\n");
        let marked = marked(&template);
        let bare: String =
            marked.split(MARK.0).map(|part| part.split_once(MARK.1).map_or(part, |(_, rest)| rest)).collect();
        assert_eq!(bare, template.text);
        let marks: Vec<&str> =
            marked.split(MARK.0).skip(1).filter_map(|part| Some(part.split_once(MARK.1)?.0)).collect();
        assert_eq!(marks, ["1:1", "1:29", "2:24", "2:39"]);
        assert!(marked.contains("{% else %}{{ untold() }}{% endif %}"));
    }

    #[test]
    fn a_sentence_knows_its_branches() {
        let template = read(
            "А.\n{% if holds('x > 0') %}Рост. {% if holds('y > 0') %}И ещё.{% endif %}{% elif holds('x < 0') %}Спад.{% else %}Ровно.{% endif %}\n",
        );
        let at = template.source.find("Спад").expect("a word");
        let passage =
            find([&template].into_iter(), &format!("at:{}", place(&template, position(&template.source, at))))
                .expect("a passage");
        assert_eq!((passage.line, passage.text.as_str()), (2, "Спад."));
        let [group] = &passage.groups[..] else { panic!("{passage:?}") };
        let said: Vec<_> = group.iter().map(|b| (b.condition.as_deref(), b.is_own)).collect();
        assert_eq!(said, [(Some("holds('x > 0')"), false), (Some("holds('x < 0')"), true), (None, false)]);
        assert_eq!(group[1].asks, Some(("holds".to_owned(), "x < 0".to_owned(), 2)));
        let inner = template.source.find("И ещё").expect("words");
        assert_eq!(groups(&template, inner).len(), 2);
        assert_eq!(groups(&template, 0).len(), 0);
    }
}
