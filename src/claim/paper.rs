//! Paper: the claims of one paper, read strictly, the cells of its tables among them.

use std::collections::{BTreeMap, BTreeSet};

use super::bench::ANY;
use super::entry::{ClaimEntry, ExcludedEntry, FileEntry, Kind, PaperEntry, TableEntry};
use super::rule::Rule;
use super::words::{self, Word};
use super::{Basis, Claim, Printed, ReadingEntry, Says, Texts, speaks};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::expression;
use crate::files::{Files, Spanned};
use crate::finding::{Amount, Period, Unit, UnitName};
use crate::language::Lang;

/// Where claims stand.
pub const CLAIMS: &str = "data/claims/";

/// The most words that a phrase may have: it locates, it does not quote.
const MOST_WORDS: usize = 6;

/// The claims of one paper.
///
/// Ids are unique and can be asked for; printed numbers can be read; every claim has what its kind needs.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The id, as the file is named.
    pub id: String,
    /// What is said of it as a whole.
    pub entry: PaperEntry,
    /// Classes of numbers that are no claims.
    pub excluded: Vec<ExcludedEntry>,
    /// Its tables.
    pub tables: Vec<TableEntry>,
    /// Its claims in the order of the file, the cells of tables first.
    pub claims: Vec<Claim>,
    /// What it calls things that are neither territories nor dates, by the claims or rows that they stand for.
    pub names: BTreeMap<String, Texts>,
    /// Its places in the other languages.
    spelled: BTreeMap<String, Texts>,
    places: BTreeMap<String, Place>,
    /// Ids of entries that cannot be read, which was reported: what speaks of them is not judged.
    pub unread: BTreeSet<String>,
}

/// The cell that a claim is: table, row, column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellOf {
    /// The table's id.
    pub table: String,
    /// The key of its row.
    pub row: String,
    /// The key of its column.
    pub column: String,
}

/// A unit with the number that one printed unit stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The unit.
    pub unit: Unit,
    /// 1000 for `thousand persons`.
    pub scale: i64,
}

impl Measure {
    /// Reads `thousand persons`.
    pub fn parse(text: &str) -> Option<Measure> {
        let (scale, name) = match text.split_once(' ') {
            Some(("thousand", rest)) => (1_000, rest),
            Some(("million", rest)) => (1_000_000, rest),
            Some(("billion", rest)) => (1_000_000_000, rest),
            Some(("trillion", rest)) => (1_000_000_000_000, rest),
            _ => (1, text),
        };
        Some(Measure { unit: Unit::parse(name)?, scale })
    }

    /// Returns the name of its unit where a study must declare it.
    pub fn own(self) -> Option<UnitName> {
        if let Unit::Own(name) = self.unit { Some(name) } else { None }
    }
}

impl TableEntry {
    /// Lists the cells that the paper prints: row, column, text.
    pub fn cells(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.rows.iter().flat_map(|(row, texts)| {
            let pairs = self.columns.iter().zip(texts).filter(|(_, text)| *text != "-");
            pairs.map(move |(column, text)| (row.as_str(), column.as_str(), text.as_str()))
        })
    }

