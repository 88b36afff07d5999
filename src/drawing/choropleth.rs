//! Choropleth: territories within their boundaries, coloured by class, each with its name and its number.

use crate::exhibit::{Area as Land, Mark};
use crate::finding::{Amount, Reason, Status};

use super::DrawingError;
use super::axis::Axis;
use super::canvas::{Fill, Stroke};
use super::captions::{Caption, Rings, captions};
use super::describe::{say, territories};
use super::element::{Area, Surface, at};
use super::head::{Head, Sample};
use super::palette::{self, BLANK, Colour, INK, OUTLINE, WHITE};
use super::voice::{Voice, any_inferred, number};
use super::{Paint, Plan};
use crate::exhibit::charts;

const TALLEST: f64 = 480.0;

/// A measured map.
pub(super) struct Choropleth<'a> {
    voice: Voice<'a>,
    areas: &'a [Land],
    breaks: &'a [Amount],
    /// The rings of each territory in units, from the left upper corner of the map.
    rings: Vec<Rings>,
    captions: Vec<Option<Caption>>,
    span: (f64, f64),
    colours: Vec<Colour>,
    head: Head,
}

impl<'a> Choropleth<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(
        voice: Voice<'a>,
        areas: &'a [Land],
        breaks: &'a [Amount],
        width: f64,
    ) -> Result<Choropleth<'a>, DrawingError> {
        let corners = || areas.iter().flat_map(|area| &area.rings).flatten();
        let least = |take: fn(&(f64, f64)) -> f64| corners().map(take).fold(f64::INFINITY, f64::min);
        let most = |take: fn(&(f64, f64)) -> f64| corners().map(take).fold(f64::NEG_INFINITY, f64::max);
        let (west, east, south, north) = (least(|c| c.0), most(|c| c.0), least(|c| c.1), most(|c| c.1));
        if west >= east || south >= north {
            return Err(DrawingError::Shape(String::from("the boundaries enclose nothing")));
        }
        let scale = ((width - 2.0) / (east - west)).min(TALLEST / (north - south));
        let span = ((east - west) * scale, (north - south) * scale);
        let left = (width - span.0) / 2.0;
        let place = |(east, up): &(f64, f64)| (left + (east - west) * scale, (north - up) * scale);
        let rings: Vec<Rings> =
            areas.iter().map(|area| area.rings.iter().map(|ring| ring.iter().map(place).collect()).collect()).collect();
        let colours = colours(areas, breaks);
        let captions = captions(&voice, areas, &rings, (width, span.1))?;
        let head = Head::new(voice.unit()?, legend(&voice, areas, breaks, &colours)?, width)?;
        Ok(Choropleth { voice, areas, breaks, rings, captions, span, colours, head })
    }

    /// Returns the colours of a territory and of its edge.
    fn look(&self, mark: &Mark) -> (Colour, Colour) {
        match mark.value {
            Ok(_) => (class(mark, self.breaks).and_then(|i| self.colours.get(i)).copied().unwrap_or(BLANK), WHITE),
            Err(Reason::OutOfScope) => (WHITE, OUTLINE),
            Err(_) => (BLANK, OUTLINE),
        }
    }
}

impl Plan for Choropleth<'_> {
    fn height(&self) -> f64 {
        self.head.height() + self.span.1 + 2.0
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let top = self.head.height() + 1.0;
        for (land, rings) in self.areas.iter().zip(&self.rings) {
            let (colour, edge) = self.look(&land.mark);
            let hatched = land.mark.value.is_ok() && land.mark.status == Status::Inferred;
            let fill = if hatched { Fill::Hatched(colour) } else { Fill::Plain(colour) };
            let edge = Stroke { colour: edge, width: 1.0, dash: "" };
            let corners = rings.iter().flatten().map(|(x, y)| at(*x, top + y)).collect();
            let counts = rings.iter().map(Vec::len).collect();
            area.draw(&Surface { corners, counts, edge, fill, finding: number(&land.mark) })?;
        }
        for (land, caption) in self.areas.iter().zip(&self.captions) {
            let Some(caption) = caption else { continue };
            let (ground, _) = self.look(&land.mark);
            caption.draw(area, top, (self.voice.print(&land.mark), ground), number(&land.mark))?;
        }
        Ok(Vec::new())
    }
}

