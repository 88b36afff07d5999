//! Words: what a text of a file may stand for in a table: a measure, a member, or a part that the table does not tell.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Target;
use super::super::names::{Names, plain};
use crate::finding::Role;

/// The measure or the member that a text names: its dimension (`measure`) and its name.
pub(super) fn member(target: &Target, text: &str) -> Option<(String, String)> {
    let names = target.names;
    let texts = || std::iter::once(text).chain(text.lines());
    let measure = texts().find_map(|text| {
        let own = target.measures.keys().find(|measure| plain(measure) == plain(text)).map(|own| (*own).to_owned());
        own.or_else(|| names.member("measure", text).map(str::to_owned))
            .filter(|name| target.measures.contains_key(name.as_str()))
    });
    if let Some(measure) = measure {
        return Some(("measure".to_owned(), measure));
    }
    let categories =
        target.dimensions.iter().zip(&target.members).filter(|(dimension, _)| dimension.role == Role::Category);
    categories.into_iter().find_map(|(dimension, members)| {
        let own = texts().find_map(|text| {
            let own = members.iter().find(|member| plain(member) == plain(text)).cloned();
            own.or_else(|| names.member(&dimension.name, text).map(str::to_owned))
        });
        own.filter(|member| members.contains(member)).map(|member| (dimension.name.clone(), member))
    })
}

/// The member of a dimension, or the measure, all of whose words stand in a text: `urban` in «Urban population»; of
/// several the one with the most words, and none where two have as many.
pub(super) fn near_member(target: &Target, dimension: &str, text: &str) -> Option<String> {
    let said = stems(text);
    let measures = target.measures.keys().copied().filter(|_| dimension == "measure");
    let at = target.dimensions.iter().position(|own| own.name == dimension);
    let members = at.and_then(|at| target.members.get(at)).into_iter().flat_map(|own| own.iter()).map(String::as_str);
    let known: Vec<&str> = measures.chain(members).collect();
    let words = target.names.words_of(dimension).filter(|(_, member)| known.contains(member));
    let mut best: BTreeMap<&str, usize> = BTreeMap::new();
    for (word, member) in words.chain(known.iter().map(|own| (*own, *own))) {
        let own = stems(word);
        if !own.is_empty() && own.is_subset(&said) {
            let most = best.entry(member).or_default();
            *most = own.len().max(*most);
        }
    }
    let most = best.values().max().copied()?;
    let mut first = best.into_iter().filter(|(_, count)| *count == most);
    first.next().filter(|_| first.next().is_none()).map(|(member, _)| member.to_owned())
}

/// Says whether a category tells cumulative periods apart: `01-09`.
pub(super) fn is_run(target: &Target, dimension: &str) -> bool {
    let at = target.dimensions.iter().position(|own| own.name == dimension && own.role == Role::Category);
    let is_span = |text: &String| {
        let is_month = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.split_once('-').is_some_and(|(from, to)| is_month(from) && is_month(to))
    };
    at.and_then(|at| target.members.get(at)).is_some_and(|own| !own.is_empty() && own.iter().all(is_span))
}

/// Says whether a text names a part by a dimension that the table does not have: men of a table of all.
pub(super) fn is_foreign(target: &Target, text: &str) -> bool {
    member(target, text).is_none()
        && std::iter::once(text).chain(text.lines()).any(|text| target.names.is_word_beside(text, "measure"))
}

/// Writes a text as YAML.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes a text in one line.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Measures how much of a title stands in some texts, in thousandths: words are compared by how they begin.
pub(super) fn shared(title: &str, texts: &BTreeSet<String>) -> usize {
    let own = stems(title);
    let found = own.iter().filter(|stem| texts.contains(*stem)).count();
    (found * 1000).checked_div(own.len()).unwrap_or(0)
}

/// The beginnings of the longer words of a text.
pub(super) fn stems(text: &str) -> BTreeSet<String> {
    let text = plain(text);
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.map(|word| word.chars().take(5).collect()).collect()
}

/// Finds the names of territories in a column of which the list has several, and which of them each is, where the rest
/// of the column leaves one.
pub(super) fn settled<'a>(names: &Names, texts: &BTreeSet<&'a str>) -> Vec<(&'a str, Vec<String>)> {
    let taken: BTreeSet<String> = texts
        .iter()
        .filter_map(|text| match names.codes(text).as_slice() {
            [one] => Some(one.as_str().to_owned()),
            _ => None,
        })
        .collect();
    let open = texts.iter().filter(|text| names.codes(text).len() > 1);
    open.map(|text| {
        let codes = names.codes(text).into_iter().map(|code| code.as_str().to_owned());
        (*text, codes.filter(|code| !taken.contains(code)).collect())
    })
    .collect()
}
