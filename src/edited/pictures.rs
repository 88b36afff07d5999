//! Pictures: whether each figure of an edited document is the study's, whole, in its place, and says the same to those who
//! do not see it.

use std::collections::BTreeSet;

use super::Check;
use super::drawings::Picture;
use super::findings::{Finding, brief};
use super::raster::{Likeness, likeness};
use super::sentences::rising;
use crate::diagnostic::code;
use crate::output::docx::names::{Mark, short};

/// A figure of today and what stands for it, by their places, and whether that is sure.
type Pair = (usize, usize, bool);

impl Check<'_> {
    /// Compares the pictures.
    pub(super) fn pictures(&mut self) {
        let (ours, theirs) = (self.today.document.pictures.clone(), self.edited.document.pictures.clone());
        let pairs = paired(&ours, &theirs);
        self.same_pictures = pairs.len();
        let stay = rising(&pairs.iter().map(|(_, other, _)| *other).collect::<Vec<_>>());
        for (at, (own, other, sure)) in pairs.iter().enumerate() {
            self.picture(&ours[*own], &theirs[*other], *sure, stay.contains(&at));
        }
        for (_, own) in rest(&ours, |at| pairs.iter().any(|(own, ..)| *own == at)) {
            let mut finding = self.of_picture(own, 0, format!("{} is gone", named(own)));
            finding.place = "figures of the article".to_owned();
            self.findings.push(finding);
        }
        for (_, other) in rest(&theirs, |at| pairs.iter().any(|(_, other, _)| *other == at)) {
            let what = if other.target.is_some() { "picture" } else { "drawing" };
            let message = format!("the article has no such {what}: `{}`", brief(&other.name));
            let mut finding = self.finding(code::ARTICLE_PICTURE, other.paragraph, message);
            finding.pending = other.pending;
            self.findings.push(finding);
        }
    }

    fn picture(&mut self, own: &Picture, other: &Picture, sure: bool, stays: bool) {
        let is_old = |(right, now): (&Vec<u8>, &Vec<u8>)| {
            Mark::is_as_written(&other.name, now) && likeness(right, now) != Likeness::Same
        };
        if !other.cropped && own.bytes.as_ref().zip(other.bytes.as_ref()).is_some_and(is_old) {
            let message = format!(
                "{} stands as it was written; today the study draws another, and what it says is not compared",
                named(own)
            );
            let finding = Finding { code: code::ARTICLE_OUTDATED, ..self.of_picture(own, other.paragraph, message) };
            return self.findings.push(finding);
        }
        let mut told: Vec<Finding> = Vec::new();
        let mut tell = |message: String| told.push(self.of_picture(own, other.paragraph, message));
        if !stays {
            tell(format!("{} stands in another place", named(own)));
        }
        match (&own.bytes, &other.bytes) {
            (Some(right), Some(now)) => match likeness(right, now) {
                Likeness::Same => {}
                Likeness::Scaled([right, now]) => tell(format!(
                    "{} has {} × {} pixels in place of {} × {}, and could not be compared: put the study's own back",
                    named(own),
                    now.0,
                    now.1,
                    right.0,
                    right.1
                )),
                Likeness::Other => tell(format!("{} is another picture", named(own))),
            },
            (_, None) => {
                tell(format!("the picture in the place of {} cannot be read, and was not compared", named(own)))
            }
            (None, Some(_)) => {}
        }
        if other.cropped {
            tell(format!("a part of {} is cut off", named(own)));
        }
        if plain(&own.alt) != plain(&other.alt) {
            tell(format!("{} says `{}` to those who do not see it", named(own), brief(&other.alt)));
            told.last_mut().into_iter().for_each(|finding| {
                (finding.printed, finding.right) = (Some(other.alt.clone()), Some(own.alt.clone()));
            });
        }
        for mut finding in told {
            (finding.pending, finding.sure) = (other.pending, sure);
            self.findings.push(finding);
        }
    }

    /// Begins a finding about a figure of today.
    fn of_picture(&self, own: &Picture, paragraph: usize, message: String) -> Finding {
        let mut finding = self.finding(code::ARTICLE_PICTURE, paragraph, message);
        finding.template = self.exhibit(Some(&short(id(own))));
        finding
    }
}

/// Returns the id of the figure that a picture shows.
fn id(picture: &Picture) -> &str {
    picture.name.split(' ').next().unwrap_or_default()
}

fn named(picture: &Picture) -> String {
    format!("the figure `{}`", id(picture))
}

fn plain(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn rest(pictures: &[Picture], is_taken: impl Fn(usize) -> bool) -> impl Iterator<Item = (usize, &Picture)> {
    pictures.iter().enumerate().filter(move |(at, _)| !is_taken(*at))
}

/// Finds for each figure of today what stands for it: by its name, its bytes, its text, at last by its place.
fn paired(ours: &[Picture], theirs: &[Picture]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let ways: [fn(&Picture, &Picture) -> bool; 4] = [
        |own, other| own.name == other.name,
        |own, other| !id(own).is_empty() && id(own) == id(other),
        |own, other| own.bytes.is_some() && own.bytes == other.bytes,
        |own, other| !own.alt.is_empty() && plain(&own.alt) == plain(&other.alt),
    ];
    let free = |pairs: &[Pair]| -> (Vec<usize>, Vec<usize>) {
        let (own, other): (BTreeSet<usize>, BTreeSet<usize>) =
            pairs.iter().map(|(own, other, _)| (*own, *other)).unzip();
        (
            (0..ours.len()).filter(|at| !own.contains(at)).collect(),
            (0..theirs.len()).filter(|at| !other.contains(at)).collect(),
        )
    };
    for is_same in ways {
        let (own, mut other) = free(&pairs);
        for at in own {
            if let Some(place) = other.iter().position(|place| is_same(&ours[at], &theirs[*place])) {
                pairs.push((at, other.remove(place), true));
            }
        }
    }
    let (own, other) = free(&pairs);
    if own.len() == other.len() {
        pairs.extend(own.into_iter().zip(other).map(|(own, other)| (own, other, false)));
    }
    pairs.sort_unstable();
    pairs
}
