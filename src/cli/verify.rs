//! Verify: `esep verify`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use encoding_rs::Encoding;

use super::answers::{Asked, say};
use super::{
    Common, Format, complain, conclude, disk, export, misused, print, verify_alone, verify_set, verify_text, warn,
};
use crate::analysis::Edition;
use crate::build::{self, Wanted};
use crate::claim::{self, Verdict, Verified};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Reported, Severity, code, did_you_mean};
use crate::files::Files;
use crate::language::{Lang, Language};
use crate::output::selfcheck::{self, Answer};
use crate::output::{MANIFEST, Material, docx, verification};

/// The arguments of `esep verify`.
#[derive(Args)]
pub(super) struct Arguments {
    /// A paper without a study (PDF, DOCX, HTML, TXT): its own numbers and the tables of `--data` judge it.
    file: Option<String>,
    /// A table beside the paper: a CSV file with a row of headings; may be given several times.
    #[arg(long, value_name = "FILE", requires = "file")]
    pub data: Vec<String>,
    /// The encoding of the tables of `--data`: `windows-1250`; what is neither stated nor marked is guessed, and said.
    #[arg(long, value_name = "NAME", requires = "data", value_parser = super::encoding)]
    pub encoding: Option<&'static Encoding>,
    /// Write the paper's claims with the tables of `--data` as a study into this folder, which is not there yet or is empty.
    #[arg(long, value_name = "DIR", requires = "file")]
    pub to_study: Option<PathBuf>,
    /// The edition on whose findings claims are judged, whatever the papers name.
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// Only the claims of this paper.
    #[arg(long, value_name = "ID")]
    paper: Option<String>,
    /// Only what does not hold, and what would not on another basis.
    #[arg(long)]
    pub problems: bool,
    /// The language of the explanations; that of each paper where left out.
    #[arg(long, value_name = "CODE")]
    pub lang: Option<String>,
    /// Give a cell of the data, a cell of a paper's table or a claim another value, and list the verdicts that flip:
    /// `net_migration.rural[KZ,2022]=-66851`, `rural_table[KZ,2021]=-79110`, `kandas_higher=12,4`.
    #[arg(long, value_name = "CELL=VALUE")]
    pub set: Vec<String>,
    /// Check our own report instead: data, findings, places, digits.
    #[arg(long, conflicts_with_all = ["set", "paper", "edition", "problems", "lang", "file"])]
    report: bool,
    /// Write a reply to the editor as a Word document instead: each printed number that does not hold, what would be right,
    /// why, by which source; `export/letter.<lang>.docx` in the study, or the file of `--out`. With `--paper` it answers that
    /// paper alone.
    #[arg(long, conflicts_with_all = ["set", "report", "problems", "file"])]
    letter: bool,
    /// The report folder for --report; `report` in the study where left out. For a paper without a study, the folder in
    /// which a page to send and a draft of its claims are written. For --letter, the file.
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    if let Some(file) = &arguments.file {
        if arguments.edition.is_some() || arguments.paper.is_some() || !arguments.set.is_empty() {
            return misused("`--edition`, `--paper` and `--set` are for the papers of a study");
        }
        return verify_alone::run(file, arguments, common);
    }
    let mut diagnostics = Diagnostics::default();
    let files = disk::read_study(&common.study, &mut diagnostics);
    // What is wrong with claims does not keep the rest from being computed: one run names all of it.
    let mut later = Diagnostics::default();
    let read = build::material(&files, &mut diagnostics);
    if let Ok(material) = &read
        && let Err(message) = names(material, arguments)
    {
        return misused(&message);
    }
    let judged = read.and_then(|material| Ok((editions(&material, arguments, &mut later)?, material)));
    diagnostics.extend(later);
    let Ok((editions, mut material)) = judged else { return conclude(&diagnostics, &files, common, false) };
    if let Some(name) = &arguments.paper {
        material.papers.retain(|paper| paper.id == *name);
    }
    if arguments.report {
        return self_check(&files, &material, arguments, common);
    }
    if material.papers.is_empty() {
        complain(
            "there are no claims: the study has no file in data/claims/; `esep claims scan` begins one from a paper\n",
        );
    }
    let own = |paper: &claim::Paper| paper.entry.edition == arguments.edition;
    let foreign = arguments.edition.is_some() && !material.papers.iter().all(own);
    if foreign {
        material.papers.iter_mut().for_each(|paper| paper.entry.edition = None);
    }
    let all: Vec<&Edition> = editions.iter().collect();
    let unread = diagnostics.sorted().iter().any(|one| one.severity == Severity::Error && !claim::is_of_claim(one));
    let mut found = Diagnostics::default();
    let verified = claim::verify(&material.papers, &all, &mut found).unwrap_or_default();
    match foreign {
        true => diagnostics.extend(within(&found, &verified, arguments)),
        false => diagnostics.extend(found),
    }
    if unread || !arguments.set.is_empty() && diagnostics.verdict().is_err() {
        return conclude(&diagnostics, &files, common, false);
    }
    // What is wrong with one claim costs that claim: the verdicts on the others stand.
    let wrong = diagnostics.verdict().is_err();
    let list = diagnostics.sorted();
    if !list.is_empty() {
        warn(&list, &files);
    }
    if !arguments.set.is_empty() {
        let before = verify_set::verdicts(&verified);
        drop(verified);
        return verify_set::run(&before, material, &files, arguments, common);
    }
    if arguments.letter {
        return letter(&verified, &material, &files, arguments, common, wrong);
    }
    let languages: Vec<&Language> =
        material.prose.languages.iter().filter_map(|lang| material.language(*lang)).collect();
    match common.format {
        Format::Json => print(&verification::json(&verified, &languages, &material)),
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            print(&verify_text::text(&verified, &languages, arguments.lang.as_deref(), arguments.problems))
        }
    }
    ExitCode::from(u8::from(wrong || verified.iter().any(|one| one.summary.open > 0)))
}

