//! Endings of Kazakh: which one a word or a number in digits takes, by the sounds of what is spoken last.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use super::Case;
use super::kk::{PER_MILLE, PERCENT};
use crate::finding::Decimal;

/// What the end of a word sounds like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sound {
    front: bool,
    last: Last,
}

/// The last sound, as far as endings tell sounds apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Vowel,
    /// р л й у.
    Sonorant,
    /// м н ң.
    Nasal,
    /// з ж.
    Voiced,
    /// The rest; a final б, в, г, д is spoken without voice.
    Voiceless,
    /// The vowel of the third person's possessive: `облысы`, `саны`.
    Possessive,
}

const fn sound(front: bool, last: Last) -> Sound {
    Sound { front, last }
}

/// нөл, бір, екі … тоғыз.
const UNITS: [Sound; 10] = [
    sound(true, Last::Sonorant),
    sound(true, Last::Sonorant),
    sound(true, Last::Vowel),
    sound(true, Last::Voiceless),
    sound(true, Last::Voiceless),
    sound(true, Last::Voiceless),
    sound(false, Last::Vowel),
    sound(true, Last::Vowel),
    sound(true, Last::Voiced),
    sound(false, Last::Voiced),
];

/// (none), он, жиырма … тоқсан.
const TENS: [Sound; 10] = [
    sound(true, Last::Sonorant),
    sound(false, Last::Nasal),
    sound(false, Last::Vowel),
    sound(false, Last::Voiced),
    sound(false, Last::Voiceless),
    sound(true, Last::Sonorant),
    sound(false, Last::Voiceless),
    sound(true, Last::Voiceless),
    sound(true, Last::Nasal),
    sound(false, Last::Nasal),
];

/// жүз.
const HUNDRED: Sound = sound(true, Last::Voiced);
/// мың, миллион, триллион.
const THOUSAND: Sound = sound(false, Last::Nasal);
/// миллиард.
const MILLIARD: Sound = sound(false, Last::Voiceless);

/// Words whose harmony their last vowel does not show: a compound with су, and a loan spoken with front endings.
const ODD_HARMONY: [(&str, bool); 7] = [
    ("Жетісу", false),
    ("округ", true),
    ("логарифм", true),
    ("модуль", true),
    ("банк", true),
    ("парк", true),
    ("танк", true),
];

/// Words in -ы or -і that are possessives, by their last part.
const POSSESSIVES: [&str; 6] = ["облысы", "қаласы", "ауданы", "Республикасы", "шаруашылығы", "отбасы"];

/// Endings of plural possessives: `облыстары`, `өңірлері`.
const PLURAL_POSSESSIVES: [&str; 6] = ["лары", "лері", "дары", "дері", "тары", "тері"];

/// Returns the sound at the end of a number that is read aloud.
pub(super) fn of_number(value: &Decimal) -> Sound {
    // A fraction is read as a whole number of tenths, hundredths, …, and it comes last.
    let digits = if value.fraction.is_empty() { value.whole.as_bytes() } else { value.fraction.as_bytes() };
    let Some(zeros) = digits.iter().rev().position(|digit| *digit != b'0') else {
        return UNITS[0];
    };
    let digit = usize::from(digits[digits.len() - 1 - zeros] - b'0');
    match zeros {
        0 => UNITS[digit],
        1 => TENS[digit],
        2 => HUNDRED,
        9..=11 => MILLIARD,
        _ => THOUSAND,
    }
}

impl Sound {
    /// Returns the sound at the end of a word or of a phrase.
    pub(super) fn of(phrase: &str) -> Sound {
        let word = phrase.rsplit([' ', '\u{a0}']).next().unwrap_or(phrase);
        // A soft sign is spoken with the letter before it, and what follows is front: `рубльге`.
        if let Some(hard) = word.strip_suffix('ь') {
            return Sound { front: true, ..Sound::of(hard) };
        }
        let odd = ODD_HARMONY.into_iter().find(|(odd, _)| *odd == word).map(|(_, front)| front);
        let front = odd.unwrap_or_else(|| {
            is_loan(word) || is_soft(word) || word.chars().rev().find_map(frontness).unwrap_or(false)
        });
        let possessive = || POSSESSIVES.contains(&word) || PLURAL_POSSESSIVES.iter().any(|end| word.ends_with(end));
        let last = match word.chars().next_back() {
            Some('ы' | 'і') if possessive() => Last::Possessive,
            Some('а' | 'ә' | 'е' | 'ё' | 'о' | 'ө' | 'ұ' | 'ү' | 'ы' | 'і' | 'э' | 'ю' | 'я') => {
                Last::Vowel
            }
            Some('р' | 'л' | 'й' | 'у' | 'и') => Last::Sonorant,
            Some('м' | 'н' | 'ң') => Last::Nasal,
            Some('з' | 'ж') => Last::Voiced,
            _ => Last::Voiceless,
        };
        Sound { front, last }
    }

