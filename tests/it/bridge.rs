//! Bridge: figures in the borders of another time: what adds up, what does not, and that totals are conserved.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use esep::build;
use esep::diagnostic::Diagnostics;
use esep::expression;
use esep::files::Files;
use esep::finding::{Amount, Code, Period, Value};
use proptest::prelude::*;

use crate::support::study;

/// The flagship with analyses of a table in three kinds of borders.
fn with(analyses: &str) -> Files {
    let mut files = study();
    let text =
        files.text("study.yaml").expect("the study").replacen("\nanalyses:\n", &format!("\nanalyses:\n{analyses}"), 1);
    files.insert("study.yaml", text);
    files
}

fn edition(files: &Files, name: &str) -> esep::analysis::Edition {
    let mut diagnostics = Diagnostics::default();
    let material = build::material(files, &mut diagnostics).expect("the flagship is sound");
    build::edition(&material, Some(name), &mut diagnostics).expect("the flagship computes")
}

fn number(edition: &esep::analysis::Edition, ask: &str) -> Amount {
    match expression::ask(ask, edition).expect("an expression").cell.value {
        Value::Amount(amount) => amount,
        other => panic!("{ask}: {other}"),
    }
}

#[test]
fn the_three_kinds_of_borders_conserve_the_totals_of_every_period() {
    let across = "across_vintages: {ru: проба, kk: сынақ}";
    let mut analyses = String::new();
    let kinds = [("published", "as-published"), ("merged", "merged-back"), ("common", "common-denominator")];
    for (name, borders) in kinds {
        analyses.push_str(&format!(
            "  try_net_{name}: {{table: net_migration, measure: rural, territories: [oblasts], borders: {borders}, period: {{from: 2013}}, {across}}}\n  \
             try_late_{name}: {{table: net_migration, measure: rural, territories: [regions], borders: {borders}, period: {{from: 2020}}, {across}}}\n  \
             try_people_{name}: {{table: population_structure, measure: persons, sum_over: [sex, area], territories: [regions], borders: {borders}}}\n"
        ));
    }
    for name in ["2023", "2024"] {
        let edition = edition(&with(&analyses), name);
        for series in ["net", "late", "people"] {
            let totals = |borders: &str| -> BTreeMap<Period, Amount> {
                let series = edition.findings.member(&format!("try_{series}_{borders}"), "value").expect("a series");
                let mut totals = BTreeMap::new();
                for (key, cell) in &series.cells {
                    let total = totals.entry(key.period().expect("a period")).or_insert(Amount::ZERO);
                    if let Some(amount) = cell.value.amount() {
                        *total = total.plus(amount);
                    }
                }
                totals
            };
            assert_eq!(totals("published"), totals("merged"), "{series}, edition {name}");
            assert_eq!(totals("published"), totals("common"), "{series}, edition {name}");
        }
    }
}

#[test]
fn common_borders_undo_only_the_reforms_within_the_series() {
    let analyses = "  try_late: {table: net_migration, measure: rural, territories: [regions], borders: common-denominator, \
                    period: {from: 2020}, across_vintages: {ru: проба, kk: сынақ}}\n";
    let edition = edition(&with(analyses), "2023");
    // Three regions were divided in 2022; the city that left its region in 2018 stays apart.
    assert_eq!(number(&edition, "try_late.value[KZ-19, 2022]"), Amount::Integer(-3979));
    assert_eq!(number(&edition, "try_late.value[KZ-63, 2022]"), Amount::Integer(-8889));
    assert_eq!(number(&edition, "try_late.value[KZ-35, 2022]"), Amount::Integer(-4551));
    let series = edition.findings.member("try_late", "value").expect("a series");
    let codes: std::collections::BTreeSet<&str> =
        series.cells.keys().filter_map(|key| key.territory()).map(Code::as_str).collect();
    assert!(codes.contains("KZ-61") && codes.contains("KZ-63@2000") && !codes.contains("KZ-10"), "{codes:?}");
}

