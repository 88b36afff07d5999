//! Pairs: a sentence changed in one language alone is named until somebody says that the two still agree.

use std::collections::BTreeSet;

use esep::build;
use esep::diagnostic::{Diagnostic, Diagnostics};
use esep::files::Files;
use esep::page::pairs::{self, PAIRS};

use crate::study::{dummy, scratch, write};

const RU: &str = "templates/ru/closing.md";
const KK: &str = "templates/kk/closing.md";

const BEFORE: [(&str, &str); 2] = [
    (
        RU,
        "Село теряет людей. В {{ q(\"last(balance.value[KZ, all])\") | year }} году {% if holds(\"balance.value[KZ, last] < 0\") %}убыль{% else %}прирост{% endif %} продолжалась. Город растёт.\n\n",
    ),
    (
        KK,
        "Ауыл халқын жоғалтуда. {{ q(\"last(balance.value[KZ, all])\") | year }} жылы {% if holds(\"balance.value[KZ, last] < 0\") %}кему{% else %}өсім{% endif %} жалғасты. Қала өсуде.\n\n",
    ),
];

/// The dummy study with a paragraph of three sentences in both languages, whose words may be exchanged.
fn study(changes: &[(&str, &str, &str)]) -> Files {
    let mut files = dummy();
    for (path, text) in BEFORE {
        let mut text = format!("{text}{}", files.text(path).expect("a page"));
        for (_, old, new) in changes.iter().filter(|(own, ..)| *own == path) {
            assert!(text.contains(old), "{old}");
            text = text.replacen(old, new, 1);
        }
        files.insert(path, text);
    }
    files
}

/// Reads a study beside the pairs of another; gives what is said of pairs, and the file as it is after accepting at a place.
fn read(mut files: Files, kept: &str, at: &str) -> (Vec<Diagnostic>, String) {
    if !kept.is_empty() {
        files.insert(PAIRS, kept);
    }
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&files, &mut diagnostics).expect("the study is sound");
    let accepted = pairs::accept(material.prose.pairs(), &files, at, &mut Diagnostics::default());
    let said = diagnostics.sorted().into_iter().filter(|problem| problem.code.starts_with("page/")).collect();
    (said, accepted.map(|accepted| accepted.text).unwrap_or_default())
}

fn codes(said: &[Diagnostic]) -> Vec<(String, usize, Option<usize>)> {
    said.iter().map(|own| (own.place.file.clone(), own.place.line.unwrap_or(0), own.place.column)).collect()
}

#[test]
fn pairs_that_somebody_read_are_silent_and_nothing_is_claimed_without_them() {
    let (said, kept) = read(study(&[]), "", "");
    assert_eq!(said, []);
    let lines: BTreeSet<&str> = kept.lines().filter(|line| line.starts_with("closing ")).collect();
    assert!(lines.len() > 3 && lines.iter().all(|line| line.split(' ').count() == 5), "{kept}");
    let (said, again) = read(study(&[]), &kept, "");
    assert_eq!((said.len(), again), (0, kept.clone()), "accepting twice writes the same bytes");
    // What only grammar or the breaking of lines changes is no change of a sentence.
    let broken = study(&[(RU, "теряет людей", "теряет\nлюдей"), (RU, "| year }}", "| year | case(\"gen\") }}")]);
    assert_eq!(codes(&read(broken, &kept, "").0), []);
}

