//! Joints: «мен», «бен», «пен», compounds that a hyphen joins, and what denies a pronoun of none.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding, GAPS, sentences};
use super::cases::listed;
use crate::language::suffix_kk::{Sound, chains};

/// Compounds of two words that a hyphen joins; the second bears the endings.
const COMPOUNDS: &str = "көші қон, азық түлік, өлім жітім, ата ана, құрал жабдық, сауда саттық, қарым қатынас, іс шара, іс әрекет, \
     тәлім тәрбие, туған туыс, бала шаға, ара тұра, анда санда, оқта текте, сөзбе сөз, қолма қол, бетпе бет, аман есен, дәрі дәрмек, \
     киім кешек, жеміс жидек, күш жігер, тау кен, ойын сауық, салт дәстүр, әдет ғұрып, заң ереже, от басы ошақ, \
     әлеуметтік экономикалық, әлеуметтік демографиялық, әлеуметтік мәдени, әлеуметтік саяси, қоғамдық саяси, ғылыми техникалық, \
     ғылыми зерттеу, ғылыми әдістемелік, мәдени ағарту, материалдық техникалық, әкімшілік аумақтық, рухани адамгершілік, \
     санитарлық эпидемиологиялық, сауда экономикалық, қаржы экономикалық, табиғи климаттық, жыныстық жас, оқу әдістемелік, \
     солтүстік шығыс, солтүстік батыс, оңтүстік шығыс, оңтүстік батыс";

/// Words of time that stand twice, the first in the ablative and the second in the dative: «жылдан-жылға».
const TIMES: [(&str, &str); 5] =
    [("жылдан", "жылға"), ("күннен", "күнге"), ("айдан", "айға"), ("аптадан", "аптаға"), ("сағаттан", "сағатқа")];

/// Reads the word at a place.
pub(super) fn read(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    hyphen(text, words, i, found);
    and(text, words, i, found);
    none(text, words, i, found);
    each(text, words, i, found);
}

fn beside(text: &str, words: &Words, i: usize) -> bool {
    words.get(i + 1).is_some_and(|(next, _)| GAPS.contains(&&text[words[i].0.end..next.start]))
}

/// Finds two words that a hyphen joins: «көші қон», «жылма жыл», «жылдан жылға».
fn hyphen(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    if !beside(text, words, i) || text[..words[i].0.start].ends_with('-') {
        return;
    }
    let (first, second) = (words[i].1.to_lowercase(), words[i + 1].1.to_lowercase());
    let bears = |own: &str| {
        let rest = second
            .strip_prefix(own)
            .or_else(|| second.strip_prefix(&own[..own.len() - own.chars().next_back().map_or(0, char::len_utf8)]));
        rest.is_some_and(|rest| {
            rest.is_empty() && second == own || chains().contains(rest) || ["ғы", "гі", "ғын", "гін"].contains(&rest)
        })
    };
    let is_compound =
        COMPOUNDS.split(", ").filter_map(|pair| pair.trim().split_once(' ')).any(|(a, b)| a == first && bears(b));
    let is_twice =
        ["ма", "ме", "ба", "бе", "па", "пе"].iter().any(|joint| first.strip_suffix(joint) == Some(second.as_str()))
            && second.chars().count() > 1;
    let is_time = TIMES.contains(&(first.as_str(), second.as_str()));
    if is_compound || is_twice || is_time {
        let span: Range<usize> = words[i].0.start..words[i + 1].0.end;
        found.push(Finding {
            fault: Fault::Spelling,
            message: format!("`{}` lacks its hyphen", &text[span.clone()]),
            hint: format!("write `{}-{}`", words[i].1, words[i + 1].1),
            span,
        });
    }
}

