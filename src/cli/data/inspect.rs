//! Inspect: `esep data inspect`: the sheets and tables of a file, and the draft of a layout.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::ExitCode;

use clap::Args;
use encoding_rs::Encoding;

use super::answers::{
    DraftProblem, DraftTried, FoundHead, FoundTable, Inspected, InspectedSheet, LeftOut, LikeBefore, NewDimension,
    NewMeasure, NewTable, OtherTable, TextAt, UnmatchedName, say,
};
use super::carried::Carried;
use super::names::{near, unmatched_names};
use super::plan::{self, Plan, Stop};
use super::taken::Add;
use super::{
    Common, Diagnostic, Diagnostics, Format, account_of, account_text, catalogued, conclude, disk, drafted, misused,
    opened, print, told, unknown_table, warn,
};
use crate::catalog::Catalog;
use crate::reshape::draft::{self, Draft, Found, Fresh};
use crate::reshape::names::Names;
use crate::workbook::{At, Sheet, letters};

#[derive(Args)]
pub(super) struct Inspect {
    /// The file: XLSX, XLS, ODS, or delimited text of any encoding; Parquet, where esep was built with that feature.
    file: String,
    /// The table of the catalogue; the one that fits best where it is left out.
    #[arg(long)]
    table: Option<String>,
    /// The name of a vintage: then the whole entry is printed that `esep data add` would write of it.
    #[arg(long, requires = "table")]
    vintage: Option<String>,
    /// Who published it, short, for that entry; that of the table's entry before where it is left out.
    #[arg(long, requires = "vintage")]
    publisher: Option<String>,
    /// The encoding of delimited text: `windows-1250`; what is neither stated nor marked is guessed, and said.
    #[arg(long, value_name = "NAME", value_parser = crate::cli::encoding)]
    encoding: Option<&'static Encoding>,
}

impl Inspect {
    /// The command that would take the file in.
    fn add(&self) -> Option<Add> {
        let (table, vintage) = (self.table.clone()?, self.vintage.clone().unwrap_or_else(|| "next".to_owned()));
        Some(Add::plain(self.file.clone(), table, vintage, self.publisher.clone(), self.encoding))
    }
}

/// As many unknown names and problems are shown to people; JSON lists all.
const MOST: usize = 20;