    /// Says whether a word takes front vowels for another reason than its last vowel.
    pub(super) fn is_told(word: &str) -> bool {
        ODD_HARMONY.contains(&(word, true)) || is_loan(word)
    }

    /// Returns true behind a front vowel.
    pub(super) fn is_front(self) -> bool {
        self.front
    }

    /// Every sound that a number can end in.
    const ALL: [Sound; 10] = [
        sound(false, Last::Vowel),
        sound(true, Last::Vowel),
        sound(false, Last::Sonorant),
        sound(true, Last::Sonorant),
        sound(false, Last::Nasal),
        sound(true, Last::Nasal),
        sound(false, Last::Voiced),
        sound(true, Last::Voiced),
        sound(false, Last::Voiceless),
        sound(true, Last::Voiceless),
    ];

    /// Returns the chains of endings that a noun takes: plural, possessive, case; none where it bears a possessive.
    pub(super) fn chains_of(word: &str) -> &'static BTreeSet<String> {
        static CHAINS: OnceLock<Vec<(Sound, [BTreeSet<String>; 2])>> = OnceLock::new();
        static NONE: BTreeSet<String> = BTreeSet::new();
        let both = |sound: Sound| (sound, [sound.chained(false), sound.chained(true)]);
        let all = CHAINS.get_or_init(|| Sound::ALL.into_iter().map(both).collect());
        let own = all.iter().find(|(sound, _)| *sound == Sound::of(word));
        own.map_or(&NONE, |(_, chains)| &chains[usize::from(is_lateral(word))])
    }

    fn chained(self, lateral: bool) -> BTreeSet<String> {
        let plural = Sound { front: self.front, last: Last::Sonorant };
        let mut found = BTreeSet::new();
        for (before, sound) in [("", self), (self.plural(lateral), plural)] {
            for (owned, sound) in [("", sound), (sound.possessive(), sound.owned())] {
                let base = [before, owned].concat();
                for case in CASES {
                    let ending = [base.as_str(), sound.ending(case)].concat();
                    if case == Case::Loc {
                        found.insert([ending.as_str(), if self.front { "гі" } else { "ғы" }].concat());
                    }
                    found.insert(ending);
                }
                found.insert(base);
            }
        }
        found
    }

    /// Returns the sound of a word that bears the possessive ending already.
    pub(super) fn owned(self) -> Sound {
        Sound { last: Last::Possessive, ..self }
    }

    /// Returns the ending of the possessive of the third person.
    pub(super) fn possessive(self) -> &'static str {
        let pair = if self.last == Last::Vowel { ["сы", "сі"] } else { ["ы", "і"] };
        pair[usize::from(self.front)]
    }

    /// Returns the ending of the plural of a word: `өңірлер`, but `жылдар`.
    pub(super) fn plural_of(word: &str) -> &'static str {
        Sound::of(word).plural(is_lateral(word))
    }

    fn plural(self, lateral: bool) -> &'static str {
        let pair = match self.last {
            Last::Sonorant if lateral => ["дар", "дер"],
            Last::Vowel | Last::Possessive | Last::Sonorant => ["лар", "лер"],
            Last::Nasal | Last::Voiced => ["дар", "дер"],
            Last::Voiceless => ["тар", "тер"],
        };
        pair[usize::from(self.front)]
    }

    /// Returns the ending of the ordinal, which texts leave out after digits.
    pub(super) fn ordinal(self) -> &'static str {
        let pair = if self.last == Last::Vowel { ["ншы", "нші"] } else { ["ыншы", "інші"] };
        pair[usize::from(self.front)]
    }

    /// Returns the word for «and» behind a word: мен, бен or пен.
    pub(super) fn joint(self) -> &'static str {
        self.ending(Case::Ins)
    }

    /// Returns the ending of the past tense.
    pub(super) fn past(self) -> &'static str {
        let pair = if self.last == Last::Voiceless { ["ты", "ті"] } else { ["ды", "ді"] };
        pair[usize::from(self.front)]
    }

    /// Returns true where an ending of any kind fits.
    pub(super) fn allows(self, ending: &str) -> bool {
        let of_place = if self.front { "гі" } else { "ғы" };
        CASES.into_iter().any(|case| self.ending(case) == ending)
            || ending == self.ordinal()
            // жиырма alone among the numbers that end in a vowel has жиырмасыншы.
            || ending == "сыншы" && self == TENS[2]
            || ending.strip_prefix(self.ending(Case::Loc)) == Some(of_place)
            || ending
                .strip_prefix(self.possessive())
                .is_some_and(|rest| rest.is_empty() || CASES.into_iter().any(|case| self.owned().ending(case) == rest))
    }

    /// Returns true for the ending of the ablative.
    pub(super) fn is_ablative(self, ending: &str) -> bool {
        self.ending(Case::Abl) == ending
    }

    /// Returns the ending of a case; none in the nominative and in the case that Kazakh lacks.
    fn ending(self, case: Case) -> &'static str {
        use Last::{Nasal, Possessive, Sonorant, Voiced, Voiceless, Vowel};
        let pair = match (case, self.last) {
            (Case::Nom | Case::Prep, _) => ["", ""],
            (Case::Gen, Vowel | Nasal | Possessive) => ["ның", "нің"],
            (Case::Gen, Sonorant | Voiced) => ["дың", "дің"],
            (Case::Gen, Voiceless) => ["тың", "тің"],
            (Case::Dat, Vowel | Sonorant | Nasal | Voiced) => ["ға", "ге"],
            (Case::Dat, Voiceless) => ["қа", "ке"],
            (Case::Dat, Possessive) => ["на", "не"],
            (Case::Acc, Vowel) => ["ны", "ні"],
            (Case::Acc, Sonorant | Nasal | Voiced) => ["ды", "ді"],
            (Case::Acc, Voiceless) => ["ты", "ті"],
            (Case::Acc, Possessive) => ["н", "н"],
            (Case::Loc, Vowel | Sonorant | Nasal | Voiced) => ["да", "де"],
            (Case::Loc, Voiceless) => ["та", "те"],
            (Case::Loc, Possessive) => ["нда", "нде"],
            (Case::Abl, Vowel | Sonorant | Voiced) => ["дан", "ден"],
            (Case::Abl, Nasal | Possessive) => ["нан", "нен"],
            (Case::Abl, Voiceless) => ["тан", "тен"],
            (Case::Ins, Vowel | Sonorant | Nasal | Possessive) => ["мен", "мен"],
            (Case::Ins, Voiced) => ["бен", "бен"],
            (Case::Ins, Voiceless) => ["пен", "пен"],
        };
        pair[usize::from(self.front)]
    }
}

