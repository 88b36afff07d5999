//! Data: the numbers of a figure laid out as a table: rows × series.

use super::{Chart, Column, Entry, Figure, Label, Row, Series, Table};

impl Figure {
    /// Lays the data out as a table.
    pub fn table(&self) -> Table {
        let column = |label: &Label| Column {
            label: label.clone(),
            unit: self.unit,
            thousands: self.thousands,
            decimals: self.decimals,
        };
        let table =
            |columns: Vec<Column>, rows: Vec<Row>| Table { id: self.id.clone(), columns, rows, rounded: self.rounded };
        let by_series = |labels: Vec<Label>, series: Vec<&Series>| {
            let entry = |i: usize| series.iter().map(|s| Entry::Mark(s.marks[i].clone())).collect();
            let rows = labels.into_iter().enumerate().map(|(i, label)| Row { label, entries: entry(i) }).collect();
            table(series.iter().map(|s| column(&s.label)).collect(), rows)
        };
        let of_periods = |periods: &[crate::finding::Period]| periods.iter().map(|p| Label::Period(*p)).collect();
        match &self.chart {
            Chart::Lines { periods, series, .. } => by_series(of_periods(periods), series.iter().collect()),
            Chart::Columns { periods, series, total, .. } => {
                by_series(of_periods(periods), series.iter().chain(total).collect())
            }
            Chart::Bars { rows, series, reference, .. } => {
                let mut table = by_series(rows.clone(), series.iter().collect());
                if let Some((label, mark)) = reference {
                    table.rows.push(Row { label: label.clone(), entries: vec![Entry::Mark(mark.clone())] });
                }
                table
            }
            Chart::HeatMap { rows, columns, cells } => {
                let row = |(label, marks): (&Label, &Vec<super::Mark>)| Row {
                    label: label.clone(),
                    entries: marks.iter().cloned().map(Entry::Mark).collect(),
                };
                table(columns.iter().map(column).collect(), rows.iter().zip(cells).map(row).collect())
            }
        }
    }
}
