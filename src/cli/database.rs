//! Database: any engine with an ADBC driver, where the program was built with the feature `adbc`.

use super::connections::Connection;
use crate::pull::Returned;

/// Asks a database, and returns the rows in the order of their keys with what answered; else what is wrong and what to do.
pub fn ask(_connection: &Connection, _sql: &str) -> Result<(Returned, String), (String, String)> {
    Err((
        "this esep was built without drivers of databases".to_owned(),
        "build it with `cargo build --release --features adbc`, or export the rows and take them in with `esep data add`".to_owned(),
    ))
}
