//! Atom: a run of a formula in plain letters, read as quantities, roots, bars and signs with what stands above and below.

/// What stands on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// One letter, which leans, with the mark over it.
    Letter(char, Option<Over>),
    /// A word, which stands.
    Word(String),
    /// Digits with their decimal point.
    Digits(String),
    /// What stands under a root, without the brackets that its line replaces.
    Root(String),
    /// The sign of a sum.
    Sum,
    /// A bar that opens, and one that closes: `|x|`.
    Open,
    /// See `Open`.
    Close,
    /// Any other sign.
    Sign(char),
}

/// A mark over a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// A line: a mean.
    Line,
    /// A hat: an estimate.
    Hat,
    /// A tilde.
    Tilde,
}

/// Something on the line with what stands below and above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    /// What stands on the line.
    pub base: Base,
    /// Digits below it.
    pub low: String,
    /// Digits above it.
    pub high: String,
}

/// Marks over a letter, as they follow it.
const OVER: [(char, Over); 3] = [('\u{304}', Over::Line), ('\u{302}', Over::Hat), ('\u{303}', Over::Tilde)];

/// Letters that hold their mark.
const MARKED: [(char, char, Over); 6] = [
    ('ȳ', 'y', Over::Line),
    ('ŷ', 'y', Over::Hat),
    ('ā', 'a', Over::Line),
    ('â', 'a', Over::Hat),
    ('ê', 'e', Over::Hat),
    ('ẑ', 'z', Over::Hat),
];

/// Reads a run.
pub(super) fn atoms(text: &str) -> Vec<Atom> {
    let letters: Vec<char> = text.chars().collect();
    let mut out: Vec<Atom> = Vec::new();
    let (mut at, mut is_open) = (0, false);
    while let Some(letter) = letters.get(at).copied() {
        let end = |from: usize, is: &dyn Fn(char) -> bool| {
            letters[from..].iter().position(|letter| !is(*letter)).map_or(letters.len(), |count| from + count)
        };
        let start = at;
        at += 1;
        let base = match letter {
            'Σ' => Base::Sum,
            '√' => {
                at = operand(&letters, at);
                match letters[start + 1..at].iter().collect::<String>().trim() {
                    "" => Base::Sign('√'),
                    inner => Base::Root(bare(inner).to_owned()),
                }
            }
            '|' if !stands_alone(&letters, start) => {
                is_open = !is_open;
                if is_open { Base::Open } else { Base::Close }
            }
            letter if letter.is_alphabetic() => {
                at = end(at, &|letter| letter.is_alphabetic() || over(letter).is_some());
                quantity(&letters[start..at])
            }
            letter if letter.is_ascii_digit() => {
                at = end(at, &|letter| letter.is_ascii_digit() || letter == '.');
                Base::Digits(letters[start..at].iter().collect())
            }
            letter if letter.is_whitespace() => continue,
            letter => match power(letter).zip(out.last_mut()) {
                Some((digit, last)) => {
                    last.high.push(digit);
                    continue;
                }
                None => Base::Sign(letter),
            },
        };
        let below = end(at, &|letter| index(letter).is_some());
        let low = letters[at..below].iter().filter_map(|letter| index(*letter)).collect();
        at = below;
        out.push(Atom { base, low, high: String::new() });
    }
    out
}

/// Reads what stands under a root that begins a text: without its brackets, and what follows; none where nothing does.
pub(super) fn root(text: &str) -> Option<(&str, &str)> {
    let after = text.strip_prefix('√')?;
    let letters: Vec<char> = after.chars().collect();
    let end = after.char_indices().nth(operand(&letters, 0)).map_or(after.len(), |(at, _)| at);
    let (inner, rest) = after.split_at(end);
    let inner = bare(inner.trim());
    (!inner.is_empty()).then_some((inner, rest))
}

/// Says of a bar whether it parts what stands on its sides, as in `P(a | b)`.
fn stands_alone(letters: &[char], at: usize) -> bool {
    let is_blank = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_none_or(|letter| letter.is_whitespace());
    is_blank(at.checked_sub(1)) && is_blank(Some(at + 1))
}

/// Finds the end of what stands under a root: names, sums, brackets and their powers.
fn operand(letters: &[char], start: usize) -> usize {
    let (mut at, mut depth, mut end) = (start, 0i32, start);
    while let Some(letter) = letters.get(at) {
        match letter {
            '(' => depth += 1,
            ')' if depth == 0 => break,
            ')' => depth -= 1,
            letter if depth > 0 || letter.is_alphabetic() || over(*letter).is_some() => {}
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

/// Takes off brackets around the whole.
fn bare(text: &str) -> &str {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.filter(|inner| is_closed(inner)).unwrap_or(text)
}

/// Returns true where every bracket is closed by one behind it.
fn is_closed(text: &str) -> bool {
    let mut depth = 0i32;
    text.chars().all(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        depth >= 0
    }) && depth == 0
}

/// Reads a quantity: one letter with the mark over it, or a word.
fn quantity(letters: &[char]) -> Base {
    match letters {
        [own] => match MARKED.iter().find(|(marked, ..)| marked == own) {
            Some((_, letter, mark)) => Base::Letter(*letter, Some(*mark)),
            None => Base::Letter(*own, None),
        },
        [own, mark] if over(*mark).is_some() => Base::Letter(*own, over(*mark)),
        letters => Base::Word(letters.iter().collect()),
    }
}

fn over(letter: char) -> Option<Over> {
    OVER.iter().find(|(own, _)| *own == letter).map(|(_, mark)| *mark)
}

/// Reads a digit above the line.
fn power(letter: char) -> Option<char> {
    [('²', '2'), ('³', '3'), ('⁴', '4')].into_iter().find_map(|(own, digit)| (own == letter).then_some(digit))
}

/// Reads a digit below the line.
fn index(letter: char) -> Option<char> {
    char::from_digit(u32::from(letter).checked_sub(u32::from('₀')).filter(|digit| *digit < 10)?, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_open_and_close_but_for_one_that_stands_alone() {
        let bars = |text: &str| {
            atoms(text).into_iter().map(|atom| atom.base).filter(|base| !matches!(base, Base::Letter(..))).collect()
        };
        let said = |text: &str| -> Vec<Base> { bars(text) };
        assert_eq!(said("|a|"), [Base::Open, Base::Close]);
        assert_eq!(said("a | b"), [Base::Sign('|')]);
        assert_eq!(said("|a| ≥ |b|"), [Base::Open, Base::Close, Base::Sign('≥'), Base::Open, Base::Close]);
    }

    #[test]
    fn what_stands_under_a_root_ends_with_its_brackets() {
        let root = |text: &str| match atoms(text).remove(0).base {
            Base::Root(inner) => inner,
            other => panic!("{other:?}"),
        };
        assert_eq!(root("√(a / b) + c"), "a / b");
        assert_eq!(root("√Σ(t − t̄)²"), "Σ(t − t̄)²");
        assert_eq!(root("√(a)(b)"), "(a)(b)");
        assert_eq!(super::root("√(a / b) + c"), Some(("a / b", "+ c")));
        assert_eq!((super::root("√"), super::root("a√b")), (None, None));
    }
}
