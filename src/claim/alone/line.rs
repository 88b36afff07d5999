//! Line: a claim of a number that is being written.

use serde_json::Value as Json;

use crate::claim::scan::Found;

/// A claim that is being written.
pub(super) struct Line<'a> {
    /// Its id.
    pub id: String,
    /// The number.
    pub found: &'a Found,
    /// Where it stands.
    pub place: String,
    /// The year that its sentence names, as a key of the claim.
    pub period: String,
    /// What follows the number: kind, expression, basis.
    pub rest: String,
    /// Why, as a comment.
    pub why: String,
    /// Why nothing judges it.
    pub unjudged: Json,
    /// A cell that it may be, as a proposal.
    pub nearest: Option<String>,
}
