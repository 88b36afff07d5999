//! Verify alone: a paper without a study: its own numbers and the tables given beside it judge it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use encoding_rs::Encoding;

use super::disk::{self, Real};
use super::verify::Arguments;
use super::{Common, Format, complain, conclude, misused, print, verify_text, warn};
use crate::build;
use crate::claim::alone::{self, Cells, Draft, Given};
use crate::claim::near::Names;
use crate::claim::scan::{Found, scan};
use crate::claim::search::{Sought, search};
use crate::claim::source::Source;
use crate::claim::{self, Verified};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::files::{Files, sha256};
use crate::finding::Amount;
use crate::language::{Lang, Language};
use crate::output::{Material, alone as on_its_own, verification, verification_pages};
use crate::table::number::NumberSyntax;
use crate::table::{COMMAND, Dialect, MissingMarks, Sheet, decode, guessed_delimiter};
use crate::workbook::detected;

/// The frame and the style of the program's own pages.
const FRAME: (&str, &str) = (include_str!("../../templates/layout.html"), include_str!("../../templates/style.css"));

/// Fewer digits print like too many figures to tell one from another.
const FEWEST_DIGITS: usize = 3;

/// Reads the paper and its tables, drafts its claims or takes over those that stand, judges them, and writes what is found.
pub(super) fn run(file: &str, arguments: &Arguments, common: &Common) -> ExitCode {
    let lang = match arguments.lang.as_deref().map(|name| Lang::ALL.iter().find(|lang| lang.code() == name).ok_or(name))
    {
        Some(Ok(lang)) => Some(lang.code()),
        Some(Err(name)) => return misused(&format!("there is no language `{name}`; there are: ru, kk, en")),
        None => None,
    };
    if let Some(Err(message)) = arguments.to_study.as_deref().map(disk::is_free) {
        return misused(&message);
    }
    let mut diagnostics = Diagnostics::default();
    let source = match disk::read_paper(file) {
        Ok(source) => source,
        Err(problem) => {
            diagnostics.push(*problem);
            return conclude(&diagnostics, &Files::default(), common, false);
        }
    };
    let found = scan(&source.text);
    let given: Vec<Given> =
        arguments.data.iter().filter_map(|path| table(path, arguments.encoding, &mut diagnostics)).collect();
    let name = Path::new(file).file_name().map_or_else(|| file.to_owned(), |name| name.to_string_lossy().into_owned());
    let mut files = alone::study(&given, FRAME, &name);
    let read = build::material(&files, &mut diagnostics)
        .and_then(|material| Ok((build::edition(&material, None, &mut diagnostics)?, material)));
    let Ok((edition, mut material)) = read else { return conclude(&diagnostics, &files, common, false) };
    let editions = [edition];
    let names = Names::of(&editions);
    let hits = |found: &Found| {
        let sought = Sought::of(found).filter(|sought| sought.digits() >= FEWEST_DIGITS);
        // A table says nothing of its unit, and may count in thousands as the text does.
        let scales = vec![found.measured.scale(), 1];
        let sought = sought.map(|sought| Sought { units: Vec::new(), scales, ..sought });
        sought.map_or_else(Vec::new, |sought| search(&sought, &[&editions[0]], &[], &[]))
    };
    let Draft { claims, notes } = alone::draft(&name, &source, &found, &names, &Cells::of(&given), &hits);
    let stamp = stamp(&source, &given);
    let claims = match standing(arguments.out.as_deref(), &stamp) {
        Ok(own) => own.unwrap_or_else(|| format!("{stamp}\n{claims}")),
        Err(message) => return misused(&message),
    };
    if source.text.trim().is_empty() {
        complain(&format!("note: {file} holds no text, and nothing is judged\n"));
    }
    for note in source.notes.iter().chain(&notes) {
        complain(&format!("note: {file}: {note}\n"));
    }
    files.insert(format!("{}{}.yaml", claim::CLAIMS, alone::PAPER), claims.clone());
    material.papers = claim::read(&files, &mut diagnostics);
    claim::check_units(&material.papers, &|_| false, &mut diagnostics);
    let verified = claim::verify(&material.papers, &[&editions[0]], &mut diagnostics).unwrap_or_default();
    // Nobody can declare anything beside a table of a paper: a total in it is known, and no more.
    let (totals, list): (Vec<Diagnostic>, Vec<Diagnostic>) =
        diagnostics.sorted().into_iter().partition(|one| one.code == code::DATA_TOTAL);
    let told: BTreeSet<String> = totals.into_iter().map(|one| one.message).collect();
    told.iter().for_each(|message| complain(&format!("note: of the tables beside the paper: {message}\n")));
    if !list.is_empty() {
        warn(&list, &files);
    }
    let lang = lang.unwrap_or_else(|| Lang::guessed(&source.text).code());
    if let Some(folder) = &arguments.out
        && let Err(problem) = super::inputs::spare_folder(folder)
    {
        return misused(&format!("{}: {}", problem.place.file, problem.message));
    }
    if let Some(folder) = &arguments.out
        && let Err(message) = write(folder, &claims, lang, &verified, &material)
    {
        return misused(&message);
    }
    if let Some(folder) = &arguments.to_study
        && let Err(problem) = disk::write_study(&disk::Real, folder, &files)
    {
        diagnostics.push(*problem);
        return conclude(&diagnostics, &files, common, false);
    }
    let languages: Vec<&Language> =
        material.prose.languages.iter().filter_map(|lang| material.language(*lang)).collect();
    match common.format {
        Format::Json => print(&verification::json(&verified, &languages, &material)),
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            print(&verify_text::text(&verified, &languages, Some(lang), arguments.problems));
            print(&asked(&verified, &claims, arguments.out.as_deref()));
        }
    }
    let wrong = diagnostics.verdict().is_err();
    ExitCode::from(u8::from(wrong || verified.iter().any(|one| one.summary.open > 0)))
}