pub(super) fn run(inspect: &Inspect, common: &Common) -> ExitCode {
    let opened = match opened(&inspect.file, inspect.encoding) {
        Ok(opened) => opened,
        Err(problem) => return told(*problem, common),
    };
    let workbook = &opened.workbook;
    let mut diagnostics = Diagnostics::default();
    let mut files = disk::read_study(&common.study, &mut diagnostics);
    let catalog = catalogued(&files, &mut diagnostics);
    if let (Some(table), Some(catalog)) = (&inspect.table, &catalog)
        && let Some(problem) = unknown_table(table, catalog)
    {
        return misused(&problem);
    }
    let add = inspect.add();
    let like = match (&add, &catalog) {
        (Some(add), Some(catalog)) => plan::like(add, &opened, catalog, &files),
        _ => None,
    };
    let entry = match (&add, &catalog, &inspect.vintage) {
        (Some(add), Some(catalog), Some(_)) => match Plan::of(add, &opened, catalog, &mut files, &mut diagnostics) {
            Ok(plan) => Some(plan.entry),
            Err(Stop::Misused(message)) => return misused(&message),
            Err(Stop::Told) => return conclude(&diagnostics, &files, common, false),
        },
        _ => None,
    };
    let drafts =
        catalog.as_ref().map(|catalog| drafted(workbook, inspect.table.as_deref(), catalog)).unwrap_or_default();
    let nothing = Names::default();
    let names = catalog.as_ref().map_or(&nothing, |catalog| &catalog.names);
    let fresh =
        if inspect.table.is_none() { draft::fresh(workbook, names, &languages(catalog.as_ref())) } else { None };
    let found: Vec<(&Sheet, Option<Found>)> = workbook.sheets.iter().map(|sheet| (sheet, draft::find(sheet))).collect();
    let is_guess = inspect.table.is_none();
    if common.format == Format::Json {
        let is_other = |(_, draft): &&(&str, Draft)| draft.trial.figures > 0;
        let other = |(name, draft): &(&str, Draft)| OtherTable { table: (*name).to_owned(), draft: tried(draft) };
        let best = drafts.first();
        say(&Inspected {
            file: inspect.file.clone(),
            format: workbook.format.clone(),
            sheets: found.iter().map(|(sheet, found)| sheet_of(sheet, found.as_ref())).collect(),
            table: best.map(|(name, _)| (*name).to_owned()),
            table_is_guessed: is_guess,
            layout: best.map(|(_, draft)| draft.text.clone()),
            draft: best.map(|(_, draft)| tried(draft)),
            like: like.as_ref().map(like_of),
            entry,
            unmatched: best.map(|(_, draft)| unmatched(draft, catalog.as_ref())).unwrap_or_default(),
            others: drafts.iter().skip(1).filter(is_other).map(other).collect(),
            new_table: fresh.as_ref().map(new_table),
        });
        return ExitCode::SUCCESS;
    }
    let mut out = format!("# {}: {}\n", inspect.file, workbook.format);
    found.iter().for_each(|(sheet, found)| out.push_str(&sheet_text(sheet, found.as_ref())));
    like.iter().for_each(|like| out.push_str(&like_text(like, &inspect.file)));
    let is_like = like.as_ref().is_some_and(|like| like.differs.is_empty());
    if let Some(entry) = entry {
        print(&(out + "#\n# the entry that `esep data add` writes under `resources:` of the catalogue:\n" + &entry));
        warn(&diagnostics.sorted(), &files);
        return ExitCode::SUCCESS;
    }
    match drafts.split_first() {
        Some(_) if is_like => like.iter().for_each(|like| out.push_str(&like.layout_text())),
        Some(((name, draft), rest)) => {
            let guess = if is_guess { ", which is a guess: --table names another" } else { "" };
            let _ = writeln!(out, "#\n# a draft of the layout for table `{name}`{guess}:");
            out.push_str(&draft_text(draft, catalog.as_ref()));
            for (name, draft) in rest.iter().filter(|(_, draft)| draft.is_clean()) {
                let _ = writeln!(out, "# table `{name}` would take {} figures of it as well", draft.trial.figures);
            }
            out.push_str(&draft.text);
        }
        None => out.push_str("#\n# no study with a catalogue stands here, so that no layout is drafted\n"),
    }
    if let Some(fresh) = &fresh {
        out.push_str("#\n# or a table of its own, under `esep: tables:` of the catalogue; all of it is guessed:\n");
        let lines = fresh.entry.lines().chain(["layout:"]).chain(fresh.draft.text.lines());
        lines.for_each(|line| out.push_str(&format!("#   {line}\n")));
    }
    print(&out);
    warn(&diagnostics.sorted(), &files);
    ExitCode::SUCCESS
}

/// Says whether the file may be read as the one before it in its table.
fn like_text(like: &Carried, file: &str) -> String {
    let what = if like.layout.is_empty() { "columns" } else { "layout" };
    let mut out = format!("#\n# the {what} of `{}`, the entry before", like.of);
    if like.differs.is_empty() {
        let _ = writeln!(out, ", fits: {} figures; `esep data add {file}` reads it so", like.figures);
        like.changed.iter().for_each(|changed| {
            let _ = writeln!(out, "#   {changed}");
        });
        return out;
    }
    let _ = writeln!(out, ", does not fit:");
    for one in like.differs.iter().take(MOST) {
        let cell = one.place.within.as_deref().unwrap_or_default();
        let _ = writeln!(out, "#   {cell} {}", one_line(&one.message));
    }
    if like.differs.len() > MOST {
        let _ = writeln!(out, "#   and {} more", like.differs.len() - MOST);
    }
    out
}

