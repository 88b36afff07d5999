//! English: what an abstract needs.

use std::borrow::Cow;

use super::change::{self, Movement, Turn};
use super::dates::en::{MONTHS, SHORT_MONTHS, date, period, periods};
use super::error::GIVEN_PAST;
use super::number::small;
use super::own::{OwnNoun, refuse_declined, refuse_owned};
use super::region::Head;
use super::spoken::en as spoken;
use super::written::Written;
use super::{Balance, Case, ChangeSpec, Grammar, InPhrase, Language, LanguageError, NBSP};
use super::{BelowZero, Nouns, Style, aside, no_ordinal_of_parts, numerals, plain, proof, quantity};
use super::{NumberForm, Phrase, Role, Scale, Sense, Suffix, month_of};
use crate::finding::{Decimal, Unit};

/// What the other rooms get of English.
pub(super) static GRAMMAR: Grammar = Grammar {
    code: "en",
    appendix: 'A',
    cases: &[Case::Nom],
    possessive: false,
    and: "and",
    unit_nouns: &["percent", "percentage point", "point", "dollar", "tenge"],
    untold: "none of the variants of this sentence is true",
    outer_quotes: ["“", "”"],
    inner_quotes: ["‘", "’"],
    heads: &[Head { word: "region", first: false, plural: |_| Cow::Borrowed("regions") }],
    say,
    name: |names, _| Ok(Cow::Borrowed(&names.name)),
    unit,
    scale: |_, scale| SCALES[scale.steps()].to_owned(),
    range: |negative| if negative { ["from ", " to "] } else { ["", "–"] },
    years: |_| Cow::Borrowed(""),
    below_zero: BelowZero::Alike,
    // A comma would be read as a decimal mark where that is a comma too.
    group_mark: |style| if style.decimal_mark == '.' { ',' } else { NBSP },
    year_words: &[],
    letters: "abcdefghijklmnopqrstuvwxyz",
    numbered: |_, label, _, _| Err(no_ordinal_of_parts(label)),
    misfits: |_| Vec::new(),
    ordinal,
    past: |language, verb, _, _| {
        past(language.own.verb(verb)).ok_or_else(|| LanguageError::unknown_verb(verb, &GRAMMAR))
    },
    verb_hint: GIVEN_PAST,
    past_forms: 1,
    nouns: Nouns {
        declare: |own, spec, _| {
            refuse_declined(spec)?;
            refuse_owned(spec, "English")?;
            let noun = OwnNoun::of(spec);
            own.nouns.push(OwnNoun { plural: noun.plural.or_else(|| Some(plural(&noun.word))), ..noun });
            Ok(())
        },
        known: |own| nouns().map(str::to_owned).chain(own.nouns.iter().map(|noun| noun.word.clone())).collect(),
        many: |language, lemma| noun(language, lemma).ok().map(|(_, many)| many.to_owned()),
    },
    own_label: plain::own_label,
    typed_units: (
        &["persons", "people", "tenge", "mci", "%", "‰", "p", "percent", "percentage"],
        &["thousand", "million", "billion", "and", "per", "cent", "year", "month", "points", "in"],
    ),
    spelled_out: &[],
    numerals: &numerals::en::NUMERALS,
    asides: &aside::en::ASIDES,
    quantity: &quantity::en::WORDS,
    proof: &proof::en::RULES,
    spelling: &plain::SPELLING,
    softened: str::to_owned,
    style: Style::english,
    phrase: |language, text, phrase| match phrase {
        InPhrase { owned: true, .. } => Err(LanguageError::no_possessive("en")),
        InPhrase { plural: true, case: Case::Nom, .. } => Ok(noun(language, text)?.1.to_owned()),
        InPhrase { case, .. } => Err(LanguageError::unknown_phrase(text, case)),
    },
    periods,
    half_year: |half, _| format!("H{half}"),
    quarters: |quarters, _| {
        let items: Vec<String> = quarters.iter().map(|quarter| format!("Q{quarter}")).collect();
        super::region::joined(GRAMMAR.and, &items)
    },
    quarter: |quarter| format!("Q{quarter}"),
    of_year: |year| [String::new(), format!("{NBSP}{year}")],
    of_year_short: |year| [String::new(), format!(" {year}")],
    period,
    date,
    months: |language, months, _| {
        language.list(&months.iter().map(|month| month_of(&MONTHS, *month).to_owned()).collect::<Vec<_>>())
    },
    month: |month, _| Cow::Borrowed(month_of(&MONTHS, month)),
    senses: SENSES,
    derivations: &[],
    adjectives: &[],
    exhibit: |_, kind, number, _| format!("{}{NBSP}{number}", kind.choose("figure", "table")),
    caption: |_, kind, number| format!("{}{NBSP}{number}", kind.choose("Figure", "Table")),
    change: say_change,
    written: Written {
        short: ["jan", "feb", "", "apr", "", "jun", "jul", "aug", "sept", "oct", "nov", "dec"],
        years: &["year"],
        quarters: &["q", "qtr", "quarter"],
        endings: &["st", "nd", "rd", "th"],
        month: |month| {
            [month_of(&MONTHS, month).into(), month_of(&SHORT_MONTHS, month).into(), month_of(&MONTHS, month).into()]
        },
        quarters_said: &["q{q} {y}", "{y} q{q}", "{y}-q{q}", "{o} quarter of {y}", "{o} quarter {y}"],
        ordinals: ["first", "second", "third", "fourth"],
        months_said: &["{m} {y}", "{m} of {y}"],
        halves: &["half", "semester"],
        edges: [
            &[
                "beginning of",
                "at the beginning of",
                "beginning of year",
                "beginning of the year",
                "start of",
                "at the start of",
            ],
            &["end of", "at the end of", "end of year", "end of the year", "end", "year end", "at year end"],
        ],
    },
};

