//! Drawings: the pictures of a Word document, and what else is drawn in it.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::part::get;
use crate::files::archive::{self, Member};

/// A picture, or another drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Picture {
    /// Its name: the id of a figure and its number, where the program gave it.
    pub name: String,
    /// What is said to those who do not see it.
    pub alt: String,
    /// Where its bytes lie, none where it is no picture.
    pub target: Option<String>,
    /// Its bytes; none where they are no part of the document, or too many.
    pub bytes: Option<Vec<u8>>,
    /// Whether a part of it is cut off.
    pub cropped: bool,
    /// The number of paragraphs before it.
    pub paragraph: usize,
    /// Whether it is an insertion that waits to be accepted.
    pub pending: bool,
}

/// A drawing under way.
#[derive(Default)]
pub(super) struct Open {
    picture: Picture,
    /// Whether it draws anything but text in a box.
    is_drawn: bool,
}

/// The thousandths of a per cent that programs cut off by rounding.
const CUT: i64 = 500;

impl Open {
    /// Takes in an element.
    pub(super) fn takes(&mut self, name: &str, tag: &BytesStart) {
        let picture = &mut self.picture;
        match name {
            "wp:docPr" => {
                picture.name = get(tag, "name").unwrap_or_default();
                picture.alt = get(tag, "descr").unwrap_or_default();
            }
            "v:shape" => picture.alt = get(tag, "alt").unwrap_or_default(),
            "a:blip" | "v:imagedata" => {
                self.is_drawn = true;
                let lead = ["embed", "link", "id"].into_iter().find_map(|key| get(tag, key));
                picture.target = picture.target.take().or(lead);
            }
            "a:srcRect" => {
                let cut = |side| get(tag, side).and_then(|own| own.parse::<i64>().ok()).is_some_and(|cut| cut > CUT);
                picture.cropped |= ["l", "t", "r", "b"].into_iter().any(cut);
            }
            "c:chart" | "dgm:relIds" | "o:OLEObject" => self.is_drawn = true,
            _ => {}
        }
    }

    /// Returns what was drawn; none for a box of text, whose text is compared.
    pub(super) fn picture(self, paragraph: usize, pending: bool) -> Option<Picture> {
        self.is_drawn.then_some(Picture { paragraph, pending, ..self.picture })
    }
}

/// Fetches the bytes of pictures by the relations of their part, as far as there is room for them.
pub(super) fn resolve(
    pictures: &mut [Picture],
    leads: &BTreeMap<String, String>,
    members: &[Member],
    room: &mut usize,
) {
    for picture in pictures {
        picture.target = picture.target.take().and_then(|id| leads.get(&id).cloned());
        let member = members.iter().find(|member| Some(&member.name) == picture.target.as_ref());
        let bytes = member.and_then(|member| archive::read_within(member.open()?, *room).ok().flatten());
        *room -= bytes.as_ref().map_or(0, Vec::len);
        picture.bytes = bytes;
    }
}
