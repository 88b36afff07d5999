//! New: `esep new`: a study that builds at once, of a table of anybody's or of a small made-up one.

mod columns;
mod facts;
mod guess;
mod guessed;
mod heads;
mod numbers;
mod rows;
mod scales;
mod times;
mod totals;
mod write;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use encoding_rs::Encoding;

use super::answers::{Begun, Guessed, say as answer};
use super::{Common, Format, complain, conclude, disk, misused, print, schemas, warn};
use crate::build::{self, Wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, code};
use crate::files::Files;
use crate::language::{Lang, identifier};
use crate::table::number::{Brackets, NumberSyntax};
use crate::workbook::{self, Stated};
use guessed::{Axis, Guess, Unguessed};
use write::{CHANGES, Draft, Lines};

/// The made-up table of a study that is given none.
const MADE_UP: &str = "region,year,visits\n\
    north,2020,412\nnorth,2021,431\nnorth,2022,455\nnorth,2023,449\nnorth,2024,470\n\
    south,2020,287\nsouth,2021,301\nsouth,2022,298\nsouth,2023,322\nsouth,2024,340\n\
    east,2020,198\neast,2021,187\neast,2022,183\neast,2023,176\neast,2024,169\n\
    west,2020,333\nwest,2021,340\nwest,2022,352\nwest,2023,361\nwest,2024,377\n\
    whole,2020,1230\nwhole,2021,1259\nwhole,2022,1288\nwhole,2023,1308\nwhole,2024,1356\n";

/// How often what a table does not bear is taken out of a page, and the page tried again.
const ROUNDS: usize = 6;

/// The arguments of `esep new`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder of the study: one that is not there yet, or is empty.
    dir: PathBuf,
    /// The languages of the report, with commas between them: ru, kk, en. A study in others begins in one of these.
    #[arg(long, value_delimiter = ',', default_value = "ru,kk", value_name = "LANG", value_parser = beginning)]
    lang: Vec<Lang>,
    /// The table to begin with: XLSX, XLS, ODS, or delimited text of any encoding; a small made-up one where it is left out.
    #[arg(long, value_name = "TABLE")]
    from: Option<String>,
    /// The mark before decimals, where the table leaves it open.
    #[arg(long, value_name = "MARK")]
    decimal: Option<char>,
    /// What brackets around numbers say, where the table has them: below zero, or nothing that changes the number.
    #[arg(long, value_name = "SAY", value_parser = brackets)]
    brackets: Option<Brackets>,
    /// The encoding of delimited text: `windows-1250`; what is neither stated nor marked is guessed.
    #[arg(long, value_name = "NAME", requires = "from", value_parser = super::encoding)]
    encoding: Option<&'static Encoding>,
}

impl Arguments {
    /// How the numbers are written, as far as it was stated.
    fn stated(&self) -> NumberSyntax {
        NumberSyntax { decimal: self.decimal, brackets: self.brackets, ..NumberSyntax::default() }
    }
}

/// Finds what brackets say by its name.
fn brackets(name: &str) -> Result<Brackets, String> {
    let known = Brackets::ALL.into_iter().find(|own| own.name() == name);
    known.ok_or_else(|| format!("say {}", Brackets::ALL.map(Brackets::name).join(" or ")))
}