/// Finds «мен», «бен» and «пен» that do not follow the last sound of the word before them.
fn and(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const FIRST_PERSON: [&str; 12] =
        ["мын", "мін", "дым", "дім", "тым", "тім", "йын", "йін", "ғым", "гім", "ммен", "сам"];
    let word = words[i].1;
    let Some(before) = i.checked_sub(1).filter(|before| beside(text, words, *before) && beside(text, words, i)) else {
        return;
    };
    let last = words[before].1;
    let is_word = last.chars().skip(1).all(char::is_lowercase) && last.chars().count() > 2;
    if !["мен", "бен", "пен"].contains(&word)
        || !is_word
        || text[..words[before].0.start].ends_with(|c: char| c.is_ascii_digit())
    {
        return;
    }
    let right = Sound::of(&last.to_lowercase()).joint();
    // «мен» says «I» as well.
    let is_pronoun = || {
        let sentence = sentences(text).into_iter().find(|own| own.contains(&words[i].0.start)).unwrap_or(0..text.len());
        let ends = |word: &str| FIRST_PERSON.iter().any(|end| word.ends_with(end));
        words.iter().any(|(at, word)| sentence.contains(&at.start) && ends(word))
    };
    if right != word && !(word == "мен" && is_pronoun()) {
        found.push(Finding {
            fault: Fault::Ending,
            span: words[i].0.clone(),
            message: format!("`{word}` does not follow the last sound of `{last}`"),
            hint: format!("write `{right}`"),
        });
    }
}

/// Finds a pronoun of none in a sentence that denies nothing: «ешбір аудан орындады».
fn none(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const NONE: &str = "ешбір ешқандай ешкім ештеңе ешқашан ешқайда ешқайсысы ешнәрсе";
    const DENIED: [&str; 6] = ["ма", "ме", "ба", "бе", "па", "пе"];
    let is_single = words[i].1.to_lowercase() == "бірде" && text[words[i].0.end..].starts_with("-бір");
    if !listed(NONE, &words[i].1.to_lowercase()) && !is_single {
        return;
    }
    let rest = &text[words[i].0.end..];
    let stop = words[i].0.end + rest.find(['.', '!', '?', ';', '–', ':', '\n']).unwrap_or(rest.len());
    let own: Vec<&(Range<usize>, &str)> = words[i + 1..].iter().take_while(|(at, _)| at.end <= stop).collect();
    // A negative verb has its particle within: «орындамады», «келмейді», «көрсетпеген».
    let denies = |word: &str| {
        let lower = word.to_lowercase();
        let goes_on = |rest: &str| {
            ["ды", "ді", "ған", "ген", "й", "са", "се", "у", "п"].iter().any(|next| rest.starts_with(next))
        };
        let within = || {
            let cuts = lower.char_indices().skip(1).map(|(at, _)| &lower[at..]);
            cuts.into_iter().any(|rest| DENIED.iter().filter_map(|own| rest.strip_prefix(own)).any(goes_on))
        };
        ["жоқ", "емес", "сыз", "сіз"].iter().any(|end| lower.contains(end)) || within()
    };
    let Some((at, verb)) = own.last().filter(|(_, verb)| is_finite(&verb.to_lowercase())) else { return };
    // The verb and what goes with it stand at the end.
    if own.len() > 1 && !own.iter().rev().take(6).any(|(_, word)| denies(word)) {
        found.push(Finding {
            fault: Fault::Agreement,
            span: at.clone(),
            message: format!("`{verb}` denies nothing beside `{}`", words[i].1),
            hint: "a pronoun of none asks for a negative verb: «орындамады», «орындаған жоқ»".to_owned(),
        });
    }
}

/// Says whether a word ends as a verb of a subject does.
pub(super) fn is_finite(lower: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "ады", "еді", "йды", "йді", "лды", "лді", "рды", "рді", "нды", "нді", "тты", "тті", "сты", "сті", "қты", "кті",
    ];
    const WHOLE: &str = "жоқ емес бар тұр жатыр отыр жүр болды болған деді екен";
    ENDINGS.iter().any(|end| lower.ends_with(end))
        || listed(WHOLE, lower)
        || ["ған", "ген", "қан", "кен"].iter().any(|end| lower.ends_with(end))
}

/// Finds a plural behind a word for each one: «әрбір аудандар».
fn each(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    if !listed("әр әрбір ешбір", &words[i].1.to_lowercase()) || !beside(text, words, i) {
        return;
    }
    let (at, noun) = &words[i + 1];
    let ends = [
        "лар",
        "лер",
        "дар",
        "дер",
        "тар",
        "тер",
        "ларда",
        "лерде",
        "дарда",
        "дерде",
        "тарда",
        "терде",
        "ларға",
        "лерге",
        "ларды",
        "лерді",
    ];
    if ends.iter().any(|end| noun.strip_suffix(end).is_some_and(|stem| stem.chars().count() > 2)) {
        found.push(Finding {
            fault: Fault::Plural,
            span: at.clone(),
            message: format!("`{noun}` is plural behind `{}`", words[i].1),
            hint: "behind a word for each one the noun stands in the singular".to_owned(),
        });
    }
}
