//! Result: what a query returned, as the bytes of a snapshot.

use csv::WriterBuilder;

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
}

impl Returned {
    /// Puts the rows into the order of their texts and numbers: engines return theirs in any.
    pub fn sort(&mut self) {
        self.rows.sort();
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
