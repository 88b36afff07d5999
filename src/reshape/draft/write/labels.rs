//! Labels: what the columns of labels stand for, and the sections and words in them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::periods;
use super::super::super::walk::{digits, marked, notes};
use super::super::heads;
use super::super::words::{line, member, near_member, quoted, settled};
use super::{Heads, Writer};
use crate::finding::{Code, Part, Role};
use crate::workbook::{At, Sheet};

/// The different texts of a column, each with the cells that say it.
type Texts<'a> = BTreeMap<String, Vec<(At, &'a Sheet)>>;

impl Writer<'_> {
    /// Says what a column of labels stands for.
    pub(super) fn label(&mut self, column: u32, named: &mut Vec<(String, Vec<String>)>) {
        let texts = self.texts(column);
        let distinct: Vec<&String> = texts.keys().collect();
        // Months beside a column of their years.
        if let Some(period) = self.period.clone()
            && distinct.len() > 1
            && distinct.iter().all(|text| periods::is_part_alone(text))
            && self.found.labels.iter().any(|other| *other != column && self.has_years(*other))
        {
            self.labels.push((column, vec![period]));
            return;
        }
        let places = distinct.iter().filter(|text| self.knows_place(text)).count();
        let times = distinct.iter().filter(|text| periods::of(&[(**text).clone()]).is_some()).count();
        let members: Vec<(String, String)> = distinct.iter().filter_map(|text| member(self.target, text)).collect();
        if let Some(territory) = self
            .territory
            .clone()
            .filter(|own| !self.told.contains(own) && places > 0 && (places > 4 || places * 8 >= distinct.len()))
        {
            self.places(column, &territory, &texts, named);
        } else if let Some(period) = self.period.clone().filter(|own| {
            let has_parts = || self.has_parts(&distinct);
            !distinct.is_empty() && (times == distinct.len() || has_parts()) && !self.told.contains(own)
        }) {
            match (times == distinct.len(), self.heads_by()) {
                // The header tells the months of these years, or the years of these months.
                (true, Heads::Parts) => self.outer = Some("2000".to_owned()),
                (false, Heads::Years) => {}
                (true, _) => drop(self.told.insert(period.clone())),
                (false, _) => {
                    self.told.insert(period.clone());
                    self.from.extend(self.year().map(|(_, from)| (period.clone(), from)));
                }
            }
            self.labels.push((column, vec![period]));
        } else if let Some((dimension, _)) = members.first().filter(|(own, _)| !self.told.contains(own)) {
            self.told.insert(dimension.clone());
            for text in distinct.iter().filter(|text| member(self.target, text).is_none()) {
                self.word(dimension, text, "~");
            }
            self.labels.push((column, vec![dimension.clone()]));
        } else {
            self.idle.push((column, "words that no dimension takes"));
        }
    }

    /// Says whether texts are months or quarters whose year the header or a title says.
    fn has_parts(&self, texts: &[&String]) -> bool {
        texts.len() > 1
            && texts.iter().all(|text| periods::is_part_alone(text))
            && (self.heads_by() == Heads::Years || self.year().is_some())
    }

    fn has_years(&self, column: u32) -> bool {
        let texts = self.texts(column);
        !texts.is_empty() && texts.keys().all(|text| periods::is_plain_year(text))
    }

    pub(super) fn word(&mut self, dimension: &str, text: &str, means: &str) {
        self.words.entry(dimension.to_owned()).or_default().insert(text.to_owned(), means.to_owned());
    }

    /// Takes a column for one of territories, with what else stands in it.
    fn places(&mut self, column: u32, territory: &str, texts: &Texts, named: &mut Vec<(String, Vec<String>)>) {
        let inside = self.inside(texts);
        let own: BTreeSet<&str> = texts.keys().map(String::as_str).collect();
        named.extend(settled(self.target.names, &own).into_iter().map(|(text, codes)| (text.to_owned(), codes)));
        let is_taken = |writer: &Self, text: &str| {
            inside.as_ref().is_some_and(|(dimension, _)| {
                member(writer.target, text).is_some_and(|(own, _)| own == *dimension)
                    || writer.words.get(dimension).is_some_and(|words| words.contains_key(text))
            })
        };
        let unknown = texts.iter().filter(|(text, _)| !self.knows_place(text) && !is_taken(self, text));
        for (text, cells) in unknown.collect::<Vec<_>>() {
            self.unknown_rows += cells.len();
            let unmatched = cells.iter().map(|(at, sheet)| (line(text), sheet.address(*at)));
            self.out.unmatched.extend(unmatched.collect::<Vec<_>>());
        }
        self.told.insert(territory.to_owned());
        let dimensions = match inside {
            None => vec![territory.to_owned()],
            Some((dimension, true)) => vec![territory.to_owned(), dimension],
            Some((dimension, false)) => vec![dimension, territory.to_owned()],
        };
        self.labels.push((column, dimensions));
    }

    /// The dimensions that a column of labels may hold beside territories: what neither the header nor others tell.
    fn open(&self) -> Vec<String> {
        let heads = heads::heads(self.sheet, self.found, self.target);
        let is_headed =
            |own: &String| heads.iter().filter(|head| head.says.contains_key(own)).count() * 2 > heads.len();
        let categories = self.target.dimensions.iter().filter(|own| own.role == Role::Category);
        let categories = categories.map(|own| own.name.clone()).filter(|own| !self.is_run(own));
        let measure = Some("measure".to_owned()).filter(|_| self.target.measures.len() > 1);
        categories.chain(measure).filter(|own| !self.told.contains(own) && !is_headed(own)).collect()
    }

    /// Finds the dimension whose members take turns with territories in one column, and whether they stand within each of
    /// them or each over several.
    fn inside(&mut self, texts: &Texts) -> Option<(String, bool)> {
        let strange: Vec<(&String, usize)> = (texts.iter())
            .filter(|(text, _)| !self.knows_place(text))
            .map(|(text, cells)| (text, cells.len()))
            .collect();
        let open = self.open();
        let of = |dimension: &String, text: &str| member(self.target, text).filter(|(own, _)| own == dimension);
        let count = |dimension: &&String| strange.iter().filter(|(text, _)| of(dimension, text).is_some()).count();
        let known = open.iter().filter(|own| count(own) > 0).max_by_key(count).cloned();
        let repeats = |times: usize| times > self.chosen.len();
        let again: Vec<&String> = strange.iter().filter(|(_, times)| repeats(*times)).map(|(text, _)| *text).collect();
        let dimension = known.clone().or_else(|| open.first().cloned().filter(|_| again.len() > 1))?;
        let is_within =
            strange.iter().any(|(text, times)| repeats(*times) && (known.is_none() || of(&dimension, text).is_some()));
        let rest: Vec<String> = again.into_iter().filter(|text| of(&dimension, text).is_none()).cloned().collect();
        rest.iter().for_each(|text| self.guess(&dimension, text));
        self.told.insert(dimension.clone());
        let named: BTreeSet<String> = (strange.iter())
            .filter_map(|(text, _)| Some(member(self.target, text)?.1))
            .chain(self.words.get(&dimension).into_iter().flat_map(BTreeMap::values).cloned())
            .collect();
        if is_within {
            let free = self.unnamed(&dimension, &named).unwrap_or_else(|| "TODO".to_owned());
            self.free.insert(dimension.clone(), free);
        } else if let Some(whole) = self.country(texts) {
            // The head of a section holds the figures of all that stands under it.
            let territory = self.territory.clone()?;
            self.free.insert(territory, whole);
        }
        Some((dimension, is_within))
    }

    /// Writes what a text may mean, or leaves it to the author.
    fn guess(&mut self, dimension: &str, text: &str) {
        let near = near_member(self.target, dimension, text);
        if near.is_some() {
            self.guesses.insert("by words that they share");
        }
        self.word(dimension, text, &near.map_or_else(|| "TODO".to_owned(), |own| quoted(&own)));
    }

    /// The member that stands for all, or the only one that nothing names.
    fn unnamed(&self, dimension: &str, named: &BTreeSet<String>) -> Option<String> {
        let at = self.target.dimensions.iter().position(|own| own.name == dimension);
        let total = at.and_then(|at| match &self.target.dimensions[at].total {
            Some(Part::Category(total)) => Some(total.to_string()),
            _ => None,
        });
        let members = at.and_then(|at| self.target.members.get(at)).into_iter().flat_map(|own| own.iter()).cloned();
        let measures = self.target.measures.keys().filter(|_| at.is_none()).map(|own| (*own).to_owned());
        let is_named = |own: &String| named.contains(own) || named.contains(&quoted(own));
        let mut rest = members.chain(measures).filter(|own| !is_named(own));
        let first = rest.next().filter(|_| rest.next().is_none());
        total.filter(|own| !is_named(own)).or(first)
    }

    /// The territory of which all others in a column are parts.
    fn country(&self, texts: &Texts) -> Option<String> {
        let names = self.target.names;
        let mut codes: BTreeSet<_> = texts.keys().filter_map(|text| names.codes(text).first().copied()).collect();
        codes.extend(codes.clone().into_iter().filter_map(|code| names.whole(code)));
        let is_whole = |code: &&&Code| codes.iter().all(|other| other == *code || names.is_part(other, code));
        codes.iter().find(is_whole).filter(|_| codes.len() > 1).map(|code| code.as_str().to_owned())
    }

    /// Finds the names whose notes say that in some years they were of another territory: «Данные за 2000-2016 гг. по
    /// Южно-Казахстанской области». A note stands on any sheet on which the name has the same mark.
    fn dated_names(&self) -> BTreeMap<String, (String, String)> {
        let Some(territory) = &self.territory else { return BTreeMap::new() };
        let own = self.labels.iter().filter(|(_, dimensions)| dimensions.contains(territory));
        let columns: Vec<u32> = own.map(|(column, _)| *column).collect();
        let notes: Vec<(String, String, String)> = self.workbook.sheets.iter().flat_map(placed).collect();
        let (mut found, mut tried) = (BTreeMap::new(), BTreeSet::new());
        for (sheet, table) in self.chosen {
            for (at, cell) in sheet.cells.iter().filter(|(at, _)| columns.contains(&at.column)) {
                if !(table.rows.0..=table.rows.1).contains(&(at.row + 1)) {
                    continue;
                }
                let text = cell.text();
                let parted = marked(&text);
                let name = parted.as_ref().map_or(text.as_str(), |(name, ..)| name).trim();
                let mark =
                    cell.raised.as_ref().map(|mark| digits(mark)).or_else(|| parted.as_ref().map(|p| p.1.clone()));
                if mark.is_none() || !tried.insert((name.to_owned(), mark.clone())) {
                    continue;
                }
                let note = mark.and_then(|mark| notes.iter().find(|(own, ..)| *own == mark));
                if let ([now], Some((_, note, place))) = (self.target.names.codes(name).as_slice(), note)
                    && let Some(codes) = self.by_years(now, note)
                {
                    found.insert(name.to_owned(), (codes, place.clone()));
                }
            }
        }
        found
    }

    /// Writes which territory a name means in which years, by a note that names another with its first and last year.
    fn by_years(&self, now: &Code, note: &str) -> Option<String> {
        let years = periods::years(note);
        let [from, to] = years.as_slice() else { return None };
        let before = self.target.names.within(note, now)?;
        let (from, to): (i32, i32) = (from.parse().ok()?, to.parse().ok()?);
        let next = to + 1;
        (from < to)
            .then(|| format!("[{{code: {}, to: {to}}}, {{code: {}, from: {next}}}]", before.as_str(), now.as_str()))
    }

    /// Proposes, in words that nothing reads, what the names that nobody knows may mean.
    pub(super) fn proposals(&mut self) {
        const MOST: usize = 30;
        const TRIED: usize = 200;
        let names: BTreeSet<&String> = self.out.unmatched.iter().map(|(name, _)| name).collect();
        let near = |name: &&String| {
            let near = self.target.names.near(name);
            Some(format!("{}: {}", quoted(name), near.first()?.1.as_str()))
        };
        let near: Vec<String> = names.iter().take(TRIED).filter_map(near).take(MOST).collect();
        if !near.is_empty() {
            let line =
                format!("# names: {{{}}}   # proposals: look at each; `count` above is of the rest\n", near.join(", "));
            self.out.text.push_str(&line);
        }
    }

    /// Takes a column that says the same in every row for a dimension that nothing else names.
    pub(super) fn constants(&mut self) {
        for column in &self.found.idle {
            let texts = self.texts(*column);
            let Some(text) = texts.keys().next().filter(|_| texts.len() == 1) else {
                self.idle.push((*column, "a period once more"));
                continue;
            };
            let place = self.territory.clone().filter(|_| self.knows_place(text));
            let time = self.period.clone().filter(|_| periods::is_exact(text));
            let member = member(self.target, text).map(|(dimension, _)| dimension).filter(|own| {
                // «Total» says nothing of its own in a column beside one that tells urban from rural.
                own != "measure" || self.target.measures.len() > 1
            });
            match place.or(time).or(member).filter(|own| !self.told.contains(own)) {
                Some(dimension) => {
                    self.told.insert(dimension.clone());
                    self.labels.push((*column, vec![dimension]));
                }
                None => self.idle.push((*column, "the same in every row")),
            }
        }
        self.labels.sort();
    }

    /// What the sections in the first column of labels stand for: what is known, or, where the labels under them come
    /// again, what its author says.
    pub(super) fn section(&mut self) -> Option<String> {
        let sections: BTreeSet<String> = self.chosen.iter().flat_map(|(_, found)| found.sections.clone()).collect();
        let first = self.labels.first().map(|(column, _)| *column)?;
        let known: Vec<(String, String)> = sections.iter().filter_map(|text| member(self.target, text)).collect();
        if let Some((dimension, _)) = known.iter().find(|(own, _)| !self.told.contains(own)) {
            self.told.insert(dimension.clone());
            let is_own = |text: &&String| member(self.target, text).is_some_and(|(own, _)| own == *dimension);
            for text in sections.iter().filter(|text| !is_own(text)) {
                self.word(dimension, text, "~");
            }
            return Some(dimension.clone());
        }
        let places = sections.iter().filter(|text| self.knows_place(text)).count();
        if let Some(territory) =
            self.territory.clone().filter(|own| !self.told.contains(own) && places > 0 && places * 2 >= sections.len())
        {
            self.told.insert(territory.clone());
            return Some(territory);
        }
        let comes_again = self.texts(first).values().any(|cells| cells.len() > self.chosen.len());
        let dimension = self.open().into_iter().next().filter(|_| sections.len() > 1 && comes_again)?;
        sections.iter().for_each(|text| self.guess(&dimension, text));
        self.told.insert(dimension.clone());
        Some(dimension)
    }

    /// Counts the heads of sections that no dimension takes among the rows that are left out.
    pub(super) fn strange_sections(&mut self) {
        let is_own = |(_, dimensions): &(u32, Vec<String>)| self.territory.iter().any(|own| dimensions.contains(own));
        if !self.labels.iter().any(is_own) {
            return;
        }
        let sections = self.chosen.iter().flat_map(|(_, found)| &found.sections);
        self.unknown_rows += sections.filter(|text| !self.knows_place(text)).count();
    }

    /// Says which of several territories of one name is meant, where the rest of the column leaves one, and which a name
    /// means by years, where a note says so.
    pub(super) fn names(&mut self, named: &[(String, Vec<String>)]) {
        let (one, more): (Vec<_>, Vec<_>) = named.iter().partition(|(_, codes)| codes.len() == 1);
        let dated = self.dated_names();
        if !one.is_empty() || !dated.is_empty() {
            let only = Some("the column names the others of these names otherwise").filter(|_| !one.is_empty());
            let by: Vec<String> = dated.values().map(|(_, at)| format!("years by note {at}")).collect();
            let why: BTreeSet<&str> = only.into_iter().chain(by.iter().map(String::as_str)).collect();
            let why: Vec<&str> = why.into_iter().collect();
            self.out.text.push_str(&format!("names:   # guesses: {}\n", why.join("; ")));
            for (text, codes) in one.into_iter().filter(|(text, _)| !dated.contains_key(text)) {
                self.out.text.push_str(&format!("  {}: {}\n", quoted(&line(text)), codes[0]));
            }
            for (text, (codes, _)) in &dated {
                self.out.text.push_str(&format!("  {}: {codes}\n", quoted(&line(text))));
            }
        }
        if !more.is_empty() {
            self.out.text.push_str(
                "nested: true   # a guess: a name that several have is that of the part of what stands above\n",
            );
        }
    }
}

/// Lists the notes of a sheet: the mark, the text, the address of its cell.
fn placed(sheet: &Sheet) -> Vec<(String, String, String)> {
    notes(sheet).into_iter().map(|(mark, (text, at))| (mark, text, sheet.address(at))).collect()
}