const SCALES: [&str; 5] = ["", "thousand", "million", "billion", "trillion"];

/// Words of an order, a sign, a change.
const SENSES: &[(Sense, &str)] = &[
    (
        Sense::More,
        "positive* grow* grew growth gain* increas* rise* rose rising more most larg* bigg* great* high* exceed* above \
         prevail* lead* maxim* majorit* inflow* surplus* peak* main* climb* jump* surge surged surges soar* expand* doubl* \
         tripl*",
    ),
    (
        Sense::Less,
        "negative* declin* decreas* fall* fell drop* loss* lost los* less least fewer fewest small* low* below minim* \
         minorit* outflow* deficit* shrank shrink* reduc* plung* plummet* slump* slipped dipped halv* tumbl* contracted",
    ),
    (Sense::Last, "last latest"),
    (Sense::Same, "same equal* identical alike"),
    (Sense::Other, "differ* unequal*"),
    (Sense::Turned, "not no except ceas* stopp* end ended"),
    (Sense::Every, "all every* each always constant* stead* annual*"),
    (Sense::Place(1), "first"),
    (Sense::Place(2), "second"),
    (Sense::Place(3), "third"),
];

/// What can be counted, in the singular and the plural.
const NOUNS: [(&str, &str); 42] = [
    ("person", "persons"),
    ("region", "regions"),
    ("city", "cities"),
    ("district", "districts"),
    ("town", "towns"),
    ("country", "countries"),
    ("year", "years"),
    ("month", "months"),
    ("quarter", "quarters"),
    ("time", "times"),
    ("migrant", "migrants"),
    ("family", "families"),
    ("flow", "flows"),
    ("source", "sources"),
    ("indicator", "indicators"),
    ("case", "cases"),
    ("settlement", "settlements"),
    ("village", "villages"),
    ("doctor", "doctors"),
    ("worker", "workers"),
    ("teacher", "teachers"),
    ("pupil", "pupils"),
    ("student", "students"),
    ("woman", "women"),
    ("man", "men"),
    ("child", "children"),
    ("school", "schools"),
    ("college", "colleges"),
    ("hospital", "hospitals"),
    ("enterprise", "enterprises"),
    ("institution", "institutions"),
    ("hectare", "hectares"),
    ("tonne", "tonnes"),
    ("group", "groups"),
    ("branch", "branches"),
    ("reason", "reasons"),
    ("page", "pages"),
    ("week", "weeks"),
    ("hour", "hours"),
    ("household", "households"),
    ("table", "tables"),
    ("figure", "figures"),
];

fn say(
    language: &Language,
    out: &mut String,
    value: &Decimal,
    form: &NumberForm,
    _case: Case,
) -> Result<(), LanguageError> {
    if form.collective {
        let message = "English has no collective numerals".to_owned();
        return Err(LanguageError::new("no-collective", message, "drop `collective`"));
    }
    let word = small(value).filter(|_| form.words == Some(true)).and_then(spoken::cardinal);
    match &word {
        Some(word) => out.push_str(word),
        None => language.write_digits(out, value, form.plus),
    }
    let (one, many) = match &form.suffix {
        Suffix::Percent => {
            language.write_sign(out, '%');
            return Ok(());
        }
        Suffix::PerMille => {
            language.write_sign(out, '‰');
            return Ok(());
        }
        Suffix::Bare | Suffix::Year | Suffix::Own(_) => ("", ""),
        Suffix::Persons => ("person", "persons"),
        Suffix::PersonsPerYear => ("person per year", "persons per year"),
        Suffix::Points => ("percentage point", "percentage points"),
        Suffix::PerMillePoints => ("per mille point", "per mille points"),
        Suffix::IndexPoints => ("point", "points"),
        Suffix::Times => ("time", "times"),
        Suffix::Tenge | Suffix::ThousandTenge => ("tenge", "tenge"),
        Suffix::CalculationIndices => ("monthly calculation index", "monthly calculation indices"),
        Suffix::Noun(lemma) => noun(language, lemma)?,
    };
    let steps = form.scale.steps() + usize::from(form.suffix == Suffix::ThousandTenge);
    let single = steps == 0 && value.whole == "1" && value.fraction.is_empty();
    for part in [SCALES[steps], if single { one } else { many }].into_iter().filter(|part| !part.is_empty()) {
        out.push(if word.is_some() { ' ' } else { NBSP });
        out.push_str(part);
    }
    Ok(())
}

