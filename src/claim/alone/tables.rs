//! Tables: what stands in files beside a paper → the catalogue, the data and the frame of a study in memory.

use serde_json::json;

use super::super::scan::names_total;
use super::{in_all, key, year};
use crate::files::{Files, sha256};
use crate::finding::Amount;
use crate::language::quantity::is_in_stems;
use crate::language::{self, Lang};

/// A table given beside a paper, as text: a name over each column.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The file as it was named.
    pub file: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// Its columns of numbers, each cell read; nothing where it holds none.
    pub numbers: Vec<Option<Vec<Option<Amount>>>>,
}

/// One measure of a table: its key columns and its cells.
pub(super) struct Column {
    /// The file as it was named.
    pub file: String,
    /// What stands over the numbers; nothing where years do.
    pub column: Option<String>,
    /// The name of each dimension, and whether it holds years.
    pub dimensions: Vec<(String, bool)>,
    pub cells: Vec<(Vec<String>, Amount)>,
}

impl Column {
    /// Returns what people call it.
    pub(super) fn title(&self) -> String {
        self.column.as_ref().map_or_else(|| self.file.clone(), |column| format!("{}: {column}", self.file))
    }
}

impl Given {
    /// Parts the table into its measures: columns under years are one measure over years.
    pub(super) fn measures(&self) -> Vec<Column> {
        let is_years = |at: usize| {
            let cells = || self.rows.iter().map(|row| row[at].as_str()).filter(|cell| !cell.trim().is_empty());
            cells().count() > 0 && cells().all(|cell| year(cell).is_some())
        };
        let width = self.columns.len();
        let keys: Vec<usize> = (0..width).filter(|at| self.numbers[*at].is_none() || is_years(*at)).collect();
        let values: Vec<usize> = (0..width).filter(|at| !keys.contains(at)).collect();
        let dimensions: Vec<(String, bool)> =
            keys.iter().map(|at| (self.columns[*at].clone(), is_years(*at))).collect();
        let under_years: Vec<usize> = values.iter().copied().filter(|at| year(&self.columns[*at]).is_some()).collect();
        let of_row = |row: usize| keys.iter().map(move |at| self.rows[row][*at].clone()).collect::<Vec<_>>();
        let number = |row: usize, at: usize| self.numbers[at].as_ref().and_then(|column| column[row].clone());
        let mut found = Vec::new();
        if under_years.len() > 1 && dimensions.iter().all(|(_, years)| !years) {
            let mut cells = Vec::new();
            for (row, at) in (0..self.rows.len()).flat_map(|row| under_years.iter().map(move |at| (row, *at))) {
                if let (Some(number), Some(year)) = (number(row, at), year(&self.columns[at])) {
                    let mut key = of_row(row);
                    key.push(year.to_string());
                    cells.push((key, number));
                }
            }
            let mut dimensions = dimensions.clone();
            dimensions.push(("year".to_owned(), true));
            found.push(Column { file: self.file.clone(), column: None, dimensions, cells });
        }
        let alone = found.is_empty();
        for at in values.into_iter().filter(|at| alone || !under_years.contains(at)) {
            let cells = (0..self.rows.len()).filter_map(|row| Some((of_row(row), number(row, at)?))).collect();
            let column = Some(self.columns[at].clone());
            found.push(Column { file: self.file.clone(), column, dimensions: dimensions.clone(), cells });
        }
        let mut found: Vec<Column> = found.into_iter().flat_map(by_indicator).collect();
        found.retain(|measure| !measure.cells.is_empty() && !measure.dimensions.is_empty());
        found
    }
}

/// Parts a column whose rows say what they count: each is a measure of its own.
fn by_indicator(column: Column) -> Vec<Column> {
    let is_one = |(name, years): &(String, bool)| {
        let mut words =
            name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
        !years && words.next().is_some_and(|word| is_in_stems(&word, |words| words.indicators))
    };
    let Some(at) = column.dimensions.iter().position(is_one) else { return vec![column] };
    let without = |key: &[String]| -> Vec<String> {
        key.iter().enumerate().filter(|(own, _)| *own != at).map(|(_, text)| text.clone()).collect()
    };
    let mut dimensions = column.dimensions.clone();
    dimensions.remove(at);
    let mut parts: Vec<Column> = Vec::new();
    for (key, amount) in &column.cells {
        let own = Some(key[at].clone());
        let known = parts.iter().position(|part| part.column == own);
        let part = known.unwrap_or_else(|| {
            let (file, dimensions) = (column.file.clone(), dimensions.clone());
            parts.push(Column { file, column: own, dimensions, cells: Vec::new() });
            parts.len() - 1
        });
        parts[part].cells.push((without(key), amount.clone()));
    }
    parts
}

