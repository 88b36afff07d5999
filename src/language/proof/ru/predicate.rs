//! Predicate: the gender and number of a verb beside its subject.

use super::super::rules::Words;
use super::super::{Fault, Finding};
use super::forms::{self, Form};
use super::{gender_of, listed};
use crate::language::{Gender, Language};

/// Verbs that say what a measure came to.
const COMES: [&str; 36] = [
    "усилил",
    "ослабил",
    "замедлил",
    "ускорил",
    "сохранил",
    "продолжил",
    "прекратил",
    "показал",
    "подтвердил",
    "отмечен",
    "зафиксирован",
    "обусловлен",
    "рассчитан",
    "получен",
    "включён",
    "исключён",
    "составил",
    "вырос",
    "возрос",
    "увеличил",
    "снизил",
    "сократил",
    "уменьшил",
    "достиг",
    "превысил",
    "повысил",
    "упал",
    "был",
    "стал",
    "оказал",
    "остал",
    "изменил",
    "опустил",
    "поднял",
    "равнял",
    "потерял",
];

/// Verbs without an object, as they begin, so that the noun before them can be but their subject.
const INTRANSITIVE: [&str; 12] =
    ["расту", "растё", "расте", "падаю", "падае", "уезжа", "приезжа", "переезжа", "живу", "живё", "старею", "пустею"];

/// Verbs that say how a number changes.
const SIZES: [&str; 8] = ["вырос", "возрос", "увеличил", "снизил", "сократил", "уменьшил", "составил", "упал"];

/// Nouns that head no sentence in the way measured here: «исключение составили», «первое место заняла».
const NO_SUBJECT: &str = "место раз исключение год человек итог";

/// Nouns behind which the verb may agree with what they count: «ряд областей потеряли».
const QUANTITIES: &str = "ряд число часть большинство меньшинство половина треть четверть группа множество десяток сотня \
     тысяча миллион пара";

/// Words that say how much there is of what stands in the genitive.
const LITTLE: &str = "мало много немного немало достаточно недостаточно";

/// Words behind which the verb may have another subject.
const JOINTS: &str = "и а но или что не как чем где это кто ни также спустя назад";

/// Prepositions that begin a clause before its subject.
pub(super) const OPENING: &str = "в во за к ко на с со по при из до от для после около среди между без через под над из-за вследствие ввиду из-под вместо вокруг против возле ради";

/// Finds a verb that does not agree with the noun at the head of its clause.
pub(super) fn read(language: &Language, words: &Words, found: &mut Vec<Finding>) {
    let lower: Vec<String> = words.iter().map(|(_, word)| word.to_lowercase()).collect();
    let Some(head) = head(language, words, &lower) else { return };
    let (subject, name) = (&lower[head], words[head].1);
    if listed(NO_SUBJECT, subject) || forms::is_numeral(subject) {
        return;
    }
    let forms = subjects(language, name, subject);
    let mut allowed: Vec<Gender> = forms.iter().filter(|form| form.case == 'n').map(Form::agreeing).collect();
    if allowed.is_empty() {
        return;
    }
    if listed(QUANTITIES, subject) {
        allowed.extend([Gender::Pl, Gender::N]);
    }
    // «Жилья строится мало»: what there is little of stands in the genitive.
    let is_genitive = forms.iter().any(|form| form.case == 'g' && !form.many);
    if is_genitive && lower[head..].iter().take(4).any(|word| listed(LITTLE, word)) {
        return;
    }
    let is_plain = forms.iter().all(|form| form.case != 'a');
    // «Пенсии и пособия выросла»: of two in the plural the verb is plural.
    let is_many = |at: usize| {
        let own: Vec<Form> = words.get(at).map(|(_, word)| forms::of(language, word).nouns).unwrap_or_default();
        own.iter().any(|form| form.case == 'n' && form.many) && own.iter().all(|form| form.case != 'n' || form.many)
    };
    let joined = lower.get(head + 1).is_some_and(|word| word == "и") && is_many(head) && is_many(head + 2);
    for (i, word) in lower.iter().enumerate().skip(head + if joined { 3 } else { 1 }).take(6) {
        if listed(JOINTS, word) {
            return;
        }
        let is_plain = is_plain || INTRANSITIVE.iter().any(|stem| word.starts_with(stem));
        let verb = verb(language, word, is_plain).or_else(|| deed(language, words, i, is_plain));
        let Some(verb) = verb else { continue };
        // «Число школ сократились»: what grows or falls is the number.
        let is_size = ["число", "количество"].contains(&subject.as_str()) && gender_of(word, &SIZES).is_some();
        if is_size && verb == [Gender::Pl] {
            allowed.retain(|own| *own != Gender::Pl);
        }
        if is_object(&forms, word, &verb) || is_woman(&allowed, subject, word, &verb) {
            return;
        }
        if !verb.iter().any(|own| allowed.contains(own)) && !follows(language, words.get(i + 1), &verb) {
            let message = format!("`{}` does not agree with `{name}`", words[i].1);
            found.push(Finding {
                fault: Fault::Agreement,
                span: words[i].0.clone(),
                message,
                hint: "give the verb the gender and number of its subject".to_owned(),
            });
        }
        return;
    }
}

