//! Possessed: nouns that a genitive or another noun before them makes possessed, and that bear no possessive.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding, GAPS, sentences};
use super::cases::listed;
use super::joints::is_finite;
use crate::language::suffix_kk::Sound;
use crate::language::{Language, NBSP};

/// Nouns of places, which a name before them makes possessed: «Алматы қаласы».
const PLACES: [(&str, &str); 9] = [
    ("қала", "қаласы"),
    ("облыс", "облысы"),
    ("аудан", "ауданы"),
    ("ауыл", "ауылы"),
    ("кент", "кенті"),
    ("өзен", "өзені"),
    ("көл", "көлі"),
    ("республика", "Республикасы"),
    ("көше", "көшесі"),
];

const GENITIVE: [&str; 6] = ["ның", "нің", "дың", "дің", "тың", "тің"];

/// Words in -ы and -і that bear no possessive and stand behind nouns.
const OTHERWISE: &str = "жоғары жақсы жалпы қарсы туралы сайын дейін кейін бұрын қайта ұзын жуық тиісті жылы алты екі жеті \
     сары қазы тәтті ескі кіші қатты арқылы бері жайлы қалай жағдай ғана тек кәдімгі қазіргі бүгінгі соңғы алғашқы негізгі бұрынғы \
     алдыңғы кейінгі төменгі жоғарғы ішкі сыртқы";

/// Nouns that are counted or measured, which a genitive before them makes possessed: «облыстың халқы».
const OWNED: [(&str, &str); 41] = [
    ("бюджет", "бюджеті"),
    ("экспорт", "экспорты"),
    ("импорт", "импорты"),
    ("пайда", "пайдасы"),
    ("кіріс", "кірісі"),
    ("халық", "халқы"),
    ("сан", "саны"),
    ("үлес", "үлесі"),
    ("деңгей", "деңгейі"),
    ("көлем", "көлемі"),
    ("баға", "бағасы"),
    ("табыс", "табысы"),
    ("шығын", "шығыны"),
    ("көрсеткіш", "көрсеткіші"),
    ("құн", "құны"),
    ("мөлшер", "мөлшері"),
    ("жалақы", "жалақысы"),
    ("өнім", "өнімі"),
    ("қарқын", "қарқыны"),
    ("сапа", "сапасы"),
    ("коэффициент", "коэффициенті"),
    ("индекс", "индексі"),
    ("қуат", "қуаты"),
    ("түсім", "түсімі"),
    ("айналым", "айналымы"),
    ("тариф", "тарифі"),
    ("ұзақтық", "ұзақтығы"),
    ("тығыздық", "тығыздығы"),
    ("алқап", "алқабы"),
    ("алаң", "алаңы"),
    ("динамика", "динамикасы"),
    ("құрылым", "құрылымы"),
    ("тапшылық", "тапшылығы"),
    ("сальдо", "сальдосы"),
    ("ағын", "ағыны"),
    ("өсім", "өсімі"),
    ("түсімділік", "түсімділігі"),
    ("өнімділік", "өнімділігі"),
    ("шығымдылық", "шығымдылығы"),
    ("мөлшерлеме", "мөлшерлемесі"),
    ("қажеттілік", "қажеттілігі"),
];

/// Nouns that make a compound with what is measured, beyond those that their endings tell; a time or a place is none.
const COMPOUNDED: &str = "халық қылмыс бюджет экспорт импорт сауда тауар көлік оқушы студент мұғалім дәрігер жүк жолаушы бала өлім \
     зейнетақы жалақы мұнай газ көмір астық бидай ет сүт электр энергия несие салық мигрант өнеркәсіп құрылыс экономика пайда \
     кіріс өндіріс жұмыс аурухана мектеп жәрдемақы валюта жанармай бензин беру оқу үй су жер жол еңбек ауа отын нан егін ана";

/// Says whether a word is a noun that stands as it is before what is measured of it: «жұмыссыздық деңгейі», «өндіру көлемі».
fn is_compounded(lower: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "сыздық",
        "сіздік",
        "шылық",
        "шілік",
        "ция",
        "сия",
        "йым",
        "ушы",
        "уші",
        "лар",
        "лер",
        "дар",
        "дер",
        "тар",
        "тер",
        "беру",
        "ыру",
        "іру",
        "ану",
        "ену",
        "ату",
        "ету",
    ];
    const NO_PLURALS: &str = "қатар олар бұлар солар";
    let ends =
        lower.chars().count() > 4 && ENDINGS.iter().any(|end| lower.ends_with(end)) && !listed(NO_PLURALS, lower);
    ends || listed(COMPOUNDED, lower)
}

