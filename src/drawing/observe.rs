//! Observe: what stands out in the marks of a figure, said in a sentence each: spells below zero, the largest cells.

use crate::exhibit::{Label, Mark, Series};
use crate::finding::{Amount, Period};

use super::DrawingError;
use super::describe::{Placed, say};
use super::voice::Voice;

/// A sentence that lists more names than this is skimmed, not read.
const NAMES: usize = 6;
/// How many of the largest cells of a crossing are named.
const LARGEST: usize = 3;

/// Names the spells of periods in which a series of both signs is below zero, where they are few.
pub(super) fn spells(voice: &Voice<'_>, periods: &[Period], series: &Series) -> Result<Option<String>, DrawingError> {
    let below = |mark: &Mark| mark.value.as_ref().is_ok_and(|value| value.signum() < 0);
    let mut spells: Vec<(usize, usize)> = Vec::new();
    for (i, _) in series.marks.iter().enumerate().filter(|(_, mark)| below(mark)) {
        match spells.last_mut() {
            Some((_, last)) if *last + 1 == i => *last = i,
            _ => spells.push((i, i)),
        }
    }
    let known = series.marks.iter().filter(|mark| mark.value.is_ok()).count();
    let count: usize = spells.iter().map(|(first, last)| last - first + 1).sum();
    if count == 0 || count == known || spells.len() > NAMES {
        return Ok(None);
    }
    let names: Vec<String> =
        spells.iter().map(|(first, last)| between(voice, periods[*first], periods[*last])).collect();
    Ok(Some(say(voice, "alt-negative-in")?.put("periods", voice.language.list(&names)).end()))
}

/// Returns the name of a stretch of periods: years with a dash, longer names with spaces around it.
pub(super) fn between(voice: &Voice<'_>, first: Period, last: Period) -> String {
    let (from, to) = (voice.date(first), voice.date(last));
    match first == last {
        true => from,
        false if from.contains([' ', '\u{a0}']) => format!("{from} – {to}"),
        false => format!("{from}–{to}"),
    }
}

/// Names what lies on the rarer side of zero, where that is few.
pub(super) fn rarer_sign(voice: &Voice<'_>, marks: &[Placed<'_>]) -> Result<Option<String>, DrawingError> {
    let of = |sign: i32| -> Vec<String> {
        let on = marks
            .iter()
            .filter(|(name, mark)| !name.is_empty() && mark.value.as_ref().is_ok_and(|value| value.signum() == sign));
        on.map(|(name, _)| name.clone()).collect()
    };
    let (above, below) = (of(1), of(-1));
    let (key, names) = if above.len() <= below.len() { ("alt-above", above) } else { ("alt-below", below) };
    match names.len() {
        // With one value only the extremes have named it.
        1..=NAMES if marks.len() > 2 => Ok(Some(say(voice, key)?.put("names", voice.language.list(&names)).end())),
        _ => Ok(None),
    }
}

/// Names the rows whose values all have one sign, or counts them where they are many.
pub(super) fn steady_signs(voice: &Voice<'_>, rows: &[(String, Vec<&Mark>)]) -> Result<Vec<String>, DrawingError> {
    let mut sentences = Vec::new();
    for (key, sign) in [("alt-always-positive", 1), ("alt-always-negative", -1)] {
        let steady = |marks: &Vec<&Mark>| {
            let mut known = marks.iter().filter_map(|mark| mark.value.as_ref().ok()).peekable();
            known.peek().is_some() && known.all(|value| value.signum() == sign)
        };
        let names: Vec<String> = rows.iter().filter(|(_, marks)| steady(marks)).map(|(name, _)| name.clone()).collect();
        match names.len() {
            0 => {}
            all if all == rows.len() => {}
            1..=NAMES => sentences.push(say(voice, key)?.put("names", voice.language.list(&names)).end()),
            many => sentences.push(say(voice, &format!("{key}-count"))?.count("count", many).end()),
        }
    }
    Ok(sentences)
}

/// Names the largest cells of a crossing with their numbers.
pub(super) fn largest(voice: &Voice<'_>, marks: &[Placed<'_>]) -> Result<Option<String>, DrawingError> {
    let known = marks.iter().filter_map(|(place, mark)| Some((mark.value.as_ref().ok()?, place.as_str(), *mark)));
    let mut known: Vec<(&Amount, &str, &Mark)> = known.collect();
    known.sort_by(|a, b| b.0.cmp(a.0));
    if known.len() <= LARGEST {
        return Ok(None);
    }
    let cells = known
        .iter()
        .take(LARGEST)
        .map(|(value, place, mark)| format!("{place} ({})", voice.told(mark, voice.number(value))));
    let cells: Vec<String> = cells.collect();
    Ok(Some(say(voice, "alt-largest")?.put("cells", voice.language.list(&cells)).end()))
}

/// Counts the values above and below one that all are compared with.
pub(super) fn against(voice: &Voice<'_>, series: &[Series], mark: &Mark) -> Result<Option<String>, DrawingError> {
    let ([only], Ok(reference)) = (series, &mark.value) else { return Ok(None) };
    let known = || only.marks.iter().filter_map(|mark| mark.value.as_ref().ok());
    let (above, below) = (known().filter(|value| *value > reference), known().filter(|value| *value < reference));
    let sentence = say(voice, "alt-against")?.count("above", above.count()).count("below", below.count());
    Ok(Some(sentence.end()))
}

