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

/// What a line may end with.
const ENDS: &str = "=≤≥≠≈:;+−";

/// Parts a formula behind the signs with which a line of it may end: what stands in brackets stays together.
pub(super) fn lines<'a>(text: &str, pieces: Vec<Piece<'a>>) -> Vec<Vec<Piece<'a>>> {
    let mut depth = Depth::of(text);
    let mut lines = vec![Vec::new()];
    for piece in pieces {
        let Piece::Run(run) = piece else {
            lines.last_mut().into_iter().for_each(|line| line.push(piece.clone()));
            continue;
        };
        let mut from = 0;
        for (at, letter) in run.char_indices() {
            depth.turn(letter, 1);
            let is_begun = !run[from..at].trim().is_empty() || lines.last().is_some_and(|line| !line.is_empty());
            if depth.brackets == 0 && !depth.within_bars && is_begun && ENDS.contains(letter) {
                let end = at + letter.len_utf8();
                lines.last_mut().into_iter().for_each(|line| line.push(Piece::Run(&run[from..end])));
                lines.push(Vec::new());
                from = end;
            }
        }
        if !run[from..].trim().is_empty() {
            lines.last_mut().into_iter().for_each(|line| line.push(Piece::Run(&run[from..])));
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// How deep in brackets and bars a formula is while it is read, from either side.
struct Depth {
    brackets: i32,
    within_bars: bool,
    /// Bars come in pairs, `|x|`; a single one, as in `P(a | b)`, holds nothing.
    paired: bool,
}

impl Depth {
    fn of(text: &str) -> Depth {
        let mut depth = Depth { brackets: 0, within_bars: false, paired: true };
        text.chars().for_each(|letter| depth.turn(letter, 1));
        Depth { brackets: 0, within_bars: false, paired: !depth.within_bars }
    }

    /// Takes in a letter: forwards with 1, backwards with −1.
    fn turn(&mut self, letter: char, way: i32) {
        match letter {
            '(' | '[' | '{' => self.brackets += way,
            ')' | ']' | '}' => self.brackets -= way,
            '|' if self.paired && self.brackets == 0 => self.within_bars = !self.within_bars,
            _ => {}
        }
    }

    fn is_outside(&self) -> bool {
        self.brackets == 0 && !self.within_bars
    }
}

/// Finds the first stroke of a fraction that stands in no brackets.
fn stroke(text: &str) -> Option<usize> {
    let mut depth = Depth::of(text);
    text.char_indices().find_map(|(at, letter)| {
        depth.turn(letter, 1);
        (depth.is_outside() && text[at..].starts_with(STROKE)).then_some(at)
    })
}

/// Returns the bytes of what stands before the first space outside of brackets.
fn first_atom(text: &str) -> usize {
    let mut depth = Depth::of(text);
    let end = text.char_indices().find(|(_, letter)| {
        depth.turn(*letter, 1);
        depth.brackets < 0 || (depth.is_outside() && (letter.is_whitespace() || matches!(letter, ',' | ';')))
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// Returns the bytes of what stands behind the last space outside of brackets.
fn last_atom(text: &str) -> usize {
    let mut depth = Depth::of(text);
    let start = text.char_indices().rev().find(|(_, letter)| {
        depth.turn(*letter, -1);
        depth.brackets < 0 || (depth.is_outside() && letter.is_whitespace())
    });
    start.map_or(text.len(), |(at, letter)| text.len() - at - letter.len_utf8())
}

/// Takes off brackets around the whole, which a fraction's line replaces.
fn bare(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else { return text };
    let mut depth = Depth::of(inner);
    let closes = inner.chars().any(|letter| {
        depth.turn(letter, 1);
        depth.brackets < 0
    });
    if closes { text } else { inner }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_hold_together_what_stands_over_a_line() {
        let said = |text| -> String {
            let told = |piece: &Piece| match piece {
                Piece::Run(text) => (*text).to_owned(),
                Piece::Fraction(over, under) => format!("<{over:?}:{under:?}>").replace("Run", ""),
            };
            pieces(text).iter().map(told).collect()
        };
        assert_eq!(said("Σ|a − b| / n"), "<[(\"Σ|a − b|\")]:[(\"n\")]>");
        assert_eq!(said("100 · |N| / |E|, E < 0"), "100 · <[(\"|N|\")]:[(\"|E|\")]>, E < 0");
        assert_eq!(said("ΣΣ|M(ij) − E(ij)| / M"), "<[(\"ΣΣ|M(ij) − E(ij)|\")]:[(\"M\")]>");
        assert_eq!(said("S / √Var(S)"), "<[(\"S\")]:[(\"√Var(S)\")]>");
        // A single bar holds nothing.
        assert_eq!(said("a | b / c"), "a | <[(\"b\")]:[(\"c\")]>");
    }
}
