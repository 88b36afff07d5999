//! Field: what a schema declares of a column, and the values that its cells have by that.

use std::cmp::Ordering;
use std::fmt;

use regex::Regex;

use super::number::{Fault, NumberSyntax};
use super::{MissingMarks, Ways, not_a_number};
use crate::finding::{Amount, Period, Reason};
use crate::language;

/// The type of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Whatever is written.
    #[default]
    Any,
    /// A text.
    Text(TextForm),
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// A truth.
    Truth {
        /// What is true.
        yes: Vec<String>,
        /// What is false.
        no: Vec<String>,
    },
    /// A year: `2022`.
    Year,
    /// A month of a year: `2022-07`.
    Month,
    /// A day: `2022-07-31`, as any table writes it, or as a pattern says.
    Date(DateForm),
}

/// The form of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextForm {
    /// Any.
    #[default]
    Plain,
    /// An address of mail.
    Email,
    /// An address with its scheme.
    Uri,
    /// A UUID.
    Uuid,
}

/// The form of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DateForm {
    /// `2022-07-31`.
    #[default]
    Iso,
    /// Any form that names one day.
    Any,
    /// A pattern of `%d`, `%m`, `%Y`, `%B` and `%b` with what stands between them.
    Pattern(String),
}

/// A value as its field reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Logical {
    /// A text.
    Text(String),
    /// A number, with the decimals that are written.
    Number(Amount, u32),
    /// A truth.
    Truth(bool),
    /// A period.
    Period(Period),
}

/// What a schema declares of a column.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// The heading.
    pub name: String,
    /// The type.
    pub kind: Kind,
    /// What is stated of how numbers are written.
    pub numbers: NumberSyntax,
    /// The marks of missing values.
    pub missing: MissingMarks,
    /// Whether no value may be missing.
    pub is_required: bool,
    /// What may stand only.
    pub among: Option<Vec<Logical>>,
    /// What the whole text fits; as written, and ready.
    pub pattern: Option<(String, Regex)>,
    /// The fewest and the most letters.
    pub length: [Option<usize>; 2],
    /// Bounds.
    pub bounds: Vec<(Bound, String, Logical)>,
}

/// A bound of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `minimum`
    Least,
    /// `maximum`
    Most,
    /// `exclusiveMinimum`
    Above,
    /// `exclusiveMaximum`
    Below,
}

/// What is wrong with a cell, and what to do about it; `is_constraint` where its type is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// Whether it breaks a constraint rather than its type.
    pub is_constraint: bool,
}

impl Field {
    /// Reads a cell: its value, or why it is missing.
    pub fn read(&self, text: &str, syntax: &NumberSyntax, ways: &Ways) -> Result<Result<Logical, Reason>, Misfit> {
        let broken = |message: String| Misfit { message, hint: None, is_constraint: true };
        if let Some(reason) = self.missing.reason(text) {
            let said =
                if text.is_empty() { "nothing".to_owned() } else { format!("`{text}`, a mark of a missing value,") };
            return if self.is_required {
                Err(broken(format!("holds {said} where a value is required")))
            } else {
                Ok(Err(reason))
            };
        }
        let value = self.value(text, syntax, ways)?;
        self.constrained(text, &value).map_err(broken)?;
        Ok(Ok(value))
    }

    /// Reads a value that is not missing by the type alone.
    fn value(&self, text: &str, syntax: &NumberSyntax, ways: &Ways) -> Result<Logical, Misfit> {
        let misfit = |what: &str| {
            let hint = if text.is_empty() {
                format!("declare the empty cell as a mark of a missing value: {}", ways.missing)
            } else {
                format!("mend the type, or declare the mark of a missing value: {}", ways.missing)
            };
            let message = match text.is_empty() {
                true => format!("holds nothing, which is not {what}"),
                false => format!("`{text}` is not {what}"),
            };
            Misfit { message, hint: Some(hint), is_constraint: false }
        };
        let period = |period: Option<Period>, what: &str| period.map(Logical::Period).ok_or_else(|| misfit(what));
        match &self.kind {
            Kind::Any => Ok(Logical::Text(text.to_owned())),
            Kind::Text(form) => match form.what().filter(|_| !form.fits(text)) {
                Some(what) => Err(misfit(what)),
                None => Ok(Logical::Text(text.to_owned())),
            },
            Kind::Number | Kind::Integer => {
                let whole = "a whole number, which type `integer` asks for";
                let number = syntax.read(text).map_err(|fault| match (&self.kind, fault) {
                    (Kind::Integer, Fault::Mark('.' | ',')) => {
                        let hint = format!("mend the type, or state what parts groups of digits: {}", ways.group);
                        Misfit { hint: Some(hint), ..misfit(whole) }
                    }
                    _ => {
                        let (message, hint) = not_a_number(text, fault, syntax, ways);
                        Misfit { message, hint: Some(hint), is_constraint: false }
                    }
                })?;
                match number.decimals == 0 || self.kind == Kind::Number {
                    true => Ok(Logical::Number(number.amount, number.decimals)),
                    false => Err(misfit(whole)),
                }
            }
            Kind::Truth { yes, no } => {
                match (yes.iter().any(|word| word == text), no.iter().any(|word| word == text)) {
                    (true, _) => Ok(Logical::Truth(true)),
                    (_, true) => Ok(Logical::Truth(false)),
                    _ => Err(misfit(&format!("one of {}, {}", yes.join(", "), no.join(", ")))),
                }
            }
            Kind::Year => {
                let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
                period(Period::parse(text).filter(|_| is_year), "a year, which type `year` asks for: 2022")
            }
            Kind::Month => {
                let own = Period::parse(text).filter(|period| period.month().is_some() && period.day().is_none());
                period(own, "a month, which type `yearmonth` asks for: 2022-07")
            }
            Kind::Date(form) => period(form.read(text), "a day, which type `date` asks for in its format"),
        }
    }