/// Writes the reply to the editor, and names its file.
fn letter(
    verified: &[Verified],
    material: &Material,
    files: &Files,
    arguments: &Arguments,
    common: &Common,
    wrong: bool,
) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let code = arguments.lang.as_deref();
    let lang = material.prose.languages.iter().find(|lang| code.is_none_or(|code| lang.code() == code));
    let language = lang.and_then(|lang| material.language(*lang));
    let profile = docx::journal::read("general", files, &mut diagnostics);
    if let Some((language, profile)) = language.zip(profile) {
        let name = format!("letter.{}.docx", language.lang().code());
        let out = arguments.out.clone().unwrap_or_else(|| common.study.join(export::FOLDER).join(name));
        let at = || Place::file(out.display().to_string());
        match docx::letter(verified, language, &profile, material) {
            Ok(bytes) => export::put(&out, &bytes, common, &mut diagnostics),
            Err(error) => {
                let message = format!("the letter cannot be packed: {error}");
                diagnostics.push(Diagnostic::error(code::FILE_OUTPUT, at(), message));
            }
        }
    }
    let ended = conclude(&diagnostics, files, common, false);
    if wrong { ExitCode::from(1) } else { ended }
}

/// Says which name on the command line there is not, and what comes nearest.
fn names(material: &Material, arguments: &Arguments) -> Result<(), String> {
    let editions = material.study.editions.keys().map(String::as_str).collect();
    let papers = material.papers.iter().map(|paper| paper.id.as_str()).collect();
    let languages = material.prose.languages.iter().map(|lang: &Lang| lang.code()).collect();
    let asked: [(&str, &Option<String>, Vec<&str>); 3] = [
        ("edition", &arguments.edition, editions),
        ("paper", &arguments.paper, papers),
        ("language", &arguments.lang, languages),
    ];
    for (what, name, known) in asked {
        if let Some(name) = name.as_deref().filter(|name| !known.contains(name)) {
            let near = did_you_mean(name, known.iter().copied()).map(|near| format!("; {near}")).unwrap_or_default();
            let all = if known.is_empty() {
                "the study has none".to_owned()
            } else {
                format!("there are: {}", known.join(", "))
            };
            return Err(format!("there is no {what} `{name}`{near}; {all}"));
        }
    }
    Ok(())
}

