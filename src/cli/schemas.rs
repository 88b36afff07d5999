//! Schemas: JSON Schemas of what a study holds and of what the program writes, from the types that read and write them;
//! `esep schema`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, schema_for};
use serde_json::{Value as Json, json};

use super::answers::{SchemaListed, Schemas, say};
use super::{Common, Format, answers, diff, misused, print};
use crate::catalog::entry::PackageEntry;
use crate::catalog::{aliases, territory};
use crate::claim;
use crate::diagnostic::{Problems, did_you_mean};
use crate::edited;
use crate::exhibit::{KINDS, Kind, maps};
use crate::output;
use crate::output::docx::journal::Journal;
use crate::page::references::References;
use crate::page::{ExhibitWords, Terms};
use crate::study::Study;

/// The folder of a study in which they stand.
pub(super) const FOLDER: &str = "schemas";

/// The arguments of `esep schema`.
#[derive(Args)]
pub(super) struct Arguments {
    /// Which; the list of them where left out.
    name: Option<String>,
}

/// A schema by the name under which it is printed.
pub(super) struct Named {
    /// The name.
    pub name: &'static str,
    /// Which files it is of.
    pub title: &'static str,
    /// How their paths end; empty for what a study does not hold.
    ends: &'static str,
    make: fn() -> Schema,
}

/// The schemas of what a study holds, in the order in which a build reads it.
pub(super) const READ: &[Named] = &[
    Named { name: "study", title: "study.yaml: a study", ends: "study.yaml", make: study },
    Named {
        name: "datapackage",
        title: "data/datapackage.yaml: the catalogue of the data",
        ends: "data/datapackage.yaml",
        make: read::<PackageEntry>,
    },
    Named {
        name: "territories",
        title: "data/territories.yaml: the territories",
        ends: "data/territories.yaml",
        make: || as_read(territory::schema()),
    },
    Named {
        name: "aliases",
        title: "data/aliases.yaml: what files call territories, members and measures",
        ends: "data/aliases.yaml",
        make: || as_read(aliases::schema()),
    },
    Named {
        name: "tiles",
        title: "data/tiles.yaml: where territories stand in a grid",
        ends: "data/tiles.yaml",
        make: read::<BTreeMap<String, maps::Place>>,
    },
    Named {
        name: "references",
        title: "data/references.yaml: the literature",
        ends: "data/references.yaml",
        make: read::<References>,
    },
    Named { name: "terms", title: "data/terms.yaml: the term base", ends: "data/terms.yaml", make: read::<Terms> },
    Named {
        name: "exhibits",
        title: "templates/<language>/exhibits.yaml: the words of figures and tables",
        ends: "/exhibits.yaml",
        make: read::<BTreeMap<String, ExhibitWords>>,
    },
    Named {
        name: "words",
        title: "templates/<language>/strings.yaml: what the study says otherwise than the program",
        ends: "/strings.yaml",
        make: read::<BTreeMap<String, String>>,
    },
    Named {
        name: "claims",
        title: "data/claims/<paper>.yaml: what a published paper prints",
        ends: "",
        make: || as_read(claim::schema()),
    },
    Named {
        name: "journal",
        title: "data/journals/<name>.yaml: what a journal asks of an article",
        ends: "",
        make: read::<Journal>,
    },
];

