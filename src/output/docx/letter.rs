//! Letter: a reply to the editor of a paper: each printed number that does not hold, what would be right, why, by which source.

use std::collections::BTreeSet;

use super::journal::Journal;
use super::package;
use super::styles::{self, section};
use super::walk::paragraph;
use super::xml::{Node, Xml, node, val};
use crate::claim::words::{self, Word};
use crate::claim::{Judged, Outcome, Speaker, Verdict, Verified};
use crate::finding::Amount;
use crate::language::{Language, texts};
use crate::output::sources::gather;
use crate::output::{Material, trace};

/// Letters wide is what is left open for a hand to fill.
const BLANK: usize = 24;

/// A letter under way.
struct Letter<'a> {
    material: &'a Material,
    language: &'a Language,
    body: Xml,
}

/// Writes the letter on papers in a language; says what keeps it from being packed.
pub fn letter(
    verified: &[Verified],
    language: &Language,
    journal: &Journal,
    material: &Material,
) -> Result<Vec<u8>, String> {
    let mut letter = Letter { material, language, body: Xml::default() };
    letter.line("Title", words::LETTER_TITLE);
    letter.line("BodyText", words::LETTER_OPENING);
    letter.line("BodyText", words::LETTER_LEAD);
    verified.iter().for_each(|one| letter.paper(one));
    letter.line("BodyText", words::LETTER_CLOSING);
    letter.signature();
    let Letter { mut body, .. } = letter;
    body.put(section(journal));
    let document = Xml::from(styles::spaces(node("w:document")).put(node("w:body").put(body)));
    let title = language.said(words::LETTER_TITLE.key());
    let core = super::core(title, &[], language.lang());
    let parts = super::parts_of(
        document,
        (core, super::properties(super::LETTER)),
        journal,
        locale(language),
        &[],
        super::Beside::default(),
    );
    package::packed(&parts)
}

fn locale(language: &Language) -> &str {
    language.optional_word("locale").unwrap_or(language.lang().code())
}

impl Letter<'_> {
    fn run(&self, text: &str, locale: &str, bold: bool) -> Node {
        let form = if bold { node("w:rPr").put(node("w:b")).put(node("w:bCs")) } else { node("w:rPr") };
        let form = form.put(val("w:lang", locale));
        node("w:r").put(form).put(node("w:t").at("xml:space", "preserve").text(text))
    }

    fn line(&mut self, style: &str, word: Word) {
        let text = self.language.said(word.key()).to_owned();
        self.say(style, &text);
    }

    fn say(&mut self, style: &str, text: &str) {
        let run = self.run(text, locale(self.language), false);
        self.body.put(paragraph(style).put(run));
    }

    /// Writes what is to be said of a paper.
    fn paper(&mut self, one: &Verified) {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        let problems: Vec<&Judged> = one.judged.iter().filter(|judged| judged.verdict.is_problem()).collect();
        let decided = one.judged.iter().filter(|judged| judged.verdict != Verdict::Unresolved).count();
        let (all, count) = (decided.to_string(), problems.len().to_string());
        let asked = problems.iter().filter(|judged| judged.is_borne_out()).count();
        let text = match (problems.len(), asked) {
            (0, _) => words::LETTER_NONE,
            (_, 0) => words::LETTER_COUNTS,
            _ => words::LETTER_COUNTS_ASKED,
        };
        self.say("Heading1", one.paper.title(speaker.code()));
        if let Some(source) = &one.paper.entry.source {
            self.say("BodyText", &speaker.fill(words::LETTER_PUBLISHED, &[("source", source.clone())]));
        }
        let counts = [("all", all), ("count", count), ("asked", asked.to_string())];
        self.say("BodyText", &speaker.fill(text, &counts));
        let mut before: Option<&Judged> = None;
        let mut items = 0;
        for judged in problems {
            // What is said of one sentence in two ways stands under one number.
            if !before.is_some_and(|before| are_of_one_sentence(before, judged)) {
                items += 1;
                self.say("Heading2", &format!("{items}. {}", speaker.place(one.paper, judged.claim)));
            } else {
                self.say("Note", "");
            }
            let table = self.number(judged, one, &speaker);
            self.body.put(table);
            before = Some(judged);
        }
        // What follows a table at once would be a part of it.
        self.say("Note", "");
    }

    /// Writes a number that does not hold: printed, right, reason, source.
    fn number(&self, judged: &Judged, one: &Verified, speaker: &Speaker) -> Node {
        let own = locale(self.language).to_owned();
        let paper = texts::own(one.paper.language(), "locale").unwrap_or(&own).to_owned();
        let claim = judged.claim;
        let printed = match claim.phrase.as_ref().filter(|_| claim.cell.is_none()) {
            Some(phrase) if phrase.contains(&claim.printed) => format!("«{phrase}»"),
            Some(phrase) => format!("«{phrase} …»: {}", claim.printed),
            None => claim.printed.clone(),
        };
        let unit = judged.first().map(|_| speaker.unit(claim.measure())).unwrap_or_default();
        let printed =
            match unit.is_empty() || !claim.printed.ends_with(|c: char| c.is_ascii_digit()) || printed.ends_with('»') {
                true => printed,
                false => format!("{printed}\u{a0}{unit}"),
            };
        let why = std::iter::once(speaker.explain(judged)).chain(speaker.more(judged)).collect::<Vec<_>>().join(" ");
        let rows = [
            (words::PRINTED, self.run(&printed, &paper, false)),
            (
                if judged.is_borne_out() { words::LETTER_QUESTION } else { words::LETTER_CORRECTED },
                self.run(&corrected(judged, speaker), &own, true),
            ),
            (words::REASON, self.run(&why, &own, false)),
            (words::LETTER_SOURCE, self.run(&self.source(judged, one, speaker), &own, false)),
        ];
        let line = |name: &'static str| {
            node(name).at("w:val", "single").size("w:sz", 4).size("w:space", 0).at("w:color", "auto")
        };
        let form = node("w:tblPr")
            .put(node("w:tblW").size("w:w", 5000).at("w:type", "pct"))
            .put(node("w:tblBorders").all(["w:top", "w:bottom", "w:insideH"].map(line)))
            .put(node("w:tblLayout").at("w:type", "fixed"));
        let widths = [styles::twips(35.0), styles::twips(130.0)];
        let grid = node("w:tblGrid").all(widths.map(|width| node("w:gridCol").size("w:w", width)));
        let cell = |width: i64, run: Node, is_last: bool| {
            let form = node("w:tcPr").put(node("w:tcW").size("w:w", width).at("w:type", "dxa"));
            let own = node("w:pPr").put(val("w:pStyle", "TableText"));
            // What is said of a number stays on one page with its place.
            let own = if is_last { own } else { own.put(node("w:keepNext")) };
            node("w:tc").put(form).put(node("w:p").put(own).put(run))
        };
        let row = |(head, run): (Word, Node)| {
            let is_last = head == words::LETTER_SOURCE;
            let name = self.run(self.language.said(head.key()), &own, false);
            let row = node("w:tr").put(node("w:trPr").put(node("w:cantSplit")));
            row.put(cell(widths[0], name, is_last)).put(cell(widths[1], run, is_last))
        };
        node("w:tbl").put(form).put(grid).all(rows.map(row))
    }

    /// Says what the reading rests on: its basis, and the tables at the ends of its ways.
    fn source(&self, judged: &Judged, one: &Verified, speaker: &Speaker) -> String {
        let Some(reading) = judged.first() else { return speaker.say(words::BY_PAPER).to_owned() };
        let steps = trace(&reading.finding, &one.bench);
        let sources = gather(&[steps], one, speaker, self.material);
        let titles: BTreeSet<String> = sources.into_iter().map(|source| source.title).collect();
        let titles: Vec<String> = titles.into_iter().collect();
        let basis = speaker.basis(reading);
        if titles.is_empty() { format!("{basis}.") } else { format!("{basis}: {}.", titles.join("; ")) }
    }

    fn signature(&mut self) {
        let authors = self.material.study.authors.iter().filter(|author| !author.placeholder);
        let names: Vec<String> =
            authors.filter_map(|author| author.name.get(self.language.lang().code())).cloned().collect();
        self.line("BodyText", words::LETTER_SIGNATURE);
        // Who signs and when is not known to the study: a name and a day are never invented.
        let blank = "_".repeat(BLANK);
        self.say("BodyText", &if names.is_empty() { blank.clone() } else { names.join(", ") });
        let date = self.language.said(words::LETTER_DATE.key()).replace("{blank}", &blank);
        self.say("BodyText", &date);
    }
}

