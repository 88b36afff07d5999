//! Forms: the cases, numbers and genders in which a Russian word may stand.
//!
//! The program knows its own nouns; of any other word the dictionary tells, by knowing the whole declension that it would have.

use super::listed;
use crate::language::noun_ru::{self, Noun};
use crate::language::{Case, Gender, Language};

/// One form that a word may be. The gender of an adjective in the plural is [`Gender::Pl`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) case: char,
    pub(super) many: bool,
    pub(super) gender: Gender,
}

/// What a word may be.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    pub(super) nouns: Vec<Form>,
    pub(super) adjectives: Vec<Form>,
    /// The dictionary form of the adjective.
    pub(super) lemma: String,
}

/// Nouns that are declined and not counted.
const STILL: [(&str, Gender); 1] = [("сальдо", Gender::N)];

const CASES: &str = "ngdaip";

/// Endings of adjectives: hard, behind г к х, soft, behind ж ч ш щ; the first letter is the gender, p for the plural, those behind
/// the colon are cases. The last three of a class tell that a word is one of it.
const HARD: Class = &[
    ("ый", "m:na"),
    ("ой", "m:na f:gdip"),
    ("ая", "f:n"),
    ("ое", "n:na"),
    ("ые", "p:na"),
    ("ого", "m:ga n:g"),
    ("ому", "m:d n:d"),
    ("ым", "m:i n:i p:d"),
    ("ом", "m:p n:p"),
    ("ую", "f:a"),
    ("ых", "p:gpa"),
    ("ыми", "p:i"),
];
const VELAR: Class = &[
    ("ий", "m:na"),
    ("ой", "m:na f:gdip"),
    ("ая", "f:n"),
    ("ое", "n:na"),
    ("ие", "p:na"),
    ("ого", "m:ga n:g"),
    ("ому", "m:d n:d"),
    ("им", "m:i n:i p:d"),
    ("ом", "m:p n:p"),
    ("ую", "f:a"),
    ("их", "p:gpa"),
    ("ими", "p:i"),
];
const SOFT: Class = &[
    ("ий", "m:na"),
    ("яя", "f:n"),
    ("ее", "n:na"),
    ("ие", "p:na"),
    ("его", "m:ga n:g"),
    ("ему", "m:d n:d"),
    ("им", "m:i n:i p:d"),
    ("ем", "m:p n:p"),
    ("юю", "f:a"),
    ("ей", "f:gdip"),
    ("их", "p:gpa"),
    ("ими", "p:i"),
];
const HUSHING: Class = &[
    ("ий", "m:na"),
    ("ая", "f:n"),
    ("ее", "n:na"),
    ("ие", "p:na"),
    ("его", "m:ga n:g"),
    ("ему", "m:d n:d"),
    ("им", "m:i n:i p:d"),
    ("ем", "m:p n:p"),
    ("ую", "f:a"),
    ("ей", "f:gdip"),
    ("их", "p:gpa"),
    ("ими", "p:i"),
];

/// Endings of one class, and what they say.
type Class = &'static [(&'static str, &'static str)];

/// The classes, with three endings that a stem has where it is one of the class.
const CLASSES: [(Class, [&str; 3]); 4] = [
    (HARD, ["ого", "ая", "ыми"]),
    (VELAR, ["ого", "ая", "ими"]),
    (SOFT, ["его", "яя", "ими"]),
    (HUSHING, ["его", "ая", "ими"]),
];

/// How stems end that are those of adjectives whatever the word.
const STEMS: [&str; 10] = ["ск", "ественн", "ционн", "тельн", "альн", "енческ", "ическ", "ивн", "ированн", "ённ"];

/// How nouns end that end like those: «выпуском», «риском».
const NOUNS: [&str; 9] = ["пуск", "риск", "поиск", "диск", "блеск", "плеск", "треск", "воск", "писк"];

/// Numerals in the nominative, which is their accusative too.
const NUMERALS: &str = "два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать \
     четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок пятьдесят шестьдесят \
     семьдесят восемьдесят девяносто сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот оба обе";

/// Says whether a word is a numeral in the nominative.
pub(super) fn is_numeral(word: &str) -> bool {
    listed(NUMERALS, word)
}

/// Returns what a word may be, as the text has it.
pub(super) fn of(language: &Language, word: &str) -> Forms {
    let lower = word.to_lowercase();
    let mut found = Forms { nouns: nouns(language, word, &lower), ..Forms::default() };
    adjective(language, word, &lower, &mut found);
    found
}

