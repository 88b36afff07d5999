//! Frame: what a study's `layout.html` may hold around a page. A page never leaves itself: nothing sends the reader away,
//! runs, or loads from elsewhere.

mod address;
pub(super) mod source;
pub(super) mod style;

use super::script;
use crate::document::slots::next_slot;

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

/// The attributes that they may have, beside `data-…` and `aria-…`.
const ATTRIBUTES: [&str; 38] = [
    "class",
    "id",
    "lang",
    "dir",
    "title",
    "style",
    "role",
    "tabindex",
    "hidden",
    "translate",
    "href",
    "hreflang",
    "rel",
    "type",
    "media",
    "target",
    "download",
    "src",
    "alt",
    "width",
    "height",
    "loading",
    "sizes",
    "name",
    "content",
    "charset",
    "property",
    "open",
    "start",
    "value",
    "reversed",
    "datetime",
    "cite",
    "colspan",
    "rowspan",
    "scope",
    "headers",
    "span",
];

/// What a link in the head may be: others fetch or connect before the reader does anything.
const LINKS: [&str; 4] = ["stylesheet", "alternate", "icon", "author"];

/// What a frame may not hold, and where: the bytes of its text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Forbidden {
    /// The tag as it begins: `<meta`.
    pub tag: String,
    /// What is wrong with it.
    pub message: String,
}

/// Checks a frame behind its opening, before the page is put into it. Whatever a browser could take for the beginning of
/// an element is read as one, in comments and values too, so that nothing hides in what only looks like text.
pub(super) fn check(frame: &str) -> Result<(), Forbidden> {
    let mut rest = frame;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let (is_end, behind) = rest.strip_prefix('/').map_or((false, rest), |behind| (true, behind));
        if !behind.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = if rest.starts_with("!--") { "-->" } else { ">" };
            let within = rest.starts_with(['!', '?', '/']).then(|| rest.find(end).map_or(rest, |end| &rest[..end]));
            if within.is_some_and(holds_page) {
                let tag = format!("<{}", &rest[..1]);
                return Err(Forbidden { tag, message: "a part of the page stands in a comment".to_owned() });
            }
            continue;
        }
        rest = behind;
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<')).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        let refuse = |message: String| Err(Forbidden { tag: format!("<{}", &rest[..end]), message });
        let Some((attributes, behind)) = attributes(&rest[end..]) else {
            return refuse(format!("`<{name}` is not closed"));
        };
        if name == "script" && !is_end {
            let own = script::all()
                .iter()
                .find_map(|own| behind.strip_prefix('\n')?.strip_prefix(own)?.strip_prefix("</script>"));
            let harmless = |(key, value): &(String, String)| key.starts_with("data-") && !holds_page(value);
            match own {
                Some(after) if attributes.iter().all(harmless) => {
                    rest = after;
                    continue;
                }
                _ => return refuse("a page runs no script but its own two".to_owned()),
            }
        }
        if !ELEMENTS.contains(&name.as_str()) {
            return refuse(format!("`<{name}>` has no place in the frame of a page"));
        }
        if is_end && !attributes.is_empty() {
            return refuse(format!("the end of `<{name}>` holds something"));
        }
        if let Some(message) = attributes.iter().find_map(|(key, value)| refused(&name, key, value, &attributes)) {
            return refuse(message);
        }
        rest = behind;
    }
    Ok(())
}

fn holds_page(text: &str) -> bool {
    next_slot(text).is_some()
}

/// Says why an attribute may not be.
fn refused(element: &str, key: &str, value: &str, all: &Attributes) -> Option<String> {
    let is_plain = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_lowercase() || b"-_0123456789".contains(&byte));
    let is_own = ["data-", "aria-"].iter().any(|prefix| key.strip_prefix(prefix).is_some_and(is_plain));
    let address = address::resolved(value);
    let rel = all.iter().find(|(key, _)| key == "rel").map_or("", |(_, rel)| rel.as_str());
    let is = |kind: &str| rel.split_ascii_whitespace().any(|rel| rel == kind);
    let loads = key == "src" || element == "link" && key == "href" && (is("stylesheet") || is("icon"));
    if key.starts_with("on") {
        Some(format!("`{key}` would run something"))
    } else if !is_own && !ATTRIBUTES.contains(&key) {
        Some(format!("`{key}` has no place in the frame of a page"))
    } else if holds_page(value) {
        Some(format!("a part of the page stands in `{key}`"))
    } else if value.contains('<') {
        Some("an attribute holds `<`".to_owned())
    } else if key == "rel" && element == "link" && !value.split_ascii_whitespace().all(|rel| LINKS.contains(&rel)) {
        Some(format!("a link to `{value}` may fetch or connect by itself"))
    } else if loads && address::loads_from_elsewhere(&address) {
        Some(format!("`{value}` is no file of the report"))
    } else if key == "href" && !loads && !address::is_page(&address) {
        Some(format!("`{value}` leads to no page"))
    } else if key == "style" {
        style::check(&address).err().map(|(_, message)| message)
    } else {
        None
    }
}

