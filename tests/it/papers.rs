//! Papers: PDFs of several producers read to the same numbers, hostile ones refused, a paper without a study judged.

use std::fs;
use std::path::{Path, PathBuf};

use esep::claim::pdf::{self, Unreadable};
use esep::claim::scan::scan;
use esep::claim::source::Source;

use crate::claims::golden;
use crate::study::scratch;

fn material() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/material/papers")
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(material().join(name)).expect("a paper")
}

fn listed(source: &Source) -> String {
    let one = |found: &esep::claim::scan::Found| {
        let says = found.says().map_or("", |says| says.name());
        let unit = found.measured.unit().unwrap_or_default();
        let (printed, sort) = (found.printed.replace('\u{a0}', " "), found.sort.name());
        let text = format!("{}: {sort} {printed} {unit} {says}", source.place(found.line));
        text.trim_end().replace("  ", " ") + "\n"
    };
    scan(&source.text).iter().map(one).collect()
}

/// One invented text, set by each: two columns, a cut word, a raised figure, a table, a second page.
#[test]
fn papers_of_each_producer_are_read_in_columns_tables_and_pages() {
    for name in ["typst", "libreoffice", "tex", "chromium"] {
        let source = Source::read("paper.pdf", bytes(&format!("{name}.pdf"))).expect("a paper");
        golden(&format!("../papers/{name}.txt"), &format!("{}---\n{}", source.text, listed(&source)));
    }
}

#[test]
fn papers_that_are_hostile_are_refused_and_none_panics() {
    let whole = bytes("chromium.pdf");
    for cut in (0..whole.len()).step_by(whole.len() / 12) {
        let _ = pdf::read(whole[..cut].to_vec());
        let mut turned = whole.clone();
        turned[cut] ^= 0xff;
        let _ = pdf::read(turned);
    }
    assert_eq!(pdf::read(b"%PDF-1.7\n".to_vec()).err(), Some(Unreadable::Damaged));
    let page = |content: &[u8], rest: &str| {
        let mut out = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>endobj\n"
            .to_vec();
        out.extend(format!("4 0 obj<</Length {}>>stream\n", content.len()).into_bytes());
        out.extend(content);
        out.extend(b"\nendstream endobj\n");
        out.extend(rest.as_bytes());
        out.extend(b"trailer<</Root 1 0 R>>\n");
        out
    };
    assert_eq!(pdf::read(page(b"0 0 1 1 re f", "")).err(), Some(Unreadable::Scanned));
    assert_eq!(pdf::read(page(b"", "trailer<</Encrypt 9 0 R>>")).err(), Some(Unreadable::Encrypted));
    // A form that draws itself ten times over, and one packed in a way that nobody sees.
    let form = "5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length 60>>stream\n\
                /F Do /F Do /F Do /F Do /F Do /F Do 0 0 1 1 re f\nendstream endobj\n";
    assert!(pdf::read(page(b"/F Do", form)).is_err());
    let hidden = format!("6 0 obj<</Filter 7 0 R>>stream\n{}\nendstream endobj\n", "0".repeat(300_000));
    assert_eq!(pdf::read(page(b"", &hidden)).err(), Some(Unreadable::TooLarge));
}

#[test]
fn papers_without_a_study_are_judged_by_their_own_numbers_and_by_tables_beside_them() {
    let folder = scratch("papers-alone");
    fs::create_dir_all(&folder).expect("a folder");
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_esep"));
        let output = command.current_dir(material()).args(arguments).output().expect("esep runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let out = folder.join("out");
    let place = out.display().to_string();
    let (code, said, beside) = run(&["verify", "alone.txt", "--data", "alone.csv", "--out", &place]);
    golden("../papers/alone.verdicts.txt", &format!("{said}---\n{beside}").replace(&place, "OUT"));
    assert_eq!(code, Some(1), "{beside}");
    golden("../papers/alone.claims.yaml", &fs::read_to_string(out.join("claims.yaml")).expect("a draft"));
    let page = fs::read_to_string(out.join("verification.html")).expect("a page");
    assert!(page.contains("<style>") && !page.contains("stylesheet") && !page.contains("href=\"../"));
    // A paper whose numbers nothing can judge is not one that holds.
    fs::write(folder.join("bare.txt"), "Rural losses came to 66 850 persons in 2022.\n").expect("a paper");
    let bare = folder.join("bare.txt").display().to_string();
    let place = folder.join("bare").display().to_string();
    let (code, said, _) = run(&["verify", &bare, "--out", &place]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("not-judged; 0 not accepted") && !said.contains("fully"), "{said}");
    let page = fs::read_to_string(folder.join("bare/verification.html")).expect("a page");
    let (none, held) = ("No number was checked: there are no data for them.", "There are no discrepancies.");
    assert_eq!((page.matches(none).count(), page.contains(held)), (2, false));
    // Nobody is asked where there is no terminal.
    let draft = out.join("claims.yaml").display().to_string();
    assert_eq!(run(&["claims", "accept", &draft]).0, Some(2));
}

/// Each line of a text: `-` what is false and named, `?` what is false and the sentence does not say of which cell it speaks,
/// `+` what is true. They stand beside the table of their language.
#[test]
fn sentences_of_a_table_are_contradicted_where_they_are_false_and_never_where_they_are_true() {
    let folder = scratch("papers-cells");
    fs::create_dir_all(&folder).expect("a folder");
    let digits = |place: &serde_json::Value| -> String {
        place.as_str().unwrap_or_default().chars().filter(char::is_ascii_digit).collect()
    };
    let (mut counts, mut wrong) = ([0; 3], Vec::new());
    for lang in ["ru", "kk", "en", "milk", "wages", "sheep", "schools", "dairy", "sut", "budget", "births", "quarters"]
    {
        let text = fs::read_to_string(material().join(format!("cells/{lang}.txt"))).expect("sentences");
        let lines: Vec<(&str, &str)> = text.lines().map(|line| line.split_at(2)).collect();
        let paper: Vec<&str> = lines.iter().map(|(_, sentence)| *sentence).collect();
        let path = folder.join(format!("{lang}.txt"));
        fs::write(&path, paper.join("\n\n")).expect("a paper");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_esep"));
        let table = material().join(format!("cells/{lang}.csv"));
        command.arg("verify").arg(&path).arg("--data").arg(table).args(["--format", "json"]);
        let output = command.output().expect("esep runs");
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let claims = json["claims"].as_array().expect("claims");
        let is_false = |at: usize| {
            let line = (2 * at + 1).to_string();
            let here = claims.iter().filter(|claim| digits(&claim["where"]) == line);
            here.filter(|claim| ["contradicted", "inconsistent"].iter().any(|verdict| claim["verdict"] == *verdict))
                .count()
                > 0
        };
        assert!(
            !String::from_utf8_lossy(&output.stderr).contains("error["),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        for (at, (mark, sentence)) in lines.iter().enumerate() {
            let sort = ["- ", "? ", "+ "].iter().position(|own| own == mark).expect("a mark");
            counts[sort] += 1;
            if is_false(at) != (sort == 0) {
                wrong.push(format!("{mark}{sentence}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(counts, [82, 13, 142]);
}
