//! Expr: the tree of an expression, which is what a finding that is no single cell is called by.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::{Amount, Part, Period};

/// A parsed expression with the bytes it stands at. Two are the same where they say the same, wherever they stand.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: Kind,
    /// Where it stands in the text.
    pub span: Range<usize>,
}

/// The forms of an expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `5`, `0.5`.
    Number(Amount),
    /// `KZ-75` or `'65+'` outside brackets.
    Key(Part),
    /// `rural_balance.value[KZ-75, 2022]`.
    Path(Path),
    /// `sum(…)`.
    Call(String, Vec<Expr>),
    /// `-x`, `not x`.
    Unary(Operator, Box<Expr>),
    /// `a + b`, `a == b`, `a and b`.
    Binary(Operator, Box<Expr>, Box<Expr>),
}

/// A path to one or more findings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// The analysis, table or named finding.
    pub name: String,
    /// The member; `value` when left out.
    pub member: Option<String>,
    /// The selectors in brackets; `None` without brackets.
    pub selectors: Option<Vec<Selector>>,
    /// The dimensions that the selectors name, one each; empty where they stand in the order of the series.
    pub along: Vec<String>,
}

/// What one selector picks along its dimension: any of these.
pub type Selector = Vec<Item>;

/// One alternative of a selector.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// A word as typed; which part it means the dimension says that it stands for, never its form.
    Word(Arc<str>),
    /// A part of a key.
    Part(Part),
    /// `2013..2022`, each end a period or `first`/`last`.
    Span(Edge, Edge),
    /// `first`.
    First,
    /// `last`.
    Last,
    /// `all`.
    All,
}

/// One end of a range of periods.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// A period.
    At(Period),
    /// The first period of the series.
    First,
    /// The last period of the series.
    Last,
}

/// The operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `and`
    And,
    /// `or`
    Or,
    /// `not`
    Not,
}

impl Operator {
    /// Returns true for the operators that compare.
    pub fn compares(self) -> bool {
        use Operator::{AtLeast, AtMost, Equal, Less, More, Unequal};
        matches!(self, Equal | Unequal | Less | AtMost | More | AtLeast)
    }

    /// Returns the sign as written.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Plus => "+",
            Operator::Minus => "-",
            Operator::Times => "*",
            Operator::Over => "/",
            Operator::Equal => "==",
            Operator::Unequal => "!=",
            Operator::Less => "<",
            Operator::AtMost => "<=",
            Operator::More => ">",
            Operator::AtLeast => ">=",
            Operator::And => "and",
            Operator::Or => "or",
            Operator::Not => "not",
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::Word(word) => write!(f, "{}", Quoted(word)),
            Item::Part(part) => part.quoted(f),
            Item::Span(from, to) => write!(f, "{from}..{to}"),
            Item::First => f.write_str("first"),
            Item::Last => f.write_str("last"),
            Item::All => f.write_str("all"),
        }
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Edge::At(period) => period.fmt(f),
            Edge::First => f.write_str("first"),
            Edge::Last => f.write_str("last"),
        }
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Expr) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Expr {}

