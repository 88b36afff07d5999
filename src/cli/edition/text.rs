//! Text: an entry of `study.yaml` and words of `strings.yaml`, put among what the author wrote, which stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::plan::Plan;
use crate::study::{EditionEntry, Span, Study};

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Says of each language of the study that its text is still to be written.
fn open(languages: impl Iterator<Item = impl AsRef<str>>) -> String {
    let languages: BTreeSet<String> = languages.map(|lang| lang.as_ref().to_owned()).collect();
    let open: Vec<String> = languages.iter().map(|lang| format!("{lang}: TODO")).collect();
    open.join(", ")
}

/// Writes the entry of an edition.
pub(super) fn entry(name: &str, study: &Study, plan: &Plan) -> String {
    let mut out = format!("  {}:\n    title: {{{}}}\n", quoted(name), open(study.title.keys()));
    out.push_str(&chosen(&plan.vintages, &plan.periods));
    if !plan.pages.is_empty() {
        let _ = writeln!(out, "    pages: [{}]", plan.pages.join(", "));
    }
    if plan.needs_reason {
        let _ = writeln!(out, "    across_vintages: {{{}}}", open(study.languages.iter()));
    }
    out
}

/// Writes the edition of a study that named none, so that it stands beside the new one.
pub(super) fn standing(name: &str, study: &Study, old: &EditionEntry) -> String {
    let periods = old.periods.iter().map(|(own, span)| (own.clone(), span.value.clone())).collect();
    format!("  {}:\n    title: {{{}}}\n", quoted(name), open(study.title.keys()))
        + &chosen(&old.vintages.value, &periods)
}

fn chosen(vintages: &BTreeMap<String, Vec<String>>, periods: &BTreeMap<String, Span>) -> String {
    let mut out = String::from(if vintages.is_empty() { "    vintages: {}\n" } else { "    vintages:\n" });
    for (table, list) in vintages {
        let list: Vec<String> = list.iter().map(|vintage| plain(vintage)).collect();
        let _ = writeln!(out, "      {}: [{}]", plain(table), list.join(", "));
    }
    out.push_str(if periods.is_empty() { "    periods: {}\n" } else { "    periods:\n" });
    for (own, span) in periods {
        let ends = [("from", &span.from), ("to", &span.to)];
        let ends: Vec<String> =
            ends.iter().filter_map(|(key, end)| Some(format!("{key}: {}", end.as_ref()?))).collect();
        let _ = writeln!(out, "      {}: {{{}}}", plain(own), ends.join(", "));
    }
    out
}

/// Writes a name bare where YAML reads it as the same text.
fn plain(text: &str) -> String {
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str());
    if is_word { text.to_owned() } else { quoted(text) }
}

/// Puts an edition behind another. `standing` is that other one where the study names none.
pub(super) fn with_edition(text: &str, from: &str, standing: Option<&str>, entry: &str) -> Option<String> {
    if let Some(standing) = standing {
        return Some(format!("{}\n\neditions:\n{standing}{entry}", text.trim_end()));
    }
    let lines: Vec<&str> = text.lines().collect();
    let is_bare = |rest: &str| rest.trim().is_empty() || rest.trim_start().starts_with('#');
    let head = lines.iter().position(|line| line.strip_prefix("editions:").is_some_and(is_bare))?;
    let keys = [format!("\"{from}\":"), format!("'{from}':"), format!("{from}:")];
    let is_own = |line: &str| keys.iter().any(|key| line.trim_start().starts_with(key.as_str()));
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_text = |line: &str| !is_bare(line);
    let inside = lines[head + 1..].iter().take_while(|line| !is_text(line) || indent(line) > 0).count();
    let all = head + 1..head + 1 + inside;
    let margin = all.clone().find(|at| is_text(lines[*at])).map(|at| indent(lines[at]))?;
    let start = all.clone().find(|at| indent(lines[*at]) == margin && is_own(lines[*at]))?;
    let next = (start + 1..all.end).find(|at| is_text(lines[*at]) && indent(lines[*at]) <= margin).unwrap_or(all.end);
    // Comments above the next entry are its own.
    let last = (start..next)
        .rev()
        .find(|at| is_text(lines[*at]) || indent(lines[*at]) > margin && !lines[*at].trim().is_empty());
    let end = last? + 1;
    let margin = " ".repeat(margin);
    let entry: String =
        entry.lines().map(|line| format!("{margin}{}\n", line.strip_prefix("  ").unwrap_or(line))).collect();
    let after: String = lines[end..].iter().map(|line| format!("{line}\n")).collect();
    Some(format!("{}\n{entry}{after}", lines[..end].join("\n")))
}

/// Adds the names of vintages to the words of a language, still to be written; `None` where they all stand there.
pub(super) fn with_words(text: &str, vintages: &BTreeSet<String>) -> Option<String> {
    let open: Vec<String> = (vintages.iter())
        .map(|vintage| format!("vintage-{vintage}:"))
        .filter(|key| !text.lines().any(|line| line.starts_with(key.as_str())))
        .collect();
    let lines: String = open.iter().map(|key| format!("{key} TODO\n")).collect();
    let standing = if text.trim() == "{}" { "" } else { text.trim_end() };
    let between = if standing.is_empty() { "" } else { "\n" };
    (!lines.is_empty()).then(|| format!("{standing}{between}{lines}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "  \"2025\":\n    title: {ru: TODO}\n";

    #[test]
    fn an_edition_stands_behind_the_one_that_it_continues() {
        let text = "a: 1\neditions:   # all of them\n  \"2023\":\n    title: {}\n    # of 2023\n\n  # the newest\n  '2024':\n    x: 1\nend: 2\n";
        let put = |from| with_edition(text, from, None, ENTRY);
        assert_eq!(
            put("2023").as_deref(),
            Some(
                "a: 1\neditions:   # all of them\n  \"2023\":\n    title: {}\n    # of 2023\n  \"2025\":\n    title: {ru: TODO}\n\n  # the newest\n  '2024':\n    x: 1\nend: 2\n"
            )
        );
        assert!(
            put("2024").is_some_and(|text| text.ends_with("    x: 1\n  \"2025\":\n    title: {ru: TODO}\nend: 2\n"))
        );
        assert_eq!(put("202"), None);
        assert_eq!(with_edition("editions: {a: {}}\n", "a", None, ENTRY), None);
        // The margin is the author's, and another edition may be named within one.
        let wide = "editions:\n    a:\n        vintages: {}\n        b: 1\n    b:\n        c: 1\n";
        let put = with_edition(wide, "b", None, ENTRY).expect("written");
        assert!(put.ends_with("    b:\n        c: 1\n    \"2025\":\n      title: {ru: TODO}\n"), "{put}");
    }

    #[test]
    fn words_are_added_once() {
        let wanted = BTreeSet::from(["new".to_owned()]);
        assert_eq!(with_words("{}\n", &wanted).as_deref(), Some("vintage-new: TODO\n"));
        assert_eq!(with_words("a: b\n", &wanted).as_deref(), Some("a: b\nvintage-new: TODO\n"));
        assert_eq!(with_words("vintage-new: x\n", &wanted), None);
    }
}
