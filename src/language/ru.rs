//! Russian: agreement of nouns with numbers, cases, and what is said of a change.

use icu_locale_core::locale;
use icu_plurals::{PluralCategory, PluralRules};

use std::borrow::Cow;

use super::change::{self, Movement, Turn};
use super::dates::ru::{date, month_in, period, periods, years};
use super::noun_ru::{self, INDEX_POINT, Noun, PER_MILLE_POINT, PERSON, TENGE, TIME};
use super::number::small;
use super::own::refuse_owned;
use super::region::Head;
use super::spelling::Spelling;
use super::spoken::{Agreement, ru as spoken};
use super::written::Written;
use super::{Balance, Case, ChangeKind, ChangeSpec, Gender, Grammar, Language, LanguageError};
use super::{BelowZero, Nouns, Style, aside, no_ordinal_of_parts, numerals, plain, proof, quantity};
use super::{InPhrase, NBSP, Names, NumberForm, Phrase, Role, Scale, Sense, Suffix};
use crate::finding::{Decimal, Unit};

/// What makes another word of one, before it.
const PREFIXES: [&str; 64] = [
    "не",
    "авиа",
    "авто",
    "агро",
    "анти",
    "аэро",
    "био",
    "вне",
    "внутри",
    "восьми",
    "газо",
    "гео",
    "гидро",
    "гипер",
    "гос",
    "двух",
    "десяти",
    "до",
    "евро",
    "кибер",
    "макро",
    "мало",
    "мега",
    "меж",
    "метео",
    "микро",
    "мини",
    "много",
    "моно",
    "мульти",
    "нано",
    "недо",
    "нефте",
    "ново",
    "обще",
    "одно",
    "пере",
    "после",
    "пост",
    "псевдо",
    "пяти",
    "разно",
    "само",
    "сверх",
    "семи",
    "соц",
    "средне",
    "старо",
    "супер",
    "теле",
    "тепло",
    "транс",
    "трех",
    "трёх",
    "ультра",
    "фото",
    "четырех",
    "четырёх",
    "шести",
    "эко",
    "экс",
    "электро",
    "энерго",
    "этно",
];

