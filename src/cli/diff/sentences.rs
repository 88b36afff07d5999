//! Sentences: the prose of two editions, sentence by sentence, in the sections in which they stand.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::Flip;
use crate::files::limits::EDITED_STEPS;

/// A sentence of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// The line of `report.md`.
    pub line: usize,
    pub text: String,
}

/// A sentence that is not as it was.
#[derive(Debug)]
pub(super) struct Rewritten {
    /// The anchor of its section.
    pub section: String,
    pub from: Option<Sentence>,
    pub to: Option<Sentence>,
    /// Whether other words stand in it, and not other digits alone.
    pub is_reworded: bool,
    /// The conditions of the section that flipped or became undecided, each at its place in a template.
    pub conditions: Vec<String>,
}

/// What two pages say otherwise.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// The sentences of sections that both have.
    pub rewritten: Vec<Rewritten>,
    /// The headings of sections that one side alone has, of the earlier and of the later.
    pub only: [Vec<String>; 2],
    /// The headings of sections by their anchors; of both sides, the later's before.
    pub titles: BTreeMap<String, String>,
}

/// Lists the headings behind anchors, by anchor.
fn headings(page: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut anchor = None;
    for line in page.lines().filter(|line| !line.trim().is_empty()) {
        let own = line.strip_prefix("<a id=\"").and_then(|rest| rest.strip_suffix("\"></a>")).map(str::to_owned);
        if let (Some(anchor), Some(title)) = (anchor, line.strip_prefix('#')) {
            out.insert(anchor, title.trim_start_matches(['#', ' ']).to_owned());
        }
        anchor = own;
    }
    out
}

/// Parts a page into sentences by section; tables, figures, lists of contents and anchors are no prose.
fn sections(page: &str) -> Vec<(String, Vec<Sentence>)> {
    let mut out: Vec<(String, Vec<Sentence>)> = vec![(String::new(), Vec::new())];
    for (at, line) in page.lines().enumerate() {
        if let Some(anchor) = line.strip_prefix("<a id=\"").and_then(|rest| rest.strip_suffix("\"></a>")) {
            out.push((anchor.to_owned(), Vec::new()));
            continue;
        }
        let is_prose =
            !line.trim().is_empty() && !line.starts_with(['|', '<', '!', '-', '#', '$']) && !line.starts_with("**");
        if let Some((_, sentences)) = out.last_mut().filter(|_| is_prose) {
            let list = parted(line).into_iter().map(|text| Sentence { line: at + 1, text });
            sentences.extend(list);
        }
    }
    out
}

/// Parts a paragraph behind a full stop before a capital letter; an abbreviation has fewer letters than a word that ends.
fn parted(line: &str) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    let mut out = Vec::new();
    let (mut from, mut word) = (0, 0);
    for at in 0..chars.len() {
        let ends = matches!(chars[at], '.' | '!' | '?' | '…')
            && chars.get(at + 1) == Some(&' ')
            && chars.get(at + 2).is_some_and(|next| next.is_uppercase() || "«([".contains(*next));
        if ends && (word > 2 || word == 0) {
            out.push(chars[from..=at].iter().collect::<String>().trim().to_owned());
            from = at + 1;
        }
        word = if chars[at].is_alphanumeric() { word + 1 } else { 0 };
    }
    let rest: String = chars[from..].iter().collect();
    out.push(rest.trim().to_owned());
    out.retain(|text| !text.is_empty());
    out
}

/// The words of a sentence without its numbers and links.
fn words(text: &str) -> Vec<String> {
    let bare = text.split("](").map(|part| part.split_once(')').map_or(part, |(_, rest)| rest)).collect::<Vec<_>>();
    let words = if bare.len() > 1 { bare.join(" ") } else { text.to_owned() };
    // A word that heads a note, in the singular or the plural, is none of the sentence: «Примечания: …».
    let label = words.split_once(": ").filter(|(label, _)| !label.contains(char::is_whitespace));
    let words = label.map_or(words.as_str(), |(_, rest)| rest);
    words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// A sentence with its words.
type Worded = (Sentence, BTreeSet<String>);

fn worded(sentence: Sentence) -> Worded {
    let words = words(&sentence.text).into_iter().collect();
    (sentence, words)
}

/// How like two sentences are, in hundredths: words that both have of all that they have.
fn alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let both = one.intersection(other).count();
    (both * 100).checked_div(one.len() + other.len() - both).unwrap_or(0)
}

/// Pairs sentences with those of before that they are likest; each that is compared takes as many steps as it has words.
/// With none left, the rest stand alone, as new and as gone.
fn paired(old: Vec<Sentence>, fresh: Vec<Sentence>, steps: &mut usize) -> Vec<(Option<Sentence>, Option<Sentence>)> {
    /// Sentences that share fewer words are two.
    const LEAST: usize = 30;
    let mut old: Vec<Worded> = old.into_iter().map(worded).collect();
    let mut out = Vec::new();
    for (sentence, words) in fresh.into_iter().map(worded) {
        let cost: usize = old.iter().map(|(_, own)| own.len() + words.len()).sum();
        *steps = steps.saturating_sub(cost);
        let likest = (0..if *steps > 0 { old.len() } else { 0 }).map(|at| (alike(&old[at].1, &words), at));
        let likest = likest.filter(|(like, _)| *like >= LEAST).max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        out.push((likest.map(|(_, at)| old.remove(at).0), Some(sentence)));
    }
    out.extend(old.into_iter().map(|(sentence, _)| (Some(sentence), None)));
    out
}

