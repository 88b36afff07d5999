//! Entry: `data/territories.yaml` as its author writes it, and what contradicts itself in it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Borders, REGIONS, Reform, TERRITORIES, Territory};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::{ByLanguage, Spanned};
use crate::finding::{Code, Period};

/// The groups of kinds that a list need not declare.
const USUAL: &str = include_str!("../../language/groups.yaml");

/// The names that a language may give a territory: two nominatives, what it is ordered by where that is another (`Абай`
/// of `область Абай`), and the other cases.
const NAMES: [&str; 10] = ["name", "table", "sort", "gen", "dat", "acc", "loc", "abl", "ins", "prep"];

/// `data/territories.yaml`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FileEntry {
    /// The territories, in the publisher's order.
    pub(super) territories: Vec<Spanned<TerritoryEntry>>,
    /// Named sets by kinds and codes; `regions`, `cities`, `districts` and `oblasts` need no declaring.
    #[serde(default)]
    pub(super) groups: BTreeMap<String, Spanned<Vec<String>>>,
    /// The reforms of borders.
    #[serde(default)]
    pub(super) reforms: Vec<Spanned<ReformEntry>>,
}

/// A territory.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TerritoryEntry {
    /// Its code: at most 23 bytes without spaces, commas, brackets, quotation marks, `=` and `|`.
    pub(super) code: String,
    /// Its code in the classifier of the country, for people.
    #[serde(rename = "kato")]
    _kato: Option<String>,
    /// A word of the list's own; `country` is the whole of which others are part.
    #[serde(default)]
    kind: String,
    /// Since when it has been: a date.
    from: Option<String>,
    /// Until when it was: a date.
    until: Option<String>,
    /// The territory that it continues under another code.
    successor_of: Option<String>,
    /// Whose part it is; where left out, the country whose code begins its own, or the only country.
    #[serde(default)]
    part_of: Option<String>,
    /// Its borders where they changed, in order.
    #[serde(default)]
    borders: Vec<BordersEntry>,
    /// Its names by language and form: `{en: {name: California, table: Calif.}}`.
    #[serde(default)]
    #[schemars(with = "ByLanguage<NamesEntry>")]
    names: BTreeMap<String, BTreeMap<String, String>>,
    /// Names of another form by a word of the list's own, `short` or `former`, and then by language.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ByLanguage<NamesEntry>>")]
    forms: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>,
}

/// The names of a territory in one language, for the schema: the keys of [`NAMES`].
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "only its schema is asked for")]
struct NamesEntry {
    /// The full name in the nominative.
    name: String,
    /// The form of tables and figures, where that is another.
    table: Option<String>,
    /// What it is ordered by, where that is not the form of tables.
    sort: Option<String>,
    /// The genitive.
    #[schemars(rename = "gen")]
    genitive: Option<String>,
    /// The dative.
    dat: Option<String>,
    /// The accusative.
    acc: Option<String>,
    /// The locative.
    loc: Option<String>,
    /// The ablative.
    abl: Option<String>,
    /// The instrumental.
    ins: Option<String>,
    /// The prepositional.
    prep: Option<String>,
}

/// Borders that a territory had.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BordersEntry {
    /// How they are called behind `@`: `KZ-63@2022`.
    id: String,
    /// Since when: a date; for people.
    #[serde(default, rename = "from")]
    _from: Option<String>,
    /// Until when: a date.
    #[serde(default)]
    until: Option<String>,
    /// The codes of the territories that it bordered on in them.
    #[serde(default)]
    neighbours: Vec<String>,
}

/// A reform of borders.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReformEntry {
    /// Its date.
    date: String,
    /// The territory that was divided.
    from: String,
    /// The territories among which it was divided, or which took it in.
    into: Vec<String>,
    /// What it is called, by language.
    #[serde(rename = "title")]
    #[schemars(with = "ByLanguage<String>")]
    _title: BTreeMap<String, String>,
}

