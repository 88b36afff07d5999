//! Rule: one file for each way of judging.

pub mod list;
pub mod number;
pub mod period;
pub mod same;
pub mod shares;
pub mod truth;
