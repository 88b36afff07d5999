//! The integration tests, in one binary.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read folders and run programs")]

mod errors;
mod study;
mod report;
mod determinism;
mod oracle;
mod tidy;
mod support;
