//! Verbs: infinitives in -ться and persons in -тся, and the cases that verbs govern.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding};
use super::forms::{self, Form};
use super::{beside, listed, predicate};
use crate::language::{Gender, Language};

/// Words behind which a verb stands in the infinitive.
const AUXILIARY: &str = "буду будет будем будут может могут мог могла могло могли сможет смогут смог смогла смогли должен должна \
     должно должны начал начала начало начали начинает начинают начнёт начнет начнут станет станут стал стала стали продолжает \
     продолжают продолжил продолжила продолжило продолжили продолжит продолжат перестал перестала перестало перестали перестаёт \
     перестанет перестанут нужно надо нельзя можно необходимо следует придётся придется пришлось приходится удалось удаётся удается \
     способен способна способно способны вынужден вынуждена вынуждены хочет хотят хотел хотели пытается пытаются обязан обязаны стремится \
     стремятся намерен намерена намерены готов готова готовы планирует планируют предстоит позволяет позволяют позволит решил решила \
     решили удастся сумел сумела сумели успел успели";

/// Words that may stand between the two.
const BETWEEN: &str = "не ещё еще также и даже лишь только снова вновь все всё уже";

/// How words begin that take an infinitive, in a sentence that has one.
const TAKING: [&str; 42] = [
    "смож",
    "смог",
    "сумел",
    "может",
    "могут",
    "могл",
    "мог",
    "можн",
    "долж",
    "буд",
    "нача",
    "начин",
    "стал",
    "станет",
    "станут",
    "продолж",
    "перест",
    "нужн",
    "надо",
    "нельз",
    "необходим",
    "след",
    "прид",
    "приш",
    "приход",
    "удал",
    "уда",
    "способ",
    "вынужд",
    "хоч",
    "хот",
    "пыта",
    "обяз",
    "готов",
    "намер",
    "план",
    "стрем",
    "позвол",
    "возмож",
    "задач",
    "цел",
    "реш",
];

/// Verbs, as they begin, and the case that what stands beside them has: gen, dat, ins by their first letters.
const GOVERNING: [(char, &str); 4] = [
    ('a', "составил составля составит превыша превысил превысит опередил опережа"),
    ('g', "достиг достига избежа лиши добил добива придержива касает касал касают коснул"),
    ('d', "способств соответств препятств содейств противореч принадлеж подверг"),
    (
        'i',
        "сопровожда характериз являе являю являл обусловл ограничива руковод управля обладае обладаю обладал владее владел пользует пользуют пользовал",
    ),
];

/// Words, as they begin, the prepositions that they do not take, and what they take.
const WRONG: [(&str, &str, &str); 31] = [
    ("превыша", "над", "what is exceeded stands in the accusative: «превышает среднюю»"),
    ("превыси", "над", "what is exceeded stands in the accusative: «превысила среднюю»"),
    ("опережа", "над", "who is outrun stands in the accusative: «опережает среднюю»"),
    ("опереди", "над", "who is outrun stands in the accusative: «опередила среднюю»"),
    ("указыва", "о об", "write «указывает на»"),
    ("указал", "о об", "write «указал на»"),
    ("отмеча", "о об", "what is noted stands in the accusative: «отмечает рост»"),
    ("отмети", "о об", "what is noted stands in the accusative: «отметил рост»"),
    ("отража", "о об", "what is shown stands in the accusative: «отражает рост»"),
    ("подчёркива", "о об", "what is stressed stands in the accusative"),
    ("подчеркива", "о об", "what is stressed stands in the accusative"),
    ("подтвержда", "о об", "what is confirmed stands in the accusative"),
    ("оплатил", "за", "write «оплатить проезд» or «заплатить за проезд»"),
    ("оплачива", "за", "write «оплачивать проезд» or «платить за проезд»"),
    ("связан", "от из", "write «связан с»"),
    ("зависит", "с со к из", "write «зависит от»"),
    ("зависят", "с со к из", "write «зависят от»"),
    ("зависел", "с со к из", "write «зависел от»"),
    ("зависимост", "с со", "write «в зависимости от»"),
    ("отличает", "с со к", "write «отличается от»"),
    ("отличают", "с со к", "write «отличаются от»"),
    ("достиг", "до", "it takes the genitive: «достигла уровня»"),
    ("соответствует", "с со к", "it takes the dative: «соответствует норме»"),
    ("соответствуют", "с со к", "it takes the dative: «соответствуют норме»"),
    ("обусловлен", "от из с", "it takes the instrumental: «обусловлен ростом»"),
    ("обеспечен", "с со", "it takes the instrumental: «обеспечены жильём»"),
    ("вызван", "от", "it takes the instrumental: «вызван ростом»"),
    ("объясняет", "от с", "it takes the instrumental: «объясняется ростом»"),
    ("влия", "к в над о", "write «влияет на»"),
    ("основан", "от из", "write «основан на»"),
    ("согласно", "с к о", "it takes the dative: «согласно прогнозу»"),
];

