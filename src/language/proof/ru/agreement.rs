//! Agreement: what agrees with what: adjectives with nouns, nouns with numerals, verbs with numbers.

use super::super::rules::Words;
use super::super::{Fault, Finding};
use super::forms::{self, Form, known};
use super::government::{self, OBLIQUE};
use super::{beside, gender_of, listed, participles, predicate};
use crate::language::noun_ru;
use crate::language::ru::Count;
use crate::language::{Case, Gender, Language, NBSP};

/// Verbs whose subject is what a number counts.
pub(super) const MOVES: [&str; 14] = [
    "переехал",
    "прибыл",
    "выбыл",
    "уехал",
    "приехал",
    "покинул",
    "родил",
    "умер",
    "вернул",
    "переселил",
    "проживал",
    "эмигрировал",
    "иммигрировал",
    "поселил",
];

/// Adjectives that stand for nouns, behind which anything may belong to them.
const FOR_NOUNS: &str = "уборочный посевной озимый яровой зерновой раненый трудящийся военный наличный остальной данный учёный ученый рабочий учащийся служащий больной прошлый будущий настоящий безработный \
     взрослый пожилой бедный богатый трудоспособный местный равный подобный полный близкий готовый пропорциональный аналогичный \
     соответственный эквивалентный достойный довольный который такой какой каждый";

/// Verbs behind which an adjective in the instrumental may stand before their subject, as they begin: «остаётся низкой доля».
const LINKING: [&str; 10] = ["оста", "был", "буд", "быт", "ста", "явля", "оказ", "счита", "признан", "сделал"];

/// Reads what agrees with the words beside it.
pub(super) fn read(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    adjective(language, text, words, i, found);
    counted(language, text, words, i, found);
    moved(language, text, words, i, found);
    pronoun(language, text, words, i, found);
}

/// Finds an adjective that does not agree with the noun behind it.
fn adjective(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, at, next)) else { return };
    let own = forms::of(language, word);
    // Adverbs: «в 2022 году и позднее убыль росла», «в среднем доля растёт».
    let is_adverb = ["позднее", "ранее"].contains(&word.to_lowercase().as_str()) || is_whole(language, words, i, next);
    if own.adjectives.is_empty() || !own.nouns.is_empty() || is_adverb {
        return;
    }
    let noun = forms::of(language, next);
    // «занявшая первое место»: an active participle governs what stands behind it.
    let governs = own.lemma.ends_with("щий") || own.lemma.ends_with("вший") || participles::is_past(&own.lemma);
    let is_two = !governs && noun.nouns.is_empty() && is_torn(&own.adjectives, &noun.adjectives);
    if is_two {
        return found.push(Finding {
            fault: Fault::Agreement,
            span: span.clone(),
            message: format!("`{word}` does not agree with `{next}`"),
            hint: "give both one gender, number and case".to_owned(),
        });
    }
    if noun.nouns.is_empty()
        || !noun.adjectives.is_empty()
        || goes_with(text, words, i, &own.adjectives, &noun.nouns)
        || ends_opening(language, text, words, i, &own.adjectives, &noun.nouns)
    {
        return;
    }
    let before = i.checked_sub(1).map(|before| words[before].1.to_lowercase()).unwrap_or_default();
    if i > 0 && (is_elliptic(word, next, &own.adjectives, &noun.nouns) || is_left_out(&before, &own, &noun.nouns)) {
        return;
    }
    let is_linked = LINKING.iter().any(|stem| before.starts_with(stem));
    if is_linked && is_predicate(&own.adjectives, &noun.nouns) || stands_alone(&own.lemma, &own.adjectives, &noun.nouns)
    {
        return;
    }
    let message = format!("`{word}` does not agree with `{next}`");
    found.push(Finding {
        fault: Fault::Agreement,
        span: span.clone(),
        message,
        hint: "give both one gender, number and case".to_owned(),
    });
}

/// Says whether a preposition and an adjective are an adverb, with which the noun behind has nothing to do: «в целом доля растёт».
fn is_whole(language: &Language, words: &Words, i: usize, next: &str) -> bool {
    let before = i.checked_sub(1).map(|at| words[at].1.to_lowercase()).unwrap_or_default();
    let is_phrase = match before.as_str() {
        "в" => listed("среднем общем целом основном дальнейшем будущем прошлом настоящем", &words[i].1.to_lowercase()),
        "за" => listed("последнее", &words[i].1.to_lowercase()),
        _ => false,
    };
    is_phrase && forms::of(language, next).nouns.iter().all(|form| form.case != 'p')
}

