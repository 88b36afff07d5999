//! Write: the layout of a group of like sheets, in YAML. Whatever is guessed says so.

mod columns;
mod labels;
mod units;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::super::{Target, periods, shortened};
use super::find::{Found, NOTHING, STATUSES};
use super::heads;
use super::legend::legend;
use super::words::{line, member, near_member, quoted};
use super::{Draft, named};
use crate::finding::{Part, Period, Reason, Role};
use crate::table::MissingMarks;
use crate::workbook::{At, Sheet, Workbook, letters};

/// What most heads of the columns of data are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heads {
    /// Years.
    Years,
    /// Months or quarters whose year stands elsewhere.
    Parts,
    /// Neither.
    Words,
}

/// A layout on its way: what has been said of which column.
struct Writer<'a> {
    workbook: &'a Workbook,
    chosen: &'a [&'a (&'a Sheet, Found)],
    target: &'a Target<'a>,
    sheet: &'a Sheet,
    found: &'a Found,
    territory: Option<String>,
    period: Option<String>,
    /// The columns of labels, each with its dimensions, the outer first.
    labels: Vec<(u32, Vec<String>)>,
    idle: Vec<(u32, &'static str)>,
    /// What texts of the file stand for, by dimension: a member, `~` for what is left out, or what its author fills in.
    words: BTreeMap<String, BTreeMap<String, String>>,
    /// Why words, names and marks are only guesses.
    guesses: BTreeSet<&'static str>,
    /// The member of a dimension where nothing in the row names one.
    free: BTreeMap<String, String>,
    /// Where a dimension or the unit stands outside the table.
    from: BTreeMap<String, String>,
    /// The dimensions that something names, `measure` among them.
    told: BTreeSet<String>,
    unknown_rows: usize,
    /// The year beside which the header tells months, where it stands outside it.
    outer: Option<String>,
    out: Draft,
}

/// Writes the draft of a group, of which the first is looked at.
pub(super) fn write(workbook: &Workbook, chosen: &[&(&Sheet, Found)], target: &Target) -> Draft {
    let Some((sheet, found)) = chosen.first() else { return Draft::default() };
    let of = |role| target.dimensions.iter().find(|dimension| dimension.role == role).map(|own| own.name.clone());
    let writer = Writer {
        workbook,
        chosen,
        target,
        sheet,
        found,
        territory: of(Role::Territory),
        period: of(Role::Period),
        labels: Vec::new(),
        idle: Vec::new(),
        words: BTreeMap::new(),
        guesses: BTreeSet::new(),
        free: BTreeMap::new(),
        from: BTreeMap::new(),
        told: target.constants.keys().cloned().collect(),
        unknown_rows: 0,
        outer: None,
        out: Draft::default(),
    };
    writer.written()
}

impl<'a> Writer<'a> {
    fn written(mut self) -> Draft {
        self.sheets();
        let rows: Vec<String> = self.found.header.iter().map(u32::to_string).collect();
        let _ = writeln!(self.out.text, "header: [{}]", rows.join(", "));
        let mut named = Vec::new();
        for column in &self.found.labels {
            self.label(*column, &mut named);
        }
        self.constants();
        match self.section() {
            Some(section) => self.labels.first_mut().into_iter().for_each(|(_, own)| own.insert(0, section.clone())),
            None => self.strange_sections(),
        }
        self.label_lines();
        self.fill_down();
        self.data();
        self.leave_columns();
        if let Some(territory) = self.territory.clone().filter(|_| self.unknown_rows > 0) {
            let _ = writeln!(
                self.out.text,
                "leave_rows:\n  - {{unknown: {territory}, reason: names that no list of territories has, count: {}}}",
                self.unknown_rows
            );
        }
        self.names(&named);
        self.proposals();
        self.word_lines();
        self.otherwise();
        self.units();
        self.beginning();
        self.at_end();
        self.marks();
        self.out
    }

    /// Says what most heads of the columns of data are.
    fn heads_by(&self) -> Heads {
        let all: Vec<Vec<String>> =
            self.found.data.iter().map(|at| heads::texts(self.sheet, self.found, *at)).collect();
        let most = |is: &dyn Fn(&[String]) -> bool| all.iter().filter(|texts| is(texts)).count() * 2 > all.len();
        let are_years = |texts: &[String]| {
            periods::of(texts).is_some_and(|said| said.period == Period::of_year(said.period.year()))
        };
        let are_parts = |texts: &[String]| {
            periods::of(texts).is_none() && texts.last().is_some_and(|text| periods::is_part_alone(text))
        };
        match (most(&are_years), most(&are_parts)) {
            (true, _) => Heads::Years,
            (_, true) => Heads::Parts,
            _ => Heads::Words,
        }
    }

    /// The whole year that the name of the sheet or a title says, and where.
    fn year(&self) -> Option<(Period, String)> {
        let by_sheet = periods::of(&[self.sheet.name.to_string()]).map(|said| (said.period, "sheet".to_owned()));
        let found = by_sheet.or_else(|| dated(self.found).next().map(|(at, period)| (period, at.to_string())));
        found.filter(|(period, _)| *period == Period::of_year(period.year()))
    }

    fn label_lines(&mut self) {
        if self.labels.is_empty() {
            return;
        }
        self.out.text.push_str("labels:\n");
        for (column, dimensions) in &self.labels {
            let _ = match dimensions.as_slice() {
                [one] => writeln!(self.out.text, "  {}: {one}", letters(*column)),
                several => writeln!(self.out.text, "  {}: [{}]", letters(*column), several.join(", ")),
            };
        }
    }

    /// Says which names hold for the empty cells below them: where other labels stand beside those.
    fn fill_down(&mut self) {
        let (sheet, rows) = (self.sheet, self.found.rows.0 - 1..self.found.rows.1);
        let is_filled = |row: u32, column: u32| sheet.shown(At { row, column }).is_some();
        let has_data =
            |row: &u32| self.found.data.iter().any(|column| sheet.get(At { row: *row, column: *column }).is_some());
        let rows: Vec<u32> = rows.filter(has_data).collect();
        let labels: Vec<u32> = self.labels.iter().map(|(column, _)| *column).collect();
        let open = labels.iter().copied().filter(|column| {
            let others = || labels.iter().filter(|other| *other != column);
            let gaps: Vec<u32> = rows.iter().copied().filter(|row| !is_filled(*row, *column)).collect();
            let begins = rows.first().is_some_and(|row| is_filled(*row, *column));
            begins && !gaps.is_empty() && gaps.iter().all(|row| others().any(|other| is_filled(*row, *other)))
        });
        let open: Vec<String> = open.map(letters).collect();
        if !open.is_empty() {
            let why = "a guess: a name holds for the empty cells below it";
            let _ = writeln!(self.out.text, "fill_down: [{}]   # {why}", open.join(", "));
        }
    }

    fn word_lines(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let why: Vec<&str> = self.guesses.iter().copied().collect();
        let why = if why.is_empty() { String::new() } else { format!("   # guesses: {}", why.join("; ")) };
        let _ = writeln!(self.out.text, "words:{why}");
        for (dimension, words) in &self.words {
            let words: Vec<String> =
                words.iter().map(|(word, own)| format!("{}: {own}", quoted(&line(word)))).collect();
            let _ = writeln!(self.out.text, "  {dimension}: {{{}}}", words.join(", "));
        }
    }

    fn beginning(&mut self) {
        let from: Vec<String> = self.from.iter().map(|(name, from)| format!("{name}: {from}")).collect();
        if !from.is_empty() {
            let dated = self.from.iter().find(|(name, _)| Some(*name) == self.period.as_ref());
            let why = dated.map(|(_, from)| {
                let said = At::parse(from).and_then(|at| self.sheet.shown(at)).map(|(_, cell)| cell.text());
                let said = said.map_or_else(|| self.sheet.name.to_string(), |text| shortened(&line(&text)));
                format!("   # a guess, by what it says: {said}")
            });
            let _ = writeln!(self.out.text, "from: {{{}}}{}", from.join(", "), why.unwrap_or_default());
        }
    }

    fn sheets(&mut self) {
        if self.workbook.sheets.len() == 1 && named(self.sheet, self.target).is_none_or(|(_, member)| member.is_none())
        {
            return;
        }
        self.out.text.push_str("sheets:\n");
        for (sheet, _) in self.chosen {
            let given = named(sheet, self.target).and_then(|(dimension, member)| {
                self.told.insert(dimension.clone());
                Some(format!("{dimension}: {}", quoted(&member?)))
            });
            let _ = writeln!(self.out.text, "  {}: {{{}}}", quoted(&sheet.name), given.unwrap_or_default());
        }
        // A period that the name of the sheet says is read from there.
        if let Some((dimension, None)) = named(self.sheet, self.target) {
            self.told.remove(&dimension);
        }
        let is_read = |sheet: &Sheet| self.chosen.iter().any(|(own, _)| std::ptr::eq(*own, sheet));
        let rest: Vec<&Sheet> =
            self.workbook.sheets.iter().filter(|sheet| !sheet.cells.is_empty() && !is_read(sheet)).collect();
        if !rest.is_empty() {
            self.out.text.push_str("leave_sheets:\n");
            for sheet in rest {
                let hidden = if sheet.is_hidden { ", and hidden" } else { "" };
                let _ = writeln!(self.out.text, "  {}: not of this table{hidden}", quoted(&sheet.name));
            }
        }
    }

    /// Lists the different texts of a column in the rows of data of all sheets, each with the first cell that says it.
    fn texts(&self, column: u32) -> BTreeMap<String, Vec<(At, &'a Sheet)>> {
        let mut texts: BTreeMap<String, Vec<(At, &'a Sheet)>> = BTreeMap::new();
        for (sheet, found) in self.chosen {
            for row in found.rows.0 - 1..found.rows.1 {
                let at = At { row, column };
                let Some(text) = sheet.get(at).map(|cell| cell.text().trim().to_owned()) else { continue };
                if !text.is_empty() && !found.sections.contains(&text) {
                    texts.entry(text).or_default().push((at, sheet));
                }
            }
        }
        texts
    }

    fn knows_place(&self, text: &str) -> bool {
        let names = self.target.names;
        let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || " )⁾*⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c));
        let lines = || text.lines().any(|line| !names.codes(line).is_empty());
        !names.codes(text).is_empty() || !names.codes(bare).is_empty() || lines()
    }

    /// Says what nothing in the table names: from a title or the name of the sheet, or left for the author.
    fn otherwise(&mut self) {
        let mut open = Vec::new();
        let several = self.target.measures.len() > 1;
        if several && !self.told.contains("measure") {
            let texts =
                std::iter::once(self.sheet.name.to_string()).chain(self.found.titles.iter().map(|(_, t)| t.clone()));
            let said = texts.filter_map(|text| member(self.target, &text)).find(|(own, _)| own == "measure");
            let said = said.map(|(_, measure)| measure).or_else(|| self.titled());
            open.push(match said {
                Some(measure) => (format!("measure: {measure}"), "a guess, by the sheet's name or title"),
                None => ("measure: TODO".to_owned(), ""),
            });
        } else if several && let Some(free) = self.free() {
            open.push((format!("measure: {free}"), "a guess: the rows above the first section"));
        }
        for (dimension, member) in &self.free {
            open.push((format!("{dimension}: {member}"), "a guess: the rows in which nothing names one"));
        }
        for dimension in &self.target.dimensions {
            if self.told.contains(&dimension.name) {
                continue;
            }
            if dimension.role == Role::Period {
                if self.chosen.iter().any(|(sheet, found)| is_dated_twice(sheet, found)) {
                    open.push((
                        format!("{}: TODO", dimension.name),
                        "the sheet's name says one period, its title another",
                    ));
                    continue;
                }
                let title = dated(self.found).next().map(|(at, _)| at.to_string());
                let by_sheet = periods::of(&[self.sheet.name.to_string()]).map(|_| "sheet".to_owned());
                if let Some(from) = by_sheet.or(title) {
                    self.from.insert(dimension.name.clone(), from);
                    continue;
                }
                // A year in words that nobody knows.
                let years: BTreeSet<String> =
                    self.found.titles.iter().flat_map(|(_, text)| periods::years(text)).collect();
                if let Some(year) = years.first().filter(|_| years.len() == 1 && !self.has_run()) {
                    open.push((format!("{}: {year}", dimension.name), "a guess: the only year in the titles"));
                    continue;
                }
            }
            let total = match &dimension.total {
                Some(Part::Category(total)) => Some((quoted(total), "a guess: nothing tells the parts")),
                _ => None,
            };
            let whole = self.whole(dimension.role).map(|code| (code, "a guess, by a title"));
            open.push(match whole.or(total) {
                Some((member, why)) => (format!("{}: {member}", dimension.name), why),
                None => (format!("{}: TODO", dimension.name), ""),
            });
        }
        if !open.is_empty() {
            let said: Vec<&str> = open.iter().map(|(said, _)| said.as_str()).collect();
            let why: BTreeSet<&str> = open.iter().map(|(_, why)| *why).filter(|why| !why.is_empty()).collect();
            let why: Vec<&str> = why.into_iter().collect();
            let why = if why.is_empty() { String::new() } else { format!("   # {}", why.join("; ")) };
            let _ = writeln!(self.out.text, "otherwise: {{{}}}{why}", said.join(", "));
        }
    }

    /// The measure that no section names, where sections name all others.
    fn free(&self) -> Option<&str> {
        let sections: BTreeSet<String> = (self.found.sections.iter())
            .filter_map(|text| member(self.target, text))
            .filter(|(own, _)| own == "measure")
            .map(|(_, measure)| measure)
            .collect();
        let first = |measure: &&&str| !sections.contains(**measure);
        self.target.measures.keys().find(first).copied().filter(|_| !sections.is_empty())
    }

    /// The one territory that titles name, where the table tells none.
    fn whole(&self, role: Role) -> Option<String> {
        let texts = || self.found.titles.iter().flat_map(|(_, text)| text.lines());
        let mut codes: BTreeSet<&str> = BTreeSet::new();
        for text in texts().filter(|_| role == Role::Territory) {
            codes.extend(self.target.names.codes(text.trim()).into_iter().map(|code| code.as_str()));
        }
        codes.first().filter(|_| codes.len() == 1).map(|code| (*code).to_owned())
    }

    /// The one measure whose words stand in the name of the sheet or a title.
    fn titled(&self) -> Option<String> {
        let texts = std::iter::once(&*self.sheet.name).chain(self.found.titles.iter().map(|(_, text)| text.as_str()));
        let said: BTreeSet<String> = texts.filter_map(|text| near_member(self.target, "measure", text)).collect();
        said.first().filter(|_| said.len() == 1).cloned()
    }

    fn marks(&mut self) {
        let marks: BTreeSet<&String> = self.chosen.iter().flat_map(|(_, found)| found.marks.keys()).collect();
        let usual = MissingMarks::usual();
        let told = |mark: &str| self.chosen.iter().find_map(|(sheet, _)| legend(sheet, mark));
        let reason = |mark: &str| usual.reason(mark).or((mark == NOTHING).then_some(Reason::Missing));
        let marks: BTreeMap<&String, (Option<Reason>, Option<Reason>)> =
            marks.into_iter().map(|mark| (mark, (told(mark), reason(mark)))).collect();
        // Of all guesses this one changes sums: what does not occur adds nothing.
        let doubt = marks.iter().find(|(_, said)| matches!(said, (None, Some(Reason::NoPhenomenon))));
        let mut why: Vec<String> = Vec::new();
        why.extend(doubt.map(|(mark, _)| {
            format!("no note says what `{mark}` means: nothing of the kind, which adds nothing to a sum, or `missing`")
        }));
        let one = |(mark, (told, usual)): (&&String, &(Option<Reason>, Option<Reason>))| {
            Some(format!("{}: {}", quoted(mark), told.or(*usual)?.code()))
        };
        let marks: BTreeSet<String> = marks.iter().filter_map(one).collect();
        let strange: BTreeSet<&String> = self.chosen.iter().flat_map(|(_, found)| &found.strange).collect();
        if strange.iter().any(|mark| told(mark).is_none()) {
            why.push("what these marks say, the notes may tell".to_owned());
        }
        let strange = strange.iter().map(|mark| {
            let reason = told(mark).unwrap_or(Reason::Missing);
            format!("{}: {}", quoted(mark), reason.code())
        });
        let marks: Vec<String> = marks.into_iter().chain(strange).collect();
        if !marks.is_empty() {
            let why = if why.is_empty() { String::new() } else { format!("   # a guess: {}", why.join("; ")) };
            let _ = writeln!(self.out.text, "missing: {{{}}}{why}", marks.join(", "));
        }
        if self.chosen.iter().any(|(_, found)| !found.beside.is_empty()) {
            self.out.text.push_str("marks_beside: true\n");
        }
        let flags: BTreeSet<char> = self.chosen.iter().flat_map(|(_, found)| found.flags.iter().copied()).collect();
        let said = STATUSES.iter().filter(|(flag, _)| flags.contains(flag));
        let said: Vec<String> = said.map(|(flag, status)| format!("{flag}: {status}")).collect();
        if !said.is_empty() {
            let guess = "a guess: so offices of Europe mark figures";
            let _ = writeln!(self.out.text, "statuses: {{{}}}   # {guess}", said.join(", "));
        }
    }
}

/// Lists the titles that say a period, each with it.
fn dated(found: &Found) -> impl Iterator<Item = (At, Period)> + '_ {
    let said = |text: &str| text.lines().find_map(|line| periods::of(&[line.to_owned()])).map(|said| said.period);
    found.titles.iter().filter_map(move |(at, text)| Some((*at, said(text)?)))
}

/// Says whether the name of a sheet says one period and its titles none but others.
fn is_dated_twice(sheet: &Sheet, found: &Found) -> bool {
    let Some(own) = periods::of(&[sheet.name.to_string()]) else { return false };
    let mut titles = dated(found).peekable();
    let is_other = |(_, period): (At, Period)| !period.contains(own.period) && !own.period.contains(period);
    titles.peek().is_some() && titles.all(is_other)
}
