//! Print: diagnostics for people, with the source line, and for machines, as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
/// Looks up the text of a file, for the excerpt.
pub(super) type Source<'a> = &'a dyn for<'b> Fn(&'b str) -> Option<&'a str>;

/// How often one problem is shown in full.
const FEW: usize = 3;

/// The longest line of which an excerpt is shown, in bytes: more is no help, and costs with every problem that stands there.
const LONGEST: usize = 4096;

/// The words around problems, in the language of their reader.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Heads an error.
    pub error: String,
    /// Heads a warning.
    pub warning: String,
    /// Heads what to do.
    pub help: String,
    /// How many errors and warnings there are; in English, whose plurals are known, nothing.
    pub counts: Option<[String; 2]>,
    /// Says of a problem how often it is met again, and where.
    pub same: String,
    /// Says how many problems follow from one; in English nothing.
    pub follow: Option<String>,
}

impl Default for Frame {
    fn default() -> Frame {
        Frame {
            error: "error".to_owned(),
            warning: "warning".to_owned(),
            help: "help".to_owned(),
            counts: None,
            same: "the same {} times more: {}".to_owned(),
            follow: None,
        }
    }
}

impl Frame {
    /// Says how many problems only follow from another.
    fn follow(&self, count: usize, cause: &str) -> String {
        match &self.follow {
            Some(own) => own.replacen("{}", &count.to_string(), 1),
            None => format!("{count} more follow{} from {cause}", if count == 1 { "s" } else { "" }),
        }
    }
}

/// Writes the problems for a person in English: source excerpt, caret, hint, and a closing count.
pub fn human<'a>(list: &'a [Diagnostic], source: Source<'a>, colour: bool) -> String {
    human_in(list, source, colour, &Frame::default())
}

/// Writes the problems as [`human`] does, in words of another language.
pub fn human_in<'a>(list: &'a [Diagnostic], source: Source<'a>, colour: bool, frame: &Frame) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let mut texts = BTreeMap::new();
    let said = |d: &'a Diagnostic| (d.code, d.severity, d.message.as_str(), d.hint.as_deref());
    let mut groups: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    let mut following: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in list {
        if let Some(name) = &diagnostic.follows {
            *following.entry(name).or_default() += 1;
            continue;
        }
        groups.entry(said(diagnostic)).or_default().push(diagnostic);
    }
    for diagnostic in list {
        let Some(alike) = groups.get(&said(diagnostic)) else { continue };
        // What is said often is said once, with the places where it holds as well.
        let folded = alike.len() > FEW;
        if folded && alike.first().is_some_and(|first| first.place != diagnostic.place) {
            continue;
        }
        let file = diagnostic.place.file.as_str();
        let lines = texts.entry(file).or_insert_with(|| source(file).and_then(Lines::of));
        out.push_str(&renderer.render(&[group(diagnostic, lines.as_ref(), frame)]));
        if folded {
            let places: Vec<String> = alike[1..].iter().take(FEW).map(|other| other.place.to_string()).collect();
            let more = if alike.len() - 1 > FEW { ", …" } else { "" };
            let same = frame.same.replacen("{}", &(alike.len() - 1).to_string(), 1);
            out.push_str(&format!("\n   = {}{more}", same.replacen("{}", &places.join(", "), 1)));
        }
        let within = diagnostic.place.within.as_deref().filter(|_| diagnostic.severity == Severity::Error);
        if let Some(count) = within.and_then(|name| following.remove(name)) {
            out.push_str(&format!("\n   = {}", frame.follow(count, "this")));
        }
        out.push_str("\n\n");
    }
    // What failed may have been reported under the name of an edition or a file.
    for (name, count) in following {
        out.push_str(&format!("{} `{name}`\n\n", frame.follow(count, "what is said of")));
    }
    let count = |severity| list.iter().filter(|d| d.severity == severity && d.follows.is_none()).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let counts: Vec<String> = [(errors, "error"), (warnings, "warning")]
        .into_iter()
        .enumerate()
        .filter(|(_, (count, _))| *count > 0)
        .map(|(at, (count, word))| match &frame.counts {
            Some(own) => own[at].replacen("{}", &count.to_string(), 1),
            None => format!("{count} {word}{}", if count == 1 { "" } else { "s" }),
        })
        .collect();
    if !counts.is_empty() {
        out.push_str(&format!("{}\n", counts.join(", ")));
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, lines: Option<&Lines<'a>>, frame: &Frame) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(frame.error.clone()),
        Severity::Warning => Level::WARNING.with_name(frame.warning.clone()),
    };
    let title = match &diagnostic.place.within {
        Some(within) => format!("{within}: {}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut group = Group::with_title(level.primary_title(plain(&title).into_owned()).id(diagnostic.code));
    let place = &diagnostic.place;
    let row = place.line.and_then(|line| Some((line, lines?.line(line)?)));
    let path = plain(&place.file);
    group = match row.filter(|(_, row)| row.len() <= LONGEST) {
        Some((line, row)) => {
            let column = place.column.unwrap_or(1).max(1);
            let from = row.char_indices().nth(column - 1).map_or(row.len(), |(i, _)| i);
            let length = place.length.unwrap_or_else(|| word_length(&row[from..]));
            let to = row[from..].char_indices().nth(length).map_or(row.len(), |(i, _)| from + i);
            let mark = AnnotationKind::Primary.span(from..to);
            group.element(Snippet::source(row).line_start(line).path(path).annotation(mark))
        }
        None => {
            let origin = annotate_snippets::Origin::path(path);
            group.element(match (place.line, place.column) {
                (Some(line), Some(column)) if row.is_some() => origin.line(line).char_column(column),
                (Some(line), _) => origin.line(line),
                (None, _) => origin,
            })
        }
    };
    match &diagnostic.hint {
        Some(hint) => group.element(Level::HELP.with_name(frame.help.clone()).message(plain(hint))),
        None => group,
    }
}

/// Shows what would steer a terminal, or turn the order of its letters, as a sign.
fn plain(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c)
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if steers(c) { char::REPLACEMENT_CHARACTER } else { c }).collect())
}

/// The lines of a text, found by their numbers.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines; none of a text whose lines are counted otherwise: some end in CR alone.
    fn of(text: &'a str) -> Option<Lines<'a>> {
        if text.match_indices('\r').any(|(at, _)| !text[at + 1..].starts_with('\n')) {
            return None;
        }
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Some(Lines { text, starts })
    }

    /// Returns a line by its number; the last one stands for those behind it.
    fn line(&self, number: usize) -> Option<&'a str> {
        let start = *self.starts.get(number.checked_sub(1)?).unwrap_or(&self.text.len());
        self.text[start..].split('\n').next().map(|line| line.trim_end_matches('\r'))
    }
}

/// Counts the characters of the word at the beginning of a text; a sign is a word of its own.
fn word_length(text: &str) -> usize {
    text.chars().take_while(|c| c.is_alphanumeric() || "_-./@".contains(*c)).count().max(1)
}
