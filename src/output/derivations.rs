//! Derivations: the page on which each judged number is followed to the rows of its sources.

use std::collections::BTreeMap;

use super::Material;
use super::markup::escape;
use super::sources::{Source, gather};
use super::told::Teller;
use super::trace::{Step, Ways};
use super::verification_page::{self, Writer, anchor};
use crate::claim::words;
use crate::claim::{Judged, Outcome, Speaker, TableEntry, Verdict, Verified};
use crate::diagnostic::Diagnostic;
use crate::finding::Value;
use crate::language::Language;

/// More rows of a source than this wait behind a heading that says how many there are.
const OPEN_ROWS: usize = 6;

/// More rows of a source than this are for `esep trace`.
const MOST_ROWS: usize = 40;

/// More findings on the way than this wait behind a heading.
const OPEN_STEPS: usize = 4;

/// More findings on the way than this are for `esep trace`.
const MOST_STEPS: usize = 12;

/// Longer expressions are shortened; the whole one waits behind a heading.
const LONG: usize = 140;

/// More members of a list in an expression than this become its ends.
const MOST_MEMBERS: usize = 4;

/// Writes the page.
pub fn page(verified: &[Verified], language: &Language, material: &Material) -> Result<String, Box<Diagnostic>> {
    let mut writer = Writer::new(verified, language);
    writer.put(&format!("<p>{}</p>", writer.word(words::DERIVATIONS_LEAD)));
    for one in verified {
        let speaker = Speaker { language, edition: &one.bench };
        writer.head(2, &one.paper.id, one.paper.title(speaker.code()));
        let mut section =
            Section { writer: &mut writer, one, speaker, ways: Ways::of(&one.bench), material, shown: BTreeMap::new() };
        for judged in one.judged.iter().filter(|judged| judged.claim.cell.is_none()) {
            section.number(judged);
        }
        for table in &one.paper.tables {
            table.columns.iter().for_each(|column| section.column(table, column));
        }
    }
    verification_page::page(&writer, ("numbers derivations", words::DERIVATIONS, "derivations.html"), "", material)
}

/// The numbers of one paper under way.
struct Section<'w, 'a> {
    writer: &'w mut Writer<'a>,
    one: &'w Verified<'w>,
    speaker: Speaker<'w>,
    ways: Ways<'w>,
    material: &'w Material,
    /// The long tables shown so far, with the ids under which they stand.
    shown: BTreeMap<String, String>,
}

impl Section<'_, '_> {
    fn put(&mut self, html: &str) {
        self.writer.put(html);
    }

    fn number(&mut self, judged: &Judged) {
        let claim = judged.claim;
        let id = anchor(self.one, judged);
        let phrase = claim.phrase.as_ref();
        let phrase =
            phrase.map(|phrase| format!(": <q lang=\"{}\">{}</q>", escape(self.one.paper.language()), escape(phrase)));
        self.put(&format!(
            "<section class=\"number\" id=\"{id}\"><h3><span lang=\"{}\">{}</span> <code>{}</code></h3><p>{}{}</p>\
             <p><b>{}</b>. {} <a class=\"way\" href=\"index.html#c-{id}\">{}</a></p>",
            escape(self.one.paper.language()),
            escape(&claim.printed),
            escape(&claim.id),
            escape(&self.speaker.place(self.one.paper, claim)),
            phrase.unwrap_or_default(),
            self.writer.word(judged.verdict.words()),
            escape(&self.speaker.explain(judged)),
            self.writer.word(words::BACK),
        ));
        let beside: String = self
            .speaker
            .more(judged)
            .into_iter()
            .chain(self.speaker.slack(judged))
            .map(|said| format!("<p>{}</p>", escape(&said)))
            .collect();
        self.put(&beside);
        for reading in &judged.readings {
            self.reading(judged, reading);
            let steps = self.ways.follow(&reading.finding);
            self.between(&steps);
            self.sources(&[steps]);
        }
        self.put("</section>\n");
    }

