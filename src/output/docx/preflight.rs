//! Preflight: what a journal asks of an article and this one lacks or exceeds.

use std::collections::BTreeSet;

use super::journal::{Class, Journal, Need};
use super::{Parts, Wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::document::{Block, Inline, look, look_at_runs, plain};
use crate::language::{ExhibitKind, ExhibitNumber, Lang, is_cyrillic};
use crate::output::{Material, Version, exhibit_of};
use crate::study::STUDY;

/// What pages that were counted took of what the lines alone would take: eight articles of two languages and four profiles.
const PRINTED: f64 = 1.08;

/// Checks an article.
pub(super) fn check(
    version: &Version,
    parts: &Parts,
    material: &Material,
    wanted: &Wanted,
    diagnostics: &mut Diagnostics,
) {
    let mut check = Check { version, parts, material, wanted, diagnostics };
    check.lacking();
    check.abstracts();
    check.sections();
    check.exhibits();
    check.links();
    check.length();
}

/// Returns true for an exhibit of the text.
pub(super) fn is_own(number: &ExhibitNumber) -> bool {
    matches!(number, ExhibitNumber::Own(_))
}

struct Check<'a> {
    version: &'a Version<'a>,
    parts: &'a Parts<'a>,
    material: &'a Material,
    wanted: &'a Wanted<'a>,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn journal(&self) -> &Journal {
        self.wanted.journal
    }

    fn warn(&mut self, code: &'static str, keys: &[&str], message: String, hint: &str) {
        let place = self.material.study.place(keys).within(format!("journal `{}`", self.wanted.name));
        let warning = Diagnostic::warning(code, place, message);
        let warning = if hint.is_empty() { warning } else { warning.hint(hint) };
        self.diagnostics.push(warning);
    }

    /// Lists what the study does not state and the article therefore leaves out.
    fn lacking(&mut self) {
        let study = &self.material.study;
        let mut lacking: Vec<(&[&str], String, &str)> = Vec::new();
        for class in &self.journal().head {
            let (there, key) = match class {
                Class::Udc => (study.udc.is_some(), "udc"),
                Class::Grnti => (study.grnti.is_some(), "grnti"),
                Class::Jel => (!study.article.jel.is_empty(), "jel"),
            };
            // A profile without rules of its own prints what is stated, and asks for nothing.
            if !there && !self.journal().r#abstract.languages.is_empty() {
                let keys: &[&str] = if key == "jel" { &["article"] } else { &[] };
                lacking.push((keys, format!("`{key}` is not stated, so the article has no such line"), ""));
            }
        }
        if !self.wanted.anonymous {
            let named = || study.authors.iter().filter(|author| !author.placeholder);
            if named().next().is_none() {
                let message = "no author is named, so the article has none".to_owned();
                let hint = match study.authors.is_empty() {
                    true => "name them under `authors` of study.yaml",
                    false => "take `placeholder: true` off the authors whose names stand there",
                };
                lacking.push((&["authors"], message, hint));
            }
            for author in named() {
                let name = author.name.values().next().cloned().unwrap_or_default();
                if self.journal().orcid == Need::Required && author.orcid.is_none() {
                    lacking.push((&["authors"], format!("the journal asks for the ORCID of {name}"), ""));
                }
                for lang in self.languages().iter().filter(|lang| !author.name.contains_key(*lang)) {
                    lacking.push((&["authors"], format!("the name of {name} is not given in `{lang}`"), ""));
                }
            }
            if named().next().is_some() && !named().any(|author| author.email.is_some()) {
                lacking.push((&["authors"], "no author gives an address for letters".to_owned(), "state `email`"));
            }
            if self.journal().funding == Need::Required && study.article.funding.is_empty() {
                let message = "the journal asks for a line on funding".to_owned();
                lacking.push((&["article"], message, "state `funding` by language"));
            }
        }
        for lang in self.languages().iter().filter(|lang| !study.title.contains_key(*lang)) {
            lacking.push((&["title"], format!("the journal asks for the title in `{lang}`"), ""));
        }
        if self.journal().romanised {
            let cited: BTreeSet<&str> = self.version.page.cited.iter().map(String::as_str).collect();
            let works = &self.material.prose.references.references;
            let bare = |work: &&crate::page::Work| {
                cited.contains(work.id.as_str()) && is_cyrillic(&work.title) && work.title_en.is_none()
            };
            let bare: Vec<&str> = works.iter().filter(bare).map(|work| work.id.as_str()).collect();
            if !bare.is_empty() {
                let message =
                    format!("{} works of the romanised list have no title in English: {}", bare.len(), bare.join(", "));
                lacking.push((&[], message, "state `title_en` in data/references.yaml"));
            }
        }
        for (keys, message, hint) in lacking {
            self.warn(code::ARTICLE_LACKING, keys, message, hint);
        }
    }

    /// The languages in which title, names and abstract are wanted.
    fn languages(&self) -> Vec<String> {
        let asked = &self.journal().r#abstract.languages;
        if asked.is_empty() { self.material.study.languages.clone() } else { asked.clone() }
    }

    fn abstracts(&mut self) {
        let journal = self.journal().clone();
        // Where none is asked for, whatever the study gives is held to the rules.
        let mut all = self.languages();
        let is_open = journal.r#abstract.languages.is_empty();
        let given = |code: &&String| Lang::parse(code).and_then(|lang| self.parts.of_lang(lang)).is_some();
        let more = self.material.study.abstracts.iter().filter(|code| is_open && !all.contains(code)).filter(given);
        all.extend(more.cloned().collect::<Vec<_>>());
        for code in &all {
            let own = Lang::parse(code).and_then(|lang| self.parts.of_lang(lang));
            let Some((_, content)) = own else {
                let message = format!("the journal asks for an abstract in `{code}`");
                let hint = self.way_to_abstract(code);
                self.warn(code::ARTICLE_ABSTRACT, &["abstracts"], message, &hint);
                continue;
            };
            let (keywords, text): (Vec<&Block>, Vec<&Block>) = content.iter().partition(|block| is_keywords(block));
            let said = text.iter().map(|block| said(block)).collect::<Vec<_>>().join(" ");
            let words = said.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
            if let Some(broken) = journal.r#abstract.words.broken_by(words) {
                let message = format!("the abstract in `{code}` has words: {broken}");
                let hint = format!("its text is `{}`; keywords are not counted", path_of(code));
                self.warn(code::ARTICLE_ABSTRACT, &["abstracts"], message, &hint);
            }
            if journal.r#abstract.plain && text.iter().any(|block| holds(block, &is_citation_or_formula)) {
                let message =
                    format!("the abstract in `{code}` holds citations or formulas, which the journal rules out");
                let hint = format!("say it without them in `{}`", path_of(code));
                self.warn(code::ARTICLE_ABSTRACT, &["abstracts"], message, &hint);
            }
            for part in journal.abstract_parts.iter().filter(|part| !part.is_in(&said)) {
                let message = format!("the abstract in `{code}` does not tell its {}", part.name);
                let hint = format!("say it in `{}` with one of: {}", path_of(code), part.any.join(", "));
                self.warn(code::ARTICLE_ABSTRACT, &["abstracts"], message, &hint);
            }
            let count = keywords.iter().map(|block| keyword_count(&self::said(block))).sum();
            if let Some(broken) = journal.keywords.broken_by(count) {
                let message = format!("the abstract in `{code}` has keywords: {broken}");
                let hint = format!(
                    "a paragraph of `{}` that begins with strong words and a colon lists them: `**…:** one, two`",
                    path_of(code)
                );
                self.warn(code::ARTICLE_KEYWORDS, &["abstracts"], message, &hint);
            }
        }
    }

    /// Says what is to be done for an abstract in a language: what of it is done already is left out.
    fn way_to_abstract(&self, code: &str) -> String {
        let study = &self.material.study;
        let mut steps = vec![format!("write `{}`", path_of(code))];
        if !study.languages.iter().chain(&study.abstracts).any(|own| own == code) {
            steps.push(format!("list `{code}` under `abstracts` of {STUDY}"));
        }
        if !study.all_pages().contains(&"abstract") {
            steps.push(format!("list `abstract` under `pages` of {STUDY}"));
        }
        steps.join("; ")
    }

    fn sections(&mut self) {
        let heads: Vec<String> = self
            .parts
            .text
            .iter()
            .filter_map(|block| match block {
                Block::Heading { content, .. } => Some(plain(content)),
                _ => None,
            })
            .collect();
        let journal = self.journal().clone();
        for section in journal.sections.iter().filter(|section| !heads.iter().any(|head| section.is_in(head))) {
            let message = format!("no heading names the section `{}`, which the journal asks for", section.name);
            let hint = "the journal's words for it stand in its profile";
            self.warn(code::ARTICLE_SECTION, &["article"], message, hint);
        }
    }

    fn exhibits(&mut self) {
        let count = |kind: ExhibitKind| {
            self.version.page.exhibits.iter().filter(|(_, own, number)| *own == kind && is_own(number)).count()
        };
        let counts = [
            ("figures", count(ExhibitKind::Figure), self.journal().figures),
            ("tables", count(ExhibitKind::Table), self.journal().tables),
        ];
        for (what, count, most) in counts {
            if let Some(most) = most.filter(|most| count > *most) {
                let message = format!("the article has {count} {what}, the journal takes {most}");
                self.warn(code::ARTICLE_EXHIBITS, &["article"], message, "choose fewer with `selection`");
            }
        }
        let absent: Vec<String> = self
            .parts
            .appendix
            .iter()
            .flat_map(|block| anchors(block))
            .filter(|id| self.version.page.captions.contains_key(id))
            .collect();
        if !absent.is_empty() {
            let message = format!(
                "the text speaks of {} figures and tables that do not stand in it: {}",
                absent.len(),
                absent.join(", ")
            );
            let hint = "the appendix of the article names them; choose them with `selection`, or say it without them";
            self.warn(code::ARTICLE_EXHIBITS, &["article"], message, hint);
        }
    }

    /// Names the parts of the report to which the text leads and that do not stand in the article.
    fn links(&mut self) {
        let mut there: BTreeSet<&str> = self.version.page.captions.keys().map(String::as_str).collect();
        there.extend(self.parts.text.iter().filter_map(|block| match block {
            Block::Heading { id, .. } => id.as_deref(),
            _ => None,
        }));
        let mut absent = BTreeSet::new();
        for block in &self.parts.text {
            look_at_runs(block, &mut |run| {
                look(run, &mut |inline| {
                    if let Inline::Link { to, content, .. } = inline
                        && let Some(id) = to.strip_prefix('#')
                        && !there.contains(id)
                    {
                        absent.insert(format!("`{}` (#{id})", plain(content)));
                    }
                });
            });
        }
        if !absent.is_empty() {
            let list = absent.iter().cloned().collect::<Vec<_>>().join(", ");
            let message =
                format!("the text leads to {} parts of the report that do not stand in it: {list}", absent.len());
            let hint = "choose their chapters under `pages` of `article`, or say it without them";
            self.warn(code::ARTICLE_EXHIBITS, &["article"], message, hint);
        }
    }

    /// Guesses how many pages the article takes; the program that prints it knows.
    fn length(&mut self) {
        let Some(length) = self.journal().length else { return };
        let text = self.journal().text.clone();
        let page = self.journal().page;
        // Times New Roman at a size takes 0.47 of it for a letter of Cyrillic text, on the average, and 1.15 for a line.
        let across = (210.0 - page.left_mm - page.right_mm) / 25.4 * 72.0;
        let down = (297.0 - page.top_mm - page.bottom_mm) / 25.4 * 72.0;
        let lines = |letters: usize, points: f64| {
            (letters as f64 * points * 0.47 / across).ceil() * points * 1.15 * text.spacing
        };
        let mut points = 0.0;
        let blocks =
            self.parts.abstracts.iter().flat_map(|(_, content)| content.iter()).chain(self.parts.text.iter().copied());
        for block in blocks.chain(self.parts.appendix.iter().copied()) {
            points += self.taken(block, across, &lines);
        }
        if length.references {
            let works = &self.material.prose.references.references;
            let cited = self.version.page.cited.iter().filter_map(|id| works.iter().find(|work| work.id == *id));
            let twice = if self.journal().romanised { 2.0 } else { 1.0 };
            points +=
                twice * cited.map(|work| lines(plain(&work.entry()).chars().count(), text.points - 2.0)).sum::<f64>();
        }
        let pages = (points * PRINTED / down).ceil() as usize;
        let near = length.pages.most.filter(|most| pages <= *most && pages * 10 >= most * 9);
        let said = match (length.pages.broken_by(pages), near) {
            (Some(broken), _) => format!("the article has about this many pages, by an estimate: {broken}"),
            (None, Some(most)) => {
                format!("the article has about {pages} pages by an estimate, near the {most} allowed")
            }
            (None, None) => return,
        };
        let hint = "an estimate by the number of letters, a tenth off at times: Word and LibreOffice tell the count";
        self.warn(code::ARTICLE_LENGTH, &["article"], said, hint);
    }

    /// Guesses how high a block is: its lines, and what is left free around them.
    fn taken(&self, block: &Block, across: f64, lines: &impl Fn(usize, f64) -> f64) -> f64 {
        let points = self.journal().text.points;
        match block {
            Block::Exhibit(id) => self.height(id, across, lines),
            Block::Heading { .. } => lines(said(block).chars().count(), points) + points * 1.2,
            Block::List { items, .. } => items.iter().flatten().map(|own| self.taken(own, across, lines)).sum(),
            Block::Quote(inner) | Block::Listing(inner) | Block::Version { content: inner, .. } => {
                inner.iter().map(|own| self.taken(own, across, lines)).sum()
            }
            block => lines(said(block).chars().count(), points),
        }
    }

    fn height(&self, id: &str, across: f64, lines: &impl Fn(usize, f64) -> f64) -> f64 {
        let Some(shown) = exhibit_of(id, self.version, self.material) else { return 0.0 };
        let points = self.journal().text.points;
        let small = |text: &str| lines(text.chars().count(), points - 2.0);
        let notes: f64 = shown.notes().map(|note| small(&plain(&note.text))).sum();
        let around = lines(plain(&shown.caption.title).chars().count() + 20, points)
            + notes
            + small(&plain(&shown.caption.source))
            + 2.0 * points;
        around
            + match shown.kind {
                ExhibitKind::Figure => {
                    let (wide, high) = (shown.size.0 * 0.72, shown.size.1 * 0.72);
                    high * (across / wide.max(1.0)).min(1.0)
                }
                ExhibitKind::Table => (shown.setting.rows.len() + 2) as f64 * (points - 3.0) * 1.3,
            }
    }
}

