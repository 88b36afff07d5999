//! Region: names of territories, and lists of them whose common word is said once, in the plural.

use std::borrow::Cow;

use super::error::refuse_empty;
use super::{Case, Grammar, Language, LanguageError, NBSP, Names};
use crate::finding::Code;

/// A word that full names of territories share: `область`, `облысы`.
pub(super) struct Head {
    /// The word in the nominative.
    pub word: &'static str,
    /// Whether it opens the name, as in `область Абай`, or closes it.
    pub first: bool,
    /// Writes its plural in a case.
    pub plural: fn(Case) -> Cow<'static, str>,
}

impl Language {
    /// Returns the full names of territories as a list in a case, with a common last word merged into one plural.
    pub fn regions(&self, codes: &[Code], case: Option<Case>) -> Result<String, LanguageError> {
        self.regions_as(codes, None, case)
    }

    /// Returns the names of territories in the form that the list has under a word: `short`, `former`.
    pub fn regions_as(&self, codes: &[Code], form: Option<&str>, case: Option<Case>) -> Result<String, LanguageError> {
        let case = self.checked(case)?;
        refuse_empty(codes)?;
        let named = |code| -> Result<&Names, LanguageError> {
            let names = self.names(code)?;
            let Some(form) = form else { return Ok(names) };
            names.forms.get(form).ok_or_else(|| {
                let known = names.forms.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
                let message =
                    format!("the territory {code} has no names `{form}` in the language `{}`", self.lang.code());
                let hint = if Case::parse(form).is_some() {
                    format!("a case is asked for by a filter of its own: `region | case(\"{form}\")`")
                } else if known.is_empty() {
                    "give them under `forms` of the list of territories".to_owned()
                } else {
                    format!("it has: {known}")
                };
                LanguageError::new("unnamed-territory", message, &hint)
            })
        };
        let names = codes.iter().map(named).collect::<Result<Vec<_>, _>>()?;
        Ok(self.list(&merged(self.lang.grammar(), &names, case)?))
    }

    /// Returns the name of a territory as tables and figures print it; the code itself where it has none.
    pub fn territory(&self, code: &Code) -> String {
        self.names(code).map_or_else(|_| code.as_str().to_owned(), |names| names.table.clone())
    }

    /// Returns what a territory is ordered by, where that is not its name in tables.
    pub fn order_of(&self, code: &Code) -> Option<String> {
        self.names(code).ok()?.sort.clone()
    }

    /// Finds the territory whose name a text ends with, in any case: how many bytes the name takes.
    pub(super) fn name_ending(&self, text: &str) -> Option<(usize, Code)> {
        let is_whole = |at: usize| !text[..at].ends_with(char::is_alphabetic);
        self.named(|form| text.strip_suffix(form).is_some_and(|rest| is_whole(rest.len())))
    }

