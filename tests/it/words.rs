//! Words: a study says otherwise what it needs and no more, and every method has its texts in every language.

use std::collections::BTreeMap;

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

/// Nouns and verbs of a study, and what is printed with them.
const OWN_WORDS: &str = r#"
nouns:
  lyceum:
    ru: {noun: лицей, like: случай}
    kk: лицей
    en: lyceum
  forest: {ru: {noun: лес, like: регион, place: лесу, plural: леса}, kk: орман}
  breed: {ru: {noun: порода, like: страна}, kk: тұқым}
  tongue: {kk: {noun: ерін, owned: ерні}}
  path:
    ru:
      noun: путь
      one: {gen: пути, dat: пути, acc: путь, ins: путём, prep: пути}
      many: {nom: пути, gen: путей, dat: путям, ins: путями, prep: путях}
      gender: m
    kk: жол-жоба
    en: {noun: path, plural: paths}
verbs:
  go: {ru: {verb: уйти, past: [ушёл, ушла, ушло, ушли]}, kk: {verb: оқу, past: [оқыды]}}
"#;

#[test]
fn a_study_declares_nouns_and_verbs_of_its_own() {
    let said = |lang: &str, text: &str| {
        let mut files = dummy();
        let study = files.text("study.yaml").expect("a study").to_owned();
        files.insert("study.yaml", study + OWN_WORDS);
        let mut diagnostics = Diagnostics::default();
        let study = esep::study::Study::read(&files, &mut diagnostics).expect("a study");
        let territories = esep::catalog::Territories::default();
        let lang = Lang::parse(lang).expect("a language");
        let alone = esep::page::Alone {
            lang,
            study: Some(&study),
            strings: BTreeMap::new(),
            territories: &territories,
            findings: None,
            proof: false,
        };
        let lines = esep::page::alone(&alone, "template", &[text.to_owned()], &mut diagnostics);
        let problems: Vec<String> = diagnostics.sorted().iter().map(|problem| problem.message.clone()).collect();
        if problems.is_empty() { lines.concat().replace('\u{a0}', "~") } else { problems.join("; ") }
    };
    for (lang, text, right) in [
        ("ru", "{{ 2 | noun(\"лицей\") }}", "2~лицея"),
        ("ru", "{{ 5 | noun(\"лицей\") | case(\"ins\") }}", "5~лицеями"),
        ("ru", "{{ 3 | ordinal(\"порода\") | words }}", "третья порода"),
        ("ru", "{{ 1 | noun(\"лес\") | case(\"loc\") }}", "1~лесу"),
        ("ru", "{{ 1 | noun(\"лес\") | case(\"prep\") }}", "1~лесе"),
        ("ru", "{{ \"лес\" | list | plural }}", "леса"),
        ("ru", "{{ 22 | noun(\"путь\") }}", "22~пути"),
        ("ru", "{{ 25 | noun(\"путь\") | case(\"gen\") }}", "25~путей"),
        ("ru", "{{ 1 | noun(\"порода\") | verb(\"уйти\") }}", "ушла"),
        ("ru", "{{ 3 | persons | verb(\"уйти\") }}", "ушли"),
        ("kk", "{{ 105 | ordinal(\"лицей\") | case(\"loc\") }}", "105-лицейде"),
        ("kk", "{{ 5 | noun(\"орман\") | case(\"abl\") }}", "5~орманнан"),
        ("kk", "{{ \"тұқым\" | list | plural | case(\"gen\") }}", "тұқымдардың"),
        ("kk", "{{ \"ерін\" | list | possessive | case(\"dat\") }}", "ерніне"),
        ("kk", "{{ 3 | persons | verb(\"оқу\") }}", "оқыды"),
        ("en", "{{ 2 | noun(\"lyceum\") }}", "2~lyceums"),
        ("en", "{{ 2 | noun(\"path\") }}", "2~paths"),
        ("ru", "{{ 2 | noun(\"мост\") }}", "the language `ru` does not know the noun `мост`"),
    ] {
        assert_eq!(said(lang, text), right, "{lang} {text}");
    }
}

#[test]
fn what_a_study_says_of_a_noun_is_checked() {
    for (entry, wrong) in [
        ("{ru: {noun: лицей}}", "`лицей` is not said how to decline"),
        ("{ru: {noun: лицей, like: страна}}", "`лицей` cannot be declined like `страна`: they end otherwise"),
        ("{ru: {noun: лицей, like: мост}}", "`лицей` is to be declined like `мост`, which is not known"),
        ("{ru: {noun: лицей, one: {gen: лицея}}}", "`лицей` lacks `dat` under `one`"),
        ("{ru: {noun: лицей, like: случай, owned: лицейі}}", "`лицей` has no possessive form in Russian"),
        ("{kk: {noun: лицей, like: мектеп}}", "`лицей` has forms that only Russian has"),
        ("{ru: {noun: лицей, like: случай, gender: x}}", "there is no gender `x`"),
    ] {
        let mut files = dummy();
        let study = files.text("study.yaml").expect("a study").to_owned();
        files.insert("study.yaml", format!("{study}\nnouns:\n  lyceum: {entry}\n"));
        let problems = built(&files).expect_err("is refused");
        assert!(problems.iter().any(|problem| problem == wrong), "{entry}: {problems:?}");
    }
}