/// Finds a noun of measure without its possessive: behind a genitive and before a number, «облыстың халық 1,2 млн», or as the subject
/// of what something came to behind the noun of which it is a part, «жұмыссыздық деңгей төмендеді».
pub(super) fn owned(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    let Some((_, right)) = OWNED.iter().find(|(own, _)| *own == lower) else { return };
    let before =
        i.checked_sub(1).map(|before| &words[before]).filter(|(own, _)| text[own.end..at.start].trim().is_empty());
    let before = before.map(|(_, own)| own.to_lowercase()).unwrap_or_default();
    let is_owned = GENITIVE.iter().any(|end| before.ends_with(end));
    let rest = text[at.end..].trim_start_matches([' ', NBSP]);
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    // «халық 2021 жылғы санағы».
    let is_counted = digits > 0 && (digits != 4 || !rest[4..].trim_start_matches([' ', NBSP]).starts_with('ж'));
    let next = words.get(i + 1).filter(|(next, _)| text[at.end..next.start].trim().is_empty());
    let is_said = is_counted || next.is_some_and(|(_, next)| comes_to(language, &next.to_lowercase()));
    let message = if is_owned && (is_counted || is_said && lower != "халық") {
        format!("`{word}` bears no possessive behind a genitive")
    } else if is_compounded(&before) && is_said && lower != "халық" {
        format!("`{word}` bears no possessive behind `{before}`")
    } else {
        return;
    };
    found.push(Finding { fault: Fault::Agreement, span: at.clone(), message, hint: format!("write `{right}`") });
}

/// Says whether a verb says what its subject came to or how it changed.
fn comes_to(language: &Language, word: &str) -> bool {
    const STEMS: [&str; 9] = ["құра", "жетті", "жақсар", "нашарла", "өзгер", "сақтал", "тұрақта", "болды", "тең"];
    let rules = language.rules();
    let moves = rules.directions.iter().chain(&rules.paces).flat_map(|stems| stems.iter());
    moves.chain(&STEMS).any(|stem| word.starts_with(stem))
}

/// Reads the word at a place.
pub(super) fn read(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    place(language, text, words, i, found);
    measured(text, words, i, found);
    genitive(language, text, words, i, found);
}

fn beside(text: &str, words: &Words, i: usize) -> bool {
    words.get(i + 1).is_some_and(|(next, _)| GAPS.contains(&&text[words[i].0.end..next.start]))
}

/// Tells of a noun that bears no possessive, unless it was told of.
fn told(found: &mut Vec<Finding>, at: &Range<usize>, message: String, right: &str) {
    let is_said = found.iter().any(|other| other.span == *at && other.fault == Fault::Agreement);
    let hint = match right {
        "" => "give it the possessive of the third person".to_owned(),
        right => format!("write `{right}`"),
    };
    if !is_said {
        found.push(Finding { fault: Fault::Agreement, span: at.clone(), message, hint });
    }
}

/// Finds the noun of a place behind its name without a possessive: «Алматы қала».
fn place(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let Some(before) = i.checked_sub(1).filter(|before| beside(text, words, *before)) else { return };
    let (word, name) = (words[i].1, words[before].1);
    let of = |(own, right): &(&str, &'static str)| Some((word.strip_prefix(own)?, *right));
    let Some((rest, right)) = PLACES.iter().filter_map(of).find(|(rest, _)| CASES.contains(rest)) else { return };
    if is_name(language, text, words, before) && !text[words[i].0.end..].starts_with('-') {
        let message = format!("`{word}` bears no possessive behind the name `{name}`");
        told(found, &words[i].0, message, if rest.is_empty() { right } else { "" });
    }
}

/// Nouns beyond those of measure that a noun before them makes possessed: «білім беру жүйесі».
const FURTHER: [(&str, &str); 11] = [
    ("жүйе", "жүйесі"),
    ("сала", "саласы"),
    ("нарық", "нарығы"),
    ("жағдай", "жағдайы"),
    ("саясат", "саясаты"),
    ("орталық", "орталығы"),
    ("бағдарлама", "бағдарламасы"),
    ("мекеме", "мекемесі"),
    ("шаруашылық", "шаруашылығы"),
    ("министрлік", "министрлігі"),
    ("күш", "күші"),
];

/// Endings of cases behind a bare noun of a place.
const CASES: [&str; 17] =
    ["", "ға", "ге", "қа", "да", "де", "та", "дан", "ден", "тан", "нан", "нен", "ның", "нің", "дың", "дің", "тың"];

/// Says whether a word is a name: one that begins with a capital within a sentence, or that no dictionary has in small letters.
fn is_name(language: &Language, text: &str, words: &Words, i: usize) -> bool {
    let (at, word) = &words[i];
    let is_capital = word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase);
    let before = text[..at.start].trim_end();
    let is_first = before.is_empty() || before.ends_with(['.', '!', '?', ':', '«', '–', '"', '\n']);
    let lower = word.to_lowercase();
    let is_named = super::NAMES.split_whitespace().any(|name| name.trim_end_matches('*') == lower);
    let bears_ending = ["ның", "нің", "дың", "дің", "тың", "тің", "ғы", "гі", "лық", "лік", "дық", "дік", "тық", "тік"]
        .iter()
        .any(|end| lower.ends_with(end));
    is_capital
        && word.chars().count() > 3
        && (is_named || !bears_ending && !is_first && !language.vocabulary().lists(&lower))
}

