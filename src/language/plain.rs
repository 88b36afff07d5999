//! Plain: a language without grammar code. It prints in the words that its texts give, and refuses what needs a grammar.

use std::borrow::Cow;

use super::change::Turn;
use super::error::GIVEN_PAST;
use super::spelling::Spelling;
use super::written::Written;
use super::{BelowZero, Nouns, Style, UnitWords, aside, no_ordinal_of_parts, numerals, own, proof, quantity};
use super::{Case, ChangeSpec, DateForm, Grammar, Language, LanguageError, NBSP};
use super::{NumberForm, Phrase, Scale, Suffix};
use crate::finding::{Decimal, Unit, UnitName};

/// What the other rooms get of such a language.
pub(super) static GRAMMAR: Grammar = BASE;

/// What a language says that has no grammar, and where one that has leaves something open.
pub(super) const BASE: Grammar = Grammar {
    code: "",
    appendix: 'A',
    cases: &[Case::Nom],
    possessive: false,
    and: "",
    unit_nouns: &[],
    untold: "…",
    outer_quotes: ["“", "”"],
    inner_quotes: ["‘", "’"],
    heads: &[],
    say,
    name: |names, _| Ok(Cow::Borrowed(&names.name)),
    unit,
    scale: |language, scale| match scale_key(scale) {
        "" => String::new(),
        key => language.said(key).to_owned(),
    },
    range: |negative| if negative { ["", " … "] } else { ["", "–"] },
    years: |_| Cow::Borrowed(""),
    below_zero: BelowZero::Alike,
    group_mark: |_| NBSP,
    year_words: &[],
    letters: "",
    numbered: |_, label, _, _| Err(no_ordinal_of_parts(label)),
    misfits: |_| Vec::new(),
    ordinal: |_, _, _, _, _| Err(refused("an ordinal")),
    past: |_, _, _, _| Err(refused("a verb that agrees with a number")),
    verb_hint: GIVEN_PAST,
    past_forms: 1,
    nouns: Nouns {
        declare: |_, _, lang| {
            let message = format!("the language `{}` has no grammar here, so it counts no nouns", lang.code());
            Err(own::refused(message, "take it out"))
        },
        known: |_| Vec::new(),
        many: |_, _| None,
    },
    own_label,
    typed_units: (&[], &[]),
    spelled_out: &[],
    numerals: &numerals::plain::NUMERALS,
    asides: &aside::plain::ASIDES,
    quantity: &quantity::plain::WORDS,
    proof: &proof::plain::RULES,
    spelling: &SPELLING,
    softened: str::to_owned,
    style: Style::default,
    phrase: |_, _, _| Err(refused("a phrase in a case")),
    periods: |_, _, _| Err(refused("an interval of periods in words")),
    half_year: |half, _| format!("H{half}"),
    quarters: |quarters, _| quarters.iter().map(|quarter| format!("Q{quarter}")).collect::<Vec<_>>().join(", "),
    quarter: |quarter| format!("Q{quarter}"),
    of_year: |year| [String::new(), format!(" {year}")],
    of_year_short: |year| [String::new(), format!(" {year}")],
    period: |period| period.to_string(),
    date: |period, form, _| match form {
        DateForm::Prose if period.month().is_some() || period.quarter().is_some() => Err(LanguageError {
            hint: "print it in digits, date(\"short\"), or write it in the template".to_owned(),
            ..refused("a date in words")
        }),
        DateForm::Prose => Ok(period.to_string()),
        DateForm::Long | DateForm::Short => Ok(period.to_string()),
    },
    months: |language, months, _| {
        let named = months.iter().map(|month| language.said(&format!("month-{month}")).to_owned());
        language.list(&named.collect::<Vec<_>>())
    },
    month: |month, _| Cow::Owned(format!("{month:02}")),
    senses: &[],
    derivations: &[],
    adjectives: &[],
    exhibit: |language, kind, number, _| {
        format!("{}{NBSP}{number}", language.said(kind.choose("figure", "table")).to_lowercase())
    },
    caption: |language, kind, number| format!("{}{NBSP}{number}", language.said(kind.choose("figure", "table"))),
    change: refuse_change,
    written: Written {
        short: [""; 12],
        years: &[],
        quarters: &[],
        endings: &[],
        month: |_| [String::new().into(), String::new().into(), String::new().into()],
        quarters_said: &[],
        ordinals: [""; 4],
        months_said: &[],
        halves: &[],
        edges: [&[], &[]],
    },
};

/// A language of whose words nothing is known.
pub(super) static SPELLING: Spelling = Spelling { alike: &[], prefixes: &[], forms: Vec::new, endings: None };

/// Writes the label of a unit of a study, which takes no endings.
pub(super) fn own_label(out: &mut String, words: &UnitWords, _: UnitName, _: Case) -> Result<(), LanguageError> {
    out.push_str(&words.label);
    Ok(())
}

/// The texts that only a language without grammar code needs, with what English says: what the others have in their code.
pub(super) const KEYS: [(&str, &str); 17] = [
    ("month-1", "January"),
    ("month-2", "February"),
    ("month-3", "March"),
    ("month-4", "April"),
    ("month-5", "May"),
    ("month-6", "June"),
    ("month-7", "July"),
    ("month-8", "August"),
    ("month-9", "September"),
    ("month-10", "October"),
    ("month-11", "November"),
    ("month-12", "December"),
    ("scale-thousand", "thousand"),
    ("scale-million", "million"),
    ("scale-billion", "billion"),
    ("scale-trillion", "trillion"),
    ("calculation-indices", "MCI"),
];

