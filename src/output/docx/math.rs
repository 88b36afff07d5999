//! Math: a formula in plain letters as Office mathematics.

use super::super::atom::{Atom, Base, Over, atoms};
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
    row(&atoms(text))
}

/// Writes atoms, letters and signs together as far as they have the same form, what brackets and bars hold within them.
fn row(atoms: &[Atom]) -> Xml {
    let mut out = Xml::default();
    let (mut line, mut form, mut before) = (String::new(), Form::Leaning, None);
    let mut at = 0;
    while let Some(atom) = atoms.get(at) {
        if let Some((ends, pair)) = group(&atoms[at..]) {
            out.put(said(&std::mem::take(&mut line), form));
            let inner = row(&atoms[at + 1..at + ends]);
            out.put(beside(within(pair, inner).into(), &atoms[at + ends]));
            (at, before) = (at + ends + 1, None);
            continue;
        }
        at += 1;
        let own = is_word(&atom.base);
        // Words do not run into what stands beside them.
        if own.is_some_and(|own| own || before == Some(true)) && before.is_some() {
            line.push(' ');
        }
        before = own;
        match letters(&atom.base).filter(|_| atom.low.is_empty() && atom.high.is_empty()) {
            Some((text, its)) => {
                if its != form {
                    out.put(said(&std::mem::take(&mut line), form));
                }
                (line, form) = (line + &text, its);
            }
            None => {
                out.put(said(&std::mem::take(&mut line), form));
                out.put(beside(based(&atom.base), atom));
            }
        }
    }
    out.put(said(&line, form));
    out
}

/// How letters stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Leaning,
    /// As mere text, upright: words and signs that programs would read as their own, as `in` and `#`.
    Text,
}

/// Finds where a bracket or a bar that begins atoms closes, and both signs; none where nothing closes it.
fn group(atoms: &[Atom]) -> Option<(usize, (char, char))> {
    let turn = |base: &Base| match base {
        Base::Sign('(') => Some((')', true)),
        Base::Sign('[') => Some((']', true)),
        Base::Sign('{') => Some(('}', true)),
        Base::Open => Some(('|', true)),
        Base::Sign(sign @ (')' | ']' | '}')) => Some((*sign, false)),
        Base::Close => Some(('|', false)),
        _ => None,
    };
    let mut open: Vec<char> = Vec::new();
    for (at, atom) in atoms.iter().enumerate() {
        match turn(&atom.base) {
            Some((sign, true)) => open.push(sign),
            Some((sign, false)) if open.pop() != Some(sign) => return None,
            Some(_) | None => {}
        }
        if open.is_empty() {
            let last = turn(&atom.base).filter(|_| at > 0)?.0;
            let first = match last {
                ')' => '(',
                ']' => '[',
                '}' => '{',
                other => other,
            };
            return Some((at, (first, last)));
        }
    }
    None
}

/// Writes what stands within brackets or bars.
fn within((first, last): (char, char), inner: Xml) -> Node {
    let sign = |name: &'static str, sign: char| node(name).at("m:val", &sign.to_string());
    let form = node("m:dPr").put(sign("m:begChr", first)).put(sign("m:endChr", last));
    node("m:d").put(form).put(node("m:e").put(inner))
}

/// Says of a quantity whether it is a word; nothing of a sign.
fn is_word(base: &Base) -> Option<bool> {
    match base {
        Base::Word(_) => Some(true),
        Base::Letter(..) | Base::Digits(_) | Base::Root(_) | Base::Sum => Some(false),
        Base::Open | Base::Close | Base::Sign(_) => None,
    }
}

/// Returns what is written as plain letters, and how these stand.
fn letters(base: &Base) -> Option<(String, Form)> {
    match base {
        Base::Letter(letter, None) => Some((letter.to_string(), Form::Leaning)),
        Base::Word(word) => Some((word.clone(), Form::Text)),
        Base::Digits(digits) => Some((digits.clone(), Form::Leaning)),
        Base::Sum => Some(("∑".to_owned(), Form::Leaning)),
        Base::Open | Base::Close => Some(("|".to_owned(), Form::Text)),
        Base::Sign(sign @ ('#' | '|' | '(' | ')' | '[' | ']' | '{' | '}')) => Some((sign.to_string(), Form::Text)),
        Base::Sign(sign) => Some((spaced(*sign), Form::Leaning)),
        Base::Letter(_, Some(_)) | Base::Root(_) => None,
    }
}

/// Puts a blank behind a sign that ends a part; programs that set mathematics see to the others.
fn spaced(sign: char) -> String {
    match sign {
        ',' | ';' | ':' => format!("{sign} "),
        sign => sign.to_string(),
    }
}

