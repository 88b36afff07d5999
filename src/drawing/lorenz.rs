//! Lorenz: a curve of cumulated shares in a square, against the line of equality.

use crate::exhibit::{GINI_DECIMALS, Label as Name, LorenzPoint, Mark};
use crate::finding::{Amount, Unit};
use crate::language::Scale;

use super::axis::{Axis, Ticks};
use super::canvas::{Anchor, Stroke};
use super::describe::{Placed, extremes, say};
use super::element::{Area, Dot, Label, Line, Plane, set, size};
use super::font::Weight;
use super::head::{Head, Sample};
use super::palette::{self, AXIS, INK, QUIET};
use super::voice::{Voice, number};
use super::{BODY, DrawingError, SMALL, lying, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

const LARGEST: f64 = 330.0;

/// A measured chart.
pub(super) struct Lorenz<'a> {
    voice: Voice<'a>,
    points: &'a [LorenzPoint],
    gini: Option<&'a Mark>,
    across: Vec<String>,
    left: f64,
    side: f64,
    ticks: Ticks,
    head: Head,
}

impl<'a> Lorenz<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(
        voice: Voice<'a>,
        (points, weight, gini): (&'a [LorenzPoint], Option<&Name>, Option<&'a Mark>),
        width: f64,
    ) -> Result<Lorenz<'a>, DrawingError> {
        if points.is_empty() {
            return Err(DrawingError::Shape(String::from("there is nothing to draw")));
        }
        let percent = voice.language.unit(Unit::Percent, Scale::One);
        let legend = vec![
            (Sample::Line(palette::series(0)), format!("{}, {percent}", voice.word("chart-lorenz-values")?)),
            (Sample::Break, voice.word("chart-equality")?),
        ];
        let head = Head::new(String::new(), legend, width)?;
        let ticks = Ticks::around(0.0, 100.0, 5.0);
        let left = Weight::Regular.widest(&ticks.texts(&voice), SMALL)? + 8.0;
        let across = match weight {
            Some(weight) => voice.label(weight)?,
            None => voice.word("chart-lorenz-units")?,
        };
        let side = LARGEST.min(width - left - 14.0);
        let across = Weight::Regular.wrap(&format!("{across}, {percent}"), BODY, side)?;
        Ok(Lorenz { voice, points, gini, across, left, side, ticks, head })
    }

    fn draw_curve(&self, plane: &Plane<'_>) -> Result<(), DrawingError> {
        let look = palette::series(0);
        let place = |point: &LorenzPoint| (point.at.0.to_f64(), point.at.1.to_f64());
        let points: Vec<(f64, f64)> = std::iter::once((0.0, 0.0)).chain(self.points.iter().map(place)).collect();
        let stroke = Stroke { colour: look.colour, width: 1.75, dash: look.dash };
        plane.draw(&Line { points, stroke })?;
        for point in self.points {
            let (at, finding) = ([place(point)], number(&point.mark));
            plane.draw(&Dot { at, shape: look.shape, radius: 2.2, inside: look.colour, edge: None, finding })?;
        }
        Ok(())
    }
}

impl Plan for Lorenz<'_> {
    fn height(&self) -> f64 {
        self.head.height() + self.side + 22.0 + 15.0 * self.across.len() as f64
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let (width, height) = size(area);
        let top = self.head.height();
        // The square stands in the middle, where it leaves room on both sides.
        let left = self.left.max((width - self.side) / 2.0);
        let margins = [top, height - top - self.side, left, width - left - self.side];
        let (plane, axis) = plane(area, margins, 0.0..100.0, 0.0..100.0)?;
        self.ticks.draw_across(&plane, &self.voice)?;
        self.ticks.draw(&plane, &self.voice)?;
        self.ticks.draw_zero(&plane)?;
        let equality = Stroke { colour: AXIS, width: 1.0, dash: "3 3" };
        plane.draw(&Line { points: vec![(0.0, 0.0), (100.0, 100.0)], stroke: equality })?;
        self.draw_curve(&plane)?;
        if let Some(mark) = self.gini {
            let value = match &mark.value {
                Ok(value) => self.voice.language.number(value, GINI_DECIMALS).to_string(),
                Err(reason) => reason.sign().to_owned(),
            };
            let text = format!("{}: {value}", self.voice.word("chart-gini")?);
            let label = Label {
                at: [(0.0, 100.0)],
                shift: (10.0, 14.0),
                text: &text,
                setting: set(BODY, INK, Anchor::Start),
                finding: number(mark),
            };
            plane.draw(&label)?;
        }
        for (i, text) in self.across.iter().enumerate() {
            let shift = (0.0, 27.0 + 15.0 * i as f64);
            let setting = set(BODY, QUIET, Anchor::End);
            plane.draw(&Label { at: [(100.0, 0.0)], shift, text, setting, finding: None })?;
        }
        Ok(vec![axis, lying(area, margins, &(0.0..100.0))])
    }
}

impl Paint for charts::Lorenz {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        Ok(Box::new(Lorenz::plan(voice, (&self.points, self.weight.as_ref(), self.gini.as_ref()), room)?))
    }

    fn kind(&self) -> &'static str {
        "alt-kind-lorenz"
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        describe(voice, (&self.points, self.weight.as_ref(), self.gini.as_ref()), sentences)
    }
}

/// Describes the values behind the curve and the coefficient.
pub(super) fn describe(
    voice: &Voice<'_>,
    (points, weight, gini): (&[LorenzPoint], Option<&Name>, Option<&Mark>),
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    sentences.push(say(voice, "alt-points")?.count("count", points.len()).end());
    let marks: Vec<Placed<'_>> =
        points.iter().map(|point| Ok((voice.name(&point.label)?, &point.mark))).collect::<Result<_, DrawingError>>()?;
    extremes(voice, None, &marks, sentences)?;
    // The largest fifth: what the curve has still to rise there.
    let top = points.len() / 5;
    if let (None, true, Some(point)) = (weight, top > 1, points.get(points.len().wrapping_sub(top + 1))) {
        let rest = Amount::Integer(100).minus(&point.at.1);
        let share = format!("{}%", voice.language.number(&rest, 1));
        let sentence = say(voice, "alt-top-share")?.count("count", top).count("all", points.len());
        sentences.push(sentence.put("share", share).end());
    }
    if let Some(Ok(value)) = gini.map(|mark| &mark.value) {
        let value = voice.language.number(value, GINI_DECIMALS).to_string();
        sentences.push(say(voice, "alt-gini")?.put("value", value).end());
    }
    Ok(())
}
