//! esep: from raw statistics to a bilingual report whose every number is computed, checked and traceable.

pub mod diagnostic;
pub mod files;
pub mod finding;
pub mod table;
pub mod workbook;
pub mod reshape;
pub mod pull;
pub mod catalog;
pub mod dataset;
pub mod expression;
pub mod study;
pub mod analysis;
pub mod exhibit;
pub mod language;
pub mod drawing;
pub mod document;
pub mod page;
pub mod output;
pub mod edited;
pub mod claim;
pub mod build;
pub mod cli;
