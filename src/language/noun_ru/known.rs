//! Known: the nouns of Russian that the program itself counts and declines, by their patterns.

use std::borrow::Cow;

use super::{Endings, Noun};

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

pub(in crate::language) static PERSON: Noun =
    noun("человек", "человек", ["", "а", "у", "а", "ом", "е", "", "ам", "ами", "ах"]);
pub(in crate::language) static TIME: Noun = noun("раз", "раз", ["", "а", "у", "", "ом", "е", "", "ам", "ами", "ах"]);
pub(in crate::language) static YEAR: Noun =
    noun("год", "", ["год", "года", "году", "год", "годом", "году", "лет", "годам", "годами", "годах"]);
pub(in crate::language) static QUARTER: Noun = noun("квартал", "квартал", MASCULINE);
pub(in crate::language) static HALF_YEAR: Noun = noun("полугодие", "полугоди", IN_IYE);
pub(in crate::language) static TENGE: Noun = noun("тенге", "тенге", STILL);
pub(in crate::language) static FIGURE: Noun = noun("рисунок", "рисун", FLEETING);
pub(in crate::language) static TABLE: Noun = noun("таблица", "таблиц", IN_TSA);
pub(in crate::language) static INDEX_POINT: Noun = noun("пункт", "пункт", MASCULINE);
pub(in crate::language) static PER_MILLE_POINT: Noun = term(&["промилльн"], "промилльный пункт", "пункт", MASCULINE);
pub(in crate::language) static CALCULATION_INDEX: Noun =
    term(&["месячн", "расчётн"], "месячный расчётный показатель", "показател", SOFT);

/// Patterns for nouns in -ье and for those in -ец whose ending is stressed, of which none is counted.
pub(super) static IN_YE: Noun =
    noun("поголовье", "поголов", ["ье", "ья", "ью", "ье", "ьем", "ье", "ий", "ьям", "ьями", "ьях"]);

pub(super) static IN_ETS: Noun =
    noun("конец", "кон", ["ец", "ца", "цу", "ец", "цом", "це", "цов", "цам", "цами", "цах"]);

/// Plurals that are not those of counting, or whose nominative the other forms do not show: nom gen dat ins prep.
pub(super) const PLURALS: [(&str, [&str; 5]); 6] = [
    ("человек", ["люди", "людей", "людям", "людьми", "людях"]),
    ("год", ["годы", "лет", "годам", "годами", "годах"]),
    ("город", ["города", "городов", "городам", "городами", "городах"]),
    ("округ", ["округа", "округов", "округам", "округами", "округах"]),
    ("учитель", ["учителя", "учителей", "учителям", "учителями", "учителях"]),
    ("край", ["края", "краёв", "краям", "краями", "краях"]),
];

/// Forms of a place that are not the prepositional: «в краю», «в году».
pub(super) const PLACES: [(&str, &str); 4] = [("край", "краю"), ("ряд", "ряду"), ("год", "году"), ("час", "часу")];

/// Everything else that can be counted; what a study counts beyond, it declares.
static OTHERS: [Noun; 95] = [
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
    noun("колледж", "колледж", ["", "а", "у", "", "ем", "е", "ей", "ам", "ами", "ах"]),
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
    noun("рубль", "рубл", ["ь", "я", "ю", "ь", "ём", "е", "ей", "ям", "ями", "ях"]),
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
pub(in crate::language) fn known<'a>() -> impl Iterator<Item = &'a Noun> {
    let named: [&'a Noun; 10] =
        [&PERSON, &TIME, &YEAR, &QUARTER, &HALF_YEAR, &TENGE, &FIGURE, &TABLE, &INDEX_POINT, &PER_MILLE_POINT];
    named.into_iter().chain([&CALCULATION_INDEX]).chain(&OTHERS)
}

/// Finds a noun by its dictionary form.
pub(in crate::language) fn find(lemma: &str) -> Option<&'static Noun> {
    known().find(|noun| noun.lemma == lemma)
}