impl Paint for charts::Choropleth {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        Ok(Box::new(Choropleth::plan(voice, &self.areas, &self.breaks, room)?))
    }

    fn prints_gaps(&self) -> bool {
        true
    }

    fn kind(&self) -> &'static str {
        "alt-kind-choropleth"
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        territories(voice, self.areas.iter().map(|area| (&area.label, &area.mark)), sentences)?;
        sentences.push(say(voice, "alt-classes")?.count("count", self.breaks.len() + 1).end());
        Ok(())
    }
}

/// Returns the class of a value: that of the first break that it does not exceed.
fn class(mark: &Mark, breaks: &[Amount]) -> Option<usize> {
    let value = mark.value.as_ref().ok()?;
    Some(breaks.iter().position(|upper| value <= upper).unwrap_or(breaks.len()))
}

/// Returns true for a territory that the map shows and the figure does not ask for.
fn outside(area: &Land) -> bool {
    matches!(area.mark.value, Err(Reason::OutOfScope))
}

/// Returns the values of each class, the lowest and the highest.
fn ends<'a>(areas: &'a [Land], breaks: &[Amount]) -> Vec<Option<(&'a Amount, &'a Amount)>> {
    let of = |i: usize| {
        let within = areas.iter().filter(|area| class(&area.mark, breaks) == Some(i));
        let values: Vec<&Amount> = within.filter_map(|area| area.mark.value.as_ref().ok()).collect();
        Some((values.iter().copied().min()?, values.iter().copied().max()?))
    };
    (0..=breaks.len()).map(of).collect()
}

/// Colours classes from pale to deep; those below zero have the other colour, deepest at the lowest.
fn colours(areas: &[Land], breaks: &[Amount]) -> Vec<Colour> {
    let count = breaks.len() + 1;
    // A class belongs below zero where all of it does; one without values goes by its upper end.
    let ends = ends(areas, breaks);
    let negative = |i: usize| match (ends[i], breaks.get(i)) {
        (Some((low, high)), _) => low.signum() + high.signum() < 0,
        (None, Some(upper)) => upper.signum() <= 0,
        (None, None) => false,
    };
    let below = (0..count).take_while(|i| negative(*i)).count();
    let colour = |i: usize| match i < below {
        true => palette::class((below - i) as f64 / below as f64, true),
        false if below == 0 => palette::class(i as f64 / (count - 1).max(1) as f64, false),
        false => palette::class((i + 1 - below) as f64 / (count - below) as f64, false),
    };
    (0..count).map(colour).collect()
}

fn legend(
    voice: &Voice<'_>,
    areas: &[Land],
    breaks: &[Amount],
    colours: &[Colour],
) -> Result<Vec<(Sample, String)>, DrawingError> {
    let mut legend = Vec::new();
    for (ends, colour) in ends(areas, breaks).into_iter().zip(colours) {
        let Some((low, high)) = ends else { continue };
        let (from, to) = (voice.number(low), voice.number(high));
        let text = match from == to {
            true => from,
            // A dash beside a minus would be read as one.
            false if low.signum() < 0 => format!("{from}\u{a0}… {to}"),
            false => format!("{from}–{to}"),
        };
        legend.push((Sample::Area(*colour), text));
    }
    let missing = |area: &Land| area.mark.value.is_err() && !outside(area);
    for (shown, sample, key) in [
        (areas.iter().any(missing), Sample::Outline(BLANK), "chart-missing"),
        (areas.iter().any(outside), Sample::Outline(WHITE), "chart-outside"),
    ] {
        if shown {
            legend.push((sample, voice.word(key)?));
        }
    }
    if any_inferred(areas.iter().map(|area| &area.mark)) {
        legend.push((Sample::Hatch(INK), voice.word("chart-inferred")?));
    }
    Ok(legend)
}
