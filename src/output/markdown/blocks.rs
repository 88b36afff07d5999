//! Blocks: what a page says, as Markdown that is read again as the same blocks.

use super::run::{Within, anchor, heading, longest_fence, paragraph, run};
use crate::document::{Block, Inline, Side, Table, notes, plain};

/// Writes an exhibit; `None` where it does not stand here.
pub(super) type Exhibits<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Writes a document, its notes behind it.
pub(super) fn whole(document: &[Block], exhibits: Exhibits) -> String {
    let mut out = blocks(document, exhibits) + "\n";
    for (number, content) in notes::all(document) {
        let text = run(&content, Within::default()).replace("\\\n", " ").replace('\n', " ");
        out.push_str(&format!("\n[^{number}]: {text}\n"));
    }
    out
}

/// Writes blocks with empty lines between them.
fn blocks(blocks: &[Block], exhibits: Exhibits) -> String {
    joined(blocks, None, "\n\n", exhibits)
}

/// The marks of a list: whether they are numbers, and whether they are the other of the two marks of their kind.
type Marks = (bool, bool);

/// Writes blocks; of two lists of a kind side by side each has marks of its own, or they would be one. An item's own
/// marks stand before its first block.
fn joined(blocks: &[Block], marks: Option<Marks>, separator: &str, exhibits: Exhibits) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut before = marks;
    for own in blocks {
        let is_numbered = if let Block::List { start, .. } = own { Some(start.is_some()) } else { None };
        let is_other = is_numbered.is_some_and(|numbered| before == Some((numbered, false)));
        let text = block(own, is_other, exhibits);
        if !text.is_empty() {
            before = is_numbered.map(|numbered| (numbered, is_other));
            out.push(text);
        }
    }
    out.join(separator)
}

/// Writes a block, without the line that ends it; a list with the other of the two marks of its kind where that is asked.
fn block(block: &Block, is_other: bool, exhibits: Exhibits) -> String {
    match block {
        Block::Heading { level, id, content } => {
            let place = id.as_ref().map(|id| anchor(id) + "\n\n").unwrap_or_default();
            format!("{place}{} {}", "#".repeat(usize::from(*level)), heading(content)).trim_end_matches(' ').to_owned()
        }
        Block::Paragraph(content) => paragraph(content),
        Block::List { start, tight, items } => list(*start, *tight, items, is_other, exhibits),
        Block::Quote(inner) => {
            let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
            let lines: Vec<String> = blocks(inner, exhibits).lines().map(line).collect();
            if lines.is_empty() { ">".to_owned() } else { lines.join("\n") }
        }
        Block::Code { language, content } => code(language, &plain(content)),
        // One of hyphens would make a heading of the line before it, one of asterisks an item's mark its part.
        Block::Rule => "___".to_owned(),
        Block::Table(table) => words(table),
        Block::Exhibit(id) => exhibits(id).unwrap_or_default(),
        // The whole page has these written out.
        Block::Generated(_) => String::new(),
        Block::Listing(inner) | Block::Version { content: inner, .. } => blocks(inner, exhibits),
    }
}

fn list(start: Option<u64>, tight: bool, items: &[Vec<Block>], is_other: bool, exhibits: Exhibits) -> String {
    let bullet = if is_other { "* " } else { "- " };
    let sign = if is_other { ')' } else { '.' };
    // No number of more digits is read as that of an item.
    let number = |start: u64, at: usize| start.saturating_add(at as u64).min(999_999_999);
    let mark = |at: usize| start.map_or(bullet.to_owned(), |start| format!("{}{sign} ", number(start, at)));
    // An empty line between blocks makes a list loose, which only paragraphs show.
    let is_line = |block: &Block| matches!(block, Block::Paragraph(_));
    let is_tight = tight && items.iter().flatten().any(is_line);
    let item = |(at, item): (usize, &Vec<Block>)| {
        let mark = mark(at);
        let marks = Some((start.is_some(), is_other));
        let inner = joined(item, marks, if is_tight { "\n" } else { "\n\n" }, exhibits);
        (mark.clone() + &indented(&inner, mark.len())).trim_end_matches(' ').to_owned()
    };
    let items: Vec<String> = items.iter().enumerate().map(item).collect();
    items.join(if tight { "\n" } else { "\n\n" })
}

