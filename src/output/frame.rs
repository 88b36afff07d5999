//! Frame: what a study's `layout.html` may hold around a page. A page never leaves itself: nothing sends the reader away,
//! runs, or loads from elsewhere.

use super::script;

/// The elements that a frame is made of.
const ELEMENTS: [&str; 58] = [
    "html",
    "head",
    "meta",
    "title",
    "link",
    "body",
    "header",
    "footer",
    "main",
    "nav",
    "section",
    "article",
    "aside",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "small",
    "span",
    "sup",
    "sub",
    "br",
    "hr",
    "wbr",
    "code",
    "time",
    "abbr",
    "cite",
    "q",
    "blockquote",
    "address",
    "img",
    "figure",
    "figcaption",
    "details",
    "summary",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "mark",
];

/// What a link in the head may be: others fetch or connect before the reader does anything.
const LINKS: [&str; 4] = ["stylesheet", "alternate", "icon", "author"];

/// What a frame may not hold, and where: the bytes of its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Forbidden {
    /// The tag as it begins: `<meta`.
    pub tag: String,
    /// What is wrong with it.
    pub message: String,
}

/// Checks a frame behind its opening, before the page is put into it. Whatever a browser could take for the beginning of
/// an element is read as one, in comments and values too, so that nothing hides in what only looks like text.
pub fn check(frame: &str) -> Result<(), Forbidden> {
    let mut rest = frame;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<')).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        let refuse = |message: String| Err(Forbidden { tag: format!("<{}", &rest[..end]), message });
        let Some((attributes, behind)) = attributes(&rest[end..]) else {
            return refuse(format!("`<{name}` is not closed"));
        };
        if name == "script" {
            let own = [script::CONTENTS, script::PAGE]
                .iter()
                .find_map(|own| behind.strip_prefix('\n')?.strip_prefix(own)?.strip_prefix("</script>"));
            let harmless = attributes.iter().all(|(key, _)| key.starts_with("data-"));
            match own {
                Some(after) if harmless => {
                    rest = after;
                    continue;
                }
                _ => return refuse("a page runs no script but its own two".to_owned()),
            }
        }
        if !ELEMENTS.contains(&name.as_str()) {
            return refuse(format!("`<{name}>` has no place in the frame of a page"));
        }
        if let Some(message) = attributes.iter().find_map(|(key, value)| refused(&name, key, value)) {
            return refuse(message);
        }
        rest = behind;
    }
    Ok(())
}

/// Says why an attribute may not be.
fn refused(element: &str, key: &str, value: &str) -> Option<String> {
    let scheme: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let scheme = scheme.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let runs = scheme.is_some_and(|scheme| {
        let plain = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.&;#".contains(c));
        plain && !["http", "https", "mailto", "data"].contains(&scheme.as_str())
    });
    if key.starts_with("on") {
        Some(format!("`{key}` would run something"))
    } else if matches!(
        key,
        "http-equiv" | "ping" | "srcdoc" | "action" | "formaction" | "srcset" | "background" | "manifest"
    ) {
        Some(format!("`{key}` may send the reader, or word of the reader, away"))
    } else if key == "rel" && element == "link" && !value.split_ascii_whitespace().all(|rel| LINKS.contains(&rel)) {
        Some(format!("a link to `{value}` may fetch or connect by itself"))
    } else if matches!(key, "href" | "src") && runs {
        Some(format!("`{value}` leads to no page"))
    } else if value.contains('<') {
        Some("an attribute holds `<`".to_owned())
    } else {
        None
    }
}

/// Names and values of attributes.
type Attributes = Vec<(String, String)>;

/// Reads attributes as a browser does, to behind the end of the tag.
fn attributes(text: &str) -> Option<(Attributes, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(behind) = rest.strip_prefix('>') {
            return Some((found, behind));
        }
        let end = rest.char_indices().skip(1).find(|(_, c)| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='));
        let (key, after) = rest.split_at_checked(end.map_or(rest.len(), |(at, _)| at))?;
        if key.is_empty() {
            return None;
        }
        rest = after.trim_start();
        let value = match rest.strip_prefix('=').map(str::trim_start) {
            None => "",
            Some(after) => {
                let (value, behind) = match after.chars().next()? {
                    quote @ ('"' | '\'') => after[1..].split_once(quote)?,
                    _ => after.split_at(after.find(|c: char| c.is_ascii_whitespace() || c == '>')?),
                };
                rest = behind;
                value
            }
        };
        found.push((key.to_ascii_lowercase(), value.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sends_away_runs_or_loads_is_refused() {
        for hostile in [
            "<meta http-equiv=refresh content='0;url=https://elsewhere.example'>",
            "<META\nHTTP-EQUIV = \"refresh\" content=0>",
            "<base href=https://elsewhere.example>",
            "<script>a()</script>",
            "<ScRiPt src=a.js></script>",
            "<iframe src=a.html>",
            "<form action=a>",
            "<object data=a>",
            "<embed src=a>",
            "<svg onload=a()>",
            "<p/onclick=a()>",
            "<p class='a'onclick=a()>",
            "<a href=\"java\nscript:a()\">",
            "<a href='java&#115;cript:a()'>",
            "<a ping=https://elsewhere.example href=#a>",
            "<link rel=prefetch href=https://elsewhere.example>",
            "<link rel='stylesheet preconnect' href=a>",
            "<!-- <meta http-equiv=refresh> -->",
            "<p title='<meta http-equiv=refresh>'>",
            "<p title=\"",
            "<p ",
        ] {
            assert!(check(&format!("<title>a</title>{hostile}")).is_err(), "{hostile}");
        }
    }

    #[test]
    fn a_frame_of_text_links_and_the_two_scripts_is_let_through() {
        let scripts =
            format!("<script>\n{}</script><script data-filter=\"a\">\n{}</script>", script::CONTENTS, script::PAGE);
        for own in [
            "<meta name=\"viewport\" content=\"width=device-width\">",
            "<link rel=\"icon\" href=\"data:,\"><link rel=alternate hreflang=kk href=../kk/index.html>",
            "<a class=\"skip\" href=\"#text\">1 < 2</a><br/><details open><summary>a</summary></details>",
            "<a href=\"https://example.org/a:b\">a</a><a href='index.html?a=b:c'>b</a>",
            scripts.as_str(),
        ] {
            assert_eq!(check(own), Ok(()), "{own}");
        }
        assert!(check(&scripts.replacen("</script>", " a()</script>", 1)).is_err());
    }
}