/// Says whether an adjective goes with a noun, be it with other adjectives or behind a numeral.
fn goes_with(text: &str, words: &Words, i: usize, adjective: &[Form], noun: &[Form]) -> bool {
    // What lives has the accusative of the genitive, which the noun shows as well.
    let is_living =
        |own: &Form| own.case == 'a' && adjective.contains(&Form { case: 'g', ..*own }) && own.gender != Gender::F;
    // What does not live has the accusative of the nominative, which the noun shows as well: not «сельские жителей».
    let is_dead = |own: &Form| own.case == 'a' && adjective.contains(&Form { case: 'n', ..*own });
    let shown = |own: &Form| {
        noun.contains(&Form { case: 'n', gender: own.gender, ..*own })
            || own.many && noun.iter().any(|form| form.case == 'n' && form.many)
    };
    let fits = |own: &Form, other: &Form| own.fits(*other) && !is_living(own) && (!is_dead(own) || shown(own));
    if adjective.iter().any(|own| noun.iter().any(|other| fits(own, other))) {
        return true;
    }
    // «в Акмолинской и Костанайской областях»: one noun for two adjectives.
    let parts = (0..i).rev().take_while(|at| &text[words[*at].0.end..words[at + 1].0.start] == "-").count();
    let first = i - parts;
    let before = first.checked_sub(1).map(|before| &words[before]);
    let gap = before.map_or("", |(before, _)| &text[before.end..words[first].0.start]);
    let is_joined =
        before.is_some_and(|(_, word)| ["и", "или", "ни"].contains(&word.to_lowercase().as_str())) || gap.contains(',');
    let by_case = |own: &Form, other: &Form| other.many && own.case == other.case;
    if is_joined && adjective.iter().any(|own| noun.iter().any(|other| by_case(own, other))) {
        return true;
    }
    // «два сельских округа»: the noun behind a numeral.
    let of_few = noun.iter().any(|form| form.case == 'g' && !form.many) && adjective.iter().any(|form| form.many);
    let few = || (1..=4).any(|back| i.checked_sub(back).is_some_and(|at| is_few(words[at].1)));
    of_few && (few() || is_counted(text, words[i].0.start))
}

fn is_few(word: &str) -> bool {
    listed("два две три четыре оба обе полтора полторы двух трёх трех четырёх четырех", &word.to_lowercase())
}

/// Says whether digits stand before the adjectives at a place.
fn is_counted(text: &str, at: usize) -> bool {
    let clause = text[..at].rsplit([',', ';', '.', ':']).next().unwrap_or_default();
    clause.split([' ', NBSP]).rev().take(4).any(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()))
}

/// Says whether an adjective is a name whose noun is left out: «в Северо-Казахстанской убыль ослабевала».
fn is_elliptic(word: &str, next: &str, adjective: &[Form], noun: &[Form]) -> bool {
    const KINDS: [&str; 7] = ["област", "район", "округ", "город", "кра", "республик", "столиц"];
    let has = |list: &[Form]| list.iter().any(|form| form.case == 'n');
    let is_kind = KINDS.iter().any(|stem| next.to_lowercase().starts_with(stem));
    let is_oblique = adjective.iter().any(|form| form.case != 'n' && form.case != 'a');
    word.starts_with(char::is_uppercase) && !is_kind && is_oblique && has(noun)
}

/// Says whether a place in an order stands for a noun that was named before: «от первого периода к последнему значение выросло».
fn is_left_out(before: &str, own: &forms::Forms, noun: &[Form]) -> bool {
    const PLACES: &str = "первый последний второй третий предыдущий следующий другой остальной";
    let is_oblique = own.adjectives.iter().all(|form| form.case != 'n');
    listed(PLACES, &own.lemma)
        && government::cases(before).is_some()
        && is_oblique
        && noun.iter().any(|form| form.case == 'n')
}

/// Says whether two adjectives side by side are both in the nominative and of two genders: «новый школьная форма».
fn is_torn(first: &[Form], second: &[Form]) -> bool {
    let is = |list: &[Form]| list.iter().any(|form| form.case == 'n');
    let only = |list: &[Form]| list.iter().all(|form| "na".contains(form.case));
    is(first) && is(second) && only(first) && only(second) && !first.iter().any(|own| second.contains(own))
}

