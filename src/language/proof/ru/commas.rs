//! Commas: before conjunctions, around words of the speaker, and around phrases of participles and adverbial participles, where no
//! other reading of the sentence does without them.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding, is_letter, sentences, words};
use super::forms::{self, Form};
use super::{government, listed, participles, predicate};
use crate::language::{Language, NBSP};

/// Conjunctions that always have a comma before them, and words between which and them there is none.
const CONJUNCTIONS: [(&str, &str); 6] = [
    ("но", "не"),
    ("зато", "и а"),
    ("чтобы", "и а но или не лишь только даже того так как затем ради да вместо разве"),
    ("хотя", "и а но или не даже лишь"),
    ("поскольку", "и а но или лишь только не так"),
    (
        "если",
        "более и а но или что чтобы даже лишь только как случае ли не разве вдруг особенно же то ведь чем бы так хотя потому",
    ),
];

/// Words that what they say follows with «что», and no other word does so.
const SAID: &str = "известно ожидается считается отмечается предполагается указывается сообщается подчеркивается подчёркивается \
     установлено доказано показано отмечено ясно очевидно видно понятно том тем тому означает факт факта мнение мнения вывод вывода предположение предположения \
     сказать отметить заметить предположить подчеркнуть добавить учесть учитывать полагать уверен уверена уверены";

/// Phrases of the speaker at the head of a sentence, behind which a comma stands.
const OPENERS: [&str; 33] = [
    "кроме того",
    "более того",
    "таким образом",
    "следовательно",
    "например",
    "к сожалению",
    "к счастью",
    "как правило",
    "как следствие",
    "как известно",
    "во-первых",
    "во-вторых",
    "в-третьих",
    "с одной стороны",
    "с другой стороны",
    "другими словами",
    "иными словами",
    "иначе говоря",
    "по-видимому",
    "конечно",
    "безусловно",
    "несомненно",
    "разумеется",
    "наоборот",
    "в частности",
    "впрочем",
    "итак",
    "строго говоря",
    "судя по всему",
    "скорее всего",
    "к примеру",
    "по крайней мере",
    "пожалуй",
];

/// Words of the speaker within a sentence, which commas part from it.
const WITHIN: [&str; 13] = [
    "например",
    "конечно",
    "к сожалению",
    "к счастью",
    "как правило",
    "по-видимому",
    "видимо",
    "следовательно",
    "во-первых",
    "во-вторых",
    "разумеется",
    "скорее всего",
    "к примеру",
];

/// Words before which or behind which another may lean on a word of the speaker.
const LEANING: &str = "и а но или что если так как же то ли бы да либо";

/// Reads a passage.
pub(super) fn read(language: &Language, text: &str, list: &Words, found: &mut Vec<Finding>) {
    for i in 1..list.len() {
        conjunction(language, text, list, i, found);
        relative(language, text, list, i, found);
        spoken(text, list, i, found);
        if language.has_dictionary() {
            closing(language, text, list, i, found);
            participle(language, text, list, i, found);
        }
    }
    for sentence in sentences(text) {
        opener(text, &sentence, found);
        lone(text, &sentence, found);
        if language.has_dictionary() {
            adverbial(language, text, &sentence, found);
            subordinate(language, text, &sentence, found);
        }
    }
}

/// Finds a conjunction between two commas of which the second is the last of its sentence, so that it closes no phrase: «выросли, но,
/// спрос».
fn lone(text: &str, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    const ASKING: &str = "кто что где куда откуда когда как какой почему зачем сколько чей и или";
    let own = &text[sentence.clone()];
    let Some((head, tail)) = own.rsplit_once(',') else { return };
    let Some((_, word)) = head.rsplit_once(", ").filter(|(_, word)| ["но", "что", "чтобы"].contains(word))
    else {
        return;
    };
    let asks = words(tail).first().is_none_or(|(_, next)| listed(ASKING, &next.to_lowercase()));
    if tail.starts_with(' ') && !asks && !tail.contains([';', ':', '–', '—', '(']) {
        let start = sentence.start + head.len() - word.len();
        let message = format!("a comma stands behind `{word}` and closes no phrase");
        found.push(lacks(start..sentence.start + head.len() + 1, message, "strike it out"));
    }
}

