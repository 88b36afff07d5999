//! Syntax: the text of an expression → its tree. Codes and years are read as keys inside brackets.

use std::fmt;
use std::ops::Range;

use super::Problem;
use crate::diagnostic::code;
use crate::finding::{Amount, Part, Period};

/// A parsed expression with the bytes it stands at.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: Kind,
    /// Where it stands in the text.
    pub span: Range<usize>,
}

/// The forms of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `5`, `0.5`.
    Number(Amount),
    /// `KZ-75` outside brackets.
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
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The analysis, table or named finding.
    pub name: String,
    /// The member; `value` when left out.
    pub member: Option<String>,
    /// The selectors in brackets; `None` without brackets.
    pub selectors: Option<Vec<Selector>>,
}

/// What one selector picks along its dimension: any of these.
pub type Selector = Vec<Item>;

/// One alternative of a selector.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A code, period or category.
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
#[derive(Clone, Debug, PartialEq)]
pub enum Edge {
    /// A period.
    At(Period),
    /// The first period of the series.
    First,
    /// The last period of the series.
    Last,
}

/// The operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

/// How deep expressions may nest, so that a hostile one cannot exhaust the stack.
const DEEPEST: usize = 64;

/// How many operators an expression may have, for the same reason.
const MOST: usize = 256;

