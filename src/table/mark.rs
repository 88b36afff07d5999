//! Mark: what stands in a cell in place of a number, and the reason that it gives.

use std::collections::BTreeMap;

use crate::finding::Reason;

/// The marks that stand for missing values in a table or a column of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingMarks(BTreeMap<String, Reason>);

/// The marks that agencies and programs use for one thing alone. An asterisk is none: to some it hides a figure, to others
/// it marks a footnote.
const USUAL: &[&str] =
    &["", "…", "...", "..", "-", "–", "—", "x", "X", "х", "Х", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL"];

impl MissingMarks {
    /// The marks that need no declaration in a table of anybody's.
    pub fn usual() -> MissingMarks {
        USUAL.iter().fold(MissingMarks::default(), |marks, mark| marks.and(mark, None))
    }

    /// Adds a mark, with the reason that it is labelled with (`suppressed`), where it has a label that is one.
    pub fn and(mut self, mark: &str, label: Option<&str>) -> MissingMarks {
        let labelled = Reason::ALL.into_iter().find(|reason| label == Some(reason.code()));
        self.0.insert(mark.trim().to_owned(), labelled.unwrap_or_else(|| usual_reason(mark.trim())));
        self
    }

    /// Returns why there is no value, where the text is a mark.
    pub fn reason(&self, text: &str) -> Option<Reason> {
        self.0.get(text).copied()
    }
}

/// Says what a mark means to the agencies: a dash no such phenomenon, a cross a figure that is kept confidential.
fn usual_reason(mark: &str) -> Reason {
    match mark {
        "-" | "–" | "—" => Reason::NoPhenomenon,
        "x" | "X" | "х" | "Х" => Reason::Suppressed,
        _ => Reason::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_mark_has_one_reason_and_no_other_text_has_any() {
        let usual = MissingMarks::usual();
        for mark in USUAL {
            assert!(usual.reason(mark).is_some(), "{mark}");
        }
        for none in ["0", "0,0", "*", "н/д", "--", "-1", "....", "."] {
            assert_eq!(usual.reason(none), None, "{none}");
        }
        let labelled = MissingMarks::default().and("-9", Some("suppressed")).and("*", Some("hidden by us"));
        assert_eq!((labelled.reason("-9"), labelled.reason("*")), (Some(Reason::Suppressed), Some(Reason::Missing)));
        assert_eq!(labelled.reason("-"), None);
    }
}
