//! Fields: what a Table Schema says of the columns of a file.

use regex::Regex;

use super::{Agreement, ForeignKey, Told, UniqueKey, profile};
use crate::catalog::schema::{ConstraintsEntry, FieldEntry, Labelled, SchemaEntry};
use crate::diagnostic::did_you_mean;
use crate::table::field::{Bound, DateForm, Field, Kind, TextForm};
use crate::table::number::NumberSyntax;
use crate::table::{CATALOGUE, MissingMarks};

/// The types that are read.
pub(super) const TYPES: [&str; 8] = ["string", "number", "integer", "boolean", "year", "yearmonth", "date", "any"];

/// The types that the standard has and that are not read.
const OTHER_TYPES: [&str; 8] = ["object", "array", "list", "datetime", "time", "duration", "geopoint", "geojson"];

const MATCHES: [(&str, Agreement); 5] = [
    ("exact", Agreement::Exact),
    ("equal", Agreement::Equal),
    ("subset", Agreement::Subset),
    ("superset", Agreement::Superset),
    ("partial", Agreement::Partial),
];

pub(super) fn agreement(schema: &SchemaEntry, told: &mut Told) -> Agreement {
    if let Some((key, message)) = profile(None, schema.schema.as_deref()) {
        told.refuse(&[key], message, None);
    }
    let Some(said) = &schema.fields_match else { return Agreement::Equal };
    let found = match said.0.as_slice() {
        [one] => MATCHES.iter().find(|(name, _)| name == one),
        _ => None,
    };
    if found.is_none() {
        let said = said.0.join(", ");
        let names = MATCHES.map(|(name, _)| name);
        let hint = did_you_mean(&said, names).unwrap_or_else(|| format!("known here: {}", names.join(", ")));
        told.refuse(&["fieldsMatch"], format!("`{said}` is no way to agree"), Some(hint));
    }
    found.map_or(Agreement::Equal, |(_, agreement)| *agreement)
}

pub(super) fn field(entry: &FieldEntry, at: usize, schema: &SchemaEntry, null: Option<&str>, told: &mut Told) -> Field {
    let number = at.to_string();
    let mut refuse = |key: &str, message: String, hint: Option<String>| {
        told.refuse(&["fields", &number, key], format!("field `{}`: {message}", entry.name), hint);
    };
    if schema.fields[..at].iter().any(|other| other.name == entry.name) {
        refuse("name", "two fields have this name".to_owned(), None);
    }
    let type_name = entry.kind.as_deref().unwrap_or("any");
    if !TYPES.contains(&type_name) {
        let message = match OTHER_TYPES.contains(&type_name) {
            true => format!("type `{type_name}` is not read"),
            false => format!("`{type_name}` is no type"),
        };
        let hint = did_you_mean(type_name, TYPES).unwrap_or_else(|| format!("known here: {}", TYPES.join(", ")));
        refuse("type", message, Some(hint));
    }
    let kind = kind(entry, type_name, &mut refuse);
    let means_nothing = |key: &str| (key.to_owned(), format!("`{key}` means nothing for type `{type_name}`"));
    let is_number = matches!(kind, Kind::Number | Kind::Integer);
    for (key, is_there, fits) in [
        ("decimalChar", entry.decimal_char.is_some(), kind == Kind::Number),
        ("groupChar", entry.group_char.is_some(), is_number),
        ("bareNumber", entry.bare_number.is_some(), is_number),
        ("trueValues", entry.true_values.is_some(), matches!(kind, Kind::Truth { .. })),
        ("falseValues", entry.false_values.is_some(), matches!(kind, Kind::Truth { .. })),
        ("itemType", entry.item_type.is_some(), type_name == "list"),
        ("delimiter", entry.delimiter.is_some(), type_name == "list"),
    ] {
        if is_there && !fits {
            let (key, message) = means_nothing(key);
            refuse(&key, message, None);
        }
    }
    let mut mark = |key: &str, text: &Option<String>| -> Option<char> {
        let text = text.as_deref()?;
        let mut letters = text.chars();
        let only = letters.next().filter(|c| letters.next().is_none() && !c.is_ascii_digit() && !"+-eE".contains(*c));
        if only.is_none() {
            refuse(key, format!("`{key}` takes one character that is no digit or sign, not `{text}`"), None);
        }
        only
    };
    let (decimal, group) = (mark("decimalChar", &entry.decimal_char), mark("groupChar", &entry.group_char));
    if decimal.is_some() && decimal == group {
        refuse("groupChar", "one mark cannot part decimals and groups".to_owned(), None);
    }
    let numbers = NumberSyntax { decimal, group, is_dressed: entry.bare_number == Some(false), brackets: None };
    let missing = missing(entry.missing_values.as_deref().or(schema.missing_values.as_deref()), null);
    let own = Field { name: entry.name.clone(), kind, numbers, missing, ..Field::default() };
    constrained(own, entry, type_name, &mut refuse)
}

