//! Intake: the shapes in which figures arrive, one file for each, and what holds between them.

pub(super) mod csv;
pub(super) mod foreign;
pub(super) mod workbook;
