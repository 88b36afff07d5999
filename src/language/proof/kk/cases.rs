//! Cases: what postpositions and verbs govern, and endings behind a possessive, by the stem and the endings of a word.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding};
use crate::language::suffix_kk::{Sound, chains, voiceless};
use crate::language::{Language, NBSP, kk};

/// Words and the cases that the word before them cannot have: nom gen dat acc loc abl ins, by their first letters, b for abl.
const GOVERNED: [(&str, &str); 19] = [
    ("бойынша туралы үшін арқылы сайын", "gdalbi"),
    ("дейін қарамастан", "ngalbi"),
    ("қарағанда", "galbi"),
    ("сәйкес", "ngalbi"),
    // One thing depends on another (dative) or is connected with it (instrumental).
    ("байланысты", "ngalb"),
    ("шейін", "ngalbi"),
    ("гөрі", "ngdali"),
    ("арналған", "gab"),
    ("арасында аралығында", "dab"),
    ("тәуелді тиесілі", "galbi"),
    ("орай", "galbi"),
    ("соң", "gdli"),
    ("тыс", "gdali"),
    ("кейін бері", "n"),
    ("бастап", "gdli"),
    ("салыстырғанда", "gdlb"),
    ("астам", "ngdali"),
    ("құрады құрайды құраған құрап", "dlbi"),
    ("жетті жетеді жеткен жетіп", "albi"),
];

/// Verbs, and the cases that an amount before them cannot have.
const AMOUNTS: [(&str, &str); 2] = [
    (
        "артты артқан артып артады өсті өскен өсіп өседі көбейді көбейген көбейіп азайды азайған азайып кеміді кеміген кеміп \
         төмендеді төмендеген төмендеп қысқарды қысқарған қысқарып ұлғайды ұлғайған жоғарылады жоғарылаған көтерілді көтерілген",
        "a",
    ),
    ("асты асқан асып асады", "gda"),
];

/// Endings of cases, the longest first, and the letter of the case.
const ENDINGS: [(&str, char); 35] = [
    ("ның", 'g'),
    ("нің", 'g'),
    ("дың", 'g'),
    ("дің", 'g'),
    ("тың", 'g'),
    ("тің", 'g'),
    ("дан", 'b'),
    ("ден", 'b'),
    ("тан", 'b'),
    ("тен", 'b'),
    ("нан", 'b'),
    ("нен", 'b'),
    ("мен", 'i'),
    ("бен", 'i'),
    ("пен", 'i'),
    ("нда", 'l'),
    ("нде", 'l'),
    ("ға", 'd'),
    ("ге", 'd'),
    ("қа", 'd'),
    ("ке", 'd'),
    ("на", 'd'),
    ("не", 'd'),
    ("да", 'l'),
    ("де", 'l'),
    ("та", 'l'),
    ("те", 'l'),
    ("ны", 'a'),
    ("ні", 'a'),
    ("ды", 'a'),
    ("ді", 'a'),
    ("ты", 'a'),
    ("ті", 'a'),
    ("ын", 'a'),
    ("ін", 'a'),
];

/// Words in -ы and -і that bear no possessive.
const WHOLE: &str = "екі алты жеті кісі сары қазы тәтті сенбі елші көрші кіші ескі қарсы жақсы жалпы";

/// Reads the word at a place.
pub(super) fn read(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    bare(text, words, i, found);
    scaled(text, words, i, found);
    governed(language, text, words, i, found);
    possessed(language, words, i, found);
    genitive(language, words, i, found);
}

/// Finds a genitive that ends in н for ң: «жылдын басында».
fn genitive(language: &Language, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const GENITIVE: [&str; 6] = ["нын", "нін", "дын", "дін", "тын", "тін"];
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    if listed("онын мұнын бұнын осынын сонын кімнін", &lower) {
        found.push(Finding {
            fault: Fault::Ending,
            span: at.clone(),
            message: format!("the genitive `{word}` ends in ң"),
            hint: format!("write `{}ң`", &word[..word.len() - 'н'.len_utf8()]),
        });
        return;
    }
    let Some((stem, ending)) = GENITIVE.iter().find_map(|end| Some((lower.strip_suffix(end)?, end))) else { return };
    let right = [stem, &ending[..ending.len() - 'н'.len_utf8()], "ң"].concat();
    let is_genitive =
        stem.chars().count() > 2 && Sound::chains_of(stem).contains(&right[stem.len()..]) && is_noun(language, stem);
    // «алтын», «санын»: a word of its own, or the accusative of a possessive.
    let entered = |own: &str| language.vocabulary().enters(own);
    let other = lower.strip_suffix(['н']).map(|rest| &rest[..rest.len() - 'ы'.len_utf8()]);
    // «басынын»: no word ends so but one that bears a possessive.
    // «болатынын»: a participle.
    let is_participle = ["тынын", "тінін"].iter().any(|end| lower.ends_with(end));
    let is_owned =
        ["ынын", "інін"].iter().any(|end| lower.ends_with(end)) && stem.chars().count() > 3 && !is_participle;
    if !is_owned && (!is_genitive || other.is_some_and(entered)) || entered(&lower) {
        return;
    }
    found.push(Finding {
        fault: Fault::Ending,
        span: at.clone(),
        message: format!("the genitive of `{stem}` ends in ң"),
        hint: format!("write `{right}`"),
    });
}

