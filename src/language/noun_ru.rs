//! Nouns of Russian: the closed list of what can be counted, with all forms that a number calls for.

use std::borrow::Cow;

use super::ru::Count;
use super::{Case, Gender};

/// Endings of one declension: nom gen dat acc ins prep of the singular, gen dat ins prep of the plural.
type Endings = [&'static str; 10];

/// A noun, with the adjectives that belong to the term.
pub(super) struct Noun {
    lemma: &'static str,
    /// Stems of masculine adjectives of the hard declension.
    adjectives: &'static [&'static str],
    stem: &'static str,
    endings: Endings,
}

const fn noun(lemma: &'static str, stem: &'static str, endings: Endings) -> Noun {
    Noun { lemma, adjectives: &[], stem, endings }
}

const fn term(adjectives: &'static [&'static str], lemma: &'static str, stem: &'static str, endings: Endings) -> Noun {
    Noun { lemma, adjectives, stem, endings }
}

const MASCULINE: Endings = ["", "а", "у", "", "ом", "е", "ов", "ам", "ами", "ах"];
const ANIMATE: Endings = ["", "а", "у", "а", "ом", "е", "ов", "ам", "ами", "ах"];
const SOFT: Endings = ["ь", "я", "ю", "ь", "ем", "е", "ей", "ям", "ями", "ях"];
const SOFT_ANIMATE: Endings = ["ь", "я", "ю", "я", "ем", "е", "ей", "ям", "ями", "ях"];
const IN_Y: Endings = ["й", "я", "ю", "й", "ем", "е", "ев", "ям", "ями", "ях"];
const FLEETING: Endings = ["ок", "ка", "ку", "ок", "ком", "ке", "ков", "кам", "ками", "ках"];
const FEMININE: Endings = ["а", "ы", "е", "у", "ой", "е", "", "ам", "ами", "ах"];
const IN_TSA: Endings = ["а", "ы", "е", "у", "ей", "е", "", "ам", "ами", "ах"];
const IN_CHA: Endings = ["а", "и", "е", "у", "ей", "е", "", "ам", "ами", "ах"];
const IN_KA: Endings = ["ка", "ки", "ке", "ку", "кой", "ке", "ок", "кам", "ками", "ках"];
const SOFT_FEMININE: Endings = ["ь", "и", "и", "ь", "ью", "и", "ей", "ям", "ями", "ях"];
const IN_IYA: Endings = ["я", "и", "и", "ю", "ей", "и", "й", "ям", "ями", "ях"];
const NEUTER: Endings = ["о", "а", "у", "о", "ом", "е", "", "ам", "ами", "ах"];
const IN_IYE: Endings = ["е", "я", "ю", "е", "ем", "и", "й", "ям", "ями", "ях"];
const STILL: Endings = [""; 10];

pub(super) static PERSON: Noun = noun("человек", "человек", ["", "а", "у", "а", "ом", "е", "", "ам", "ами", "ах"]);
pub(super) static TIME: Noun = noun("раз", "раз", ["", "а", "у", "", "ом", "е", "", "ам", "ами", "ах"]);
pub(super) static YEAR: Noun =
    noun("год", "", ["год", "года", "году", "год", "годом", "году", "лет", "годам", "годами", "годах"]);
pub(super) static QUARTER: Noun = noun("квартал", "квартал", MASCULINE);
pub(super) static HALF_YEAR: Noun = noun("полугодие", "полугоди", IN_IYE);
pub(super) static TENGE: Noun = noun("тенге", "тенге", STILL);
pub(super) static FIGURE: Noun = noun("рисунок", "рисун", FLEETING);
pub(super) static TABLE: Noun = noun("таблица", "таблиц", IN_TSA);
pub(super) static INDEX_POINT: Noun = noun("пункт", "пункт", MASCULINE);
pub(super) static PER_MILLE_POINT: Noun = term(&["промилльн"], "промилльный пункт", "пункт", MASCULINE);
pub(super) static CALCULATION_INDEX: Noun =
    term(&["месячн", "расчётн"], "месячный расчётный показатель", "показател", SOFT);