/// Returns what English says of a text that only such a language needs.
pub(super) fn english(key: &str) -> Option<&'static str> {
    KEYS.iter().find(|(known, _)| *known == key).map(|(_, text)| *text)
}

fn refused(what: &str) -> LanguageError {
    let message = format!("{what} needs the grammar of the language, and this one has none here");
    LanguageError::new("no-grammar", message, "print the number bare and write the words around it in the template")
}

fn refuse_change(_: &Language, _: &ChangeSpec, _: &Turn) -> Result<Phrase, LanguageError> {
    let hint = "choose the words in the template, {% if holds(\"a > b\") %}…{% else %}…{% endif %}, and print the numbers bare";
    Err(LanguageError { hint: hint.to_owned(), ..refused("how a value changed") })
}

/// Writes the digits and the word of the unit as the texts have it, the same for every number.
fn say(
    language: &Language,
    out: &mut String,
    value: &Decimal,
    form: &NumberForm,
    _case: Case,
) -> Result<(), LanguageError> {
    if form.words == Some(true) {
        return Err(refused("a number in words"));
    }
    if form.collective {
        return Err(refused("a collective numeral"));
    }
    language.write_digits(out, value, form.plus);
    let unit = match &form.suffix {
        Suffix::Bare | Suffix::Year => Unit::None,
        Suffix::Percent => {
            language.write_sign(out, '%');
            return Ok(());
        }
        Suffix::PerMille | Suffix::PerMillePoints => {
            language.write_sign(out, '‰');
            return Ok(());
        }
        Suffix::Persons => Unit::Persons,
        Suffix::PersonsPerYear => Unit::PersonsPerYear,
        Suffix::Points => Unit::PercentagePoints,
        Suffix::IndexPoints => Unit::None,
        Suffix::Times => Unit::Times,
        Suffix::Tenge => Unit::TengePerMonth,
        Suffix::ThousandTenge => Unit::ThousandTenge,
        Suffix::CalculationIndices => Unit::CalculationIndices,
        Suffix::Own(name) => Unit::Own(*name),
        Suffix::Noun(_) => return Err(refused("a number with a noun")),
    };
    let word = unit_word(language, unit, form.scale);
    if !word.is_empty() {
        out.push(NBSP);
        out.push_str(&word);
    }
    Ok(())
}

fn unit(language: &Language, unit: Unit, scale: Scale) -> String {
    unit_word(language, unit, scale)
}

fn unit_word(language: &Language, unit: Unit, scale: Scale) -> String {
    let key = match unit {
        Unit::Persons => "persons",
        Unit::PersonsPerYear => "persons-per-year",
        Unit::Percent => return "%".to_owned(),
        Unit::PercentagePoints => "percentage-points",
        Unit::PerMille | Unit::PerMillePoints => return "‰".to_owned(),
        Unit::Index => "index",
        Unit::Times => "times",
        Unit::Year => "year",
        Unit::TengePerMonth => "tenge-per-month",
        Unit::ThousandTenge => "thousand-tenge",
        Unit::CalculationIndices => "calculation-indices",
        // Words of the study stand in its own list, `Language::unit`.
        Unit::Count | Unit::None | Unit::Own(_) => "",
    };
    let words = [scale_key(scale), key].into_iter().filter(|key| !key.is_empty()).map(|key| language.said(key));
    words.collect::<Vec<_>>().join("\u{a0}")
}

fn scale_key(scale: Scale) -> &'static str {
    ["", "scale-thousand", "scale-million", "scale-billion", "scale-trillion"][scale.steps()]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::finding::Amount;
    use crate::language::{ExhibitKind, Lang, Style};

    #[test]
    fn a_language_without_grammar_prints_and_refuses_what_needs_one() {
        let lang = Lang::parse("tr").expect("a code of ISO 639-1");
        assert_eq!((lang.code(), Lang::parse("qq")), ("tr", None));
        let words = [("persons", "kişi"), ("scale-million", "milyon"), ("table", "Tablo"), ("month-10", "Ekim")];
        let words: BTreeMap<String, String> = words.map(|(key, text)| (key.to_owned(), text.to_owned())).into();
        let language = Language::new(lang, Style::default(), words, BTreeMap::new());
        let form = NumberForm { suffix: Suffix::Persons, scale: Scale::Million, decimals: 1, ..NumberForm::default() };
        let value = Amount::Integer(2_650_000);
        assert_eq!(language.print(&value, &form, None).as_deref(), Ok("2,7\u{a0}milyon\u{a0}kişi"));
        assert_eq!(language.caption_label(ExhibitKind::Table, 2), "Tablo\u{a0}2");
        assert_eq!(language.months(&[10], None).as_deref(), Ok("Ekim"));
        assert_eq!(language.print(&value, &form, Some(Case::Gen)).map_err(|error| error.code), Err("unknown-case"));
        let noun = NumberForm { suffix: Suffix::Noun("kişi".to_owned()), ..NumberForm::default() };
        assert_eq!(language.print(&value, &noun, None).map_err(|error| error.code), Err("no-grammar"));
        assert_eq!(language.lacked(), Vec::<String>::new());
        assert_eq!(language.word("source"), None);
        assert_eq!(language.lacked(), ["source"]);
    }
}
