//! Chapter: what one template says, composed apart from the others; and their merging into a page.
//!
//! A chapter numbers its own numbers and works from the first. Merging counts them on, so a chapter in which a sentence
//! changed can be composed again by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::context::{Asked, Numbering, Record};
use super::session::Session;
use super::words::ExhibitWords;
use super::{Caption, Library, Number, Order, Origin, Page, headings, path_of, periods, reading, selection, words};
use crate::analysis::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::document::{Block, Inline, Matter, each, each_run, notes};
use crate::exhibit::Exhibits;
use crate::files::{Kept, sha256};
use crate::language::{ExhibitKind, ExhibitNumber, Lang};
use crate::study::{Study, place_of};

/// What one template says.
#[derive(Clone, Debug, Default)]
struct Chapter {
    blocks: Vec<Block>,
    numbers: Vec<Number>,
    /// Works cited, in the order of first citation.
    cited: Vec<String>,
    /// Exhibits placed, in order.
    placed: Vec<String>,
    asked: Vec<Asked>,
}

impl Chapter {
    /// Places what a selection keeps and none of its own pages places.
    fn keep(&mut self, library: &Library, order: &Order, lang: Lang, numbering: &Numbering) {
        let is_own = |id: &&String| matches!(numbering.get(*id), Some((_, ExhibitNumber::Own(_))));
        let left: Vec<String> =
            order.exhibits.iter().filter(is_own).filter(|id| !self.placed.contains(id)).cloned().collect();
        if left.is_empty() {
            return;
        }
        let word = library.speech.get(&lang).and_then(|language| language.word("list-of-exhibits"));
        let content = vec![Inline::text(word.unwrap_or("list-of-exhibits"))];
        self.blocks.push(Block::Heading { level: 2, id: Some("kept".to_owned()), content });
        self.blocks.extend(left.iter().cloned().map(Block::Exhibit));
        self.placed.extend(left);
    }
}

/// Which text is composed, of what, in which language.
struct Version<'a> {
    prose: &'a Library,
    edition: &'a Arc<Edition>,
    exhibits: &'a Exhibits,
    /// What the edition prints.
    order: &'a Order,
    numbering: &'a Arc<Numbering>,
    lang: Lang,
    /// True where it is proof-read.
    is_read: bool,
    /// True where anchors tell which template each sentence is from.
    is_placed: bool,
    /// What was made before.
    kept: &'a Kept,
}

/// Composes a language version of an edition.
pub fn compose(
    library: &Library,
    study: &Study,
    (edition, exhibits): (&Arc<Edition>, &Exhibits),
    lang: Lang,
    kept: &Kept,
    diagnostics: &mut Diagnostics,
) -> Option<Page> {
    let order = library.order(&edition.name);
    let numbering = &order.numbering;
    let version =
        Version { prose: library, edition, exhibits, order, numbering, lang, is_read: true, is_placed: false, kept };
    version.page(study, None, diagnostics)
}

/// Composes the short selections of a language version. What there is to say was said of the whole.
pub fn compose_selections(
    library: &Library,
    study: &Study,
    (edition, exhibits): (&Arc<Edition>, &Exhibits),
    lang: Lang,
    kept: &Kept,
) -> Vec<Page> {
    let order = library.order(&edition.name);
    let page = |(name, numbering): (&String, &Arc<Numbering>)| {
        // A selection holds the sentences of the whole, which were read there.
        let version = Version {
            prose: library,
            edition,
            exhibits,
            order,
            numbering,
            lang,
            is_read: false,
            is_placed: false,
            kept,
        };
        version.page(study, Some(name), &mut Diagnostics::default())
    };
    let newest = |name: &str| study.editions.keys().rev().find(|other| library.order(other).selects(name));
    let is_due = |name: &str| !study.opens(name) || newest(name) == Some(&edition.name);
    order.selections.iter().filter(|(name, _)| is_due(name)).filter_map(page).collect()
}

/// Composes a language version or a short selection of it with an anchor before each sentence, for an author at work.
/// What there is to say was said of the page itself.
pub fn compose_placed(
    library: &Library,
    study: &Study,
    (edition, exhibits): (&Arc<Edition>, &Exhibits),
    page: &Page,
    kept: &Kept,
) -> Option<Page> {
    let order = library.order(&edition.name);
    let own = page.selection.as_ref().map(|name| order.selections.get(name));
    let numbering = own.unwrap_or(Some(&order.numbering))?;
    let version = Version {
        prose: library,
        edition,
        exhibits,
        order,
        numbering,
        lang: page.lang,
        is_read: false,
        is_placed: true,
        kept,
    };
    version.page(study, page.selection.as_deref(), &mut Diagnostics::default())
}

