//! Records: one pass over delimited text, in memory that does not grow with it.

use std::hash::BuildHasher;
use std::io::{self, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use flate2::read::MultiGzDecoder;
use hashbrown::{DefaultHashBuilder, HashTable};
use sha2::{Digest, Sha256};

use super::decimal::Decimal;
use super::plan::{Plan, What};
use super::result::Returned;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::limits::{QUERY_GROUPS, QUERY_TEXT, RECORD_BYTES};
use crate::table::Told;

/// A file of records.
pub struct Source<'a> {
    /// Its path, as diagnostics name it; `.gz` is unpacked.
    pub path: String,
    /// Its bytes.
    pub bytes: Box<dyn Read + 'a>,
}

/// What was read of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its path.
    pub path: String,
    /// Its size, packed as it is.
    pub bytes: u64,
    /// The SHA-256 of it, packed as it is.
    pub hash: String,
    /// Its records.
    pub rows: u64,
}

/// The bytes of a file, hashed as they pass.
struct Hashed<'a> {
    bytes: Box<dyn Read + 'a>,
    hash: Sha256,
    count: u64,
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        self.hash.update(&buffer[..count]);
        self.count += count as u64;
        Ok(count)
    }
}

enum Unpacked<'a> {
    Plain(Hashed<'a>),
    Gzip(Box<MultiGzDecoder<Hashed<'a>>>),
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Unpacked::Plain(plain) => plain.read(buffer),
            Unpacked::Gzip(packed) => packed.read(buffer),
        }
    }
}

/// Runs queries over files in one pass, the records of all read once; reports what cannot be read, and returns nothing then.
///
/// `told` is called now and then with the number of records read so far.
pub fn pass<'a>(
    sources: impl Iterator<Item = io::Result<Source<'a>>>,
    delimiter: u8,
    plans: &[Plan],
    told: &mut dyn FnMut(u64),
    diagnostics: &mut Diagnostics,
) -> Option<(Vec<Returned>, Vec<Taken>)> {
    let mut states: Vec<State> = plans.iter().map(State::of).collect();
    let mut taken = Vec::new();
    let mut problems = Told::default();
    let mut is_whole = true;
    let mut read = 0;
    for source in sources {
        let source = match source {
            Ok(source) => source,
            Err(error) => {
                diagnostics.push(Diagnostic::error(code::DATA_PULL, Place::default(), error.to_string()));
                is_whole = false;
                continue;
            }
        };
        let mut file = File { path: &source.path, plans, states: &mut states, problems: &mut problems, diagnostics };
        let hashed = Hashed { bytes: source.bytes, hash: Sha256::new(), count: 0 };
        match file.read(hashed, delimiter, &mut read, told) {
            Some(one) => taken.push(one),
            None => is_whole = false,
        }
    }
    problems.finish(diagnostics);
    if !is_whole || diagnostics.verdict().is_err() {
        return None;
    }
    let returned = plans.iter().zip(states).map(|(plan, state)| state.returned(plan, read)).collect();
    Some((returned, taken))
}

/// How many records pass between two words on how far it is.
const PULSE: u64 = 1 << 18;

/// The most columns of a file of records.
const COLUMNS: usize = 4096;

struct File<'a> {
    path: &'a str,
    plans: &'a [Plan],
    states: &'a mut Vec<State>,
    problems: &'a mut Told,
    diagnostics: &'a mut Diagnostics,
}

