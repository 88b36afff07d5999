//! Styles: the named styles of an article, its lists, settings, and foot.

use super::journal::Journal;
use super::xml::{Node, Xml, node, val};

/// The namespaces that parts declare.
pub(super) fn spaces(root: Node) -> Node {
    root.at("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        .at("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
        .at("xmlns:m", "http://schemas.openxmlformats.org/officeDocument/2006/math")
        .at("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing")
        .at("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")
        .at("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture")
}

/// Twentieths of a point in a millimetre.
pub(super) fn twips(millimetres: f64) -> i64 {
    (millimetres * 1440.0 / 25.4).round() as i64
}

/// A paragraph style beside running text.
struct Style {
    id: &'static str,
    name: &'static str,
    /// What it is like but for what follows.
    based: &'static str,
    /// Its level in the contents, from 0.
    outline: Option<i64>,
    align: &'static str,
    /// Points above and below.
    around: (i64, i64),
    /// Whether a first line is indented as in running text.
    indented: bool,
    keep_next: bool,
    bold: bool,
    italic: bool,
    /// Points smaller than running text.
    smaller: f64,
}

const PLAIN: Style = Style {
    id: "",
    name: "",
    based: "Normal",
    outline: None,
    align: "left",
    around: (0, 0),
    indented: false,
    keep_next: false,
    bold: false,
    italic: false,
    smaller: 0.0,
};

/// The style of the line before a part of a table that goes on.
pub const CONTINUATION: &str = "TableContinuation";

const STYLES: [Style; 22] = [
    Style { id: "Title", name: "Title", align: "center", around: (6, 6), keep_next: true, bold: true, ..PLAIN },
    Style { id: "Author", name: "Author", align: "center", bold: true, ..PLAIN },
    Style { id: "Affiliation", name: "Affiliation", align: "center", italic: true, smaller: 2.0, ..PLAIN },
    Style { id: "Classes", name: "Classes", ..PLAIN },
    Style { id: "AbstractHead", name: "Abstract Heading", around: (6, 0), keep_next: true, bold: true, ..PLAIN },
    Style { id: "Abstract", name: "Abstract", align: "both", indented: true, smaller: 2.0, ..PLAIN },
    Style { id: "BodyText", name: "Body Text", align: "both", indented: true, ..PLAIN },
    Style {
        id: "Heading1",
        name: "heading 1",
        outline: Some(0),
        around: (12, 6),
        keep_next: true,
        bold: true,
        ..PLAIN
    },
    Style { id: "Heading2", name: "heading 2", outline: Some(1), around: (9, 3), keep_next: true, bold: true, ..PLAIN },
    Style {
        id: "Heading3",
        name: "heading 3",
        outline: Some(2),
        around: (6, 3),
        keep_next: true,
        bold: true,
        italic: true,
        ..PLAIN
    },
    Style {
        id: "Heading4",
        name: "heading 4",
        outline: Some(3),
        around: (6, 3),
        keep_next: true,
        italic: true,
        ..PLAIN
    },
    Style { id: "TableCaption", name: "Table Caption", based: "Caption", around: (9, 3), keep_next: true, ..PLAIN },
    Style { id: CONTINUATION, name: "Table Continuation", based: "Caption", around: (6, 3), keep_next: true, ..PLAIN },
    Style { id: "FigureCaption", name: "Figure Caption", based: "Caption", align: "center", around: (3, 6), ..PLAIN },
    Style { id: "Figure", name: "Figure", align: "center", around: (9, 0), keep_next: true, ..PLAIN },
    Style { id: "TableText", name: "Table Text", smaller: 3.0, ..PLAIN },
    Style { id: "Note", name: "Note", align: "both", smaller: 3.0, ..PLAIN },
    Style { id: "FootnoteText", name: "footnote text", align: "both", smaller: 3.0, ..PLAIN },
    Style { id: "Quote", name: "Quote", align: "both", around: (3, 3), italic: true, ..PLAIN },
    Style { id: "ListParagraph", name: "List Paragraph", align: "both", ..PLAIN },
    Style { id: "Bibliography", name: "Bibliography", align: "both", smaller: 2.0, ..PLAIN },
    Style { id: "SourceCode", name: "Source Code", smaller: 3.0, ..PLAIN },
];

/// The sizes of type, in half-points, that tables may come down to where their columns would not fit.
const SMALL: std::ops::RangeInclusive<i64> = 14..=22;

/// Names the style of the cells of a table: its own, or a smaller one.
pub(super) fn table_style(small: Option<i64>) -> String {
    match small {
        Some(size) => format!("TableText{}", size.clamp(*SMALL.start(), *SMALL.end())),
        None => "TableText".to_owned(),
    }
}

/// Half-points: the unit in which sizes of type are told.
fn half_points(points: f64) -> String {
    ((points.max(8.0) * 2.0).round() as i64).to_string()
}

fn fonts(font: &str) -> Node {
    node("w:rFonts").at("w:ascii", font).at("w:hAnsi", font).at("w:eastAsia", font).at("w:cs", font)
}

/// Writes the styles.
pub(super) fn styles(journal: &Journal, lang: &str) -> Vec<u8> {
    let text = &journal.text;
    let size = |smaller: f64| {
        let size = half_points(text.points - smaller);
        [val("w:sz", &size), val("w:szCs", &size)]
    };
    let language = val("w:lang", lang).at("w:eastAsia", lang).at("w:bidi", "ar-SA");
    let runs = node("w:rPr").put(fonts(&text.font)).all(size(0.0)).put(language);
    let spacing = |(above, below): (i64, i64)| {
        let lines = (text.spacing * 240.0).round() as i64;
        let own = node("w:spacing").size("w:before", above * 20).size("w:after", below * 20);
        own.size("w:line", lines).at("w:lineRule", "auto")
    };
    let defaults = node("w:docDefaults")
        .put(node("w:rPrDefault").put(runs))
        .put(node("w:pPrDefault").put(node("w:pPr").put(spacing((0, 0)))));
    let normal = node("w:style").at("w:type", "paragraph").at("w:default", "1").at("w:styleId", "Normal");
    let normal = normal.put(val("w:name", "Normal")).put(node("w:qFormat"));
    let character =
        node("w:style").at("w:type", "character").at("w:default", "1").at("w:styleId", "DefaultParagraphFont");
    let character = character.put(val("w:name", "Default Paragraph Font")).put(val("w:uiPriority", "1"));
    let link = node("w:style").at("w:type", "character").at("w:styleId", "Hyperlink").put(val("w:name", "Hyperlink"));
    let link = link.put(node("w:rPr").put(val("w:color", "0563C1")).put(val("w:u", "single")));
    let note = node("w:style").at("w:type", "character").at("w:styleId", "FootnoteReference");
    let note = note.put(val("w:name", "footnote reference")).put(node("w:rPr").put(val("w:vertAlign", "superscript")));
    let grid = node("w:style").at("w:type", "table").at("w:default", "1").at("w:styleId", "TableNormal");
    let sides = |side: &'static str| node(side).size("w:w", 60).at("w:type", "dxa");
    let grid = grid.put(val("w:name", "Normal Table")).put(val("w:uiPriority", "99")).put(
        node("w:tblPr")
            .put(node("w:tblInd").size("w:w", 0).at("w:type", "dxa"))
            .put(node("w:tblCellMar").put(sides("w:left")).put(sides("w:right"))),
    );
    let caption = node("w:style").at("w:type", "paragraph").at("w:styleId", "Caption").put(val("w:name", "caption"));
    let caption = caption.put(val("w:basedOn", "Normal")).put(node("w:qFormat"));
    let own = |style: &Style| {
        let mut form = node("w:pPr");
        if style.keep_next {
            form = form.put(node("w:keepNext"));
        }
        form = form.put(spacing(style.around));
        if style.indented {
            form = form.put(node("w:ind").size("w:firstLine", twips(text.first_line_mm)));
        }
        if style.id == "Quote" {
            form = form.put(node("w:ind").size("w:left", 567).size("w:right", 567));
        }
        form = form.put(val("w:jc", style.align));
        if let Some(level) = style.outline {
            form = form.put(val("w:outlineLvl", &level.to_string()));
        }
        let mut run = node("w:rPr");
        if style.id == "SourceCode" {
            run = run.put(fonts("Courier New"));
        }
        if style.bold {
            run = run.put(node("w:b")).put(node("w:bCs"));
        }
        if style.italic {
            run = run.put(node("w:i")).put(node("w:iCs"));
        }
        if style.smaller > 0.0 {
            run = run.all(size(style.smaller));
        }
        node("w:style")
            .at("w:type", "paragraph")
            .at("w:styleId", style.id)
            .put(val("w:name", style.name))
            .put(val("w:basedOn", style.based))
            .put(node("w:qFormat"))
            .put(form)
            .put(run)
    };
    let styles = node("w:styles").put(defaults).put(normal).put(character).put(link).put(note).put(grid).put(caption);
    let small = |half: i64| {
        let (name, half) = (table_style(Some(half)), half.to_string());
        node("w:style")
            .at("w:type", "paragraph")
            .at("w:styleId", &name)
            .put(val("w:name", &format!("Table Text {half}")))
            .put(val("w:basedOn", "TableText"))
            .put(node("w:rPr").put(val("w:sz", &half)).put(val("w:szCs", &half)))
    };
    Xml::from(spaces(styles).all(STYLES.iter().map(own)).all(SMALL.map(small))).part()
}

/// A list of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Items with dashes.
    Marked,
    /// Numbered items, from this number.
    Numbered(u64),
}