    /// Reads what a constraint names: numbers plainly, periods by their type, marks of missing values as texts.
    pub fn named(&self, text: &str, ways: &Ways) -> Result<Logical, Misfit> {
        let plain = NumberSyntax { decimal: Some('.'), ..NumberSyntax::default() };
        self.value(text, &plain, ways)
    }

    /// Holds a value to the constraints; what it breaks is returned.
    fn constrained(&self, text: &str, value: &Logical) -> Result<(), String> {
        if let Some(among) = &self.among
            && !among.iter().any(|known| same(known, value))
        {
            return Err(format!("`{text}` is not among the values of `enum`"));
        }
        if let Some((pattern, fits)) = &self.pattern
            && !fits.is_match(text)
        {
            return Err(format!("`{text}` does not fit the pattern `{pattern}`"));
        }
        let letters = text.chars().count();
        let [fewest, most] = self.length;
        if let Some(fewest) = fewest.filter(|fewest| letters < *fewest) {
            return Err(format!("`{text}` is shorter than {fewest}, its `minLength`"));
        }
        if let Some(most) = most.filter(|most| letters > *most) {
            return Err(format!("`{text}` is longer than {most}, its `maxLength`"));
        }
        for (bound, said, end) in &self.bounds {
            let order = ordered(value, end);
            let (name, holds, breaks) = match bound {
                Bound::Least => ("minimum", order != Some(Ordering::Less), "is below"),
                Bound::Most => ("maximum", order != Some(Ordering::Greater), "is above"),
                Bound::Above => ("exclusiveMinimum", order == Some(Ordering::Greater), "is not above"),
                Bound::Below => ("exclusiveMaximum", order == Some(Ordering::Less), "is not below"),
            };
            if !holds {
                return Err(format!("`{text}` {breaks} {said}, its `{name}`"));
            }
        }
        Ok(())
    }
}

/// Writes a value so that equal values, however they are written in a file, are one text.
impl fmt::Display for Logical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Logical::Text(text) => f.write_str(text),
            Logical::Number(amount, _) => amount.fmt(f),
            Logical::Truth(truth) => truth.fmt(f),
            Logical::Period(period) => period.fmt(f),
        }
    }
}