/// Composes the article of a language version: the chapters and exhibits that the study chooses for it. Exhibits are
/// numbered, and works listed, in the order in which a reader of it meets them; an anchor stands before each sentence.
pub fn compose_article(
    library: &Library,
    study: &Study,
    (edition, exhibits): (&Arc<Edition>, &Exhibits),
    lang: Lang,
    diagnostics: &mut Diagnostics,
) -> Option<Page> {
    let (entry, order) = (&study.article, library.order(&edition.name));
    for page in entry.pages.iter().filter(|page| !order.pages.contains(&page.value)) {
        let hint = did_you_mean(&page.value, order.pages.iter().map(String::as_str));
        let of = if order.is_chosen { format!("the edition `{}`", edition.name) } else { "the study".to_owned() };
        let message = format!("`pages` of {of} has no `{}`", page.value);
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place_of(page, "article"), message).maybe_hint(hint));
    }
    let chosen = entry.selection.as_ref().map(|name| (name, order.selections.get(&name.value)));
    if let Some((name, None)) = chosen {
        let hint = did_you_mean(&name.value, order.selections.keys().map(String::as_str));
        let message = format!("`selection` of the study has no `{}`", name.value);
        diagnostics.push(Diagnostic::error(code::STUDY_VALUE, place_of(name, "article"), message).maybe_hint(hint));
    }
    diagnostics.verdict().ok()?;
    let pages: Vec<String> = match entry.pages.as_slice() {
        [] => order.pages.clone(),
        own => own.iter().map(|page| page.value.clone()).collect(),
    };
    let own = chosen.and_then(|(_, numbering)| numbering).unwrap_or(&order.numbering);
    let kept = &Kept::default();
    let mut version = Version {
        prose: library,
        edition,
        exhibits,
        order,
        numbering: own,
        lang,
        is_read: false,
        is_placed: true,
        kept,
    };
    let mut placed = Vec::new();
    for name in &pages {
        placed.extend(version.chapter(name, &mut Diagnostics::default())?.placed);
    }
    let numbering = Arc::new(numbered_by(&placed, own));
    version.numbering = &numbering;
    let mut page = version.article(&pages, diagnostics)?;
    reading::renumber(&mut page);
    Some(page)
}

/// Numbers the exhibits that chapters place, in their order; those that are not kept, and those of other chapters, have
/// numbers of the appendix.
fn numbered_by(placed: &[String], kept: &Numbering) -> Numbering {
    let mut counts: BTreeMap<(ExhibitKind, bool), usize> = BTreeMap::new();
    let mut numbering = Numbering::new();
    let others = kept.keys().filter(|id| !placed.contains(id));
    for id in placed.iter().chain(others) {
        let Some((kind, number)) = kept.get(id).filter(|_| !numbering.contains_key(id)) else { continue };
        let own = matches!(number, ExhibitNumber::Own(_)) && placed.contains(id);
        let count = counts.entry((*kind, own)).or_default();
        *count += 1;
        let number = if own { ExhibitNumber::Own(*count) } else { ExhibitNumber::Appendix(*count) };
        numbering.insert(id.clone(), (*kind, number));
    }
    numbering
}

