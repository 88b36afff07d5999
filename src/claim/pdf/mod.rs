//! Pdf: the text layer of a PDF with its positions → lines in reading order, rows of tables with tabs, pages as parts.

mod edges;
mod layout;
mod weigh;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

use super::source::{Part, Source};
use crate::files::limits::{PAPER_BYTES, PDF_PAGES, PDF_STEPS};
use layout::Glyph;

/// What keeps a PDF from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is damaged, or no PDF behind its first bytes.
    Damaged,
    /// It asks for a password.
    Locked,
    /// It is encrypted, if without a password, so that nobody can see what it unpacks to.
    Encrypted,
    /// Its streams unpack to more than a paper can hold.
    TooLarge,
    /// It draws more than a paper does, or has more pages.
    TooMuch,
    /// None of its pages holds text.
    Scanned,
}

impl Unreadable {
    /// Says what is wrong.
    pub fn message(self) -> &'static str {
        match self {
            Unreadable::Damaged => "is a damaged PDF",
            Unreadable::Locked => "is a PDF that asks for a password",
            Unreadable::Encrypted => "is an encrypted PDF, and what it unpacks to cannot be limited",
            Unreadable::TooLarge => "is no paper: what it holds unpacks to more than 256 MiB",
            Unreadable::TooMuch => "is no paper: it has more than 2000 pages, or draws more than 20 million times",
            Unreadable::Scanned => "is a PDF without text: its pages are images",
        }
    }

    /// Says what to do.
    pub fn hint(self) -> &'static str {
        match self {
            Unreadable::Scanned => {
                "give the document that it was made from, or let a program for recognising text read it first"
            }
            Unreadable::Locked | Unreadable::Encrypted => "save it without protection, as by printing it to a new PDF",
            _ => "give the document that it was made from, or its text",
        }
    }
}

/// Says whether bytes are a PDF; its mark may stand behind some bytes of a mailer.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// The stack on which a PDF is read: its objects may stand within one another.
const STACK: usize = 64 << 20;

/// Reads the text of a PDF. Whatever it holds, the program goes on: what panics inside is a damaged file.
pub fn read(bytes: Vec<u8>) -> Result<Source, Unreadable> {
    weigh::weigh(&bytes)?;
    let work = move || catch_unwind(AssertUnwindSafe(|| pages(bytes)));
    let worker = std::thread::Builder::new().name(WORKER.to_owned()).stack_size(STACK).spawn(work);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(read))) => read,
        Ok(Ok(Err(reason))) if reason.is::<TooMuch>() => Err(Unreadable::TooMuch),
        _ => Err(Unreadable::Damaged),
    }
}

/// The name of the thread that reads a PDF: what panics there is told as a damaged file.
pub const WORKER: &str = "pdf";

/// Thrown out of a page that draws without an end; the crate offers no other way out.
struct TooMuch;

fn pages(bytes: Vec<u8>) -> Result<Source, Unreadable> {
    let pdf = Pdf::new(bytes).map_err(|problem| match problem {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable::Locked,
        LoadPdfError::Decryption(_) => Unreadable::Encrypted,
        LoadPdfError::Invalid => Unreadable::Damaged,
    })?;
    if pdf.pages().len() > PDF_PAGES {
        return Err(Unreadable::TooMuch);
    }
    let mut source = Source::default();
    let (mut steps, mut empty, mut unknown) = (0, Vec::new(), Vec::new());
    let count = pdf.pages().len();
    let (mut texts, mut length) = (Vec::with_capacity(count), 0);
    for (at, page) in pdf.pages().iter().enumerate() {
        let cache = InterpreterCache::new();
        let unit = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = InterpreterSettings { warning_sink: std::sync::Arc::new(|_| {}), ..Default::default() };
        let mut context = Context::new(Affine::IDENTITY, unit, &cache, pdf.xref(), settings);
        let mut reader = Reader { steps, ..Reader::default() };
        interpret_page(page, &mut context, &mut reader);
        steps = reader.steps;
        if reader.glyphs.is_empty() {
            empty.push((at + 1).to_string());
        }
        if reader.unknown > 0 {
            unknown.push(format!("{} ({} of {})", at + 1, reader.unknown, reader.glyphs.len()));
        }
        let text = layout::text(reader.glyphs);
        length += text.len();
        if length > PAPER_BYTES {
            return Err(Unreadable::TooMuch);
        }
        texts.push(text);
    }
    source.notes.extend(edges::taken(&mut texts));
    for (at, text) in texts.iter().enumerate() {
        source.begin(Part::Page(at + 1));
        source.text.push_str(text);
    }
    if empty.len() == count {
        return Err(Unreadable::Scanned);
    }
    if !empty.is_empty() {
        let pages = empty.join(", ");
        source.notes.push(format!("pages without text, as scanned ones are, of which nothing is read: {pages}"));
    }
    if !unknown.is_empty() {
        let pages = unknown.join(", ");
        source.notes.push(format!("pages with signs whose letters the PDF does not tell, written `\u{fffd}`: {pages}"));
    }
    Ok(source)
}

/// Takes down what is printed where, and draws nothing.
#[derive(Default)]
struct Reader {
    glyphs: Vec<Glyph>,
    /// How many signs have no letter.
    unknown: usize,
    steps: usize,
}

impl Reader {
    fn step(&mut self, by: usize) {
        self.steps += by;
        if self.steps > PDF_STEPS {
            resume_unwind(Box::new(TooMuch));
        }
    }
}

impl Device<'_> for Reader {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.step(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.step(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        self.step(run.glyphs().len());
        for glyph in run.glyphs() {
            let transform = props.transform * glyph.transform();
            let advance = match &**glyph {
                hayro_interpret::font::Glyph::Outline(outline) => outline.advance_width(),
                hayro_interpret::font::Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let at = |x: f64, y: f64| transform * Point::new(x, y);
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text,
                None => {
                    self.unknown += 1;
                    '\u{fffd}'.to_string()
                }
            };
            let ends = [at(0.0, 0.0), at(f64::from(advance.unwrap_or(500.0)), 0.0), at(0.0, 1000.0)];
            self.glyphs.extend(Glyph::placed(ends.map(|point| (point.x, -point.y)), &text));
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.step(1);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
