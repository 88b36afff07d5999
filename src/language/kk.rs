//! Kazakh: endings by the last spoken word, case on nouns, and what is said of a change.

use std::borrow::Cow;

use super::change::{self, Movement, Turn};
use super::dates::kk::{MONTHS, date, months, period, periods, roman, years};
use super::error::GIVEN_PAST;
use super::number::small;
use super::numerals;
use super::own::{OwnNoun, refuse_declined};
use super::proof;
use super::region::Head;
use super::spelling::{Endings, Spelling};
use super::spoken::kk as spoken;
use super::stem_kk::is_made;
use super::suffix_kk;
use super::suffix_kk::{Sound, inflected, of_number, write_ending, write_inflected, write_owned, write_owned_ending};
use super::syllables;
use super::written::Written;
use super::{Balance, Case, ChangeKind, ChangeSpec, Grammar, Language, LanguageError, NBSP};
use super::{BelowZero, Nouns, Style, UnitWords, aside, no_ordinal_of_parts, quantity};
use super::{InPhrase, Names, NumberForm, Phrase, Role, Scale, Sense, Suffix, month_of};
use super::{noun_kk, owned_kk};
use crate::finding::{Decimal, Unit, UnitName};

/// What the other rooms get of Kazakh.
pub(super) static GRAMMAR: Grammar = Grammar {
    code: "kk",
    appendix: 'А',
    cases: &[Case::Nom, Case::Gen, Case::Dat, Case::Acc, Case::Loc, Case::Abl, Case::Ins],
    possessive: true,
    and: "және",
    unit_nouns: &[
        "пайыз",
        "пайыздық тармақ",
        "тармақ",
        "мың",
        "миллион",
        "миллиард",
        "триллион",
        "балл",
        "доллар",
        "теңге",
        "рубль",
        "еуро",
        "гектар",
        "тонна",
        "километр",
    ],
    untold: "мұнда сөйлемнің бірде-бір нұсқасы дұрыс емес",
    outer_quotes: ["«", "»"],
    inner_quotes: ["“", "”"],
    heads: &[
        Head { word: "облысы", first: false, plural: |case| Cow::Owned(inflected("облыстары", case)) },
        Head { word: "қаласы", first: false, plural: |case| Cow::Owned(inflected("қалалары", case)) },
    ],
    say,
    name,
    unit,
    scale: |_, scale| SCALES[scale.steps()].0.to_owned(),
    // A dash beside a minus sign cannot be told from it.
    range: |negative| if negative { ["", "\u{a0}–\u{a0}"] } else { ["", "–"] },
    years,
    below_zero: BelowZero::Endings(Case::Abl, Case::Dat, " дейін"),
    group_mark: |_| NBSP,
    year_words: &["жыл"],
    letters: "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    numbered: |language, label, noun, case| {
        let noun = noun.ok_or_else(|| no_ordinal_of_parts(label))?;
        checked_noun(language, noun)?;
        Ok(numbered(label, noun, case))
    },
    misfits: suffix_kk::misfits_in,
    ordinal,
    past: |language, verb, _, _| {
        spoken::past(language.own.verb(verb)).ok_or_else(|| LanguageError::unknown_verb(verb, &GRAMMAR))
    },
    verb_hint: GIVEN_PAST,
    past_forms: 1,
    nouns: Nouns {
        declare: |own, spec, _| {
            refuse_declined(spec)?;
            own.nouns.push(OwnNoun::of(spec));
            Ok(())
        },
        known: |own| nouns().map(str::to_owned).chain(own.nouns.iter().map(|noun| noun.word.clone())).collect(),
        many: |_, _| None,
    },
    own_label,
    typed_units: (
        &["адам", "кісі", "теңге", "аек", "%", "‰", "п", "пайыз", "пайызбен", "промилле"],
        &["мың", "млн", "миллион", "млрд", "миллиард", "және", "мен", "т", "айына", "жылына"],
    ),
    spelled_out: &[],
    numerals: &numerals::kk::NUMERALS,
    asides: &aside::kk::ASIDES,
    quantity: &quantity::kk::WORDS,
    proof: &proof::kk::RULES,
    spelling: &Spelling {
        alike: &[
            ('қ', 'к'),
            ('ғ', 'г'),
            ('ң', 'н'),
            ('ө', 'о'),
            ('ұ', 'у'),
            ('ү', 'у'),
            ('ә', 'а'),
            ('і', 'и'),
            ('һ', 'х'),
        ],
        prefixes: &[
            "бей",
            "көп",
            "екі",
            "үш",
            "жалпы",
            "авто",
            "агро",
            "аэро",
            "био",
            "гео",
            "гидро",
            "кибер",
            "макро",
            "мега",
            "метео",
            "микро",
            "супер",
            "теле",
            "электр",
            "электро",
            "энерго",
        ],
        forms,
        endings: Some(Endings {
            all: suffix_kk::chains,
            of: Sound::chains_of,
            is_barred: suffix_kk::would_change,
            changed: suffix_kk::changed,
            is_voiced: suffix_kk::voiceless,
            is_made,
        }),
    },
    softened: syllables::parted,
    style: Style::default,
    phrase,
    periods,
    half_year: |half, case| format!("{}{NBSP}{}", roman(half), inflected("жартыжылдық", case)),
    quarters: |quarters, case| {
        let items: Vec<String> = quarters.iter().map(|quarter| roman(*quarter).to_owned()).collect();
        format!("{}{NBSP}{}", super::region::joined(GRAMMAR.and, &items), inflected("тоқсан", case))
    },
    quarter: |quarter| roman(quarter).to_owned(),
    of_year: |year| [format!("{year}{NBSP}жылғы "), String::new()],
    of_year_short: |year| [format!("{year}{NBSP}ж. "), String::new()],
    period,
    date,
    months,
    month: |month, case| Cow::Owned(inflected(month_of(&MONTHS, month), case)),
    senses: SENSES,
    derivations: &["лық", "лік", "дық", "дік", "тық", "тік"],
    adjectives: &[],
    exhibit: |_, kind, number, case| numbered(number, kind.choose("сурет", "кесте"), case),
    caption: |_, kind, number| numbered(number, kind.choose("сурет", "кесте"), Case::Nom),
    change: say_change,
    written: Written {
        short: ["", "ақп", "", "сәу", "мам", "мау", "шіл", "", "", "", "", ""],
        years: &["ж", "жж", "жыл", "жылы", "жылғы", "жылдың"],
        quarters: &["тоқ", "тоқс", "тоқсан", "тоқсаны"],
        endings: &["ші", "шы"],
        month: |month| {
            let name = month_of(&MONTHS, month);
            [name.into(), inflected(name, Case::Gen).into(), inflected(name, Case::Dat).into()]
        },
        quarters_said: &[
            "{y} жыл {r} тоқсан",
            "{y} жылғы {r} тоқсан",
            "{y} жылдың {r} тоқсаны",
            "{y} жылғы {o} тоқсан",
            "{y} жылдың {o} тоқсаны",
            "{y} жылғы {q}-тоқсан",
            "{y} жылдың {q}-тоқсаны",
        ],
        ordinals: ["бірінші", "екінші", "үшінші", "төртінші"],
        months_said: &["{y} жылғы {m}", "{y} жылдың {m}"],
        halves: &["жартыжыл", "жарты"],
        edges: [
            &[
                "жылдың басына",
                "жылдың басында",
                "жылдың басы",
                "жыл басына",
                "жыл басында",
                "жыл басы",
                "ж басына",
                "ж басы",
            ],
            &[
                "жылдың соңына",
                "жылдың соңында",
                "жылдың соңы",
                "жыл соңына",
                "жыл соңында",
                "жыл соңы",
                "ж соңына",
                "ж соңы",
            ],
        ],
    },
};

