//! Database: any engine with an ADBC driver, where the program was built with the feature `adbc`.

use super::connections::Connection;
use crate::pull::Returned;

/// What is wrong, and what to do.
type Trouble = (String, String);

#[cfg(not(feature = "adbc"))]
pub(super) fn ask(connection: &Connection, _sql: &str) -> Result<(Returned, String), Trouble> {
    let _ = (&connection.driver, &connection.entrypoint, &connection.uri, &connection.options);
    Err((
        "this esep was built without drivers of databases".to_owned(),
        "build it with `cargo build --release --features adbc`, or export the rows and take them in with `esep data add`"
            .to_owned(),
    ))
}

/// Asks a database, and returns what it answers with the engine that answered.
#[cfg(feature = "adbc")]
pub(super) fn ask(connection: &Connection, sql: &str) -> Result<(Returned, String), Trouble> {
    adbc::ask(connection, sql).map_err(|(message, hint)| (redacted(connection, &message), hint))
}

/// Takes out of a message of a driver what it repeats of the connection, which may hold a password.
#[cfg(any(feature = "adbc", test))]
fn redacted(connection: &Connection, message: &str) -> String {
    let mut secrets: Vec<String> = connection.options.values().cloned().collect();
    if let Some(uri) = &connection.uri {
        secrets.push(uri.clone());
        // scheme://user:password@host/…?password=…: whatever may be a password, and what stands between.
        let rest = uri.split_once("://").map_or(uri.as_str(), |(_, rest)| rest);
        if let Some((before, _)) = rest.rsplit_once('@') {
            secrets.extend(before.split(':').skip(1).map(str::to_owned));
            secrets.push(before.to_owned());
        }
        secrets.push(rest.to_owned());
        let pairs = uri.split(['?', '&', ' ', ';']).filter_map(|pair| pair.split_once('='));
        secrets.extend(pairs.map(|(_, value)| value.trim_matches('\'').to_owned()));
        // password='two words'
        secrets.extend(uri.split('\'').skip(1).step_by(2).map(str::to_owned));
    }
    // A driver may print what it has decoded.
    let decoded: Vec<String> = secrets.iter().filter_map(|secret| decoded(secret)).collect();
    secrets.extend(decoded);
    secrets.retain(|secret| secret.len() > 2);
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets.iter().fold(message.to_owned(), |message, secret| message.replace(secret.as_str(), "…"))
}

/// Reads a text in which signs stand as `%41`; `None` where there are none.
#[cfg(any(feature = "adbc", test))]
fn decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    let mut is_plain = true;
    for part in parts {
        is_plain = false;
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    if is_plain { None } else { String::from_utf8(bytes).ok() }
}

#[cfg(feature = "adbc")]
mod adbc {
    use adbc_core::options::{AdbcVersion, OptionConnection, OptionDatabase, OptionValue};
    use adbc_core::{Connection as _, Database as _, Driver as _, Statement as _};
    use adbc_driver_manager::{ManagedConnection, ManagedDriver};
    use arrow_array::cast::AsArray;
    use arrow_array::{Array, ArrayRef, types};
    use arrow_schema::{DataType, TimeUnit};

    use super::{Connection, Returned, Trouble};
    use crate::files::limits::QUERY_GROUPS;
    use crate::pull::Kind;

    /// What keeps PostgreSQL from writing whatever the query says.
    const READ_ONLY: &str = "options=-c%20default_transaction_read_only%3Don";

    fn trouble(what: &str, error: impl std::fmt::Display, hint: &str) -> Trouble {
        (format!("{what}: {error}"), hint.to_owned())
    }

