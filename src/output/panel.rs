//! Panel: what stands beside the text when a number is asked where it comes from; the script of the page opens it.

use super::element::{Html, classed, said, tag};
use crate::language::Language;

/// Writes the panel, closed. A page of this title and subtitle is what a copied number is cited from.
pub(super) fn html(title: &str, subtitle: &str, language: &Language) -> Html {
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let button = |class: &str, sign: &str, key: &'static str| {
        let own = classed("button", class).with("type", "button").with("title", word(key));
        own.with("aria-label", word(key)).text(sign)
    };
    let head = tag("h2").with("id", "panel-title").with("tabindex", "-1").text(word("panel-title"));
    let tools = classed("p", "tools")
        .put(button("back", "↩", "panel-back").set("hidden"))
        .put(button("previous", "↑", "panel-previous"))
        .put(button("next", "↓", "panel-next"))
        .put(button("copy", word("panel-copy-short"), "panel-copy"))
        .put(classed("a", "open").with("href", super::explanation::INDEX).text(word("panel-open")))
        .put(button("close", "×", "panel-close"));
    let told = classed("p", "told").with("role", "status").with("aria-live", "polite");
    let cite = [title, subtitle].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(". ");
    classed("aside", "panel")
        .set("hidden")
        .with("aria-labelledby", "panel-title")
        .with("data-cite", &cite)
        .with("data-shown", word("panel-shown"))
        .with("data-copied", word("panel-copied"))
        .with("data-unknown", word("panel-unknown"))
        .with("data-search", word("search"))
        .put(head)
        .put(tools)
        .put(told)
        .put(said("div", ""))
        .into()
}
