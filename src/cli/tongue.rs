//! Tongue: in which language the terminal is spoken to. No file and no JSON depends on it.

use std::sync::OnceLock;

use crate::diagnostic::{Diagnostic, Frame};
use crate::language::{Lang, texts};

/// The language of messages, once it is chosen.
static TONGUE: OnceLock<Lang> = OnceLock::new();

/// Chooses the language: the one that is asked for, or else that of the terminal where the program speaks it.
pub(super) fn choose(asked: Option<Lang>) {
    let of_terminal = || {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
        let locale = set.into_iter().find(|locale| !locale.is_empty())?;
        Lang::ALL.into_iter().find(|lang| locale.split(['_', '.', '-']).next() == Some(lang.code()))
    };
    let _ = TONGUE.set(asked.or_else(of_terminal).unwrap_or(Lang::En));
}

/// Returns the language that was chosen.
pub(super) fn lang() -> Lang {
    TONGUE.get().copied().unwrap_or(Lang::En)
}

fn text(lang: Lang, key: &str) -> Option<&'static str> {
    texts::own(lang.code(), &format!("messages.{key}"))
}

/// Returns the words around problems.
pub(super) fn frame() -> Frame {
    let lang = lang();
    let own = Frame::default();
    let said = |key: &str, own: String| text(lang, &format!("frame.{key}")).map_or(own, str::to_owned);
    Frame {
        error: said("error", own.error),
        warning: said("warning", own.warning),
        help: said("help", own.help),
        counts: match lang {
            Lang::En => None,
            _ => Some([said("errors", String::new()), said("warnings", String::new())]),
        },
        same: said("same", own.same),
        follow: (lang != Lang::En).then(|| said("follow", String::new())),
    }
}

/// Says problems in the language of messages: those that are met most often whole; of others what their code means stands
/// in front of the advice, and the message as it is.
pub(super) fn said(list: &[Diagnostic]) -> Vec<Diagnostic> {
    let lang = lang();
    let patterns = patterns(lang);
    list.iter().map(|problem| told(problem, lang, &patterns)).collect()
}

/// Lists the patterns of messages, each with what is said instead.
fn patterns(lang: Lang) -> Vec<(String, &'static str)> {
    let pattern = |key: String| {
        let pattern = key.strip_prefix("messages.say.")?.to_owned();
        Some((pattern, texts::own(lang.code(), &key)?))
    };
    texts::keys(lang.code()).filter_map(pattern).collect()
}

fn told(problem: &Diagnostic, lang: Lang, patterns: &[(String, &str)]) -> Diagnostic {
    let mut problem = problem.clone();
    let whole = translated(&problem.message, patterns);
    let hint = problem.hint.as_deref().map(|hint| translated(hint, patterns).unwrap_or_else(|| hint.to_owned()));
    problem.hint = match (&whole, text(lang, &format!("code.{}", problem.code))) {
        (None, Some(meaning)) => Some(hint.map_or_else(|| meaning.to_owned(), |hint| format!("{meaning}\n{hint}"))),
        _ => hint,
    };
    problem.message = whole.unwrap_or(problem.message);
    problem
}

/// Finds the pattern that a message is of, and says it with the same names.
fn translated(message: &str, patterns: &[(String, &str)]) -> Option<String> {
    let (held, said) = patterns.iter().find_map(|(pattern, said)| Some((matched(pattern, message)?, *said)))?;
    let mut parts = said.split("{}");
    let mut out = parts.next()?.to_owned();
    for (name, part) in held.iter().zip(parts) {
        out.push_str(name);
        out.push_str(part);
    }
    Some(out)
}

/// Returns what stands in the places of a pattern.
fn matched<'a>(pattern: &str, message: &'a str) -> Option<Vec<&'a str>> {
    let (first, rest) = pattern.split_once("{}").unwrap_or((pattern, ""));
    let mut left = message.strip_prefix(first)?;
    if !pattern.contains("{}") {
        return left.is_empty().then(Vec::new);
    }
    let mut held = Vec::new();
    let parts: Vec<&str> = rest.split("{}").collect();
    for (at, part) in parts.iter().enumerate() {
        let is_last = at + 1 == parts.len();
        let end = if is_last { left.strip_suffix(part)?.len() } else { left.find(part)? };
        held.push(&left[..end]);
        left = &left[end + part.len()..];
    }
    Some(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{CODES, Place, code};

    #[test]
    fn a_wrong_key_is_told_in_three_languages() {
        let wrong = Diagnostic::error(code::YAML_KEY, Place::line("study.yaml", 3, 1), "unknown key `titel`");
        let wrong = wrong.hint("did you mean `title`?");
        let said = |lang| {
            let told = told(&wrong, lang, &patterns(lang));
            (told.message, told.hint.unwrap_or_default())
        };
        assert_eq!(said(Lang::En), ("unknown key `titel`".into(), "did you mean `title`?".into()));
        assert_eq!(said(Lang::Ru), ("неизвестный ключ `titel`".into(), "возможно, имелось в виду `title`?".into()));
        assert_eq!(said(Lang::Kk), ("белгісіз кілт `titel`".into(), "бәлкім, `title` болар?".into()));
        // What is met seldom keeps its words behind what its code means.
        let rare = Diagnostic::error(code::DATA_EMPTY, Place::file("a.csv"), "holds no rows");
        assert_eq!(told(&rare, Lang::Kk, &patterns(Lang::Kk)).hint.as_deref(), Some("Дерек файлында жол жоқ."));
    }

    #[test]
    fn every_code_and_pattern_is_said_in_every_language() {
        for lang in [Lang::Ru, Lang::Kk] {
            let lacking: Vec<&str> = CODES
                .iter()
                .map(|known| known.code)
                .filter(|code| text(lang, &format!("code.{code}")).is_none())
                .collect();
            assert_eq!(lacking, [""; 0], "{}", lang.code());
            for key in texts::keys(lang.code()).filter(|key| key.starts_with("messages.say.")) {
                let said = texts::own(lang.code(), &key).unwrap_or_default();
                assert_eq!(key.matches("{}").count(), said.matches("{}").count(), "{key}");
                assert!(
                    texts::own(Lang::Ru.code(), &key).is_some() && texts::own(Lang::Kk.code(), &key).is_some(),
                    "{key}"
                );
            }
        }
    }

    #[test]
    fn patterns_hold_what_stands_in_their_places() {
        assert_eq!(matched("lacks `{}`, which {} has", "lacks `a`, which b/c has"), Some(vec!["a", "b/c"]));
        assert_eq!(matched("known here: {}", "known here: a, b"), Some(vec!["a, b"]));
        assert_eq!(matched("expected a number", "expected a number now"), None);
    }
}