    /// Makes the claim of a cell: the total by the sum of the other rows, another row by what the total leaves it.
    fn claim(&self, row: &str, column: &str, text: &str) -> Claim {
        let others: Vec<&str> = self
            .cells()
            .filter(|(other, at, _)| *at == column && *other != row && Some(*other) != self.total.as_deref())
            .map(|(other, ..)| other)
            .collect();
        let sum = format!("sum({}.value[{},{column}])", self.id, others.join("|"));
        // A list of one is a single value, which has no sum.
        let sum = if others.len() == 1 { format!("{}.value[{},{column}]", self.id, others[0]) } else { sum };
        let own = match &self.total {
            Some(total) if total == row => Some(sum),
            Some(total) if others.is_empty() => Some(format!("{}.value[{total},{column}]", self.id)),
            Some(total) => Some(format!("{}.value[{total},{column}] - {sum}", self.id)),
            None => None,
        };
        let filled = |expr: &str| expr.replace("{row}", row).replace("{column}", column);
        let agency = self.agency.iter().find(|source| source.rows.iter().any(|r| r == row)).map(|s| filled(&s.expr));
        let by_paper = |expr: String| ReadingEntry { basis: Basis::Paper, expr, note: None };
        // The agency's series speaks first where there is one.
        let (expr, basis, also) = match (agency, own) {
            (Some(agency), own) => (Some(agency), Some(Basis::Agency), own.map(by_paper).into_iter().collect()),
            (None, Some(own)) => (Some(own), Some(Basis::Paper), Vec::new()),
            (None, None) => (None, None, Vec::new()),
        };
        let accepted = self.accepted.get(&format!("{row},{column}"));
        Claim {
            id: format!("{}.{row}.{column}", self.id),
            place: format!("{}, {row}, {column}", self.place),
            phrase: None,
            printed: text.to_owned(),
            unit: self.unit.clone(),
            period: Some(column.to_owned()),
            population: self.population.clone(),
            rule: if self.total.as_deref() == Some(row) { Rule::Sum } else { Rule::Number },
            expr,
            basis,
            also,
            remark: self.remark.clone(),
            unjudged: self.unjudged.clone(),
            differs: self.differs.clone(),
            accepted: accepted.cloned(),
            cell: Some(CellOf { table: self.id.clone(), row: row.to_owned(), column: column.to_owned() }),
            ..Claim::default()
        }
    }
}

impl Paper {
    /// Returns the place of a claim in its file.
    pub fn place(&self, claim: &Claim) -> Place {
        let id = claim.cell.as_ref().map_or(&claim.id, |cell| &cell.table);
        self.place_of(id).within(&claim.id)
    }

    /// Returns the place of a claim or a table by its id; of what has none, the beginning of the file.
    pub fn place_of(&self, id: &str) -> Place {
        self.places.get(id).cloned().unwrap_or_else(|| Place::line(self.file(), 1, 1))
    }

    /// Returns the path of its file.
    pub fn file(&self) -> String {
        format!("{CLAIMS}{}.yaml", self.id)
    }

    /// Returns what the report calls it.
    pub fn title(&self, lang: &str) -> &str {
        self.entry.title.get(lang).map_or(&self.id, |title| title)
    }

    /// Returns the code of the language of its text.
    pub fn language(&self) -> &str {
        self.entry.language.as_deref().unwrap_or(Lang::default().code())
    }

    /// Spells a place in a language whose texts are said; `None` where the file does not say how.
    pub fn spell(&self, place: &str, lang: &str, say: &dyn Fn(Word) -> String) -> Option<String> {
        if let Some((part, line)) = line_of(place) {
            let line = say(words::LINE).replace("{line}", line);
            return match part {
                None => Some(line),
                Some(part) => Some(format!("{}, {line}", words::of_part(part, say)?)),
            };
        }
        if lang == self.language() {
            return Some(place.to_owned());
        }
        self.spelled.get(place)?.get(lang).cloned()
    }

    /// Names the vintage of its printed numbers.
    pub fn vintage(&self) -> &str {
        self.entry.vintages.first().unwrap_or(&self.id)
    }

    /// Lists what is judged.
    pub fn judged(&self) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(|claim| claim.excluded.is_none())
    }
}

/// Reads the claims of all papers.
pub fn read(files: &Files, diagnostics: &mut Diagnostics) -> Vec<Paper> {
    let paths: Vec<String> = files.below(CLAIMS).map(|(path, _)| path.to_owned()).collect();
    paths.iter().filter_map(|path| read_one(path, files, diagnostics)).collect()
}

