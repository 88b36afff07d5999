//! Keys: what a file of claims may say, for the reference and the schema of the file.

use serde_json::{Map, Value as Json, json};

/// A paper on which every key and every kind occurs.
pub const EXAMPLE: &str = include_str!("example.yaml");

/// An entry of the file with its keys: name, what it takes, whether it must be there, meaning.
pub struct Entry {
    /// What the entry is called.
    pub name: &'static str,
    /// Its keys.
    pub keys: &'static [(&'static str, Takes, bool, &'static str)],
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// A text.
    Text,
    /// A text in each language: `{ru: …, kk: …}`.
    Texts,
    /// Yes or no.
    Truth,
    /// One of some words.
    One(&'static [&'static str]),
    /// First and last year.
    Years,
    /// A list of texts.
    List,
    /// A list of lists of texts.
    Lists,
    /// Texts in each language by a key.
    Named,
    /// Lists of texts by a key.
    Rows,
    /// An entry.
    Of(&'static str),
    /// A list of entries.
    Many(&'static str),
    /// Entries by a key.
    By(&'static str),
}

use Takes::{By, List, Lists, Many, Named, Of, One, Rows, Text, Texts, Truth, Years};

const KINDS: &[&str] =
    &["number", "sign", "ranking", "count", "period", "sum", "same-as", "list", "shares-of-one-total"];
const BASES: &[&str] = &["paper", "agency"];

/// The entries of the file, the whole first.
pub const ENTRIES: &[Entry] = &[
    Entry {
        name: "file",
        keys: &[
            ("paper", Of("paper"), true, "what is said of the paper as a whole"),
            ("places", Named, false, "how the places that `where` names are called in the other languages"),
            ("excluded", Many("excluded"), false, "classes of numbers that are no claims"),
            (
                "names",
                Named,
                false,
                "what printed names mean that are neither territories nor dates, by the claim that each stands for",
            ),
            ("tables", Many("table"), false, "tables whose every cell is a claim"),
            ("claims", Many("claim"), false, "single claims"),
        ],
    },
    Entry {
        name: "paper",
        keys: &[
            ("title", Texts, true, "what the report calls it"),
            ("language", Text, false, "the language of its text; `ru` where left out"),
            ("source", Text, false, "where it was published"),
            ("vintages", List, false, "vintages of the catalogue that hold the paper's own figures"),
            ("edition", Text, false, "the edition on whose findings it is judged; the last where left out"),
            ("reply", Texts, false, "what the authors answered to the verdicts as a whole"),
        ],
    },
    Entry {
        name: "excluded",
        keys: &[("class", Texts, true, "what the numbers are"), ("reason", Texts, true, "why they are not judged")],
    },
    Entry {
        name: "table",
        keys: &[
            ("id", Text, true, "under which expressions ask for its cells: `moves.value[KZ,2021]`"),
            ("where", Text, true, "where it stands, in the paper's language"),
            ("unit", Text, true, "the unit of its numbers with a scale word: `thousand persons`"),
            ("population", Text, false, "whom it counts"),
            ("columns", List, true, "the keys of its columns"),
            ("total", Text, false, "the key of the row that the other rows add up to"),
            ("rows", Rows, true, "the printed numbers by the keys of rows; `-` where nothing is printed"),
            ("names", Named, false, "what rows and columns are called that are neither territories nor periods"),
            ("agency", Many("source"), false, "where the agency's series has the cells"),
            ("accepted", By("accepted"), false, "known discrepancies by cell: `KZ,2021`"),
            ("remark", Texts, false, "why cells cannot be judged, where nothing derives them"),
        ],
    },
    Entry {
        name: "source",
        keys: &[
            ("rows", List, true, "the keys of the rows"),
            ("expr", Text, true, "the expression; `{row}` and `{column}` stand for the keys"),
        ],
    },
    Entry {
        name: "claim",
        keys: &[
            ("id", Text, true, "under which expressions ask for it: `printed.value[urban_share]`"),
            ("where", Text, true, "where it stands, in the paper's language"),
            ("phrase", Text, false, "at most six words to find it by"),
            ("printed", Text, true, "the number as printed, in its own decimals, or the word that states it"),
            ("unit", Text, false, "the unit with a scale word: `thousand persons`"),
            ("period", Text, false, "the date or period it speaks of"),
            ("population", Text, false, "whom it counts"),
            ("kind", One(KINDS), false, "how it is judged; `number` where left out"),
            (
                "says",
                One(&["exact", "about", "more-than", "up-to", "almost", "at-least", "less-than"]),
                false,
                "how firmly it is said; «about» and «almost» reach one unit of the last place or half a unit of the last digit that is not a zero, whichever is more, and no more than a tenth; «more than», «up to», «at least» and «less than» hold however far, and `within` sets them an end",
            ),
            (
                "within",
                Text,
                false,
                "how far a number that is not said exactly may be off, in printed units; `any` for no end",
            ),
            ("expr", Text, false, "what derives it"),
            ("basis", One(BASES), false, "what that rests on: the paper's own figures or the agency's series"),
            (
                "also",
                Many("reading"),
                false,
                "further ways to derive it; without `expr`, what stands near it and decides nothing",
            ),
            ("same_as", Text, false, "for `same-as`: the other claim, or a cell `moves.value[KZ,2021]`"),
            ("sign", One(&["positive", "negative"]), false, "for `sign`: which"),
            ("instead", Text, false, "for `sign`, `ranking` and `count`: an expression that shows what holds"),
            ("years", Years, false, "for `period`: first and last year, both counted"),
            ("between", Truth, false, "for `period`: time between two dates, so that one end counts"),
            ("lists", Lists, false, "for `list`: groups of claims that stand in one order"),
            ("closes", List, false, "for `list`: what must be possible in the right order"),
            ("shares", Many("share"), false, "for `shares-of-one-total`: each share with its part"),
            ("headline", Truth, false, "whether the paper's conclusions rest on it"),
            ("remark", Texts, false, "what a reader should know; where nothing derives it, what would settle it"),
            ("accepted", Of("accepted"), false, "the discrepancy that is known and does not fail the run"),
            ("excluded", Of("reason"), false, "why it is not judged"),
            ("reply", Texts, false, "what the authors answered"),
        ],
    },
    Entry {
        name: "reading",
        keys: &[
            ("basis", One(BASES), true, "what it rests on"),
            ("expr", Text, true, "the expression"),
            ("note", Texts, false, "how it differs from the first, as words in brackets"),
        ],
    },
    Entry {
        name: "share",
        keys: &[
            ("part", Text, true, "the part, as an expression"),
            ("share", Text, true, "the claim that prints its share"),
        ],
    },
    Entry {
        name: "accepted",
        keys: &[
            ("printed", Text, true, "the printed number or word when it was accepted"),
            ("derived", Text, true, "the derived number, in at least the printed decimals; `false` for a statement"),
            ("reason", Texts, true, "why; any other discrepancy is an error, and so is one that no longer occurs"),
            ("by", Text, false, "who accepted it"),
            ("on", Text, false, "when: a date, `2025-03-01`"),
        ],
    },
    Entry { name: "reason", keys: &[("reason", Texts, true, "why")] },
];

impl Takes {
    /// Says what a key takes, for the reference.
    fn words(self) -> String {
        match self {
            Text => "text".to_owned(),
            Texts => "text in each language".to_owned(),
            Truth => "true or false".to_owned(),
            One(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
            Years => "two years".to_owned(),
            List => "list of texts".to_owned(),
            Lists => "list of lists".to_owned(),
            Named => "texts in each language by key".to_owned(),
            Rows => "lists of texts by key".to_owned(),
            Of(name) => format!("*{name}*"),
            Many(name) => format!("list of *{name}*"),
            By(name) => format!("*{name}* by key"),
        }
    }

    /// Returns the schema of what a key takes.
    fn schema(self) -> Json {
        let text = json!({"type": "string"});
        let texts = json!({"$ref": "#/$defs/texts"});
        let entry = |name: &str| json!({"$ref": format!("#/$defs/{name}")});
        let list = |items: Json| json!({"type": "array", "items": items});
        let by = |values: Json| json!({"type": "object", "additionalProperties": values});
        match self {
            Text => text,
            Texts => texts,
            Truth => json!({"type": "boolean"}),
            One(words) => json!({"enum": words}),
            Years => json!({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}),
            List => list(text),
            Lists => list(list(text)),
            Named => by(texts),
            Rows => by(list(text)),
            Of(name) => entry(name),
            Many(name) => list(entry(name)),
            By(name) => by(entry(name)),
        }
    }
}

/// Writes the section of the reference.
pub fn reference() -> String {
    let mut out = String::from(
        "\n## Claims\n\nWhat a published paper prints stands in `data/claims/<paper>.yaml`; `esep verify` judges it, and \
         `docs/claims.schema.json` is the schema of the file. Keys in bold must be there.\n",
    );
    for entry in ENTRIES {
        out.push_str(&format!("\n### {} of claims\n\n| key | takes | meaning |\n|---|---|---|\n", entry.name));
        for (key, takes, needed, meaning) in entry.keys {
            let key = if *needed { format!("**`{key}`**") } else { format!("`{key}`") };
            out.push_str(&format!("| {key} | {} | {meaning} |\n", takes.words()));
        }
    }
    out.push_str(&format!("\nA paper with every key and every kind:\n\n```yaml\n{EXAMPLE}```\n"));
    out
}

/// Writes the JSON Schema of a file of claims.
pub fn schema() -> String {
    let mut defs = Map::new();
    let said = json!({"type": "string"});
    defs.insert("texts".to_owned(), json!({"type": "object", "minProperties": 1, "additionalProperties": said}));
    // Places and names need only the languages that the paper's own is not.
    let one = |entry: &Entry| -> Json {
        let properties: Map<String, Json> = entry
            .keys
            .iter()
            .map(|(key, takes, _, meaning)| {
                let mut schema = takes.schema();
                if let (Named, "places") = (takes, *key) {
                    schema = json!({"type": "object", "additionalProperties": {"type": "object", "additionalProperties": said}});
                }
                schema["description"] = json!(meaning);
                ((*key).to_owned(), schema)
            })
            .collect();
        let required: Vec<&str> = entry.keys.iter().filter(|key| key.2).map(|key| key.0).collect();
        json!({"type": "object", "required": required, "properties": properties, "additionalProperties": false})
    };
    defs.extend(ENTRIES.iter().map(|entry| (entry.name.to_owned(), one(entry))));
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:esep:claims:1",
        "title": "esep: what a published paper prints",
        "$ref": "#/$defs/file",
        "$defs": defs,
    });
    format!("{schema:#}\n")
}
