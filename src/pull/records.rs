//! Records: one pass over delimited text, in memory that does not grow with it.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::groups::{Groups, Record, Refused, UNREADABLE};
use super::plan::Plan;
use super::reader::Records;
use super::result::Returned;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::table::Told;

/// A file of records.
pub struct Source<'a> {
    /// Its path, as diagnostics name it; `.gz` is unpacked, `.parquet` read as such.
    pub path: String,
    /// Its bytes.
    pub bytes: Bytes<'a>,
}

/// The path of a file that cannot be opened, and why.
pub type Unopened = (String, io::Error);

/// The bytes of a file of records.
pub enum Bytes<'a> {
    /// They come once, in their order.
    Flowing(Box<dyn Read + 'a>),
    /// They lie in a file, any part of which can be read.
    Lying(std::fs::File),
}

impl Read for Bytes<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Bytes::Flowing(bytes) => bytes.read(buffer),
            Bytes::Lying(file) => file.read(buffer),
        }
    }
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
pub(super) struct Hashed<'a> {
    pub bytes: Bytes<'a>,
    hash: Sha256,
    count: u64,
}

impl Hashed<'_> {
    /// Says what was read, where all of it was.
    pub(super) fn taken(self, path: &str, rows: u64) -> Taken {
        let hash = format!("sha256:{:x}", Hexadecimal(&self.hash.finalize()));
        Taken { path: path.to_owned(), bytes: self.count, hash, rows }
    }
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
    sources: impl Iterator<Item = Result<Source<'a>, Unopened>>,
    delimiter: u8,
    plans: &[Plan],
    told: &mut dyn FnMut(u64),
    diagnostics: &mut Diagnostics,
) -> Option<(Vec<Returned>, Vec<Taken>)> {
    let mut groups: Vec<Groups> = plans.iter().map(Groups::of).collect();
    let mut taken = Vec::new();
    let mut problems = Told::default();
    let mut is_whole = true;
    let mut read = 0;
    for source in sources {
        let source = match source {
            Ok(source) => source,
            Err((path, error)) => {
                let message = format!("cannot be opened: {error}");
                let hint = "look whether the file is there still, and who may read it";
                diagnostics.push(Diagnostic::error(code::DATA_PULL, Place::file(path), message).hint(hint));
                is_whole = false;
                continue;
            }
        };
        let mut file = File { path: &source.path, plans, groups: &mut groups, problems: &mut problems, diagnostics };
        let hashed = Hashed { bytes: source.bytes, hash: Sha256::new(), count: 0 };
        let one = if source.path.ends_with(".parquet") {
            file.read_parquet(hashed, &mut read, told)
        } else {
            file.read(hashed, delimiter, &mut read, told)
        };
        match one {
            Some(one) => taken.push(one),
            None => is_whole = false,
        }
    }
    problems.finish(diagnostics);
    if !is_whole || diagnostics.verdict().is_err() {
        return None;
    }
    let returned = plans.iter().zip(groups).map(|(plan, groups)| groups.returned(plan, read)).collect();
    Some((returned, taken))
}

/// How many records pass between two words on how far it is.
pub(super) const PULSE: u64 = 1 << 18;

pub(super) struct File<'a> {
    pub path: &'a str,
    plans: &'a [Plan],
    groups: &'a mut Vec<Groups>,
    pub problems: &'a mut Told,
    pub diagnostics: &'a mut Diagnostics,
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
        let heads = match records.read(&mut bytes) {
            Ok(true) => records.record().texts(),
            Ok(false) => {
                self.fail(1, "the file is empty", "a file of records begins with a line that names its columns");
                return None;
            }
            Err(error) => {
                self.fail(1, format!("cannot be read: {error}"), UNREADABLE);
                return None;
            }
        };
        let columns = self.columns(&heads)?;
        records.expect(heads.len());
        let mut rows = 0;
        loop {
            match records.read(&mut bytes) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    self.fail(records.line(), format!("cannot be read on from here: {error}"), UNREADABLE);
                    return None;
                }
            }
            let record = records.record();
            if record.count() != heads.len() {
                let message = format!("the record has {} fields, the first line {}", record.count(), heads.len());
                self.fail(records.line(), message, "a field that holds the delimiter stands in quotation marks");
                continue;
            }
            rows += 1;
            *read += 1;
            for (message, hint) in self.take(&columns, &record) {
                self.fail(records.line(), message, hint);
            }
            if read.is_multiple_of(PULSE) {
                told(*read);
            }
        }
        let hashed = match bytes {
            Unpacked::Plain(hashed) => hashed,
            Unpacked::Gzip(packed) => packed.into_inner(),
        };
        Some(hashed.taken(self.path, rows))
    }

    /// Hands a record to each query; what is refused, and why.
    #[inline]
    pub(super) fn take(&mut self, columns: &[Vec<usize>], record: &Record) -> Vec<Refused> {
        let mut refused = Vec::new();
        for ((plan, groups), own) in self.plans.iter().zip(self.groups.iter_mut()).zip(columns) {
            refused.extend(groups.take(plan, own, record).err());
        }
        refused
    }

    /// Without the reader of Parquet there is only a word of it.
    #[cfg(not(feature = "parquet"))]
    fn read_parquet(&mut self, _: Hashed<'_>, _: &mut u64, _: &mut dyn FnMut(u64)) -> Option<Taken> {
        let message = "is Parquet, which this esep was built without";
        let hint = "build it with `cargo build --release --features parquet`, or write the records as CSV";
        self.diagnostics.push(Diagnostic::error(code::DATA_PULL, Place::file(self.path), message).hint(hint));
        None
    }

    /// Finds the columns of each query in the heads of the file.
    pub(super) fn columns(&mut self, heads: &[String]) -> Option<Vec<Vec<usize>>> {
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

struct Hexadecimal<'a>(&'a [u8]);

impl std::fmt::LowerHex for Hexadecimal<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}