fn like_of(like: &Carried) -> LikeBefore {
    LikeBefore {
        entry: like.of.clone(),
        figures: like.figures,
        differs: like.differs.iter().map(|one| format!("{}: {}", one.place, one.message)).collect(),
        layout: like.layout_text(),
    }
}

/// Lists the languages in which the catalogue titles its tables.
fn languages(catalog: Option<&Catalog>) -> Vec<String> {
    let tables = catalog.into_iter().flat_map(|catalog| catalog.tables.values());
    let titled: BTreeSet<&String> = tables.flat_map(|table| table.title.keys()).collect();
    titled.into_iter().cloned().collect()
}

/// Says what came of a draft when it was tried.
fn draft_text(draft: &Draft, catalog: Option<&Catalog>) -> String {
    let trial = &draft.trial;
    let mut out = format!("# as it is, it reads {} figures", trial.figures);
    let _ = match (draft.open(), trial.problems.len()) {
        (0, 0) if trial.figures == 0 => writeln!(out, ": nothing in it looks like a table of such figures"),
        (0, 0) => writeln!(out, ", and nothing stands against it; the checks look at them in `esep data add`"),
        (open, problems) => writeln!(out, "; {open} places wait for you (TODO), and {problems} problems:"),
    };
    for problem in trial.problems.iter().take(MOST) {
        let cell = problem.place.within.as_deref().unwrap_or_default();
        let _ = writeln!(out, "#   {cell} {}", one_line(&problem.message));
    }
    if trial.problems.len() > MOST {
        let _ = writeln!(out, "#   and {} more", trial.problems.len() - MOST);
    }
    for warning in trial.warnings.iter().take(MOST) {
        let cell = warning.place.within.as_deref().unwrap_or_default();
        let hint = warning.hint.as_deref().map(|hint| format!("; {hint}")).unwrap_or_default();
        let _ = writeln!(out, "# look at {cell} {}{hint}", one_line(&warning.message));
    }
    let _ = writeln!(out, "# its cells: {}", account_text(&trial.account));
    if !draft.unmatched.is_empty() {
        let names = unmatched_names(draft);
        let (rows, count) = (draft.unmatched.len(), names.len());
        let _ =
            writeln!(out, "# {count} names of territories in {rows} rows are not known; the draft leaves them out:");
        for (name, address, times) in names.iter().take(MOST) {
            let near = catalog.map(|catalog| near(catalog, name)).unwrap_or_default();
            let times = if *times > 1 { format!(", {times} rows") } else { String::new() };
            let _ = writeln!(out, "#   {address} {}{times}{}", one_line(name), one_line(&near));
        }
        if count > MOST {
            let _ = writeln!(out, "#   and {} more", count - MOST);
        }
    }
    out
}