/// Tells the conditions that flipped in the templates of a language, by section.
fn conditions<'a>(flipped: &'a [Flip], lang: &str) -> BTreeMap<&'a str, Vec<String>> {
    let said = |holds: Option<bool>| holds.map_or("?", |holds| if holds { "✓" } else { "✗" });
    let folder = format!("templates/{lang}/");
    let mut out: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (place, expression, [was, is]) in flipped {
        let Some((section, _)) = place.strip_prefix(&folder).and_then(|rest| rest.split_once(".md:")) else { continue };
        let told = format!("{place}: {expression} ({} → {})", said(*was), said(*is));
        out.entry(section).or_default().push(told);
    }
    out
}

/// Takes out of two lists what both say, each sentence as often as both do.
fn without_same(old: Vec<Sentence>, new: Vec<Sentence>) -> (Vec<Sentence>, Vec<Sentence>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    old.iter().for_each(|own| *counts.entry(&own.text).or_default() += 1);
    let mut both: BTreeMap<String, usize> = BTreeMap::new();
    let mut fresh = Vec::new();
    for sentence in new {
        match counts.get_mut(sentence.text.as_str()).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                *both.entry(sentence.text).or_default() += 1;
            }
            None => fresh.push(sentence),
        }
    }
    let is_left = |own: &Sentence| match both.get_mut(&own.text).filter(|count| **count > 0) {
        Some(count) => {
            *count -= 1;
            false
        }
        None => true,
    };
    (old.into_iter().filter(is_left).collect(), fresh)
}

/// Compares two pages. Sentences whose condition flipped come first, then those in other words, then those with other digits;
/// a section that one side does not print is named whole.
pub(super) fn compare(from: &str, to: &str, lang: &str, flipped: &[Flip]) -> Compared {
    let mut before: BTreeMap<String, Vec<Sentence>> = BTreeMap::new();
    for (section, list) in sections(from) {
        before.entry(section).or_default().extend(list);
    }
    let titles = [headings(from), headings(to)];
    let without = |own: &BTreeMap<String, String>, other: &BTreeMap<String, String>| -> BTreeSet<String> {
        own.keys().filter(|anchor| !other.contains_key(*anchor)).cloned().collect()
    };
    let (gone, new) = (without(&titles[0], &titles[1]), without(&titles[1], &titles[0]));
    let mut out = Vec::new();
    let conditions = conditions(flipped, lang);
    let mut put = |section: &str, from: Option<Sentence>, to: Option<Sentence>| {
        let text = |side: &Option<Sentence>| side.as_ref().map(|one| words(&one.text)).unwrap_or_default();
        let is_reworded = text(&from) != text(&to);
        let conditions = conditions.get(section).filter(|_| is_reworded).cloned().unwrap_or_default();
        out.push(Rewritten { section: section.to_owned(), from, to, is_reworded, conditions });
    };
    let mut steps = EDITED_STEPS;
    for (section, list) in sections(to).into_iter().filter(|(section, _)| !new.contains(section)) {
        let (old, fresh) = without_same(before.remove(&section).unwrap_or_default(), list);
        for (was, is) in paired(old, fresh, &mut steps) {
            put(&section, was, is);
        }
    }
    for (section, list) in before.into_iter().filter(|(section, _)| !gone.contains(section)) {
        list.into_iter().for_each(|sentence| put(&section, Some(sentence), None));
    }
    out.sort_by_key(|one| (one.conditions.is_empty(), !one.is_reworded));
    // In the order of the page.
    let named = |page: &str, own: &BTreeSet<String>, titles: &BTreeMap<String, String>| -> Vec<String> {
        let own = sections(page).into_iter().filter(|(anchor, _)| own.contains(anchor));
        own.filter_map(|(anchor, _)| titles.get(&anchor).cloned()).collect()
    };
    let only = [named(from, &gone, &titles[0]), named(to, &new, &titles[1])];
    let [old, fresh] = titles;
    Compared { rewritten: out, only, titles: old.into_iter().chain(fresh).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_that_one_side_lacks_is_named_and_its_sentences_are_not() {
        let section = |anchor: &str, text: &str| format!("<a id=\"{anchor}\"></a>\n\n## Раздел {anchor}\n\n{text}\n\n");
        let from = section("a", "Было десять домов.") + &section("b", "Старое предложение.");
        let to = section("a", "Было двадцать домов.") + &section("c", "Новое предложение.");
        let compared = compare(&from, &to, "ru", &[]);
        assert_eq!(compared.only, [vec!["Раздел b".to_owned()], vec!["Раздел c".to_owned()]]);
        let texts = |one: &Rewritten| [&one.from, &one.to].map(|side| side.as_ref().map(|own| own.text.clone()));
        let wanted = ["Было десять домов.", "Было двадцать домов."].map(|text| Some(text.to_owned()));
        assert_eq!(compared.rewritten.iter().map(texts).collect::<Vec<_>>(), [wanted]);
    }
}
