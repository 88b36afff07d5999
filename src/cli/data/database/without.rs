//! Without: what stands for a session with an engine where the program was built without drivers.

use super::{Connection, Trouble};
use crate::pull::sql::{Dialect, Holds};

/// A session that nobody can open.
pub(in crate::cli) enum Session {}

impl Session {
    pub(in crate::cli) fn open(connection: &Connection) -> Result<Session, Trouble> {
        let _ = (&connection.driver, &connection.entrypoint, &connection.uri, &connection.options);
        Err((
            "this esep was built without drivers of databases".to_owned(),
            "build it with `cargo build --release --features adbc`, or export the rows and take them in with `esep data add`"
                .to_owned(),
        ))
    }

    pub(in crate::cli) fn engine(&self) -> &str {
        match *self {}
    }

    pub(in crate::cli) fn dialect(&mut self) -> Dialect {
        match *self {}
    }

    pub(in crate::cli) fn holds(&mut self, _sql: &str) -> Result<Vec<Holds>, Trouble> {
        match *self {}
    }

    pub(in crate::cli) fn no_money(&mut self, _sql: &str, _names: &[String]) -> Result<(), Trouble> {
        match *self {}
    }

    pub(in crate::cli) fn rows(&mut self, _sql: &str) -> Result<(Vec<String>, Vec<Vec<String>>), Trouble> {
        match *self {}
    }
}
