//! Verification page: the verdicts on papers as a data editor reports them.

use minijinja::context;

use super::Material;
use super::html::{render, switch};
use super::markup::escape;
use crate::claim::words::{self, Word};
use crate::claim::{CellOf, Class, Judged, Speaker, Stake, TableEntry, Verdict, Verified};
use crate::diagnostic::Diagnostic;
use crate::document::markdown::is_harmless;
use crate::language::Language;

/// So many discrepancies stand in the summary.
const MOST_FIRST: usize = 5;

/// A page that is being written.
pub struct Writer<'a> {
    /// The language.
    pub language: &'a Language,
    verified: &'a [Verified<'a>],
    body: String,
    contents: Vec<(String, String)>,
}

/// Writes the report on all papers in a language.
pub fn report(verified: &[Verified], language: &Language, material: &Material) -> Result<String, Box<Diagnostic>> {
    let mut writer = Writer::new(verified, language);
    writer.summary();
    for one in verified {
        writer.paper(one);
    }
    writer.blind_spots();
    let items = writer.contents.iter().map(|(id, text)| format!("<li><a href=\"#{id}\">{}</a></li>", escape(text)));
    let contents = format!("<ul>{}</ul>", items.collect::<String>());
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
pub fn page(
    writer: &Writer,
    (kind, title, file): (&str, Word, &str),
    contents: &str,
    material: &Material,
) -> Result<String, Box<Diagnostic>> {
    let lang = writer.language.lang();
    let values = context! {
        kind => kind, title => writer.language.said(title.key()), subtitle => material.title(lang), body => writer.body.clone(),
        contents => contents, languages => switch(lang, file, material), root => "../..",
    };
    render(material, writer.language, values)
}

/// Returns the id under which a claim stands on the page of derivations; cells share the one of their column.
pub fn anchor(one: &Verified, judged: &Judged) -> String {
    match &judged.claim.cell {
        Some(CellOf { table, column, .. }) => escape(&format!("{}.{table}.{column}", one.paper.id)),
        None => escape(&format!("{}.{}", one.paper.id, judged.claim.id)),
    }
}

impl<'a> Writer<'a> {
    /// Starts an empty page.
    pub fn new(verified: &'a [Verified<'a>], language: &'a Language) -> Writer<'a> {
        Writer { verified, language, body: String::new(), contents: Vec::new() }
    }

    /// Adds to the page.
    pub fn put(&mut self, html: &str) {
        self.body.push_str(html);
    }

    /// Returns a text of the checker's own, escaped.
    pub fn word(&self, text: Word) -> String {
        escape(self.language.said(text.key()))
    }

    /// Adds a heading; one of the second level stands in the contents.
    pub fn head(&mut self, level: u8, id: &str, text: &str) {
        let id = escape(id);
        if level == 2 {
            self.contents.push((id.clone(), text.to_owned()));
        }
        self.put(&format!("<div class=\"head h{level}\"><h{level} id=\"{id}\">{}</h{level}></div>", escape(text)));
    }

    fn open_table(&mut self, name: &str, heads: &[Word]) {
        let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", self.word(*head))).collect();
        self.put(&format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"{name}\"><table class=\"verdicts\" \
             aria-labelledby=\"{name}\" data-all=\"{}\" data-verdict=\"{}\"><thead><tr>{heads}</tr></thead><tbody>",
            self.word(words::ALL),
            self.word(words::VERDICT)
        ));
    }

    fn close_table(&mut self) {
        self.put("</tbody></table></div>\n");
    }

    fn summary(&mut self) {
        self.put(&format!("<p>{}</p>", self.word(words::LEAD)));
        self.head(2, "summary", self.language.said(words::SUMMARY.key()));
        let columns = Verdict::ALL.map(Verdict::words);
        let mut heads = vec![words::PAPER, words::COUNT_ALL];
        heads.extend(columns);
        self.open_table("summary", &heads);
        for one in self.verified {
            self.counts(one);
        }
        self.close_table();
        self.put(&format!(
            "<p class=\"note\">{}</p><p class=\"files\">{}: <a href=\"../verification.json\">verification.json</a> \
             <a href=\"../../verification.schema.json\">verification.schema.json</a></p>",
            self.word(words::CLASS_RULE),
            self.word(words::FILES)
        ));
        self.first();
    }

    /// Counts the verdicts of a paper: all, those that carry the conclusions, of the text and of the tables.
    fn counts(&mut self, one: &Verified) {
        let code = self.language.lang().code();
        let title = escape(one.paper.title(code));
        let whole = format!(
            "<a href=\"#{}\">{title}</a>: <b>{}</b>",
            escape(&one.paper.id),
            self.word(class(one.summary.class))
        );
        let counted = &one.summary;
        let lines = [
            (whole, counted.counts),
            (self.word(words::OF_HEADLINE), counted.headline),
            (self.word(words::OF_TEXT), counted.text),
            (self.word(words::OF_TABLES), counted.cells),
            (self.word(words::OF_CHECKS), counted.checks),
        ];
        for (at, (head, counts)) in lines.into_iter().enumerate() {
            let all: usize = counts.iter().sum();
            if all == 0 {
                continue;
            }
            let part = if at > 0 { " class=\"part\"" } else { "" };
            let mut html = format!("<tr{part}><th scope=\"row\">{head}</th>");
            html.push_str(&format!("<td data-label=\"{}\">{all}</td>", self.word(words::COUNT_ALL)));
            for (verdict, n) in Verdict::ALL.into_iter().zip(counts) {
                let zero = if n == 0 { " class=\"zero\"" } else { "" };
                html.push_str(&format!("<td{zero} data-label=\"{}\">{n}</td>", self.word(verdict.words())));
            }
            self.put(&(html + "</tr>"));
        }
    }

    /// Names what to look at first in each paper, and where to answer.
    fn first(&mut self) {
        for one in self.verified {
            let speaker = Speaker { language: self.language, edition: &one.bench };
            let id = escape(&one.paper.id);
            let problems = problems(one);
            let title = escape(one.paper.title(speaker.code()));
            let mut answer = format!("<a href=\"#{id}-reply\">{}</a>", self.word(words::REPLY));
            if one.summary.contested > 0 {
                let said = speaker.fill(words::ALL_CONTESTED, &[("count", one.summary.contested.to_string())]);
                answer = format!("<a href=\"#{id}-contested\">{}</a> {answer}", escape(&said));
            }
            if problems.is_empty() {
                self.put(&format!("<p>{title}: {} {answer}</p>", self.word(no_problems(one))));
                continue;
            }
            let items: String =
                problems.iter().take(MOST_FIRST).map(|judged| self.item(judged, one, &speaker)).collect();
            let head = speaker.fill(words::FIRST, &[("title", one.paper.title(speaker.code()).to_owned())]);
            self.head(3, &format!("{}-first", one.paper.id), &head);
            self.put(&format!(
                "<ol>{items}</ol><p class=\"files\"><a href=\"#{id}-problems\">{}</a> {answer}</p>",
                escape(&speaker.fill(words::ALL_PROBLEMS, &[("count", problems.len().to_string())])),
            ));
        }
    }

    fn item(&self, judged: &Judged, one: &Verified, speaker: &Speaker) -> String {
        let claim = judged.claim;
        let number = claim.number().and_then(|_| judged.first()).filter(|reading| reading.value.amount().is_some());
        let end = match number.and_then(|reading| speaker.derived(judged, reading)) {
            Some(derived) => format!(", {}: <b>{}</b>", self.word(words::DERIVED).to_lowercase(), escape(&derived)),
            None => format!(" – {}", self.word(judged.verdict.words())),
        };
        let paper = escape(one.paper.language());
        let phrase = claim.phrase.as_ref().map(|phrase| format!(", <q lang=\"{paper}\">{}</q>", escape(phrase)));
        format!(
            "<li><a href=\"#{}\">{}</a>{}. {}: <b lang=\"{paper}\">{}</b>{end}</li>",
            match problems(one).iter().any(|problem| problem.claim.id == claim.id) {
                true => format!("p-{}", escape(&format!("{}.{}", one.paper.id, claim.id))),
                false => format!("c-{}", anchor(one, judged)),
            },
            escape(&speaker.place(one.paper, claim)),
            phrase.unwrap_or_default(),
            self.word(words::PRINTED),
            escape(&claim.printed),
        )
    }

    fn paper(&mut self, one: &Verified) {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        let id = &one.paper.id;
        self.head(2, id, one.paper.title(speaker.code()));
        let edition = speaker.fill(words::EDITION, &[("edition", one.bench.name.clone())]);
        let source = one.paper.entry.source.as_deref().filter(|url| is_harmless(url));
        let source = source.map(|url| format!(" <a href=\"{0}\">{0}</a>", escape(url)));
        self.put(&format!("<p class=\"note\">{}{}</p>", escape(&edition), source.unwrap_or_default()));
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
            self.put(&format!("<p>{}</p>", self.word(no_problems(one))));
        } else {
            self.rows(&name, &problems, one, Rows::Problems);
        }
        for (stake, text) in [(Stake::Endless, words::UNFALSIFIABLE), (Stake::Far, words::FAR)] {
            let such: Vec<&Judged> = one.judged.iter().filter(|judged| judged.stake == stake).collect();
            if !such.is_empty() {
                let items: String = such.iter().map(|judged| self.item(judged, one, &speaker)).collect();
                let said = speaker.fill(text, &[("count", such.len().to_string())]);
                self.put(&format!("<p>{}</p><ul>{items}</ul>", escape(&said)));
            }
        }
        let contested: Vec<&Judged> = one.judged.iter().filter(|judged| judged.is_contested()).collect();
        if !contested.is_empty() {
            let name = heading(self, "contested", words::CONTESTED);
            self.put(&format!("<p>{}</p>", self.word(words::CONTESTED_LEAD)));
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
            self.put(&format!("<p>{}</p>", self.word(words::TABLE_LEAD)));
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
        self.open_table(name, &heads);
        for judged in judged {
            let row = self.row(judged, one, rows);
            self.put(&row);
        }
        self.close_table();
    }

    fn row(&self, judged: &Judged, one: &Verified, rows: Rows) -> String {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        let claim = judged.claim;
        let quote =
            |phrase: &String| format!("<br><q lang=\"{}\">{}</q>", escape(one.paper.language()), escape(phrase));
        let phrase = claim.phrase.as_ref().map(quote).unwrap_or_default();
        let derived = judged.first().and_then(|reading| speaker.derived(judged, reading));
        let mut explanation = escape(&speaker.explain(judged));
        let known = judged.accepted().is_some();
        let known = if known { format!("<br><small>{}</small>", self.word(words::KNOWN)) } else { String::new() };
        explanation.push_str(&format!(
            " <a class=\"way\" href=\"derivations.html#{}\">{}</a>",
            anchor(one, judged),
            self.word(words::DERIVATION)
        ));
        if let Some(reply) = &claim.reply {
            let (head, reply) = (self.word(words::REPLY), escape(speaker.pick(reply)));
            explanation.push_str(&format!("<div class=\"reply\"><i>{head}: {reply}</i></div>"));
        } else if rows == Rows::Problems && claim.cell.is_none() {
            let entry = speaker.fill(words::REPLY_ENTRY, &[("id", claim.id.clone())]);
            explanation.push_str(&format!("<br><small>{}</small>", escape(&entry)));
        }
        let place = format!("{}{phrase}", escape(&speaker.place(one.paper, claim)));
        let cell = |head: Word, text: &str| format!("<td data-label=\"{}\">{text}</td>", self.word(head));
        let number = claim.number();
        let value = number.as_ref().map(|printed| (&printed.value, printed.decimals as usize));
        let printed = match (&number, speaker.unit_after(claim.measure(), value)) {
            // A word stays in the language of the paper.
            (None, _) => format!("<span lang=\"{}\">{}</span>", escape(one.paper.language()), escape(&claim.printed)),
            (_, unit) if unit.starts_with(['%', '‰']) => escape(&format!("{}{unit}", claim.printed)),
            (_, unit) => escape(&format!("{} {unit}", claim.printed)),
        };
        let id = match (rows, claim.cell.is_some()) {
            (Rows::Problems, _) => format!(" id=\"p-{}\"", escape(&format!("{}.{}", one.paper.id, claim.id))),
            (Rows::All, false) => format!(" id=\"c-{}\"", anchor(one, judged)),
            _ => String::new(),
        };
        [
            format!("<tr{id} class=\"{}\"><th scope=\"row\">{place}</th>", judged.verdict.name()),
            cell(words::PRINTED, printed.trim_end()),
            cell(words::DERIVED, &escape(&derived.unwrap_or_else(|| "–".to_owned()))),
            cell(words::VERDICT, &format!("<b>{}</b>{known}", self.word(judged.verdict.words()))),
            cell(words::EXPLANATION, &explanation),
            "</tr>\n".to_owned(),
        ]
        .concat()
    }

    fn reply(&mut self, reply: Option<&str>, key: &str) {
        let text = escape(reply.unwrap_or(self.language.said(words::REPLY_EMPTY.key())));
        let key = if reply.is_some() { String::new() } else { format!(" {}", escape(key)) };
        let area = if reply.is_some() { "reply" } else { "reply open" };
        self.put(&format!("<div class=\"{area}\">{text}{key}</div>"));
    }

    fn table(&mut self, one: &Verified, table: &TableEntry) {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        let of_table = |judged: &&Judged| judged.claim.cell.as_ref().is_some_and(|cell| cell.table == table.id);
        let cells: Vec<&Judged> = one.judged.iter().filter(of_table).collect();
        let confirmed = cells.iter().filter(|judged| judged.verdict == Verdict::Confirmed).count();
        let counts = speaker
            .fill(words::TABLE_COUNTS, &[("all", cells.len().to_string()), ("confirmed", confirmed.to_string())]);
        let place = one.paper.spell(&table.place, speaker.code()).unwrap_or_else(|| table.place.clone());
        let id = escape(&format!("{}.{}", one.paper.id, table.id));
        self.put(&format!(
            "<div class=\"exhibit table wide\"><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"{id}\"><table>\
             <caption id=\"{id}\">{}. {}</caption><thead><tr><td></td>",
            escape(&place),
            escape(&counts)
        ));
        for column in &table.columns {
            let (label, column) = (escape(&speaker.label(column, table)), escape(column));
            self.put(&format!("<th scope=\"col\"><a href=\"derivations.html#{id}.{column}\">{label}</a></th>"));
        }
        self.put("</tr></thead><tbody>");
        for (row, texts) in &table.rows {
            self.put(&format!("<tr><th scope=\"row\">{}</th>", escape(&speaker.label(row, table))));
            for (column, text) in table.columns.iter().zip(texts) {
                let found = cells.iter().find(|judged| {
                    judged.claim.cell.as_ref().is_some_and(|cell| cell.row == *row && cell.column == *column)
                });
                let cell = match found {
                    Some(judged) if judged.verdict != Verdict::Confirmed => format!(
                        "<td class=\"{}\">{}<br><small>{}</small></td>",
                        judged.verdict.name(),
                        escape(text),
                        self.word(judged.verdict.words())
                    ),
                    _ => format!("<td>{}</td>", escape(text)),
                };
                self.put(&cell);
            }
            self.put("</tr>\n");
        }
        self.put("</tbody></table></div></div>");
    }

    fn rounding(&mut self, one: &Verified, speaker: &Speaker) {
        let Some(rounding) = &one.summary.rounding else {
            self.put(&format!("<p>{}</p>", self.word(words::ROUNDING_HIDDEN)));
            return;
        };
        let said = speaker.fill(
            words::ROUNDING_IS,
            &[
                ("of", rounding.of.to_string()),
                ("mode", speaker.mode(rounding.mode).to_owned()),
                ("fits", rounding.fits.to_string()),
            ],
        );
        self.put(&format!("<p>{}</p>", escape(&said)));
        if rounding.outliers.is_empty() {
            return;
        }
        self.put(&format!("<p>{}</p><ul>", self.word(words::ROUNDING_OUTLIERS)));
        for (id, mode) in &rounding.outliers {
            let printed = one.judged.iter().find(|judged| judged.claim.id == *id).map(|judged| judged.claim);
            let text = printed
                .map(|claim| format!("{} ({})", claim.printed, speaker.place(one.paper, claim)))
                .unwrap_or_default();
            self.put(&format!("<li>{}: {}</li>", escape(&text), escape(speaker.mode(*mode))));
        }
        self.put("</ul>");
    }

    fn excluded(&mut self, one: &Verified, speaker: &Speaker, name: &str) {
        self.open_table(name, &[words::NUMBERS, words::REASON]);
        for entry in &one.paper.excluded {
            let (class, reason) = (escape(speaker.pick(&entry.class)), escape(speaker.pick(&entry.reason)));
            self.put(&format!("<tr><th scope=\"row\">{class}</th><td>{reason}</td></tr>"));
        }
        for claim in &one.paper.claims {
            if let Some(excluded) = &claim.excluded {
                self.put(&format!(
                    "<tr><th scope=\"row\">{}: {}</th><td>{}</td></tr>",
                    escape(&speaker.place(one.paper, claim)),
                    escape(&claim.printed),
                    escape(speaker.pick(&excluded.reason))
                ));
            }
        }
        self.close_table();
    }

    fn blind_spots(&mut self) {
        self.head(2, "blind-spots", self.language.said(words::BLIND.key()));
        let spots = [words::BLIND_1, words::BLIND_2, words::BLIND_3, words::BLIND_4, words::BLIND_5];
        let items: String = spots.iter().map(|spot| format!("<li>{}</li>", self.word(*spot))).collect();
        self.put(&format!("<ul>{items}</ul>"));
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
