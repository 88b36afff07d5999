//! Page: what a reader is told of two editions, in a language, as text, Markdown or a web page.

use std::collections::{BTreeMap, BTreeSet};

use super::exhibits::Exhibit;
use super::numbers::{Change, Numbers, Shown};
use super::sentences::{Rewritten, Sentence};
use crate::finding::{Amount, Unit};
use crate::language::{Lang, Language, texts};
use crate::output::literal;

/// What is told, before it has a form.
pub(super) enum Part {
    Heading(usize, String),
    Text(String),
    Items(Vec<String>),
    Table(Vec<String>, Vec<Vec<String>>),
}

/// All that two sides tell otherwise.
pub(super) struct Told<'a> {
    pub names: [&'a str; 2],
    pub numbers: &'a Numbers,
    pub sentences: &'a [Rewritten],
    /// The headings of sections by their anchors.
    pub titles: &'a BTreeMap<String, String>,
    /// The headings of sections that the earlier alone, and the later alone, has.
    pub sections: &'a [Vec<String>; 2],
    pub exhibits: &'a [Exhibit],
    pub verdicts: &'a [(String, String, String)],
    /// What a finding is called, where somebody knows.
    pub names_of: &'a dyn Fn(&str, Lang) -> Option<String>,
}

/// As many of a kind are shown on a page; JSON lists all.
const MOST: usize = 40;