/// Finds a language in which a study can begin.
fn beginning(code: &str) -> Result<Lang, String> {
    super::spoken(code).map_err(|refused| match Lang::parse(code) {
        None => refused,
        Some(_) => format!(
            "the program has no words of its own in it: begin in one of {}, then `esep words --missing {code} > \
             templates/{code}/strings.yaml`, translate that file and a copy of templates/en, and add `{code}` to \
             `languages` and the names in data/territories.yaml (`esep guide languages`)",
            Lang::ALL.map(Lang::code).join(", ")
        ),
    })
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let mut langs: Vec<Lang> = Vec::new();
    arguments.lang.iter().for_each(|lang| {
        if !langs.contains(lang) {
            langs.push(*lang);
        }
    });
    if let Err(message) = disk::is_free(&arguments.dir) {
        return misused(&message);
    }
    let mut diagnostics = Diagnostics::default();
    let (name, bytes) = match &arguments.from {
        None => ("made_up.csv".to_owned(), MADE_UP.as_bytes().to_vec()),
        Some(path) => match disk::read_table(path) {
            Ok(bytes) => (stored(path), bytes),
            Err(message) => {
                let missing = Diagnostic::error(code::FILE_MISSING, Place::file(path), message);
                diagnostics.push(missing.hint("--from names the table that the study begins with"));
                return conclude(&diagnostics, &Files::default(), common, false);
            }
        },
    };
    let given = arguments.from.as_deref().unwrap_or("made_up.csv");
    let drafted = workbook::read(given, &bytes, &Stated { encoding: arguments.encoding, ..Stated::default() })
        .and_then(|workbook| {
            let guess = guess::guess(&workbook, arguments.stated()).map_err(|unguessed| told(given, unguessed))?;
            let text = ["CSV, ", "TSV, "].iter().any(|kind| workbook.format.starts_with(kind));
            if text && arguments.encoding.is_none() && !workbook.format.contains("UTF-8") {
                complain(&format!("note: {given} is read as {}; `--encoding` states another\n", workbook.format));
            }
            Ok(guess)
        });
    let guess = match drafted {
        Ok(guess) => guess,
        Err(problem) => {
            diagnostics.push(*problem);
            return conclude(&diagnostics, &Files::default(), common, false);
        }
    };
    let draft = Draft {
        guess: &guess,
        langs: &langs,
        file: (&name, &bytes),
        is_made_up: arguments.from.is_none(),
        stated: arguments.stated(),
        encoding: arguments.encoding,
        without: BTreeSet::new(),
    };
    let (files, warned) = match tried(draft) {
        Ok(written) => written,
        Err((files, found)) => {
            let unfit = "this table does not make a study as it was understood, and nothing was written";
            let problem = Diagnostic::error(code::DATA_LAYOUT, Place::file(given), unfit);
            diagnostics.push(problem.hint(
                "what follows names the lines that `esep new` would have written; `esep data inspect` shows the table",
            ));
            diagnostics.extend(found);
            return conclude(&diagnostics, &files, common, false);
        }
    };
    let files = for_editors(files);
    if let Err(problem) = disk::write_study(&disk::Real, &arguments.dir, &files) {
        diagnostics.push(*problem);
        return conclude(&diagnostics, &Files::default(), common, false);
    }
    say(&arguments.dir, &files, &guess, common);
    warn(&warned.sorted(), &files);
    ExitCode::SUCCESS
}

/// Adds the schemas, and to each file the line that leads an editor to its own.
fn for_editors(files: Files) -> Files {
    let mut out = Files::default();
    for (path, bytes) in files.iter() {
        let line = schemas::line(path).unwrap_or_default();
        out.insert(path, [line.as_bytes(), bytes].concat());
    }
    let paths: Vec<&str> = files.iter().map(|(path, _)| path).collect();
    schemas::of(&paths).into_iter().for_each(|(path, text)| out.insert(path, text));
    out
}

/// Names the copy of a file within the study.
fn stored(path: &str) -> String {
    let path = Path::new(path);
    let part =
        |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = identifier(&part(path.file_stem()), "table", &mut BTreeSet::new());
    let end: String = part(path.extension()).chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    if end.is_empty() { stem } else { format!("{stem}.{}", end.to_lowercase()) }
}

fn told(path: &str, unguessed: Unguessed) -> Box<Diagnostic> {
    let place = Place::file(path);
    let place = match unguessed.at {
        Some(at) => place.within(at),
        None => place,
    };
    Box::new(Diagnostic::error(code::DATA_LAYOUT, place, unguessed.message).hint(unguessed.hint))
}

