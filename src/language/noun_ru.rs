//! Nouns of Russian: what can be counted, with all forms that a number calls for; a study declares what it counts beyond.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::ru::Count;
use super::{Case, Gender, LanguageError};

/// Endings of one declension: nom gen dat acc ins prep of the singular, gen dat ins prep of the plural.
type Endings = [&'static str; 10];

/// A noun, with the adjectives that belong to the term.
#[derive(Clone, Debug)]
pub(super) struct Noun {
    lemma: Cow<'static, str>,
    /// Stems of masculine adjectives of the hard declension.
    adjectives: &'static [&'static str],
    stem: Cow<'static, str>,
    endings: [Cow<'static, str>; 10],
    /// The form of a place, where it is not the prepositional: «в краю» beside «о крае».
    place: Option<Cow<'static, str>>,
    /// The plural as a word of its own, where it is not that of counting: nom gen dat ins prep.
    plural: Option<[Cow<'static, str>; 5]>,
    /// Whether it lives, where the endings do not show it.
    animate: Option<bool>,
    /// The gender, where the endings do not show it.
    gender: Option<Gender>,
}

/// What a study says of a noun: the word, and how it is declined.
#[derive(Clone, Debug, Default)]
pub struct NounSpec {
    /// The dictionary form.
    pub word: String,
    /// A noun that is declined alike.
    pub like: Option<String>,
    /// All forms of the singular by case, where no other noun is declined alike.
    pub one: BTreeMap<Case, String>,
    /// The forms of the plural by case.
    pub many: BTreeMap<Case, String>,
    /// The form of a place.
    pub place: Option<String>,
    /// Whether it lives.
    pub animate: Option<bool>,
    /// The gender.
    pub gender: Option<Gender>,
    /// In Kazakh, the possessive of the third person where it is not regular: `халқы`.
    pub owned: Option<String>,
    /// The plural where it is not regular.
    pub plural: Option<String>,
}

const fn borrowed(endings: Endings) -> [Cow<'static, str>; 10] {
    let [a, b, c, d, e, f, g, h, i, j] = endings;
    [
        Cow::Borrowed(a),
        Cow::Borrowed(b),
        Cow::Borrowed(c),
        Cow::Borrowed(d),
        Cow::Borrowed(e),
        Cow::Borrowed(f),
        Cow::Borrowed(g),
        Cow::Borrowed(h),
        Cow::Borrowed(i),
        Cow::Borrowed(j),
    ]
}

const fn term(adjectives: &'static [&'static str], lemma: &'static str, stem: &'static str, endings: Endings) -> Noun {
    Noun {
        lemma: Cow::Borrowed(lemma),
        adjectives,
        stem: Cow::Borrowed(stem),
        endings: borrowed(endings),
        place: None,
        plural: None,
        animate: None,
        gender: None,
    }
}

const fn noun(lemma: &'static str, stem: &'static str, endings: Endings) -> Noun {
    term(&[], lemma, stem, endings)
}

const MASCULINE: Endings = ["", "а", "у", "", "ом", "е", "ов", "ам", "ами", "ах"];
const ANIMATE: Endings = ["", "а", "у", "а", "ом", "е", "ов", "ам", "ами", "ах"];
const SOFT: Endings = ["ь", "я", "ю", "ь", "ем", "е", "ей", "ям", "ями", "ях"];
const SOFT_ANIMATE: Endings = ["ь", "я", "ю", "я", "ем", "е", "ей", "ям", "ями", "ях"];
const IN_Y: Endings = ["й", "я", "ю", "й", "ем", "е", "ев", "ям", "ями", "ях"];
const FLEETING: Endings = ["ок", "ка", "ку", "ок", "ком", "ке", "ков", "кам", "ками", "ках"];
const FEMININE: Endings = ["а", "ы", "е", "у", "ой", "е", "", "ам", "ами", "ах"];
const VELAR_FEMININE: Endings = ["а", "и", "е", "у", "ой", "е", "", "ам", "ами", "ах"];
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

/// Plurals that are not those of counting, or whose nominative the other forms do not show: nom gen dat ins prep.
const PLURALS: [(&str, [&str; 5]); 6] = [
    ("человек", ["люди", "людей", "людям", "людьми", "людях"]),
    ("год", ["годы", "лет", "годам", "годами", "годах"]),
    ("город", ["города", "городов", "городам", "городами", "городах"]),
    ("округ", ["округа", "округов", "округам", "округами", "округах"]),
    ("учитель", ["учителя", "учителей", "учителям", "учителями", "учителях"]),
    ("край", ["края", "краёв", "краям", "краями", "краях"]),
];

/// Forms of a place that are not the prepositional: «в краю», «в году».
const PLACES: [(&str, &str); 4] = [("край", "краю"), ("ряд", "ряду"), ("год", "году"), ("час", "часу")];

/// Everything else that can be counted; what a study counts beyond, it declares.
static OTHERS: [Noun; 94] = [
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
    noun("поток", "поток", MASCULINE),
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
    noun("строка", "строк", VELAR_FEMININE),
    noun("ячейка", "яче", ["йка", "йки", "йке", "йку", "йкой", "йке", "ек", "йкам", "йками", "йках"]),
    noun("проверка", "провер", IN_KA),
    noun("поправка", "поправ", IN_KA),
    noun("позиция", "позици", IN_IYA),
    noun("категория", "категори", IN_IYA),
    noun("публикация", "публикаци", IN_IYA),
    noun("раздел", "раздел", MASCULINE),
    noun("этап", "этап", MASCULINE),
    noun("триллион", "триллион", MASCULINE),
    noun("посёлок", "посёл", FLEETING),
    noun("аул", "аул", MASCULINE),
    noun("край", "кра", ["й", "я", "ю", "й", "ем", "е", "ёв", "ям", "ями", "ях"]),
    noun("республика", "республик", VELAR_FEMININE),
    noun("врач", "врач", ["", "а", "у", "а", "ом", "е", "ей", "ам", "ами", "ах"]),
    noun("работник", "работник", ANIMATE),
    noun("учитель", "учител", SOFT_ANIMATE),
    noun("ученик", "ученик", ANIMATE),
    noun("студент", "студент", ANIMATE),
    noun("женщина", "женщин", FEMININE),
    noun("мужчина", "мужчин", FEMININE),
    noun(
        "ребёнок",
        "",
        ["ребёнок", "ребёнка", "ребёнку", "ребёнка", "ребёнком", "ребёнке", "детей", "детям", "детьми", "детях"],
    ),
    noun("школа", "школ", FEMININE),
    noun("больница", "больниц", IN_TSA),
    noun("предприятие", "предприяти", IN_IYE),
    noun("организация", "организаци", IN_IYA),
    noun("учреждение", "учреждени", IN_IYE),
    noun("гектар", "гектар", MASCULINE),
    noun("тонна", "тонн", FEMININE),
    noun("километр", "километр", MASCULINE),
    noun("группа", "групп", FEMININE),
    noun("отрасль", "отрасл", SOFT_FEMININE),
    noun("причина", "причин", FEMININE),
    noun("рубль", "рубл", SOFT),
    noun("евро", "евро", STILL),
    noun("неделя", "недел", ["я", "и", "е", "ю", "ей", "е", "ь", "ям", "ями", "ях"]),
    noun("час", "час", MASCULINE),
    noun("страница", "страниц", IN_TSA),
    noun("доля", "дол", ["я", "и", "е", "ю", "ей", "е", "ей", "ям", "ями", "ях"]),
    noun("численность", "численност", SOFT_FEMININE),
    noun("население", "населени", IN_IYE),
    noun("миграция", "миграци", IN_IYA),
    noun("прирост", "прирост", MASCULINE),
    noun("отток", "отток", MASCULINE),
    noun("приток", "приток", MASCULINE),
    noun("коэффициент", "коэффициент", MASCULINE),
    noun("уровень", "уров", ["ень", "ня", "ню", "ень", "нем", "не", "ней", "ням", "нями", "нях"]),
    noun("индекс", "индекс", MASCULINE),
    noun("граница", "границ", IN_TSA),
    noun("столица", "столиц", IN_TSA),
    noun("местность", "местност", SOFT_FEMININE),
];

/// Lists the nouns that the program knows.
pub(super) fn known<'a>() -> impl Iterator<Item = &'a Noun> {
    let named: [&'a Noun; 10] =
        [&PERSON, &TIME, &YEAR, &QUARTER, &HALF_YEAR, &TENGE, &FIGURE, &TABLE, &INDEX_POINT, &PER_MILLE_POINT];
    named.into_iter().chain([&CALCULATION_INDEX]).chain(&OTHERS)
}

/// Finds a noun by its dictionary form.
pub(super) fn find(lemma: &str) -> Option<&'static Noun> {
    known().find(|noun| noun.lemma == lemma)
}

/// Returns the form that a word should have after a number where it is a form of a noun that does not agree.
pub(super) fn misfit<'a>(word: &str, count: Count, own: impl Iterator<Item = &'a Noun>) -> Option<String> {
    // Names of days and of places in an order are ordinals: «20 числа», «занял 5 место».
    const ORDINAL: [&str; 5] = ["число", "место", "этап", "час", "неделя"];
    let lower = word.to_lowercase();
    let mut right = None;
    let nouns = known().chain(own).filter(|noun| noun.adjectives.is_empty());
    for noun in nouns.filter(|noun| !ORDINAL.contains(&&*noun.lemma)) {
        if !noun.has_form(&lower) {
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

/// The cases of numbers and nouns; the form of a place is one of a few nouns.
pub(super) const CASES: [Case; 6] = [Case::Nom, Case::Gen, Case::Dat, Case::Acc, Case::Ins, Case::Prep];

/// Declines a word as another noun is declined.
fn alike(word: &str, pattern: &Noun) -> Option<Noun> {
    let stem = word.strip_suffix(&*pattern.endings[0]).filter(|stem| !stem.is_empty())?;
    // A noun whose forms share no stem is a pattern for no other.
    (!pattern.stem.is_empty() && pattern.adjectives.is_empty()).then(|| {
        let mut endings = pattern.endings.clone();
        // «школа – школы», but «клиника – клиники», «дача – дачи».
        if endings[0] == "а" {
            endings[1] = Cow::Borrowed(if stem.ends_with(HUSHING) { "и" } else { "ы" });
        }
        Noun { lemma: Cow::Owned(word.to_owned()), stem: Cow::Owned(stem.to_owned()), endings, ..pattern.clone() }
    })
}

/// Letters behind which и stands and no ы.
const HUSHING: [char; 7] = ['г', 'к', 'х', 'ж', 'ч', 'ш', 'щ'];

/// Makes a noun of what a study says of it; `own` are the nouns that it declared before.
pub(super) fn declared(spec: &NounSpec, own: &[Noun]) -> Result<Noun, LanguageError> {
    let refuse = |message: String, hint: String| LanguageError { code: "noun-forms", message, hint };
    let word = spec.word.as_str();
    let mut noun = match (&spec.like, spec.one.is_empty()) {
        (Some(like), true) => {
            let pattern = known().chain(own).find(|noun| noun.lemma == *like);
            let patterns = || {
                let fit = known().chain(own).filter(|noun| alike(word, noun).is_some());
                fit.map(|noun| noun.lemma.to_string()).collect::<Vec<_>>().join(", ")
            };
            let pattern = pattern.ok_or_else(|| {
                let message = format!("`{word}` is to be declined like `{like}`, which is not known");
                refuse(message, format!("what it may be declined like: {}", patterns()))
            })?;
            alike(word, pattern).ok_or_else(|| {
                let message = format!("`{word}` cannot be declined like `{like}`: they end otherwise");
                refuse(
                    message,
                    format!("what it may be declined like: {}; or give all forms under `one` and `many`", patterns()),
                )
            })?
        }
        (None, false) => {
            let form = |forms: &BTreeMap<Case, String>, name: &str, case: Case| {
                forms.get(&case).cloned().map(Cow::Owned).ok_or_else(|| {
                    let message = format!("`{word}` lacks `{}` under `{name}`", case.name());
                    refuse(
                        message,
                        "give gen, dat, acc, ins, prep under `one` and nom, gen, dat, ins, prep under `many`"
                            .to_owned(),
                    )
                })
            };
            let one = |case| match case {
                Case::Nom => Ok(Cow::Owned(word.to_owned())),
                case => form(&spec.one, "one", case),
            };
            let many = |case| form(&spec.many, "many", case);
            let plural = [Case::Nom, Case::Gen, Case::Dat, Case::Ins, Case::Prep];
            let [nom, gen_, dat, ins, prep] = plural;
            Noun {
                lemma: Cow::Owned(word.to_owned()),
                adjectives: &[],
                stem: Cow::Borrowed(""),
                endings: [
                    one(nom)?,
                    one(gen_)?,
                    one(dat)?,
                    one(Case::Acc)?,
                    one(ins)?,
                    one(prep)?,
                    many(gen_)?,
                    many(dat)?,
                    many(ins)?,
                    many(prep)?,
                ],
                place: None,
                plural: Some([many(nom)?, many(gen_)?, many(dat)?, many(ins)?, many(prep)?]),
                animate: None,
                gender: None,
            }
        }
        (Some(_), false) => {
            return Err(refuse(
                format!("`{word}` has both `like` and forms of its own"),
                "drop one of them".to_owned(),
            ));
        }
        (None, true) => {
            let patterns: Vec<String> =
                known().filter(|noun| alike(word, noun).is_some()).map(|noun| noun.lemma.to_string()).collect();
            return Err(refuse(
                format!("`{word}` is not said how to decline"),
                format!(
                    "name a noun that is declined alike, `like: …`: {}; or give all forms under `one` and `many`",
                    patterns.join(", ")
                ),
            ));
        }
    };
    if spec.like.is_some() && (spec.plural.is_some() || !spec.many.is_empty()) {
        let own = |case: Case| spec.many.get(&case).cloned().unwrap_or_else(|| noun.many(case));
        let nominative = spec.plural.clone().unwrap_or_else(|| own(Case::Nom));
        noun.plural =
            Some([nominative, own(Case::Gen), own(Case::Dat), own(Case::Ins), own(Case::Prep)].map(Cow::Owned));
    }
    noun.place = spec.place.clone().map(Cow::Owned);
    noun.animate = spec.animate.or(noun.animate);
    noun.gender = spec.gender.or(noun.gender);
    Ok(noun)
}

impl Noun {
    /// Returns the dictionary form.
    pub(super) fn lemma(&self) -> &str {
        &self.lemma
    }

    /// Returns true for a form of the noun, of either number.
    pub(super) fn has_form(&self, word: &str) -> bool {
        word.strip_prefix(&*self.stem).is_some_and(|ending| self.endings.iter().any(|own| own == ending))
            || self.adjectives.is_empty() && word.starts_with(&*self.stem) && self.many(Case::Nom) == word
    }

    /// Returns true for a term of several words.
    pub(super) fn is_term(&self) -> bool {
        !self.adjectives.is_empty()
    }

    /// Returns true where a word may be a form of it.
    pub(super) fn starts(&self, word: &str) -> bool {
        word.starts_with(&*self.stem) || self.plural.is_some() || PLURALS.iter().any(|(lemma, _)| self.lemma == *lemma)
    }

    /// Lists the cases of the singular and of the plural that a word may be.
    pub(super) fn cases_of(&self, word: &str) -> [Vec<Case>; 2] {
        [CASES.into_iter().chain([Case::Loc]).filter(|case| self.one(*case) == word).collect(), {
            CASES.into_iter().filter(|case| self.many(*case) == word).collect()
        }]
    }

    /// Returns the singular in a case.
    pub(super) fn one(&self, case: Case) -> Cow<'_, str> {
        if case == Case::Loc {
            let own = PLACES.iter().find(|(lemma, _)| self.lemma == *lemma).map(|(_, form)| *form);
            if let Some(place) = self.place.as_deref().or(own) {
                return Cow::Borrowed(place);
            }
        }
        Cow::Owned([&*self.stem, &*self.endings[singular(case)]].concat())
    }

    /// Returns the plural in a case.
    pub(super) fn many(&self, case: Case) -> String {
        let at = match case {
            Case::Acc if self.is_animate() => 1,
            Case::Nom | Case::Acc | Case::Abl => 0,
            Case::Gen => 1,
            Case::Dat => 2,
            Case::Ins => 3,
            Case::Prep | Case::Loc => 4,
        };
        let own = PLURALS.iter().find(|(lemma, _)| self.lemma == *lemma).map(|(_, forms)| forms[at]);
        if let Some(form) = self.plural.as_ref().map(|forms| &*forms[at]).or(own) {
            return form.to_owned();
        }
        match at {
            0 => self.nominative_plural(),
            at => [&*self.stem, &*self.endings[at + 5]].concat(),
        }
    }

    /// Returns the nominative plural, which the dative plural, the gender and the last letter of the stem show.
    fn nominative_plural(&self) -> String {
        let dative = [&*self.stem, &*self.endings[7]].concat();
        let neuter = self.endings[0].ends_with(['о', 'е']);
        let (stem, ending) = match (dative.strip_suffix("ам"), dative.strip_suffix("ям")) {
            (Some(stem), _) if neuter => (stem, "а"),
            (Some(stem), _) => (stem, if stem.ends_with(HUSHING) { "и" } else { "ы" }),
            (None, Some(stem)) => (stem, if neuter { "я" } else { "и" }),
            (None, None) => (dative.as_str(), ""),
        };
        [stem, ending].concat()
    }

    /// Returns the singular in a case with the adjectives of the term.
    pub(super) fn phrase(&self, case: Case) -> String {
        let adjectives = self.adjectives.iter().flat_map(|stem| [*stem, ADJECTIVE[singular(case)], " "]);
        adjectives.chain([&*self.one(case)]).collect()
    }

    /// Returns the plural in a case with the adjectives of the term.
    pub(super) fn phrase_many(&self, case: Case) -> String {
        let ending = match case {
            Case::Nom | Case::Acc | Case::Abl => "ые",
            case => ADJECTIVE[plural(case)],
        };
        let adjectives = self.adjectives.iter().flat_map(|stem| [*stem, ending, " "]);
        adjectives.chain([self.many(case).as_str()]).collect()
    }

    /// Returns the gender, which the endings show.
    pub(super) fn gender(&self) -> Gender {
        if let Some(gender) = self.gender {
            return gender;
        }
        if self.lemma == "мужчина" {
            return Gender::M;
        }
        match (self.endings[0].chars().next_back(), self.endings[1].chars().next_back()) {
            (Some('о' | 'е'), _) => Gender::N,
            (_, Some('ы' | 'и')) => Gender::F,
            _ => Gender::M,
        }
    }

    /// Returns true for what lives: its accusative is the genitive.
    pub(super) fn is_animate(&self) -> bool {
        let shown = self.endings[3] == self.endings[1] && self.endings[0] != self.endings[1];
        self.animate.unwrap_or(shown || ["женщина", "мужчина"].contains(&&*self.lemma))
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
        if let (Count::One, Case::Loc) = (count, case) {
            return out.push_str(&self.one(case));
        }
        out.push_str(&self.stem);
        out.push_str(&self.endings[noun]);
    }
}

/// Endings of a masculine adjective of an inanimate noun, in the order of [`Endings`].
const ADJECTIVE: Endings = ["ый", "ого", "ому", "ый", "ым", "ом", "ых", "ым", "ыми", "ых"];

fn singular(case: Case) -> usize {
    match case {
        Case::Nom | Case::Abl => 0,
        Case::Gen => 1,
        Case::Dat => 2,
        Case::Acc => 3,
        Case::Ins => 4,
        Case::Prep | Case::Loc => 5,
    }
}

fn plural(case: Case) -> usize {
    match case {
        Case::Nom | Case::Acc | Case::Gen | Case::Abl => 6,
        Case::Dat => 7,
        Case::Ins => 8,
        Case::Prep | Case::Loc => 9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(noun: &Noun) -> impl Iterator<Item = String> {
        CASES.into_iter().flat_map(|case| [noun.one(case).into_owned(), noun.many(case)])
    }

    #[test]
    fn no_form_breaks_the_rule_of_spelling() {
        for form in known().flat_map(forms) {
            let letters: Vec<char> = form.chars().collect();
            let broken = letters.windows(2).find(|pair| HUSHING.contains(&pair[0]) && "ыэ".contains(pair[1]));
            assert_eq!(broken, None, "{form}");
        }
    }

    #[test]
    fn a_word_keeps_the_rule_of_spelling_whatever_it_is_declined_like() {
        let genitive = |word: &str, like: &str| {
            let spec = NounSpec { word: word.to_owned(), like: Some(like.to_owned()), ..NounSpec::default() };
            declared(&spec, &[]).expect("it is declined").one(Case::Gen).into_owned()
        };
        assert_eq!(genitive("клиника", "школа"), "клиники");
        assert_eq!(genitive("книга", "тонна"), "книги");
        assert_eq!(genitive("фирма", "строка"), "фирмы");
        assert_eq!(genitive("фабрика", "республика"), "фабрики");
    }
}
