//! Sentence: a template taken apart as its author wrote it: sentences, and the branches that say one of several things.

use std::ops::Range;

use super::template::FUNCTIONS;
use crate::document::notes::{mark, unmarked};
use crate::files::limits;

/// A sentence with all its branches; where whole sentences stand in branches, each is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// The byte at which its words begin.
    pub at: usize,
    /// Its words in one line, calls without their filters: what only grammar changes is left out.
    pub text: String,
    /// What it asks of the data and refers to, in order of the alphabet.
    pub asks: Vec<String>,
}

/// A group of alternatives.
#[derive(Debug)]
pub(super) struct Group {
    /// The branches: the tag before each, and what it says.
    pub branches: Vec<(Range<usize>, Range<usize>)>,
}

enum Node {
    Text(Range<usize>),
    Branches(Vec<Branch>),
}

struct Branch {
    tag: Range<usize>,
    span: Range<usize>,
    body: Vec<Node>,
}

/// Takes a stretch of a template apart into sentences.
pub(super) fn sentences(source: &str, span: Range<usize>) -> Vec<Sentence> {
    let mut parser = Parser { source, at: span.start, end: span.end };
    let nodes = parser.nodes(0);
    let mut splitter = Splitter { source, lead: String::new(), start: None, found: Vec::new() };
    splitter.split(&nodes);
    splitter.found
}

/// Lists the groups of alternatives of a template, those within others behind them.
pub(super) fn groups(source: &str) -> Vec<Group> {
    fn collect(nodes: &[Node], found: &mut Vec<Group>) {
        for node in nodes {
            let Node::Branches(branches) = node else { continue };
            found.push(Group { branches: branches.iter().map(|own| (own.tag.clone(), own.span.clone())).collect() });
            branches.iter().for_each(|branch| collect(&branch.body, found));
        }
    }
    let mut found = Vec::new();
    collect(&Parser { source, at: 0, end: source.len() }.nodes(0), &mut found);
    found
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    end: usize,
}

impl Parser<'_> {
    /// Reads up to the tag that ends the branch around it, or to the end.
    fn nodes(&mut self, depth: usize) -> Vec<Node> {
        let mut found = Vec::new();
        let mut from = self.at;
        while let Some(tag) = self.statement() {
            match verb(&self.source[tag.clone()]) {
                // What is nested deeper was refused as the template was read.
                "if" if depth < limits::BLOCKS => {
                    found.push(Node::Text(from..tag.start));
                    self.at = tag.end;
                    found.push(Node::Branches(self.branches(tag, depth)));
                    from = self.at;
                }
                "elif" | "else" | "endif" if depth > 0 => {
                    found.push(Node::Text(from..tag.start));
                    self.at = tag.start;
                    return found;
                }
                // A tag whose block another paragraph holds, and exempt passages, are text.
                _ => self.at = tag.end,
            }
        }
        found.push(Node::Text(from..self.end));
        self.at = self.end;
        found
    }

    fn branches(&mut self, mut tag: Range<usize>, depth: usize) -> Vec<Branch> {
        let mut found = Vec::new();
        loop {
            let body = self.nodes(depth + 1);
            found.push(Branch { span: tag.end..self.at, tag, body });
            let Some(next) = self.statement() else { return found };
            self.at = next.end;
            if verb(&self.source[next.clone()]) == "endif" {
                return found;
            }
            tag = next;
        }
    }

    /// Finds the next tag of a statement.
    fn statement(&self) -> Option<Range<usize>> {
        let rest = self.source.get(self.at..self.end)?;
        let open = rest.find("{%")?;
        let close = rest[open..].find("%}")? + open + 2;
        Some(self.at + open..self.at + close)
    }
}

fn verb(tag: &str) -> &str {
    let words = tag.trim_start_matches("{%").trim_start_matches('-').trim_start();
    words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// What sentences are collected with.
struct Splitter<'a> {
    source: &'a str,
    /// The tags of branches that no sentence has begun in yet.
    lead: String,
    start: Option<usize>,
    found: Vec<Sentence>,
}