/// Everything else that can be counted; a study that counts more adds a line.
static OTHERS: [Noun; 52] = [
    noun("регион", "регион", MASCULINE),
    noun("область", "област", SOFT_FEMININE),
    noun("город", "город", MASCULINE),
    noun("район", "район", MASCULINE),
    noun("округ", "округ", MASCULINE),
    noun("село", "с", ["ело", "ела", "елу", "ело", "елом", "еле", "ёл", "ёлам", "ёлами", "ёлах"]),
    noun("страна", "стран", FEMININE),
    noun("территория", "территори", IN_IYA),
    noun("место", "мест", NEUTER),
    noun("месяц", "месяц", ["", "а", "у", "", "ем", "е", "ев", "ам", "ами", "ах"]),
    noun("день", "д", ["ень", "ня", "ню", "ень", "нём", "не", "ней", "ням", "нями", "нях"]),
    noun("период", "период", MASCULINE),
    noun("процент", "процент", MASCULINE),
    term(&["процентн"], "процентный пункт", "пункт", MASCULINE),
    term(&["населённ"], "населённый пункт", "пункт", MASCULINE),
    noun("тысяча", "тысяч", IN_CHA),
    noun("миллион", "миллион", MASCULINE),
    noun("миллиард", "миллиард", MASCULINE),
    noun("житель", "жител", SOFT_ANIMATE),
    noun("мигрант", "мигрант", ANIMATE),
    noun("иммигрант", "иммигрант", ANIMATE),
    noun("эмигрант", "эмигрант", ANIMATE),
    noun("кандас", "кандас", ANIMATE),
    noun("специалист", "специалист", ANIMATE),
    noun("переселенец", "переселен", ["ец", "ца", "цу", "ца", "цем", "це", "цев", "цам", "цами", "цах"]),
    noun("семья", "сем", ["ья", "ьи", "ье", "ью", "ьёй", "ье", "ей", "ьям", "ьями", "ьях"]),
    noun("домохозяйство", "домохозяйств", NEUTER),
    noun("поток", "пот", FLEETING),
    noun("показатель", "показател", SOFT),
    noun("значение", "значени", IN_IYE),
    noun("наблюдение", "наблюдени", IN_IYE),
    noun("расхождение", "расхождени", IN_IYE),
    noun("заявление", "заявлени", IN_IYE),
    noun("рождение", "рождени", IN_IYE),
    noun("утверждение", "утверждени", IN_IYE),
    noun("число", "чис", ["ло", "ла", "лу", "ло", "лом", "ле", "ел", "лам", "лами", "лах"]),
    noun("случай", "случа", IN_Y),
    noun("источник", "источник", MASCULINE),
    noun("файл", "файл", MASCULINE),
    noun("ряд", "ряд", MASCULINE),
    noun("метод", "метод", MASCULINE),
    noun("балл", "балл", MASCULINE),
    noun("доллар", "доллар", MASCULINE),
    noun("строка", "строк", ["а", "и", "е", "у", "ой", "е", "", "ам", "ами", "ах"]),
    noun("ячейка", "яче", ["йка", "йки", "йке", "йку", "йкой", "йке", "ек", "йкам", "йками", "йках"]),
    noun("проверка", "провер", IN_KA),
    noun("поправка", "поправ", IN_KA),
    noun("позиция", "позици", IN_IYA),
    noun("категория", "категори", IN_IYA),
    noun("публикация", "публикаци", IN_IYA),
    noun("раздел", "раздел", MASCULINE),
    noun("этап", "этап", MASCULINE),
];

/// Finds a noun by its dictionary form.
pub(super) fn find(lemma: &str) -> Option<&'static Noun> {
    let named = [&PERSON, &TIME, &YEAR, &QUARTER, &HALF_YEAR, &TENGE, &FIGURE, &TABLE, &INDEX_POINT, &PER_MILLE_POINT];
    named.into_iter().chain([&CALCULATION_INDEX]).chain(&OTHERS).find(|noun| noun.lemma == lemma)
}

/// Returns the form that a word should have after a number where it is a form of a noun that does not agree.
pub(super) fn misfit(word: &str, count: Count) -> Option<String> {
    // Names of days and of places in an order are ordinals: «20 числа», «занял 5 место».
    const ORDINAL: [&str; 3] = ["число", "место", "этап"];
    const CASES: [Case; 6] = [Case::Nom, Case::Gen, Case::Dat, Case::Acc, Case::Ins, Case::Prep];
    let named = [&PERSON, &TIME, &YEAR, &QUARTER, &FIGURE, &TABLE, &INDEX_POINT];
    let known = named.into_iter().chain(OTHERS.iter().filter(|noun| noun.adjectives.is_empty()));
    let lower = word.to_lowercase();
    let mut right = None;
    for noun in known.filter(|noun| lower.starts_with(noun.stem) && !ORDINAL.contains(&noun.lemma)) {
        let ending = &lower[noun.stem.len()..];
        if !noun.endings.contains(&ending) {
            continue;
        }
        let counted = CASES.map(|case| {
            let mut form = String::new();
            noun.write_counted(&mut form, count, case);
            form
        });
        if counted.contains(&lower) {
            return None;
        }
        right.get_or_insert_with(|| counted[0].clone());
    }
    right
}