fn kind(entry: &FieldEntry, type_name: &str, refuse: &mut impl FnMut(&str, String, Option<String>)) -> Kind {
    let words = |given: &Option<Vec<String>>, usual: [&str; 4]| {
        given.clone().unwrap_or_else(|| usual.iter().map(|word| (*word).to_owned()).collect())
    };
    let format = entry.format.as_deref().unwrap_or("default");
    if let ("date", form) = (type_name, DateForm::parse(format)) {
        return match form {
            Ok(form) => Kind::Date(form),
            Err(message) => {
                refuse("format", message, Some("write it of %d, %m, %Y, %B and %b, or write `any`".to_owned()));
                Kind::Date(DateForm::Any)
            }
        };
    }
    let forms =
        [("default", TextForm::Plain), ("email", TextForm::Email), ("uri", TextForm::Uri), ("uuid", TextForm::Uuid)];
    let form = forms.into_iter().find(|(name, _)| *name == format && (type_name == "string" || *name == "default"));
    if form.is_none() {
        let hint = did_you_mean(format, forms.map(|(name, _)| name));
        refuse("format", format!("the format `{format}` of type `{type_name}` is not read"), hint);
    }
    match type_name {
        "string" => Kind::Text(form.map_or(TextForm::Plain, |(_, form)| form)),
        "number" => Kind::Number,
        "integer" => Kind::Integer,
        "boolean" => Kind::Truth {
            yes: words(&entry.true_values, ["true", "True", "TRUE", "1"]),
            no: words(&entry.false_values, ["false", "False", "FALSE", "0"]),
        },
        "year" => Kind::Year,
        "yearmonth" => Kind::Month,
        _ => Kind::Any,
    }
}

/// The marks of missing values: what is declared, or the empty cell.
fn missing(declared: Option<&[Labelled]>, null: Option<&str>) -> MissingMarks {
    let marks = match declared {
        Some(marks) => {
            marks.iter().fold(MissingMarks::default(), |known, mark| known.and(&mark.value, mark.label.as_deref()))
        }
        None => MissingMarks::default().and("", None),
    };
    null.into_iter().fold(marks, |marks, null| marks.and(null, None))
}

