//! Headings: titles and labels of exhibits that say another period, or another series, than what is shown.

use std::ops::RangeInclusive;

use super::told::{resolved, whole};
use super::words::{ExhibitWords, exhibits_path};
use super::{Library, Order, periods};
use crate::analysis::Edition;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::expression::{self, Edge, Item, Kind, Names};
use crate::finding::{Part, VALUE};
use crate::language::{Lang, plain};
use crate::study::{ColumnsEntry, Study};

/// Warns of the titles and labels that say a year of which nothing is that they head.
pub(super) fn years(
    library: &Library,
    order: &Order,
    study: &Study,
    lang: Lang,
    edition: &Edition,
    diagnostics: &mut Diagnostics,
) {
    for (id, words) in library.exhibits.get(&lang).into_iter().flatten().filter(|(id, _)| order.shows(id)) {
        let place = |what: &str| at_title(lang, words, id, what);
        for (what, key, label, text) in labelled(study, id, words) {
            let years: Vec<i32> = label
                .split(|c: char| !c.is_ascii_digit())
                .filter(|digits| digits.len() == 4)
                .filter_map(|digits| digits.parse().ok())
                .collect();
            if let Some(year) = strange(&years, &[text], edition) {
                diagnostics.push(told(year, place(&format!("{what}.{key}"))));
            }
        }
        let figure = study.figures.get(id).map(|entry| periods::of_figure(&entry.value));
        let texts = figure.or_else(|| study.tables.get(id).map(|entry| periods::of_table(&entry.value)));
        let title = library.templates.get(&format!("{}: {id}.title", exhibits_path(lang)));
        if let Some(((texts, title), language)) = texts.zip(title).zip(library.speech.get(&lang))
            && let Some(year) = strange(&language.years_said(&title.prose), &texts, edition)
        {
            diagnostics.push(told(year, place("title")));
        }
    }
}

fn at_title(lang: Lang, words: &ExhibitWords, id: &str, what: &str) -> Place {
    let at = words.title.referenced;
    Place::line(exhibits_path(lang), at.line() as usize, at.column() as usize).within(format!("`{id}`, `{what}`"))
}

fn told(year: i32, place: Place) -> Diagnostic {
    let message = format!("says {year}, and nothing that stands under it is of that year");
    let hint = "quote the period of the data in the title, or mend the year";
    Diagnostic::warning(code::EXHIBIT_PERIOD, place, message).hint(hint)
}

/// Lists the labels of an exhibit that head one expression each: what they are, their key, their text, the expression.
fn labelled<'a>(study: &'a Study, id: &str, words: &'a ExhibitWords) -> Vec<(&'static str, &'a str, &'a str, &'a str)> {
    let mut found = Vec::new();
    if let Some(figure) = study.figures.get(id) {
        for (key, text) in &figure.value.series.0 {
            found.extend(
                words.series.get(key).map(|label| ("series", key.as_str(), label.as_str(), text.value.as_str())),
            );
        }
    }
    if let Some(table) = study.tables.get(id)
        && let ColumnsEntry::Each(columns) = &table.value.columns
    {
        for (key, column) in &columns.0 {
            let label = words.columns.get(key).zip(column.of.as_ref());
            found.extend(label.map(|(label, of)| ("columns", key.as_str(), label.as_str(), of.value.as_str())));
        }
    }
    found
}

/// Returns the first of the years that a text says, where no expression reads any; none where that cannot be told.
fn strange(years: &[i32], exprs: &[&str], edition: &Edition) -> Option<i32> {
    let first = *years.first()?;
    let spans = exprs.iter().map(|text| spans(text, edition)).collect::<Option<Vec<_>>>()?;
    let spans: Vec<RangeInclusive<i32>> = spans.into_iter().flatten().collect();
    let is_read = |year: &i32| spans.iter().any(|span| span.contains(year));
    (!spans.is_empty() && !years.iter().any(is_read)).then_some(first)
}

