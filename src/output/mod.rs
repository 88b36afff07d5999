//! Output: pages → files: HTML, Markdown, figures, tables, the ledger and the manifest.

mod atom;
mod bar;
pub mod csv;
mod datapackage;
mod derivations;
mod downloads;
pub mod docx;
mod edition;
mod element;
mod explanation;
mod figures;
mod formula;
mod frame;
mod headings;
mod html;
mod html_table;
mod html_walk;
mod inward;
pub mod ledger;
mod lined;
mod manifest;
mod markdown;
mod mathml;
mod matter;
mod opening;
mod pack;
mod panel;
mod script;
mod search;
pub mod selfcheck;
mod setting;
mod sheets;
mod shown;
mod single;
mod snapshots;
mod sources;
mod terms;
mod told;
mod trace;
mod typst;
pub mod verification;
mod verification_page;
mod verification_answer;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use edition::{compared, edition, placed, root, verification_files, verification_pages};
use explanation::Guide;
pub use explanation::{Around, Verdicts};
pub use figures::{Drawings, draw, figure_words, finish};
pub use html::{Assets, LAYOUT, OWN_LAYOUT, OWN_STYLE, STYLE, alone};
pub use manifest::{MANIFEST, PROGRAM, listed, written_by};
pub(crate) use markdown::literal;
pub use pack::{Packing, Passed, pack, passes};
pub use script::{at_work, blank};
pub use sheets::numbers;
use shown::{Shown, exhibit_of};
pub use single::single;
pub use snapshots::Snapshots;
pub use told::Teller;
pub use trace::{Step, trace};
pub use typst::{typst, typst_beside, typst_lacks};

use crate::analysis::Edition;
use crate::catalog::Catalog;
use crate::claim::Paper;
use crate::dataset::Dataset;
use crate::drawing::Inline;
use crate::exhibit::{Exhibits, Maps};
use crate::language::{Lang, Language};
use crate::page::{Library, Page};
use crate::study::Study;

/// What all editions share.
#[derive(Debug)]
pub struct Material {
    /// The study.
    pub study: Study,
    /// The catalogue.
    pub catalog: Arc<Catalog>,
    /// The data.
    pub dataset: Arc<Dataset>,
    /// The maps.
    pub maps: Maps,
    /// Templates and words.
    pub prose: Library,
    /// The page's frame and style.
    pub assets: Assets,
    /// The papers whose numbers are judged.
    pub papers: Vec<Paper>,
    /// The source files.
    pub snapshots: Snapshots,
    /// What all of this was made of.
    pub origin: Origin,
    /// A hash of the claims.
    pub claims: String,
}

/// Hashes of the inputs that a step of a build rests on.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Of everything but the prose of the pages, the claims and the style sheet.
    pub all: String,
    /// Of all that chapters rest on but for their own text: not of captions and of the frame.
    pub prose: String,
    /// Of all that verdicts rest on but for the claims: not of captions.
    pub judged: String,
    /// Of the study, the texts and the names: of what numbers are printed with, but for the numbers.
    pub speech: String,
    /// Of what findings and exhibits are computed from: the study, the data and the maps.
    pub findings: String,
}

/// An edition with its exhibits and language versions.
#[derive(Debug)]
pub struct Built {
    /// Its findings.
    pub edition: Arc<Edition>,
    /// Its exhibits.
    pub exhibits: Arc<Exhibits>,
    /// Its language versions.
    pub pages: Vec<Page>,
    /// The short selections of its language versions.
    pub selections: Vec<Page>,
}

/// One language version under output.
pub struct Version<'a> {
    /// The edition.
    pub built: &'a Built,
    /// The page.
    pub page: &'a Page,
    /// Its figures as drawn.
    pub drawn: &'a BTreeMap<String, Drawn>,
    /// Where its numbers are explained, once that is known.
    pub guide: Option<&'a Guide>,
}

/// What a page tells of a figure that was drawn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Drawn {
    /// Its alternative text: what it is.
    pub alt: String,
    /// Its description: what it shows.
    pub description: String,
    /// Its width and height in whole pixels.
    pub size: (u32, u32),
    /// The picture as the page holds it; none of one so large that the page leads to its file.
    pub wide: Option<Inline>,
    /// The same for a phone; none where it cannot be drawn so narrow.
    pub narrow: Option<Inline>,
    /// What each of its numbers is, by the id in the ledger.
    pub tips: BTreeMap<String, String>,
    /// Where the picture stands in its file: what is above it, and the height of the file.
    pub placed: (f64, f64),
    /// True where a file for phones stands beside.
    pub has_narrow_file: bool,
}

impl Material {
    /// Returns a language by its code.
    pub fn language(&self, lang: Lang) -> Option<&Language> {
        self.prose.speech.get(&lang).map(Arc::as_ref)
    }

    /// Returns the title of the report.
    pub fn title(&self, lang: Lang) -> &str {
        self.study.title.get(lang.code()).map(String::as_str).unwrap_or_default()
    }
}
