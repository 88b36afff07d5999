//! Reader: the records of delimited text, one by one, in buffers that never grow.

use std::io::{self, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::groups::Record;
use super::marks::Marks;
use crate::files::limits::RECORD_BYTES;

/// The most columns of a file of records.
const COLUMNS: usize = 4096;

/// What is no text of records, by the bytes with which it begins.
const OTHERS: [(&[u8], &str); 8] = [
    (b"\xff\xfe", "it is text of 16 bits a letter; records are UTF-8"),
    (b"\xfe\xff", "it is text of 16 bits a letter; records are UTF-8"),
    (b"\x1f\x8b", "it is packed by gzip; its name must end in .gz"),
    (b"\x28\xb5\x2f\xfd", "it is packed by zstd; unpack it, or pack it by gzip"),
    (b"BZh", "it is packed by bzip2; unpack it, or pack it by gzip"),
    (b"\xfd7zXZ", "it is packed by xz; unpack it, or pack it by gzip"),
    (b"PK\x03\x04", "it is an archive or a workbook; records are text"),
    (b"PAR1", "it is Parquet; its name must end in .parquet"),
];

/// A reader of records with buffers that never grow.
pub(super) struct Records {
    reader: Reader,
    delimiter: u8,
    /// How many fields a record has.
    width: usize,
    input: Vec<u8>,
    from: usize,
    until: usize,
    /// Where the bytes of the input stand that part fields and records, and which of them comes next.
    marks: Marks,
    mark: usize,
    is_first: bool,
    quotes: Quotes,
    /// What cannot be read behind the input.
    fault: Option<&'static str>,
    output: Vec<u8>,
    ends: Vec<usize>,
    /// The record that was read last, and the line on which it begins.
    found: Found,
    line: u64,
}

/// Where the fields of a record lie.
enum Found {
    /// In the input, from a byte on, their ends from a mark on.
    Plain { start: usize, mark: usize },
    /// In the output, so many.
    Any { fields: usize },
}

/// How many bytes are read at once.
const BLOCK: usize = 1 << 17;

impl Records {
    pub(super) fn new(delimiter: u8) -> Records {
        Records::of_blocks(delimiter, BLOCK)
    }

    /// Reads so many bytes at once.
    pub(super) fn of_blocks(delimiter: u8, block: usize) -> Records {
        Records {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            delimiter,
            width: 0,
            input: vec![0; block],
            from: 0,
            until: 0,
            marks: Marks::new(delimiter),
            mark: 0,
            is_first: true,
            quotes: Quotes { delimiter, last: b'\n', stand: Stand::Outside },
            fault: None,
            output: vec![0; RECORD_BYTES],
            ends: vec![0; COLUMNS],
            found: Found::Any { fields: 0 },
            line: 1,
        }
    }

    /// Says how many fields the records have that are to come.
    pub(super) fn expect(&mut self, width: usize) {
        self.width = width;
    }

    /// Reads the next record; `false` where there is none. Empty lines are none.
    #[inline]
    pub(super) fn read(&mut self, bytes: &mut impl Read) -> io::Result<bool> {
        if self.plain() { Ok(true) } else { self.any(bytes) }
    }

    /// Returns the record that was read last.
    #[inline]
    pub(super) fn record(&self) -> Record<'_> {
        match self.found {
            Found::Plain { start, mark } => {
                let ends = &self.marks.list[mark..mark + self.width];
                Record { bytes: &self.input, start, ends, between: 1 }
            }
            Found::Any { fields } => Record { bytes: &self.output, start: 0, ends: &self.ends[..fields], between: 0 },
        }
    }

    /// Returns the line on which it begins, or what could not be read as one.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Finds a record that lies in the buffer whole, without quotation marks and as wide as the first, as nearly all do.
    #[inline]
    fn plain(&mut self) -> bool {
        let (start, mark) = (self.from, self.mark);
        let Some((last, others)) = self.marks.list.get(mark..mark + self.width).and_then(<[usize]>::split_last) else {
            return false;
        };
        let behind = match self.input[*last] {
            b'\n' => 1,
            b'\r' if self.input[..self.until].get(last + 1) == Some(&b'\n') => 2,
            _ => return false,
        };
        // In a file of one column an empty line has as many marks as a record.
        if others.iter().any(|at| self.input[*at] != self.delimiter) || *last == start {
            return false;
        }
        self.from = last + behind;
        self.mark = mark + self.width + behind - 1;
        self.line = self.reader.line();
        self.reader.set_line(self.line + 1);
        self.found = Found::Plain { start, mark };
        true
    }

    /// Reads the next record, whatever is in it.
    fn any(&mut self, bytes: &mut impl Read) -> io::Result<bool> {
        // The mark before UTF-8 text stands before everything, and the reader passes over it.
        let (mut is_begun, mut written, mut fields) = (self.is_first, 0, 0);
        self.line = self.reader.line();
        loop {
            if self.from == self.until {
                self.fill(bytes)?;
            }
            if !is_begun {
                is_begun = self.until == 0 || self.begin();
                self.line = self.reader.line();
                continue;
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
                    self.mark += self.marks.list[self.mark..].iter().take_while(|at| **at < self.from).count();
                    self.found = Found::Any { fields };
                    return Ok(true);
                }
                ReadRecordResult::End => return Ok(false),
            }
        }
    }

    /// Passes over empty lines; says whether something stands behind them in the buffer.
    fn begin(&mut self) -> bool {
        let input = &self.input[self.from..self.until];
        let empty = input.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let lines = input[..empty].iter().filter(|byte| **byte == b'\n').count();
        self.reader.set_line(self.reader.line() + lines as u64);
        self.from += empty;
        self.from < self.until
    }

    /// Fills the buffer with what comes next, and finds its marks.
    fn fill(&mut self, bytes: &mut impl Read) -> io::Result<()> {
        if let Some(fault) = self.fault {
            return Err(io::Error::other(fault));
        }
        self.from = 0;
        self.until = full(bytes, &mut self.input)?;
        let input = &self.input[..self.until];
        let has_quotes = self.marks.find(input);
        self.mark = 0;
        if input.is_empty() && self.quotes.stand == Stand::Within {
            return Err(io::Error::other("a quotation mark is opened and not closed"));
        }
        let mut start = 0;
        if self.is_first {
            self.is_first = false;
            start = if input.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            if let Some((_, what)) = OTHERS.iter().find(|(mark, _)| input.starts_with(mark)) {
                return Err(io::Error::other(*what));
            }
        }
        let marks: &[usize] = if has_quotes { &self.marks.list } else { &[] };
        if let Some(behind) = self.quotes.follow(input, start, marks) {
            let fault = "text stands behind the quotation mark that closes a field";
            if behind == 0 {
                return Err(io::Error::other(fault));
            }
            (self.until, self.fault) = (behind, Some(fault));
        }
        Ok(())
    }
}