/// The words of a language, with what stands in their places.
pub(super) fn say(lang: Lang, key: &str, places: &[(&str, &str)]) -> String {
    let text = texts::own(lang.code(), &format!("diff.{key}")).unwrap_or_default();
    places.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// Puts a name into the quotation marks of a language.
pub(super) fn quoted(name: &str, lang: Lang) -> String {
    say(lang, "quoted", &[("name", name)])
}

impl Told<'_> {
    /// The numbers that are read first.
    pub(super) fn summary(&self) -> [usize; 3] {
        let reworded = self.sentences.iter().filter(|one| one.is_reworded).count();
        let shown = self.exhibits.iter().filter(|one| one.counts.iter().all(Option::is_some)).count();
        [self.numbers.revised.len(), reworded, shown]
    }

    /// Drafts the statement of revisions.
    pub(super) fn statement(&self, lang: Lang) -> Vec<String> {
        let revised = &self.numbers.revised;
        let head = if revised.is_empty() { "say-none" } else { "say-head" };
        let mut out = vec![say(lang, head, &[("from", self.names[0])])];
        // A number and its magnitude are one revision; the plain finding tells it.
        let is_plain = |change: &Change| !change.to.as_ref().is_some_and(|shown| shown.finding.contains(['(', ' ']));
        let names: Vec<String> = revised.iter().map(|change| self.name(change, lang)).collect();
        let plain: BTreeSet<&String> =
            names.iter().zip(revised).filter(|(_, change)| is_plain(change)).map(|(name, _)| name).collect();
        let is_told = |at: usize| is_plain(&revised[at]) || !plain.contains(&names[at]);
        for (_, change) in revised.iter().enumerate().filter(|(at, _)| is_told(*at)).take(MOST) {
            let (from, to) = (printed(change.from.as_ref(), lang), printed(change.to.as_ref(), lang));
            out.push(say(lang, "say-one", &[("what", &self.name(change, lang)), ("from", &from), ("to", &to)]));
        }
        if revised.len() > MOST {
            out.push(say(lang, "more", &[("count", &(revised.len() - MOST).to_string())]));
        }
        let conditions = self.sentences.iter().filter(|one| !one.conditions.is_empty()).count();
        if conditions > 0 {
            out.push(say(lang, "say-effect", &[("count", &conditions.to_string())]));
        }
        if !self.numbers.moved.is_empty() {
            out.push(say(lang, "say-moved", &[("count", &self.numbers.moved.len().to_string())]));
        }
        out
    }

    fn name(&self, change: &Change, lang: Lang) -> String {
        let called = |side: &Option<Shown>| side.as_ref().and_then(|shown| (self.names_of)(&shown.finding, lang));
        let (was, is) = (called(&change.from), called(&change.to));
        match (was, is) {
            // The answer of one period is not that of the other.
            (Some(was), Some(is)) if was != is => format!("{was} → {is}"),
            (was, is) => is.or(was).unwrap_or_else(|| change.question.clone()),
        }
    }

    /// Names changes; those of one name by their order too. What they ask stands in the JSON.
    fn told_apart(&self, list: &[Change], lang: Lang) -> Vec<String> {
        let names: Vec<String> = list.iter().map(|change| self.name(change, lang)).collect();
        let one = |(at, name): (usize, &String)| {
            let before = names[..at].iter().filter(|other| *other == name).count();
            let is_alone = before == 0 && !names[at + 1..].contains(name);
            if is_alone { name.clone() } else { format!("{name} ({})", before + 1) }
        };
        names.iter().enumerate().map(one).collect()
    }

    /// Composes the page; `statements` are the languages in which the statement of revisions is drafted.
    pub(super) fn parts(&self, lang: Lang, statements: &[Lang]) -> Vec<Part> {
        let word = |key: &str| say(lang, key, &[]);
        let [revised, sentences, exhibits] = self.summary().map(|count| count.to_string());
        let mut out = vec![
            Part::Heading(1, say(lang, "title", &[("from", self.names[0]), ("to", self.names[1])])),
            Part::Text(say(
                lang,
                "numbers",
                &[("revised", &revised), ("sentences", &sentences), ("exhibits", &exhibits)],
            )),
            Part::Text(say(
                lang,
                "others",
                &[
                    ("moved", &self.numbers.moved.len().to_string()),
                    ("withdrawn", &self.numbers.withdrawn.len().to_string()),
                    ("new", &self.numbers.new.len().to_string()),
                ],
            )),
        ];
        for (name, sections) in self.names.iter().zip(self.sections).filter(|(_, sections)| !sections.is_empty()) {
            out.push(Part::Text(say(lang, "sections", &[("edition", name), ("list", &sections.join("; "))])));
        }
        let mut table = |key: &str, head: &[&str], rows: Vec<Vec<String>>| {
            out.push(Part::Heading(2, format!("{}: {}", word(key), rows.len())));
            let more = rows.len().saturating_sub(MOST);
            if rows.is_empty() {
                out.push(Part::Text(word("none")));
            } else {
                out.push(Part::Table(
                    head.iter().map(|key| word(key)).collect(),
                    rows.into_iter().take(MOST).collect(),
                ));
            }
            if more > 0 {
                out.push(Part::Text(say(lang, "more", &[("count", &more.to_string())])));
            }
            if key == "sentences" {
                out.push(Part::Text(word("sentence-note")));
            }
        };
        let vintages = self
            .numbers
            .vintages
            .iter()
            .map(|(vintage, [was, is])| vec![vintage.clone(), was.to_string(), is.to_string()]);
        table("vintages", &["what", "before", "after"], vintages.collect());
        // The value stands before where it was read.
        let said = |text: &String| match text.split_once(" (") {
            Some((value, place)) => {
                let decimals = value.split_once('.').map(|(_, fraction)| fraction.len());
                format!("{} ({place}", written(value, decimals, lang))
            }
            None => text.clone(),
        };
        let cells = self.numbers.cells.iter().map(|(what, from, to)| {
            let name = (self.names_of)(what, lang).unwrap_or_else(|| what.clone());
            vec![name, said(from), said(to)]
        });
        table("cells", &["what", "before", "after"], cells.collect());
        let lists = [
            ("revised", &self.numbers.revised),
            ("moved", &self.numbers.moved),
            ("withdrawn", &self.numbers.withdrawn),
            ("new", &self.numbers.new),
        ];
        for (key, list) in lists {
            let names = self.told_apart(list, lang).into_iter();
            let one = |(name, change): (String, &Change)| {
                vec![name, printed(change.from.as_ref(), lang), printed(change.to.as_ref(), lang)]
            };
            table(key, &["what", "before", "after"], names.zip(list).map(one).collect());
        }
        let answer =
            |holds: Option<bool>| word(holds.map_or("undecided", |holds| if holds { "holds" } else { "fails" }));
        // A condition is told by the section in which it decides, in the language of the page; as it is written it stands in the
        // JSON.
        let own = format!("templates/{}/", lang.code());
        let is_own = |place: &str| place.starts_with(&own) || !place.starts_with("templates/");
        let any_own = self.numbers.flipped.iter().any(|(place, ..)| is_own(place));
        let decided = |place: &str| {
            let section = place.strip_prefix(&own).and_then(|rest| Some(rest.split_once(".md:")?.0));
            let title = section.and_then(|section| self.titles.get(section));
            title.map_or_else(|| "–".to_owned(), |title| quoted(title, lang))
        };
        let flips = self.numbers.flipped.iter().filter(|(place, ..)| is_own(place) || !any_own);
        let flips = flips.map(|(place, _, [was, is])| vec![place.clone(), decided(place), answer(*was), answer(*is)]);
        table("flipped", &["where", "what", "before", "after"], flips.collect());
        let at = |section: &str, side: Option<&Sentence>| {
            let line = side.map(|one| one.line.to_string()).unwrap_or_default();
            let title = self.titles.get(section).map_or(section, String::as_str);
            say(lang, "line", &[("section", title), ("line", &line)])
        };
        let text = |side: Option<&Sentence>| side.map_or_else(|| "–".to_owned(), |one| seen(&one.text));
        let rows = self.sentences.iter().map(|one| {
            let mut place = at(&one.section, one.to.as_ref().or(one.from.as_ref()));
            // The expressions stand in the list of conditions.
            let short = |condition: &String| condition.split(": ").next().map(str::to_owned);
            one.conditions.iter().filter_map(short).take(3).for_each(|at| place.push_str(&format!("; {at}")));
            vec![place, text(one.from.as_ref()), text(one.to.as_ref())]
        });
        table("sentences", &["where", "before", "after"], rows.collect());
        let count = |count: Option<usize>| count.map_or_else(|| word("absent"), |count| count.to_string());
        let rows = self.exhibits.iter().map(|one| {
            let [from, to] = one.counts.map(count);
            let (changed, new, gone) =
                (one.changed.len().to_string(), one.only[1].len().to_string(), one.only[0].len().to_string());
            let places = [("from", &*from), ("to", &*to), ("changed", &*changed), ("new", &*new), ("gone", &*gone)];
            let firsts = |list: Vec<String>| list.into_iter().take(3).collect::<Vec<_>>().join("; ");
            let key = |key: &String| one.key(key, lang.code());
            let before =
                one.changed.iter().map(|(own, was, _)| format!("{}: {}", key(own), written(was, None, lang))).collect();
            let after = one.changed.iter().map(|(own, _, now)| format!("{}: {}", key(own), written(now, None, lang)));
            let after = after.chain(one.only[1].iter().map(key));
            vec![one.id.clone(), say(lang, "exhibit-count", &places), firsts(before), firsts(after.collect())]
        });
        table("exhibits", &["where", "what", "before", "after"], rows.collect());
        let ranks = self.exhibits.iter().flat_map(|one| {
            one.ranks.iter().map(|(code, was, now)| {
                vec![one.id.clone(), one.key(code, lang.code()), was.to_string(), now.to_string()]
            })
        });
        table("ranks", &["where", "what", "before", "after"], ranks.collect());
        let verdicts =
            self.verdicts.iter().map(|(claim, was, is)| vec![claim.clone(), verdict(lang, was), verdict(lang, is)]);
        table("verdicts", &["what", "before", "after"], verdicts.collect());
        for own in statements {
            out.push(Part::Heading(2, say(*own, "statement", &[])));
            out.push(Part::Items(self.statement(*own)));
        }
        out
    }
}

