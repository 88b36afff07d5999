//! Markup: texts escaped for HTML.

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