/// What the other rooms get of Russian.
pub(super) static GRAMMAR: Grammar = Grammar {
    code: "ru",
    appendix: 'А',
    // «loc» is the form of a place, «в краю», where a noun has one.
    cases: &[Case::Nom, Case::Gen, Case::Dat, Case::Acc, Case::Ins, Case::Prep, Case::Loc],
    possessive: false,
    and: "и",
    unit_nouns: &[
        "процент",
        "процентный пункт",
        "пункт",
        "тысяча",
        "миллион",
        "миллиард",
        "триллион",
        "балл",
        "доллар",
        "тенге",
        "рубль",
        "евро",
        "гектар",
        "тонна",
        "километр",
    ],
    untold: "здесь не верен ни один из вариантов предложения",
    outer_quotes: ["«", "»"],
    inner_quotes: ["„", "“"],
    heads: &[
        Head { word: "область", first: false, plural: oblasts },
        Head { word: "область", first: true, plural: oblasts },
    ],
    say,
    name,
    unit,
    scale: |_, scale| SCALES[scale.steps()].to_owned(),
    // A dash beside a minus sign cannot be told from it.
    range: |negative| if negative { ["от ", " до "] } else { ["", "–"] },
    years,
    below_zero: BelowZero::Governed(Case::Gen),
    group_mark: |_| NBSP,
    year_words: &["год", "гг"],
    letters: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    numbered: |_, label, _, _| Err(no_ordinal_of_parts(label)),
    misfits: |_| Vec::new(),
    ordinal,
    past,
    verb_hint: "give its forms, verb(\"ушёл, ушла, ушло, ушли\"), or declare it under `verbs` of study.yaml",
    past_forms: 4,
    nouns: Nouns {
        declare: |own, spec, _| {
            refuse_owned(spec, "Russian")?;
            let noun = noun_ru::declared(spec, &own.declined)?;
            own.declined.push(noun);
            Ok(())
        },
        known: |own| noun_ru::known().chain(&own.declined).map(|noun| noun.lemma().to_owned()).collect(),
        many: |language, noun| {
            let own = language.own.declined.iter().find(|known| known.lemma() == noun);
            own.or_else(|| noun_ru::find(noun)).map(|known| known.many(Case::Gen))
        },
    },
    own_label: plain::own_label,
    typed_units: (
        &[
            "чел",
            "человек",
            "человека",
            "тенге",
            "мрп",
            "%",
            "‰",
            "п",
            "процентов",
            "процентах",
            "проценты",
            "промилле",
        ],
        &["тыс", "тысяч", "тысячах", "млн", "миллионов", "млрд", "миллиардов", "в", "и", "год", "месяц"],
    ),
    // Of all units only this one has an abbreviation that no caption prints.
    spelled_out: &[("чел.", "человек")],
    numerals: &numerals::ru::NUMERALS,
    asides: &aside::ru::ASIDES,
    quantity: &quantity::ru::WORDS,
    proof: &proof::ru::RULES,
    spelling: &Spelling { alike: &[('ъ', 'ь'), ('щ', 'ш')], prefixes: &PREFIXES, forms, endings: None },
    softened: str::to_owned,
    style: Style::default,
    phrase: |language, text, phrase| match (noun(language, text)?, phrase) {
        (_, InPhrase { owned: true, .. }) => Err(LanguageError::no_possessive("ru")),
        (noun, InPhrase { plural: true, case, .. }) => Ok(noun.phrase_many(case)),
        (noun, InPhrase { case, .. }) => Ok(noun.phrase(case)),
    },
    periods,
    half_year: |half, case| format!("{half}-{}{NBSP}{}", spoken::neuter_ending(case), noun_ru::HALF_YEAR.one(case)),
    quarters: |quarters, case| {
        let noun =
            if quarters.len() > 1 { noun_ru::QUARTER.many(case) } else { noun_ru::QUARTER.one(case).into_owned() };
        let items = quarters.iter().map(|quarter| format!("{quarter}-{}", spoken::ordinal_ending(case)));
        format!("{}{NBSP}{noun}", super::region::joined(GRAMMAR.and, &items.collect::<Vec<_>>()))
    },
    quarter: |quarter| ["I", "II", "III", "IV"][usize::from(quarter.clamp(1, 4)) - 1].to_owned(),
    of_year: |year| [String::new(), format!(" {year}{NBSP}года")],
    of_year_short: |year| [String::new(), format!(" {year}")],
    period,
    date,
    months: |language, months, case| {
        language.list(&months.iter().map(|month| month_in(*month, case).into_owned()).collect::<Vec<_>>())
    },
    month: month_in,
    senses: SENSES,
    derivations: &["ск"],
    adjectives: &[
        "ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ому", "ему", "ую", "юю", "ым", "им", "ом",
        "ем", "ых", "их", "ыми", "ими", "ою", "ею", "ей",
    ],
    exhibit: |_, kind, number, case| {
        format!("{}{NBSP}{number}", kind.choose(&noun_ru::FIGURE, &noun_ru::TABLE).one(case))
    },
    caption: |_, kind, number| format!("{}{NBSP}{number}", kind.choose("Рисунок", "Таблица")),
    change: say_change,
    written: Written {
        short: ["янв", "февр", "", "апр", "", "", "", "авг", "сент", "окт", "нояб", "дек"],
        years: &["г", "год", "года", "году"],
        quarters: &["кв", "квартал", "квартала", "квартале"],
        endings: &["й", "ый", "ой", "ий", "го", "м"],
        month: |month| [month_in(month, Case::Nom), month_in(month, Case::Gen), month_in(month, Case::Prep)],
        quarters_said: &[
            "{r} квартал {y}",
            "{o} квартал {y}",
            "{q} квартал {y}",
            "{q}-й квартал {y}",
            "{q}-м квартале {y}",
        ],
        ordinals: ["первый", "второй", "третий", "четвёртый"],
        months_said: &["{m} {y}"],
        halves: &["полугод"],
        edges: [
            &["на начало года", "на начало г", "на начало", "начало года", "начало г", "начало", "в начале года"],
            &["на конец года", "на конец г", "на конец", "конец года", "конец г", "конец", "в конце года"],
        ],
    },
};

