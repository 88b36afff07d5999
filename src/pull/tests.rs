//! Tests: queries over records against sums that are made another way, and what is refused.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::entry::QueryEntry;
use super::reader::Records;
use super::{Bytes, Plan, Returned, Source, Unopened, fits, pass, problems};
use crate::diagnostic::Diagnostics;
use crate::files::Files;

fn entry(text: &str) -> QueryEntry {
    let mut files = Files::default();
    files.insert("q.yaml", format!("table: moves\npublisher: registry\n{text}"));
    let mut diagnostics = Diagnostics::default();
    let entry: Option<QueryEntry> = files.yaml("q.yaml", &mut diagnostics);
    let mut entry = entry.unwrap_or_else(|| panic!("{text}: {:?}", diagnostics.sorted()));
    entry.take_as_written(files.text("q.yaml").unwrap_or_default());
    entry
}

/// Runs queries over files, and returns what they return with the problems.
fn run(files: &[(&str, Vec<u8>)], queries: &[&str]) -> (Option<Vec<Returned>>, Vec<String>) {
    let plans: Vec<Plan> = queries.iter().map(|text| Plan::of("q", &entry(text)).expect("a plan")).collect();
    let sources = files.iter().map(|(path, bytes)| -> Result<Source<'_>, Unopened> {
        Ok(Source { path: (*path).to_owned(), bytes: Bytes::Flowing(Box::new(bytes.as_slice())) })
    });
    let mut diagnostics = Diagnostics::default();
    let returned = pass(sources, b',', &plans, &mut |_| {}, &mut diagnostics).map(|(returned, _)| returned);
    let told = diagnostics.sorted().iter().map(|d| format!("{}: {}", d.place, d.message)).collect();
    (returned, told)
}

fn rows(text: &str, query: &str) -> Vec<String> {
    let (returned, told) = run(&[("moves.csv", text.as_bytes().to_vec())], &[query]);
    assert_eq!(told, Vec::<String>::new());
    returned.expect("a result")[0].rows.iter().map(|row| row.join(" ")).collect()
}

fn refused(text: &str, query: &str) -> Vec<String> {
    let (returned, told) = run(&[("moves.csv", text.as_bytes().to_vec())], &[query]);
    assert!(returned.is_none());
    told
}

const MOVES: &str = "person,from,to,month,age,sex,weight\n\
    1,A,B,2024-01,14,1,1.5\n2,A,B,2024-02,15,2,2\n3,B,A,2024-04,64,2,0.25\n4,A,C,2024-12,65,1,NA\n5,C,A,2023-12,80,1,3\n";

#[test]
fn records_are_filtered_grouped_and_added_up() {
    let q = "from: f\naggregates: {moves: count}\n";
    assert_eq!(rows(MOVES, &format!("{q}group: {{origin: from}}")), ["A 3", "B 1", "C 1"]);
    assert_eq!(rows(MOVES, &format!("{q}group: {{year: {{column: month, period: year}}}}")), ["2023 1", "2024 4"]);
    assert_eq!(
        rows(MOVES, &format!("{q}group: {{t: {{column: month, period: quarter}}}}")),
        ["2023-Q4 1", "2024-Q1 2", "2024-Q2 1", "2024-Q4 1"]
    );
    let bands = format!(
        "{q}group: {{age: {{column: age, bands: [0, 15, 65]}}}}\nwhere: {{month: {{from: 2024-01, until: 2024-12}}}}"
    );
    assert_eq!(rows(MOVES, &bands), ["0-14 1", "15-64 2", "65+ 1"]);
    let names = format!("{q}group: {{sex: {{column: sex, names: {{1: male, 2: female}}}}}}");
    assert_eq!(rows(MOVES, &names), ["female 2", "male 3"]);
    for (test, wanted) in [
        ("{sex: 1}", "3"),
        ("{from: [A, B]}", "4"),
        ("{from: {except: [A]}}", "2"),
        ("{age: {from: 15, until: 64}}", "2"),
        ("{age: {from: 15}, sex: 2}", "2"),
        ("{month: {from: 2024-02}}", "3"),
        ("{month: {until: 2023-12}}", "1"),
        ("{month: {from: 2024}}", "4"),
        ("{age: {until: 1999}}", "5"),
    ] {
        assert_eq!(rows(MOVES, &format!("{q}where: {test}")), [wanted], "{test}");
    }
    // A value is compared as it is written.
    let codes = "code,n\n007,1\n7,2\n1.50,3\n1.5,4\n+5,5\n1e3,6\ntrue,7\n";
    for (test, wanted) in [
        ("{code: 007}", "1"),
        ("{code: 7}", "2"),
        ("{code: 1.50}", "3"),
        ("{code: +5 }", "5"),
        ("{code: 1e3, n: 6}", "6"),
        ("{code: [007]}", "1"),
        ("{code: \"007\"}", "1"),
        ("{code: true}", "7"),
        ("{code: {except: [7, 1.50, 1.5, +5, 1e3, true]}}", "1"),
    ] {
        let query = format!("from: f\naggregates: {{n: {{sum: n}}}}\nwhere: {test}");
        assert_eq!(rows(codes, &query), [wanted], "{test}");
    }
    let block = "from: f\naggregates: {n: {sum: n}}\nwhere:\n  code: 007   # as the records write it\n  n: 1\n";
    assert_eq!(rows(codes, block), ["1"]);
    let sums = "from: f\nmissing: [NA]\naggregates: {n: count, total: {sum: weight}, least: {min: weight}, most: {max: weight}}\n";
    assert_eq!(
        rows(MOVES, &format!("{sums}group: {{origin: from}}")),
        ["A 1.5 2 3 3.5", "B 0.25 0.25 1 0.25", "C 3 3 1 3"]
    );
}

