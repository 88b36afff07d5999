//! Identity: what a finding is called is read back as the same finding, whatever its categories are called.

use std::collections::BTreeMap;
use std::sync::Arc;

use esep::diagnostic::Diagnostics;
use esep::expression::{Expr, Material, Names, Term, ask};
use esep::files::Files;
use esep::finding::{
    Amount, Cell, CellRef, Class, Code, Dimension, Key, Lineage, Part, Reason, Role, Series, SeriesId, Unit, Value,
};

use crate::study::{dummy, read};
use crate::support::{root, study};

/// One series, and nothing else that an expression could speak of.
struct One(Arc<Series>);

impl Names for One {
    fn series(&self, name: &str, member: &str) -> Option<Arc<Series>> {
        (self.0.id == SeriesId::new(name, member)).then(|| Arc::clone(&self.0))
    }
    fn absence(&self, _: &Key) -> Reason {
        Reason::Missing
    }
    fn is_stock(&self, _: &str) -> bool {
        false
    }
    fn overlap(&self, _: &[&Code]) -> Option<(Code, Code)> {
        None
    }
    fn named(&self, _: &str) -> Option<&Expr> {
        None
    }
    fn set(&self, _: &str) -> Option<&[Code]> {
        None
    }
    fn sets(&self) -> Vec<&str> {
        Vec::new()
    }
    fn known(&self, _: Option<&str>) -> Vec<String> {
        Vec::new()
    }
    fn failed(&self, _: &str) -> Option<&str> {
        None
    }
}

impl Material<Amount> for One {
    fn names(&self) -> &dyn Names {
        self
    }
    fn answer(&self, _: &str) -> Option<&Term<Amount>> {
        None
    }
    fn read(&self, _: &Series, _: &Key, cell: &Cell) -> Cell {
        cell.clone()
    }
}

const AGES: [&str; 12] =
    ["2022", "65+", "2022-Q4", "KZ", "KZ-11", "all", "last", "0–14 лет", "it's", "a|b, [c]", "15-64", "не_указано"];

fn people() -> One {
    let dimension = |name: &str, role| Dimension { name: name.to_owned(), role, total: None };
    let mut cells = BTreeMap::new();
    for (count, age) in AGES.iter().enumerate() {
        for year in ["2022", "2023"] {
            let key = Key(vec![Part::Category((*age).into()), Role::Period.part(year).expect("a year")]);
            let count = Amount::Integer(100 * count as i64 + i64::from(year == "2023"));
            cells.insert(key, Cell::constant(Value::Amount(count)));
        }
    }
    One(Arc::new(Series {
        id: SeriesId::of_values("people"),
        dimensions: vec![dimension("age", Role::Category), dimension("year", Role::Period)],
        unit: Unit::Persons,
        class: Class::Level,
        own_units: BTreeMap::new(),
        half_units: BTreeMap::new(),
        formula: String::new(),
        convention: None,
        cells,
        lineage: Lineage::Files(BTreeMap::new()),
        members: Default::default(),
    }))
}

#[test]
fn every_finding_is_asked_for_by_its_own_name() {
    let people = people();
    for (key, cell) in &people.0.cells {
        let id = people.0.finding(key);
        let found = ask(&id.to_string(), &people).unwrap_or_else(|problem| panic!("{id}: {}", problem.message));
        assert_eq!((&found.id, &found.cell.value), (&id, &cell.value), "{id}");
    }
}

#[test]
fn a_word_means_what_its_dimension_holds() {
    let people = people();
    let value = |text: &str| ask(text, &people).map(|found| (found.id.to_string(), found.cell.value.to_string()));
    let said = |text: &str| value(text).unwrap_or_else(|problem| panic!("{text}: {}", problem.message));
    assert_eq!(said("people[2022, 2022]"), ("people.value[2022,2022]".to_owned(), "0".to_owned()));
    assert_eq!(said("people[65+, last]"), ("people.value[65+,2023]".to_owned(), "101".to_owned()));
    assert_eq!(said("people['last', last]").1, "601");
    assert_eq!(said("people[ '0–14 лет' , 2022]").0, "people.value['0–14 лет',2022]");
    assert_eq!(said("sum(people['65+' | KZ, 2022..2023])").1, "802");
    assert_eq!(said("at(people[all, 2022], 2022)").1, "0");
    assert_eq!(said("at(people[all, 2023], '65+')").1, "101");
    assert_eq!(said("rank(people[all, 2022], KZ-11)").1, "8");
    let wrong = value("people[0-14, 2022]").expect_err("no such age");
    assert!(wrong.message.contains("`0-14` does not occur in dimension `age`"), "{}", wrong.message);
    assert!(value("people['65+, 2022]").expect_err("an open quotation mark").message.contains("not closed"));
}

/// A file of delimited text: what each of its lines says, the first of them its headings.
type Lines = BTreeMap<usize, Vec<String>>;

fn lines(path: &str, files: &Files) -> Lines {
    let bytes = files.get(path).unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let records = reader.records().map(|record| record.expect("a record"));
    records
        .map(|own| (own.position().expect("a place").line() as usize, own.iter().map(str::to_owned).collect()))
        .collect()
}

/// Says what is wrong with the address of a cell of delimited text: its line does not say what its key says.
fn unfound(cell: &CellRef, lines: &Lines) -> Option<String> {
    let CellRef::Keyed { row, column, .. } = cell else { return None };
    let says = |line: usize, text: &str| lines.get(&line).is_some_and(|line| line.iter().any(|own| own == text));
    let line = row.line.unwrap_or_default();
    let texts = row.key.split(',').filter(|text| !text.is_empty()).map(|text| text.trim_matches('\''));
    let lacks = texts.map(|text| (line, text)).chain([(1, &**column)]).find(|(line, text)| !says(*line, text));
    lacks.map(|(line, text)| format!("{cell}: no `{text}` on line {line}"))
}

#[test]
fn every_cell_has_an_address_of_its_own_that_a_reader_finds_in_the_file() {
    let examples = ["incomes", "prices"].map(|name| read(&root().join("examples").join(name)));
    for files in [study(), dummy()].into_iter().chain(examples) {
        let mut diagnostics = Diagnostics::default();
        let material = esep::build::material(&files, &mut diagnostics).expect("a study");
        let tables = material.dataset.tables.values();
        let cells = tables.flat_map(|table| table.layers.values()).flat_map(|layer| layer.values()).flatten();
        let (mut seen, mut of_file, mut wrong) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        for (key, cell) in cells {
            let address = cell.source.to_string();
            if let Some(other) = seen.insert(address.clone(), key) {
                panic!("{address} is the cell of {key} and of {other}");
            }
            let path = cell.source.file();
            wrong.extend(unfound(&cell.source, of_file.entry(path.to_owned()).or_insert_with(|| lines(path, &files))));
        }
        assert!(seen.len() > 10, "{} cells", seen.len());
        assert_eq!(wrong, Vec::<String>::new());
    }
}
