//! Verification page: the verdicts on papers as a data editor reports them.

use minijinja::context;

use super::Material;
use super::element::{Html, classed, said, tag};
use super::html::{ANSWER, ANSWER_SCHEMA, render, switch};
use super::html_walk::{HEADS, scroll};
use super::setting::sheet;
use crate::claim::words::{self, Word};
use crate::claim::{CellOf, Class, Judged, Speaker, Stake, TableEntry, Verdict, Verified};
use crate::diagnostic::Diagnostic;
use crate::document::markdown::is_harmless;
use crate::language::Language;

/// So many discrepancies stand in the summary.
const MOST_FIRST: usize = 5;

/// A page that is being written.
pub(super) struct Writer<'a> {
    /// The language.
    pub language: &'a Language,
    verified: &'a [Verified<'a>],
    body: Html,
    contents: Vec<(String, String)>,
}

/// Writes the report on all papers in a language.
pub(super) fn report(
    verified: &[Verified],
    language: &Language,
    material: &Material,
) -> Result<String, Box<Diagnostic>> {
    let mut writer = Writer::new(verified, language);
    writer.summary();
    for one in verified {
        writer.paper(one);
    }
    writer.blind_spots();
    let link = |(id, text): &(String, String)| tag("a").with("href", &format!("#{id}")).text(text);
    let contents = tag("ul").all(writer.contents.iter().map(|head| tag("li").put(link(head)))).into();
    page(&writer, ("verification", words::TITLE, "index.html"), &contents, material)
}

/// Which rows of verdicts are under way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// What carries the conclusions.
    Headline,
    /// The discrepancies, with the place for an answer.
    Problems,
    /// What would not hold on another basis.
    Contested,
    /// All, in the order of the text.
    All,
}

/// Puts a page into the frame of the report.
pub(super) fn page(
    writer: &Writer,
    (kind, title, file): (&str, Word, &str),
    contents: &Html,
    material: &Material,
) -> Result<String, Box<Diagnostic>> {
    let lang = writer.language.lang();
    let values = context! {
        kind => kind, title => writer.language.said(title.key()), subtitle => material.title(lang), body => writer.body.as_str(),
        contents => contents.as_str(), languages => switch(lang, file, material), root => "../..",
    };
    render(material, writer.language, values)
}

/// Returns the id under which a claim stands on the page of derivations; cells share the one of their column.
pub(super) fn anchor(one: &Verified, judged: &Judged) -> String {
    match &judged.claim.cell {
        Some(CellOf { table, column, .. }) => format!("{}.{table}.{column}", one.paper.id),
        None => format!("{}.{}", one.paper.id, judged.claim.id),
    }
}

impl<'a> Writer<'a> {
    /// Starts an empty page.
    pub(super) fn new(verified: &'a [Verified<'a>], language: &'a Language) -> Writer<'a> {
        Writer { verified, language, body: Html::default(), contents: Vec::new() }
    }

    /// Adds to the page.
    pub(super) fn put(&mut self, html: impl Into<Html>) {
        self.body.put(html);
    }

    /// Ends the line.
    pub(super) fn line(&mut self) {
        self.body.line();
    }

