//! Syntax: the text of an expression → its tree. Words in brackets are read as typed: what they mean, the series says.

use std::ops::Range;

use super::{Edge, Expr, Item, Kind, Operator, Path, Problem, Selector};
use crate::diagnostic::code;
use crate::finding::expr::{RESERVED, word_in_brackets};
use crate::finding::{Amount, Part, Period};

/// How deep expressions may nest, so that a hostile one cannot exhaust the stack.
const DEEPEST: usize = 64;

/// The argument that names a dimension: `sum(list, by=period)`, which `sum(list, 'period')` says as well.
const BY: &str = "by";

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
    /// A word in quotes: never a name or a number.
    Quoted(String),
    Sign(&'static str),
}

const SIGNS: [&str; 20] =
    ["==", "!=", "<=", ">=", "..", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", ".", "|", "−"];

fn lex(text: &str) -> Result<Vec<(Token, Range<usize>)>, Problem> {
    let mut tokens = Vec::new();
    let (mut at, mut brackets) = (0, 0usize);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        if first == '\'' {
            let (word, length) = unquoted(rest).ok_or_else(|| {
                let message = "the quotation mark is not closed";
                Problem::new(code::EXPRESSION_SYNTAX, at..text.len(), message)
            })?;
            tokens.push((Token::Quoted(word), at..at + length));
            at += length;
            continue;
        }
        let length = if brackets > 0 { word_in_brackets(rest) } else { word_length(rest) };
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

/// Reads a word in quotes, in which a quotation mark stands twice; returns it and its length with the marks.
fn unquoted(rest: &str) -> Option<(String, usize)> {
    let mut word = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        let closes = letter == '\'' && letters.next_if(|(_, next)| *next == '\'').is_none();
        if closes {
            return Some((word, at + 1));
        }
        word.push(letter);
    }
    None
}

/// Measures a word outside brackets: an identifier, a number, or a code, in which `-` and `@` are letters.
fn word_length(rest: &str) -> usize {
    let first = rest.chars().next().unwrap_or(' ');
    if !first.is_ascii_digit() {
        return word_in_brackets(rest);
    }
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let whole = digits(rest);
    match rest[whole..].strip_prefix('.').map_or(0, digits) {
        0 => whole,
        fraction => whole + 1 + fraction,
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

    fn quoted(&mut self) -> Option<String> {
        let Some(Token::Quoted(word)) = self.peek().cloned() else { return None };
        self.at += 1;
        Some(word)
    }

    fn unexpected(&self, wanted: &str) -> Problem {
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(Token::Word(word)) => format!("`{word}`"),
            Some(Token::Quoted(word)) => format!("`'{word}'`"),
            Some(Token::Sign(sign)) => format!("`{sign}`"),
        };
        Problem::new(code::EXPRESSION_SYNTAX, self.span(), format!("expected {wanted}, found {found}"))
    }

    fn operator(&self, level: usize) -> Option<Operator> {
        use Operator::{And, AtLeast, AtMost, Equal, Less, Minus, More, Or, Over, Plus, Times, Unequal};
        let (name, levels) = match self.peek()? {
            Token::Word(word) => (word.as_str(), 0..2),
            Token::Sign(sign) => (*sign, 2..5),
            Token::Quoted(_) => return None,
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
        if let Some(word) = self.quoted() {
            let span = start..self.tokens[self.at - 1].1.end;
            return Ok(Expr { kind: Kind::Key(Part::Category(word.into())), span });
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
            let start = self.span().start;
            match self.named() {
                None => arguments.push(self.binary(0)?),
                Some(name) if name == BY => {
                    let dimension = match self.quoted() {
                        Some(dimension) => dimension,
                        None => self.word("the name of a dimension")?,
                    };
                    let span = start..self.tokens[self.at - 1].1.end;
                    arguments.push(Expr { kind: Kind::Key(Part::Category(dimension.into())), span });
                }
                Some(name) => {
                    let message = format!("there is no argument `{name}`");
                    let hint = "sum, mean, median, min, max and count take `by=` and a dimension".to_owned();
                    return Err(
                        Problem::new(code::EXPRESSION_SYNTAX, start..self.span().start, message).hint(Some(hint))
                    );
                }
            }
        }
        Ok(arguments)
    }

    fn path(&mut self, name: String) -> Result<Path, Problem> {
        let member = if self.take(".") { Some(self.word("the name of a member")?) } else { None };
        let mut along = Vec::new();
        let selectors = if self.take("[") { Some(self.selectors(&mut along)?) } else { None };
        Ok(Path { name, member, selectors, along })
    }

    fn selectors(&mut self, along: &mut Vec<String>) -> Result<Vec<Selector>, Problem> {
        let mut selectors = Vec::new();
        loop {
            let span = self.span();
            let dimension = self.named();
            if !selectors.is_empty() && dimension.is_some() == along.is_empty() {
                let message = "some parts of a key are named, and others are not";
                let hint =
                    "name all, `[territory=KZ, period=last]`, or none: then they stand in the order of the series";
                return Err(Problem::new(code::EXPRESSION_SYNTAX, span, message).hint(Some(hint.to_owned())));
            }
            if let Some(dimension) = dimension {
                if along.contains(&dimension) {
                    let message = format!("the dimension `{dimension}` is named twice");
                    return Err(Problem::new(code::EXPRESSION_SYNTAX, span, message));
                }
                along.push(dimension);
            }
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

    /// Reads a name that a sign of equality gives something: `territory=`.
    fn named(&mut self) -> Option<String> {
        let (Token::Word(name) | Token::Quoted(name)) = self.peek()?.clone() else { return None };
        let equals = matches!(self.tokens.get(self.at + 1), Some((Token::Sign("="), _)));
        self.at += if equals { 2 } else { 0 };
        equals.then_some(name)
    }

    fn item(&mut self) -> Result<Item, Problem> {
        let span = self.span();
        if let Some(word) = self.quoted() {
            return Ok(Item::Word(word.into()));
        }
        let word = self.word("a key")?;
        if self.take("..") {
            let end_span = self.span();
            let end = self.word("a period")?;
            return Ok(Item::Span(edge(&word, span)?, edge(&end, end_span)?));
        }
        let [first, last, all] = RESERVED;
        Ok(match word.as_str() {
            word if word == first => Item::First,
            word if word == last => Item::Last,
            word if word == all => Item::All,
            _ => Item::Word(word.into()),
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
        assert_eq!(canonical("a[year = last, 'of' = KZ|'65+']"), "a[year=last,of=KZ|65+]");
        assert_eq!(canonical("sum(a[x, all], by=year) == 5"), "sum(a[x,all], by=year) == 5");
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
        assert_eq!(canonical("a = b"), "2..3: expected an operator or the end, found `=`");
        assert_eq!(canonical("a[x=KZ, last]"), "8..12: some parts of a key are named, and others are not");
        assert_eq!(canonical("a[last, x=KZ]"), "8..9: some parts of a key are named, and others are not");
        assert_eq!(canonical("a[x=KZ, x=2]"), "8..9: the dimension `x` is named twice");
        assert_eq!(canonical("sum(a, to=x)"), "7..10: there is no argument `to`");
        assert_eq!(canonical("a ? b"), "2..3: `?` has no meaning in an expression");
        assert!(canonical(&"(".repeat(500)).contains("too deeply"));
        assert!(canonical(&"-".repeat(500)).contains("too deeply"));
    }
}