impl Version<'_> {
    fn page(&self, study: &Study, selection: Option<&str>, diagnostics: &mut Diagnostics) -> Option<Page> {
        let mut whole = Chapter::default();
        let short = selection.and_then(|name| study.selection.get(name)).map(|entry| &entry.value.pages);
        let pages: Vec<&String> = match short.filter(|pages| !pages.is_empty()) {
            Some(pages) => pages.iter().map(|page| &page.value).collect(),
            None => self.order.pages.iter().collect(),
        };
        for name in pages {
            whole.add(self.chapter(name, diagnostics)?);
            if name == "abstract" {
                for other in self.prose.abstracts.iter().filter(|other| **other != self.lang) {
                    whole.add(self.foreign_abstract(*other, diagnostics));
                }
            }
        }
        let (captions, chapter) = self.captions(diagnostics)?;
        let captions = whole.add_captions(captions, chapter);
        if selection.is_none() {
            periods::exhibits(self.prose, self.order, study, self.lang, self.edition, diagnostics);
            headings::years(self.prose, self.order, study, self.lang, self.edition, diagnostics);
        }
        if let Some(name) = selection {
            if !study.opens(name) {
                whole.keep(self.prose, self.order, self.lang, self.numbering);
            }
            // Pages of its own lead to what they need; those of the study lead to all that they hold.
            let led = short.is_some_and(|pages| !pages.is_empty()).then(|| reading::led_to(&mut whole.blocks));
            let holds = |id: &str| !study.opens(name) && led.as_ref().is_none_or(|led| led.contains(id));
            let named = selection::Named { note: "selection-note", holds: &holds };
            let (prose, order) = (self.prose, self.order);
            whole.blocks.extend(selection::appendix(prose, order, self.lang, self.numbering, &captions, &named));
        }
        let number = |id: &String| self.numbering.get(id).map(|(kind, number)| (id.clone(), *kind, *number));
        let exhibits = whole.placed.iter().filter_map(number).collect();
        // Where something else is wrong, exhibits may be missing for that reason.
        if diagnostics.verdict().is_ok() && whole.placed != self.order.exhibits {
            let message = "the pages place their exhibits in another order than those of the first language";
            let place = Place::file(format!("templates/{}", self.lang.code()));
            diagnostics.push(Diagnostic::error(code::TEMPLATE_REFERENCE, place, message));
        }
        // What opens the report leads to its pages, where works are listed.
        let is_opening = selection.is_some_and(|name| study.opens(name));
        let language = self.prose.speech.get(&self.lang).filter(|_| !is_opening);
        if let Some(head) = language.and_then(|language| language.word("references")) {
            whole.list_works(head);
        }
        notes::number(&mut whole.blocks);
        Some(Page {
            lang: self.lang,
            edition: self.edition.name.clone(),
            selection: selection.map(str::to_owned),
            document: whole.blocks,
            numbers: whole.numbers,
            cited: whole.cited,
            exhibits,
            captions,
            asked: whole.asked,
            origin: self.whole_origin(selection),
        })
    }

    /// Composes chosen chapters, the abstracts of all languages before them.
    fn article(&self, pages: &[String], diagnostics: &mut Diagnostics) -> Option<Page> {
        let mut whole = Chapter::default();
        for lang in [self.lang].into_iter().chain(self.prose.abstracts.iter().copied().filter(|l| *l != self.lang)) {
            if self.prose.templates.contains_key(&path_of(lang, "abstract")) {
                whole.add(self.foreign_abstract(lang, diagnostics));
            }
        }
        for name in pages.iter().filter(|name| *name != "abstract") {
            whole.add(self.chapter(name, diagnostics)?);
        }
        let (captions, chapter) = self.captions(diagnostics)?;
        let captions = whole.add_captions(captions, chapter);
        // What the text leads to and another chapter holds, or none, is named at its end.
        let led = reading::led_to(&mut whole.blocks);
        let named = selection::Named { note: "article-appendix", holds: &|id| led.contains(id) };
        let (prose, order) = (self.prose, self.order);
        whole.blocks.extend(selection::appendix(prose, order, self.lang, self.numbering, &captions, &named));
        let number = |id: &String| self.numbering.get(id).map(|(kind, number)| (id.clone(), *kind, *number));
        notes::number(&mut whole.blocks);
        Some(Page {
            lang: self.lang,
            edition: self.edition.name.clone(),
            selection: None,
            exhibits: whole.placed.iter().filter_map(number).collect(),
            document: whole.blocks,
            numbers: whole.numbers,
            cited: whole.cited,
            captions,
            asked: whole.asked,
            origin: self.whole_origin(None),
        })
    }

    fn session(&self, lang: Lang) -> Option<Session> {
        let works = self.prose.references.references.iter().map(|work| work.id.clone()).collect();
        let language = Arc::clone(self.prose.speech.get(&lang)?);
        let (numbering, templates) = (Arc::clone(self.numbering), Arc::clone(&self.prose.templates));
        let edition = Some(Arc::clone(self.edition));
        let session = Session::new(edition, language, numbering, Arc::new(works), templates);
        Some(match (self.is_read, self.is_placed) {
            (true, _) => session.proofread_by(&self.prose.terms),
            (false, true) => session.placed(),
            (false, false) => session,
        })
    }

    /// Names all that a part of this version rests on beside a hash of inputs, but for its own text.
    fn origin(&self, inputs: &str) -> String {
        let Version { edition, numbering, lang, is_read, is_placed, .. } = self;
        format!("{inputs} {} {} {is_read} {is_placed} {numbering:?}", edition.name, lang.code())
    }

    /// Names all that the whole of this version rests on.
    fn whole_origin(&self, selection: Option<&str>) -> String {
        let Version { prose, lang, .. } = self;
        let own =
            |path: &str| path.starts_with(&format!("templates/{}/", lang.code())) || path.ends_with("/abstract.md");
        let texts = prose.templates.iter().filter(|(path, _)| own(path));
        let texts = texts.map(|(path, template)| format!("{path} {}\n{}", template.source.len(), template.source));
        sha256(format!("{} {selection:?} {}", self.origin(&prose.origin), texts.collect::<String>()).as_bytes())
    }

    /// Renders a template of this version or another language, or takes what was rendered of the same.
    fn rendered(&self, session: Session, path: &str, diagnostics: &mut Diagnostics) -> Chapter {
        let text = self.prose.templates.get(path).map(|template| template.source.as_str()).unwrap_or_default();
        let parts = [&self.origin(&self.prose.chapters), path, text];
        let chapter = self.kept.made("chapter", &parts, diagnostics, |own| {
            let compose = |mut session: Session, own: &mut Diagnostics| {
                let blocks = session.render(path).kept_together().blocks();
                let mut record = session.finish();
                own.extend(std::mem::take(&mut record.diagnostics));
                Chapter::of(blocks, record)
            };
            self.read(session, &parts, own, compose).unwrap_or_default()
        });
        self.kept.used("proof", &parts);
        Arc::unwrap_or_clone(chapter)
    }

    /// Composes a text and tells what there is to say of it. Saying so takes longer than all else, so what was said of the
    /// same by another run is not found again.
    fn read<T>(
        &self,
        session: Session,
        parts: &[&str],
        diagnostics: &mut Diagnostics,
        compose: impl Fn(Session, &mut Diagnostics) -> T,
    ) -> Option<T> {
        let (mut session, mut made) = (Some(session), None);
        self.kept
            .lasting("proof", parts, diagnostics, |own| made = session.take().map(|session| compose(session, own)));
        made.or_else(|| Some(compose(session?.known(), &mut Diagnostics::default())))
    }

    /// Composes a chapter.
    fn chapter(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<Chapter> {
        Some(self.rendered(self.session(self.lang)?, &path_of(self.lang, name), diagnostics))
    }

    /// Composes the abstract of another language as a part of this version.
    fn foreign_abstract(&self, other: Lang, diagnostics: &mut Diagnostics) -> Chapter {
        let Some(session) = self.session(other) else { return Chapter::default() };
        let session = if self.is_placed { session } else { session.proofread_by(&self.prose.terms) };
        let mut chapter = self.rendered(session, &path_of(other, "abstract"), diagnostics);
        for block in &mut chapter.blocks {
            if let Block::Heading { id: Some(id), .. } = block
                && id == "abstract"
            {
                *id = format!("abstract-{}", other.code());
            }
        }
        // What it asked was asked of its own version.
        chapter.asked.clear();
        chapter.blocks = vec![Block::Version { lang: other, content: chapter.blocks }];
        chapter
    }

    /// Writes the captions of all exhibits.
    fn captions(&self, diagnostics: &mut Diagnostics) -> Option<(BTreeMap<String, Caption>, Chapter)> {
        let session = self.session(self.lang)?;
        let is_own = |id: &String| matches!(self.numbering.get(id), Some((_, ExhibitNumber::Own(_))));
        let parts = [&self.origin(&self.prose.origin), "captions", &self.order.exhibits.join(" ")];
        let made = self.kept.made("captions", &parts, diagnostics, |own| {
            let compose = |mut session: Session, own: &mut Diagnostics| {
                let order = self.order.exhibits.iter();
                let captions: BTreeMap<String, Caption> =
                    order.filter_map(|id| Some((id.clone(), self.caption(id, is_own(id), &mut session)?))).collect();
                let mut record = session.finish();
                own.extend(std::mem::take(&mut record.diagnostics));
                (captions, Chapter::of(Vec::new(), record))
            };
            self.read(session, &parts, own, compose).unwrap_or_default()
        });
        self.kept.used("proof", &parts);
        Some(Arc::unwrap_or_clone(made))
    }

    /// Writes the caption of an exhibit; of one that only the appendix names, no more than its title.
    fn caption(&self, id: &str, is_own: bool, session: &mut Session) -> Option<Caption> {
        let entry = self.prose.exhibits.get(&self.lang)?.get(id)?;
        let language = self.prose.speech.get(&self.lang)?;
        let mut rendered = |name: String| {
            session.render(&format!("{}: {name}", words::exhibits_path(self.lang))).kept_together().line()
        };
        let title = rendered(format!("{id}.title"));
        if !is_own {
            return Some(Caption { title, ..Caption::default() });
        }
        let headline = entry.headline.as_ref().map(|_| rendered(format!("{id}.headline"))).unwrap_or_default();
        let notes = (0..entry.note.len()).map(|i| rendered(format!("{id}.note{i}"))).collect();
        let key = match entry.source {
            Origin::Redrawn => "compiled-by-authors",
            Origin::Derived => "calculated-by-authors",
        };
        let works = self.works(id, entry);
        let cites = works.iter().filter_map(|work| session.cite(work));
        let works: Vec<Inline> = cites.flat_map(|cite| [Inline::text(", "), cite]).skip(1).collect();
        let line = language.word("source-line").unwrap_or("{how} {works}");
        let line = line.replace("{how}", language.word(key).unwrap_or_default());
        let (before, after) = line.split_once("{works}").unwrap_or((line.as_str(), ""));
        // What cites nothing names no source.
        let source = match works.is_empty() {
            true => Vec::new(),
            false => [vec![Inline::text(before)], works, vec![Inline::text(after)]].concat(),
        };
        Some(Caption { headline, title, notes, source })
    }

    /// Lists the works that an exhibit rests on: of publishers those whose figures it shows in this edition, be they named
    /// or not.
    fn works(&self, id: &str, entry: &ExhibitWords) -> Vec<String> {
        let of_vintage = |name| self.prose.publishers.get(name).filter(|all| all.len() == 1);
        let vintages = self.exhibits.vintages.get(id);
        let shown: BTreeSet<&String> = vintages.into_iter().flatten().filter_map(of_vintage).flatten().collect();
        let publisher = |work: &str| self.prose.publisher_of(work);
        let named = entry.references.iter().map(|work| work.value.clone());
        if shown.is_empty() {
            return named.collect();
        }
        let is_shown = |work: &String| publisher(work).is_none_or(|own| shown.iter().any(|other| *other == own));
        let mut works: Vec<String> = named.filter(is_shown).collect();
        let left = shown.into_iter().filter(|own| !works.iter().any(|work| publisher(work) == Some(own)));
        let left: Vec<String> = left.cloned().collect();
        works.extend(left);
        works
    }
}

