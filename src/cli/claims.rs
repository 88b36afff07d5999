//! Claims: `esep claims`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::answers::{Accepted, BetweenDates, Explained, Origin, Scanned, say};
use super::{Common, Format, complain, conclude, disk, misused, print};
use crate::analysis::Edition;
use crate::build;
use crate::claim::is_blank;
use crate::claim::near::Names;
use crate::claim::proposed::Proposed;
use crate::claim::scan::{Found, Unread, scan};
use crate::claim::search::{Between, Hit, Shelved, Sought, between, nearest, search};
use crate::claim::source::{Part, Source};
use crate::claim::stub::stub_by;
use crate::diagnostic::Diagnostics;
use crate::files::Files;
use crate::finding::{FindingId, SeriesId, Unit};
use crate::language::Lang;
use crate::output::Material;
use crate::study::Study;

/// The arguments of `esep claims`.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Search the findings for what prints as a number does: `19967964`, `14883,6`, `"43,2 тыс"`.
    Explain {
        /// The number as printed, with its scale word where it has one.
        #[arg(allow_hyphen_values = true)]
        number: String,
    },
    /// Find the numbers of a paper (PDF, DOCX, HTML, TXT) and write a stub of claims with what the findings propose.
    Scan {
        /// The paper, or `-` for standard input.
        file: String,
        /// The file to write, in place of the standard output; one that holds claims already is not written over.
        #[arg(long, value_name = "FILE", conflicts_with = "all")]
        out: Option<PathBuf>,
        /// List everything found, years and references too, instead of the stub.
        #[arg(long)]
        all: bool,
    },
    /// Take over what was proposed under the claims of a file, one by one in the terminal.
    Accept {
        /// The file of claims.
        file: PathBuf,
        /// Take the first proposal of these claims without asking; `n012:2` takes the second.
        #[arg(long, value_name = "ID", num_args = 1..)]
        yes: Vec<String>,
    },
}

/// More hits than this are counted, not listed.
const MOST_HITS: usize = 12;

/// More figures of papers themselves than this are not listed.
const MOST_OWN: usize = 3;

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    match &arguments.command {
        Command::Explain { number } => explain(number, common),
        Command::Accept { file, yes } => accept(file, yes, common),
        Command::Scan { file, out, all } => scan_file(file, out.as_deref(), *all, common),
    }
}

/// What a number may have come from.
struct Origins {
    editions: Vec<Edition>,
    shelved: Vec<Shelved>,
    own: Vec<String>,
    /// The measures of which the catalogue states no unit.
    unitless: Vec<String>,
}

impl Origins {
    fn search(&self, sought: &Sought) -> Vec<Hit> {
        let (editions, own): (Vec<&Edition>, Vec<&str>) =
            (self.editions.iter().collect(), self.own.iter().map(String::as_str).collect());
        search(sought, &editions, &self.shelved, &own)
    }

    fn nearest(&self, sought: &Sought) -> (Vec<Hit>, Vec<Between>) {
        let (editions, own): (Vec<&Edition>, Vec<&str>) =
            (self.editions.iter().collect(), self.own.iter().map(String::as_str).collect());
        (nearest(sought, &editions, &own), between(sought, &editions))
    }
}

/// Computes all editions, and names the vintages that are papers' own figures.
fn origins(common: &Common, diagnostics: &mut Diagnostics) -> Option<Origins> {
    let files = disk::read_study(&common.study, diagnostics);
    let material = build::material(&files, diagnostics).ok();
    let found = material.as_ref().and_then(|material| {
        let names = material.study.editions.keys();
        let editions =
            names.map(|name| build::edition(material, Some(name), diagnostics).ok()).collect::<Option<Vec<_>>>()?;
        let own = material.papers.iter().flat_map(|paper| paper.entry.vintages.clone()).collect();
        let shelved = shelved(material, &editions);
        let measures = material.dataset.tables.values().flat_map(|table| &table.entry.measures);
        let unitless =
            measures.filter(|(_, own)| own.unit == Unit::None).map(|(name, _)| format!("`{name}`")).collect();
        Some(Origins { editions, shelved, own, unitless })
    });
    if found.is_none() {
        conclude(diagnostics, &files, common, false);
    }
    found
}

