//! Plan: what is to be written of a file that is taken in: by which layout it is read, and the entry that says so.

use std::collections::BTreeSet;
use std::fs;

use super::carried::{self, Carried, carried};
use super::entry::{Before, Snapshot, is_kept, reference};
use super::names::{near, unmatched_names};
use super::taken::Add;
use super::written::Written;
use super::{Diagnostics, Opened, drafted, unknown_table};
use crate::catalog::{Catalog, PACKAGE};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::files::Files;
use crate::pull::is_plain;
use crate::reshape::draft::Draft;
use crate::reshape::entry::LayoutEntry;

/// Why nothing is to be written.
pub(super) enum Stop {
    /// The command line is wrong.
    Misused(String),
    /// What is wrong was told.
    Told,
}

/// What is to be written of a file.
pub(super) struct Plan<'a> {
    /// The name of the entry.
    pub(super) name: String,
    /// Where the file is kept.
    pub(super) snapshot: String,
    /// The entry, as YAML.
    pub(super) entry: String,
    /// The entry before by which it is read.
    pub(super) like: Option<String>,
    changed: Vec<String>,
    layout: String,
    /// In which file its author has the layout.
    written: String,
    all: Vec<Before<'a>>,
}

impl<'a> Plan<'a> {
    /// Works out the entry of a file; a layout that its author or a draft gives is put among the files under its name, so that
    /// its lines can be shown.
    pub(super) fn of(
        add: &Add,
        opened: &Opened,
        catalog: &'a Catalog,
        files: &mut Files,
        diagnostics: &mut Diagnostics,
    ) -> Result<Plan<'a>, Stop> {
        if let Some(problem) = unknown_table(&add.table, catalog) {
            return Err(Stop::Misused(problem));
        }
        let text = files.text(PACKAGE).unwrap_or_default().to_owned();
        let all = before(catalog, &text, &add.table);
        let Some(publisher) = publisher(add, &all) else {
            return Err(Stop::Misused("name who published it with --publisher".to_owned()));
        };
        if ![&add.vintage, &publisher].iter().all(|text| is_plain(text)) {
            let message = "a vintage and a publisher are names of letters, digits, `-`, `_` and `.`";
            return Err(Stop::Misused(message.to_owned()));
        }
        let called = Called::of(add, publisher, opened, catalog);
        let snapshot = format!("data/{}", called.path);
        if files.get(&snapshot).is_some_and(|standing| standing != opened.bytes) {
            let message = format!("{snapshot} holds another file already; a snapshot is never edited");
            return Err(Stop::Misused(message));
        }
        let reference = reference(add, &called.publisher, all.last());
        let of = called.snapshot(add, opened, &reference);
        let mut plan = Plan {
            name: called.name.clone(),
            snapshot,
            entry: String::new(),
            like: None,
            changed: Vec::new(),
            layout: String::new(),
            written: add.layout.as_ref().map_or_else(|| DRAFT.to_owned(), |path| path.display().to_string()),
            all,
        };
        if add.layout.is_none()
            && let Some(like) = carried(&of, &opened.workbook, catalog, files, &plan.all)
        {
            if like.differs.is_empty() {
                like.doubts.into_iter().for_each(|doubt| diagnostics.push(doubt));
                (plan.entry, plan.like, plan.changed) = (like.entry, Some(like.of), like.changed);
                return Ok(plan);
            }
            unfit(add, like, diagnostics)?;
        }
        plan.layout = laid_out(add, opened, catalog, diagnostics)?;
        files.insert(plan.written.as_str(), plan.layout.as_str());
        plan.entry = of.by_layout(&plan.layout);
        Ok(plan)
    }

    /// Refuses a layout that waits for its author, or that says nothing of a scale which the file tells; says whether it did.
    pub(super) fn waits(
        &self,
        add: &Add,
        opened: &Opened,
        catalog: &Catalog,
        files: &Files,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        waiting(add, &self.written, &self.layout, diagnostics)
            || unscaled(add, self, opened, catalog, files, diagnostics)
    }

    /// Says for people as which file it was read.
    pub(super) fn said(&self) -> String {
        let like = self.like.iter().map(|like| format!("read as `{like}` is\n"));
        like.chain(self.changed.iter().map(|changed| format!("  {changed}\n"))).collect()
    }

    /// Brings what is told of the entry, which is not written yet, to where its author has what it says: the file of the layout,
    /// or the entry before.
    pub(super) fn placed(&self, diagnostics: Diagnostics, package: &str) -> Diagnostics {
        let Some(like) = &self.like else {
            return by_layout(diagnostics, package, &self.name, &self.layout, &self.written);
        };
        let from = package.lines().count() - self.entry.lines().count();
        let before = self.all.iter().find(|before| before.resource.name == *like);
        let mut told = Diagnostics::default();
        for one in diagnostics.sorted() {
            let is_new = one.place.file == PACKAGE && one.place.line.is_some_and(|line| line > from);
            told.push(match before.filter(|_| is_new) {
                Some(before) => carried::placed(one, package, before),
                None => one,
            });
        }
        told
    }
}