    /// Returns a text of the checker's own.
    pub(super) fn word(&self, text: Word) -> &'a str {
        self.language.said(text.key())
    }

    /// Adds a heading; one of the second level stands in the contents.
    pub(super) fn head(&mut self, level: u8, id: &str, text: &str) {
        if level == 2 {
            self.contents.push((id.to_owned(), text.to_owned()));
        }
        let name = HEADS[usize::from(level.clamp(1, 6)) - 1];
        let head = tag(name).with("id", id).text(text);
        self.put(classed("div", &format!("head {name}")).put(head));
    }

    /// Adds a table that can be filtered, under the heading that names it.
    fn table_of(&mut self, name: &str, heads: &[Word], rows: Html) {
        let heads = heads.iter().map(|head| tag("th").with("scope", "col").text(self.word(*head)));
        let table = classed("table", "verdicts")
            .with("aria-labelledby", name)
            .with("data-all", self.word(words::ALL))
            .with("data-verdict", self.word(words::VERDICT))
            .put(tag("thead").put(tag("tr").all(heads)))
            .put(tag("tbody").put(rows));
        self.put(scroll("scroll").with("aria-labelledby", name).put(table));
        self.line();
    }

    fn summary(&mut self) {
        self.put(said("p", self.word(words::LEAD)));
        self.head(2, "summary", self.word(words::SUMMARY));
        let columns = Verdict::ALL.map(|verdict| self.column(verdict));
        let mut heads = vec![words::PAPER, words::COUNT_ALL];
        heads.extend(columns);
        let rows = self.verified.iter().map(|one| self.counts(one)).collect();
        self.table_of("summary", &heads, rows);
        self.put(classed("p", "note").text(self.word(words::CLASS_RULE)));
        let file = |path: &str, name: &str| tag("a").with("href", path).text(name);
        let files = classed("p", "files").text(&format!("{}: ", self.word(words::FILES)));
        let files = files.put(file(ANSWER, "verification.json")).text(" ");
        self.put(files.put(file(ANSWER_SCHEMA, "verification.schema.json")));
        self.first();
    }

    /// Names the column of a verdict: where a program drafted the claims, what it could not read is not said to lack data.
    fn column(&self, verdict: Verdict) -> Word {
        let judged = || self.verified.iter().flat_map(|one| &one.judged);
        let unread = || judged().any(|one| one.words() == words::VERDICT_UNJUDGED);
        if verdict == Verdict::Unresolved && unread() { words::VERDICT_UNJUDGED } else { verdict.words() }
    }

    /// Counts the verdicts of a paper: all, those that carry the conclusions, of the text and of the tables.
    fn counts(&self, one: &Verified) -> Html {
        let title = one.paper.title(self.language.lang().code());
        let mut whole = Html::from(tag("a").with("href", &format!("#{}", one.paper.id)).text(title));
        whole.text(": ");
        whole.put(said("b", self.word(class(one.summary.class))));
        let counted = &one.summary;
        let part = |text: Word| {
            let mut html = Html::default();
            html.text(self.word(text));
            html
        };
        let lines = [
            (whole, counted.counts),
            (part(words::OF_HEADLINE), counted.headline),
            (part(words::OF_TEXT), counted.text),
            (part(words::OF_TABLES), counted.cells),
            (part(words::OF_CHECKS), counted.checks),
        ];
        let mut rows = Html::default();
        for (at, (head, counts)) in lines.into_iter().enumerate() {
            let all: usize = counts.iter().sum();
            if all == 0 {
                continue;
            }
            let row =
                tag("tr").maybe("class", (at > 0).then_some("part")).put(tag("th").with("scope", "row").put(head));
            let count = |label: Word, n: usize, zero: bool| {
                let cell = tag("td").maybe("class", zero.then_some("zero"));
                cell.with("data-label", self.word(label)).text(&n.to_string())
            };
            let verdicts =
                Verdict::ALL.into_iter().zip(counts).map(|(verdict, n)| count(self.column(verdict), n, n == 0));
            rows.put(row.put(count(words::COUNT_ALL, all, false)).all(verdicts));
        }
        rows
    }

    /// Names what to look at first in each paper, and where to answer.
    fn first(&mut self) {
        for one in self.verified {
            let speaker = Speaker { language: self.language, edition: &one.bench };
            let id = &one.paper.id;
            let problems = problems(one);
            let title = one.paper.title(speaker.code());
            let link = |part: &str, text: &str| tag("a").with("href", &format!("#{id}-{part}")).text(text);
            let mut answer = Html::default();
            if one.summary.contested > 0 {
                let said = speaker.fill(words::ALL_CONTESTED, &[("count", one.summary.contested.to_string())]);
                answer.put(link("contested", &said));
                answer.text(" ");
            }
            answer.put(link("reply", self.word(words::REPLY)));
            if problems.is_empty() {
                self.put(tag("p").text(&format!("{title}: {} ", self.word(no_problems(one)))).put(answer));
                continue;
            }
            let head = speaker.fill(words::FIRST, &[("title", title.to_owned())]);
            self.head(3, &format!("{id}-first"), &head);
            let items = problems.iter().take(MOST_FIRST).map(|judged| self.item(judged, one, &speaker));
            self.put(tag("ol").all(items));
            let all = speaker.fill(words::ALL_PROBLEMS, &[("count", problems.len().to_string())]);
            self.put(classed("p", "files").put(link("problems", &all)).text(" ").put(answer));
        }
    }

    fn item(&self, judged: &Judged, one: &Verified, speaker: &Speaker) -> Html {
        let claim = judged.claim;
        let number = claim.number().and_then(|_| judged.first()).filter(|reading| reading.value.amount().is_some());
        let paper = one.paper.language();
        let place = match problems(one).iter().any(|problem| problem.claim.id == claim.id) {
            true => format!("#p-{}.{}", one.paper.id, claim.id),
            false => format!("#c-{}", anchor(one, judged)),
        };
        let mut item = tag("li").put(tag("a").with("href", &place).text(&speaker.place(one.paper, claim)));
        if let Some(phrase) = &claim.phrase {
            item = item.text(", ").put(tag("q").with("lang", paper).text(phrase));
        }
        let printed = tag("b").with("lang", paper).text(&claim.printed);
        let item = item.text(&format!(". {}: ", self.word(words::PRINTED))).put(printed);
        match number.and_then(|reading| speaker.derived(judged, reading)) {
            Some(derived) => {
                let label = self.word(words::DERIVED).to_lowercase();
                item.text(&format!(", {label}: ")).put(said("b", &derived)).into()
            }
            None => item.text(&format!(" – {}", self.word(judged.words()))).into(),
        }
    }

    fn paper(&mut self, one: &Verified) {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        let id = &one.paper.id;
        self.head(2, id, one.paper.title(speaker.code()));
        let edition = speaker.fill(words::EDITION, &[("edition", one.bench.name.clone())]);
        let source = one.paper.entry.source.as_deref().filter(|url| is_harmless(url));
        let mut note = classed("p", "note").text(&edition);
        if let Some(url) = source {
            note = note.text(" ").put(tag("a").with("href", url).text(url));
        }
        self.put(note);
        let heading = |writer: &mut Writer, part: &str, text: Word| {
            let id = format!("{id}-{part}");
            writer.head(3, &id, speaker.say(text));
            id
        };
        let chosen: Vec<&Judged> = one.judged.iter().filter(|judged| judged.claim.headline).collect();
        let name = heading(self, "headline", words::HEADLINE);
        self.rows(&name, &chosen, one, Rows::Headline);
        let problems = problems(one);
        let name = heading(self, "problems", words::PROBLEMS);
        if problems.is_empty() {
            self.put(said("p", self.word(no_problems(one))));
        } else {
            self.rows(&name, &problems, one, Rows::Problems);
        }
        for (stake, text) in [(Stake::Endless, words::UNFALSIFIABLE), (Stake::Far, words::FAR)] {
            let such: Vec<&Judged> = one.judged.iter().filter(|judged| judged.stake == stake).collect();
            if !such.is_empty() {
                let said_of_all = speaker.fill(text, &[("count", such.len().to_string())]);
                self.put(said("p", &said_of_all));
                self.put(tag("ul").all(such.iter().map(|judged| self.item(judged, one, &speaker))));
            }
        }
        let contested: Vec<&Judged> = one.judged.iter().filter(|judged| judged.is_contested()).collect();
        if !contested.is_empty() {
            let name = heading(self, "contested", words::CONTESTED);
            self.put(said("p", self.word(words::CONTESTED_LEAD)));
            self.rows(&name, &contested, one, Rows::Contested);
        }
        heading(self, "reply", words::REPLY);
        let whole = speaker.fill(words::REPLY_WHOLE, &[("file", one.paper.file())]);
        self.reply(one.paper.entry.reply.as_ref().map(|reply| speaker.pick(reply)), &whole);
        let name = heading(self, "all", words::EVERYTHING);
        let prose: Vec<&Judged> = one.judged.iter().filter(|judged| judged.claim.cell.is_none()).collect();
        self.rows(&name, &prose, one, Rows::All);
        if !one.paper.tables.is_empty() {
            heading(self, "tables", words::TABLES);
            self.put(said("p", self.word(words::TABLE_LEAD)));
        }
        for table in &one.paper.tables {
            self.table(one, table);
        }
        heading(self, "rounding", words::ROUNDING);
        self.rounding(one, &speaker);
        let name = heading(self, "excluded", words::EXCLUDED);
        self.excluded(one, &speaker, &name);
    }

    fn rows(&mut self, name: &str, judged: &[&Judged], one: &Verified, rows: Rows) {
        let heads = [words::PLACE, words::PRINTED, words::DERIVED, words::VERDICT, words::EXPLANATION];
        let mut lines = Html::default();
        for judged in judged {
            lines.put(self.row(judged, one, rows));
            lines.line();
        }
        self.table_of(name, &heads, lines);
    }

    fn row(&self, judged: &Judged, one: &Verified, rows: Rows) -> Html {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        let claim = judged.claim;
        let paper = one.paper.language();
        let mut place = tag("th").with("scope", "row").text(&speaker.place(one.paper, claim));
        if let Some(phrase) = &claim.phrase {
            place = place.put(tag("br").void()).put(tag("q").with("lang", paper).text(phrase));
        }
        let cell = |head: Word| tag("td").with("data-label", self.word(head));
        let derived = judged.first().and_then(|reading| speaker.derived(judged, reading));
        let mut verdict = cell(words::VERDICT).put(said("b", self.word(judged.words())));
        if judged.accepted().is_some() {
            verdict = verdict.put(tag("br").void()).put(said("small", self.word(words::KNOWN)));
        }
        let number = claim.number();
        let value = number.as_ref().map(|printed| (&printed.value, printed.decimals as usize));
        let printed = cell(words::PRINTED);
        let printed = match (&number, speaker.unit_after(claim.measure(), value)) {
            // A word stays in the language of the paper.
            (None, _) => printed.put(tag("span").with("lang", paper).text(&claim.printed)),
            (_, unit) if unit.starts_with(['%', '‰']) => printed.text(&format!("{}{unit}", claim.printed)),
            (_, unit) => printed.text(format!("{} {unit}", claim.printed).trim_end()),
        };
        let id = match (rows, claim.cell.is_some()) {
            (Rows::Problems, _) => Some(format!("p-{}.{}", one.paper.id, claim.id)),
            (Rows::All, false) => Some(format!("c-{}", anchor(one, judged))),
            _ => None,
        };
        tag("tr")
            .maybe("id", id.as_deref())
            .with("class", judged.verdict.name())
            .put(place)
            .put(printed)
            .put(cell(words::DERIVED).text(derived.as_deref().unwrap_or("–")))
            .put(verdict)
            .put(cell(words::EXPLANATION).put(self.explanation(judged, one, rows, &speaker)))
            .into()
    }

    /// Explains a verdict, leads to its derivation, and tells what the authors answered or where they can.
    fn explanation(&self, judged: &Judged, one: &Verified, rows: Rows, speaker: &Speaker) -> Html {
        let claim = judged.claim;
        let mut explanation = Html::default();
        explanation.text(&format!("{} ", speaker.explain(judged)));
        let way = format!("derivations.html#{}", anchor(one, judged));
        explanation.put(classed("a", "way").with("href", &way).text(self.word(words::DERIVATION)));
        if let Some(reply) = &claim.reply {
            let reply = format!("{}: {}", self.word(words::REPLY), speaker.pick(reply));
            explanation.put(classed("div", "reply").put(said("i", &reply)));
        } else if rows == Rows::Problems && claim.cell.is_none() {
            explanation.put(tag("br").void());
            explanation.put(said("small", &speaker.fill(words::REPLY_ENTRY, &[("id", claim.id.clone())])));
        }
        explanation
    }

    fn reply(&mut self, reply: Option<&str>, key: &str) {
        let empty = self.word(words::REPLY_EMPTY);
        self.put(match reply {
            Some(reply) => classed("div", "reply").text(reply),
            None => classed("div", "reply open").text(&format!("{empty} {key}")),
        });
    }

    fn table(&mut self, one: &Verified, table: &TableEntry) {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        let of_table = |judged: &&Judged| judged.claim.cell.as_ref().is_some_and(|cell| cell.table == table.id);
        let cells: Vec<&Judged> = one.judged.iter().filter(of_table).collect();
        let confirmed = cells.iter().filter(|judged| judged.verdict == Verdict::Confirmed).count();
        let counts = speaker
            .fill(words::TABLE_COUNTS, &[("all", cells.len().to_string()), ("confirmed", confirmed.to_string())]);
        let place = speaker.spelled(one.paper, &table.place);
        let id = format!("{}.{}", one.paper.id, table.id);
        let head = |column: &String| {
            let link = tag("a").with("href", &format!("derivations.html#{id}.{column}"));
            tag("th").with("scope", "col").put(link.text(&speaker.label(column, table)))
        };
        let mut body = Html::default();
        for (row, texts) in &table.rows {
            let cell = |(column, text): (&String, &String)| {
                let found = cells.iter().find(|judged| {
                    judged.claim.cell.as_ref().is_some_and(|cell| cell.row == *row && cell.column == *column)
                });
                match found {
                    Some(judged) if judged.verdict != Verdict::Confirmed => {
                        let verdict = said("small", self.word(judged.words()));
                        classed("td", judged.verdict.name()).text(text).put(tag("br").void()).put(verdict)
                    }
                    _ => tag("td").text(text),
                }
            };
            let name = tag("th").with("scope", "row").text(&speaker.label(row, table));
            body.put(tag("tr").put(name).all(table.columns.iter().zip(texts).map(cell)));
            body.line();
        }
        let heads = tag("tr").put(tag("td")).all(table.columns.iter().map(head));
        let caption = tag("caption").with("id", &id).text(&format!("{place}. {counts}"));
        let whole = tag("table").put(caption).put(tag("thead").put(heads)).put(tag("tbody").put(body));
        let open = scroll("scroll").with("aria-labelledby", &id);
        let letters = |text: &str| text.chars().count();
        let word = |text: String| text.split_whitespace().map(letters).max().unwrap_or(0);
        let stubs = table.rows.keys().map(|row| letters(&speaker.label(row, table)).min(16)).max().unwrap_or(0);
        let columns = table.columns.iter().enumerate().map(|(at, column)| {
            let cells = table.rows.values().filter_map(|texts| texts.get(at)).map(|text| letters(text));
            2 + cells.chain([word(speaker.label(column, table))]).max().unwrap_or(0)
        });
        let class = format!("exhibit table{}", sheet(stubs + columns.sum::<usize>()));
        self.put(classed("div", &class).put(open.put(whole)));
    }

    fn rounding(&mut self, one: &Verified, speaker: &Speaker) {
        let Some(rounding) = &one.summary.rounding else {
            self.put(said("p", self.word(words::ROUNDING_HIDDEN)));
            return;
        };
        let found = speaker.fill(
            words::ROUNDING_IS,
            &[
                ("of", rounding.of.to_string()),
                ("mode", speaker.mode(rounding.mode).to_owned()),
                ("fits", rounding.fits.to_string()),
            ],
        );
        self.put(said("p", &found));
        if rounding.outliers.is_empty() {
            return;
        }
        self.put(said("p", self.word(words::ROUNDING_OUTLIERS)));
        let items = rounding.outliers.iter().map(|(id, mode)| {
            let printed = one.judged.iter().find(|judged| judged.claim.id == *id).map(|judged| judged.claim);
            let text = printed
                .map(|claim| format!("{} ({})", claim.printed, speaker.place(one.paper, claim)))
                .unwrap_or_default();
            said("li", &format!("{text}: {}", speaker.mode(*mode)))
        });
        self.put(tag("ul").all(items));
    }

    fn excluded(&mut self, one: &Verified, speaker: &Speaker, name: &str) {
        let row =
            |name: &str, reason: &str| tag("tr").put(tag("th").with("scope", "row").text(name)).put(said("td", reason));
        let classes = one.paper.excluded.iter();
        let classes = classes.map(|entry| row(speaker.pick(&entry.class), speaker.pick(&entry.reason)));
        let claims = one.paper.claims.iter().filter_map(|claim| {
            let reason = speaker.pick(&claim.excluded.as_ref()?.reason);
            Some(row(&format!("{}: {}", speaker.place(one.paper, claim), claim.printed), reason))
        });
        self.table_of(name, &[words::NUMBERS, words::REASON], classes.chain(claims).collect());
    }

    fn blind_spots(&mut self) {
        self.head(2, "blind-spots", self.language.said(words::BLIND.key()));
        let spots = [words::BLIND_1, words::BLIND_2, words::BLIND_3, words::BLIND_4, words::BLIND_5];
        self.put(tag("ul").all(spots.map(|spot| said("li", self.word(spot)))));
    }
}

/// What is said where no discrepancy is listed: none was found, or nothing was looked at.
fn no_problems(one: &Verified) -> Word {
    if one.summary.class == Class::NotJudged { words::NOTHING_JUDGED } else { words::NO_PROBLEMS }
}

fn class(class: Class) -> Word {
    match class {
        Class::NotJudged => words::CLASS_NONE,
        Class::Fully => words::CLASS_FULLY,
        Class::MinorIssues => words::CLASS_MINOR,
        Class::Partially => words::CLASS_PARTLY,
        Class::NotReproduced => words::CLASS_NOT,
    }
}

/// Lists the discrepancies of a paper by weight.
fn problems<'a>(one: &'a Verified) -> Vec<&'a Judged<'a>> {
    let mut problems: Vec<&Judged> = one.judged.iter().filter(|judged| judged.verdict.is_problem()).collect();
    problems.sort_by_key(|judged| std::cmp::Reverse(judged.weight()));
    problems
}
