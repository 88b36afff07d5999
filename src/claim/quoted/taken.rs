//! Taken: how a number was taken of many, and at which place of an order it stands, against the words of the phrase.

use super::Quote;
use crate::expression::Kind;
use crate::language::Lang;
use crate::language::proof::Taken;

impl Quote<'_> {
    /// Finds a word for a mean, a median or a total where the expression takes another of its list.
    pub(super) fn taken(&self) -> Option<String> {
        let Kind::Call(name, _) = &self.exprs.first()?.kind else { return None };
        // The largest of means may be called a mean.
        let own = Taken::by(name).filter(|own| *own != Taken::End && self.claim.kind().is_number())?;
        let text = self.nearest();
        let (said, word) = Lang::ALL.iter().find_map(|lang| lang.taken(&text))?;
        said.is_other_than(own).then(|| format!("says `{word}`, and `expr` asks for {}", own.name()))
    }

    /// Finds a place in an order other than the first where the expression asks for an end of it.
    pub(super) fn place(&self) -> Option<String> {
        let Kind::Call(name, _) = &self.exprs.first()?.kind else { return None };
        let is_end = ["argmax", "argmin", "max", "min"].contains(&name.as_str());
        let place = self.said.place.filter(|place| *place > 1 && is_end && self.printed.place.is_none())?;
        Some(format!("speaks of place {place}, and `expr` asks for the first"))
    }
}