    /// Finds the territory whose name a text begins with.
    pub(super) fn name_beginning(&self, text: &str) -> Option<(usize, Code)> {
        self.named(|form| text.strip_prefix(form).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
    }

    /// Finds the territory whose name a text begins with but for the endings of its words, where the list gives no cases:
    /// how many bytes it takes. What is `cut` may lack its last word.
    pub(super) fn name_like(&self, text: &str, cut: bool) -> Option<(usize, Code)> {
        let (mut printed, mut at): (Vec<(usize, &str)>, usize) = (Vec::new(), 0);
        for word in text.split_inclusive([' ', NBSP]).take(MOST_WORDS) {
            let spaceless = word.trim_end_matches([' ', NBSP]);
            let bare = spaceless.trim_end_matches(|c: char| !c.is_alphabetic());
            printed.push((at + bare.len(), bare));
            at += word.len();
            if bare.len() < spaceless.len() {
                break;
            }
        }
        let fits = |name: &str| -> Option<usize> {
            let mut words: Vec<&str> = name.split([' ', NBSP]).collect();
            let is_whole = printed.len() >= words.len() && is_form(words.last()?, printed[words.len() - 1].1);
            if cut && words.len() > 1 && !is_whole {
                words.pop();
            }
            let is = words.iter().zip(&printed).filter(|(own, (_, word))| is_form(own, word)).count() == words.len();
            is.then(|| printed[words.len() - 1].0)
        };
        let mut found: Vec<(usize, Code)> =
            self.territories.iter().filter_map(|(code, names)| Some((fits(&names.name)?, code.plain()))).collect();
        found.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
        let best = found.first()?;
        found.iter().all(|(length, code)| *length < best.0 || *code == best.1).then(|| best.clone())
    }

    /// Finds the longest name that fits, where it is the name of one territory.
    fn named(&self, fits: impl Fn(&str) -> bool) -> Option<(usize, Code)> {
        let grammar = self.lang.grammar();
        let forms = |names: &Names| {
            let cases = grammar.cases.iter().filter_map(|case| (grammar.name)(names, *case).ok().map(Cow::into_owned));
            let all = cases.chain([names.table.clone()]).filter(|form| !form.is_empty() && fits(form));
            all.map(|form| form.len()).max()
        };
        let of = |(code, names): (&Code, &Names)| {
            let length = std::iter::once(names).chain(names.forms.values()).filter_map(forms).max();
            length.map(|length| (length, code.plain()))
        };
        let found: Vec<(usize, Code)> = self.territories.iter().filter_map(of).collect();
        let best = found.iter().max_by_key(|(length, _)| *length)?;
        found.iter().all(|(length, code)| *length < best.0 || *code == best.1).then(|| best.clone())
    }

    pub(super) fn names(&self, code: &Code) -> Result<&Names, LanguageError> {
        self.territories.get(code).or_else(|| self.territories.get(&code.plain())).ok_or_else(|| {
            let message = format!("the territory {code} has no name in the language `{}`", self.lang.code());
            LanguageError::new("unnamed-territory", message, "name it in the list of territories")
        })
    }
}

/// No name of a territory has more words.
const MOST_WORDS: usize = 6;

/// The letters by which a word of a name may end otherwise.
const ENDING: usize = 3;

/// Says whether a word is one of a name with another ending: `Горной` of `Горная`.
fn is_form(own: &str, word: &str) -> bool {
    let alike = own.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let (own, word) = (own.chars().count(), word.chars().count());
    alike == own && word == own || alike > ENDING && own < alike + ENDING && word <= alike + ENDING
}

/// Returns the names as items of a list; neighbours with the same head share one plural of it.
pub(super) fn merged(grammar: &Grammar, names: &[&Names], case: Case) -> Result<Vec<String>, LanguageError> {
    let head_of = |names: &Names| {
        grammar.heads.iter().position(|head| match head.first {
            true => names.name.split_once(' ').is_some_and(|(word, _)| word == head.word),
            false => names.name.rsplit_once(' ').is_some_and(|(_, word)| word == head.word),
        })
    };
    let mut items = Vec::with_capacity(names.len());
    let runs: Vec<&[&Names]> = names.chunk_by(|a, b| head_of(a) == head_of(b)).collect();
    // A list in which a common word is left and taken up again would leap between patterns: there every name is whole.
    let heads: Vec<usize> = runs.iter().filter_map(|run| head_of(run[0])).collect();
    if heads.iter().enumerate().any(|(i, head)| heads[..i].contains(head)) {
        let whole = names.iter().map(|names| (grammar.name)(names, case).map(Cow::into_owned));
        return whole.collect();
    }
    for run in &runs {
        let before = items.len();
        let forms = run.iter().map(|names| (grammar.name)(names, case)).collect::<Result<Vec<_>, _>>()?;
        match run.first().and_then(|names| head_of(names)).filter(|_| run.len() > 1) {
            Some(head) => push_run(&mut items, &grammar.heads[head], &forms, case),
            None => items.extend(forms.into_iter().map(Cow::into_owned)),
        }
        // Before another group a shared plural needs its own conjunction: «А и Б области и область В».
        let shared = run.len() > 1 && head_of(run[0]).is_some();
        if shared && runs.len() > 1 {
            let own: Vec<String> = items.drain(before..).collect();
            items.push(joined(grammar.and, &own));
        }
    }
    // A last group with a conjunction of its own follows behind a comma: «А и Б области, области В и Г».
    let closed = runs.len() > 1 && runs.last().is_some_and(|run| run.len() > 1 && head_of(run[0]).is_some());
    Ok(if closed { vec![items.join(", ")] } else { items })
}

/// Joins items with a conjunction before the last: `A, B и C`; one that is a mark stands behind no space.
pub(super) fn joined(and: &str, items: &[String]) -> String {
    let gap = if and.starts_with(char::is_alphanumeric) { " " } else { "" };
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => [first.join(", ").as_str(), gap, and, " ", last].concat(),
    }
}

fn push_run(items: &mut Vec<String>, head: &Head, forms: &[Cow<'_, str>], case: Case) {
    let plural = (head.plural)(case);
    for (i, form) in forms.iter().enumerate() {
        let own = if head.first { form.split_once(' ').map(|s| s.1) } else { form.rsplit_once(' ').map(|s| s.0) };
        let own = own.unwrap_or(form);
        items.push(match head.first {
            true if i == 0 => format!("{plural} {own}"),
            false if i + 1 == forms.len() => format!("{own} {plural}"),
            true | false => own.to_owned(),
        });
    }
}
