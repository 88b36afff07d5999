//! Lined: JSON with one item of each list a line, which keeps a file small and its history readable.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Writes an object, each of its keys and each item of its lists on a line of its own.
pub(super) fn lined(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    // Neither numbers nor texts can fail here, and a vector takes all.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut out, Lined::default()));
    out.push(b'\n');
    String::from_utf8_lossy(&out).into_owned()
}

/// Breaks lines within the outermost object and its lists, and nowhere deeper.
#[derive(Default)]
struct Lined {
    depth: usize,
}

impl Lined {
    fn part(&self, out: &mut (impl Write + ?Sized), is_first: bool, depth: usize, indent: &str) -> io::Result<()> {
        let comma = if is_first { "" } else { "," };
        if self.depth == depth { write!(out, "{comma}\n{indent}") } else { out.write_all(comma.as_bytes()) }
    }
}

impl Formatter for Lined {
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"{")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.part(out, is_first, 1, "  ")
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(if self.depth == 1 { b": " } else { b":" })
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(if self.depth == 0 { b"\n}" } else { b"}" })
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"[")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.part(out, is_first, 2, "    ")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(if self.depth == 1 { b"\n  ]" } else { b"]" })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn items_stand_on_lines_and_read_back() {
        let value = json!({"a": "x", "b": [{"c": [1, 2], "d": null}, 3], "e": []});
        let text = lined(&value);
        assert_eq!(
            text,
            "{\n  \"a\": \"x\",\n  \"b\": [\n    {\"c\":[1,2],\"d\":null},\n    3\n  ],\n  \"e\": [\n  ]\n}\n"
        );
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("it is JSON"), value);
    }
}
