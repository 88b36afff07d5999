//! Territory: the dated list of territories, their lineage, borders and names.

use std::collections::{BTreeMap, BTreeSet};

use schemars::{JsonSchema, Schema, schema_for};
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::files::{ByLanguage, Spanned};
use crate::finding::{Code, Period};

/// Where the list of territories stands.
pub const TERRITORIES: &str = "data/territories.yaml";

/// The kind that is no part of a comparison of territories, and the whole of all others.
const COUNTRY: &str = "country";

/// The group that every list has: the parts of a country.
const REGIONS: &str = "regions";

/// The groups of kinds that a list need not declare.
const USUAL: &str = include_str!("../language/groups.yaml");

/// The names that a language may give a territory: two nominatives, what it is ordered by where that is another (`Абай`
/// of `область Абай`), and the other cases.
const NAMES: [&str; 10] = ["name", "table", "sort", "gen", "dat", "acc", "loc", "abl", "ins", "prep"];

/// One territory.
#[derive(Clone, Debug)]
pub struct Territory {
    /// Its code.
    pub code: Code,
    /// The line and column of its entry.
    at: (usize, usize),
    /// What it is, in a word of the list's own: `country`, `region`, `city`, `school`.
    pub kind: String,
    /// The first day of its existence, where it began within the observed time.
    pub from: Option<Period>,
    /// The first day on which it no longer existed.
    pub until: Option<Period>,
    /// The territory that it was split from.
    pub successor_of: Option<Code>,
    /// The territory of which it is a part; where the list does not say it, the country whose code begins its own, or
    /// else the only country.
    pub part_of: Option<Code>,
    /// The versions of its borders, oldest first.
    pub borders: Vec<Borders>,
    /// Names by language: `name`, `table` where that is another, and cases.
    pub names: BTreeMap<String, BTreeMap<String, String>>,
    /// Names of another form by a word of the list's own, `short` or `former`, and then by language.
    pub forms: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>,
}

/// One version of a territory's borders.
#[derive(Clone, Debug)]
pub struct Borders {
    /// Its id: `KZ-63@2022`.
    pub id: Code,
    /// The first day on which they no longer held.
    pub until: Option<Period>,
    /// The territories that it bordered on in them.
    pub neighbours: Vec<Code>,
}

/// The dated list of territories, in the publisher's order.
///
/// Codes are unique; every predecessor is in the list; dates are dates; every name has its nominative.
#[derive(Clone, Debug, Default)]
pub struct Territories {
    list: Vec<Territory>,
    at: BTreeMap<Code, usize>,
    countries: Vec<Code>,
    groups: BTreeMap<String, Vec<Code>>,
    reforms: Vec<Reform>,
}

/// One reform: the territories among which another was divided, or which took it in.
#[derive(Clone, Debug)]
struct Reform {
    date: Period,
    from: Code,
    into: Vec<Code>,
}

/// `data/territories.yaml`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    /// The territories, in the publisher's order.
    territories: Vec<Spanned<TerritoryEntry>>,
    /// Named sets by kinds and codes; `regions`, `cities`, `districts` and `oblasts` need no declaring.
    #[serde(default)]
    groups: BTreeMap<String, Spanned<Vec<String>>>,
    /// The reforms of borders.
    #[serde(default)]
    reforms: Vec<Spanned<ReformEntry>>,
}

/// A territory.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TerritoryEntry {
    /// Its code: at most 23 bytes without spaces, commas, brackets, quotation marks, `=` and `|`.
    code: String,
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
struct BordersEntry {
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
struct ReformEntry {
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

/// Returns the schema of the list of territories.
pub fn schema() -> Schema {
    schema_for!(FileEntry)
}

impl Territory {
    /// Returns the place of its entry.
    pub fn place(&self) -> Place {
        Place::line(TERRITORIES, self.at.0, self.at.1).within(self.code.as_str())
    }
}

impl Territories {
    /// Reads the list, reporting whatever contradicts itself.
    pub fn read(files: &crate::files::Files, diagnostics: &mut Diagnostics) -> Option<Territories> {
        let file: FileEntry = files.yaml(TERRITORIES, diagnostics)?;
        let codes = file.territories.iter().map(|t| t.value.code.clone()).collect();
        let mut reader = Reader { diagnostics, codes, place: Place::line(TERRITORIES, 1, 1) };
        let mut list: Vec<Territory> =
            file.territories.into_iter().filter_map(|entry| reader.territory(entry)).collect();
        let countries = countries(&list);
        place_in_countries(&mut list, &countries);
        reader.no_circles(&list);
        reader.mutual_neighbours(&list);
        let groups = reader.groups(&file.groups, &list, &countries);
        let reforms = file.reforms.into_iter().filter_map(|entry| reader.reform(&entry)).collect();
        let at = list.iter().enumerate().map(|(at, territory)| (territory.code.clone(), at)).collect();
        Some(Territories { list, at, countries, groups, reforms })
    }