impl Chapter {
    fn of(blocks: Vec<Block>, record: Record) -> Chapter {
        Chapter { blocks, numbers: record.numbers, cited: record.cited, placed: record.placed, asked: record.asked }
    }

    /// Appends a chapter, whose numbers and works are counted on.
    fn add(&mut self, mut chapter: Chapter) {
        let count_on = self.count_on(chapter.numbers, &chapter.cited);
        each_run(&mut chapter.blocks, &mut |run| each(run, &mut |inline| count_on(inline)));
        self.blocks.append(&mut chapter.blocks);
        self.placed.append(&mut chapter.placed);
        self.asked.append(&mut chapter.asked);
    }

    /// Takes in the numbers and the works of the captions.
    fn add_captions(
        &mut self,
        mut captions: BTreeMap<String, Caption>,
        mut chapter: Chapter,
    ) -> BTreeMap<String, Caption> {
        let count_on = self.count_on(chapter.numbers, &chapter.cited);
        for caption in captions.values_mut() {
            let runs = caption.notes.iter_mut().chain([&mut caption.headline, &mut caption.title, &mut caption.source]);
            runs.for_each(|run| each(run, &mut |inline| count_on(inline)));
        }
        self.placed.append(&mut chapter.placed);
        self.asked.append(&mut chapter.asked);
        captions
    }

