//! English words around numbers that are no quantities.

use super::{Asides, plain};

pub(in crate::language) static ASIDES: Asides = Asides {
    codes: &[
        "doi",
        "isbn",
        "issn",
        "orcid",
        "scopus",
        "researcherid",
        "iso",
        "jel",
        "id",
        "spss",
        "stata",
        "python",
        "eviews",
    ],
    telephones: &["phone"],
    literature: &["references"],
    text_again: &["abstract", "summary"],
    between_years: &[",", "-", "–", "—", "/", "and", "to"],
    beside_year: &["in"],
    year_led: &["from", "to", "in", "since", "until", "by", "period"],
    years_led: &["in", "from", "period"],
    months_led: &["march", "may"],
    months: &[
        "january",
        "february",
        "march ",
        "april",
        "may ",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    journals: &[". vol"],
    labels: &["figure", "table", "section", "fig", "vol", "volume"],
    short_labels: &["fig.", "tab.", "p.", "pp.", "vol.", "no."],
    confidence: &["ci", "confid"],
    pages: &["p", "pp"],
    ..plain::ASIDES
};
