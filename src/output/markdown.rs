//! Markdown: a language version as one readable file, its figures linked.

use super::matter;
use super::setting::{Cell, Setting};
use super::{Material, Shown, Version, exhibit_of};
use crate::document::{Block, Inline, Side, Table, cited, notes, plain};
use crate::language::ExhibitKind;

/// Writes `report.md`.
pub(super) fn page(version: &Version, material: &Material) -> String {
    let page = version.page;
    let mut out = format!("# {}\n\n", literal(material.title(page.lang)));
    let word = |key: &'static str| material.language(page.lang).and_then(|language| language.word(key)).unwrap_or(key);
    for (key, code) in [("udc", &material.study.udc), ("grnti", &material.study.grnti)] {
        if let Some(code) = code {
            out.push_str(&format!("{} {}\n\n", word(key), literal(code)));
        }
    }
    for author in &material.study.authors {
        let pick = |texts: &crate::study::Texts| texts.get(page.lang.code()).cloned().unwrap_or_default();
        let remark = if author.placeholder { format!(" ({})", word("author-placeholder")) } else { String::new() };
        let (name, affiliation) = (literal(&pick(&author.name)), literal(&pick(&author.affiliation)));
        out.push_str(&format!("{name}{remark}, {affiliation}\n\n"));
    }
    let whole = matter::whole(page, material);
    out.push_str(&Walk { version, material }.blocks(&whole));
    out.push('\n');
    for (number, content) in notes::all(&whole) {
        out.push_str(&format!("\n[^{number}]: {}\n", run(&content).replace("\\\n", " ").replace('\n', " ")));
    }
    out
}

struct Walk<'a> {
    version: &'a Version<'a>,
    material: &'a Material,
}

impl Walk<'_> {
    fn blocks(&self, blocks: &[Block]) -> String {
        let blocks = blocks.iter().map(|block| self.block(block)).filter(|block| !block.is_empty());
        blocks.collect::<Vec<_>>().join("\n\n")
    }

    /// Writes a block, without the line that ends it.
    fn block(&self, block: &Block) -> String {
        match block {
            Block::Heading { level, id, content } => {
                let place = id.as_ref().map(|id| anchor(id) + "\n\n").unwrap_or_default();
                format!("{place}{} {}", "#".repeat(usize::from(*level)), run(content))
            }
            Block::Paragraph(content) => paragraph(content),
            Block::List { start, tight, items } => {
                let mark = |at: usize| start.map_or("- ".to_owned(), |start| format!("{}. ", start + at as u64));
                let item = |(at, item): (usize, &Vec<Block>)| {
                    let mark = mark(at);
                    let separator = if *tight { "\n" } else { "\n\n" };
                    let inner: Vec<String> = item.iter().map(|block| self.block(block)).collect();
                    mark.clone() + &indented(&inner.join(separator), mark.len())
                };
                let items: Vec<String> = items.iter().enumerate().map(item).collect();
                items.join(if *tight { "\n" } else { "\n\n" })
            }
            Block::Quote(inner) => {
                let line = |line: &str| format!("> {line}").trim_end().to_owned();
                self.blocks(inner).lines().map(line).collect::<Vec<_>>().join("\n")
            }
            Block::Code { language, content } => {
                let text = plain(content);
                let fence = "`".repeat(longest_fence(&text).max(2) + 1);
                format!("{fence}{language}\n{}\n{fence}", text.trim_end_matches('\n'))
            }
            Block::Rule => "---".to_owned(),
            Block::Table(table) => words(table),
            Block::Exhibit(id) => self.exhibit(id),
            // The whole page has these written out.
            Block::Generated(_) => String::new(),
            Block::Listing(inner) | Block::Version { content: inner, .. } => self.blocks(inner),
        }
    }

    fn exhibit(&self, id: &str) -> String {
        let Some(exhibit) = exhibit_of(id, self.version, self.material) else { return String::new() };
        let caption = format!("{} – {}{}", exhibit.label, run(&exhibit.caption.title), literal(&exhibit.unit));
        let (place, under) = (anchor(id), under(&exhibit));
        match exhibit.kind {
            ExhibitKind::Table => format!("{place}{caption}\n\n{}\n\n{under}", table(&exhibit.setting)),
            ExhibitKind::Figure => {
                let (alt, lang) = (literal(exhibit.description), self.version.page.lang.code());
                format!("{place}![{alt}](../figures/{id}.{lang}.svg)\n\n{caption}\n\n{under}")
            }
        }
    }
}