pub(super) struct Reader<'a> {
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) codes: Vec<String>,
    pub(super) place: Place,
}

impl Reader<'_> {
    fn refuse(&mut self, code: &str, message: String) {
        self.refuse_with(code, message, None);
    }

    fn refuse_with(&mut self, code: &str, message: String, hint: Option<String>) {
        let place = self.place.clone().within(code);
        self.diagnostics.push(Diagnostic::error(code::CATALOG_TERRITORY, place, message).maybe_hint(hint));
    }

    fn code(&mut self, of: &str, text: &str) -> Option<Code> {
        let known = self.codes.iter().any(|c| c == text.split('@').next().unwrap_or(text));
        let code = Code::parse(text);
        if code.is_none() {
            let message = "a code has at most 23 bytes and no space, comma, bracket or quotation mark; `@` stands before \
                           the year of its borders";
            self.refuse(of, format!("`{text}` is no code: {message}"));
        } else if !known {
            self.refuse(of, format!("`{text}` is not the code of a territory in the list"));
        }
        code.filter(|_| known)
    }

    fn date(&mut self, of: &str, text: Option<&String>) -> Option<Period> {
        let text = text?;
        let date = Period::parse(text).filter(|p| p.day().is_some());
        if date.is_none() {
            self.refuse(of, format!("`{text}` is not a date (2022-06-08)"));
        }
        date
    }

    fn turn_to(&mut self, at: &serde_yaml::Location) {
        self.place = Place::line(TERRITORIES, at.line() as usize, at.column() as usize);
    }

    pub(super) fn territory(&mut self, entry: Spanned<TerritoryEntry>) -> Option<Territory> {
        self.turn_to(&entry.referenced);
        let at = (entry.referenced.line() as usize, entry.referenced.column() as usize);
        let entry = entry.value;
        let of = entry.code.as_str();
        if self.codes.iter().filter(|c| *c == of).count() > 1 {
            self.refuse(of, "stands in the list twice".to_owned());
        }
        let forms = entry.forms.iter().flat_map(|(form, names)| {
            names.iter().map(move |(language, names)| (format!("forms.{form}.{language}"), names))
        });
        for (key, names) in forms {
            if !names.contains_key("name") {
                self.refuse(of, format!("`{key}` lacks `name`"));
            }
            for strange in names.keys().filter(|key| !NAMES.contains(&key.as_str())) {
                self.refuse(of, format!("`{key}` has `{strange}`, which nothing reads: {}", NAMES.join(", ")));
            }
        }
        for (language, names) in &entry.names {
            if !names.contains_key("name") {
                self.refuse(of, format!("`names.{language}` lacks `name`"));
            }
            for key in names.keys().filter(|key| !NAMES.contains(&key.as_str())) {
                self.refuse(of, format!("`names.{language}` has `{key}`, which nothing reads: {}", NAMES.join(", ")));
            }
        }
        let borders: Vec<Borders> = entry
            .borders
            .iter()
            .filter_map(|b| {
                let neighbours = b.neighbours.iter().filter_map(|code| self.code(of, code)).collect();
                Some(Borders { id: self.code(of, &b.id)?, until: self.date(of, b.until.as_ref()), neighbours })
            })
            .collect();
        Some(Territory {
            at,
            code: self.code(of, of)?,
            kind: entry.kind,
            from: self.date(of, entry.from.as_ref()),
            until: self.date(of, entry.until.as_ref()),
            successor_of: entry.successor_of.as_ref().and_then(|code| self.code(of, code)),
            part_of: entry.part_of.as_ref().and_then(|code| self.code(of, code)),
            borders,
            names: entry.names.clone(),
            forms: entry.forms.clone(),
        })
    }

    /// Reads the groups that the list declares, each by kinds and codes, and adds the usual ones.
    pub(super) fn groups(
        &mut self,
        declared: &BTreeMap<String, Spanned<Vec<String>>>,
        list: &[Territory],
        countries: &[Code],
    ) -> BTreeMap<String, Vec<Code>> {
        let is = |t: &Territory, word: &String| t.kind == *word || t.code.as_str() == word;
        let of = |words: &[String]| -> Vec<Code> {
            list.iter().filter(|t| words.iter().any(|word| is(t, word))).map(|t| t.code.clone()).collect()
        };
        for (name, words) in declared {
            self.turn_to(&words.referenced);
            for word in words.value.iter().filter(|word| !list.iter().any(|t| is(t, word))) {
                let known: BTreeSet<&str> = list.iter().flat_map(|t| [t.kind.as_str(), t.code.as_str()]).collect();
                let message = format!("`{name}` holds `{word}`, which is neither a kind nor a code of the list");
                let kinds: BTreeSet<&str> =
                    list.iter().map(|t| t.kind.as_str()).filter(|kind| !kind.is_empty()).collect();
                let kinds = kinds.into_iter().collect::<Vec<_>>().join(", ");
                let hint = did_you_mean(word, known).unwrap_or_else(|| format!("its kinds are {kinds}"));
                self.refuse_with("groups", message, Some(hint));
            }
        }
        let usual: BTreeMap<String, Vec<String>> = serde_yaml::from_str(USUAL).unwrap_or_default();
        let mut groups: BTreeMap<String, Vec<Code>> = usual
            .iter()
            .map(|(name, kinds)| (name.clone(), of(kinds)))
            .filter(|(_, codes)| !codes.is_empty())
            .collect();
        let in_country = |t: &&Territory| t.part_of.as_ref().is_some_and(|whole| countries.contains(whole));
        let regions: Vec<Code> = list.iter().filter(in_country).map(|t| t.code.clone()).collect();
        if !regions.is_empty() {
            groups.insert(REGIONS.to_owned(), regions);
        }
        groups.extend(declared.iter().map(|(name, words)| (name.clone(), of(&words.value))));
        groups
    }

    /// Refuses territories that are parts of themselves.
    pub(super) fn no_circles(&mut self, list: &[Territory]) {
        let above = |code: &Code| list.iter().find(|t| t.code == *code).and_then(|t| t.part_of.clone());
        for territory in list {
            let chain = std::iter::successors(above(&territory.code), above).take(list.len());
            if chain.into_iter().any(|code| code == territory.code) {
                self.place = Place::line(TERRITORIES, territory.at.0, territory.at.1);
                self.refuse(territory.code.as_str(), "is a part of itself".to_owned());
            }
        }
    }

    /// Refuses neighbours of whom only one says so; borders that changed may name each other at different times.
    pub(super) fn mutual_neighbours(&mut self, list: &[Territory]) {
        let names =
            |one: &Territory, other: &Code| one.borders.iter().any(|borders| borders.neighbours.contains(other));
        for territory in list {
            self.place = Place::line(TERRITORIES, territory.at.0, territory.at.1);
            let named: std::collections::BTreeSet<&Code> =
                territory.borders.iter().flat_map(|b| &b.neighbours).collect();
            for neighbour in named {
                let other = list.iter().find(|other| other.code == *neighbour);
                let message = match other {
                    _ if *neighbour == territory.code => "is named as its own neighbour".to_owned(),
                    Some(other) if names(other, &territory.code) => continue,
                    _ => format!("names {neighbour} as its neighbour, which does not name it: both say so, or neither"),
                };
                self.refuse(territory.code.as_str(), message);
            }
        }
    }

    pub(super) fn reform(&mut self, entry: &Spanned<ReformEntry>) -> Option<Reform> {
        self.turn_to(&entry.referenced);
        let entry = &entry.value;
        let into: Vec<Code> = entry.into.iter().filter_map(|code| self.code("reforms", code)).collect();
        let from = self.code("reforms", &entry.from);
        Some(Reform { date: self.date("reforms", Some(&entry.date))?, from: from?, into })
    }
}
