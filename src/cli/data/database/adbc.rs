//! Adbc: a session with any engine that has an ADBC driver.

use std::path::Path;

use adbc_core::options::{AdbcVersion, OptionConnection, OptionDatabase, OptionValue};
use adbc_core::{Connection as _, Database as _, Driver as _, Optionable, Statement as _};
use adbc_driver_manager::{ManagedConnection, ManagedDriver};
use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch, RecordBatchReader, types};

use super::{Connection, Trouble, redacted};
use crate::files::limits::QUERY_GROUPS;
use crate::pull::arrow;
use crate::pull::sql::{Dialect, Holds};

/// A session in which an engine is asked.
pub(in crate::cli) struct Session {
    connection: Connection,
    session: ManagedConnection,
    engine: String,
}

/// What an engine answered: the names of its columns, and its rows as text.
type Answer = (Vec<String>, Vec<Vec<String>>);

const FAILED: &str = "mend the query or what the message names; nothing was kept";

fn trouble(what: &str, error: impl std::fmt::Display, hint: &str) -> Trouble {
    (format!("{what}: {error}"), hint.to_owned())
}

impl Session {
    /// Connects.
    pub(in crate::cli) fn open(connection: &Connection) -> Result<Session, Trouble> {
        open(connection).map_err(|(message, hint)| (redacted(connection, &message), hint))
    }

    /// Returns what answers, with its version where the driver tells it.
    pub(in crate::cli) fn engine(&self) -> &str {
        &self.engine
    }

    /// Finds out how the engine writes names and texts: where a name stands in backticks, `\` mostly has a meaning in texts.
    pub(in crate::cli) fn dialect(&mut self) -> Dialect {
        match self.rows(r"select length('\\') as `n`") {
            Ok((_, rows)) if rows == [["1"]] => Dialect::Backtick,
            _ => Dialect::Standard,
        }
    }

    /// Asks a query of no rows, and returns what its columns hold.
    pub(in crate::cli) fn holds(&mut self, sql: &str) -> Result<Vec<Holds>, Trouble> {
        let (holds, whole) = self.run(sql, |batches| {
            let schema = batches.schema();
            let one = |field: &arrow_schema::FieldRef| arrow::holds(field).map_err(|why| uncast(field.name(), &why));
            let holds = schema.fields().iter().map(one).collect::<Result<Vec<Holds>, Trouble>>()?;
            let whole = schema.fields().iter().filter(|field| *field.data_type() == arrow_schema::DataType::Int64);
            Ok((holds, whole.map(|field| field.name().clone()).collect::<Vec<_>>()))
        })?;
        self.no_money(sql, &whole)?;
        Ok(holds)
    }

    /// Refuses columns of PostgreSQL's `money`: its driver hands them on as numbers of the least coins, and nothing tells how
    /// many make one.
    pub(in crate::cli) fn no_money(&mut self, sql: &str, names: &[String]) -> Result<(), Trouble> {
        if !self.engine.contains("PostgreSQL") {
            return Ok(());
        }
        for name in names {
            let own = format!("\"{}\"", name.replace('"', "\"\""));
            // Of no rows the server tells the type all the same, and adds nothing up.
            let asked = format!(
                "select t.typname::text as t, coalesce(b.typname::text, '') as b from pg_type t \
                 left join pg_type b on b.oid = t.typbasetype \
                 where t.oid = pg_typeof((select records.{own} from ({sql}) records limit 0))"
            );
            let Ok((_, rows)) = self.rows(&asked) else { continue };
            if rows.iter().flatten().any(|known| known == "money") {
                return Err(uncast(name, "is of the type money, of whose parts nothing tells how many make one"));
            }
        }
        Ok(())
    }

    /// Asks a query, and returns its rows.
    pub(in crate::cli) fn rows(&mut self, sql: &str) -> Result<Answer, Trouble> {
        self.run(sql, |batches| {
            let names: Vec<String> = batches.schema().fields().iter().map(|field| field.name().clone()).collect();
            let mut rows: Vec<Vec<String>> = Vec::new();
            for batch in batches {
                let batch = batch.map_err(|error| trouble("the query failed on its way", error, FAILED))?;
                if rows.len() + batch.num_rows() > QUERY_GROUPS {
                    let message = format!("the query returns more than {QUERY_GROUPS} rows");
                    return Err((message, "group in the database: a snapshot is a table of thousands".to_owned()));
                }
                rows.extend(texts(&batch, &names)?);
            }
            Ok((names, rows))
        })
    }

