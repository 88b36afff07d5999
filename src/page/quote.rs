//! Quote: a finding on its way into a sentence: which form it takes, and what it looks like there.

use crate::exhibit::{Print, number_id};
use crate::expression::kind_name;
use crate::finding::{Amount, Finding, Part, Reason, Unit, Value};
use crate::language::{Case, Language, NumberForm, Scale, Suffix};

/// The manner in which a quote is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// Not said yet.
    #[default]
    Open,
    /// As a number.
    Number(NumberForm),
    /// As the names of territories.
    Regions,
    /// As the names of months.
    Months,
    /// As a list of periods.
    Periods,
}

/// A finding with the form that a template asks for.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The finding.
    pub finding: Finding,
    /// How it is printed.
    pub manner: Manner,
    /// The case.
    pub case: Option<Case>,
    /// Whether the sign is dropped.
    pub absolute: bool,
    /// Whether a plus sign is printed.
    pub plus: bool,
    /// The number of the call in its template, for diagnostics.
    pub at: Option<usize>,
}

/// A number of the report: a finding as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The id in the ledger.
    pub id: String,
    /// The id of the finding.
    pub finding: String,
    /// The exact value.
    pub value: String,
    /// The unit.
    pub unit: Unit,
    /// Decimals, where it is a number.
    pub decimals: Option<usize>,
    /// The printed form in the nominative.
    pub printed: String,
    /// For a figure quoted from literature: the work and the page. It is no finding.
    pub cited: Option<(String, String)>,
    /// The call that asked for it: template, line, expression.
    pub call: Option<(String, usize, String)>,
}

impl Number {
    /// Makes a figure quoted from literature.
    pub fn cited(text: &str, work: &str, page: &str, printed: &str) -> Number {
        Number {
            id: format!("cited.{work}.{text}"),
            finding: String::new(),
            value: text.to_owned(),
            unit: Unit::None,
            decimals: Some(text.split_once('.').map_or(0, |(_, fraction)| fraction.len())),
            printed: printed.to_owned(),
            cited: Some((work.to_owned(), page.to_owned())),
            call: None,
        }
    }
}

/// What is wrong with a quote.
#[derive(Debug)]
pub enum Unprintable {
    /// No printing filter was given.
    Open,
    /// The value is missing, for this reason.
    Missing(Reason),
    /// The filter does not fit the value or its unit; what does.
    Unfit(String, Option<String>),
    /// The filter does not take its arguments.
    Call(String),
    /// The language refuses.
    Language(String, Option<String>),
}

fn unfit(message: &str) -> Unprintable {
    Unprintable::Unfit(message.to_owned(), None)
}

/// Names the filter that prints a unit.
fn filter_of(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Persons => Some("persons"),
        Unit::Percent => Some("percent"),
        Unit::PercentagePoints => Some("points"),
        Unit::PerMille | Unit::PerMillePoints => Some("per_mille"),
        Unit::Times => Some("times"),
        Unit::Index => Some("index"),
        Unit::Count => Some("noun"),
        Unit::Year => Some("year"),
        Unit::PersonsPerYear | Unit::TengePerMonth | Unit::ThousandTenge | Unit::CalculationIndices => Some("unit"),
        Unit::None => None,
    }
}

impl Quote {
    /// Starts a quote.
    pub fn new(finding: Finding, at: Option<usize>) -> Quote {
        Quote { finding, manner: Manner::Open, case: None, absolute: false, plus: false, at }
    }

    /// Chooses a number form after checking that the filter fits the unit.
    pub fn number(mut self, filter: &str, form: NumberForm) -> Result<Quote, Unprintable> {
        let unit = self.finding.unit;
        let fits = match form.suffix {
            Suffix::Persons => matches!(unit, Unit::Persons | Unit::Count | Unit::None),
            Suffix::Percent => unit == Unit::Percent,
            Suffix::Points => unit == Unit::PercentagePoints,
            Suffix::PerMille => matches!(unit, Unit::PerMille | Unit::PerMillePoints),
            Suffix::Times => matches!(unit, Unit::Times | Unit::None),
            Suffix::IndexPoints => unit == Unit::Index,
            Suffix::Noun(_) => matches!(unit, Unit::Count | Unit::Persons | Unit::None),
            _ => true,
        };
        if !fits {
            let hint = filter_of(unit).map(|filter| format!("use `{filter}`"));
            return Err(Unprintable::Unfit(format!("`{filter}` does not print a number in {unit}"), hint));
        }
        self.manner = Manner::Number(form);
        Ok(self)
    }

