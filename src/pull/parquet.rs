//! Parquet: records in columns, handed to the same queries as records of text.

use std::fs::File as Stored;
use std::io;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::SchemaRef;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::arrow;
use super::groups::Record;
use super::records::{Bytes, File, Hashed, PULSE, Taken};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::files::limits::{QUERY_GROUPS, RECORD_BYTES};

/// How many records are in memory at a time.
const BATCH: usize = 4096;

const UNREADABLE: &str = "look whether the file is whole: its writer may have been stopped";

const UNCAST: &str = "write the column as whole or decimal numbers, texts or dates";

/// The records of a file, of the columns that are asked for.
struct Opened {
    batches: ParquetRecordBatchReader,
    schema: SchemaRef,
}

fn heads(file: &Stored) -> Result<(ParquetRecordBatchReaderBuilder<Stored>, Vec<String>), String> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file.try_clone().map_err(said)?).map_err(said)?;
    let heads = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
    Ok((builder, heads))
}

fn opened(builder: ParquetRecordBatchReaderBuilder<Stored>, wanted: &[usize]) -> Result<Opened, String> {
    let mask = ProjectionMask::roots(builder.parquet_schema(), wanted.iter().copied());
    let batches = builder.with_projection(mask).with_batch_size(BATCH).build().map_err(said)?;
    Ok(Opened { schema: batches.schema(), batches })
}

fn said(error: impl std::fmt::Display) -> String {
    format!("cannot be read: {error}")
}

impl File<'_> {
    fn fail_at(&mut self, record: Option<u64>, message: impl Into<String>, hint: &str) {
        let place = Place::file(self.path);
        let place = match record {
            Some(record) => place.within(format!("record {record}")),
            None => place,
        };
        let problem = Diagnostic::error(code::DATA_PULL, place, message).hint(hint);
        self.problems.push(hint, problem, self.diagnostics);
    }

    /// Reads all records; `None` where the file cannot be read to its end.
    pub(super) fn read_parquet(
        &mut self,
        mut hashed: Hashed<'_>,
        read: &mut u64,
        told: &mut dyn FnMut(u64),
    ) -> Option<Taken> {
        // The hash is of the whole file, of which the queries may need a part.
        let whole = io::copy(&mut hashed, &mut io::sink());
        let opened = match (&hashed.bytes, whole) {
            (_, Err(error)) => Err(said(error)),
            (Bytes::Flowing(_), _) => Err("cannot be read: Parquet is read from a file alone".to_owned()),
            (Bytes::Lying(file), Ok(_)) => heads(file),
        };
        let (builder, heads) = match opened {
            Ok(opened) => opened,
            Err(message) => {
                self.fail_at(None, message, UNREADABLE);
                return None;
            }
        };
        let columns = self.columns(&heads)?;
        let mut wanted: Vec<usize> = columns.iter().flatten().copied().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut opened = match self::opened(builder, &wanted) {
            Ok(opened) => opened,
            Err(message) => {
                self.fail_at(None, message, UNREADABLE);
                return None;
            }
        };
        for field in opened.schema.fields() {
            if let Err(why) = arrow::holds(field) {
                self.fail_at(None, format!("column `{}` {why}", field.name()), UNCAST);
                return None;
            }
        }
        // The records hold the columns that are wanted, in the order of the file.
        let stands = |at: &usize| wanted.partition_point(|wanted| wanted < at);
        let columns: Vec<Vec<usize>> = columns.iter().map(|own| own.iter().map(stands).collect()).collect();
        let rows = self.records(&mut opened, &columns, read, told)?;
        Some(hashed.taken(self.path, rows))
    }

    fn records(
        &mut self,
        opened: &mut Opened,
        columns: &[Vec<usize>],
        read: &mut u64,
        told: &mut dyn FnMut(u64),
    ) -> Option<u64> {
        let (mut rows, mut bytes, mut ends) = (0, Vec::new(), Vec::new());
        for batch in &mut opened.batches {
            let batch = match batch {
                Ok(batch) => batch,
                Err(error) => {
                    self.fail_at(Some(rows + 1), said(error), UNREADABLE);
                    return None;
                }
            };
            for at in 0..batch.num_rows() {
                rows += 1;
                *read += 1;
                if let Err((column, why)) = lay(&batch, at, &mut bytes, &mut ends) {
                    self.fail_at(Some(rows), format!("column `{column}` {why}"), UNCAST);
                    continue;
                }
                for (message, hint) in self.take(columns, &Record { bytes: &bytes, start: 0, ends: &ends, between: 0 })
                {
                    self.fail_at(Some(rows), message, hint);
                }
                if read.is_multiple_of(PULSE) {
                    told(*read);
                }
            }
        }
        Some(rows)
    }
}

/// Lays the fields of a record one behind another.
fn lay(batch: &RecordBatch, at: usize, bytes: &mut Vec<u8>, ends: &mut Vec<usize>) -> Result<(), (String, String)> {
    bytes.clear();
    ends.clear();
    let name = |column: usize| batch.schema().field(column).name().clone();
    for (number, column) in batch.columns().iter().enumerate() {
        arrow::write(column, at, bytes).map_err(|why| (name(number), why))?;
        if bytes.len() > RECORD_BYTES {
            return Err((name(number), format!("makes a record longer than {RECORD_BYTES} bytes")));
        }
        ends.push(bytes.len());
    }
    Ok(())
}

/// Writes all rows of a file as delimited text, with how many they are; the message for what has no exact text.
///
/// # Errors
///
/// A message where the file cannot be read, has a column without exact text, or more rows than a snapshot may.
pub fn as_text(file: &Stored) -> Result<(Vec<u8>, usize), String> {
    let (builder, heads) = heads(file)?;
    for field in builder.schema().fields() {
        arrow::holds(field).map_err(|why| format!("column `{}` {why}; {UNCAST}", field.name()))?;
    }
    let batches = builder.with_batch_size(BATCH).build().map_err(said)?;
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(&heads).map_err(said)?;
    let mut rows = 0;
    let (mut bytes, mut ends) = (Vec::new(), Vec::new());
    for batch in batches {
        let batch = batch.map_err(said)?;
        rows += batch.num_rows();
        if rows > QUERY_GROUPS {
            return Err(format!("has more than {QUERY_GROUPS} rows; group them first, by a query"));
        }
        for at in 0..batch.num_rows() {
            lay(&batch, at, &mut bytes, &mut ends).map_err(|(column, why)| format!("column `{column}` {why}"))?;
            let record = Record { bytes: &bytes, start: 0, ends: &ends, between: 0 };
            writer.write_record((0..record.count()).map(|field| record.field(field))).map_err(said)?;
        }
    }
    writer.into_inner().map(|text| (text, rows)).map_err(|error| said(error.error()))
}