#[test]
fn what_a_sum_leaves_out_is_counted() {
    let query = "from: f\nmissing: [NA]\naggregates: {total: {sum: weight}}";
    let (returned, _) = run(&[("m.csv", MOVES.as_bytes().to_vec())], &[query]);
    let returned = &returned.expect("a result")[0];
    assert_eq!((returned.read, returned.kept), (Some(5), Some(5)));
    assert_eq!(returned.lacking, [("total".to_owned(), 1)]);
    // In a column that is added up a mark is a number, however many digits it has; in a test it is text, and that is told.
    let coded = "g,v\na,1\na,999.00\nb,1.0\n";
    let query =
        "from: f\nmissing: [999]\nwhere: {v: {except: [1]}}\ngroup: {g: g}\naggregates: {n: count, total: {sum: v}}";
    let (returned, _) = run(&[("m.csv", coded.as_bytes().to_vec())], &[query]);
    let returned = &returned.expect("a result")[0];
    assert_eq!(returned.rows, [["a", "1", ""], ["b", "1", "1"]]);
    assert_eq!(returned.lacking, [("total".to_owned(), 1)]);
    assert_eq!(returned.respelled, [("v".to_owned(), "1".to_owned(), "1.0".to_owned())]);
}

#[test]
fn what_cannot_be_read_is_refused_where_it_stands() {
    let count = "from: f\naggregates: {n: count}\n";
    let sum = "from: f\naggregates: {n: {sum: weight}}\n";
    assert_eq!(refused(MOVES, sum), ["moves.csv:5:1: `NA` in column `weight` is no number as 1234.5"]);
    assert_eq!(
        refused(MOVES, &format!("{count}group: {{a: form}}")),
        ["moves.csv:1:1: no column is called `form`, which `q` reads"]
    );
    assert_eq!(
        refused("a,b\n1\n1,2\n", &format!("{count}group: {{a: a}}")),
        ["moves.csv:2:1: the record has 1 fields, the first line 2"]
    );
    assert_eq!(
        refused("a,a\n1,2\n", &format!("{count}group: {{a: a}}")),
        ["moves.csv:1:1: two columns are called `a`, which `q` reads"]
    );
    assert_eq!(
        refused("a\n\"x\ny\n", &format!("{count}group: {{a: a}}")),
        ["moves.csv:2:1: cannot be read on from here: a quotation mark is opened and not closed"]
    );
    assert_eq!(
        refused("a,b\n1,\"x,y\n2,z\n3,\"x,y\n", &format!("{count}group: {{a: a}}")),
        ["moves.csv:2:1: cannot be read on from here: text stands behind the quotation mark that closes a field"]
    );
    assert_eq!(
        rows("a,b\n5\" disk,\"x \"\"y\"\"\"\n\n", &format!("{count}group: {{a: a, b: b}}")),
        ["5\" disk x \"y\" 1"]
    );
    assert_eq!(
        refused("a,b\n\n\n1,2\n\n1\n", &format!("{count}group: {{a: a}}")),
        ["moves.csv:6:1: the record has 1 fields, the first line 2"]
    );
    assert_eq!(refused("", count), ["moves.csv:1:1: the file is empty"]);
    assert_eq!(
        refused("a,b\n,1\n", &format!("{count}group: {{a: a}}")),
        ["moves.csv:2:1: `` in column `a` is no name of a group"]
    );
    assert_eq!(
        refused("a\nx\n", &format!("{count}group: {{a: {{column: a, names: {{y: z}}}}}}")),
        ["moves.csv:2:1: `x` in column `a` is not among the `names`"]
    );
    assert_eq!(
        refused("a\n2024-13\n", &format!("{count}group: {{a: {{column: a, period: month}}}}")),
        ["moves.csv:2:1: `2024-13` in column `a` is no date as 2024-01-31"]
    );
    assert_eq!(
        refused("a\n2024\n", &format!("{count}group: {{a: {{column: a, period: month}}}}")),
        ["moves.csv:2:1: `2024` in column `a` is a year, which is longer than the period that is asked for"]
    );
    let large = format!("weight\n{0}\n{0}\n", i128::MAX);
    assert_eq!(refused(&large, sum), ["moves.csv:3:1: the sum `n` grows beyond 38 digits here"]);
    let long = format!("a\n{}\n", "x".repeat(2 << 20));
    assert_eq!(
        refused(&long, count),
        ["moves.csv:2:1: cannot be read on from here: a record is longer than 1048576 bytes"]
    );
    let many = format!("a\n{}", "\n\nx,y".repeat(50));
    assert_eq!(refused(&many, count).len(), 21, "hundreds of equal problems are some and a count");
}