/// Writes the lists: two kinds, and each list of the text, so that each begins anew.
pub(super) fn numbering(lists: &[List]) -> Vec<u8> {
    let kind = |id: &str, format: &str, text: fn(usize) -> String| {
        let level = |at: usize| {
            let left = 567 + 425 * at as i64;
            node("w:lvl")
                .at("w:ilvl", &at.to_string())
                .put(val("w:start", "1"))
                .put(val("w:numFmt", format))
                .put(val("w:lvlText", &text(at)))
                .put(val("w:lvlJc", "left"))
                .put(node("w:pPr").put(node("w:ind").size("w:left", left).size("w:hanging", 425)))
        };
        node("w:abstractNum")
            .at("w:abstractNumId", id)
            .put(val("w:multiLevelType", "hybridMultilevel"))
            .all((0..9).map(level))
    };
    let one = |(at, list): (usize, &List)| {
        let own = node("w:num").at("w:numId", &(at + 1).to_string());
        match list {
            List::Marked => own.put(val("w:abstractNumId", "0")),
            List::Numbered(start) => {
                let start = val("w:startOverride", &start.to_string());
                own.put(val("w:abstractNumId", "1")).put(node("w:lvlOverride").at("w:ilvl", "0").put(start))
            }
        }
    };
    let root = spaces(node("w:numbering"));
    let root =
        root.put(kind("0", "bullet", |_| "–".to_owned())).put(kind("1", "decimal", |at| format!("%{}.", at + 1)));
    Xml::from(root.all(lists.iter().enumerate().map(one))).part()
}