fn lacks(span: Range<usize>, message: String, hint: &str) -> Finding {
    Finding { fault: Fault::Typography, span, message, hint: hint.to_owned() }
}

/// Returns true where one space alone parts two words.
fn is_bare(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    matches!(&text[first.end..second.start], " " | "\u{a0}" | "\n")
}

fn small(list: &Words, i: usize) -> String {
    list.get(i).map(|(_, word)| word.to_lowercase()).unwrap_or_default()
}

/// Finds a conjunction without its comma: «известно что», «снизилась но», «села а также».
fn conjunction(language: &Language, text: &str, list: &Words, i: usize, found: &mut Vec<Finding>) {
    let (before, at) = (&list[i - 1].0, &list[i].0);
    if !is_bare(text, before, at) || text[at.end..].starts_with('-') || list[i].1 != small(list, i) {
        return;
    }
    let (last, own, next) = (small(list, i - 1), list[i].1, small(list, i + 1));
    let is_next = list.get(i + 1).is_some_and(|(behind, _)| is_bare(text, at, behind));
    let is_said = || listed(SAID, &last) || language.has_dictionary() && is_finite(language, &last);
    let is_noun = || !forms::of(language, list[i - 1].1).nouns.is_empty();
    let is_missing = match own {
        "что" => next != "угодно" && is_said() && !(last == "тем" && i > 1 && small(list, i - 2) == "не"),
        "а" => is_next && (next == "также" || language.has_dictionary() && is_finite(language, &last)),
        "поэтому" | "однако" if language.has_dictionary() => {
            let stop = text[at.end..].find([',', '.', ';', ':', '!', '?']).map_or(text.len(), |stop| at.end + stop);
            let mut behind = (i + 1..list.len()).take_while(|at| list[*at].0.end <= stop);
            is_finite(language, &last) && behind.any(|at| is_finite(language, &small(list, at)))
        }
        "где" | "когда" => language.has_dictionary() && is_noun() && is_next,
        "потому" => {
            is_next && next == "что" && language.has_dictionary() && (is_noun() || is_finite(language, &last))
        }
        "хотя" if next == "бы" => false,
        "то" => is_next && next == "есть" && !listed("и а но что", &last),
        "тогда" => is_next && next == "как",
        "несмотря" => is_next && next == "на" && !listed("и а но или даже ни", &last),
        "включая" => is_next && is_noun(),
        "так" if next == "и" => paired(text, list, i, "как"),
        "тем" => is_next && is_comparative(&next) && paired(text, list, i, "чем"),
        "как" if next == "и" => {
            is_next && is_noun_or_verb(language, list[i - 1].1) && !paired(text, list, i, "так")
        }
        "как" => {
            is_next
                && is_noun()
                && ["такие", "такой", "таких", "таким", "такими", "такая"].iter().any(|own| paired(text, list, i, own))
        }
        "чем" => {
            is_next
                && is_comparative(&last)
                && !listed("больше меньше более менее позднее ранее далее", &last)
                && (i < 2 || small(list, i - 2) != "не")
        }
        "в" => next == "том" && small(list, i + 2) == "числе" && !listed("и или но а", &last) && is_noun(),
        _ if language.has_dictionary()
            && is_noun_or_verb(language, list[i - 1].1)
            && last.chars().count() > 3
            && is_adverbial(language, own) =>
        {
            !listed(ADVERBS, own)
        }
        _ => CONJUNCTIONS.iter().any(|(word, others)| *word == own && !listed(others, &last)) && is_next,
    };
    if is_missing {
        found.push(lacks(
            before.start..at.end,
            format!("no comma stands before `{own}`"),
            "put one there: a clause begins with it",
        ));
    }
}

/// Words that end like adverbial participles and are adverbs, prepositions or conjunctions.
const ADVERBS: &str =
    "молча сидя стоя лежа лёжа шутя хотя благодаря начиная исходя включая исключая спустя погодя кончая судя";

fn is_noun_or_verb(language: &Language, word: &str) -> bool {
    !forms::of(language, word).nouns.is_empty() || is_finite(language, &word.to_lowercase())
}

