//! Formula: a formula in plain letters, read as runs and fractions: what stands around ` / ` becomes one.

/// A piece of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Letters, digits and signs on a line.
    Run(&'a str),
    /// What stands over and under a line.
    Fraction(Vec<Piece<'a>>, Vec<Piece<'a>>),
}

/// Reads a formula.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = stroke(rest) {
        let (before, after) = (&rest[..at], &rest[at + STROKE.len()..]);
        let over = before.len() - last_atom(before);
        let under = first_atom(after);
        // What has nothing on one side is no fraction.
        if before[over..].is_empty() || after[..under].is_empty() {
            break;
        }
        if over > 0 {
            out.push(Piece::Run(&before[..over]));
        }
        out.push(Piece::Fraction(pieces(bare(&before[over..])), pieces(bare(&after[..under]))));
        rest = &after[under..];
    }
    if !rest.is_empty() {
        out.push(Piece::Run(rest));
    }
    out
}

const STROKE: &str = " / ";

/// Finds the first stroke of a fraction that stands in no brackets.
fn stroke(text: &str) -> Option<usize> {
    let mut depth = 0i32;
    text.char_indices().find_map(|(at, letter)| {
        depth += turn(letter);
        (depth == 0 && text[at..].starts_with(STROKE)).then_some(at)
    })
}

fn turn(letter: char) -> i32 {
    match letter {
        '(' | '[' | '{' => 1,
        ')' | ']' | '}' => -1,
        _ => 0,
    }
}

/// Returns the bytes of what stands before the first space outside of brackets.
fn first_atom(text: &str) -> usize {
    let mut depth = 0i32;
    let end = text.char_indices().find(|(_, letter)| {
        depth += turn(*letter);
        depth < 0 || (depth == 0 && (letter.is_whitespace() || matches!(letter, ',' | ';')))
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// Returns the bytes of what stands behind the last space outside of brackets.
fn last_atom(text: &str) -> usize {
    let mut depth = 0i32;
    let start = text.char_indices().rev().find(|(_, letter)| {
        depth -= turn(*letter);
        depth < 0 || (depth == 0 && letter.is_whitespace())
    });
    start.map_or(text.len(), |(at, letter)| text.len() - at - letter.len_utf8())
}

/// Takes off brackets around the whole, which a fraction's line replaces.
fn bare(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else { return text };
    let mut depth = 0i32;
    let closes = inner.chars().any(|letter| {
        depth += turn(letter);
        depth < 0
    });
    if closes { text } else { inner }
}