impl File<'_> {
    fn fail(&mut self, line: u64, message: impl Into<String>, hint: &str) {
        let place = Place::line(self.path, usize::try_from(line).unwrap_or(usize::MAX), 1);
        let problem = Diagnostic::error(code::DATA_PULL, place, message);
        self.problems.push(hint, problem.hint(hint), self.diagnostics);
    }

    /// Reads all records; `None` where the file cannot be read to its end.
    fn read(&mut self, hashed: Hashed<'_>, delimiter: u8, read: &mut u64, told: &mut dyn FnMut(u64)) -> Option<Taken> {
        let is_packed = self.path.ends_with(".gz");
        let mut bytes =
            if is_packed { Unpacked::Gzip(Box::new(MultiGzDecoder::new(hashed))) } else { Unpacked::Plain(hashed) };
        let mut records = Records::new(delimiter);
        let heads = match records.next(&mut bytes) {
            Ok(Some(heads)) => heads.texts(),
            Ok(None) => {
                self.fail(1, "the file is empty", "a file of records begins with a line that names its columns");
                return None;
            }
            Err(error) => {
                self.fail(1, format!("cannot be read: {error}"), UNREADABLE);
                return None;
            }
        };
        let columns = self.columns(&heads)?;
        let mut rows = 0;
        loop {
            let line = records.line();
            match records.next(&mut bytes) {
                Ok(None) => break,
                // An empty line is no record.
                Ok(Some(record)) if record.count() == 1 && record.field(0).is_empty() => {}
                Ok(Some(record)) if record.count() != heads.len() => {
                    let message = format!("the record has {} fields, the first line {}", record.count(), heads.len());
                    self.fail(line, message, "a field that holds the delimiter stands in quotation marks");
                }
                Ok(Some(record)) => {
                    rows += 1;
                    *read += 1;
                    let states = self.plans.iter().zip(self.states.iter_mut()).zip(&columns);
                    let failed = states.filter_map(|((plan, state), own)| state.take(plan, own, &record).err());
                    for (message, hint) in failed.collect::<Vec<_>>() {
                        self.fail(line, message, hint);
                    }
                    if read.is_multiple_of(PULSE) {
                        told(*read);
                    }
                }
                Err(error) => {
                    self.fail(line, format!("cannot be read on from here: {error}"), UNREADABLE);
                    return None;
                }
            }
        }
        let hashed = match bytes {
            Unpacked::Plain(hashed) => hashed,
            Unpacked::Gzip(packed) => packed.into_inner(),
        };
        let hash = format!("sha256:{:x}", Hexadecimal(&hashed.hash.finalize()));
        Some(Taken { path: self.path.to_owned(), bytes: hashed.count, hash, rows })
    }

    /// Finds the columns of each query in the heads of the file.
    fn columns(&mut self, heads: &[String]) -> Option<Vec<Vec<usize>>> {
        let twice: Vec<&String> =
            heads.iter().enumerate().filter(|(at, head)| heads[..*at].contains(head)).map(|(_, head)| head).collect();
        let mut is_known = true;
        let mut found = Vec::new();
        for plan in self.plans {
            let mut list = Vec::new();
            for column in &plan.columns {
                match heads.iter().position(|head| head == column) {
                    Some(at) if !twice.contains(&column) => list.push(at),
                    Some(_) => {
                        is_known = false;
                        let message = format!("two columns are called `{column}`, which `{}` reads", plan.name);
                        self.fail(1, message, "name each column once");
                    }
                    None => {
                        is_known = false;
                        let message = format!("no column is called `{column}`, which `{}` reads", plan.name);
                        let hint = format!("its columns are {}", heads.join(", "));
                        self.fail(1, message, &hint);
                    }
                }
            }
            found.push(list);
        }
        is_known.then_some(found)
    }
}

const UNREADABLE: &str = "look whether the file is whole, is UTF-8 text, and closes what its quotation marks open";

struct Hexadecimal<'a>(&'a [u8]);

impl std::fmt::LowerHex for Hexadecimal<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

/// A reader of records with buffers that never grow.
struct Records {
    reader: Reader,
    input: Vec<u8>,
    from: usize,
    until: usize,
    is_first: bool,
    quotes: usize,
    output: Vec<u8>,
    ends: Vec<usize>,
}

struct Record<'a> {
    bytes: &'a [u8],
    ends: &'a [usize],
}

impl Record<'_> {
    fn count(&self) -> usize {
        self.ends.len()
    }

    fn field(&self, at: usize) -> &[u8] {
        let from = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.bytes[from..self.ends[at]]
    }

    fn texts(&self) -> Vec<String> {
        (0..self.count()).map(|at| String::from_utf8_lossy(self.field(at)).trim().to_owned()).collect()
    }
}

