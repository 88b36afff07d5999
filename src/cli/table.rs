//! Table: a CSV file of anybody's and what its columns are bound to → observations for a method.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use encoding_rs::Encoding;

use crate::analysis::{Along, Column, Method, Observations, Observed, Takes, stem};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::finding::{Amount, Part, Period, Reason, Sums, Unit, sums};
use crate::language;
use crate::table::number::NumberSyntax;
use crate::table::order::Order;
use crate::table::{COMMAND, Dialect, MissingMarks, Row, Sheet, Told, decode, guessed_delimiter, not_a_number};

/// What the columns of a table are to a method.
#[derive(Debug, Default)]
pub(super) struct Bindings {
    /// Role → columns.
    pub roles: BTreeMap<String, Vec<String>>,
    /// Columns that tell frames apart.
    pub by: Vec<String>,
    /// The column that orders the rows of a frame.
    pub order: Option<String>,
    /// Which rows are taken.
    pub filter: Vec<Condition>,
}

/// What is stated of a file: what is not, its text shows.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// The encoding; that of the byte order mark or UTF-8 where it is not stated.
    pub encoding: Option<&'static Encoding>,
    /// What stands between cells.
    pub delimiter: Option<char>,
    /// How numbers are written.
    pub numbers: NumberSyntax,
    /// Marks of missing values, beside the usual ones.
    pub missing: Vec<String>,
}

/// One condition of a selector: a column and what it may hold.
#[derive(Debug)]
pub(super) struct Condition {
    column: String,
    wanted: bool,
    values: Vec<Choice>,
}

/// A value that a selector names, or all from one to another.
#[derive(Debug)]
struct Choice {
    from: String,
    to: Option<String>,
}

/// The rows of a file as observations, with the label that each row is known by.
pub(super) struct Table {
    /// The observations.
    pub observations: Observations,
    /// The label of each row within its frame.
    pub labels: Vec<String>,
}

impl Condition {
    /// Reads `column=a|b`, `column=2013..2022` or `column!=x`, several joined by commas.
    pub(super) fn parse_all(text: &str) -> Result<Vec<Condition>, String> {
        text.split(',').map(Condition::parse).collect()
    }

    fn parse(text: &str) -> Result<Condition, String> {
        let (column, values) = text.split_once('=').ok_or(format!(
            "`{text}` is no selector: write column=value, column=a|b, column=2013..2022 or column!=value"
        ))?;
        let wanted = !column.ends_with('!');
        let values = values.split('|').map(|value| match value.split_once("..") {
            Some((from, to)) => Choice { from: from.trim().to_owned(), to: Some(to.trim().to_owned()) },
            None => Choice { from: value.trim().to_owned(), to: None },
        });
        Ok(Condition { column: column.trim_end_matches('!').trim().to_owned(), wanted, values: values.collect() })
    }

    fn holds(&self, cell: &str, syntax: &NumberSyntax) -> bool {
        self.values.iter().any(|value| value.is(cell, syntax)) == self.wanted
    }
}

impl Choice {
    /// Returns true for a cell that is meant.
    fn is(&self, cell: &str, syntax: &NumberSyntax) -> bool {
        let Choice { from, to: Some(to) } = self else { return cell == self.from };
        let periods = (language::period(from), language::period(cell), language::period(to));
        let number = |text: &str| syntax.read(text).ok().map(|number| number.amount);
        match (periods, (number(from), number(cell), number(to))) {
            ((Some(from), Some(cell), Some(to)), _) => {
                from.first_day() <= cell.first_day() && cell.last_day() <= to.last_day()
            }
            (_, (Some(from), Some(cell), Some(to))) => (from..=to).contains(&cell),
            _ => (from.as_str()..=to.as_str()).contains(&cell),
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.to {
            None => f.write_str(&self.from),
            Some(to) => write!(f, "{}..{to}", self.from),
        }
    }
}

/// Reads a table; `None` where it cannot be bound, which is reported.
pub(super) fn read(
    path: &str,
    bytes: &[u8],
    stated: &Stated,
    bindings: &Bindings,
    method: &Method,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    let text = match decode::text(path, bytes, stated.encoding, &COMMAND) {
        Ok(text) => text,
        Err(problem) => {
            diagnostics.push(*problem);
            return None;
        }
    };
    let delimiter = stated.delimiter.unwrap_or_else(|| guessed_delimiter(&text));
    let dialect = Dialect { delimiter, ..Dialect::default() };
    let sheet = Sheet::read(path, &text, &dialect, &[], diagnostics)?;
    let marks = stated.missing.iter().fold(MissingMarks::usual(), |marks, mark| marks.and(mark, None));
    Reader { path, sheet: &sheet, stated, marks, method, diagnostics }.table(bindings)
}

/// What a table is read with.
struct Reader<'a> {
    path: &'a str,
    sheet: &'a Sheet<'a>,
    stated: &'a Stated,
    marks: MissingMarks,
    method: &'a Method,
    diagnostics: &'a mut Diagnostics,
}