    /// Shows what a reading rests on, its expression and its value.
    fn reading(&mut self, judged: &Judged, reading: &Outcome) {
        let basis = self.speaker.basis(reading);
        let derived = self.speaker.derived(judged, reading);
        let unit = match &reading.value {
            Value::Amount(_) => self.speaker.unit(judged.claim.measure()),
            Value::Text(_) | Value::Truth(_) | Value::Key(_) | Value::List(_) | Value::Missing(_) => String::new(),
        };
        let space = if unit.starts_with(['%', '‰']) { "" } else { " " };
        let value = derived.map(|derived| format!(" = <b>{}</b>{space}{}", escape(&derived), escape(&unit)));
        let (short, whole) = expression_of(&reading.finding.to_string());
        self.put(&format!(
            "<p class=\"basis\">{}: <code>{}</code>{}</p>",
            escape(&basis),
            escape(&short),
            value.unwrap_or_default().trim_end()
        ));
        if let Some(whole) = whole {
            let head = self.writer.word(words::EXPRESSION);
            self.put(&format!(
                "<details class=\"whole\"><summary>{head}</summary><code>{}</code></details>",
                escape(&whole)
            ));
        }
    }

    /// Lists the findings between a number and its sources, each with its formula.
    fn between(&mut self, steps: &[Step]) {
        let between: Vec<&Step> = steps
            .iter()
            .enumerate()
            .skip(1)
            .filter(|(at, step)| step.formula.is_some() && !steps.get(at + 1).is_some_and(Step::is_end))
            .map(|(_, step)| step)
            .collect();
        if between.is_empty() {
            return;
        }
        let items: Vec<String> = between.iter().take(MOST_STEPS).map(|step| self.step(step)).collect();
        let list = format!("<ul class=\"trace\">{}</ul>", items.concat());
        let head = self.speaker.fill(words::BETWEEN, &[("count", between.len().to_string())]);
        let html = match between.len() > OPEN_STEPS {
            true => format!("<details><summary>{}</summary>{list}</details>", escape(&head)),
            false => format!("<p>{}</p>{list}", escape(&head)),
        };
        self.put(&html);
    }

    fn step(&mut self, step: &Step) -> String {
        let teller = Teller::new(self.speaker.language, self.speaker.edition, self.material);
        let name = teller.name(step).map(|name| format!(" {}", escape(&name))).unwrap_or_default();
        let value = teller.value(step);
        let value = value.map(|value| format!(" = <b>{}</b>", escape(&value))).unwrap_or_default();
        let formula = step.formula.as_deref().unwrap_or_default();
        let formula = match formula {
            crate::analysis::MERGED => format!("<i>{}</i>", self.writer.word(words::FORMULA_MERGED)),
            formula => format!("<code>{}</code>", escape(&expression_of(formula).0)),
        };
        format!("<li><code>{}</code>{value}{name} ({formula})</li>", escape(&expression_of(&step.what.to_string()).0))
    }

    /// Shows the rows of the sources at the ends of the ways.
    fn sources(&mut self, ways: &[Vec<Step>]) {
        for source in gather(ways, self.one, &self.speaker, self.material) {
            let html = self.source(&source);
            self.put(&html);
        }
    }

    fn source(&mut self, source: &Source) -> String {
        let number = |count: usize| self.speaker.language.number(&crate::finding::Amount::Integer(count as i64), 0);
        let count = number(source.rows.len());
        let heads: String =
            source.columns.iter().map(|head| format!("<th scope=\"col\">{}</th>", escape(head))).collect();
        let rows: String =
            source.rows.values().take(MOST_ROWS).map(|row| row.html(source, self.one.paper.language())).collect();
        let cut = source.rows.len() > MOST_ROWS;
        let cut = if cut { self.speaker.fill(words::MORE_ROWS, &[("count", count.clone())]) } else { String::new() };
        let head = self.speaker.fill(words::SOURCE_ROWS, &[("source", source.title.clone()), ("count", count)]);
        let file = match &source.hash {
            Some(hash) => format!("<code>{}</code>, <code>{}</code>", escape(&source.file), escape(hash)),
            None => format!("<code>{}</code>", escape(&source.file)),
        };
        let table = format!(
            "<table><caption>{0}</caption><thead><tr><th scope=\"col\">{1}</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>\
             <p class=\"note\">{2} {file}</p>",
            escape(&source.title),
            self.writer.word(words::ROW),
            escape(&cut)
        );
        let open =
            format!("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{}\"", escape(&source.title));
        if source.rows.len() <= OPEN_ROWS {
            return format!("{open}>{table}");
        }
        // Many numbers rest on the same rows: they stand once.
        if let Some(id) = self.shown.get(&table) {
            return format!("<p><a href=\"#{id}\">{}</a></p>", escape(&head));
        }
        let id = escape(&format!("rows-{}-{}", self.one.paper.id, self.shown.len() + 1));
        let html =
            format!("<details class=\"rows\"><summary>{}</summary>{open} id=\"{id}\">{table}</details>", escape(&head));
        self.shown.insert(table, id);
        html
    }