/// Lists the years that an expression reads; none where it does not say all of them.
fn spans(text: &str, edition: &Edition) -> Option<Vec<RangeInclusive<i32>>> {
    let expr = whole(&resolved(&expression::parse(text).ok()?, edition), edition);
    let mut found = Vec::new();
    if let crate::finding::FindingId::Cell(_, key) =
        expression::identify(&expr, edition as &dyn expression::Material<crate::finding::Amount>)
    {
        let year = key.period()?.year();
        return Some(vec![year - 1..=year]);
    }
    for path in expr.paths() {
        // What holds on the first day of a year ends the one before it.
        let back = i32::from(edition.is_stock(&path.name));
        let mut has = false;
        for item in path.selectors.iter().flatten().flatten() {
            let (from, to) = match item {
                Item::Part(Part::Period(period)) => (*period, *period),
                Item::Word(word) => match Part::parse(word) {
                    Part::Period(period) => (period, period),
                    _ => continue,
                },
                Item::Span(Edge::At(from), Edge::At(to)) => (*from, *to),
                Item::Span(..) | Item::First | Item::Last => return None,
                Item::Part(_) | Item::All => continue,
            };
            found.push(from.year() - back..=to.year());
            has = true;
        }
        if !has {
            return None;
        }
        found.extend(base(path, edition).map(|year| year..=year));
    }
    Some(found)
}

/// The year that a result compares all others with: the first of the data.
fn base(path: &expression::Path, edition: &Edition) -> Option<i32> {
    path.member.as_deref().filter(|member| member.ends_with("_base"))?;
    let data = edition.findings.member(&path.name, VALUE)?;
    data.cells.keys().filter_map(|key| key.period()).map(|period| period.year()).min()
}

/// Warns of the labels that are the name of another series of their exhibit, and not of their own.
pub(super) fn names(
    study: &Study,
    catalog: &Catalog,
    lang: Lang,
    words: &[(&String, &ExhibitWords)],
    diagnostics: &mut Diagnostics,
) {
    for (id, words) in words {
        let titled: Vec<_> = labelled(study, id, words)
            .into_iter()
            .filter_map(|(what, key, label, text)| Some((what, key, label, title(text, study, catalog, lang)?)))
            .collect();
        for (what, key, label, own) in &titled {
            let other = titled.iter().find(|(_, _, _, title)| title != own && is_named(label, title));
            if let Some((_, other, _, title)) = other.filter(|_| !is_named(label, own)) {
                let message = format!("`{label}` names `{other}`, «{title}»; this is «{own}»");
                let place = at_title(lang, words, id, &format!("{what}.{key}"));
                let hint = "let each label name its own series";
                diagnostics.push(Diagnostic::warning(code::EXHIBIT_LABEL, place, message).hint(hint));
            }
        }
    }
}

/// Returns the title of the measure that an expression reads.
fn title<'a>(text: &str, study: &Study, catalog: &'a Catalog, lang: Lang) -> Option<&'a str> {
    let Kind::Path(path) = expression::parse(text).ok()?.kind else { return None };
    let member = path.member.as_deref().unwrap_or(VALUE);
    let (table, measure) = match study.analyses.get(&path.name) {
        Some(analysis) if member == VALUE => {
            (analysis.value.table.as_ref()?.value.as_str(), analysis.value.measure.as_ref()?.value.as_str())
        }
        Some(_) => return None,
        None => (path.name.as_str(), member),
    };
    Some(catalog.tables.get(table)?.measures.get(measure)?.title.get(lang.code())?.as_str())
}

/// Says whether a label has a word of a title, whatever their endings.
fn is_named(label: &str, title: &str) -> bool {
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphabetic()).map(plain).filter(|word| word.chars().count() > 2).collect::<Vec<_>>()
    };
    let title = words(title);
    words(label).iter().any(|own| title.iter().any(|other| is_akin(own, other)))
}

fn is_akin(own: &str, other: &str) -> bool {
    let same = own.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let shorter = own.chars().count().min(other.chars().count());
    same >= 3.max(shorter.saturating_sub(2))
}