/// Names the state of the paper and of its tables from which claims are drafted.
fn stamp(source: &Source, given: &[Given]) -> String {
    let tables = given.iter().map(|table| format!("{:?}{:?}{:?}", table.file, table.columns, table.rows));
    let whole: String = [source.text.clone()].into_iter().chain(tables).collect::<Vec<_>>().join("\0");
    format!("# Drafted of {}.", sha256(whole.as_bytes()))
}

/// Reads the claims that stand in a folder; those of another state of the paper or its tables are not written over.
fn standing(out: Option<&Path>, stamp: &str) -> Result<Option<String>, String> {
    let Some(path) = out.map(|folder| folder.join(CLAIMS)) else { return Ok(None) };
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(None) };
    if text.lines().next() == Some(stamp) {
        return Ok(Some(text));
    }
    let path = path.display();
    Err(format!(
        "{path} holds claims of another state of the paper or its tables; name another folder, or move it away"
    ))
}

/// Says how many numbers nothing decides yet, and where to go on.
fn asked(verified: &[Verified], claims: &str, out: Option<&Path>) -> String {
    let open = verified.iter().flat_map(|one| &one.judged).filter(|judged| !judged.claim.is_derived()).count();
    let proposed = claims.lines().filter(|line| line.trim_start().starts_with("# basis:")).count();
    let what = if proposed > 0 { "with what the tables propose" } else { "and the tables propose nothing for them" };
    let place = match out {
        Some(folder) => format!("{} holds them {what}", folder.join(CLAIMS).display()),
        None => format!("`--out DIR` writes them {what}"),
    };
    if open == 0 { String::new() } else { format!("{open} numbers wait for what derives them: {place}\n") }
}

/// The claims as they are drafted.
const CLAIMS: &str = "claims.yaml";

/// Writes the page that can be sent, the derivations, the verdicts for machines and the draft of the claims.
fn write(folder: &Path, claims: &str, lang: &str, verified: &[Verified], material: &Material) -> Result<(), String> {
    let write = |name: &str, text: &str| {
        disk::write_whole(&Real, &folder.join(name), text.as_bytes())
            .map_err(|problem| format!("{}: {}", problem.place.file, problem.message))
    };
    write(CLAIMS, claims)?;
    let languages: Vec<&Language> =
        material.prose.languages.iter().filter_map(|lang| material.language(*lang)).collect();
    let json = verification::json(verified, &languages, material);
    write("verification.json", &json)?;
    for language in languages.iter().filter(|language| language.lang().code() == lang) {
        for (name, page) in verification_pages(verified, language, material) {
            let name = if name == "index" { "verification" } else { name };
            let page = page.map_err(|problem| problem.message)?;
            let page = on_its_own(&page, &material.assets.style).replace("\"index.html", "\"verification.html");
            write(&format!("{name}.html"), &page)?;
        }
    }
    Ok(())
}

/// Reads a table given beside a paper: any delimited text with a row of headings.
fn table(path: &str, stated: Option<&'static Encoding>, diagnostics: &mut Diagnostics) -> Option<Given> {
    let bytes = match disk::read_table(path) {
        Ok(bytes) => bytes,
        Err(message) => {
            diagnostics.push(Diagnostic::error(code::FILE_MISSING, Place::file(path), message));
            return None;
        }
    };
    let encoding = stated.or_else(|| detected(&bytes));
    if let (None, Some(guessed)) = (stated, encoding) {
        complain(&format!(
            "note: {path} is read as {}, which was guessed; `--encoding` states another\n",
            guessed.name()
        ));
    }
    let text = match decode::text(path, &bytes, encoding, &COMMAND) {
        Ok(text) => text,
        Err(problem) => {
            diagnostics.push(*problem);
            return None;
        }
    };
    let dialect = Dialect { delimiter: guessed_delimiter(&text), ..Dialect::default() };
    let sheet = Sheet::read(path, &text, &dialect, &[], diagnostics)?;
    let marks = MissingMarks::usual();
    let columns: Vec<String> = sheet.columns().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> =
        sheet.rows().map(|row| (0..columns.len()).map(|at| row.text(at).to_owned()).collect()).collect();
    let numbers = (0..columns.len()).map(|at| numbers(&rows, at, &marks)).collect();
    let file = Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned());
    Some(Given { file, columns, rows, numbers })
}

/// Reads a column as numbers; nothing where one of its cells is none.
fn numbers(rows: &[Vec<String>], at: usize, marks: &MissingMarks) -> Option<Vec<Option<Amount>>> {
    let cells = || rows.iter().map(|row| row[at].trim());
    let is_missing = |cell: &str| cell.is_empty() || marks.reason(cell).is_some();
    let syntax = NumberSyntax::default().settled(cells().filter(|cell| !is_missing(cell))).ok()?;
    let read = |cell: &str| match is_missing(cell) {
        true => Some(None),
        false => syntax.read(cell).ok().map(|number| Some(number.amount)),
    };
    let column: Vec<Option<Amount>> = cells().map(read).collect::<Option<_>>()?;
    column.iter().any(Option::is_some).then_some(column)
}
