//! Intake: the shapes in which figures arrive, one file for each, and what holds between them.

pub mod csv;
pub mod foreign;
pub mod workbook;