/// Returns the word whose last letter is spoken with voice before a vowel: `халқ` and `мамандығ` of `мамандық`.
pub(super) fn voiceless(stem: &str, ending: &str) -> Option<String> {
    let (at, last) = stem.char_indices().next_back()?;
    let own = match last {
        'ғ' => 'қ',
        'г' => 'к',
        'б' => 'п',
        _ => return None,
    };
    ending.starts_with(['ы', 'і', 'а', 'е', 'у']).then(|| format!("{}{own}", &stem[..at]))
}

/// Says whether a vowel behind a stem would change it: a native п, к or қ is voiced before it, «мектебі», and some lose their own,
/// «халқы».
pub(super) fn would_change(stem: &str, ending: &str) -> bool {
    if !ending.starts_with(['ы', 'і']) {
        return false;
    }
    let mut letters = stem.chars().rev();
    let is_stop = letters.next().is_some_and(|last| "пкқ".contains(last));
    let is_open = letters.next().is_some_and(|before| "аәеоөұүыіу".contains(before));
    let is_foreign = stem.contains(['ф', 'в', 'ц', 'щ', 'ч', 'ё', 'э', 'ю', 'я', 'х', 'ъ', 'ь', 'и'])
        || stem.chars().skip(2).any(|letter| letter == 'о')
        || !stem.ends_with('п') && !is_harmonic(stem)
        // «тарапынан» is written as it is.
        || stem == "тарап";
    is_stop && is_open && !is_foreign && stem.chars().count() > 2 || SHORTENED.iter().any(|(whole, _)| *whole == stem)
}