/// Compares two values of one field; how precisely a number is written does not matter.
fn ordered(a: &Logical, b: &Logical) -> Option<Ordering> {
    match (a, b) {
        (Logical::Number(a, _), Logical::Number(b, _)) => Some(a.cmp(b)),
        (Logical::Period(a), Logical::Period(b)) => Some(a.cmp(b)),
        (Logical::Text(a), Logical::Text(b)) => Some(a.cmp(b)),
        (Logical::Truth(a), Logical::Truth(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn same(a: &Logical, b: &Logical) -> bool {
    ordered(a, b) == Some(Ordering::Equal)
}

impl TextForm {
    fn what(self) -> Option<&'static str> {
        match self {
            TextForm::Plain => None,
            TextForm::Email => Some("an address of mail, which its format asks for"),
            TextForm::Uri => Some("an address with its scheme, which its format asks for"),
            TextForm::Uuid => Some("a UUID, which its format asks for"),
        }
    }

    fn fits(self, text: &str) -> bool {
        let is_word = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
        match self {
            TextForm::Plain => true,
            TextForm::Email => {
                text.split_once('@').is_some_and(|(name, host)| is_word(name) && is_word(host) && !host.contains('@'))
            }
            TextForm::Uri => text.split_once(':').is_some_and(|(scheme, rest)| {
                let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
                is_scheme && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) && is_word(rest)
            }),
            TextForm::Uuid => {
                let lengths: Vec<usize> = text.split('-').map(str::len).collect();
                lengths == [8, 4, 4, 4, 12] && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
            }
        }
    }
}

impl DateForm {
    /// Reads the format of a field; what is wrong with one that is no date is returned.
    pub fn parse(format: &str) -> Result<DateForm, String> {
        match format {
            "default" => Ok(DateForm::Iso),
            "any" => Ok(DateForm::Any),
            _ => {
                let mut parts: Vec<char> = Vec::new();
                let mut letters = format.chars();
                while let Some(letter) = letters.next() {
                    if letter == '%' {
                        parts.extend(letters.next());
                    }
                }
                parts.iter_mut().for_each(|part| *part = if *part == 'b' { 'B' } else { *part });
                let day = parts.iter().filter(|part| matches!(part, 'd' | 'Y')).count() == 2;
                let month = parts.iter().filter(|part| matches!(part, 'm' | 'B')).count() == 1;
                match day && month && parts.len() == 3 {
                    true => Ok(DateForm::Pattern(format.to_owned())),
                    false => Err(format!("`{format}` is no format of a date")),
                }
            }
        }
    }

    fn read(&self, text: &str) -> Option<Period> {
        let is_day = |period: &Period| period.day().is_some();
        match self {
            DateForm::Iso => Period::parse(text).filter(is_day),
            DateForm::Any => language::period(text).filter(is_day),
            DateForm::Pattern(pattern) => patterned(pattern, text),
        }
    }
}

/// Reads a day by a pattern.
fn patterned(pattern: &str, text: &str) -> Option<Period> {
    let (mut year, mut month, mut day) = (None, None, None);
    let mut rest = text;
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            rest = rest.strip_prefix(letter)?;
            continue;
        }
        let part = letters.next()?;
        let is_name = matches!(part, 'B' | 'b');
        let most = if part == 'Y' { 4 } else { 2 };
        let taken: String = rest
            .chars()
            .enumerate()
            .take_while(
                |(at, c)| if is_name { c.is_alphabetic() || *c == '.' } else { *at < most && c.is_ascii_digit() },
            )
            .map(|(_, c)| c)
            .collect();
        rest = &rest[taken.len()..];
        match part {
            'Y' => year = Some(taken).filter(|taken| taken.len() == 4),
            'm' => month = Some(taken),
            'd' => day = Some(taken),
            _ => month = language::period(&format!("{taken} 2000"))?.month().map(|month| month.to_string()),
        }
    }
    let (year, month, day) = (year?, month?, day?);
    Period::parse(&format!("{year}-{month:0>2}-{day:0>2}")).filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::CATALOGUE;

    fn said(field: &Field, text: &str) -> String {
        let syntax = field.numbers.settled([text].into_iter()).expect("one number");
        match field.read(text, &syntax, &CATALOGUE) {
            Ok(Ok(value)) => format!("{value:?}"),
            Ok(Err(reason)) => reason.code().to_owned(),
            Err(misfit) => misfit.message,
        }
    }

    #[test]
    fn dates_are_read_by_their_format() {
        let read = |format: &str, text: &str| DateForm::parse(format).ok()?.read(text).map(|day| day.to_string());
        for (format, text) in [
            ("default", "2022-07-31"),
            ("any", "31.07.2022"),
            ("any", "31 июля 2022 г."),
            ("%d.%m.%Y", "31.07.2022"),
            ("%Y/%m/%d", "2022/7/31"),
            ("%d %B %Y", "31 июля 2022"),
            ("%d-%b-%Y", "31-Jul-2022"),
        ] {
            assert_eq!(read(format, text).as_deref(), Some("2022-07-31"), "{format}");
        }
        for (format, text) in [("default", "31.07.2022"), ("%d.%m.%Y", "31.07.2022 г."), ("%d.%m.%Y", "2022-07-31")] {
            assert_eq!(read(format, text), None, "{format}");
        }
        for format in ["%d.%m", "%d.%m.%y", "%q", "", "%d.%m.%B.%Y"] {
            assert!(DateForm::parse(format).is_err(), "{format}");
        }
    }

    #[test]
    fn a_cell_has_the_type_of_its_field_or_is_told() {
        let field = |kind: Kind| Field { kind, missing: MissingMarks::default().and("", None), ..Field::default() };
        for (kind, sound, wrong) in [
            (Kind::Integer, "1 200", "3.5"),
            (Kind::Integer, "-7", "3.0"),
            (Kind::Number, "3.5", "3.5a"),
            (Kind::Year, "2022", "20x4"),
            (Kind::Year, "0987", "22"),
            (Kind::Month, "2022-07", "2022-7"),
            (Kind::Month, "2022-12", "2022-13"),
            (Kind::Text(TextForm::Email), "a@b.kz", "a.kz"),
            (Kind::Text(TextForm::Uri), "https://stat.gov.kz", "stat.gov.kz"),
            (Kind::Text(TextForm::Uuid), "01234567-89ab-cdef-0123-456789abcdef", "0123"),
            (Kind::Truth { yes: vec!["да".to_owned()], no: vec!["нет".to_owned()] }, "да", "true"),
        ] {
            let field = field(kind);
            assert!(!said(&field, sound).contains("is not"), "{}", said(&field, sound));
            assert!(said(&field, wrong).contains("is not"), "{}", said(&field, wrong));
            assert_eq!(said(&field, ""), "missing");
        }
    }
}
