//! Tables: whether each cell of an edited document says what it should.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{Finding, TemplatePlace, brief};
use super::read::Stand;
use super::words::{Word, compared, proper, said, shared};
use super::{Check, Side};
use crate::diagnostic::code;

/// The words of a table by row and column, with the paragraph of each cell.
type Rows = BTreeMap<usize, BTreeMap<usize, Cell>>;

#[derive(Clone, Debug, Default)]
struct Cell {
    paragraph: usize,
    words: Vec<Word>,
}

fn tables(side: &Side) -> BTreeMap<usize, Rows> {
    let mut found: BTreeMap<usize, Rows> = BTreeMap::new();
    for (at, own) in side.document.paragraphs.iter().enumerate() {
        let Stand::Cell { table, row, column } = own.stand else { continue };
        let row = found.entry(table).or_default().entry(row).or_default();
        let cell = row.entry(column).or_insert_with(|| Cell { paragraph: at, words: Vec::new() });
        cell.words.extend(side.words[at].iter().cloned());
    }
    found
}

/// Says whether two rows are one: rows in the order of other data hold other numbers.
fn is_one(ours: &BTreeMap<usize, Cell>, theirs: &BTreeMap<usize, Cell>) -> bool {
    let whole = |cells: &BTreeMap<usize, Cell>| cells.values().map(|cell| compared(&cell.words)).collect::<Vec<_>>();
    whole(ours) == whole(theirs)
}

/// Finds the columns that stand in another order: edited column → today's, for those that are not where they were. A column
/// is another where nearly all of its cells are that one's, and fewer are those of the column that stood there.
fn moved_columns(ours: &Rows, theirs: &Rows, pairs: &BTreeMap<usize, usize>) -> BTreeMap<usize, usize> {
    let rows: Vec<_> = pairs.iter().filter_map(|(row, own)| Some((ours.get(own)?, theirs.get(row)?))).collect();
    let columns = rows.first().map_or(0, |(own, _)| own.len());
    if rows.len() < 3 || rows.iter().any(|(own, other)| own.len() != columns || other.len() != columns) {
        return BTreeMap::new();
    }
    let alike = |own: usize, other: usize| {
        let text = |cells: &BTreeMap<usize, Cell>, at: usize| cells.get(&at).map(|cell| compared(&cell.words));
        rows.iter().filter(|(ours, theirs)| text(ours, own).is_some_and(|own| Some(own) == text(theirs, other))).count()
    };
    let best = |other: usize| (1..=columns).max_by_key(|own| (alike(*own, other), *own == other));
    let moved: BTreeMap<usize, usize> = (1..=columns)
        .filter_map(|other| Some((other, best(other)?)))
        .filter(|(other, own)| other != own && alike(*own, *other) * 5 >= rows.len() * 4)
        .collect();
    let places: BTreeSet<&usize> = moved.values().collect();
    // An order has each column once.
    if moved.keys().collect::<BTreeSet<_>>() == places { moved } else { BTreeMap::new() }
}

