//! Spanned: values of a file that know where they stand, and what is read by nobody.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny};
use serde_yaml::Location;

/// A value that knows where it stands: `serde_yaml::Spanned`, which cannot say its own schema.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is used.
    pub referenced: Location,
    /// Where it is written; elsewhere than it is used behind an alias.
    pub defined: Location,
}

impl<T> Spanned<T> {
    /// Places a value.
    pub fn new(value: T, referenced: Location, defined: Location) -> Spanned<T> {
        Spanned { value, referenced, defined }
    }

    /// Returns what its file says where it is written.
    pub fn source<'t>(&self, text: &'t str) -> Option<&'t str> {
        let span = self.defined.span();
        let start = usize::try_from(span.byte_offset()?).ok()?;
        text.get(start..start + usize::try_from(span.byte_len()?).ok()?)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Spanned<T>, D::Error> {
        let serde_yaml::Spanned { value, referenced, defined } = serde_yaml::Spanned::deserialize(deserializer)?;
        Ok(Spanned { value, referenced, defined })
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// What a standard allows and this program does not read.
#[derive(Clone, Copy, Debug)]
pub struct Ignored;

impl<'de> Deserialize<'de> for Ignored {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ignored, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Ignored)
    }
}

impl JsonSchema for Ignored {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Ignored".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!(true)
    }
}