/// Nouns and adjectives with a preposition that they do not take.
const NOUNS: [(&str, &str, &str); 6] = [
    ("преимуществ", "над", "write «преимущество перед»"),
    ("превосходств", "перед", "write «превосходство над»"),
    ("уверенност", "о об", "write «уверенность в»"),
    ("свойствен", "для", "write the dative: «свойственно городам»"),
    ("присущ", "для", "write the dative: «присуще городам»"),
    ("сравнению", "к от над", "write «по сравнению с»"),
];

/// Reads the word at a place.
pub(super) fn read(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    prepositions(text, words, i, found);
    bare(language, text, words, i, found);
    degree(text, words, i, found);
    fixed(text, words, i, found);
    none(text, words, i, found);
    if language.has_dictionary() {
        infinitive(language, text, words, i, found);
        governed(language, text, words, i, found);
    }
}

fn told(fault: Fault, span: Range<usize>, message: String, hint: &str) -> Finding {
    Finding { fault, span, message, hint: hint.to_owned() }
}

/// Finds a preposition behind a verb or a noun that does not take it: «превышает над средней».
fn prepositions(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, &words[i].0, next)) else { return };
    let lower = words[i].1.to_lowercase();
    let is = |(stem, preposition, _): &&(&'static str, &'static str, &'static str)| {
        lower.starts_with(stem) && listed(preposition, next)
    };
    let is_noun = ["ние", "ния", "нию", "нием", "нии"].iter().any(|end| lower.ends_with(end));
    let verb = WRONG.iter().find(is).filter(|_| !is_noun);
    if let Some((.., hint)) = verb.or_else(|| NOUNS.iter().find(is)) {
        let end = words.get(i + 2).filter(|(at, _)| beside(text, span, at)).map_or(span.end, |(at, _)| at.end);
        let message = format!("`{}` does not take `{next}`", words[i].1);
        found.push(told(Fault::Government, words[i].0.start..end, message, hint));
    }
}

/// Finds a phrase without the preposition that it ends in, and a noun in the prepositional behind a verb: «в связи ростом»,
/// «свидетельствуют росте».
fn bare(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, &words[i].0, next)) else { return };
    let lower = words[i].1.to_lowercase();
    let before = i.checked_sub(1).map(|at| words[at].1.to_lowercase()).unwrap_or_default();
    let small = next.to_lowercase();
    let case = |letter: char| {
        let own = forms::of(language, next);
        let mut all = own.nouns.iter().chain(&own.adjectives).peekable();
        all.peek().is_some() && all.all(|form| form.case == letter)
    };
    // «после», «сердце»: what a dictionary enters is in no such case.
    let is_noun = || super::government::cases(&small).is_none() && !language.vocabulary().enters(&small);
    let wrong = match lower.as_str() {
        "несмотря" if !listed("на ни", &small) => Some("write «несмотря на»"),
        "связи" if before == "в" && case('i') => Some("write «в связи с»"),
        "соответствии" if before == "в" && case('i') => Some("write «в соответствии с»"),
        "отличие" if before == "в" && listed("с к", &small) => Some("write «в отличие от»"),
        "исходя" if listed("с от", &small) => Some("write «исходя из»"),
        _ if language.has_dictionary()
            && small.chars().count() > 4
            && case('p')
            && next == &small
            && is_noun()
            && is_finite(language, &lower) =>
        {
            Some("a noun in the prepositional has a preposition before it")
        }
        _ => None,
    };
    if let Some(hint) = wrong {
        let message = format!("no preposition joins `{}` and `{next}`", words[i].1);
        found.push(told(Fault::Government, words[i].0.start..span.end, message, hint));
    }
}

