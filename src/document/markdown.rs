//! Markdown: read once, into blocks. HTML in it is text, a link that leads neither to the web nor into the report is its
//! text, and a picture its description: a page in which such stand is refused before (`page/forms.rs`).
//!
//! What reads the same is one document, so that what a walker writes is read again as it was: stress in a stress of its
//! kind is that stress, a link in a link is its text, runs of one kind side by side are one run, spaces at the edges of lines are none, and a heading or
//! a cell is one line.

use std::collections::BTreeMap;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};

use super::slots::{Piece, next_slot};
use super::{Block, Inline, Side, Table, notes, plain};
use crate::files::limits::NESTING;

/// The Markdown that authors may use.
pub fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_FOOTNOTES
}

/// Reads Markdown, with pieces in its slots.
pub fn blocks(text: &str, pieces: &[Piece]) -> Vec<Block> {
    let mut reader =
        Reader { pieces, open: vec![Open::default()], depth: 0, beyond: 0, calls: Vec::new(), notes: BTreeMap::new() };
    for event in TextMergeStream::new(harmless(text)) {
        reader.take(event);
    }
    while reader.open.len() > 1 {
        reader.close();
    }
    let mut blocks = reader.open.pop().map(Open::finish).unwrap_or_default();
    notes::fill(&mut blocks, &reader.calls, &mut reader.notes);
    blocks
}

/// Reads a line of Markdown; whatever it begins with, it is one line.
pub fn line(text: &str, pieces: &[Piece]) -> Vec<Inline> {
    let mut content = Vec::new();
    // Behind a full stop nothing begins a list, a heading or a quotation.
    for block in blocks(&format!(".{}", text.trim().replace('\n', " ")), pieces) {
        if let Block::Paragraph(inlines) = block {
            content.extend(inlines);
        }
    }
    match content.first_mut() {
        Some(Inline::Text(first)) if first.len() == 1 => {
            content.remove(0);
        }
        Some(Inline::Text(first)) => {
            first.remove(0);
        }
        _ => {}
    }
    content
}

fn harmless(text: &str) -> impl Iterator<Item = Event<'_>> {
    // For each link under way, whether it stays one.
    let mut links: Vec<bool> = Vec::new();
    Parser::new_ext(text, options()).filter_map(move |event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            links.push(is_harmless(dest_url));
            links.last().is_some_and(|stays| *stays).then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or(true).then_some(event),
        other => Some(other),
    })
}

/// Returns true for an address on the web, of a mailbox, or within the report.
pub fn is_harmless(address: &str) -> bool {
    if address.chars().any(char::is_control) || address.starts_with("//") {
        return false;
    }
    // A colon behind the first of these signs belongs to a path, not to a scheme.
    let front = address.split(['/', '?', '#']).next().unwrap_or_default();
    match front.split_once(':') {
        Some((scheme, _)) => ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)),
        None => true,
    }
}

/// Returns true for an element that may hold others of its kind.
fn nests(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Link
            | TagEnd::FootnoteDefinition
    )
}

/// Returns the byte at which a text goes deeper than texts may.
pub fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (event, span) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(tag) => depth += usize::from(nests(&tag.to_end())),
            Event::End(tag) => depth = depth.saturating_sub(usize::from(nests(&tag))),
            _ => {}
        }
        if depth > NESTING {
            return Some(span.start);
        }
    }
    None
}

/// An element under way.
#[derive(Default)]
struct Open<'a> {
    tag: Option<Tag<'a>>,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    /// What cannot stand within it, and follows it.
    after: Vec<Block>,
    /// The heads of a table under way.
    heads: Vec<Vec<Inline>>,
    cells: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    items: Vec<Vec<Block>>,
    loose: bool,
}

