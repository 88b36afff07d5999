//! Figure: what every kind of chart does with its findings: series over periods, marks by row, single values.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::{self, Request};
use super::{Colours, Figure, Label, Maps, Mark, Misfit, Print, Series, absent, label, mark, picked};
use crate::analysis::Edition;
use crate::expression::{self, Picked, Problem};
use crate::finding::{Amount, Key, Part, Period, Reason, Role, Value};
use crate::study::{FigureEntry, OrderEntry, Text};

/// The marks of a series by what its rows are.
pub(super) type ByRow = BTreeMap<Part, Mark>;

/// The rows of several series, and for each series its label and its marks.
pub(super) type Columns = (Vec<Part>, Vec<(Label, ByRow)>);

/// Makes a figure.
pub(super) fn build(id: &str, entry: &FigureEntry, maps: &Maps, edition: &Edition) -> Result<Figure, Misfit> {
    // A study with another was not read.
    let kind = kinds::named(&entry.kind.0).ok_or(Misfit::Said)?;
    let print = Print::new(entry.scale, entry.decimals);
    if let Some(idle) = entry.options().into_iter().find(|key| kind.options.iter().all(|option| option.name != *key)) {
        let options: Vec<String> = kind.options.iter().map(|option| format!("`{}`", option.name)).collect();
        let hint = match options.as_slice() {
            [] => format!("`{}` has no options of its own: take it out", kind.name),
            options => format!("`{}` takes {}", kind.name, options.join(", ")),
        };
        return Err(Misfit::Key(idle, format!("`{idle}` says nothing of the kind `{}`", kind.name), hint));
    }
    let twice = |at: &usize| entry.breaks[..*at].contains(&entry.breaks[*at]);
    if let Some(at) = (0..entry.breaks.len()).find(twice) {
        return Err(Misfit::Shape(format!("`breaks` names {} twice", entry.breaks[at])));
    }
    let sources = sources(entry, edition)?;
    let own = sources.iter().flat_map(|(_, source)| edition.breaks_of(&source.series.id.name));
    let breaks: BTreeSet<i32> = entry.breaks.iter().copied().chain(own).collect();
    let breaks = breaks.into_iter().collect();
    let request = Request { entry, sources, edition, print, maps, breaks };
    for (name, source) in &request.sources {
        let (key, unit) = match entry.x_unit.filter(|_| *name == word("x")) {
            Some(unit) => ("x_unit", unit),
            None => ("unit", entry.unit),
        };
        if source.series.unit != unit {
            let message = format!("`{}` is in {}, the figure in {unit}", source.series.id, source.series.unit);
            return Err(Misfit::Key(key, message, format!("write `{key}: {}`", source.series.unit)));
        }
    }
    let chart = (kind.make)(&request)?;
    let Print { thousands, decimals } = print;
    let (id, width) = (id.to_owned(), entry.width);
    Ok(Figure {
        id,
        chart,
        unit: entry.unit,
        thousands,
        decimals,
        rounded: false,
        width,
        colours: Colours::new(),
        notion: None,
    })
}

/// Returns the label of a series by its key.
pub(super) fn word(key: &str) -> Label {
    Label::Word(format!("series.{key}"))
}

/// Puts rows in the order that the study asks for; what has no value comes last.
pub(super) fn arrange(request: &Request<'_>, rows: &mut [Part], columns: &[(Label, ByRow)]) {
    if request.entry.order == OrderEntry::Size {
        let sum = |row: &Part| -> Option<Amount> {
            let known = columns.iter().filter_map(|(_, marks)| marks.get(row)?.value.clone().ok());
            known.reduce(|sum, own| sum.plus(&own))
        };
        rows.sort_by_key(|row| std::cmp::Reverse(sum(row)));
    }
}

/// Returns the periods that what precedes is not comparable with: those of the figure and of all that it shows.
pub(super) fn breaks(request: &Request<'_>, periods: &[Period]) -> Vec<Period> {
    within(&request.breaks, periods)
}

/// Returns the breaks that lie within the periods.
fn within(breaks: &[i32], periods: &[Period]) -> Vec<Period> {
    breaks
        .iter()
        .map(|year| Period::of_year(*year))
        .filter(|b| periods.first().is_some_and(|first| b > first) && periods.contains(b))
        .collect()
}