impl Records {
    fn new(delimiter: u8) -> Records {
        Records {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            input: vec![0; 1 << 18],
            from: 0,
            until: 0,
            is_first: true,
            quotes: 0,
            output: vec![0; RECORD_BYTES],
            ends: vec![0; COLUMNS],
        }
    }

    fn line(&self) -> u64 {
        self.reader.line()
    }

    fn next(&mut self, bytes: &mut impl Read) -> io::Result<Option<Record<'_>>> {
        let (mut written, mut fields) = (0, 0);
        loop {
            if self.from == self.until {
                self.from = 0;
                self.until = full(bytes, &mut self.input)?;
                self.quotes += self.input[..self.until].iter().filter(|byte| **byte == b'"').count();
                if self.until == 0 && self.quotes % 2 == 1 {
                    return Err(io::Error::other("a quotation mark is opened and not closed"));
                }
                if self.is_first {
                    self.is_first = false;
                    self.from = if self.input[..self.until].starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
                    if self.input[..self.until].starts_with(b"\xff\xfe")
                        || self.input[..self.until].starts_with(b"\xfe\xff")
                    {
                        return Err(io::Error::other("it is text of 16 bits a letter; records are UTF-8"));
                    }
                }
            }
            let (result, read, out, ends) = self.reader.read_record(
                &self.input[self.from..self.until],
                &mut self.output[written..],
                &mut self.ends[fields..],
            );
            self.from += read;
            written += out;
            fields += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    return Err(io::Error::other(format!("a record is longer than {RECORD_BYTES} bytes")));
                }
                ReadRecordResult::OutputEndsFull => {
                    return Err(io::Error::other(format!("a record has more than {COLUMNS} fields")));
                }
                ReadRecordResult::Record => {
                    return Ok(Some(Record { bytes: &self.output[..written], ends: &self.ends[..fields] }));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }
}

