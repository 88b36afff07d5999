//! Shapes: tables of another country, of decimals and without territories, each through every check that it can have.

use std::collections::BTreeMap;

use esep::catalog;
use esep::dataset;
use esep::diagnostic::{Diagnostics, Severity};
use esep::files::{Files, sha256};

/// The rows of a table: the text of its key → its numbers.
type Rows = BTreeMap<String, Vec<i64>>;

/// What a table of one shape looks like.
#[derive(Clone, Copy)]
struct Shape {
    /// Whether the numbers are quarters.
    decimal: bool,
    /// Whether there are territories.
    territories: bool,
}

const YEARS: std::ops::RangeInclusive<i64> = 2015..=2022;

/// Returns the tables with their columns: numbers that close, all divisible by twelve.
fn tables(shape: Shape) -> BTreeMap<&'static str, (Vec<&'static str>, Rows)> {
    let mut people = Rows::new();
    let (mut other, mut vital, mut monthly, mut flows, mut moves) =
        (Rows::new(), Rows::new(), Rows::new(), Rows::new(), Rows::new());
    for year in YEARS {
        let i = year - 2015;
        let part = |code: &str| match code {
            "BY-01" => [60 + i, 40 + i, 7, 3, 5, 7],
            _ => [30, 20 + i, 3, 4, 7, 5],
        };
        let mut units = vec![("BY-01", part("BY-01")), ("BY-02", part("BY-02"))];
        let mut whole = [0; 6];
        units.iter().for_each(|(_, row)| whole.iter_mut().zip(row).for_each(|(sum, value)| *sum += value));
        units.push(("BY", whole));
        for (code, row) in units.iter().filter(|(code, _)| shape.territories || *code == "BY") {
            let [urban, rural, births, deaths, arrivals, departures] = row.map(|value| 12 * value);
            let key = |period: String| if shape.territories { format!("{code},{period}") } else { period };
            people.insert(key(year.to_string()), vec![urban + rural, urban, rural]);
            other.insert(key(year.to_string()), vec![urban + rural]);
            vital.insert(key(year.to_string()), vec![births, deaths, arrivals - departures]);
            for month in 1..=12 {
                monthly.insert(key(format!("{year}-{month:02}")), vec![births / 12]);
            }
            if shape.territories {
                flows.insert(key(year.to_string()), vec![arrivals, departures]);
            }
        }
        if shape.territories {
            moves.insert(format!("BY-01,BY-02,{year}"), vec![84]);
            moves.insert(format!("BY-02,BY-01,{year}"), vec![60]);
        }
    }
    let mut tables = BTreeMap::from([
        ("people", (vec!["total", "urban", "rural"], people)),
        ("other", (vec!["total"], other)),
        ("vital", (vec!["births", "deaths", "net"], vital)),
        ("monthly", (vec!["births"], monthly)),
    ]);
    if shape.territories {
        tables.insert("flows", (vec!["arrivals", "departures"], flows));
        tables.insert("moves", (vec!["migrants"], moves));
    }
    tables
}

fn checks(table: &str, shape: Shape) -> Vec<&'static str> {
    let mut checks = match table {
        "people" => vec![
            "{check: parts, whole: total, parts: [urban, rural]}",
            "{check: same, measure: total, as: other.total}",
            "{check: range, measure: total, min: 0}",
            "{check: jump, measures: [total], least: 1.5}",
            "{check: complete, measures: [total], from: 2015, until: 2022}",
            "{check: balance, scope: nation, population: people.total, births: vital.births, deaths: vital.deaths, migration: vital.net}",
        ],
        "monthly" => vec!["{check: months, measure: births, year_table: vital, year_measure: births}"],
        "flows" => vec!["{check: equal_flows, arrivals: arrivals, departures: departures}"],
        "moves" => vec!["{check: net_of_matrix, matrix: migrants, net: flows.arrivals - flows.departures}"],
        _ => Vec::new(),
    };
    if table == "people" && shape.territories {
        checks.push("{check: regions, measures: [total, urban, rural]}");
    }
    checks
}

fn written(value: i64, shape: Shape) -> String {
    if shape.decimal { format!("{:.2}", value as f64 / 4.0) } else { value.to_string() }
}

