//! Taken: what the command line says of a file that is taken in.

use std::path::PathBuf;

use clap::Args;
use encoding_rs::Encoding;

use crate::finding::Day;

#[derive(Args)]
pub(super) struct Add {
    /// The file.
    pub(super) file: String,
    /// The table of the catalogue.
    #[arg(long)]
    pub(super) table: String,
    /// The name of the vintage.
    #[arg(long)]
    pub(super) vintage: String,
    /// A file with the layout, as `esep data inspect` drafts it. Without it the file is read as the one before it in its
    /// table was, and where none was, by the draft as it is.
    #[arg(long, value_name = "YAML")]
    pub(super) layout: Option<PathBuf>,
    /// The encoding of delimited text: `windows-1250`; what is neither stated nor marked is guessed, and said.
    #[arg(long, value_name = "NAME", value_parser = crate::cli::encoding)]
    pub(super) encoding: Option<&'static Encoding>,
    /// Who published it, short; that of the table's entry before where it is left out.
    #[arg(long)]
    pub(super) publisher: Option<String>,
    /// The day on which it was retrieved.
    #[arg(long, default_value = "unknown", value_name = "DATE", value_parser = day)]
    pub(super) retrieved: String,
    /// Where it was retrieved: an address.
    #[arg(long, value_name = "URL")]
    pub(super) url: Option<String>,
    /// Who retrieved it.
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// How it can be had again: the table, the path of clicks.
    #[arg(long, value_name = "TEXT")]
    pub(super) how: Option<String>,
    /// The query that made the rows, where they were exported from a database or a cluster, in its own words.
    #[arg(long, value_name = "TEXT", requires = "engine")]
    pub(super) query: Option<String>,
    /// What ran that query, with its version.
    #[arg(long, value_name = "NAME", requires = "query")]
    pub(super) engine: Option<String>,
    /// What the publisher says of the figures: `published`, `operative`, `final`, `revised`, `estimated`.
    #[arg(long, default_value = "published")]
    pub(super) status: String,
}

/// Reads the day on which a file was had.
fn day(text: &str) -> Result<String, String> {
    let is_day = text == "unknown" || Day::parse(text).is_some();
    is_day.then(|| text.to_owned()).ok_or_else(|| "a day is written as `2026-10-01`, or `unknown`".to_owned())
}

impl Add {
    /// What is typed of a file where nothing is told of how it was had.
    pub(super) fn plain(
        file: String,
        table: String,
        vintage: String,
        publisher: Option<String>,
        encoding: Option<&'static Encoding>,
    ) -> Add {
        Add {
            file,
            table,
            vintage,
            layout: None,
            encoding,
            publisher,
            retrieved: "unknown".to_owned(),
            url: None,
            by: None,
            how: None,
            query: None,
            engine: None,
            status: "published".to_owned(),
        }
    }
}