/// Where the columns stand that are bound.
#[derive(Default)]
struct Bound<'a> {
    filter: Vec<(usize, &'a Condition, NumberSyntax)>,
    by: Vec<usize>,
    order: Option<usize>,
    numbers: Vec<(&'a String, Vec<usize>)>,
    labels: Vec<(&'a String, usize)>,
}

impl<'a> Reader<'a> {
    fn refuse(&mut self, place: Place, message: String, hint: Option<String>) {
        self.diagnostics.push(Diagnostic::error(code::METHOD_INPUT, place, message).maybe_hint(hint));
    }

    fn table(mut self, bindings: &Bindings) -> Option<Table> {
        let bound = self.bound(bindings)?;
        self.idle(&bound)?;
        let holds =
            |row: &Row| bound.filter.iter().all(|(at, condition, syntax)| condition.holds(row.text(*at), syntax));
        let mut rows: Vec<Row> = self.sheet.rows().filter(holds).collect();
        if rows.is_empty() {
            let hint = (!bound.filter.is_empty()).then(|| "`--where` leaves none".to_owned());
            self.refuse(Place::file(self.path), "the table has no rows".to_owned(), hint);
            return None;
        }
        let order = match bound.order {
            Some(at) => Some(self.order(&mut rows, at)?),
            None => None,
        };
        let observed = self.observed(&rows, &bound, order.as_ref())?;
        let mut observations = Observations { observed, ..Observations::default() };
        for (role, columns) in &bound.numbers {
            for at in columns {
                let column = self.numbers(&rows, *at);
                observations.numbers.entry((*role).clone()).or_default().extend(column);
            }
        }
        for (role, at) in &bound.labels {
            observations.labels.insert((*role).clone(), rows.iter().map(|row| row.text(*at).to_owned()).collect());
        }
        let labels = (0..rows.len()).map(|row| label(&rows, row, &bound, self.method)).collect();
        let table = Table { observations, labels };
        self.twice(&table, &rows, order.as_ref());
        self.diagnostics.verdict().ok()?;
        self.totals(&table, &rows);
        Some(table)
    }

    /// Finds the columns that are bound; `None` where some are not there.
    fn bound<'b>(&mut self, bindings: &'b Bindings) -> Option<Bound<'b>> {
        let method = self.method;
        let mut missing = false;
        let mut find = |column: &str| {
            let at = self.sheet.column(column);
            if at.is_none() {
                let columns: Vec<&str> = self.sheet.columns().collect();
                let hint = did_you_mean(column, columns.iter().copied());
                let hint = hint.unwrap_or_else(|| format!("it has: {}", columns.join(", ")));
                let message = format!("the table has no column `{column}`");
                self.refuse(self.sheet.heading_place(None), message, Some(hint));
                missing = true;
            }
            at.unwrap_or(0)
        };
        let filter: Vec<(usize, &Condition)> = bindings.filter.iter().map(|c| (find(&c.column), c)).collect();
        let mut bound = Bound {
            by: bindings.by.iter().map(|column| find(column)).collect(),
            order: bindings.order.as_ref().map(|column| find(column)),
            ..Bound::default()
        };
        for (role, columns) in &bindings.roles {
            let at: Vec<usize> = columns.iter().map(|column| find(column)).collect();
            let known = method.roles.iter().find(|known| known.name == role || stem(known.name) == role);
            if known.is_none_or(|known| known.takes == Takes::Label) {
                bound.labels.extend(at.first().map(|at| (role, *at)));
            } else {
                bound.numbers.push((role, at));
            }
        }
        if missing {
            return None;
        }
        // A column that is no column of numbers is compared as it is written.
        let syntax = |at: usize| {
            let cells = self.sheet.rows().map(|row| row.text(at)).filter(|text| self.marks.reason(text).is_none());
            self.stated.numbers.settled(cells).unwrap_or_default()
        };
        bound.filter = filter.into_iter().map(|(at, condition)| (at, condition, syntax(at))).collect();
        Some(bound)
    }

    /// Reports values of a selector that no row has: it takes, or leaves out, less than it says.
    fn idle(&mut self, bound: &Bound) -> Option<()> {
        let mut none = true;
        for (at, condition, syntax) in &bound.filter {
            let cells: BTreeSet<&str> = self.sheet.rows().map(|row| row.text(*at)).collect();
            for value in condition.values.iter().filter(|value| !cells.iter().any(|cell| value.is(cell, syntax))) {
                let message = format!("`--where`: no row has `{value}` in the column `{}`", condition.column);
                let hint = did_you_mean(&value.from, cells.iter().copied());
                self.refuse(self.sheet.heading_place(Some(*at)), message, hint);
                none = false;
            }
        }
        none.then_some(())
    }

    /// Reads the column that orders the rows, and puts them in its order.
    fn order(&mut self, rows: &mut Vec<Row>, at: usize) -> Option<Order> {
        let cells: Vec<&str> = rows.iter().map(|row| row.text(at)).collect();
        match Order::read(&cells) {
            Ok(Order::Numbers(_)) if self.method.along == Along::TwoPeriods => {
                let place = self.sheet.heading_place(Some(at));
                let message = format!(
                    "the column `{}` is of numbers, and two periods are to be compared",
                    self.sheet.heading(at)
                );
                self.refuse(place, message, Some(language::PERIOD_FORMS.to_owned()));
                None
            }
            Ok(Order::Numbers(numbers)) => {
                let mut ordered: Vec<(Amount, Row)> = numbers.into_iter().zip(rows.iter().copied()).collect();
                ordered.sort_by(|(a, _), (b, _)| a.cmp(b));
                let (numbers, sorted) = ordered.into_iter().unzip();
                *rows = sorted;
                Some(Order::Numbers(numbers))
            }
            Ok(periods) => Some(periods),
            Err(disorder) => {
                let place = rows[disorder.at].place(at).within(format!("column `{}`", self.sheet.heading(at)));
                let hint = format!("an order is of periods or of numbers: {}", language::PERIOD_FORMS);
                self.refuse(place, disorder.message, Some(hint));
                None
            }
        }
    }

    /// Says what each row is of; a row that names no unit is refused.
    fn observed(&mut self, rows: &[Row], bound: &Bound, order: Option<&Order>) -> Option<Vec<Observed>> {
        let unit_at = unit_of(bound);
        let mut told = Told::default();
        for (at, row) in unit_at.into_iter().flat_map(|at| rows.iter().map(move |row| (at, row))) {
            if row.text(at).is_empty() {
                let place = row.place(at).within(format!("column `{}`", self.sheet.heading(at)));
                let diagnostic = Diagnostic::error(code::METHOD_INPUT, place, "the row names no unit");
                told.push("", diagnostic, self.diagnostics);
            }
        }
        told.finish(self.diagnostics);
        let periods: Option<&Vec<Period>> = match order {
            Some(Order::Periods(periods)) => Some(periods),
            Some(Order::Numbers(_)) | None => None,
        };
        let observed = |(number, row): (usize, &Row)| Observed {
            by: bound.by.iter().map(|at| Part::Category(row.text(*at).into())).collect(),
            unit: Some(Part::Category(match unit_at {
                Some(at) => row.text(at).into(),
                None => label(rows, number, bound, self.method).into(),
            })),
            period: periods.and_then(|periods| periods.get(number).copied()),
        };
        Some(rows.iter().enumerate().map(observed).collect())
    }

    /// Reads a column of numbers.
    fn numbers(&mut self, rows: &[Row], at: usize) -> Option<Column> {
        let syntax = self.sheet.number_syntax(at, self.stated.numbers, &self.marks, &COMMAND, self.diagnostics)?;
        let mut told = Told::default();
        let mut values = Vec::with_capacity(rows.len());
        let heading = self.sheet.heading(at);
        for row in rows {
            let text = row.text(at);
            let value = match self.marks.reason(text) {
                Some(reason) => Err(reason),
                None => syntax.read(text).map(|number| number.amount).map_err(|fault| {
                    let (message, hint) = not_a_number(text, fault, &syntax, &COMMAND);
                    let place = row.place(at).within(format!("column `{heading}`"));
                    let diagnostic = Diagnostic::error(code::DATA_CELL, place, message).hint(hint);
                    told.push(heading, diagnostic, self.diagnostics);
                    Reason::Missing
                }),
            };
            values.push(value);
        }
        told.finish(self.diagnostics);
        Some(Column::new(heading, Unit::None, values))
    }

    /// Reports rows of one frame that stand for the same period, unit or flow: the method would take them for two.
    fn twice(&mut self, table: &Table, rows: &[Row], order: Option<&Order>) {
        let joins = table.observations.joins_periods(self.method);
        let labels = &table.observations.labels;
        let time = |at: usize| match order? {
            Order::Periods(periods) => periods.get(at).map(ToString::to_string),
            Order::Numbers(numbers) => numbers.get(at).map(ToString::to_string),
        };
        let labelled = |roles: &[&str], at: usize| -> Option<Vec<String>> {
            roles.iter().map(|role| labels.get(*role)?.get(at).cloned()).collect()
        };
        let own = |at: usize, observed: &Observed| match self.method.along {
            _ if joins => Some(("period", vec![time(at)?, observed.unit.as_ref()?.to_string()])),
            Along::Time => Some(("period", vec![time(at)?])),
            Along::Flows => Some(("flow", labelled(&["origin", "destination"], at)?)),
            Along::Units | Along::TwoPeriods | Along::Rows => Some(("unit", labelled(&["unit"], at)?)),
        };
        let mut seen = BTreeMap::new();
        for (at, observed) in table.observations.observed.iter().enumerate() {
            let Some((what, key)) = own(at, observed) else { continue };
            if let Some(first) = seen.insert((&observed.by, key), rows[at].line()) {
                let message = format!("stands for the same {what} as line {first}");
                let hint = "name the columns that tell the series apart: `--by COLUMN`; or take some rows: `--where`";
                self.refuse(rows[at].whole(), message, Some(hint.to_owned()));
                return;
            }
        }
    }

    /// Warns of a row that equals the sum of all others of its frame in every column: their total among them.
    fn totals(&mut self, table: &Table, rows: &[Row]) {
        if self.method.along == Along::Time {
            return;
        }
        let joins = table.observations.joins_periods(self.method);
        let mut frames: BTreeMap<(&Vec<Part>, Option<Period>), Vec<usize>> = BTreeMap::new();
        for (at, observed) in table.observations.observed.iter().enumerate() {
            frames.entry((&observed.by, observed.period.filter(|_| joins))).or_default().push(at);
        }
        let columns: Vec<&Column> = table.observations.numbers.values().flatten().collect();
        for frame in frames.values() {
            let Some((at, is_exact)) = total(frame, &columns) else { continue };
            let named = table.observations.labels.get("unit").map(|labels| labels[at].as_str());
            let name = named.map_or_else(|| "the row".to_owned(), |name| format!("`{name}`"));
            let but = if is_exact { "" } else { " but for rounding" };
            let message =
                format!("{name} equals the sum of all other rows{but}: a total is counted beside its own parts");
            let warning = Diagnostic::warning(code::DATA_TOTAL, rows[at].whole(), message);
            self.diagnostics.push(warning.hint("where it is their total, leave it out: `--where COLUMN!=VALUE`"));
        }
    }
}

