//! Diff: `esep diff`: what one edition tells otherwise than another, as a page to read.

mod answer;
mod exhibits;
mod numbers;
mod page;
mod sentences;
mod side;
mod told;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

pub(super) use self::answer::Compared;
use self::answer::{
    ComparedCell, ComparedExhibit, ComparedKey, ComparedNumber, ComparedRank, ComparedSections, ComparedSentence,
    ComparedShown, ComparedSummary, ComparedVerdict, ComparedVintage, Flipped, LoneNumber, SentenceShown,
};
use self::exhibits::Exhibit;
use self::numbers::{Change, Flip, Numbers, Shown};
use self::page::Told;
use self::sentences::{Rewritten, Sentence};
use self::side::{Side, Unread};
use super::answers::say;
use super::{Common, Format, conclude, disk, misused, print, warn};
use crate::analysis::Edition;
use crate::build::{self, Wanted};
use crate::claim;
use crate::diagnostic::Diagnostics;
use crate::expression;
use crate::files::Files;
use crate::finding::expr::{Expr, Kind};
use crate::finding::{FindingId, SeriesId, VALUE};
use crate::language::Lang;
use crate::output::ledger::{self, Ledger};
use crate::output::{self, Built, Material, Teller};

/// The arguments of `esep diff`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The earlier edition, or with a separator in it, a folder that was built.
    from: String,
    /// The later edition, or a folder.
    to: String,
    /// The language of the page: ru, kk or en; the first of the study where it is left out.
    #[arg(long, value_parser = super::spoken)]
    lang: Option<Lang>,
}

fn is_folder(name: &str) -> bool {
    name.contains(['/', std::path::MAIN_SEPARATOR])
}

/// A study whose editions are compared.
struct Own {
    material: Material,
    built: Vec<Built>,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let names = [&arguments.from, &arguments.to];
    let mut diagnostics = Diagnostics::default();
    let editions: Vec<String> = names.iter().filter(|name| !is_folder(name)).map(|name| (*name).clone()).collect();
    let mut files = Files::default();
    let mut own = None;
    if !editions.is_empty() {
        files = disk::read_study(&common.study, &mut diagnostics);
        let wanted = Wanted { editions, languages: Vec::new() };
        let built = build::material(&files, &mut diagnostics)
            .and_then(|material| Ok(Own { built: build::editions(&material, &wanted, &mut diagnostics)?, material }));
        let Ok(built) = built else { return conclude(&diagnostics, &files, common, false) };
        own = Some(built);
    }
    let mut sides = Vec::new();
    for name in names {
        let side = match &own {
            Some(own) if !is_folder(name) => of_edition(own, name).map(|(side, ledger)| (side, Some(ledger))),
            _ => match Side::in_folder(Path::new(name)) {
                Ok(side) => Some((side, None)),
                Err(Unread::Folder(message)) => return misused(&message),
                Err(Unread::File(problem)) => {
                    diagnostics.push(*problem);
                    None
                }
            },
        };
        let Some(side) = side else { return conclude(&diagnostics, &files, common, false) };
        sides.push(side);
    }
    let [one, other] = sides.as_slice() else { return conclude(&diagnostics, &files, common, false) };
    let numbers = compared([one, other], own.as_ref());
    let (from, to) = (&one.0, &other.0);
    // A page in a language that the program does not speak is told of in English.
    let lang = arguments.lang.or_else(|| spoken(to).filter(|lang| lang.has_grammar())).unwrap_or(Lang::En);
    let text = |side: &Side| {
        let own = side.files.text(&format!("{}/report.md", lang.code()));
        // A language in which no page is written is told of the sentences of one that is.
        own.or_else(|| side.files.text(&format!("{}/report.md", spoken(side)?.code()))).unwrap_or_default().to_owned()
    };
    let read = if to.files.get(&format!("{}/report.md", lang.code())).is_some() { Some(lang) } else { spoken(to) };
    let read = read.unwrap_or(lang);
    let sentences = sentences::compare(&text(from), &text(to), read.code(), &numbers.flipped);
    let exhibits = exhibits::compare(from, to);
    let verdicts: Vec<(String, String, String)> = (to.verdicts.iter())
        .filter_map(|(claim, (now, printed))| {
            let (was, _) = from.verdicts.get(claim).filter(|(was, _)| was != now)?;
            Some((format!("{claim}: {printed}"), was.clone(), now.clone()))
        })
        .collect();
    let called = |finding: &str, lang: Lang| own.as_ref().and_then(|own| called(own, finding, lang));
    let told = Told {
        names: [&from.name, &to.name],
        numbers: &numbers,
        sentences: &sentences.rewritten,
        titles: &sentences.titles,
        sections: &sentences.only,
        exhibits: &exhibits,
        verdicts: &verdicts,
        names_of: &called,
    };
    let statements = written(to).collect::<Vec<_>>();
    match common.format {
        Format::Json => say(&answer(&told, &statements)),
        Format::Human | Format::Csv => print(&page::text(&told.parts(lang, &statements))),
        Format::Md => print(&page::markdown(&told.parts(lang, &statements))),
        Format::Html => print(&page::html(&told.parts(lang, &statements), lang)),
    }
    if common.format != Format::Json {
        warn(&diagnostics.sorted(), &files);
    }
    ExitCode::SUCCESS
}

