//! Sums: which printed numbers are the parts of which, and whether only rounding parts them from their printed total.

use super::{Column, Entry, Figure, Label, Misfit, Table, scaled};
use crate::diagnostic::did_you_mean;
use crate::files::Spanned;
use crate::finding::{Amount, Reason, Unit};
use crate::study::{Ordered, Text};

/// A total and its parts as the author declares them.
type Declared = Ordered<Spanned<Vec<String>>>;

/// A row and a column of a table.
type Place = (usize, usize);

/// A total and its parts, by their places.
struct Line {
    total: Place,
    parts: Vec<Place>,
}

/// How parts and a total agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// Something is missing or not exact, so nothing can be said.
    Unknown,
    /// The exact values do not add up.
    Off,
    /// They add up, and so do the printed ones.
    Even,
    /// They add up, but the printed ones do not.
    Rounded,
}

/// Settles whether a table needs the note on rounding; what is declared but does not add up is returned as remarks.
pub(super) fn settle(table: &mut Table, declared: &Declared) -> Result<Vec<String>, Misfit> {
    let mut remarks = Vec::new();
    let mut rounded = false;
    for (total, parts) in &declared.0 {
        let lines = declared_lines(table, total, parts)?;
        let fits: Vec<Fit> = lines.iter().map(|line| fit(table, line, false)).collect();
        rounded |= fits.contains(&Fit::Rounded);
        if let Some(at) = fits.iter().position(|fit| *fit == Fit::Off) {
            let (row, column) = lines[at].total;
            let place = format!("{}, {}", table.rows[row].label.key(), table.columns[column].label.key());
            remarks.push(format!("the parts of `{}` do not add up to it at {place}", total));
        }
    }
    let seen = countries(table);
    rounded |= seen.iter().any(|line| fit(table, line, true) == Fit::Rounded);
    table.rounded = rounded || wholes(table).any(|line| fit(table, &line, false) == Fit::Rounded);
    Ok(remarks)
}

/// Columns that are the sum of all others of their unit in every row, and rows that are the sum of all others in every
/// column: a whole that nobody had to declare.
fn wholes(table: &Table) -> impl Iterator<Item = Line> {
    let (rows, columns) = (0..table.rows.len(), 0..table.columns.len());
    let like = |a: usize, b: usize| a != b && table.columns[a].unit == table.columns[b].unit;
    let additive: Vec<usize> = columns.filter(|column| additive(table.columns[*column].unit)).collect();
    let across = additive.iter().map(|total| {
        let others: Vec<usize> = additive.iter().copied().filter(|other| like(*total, *other)).collect();
        let parts = |row: usize| others.iter().map(|column| (row, *column)).collect();
        rows.clone().map(|row| Line { total: (row, *total), parts: parts(row) }).collect::<Vec<_>>()
    });
    let down = rows.clone().map(|total| {
        let parts = |column: usize| rows.clone().filter(|row| *row != total).map(|row| (row, column)).collect();
        additive.iter().map(|column| Line { total: (total, *column), parts: parts(*column) }).collect::<Vec<_>>()
    });
    // Most are none, which their first line tells.
    let holds =
        |lines: &Vec<Line>| lines.iter().all(|line| matches!(fit(table, line, false), Fit::Even | Fit::Rounded));
    across.chain(down).filter(holds).flatten().collect::<Vec<_>>().into_iter()
}

/// The same for a figure: its series, and the total that a chart of components draws.
pub(super) fn settle_figure(figure: &mut Figure, declared: &Declared) -> Result<Vec<String>, Misfit> {
    let mut table = figure.table();
    let remarks = settle(&mut table, declared)?;
    let total = figure.chart.shape().has_total();
    let drawn = total && {
        let last = table.columns.len() - 1;
        let line = |row: usize| Line { total: (row, last), parts: (0..last).map(|column| (row, column)).collect() };
        (0..table.rows.len()).any(|row| fit(&table, &line(row), false) == Fit::Rounded)
    };
    figure.rounded = table.rounded || drawn;
    Ok(remarks)
}

