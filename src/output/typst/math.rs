//! Math: a formula in plain letters as Typst mathematics.

use super::super::formula::{Piece, pieces};
use super::markup::string;

/// Writes a formula, with its plain letters for those who do not see it.
pub(super) fn formula(text: &str) -> String {
    format!("#math.equation(alt: {}, ${}$);", string(text), row(&pieces(text)))
}

fn row(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Run(text) => run(text),
        Piece::Fraction(over, under) => format!("frac({}, {})", row(over), row(under)),
    };
    pieces.iter().map(piece).collect::<Vec<_>>().join(" ")
}

/// Marks over a letter, as the letter with the mark, or as the mark behind it.
const OVER: [(char, &str); 3] = [('\u{304}', "macron"), ('\u{302}', "hat"), ('\u{303}', "tilde")];

/// Letters that hold their mark, with the letter and the mark.
const MARKED: [(char, char, &str); 6] = [
    ('ȳ', 'y', "macron"),
    ('ŷ', 'y', "hat"),
    ('ā', 'a', "macron"),
    ('â', 'a', "hat"),
    ('ê', 'e', "hat"),
    ('ẑ', 'z', "hat"),
];

fn run(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let start = at;
        let goes_on = |is: &dyn Fn(char) -> bool, mut at: usize| {
            while letters.get(at).is_some_and(|letter| is(*letter)) {
                at += 1;
            }
            at
        };
        let letter = letters[at];
        at += 1;
        if letter == 'Σ' {
            out.push("sum".to_owned());
        } else if letter == '√' {
            let end = operand(&letters, at);
            let inner: String = letters[at..end].iter().collect();
            let inner = inner.trim();
            let bare =
                inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).filter(|inner| is_closed(inner));
            out.push(if inner.is_empty() {
                string("√")
            } else {
                format!("sqrt({})", row(&pieces(bare.unwrap_or(inner))))
            });
            at = end;
        } else if let (Some(power), Some(last)) = (power(letter), out.last_mut()) {
            last.push_str(&format!("^({})", string(&power.to_string())));
        } else if letter.is_alphabetic() {
            at = goes_on(&|c| c.is_alphabetic() || is_mark(c), at);
            let end = goes_on(&|c| index(c).is_some(), at);
            let low: String = letters[at..end].iter().filter_map(|c| index(*c)).collect();
            let own = name(&letters[start..at]);
            out.push(if low.is_empty() { own } else { format!("{own}_({})", string(&low)) });
            at = end;
        } else if letter.is_ascii_digit() {
            at = goes_on(&|c| c.is_ascii_digit() || c == '.', at);
            out.push(string(&letters[start..at].iter().collect::<String>()));
        } else if !letter.is_whitespace() {
            out.push(sign(letter));
        }
    }
    out.join(" ")
}

/// Finds the end of what stands under a root: names, sums, brackets and their powers.
fn operand(letters: &[char], start: usize) -> usize {
    let (mut at, mut depth, mut end) = (start, 0i32, start);
    while let Some(letter) = letters.get(at) {
        match letter {
            '(' => depth += 1,
            ')' if depth == 0 => break,
            ')' => depth -= 1,
            letter if depth > 0 || letter.is_alphabetic() || is_mark(*letter) => {}
            letter if index(*letter).is_some() || power(*letter).is_some() || *letter == ' ' => {}
            _ => break,
        }
        at += 1;
        if depth == 0 {
            end = at;
        }
    }
    end
}

/// Returns true where every bracket is closed by one behind it.
fn is_closed(text: &str) -> bool {
    let mut depth = 0i32;
    text.chars().all(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        depth >= 0
    }) && depth == 0
}

/// Reads a digit above the line.
fn power(letter: char) -> Option<char> {
    [('²', '2'), ('³', '3'), ('⁴', '4')].into_iter().find_map(|(own, digit)| (own == letter).then_some(digit))
}

fn is_mark(letter: char) -> bool {
    OVER.iter().any(|(own, _)| *own == letter)
}

/// Reads a digit below the line.
fn index(letter: char) -> Option<char> {
    char::from_digit(u32::from(letter).checked_sub(u32::from('₀')).filter(|digit| *digit < 10)?, 10)
}

/// Writes a quantity: one letter leans, with the mark over it; a word stands.
fn name(letters: &[char]) -> String {
    let single = |letter: char| letter.to_string();
    match letters {
        [own] => match MARKED.iter().find(|(marked, ..)| marked == own) {
            Some((_, letter, mark)) => format!("{mark}({letter})"),
            None => single(*own),
        },
        [own, mark] if is_mark(*mark) => {
            let name = OVER.iter().find(|(own, _)| own == mark).map_or("macron", |(_, name)| name);
            format!("{name}({})", single(*own))
        }
        letters => string(&letters.iter().collect::<String>()),
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
            ("ln(#x)", "\"ln\" \\( \\# x \\)"),
            ("√m \"", "sqrt(m) \\\""),
            ("√(a / b) + R²", "sqrt(frac(a, b)) \\+ R^(\"2\")"),
            ("√Σ(t − t̄)²", "sqrt(sum \\( t − macron(t) \\)^(\"2\"))"),
        ] {
            assert_eq!(row(&pieces(text)), written, "{text}");
        }
    }
}