    /// Lists the works at the end where they are cited and no chapter says where their list stands.
    fn list_works(&mut self, head: &str) {
        let is_list = |block: &Block| matches!(block, Block::Generated(Matter::References));
        if self.cited.is_empty() || self.blocks.iter().any(is_list) {
            return;
        }
        let is_last = |block: &Block| matches!(block, Block::Heading { id: Some(id), .. } if id == selection::APPENDIX);
        let at = self.blocks.iter().position(is_last).unwrap_or(self.blocks.len());
        let heading = Block::Heading { level: 2, id: Some("references".to_owned()), content: vec![Inline::text(head)] };
        self.blocks.splice(at..at, [heading, Block::Generated(Matter::References)]);
    }

    /// Takes in numbers and works, and returns what turns the counting of their own text into this one's.
    fn count_on(&mut self, mut numbers: Vec<Number>, cited: &[String]) -> impl Fn(&mut Inline) + use<> {
        let before = self.numbers.len();
        self.numbers.append(&mut numbers);
        for work in cited {
            if !self.cited.contains(work) {
                self.cited.push(work.clone());
            }
        }
        let works = self.cited.clone();
        move |inline| match inline {
            Inline::Number { index, .. } => *index += before,
            Inline::Cite { work, number, .. } => {
                *number = works.iter().position(|cited| cited == work).map_or(*number, |at| at + 1);
            }
            _ => {}
        }
    }
}