/// Finds a noun of measure without its possessive behind a noun, where a verb or an adverb follows: «туу коэффициент екі есе төмендеді».
fn measured(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const FIRST: &str = "туу өлу неке ажырасу өлім халық бала жұмыс еңбек жан ел қала ауыл облыс өңір аудан білім сақтау сауда тұрғын \
         мигрант тұтынушы өсу даму көшу инфляция миграция қарыз салық несие өнім тауар қызмет ақша инвестиция ипотека экспорт импорт \
         баға жалақы";
    let Some(before) = i.checked_sub(1).filter(|before| beside(text, words, *before)) else { return };
    let lower = words[i].1.to_lowercase();
    let Some((_, right)) = OWNED.iter().chain(&FURTHER).find(|(own, _)| *own == lower) else { return };
    let last = words[before].1.to_lowercase();
    if lower == "халық" || !(listed(FIRST, &last) || is_compounded(&last)) || text[words[i].0.end..].starts_with('-')
    {
        return;
    }
    // «ойлар сан емес» says what something is not.
    let is_denied = words.get(i + 1).is_some_and(|(_, next)| next.to_lowercase() == "емес");
    // What it would belong to as the first of a compound bears a possessive.
    if !is_denied && follows(text, words, i) {
        told(found, &words[i].0, format!("`{}` bears no possessive behind `{last}`", words[i].1), right);
    }
}

/// Says whether nothing behind a noun in its clause bears a possessive, so that the noun is no first part of a compound.
fn follows(text: &str, words: &Words, i: usize) -> bool {
    let own = clause(text, words, i);
    let ends_in_verb = own.last().is_some_and(|at| is_predicate(words[*at].1));
    ends_in_verb && !own[..own.len() - 1].iter().any(|at| may_be_owned(words[*at].1))
}

/// Lists the places of the words behind one, up to the next stop.
fn clause(text: &str, words: &Words, i: usize) -> Vec<usize> {
    let rest = &text[words[i].0.end..];
    let signs =
        rest.char_indices().filter(|(_, sign)| [',', '.', '!', '?', ';', '–', ':', '(', '«', '\n'].contains(sign));
    // «108,6»: a sign within a number ends nothing.
    let mut stops = signs.filter(|(at, sign)| !rest[at + sign.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()));
    let stop = words[i].0.end + stops.next().map_or(rest.len(), |(at, _)| at);
    (i + 1..words.len()).take_while(|at| words[*at].0.end <= stop).collect()
}

/// Says whether a word may bear a possessive, in whatever case.
fn may_be_owned(word: &str) -> bool {
    const BEHIND: [&str; 19] = [
        "",
        "н",
        "на",
        "не",
        "нда",
        "нде",
        "нан",
        "нен",
        "ның",
        "нің",
        "мен",
        "нша",
        "нше",
        "ндағы",
        "ндегі",
        "дай",
        "дей",
        "ша",
        "ше",
    ];
    let lower = word.to_lowercase();
    if listed(OTHERWISE, &lower) {
        return false;
    }
    BEHIND
        .iter()
        .any(|end| lower.strip_suffix(end).is_some_and(|base| base.ends_with(['ы', 'і']) && base.chars().count() > 2))
}