/// Finds the row of a frame that equals the sum of the others in every column, and whether it does to the last place; two
/// parts make the first sum.
fn total(frame: &[usize], columns: &[&Column]) -> Option<(usize, bool)> {
    let known: Vec<Vec<&Amount>> = columns
        .iter()
        .map(|column| frame.iter().filter_map(|row| column.values.get(*row)?.as_ref().ok()).collect())
        .collect();
    if known.iter().any(|values| values.len() < 3) || known.iter().flatten().all(|value| value.is_zero()) {
        return None;
    }
    let in_all = |row: usize| -> Option<Vec<Sums>> {
        let one = |(column, values): (&&Column, &Vec<&Amount>)| {
            sums(values.iter().copied(), column.values.get(row)?.as_ref().ok()?)
        };
        columns.iter().zip(&known).map(one).collect()
    };
    frame.iter().find_map(|row| Some((*row, in_all(*row)?.iter().all(|sums| *sums == Sums::Exact))))
}

fn unit_of(bound: &Bound) -> Option<usize> {
    bound.labels.iter().find(|(role, _)| role.as_str() == "unit").map(|(_, at)| *at)
}

/// Says by what a row is known within its frame.
fn label(rows: &[Row], row: usize, bound: &Bound, method: &Method) -> String {
    match (unit_of(bound), bound.order) {
        (Some(at), _) if method.along != Along::Time => rows[row].text(at).to_owned(),
        (_, Some(at)) => rows[row].text(at).to_owned(),
        _ => (row + 1).to_string(),
    }
}

/// Returns the text of a file as messages about it show it, in lines that end in LF.
pub(super) fn shown(bytes: &[u8], stated: &Stated) -> Vec<u8> {
    match decode::text("", bytes, stated.encoding, &COMMAND) {
        Ok(text) => text.replace("\r\n", "\n").replace('\r', "\n").into_bytes(),
        Err(_) => bytes.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_takes_lists_ranges_and_exclusions() {
        let holds = |text: &str, cell: &str| {
            Condition::parse(text).is_ok_and(|condition| condition.holds(cell, &NumberSyntax::default()))
        };
        assert!(holds("year=2013..2022", "2015") && !holds("year=2013..2022", "2023"));
        assert!(holds("region=A|B", "B") && !holds("region=A|B", "C"));
        assert!(holds("region!=KZ", "A") && !holds("region!=KZ", "KZ"));
        assert!(holds("month=янв. 2020..2020-03", "01.02.2020") && !holds("month=2020-01..2020-03", "апрель 2020"));
    }
}