    pub(super) fn ask(connection: &Connection, sql: &str) -> Result<(Returned, String), Trouble> {
        let none = std::path::PathBuf::new();
        let path = connection.driver.as_ref().unwrap_or(&none);
        let entrypoint = connection.entrypoint.as_deref().map(str::as_bytes);
        let mut driver =
            ManagedDriver::load_dynamic_from_filename(path, entrypoint, AdbcVersion::V110).map_err(|error| {
                trouble(
                    "the driver cannot be loaded",
                    error,
                    "look at `driver` of the connection: it names the shared library of an ADBC driver",
                )
            })?;
        let mut options: Vec<(OptionDatabase, OptionValue)> = Vec::new();
        if let Some(uri) = &connection.uri {
            options.push((OptionDatabase::Uri, OptionValue::String(guarded(uri))));
        }
        for (name, value) in &connection.options {
            options.push((OptionDatabase::Other(name.clone()), OptionValue::String(value.clone())));
        }
        let unreachable = "look whether the engine runs, and at `uri` and `options` of the connection";
        let database = driver
            .new_database_with_opts(options)
            .map_err(|error| trouble("there is no connection", error, unreachable))?;
        let mut session =
            database.new_connection().map_err(|error| trouble("there is no connection", error, unreachable))?;
        // Drivers that know the option keep to it; PostgreSQL's does not, and is told in the address.
        let _ = adbc_core::Optionable::set_option(
            &mut session,
            OptionConnection::ReadOnly,
            OptionValue::String("true".to_owned()),
        );
        let engine = engine(&session, path);
        let failed = "mend `sql` or what the message names; nothing was kept";
        let mut statement = session.new_statement().map_err(|error| trouble("the query failed", error, failed))?;
        statement.set_sql_query(sql).map_err(|error| trouble("the query failed", error, failed))?;
        let batches = statement.execute().map_err(|error| trouble("the query failed", error, failed))?;
        let heads: Vec<(String, Kind)> =
            batches.schema().fields().iter().map(|field| (field.name().clone(), Kind::Text)).collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for batch in batches {
            let batch = batch.map_err(|error| trouble("the query failed on its way", error, failed))?;
            if rows.len() + batch.num_rows() > QUERY_GROUPS {
                let message = format!("the query returns more than {QUERY_GROUPS} rows");
                return Err((message, "group in the database: a snapshot is a table of thousands".to_owned()));
            }
            let from = rows.len();
            rows.resize_with(from + batch.num_rows(), Vec::new);
            for (column, (name, _)) in batch.columns().iter().zip(&heads) {
                for (at, row) in rows[from..].iter_mut().enumerate() {
                    row.push(cell(column, at).map_err(|why| {
                        (
                            format!("column `{name}` {why}"),
                            "cast it in the query: to a decimal number, a text or a date".to_owned(),
                        )
                    })?);
                }
            }
        }
        Ok((Returned { heads, rows, read: None, kept: None, lacking: Vec::new() }, engine))
    }

    /// Adds to an address of PostgreSQL that nothing may be written.
    pub(super) fn guarded(uri: &str) -> String {
        let is_postgresql = uri.starts_with("postgresql://") || uri.starts_with("postgres://");
        match (is_postgresql, uri.contains('?')) {
            (true, true) => format!("{uri}&{READ_ONLY}"),
            (true, false) => format!("{uri}?{READ_ONLY}"),
            (false, _) => uri.to_owned(),
        }
    }

    /// Says what answers, with its version where the driver tells it.
    fn engine(session: &ManagedConnection, driver: &std::path::Path) -> String {
        let file = driver.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut told: Vec<(u32, String)> = Vec::new();
        if let Ok(batches) = session.get_info(None) {
            for batch in batches.flatten() {
                let Some(names) = batch.column(0).as_primitive_opt::<types::UInt32Type>() else { continue };
                let Some(values) = batch.column(1).as_union_opt() else { continue };
                for at in 0..batch.num_rows() {
                    // Text is the first kind of the union; 0 and 1 are the vendor, 100 and 101 the driver.
                    let text = values.value(at);
                    if let Some(text) = text.as_string_opt::<i32>().filter(|text| !text.is_empty() && !text.is_null(0))
                    {
                        told.push((names.value(at), text.value(0).to_owned()));
                    }
                }
            }
        }
        let find = |code: u32| told.iter().find(|(known, _)| *known == code).map(|(_, text)| text.trim());
        let pair = |name: u32, otherwise: &str| {
            let name_of = find(name).unwrap_or(otherwise).to_owned();
            find(name + 1).map_or(name_of.clone(), |version| format!("{name_of} {version}"))
        };
        format!("{}, by {}", pair(0, "a database that does not say its name"), pair(100, &file))
    }