    /// Lists the countries: what is of the kind `country`, or else the wholes that are part of nothing.
    pub fn countries(&self) -> &[Code] {
        &self.countries
    }

    /// Returns true for a country, in whatever borders.
    pub fn is_country(&self, code: &Code) -> bool {
        self.countries.contains(&code.plain())
    }

    /// Returns the named groups of territories: those that the list declares, and the usual ones that it does not.
    pub fn groups(&self) -> &BTreeMap<String, Vec<Code>> {
        &self.groups
    }

    /// Walks the territories in the publisher's order.
    pub fn iter(&self) -> impl Iterator<Item = &Territory> {
        self.list.iter()
    }

    /// Finds a territory; borders in the code are looked through.
    pub fn get(&self, code: &Code) -> Option<&Territory> {
        self.list.get(*self.at.get(&code.plain())?)
    }

    /// Returns the oldest ancestor of a territory, in its oldest borders, where others were split from it or it from
    /// them; a territory that no reform touched is its own.
    pub fn merged(&self, code: &Code) -> Code {
        let mut root = code.plain();
        while let Some(parent) = self.get(&root).and_then(|t| t.successor_of.clone()) {
            root = parent;
        }
        let touched = self.list.iter().any(|t| t.successor_of.as_ref() == Some(&root));
        match self.get(&root).and_then(|t| t.borders.first()) {
            Some(oldest) if touched => oldest.id.clone(),
            _ => root,
        }
    }

    /// Returns the territory that a territory belonged to at a time, in the borders of that time, where a later reform
    /// split it off or changed what it was split from; a territory that no later reform touched is its own.
    pub fn merged_to(&self, code: &Code, time: Period) -> Code {
        let day = time.opening();
        let came_later = |t: &Territory| t.from.is_some_and(|from| from.first_day() > day.first_day());
        let mut root = code.plain();
        while let Some(parent) = self.get(&root).filter(|t| came_later(t)).and_then(|t| t.successor_of.clone()) {
            root = parent;
        }
        let touched = self.list.iter().any(|t| t.successor_of.as_ref() == Some(&root) && came_later(t));
        let of_then = |b: &&Borders| b.until.is_none_or(|until| until.first_day() > day.first_day());
        match self.get(&root).and_then(|t| t.borders.iter().find(of_then)) {
            Some(borders) if touched => borders.id.clone(),
            _ => root,
        }
    }

    /// Returns the territory of which one is a part.
    pub fn whole_of(&self, code: &Code) -> Option<&Code> {
        self.get(code)?.part_of.as_ref()
    }

    /// Returns true where what is counted in one territory is counted in the other too: it is the same, a part of it
    /// at some remove, or what one that ended was divided into.
    pub fn overlap(&self, one: &Code, other: &Code) -> bool {
        let within = |code: &Code, whole: &Code| {
            let above = std::iter::successors(self.whole_of(code), |above| self.whole_of(above));
            above.take(self.list.len()).any(|above| *above == whole.plain())
        };
        let ended = |code: &Code| self.get(code).is_some_and(|t| t.until.is_some());
        let divided = |code: &Code, into: &Code| ended(code) && self.successors(code).any(|next| *next == into.plain());
        one.plain() == other.plain()
            || within(one, other)
            || within(other, one)
            || divided(one, other)
            || divided(other, one)
    }

    /// Finds two territories of a list of which one is counted in the other.
    pub fn overlapping<'a>(&self, codes: &[&'a Code]) -> Option<(&'a Code, &'a Code)> {
        let mut pairs =
            codes.iter().enumerate().flat_map(|(at, one)| codes[at + 1..].iter().map(move |two| (*one, *two)));
        pairs.find(|(one, two)| self.overlap(one, two))
    }

    /// Returns true where the borders of a territory changed, or it began, within two periods or between them.
    pub fn changed_between(&self, code: &Code, first: Period, last: Period) -> bool {
        let within = |date: &Period| first.first_day() < date.first_day() && date.first_day() <= last.last_day();
        let Some(territory) = self.get(code) else { return false };
        territory.from.iter().chain(territory.borders.iter().filter_map(|b| b.until.as_ref())).any(within)
    }

