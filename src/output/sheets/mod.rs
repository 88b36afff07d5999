//! Sheets: the numbers of an edition as a workbook: a sheet an exhibit, and each number of the text as a live formula over
//! source cells, as far as functions of a spreadsheet can say it.

mod exhibits;
mod formula;
mod functions;
mod symbol;

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use super::ledger::{self, Line};
use super::trace::Ways;
use super::{Built, Material};
use crate::finding::{Amount, FindingId, Value};
use crate::language::Language;
use crate::page::Page;
use formula::{Content, Formulas, HEAD, Row, STEPS, source_sheet};

/// A number of the text.
struct Said {
    id: String,
    line: Line,
    value: Option<Value>,
    /// The formula that says it, where one does.
    formula: Option<String>,
}

/// Writes the numbers of a language version, with the cells of the files that may be shown; what rests on others is a value.
pub fn numbers(
    built: &Built,
    page: &Page,
    material: &Material,
    shows: &dyn Fn(&str) -> bool,
) -> Result<Vec<u8>, String> {
    write(built, page, material, shows).map_err(|error| error.to_string())
}

/// The name of the sheet of numbers.
const NUMBERS: &str = "numbers";

fn write(built: &Built, page: &Page, material: &Material, shows: &dyn Fn(&str) -> bool) -> Result<Vec<u8>, XlsxError> {
    let mut ways = Ways::of(&built.edition);
    let ledger = ledger::collect(built, material, &mut ways);
    let mut formulas = Formulas::new(&built.edition, &mut ways, shows);
    let start = format!("{}/index.html#n-", page.lang.code());
    let is_said = |line: &&Line| line.places.iter().any(|place| place.starts_with(&start));
    let mut said = Vec::new();
    for (id, line) in ledger.numbers.iter().filter(|(_, line)| is_said(line)) {
        let value = line.finding.as_ref().and_then(|finding| formulas.value(finding));
        // A figure of literature is no finding, and has its value as it is quoted.
        let quoted = || line.cited.as_ref().and_then(|_| Amount::parse(&line.value)).map(Value::Amount);
        let value = value.or_else(quoted);
        let single = |value: &Value| matches!(value, Value::Amount(_) | Value::Key(_));
        let asked = line.finding.as_ref().filter(|_| value.as_ref().is_some_and(single));
        let formula = asked.and_then(|finding: &FindingId| formulas.formula(finding));
        said.push(Said { id: id.clone(), line: line.clone(), value, formula });
    }
    let Formulas { sources, steps, .. } = formulas;
    let mut book = Workbook::new();
    // Times of the format's own beginning: the same numbers are the same bytes.
    let first_day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(material.title(page.lang)).set_creation_datetime(&first_day));
    let Some(language) = material.language(page.lang) else { return book.save_to_buffer() };
    told(book.add_worksheet().set_name(NUMBERS)?, &said, language)?;
    listed(book.add_worksheet().set_name(STEPS)?, language.word("numbers-between").unwrap_or(STEPS), &steps)?;
    for (at, (file, rows)) in sources.iter().enumerate() {
        listed(book.add_worksheet().set_name(source_sheet(at))?, file, rows)?;
    }
    let mut taken: BTreeSet<String> = [NUMBERS, STEPS].map(str::to_owned).into();
    taken.extend((0..sources.len()).map(source_sheet));
    exhibits::write(&mut book, built, page, material, &mut taken)?;
    book.save_to_buffer()
}