pub(super) fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|own| own == word)
}

/// Finds a number of per cent without the ending that «құрады» asks for: «5% құрады».
fn bare(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let before = text[..at.start].trim_end_matches([' ', NBSP]);
    let is_bare = before.ends_with(['%', '‰']) && before.len() < at.start;
    if is_bare && listed("құрады құрайды құраған құрап", &word.to_lowercase()) {
        let digits = before.rsplit([' ', '(', '«']).next().unwrap_or_default();
        found.push(Finding {
            fault: Fault::Government,
            span: before.len() - digits.len()..at.end,
            message: format!("`{digits}` bears no ending before `{word}`"),
            hint: format!("write `{digits}-ды {word}`, or use `case`"),
        });
    }
}

/// Finds a scale word with an ending that no hyphen joins, and one that a hyphen joins to its number: «20 млнға», «20-млн».
fn scaled(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let Some((scale, rest)) = ["млн", "млрд", "трлн"].iter().find_map(|own| Some((*own, word.strip_prefix(own)?)))
    else {
        return;
    };
    let before = &text[..at.start];
    let is_joined = before.strip_suffix('-').is_some_and(|left| left.ends_with(|c: char| c.is_ascii_digit()));
    let (span, hint) = match rest {
        "" if is_joined => (at.start - 1..at.end, format!("put a no-break space before `{scale}`")),
        "" => return,
        _ => (at.clone(), format!("write `{scale}-{rest}`")),
    };
    found.push(Finding {
        fault: Fault::Ending,
        span,
        message: format!("`{word}` is not how a scale word is written"),
        hint,
    });
}