/// Finds what an author declares among the columns, or else among the rows.
fn declared_lines(table: &Table, total: &str, parts: &Spanned<Vec<String>>) -> Result<Vec<Line>, Misfit> {
    let columns: Vec<String> = table.columns.iter().map(|column| column.label.key()).collect();
    let rows: Vec<String> = table.rows.iter().map(|row| row.label.key()).collect();
    let names: Vec<&str> = std::iter::once(total).chain(parts.value.iter().map(String::as_str)).collect();
    let wrong = |message: String, hint: Option<String>| {
        let text = Text::new(total.to_owned(), parts.referenced, parts.defined);
        Err(Misfit::Entry(Box::new((text, message, hint))))
    };
    if parts.value.is_empty() {
        return wrong(format!("`adds_up` gives no parts of `{total}`"), None);
    }
    let find = |keys: &[String]| -> Result<Vec<usize>, String> {
        let place = |name: &&str| keys.iter().position(|key| key == name).ok_or_else(|| (*name).to_owned());
        names.iter().map(place).collect()
    };
    let lines = |found: Vec<usize>, across: usize, place: &dyn Fn(usize, usize) -> Place| {
        let parts = |at: usize| found[1..].iter().map(|part| place(at, *part)).collect();
        (0..across).map(|at| Line { total: place(at, found[0]), parts: parts(at) }).collect()
    };
    match (find(&columns), find(&rows)) {
        (Ok(found), _) => Ok(lines(found, rows.len(), &|row, column| (row, column))),
        (_, Ok(found)) => Ok(lines(found, columns.len(), &|column, row| (row, column))),
        (Err(first), Err(second)) => {
            // The side that knows the total is the one that was meant.
            let unknown = if columns.iter().any(|key| key == total) { first } else { second };
            let hint = did_you_mean(&unknown, columns.iter().chain(&rows).map(String::as_str));
            wrong(format!("`adds_up` names `{unknown}`, which stands beside no such column or row"), hint)
        }
    }
}

/// The country and what stands beside it, down each column and along each row.
fn countries(table: &Table) -> Vec<Line> {
    let territory = |label: &Label| label.territory().is_some();
    let mut found = Vec::new();
    if let Some(total) = table.rows.iter().position(|row| row.label.is_country()) {
        let others: Vec<usize> =
            (0..table.rows.len()).filter(|row| *row != total && territory(&table.rows[*row].label)).collect();
        let columns = (0..table.columns.len()).filter(|column| additive(table.columns[*column].unit));
        found.extend(columns.map(|c| Line { total: (total, c), parts: others.iter().map(|row| (*row, c)).collect() }));
    }
    if let Some(total) = table.columns.iter().position(|column| column.label.is_country()) {
        let other = |column: &Column| !column.label.is_country() && territory(&column.label);
        let others: Vec<usize> = (0..table.columns.len()).filter(|c| other(&table.columns[*c])).collect();
        let rows = (0..table.rows.len()).filter(|_| additive(table.columns[total].unit));
        found.extend(
            rows.map(|r| Line { total: (r, total), parts: others.iter().map(|column| (r, *column)).collect() }),
        );
    }
    found
}

/// Measures of which regions make up a country: numbers of people, and shares of one total.
fn additive(unit: Unit) -> bool {
    matches!(unit, Unit::Persons | Unit::PersonsPerYear | Unit::Count | Unit::Percent)
}