#[test]
fn packed_files_are_read_and_torn_ones_refused() {
    let packed = packed(MOVES.as_bytes());
    let query = "from: f\naggregates: {n: count}";
    let (returned, told) = run(&[("m.csv.gz", packed.clone()), ("n.csv", MOVES.as_bytes().to_vec())], &[query]);
    assert_eq!((returned.expect("a result")[0].rows.clone(), told), (vec![vec!["10".to_owned()]], Vec::new()));
    for cut in 1..packed.len() {
        let (returned, told) = run(&[("m.csv.gz", packed[..cut].to_vec())], &[query]);
        assert!(returned.is_none() && told.len() == 1, "cut at {cut}: {told:?}");
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).expect("packed");
    packer.finish().expect("packed")
}

/// Files that no exporter means to write, and what is said of each; nothing of them is counted.
#[test]
fn hostile_files_are_refused_with_a_word() {
    let wide = |mark: &str| vec!["x"; 100_000].join(mark) + "\n";
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let bomb = packed(&vec![0; 32 << 20]);
    assert!(bomb.len() < 64 << 10, "a bomb is small");
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("f.csv", utf_16("\u{feff}a,n\nx,1\n"), ":1:1: cannot be read: it is text of 16 bits a letter"),
        ("f.csv", utf_16("a,n\nx,1\n"), ":1:1: no column is called `a`"),
        ("f.csv", b"\xfe\xff\0a\0,\0n".to_vec(), ":1:1: cannot be read: it is text of 16 bits a letter"),
        ("f.csv", packed(b"a,n\nx,1\n"), ":1:1: cannot be read: it is packed by gzip"),
        ("f.csv.gz", b"a,n\nx,1\n".to_vec(), ":1:1: cannot be read: "),
        ("f.csv.gz", [packed(b"a,n\nx,1\n"), b"rest".to_vec()].concat(), ": cannot be read"),
        ("f.csv.gz", packed(&packed(b"a,n\nx,1\n")), ":1:1: cannot be read: it is packed by gzip"),
        ("f.csv.gz", bomb.clone(), ":1:1: cannot be read: a record is longer than 1048576 bytes"),
        ("f.csv.gz", [packed(b"a,n\nx,1\n"), bomb].concat(), ":3:1: cannot be read on from here: a record is longer"),
        ("f.csv", wide(",").into_bytes(), ":1:1: cannot be read: a record has more than 4096 fields"),
        (
            "f.csv",
            ("a,n\n".to_owned() + &wide(",")).into_bytes(),
            ":2:1: cannot be read on from here: a record has more",
        ),
        ("f.csv", b"a,n\nx\0,1\n".to_vec(), ":2:1: `x\0` in column `a` is no name of a group"),
        ("f.csv", b"a,n\nx,1\0\n".to_vec(), ":2:1: `1\0` in column `n` is no number as 1234.5"),
        ("f.csv", b"a,n\nx,1e5\n".to_vec(), ":2:1: `1e5` in column `n` is no number as 1234.5"),
        ("f.csv", b"a,n\nx,0x1F\n".to_vec(), ":2:1: `0x1F` in column `n` is no number as 1234.5"),
        ("f.csv", b"a,n\nx,NaN\n".to_vec(), ":2:1: `NaN` in column `n` is no number as 1234.5"),
        ("f.csv", b"a,n\nx,-inf\n".to_vec(), ":2:1: `-inf` in column `n` is no number as 1234.5"),
        ("f.csv", "a,n\nx,1\u{a0}000\n".into(), ":2:1: `1\u{a0}000` in column `n` is no number as 1234.5"),
        ("f.csv", "a,n\nx,٣\n".into(), ":2:1: `٣` in column `n` is no number as 1234.5"),
        ("f.csv", "a,n\nx,−3\n".into(), ":2:1: `−3` in column `n` is no number as 1234.5"),
        ("f.csv", format!("a,n\nx,{}\n", "9".repeat(39)).into_bytes(), "in column `n` is no number as 1234.5"),
        ("f.csv", format!("a,n\nx,-{0}\nx,-{0}\n", i128::MAX).into_bytes(), ":3:1: the sum `n` grows beyond 38 digits"),
        ("f.csv", format!("a,n\nx,{}\nx,0.1\n", i128::MAX).into_bytes(), ":3:1: the sum `n` grows beyond 38 digits"),
        ("f.csv", format!("a,n\nx,0.{}\n", "1".repeat(31)).into_bytes(), "in column `n` is no number as 1234.5"),
        ("f.csv", b"a,n\n\xff,1\n".to_vec(), ":2:1: `\u{fffd}` in column `a` is no UTF-8 text"),
        ("f.csv", b"a,n\nx\xed\xa0\x80,1\n".to_vec(), "in column `a` is no UTF-8 text"),
        ("f.csv", b"a,n\n \t ,1\n".to_vec(), ":2:1: ` \t ` in column `a` is no name of a group"),
        ("f.csv", b"a;n\nx;1\n".to_vec(), ":1:1: no column is called `a`"),
        ("f.csv", b"a,n\n\"x,1\ny,2\n".to_vec(), ":2:1: cannot be read on from here: a quotation mark is opened"),
        ("f.csv", b"a,n\n\"x\"y,1\n".to_vec(), ":2:1: cannot be read on from here: text stands behind"),
        ("f.csv", b"a,n\nx,\"1\" \n".to_vec(), ":2:1: cannot be read on from here: text stands behind"),
        ("f.csv", b"\n\n\r\n".to_vec(), ":1:1: the file is empty"),
        ("f.csv", b"\xef\xbb\xbf".to_vec(), ":1:1: the file is empty"),
    ];
    for (path, bytes, wanted) in cases {
        let shown: String = String::from_utf8_lossy(&bytes).chars().take(60).collect();
        let (returned, told) = run(&[(path, bytes)], &["from: f\ngroup: {a: a}\naggregates: {n: {sum: n}}"]);
        assert!(
            returned.is_none() && told.first().is_some_and(|told| told.contains(wanted)),
            "{shown:?}: {wanted}: {told:?}"
        );
    }
}

