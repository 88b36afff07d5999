//! Rule: one file for each way of judging.

pub(super) mod list;
pub(super) mod number;
pub(super) mod period;
pub(super) mod same;
pub(super) mod shares;
pub(super) mod truth;