/// The first language in which a side has a page.
fn spoken(side: &Side) -> Option<Lang> {
    written(side).next()
}

/// The languages in which a side has a page.
fn written(side: &Side) -> impl Iterator<Item = Lang> {
    let named = |(path, _): (&str, &[u8])| Lang::parse(path.strip_suffix("/report.md")?);
    let found: BTreeSet<Lang> = side.files.iter().filter_map(named).collect();
    found.into_iter()
}

/// Tells an edition as its files would, and judges all papers by it.
fn of_edition(own: &Own, name: &str) -> Option<(Side, Ledger)> {
    let built = own.built.iter().find(|built| built.edition.name == name)?;
    let ledger = ledger::of(built, &own.material);
    let mut side = Side::of(name, "", output::compared(built, &ledger, &own.material)).ok()?;
    let mut papers = own.material.papers.clone();
    papers.iter_mut().for_each(|paper| paper.entry.edition = None);
    if let Some(verified) = claim::verify(&papers, &[built.edition.as_ref()], &mut Diagnostics::default()) {
        for judged in verified.iter().flat_map(|one| &one.judged) {
            let claim = format!("{}/{}", judged.paper.id, judged.claim.id);
            side.verdicts.insert(claim, (judged.verdict.name().to_owned(), judged.claim.printed.clone()));
        }
    }
    Some((side, ledger))
}

/// Compares the numbers: of two editions of one study by what their templates ask, otherwise by their findings.
fn compared(sides: [&(Side, Option<Ledger>); 2], own: Option<&Own>) -> Numbers {
    let [(from, before), (to, after)] = sides;
    let find = |own: &Own, side: &Side| own.built.iter().position(|built| built.edition.name == side.name);
    let pair = own.and_then(|own| Some((own, find(own, from)?, find(own, to)?)));
    let (Some((own, old, new)), Some(before), Some(after)) = (pair, before, after) else {
        return numbers::of_folders(from, to);
    };
    let editions = (&*own.built[old].edition, &*own.built[new].edition);
    numbers::of_editions(from, to, &ledger::difference(before, after, editions))
}

/// What a finding is called in a language.
fn called(own: &Own, finding: &str, lang: Lang) -> Option<String> {
    let edition = own.built.last().map(|built| &*built.edition)?;
    let language = own.material.language(lang)?;
    let id = expression::ask(finding, edition).ok()?.id;
    let steps = output::trace(&id, edition);
    let teller = Teller::new(language, edition, &own.material);
    teller.name(steps.first()?).or_else(|| {
        let FindingId::Expression(expr) = &id else { return None };
        let mut names = BTreeSet::new();
        named(expr, (&teller, edition), 0, &mut names);
        let names: Vec<String> = names.iter().map(|name| page::quoted(name, lang)).collect();
        (!names.is_empty()).then(|| page::say(lang, "worked-out", &[("list", &names.join(", "))]))
    })
}

