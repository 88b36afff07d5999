//! Verification page: the verdicts on papers as a data editor reports them, and how each number was derived.

use minijinja::context;

use super::Material;
use super::html::{escape, render, switch};
use super::trace::trace;
use crate::claim::words::{self, Bilingual};
use crate::claim::{CellOf, Class, Judged, Speaker, TableEntry, Verdict, Verified};
use crate::diagnostic::Diagnostic;
use crate::finding::CellRef;
use crate::language::Language;

/// More steps of a derivation than this are for `esep trace`.
const MOST_STEPS: usize = 60;

/// A page that is being written.
struct Writer<'a> {
    verified: &'a [Verified<'a>],
    language: &'a Language,
    body: String,
    contents: Vec<(String, String)>,
}

/// Writes the report on all papers in a language.
pub fn report(verified: &[Verified], language: &Language, material: &Material) -> Result<String, Box<Diagnostic>> {
    let mut writer = Writer { verified, language, body: String::new(), contents: Vec::new() };
    writer.summary();
    for one in verified {
        writer.paper(one);
    }
    writer.blind_spots();
    let items = writer.contents.iter().map(|(id, text)| format!("<li><a href=\"#{id}\">{}</a></li>", escape(text)));
    let contents = format!("<ul>{}</ul>", items.collect::<String>());
    page(&writer, ("verification", words::TITLE, "index.html"), &contents, material)
}

/// Writes the page on which each number is followed to its source rows.
pub fn derivations(verified: &[Verified], language: &Language, material: &Material) -> Result<String, Box<Diagnostic>> {
    let mut writer = Writer { verified, language, body: String::new(), contents: Vec::new() };
    writer.put(&format!("<p>{}</p>", writer.word(words::DERIVATIONS_LEAD)));
    for one in verified {
        for table in &one.paper.tables {
            writer.columns(one, table);
        }
        for judged in one.judged.iter().filter(|judged| judged.claim.cell.is_none()) {
            writer.derivation(one, judged, material);
        }
    }
    page(&writer, ("numbers", words::DERIVATIONS, "derivations.html"), "", material)
}

fn page(
    writer: &Writer,
    (kind, title, file): (&str, Bilingual, &str),
    contents: &str,
    material: &Material,
) -> Result<String, Box<Diagnostic>> {
    let lang = writer.language.lang();
    let values = context! {
        kind => kind, title => title.pick(lang.code()), subtitle => material.title(lang), body => writer.body.clone(),
        contents => contents, languages => switch(lang, file, material), root => "../..",
    };
    render(material, writer.language, values)
}

/// Returns the id under which a claim stands on the page of derivations; cells share the one of their column.
fn anchor(one: &Verified, judged: &Judged) -> String {
    match &judged.claim.cell {
        Some(CellOf { table, column, .. }) => format!("{}.{table}.{column}", one.paper.id),
        None => format!("{}.{}", one.paper.id, judged.claim.id),
    }
}