#[test]
fn moves_add_up_only_where_origins_and_destinations_are_known() {
    let refused =
        "  try_arrivals: {table: internal_flows, measure: arrivals, territories: [regions], borders: merged-back}\n";
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&with(refused), &mut diagnostics).expect("it can be read");
    assert!(build::edition(&material, Some("2024"), &mut diagnostics).is_err(), "arrivals do not add up");

    let matrix = "  try_od: {table: internal_od, measure: migrants, borders: merged-back}\n";
    let edition = edition(&with(matrix), "2024");
    let between = "od.value[KZ-19, KZ-33, 2024] + od.value[KZ-33, KZ-19, 2024]";
    let conserved = format!(
        "sum(try_od.value[all, all, 2024]) + {between} + od.value[KZ-35, KZ-62, 2024] + od.value[KZ-62, KZ-35, 2024] \
         + od.value[KZ-63, KZ-10, 2024] + od.value[KZ-10, KZ-63, 2024] + od.value[KZ-61, KZ-79, 2024] + od.value[KZ-79, KZ-61, 2024]"
    );
    assert_eq!(number(&edition, &conserved), number(&edition, "sum(od.value[all, all, 2024])"));
}

proptest! {
    #[test]
    fn the_borders_of_a_time_hold_whoever_existed_then(year in 1995i32..2030) {
        static CATALOG: OnceLock<esep::catalog::Catalog> = OnceLock::new();
        let read = || esep::catalog::read(&study(), &mut Diagnostics::default()).expect("a catalogue");
        let (catalog, time) = (CATALOG.get_or_init(read), Period::of_year(year));
        for territory in catalog.territories.iter() {
            let root = catalog.territories.merged_to(&territory.code, time);
            prop_assert!(catalog.territories.existed_at_start(&root, time) || territory.until.is_some(), "{root} in {year}");
            prop_assert_eq!(&catalog.territories.merged_to(&root, time), &root);
            prop_assert_eq!(catalog.territories.merged_to(&territory.code, Period::of_year(2000)).plain(),
                            catalog.territories.merged(&territory.code).plain());
        }
    }
}

/// The flagship with neighbours: the capital, which one region surrounds, and what the region says of it.
fn neighbours(of_region: &str, of_capital: &str) -> Files {
    let analysis = "  try_near: {table: population_structure, measure: persons, sum_over: [sex, area], territories: [regions], methods: [moran, local_moran]}\n";
    let mut files = with(analysis);
    let text = files.text("data/territories.yaml").expect("the list").to_owned();
    let text = text.replacen("{id: KZ-11@2000}", &format!("{{id: KZ-11@2000, neighbours: [{of_region}]}}"), 1);
    let text = text.replacen("{id: KZ-71@2000}", &format!("{{id: KZ-71@2000, neighbours: [{of_capital}]}}"), 1);
    files.insert("data/territories.yaml", text);
    files
}

#[test]
fn neighbours_are_those_that_name_each_other() {
    let edition = edition(&neighbours("KZ-71", "KZ-11"), "2024");
    let last = edition.findings.member("try_near", "moran_pairs").expect("a series");
    assert!(last.cells.values().any(|cell| cell.value.amount() == Some(&Amount::Integer(1))), "{:?}", last.cells);
    let own = edition.findings.member("try_near", "local_moran_neighbours").expect("a series");
    let named = own.cells.iter().filter(|(_, cell)| cell.value.amount().is_some_and(|k| !k.is_zero()));
    let named: std::collections::BTreeSet<String> =
        named.filter_map(|(key, _)| Some(key.territory()?.to_string())).collect();
    assert_eq!(named.into_iter().collect::<Vec<_>>(), ["KZ-11", "KZ-71"]);
    for (region, capital, said) in [
        ("KZ-71", "", "names KZ-71 as its neighbour, which does not name it"),
        ("KZ-11", "", "is named as its own neighbour"),
        ("", "", "`neighbours: [CODE, …]` of the borders"),
    ] {
        let mut diagnostics = Diagnostics::default();
        let report = build::build(&neighbours(region, capital), &build::Wanted::default(), &mut diagnostics);
        let messages: Vec<String> = diagnostics.sorted().iter().map(|problem| problem.message.clone()).collect();
        assert!(report.is_err() && messages.iter().any(|message| message.contains(said)), "{said}: {messages:#?}");
    }
}