/// Writes the numbers of the text: as said, as worked out here, as the ledger has them.
fn told(sheet: &mut Worksheet, said: &[Said], language: &Language) -> Result<(), XlsxError> {
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let bold = Format::new().set_bold();
    let last = said.len() as u32 + 5;
    sheet.write_string_with_format(0, 0, word("sheet-numbers"), &bold)?;
    for (row, key, kind) in [(1, "sheet-live", word("formula")), (2, "sheet-values", word("value"))] {
        sheet.write_string(row, 0, word(key))?;
        let count = said.iter().filter(|own| own.formula.is_some() == (key == "sheet-live")).count();
        let formula = Formula::new(format!("=COUNTIF(F6:F{last},\"{kind}\")")).set_result(count.to_string());
        sheet.write_formula(row, 1, formula)?;
    }
    let heads = ["sheet-id", "sheet-printed", "value", "exact-value", "sheet-equal", "sheet-how", "formula", "unit"];
    for (column, key) in (0..).zip(heads) {
        sheet.write_string_with_format(4, column, word(key), &bold)?;
    }
    let code = language.lang().code();
    for (row, own) in (5..).zip(said) {
        sheet.write_string(row, 0, &own.id)?;
        sheet.write_string(row, 1, own.line.printed.get(code).map(String::as_str).unwrap_or_default())?;
        let content = match (&own.formula, &own.value) {
            (Some(formula), Some(value)) => Some(Content::Formula(formula.clone(), value.clone())),
            (_, value) => value.clone().map(Content::Value),
        };
        if let Some(content) = &content {
            put(sheet, row, 2, content, own.line.decimals)?;
        }
        if let Some(value) = &own.value {
            put(sheet, row, 3, &Content::Value(value.clone()), None)?;
        }
        if own.formula.is_some() {
            let at = row + 1;
            let equal =
                format!("=IF(ISNUMBER(D{at}),ABS(C{at}-D{at})<=0.000000001*MAX(1,ABS(D{at})),EXACT(C{at},D{at}))");
            sheet.write_formula(row, 4, Formula::new(equal).set_result("TRUE"))?;
        }
        sheet.write_string(row, 5, word(if own.formula.is_some() { "formula" } else { "value" }))?;
        let way = match &own.line.cited {
            Some((work, page)) => format!("{work}, {page}"),
            None => own.line.formula.clone(),
        };
        sheet.write_string(row, 6, &way)?;
        sheet.write_string(row, 7, &own.line.unit)?;
    }
    for (column, width) in [(0, 42.0), (1, 18.0), (2, 16.0), (3, 20.0), (4, 10.0), (5, 12.0), (6, 60.0), (7, 16.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(5, 0)?;
    Ok(())
}

/// Writes what is worked out on the way, or the cells of a file, one a row.
fn listed(sheet: &mut Worksheet, head: &str, rows: &[Row]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, head, &bold)?;
    for (at, row) in (HEAD..).zip(rows) {
        sheet.write_string(at, 0, &row.name)?;
        put(sheet, at, 1, &row.content, None)?;
    }
    sheet.set_column_width(0, 60)?;
    sheet.set_column_width(1, 20)?;
    Ok(())
}

/// Puts content into a cell: a number as one, a text as text whatever it begins with.
fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    content: &Content,
    decimals: Option<usize>,
) -> Result<(), XlsxError> {
    match content {
        Content::Formula(formula, value) => {
            let result = match value {
                Value::Amount(amount) => amount.to_f64().to_string(),
                value => value.to_string(),
            };
            let formula = Formula::new(format!("={formula}")).set_result(result);
            match decimals {
                Some(decimals) => sheet.write_formula_with_format(row, column, formula, &shown(decimals))?,
                None => sheet.write_formula(row, column, formula)?,
            };
        }
        Content::Value(Value::Amount(amount)) => {
            match decimals {
                Some(decimals) => sheet.write_number_with_format(row, column, amount.to_f64(), &shown(decimals))?,
                None => sheet.write_number(row, column, amount.to_f64())?,
            };
        }
        Content::Value(value) => {
            sheet.write_string(row, column, value.to_string().chars().take(LONGEST_TEXT).collect::<String>())?;
        }
    }
    Ok(())
}

/// The letters that a cell may hold.
const LONGEST_TEXT: usize = 32_000;

/// How a number with decimals is shown.
fn shown(decimals: usize) -> Format {
    let decimals = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals.min(15))) };
    Format::new().set_num_format(format!("#,##0{decimals}"))
}
