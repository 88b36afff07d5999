//! Nouns of Russian: what can be counted, with all forms that a number calls for; a study declares what it counts beyond.

use std::borrow::Cow;
use std::collections::BTreeMap;

mod known;
mod pattern;

use super::ru::Count;
use super::{Case, Gender, LanguageError};
pub(super) use known::{
    CALCULATION_INDEX, FIGURE, HALF_YEAR, INDEX_POINT, PER_MILLE_POINT, PERSON, QUARTER, TABLE, TENGE, TIME, YEAR,
    find, known,
};
use known::{PLACES, PLURALS};
use pattern::alike;
pub(super) use pattern::guessed;

/// Endings of one declension: nom gen dat acc ins prep of the singular, gen dat ins prep of the plural.
type Endings = [&'static str; 10];

/// A noun, with the adjectives that belong to the term.
#[derive(Clone, Debug)]
pub(super) struct Noun {
    lemma: Cow<'static, str>,
    /// Stems of masculine adjectives of the hard declension.
    adjectives: &'static [&'static str],
    stem: Cow<'static, str>,
    endings: [Cow<'static, str>; 10],
    /// The form of a place, where it is not the prepositional: «в краю» beside «о крае».
    place: Option<Cow<'static, str>>,
    /// The plural as a word of its own, where it is not that of counting: nom gen dat ins prep.
    plural: Option<[Cow<'static, str>; 5]>,
    /// Whether it lives, where the endings do not show it.
    animate: Option<bool>,
    /// The gender, where the endings do not show it.
    gender: Option<Gender>,
}

/// What a study says of a noun: the word, and how it is declined.
#[derive(Clone, Debug, Default)]
pub struct NounSpec {
    /// The dictionary form.
    pub word: String,
    /// A noun that is declined alike.
    pub like: Option<String>,
    /// All forms of the singular by case, where no other noun is declined alike.
    pub one: BTreeMap<Case, String>,
    /// The forms of the plural by case.
    pub many: BTreeMap<Case, String>,
    /// The form of a place.
    pub place: Option<String>,
    /// Whether it lives.
    pub animate: Option<bool>,
    /// The gender.
    pub gender: Option<Gender>,
    /// In Kazakh, the possessive of the third person where it is not regular: `халқы`.
    pub owned: Option<String>,
    /// The plural where it is not regular.
    pub plural: Option<String>,
}

/// Returns the form that a word should have after a number where it is a form of a noun that does not agree: in the cases asked
/// for, or in any.
pub(super) fn misfit<'a>(
    word: &str,
    count: Count,
    nouns: impl Iterator<Item = &'a Noun>,
    asked: Option<&[Case]>,
) -> Option<String> {
    // Names of days and of places in an order are ordinals: «20 числа», «занял 5 место»; some are not counted at all.
    const ORDINAL: [&str; 9] =
        ["число", "место", "этап", "час", "неделя", "население", "численность", "миграция", "местность"];
    let lower = word.to_lowercase();
    let mut right = None;
    for noun in nouns.filter(|noun| noun.adjectives.is_empty() && !ORDINAL.contains(&&*noun.lemma)) {
        if !noun.has_form(&lower) {
            continue;
        }
        let mut counted: Vec<String> = asked.unwrap_or(&CASES).iter().map(|case| noun.counted(count, *case)).collect();
        // «на 2 человек»: what lives may stand in the genitive for the accusative.
        if noun.is_animate() && asked.is_some_and(|own| own.contains(&Case::Acc) && !own.contains(&Case::Nom)) {
            counted.push(noun.counted(count, Case::Gen));
        }
        if counted.contains(&lower) {
            return None;
        }
        right.get_or_insert_with(|| counted.swap_remove(0));
    }
    right
}

/// The cases of numbers and nouns; the form of a place is one of a few nouns.
pub(super) const CASES: [Case; 6] = [Case::Nom, Case::Gen, Case::Dat, Case::Acc, Case::Ins, Case::Prep];

/// Letters behind which и stands and no ы.
const HUSHING: [char; 7] = ['г', 'к', 'х', 'ж', 'ч', 'ш', 'щ'];

/// Makes a noun of what a study says of it; `own` are the nouns that it declared before.
pub(super) fn declared(spec: &NounSpec, own: &[Noun]) -> Result<Noun, LanguageError> {
    let refuse = |message: String, hint: String| LanguageError { code: "noun-forms", message, hint };
    let word = spec.word.as_str();
    let mut noun = match (&spec.like, spec.one.is_empty()) {
        (Some(like), true) => {
            let pattern = known().chain(own).find(|noun| noun.lemma == *like);
            let patterns = || {
                let fit = known().chain(own).filter(|noun| alike(word, noun).is_some());
                fit.map(|noun| noun.lemma.to_string()).collect::<Vec<_>>().join(", ")
            };
            let pattern = pattern.ok_or_else(|| {
                let message = format!("`{word}` is to be declined like `{like}`, which is not known");
                refuse(message, format!("what it may be declined like: {}", patterns()))
            })?;
            alike(word, pattern).ok_or_else(|| {
                let message = format!("`{word}` cannot be declined like `{like}`: they end otherwise");
                refuse(
                    message,
                    format!("what it may be declined like: {}; or give all forms under `one` and `many`", patterns()),
                )
            })?
        }
        (None, false) => {
            let form = |forms: &BTreeMap<Case, String>, name: &str, case: Case| {
                forms.get(&case).cloned().map(Cow::Owned).ok_or_else(|| {
                    let message = format!("`{word}` lacks `{}` under `{name}`", case.name());
                    refuse(
                        message,
                        "give gen, dat, acc, ins, prep under `one` and nom, gen, dat, ins, prep under `many`"
                            .to_owned(),
                    )
                })
            };
            let one = |case| match case {
                Case::Nom => Ok(Cow::Owned(word.to_owned())),
                case => form(&spec.one, "one", case),
            };
            let many = |case| form(&spec.many, "many", case);
            let plural = [Case::Nom, Case::Gen, Case::Dat, Case::Ins, Case::Prep];
            let [nom, gen_, dat, ins, prep] = plural;
            Noun {
                lemma: Cow::Owned(word.to_owned()),
                adjectives: &[],
                stem: Cow::Borrowed(""),
                endings: [
                    one(nom)?,
                    one(gen_)?,
                    one(dat)?,
                    one(Case::Acc)?,
                    one(ins)?,
                    one(prep)?,
                    many(gen_)?,
                    many(dat)?,
                    many(ins)?,
                    many(prep)?,
                ],
                place: None,
                plural: Some([many(nom)?, many(gen_)?, many(dat)?, many(ins)?, many(prep)?]),
                animate: None,
                gender: None,
            }
        }
        (Some(_), false) => {
            return Err(refuse(
                format!("`{word}` has both `like` and forms of its own"),
                "drop one of them".to_owned(),
            ));
        }
        (None, true) => {
            let patterns: Vec<String> =
                known().filter(|noun| alike(word, noun).is_some()).map(|noun| noun.lemma.to_string()).collect();
            return Err(refuse(
                format!("`{word}` is not said how to decline"),
                format!(
                    "name a noun that is declined alike, `like: …`: {}; or give all forms under `one` and `many`",
                    patterns.join(", ")
                ),
            ));
        }
    };
    if spec.like.is_some() && (spec.plural.is_some() || !spec.many.is_empty()) {
        let own = |case: Case| spec.many.get(&case).cloned().unwrap_or_else(|| noun.many(case));
        let nominative = spec.plural.clone().unwrap_or_else(|| own(Case::Nom));
        noun.plural =
            Some([nominative, own(Case::Gen), own(Case::Dat), own(Case::Ins), own(Case::Prep)].map(Cow::Owned));
    }
    noun.place = spec.place.clone().map(Cow::Owned);
    noun.animate = spec.animate.or(noun.animate);
    noun.gender = spec.gender.or(noun.gender);
    Ok(noun)
}

impl Noun {
    /// Returns the dictionary form.
    pub(super) fn lemma(&self) -> &str {
        &self.lemma
    }

    /// Returns true for a form of the noun, of either number.
    pub(super) fn has_form(&self, word: &str) -> bool {
        word.strip_prefix(&*self.stem).is_some_and(|ending| self.endings.iter().any(|own| own == ending))
            || self.adjectives.is_empty() && word.starts_with(&*self.stem) && self.many(Case::Nom) == word
    }

    /// Returns true for a term of several words.
    pub(super) fn is_term(&self) -> bool {
        !self.adjectives.is_empty()
    }

    /// Returns true where a word may be a form of it.
    pub(super) fn starts(&self, word: &str) -> bool {
        word.starts_with(&*self.stem) || self.plural.is_some() || PLURALS.iter().any(|(lemma, _)| self.lemma == *lemma)
    }

    /// Lists the cases of the singular and of the plural that a word may be.
    pub(super) fn cases_of(&self, word: &str) -> [Vec<Case>; 2] {
        [CASES.into_iter().chain([Case::Loc]).filter(|case| self.one(*case) == word).collect(), {
            CASES.into_iter().filter(|case| self.many(*case) == word).collect()
        }]
    }

    /// Returns the singular in a case.
    pub(super) fn one(&self, case: Case) -> Cow<'_, str> {
        if case == Case::Loc {
            let own = PLACES.iter().find(|(lemma, _)| self.lemma == *lemma).map(|(_, form)| *form);
            if let Some(place) = self.place.as_deref().or(own) {
                return Cow::Borrowed(place);
            }
        }
        Cow::Owned([&*self.stem, &*self.endings[singular(case)]].concat())
    }

    /// Returns the plural in a case.
    pub(super) fn many(&self, case: Case) -> String {
        let at = match case {
            Case::Acc if self.is_animate() => 1,
            Case::Nom | Case::Acc | Case::Abl => 0,
            Case::Gen => 1,
            Case::Dat => 2,
            Case::Ins => 3,
            Case::Prep | Case::Loc => 4,
        };
        let own = PLURALS.iter().find(|(lemma, _)| self.lemma == *lemma).map(|(_, forms)| forms[at]);
        if let Some(form) = self.plural.as_ref().map(|forms| &*forms[at]).or(own) {
            return form.to_owned();
        }
        match at {
            0 => self.nominative_plural(),
            at => [&*self.stem, &*self.endings[at + 5]].concat(),
        }
    }

    /// Returns the nominative plural, which the dative plural, the gender and the last letter of the stem show.
    fn nominative_plural(&self) -> String {
        let dative = [&*self.stem, &*self.endings[7]].concat();
        let neuter = self.endings[0].ends_with(['о', 'е']);
        let (stem, ending) = match (dative.strip_suffix("ам"), dative.strip_suffix("ям")) {
            (Some(stem), _) if neuter => (stem, "а"),
            (Some(stem), _) => (stem, if stem.ends_with(HUSHING) { "и" } else { "ы" }),
            (None, Some(stem)) => (stem, if neuter { "я" } else { "и" }),
            (None, None) => (dative.as_str(), ""),
        };
        [stem, ending].concat()
    }

    /// Returns the singular in a case with the adjectives of the term.
    pub(super) fn phrase(&self, case: Case) -> String {
        let adjectives = self.adjectives.iter().flat_map(|stem| [*stem, ADJECTIVE[singular(case)], " "]);
        adjectives.chain([&*self.one(case)]).collect()
    }

    /// Returns the plural in a case with the adjectives of the term.
    pub(super) fn phrase_many(&self, case: Case) -> String {
        let ending = match case {
            Case::Nom | Case::Acc | Case::Abl => "ые",
            case => ADJECTIVE[plural(case)],
        };
        let adjectives = self.adjectives.iter().flat_map(|stem| [*stem, ending, " "]);
        adjectives.chain([self.many(case).as_str()]).collect()
    }

    /// Returns the gender, which the endings show.
    pub(super) fn gender(&self) -> Gender {
        if let Some(gender) = self.gender {
            return gender;
        }
        if self.lemma == "мужчина" {
            return Gender::M;
        }
        match (self.endings[0].chars().next_back(), self.endings[1].chars().next_back()) {
            (Some('о' | 'е'), _) => Gender::N,
            (_, Some('ы' | 'и')) => Gender::F,
            _ => Gender::M,
        }
    }

    /// Returns true for what lives: its accusative is the genitive.
    pub(super) fn is_animate(&self) -> bool {
        let shown = self.endings[3] == self.endings[1] && self.endings[0] != self.endings[1];
        self.animate.unwrap_or(shown || ["женщина", "мужчина"].contains(&&*self.lemma))
    }

    fn counted(&self, count: Count, case: Case) -> String {
        let mut form = String::new();
        self.write_counted(&mut form, count, case);
        form
    }

    /// Writes the form that agrees with a number standing in a case.
    pub(super) fn write_counted(&self, out: &mut String, count: Count, case: Case) {
        let (noun, adjective) = match (count, case) {
            (Count::One, _) => (singular(case), singular(case)),
            (Count::Fraction, _) => (1, 1),
            (Count::Round | Count::Many, Case::Nom | Case::Acc) | (Count::Round, _) => (6, 6),
            // «два процентных пункта»: the noun is singular, the adjective plural.
            (Count::Few, Case::Nom | Case::Acc) => (1, 6),
            (Count::Few | Count::Many, _) => (plural(case), plural(case)),
        };
        for stem in self.adjectives {
            out.push_str(stem);
            out.push_str(ADJECTIVE[adjective]);
            out.push(' ');
        }
        if let (Count::One, Case::Loc) = (count, case) {
            return out.push_str(&self.one(case));
        }
        out.push_str(&self.stem);
        out.push_str(&self.endings[noun]);
    }
}