// Terms that a native editor may still change stand here, each once.
const PERSON: &str = "адам";
const A_YEAR: &str = "жылына";
pub(super) const PERCENT: &str = "пайыз";
const POINT: &str = "тармақ";
const PERCENT_POINT: &str = "пайыздық тармақ";
pub(super) const PER_MILLE: &str = "промилле";
const PER_MILLE_POINT: &str = "промиллелік тармақ";
const TIMES: &str = "есе";
const TENGE: &str = "теңге";
const CALCULATION_INDEX: &str = "айлық есептік көрсеткіш";

/// Scale words as printed, and the words they are read as.
const SCALES: [(&str, &str); 5] =
    [("", ""), ("мың", "мың"), ("млн", "миллион"), ("млрд", "миллиард"), ("трлн", "триллион")];

/// Words of an order, a sign, a change.
const SENSES: &[(Sense, &str)] = &[
    (
        Sense::More,
        "оң өс* қымбатта* ұлғай* арт* көбей* көтеріл* жоғар* жоғары* биік* көп көпшіл* үлкен* ірі* басым* асып асты асады артық* \
         жетті жеткен көшбасшы* негізгі айтарлықтай едәуір елеулі қарқынды профицит* толық* максим* кемінде",
    ),
    (
        Sense::Less,
        "теріс арзанда* азай* кемі* кему* кемі кем кемірек төменде* төмен* құлды* қысқар* аз азырақ кіші* шағын* баяу* \
         түсті түскен түсу жоғалт* дефицит* миним* болмашы",
    ),
    (Sense::Last, "соңғы"),
    (Sense::Same, "бірдей тең теңдей сәйкес* қосынды*"),
    (Sense::Other, "әртүрлі өзгеше* басқаша айырмашыл*"),
    (Sense::Turned, "емес жоқ соңынан тоқта* тоқтат*"),
    (Sense::Every, "барлық* бәрі* бәрін* әрбір* әр әрдайым үнемі тұрақты*"),
    (Sense::Place(1), "бірінші*"),
    (Sense::Place(2), "екінші*"),
    (Sense::Place(3), "үшінші*"),
    (Sense::Place(4), "төртінші*"),
    (Sense::Place(5), "бесінші*"),
];

