//! Inward: finished markup gone through tag by tag, so that what it leads to comes to stand within.

use super::frame::{Attributes, attributes};

/// What becomes of an element.
pub(super) enum Fate {
    /// It stays as it is.
    Stays,
    /// Its tag has these attributes.
    Becomes(Attributes),
    /// Its tags go, what stands in it stays.
    Bare,
    /// It goes with all that stands in it.
    Gone,
    /// This stands in its place; it holds nothing.
    Written(String),
}

/// The elements that have no end.
const VOID: [&str; 7] = ["meta", "link", "br", "hr", "img", "wbr", "input"];

/// Goes through markup. `decide` is given the name of each element and its attributes, values as they are written.
pub(super) fn rewritten(markup: &str, decide: &mut dyn FnMut(&str, &Attributes) -> Fate) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    // Of the elements under way that may lose their tags, whether they have.
    let mut bare: Vec<bool> = Vec::new();
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(end) = skipped(rest) {
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        if rest.starts_with("</a>") {
            if !bare.pop().unwrap_or_default() {
                out.push_str("</a>");
            }
            rest = &rest["</a>".len()..];
            continue;
        }
        let name = name_of(&rest[1..]);
        let Some((found, after)) = attributes(&rest[1 + name.len()..]).filter(|_| !name.is_empty()) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[..rest.len() - after.len()];
        rest = after;
        let fate = decide(name, &found);
        if name == "a" && !matches!(fate, Fate::Gone) {
            bare.push(matches!(fate, Fate::Bare));
        }
        match fate {
            Fate::Stays => out.push_str(tag),
            Fate::Becomes(attributes) => out.push_str(&written(name, &attributes)),
            Fate::Written(text) => out.push_str(&text),
            Fate::Bare => {}
            Fate::Gone if VOID.contains(&name) => {}
            Fate::Gone => rest = behind(rest, name),
        }
    }
    out + rest
}

/// Returns attributes of which one has another value.
pub(super) fn with(attributes: &Attributes, key: &str, value: &str) -> Attributes {
    let change = |(own, old): &(String, String)| (own.clone(), if own == key { value } else { old }.to_owned());
    attributes.iter().map(change).collect()
}

/// Returns the bytes of what is no beginning of an element: an end, a comment, a script with its text.
fn skipped(rest: &str) -> Option<usize> {
    let to = |end: &str| Some(rest.find(end).map_or(rest.len(), |at| at + end.len()));
    if rest.starts_with("<!--") {
        to("-->")
    } else if rest.starts_with("<script") {
        to("</script>")
    } else if rest.starts_with("<!") || rest.starts_with("</") && !rest.starts_with("</a>") {
        to(">")
    } else {
        None
    }
}

fn name_of(rest: &str) -> &str {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    if rest.starts_with(|c: char| c.is_ascii_alphabetic()) { &rest[..end] } else { "" }
}

fn written(name: &str, attributes: &Attributes) -> String {
    let one = |(key, value): &(String, String)| match value.as_str() {
        "" if key != "alt" => format!(" {key}"),
        value => format!(" {key}=\"{}\"", value.replace('"', "&quot;")),
    };
    format!("<{name}{}>", attributes.iter().map(one).collect::<String>())
}

/// Returns what stands behind the end of an element whose tag was read.
fn behind<'a>(text: &'a str, name: &str) -> &'a str {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = text;
    let mut depth = 1;
    while let Some(end) = rest.find(&close) {
        let opened = rest[..end].match_indices(&open);
        let is_own = |at: usize| !rest[at + open.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
        depth += opened.filter(|(at, _)| is_own(*at)).count();
        depth -= 1;
        rest = &rest[end + close.len()..];
        if depth == 0 {
            return rest;
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stay_change_lose_their_tags_or_go() {
        let text =
            "<p>a < b <a href=\"x\">one</a> <a href='#y'>two</a><!-- <a> --></p><p class=\"files\"><p>z</p></p>!";
        let seen = rewritten(text, &mut |name, attributes| match (name, attributes.first()) {
            ("a", Some((_, href))) if href == "x" => Fate::Bare,
            ("a", _) => Fate::Becomes(vec![("href".to_owned(), "#\"z".to_owned())]),
            ("p", Some(_)) => Fate::Gone,
            _ => Fate::Stays,
        });
        assert_eq!(seen, "<p>a < b one <a href=\"#&quot;z\">two</a><!-- <a> --></p>!");
    }
}