fn read_one(path: &str, files: &Files, diagnostics: &mut Diagnostics) -> Option<Paper> {
    // A shell makes the file before `esep claims scan` writes what goes into it.
    if files.text(path).is_some_and(is_blank) {
        let hint = "`esep claims scan PAPER --out FILE` begins one";
        diagnostics.push(
            Diagnostic::warning(code::CLAIM_VALUE, Place::file(path), "is empty: no claims are read from it")
                .hint(hint),
        );
        return None;
    }
    let (file, whole) = files.yaml_entries::<FileEntry>(path, diagnostics)?;
    let at = |line: u64, column: u64| Place::line(path, line as usize, column as usize);
    let mut places = BTreeMap::new();
    let mut claims = Vec::new();
    let mut tables = Vec::new();
    for Spanned { value: table, referenced, .. } in file.tables {
        let place = at(referenced.line(), referenced.column());
        check_table(&table, &place, diagnostics);
        claims.extend(table.cells().map(|(row, column, text)| table.claim(row, column, text)));
        places.insert(table.id.clone(), place);
        tables.push(table);
    }
    for Spanned { value: claim, referenced, .. } in file.claims {
        let place = at(referenced.line(), referenced.column());
        if places.insert(claim.id.clone(), place.clone()).is_some() {
            fault(&place, &claim.id, "this id stands here a second time", diagnostics);
        }
        strange(&claim, &place, diagnostics);
        claims.push(Claim::from(claim));
    }
    let id = path.trim_start_matches(CLAIMS).trim_end_matches(".yaml").to_owned();
    let (entry, spelled) = (file.paper, file.places);
    let unread = BTreeSet::new();
    let (excluded, names) = (file.excluded, file.names);
    let mut paper = Paper { id, entry, excluded, tables, claims, names, spelled, places, unread };
    let by_comma = Lang::parse(paper.language()).is_some_and(Lang::parts_by_comma);
    paper.claims.iter_mut().for_each(|claim| claim.parts_by_comma = by_comma);
    if !whole {
        let ids = files.text(path).unwrap_or_default().split("id: ").skip(1);
        let ids = ids.filter_map(|rest| rest.split([',', '}', ' ', '\n']).next()).map(str::to_owned);
        paper.unread = ids.filter(|id| !paper.places.contains_key(id)).collect();
    }
    let known = paper.claims.iter().map(|claim| claim.id.as_str());
    let known: BTreeSet<&str> = known.chain(paper.unread.iter().map(String::as_str)).collect();
    for claim in &paper.claims {
        check_claim(claim, &paper.place(claim), &known, diagnostics);
    }
    // What speaks of a number that cannot be read is not judged, and nothing more is said of it.
    let is_read = |claim: &&Claim| claim.excluded.is_some() || !claim.kind().is_number() || claim.number().is_some();
    paper.unread.extend(paper.claims.iter().filter(|claim| !is_read(claim)).map(|claim| claim.id.clone()));
    Some(paper)
}

/// Reports what the files of claims say of papers and do not say in a language of the report.
pub fn complete(papers: &[Paper], languages: &[String], files: &Files, diagnostics: &mut Diagnostics) {
    let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
    for paper in papers {
        check_places(paper, &languages, diagnostics);
        let outline = files.outline(&paper.file());
        if let Some(code) = paper.entry.language.as_ref().filter(|code| Lang::parse(code).is_none()) {
            let message = format!("there is no language `{code}`");
            let hint = did_you_mean(code, Lang::ALL.map(Lang::code));
            let hint = hint.unwrap_or_else(|| "a language is named by its code of ISO 639-1: `en`".to_owned());
            let place = outline.place(&["paper", "language"]);
            diagnostics.push(Diagnostic::error(code::CLAIM_VALUE, place, message).hint(hint));
        }
        let mut check = |texts: &Texts, place: &Place, id: &str| {
            for lang in languages.iter().filter(|lang| !texts.contains_key(**lang)) {
                fault(place, id, format!("a text has no `{lang}`, which is a language of the report"), diagnostics);
            }
            for (lang, _) in texts.iter().filter(|(_, text)| text.trim().is_empty()) {
                let message = format!("a text says nothing in the language `{lang}`");
                diagnostics.push(Diagnostic::warning(code::CLAIM_VALUE, place.clone().within(id), message));
            }
        };
        for claim in &paper.claims {
            texts_of(claim).for_each(|texts| check(texts, &paper.place(claim), &claim.id));
        }
        for (i, entry) in paper.excluded.iter().enumerate() {
            for (key, texts) in [("class", &entry.class), ("reason", &entry.reason)] {
                check(texts, &outline.place(&["excluded", &i.to_string(), key]), "paper");
            }
        }
        check(&paper.entry.title, &outline.place(&["paper", "title"]), "paper");
    }
}