fn constrained(
    mut field: Field,
    entry: &FieldEntry,
    type_name: &str,
    refuse: &mut impl FnMut(&str, String, Option<String>),
) -> Field {
    let ConstraintsEntry { required, pattern, among, min_length, max_length, .. } = &entry.constraints;
    field.is_required = *required;
    if entry.constraints.json_schema.is_some() {
        refuse("constraints", "`jsonSchema` is not read".to_owned(), None);
    }
    if let Some(text) = pattern {
        match Regex::new(&format!("^(?:{text})$")) {
            Ok(fits) => field.pattern = Some((text.clone(), fits)),
            Err(error) => {
                let said = error.to_string();
                let said = said.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                refuse("constraints", format!("the pattern `{text}` cannot be read: {said}"), None);
            }
        }
    }
    let has_letters = matches!(field.kind, Kind::Text(_) | Kind::Any);
    for (key, length) in [("minLength", min_length), ("maxLength", max_length)] {
        if length.is_some() && !has_letters {
            refuse("constraints", format!("`{key}` means nothing for type `{type_name}`"), None);
        }
    }
    field.length = [*min_length, *max_length];
    let has_order = !matches!(field.kind, Kind::Text(_) | Kind::Any | Kind::Truth { .. });
    let constraints = &entry.constraints;
    for (bound, key, text) in [
        (Bound::Least, "minimum", &constraints.minimum),
        (Bound::Most, "maximum", &constraints.maximum),
        (Bound::Above, "exclusiveMinimum", &constraints.exclusive_minimum),
        (Bound::Below, "exclusiveMaximum", &constraints.exclusive_maximum),
    ] {
        let Some(text) = text else { continue };
        if !has_order {
            refuse("constraints", format!("`{key}` means nothing for type `{type_name}`"), None);
            continue;
        }
        match field.named(text, &CATALOGUE) {
            Ok(end) => field.bounds.push((bound, text.clone(), end)),
            Err(misfit) => refuse("constraints", format!("`{key}`: {}", misfit.message), None),
        }
    }
    let listed = among.as_ref().map(|values| ("constraints", values.clone()));
    let categories = entry.categories.as_ref().map(|values| values.iter().map(|one| one.value.clone()).collect());
    for (key, values) in listed.into_iter().chain(categories.map(|values: Vec<String>| ("categories", values))) {
        let mut known = Vec::new();
        for value in values {
            match field.named(&value, &CATALOGUE) {
                Ok(value) => known.push(value),
                Err(misfit) => refuse(key, misfit.message, None),
            }
        }
        field.among = Some(match field.among.take() {
            Some(others) => known.into_iter().filter(|value| others.contains(value)).collect(),
            None => known,
        });
    }
    field
}

pub(super) fn keys(schema: &SchemaEntry, told: &mut Told) -> Vec<UniqueKey> {
    let primary = Some(&schema.primary_key.0).filter(|fields| !fields.is_empty());
    let primary = primary.map(|fields| UniqueKey { fields: fields.clone(), is_primary: true });
    let others = schema.unique_keys.iter().map(|fields| UniqueKey { fields: fields.clone(), is_primary: false });
    // A field that is the primary key is unique by that.
    let own = (schema.fields.iter())
        .filter(|field| field.constraints.unique && schema.primary_key.0 != [field.name.as_str()]);
    let own = own.map(|field| UniqueKey { fields: vec![field.name.clone()], is_primary: false });
    let keys: Vec<UniqueKey> = primary.into_iter().chain(others).chain(own).collect();
    for key in &keys {
        known(schema, &key.fields, if key.is_primary { "primaryKey" } else { "uniqueKeys" }, told);
    }
    keys
}

pub(super) fn foreign(schema: &SchemaEntry, own: &str, told: &mut Told) -> Vec<ForeignKey> {
    let mut keys = Vec::new();
    for entry in &schema.foreign_keys {
        known(schema, &entry.fields.0, "foreignKeys", told);
        if entry.fields.0.len() != entry.reference.fields.0.len() {
            let message = "a foreign key has as many fields here as in what it refers to".to_owned();
            told.refuse(&["foreignKeys"], message, None);
        }
        let resource = if entry.reference.resource.is_empty() { own } else { &entry.reference.resource };
        keys.push(ForeignKey {
            fields: entry.fields.0.clone(),
            resource: resource.to_owned(),
            known: entry.reference.fields.0.clone(),
        });
    }
    keys
}

/// Refuses names of fields that the schema does not have.
pub(super) fn known(schema: &SchemaEntry, names: &[String], key: &str, told: &mut Told) {
    let fields: Vec<&str> = schema.fields.iter().map(|field| field.name.as_str()).collect();
    for name in names.iter().filter(|name| !fields.contains(&name.as_str())) {
        told.refuse(&[key], format!("the schema has no field `{name}`"), did_you_mean(name, fields.iter().copied()));
    }
}