fn sources(entry: &FigureEntry, edition: &Edition) -> Result<Vec<(Label, Picked)>, Misfit> {
    let mut sources = match (&entry.of, entry.series.0.as_slice()) {
        (Some(text), []) => vec![(word("value"), picked(text, edition)?)],
        (None, [_, ..]) => {
            let series = entry.series.0.iter();
            series.map(|(key, text)| Ok((word(key), picked(text, edition)?))).collect::<Result<_, Misfit>>()?
        }
        _ => return Err(Misfit::Shape("a figure has either `of` or `series`".to_owned())),
    };
    if let Some(text) = &entry.show {
        let (dimension, members) = members(text, edition)?;
        let mut shown = BTreeSet::new();
        for (_, source) in &mut sources {
            let varies = |at: &usize| source.series.dimensions[*at].name == dimension;
            let Some(at) = source.varying.iter().copied().find(varies) else {
                let message = format!("`{}` does not vary over {dimension}", source.series.id);
                let hint = "the members of a list are chosen of a dimension that the expressions keep".to_owned();
                return Err(Misfit::Entry(Box::new((text.clone(), message, Some(hint)))));
            };
            source.cells.retain(|(key, _)| members.contains(&key.0[at]));
            shown.extend(source.cells.iter().map(|(key, _)| key.0[at].clone()));
        }
        if let Some(lost) = members.iter().find(|member| !shown.contains(member)) {
            let message = format!("`{lost}` is not among what the expressions pick");
            let hint = format!("choose of the same members as they, or let them pick all of {dimension}");
            return Err(Misfit::Entry(Box::new((text.clone(), message, Some(hint)))));
        }
    }
    Ok(sources)
}

/// Finds the members of one dimension that a list holds.
fn members(text: &Text, edition: &Edition) -> Result<(String, BTreeSet<Part>), Misfit> {
    let wrong = |problem: Problem| Misfit::Expression(Box::new((text.clone(), problem.narrowed(&text.value))));
    let refuse =
        |message: String, hint: &str| Err(Misfit::Entry(Box::new((text.clone(), message, Some(hint.to_owned())))));
    let expr = expression::parse_asking(&text.value).map_err(wrong)?;
    let term = expression::settle(&expr, edition).map_err(wrong)?;
    let hint = "ask for a list over one dimension: `top(births.value[regions, last], 5)`";
    match (&term.cell.value, term.dimensions.as_slice()) {
        (Value::Missing(reason), _) => {
            refuse(format!("what is shown is not known: {}", reason.code()), "choose of what has no gaps")
        }
        (Value::List(items), [dimension]) if !items.is_empty() => {
            let parts = items.iter().filter_map(|(key, _)| key.0.first().cloned()).collect();
            Ok((dimension.name.clone(), parts))
        }
        (Value::List(items), [_]) if items.is_empty() => refuse("the list of what is shown is empty".to_owned(), hint),
        _ => refuse(format!("{} does not say which members are shown", expression::kind_name(&term.cell.value)), hint),
    }
}

/// Returns the varying dimensions' roles with their positions.
pub(super) fn varying(source: &Picked) -> Vec<(usize, Role)> {
    source.varying.iter().map(|at| (*at, source.series.dimensions[*at].role)).collect()
}

/// Returns series over all their periods.
pub(super) fn over_time(
    sources: &[(Label, Picked)],
    edition: &Edition,
    print: Print,
) -> Result<(Vec<Period>, Vec<Series>), Misfit> {
    let mut lines: Vec<(Label, BTreeMap<Period, Mark>)> = Vec::new();
    for (name, source) in sources {
        // What a trend is carried on to are periods that no table has.
        let dated = |at: usize| source.cells.iter().all(|(key, _)| key.0[at].period().is_some());
        let (at, each) = match *varying(source).as_slice() {
            [(at, _)] if dated(at) => (at, None),
            [(each, _), (at, _)] | [(at, _), (each, _)] if dated(at) && !dated(each) => (at, Some(each)),
            _ => return Err(Misfit::Shape(format!("`{}` must vary over periods", source.series.id))),
        };
        let mut by_member: BTreeMap<Option<Part>, BTreeMap<Period, Mark>> = BTreeMap::new();
        for (key, cell) in &source.cells {
            let Some(period) = key.0[at].period() else { continue };
            let marks = by_member.entry(each.map(|each| key.0[each].clone())).or_default();
            marks.insert(period, mark(source, key, cell, print));
        }
        match each {
            None => lines.push((name.clone(), by_member.remove(&None).unwrap_or_default())),
            Some(each) => {
                for part in side(source, each, edition) {
                    let name = label(&part, edition);
                    lines.push((name, by_member.remove(&Some(part)).unwrap_or_default()));
                }
            }
        }
    }
    let periods: BTreeSet<Period> = lines.iter().flat_map(|(_, marks)| marks.keys().copied()).collect();
    let series = lines
        .into_iter()
        .map(|(label, mut marks)| {
            let span = (marks.keys().next().copied(), marks.keys().next_back().copied());
            let missing = |p: &Period| {
                let mark = absent(edition, &Key(vec![Part::Period(*p)]));
                // A trend begins after the values or goes on beyond them: nothing is lacking there.
                let outside = Some(*p) < span.0 || Some(*p) > span.1;
                if outside { Mark { value: Err(Reason::OutOfScope), ..mark } } else { mark }
            };
            let marks = periods.iter().map(|p| marks.remove(p).unwrap_or_else(|| missing(p))).collect();
            Series { label, marks }
        })
        .collect();
    Ok((periods.into_iter().collect(), series))
}

