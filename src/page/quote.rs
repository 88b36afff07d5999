//! Quote: a finding on its way into a sentence: which form it takes, and what it looks like there.

mod interval;

use crate::exhibit::{Print, number_id};
use crate::expression::kind_name;
use crate::finding::{Amount, Class, Finding, FindingId, Observations, Part, Period, Reason, Unit, Value};
use crate::language::{Case, DateForm, Language, NumberForm, Scale, Suffix};

/// The manner in which a quote is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// Not said yet.
    #[default]
    Open,
    /// As a number.
    Number(NumberForm),
    /// As the names of territories, in the form that their list has under a word.
    Regions(Option<String>),
    /// As the names of months.
    Months,
    /// As a list: of periods, of words, or of numbers in a form.
    List(Option<NumberForm>),
    /// As a date.
    Date(DateForm),
    /// As a quarter.
    Quarter,
    /// As half of a year.
    HalfYear,
    /// As an ordinal, with its noun.
    Ordinal(Option<String>),
    /// As a p-value of so many decimals, with its sign.
    PValue(usize),
    /// As the past tense of a verb that agrees with the number.
    Verb(NumberForm, String),
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
    /// Whether it bears the possessive of the third person.
    pub possessive: bool,
    /// Whether it counts persons as one group.
    pub collective: bool,
    /// Whether it is written in words.
    pub words: bool,
    /// Whether a word is in the plural.
    pub plural: bool,
    /// The number of the call in its template, for diagnostics.
    pub at: Option<usize>,
    /// The decimals of a literal, which is no finding and keeps them.
    pub literal: Option<usize>,
    /// The other end of an interval.
    pub until: Option<Finding>,
}

/// A number of the report: a finding as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The id in the ledger.
    pub id: String,
    /// The finding; none for a figure quoted from literature.
    pub finding: Option<FindingId>,
    /// The exact value.
    pub value: String,
    /// The unit.
    pub unit: Unit,
    /// Whether it may be below zero.
    pub is_signed: bool,
    /// Decimals, where it is a number.
    pub decimals: Option<usize>,
    /// The printed form in the nominative.
    pub printed: String,
    /// For a figure quoted from literature: the work and the page. It is no finding.
    pub cited: Option<(String, String)>,
    /// What publishers say of the observations behind it.
    pub observed: Observations,
    /// The call that asked for it: template, line, expression.
    pub call: Option<(String, usize, String)>,
}

impl Number {
    /// Makes a figure quoted from literature.
    pub fn cited(text: &str, work: &str, page: &str, printed: &str) -> Number {
        Number {
            id: format!("cited.{work}.{text}"),
            finding: None,
            value: text.to_owned(),
            unit: Unit::None,
            is_signed: false,
            decimals: Some(text.split_once('.').map_or(0, |(_, fraction)| fraction.len())),
            printed: printed.to_owned(),
            cited: Some((work.to_owned(), page.to_owned())),
            observed: Observations::default(),
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
        Unit::PersonsPerYear | Unit::TengePerMonth | Unit::ThousandTenge | Unit::CalculationIndices | Unit::Own(_) => {
            Some("unit")
        }
        Unit::None => None,
    }
}

impl Quote {
    /// Starts a quote.
    pub fn new(finding: Finding, at: Option<usize>) -> Quote {
        Quote {
            finding,
            manner: Manner::Open,
            case: None,
            absolute: false,
            plus: false,
            possessive: false,
            collective: false,
            words: false,
            plural: false,
            at,
            literal: None,
            until: None,
        }
    }

    /// Chooses a number form after checking that the filter fits the unit.
    pub fn number(self, filter: &str, form: NumberForm) -> Result<Quote, Unprintable> {
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
        if !fits && self.literal.is_none() {
            let hint = filter_of(unit).map(|filter| format!("use `{filter}`"));
            return Err(Unprintable::Unfit(format!("`{filter}` does not print a number in {unit}"), hint));
        }
        self.manned(filter, Manner::Number(form))
    }

    /// Applies a filter that can stand once only; it returns whether it stood there before.
    pub fn once(mut self, filter: &str, apply: impl FnOnce(&mut Quote) -> bool) -> Result<Quote, Unprintable> {
        let twice = apply(&mut self);
        if twice { Err(Unprintable::Call(format!("`{filter}` stands twice"))) } else { Ok(self) }
    }

