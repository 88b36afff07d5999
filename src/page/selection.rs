//! Selection: the few exhibits that a journal allows, numbered anew; the others move to an appendix and keep a number there.
//!
//! A sentence that refers to an exhibit left out refers to the appendix, `рис. А.1`, as GOST 7.32 numbers the figures of
//! an appendix; there it is named and linked to the whole version, so no reference leads nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Caption, Library, Numbering, Order};
use crate::diagnostic::{Diagnostic, Diagnostics, code, did_you_mean};
use crate::document::{Block, Inline, markdown};
use crate::language::{ExhibitKind, ExhibitNumber, Lang};
use crate::study::{SelectionEntry, Study, Text, place_of};

/// The names of files that stand beside those of a selection.
const TAKEN: [&str; 3] = ["index", "numbers", "report"];

/// Says whether chosen pages hold all of a selection.
fn fits(entry: &SelectionEntry, study: &Study, pages: &[String], order: &[String]) -> bool {
    let has_page = |page: &Text| pages.contains(&page.value) || !study.pages.contains(&page.value);
    entry.pages.iter().all(has_page) && entry.figures.iter().chain(&entry.tables).all(|id| order.contains(&id.value))
}

/// Numbers the exhibits for each selection, in the order of the pages; of an edition that chooses its own, for those that
/// they hold whole.
pub(super) fn numbered(
    study: &Study,
    chosen_pages: Option<&[String]>,
    order: &[String],
    whole: &Numbering,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Arc<Numbering>> {
    let mut selections = BTreeMap::new();
    // Where something else is wrong, pages may lack exhibits for that reason.
    let sound = diagnostics.verdict().is_ok();
    let is_own = |entry: &SelectionEntry| chosen_pages.is_none_or(|pages| fits(entry, study, pages, order));
    for (name, entry) in study.selection.iter().filter(|(_, entry)| is_own(&entry.value)) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || !name.chars().all(plain) || TAKEN.contains(&name.as_str()) {
            let message = format!("`{name}` cannot be the name of a file of its own");
            let hint = format!("small Latin letters, digits and hyphens; not {}", TAKEN.join(", "));
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place_of(entry, name), message).hint(hint));
        }
        if entry.value.figures.is_empty() && entry.value.tables.is_empty() {
            let message = format!("`{name}` keeps neither a figure nor a table");
            let hint = "list what it keeps under `figures` and `tables`, or take it out";
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place_of(entry, name), message).hint(hint));
        }
        let chosen = chosen(name, &entry.value, order, whole, sound, diagnostics);
        let mut counts: BTreeMap<(ExhibitKind, bool), usize> = BTreeMap::new();
        let mut numbering = whole.clone();
        for id in order {
            let Some((kind, number)) = numbering.get_mut(id) else { continue };
            let own = chosen.contains(id.as_str());
            let count = counts.entry((*kind, own)).or_default();
            *count += 1;
            *number = if own { ExhibitNumber::Own(*count) } else { ExhibitNumber::Appendix(*count) };
        }
        selections.insert(name.clone(), Arc::new(numbering));
    }
    selections
}

fn chosen<'a>(
    name: &str,
    entry: &'a SelectionEntry,
    order: &[String],
    whole: &Numbering,
    sound: bool,
    diagnostics: &mut Diagnostics,
) -> BTreeSet<&'a str> {
    let mut chosen = BTreeSet::new();
    let sides: [(ExhibitKind, &Vec<Text>, &str, &str); 2] = [
        (ExhibitKind::Figure, &entry.figures, "figure", "table"),
        (ExhibitKind::Table, &entry.tables, "table", "figure"),
    ];
    for (kind, ids, own, other) in sides {
        for id in ids {
            let mut refuse = |message: String, hint: Option<String>| {
                let wrong = Diagnostic::error(code::STUDY_VALUE, place_of(id, &format!("selection `{name}`")), message);
                diagnostics.push(wrong.maybe_hint(hint));
            };
            match whole.get(&id.value) {
                Some((known, _)) if *known == kind => {}
                Some(_) => {
                    refuse(format!("`{}` is a {other}", id.value), Some(format!("list it under `{other}s`")));
                    continue;
                }
                None => {
                    let known = whole.iter().filter(|(_, (known, _))| *known == kind).map(|(id, _)| id.as_str());
                    refuse(format!("study.yaml has no {own} `{}`", id.value), did_you_mean(&id.value, known));
                    continue;
                }
            }
            if sound && !order.contains(&id.value) {
                refuse(format!("no page places `{}`", id.value), None);
            } else if !chosen.insert(id.value.as_str()) {
                refuse(format!("lists `{}` twice", id.value), None);
            }
        }
    }
    chosen
}

/// What an appendix names.
pub(super) struct Named<'a> {
    /// The key of what it says of itself.
    pub note: &'static str,
    /// Whether it names an exhibit.
    pub holds: &'a dyn Fn(&str) -> bool,
}

/// Names the heading of the appendix, by which it is known among other blocks.
pub const APPENDIX: &str = "left-out";

/// Writes the appendix that names what the selection leaves out, with its number and place in the whole version.
pub(super) fn appendix(
    library: &Library,
    order: &Order,
    lang: Lang,
    numbering: &Numbering,
    captions: &BTreeMap<String, Caption>,
    named: &Named,
) -> Vec<Block> {
    let Some(language) = library.speech.get(&lang) else { return Vec::new() };
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let mut items = Vec::new();
    for kind in [ExhibitKind::Figure, ExhibitKind::Table] {
        for id in &order.exhibits {
            let Some((known, ExhibitNumber::Appendix(number))) = numbering.get(id) else { continue };
            if *known != kind || !(named.holds)(id) {
                continue;
            }
            let label = language.caption_label(kind, ExhibitNumber::Appendix(*number));
            let title = captions.get(id).map(|caption| caption.title.clone()).unwrap_or_default();
            let whole = order.numbering.get(id).map(|(_, whole)| language.exhibit_ref(kind, *whole, None));
            let whole = word("selection-in-full").replace("{exhibit}", &whole.and_then(Result::ok).unwrap_or_default());
            let mut item = vec![Inline::Anchor(id.clone()), Inline::text(format!("{label} – "))];
            item.extend(title);
            item.push(Inline::text(" ("));
            item.push(Inline::link(format!("index.html#{id}"), vec![Inline::text(whole)]));
            item.push(Inline::text(")"));
            items.push(vec![Block::Paragraph(item)]);
        }
    }
    if items.is_empty() {
        return Vec::new();
    }
    let heading = vec![Inline::text(word("selection-appendix"))];
    vec![
        Block::Heading { level: 2, id: Some(APPENDIX.to_owned()), content: heading },
        Block::Paragraph(markdown::line(word(named.note), &[])),
        Block::List { start: None, tight: true, items },
    ]
}
