//! Colours: one colour for one notion, declared once for all figures.

use std::collections::BTreeMap;

use super::{Study, Text, place_of};
use crate::diagnostic::{Diagnostic, Diagnostics, code, did_you_mean};

/// Reads `#1c4e80` as red, green and blue.
pub fn rgb(text: &Text) -> Option<[u8; 3]> {
    let hex = text.value.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// The contrast with white below which a mark is not seen (WCAG 2.2, 1.4.11).
const LEAST: f64 = 3.0;

/// The contrast of a colour with white.
fn on_white(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|part| f64::from(part) / 255.0).map(|part| match part {
        small if small <= 0.04045 => small / 12.92,
        part => pxfm::f_pow((part + 0.055) / 1.055, 2.4),
    });
    1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
}

impl Study {
    /// Refuses what is no colour, what cannot be seen, two notions of one colour, and what no figure shows.
    pub(super) fn check_colours(&self, diagnostics: &mut Diagnostics) {
        let mut refuse = |text: &Text, message: String, hint: &str| {
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place_of(text, "colours"), message).hint(hint));
        };
        let mut seen: BTreeMap<[u8; 3], &String> = BTreeMap::new();
        for (notion, text) in &self.colours {
            let Some(colour) = rgb(text) else {
                let message = format!("`{}` is no colour", text.value);
                refuse(text, message, "write red, green and blue in hexadecimal digits: `\"#1c4e80\"`");
                continue;
            };
            if on_white(colour) < LEAST {
                refuse(text, format!("`{}` is too pale to be seen on white", text.value), "take a darker shade");
            }
            if let Some(other) = seen.insert(colour, notion) {
                let message = format!("`{notion}` and `{other}` have one colour");
                refuse(text, message, "one colour stands for one notion: take another shade");
            }
        }
        for entry in self.figures.values() {
            let Some(notion) = &entry.value.notion else { continue };
            if !self.colours.contains_key(&notion.value) {
                let message = format!("`{}` has no colour", notion.value);
                let hint = did_you_mean(&notion.value, self.colours.keys().map(String::as_str));
                let place = place_of(notion, "figures");
                let wrong = Diagnostic::error(code::STUDY_VALUE, place, message);
                diagnostics
                    .push(wrong.hint(hint.unwrap_or_else(|| String::from("declare it in `colours` of the study"))));
            }
        }
    }
}