/// Scale words by how many times the value is divided by a thousand; all are abbreviations that do not inflect.
const SCALES: [&str; 5] = ["", "тыс.", "млн", "млрд", "трлн"];

/// Words of an order, a sign, a change.
const SENSES: &[(Sense, &str)] = &[
    (
        Sense::More,
        "положительн* рост роста росту ростом росте рос росла росли расти растет растут растущ* вырос* возрос* возраст* \
         нараст* прирост* приток* прибав* увелич* повыс* повыш* подня* подъем* подорож* больш* наибольш* максим* высок* высш* выше \
         высочайш* наивысш* крупн* крупнейш* превы* превос* преобла* превалир* опережа* лидир* лидер* быстр* более \
         наиболее основн* главн* ведущ* значит* значим* существ* профицит* пик* пиков* достиг* держ* удерж* удво* утро* \
         расшир* лучш* сильн* свыше подскоч* взлете* подрос*",
    ),
    (
        Sense::Less,
        "отрицательн* снизи* сниж* сокра* подешев* уменьш* убыл* убыт* убыва* упал* упад* пада* паден* спад* отток* потер* теря* покид* \
         меньш* наименьш* миним* низк* низш* ниже наинизш* мелк* мельч* уступ* отста* медлен* менее наименее \
         незначит* несуществ* дефицит* слаб* худш* ослаб* обвалил* рухнул* сжал*",
    ),
    (Sense::Last, "последн*"),
    (Sense::Same, "одинаков* равн* совпа* сумм* поровну"),
    (Sense::Other, "различ* разн* отлич* расход* неравн* неодинаков*"),
    (Sense::Turned, "не нет ни без кроме исключая конца прекра* прекращ* останов* переста*"),
    (
        Sense::Every,
        "все всех всем всеми всегда всюду каждый каждая каждое каждом каждой каждого кажды* ежегодн* ежемесячн* постоянн* \
         стабильн* неизменн* устойчив* повсеместн* повсюду",
    ),
    (Sense::Place(1), "перв*"),
    (Sense::Place(2), "втор*"),
    (Sense::Place(3), "третий третья третье третьего третьей третьем третьему третьим третьих третьими"),
    (Sense::Place(4), "четвертый четвертая четвертое четвертого четвертой четвертом четвертому четвертую четвертым"),
    (Sense::Place(5), "пятый пятое пятая пятом пятой"),
];

/// The categories of numbers that a noun agrees with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// 1, 21, 101.
    One,
    /// 2 to 4, 22 to 24.
    Few,
    /// 5 to 20, 25 to 30.
    Many,
    /// Zero and whole thousands, which are nouns themselves and govern the genitive in every case.
    Round,
    /// Any number with a visible fraction.
    Fraction,
}

impl Count {
    /// Returns the category of a printed number.
    pub(super) fn of(value: &Decimal) -> Count {
        if !value.fraction.is_empty() {
            return Count::Fraction;
        }
        let round = value.whole == "0" || value.whole.ends_with("000");
        match category(last(&value.whole)) {
            _ if round => Count::Round,
            Some(PluralCategory::One) => Count::One,
            Some(PluralCategory::Few) => Count::Few,
            _ => Count::Many,
        }
    }
}

/// The plural categories of Russian, as CLDR has them; ours are finer by one.
fn category(number: u32) -> Option<PluralCategory> {
    thread_local! {
        static RULES: Option<PluralRules> = PluralRules::try_new_cardinal(locale!("ru").into()).ok();
    }
    RULES.with(|rules| rules.as_ref().map(|rules| rules.category_for(number)))
}