/// What can be counted, parted by semicolons. After a number the noun stays in the singular; a study that counts more
/// adds a word.
const NOUNS: &str = "адам; өңір; аймақ; облыс; қала; аудан; округ; ауыл; ел; аумақ; орын; \
     елді мекен; жыл; ай; күн; кезең; тоқсан; рет; есе; пайыз; тармақ; пайыздық тармақ; \
     мың; миллион; миллиард; тұрғын; мигрант; иммигрант; эмигрант; қандас; маман; қоныс аударушы; отбасы; \
     үй шаруашылығы; ағын; көрсеткіш; мән; бақылау; айырмашылық; өтініш; тұжырым; сан; жағдай; дереккөз; \
     файл; қатар; әдіс; жол; ұяшық; тексеру; түзету; санат; жарияланым; бөлім; балл; \
     доллар; теңге; кесте; сурет; кент; өлке; дәрігер; жұмыскер; қызметкер; мұғалім; оқушы; студент; әйел; ер адам; еркек; \
     бала; мектеп; колледж; аурухана; кәсіпорын; ұйым; мекеме; гектар; тонна; шақырым; километр; топ; сала; себеп; рубль; еуро; апта; \
     сағат; бет; үлес; позиция; триллион; халық; деңгей; жер; облыс орталығы";

