//! Sql: a declared query as an engine is asked it, and what it answers as the groups that a pass over records makes.
//!
//! The engine tests, groups and adds up. What the labels of groups mean (names, bands, periods) is read here, by the code that
//! reads those of records: a value that a declaration does not know is refused alike.

#[cfg(test)]
mod tests;

use super::Returned;
use super::decimal::Decimal;
use super::entry::Span;
use super::groups::{Added, Groups};
use super::plan::{Aggregate, Group, How, Plan, Test, What, is_date, is_dated};

/// What a column of an engine holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// Whole numbers.
    Whole,
    /// Decimal numbers.
    Decimal,
    /// Days.
    Day,
    /// Moments of a day.
    Moment,
    /// Truths.
    Truth,
}

/// How an engine writes what all of them understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `"name"`, `'it''s'`.
    Standard,
    /// `` `name` ``, and `\` is doubled in a text.
    Backtick,
}

/// A query that an engine is asked: the plan, the records, and what its columns hold there.
pub struct Asked<'a> {
    plan: &'a Plan,
    source: String,
    /// Columns by which the records are parted among machines.
    parted: &'a [String],
    dialect: Dialect,
    holds: Vec<Holds>,
}

type Answer = [Vec<String>];

impl Dialect {
    fn name(self, name: &str) -> String {
        let mark = if self == Dialect::Standard { "\"" } else { "`" };
        format!("{mark}{}{mark}", name.replace(mark, &mark.repeat(2)))
    }

    fn text(self, text: &[u8]) -> String {
        let text = String::from_utf8_lossy(text).replace('\'', "''");
        format!("'{}'", if self == Dialect::Standard { text } else { text.replace('\\', "\\\\") })
    }

    /// Writes the table that a query is `from`, where it is a plain name with its schema before it.
    pub fn table(self, from: &str) -> Option<String> {
        let is_plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
        let parts: Vec<&str> = from.split('.').collect();
        let is_table = parts.len() <= 3 && parts.iter().all(|part| is_plain(part));
        is_table.then(|| parts.iter().map(|part| self.name(part)).collect::<Vec<_>>().join("."))
    }
}

/// Asks for the columns that a plan reads and for no record, so that the engine tells what they hold.
pub fn columns(plan: &Plan, source: &str, dialect: Dialect) -> String {
    let mut names: Vec<String> = plan.columns.iter().map(|column| dialect.name(column)).collect();
    if names.is_empty() {
        names.push("1".to_owned());
    }
    format!("select {} from {source} records where 1 = 0", names.join(", "))
}

impl<'a> Asked<'a> {
    /// Takes a plan, the records as the engine names them, the columns by which they are parted among machines, and what the
    /// columns of the plan hold there, in their order.
    ///
    /// Groups are asked for apart on each side of a parting, so that an engine adds up where the records lie and sends sums
    /// alone; they are joined here.
    ///
    /// # Errors
    ///
    /// A message where the declaration asks of a column what it cannot give.
    pub fn of(
        plan: &'a Plan,
        (source, parted): (String, &'a [String]),
        dialect: Dialect,
        holds: Vec<Holds>,
    ) -> Result<Asked<'a>, String> {
        let asked = Asked { plan, source, parted, dialect, holds };
        asked.conditions(None)?;
        for group in &plan.groups {
            asked.label(group)?;
        }
        for column in plan.aggregates.iter().filter_map(|aggregate| aggregate.column) {
            if !asked.is_number(column) {
                return Err(asked.unfit(column, "no number there, and is added up or compared"));
            }
        }
        Ok(asked)
    }

    /// Asks how many records there are, and how many hold each number that must not be missing.
    pub fn counted(&self) -> String {
        let present = self.needed().into_iter().map(|column| format!(", count({})", self.column(column)));
        format!("select count(*){} from {} records{}", present.collect::<String>(), self.source, self.by(Vec::new()))
    }