/// Returns a stem as it is written before a vowel: `мектеб`, `халқ`.
pub(super) fn changed(stem: &str) -> Option<String> {
    if let Some((_, short)) = SHORTENED.iter().find(|(whole, _)| *whole == stem) {
        return Some((*short).to_owned());
    }
    let (at, last) = stem.char_indices().next_back()?;
    let own = match last {
        'қ' => 'ғ',
        'к' => 'г',
        'п' => 'б',
        _ => return None,
    };
    Some(format!("{}{own}", &stem[..at]))
}

/// Says whether the vowels of a word are all of the back or all of the front.
fn is_harmonic(word: &str) -> bool {
    let mut vowels = word.chars().filter_map(frontness);
    vowels.next().is_none_or(|first| vowels.all(|other| other == first))
}

/// Returns the chains of endings that some noun takes.
pub(super) fn chains() -> &'static BTreeSet<String> {
    static ALL: OnceLock<BTreeSet<String>> = OnceLock::new();
    ALL.get_or_init(|| {
        let both = |sound: Sound| [sound.chained(false), sound.chained(true)].into_iter().flatten();
        Sound::ALL.into_iter().flat_map(both).collect()
    })
}

/// Says whether the last vowel is an и before a consonant, as in what is taken over from Russian: `тарифке`, `мониторингі`.
pub(super) fn is_loan(word: &str) -> bool {
    let mut letters = word.chars().rev().skip_while(|letter| "бвгджзклмнпрстфхцчшщ".contains(*letter));
    !word.ends_with('и') && letters.next() == Some('и') && !word.contains(['қ', 'ғ', 'ұ', 'ы', 'һ'])
}

fn is_lateral(word: &str) -> bool {
    word.trim_end_matches('ь').ends_with('л')
}

/// Says whether a loan ends in a syllable that a soft sign makes front: «фильмі», «фильтрге».
fn is_soft(word: &str) -> bool {
    word.rsplit_once("иль").is_some_and(|(_, rest)| {
        !rest.is_empty() && rest.chars().all(|c| frontness(c).is_none() && !matches!(c, 'и' | 'у'))
    })
}

/// Tells a front vowel from a back one; `None` for letters that leave it to the vowel before them.
fn frontness(letter: char) -> Option<bool> {
    match letter.to_lowercase().next().unwrap_or(letter) {
        'ә' | 'е' | 'ө' | 'ү' | 'і' | 'э' => Some(true),
        'а' | 'о' | 'ұ' | 'ы' | 'ё' | 'ю' | 'я' => Some(false),
        _ => None,
    }
}

/// Writes the ending of a case, with a joint before it where there is one.
pub(super) fn write_ending(out: &mut String, joint: &str, sound: Sound, case: Case) {
    let ending = sound.ending(case);
    if !ending.is_empty() {
        out.push_str(joint);
        out.push_str(ending);
    }
}

/// Writes a word or a phrase in a case.
pub(super) fn write_inflected(out: &mut String, phrase: &str, case: Case) {
    out.push_str(phrase);
    write_ending(out, "", Sound::of(phrase), case);
}

/// Returns a word or a phrase in a case.
pub(super) fn inflected(word: &str, case: Case) -> String {
    let mut out = String::with_capacity(word.len() + 12);
    write_inflected(&mut out, word, case);
    out
}

/// Writes the possessive of the third person in a case behind a number or an abbreviation: `5-інде`, `57,8%-ы`.
pub(super) fn write_owned_ending(out: &mut String, joint: &str, sound: Sound, case: Case) {
    out.push_str(joint);
    out.push_str(sound.possessive());
    out.push_str(sound.owned().ending(case));
}

