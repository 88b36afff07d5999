//! Claims: the verdicts of claims that rest on a number; what several numbers of a page share is told once.

use super::super::element::{Html, said, tag};
use super::entry::Writer;
use super::verdicts::Told;
use crate::finding::FindingId;

/// More claims than this are for the verification.
const MOST_CLAIMS: usize = 3;

impl Writer<'_, '_, '_> {
    /// The verdicts of claims that rest on it; what many numbers have in common is told once a page, and linked.
    pub(super) fn claims(&mut self, finding: &FindingId, is_row: bool) -> Html {
        let (told, count) = self.common.verdicts.told(finding, MOST_CLAIMS, self.common.language);
        if told.is_empty() {
            return Html::default();
        }
        let whole = self.claims_in_full(&told, count);
        let Some(place) = self.claimed.place(&whole, is_row) else { return whole };
        let mut verdicts: Vec<&str> = told.iter().map(|one| one.verdict.as_str()).collect();
        verdicts.dedup();
        let text = format!("{}: {}", self.word("claims-short"), verdicts.join(", "));
        tag("p").put(tag("a").with("href", &format!("#{place}")).text(&text)).into()
    }

    fn claims_in_full(&self, told: &[Told], count: usize) -> Html {
        let mut line = tag("p").text(&format!("{}: ", self.word("claims-resting")));
        for (at, one) in told.iter().enumerate() {
            line = line.text(if at > 0 { "; " } else { "" }).put(tag("a").with("href", &one.href).text(&one.what));
            line = line.text(" – ").put(said("b", &one.verdict));
        }
        if count > told.len() {
            let rest = self.word("more-claims").replace("{count}", &(count - told.len()).to_string());
            line = line.text("; ").text(&rest);
        }
        line.into()
    }

    /// Tells of the claims that several numbers of the page have in common.
    pub(super) fn claims_in_common(&self) -> Html {
        self.claimed.html()
    }
}