#[test]
fn a_file_that_is_gone_is_named() {
    let plans = [Plan::of("q", &entry("from: f\naggregates: {n: count}")).expect("a plan")];
    let gone = || Err(("moves-2.csv".to_owned(), io::Error::from(io::ErrorKind::NotFound)));
    let there = Source { path: "moves-1.csv".to_owned(), bytes: Bytes::Flowing(Box::new(MOVES.as_bytes())) };
    let mut diagnostics = Diagnostics::default();
    let sources = [Ok(there), gone()].into_iter();
    assert!(pass(sources, b',', &plans, &mut |_| {}, &mut diagnostics).is_none());
    let told: Vec<String> = diagnostics.sorted().iter().map(|d| format!("{}: {}", d.place, d.message)).collect();
    assert_eq!(told, ["moves-2.csv: cannot be opened: entity not found"]);
}

/// What is written in an unwonted way and means one thing only.
#[test]
fn unwonted_files_are_read_exactly() {
    let query = "group: {a: a}\naggregates: {n: {sum: n}, least: {min: n}}\nfrom: f";
    for (text, wanted) in [
        ("\u{feff}a,n\r\nx,1\r\n", vec!["x 1 1"]),
        ("\u{feff}\"a\",\"n\"\n\"x\",\"1\"", vec!["x 1 1"]),
        ("a,n\rx,1\ry,2", vec!["x 1 1", "y 2 2"]),
        ("\n\na,n\n\n\nx,1\n\n", vec!["x 1 1"]),
        (" a ,n\nx,-0\nx,0.0\n", vec!["x 0 0"]),
        ("a,n\nx,-0.10\nx,0.1\n", vec!["x -0.1 0"]),
        ("a,n\nx,007\nx,-7.000\n", vec!["x -7 0"]),
        ("a,n,\n\"x\ty\",1,\n".replace('\t', "/").as_str(), vec!["x/y 1 1"]),
        ("a,n\n\"x \"\"y\"\"\",1\nТОО \"Z\",2\n", vec!["x \"y\" 1 1", "ТОО \"Z\" 2 2"]),
        ("n,a\n99999999,x\n1,x\n0.00000001,x\n", vec!["x 0.00000001 100000000.00000001"]),
    ] {
        assert_eq!(rows(text, query), wanted, "{text:?}");
    }
}

