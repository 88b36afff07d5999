# The list of verbs. `make report` is the main job, `make test` the tests; both set up what they need or say what is missing.

# Not the release build: its optimisation costs more than a report takes, and the tests need this one too.
ESEP := target/debug/esep
RELEASED := target/release/esep

.PHONY: help report check pdf test test-faults test-engines test-spark fuzz recall lint bless bench contact-sheet install dist setup setup-tests setup-office clean

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make report          build esep, write the report in both languages, run its checks
report: setup
	cargo build --locked
	$(ESEP) build
	$(ESEP) check

## make check           check the study and that report/ is what a build writes
check: setup
	cargo build --locked
	$(ESEP) check

## make pdf             every language version as tagged PDF in export/, set by Typst from PyPI; the same bytes each time
pdf: setup
	cargo build --locked
	@test -x target/typst/bin/python || { python3 -m venv target/typst \
	  && target/typst/bin/pip -q install --only-binary :all: typst==0.15.2; } \
	  || { echo "make pdf needs Python 3 and the package typst of PyPI" >&2; exit 1; }
	$(ESEP) build --to typst --out export/typst
	target/typst/bin/python export/typst/compile.py export

## make test            all tests; installs Chromium and frictionless for two of them where it can
test: setup setup-tests
	PATH="$(CURDIR)/target/python/bin:$$PATH" cargo test --locked

## make test-faults     a disk that fails at every single call; takes minutes
test-faults: setup
	cargo test --locked --lib -- --ignored at_every_single_call

## make recall          how much of labelled texts the scan reads rightly, what it claims that is none, and how good proposals are
recall:
	cargo test --locked --test it -- scan_of_labelled claims_proposed --nocapture

## make test-engines    the same tables from Parquet, from PostgreSQL with two shards and from Sail; what does not stand here is skipped by name
test-engines: setup
	@test -x target/engines/bin/sail || { python3 -m venv target/engines && target/engines/bin/pip -q install --only-binary :all: \
	  adbc-driver-postgresql adbc-driver-flightsql pysail; } || echo "without drivers from PyPI, engines are skipped" >&2
	@test -d /usr/lib/postgresql || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; } \
	  || echo "without Debian's package postgresql, its shards are skipped" >&2
	cargo test --locked --features adbc,parquet --test it -- --ignored --nocapture databases:: --skip spark
	cargo test --locked --features adbc,parquet --test it -- --nocapture pull::
	cargo test --locked --features adbc,parquet --lib -- pull::

## make test-spark      the same tables from two executors of Spark; takes minutes and two gigabytes
test-spark: setup
	@test -d target/engines || python3 -m venv target/engines
	@target/engines/bin/python -c 'import pyspark, adbc_driver_spark' 2>/dev/null || target/engines/bin/pip -q install \
	  pyspark adbc-driver-spark || echo "without pyspark and adbc-driver-spark of PyPI, Spark is skipped" >&2
	@command -v java >/dev/null || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq default-jre-headless >/dev/null; } \
	  || echo "without Java, Spark is skipped" >&2
	cargo test --locked --features adbc,parquet --test it -- --ignored --nocapture databases::two_executors_of_spark

## make fuzz            mutated inputs of every kind for FUZZ_SECONDS (60), from FUZZ_SEED (1); FUZZ_KIND names one kind
fuzz: setup
	cargo test --locked --test it -- --ignored --exact fuzz::fuzz_for_a_bounded_time --nocapture

## make lint            formatting and lints, warnings are errors
lint: setup
	@# Not by cargo fmt, which does not see the files that a list names in a macro.
	find build.rs src tests benches -name '*.rs' -exec rustfmt --check {} +
	cargo clippy --locked --all-targets -- -D warnings

## make bless           accept what the golden tests now write; read the diff before committing
bless: setup
	BLESS=1 cargo test --locked --test it

## make bench           measure every budget and print it beside its goal
bench: setup
	cargo bench --locked

## make contact-sheet   all figures of both languages and editions on one page: target/contact-sheet.html
contact-sheet:
	@sh tests/contact-sheet.sh

## make install         install esep into cargo's folder of programs: one binary with everything inside
install: setup
	cargo install --locked --path .

## make dist            dist/: the binary, its licences, manual, guide and completions, and their checksums
dist: setup
	cargo build --release --locked
	rm -rf dist && mkdir -p dist/completions
	cp $(RELEASED) LICENSE LICENSE-MIT LICENSE-APACHE THIRD-PARTY.txt CHANGELOG.md dist/
	for shell in bash zsh fish elvish powershell; do $(RELEASED) completions $$shell > dist/completions/esep.$$shell; done
	{ printf '.TH ESEP 1\n.SH NAME\nesep \\- %s\n.SH COMMANDS\n.nf\n' "reproducible research reports from a source cell to a checked sentence"; \
	  $(RELEASED) --help | sed 's/\\/\\\\/g; s/^[.'"'"']/\\\&&/'; printf '.fi\n'; } > dist/esep.1
	$(RELEASED) guide --out dist/guide
	cd dist && find . -type f ! -name SHA256SUMS | sort | xargs sha256sum > SHA256SUMS

setup:
	@command -v cargo >/dev/null || { echo "esep needs Rust 1.95 or later (cargo): install it from your system or from rustup" >&2; exit 1; }

setup-tests:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || { \
	  command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-driver >/dev/null; } \
	  || echo "no Chromium and none can be installed here: the browser test will be skipped" >&2
	@command -v frictionless >/dev/null || target/python/bin/python -c 'import frictionless, pandas' 2>/dev/null || { \
	  command -v python3 >/dev/null && python3 -m venv target/python >/dev/null && target/python/bin/pip install -q frictionless pandas; } \
	  || echo "no frictionless and none can be installed here: the tests of the data package and of the walk with pandas will be skipped" >&2

## make setup-office    LibreOffice Writer, by which the tests of articles write documents anew; without it they are skipped by name
setup-office:
	@command -v soffice >/dev/null && ls "$$(dirname "$$(readlink -f "$$(command -v soffice)")")"/libswlo.so >/dev/null 2>&1 || { \
	  command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libreoffice-writer-nogui >/dev/null; } \
	  || echo "no LibreOffice Writer and none can be installed here: what it would write is skipped in the tests" >&2

clean:
	cargo clean
