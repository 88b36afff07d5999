//! Possessed: nouns that a genitive or another noun before them makes possessed, and that bear no possessive.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding, GAPS, sentences};
use super::cases::{self, listed};
use super::joints::is_finite;
use crate::language::Language;
use crate::language::suffix_kk::Sound;

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
    let Some((_, right)) = cases::OWNED.iter().chain(&FURTHER).find(|(own, _)| *own == lower) else { return };
    let last = words[before].1.to_lowercase();
    if lower == "халық"
        || !(listed(FIRST, &last) || cases::is_compounded(&last))
        || text[words[i].0.end..].starts_with('-')
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
    let owned =
        |at: usize| cases::OWNED.iter().find(|(own, _)| *own == words[at].1.to_lowercase()).map(|(_, right)| *right);
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