/// Finds phrases of two that are said with another word, and «что бы» before an infinitive.
fn fixed(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const PHRASES: [(&str, &str, &str); 4] = [
        ("игра", "значени", "write «играет роль» or «имеет значение»"),
        ("име", "рол", "write «играет роль» or «имеет значение»"),
        ("дешев", "цен", "prices are low, and what is sold is cheap"),
        ("дорог", "цен", "prices are high, and what is sold is dear"),
    ];
    let lower = words[i].1.to_lowercase();
    let near = |at: usize| {
        words.get(at).filter(|(next, _)| !text[words[i].0.end..next.start].contains([',', '.', ';', ':', '–', '(']))
    };
    for (first, second, hint) in PHRASES {
        let is_verb = lower.starts_with(first) && lower.chars().count() < first.chars().count() + 5 && lower != "имени";
        let reach = if second == "цен" { 1 } else { 2 };
        let other = (i + 1..=i + reach).filter_map(near).find(|(_, next)| {
            next.strip_prefix(second).is_some_and(|rest| {
                rest.chars().count() < 4 && (second != "цен" || ["ы", "ам", "ах", ""].contains(&rest))
            })
        });
        if let Some((span, next)) = other.filter(|_| is_verb) {
            let message = format!("`{} … {next}` is not how this is said", words[i].1);
            found.push(told(Fault::Government, words[i].0.start..span.end, message, hint));
        }
    }
    let [(a, what), (b, would), (_, verb), ..] = &words[i..] else { return };
    let is_purpose =
        what.to_lowercase() == "что" && *would == "бы" && ["ть", "ться", "ти"].iter().any(|end| verb.ends_with(end));
    if is_purpose && beside(text, a, b) {
        let message = format!("`{what} {would}` before an infinitive is one word");
        found.push(told(Fault::Spelling, a.start..b.end, message, "write `чтобы`"));
    }
}

/// Finds a pronoun of none in a clause that denies nothing: «ни один регион вырос».
fn none(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let lower = words[i].1.to_lowercase();
    let next = words.get(i + 1).map(|(_, next)| next.to_lowercase()).unwrap_or_default();
    let is_none = listed("никто ничто нигде никогда никакой никакая никакое никакие", &lower)
        || lower == "ни" && ["один", "одна", "одно", "одной", "одного"].contains(&next.as_str());
    if !is_none {
        return;
    }
    let from = text[..words[i].0.start].rfind(['.', '!', '?', ';', '–', ':', '\n']).map_or(0, |at| at + 1);
    let stop =
        text[words[i].0.end..].find(['.', '!', '?', ';', '–', ':', '\n']).map_or(text.len(), |at| words[i].0.end + at);
    let own: Vec<&(Range<usize>, &str)> = words.iter().filter(|(at, _)| at.start >= from && at.end <= stop).collect();
    let denies = |word: &str| {
        listed("не нет нельзя без ни неё нету", word) || word.starts_with("не") && word.chars().count() > 4
    };
    let is_denied = own.iter().any(|(at, word)| *at != words[i].0 && denies(&word.to_lowercase()));
    let is_long = own.len() > 3;
    if !is_denied && is_long {
        let end = own.last().map_or(words[i].0.end, |(at, _)| at.end);
        let message = format!("nothing is denied beside `{}`", words[i].1);
        found.push(told(Fault::Agreement, words[i].0.start..end, message, "a pronoun of none asks for «не» or «нет»"));
    }
}

fn is_finite(language: &Language, word: &str) -> bool {
    let bare = ["ся", "сь"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    predicate::present(language, bare).is_some() || predicate::past(language, bare).is_some()
}

/// Finds a degree twice: «более выше», «самый лучший» is none.
fn degree(text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const HIGHER: &str =
        "выше ниже лучше хуже больше меньше чаще реже быстрее медленнее сильнее слабее дороже дешевле моложе старше";
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, &words[i].0, next)) else { return };
    const PARTS: &str = "половина половину треть четверть тысяча тысячу миллион миллиард сотня сотню десяток";
    if listed("более менее свыше", &words[i].1.to_lowercase()) && listed(PARTS, next) {
        let message = format!("`{}` does not govern the case of `{next}`", words[i].1);
        found.push(told(Fault::Government, span.clone(), message, "it takes the genitive: «более половины»"));
    }
    if ["более", "менее"].contains(&words[i].1.to_lowercase().as_str()) && listed(HIGHER, next) {
        let message = format!("`{} {next}` says the degree twice", words[i].1);
        found.push(told(Fault::Agreement, words[i].0.start..span.end, message, "leave one of the two words"));
    }
}

