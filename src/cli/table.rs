//! Table: a CSV file of anybody's and what its columns are bound to → observations for a method.

use std::collections::BTreeMap;

use crate::analysis::{Along, Column, Method, Observations, Observed, Takes, stem};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::finding::{Amount, Part, Period, Reason, Unit};

/// The most cells that are reported as unreadable; the rest is counted.
const MOST_REPORTED: usize = 20;

/// What the columns of a table are to a method.
#[derive(Debug, Default)]
pub struct Bindings {
    /// Role → columns.
    pub roles: BTreeMap<String, Vec<String>>,
    /// Columns that tell frames apart.
    pub by: Vec<String>,
    /// The column that orders the rows of a frame.
    pub order: Option<String>,
    /// Which rows are taken.
    pub filter: Vec<Condition>,
}

/// One condition of a selector: a column and what it may hold.
#[derive(Debug)]
pub struct Condition {
    column: String,
    wanted: bool,
    values: Vec<(String, Option<String>)>,
}

/// The rows of a file as observations, with the label that each row is known by.
pub struct Table {
    /// The observations.
    pub observations: Observations,
    /// The label of each row within its frame.
    pub labels: Vec<String>,
}

impl Condition {
    /// Reads `column=a|b`, `column=2013..2022` or `column!=x`, several joined by commas.
    pub fn parse_all(text: &str) -> Result<Vec<Condition>, String> {
        text.split(',').map(Condition::parse).collect()
    }

    fn parse(text: &str) -> Result<Condition, String> {
        let (column, values) = text.split_once('=').ok_or(format!(
            "`{text}` is no selector: write column=value, column=a|b, column=2013..2022 or column!=value"
        ))?;
        let wanted = !column.ends_with('!');
        let values = values.split('|').map(|value| match value.split_once("..") {
            Some((from, to)) => (from.trim().to_owned(), Some(to.trim().to_owned())),
            None => (value.trim().to_owned(), None),
        });
        Ok(Condition { column: column.trim_end_matches('!').trim().to_owned(), wanted, values: values.collect() })
    }

    fn holds(&self, cell: &str) -> bool {
        let within = |(from, to): &(String, Option<String>)| match to {
            None => cell == from,
            Some(to) => match (number(from), number(cell), number(to)) {
                (Ok(from), Ok(cell), Ok(to)) => (from..=to).contains(&cell),
                _ => (from.as_str()..=to.as_str()).contains(&cell),
            },
        };
        self.values.iter().any(within) == self.wanted
    }
}

