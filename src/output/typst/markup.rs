//! Markup: texts as Typst reads them: whatever a text holds, it is read as that text.

/// Raised signs, which few fonts have beside raised digits, with the plain ones.
const SIGNS: [(char, char); 5] = [('⁺', '+'), ('⁻', '−'), ('⁼', '='), ('⁽', '('), ('⁾', ')')];

/// Raised digits, with the plain ones.
const DIGITS: [(char, char); 10] = [
    ('⁰', '0'),
    ('¹', '1'),
    ('²', '2'),
    ('³', '3'),
    ('⁴', '4'),
    ('⁵', '5'),
    ('⁶', '6'),
    ('⁷', '7'),
    ('⁸', '8'),
    ('⁹', '9'),
];

/// Writes a text as markup; digits are raised by the form where a sign stands raised among them.
pub(super) fn literal(text: &str) -> String {
    let plain = |letter: char| SIGNS.iter().chain(&DIGITS).find(|(own, _)| *own == letter).map(|(_, plain)| *plain);
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(SIGNS.map(|(own, _)| own)) {
        let start = rest[..at].trim_end_matches(|letter: char| plain(letter).is_some()).len();
        let run = &rest[start..];
        let end = run.find(|letter: char| plain(letter).is_none()).unwrap_or(run.len());
        out.push_str(&escaped(&rest[..start]));
        out.push_str(&wrap("super", &escaped(&run[..end].chars().filter_map(plain).collect::<String>())));
        rest = &run[end..];
    }
    out + &escaped(rest)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let letters: Vec<char> = text.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let beside = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied();
        let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let within = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
        let is_plain = match letter {
            // Two hyphens are a dash, one before a digit is a minus, one at the beginning of a line begins an item.
            '-' => within(char::is_alphabetic),
            // Two strokes begin a comment, one at the beginning of a line a term.
            '/' => within(char::is_alphanumeric),
            // Three points are one sign, one behind a number begins an item.
            '.' => before.is_some_and(char::is_alphabetic),
            ',' | ';' | ':' | '!' | '?' | '%' | '(' | ')' | '&' => true,
            letter => !letter.is_ascii_punctuation(),
        };
        match *letter {
            letter if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') => out.push(' '),
            letter if is_plain => out.push(letter),
            letter => out.extend(['\\', letter]),
        }
    }
    out
}

/// Writes a text as a string of code, in its quotes.
pub(super) fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if letter.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(letter))),
            letter => out.push(letter),
        }
    }
    out + "\""
}

/// Writes a call of a function in markup; the name is the program's own.
pub(super) fn call(name: &'static str, arguments: &str) -> String {
    // Without the sign behind it, a bracket or a point that follows would belong to the call.
    format!("#{name}({arguments});")
}

/// Writes a call that wraps content.
pub(super) fn wrap(name: &'static str, content: &str) -> String {
    format!("#{name}[{content}];")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_code() {
        for (text, written) in [
            ("#import \"a\"", "\\#import \\\"a\\\""),
            ("$a$ @b `c` \\d", "\\$a\\$ \\@b \\`c\\` \\\\d"),
            ("[x](y) <label> *a* _b_", "\\[x\\](y) \\<label\\> \\*a\\* \\_b\\_"),
            ("http://a.b /* c */ // d", "http:\\/\\/a.b \\/\\* c \\*\\/ \\/\\/ d"),
            ("1. a... 2.5 т.е.", "1\\. a.\\.\\. 2\\.5 т.е."),
            ("-1 a--b сельско-городской км/ч", "\\-1 a\\-\\-b сельско-городской км/ч"),
            ("= a\n+ b ~ c", "\\= a \\+ b \\~ c"),
            ("12\u{a0}345", "12\u{a0}345"),
            ("(10⁻³⁰⁰); м²", "(10#super[−300];); м²"),
            ("x²⁺¹", "x#super[2\\+1];"),
        ] {
            assert_eq!(literal(text), written);
        }
        assert_eq!(string("a\"\\\n#"), "\"a\\\"\\\\\\u{a}#\"");
    }
}