#[test]
fn queries_that_cannot_run_say_so_before() {
    let told = |text: &str| -> Vec<String> {
        let problems = problems("q", &entry(text), &["territory", "year"], &["moves"]);
        problems.into_iter().map(|(path, message)| format!("{}: {message}", path.join("."))).collect()
    };
    assert_eq!(
        told("from: a/*.csv\ngroup: {territory: to, year: y}\naggregates: {moves: count}"),
        Vec::<String>::new()
    );
    for (text, wanted) in [
        ("sql: select 1", ": `sql` asks a database: name its `connection`, which the user of a machine sets up"),
        ("constants: {year: '2024'}", ": it says neither which files it reads (`from`) nor what it asks (`sql`)"),
        (
            "from: ../x.csv\ngroup: {territory: to, year: y}\naggregates: {moves: count}",
            "from: `../x.csv` is no path below a folder: names and `/`, with `*` and `?` in them",
        ),
        (
            "from: /etc/passwd\ngroup: {territory: to, year: y}\naggregates: {moves: count}",
            "from: `/etc/passwd` is no path below a folder: names and `/`, with `*` and `?` in them",
        ),
        (
            "from: x\ngroup: {territory: to}\naggregates: {moves: count}",
            "group: nothing gives the dimension `year`: group by it, or name it under `constants`",
        ),
        (
            "from: x\ngroup: {territory: to, year: {column: y, bands: [5, 1]}}\naggregates: {moves: count}",
            "group.year: `bands` lists the least number of each band, ascending: [0, 15, 65]",
        ),
        (
            "from: x\ngroup: {territory: to, year: y}\naggregates: {movs: count}",
            "aggregates.movs: `movs` is no measure of `moves`; did you mean `moves`?",
        ),
        (
            "from: x\nwhere: {a: {from: x}}\ngroup: {territory: to, year: y}\naggregates: {moves: count}",
            "where.a: `x` are no bounds: write numbers, or dates as 2024-01-31",
        ),
    ] {
        assert!(told(text).contains(&wanted.to_owned()), "{text}: {:?}", told(text));
    }
}

#[test]
fn patterns_stand_for_names() {
    for (pattern, name, wanted) in [
        ("*.csv", "a.csv", true),
        ("*.csv", "a.csv.gz", false),
        ("moves-????.csv*", "moves-2024.csv.gz", true),
        ("a*b*c", "aXbXbc", true),
        ("a*b*c", "aXbXb", false),
        ("*", "", true),
        ("?", "", false),
        ("*.csv", "._a.csv", false),
        ("?a.csv", ".a.csv", false),
        ("._*.csv", "._a.csv", true),
    ] {
        assert_eq!(fits(pattern, name), wanted, "{pattern} {name}");
    }
}

/// Hands out its bytes in pieces of any size.
struct Pieces<'a>(&'a [u8], usize);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.1.min(self.0.len()).min(buffer.len());
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

