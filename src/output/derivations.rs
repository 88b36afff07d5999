//! Derivations: the page on which each judged number is followed to the rows of its sources.

use std::collections::BTreeMap;

use super::Material;
use super::element::{Html, classed, said, tag};
use super::html_walk::scroll;
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
pub(super) fn page(verified: &[Verified], language: &Language, material: &Material) -> Result<String, Box<Diagnostic>> {
    let mut writer = Writer::new(verified, language);
    writer.put(said("p", writer.word(words::DERIVATIONS_LEAD)));
    for one in verified {
        let speaker = Speaker { language, edition: &one.bench };
        writer.head(2, &one.paper.id, one.paper.title(speaker.code()));
        let mut section =
            Section { writer: &mut writer, one, speaker, ways: Ways::of(&one.bench), material, shown: BTreeMap::new() };
        for judged in one.judged.iter().filter(|judged| judged.claim.cell.is_none()) {
            let number = section.number(judged);
            section.writer.put(number);
            section.writer.line();
        }
        for table in &one.paper.tables {
            for column in &table.columns {
                let column = section.column(table, column);
                section.writer.put(column);
                section.writer.line();
            }
        }
    }
    let kind = ("numbers derivations", words::DERIVATIONS, "derivations.html");
    verification_page::page(&writer, kind, &Html::default(), material)
}

/// The numbers of one paper under way.
struct Section<'w, 'a> {
    writer: &'w mut Writer<'a>,
    one: &'w Verified<'w>,
    speaker: Speaker<'w>,
    ways: Ways<'w>,
    material: &'w Material,
    /// The long tables shown so far, with the ids under which they stand.
    shown: BTreeMap<Html, String>,
}

impl Section<'_, '_> {
    fn number(&mut self, judged: &Judged) -> Html {
        let claim = judged.claim;
        let (id, paper) = (anchor(self.one, judged), self.one.paper.language());
        let printed = tag("span").with("lang", paper).text(&claim.printed);
        let mut place = tag("p").text(&self.speaker.place(self.one.paper, claim));
        if let Some(phrase) = &claim.phrase {
            place = place.text(": ").put(tag("q").with("lang", paper).text(phrase));
        }
        let back = classed("a", "way").with("href", &format!("index.html#c-{id}")).text(self.writer.word(words::BACK));
        let verdict = tag("p").put(said("b", self.writer.word(judged.words())));
        let verdict = verdict.text(&format!(". {} ", self.speaker.explain(judged))).put(back);
        let beside = self.speaker.more(judged).into_iter().chain(self.speaker.slack(judged));
        let mut section = classed("section", "number")
            .with("id", &id)
            .put(tag("h3").put(printed).text(" ").put(said("code", &claim.id)))
            .put(place)
            .put(verdict)
            .all(beside.map(|text| said("p", &text)));
        for reading in &judged.readings {
            section = section.put(self.reading(judged, reading));
            let steps = self.ways.follow(&reading.finding);
            section = section.put(self.between(&steps)).put(self.sources(&[steps]));
        }
        section.into()
    }

    /// Shows what a reading rests on, its expression and its value.
    fn reading(&mut self, judged: &Judged, reading: &Outcome) -> Html {
        let basis = self.speaker.basis(reading);
        let derived = self.speaker.derived(judged, reading);
        let unit = match &reading.value {
            Value::Amount(_) => self.speaker.unit(judged.claim.measure()),
            Value::Text(_) | Value::Truth(_) | Value::Key(_) | Value::List(_) | Value::Missing(_) => String::new(),
        };
        let space = if unit.is_empty() || unit.starts_with(['%', '‰']) { "" } else { " " };
        let (short, whole) = expression_of(&reading.finding.to_string());
        let mut line = classed("p", "basis").text(&format!("{basis}: ")).put(said("code", &short));
        if let Some(derived) = derived {
            line = line.text(" = ").put(said("b", &derived)).text(&format!("{space}{unit}"));
        }
        let mut out = Html::from(line);
        if let Some(whole) = whole {
            let head = said("summary", self.writer.word(words::EXPRESSION));
            out.put(classed("details", "whole").put(head).put(said("code", &whole)));
        }
        out
    }

    /// Lists the findings between a number and its sources, each with its formula.
    fn between(&mut self, steps: &[Step]) -> Html {
        let between: Vec<&Step> = steps
            .iter()
            .enumerate()
            .skip(1)
            .filter(|(at, step)| step.formula.is_some() && !steps.get(at + 1).is_some_and(Step::is_end))
            .map(|(_, step)| step)
            .collect();
        let mut out = Html::default();
        if between.is_empty() {
            return out;
        }
        let head = self.speaker.fill(words::BETWEEN, &[("count", between.len().to_string())]);
        let list = classed("ul", "trace").all(between.iter().take(MOST_STEPS).map(|step| self.step(step)));
        match between.len() > OPEN_STEPS {
            true => out.put(tag("details").put(said("summary", &head)).put(list)),
            false => {
                out.put(said("p", &head));
                out.put(list);
            }
        }
        out
    }

    fn step(&mut self, step: &Step) -> Html {
        let teller = Teller::new(self.speaker.language, self.speaker.edition, self.material);
        let mut line = tag("li").put(said("code", &expression_of(&step.what.to_string()).0));
        if let Some(value) = step.value.as_ref().map(|value| teller.value(value)) {
            line = line.text(" = ").put(said("b", &value));
        }
        if let Some(name) = teller.name(step) {
            line = line.text(&format!(" {name}"));
        }
        let formula = match step.formula.as_deref().unwrap_or_default() {
            crate::analysis::MERGED => said("i", self.writer.word(words::FORMULA_MERGED)),
            formula => said("code", &expression_of(formula).0),
        };
        line.text(" (").put(formula).text(")").into()
    }

