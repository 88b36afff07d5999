//! Document: what a page says, as blocks and inlines; every format is a walker of it.
//!
//! What a document cannot hold:
//! - a number of a finding without its owner: one stands as [`Inline::Number`], which names the number of the page;
//! - an unresolved reference: a citation has its number, a reference to an exhibit its words, before either is made;
//! - raw HTML: what an author writes of it is [`Inline::Text`], and no block or inline holds markup of any format;
//! - an address that runs something: an [`Inline::Link`] leads to the web, to a mailbox or into the report;
//! - a link within a link: what stands in a link leads nowhere else, and walkers write numbers and references in it bare;
//! - a block within a line: what stands alone, as an exhibit does, parts the paragraph in which it was placed.

pub mod markdown;
pub mod notes;
pub mod slots;

use crate::language::Lang;

/// A run of text and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Text as it is read.
    Text(String),
    /// A number that the page owns.
    Number {
        /// Its index among the numbers of the page.
        index: usize,
        /// How it is said here.
        text: String,
    },
    /// A reference to an exhibit.
    Reference {
        /// The exhibit.
        exhibit: String,
        /// How it is said here: `рис. 1`.
        text: String,
    },
    /// A citation.
    Cite {
        /// The work.
        work: String,
        /// Its number in the list of works of the page.
        number: usize,
        /// Where in the work, as printed.
        page: Option<String>,
    },
    /// A formula, in plain letters.
    Formula(String),
    /// Code; it holds text and numbers.
    Code(Vec<Inline>),
    /// Stress.
    Emphasis(Vec<Inline>),
    /// Strong stress.
    Strong(Vec<Inline>),
    /// A link.
    Link {
        /// The address: within the report or on the web.
        to: String,
        /// What a reader sees when pointing at it.
        title: String,
        /// What is linked.
        content: Vec<Inline>,
    },
    /// A footnote; its mark stands here.
    Note {
        /// Its number on the page, from 1; 0 until the page is whole.
        number: usize,
        /// What it says.
        content: Vec<Inline>,
    },
    /// A place that a link may lead to.
    Anchor(String),
    /// The mark of a place where no alternative of the text holds.
    Untold(String),
    /// The end of a line of the source, which reads as a space.
    Soft,
    /// A break that the author asks for.
    Break,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading {
        /// Its level, from 2: the title of the page is the first.
        level: u8,
        /// The place that a link may lead to, where the author names one.
        id: Option<String>,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// The number of the first item; none where they have no numbers.
        start: Option<u64>,
        /// True where items are lines, not paragraphs.
        tight: bool,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// What others said.
    Quote(Vec<Block>),
    /// Lines of code.
    Code {
        /// In which language, where that is told.
        language: String,
        /// Text and numbers.
        content: Vec<Inline>,
    },
    /// A line across.
    Rule,
    /// A table of words.
    Table(Table),
    /// A figure or a table of the study.
    Exhibit(String),
    /// What is written from the catalogue, the literature or the term base.
    Generated(Matter),
    /// The lists of exhibits.
    Listing(Vec<Block>),
    /// A part in another language.
    Version {
        /// The language.
        lang: Lang,
        /// What it says.
        content: Vec<Block>,
    },
}

/// A table of words: one row of heads, and in each row a head of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Where the text of each column stands.
    pub sides: Vec<Side>,
    /// The heads of the columns.
    pub heads: Vec<Vec<Inline>>,
    /// The rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// Where text stands in its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// As the reader's language has it.
    #[default]
    Plain,
    /// In the middle.
    Center,
    /// Right.
    Right,
}

/// The generated parts of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// The works cited.
    References,
    /// The lists of figures and tables.
    Exhibits,
    /// The methods applied.
    Methods,
    /// The sources.
    Sources,
    /// The checks.
    Checks,
    /// The glossary.
    Glossary,
    /// How the report was made.
    Colophon,
}

impl Matter {
    /// All parts, each with the name by which templates call it.
    pub const ALL: [(&'static str, Matter); 7] = [
        ("references", Matter::References),
        ("exhibits_list", Matter::Exhibits),
        ("methods_appendix", Matter::Methods),
        ("sources_table", Matter::Sources),
        ("checks_table", Matter::Checks),
        ("glossary", Matter::Glossary),
        ("colophon", Matter::Colophon),
    ];
}

impl Inline {
    /// Makes a text.
    pub fn text(text: impl Into<String>) -> Inline {
        Inline::Text(text.into())
    }

