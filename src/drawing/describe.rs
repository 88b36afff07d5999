//! Describe: the alternative text of a figure, computed from its marks.

use crate::exhibit::{Arrangement, Chart, Label, Mark, Series};
use crate::finding::{Amount, Period, Reason, Status, Unit};
use crate::language::Scale;

use super::observe::{against, between, largest, rarer_sign, signs_in, signs_of_series, spells, steady_signs};
use super::voice::Voice;
use super::{DrawingError, dumbbell, lorenz, panels, scatter, shares, trend};

/// Every word that this room asks of a language, so that a missing one is found before a figure needs it.
pub const WORDS: [&str; 93] = [
    "chart-break",
    "chart-cut",
    "chart-rose",
    "chart-fell",
    "chart-level",
    "chart-climbed",
    "chart-dropped",
    "chart-held",
    "chart-inferred",
    "alt-kind-lines",
    "alt-kind-columns",
    "alt-kind-columns-stacked",
    "alt-kind-bars",
    "alt-kind-bars-stacked",
    "alt-kind-heat-map",
    "alt-title",
    "alt-unit",
    "alt-period",
    "alt-series",
    "alt-rows",
    "alt-table",
    "alt-course",
    "alt-course-series",
    "alt-extremes",
    "alt-extremes-series",
    "alt-single",
    "alt-single-series",
    "alt-sign-positive",
    "alt-sign-negative",
    "alt-sign-mixed",
    "alt-total",
    "alt-reference",
    "alt-breaks",
    "alt-missing",
    "alt-inferred",
    "chart-adjusted",
    "chart-mean",
    "chart-reference",
    "chart-equality",
    "chart-lorenz-units",
    "chart-lorenz-values",
    "chart-gini",
    "chart-interval",
    "chart-missing",
    "chart-outside",
    "alt-kind-shares",
    "alt-kind-panels",
    "alt-kind-slope",
    "alt-kind-dumbbell",
    "alt-kind-cumulative",
    "alt-kind-lorenz",
    "alt-kind-scatter",
    "alt-kind-tile-map",
    "alt-kind-choropleth",
    "alt-kind-trend",
    "alt-panels",
    "alt-moves",
    "alt-gini",
    "alt-points",
    "alt-quadrants",
    "alt-places",
    "alt-types",
    "alt-classes",
    "alt-adjusted",
    "alt-rising",
    "alt-falling",
    "alt-more",
    "alt-negative-in",
    "alt-above",
    "alt-below",
    "alt-always-positive",
    "alt-always-negative",
    "alt-largest",
    "alt-against",
    "alt-compare",
    "alt-rise",
    "alt-fall",
    "alt-climb",
    "alt-drop",
    "alt-over",
    "alt-under",
    "alt-top-share",
    "alt-territories",
    "alt-sign-positive-series",
    "alt-sign-negative-series",
    "alt-sign-mixed-series",
    "alt-always-positive-count",
    "alt-always-negative-count",
    "alt-all-rose",
    "alt-all-fell",
    "alt-first-place",
    "alt-ahead",
    "alt-interval",
];

/// More series than this are described together, or the text would be longer than the table.
const MANY: usize = 4;

/// A sentence pattern with what stands in its places.
pub(super) struct Sentence<'a> {
    voice: &'a Voice<'a>,
    text: String,
}

impl Sentence<'_> {
    /// Puts a text into a place.
    pub(super) fn put(mut self, place: &str, text: impl AsRef<str>) -> Self {
        self.text = self.text.replace(&format!("{{{place}}}"), text.as_ref());
        self
    }

    /// Returns the sentence with a capital first, and one stop where an abbreviation has brought its own.
    pub(super) fn end(self) -> String {
        let mut letters = self.text.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}", letters.as_str()).replace("..", ".")
    }

    /// Puts a count into a place.
    pub(super) fn count(self, place: &str, count: usize) -> Self {
        let number = self.voice.language.number(&Amount::Integer(count as i64), 0).to_string();
        self.put(place, number)
    }
}

/// A mark and the name of its place.
pub(super) type Placed<'a> = (String, &'a Mark);

/// Names a figure: its kind and title, and where the description stands.
pub(super) fn alt(voice: &Voice<'_>) -> Result<String, DrawingError> {
    Ok(format!("{} {}", named(voice)?, say(voice, "alt-more")?.end()))
}

fn named(voice: &Voice<'_>) -> Result<String, DrawingError> {
    let sentence = say(voice, "alt-title")?.put("kind", voice.word(kind(&voice.figure.chart))?);
    Ok(sentence.put("title", &voice.words.title).end())
}