impl PartialOrd for Expr {
    fn partial_cmp(&self, other: &Expr) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Expr {
    fn cmp(&self, other: &Expr) -> Ordering {
        self.kind.cmp(&other.kind)
    }
}

impl Expr {
    /// Lists the paths of an expression, in the order of its text.
    pub fn paths(&self) -> Vec<&Path> {
        match &self.kind {
            Kind::Number(_) | Kind::Key(_) => Vec::new(),
            Kind::Path(path) => vec![path],
            Kind::Call(_, arguments) => arguments.iter().flat_map(Expr::paths).collect(),
            Kind::Unary(_, inner) => inner.paths(),
            Kind::Binary(_, left, right) => left.paths().into_iter().chain(right.paths()).collect(),
        }
    }
}

impl Path {
    /// Returns true for the name of a named finding, unless it is one of an analysis or a table.
    pub fn is_bare(&self) -> bool {
        self.member.is_none() && self.selectors.is_none()
    }
}

/// The functions that make one value of a list, and one for each member of a dimension where that is named.
pub const FOLDS: [&str; 6] = ["sum", "mean", "median", "min", "max", "count"];

/// The words that are no members of a dimension where they stand in brackets.
pub const RESERVED: [&str; 3] = ["first", "last", "all"];

/// Measures the word at the beginning of a text in brackets: a code, a period or a category that needs no quotes.
pub fn word_in_brackets(rest: &str) -> usize {
    let first = rest.chars().next().unwrap_or(' ');
    let is_code = rest.len() > 1 && rest.bytes().take(2).all(|b| b.is_ascii_uppercase());
    let length_of = |keep: &dyn Fn(char) -> bool| rest.find(|c: char| !keep(c)).unwrap_or(rest.len());
    if is_code {
        length_of(&|c| c.is_ascii_alphanumeric() || c == '-' || c == '@')
    } else if first.is_ascii_digit() {
        length_of(&|c| c.is_ascii_alphanumeric() || c == '-' || c == '@' || c == '+')
    } else {
        length_of(&|c| c.is_alphanumeric() || c == '_')
    }
}

/// A word in brackets: as it is where it is read back so, else in quotes.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = !self.0.is_empty() && word_in_brackets(self.0) == self.0.len() && !RESERVED.contains(&self.0);
        if plain { f.write_str(self.0) } else { quoted(self.0, f) }
    }
}

fn quoted(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "'{}'", text.replace('\'', "''"))
}

impl Part {
    /// Writes the part as it stands in brackets.
    pub(super) fn quoted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Category(name) => write!(f, "{}", Quoted(name)),
            Part::Territory(code) => write!(f, "{}", Quoted(code.as_str())),
            Part::Period(period) => write!(f, "{period}"),
        }
    }
}

/// Writes the expression in its canonical form.
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Number(amount) => amount.fmt(f),
            // Outside brackets only the form of a code tells a key from a name.
            Kind::Key(Part::Category(name)) => quoted(name, f),
            Kind::Key(part) => part.fmt(f),
            Kind::Path(path) => path.fmt(f),
            Kind::Call(name, arguments) => {
                write!(f, "{name}(")?;
                for (i, argument) in arguments.iter().enumerate() {
                    let between = if i == 0 { "" } else { ", " };
                    match &argument.kind {
                        // A word there names the dimension whose members are kept apart.
                        Kind::Key(Part::Category(by)) if i == 1 && FOLDS.contains(&name.as_str()) => {
                            write!(f, "{between}by={}", Quoted(by))?;
                        }
                        _ => write!(f, "{between}{argument}")?,
                    }
                }
                f.write_str(")")
            }
            Kind::Unary(Operator::Not, inner) => write!(f, "not {}", Grouped(inner)),
            Kind::Unary(operator, inner) => write!(f, "{}{}", operator.sign(), Grouped(inner)),
            Kind::Binary(operator, left, right) => {
                write!(f, "{} {} {}", Grouped(left), operator.sign(), Grouped(right))
            }
        }
    }
}

/// An operand, in parentheses where it has operators of its own.
struct Grouped<'a>(&'a Expr);

impl fmt::Display for Grouped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            Kind::Binary(..) | Kind::Unary(Operator::Not, _) => write!(f, "({})", self.0),
            _ => self.0.fmt(f),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some(member) = &self.member {
            write!(f, ".{member}")?;
        }
        let Some(selectors) = &self.selectors else { return Ok(()) };
        for (i, items) in selectors.iter().enumerate() {
            write!(f, "{}", if i == 0 { "[" } else { "," })?;
            if let Some(dimension) = self.along.get(i) {
                write!(f, "{}=", Quoted(dimension))?;
            }
            for (j, item) in items.iter().enumerate() {
                write!(f, "{}{item}", if j == 0 { "" } else { "|" })?;
            }
        }
        f.write_str("]")
    }
}