/// Names and values of attributes.
pub(super) type Attributes = Vec<(String, String)>;

/// Reads attributes as a browser does, to behind the end of the tag.
pub(super) fn attributes(text: &str) -> Option<(Attributes, &str)> {
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
        rest = after.trim_ascii_start();
        let value = match rest.strip_prefix('=').map(str::trim_ascii_start) {
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
            // What is no white space to a browser hides no attribute.
            "<meta name=\u{a0}\"a http-equiv=refresh content=0 lang=\">",
            "<meta name=\u{b}'a http-equiv=refresh content=0 lang='>",
            "<a href=javascript&colon;a()>",
            "<a href=javascript&#58;a()>",
            "<a href='&#106avascript:a()'>",
            "<a href='&#0000106;avascript:a()'>",
            "<a href='java&Tab;script&NewLine;:a()'>",
            "<a href='&unknown;a()'>",
            "<a href=\"\u{1}javascript:a()\">",
            "<a href=data:text/html,a>",
            "<a href=blob:a>",
            "<a attributionsrc=https://elsewhere.example href=#a>",
            "<img src=https://elsewhere.example/a.png>",
            "<img src=//elsewhere.example/a.png>",
            "<img src='\\\\elsewhere.example/a.png'>",
            "<img src='&sol;/elsewhere.example/a.png'>",
            "<img src=a srcset='https://elsewhere.example/a.png 2x'>",
            "<img src=a onerror\n=a()>",
            "<link rel=stylesheet href=https://elsewhere.example/a.css>",
            "<link href=https://elsewhere.example/a.css rel='alternate stylesheet'>",
            "<link rel=icon href=http:elsewhere.example>",
            "<link rel=&#112;refetch href=a>",
            "<p style='background:url(https://elsewhere.example)'>",
            "<p style='background:u&#114;l(//elsewhere.example)'>",
            "<table background=a>",
            "<svg><script>a()</script></svg>",
            "<svg/onload=a()>",
            "<math href=javascript:a()>",
            "<style>@import 'a'</style>",
            "<template><p></template>",
            "<frameset onload=a()>",
            "<marquee onstart=a()>",
            "<video src=a>",
            "<button formaction=a>",
            "<input autofocus>",
            "<noscript><p title='</noscript><script>a()</script>'>",
            "<!--><script>a()</script>-->",
            "<!-- a --!><base href=a>",
            "<![CDATA[<script>a()</script>]]>",
            "<?xml-stylesheet href='a'?><iframe>",
            "</p title='a' http-equiv=refresh>",
            "<scr\0ipt>a()</scr\0ipt>",
            "<p <script>",
            "<p =a>",
        ] {
            assert!(check(&format!("<title>a</title>{hostile}")).is_err(), "{hostile}");
        }
    }

    #[test]
    fn a_frame_of_text_links_and_the_two_scripts_is_let_through() {
        let scripts =
            format!("<script>\n{}</script><script data-filter=\"a\">\n{}</script>", *script::CONTENTS, *script::PAGE);
        for own in [
            "<meta name=\"viewport\" content=\"width=device-width\">",
            "<link rel=\"icon\" href=\"data:,\"><link rel=alternate hreflang=kk href=../kk/index.html>",
            "<a class=\"skip\" href=\"#text\">1 < 2</a><br/><details open><summary>a</summary></details>",
            "<a href=\"https://example.org/a:b\">a</a><a href='index.html?a=b:c'>b</a><a href=\"?a&#x2f;b&amp;c=d\">c</a>",
            "<img src=\"..&#x2f;figures/a.svg\" alt=\"a: b\"><link rel=\"stylesheet\" href=\"..&#x2f;..&#x2f;style.css\">",
            "<link rel=alternate hreflang=kk href=https://example.org/kk/><p style='color:red' data-a_1=':' aria-label=\"a\">",
            "<a href='mailto:a@example.org' target=_blank rel=noopener>a</a>",
            scripts.as_str(),
        ] {
            assert_eq!(check(own), Ok(()), "{own}");
        }
        assert!(check(&scripts.replacen("</script>", " a()</script>", 1)).is_err());
    }

    #[test]
    fn a_part_of_the_page_stands_in_the_text_of_a_frame_and_nowhere_else() {
        let part = crate::document::slots::slot(0);
        assert_eq!(check(&format!("<main>{part}</main>")), Ok(()));
        for [before, after] in [
            ["<p title=\"", "\">"],
            ["<p ", ">"],
            ["</p ", ">"],
            ["<!-- ", " -->"],
            ["<!-- > ", "-->"],
            ["<?", ">"],
            ["<p data-a='", "'>"],
        ] {
            assert!(check(&format!("{before}{part}{after}")).is_err(), "{before}");
        }
    }
}