/// Returns a number that has the last digits of another, which alone decide.
fn last(whole: &str) -> u32 {
    whole.get(whole.len().saturating_sub(3)..).and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

fn say(
    language: &Language,
    out: &mut String,
    value: &Decimal,
    form: &NumberForm,
    case: Case,
) -> Result<(), LanguageError> {
    let in_words = form.words == Some(true) || form.collective;
    if !in_words {
        language.write_digits(out, value, form.plus);
    }
    let noun = match &form.suffix {
        Suffix::Bare if in_words => {
            return say_words(out, value, form, Agreement::default(), case);
        }
        Suffix::Bare => {
            write_scale(out, form.scale.steps());
            return Ok(());
        }
        Suffix::Percent => {
            language.write_sign(out, '%');
            return Ok(());
        }
        Suffix::PerMille => {
            language.write_sign(out, '‰');
            return Ok(());
        }
        Suffix::Points => {
            out.push_str("\u{a0}п.\u{a0}п.");
            return Ok(());
        }
        Suffix::ThousandTenge => {
            write_scale(out, form.scale.steps() + 1);
            out.push_str("\u{a0}тенге");
            return Ok(());
        }
        Suffix::Year | Suffix::Own(_) => return Ok(()),
        Suffix::Persons | Suffix::PersonsPerYear => &PERSON,
        Suffix::PerMillePoints => &PER_MILLE_POINT,
        Suffix::IndexPoints => &INDEX_POINT,
        Suffix::Times => &TIME,
        Suffix::Tenge => &TENGE,
        Suffix::CalculationIndices => &noun_ru::CALCULATION_INDEX,
        Suffix::Noun(lemma) => noun(language, lemma)?,
    };
    if form.collective && !(noun.is_animate() && noun.gender() != Gender::F || noun.gender() == Gender::Pl) {
        let message = format!("a collective does not count `{}`", noun.lemma());
        let hint = "it counts men, children and what is only plural: «двое мужчин», but «две женщины», «два дома»";
        return Err(LanguageError::new("no-collective", message, hint));
    }
    if in_words {
        let agreement = Agreement { gender: noun.gender(), animate: noun.is_animate() };
        say_words(out, value, form, agreement, case)?;
        out.push(' ');
        let (count, case) = match Count::of(value) {
            _ if form.collective => (Count::Many, case),
            // In words the accusative of what lives is the genitive: «принял двух мигрантов».
            Count::Few if case == Case::Acc && noun.is_animate() && value.whole.len() == 1 => (Count::Few, Case::Gen),
            count => (count, case),
        };
        noun.write_counted(out, count, case);
        return Ok(());
    }
    write_scale(out, form.scale.steps());
    let count = if form.scale == Scale::One { Count::of(value) } else { Count::Round };
    out.push(NBSP);
    noun.write_counted(out, count, case);
    if form.suffix == Suffix::PersonsPerYear {
        out.push_str(" в\u{a0}год");
    }
    Ok(())
}

/// Writes a small number in words, or as a collective.
fn say_words(
    out: &mut String,
    value: &Decimal,
    form: &NumberForm,
    agreement: Agreement,
    case: Case,
) -> Result<(), LanguageError> {
    let number = small(value).filter(|_| form.scale == Scale::One);
    let said = match (number, form.collective) {
        (Some(number), true) => spoken::collective(number, case),
        (Some(number), false) => spoken::cardinal(number, agreement, case),
        (None, _) => None,
    };
    out.push_str(&said.ok_or_else(|| {
        let message = "a collective counts persons from two to ten".to_owned();
        LanguageError::new("no-collective", message, "drop `collective`")
    })?);
    Ok(())
}

/// Finds a noun of the study or of the program.
fn noun<'a>(language: &'a Language, lemma: &str) -> Result<&'a Noun, LanguageError> {
    let own = language.own.declined.iter().find(|noun| noun.lemma() == lemma);
    own.or_else(|| noun_ru::find(lemma)).ok_or_else(|| language.unknown_noun(lemma))
}

/// Returns the past tense that agrees with a number.
fn past(language: &Language, verb: &str, value: &Decimal, form: &NumberForm) -> Result<String, LanguageError> {
    let gender = match Count::of(value) {
        _ if form.scale != Scale::One || form.suffix == Suffix::ThousandTenge => Gender::N,
        Count::One => match &form.suffix {
            Suffix::Noun(lemma) => noun(language, lemma)?.gender(),
            Suffix::Tenge => Gender::N,
            _ => Gender::M,
        },
        Count::Few => Gender::Pl,
        Count::Many | Count::Round | Count::Fraction => Gender::N,
    };
    spoken::past(language.own.verb(verb), gender).ok_or_else(|| LanguageError::unknown_verb(verb, &GRAMMAR))
}

fn write_scale(out: &mut String, steps: usize) {
    if steps > 0 {
        out.push(NBSP);
        out.push_str(SCALES[steps]);
    }
}