impl Noun {
    /// Returns true for a form of the noun, of either number.
    pub(super) fn has_form(&self, word: &str) -> bool {
        word.strip_prefix(self.stem).is_some_and(|ending| self.endings.contains(&ending))
    }

    /// Returns the singular in a case.
    pub(super) fn one(&self, case: Case) -> Cow<'static, str> {
        Cow::Owned([self.stem, self.endings[singular(case)]].concat())
    }

    /// Returns the plural in a case.
    pub(super) fn many(&self, case: Case) -> String {
        let form = match case {
            Case::Nom | Case::Acc | Case::Loc | Case::Abl => {
                return [self.stem, nominative_plural(&self.endings)].concat();
            }
            Case::Gen => self.endings[6],
            Case::Dat => self.endings[7],
            Case::Ins => self.endings[8],
            Case::Prep => self.endings[9],
        };
        [self.stem, form].concat()
    }

    /// Returns the singular in a case with the adjectives of the term.
    pub(super) fn phrase(&self, case: Case) -> Cow<'static, str> {
        let adjectives = self.adjectives.iter().flat_map(|stem| [*stem, ADJECTIVE[singular(case)], " "]);
        Cow::Owned(adjectives.chain([self.stem, self.endings[singular(case)]]).collect())
    }

    /// Returns the gender, which the endings show.
    pub(super) fn gender(&self) -> Gender {
        match (self.endings[0].chars().next_back(), self.endings[1].chars().next_back()) {
            (Some('о' | 'е'), _) => Gender::N,
            (_, Some('ы' | 'и')) => Gender::F,
            _ => Gender::M,
        }
    }

    /// Returns true for what lives: its accusative is the genitive.
    pub(super) fn is_animate(&self) -> bool {
        self.endings[3] == self.endings[1] && self.endings[0] != self.endings[1]
    }

    /// Writes the form that agrees with a number standing in a case.
    pub(super) fn write_counted(&self, out: &mut String, count: Count, case: Case) {
        let (noun, adjective) = match (count, case) {
            (Count::One, _) => (singular(case), singular(case)),
            (Count::Fraction, _) => (1, 1),
            (Count::Round | Count::Many, Case::Nom | Case::Acc) | (Count::Round, _) => (6, 6),
            // «два процентных пункта»: the noun is singular, the adjective plural.
            (Count::Few, Case::Nom | Case::Acc) => (1, 6),
            (Count::Few | Count::Many, _) => (plural(case), plural(case)),
        };
        for stem in self.adjectives {
            out.push_str(stem);
            out.push_str(ADJECTIVE[adjective]);
            out.push(' ');
        }
        out.push_str(self.stem);
        out.push_str(self.endings[noun]);
    }
}

/// Returns the ending of the nominative plural, which the dative plural and the genitive show.
fn nominative_plural(endings: &Endings) -> &'static str {
    match (endings[0], endings[7]) {
        (nominative, _) if nominative.ends_with('о') => "а",
        (nominative, _) if nominative.ends_with('е') => "я",
        (_, dative) if dative.starts_with('я') => "и",
        _ => "ы",
    }
}

/// Endings of a masculine adjective of an inanimate noun, in the order of [`Endings`].
const ADJECTIVE: Endings = ["ый", "ого", "ому", "ый", "ым", "ом", "ых", "ым", "ыми", "ых"];

fn singular(case: Case) -> usize {
    match case {
        Case::Nom | Case::Loc | Case::Abl => 0,
        Case::Gen => 1,
        Case::Dat => 2,
        Case::Acc => 3,
        Case::Ins => 4,
        Case::Prep => 5,
    }
}

fn plural(case: Case) -> usize {
    match case {
        Case::Nom | Case::Acc | Case::Gen | Case::Loc | Case::Abl => 6,
        Case::Dat => 7,
        Case::Ins => 8,
        Case::Prep => 9,
    }
}
