//! Package: the parts of a Word document in one archive: the same bytes for the same parts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::xml::{Xml, node};

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What a part leads to.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// Its id: `rId1`.
    pub id: String,
    /// What it is: `styles`, `image`, `hyperlink`.
    pub kind: &'static str,
    /// The path from the folder of the part, or an address.
    pub target: String,
    /// True for an address outside of the package.
    pub outside: bool,
}

/// Lists relations as a part.
pub(super) fn relations(list: &[Relation]) -> Vec<u8> {
    let one = |relation: &Relation| {
        let kind = match relation.kind {
            "core-properties" => {
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned()
            }
            kind => format!("{OFFICE}/{kind}"),
        };
        let own = node("Relationship").at("Id", &relation.id).at("Type", &kind).at("Target", &relation.target);
        if relation.outside { own.at("TargetMode", "External") } else { own }
    };
    Xml::from(node("Relationships").at("xmlns", RELATIONS).all(list.iter().map(one))).part()
}

/// Lists what the parts are.
pub(super) fn types(overrides: &[(&str, &str)]) -> Vec<u8> {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let defaults = [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
    ];
    let default = |(end, kind): &(&str, &str)| node("Default").at("Extension", end).at("ContentType", kind);
    let own = |(path, kind): &(&str, &str)| {
        let kind = match kind.strip_prefix('+') {
            Some(kind) => format!("{word}.{kind}+xml"),
            None => (*kind).to_owned(),
        };
        node("Override").at("PartName", path).at("ContentType", &kind)
    };
    let list = node("Types").at("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types");
    Xml::from(list.all(defaults.iter().map(default)).all(overrides.iter().map(own))).part()
}

/// Packs parts in their order. Times are those of the format's first day, and nothing of the machine is told.
pub fn packed(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, String> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        // What is packed already gains nothing by it.
        let method = if path.ends_with(".png") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        archive.start_file(path.as_str(), options).map_err(|error| error.to_string())?;
        archive.write_all(bytes).map_err(|error| error.to_string())?;
    }
    archive.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
}

/// Puts archives behind one another: the same bytes as those of all their parts packed at once.
pub fn merged(archives: impl IntoIterator<Item = Vec<u8>>) -> Result<Vec<u8>, String> {
    let mut whole = ZipWriter::new(Cursor::new(Vec::new()));
    for archive in archives {
        let archive = ZipArchive::new(Cursor::new(archive)).map_err(|error| error.to_string())?;
        whole.merge_archive(archive).map_err(|error| error.to_string())?;
    }
    whole.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
}