/// The quotation marks of a text. The reader itself would pass over what stands behind a mark that closes a field, and so over
/// all records between two marks that are there by mistake.
struct Quotes {
    delimiter: u8,
    /// The byte before those that come next.
    last: u8,
    stand: Stand,
}

#[derive(Clone, Copy, PartialEq)]
enum Stand {
    Outside,
    /// Within a field that a mark has opened.
    Within,
    /// Behind a mark within such a field, which closes it where no second one follows.
    Behind,
}

impl Quotes {
    /// Follows the marks of the next bytes, which begin at `start`; says where text stands that should not.
    fn follow(&mut self, input: &[u8], start: usize, marks: &[usize]) -> Option<usize> {
        let parts = |byte: u8| byte == self.delimiter || byte == b'\n' || byte == b'\r';
        let mut twice = None;
        if self.stand == Stand::Behind {
            self.stand = match input.get(start) {
                Some(b'"') => Stand::Within,
                Some(byte) if !parts(*byte) => return Some(start),
                _ => Stand::Outside,
            };
            twice = Some(start);
        }
        for at in marks.iter().copied().filter(|at| input[*at] == b'"') {
            if twice.take_if(|twice| *twice == at).is_some() {
                continue;
            }
            let before = if at == start { self.last } else { input[at - 1] };
            self.stand = match (self.stand, input.get(at + 1)) {
                (Stand::Outside, _) if parts(before) => Stand::Within,
                // In a field that none opened a mark is a letter.
                (Stand::Outside, _) => Stand::Outside,
                (_, None) => Stand::Behind,
                (_, Some(b'"')) => {
                    twice = Some(at + 1);
                    Stand::Within
                }
                (_, Some(byte)) if parts(*byte) => Stand::Outside,
                (_, Some(_)) => return Some(at + 1),
            };
        }
        self.last = input.last().copied().unwrap_or(self.last);
        None
    }
}

/// Fills a buffer as far as the bytes go.
fn full(bytes: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut until = 0;
    while until < buffer.len() {
        match bytes.read(&mut buffer[until..]) {
            Ok(0) => break,
            Ok(read) => until += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(until)
}
