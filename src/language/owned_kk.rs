//! Owned: phrases of Kazakh whose last word bears the possessive of the third person already, `оқу орны`, and what that word
//! is without it.

use super::suffix_kk::{SHORTENED, Sound};

/// Words that end in -ы or -і by themselves, by their ends: `жалақы` too.
const PLAIN: [&str; 22] = [
    "екі",
    "алты",
    "жеті",
    "кісі",
    "түлкі",
    "сары",
    "қазы",
    "тәтті",
    "жексенбі",
    "дүйсенбі",
    "сенбі",
    "дәрі",
    "тері",
    "желі",
    "ақы",
    "жылқы",
    "ұйқы",
    "қайғы",
    "күлкі",
    "келі",
    "бөрі",
    "жалпы",
];

/// Words in -шы and -ші that name no doer, by their ends: ш is of the word, or of what does or shows something.
const NO_DOERS: [&str; 9] = ["күші", "ағашы", "ұшы", "іші", "кіші", "гіші", "қышы", "ғышы", "шысы"];

/// Borrowed words as they are before -ы or -і, and whole.
const BORROWED: [(&str, &str); 9] = [
    ("автомобил", "автомобиль"),
    ("модел", "модель"),
    ("рубл", "рубль"),
    ("госпитал", "госпиталь"),
    ("отел", "отель"),
    ("стил", "стиль"),
    ("рол", "рөл"),
    ("клуб", "клуб"),
    ("штаб", "штаб"),
];

fn is_vowel(c: char) -> bool {
    "аәеёоөұүыіуиюяэ".contains(c)
}

fn last_word(text: &str) -> &str {
    text.rsplit([' ', '\u{a0}']).next().unwrap_or(text)
}

/// Says whether the last word of a text bears the possessive; `None` where only the root of a single word tells.
pub(super) fn bears(text: &str) -> Option<bool> {
    let word = last_word(text);
    let is_name = word.starts_with(char::is_uppercase);
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    if !word.ends_with(['ы', 'і']) || is_name || word == "кіші" || ends(&PLAIN) && !ends(&["шысы", "шісі"])
    {
        return Some(false);
    }
    if shortened(word).is_some() || ends(&["лығы", "лігі", "дығы", "дігі", "тығы", "тігі", "шысы", "шісі"])
    {
        return Some(true);
    }
    let doer = ends(&["шы", "ші"]) && !ends(&NO_DOERS);
    // `қысқы`, `жылғы`, `маңызды`, `тұрақты`.
    let before: Vec<char> = word.chars().rev().skip(1).take(2).collect();
    let made = match before[..] {
        ['қ' | 'ғ' | 'г', before] => !is_vowel(before),
        ['к', before] => !is_vowel(before) && !"рн".contains(before),
        ['д', before] => !is_vowel(before) && before != 'р',
        ['т', before] => "қкпсш".contains(before),
        _ => false,
    };
    if doer || made {
        return Some(false);
    }
    let behind_vowel = ["сы", "сі"].iter().filter_map(|end| word.strip_suffix(end)?.chars().next_back()).any(is_vowel);
    (behind_vowel || word.len() < text.len()).then_some(true)
}

fn shortened(word: &str) -> Option<String> {
    let stem = word.strip_suffix(['ы', 'і'])?;
    SHORTENED.into_iter().find_map(|(whole, short)| {
        let before = stem.strip_suffix(short)?;
        before.is_empty().then(|| whole.to_owned())
    })
}

/// Returns a text that bears the possessive with the plural: `облыс орталықтары`, `оқу орындары`.
pub(super) fn plural(text: &str) -> String {
    let word = last_word(text);
    let root = root(word);
    let ending = Sound::plural_of(&root);
    let many = [&root, ending].concat();
    let own = if Sound::of(&many).is_front() { "і" } else { "ы" };
    [&text[..text.len() - word.len()], &many, own].concat()
}

/// Returns a word without the possessive that it bears: `орталық` of `орталығы`.
fn root(word: &str) -> String {
    if let Some(whole) = shortened(word) {
        return whole;
    }
    let vowels = |text: &str| text.chars().filter(|c| is_vowel(*c)).count();
    for end in ["сы", "сі"] {
        let Some(stem) = word.strip_suffix(end).filter(|stem| stem.ends_with(is_vowel)) else { continue };
        // `жұмысы` is of `жұмыс`, as most in -ысы are, but `ақысы` of `ақы`; `жасы` of `жас`, `баласы` of `бала`.
        let open = stem.ends_with(['ы', 'і']);
        let is_plain =
            PLAIN.iter().any(|own| stem.ends_with(own)) || ["шы", "ші"].iter().any(|own| stem.ends_with(own));
        if is_plain || !open && vowels(stem) > 1 {
            return stem.to_owned();
        }
    }
    let stem = word.strip_suffix(['ы', 'і']).unwrap_or(word);
    if let Some((_, whole)) = BORROWED.into_iter().find(|(short, _)| *short == stem) {
        return whole.to_owned();
    }
    let Some((at, last)) = stem.char_indices().next_back() else { return stem.to_owned() };
    let own = match last {
        'ғ' => 'қ',
        'г' if !stem.ends_with("ог") && !stem.ends_with("округ") => 'к',
        'б' => 'п',
        _ => return stem.to_owned(),
    };
    format!("{}{own}", &stem[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_bear_the_possessive_and_take_their_plural_under_it() {
        for (phrase, many) in [
            ("облыс орталығы", "облыс орталықтары"),
            ("үй шаруашылығы", "үй шаруашылықтары"),
            ("оқу орны", "оқу орындары"),
            ("жұмыс күші", "жұмыс күштері"),
            ("сауда желісі", "сауда желілері"),
            ("білім беру ұйымы", "білім беру ұйымдары"),
            ("құрылыс жұмысы", "құрылыс жұмыстары"),
            ("мектеп оқушысы", "мектеп оқушылары"),
            ("даму көрсеткіші", "даму көрсеткіштері"),
            ("спорт клубы", "спорт клубтары"),
            ("жүк автомобилі", "жүк автомобильдері"),
            ("білім мекемесі", "білім мекемелері"),
            ("зейнет жасы", "зейнет жастары"),
            ("еңбек ақысы", "еңбек ақылары"),
            ("салық қызметі", "салық қызметтері"),
            ("орта мектебі", "орта мектептері"),
        ] {
            assert_eq!((bears(phrase), plural(phrase)), (Some(true), many.to_owned()), "{phrase}");
        }
    }

    #[test]
    fn words_that_end_so_by_themselves_bear_none() {
        for phrase in
            ["он алты", "жас оқушы", "қоныс аударушы", "өткен жылғы", "ең маңызды", "орташа жалақы", "Нұра мен Шалқы"]
        {
            assert_eq!(bears(phrase), Some(false), "{phrase}");
        }
        assert_eq!(bears("халы"), None);
    }
}