/// Fills a buffer as far as the bytes go.
fn full(bytes: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match bytes.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// What a query has gathered so far.
struct State {
    key: Vec<u8>,
    /// The keys in the order in which they came, and where each stands: nothing reads the order of the table.
    keys: Vec<Vec<u8>>,
    stands: HashTable<usize>,
    /// How long the keys are together.
    length: usize,
    hasher: DefaultHashBuilder,
    cells: Vec<Cell>,
    lacking: Vec<u64>,
    kept: u64,
}

#[derive(Clone, Copy)]
enum Cell {
    Count(u64),
    Number(Option<Decimal>),
}

type Refused = (String, &'static str);

/// Stands between the parts of a key; no text of a record that is accepted holds it.
const BETWEEN: u8 = 0x1f;

impl State {
    fn of(plan: &Plan) -> State {
        State {
            key: Vec::new(),
            keys: Vec::new(),
            stands: HashTable::new(),
            length: 0,
            hasher: DefaultHashBuilder::default(),
            cells: Vec::new(),
            lacking: vec![0; plan.aggregates.len()],
            kept: 0,
        }
    }

    #[inline]
    fn take(&mut self, plan: &Plan, columns: &[usize], record: &Record) -> Result<(), Refused> {
        for (column, test) in &plan.tests {
            let field = record.field(columns[*column]);
            match test.holds(field, &plan.missing) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(why) => return Err(refused(plan, *column, field, why)),
            }
        }
        self.key.clear();
        for group in &plan.groups {
            let field = record.field(columns[group.column]);
            group.how.write(field, &mut self.key).map_err(|why| refused(plan, group.column, field, why))?;
            self.key.push(BETWEEN);
        }
        let width = plan.aggregates.len();
        let at = match self.stands.find(self.hasher.hash_one(&self.key), |at| self.keys[*at] == self.key) {
            Some(at) => *at,
            None => self.open(plan)?,
        };
        self.kept += 1;
        for (number, aggregate) in plan.aggregates.iter().enumerate() {
            let cell = &mut self.cells[at * width + number];
            let (Some(column), Cell::Number(before)) = (aggregate.column, &mut *cell) else {
                if let Cell::Count(count) = cell {
                    *count += 1;
                }
                continue;
            };
            let field = record.field(columns[column]);
            if plan.missing.iter().any(|mark| mark == field) {
                self.lacking[number] += 1;
                continue;
            }
            let Some(new) = Decimal::parse(field) else {
                return Err(refused(plan, column, field, "is no number as 1234.5"));
            };
            let next = match (before.as_ref(), aggregate.what) {
                (None, _) => new,
                (Some(before), What::Min) => {
                    if new.compare(*before).is_lt() {
                        new
                    } else {
                        *before
                    }
                }
                (Some(before), What::Max) => {
                    if new.compare(*before).is_gt() {
                        new
                    } else {
                        *before
                    }
                }
                (Some(before), _) => before.plus(new).ok_or_else(|| {
                    (format!("the sum `{}` grows beyond 38 digits here", aggregate.name), "add up in larger units")
                })?,
            };
            *before = Some(next);
        }
        Ok(())
    }

    /// Opens a group that no record had before.
    #[cold]
    fn open(&mut self, plan: &Plan) -> Result<usize, Refused> {
        for (label, group) in self.key.split(|byte| *byte == BETWEEN).zip(&plan.groups) {
            let Ok(text) = std::str::from_utf8(label) else {
                return Err(refused(plan, group.column, label, "is no UTF-8 text"));
            };
            if text.trim().is_empty() || text.chars().any(char::is_control) {
                return Err(refused(plan, group.column, label, "is no name of a group"));
            }
        }
        if self.key.split(|byte| *byte == BETWEEN).count() != plan.groups.len() + 1 {
            return Err(("a field that groups holds a control character".to_owned(), UNREADABLE));
        }
        if self.keys.len() == QUERY_GROUPS {
            let message = format!("`{}` has more than {QUERY_GROUPS} groups", plan.name);
            return Err((
                message,
                "group by fewer columns, or by `bands` or a `period`: a snapshot is a table of thousands",
            ));
        }
        self.length += self.key.len();
        if self.length > QUERY_TEXT {
            let message = format!("the groups of `{}` have names of more than {} MiB", plan.name, QUERY_TEXT >> 20);
            return Err((message, "group by columns of short names"));
        }
        let at = self.keys.len();
        self.keys.push(self.key.clone());
        self.stands.insert_unique(self.hasher.hash_one(&self.key), at, |at| self.hasher.hash_one(&self.keys[*at]));
        let cell = |what| if what == What::Count { Cell::Count(0) } else { Cell::Number(None) };
        self.cells.extend(plan.aggregates.iter().map(|aggregate| cell(aggregate.what)));
        Ok(at)
    }

    fn returned(self, plan: &Plan, read: u64) -> Returned {
        let width = plan.aggregates.len();
        let mut rows: Vec<Vec<String>> = Vec::with_capacity(self.keys.len());
        for (at, key) in self.keys.iter().enumerate() {
            let labels = key.split(|byte| *byte == BETWEEN).take(plan.groups.len());
            let mut row: Vec<String> = labels.map(|label| String::from_utf8_lossy(label).into_owned()).collect();
            row.extend(self.cells[at * width..(at + 1) * width].iter().map(|cell| match cell {
                Cell::Count(count) => count.to_string(),
                Cell::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
            }));
            rows.push(row);
        }
        let lacking = plan.aggregates.iter().zip(self.lacking).filter(|(_, count)| *count > 0);
        let lacking = lacking.map(|(aggregate, count)| (aggregate.name.clone(), count)).collect();
        let mut returned = Returned { heads: plan.heads(), rows, read: Some(read), kept: Some(self.kept), lacking };
        returned.sort();
        returned
    }
}

#[cold]
fn refused(plan: &Plan, column: usize, field: &[u8], why: &'static str) -> Refused {
    let field: String = String::from_utf8_lossy(field).chars().take(60).collect();
    (format!("`{field}` in column `{}` {why}", plan.columns[column]), hint(why))
}

fn hint(why: &str) -> &'static str {
    match why {
        "is not among the `names`" => "add it to `names`, or leave such records out with `where`",
        "is no number as 1234.5" => "mend the record, or list the mark under `missing`",
        "is no name of a group" => "leave such records out with `where`, or name them with `names: {\"\": unknown}`",
        _ => "mend the record, or leave such records out with `where`",
    }
}
