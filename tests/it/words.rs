//! Words: a study says otherwise what it needs and no more, and every method has its texts in every language.

use esep::analysis::METHODS;
use esep::build::{self, Wanted};
use esep::diagnostic::Diagnostics;
use esep::files::Files;
use esep::language::{Lang, texts};

use crate::study::dummy;

fn built(files: &Files) -> Result<Files, Vec<String>> {
    let mut diagnostics = Diagnostics::default();
    let report = build::build(files, &Wanted::default(), &mut diagnostics);
    report.map_err(|_| diagnostics.sorted().iter().map(|problem| problem.message.clone()).collect())
}

/// The dummy study without the texts that the program has too.
fn without_texts() -> Files {
    let mut files = dummy();
    for lang in Lang::ALL {
        let path = format!("templates/{}/strings.yaml", lang.code());
        let own = |line: &&str| line.split_once(':').is_some_and(|(key, _)| texts::own(lang.code(), key).is_none());
        let text: String =
            files.text(&path).expect("texts").lines().filter(own).map(|line| format!("{line}\n")).collect();
        files.insert(path, if text.is_empty() { "{}\n".to_owned() } else { text });
    }
    files
}

#[test]
fn a_study_needs_no_text_that_the_program_has() {
    let report = built(&without_texts()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert!(report.text("2022/ru/report.md").is_some_and(|text| text.contains("Источник:")));
}

#[test]
fn a_study_may_say_one_text_otherwise_in_one_language() {
    let mut files = without_texts();
    let text = files.text("templates/ru/strings.yaml").expect("texts").to_owned();
    files.insert("templates/ru/strings.yaml", format!("{}\nsource: \"Откуда\"\n", text.replace("{}", "")));
    let report = built(&files).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert!(report.text("2022/ru/report.md").is_some_and(|text| text.contains("Откуда:")));
    assert!(report.text("2022/kk/report.md").is_some_and(|text| text.contains("Дереккөз:")));
}

#[test]
fn every_method_has_its_texts_in_every_language() {
    for lang in Lang::ALL {
        for method in METHODS {
            let roles = method.roles.iter().map(|role| format!("roles.{}", role.name));
            let params = method.params.iter().map(|param| format!("params.{}", param.name));
            let results = method.outputs.iter().map(|output| format!("results.{}", output.name));
            let whole = ["title", "convention"].map(str::to_owned).into_iter();
            for key in whole.chain(roles).chain(params).chain(results).map(|what| method.key(&what)) {
                let text = texts::own(lang.code(), &key).unwrap_or_default();
                let clean = !text.is_empty() && !text.contains(" - ") && !text.contains("  ");
                assert!(clean, "{}: {key}: {text:?}", lang.code());
            }
        }
        assert!(METHODS.iter().all(|method| texts::literature(method.name).is_some()));
    }
}
