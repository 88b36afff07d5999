//! Key: the coordinates of a value: territory, period, category.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The code of a territory: `KZ`, `US-CA`, `Q801`, or with the year of its borders `KZ-63@2000`.
///
/// Any short word is one; which stand for something, and for what, the list of territories says. It is held in place,
/// ended by zeros, because every key has one and keys are compared more often than anything else.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; LONGEST]);

/// The bytes of the longest code: as many as make a part of a key no longer than a category does.
const LONGEST: usize = 23;

/// What no code has in it, because expressions and keys give it a meaning of its own.
const SIGNS: [char; 15] = ['(', ')', '[', ']', '{', '}', '<', '>', ',', '|', '=', '"', '\'', '`', '\\'];

/// A calendar period. Periods order by their start, a longer one before the shorter ones in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    year: i32,
    part: YearPart,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum YearPart {
    Whole,
    Quarter(u8),
    Month(u8),
    Day(u8, u8),
}

/// One coordinate of a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A territory.
    Territory(Code),
    /// A period.
    Period(Period),
    /// A member of any other dimension: sex, area, citizenship.
    Category(Arc<str>),
}

/// The coordinates of one value, in the order of its table's dimensions.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub Vec<Part>);

impl Code {
    /// Reads a code: at most 23 bytes without spaces, commas, brackets and quotation marks; `None` for anything else.
    pub fn parse(text: &str) -> Option<Code> {
        let (plain, version) = text.split_once('@').map_or((text, None), |(a, b)| (a, Some(b)));
        let letter = |c: char| !c.is_whitespace() && !c.is_control() && !SIGNS.contains(&c);
        let year = |v: &str| v.len() == 4 && v.bytes().all(|b| b.is_ascii_digit());
        let whole = !plain.is_empty() && text.len() <= LONGEST && !plain.contains("..");
        (whole && plain.chars().all(letter) && version.is_none_or(year)).then(|| Code::held(text))
    }

    fn held(text: &str) -> Code {
        let mut bytes = [0; LONGEST];
        bytes.iter_mut().zip(text.bytes()).for_each(|(byte, letter)| *byte = letter);
        Code(bytes)
    }

    /// Returns the code as written.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(LONGEST);
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }

    /// Returns the code without the version of its borders.
    pub fn plain(&self) -> Code {
        let mut plain = self.clone();
        if let Some(at) = self.0.iter().position(|byte| *byte == b'@') {
            plain.0[at..].fill(0);
        }
        plain
    }

    /// Returns the year since which the borders meant have been in force, where the code names it.
    pub fn version(&self) -> Option<i32> {
        self.as_str().split_once('@').and_then(|(_, year)| year.parse().ok())
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Period) -> Ordering {
        let rank = |period: &Period| match period.part {
            YearPart::Whole => 0,
            YearPart::Quarter(_) => 1,
            YearPart::Month(_) => 2,
            YearPart::Day(..) => 3,
        };
        self.first_day().cmp(&other.first_day()).then_with(|| rank(self).cmp(&rank(other)))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Period) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Period {
    /// Makes a whole year.
    pub fn of_year(year: i32) -> Period {
        Period { year, part: YearPart::Whole }
    }

    /// Makes a month of a year, 1 to 12.
    pub fn of_month(year: i32, month: u8) -> Period {
        Period { year, part: YearPart::Month(month) }
    }

    /// Makes a day; `None` for one that the calendar does not have.
    pub fn of_day(year: i32, month: u8, day: u8) -> Option<Period> {
        let exists = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Period { year, part: YearPart::Day(month, day) })
    }

    /// Reads `2022`, `2022-07`, `2022-Q4` or `2022-07-01`; `None` for anything else, 31 February included.
    pub fn parse(text: &str) -> Option<Period> {
        let mut parts = text.split('-');
        let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let number = |text: &str, top: u8| text.parse::<u8>().ok().filter(|n| text.len() == 2 && (1..=top).contains(n));
        let part = match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => YearPart::Whole,
            (Some(q), None, _) if q.len() == 2 && q.starts_with('Q') => {
                YearPart::Quarter(q[1..].parse().ok().filter(|n| (1..=4).contains(n))?)
            }
            (Some(month), None, _) => YearPart::Month(number(month, 12)?),
            (Some(month), Some(day), None) => return Period::of_day(year, number(month, 12)?, number(day, 31)?),
            _ => return None,
        };
        Some(Period { year, part })
    }

    /// Returns the year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Returns the month, 1 to 12, of a month or a day.
    pub fn month(self) -> Option<u8> {
        match self.part {
            YearPart::Month(month) | YearPart::Day(month, _) => Some(month),
            YearPart::Whole | YearPart::Quarter(_) => None,
        }
    }

    /// Returns the day of the month, where the period is a day.
    pub fn day(self) -> Option<u8> {
        match self.part {
            YearPart::Day(_, day) => Some(day),
            _ => None,
        }
    }

    /// Returns the quarter, 1 to 4, where the period is a quarter.
    pub fn quarter(self) -> Option<u8> {
        match self.part {
            YearPart::Quarter(quarter) => Some(quarter),
            _ => None,
        }
    }

    /// Returns true when the other period is this one or lies within it.
    pub fn contains(self, other: Period) -> bool {
        self.first_day() <= other.first_day() && other.last_day() <= self.last_day()
    }

    /// Returns the first day as (year, month, day).
    pub fn first_day(self) -> (i32, u8, u8) {
        match self.part {
            YearPart::Whole => (self.year, 1, 1),
            YearPart::Quarter(q) => (self.year, 3 * q - 2, 1),
            YearPart::Month(m) => (self.year, m, 1),
            YearPart::Day(m, d) => (self.year, m, d),
        }
    }

    /// Returns the last day as (year, month, day).
    pub fn last_day(self) -> (i32, u8, u8) {
        let month_end = |month| (self.year, month, days_in_month(self.year, month));
        match self.part {
            YearPart::Whole => month_end(12),
            YearPart::Quarter(q) => month_end(3 * q),
            YearPart::Month(m) => month_end(m),
            YearPart::Day(m, d) => (self.year, m, d),
        }
    }

    /// Returns the first day as a period of its own.
    pub fn opening(self) -> Period {
        let (year, month, day) = self.first_day();
        Period { year, part: YearPart::Day(month, day) }
    }

    /// Returns the period of the same length just before this one.
    pub fn previous(self) -> Period {
        self.shifted(-1)
    }

    /// Returns the period of the same length just after this one.
    pub fn next(self) -> Period {
        self.shifted(1)
    }

    /// Returns a whole number that grows by one from a period to the next of its length: the year, the quarters or
    /// months since year 0; days are numbered by the civil calendar.
    pub fn ordinal(self) -> i64 {
        let year = i64::from(self.year);
        match self.part {
            YearPart::Whole => year,
            YearPart::Quarter(q) => 4 * year + i64::from(q) - 1,
            YearPart::Month(m) => 12 * year + i64::from(m) - 1,
            YearPart::Day(m, d) => day_number(self.year, m, d),
        }
    }

    /// Returns the period of the same length that is so many later, or earlier where the number is negative.
    pub fn shifted(self, by: i32) -> Period {
        let cycle = |count: i32, at: u8| {
            let zero_based = i32::from(at) - 1 + by;
            (self.year + zero_based.div_euclid(count), (zero_based.rem_euclid(count) + 1) as u8)
        };
        match self.part {
            YearPart::Whole => Period { year: self.year + by, part: YearPart::Whole },
            YearPart::Quarter(q) => {
                let (year, q) = cycle(4, q);
                Period { year, part: YearPart::Quarter(q) }
            }
            YearPart::Month(m) => {
                let (year, m) = cycle(12, m);
                Period { year, part: YearPart::Month(m) }
            }
            YearPart::Day(..) => day_of_number(self.ordinal() + i64::from(by)),
        }
    }

    /// Returns the day so many months later, on the same day of the month or, where that month is shorter, its last;
    /// any other period begins the count with its first day.
    pub fn months_later(self, by: i32, day: u8) -> Period {
        let (_, month, _) = self.first_day();
        let later = Period { year: self.year, part: YearPart::Month(month) }.shifted(by);
        let month = later.first_day().1;
        Period { year: later.year, part: YearPart::Day(month, day.min(days_in_month(later.year, month))) }
    }
}