/// Finds a word in a case that what stands behind it does not take.
fn governed(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    let of =
        |table: &[(&str, &'static str)]| table.iter().find(|(list, _)| listed(list, &lower)).map(|(_, wrong)| *wrong);
    let (wrong, is_amount) = match (of(&GOVERNED), of(&AMOUNTS)) {
        (Some(wrong), _) => (wrong, false),
        (None, Some(wrong)) => (wrong, true),
        (None, None) => return,
    };
    let before = text[..at.start].strip_suffix([' ', NBSP, '\n']).unwrap_or_default();
    let last = super::last_word(before);
    let start = before.len() - last.len();
    // «1,3 млрд долларға асып түсті»: by how much.
    let is_by = lower == "асып" && words.get(i + 1).is_some_and(|(_, next)| next.to_lowercase().starts_with("түс"));
    if is_by || is_amount && !last.starts_with(|c: char| c.is_ascii_digit()) && !is_counted(&before[..start]) {
        return;
    }
    let mut cases = cases_of(language, last);
    if cases.is_empty() && lower == "арқылы" && is_dative(last) {
        cases.push('d');
    }
    if cases.contains('n') && !is_postposition(language, text, words, i, last) {
        return;
    }
    if cases.is_empty() || !cases.chars().all(|case| wrong.contains(case)) {
        return;
    }
    // A nominative before «астам» is as often a number in words.
    let is_said = found.iter().any(|other| other.fault == Fault::Government && other.span.end == before.len());
    if is_said || cases.contains('n') && lower == "астам" {
        return;
    }
    found.push(Finding {
        fault: Fault::Government,
        span: start..before.len(),
        message: format!("`{word}` does not take the case of `{last}`"),
        hint: "give the word before it the case that it takes, or use `case`".to_owned(),
    });
}

/// Pronouns in the dative, and words that stand before «дейін» as they are.
const STANDING: &str = "бұған соған оған осыған маған саған бізге сізге қазірге бүгінге әлі кешке ертеңге";

/// Says whether a word that has no case before it is a postposition and no adverb, adjective or predicate: «заң сәйкес төленеді», but not
/// «нәтижелер сәйкес келеді», «баға кейін өсті».
fn is_postposition(language: &Language, text: &str, words: &Words, i: usize, last: &str) -> bool {
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    if !listed("дейін қарамастан сәйкес байланысты кейін бері", &lower) {
        return true;
    }
    let small = last.to_lowercase();
    // «содан кейін», «бұған дейін»: pronouns that the dictionary has as they stand.
    let borne: &[&str] = if listed("кейін бері", &lower) {
        &["дан", "ден", "тан", "тен", "нан", "нен"]
    } else {
        &["ға", "ге", "қа", "ке", "на", "не", "ған", "ген"]
    };
    if borne.iter().any(|end| small.ends_with(end)) {
        return false;
    }
    let is_verb = ["ғалы", "гелі", "қалы", "келі"].iter().any(|end| small.ends_with(end));
    let next = words
        .get(i + 1)
        .filter(|(next, _)| text[at.end..next.start].trim().is_empty())
        .map(|(_, word)| word.to_lowercase());
    let Some(next) = next.filter(|_| !is_verb && !listed(STANDING, &small) && !last.contains('-')) else {
        return false;
    };
    let rest = &text[at.end..];
    let rest = &rest[..rest.find([',', '.', ';', ':', '!', '?']).unwrap_or(rest.len())];
    let is_predicate =
        ["кел", "бол", "емес", "екен", "еді", "деп", "деген", "қара"].iter().any(|stem| next.starts_with(stem));
    // «Реформа кейін мектептер саны артты»: what it is said of stands behind.
    let is_adverb = listed("кейін бері", &lower)
        && (rest.split_whitespace().count() < 3 || !cases_of(language, &next).chars().any(|case| "ng".contains(case)));
    !is_predicate && !is_adverb
}

/// Says whether a word that no list has ends as a dative does: «порталға».
fn is_dative(word: &str) -> bool {
    let lower = word.to_lowercase();
    let stems = ["ға", "ге", "қа", "ке"].iter().filter_map(|end| Some((lower.strip_suffix(end)?, end)));
    stems.into_iter().any(|(stem, end)| stem.chars().count() > 4 && Sound::chains_of(stem).contains(*end))
}

/// Says whether a number stands right before a word, with a scale word or without.
fn is_counted(before: &str) -> bool {
    let mut words = before.rsplit([' ', NBSP]).filter(|word| !word.is_empty());
    let number = |word: &str| word.ends_with(|c: char| c.is_ascii_digit());
    match words.next() {
        Some("мың" | "млн" | "млрд" | "трлн" | "миллион" | "миллиард") => {
            words.next().is_some_and(number)
        }
        Some(word) => number(word),
        None => false,
    }
}

/// Lists the cases that a word may be in of which a known one is the stem, or a number that bears an ending.
fn cases_of(language: &Language, word: &str) -> String {
    let lower = word.to_lowercase();
    if let Some((number, ending)) =
        lower.rsplit_once('-').filter(|(number, _)| number.ends_with(|c: char| c.is_ascii_digit() || c == '%'))
    {
        return case_in(ending).filter(|_| !number.is_empty()).into_iter().collect();
    }
    let own = inflected(&lower, &|stem| is_own(language, stem));
    if !own.is_empty() {
        return own;
    }
    // Dictionaries have inflected words as they stand; a short stem may be part of another word: «май» of «майдан».
    let entered = |stem: &str| language.vocabulary().enters(stem);
    let long = |stem: &str| stem.chars().count() > 3 && entered(stem);
    let mut found = inflected(&lower, &entered);
    let is_whole = is_own(language, &lower) || entered(&lower);
    found.extend((is_whole && inflected(&lower, &long).is_empty()).then_some('n'));
    found
}

/// Lists the cases of a word that is a known one and its endings.
fn inflected(lower: &str, is_known: &dyn Fn(&str) -> bool) -> String {
    let cuts = lower.char_indices().map(|(at, _)| lower.split_at(at)).skip(3);
    let known = cuts.filter(|(stem, rest)| {
        let is_plain = Sound::chains_of(stem).contains(*rest) && is_known(stem);
        is_plain || chains().contains(*rest) && voiceless(stem, rest).is_some_and(|own| is_known(&own))
    });
    known.map(|(_, rest)| case_in(rest).unwrap_or(if rest == "н" { 'a' } else { 'n' })).collect()
}

fn case_in(endings: &str) -> Option<char> {
    ENDINGS.iter().find(|(ending, _)| endings.ends_with(ending)).map(|(_, case)| *case)
}

/// Says whether a word is a noun of the program or of the study.
fn is_own(language: &Language, stem: &str) -> bool {
    kk::nouns().any(|noun| noun == stem) || language.own.nouns.iter().any(|noun| noun.word == stem)
}

/// Says whether a word is a known noun, or a word of the dictionary.
fn is_noun(language: &Language, stem: &str) -> bool {
    is_own(language, stem) || stem.chars().count() > 2 && language.vocabulary().enters(stem)
}

/// Finds a case behind a possessive that only a bare noun bears: «облысыға», «санында» written «саныда».
fn possessed(language: &Language, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const BARE: [(&str, &str); 8] = [
        ("ға", "на"),
        ("ге", "не"),
        ("да", "нда"),
        ("де", "нде"),
        ("дан", "нан"),
        ("ден", "нен"),
        ("ны", "н"),
        ("ні", "н"),
    ];
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    let Some((base, right)) = BARE.iter().find_map(|(wrong, right)| Some((lower.strip_suffix(wrong)?, right))) else {
        return;
    };
    // «теріні»: what is a word of its own takes the accusative of any.
    let is_participle = ["тыны", "тіні"].iter().any(|end| lower.ends_with(end));
    if *right == "н" && is_participle {
        return;
    }
    let is_whole = *right == "н"
        && (language.vocabulary().enters(base) || is_own(language, base) || bears_possessive(language, &lower));
    if is_whole || !bears_possessive(language, base) {
        return;
    }
    found.push(Finding {
        fault: Fault::Ending,
        span: at.clone(),
        message: format!("`{word}` has not the ending that stands behind a possessive"),
        hint: format!("write `{base}{right}`"),
    });
}

/// Says whether a word is a known noun with the possessive of the third person.
fn bears_possessive(language: &Language, base: &str) -> bool {
    let doer = ["шы", "ші"].iter().filter_map(|end| base.strip_suffix(end)).any(|stem| stem.chars().count() > 2);
    if listed(WHOLE, base) || doer {
        return false;
    }
    ["сы", "сі", "ы", "і"].into_iter().filter_map(|own| Some((base.strip_suffix(own)?, own))).any(|(stem, own)| {
        let is_long = stem.chars().count() > 2;
        let known = |stem: &str| is_long && Sound::of(stem).possessive() == own && is_noun(language, stem);
        known(stem) || voiceless(stem, own).is_some_and(|whole| known(&whole)) || stem == "халқ"
    })
}

/// Finds a date with its year behind it: «1 қаңтар 2024 жылы».
pub(super) fn dates(language: &Language, text: &str, words: &Words, found: &mut Vec<Finding>) {
    for (at, _) in words.iter().filter(|(_, word)| language.lang().month(word).is_some()) {
        let before = text[..at.start].trim_end_matches([' ', NBSP]);
        let after = text[at.end..].trim_start_matches([' ', NBSP]);
        let year = &after[..after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len())];
        let day = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let is_year = year.len() == 4 && after[4..].trim_start_matches([' ', NBSP]).starts_with('ж');
        if is_year && (1..=2).contains(&day.len()) && before.len() < at.start {
            found.push(Finding {
                fault: Fault::Date,
                span: before.len() - day.len()..at.end,
                message: "the day stands before the year".to_owned(),
                hint: "write the year first: «2024 жылғы 1 қаңтар», or use `date`".to_owned(),
            });
        }
    }
}

/// Finds the ending of an ordinal behind digits, for which the hyphen stands: «1-ші кестеде».
pub(super) fn ordinals(text: &str, words: &Words, found: &mut Vec<Finding>) {
    const ENDINGS: &str = "ші шы нші ншы інші ыншы уі уы";
    for (at, _) in words.iter().filter(|(_, word)| listed(ENDINGS, word)) {
        let Some(before) = text[..at.start].strip_suffix('-') else { continue };
        let number = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_roman = !number.is_empty() && number.chars().all(|c| "IVXLCMХІ".contains(c));
        let digits =
            if is_roman { number } else { before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default() };
        if is_roman {
            found.push(Finding {
                fault: Fault::Ending,
                span: before.len() - digits.len()..at.end,
                message: format!("`{digits}-{}` bears an ending that a Roman number does not take", &text[at.clone()]),
                hint: format!("write `{digits}`"),
            });
        } else if !digits.is_empty() {
            let span: Range<usize> = before.len() - digits.len()..at.end;
            found.push(Finding {
                fault: Fault::Ending,
                message: format!("`{}` bears an ending that digits do not take", &text[span.clone()]),
                span,
                hint: format!(
                    "the hyphen stands for the ending of an ordinal, «{digits}-кесте»; use `ordinal` or `collective`"
                ),
            });
        }
    }
}