/// Lists the cells of vintages that say something else than every edition does.
fn shelved(material: &Material, editions: &[Edition]) -> Vec<Shelved> {
    let mut found = Vec::new();
    for (name, table) in &material.dataset.tables {
        for (vintage, layer) in &table.layers {
            for (measure, cells) in layer {
                let id = SeriesId::new(name, measure);
                let series: Vec<_> = editions.iter().filter_map(|edition| edition.findings.get(&id)).collect();
                for (key, cell) in cells {
                    let Ok(value) = &cell.value else { continue };
                    let used = series.iter().filter_map(|series| series.cells.get(key)?.value.amount());
                    if used.clone().all(|used| used != value) {
                        let unit = series.first().map_or(Unit::None, |series| series.unit_at(key).0);
                        let name = FindingId::Cell(id.clone(), key.clone()).to_string();
                        let national = key.territory().is_none_or(|code| material.catalog.territories.is_country(code));
                        let vintage = vintage.clone();
                        found.push(Shelved { name, value: value.clone(), unit, vintage, national });
                    }
                }
            }
        }
    }
    found
}

fn explain(number: &str, common: &Common) -> ExitCode {
    let sought = match Sought::parse(number) {
        Ok(sought) => sought,
        Err(unread) => return misused(&not_read(number, &unread)),
    };
    let mut diagnostics = Diagnostics::default();
    let Some(origins) = origins(common, &mut diagnostics) else { return ExitCode::from(1) };
    let (own, hits): (Vec<Hit>, Vec<Hit>) = origins.search(&sought).into_iter().partition(|hit| hit.own);
    let (near, between) = if hits.is_empty() { origins.nearest(&sought) } else { Default::default() };
    if common.format == Format::Json {
        let list = |hits: &[Hit]| hits.iter().map(origin).collect();
        let dates = |own: Between| BetweenDates { from: own.from, to: own.to, day: own.day };
        say(&Explained {
            number: number.to_owned(),
            found: list(&hits),
            printed_by_papers: list(&own),
            nearest: list(&near),
            between: between.into_iter().map(dates).collect(),
        });
    } else {
        print(&as_text(number, &hits, &own, &near, &between));
    }
    ExitCode::from(u8::from(hits.is_empty()))
}

/// Says what of a number is not understood.
fn not_read(number: &str, unread: &Unread) -> String {
    match unread {
        Unread::Nothing => format!("`{number}` is not a number"),
        Unread::Several => format!("`{number}` is several numbers; ask for one at a time"),
        Unread::NoDecimal => format!("`{number}` is a fraction or a power; write it as a decimal"),
        Unread::Beside(rest) => {
            format!(
                "`{rest}` of `{number}` is not understood, so nothing was searched; give the number with its scale word and unit alone"
            )
        }
    }
}

fn origin(hit: &Hit) -> Origin {
    Origin {
        expression: hit.expr.clone(),
        value: hit.value.to_string(),
        unit: hit.unit.name().to_owned(),
        scale: hit.scale,
        how: hit.how.text().to_owned(),
        rounding: hit.mode.name().to_owned(),
        vintages: hit.vintages.clone(),
        edition: hit.edition.clone(),
        places: hit.places.clone(),
        sign_left_out: hit.unsigned,
    }
}

fn line(hit: &Hit) -> String {
    let scale = match hit.scale {
        1 => String::new(),
        scale => format!(", in units of {scale}"),
    };
    let sign = if hit.unsigned { ", printed without its sign" } else { "" };
    let decimals = if hit.value.to_i64().is_some() { 0 } else { 3 };
    let place = match hit.places.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    };
    format!(
        "  {} = {} {}\n      {}; {}{scale}{sign}; {}; {place}\n",
        hit.expr,
        hit.value.round(decimals),
        hit.unit,
        hit.how.text(),
        hit.mode.name(),
        hit.vintages.join(", ")
    )
}

