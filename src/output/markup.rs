//! Markup: Markdown → HTML in which nothing of a study can run: no elements of its own, no scripts behind links.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Escapes a text for HTML, between tags and within quotation marks.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(['&', '<', '>', '"']) {
        let plain = piece.trim_end_matches(['&', '<', '>', '"']);
        out.push_str(plain);
        out.push_str(match &piece[plain.len()..] {
            "&" => "&amp;",
            "<" => "&lt;",
            ">" => "&gt;",
            "\"" => "&quot;",
            _ => "",
        });
    }
    out
}

/// Escapes a text for Markdown, within a line or a cell of a table.
pub fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let letters: Vec<char> = text.chars().collect();
    for (i, letter) in letters.iter().enumerate() {
        // An underscore within a word, and an ampersand before a space, are themselves.
        let beside = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
        let special = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' => true,
            '_' => !(beside(i.checked_sub(1)) && beside(Some(i + 1))),
            '&' => beside(Some(i + 1)) || letters.get(i + 1) == Some(&'#'),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(if *letter == '\n' { ' ' } else { *letter });
    }
    out
}

/// Escapes in Markdown what [`events`] takes for text, so that other readers of it do as well.
pub fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (event, range) in Parser::new_ext(text, crate::page::markdown_options()).into_offset_iter() {
        if range.start < copied {
            continue;
        }
        let end = match &event {
            Event::Html(_) | Event::InlineHtml(_) => range.end,
            Event::Start(Tag::Link { dest_url, .. }) if !is_harmless(dest_url) => range.start + 1,
            Event::Start(Tag::Image { .. }) => range.start + 2,
            _ => continue,
        };
        out.push_str(&text[copied..range.start]);
        for letter in text[range.start..end].chars() {
            if "<[!".contains(letter) {
                out.push('\\');
            }
            out.push(letter);
        }
        copied = end;
    }
    out + &text[copied..]
}

/// Reads Markdown. HTML in it is text, a link that leads neither to the web nor into the report is its text, and a
/// picture its description.
pub fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    // For each link under way, whether it stays one.
    let mut links: Vec<bool> = Vec::new();
    Parser::new_ext(text, crate::page::markdown_options()).filter_map(move |event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            links.push(is_harmless(dest_url));
            links.last().is_some_and(|stays| *stays).then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or(true).then_some(event),
        other => Some(other),
    })
}

/// Renders a line of Markdown without a paragraph around it.
pub fn inline(text: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events(text));
    html.trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
}

/// Returns true for an address on the web, of a mailbox, or within the report.
pub fn is_harmless(address: &str) -> bool {
    if address.chars().any(char::is_control) || address.starts_with("//") {
        return false;
    }
    // A colon behind the first of these signs belongs to a path, not to a scheme.
    let front = address.split(['/', '?', '#']).next().unwrap_or_default();
    match front.split_once(':') {
        Some((scheme, _)) => ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_is_text() {
        assert_eq!(inline("a <script>b</script> *c*"), "a &lt;script&gt;b&lt;/script&gt; <em>c</em>");
        assert_eq!(inline("<img src=x onerror=a()>"), "&lt;img src=x onerror=a()&gt;");
        assert_eq!(inline("[*x*](javascript:a()) [y](#z)"), "<em>x</em> <a href=\"#z\">y</a>");
        assert_eq!(inline("<javascript:a()>"), "javascript:a()");
        assert_eq!(inline("![alt](https://example.org/a.png)"), "alt");
    }

    #[test]
    fn a_text_is_itself_in_markdown_and_html() {
        let rendered = |text: &str| inline(&literal(text));
        for text in ["a|b", "*a* _b_ c_d", "<b>x</b> & y", "[a](b) `c` \\d", "&amp; &#35; ~~x~~", "1. a", "x > y"] {
            assert_eq!(
                rendered(&format!("x {text}")).replace("&quot;", "\""),
                format!("x {}", escape(text).replace("&quot;", "\""))
            );
        }
        assert_eq!(literal("rural_balance, 5 & 6"), "rural_balance, 5 & 6");
    }

    #[test]
    fn what_is_text_in_html_is_text_in_markdown() {
        for text in
            ["a <b>x</b>", "[x](javascript:a())", "<javascript:a()> [y](#z)", "![p](https://example.org/p.png) *q*"]
        {
            let harmless = harmless(text);
            let kept = |event: &Event| {
                matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }))
            };
            assert!(!Parser::new(&harmless).any(|event| kept(&event)), "{harmless}");
            assert!(!inline(&harmless).contains("script:a()\""), "{harmless}");
        }
        assert_eq!(harmless("a *b* [y](#z)\n\n| a | b |\n|---|---|\n"), "a *b* [y](#z)\n\n| a | b |\n|---|---|\n");
    }

    #[test]
    fn links_lead_to_the_web_or_stay_in_the_report() {
        for good in ["#a", "../kk/index.html#b:c", "https://example.org/?a:b", "HTTP://example.org", "mailto:a@b.org"] {
            assert!(is_harmless(good), "{good}");
        }
        for bad in ["javascript:a()", "JaVaScRiPt:a()", "java\nscript:a()", "\u{1}javascript:a()", "data:text/html,x"] {
            assert!(!is_harmless(bad), "{bad}");
        }
        for bad in ["vbscript:a", "file:///etc/passwd", "//example.org/x", " javascript:a()", "blob:x"] {
            assert!(!is_harmless(bad), "{bad}");
        }
    }
}