impl Open<'_> {
    /// Returns true where a block may stand in it.
    fn holds_blocks(&self) -> bool {
        matches!(self.tag, None | Some(Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)))
    }

    /// Ends the line under way: it is a paragraph, but for one that is empty.
    fn end_line(&mut self) {
        let line = trimmed(std::mem::take(&mut self.inlines));
        if !line.is_empty() {
            self.blocks.push(Block::Paragraph(line));
        }
    }

    fn put(&mut self, block: Block) {
        match self.holds_blocks() {
            true => {
                self.end_line();
                self.blocks.push(block);
            }
            false => self.after.push(block),
        }
    }

    fn say(&mut self, inline: Inline) {
        match (self.inlines.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (Some(Inline::Strong(before)), Inline::Strong(own))
            | (Some(Inline::Emphasis(before)), Inline::Emphasis(own))
            | (Some(Inline::Code(before)), Inline::Code(own)) => join(before, own),
            (_, inline) => self.inlines.push(inline),
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_line();
        self.blocks.append(&mut self.after);
        self.blocks
    }
}

/// Appends a run to another.
fn join(run: &mut Vec<Inline>, other: Vec<Inline>) {
    let mut open = Open { inlines: std::mem::take(run), ..Open::default() };
    other.into_iter().for_each(|inline| open.say(inline));
    *run = open.inlines;
}

/// Returns whether the items of a list are lines. Only paragraphs tell, and only where something stands beside them; one
/// behind what would take it in is a paragraph of its own.
fn is_tight(items: &[Vec<Block>], is_loose: bool) -> bool {
    let is_line = |block: &Block| matches!(block, Block::Paragraph(_));
    let is_closed = |block: &Block| matches!(block, Block::Heading { .. } | Block::Code { .. } | Block::Rule);
    let mut pairs = items.iter().flat_map(|item| item.windows(2));
    let parts = pairs.any(|pair| matches!(pair, [before, own] if is_line(own) && !is_closed(before)));
    let shows = items.iter().flatten().any(is_line) && items.iter().map(|item| item.len().max(1)).sum::<usize>() > 1;
    !(is_loose && shows || parts)
}

/// Takes the spaces off the ends of a run, and off those of its lines.
fn trimmed(mut line: Vec<Inline>) -> Vec<Inline> {
    let is_end = |inline: Option<&Inline>| matches!(inline, None | Some(Inline::Soft | Inline::Break));
    for at in 0..line.len() {
        let (opens, closes) = (is_end(at.checked_sub(1).and_then(|at| line.get(at))), is_end(line.get(at + 1)));
        if let Some(Inline::Text(text)) = line.get_mut(at) {
            let own = if opens { text.trim_start_matches(SPACES) } else { text.as_str() };
            *text = if closes { own.trim_end_matches(SPACES) } else { own }.to_owned();
        }
    }
    let blank = |inline: &Inline| match inline {
        Inline::Soft | Inline::Break => true,
        Inline::Text(text) => text.trim_matches(SPACES).is_empty(),
        _ => false,
    };
    while line.last().is_some_and(blank) {
        line.pop();
    }
    line.drain(..line.iter().position(|inline| !blank(inline)).unwrap_or(line.len()));
    line.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    line
}

/// What stands at the ends of a line without being printed.
const SPACES: [char; 2] = [' ', '\t'];

/// Writes a run on one line.
fn on_one_line(run: Vec<Inline>) -> Vec<Inline> {
    trimmed(unbroken(run))
}

/// Writes a run without ends of lines.
fn unbroken(run: Vec<Inline>) -> Vec<Inline> {
    let mut open = Open::default();
    for mut inline in run {
        if let Some(inner) = inline.inner() {
            *inner = unbroken(std::mem::take(inner));
        }
        open.say(if matches!(inline, Inline::Soft | Inline::Break) { Inline::text(" ") } else { inline });
    }
    open.inlines
}

