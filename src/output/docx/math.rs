//! Math: a formula in plain letters as Office mathematics.

use super::super::formula::{Piece, pieces};
use super::xml::{Node, Xml, node};

/// Writes a formula.
pub(super) fn formula(text: &str) -> Node {
    node("m:oMath").put(linear(&pieces(text)))
}

fn linear(pieces: &[Piece]) -> Xml {
    let mut out = Xml::default();
    for piece in pieces {
        match piece {
            Piece::Run(text) => out.put(run(text)),
            Piece::Fraction(over, under) => {
                let part = |name: &'static str, pieces: &[Piece]| node(name).put(linear(pieces));
                out.put(node("m:f").put(part("m:num", over)).put(part("m:den", under)));
            }
        }
    }
    out
}

fn run(text: &str) -> Xml {
    node("m:r").put(node("m:t").at("xml:space", "preserve").text(text)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let xml = String::from_utf8(Xml::from(formula(text)).part()).expect("it is text");
        let mut rest = xml.split_once("?>").expect("a head").1.trim().to_owned();
        for (tag, said) in [("<m:num>", "{"), ("</m:num>", "}"), ("<m:den>", "{"), ("</m:den>", "}")] {
            rest = rest.replace(tag, said);
        }
        let mut out = String::new();
        let mut within = false;
        for letter in rest.chars() {
            match letter {
                '<' => within = true,
                '>' => within = false,
                _ if !within => out.push(letter),
                _ => {}
            }
        }
        out
    }

    #[test]
    fn strokes_become_fractions() {
        for (text, said) in [
            ("a / b", "{a}{b}"),
            ("I = 100 · (x − y) / n(n − 1)", "I = 100 · {x − y}{n(n − 1)}"),
            ("(a / b) / c", "{{a}{b}}{c}"),
            ("(a + b)(c / d) / e", "{(a + b)(c / d)}{e}"),
            ("км/ч", "км/ч"),
            ("a / b, c / d", "{a}{b}, {c}{d}"),
            ("a /", "a /"),
            (") / (", ") / ("),
        ] {
            assert_eq!(plain(text), said, "{text}");
        }
    }
}
