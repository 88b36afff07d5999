//! Archive: the members of a ZIP file, unpacked as far as a limit allows.

use std::io::{self, Read};

use flate2::CrcReader;

/// A member of an archive: its name, how it is packed, its packed bytes.
#[derive(Debug)]
pub struct Member<'a> {
    /// The name, with `/` between folders.
    pub name: String,
    method: usize,
    /// The CRC-32 of what it holds.
    sum: usize,
    data: Option<&'a [u8]>,
}

impl<'a> Member<'a> {
    /// Opens the member for reading; nothing of it is unpacked before, and one that is not what was packed fails at its end.
    /// `None` where it is packed in an unknown way, or does not lie in the file.
    pub fn open(&self) -> Option<Box<dyn Read + 'a>> {
        let data = self.data?;
        match self.method {
            0 => Some(Box::new(Summed { inner: CrcReader::new(data), sum: self.sum })),
            8 => {
                let unpacked = flate2::read::DeflateDecoder::new(data);
                Some(Box::new(Summed { inner: CrcReader::new(unpacked), sum: self.sum }))
            }
            _ => None,
        }
    }
}

/// Holds what was read against its CRC-32 at the end.
struct Summed<R> {
    inner: CrcReader<R>,
    sum: usize,
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        let is_end = count == 0 && !out.is_empty();
        if is_end && self.inner.crc().sum() as usize != self.sum {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it is not what was packed: its checksum is another",
            ));
        }
        Ok(count)
    }
}

/// Lists the members of a ZIP archive by the directory at its end; `None` where there is none.
pub fn directory(bytes: &[u8]) -> Option<Vec<Member<'_>>> {
    let end = bytes.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let (count, mut at) = (number(bytes, end + 10, 2)?, number(bytes, end + 16, 4)?);
    let mut members = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        let field = |offset: usize, length: usize| number(bytes, at + offset, length);
        let (method, sum, packed, local) = (field(10, 2)?, field(16, 4)?, field(20, 4)?, field(42, 4)?);
        let (name, extra, comment) = (field(28, 2)?, field(30, 2)?, field(32, 2)?);
        let start = || {
            let lengths = number(bytes, local + 26, 2)?.checked_add(number(bytes, local + 28, 2)?)?;
            local.checked_add(30)?.checked_add(lengths)
        };
        let data = start().and_then(|start| bytes.get(start..start.checked_add(packed)?));
        let name_at = at + 46;
        let name_bytes = bytes.get(name_at..name_at.checked_add(name)?)?;
        members.push(Member { name: String::from_utf8_lossy(name_bytes).into_owned(), method, sum, data });
        at = name_at + name + extra + comment;
    }
    Some(members)
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let slice = bytes.get(at..at.checked_add(length)?)?;
    Some(slice.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

/// Reads to the end, or up to one byte more than may be: then `None`.
pub fn read_within(source: impl Read, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut out = Vec::new();
    source.take(most as u64 + 1).read_to_end(&mut out)?;
    Ok((out.len() <= most).then_some(out))
}