fn as_text(number: &str, hits: &[Hit], own: &[Hit], near: &[Hit], between: &[Between]) -> String {
    let mut out = match hits.len() {
        0 => format!("{number}: not found\n"),
        1 => format!("{number}: one thing prints so\n"),
        count => format!("{number}: {count} things print so, the most plausible first\n"),
    };
    out.extend(hits.iter().take(MOST_HITS).map(line));
    if hits.len() > MOST_HITS {
        out.push_str(&format!(
            "  and {} more; more digits or a unit (as in `5,8%`) leave fewer\n",
            hits.len() - MOST_HITS
        ));
    }
    if !own.is_empty() {
        out.push_str("figures that a paper prints itself, which are no origin:\n");
        out.extend(own.iter().take(MOST_OWN).map(line));
    }
    if !near.is_empty() {
        out.push_str("nearest, none of which prints so:\n");
        out.extend(near.iter().map(line));
    }
    for one in between {
        out.push_str(&format!("between {} and {}: a straight line reaches it on {}\n", one.from, one.to, one.day));
    }
    out
}

/// Prints a list as JSON piece by piece: a paper may hold more numbers than should stand in memory twice.
fn list(items: impl Iterator<Item = Scanned>) {
    let mut piece = String::from("[");
    let mut first = true;
    for item in items {
        piece.push_str(if first { "\n  " } else { ",\n  " });
        first = false;
        let item = serde_json::to_string_pretty(&item).unwrap_or_default();
        piece.push_str(&item.replace('\n', "\n  "));
        if piece.len() > PIECE {
            print(&piece);
            piece.clear();
        }
    }
    piece.push_str(if first { "]\n" } else { "\n]\n" });
    print(&piece);
}

/// As many bytes are printed at once.
const PIECE: usize = 1 << 16;

/// Says where a line stands: `paper.pdf#page=3`, as programs that show a PDF take it, or as files of claims do.
fn place(file: &str, source: &Source, line: usize) -> String {
    match source.part(line) {
        (Part::Page(page), _) => format!("{file}#page={page}"),
        _ => source.place(line),
    }
}

fn scanned(found: &Found, place: String) -> Scanned {
    Scanned {
        sort: found.sort.name().to_owned(),
        printed: found.printed.clone(),
        line: found.line,
        place,
        phrase: found.phrase.to_string(),
        unit: found.measured.unit(),
        says: found.says().map(|says| says.name().to_owned()),
        in_table: found.in_table,
        value: found.number().map(|_| found.plain()),
        scale: found.measured.scale(),
        counts: found.measured.counted(),
        unsure: found.unsure.map(|unsure| unsure.name().to_owned()),
    }
}