/// Keeps what is wrong with claims on any edition, and says how many another edition than the paper's leaves unresolved.
fn within(found: &Diagnostics, verified: &[Verified], arguments: &Arguments) -> Diagnostics {
    let ours = [code::CLAIM_VALUE, code::CLAIM_PRINTED, code::CLAIM_IDLE];
    let (mut kept, mut lost) = (Diagnostics::default(), std::collections::BTreeSet::new());
    for one in found.sorted() {
        match one.severity {
            Severity::Warning => kept.push(one),
            Severity::Error if ours.contains(&one.code) => kept.push(one),
            // An acceptance is of the paper's own edition.
            Severity::Error if [code::CLAIM_ACCEPTED, code::CLAIM_RESIDUAL].contains(&one.code) => {}
            Severity::Error => drop(lost.insert((one.place.file, one.place.within))),
        }
    }
    let edition = arguments.edition.as_deref().unwrap_or_default();
    let unresolved =
        verified.iter().flat_map(|one| &one.judged).filter(|one| one.verdict == Verdict::Unresolved).count();
    if !lost.is_empty() {
        complain(&format!(
            "note: {} claims ask for what edition {edition} does not hold; they are among the {unresolved} unresolved\n",
            lost.len()
        ));
    }
    kept
}

/// Asks the four questions of the report as it stands.
fn self_check(files: &Files, material: &Material, arguments: &Arguments, common: &Common) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let Ok(built) = build::editions(material, &Wanted::default(), &mut diagnostics) else {
        return conclude(&diagnostics, files, common, false);
    };
    let out = arguments.out.clone().unwrap_or_else(|| common.study.join("report"));
    if let Err(failure) = disk::recover(&disk::Real, &out) {
        diagnostics.push(disk::trouble(&out, &failure));
        return conclude(&diagnostics, files, common, false);
    }
    let standing = match disk::read_report(&out) {
        Ok(standing) => standing,
        Err(error) => return super::misused(&format!("{} cannot be read: {error}", out.display())),
    };
    let Ok(fresh) = build::write(material, &built, &mut diagnostics) else {
        return conclude(&diagnostics, files, common, false);
    };
    let mut answers = selfcheck::check(&standing, &fresh, files, &built, material);
    if let (None, Some(digits)) = (standing.get(MANIFEST), answers.last_mut()) {
        digits.problems.push(format!("{MANIFEST} is missing"));
    }
    if common.format == Format::Json {
        let one = |own: Answer| Asked { question: own.question, checked: own.checked, problems: own.problems };
        say(&answers.iter().cloned().map(one).collect::<Vec<_>>());
    } else {
        for answer in &answers {
            let found = answer.problems.len();
            print(&format!("{}? {} checked, {found} problems\n", answer.question, answer.checked));
            answer.problems.iter().take(MOST_PROBLEMS).for_each(|problem| print(&format!("  {problem}\n")));
        }
    }
    ExitCode::from(u8::from(answers.iter().any(|answer| !answer.problems.is_empty())))
}

/// More problems of one question than this are counted, not listed.
const MOST_PROBLEMS: usize = 20;

/// Computes the editions on which the papers are judged.
pub(super) fn editions(
    material: &Material,
    arguments: &Arguments,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Edition>, Reported> {
    let names: Vec<String> = match &arguments.edition {
        Some(name) => vec![name.clone()],
        None => material.study.editions.keys().cloned().collect(),
    };
    names.iter().map(|name| build::edition(material, Some(name), diagnostics)).collect()
}
