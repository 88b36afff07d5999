//! Mixed: one word, `last` or `first`, that means different periods in one expression, method, exhibit or sentence.

use esep::build::{self, Wanted};
use esep::diagnostic::{Diagnostic, Diagnostics, Severity};
use esep::files::Files;

use crate::study::dummy;

/// Builds the dummy study with more analyses, findings or tables and one more passage.
///
/// In its edition of 2021 `balance` runs to 2022, `rural_balance` to 2021, and `residents`, a stock, to 1 January 2022.
fn warned(study: &str, passage: &str) -> Vec<Diagnostic> {
    let mut files: Files = dummy();
    let text = files.text("study.yaml").expect("a study").to_owned();
    let text = study.lines().fold(text, |text, line| {
        let (section, entry) = line.split_once(": ").expect("a section and an entry");
        text.replacen(&format!("\n{section}:\n"), &format!("\n{section}:\n  {entry}\n"), 1)
    });
    files.insert("study.yaml", text);
    for lang in ["ru", "kk"] {
        let path = format!("templates/{lang}/closing.md");
        let text = format!("{}\n{passage}\n", files.text(&path).expect("a page"));
        files.insert(path, text);
    }
    let mut diagnostics = Diagnostics::default();
    let wanted = Wanted { editions: vec!["2021".to_owned()], languages: vec!["ru".to_owned()] };
    let _ = build::build(&files, &wanted, &mut diagnostics);
    let list = diagnostics.sorted();
    list.into_iter().filter(|d| d.code == "exhibit/mixed-periods").collect()
}

const BALANCE: &str = "{{ q(\"balance.value[KZ, last]\") | persons }}";
const RURAL: &str = "{{ q(\"rural_balance.value[KZ, last]\") | persons }}";

#[test]
fn one_word_for_different_periods_is_told_wherever_it_stands() {
    let pair = "balance.value[oblasts, last] - rural_balance.value[oblasts, last]";
    let of_two = "analyses: a: {expr: \"balance.value[oblasts, last]\"}\n\
                  analyses: b: {expr: \"rural_balance.value[oblasts, last]\"";
    let table = "tables: t: {rows: territory, columns: {x: {of: \"balance.value[oblasts, last]\"}, y: {of: \"rural_balance.value[oblasts, last]\"}}}";
    let figure = "figures: f: {kind: dumbbell, series: {x: \"balance.value[oblasts, last]\", y: \"rural_balance.value[oblasts, last]\"}, unit: persons}";
    for (study, passage, place) in [
        (format!("analyses: pair: {{expr: \"{pair}\"}}"), String::new(), "study.yaml"),
        (format!("findings: pair: \"sum({pair})\""), String::new(), "study.yaml"),
        (format!("{of_two}, methods: [correlation], bind: {{correlation: {{y: a.value}}}}}}"), String::new(), "study.yaml"),
        (table.to_owned(), String::new(), "study.yaml"),
        (figure.to_owned(), String::new(), "study.yaml"),
        (String::new(), format!("Сальдо {BALANCE}, в том числе у села {RURAL}."), "templates/ru/closing.md"),
        (String::new(), format!("Сальдо {BALANCE} тыс. чел. и у села {RURAL} в 2021 году."), "templates/ru/closing.md"),
        (
            String::new(),
            "{% if holds(\"balance.value[KZ, last] < rural_balance.value[KZ, last]\") %}Меньше.{% else %}Больше.{% endif %}".to_owned(),
            "templates/ru/closing.md",
        ),
    ] {
        let found = warned(&study, &passage);
        assert_eq!(found.len(), 1, "{study}{passage}: {found:?}");
        let one = &found[0];
        assert_eq!((one.severity, one.place.file.as_str()), (Severity::Warning, place), "{study}{passage}");
        let said = &one.message;
        assert!(said.contains("2022 in `balance.value`") && said.contains("2021 in `rural_balance.value`"), "{said}");
    }
    // What is mixed where it is written is not told again where it is quoted.
    let quoted = "{{ q(\"pair\") | persons }} – сальдо.";
    assert_eq!(warned(&format!("findings: pair: \"sum({pair})\""), quoted).len(), 1);
}

#[test]
fn periods_that_the_author_writes_or_prints_are_meant() {
    let year = |name: &str| format!("{{{{ q(\"last({name}.value[KZ, all])\") | year }}}}");
    for (study, passage) in [
        (
            "analyses: pair: {expr: \"balance.value[oblasts, 2022] - rural_balance.value[oblasts, 2021]\"}",
            String::new(),
        ),
        (
            "analyses: pair: {expr: \"balance.value[oblasts, 2022] - rural_balance.value[oblasts, last]\"}",
            String::new(),
        ),
        (
            "analyses: rate: {expr: \"per_mille(rural_balance.value[oblasts, last], residents.value[oblasts, last])\"}",
            String::new(),
        ),
        ("findings: change: \"residents.value[KZ, last] - residents.value[KZ, first]\"", String::new()),
        ("", format!("Сальдо {BALANCE}. У села сальдо {RURAL}.")),
        ("", format!("Сальдо {BALANCE}.\n\nсальдо села {RURAL}.")),
        ("", format!("Сальдо {BALANCE} в {} году, у села {RURAL} в {} году.", year("balance"), year("rural_balance"))),
        ("", format!("Сальдо {BALANCE} в 2022 году, у села {RURAL} в 2021 году.")),
    ] {
        assert_eq!(warned(study, &passage), [], "{study}{passage}");
    }
}