fn one_line(text: &str) -> String {
    let ends = if text.starts_with(' ') { " " } else { "" };
    format!("{ends}{}", text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn tried(draft: &Draft) -> DraftTried {
    let problem = |problem: &Diagnostic| DraftProblem {
        code: problem.code.to_owned(),
        cell: problem.place.within.clone(),
        message: problem.message.clone(),
        hint: problem.hint.clone(),
    };
    DraftTried {
        figures: draft.trial.figures,
        open: draft.open(),
        clean: draft.is_clean(),
        problems: draft.trial.problems.iter().map(problem).collect(),
        account: account_of(&draft.trial.account),
        left_out: draft.trial.left.iter().map(|(rule, rows)| LeftOut { rule: rule.clone(), rows: *rows }).collect(),
    }
}

fn new_table(fresh: &Fresh) -> NewTable {
    let dimensions = fresh.dimensions.iter().map(|(own, members)| NewDimension {
        name: own.name.clone(),
        role: format!("{:?}", own.role).to_lowercase(),
        members: members.clone(),
    });
    let measures = fresh.measures.iter().map(|(name, head)| NewMeasure { name: name.clone(), head: head.clone() });
    NewTable {
        dimensions: dimensions.collect(),
        measures: measures.collect(),
        entry: fresh.entry.clone(),
        layout: fresh.draft.text.clone(),
        draft: tried(&fresh.draft),
    }
}

fn unmatched(draft: &Draft, catalog: Option<&Catalog>) -> Vec<UnmatchedName> {
    let near = |name: &str| -> Vec<String> {
        let near = catalog.map(|catalog| catalog.names.near(name)).unwrap_or_default();
        near.iter().map(|(_, code)| code.as_str().to_owned()).collect()
    };
    let one =
        |(name, cell): &(String, String)| UnmatchedName { name: name.clone(), cell: cell.clone(), near: near(name) };
    draft.unmatched.iter().map(one).collect()
}

fn columns(list: &[u32]) -> String {
    list.iter().map(|column| letters(*column)).collect::<Vec<_>>().join(" ")
}

fn sheet_text(sheet: &Sheet, found: Option<&Found>) -> String {
    let name = if sheet.name.is_empty() { "the file".to_owned() } else { format!("sheet {}", sheet.name) };
    let hidden = if sheet.is_hidden { ", hidden" } else { "" };
    let area = sheet.used().map_or_else(|| "empty".to_owned(), |area| area.to_string());
    let mut out =
        format!("# {name}{hidden}: {area}, {} cells, {} merged areas", sheet.cells.len(), sheet.merged.areas().len());
    let unseen = sheet.cells.keys().filter(|at| sheet.hides(**at)).count();
    if unseen > 0 {
        let _ = write!(out, ", {unseen} cells in hidden rows or columns");
    }
    out.push('\n');
    let Some(found) = found else { return out + "#   no table\n" };
    let rows: Vec<String> = found.header.iter().map(u32::to_string).collect();
    let _ = writeln!(
        out,
        "#   a table: header in rows {}, labels in {}, data in {}, rows {} to {}",
        rows.join(" "),
        columns(&found.labels),
        columns(&found.data),
        found.rows.0,
        found.rows.1
    );
    for (what, list) in [("title", &found.titles), ("unit", &found.units), ("note", &found.notes)] {
        for (at, text) in list.iter().take(4) {
            let _ = writeln!(out, "#   {what} {at}: {}", one_line(text));
        }
    }
    if !found.sections.is_empty() {
        let _ = writeln!(out, "#   sections: {}", one_line(&found.sections.join("; ")));
    }
    if !found.marks.is_empty() {
        let marks: Vec<String> = found.marks.iter().map(|(mark, count)| format!("`{mark}` {count} times")).collect();
        let _ = writeln!(out, "#   in place of numbers: {}", marks.join(", "));
    }
    out
}

fn sheet_of(sheet: &Sheet, found: Option<&Found>) -> InspectedSheet {
    InspectedSheet {
        name: sheet.name.to_string(),
        hidden: sheet.is_hidden,
        area: sheet.used().map(|area| area.to_string()),
        cells: sheet.cells.len(),
        merged: sheet.merged.areas().iter().map(ToString::to_string).collect(),
        hidden_cells: sheet.cells.keys().filter(|at| sheet.hides(**at)).count(),
        table: found.map(|found| table_of(sheet, found)),
    }
}

fn table_of(sheet: &Sheet, found: &Found) -> FoundTable {
    let texts = |list: &[(At, String)]| -> Vec<TextAt> {
        list.iter().map(|(at, text)| TextAt { cell: at.to_string(), text: text.clone() }).collect()
    };
    let letters_of = |list: &[u32]| list.iter().map(|column| letters(*column)).collect();
    let head = |column: &u32| FoundHead { column: letters(*column), texts: draft::head(sheet, found, *column) };
    FoundTable {
        header: found.header.clone(),
        labels: letters_of(&found.labels),
        data: letters_of(&found.data),
        idle: letters_of(&found.idle),
        heads: found.labels.iter().chain(&found.data).chain(&found.idle).map(head).collect(),
        first_row: found.rows.0,
        last_row: found.rows.1,
        sections: found.sections.clone(),
        missing: found.marks.clone(),
        titles: texts(&found.titles),
        units: texts(&found.units),
        notes: texts(&found.notes),
    }
}
