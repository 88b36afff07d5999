//! Claimed: what is told of claims on a page, once for all numbers that share it.

use super::super::element::{Html, classed};

/// What is told of claims on a page.
#[derive(Default)]
pub(super) struct Claimed {
    /// The texts, each with the place where it is told for all that share it, or none where a single number tells it itself.
    texts: Vec<(Html, Option<String>)>,
}

impl Claimed {
    /// Returns where a text is told; none for a number that has room and is the first to tell it.
    pub(super) fn place(&mut self, text: &Html, is_row: bool) -> Option<String> {
        let known = self.texts.iter().position(|(own, _)| own.as_str() == text.as_str());
        let at = known.unwrap_or(self.texts.len());
        let place = (known.is_some() || is_row).then(|| format!("claims-{}", at + 1));
        match known {
            Some(at) => self.texts[at].1 = place.clone(),
            None => self.texts.push((text.clone(), place.clone())),
        }
        place
    }

    /// Writes what several numbers have in common.
    pub(super) fn html(&self) -> Html {
        let mut out = Html::default();
        for (text, place) in &self.texts {
            let Some(place) = place else { continue };
            out.put(classed("section", "number").with("id", place).put(text.clone()));
            out.line();
        }
        out
    }
}
