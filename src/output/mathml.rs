//! MathML: formulas in plain letters, and expressions with their numbers filled in, as mathematics of a page.

use super::atom::root;
use super::element::{Element, Html, said, tag};
use super::formula::{Piece, lines, pieces};

/// What stands in the place of `y(t−1)`: the number, where one is known.
pub(super) type Filling<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

/// Writes a formula with its letters.
pub(super) fn formula(text: &str) -> Element {
    tag("math").put(filled(text, &|_, _| None))
}

/// Writes a formula with numbers in the places of what it is worked out from.
pub(super) fn filled(text: &str, filling: Filling) -> Html {
    let parts = lines(text, pieces(text));
    match parts.as_slice() {
        [only] => row(only, filling),
        // A narrow page puts them below one another.
        parts => {
            let mut out = Html::default();
            parts.iter().for_each(|part| out.put(tag("mrow").put(row(part, filling))));
            out
        }
    }
}

/// Returns true where every quantity of a formula has a number; what is left are numbers and signs.
pub(super) fn is_filled(text: &str, filling: Filling) -> bool {
    let mut rest = text;
    while let Some((token, after)) = token(rest) {
        match token {
            Token::At(name, at) if filling(name, at).is_none() => return false,
            Token::Letters(_) => return false,
            Token::At(..) | Token::Digits(_) | Token::Sign(_) => {}
        }
        rest = after;
    }
    true
}

/// One token of a run.
enum Token<'a> {
    /// A quantity at a place: `y(t−1)`.
    At(&'a str, &'a str),
    /// Other letters.
    Letters(&'a str),
    /// Digits with their decimal sign.
    Digits(&'a str),
    /// Any other sign.
    Sign(&'a str),
}

/// Marks over and under letters, and digits below the line, belong to the letter before them.
fn goes_on(letter: char) -> bool {
    letter.is_alphabetic() || matches!(letter, '\u{300}'..='\u{36f}' | '₀'..='₉')
}

fn token(text: &str) -> Option<(Token<'_>, &str)> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let length = |keep: &dyn Fn(char) -> bool| text.find(|c: char| !keep(c)).unwrap_or(text.len());
    if first.is_alphabetic() && !matches!(first, 'Σ') {
        let (name, after) = text.split_at(length(&goes_on));
        let place = after.strip_prefix('(').and_then(|inner| inner.split_once(')'));
        let is_place = |at: &str| {
            !at.is_empty()
                && at.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '−' | '+'))
                && at.chars().count() < 4
        };
        return Some(match place {
            Some((at, after)) if is_place(at) => (Token::At(name, at), after),
            _ => (Token::Letters(name), after),
        });
    }
    if first.is_ascii_digit() {
        let (digits, after) = text.split_at(length(&|c| c.is_ascii_digit() || c == '.'));
        return Some((Token::Digits(digits), after));
    }
    let (sign, after) = text.split_at(first.len_utf8());
    Some((Token::Sign(sign), after))
}

fn row(pieces: &[Piece], filling: Filling) -> Html {
    let mut out = Html::default();
    for piece in pieces {
        match piece {
            Piece::Run(text) => out.put(run(text, filling)),
            Piece::Fraction(over, under) => out.put(fraction(row(over, filling), row(under, filling))),
        }
    }
    out
}

/// Writes a fraction.
pub(super) fn fraction(over: Html, under: Html) -> Html {
    tag("mfrac").put(tag("mrow").put(over)).put(tag("mrow").put(under)).into()
}

/// Writes a sign.
pub(super) fn sign(text: &str) -> Html {
    said("mo", text)
}

/// Writes a number as it is printed.
pub(super) fn number(text: &str) -> Html {
    said("mn", text)
}

fn run(text: &str, filling: Filling) -> Html {
    let mut out = Html::default();
    let (mut rest, mut is_word, mut opens) = (text, false, false);
    while let Some((token, after)) = token(rest) {
        if let Some((inner, after)) = root(rest.trim_start()) {
            out.put(tag("msqrt").put(row(&pieces(inner), filling)));
            (rest, is_word, opens) = (after, false, false);
            continue;
        }
        // A word and what it is said of do not run into one another.
        if is_word && matches!(token, Token::At(..) | Token::Letters(_)) {
            out.put(said("mtext", "\u{a0}"));
        }
        is_word = matches!(token, Token::Letters(letters) if letters.chars().nth(1).is_some_and(char::is_alphabetic));
        match token {
            Token::At(name, at) => match filling(name, at) {
                Some(value) => out.put(number(&value)),
                None => {
                    out.put(said("mi", name));
                    out.put(sign("("));
                    out.put(run(at, filling));
                    out.put(sign(")"));
                }
            },
            Token::Letters(letters) => out.put(said("mi", letters)),
            Token::Digits(digits) => out.put(number(digits)),
            // Within a row only its first sign is taken for one of the number behind it.
            Token::Sign(text @ ("−" | "+")) if opens => out.put(tag("mo").with("form", "prefix").text(text)),
            Token::Sign(text) => out.put(sign(text)),
        }
        opens = matches!(token, Token::Sign("(" | "," | ";" | "=" | "·" | "≤" | "≥" | "<" | ">"));
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(html: &Html) -> String {
        html.as_str()
            .replace("<mrow>", "{")
            .replace("</mrow>", "}")
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
            .collect()
    }

    #[test]
    fn quantities_take_their_numbers_and_strokes_become_fractions() {
        let values = |name: &str, at: &str| match (name, at) {
            ("y", "t") => Some("12".to_owned()),
            ("y", "t−1") => Some("−3,5".to_owned()),
            _ => None,
        };
        for (text, letters, numbers, is_whole) in [
            ("y(t) − y(t−1)", "{y(t)−}{y(t−1)}", "{12−}{−3,5}", true),
            ("100 · y(t) / y(t−1)", "100·{y(t)}{y(t−1)}", "100·{12}{−3,5}", true),
            ("(P(t) + P(t+1)) / 2", "{P(t)+P(t+1)}{2}", "{P(t)+P(t+1)}{2}", false),
            ("Σ y(t) / n", "Σ{y(t)}{n}", "Σ{12}{n}", false),
            ("√(y(t) / (n − 1)) + 1", "{{y(t)}{n−1}+}{1}", "{{12}{n−1}+}{1}", false),
        ] {
            assert_eq!(plain(&Html::from(formula(text))), letters, "{text}");
            assert_eq!(plain(&filled(text, &values)), numbers, "{text}");
            assert_eq!(is_filled(text, &values), is_whole, "{text}");
        }
    }

    #[test]
    fn roots_have_their_line_and_words_their_distance() {
        let html = |text: &str| Html::from(formula(text)).as_str().to_owned();
        assert!(html("exp(−2a + 1)").contains("<mo>(</mo><mo form=\"prefix\">−</mo>"));
        assert_eq!(html("a − b").matches("prefix").count(), 0);
        assert_eq!(html("√(a)"), "<math><msqrt><mi>a</mi></msqrt></math>");
        assert_eq!(html("max y(t)").matches("mtext>\u{a0}").count(), 1);
        assert_eq!(html("ln(y) + y").matches("mtext>\u{a0}").count(), 0);
    }
}
