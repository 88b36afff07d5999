//! Outline: where each key of a YAML file stands, for problems that have no place of their own.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

use crate::diagnostic::Place;

/// The keys of a file, those of maps within maps behind their own.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    file: String,
    entries: Vec<Entry>,
    /// The number of the first entry at each path.
    index: BTreeMap<Vec<String>, usize>,
    /// Whether there is a text at all.
    is_there: bool,
}

/// A key.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The keys that lead to it, and it itself; an item of a list is its number, from 0.
    pub path: Vec<String>,
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
}

impl Outline {
    /// Reads the outline of a file's text; empty where it is no YAML.
    pub fn read(file: &str, text: &str) -> Outline {
        let options = serde_yaml::options! {
            with_snippet: false,
            duplicate_keys: serde_yaml::DuplicateKeyPolicy::LastWins,
        };
        let node: Option<Node> = serde_yaml::from_str_with_options(text, options).ok();
        let mut outline = Outline { file: file.to_owned(), is_there: !text.is_empty(), ..Outline::default() };
        if let Some(node) = node {
            outline.add(&node, &mut Vec::new());
        }
        for (number, entry) in outline.entries.iter().enumerate() {
            outline.index.entry(entry.path.clone()).or_insert(number);
        }
        outline
    }

    fn add(&mut self, node: &Node, path: &mut Vec<String>) {
        match node {
            Node::Leaf => {}
            Node::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    path.push(i.to_string());
                    self.add(item, path);
                    path.pop();
                }
            }
            Node::Map(entries) => {
                for (key, line, column, value) in entries {
                    path.push(key.clone());
                    self.entries.push(Entry { path: path.clone(), line: *line, column: *column });
                    self.add(value, path);
                    path.pop();
                }
            }
        }
    }

    /// Finds the key at the end of a path, or the last on the way to it that is there.
    pub fn find(&self, path: &[&str]) -> Option<&Entry> {
        let mut path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
        while !path.is_empty() {
            if let Some(number) = self.index.get(&path) {
                return self.entries.get(*number);
            }
            path.pop();
        }
        None
    }

    /// Returns the place of the key at the end of a path, or of the last on the way to it that is there, or else of the
    /// whole file: its beginning.
    pub fn place(&self, path: &[&str]) -> Place {
        match self.find(path) {
            Some(entry) => Place::line(&self.file, entry.line, entry.column),
            None if self.is_there => Place::line(&self.file, 1, 1),
            None => Place::file(&self.file),
        }
    }

    /// Walks the keys in the order of the file.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }
}

enum Node {
    Leaf,
    List(Vec<Node>),
    Map(Vec<(String, usize, usize, Node)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_str<E>(self, _: &str) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Leaf)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(Any)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(Any)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            let (line, column) = (key.referenced.line() as usize, key.referenced.column() as usize);
            entries.push((key.value, line, column, map.next_value()?));
        }
        Ok(Node::Map(entries))
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, data: A) -> Result<Node, A::Error> {
        data.variant::<IgnoredAny>().map(|_| Node::Leaf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_where_it_stands() {
        let text = "a: 1\nfigures:\n  one: {kind: x, of: [1, 2]}\n  two:\n    - b: null\n    - {c: 2.5, d: true}\n\"2021\": {}\n7: z\n";
        let outline = Outline::read("a.yaml", text);
        let at = |path: &[&str]| outline.find(path).map(|entry| (entry.path.join("."), entry.line, entry.column));
        assert_eq!(at(&["figures", "one", "of"]), Some(("figures.one.of".to_owned(), 3, 18)));
        assert_eq!(at(&["figures", "two", "1", "d"]), Some(("figures.two.1.d".to_owned(), 6, 16)));
        assert_eq!(at(&["figures", "three", "kind"]), Some(("figures".to_owned(), 2, 1)));
        assert_eq!(at(&["2021"]), Some(("2021".to_owned(), 7, 1)));
        assert_eq!(at(&["7"]), Some(("7".to_owned(), 8, 1)));
        assert_eq!(at(&["b"]), None);
    }
}