/// Writes what stands on the line.
fn based(base: &Base) -> Xml {
    match base {
        Base::Letter(letter, Some(mark)) => over(*letter, *mark).into(),
        Base::Root(inner) => {
            let form = node("m:radPr").put(node("m:degHide").at("m:val", "1"));
            node("m:rad").put(form).put(node("m:deg")).put(node("m:e").put(linear(&pieces(inner)))).into()
        }
        other => letters(other).map(|(text, form)| said(&text, form)).unwrap_or_default(),
    }
}

/// Writes what an atom has below and above it beside what stands on the line.
fn beside(base: Xml, atom: &Atom) -> Xml {
    if atom.low.is_empty() && atom.high.is_empty() {
        return base;
    }
    let part = |name: &'static str, text: &str| node(name).put(said(text, Form::Leaning));
    let base = node("m:e").put(base);
    match (atom.low.as_str(), atom.high.as_str()) {
        (low, "") => node("m:sSub").put(base).put(part("m:sub", low)),
        ("", high) => node("m:sSup").put(base).put(part("m:sup", high)),
        (low, high) => node("m:sSubSup").put(base).put(part("m:sub", low)).put(part("m:sup", high)),
    }
    .into()
}

fn over(letter: char, mark: Over) -> Node {
    let content = node("m:e").put(said(&letter.to_string(), Form::Leaning));
    let sign = match mark {
        Over::Line => return node("m:bar").put(node("m:barPr").put(node("m:pos").at("m:val", "top"))).put(content),
        Over::Hat => "\u{302}",
        Over::Tilde => "\u{303}",
    };
    node("m:acc").put(node("m:accPr").put(node("m:chr").at("m:val", sign))).put(content)
}

fn said(text: &str, form: Form) -> Xml {
    if text.is_empty() {
        return Xml::default();
    }
    let form = (form == Form::Text).then(|| node("m:rPr").put(node("m:nor")));
    node("m:r").all(form).put(node("m:t").at("xml:space", "preserve").text(text)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let xml = String::from_utf8(Xml::from(formula(text)).part()).expect("it is text");
        let mut rest = xml.split_once("?>").expect("a head").1.trim().to_owned();
        for (tag, said) in
            [("<m:num>", "{"), ("</m:num>", "}"), ("<m:den>", "{"), ("</m:den>", "}"), ("<m:d>", "["), ("</m:d>", "]")]
        {
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
            ("I = 100 · (x − y) / n(n − 1)", "I=100·{x−y}{n[n−1]}"),
            ("(a / b) / c", "{{a}{b}}{c}"),
            ("(a + b)(c / d) / e", "{[a+b][c/d]}{e}"),
            ("км/ч", "км/ч"),
            ("a / b, c / d", "{a}{b}, {c}{d}"),
            ("a /", "a/"),
            (") / (", ")/("),
            ("r(rank x, rank y)", "r[rank x, rank y]"),
        ] {
            assert_eq!(plain(text), said, "{text}");
        }
    }

    #[test]
    fn roots_marks_and_what_stands_above_and_below_have_their_forms() {
        let xml = |text: &str| String::from_utf8(Xml::from(formula(text)).part()).expect("it is text");
        let run = |text: &str| format!("<m:r><m:t xml:space=\"preserve\">{text}</m:t></m:r>");
        for (text, form) in [
            ("√(a / b)", format!("<m:deg/><m:e><m:f><m:num>{}</m:num>", run("a"))),
            ("#", "<m:r><m:rPr><m:nor/></m:rPr><m:t xml:space=\"preserve\">#</m:t></m:r>".to_owned()),
            ("|a|", "<m:d><m:dPr><m:begChr m:val=\"|\"/><m:endChr m:val=\"|\"/></m:dPr><m:e>".to_owned()),
            ("(a)²", format!("<m:e>{}</m:e></m:d></m:e><m:sup>", run("a"))),
            ("R²", format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", run("R"), run("2"))),
            ("d₁", format!("<m:sSub><m:e>{}</m:e><m:sub>{}</m:sub></m:sSub>", run("d"), run("1"))),
            ("ȳ", format!("<m:bar><m:barPr><m:pos m:val=\"top\"/></m:barPr><m:e>{}</m:e></m:bar>", run("y"))),
            ("ŷ", format!("<m:chr m:val=\"\u{302}\"/></m:accPr><m:e>{}</m:e>", run("y"))),
            ("ln x", "<m:r><m:rPr><m:nor/></m:rPr><m:t xml:space=\"preserve\">ln </m:t></m:r>".to_owned()),
        ] {
            assert!(xml(text).contains(&form), "{text}: {}", xml(text));
        }
    }
}
