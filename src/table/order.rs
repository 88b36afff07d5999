//! Order: the column that orders the rows of a table, read whole: periods of one length, or numbers.

use super::number::NumberSyntax;
use crate::finding::{Amount, Period};
use crate::language;

/// The order of rows. Both kinds sort in one total order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Periods of one length; whole numbers count as years.
    Periods(Vec<Period>),
    /// Numbers.
    Numbers(Vec<Amount>),
}

/// Why a column orders nothing: the place in it of the cell that is told of, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disorder {
    /// The place in the column.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

impl Order {
    /// Reads a column whole.
    pub fn read(cells: &[&str]) -> Result<Order, Disorder> {
        let refuse = |at: usize, message: String| Err(Disorder { at, message });
        if let Some(at) = cells.iter().position(|cell| cell.is_empty()) {
            return refuse(at, "the cell that orders the row is empty".to_owned());
        }
        let periods: Vec<Option<Period>> = cells.iter().map(|cell| language::period(cell)).collect();
        let numbers = || -> Option<Vec<Amount>> {
            let syntax = NumberSyntax::default().settled(cells.iter().copied()).ok()?;
            cells.iter().map(|cell| syntax.read(cell).ok().map(|number| number.amount)).collect()
        };
        let strays: Vec<usize> = (0..cells.len()).filter(|at| periods[*at].is_none()).collect();
        let Some(stray) = strays.first().copied() else {
            let periods: Vec<Period> = periods.into_iter().flatten().collect();
            let other = periods.iter().position(|period| length(*period) != length(periods[0]));
            return match other {
                None => Ok(Order::Periods(periods)),
                Some(at) => {
                    let (own, first) = (length(periods[at]), length(periods[0]));
                    refuse(
                        at,
                        format!("`{}` is a {own}, and `{}` a {first}: the rows have no one step", cells[at], cells[0]),
                    )
                }
            };
        };
        if let Some(numbers) = numbers() {
            let years: Option<Vec<Period>> =
                numbers.iter().map(|number| Some(Period::of_year(number.to_i64()?.try_into().ok()?))).collect();
            return Ok(years.map_or(Order::Numbers(numbers), Order::Periods));
        }
        match periods.iter().position(Option::is_some).filter(|_| strays.len() < cells.len()) {
            Some(at) => refuse(stray, format!("`{}` is not a period, as `{}` is", cells[stray], cells[at])),
            None => {
                let number = |cell: &str| {
                    let syntax = NumberSyntax::default().settled([cell].into_iter());
                    syntax.is_ok_and(|syntax| syntax.read(cell).is_ok())
                };
                let at = cells.iter().position(|cell| !number(cell)).unwrap_or(stray);
                refuse(at, format!("`{}` is neither a period nor a number", cells[at]))
            }
        }
    }
}

fn length(period: Period) -> &'static str {
    match (period.day(), period.month(), period.quarter()) {
        (Some(_), ..) => "day",
        (None, Some(_), _) => "month",
        (None, None, Some(_)) => "quarter",
        (None, None, None) => "year",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever the labels are, they are refused at one of them, or all orders of the rows sort into one.
        #[test]
        fn what_is_read_has_one_total_order(cells in prop::collection::vec("[0-9]{1,4}([-.,xQ][0-9]{1,2})?|янв\\. 20[0-9]{2}", 1..80)) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let reversed: Vec<&str> = cells.iter().rev().copied().collect();
            match (Order::read(&cells), Order::read(&reversed)) {
                (Ok(Order::Periods(mut one)), Ok(Order::Periods(mut other))) => {
                    one.sort();
                    other.sort();
                    prop_assert_eq!(one, other);
                }
                (Ok(Order::Numbers(mut one)), Ok(Order::Numbers(mut other))) => {
                    one.sort();
                    other.sort();
                    prop_assert!(one.windows(2).all(|pair| pair[0] <= pair[1]));
                    prop_assert_eq!(one, other);
                }
                (Err(one), Err(other)) => prop_assert!(one.at < cells.len() && other.at < cells.len()),
                (one, other) => prop_assert!(false, "{:?} {:?}", one, other),
            }
        }
    }

    #[test]
    fn a_column_is_read_whole_or_refused_at_a_cell() {
        let periods = |cells: &[&str]| match Order::read(cells) {
            Ok(Order::Periods(periods)) => periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            other => panic!("{other:?}"),
        };
        assert_eq!(periods(&["2020", "2021 г.", "2019"]), "2020 2021 2019");
        assert_eq!(periods(&["янв. 2020", "қаңтар 2021", "Feb 2020"]), "2020-01 2021-01 2020-02");
        assert_eq!(periods(&["I кв. 2020", "2020-Q2"]), "2020-Q1 2020-Q2");
        assert_eq!(periods(&["1", "2", "-3"]), "1 2 -3");
        let number = |text: &str| Amount::parse(text).expect("a decimal");
        assert_eq!(
            Order::read(&["0,5", "1", "-2,25"]),
            Ok(Order::Numbers(vec![number("0.5"), number("1"), number("-2.25")]))
        );
        for (cells, at, said) in [
            (&["93-", "908x"][..], 0, "`93-` is neither a period nor a number"),
            (&["1", "2", "x"], 2, "`x` is neither a period nor a number"),
            (&["2020", "2021", "всего"], 2, "`всего` is not a period, as `2020` is"),
            (&["2020", "2020-Q1"], 1, "`2020-Q1` is a quarter, and `2020` a year: the rows have no one step"),
            (&["2020", ""], 1, "the cell that orders the row is empty"),
            (&["2020-01-01", "01/02/2020"], 1, "`01/02/2020` is not a period, as `2020-01-01` is"),
        ] {
            assert_eq!(Order::read(cells), Err(Disorder { at, message: said.to_owned() }), "{cells:?}");
        }
    }
}