/// Describes a figure: kind, unit, period, series, extremes, signs, gaps.
pub(super) fn describe(voice: &Voice<'_>) -> Result<String, DrawingError> {
    let mut sentences = vec![named(voice)?];
    let unit = match &voice.figure.chart {
        Chart::Shares { .. } => voice.language.unit(Unit::Percent, Scale::One),
        // Each measure of a plane is named with its own unit, and a place has none.
        Chart::Scatter { .. } | Chart::Slope { ranked: true, .. } => String::new(),
        _ => voice.unit()?,
    };
    if !unit.is_empty() {
        sentences.push(say(voice, "alt-unit")?.put("unit", unit).end());
    }
    match &voice.figure.chart {
        Chart::Lines { periods, series, breaks } | Chart::Cumulative { periods, series, breaks } => {
            over_time(voice, periods, series, None, breaks, &mut sentences)?;
        }
        Chart::Columns { periods, series, total, breaks, .. } => {
            over_time(voice, periods, series, total.as_ref(), breaks, &mut sentences)?;
        }
        Chart::Bars { rows, series, reference, .. } => {
            sentences.push(rows_of(voice, rows)?);
            // A country's row has no name here: the largest of its regions is asked for, not their sum.
            let name = |row: &Label| if row.is_country() { Ok(String::new()) } else { voice.name(row) };
            let names: Vec<String> = rows.iter().map(name).collect::<Result<_, _>>()?;
            several(voice, series, &names, &mut sentences)?;
            if let Some((name, mark)) = reference {
                let sentence = say(voice, "alt-reference")?.put("series", voice.name(name)?);
                sentences.push(sentence.put("value", voice.print(mark)).end());
                sentences.extend(against(voice, series, mark)?);
            }
        }
        Chart::HeatMap { rows, columns, cells } => crossing(voice, (rows, columns), cells, &mut sentences)?,
        Chart::Shares { rows, series, shares } => shares::describe(voice, (rows, series, shares), &mut sentences)?,
        Chart::Panels { periods, panels, breaks } => {
            panels::describe(voice, (periods, panels, breaks), &mut sentences)?;
        }
        Chart::Slope { rows, ends, ranked } => dumbbell::describe(voice, (rows, ends), *ranked, &mut sentences)?,
        Chart::Dumbbell { rows, ends } => dumbbell::describe(voice, (rows, ends), false, &mut sentences)?,
        Chart::Lorenz { points, weight, gini } => {
            lorenz::describe(voice, (points, weight.as_ref(), gini.as_ref()), &mut sentences)?;
        }
        Chart::Scatter { points, x, y, rules, diagonals } => {
            scatter::describe(voice, (points, [x, y]), (rules, *diagonals), &mut sentences)?;
        }
        Chart::TileMap { tiles } => {
            territories(voice, tiles.iter().map(|tile| (&tile.label, &tile.mark)), &mut sentences)?;
        }
        Chart::Choropleth { areas, breaks } => {
            territories(voice, areas.iter().map(|area| (&area.label, &area.mark)), &mut sentences)?;
            sentences.push(say(voice, "alt-classes")?.count("count", breaks.len() + 1).end());
        }
        Chart::Trend { periods, value, fitted, ahead, band } => {
            let lines = (fitted.as_ref(), ahead.as_ref(), band.as_ref());
            trend::describe(voice, (periods, value), lines, &mut sentences)?;
        }
    }
    Ok(sentences.join(" "))
}

fn kind(chart: &Chart) -> &'static str {
    match chart {
        Chart::Lines { .. } => "alt-kind-lines",
        Chart::Columns { arrangement: Arrangement::Stacked, .. } => "alt-kind-columns-stacked",
        Chart::Columns { arrangement: Arrangement::Grouped, .. } => "alt-kind-columns",
        Chart::Bars { arrangement: Arrangement::Stacked, .. } => "alt-kind-bars-stacked",
        Chart::Bars { arrangement: Arrangement::Grouped, .. } => "alt-kind-bars",
        Chart::HeatMap { .. } => "alt-kind-heat-map",
        Chart::Shares { .. } => "alt-kind-shares",
        Chart::Panels { .. } => "alt-kind-panels",
        Chart::Slope { .. } => "alt-kind-slope",
        Chart::Dumbbell { .. } => "alt-kind-dumbbell",
        Chart::Cumulative { .. } => "alt-kind-cumulative",
        Chart::Lorenz { .. } => "alt-kind-lorenz",
        Chart::Scatter { .. } => "alt-kind-scatter",
        Chart::TileMap { .. } => "alt-kind-tile-map",
        Chart::Choropleth { .. } => "alt-kind-choropleth",
        Chart::Trend { .. } => "alt-kind-trend",
    }
}