impl Writer<'_> {
    fn put(&mut self, html: &str) {
        self.body.push_str(html);
    }

    fn word(&self, text: Bilingual) -> String {
        escape(text.pick(self.language.lang().code()))
    }

    fn head(&mut self, level: u8, id: &str, text: &str) {
        if level == 2 {
            self.contents.push((id.to_owned(), text.to_owned()));
        }
        self.put(&format!("<div class=\"head h{level}\"><h{level} id=\"{id}\">{}</h{level}></div>", escape(text)));
    }

    fn open_table(&mut self, name: &str, heads: &[Bilingual]) {
        let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", self.word(*head))).collect();
        self.put(&format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"{name}\"><table class=\"verdicts\" \
             aria-labelledby=\"{name}\"><thead><tr>{heads}</tr></thead><tbody>"
        ));
    }

    fn close_table(&mut self) {
        self.put("</tbody></table></div>\n");
    }

    fn summary(&mut self) {
        self.put(&format!("<p>{}</p>", self.word(words::LEAD)));
        self.head(2, "summary", words::SUMMARY.pick(self.language.lang().code()));
        let columns = Verdict::ALL.map(Verdict::words);
        let mut heads = vec![words::PAPER, words::CLASSIFICATION, words::COUNT_ALL];
        heads.extend(columns);
        self.open_table("summary", &heads);
        for one in self.verified {
            let speaker = Speaker { language: self.language, edition: &one.bench };
            let class = self.word(class(one.summary.class));
            let label = |head: Bilingual| self.word(head);
            let counts = Verdict::ALL.iter().zip(one.summary.counts);
            let counts = counts.map(|(verdict, n)| format!("<td data-label=\"{}\">{n}</td>", label(verdict.words())));
            let counts: String = counts.collect();
            let title = escape(one.paper.title(speaker.code()));
            let all: usize = one.summary.counts.iter().sum();
            self.put(&format!(
                "<tr><th scope=\"row\"><a href=\"#{}\">{title}</a></th><td data-label=\"{}\"><b>{class}</b></td>\
                 <td data-label=\"{}\">{all}</td>{counts}</tr>",
                one.paper.id,
                label(words::CLASSIFICATION),
                label(words::COUNT_ALL)
            ));
        }
        self.close_table();
        self.put(&format!(
            "<p class=\"note\">{}</p><p class=\"files\">{}: <a href=\"../verification.json\">verification.json</a> \
             <a href=\"../../verification.schema.json\">verification.schema.json</a></p>",
            self.word(words::CLASS_RULE),
            self.word(words::FILES)
        ));
    }

    fn paper(&mut self, one: &Verified) {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        let id = &one.paper.id;
        self.head(2, id, one.paper.title(speaker.code()));
        let edition = speaker.fill(words::EDITION, &[("edition", one.bench.name.clone())]);
        let source = one.paper.entry.source.as_deref().map(|url| format!(" <a href=\"{0}\">{0}</a>", escape(url)));
        self.put(&format!("<p class=\"note\">{}{}</p>", escape(&edition), source.unwrap_or_default()));
        let whole = speaker.fill(words::REPLY_WHOLE, &[("file", one.paper.file())]);
        self.reply(one.paper.entry.reply.as_ref().map(|reply| speaker.pick(reply)), &whole);
        let heading = |writer: &mut Writer, part: &str, text: Bilingual| {
            let id = format!("{id}-{part}");
            writer.head(3, &id, text.pick(speaker.code()));
            id
        };
        let chosen: Vec<&Judged> = one.judged.iter().filter(|judged| judged.claim.headline).collect();
        let name = heading(self, "headline", words::HEADLINE);
        self.rows(&name, &chosen, one, false);
        let mut problems: Vec<&Judged> = one.judged.iter().filter(|judged| judged.verdict.is_problem()).collect();
        // By weight: what carries the conclusions, then what is not explained, then the farther off.
        problems.sort_by_key(|judged| std::cmp::Reverse(judged.weight()));
        let name = heading(self, "problems", words::PROBLEMS);
        if problems.is_empty() {
            self.put(&format!("<p>{}</p>", self.word(words::NO_PROBLEMS)));
        } else {
            self.rows(&name, &problems, one, true);
        }
        let name = heading(self, "all", words::EVERYTHING);
        let prose: Vec<&Judged> = one.judged.iter().filter(|judged| judged.claim.cell.is_none()).collect();
        self.rows(&name, &prose, one, false);
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

    fn rows(&mut self, name: &str, judged: &[&Judged], one: &Verified, reply: bool) {
        let heads = [words::PLACE, words::PRINTED, words::DERIVED, words::VERDICT, words::EXPLANATION];
        self.open_table(name, &heads);
        for judged in judged {
            let row = self.row(judged, one, reply);
            self.put(&row);
        }
        self.close_table();
    }

    fn row(&self, judged: &Judged, one: &Verified, reply: bool) -> String {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        let claim = judged.claim;
        let quote = |phrase: &String| format!("<br><q lang=\"{}\">{}</q>", one.paper.language(), escape(phrase));
        let phrase = claim.phrase.as_ref().map(quote).unwrap_or_default();
        let derived = judged.first().and_then(|reading| speaker.derived(judged, reading));
        let mut explanation = escape(&speaker.explain(judged));
        for more in speaker.more(judged) {
            explanation.push_str(&format!(" <small>{}</small>", escape(&more)));
        }
        if let Some(slack) = speaker.slack(judged) {
            explanation.push_str(&format!(" <small>{}</small>", escape(&slack)));
        }
        let known = judged.accepted().is_some();
        let known = if known { format!("<br><small>{}</small>", self.word(words::KNOWN)) } else { String::new() };
        explanation.push_str(&format!(
            " <a href=\"derivations.html#{}\">{}</a>",
            anchor(one, judged),
            self.word(words::DERIVATION)
        ));
        if reply || claim.reply.is_some() {
            let text =
                claim.reply.as_ref().map_or(words::REPLY_EMPTY.pick(speaker.code()), |reply| speaker.pick(reply));
            let file = [("id", claim.id.clone()), ("file", one.paper.file())];
            let entry = if claim.cell.is_some() { words::REPLY_WHOLE } else { words::REPLY_WHERE };
            let key = escape(&speaker.fill(entry, &file));
            let key = if claim.reply.is_some() { String::new() } else { format!(" <small>{key}</small>") };
            explanation.push_str(&format!(
                "<div class=\"reply\"><i>{}: {}</i>{key}</div>",
                self.word(words::REPLY),
                escape(text)
            ));
        }
        let place = format!("{}{phrase}", escape(&speaker.place(one.paper, claim)));
        let cell = |head: Bilingual, text: &str| format!("<td data-label=\"{}\">{text}</td>", self.word(head));
        let printed = match speaker.unit_after(&claim.printed, claim.measure()) {
            unit if unit.starts_with(['%', '‰']) => format!("{}{unit}", claim.printed),
            unit => format!("{} {unit}", claim.printed),
        };
        [
            format!("<tr class=\"{}\"><th scope=\"row\">{place}</th>", judged.verdict.name()),
            cell(words::PRINTED, escape(&printed).trim_end()),
            cell(words::DERIVED, &escape(&derived.unwrap_or_else(|| "–".to_owned()))),
            cell(words::VERDICT, &format!("<b>{}</b>{known}", self.word(judged.verdict.words()))),
            cell(words::EXPLANATION, &explanation),
            "</tr>\n".to_owned(),
        ]
        .concat()
    }

    fn reply(&mut self, reply: Option<&str>, key: &str) {
        let text = escape(reply.unwrap_or(words::REPLY_EMPTY.pick(self.language.lang().code())));
        let key = if reply.is_some() { String::new() } else { format!(" <small>{}</small>", escape(key)) };
        self.put(&format!("<div class=\"reply\"><i>{}: {text}</i>{key}</div>", self.word(words::REPLY)));
    }

    fn table(&mut self, one: &Verified, table: &TableEntry) {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        let of_table = |judged: &&Judged| judged.claim.cell.as_ref().is_some_and(|cell| cell.table == table.id);
        let cells: Vec<&Judged> = one.judged.iter().filter(of_table).collect();
        let confirmed = cells.iter().filter(|judged| judged.verdict == Verdict::Confirmed).count();
        let counts = speaker
            .fill(words::TABLE_COUNTS, &[("all", cells.len().to_string()), ("confirmed", confirmed.to_string())]);
        let place = one.paper.spell(&table.place, speaker.code()).unwrap_or_else(|| table.place.clone());
        let id = format!("{}.{}", one.paper.id, table.id);
        self.put(&format!(
            "<div class=\"exhibit table wide\"><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"{id}\"><table>\
             <caption id=\"{id}\">{}. {}</caption><thead><tr><td></td>",
            escape(&place),
            escape(&counts)
        ));
        for column in &table.columns {
            let label = escape(&speaker.label(column, table));
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
        self.head(2, "blind-spots", words::BLIND.pick(self.language.lang().code()));
        let spots = [words::BLIND_1, words::BLIND_2, words::BLIND_3, words::BLIND_4, words::BLIND_5];
        let items: String = spots.iter().map(|spot| format!("<li>{}</li>", self.word(*spot))).collect();
        self.put(&format!("<ul>{items}</ul>"));
    }

    /// Shows the rows of each column of a table, which is what its cells rest on.
    fn columns(&mut self, one: &Verified, table: &TableEntry) {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        for column in &table.columns {
            let rows: Vec<(&str, &str)> =
                table.cells().filter(|(_, at, _)| at == column).map(|(row, _, text)| (row, text)).collect();
            self.put(&format!(
                "<section class=\"number\" id=\"{}.{}.{column}\"><h2>{} <code>{}[{column}]</code></h2><ol class=\"trace\">",
                one.paper.id,
                table.id,
                escape(&speaker.label(column, table)),
                table.id,
            ));
            for (row, text) in rows {
                self.put(&format!("<li>{} = <b>{}</b></li>", escape(&speaker.label(row, table)), escape(text)));
            }
            let total = |judged: &&Judged| {
                let cell = judged.claim.cell.as_ref();
                cell.is_some_and(|c| c.table == table.id && c.column == *column && Some(&c.row) == table.total.as_ref())
            };
            if let Some(judged) = one.judged.iter().find(total) {
                for reading in &judged.readings {
                    let derived = speaker.derived(judged, reading).unwrap_or_default();
                    let what = escape(&reading.finding);
                    self.put(&format!("<li><code>{what}</code> = <b>{}</b></li>", escape(&derived)));
                }
                self.put(&format!("<li>{}</li>", escape(&speaker.explain(judged))));
            }
            self.put("</ol></section>\n");
        }
    }

    fn derivation(&mut self, one: &Verified, judged: &Judged, material: &Material) {
        let speaker = Speaker { language: self.language, edition: &one.bench };
        self.put(&format!(
            "<section class=\"number\" id=\"{}\"><h2>{} <code>{}</code></h2><p>{}: {}</p>",
            anchor(one, judged),
            escape(&judged.claim.printed),
            judged.claim.id,
            self.word(judged.verdict.words()),
            escape(&speaker.explain(judged)),
        ));
        for reading in &judged.readings {
            self.put("<ol class=\"trace\">");
            for step in trace(&reading.finding, &one.bench).into_iter().take(MOST_STEPS) {
                let value = step.value.as_ref().map(|v| format!(" = <b>{}</b>", escape(v))).unwrap_or_default();
                let formula = step.formula.as_ref().map(|f| format!(" <i>{}</i>", escape(f))).unwrap_or_default();
                let hash = step.cell.as_ref().map(|cell| hash(cell, material)).unwrap_or_default();
                self.put(&format!(
                    "<li style=\"--depth:{}\"><code>{}</code>{value}{formula}{hash}</li>",
                    step.depth,
                    escape(&step.what)
                ));
            }
            self.put("</ol>");
        }
        self.put("</section>\n");
    }
}

/// Names the beginning of the hash of the file that a cell stands in.
fn hash(cell: &CellRef, material: &Material) -> String {
    let (CellRef::Keyed { path, .. } | CellRef::Sheet { path, .. }) = cell;
    let resource = material.catalog.resources.iter().find(|resource| *resource.file() == **path);
    let hash = resource.map(|resource| &resource.hash[..resource.hash.len().min(23)]);
    hash.map(|hash| format!(" <small>{}</small>", escape(hash))).unwrap_or_default()
}

fn class(class: Class) -> Bilingual {
    match class {
        Class::Fully => words::CLASS_FULLY,
        Class::MinorIssues => words::CLASS_MINOR,
        Class::Partially => words::CLASS_PARTLY,
        Class::NotReproduced => words::CLASS_NOT,
    }
}