/// Returns how many days a month, 1 to 12, has.
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Numbers the days since 1 March of year 0 (Fliegel and Van Flandern): the year begins in March, so leap days end it.
fn day_number(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let month = (i64::from(month) + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + i64::from(day)
        - 1
}

/// Returns the day of a number.
fn day_of_number(number: i64) -> Period {
    // A guess of the month, never late and early by one at most: 400 years have 146 097 days and 4800 months.
    let months = (number * 4800).div_euclid(146_097) + 2;
    let start = |months: i64| day_number(months.div_euclid(12) as i32, months.rem_euclid(12) as u8 + 1, 1);
    let month = (months - 1..=months + 1).rev().find(|at| start(*at) <= number).unwrap_or(months - 1);
    let (year, of_year) = (month.div_euclid(12) as i32, month.rem_euclid(12) as u8 + 1);
    Period { year, part: YearPart::Day(of_year, (number - start(month) + 1) as u8) }
}

impl Part {
    /// Guesses a coordinate by its form where no dimension says what it is: a period, a code of the standard's form (`KZ`,
    /// `US-CA`, `KZ-63@2000`), or else a category.
    pub fn parse(text: &str) -> Part {
        if let Some(period) = Period::parse(text) {
            return Part::Period(period);
        }
        let capitals = text.bytes().take_while(u8::is_ascii_uppercase).count() == 2;
        let code =
            Code::parse(text).filter(|_| capitals && text[2..].chars().next().is_none_or(|c| c == '-' || c == '@'));
        code.map_or_else(|| Part::Category(text.into()), Part::Territory)
    }

    /// Returns the territory, if it is one.
    pub fn territory(&self) -> Option<&Code> {
        match self {
            Part::Territory(code) => Some(code),
            _ => None,
        }
    }

    /// Returns the period, if it is one.
    pub fn period(&self) -> Option<Period> {
        match self {
            Part::Period(period) => Some(*period),
            _ => None,
        }
    }
}

impl Key {
    /// Returns the first territory in the key.
    pub fn territory(&self) -> Option<&Code> {
        self.0.iter().find_map(Part::territory)
    }

    /// Returns the first period in the key.
    pub fn period(&self) -> Option<Period> {
        self.0.iter().find_map(Part::period)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({})", self.as_str())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            YearPart::Whole => write!(f, "{}", self.year),
            YearPart::Quarter(q) => write!(f, "{:04}-Q{q}", self.year),
            YearPart::Month(m) => write!(f, "{:04}-{m:02}", self.year),
            YearPart::Day(m, d) => write!(f, "{:04}-{m:02}-{d:02}", self.year),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Period, String> {
        Period::parse(text).ok_or_else(|| format!("`{text}` is not a period"))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Territory(code) => code.fmt(f),
            Part::Period(period) => period.fmt(f),
            Part::Category(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, part) in self.0.iter().enumerate() {
            write!(f, "{}{part}", if i == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}