    /// Writes a cell exactly; the message for one of a kind that has no exact text.
    fn cell(column: &ArrayRef, at: usize) -> Result<String, String> {
        if column.is_null(at) {
            return Ok(String::new());
        }
        macro_rules! plain {
            ($kind:ty) => {
                column.as_primitive::<$kind>().value(at).to_string()
            };
        }
        Ok(match column.data_type() {
            DataType::Null => String::new(),
            DataType::Boolean => column.as_boolean().value(at).to_string(),
            DataType::Int8 => plain!(types::Int8Type),
            DataType::Int16 => plain!(types::Int16Type),
            DataType::Int32 => plain!(types::Int32Type),
            DataType::Int64 => plain!(types::Int64Type),
            DataType::UInt8 => plain!(types::UInt8Type),
            DataType::UInt16 => plain!(types::UInt16Type),
            DataType::UInt32 => plain!(types::UInt32Type),
            DataType::UInt64 => plain!(types::UInt64Type),
            DataType::Decimal32(..) => column.as_primitive::<types::Decimal32Type>().value_as_string(at),
            DataType::Decimal64(..) => column.as_primitive::<types::Decimal64Type>().value_as_string(at),
            DataType::Decimal128(..) => column.as_primitive::<types::Decimal128Type>().value_as_string(at),
            DataType::Decimal256(..) => column.as_primitive::<types::Decimal256Type>().value_as_string(at),
            DataType::Utf8 => column.as_string::<i32>().value(at).to_owned(),
            DataType::LargeUtf8 => column.as_string::<i64>().value(at).to_owned(),
            DataType::Utf8View => column.as_string_view().value(at).to_owned(),
            DataType::Date32 => {
                let date = column.as_primitive::<types::Date32Type>().value_as_date(at);
                date.map(|date| date.to_string()).ok_or("holds a date beyond all calendars")?
            }
            DataType::Timestamp(TimeUnit::Microsecond, _) => {
                let moment = column.as_primitive::<types::TimestampMicrosecondType>().value_as_datetime(at);
                moment.map(|moment| moment.to_string()).ok_or("holds a moment beyond all calendars")?
            }
            DataType::Float16 | DataType::Float32 | DataType::Float64 => {
                return Err("holds binary fractions, which are not exact".to_owned());
            }
            other => return Err(format!("is of the type {other}, which has no exact text here")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_message_repeats_a_password() {
        let connection = |uri: &str| Connection {
            uri: Some(uri.to_owned()),
            options: [("auth".to_owned(), "tokentoken".to_owned())].into(),
            ..Connection::default()
        };
        for (uri, message) in [
            ("postgresql://me:s3cret@h/db", "cannot parse postgresql://me:s3cret@h/db"),
            ("postgresql://me:s3cret@h/db", "user me with s3cret was refused"),
            ("postgresql://me:p@ss:w@h/db", "cannot parse me:p@ss:w"),
            ("host=h password='s3 cret' user=me", "invalid: host=h password='s3 cret' user=me"),
            ("postgresql://h/db?user=me&password=s3cret", "no s3cret"),
            ("grpc://h", "header tokentoken refused"),
        ] {
            let said = redacted(&connection(uri), message);
            for secret in ["s3", "cret", "p@ss", "tokentoken"] {
                assert!(!said.contains(secret), "{uri}: {said}");
            }
        }
    }
}
