//! Data: the numbers of a figure laid out as tables: rows × series, and what stands beside them.

use super::{Column, Entry, Figure, Label, Mark, Row, Series, Table};
use crate::finding::Period;

impl Figure {
    /// Lays the data out as a table: rows × series.
    pub fn table(&self) -> Table {
        self.chart.shape().table(self)
    }

    /// Returns the numbers that stand beside the data: a coefficient, the rules of a plane; a table each.
    pub fn beside(&self) -> Vec<Table> {
        self.chart.shape().beside(self)
    }
}

/// Makes a column that is printed as the figure is.
pub(super) fn column(figure: &Figure, label: &Label) -> Column {
    let Figure { unit, thousands, decimals, .. } = *figure;
    Column { label: label.clone(), unit, thousands, decimals }
}

/// Labels rows by periods.
pub(super) fn over(periods: &[Period]) -> Vec<Label> {
    periods.iter().map(|period| Label::Period(*period)).collect()
}

/// Lays out one column for each series.
pub(super) fn by_series(figure: &Figure, labels: Vec<Label>, series: Vec<&Series>) -> Table {
    let entry = |i: usize| series.iter().map(|s| Entry::Mark(s.marks[i].clone())).collect();
    let rows = labels.into_iter().enumerate().map(|(i, label)| Row { label, entries: entry(i) }).collect();
    laid_out(figure, series.iter().map(|s| column(figure, &s.label)).collect(), rows)
}

/// Lays out a table without headings over several columns.
pub(super) fn laid_out(figure: &Figure, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table { id: figure.id.clone(), columns, rows, groups: Vec::new(), rounded: figure.rounded }
}

/// Lays out one number alone.
pub(super) fn one(figure: &Figure, column: Column, mark: &Mark) -> Table {
    let label = column.label.clone();
    of_each(figure, vec![column], std::iter::once((&label, vec![mark])))
}

/// Lays out one row for each label.
pub(super) fn of_each<'a>(
    figure: &Figure,
    columns: Vec<Column>,
    rows: impl Iterator<Item = (&'a Label, Vec<&'a Mark>)>,
) -> Table {
    let entries = |marks: Vec<&Mark>| marks.into_iter().cloned().map(Entry::Mark).collect();
    let row = |(label, marks): (&Label, Vec<&Mark>)| Row { label: label.clone(), entries: entries(marks) };
    laid_out(figure, columns, rows.map(row).collect())
}
