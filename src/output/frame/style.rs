//! Style: what a study's style sheet may name: files of the report, and what it holds itself.

use super::address;

/// What fetches without the word `url`, or more than one file.
const FETCHES: [&str; 4] = ["@import", "image-set(", "image(", "src("];

/// What ends the element that a style sheet may be put into.
const END: &str = "</";

/// As many addresses may begin where one before has not ended: each is read to its end.
const WITHIN: usize = 16;

/// Checks a style sheet, or the style of one element. Says where, by its byte, and what is wrong.
pub(crate) fn check(style: &str) -> Result<(), (usize, String)> {
    let (text, places) = unescaped(style);
    let at = |found: usize| places.get(found).copied().unwrap_or_default();
    if let Some(found) = style.find(END) {
        return Err((found, format!("`{END}` ends the style sheet where it stands in a page")));
    }
    if let Some((found, c)) = style.char_indices().find(|(_, c)| c.is_control() && !c.is_ascii_whitespace()) {
        return Err((found, format!("U+{:04X} stands here, which is no character of a text", c as u32)));
    }
    if let Some((found, what)) = FETCHES.iter().filter_map(|what| Some((text.find(what)?, *what))).min() {
        return Err((at(found), format!("`{what}` may load from elsewhere; a style sheet stands alone")));
    }
    // Where the address before ends, and how many begin before that one does.
    let (mut end, mut within) = (0, 0);
    for (found, sign) in text.match_indices("url(") {
        within = if found < end { within + 1 } else { 0 };
        if within > WITHIN {
            return Err((at(found), format!("more than {WITHIN} addresses begin within one another")));
        }
        let rest = text[found + sign.len()..].trim_start_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
        let named = rest.split(['"', '\'', ')']).next().unwrap_or_default();
        end = text.len() - rest.len() + named.len();
        if address::loads_from_elsewhere(named) {
            return Err((at(found), format!("`{}` is no file of the report", named.trim())));
        }
    }
    Ok(())
}

/// Writes out what is escaped, in small letters, and says which byte each byte is from.
fn unescaped(style: &str) -> (String, Vec<usize>) {
    let (mut text, mut places) = (String::with_capacity(style.len()), Vec::with_capacity(style.len()));
    let mut rest = style;
    while let Some(first) = rest.chars().next() {
        let at = style.len() - rest.len();
        rest = &rest[first.len_utf8()..];
        let mut meant = first;
        if first == '\\' {
            let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
            if digits > 0 {
                let number = u32::from_str_radix(&rest[..digits], 16).unwrap_or_default();
                meant = char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER);
                rest = &rest[digits..];
                rest = rest
                    .strip_prefix("\r\n")
                    .or_else(|| rest.strip_prefix([' ', '\t', '\n', '\r', '\u{c}']))
                    .unwrap_or(rest);
            } else if let Some(next) = rest.chars().next() {
                meant = next;
                rest = &rest[next.len_utf8()..];
            }
        }
        text.push(meant.to_ascii_lowercase());
        places.resize(text.len(), at);
    }
    (text, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_loads_nothing_from_elsewhere() {
        for hostile in [
            "@import 'https://elsewhere.example/a.css';",
            "@IMPORT url(a.css)",
            "@\\69mport 'a.css'",
            "a { background: url(https://elsewhere.example/a.png) }",
            "a { background: URL( \"//elsewhere.example/a.png\" ) }",
            "a { background: u\\72 l('\\68ttps://elsewhere.example') }",
            "a { background: url(https:elsewhere.example) }",
            "a { background: url(\\\\\\\\elsewhere.example/a) }",
            "a { background: url(\n/\t/elsewhere.example/a) }",
            "a { background: url(file:///etc/passwd) }",
            "a { background: image-set('https://elsewhere.example' 1x) }",
            "</STYLE><script>a()</script>",
            "a { content: '</style>' }",
            "a\0{}",
            "@font-face { src: src('https://elsewhere.example') }",
        ] {
            assert!(check(hostile).is_err(), "{hostile}");
        }
    }

    #[test]
    fn addresses_that_begin_within_one_another_are_read_a_few_times_and_no_more() {
        let within = |count: usize| format!("a {{ background: {}a.svg) }}", "url(".repeat(count));
        assert_eq!(check(&within(2)), Ok(()));
        let (_, said) = check(&within(100_000)).expect_err("too many");
        assert!(said.contains("within one another"), "{said}");
        // What one hides in another is found all the same.
        assert!(check("a { background: url('a\nurl(//elsewhere.example/a)").is_err());
        assert_eq!(check(&"a { background: url(a.svg) }\n".repeat(1000)), Ok(()));
    }

    #[test]
    fn what_stays_in_the_report_is_let_through() {
        for own in [
            "",
            "a { background: url(figures/a.svg) } /* https://example.org */",
            "a { background: url('data:image/svg+xml,%3Csvg%3E') no-repeat, url(#a) }",
            "a::before { content: '\\201C'; background-image: none }",
            "\\",
        ] {
            assert_eq!(check(own), Ok(()), "{own}");
        }
        let (at, _) = check("a {}\nb { color: url(//x) }").expect_err("it leads out");
        assert_eq!(at, 16);
    }
}