    /// Chooses the manner of print; a second filter that chooses one would silence the first.
    pub fn manned(mut self, filter: &str, manner: Manner) -> Result<Quote, Unprintable> {
        let listed = matches!((&self.manner, &manner), (Manner::Number(_), Manner::List(Some(_)) | Manner::Verb(..)));
        if self.manner != Manner::Open && !listed {
            let message = format!("`{filter}` follows a filter that says already how the value is printed");
            return Err(Unprintable::Call(message));
        }
        self.manner = manner;
        Ok(self)
    }

    /// Refuses signs and cases that what is printed cannot bear, rather than leave them out.
    fn bears(&self) -> Result<(), Unprintable> {
        let call = |message: &str| Err(Unprintable::Call(message.to_owned()));
        let form = match &self.manner {
            Manner::Number(form) | Manner::List(Some(form)) => Some(form),
            _ => None,
        };
        let ordinal = matches!(self.manner, Manner::Ordinal(_));
        // Words of a list bear the plural and the possessive as numbers bear the others.
        let text = |value: &Value| matches!(value, Value::Text(_));
        let of_words = matches!(self.manner, Manner::List(None))
            && match &self.finding.cell.value {
                Value::List(items) => items.iter().all(|(_, cell)| text(&cell.value)),
                single => text(single),
            };
        if self.plural && !of_words {
            return call("`plural` says something of words only: put it behind `list`");
        }
        if form.is_none() && (self.possessive && !of_words || self.collective)
            || form.is_none() && self.words && !ordinal
        {
            let name = if self.possessive {
                "possessive"
            } else if self.collective {
                "collective"
            } else {
                "words"
            };
            return call(&format!("`{name}` says something of numbers only: put it behind the filter that prints one"));
        }
        if self.case.is_some() && matches!(self.manner, Manner::Verb(..) | Manner::PValue(_)) {
            return call(if matches!(self.manner, Manner::PValue(_)) {
                "a p-value has no case"
            } else {
                "a verb has no case"
            });
        }
        match form {
            None if self.absolute => return call("`absolute` says something of numbers only"),
            None if self.plus => return call("`plus` says something of numbers only"),
            Some(form) if self.plus && form.suffix == Suffix::Year => return call("a year has no plus sign"),
            Some(_) if self.plus && self.absolute => return call("`plus` would call a loss a gain: drop `absolute`"),
            _ => {}
        }
        let whole = |value: &Value| !matches!(value, Value::Amount(amount) if amount.to_i64().is_none());
        if form.is_some_and(|form| form.suffix == Suffix::Year) && !whole(&self.finding.cell.value) {
            return Err(unfit("`year` prints a whole number"));
        }
        // A text is inflected where the language can, and refused there where it cannot.
        let words = |value: &Value| matches!(value, Value::Key(_));
        let listed = match &self.finding.cell.value {
            Value::List(items) => items.iter().any(|(_, cell)| words(&cell.value)),
            single => words(single),
        };
        if let (Manner::List(_), true, Some(case)) = (&self.manner, listed, self.case.filter(|case| *case != Case::Nom))
        {
            let message = format!("`list` prints periods as they stand, not in the case `{}`", case.name());
            let hint = "drop `case`, and inflect a word before the list or behind it";
            return Err(Unprintable::Language(message, Some(hint.to_owned())));
        }
        Ok(())
    }

