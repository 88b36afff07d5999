//! The integration tests, in one binary.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read folders and run programs")]

mod abroad;
mod arithmetic;
mod browser;
mod bridge;
mod charts;
mod cli;
mod errors;
mod hostile;
mod identity;
mod methods;
mod mixed;
mod study;
mod readme;
mod reading;
mod report;
mod refresh;
mod package;
mod planted;
mod dating;
mod data_faults;
mod determinism;
mod oracle;
mod claim_faults;
mod claims;
mod judging;
mod scan;
mod tidy;
mod support;
mod tables;
mod undecided;
mod vectors;
mod words;