/// Finds a genitive behind which nothing bears a possessive: «Халықтың сан жыл сайын артып келеді».
fn genitive(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    let stems = GENITIVE.iter().filter_map(|end| Some((lower.strip_suffix(end)?, *end)));
    let is_genitive = stems.into_iter().any(|(stem, end)| {
        let is_owned = stem.chars().count() > 3 && stem.ends_with(['ы', 'і']);
        stem.chars().count() > 2 && (is_owned || Sound::chains_of(stem).contains(end))
    });
    if !is_genitive || text[at.end..].starts_with('-') || !beside(text, words, i) {
        return;
    }
    let own = clause(text, words, i);
    let is_whole = sentences(text).iter().any(|sentence| {
        let end = own.last().map_or(at.end, |last| words[*last].0.end);
        sentence.contains(&at.start) && text[end..sentence.end].trim().is_empty()
    });
    let Some((last, rest)) = own.split_last() else { return };
    let is_free = rest.iter().all(|at| !may_be_owned(words[*at].1));
    if !is_whole || !is_free || !is_predicate(words[*last].1) || may_stand_alone(&lower) {
        return;
    }
    let owned = |at: usize| OWNED.iter().find(|(own, _)| *own == words[at].1.to_lowercase()).map(|(_, right)| *right);
    let measured = rest.iter().copied().find(|at| owned(*at).is_some());
    // Whatever else is a noun in the nominative or in the plural: «Елдің экономика», «Ауылдың тұрғындар».
    let is_noun = |at: &usize| {
        let word = words[*at].1;
        let stem = PLURALS.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        word.chars().count() > 4
            && language.vocabulary().enters(stem)
            && !ADJECTIVES.iter().any(|end| word.ends_with(end))
    };
    let next = rest.first().copied().filter(|at| is_noun(at) && language.has_dictionary());
    let Some(noun) = measured.or(next) else { return };
    let right = owned(noun).unwrap_or_default();
    told(found, &words[noun].0, format!("`{}` bears no possessive behind the genitive `{word}`", words[noun].1), right);
}

/// Endings of plurals, and those of words that are no nouns.
const PLURALS: [&str; 6] = ["лар", "лер", "дар", "дер", "тар", "тер"];
const ADJECTIVES: [&str; 14] =
    ["лық", "лік", "дық", "дік", "тық", "тік", "лы", "лі", "ған", "ген", "қан", "кен", "да", "де"];

/// Says whether a word may end a sentence as what is said of its subject.
fn is_predicate(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_finite(&lower) || listed("жоғары төмен көп аз артық кем үлкен жақсы нашар бірдей тең", &lower)
}

/// Says whether a genitive may be without what it owns: that of a pronoun or of a participle.
fn may_stand_alone(lower: &str) -> bool {
    const PRONOUNS: &str = "біздің сіздің олардың бұлардың солардың менің сенің оның мұның соның өзінің";
    let is_participle = ["ғанның", "геннің", "қанның", "кеннің"].iter().any(|end| lower.ends_with(end));
    listed(PRONOUNS, lower) || is_participle || lower.chars().count() < 5
}

/// Finds an accusative where a genitive belongs, before a noun that bears its possessive: «тұрғындарын саны», «отынды қымбаттауы».
pub(super) fn accusative(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const ACCUSATIVE: [&str; 8] = ["ларды", "лерді", "дарды", "дерді", "тарды", "терді", "сын", "сін"];
    const OF_MANY: [&str; 6] = ["ларын", "лерін", "дарын", "дерін", "тарын", "терін"];
    const PLAIN: [&str; 6] = ["ды", "ді", "ты", "ті", "ны", "ні"];
    // Names of what happens of itself, which take no object.
    const HAPPENS: [&str; 11] = [
        "қымбаттауы",
        "арзандауы",
        "өсуі",
        "азаюы",
        "кемуі",
        "төмендеуі",
        "көбеюі",
        "баяулауы",
        "қысқаруы",
        "ұлғаюы",
        "жақсаруы",
    ];
    const RELATIVE: &str = "бойынша жағынан арқылы қарай тұрғысынан";
    let [(a, word), (b, next), ..] = &words[i..] else { return };
    if !text[a.end..b.start].trim().is_empty() {
        return;
    }
    let (lower, next) = (word.to_lowercase(), next.to_lowercase());
    let ends =
        |list: &[&str]| list.iter().any(|end| lower.ends_with(end) && lower.chars().count() > end.chars().count() + 2);
    const PLACES: &str = "халықты облысты қаланы ауданды өңірді ауылды елді бюджетті экспортты импортты";
    let is_object = ends(&ACCUSATIVE) || ends(&OF_MANY) || listed(PLACES, &lower);
    let is_measured = OWNED.iter().any(|(_, own)| *own == next) && is_object;
    let is_happening = HAPPENS.contains(&next.as_str()) && (ends(&ACCUSATIVE) || ends(&OF_MANY) || ends(&PLAIN));
    let is_relative = words[i + 2..].iter().take(3).any(|(_, word)| listed(RELATIVE, &word.to_lowercase()));
    if is_happening && !is_past(&lower) || is_measured && !is_relative {
        found.push(Finding {
            fault: Fault::Government,
            span: a.clone(),
            message: format!("`{word}` stands in the accusative before `{next}`"),
            hint: "what owns stands in the genitive, in -ның, -дың or -тың".to_owned(),
        });
    }
}

/// Says whether a word is more likely a verb of the past than a noun in the accusative: «артты өсуі».
fn is_past(lower: &str) -> bool {
    ["лды", "лді", "нды", "нді", "йды", "йді", "рды", "рді", "тты", "тті"].iter().any(|end| lower.ends_with(end))
        && lower.chars().count() < 6
}
