//! Columns: what the columns of data stand for: a period by the rows of the header, or each for itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::super::periods;
use super::super::find::is_numbering;
use super::super::heads::{self, Head};
use super::super::words::{is_foreign, is_run, line, member, near_member, quoted};
use super::{Heads, Writer};
use crate::finding::{Part, Role};
use crate::workbook::{At, letters};

/// What its author fills in.
const TODO: &str = "TODO";

/// A row of the header that stands for nothing.
const WORDS: &str = "-";

impl Writer<'_> {
    /// Says what the columns of data stand for.
    pub(super) fn data(&mut self) {
        let found = self.found;
        let heads = heads::heads(self.sheet, found, self.target);
        let levels = self.levels();
        self.take_year();
        let dated: BTreeSet<u32> =
            found.data.iter().copied().filter(|column| self.is_dated(*column, &levels)).collect();
        let count = dated.len();
        let own_years: BTreeSet<String> =
            dated.iter().map(|column| heads::texts(self.sheet, found, *column).concat()).collect();
        let are_years =
            own_years.len() > 1 && own_years.len() == count && own_years.iter().all(|text| periods::is_exact(text));
        let by_period = self.period.clone().filter(|own| !self.told.contains(own) && levels.contains(own));
        match by_period.filter(|_| count * 2 > heads.len() || are_years) {
            Some(period) => {
                self.out.fits += count;
                let said: Vec<&str> = levels.iter().map(|own| if own == WORDS { "\"-\"" } else { own }).collect();
                let guess = self.strange_period(&dated, &levels, &period);
                let guess = guess.map(|text| format!("   # a guess: {} is a period", quoted(&line(&text))));
                let _ = writeln!(self.out.text, "levels: [{}]{}", said.join(", "), guess.unwrap_or_default());
                self.fill_right(&levels);
                self.told.extend(levels.iter().filter(|level| *level != WORDS).cloned());
                for head in &heads {
                    if !dated.contains(&head.column) {
                        self.idle.push((head.column, "no period stands over it"));
                    } else if head.texts.last().is_some_and(|text| is_foreign(self.target, text)) {
                        self.idle.push((head.column, "not of this table"));
                    } else {
                        self.unknown_heads(head.column, &levels, &period);
                    }
                }
            }
            None => {
                self.words.remove(self.period.as_deref().unwrap_or_default());
                self.columns(&heads);
            }
        }
        if let Some(run) = self.target.dimensions.iter().find(|own| self.is_run(&own.name)) {
            let _ = writeln!(self.out.text, "cumulative: {}", run.name);
            self.told.insert(run.name.clone());
        }
    }

    /// Takes the year of months in the header from the name of the sheet or a title.
    fn take_year(&mut self) {
        let Some(period) = self.period.clone().filter(|own| !self.told.contains(own)) else { return };
        if self.outer.is_none()
            && self.heads_by() == Heads::Parts
            && let Some((year, from)) = self.year()
        {
            self.outer = Some(year.to_string());
            self.from.insert(period, from);
        }
    }

    /// Says whether the table tells cumulative periods.
    pub(super) fn has_run(&self) -> bool {
        self.target.dimensions.iter().any(|own| self.is_run(&own.name))
    }

    /// Says whether a category tells cumulative periods apart.
    pub(super) fn is_run(&self, dimension: &str) -> bool {
        is_run(self.target, dimension)
    }

    /// Says whether the rows of the header that tell periods tell one of a column; asks what a cumulative one spans, where
    /// nobody knows its words.
    fn is_dated(&mut self, column: u32, levels: &[String]) -> bool {
        let Some(period) = self.period.clone() else { return false };
        let rows = self.found.header.iter().zip(levels).filter(|(_, own)| **own == period);
        let texts: Vec<String> =
            rows.filter_map(|(row, _)| heads::text(self.sheet, self.found, *row, column)).collect();
        let words = self.words.get(&period);
        let said = texts.iter().map(|text| words.and_then(|words| words.get(text)).unwrap_or(text).clone());
        let said: Vec<String> = self.outer.iter().cloned().chain(said).collect();
        if said.iter().any(|text| text == TODO) {
            return true;
        }
        let found = periods::of(&said);
        let is_told = periods::of_head(&said).is_some();
        let is_open = self.has_run() && !periods::is_plain_year(&said.join(" "));
        if let (Some(found), [text]) = (&found, texts.as_slice())
            && is_open
            && found.span.is_none()
            && periods::months(found.period).is_none()
        {
            self.word(&period, text, TODO);
            return true;
        }
        is_told
    }

    /// Finds a text over columns that is read as a period, beside which stands a word that nobody knows.
    fn strange_period(&self, columns: &BTreeSet<u32>, levels: &[String], period: &str) -> Option<String> {
        let words = self.words.get(period);
        let rows = || self.found.header.iter().zip(levels).filter(|(_, own)| *own == period).map(|(row, _)| *row);
        let texts = columns
            .iter()
            .flat_map(|column| rows().filter_map(|row| heads::text(self.sheet, self.found, row, *column)));
        let is_said = |text: &String| words.is_some_and(|words| words.contains_key(text));
        texts.filter(|text| !is_said(text)).find(|text| periods::strange_word(text).is_some())
    }

    /// Says what each row of the header stands for.
    fn levels(&mut self) -> Vec<String> {
        let found = self.found;
        let level = |row: &u32| match is_numbering(self.sheet, row - 1) {
            true => None,
            false => heads::level(self.sheet, found, self.target, *row).filter(|own| !self.told.contains(own)),
        };
        let mut levels: Vec<String> =
            found.header.iter().map(|row| level(row).unwrap_or_else(|| WORDS.to_owned())).collect();
        let Some(period) = self.period.clone() else { return levels };
        let Some(years) = levels.iter().position(|own| *own == period) else { return levels };
        for at in 0..levels.len() {
            let row = found.header[at];
            let is_open = levels[at] == WORDS || at != years && levels[at] == period && self.has_strange_parts(row);
            if is_open
                && !is_numbering(self.sheet, row - 1)
                && let Some(own) = self.repeated(found.header[years], row, &period, &levels)
            {
                levels[at] = own;
            }
        }
        levels
    }

    /// Says whether some words of a row of months are of a language that nobody knows, and others happen to be known.
    fn has_strange_parts(&self, row: u32) -> bool {
        let own = self.sheet.row(row - 1).filter(|(at, _)| self.found.data.contains(&at.column));
        own.into_iter().any(|(_, cell)| {
            periods::of(&[format!("{} 2000", cell.text())]).is_none_or(|said| {
                said.span.is_none() && periods::months(said.period).is_none() && !periods::is_year(&cell.text())
            })
        })
    }

    /// What a row of unknown words stands for that come again under each year: months or quarters of another language by
    /// their number and order, or what nothing else tells.
    fn repeated(&mut self, years: u32, row: u32, period: &str, levels: &[String]) -> Option<String> {
        let shown = |row: u32, column: u32| {
            let at = At { row: row - 1, column };
            self.sheet.shown(at).map(|(at, cell)| (at, cell.text()))
        };
        let mut groups: Vec<Vec<String>> = Vec::new();
        let mut before = None;
        for column in &self.found.data {
            let year = shown(years, *column).map(|(at, _)| at).or(before);
            if year != before || groups.is_empty() {
                groups.push(Vec::new());
            }
            before = year;
            let said = shown(row, *column).filter(|(at, _)| at.row + 1 == row || Some(*at) != year);
            let own = said.map(|(_, text)| text).filter(|text| !text.trim().is_empty());
            groups.last_mut()?.extend(own);
        }
        let first = groups.first()?.clone();
        let is_known = |text: &String| is_foreign(self.target, text) || periods::is_exact(text);
        if first.len() < 2 || groups.iter().any(|own| *own != first) || first.iter().any(is_known) {
            return None;
        }
        if let Some(parts) = parts_of_year(&first) {
            parts.iter().zip(&first).for_each(|(part, text)| self.word(period, text, part));
            self.guesses.insert("months or quarters by their order");
            return Some(period.to_owned());
        }
        let categories = self.target.dimensions.iter().filter(|own| own.role == Role::Category).map(|own| &own.name);
        let measure = "measure".to_owned();
        let measure = [&measure].into_iter().filter(|_| self.target.measures.len() > 1);
        let is_open = |own: &&String| !self.told.contains(*own) && !levels.contains(own) && !self.is_run(own);
        let own = categories.chain(measure).find(is_open).cloned();
        let dimension = own.unwrap_or_else(|| period.to_owned());
        for text in &first {
            let near = near_member(self.target, &dimension, text);
            let known = dimension == period && periods::is_part(text);
            if !known {
                self.word(&dimension, text, &near.map_or_else(|| "TODO".to_owned(), |own| quoted(&own)));
            }
        }
        Some(dimension)
    }

    /// Leaves out what stands under a word that is the innermost of its level and is not known.
    fn unknown_heads(&mut self, column: u32, levels: &[String], period: &str) {
        let mut innermost: BTreeMap<&String, String> = BTreeMap::new();
        for (row, level) in self.found.header.iter().zip(levels).filter(|(_, own)| *own != WORDS && *own != period) {
            if let Some((_, cell)) = self.sheet.shown(At { row: row - 1, column }) {
                innermost.insert(level, cell.text());
            }
        }
        for (level, text) in innermost {
            let is_said = self.words.get(level).is_some_and(|words| words.contains_key(&text));
            if member(self.target, &text).is_none() && !is_said {
                self.word(level, &text, "~");
            }
        }
    }

    /// Names the rows of periods that stand over the first of their columns alone, without being merged.
    fn fill_right(&mut self, levels: &[String]) {
        let is_open = |row: u32| {
            let shown = |column: &u32| self.sheet.shown(At { row: row - 1, column: *column }).is_some();
            self.found.data.iter().any(shown) && !self.found.data.iter().all(shown)
        };
        let period = self.period.clone().unwrap_or_default();
        let last = levels.iter().rposition(|own| *own != WORDS).unwrap_or(0);
        let rows = self.found.header.iter().zip(levels).enumerate().filter(|(at, (row, level))| {
            // The innermost words stand over their own column alone.
            **level != WORDS && (**level == period || *at < last) && is_open(**row)
        });
        let rows: Vec<String> = rows.map(|(_, (row, _))| row.to_string()).collect();
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
            .filter(|own| !self.told.contains(*own) && !self.is_run(own))
            .cloned()
            .collect();
        let total = |own: &String| {
            let dimension = self.target.dimensions.iter().find(|dimension| dimension.name == *own)?;
            dimension.total.as_ref().and_then(|total| match total {
                Part::Category(total) => Some((own.clone(), total.to_string())),
                _ => None,
            })
        };
        let totals: Vec<(String, String)> = wanted.iter().filter_map(total).collect();
        let mut taken = BTreeSet::new();
        let (mut columns, mut left) = (String::new(), Vec::new());
        for head in heads {
            let said = head.texts.last().map(String::as_str).unwrap_or_default();
            let head_text = quoted(&line(said.lines().next().unwrap_or_default()));
            let mut says: BTreeMap<&String, &String> =
                head.says.iter().filter(|(own, _)| wanted.contains(own) || *own == "measure" && several).collect();
            // Of what a head does not tell, it is of all.
            let is_all = says.is_empty() && self.is_word_of_all(said);
            if head.is_known || is_all {
                for (own, total) in &totals {
                    says.entry(own).or_insert(total);
                }
            }
            let is_whole = |says: &BTreeMap<&String, &String>| wanted.iter().all(|own| says.contains_key(own));
            // One column can be nothing else; what it does not say, `otherwise` does.
            let alone = heads.len() == 1
                || wanted.is_empty() && !is_foreign(self.target, said) && self.told.contains("measure");
            let is_own = (head.is_known || is_all) && !says.is_empty() && is_whole(&says);
            if (is_own || alone)
                && taken.insert(says.clone().into_iter().map(|(a, b)| (a.clone(), b.clone())).collect::<Vec<_>>())
            {
                self.out.fits += 1;
                let says: String = says.iter().map(|(own, member)| format!(", {own}: {}", quoted(member))).collect();
                let _ = writeln!(columns, "  {}: {{head: {head_text}{says}}}", letters(head.column));
                if heads.len() == 1 {
                    self.told.extend(head.says.keys().cloned());
                }
            } else {
                left.push(head);
            }
        }
        if columns.is_empty() {
            columns = self.open_columns(&left, &wanted);
            left.clear();
        }
        self.idle.extend(left.iter().map(|head| (head.column, "not of this table")));
        if !columns.is_empty() {
            if heads.len() > 1 {
                self.told.extend(wanted);
            }
            let _ = write!(self.out.text, "columns:\n{columns}");
        }
    }

    /// Says whether a text is known as the word of a measure, so that it tells no part.
    fn is_word_of_all(&self, text: &str) -> bool {
        let names = self.target.names;
        let known = |text: &str| names.member("measure", text).is_some();
        !is_foreign(self.target, text) && (known(text) || text.lines().any(known))
    }

    /// Writes the columns of which none is understood, for their author to say what they are.
    fn open_columns(&mut self, heads: &[&Head], wanted: &[String]) -> String {
        let mut out = String::new();
        for head in heads {
            let said = head.texts.last().map(String::as_str).unwrap_or_default();
            let is_other = is_foreign(self.target, said) || wanted.is_empty();
            if is_other {
                self.idle.push((head.column, "not of this table"));
                continue;
            }
            let one = |own: &String| {
                let known = head.says.get(own).cloned().or_else(|| near_member(self.target, own, said));
                format!(", {own}: {}", known.map_or_else(|| "TODO".to_owned(), |known| quoted(&known)))
            };
            let says: String = wanted.iter().map(one).collect();
            let head_text = quoted(&line(said.lines().next().unwrap_or_default()));
            let _ = writeln!(out, "  {}: {{head: {head_text}{says}}}", letters(head.column));
        }
        out
    }

    pub(super) fn leave_columns(&mut self) {
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
}

/// The months or quarters that a list of words names by its number and order, as a period says them.
fn parts_of_year(texts: &[String]) -> Option<Vec<String>> {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let words = |text: &str| {
        let text = text.to_lowercase();
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let numbered = |(at, text): (usize, &String)| {
        let is_own = |word: &String| word.parse() == Ok(at + 1) || *word == ROMAN[at.min(11)];
        words(text).iter().any(is_own)
    };
    let is_numbered = texts.iter().enumerate().all(numbered);
    let no_digits = texts.iter().all(|text| !text.contains(|c: char| c.is_ascii_digit()));
    match texts.len() {
        // The whole year may stand behind its parts.
        12 | 13 if is_numbered || no_digits => Some((1..=12).map(|month| format!("M{month}")).collect()),
        4 if is_numbered => Some((1..=4).map(|quarter| format!("Q{quarter}")).collect()),
        5 if texts[..4].iter().enumerate().all(numbered) => {
            Some((1..=4).map(|quarter| format!("Q{quarter}")).collect())
        }
        _ => None,
    }
}