/// Compares exact and printed sums. Where the sum was only `seen`, a part that does not exist adds nothing.
fn fit(table: &Table, line: &Line, seen: bool) -> Fit {
    let value = |(row, column): Place| {
        let entry = table.rows[row].entries.get(column).ok_or(Reason::Missing)?;
        let print = if let Entry::Own { print, .. } = entry { print } else { &table.columns[column] };
        let value = entry.mark().ok_or(Reason::Missing)?.value.as_ref();
        value.map(|amount| (amount, as_printed(amount, print))).map_err(|reason| *reason)
    };
    let Ok((whole, whole_printed)) = value(line.total) else { return Fit::Unknown };
    let mut exact = Amount::Integer(0);
    let mut printed = Amount::Integer(0);
    let mut count = 0;
    for part in &line.parts {
        match value(*part) {
            Ok((amount, as_printed)) => {
                exact = exact.plus(amount);
                printed = printed.plus(&as_printed);
                count += 1;
            }
            Err(Reason::NoPhenomenon | Reason::NotApplicable) => {}
            Err(_) if seen => {}
            Err(_) => return Fit::Unknown,
        }
    }
    if count < 2 || !exact.is_exact() || !whole.is_exact() {
        return Fit::Unknown;
    }
    match exact.minus(whole).is_zero() {
        false => Fit::Off,
        true if printed.minus(&whole_printed).is_zero() => Fit::Even,
        true => Fit::Rounded,
    }
}

/// What a reader reads: the number rounded in its scale, back in its unit.
fn as_printed(amount: &Amount, column: &Column) -> Amount {
    let back = Amount::Integer(1000i64.pow(u32::from(column.thousands)));
    scaled(amount, column.thousands).round(column.decimals).to_amount().times(&back)
}

#[cfg(test)]
mod tests {
    use super::super::{Mark, Row};
    use super::*;
    use crate::finding::{Class, Code, Status};

    fn table(labels: [&str; 3], values: [i64; 3]) -> Table {
        let mark = |value: i64| Mark {
            number: String::new(),
            finding: None,
            value: Ok(Amount::Integer(value)),
            class: Class::Level,
            status: Status::Published,
            fallback: false,
            observed: Default::default(),
        };
        let label = |text: &str| match Code::parse(text) {
            Some(code) if text.len() == 2 => Label::Country(code),
            Some(code) => Label::Territory(code),
            None => Label::Word(format!("rows.{text}")),
        };
        let label_column = Label::Word("columns.value".to_owned());
        let column = Column { label: label_column, unit: Unit::Persons, thousands: 1, decimals: 0 };
        let row = |(text, value): (&str, i64)| Row { label: label(text), entries: vec![Entry::Mark(mark(value))] };
        let rows = labels.into_iter().zip(values).map(row).collect();
        Table { id: "t".to_owned(), columns: vec![column], rows, groups: Vec::new(), rounded: false }
    }

    fn declared() -> Declared {
        let place = serde_yaml::Location::UNKNOWN;
        Ordered(vec![("whole".to_owned(), Spanned::new(vec!["a".to_owned(), "b".to_owned()], place, place))])
    }

    #[test]
    fn rounding_is_noted_where_exact_values_add_up_and_printed_ones_do_not() {
        // 1 400 + 1 400 = 2 800 is printed as 1 + 1 = 3.
        for (values, wanted) in [
            ([2800, 1400, 1400], true),
            ([3000, 1000, 2000], false),
            // What does not add up is no matter of rounding.
            ([2900, 1400, 1400], false),
            ([9000, 1400, 1400], false),
        ] {
            let mut seen = table(["KZ", "KZ-91", "KZ-92"], values);
            assert!(settle(&mut seen, &Ordered::default()).expect("nothing is declared").is_empty());
            assert_eq!(seen.rounded, wanted, "{values:?}");
            let mut told = table(["whole", "a", "b"], values);
            let remarks = settle(&mut told, &declared()).expect("rows that there are");
            assert_eq!(told.rounded, wanted, "{values:?}");
            assert_eq!(remarks.is_empty(), values[0] == values[1] + values[2], "{remarks:?}");
        }
    }

    #[test]
    fn a_row_that_is_the_exact_sum_of_all_others_needs_no_declaration() {
        for (values, wanted) in [([2800, 1400, 1400], true), ([2801, 1400, 1400], false)] {
            let mut table = table(["whole", "a", "b"], values);
            settle(&mut table, &Ordered::default()).expect("nothing is declared");
            assert_eq!(table.rounded, wanted, "{values:?}");
        }
    }
}
