//! Doubts: what a further file of a table says otherwise than those before is told when it is taken in, and nothing else is.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::study::scratch;

fn esep(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
    let output = command.args(arguments).env("ESEP_CACHE", "").env("NO_COLOR", "1").output().expect("esep runs");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

const YEARS: [&str; 5] = ["2019", "2020", "2021", "2022", "2023"];
/// Births of four places that grow by about two of a hundred a year.
const ROWS: [(&str, [u32; 5]); 4] = [
    ("North", [10_010, 10_240, 10_410, 10_688, 10_848]),
    ("South", [20_150, 20_460, 20_910, 21_340, 21_760]),
    ("East", [30_020, 30_690, 31_250, 31_900, 32_510]),
    ("West", [40_110, 40_880, 41_700, 42_610, 43_290]),
];
const NEXT: [u32; 4] = [11_084, 22_100, 33_300, 44_050];

fn text(heads: &[&str], rows: &[(&str, Vec<u32>)]) -> String {
    let line = |name: &str, cells: Vec<String>| format!("{name};{}\n", cells.join(";"));
    let head = line("Births", heads.iter().map(|head| (*head).to_owned()).collect());
    let rows = rows.iter().map(|(name, values)| line(name, values.iter().map(u32::to_string).collect()));
    std::iter::once(head).chain(rows).collect()
}

fn begun(name: &str, table: &str) -> (std::path::PathBuf, String) {
    let folder = scratch(name);
    fs::create_dir_all(&folder).expect("a folder");
    let first = folder.join("first.csv");
    fs::write(&first, table).expect("a table");
    let study = folder.join("study").display().to_string();
    let said = esep(&["new", &study, "--lang", "en", "--from", &first.display().to_string()]);
    assert!(said.contains("build it"), "{said}");
    (folder, study)
}

fn added(folder: &Path, study: &str, table: &str, vintage: &str) -> String {
    let next = folder.join(format!("{vintage}.csv"));
    fs::write(&next, table).expect("a table");
    let said =
        esep(&["data", "add", &next.display().to_string(), "--table", "data", "--vintage", vintage, "--study", study]);
    let removed = esep(&["data", "remove", "--table", "data", "--vintage", vintage, "--study", study]);
    assert!(said.contains("error") || removed.contains(vintage), "{removed}");
    said
}

#[test]
fn figures_unlike_those_before_are_told_when_they_are_taken_in() {
    type Rows = Vec<(&'static str, Vec<u32>)>;
    let all = |change: &dyn Fn(usize, usize, u32) -> u32| -> Rows {
        let row = |(at, (name, values)): (usize, &(&'static str, [u32; 5]))| {
            let values = values.iter().copied().chain([NEXT[at]]).enumerate();
            (*name, values.map(|(column, value)| change(at, column, value)).collect())
        };
        ROWS.iter().enumerate().map(row).collect()
    };
    let only = |change: &dyn Fn(usize) -> u32| -> Rows {
        ROWS.iter().enumerate().map(|(at, (name, _))| (*name, vec![change(at)])).collect()
    };
    let six = ["2019", "2020", "2021", "2022", "2023", "2024"];
    let (folder, study) = begun("doubts", &text(&YEARS, &ROWS.map(|(name, values)| (name, values.to_vec()))));
    let right = [
        text(&six, &all(&|_, _, value| value)),
        // All years are revised by a little, and the newest moves more than ever.
        text(&six, &all(&|_, column, value| value + 150 * (column as u32))),
        text(&["2024"], &only(&|at| NEXT[at])),
        text(&["2024"], &only(&|at| NEXT[at] * 11 / 10)),
    ];
    for (at, right) in right.iter().enumerate() {
        let said = added(&folder, &study, right, &format!("right{at}"));
        assert!(said.contains("new") && !said.contains("data/doubt"), "{right}\n{said}");
    }
    let cases: Vec<(String, &[&str])> = vec![
        (text(&six, &all(&|_, column, value| if column == 5 { value * 1000 } else { value })), &["about 1000 times"]),
        (
            text(&six, &all(&|at, column, value| if (at, column) == (0, 3) { value * 1000 } else { value })),
            &["revised", "North", "10688 → 10688000"],
        ),
        (text(&["2024"], &only(&|at| if at == 0 { NEXT[0] * 10 } else { NEXT[at] })), &["North", "10848 → 110840"]),
        (
            text(&["2024"], &only(&|at| NEXT[[1, 0, 2, 3][at]])),
            &["South", "21760 → 11084, near what `north` held", "North", "near what `south` held"],
        ),
        (
            text(&["2024"], &only(&|at| NEXT[(at + 1) % 4])),
            &["of 4 figures of `2024` are near what others held before"],
        ),
        (text(&["2024"], &only(&|at| ROWS[at].1[4])), &["each of its figures of `2024` is that of `2023`"]),
        (text(&["2024"], &only(&|at| if at == 2 { 0 } else { NEXT[at] })), &["32510 → 0"]),
        (text(&["2042"], &only(&|at| NEXT[at])), &["`2042` does not follow `2023`: 2024 to 2041 are lacking"]),
        (text(&["2024-01"], &only(&|at| NEXT[at])), &["`2024-01` is no period like those before"]),
        // The columns, and then the headings, stand one place beside.
        (
            text(
                &six,
                &all(&|at, column, _| ROWS[at].1.iter().chain([&NEXT[at]]).copied().nth((column + 1) % 6).unwrap_or(0)),
            ),
            &["are those that the period after them held"],
        ),
        (
            text(&["2020", "2021", "2022", "2023", "2024"], &ROWS.map(|(name, values)| (name, values.to_vec()))),
            &["are those that the period before them held"],
        ),
        (
            text(
                &six,
                &all(&|at, column, _| {
                    let other = [1, 0, 2, 3][at];
                    ROWS[other].1.get(column).copied().unwrap_or(NEXT[other])
                }),
            ),
            &["`north` holds what `south` held", "`south` holds what `north` held"],
        ),
        (
            text(&["2024 (forecast)"], &only(&|at| NEXT[at])),
            &["`2024 (forecast)` says more than its period, and nothing in data/raw/own/first/first.csv does"],
        ),
        (
            text(&six, &all(&|_, _, value| value))
                .replace(";11084\n", ";\n")
                .replace(";22100\n", ";\n")
                .replace(";33300\n", ";\n")
                .replace(";44050\n", ";\n"),
            &["nothing stands below `2024`"],
        ),
        (text(&["FY 2024"], &only(&|at| NEXT[at])), &["`FY 2024` says more than its period"]),
    ];
    for (at, (table, wanted)) in cases.iter().enumerate() {
        let said = added(&folder, &study, table, &format!("wrong{at}"));
        wanted
            .iter()
            .for_each(|words| assert!(said.to_lowercase().contains(&words.to_lowercase()), "{words}\n{table}\n{said}"));
    }
}

#[test]
fn a_member_that_is_no_total_any_more_is_told_with_its_place() {
    let table = |rows: &[(&str, u32)], year: u16| {
        rows.iter().map(|(name, value)| format!("{name};{year};{value}\n")).collect::<String>()
    };
    let head = "kind;year;tonnes\n";
    let first = [("all", 60), ("wheat", 10), ("rye", 20), ("oats", 30)];
    let (folder, study) = begun("doubts-total", &format!("{head}{}", table(&first, 2022)));
    let said = added(&folder, &study, &format!("{head}{}", table(&first, 2023)), "same");
    assert!(said.contains("`all` equals the sum of all other members wherever it stands"), "{said}");
    let other = [("all", 60), ("wheat", 10), ("rye", 25), ("oats", 30)];
    let said = added(&folder, &study, &format!("{head}{}", table(&other, 2023)), "other");
    assert!(
        said.contains(
            "in one vintage or measure, and not in another: at 2023 (tonnes, vintage other) it is 60, and they are 65"
        ),
        "{said}"
    );
}

#[test]
fn headings_that_differ_are_all_told_where_another_layout_is_drafted() {
    let (folder, study) =
        begun("doubts-heads", "region;year;births;deaths\nN;2022;10;5\nS;2022;20;9\nN;2023;11;6\nS;2023;21;8\n");
    let other = "area;year;births per 1000;deaths per 1000\nN;2024;10.5;5.1\nS;2024;20.5;9.4\n";
    let said = added(&folder, &study, other, "other");
    for head in ["births per 1000", "deaths per 1000"] {
        assert!(said.contains(head), "{head}\n{said}");
    }
}

#[test]
fn parts_of_years_are_held_to_the_year_before_and_signs_to_their_past() {
    // Moves that swing with the seasons, and a balance that is a loss in every year.
    let month = |year: u32, month: u32, factor: u32| {
        let swing = [5, 4, 6, 9, 12, 16, 20, 22, 15, 10, 7, 5][month as usize - 1];
        format!("{year}-{month:02};{}\n", swing * (100 + (year - 2019) * 3 + month % 3) * factor)
    };
    let head = "month;moves\n";
    let whole: String = (2019..=2022).flat_map(|year| (1..=12).map(move |at| month(year, at, 1))).collect();
    let (folder, study) = begun("doubts-months", &format!("{head}{whole}"));
    let next = |change: &dyn Fn(u32) -> u32| -> String {
        head.to_owned() + &(1..=9).map(|at| month(2023, at, change(at))).collect::<String>()
    };
    let said = added(&folder, &study, &next(&|_| 1), "right");
    assert!(said.contains("9 new") && !said.contains("data/doubt"), "{said}");
    for (at, wrong) in
        [next(&|at| if at == 5 { 10 } else { 1 }), next(&|at| if at == 8 { 3 } else { 1 })].iter().enumerate()
    {
        let said = added(&folder, &study, wrong, &format!("wrong{at}"));
        assert!(said.contains("out of line with the figures before"), "{wrong}\n{said}");
    }
    let copied: String = (1..=9).map(|at| month(2022, at, 1).replace("2022-", "2023-")).collect();
    let said = added(&folder, &study, &format!("{head}{copied}"), "copied");
    assert!(said.contains("each of its new figures is that of the year before"), "{said}");
    let revised = whole.replacen(";", ";1", 20).replacen(";1", ";", 19);
    let said = added(&folder, &study, &format!("{head}{revised}"), "revised");
    assert!(said.contains("revised moves"), "{said}");

    let line = |year: u32, north: i32, south: i32| format!("North;{year};{north}\nSouth;{year};{south}\n");
    let head = "region;year;balance\n";
    let past: String = (2016..=2022).zip(0..).map(|(year, at)| line(year, -6400 - 40 * at, -3100 + 25 * at)).collect();
    let (folder, study) = begun("doubts-signs", &format!("{head}{past}"));
    let said = added(&folder, &study, &format!("{head}{}", line(2023, -6690, -2900)), "right");
    assert!(said.contains("2 new") && !said.contains("data/doubt"), "{said}");
    let said = added(&folder, &study, &format!("{head}{}", line(2023, 6690, -2900)), "turned");
    assert!(said.contains("-6640 → 6690"), "{said}");
    let said = added(&folder, &study, &format!("{head}{}", past.replace(";-", ";")), "all");
    assert!(said.contains("it has the other sign before the same digits"), "{said}");
}