fn verdict(lang: Lang, name: &str) -> String {
    texts::own(lang.code(), &format!("verification.verdict-{name}")).map_or_else(|| name.to_owned(), str::to_owned)
}

/// How a side prints a number; one that no page prints in a language is told in its style.
fn printed(side: Option<&Shown>, lang: Lang) -> String {
    let Some(side) = side else { return "–".to_owned() };
    side.printed.get(lang.code()).cloned().unwrap_or_else(|| {
        let (unit, decimals) = &side.look;
        // A year has no unit, and is no number of thousands.
        let is_year = unit == "none" && side.value.len() == 4;
        let said = if is_year { side.value.clone() } else { written(&side.value, *decimals, lang) };
        let signs = [(Unit::Percent, '%'), (Unit::PerMille, '‰')];
        let sign = signs.iter().find(|(own, _)| own.name() == unit).map(|(_, sign)| *sign);
        said.chars().chain(sign).collect()
    })
}

/// Writes an exact value in the style of a language, with three decimals where none are known and it is no whole number.
fn written(value: &str, decimals: Option<usize>, lang: Lang) -> String {
    let amount = match value.split_once('/') {
        Some((above, below)) => Amount::parse(above).and_then(|above| above.divided_by(&Amount::parse(below)?)),
        None => Amount::parse(value),
    };
    // Thousands are printed with decimals that the whole number does not have.
    let decimals = if value.contains(['/', '.']) { decimals.unwrap_or(3) } else { 0 };
    amount.map_or_else(|| value.to_owned(), |amount| Language::own(lang).number(&amount, decimals))
}

