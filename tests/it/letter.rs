//! Letter: the reply to the editor of an invented paper names every number that does not hold, in each language.

use std::fs;
use std::io::Read;
use std::process::Command;

use crate::claims::invented;
use crate::study::{scratch, write};

#[test]
fn a_letter_names_every_number_that_does_not_hold() {
    let folder = scratch("letter");
    write(&folder, &invented());
    let esep = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        let output = command.current_dir(&folder).env("ESEP_CACHE", "").arg("verify").args(arguments).output();
        let output = output.expect("esep runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned(), said)
    };
    let verdicts: serde_json::Value = serde_json::from_str(&esep(&["--format", "json"]).1).expect("JSON");
    let is_problem =
        |claim: &&serde_json::Value| ["contradicted", "inconsistent"].map(Into::into).contains(&claim["verdict"]);
    let problems: Vec<&serde_json::Value> =
        verdicts["claims"].as_array().expect("claims").iter().filter(is_problem).collect();
    assert!(problems.len() > 3, "{}", problems.len());
    for lang in ["ru", "kk"] {
        let out = format!("out/{lang}.docx");
        let (code, printed, said) = esep(&["--letter", "--lang", lang, "--out", &out]);
        assert_eq!((code, printed.trim()), (Some(0), out.as_str()), "{said}");
        let bytes = fs::read(folder.join(&out)).expect("a letter");
        esep(&["--letter", "--lang", lang, "--out", &out]);
        assert_eq!(bytes, fs::read(folder.join(&out)).expect("a letter"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        let checked = command.args(["article", "check", &out]).current_dir(&folder).env("ESEP_CACHE", "").output();
        let told = String::from_utf8_lossy(&checked.expect("esep runs").stderr).into_owned();
        assert!(told.contains("is a letter that") && told.contains("1 error"), "{told}");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
        let mut xml = String::new();
        archive.by_name("word/document.xml").expect("its text").read_to_string(&mut xml).expect("text");
        assert_eq!(xml.matches("<w:tbl>").count(), problems.len());
        assert!(!xml.contains('{') && !xml.contains("verification."), "a gap is left");
        for claim in &problems {
            for key in ["place", "explanation"] {
                let said = claim[key][lang]
                    .as_str()
                    .expect("a text")
                    .replace('"', "&quot;")
                    .replace('<', "&lt;")
                    .replace('>', "&gt;");
                assert!(xml.contains(&said), "{lang}: {said}");
            }
            assert!(xml.contains(claim["printed"].as_str().expect("a number")));
        }
        // What another reading bears out is asked, and nothing is put in its place.
        let holds = |own: &serde_json::Value| ["confirmed", "rounding"].map(Into::into).contains(&own["verdict"]);
        let others =
            |claim: &serde_json::Value| claim["readings"].as_array().is_some_and(|all| all.iter().skip(1).any(holds));
        let borne = problems.iter().filter(|claim| others(claim)).count();
        let asked = if lang == "ru" {
            "Что просим уточнить"
        } else {
            "Нені нақтылауды сұраймыз"
        };
        assert_eq!(xml.matches(asked).count(), borne, "{lang}");
        assert!(xml.contains(&format!("<w:lang w:val=\"{}\"/>", if lang == "ru" { "ru-RU" } else { "kk-KZ" })));
    }
    assert_eq!(esep(&["--letter", "--problems"]).0, Some(2));
    assert!(
        esep(&["--letter", "--lang", "ru"]).1.contains("letter.ru.docx")
            && folder.join("export/letter.ru.docx").is_file()
    );
}
