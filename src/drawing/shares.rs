//! Shares: lying bars of one hundred per cent, each part with its share.

use crate::exhibit::{Figure, Label as Name, Mark, Series, Share};
use crate::finding::{Amount, Reason, Status, Unit};
use crate::language::Scale;

use super::axis::{Axis, Ticks};
use super::bars::{Row, draw_seam, rows, write_within};
use super::canvas::{Anchor, Fill};
use super::describe::{rows_of, say, several};
use super::element::{Area, Bar, Label, set, size};
use super::head::{Head, Sample};
use super::palette::{self, QUIET};
use super::voice::{Voice, any_inferred, check, number};
use super::{DrawingError, SMALL, lying, plane};
use super::{Paint, Plan};
use crate::exhibit::charts;

const WHOLE: f64 = 100.0;

/// The figure's parts: rows, series, shares.
type Given<'a> = (&'a [Name], &'a [Series], &'a [Vec<Option<Share>>]);

/// Measured bars.
pub(super) struct Bars<'a> {
    voice: Voice<'a>,
    given: Given<'a>,
    rows: Vec<Row>,
    left: f64,
    right: f64,
    ticks: Ticks,
    head: Head,
}

impl<'a> Bars<'a> {
    /// Measures the chart for a width.
    pub(super) fn plan(voice: Voice<'a>, given: Given<'a>, width: f64) -> Result<Bars<'a>, DrawingError> {
        let (labels, series, shares) = given;
        check(series, labels.len())?;
        let looks = (0..).map(|i| Sample::Area(voice.look(series, i).colour));
        let mut legend: Vec<(Sample, String)> = looks.zip(voice.names(series)?).collect();
        if any_inferred(series.iter().flat_map(|series| &series.marks)) {
            legend.push((Sample::Hatch(palette::POSITIVE), voice.word("chart-inferred")?));
        }
        if adjusted(shares) > 0 {
            legend.push((Sample::Sign("*"), voice.word("chart-adjusted")?));
        }
        let head = Head::new(voice.language.unit(Unit::Percent, Scale::One), legend, width)?;
        let rows = rows(&voice, labels, 1, width)?;
        let left = rows.iter().try_fold(0.0, |left: f64, row| Ok::<f64, DrawingError>(left.max(row.room()?)))?;
        let ticks = Ticks::across(&voice, 0.0, WHOLE, width - left)?;
        Ok(Bars { voice, given, rows, left, right: 12.0, ticks, head })
    }

    fn foot(&self) -> f64 {
        self.rows.last().map_or(0.0, Row::foot)
    }

    fn print(&self, share: &Share) -> String {
        let number = self.voice.language.number(&share.printed, self.voice.figure.decimals);
        if share.adjusted { format!("{number}*") } else { number.to_string() }
    }
}

impl Plan for Bars<'_> {
    fn height(&self) -> f64 {
        self.head.height() + self.foot() + 22.0
    }

    fn draw(&self, area: &Area<'_>) -> Result<Vec<Axis>, DrawingError> {
        self.head.draw(area)?;
        let foot = self.foot();
        let top = self.head.height();
        let margins = [top, size(area).1 - top - foot, self.left, self.right];
        let (plane, _) = plane(area, margins, 0.0..WHOLE, foot..0.0)?;
        self.ticks.draw_across(&plane, &self.voice)?;
        let (_, series, shares) = self.given;
        for (place, (row, shares)) in self.rows.iter().zip(shares).enumerate() {
            row.draw_name(&plane, 0.0)?;
            if shares.iter().all(Option::is_none) {
                // A part without a value leaves the whole unknown; without a sign of its own the whole is zero.
                let gap = series.iter().find_map(|series| series.marks[place].value.as_ref().err().copied());
                let text = self.voice.language.missing(gap.unwrap_or(Reason::ZeroTotal));
                let (at, setting) = ([(0.0, row.middle())], set(SMALL, QUIET, Anchor::Start));
                plane.draw(&Label { at, shift: (5.0, 0.0), text, setting, finding: None })?;
            }
            let mut from = 0.0;
            for (i, share) in shares.iter().enumerate() {
                let Some(share) = share else { continue };
                let (mark, to) = (&series[i].marks[place], from + share.exact.to_f64());
                let colour = self.voice.look(self.given.1, i).colour;
                let inferred = mark.status == Status::Inferred;
                let fill = if inferred { Fill::Hatched(colour) } else { Fill::Plain(colour) };
                let (top, bottom) = (row.middle() - 6.5, row.middle() + 6.5);
                plane.draw(&Bar { corners: [(from, top), (to, bottom)], fill, finding: number(mark) })?;
                if !inferred {
                    // The finding is the part, not its share, so the number has no id of its own.
                    write_within(&plane, (from, to), row.middle(), &self.print(share), (colour, None))?;
                }
                if from > 0.0 {
                    draw_seam(&plane, from, (top, bottom))?;
                }
                from = to;
            }
        }
        Ok(vec![lying(area, margins, &(0.0..WHOLE))])
    }
}

impl Paint for charts::Shares {
    fn plan<'a>(&'a self, voice: Voice<'a>, room: f64) -> Result<Box<dyn Plan + 'a>, DrawingError> {
        Ok(Box::new(Bars::plan(voice, (&self.rows, &self.series, &self.shares), room)?))
    }

    fn prints_gaps(&self) -> bool {
        true
    }

    fn kind(&self) -> &'static str {
        "alt-kind-shares"
    }

    fn unit(&self, voice: &Voice<'_>) -> Result<String, DrawingError> {
        Ok(voice.language.unit(Unit::Percent, Scale::One))
    }

    fn describe(&self, voice: &Voice<'_>, sentences: &mut Vec<String>) -> Result<(), DrawingError> {
        describe(voice, (&self.rows, &self.series, &self.shares), sentences)
    }
}

fn adjusted(shares: &[Vec<Option<Share>>]) -> usize {
    shares.iter().flatten().flatten().filter(|share| share.adjusted).count()
}

/// Describes the shares of each part.
pub(super) fn describe(
    voice: &Voice<'_>,
    (rows, series, shares): Given<'_>,
    sentences: &mut Vec<String>,
) -> Result<(), DrawingError> {
    let figure = Figure { unit: Unit::Percent, thousands: 0, ..voice.figure.clone() };
    let voice = Voice { figure: &figure, ..*voice };
    sentences.push(rows_of(&voice, rows)?);
    let of_part = |(i, series): (usize, &Series)| {
        let share = |(mark, shares): (&Mark, &Vec<Option<Share>>)| Mark {
            value: shares[i].as_ref().map(|share| Amount::clone(&share.printed)).ok_or(match mark.value {
                Err(reason) => reason,
                Ok(_) => Reason::ZeroTotal,
            }),
            ..mark.clone()
        };
        Series { label: series.label.clone(), marks: series.marks.iter().zip(shares).map(share).collect() }
    };
    let parts: Vec<Series> = series.iter().enumerate().map(of_part).collect();
    let name = |row: &Name| if row.is_country() { Ok(String::new()) } else { voice.name(row) };
    let names: Vec<String> = rows.iter().map(name).collect::<Result<_, _>>()?;
    several(&voice, &parts, &names, sentences)?;
    if adjusted(shares) > 0 {
        sentences.push(say(&voice, "alt-adjusted")?.count("count", adjusted(shares)).end());
    }
    Ok(())
}
