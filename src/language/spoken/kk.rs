//! Small numbers and past tenses in Kazakh words.

use super::MOST;
use crate::language::suffix_kk::Sound;

/// Writes a cardinal in words; `None` where the number is larger than [`MOST`].
pub(in crate::language) fn cardinal(number: usize) -> Option<String> {
    (number <= MOST).then(|| cardinal_of(number))
}

/// Writes an ordinal in words; `None` for nought and what is larger than [`MOST`].
pub(in crate::language) fn ordinal(number: usize) -> Option<String> {
    (1..=MOST).contains(&number).then(|| ordinal_of(number))
}

const UNITS: [&str; 10] = ["нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"];
const TENS: [&str; 10] = ["", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"];

fn cardinal_of(number: usize) -> String {
    match (TENS[number / 10], number % 10) {
        ("", unit) => UNITS[unit].to_owned(),
        (tens, 0) => tens.to_owned(),
        (tens, unit) => [tens, " ", UNITS[unit]].concat(),
    }
}

fn ordinal_of(number: usize) -> String {
    match number {
        20 => "жиырмасыншы".to_owned(),
        40 => "қырқыншы".to_owned(),
        _ => {
            let word = cardinal_of(number);
            let ending = Sound::of(&word).ordinal();
            word + ending
        }
    }
}

/// Returns the Kazakh collective of one to seven, whole and as the ending behind digits: екеу and еу.
pub(in crate::language) fn collective(number: usize) -> Option<(&'static str, &'static str)> {
    const WORDS: [(&str, &str); 7] = [
        ("біреу", "еу"),
        ("екеу", "еу"),
        ("үшеу", "еу"),
        ("төртеу", "еу"),
        ("бесеу", "еу"),
        ("алтау", "ау"),
        ("жетеу", "еу"),
    ];
    WORDS.get(number.checked_sub(1)?).copied()
}

/// Returns the past tense of a Kazakh verb, which does not agree: of «көшу» көшті.
///
/// A verb of a vowel stem in -ы, -і, which -у hides, is given in the past itself.
pub(in crate::language) fn past(verb: &str) -> Option<String> {
    if ["ды", "ді", "ты", "ті"].iter().any(|end| verb.ends_with(end)) && !verb.contains(' ') {
        return Some(verb.to_owned());
    }
    // Stems in -ы and -і are written with -у alone, and those in -й with -ю.
    const HIDDEN: [(&str, &str); 4] = [("оқу", "оқы"), ("тану", "таны"), ("аршу", "аршы"), ("кему", "кемі")];
    let (before, last) = verb.rsplit_once(' ').map_or(("", verb), |(before, last)| (&verb[..=before.len()], last));
    let hidden = HIDDEN.iter().find(|(infinitive, _)| *infinitive == last).map(|(_, stem)| before.to_owned() + stem);
    let stem = hidden.or_else(|| match verb.strip_suffix('у') {
        Some("") | None => Some(verb.strip_suffix('ю').filter(|stem| !stem.is_empty())?.to_owned() + "й"),
        // Between vowels a voiceless end is voiced: табу of тап, шығу of шық, шегу of шек.
        Some(stem) => {
            let voiceless = [('б', "п"), ('ғ', "қ"), ('г', "к")];
            let bare = voiceless.iter().find_map(|(voiced, own)| Some(stem.strip_suffix(*voiced)?.to_owned() + own));
            Some(bare.unwrap_or_else(|| stem.to_owned()))
        }
    })?;
    let ending = Sound::of(&stem).past();
    Some(stem + ending)
}
