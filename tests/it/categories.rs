//! Categories: members such as `65+` and `5-9` as rows, columns, bars and lines, in the order of the catalogue.

use esep::build;
use esep::diagnostic::{self, Diagnostics};
use esep::exhibit::{self, Chart, Label, charts};
use esep::files::Files;

use crate::study::{dummy, rehash};

const TABLE: &str = "    ages:
      title: {ru: возраст, kk: жас, en: age}
      dimensions: [{name: year, role: period}, {name: age, role: category, members: [5-9, 10-64, 65+, '2022']}]
      time: stock
      measures:
        total: {unit: persons, class: level, title: {ru: всего, kk: барлығы, en: all}}
";

const RESOURCE: &str = "  - name: ages
    path: raw/bureau/ages.csv
    title: Ages
    type: table
    format: csv
    encoding: utf-8
    bytes: 0
    hash: \"sha256:\"
    sources: [{title: An invented bureau}]
    schema: {fields: [{name: year, type: year}, {name: age, type: string}, {name: all, type: integer}]}
    esep: {table: ages, vintage: bureau, publisher: bureau, retrieved: unknown, status: published, columns: {year: year, age: age, all: total}}
";

const AGES: &str = "year,age,all
2021,65+,7
2021,10-64,40
2021,5-9,11
2021,2022,1
2022,65+,8
2022,10-64,39
2022,5-9,12
2022,2022,2
";

/// Lays a table of ages over the dummy study, with exhibits of it.
fn aged(figures: &str, tables: &str) -> Files {
    let mut files = dummy();
    let catalogue = files.text("data/datapackage.yaml").expect("a catalogue").to_owned();
    files.insert(
        "data/datapackage.yaml",
        catalogue.replacen("  tables:\n", &format!("  tables:\n{TABLE}"), 1) + RESOURCE,
    );
    files.insert("data/raw/bureau/ages.csv", AGES);
    rehash(&mut files);
    let study = files.text("study.yaml").expect("a study").to_owned();
    let study = study
        .replacen("analyses:\n", "analyses:\n  aged: {table: ages, measure: total}\n", 1)
        .replacen("figures:\n", &format!("figures:\n{figures}"), 1)
        .replacen("tables:\n  rural", &format!("tables:\n{tables}  rural"), 1)
        .replace(" vintages: {", " vintages: {ages: [bureau], ");
    files.insert("study.yaml", study);
    files
}

/// Makes the exhibits of the last edition; returns them and what is said.
fn made(files: &Files) -> (exhibit::Exhibits, String) {
    let material = {
        let mut diagnostics = Diagnostics::default();
        (build::material(files, &mut diagnostics), diagnostics)
    };
    let (material, diagnostics) = material;
    let said = diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false);
    let material = material.unwrap_or_else(|_| panic!("the study is read: {said}"));
    let mut diagnostics = Diagnostics::default();
    let edition = build::edition(&material, Some("2022"), &mut diagnostics).expect("it computes");
    let exhibits = exhibit::build(&material.study, &material.maps, &edition, &|_| true, &mut diagnostics);
    (exhibits, diagnostic::human(&diagnostics.sorted(), &|path| files.text(path), false))
}

fn keys<'a>(labels: impl IntoIterator<Item = &'a Label>) -> String {
    labels.into_iter().map(Label::key).collect::<Vec<_>>().join(" ")
}

#[test]
fn categories_are_rows_columns_bars_and_lines_in_the_order_of_the_catalogue() {
    let figures = "  bars: {kind: ranked-bars, of: \"aged.value[last, all]\", unit: persons}\n  \
                   pairs: {kind: diverging-bars, of: \"aged.value[all, all]\", unit: persons}\n  \
                   lines: {kind: lines, of: \"aged.value[all, all]\", unit: persons}\n";
    let tables = "  by_age: {rows: age, columns: period, of: \"aged.value[all, all]\"}\n  \
                  by_year: {rows: period, columns: age, of: \"aged.value[all, all]\"}\n";
    let (exhibits, said) = made(&aged(figures, tables));
    assert_eq!(said, "");
    let order = "5-9 10-64 65+ 2022";
    match &exhibits.figures["bars"].chart {
        Chart::Bars(charts::Bars { rows, .. }) => assert_eq!(keys(rows), "10-64 5-9 65+ 2022", "the largest first"),
        other => panic!("{other:?}"),
    }
    match &exhibits.figures["pairs"].chart {
        Chart::Bars(charts::Bars { rows, series, .. }) => {
            assert_eq!((keys(rows), keys(series.iter().map(|s| &s.label))), (order.into(), "2021 2022".into()));
        }
        other => panic!("{other:?}"),
    }
    match &exhibits.figures["lines"].chart {
        Chart::Lines(charts::Lines { series, periods, .. }) => {
            assert_eq!((keys(series.iter().map(|s| &s.label)), periods.len()), (order.into(), 2));
        }
        other => panic!("{other:?}"),
    }
    let (rows, columns) = (&exhibits.tables["by_age"], &exhibits.tables["by_year"]);
    assert_eq!(keys(rows.rows.iter().map(|row| &row.label)), order);
    assert_eq!(keys(columns.columns.iter().map(|column| &column.label)), order);
    assert!(rows.rows.iter().all(|row| matches!(row.label, Label::Member(_))), "`2022` is an age here, no year");
}

#[test]
fn an_axis_that_an_expression_has_not_is_named_with_those_it_has() {
    let (_, said) = made(&aged("", "  by_sex: {rows: sex, columns: period, of: \"aged.value[all, all]\"}\n"));
    assert!(said.contains("`aged.value` does not vary over sex, but over year, age"), "{said}");
}