/// Writes the tables as a package of their own, and says which checks fail.
fn failing(shape: Shape, change: impl Fn(&mut BTreeMap<&'static str, (Vec<&'static str>, Rows)>)) -> Vec<String> {
    let mut tables = tables(shape);
    change(&mut tables);
    let (mut files, mut declared, mut resources) = (Files::default(), String::new(), String::new());
    for (name, (measures, rows)) in &tables {
        let territories = match *name {
            "moves" => vec!["origin", "destination"],
            _ if shape.territories => vec!["unit"],
            _ => Vec::new(),
        };
        let period = if *name == "monthly" { "month" } else { "year" };
        let dimensions: Vec<String> = territories
            .iter()
            .map(|name| format!("{{name: {name}, role: territory}}"))
            .chain([format!("{{name: {period}, role: period}}")])
            .collect();
        let time = if ["people", "other"].contains(name) { "stock" } else { "flow" };
        let class = |measure: &&str| if *measure == "net" { "signed" } else { "flow" };
        let of = |measure: &&str| {
            format!("{measure}: {{unit: persons, class: {}, title: {{ru: а, kk: а, en: a}}}}", class(measure))
        };
        let measured: Vec<String> = measures.iter().map(of).collect();
        declared.push_str(&format!(
            "    {name}:\n      title: {{ru: а, kk: а, en: a}}\n      dimensions: [{}]\n      time: {time}\n      measures: {{{}}}\n      checks: [{}]\n",
            dimensions.join(", "), measured.join(", "), checks(name, shape).join(", ")
        ));
        let columns: Vec<&str> = territories.iter().copied().chain([period]).chain(measures.iter().copied()).collect();
        let numbers =
            |values: &Vec<i64>| values.iter().map(|value| written(*value, shape)).collect::<Vec<_>>().join(",");
        let lines: String = rows.iter().map(|(key, values)| format!("{key},{}\n", numbers(values))).collect();
        let text = format!("{}\n{lines}", columns.join(","));
        let kind = |column: &&str| match *column {
            "year" => "year",
            "month" => "yearmonth",
            column if measures.contains(&column) => "number",
            _ => "string",
        };
        let fields: Vec<String> =
            columns.iter().map(|column| format!("{{name: {column}, type: {}}}", kind(column))).collect();
        let bound: Vec<String> = columns.iter().map(|column| format!("{column}: {column}")).collect();
        resources.push_str(&format!(
            "  - {{name: {name}, path: raw/{name}.csv, type: table, bytes: {}, hash: \"sha256:{}\", schema: {{fields: [{}]}}, esep: {{table: {name}, vintage: own, publisher: own, retrieved: unknown, status: published, columns: {{{}}}}}}}\n",
            text.len(), sha256(text.as_bytes()), fields.join(", "), bound.join(", ")
        ));
        files.insert(format!("data/raw/{name}.csv"), text);
    }
    files.insert("data/datapackage.yaml", format!("name: shapes\nesep:\n  tables:\n{declared}resources:\n{resources}"));
    let territory = |code: &str, kind: &str| {
        format!(
            "  - {{code: {code}, kato: null, kind: {kind}, from: null, until: null, successor_of: null, borders: [{{id: {code}@2000}}], names: {{ru: {{name: а, table: а, gen: а, dat: а, acc: а, ins: а, prep: а}}, kk: {{name: а, table: а}}, en: {{name: a, table: a}}}}}}\n"
        )
    };
    let list = [territory("BY", "country"), territory("BY-01", "region"), territory("BY-02", "region")].concat();
    files.insert("data/territories.yaml", format!("territories:\n{list}reforms: []\n"));
    let mut diagnostics = Diagnostics::default();
    if let Some(catalog) = catalog::read(&files, &mut diagnostics) {
        let _ = dataset::open(&catalog, Vec::new(), &files, &mut diagnostics);
    }
    let list = diagnostics.sorted();
    let failed = list.into_iter().filter(|d| d.severity == Severity::Error);
    failed.map(|d| format!("{} {}: {}", d.code, d.place, d.message)).collect()
}

#[test]
fn tables_of_any_shape_go_through_every_check_that_they_can_have() {
    let mut planted = 0;
    for shape in [
        Shape { decimal: false, territories: true },
        Shape { decimal: true, territories: true },
        Shape { decimal: false, territories: false },
        Shape { decimal: true, territories: false },
    ] {
        assert_eq!(failing(shape, |_| {}), Vec::<String>::new());
        let key =
            |unit: &str, period: &str| if shape.territories { format!("{unit},{period}") } else { period.to_owned() };
        // A check, a table, a key, and what is added to each number there; nothing where the row is taken away.
        let faults: [(&str, &str, String, &[i64]); 10] = [
            ("parts", "people", key("BY", "2018"), &[0, 1, 0]),
            ("regions", "people", "BY-01,2018".to_owned(), &[1, 1, 0]),
            ("same", "other", key("BY", "2018"), &[1]),
            ("range", "people", key("BY", "2018"), &[-9000, -9000, 0]),
            ("jump", "people", key("BY", "2018"), &[9000, 9000, 0]),
            ("complete", "people", key("BY", "2018"), &[]),
            ("balance", "vital", key("BY", "2018"), &[1, 0, 0]),
            ("months", "monthly", key("BY", "2018-05"), &[1]),
            ("equal_flows", "flows", "BY-01,2018".to_owned(), &[1, 0]),
            ("net_of_matrix", "moves", "BY-01,BY-02,2018".to_owned(), &[1]),
        ];
        for (check, table, key, change) in faults {
            if !shape.territories && ["regions", "equal_flows", "net_of_matrix"].contains(&check) {
                continue;
            }
            let failed = failing(shape, |tables| {
                let rows = &mut tables.get_mut(table).expect("a table").1;
                let values = rows.get_mut(&key).expect("a row");
                values.iter_mut().zip(change).for_each(|(value, by)| *value += by);
                if change.is_empty() {
                    rows.remove(&key);
                }
            });
            let told = failed.iter().any(|text| {
                text.contains("data/check-failed")
                    && text.contains(&format!("check `{check}`"))
                    && text.contains("2018")
            });
            assert!(told, "{check}, decimals {}, territories {}: {failed:#?}", shape.decimal, shape.territories);
            planted += 1;
        }
    }
    assert_eq!(planted, 34);
}