/// Finds -тся where an infinitive stands, and -ться where the verb of a subject does.
fn infinitive(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    if let Some(stem) = lower.strip_suffix("тся") {
        let right = [stem, "ться"].concat();
        let is_between = |at: &usize| {
            let own = words[*at].1;
            listed(BETWEEN, own) || own.ends_with("о") && own.chars().count() > 4 || own.ends_with("ее")
        };
        let back = (0..i).rev().take(2).take_while(is_between).count();
        let Some(first) = i.checked_sub(back + 1) else { return };
        let is_beside = (first..i).all(|at| beside(text, &words[at].0, &words[at + 1].0));
        let is_asked =
            listed(AUXILIARY, &words[first].1.to_lowercase()) || back > 0 && listed(AUXILIARY, words[i - 1].1);
        let far = || modal(language, text, words, i);
        let first = if is_beside && is_asked { Some(first) } else { far() };
        if let Some(first) = first.filter(|_| language.vocabulary().knows(&right)) {
            let message = format!("`{word}` is no infinitive, which `{}` asks for", words[first].1);
            found.push(told(Fault::Agreement, at.clone(), message, &format!("write `{right}`")));
        }
        return;
    }
    let Some(stem) = lower.strip_suffix("ться") else { return };
    let right = [stem, "тся"].concat();
    if i == 0 || !language.vocabulary().knows(&right) || !is_predicate(language, text, words, i) {
        return;
    }
    let message = format!("`{word}` is an infinitive, and its subject stands before it");
    found.push(told(Fault::Agreement, at.clone(), message, &format!("write `{right}`")));
}

/// Finds a modal verb further off, behind which no infinitive stands yet: «может в ближайшие годы увеличится».
fn modal(language: &Language, text: &str, words: &Words, i: usize) -> Option<usize> {
    const MODAL: &str = "может могут мог могла могло могли сможет смогут будет будут должен должна должно должны чтобы";
    const JOINTS: &str = "и а но или что как если когда где";
    let stop = text[..words[i].0.start].rfind([',', '.', ';', ':', '–', '(', '\n']).map_or(0, |at| at + 1);
    let own: Vec<usize> = (0..i).rev().take(7).take_while(|at| words[*at].0.start >= stop).collect();
    let found = own.iter().position(|at| listed(MODAL, &words[*at].1.to_lowercase()))?;
    let is_free = own[..found].iter().all(|at| {
        let other = words[*at].1.to_lowercase();
        let is_verb = ["ть", "ти", "чь", "ться", "тся"].iter().any(|end| other.ends_with(end))
            && forms::of(language, &other).nouns.is_empty();
        !is_verb && !listed(JOINTS, &other) && !is_finite(language, &other)
    });
    // «чтобы доля увеличилась» has a subject.
    let word = words[own[found]].1.to_lowercase();
    let is_purpose = word != "чтобы" || found == 0;
    (is_free && is_purpose).then_some(own[found])
}

/// Says whether an infinitive stands for the only verb of a sentence whose subject stands before it.
fn is_predicate(language: &Language, text: &str, words: &Words, i: usize) -> bool {
    let start = text[..words[i].0.start].rfind(['.', '!', '?', ':', ';', '\n', '«', '(']).map_or(0, |at| at + 1);
    let stop =
        text[words[i].0.end..].find(['.', '!', '?', ';', '–', '\n']).map_or(text.len(), |at| words[i].0.end + at);
    let first = words.partition_point(|(at, _)| at.start < start);
    let clause = text[..words[i].0.start].rfind([',', '–']).map_or(start, |at| at + 1).max(start);
    let own = words.partition_point(|(at, _)| at.start < clause);
    let all = (first..words.len()).take_while(|at| words[*at].0.end <= stop).filter(|at| *at != i);
    let is_free = all.into_iter().all(|at| {
        let other = words[at].1.to_lowercase();
        let is_taking = TAKING.iter().any(|stem| other.starts_with(stem));
        if words[at].0.start < clause {
            return !is_taking && !other.ends_with("ть");
        }
        let is_infinitive = ["ть", "ться", "ти", "чь", "тся"].iter().any(|end| other.ends_with(end));
        let is_verb = is_infinitive && forms::of(language, &other).nouns.is_empty()
            || predicate::present(language, &other).is_some()
            || predicate::past(language, &other).is_some()
            || predicate::done(language, &other).is_some();
        // «важно», «легко»: a predicate of an infinitive.
        let is_predicative =
            at < i && other.ends_with('о') && other.chars().count() > 3 && forms::of(language, &other).nouns.is_empty();
        let is_joint = listed("чтобы если бы ли как чем или либо нет не перед прежде", &other);
        !is_taking && !is_verb && !is_predicative && !is_joint
    });
    // The subject stands at the head of the clause, behind no preposition.
    let subject = |at: usize| {
        let form = forms::of(language, words[at].1).nouns;
        let is_led = at > own && super::government::cases(&words[at - 1].1.to_lowercase()).is_some();
        !is_led && form.iter().any(|form| form.case == 'n')
    };
    // «где сокращаться население».
    let is_led = listed("где когда который которая которое которые что", &words[own].1.to_lowercase()) && i > own;
    let last = if is_led { words.partition_point(|(at, _)| at.end <= stop) } else { i };
    is_free && (own..last).filter(|at| *at != i).any(subject) && !text[start..words[i].0.start].contains('–')
}