#[test]
fn a_sentence_changed_in_one_language_alone_is_named_with_both_places() {
    let kept = read(study(&[]), "", "").1;
    let change = [(RU, "Город растёт", "Город растёт быстро")];
    let (said, after) = read(study(&change), &kept, "templates/kk/closing.md:1");
    assert_eq!(
        codes(&said),
        [(
            KK.to_owned(),
            1,
            Some(BEFORE[1].1.find("Қала").map(|at| BEFORE[1].1[..at].chars().count() + 1).expect("a word"))
        )]
    );
    assert!(said[0].code == "page/stale-pair" && said[0].message.contains("templates/ru/closing.md:1:"), "{said:?}");
    assert_eq!(read(study(&change), &after, "").0, [], "accepted at its line");
    // A branch is a part of its sentence.
    for (path, old, new) in [(KK, "өсім", "айқын өсім"), (RU, "прирост", "небольшой прирост")]
    {
        let said = read(study(&[(path, old, new)]), &kept, "").0;
        assert!(said.len() == 1 && said[0].code == "page/stale-pair", "{said:?}");
        assert_eq!(said[0].place.file == KK, path == RU);
    }
}

#[test]
fn sentences_put_in_taken_out_and_exchanged_are_told_apart() {
    let kept = read(study(&[]), "", "").1;
    let alone = [(RU, "Город растёт.", "Город растёт. Это давний процесс.")];
    let said = read(study(&alone), &kept, "").0;
    assert!(said.len() == 1 && said[0].code == "page/stale-pair" && said[0].place.file == KK, "{said:?}");
    let both = [alone[0], (KK, "Қала өсуде.", "Қала өсуде. Бұл ескі үдеріс.")];
    let said = read(study(&both), &kept, "").0;
    assert!(said.len() == 1 && said[0].code == "page/new-pair" && said[0].message.starts_with("1 pairs"), "{said:?}");
    let gone = [(KK, " Қала өсуде.", "")];
    let said = read(study(&gone), &kept, "").0;
    assert!(said.len() == 1 && said[0].code == "page/stale-pair", "{said:?}");
    // Both taken out: nothing is left to say.
    assert_eq!(read(study(&[(RU, " Город растёт.", ""), (KK, " Қала өсуде.", "")]), &kept, "").0, []);
}

#[test]
fn marks_of_a_merge_are_named_and_accepting_says_what_it_took() {
    let kept = read(study(&[]), "", "").1;
    let said = read(study(&[]), &kept.replacen("closing", "<<<<<<< ours\nclosing", 1), "").0;
    assert!(said.iter().any(|own| own.code == "page/pairs-file" && own.place.file == PAIRS), "{said:?}");
    let folder = scratch("pairs");
    write(&folder, &study(&[]));
    let esep = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_esep"));
        let output =
            command.args(arguments).arg("--study").arg(&folder).env("ESEP_CACHE", "").output().expect("esep runs");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, out, said) = esep(&["build", "--accept-pairs"]);
    assert!(code == Some(0) && out.contains("0 are there no more") && out.contains("Қала өсуде"), "{out}{said}");
    assert_eq!(std::fs::read_to_string(folder.join(PAIRS)).expect("a file"), kept);
    assert_eq!(esep(&["build", "--accept-pairs=templates/kk/nothing.md"]).0, Some(2));
    write(&folder, &study(&[(RU, "Город растёт", "Город растёт быстро")]));
    let (code, _, said) = esep(&["build"]);
    assert!(code == Some(0) && said.contains("page/stale-pair"), "{said}");
    let (code, _, said) = esep(&["build", "--strict"]);
    assert!(code == Some(1) && said.contains("page/stale-pair"), "{said}");
}

#[test]
fn a_finding_that_was_altered_names_the_sentences_that_read_it() {
    let (said, kept) = read(study(&[]), "", "");
    assert_eq!(said, []);
    let (said, _) = read(study(&[]), &kept, "");
    assert_eq!(said, []);
    let mut files = study(&[]);
    let text = files.text("study.yaml").expect("a study").replace("\"argmin(rural_balance", "\"argmax(rural_balance");
    files.insert("study.yaml", text);
    let (said, again) = read(files, &kept, "");
    assert!(!said.is_empty() && said.iter().all(|own| own.code == "page/stale-pair"), "{said:?}");
    assert!(said[0].message.contains("`largest_loss` was altered"), "{}", said[0].message);
    assert_ne!(again, kept);
}
