//! Lorenz: the share of the whole that the lowest territories have together.

use super::{Kind, Request, choice};
use crate::exhibit::data::{column, of_each, one};
use crate::exhibit::figure::{by_rows, in_order, single, word};
use crate::exhibit::overlap::refuse_rows;
use crate::exhibit::{Chart, Misfit, Print, Series};
use crate::exhibit::{Column, Figure, Label, Mark, Shape, Table};
use crate::finding::Unit;
use crate::finding::{Amount, Part};

/// Decimals of the coefficient.
pub const GINI_DECIMALS: usize = 3;

/// A curve of cumulated shares.
pub(super) const LORENZ: Kind = Kind {
    name: "lorenz",
    shows: "the share of the whole that the lowest territories have together, against the line of equality",
    takes: "a series over territories, none below zero; or `value` and `weight`, ordered by the value of a unit of weight",
    options: &[choice("gini", "expression", "", "the Gini coefficient, printed beside the curve with three decimals")],
    make: lorenz,
};

fn lorenz(request: &Request<'_>) -> Result<Chart, Misfit> {
    request.keys(&["value", "weight"])?;
    let (mut rows, columns) = by_rows(request)?;
    let dimensions = request.sources.iter().flat_map(|(_, source)| &source.series.dimensions);
    let country = |row: &Part| row.territory().is_some_and(|code| request.edition.is_country(code));
    rows.retain(|row| !(country(row) || dimensions.clone().any(|dimension| dimension.is_total(row))));
    refuse_rows(request, &rows, &columns)?;
    let series: Vec<Series> = columns.into_iter().map(|column| in_order(&rows, column, request.edition)).collect();
    let of = |key: &str| series.iter().find(|series| series.label == word(key));
    let value = of("value").ok_or_else(|| Misfit::Shape("needs one series `value` over territories".to_owned()))?;
    let value_of = &value.marks;
    let mut parts: Vec<(usize, Amount, Amount)> = Vec::new();
    for (row, mark) in value_of.iter().enumerate() {
        let weight = of("weight").map_or(Ok(Amount::Integer(1)), |weight| weight.marks[row].value.clone());
        let (Ok(value), Ok(weight)) = (&mark.value, weight) else { continue };
        if value.signum() < 0 || weight.signum() <= 0 {
            return Err(Misfit::Shape("a value below zero, or a weight that is not above it, has no place".to_owned()));
        }
        parts.push((row, value.clone(), weight));
    }
    // Across products compare ratios without dividing.
    parts.sort_by(|a, b| a.1.times(&b.2).cmp(&b.1.times(&a.2)));
    let total = |take: fn(&(usize, Amount, Amount)) -> &Amount| {
        parts.iter().fold(Amount::ZERO, |sum, part| sum.plus(take(part)))
    };
    let (values, weights) = (total(|part| &part.1), total(|part| &part.2));
    let mut sums = (Amount::ZERO, Amount::ZERO);
    let mut points = Vec::new();
    for (row, value, weight) in parts {
        sums = (sums.0.plus(&weight), sums.1.plus(&value));
        let share = |part: &Amount, whole: &Amount| part.times(&Amount::Integer(100)).divided_by(whole);
        let (Some(x), Some(y)) = (share(&sums.0, &weights), share(&sums.1, &values)) else {
            return Err(Misfit::Shape("the values add up to zero, which has no shares".to_owned()));
        };
        points.push(LorenzPoint { label: request.label(&rows[row]), mark: value_of[row].clone(), at: (x, y) });
    }
    let print = Print { thousands: 0, decimals: GINI_DECIMALS };
    let gini = request.entry.gini.as_ref().map(|text| single(text, "gini", request.edition, print)).transpose()?;
    let weight = of("weight").map(|weight| weight.label.clone());
    Ok(Chart::Lorenz(Lorenz { points, weight, gini: gini.map(|(_, mark)| mark) }))
}

/// A point of a Lorenz curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LorenzPoint {
    /// What it adds.
    pub label: Label,
    /// The value that it adds.
    pub mark: Mark,
    /// The shares up to it, in per cent: of the units or their weights, and of the values.
    pub at: (Amount, Amount),
}

/// Cumulated shares of ordered values against the line of equality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lorenz {
    /// The points, from the lowest value.
    pub points: Vec<LorenzPoint>,
    /// What the units are weighted by.
    pub weight: Option<Label>,
    /// The Gini coefficient.
    pub gini: Option<Mark>,
}

impl Shape for Lorenz {
    fn table(&self, figure: &Figure) -> Table {
        let column = column(figure, &word("value"));
        of_each(figure, vec![column], self.points.iter().map(|point| (&point.label, vec![&point.mark])))
    }

    fn beside(&self, figure: &Figure) -> Vec<Table> {
        let label = Label::Word("chart-gini".to_owned());
        let column = Column { label, unit: Unit::None, thousands: 0, decimals: GINI_DECIMALS };
        self.gini.iter().map(|mark| one(figure, column.clone(), mark)).collect()
    }

    fn unit(&self, _: &Figure) -> Option<(Unit, u8)> {
        None
    }
}