fn name(names: &Names, case: Case) -> Result<Cow<'_, str>, LanguageError> {
    if case == Case::Nom {
        return Ok(Cow::Borrowed(&names.name));
    }
    let case = if case == Case::Loc && !names.cases.contains_key(&case) { Case::Prep } else { case };
    names.cases.get(&case).map(|name| Cow::Borrowed(name.as_str())).ok_or_else(|| {
        let message = format!("«{}» has no form for the case `{}`", names.name, case.name());
        let hint = format!("give it in data/territories.yaml, beside the name: `{}: …`", case.name());
        LanguageError::new("missing-case", message, &hint)
    })
}

fn oblasts(case: Case) -> Cow<'static, str> {
    Cow::Borrowed(match case {
        Case::Gen => "областей",
        Case::Dat => "областям",
        Case::Ins => "областями",
        Case::Prep | Case::Loc => "областях",
        Case::Nom | Case::Acc | Case::Abl => "области",
    })
}

fn unit(_: &Language, unit: Unit, scale: Scale) -> String {
    let (steps, word) = match unit {
        Unit::Persons => (0, "чел."),
        Unit::PersonsPerYear => (0, "чел. в\u{a0}год"),
        Unit::Percent => return "%".to_owned(),
        Unit::PercentagePoints => return "п.\u{a0}п.".to_owned(),
        Unit::PerMille | Unit::PerMillePoints => return "‰".to_owned(),
        Unit::Index => return "индекс".to_owned(),
        Unit::Times => return "раз".to_owned(),
        Unit::Year => return "год".to_owned(),
        Unit::Count => (0, "ед."),
        Unit::TengePerMonth => (0, "тенге в\u{a0}месяц"),
        Unit::ThousandTenge => (1, "тенге"),
        Unit::CalculationIndices => (0, "МРП"),
        // The words of a unit of the study are no business of the grammar.
        Unit::None | Unit::Own(_) => return String::new(),
    };
    match SCALES[steps + scale.steps()] {
        "" => word.to_owned(),
        scale => [scale, "\u{a0}", word].concat(),
    }
}

fn ordinal(
    language: &Language,
    number: usize,
    lemma: Option<&str>,
    case: Case,
    words: bool,
) -> Result<String, LanguageError> {
    let in_words = |agreement| spoken::ordinal(number, agreement, case).unwrap_or_default();
    let Some(lemma) = lemma else {
        return Ok(match words {
            true => in_words(Agreement::default()),
            false => format!("{number}-{}", spoken::ordinal_ending(case)),
        });
    };
    let noun = noun(language, lemma)?;
    if words {
        let agreement = Agreement { gender: noun.gender(), animate: noun.is_animate() };
        return Ok(format!("{} {}", in_words(agreement), noun.phrase(case)));
    }
    let ending = match (noun.gender(), case) {
        (Gender::F, Case::Nom) => "я",
        (Gender::F, Case::Acc) => "ю",
        (Gender::F, _) => "й",
        (Gender::N, Case::Nom | Case::Acc) => "е",
        (Gender::M, Case::Acc) if noun.is_animate() => "го",
        (Gender::M | Gender::N | Gender::Pl, _) => spoken::ordinal_ending(case),
    };
    // A year in digits takes no ending before its own word.
    let ending = if lemma == "год" { String::new() } else { format!("-{ending}") };
    Ok(format!("{number}{ending}{NBSP}{}", noun.phrase(case)))
}

