//! Spoken: small numbers in words, as prose prints them; each language has its own in one file beside.

pub(super) mod en;
pub(super) mod kk;
pub(super) mod ru;

use super::Gender;

/// The largest number that is written in words; larger ones are read faster in digits.
pub(super) const MOST: usize = 99;

/// What agrees with a number in words, or with a noun: gender, and whether it lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Agreement {
    /// The gender of the noun.
    pub gender: Gender,
    /// Whether it lives, so that its accusative is the genitive.
    pub animate: bool,
}

impl Default for Agreement {
    /// What stands alone counts things.
    fn default() -> Agreement {
        Agreement { gender: Gender::M, animate: false }
    }
}