/// Parses an expression.
pub fn parse(text: &str) -> Result<Expr, Problem> {
    let mut parser = Parser { tokens: lex(text)?, at: 0, end: text.len(), depth: 0, operators: 0 };
    let expr = parser.binary(0)?;
    match parser.peek() {
        None => Ok(expr),
        Some(_) => Err(parser.unexpected("an operator or the end")),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Sign(&'static str),
}

const SIGNS: [&str; 19] =
    ["==", "!=", "<=", ">=", "..", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", ".", "|", "−"];

fn lex(text: &str) -> Result<Vec<(Token, Range<usize>)>, Problem> {
    let mut tokens = Vec::new();
    let (mut at, mut brackets) = (0, 0usize);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let length = word_length(rest, brackets > 0);
        if length > 0 {
            tokens.push((Token::Word(rest[..length].to_owned()), at..at + length));
            at += length;
            continue;
        }
        let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) else {
            let message = format!("`{first}` has no meaning in an expression");
            return Err(Problem::new(code::EXPRESSION_SYNTAX, at..at + first.len_utf8(), message));
        };
        brackets = match sign {
            "[" => brackets + 1,
            "]" => brackets.saturating_sub(1),
            _ => brackets,
        };
        tokens.push((Token::Sign(if sign == "−" { "-" } else { sign }), at..at + sign.len()));
        at += sign.len();
    }
    Ok(tokens)
}

/// Measures a word: an identifier, a number, or a key, in which `-` and `@` are letters.
fn word_length(rest: &str, in_brackets: bool) -> usize {
    let first = rest.chars().next().unwrap_or(' ');
    let is_code = rest.len() > 1 && rest.bytes().take(2).all(|b| b.is_ascii_uppercase());
    let length_of = |keep: &dyn Fn(char) -> bool| rest.find(|c: char| !keep(c)).unwrap_or(rest.len());
    if is_code || (in_brackets && first.is_ascii_digit()) {
        length_of(&|c| c.is_ascii_alphanumeric() || c == '-' || c == '@')
    } else if first.is_ascii_digit() {
        let whole = length_of(&|c| c.is_ascii_digit());
        let fraction = rest[whole..]
            .strip_prefix('.')
            .map_or(0, |f| f.len() - f.trim_start_matches(|c: char| c.is_ascii_digit()).len());
        if fraction > 0 { whole + 1 + fraction } else { whole }
    } else {
        length_of(&|c| c.is_alphanumeric() || c == '_')
    }
}

struct Parser {
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    end: usize,
    depth: usize,
    operators: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn span(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.end..self.end, |(_, span)| span.clone())
    }

    fn take(&mut self, sign: &str) -> bool {
        let there = matches!(self.peek(), Some(Token::Sign(s)) if *s == sign);
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, sign: &str) -> Result<(), Problem> {
        if self.take(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn word(&mut self, wanted: &str) -> Result<String, Problem> {
        match self.peek().cloned() {
            Some(Token::Word(word)) => {
                self.at += 1;
                Ok(word)
            }
            _ => Err(self.unexpected(wanted)),
        }
    }

    fn unexpected(&self, wanted: &str) -> Problem {
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(Token::Word(word)) => format!("`{word}`"),
            Some(Token::Sign(sign)) => format!("`{sign}`"),
        };
        Problem::new(code::EXPRESSION_SYNTAX, self.span(), format!("expected {wanted}, found {found}"))
    }

    fn operator(&self, level: usize) -> Option<Operator> {
        use Operator::{And, AtLeast, AtMost, Equal, Less, Minus, More, Or, Over, Plus, Times, Unequal};
        let (name, levels) = match self.peek()? {
            Token::Word(word) => (word.as_str(), 0..2),
            Token::Sign(sign) => (*sign, 2..5),
        };
        let table: [&[(&str, Operator)]; 5] = [
            &[("or", Or)],
            &[("and", And)],
            &[("==", Equal), ("!=", Unequal), ("<=", AtMost), (">=", AtLeast), ("<", Less), (">", More)],
            &[("+", Plus), ("-", Minus)],
            &[("*", Times), ("/", Over)],
        ];
        levels.contains(&level).then_some(())?;
        table[level].iter().find(|(sign, _)| *sign == name).map(|(_, operator)| *operator)
    }

    fn binary(&mut self, level: usize) -> Result<Expr, Problem> {
        if level == 5 {
            return self.unary();
        }
        let mut left = self.binary(level + 1)?;
        while let Some(operator) = self.operator(level) {
            // What stands in a row nests as well: to the left.
            self.operators += 1;
            if self.operators > MOST {
                let message = format!("the expression has more than {MOST} operators: name parts of it");
                return Err(Problem::new(code::EXPRESSION_SYNTAX, self.span(), message));
            }
            self.at += 1;
            let right = self.binary(level + 1)?;
            let span = left.span.start..right.span.end;
            left = Expr { kind: Kind::Binary(operator, Box::new(left), Box::new(right)), span };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Expr, Problem> {
        let start = self.span().start;
        let not = matches!(self.peek(), Some(Token::Word(word)) if word == "not");
        let minus = matches!(self.peek(), Some(Token::Sign("-")));
        if !not && !minus {
            return self.nested(Parser::primary);
        }
        self.at += 1;
        // `not` binds weaker than a comparison, a minus stronger than a product.
        let inner = self.nested(|parser| if not { parser.binary(2) } else { parser.unary() })?;
        let span = start..inner.span.end;
        let operator = if not { Operator::Not } else { Operator::Minus };
        Ok(Expr { kind: Kind::Unary(operator, Box::new(inner)), span })
    }

    fn nested<T>(&mut self, parse: impl FnOnce(&mut Parser) -> Result<T, Problem>) -> Result<T, Problem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Problem::new(code::EXPRESSION_SYNTAX, self.span(), "the expression nests too deeply"));
        }
        let result = parse(self);
        self.depth -= 1;
        result
    }

    fn primary(&mut self) -> Result<Expr, Problem> {
        let start = self.span().start;
        if self.take("(") {
            let inner = self.binary(0)?;
            self.expect(")")?;
            return Ok(inner);
        }
        let word = self.word("a value")?;
        let kind = if let Some(amount) = Amount::parse(&word) {
            Kind::Number(amount)
        } else if let part @ Part::Territory(_) = Part::parse(&word) {
            Kind::Key(part)
        } else if self.take("(") {
            Kind::Call(word, self.arguments()?)
        } else {
            Kind::Path(self.path(word)?)
        };
        let end = self.tokens.get(self.at.wrapping_sub(1)).map_or(self.end, |(_, span)| span.end);
        Ok(Expr { kind, span: start..end })
    }

    fn arguments(&mut self) -> Result<Vec<Expr>, Problem> {
        let mut arguments = Vec::new();
        while !self.take(")") {
            if !arguments.is_empty() {
                self.expect(",")?;
            }
            arguments.push(self.binary(0)?);
        }
        Ok(arguments)
    }

    fn path(&mut self, name: String) -> Result<Path, Problem> {
        let member = if self.take(".") { Some(self.word("the name of a member")?) } else { None };
        let selectors = if self.take("[") { Some(self.selectors()?) } else { None };
        Ok(Path { name, member, selectors })
    }

    fn selectors(&mut self) -> Result<Vec<Selector>, Problem> {
        let mut selectors = Vec::new();
        loop {
            let mut items = vec![self.item()?];
            while self.take("|") {
                items.push(self.item()?);
            }
            selectors.push(items);
            if self.take("]") {
                return Ok(selectors);
            }
            self.expect(",")?;
        }
    }

    fn item(&mut self) -> Result<Item, Problem> {
        let span = self.span();
        let word = self.word("a key")?;
        if self.take("..") {
            let end_span = self.span();
            let end = self.word("a period")?;
            return Ok(Item::Span(edge(&word, span)?, edge(&end, end_span)?));
        }
        Ok(match word.as_str() {
            "first" => Item::First,
            "last" => Item::Last,
            "all" => Item::All,
            _ => Item::Part(Part::parse(&word)),
        })
    }
}

