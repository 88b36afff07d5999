//! Math: a formula in plain letters as Typst mathematics.

use super::super::atom::{Atom, Base, Over, atoms};
use super::super::formula::{Piece, pieces};
use super::markup::string;

/// How a formula begins.
pub(super) const BEGIN: &str = "#math.equation(";
/// How it ends.
pub(super) const END: &str = "$);";

/// Writes a formula as large as one that stands by itself, with its plain letters for those who do not see it.
pub(super) fn formula(text: &str) -> String {
    format!("{BEGIN}alt: {}, $display({}){END}", string(text), row(&pieces(text)))
}

fn row(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Run(text) => atoms(text).iter().map(atom).collect::<Vec<_>>().join(" "),
        Piece::Fraction(over, under) => format!("frac({}, {})", row(over), row(under)),
    };
    pieces.iter().map(piece).collect::<Vec<_>>().join(" ")
}

fn atom(atom: &Atom) -> String {
    let low = if atom.low.is_empty() { String::new() } else { format!("_({})", string(&atom.low)) };
    let high = if atom.high.is_empty() { String::new() } else { format!("^({})", string(&atom.high)) };
    base(&atom.base) + &low + &high
}

fn base(base: &Base) -> String {
    match base {
        Base::Letter(letter, None) => letter.to_string(),
        Base::Letter(letter, Some(mark)) => {
            let name = match mark {
                Over::Line => "macron",
                Over::Hat => "hat",
                Over::Tilde => "tilde",
            };
            format!("{name}({letter})")
        }
        // A mere text would keep the blank before a bracket.
        Base::Word(word) => format!("op({})", string(word)),
        Base::Digits(digits) => string(digits),
        Base::Root(inner) => format!("sqrt({})", row(&pieces(inner))),
        Base::Sum => "sum".to_owned(),
        Base::Open => "class(\"opening\", \\|)".to_owned(),
        Base::Close => "class(\"closing\", \\|)".to_owned(),
        Base::Sign(sign) => self::sign(*sign),
    }
}

fn sign(letter: char) -> String {
    match letter {
        // These would take what follows under themselves.
        '√' | '∛' | '∜' => string(&letter.to_string()),
        letter if letter.is_ascii() => format!("\\{letter}"),
        letter => letter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_marks_and_indices_are_set() {
        for (text, written) in [
            ("a / b", "frac(a, b)"),
            ("ȳ = Σ y(t) / n", "macron(y) \\= sum frac(y \\( t \\), n)"),
            ("x̄ + d₁ − 0.5", "macron(x) \\+ d_(\"1\") − \"0.5\""),
            ("ln(#x)", "op(\"ln\") \\( \\# x \\)"),
            ("√m \"", "sqrt(m) \\\""),
            ("√(a / b) + R²", "sqrt(frac(a, b)) \\+ R^(\"2\")"),
            ("√Σ(t − t̄)²", "sqrt(sum \\( t − macron(t) \\)^(\"2\"))"),
            ("|a|", "class(\"opening\", \\|) a class(\"closing\", \\|)"),
        ] {
            assert_eq!(row(&pieces(text)), written, "{text}");
        }
    }
}
