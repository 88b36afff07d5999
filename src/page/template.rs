//! Template: Markdown with calls, read before anything renders: which calls, where, under which alternatives.

use std::ops::Range;

use super::reader;
use crate::diagnostic::{Diagnostics, Place};
use crate::language::Lang;
use crate::study::Text;

/// The functions that templates may call.
pub const FUNCTIONS: [&str; 17] = [
    "q",
    "holds",
    "undecided",
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

/// The functions that need no study.
pub(super) const FREE: [&str; 2] = ["change", "exempt"];

/// What a template may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    /// Findings only: a page of a report.
    #[default]
    Page,
    /// Literals as well: a text that is evaluated alone, with a study behind it or without.
    Alone {
        /// Whether there is a study.
        study: bool,
    },
}

/// One call of a template with a text as its first argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// The function.
    pub function: String,
    /// The first argument.
    pub argument: String,
    /// The filters behind it, as written, without white space.
    pub filters: Vec<String>,
    /// What a change() around it asks for: decimals, scale, kind, balance.
    pub transform: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The group of alternatives that a `holds` or `undecided` belongs to.
    pub chain: Option<usize>,
    /// Whether it stands under a condition.
    pub nested: bool,
}

/// A group of alternatives: `if holds … elif holds … else`, or a block of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chain {
    /// The line it begins on.
    pub line: usize,
    /// The column it begins at.
    pub column: usize,
    /// Whether an `else` covers all other cases.
    pub covered: bool,
    /// What is said to be undecided, without white space: `elif undecided`.
    pub undecided: Vec<String>,
}

/// A template, read.
///
/// It holds no statement but the four that are allowed, no operator, no unknown function or filter; every digit of
/// its prose is a year, belongs to a call or is exempt for a reason.
#[derive(Clone, Debug, Default)]
pub(super) struct Template {
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
    /// True where something in it was refused: it cannot be rendered.
    pub broken: bool,
    /// True where it prints something that is no finding, which was refused.
    pub bare: bool,
    /// Numbers that belong to no finding, which was told, with their lines.
    pub typed: Vec<(usize, String)>,
    /// What it may hold.
    pub mode: Mode,
    /// The text as its author wrote it.
    pub source: String,
    pub(super) stand: Stand,
}

/// Where a text stands that is no file of its own: a scalar of a YAML file.
#[derive(Clone, Debug, Default)]
pub(super) struct Stand {
    file: String,
    line: usize,
    column: usize,
    /// Whether it is a scalar of one line, so that its columns can be counted.
    pub(super) exact: bool,
}
/// Reads a template, reporting what it must not hold.
pub(super) fn read(path: &str, source: &str, diagnostics: &mut Diagnostics) -> Template {
    let stand = Stand { file: path.to_owned(), line: 1, column: 1, exact: true };
    // A checkout on another system ends its lines otherwise and says the same.
    read_at(path, &source.replace("\r\n", "\n"), stand, diagnostics)
}

/// Reads a template that is a scalar of a YAML file, under a name of its own.
pub(super) fn read_scalar(name: &str, file: &str, text: &Text, diagnostics: &mut Diagnostics) -> Template {
    let (line, column) = (text.referenced.line() as usize, text.referenced.column() as usize);
    let quotes = (text.referenced.span().len() as usize).checked_sub(text.value.chars().count());
    let exact = matches!(quotes, Some(0 | 2));
    let stand = Stand { file: file.to_owned(), line, column: column + usize::from(quotes == Some(2)), exact };
    read_at(name, &text.value, stand, diagnostics)
}

/// Reads a text that is evaluated alone: a line of an input.
pub(super) fn read_alone(
    name: &str,
    file: &str,
    line: usize,
    source: &str,
    study: bool,
    diagnostics: &mut Diagnostics,
) -> Template {
    let stand = Stand { file: file.to_owned(), line, column: 1, exact: true };
    let mode = Mode::Alone { study };
    reader::read(source, Template { path: name.to_owned(), stand, mode, ..Template::default() }, diagnostics)
}

/// Writes an expression without white space, so that one is known again.
pub(super) fn without_space(expression: &str) -> String {
    expression.chars().filter(|c| !c.is_whitespace()).collect()
}

fn read_at(path: &str, source: &str, stand: Stand, diagnostics: &mut Diagnostics) -> Template {
    let template = Template { path: path.to_owned(), stand, ..Template::default() };
    reader::read(source, template, diagnostics)
}

impl Template {
    /// Returns the place of a line and column of its text.
    pub(super) fn place(&self, line: usize, column: usize) -> Place {
        let stand = &self.stand;
        match line {
            _ if !stand.exact => Place::line(&stand.file, stand.line, stand.column),
            1 => Place::line(&stand.file, stand.line, stand.column + column - 1),
            _ => Place::line(&stand.file, stand.line + line - 1, column),
        }
    }

    /// Returns true for a file of its own, which a scalar or a line that is read alone is not.
    pub(super) fn is_file(&self) -> bool {
        self.mode == Mode::Page && self.path == self.stand.file
    }

    /// Returns true where the text begins with a sentence: on a page, and in a line that is read alone and ends as one.
    pub(super) fn is_prose(&self) -> bool {
        match self.mode {
            Mode::Page => self.is_file(),
            Mode::Alone { .. } => self.source.trim_end().ends_with(['.', '!', '?']),
        }
    }

    /// Lists the languages that its prose may be in: the one whose folder it stands in, or all.
    pub(super) fn langs(&self) -> Vec<Lang> {
        let own = self.path.strip_prefix("templates/").and_then(|rest| Lang::parse(rest.split('/').next()?));
        own.map_or_else(|| Lang::ALL.to_vec(), |own| vec![own])
    }

    /// Names a line of its text: `templates/ru/results.md:7`.
    pub(super) fn spot(&self, line: usize) -> String {
        let place = self.place(line, 1);
        format!("{}:{}", place.file, place.line.unwrap_or(1))
    }

    /// Returns the place of a call's first argument.
    pub(super) fn place_of(&self, call: &Call) -> Place {
        let place = self.place(call.line, call.column);
        if self.stand.exact { place.covering(call.argument.chars().count() + 2) } else { place }
    }

    /// Returns the place of a part of a call's first argument.
    pub(super) fn place_in(&self, call: &Call, part: &Range<usize>) -> Place {
        let chars = |range: Range<usize>| call.argument.get(range).map_or(0, |text| text.chars().count());
        if !self.stand.exact {
            return self.place_of(call);
        }
        self.place(call.line, call.column + 1 + chars(0..part.start)).covering(chars(part.clone()).max(1))
    }
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