/// Reports papers that are judged on an edition which the study does not have.
pub fn check_editions<'a>(
    papers: &[Paper],
    known: impl Iterator<Item = &'a String> + Clone,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    for paper in papers {
        let Some(name) = paper.entry.edition.as_ref().filter(|name| known.clone().all(|known| known != *name)) else {
            continue;
        };
        let place = files.outline(&paper.file()).place(&["paper", "edition"]);
        let names: Vec<&str> = known.clone().map(String::as_str).collect();
        let hint = did_you_mean(name, names.iter().copied()).unwrap_or_else(|| format!("it has {}", names.join(", ")));
        let message = format!("the study has no edition `{name}`, on which the paper is judged");
        diagnostics.push(Diagnostic::error(code::CLAIM_VALUE, place, message).hint(hint));
    }
}

/// Reports units that neither the program nor the study knows.
pub fn check_units(papers: &[Paper], declared: &dyn Fn(&str) -> bool, diagnostics: &mut Diagnostics) {
    for paper in papers {
        let claims = paper.claims.iter().filter(|claim| claim.cell.is_none());
        let claims = claims.map(|claim| (claim.id.as_str(), claim.unit.as_str(), paper.place(claim)));
        let file = paper.file();
        let tables = paper.tables.iter().map(|table| {
            let place = paper.places.get(&table.id).cloned().unwrap_or_else(|| Place::file(&file));
            (table.id.as_str(), table.unit.as_str(), place)
        });
        for (id, unit, place) in claims.chain(tables) {
            let own = Measure::parse(unit).and_then(Measure::own);
            let Some(own) = own.filter(|own| !declared(own.as_str())) else { continue };
            let near = did_you_mean(own.as_str(), Unit::ALL.iter().map(Unit::name));
            let message = format!("there is no unit `{unit}`");
            let found = Diagnostic::error(code::CLAIM_VALUE, place.within(id), message);
            diagnostics.push(found.maybe_hint(near));
        }
    }
}

/// Returns true where a file holds nothing but spaces and comments.
pub fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

fn fault(place: &Place, id: &str, message: impl Into<String>, diagnostics: &mut Diagnostics) {
    diagnostics.push(Diagnostic::error(code::CLAIM_VALUE, place.clone().within(id), message));
}

/// Lists what a claim says for people.
fn texts_of(claim: &Claim) -> impl Iterator<Item = &Texts> {
    let accepted = claim.accepted.iter().map(|entry| &entry.reason);
    let reasons = claim.excluded.iter().map(|entry| &entry.reason).chain(accepted);
    let notes = claim.also.iter().filter_map(|reading| reading.note.as_ref());
    reasons.chain(notes).chain(&claim.remark)
}

/// Reads `line 12`, `page 3, line 4`, as a stub of claims names its places: the part, and the line.
fn line_of(place: &str) -> Option<(Option<&str>, &str)> {
    let (part, line) = match place.rsplit_once(", line ") {
        Some((part, line)) => (Some(part), line),
        None => (None, place.strip_prefix("line ")?),
    };
    (!line.is_empty() && line.chars().all(|c| c.is_ascii_digit())).then_some((part, line))
}

/// Warns of the places that the report cannot name in one of its languages, each once: there they stand untranslated.
fn check_places(paper: &Paper, languages: &[&str], diagnostics: &mut Diagnostics) {
    let single = paper.claims.iter().filter(|claim| claim.cell.is_none());
    let single = single.map(|claim| (claim.place.as_str(), paper.place(claim)));
    let tables = paper.tables.iter().map(|t| (t.place.as_str(), paper.places.get(&t.id).cloned().unwrap_or_default()));
    let mut named: BTreeMap<&str, Place> = BTreeMap::new();
    for (name, place) in single.chain(tables) {
        named.entry(name).or_insert(place);
    }
    for (name, place) in &named {
        for lang in languages.iter().filter(|lang| paper.spell(name, lang, &|_| String::new()).is_none()) {
            let message = format!("the report cannot name the place `{name}` in the language `{lang}`");
            let hint = format!("say it at the top of the file: `places: {{\"{name}\": {{{lang}: …}}}}`");
            diagnostics.push(Diagnostic::warning(code::CLAIM_VALUE, place.clone(), message).hint(hint));
        }
    }
}

