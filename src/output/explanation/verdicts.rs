//! Verdicts: which claims of published papers rest on a finding.

use std::collections::BTreeMap;

use super::super::trace::Ways;
use super::super::verification_page::anchor;
use crate::analysis::Edition;
use crate::claim::{Judged, Speaker, Verified};
use crate::finding::{FindingId, Input};
use crate::language::Language;

/// The claims that rest on each finding of an edition, the nearest first.
#[derive(Default)]
pub struct Verdicts<'a> {
    by_finding: BTreeMap<FindingId, Vec<Claimed<'a>>>,
}

/// A claim with the number of steps from it to the finding.
#[derive(Clone, Copy)]
struct Claimed<'a> {
    depth: usize,
    one: &'a Verified<'a>,
    judged: &'a Judged<'a>,
}

/// A verdict in words, and where it is told.
pub struct Told {
    /// The page and the place on it.
    pub href: String,
    /// The paper, the place in it and what it prints.
    pub what: String,
    /// The verdict.
    pub verdict: String,
}

impl<'a> Verdicts<'a> {
    /// Follows each claim that was judged on an edition to the findings that it rests on.
    pub fn of(edition: &Edition, verified: &'a [Verified<'a>]) -> Verdicts<'a> {
        let mut by_finding: BTreeMap<FindingId, Vec<Claimed>> = BTreeMap::new();
        for one in verified.iter().filter(|one| one.bench.name == edition.name) {
            let mut ways = Ways::of(&one.bench);
            for judged in &one.judged {
                let Some(reading) = judged.first() else { continue };
                for step in ways.follow(&reading.finding) {
                    let (Input::Finding(id) | Input::Cell(_, id)) = step.what;
                    let claims = by_finding.entry(id).or_default();
                    if claims.last().is_none_or(|last| !std::ptr::eq(last.judged, judged)) {
                        claims.push(Claimed { depth: step.depth, one, judged });
                    }
                }
            }
        }
        by_finding.values_mut().for_each(|claims| claims.sort_by_key(|claimed| claimed.depth));
        Verdicts { by_finding }
    }

    /// Tells the nearest claims that rest on a finding, and how many there are in all.
    pub fn told(&self, id: &FindingId, most: usize, language: &Language) -> (Vec<Told>, usize) {
        let Some(claims) = self.by_finding.get(id) else { return (Vec::new(), 0) };
        let told = claims.iter().take(most).map(|Claimed { one, judged, .. }| {
            let speaker = Speaker { language, edition: &one.bench };
            let place = speaker.place(one.paper, judged.claim);
            Told {
                href: format!("../../verification/{}/index.html#c-{}", speaker.code(), anchor(one, judged)),
                what: format!("{}, {place}: «{}»", one.paper.title(speaker.code()), judged.claim.printed),
                verdict: speaker.say(judged.words()).to_owned(),
            }
        });
        (told.collect(), claims.len())
    }
}