/// The schemas of what the program writes.
pub(super) const WRITTEN: &[Named] = &[
    Named {
        name: "numbers",
        title: "report/<edition>/numbers.json: the ledger",
        ends: "",
        make: output::ledger::schema,
    },
    Named {
        name: "verification",
        title: "verification.json, `esep verify --format json`: the verdicts",
        ends: "",
        make: output::verification::schema,
    },
    Named {
        name: "article-check",
        title: "`esep article check --format json`",
        ends: "",
        make: || schema_for!(edited::Answer),
    },
    Named { name: "diagnostics", title: "the problems of any command", ends: "", make: || schema_for!(Problems) },
    Named { name: "check", title: "`esep check --format json`", ends: "", make: || schema_for!(answers::Checked) },
    Named { name: "status", title: "`esep status --format json`", ends: "", make: || schema_for!(answers::Status) },
    Named { name: "diff", title: "`esep diff --format json`", ends: "", make: || schema_for!(diff::Compared) },
    Named { name: "trace", title: "`esep trace --format json`", ends: "", make: || schema_for!(answers::Traced) },
    Named { name: "eval", title: "`esep eval --format json`", ends: "", make: || schema_for!(answers::Evaluated) },
    Named { name: "list", title: "`esep list --format json`", ends: "", make: || schema_for!(answers::Listed) },
    Named {
        name: "methods",
        title: "`esep method list --format json`",
        ends: "",
        make: || schema_for!(answers::Methods),
    },
    Named { name: "charts", title: "`esep chart list --format json`", ends: "", make: || schema_for!(answers::Charts) },
    Named {
        name: "journals",
        title: "`esep article journals --format json`",
        ends: "",
        make: || schema_for!(answers::Journals),
    },
    Named {
        name: "term-list",
        title: "`esep terms --format json`",
        ends: "",
        make: || schema_for!(answers::TermsListed),
    },
    Named {
        name: "word-list",
        title: "`esep words --format json`",
        ends: "",
        make: || schema_for!(answers::WordsMissing),
    },
    Named { name: "chapters", title: "`esep guide --format json`", ends: "", make: || schema_for!(answers::Chapters) },
    Named {
        name: "text",
        title: "`esep guide CHAPTER --format json`, `esep method guide`, `esep licences`",
        ends: "",
        make: || schema_for!(answers::Printed),
    },
    Named { name: "upgrade", title: "`esep upgrade --format json`", ends: "", make: || schema_for!(answers::Upgraded) },
    Named { name: "eject", title: "`esep eject --format json`", ends: "", make: || schema_for!(answers::Ejected) },
    Named { name: "clean", title: "`esep clean --format json`", ends: "", make: || schema_for!(answers::Cleaned) },
    Named {
        name: "claims-explain",
        title: "`esep claims explain --format json`",
        ends: "",
        make: || schema_for!(answers::Explained),
    },
    Named {
        name: "claims-scan",
        title: "`esep claims scan --format json`",
        ends: "",
        make: || schema_for!(Vec<answers::Scanned>),
    },
    Named {
        name: "claims-accept",
        title: "`esep claims accept --format json`",
        ends: "",
        make: || schema_for!(answers::Accepted),
    },
    Named {
        name: "verify-set",
        title: "`esep verify --set --format json`",
        ends: "",
        make: || schema_for!(answers::Altered),
    },
    Named {
        name: "verify-report",
        title: "`esep verify --report --format json`",
        ends: "",
        make: || schema_for!(Vec<answers::Asked>),
    },
    Named {
        name: "data-inspect",
        title: "`esep data inspect --format json`",
        ends: "",
        make: || schema_for!(answers::Inspected),
    },
    Named {
        name: "data-add",
        title: "`esep data add --format json`",
        ends: "",
        make: || schema_for!(answers::VintageChanges),
    },
    Named {
        name: "data-remove",
        title: "`esep data remove --format json`",
        ends: "",
        make: || schema_for!(answers::VintageRemoved),
    },
    Named {
        name: "data-pull",
        title: "`esep data pull --format json`",
        ends: "",
        make: || schema_for!(answers::Pulled),
    },
    Named { name: "new", title: "`esep new --format json`", ends: "", make: || schema_for!(answers::Begun) },
    Named {
        name: "edition",
        title: "`esep edition new --format json`",
        ends: "",
        make: || schema_for!(answers::EditionBegun),
    },
    Named {
        name: "method",
        title: "`esep method show --format json`",
        ends: "",
        make: || schema_for!(answers::MethodShown),
    },
    Named {
        name: "method-run",
        title: "`esep method run --format json`: results of methods",
        ends: "",
        make: || schema_for!(answers::MethodRun),
    },
    Named { name: "serve", title: "`esep serve --format json`", ends: "", make: || schema_for!(answers::Served) },
    Named {
        name: "completions",
        title: "`esep completions --format json`",
        ends: "",
        make: || schema_for!(answers::Completed),
    },
    Named { name: "schemas", title: "`esep schema --format json`", ends: "", make: || schema_for!(answers::Schemas) },
];