impl Check<'_> {
    /// Compares the tables.
    pub(super) fn tables(&mut self) {
        let (ours, theirs) = (tables(&self.today), tables(&self.edited));
        let mut free: Vec<usize> = ours.keys().copied().collect();
        for (at, rows) in &theirs {
            let like = |own: usize| (self.likeness(own, &ours[&own], *at, rows), std::cmp::Reverse(own), own);
            let best = free.iter().map(|own| like(*own)).max();
            match best.filter(|(like, ..)| *like > 0) {
                Some((.., own)) => {
                    free.retain(|other| *other != own);
                    self.table(own, &ours[&own], rows);
                }
                None => self.strange_table(rows),
            }
        }
        for own in free {
            let message = format!("table {own} of the article is gone");
            let mut finding = self.finding(code::ARTICLE_CELL, 0, message);
            (finding.place, finding.template) =
                (format!("table {own} of the article"), self.table_place(own, &ours[&own]));
            self.findings.push(finding);
        }
    }

    /// Says how much tells that two tables are one: their numbers, the label before them, their words.
    fn likeness(&self, own: usize, ours: &Rows, other: usize, theirs: &Rows) -> usize {
        fn cells(rows: &Rows) -> impl Iterator<Item = &Cell> {
            rows.values().flat_map(BTreeMap::values)
        }
        let exact = cells(theirs).flat_map(|cell| &cell.words).filter(|word| {
            let known = word.owner.and_then(|owner| self.edited.known[owner].as_ref());
            let there = known.and_then(|known| self.place_of(known.exact?));
            there.is_some_and(
                |(paragraph, _)| matches!(self.today.stand(paragraph), Some(Stand::Cell { table, .. }) if table == own),
            )
        });
        let label = |side: &Side, at: usize| side.document.exhibits.get(&at).cloned();
        let labelled = label(&self.today, own).is_some() && label(&self.today, own) == label(&self.edited, other);
        let text = |rows: &Rows| proper(&cells(rows).map(|cell| said(&cell.words)).collect::<Vec<_>>().join(" "));
        let both = shared(&text(ours), &text(theirs));
        exact.count() * 100 + if labelled { 1000 } else { 0 } + both
    }

    fn table(&mut self, number: usize, ours: &Rows, theirs: &Rows) {
        let place = self.table_place(number, ours);
        let pairs = self.rows(ours, theirs);
        for (row, cells) in ours.iter().filter(|(row, _)| !pairs.values().any(|own| own == *row)) {
            let text = cells.values().map(|cell| said(&cell.words)).collect::<Vec<_>>().join(" | ");
            let mut finding = self.cell_finding(0, format!("row {row} is gone: `{}`", brief(&text)), &place);
            finding.place = format!("table {number} of the article, row {row}");
            (finding.order, finding.right) =
                (theirs.values().flat_map(BTreeMap::values).map(|cell| cell.paragraph).max().unwrap_or(0), Some(text));
            self.findings.push(finding);
        }
        let mut stand = BTreeMap::new();
        for (row, own) in &pairs {
            let (Some(ours), Some(theirs)) = (ours.get(own), theirs.get(row)) else { continue };
            let first = theirs.values().next().filter(|cell| is_one(ours, theirs) && !cell.words.is_empty());
            let text = || theirs.values().map(|cell| said(&cell.words)).collect::<Vec<_>>().join(" | ");
            stand.extend(first.map(|cell| (*row, (cell.paragraph, *own, text()))));
        }
        self.moved_rows(&stand, &place);
        let moved = moved_columns(ours, theirs, &pairs);
        self.exchanged(&moved, theirs, &place);
        let mut is_told = false;
        for (row, cells) in theirs {
            let Some(own) = pairs.get(row).and_then(|own| ours.get(own)) else {
                self.strange_row(cells, &place);
                continue;
            };
            if own.len() == cells.len() {
                for ((column, theirs), there) in cells.iter().zip(own.values()) {
                    let ours = moved.get(column).and_then(|column| own.get(column)).unwrap_or(there);
                    self.cell(ours, theirs, &place);
                }
            } else if !std::mem::replace(&mut is_told, true) {
                let at = cells.values().next().map_or(0, |cell| cell.paragraph);
                let message = format!("the rows have {} cells, the article has {}", cells.len(), own.len());
                let finding = self.cell_finding(at, message, &place);
                self.findings.push(finding);
            }
        }
    }

    /// Says once that columns stand in another order.
    fn exchanged(&mut self, moved: &BTreeMap<usize, usize>, theirs: &Rows, place: &[TemplatePlace]) {
        let Some(first) = theirs.values().flat_map(BTreeMap::values).next().filter(|_| !moved.is_empty()) else {
            return;
        };
        let list: Vec<String> = moved.iter().map(|(at, own)| format!("column {at} is column {own}")).collect();
        let message = format!("moved: {} of the article's table", list.join(", "));
        let mut finding = self.finding(code::ARTICLE_MOVED, first.paragraph, message);
        finding.template = place.to_vec();
        self.findings.push(finding);
    }

    /// Pairs the rows of a table: edited row → today's, by their numbers, their first cells, their place.
    fn rows(&self, ours: &Rows, theirs: &Rows) -> BTreeMap<usize, usize> {
        let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
        let row_of = |word: &Word| {
            let exact = self.edited.known[word.owner?].as_ref()?.exact?;
            match self.today.stand(self.place_of(exact)?.0) {
                Some(Stand::Cell { row, .. }) => Some(row),
                _ => None,
            }
        };
        let head =
            |cells: &BTreeMap<usize, Cell>| cells.values().next().map(|cell| compared(&cell.words)).unwrap_or_default();
        let whole =
            |cells: &BTreeMap<usize, Cell>| cells.values().map(|cell| compared(&cell.words)).collect::<Vec<_>>();
        let free = |pairs: &BTreeMap<usize, usize>, row: usize| !pairs.values().any(|own| *own == row);
        for (at, cells) in theirs {
            let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
            for row in cells.values().flat_map(|cell| &cell.words).filter_map(row_of) {
                *votes.entry(row).or_default() += 1;
            }
            let best = votes.into_iter().max_by_key(|(row, count)| (*count, std::cmp::Reverse(*row)));
            if let Some((row, _)) = best.filter(|(row, _)| ours.contains_key(row) && free(&pairs, *row)) {
                pairs.insert(*at, row);
            }
        }
        for by_whole in [true, false] {
            for (at, cells) in theirs.iter().filter(|(at, _)| !pairs.contains_key(*at)).collect::<Vec<_>>() {
                let same = |own: &BTreeMap<usize, Cell>| match by_whole {
                    true => whole(own) == whole(cells),
                    false => !head(own).is_empty() && head(own) == head(cells),
                };
                let found = ours.iter().find(|(row, own)| free(&pairs, **row) && same(own)).map(|(row, _)| *row);
                pairs.extend(found.map(|row| (*at, row)));
            }
        }
        if ours.len() == theirs.len() {
            let left: Vec<usize> = theirs.keys().filter(|at| !pairs.contains_key(at)).copied().collect();
            let rest: Vec<usize> = ours.keys().filter(|row| free(&pairs, **row)).copied().collect();
            pairs.extend(left.into_iter().zip(rest));
        }
        pairs
    }

    fn cell(&mut self, ours: &Cell, theirs: &Cell, place: &[TemplatePlace]) {
        let (was, now) = (said(&ours.words), said(&theirs.words));
        let exact = |word: &Word| self.edited.known[word.owner?].as_ref()?.exact;
        let there: Vec<usize> = theirs.words.iter().filter_map(exact).collect();
        let own: Vec<usize> = ours.words.iter().filter_map(|word| word.owner).collect();
        let is_same = compared(&ours.words) == compared(&theirs.words);
        if let Some(lost) = own.iter().find(|owner| !there.contains(owner)).copied() {
            if is_same {
                self.by_text.insert(lost);
                return;
            }
            if there.is_empty() && !self.found.contains(&lost) {
                match theirs.words.is_empty() {
                    true => self.removed(lost, theirs.paragraph, false),
                    false => self.replaced(lost, &was, &theirs.words.iter().collect::<Vec<_>>(), theirs.paragraph),
                }
                return;
            }
            let mut finding = self.cell_finding(
                theirs.paragraph,
                format!("the cell holds `{}` in place of `{}`", brief(&now), brief(&was)),
                place,
            );
            (finding.printed, finding.right) = (Some(now), Some(was));
            finding.pending = theirs.words.iter().any(|word| word.pending);
            self.findings.push(finding);
            return;
        }
        // What is printed in a number's control is told with the number.
        let rest = |words: &[Word]| compared(words.iter().filter(|word| word.owner.is_none()));
        if rest(&ours.words) == rest(&theirs.words) {
            return;
        }
        let glued = theirs.words.iter().any(|word| word.owner.is_some()) && self.is_told(theirs.paragraph);
        if !glued {
            let mut finding = self.cell_finding(
                theirs.paragraph,
                format!("the cell holds `{}` in place of `{}`", brief(&now), brief(&was)),
                place,
            );
            (finding.printed, finding.right) = (Some(now), Some(was));
            finding.pending = theirs.words.iter().any(|word| word.pending);
            self.findings.push(finding);
        }
    }

    fn is_told(&self, paragraph: usize) -> bool {
        self.findings.iter().any(|finding| finding.order == paragraph && finding.number.is_some())
    }

    fn strange_row(&mut self, cells: &BTreeMap<usize, Cell>, place: &[TemplatePlace]) {
        let text = cells.values().map(|cell| said(&cell.words)).collect::<Vec<_>>().join(" | ");
        let at = cells.values().next().map_or(0, |cell| cell.paragraph);
        let mut finding = self.cell_finding(at, format!("the article has no such row: `{}`", brief(&text)), place);
        finding.pending = cells.values().flat_map(|cell| &cell.words).any(|word| word.pending);
        finding.printed = Some(text);
        self.findings.push(finding);
    }

    fn strange_table(&mut self, rows: &Rows) {
        let cells = || rows.values().flat_map(BTreeMap::values);
        let Some(first) = cells().next() else { return };
        let text = cells().map(|cell| said(&cell.words)).collect::<Vec<_>>().join(" | ");
        if text.trim_matches([' ', '|']).is_empty() {
            return;
        }
        let mut finding =
            self.cell_finding(first.paragraph, format!("the article has no such table: `{}`", brief(&text)), &[]);
        finding.printed = Some(text);
        self.findings.push(finding);
    }

    fn cell_finding(&self, paragraph: usize, message: String, place: &[TemplatePlace]) -> Finding {
        let mut finding = self.finding(code::ARTICLE_CELL, paragraph, message);
        finding.template = place.to_vec();
        finding
    }

    /// Lists where the words of a table are said: with its exhibit, or in the template in which it stands.
    fn table_place(&self, number: usize, rows: &Rows) -> Vec<TemplatePlace> {
        let exhibit = self.today.document.exhibits.get(&number);
        let own = self.exhibit(exhibit.map(String::as_str));
        if !own.is_empty() {
            return own;
        }
        let words = rows.values().flat_map(BTreeMap::values).flat_map(|cell| &cell.words);
        let key = words.into_iter().find_map(|word| self.today.key(word)).map(str::to_owned);
        self.template(key.as_deref())
    }

    /// Lists where the words of the exhibit are said in which a number stands.
    pub(super) fn exhibit_at(&self, owner: usize) -> Vec<TemplatePlace> {
        let paragraph = self.today.document.owners.get(owner).map(|owner| owner.paragraph);
        let Some(Stand::Cell { table, .. }) = paragraph.and_then(|at| self.today.stand(at)) else { return Vec::new() };
        self.exhibit(self.today.document.exhibits.get(&table).map(String::as_str))
    }
}