/// Says whether two claims print the same words at the same place.
fn are_of_one_sentence(one: &Judged, other: &Judged) -> bool {
    let words = |judged: &Judged| (judged.claim.phrase.clone(), judged.claim.printed.clone());
    one.claim.phrase.is_some() && one.claim.place == other.claim.place && words(one) == words(other)
}

/// Writes a derived number with as many digits as the paper prints, or with more where it would read as the printed one.
fn derived(judged: &Judged, reading: &Outcome, speaker: &Speaker) -> Option<String> {
    let printed = judged.claim.number()?;
    let differs = |amount: &&Amount| amount.round(printed.decimals as usize).to_amount() != printed.value;
    match reading.derived.as_ref().filter(differs) {
        Some(amount) => Some(speaker.language.number(amount, printed.decimals as usize)),
        None => speaker.derived(judged, reading),
    }
}

/// Writes the phrase as it would be right, as far as the claim tells its words; what another reading bears out is asked.
fn corrected(judged: &Judged, speaker: &Speaker) -> String {
    let claim = judged.claim;
    if judged.is_borne_out() {
        return speaker.fill(words::LETTER_CLARIFY, &[("printed", claim.printed.clone())]);
    }
    if let Some(order) = speaker.repaired(judged) {
        return speaker.fill(words::LETTER_ORDER, &[("order", order), ("printed", claim.printed.clone())]);
    }
    let number = claim.number().and_then(|_| judged.first()).filter(|reading| reading.value.amount().is_some());
    let Some((reading, derived)) = number.and_then(|reading| Some((reading, derived(judged, reading, speaker)?)))
    else {
        return speaker.fill(words::LETTER_WORDS, &[("printed", claim.printed.clone())]);
    };
    let after = reading.derived.as_ref().map(|amount| (amount, claim.number().map_or(0, |own| own.decimals as usize)));
    let gaps = |phrase: String| {
        let unit = speaker.unit_after(claim.measure(), after);
        [("phrase", phrase), ("derived", derived.clone()), ("unit", unit), ("printed", claim.printed.clone())]
    };
    match claim.phrase.as_ref().filter(|_| claim.cell.is_none()) {
        Some(phrase) if phrase.contains(&claim.printed) => {
            speaker.fill(words::LETTER_READ, &gaps(phrase.replacen(&claim.printed, &derived, 1)))
        }
        Some(phrase) => speaker.fill(words::LETTER_NUMBER, &gaps(phrase.clone())),
        None => speaker.fill(words::LETTER_CELL, &gaps(String::new())),
    }
}