/// Runs the command.
pub(super) fn run(arguments: &Arguments, common: &Common) -> ExitCode {
    let Some(name) = &arguments.name else {
        list(common.format);
        return ExitCode::SUCCESS;
    };
    let known = || READ.iter().chain(WRITTEN);
    match known().find(|schema| schema.name == name) {
        Some(schema) => {
            print(&schema.text());
            ExitCode::SUCCESS
        }
        None => {
            let names: Vec<&str> = known().map(|schema| schema.name).collect();
            let hint = did_you_mean(name, names.iter().copied()).map(|hint| format!("; {hint}")).unwrap_or_default();
            misused(&format!("there is no schema `{name}`{hint}; there are {}", names.join(", ")))
        }
    }
}

fn list(format: Format) {
    let all = || READ.iter().chain(WRITTEN);
    match format {
        Format::Json => {
            let one = |schema: &Named| SchemaListed { name: schema.name, of: schema.title };
            say(&Schemas { schemas: all().map(one).collect() });
        }
        Format::Human | Format::Csv | Format::Md | Format::Html => {
            all().for_each(|schema| print(&format!("{:<16}{}\n", schema.name, schema.title)));
        }
    }
}

impl Named {
    /// Makes the schema, with its title and its own identifier.
    pub(super) fn schema(&self) -> Schema {
        let mut schema = (self.make)();
        // What states a version of its own keeps it.
        if schema.get("$id").is_none() {
            schema.insert("$id".to_owned(), json!(format!("urn:esep:{}:1", self.name)));
        }
        schema.insert("title".to_owned(), json!(self.title));
        schema
    }

    /// Writes it.
    pub(super) fn text(&self) -> String {
        format!("{:#}\n", self.schema().to_value())
    }

    /// Returns the name of its file.
    pub(super) fn file(&self) -> String {
        format!("{}.schema.json", self.name)
    }
}

/// Returns the schemas of what a study holds by their paths in it.
pub(super) fn all() -> Vec<(String, String)> {
    READ.iter().map(|schema| (format!("{FOLDER}/{}", schema.file()), schema.text())).collect()
}

/// Returns the schemas of these files of a study, and that of claims, which `esep claims scan` begins.
pub(super) fn of(paths: &[&str]) -> Vec<(String, String)> {
    let stands = |schema: &&Named| {
        schema.name == "claims" || !schema.ends.is_empty() && paths.iter().any(|path| path.ends_with(schema.ends))
    };
    READ.iter().filter(stands).map(|schema| (format!("{FOLDER}/{}", schema.file()), schema.text())).collect()
}

/// Returns the first line of a file, by which editors find its schema.
pub(super) fn line(path: &str) -> Option<String> {
    let schema = READ.iter().find(|schema| !schema.ends.is_empty() && path.ends_with(schema.ends))?;
    let up = "../".repeat(path.matches('/').count());
    Some(format!("# yaml-language-server: $schema={up}{FOLDER}/{}\n", schema.file()))
}

/// Makes that of a study, with the kinds of chart that there are.
fn study() -> Schema {
    let kind = |kind: &&Kind| {
        let mut letters = kind.shows.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        json!({"type": "string", "const": kind.name, "description": format!("{first}{}.", letters.as_str())})
    };
    let kinds: Vec<Json> = KINDS.iter().map(kind).collect();
    let mut schema = read::<Study>();
    if let Some(Json::Object(of)) = schema.pointer_mut("/$defs/FigureKind") {
        of.remove("type");
        of.insert("oneOf".to_owned(), json!(kinds));
    }
    schema
}

fn read<T: JsonSchema>() -> Schema {
    as_read(schema_for!(T))
}

/// Lets texts be written without quotation marks, as they are read: `year: 2024`, `printed: 7.10`.
fn as_read(mut schema: Schema) -> Schema {
    RecursiveTransform(plain_texts).transform(&mut schema);
    schema
}

fn plain_texts(schema: &mut Schema) {
    let bound = ["enum", "const", "pattern", "format"].iter().any(|key| schema.get(*key).is_some());
    let maybe = match schema.get("type") {
        Some(Json::String(one)) if one == "string" => false,
        Some(Json::Array(several)) if several.iter().eq([&json!("string"), &json!("null")]) => true,
        _ => return,
    };
    if bound {
        return;
    }
    let mut types = vec!["string", "number", "boolean"];
    types.extend(maybe.then_some("null"));
    schema.insert("type".to_owned(), json!(types));
}