/// Reads a table; `None` where it cannot be bound, which is reported.
pub fn read(
    path: &str,
    text: &str,
    bindings: &Bindings,
    method: &Method,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    let refuse = |place: Place, message: String, hint: Option<String>, diagnostics: &mut Diagnostics| {
        diagnostics.push(Diagnostic::error(code::METHOD_INPUT, place, message).maybe_hint(hint));
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter(text)).from_reader(text.as_bytes());
    let broken = |error: ::csv::Error| {
        let line = error.position().map_or(1, |at| at.line() as usize);
        Diagnostic::error(code::DATA_RAGGED, Place::line(path, line, 1), error.to_string())
    };
    let headers: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|head| head.trim().to_owned()).collect(),
        Err(error) => {
            diagnostics.push(broken(error));
            return None;
        }
    };
    let mut missing = false;
    let mut find = |column: &str| {
        let at = headers.iter().position(|head| head == column);
        if at.is_none() {
            let hint = did_you_mean(column, headers.iter().map(String::as_str));
            let hint = hint.unwrap_or_else(|| format!("it has: {}", headers.join(", ")));
            refuse(Place::line(path, 1, 1), format!("the table has no column `{column}`"), Some(hint), diagnostics);
            missing = true;
        }
        at.unwrap_or(0)
    };
    let filter: Vec<(usize, &Condition)> = bindings.filter.iter().map(|c| (find(&c.column), c)).collect();
    let by: Vec<usize> = bindings.by.iter().map(|column| find(column)).collect();
    let order = bindings.order.as_ref().map(|column| find(column));
    let mut numbers: Vec<(&String, Vec<usize>)> = Vec::new();
    let mut labels: Vec<(&String, usize)> = Vec::new();
    for (role, columns) in &bindings.roles {
        let at: Vec<usize> = columns.iter().map(|column| find(column)).collect();
        let known = method.roles.iter().find(|known| known.name == role || stem(known.name) == role);
        if known.is_none_or(|known| known.takes == Takes::Label) {
            labels.extend(at.first().map(|at| (role, *at)));
        } else {
            numbers.push((role, at));
        }
    }
    if missing {
        return None;
    }
    let mut records: Vec<(usize, Vec<String>)> = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |at| at.line() as usize);
                let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
                if filter.iter().all(|(at, condition)| condition.holds(&cells[*at])) {
                    records.push((line, cells));
                }
            }
            Err(error) => diagnostics.push(broken(error)),
        }
    }
    if records.is_empty() {
        let hint = (!bindings.filter.is_empty()).then(|| "`--where` leaves none".to_owned());
        refuse(Place::file(path), "the table has no rows".to_owned(), hint, diagnostics);
        return None;
    }
    let periods = order.and_then(|at| periods(records.iter().map(|(_, cells)| cells[at].as_str())));
    if let (Some(at), None) = (order, &periods) {
        // Numbers order by their size, anything else by its letters.
        records.sort_by(|(_, a), (_, b)| match (number(&a[at]), number(&b[at])) {
            (Ok(a), Ok(b)) => a.cmp(&b),
            _ => a[at].cmp(&b[at]),
        });
    }
    let mut table = Table { observations: Observations::default(), labels: Vec::new() };
    let mut unreadable = 0;
    let unit_at = labels.iter().find(|(role, _)| role.as_str() == "unit").map(|(_, at)| *at);
    for (row, (_, cells)) in records.iter().enumerate() {
        let label = match (unit_at, order) {
            (Some(at), _) if method.along != Along::Time => cells[at].clone(),
            (_, Some(at)) => cells[at].clone(),
            _ => (row + 1).to_string(),
        };
        table.observations.observed.push(Observed {
            by: by.iter().map(|at| Part::Category(cells[*at].as_str().into())).collect(),
            unit: Some(Part::Category(unit_at.map_or(label.as_str(), |at| &cells[at]).into())),
            period: periods.as_ref().and_then(|periods| periods.get(row).copied()),
        });
        table.labels.push(label);
    }
    for (role, columns) in numbers {
        for at in columns {
            let mut values = Vec::new();
            for (line, cells) in &records {
                let value = number(&cells[at]);
                if value == Err(None) {
                    unreadable += 1;
                    if unreadable <= MOST_REPORTED {
                        let message = format!("`{}` in column `{}` is not a number", cells[at], headers[at]);
                        diagnostics.push(Diagnostic::error(code::DATA_CELL, Place::line(path, *line, 1), message));
                    }
                }
                values.push(value.map_err(|reason| reason.unwrap_or(Reason::Missing)));
            }
            let column = Column::new(&headers[at], Unit::None, values);
            table.observations.numbers.entry(role.clone()).or_default().push(column);
        }
    }
    if unreadable > MOST_REPORTED {
        let message = format!("{} more cells are not numbers", unreadable - MOST_REPORTED);
        diagnostics.push(Diagnostic::error(code::DATA_CELL, Place::file(path), message));
    }
    for (role, at) in labels {
        let column = records.iter().map(|(_, cells)| cells[at].clone()).collect();
        table.observations.labels.insert(role.clone(), column);
    }
    twice(path, &table, &records, method, diagnostics);
    diagnostics.verdict().is_ok().then_some(table)
}