    fn run<T>(
        &mut self,
        sql: &str,
        read: impl FnOnce(Box<dyn RecordBatchReader + Send + '_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let failed = |error| trouble("the query failed", error, FAILED);
        let ask = || {
            let mut statement = self.session.new_statement().map_err(failed)?;
            statement.set_sql_query(sql).map_err(failed)?;
            let batches = statement.execute().map_err(failed)?;
            read(Box::new(batches))
        };
        ask().map_err(|(message, hint)| (redacted(&self.connection, &message), hint))
    }
}

fn uncast(name: &str, why: &str) -> Trouble {
    (format!("column `{name}` {why}"), "cast it where it is: to a decimal number, a text or a date".to_owned())
}

fn texts(batch: &RecordBatch, names: &[String]) -> Result<Vec<Vec<String>>, Trouble> {
    let mut rows: Vec<Vec<String>> = vec![Vec::new(); batch.num_rows()];
    let mut bytes = Vec::new();
    for (column, name) in batch.columns().iter().zip(names) {
        for (at, row) in rows.iter_mut().enumerate() {
            bytes.clear();
            arrow::write(column, at, &mut bytes).map_err(|why| uncast(name, &why))?;
            row.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(rows)
}

fn open(connection: &Connection) -> Result<Session, Trouble> {
    let path = connection.driver.clone().unwrap_or_default();
    let entrypoint = connection.entrypoint.as_deref().map(str::as_bytes);
    let loaded = ManagedDriver::load_dynamic_from_filename(&path, entrypoint, AdbcVersion::V110);
    let mut driver = loaded.map_err(|error| {
        let hint = "look at `driver` of the connection: it names the shared library of an ADBC driver";
        trouble("the driver cannot be loaded", error, hint)
    })?;
    let mut options: Vec<(OptionDatabase, OptionValue)> = Vec::new();
    if let Some(uri) = &connection.uri {
        options.push((OptionDatabase::Uri, OptionValue::String(uri.clone())));
    }
    for (name, value) in &connection.options {
        options.push((OptionDatabase::Other(name.clone()), OptionValue::String(value.clone())));
    }
    let unreachable = |error| {
        let hint = "look whether the engine runs, and at `uri` and `options` of the connection";
        trouble("there is no connection", error, hint)
    };
    let database = driver.new_database_with_opts(options).map_err(unreachable)?;
    let mut session = database.new_connection().map_err(unreachable)?;
    let (engine, has_version) = engine(&session, &path);
    only_reading(&mut session, &engine)?;
    let mut session = Session { connection: connection.clone(), session, engine };
    // Not every driver knows the version of what it reaches.
    if !has_version
        && let Ok((_, rows)) = session.rows("select version()")
        && let Some(version) = rows.first().and_then(|row| row.first())
    {
        session.engine = format!("{}; its version() is {version}", session.engine);
    }
    Ok(session)
}

/// Lets a session only read. Drivers that know the option keep to it; PostgreSQL's does not, and its server is told, as it is
/// told to let shards add up.
fn only_reading(session: &mut ManagedConnection, engine: &str) -> Result<(), Trouble> {
    let _ = session.set_option(OptionConnection::ReadOnly, OptionValue::String("true".to_owned()));
    if !engine.contains("PostgreSQL") {
        return Ok(());
    }
    let failed = |error: adbc_core::error::Error| trouble("the session cannot be made to only read", error, FAILED);
    let mut told = |sql: &str| {
        let mut statement = session.new_statement()?;
        statement.set_sql_query(sql)?;
        statement.execute_update()
    };
    told("set session characteristics as transaction read only").map_err(failed)?;
    // Of which day a moment is, depends on the zone: that of all clocks, as for files.
    told("set time zone 'UTC'").map_err(failed)?;
    // What speaks as PostgreSQL does need not know how to part its work.
    let _ = told("set enable_partitionwise_aggregate = on");
    Ok(())
}

/// Says what answers, and whether the driver tells its version.
fn engine(session: &ManagedConnection, driver: &Path) -> (String, bool) {
    let file = driver.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut told: Vec<(u32, String)> = Vec::new();
    if let Ok(batches) = session.get_info(None) {
        batches.flatten().for_each(|batch| told.extend(named(&batch)));
    }
    told.retain(|(_, text)| !text.starts_with("(unknown"));
    let find = |code: u32| told.iter().find(|(known, _)| *known == code).map(|(_, text)| text.trim());
    let pair = |name: u32, otherwise: &str| {
        let name_of = find(name).unwrap_or(otherwise).to_owned();
        find(name + 1).map_or(name_of.clone(), |version| format!("{name_of} {version}"))
    };
    // 0 and 1 are the vendor, 100 and 101 the driver.
    let engine = format!("{}, by {}", pair(0, "a database that does not say its name"), pair(100, &file));
    (engine, find(1).is_some())
}

/// Reads what a driver tells in words of itself and of its engine, by their numbers.
fn named(batch: &RecordBatch) -> Vec<(u32, String)> {
    let columns = (batch.column(0).as_primitive_opt::<types::UInt32Type>(), batch.column(1).as_union_opt());
    let (Some(names), Some(values)) = columns else { return Vec::new() };
    let mut told = Vec::new();
    for at in 0..batch.num_rows() {
        // Text is the first kind of the union.
        let text = values.value(at);
        if let Some(text) = text.as_string_opt::<i32>().filter(|text| !text.is_empty() && !text.is_null(0)) {
            told.push((names.value(at), text.value(0).to_owned()));
        }
    }
    told
}
