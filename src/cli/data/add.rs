//! Add: `esep data add`: the snapshot, its entry, the checks, and what it changes; or nothing at all.

use std::process::ExitCode;

use super::answers::{VintageChanges, say};
use super::changes::Changes;
use super::doubts::doubts;
use super::entry::with_entry;
use super::plan::{Plan, Stop};
use super::taken::Add;
use super::{
    Common, Diagnostics, Format, account_of, account_text, begun, change, conclude, disk, is_text, misused, opened,
    print, told, warn,
};
use crate::build;
use crate::catalog::{Catalog, PACKAGE};
use crate::cli::complain;
use crate::dataset;
use crate::files::Files;
use crate::reshape::{Account, reshape};
use crate::study::{CURRENT, Study};
use crate::workbook::Workbook;

pub(super) fn run(add: &Add, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let (mut files, catalog) = match begun(common, &mut diagnostics) {
        Ok(begun) => begun,
        Err(code) => return code,
    };
    let opened = match opened(&add.file, add.encoding) {
        Ok(opened) => opened,
        Err(problem) => return told(*problem, common),
    };
    let read = files.clone();
    if is_text(&opened.workbook) && add.encoding.is_none() && !opened.workbook.format.contains("UTF-8") {
        complain(&format!("note: {} is read as {}; `--encoding` states another\n", add.file, opened.workbook.format));
    }
    let plan = match Plan::of(add, &opened, &catalog, &mut files, &mut diagnostics) {
        Ok(plan) => plan,
        Err(Stop::Misused(message)) => return misused(&message),
        Err(Stop::Told) => return conclude(&diagnostics, &files, common, false),
    };
    if plan.waits(add, &opened, &catalog, &files, &mut diagnostics) {
        return conclude(&diagnostics, &files, common, false);
    }
    let text = files.text(PACKAGE).unwrap_or_default();
    let Some(package) = with_entry(text, &plan.entry) else {
        return misused(&format!(
            "{PACKAGE} does not end with its resources; put the entry there yourself:\n\n{}",
            plan.entry
        ));
    };
    let standing = dataset::unchecked(&catalog, &files);
    files.insert(plan.snapshot.clone(), opened.bytes.as_slice());
    files.insert(PACKAGE, package.as_str());
    let Ok(material) = build::material(&files, &mut diagnostics) else {
        return conclude(&plan.placed(diagnostics, &package), &files, common, false);
    };
    let account = accounted(&plan.name, &opened.workbook, &material.catalog);
    let changes = Changes::of(&material.dataset, standing.as_ref(), &add.table, &add.vintage);
    let added = (add.table.as_str(), add.vintage.as_str());
    let doubts = doubts(&material.dataset, standing.as_ref(), &material.catalog.territories, added, &add.file);
    doubts.into_iter().for_each(|doubt| diagnostics.push(doubt));
    let mut written = Files::default();
    written.insert(plan.snapshot.clone(), opened.bytes);
    written.insert(PACKAGE, package);
    // The entry last: until it stands, nothing reads the snapshot.
    let changed = disk::Change { read: &read, written: &written, gone: &[], naming: PACKAGE };
    if let Err(code) = change(common, &changed) {
        return code;
    }
    warn(&diagnostics.sorted(), &files);
    if common.format == Format::Json {
        let like = plan.like.clone();
        say(&VintageChanges { cells: account.as_ref().map(account_of), like, ..changes.answer(&plan.snapshot) });
        return ExitCode::SUCCESS;
    }
    print(&changes.text());
    print(&plan.said());
    account.iter().for_each(|account| print(&format!("cells of the file: {}\n", account_text(account))));
    print(&format!("kept {} and its entry in {PACKAGE}; {}\n", plan.snapshot, read_by(&material.study, add)));
    ExitCode::SUCCESS
}

/// Says which edition reads a vintage.
fn read_by(study: &Study, add: &Add) -> String {
    let own = add.vintage.as_str();
    let one = format!(
        "\nthe study names no editions, so that its only one reads it at once: `esep edition new NAME --from {CURRENT}` names both \
         apart, and `esep data remove --table {} --vintage {own}` takes it out again",
        add.table
    );
    let only = if study.has_one_edition() { one.as_str() } else { "" };
    format!("an edition reads it when its `vintages` name {own}{only}")
}

/// Accounts for the cells of a file that was taken in by a layout.
fn accounted(name: &str, workbook: &Workbook, catalog: &Catalog) -> Option<Account> {
    let resource = catalog.resources.iter().find(|resource| resource.name == name)?;
    let (layout, table) = (resource.esep.layout.as_ref()?, catalog.tables.get(&resource.esep.table)?);
    let target = dataset::target(table, &resource.esep.constants, catalog);
    let mut unheard = Diagnostics::default();
    Some(reshape(&resource.file(), workbook, layout, &target, &resource.layout_place(), &mut unheard).account(workbook))
}