    /// Prints the quote and describes it as a number of the report.
    pub fn print(&self, language: &Language) -> Result<(String, Number), Unprintable> {
        let refuse = |error: crate::language::LanguageError| Unprintable::Language(error.message, Some(error.hint));
        let value = &self.finding.cell.value;
        if let Value::Missing(reason) = value {
            return Err(Unprintable::Missing(*reason));
        }
        match &self.manner {
            Manner::Open => Err(Unprintable::Open),
            Manner::Number(form) => {
                let form = NumberForm { absolute: self.absolute || form.absolute, plus: self.plus, ..form.clone() };
                let amount = self.amount()?;
                let text = language.print(&amount, &form, self.case).map_err(refuse)?;
                let plain = language.print(&amount, &form, None).map_err(refuse)?;
                Ok((text, self.record(plain, Some(&form))))
            }
            Manner::Regions => {
                let codes = self.parts()?.iter().map(|p| p.territory().cloned()).collect::<Option<Vec<_>>>();
                let codes = codes.ok_or_else(|| unfit("`region` prints territories: ask for keys()"))?;
                let text = language.regions(&codes, self.case).map_err(refuse)?;
                let plain = language.regions(&codes, None).map_err(refuse)?;
                Ok((text, self.record(plain, None)))
            }
            Manner::Months => {
                let months = self.parts()?.iter().map(|p| p.period()?.month()).collect::<Option<Vec<_>>>();
                let months = months.ok_or_else(|| unfit("`month` prints months: ask for keys()"))?;
                let text = language.months(&months, self.case).map_err(refuse)?;
                let plain = language.months(&months, None).map_err(refuse)?;
                Ok((text, self.record(plain, None)))
            }
            Manner::Periods => {
                let names: Option<Vec<String>> =
                    self.parts()?.iter().map(|p| Some(language.period(p.period()?))).collect();
                let names = names.ok_or_else(|| unfit("`list` prints periods: ask for keys()"))?;
                let text = language.list(&names);
                Ok((text.clone(), self.record(text, None)))
            }
        }
    }

    /// Returns the number to print; a year is the number of its period.
    fn amount(&self) -> Result<Amount, Unprintable> {
        match &self.finding.cell.value {
            Value::Amount(amount) => Ok(amount.clone()),
            Value::Key(Part::Period(period)) => Ok(Amount::Integer(i64::from(period.year()))),
            Value::List(items) => {
                let hint = "pick one with selectors, or sum() them".to_owned();
                Err(Unprintable::Unfit(format!("a list of {} values is not a number", items.len()), Some(hint)))
            }
            other => Err(unfit(&format!("{} is not a number", kind_name(other)))),
        }
    }

    fn parts(&self) -> Result<Vec<Part>, Unprintable> {
        match &self.finding.cell.value {
            Value::Key(part) => Ok(vec![part.clone()]),
            Value::List(items) => items
                .iter()
                .map(|(_, cell)| match &cell.value {
                    Value::Key(part) => Ok(part.clone()),
                    other => Err(unfit(&format!("{} is not a name: ask for keys()", kind_name(other)))),
                })
                .collect(),
            other => Err(unfit(&format!("{} is not a name: ask for keys()", kind_name(other)))),
        }
    }

    fn record(&self, printed: String, form: Option<&NumberForm>) -> Number {
        let thousands = form.map_or(0, |form| match form.scale {
            Scale::One => 0,
            Scale::Thousand => 1,
            Scale::Million => 2,
            Scale::Billion => 3,
        });
        let decimals = form.map(|form| form.decimals);
        let print = Print { thousands, decimals: decimals.unwrap_or(0) };
        let absolute = form.is_some_and(|form| form.absolute);
        Number {
            id: number_id(&self.finding.id, print, absolute),
            finding: self.finding.id.clone(),
            value: self.finding.cell.value.to_string(),
            unit: self.finding.unit,
            decimals,
            printed,
            cited: None,
            call: None,
        }
    }
}
