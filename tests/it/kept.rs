//! Kept: what builds before have made changes no byte, and only what an edit reaches is made again.

use std::collections::{BTreeMap, BTreeSet};

use esep::build::{self, Wanted};
use esep::diagnostic::{Diagnostic, Diagnostics};
use esep::files::{Files, Kept};
use proptest::prelude::*;

use crate::claims::invented;
use crate::study::rehash;

/// A text of the study, what is changed in it, and to what.
type Edit = (&'static str, &'static str, &'static str);

/// One edit of each kind of input.
const EDITS: &[(&str, Edit)] = &[
    ("a sentence", ("templates/ru/results.md", "Больше всего", "Сильнее всего")),
    ("a sentence of the other language", ("templates/kk/results.md", "ең көп", "аса көп")),
    ("an abstract", ("templates/ru/abstract.md", "страны в", "всей страны в")),
    ("a caption", ("templates/ru/exhibits.yaml", "[Первые годы – по статье.]", "[Первые годы взяты из статьи.]")),
    (
        "a word of the interface",
        ("templates/ru/strings.yaml", "language-switch: \"Язык\"", "language-switch: \"Языки\""),
    ),
    ("the style", ("templates/style.css", "{", "{ ")),
    ("the frame", ("templates/layout.html", "<body", "<body data-own=\"1\"")),
    ("the study", ("study.yaml", "  ru: Пробное исследование переездов", "  ru: Пробная работа о переездах")),
    ("a finding", ("study.yaml", "argmin(rural_balance", "argmax(rural_balance")),
    ("a name", ("data/territories.yaml", "name: Горная область", "name: Нагорная область")),
    ("a claim", ("data/claims/invented.yaml", "Выдуманная статья", "Придуманная статья")),
    (
        "a cell",
        (
            "data/raw/bureau/net_migration_monthly.csv",
            "KZ,2022-01,-20\nKZ,2022-02,-15",
            "KZ,2022-01,-21\nKZ,2022-02,-14",
        ),
    ),
];

/// Edits that break the study.
const FAULTS: &[Edit] = &[
    ("templates/ru/results.md", "{% endif %}", ""),
    ("templates/kk/results.md", "largest_loss", "largest_los"),
    ("templates/ru/strings.yaml", "language-name:", "language-nam:"),
    ("data/raw/bureau/population.csv", "KZ,2021,250000", "KZ,2021,250001"),
    ("study.yaml", "pages: [abstract, results, closing]", "pages: [abstract, results"),
];

fn edited(files: &Files, (path, from, to): Edit) -> Files {
    let text = files.text(path).unwrap_or_else(|| panic!("{path}"));
    assert!(text.contains(from), "{path} holds no {from}");
    let mut files = files.clone();
    files.insert(path, text.replacen(from, to, 1));
    rehash(&mut files);
    files
}

type Outcome = (Option<Files>, Vec<Diagnostic>);

fn built(files: &Files, kept: &Kept) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let work = build::work(files, &Wanted::default(), kept, &mut diagnostics);
    (work.ok().map(|work| work.report), diagnostics.sorted())
}

fn cold(files: &Files) -> Outcome {
    built(files, &Kept::default())
}

/// Keeps what another run was left, with some of it lost and some of it torn.
fn handed(kept: &Kept, harm: usize) -> Kept {
    let left = kept.left().into_iter().filter_map(|(name, lasting)| Some((name, lasting()?)));
    let left: BTreeMap<String, Vec<u8>> = left.collect();
    Kept::over(move |name| {
        let sum = name.bytes().map(usize::from).sum::<usize>();
        let bytes = left.get(name)?;
        match (sum + harm) % 3 {
            0 if harm > 0 => None,
            1 if harm > 1 => Some(bytes[..bytes.len() / 2].to_vec()),
            _ => Some(bytes.clone()),
        }
    })
}

#[test]
fn only_what_an_edit_reaches_is_made_again_and_changed() {
    let (start, kept) = (invented(), Kept::default());
    let before = built(&start, &kept).0.expect("a report");
    let steps = |kept: &Kept| -> BTreeSet<String> { kept.names().into_iter().collect() };
    let mut told = String::new();
    for (what, edit) in EDITS {
        assert_eq!(built(&start, &kept).0.as_ref(), Some(&before));
        let first = steps(&kept);
        let files = edited(&start, *edit);
        let again = built(&files, &kept);
        assert_eq!(again, cold(&files), "{what}");
        let report = again.0.unwrap_or_else(|| panic!("{what}: {:?}", again.1));
        let changed = report.iter().filter(|(path, bytes)| before.get(path) != Some(*bytes));
        let changed: Vec<&str> = changed.map(|(path, _)| path).collect();
        let mut made: BTreeMap<String, usize> = BTreeMap::new();
        for name in steps(&kept).difference(&first) {
            *made.entry(name.split('-').next().unwrap_or_default().to_owned()).or_default() += 1;
        }
        let made: Vec<String> = made.iter().map(|(step, count)| format!("{step} {count}")).collect();
        told.push_str(&format!(
            "{what} ({})\n  made: {}\n  changed: {}\n",
            edit.0,
            made.join(", "),
            changed.join(", ")
        ));
    }
    let path = crate::study::material().join("kept/reach.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, &told).expect("written");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), told);
}

#[test]
fn nothing_is_made_again_where_nothing_changed() {
    let (files, kept) = (invented(), Kept::default());
    let first = built(&files, &kept);
    let names = kept.names();
    assert_eq!(built(&files, &kept), first);
    assert_eq!(kept.names(), names);
    // Another run is handed the half of it that can be written down.
    let other = handed(&kept, 0);
    assert_eq!(built(&files, &other), first);
    assert_eq!(other.left().len(), kept.left().len());
    assert!(kept.left().len() > 10);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_kept_stale_torn_or_lost_a_report_is_that_of_a_build_from_nothing(
        steps in prop::collection::vec((0..EDITS.len() + FAULTS.len(), prop::bool::ANY, 0..5_usize), 1..4)
    ) {
        let (start, mut kept) = (invented(), Kept::default());
        let mut files = start.clone();
        for (which, is_undone, harm) in steps {
            let edit = EDITS.get(which).map_or_else(|| FAULTS[which - EDITS.len()], |(_, edit)| *edit);
            if is_undone {
                files = start.clone();
            }
            if files.text(edit.0).is_some_and(|text| text.contains(edit.1)) {
                files = edited(&files, edit);
            }
            prop_assert_eq!(built(&files, &kept), cold(&files));
            if harm < 4 {
                kept = handed(&kept, harm);
            }
        }
    }
}
