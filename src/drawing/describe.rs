//! Describe: the alternative text of a figure, computed from its marks.

use crate::exhibit::{Label, Mark, Series};
use crate::finding::{Amount, Period, Reason, Status};

use super::observe::{between, rarer_sign, signs_in, signs_of_series, spells};
use super::voice::{END, SAID, TOLD, Voice};
use super::{DrawingError, painted};

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

/// A piece of a description: text, or a number with the id under which the ledger has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told<'a> {
    /// Text.
    Text(&'a str),
    /// The id of a number and how it is printed.
    Number(&'a str, &'a str),
}

/// Parts a description into texts and numbers.
pub fn told(description: &str) -> Vec<Told<'_>> {
    let mut pieces = Vec::new();
    let mut rest = description;
    while let Some((before, behind)) = rest.split_once(TOLD) {
        let Some((number, after)) = behind.split_once(END) else { break };
        let (id, text) = number.split_once(SAID).unwrap_or(("", number));
        pieces.extend([Told::Text(before), Told::Number(id, text)]);
        rest = after;
    }
    pieces.push(Told::Text(rest));
    pieces
}

/// Returns a description as text alone.
pub fn plain(description: &str) -> String {
    let text = |piece| match piece {
        Told::Text(text) | Told::Number(_, text) => text,
    };
    told(description).into_iter().map(text).collect()
}

/// A mark and the name of its place.
pub(super) type Placed<'a> = (String, &'a Mark);

/// Names a figure: its kind and title, and where the description stands.
pub(super) fn alt(voice: &Voice<'_>) -> Result<String, DrawingError> {
    Ok(format!("{} {}", named(voice)?, say(voice, "alt-more")?.end()))
}

fn named(voice: &Voice<'_>) -> Result<String, DrawingError> {
    let sentence = say(voice, "alt-title")?.put("kind", voice.word(painted(&voice.figure.chart).kind())?);
    Ok(sentence.put("title", &voice.words.title).end())
}

/// Describes a figure: kind, unit, period, series, extremes, signs, gaps.
pub(super) fn describe(voice: &Voice<'_>) -> Result<String, DrawingError> {
    let mut sentences = vec![named(voice)?];
    let own = painted(&voice.figure.chart);
    let unit = own.unit(voice)?;
    if !unit.is_empty() {
        sentences.push(say(voice, "alt-unit")?.put("unit", unit).end());
    }
    own.describe(voice, &mut sentences)?;
    Ok(sentences.join(" "))
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
    let timed = painted(&voice.figure.chart).is_timed();
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
    let sentence = sentence.put("first", voice.told(first, voice.print(first))).put("from", from);
    sentences.push(sentence.put("last", voice.told(last, voice.print(last))).put("until", until).end());
    Ok(())
}

/// Names the largest and the smallest value; of equal ones the first.
pub(super) fn extremes(
    voice: &Voice<'_>,
    name: Option<&str>,
    marks: &[Placed<'_>],
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    let known = marks.iter().filter_map(|(place, mark)| Some((mark.value.as_ref().ok()?, place.as_str(), *mark)));
    let known: Vec<(&Amount, &str, &Mark)> = known.filter(|(_, place, _)| !place.is_empty()).collect();
    let mut ordered = known.clone();
    ordered.sort_by(|a, b| a.0.cmp(b.0));
    let (Some((min, lowest, smallest)), Some((max, ..))) = (ordered.first(), ordered.last()) else { return Ok(()) };
    let Some((_, highest, largest)) = known.iter().find(|(amount, ..)| amount == max) else { return Ok(()) };
    let (named, unnamed) = match known.len() {
        1 => ("alt-single-series", "alt-single"),
        _ => ("alt-extremes-series", "alt-extremes"),
    };
    let sentence = match name {
        Some(name) => say(voice, named)?.put("series", name),
        None => say(voice, unnamed)?,
    };
    let sentence = sentence.put("max", voice.told(largest, voice.number(max))).put("max-place", highest);
    let sentence = sentence.put("min", voice.told(smallest, voice.number(min)));
    sentences.push(sentence.put("min-place", lowest).end());
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
pub(super) fn territories<'a>(
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