/// What a plain reader makes of a text: its records, each with the line on which it begins.
fn plainly(text: &[u8]) -> Vec<(u64, Vec<Vec<u8>>)> {
    let mut reader = csv_core::Reader::new();
    let (mut found, mut from) = (Vec::new(), 0);
    let (mut output, mut ends) = (vec![0; text.len() + 1], vec![0; text.len() + 1]);
    let is_end = |byte: &&u8| matches!(byte, b'\n' | b'\r');
    loop {
        let (mut written, mut fields) = (0, 0);
        let empty = if found.is_empty() { 0 } else { text[from..].iter().take_while(is_end).count() };
        let line = 1 + text[..from + empty].iter().filter(|byte| **byte == b'\n').count() as u64;
        loop {
            let (result, read, out, more) =
                reader.read_record(&text[from..], &mut output[written..], &mut ends[fields..]);
            (from, written, fields) = (from + read, written + out, fields + more);
            match result {
                csv_core::ReadRecordResult::Record => break,
                csv_core::ReadRecordResult::End => return found,
                _ => {}
            }
        }
        let start = |at: usize| if at == 0 { 0 } else { ends[at - 1] };
        found.push((line, (0..fields).map(|at| output[start(at)..ends[at]].to_vec()).collect()));
    }
}

/// Says what is wrong with the quotation marks of a text, letter by letter.
fn misquoted(text: &[u8]) -> Option<&'static str> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let (mut is_start, mut rest) = (true, text.iter().copied().peekable());
    while let Some(byte) = rest.next() {
        if byte == b'"' && is_start {
            loop {
                match (rest.next(), rest.peek()) {
                    (None, _) => return Some("a quotation mark is opened and not closed"),
                    (Some(b'"'), Some(b'"')) => _ = rest.next(),
                    (Some(b'"'), None | Some(b',' | b'\n' | b'\r')) => break,
                    (Some(b'"'), Some(_)) => return Some("text stands behind the quotation mark that closes a field"),
                    _ => {}
                }
            }
        }
        is_start = matches!(byte, b',' | b'\n' | b'\r');
    }
    None
}

/// Reads a text in blocks, which come in pieces.
fn in_blocks(text: &[u8], width: usize, block: usize, piece: usize) -> io::Result<Vec<(u64, Vec<Vec<u8>>)>> {
    let (mut records, mut found) = (Records::of_blocks(b',', block), Vec::new());
    let mut bytes = Pieces(text, piece);
    while records.read(&mut bytes)? {
        let record = records.record();
        let fields = (0..record.count()).map(|at| record.field(at).to_vec()).collect();
        found.push((records.line(), fields));
        records.expect(width);
    }
    Ok(found)
}

/// Fields that a fast way could read otherwise than a slow one.
const FIELDS: [&str; 24] = [
    "",
    "0",
    "7",
    "07",
    "-7",
    "-0",
    "+7",
    "1e3",
    "1.50",
    "12345678",
    "123456789",
    "999999999999999",
    "1234567890123456",
    "99999999999999999999999999999999999999",
    "NA",
    " 7",
    "7 ",
    "2024-01",
    "2024-13",
    "2024-01-31T00:00:00",
    "é",
    "\u{1f}",
    "m",
    "fifteen letters and more",
];