/// Begins a sentence by the key of its pattern.
pub(super) fn say<'a>(voice: &'a Voice<'a>, key: &str) -> Result<Sentence<'a>, DrawingError> {
    Ok(Sentence { voice, text: voice.word(key)? })
}

/// Describes series over periods.
pub(super) fn over_time(
    voice: &Voice<'_>,
    periods: &[Period],
    series: &[Series],
    total: Option<&Series>,
    breaks: &[Period],
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    sentences.extend(span(voice, periods)?);
    let names: Vec<String> = periods.iter().map(|period| voice.date(*period)).collect();
    several(voice, series, &names, sentences)?;
    if let [only] = series {
        sentences.extend(spells(voice, periods, only)?);
    }
    if let Some(total) = total {
        sentences.push(say(voice, "alt-total")?.put("series", voice.label(&total.label)?).end());
        course(voice, total, Some(&total.label), &names, sentences)?;
    }
    if !breaks.is_empty() {
        let names: Vec<String> = breaks.iter().map(|period| voice.date(*period)).collect();
        sentences.push(say(voice, "alt-breaks")?.put("periods", voice.language.list(&names)).end());
    }
    Ok(())
}

/// Names the first and the last period.
pub(super) fn span(voice: &Voice<'_>, periods: &[Period]) -> Result<Option<String>, DrawingError> {
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return Ok(None) };
    Ok(Some(say(voice, "alt-period")?.put("period", between(voice, *first, *last)).end()))
}

/// Describes series over named places.
pub(super) fn several(
    voice: &Voice<'_>,
    series: &[Series],
    places: &[String],
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    let timed = matches!(
        voice.figure.chart,
        Chart::Lines { .. } | Chart::Columns { .. } | Chart::Cumulative { .. } | Chart::Trend { .. }
    );
    if series.len() > 1 {
        let sentence = say(voice, "alt-series")?.count("count", series.len());
        sentences.push(sentence.put("names", voice.language.list(&voice.names(series)?)).end());
    }
    if series.len() > MANY {
        let mut marks: Vec<Placed<'_>> = Vec::new();
        for one in series {
            let name = voice.name(&one.label)?;
            marks.extend(places.iter().map(|place| format!("{name} – {place}")).zip(&one.marks));
        }
        extremes(voice, None, &marks, sentences)?;
    } else {
        for one in series {
            let name = if series.len() > 1 { Some(&one.label) } else { None };
            if timed {
                course(voice, one, name, places, sentences)?;
            }
            let marks: Vec<Placed<'_>> = places.iter().cloned().zip(&one.marks).collect();
            let name = name.map(|label| voice.name(label)).transpose()?;
            extremes(voice, name.as_deref(), &marks, sentences)?;
        }
    }
    sentences.extend(signs_of_series(voice, series)?);
    gaps(voice, series.iter().flat_map(|series| &series.marks), sentences)?;
    if let (false, [only]) = (timed, series) {
        let marks: Vec<Placed<'_>> = places.iter().cloned().zip(&only.marks).collect();
        sentences.extend(rarer_sign(voice, &marks)?);
    }
    Ok(())
}

/// Says where a series starts and where it ends.
pub(super) fn course(
    voice: &Voice<'_>,
    series: &Series,
    name: Option<&Label>,
    places: &[String],
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    let mut known = series.marks.iter().zip(places).filter(|(mark, _)| mark.value.is_ok());
    let (Some((first, from)), Some((last, until))) = (known.next(), known.next_back()) else { return Ok(()) };
    let sentence = match name {
        Some(name) => say(voice, "alt-course-series")?.put("series", voice.name(name)?),
        None => say(voice, "alt-course")?,
    };
    let sentence = sentence.put("first", voice.print(first)).put("from", from);
    sentences.push(sentence.put("last", voice.print(last)).put("until", until).end());
    Ok(())
}

