//! HTML walk: a document as HTML, every number a link to its derivation.

use std::collections::BTreeMap;

use super::element::{Element, Html, classed, said, tag, unbroken};
use super::explanation::Guide;
use super::html_table::{note_id, table};
use super::setting::Note;
use super::{Material, Shown, Version, exhibit_of, matter};
use crate::document::{Block, Inline, Side, Table, cited, plain, repeated};
use crate::drawing::{self, Told};
use crate::exhibit::Label;
use crate::language::{ExhibitKind, Lang, Language};
use crate::page::Number;

/// A heading for the contents.
pub(super) struct Heading {
    /// Its level.
    pub level: u8,
    /// Where it stands.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The language, where it is not the page's own.
    pub lang: Option<Lang>,
}

/// Writes what a language version says, and lists its headings.
pub(super) fn page(version: &Version, material: &Material) -> (Html, Vec<Heading>) {
    let own = version.page.lang;
    let name = |lang: Lang| material.language(lang).and_then(|l| l.word("language-name")).unwrap_or_default();
    let others = material.prose.languages.iter().filter(|lang| **lang != own).map(|lang| (*lang, name(*lang)));
    let mut walk = Walk {
        version,
        material,
        others: others.collect(),
        runs: Runs::of(&version.page.numbers, version.guide, material.language(own)),
        headings: Vec::new(),
        permalink: material.language(own).and_then(|language| language.word("permalink")).map(str::to_owned),
        lang: None,
        out: Html::default(),
    };
    walk.blocks(&matter::whole(version.page, material));
    walk.notes();
    (walk.out, walk.headings)
}

/// Writes what opens the report: a paragraph that a figure follows is a card with it.
pub(super) fn opening(version: &Version, material: &Material) -> Html {
    let own = version.page.lang;
    let mut walk = Walk {
        version,
        material,
        others: Vec::new(),
        runs: Runs::of(&version.page.numbers, version.guide, material.language(own)),
        headings: Vec::new(),
        permalink: None,
        lang: None,
        out: Html::default(),
    };
    let (mut out, mut cards) = (Html::default(), Vec::new());
    let mut blocks = version.page.document.iter().peekable();
    let all = |cards: &mut Vec<Element>| {
        let own = std::mem::take(cards);
        (!own.is_empty()).then(|| classed("div", "cards").all(own))
    };
    while let Some(block) = blocks.next() {
        walk.block(block);
        let text = std::mem::take(&mut walk.out);
        if let Some(Block::Exhibit(id)) = blocks.peek() {
            cards.push(classed("div", "card").put(text).put(walk.card(id)));
            blocks.next();
        } else {
            out = [out, all(&mut cards).map(Html::from).unwrap_or_default(), text].into_iter().collect();
        }
    }
    [out, all(&mut cards).map(Html::from).unwrap_or_default()].into_iter().collect()
}

/// Runs of text under way on a page: how often each of its numbers was printed.
pub(super) struct Runs<'a> {
    numbers: &'a [Number],
    guide: Option<&'a Guide>,
    language: Option<&'a Language>,
    counts: BTreeMap<&'a str, usize>,
    /// The notes that were called: number and text.
    notes: Vec<(usize, Html)>,
    /// Whether this stands in a link, which holds no other.
    linked: bool,
}