/// Endings of a masculine adjective of an inanimate noun, in the order of [`Endings`].
const ADJECTIVE: Endings = ["ый", "ого", "ому", "ый", "ым", "ом", "ых", "ым", "ыми", "ых"];

fn singular(case: Case) -> usize {
    match case {
        Case::Nom | Case::Abl => 0,
        Case::Gen => 1,
        Case::Dat => 2,
        Case::Acc => 3,
        Case::Ins => 4,
        Case::Prep | Case::Loc => 5,
    }
}

fn plural(case: Case) -> usize {
    match case {
        Case::Nom | Case::Acc | Case::Gen | Case::Abl => 6,
        Case::Dat => 7,
        Case::Ins => 8,
        Case::Prep | Case::Loc => 9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(noun: &Noun) -> impl Iterator<Item = String> {
        CASES.into_iter().flat_map(|case| [noun.one(case).into_owned(), noun.many(case)])
    }

    #[test]
    fn no_form_breaks_the_rule_of_spelling() {
        for form in known().flat_map(forms) {
            let letters: Vec<char> = form.chars().collect();
            let broken = letters.windows(2).find(|pair| HUSHING.contains(&pair[0]) && "ыэ".contains(pair[1]));
            assert_eq!(broken, None, "{form}");
        }
    }
}