    /// Reads the answer: how many records there are.
    ///
    /// # Errors
    ///
    /// A message where a number is missing that no mark of the declaration stands for.
    pub fn records(&self, answer: &Answer) -> Result<u64, String> {
        let count = |at: usize| {
            answer.iter().map(|row| row.get(at).and_then(|text| text.parse::<u64>().ok())).sum::<Option<u64>>()
        };
        let all = count(0).ok_or("the engine does not say how many records there are")?;
        for (at, column) in self.needed().into_iter().enumerate() {
            let present = count(at + 1).ok_or("the engine does not say how many numbers there are")?;
            if present < all {
                return Err(format!(
                    "{} of {all} records have no number in column `{}`; list \"\" under `missing` where that is meant",
                    all - present,
                    self.plan.columns[column]
                ));
            }
        }
        Ok(all)
    }

    /// Asks for the dates that are kept as texts, one query a column, each with the column.
    pub fn dates(&self) -> Vec<(usize, String)> {
        let is_dated = |column: usize| {
            let tested = self
                .plan
                .tests
                .iter()
                .any(|(at, test)| *at == column && matches!(test, Test::Dates(..) | Test::Years(..)));
            tested || self.plan.groups.iter().any(|group| group.column == column && matches!(group.how, How::Period(_)))
        };
        let columns = (0..self.plan.columns.len()).filter(|at| self.holds[*at] == Holds::Text && is_dated(*at));
        columns.map(|column| (column, self.looked_through(column))).collect()
    }

    fn looked_through(&self, column: usize) -> String {
        let start = format!("substr({}, 1, 11)", self.column(column));
        let conditions = self.conditions(Some(column)).unwrap_or_default();
        let by = self.by(vec![start.clone()]);
        format!("select {start}, count(*) from {} records{conditions}{by}", self.source)
    }

    /// Reads the answer: whether every text is a date.
    ///
    /// # Errors
    ///
    /// A message that names one that is none.
    pub fn are_dates(&self, column: usize, answer: &Answer) -> Result<(), String> {
        let is_missing = |text: &str| self.plan.missing.iter().any(|mark| mark == text.as_bytes());
        match answer.iter().find(|row| !is_dated(row[0].as_bytes()) && !is_missing(&row[0])) {
            Some(row) => Err(format!(
                "`{}` in column `{}` is no date as 2024-01-31; {} records hold it",
                row[0],
                self.plan.columns[column],
                row.get(1).map_or("some", String::as_str)
            )),
            None => Ok(()),
        }
    }

    /// Asks for the groups.
    pub fn groups(&self) -> String {
        self.groups_of(&self.source)
    }

    /// Writes what is asked for the groups as a study may remember it, by its own name of the records: what the user of a
    /// machine calls them may be a path.
    pub fn remembered(&self, from: &str) -> String {
        self.groups_of(&self.dialect.name(from))
    }

    fn groups_of(&self, source: &str) -> String {
        let labels: Vec<String> = self.plan.groups.iter().filter_map(|group| self.label(group).ok()).collect();
        let mut list = labels.clone();
        for aggregate in &self.plan.aggregates {
            list.extend(self.added(aggregate));
        }
        list.push("count(*)".to_owned());
        let by = self.by(labels);
        let conditions = self.conditions(None).unwrap_or_default();
        format!("select {} from {source} records{conditions}{by}", list.join(", "))
    }

    /// Writes by what an answer is grouped.
    fn by(&self, mut labels: Vec<String>) -> String {
        labels.extend(self.parted.iter().map(|column| self.dialect.name(column)));
        if labels.is_empty() { String::new() } else { format!(" group by {}", labels.join(", ")) }
    }