fn is_comparative(word: &str) -> bool {
    word.ends_with("ее")
        || listed("выше ниже больше меньше лучше хуже чаще реже старше моложе дольше дороже дешевле", word)
}

/// Says whether the first word of a pair stands before in the same clause: «как в городе так и в селе», «чем выше тем лучше».
fn paired(text: &str, list: &Words, i: usize, first: &str) -> bool {
    let start = text[..list[i].0.start].rfind([',', '.', ';', ':', '–', '(', '\n']).map_or(0, |at| at + 1);
    (0..i.saturating_sub(1))
        .rev()
        .take(8)
        .take_while(|at| list[*at].0.start >= start)
        .any(|at| small(list, at) == first)
}

/// Finds «который» behind its noun without a comma, with a preposition or without one: «районы которые», «район в котором».
fn relative(language: &Language, text: &str, list: &Words, i: usize, found: &mut Vec<Finding>) {
    const SUBJECT: &str = "который которая которое которые которую";
    const REPEATED: &str = "раз год час день месяц век";
    let own = small(list, i);
    if !own.starts_with("котор") || own.starts_with("которо-") || listed(REPEATED, &small(list, i + 1)) {
        return;
    }
    let is_led = government::cases(&small(list, i - 1)).is_some();
    let Some(noun) = (i - 1).checked_sub(usize::from(is_led)) else { return };
    if !is_led && !listed(SUBJECT, &own) || !(noun..i).all(|at| is_bare(text, &list[at].0, &list[at + 1].0)) {
        return;
    }
    // «, доступ к которым», «, речь о которых»: the clause has begun before.
    let start = list[noun.saturating_sub(3)].0.start;
    let is_begun = text[start..list[noun].0.start].contains([',', '(', '–', ':', ';']);
    let before = small(list, noun);
    let is_word = before.chars().count() > 3 && !listed("тот того всех одна один одно", &before);
    let is_noun = !forms::of(language, list[noun].1).nouns.is_empty() || !is_led && is_word;
    if is_noun && !(is_led && is_begun) {
        found.push(lacks(
            list[noun].0.start..list[i].0.end,
            format!("no comma stands behind `{}`", list[noun].1),
            "put one there: a clause begins behind it",
        ));
    }
}

