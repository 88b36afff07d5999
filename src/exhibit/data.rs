//! Data: the numbers of a figure laid out as tables: rows × series, and what stands beside them.

use super::{Chart, Column, Entry, Figure, GINI_DECIMALS, Group, Label, Mark, Panel, Row, Series, Table};
use crate::finding::{Period, Unit};

impl Figure {
    /// Lays the data out as a table: rows × series.
    pub fn table(&self) -> Table {
        let column = |label: &Label| Column {
            label: label.clone(),
            unit: self.unit,
            thousands: self.thousands,
            decimals: self.decimals,
        };
        let by_series = |labels: Vec<Label>, series: Vec<&Series>| {
            let entry = |i: usize| series.iter().map(|s| Entry::Mark(s.marks[i].clone())).collect();
            let rows = labels.into_iter().enumerate().map(|(i, label)| Row { label, entries: entry(i) }).collect();
            self.laid_out(series.iter().map(|s| column(&s.label)).collect(), rows)
        };
        match &self.chart {
            Chart::Lines { periods, series, .. } | Chart::Cumulative { periods, series, .. } => {
                by_series(periods.iter().map(|p| Label::Period(*p)).collect(), series.iter().collect())
            }
            Chart::Columns { periods, series, total, .. } => {
                by_series(periods.iter().map(|p| Label::Period(*p)).collect(), series.iter().chain(total).collect())
            }
            Chart::Bars { rows, series, reference, .. } => {
                let mut table = by_series(rows.clone(), series.iter().collect());
                if let Some((label, mark)) = reference {
                    table.rows.push(Row { label: label.clone(), entries: vec![Entry::Mark(mark.clone())] });
                }
                table
            }
            Chart::HeatMap { rows, columns, cells } => of_each(
                self,
                columns.iter().map(column).collect(),
                rows.iter().zip(cells).map(|(label, marks)| (label, marks.iter().collect())),
            ),
            Chart::Shares { rows, series, .. } => by_series(rows.clone(), series.iter().collect()),
            Chart::Slope { rows, ends, .. } | Chart::Dumbbell { rows, ends } => {
                by_series(rows.clone(), ends.iter().collect())
            }
            Chart::Panels { periods, panels, .. } => panels_of(self, periods, panels),
            Chart::Lorenz { points, .. } => of_each(
                self,
                vec![column(&Label::Word("series.value".to_owned()))],
                points.iter().map(|point| (&point.label, vec![&point.mark])),
            ),
            Chart::Scatter { points, x, y, .. } => of_each(
                self,
                vec![x.clone(), y.clone()],
                points.iter().map(|point| (&point.label, point.marks.iter().collect())),
            ),
            Chart::TileMap { tiles } => of_each(
                self,
                vec![column(&Label::Word("series.value".to_owned()))],
                tiles.iter().map(|tile| (&tile.label, vec![&tile.mark])),
            ),
            Chart::Choropleth { areas, .. } => of_each(
                self,
                vec![column(&Label::Word("series.value".to_owned()))],
                areas.iter().map(|area| (&area.label, vec![&area.mark])),
            ),
            Chart::Trend { periods, value, fitted, ahead, band } => by_series(
                periods.iter().map(|p| Label::Period(*p)).collect(),
                std::iter::once(value).chain(fitted).chain(ahead).chain(band.iter().flatten()).collect(),
            ),
        }
    }

    /// Returns the numbers that stand beside the data: a coefficient, the rules of a plane; a table each.
    pub fn beside(&self) -> Vec<Table> {
        let one = |column: Column, mark: &Mark| {
            let label = column.label.clone();
            of_each(self, vec![column], std::iter::once((&label, vec![mark])))
        };
        match &self.chart {
            Chart::Lorenz { gini: Some(mark), .. } => {
                let label = Label::Word("chart-gini".to_owned());
                vec![one(Column { label, unit: Unit::None, thousands: 0, decimals: GINI_DECIMALS }, mark)]
            }
            Chart::Scatter { x, y, rules, .. } => {
                let given = rules.iter().zip([x, y]);
                given.filter_map(|(rule, column)| Some(one(column.clone(), rule.as_ref()?.mark.as_ref()?))).collect()
            }
            Chart::Lorenz { gini: None, .. }
            | Chart::Lines { .. }
            | Chart::Columns { .. }
            | Chart::Bars { .. }
            | Chart::HeatMap { .. }
            | Chart::Shares { .. }
            | Chart::Panels { .. }
            | Chart::Slope { .. }
            | Chart::Dumbbell { .. }
            | Chart::Cumulative { .. }
            | Chart::TileMap { .. }
            | Chart::Choropleth { .. }
            | Chart::Trend { .. } => Vec::new(),
        }
    }

    fn laid_out(&self, columns: Vec<Column>, rows: Vec<Row>) -> Table {
        Table { id: self.id.clone(), columns, rows, groups: Vec::new(), rounded: self.rounded }
    }
}

/// Lays out one row for each territory.
fn of_each<'a>(figure: &Figure, columns: Vec<Column>, rows: impl Iterator<Item = (&'a Label, Vec<&'a Mark>)>) -> Table {
    let entries = |marks: Vec<&Mark>| marks.into_iter().cloned().map(Entry::Mark).collect();
    let row = |(label, marks): (&Label, Vec<&Mark>)| Row { label: label.clone(), entries: entries(marks) };
    figure.laid_out(columns, rows.map(row).collect())
}

/// Lays small planes out as territories × periods; the periods of each of several series stand under its name.
fn panels_of(figure: &Figure, periods: &[Period], panels: &[Panel]) -> Table {
    let Figure { unit, thousands, decimals, .. } = *figure;
    let column = |period: &Period| Column { label: Label::Period(*period), unit, thousands, decimals };
    let names: Vec<&Label> =
        panels.first().map(|panel| panel.series.iter().map(|series| &series.label).collect()).unwrap_or_default();
    let columns: Vec<Column> = names.iter().flat_map(|_| periods.iter().map(column)).collect();
    let row = |panel: &Panel| {
        let marks = panel.series.iter().flat_map(|series| &series.marks);
        Row { label: panel.label.clone(), entries: marks.cloned().map(Entry::Mark).collect() }
    };
    let mut table = figure.laid_out(columns, panels.iter().map(row).collect());
    if names.len() > 1 {
        let group = |(at, label): (usize, &&Label)| Group {
            label: Label::clone(label),
            columns: at * periods.len()..(at + 1) * periods.len(),
        };
        table.groups = names.iter().enumerate().map(group).collect();
    }
    table
}