fn say(
    language: &Language,
    out: &mut String,
    value: &Decimal,
    form: &NumberForm,
    case: Case,
) -> Result<(), LanguageError> {
    if form.suffix == Suffix::PersonsPerYear {
        out.push_str(A_YEAR);
        out.push(NBSP);
    }
    let end = |out: &mut String, joint: &str, sound: Sound| match form.possessive {
        true => write_owned_ending(out, joint, sound, case),
        false => write_ending(out, joint, sound, case),
    };
    let in_words = form.words == Some(true);
    if form.collective {
        return say_collective(language, out, value, form, case);
    }
    let word = small(value).filter(|_| in_words).and_then(cardinal);
    match &word {
        Some(word) if form.suffix == Suffix::Bare => {
            match form.possessive {
                true => write_owned(out, word, case),
                false => write_inflected(out, word, case),
            }
            return Ok(());
        }
        Some(word) => out.push_str(word),
        None => language.write_digits(out, value, form.plus),
    }
    let steps = form.scale.steps() + usize::from(form.suffix == Suffix::ThousandTenge);
    let noun = match &form.suffix {
        Suffix::Bare => {
            write_bare_ending(out, value, steps, &end);
            return Ok(());
        }
        Suffix::Percent => {
            language.write_sign(out, '%');
            end(out, "-", Sound::of(PERCENT));
            return Ok(());
        }
        Suffix::PerMille => {
            language.write_sign(out, '‰');
            end(out, "-", Sound::of(PER_MILLE));
            return Ok(());
        }
        Suffix::Year => return Ok(()),
        Suffix::Persons | Suffix::PersonsPerYear => PERSON,
        Suffix::Points => PERCENT_POINT,
        Suffix::PerMillePoints => PER_MILLE_POINT,
        Suffix::IndexPoints => POINT,
        Suffix::Times => TIMES,
        Suffix::Tenge | Suffix::ThousandTenge => TENGE,
        Suffix::CalculationIndices => CALCULATION_INDEX,
        Suffix::Own(_) => return Ok(()),
        Suffix::Noun(word) => {
            checked_noun(language, word)?;
            word.as_str()
        }
    };
    if steps > 0 {
        out.push(NBSP);
        out.push_str(SCALES[steps].0);
    }
    out.push(if word.is_some() { ' ' } else { NBSP });
    let own = language.own.nouns.iter().find(|own| matches!(form.suffix, Suffix::Noun(_)) && own.word == noun);
    let phrase = InPhrase { case, plural: false, owned: form.possessive };
    match (form.possessive, own) {
        (_, Some(own)) => out.push_str(&own.inflected(phrase)),
        // Most nouns are one word; only phrases may bear the possessive already.
        (_, None) if noun.contains(' ') => out.push_str(&noun_kk::inflected(noun, (None, None), phrase)),
        (true, None) => write_owned(out, noun, case),
        (false, None) => write_inflected(out, noun, case),
    }
    Ok(())
}

fn cardinal(number: usize) -> Option<String> {
    spoken::cardinal(number)
}

/// Says how many are together: `3-еу`, `3-еуінің`, «үшеу».
fn say_collective(
    language: &Language,
    out: &mut String,
    value: &Decimal,
    form: &NumberForm,
    case: Case,
) -> Result<(), LanguageError> {
    let known = small(value).filter(|_| form.suffix == Suffix::Bare && form.scale == Scale::One);
    let Some((word, ending)) = known.and_then(spoken::collective) else {
        let message = "a collective counts from one to seven, without a noun".to_owned();
        return Err(LanguageError::new("no-collective", message, "use it behind `number`, or drop `collective`"));
    };
    if form.words == Some(true) {
        out.push_str(word);
    } else {
        language.write_digits(out, value, false);
        out.push('-');
        out.push_str(ending);
    }
    match form.possessive {
        true => write_owned_ending(out, "", Sound::of(word), case),
        false => write_ending(out, "", Sound::of(word), case),
    }
    Ok(())
}

/// Ends a number without a unit: `9 344-ке`, `43,2 мыңға`, `2,7 млн-ға`.
fn write_bare_ending(out: &mut String, value: &Decimal, steps: usize, end: &dyn Fn(&mut String, &str, Sound)) {
    if steps == 0 {
        return end(out, "-", of_number(value));
    }
    let (printed, read) = SCALES[steps];
    out.push(NBSP);
    out.push_str(printed);
    end(out, if printed == read { "" } else { "-" }, Sound::of(read));
}

fn name(names: &Names, case: Case) -> Result<Cow<'_, str>, LanguageError> {
    Ok(match (names.cases.get(&case), case) {
        (Some(given), _) => Cow::Borrowed(given),
        (None, Case::Nom) => Cow::Borrowed(&names.name),
        (None, _) => Cow::Owned(inflected(&names.name, case)),
    })
}

