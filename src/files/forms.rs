//! Forms: values that may be written in more than one form, a text, a list or keys, each read by its form, so that what is
//! wrong within one is said of it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

/// A text, a number or a truth as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
pub struct Written(pub String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Written, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = Written;
            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("a text or a number")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Written, E> {
                Ok(Written(text.to_owned()))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Written, E> {
                Ok(Written(number.to_string()))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Written, E> {
                Ok(Written(number.to_string()))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Written, E> {
                Ok(Written(number.to_string()))
            }
            fn visit_bool<E: Error>(self, truth: bool) -> Result<Written, E> {
                Ok(Written(truth.to_string()))
            }
        }
        // A reader that is asked for anything would make a number of `007`.
        deserializer.deserialize_str(Any)
    }
}

/// The schema of a map by the codes of languages.
pub struct ByLanguage<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for ByLanguage<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}_by_language", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]{2}$"},
            "additionalProperties": generator.subschema_for::<T>(),
        })
    }
}

/// Reads an enumeration by the form in which a value is written.
///
/// `by_form! { Entry: "a text, or keys"; scalar String => Entry::Text; map Keys => Entry::Keys }`; the forms are
/// `scalar` (a text, a number, a truth), `text`, `list` and `map`, each with the type that is read and what makes the
/// entry of it.
macro_rules! by_form {
    ($entry:ty: $takes:literal; $($form:ident $inner:ty => $make:expr);+ $(;)?) => {
        impl<'de> serde::Deserialize<'de> for $entry {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$entry, D::Error> {
                struct ByForm;

                impl<'de> serde::de::Visitor<'de> for ByForm {
                    type Value = $entry;

                    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        out.write_str($takes)
                    }

                    $($crate::files::by_form! { @ $form $inner => $make })+
                }

                deserializer.deserialize_any(ByForm)
            }
        }
    };
    (@ scalar $inner:ty => $make:expr) => {
        $crate::files::by_form! { @ text $inner => $make }
        $crate::files::by_form! { @ visit visit_bool bool, $inner => $make }
        $crate::files::by_form! { @ visit visit_i64 i64, $inner => $make }
        $crate::files::by_form! { @ visit visit_u64 u64, $inner => $make }
        $crate::files::by_form! { @ visit visit_f64 f64, $inner => $make }
    };
    (@ text $inner:ty => $make:expr) => {
        $crate::files::by_form! { @ visit visit_str &str, $inner => $make }
    };
    (@ visit $visit:ident $given:ty, $inner:ty => $make:expr) => {
        fn $visit<E: serde::de::Error>(self, given: $given) -> Result<Self::Value, E> {
            let given = serde::de::IntoDeserializer::into_deserializer(given);
            <$inner as serde::Deserialize>::deserialize(given).map($make)
        }
    };
    (@ list $inner:ty => $make:expr) => {
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
            let list = serde::de::value::SeqAccessDeserializer::new(list);
            <$inner as serde::Deserialize>::deserialize(list).map($make)
        }
    };
    (@ map $inner:ty => $make:expr) => {
        fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            let map = serde::de::value::MapAccessDeserializer::new(map);
            <$inner as serde::Deserialize>::deserialize(map).map($make)
        }
    };
}

pub(crate) use by_form;