/// Says whether an adjective that stands for a noun ends the phrase before a subject: «по окончании уборки озимых фермеры сеют рапс».
fn ends_opening(language: &Language, text: &str, words: &Words, i: usize, adjective: &[Form], noun: &[Form]) -> bool {
    let is_many = adjective.iter().any(|form| form.case == 'g' && form.many);
    if !is_many || !noun.iter().any(|form| form.case == 'n') {
        return false;
    }
    let start = text[..words[i].0.start].rfind(['.', ',', ';', ':', '–', '(', '\n']).map_or(0, |at| at + 1);
    let first = words.partition_point(|(at, _)| at.start < start);
    let is_opening = |word: &str| listed(predicate::OPENING, &word.to_lowercase());
    let is_owner = |word: &str| !forms::of(language, word).nouns.is_empty();
    // «По числу новых школы»: a phrase of a preposition, one noun and an adjective is more likely a slip than a subject.
    i >= first + 3
        && is_opening(words[first].1)
        && is_owner(words[i - 1].1)
        && (first + 1..i - 1).any(|at| is_owner(words[at].1))
}

/// Says whether an adjective may be the predicate before its subject.
fn is_predicate(adjective: &[Form], noun: &[Form]) -> bool {
    adjective.iter().any(|form| form.case == 'i') && noun.iter().any(|form| form.case == 'n')
}

/// Says whether an adjective may have nothing to do with the noun behind it: a participle governs it, or it stands for a noun.
fn stands_alone(lemma: &str, adjective: &[Form], noun: &[Form]) -> bool {
    let has = |list: &[Form], case: char| list.iter().any(|form| form.case == case);
    let ends = |list: &[&str]| list.iter().any(|end| lemma.ends_with(end));
    let is_active = ends(&["щий", "вший", "щийся", "вшийся"]) && !listed("общий предыдущий следующий текущий", lemma)
        || participles::is_past(lemma);
    let is_participle =
        ends(&["анный", "янный", "ённый", "енный", "мый", "тый"]) && !ends(&["ственный", "менный", "венный"]);
    let is_nominal = adjective.iter().any(|form| form.many || form.gender == Gender::N)
        && has(noun, 'g')
        && !ends(&["ский", "очный", "ичный", "онный", "льный", "ейный"]);
    // «больной» is listed as it is said; what ends so is taken for one in -ый.
    let stressed = lemma.strip_suffix("ый").map(|stem| [stem, "ой"].concat());
    let stands = listed(FOR_NOUNS, lemma) || stressed.is_some_and(|own| listed(FOR_NOUNS, &own));
    is_active
        || is_participle && (has(noun, 'i') || has(noun, 'd') || has(noun, 'p') || has(noun, 'g'))
        || is_nominal
        || stands
}

/// Finds a noun in the singular behind a numeral in a case.
fn counted(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    instrumental(language, text, words, i, found);
    if !listed(OBLIQUE, &word.to_lowercase()) || text[..at.start].ends_with('-') {
        return;
    }
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, at, next)) else { return };
    let lower = next.to_lowercase();
    let forms: Vec<[Vec<Case>; 2]> =
        known(language).filter(|noun| noun.starts(&lower)).map(|noun| noun.cases_of(&lower)).collect();
    let one = forms.iter().any(|[one, _]| !one.is_empty());
    if one && forms.iter().all(|[_, many]| many.is_empty()) {
        let message = format!("`{next}` stands in the singular behind `{word}`");
        found.push(Finding {
            fault: Fault::Plural,
            span: span.clone(),
            message,
            hint: "write the plural in the same case, or use `noun`".to_owned(),
        });
    }
}

/// Finds a noun in another case than the instrumental plural behind a numeral in it: «с пятью области».
fn instrumental(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    const NUMERALS: &str = "двумя тремя четырьмя пятью шестью семью восемью девятью десятью двадцатью тридцатью";
    let (at, word) = &words[i];
    if !listed(NUMERALS, &word.to_lowercase()) || !language.has_dictionary() {
        return;
    }
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, at, next)) else { return };
    let nouns = forms::of(language, next).nouns;
    // «семью» is a family too.
    let is_noun = word.to_lowercase() == "семью" || next.starts_with(char::is_uppercase);
    if !nouns.is_empty() && nouns.iter().all(|form| form.case != 'i') && !is_noun {
        found.push(Finding {
            fault: Fault::Plural,
            span: span.clone(),
            message: format!("`{next}` is not in the case of `{word}`"),
            hint: "write the instrumental plural, or use `noun`".to_owned(),
        });
    }
}

