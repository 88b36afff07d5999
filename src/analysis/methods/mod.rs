//! Methods: the registry, one file for each method: what it is, its code, its tests.

mod average;
mod change;
mod cumulative;
mod extremes;
mod growth;
mod mean_annual;
mod profile;
mod rank;
mod share;
mod signs;
mod total;
mod trend;

use super::method::Method;

/// All methods, in the order of the appendix.
pub const METHODS: &[Method] = &[
    change::METHOD,
    growth::METHOD,
    average::METHOD,
    mean_annual::METHOD,
    total::METHOD,
    cumulative::METHOD,
    extremes::METHOD,
    signs::METHOD,
    rank::METHOD,
    share::METHOD,
    profile::METHOD,
    trend::METHOD,
];
