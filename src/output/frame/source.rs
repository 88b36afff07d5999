//! Source: the text of a frame before it renders. It prints what it is given, chooses and lists; it computes nothing, so
//! it grows no further than what it is given.

use std::ops::Range;

use crate::files::limits;

/// What a frame may do with a value.
const FILTERS: [&str; 2] = ["safe", "length"];

/// Why a frame is not rendered, and where: the byte of its text.
pub(crate) type Refused = (usize, String);

/// Checks the tags of a frame.
pub(crate) fn check(source: &str) -> Result<(), Refused> {
    let strange = |c: char| c.is_control() && !"\n\r\t".contains(c) || ('\u{fdd0}'..='\u{fdef}').contains(&c);
    if let Some((at, c)) = source.char_indices().find(|(_, c)| strange(*c)) {
        return Err((at, format!("U+{:04X} stands here, which is no character of a text", c as u32)));
    }
    // Alternatives count as blocks: a reader of tags goes down into each.
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(from) = source[at..].find(['{']).map(|found| at + found) {
        let close = match source.as_bytes().get(from + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = from + 1;
                continue;
            }
        };
        let unclosed = || (from, format!("`{close}` is missing: the tag that begins here is not closed"));
        if close == "#}" {
            at = from + 2 + source[from + 2..].find(close).ok_or_else(unclosed)? + 2;
            continue;
        }
        let (words, end) = words(source, from + 2, close)?.ok_or_else(unclosed)?;
        at = end;
        let texts: Vec<&str> = words.iter().map(|span| &source[span.clone()]).collect();
        if let Some(i) = (1..texts.len()).find(|i| texts[*i - 1] == "|" && !FILTERS.contains(&texts[*i])) {
            return Err((
                words[i].start,
                format!("there is no filter `{}`; there are: {}", texts[i], FILTERS.join(", ")),
            ));
        }
        if close == "}}" {
            continue;
        }
        match (texts.first().copied().unwrap_or_default(), open.last_mut()) {
            ("if" | "for", _) => open.push(1),
            ("elif", Some(branches)) => *branches += 1,
            ("else", _) => {}
            ("endif" | "endfor", _) => drop(open.pop()),
            (word, _) => return Err((from, format!("`{word}` is no statement of a frame; there are: if, for"))),
        }
        if open.iter().sum::<usize>() > limits::BLOCKS {
            return Err((from, format!("more than {} blocks and alternatives stand in one another", limits::BLOCKS)));
        }
    }
    Ok(())
}

/// The words and signs of a tag, and where the text goes on behind it.
type Tag = (Vec<Range<usize>>, usize);

/// Reads the words and signs of a tag, to behind its end; none where it is not closed.
fn words(source: &str, from: usize, close: &str) -> Result<Option<Tag>, Refused> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut at = from;
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let edge = at == from || rest[first.len_utf8()..].starts_with(close);
        if rest.starts_with(close) {
            return Ok(Some((words, at + close.len())));
        }
        let length = match first {
            _ if first.is_ascii_whitespace() || edge && first == '-' => {
                at += 1;
                continue;
            }
            '"' | '\'' => match rest[1..].find(first) {
                Some(inner) if !rest[1..=inner].contains('\\') => inner + 2,
                Some(_) => return Err((at, "a text in a tag holds `\\`".to_owned())),
                None => return Ok(None),
            },
            _ if first.is_ascii_alphanumeric() || first == '_' => {
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            '=' | '!' if rest[1..].starts_with('=') => 2,
            '.' | '|' | '<' | '>' => 1,
            _ => {
                return Err((
                    at,
                    format!("`{first}` is not allowed: a frame prints, chooses and lists, and computes nothing"),
                ));
            }
        };
        words.push(at..at + length);
        if words.len() > limits::TAG_WORDS {
            return Err((from, format!("a tag holds more than {} words and signs", limits::TAG_WORDS)));
        }
        at += length;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_frame_needs_is_let_through() {
        for own in [
            "",
            "{ { }} %}",
            "{{ title }}{# anything: {% set a = 1 %} #}",
            "{%- if kind != \"index\" and not a.b -%}{% elif body|length > 10 %}{% else %}{% endif %}",
            "{% for language in languages %}{{ language.href }}{% if not loop.last %}, {% endif %}{% endfor %}",
            "{{ body|safe }}{{ \"}}\" }}{{ a if b is defined else 'c' }}",
            "{{ 'Ⅳ' }}{{ \"ә\" }}{{ '' }}",
        ] {
            assert_eq!(check(own), Ok(()), "{own}");
        }
    }

    #[test]
    fn what_computes_grows_or_nests_without_end_is_refused() {
        let deep = [
            "{{ Ⅳ }}".to_owned(),
            "{% if a %}".repeat(1000),
            format!("{{% if a %}}{}", "{% elif a %}".repeat(1000)),
            format!("{{{{ {} }}}}", "not ".repeat(1000)),
            format!("{{{{ a{} }}}}", ".a".repeat(1000)),
            format!("{{{{ a{} }}}}", "|safe".repeat(1000)),
        ];
        let short = [
            "{% set a = a ~ a %}",
            "{{ a ~ a }}",
            "{{ \"a\" * 1000000 }}",
            "{{ range(10) }}",
            "{{ [a, a] }}",
            "{{ a|indent }}",
            "{{ a|replace }}",
            "{% macro a() %}{% endmacro %}",
            "{% include \"templates/layout.html\" %}",
            "{% raw %}{% endraw %}",
            "{% block a %}{% endblock %}",
            "{{ a[0] }}",
            "{{ \"\\x3c\" }}",
            "{{ a",
            "{{ \"a }}",
            "{# a",
            "a\0b",
            "\u{fdd0}0\u{fdd1}",
        ];
        for hostile in deep.iter().map(String::as_str).chain(short) {
            assert!(check(hostile).is_err(), "{hostile}");
        }
    }
}