fn say_change(language: &Language, spec: &ChangeSpec, turn: &Turn) -> Result<Phrase, LanguageError> {
    let form = spec.value_form();
    let bare = NumberForm { suffix: Suffix::Bare, scale: Scale::One, ..form.clone() };
    match turn {
        Turn::Plain { movement: Movement::Same, .. } => Ok(vec![change::text(&verb("не изменил", spec.gender))]),
        Turn::Plain { movement, difference } => {
            let (up, down) = match spec.kind {
                ChangeKind::Count | ChangeKind::Flow => ("увеличил", "сократил"),
                ChangeKind::Share => ("повысил", "снизил"),
            };
            let verb = verb(movement.choose(up, down, ""), spec.gender);
            let amount = change::said(language, Role::Difference, difference, &spec.difference_form(), Case::Acc)?;
            Ok(vec![change::text(&(verb + " на ")), amount])
        }
        Turn::Balance { gain, movement, from, to } => {
            let kind = match spec.balance {
                Balance::Migration => "миграционн",
                Balance::Natural => "естественн",
            };
            let (subject, gender) =
                if *gain { ("ый прирост ", Gender::M) } else { ("ая убыль ", Gender::F) };
            let subject = [kind, subject].concat();
            let said_to = change::said(language, Role::To, to, &form, Case::Gen)?;
            if *movement == Movement::Same {
                let words =
                    if *gain { "остался на уровне " } else { "осталась на уровне " };
                return Ok(vec![change::text(&(subject + words)), said_to]);
            }
            let verb = verb(movement.choose("увеличил", "сократил", ""), gender);
            let said_from = change::said(language, Role::From, from, &bare, Case::Gen)?;
            let opening = change::text(&[&subject, &verb, " ", from_word(from), " "].concat());
            Ok(vec![opening, said_from, change::text(" до "), said_to])
        }
        Turn::Crossing { from, to } => {
            let subject = match spec.balance {
                Balance::Migration => "сальдо сменило знак: ",
                Balance::Natural => "естественный прирост сменил знак: ",
            };
            let said_from = change::said(language, Role::From, from, &bare, Case::Gen)?;
            let said_to = change::said(language, Role::To, to, &form, Case::Acc)?;
            let opening = change::text(&[subject, from_word(from), " "].concat());
            Ok(vec![opening, said_from, change::text(" на "), said_to])
        }
        Turn::Nil => Ok(vec![change::text(match spec.balance {
            Balance::Migration => "сальдо осталось нулевым",
            Balance::Natural => "естественный прирост остался нулевым",
        })]),
    }
}

/// Returns `со` before a number that is read from «сто» on, else `с`.
fn from_word(value: &Decimal) -> &'static str {
    let hundred = value.whole.len().is_multiple_of(3) && value.whole.starts_with('1') && !value.negative;
    if hundred { "со" } else { "с" }
}

/// Returns a reflexive verb of the past tense.
fn verb(stem: &str, gender: Gender) -> String {
    let ending = match gender {
        Gender::M => "ся",
        Gender::F => "ась",
        Gender::N => "ось",
        Gender::Pl => "ись",
    };
    [stem, ending].concat()
}

/// Lists the forms of the nouns of the program.
fn forms() -> Vec<String> {
    let nouns = noun_ru::known().filter(|noun| !noun.is_term());
    let forms = |noun: &'static noun_ru::Noun| {
        noun_ru::CASES.into_iter().flat_map(|case| [noun.one(case).into_owned(), noun.many(case)])
    };
    let beyond = include_str!("../../languages/ru/right.txt").lines().filter(|line| !line.starts_with('#'));
    nouns.flat_map(forms).chain(beyond.flat_map(made)).collect()
}

/// Lists the forms that a word has by how it ends.
fn made(word: &str) -> Vec<String> {
    const PATTERNS: [(&str, &str); 11] = [
        ("ующий", "ующий ующего ующему ующим ующем ующая ующую ующей ующее ующие ующих ующими"),
        ("ий", "ий ого ому им ом ая ую ой ое ие их ими"),
        ("ый", "ый ого ому ым ом ая ую ой ое ые ых ыми"),
        ("ость", "ость ости остью остей остям остями остях"),
        ("ция", "ция ции цию цией ций циям циями циях"),
        ("ие", "ие ия ию ием ии ий иям иями иях"),
        ("ье", "ье ья ью ьем ий ьям ьями ьях"),
        ("ка", "ка ки ке ку кой ок кам ками ках"),
        ("та", "та ты те ту той т там тами тах"),
        ("ель", "ель еля елю елем еле ели елей елям елями елях"),
        ("", " а у ом е ы ов ам ами ах"),
    ];
    let Some((stem, endings)) = PATTERNS.iter().find_map(|(end, all)| Some((word.strip_suffix(end)?, *all))) else {
        return vec![word.to_owned()];
    };
    endings.split(' ').map(|end| [stem, end].concat()).collect()
}
