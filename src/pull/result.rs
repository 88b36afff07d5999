//! Result: what a query returned, as the bytes of a snapshot.

use csv::WriterBuilder;

use super::decimal::Decimal;

/// What a column of a result holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, codes, dates.
    Text,
    /// Exact numbers.
    Number,
}

/// The rows that a query returned, in the order of their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The columns.
    pub heads: Vec<(String, Kind)>,
    /// The rows; a missing number is empty.
    pub rows: Vec<Vec<String>>,
    /// Records that were read, where the engine says so.
    pub read: Option<u64>,
    /// Records that counted, where the engine says so.
    pub kept: Option<u64>,
    /// How many records lacked the number of a measure.
    pub lacking: Vec<(String, u64)>,
    /// Columns with a value of a test that no record had, where the engine says so.
    pub unmet: Vec<(String, String)>,
    /// Columns with a value of a test, and what a record holds that is its number in other digits.
    pub respelled: Vec<(String, String, String)>,
}

impl Returned {
    /// Puts the rows into the order of their texts: engines return theirs in any.
    pub fn sort(&mut self) {
        self.rows.sort();
    }

    /// Brings what a database returned into the form that a pass over files gives it: dimensions before measures, each in
    /// the order of their names, and numbers written one way. The message for a number that is none, or too long.
    pub fn settle(&mut self, is_measure: impl Fn(&str) -> bool) -> Result<(), String> {
        let mut order: Vec<usize> = (0..self.heads.len()).collect();
        order.sort_by(|a, b| {
            let of = |at: &usize| (is_measure(&self.heads[*at].0), &self.heads[*at].0);
            of(a).cmp(&of(b))
        });
        let measures: Vec<bool> = order.iter().map(|at| is_measure(&self.heads[*at].0)).collect();
        let head = |(at, is_measure): (&usize, &bool)| {
            (self.heads[*at].0.clone(), if *is_measure { Kind::Number } else { Kind::Text })
        };
        self.heads = order.iter().zip(&measures).map(head).collect();
        for row in &mut self.rows {
            let mut settled = Vec::with_capacity(row.len());
            for ((at, is_measure), (name, _)) in order.iter().zip(&measures).zip(&self.heads) {
                let cell = std::mem::take(&mut row[*at]);
                settled.push(match (is_measure, cell.is_empty()) {
                    (true, false) => match Decimal::parse(cell.as_bytes()) {
                        Some(number) => number.to_string(),
                        None => return Err(format!("`{cell}` in column `{name}` is no number of at most 38 digits")),
                    },
                    // A text of fixed width comes filled up with blanks.
                    _ => cell.trim_end().to_owned(),
                });
            }
            *row = settled;
        }
        self.sort();
        Ok(())
    }

    /// Writes the snapshot: comma-separated, UTF-8, lines that end in LF.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(self.heads.iter().map(|(name, _)| name))?;
        for row in &self.rows {
            writer.write_record(row)?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }
}
