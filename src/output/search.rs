//! Search: a page that holds its index: headings, exhibits, text and numbers of a language version.

use serde_json::{Value as Json, json};

use super::bar::FILES;
use super::element::{Html, classed, said, tag};
use super::explanation::Namer;
use super::ledger::Ledger;
use super::setting::capital;
use super::{Material, Version, downloads, exhibit_of, matter};
use crate::document::{Block, notes, plain};
use crate::language::Language;

/// No more bytes than this go into an index: what stands last, the numbers of the last exhibits, is left to its tables.
const MOST_BYTES: usize = 380 << 10;

/// Writes the body of the page, with the numbers as [`numbers`] lists them.
pub(super) fn body(version: &Version, numbers: &[Json], material: &Material, language: &Language) -> Html {
    let word = |key: &'static str| language.word(key).unwrap_or(key);
    let mut walk = Walk { version, material, headings: 0, place: "#text".to_owned(), lines: Vec::new() };
    walk.blocks(&matter::whole(version.page, material));
    let plainly: Html = walk.lines.iter().filter(|line| line.kind != TEXT).map(Line::item).collect();
    let mut index: Vec<Json> = walk.lines.iter().map(Line::json).collect();
    index.extend(
        downloads::told(language).into_iter().map(|(text, place)| json!([BESIDE, text, format!("{FILES}{place}")])),
    );
    index.extend_from_slice(numbers);
    let field = tag("input").with("type", "search").with("id", "query").with("autocomplete", "off").void();
    let label = tag("label").text(word("search-field")).text(" ").put(field);
    let mut body = Html::from(classed("p", "filter").put(label));
    let told = classed("p", "found-count").with("role", "status").with("data-none", word("search-none"));
    body.put(told.with("data-found", word("search-found")).text(""));
    body.put(tag("noscript").put(said("p", word("search-noscript"))));
    body.put(classed("ul", "found").put(plainly));
    body.line();
    let mut text = String::from("[\n");
    for (at, line) in index.iter().enumerate() {
        let line = line.to_string().replace('<', "\\u003c");
        if text.len() + line.len() > MOST_BYTES {
            break;
        }
        text.push_str(if at > 0 { ",\n" } else { "" });
        text.push_str(&line);
    }
    text.push_str("\n]");
    body.put(Html::data("search-index", &text));
    body
}

const HEADING: u8 = 0;
const EXHIBIT: u8 = 1;
const TEXT: u8 = 2;
const NUMBER: u8 = 3;
/// On another page than the text: its place names the page.
const BESIDE: u8 = 5;

/// One entry: what it is, its text, where it stands.
struct Line {
    kind: u8,
    text: String,
    place: String,
}

impl Line {
    fn json(&self) -> Json {
        json!([self.kind, self.text, self.place])
    }

    fn item(&self) -> Html {
        tag("li").put(tag("a").with("href", &format!("index.html{}", self.place)).text(&self.text)).into()
    }
}

struct Walk<'a> {
    version: &'a Version<'a>,
    material: &'a Material,
    headings: usize,
    place: String,
    lines: Vec<Line>,
}

impl Walk<'_> {
    fn put(&mut self, kind: u8, text: String, place: String) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.lines.push(Line { kind, text, place });
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { id, content, .. } => {
                    self.headings += 1;
                    let id = id.clone().unwrap_or_else(|| format!("section-{}", self.headings));
                    self.place = format!("#{id}");
                    self.put(HEADING, plain(content), self.place.clone());
                }
                Block::Paragraph(content) => {
                    self.put(TEXT, plain(content), self.place.clone());
                    for (number, note) in notes::all(std::slice::from_ref(block)) {
                        self.put(TEXT, plain(&note), format!("#note-{number}"));
                    }
                }
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote(inner) | Block::Version { content: inner, .. } => self.blocks(inner),
                Block::Exhibit(id) => {
                    if let Some(shown) = exhibit_of(id, self.version, self.material) {
                        let text = format!("{} – {}", shown.label, plain(&shown.caption.title));
                        self.put(EXHIBIT, text, format!("#{id}"));
                    }
                }
                Block::Code { .. } | Block::Rule | Block::Table(_) | Block::Generated(_) | Block::Listing(_) => {}
            }
        }
    }
}

/// The numbers by their names: what they are, their printed form, the number that the page opens.
pub(super) fn numbers(version: &Version, ledger: &Ledger, material: &Material, language: &Language) -> Vec<Json> {
    let Some(guide) = version.guide else { return Vec::new() };
    let mut namer = Namer::new(language, &version.built.edition, material);
    let code = language.lang().code();
    let mut measures: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for (id, _) in guide.numbers() {
        let Some(line) = ledger.numbers.get(id) else { continue };
        let (Some(finding), Some(printed)) = (&line.finding, line.printed.get(code)) else { continue };
        let name = namer.name(finding);
        let measure = capital(&name.measure);
        // A measure of many numbers is said once: later ones name it by its place in the list of measures.
        let at = measures.iter().position(|own| *own == measure).unwrap_or_else(|| {
            measures.push(measure.clone());
            out.push(json!([NUMBER + 1, measure]));
            measures.len() - 1
        });
        out.push(json!([NUMBER, at, name.parts(), printed, id]));
    }
    out
}

/// Says on a page of its own what the search is for.
pub(super) fn lead(language: &Language) -> Html {
    said("p", language.word("search-lead").unwrap_or("search-lead"))
}