/// Says whether the noun may be what people did something to, who are not named: «тариф повысили», but not «рост возросли».
fn is_object(subject: &[Form], word: &str, verb: &[Gender]) -> bool {
    const INTRANSITIVE: [&str; 7] = ["вырос", "возрос", "упал", "был", "стал", "достиг", "состав"];
    let is_plain = word.ends_with("ли") && !INTRANSITIVE.iter().any(|stem| word.starts_with(stem));
    is_plain && verb == [Gender::Pl] && subject.iter().any(|form| form.case == 'a' && !form.many)
}

/// Says whether the subject may be a woman of a calling whose noun is masculine: «врач сказала».
fn is_woman(allowed: &[Gender], subject: &str, word: &str, verb: &[Gender]) -> bool {
    const CALLINGS: [&str; 33] = [
        "врач",
        "директор",
        "министр",
        "автор",
        "депутат",
        "педагог",
        "психолог",
        "специалист",
        "профессор",
        "ректор",
        "аким",
        "эксперт",
        "социолог",
        "экономист",
        "демограф",
        "респондент",
        "учитель",
        "терапевт",
        "хирург",
        "педиатр",
        "фельдшер",
        "президент",
        "советник",
        "житель",
        "мигрант",
        "предприниматель",
        "статистик",
        "аналитик",
        "руководитель",
        "заведующий",
        "пациент",
        "исследователь",
        "инженер",
    ];
    let is_past = ["ла", "лась"].iter().any(|end| word.ends_with(end));
    allowed == [Gender::M] && verb == [Gender::F] && is_past && CALLINGS.contains(&subject)
}

/// Returns where the subject may stand: behind a prepositional phrase and adjectives, of which some clauses have several.
fn head(language: &Language, words: &Words, lower: &[String]) -> Option<usize> {
    const CONJUNCTIONS: &str = "а но зато";
    let mut head = usize::from(lower.first().is_some_and(|word| listed(CONJUNCTIONS, word)));
    for _ in 0..2 {
        if listed(OPENING, lower.get(head)?) {
            head = behind_phrase(language, words, lower, head + 1)?;
        }
    }
    // «Более половины дорог требует»: what is said of how much.
    if lower.get(head).is_some_and(|word| listed("более менее свыше", word)) {
        return None;
    }
    // «Снижение числа»: a noun, which without a dictionary its ending alone tells.
    let adjective = |word: &String| {
        let ends = |list: &[&str]| list.iter().any(|end| word.ends_with(end));
        ends(&["ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"]) && !ends(&["ение", "ание", "тие", "вие"])
    };
    for _ in 0..2 {
        let next = lower.get(head).filter(|word| adjective(word));
        let is_other = |next: &String| subjects(language, words[head].1, next).iter().all(|form| form.case != 'n');
        // «жилой фонд», but not «сельской области».
        let is_man = |form: &Form| form.case == 'n' && !form.many && form.gender == Gender::M;
        let noun = words.get(head + 1).map(|(_, noun)| forms::of(language, noun).nouns).unwrap_or_default();
        let goes = |next: &String| !next.ends_with("ой") || noun.iter().any(is_man);
        let Some(next) = next.filter(|next| is_other(next) && goes(next)) else { break };
        head += next.len().min(1);
    }
    (head < lower.len()).then_some(head)
}

