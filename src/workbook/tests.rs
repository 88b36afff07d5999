//! Tests: workbooks of every format, whole and hostile, and the cells that they hold.

use proptest::prelude::*;
use rust_xlsxwriter as written;

use super::*;

/// Packs members without compression.
fn packed(members: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in members {
        let at = out.len() as u32;
        let mut sum = flate2::Crc::new();
        sum.update(text.as_bytes());
        let length = text.len() as u32;
        let sizes = [sum.sum(), length, length].map(u32::to_le_bytes).concat();
        let tail = [&(name.len() as u16).to_le_bytes()[..], &[0, 0]].concat();
        out.extend([b"PK\x03\x04", &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &sizes, &tail].concat());
        out.extend([name.as_bytes(), text.as_bytes()].concat());
        directory.extend([b"PK\x01\x02", &[20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &sizes, &tail].concat());
        directory.extend([&[0; 10][..], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let (at, count) = (out.len() as u32, members.len() as u16);
    out.extend_from_slice(&directory);
    let counts = [count.to_le_bytes(), count.to_le_bytes()].concat();
    let sizes = [(directory.len() as u32).to_le_bytes(), at.to_le_bytes()].concat();
    out.extend([b"PK\x05\x06", &[0; 4][..], &counts, &sizes, &[0, 0]].concat());
    out
}

fn read_all(bytes: &[u8]) -> Result<Workbook, String> {
    read("a.xlsx", bytes, &Stated::default()).map_err(|problem| problem.message)
}

/// Lists what a sheet holds: `A1=text`.
fn said(sheet: &Sheet) -> String {
    let cell = |(at, cell): (&At, &Cell)| {
        let kind = match cell.content {
            Content::Number(_) => "n:",
            Content::Text(_) => "",
            Content::Date(_) => "d:",
            Content::Truth(_) => "t:",
            Content::Error(_) => "e:",
            Content::Uncounted => "f:",
        };
        let raised = cell.raised.as_ref().map(|mark| format!("^{mark}")).unwrap_or_default();
        format!("{at}={kind}{}{raised}", cell.text())
    };
    sheet.cells.iter().map(cell).collect::<Vec<_>>().join(" ")
}

fn sheet_xml(rows: &str, more: &str) -> Vec<u8> {
    let root =
        r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = r#"<workbook><sheets><sheet name="Лист" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let own = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="/xl/s.xml"/></Relationships>"#;
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData>{more}</worksheet>");
    packed(&[
        ("_rels/.rels", root),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", own),
        ("xl/s.xml", &sheet),
    ])
}

fn example() -> Vec<u8> {
    let mut book = written::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("2023 год").expect("a name");
    let raised = written::Format::new().set_font_script(written::FormatScript::Superscript);
    let plain = written::Format::new();
    sheet.merge_range(0, 1, 0, 2, "2023", &plain).expect("merged");
    sheet.write_rich_string(1, 0, &[(&plain, "Туркестанская"), (&raised, "1")]).expect("rich");
    sheet.write_number(1, 1, 61.2).expect("a number");
    sheet.write_number_with_format(1, 2, 0.612, &written::Format::new().set_num_format("0.0%")).expect("per cent");
    sheet.write_string(2, 1, "1\u{a0}234").expect("a text");
    let day = written::Format::new().set_num_format("dd.mm.yyyy");
    sheet.write_number_with_format(2, 2, 44_927.0, &day).expect("a date");
    sheet.set_row_hidden(2).expect("hidden");
    sheet.set_column_hidden(4).expect("hidden");
    book.add_worksheet().set_name("Скрытый").expect("a name").set_hidden(true);
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_packed_workbook_tells_what_it_shows_and_hides() {
    let book = read_all(&example()).expect("a workbook");
    assert_eq!((book.format.as_str(), book.sheets.len(), book.sheets[1].is_hidden), ("XLSX", 2, true));
    let sheet = &book.sheets[0];
    assert_eq!(said(sheet), "B1=2023 A2=Туркестанская^1 B2=n:61.2 C2=n:61.2 B3=1\u{a0}234 C3=d:2023-01-01");
    assert_eq!(sheet.address(At { row: 1, column: 1 }), "2023 год!B2");
    let at = |text: &str| At::parse(text).expect("an address");
    assert_eq!(
        sheet.shown(at("C1")).map(|(at, cell)| (at.to_string(), cell.text())),
        Some(("B1".into(), "2023".into()))
    );
    assert_eq!(["B3", "E1", "B2"].map(|text| sheet.hides(at(text))), [true, true, false]);
}

#[test]
fn formulas_without_values_and_errors_are_told_apart() {
    let rows = r##"<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="e"><v>#DIV/0!</v></c>
        <c r="D1" t="inlineStr"><is><t>a &amp; b</t></is></c></row><row><c><v>7</v></c></row>"##;
    let book = read_all(&sheet_xml(rows, "")).expect("a workbook");
    assert_eq!(said(&book.sheets[0]), "A1=f: B1=n:2 C1=e:#DIV/0! D1=a & b A2=n:7");
    for (rows, wanted) in [
        (r#"<row r="1"><c r="A1" t="s"><v>9</v></c></row>"#, "refers to text 9"),
        (r#"<row r="1"><c r="A1"><v>x</v></c></row>"#, "`x` stands for a number"),
        (r#"<row r="1"><c r="1A"><v>1</v></c></row>"#, "`1A` is no address"),
    ] {
        let found = read_all(&sheet_xml(rows, "")).expect_err(rows);
        assert!(found.contains(wanted), "{found}");
    }
    let far = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    assert_eq!(read_all(&sheet_xml(far, "")).expect("sparse").sheets[0].cells.len(), 2);
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">]><row/>";
    assert!(read_all(&sheet_xml(entities, "")).is_err());
}

#[test]
fn an_open_document_is_read_alike() {
    let content = r#"<office:document-content><office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/></style:style>
        <style:style style:name="s"><style:text-properties style:text-position="super 58%"/></style:style></office:automatic-styles>
        <office:body><office:spreadsheet><table:table table:name="Л"><table:table-column/><table:table-column table:visibility="collapse"/>
        <table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>Абай<text:span text:style-name="s">1</text:span></text:p></table:table-cell><table:covered-table-cell/></table:table-row>
        <table:table-row table:visibility="collapse"><table:table-cell office:value-type="float" office:value="1234.5"><text:p>1 234,5</text:p></table:table-cell>
        <table:table-cell office:value-type="percentage" office:value="0.612"><office:annotation><text:p>note</text:p></office:annotation><text:p>61,2%</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2023-01-01"><text:p>2023</text:p></table:table-cell>
        <table:table-cell table:formula="of:=1+1"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
        <table:table table:name="И" table:style-name="h"/></office:spreadsheet></office:body></office:document-content>"#;
    let book = read_all(&packed(&[("mimetype", "ods"), ("content.xml", content)])).expect("a workbook");
    assert_eq!((book.format.as_str(), book.sheets[1].is_hidden), ("ODS", true));
    let sheet = &book.sheets[0];
    assert_eq!(said(sheet), "A1=Абай^1 A2=n:1234.5 B2=n:61.2 C2=d:2023 D2=f:");
    assert_eq!(
        (sheet.merged.areas()[0].to_string(), sheet.hidden_rows.contains(1), sheet.hidden_columns.contains(1)),
        ("A1:B1".into(), true, true)
    );
    let bomb = content.replace("table:number-columns-spanned=\"2\"", "table:number-columns-repeated=\"99999999\"");
    let found = read_all(&packed(&[("content.xml", &bomb)])).expect_err("a bomb");
    assert!(found.contains("repeats a cell"), "{found}");
}

#[test]
fn delimited_text_is_a_sheet_and_says_what_it_was_found_to_be() {
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode("Регион;2023\n\nАкмолинская;787 971\n");
    let book = read_all(&bytes).expect("a sheet");
    assert_eq!(book.format, "CSV, windows-1251, delimiter ';'");
    assert_eq!(said(&book.sheets[0]), "A1=Регион B1=2023 A3=Акмолинская B3=787 971");
    for (bytes, wanted) in [
        (&b"<html><table>"[..], "is a web page"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0 and nothing more", "damaged"),
        (b"PK\x03\x04 and nothing more", "damaged"),
    ] {
        let found = read_all(bytes).expect_err("no workbook");
        assert!(found.contains(wanted), "{found}");
    }
}

#[test]
fn an_old_workbook_is_read() {
    let bytes = include_bytes!("../../tests/material/workbooks/regions.xls");
    let book = read_all(bytes).expect("a workbook");
    assert_eq!(book.format, "XLS");
    assert_eq!(
        said(&book.sheets[0]),
        "A1=Регион B1=n:2022 C1=n:2023 A2=Акмолинская B2=n:787.5 C2=n:790 A3=г. Алматы B3=n:2161.695 C3=-"
    );
}

/// A record of an old workbook.
fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(body.len() as u16).to_le_bytes(), body].concat()
}

/// An old workbook whose sheets all begin where the records given do.
fn old(sheets: usize, records: &[u8]) -> Vec<u8> {
    let listed = |at: u32, number: usize| {
        record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 2, 0], format!("{:02}", number % 100).as_bytes()].concat())
    };
    let globals = |at: u32| {
        let list: Vec<u8> = (0..sheets).flat_map(|number| listed(at, number)).collect();
        [part(5), list, record(0x000a, &[])].concat()
    };
    xls::container("Workbook", &[&globals(globals(0).len() as u32), records].concat())
}

fn part(kind: u16) -> Vec<u8> {
    record(0x0809, &[0x0600, kind, 0, 0, 0, 0, 0, 0].map(u16::to_le_bytes).concat())
}

fn number(row: u16, column: u16) -> Vec<u8> {
    record(0x0203, &[[row, column, 0].map(u16::to_le_bytes).concat(), 1f64.to_le_bytes().to_vec()].concat())
}

#[test]
fn days_are_counted_from_1900_or_1904_as_the_workbook_says() {
    let root =
        r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let own = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/><Relationship Id="r2" Type="x/styles" Target="y.xml"/></Relationships>"#;
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let cells = r#"<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>43465</v></c><c r="B1" s="1"><v>60</v></c></row></sheetData></worksheet>"#;
    let modern = |first: &str| {
        let book = format!(
            r#"<workbook><workbookPr {first}/><sheets><sheet name="Л" sheetId="1" r:id="r1"/></sheets></workbook>"#
        );
        let members = [("_rels/.rels", root), ("xl/workbook.xml", &book), ("xl/_rels/workbook.xml.rels", own)];
        packed(&[&members[..], &[("xl/s.xml", cells), ("xl/y.xml", styles)]].concat())
    };
    // The calendar of 1900 has a 29 February, which is shown as no day.
    assert_eq!(said(&read_all(&modern("")).expect("a workbook").sheets[0]), "A1=d:2018-12-31 B1=n:60");
    let since_1904 = said(&read_all(&modern(r#"date1904="1""#)).expect("a workbook").sheets[0]);
    assert_eq!(since_1904, "A1=d:2023-01-01 B1=d:1904-03-01");
    let dated = |first: u16| {
        let format = record(0x00e0, &[0u16, 14, 0, 0, 0, 0, 0, 0, 0, 0].map(u16::to_le_bytes).concat());
        let cell =
            record(0x0203, &[[0u16, 0, 0].map(u16::to_le_bytes).concat(), 43_465f64.to_le_bytes().to_vec()].concat());
        let globals = |at: u32| {
            let listed = record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 2, 0], b"01"].concat());
            [part(5), record(0x0022, &first.to_le_bytes()), format.clone(), listed, record(0x000a, &[])].concat()
        };
        let sheet = [part(0x10), cell, record(0x000a, &[])].concat();
        let bytes = xls::container("Workbook", &[globals(globals(0).len() as u32), sheet].concat());
        said(&read_all(&bytes).expect("a workbook").sheets[0])
    };
    assert_eq!([dated(0), dated(1)], ["A1=d:2018-12-31", "A1=d:2023-01-01"]);
}

#[test]
fn an_old_workbook_that_lies_about_its_size_is_refused_or_read_as_it_is() {
    let (begin, end) = (part(0x10), record(0x000a, &[]));
    let sound = old(1, &[&begin[..], &number(0, 0), &end].concat());
    assert_eq!(said(&read_all(&sound).expect("a workbook").sheets[0]), "A1=n:1");
    // Dimensions of 2³² rows, which nothing takes for true.
    let vast = record(0x0200, &[0, 0, 0xfff0, 0xffff, 0, 0xff00, 0].map(u16::to_le_bytes).concat());
    let lying = old(1, &[&begin[..], &vast, &number(0, 0), &end].concat());
    assert_eq!(said(&read_all(&lying).expect("a workbook").sheets[0]), "A1=n:1");
    let chart = [&part(0x20)[..], &end].concat();
    for (bytes, wanted) in [
        // Behind a chart within a sheet the sheet goes on.
        (old(1, &[&begin[..], &chart, &number(0, 0), &number(u16::MAX, 300), &end].concat()), "spans more than"),
        (old(5_000, &[&begin[..], &end].concat()), "more than 4096 sheets"),
        (old(2_000, &[&begin[..], &number(0, 0).repeat(5_000), &end].concat()), "lie in one another"),
    ] {
        let found = read_all(&bytes).expect_err(wanted);
        assert!(found.contains(wanted), "{found}");
    }
    // A chain of sectors that runs in a circle, of a stream that is said to be without end.
    let mut circle = sound;
    let (folder, table) = (2 * 4096, 3 * 4096);
    circle[table..table + 4].fill(0);
    circle[folder + 128 + 120..folder + 128 + 128].fill(0xf0);
    let found = read_all(&circle).expect_err("a circle");
    assert!(found.contains("not whole"), "{found}");
}

#[test]
fn what_a_sheet_hides_and_merges_is_found_at_once_however_much_it_is() {
    const ROWS: u32 = 200_000;
    let (mut sheet, mut budget) = (Sheet::default(), Budget::default());
    for row in (0..ROWS).step_by(2) {
        sheet.hidden_rows.add(row, row);
        let (first, last) = (At { row, column: 1 }, At { row, column: 2 });
        sheet.merge(Area { first, last }, &mut budget).expect("room");
        sheet.put(first, Cell::of(Content::Truth(true)), &mut budget).expect("room");
    }
    let beside = |row| At { row, column: 2 };
    assert_eq!((0..ROWS).filter(|row| sheet.hides(beside(*row))).count(), ROWS as usize / 2);
    assert_eq!((0..ROWS).filter(|row| sheet.shown(beside(*row)).is_some()).count(), ROWS as usize / 2);
    let whole = Area { first: At::default(), last: At { row: u32::MAX - 1, column: 0 } };
    assert!(sheet.merge(whole, &mut budget).is_err());
    let far = At { row: 0, column: 1 << 16 };
    assert!(sheet.put(far, Cell::of(Content::Truth(true)), &mut budget).is_err());
}

#[test]
fn spans_within_spans_and_rows_repeated_without_end_are_read_or_refused_at_once() {
    let around = |table: &str| {
        let content =
            format!("<a:spreadsheet><t:table t:name='x'><t:table-row>{table}</t:table-row></t:table></a:spreadsheet>");
        read_all(&packed(&[("content.xml", &content)]))
    };
    let deep = format!("<t:table-cell o:value-type='string'><x:p>{}</x:p></t:table-cell>", "<x:span>a".repeat(100_000));
    let sheet = around(&deep).expect("a workbook");
    assert_eq!(sheet.sheets[0].cells.len(), 1);
    let rows = "</t:table-row><t:table-row t:number-rows-repeated='4294967295'><t:table-cell o:value-type='float' o:value='1'/>";
    assert!(around(rows).expect_err("a bomb").contains("repeats a row"));
}

#[test]
fn a_text_that_cells_share_counts_in_each_of_them() {
    let shared = |cells: usize| {
        let root = r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
        let book = r#"<workbook><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#;
        let own = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="/xl/s.xml"/>
            <Relationship Id="r2" Type="x/sharedStrings" Target="/xl/t.xml"/></Relationships>"#;
        let texts = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(900_000));
        let rows = format!("<row>{}</row>", "<c t='s'><v>0</v></c>".repeat(cells));
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        let parts = [("_rels/.rels", root), ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", own)];
        read_all(&packed(&[&parts[..], &[("xl/t.xml", texts.as_str()), ("xl/s.xml", sheet.as_str())][..]].concat()))
    };
    assert_eq!(shared(200).expect("a workbook").sheets[0].cells.len(), 200);
    assert!(shared(300).expect_err("a bomb").contains("holds more than 256 MiB of text"));
    // So does one that is repeated.
    let repeated = |columns: usize, rows: usize| {
        let cell = format!(
            "<t:table-cell o:value-type='string' t:number-columns-repeated='{columns}'><x:p>{}</x:p></t:table-cell>",
            "a".repeat(900_000)
        );
        let row = format!("<t:table-row t:number-rows-repeated='{rows}'>{cell}</t:table-row>");
        read_all(&packed(&[(
            "content.xml",
            &format!("<a:spreadsheet><t:table t:name='x'>{row}</t:table></a:spreadsheet>"),
        )]))
    };
    assert_eq!(repeated(10, 10).expect("a workbook").sheets[0].cells.len(), 100);
    for (columns, rows) in [(1, 300), (300, 1), (20, 20)] {
        assert!(repeated(columns, rows).expect_err("a bomb").contains("of text"), "{columns} {rows}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Whatever is cut off or altered, a workbook is read or refused.
    #[test]
    fn damage_is_told_and_never_panics(which in 0..3usize, cut in 0.0..1.5f64, hits in prop::collection::vec((0.0..1.0f64, any::<u8>()), 0..6)) {
        let mut bytes = match which {
            0 => example(),
            1 => include_bytes!("../../tests/material/workbooks/regions.xls").to_vec(),
            _ => packed(&[("content.xml", "<a:spreadsheet><t:table t:name='x'><t:table-row><t:table-cell o:value-type='float' o:value='1'/></t:table-row></t:table></a:spreadsheet>")]),
        };
        let length = bytes.len() as f64;
        for (at, byte) in hits {
            bytes[(at * length) as usize] = byte;
        }
        bytes.truncate((cut * length) as usize);
        if let Err(problem) = read("a.xlsx", &bytes, &Stated::default()) {
            prop_assert!(!problem.message.is_empty());
        }
    }
}