/// Tries the entries of a table on a file, whatever it is to be called.
pub(super) fn like(add: &Add, opened: &Opened, catalog: &Catalog, files: &Files) -> Option<Carried> {
    let all = before(catalog, files.text(PACKAGE).unwrap_or_default(), &add.table);
    let called = Called::of(add, publisher(add, &all).unwrap_or_else(|| "own".to_owned()), opened, catalog);
    carried(&called.snapshot(add, opened, ""), &opened.workbook, catalog, files, &all)
}

/// Who published a file: as the command line says, or as the entry before does.
fn publisher(add: &Add, all: &[Before]) -> Option<String> {
    add.publisher.clone().or_else(|| all.last().map(|last| last.resource.esep.publisher.clone()))
}

/// What a file is called that is taken in.
struct Called {
    publisher: String,
    /// The name of its entry.
    name: String,
    /// Where it is kept, below `data/`.
    path: String,
}

impl Called {
    fn of(add: &Add, publisher: String, opened: &Opened, catalog: &Catalog) -> Called {
        let name = free_name(add, &publisher, catalog);
        let path = format!("raw/{publisher}/{}/{}", add.vintage, opened.name);
        Called { publisher, name, path }
    }

    fn snapshot<'s>(&'s self, add: &'s Add, opened: &'s Opened, reference: &'s str) -> Snapshot<'s> {
        let Called { publisher, name, path } = self;
        Snapshot { add, name, publisher, path, bytes: &opened.bytes, reference, stored: opened.stored.as_ref() }
    }
}

/// Lists the entries of a table, those that its publisher gave last: a paper's own table is no predecessor of what an agency
/// publishes.
fn before<'a>(catalog: &'a Catalog, text: &str, table: &str) -> Vec<Before<'a>> {
    let own = catalog.resources.iter().filter(|resource| resource.esep.table == table);
    let mut all: Vec<Before> = own.map(|resource| Before { resource, written: Written::of(text, resource) }).collect();
    all.sort_by_key(|before| before.resource.esep.status != "transcribed");
    all
}

fn free_name(add: &Add, publisher: &str, catalog: &Catalog) -> String {
    let stem = format!("{}.{publisher}-{}", add.table.replace('_', "-"), add.vintage);
    let is_free = |name: &String| catalog.resources.iter().all(|resource| resource.name != *name);
    let names = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}-{n}")));
    names.take(1000).find(is_free).unwrap_or(stem)
}

/// Tells what does not fit of the entry before. Where that has the heads of the file, its layout is not given up for a draft.
fn unfit(add: &Add, like: Carried, diagnostics: &mut Diagnostics) -> Result<(), Stop> {
    let Some(first) = like.differs.first().cloned() else { return Ok(()) };
    if like.figures > 0 && like.is_headed_alike && !like.layout.is_empty() {
        let message =
            format!("`{}` cannot be read as `{}` is, the file before it in `{}`", add.file, like.of, add.table);
        let hint = format!(
            "what follows says what differs; a layout of this file is given with `--layout layout.yaml`, and `esep data inspect {} \
             --table {} > layout.yaml` drafts one",
            add.file, add.table
        );
        diagnostics.push(Diagnostic::error(code::DATA_LAYOUT, Place::file(PACKAGE), message).hint(hint));
        like.differs.into_iter().for_each(|one| diagnostics.push(one));
        return Err(Stop::Told);
    }
    let message = format!(
        "is laid out otherwise than `{}`, so that a layout is drafted: {}",
        like.of,
        first.message.replace('\n', " ")
    );
    let place = Place::file(add.file.as_str());
    diagnostics.push(Diagnostic::warning(code::DATA_LAYOUT, place.clone(), message));
    // What stands over the columns tells what they are; cells are counted.
    let (heads, cells): (Vec<Diagnostic>, Vec<Diagnostic>) =
        like.differs.into_iter().skip(1).partition(|one| one.code == code::DATA_HEADER);
    let told: BTreeSet<String> =
        heads.into_iter().map(|one| one.message).filter(|message| *message != first.message).collect();
    for message in told {
        diagnostics.push(Diagnostic::warning(code::DATA_HEADER, place.clone(), message));
    }
    if let Some(one) = cells.first() {
        let message = format!("{} more do not fit, the first: {}", cells.len(), one.message.replace('\n', " "));
        diagnostics.push(Diagnostic::warning(code::DATA_LAYOUT, place, message));
    }
    Ok(())
}

