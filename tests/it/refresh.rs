//! Refresh: a new vintage is one file, one entry of the catalogue and one edition; the diff says what it changed.

use esep::build::{self, Wanted};
use esep::diagnostic::{Diagnostics, Severity};
use esep::files::sha256;
use esep::output::ledger;

use crate::support::study;

#[test]
fn a_third_edition_takes_one_file_one_entry_and_one_edition() {
    let mut files = study();
    // An invented vintage: the rural balance of 2024 is revised, the total is not, so that the demographic balance holds.
    let rows = "year,total,urban,rural\n2024,16550,127550,-111000\n";
    let path = "raw/bns/2026-10-01/net_migration_2025.csv";
    files.insert(format!("data/{path}"), rows);
    let entry = format!(
        "\n- name: net-migration-2025.bns-2026-10-01\n  path: {path}\n  type: table\n  bytes: {}\n  hash: sha256:{}\n  \
         schema: {{fields: [{{name: year, type: year}}, {{name: total, type: integer}}, {{name: urban, type: integer}}, \
         {{name: rural, type: integer}}], primaryKey: [year]}}\n  esep:\n    table: net_migration\n    vintage: bns-2026\n    \
         publisher: bns\n    retrieved: '2026-10-01'\n    status: published\n    constants: {{territory: KZ}}\n    \
         columns: {{year: year, total: total, urban: urban, rural: rural}}\n",
        rows.len(),
        sha256(rows.as_bytes())
    );
    let catalogue = files.text("data/datapackage.yaml").expect("a catalogue").to_owned() + &entry;
    files.insert("data/datapackage.yaml", catalogue);
    let text = files.text("study.yaml").expect("a study").to_owned();
    let start = text.find("  \"2024\":").expect("the edition 2024");
    let mut third = text[start..]
        .replace("\"2024\"", "\"2025\"")
        .replace("bns-final, article-a]", "bns-2026, bns-final, article-a]");
    third.push_str("    across_vintages: {ru: ряд продолжен, kk: қатар жалғастырылды}\n");
    files.insert("study.yaml", text + &third);

    let mut diagnostics = Diagnostics::default();
    let built = build::material(&files, &mut diagnostics).and_then(|material| {
        let wanted = Wanted { editions: vec!["2024".to_owned(), "2025".to_owned()], languages: Vec::new() };
        Ok((build::editions(&material, &wanted, &mut diagnostics)?, material))
    });
    let errors: Vec<_> = diagnostics.sorted().into_iter().filter(|d| d.severity == Severity::Error).collect();
    assert_eq!(errors, []);
    let (built, material) = built.expect("both editions build");
    let ledgers: Vec<_> = built.iter().map(|edition| ledger::of(edition, &material)).collect();
    let difference = ledger::difference(&ledgers[0], &ledgers[1], (&built[0].edition, &built[1].edition));
    let revised = |from: &str, to: &str| difference.revised.iter().any(|c| c.from.1 == from && c.to.1 == to);
    assert!(revised("-111640", "-111000"), "the rural balance of 2024 is revised");
    assert_eq!(built[1].pages.len(), 2);
}