fn check_table(table: &TableEntry, place: &Place, diagnostics: &mut Diagnostics) {
    for (row, texts) in table.rows.iter().filter(|(_, texts)| texts.len() != table.columns.len()) {
        let message = format!("row `{row}` has {} cells and the table {} columns", texts.len(), table.columns.len());
        fault(place, &table.id, message, diagnostics);
    }
    if let Some(total) = table.total.as_ref().filter(|total| !table.rows.contains_key(*total)) {
        fault(place, &table.id, format!("there is no row `{total}`"), diagnostics);
    }
    for key in table.accepted.keys() {
        if !table.cells().any(|(row, column, _)| *key == format!("{row},{column}")) {
            fault(place, &table.id, format!("there is no cell `{key}`"), diagnostics);
        }
    }
}

/// Returns true for an id that expressions can ask for.
fn is_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Reports keys that go with another kind than the claim's, which says nothing by them.
fn strange(claim: &ClaimEntry, place: &Place, diagnostics: &mut Diagnostics) {
    for key in claim.strange_keys() {
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.takes().contains(&key));
        let kinds: Vec<String> = kinds.map(|kind| format!("`kind: {}`", kind.name())).collect();
        let message = format!("`{key}` says nothing of a claim of the kind `{}`", claim.kind.name());
        let place = place.clone().within(&claim.id);
        let hint = format!("it goes with {}", kinds.join(", "));
        diagnostics.push(Diagnostic::error(code::CLAIM_VALUE, place, message).hint(hint));
    }
}

/// Counts the words of a phrase; a number in groups is one: `95 019`.
fn words_of(phrase: &str) -> usize {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let is_group = |word: &str| {
        word.len() >= 3
            && word.bytes().take(3).all(|b| b.is_ascii_digit())
            && !word[3..].starts_with(|c: char| c.is_ascii_digit())
    };
    let goes_on = words
        .windows(2)
        .filter(|pair| pair[0].ends_with(|c: char| c.is_ascii_digit()) && pair[0].len() <= 3 && is_group(pair[1]));
    words.len() - goes_on.count()
}

fn check_claim(claim: &Claim, place: &Place, known: &BTreeSet<&str>, diagnostics: &mut Diagnostics) {
    let mut wrong = |message: String| fault(place, &claim.id, message, diagnostics);
    if claim.cell.is_none() && !is_name(&claim.id) {
        wrong(format!("`{}` cannot be asked for: ids are small letters, digits and `_`", claim.id));
    }
    let words = words_of(claim.phrase.as_deref().unwrap_or_default());
    if words > MOST_WORDS {
        wrong(format!("the phrase has {words} words; {MOST_WORDS} are enough to find a place by"));
    }
    if claim.place.trim().is_empty() {
        wrong("`where` is empty: say where the number stands".to_owned());
    }
    let counted = claim.measure() == Measure { unit: Unit::Persons, scale: 1 };
    let of_text = claim.cell.is_none() && claim.kind() != Kind::Ranking;
    if of_text && counted && claim.excluded.is_none() && claim.number().is_some_and(|printed| printed.decimals > 0) {
        wrong(format!(
            "`{}` persons is read with a decimal mark, and a count of persons has no fraction",
            claim.printed
        ));
    }
    if !claim.differs.is_empty() && claim.remark.is_none() {
        wrong("`differs` needs a `remark` that says why".to_owned());
    }
    let reasons = claim.accepted.iter().map(|entry| ("accepted", &entry.reason));
    for (key, texts) in reasons.chain(claim.excluded.iter().map(|entry| ("excluded", &entry.reason))) {
        if texts.values().any(|text| text.trim().is_empty()) {
            wrong(format!("`{key}` has no reason: say in each language why"));
        }
    }
    if let Some(on) = claim.accepted.as_ref().and_then(|entry| entry.on.as_ref())
        && Period::parse(on).is_none_or(|day| day.day().is_none())
    {
        wrong(format!("`on: {on}` is no date: write `2025-03-01`"));
    }
    if claim.headline && claim.excluded.is_some() {
        wrong("is a `headline` and `excluded`: what conclusions rest on is judged".to_owned());
    }
    if let Some(period) = claim.period.as_ref().filter(|_| speaks::spoken(claim).is_none() && claim.cell.is_none()) {
        wrong(format!("`period: {period}` is neither a period nor two: `2023`, `2023-01`, `2013..2023`"));
    }
    if Measure::parse(&claim.unit).is_none() {
        wrong(format!("there is no unit `{}`", claim.unit));
    }
    if claim.excluded.is_none() {
        needs(claim, known).into_iter().for_each(&mut wrong);
    }
    if claim.excluded.is_none() && claim.kind().is_number() && claim.number().is_none() {
        let message = format!("`{}` is not a printed number", claim.printed);
        diagnostics.push(Diagnostic::error(code::CLAIM_PRINTED, place.clone(), message));
    }
    if claim.excluded.is_none()
        && claim.kind().is_number()
        && let Some(message) = beside(claim)
    {
        let hint = "say in `unit` and `says` what the paper says beside the digits, or print the digits alone";
        diagnostics.push(Diagnostic::error(code::CLAIM_PRINTED, place.clone().within(&claim.id), message).hint(hint));
    }
    let texts = claim.readings().into_iter().map(|reading| reading.expr);
    for text in texts.chain(claim.rule.expressions().into_iter().map(str::to_owned)) {
        if let Err(problem) = expression::parse(&text) {
            let hint = problem.hint;
            diagnostics.push(Diagnostic::error(problem.code, place.clone(), problem.message).maybe_hint(hint));
        }
    }
}

