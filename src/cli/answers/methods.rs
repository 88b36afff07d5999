//! Methods: what `esep method` prints with `--format json`.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::Number;

use crate::finding::{Reason, Value};

/// `esep method list`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Methods<'a> {
    /// The methods, group by group.
    pub methods: Vec<MethodListed<'a>>,
}

/// A method.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct MethodListed<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its group.
    pub group: &'a str,
    /// Its title in the language that is asked for.
    pub title: &'a str,
}

/// `esep method show`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct MethodShown<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its group.
    pub group: &'a str,
    /// Its title in the language that is asked for.
    pub title: &'a str,
    /// Along what it runs: `time`, `units`, …
    pub along: &'a str,
    /// What it takes.
    pub roles: Vec<MethodRole<'a>>,
    /// Its parameters.
    pub params: Vec<MethodParam<'a>>,
    /// Its results.
    pub results: Vec<MethodResult<'a>>,
    /// What it refuses, and the choices that its results depend on.
    pub convention: &'a str,
    /// Where it is from.
    pub literature: Option<&'a str>,
}

/// A role of a method, to which columns are bound.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct MethodRole<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it takes: `number`, `text`, …
    pub takes: &'a str,
    /// Whether it must be bound.
    pub required: bool,
    /// Whether it takes several columns.
    pub many: bool,
}

/// A parameter of a method.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct MethodParam<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What holds where it is left out.
    pub default: &'a str,
    /// `integer`, `number` or `string`.
    #[serde(rename = "type")]
    pub of: &'static str,
    /// The least that a number may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Number>,
    /// The most that a number may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Number>,
    /// The words that a text may be.
    #[serde(rename = "enum", skip_serializing_if = "Option::is_none")]
    pub words: Option<&'a [&'a str]>,
}

/// A result of a method.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct MethodResult<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its formula.
    pub formula: &'a str,
    /// Whether it is one of the whole, of each row or of each member.
    pub scope: &'a str,
    /// Its unit.
    pub unit: Option<String>,
}

/// `esep method run`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct MethodRun<'a> {
    /// The name of the method, as in `esep method list`.
    pub method: &'a str,
    /// All parameters with the values that were used.
    #[schemars(with = "BTreeMap<String, Plain>")]
    #[serde(serialize_with = "in_order")]
    pub params: Vec<(&'a str, Plain)>,
    /// What the method refuses, and the choices that its results depend on.
    pub convention: &'a str,
    /// The results.
    pub results: Vec<RunResult<'a>>,
    /// What a reader of the results should know: a total among the units. Left out where there is nothing to say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub warnings: Vec<&'a str>,
}

/// A result of a run.
#[derive(Serialize, JsonSchema)]
#[schemars(
    deny_unknown_fields,
    extend("if" = {"properties": {"value": {"type": "null"}}}),
    extend("then" = {"properties": {"reason": {"type": "string"}}}),
    extend("else" = {"properties": {"reason": {"type": "null"}}})
)]
pub(crate) struct RunResult<'a> {
    /// The values of the --by columns, the current period of a pair, then the row or member; joined by commas, empty for
    /// the whole table.
    pub key: &'a str,
    /// The name of the result, fixed in docs/reference.md.
    pub name: &'a str,
    /// At full precision; a text for keys and words; null where there is none.
    pub value: Plain,
    /// Why there is no value.
    #[schemars(schema_with = "reasons")]
    pub reason: Option<&'static str>,
    /// The unit; null where it is that of the table's own numbers or there is none.
    pub unit: Option<&'a str>,
}

/// A value as JSON has it.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Plain {
    /// A whole number.
    Whole(i64),
    /// Any other number, at full precision.
    Number(f64),
    /// A truth.
    Truth(bool),
    /// A key or a word.
    Text(String),
    /// None.
    Nothing,
}

impl From<&Value> for Plain {
    fn from(value: &Value) -> Plain {
        use crate::finding::Amount;
        match value {
            Value::Missing(_) => Plain::Nothing,
            Value::Amount(Amount::Integer(whole)) => Plain::Whole(*whole),
            Value::Amount(amount) => Plain::Number(amount.to_f64()),
            Value::Truth(truth) => Plain::Truth(*truth),
            value => Plain::Text(value.to_string()),
        }
    }
}

/// Writes pairs as a map that keeps their order.
fn in_order<S: Serializer>(pairs: &[(&str, Plain)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(name, value)| (name, value)))
}

fn reasons(_: &mut SchemaGenerator) -> Schema {
    let codes = Reason::ALL.iter().map(|reason| Some(reason.code()));
    let all: Vec<Option<&str>> = std::iter::once(None).chain(codes).collect();
    json_schema!({ "enum": all })
}