impl<'a> Runs<'a> {
    /// Begins a page with these numbers.
    pub(super) fn of(numbers: &'a [Number], guide: Option<&'a Guide>, language: Option<&'a Language>) -> Runs<'a> {
        Runs { numbers, guide, language, counts: BTreeMap::new(), notes: Vec::new(), linked: false }
    }

    /// Writes a run.
    pub(super) fn html(&mut self, inlines: &[Inline]) -> Html {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> Html {
        let mut html = Html::default();
        match inline {
            Inline::Text(text) => html.text(text),
            Inline::Formula(text) => html.put(super::mathml::formula(text)),
            Inline::Number { index, text } => html.put(self.number(*index, text)),
            Inline::Reference { text, .. } if self.linked => html.text(text),
            Inline::Cite { .. } if self.linked => html.text(&cited(inline)),
            Inline::Reference { exhibit, text } => {
                html.put(tag("a").with("href", &format!("#{exhibit}")).text(text));
            }
            Inline::Cite { work, .. } => {
                html.put(tag("a").with("href", &format!("#ref-{work}")).text(&cited(inline)));
            }
            Inline::Code(inner) => html.put(tag("code").put(self.html(inner))),
            Inline::Emphasis(inner) => html.put(tag("em").put(self.html(inner))),
            Inline::Strong(inner) => html.put(tag("strong").put(self.html(inner))),
            Inline::Link { to, title, content } => {
                let title = Some(title.as_str()).filter(|title| !title.is_empty());
                let around = std::mem::replace(&mut self.linked, true);
                let content = self.html(content);
                self.linked = around;
                html.put(tag("a").with("href", to).maybe("title", title).put(content));
            }
            Inline::Note { number, content } => {
                let around = std::mem::replace(&mut self.linked, false);
                let text = self.html(content);
                self.linked = around;
                self.notes.push((*number, text));
                let (place, href) = (format!("noted-{number}"), format!("#note-{number}"));
                let mark = match self.linked {
                    true => tag("span").with("id", &place),
                    false => tag("a").with("id", &place).with("href", &href).with("role", "doc-noteref"),
                };
                html.put(classed("sup", "note").put(mark.text(&number.to_string())));
            }
            Inline::Anchor(id) => html.put(tag("span").with("id", id)),
            Inline::Untold(said) => html.put(classed("mark", "untold").text(&format!("[{said}]"))),
            Inline::Soft => html.line(),
            Inline::Break => {
                html.put(tag("br").void());
                html.line();
            }
        }
        html
    }

    /// Writes a number as an element that links to its derivation.
    fn number(&mut self, index: usize, text: &str) -> Html {
        let mut html = Html::default();
        let Some(number) = self.numbers.get(index) else {
            html.text(text);
            return html;
        };
        let count = self.counts.entry(&number.id).or_default();
        *count += 1;
        let place = format!("n-{}-{count}", number.id);
        let data = |data: Element| data.with("value", &number.value).with("id", &place).with("data-number", &number.id);
        html.put(match &number.cited {
            Some((work, page)) => {
                data(classed("data", "cited")).with("data-reference", work).with("title", page).text(text)
            }
            None => {
                let said = number.observed.iter().map(|one| self.language.and_then(|own| own.word(one.word())));
                let said: Vec<&str> = said.flatten().collect();
                let said = Some(said.join("; ")).filter(|said| !said.is_empty());
                let guide = self.guide.filter(|_| !self.linked);
                data(tag("data")).maybe("title", said.as_deref()).put(told(&number.id, text, guide))
            }
        });
        html
    }
}

/// Writes a number as a link to its explanation, where there is one.
pub(super) fn told(id: &str, text: &str, guide: Option<&Guide>) -> Html {
    let mut html = Html::default();
    match guide.and_then(|guide| guide.href(id)) {
        Some(href) => html.put(tag("a").with("href", &href).text(text)),
        None => html.text(text),
    }
    html
}

struct Walk<'a> {
    version: &'a Version<'a>,
    material: &'a Material,
    /// The other languages of the report, with their names.
    others: Vec<(Lang, &'a str)>,
    runs: Runs<'a>,
    headings: Vec<Heading>,
    /// What the link to a heading is called.
    permalink: Option<String>,
    /// The language of the part under way, where it is not the page's own.
    lang: Option<Lang>,
    out: Html,
}

impl Walk<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    /// Writes blocks into an element of their own lines.
    fn within(&mut self, element: Element, blocks: &[Block]) {
        let mut around = std::mem::take(&mut self.out);
        self.out.line();
        self.blocks(blocks);
        around.put(element.put(std::mem::take(&mut self.out)));
        self.out = around;
        self.out.line();
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, id, content } => self.heading(*level, id.as_deref(), content),
            Block::Paragraph(content) => {
                self.out.fresh_line();
                self.out.put(tag("p").put(self.runs.html(content)));
                self.out.line();
            }
            Block::List { start, tight, items } => self.list(*start, *tight, items),
            Block::Quote(inner) => {
                self.out.fresh_line();
                self.within(tag("blockquote"), inner);
            }
            Block::Code { language, content } => {
                self.out.fresh_line();
                let class = format!("language-{language}");
                let class = (!language.is_empty()).then_some(class.as_str());
                self.out.put(tag("pre").put(tag("code").maybe("class", class).put(self.runs.html(content))));
                self.out.line();
            }
            Block::Rule => {
                self.out.fresh_line();
                self.out.put(tag("hr").void());
                self.out.line();
            }
            Block::Table(table) => self.table(table),
            Block::Exhibit(id) => {
                // What a selection leaves out stands in the whole version only.
                if let Some(shown) = exhibit_of(id, self.version, self.material) {
                    let exhibit = self.exhibit(id, &shown);
                    self.out.put(exhibit);
                    self.out.line();
                }
            }
            // The whole page has these written out.
            Block::Generated(_) => {}
            Block::Listing(inner) => self.within(classed("div", "listing"), inner),
            Block::Version { lang, content } => {
                let around = self.lang.replace(*lang);
                self.within(tag("section").with("lang", lang.code()), content);
                self.lang = around;
            }
        }
    }

    /// Writes the notes of the text behind it, each with a way back.
    fn notes(&mut self) {
        let notes = std::mem::take(&mut self.runs.notes);
        if notes.is_empty() {
            return;
        }
        let word = |key: &'static str| self.material.language(self.version.page.lang).and_then(|own| own.word(key));
        let (head, back) = (word("notes").unwrap_or_default(), word("note-back").unwrap_or_default());
        self.heading(2, Some("footnotes"), &[Inline::text(head)]);
        let items = notes.into_iter().map(|(number, mut text)| {
            let link = tag("a").with("href", &format!("#noted-{number}")).with("role", "doc-backlink");
            text.text(" ");
            text.put(link.with("aria-label", back).text("↩"));
            tag("li").with("id", &format!("note-{number}")).put(text)
        });
        self.out.put(tag("section").with("role", "doc-endnotes").put(classed("ol", "footnotes").all(items)));
        self.out.line();
    }

    fn heading(&mut self, level: u8, id: Option<&str>, content: &[Inline]) {
        let name = HEADS[usize::from(level.clamp(1, 6)) - 1];
        let id = id.map_or_else(|| format!("section-{}", self.headings.len() + 1), str::to_owned);
        // The switch that keeps the place without a script.
        let link = |(other, name): &(Lang, &str)| {
            let code = other.code();
            // A part in another language is that language's own part over there.
            let own = self.lang.filter(|lang| lang == other).and_then(|_| id.strip_suffix(&format!("-{code}")));
            let place = format!("../{code}/{}.html#{}", self.version.page.stem("index"), own.unwrap_or(&id));
            classed("a", "other").with("href", &place).with("hreflang", code).with("lang", code).text(name)
        };
        let links: Html = self.others.iter().map(link).collect();
        let permalink = self.version.guide.and(self.permalink.as_deref());
        let permalink = permalink.map(|word| {
            let link = classed("a", "permalink").with("href", &format!("#{id}"));
            link.with("aria-label", &format!("{word}: {}", plain(content))).text("#")
        });
        let head = tag(name).with("id", &id).put(unbroken(&self.runs.html(content)));
        self.out.put(classed("div", &format!("head {name}")).put(head).all(permalink).put(links));
        self.out.line();
        self.headings.push(Heading { level, id, text: plain(content), lang: self.lang });
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &[Vec<Block>]) {
        self.out.fresh_line();
        let mut around = std::mem::take(&mut self.out);
        for item in items {
            self.out.fresh_line();
            let mut list = std::mem::take(&mut self.out);
            for block in item {
                match block {
                    Block::Paragraph(content) if tight => self.out.put(self.runs.html(content)),
                    Block::Paragraph(_) => {
                        // A paragraph begins on a line of its own, the first one too.
                        if self.out.as_str().is_empty() {
                            self.out.line();
                        }
                        self.block(block);
                    }
                    _ => self.block(block),
                }
            }
            list.put(tag("li").put(std::mem::take(&mut self.out)));
            list.line();
            self.out = list;
        }
        let first = start.filter(|start| *start != 1).map(|start| start.to_string());
        let mut list = Html::default();
        list.line();
        list.put(std::mem::take(&mut self.out));
        around.put(tag(if start.is_some() { "ol" } else { "ul" }).maybe("start", first.as_deref()).put(list));
        self.out = around;
        self.out.line();
    }

    fn table(&mut self, table: &Table) {
        let side = |at: usize| match table.sides.get(at) {
            Some(Side::Right) => Some("right"),
            Some(Side::Center) => Some("center"),
            Some(Side::Plain) | None => None,
        };
        let name = self.headings.last().map(|heading| heading.id.clone());
        let mut cell = |(at, content): (usize, &Vec<Inline>), head: Option<&str>| {
            // An empty cell is the head of nothing.
            let head = head.filter(|_| !plain(content).trim().is_empty());
            let element = tag(if head.is_some() { "th" } else { "td" }).maybe("scope", head);
            let class = side(at).or_else(|| is_date(&plain(content)).then_some("date"));
            element.maybe("class", class).put(self.runs.html(content))
        };
        let heads: Html = table.heads.iter().enumerate().map(|head| cell(head, Some("col"))).collect();
        let mut rows = tag("tbody");
        for row in &table.rows {
            let cells = row.iter().enumerate().map(|own| cell(own, (own.0 == 0).then_some("row")));
            rows = rows.put(tag("tr").all(cells));
        }
        let whole = tag("table").maybe("aria-labelledby", name.as_deref());
        let whole = whole.put(tag("thead").put(tag("tr").put(heads))).put(rows);
        self.out.put(scroll("scroll").maybe("aria-labelledby", name.as_deref()).put(whole));
        self.out.line();
    }

    fn exhibit(&mut self, id: &str, shown: &Shown) -> Html {
        let (lang, word) = (self.version.page.lang.code(), |key: &'static str| shown.language.word(key).unwrap_or(key));
        let headline = unbroken(&self.runs.html(&shown.caption.headline));
        let mut caption = Html::default();
        caption.text(&format!("{} – ", shown.label));
        caption.put(unbroken(&self.runs.html(&shown.caption.title)));
        caption.text(&shown.unit);
        let open = || scroll(if shown.is_single { "scroll single" } else { "scroll" }).with("aria-label", &shown.label);
        // Of a wide table over time the newest columns are shown first.
        let table_of = self.version.built.exhibits.tables.get(id);
        let dated = table_of.is_some_and(|table| {
            table.columns.len() > 6 && table.columns.iter().all(|column| matches!(column.label, Label::Period(_)))
        });
        let under = self.under(id, shown);
        let download = |folder: &str| {
            tag("a").with("href", &format!("../{folder}/{id}.csv")).set("download").text(word("download-csv"))
        };
        match shown.kind {
            ExhibitKind::Table => {
                let wide = shown.setting.sheet();
                let split = if shown.setting.parts().len() > 1 { " split" } else { "" };
                classed("div", &format!("exhibit table{wide}{split}"))
                    .with("id", id)
                    .put((if dated { open().set("data-newest") } else { open() }).put(table(
                        id,
                        &shown.setting,
                        caption,
                        &shown.continued,
                        self.version.guide,
                    )))
                    .put(under)
                    .put(classed("p", "files").put(download("tables")))
                    .into()
            }
            ExhibitKind::Figure => {
                let described = format!("{id}-description");
                let file = |end: &str| format!("../figures/{id}.{lang}.{end}");
                let image = self.picture(id, shown, &described);
                let figure = tag("figure").put(open().put(image)).put(tag("figcaption").put(caption));
                let data = table(
                    id,
                    &shown.setting.whole(),
                    self.data_caption(shown, word("chart-data")),
                    "",
                    self.version.guide,
                );
                let of_data: Vec<Element> =
                    shown.notes_of_data().map(|note| self.note(id, shown, note, String::new())).collect();
                let details = tag("details")
                    .put(said("summary", word("chart-description")))
                    .put(classed("p", "description").with("id", &described).put(self.described(shown)))
                    .put(open().put(data))
                    .all(of_data);
                let files = classed("p", "files").put(download("figures")).text(" ");
                let files = files.put(tag("a").with("href", &file("svg")).text("SVG")).text(" ");
                let files = files.put(tag("a").with("href", &file("png")).text("PNG"));
                let headline = Some(headline).filter(|text| !text.as_str().trim().is_empty());
                let headline = headline.map(|text| classed("p", "headline").put(text));
                let whole = classed("div", "exhibit").with("id", id).all(headline);
                whole.put(figure).put(under).put(details).put(files).into()
            }
        }
    }

    /// The picture of a figure: within the page, so that its numbers answer; a large one is a file that is fetched when a
    /// reader comes near.
    fn picture(&self, id: &str, shown: &Shown, described: &str) -> Html {
        let lang = self.version.page.lang.code();
        let mut html = Html::default();
        let Some(drawn) = shown.drawn else { return html };
        let lead = |number: &str| self.version.guide.and_then(|guide| guide.href(number));
        if let Some(wide) = &drawn.wide {
            html.trusted(&wide.svg(("wide", shown.alt), &drawn.tips, &lead));
            if let Some(narrow) = &drawn.narrow {
                html.trusted(&narrow.svg(("narrow", shown.alt), &BTreeMap::new(), &lead));
            }
            return html;
        }
        let file = |end: &str| format!("../figures/{id}.{lang}.{end}");
        let (width, height) = shown.size;
        let (above, whole) = drawn.placed;
        // The texts above and below the picture are cut off: the page has its own.
        let across = if whole > height { 100.0 * above / (whole - height) } else { 0.0 };
        let style = format!("--shape: {width} / {height}; --from: {across:.2}%");
        let image = classed("img", "plot").with("src", &file("svg")).with("width", &width.to_string());
        let image = image.with("height", &height.to_string()).with("alt", shown.alt).with("loading", "lazy");
        let image = image.with("aria-describedby", described).with("style", &style).void();
        if drawn.has_narrow_file {
            let narrow = tag("source").with("media", "screen and (max-width: 40rem)");
            html.put(tag("picture").put(narrow.with("srcset", &file("narrow.svg")).void()).put(image));
        } else {
            html.put(image);
        }
        html
    }

    /// A small picture of a figure with the way to it.
    fn card(&mut self, id: &str) -> Html {
        let mut html = Html::default();
        let Some(shown) = exhibit_of(id, self.version, self.material) else { return html };
        let lead = |number: &str| self.version.guide.and_then(|guide| guide.href(number));
        if let Some(drawn) = shown.drawn
            && let Some(picture) = drawn.narrow.as_ref().or(drawn.wide.as_ref())
        {
            html.trusted(&picture.svg(("small", shown.alt), &BTreeMap::new(), &lead));
        }
        let title = format!("{}{}", plain(&shown.caption.title), shown.unit);
        html.put(classed("p", "note").put(tag("a").with("href", &format!("#{id}")).text(&title)));
        html
    }

    /// A description, its numbers links to what explains them.
    fn described(&self, shown: &Shown) -> Html {
        let mut html = Html::default();
        for piece in shown.drawn.map(|drawn| drawing::told(&drawn.description)).unwrap_or_default() {
            match piece {
                Told::Text(text) => html.text(text),
                Told::Number(id, text) => {
                    html.put(tag("span").with("data-number", id).put(told(id, text, self.version.guide)));
                }
            }
        }
        html
    }

    /// The caption of a figure's own table: the numbers of the title were counted where the figure has it.
    fn data_caption(&mut self, shown: &Shown, data: &str) -> Html {
        let mut caption = Html::default();
        caption.text(&format!("{} – ", shown.label));
        caption.put(self.runs.html(&repeated(&shown.caption.title)));
        caption.text(&format!("{}. {data}", super::shown::behind_comma(&shown.setting.unit)));
        caption
    }

    fn note(&mut self, id: &str, shown: &Shown, note: &Note, head: String) -> Element {
        let mut text = classed("p", "note");
        if !note.mark.is_empty() {
            text = text.with("id", &note_id(id, &note.mark));
        }
        text = text.text(&head);
        if !note.mark.is_empty() {
            let label = format!("{} {}", note.mark, shown.label);
            let back = tag("a").with("href", &format!("#{id}")).with("role", "doc-backlink");
            text = text.put(back.with("aria-label", &label).text(&note.mark)).text(" ");
        }
        text.put(self.runs.html(&note.text))
    }

    fn under(&mut self, id: &str, shown: &Shown) -> Html {
        let mut head = shown.head_of_notes();
        let mut out = Html::default();
        for note in shown.notes() {
            out.put(self.note(id, shown, note, std::mem::take(&mut head)));
        }
        let source = shown.language.word("source").unwrap_or("source");
        if shown.caption.source.is_empty() {
            return out;
        }
        out.put(classed("p", "source").text(&format!("{source}: ")).put(self.runs.html(&shown.caption.source)));
        out
    }
}

/// Returns true for a day in digits, `2026-08-11`, which no line breaks.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.chars().enumerate().all(|(at, c)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() })
}

/// The elements of headings by their level.
pub(super) const HEADS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Begins a box that scrolls sideways, by touch, mouse or keys, when what it holds is too wide.
pub(super) fn scroll(class: &str) -> Element {
    classed("div", class).with("tabindex", "0").with("role", "group")
}