/// Words that lose their last vowel before the possessive.
pub(super) const SHORTENED: [(&str, &str); 11] = [
    ("халық", "халқ"),
    ("қырық", "қырқ"),
    ("ерік", "ерк"),
    ("көрік", "көрк"),
    ("кәсіпорын", "кәсіпорн"),
    ("орын", "орн"),
    ("ауыз", "ауз"),
    ("мұрын", "мұрн"),
    ("мойын", "мойн"),
    ("әріп", "әрп"),
    ("ғұрып", "ғұрп"),
];

/// Writes the possessive of the third person of a word or a phrase in a case: `өңірінде`, `тармағын`, `халқына`.
pub(super) fn write_owned(out: &mut String, phrase: &str, case: Case) {
    let sound = Sound::of(phrase);
    if sound.last == Last::Possessive {
        return write_inflected(out, phrase, case);
    }
    let shortened = SHORTENED.into_iter().find_map(|(word, stem)| {
        let before = phrase.strip_suffix(word)?;
        (before.is_empty() || before.ends_with([' ', '\u{a0}'])).then_some((before, stem))
    });
    match (shortened, phrase.char_indices().next_back()) {
        (Some((before, stem)), _) => out.extend([before, stem]),
        // `рубль` has `рублі`.
        (None, Some((at, 'ь'))) => out.push_str(&phrase[..at]),
        // A voiceless к, қ, п is voiced between vowels.
        (None, Some((at, last @ ('к' | 'қ' | 'п')))) => {
            out.push_str(&phrase[..at]);
            out.push(match last {
                'к' => 'г',
                'қ' => 'ғ',
                _ => 'б',
            });
        }
        _ => out.push_str(phrase),
    }
    write_owned_ending(out, "", sound, case);
}

/// Returns numbers in a text whose hyphened ending does not fit what is spoken last, with their bytes and what is right:
/// `5,8%-ке`, `5,8%-ға`.
///
/// A word that is no ending, as in `1-кесте`, stands for an ordinal and is left alone.
pub(super) fn misfits_in(text: &str) -> Vec<(Range<usize>, String, Option<String>)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('-') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let ending = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
        // Scale words are read in full.
        let scale = SCALES
            .into_iter()
            .find(|(printed, _)| before.strip_suffix(printed).is_some_and(|rest| rest.ends_with([' ', '\u{a0}'])));
        let digits = scale.map_or(before, |(printed, _)| before[..before.len() - printed.len()].trim_end());
        let number = digits.rsplit(|c: char| !c.is_ascii_digit() && !",%‰\u{a0}\u{202f}".contains(c)).next();
        let number = number.unwrap_or(digits).trim_start_matches(['\u{a0}', '\u{202f}', ',']);
        let sound = match (number.chars().next_back(), number.starts_with(|c: char| c.is_ascii_digit())) {
            (Some(_), true) if scale.is_some() => Sound::of(scale.map_or("", |(_, read)| read)),
            (Some('%'), true) => Sound::of(PERCENT),
            (Some('‰'), true) => Sound::of(PER_MILLE),
            (Some(_), true) => of_number(&spoken_digits(number)),
            (Some(_), false) | (None, _) => continue,
        };
        if Sound::ALL.iter().any(|other| other.allows(ending)) && !sound.allows(ending) {
            let start = digits.len() - number.len();
            let span = start..at + 1 + ending.len();
            let printed = &text[start..at];
            let meant = CASES.into_iter().find(|case| Sound::ALL.iter().any(|other| other.ending(*case) == ending));
            let right = meant.map(|case| format!("{printed}-{}", sound.ending(case)));
            found.push((span, format!("{printed}-{ending}"), right));
        }
    }
    found
}

/// Abbreviated scale words and what they are read as.
const SCALES: [(&str, &str); 3] = [("млн", "миллион"), ("млрд", "миллиард"), ("трлн", "триллион")];

const CASES: [Case; 6] = [Case::Gen, Case::Dat, Case::Acc, Case::Loc, Case::Abl, Case::Ins];

fn spoken_digits(number: &str) -> Decimal {
    let (whole, fraction) = number.split_once(',').unwrap_or((number, ""));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect();
    Decimal { negative: false, whole: digits(whole), fraction: digits(fraction) }
}