/// Lists the nouns of the program and of the study.
pub(super) fn known(language: &Language) -> impl Iterator<Item = &Noun> {
    noun_ru::known().chain(&language.own.declined).filter(|noun| !noun.is_term())
}

fn nouns(language: &Language, word: &str, lower: &str) -> Vec<Form> {
    if let Some((_, gender)) = STILL.iter().find(|(own, _)| *own == lower) {
        let one = |case| [Form { case, many: false, gender: *gender }, Form { case, many: true, gender: *gender }];
        return CASES.chars().flat_map(one).collect();
    }
    let own: Vec<Form> =
        known(language).filter(|noun| noun.starts(lower)).flat_map(|noun| declined(noun, lower)).collect();
    if !own.is_empty() || !language.has_dictionary() || is_numeral(lower) {
        return own;
    }
    let is_known = |form: &str| language.vocabulary().knows(form);
    // A name of a person is declined like another of the other gender: «к Беллу»; countries are not.
    let is_name = word.starts_with(char::is_uppercase) && !is_known(lower);
    let is_country = |noun: &Noun| ["ия", "стан"].iter().any(|end| noun.lemma().ends_with(end));
    let mut guessed =
        noun_ru::guessed(if is_name { word } else { lower }, &|lemma| language.vocabulary().enters(lemma), &is_known);
    guessed.retain(|noun| !is_name || is_country(noun));
    let mut found: Vec<Form> =
        guessed.iter().flat_map(|noun| declined(noun, if is_name { word } else { lower })).collect();
    // Whether it lives, no ending tells.
    let living = |form: &&Form| form.case == 'g' && (form.many || form.gender == Gender::M);
    let more: Vec<Form> = found.iter().filter(living).map(|form| Form { case: 'a', ..*form }).collect();
    found.extend(more);
    if is_known(word) { found } else { Vec::new() }
}

fn declined(noun: &Noun, word: &str) -> Vec<Form> {
    let gender = noun.gender();
    let [one, many] = noun.cases_of(word);
    let form = |many: bool| move |case: Case| Form { case: letter(case), many, gender };
    one.into_iter().map(form(false)).chain(many.into_iter().map(form(true))).collect()
}

pub(super) fn letter(case: Case) -> char {
    match case {
        Case::Nom | Case::Abl => 'n',
        Case::Gen => 'g',
        Case::Dat => 'd',
        Case::Acc => 'a',
        Case::Ins => 'i',
        Case::Prep | Case::Loc => 'p',
    }
}

fn adjective(language: &Language, word: &str, lower: &str, found: &mut Forms) {
    for (class, telling) in CLASSES {
        let ending = class.iter().filter(|(ending, _)| lower.ends_with(ending)).max_by_key(|(ending, _)| ending.len());
        let Some((ending, says)) = ending else { continue };
        let stem = &lower[..lower.len() - ending.len()];
        if stem.chars().count() < 3 || !is_stem(language, word, stem, telling) {
            continue;
        }
        let is_velar = stem.ends_with(['г', 'к', 'х', 'ж', 'ч', 'ш', 'щ']);
        found.lemma = [stem, if is_velar { "ий" } else { class[0].0 }].concat();
        for part in says.split(' ') {
            let (gender, cases) = part.split_once(':').unwrap_or_default();
            let gender = match gender {
                "m" => Gender::M,
                "f" => Gender::F,
                "n" => Gender::N,
                _ => Gender::Pl,
            };
            found.adjectives.extend(cases.chars().map(|case| Form { case, many: gender == Gender::Pl, gender }));
        }
        return;
    }
}

/// Says whether a stem is one of adjectives: by how it ends, or because the dictionary has its forms.
fn is_stem(language: &Language, word: &str, stem: &str, telling: [&str; 3]) -> bool {
    let hard = telling[0] == "ого";
    let noun = NOUNS.iter().any(|end| stem.ends_with(end));
    if hard && !noun && STEMS.iter().any(|end| stem.ends_with(end) && stem.len() > end.len() + 2) {
        return true;
    }
    let name = word.starts_with(char::is_uppercase) && !language.vocabulary().knows(&word.to_lowercase());
    let knows = |ending: &&str| language.vocabulary().knows(&[stem, ending].concat());
    language.has_dictionary() && !name && telling.iter().all(knows)
}

impl Form {
    /// Returns what a verb beside it agrees with.
    pub(super) fn agreeing(&self) -> Gender {
        if self.many { Gender::Pl } else { self.gender }
    }

    /// Says whether an adjective in this form goes with a noun in that one.
    pub(super) fn fits(self, noun: Form) -> bool {
        self.case == noun.case && self.many == noun.many && (self.many || self.gender == noun.gender)
    }
}