    /// Makes code of a text.
    pub fn code(text: impl Into<String>) -> Inline {
        Inline::Code(vec![Inline::text(text)])
    }

    /// Makes a link.
    pub fn link(to: impl Into<String>, content: Vec<Inline>) -> Inline {
        Inline::Link { to: to.into(), title: String::new(), content }
    }

    /// Returns what stands in it.
    pub fn content(&self) -> &[Inline] {
        match self {
            Inline::Code(inner) | Inline::Emphasis(inner) | Inline::Strong(inner) => inner,
            Inline::Link { content, .. } | Inline::Note { content, .. } => content,
            _ => &[],
        }
    }

    /// Returns what stands in it, to be changed.
    fn inner(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            Inline::Code(inner) | Inline::Emphasis(inner) | Inline::Strong(inner) => Some(inner),
            Inline::Link { content, .. } | Inline::Note { content, .. } => Some(content),
            Inline::Text(_)
            | Inline::Number { .. }
            | Inline::Reference { .. }
            | Inline::Cite { .. }
            | Inline::Formula(_)
            | Inline::Anchor(_)
            | Inline::Untold(_)
            | Inline::Soft
            | Inline::Break => None,
        }
    }
}

/// Returns a run as it is read, without any form and without its notes.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text)
            | Inline::Number { text, .. }
            | Inline::Reference { text, .. }
            | Inline::Formula(text) => out.push_str(text),
            Inline::Cite { .. } => out.push_str(&cited(inline)),
            Inline::Code(inner) | Inline::Emphasis(inner) | Inline::Strong(inner) => out.push_str(&plain(inner)),
            Inline::Link { content, .. } => out.push_str(&plain(content)),
            Inline::Untold(said) => out.push_str(&format!("[{said}]")),
            Inline::Anchor(_) | Inline::Note { .. } => {}
            Inline::Soft | Inline::Break => out.push(' '),
        }
    }
    out
}

/// Returns a citation as it is read: `[1, с. 5]`.
pub fn cited(cite: &Inline) -> String {
    match cite {
        Inline::Cite { number, page: Some(page), .. } => format!("[{number}, {page}]"),
        Inline::Cite { number, page: None, .. } => format!("[{number}]"),
        _ => String::new(),
    }
}

/// Returns a run in which numbers are mere text: what repeats a passage does not print its numbers a second time.
pub fn repeated(inlines: &[Inline]) -> Vec<Inline> {
    let mut copy = inlines.to_vec();
    each(&mut copy, &mut |inline| {
        if let Inline::Number { text, .. } = inline {
            *inline = Inline::Text(std::mem::take(text));
        }
    });
    copy
}

/// Looks at a run and what stands in it.
pub fn look(inlines: &[Inline], see: &mut impl FnMut(&Inline)) {
    for inline in inlines {
        see(inline);
        look(inline.content(), see);
    }
}

/// Looks at every run of a block.
pub fn look_at_runs(block: &Block, see: &mut impl FnMut(&[Inline])) {
    match block {
        Block::Heading { content, .. } | Block::Paragraph(content) | Block::Code { content, .. } => see(content),
        Block::List { items, .. } => items.iter().flatten().for_each(|block| look_at_runs(block, see)),
        Block::Quote(inner) | Block::Listing(inner) | Block::Version { content: inner, .. } => {
            inner.iter().for_each(|block| look_at_runs(block, see));
        }
        Block::Table(table) => table.heads.iter().chain(table.rows.iter().flatten()).for_each(|cell| see(cell)),
        Block::Rule | Block::Exhibit(_) | Block::Generated(_) => {}
    }
}

/// Goes through a run and what stands in it.
pub fn each(inlines: &mut [Inline], change: &mut impl FnMut(&mut Inline)) {
    for inline in inlines {
        change(inline);
        if let Some(inner) = inline.inner() {
            each(inner, change);
        }
    }
}

/// Goes through every run of a document.
pub fn each_run(blocks: &mut [Block], change: &mut impl FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) | Block::Code { content, .. } => change(content),
            Block::List { items, .. } => items.iter_mut().for_each(|item| each_run(item, change)),
            Block::Quote(inner) | Block::Listing(inner) | Block::Version { content: inner, .. } => {
                each_run(inner, change);
            }
            Block::Table(table) => {
                table.heads.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(&mut *change);
            }
            Block::Rule | Block::Exhibit(_) | Block::Generated(_) => {}
        }
    }
}