/// Says what stands beside the printed digits and is not what the claim says of them: a unit, a bound.
fn beside(claim: &Claim) -> Option<String> {
    if Printed::parse(&claim.printed).is_some() {
        return None;
    }
    let found = super::scan::read(&claim.printed).ok()?;
    let own = claim.measure().unit;
    let unit = found.measured.unit().and_then(|unit| Measure::parse(&unit)).map(|measure| measure.unit);
    if let Some(unit) = unit.filter(|unit| *unit != Unit::None && *unit != own && *unit != own.of_difference()) {
        return Some(format!("`{}` is printed in {unit}, and `unit` says {own}", claim.printed));
    }
    let said = found.says().filter(|said| *said != claim.says)?;
    Some(format!("`{}` says {}, and `says` says {}", claim.printed, said.name(), claim.says.name()))
}

/// Says what a claim lacks that its kind needs.
fn needs(claim: &Claim, known: &BTreeSet<&str>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut need = |there: bool, message: &str| {
        if !there {
            wrong.push(message.to_owned());
        }
    };
    need(claim.expr.is_none() || claim.basis.is_some(), "`expr` needs `basis: paper` or `basis: agency`");
    need(claim.basis.is_none() || claim.expr.is_some(), "`basis` needs `expr`: what rests on it");
    wrong.extend(
        claim.rule.lacks(claim.expr.is_some(), claim.remark.is_some() || claim.unjudged.is_some()).map(str::to_owned),
    );
    if let Some(within) = &claim.within
        && (Printed::parse(within).is_none_or(|within| within.value.signum() < 0) || claim.says == Says::Exact)
        && !(within == ANY && claim.says.is_bound())
    {
        let message = match claim.says {
            Says::Exact => "`within` goes with `says`: what is said exactly has the precision of its digits".to_owned(),
            _ => format!(
                "`within: {within}` is not a number; `any` goes with `more-than`, `up-to`, `at-least` and `less-than`"
            ),
        };
        wrong.push(message);
    }
    let reach = claim.within.as_deref().and_then(Printed::parse).map(|within| within.value);
    let size = claim.number().map(|printed| printed.value.magnitude());
    let is_far = |reach: &Amount, size: &Amount| reach.times(&Amount::Integer(2)) > *size && !size.is_zero();
    if let Some((reach, size)) = reach.zip(size).filter(|(reach, size)| is_far(reach, size)) {
        wrong.push(format!("`within: {reach}` reaches further than half the number itself: {size}"));
    }
    let named = claim.listed().into_iter().chain(claim.rule.other().filter(|other| !other.contains('[')));
    wrong.extend(named.filter(|id| !known.contains(id)).map(|id| format!("there is no claim `{id}`")));
    wrong
}