/// Names the largest and the smallest value; of equal ones the first.
pub(super) fn extremes(
    voice: &Voice<'_>,
    name: Option<&str>,
    marks: &[Placed<'_>],
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    let known: Vec<(&Amount, &str)> =
        marks.iter().filter_map(|(place, mark)| Some((mark.value.as_ref().ok()?, place.as_str()))).collect();
    let known: Vec<(&Amount, &str)> = known.into_iter().filter(|(_, place)| !place.is_empty()).collect();
    let mut ordered = known.clone();
    ordered.sort_by(|a, b| a.0.cmp(b.0));
    let (Some((min, lowest)), Some((max, _))) = (ordered.first(), ordered.last()) else { return Ok(()) };
    let highest = known.iter().find(|(amount, _)| amount == max).map_or("", |(_, place)| place);
    let (named, unnamed) = match known.len() {
        1 => ("alt-single-series", "alt-single"),
        _ => ("alt-extremes-series", "alt-extremes"),
    };
    let sentence = match name {
        Some(name) => say(voice, named)?.put("series", name),
        None => say(voice, unnamed)?,
    };
    let sentence = sentence.put("max", voice.number(max)).put("max-place", highest);
    sentences.push(sentence.put("min", voice.number(min)).put("min-place", lowest).end());
    Ok(())
}

/// Says which signs occur, what is missing and what is inferred.
pub(super) fn signs<'a>(
    voice: &Voice<'_>,
    marks: impl Iterator<Item = &'a Mark> + Clone,
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    sentences.extend(signs_in(voice, marks.clone())?);
    gaps(voice, marks, sentences)
}

/// Says what is missing and what is inferred.
pub(super) fn gaps<'a>(
    voice: &Voice<'_>,
    marks: impl Iterator<Item = &'a Mark>,
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    let (mut missing, mut inferred) = (0, 0);
    for mark in marks {
        missing += match mark.value {
            Ok(_) | Err(Reason::NoPhenomenon | Reason::NotApplicable | Reason::OutOfScope) => 0,
            Err(_) => 1,
        };
        inferred += usize::from(mark.status == Status::Inferred && mark.value.is_ok());
    }
    for (key, count) in [("alt-missing", missing), ("alt-inferred", inferred)] {
        if count > 0 {
            sentences.push(say(voice, key)?.count("count", count).end());
        }
    }
    Ok(())
}

/// Says how many rows a figure has, and whether they are territories.
pub(super) fn rows_of(voice: &Voice<'_>, rows: &[Label]) -> Result<String, DrawingError> {
    let territories = rows.iter().all(|row| row.territory().is_some());
    let key = if territories { "alt-territories" } else { "alt-rows" };
    Ok(say(voice, key)?.count("count", rows.len()).end())
}

/// Describes one value of each territory.
fn territories<'a>(
    voice: &Voice<'_>,
    marks: impl Iterator<Item = (&'a Label, &'a Mark)>,
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    let marks: Vec<Placed<'_>> = marks
        // What a map shows around the territories that it compares is none of them.
        .filter(|(_, mark)| mark.value != Err(Reason::OutOfScope))
        .map(|(label, mark)| Ok((voice.name(label)?, mark)))
        .collect::<Result<_, DrawingError>>()?;
    sentences.push(say(voice, "alt-territories")?.count("count", marks.len()).end());
    extremes(voice, None, &marks, sentences)?;
    signs(voice, marks.iter().map(|(_, mark)| *mark), sentences)?;
    sentences.extend(rarer_sign(voice, &marks)?);
    Ok(())
}

fn crossing(
    voice: &Voice<'_>,
    (rows, columns): (&[Label], &[Label]),
    cells: &[Vec<Mark>],
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    let periods: Vec<Period> = columns
        .iter()
        .filter_map(|column| match column {
            Label::Period(period) => Some(*period),
            Label::Territory(_) | Label::Country(_) | Label::Member(_) | Label::Word(_) => None,
        })
        .collect();
    sentences.push(say(voice, "alt-table")?.count("rows", rows.len()).count("columns", columns.len()).end());
    sentences.extend(span(voice, &periods)?);
    let (mut marks, mut lines): (Vec<Placed<'_>>, Vec<(String, Vec<&Mark>)>) = (Vec::new(), Vec::new());
    for (row, line) in rows.iter().zip(cells) {
        let name = voice.name(row)?;
        if !row.is_country() {
            lines.push((name.clone(), line.iter().collect()));
        }
        for (column, mark) in columns.iter().zip(line).filter(|(column, _)| !row.is_country() && !column.is_country()) {
            marks.push((format!("{name} – {}", voice.name(column)?), mark));
        }
    }
    extremes(voice, None, &marks, sentences)?;
    signs(voice, marks.iter().map(|(_, mark)| *mark), sentences)?;
    match periods.is_empty() {
        true => sentences.extend(largest(voice, &marks)?),
        false if rows.iter().all(|row| row.territory().is_some()) => {
            sentences.extend(steady_signs(voice, &lines)?);
        }
        false => {}
    }
    Ok(())
}