/// Returns what stands behind the noun of a prepositional phrase and behind what belongs to it.
fn behind_phrase(language: &Language, words: &Words, lower: &[String], mut at: usize) -> Option<usize> {
    while let form = forms::of(language, words.get(at)?.1)
        && form.nouns.is_empty()
    {
        let skipped = !form.adjectives.is_empty() || ["г", "гг"].contains(&lower[at].as_str());
        if lower[at] == "г" || lower[at] == "гг" {
            return Some(at + 1);
        }
        at = if skipped { at + 1 } else { return None };
    }
    at += 1;
    let mut is_led = false;
    while let Some((_, word)) = words.get(at) {
        let form = forms::of(language, word);
        let all: Vec<&Form> = form.nouns.iter().chain(&form.adjectives).collect();
        let is_nominative = all.iter().any(|form| form.case == 'n');
        let is_genitive = all.iter().any(|form| form.case == 'g');
        match (is_nominative, is_genitive) {
            // «за год цены», «с учётом миграции»: which of the two it is, only an adjective tells.
            (true, true) if !is_led && all.iter().any(|form| form.case == 'n' && !form.many) => break,
            (true, true) if !is_led => return None,
            (true, false) | (false, false) if !["г", "гг"].contains(&lower[at].as_str()) => break,
            _ => {}
        }
        is_led = form.nouns.is_empty() && is_genitive;
        at += 1;
    }
    Some(at)
}

/// Returns the forms of a noun, or of an adjective that stands for one.
fn subjects(language: &Language, word: &str, lower: &str) -> Vec<Form> {
    const NAMED: [(&str, Gender); 8] = [
        ("данные", Gender::Pl),
        ("результаты", Gender::Pl),
        ("рост", Gender::M),
        ("разница", Gender::F),
        ("количество", Gender::N),
        ("объём", Gender::M),
        ("убыль", Gender::F),
        ("медиана", Gender::F),
    ];
    if let Some((_, gender)) = NAMED.iter().find(|(own, _)| *own == lower) {
        return ['n', 'a'].map(|case| Form { case, many: *gender == Gender::Pl, gender: *gender }).to_vec();
    }
    forms::of(language, word).nouns
}

/// Returns the genders and numbers that a verb says; of any verb where the subject can be no object.
fn verb(language: &Language, word: &str, is_plain: bool) -> Option<Vec<Gender>> {
    if let Some(gender) = gender_of(word, &COMES) {
        return Some(vec![gender]);
    }
    const REFLEXIVE: [(&str, Gender); 4] =
        [("лся", Gender::M), ("лась", Gender::F), ("лось", Gender::N), ("лись", Gender::Pl)];
    let is_long = word.chars().count() > 5;
    if let Some((_, gender)) = REFLEXIVE.iter().find(|(end, _)| is_long && word.ends_with(end)) {
        return Some(vec![*gender]);
    }
    if is_long && ["ется", "ится", "ётся"].iter().any(|end| word.ends_with(end)) {
        return Some(vec![Gender::M, Gender::F, Gender::N]);
    }
    if is_long && ["ются", "утся", "ятся", "атся"].iter().any(|end| word.ends_with(end)) {
        return Some(vec![Gender::Pl]);
    }
    if !language.has_dictionary() {
        return None;
    }
    if INTRANSITIVE.iter().any(|stem| word.starts_with(stem))
        && let Some(many) = present(language, word)
    {
        return Some(if many { vec![Gender::Pl] } else { vec![Gender::M, Gender::F, Gender::N] });
    }
    let past = || past(language, word).filter(|_| is_plain);
    done(language, word).filter(|gender| *gender != Gender::N).or_else(past).map(|gender| vec![gender])
}

/// Returns the gender of what was done, of which the dictionary has the other forms: «погашена», «открыты».
pub(super) fn done(language: &Language, word: &str) -> Option<Gender> {
    const STEMS: [&str; 5] = ["ен", "ан", "ят", "ыт", "ут"];
    const ENDINGS: [(&str, Gender); 4] = [("а", Gender::F), ("о", Gender::N), ("ы", Gender::Pl), ("", Gender::M)];
    let (stem, gender) = ENDINGS.iter().find_map(|(ending, gender)| {
        let stem = word.strip_suffix(ending)?;
        STEMS.iter().any(|end| stem.ends_with(end)).then_some((stem, *gender))
    })?;
    let is_done = ["а", "о", "ы"].iter().all(|end| language.vocabulary().knows(&[stem, end].concat()));
    (is_done && stem.chars().count() > 4 && forms::of(language, word).nouns.is_empty()).then_some(gender)
}