/// Returns what is told apart along a dimension of what was picked.
pub(super) fn side(source: &Picked, at: usize, edition: &Edition) -> Vec<Part> {
    let parts = source.cells.iter().map(|(key, _)| key.0[at].clone()).collect();
    edition.in_order(&source.series.dimensions[at], parts)
}

/// Returns the rows of all sources and, for each column, its marks by row: a second dimension makes a column each.
pub(super) fn by_rows(request: &Request<'_>) -> Result<Columns, Misfit> {
    let mut columns: Vec<(Label, ByRow)> = Vec::new();
    let mut rows: Vec<Part> = Vec::new();
    for (name, source) in &request.sources {
        let down = match *varying(source).as_slice() {
            [(at, _)] => {
                let marks = source.cells.iter().map(|(k, c)| (k.0[at].clone(), mark(source, k, c, request.print)));
                columns.push((name.clone(), marks.collect()));
                at
            }
            [(one, role), (other, second)] => {
                // Categories stand below one another, and their periods beside one another, whichever comes first.
                let turned = (role, second) == (Role::Period, Role::Category);
                let (at, over) = if turned { (other, one) } else { (one, other) };
                let mut across: BTreeMap<Part, ByRow> = BTreeMap::new();
                for (key, cell) in &source.cells {
                    let marks = across.entry(key.0[over].clone()).or_default();
                    marks.insert(key.0[at].clone(), mark(source, key, cell, request.print));
                }
                for part in side(source, over, request.edition) {
                    let marks = across.remove(&part).unwrap_or_default();
                    columns.push((request.label(&part), marks));
                }
                at
            }
            _ => return Err(Misfit::Shape(format!("`{}` must vary over one or two dimensions", source.series.id))),
        };
        rows.extend(side(source, down, request.edition));
    }
    // Categories keep the order of the catalogue, which sources share; the others are put in order once more.
    let mut seen = BTreeSet::new();
    rows.retain(|row| seen.insert(row.clone()));
    if !rows.iter().all(|row| matches!(row, Part::Category(_))) {
        let territories = request.edition.territories();
        rows.sort_by_cached_key(|row| (row.territory().map(|code| territories.place_of(code)), row.clone()));
    }
    Ok((rows, columns))
}

/// Refuses sources whose rows are periods.
pub(super) fn by_units(request: &Request<'_>) -> Result<Columns, Misfit> {
    for (_, source) in &request.sources {
        if !varying(source).iter().any(|(_, role)| *role != Role::Period) {
            return Err(Misfit::Shape(format!("`{}` must vary over territories or categories", source.series.id)));
        }
    }
    by_rows(request)
}

/// Refuses sources whose rows are no territories.
pub(super) fn by_territory(request: &Request<'_>) -> Result<Columns, Misfit> {
    for (_, source) in &request.sources {
        if !matches!(varying(source).as_slice(), [(_, Role::Territory)] | [(_, Role::Territory), _]) {
            return Err(Misfit::Shape(format!("`{}` must vary over territories", source.series.id)));
        }
    }
    by_rows(request)
}

/// Lays marks out in the order of the rows.
pub(super) fn in_order(rows: &[Part], (label, mut marks): (Label, ByRow), edition: &Edition) -> Series {
    let mark = |row: &Part| marks.remove(row).unwrap_or_else(|| absent(edition, &Key(vec![row.clone()])));
    Series { label, marks: rows.iter().map(mark).collect() }
}

/// Returns the single value of an expression and the territory that it is of.
pub(super) fn single(text: &Text, what: &str, edition: &Edition, print: Print) -> Result<(Option<Part>, Mark), Misfit> {
    let source = picked(text, edition)?;
    let [(key, cell)] = source.cells.as_slice() else {
        return Err(Misfit::Shape(format!("`{what}` must be a single value")));
    };
    Ok((key.0.iter().find(|p| p.territory().is_some()).cloned(), mark(&source, key, cell, print)))
}