/// Reports rows of one frame that stand for the same period: the method would take them for two.
fn twice(path: &str, table: &Table, records: &[(usize, Vec<String>)], method: &Method, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&Observed, usize> = BTreeMap::new();
    let joins = table.observations.joins_periods(method);
    if method.along != Along::Time && !joins {
        return;
    }
    let plain: Vec<Observed> = table
        .observations
        .observed
        .iter()
        .map(|observed| Observed { unit: observed.unit.clone().filter(|_| joins), ..observed.clone() })
        .collect();
    for (row, observed) in plain.iter().enumerate().filter(|(_, observed)| observed.period.is_some()) {
        if let Some(first) = seen.insert(observed, records[row].0) {
            let place = Place::line(path, records[row].0, 1);
            let message = format!("stands for the same period as line {first}");
            let hint = "name the columns that tell the series apart: `--by COLUMN`".to_owned();
            diagnostics.push(Diagnostic::error(code::METHOD_INPUT, place, message).hint(hint));
            return;
        }
    }
}

/// Reads all values of a column as periods, or as whole numbers that count periods; `None` where some are neither.
fn periods<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Option<Vec<Period>> {
    let calendar: Option<Vec<Period>> = cells.clone().map(Period::parse).collect();
    calendar.or_else(|| cells.map(|cell| Some(Period::of_year(cell.parse().ok()?))).collect())
}

/// Guesses the delimiter from the header: a semicolon or tab where there are more of them than commas.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |mark: u8| head.bytes().filter(|byte| *byte == mark).count();
    [b';', b'\t'].into_iter().find(|mark| count(*mark) > count(b',')).unwrap_or(b',')
}

/// Reads a cell: a number as anybody may write it, or why there is none; `Err(None)` where it is neither.
fn number(cell: &str) -> Result<Amount, Option<Reason>> {
    match cell {
        "" | "…" | "..." | "-" | "–" | "—" | "NA" | "N/A" | "NaN" | "null" => return Err(Some(Reason::Missing)),
        "x" | "х" | "X" | "Х" => return Err(Some(Reason::Suppressed)),
        _ => {}
    }
    let plain: String =
        cell.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '\u{2212}' { '-' } else { c }).collect();
    let plain = if plain.contains('.') { plain } else { plain.replacen(',', ".", 1) };
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    let (digits, exponent) = plain.split_once(['e', 'E']).unwrap_or((plain, "0"));
    let digits =
        if let Some(rest) = digits.strip_prefix('.') { format!("0.{rest}") } else { digits.replacen("-.", "-0.", 1) };
    let power: i32 = exponent.parse().map_err(|_| None)?;
    if power.abs() > 308 {
        return Err(None);
    }
    let digits = Amount::parse(digits.trim_end_matches('.')).ok_or(None)?;
    let scale = Amount::parse(&format!("1{}", "0".repeat(power.unsigned_abs() as usize))).ok_or(None)?;
    if power < 0 { digits.divided_by(&scale).ok_or(None) } else { Ok(digits.times(&scale)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_anybody_writes_them() {
        let read = |cell: &str| number(cell).map(|amount| amount.to_string()).ok();
        assert_eq!(read("-39 344").as_deref(), Some("-39344"));
        assert_eq!(read("\u{2212}12,5").as_deref(), Some("-12.5"));
        assert_eq!(read("1.5e-3").as_deref(), Some("0.0015"));
        assert_eq!(read("+.5").as_deref(), Some("0.5"));
        assert_eq!(number("…"), Err(Some(Reason::Missing)));
        assert_eq!(number("12a"), Err(None));
        assert_eq!(number("1,2,3"), Err(None));
    }

    #[test]
    fn a_selector_takes_lists_ranges_and_exclusions() {
        let holds = |text: &str, cell: &str| Condition::parse(text).is_ok_and(|condition| condition.holds(cell));
        assert!(holds("year=2013..2022", "2015") && !holds("year=2013..2022", "2023"));
        assert!(holds("region=A|B", "B") && !holds("region=A|B", "C"));
        assert!(holds("region!=KZ", "A") && !holds("region!=KZ", "KZ"));
    }
}