/// Writes lines of code between marks that do not occur in them.
fn code(language: &str, text: &str) -> String {
    let mark = if language.contains('`') { "~" } else { "`" };
    let fence = mark.repeat(longest_fence(text, mark).max(2) + 1);
    let special = |c: char| if "\\`*&<_".contains(c) { vec!['\\', c] } else { vec![c] };
    let language: String = language.chars().flat_map(special).collect();
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{text}{end}{fence}")
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
    let row = |cells: &Vec<Vec<Inline>>| {
        let cells = cells.iter().map(|cell| run(cell, Within::CELL));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | ").replace('\n', " "))
    };
    let rows = table.rows.iter().map(row);
    [row(&table.heads), format!("|{sides}")].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

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
        assert_eq!(super::super::run::literal("rural_balance, 5 & 6"), "rural_balance, 5 & 6");
    }

    #[test]
    fn forms_are_read_again_as_they_were() {
        let source = "a *b* **c** `d` [e](#f) <https://example.org/>\nz";
        let read = markdown::blocks(source, &[]);
        let [Block::Paragraph(inlines)] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(paragraph(inlines), source);
    }

    /// What documents are made of at random: words, marks of stress, code and links, beginnings and ends of lines.
    const PIECES: [&str; 72] = [
        "a",
        "b ",
        " c",
        "Ж",
        "5",
        "1.",
        " ",
        "\n",
        "\n",
        "\n\n",
        "\n\n",
        "*",
        "*",
        "**",
        "_",
        "__",
        "***",
        "`",
        "``",
        "[a](b)",
        "[",
        "](x)",
        "](<y z> \"t\")",
        "<http://a.b>",
        "\\",
        "\\\n",
        "  \n",
        "&amp;",
        "&#42;",
        "&",
        "<b>",
        "<!-- c -->",
        "{",
        "}",
        "#",
        " ##",
        "\n# ",
        "\n## ",
        "\n### ",
        "\n- ",
        "\n- ",
        "\n* ",
        "\n+ ",
        "\n1. ",
        "\n7) ",
        "\n  - ",
        "\n   1. ",
        "\n    ",
        "\n  ",
        "\n> ",
        "\n> > ",
        ">",
        "\n```\n",
        "\n~~~ x\n",
        "\n---\n",
        "\n***\n",
        "\n===\n",
        "\n| a | b |\n|---|--:|\n| ",
        " | ",
        "|",
        "\n|  |\n|---|\n",
        "|\n",
        ":",
        "~",
        "-",
        "+",
        "=",
        "«",
        "»",
        ".",
        "\u{a0}",
        "\t",
    ];

    /// What the form of a document cannot hold in Markdown: places, and an address that is one.
    fn bare(blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Heading { id, .. } => *id = None,
                Block::List { items, .. } => items.iter_mut().for_each(|item| bare(item)),
                Block::Quote(inner) => bare(inner),
                _ => {}
            }
        }
    }

    #[test]
    fn notes_are_read_again_as_they_were() {
        let mut read =
            markdown::blocks("One[^a] *two*[^b].\n\n[^a]: A [note](#x).\n\n[^b]: **Another**.\n\n- Three\n", &[]);
        notes::number(&mut read);
        let mut again = markdown::blocks(&whole(&read, &|_| None), &[]);
        notes::number(&mut again);
        assert_eq!(again, read);
        assert_eq!(notes::all(&read).len(), 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn documents_are_read_again_as_they_were(pieces in prop::collection::vec(select(&PIECES[..]), 1..14)) {
            let source = pieces.concat();
            let mut read = markdown::blocks(&source, &[]);
            bare(&mut read);
            let written = whole(&read, &|_| None);
            prop_assert_eq!(markdown::blocks(&written, &[]), read, "{:?}", written);
        }
    }
}
