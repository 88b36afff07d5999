//! Guess: the delimiter of a text that states none.

use super::{Dialect, records};

/// How many rows show which delimiter a file has.
const ROWS_TO_GUESS_BY: usize = 200;

/// Guesses the delimiter of a file that states none: the one by which all first rows have as many cells as the header;
/// a tab or semicolon before a comma, which also stands in numbers and prose. Where titles stand above a table, the one by
/// which most rows have as many cells.
pub fn guessed_delimiter(text: &str) -> char {
    let widths = |delimiter: char| -> Vec<usize> {
        let dialect = Dialect { delimiter, ..Dialect::default() };
        let rows = records("", text, &dialect).take(ROWS_TO_GUESS_BY);
        rows.filter_map(|record| Some(record.ok()?.1.len())).collect()
    };
    let found = ['\t', ';', '|', ','].map(|delimiter| (delimiter, widths(delimiter)));
    let is_even = |rows: &[usize]| rows.first().is_some_and(|first| *first > 1 && rows.iter().all(|own| own == first));
    let commonest = |rows: &[usize]| {
        let count = |width: &usize| rows.iter().filter(|own| *own == width).count();
        rows.iter().filter(|width| **width > 1).map(|width| (count(width), *width)).max().unwrap_or((0, 0))
    };
    let even = found.iter().find(|(_, rows)| is_even(rows));
    // In ragged rows too a comma between digits is that of a decimal, where most rows have another mark.
    let lines: Vec<&str> = text.lines().take(ROWS_TO_GUESS_BY).filter(|line| !line.trim().is_empty()).collect();
    let ragged = ['\t', ';', '|'].into_iter().find(|mark| {
        let own: Vec<&&str> = lines.iter().filter(|line| line.contains(*mark)).collect();
        own.len() * 2 > lines.len() && own.iter().all(|line| only_decimal(line))
    });
    if even.is_none()
        && let Some(mark) = ragged
    {
        return mark;
    }
    // Rows that do not fit are told.
    let most = || found.iter().rev().max_by_key(|(_, rows)| commonest(rows)).filter(|(_, rows)| commonest(rows).0 > 0);
    even.or_else(most).map_or(',', |(delimiter, _)| *delimiter)
}

/// Says whether each comma of a line stands between two digits.
fn only_decimal(line: &str) -> bool {
    let is_digit = |at: Option<usize>| at.and_then(|at| line.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    line.match_indices(',').all(|(at, _)| is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_fits_all_rows() {
        for (text, wanted) in [
            ("a,b\n1,2\n", ','),
            ("a;b\n1,5;2,5\n", ';'),
            ("год;доля, %\n2020;1,5\n", ';'),
            ("a\tb\n1\t2,5\n", '\t'),
            ("\"a;b\",c\n1,2\n", ','),
            ("a|b\n1|2\n", '|'),
            ("a\n1\n", ','),
            ("a;b\n1;2;3\n", ';'),
            ("Births\nin thousands\nplace;2021;2022\nA;1,5;2,5\nB;3,5;4\n", ';'),
            ("Births, in thousands\n\nplace;2021;2022\nA;1;2\n", ';'),
            ("a,b\n1,\"x;y\nz\"\n", ','),
            ("Pay, a month\nR;2020;2021\nA;1,5;2,5;\nB;3,5\nC;1,5;2,25;;;\n", ';'),
        ] {
            assert_eq!(guessed_delimiter(text), wanted, "{text:?}");
        }
    }
}