/// Numbers a thing: the hyphen stands for the ending of the ordinal.
pub(super) fn numbered(number: impl std::fmt::Display, noun: &str, case: Case) -> String {
    let mut out = format!("{number}-");
    write_inflected(&mut out, noun, case);
    out
}

fn unit(_: &Language, unit: Unit, scale: Scale) -> String {
    let (before, steps, word) = match unit {
        Unit::Persons => ("", 0, PERSON),
        Unit::PersonsPerYear => ("жылына\u{a0}", 0, PERSON),
        Unit::Percent => return "%".to_owned(),
        Unit::PercentagePoints => return "п.\u{a0}т.".to_owned(),
        Unit::PerMille | Unit::PerMillePoints => return "‰".to_owned(),
        Unit::Index => return "индекс".to_owned(),
        Unit::Times => return TIMES.to_owned(),
        Unit::Year => return "жыл".to_owned(),
        Unit::Count => ("", 0, "бірлік"),
        Unit::TengePerMonth => ("айына\u{a0}", 0, TENGE),
        Unit::ThousandTenge => ("", 1, TENGE),
        Unit::CalculationIndices => ("", 0, "АЕК"),
        // The words of a unit of the study are no business of the grammar.
        Unit::None | Unit::Own(_) => return String::new(),
    };
    match SCALES[steps + scale.steps()].0 {
        "" => [before, word].concat(),
        scale => [before, scale, "\u{a0}", word].concat(),
    }
}

/// Refuses a noun that is neither the study's nor the program's.
pub(super) fn checked_noun(language: &Language, noun: &str) -> Result<(), LanguageError> {
    let known = nouns().any(|known| known == noun) || language.own.nouns.iter().any(|own| own.word == noun);
    if known { Ok(()) } else { Err(language.unknown_noun(noun)) }
}

/// Writes the label of a unit of a study: a word takes endings, a sign does not say how it is read.
fn own_label(out: &mut String, words: &UnitWords, name: UnitName, case: Case) -> Result<(), LanguageError> {
    let is_word = words.label.chars().all(char::is_alphabetic) && super::is_cyrillic(&words.label);
    if case != Case::Nom && !is_word {
        let message = format!("`{}` takes no ending, because nothing says how it is read", words.label);
        let hint = format!("give its noun in study.yaml: units: {{{}: {{kk: {{noun: …}}}}}}", name.as_str());
        return Err(LanguageError::new("unit-case", message, &hint));
    }
    write_inflected(out, &words.label, case);
    Ok(())
}

/// Lists the forms of the nouns of the program that follow from no rule: «халқы».
fn forms() -> Vec<String> {
    const CASES: [Case; 6] = [Case::Nom, Case::Gen, Case::Dat, Case::Acc, Case::Loc, Case::Abl];
    let owned = |noun: &'static str| {
        CASES.into_iter().map(move |case| {
            let mut form = String::new();
            write_owned(&mut form, noun, case);
            form
        })
    };
    let single = nouns().filter(|noun| !noun.contains(' '));
    let beyond =
        include_str!("../../languages/kk/right.txt").lines().filter(|line| !line.starts_with('#')).map(str::to_owned);
    single.flat_map(|noun| std::iter::once(noun.to_owned()).chain(owned(noun))).chain(beyond).collect()
}

/// Lists the nouns that the program knows.
pub(super) fn nouns() -> impl Iterator<Item = &'static str> {
    NOUNS.split("; ").map(str::trim)
}

/// Writes a word or a phrase in a case.
///
/// The last word of a phrase in -ы or -і is a possessive: `қала халқы`; but for the names of those who do something.
/// Whether such a word alone is one, `халқы` beside `кісі`, only its root tells, so it is refused where nothing is known.
fn phrase(language: &Language, text: &str, phrase: InPhrase) -> Result<String, LanguageError> {
    let InPhrase { case, plural, owned: possessed } = phrase;
    if let Some(own) = language.own.nouns.iter().find(|own| own.word == text) {
        return Ok(own.inflected(phrase));
    }
    // The plural and the possessive go on a noun that has neither yet.
    if plural || possessed {
        checked_noun(language, text)?;
        return Ok(noun_kk::inflected(text, (None, None), phrase));
    }
    let sound = Sound::of(text);
    let known = || {
        nouns().any(|noun| {
            let mut form = String::new();
            write_owned(&mut form, noun, Case::Nom);
            form == text
        })
    };
    let sound = match owned_kk::bears(text) {
        Some(false) => sound,
        Some(true) => sound.owned(),
        None if known() => sound.owned(),
        None => return Err(LanguageError::unknown_phrase(text, case)),
    };
    let mut out = text.to_owned();
    write_ending(&mut out, "", sound, case);
    Ok(out)
}