/// Finds a word of the speaker within a sentence that no comma parts from it.
fn spoken(text: &str, list: &Words, i: usize, found: &mut Vec<Finding>) {
    let at = list[i].0.start;
    let before = text[..at].strip_suffix([' ', NBSP]).filter(|before| before.ends_with(is_letter));
    let Some(before) = before else { return };
    let Some(phrase) = WITHIN.iter().find(|phrase| text[at..].starts_with(**phrase)) else { return };
    let rest = &text[at + phrase.len()..];
    let is_free = rest.strip_prefix([' ', NBSP]).is_some_and(|rest| rest.starts_with(is_letter));
    let last = words(before).last().map(|(_, word)| word.to_lowercase()).unwrap_or_default();
    let next = words(rest).first().map(|(_, word)| word.to_lowercase()).unwrap_or_default();
    if is_free && !listed(LEANING, &last) && !listed(LEANING, &next) {
        let span = at - 1..at + phrase.len();
        let span = (0..=span.start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(at)..span.end;
        found.push(lacks(span, format!("no comma parts `{phrase}` from the sentence"), "put one on either side"));
    }
}

/// Finds a phrase of the speaker at the head of a sentence without the comma behind it.
fn opener(text: &str, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let own = &text[sentence.clone()];
    let start = sentence.start + own.len() - own.trim_start().len();
    let head: String = text[start..sentence.end].chars().take(24).flat_map(char::to_lowercase).collect();
    let Some(phrase) = OPENERS.iter().find(|phrase| head.starts_with(**phrase)) else { return };
    let rest = &text[start + phrase.len()..sentence.end];
    let next = words(rest).first().map(|(_, word)| word.to_lowercase()).unwrap_or_default();
    let is_free = rest.strip_prefix([' ', NBSP]).is_some_and(|rest| rest.starts_with(is_letter));
    // «Таким образом полученные данные», «Как правило игры».
    let is_manner =
        *phrase == "таким образом" && (next.ends_with("ые") || next.ends_with("ый") || next.ends_with("ая"));
    if is_free && !listed(LEANING, &next) && !is_manner && sentence.len() > phrase.len() * 2 {
        found.push(lacks(
            start..start + phrase.len() + 1 + next.len(),
            format!("no comma stands behind `{}`", &text[start..start + phrase.len()]),
            "put one there: the phrase stands outside the sentence",
        ));
    }
}

/// Says whether a word is a verb that a subject may have, with its reflexive particle or without.
fn is_finite(language: &Language, word: &str) -> bool {
    const REFLEXIVE: [&str; 8] = ["лся", "лась", "лось", "лись", "ется", "ится", "ются", "ятся"];
    if word.chars().count() > 5 && REFLEXIVE.iter().any(|end| word.ends_with(end)) {
        return true;
    }
    predicate::present(language, word).is_some() || predicate::past(language, word).is_some()
}

/// Finds the end of a clause of «который», or of a phrase of a participle, that a verb follows without a comma.
fn closing(language: &Language, text: &str, list: &Words, i: usize, found: &mut Vec<Finding>) {
    const SUBJECT: &str = "который которая которое которые";
    const JOINTS: &str = "и или а но да ни как чем что то либо";
    if text[list[i - 1].0.end..list[i].0.start].trim() != "," {
        return;
    }
    let own = small(list, i);
    let is_clause = listed(SUBJECT, &own);
    let noun = forms::of(language, list[i - 1].1).nouns;
    let agrees = |forms: &[Form]| forms.iter().any(|form| noun.iter().any(|noun| form.fits(*noun)));
    let participle = participles::of(language, list[i].1);
    if noun.is_empty() || !is_clause && !agrees(&participle) {
        return;
    }
    let stop = text[list[i].0.end..].find([',', '.', ';', ':', '–', '(', '!', '?', '«', '\n']);
    let stop = stop.map_or(text.len(), |at| list[i].0.end + at);
    let inner: Vec<usize> = (i + 1..list.len()).take_while(|at| list[*at].0.end <= stop).collect();
    if inner.iter().any(|at| listed(JOINTS, &small(list, *at))) {
        return;
    }
    // «Дети, работающие пенсионеры живут»: the participle belongs to what stands behind it.
    let owns = |at: &&usize| {
        let other = forms::of(language, list[**at].1).nouns;
        participle.iter().any(|form| form.case == 'n' && other.iter().any(|noun| form.fits(*noun)))
    };
    if !is_clause && inner.iter().any(|at| owns(&at)) {
        return;
    }
    let verbs: Vec<usize> = inner.into_iter().filter(|at| is_finite(language, &small(list, *at))).collect();
    let Some(verb) = verbs.get(usize::from(is_clause)).copied().filter(|verb| *verb > i + 1) else { return };
    if is_clause && verbs[0] + 1 == verb {
        return;
    }
    found.push(lacks(
        list[verb - 1].0.start..list[verb].0.end,
        format!("no comma closes what began with `{}`", list[i].1),
        "put one where the sentence goes on",
    ));
}

/// Finds a phrase of a participle behind its noun that no comma opens: «семьи имеющие детей».
fn participle(language: &Language, text: &str, list: &Words, i: usize, found: &mut Vec<Finding>) {
    let own = participles::of(language, list[i].1);
    if own.is_empty() || !is_bare(text, &list[i - 1].0, &list[i].0) || list[i].1 != small(list, i) {
        return;
    }
    let Some((next, word)) = list.get(i + 1).filter(|(next, _)| is_bare(text, &list[i].0, next)) else { return };
    let noun = forms::of(language, list[i - 1].1);
    let behind = forms::of(language, word);
    let is_led = government::cases(&word.to_lowercase()).is_some();
    let own: Vec<Form> = own.into_iter().filter(|own| noun.nouns.iter().any(|noun| own.fits(*noun))).collect();
    let agrees = |list: &[Form]| list.iter().any(|noun| own.iter().any(|own| own.fits(*noun)));
    // What stands behind it is its own, and nothing that it could belong to follows.
    let rest =
        (i + 1..list.len()).take(6).take_while(|at| text[list[at - 1].0.end..list[*at].0.start].trim().is_empty());
    let mut rest = rest.filter(|at| agrees(&forms::of(language, list[*at].1).nouns));
    let is_object =
        !behind.nouns.is_empty() && !agrees(&behind.nouns) && behind.nouns.iter().all(|own| own.case != 'n');
    if agrees(&noun.nouns) && noun.adjectives.is_empty() && (is_led || is_object) && rest.next().is_none() {
        found.push(lacks(
            list[i - 1].0.start..next.start - 1,
            format!("no comma stands before `{}`", list[i].1),
            "put one there, and another where its phrase ends",
        ));
    }
}

/// Finds a phrase of an adverbial participle at the head of a sentence that no comma closes: «Учитывая спрос цены выросли».
fn adverbial(language: &Language, text: &str, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    let own = &text[sentence.clone()];
    let list = words(own);
    let Some((first, word)) = list.first().filter(|_| list.len() > 4 && !own.contains([',', '–', '(', '«'])) else {
        return;
    };
    let lower = word.to_lowercase();
    let is_despite = lower == "несмотря" || lower == "судя" && small(&list, 1) == "по";
    if !is_despite && (listed(ADVERBS, &lower) || !is_adverbial(language, &lower)) {
        return;
    }
    let verb = (1..list.len()).find(|at| is_finite(language, &small(&list, *at)));
    let Some(verb) = verb.filter(|verb| *verb > 1) else { return };
    found.push(lacks(
        sentence.start + first.start..sentence.start + list[verb].0.end,
        format!("no comma closes the phrase of `{word}`"),
        "put one where the sentence goes on",
    ));
}

/// Finds a clause of a conjunction, or whose opinion something is, at the head of a sentence in which no comma stands: «Если цены
/// вырастут спрос упадёт».
fn subordinate(language: &Language, text: &str, sentence: &Range<usize>, found: &mut Vec<Finding>) {
    const CONJUNCTIONS: &str = "если хотя поскольку когда чтобы";
    const OPINIONS: &str = "мнению словам утверждению убеждению";
    let own = &text[sentence.clone()];
    let list = words(own);
    if list.len() < 4
        || own.contains([',', '–', '(', '«', super::super::HIDDEN])
        || text[sentence.end..].starts_with(['?', ':'])
    {
        return;
    }
    let (first, second) = (small(&list, 0), small(&list, 1));
    let is_clause = listed(CONJUNCTIONS, &first) && second != "бы" || first == "так" && second == "как";
    let is_opinion = first == "по" && listed(OPINIONS, &second);
    if !is_clause && !is_opinion {
        return;
    }
    let is_verb = |at: &usize| {
        let word = small(&list, *at);
        is_finite(language, &word)
            || predicate::done(language, &word).is_some()
            || first == "чтобы" && word.ends_with("ть")
    };
    let verbs: Vec<usize> = (1..list.len()).filter(is_verb).collect();
    let verb = if is_opinion { verbs.first() } else { verbs.get(1) };
    if let Some(verb) = verb.filter(|_| is_opinion || verbs.len() > 1) {
        let from = if is_opinion { 0 } else { verbs[0] };
        found.push(lacks(
            sentence.start + list[from].0.start..sentence.start + list[*verb].0.end,
            format!("no comma closes what began with `{}`", list[0].1),
            "put one where the sentence goes on",
        ));
    }
}

/// Says whether a word is an adverbial participle, of whose verb the dictionary has the infinitive.
fn is_adverbial(language: &Language, lower: &str) -> bool {
    const ENDINGS: [(&str, &str); 4] = [("вшись", "ться"), ("ясь", "ться"), ("в", "ть"), ("я", "ть")];
    let knows = |stem: &str, end: &str| language.vocabulary().knows(&[stem, end].concat());
    let is_verb = ENDINGS.iter().any(|(end, infinitive)| {
        lower
            .strip_suffix(end)
            .is_some_and(|stem| stem.chars().count() > 3 && knows(stem, infinitive) && !knows(stem, "вый"))
    });
    let form = forms::of(language, lower);
    is_verb && form.nouns.is_empty() && form.adjectives.is_empty()
}