    /// Reads the answer as the groups of the plan, of so many records.
    ///
    /// # Errors
    ///
    /// What is wrong and what to do, where a label or a number is not as the declaration says.
    pub fn returned(&self, answer: &Answer, records: u64) -> Result<Returned, (String, String)> {
        let mut groups = Groups::of(self.plan);
        let refused = |(message, hint): (String, &str)| (message, hint.to_owned());
        for row in answer {
            let (labels, rest) = row.split_at(self.plan.groups.len().min(row.len()));
            let labels: Vec<String> =
                self.plan.groups.iter().zip(labels).map(|(g, text)| self.field(g, text)).collect();
            let fields: Vec<&[u8]> = labels.iter().map(String::as_bytes).collect();
            let (added, count) = self.read(rest).map_err(|message| (message, ENGINE_HINT.to_owned()))?;
            if count > 0 {
                groups.merge(self.plan, &fields, &added, count).map_err(refused)?;
            }
        }
        // An engine does not say which values of a test a record had.
        let returned = Returned { unmet: Vec::new(), respelled: Vec::new(), ..groups.returned(self.plan, records) };
        match returned.kept.filter(|kept| *kept > records) {
            Some(kept) => Err((
                format!("{kept} records counted of {records}: they changed while they were read"),
                "pull again when nobody writes to them".to_owned(),
            )),
            None => Ok(returned),
        }
    }

    /// Reads what stands behind the labels of a row.
    fn read(&self, cells: &[String]) -> Result<(Vec<Added>, u64), String> {
        let count = |text: Option<&String>| {
            text.and_then(|text| text.parse::<u64>().ok()).ok_or_else(|| "the engine does not count".to_owned())
        };
        let records = count(cells.last())?;
        let mut cells = cells.iter();
        let mut added = Vec::new();
        for aggregate in &self.plan.aggregates {
            if aggregate.column.is_none() {
                added.push(Added { number: None, lacking: 0 });
                continue;
            }
            let text = cells.next().map(String::as_str).unwrap_or_default();
            let number =
                match text {
                    "" => None,
                    text => Some(Decimal::parse(text.as_bytes()).ok_or_else(|| {
                        format!("`{text}` for `{}` is no number of at most 38 digits", aggregate.name)
                    })?),
                };
            let present = count(cells.next())?;
            let lacking = records.checked_sub(present).ok_or("the engine counts more numbers than records")?;
            added.push(Added { number, lacking });
        }
        Ok((added, records))
    }

    fn column(&self, column: usize) -> String {
        self.dialect.name(&self.plan.columns[column])
    }

    fn is_number(&self, column: usize) -> bool {
        matches!(self.holds[column], Holds::Whole | Holds::Decimal)
    }

    fn unfit(&self, column: usize, what: &str) -> String {
        format!(
            "column `{}` is {what}; give the engine a view in which it is of another type",
            self.plan.columns[column]
        )
    }

    fn is_missing(&self, mark: &str) -> bool {
        self.plan.missing.iter().any(|known| known == mark.as_bytes())
    }

    /// The columns of numbers in which none may be missing: a declaration says with `""` where one may.
    fn needed(&self) -> Vec<usize> {
        if self.is_missing("") {
            return Vec::new();
        }
        let tested = self.plan.tests.iter().filter(|(_, test)| !matches!(test, Test::Among(_) | Test::Except(_)));
        let added = self.plan.aggregates.iter().filter_map(|aggregate| aggregate.column);
        let mut columns: Vec<usize> = tested.map(|(column, _)| *column).chain(added).collect();
        columns.sort_unstable();
        columns.dedup();
        columns.retain(|column| self.holds[*column] != Holds::Text);
        columns
    }

    /// Writes a number without the marks that stand for a missing one.
    fn number(&self, column: usize) -> String {
        let name = self.column(column);
        let is_number = |mark: &&Vec<u8>| Decimal::parse(mark).is_some();
        let marks: Vec<String> = self.plan.missing.iter().filter(is_number).map(|mark| self.plain(mark)).collect();
        if marks.is_empty() {
            return name;
        }
        format!("case when {name} in ({}) then null else {name} end", marks.join(", "))
    }

    fn plain(&self, text: &[u8]) -> String {
        String::from_utf8_lossy(text).into_owned()
    }