/// Returns the genders and numbers of a verb behind a noun that may be its subject or its object, where nothing behind it may be the
/// subject: «суды рассмотрел дела», but not «суды проверил аудитор», «посевы уничтожило градом».
fn deed(language: &Language, words: &Words, at: usize, is_plain: bool) -> Option<Vec<Gender>> {
    let lower = words[at].1.to_lowercase();
    let past = || past(language, &lower).filter(|own| !is_plain && matches!(own, Gender::M | Gender::F));
    let genders = present(language, &lower)
        .filter(|many| !many || is_plain)
        .map(|many| if many { vec![Gender::Pl] } else { vec![Gender::M, Gender::F, Gender::N] })
        .or_else(|| past().map(|gender| vec![gender]))?;
    let is_free = (at + 1..words.len()).all(|i| {
        let other = words[i].1;
        let form = forms::of(language, other);
        // «гражданских дел»: the adjective tells that the noun is not the subject.
        let before = forms::of(language, words[i - 1].1);
        if before.nouns.is_empty()
            && !before.adjectives.is_empty()
            && before.adjectives.iter().all(|form| form.case != 'n')
        {
            return true;
        }
        let mut own = form.nouns.iter().chain(&form.adjectives);
        !other.starts_with(char::is_uppercase)
            && !own.any(|form| form.case == 'n' && genders.contains(&form.agreeing()))
    });
    (is_free && at + 1 < words.len()).then_some(genders)
}

/// Says of a verb in the present whose other number the dictionary has, whether it is plural.
pub(super) fn present(language: &Language, word: &str) -> Option<bool> {
    const ENDINGS: [[&str; 2]; 9] = [
        ["ает", "ают"],
        ["яет", "яют"],
        ["ует", "уют"],
        ["еет", "еют"],
        ["ит", "ят"],
        ["ит", "ат"],
        ["ёт", "ют"],
        ["ёт", "ут"],
        ["ет", "ут"],
    ];
    // What has no subject.
    const IMPERSONAL: [&str; 8] = ["хвата", "недоста", "следу", "стои", "може", "надлеж", "предсто", "име"];
    let knows = |stem: &str, end: &str| language.vocabulary().knows(&[stem, end].concat());
    let is_verb =
        |(stem, [one, many]): &(&str, [&str; 2])| stem.chars().count() > 2 && knows(stem, one) && knows(stem, many);
    let found = ENDINGS.iter().find_map(|own| {
        let of = |at: usize| word.strip_suffix(own[at]).map(|stem| (stem, *own)).filter(is_verb).map(|_| at == 1);
        of(0).or_else(|| of(1))
    })?;
    let is_personal = !IMPERSONAL.iter().any(|stem| word.starts_with(stem));
    (language.has_dictionary() && is_personal && forms::of(language, word).nouns.is_empty()).then_some(found)
}

/// Returns the gender of a past tense whose other forms the dictionary has.
pub(super) fn past(language: &Language, word: &str) -> Option<Gender> {
    const FORMS: [(&str, Gender); 4] = [("ла", Gender::F), ("ло", Gender::N), ("ли", Gender::Pl), ("л", Gender::M)];
    // «вынес – вынесла»: some have no л in the masculine.
    let (ending, gender) = FORMS.iter().find(|(ending, _)| word.ends_with(ending)).unwrap_or(&("", Gender::M));
    // «вышел – вышла».
    let ending = ["шел", "шёл"].iter().find(|end| word.ends_with(**end)).map_or(*ending, |end| &end['ш'.len_utf8()..]);
    let stem = &word[..word.len() - ending.len()];
    let knows = |ending: &str| language.vocabulary().knows(&[stem, ending].concat());
    let is_verb = stem.chars().count() > 2 && ["ла", "ло", "ли"].iter().all(|ending| knows(ending));
    (is_verb && forms::of(language, word).nouns.is_empty()).then_some(*gender)
}

/// Says whether the subject stands behind the verb: «рост обеспечила миграция».
fn follows(language: &Language, next: Option<&(std::ops::Range<usize>, &str)>, verb: &[Gender]) -> bool {
    let Some((_, next)) = next else { return false };
    let form = forms::of(language, next);
    let mut own = form.nouns.iter().chain(&form.adjectives);
    own.any(|form| form.case == 'n' && verb.contains(&form.agreeing()))
}
