//! Intake: the shapes in which figures arrive, one file for each.

pub mod csv;