/// Says how two values of each row compare: how many rose and fell between two dates, and which the most.
pub(super) fn moves(
    voice: &Voice<'_>,
    names: &[String],
    ends: &[Series; 2],
    ranked: bool,
) -> Result<Vec<String>, DrawingError> {
    let differences = ends[0].marks.iter().zip(&ends[1].marks).enumerate().filter_map(|(row, (from, to))| {
        let difference = to.value.as_ref().ok()?.minus(from.value.as_ref().ok()?);
        // Who climbs has a smaller place.
        Some((row, if ranked { difference.negated() } else { difference }))
    });
    let differences: Vec<(usize, Amount)> = differences.collect();
    let count = |sign: i32| differences.iter().filter(|(_, difference)| difference.signum() == sign).count();
    let dates = ends.iter().all(|end| matches!(end.label, Label::Period(_)));
    let (key, most) = match (ranked, dates) {
        (true, _) => ("alt-places", ["alt-climb", "alt-drop"]),
        (false, true) => ("alt-moves", ["alt-rise", "alt-fall"]),
        (false, false) => ("alt-compare", ["alt-over", "alt-under"]),
    };
    let all = |sign: i32| !ranked && dates && differences.len() > 1 && count(sign) == differences.len();
    let sentence = match (all(1), all(-1)) {
        (true, _) => say(voice, "alt-all-rose")?,
        (_, true) => say(voice, "alt-all-fell")?,
        (false, false) => say(voice, key)?.count("up", count(1)).count("down", count(-1)).count("same", count(0)),
    };
    let mut sentences = vec![sentence.end()];
    let mut ordered: Vec<&(usize, Amount)> = differences.iter().filter(|(row, _)| !names[*row].is_empty()).collect();
    ordered.sort_by(|a, b| b.1.cmp(&a.1));
    for (key, sign, extreme) in [(most[0], 1, ordered.first()), (most[1], -1, ordered.last())] {
        let Some((row, _)) = extreme.filter(|(_, difference)| difference.signum() == sign) else { continue };
        let sentence = say(voice, key)?.put("name", &names[*row]);
        let sentence = sentence.put("first", voice.name(&ends[0].label)?).put("second", voice.name(&ends[1].label)?);
        let [from, to] = [0, 1].map(|end| voice.told(&ends[end].marks[*row], voice.print(&ends[end].marks[*row])));
        sentences.push(sentence.put("from", from).put("to", to).end());
    }
    Ok(sentences)
}

/// Says which signs the values have; one value says its own.
pub(super) fn signs_in<'a>(
    voice: &Voice<'_>,
    marks: impl Iterator<Item = &'a Mark>,
) -> Result<Option<String>, DrawingError> {
    let signs: Vec<i32> = marks.filter_map(|mark| mark.value.as_ref().ok()).map(Amount::signum).collect();
    let sentence = match tally(&signs) {
        (0, 0, _) => return Ok(None),
        _ if signs.len() == 1 => return Ok(None),
        (_, 0, 0) => say(voice, "alt-sign-positive")?,
        (0, _, 0) => say(voice, "alt-sign-negative")?,
        (positive, negative, _) => {
            say(voice, "alt-sign-mixed")?.count("positive", positive).count("negative", negative)
        }
    };
    Ok(Some(sentence.end()))
}

/// Says which signs the values of several series have: of all together where they agree, else of each.
pub(super) fn signs_of_series(voice: &Voice<'_>, series: &[Series]) -> Result<Vec<String>, DrawingError> {
    let signs = |series: &Series| -> Vec<i32> {
        series.marks.iter().filter_map(|mark| mark.value.as_ref().ok()).map(Amount::signum).collect()
    };
    let all: Vec<i32> = series.iter().flat_map(signs).collect();
    let alike = matches!(tally(&all), (_, 0, 0) | (0, _, 0));
    if alike || !(2..=NAMES).contains(&series.len()) {
        let marks = series.iter().flat_map(|series| &series.marks);
        return Ok(signs_in(voice, marks)?.into_iter().collect());
    }
    let mut sentences = Vec::new();
    for one in series {
        let (positive, negative, zero) = tally(&signs(one));
        let key = match (positive, negative, zero) {
            (0, 0, _) => continue,
            (_, 0, 0) => "alt-sign-positive-series",
            (0, _, 0) => "alt-sign-negative-series",
            _ => "alt-sign-mixed-series",
        };
        let sentence = say(voice, key)?.put("series", voice.name(&one.label)?);
        sentences.push(sentence.count("positive", positive).count("negative", negative).end());
    }
    Ok(sentences)
}

/// Names who has the first and who the last place at both ends.
pub(super) fn places(voice: &Voice<'_>, names: &[String], ends: &[Series; 2]) -> Result<Vec<String>, DrawingError> {
    let mut sentences = Vec::new();
    for end in ends {
        let known = || end.marks.iter().zip(names).filter_map(|(mark, name)| Some((mark.value.as_ref().ok()?, name)));
        let (Some((_, first)), Some((_, last))) =
            (known().min_by(|a, b| a.0.cmp(b.0)), known().max_by(|a, b| a.0.cmp(b.0)))
        else {
            continue;
        };
        let sentence = say(voice, "alt-first-place")?.put("series", voice.name(&end.label)?);
        sentences.push(sentence.put("first", first).put("last", last).end());
    }
    Ok(sentences)
}

/// Counts positive, negative and zero.
fn tally(signs: &[i32]) -> (usize, usize, usize) {
    let count = |wanted: i32| signs.iter().filter(|sign| sign.signum() == wanted).count();
    (count(1), count(-1), count(0))
}