fn scan_file(file: &str, out: Option<&Path>, all: bool, common: &Common) -> ExitCode {
    let source = match disk::read_paper(file) {
        Ok(source) => source,
        Err(problem) => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(*problem);
            return conclude(&diagnostics, &Files::default(), common, false);
        }
    };
    for note in &source.notes {
        complain(&format!("note: {file}: {note}\n"));
    }
    let found = scan(&source.text);
    if common.format == Format::Json || all {
        list(found.iter().map(|found| scanned(found, place(file, &source, found.line))));
        return ExitCode::SUCCESS;
    }
    // Without a study there is nothing to propose, and the stub is as good.
    let mut silent = Diagnostics::default();
    let study = common.study.join("study.yaml").is_file();
    let known = if study { origins(common, &mut silent) } else { None };
    let unitless = known.as_ref().map(|known| known.unitless.as_slice()).unwrap_or_default();
    if !unitless.is_empty() {
        complain(&format!(
            "note: the unit of {} is none, so that no number with a unit beside it is proposed to be one of them: state `unit` in \
             data/datapackage.yaml\n",
            unitless.join(", ")
        ));
    }
    let names = known.as_ref().map(|known| Names::of(&known.editions)).unwrap_or_default();
    let read = Study::read(&disk::read_style(&common.study, &[], &mut silent), &mut silent).filter(|_| study);
    let languages = read.as_ref().map(|study| study.languages.iter().map(String::as_str).collect());
    let languages: Vec<&str> = languages.unwrap_or_else(|| Lang::ALL.map(Lang::code).to_vec());
    let own = known.as_ref().map(|known| |sought: &Sought| known.search(sought));
    let search = own.as_ref().map(|own| own as &dyn Fn(&Sought) -> Vec<Hit>);
    let Some(out) = out else {
        let mut piece = String::new();
        stub_by(&source, &found, &names, &languages, search, &mut |part| {
            piece.push_str(part);
            if piece.len() > PIECE {
                print(&piece);
                piece.clear();
            }
        });
        print(&piece);
        return ExitCode::SUCCESS;
    };
    if std::fs::read_to_string(out).is_ok_and(|standing| !is_blank(&standing)) {
        return misused(&format!("{} holds something already; name another file, or move it away", out.display()));
    }
    let mut text = String::new();
    stub_by(&source, &found, &names, &languages, search, &mut |part| text.push_str(part));
    match disk::write_whole(&disk::Real, out, text.as_bytes()) {
        Ok(()) => {
            let proposed = Proposed::read(&text).open();
            let claims = text.lines().filter(|line| line.trim_start().starts_with("- {id: ")).count();
            print(&format!("{}: {claims} numbers, something is proposed for {proposed}\n", out.display()));
            ExitCode::SUCCESS
        }
        Err(problem) => misused(&format!("{} {}", out.display(), problem.message)),
    }
}

/// Takes over proposals: those that are named, or else those that are answered for in the terminal.
fn accept(file: &Path, yes: &[String], common: &Common) -> ExitCode {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => return misused(&format!("{} cannot be read: {error}", file.display())),
    };
    let mut proposed = Proposed::read(&text);
    if yes.is_empty() {
        if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
            return misused("there is no terminal to ask in; name what to take over: --yes n001 n002:2");
        }
        if let Err(error) = ask(&mut proposed) {
            return misused(&format!("the terminal cannot be read: {error}"));
        }
    }
    for name in yes {
        let (id, which) = name.split_once(':').unwrap_or((name, "1"));
        let which = which.parse::<usize>().ok().and_then(|which| which.checked_sub(1));
        if let Err(message) = which.map_or(Err("is no proposal's number".to_owned()), |which| proposed.take(id, which))
        {
            return misused(&format!("--yes {name}: {message}"));
        }
    }
    let (taken, left) = (proposed.taken, proposed.open());
    if taken > 0
        && let Err(error) = std::fs::write(file, proposed.text())
    {
        return misused(&format!("{} cannot be written: {error}", file.display()));
    }
    match common.format {
        Format::Json => say(&Accepted { taken, left }),
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            print(&format!("{taken} taken over, {left} with proposals left\n"));
        }
    }
    ExitCode::SUCCESS
}

/// Asks for each claim that has proposals.
fn ask(proposed: &mut Proposed) -> std::io::Result<()> {
    for id in proposed.ids() {
        print(&proposed.shown(&id));
        print("take which? number, Enter for none, q to stop: ");
        std::io::Write::flush(&mut std::io::stdout())?;
        let mut answer = String::new();
        if std::io::stdin().read_line(&mut answer)? == 0 || answer.trim() == "q" {
            break;
        }
        if let Some(which) = answer.trim().parse::<usize>().ok().and_then(|which| which.checked_sub(1))
            && let Err(message) = proposed.take(&id, which)
        {
            print(&format!("{message}\n"));
        }
    }
    Ok(())
}