/// Collects what the findings are called of which an expression is worked out.
fn named(expr: &Expr, told: (&Teller, &Edition), depth: usize, names: &mut BTreeSet<String>) {
    const DEEPEST: usize = 16;
    let mut within = |one: &Expr| named(one, told, depth + 1, names);
    match &expr.kind {
        _ if depth == DEEPEST => {}
        Kind::Path(path) => {
            let (teller, edition) = told;
            let measure = SeriesId::new(&path.name, path.member.as_deref().unwrap_or(VALUE));
            match (teller.own(&path.name), edition.named.get(&path.name)) {
                (Some(own), _) => drop(names.insert(own.to_owned())),
                (None, Some(definition)) => within(definition),
                (None, None) => names.extend(teller.measure(&measure, 0)),
            }
        }
        Kind::Call(_, list) => list.iter().for_each(within),
        Kind::Unary(_, one) => within(one),
        Kind::Binary(_, one, other) => [one, other].into_iter().for_each(|one| within(one)),
        Kind::Number(_) | Kind::Key(_) => {}
    }
}

fn answer(told: &Told, statements: &[Lang]) -> Compared {
    let numbers = told.numbers;
    let [revised, sentences, exhibits] = told.summary();
    let vintage = |(vintage, [from, to]): (&String, &[usize; 2])| ComparedVintage {
        vintage: vintage.clone(),
        from: *from,
        to: *to,
    };
    let cell = |(finding, from, to): &(String, String, String)| ComparedCell {
        finding: finding.clone(),
        from: from.clone(),
        to: to.clone(),
    };
    let flip = |(place, expression, [from, to]): &Flip| Flipped {
        place: place.clone(),
        expression: expression.clone(),
        holds_from: ledger::answer(*from),
        holds_to: ledger::answer(*to),
    };
    let verdict = |(claim, from, to): &(String, String, String)| ComparedVerdict {
        claim: claim.clone(),
        from: from.clone(),
        to: to.clone(),
    };
    Compared {
        from: told.names[0].to_owned(),
        to: told.names[1].to_owned(),
        summary: ComparedSummary {
            revised,
            sentences,
            exhibits,
            new_period: numbers.moved.len(),
            withdrawn: numbers.withdrawn.len(),
            new: numbers.new.len(),
        },
        vintages: numbers.vintages.iter().map(vintage).collect(),
        cells: numbers.cells.iter().map(cell).collect(),
        revised: numbers.revised.iter().map(both).collect(),
        new_period: numbers.moved.iter().map(both).collect(),
        withdrawn: numbers.withdrawn.iter().map(alone).collect(),
        new: numbers.new.iter().map(alone).collect(),
        flipped: numbers.flipped.iter().map(flip).collect(),
        sentences: told.sentences.iter().map(sentence).collect(),
        sections: ComparedSections { gone: told.sections[0].clone(), new: told.sections[1].clone() },
        exhibits: told.exhibits.iter().map(exhibit).collect(),
        verdicts: told.verdicts.iter().map(verdict).collect(),
        statement: statements.iter().map(|lang| (lang.code().to_owned(), told.statement(*lang))).collect(),
    }
}

fn shown(Shown { finding, value, printed, .. }: &Shown) -> ComparedShown {
    ComparedShown { finding: finding.clone(), value: value.clone(), printed: printed.clone() }
}

fn both(change: &Change) -> ComparedNumber {
    let side = |side: &Option<Shown>| side.as_ref().map(shown);
    ComparedNumber { expression: change.question.clone(), from: side(&change.from), to: side(&change.to) }
}

fn alone(change: &Change) -> LoneNumber {
    let Shown { finding, value, printed, .. } =
        change.from.as_ref().or(change.to.as_ref()).cloned().unwrap_or_default();
    LoneNumber { expression: change.question.clone(), finding, value, printed }
}

fn sentence(one: &Rewritten) -> ComparedSentence {
    let side =
        |side: &Option<Sentence>| side.as_ref().map(|one| SentenceShown { line: one.line, text: one.text.clone() });
    ComparedSentence {
        section: one.section.clone(),
        from: side(&one.from),
        to: side(&one.to),
        reworded: one.is_reworded,
        conditions: one.conditions.clone(),
    }
}

fn exhibit(one: &Exhibit) -> ComparedExhibit {
    let key = |(key, from, to): &(String, String, String)| ComparedKey {
        key: key.clone(),
        from: from.clone(),
        to: to.clone(),
    };
    let rank = |(territory, from, to): &(String, usize, usize)| ComparedRank {
        territory: territory.clone(),
        from: *from,
        to: *to,
    };
    ComparedExhibit {
        id: one.id.clone(),
        counts: one.counts,
        changed: one.changed.iter().map(key).collect(),
        gone: one.only[0].clone(),
        new: one.only[1].clone(),
        ranks: one.ranks.iter().map(rank).collect(),
    }
}