    /// Shows the rows of the sources at the ends of the ways.
    fn sources(&mut self, ways: &[Vec<Step>]) -> Html {
        let sources = gather(ways, self.one, &self.speaker, self.material);
        sources.iter().map(|source| self.source(source)).collect()
    }

    fn source(&mut self, source: &Source) -> Html {
        let number = |count: usize| self.speaker.language.number(&crate::finding::Amount::Integer(count as i64), 0);
        let count = number(source.rows.len());
        let paper = self.one.paper.language();
        let column = |head: &str| tag("th").with("scope", "col").text(head);
        let heads = source.columns.iter().map(|head| column(head));
        let heads = tag("tr").put(column(self.writer.word(words::ROW))).all(heads);
        let rows = tag("tbody").all(source.rows.values().take(MOST_ROWS).map(|row| row.html(source, paper)));
        let cut = source.rows.len() > MOST_ROWS;
        let cut = if cut { self.speaker.fill(words::MORE_ROWS, &[("count", count.clone())]) } else { String::new() };
        let head = self.speaker.fill(words::SOURCE_ROWS, &[("source", source.title.clone()), ("count", count)]);
        let table: Html =
            tag("table").put(said("caption", &source.title)).put(tag("thead").put(heads)).put(rows).into();
        let mut note = classed("p", "note").text(&format!("{cut} ")).put(said("code", &source.file));
        if let Some(hash) = &source.hash {
            note = note.text(", ").put(said("code", hash));
        }
        let open = scroll("scroll").with("aria-label", &source.title);
        if source.rows.len() <= OPEN_ROWS {
            let mut out = Html::from(open.put(table));
            out.put(note);
            return out;
        }
        // Many numbers rest on the same rows: they stand once.
        let mut key = table.clone();
        key.put(note.clone());
        if let Some(id) = self.shown.get(&key) {
            return tag("p").put(tag("a").with("href", &format!("#{id}")).text(&head)).into();
        }
        let id = format!("rows-{}-{}", self.one.paper.id, self.shown.len() + 1);
        let rows = open.with("id", &id).put(table);
        self.shown.insert(key, id);
        classed("details", "rows").put(said("summary", &head)).put(rows).put(note).into()
    }

    /// Shows a column of a table: its cells with their verdicts, its total, and the agency's rows beside them.
    fn column(&mut self, table: &TableEntry, column: &str) -> Html {
        let one = self.one;
        let id = format!("{}.{}.{column}", one.paper.id, table.id);
        let place = self.speaker.spelled(one.paper, &table.place);
        let gaps = [("table", place), ("column", self.speaker.label(column, table))];
        let head = self.speaker.fill(words::COLUMN_OF, &gaps);
        let heads = [words::ROW, words::PRINTED, words::DERIVED, words::VERDICT];
        let heads = heads.map(|head| tag("th").with("scope", "col").text(self.writer.word(head)));
        let of_column = |judged: &&Judged| {
            judged.claim.cell.as_ref().is_some_and(|cell| cell.table == table.id && cell.column == column)
        };
        let cells: Vec<&Judged> = one.judged.iter().filter(of_column).collect();
        let mut rows = tag("tbody");
        for (row, _, text) in table.cells().filter(|(_, at, _)| *at == column) {
            let found = cells.iter().find(|j| j.claim.cell.as_ref().is_some_and(|cell| cell.row == row));
            let derived = found.and_then(|judged| self.speaker.derived(judged, judged.first()?));
            let verdict = found.map(|judged| self.writer.word(judged.words())).unwrap_or_default();
            let name = tag("th").with("scope", "row").text(&self.speaker.label(row, table));
            let row = tag("tr").put(name).put(said("td", text));
            rows = rows.put(row.put(said("td", derived.as_deref().unwrap_or("–"))).put(said("td", verdict)));
        }
        let cells_of = classed("table", "column").with("aria-label", &head);
        let cells_of = cells_of.put(tag("thead").put(tag("tr").all(heads))).put(rows);
        let mut section = classed("section", "number")
            .with("id", &id)
            .put(tag("h3").text(&format!("{head} ")).put(said("code", &format!("{}[{column}]", table.id))))
            .put(scroll("scroll").with("aria-label", &head).put(cells_of));
        let total =
            |judged: &&&Judged| judged.claim.cell.as_ref().is_some_and(|c| Some(&c.row) == table.total.as_ref());
        let Some(judged) = cells.iter().find(total).or(cells.iter().find(|j| j.verdict != Verdict::Confirmed)) else {
            return section.into();
        };
        section = section.put(said("p", &self.speaker.explain(judged)));
        for reading in &judged.readings {
            section = section.put(self.reading(judged, reading));
        }
        // The column itself stands above: what is left to show is where the agency's numbers stand.
        let agency =
            cells.iter().flat_map(|judged| &judged.readings).filter(|r| r.basis == crate::claim::Basis::Agency);
        let ways: Vec<Vec<Step>> = agency.map(|reading| self.ways.follow(&reading.finding)).collect();
        section.put(self.sources(&ways)).into()
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
