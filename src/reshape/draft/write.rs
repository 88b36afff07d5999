//! Write: the layout of a group of like sheets, in YAML. Whatever is guessed says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::super::{Target, periods};
use super::find::{Found, NOTHING, STATUSES};
use super::heads::{self, Head};
use super::words::{is_foreign, line, member, quoted, settled};
use super::{Draft, named};
use crate::finding::{Reason, Role};
use crate::language;
use crate::table::MissingMarks;
use crate::workbook::{At, Sheet, Workbook, letters};

/// A layout on its way: what has been said of which column.
struct Writer<'a> {
    workbook: &'a Workbook,
    chosen: &'a [&'a (&'a Sheet, Found)],
    target: &'a Target<'a>,
    sheet: &'a Sheet,
    found: &'a Found,
    territory: Option<String>,
    period: Option<String>,
    /// The columns of labels, each with its dimension.
    labels: Vec<(u32, String)>,
    idle: Vec<(u32, &'static str)>,
    words: BTreeMap<String, BTreeSet<String>>,
    /// The dimensions that something names, `measure` among them.
    told: BTreeSet<String>,
    unknown_rows: usize,
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
        told: target.constants.keys().cloned().collect(),
        unknown_rows: 0,
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
        let section = self.section();
        if section.is_none() {
            self.strange_sections();
        }
        self.out.text.push_str("labels:\n");
        for (at, (column, name)) in self.labels.iter().enumerate() {
            let _ = match section.as_ref().filter(|_| at == 0) {
                Some(section) => writeln!(self.out.text, "  {}: [{section}, {name}]", letters(*column)),
                None => writeln!(self.out.text, "  {}: {name}", letters(*column)),
            };
        }
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
        if !self.words.is_empty() {
            self.out.text.push_str("words:\n");
            for (dimension, words) in &self.words {
                let words: Vec<String> = words.iter().map(|word| format!("{}: ~", quoted(&line(word)))).collect();
                let _ = writeln!(self.out.text, "  {dimension}: {{{}}}", words.join(", "));
            }
        }
        self.otherwise();
        self.scale();
        self.marks();
        self.out
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

    /// Says what a column of labels stands for.
    fn label(&mut self, column: u32, named: &mut Vec<(String, Vec<String>)>) {
        let texts = self.texts(column);
        let distinct: Vec<&String> = texts.keys().collect();
        let places = distinct.iter().filter(|text| self.knows_place(text)).count();
        let times = distinct.iter().filter(|text| periods::of(&[(**text).clone()]).is_some()).count();
        let members: Vec<(String, String)> = distinct.iter().filter_map(|text| member(self.target, text)).collect();
        if let Some(territory) = self
            .territory
            .clone()
            .filter(|own| !self.told.contains(own) && places > 0 && (places > 4 || places * 8 >= distinct.len()))
        {
            let own: BTreeSet<&str> = distinct.iter().map(|text| text.as_str()).collect();
            named.extend(settled(self.target.names, &own).into_iter().map(|(text, codes)| (text.to_owned(), codes)));
            for (text, cells) in &texts {
                if !self.knows_place(text) {
                    self.unknown_rows += cells.len();
                    let unmatched = cells.iter().map(|(at, sheet)| (line(text), sheet.address(*at)));
                    self.out.unmatched.extend(unmatched);
                }
            }
            self.told.insert(territory.clone());
            self.labels.push((column, territory));
        } else if let Some(period) =
            self.period.clone().filter(|own| times == distinct.len() && !self.told.contains(own))
        {
            self.told.insert(period.clone());
            self.labels.push((column, period));
        } else if let Some((dimension, _)) = members.first().filter(|(own, _)| !self.told.contains(own)) {
            self.told.insert(dimension.clone());
            for text in distinct.iter().filter(|text| member(self.target, text).is_none()) {
                self.words.entry(dimension.clone()).or_default().insert((**text).clone());
            }
            self.labels.push((column, dimension.clone()));
        } else {
            self.idle.push((column, "words that no dimension takes"));
        }
    }

    /// Takes a column that says the same in every row for a dimension that nothing else names.
    fn constants(&mut self) {
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
                    self.labels.push((*column, dimension));
                }
                None => self.idle.push((*column, "the same in every row")),
            }
        }
        self.labels.sort();
    }

    /// What the sections in the first column of labels stand for, where they are known.
    fn section(&mut self) -> Option<String> {
        let sections: BTreeSet<String> = self.chosen.iter().flat_map(|(_, found)| found.sections.clone()).collect();
        let known: Vec<(String, String)> = sections.iter().filter_map(|text| member(self.target, text)).collect();
        let (dimension, _) = known.iter().find(|(own, _)| !self.told.contains(own))?;
        self.told.insert(dimension.clone());
        let is_own = |text: &&String| member(self.target, text).is_some_and(|(own, _)| own == *dimension);
        for text in sections.iter().filter(|text| !is_own(text)) {
            self.words.entry(dimension.clone()).or_default().insert(text.clone());
        }
        Some(dimension.clone())
    }

    /// Counts the heads of sections that no dimension takes among the rows that are left out.
    fn strange_sections(&mut self) {
        if self.territory.as_ref().is_none_or(|own| !self.labels.iter().any(|(_, name)| name == own)) {
            return;
        }
        let sections = self.chosen.iter().flat_map(|(_, found)| &found.sections);
        self.unknown_rows += sections.filter(|text| !self.knows_place(text)).count();
    }

    /// Says what the columns of data stand for: a period by the rows of the header, or each for itself.
    fn data(&mut self) {
        let found = self.found;
        let heads = heads::heads(self.sheet, found, self.target);
        let dated = |head: &Head| periods::of(&head.texts).is_some();
        let count = heads.iter().filter(|head| dated(head)).count();
        let levels: Vec<String> = (found.header.iter())
            .map(|row| heads::level(self.sheet, found, self.target, *row).unwrap_or_else(|| "-".to_owned()))
            .map(|level| if self.told.contains(&level) { "-".to_owned() } else { level })
            .collect();
        let by_period = self.period.clone().filter(|own| !self.told.contains(own) && levels.contains(own));
        match by_period.filter(|_| count * 2 > heads.len()) {
            Some(period) => {
                self.out.fits += count;
                let _ = writeln!(self.out.text, "levels: [{}]", levels.join(", "));
                self.fill_right(&levels);
                self.told.extend(levels.iter().filter(|level| *level != "-").cloned());
                for head in heads.iter().filter(|head| !dated(head)) {
                    self.idle.push((head.column, "no period stands over it"));
                }
                for (row, level) in found.header.iter().zip(&levels).filter(|(_, own)| **own != "-" && **own != period)
                {
                    let said = self.sheet.row(row - 1).filter(|(at, _)| found.data.contains(&at.column));
                    for text in said.map(|(_, cell)| cell.text()).filter(|text| member(self.target, text).is_none()) {
                        self.words.entry(level.clone()).or_default().insert(text);
                    }
                }
            }
            None => self.columns(&heads),
        }
    }

    /// Names the rows of periods that stand over the first of their columns alone, without being merged.
    fn fill_right(&mut self, levels: &[String]) {
        let is_open = |row: u32| {
            let shown = |column: &u32| self.sheet.shown(At { row: row - 1, column: *column }).is_some();
            self.found.data.iter().any(shown) && !self.found.data.iter().all(shown)
        };
        let rows = self.found.header.iter().zip(levels).filter(|(row, level)| *level != "-" && is_open(**row));
        let rows: Vec<String> = rows.map(|(row, _)| row.to_string()).collect();
        if !rows.is_empty() {
            let _ = writeln!(self.out.text, "fill_right: [{}]", rows.join(", "));
        }
    }

    fn columns(&mut self, heads: &[Head]) {
        // What every column must say, because nothing else does.
        let several = self.target.measures.len() > 1;
        let categories = self.target.dimensions.iter().filter(|own| own.role == Role::Category).map(|own| &own.name);
        let measure = "measure".to_owned();
        let wanted: Vec<String> = categories
            .chain([&measure].into_iter().filter(|_| several))
            .filter(|own| !self.told.contains(*own))
            .cloned()
            .collect();
        let is_whole = |head: &Head| wanted.iter().all(|own| head.says.contains_key(own));
        let mut taken = BTreeSet::new();
        let mut columns = String::new();
        for head in heads {
            let said = head.texts.last().map(String::as_str).unwrap_or_default();
            let head_text = quoted(&line(said.lines().next().unwrap_or_default()));
            let says: BTreeMap<&String, &String> =
                head.says.iter().filter(|(own, _)| wanted.contains(own) || *own == "measure" && several).collect();
            let alone = heads.len() == 1
                || wanted.is_empty() && !is_foreign(self.target, said) && self.told.contains("measure");
            if (head.is_known && !says.is_empty() && is_whole(head) || alone && is_whole(head))
                && taken.insert(says.clone())
            {
                self.out.fits += 1;
                let says: String = says.iter().map(|(own, member)| format!(", {own}: {}", quoted(member))).collect();
                let _ = writeln!(columns, "  {}: {{head: {head_text}{says}}}", letters(head.column));
            } else {
                self.idle.push((head.column, "not of this table"));
            }
        }
        if !columns.is_empty() {
            self.told.extend(wanted);
            let _ = write!(self.out.text, "columns:\n{columns}");
        }
    }

    fn leave_columns(&mut self) {
        if self.idle.is_empty() {
            return;
        }
        self.idle.sort_unstable();
        self.out.text.push_str("leave_columns:\n");
        for (column, why) in &self.idle {
            let said: Vec<String> =
                heads::texts(self.sheet, self.found, *column).iter().map(|text| line(text)).collect();
            let said = if said.is_empty() { "without a head".to_owned() } else { said.join(" / ") };
            let _ = writeln!(self.out.text, "  {}: {}", letters(*column), quoted(&format!("{said}: {why}")));
        }
    }

    /// Says which of several territories of one name is meant, where the rest of the column leaves one.
    fn names(&mut self, named: &[(String, Vec<String>)]) {
        let (one, more): (Vec<_>, Vec<_>) = named.iter().partition(|(_, codes)| codes.len() == 1);
        if !one.is_empty() {
            self.out.text.push_str("names:   # guesses: the column names the others of these names otherwise\n");
            for (text, codes) in one {
                let _ = writeln!(self.out.text, "  {}: {}", quoted(&line(text)), codes[0]);
            }
        }
        if !more.is_empty() {
            self.out.text.push_str(
                "nested: true   # a guess: a name that several have is that of the part of what stands above\n",
            );
        }
    }

    /// Says what nothing in the table names: from a title or the name of the sheet, or left for the author.
    fn otherwise(&mut self) {
        let mut open = Vec::new();
        let several = self.target.measures.len() > 1;
        if several && !self.told.contains("measure") {
            let texts =
                std::iter::once(self.sheet.name.to_string()).chain(self.found.titles.iter().map(|(_, t)| t.clone()));
            let said = texts.filter_map(|text| member(self.target, &text)).find(|(own, _)| own == "measure");
            open.push(match said {
                Some((_, measure)) => (format!("measure: {measure}"), "a guess, by the sheet's name or title"),
                None => ("measure: TODO".to_owned(), ""),
            });
        } else if several && let Some(free) = self.free() {
            open.push((format!("measure: {free}"), "a guess: the rows above the first section"));
        }
        for dimension in &self.target.dimensions {
            if self.told.contains(&dimension.name) {
                continue;
            }
            if dimension.role == Role::Period {
                let is_dated = |text: &String| text.lines().any(|line| periods::of(&[line.to_owned()]).is_some());
                let title = self.found.titles.iter().find(|(_, text)| is_dated(text)).map(|(at, _)| at.to_string());
                let by_sheet = periods::of(&[self.sheet.name.to_string()]).map(|_| "sheet".to_owned());
                if let Some(from) = by_sheet.or(title) {
                    let _ = writeln!(self.out.text, "from: {{{}: {from}}}", dimension.name);
                    continue;
                }
            }
            let whole = self.whole(dimension.role);
            open.push(match whole {
                Some(code) => (format!("{}: {code}", dimension.name), "a guess, by a title"),
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

    /// Says the scale that a title names for the whole table.
    fn scale(&mut self) {
        let titles: Vec<&At> = self.found.titles.iter().map(|(at, _)| at).collect();
        let scaled = self.found.units.iter().filter(|(at, _)| titles.contains(&at)).find_map(|(at, text)| {
            let scale = text.lines().find_map(language::scale_said)?;
            Some((at, scale, text))
        });
        if let Some((at, scale, text)) = scaled {
            let _ = writeln!(self.out.text, "scale: {scale}   # a guess, by {at}: {}", line(text));
        }
    }

    fn marks(&mut self) {
        let marks: BTreeSet<&String> = self.chosen.iter().flat_map(|(_, found)| found.marks.keys()).collect();
        let usual = MissingMarks::usual();
        let reason = |mark: &str| usual.reason(mark).or((mark == NOTHING).then_some(Reason::Missing));
        let one = |mark: &&String| Some(format!("{}: {}", quoted(mark), reason(mark)?.code()));
        let marks: Vec<String> = marks.iter().filter_map(one).collect();
        if !marks.is_empty() {
            let _ = writeln!(self.out.text, "missing: {{{}}}", marks.join(", "));
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