impl Splitter<'_> {
    fn split(&mut self, nodes: &[Node]) {
        let mut end = 0;
        for node in nodes {
            match node {
                Node::Text(span) => {
                    self.text(span.clone());
                    end = span.end;
                }
                Node::Branches(branches) => {
                    let (Some(first), Some(last)) = (branches.first(), branches.last()) else { continue };
                    let is_ended = branches.iter().all(|branch| ended(self.source, &branch.body));
                    end = last.span.end;
                    if self.start.is_none() && is_ended {
                        for branch in branches {
                            self.lead.push_str(&tags(&self.source[branch.tag.clone()]));
                            self.split(&branch.body);
                        }
                        self.lead.clear();
                    } else {
                        self.start.get_or_insert(first.tag.start);
                        if is_ended {
                            self.close(end);
                        }
                    }
                }
            }
        }
        self.close(end);
    }

    fn close(&mut self, end: usize) {
        let Some(start) = self.start.take() else { return };
        if let Some(sentence) = sentence(self.source, start..end, &self.lead) {
            self.lead.clear();
            self.found.push(sentence);
        }
    }

    /// Goes through text without branches, closing each sentence that ends in it.
    fn text(&mut self, span: Range<usize>) {
        let mut at = span.start;
        while let Some(letter) = self.source.get(at..span.end).and_then(|rest| rest.chars().next()) {
            let rest = &self.source[at..span.end];
            if let Some(length) = tag(rest) {
                self.start.get_or_insert(at);
                at += length;
                continue;
            }
            let is_line = at == 0 || self.source[..at].ends_with('\n');
            // The call of a note belongs to the sentence before it, and its name to none; its text begins one of its own.
            if let Some((length, _)) = mark(rest) {
                let is_text = is_line && rest[length..].starts_with(':');
                if is_text {
                    self.close(at);
                }
                if self.start.is_none() {
                    at += length + usize::from(rest[length..].starts_with(':'));
                    continue;
                }
            }
            let marker = if is_line { item(rest) } else { 0 };
            if marker > 0 || letter == '|' {
                self.close(at);
                at += marker.max(1);
                continue;
            }
            match self.start {
                Some(from) if letter.is_whitespace() && ends(&self.source[from..at], rest.trim_start()) => {
                    self.close(at);
                }
                None if !letter.is_whitespace() => self.start = Some(at),
                _ => {}
            }
            at += letter.len_utf8();
        }
    }
}

/// Returns the length of what begins an item, a quotation or a heading.
fn item(line: &str) -> usize {
    let bare = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if bare.len() < line.len() && (bare.starts_with(". ") || bare.starts_with(") ")) {
        return line.len() - bare.len() + 2;
    }
    let signs = line.len() - line.trim_start_matches(['#', '>', '-', '*', '+']).len();
    if line[signs..].starts_with(' ') { signs } else { 0 }
}

/// Says whether a sentence ends here, behind which something else stands.
fn ends(before: &str, behind: &str) -> bool {
    let bare = unmarked(before).trim_end_matches(['»', '"', ')', '*', '_']);
    let Some(next) = behind.chars().next().filter(|_| bare.ends_with(['.', '!', '?', '…'])) else { return false };
    let last = bare.trim_end_matches('.').rsplit([' ', '\u{a0}', '\n', '(']).next().unwrap_or_default();
    // «5 чел. {{ … }}», «рис. 3»: an abbreviation ends no sentence before a number.
    let is_short = last.chars().count() < 5 && last.chars().all(char::is_lowercase);
    next.is_uppercase() || "«*_(".contains(next) || (next.is_ascii_digit() || next == '{') && !is_short
}

/// Says whether what stands in a branch ends with a sentence; nothing does.
fn ended(source: &str, nodes: &[Node]) -> bool {
    for node in nodes.iter().rev() {
        match node {
            Node::Text(span) => {
                let bare = source[span.clone()].trim_end().trim_end_matches(['»', '"', ')', '*', '_']);
                if !bare.is_empty() {
                    return bare.ends_with(['.', '!', '?', '…']);
                }
            }
            Node::Branches(branches) => return branches.iter().all(|branch| ended(source, &branch.body)),
        }
    }
    true
}

/// Returns the length of the tag that a text begins with.
pub(super) fn tag(text: &str) -> Option<usize> {
    let end = match text.get(..2)? {
        "{{" => "}}",
        "{%" => "%}",
        _ => return None,
    };
    text.find(end).map(|at| at + 2)
}

