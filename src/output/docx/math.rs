//! Math: a formula in plain letters as Office mathematics: what stands around ` / ` becomes a fraction.

use super::xml::{Node, Xml, node};

/// Writes a formula.
pub fn formula(text: &str) -> Node {
    node("m:oMath").put(linear(text))
}

/// Writes a part in which fractions are looked for.
fn linear(text: &str) -> Xml {
    let mut out = Xml::default();
    let mut rest = text;
    while let Some(at) = stroke(rest) {
        let (before, after) = (&rest[..at], &rest[at + STROKE.len()..]);
        let over = before.len() - last_atom(before);
        let under = first_atom(after);
        // What has nothing on one side is no fraction.
        if before[over..].is_empty() || after[..under].is_empty() {
            break;
        }
        out.put(run(&before[..over]));
        let part = |name: &'static str, text: &str| node(name).put(linear(bare(text)));
        out.put(node("m:f").put(part("m:num", &before[over..])).put(part("m:den", &after[..under])));
        rest = &after[under..];
    }
    out.put(run(rest));
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

fn run(text: &str) -> Xml {
    match text.is_empty() {
        true => Xml::default(),
        false => node("m:r").put(node("m:t").at("xml:space", "preserve").text(text)).into(),
    }
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