/// Finds a pronoun of one gender or number before a noun of another: «все регион», «этот область».
fn pronoun(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    let fits = |form: &Form| match lower.as_str() {
        "все" | "эти" | "те" => form.many || form.gender == Gender::N || !"na".contains(form.case),
        "этот" | "весь" => !form.many && form.gender == Gender::M,
        "эта" | "вся" => !form.many && form.gender == Gender::F,
        _ => true,
    };
    if !["все", "эти", "те", "этот", "весь", "эта", "вся"].contains(&lower.as_str()) {
        return;
    }
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, at, next)) else { return };
    let own = forms::of(language, next);
    let is_noun = !own.nouns.is_empty() && own.adjectives.is_empty() && next.chars().all(char::is_lowercase);
    let is_nominative = own.nouns.iter().any(|form| form.case == 'n');
    if is_noun
        && is_nominative
        && !own.nouns.iter().any(fits)
        && text[..at.start].trim_end().ends_with([',', '.', '\n']) | (i == 0)
    {
        found.push(Finding {
            fault: Fault::Agreement,
            span: span.clone(),
            message: format!("`{word}` does not agree with `{next}`"),
            hint: "give both one gender, number and case".to_owned(),
        });
    }
}

/// Finds a verb that does not agree with the number of those who moved, before it or behind it.
fn moved(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let (at, word) = &words[i];
    let lower = word.to_lowercase();
    let moves = gender_of(&lower, &MOVES);
    let Some(verb) = moves.or_else(|| of_counted(&lower)) else { return };
    let behind = || {
        let rest = &text[at.end..];
        let digits = rest.trim_start_matches([' ', NBSP, '\n']);
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != NBSP && c != ',').unwrap_or(digits.len());
        let (noun_at, noun) = words.get(i + 1)?;
        let start = at.end + rest.len() - digits.len();
        (start + end <= noun_at.start && text[start + end..noun_at.start].trim().is_empty())
            .then(|| (digits[..end].trim_matches([NBSP, ',']), *noun))
    };
    let before = || {
        let (noun_at, noun) = words.get(i.checked_sub(1)?)?;
        let left = text[..noun_at.start].trim_end_matches([' ', NBSP]);
        let kept = left.trim_end_matches(|c: char| c.is_ascii_digit() || c == NBSP || c == ',');
        beside(text, noun_at, at).then(|| (left[kept.len()..].trim_matches([NBSP, ',']), *noun))
    };
    for (digits, noun) in behind().into_iter().chain(before().filter(|_| moves.is_some())) {
        let lower = noun.to_lowercase();
        // «в 2024 году родился».
        if noun_ru::YEAR.has_form(&lower) {
            continue;
        }
        let of = known(language).find(|own| own.has_form(&lower));
        let own = of.map(|own| own.gender()).or_else(|| alone(language, noun));
        let (Some(value), Some(own)) = (language.read(digits).filter(|_| !digits.is_empty()), own) else { continue };
        let is_told = moves.is_some() && of.is_some_and(|own| own.is_animate());
        let fits = match (Count::of(&value), verb) {
            (Count::One, Gender::N) => value.whole != "1" && is_told || own == Gender::N,
            (Count::One, gender) => gender == own,
            (_, gender) => matches!(gender, Gender::N | Gender::Pl),
        };
        if !fits {
            let message = format!("`{word}` does not agree with {digits} {noun}");
            found.push(Finding {
                fault: Fault::Agreement,
                span: at.clone(),
                message,
                hint: "use `verb`, which agrees with the number".to_owned(),
            });
            return;
        }
    }
}

/// Verbs of what is and comes to be, before a number of which it is said.
const EVENTS: [&str; 12] = [
    "открыл",
    "закрыл",
    "участвовал",
    "работал",
    "действовал",
    "функционировал",
    "появил",
    "возникл",
    "поступил",
    "построен",
    "открыт",
    "закрыт",
];

/// Returns the gender or number of a verb whose subject is what a number behind it counts: «открылась 21 школа».
pub(super) fn of_counted(lower: &str) -> Option<Gender> {
    let reflexive = ["ся", "сь"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(lower);
    // «открыли 21 школу»: who did it is not named.
    let is_done = ["откры", "закры"].iter().any(|stem| lower.starts_with(stem))
        && !lower.ends_with("сь")
        && !lower.ends_with("ся")
        && lower.contains('л');
    gender_of(reflexive, &EVENTS).filter(|_| !is_done)
}

/// Returns the gender of a noun that the dictionary alone has, where it can be but one.
fn alone(language: &Language, noun: &str) -> Option<Gender> {
    let nouns = forms::of(language, noun).nouns;
    let first = nouns.first()?.gender;
    nouns.iter().all(|form| form.gender == first).then_some(first)
}
