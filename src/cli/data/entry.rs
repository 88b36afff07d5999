//! Entry: what the catalogue says of a snapshot that is taken in, as YAML.

use super::taken::Add;
use super::written::Written;
use crate::catalog::entry::{ResourceEntry, SourceEntry};
use crate::files::sha256;

/// What of an entry before holds of the next file too, beside how its table is read.
const KEPT: [&str; 7] = ["format", "mediatype", "encoding", "dialect", "profile", "$schema", "schema"];

/// What of its own block does.
const KEPT_OWN: [&str; 8] =
    ["element", "constants", "ignore", "columns", "pivot", "unit_column", "status_column", "layout"];

/// A snapshot that is taken in.
pub(super) struct Snapshot<'a> {
    pub(super) add: &'a Add,
    /// The name of its entry.
    pub(super) name: &'a str,
    pub(super) publisher: &'a str,
    /// Its path below `data/`.
    pub(super) path: &'a str,
    pub(super) bytes: &'a [u8],
    /// Its source and its terms, as YAML.
    pub(super) reference: &'a str,
    /// The Parquet file of which it is the text, with its size, its hash and its rows.
    pub(super) stored: Option<&'a (String, usize, String, usize)>,
}

impl Snapshot<'_> {
    /// Writes the entry of a file that a layout reads.
    pub(super) fn by_layout(&self, layout: &str) -> String {
        let lines = layout.lines().filter(|line| is_kept(line)).map(|line| format!("  {line}"));
        self.written(&self.encoding(), &std::iter::once("layout:".to_owned()).chain(lines).collect::<Vec<_>>())
    }

    /// Writes the entry of a file that is read as another was.
    pub(super) fn like(&self, before: &Written, layout: Vec<String>) -> String {
        let stated = self.encoding();
        let is_open = |key: &&&str| **key != "encoding" || stated.is_empty();
        let top: Vec<String> =
            KEPT.iter().filter(is_open).flat_map(|key| before.key(key)).chain(stated.clone()).collect();
        let own = KEPT_OWN.iter().filter(|key| **key != "layout").flat_map(|key| before.within("esep", key));
        self.written(&top, &own.chain(layout).collect::<Vec<_>>())
    }

    fn encoding(&self) -> Vec<String> {
        self.add.encoding.iter().map(|own| format!("encoding: {}", own.name().to_lowercase())).collect()
    }

    fn written(&self, top: &[String], own: &[String]) -> String {
        let Snapshot { add, name, publisher, reference, .. } = self;
        let top: String = top.iter().map(|line| format!("  {line}\n")).collect();
        let own: String = own.iter().map(|line| format!("    {line}\n")).collect();
        format!(
            "- name: {name}\n  path: {}\n  type: table\n  bytes: {}\n  hash: sha256:{}\n{top}{reference}  esep:\n    table: {}\n    \
             vintage: {}\n    publisher: {publisher}\n    retrieved: {}\n    status: {}\n{own}{}",
            quoted(self.path),
            self.bytes.len(),
            sha256(self.bytes),
            add.table,
            quoted(&add.vintage),
            quoted(&add.retrieved),
            quoted(&add.status),
            self.queried()
        )
    }

    /// Writes which query made the rows, and of which file they are the text.
    fn queried(&self) -> String {
        let (text, engine) = match (&self.add.query, &self.add.engine, self.stored) {
            (Some(query), Some(engine), _) => (query.clone(), engine.clone()),
            (_, _, Some((name, ..))) => (format!("all rows of {name}"), WRITER.to_owned()),
            _ => return String::new(),
        };
        let mut out = format!("    query:\n      text: {}\n      engine: {}\n", quoted(&text), quoted(&engine));
        if let Some((name, bytes, hash, rows)) = self.stored {
            let path = quoted(name);
            out += &format!(
                "      inputs:\n      - {{path: {path}, bytes: {bytes}, hash: sha256:{hash}, rows: {rows}}}\n"
            );
        }
        out
    }
}

/// What wrote the text of a Parquet file.
const WRITER: &str = concat!("esep ", env!("CARGO_PKG_VERSION"), ", Parquet as text");

/// Says whether a line of a layout goes into its entry.
pub(super) fn is_kept(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with('#')
}

/// Writes a text as YAML.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// An entry of the catalogue, as it is understood and as it is written.
pub(super) struct Before<'a> {
    pub(super) resource: &'a ResourceEntry,
    pub(super) written: Written,
}

/// Writes the source and the terms of a snapshot: those of the entry before, with when, from where, by whom and how it was had
/// where that is told of it.
pub(super) fn reference(add: &Add, publisher: &str, before: Option<&Before>) -> String {
    let below = |lines: Vec<String>| lines.into_iter().map(|line| format!("  {line}\n")).collect::<String>();
    let of = |key: &str| before.map(|before| before.written.key(key)).unwrap_or_default();
    let licences = below(of("licenses"));
    let sources = before.map(|before| before.resource.sources.as_slice()).unwrap_or_default();
    if add.url.is_some() || add.by.is_some() || add.how.is_some() {
        return source(add, sources.first().map_or(publisher, |source| source.title.as_str())) + &licences;
    }
    // When and how another file was had says nothing of this one.
    if sources.iter().any(|source| source.retrieved.is_some()) {
        let one = |source: &SourceEntry| {
            let path = source.path.iter().map(|path| format!("    path: {}\n", quoted(path))).collect::<String>();
            format!("  - title: {}\n{path}", quoted(&source.title))
        };
        return format!("  sources:\n{}", sources.iter().map(one).collect::<String>()) + &licences;
    }
    below(of("sources")) + &licences
}

/// Writes the source of a snapshot, with when, from where, by whom and how it was had.
fn source(add: &Add, title: &str) -> String {
    let path = add.url.iter().map(|url| format!("    path: {}\n", quoted(url))).collect::<String>();
    let more = [("by", &add.by), ("how", &add.how)];
    let more = more.iter().filter_map(|(key, text)| Some(format!(", {key}: {}", quoted(text.as_ref()?))));
    let more: String = more.collect();
    format!("  sources:\n  - title: {}\n{path}    retrieved: {{on: {}{more}}}\n", quoted(title), quoted(&add.retrieved))
}

/// Puts an entry behind the resources, where nothing stands behind them in the file.
pub(super) fn with_entry(text: &str, entry: &str) -> Option<String> {
    if let Some(before) = text.trim_end().strip_suffix("\nresources: []") {
        return Some(format!("{before}\nresources:\n\n{entry}"));
    }
    let from = text.find("\nresources:")? + 1;
    let mut below = text[from..].lines().skip(1);
    let is_last = below.all(|line| line.is_empty() || line.starts_with([' ', '-', '#']));
    let margin = " ".repeat(margin(text));
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("{margin}{line}\n") };
    is_last.then(|| format!("{}\n\n{}", text.trim_end(), entry.lines().map(line).collect::<String>()))
}

/// How far the entries of the catalogue stand from its margin.
fn margin(text: &str) -> usize {
    let entries = text.split("\nresources:").nth(1).unwrap_or_default().lines();
    let first = entries.map(|line| (line, line.trim_start())).find(|(_, own)| own.starts_with("- "));
    first.map_or(0, |(line, own)| line.len() - own.len())
}