fn ordinal(
    language: &Language,
    number: usize,
    noun: Option<&str>,
    case: Case,
    words: bool,
) -> Result<String, LanguageError> {
    let in_words = || spoken::ordinal(number).unwrap_or_default();
    let Some(noun) = noun else {
        if words {
            return Ok(inflected(&in_words(), case));
        }
        let message = "the hyphen of a Kazakh ordinal needs its noun".to_owned();
        return Err(LanguageError::new("ordinal-without-noun", message, "give the noun: ordinal(\"орын\")"));
    };
    checked_noun(language, noun)?;
    Ok(match noun {
        noun if words => format!("{} {}", in_words(), inflected(noun, case)),
        // Years and days are the exception: no hyphen joins them.
        "жыл" | "күн" => format!("{number}{NBSP}{}", inflected(noun, case)),
        noun => numbered(number, noun, case),
    })
}

fn say_change(language: &Language, spec: &ChangeSpec, turn: &Turn) -> Result<Phrase, LanguageError> {
    let form = spec.value_form();
    match turn {
        Turn::Plain { movement: Movement::Same, .. } => Ok(vec![change::text("өзгерген жоқ")]),
        Turn::Plain { movement, difference } => {
            let form = spec.difference_form();
            let (up, down) = match (spec.kind, form.suffix.is_point()) {
                // Only what can be counted becomes more or fewer.
                (ChangeKind::Share, _) | (_, true) => (" артты", " төмендеді"),
                (ChangeKind::Count, false) => (" көбейді", " азайды"),
                (ChangeKind::Flow, false) => (" өсті", " қысқарды"),
            };
            // The verb governs the dative of the difference.
            let amount = change::said(language, Role::Difference, difference, &form, Case::Dat)?;
            Ok(vec![amount, change::text(movement.choose(up, down, ""))])
        }
        Turn::Balance { gain, movement, from, to } => {
            let subject = match (spec.balance, gain) {
                (Balance::Migration, true) => "көші-қон өсімі ",
                (Balance::Migration, false) => "көші-қон кемуі ",
                (Balance::Natural, true) => "табиғи өсім ",
                (Balance::Natural, false) => "табиғи кему ",
            };
            if *movement == Movement::Same {
                let said_to = change::said(language, Role::To, to, &form, Case::Nom)?;
                return Ok(vec![change::text(subject), said_to, change::text(" деңгейінде қалды")]);
            }
            let said_from = change::said(language, Role::From, from, &form, Case::Abl)?;
            let said_to = change::said(language, Role::To, to, &form, Case::Dat)?;
            let closing = movement.choose(" дейін артты", " дейін қысқарды", "");
            Ok(vec![change::text(subject), said_from, change::text(" "), said_to, change::text(closing)])
        }
        Turn::Crossing { from, to } => {
            let subject = match spec.balance {
                Balance::Migration => "көші-қон сальдосының таңбасы өзгерді: ",
                Balance::Natural => "табиғи өсімнің таңбасы өзгерді: ",
            };
            let said_from = change::said(language, Role::From, from, &form, Case::Abl)?;
            let said_to = change::said(language, Role::To, to, &form, Case::Dat)?;
            Ok(vec![change::text(subject), said_from, change::text(" "), said_to, change::text(" дейін")])
        }
        Turn::Nil => Ok(vec![change::text(match spec.balance {
            Balance::Migration => "көші-қон сальдосы нөлге тең болып қалды",
            Balance::Natural => "табиғи өсім нөлге тең болып қалды",
        })]),
    }
}
