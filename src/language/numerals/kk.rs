//! Numerals of Kazakh.

use super::{Numerals, plain};
use crate::language::suffix_kk::Sound;

pub(in crate::language) static NUMERALS: Numerals = Numerals {
    cardinals: CARDINALS,
    fractions: &["жарты", "жарым"],
    and_half: &["жарым"],
    both: &["қос"],
    is_alone: |_| false,
    scales: &["мың", "млн", "миллион", "миллиард", "млрд", "триллион", "трлн"],
    factors: &[
        ("мың", 1_000),
        ("млн", 1_000_000),
        ("миллиард", 1_000_000_000),
        ("милли", 1_000_000),
        ("млрд", 1_000_000_000),
        ("трлн", 1_000_000_000_000),
    ],
    units: &["%", "‰", "пайыз", "промилле", "тармақ", "адам"],
    stems: &["есе", "теңге", "кісі"],
    is_form: |word, stem| word == stem || inflected(word, stem),
    persons: &["адам"],
    points: &[("пайыздық", "тармақ")],
    multiplies: |word| ["еселе", "еселі"].iter().any(|derived| word.starts_with(derived)),
    is_counted: |word| COUNTED.iter().any(|noun| word == *noun || inflected(word, noun)),
    is_many,
    is_time: |word| TIMES.iter().any(|time| word == *time || inflected(word, time)),
    is_part_of,
    is_part: |word| ["жартысы", "ширегі"].iter().any(|part| word.starts_with(part)),
    part_of: &[(2, "жарты жартысы жартысын жартысынан жартысына"), (4, "ширек ширегі ширегін ширегінен")],
    multiples: &[],
    loose: &[
        "жартысы*",
        "жартысын*",
        "ширегі*",
        "ондаған мың*",
        "жүздеген мың*",
        "мыңдаған*",
        "миллиондаған*",
        "ондаған миллион*",
        "ондаған*",
        "жүздеген*",
        "ширек",
        "мыңға азай*",
        "мыңға көбей*",
        "мыңға кемі*",
        "мыңға өс*",
        "мыңға арт*",
        "миллионға азай*",
        "миллионға көбей*",
        "миллионға кемі*",
        "миллионға өс*",
        "миллионға арт*",
        "миллиардқа азай*",
        "миллиардқа көбей*",
        "миллиардқа кемі*",
        "миллиардқа өс*",
        "миллиардқа арт*",
        "екінші орын*",
        "үшінші орын*",
        "төртінші орын*",
        "бесінші орын*",
        "алтыншы орын*",
        "жетінші орын*",
        "сегізінші орын*",
        "тоғызыншы орын*",
        "оныншы орын*",
    ],
    each: &[
        "әр* екінші",
        "әр* үшінші",
        "әр* төртінші",
        "әр* бесінші",
        "әр* алтыншы",
        "әр* жетінші",
        "әр* сегізінші",
        "әр* тоғызыншы",
        "әр* оныншы",
    ],
    part_last: true,
    // A hundred is a face, and a tribe, too.
    homonyms: &["жүз", "жүзі", "жүзін", "жүзіне", "жүзінде", "жүзінен", "жүзінің"],
    ordinals: &[
        "бірінші*",
        "екінші*",
        "үшінші*",
        "төртінші*",
        "бесінші*",
        "алтыншы*",
        "жетінші*",
        "сегізінші*",
        "тоғызыншы*",
        "оныншы*",
        "жиырмасыншы*",
        "отызыншы*",
        "қырқыншы*",
        "елуінші*",
        "алпысыншы*",
        "жетпісінші*",
        "сексенінші*",
        "тоқсаныншы*",
        "жүзінші*",
        "мыңыншы*",
    ],
    adjectives: &["лық", "лік", "дық", "дік", "тық", "тік", "ғы", "гі"],
    ..plain::NUMERALS
};

const CARDINALS: &[(u32, &str)] = &[
    (0, "нөл"),
    (1, "бір"),
    (2, "екі"),
    (3, "үш"),
    (4, "төрт"),
    (5, "бес"),
    (6, "алты"),
    (7, "жеті"),
    (8, "сегіз"),
    (9, "тоғыз"),
    (10, "он"),
    (20, "жиырма"),
    (30, "отыз"),
    (40, "қырық"),
    (50, "елу"),
    (60, "алпыс"),
    (70, "жетпіс"),
    (80, "сексен"),
    (90, "тоқсан"),
    (100, "жүз"),
];

const COUNTED: [&str; 23] = [
    "өңір",
    "аймақ",
    "облыс",
    "қала",
    "аудан",
    "округ",
    "ауыл",
    "ел",
    "аумақ",
    "жыл",
    "ай",
    "күн",
    "тұрғын",
    "мигрант",
    "қандас",
    "маман",
    "отбасы",
    "бала",
    "әйел",
    "оқушы",
    "студент",
    "қызметкер",
    "жұмысшы",
];

const TIMES: [&str; 3] = ["жыл", "ай", "күн"];

/// «тұрғындардың»: the plural stands before the case.
fn is_many(word: &str) -> bool {
    let plural = |noun: &str| {
        let rest = word.strip_prefix(noun).unwrap_or_default();
        ["лар", "лер", "дар", "дер", "тар", "тер"].iter().any(|ending| rest.starts_with(ending))
    };
    COUNTED.iter().any(|noun| !TIMES.contains(noun) && plural(noun))
}

/// «үштен бір»: one part of three.
fn is_part_of(word: &str, next: &str) -> bool {
    let ablative = |stem: &str| word.strip_prefix(stem).is_some_and(|ending| Sound::of(stem).is_ablative(ending));
    CARDINALS.iter().any(|(_, stem)| ablative(stem))
        && CARDINALS.iter().any(|(_, stem)| next == *stem || inflected(next, stem))
}

/// Says whether a word is a Kazakh word with an ending: of a case, of a possessive, or both.
fn inflected(word: &str, stem: &str) -> bool {
    let Some(ending) = word.strip_prefix(stem).filter(|ending| !ending.is_empty()) else { return false };
    // «жылғы», «жылындағы»: what belongs to the time or the place.
    let attribute = ["ғы", "гі"].iter().find_map(|of| ending.strip_suffix(of));
    Sound::of(stem).allows(ending) || attribute.is_some_and(|rest| rest.is_empty() || Sound::of(stem).allows(rest))
}
