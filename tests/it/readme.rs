//! Readme: the blocks of `README.md`, and those of the guide that speak of the flagship, do what the text around them says.

use std::fs;
use std::process::Command;

use esep::build::{self, Wanted};
use esep::claim::{self, Verdict};
use esep::diagnostic::{Diagnostics, Severity};
use esep::files::{Files, sha256};

use crate::study::{dummy, scratch, write};
use crate::support::{root, study};

/// A fenced block: its language, and its text without the margin.
struct Block {
    language: String,
    text: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut margin = None;
    for line in text.lines() {
        let bare = line.trim_start();
        match (bare.strip_prefix("```"), margin) {
            (Some(language), None) => {
                margin = Some(line.len() - bare.len());
                found.push(Block { language: language.to_owned(), text: String::new() });
            }
            (Some(_), Some(_)) => margin = None,
            (None, Some(margin)) => {
                let block = found.last_mut().expect("a block");
                block.text.push_str(line.get(margin..).unwrap_or_default());
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

/// Returns a section of a page by the beginning of its heading.
fn section(page: &str, heading: &str) -> String {
    let text = fs::read_to_string(root().join(page)).expect("the page");
    let sections = text.split("\n## ").find(|section| section.starts_with(heading));
    sections.unwrap_or_else(|| panic!("no section `{heading}`")).to_owned()
}

/// Parts the words of a command as a shell does: quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quote, mut open) = (Vec::new(), None, false);
    for letter in line.chars() {
        match (letter, quote) {
            (letter, Some(quoted)) if letter == quoted => quote = None,
            ('\'' | '"', None) => {
                (quote, open) = (Some(letter), {
                    words.extend((!open).then(String::new));
                    true
                })
            }
            (' ', None) => open = false,
            ('#', None) if !open => break,
            (letter, _) => {
                words.extend((!open).then(String::new));
                open = true;
                words.last_mut().expect("a word").push(letter);
            }
        }
    }
    words
}

fn errors(diagnostics: &Diagnostics) -> Vec<String> {
    let errors = diagnostics.sorted().into_iter().filter(|d| d.severity == Severity::Error);
    errors.map(|d| format!("{}: {}", d.place, d.message)).collect()
}

#[test]
fn commands_of_the_readme_run_and_print_what_it_shows() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let makefile = fs::read_to_string(root().join("Makefile")).expect("Makefile");
    let folder = std::env::temp_dir().join(format!("esep-readme-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let rows = (2013..=2024).map(|year| format!("KZ,{year},{}\n", 100 - (year - 2013) * (year % 5 + 1)));
    fs::write(folder.join("flows.csv"), format!("region,year,net\n{}", rows.collect::<String>())).expect("a table");
    let (mut ran, mut made) = (0, 0);
    for block in blocks(&readme).into_iter().filter(|block| block.language.is_empty()) {
        let mut lines = block.text.lines().peekable();
        while let Some(line) = lines.next() {
            let command = words(line.trim_start_matches("$ "));
            match command.first().map(String::as_str) {
                Some("make") => {
                    let target = format!("\n{}:", command[1]);
                    assert!(makefile.contains(&target), "{line}");
                    made += 1;
                }
                Some("esep") => {
                    let output = Command::new(env!("CARGO_BIN_EXE_esep"))
                        .args(&command[1..])
                        .current_dir(&folder)
                        .output()
                        .expect("esep runs");
                    let (said, complaint) =
                        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
                    assert!(output.status.success(), "{line}: {complaint}");
                    if line.starts_with('$') {
                        let shown = lines.next().expect("what it prints");
                        assert_eq!(said.trim_end().replace('\u{a0}', " "), shown, "{line}");
                    }
                    ran += 1;
                }
                _ => panic!("`{line}` is no command"),
            }
        }
    }
    fs::remove_dir_all(&folder).expect("the folder goes");
    assert_eq!((ran, made), (3, 2));
}

#[test]
fn the_house_style_of_the_guide_is_one() {
    let block =
        blocks(&section("docs/guide/languages.md", "House style")).into_iter().find(|block| block.language == "yaml");
    let style = block.expect("a style").text;
    let mut files = dummy();
    let text = files.text("study.yaml").expect("a study").to_owned();
    let own = text.lines().find(|line| line.starts_with("style:")).expect("a style");
    files.insert("study.yaml", text.replace(own, &style));
    let mut diagnostics = Diagnostics::default();
    let built = build::build(&files, &Wanted::default(), &mut diagnostics);
    assert_eq!(errors(&diagnostics), Vec::<String>::new());
    assert!(built.is_ok());
}

#[test]
fn the_prose_of_the_readme_prints_what_the_study_finds() {
    let block =
        blocks(&section("README.md", "A tour for the author")).into_iter().find(|block| block.language == "markdown");
    let text = block.expect("a sentence").text;
    let output = Command::new(env!("CARGO_BIN_EXE_esep"))
        .args(["eval", "--lang", "ru", text.trim_end()])
        .current_dir(root())
        .output()
        .expect("esep runs");
    let said = String::from_utf8_lossy(&output.stdout).replace('\u{a0}', " ");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(said.trim_end(), "В 2024 году сальдо миграции сельского населения составило −111 640 человек.");
}

#[test]
fn the_claims_of_the_guide_are_judged() {
    let block = blocks(&section("docs/guide/claims.md", "The file of claims in full"))
        .into_iter()
        .find(|block| block.language == "yaml");
    let claims = block.expect("claims").text;
    let mut files = Files::default();
    let all = study();
    all.iter()
        .filter(|(path, _)| !path.starts_with("data/claims/"))
        .for_each(|(path, bytes)| files.insert(path, bytes));
    let head = "paper: {title: {ru: А, kk: Ә}, vintages: [article-a]}\nplaces: {text under figure 2: {kk: т}}\n";
    // The other end of the growth, which the paper prints elsewhere.
    let end = "  - {id: population_2010, where: text under figure 2, phrase: п, printed: \"16321,9\", unit: thousand persons, basis: agency, expr: \"(population.total[KZ,2010] + population.total[KZ,2011]) / 2\"}\n";
    files.insert("data/claims/readme.yaml", format!("{head}{claims}{end}"));
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&files, &mut diagnostics).expect("the study is sound");
    let edition = build::edition(&material, None, &mut diagnostics).expect("it computes");
    let verified = claim::verify(&material.papers, &[&edition], &mut diagnostics);
    assert_eq!(errors(&diagnostics), Vec::<String>::new());
    let judged = &verified.expect("verdicts")[0].judged;
    let verdicts: Vec<Verdict> = judged.iter().map(|one| one.verdict).collect();
    assert_eq!(verdicts, [Verdict::Confirmed; 3]);
}

/// A made-up year: the country and its regions, so that they add up.
fn made_up_year(files: &Files) -> String {
    let regions = files.text("data/raw/bns/unknown/net_migration_region_2023_2024.csv").expect("the regions");
    let (mut rows, mut sums) = (String::from("territory,year,total,urban,rural\n"), [0_i64; 3]);
    for line in regions.lines().filter(|line| line.contains(",2024,") && !line.starts_with("KZ,")) {
        let cells: Vec<&str> = line.split(',').collect();
        let numbers: Vec<i64> = cells[2..5].iter().map(|cell| cell.parse().unwrap_or(0)).collect();
        sums.iter_mut().zip(&numbers).for_each(|(sum, number)| *sum += number);
        rows.push_str(&format!("{},2025,{},{},{}\n", cells[0], numbers[0], numbers[1], numbers[2]));
    }
    rows.push_str(&format!("KZ,2025,{},{},{}\n", sums[0], sums[1], sums[2]));
    rows
}

#[test]
fn a_refresh_by_hand_builds_to_the_letter() {
    let tour = section("docs/guide/editions-and-refresh.md", "By hand");
    let yaml: Vec<String> =
        blocks(&tour).into_iter().filter(|block| block.language == "yaml").map(|block| block.text).collect();
    let [entry, edition] = &yaml[..] else { panic!("two blocks") };
    let mut files = study();
    let rows = made_up_year(&files);
    let path = tour.split("under `").nth(1).and_then(|rest| rest.split('`').next()).expect("a path").to_owned();
    files.insert(path.clone(), rows.clone());
    // What the author puts in: the size of the file, and what sha256sum prints.
    let line = |key: &str| entry.lines().find(|line| line.trim_start().starts_with(key)).expect("a line").to_owned();
    let entry = entry
        .replace(&line("bytes:"), &format!("  bytes: {}", rows.len()))
        .replace(&line("hash:"), &format!("  hash: sha256:{}", sha256(rows.as_bytes())));
    let catalogue = files.text("data/datapackage.yaml").expect("a catalogue").to_owned();
    let at = catalogue.find("\n- name: net-migration").expect("the entry that it continues") + 1;
    files.insert("data/datapackage.yaml", [&catalogue[..at], entry.as_str(), &catalogue[at..]].concat());
    let text = files.text("study.yaml").expect("a study").to_owned();
    let edition = edition.strip_prefix("editions:\n").expect("editions");
    let next = text.find("\n  \"2024\":").expect("an edition") + 1;
    let end = text[next..].find("\n\n").or_else(|| text[next..].find("\n#")).map_or(text.len(), |at| next + at + 1);
    files.insert("study.yaml", [&text[..end], edition, &text[end..]].concat());
    let named: Vec<&str> = tour.split('`').filter(|text| text.starts_with("vintage-bns-2026:")).collect();
    for (lang, name) in ["ru", "kk"].into_iter().zip(&named) {
        let path = format!("templates/{lang}/strings.yaml");
        let words = files.text(&path).expect("words").to_owned();
        files.insert(path, format!("{}\n{name}\n", words.trim_end()));
    }
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&files, &mut diagnostics);
    let wanted = Wanted { editions: vec!["2026".to_owned()], languages: Vec::new() };
    let built = material.and_then(|material| build::editions(&material, &wanted, &mut diagnostics));
    assert_eq!(errors(&diagnostics), Vec::<String>::new());
    assert_eq!(built.expect("the edition builds").len(), 1);
}

#[test]
fn the_workbook_of_the_tour_goes_in_by_its_commands() {
    let tour = section("README.md", "A tour for the yearly refresh");
    let commands = blocks(&tour).into_iter().find(|block| block.language == "sh").expect("commands").text;
    let folder = scratch("readme-tour");
    write(&folder, &study());
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in made_up_year(&study()).lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            let (row, column) = (row as u32, column as u16);
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).expect("a number"),
                Err(_) => sheet.write_string(row, column, cell).expect("a text"),
            };
        }
    }
    book.save(folder.join("file.xlsx")).expect("a workbook");
    let mut ran = 0;
    for line in commands.lines() {
        let mut command = words(line);
        let into = command.iter().position(|word| word == ">").map(|at| command.split_off(at).pop().expect("a file"));
        let mut esep = Command::new(env!("CARGO_BIN_EXE_esep"));
        let output = esep.args(&command[1..]).current_dir(&folder).env("ESEP_CACHE", "").output().expect("esep runs");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {complaint}");
        if let Some(file) = into {
            fs::write(folder.join(file), &output.stdout).expect("a file");
        }
        ran += 1;
    }
    assert_eq!(ran, 3);
    let read = |path: &str| fs::read_to_string(folder.join(path)).expect("a file");
    let entry = read("study.yaml").split("  \"2026\":\n").nth(1).expect("the edition").to_owned();
    assert!(entry.contains("      net_migration: [bns-2026, bns-final, article-a]\n"), "{entry}");
    assert!(entry.contains("      rural_balance: {to: 2025}\n"), "{entry}");
    assert!(read("templates/kk/strings.yaml").ends_with("\nvintage-bns-2026: TODO\n"));
    assert_eq!(fs::read(folder.join("data/raw/bns/bns-2026/file.xlsx")).ok(), fs::read(folder.join("file.xlsx")).ok());
}
