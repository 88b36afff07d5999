//! Databases: one declared query, and the same bytes from files, from PostgreSQL with two shards, from Sail and from Spark; each
//! engine is started here on loopback, and skipped by name where it does not stand.
//!
//! The drivers, Sail and Spark come from PyPI into target/engines: `make test-engines`, `make test-spark`.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::pull::{Folder, esep, folder, pulling, records, said, standing, text, wanted};
use crate::support::root;

/// Finds what pip put below target/engines.
fn installed(path: &str) -> Option<PathBuf> {
    let lib = fs::read_dir(root().join("target/engines/lib")).ok()?;
    let found = lib.flatten().map(|python| python.path().join("site-packages").join(path)).find(|path| path.exists());
    found.or_else(|| Some(root().join("target/engines/bin").join(path)).filter(|path| path.exists()))
}

fn skipped(what: &str) {
    eprintln!("skipped, because it does not stand here: {what}");
}

fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// A command that PostgreSQL accepts: it refuses to run as root.
fn as_user(program: &Path) -> Command {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if is_root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// A private cluster that stops with the test.
struct Cluster {
    bin: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    fn start(bin: &Path, folder: &Path) -> Cluster {
        let cluster = Cluster { bin: bin.to_owned(), folder: folder.to_owned(), port: port() };
        let run = |command: &mut Command| {
            let output = command.output().expect("it runs");
            assert!(output.status.success(), "{}", said(&output));
        };
        run(as_user(&bin.join("initdb")).args(["-A", "trust", "-U", "esep", "-D"]).arg(folder));
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''", cluster.port);
        let mut start = as_user(&bin.join("pg_ctl"));
        start.arg("-D").arg(folder).args(["-w", "-l"]).arg(folder.join("log")).args(["-o", &options, "start"]);
        // The server keeps what it inherits: a pipe would never close.
        let status = start.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("it runs");
        assert!(status.success(), "{}", fs::read_to_string(folder.join("log")).unwrap_or_default());
        cluster
    }

    fn tell(&self, sql: &str) -> String {
        let mut psql = Command::new(self.bin.join("psql"));
        psql.args(["-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", "esep", "-p", &self.port.to_string()]);
        let output = psql.args(["-c", sql, "postgres"]).output().expect("psql runs");
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    }

    fn stop(&self) {
        let mut stop = as_user(&self.bin.join("pg_ctl"));
        let _ = stop.arg("-D").arg(&self.folder).args(["-m", "immediate", "-w", "stop"]).output();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A study of moves whose records are wherever its user says.
fn study(name: &str) -> Folder {
    let study = folder(name);
    let catalogue = study.0.join("data/datapackage.yaml");
    let text = fs::read_to_string(&catalogue).expect("a catalogue");
    let text = text.replace("from: records/", "connection: register\n      from: ");
    fs::write(&catalogue, text).expect("a catalogue");
    study
}

/// Tells the months in the words of a database.
fn in_sql(study: &Folder, sql: &str) {
    let catalogue = study.0.join("data/datapackage.yaml");
    let text = fs::read_to_string(&catalogue).expect("a catalogue");
    let before = &text[..text.find("  queries:").expect("queries")];
    let query = "  queries:\n    by-month:\n      table: monthly\n      publisher: register\n      connection: register\n      sql: |\n";
    fs::write(&catalogue, format!("{before}{query}        {sql}\nresources: []\n")).expect("a catalogue");
}

fn connect(study: &Folder, driver: &Path, uri: &str, source: &str) {
    let source = source.replace('\'', "''");
    let tables = format!("tables: {{'moves-*.csv*': '{source}'}}");
    let text = format!("register: {{driver: '{}', uri: '{uri}', parted: [from], {tables}}}\n", driver.display());
    fs::write(study.0.join("connections.yaml"), text).expect("connections");
}

/// Says whether the snapshots are those that another route came to.
fn are_as_wanted(study: &Folder, moves: &[[String; 6]], vintage: &str, engine: &str) {
    let output = esep(&study.0, &["data", "pull", "--all", "--vintage", vintage]);
    assert!(output.status.success(), "{}", said(&output));
    for (name, rows) in wanted(moves) {
        let path = study.0.join(format!("data/raw/register/{vintage}/{name}.csv"));
        assert_eq!(fs::read_to_string(path).expect("a snapshot"), rows, "{name}");
    }
    let catalogue = fs::read_to_string(study.0.join("data/datapackage.yaml")).expect("a catalogue");
    for told in [engine, "rows: {input: 20000, kept: 20000, output: 120}", "asked: \"select "] {
        assert!(catalogue.contains(told), "{told}: {catalogue}");
    }
    assert!(!catalogue.contains("geheim") && !catalogue.contains(&*study.0.to_string_lossy()), "{catalogue}");
}

/// Says that a pull fails with a word on why, that no password is told and nothing is touched.
fn fails(study: &Folder, wanted: &str) {
    let before = standing(&study.0);
    let output = esep(&study.0, &["data", "pull", "--all", "--vintage", "v9"]);
    failed(study, &output, wanted, &before);
}

fn failed(study: &Folder, output: &std::process::Output, wanted: &str, before: &crate::pull::Standing) {
    let told = said(output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains(wanted) && !told.contains("geheim"), "{wanted}: {told}");
    assert!(before == &standing(&study.0), "nothing is touched");
}

/// Two shards, and the cluster that asks them.
struct Shards {
    coordinator: Cluster,
    second: Cluster,
    _first: Cluster,
    _folder: Folder,
}

impl Shards {
    fn start(bin: &Path, moves: &[[String; 6]]) -> Shards {
        let clusters = folder("clusters");
        let open = Command::new("chmod").arg("-R").arg("777").arg(&clusters.0).status().expect("chmod runs");
        assert!(open.success());
        let [coordinator, first, second] = ["0", "1", "2"].map(|name| Cluster::start(bin, &clusters.0.join(name)));
        let columns = "person text, \"from\" text, \"to\" text, month text, age int8, sex text";
        let mut whole =
            format!("create extension postgres_fdw; create table moves({columns}) partition by list (\"from\");");
        for (number, shard, regions) in [(1, &first, &["A", "B"][..]), (2, &second, &["C", "D", "E"][..])] {
            let own: Vec<_> = moves.iter().filter(|record| regions.contains(&record[1].as_str())).cloned().collect();
            let file = clusters.0.join(format!("{number}.csv"));
            fs::write(&file, text(&own)).expect("records");
            shard.tell(&format!("create table moves({columns})"));
            shard.tell(&format!("copy moves from '{}' csv header", file.display()));
            whole.push_str(&format!(
                "create server s{number} foreign data wrapper postgres_fdw options (host '127.0.0.1', port '{}', dbname 'postgres'); \
                 create user mapping for esep server s{number} options (user 'esep'); \
                 create foreign table moves_{number} partition of moves for values in ('{}') server s{number} options (table_name 'moves');",
                shard.port,
                regions.join("','"),
            ));
        }
        coordinator.tell(&whole);
        Shards { coordinator, second, _first: first, _folder: clusters }
    }

    /// Makes the second shard answer slowly, row by row.
    fn slow_down(&self) {
        self.second.tell(
            "create function slowly(text) returns text language plpgsql volatile as \
             $$begin perform pg_sleep(0.005); return $1; end$$; \
             create view slow as select person, \"from\", \"to\", slowly(month) as month, age, sex from moves",
        );
        self.coordinator.tell("alter foreign table moves_2 options (set table_name 'slow')");
    }
}

/// Starts a pull, does something to the database while it runs, and says that it fails with a word on why.
fn fails_while_it_runs(study: &Folder, wanted: &str, strike: impl FnOnce()) {
    let before = standing(&study.0);
    let mut command = pulling(&study.0, &["data", "pull", "by-month", "--vintage", "v9"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("esep starts");
    std::thread::sleep(Duration::from_secs(3));
    assert!(child.try_wait().expect("a process").is_none(), "it runs still");
    strike();
    failed(study, &child.wait_with_output().expect("an end"), wanted, &before);
}

#[test]
#[ignore = "starts databases: `make test-engines`"]
fn two_shards_of_postgresql_return_what_files_do() {
    let Some(driver) = installed("adbc_driver_postgresql/libadbc_driver_postgresql.so") else {
        return skipped("the ADBC driver of PostgreSQL");
    };
    let versions = fs::read_dir("/usr/lib/postgresql").ok();
    let Some(bin) = versions.and_then(|all| all.flatten().map(|v| v.path().join("bin")).max()) else {
        return skipped("PostgreSQL");
    };
    let moves = records(20_000);
    let study = study("postgresql");
    let shards = Shards::start(&bin, &moves);
    let uri = format!("postgresql://esep:geheim@127.0.0.1:{}/postgres", shards.coordinator.port);
    connect(&study, &driver, &uri, "moves");
    are_as_wanted(&study, &moves, "v1", "engine: \"PostgreSQL 1");
    let catalogue = fs::read_to_string(study.0.join("data/datapackage.yaml")).expect("a catalogue");
    let months = catalogue
        .lines()
        .filter_map(|line| line.trim().strip_prefix("asked: \""))
        .find(|asked| asked.starts_with("select \\\"month\\\", count(*)"));
    let months = months.and_then(|asked| asked.strip_suffix('"')).expect("what was asked").replace("\\\"", "\"");
    let months = months.replace("\"moves-*.csv*\"", "moves");
    let plan = shards.coordinator.tell(&format!("set enable_partitionwise_aggregate = on; explain verbose {months}"));
    assert_eq!(plan.matches("Remote SQL: SELECT month, count(*)").count(), 2, "{plan}");
    // The same months in the words of the database, over an address of another form; dates and numbers come exactly.
    let other = format!("host=127.0.0.1 port={} user=esep password=geheim dbname=postgres", shards.coordinator.port);
    connect(&study, &driver, &other, "moves");
    in_sql(&study, "select month, count(*)::numeric as moves from moves group by month;");
    let output = esep(&study.0, &["data", "pull", "--all", "--vintage", "v2"]);
    assert!(output.status.success(), "{}", said(&output));
    let [_, (_, rows), _] = wanted(&moves);
    let path = study.0.join("data/raw/register/v2/by-month.csv");
    assert_eq!(fs::read_to_string(path).expect("a snapshot"), rows);
    // Nothing is written, whatever the query says; a float and a sum beyond the type are refused.
    shards.coordinator.tell(
        "create table written(n int8); create function writing() returns int8 language sql volatile as \
         'insert into written values (1) returning n'",
    );
    for (sql, wanted) in [
        ("delete from moves_1 returning month, 1 as moves", "the query failed"),
        ("with gone as (delete from moves_1 returning month) select month, 1 as moves from gone", "the query failed"),
        ("select '2024-01' as month, writing() as moves", "read-only transaction"),
        ("select 1) x; drop table moves; select (1", "the query failed"),
        ("select month, count(*)::float8 as moves from moves group by 1", "binary fractions"),
        (
            "select month, 10::numeric ^ 40 + count(*) as moves from moves group by 1",
            "is no number of at most 38 digits",
        ),
        ("select month, sum(9223372036854775807)::int8 as moves from moves group by 1", "bigint out of range"),
        ("select month, nothing as moves from moves", "column \"nothing\" does not exist"),
        ("select month as mnth, count(*) as moves from moves group by 1", "did you mean `month`?"),
        ("select 'infinity'::date as month, 1 as moves", "beyond all calendars"),
    ] {
        in_sql(&study, sql);
        fails(&study, wanted);
    }
    fs::write(study.0.join("data/datapackage.yaml"), &catalogue).expect("a catalogue");
    connect(&study, &driver, &uri, "moves");
    shards.slow_down();
    fails_while_it_runs(&study, "terminating connection", || {
        shards.coordinator.tell(
            "select pg_terminate_backend(pid) from pg_stat_activity where query like '%records%' and pid <> pg_backend_pid()",
        );
    });
    fails_while_it_runs(&study, "the query failed", || shards.second.stop());
    fails(&study, "could not connect to server \"s2\"");
    shards.coordinator.stop();
    fails(&study, "there is no connection");
}

/// A server that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    /// Starts a server, and waits until it listens.
    fn start(command: &mut Command, port: u16, patience: Duration) -> Server {
        let mut server = Server(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a server"));
        let step = Duration::from_millis(200);
        let is_up = (0..patience.as_millis() / step.as_millis()).any(|_| {
            std::thread::sleep(step);
            assert!(server.0.try_wait().expect("a process").is_none(), "the server has ended");
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(is_up, "the server listens");
        server
    }
}

/// Says what a file of records is in Spark's SQL, which Sail speaks too.
fn in_spark(file: &Path) -> String {
    format!(
        "(select _c1 as `from`, _c2 as `to`, _c3 as month, cast(_c4 as bigint) as age, _c5 as sex from csv.`{}` where _c0 <> 'person')",
        file.display()
    )
}

/// Writes the records of a study where an engine reads them.
fn lay_out(study: &Folder, moves: &[[String; 6]]) -> PathBuf {
    let file = study.0.join("records/moves-1.csv");
    fs::write(&file, text(moves)).expect("records");
    file
}

#[test]
#[ignore = "starts databases: `make test-engines`"]
fn sail_returns_what_files_do_alone_and_by_its_workers() {
    let (Some(driver), Some(sail)) =
        (installed("adbc_driver_flightsql/libadbc_driver_flightsql.so"), installed("sail"))
    else {
        return skipped("Sail, or the ADBC driver of Flight SQL");
    };
    let moves = records(20_000);
    for mode in ["local", "local-cluster"] {
        let study = study(&format!("sail-{mode}"));
        let file = lay_out(&study, &moves);
        let port = port();
        let mut command = Command::new(&sail);
        command.args(["flight", "server", "--ip", "127.0.0.1", "--port", &port.to_string()]).env("SAIL_MODE", mode);
        let server = Server::start(&mut command, port, Duration::from_secs(60));
        connect(&study, &driver, &format!("grpc://127.0.0.1:{port}"), &in_spark(&file));
        are_as_wanted(&study, &moves, "v1", "engine: \"Flight SQL");
        in_sql(&study, "drop table if exists moves");
        fails(&study, "the query failed");
        drop(server);
        fails(&study, "error[data/pull]");
    }
}

#[test]
#[ignore = "starts Spark: `make test-spark`"]
fn two_executors_of_spark_return_what_files_do() {
    let (Some(driver), Some(spark)) = (installed("adbc_driver_spark/libadbc_driver_spark.so"), installed("pyspark"))
    else {
        return skipped("Spark, or its ADBC driver");
    };
    if Command::new("java").arg("-version").output().is_err() {
        return skipped("Java, which Spark needs");
    }
    let moves = records(20_000);
    let study = study("spark");
    let file = lay_out(&study, &moves);
    let port = port();
    let mut command = Command::new(spark.join("bin/spark-submit"));
    command.current_dir(&study.0).env("SPARK_HOME", &spark).env("SPARK_LOCAL_IP", "127.0.0.1");
    command.args(["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]);
    command.args(["--master", "local-cluster[2,1,1024]"]);
    for setting in [
        "spark.connect.grpc.binding.address=127.0.0.1".to_owned(),
        format!("spark.connect.grpc.binding.port={port}"),
        "spark.driver.bindAddress=127.0.0.1".to_owned(),
        "spark.driver.host=127.0.0.1".to_owned(),
        "spark.ui.enabled=false".to_owned(),
    ] {
        command.args(["--conf", &setting]);
    }
    let server = Server::start(&mut command, port, Duration::from_secs(300));
    connect(&study, &driver, &format!("sc://127.0.0.1:{port}"), &in_spark(&file));
    are_as_wanted(&study, &moves, "v1", "engine: \"Apache Spark 4");
    in_sql(&study, "insert overwrite directory 'x' using csv select 1");
    fails(&study, "the query failed");
    drop(server);
    fails(&study, "error[data/pull]");
}
