//! Proof: faults planted in sentences, each with the kind that must be found there, and right sentences that are tricky.
//!
//! The first of them were planted by whoever wrote the rules, the others by an editor who had not read them. All stand without a
//! dictionary here, as a build reads a page.

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
    text(name).lines().map(str::to_owned).collect()
}

fn text(name: &str) -> String {
    fs::read_to_string(material().join("proof").join(name)).expect("a text")
}

#[test]
fn a_dictionary_tells_the_cases_of_nouns_that_no_list_has() {
    let language = Language::own(Lang::Ru).with_words("", &[(&text("words_ru.dic"), &text("words_ru.aff"))]);
    let found = |text: &str| -> Vec<String> {
        let passage = Passage { text: text.to_owned(), ..Passage::default() };
        let found = language.proofread(&passage).into_iter();
        found.map(|finding| format!("{} {}", code_of(finding.fault), &text[finding.span])).collect()
    };
    let (government, agreement, plural) = ("language/government", "language/agreement", "language/plural");
    let (typography, spelling) = ("language/typography", "language/spelling");
    for (wrong, code, at) in [
        ("К конец года выплат стало больше.", government, "конец"),
        ("С начало года выплат стало больше.", government, "начало"),
        ("Согласно прогноза, выплат станет больше.", government, "прогноза"),
        ("По сравнению с прогноза выплат стало больше.", government, "прогноза"),
        ("Средний выплата достигла прогноза.", agreement, "выплата"),
        ("Средняя выплата достиг прогноза.", agreement, "достиг"),
        ("За 3 прогнозов ответил он.", plural, "прогнозов"),
        ("Ушло по 2 средний прогноз.", plural, "средний"),
        ("По выплату прогноза нет.", government, "выплату"),
        ("В прогнозе рост выплате не назван.", government, "выплате"),
        ("Суды закрыл выплаты.", agreement, "закрыл"),
        ("Суды закрывает выплаты.", agreement, "закрывает"),
        ("Средний новая выплата достигла прогноза.", agreement, "новая"),
        ("Заключено 21 прогнозов.", plural, "прогнозов"),
        ("Закрывают 22 прогнозов.", plural, "прогнозов"),
        ("В прогнозе 24 выплата.", plural, "выплата"),
        ("Закрывают 22 средних прогнозов.", plural, "прогнозов"),
        ("Рост выплат, закрывающие начало прогноза, стал больше.", agreement, "закрывающие"),
        ("Рост выплат, прошедшие начало прогноза, стал больше.", agreement, "прошедшие"),
        ("Выплаты, которые закрывают суды достигли прогноза.", typography, "суды достигли"),
        ("Прогноз может увеличится.", agreement, "увеличится"),
        ("Ожидается, что выплата увеличиться к концу года.", agreement, "увеличиться"),
        ("Закрыв суды прогноз достиг конца года.", typography, "Закрыв суды прогноз достиг"),
        ("Если суды закрыли выплаты рост стал больше.", typography, "закрыли выплаты рост стал"),
        ("В пяти прогнозов стало больше выплат.", government, "прогнозов"),
        ("Там суды закрыли три прогнозов.", plural, "прогнозов"),
        ("Выплата достигла прогноз.", government, "прогноз"),
        ("Там стал больше уровень выплата.", government, "выплата"),
        ("Там закрыли Росию.", spelling, "Росию"),
    ] {
        assert_eq!(found(wrong), [format!("{code} {at}")], "{wrong}");
    }
    for right in [
        "К концу года средняя выплата достигла прогноза.",
        "С начала года выплат стало больше, чем в начале.",
        "По сравнению с прогнозом средних выплат стало больше.",
        "За 3 прогноза, по 2 средних прогноза, в 5 прогнозах.",
        "С выплаты по выплату рост прогноза стал больше.",
        "Суды закрыл прогноз.",
        "Суды закрывает выплата.",
        "Суды закрывают выплаты.",
        "Рост выплат, закрывающих начало прогноза, стал больше.",
        "Суды, закрывающие выплаты, достигли прогноза.",
        "Для прогнозов, прошедших выплату, в «Прагноз» стало больше судов.",
        "Выплаты, которые закрывают суды, достигли прогноза.",
        "Прогноз может увеличиться, и он увеличится.",
        "Ожидается, что выплата увеличится к концу года.",
        "Закрыв суды, прогноз достиг конца года.",
        "Если суды закрыли выплаты, рост стал больше.",
        "В пяти прогнозах стало больше выплат.",
        "Там суды закрыли три прогноза.",
        "Выплата достигла прогноза.",
        "Там стал больше уровень выплат.",
        "Там закрыли Россию.",
        "Заключено 24 прогноза, в прогнозе 24 выплаты, закрывают 22 средних прогноза.",
    ] {
        assert_eq!(found(right), [""; 0], "{right}");
    }
}

#[test]
fn a_dictionary_tells_the_kazakh_words_whose_stems_change() {
    let language = Language::own(Lang::Kk).with_words("", &[(&text("words_kk.dic"), "")]);
    let found = |text: &str| -> Vec<(String, String)> {
        let passage = Passage { text: text.to_owned(), ..Passage::default() };
        let found = language.proofread(&passage).into_iter();
        found.map(|finding| (text[finding.span].to_owned(), finding.hint)).collect()
    };
    for (wrong, at, hint) in [
        ("Ауыл мектепінде оқушы көп.", "мектепінде", "did you mean `мектебінде`?"),
        ("Оның кітапы бар.", "кітапы", "did you mean `кітабы`?"),
        ("Жұмыссыздықы туралы дерек жоқ.", "Жұмыссыздықы", "did you mean `жұмыссыздығы`?"),
        ("Бұл сонғы деректер.", "сонғы", "did you mean `соңғы`?"),
        ("Баға өсды.", "өсды", "write `өсты`"),
    ] {
        assert_eq!(found(wrong), [(at.to_owned(), hint.to_owned())], "{wrong}");
    }
    for right in [
        "Ауыл мектебінде оқушы көп.",
        "Оның кітабы бар, үйдің тарапы.",
        "Жұмыссыздығы туралы дерек жоқ.",
        "Бұл соңғы деректер, көпбалалы үй.",
        "Баға өсті.",
        "Металы көп, металға бай ел.",
        "Бұл қар жауады деген болжам.",
        "Бұл фильмін, фильмге баға жоқ.",
    ] {
        assert_eq!(found(right), [], "{right}");
    }
}

#[test]
fn planted_faults_are_found_and_right_sentences_left_alone() {
    for (lang, caught, alarms) in [(Lang::Ru, 297, 2), (Lang::Kk, 347, 2)] {
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