/// Reads a sentence of Markdown as it is seen: links by their texts, signs without what guards them, no anchors.
fn seen(text: &str) -> String {
    let mut out = String::new();
    let text = bared(text);
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('[') {
        let link = after.split_once("](").and_then(|(said, target)| Some((said, target.split_once(')')?.1)));
        out.push_str(before);
        match link.filter(|(said, _)| !said.contains('[')) {
            Some((said, behind)) => {
                out.push_str(said);
                rest = behind;
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    let mut seen = String::new();
    let mut chars = out.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' || !chars.peek().is_some_and(char::is_ascii_punctuation) {
            seen.push(c);
        }
    }
    seen
}

/// Takes anchors out, and addresses out of what makes them links.
fn bared(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let tag = after.split_once('>').filter(|(tag, _)| !tag.contains(['<', ' ']) || tag.starts_with("a id="));
        match tag {
            Some((tag, behind)) if tag.contains("://") => {
                out.push_str(tag);
                rest = behind;
            }
            Some((tag, behind)) if tag == "/a" || tag.starts_with("a id=") => rest = behind,
            _ => {
                out.push('<');
                rest = after;
            }
        }
    }
    out + rest
}

/// Writes the parts as text for a terminal.
pub(super) fn text(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Heading(level, said) => {
                let line = if *level == 1 { "=" } else { "-" };
                out.push_str(&format!("\n{said}\n{}\n", line.repeat(said.chars().count().min(72))));
            }
            Part::Text(said) => out.push_str(&format!("{said}\n")),
            Part::Items(items) => items.iter().for_each(|item| out.push_str(&format!("{item}\n"))),
            Part::Table(head, rows) => {
                for row in rows {
                    let cells = head.iter().zip(row).skip(1).map(|(name, cell)| format!("    {name}: {cell}\n"));
                    out.push_str(&format!(
                        "  {}\n{}",
                        row.first().map_or("", String::as_str),
                        cells.collect::<String>()
                    ));
                }
            }
        }
    }
    out.trim_start().to_owned()
}