    /// Prints the quote and describes it as a number of the report.
    pub fn print(&self, language: &Language) -> Result<(String, Number), Unprintable> {
        let refuse = |error: crate::language::LanguageError| Unprintable::Language(error.message, Some(error.hint));
        let value = &self.finding.cell.value;
        if let Value::Missing(reason) = value {
            return Err(Unprintable::Missing(*reason));
        }
        self.bears()?;
        match &self.manner {
            Manner::Open => Err(Unprintable::Open),
            Manner::Number(form) => {
                let mut form = self.form_of(form);
                form.plus |= !form.absolute && language.plus_for(self.finding.class) && form.suffix != Suffix::Year;
                let amount = self.amount()?;
                let text = language.print(&amount, &form, self.case).map_err(refuse)?;
                let plain = language.print(&amount, &form, None).map_err(refuse)?;
                Ok((text, self.record(plain, Some(&form))))
            }
            Manner::Regions(form) => {
                let codes = self.parts()?.iter().map(|p| p.territory().cloned()).collect::<Option<Vec<_>>>();
                let codes = codes.ok_or_else(|| unfit("`region` prints territories: ask for keys()"))?;
                let said = |case| language.regions_as(&codes, form.as_deref(), case).map_err(refuse);
                let (text, plain) = (said(self.case)?, said(None)?);
                Ok((text, self.record(plain, None)))
            }
            Manner::Months => {
                let months = self.months().ok_or_else(|| unfit("`month` prints months: ask for keys()"))?;
                let text = language.months(&months, self.case).map_err(refuse)?;
                let plain = language.months(&months, None).map_err(refuse)?;
                Ok((text, self.record(plain, None)))
            }
            Manner::List(form) => {
                let form = form.as_ref().map(|form| self.form_of(form));
                let said = |case| -> Result<String, Unprintable> {
                    let items = self.items()?.into_iter().map(|value| match (value, &form) {
                        (Value::Key(Part::Period(period)), _) => Ok(language.period(*period)),
                        (Value::Text(text), None) => {
                            language.phrase(text, self.plural, self.possessive, case).map_err(refuse)
                        }
                        (Value::Amount(amount), Some(form)) => language.print(amount, form, case).map_err(refuse),
                        (Value::Missing(reason), _) => Err(Unprintable::Missing(*reason)),
                        (Value::Amount(_), None) => Err(unfit("say how the numbers are printed before `list`")),
                        (other, _) => {
                            Err(unfit(&format!("`list` does not print {}: ask for keys()", kind_name(other))))
                        }
                    });
                    Ok(language.list(&items.collect::<Result<Vec<_>, _>>()?))
                };
                Ok((said(self.case)?, self.record(said(None)?, form.as_ref())))
            }
            Manner::Date(date) => {
                let period = self.period().ok_or_else(|| unfit("`date` prints a period"))?;
                let text = language.date(period, *date, self.case).map_err(refuse)?;
                let plain = language.date(period, *date, None).map_err(refuse)?;
                Ok((text, self.record(plain, None)))
            }
            Manner::Quarter if matches!(value, Value::List(_)) => {
                let said = |case| self.quarters(language, case);
                Ok((said(self.case)?, self.record(said(None)?, None)))
            }
            Manner::Quarter => {
                let said = |case| match (self.period().filter(|p| p.quarter().is_some()), value) {
                    (Some(period), _) => language.date(period, DateForm::Prose, case).map_err(refuse),
                    (None, Value::Amount(amount)) => {
                        let number = amount.to_i64().and_then(|n| u8::try_from(n).ok()).unwrap_or(0);
                        language.quarters(&[number], case).map_err(refuse)
                    }
                    (None, _) => Err(unfit("`quarter` prints a quarter: 1 to 4, or \"2023-Q4\"")),
                };
                Ok((said(self.case)?, self.record(said(None)?, None)))
            }
            Manner::HalfYear => {
                let number = self.amount()?.to_i64().and_then(|n| u8::try_from(n).ok()).unwrap_or(0);
                let said = |case| language.half_year(number, case).map_err(refuse);
                Ok((said(self.case)?, self.record(said(None)?, None)))
            }
            Manner::PValue(decimals) => self.p_value(*decimals, language),
            Manner::Verb(form, verb) => {
                let form = self.form_of(form);
                let text = language.past(&self.amount()?, &form, verb).map_err(refuse)?;
                Ok((text.clone(), self.record(text, None)))
            }
            Manner::Ordinal(noun) if self.label().is_some() => {
                let label = self.label().unwrap_or_default();
                let said = |case| language.numbered(&label, noun.as_deref(), case).map_err(refuse);
                Ok((said(self.case)?, self.record(said(None)?, None)))
            }
            Manner::Ordinal(noun) => {
                let number = self.amount()?.to_i64().and_then(|n| usize::try_from(n).ok());
                let number = number.ok_or_else(|| unfit("`ordinal` prints a whole number from 0 on"))?;
                let said = |case| language.ordinal(number, noun.as_deref(), case, self.words).map_err(refuse);
                Ok((said(self.case)?, self.record(said(None)?, None)))
            }
        }
    }