proptest! {
    /// Records are those of a plain reader, whatever is quoted, however lines end and wherever a block ends.
    #[test]
    fn blocks_hold_what_a_plain_reader_finds(
        marked in prop::bool::ANY,
        text in prop::collection::vec(prop::sample::select(b"ab,,,\"\"\n\n\r\0\xc3\xef\xbb\xbf ".to_vec()), 0..160),
        width in 1usize..5,
        block in 8usize..90,
        piece in 1usize..40,
    ) {
        let text = if marked { [b"\xef\xbb\xbf", text.as_slice()].concat() } else { text };
        let found = in_blocks(&text, width, block, piece);
        match misquoted(&text) {
            Some(what) => prop_assert_eq!(found.expect_err("a mistake").to_string(), what),
            None => prop_assert_eq!(found.expect("records"), plainly(&text)),
        }
    }

    /// A field means the same whether it stands in quotation marks, which only the slow way reads, or not.
    #[test]
    fn quotation_marks_change_nothing(
        records in prop::collection::vec(prop::collection::vec(prop::sample::select(FIELDS.to_vec()), 4), 1..30),
        query in prop::sample::select(vec![
            "group: {a: a, b: b}\naggregates: {n: count}",
            "where: {a: {except: [m]}, b: [7, \"07\", m, NA]}\ngroup: {c: c}\naggregates: {n: count}",
            "where: {a: {from: 1}}\nmissing: [NA, \"\", m]\naggregates: {n: count, s: {sum: b}, l: {min: b}, m: {max: c}}",
            "missing: [NA, \"7\"]\naggregates: {s: {sum: a}, t: {sum: b}}",
            "where: {d: {from: 2020}}\ngroup: {y: {column: d, period: year}, q: {column: d, period: quarter}}\naggregates: {n: count}",
            "group: {a: {column: a, bands: [-100, 0, 8]}, b: {column: b, names: {m: male, 7: seven, 07: seven}}}\naggregates: {n: count}",
        ]),
    ) {
        let line = |record: &Vec<&str>| record.iter().map(|field| format!("\"{field}\"")).collect::<Vec<_>>().join(",");
        let plain = records.iter().map(|record| record.join(",") + "\n").collect::<String>();
        let quoted = records.iter().map(|record| line(record) + "\n").collect::<String>();
        let once = |text: String| run(&[("f.csv", format!("a,b,c,d\n{text}").into_bytes())], &[&format!("from: f\n{query}")]);
        prop_assert_eq!(once(plain), once(quoted));
    }

    /// Groups do not depend on the order of records, on the files that they lie in, or on how the bytes come.
    #[test]
    fn results_know_no_order(
        records in prop::collection::vec((0u8..4, 0u8..3, -1000i64..1000), 1..60),
        cut in 0usize..60,
        piece in 1usize..40,
        shift in 0usize..60,
    ) {
        // Some fields stand in quotation marks, some records end as on Windows.
        let line = |(a, b, n): &(u8, u8, i64)| match n.rem_euclid(3) {
            0 => format!("{a},\"{b}\",{n}.5\r\n"),
            1 => format!("{a},{b},{n}.5\r\n"),
            _ => format!("{a},{b},{n}.5\n"),
        };
        let mut turned = records.clone();
        turned.rotate_left(shift % records.len());
        let cut = cut % records.len();
        let file = |list: &[(u8, u8, i64)]| format!("a,b,n\n{}", list.iter().map(line).collect::<String>());
        let query = "from: f\ngroup: {a: a, b: b}\naggregates: {count: count, sum: {sum: n}}";
        let plan = [Plan::of("q", &entry(query)).expect("a plan")];
        let whole = file(&records);
        let (first, second) = (file(&turned[..cut]), file(&turned[cut..]));
        let once = |files: Vec<&str>, piece: usize| {
            let sources = files.into_iter().map(|text| -> Result<Source<'_>, Unopened> {
                Ok(Source { path: "f.csv".to_owned(), bytes: Bytes::Flowing(Box::new(Pieces(text.as_bytes(), piece))) })
            });
            pass(sources, b',', &plan, &mut |_| {}, &mut Diagnostics::default()).expect("a result").0
        };
        let at_once = once(vec![&whole], usize::MAX);
        prop_assert_eq!(&at_once, &once(vec![&first, &second], piece));
        let sum: i64 = at_once[0].rows.iter().map(|row| row[2].parse::<i64>().expect("a count")).sum();
        prop_assert_eq!(sum, i64::try_from(records.len()).expect("a length"));
    }
}

#[test]
fn days_and_hours_that_no_calendar_has_are_refused() {
    use super::plan::is_dated;
    for (text, wanted) in [
        ("2024", true),
        ("2024-02", true),
        ("2024-02-29", true),
        ("2000-02-29", true),
        ("2023-02-29", false),
        ("1900-02-29", false),
        ("2024-04-31", false),
        ("2024-00-10", false),
        ("0000-01-01", false),
        ("0000", false),
        ("2024-01-01T23:59:59.5", true),
        ("2024-01-01 00:00", true),
        ("2024-01-01T10:00:00Z", true),
        ("2024-01-01 10:00:00+00", true),
        ("2024-01-01T24:00", false),
        ("2024-01-01 00:60", false),
        ("2024-01-01 00:00:60", false),
        ("2024-01-01 1:00", false),
        ("2024-01-01T", false),
        ("2024-01-01T23:30:00-05:00", false),
        ("2024-01-01garbage", false),
    ] {
        assert_eq!(is_dated(text.as_bytes()), wanted, "{text}");
    }
}