struct Reader<'a> {
    pieces: &'a [Piece],
    /// The document, and the elements under way in it.
    open: Vec<Open<'a>>,
    /// How many of them nest.
    depth: usize,
    /// How many elements are under way within one that stands too deep: their words stay, their marks do not.
    beyond: usize,
    /// The names of the notes that were called, in order.
    calls: Vec<String>,
    /// What notes say, by their names.
    notes: BTreeMap<String, Vec<Inline>>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) if self.beyond > 0 || self.depth == NESTING && nests(&tag.to_end()) => self.beyond += 1,
            Event::Start(tag) => {
                self.depth += usize::from(nests(&tag.to_end()));
                self.open.push(Open { tag: Some(tag), ..Open::default() });
            }
            Event::End(_) if self.beyond > 0 => self.beyond -= 1,
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(usize::from(nests(&tag)));
                self.close();
            }
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.open.push(Open::default());
                self.text(&text);
                let Some(code) = self.open.pop() else { return };
                self.say(Inline::Code(code.inlines));
                code.blocks.into_iter().for_each(|block| self.put(block));
            }
            Event::SoftBreak => self.say(Inline::Soft),
            Event::HardBreak => self.say(Inline::Break),
            Event::Rule => self.put(Block::Rule),
            // HTML has become text, and nothing else is switched on.
            Event::Html(text) | Event::InlineHtml(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::FootnoteReference(name) => {
                self.calls.push(name.to_string());
                self.say(Inline::Note { number: self.calls.len() - 1, content: Vec::new() });
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn say(&mut self, inline: Inline) {
        if let Some(open) = self.open.last_mut() {
            open.say(inline);
        }
    }

    fn put(&mut self, block: Block) {
        if let Some(open) = self.open.last_mut() {
            open.put(block);
        }
    }

    /// Puts the pieces into a text.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, index, after)) = next_slot(rest) {
            self.lines(before);
            match self.pieces.get(index) {
                Some(Piece::Inline(inline)) => self.say(inline.clone()),
                Some(Piece::Block(block)) => self.put(block.clone()),
                None => {}
            }
            rest = after;
        }
        self.lines(rest);
    }

    /// Says a text; the end of a line, which HTML may hold, is no letter of it but in code.
    fn lines(&mut self, text: &str) {
        let is_code = self.open.last().is_some_and(|open| matches!(open.tag, Some(Tag::CodeBlock(_))));
        for (at, part) in text.splitn(if is_code { 1 } else { usize::MAX }, '\n').enumerate() {
            if at > 0 {
                self.say(Inline::Soft);
            }
            if !part.is_empty() {
                self.say(Inline::text(part));
            }
        }
    }

    /// Returns true within an element of a kind.
    fn is_within(&self, kind: impl Fn(&Tag) -> bool) -> bool {
        self.open.iter().filter_map(|open| open.tag.as_ref()).any(kind)
    }

    /// Says what stood in an element without it.
    fn pass(&mut self, inlines: Vec<Inline>) {
        inlines.into_iter().for_each(|inline| self.say(inline));
    }

    /// Writes pieces into an address, as they are read.
    fn address(&self, text: &str) -> String {
        let (mut out, mut rest) = (String::new(), text);
        while let Some((before, index, after)) = next_slot(rest) {
            out.push_str(before);
            if let Some(Piece::Inline(inline)) = self.pieces.get(index) {
                out.push_str(&plain(std::slice::from_ref(inline)));
            }
            rest = after;
        }
        out + rest
    }

    /// Ends the innermost element and gives it to the one around it.
    fn close(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        let after = std::mem::take(&mut open.after);
        let tag = open.tag.take();
        match tag {
            Some(Tag::Paragraph) => {
                open.end_line();
                for block in open.blocks {
                    self.put(block);
                }
                // Within an item, a paragraph of its own makes the list a loose one.
                if let Some(around) = self.open.last_mut() {
                    around.loose = true;
                }
            }
            Some(Tag::Heading { level, id, .. }) => {
                let id = id.map(|id| id.to_string());
                // The first level is the title of the page.
                let level = (level as u8).max(2);
                self.put(Block::Heading { level, id, content: on_one_line(open.inlines) });
            }
            Some(Tag::Emphasis) if self.is_within(|tag| matches!(tag, Tag::Emphasis)) => self.pass(open.inlines),
            Some(Tag::Strong) if self.is_within(|tag| matches!(tag, Tag::Strong)) => self.pass(open.inlines),
            Some(Tag::Emphasis) => self.say(Inline::Emphasis(open.inlines)),
            Some(Tag::Strong) => self.say(Inline::Strong(open.inlines)),
            Some(Tag::Link { .. }) if self.is_within(|tag| matches!(tag, Tag::Link { .. })) => self.pass(open.inlines),
            Some(Tag::Link { link_type, dest_url, title, .. }) => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                let to = format!("{scheme}{}", self.address(&dest_url));
                let is_end = |inline: Option<&Inline>| matches!(inline, Some(Inline::Soft | Inline::Break));
                if is_end(open.inlines.first()) || is_end(open.inlines.last()) {
                    open.inlines = trimmed(open.inlines);
                }
                let title = self.address(&title).split_whitespace().collect::<Vec<_>>().join(" ");
                self.say(Inline::Link { to, title, content: open.inlines });
            }
            Some(Tag::List(start)) => {
                let tight = is_tight(&open.items, open.loose);
                self.put(Block::List { start, tight, items: open.items });
            }
            Some(Tag::Item) => {
                let loose = open.loose;
                let item = open.finish();
                if let Some(list) = self.open.last_mut() {
                    list.loose |= loose;
                    list.items.push(item);
                }
            }
            Some(Tag::BlockQuote(_)) => {
                let inner = open.finish();
                self.put(Block::Quote(inner));
            }
            Some(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                // The last line ends as the others do.
                let is_open = !open.inlines.is_empty() && !plain(&open.inlines).ends_with('\n');
                if is_open {
                    open.say(Inline::text("\n"));
                }
                self.put(Block::Code { language, content: open.inlines });
            }
            Some(Tag::FootnoteDefinition(name)) => {
                let mut said = Vec::new();
                for block in open.finish() {
                    match block {
                        Block::Paragraph(content) if said.is_empty() => said = content,
                        Block::Paragraph(content) => {
                            said.push(Inline::Break);
                            said.extend(content);
                        }
                        // What is no line of text stands where the note was written.
                        other => self.put(other),
                    }
                }
                self.notes.insert(name.to_string(), said);
            }
            Some(Tag::TableCell | Tag::TableHead | Tag::TableRow) => {
                if let Some(around) = self.open.last_mut() {
                    match tag {
                        Some(Tag::TableCell) => around.cells.push(on_one_line(open.inlines)),
                        Some(Tag::TableHead) => around.heads = open.cells,
                        _ => around.rows.push(open.cells),
                    }
                }
            }
            Some(Tag::Table(sides)) => {
                let sides = sides.into_iter().map(|side| match side {
                    Alignment::Right => Side::Right,
                    Alignment::Center => Side::Center,
                    Alignment::Left | Alignment::None => Side::Plain,
                });
                self.put(Block::Table(Table { sides: sides.collect(), heads: open.heads, rows: open.rows }));
            }
            // Nothing else is switched on: what stands in it stays.
            _ => {
                self.pass(open.inlines);
                open.blocks.into_iter().for_each(|block| self.put(block));
            }
        }
        after.into_iter().for_each(|block| self.put(block));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::slots::slot;

    fn text(text: &str) -> Inline {
        Inline::text(text)
    }

    #[test]
    fn what_could_run_is_text() {
        let emphasis = |inner: &str| Inline::Emphasis(vec![text(inner)]);
        assert_eq!(line("a <script>b</script> *c*", &[]), [text("a <script>b</script> "), emphasis("c")]);
        assert_eq!(line("<img src=x onerror=a()>", &[]), [text("<img src=x onerror=a()>")]);
        let mixed = line("[*x*](javascript:a()) [y](#z)", &[]);
        assert_eq!(mixed, [emphasis("x"), text(" "), Inline::link("#z", vec![text("y")])]);
        assert_eq!(line("<javascript:a()>", &[]), [text("javascript:a()")]);
        assert_eq!(line("![alt](https://example.org/a.png)", &[]), [text("alt")]);
    }

    #[test]
    fn what_stands_too_deep_is_said_without_its_marks() {
        fn depth(blocks: &[Block]) -> usize {
            blocks
                .iter()
                .map(|block| if let Block::Quote(inner) = block { 1 + depth(inner) } else { 0 })
                .max()
                .unwrap_or(0)
        }
        let quoted = |count: usize| format!("{} a", ">".repeat(count));
        assert_eq!(too_deep(&quoted(NESTING)), None);
        assert_eq!(too_deep(&format!("a\n\n{}", quoted(NESTING + 1))), Some(3 + NESTING));
        let read = blocks(&quoted(100_000), &[]);
        assert_eq!(depth(&read), NESTING);
        assert_eq!(line(&format!("{}a{}", "**".repeat(90_000), "**".repeat(90_000)), &[]).len(), 1);
    }

    #[test]
    fn a_line_begins_nothing_but_a_line() {
        for own in ["1984. x", "# x", "- x", "> x", "    x", "…. x"] {
            assert_eq!(line(own, &[]), [text(own.trim())], "{own}");
        }
    }

    #[test]
    fn what_stands_alone_parts_its_paragraph_and_follows_its_cell() {
        let exhibit = Block::Exhibit("a".to_owned());
        let number = Inline::Number { index: 0, text: "*5*".to_owned() };
        let pieces = [Piece::Block(exhibit.clone()), Piece::Inline(number.clone())];
        let paragraph = |inline: Inline| Block::Paragraph(vec![inline]);
        let read = blocks(&format!("a {}\nb\n\n{}\n", slot(0), slot(0)), &pieces);
        assert_eq!(read, [paragraph(text("a")), exhibit.clone(), paragraph(text("b")), exhibit.clone()]);
        // A number is read as it is said, whatever marks it holds.
        assert_eq!(blocks(&format!("`{}`", slot(1)), &pieces), [paragraph(Inline::Code(vec![number]))]);
        let table = blocks(&format!("| a |\n|--:|\n| {} |\n", slot(0)), &pieces);
        assert!(matches!(table.as_slice(), [Block::Table(_), own] if *own == exhibit), "{table:?}");
    }

    #[test]
    fn notes_stand_where_they_are_called() {
        let number = Inline::Number { index: 0, text: "5".to_owned() };
        let read = blocks(
            &format!("One[^a] two.\n\n[^a]: A note of {}.\n\nThree.", slot(0)),
            &[Piece::Inline(number.clone())],
        );
        let note = Inline::Note { number: 0, content: vec![text("A note of "), number, text(".")] };
        let paragraph = Block::Paragraph(vec![text("One"), note, text(" two.")]);
        assert_eq!(read, [paragraph, Block::Paragraph(vec![text("Three.")])]);
        // What nobody wrote is no note.
        assert_eq!(blocks("One[^b].", &[]), [Block::Paragraph(vec![text("One[^b].")])]);
    }

    #[test]
    fn lists_are_lines_or_paragraphs() {
        let tight = |text: &str| match blocks(text, &[]).as_slice() {
            [Block::List { tight, start, items }] => (*tight, *start, items.len()),
            other => panic!("{other:?}"),
        };
        assert_eq!(tight("3. a\n4. b\n"), (true, Some(3), 2));
        assert_eq!(tight("- a\n\n- b\n"), (false, None, 2));
        let nested = blocks("- a\n  - b\n", &[]);
        let inner = Block::List { start: None, tight: true, items: vec![vec![Block::Paragraph(vec![text("b")])]] };
        let item = vec![Block::Paragraph(vec![text("a")]), inner];
        assert_eq!(nested, [Block::List { start: None, tight: true, items: vec![item] }]);
    }

    #[test]
    fn links_lead_to_the_web_or_stay_in_the_report() {
        for good in ["#a", "../kk/index.html#b:c", "https://example.org/?a:b", "HTTP://example.org", "mailto:a@b.org"] {
            assert!(is_harmless(good), "{good}");
        }
        for bad in ["javascript:a()", "JaVaScRiPt:a()", "java\nscript:a()", "\u{1}javascript:a()", "data:text/html,x"] {
            assert!(!is_harmless(bad), "{bad}");
        }
        for bad in ["vbscript:a", "file:///etc/passwd", "//example.org/x", " javascript:a()", "blob:x"] {
            assert!(!is_harmless(bad), "{bad}");
        }
    }
}