    /// Prints a p-value: `= 0,012`, and one below the last decimal as a bound, `< 0,001`, never as zero.
    fn p_value(&self, decimals: usize, language: &Language) -> Result<(String, Number), Unprintable> {
        let amount = self.amount()?;
        let one = Amount::Integer(1);
        if self.finding.unit != Unit::None || amount.signum() < 0 || amount > one {
            return Err(unfit("`p_value` prints a probability: a number without unit from 0 to 1"));
        }
        let least = (0..decimals).try_fold(one, |so_far, _| so_far.divided_by(&Amount::Integer(10)));
        let least = least.ok_or_else(|| unfit("`p_value` takes a number of decimals"))?;
        let (sign, shown) = if amount < least { ('<', &least) } else { ('=', &amount) };
        let text = format!("{sign}\u{a0}{}", language.number(shown, decimals));
        let form = NumberForm { decimals, ..NumberForm::default() };
        let record = self.record(text.clone(), Some(&form));
        // The same finding may stand elsewhere as a number of so many decimals.
        Ok((text, Number { id: format!("{}.p", record.id), ..record }))
    }

    /// Returns a literal that numbers something in several parts: `2.2`, `3.10`, `1.2.3`.
    fn label(&self) -> Option<String> {
        let decimals = self.literal?;
        match &self.finding.cell.value {
            Value::Amount(amount) if decimals > 0 => Some(amount.round(decimals).to_string()),
            Value::Text(text) => {
                let parts = || text.split('.');
                let whole = parts().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
                (whole && parts().count() > 1).then(|| text.to_string())
            }
            _ => None,
        }
    }

    fn form_of(&self, form: &NumberForm) -> NumberForm {
        NumberForm {
            absolute: self.absolute || form.absolute,
            plus: self.plus || form.plus,
            possessive: self.possessive,
            collective: self.collective,
            words: self.words.then_some(true).or(form.words),
            ..form.clone()
        }
    }

    fn items(&self) -> Result<Vec<&Value>, Unprintable> {
        match &self.finding.cell.value {
            Value::List(items) => Ok(items.iter().map(|(_, cell)| &cell.value).collect()),
            Value::Key(Part::Territory(_) | Part::Category(_)) | Value::Truth(_) => {
                Err(unfit("`list` prints periods: ask for keys()"))
            }
            single => Ok(vec![single]),
        }
    }

    /// Returns the period; a literal year is a period as well.
    fn period(&self) -> Option<Period> {
        match &self.finding.cell.value {
            Value::Key(part) => part.period(),
            Value::Amount(amount) if self.literal.is_some() || self.finding.unit == Unit::Year => {
                amount.to_i64().and_then(|year| i32::try_from(year).ok()).map(Period::of_year)
            }
            _ => None,
        }
    }

    /// Returns the months; a literal may give them as numbers.
    fn months(&self) -> Option<Vec<u8>> {
        let month = |value: &Value| match value {
            Value::Key(part) => part.period()?.month(),
            Value::Amount(amount) if self.literal.is_some() => amount.to_i64().and_then(|n| u8::try_from(n).ok()),
            _ => None,
        };
        match &self.finding.cell.value {
            Value::List(items) => items.iter().map(|(_, cell)| month(&cell.value)).collect(),
            single => Some(vec![month(single)?]),
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
            Scale::Trillion => 4,
        });
        let decimals = form.map(|form| form.decimals);
        let print = Print { thousands, decimals: decimals.unwrap_or(0) };
        let absolute = form.is_some_and(|form| form.absolute);
        Number {
            id: number_id(&self.finding.id, print, absolute),
            finding: Some(self.finding.id.clone()),
            value: self.finding.cell.value.to_string(),
            unit: self.finding.unit,
            is_signed: self.finding.class == Class::Signed,
            decimals,
            printed,
            cited: None,
            observed: self.finding.cell.vintages.observed(),
            call: None,
        }
    }
}
