//! Databases: the same tables from files, from PostgreSQL with two shards and from Sail, byte for byte; each engine is started
//! here on loopback, and skipped by name where it does not stand.
//!
//! The drivers and Sail come from PyPI into target/engines: `make test-engines`.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::pull::{Folder, esep, folder, records, said, standing, text, wanted};
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
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c enable_partitionwise_aggregate=on",
            cluster.port
        );
        let mut start = as_user(&bin.join("pg_ctl"));
        start.arg("-D").arg(folder).args(["-w", "-l"]).arg(folder.join("log")).args(["-o", &options, "start"]);
        // The server keeps what it inherits: a pipe would never close.
        let status = start.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("it runs");
        assert!(status.success(), "{}", fs::read_to_string(folder.join("log")).unwrap_or_default());
        cluster
    }

    fn tell(&self, sql: &str) {
        let mut psql = Command::new(self.bin.join("psql"));
        psql.args(["-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", "esep", "-p", &self.port.to_string()]);
        let output = psql.args(["-c", sql, "postgres"]).output().expect("psql runs");
        assert!(output.status.success(), "{}", said(&output));
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

/// Writes the catalogue so that a connection is asked in SQL.
fn ask(study: &Folder, source: &str, columns: [&str; 5], condition: &str) {
    let catalogue = study.0.join("data/datapackage.yaml");
    let text = fs::read_to_string(&catalogue).expect("a catalogue");
    let before = &text[..text.find("  queries:").expect("queries")];
    let [from, to, month, age, sex] = columns;
    let head = |name: &str, table: &str| {
        format!(
            "    {name}:\n      table: {table}\n      publisher: register\n      connection: warehouse\n      sql: |\n"
        )
    };
    let queries = format!(
        "  queries:\n{}        select {from} as origin, {to} as destination, substr({month}, 1, 4) as year, count(*) as moves\n        \
         from {source} where {condition} group by 1, 2, 3\n{}        select {month} as month, count(*) as moves from {source} \
         where {condition} group by 1\n{}        select case when {age} < 15 then '0-14' when {age} < 65 then '15-64' else '65+' end as age,\n        \
         case {sex} when 'm' then 'male' else 'female' end as sex, substr({month}, 1, 4) as year, count(*) as moves,\n        \
         sum({age}) as years_lived from {source} where {condition} and {month} >= '2020' group by 1, 2, 3\nresources: []\n",
        head("origin-destination", "moves"),
        head("by-month", "monthly"),
        head("by-age", "ages"),
    );
    fs::write(&catalogue, before.to_owned() + &queries).expect("a catalogue");
}

fn connect(study: &Folder, driver: &Path, uri: &str) {
    let text = format!("warehouse: {{driver: '{}', uri: '{uri}'}}\n", driver.display());
    fs::write(study.0.join("connections.yaml"), text).expect("connections");
}

/// Says whether the snapshots are those that another route came to.
fn are_as_wanted(study: &Folder, moves: &[[String; 6]]) {
    let output = esep(&study.0, &["data", "pull", "--all", "--vintage", "v1"]);
    assert!(output.status.success(), "{}", said(&output));
    for (name, rows) in wanted(moves) {
        let snapshot =
            fs::read_to_string(study.0.join(format!("data/raw/register/v1/{name}.csv"))).expect("a snapshot");
        assert_eq!(snapshot, rows, "{name}");
    }
}

/// Says that a pull fails with a word on why, that no password is told and nothing is touched.
fn fails(study: &Folder, wanted: &str) {
    let before = standing(&study.0);
    let output = esep(&study.0, &["data", "pull", "--all", "--vintage", "v9"]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains(wanted) && !told.contains("geheim"), "{wanted}: {told}");
    assert!(before == standing(&study.0), "nothing is touched");
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
    let study = folder("postgresql");
    let clusters = folder("clusters");
    let open = Command::new("chmod").arg("-R").arg("777").arg(&clusters.0).status().expect("chmod runs");
    assert!(open.success());
    let [coordinator, first, second] = ["0", "1", "2"].map(|name| Cluster::start(&bin, &clusters.0.join(name)));
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
    connect(&study, &driver, &format!("postgresql://esep:geheim@127.0.0.1:{}/postgres", coordinator.port));
    ask(&study, "moves", ["\"from\"", "\"to\"", "month", "age", "sex"], "true");
    are_as_wanted(&study, &moves);
    let catalogue = study.0.join("data/datapackage.yaml");
    let good = fs::read_to_string(&catalogue).expect("a catalogue");
    assert!(good.contains("engine: \"PostgreSQL 1") && !good.contains("geheim"), "{good}");
    let change = |from: &str, to: &str| fs::write(&catalogue, good.replace(from, to)).expect("a catalogue");
    // Nothing is written, whatever the query says; a float and a sum beyond the type are refused.
    change(
        "select month as month, count(*) as moves from moves where true group by 1",
        "delete from moves_1 returning month, 1 as moves",
    );
    fails(&study, "read-only transaction");
    change("select month as month, count(*)", "select month as month, count(*)::float8");
    fails(&study, "binary fractions");
    change("select month as month, count(*)", "select month as month, 10::numeric ^ 40 + count(*)");
    fails(&study, "is no number of at most 38 digits");
    change("select month as month, count(*)", "select month as month, nothing");
    fails(&study, "column \"nothing\" does not exist");
    change("select month as month", "select month as mnth");
    fails(&study, "did you mean `month`?");
    fs::write(&catalogue, &good).expect("a catalogue");
    second.stop();
    fails(&study, "could not connect to server \"s2\"");
    coordinator.stop();
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

#[test]
#[ignore = "starts databases: `make test-engines`"]
fn workers_of_sail_return_what_files_do() {
    let (Some(driver), Some(sail)) =
        (installed("adbc_driver_flightsql/libadbc_driver_flightsql.so"), installed("sail"))
    else {
        return skipped("Sail, or the ADBC driver of Flight SQL");
    };
    let moves = records(20_000);
    let study = folder("sail");
    let file = study.0.join("records/moves-1.csv");
    fs::write(&file, text(&moves)).expect("records");
    let port = port();
    let mut command = Command::new(sail);
    command.args(["flight", "server", "--ip", "127.0.0.1", "--port", &port.to_string()]);
    command.env("SAIL_MODE", "local-cluster").stdout(Stdio::null()).stderr(Stdio::null());
    let _server = Server(command.spawn().expect("Sail starts"));
    let is_up = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(200));
        std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    assert!(is_up, "Sail listens");
    connect(&study, &driver, &format!("grpc://127.0.0.1:{port}"));
    let source = format!("csv.`{}`", file.display());
    ask(&study, &source, ["_c1", "_c2", "_c3", "cast(_c4 as bigint)", "_c5"], "_c0 <> 'person'");
    are_as_wanted(&study, &moves);
}