/// Writes the notes and the source of an exhibit.
fn under(exhibit: &Shown) -> String {
    let mut under = String::new();
    let mut head = exhibit.head_of_notes();
    for note in &exhibit.setting.notes {
        let mark = if note.mark.is_empty() { String::new() } else { format!("{} ", literal(&note.mark)) };
        under.push_str(&format!("{}{mark}{}\n\n", std::mem::take(&mut head), run(&note.text)));
    }
    if exhibit.caption.source.is_empty() {
        return under.trim_end().to_owned();
    }
    under + &format!("{}: {}", exhibit.language.word("source").unwrap_or_default(), run(&exhibit.caption.source))
}

/// Writes the place that a link leads to. Plain Markdown has none of its own.
fn anchor(id: &str) -> String {
    format!("<a id=\"{}\"></a>", id.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;"))
}

/// Writes a paragraph, no line of which begins anything else.
fn paragraph(content: &[Inline]) -> String {
    let text = run(content);
    let lines = text.lines().map(|line| {
        let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
        let begins_item = (1..10).contains(&digits) && line[digits..].starts_with(['.', ')']);
        match line.chars().next() {
            _ if begins_item && line[digits + 1..].starts_with([' ', '\t']) => {
                format!("{}\\{}", &line[..digits], &line[digits..])
            }
            Some('#' | '>' | '+' | '-' | '=') => format!("\\{line}"),
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Writes a run.
fn run(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Number { text, .. } | Inline::Formula(text) => out.push_str(&literal(text)),
            Inline::Reference { exhibit, text } => out.push_str(&format!("[{}](#{exhibit})", literal(text))),
            Inline::Cite { work, .. } => out.push_str(&format!("[{}](#ref-{work})", cited(inline))),
            Inline::Code(inner) => out.push_str(&code(&plain(inner))),
            Inline::Emphasis(inner) => out.push_str(&format!("*{}*", run(inner))),
            Inline::Strong(inner) => out.push_str(&format!("**{}**", run(inner))),
            Inline::Link { to, title, content } => out.push_str(&link(to, title, content)),
            Inline::Note { number, .. } => out.push_str(&format!("[^{number}]")),
            Inline::Anchor(id) => out.push_str(&anchor(id)),
            Inline::Untold(said) => out.push_str(&format!("**\\[{}\\]**", literal(said))),
            Inline::Soft => out.push('\n'),
            Inline::Break => out.push_str("\\\n"),
        }
    }
    out
}

fn link(to: &str, title: &str, content: &[Inline]) -> String {
    if plain(content) == to && title.is_empty() && to.contains(':') {
        return format!("<{to}>");
    }
    let is_plain = to.chars().all(|c| !c.is_whitespace() && !"()<>\\".contains(c));
    let to = if is_plain { to.to_owned() } else { format!("<{}>", to.replace('<', "%3C").replace('>', "%3E")) };
    let title = if title.is_empty() { String::new() } else { format!(" \"{}\"", title.replace('"', "\\\"")) };
    format!("[{}]({to}{title})", run(content))
}

/// Writes a text as code, between as many marks as it needs.
fn code(text: &str) -> String {
    let fence = "`".repeat(longest_fence(text) + 1);
    let edge = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{edge}{text}{edge}{fence}")
}

/// Returns how many marks of code stand in a row at most.
fn longest_fence(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Moves the lines behind the first to the right.
fn indented(text: &str, by: usize) -> String {
    let line = |(at, line): (usize, &str)| match at {
        0 => line.to_owned(),
        _ if line.is_empty() => String::new(),
        _ => format!("{}{line}", " ".repeat(by)),
    };
    text.lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// Writes a table of words.
fn words(table: &Table) -> String {
    let side = |at: usize| match table.sides.get(at) {
        Some(Side::Right) => "--:|",
        Some(Side::Center) => ":-:|",
        Some(Side::Plain) | None => "---|",
    };
    let sides: String = (0..table.heads.len()).map(side).collect();
    // Within a cell, a stroke ends it even in code.
    let row = |cells: &Vec<Vec<Inline>>| {
        let cell = |cell: &Vec<Inline>| match cell.as_slice() {
            [before @ .., Inline::Code(inner)] => run(before) + &code(&plain(inner)).replace('|', "\\|"),
            cell => run(cell),
        };
        format!("| {} |", cells.iter().map(cell).collect::<Vec<_>>().join(" | ").replace('\n', " "))
    };
    let rows = table.rows.iter().map(row);
    [row(&table.heads), format!("|{sides}")].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

fn table(setting: &Setting) -> String {
    let sides: String = setting.texts.iter().map(|text| if *text { "---|" } else { "--:|" }).collect();
    // Markdown has one row of headings: each column takes along that of its group.
    let head = |(at, head): (usize, &String)| {
        let group = setting.groups.iter().find(|(_, columns)| columns.contains(&at));
        literal(&group.map_or(head.clone(), |(group, _)| format!("{group}: {head}")))
    };
    let heads: Vec<String> = setting.heads.iter().enumerate().map(head).collect();
    let mut lines = vec![format!("| {} | {} |", literal(&setting.stub), heads.join(" | ")), format!("|---|{sides}")];
    let text = |cell: &Cell| format!("{}{}", literal(&cell.text), literal(&cell.mark));
    for line in &setting.rows {
        let cells: Vec<String> = line.cells.iter().map(text).collect();
        lines.push(format!("| {}{} | {} |", literal(&line.stub), literal(&line.mark), cells.join(" | ")));
    }
    lines.join("\n")
}

/// Escapes a text for Markdown, within a line or a cell of a table.
pub(crate) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let letters: Vec<char> = text.chars().collect();
    let may_link = may_link(text);
    for (i, letter) in letters.iter().enumerate() {
        // An underscore within a word, an ampersand before a space and a sign between numbers are themselves.
        let next = letters.get(i + 1);
        let beside = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
        let special = match letter {
            '\\' | '`' | '*' | '|' | '~' => true,
            '[' | ']' => may_link,
            '<' => next.is_none_or(|c| c.is_alphabetic() || "/!?".contains(*c)),
            '_' => !(beside(i.checked_sub(1)) && beside(Some(i + 1))),
            '&' => beside(Some(i + 1)) || next == Some(&'#'),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(if *letter == '\n' { ' ' } else { *letter });
    }
    out
}

/// Returns true where the brackets of a text could be read as those of a link, or end one around it.
fn may_link(text: &str) -> bool {
    let mut depth = 0usize;
    let balanced = text.chars().all(|c| match c {
        '[' => {
            depth += 1;
            true
        }
        ']' => {
            let open = depth > 0;
            depth = depth.saturating_sub(1);
            open
        }
        _ => true,
    });
    !balanced
        || depth > 0
        || text.ends_with(']')
        || ["](", "][", "]:", "[^", "[ ]", "[x]"].iter().any(|own| text.contains(own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown;

    #[test]
    fn what_is_written_is_read_again_as_it_was() {
        let texts = [
            "a|b",
            "*a* _b_ c_d",
            "<b>x</b> & y",
            "[a](b) `c` \\d",
            "&amp; &#35; ~~x~~",
            "1. a",
            "# a",
            "- a",
            "> a",
            "x > y < z",
            "[n(n − 1)] / 2",
            "a]",
            "<https://example.org>",
            "[a",
            "x [1]",
        ];
        for text in texts {
            let written = paragraph(&[Inline::text(text)]);
            let read = markdown::blocks(&written, &[]);
            assert_eq!(read, [Block::Paragraph(vec![Inline::text(text)])], "{written}");
        }
        assert_eq!(literal("rural_balance, 5 & 6"), "rural_balance, 5 & 6");
    }

    #[test]
    fn forms_are_read_again_as_they_were() {
        let source = "a *b* **c** `d` [e](#f) <https://example.org/>\nz";
        let read = markdown::blocks(source, &[]);
        let [Block::Paragraph(inlines)] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(paragraph(inlines), source);
    }
}