/// Makes a sentence of a stretch that holds words.
fn sentence(source: &str, span: Range<usize>, lead: &str) -> Option<Sentence> {
    let (mut text, mut asks) = (lead.to_owned(), asked(lead));
    let mut first = None;
    let mut at = span.start;
    while let Some(letter) = source.get(at..span.end).and_then(|rest| rest.chars().next()) {
        let length = tag(&source[at..span.end]);
        match length {
            Some(length) => {
                let own = &source[at..at + length];
                text.push_str(&tags(own));
                asks.extend(asked(own));
            }
            None if letter.is_whitespace() && letter != '\u{a0}' => {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            None => {
                first = first.or(letter.is_alphabetic().then_some(at));
                text.push(letter);
            }
        }
        at += length.unwrap_or(letter.len_utf8());
    }
    asks.sort();
    Some(Sentence { at: first?, text: text.trim().to_owned(), asks })
}

/// Writes a tag by what it asks, without filters.
fn tags(tag: &str) -> String {
    let verb = if tag.starts_with("{%") { verb(tag) } else { "" };
    match asked(tag) {
        asked if asked.is_empty() && verb.is_empty() => tag.chars().filter(|c| !c.is_whitespace()).collect(),
        asked => format!("{{{verb} {}}}", asked.join(" ")),
    }
}

/// Lists what a tag asks: its functions with the texts that they are given.
fn asked(tag: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = tag[at..].find(['"', '\'']).map(|i| at + i) {
        let quote = &tag[open..=open];
        let Some(end) = tag[open + 1..].find(quote).map(|i| open + 1 + i) else { break };
        let name = tag[..open].trim_end().strip_suffix('(').map(|before| {
            before.trim_end().rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
        });
        if let Some(name) = name.filter(|name| FUNCTIONS.contains(name) && *name != "exempt") {
            let argument: String = tag[open + 1..end].chars().filter(|c| !c.is_whitespace()).collect();
            found.push(format!("{name}({argument})"));
        }
        at = end + 1;
    }
    found
}

/// As many characters of a sentence are looked at for its first words.
const NEAR: usize = 400;

/// Returns the first words of a sentence, up to a tag.
pub(super) fn beginning(text: &str) -> String {
    // A sentence of one line may be a whole book.
    let near = text.char_indices().nth(NEAR).map_or(text, |(at, _)| &text[..at]);
    let plain = near.split(['{', '\n']).next().unwrap_or_default();
    let words: Vec<&str> = plain.split_whitespace().take(5).collect();
    words.join(" ").trim_end_matches(['.', ',', ':', ';', '|']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        sentences(source, 0..source.len()).into_iter().map(|sentence| sentence.text).collect()
    }

    #[test]
    fn a_sentence_holds_its_branches_and_branches_hold_sentences() {
        assert_eq!(
            texts(
                "Одно. За {{ q('y') | year }} год {% if holds('x > 0') %}рост{% else %}спад{% endif %}. Три, 5 чел. {{ q('x') | persons }}."
            ),
            ["Одно.", "За { q(y)} год {if holds(x>0)}рост{else }спад{endif }.", "Три, 5 чел. { q(x)}."]
        );
        assert_eq!(
            texts("{% if holds('x > 0') %}Раз. Два.{% else %}Три.{% endif %} Четыре."),
            ["{if holds(x>0)}Раз.", "Два.", "{else }Три.", "Четыре."]
        );
        assert_eq!(
            texts("{% if holds('x') %}С года она росла{% else %}Она падала{% endif %}. По итогам."),
            ["{if holds(x)}С года она росла{else }Она падала{endif }.", "По итогам."]
        );
        assert_eq!(
            texts("- Раз\n- Два\n\n| а | б |\n## Глава\n{{ table('t') }}"),
            ["Раз", "Два", "а", "б", "Глава { table(t)}"]
        );
        assert_eq!(texts("Раз.[^а] Два.[^б]\n\n[^а]: Три.\n[^б]: Пять."), ["Раз.[^а]", "Два.[^б]", "Три.", "Пять."]);
    }

    #[test]
    fn what_only_grammar_or_white_space_changes_leaves_a_sentence_as_it_is() {
        assert_eq!(texts("За {{ q('a [x]') | persons | case('acc') }}\nлет."), texts("За {{q('a[x]')|persons}} лет."));
        let sentence = &sentences("{{ q('b') }} и {{ q('a') }}", 0..28)[0];
        assert_eq!((sentence.asks.clone(), sentence.at), (vec!["q(a)".to_owned(), "q(b)".to_owned()], 13));
    }

    #[test]
    fn blocks_that_another_paragraph_holds_are_text() {
        assert_eq!(texts("{% endif %} Конец."), ["{endif }Конец.".replace("}К", "} К")]);
        assert_eq!(texts("{% if holds('x') %}Начало"), ["{if holds(x)}Начало"]);
        assert_eq!(
            groups("{% if holds('x') %}А{% elif holds('y') %}Б{% if holds('z') %}В{% endif %}{% endif %}").len(),
            2
        );
    }
}
