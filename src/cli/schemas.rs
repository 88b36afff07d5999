//! Schemas: JSON Schemas of the files of a study, for editors; their keys and choices are asked of the code that reads them.

use serde::Deserialize;
use serde::de::value::Error;
use serde::de::{Deserializer, Error as _, Visitor};
use serde_json::{Map, Value as Json, json};

use crate::catalog::entry::{
    DimensionEntry, FeedEntry, MeasureEntry, PackageEntry, ResourceEntry, RoleEntry, TableEntry as Declared,
    TablesEntry, Time,
};
use crate::claim::keys;
use crate::finding::{Class, Unit};
use crate::page::ExhibitWords;
use crate::reshape::entry::LayoutEntry;
use crate::study::{
    Analysis, ArticleEntry, Author, EditionEntry, FigureEntry, FigureKind, SelectionEntry, Study, Style, TableEntry,
};

/// The folder of a study in which they stand.
pub(super) const FOLDER: &str = "schemas";

/// Which files each is of: the end of their paths, and the name of the schema.
const OF: [(&str, &str); 4] = [
    ("study.yaml", "study"),
    ("data/datapackage.yaml", "datapackage"),
    ("data/territories.yaml", "territories"),
    ("/exhibits.yaml", "exhibits"),
];

/// Returns all schemas by their paths in a study.
pub(super) fn all() -> Vec<(String, String)> {
    let schemas =
        [("study", study()), ("datapackage", package()), ("territories", territories()), ("exhibits", exhibits())];
    let path = |name: &str| format!("{FOLDER}/{name}.schema.json");
    let mut all: Vec<(String, String)> =
        schemas.into_iter().map(|(name, schema)| (path(name), format!("{schema:#}\n"))).collect();
    all.push((path("claims"), keys::schema()));
    all
}

/// Returns the first line of a file, by which editors find its schema.
pub(super) fn line(path: &str) -> Option<String> {
    let (_, name) = OF.iter().find(|(end, _)| path.ends_with(end))?;
    let up = "../".repeat(path.matches('/').count());
    Some(format!("# yaml-language-server: $schema={up}{FOLDER}/{name}.schema.json\n"))
}

/// Reads nothing, and remembers which keys or choices it was asked for.
#[derive(Default)]
struct Probe(&'static [&'static str]);

impl<'de> Deserializer<'de> for &mut Probe {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("nothing is read"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0 = fields;
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0 = variants;
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// Lists the keys of a map, or the words of a choice, as they are read.
fn asked<T: for<'de> Deserialize<'de>>() -> &'static [&'static str] {
    let mut probe = Probe::default();
    let _ = T::deserialize(&mut probe);
    probe.0
}

/// A map of the keys that are read, some of them described.
fn object<T: for<'de> Deserialize<'de>>(known: &[(&str, Json)]) -> Json {
    let schema =
        |key: &str| known.iter().find(|(own, _)| *own == key).map_or(json!(true), |(_, schema)| schema.clone());
    let properties: Map<String, Json> = asked::<T>().iter().map(|key| ((*key).to_owned(), schema(key))).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

fn choice<T: for<'de> Deserialize<'de>>() -> Json {
    json!({"enum": asked::<T>()})
}

/// A unit of the program, or one that the study declares.
fn unit() -> Json {
    let known: Vec<&str> = Unit::ALL.iter().map(Unit::name).collect();
    json!({"anyOf": [{"enum": known}, {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,22}$"}]})
}

/// Things by names of the author's own.
fn named(item: Json) -> Json {
    json!({"type": "object", "additionalProperties": item})
}

fn list(item: Json) -> Json {
    json!({"type": "array", "items": item})
}

fn text() -> Json {
    json!({"type": "string"})
}

fn file(title: &str, schema: Json) -> Json {
    let mut whole = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title});
    if let (Json::Object(whole), Json::Object(schema)) = (&mut whole, schema) {
        whole.extend(schema);
    }
    whole
}

fn study() -> Json {
    let texts = named(text());
    let analysis = object::<Analysis>(&[("methods", list(text())), ("sum_over", list(text()))]);
    let figure = object::<FigureEntry>(&[("kind", choice::<FigureKind>()), ("unit", unit()), ("x_unit", unit())]);
    let edition = object::<EditionEntry>(&[("title", texts.clone()), ("vintages", named(list(text())))]);
    let known = [
        ("esep", json!({"type": "integer"})),
        ("title", texts),
        ("languages", list(text())),
        ("abstracts", list(text())),
        ("authors", list(object::<Author>(&[]))),
        ("style", object::<Style>(&[])),
        ("units", named(json!({"type": "object"}))),
        ("analyses", named(analysis)),
        ("findings", named(text())),
        ("figures", named(figure)),
        ("tables", named(object::<TableEntry>(&[]))),
        ("pages", list(text())),
        ("selection", named(object::<SelectionEntry>(&[]))),
        ("article", object::<ArticleEntry>(&[])),
        ("editions", named(edition)),
    ];
    file("A study", object::<Study>(&known))
}

fn package() -> Json {
    let dimension = object::<DimensionEntry>(&[("role", choice::<RoleEntry>())]);
    let measure = object::<MeasureEntry>(&[("unit", unit()), ("class", choice::<Class>())]);
    let table = [("dimensions", list(dimension)), ("time", choice::<Time>()), ("measures", named(measure))];
    let tables = object::<TablesEntry>(&[("tables", named(object::<Declared>(&table)))]);
    let feed = object::<FeedEntry>(&[("layout", object::<LayoutEntry>(&[]))]);
    let resource = object::<ResourceEntry>(&[("hash", text()), ("bytes", json!({"type": "integer"})), ("esep", feed)]);
    file("The catalogue of the data", object::<PackageEntry>(&[("esep", tables), ("resources", list(resource))]))
}

fn territories() -> Json {
    let names = named(named(text()));
    let territory = json!({
        "type": "object",
        "properties": {
            "code": text(), "kato": true, "kind": text(), "from": true, "until": true, "successor_of": true, "part_of": true,
            "borders": true, "names": names, "forms": named(names.clone()),
        },
        "required": ["code"],
        "additionalProperties": false,
    });
    let whole = json!({
        "type": "object",
        "properties": {"territories": list(territory), "groups": named(list(text())), "reforms": true},
        "required": ["territories"],
        "additionalProperties": false,
    });
    file("The territories", whole)
}

fn exhibits() -> Json {
    file("The words of figures and tables", named(object::<ExhibitWords>(&[("title", text())])))
}
