//! Proof: faults planted in sentences, each with the kind that must be found there, and right sentences that are tricky.
//!
//! Whoever wrote the rules planted them, so the shares below are an upper bound.

use std::fs;

use esep::language::proof::Passage;
use esep::language::{Lang, Language};
use esep::page::code_of;

use crate::study::material;

/// Returns the codes of what is found in a sentence, without `language/`.
fn found(lang: Lang, sentence: &str) -> Vec<&'static str> {
    // A space before a unit is no matter here.
    let negative = sentence.match_indices('−').map(|(at, _)| at..at + 5).collect();
    let passage = Passage { text: sentence.to_owned(), negative, ..Passage::default() };
    let found = Language::own(lang).proofread(&passage).into_iter();
    found.map(|finding| code_of(finding.fault).trim_start_matches("language/")).collect()
}

fn lines(name: &str) -> Vec<String> {
    let text = fs::read_to_string(material().join("proof").join(name)).expect("sentences");
    text.lines().map(str::to_owned).collect()
}

#[test]
fn planted_faults_are_found_and_right_sentences_left_alone() {
    for (lang, caught, alarms) in [(Lang::Ru, 128, 2), (Lang::Kk, 138, 2)] {
        let planted = lines(&format!("faults_{}.txt", lang.code()));
        let missed: Vec<&String> = planted
            .iter()
            .filter(|line| {
                let (kind, sentence) = line.split_once(": ").expect("a kind and a sentence");
                !found(lang, sentence).contains(&kind)
            })
            .collect();
        let share = planted.len() - missed.len();
        assert!(planted.len() >= 100, "{}", planted.len());
        let right = lines(&format!("right_{}.txt", lang.code()));
        let false_alarms: Vec<_> = right
            .iter()
            .map(|line| (line, found(lang, line)))
            // These sentences are written with plain spaces.
            .filter(|(_, found)| found.iter().any(|kind| *kind != "no-break"))
            .collect();
        assert!(right.len() >= 100, "{}", right.len());
        assert!(share >= caught, "{}: {share} of {}: {missed:#?}\n{false_alarms:#?}", lang.code(), planted.len());
        assert!(false_alarms.len() <= alarms, "{}: {false_alarms:#?}", lang.code());
    }
}