/// Writes the settings: hyphenation, so that justified text has no rivers; the mode of today's programs.
pub(super) fn settings(has_notes: bool) -> Vec<u8> {
    let mode = node("w:compatSetting")
        .at("w:name", "compatibilityMode")
        .at("w:uri", "http://schemas.microsoft.com/office/word")
        .at("w:val", "15");
    let root = spaces(node("w:settings"))
        .put(node("w:autoHyphenation"))
        .put(val("w:characterSpacingControl", "doNotCompress"));
    let lines = has_notes.then(|| {
        let line = |(id, _): &(&str, &str)| node("w:footnote").at("w:id", id);
        node("w:footnotePr").all(NOTE_LINES.iter().map(line))
    });
    let root = root.all(lines);
    Xml::from(root.put(node("w:compat").put(mode))).part()
}

/// What parts footnotes from the text, and from what they carry on: their ids and kinds.
const NOTE_LINES: [(&str, &str); 2] = [("-1", "separator"), ("0", "continuationSeparator")];

/// Writes the footnotes.
pub(super) fn footnotes(notes: Vec<Node>) -> Vec<u8> {
    let line = |(id, kind): &(&str, &str)| {
        let name = if *kind == "separator" { "w:separator" } else { "w:continuationSeparator" };
        let paragraph = node("w:p").put(node("w:r").put(node(name)));
        node("w:footnote").at("w:type", kind).at("w:id", id).put(paragraph)
    };
    Xml::from(spaces(node("w:footnotes")).all(NOTE_LINES.iter().map(line)).all(notes)).part()
}

/// Lists the fonts.
pub(super) fn font_table(journal: &Journal) -> Vec<u8> {
    let font = |name: &str| node("w:font").at("w:name", name).put(val("w:charset", "CC"));
    Xml::from(spaces(node("w:fonts")).put(font(&journal.text.font)).put(font("Courier New"))).part()
}

/// Writes the foot of a page: its number.
pub(super) fn foot() -> Vec<u8> {
    let mark = |kind: &str| node("w:r").put(node("w:fldChar").at("w:fldCharType", kind));
    let text = node("w:r").put(node("w:instrText").at("xml:space", "preserve").text(" PAGE "));
    let number = node("w:r").put(node("w:t").text("1"));
    let paragraph = node("w:p").put(node("w:pPr").put(val("w:jc", "center")));
    let paragraph = paragraph.put(mark("begin")).put(text).put(mark("separate")).put(number).put(mark("end"));
    Xml::from(spaces(node("w:ftr")).put(paragraph)).part()
}

/// Writes the end of a section: its sheet and margins.
pub(super) fn section(journal: &Journal) -> Node {
    let (width, height) = (twips(210.0), twips(297.0));
    let size = node("w:pgSz").size("w:w", width).size("w:h", height);
    let page = &journal.page;
    let margins = node("w:pgMar")
        .size("w:top", twips(page.top_mm))
        .size("w:right", twips(page.right_mm))
        .size("w:bottom", twips(page.bottom_mm))
        .size("w:left", twips(page.left_mm))
        .size("w:header", 567)
        .size("w:footer", 567)
        .size("w:gutter", 0);
    let foot = node("w:footerReference").at("w:type", "default").at("r:id", "rIdFoot");
    node("w:sectPr").put(foot).put(size).put(margins)
}
