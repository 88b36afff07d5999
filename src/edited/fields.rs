//! Fields: what Word writes by itself, and of those the ones that refer to an exhibit or a work.

/// What a field that refers to an exhibit or a work prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// The bookmark that it leads to.
    pub target: String,
    pub text: String,
    /// The paragraph that it stands in.
    pub paragraph: usize,
    pub pending: bool,
}

/// A field under way.
#[derive(Default)]
pub(super) struct Field {
    pub instruction: String,
    pub text: String,
    pub pending: bool,
    /// The number that it stands for, among the owners of the document.
    pub owner: Option<usize>,
}

impl Field {
    /// Says whether it asks its reader for a text, and holds what was typed.
    pub(super) fn asks(&self) -> bool {
        self.instruction.split_whitespace().next() == Some("FILLIN")
    }

    /// What it is as a reference, where it refers to something.
    pub(super) fn reference(self, paragraph: usize) -> Option<Reference> {
        let mut words = self.instruction.split_whitespace();
        let target = words.next().filter(|kind| *kind == "REF").and_then(|_| words.next())?.to_owned();
        Some(Reference { target, text: self.text, paragraph, pending: self.pending })
    }
}