    /// Shows a column of a table: its cells with their verdicts, its total, and the agency's rows beside them.
    fn column(&mut self, table: &TableEntry, column: &str) {
        let one = self.one;
        let id = escape(&format!("{}.{}.{column}", one.paper.id, table.id));
        let place = one.paper.spell(&table.place, self.speaker.code()).unwrap_or_else(|| table.place.clone());
        let gaps = [("table", place), ("column", self.speaker.label(column, table))];
        let head = escape(&self.speaker.fill(words::COLUMN_OF, &gaps));
        let heads = [words::ROW, words::PRINTED, words::DERIVED, words::VERDICT];
        let heads: String =
            heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", self.writer.word(*head))).collect();
        let mut html = format!(
            "<section class=\"number\" id=\"{id}\"><h3>{head} <code>{}</code></h3>\
             <div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{head}\"><table class=\"column\" aria-label=\"{head}\">\
             <thead><tr>{heads}</tr></thead><tbody>",
            escape(&format!("{}[{column}]", table.id))
        );
        let of_column = |judged: &&Judged| {
            judged.claim.cell.as_ref().is_some_and(|cell| cell.table == table.id && cell.column == column)
        };
        let cells: Vec<&Judged> = one.judged.iter().filter(of_column).collect();
        for (row, _, text) in table.cells().filter(|(_, at, _)| *at == column) {
            let found = cells.iter().find(|j| j.claim.cell.as_ref().is_some_and(|cell| cell.row == row));
            let derived = found.and_then(|judged| self.speaker.derived(judged, judged.first()?));
            let verdict = found.map(|judged| self.writer.word(judged.verdict.words())).unwrap_or_default();
            html.push_str(&format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{verdict}</td></tr>",
                escape(&self.speaker.label(row, table)),
                escape(text),
                escape(&derived.unwrap_or_else(|| "–".to_owned())),
            ));
        }
        self.put(&(html + "</tbody></table></div>"));
        let total =
            |judged: &&&Judged| judged.claim.cell.as_ref().is_some_and(|c| Some(&c.row) == table.total.as_ref());
        let Some(judged) = cells.iter().find(total).or(cells.iter().find(|j| j.verdict != Verdict::Confirmed)) else {
            self.put("</section>\n");
            return;
        };
        self.put(&format!("<p>{}</p>", escape(&self.speaker.explain(judged))));
        for reading in &judged.readings {
            self.reading(judged, reading);
        }
        // The column itself stands above: what is left to show is where the agency's numbers stand.
        let agency =
            cells.iter().flat_map(|judged| &judged.readings).filter(|r| r.basis == crate::claim::Basis::Agency);
        let ways: Vec<Vec<Step>> = agency.map(|reading| self.ways.follow(&reading.finding)).collect();
        self.sources(&ways);
        self.put("</section>\n");
    }
}

/// Shortens an expression: long lists of members to their ends, then what is still long; with the whole where it was.
fn expression_of(text: &str) -> (String, Option<String>) {
    let mut short = String::new();
    for (at, part) in text.split_inclusive(['[', ']', ',']).enumerate() {
        let members: Vec<&str> = part.split('|').collect();
        match members.as_slice() {
            [first, .., last] if at > 0 && members.len() > MOST_MEMBERS => short.push_str(&format!("{first}|…|{last}")),
            _ => short.push_str(part),
        }
    }
    if short.chars().count() > LONG {
        short = short.chars().take(LONG).collect::<String>() + "…";
    }
    let whole = (short != text).then(|| text.to_owned());
    (short, whole)
}
