//! Scatter: two measures of each territory as a point of a plane, which rules part into quadrants.

use super::{Choice, Kind, Request, choice};
use crate::exhibit::data::{of_each, one};
use crate::exhibit::figure::{by_rows, in_order, single, word};
use crate::exhibit::overlap::refuse_rows;
use crate::exhibit::{Chart, Column, Label, Misfit, Print, Series, number_id};
use crate::exhibit::{Figure, Mark, Shape, Table};
use crate::finding::Amount;
use crate::finding::Unit;
use crate::study::{ScaleEntry, Text};
use std::collections::BTreeMap;

const RULES: &str = "zero, mean, or an expression";

const OPTIONS: &[Choice] = &[
    choice("x_unit", "unit", "that of `unit`", "the unit of the horizontal axis"),
    choice(
        "x_scale",
        "one, thousands, millions",
        "that of `scale`, or one with `x_unit`",
        "the scale of the numbers on the horizontal axis",
    ),
    choice("x_decimals", "count", "that of `decimals`", "decimals of the numbers on the horizontal axis"),
    choice("x_line", RULES, "", "where the plane is parted from left to right; the mean is that of the points shown"),
    choice("y_line", RULES, "", "where the plane is parted from below to above; the mean is that of the points shown"),
    choice(
        "diagonals",
        "true, false",
        "false",
        "both diagonals through zero and the letters of Webb's types: `x` is migration, `y` natural increase",
    ),
];

/// Points of a plane.
pub(super) const SCATTER: Kind = Kind {
    name: "scatter",
    shows: "two measures of each territory as a named point of a plane that rules part into quadrants; in one column of a journal by the short names of data/tiles.yaml, where all have one",
    takes: "two series over territories, with the keys `x` and `y`",
    options: OPTIONS,
    make: scatter,
};

fn scatter(request: &Request<'_>) -> Result<Chart, Misfit> {
    request.keys(&["x", "y"])?;
    let (rows, columns) = by_rows(request)?;
    if [&request.entry.x_line, &request.entry.y_line].into_iter().flatten().any(|line| line.value == "mean") {
        refuse_rows(request, &rows, &columns)?;
    }
    let series: Vec<Series> = columns.into_iter().map(|column| in_order(&rows, column, request.edition)).collect();
    let of = |key: &str| series.iter().find(|series| series.label == word(key));
    let (Some(x), Some(y)) = (of("x"), of("y")) else {
        return Err(Misfit::Shape("a scatter needs the series `x` and `y` over territories".to_owned()));
    };
    let entry = request.entry;
    let scale = if entry.x_unit.is_some() { ScaleEntry::One } else { entry.scale };
    let across = Print::new(entry.x_scale.unwrap_or(scale), entry.x_decimals.unwrap_or(entry.decimals));
    let one_unit = entry.x_unit.is_none_or(|unit| unit == entry.unit) && across.thousands == request.print.thousands;
    if entry.diagonals && !one_unit {
        return Err(Misfit::Shape("diagonals compare two measures of one unit and one scale".to_owned()));
    }
    let points: Vec<ScatterPoint> = rows
        .iter()
        .enumerate()
        .filter(|(row, _)| x.marks[*row].value.is_ok() && y.marks[*row].value.is_ok())
        .map(|(row, part)| {
            let (mut x, y) = (x.marks[row].clone(), y.marks[row].clone());
            x.number = x.finding.as_ref().map(|id| number_id(id, across, false)).unwrap_or_default();
            ScatterPoint { label: request.label(part), short: request.maps.short(part), marks: [x, y] }
        })
        .collect();
    let rules = [
        entry.x_line.as_ref().map(|text| rule(text, "x_line", &values(&points, 0), (request, across))).transpose()?,
        entry
            .y_line
            .as_ref()
            .map(|text| rule(text, "y_line", &values(&points, 1), (request, request.print)))
            .transpose()?,
    ];
    let column = |label: &Label, unit, print: Print| Column {
        label: label.clone(),
        unit,
        thousands: print.thousands,
        decimals: print.decimals,
    };
    let (x, y) =
        (column(&x.label, entry.x_unit.unwrap_or(entry.unit), across), column(&y.label, entry.unit, request.print));
    Ok(Chart::Scatter(Scatter { points, x, y, rules: Box::new(rules), diagonals: entry.diagonals }))
}

fn values(points: &[ScatterPoint], side: usize) -> Vec<Amount> {
    points.iter().filter_map(|point| point.marks[side].value.as_ref().ok().cloned()).collect()
}

fn rule(text: &Text, what: &str, values: &[Amount], (request, print): (&Request<'_>, Print)) -> Result<Rule, Misfit> {
    match text.value.as_str() {
        "zero" => Ok(Rule { at: Amount::ZERO, label: None, mark: None }),
        "mean" => {
            let sum = values.iter().fold(Amount::ZERO, |sum, value| sum.plus(value));
            let mean = sum.divided_by(&Amount::Integer(values.len() as i64));
            let at = mean.ok_or_else(|| Misfit::Shape("no points have a mean".to_owned()))?;
            Ok(Rule { at, label: Some(Label::Word("chart-mean".to_owned())), mark: None })
        }
        _ => {
            let (territory, mark) = single(text, what, request.edition, print)?;
            let at = mark.value.clone().map_err(|_| Misfit::Shape(format!("`{what}` has no value")))?;
            let label =
                territory.as_ref().map_or(Label::Word("chart-reference".to_owned()), |part| request.label(part));
            Ok(Rule { at, label: Some(label), mark: Some(mark) })
        }
    }
}

/// A point of a scatter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScatterPoint {
    /// What it is.
    pub label: Label,
    /// Its short name by language, for narrow figures.
    pub short: BTreeMap<String, String>,
    /// The horizontal and the vertical measure.
    pub marks: [Mark; 2],
}

/// A rule that parts a plane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Where it stands.
    pub at: Amount,
    /// What it is; none for zero.
    pub label: Option<Label>,
    /// The finding that owns it; none for zero and for the mean of the points.
    pub mark: Option<Mark>,
}

/// Points of a plane of two measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scatter {
    /// The points.
    pub points: Vec<ScatterPoint>,
    /// The horizontal measure.
    pub x: Column,
    /// The vertical measure.
    pub y: Column,
    /// The rules that part the plane: upright, lying.
    pub rules: Box<[Option<Rule>; 2]>,
    /// True where both diagonals through zero are drawn.
    pub diagonals: bool,
}

impl Shape for Scatter {
    fn table(&self, figure: &Figure) -> Table {
        let columns = vec![self.x.clone(), self.y.clone()];
        of_each(figure, columns, self.points.iter().map(|point| (&point.label, point.marks.iter().collect())))
    }

    fn beside(&self, figure: &Figure) -> Vec<Table> {
        let given = self.rules.iter().zip([&self.x, &self.y]);
        given.filter_map(|(rule, column)| Some(one(figure, column.clone(), rule.as_ref()?.mark.as_ref()?))).collect()
    }

    fn unit(&self, figure: &Figure) -> Option<(Unit, u8)> {
        let is_one = (self.x.unit, self.x.thousands) == (self.y.unit, self.y.thousands);
        is_one.then_some((figure.unit, figure.thousands))
    }
}