/// Returns where the abstract in a language is written.
fn path_of(code: &str) -> String {
    format!("templates/{code}/abstract.md")
}

/// Returns true for a paragraph that lists keywords: strong words with a colon, and words behind them.
fn is_keywords(block: &Block) -> bool {
    let Block::Paragraph(content) = block else { return false };
    let is_blank = |inline: &&Inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Anchor(_) => true,
        _ => false,
    };
    let mut content = content.iter().skip_while(is_blank);
    let Some(Inline::Strong(head)) = content.next() else { return false };
    let (head, rest) = (plain(head), plain(&content.cloned().collect::<Vec<_>>()));
    head.trim_end().ends_with(':') || rest.trim_start().starts_with(':')
}

fn keyword_count(text: &str) -> usize {
    let list = text.split_once(':').map_or(text, |(_, list)| list);
    list.split([',', ';']).filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Lists the anchors of a block.
fn anchors(block: &Block) -> Vec<String> {
    let mut found = Vec::new();
    look_at_runs(block, &mut |run| {
        look(run, &mut |inline| {
            if let Inline::Anchor(id) = inline {
                found.push(id.clone());
            }
        });
    });
    found
}

fn is_citation_or_formula(inline: &Inline) -> bool {
    matches!(inline, Inline::Cite { .. } | Inline::Formula(_))
}

fn holds(block: &Block, what: &impl Fn(&Inline) -> bool) -> bool {
    let mut found = false;
    look_at_runs(block, &mut |run| look(run, &mut |inline| found |= what(inline)));
    found
}

fn said(block: &Block) -> String {
    let mut text = String::new();
    look_at_runs(block, &mut |run| {
        text.push_str(&plain(run));
        text.push(' ');
    });
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown;

    #[test]
    fn keywords_are_known_by_their_form() {
        let count = |text: &str| {
            let blocks = markdown::blocks(text, &[]);
            blocks.iter().filter(|block| is_keywords(block)).map(|block| keyword_count(&said(block))).sum::<usize>()
        };
        assert_eq!(count("**Ключевые слова:** миграция, село; город."), 3);
        assert_eq!(count("**Түйінді сөздер**: көші-қон, ауыл"), 2);
        assert_eq!(count("**Важно** то, что растёт, и то, что убывает."), 0);
    }
}