    /// Writes what is asked for an aggregate: the number, and how many records hold it.
    fn added(&self, aggregate: &Aggregate) -> Vec<String> {
        let Some(column) = aggregate.column else { return Vec::new() };
        let number = self.number(column);
        // A sum of whole numbers may outgrow their type, and not every engine says so.
        let exact = match self.holds[column] {
            Holds::Whole => format!("cast({number} as decimal(38, 0))"),
            _ => number.clone(),
        };
        let of = match aggregate.what {
            What::Count => "count(*)".to_owned(),
            What::Sum => format!("sum({exact})"),
            What::Min => format!("min({number})"),
            What::Max => format!("max({number})"),
        };
        vec![of, format!("count({number})")]
    }

    /// Writes what a dimension is grouped by.
    fn label(&self, group: &Group) -> Result<String, String> {
        let (name, holds) = (self.column(group.column), self.holds[group.column]);
        let unfit = |what: &str| Err(self.unfit(group.column, what));
        match (&group.how, holds) {
            (How::AsIs | How::Names(_), Holds::Moment) => unfit("a moment there: group it by a `period`"),
            (How::AsIs | How::Names(_), _) => Ok(name),
            (How::Bands(bands), Holds::Whole) => {
                let least = bands.iter().rev().map(|(least, _)| format!(" when {name} >= {least} then {least}"));
                Ok(format!("case{} end", least.collect::<String>()))
            }
            (How::Bands(_), _) => unfit("no whole number there, which `bands` part"),
            (How::Period(Span::Year), Holds::Text) => Ok(format!("substr({name}, 1, 4)")),
            (How::Period(_), Holds::Text) => Ok(format!("substr({name}, 1, 7)")),
            (How::Period(Span::Year), Holds::Day | Holds::Moment) => {
                Ok(format!("cast(extract(year from {name}) as bigint)"))
            }
            (How::Period(_), Holds::Day | Holds::Moment) => {
                Ok(format!("cast(extract(year from {name}) * 100 + extract(month from {name}) as bigint)"))
            }
            (How::Period(Span::Year), Holds::Whole) => Ok(name),
            (How::Period(_), _) => unfit("no date there, which lies in a `period`"),
        }
    }

    /// Reads a label as the field of a record.
    fn field(&self, group: &Group, text: &str) -> String {
        let is_text = self.holds[group.column] == Holds::Text;
        match (&group.how, text.parse::<u32>()) {
            (How::Period(Span::Year), Ok(year)) if !is_text => format!("{year:04}"),
            (How::Period(_), Ok(month)) if !is_text => format!("{:04}-{:02}", month / 100, month % 100),
            // A text of fixed width comes filled up with blanks.
            _ => text.trim_end().to_owned(),
        }
    }

    /// Writes which records count; without the tests of a column, where those are looked through.
    fn conditions(&self, without: Option<usize>) -> Result<String, String> {
        let mut list = Vec::new();
        for (column, test) in &self.plan.tests {
            if without == Some(*column) && !matches!(test, Test::Among(_) | Test::Except(_)) {
                continue;
            }
            list.extend(self.condition(*column, test)?);
        }
        Ok(if list.is_empty() { String::new() } else { format!(" where {}", list.join(" and ")) })
    }

    fn condition(&self, column: usize, test: &Test) -> Result<Vec<String>, String> {
        let name = self.column(column);
        let conditions = match (test, self.holds[column]) {
            (Test::Among(list), _) => vec![self.among(column, list)?],
            (Test::Except(list), _) => vec![format!("not ({})", self.among(column, list)?)],
            (Test::Numbers(from, until) | Test::Years((from, until), _), Holds::Whole | Holds::Decimal) => {
                bounds(&self.number(column), from.map(|n| n.to_string()), until.map(|n| n.to_string()))
            }
            (Test::Dates(from, until) | Test::Years(_, (from, until)), Holds::Text) => {
                let mut list = self.unmarked(column);
                let side = |bound: &Vec<u8>, sign: &str| {
                    format!("substr({name}, 1, {}) {sign} {}", bound.len(), self.dialect.text(bound))
                };
                list.extend(from.iter().map(|from| side(from, ">=")));
                list.extend(until.iter().map(|until| side(until, "<=")));
                list
            }
            (Test::Dates(from, until) | Test::Years(_, (from, until)), Holds::Day | Holds::Moment) => {
                let mut list: Vec<String> = from.iter().map(|from| format!("{name} >= {}", first(from))).collect();
                list.extend(until.iter().map(|until| last(&name, until)));
                list
            }
            (Test::Numbers(..), _) => return Err(self.unfit(column, "no number there, and has bounds that are")),
            (Test::Dates(..) | Test::Years(..), _) => {
                return Err(self.unfit(column, "no date there, and has bounds that are"));
            }
        };
        Ok(conditions)
    }