/// Writes a study and builds it in memory; what the table does not bear is taken out of its page. What a build warns of
/// still is told with the study; where it cannot be built, the complaints are returned.
fn tried(mut draft: Draft) -> Result<(Files, Diagnostics), (Files, Diagnostics)> {
    let mut round = 0;
    loop {
        let (files, lines) = draft.files();
        let mut diagnostics = Diagnostics::default();
        let _ = build::build(&files, &Wanted::default(), &mut diagnostics);
        let found = diagnostics.sorted();
        if found.is_empty() {
            return Ok((files, diagnostics));
        }
        round += 1;
        let parts: BTreeSet<String> = found.iter().filter_map(|problem| part(problem, &lines, &files)).collect();
        let before = draft.without.len();
        draft.without.extend(parts);
        if round == ROUNDS || draft.without.len() == before {
            let is_refused = found.iter().any(|problem| problem.severity == Severity::Error);
            return if is_refused { Err((files, diagnostics)) } else { Ok((files, diagnostics)) };
        }
    }
}

/// Finds which sentence or exhibit a problem is of.
fn part(problem: &Diagnostic, lines: &Lines, files: &Files) -> Option<String> {
    if problem.code == code::METHOD_GAP {
        return Some(CHANGES.to_owned());
    }
    let (file, line) = (&problem.place.file, problem.place.line?);
    if let Some(sentence) = lines.get(&(file.clone(), line)) {
        return Some(sentence.clone());
    }
    let shown = files.text(file)?.lines().nth(line.checked_sub(1)?)?;
    ["over_time", "ranking", "regions"].into_iter().find(|part| shown.contains(part)).map(str::to_owned)
}

/// Says what was written, what was guessed and what is left to do.
fn say(folder: &Path, files: &Files, guess: &Guess, common: &Common) {
    let texts = files.iter().filter(|(path, _)| path.ends_with(".yaml") || path.ends_with(".md"));
    let todo: usize =
        texts.filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok()).map(|text| text.matches("TODO").count()).sum();
    let period = guess.period.map(|axis| match axis {
        Axis::Column(at) => format!("column {}", workbook::letters(at)),
        Axis::Header => "the headings".to_owned(),
        Axis::Whole(_) => "the title or the sheet's name".to_owned(),
    });
    let measures: Vec<&str> = guess.measures.iter().map(|measure| measure.name.as_str()).collect();
    let categories: Vec<&str> = guess.categories.iter().map(|category| category.name.as_str()).collect();
    let territory = guess.place.map(|at| format!("column {}", workbook::letters(at)));
    if common.format == Format::Json {
        let list: Vec<&str> = files.iter().map(|(path, _)| path).collect();
        let said = guess.said.iter().map(String::as_str).collect();
        let guessed = Guessed { territory, period, categories, measures, said };
        answer(&Begun { folder, files: list, guessed, todo });
        return;
    }
    let mut out = format!("{}: {} files\n", folder.display(), files.len());
    let place = territory.map(|at| format!("territories in {at}"));
    let labels = place.into_iter().chain(period.map(|at| format!("periods in {at}")));
    let labels = labels.chain(categories.iter().map(|name| format!("category {name}")));
    let labels = labels.chain(measures.iter().map(|name| format!("measure {name}")));
    out.push_str(&format!("guessed: {}\n", labels.collect::<Vec<_>>().join(", ")));
    guess.said.iter().for_each(|said| out.push_str(&format!("guessed: {said}\n")));
    guess.left.iter().for_each(|(column, why)| out.push_str(&format!("not read: column {column}, {why}\n")));
    guess.left_rows.iter().for_each(|(row, why)| out.push_str(&format!("not read: row {row}, {why}\n")));
    let further: Vec<&str> = measures.iter().skip(1).copied().collect();
    if !further.is_empty() {
        out.push_str(&format!("computed, and on no page yet: {}\n", further.join(", ")));
    }
    if todo > 0 {
        out.push_str(&format!("{todo} words are not known and stand as TODO: search for it\n"));
    }
    out.push_str(&format!("build it: esep build --study {}\n", folder.display()));
    print(&out);
}