/// Makes a study of the tables: catalogue, data, the one edition that holds them, the program's own frame.
pub fn study(given: &[Given], frame: (&str, &str), title: &str) -> Files {
    let mut files = Files::default();
    let texts = |text: &str| in_all(&|_| text.to_owned());
    let (mut tables, mut resources, mut vintages) = (serde_json::Map::new(), Vec::new(), serde_json::Map::new());
    for (number, measure) in given.iter().flat_map(Given::measures).enumerate() {
        let id = format!("t{}", number + 1);
        let mut names: Vec<String> = Vec::new();
        for (name, _) in &measure.dimensions {
            let mut plain = key(name).to_lowercase();
            plain.retain(|c| c.is_ascii_alphanumeric() || c == '_');
            let plain = if plain.is_empty() { "row".to_owned() } else { plain };
            let taken = names.iter().filter(|known| known.starts_with(&plain)).count();
            names.push(if taken > 0 { format!("{plain}{}", taken + 1) } else { plain });
        }
        let keyed = |text: &str, years: bool| {
            if years { year(text).map_or_else(|| key(text), |y| y.to_string()) } else { key(text) }
        };
        let dimension = |(at, (_, years)): (usize, &(String, bool))| {
            if *years {
                return json!({"name": names[at], "role": "period"});
            }
            let mut members: Vec<String> = Vec::new();
            let mut total = None;
            for (cell, _) in &measure.cells {
                let member = key(&cell[at]);
                if names_total(&cell[at]) {
                    total = Some(member.clone());
                }
                if !members.contains(&member) {
                    members.push(member);
                }
            }
            let mut entry = json!({"name": names[at], "role": "category", "members": members});
            if let Some(total) = total {
                entry["total"] = json!(total);
            }
            entry
        };
        let dimensions: Vec<_> = measure.dimensions.iter().enumerate().map(dimension).collect();
        let signed = measure.cells.iter().any(|(_, amount)| amount.signum() < 0);
        tables.insert(
            id.clone(),
            json!({"title": texts(&measure.title()), "dimensions": dimensions, "time": "flow", "checks": [],
                   "measures": {"value": {"unit": "none", "class": if signed { "signed" } else { "level" }, "title": texts(&measure.title())}}}),
        );
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut csv = names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(",") + ",value\n";
        for (cell, amount) in &measure.cells {
            let pairs = cell.iter().zip(&measure.dimensions);
            let line: Vec<String> = pairs.map(|(text, (_, years))| quoted(&keyed(text, *years))).collect();
            csv.push_str(&format!("{},{}\n", line.join(","), amount.to_digits()));
        }
        let path = format!("raw/given/{id}.csv");
        let fields: Vec<_> = names
            .iter()
            .map(|name| json!({"name": name, "type": "string"}))
            .chain([json!({"name": "value", "type": "number"})])
            .collect();
        let columns: serde_json::Map<_, _> = names
            .iter()
            .map(|name| (name.clone(), json!(name)))
            .chain([("value".to_owned(), json!("value"))])
            .collect();
        resources.push(json!({
            "name": format!("{id}.given"), "path": path, "type": "table", "bytes": csv.len(),
            "hash": format!("sha256:{}", sha256(csv.as_bytes())), "schema": {"fields": fields, "primaryKey": names},
            "esep": {"table": id, "vintage": "given", "publisher": "given", "retrieved": "2000-01-01", "status": "published",
                     "columns": columns},
        }));
        files.insert(format!("data/{path}"), csv);
        vintages.insert(id, json!(["given"]));
    }
    let study = json!({
        "esep": 1, "title": texts(title), "authors": [], "languages": Lang::ALL.map(Lang::code), "abstracts": [], "analyses": {}, "pages": ["main"],
        "editions": {"given": {"title": texts(title), "vintages": vintages}},
    });
    files.insert("study.yaml", study.to_string());
    let package = json!({"name": "paper", "esep": {"tables": tables}, "resources": resources});
    files.insert("data/datapackage.yaml", package.to_string());
    for (path, text) in [("references", "references: []"), ("terms", "terms: []"), ("territories", "territories: []")] {
        files.insert(format!("data/{path}.yaml"), text);
    }
    for lang in Lang::ALL.map(Lang::code) {
        let heading = language::texts::own(lang, "paper").unwrap_or("paper");
        files.insert(format!("templates/{lang}/main.md"), format!("## {heading} {{#paper}}\n"));
        files.insert(format!("templates/{lang}/strings.yaml"), "{}\n");
        files.insert(format!("templates/{lang}/exhibits.yaml"), "{}\n");
    }
    files.insert("templates/layout.html", frame.0);
    files.insert("templates/style.css", frame.1);
    files
}