/// Writes the parts as Markdown.
pub(super) fn markdown(parts: &[Part]) -> String {
    // A report that is compared may be anybody's, and so may its texts.
    let row =
        |cells: &[String]| format!("| {} |\n", cells.iter().map(|cell| literal(cell)).collect::<Vec<_>>().join(" | "));
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Heading(level, said) => out.push_str(&format!("{} {}\n\n", "#".repeat(*level), literal(said))),
            Part::Text(said) => out.push_str(&format!("{}\n\n", literal(said))),
            Part::Items(items) => {
                items.iter().for_each(|item| out.push_str(&format!("- {}\n", literal(item))));
                out.push('\n');
            }
            Part::Table(head, rows) => {
                out.push_str(&row(head));
                out.push_str(&format!("|{}\n", " --- |".repeat(head.len())));
                rows.iter().for_each(|cells| out.push_str(&row(cells)));
                out.push('\n');
            }
        }
    }
    out.trim_end().to_owned() + "\n"
}

/// Writes the parts as a web page that needs nothing else.
pub(super) fn html(parts: &[Part], lang: Lang) -> String {
    let escaped =
        |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let cells = |tag: &str, cells: &[String]| -> String {
        cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell))).collect()
    };
    let mut body = String::new();
    let mut title = String::new();
    for part in parts {
        match part {
            Part::Heading(level, said) => {
                if *level == 1 {
                    title = escaped(said);
                }
                body.push_str(&format!("<h{level}>{}</h{level}>\n", escaped(said)));
            }
            Part::Text(said) => body.push_str(&format!("<p>{}</p>\n", escaped(said))),
            Part::Items(items) => body.push_str(&format!("<ul>{}</ul>\n", cells("li", items))),
            Part::Table(head, rows) => {
                let rows: String = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells("td", row))).collect();
                body.push_str(&format!(
                    "<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
                    head.iter().map(|cell| format!("<th scope=\"col\">{}</th>", escaped(cell))).collect::<String>()
                ));
            }
        }
    }
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>body{{font:16px/1.5 sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}}\
         table{{border-collapse:collapse;width:100%}}th,td{{text-align:left;vertical-align:top;border-bottom:1px solid;padding:.3rem .6rem}}\
         td{{overflow-wrap:anywhere}}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        lang.code()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_as_they_are_seen() {
        for (text, wanted) in [
            ("потеряло 5 ([таблица 1](#x)).", "потеряло 5 (таблица 1)."),
            ("\\* взято [так] и a\\_b", "* взято [так] и a_b"),
            ("C:\\путь [", "C:\\путь ["),
            ("2. <a id=\"ref-a\"></a>Бюро. – <https://a.kz/b> (5 < 6).", "2. Бюро. – https://a.kz/b (5 < 6)."),
        ] {
            assert_eq!(seen(text), wanted);
        }
        for (value, decimals, lang, wanted) in [
            ("-14.520567637210524", None, Lang::En, "−14.521"),
            ("-14.520567637210524", Some(1), Lang::Ru, "−14,5"),
            ("1/3", None, Lang::Ru, "0,333"),
            ("184607", None, Lang::Ru, "184\u{a0}607"),
            ("KZ-10", None, Lang::Ru, "KZ-10"),
        ] {
            assert_eq!(written(value, decimals, lang), wanted);
        }
    }

    #[test]
    fn what_a_foreign_report_says_is_text_in_every_form() {
        let hostile = "a | <img src=x onerror=a()> [b](javascript:a()) `c` *d*".to_owned();
        let parts = [
            Part::Heading(2, hostile.clone()),
            Part::Text(hostile.clone()),
            Part::Items(vec![hostile.clone()]),
            Part::Table(vec![hostile.clone()], vec![vec![hostile.clone()]]),
        ];
        let page = markdown(&parts);
        assert!(
            !page.contains("a | ") && !page.contains(" <img") && !page.contains(" *d*") && !page.contains(" `c`"),
            "{page}"
        );
        assert!(!html(&parts, Lang::En).contains("<img"));
    }
}
