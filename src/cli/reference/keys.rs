//! Keys: every key of every file of a study, from the schemas of these files.

use serde_json::{Map, Value as Json};

use crate::claim;
use crate::cli::schemas::{Named, READ};

/// Writes the section.
pub(super) fn text() -> String {
    let mut out = String::from(
        "\n## Keys of the files\n\nEvery key of every file that a study holds, from the types that read them; `esep schema NAME` \
         prints the same as a JSON Schema, `docs/schemas/` holds them. Keys in bold must be there. A text needs quotation marks \
         only where YAML would read something else.\n",
    );
    for named in READ {
        out.push_str(&file(named));
    }
    out
}

fn file(named: &Named) -> String {
    let schema = named.schema().to_value();
    let mut out = format!("\n### {}\n\n{}\n", capitalised(named.name), path_first(named.title));
    out.push_str(&entry(&schema));
    for (name, entry_of) in schema["$defs"].as_object().into_iter().flatten() {
        out.push_str(&format!("\n#### {} of {}\n\n{}\n", said(name), named.name, line(&entry_of["description"])));
        out.push_str(&entry(entry_of));
    }
    if named.name == "claims" {
        out.push_str(&format!("\nA paper with every key and every kind:\n\n```yaml\n{}```\n", claim::EXAMPLE));
    }
    out
}

/// Describes what a name of a schema stands for: its keys, its words, or what it takes.
fn entry(schema: &Json) -> String {
    if let Some(keys) = schema["properties"].as_object() {
        return table(keys, schema);
    }
    let forms: Vec<&Json> =
        ["oneOf", "anyOf"].iter().flat_map(|key| schema[*key].as_array().into_iter().flatten()).collect();
    if !forms.is_empty() && forms.iter().all(|form| form["properties"].is_object()) {
        return forms.iter().map(|form| format!("\n{}\n{}", line(&form["description"]), entry(form))).collect();
    }
    if !forms.is_empty() && forms.iter().all(|form| form["const"].is_string() || form["enum"].is_array()) {
        return words(&forms);
    }
    format!("\nTakes {}.\n", takes(schema))
}

fn table(keys: &Map<String, Json>, schema: &Json) -> String {
    let needed = |key: &str| schema["required"].as_array().is_some_and(|list| list.iter().any(|one| one == key));
    let row = |(key, schema): (&String, &Json)| {
        let name = if needed(key) { format!("**`{key}`**") } else { format!("`{key}`") };
        format!("| {name} | {} | {} |\n", takes(schema), line(&schema["description"]))
    };
    let other = |schema: &Json| format!("| any other | {} | {} |\n", takes(schema), line(&schema["description"]));
    let others = schema["patternProperties"].as_object().into_iter().flat_map(Map::values).map(other);
    let rows = keys.iter().map(row).chain(others);
    format!("\n| key | takes | meaning |\n|---|---|---|\n{}", rows.collect::<String>())
}

fn words(forms: &[&Json]) -> String {
    let row = |form: &&Json| match form["const"].as_str() {
        Some(word) => format!("| `{word}` | {} |\n", line(&form["description"])),
        None => format!("| {} | {} |\n", takes(form), line(&form["description"])),
    };
    format!("\n| word | meaning |\n|---|---|\n{}", forms.iter().map(row).collect::<String>())
}

/// Says what a key takes.
fn takes(schema: &Json) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        return format!("*{}*", said(name.rsplit('/').next().unwrap_or(name)));
    }
    if let Some(word) = schema["const"].as_str() {
        return format!("`{word}`");
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().filter_map(Json::as_str).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    }
    let forms = ["anyOf", "oneOf"].iter().find_map(|key| schema[*key].as_array());
    if let Some(forms) = forms {
        let said: Vec<String> = forms.iter().filter(|form| form["type"] != "null").map(takes).collect();
        return said.join(" or ");
    }
    match kind(schema) {
        "array" => match schema["prefixItems"].as_array() {
            Some(items) => format!("list of {}", items.iter().map(takes).collect::<Vec<_>>().join(", ")),
            None => format!("list of {}", takes(&schema["items"])),
        },
        "object" if schema["additionalProperties"].is_object() => {
            format!("{} by key", takes(&schema["additionalProperties"]))
        }
        "object" => "keys with values".to_owned(),
        "string" => "text".to_owned(),
        "integer" => "whole number".to_owned(),
        "number" => "number".to_owned(),
        "boolean" => "true or false".to_owned(),
        _ => "anything".to_owned(),
    }
}

/// Returns the first type of a schema; a text may be written as a number.
fn kind(schema: &Json) -> &str {
    match &schema["type"] {
        Json::Array(types) => types.first().and_then(Json::as_str).unwrap_or_default(),
        one => one.as_str().unwrap_or_default(),
    }
}

/// Says the name of a type in words: `FigureEntry` is a figure.
fn said(name: &str) -> String {
    let mut out = String::new();
    for letter in name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches("Entry").chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

/// Lays a description in one line of a table.
fn line(text: &Json) -> String {
    text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn path_first(title: &str) -> String {
    match title.split_once(": ") {
        Some((path, what)) => format!("`{path}`: {what}"),
        None => title.to_owned(),
    }
}
