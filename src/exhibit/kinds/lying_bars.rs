//! Lying bars: bars by territory from a line of zero: in the agency's order, in the order of size, or stacked.

use super::{Choice, Kind, Request, choice, few};
use crate::exhibit::data::by_series;
use crate::exhibit::figure::{ByRow, arrange, by_rows, by_units, in_order, single, word};
use crate::exhibit::overlap::{refuse_rows, refuse_stack};
use crate::exhibit::{Arrangement, Chart, Label, Misfit, Series};
use crate::exhibit::{Entry, Figure, Mark, Row, Shape, Table};
use crate::finding::Part;

const REFERENCE: Choice = choice("reference", "expression", "", "a single value to compare the bars with");

/// Bars in the agency's order.
pub(super) const DIVERGING: Kind = Kind {
    name: "diverging-bars",
    shows: "values by territory or category as lying bars on either side of zero, in the agency's order",
    takes: "series over territories or categories, or over these and a few periods",
    options: &[REFERENCE],
    make: |request| {
        let (rows, columns) = by_units(request)?;
        chart(request, rows, columns)
    },
};

/// Bars in the order of size.
pub(super) const RANKED: Kind = Kind {
    name: "ranked-bars",
    shows: "values by territory or category as lying bars, the largest of the first series, or of the last period, at the top",
    takes: "series over territories or categories, or over these and a few periods",
    options: &[REFERENCE],
    make: |request| {
        let (mut rows, columns) = by_units(request)?;
        refuse_rows(request, &rows, &columns)?;
        let dated = columns.iter().all(|(label, _)| matches!(label, Label::Period(_)));
        if let Some((_, marks)) = if dated { columns.last() } else { columns.first() } {
            // Largest first; what has no value comes last, in the agency's order.
            let size = |part: &Part| marks.get(part).and_then(|m| m.value.as_ref().ok()).cloned();
            rows.sort_by_key(|row| std::cmp::Reverse(size(row)));
        }
        chart(request, rows, columns)
    },
};

/// Bars of parts.
pub(super) const STACKED: Kind = Kind {
    name: "stacked-bars",
    shows: "parts of each row beside one another as a lying bar, negative parts to the left of zero",
    takes: "a series for each part over territories, categories or periods",
    options: &[super::ORDER],
    make: |request| {
        let (mut rows, columns) = by_rows(request)?;
        arrange(request, &mut rows, &columns);
        let series: Vec<Series> = columns.into_iter().map(|column| in_order(&rows, column, request.edition)).collect();
        few(series.len())?;
        refuse_stack(request, &series.iter().collect::<Vec<_>>())?;
        let (rows, arrangement) = (rows.iter().map(|part| request.label(part)).collect(), Arrangement::Stacked);
        Ok(Chart::Bars(Bars { rows, series, arrangement, reference: None }))
    },
};

fn chart(request: &Request<'_>, rows: Vec<Part>, columns: Vec<(Label, ByRow)>) -> Result<Chart, Misfit> {
    few(columns.len())?;
    let series = columns.into_iter().map(|column| in_order(&rows, column, request.edition)).collect();
    let reference = match &request.entry.reference {
        Some(text) => {
            let (territory, mark) = single(text, "reference", request.edition, request.print)?;
            Some((territory.as_ref().map_or(word("reference"), |part| request.label(part)), mark))
        }
        None => None,
    };
    Ok(Chart::Bars(Bars {
        rows: rows.iter().map(|part| request.label(part)).collect(),
        series,
        arrangement: Arrangement::Grouped,
        reference,
    }))
}

/// Lying bars from a zero line, one group a row, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// The groups of bars, from the top.
    pub rows: Vec<Label>,
    /// The bars of each group.
    pub series: Vec<Series>,
    /// How they stand to one another.
    pub arrangement: Arrangement,
    /// A value to compare all with.
    pub reference: Option<(Label, Mark)>,
}

impl Shape for Bars {
    fn table(&self, figure: &Figure) -> Table {
        let mut table = by_series(figure, self.rows.clone(), self.series.iter().collect());
        if let Some((label, mark)) = &self.reference {
            table.rows.push(Row { label: label.clone(), entries: vec![Entry::Mark(mark.clone())] });
        }
        table
    }
}
