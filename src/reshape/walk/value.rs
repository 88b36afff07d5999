//! Value: one cell of data: its content, its measure and unit, its key, its notes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::entry::UnitValue;
use super::super::names::plain;
use super::super::{Fate, Match, Placed, periods};
use super::notes::{behind_number, digits, marked};
use super::{Given, MEASURE, Text, UNIT, Walk, season, shortened, two_months};
use crate::diagnostic::code;
use crate::finding::{Amount, Code, Key, Part, Period, Reason, Role, Unit};
use crate::workbook::{At, Cell, Content};

impl Walk<'_> {
    /// Reads one cell of data under what is said of it.
    pub(super) fn value(&mut self, at: At, base: &Given, column: &Given, row: &Given) {
        let mut given: Given = base.clone();
        for (name, texts) in column.iter().chain(row) {
            given.entry(name.clone()).or_default().extend(texts.iter().cloned());
        }
        self.mark(at, Fate::Data);
        if self.sheet.hides(at) && !self.layout.hidden {
            self.refuse(
                code::DATA_LAYOUT,
                at,
                "stands in a hidden row or column".to_owned(),
                Some("show it in the file's own program and look why it is hidden; `hidden: true` reads it".to_owned()),
            );
            return;
        }
        let Some((mut value, mark)) = self.content(at) else { return };
        let (measure, unit, scale) = match self.measured(at, &given) {
            Some(found) => found,
            None => return,
        };
        let shown = self.sheet.get(at).map_or(1, Cell::shown_unit);
        if shown != 1 && shown != scale {
            let said = self.sheet.get(at).map(|cell| cell.text()).unwrap_or_default();
            let message = format!("its format shows `{said}` of {shown} units each, and the layout's scale is {scale}");
            let hint =
                format!("state `scale: {shown}`, or save the file with whole numbers in the format of its cells");
            self.refuse(code::DATA_LAYOUT, at, message, Some(hint));
            return;
        }
        let Some(key) = self.key(at, &given) else { return };
        let raised = self.sheet.get(at).and_then(|cell| cell.raised.as_ref()).map(|mark| digits(mark));
        let label_marks = given.values().flatten().filter_map(|text| {
            let own = self.sheet.get(text.at).and_then(|cell| cell.raised.as_ref()).map(|mark| digits(mark));
            own.or_else(|| marked(&text.said).map(|(_, mark, _)| mark).filter(|mark| self.notes.contains_key(mark)))
        });
        let mut marks: BTreeSet<String> = mark.into_iter().chain(raised).chain(label_marks).collect();
        marks.extend(self.beside(at));
        let Some(status) = self.status(at, &marks, &given) else { return };
        if let (Err(Reason::Missing), Some(reason)) = (&value, status.nothing) {
            value = Err(reason);
        }
        let is_note = |mark: &String| !self.layout.statuses.contains_key(mark) || self.notes.contains_key(mark);
        let notes: Vec<String> =
            (marks.into_iter().filter(is_note)).map(|mark| self.notes.get(&mark).cloned().unwrap_or(mark)).collect();
        let note = (!notes.is_empty()).then(|| Arc::from(notes.join("; ")));
        let sheet = Arc::clone(&self.sheet.name);
        self.out.cells.push(Placed { key, measure, value, observed: status.observed, unit, scale, sheet, at, note });
    }

    /// Reads the marks in the cell to the right of a figure, where the layout says that they stand there.
    fn beside(&mut self, at: At) -> Option<String> {
        let right = At { column: at.column + 1, ..at };
        let cell = self.sheet.get(right).filter(|_| self.beside.contains(&right.column))?;
        let Content::Text(text) = &cell.content else { return None };
        let each: Vec<String> = text.trim().chars().filter(|c| !c.is_whitespace()).map(String::from).collect();
        self.mark(right, Fate::Data);
        let is_one = self.layout.statuses.contains_key(text.trim());
        Some(if is_one { text.trim().to_owned() } else { each.join(" ") })
    }

    #[allow(clippy::type_complexity, reason = "a value or a reason, and the mark of a note")]
    pub(super) fn content(&mut self, at: At) -> Option<(Result<(Amount, u32), Reason>, Option<String>)> {
        let Some(cell) = self.sheet.get(at) else {
            let over = self.sheet.shown(at).filter(|(_, cell)| matches!(cell.content, Content::Number(_)));
            if let Some((first, cell)) = over {
                let message = format!(
                    "lies in one cell with {first}, which holds `{}`: nothing says of which of them it is",
                    cell.text()
                );
                let hint = "part the cells in the file's own program, and write the number of each".to_owned();
                self.refuse(code::DATA_CELL, at, message, Some(hint));
                return None;
            }
            return Some((Err(self.marks.reason("").unwrap_or(Reason::Missing)), None));
        };
        match cell.content.clone() {
            Content::Number(number) => Some((Ok((number.amount, number.decimals)), None)),
            Content::Text(text) => {
                let text = text.trim().to_owned();
                if let Some(reason) = self.marks.reason(&text) {
                    return Some((Err(reason), None));
                }
                let syntax = self.syntaxes.get(&at.column)?;
                let parted = self.flagged(&text).or_else(|| behind_number(&text));
                let (body, mark) = parted.map_or((text.as_str(), None), |(body, mark)| (body, Some(mark)));
                if mark.is_some()
                    && let Some(reason) = self.marks.reason(body)
                {
                    return Some((Err(reason), mark));
                }
                match syntax.read(body) {
                    Ok(number) => Some((Ok((number.amount, number.decimals)), mark)),
                    Err(_) => {
                        let hint =
                            "mend the layout, or declare the mark of a missing value under `missing` with its reason";
                        self.refuse(
                            code::DATA_CELL,
                            at,
                            format!("`{}` is not a number", shortened(&text)),
                            Some(hint.to_owned()),
                        );
                        None
                    }
                }
            }
            Content::Date(period) => {
                self.refuse(code::DATA_CELL, at, format!("the date {period} stands where a number is wanted"), None);
                None
            }
            Content::Truth(truth) => {
                self.refuse(code::DATA_CELL, at, format!("`{truth}` stands where a number is wanted"), None);
                None
            }
            Content::Error(error) => {
                let hint = "ask the publisher, or leave the row or column out with the reason".to_owned();
                self.refuse(code::DATA_CELL, at, format!("holds the error {error}"), Some(hint));
                None
            }
            Content::Uncounted => {
                let hint =
                    "open the file in a program for spreadsheets and save it: then it keeps its values".to_owned();
                self.refuse(code::DATA_CELL, at, "holds a formula whose value is not kept".to_owned(), Some(hint));
                None
            }
        }
    }

    pub(super) fn measured(&mut self, at: At, given: &Given) -> Option<(String, Option<Unit>, i64)> {
        let texts = given.get(MEASURE).cloned().unwrap_or_default();
        let measure = match texts.last() {
            Some(text) => self.measure(text),
            None => self.layout.otherwise.get(MEASURE).cloned().or_else(|| {
                let mut all = self.target.measures.keys();
                all.next().filter(|_| self.target.measures.len() == 1).map(|only| (*only).to_owned())
            }),
        };
        let Some(measure) = measure.filter(|name| self.target.measures.contains_key(name.as_str())) else {
            let said = texts.last().map_or_else(
                || "nothing names the measure".to_owned(),
                |text| format!("`{}` is no measure", shortened(&text.said)),
            );
            let hint = "name it under `words: {measure: …}`, `columns` or `otherwise` of the layout".to_owned();
            self.refuse(code::DATA_LAYOUT, texts.last().map_or(at, |text| text.at), said, Some(hint));
            return None;
        };
        let own = self.target.measures.get(measure.as_str()).copied().unwrap_or(Unit::None);
        let base = self.layout.scale.unwrap_or(1);
        let Some(text) = given.get(UNIT).and_then(|texts| texts.last()).cloned() else {
            return Some((measure, None, base));
        };
        let found = self.layout.units.iter().find(|(name, _)| plain(name) == plain(&text.said));
        let Some((unit, scale)) = found.map(|(_, entry)| match entry {
            UnitValue::Unit(unit) => (*unit, base),
            UnitValue::Scaled(scaled) => (scaled.unit, scaled.scale),
        }) else {
            let message = format!("`{}` is no unit that the layout knows", shortened(&text.said));
            self.refuse(code::DATA_LAYOUT, text.at, message, Some("name it under `units` of the layout".to_owned()));
            return None;
        };
        if own != Unit::None && unit != own {
            let message = format!("`{}` is {unit}, and `{measure}` is in {own}", shortened(&text.said));
            self.refuse(code::DATA_LAYOUT, text.at, message, None);
            return None;
        }
        Some((measure, (own == Unit::None).then_some(unit), scale))
    }

    pub(super) fn key(&mut self, at: At, given: &Given) -> Option<Key> {
        let mut parts = Vec::new();
        let mut span = None;
        let dimensions = self.target.dimensions.clone();
        for dimension in &dimensions {
            if self.layout.cumulative.as_deref() == Some(dimension.name.as_str()) {
                parts.push(None);
                continue;
            }
            let mut texts = given.get(&dimension.name).cloned().unwrap_or_default();
            if texts.is_empty() {
                texts.extend(self.layout.otherwise.get(&dimension.name).map(|said| Text { said: said.clone(), at }));
            }
            let Some(last) = texts.last().cloned() else {
                let message = format!("nothing says which `{}` it is of", dimension.name);
                let hint = "name a column, a row of the header, `from` or `otherwise` for it".to_owned();
                self.refuse(code::DATA_LAYOUT, at, message, Some(hint));
                return None;
            };
            let part = match dimension.role {
                Role::Territory => match self.territory(&last) {
                    Ok((code, how)) => {
                        self.out.matched.insert(last.said.trim().to_owned(), (code.as_str().to_owned(), how));
                        Part::Territory(code)
                    }
                    Err(codes) if codes.is_empty() => {
                        let found = Code::parse(&last.said).map(Part::Territory);
                        match found {
                            Some(part) => part,
                            None => {
                                let (message, hint) = self.unknown(&dimension.name, &last);
                                self.refuse(code::DATA_TERRITORY, last.at, message, hint);
                                return None;
                            }
                        }
                    }
                    Err(codes) => {
                        let codes: Vec<&str> = codes.iter().map(Code::as_str).collect();
                        let message = format!("`{}` may be {}", shortened(&last.said), codes.join(" or "));
                        let hint = "say which under `names`; where the territories that they are parts of stand above them, state `nested: true`";
                        self.refuse(code::DATA_TERRITORY, last.at, message, Some(hint.to_owned()));
                        return None;
                    }
                },
                Role::Period => {
                    let said: Vec<String> = texts.iter().map(|text| self.dated(&dimension.name, text)).collect();
                    let is_run = self.layout.cumulative.is_some();
                    let read = if is_run { periods::of(&said) } else { periods::of_head(&said) };
                    let two = |text: &&Text| {
                        let own = self.sheet.get(text.at).filter(|cell| cell.text() == text.said);
                        let is_number = own.is_some_and(Cell::may_be_two_months);
                        is_number && self.word(&dimension.name, text).is_none() && periods::is_exact(&text.said)
                    };
                    if let Some(text) = texts.iter().find(two).cloned() {
                        let (message, hint) = two_months(&text.said);
                        self.refuse(code::DATA_CELL, text.at, message, Some(hint));
                        return None;
                    }
                    for text in texts.iter().filter(|text| text.said.contains(['/', '-', '–', '—', '.'])) {
                        if self.word(&dimension.name, text).is_none() {
                            self.dated.entry(text.said.trim().to_owned()).or_insert(text.at);
                        }
                    }
                    match read {
                        Some(said) => {
                            span = said.span.or_else(|| periods::months(said.period).filter(|_| is_run));
                            let whole = said.period.month().is_some() || said.period.quarter().is_some();
                            let is_open = said.span.is_some_and(|(from, to)| (from, to) != (1, 12)) && !whole;
                            let words = texts.iter().map(|text| text.said.as_str()).collect::<Vec<_>>().join(" ");
                            if is_run && span.is_none() && !periods::is_plain_year(&words) {
                                let message = format!("`{}` may be the whole year or a part of it", shortened(&words));
                                let hint = format!(
                                    "say which under `words: {{{}: …}}` of the layout: `M1-M9 {}`",
                                    dimension.name,
                                    said.period.year()
                                );
                                self.refuse(code::DATA_LAYOUT, last.at, message, Some(hint));
                                return None;
                            }
                            if is_open && self.layout.cumulative.is_none() {
                                let message = format!("`{}` is a cumulative period", shortened(&last.said));
                                let hint = "name the category that tells such periods apart: `cumulative`".to_owned();
                                self.refuse(code::DATA_LAYOUT, last.at, message, Some(hint));
                                return None;
                            }
                            let year = Period::of_year(said.period.year());
                            let period =
                                if span.is_some() && self.layout.cumulative.is_some() { year } else { said.period };
                            Part::Period(if self.target.is_stock { self.stock(period) } else { period })
                        }
                        None => {
                            let text = shortened(&said.join("`, `"));
                            if let Some(two) = said.iter().find_map(|text| periods::season(text)) {
                                let (message, hint) = season(two, &dimension.name);
                                self.refuse(code::DATA_CELL, last.at, message, Some(hint));
                                return None;
                            }
                            let (message, hint) = match said.iter().any(|text| periods::tells_part(text)) {
                                true => (
                                    format!("`{text}` may be a part of a year"),
                                    format!(
                                        "say which under `words: {{{}: …}}` of the layout: `2023-09`",
                                        dimension.name
                                    ),
                                ),
                                false => {
                                    (format!("`{text}` is not a period"), crate::language::PERIOD_FORMS.to_owned())
                                }
                            };
                            self.refuse(code::DATA_CELL, last.at, message, Some(hint));
                            return None;
                        }
                    }
                }
                Role::Category => match self.member(&dimension.name, &last) {
                    Some(member) => Part::Category(member.as_str().into()),
                    None => {
                        let (message, hint) = self.unknown(&dimension.name, &last);
                        self.refuse(code::DATA_MEMBER, last.at, message, hint);
                        return None;
                    }
                },
            };
            parts.push(Some(part));
        }
        let year = parts.iter().flatten().find_map(|part| match part {
            Part::Period(period) => Some(period.year()),
            Part::Territory(_) | Part::Category(_) => None,
        });
        for (dimension, part) in dimensions.iter().zip(&mut parts).filter(|(own, _)| own.role == Role::Territory) {
            let text = given.get(&dimension.name).and_then(|texts| texts.last());
            let dated = text.zip(year).and_then(|(text, year)| Some((text, year, self.territory_in(text, year)?)));
            match dated {
                Some((_, _, Some(code))) => {
                    let said = text.map(|text| text.said.trim().to_owned()).unwrap_or_default();
                    self.out.matched.insert(said, (code.as_str().to_owned(), Match::Layout));
                    *part = Some(Part::Territory(code));
                }
                Some((text, year, None)) => {
                    let message = format!("`names` does not say what `{}` means in {year}", shortened(&text.said));
                    self.refuse(code::DATA_TERRITORY, text.at, message, None);
                    return None;
                }
                None => {}
            }
        }
        let months = span.map_or_else(|| "01-12".to_owned(), |(from, to)| format!("{from:02}-{to:02}"));
        Some(Key(parts
            .into_iter()
            .map(|part| part.unwrap_or_else(|| Part::Category(months.as_str().into())))
            .collect()))
    }

    /// Dates a stock by the period on whose first day it holds.
    pub(super) fn stock(&self, period: Period) -> Period {
        let (year, month, day) = period.first_day();
        match (period.day(), self.layout.at_end) {
            (Some(_), _) if (month, day) == (12, 31) => Period::of_year(year + 1),
            (Some(_), _) if (month, day) == (1, 1) => Period::of_year(year),
            (None, true) => period.next(),
            _ => period,
        }
    }
}
