//! Tests: what engines are asked, and how their answers are read.

use super::*;
use crate::diagnostic::Diagnostics;
use crate::files::Files;

const QUERY: &str = "table: ages\npublisher: register\nfrom: moves\nwhere: {month: {from: 2020}, from: {except: [\"\", 'B''s']}}\n\
    group:\n  year: {column: month, period: year}\n  age: {column: age, bands: [0, 15, 65]}\n  sex: {column: sex, names: {m: male, f: female}}\n\
    aggregates: {moves: count, years_lived: {sum: age}}\n";

fn plan(text: &str) -> Plan {
    let mut files = Files::default();
    files.insert("q.yaml", text);
    let entry = files.yaml("q.yaml", &mut Diagnostics::default()).expect("an entry");
    Plan::of("by-age", &entry).expect("a plan")
}

fn asked<'a>(plan: &'a Plan, of: &[(&str, Holds)], dialect: Dialect) -> Result<Asked<'a>, String> {
    let holds = |column: &String| of.iter().find(|(name, _)| name == column).map_or(Holds::Text, |(_, holds)| *holds);
    let holds: Vec<Holds> = plan.columns.iter().map(holds).collect();
    Asked::of(plan, (dialect.table("public.moves").expect("a table"), &[]), dialect, holds)
}

fn answer(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

#[test]
fn an_engine_is_asked_what_is_declared() {
    let plan = plan(QUERY);
    let of_text = asked(&plan, &[("age", Holds::Whole)], Dialect::Standard).expect("a query");
    assert_eq!(
        of_text.groups(),
        "select case when \"age\" >= 65 then 65 when \"age\" >= 15 then 15 when \"age\" >= 0 then 0 end, \"sex\", \
         substr(\"month\", 1, 4), sum(cast(\"age\" as decimal(38, 0))), count(\"age\"), count(*) \
         from \"public\".\"moves\" records \
         where not ((\"from\" in ('B''s') or \"from\" is null or \"from\" = '')) and substr(\"month\", 1, 4) >= '2020' \
         group by case when \"age\" >= 65 then 65 when \"age\" >= 15 then 15 when \"age\" >= 0 then 0 end, \"sex\", \
         substr(\"month\", 1, 4)"
    );
    assert_eq!(of_text.counted(), "select count(*), count(\"age\") from \"public\".\"moves\" records");
    let [(_, dates)] = &of_text.dates()[..] else { panic!("one column of dates is text") };
    assert!(dates.starts_with("select substr(\"month\", 1, 11), count(*) from "), "{dates}");
    let of_days = asked(&plan, &[("age", Holds::Whole), ("month", Holds::Day)], Dialect::Backtick).expect("a query");
    assert!(of_days.groups().contains("cast(extract(year from `month`) as bigint)"), "{}", of_days.groups());
    assert!(of_days.groups().contains("`month` >= date '2020-01-01'"), "{}", of_days.groups());
    assert_eq!(of_days.dates().len(), 0);
}

#[test]
fn an_answer_is_read_as_records_are() {
    let plan = plan(QUERY);
    let asked = asked(&plan, &[("age", Holds::Whole)], Dialect::Standard).expect("a query");
    let rows = answer(&[
        &["15", "m ", "2020", "62", "2", "2"],
        &["15", "f", "2020", "40", "1", "1"],
        &["0", "m", "2021", "3", "1", "1"],
    ]);
    let returned = asked.returned(&rows, 9).expect("a result");
    let wanted = answer(&[
        &["0-14", "male", "2021", "1", "3"],
        &["15-64", "female", "2020", "1", "40"],
        &["15-64", "male", "2020", "2", "62"],
    ]);
    assert_eq!((returned.rows, returned.read, returned.kept), (wanted, Some(9), Some(4)));
    for (row, wanted) in [
        (&["15", "x", "2020", "1", "1", "1"], "`x` in column `sex` is not among the `names`"),
        (&["", "m", "2020", "1", "1", "1"], "`` in column `age` is no whole number"),
        (&["15", "m", "20", "1", "1", "1"], "`20` in column `month` is no date as 2024-01-31"),
        (&["15", "m", "2020", "1e9", "1", "1"], "`1e9` for `years_lived` is no number of at most 38 digits"),
        (&["15", "m", "2020", "1", "1", "10"], "10 records counted of 9"),
    ] {
        let told = asked.returned(&answer(&[row]), 9).map(|_| ()).expect_err("a refusal").0;
        assert!(told.starts_with(wanted), "{told}");
    }
    let told = asked.records(&answer(&[&["9", "7"]])).expect_err("a refusal");
    assert!(told.starts_with("2 of 9 records have no number in column `age`"), "{told}");
    let told = asked.are_dates(0, &answer(&[&["2020-01", "5"], &["n/a", "3"]])).expect_err("a refusal");
    assert!(told.starts_with("`n/a` in column `") && told.contains("3 records hold it"), "{told}");
}

#[test]
fn what_is_parted_among_machines_is_added_up_apart() {
    let plan = plan(QUERY);
    let holds = plan.columns.iter().map(|name| if name == "age" { Holds::Whole } else { Holds::Text }).collect();
    let parted = ["from".to_owned()];
    let asked = Asked::of(&plan, ("moves".to_owned(), &parted), Dialect::Standard, holds).expect("a query");
    assert!(asked.counted().ends_with(" from moves records group by \"from\""), "{}", asked.counted());
    assert!(asked.groups().ends_with(", substr(\"month\", 1, 4), \"from\""), "{}", asked.groups());
    assert_eq!(asked.records(&answer(&[&["4", "4"], &["5", "5"]])), Ok(9));
    let rows = answer(&[&["15", "m", "2020", "62", "2", "2"], &["15", "m", "2020", "40", "1", "1"]]);
    let returned = asked.returned(&rows, 9).expect("a result");
    assert_eq!(returned.rows, answer(&[&["15-64", "male", "2020", "3", "102"]]));
}

#[test]
fn what_a_column_cannot_give_is_refused() {
    let plan = plan(QUERY);
    for (of, wanted) in [
        (vec![], "column `age` is no whole number there, which `bands` part"),
        (vec![("age", Holds::Decimal)], "column `age` is no whole number there"),
        (vec![("age", Holds::Whole), ("month", Holds::Truth)], "column `month` is no date there"),
        (vec![("age", Holds::Whole), ("from", Holds::Whole)], "column `from` is of a type there that never is `B's`"),
        (vec![("age", Holds::Whole), ("sex", Holds::Moment)], "column `sex` is a moment there"),
    ] {
        let told = asked(&plan, &of, Dialect::Standard).map(|_| ()).expect_err("a refusal");
        assert!(told.starts_with(wanted), "{told}");
    }
}

#[test]
fn nothing_of_a_study_gets_out_of_its_quotation_marks() {
    for (dialect, name, text) in
        [(Dialect::Standard, "\"a\"\"; drop\"", "'\\''; drop'"), (Dialect::Backtick, "`a\"; drop`", "'\\\\''; drop'")]
    {
        assert_eq!(dialect.name("a\"; drop"), name);
        assert_eq!(dialect.text(b"\\'; drop"), text);
    }
    assert_eq!(Dialect::Backtick.name("a`b"), "`a``b`");
    for from in ["moves; drop", "a.b.c.d", "(select 1)", "moves-*.csv", "", "a..b"] {
        assert_eq!(Dialect::Standard.table(from), None, "{from}");
    }
}