    /// Leaves out texts that stand for a missing date.
    fn unmarked(&self, column: usize) -> Vec<String> {
        let marks: Vec<String> =
            self.plan.missing.iter().filter(|mark| !mark.is_empty()).map(|mark| self.dialect.text(mark)).collect();
        let name = self.column(column);
        if marks.is_empty() { Vec::new() } else { vec![format!("{name} not in ({})", marks.join(", "))] }
    }

    /// Writes that a column holds one of several values; one that is empty is none at all.
    fn among(&self, column: usize, list: &[Vec<u8>]) -> Result<String, String> {
        let name = self.column(column);
        let mut values = Vec::new();
        for value in list.iter().filter(|value| !value.is_empty()) {
            let text = String::from_utf8_lossy(value);
            values.push(match self.holds[column] {
                Holds::Text => self.dialect.text(value),
                Holds::Whole | Holds::Decimal if Decimal::parse(value).is_some() => text.into_owned(),
                Holds::Day if value.len() == 10 && is_date(value) => format!("date '{text}'"),
                Holds::Truth if ["true", "false"].contains(&&*text) => text.into_owned(),
                _ => return Err(self.unfit(column, &format!("of a type there that never is `{text}`"))),
            });
        }
        let is_in = (!values.is_empty()).then(|| format!("{name} in ({})", values.join(", ")));
        let is_empty = list.iter().any(Vec::is_empty).then(|| match self.holds[column] {
            Holds::Text => format!("{name} is null or {name} = ''"),
            _ => format!("{name} is null"),
        });
        let present = if is_empty.is_none() { Some(format!("{name} is not null")) } else { None };
        Ok(match (is_in, is_empty) {
            (Some(is_in), Some(is_empty)) => format!("({is_in} or {is_empty})"),
            (Some(is_in), None) => format!("({} and {is_in})", present.unwrap_or_default()),
            (None, is_empty) => format!("({})", is_empty.unwrap_or_else(|| "1 = 0".to_owned())),
        })
    }
}

const ENGINE_HINT: &str = "look at what the engine answers to the query that the snapshot would remember";

fn bounds(number: &str, from: Option<String>, until: Option<String>) -> Vec<String> {
    let from = from.map(|from| format!("{number} >= {from}"));
    from.into_iter().chain(until.map(|until| format!("{number} <= {until}"))).collect()
}

/// Writes the first day of a year or month, or the day itself.
fn first(date: &[u8]) -> String {
    let text = String::from_utf8_lossy(date);
    format!("date '{text}{}'", if date.len() == 10 { "" } else { &"-01-01"[date.len() - 4..] })
}

/// Writes that a day or moment is no later than a year, a month or a day.
fn last(name: &str, date: &[u8]) -> String {
    let number = |from: usize, until: usize| {
        date.get(from..until).map_or(0, |digits| digits.iter().fold(0u32, |n, digit| n * 10 + u32::from(digit - b'0')))
    };
    match (date.len(), number(0, 4), number(5, 7)) {
        (4, year, _) => format!("{name} < date '{:04}-01-01'", year + 1),
        (7, year, 12) => format!("{name} < date '{:04}-01-01'", year + 1),
        (7, year, month) => format!("{name} < date '{year:04}-{:02}-01'", month + 1),
        _ => format!("cast({name} as date) <= {}", first(date)),
    }
}