    /// Returns true when a territory existed at some time of a period.
    pub fn existed(&self, code: &Code, period: Period) -> bool {
        self.get(code).is_some_and(|t| {
            t.from.is_none_or(|from| from.first_day() <= period.last_day())
                && t.until.is_none_or(|until| until.first_day() > period.first_day())
        })
    }

    /// Returns true when a territory existed on the first day of a period.
    pub fn existed_at_start(&self, code: &Code, period: Period) -> bool {
        self.existed(code, period.opening())
    }

    /// Returns true where a territory can be told apart from others: none of them is what it was split from, in the
    /// borders before that, or what it was divided into.
    pub fn stands_beside(&self, code: &Code, others: &[&Code]) -> bool {
        let Some(own) = self.get(code) else { return true };
        let divided = own.until.is_some() && self.successors(code).any(|next| others.contains(&next));
        let mut parent = own.successor_of.as_ref().and_then(|code| self.get(code));
        while let Some(before) = parent {
            let old = |id: &Code| {
                let borders = before.borders.iter().find(|b| b.id == *id);
                *id == before.code && before.until.is_some() || borders.is_some_and(|b| b.until.is_some())
            };
            if others.iter().any(|other| old(other)) {
                return false;
            }
            parent = before.successor_of.as_ref().and_then(|code| self.get(code));
        }
        !divided
    }

    /// Returns true where the list says of any territory what it borders on.
    pub fn knows_neighbours(&self) -> bool {
        self.list.iter().flat_map(|territory| &territory.borders).any(|borders| !borders.neighbours.is_empty())
    }

    /// Returns what a territory names as its neighbours, in the borders that its code says, or else in those that hold
    /// at the end of a period, or without one in the latest.
    pub fn neighbours(&self, code: &Code, period: Option<Period>) -> &[Code] {
        let Some(territory) = self.get(code) else { return &[] };
        let own = territory.borders.iter().find(|borders| borders.id == *code);
        let holds = |borders: &&Borders| match (borders.until, period) {
            (Some(until), Some(period)) => until.first_day() > period.last_day(),
            (until, _) => until.is_none(),
        };
        own.or_else(|| territory.borders.iter().find(holds)).map_or(&[], |borders| &borders.neighbours)
    }

    /// Returns the dates at which borders changed, in order.
    pub fn reforms(&self) -> Vec<Period> {
        let mut dates: Vec<Period> = self.reforms.iter().map(|reform| reform.date).collect();
        dates.sort();
        dates.dedup();
        dates
    }

    /// Walks the territories among which one was divided, or which took it in.
    pub fn successors(&self, code: &Code) -> impl Iterator<Item = &Code> {
        let plain = code.plain();
        self.reforms.iter().filter(move |reform| reform.from == plain).flat_map(|reform| &reform.into)
    }
}

/// Finds the countries of a list.
fn countries(list: &[Territory]) -> Vec<Code> {
    let codes = |is: &dyn Fn(&&Territory) -> bool| list.iter().filter(is).map(|t| t.code.clone()).collect::<Vec<_>>();
    let declared = codes(&|territory| territory.kind == COUNTRY);
    let has_parts = |whole: &Territory| list.iter().any(|t| t.part_of.as_ref() == Some(&whole.code));
    if declared.is_empty() { codes(&|t| t.part_of.is_none() && has_parts(t)) } else { declared }
}

/// Says of each territory that does not say it whose part it is.
fn place_in_countries(list: &mut [Territory], countries: &[Code]) {
    for territory in list.iter_mut().filter(|t| t.part_of.is_none() && !countries.contains(&t.code)) {
        let begins = |country: &&Code| {
            territory.code.as_str().strip_prefix(country.as_str()).is_some_and(|rest| rest.starts_with('-'))
        };
        let only = || countries.first().filter(|_| countries.len() == 1);
        territory.part_of = countries.iter().find(begins).or_else(only).cloned();
    }
}

struct Reader<'a> {
    diagnostics: &'a mut Diagnostics,
    codes: Vec<String>,
    place: Place,
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

    fn territory(&mut self, entry: Spanned<TerritoryEntry>) -> Option<Territory> {
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
    fn groups(
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
    fn no_circles(&mut self, list: &[Territory]) {
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
    fn mutual_neighbours(&mut self, list: &[Territory]) {
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

    fn reform(&mut self, entry: &Spanned<ReformEntry>) -> Option<Reform> {
        self.turn_to(&entry.referenced);
        let entry = &entry.value;
        let into: Vec<Code> = entry.into.iter().filter_map(|code| self.code("reforms", code)).collect();
        let from = self.code("reforms", &entry.from);
        Some(Reform { date: self.date("reforms", Some(&entry.date))?, from: from?, into })
    }
}