/// Finds what stands beside a verb in a case that it does not govern: «способствовало росту», not «роста».
fn governed(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const TIMES: &str = "летом зимой осенью весной утром вечером ночью днём днем годами сегодня этом";
    let lower = words[i].1.to_lowercase();
    let of = |(case, list): &(char, &str)| list.split(' ').any(|stem| lower.starts_with(stem)).then_some(*case);
    let Some(case) = GOVERNING.iter().find_map(of) else { return };
    let reflexive = ["ся", "сь"].iter().find_map(|end| lower.strip_suffix(end));
    let bare = reflexive.unwrap_or(&lower);
    let gender = predicate::past(language, bare);
    let present = predicate::present(language, bare);
    // «лишил людей крова»: without its particle the verb takes another case.
    let is_reflexive = [
        "лиши",
        "добил",
        "добива",
        "придержива",
        "касает",
        "касал",
        "касают",
        "коснул",
        "подверг",
        "сопровожда",
        "являе",
        "являю",
        "являл",
        "ограничива",
        "пользует",
        "пользуют",
        "пользовал",
        "характериз",
    ]
    .iter()
    .any(|stem| lower.starts_with(stem));
    if gender.is_none() && present.is_none() || is_reflexive && reflexive.is_none() {
        return;
    }
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, &words[i].0, next)) else { return };
    let denied = i > 0 && words[i - 1].1.to_lowercase() == "не";
    let form = forms::of(language, next);
    let all: Vec<&Form> = form.nouns.iter().chain(&form.adjectives).collect();
    let is_subject = |form: &&&Form| {
        form.case == 'n'
            && match (gender, present) {
                (Some(gender), _) => form.agreeing() == gender,
                // Of several the verb is plural: «проблемами являются недостаток кадров и жилья».
                (_, Some(many)) => many || form.agreeing() != Gender::Pl,
                _ => true,
            }
    };
    // A numeral in the nominative is in the accusative as well.
    if forms::is_numeral(&next.to_lowercase()) && case == 'g' {
        let message = format!("`{}` does not govern the case of `{next}`", words[i].1);
        return found.push(told(Fault::Government, span.clone(), message, "inflect the numeral"));
    }
    // What exceeds something has been named before: «доля составляет половина».
    let has_subject = || {
        (0..i).rev().take(4).any(|at| {
            let own = forms::of(language, words[at].1).nouns;
            text[words[at].0.end..words[i].0.start].find([',', '.', '–', ';']).is_none()
                && own.iter().any(|form| is_subject(&&form))
        })
    };
    let fits = all.iter().any(|form| form.case == case || denied && form.case == 'g')
        || all.iter().any(|form| is_subject(&form)) && !has_subject();
    if all.is_empty() || fits || listed(TIMES, &next.to_lowercase()) || next.starts_with(char::is_uppercase) {
        return;
    }
    let name = match case {
        'a' => "the accusative",
        'g' => "the genitive",
        'd' => "the dative",
        _ => "the instrumental",
    };
    let message = format!("`{}` does not govern the case of `{next}`", words[i].1);
    found.push(told(Fault::Government, span.clone(), message, &format!("it takes {name}")));
}