fn edge(word: &str, span: Range<usize>) -> Result<Edge, Problem> {
    match (word, Period::parse(word)) {
        ("first", _) => Ok(Edge::First),
        ("last", _) => Ok(Edge::Last),
        (_, Some(period)) => Ok(Edge::At(period)),
        (_, None) => Err(Problem::new(code::EXPRESSION_SYNTAX, span, format!("`{word}` is not a period"))),
    }
}

impl Operator {
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
            Item::Part(part) => part.fmt(f),
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

/// Writes the expression in its canonical form.
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Number(amount) => amount.fmt(f),
            Kind::Key(part) => part.fmt(f),
            Kind::Path(path) => path.fmt(f),
            Kind::Call(name, arguments) => {
                write!(f, "{name}(")?;
                for (i, argument) in arguments.iter().enumerate() {
                    write!(f, "{}{argument}", if i == 0 { "" } else { ", " })?;
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
            for (j, item) in items.iter().enumerate() {
                write!(f, "{}{item}", if j == 0 { "" } else { "|" })?;
            }
        }
        f.write_str("]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> String {
        match parse(text) {
            Ok(expr) => expr.to_string(),
            Err(problem) => format!("{:?}: {}", problem.span, problem.message),
        }
    }

    #[test]
    fn reads_paths_keys_and_precedence() {
        assert_eq!(canonical("rural_balance.value[KZ-75,2022]"), "rural_balance.value[KZ-75,2022]");
        assert_eq!(
            canonical("a[KZ-63@2000 | KZ-10, 2013..last]*2-1 > 0"),
            "((a[KZ-63@2000|KZ-10,2013..last] * 2) - 1) > 0"
        );
        assert_eq!(canonical("not x == KZ and y[2023-07]"), "(not (x == KZ)) and y[2023-07]");
        assert_eq!(canonical("first(a[regions, last] > 0)"), "first(a[regions,last] > 0)");
        assert_eq!(canonical("1 - -0.50"), "1 - -0.5");
    }

    #[test]
    fn an_expression_cannot_exhaust_the_stack() {
        let long = |operators: usize| format!("1{}", " + 1".repeat(operators));
        assert!(parse(&long(MOST)).is_ok());
        assert!(canonical(&long(MOST + 1)).ends_with("more than 256 operators: name parts of it"));
        assert!(canonical(&"(".repeat(100_000)).ends_with("the expression nests too deeply"));
    }

    #[test]
    fn names_what_it_did_not_expect() {
        assert_eq!(canonical("sum(a,"), "6..6: expected a value, found the end");
        assert_eq!(canonical("a[2013..x]"), "8..9: `x` is not a period");
        assert_eq!(canonical("a ? b"), "2..3: `?` has no meaning in an expression");
        assert!(canonical(&"(".repeat(500)).contains("too deeply"));
        assert!(canonical(&"-".repeat(500)).contains("too deeply"));
    }
}
