//! Part: a part of a Word document: unpacked within limits, walked tag by tag.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::files::archive::{self, Member};
use crate::files::limits::DOCUMENT_BYTES;

pub(super) fn damaged() -> String {
    "is a damaged Word document: a part of it cannot be read".to_owned()
}

pub(super) fn unpacked(member: &Member, most: usize) -> Result<String, String> {
    let data = member.open().ok_or_else(damaged)?;
    match archive::read_within(data, most) {
        Ok(Some(out)) => String::from_utf8(out).map_err(|_| damaged()),
        Ok(None) => Err(format!("is no article: it unpacks to more than {} MiB", DOCUMENT_BYTES >> 20)),
        Err(_) => Err(damaged()),
    }
}

/// Reads to what the ids of a part lead: pictures and other parts of the package.
pub(super) fn relations(members: &[Member], part: &str) -> BTreeMap<String, String> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let path = format!("{folder}/_rels/{file}.rels");
    let xml = members.iter().find(|member| member.name == path).and_then(|own| unpacked(own, DOCUMENT_BYTES).ok());
    let mut found = BTreeMap::new();
    let read = walk(xml.as_deref().unwrap_or_default(), |event| {
        let Event::Start(tag) = event else { return };
        if let (Some(id), Some(target)) = (get(&tag, "Id"), get(&tag, "Target")) {
            let within = target.strip_prefix('/').map_or_else(|| format!("{folder}/{target}"), str::to_owned);
            found.insert(id, if get(&tag, "TargetMode").as_deref() == Some("External") { target } else { within });
        }
    });
    read.map_or_else(|_| BTreeMap::new(), |()| found)
}

/// Walks through a part; an empty tag opens and closes.
pub(super) fn walk(xml: &str, mut visit: impl FnMut(Event)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader.config_mut().allow_dangling_amp = true;
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Eof => return Ok(()),
            // Entities of its own would let a few bytes stand for any number.
            Event::DocType(_) => return Err("is a damaged Word document: it declares a document type".to_owned()),
            event => visit(event),
        }
    }
}

pub(super) fn get(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|own| own.key.local_name().into_inner() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

pub(super) fn referred(name: &str) -> String {
    let number = |text: &str, radix| u32::from_str_radix(text, radix).ok().and_then(char::from_u32);
    let found = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
            (Some(hex), _) => number(hex, 16),
            (None, Some(digits)) => number(digits, 10),
            (None, None) => None,
        },
    };
    found.map_or_else(|| format!("&{name};"), String::from)
}