/// Reads the layout that the command line gives, or drafts one.
fn laid_out(add: &Add, opened: &Opened, catalog: &Catalog, diagnostics: &mut Diagnostics) -> Result<String, Stop> {
    if let Some(path) = &add.layout {
        return fs::read_to_string(path)
            .map_err(|error| Stop::Misused(format!("{} cannot be read: {error}", path.display())));
    }
    let draft = drafted(&opened.workbook, Some(&add.table), catalog).pop().map(|(_, draft)| draft).unwrap_or_default();
    if draft.text.is_empty() {
        let message = "holds no table that was found: rows of a label and numbers below a heading";
        let hint = format!(
            "look what it holds with `esep data inspect {} --table {}`; a layout of your own is given with --layout",
            add.file, add.table
        );
        diagnostics.push(Diagnostic::error(code::DATA_EMPTY, Place::file(add.file.as_str()), message).hint(hint));
        return Err(Stop::Told);
    }
    unmatched(&opened.name, &draft, catalog, diagnostics);
    guessed(&opened.name, &draft, diagnostics);
    Ok(draft.text)
}

/// Names what the list of territories does not know, whose rows are left out.
fn unmatched(file: &str, draft: &Draft, catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for (name, address, rows) in unmatched_names(draft) {
        let place = Place::file(file).within(address);
        let message = format!(
            "`{name}` is no name of a territory, so that {rows} of its rows are left out{}",
            near(catalog, name)
        );
        let hint = "say in data/aliases.yaml what it means, or give the layout that you want with --layout";
        diagnostics.push(Diagnostic::warning(code::DATA_LAYOUT, place, message).hint(hint));
    }
}

/// How a layout is called that stands in no file.
const DRAFT: &str = "the draft of the layout";

/// Names what the draft only guesses, so that nobody takes it for what the file says.
fn guessed(file: &str, draft: &Draft, diagnostics: &mut Diagnostics) {
    for line in draft.guesses() {
        let message = format!("the layout is drafted by a guess: `{}`", line.trim());
        let hint = "look whether it is right; `esep data inspect` prints the draft, and --layout takes another";
        diagnostics.push(Diagnostic::warning(code::DATA_LAYOUT, Place::file(file), message).hint(hint));
    }
}

/// Refuses a layout in which places wait for its author; says whether it did.
fn waiting(add: &Add, name: &str, layout: &str, diagnostics: &mut Diagnostics) -> bool {
    let mut found = false;
    for (number, line) in layout.lines().enumerate() {
        let said = line.split(" #").next().unwrap_or_default();
        let Some(at) = said.find("TODO").filter(|_| !line.starts_with('#')) else { continue };
        found = true;
        let place = Place::line(name, number + 1, said[..at].chars().count() + 1).covering("TODO".len());
        let hint = format!(
            "fill it in: `esep data inspect {} --table {} > layout.yaml` writes the draft, `--layout layout.yaml` takes it",
            add.file, add.table
        );
        let message = format!("`{}` waits for you", said.trim());
        diagnostics.push(Diagnostic::error(code::DATA_LAYOUT, place, message).hint(hint));
    }
    found
}

/// Refuses a layout of its author's that says nothing of a scale which the file tells; says whether it did.
fn unscaled(
    add: &Add,
    plan: &Plan,
    opened: &Opened,
    catalog: &Catalog,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> bool {
    let own: Option<LayoutEntry> = files.yaml(&plan.written, &mut Diagnostics::default());
    if add.layout.is_none() || own.is_none_or(|own| own.scale.is_some() || !own.units.is_empty()) {
        return false;
    }
    let draft = drafted(&opened.workbook, Some(&add.table), catalog).pop().map(|(_, draft)| draft).unwrap_or_default();
    let Some(line) = draft.text.lines().find(|line| line.starts_with("scale: ")) else { return false };
    let message = format!("states no scale, and the file may tell one: `{line}`");
    let hint = "state `scale: 1000`, or what it is; `scale: 1` where its figures are printed as they are";
    diagnostics.push(Diagnostic::error(code::DATA_LAYOUT, Place::file(plan.written.as_str()), message).hint(hint));
    true
}

/// Brings what is told of the layout in the entry, which is not written yet, to the file in which its author has it.
fn by_layout(diagnostics: Diagnostics, package: &str, name: &str, layout: &str, written: &str) -> Diagnostics {
    let head = format!("- name: {name}");
    let lines = package.lines().enumerate().skip_while(|(_, line)| line.trim_start() != head);
    let key = lines.skip(1).find(|(_, line)| line.trim() == "layout:").map(|(number, _)| number + 1);
    let kept: Vec<usize> =
        layout.lines().enumerate().filter(|(_, line)| is_kept(line)).map(|(number, _)| number + 1).collect();
    let own = |place: &Place| {
        let line = place.line.filter(|_| place.file == PACKAGE)?;
        let below = line.checked_sub(key?)?;
        match below {
            0 => Some(Place::file(written)),
            _ => kept.get(below - 1).map(|line| Place::line(written, *line, 1)),
        }
    };
    let mut told = Diagnostics::default();
    for mut one in diagnostics.sorted() {
        if let Some(place) = own(&one.place) {
            let within = one.place.within.take();
            one.place = Place { within, ..place };
        }
        told.push(one);
    }
    told
}