/// Finds a noun of the study or of the program, in the singular and the plural.
fn noun<'a>(language: &'a Language, lemma: &str) -> Result<(&'a str, &'a str), LanguageError> {
    let own = language.own.nouns.iter().map(|own| (own.word.as_str(), own.plural.as_deref().unwrap_or(&own.word)));
    own.chain(NOUNS).find(|(one, _)| *one == lemma).ok_or_else(|| language.unknown_noun(lemma))
}

/// Returns the regular plural of an English noun.
fn plural(word: &str) -> String {
    let before = word.chars().rev().nth(1).unwrap_or('a');
    match word {
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        _ if word.ends_with('y') && !"aeiou".contains(before) => format!("{}ies", &word[..word.len() - 1]),
        _ => format!("{word}s"),
    }
}

/// Lists the nouns that the program knows.
fn nouns() -> impl Iterator<Item = &'static str> {
    NOUNS.into_iter().map(|(one, _)| one)
}

/// Returns the past tense of a regular verb, or the form that is given.
fn past(verb: &str) -> Option<String> {
    let last_two: Vec<char> = verb.chars().rev().take(2).collect();
    Some(match last_two.as_slice() {
        ['d', 'e'] => verb.to_owned(),
        ['e', ..] => format!("{verb}d"),
        ['y', before] if !"aeiou".contains(*before) => format!("{}ied", &verb[..verb.len() - 1]),
        [_, _] if verb.chars().all(|c| c.is_ascii_alphabetic()) => format!("{verb}ed"),
        _ => return None,
    })
}

fn ordinal(_: &Language, number: usize, noun: Option<&str>, _: Case, words: bool) -> Result<String, LanguageError> {
    if words {
        let word = spoken::ordinal(number).unwrap_or_default();
        return Ok(noun.map_or_else(|| word.clone(), |noun| format!("{word} {noun}")));
    }
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    Ok(match noun {
        None => format!("{number}{ending}"),
        Some(noun) => format!("{number}{ending}{NBSP}{noun}"),
    })
}

fn unit(_: &Language, unit: Unit, scale: Scale) -> String {
    let (steps, word) = match unit {
        Unit::Persons => (0, "persons"),
        Unit::PersonsPerYear => (0, "persons per year"),
        Unit::Percent => return "%".to_owned(),
        Unit::PercentagePoints => return "p.p.".to_owned(),
        Unit::PerMille | Unit::PerMillePoints => return "‰".to_owned(),
        Unit::Index => return "index".to_owned(),
        Unit::Times => return "times".to_owned(),
        Unit::Year => return "year".to_owned(),
        Unit::Count => (0, "units"),
        Unit::TengePerMonth => (0, "tenge per month"),
        Unit::ThousandTenge => (1, "tenge"),
        Unit::CalculationIndices => (0, "MCI"),
        // The words of a unit of the study are no business of the grammar.
        Unit::None | Unit::Own(_) => return String::new(),
    };
    match SCALES[steps + scale.steps()] {
        "" => word.to_owned(),
        scale => [scale, "\u{a0}", word].concat(),
    }
}

fn say_change(language: &Language, spec: &ChangeSpec, turn: &Turn) -> Result<Phrase, LanguageError> {
    let form = spec.value_form();
    let bare = NumberForm { suffix: Suffix::Bare, scale: Scale::One, ..form.clone() };
    let balance = |gain: bool| match (spec.balance, gain) {
        (Balance::Migration, true) => "the net migration gain ",
        (Balance::Migration, false) => "the net migration loss ",
        (Balance::Natural, true) => "the natural increase ",
        (Balance::Natural, false) => "the natural decrease ",
    };
    match turn {
        Turn::Plain { movement: Movement::Same, .. } => Ok(vec![change::text("did not change")]),
        Turn::Plain { movement, difference } => {
            let amount = change::said(language, Role::Difference, difference, &spec.difference_form(), Case::Nom)?;
            Ok(vec![change::text(movement.choose("increased by ", "decreased by ", "")), amount])
        }
        Turn::Balance { gain, movement, from, to } => {
            let said_to = change::said(language, Role::To, to, &form, Case::Nom)?;
            if *movement == Movement::Same {
                return Ok(vec![change::text(&[balance(*gain), "stayed at "].concat()), said_to]);
            }
            let said_from = change::said(language, Role::From, from, &bare, Case::Nom)?;
            let opening = [balance(*gain), movement.choose("grew from ", "shrank from ", "")].concat();
            Ok(vec![change::text(&opening), said_from, change::text(" to "), said_to])
        }
        Turn::Crossing { from, to } => {
            let said_from = change::said(language, Role::From, from, &bare, Case::Nom)?;
            let said_to = change::said(language, Role::To, to, &form, Case::Nom)?;
            Ok(vec![change::text("the balance changed sign: from "), said_from, change::text(" to "), said_to])
        }
        Turn::Nil => Ok(vec![change::text("the balance stayed at zero")]),
    }
}
