//! Identifiers: what others give out by rules of their own, each refused where it is read unless it keeps them.

use std::fmt;

use super::Period;

/// Makes a text that keeps a rule a type of its own: what it is called where it does not, the pattern of its schema, its rule.
macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident: $called:literal, $pattern:literal, $rule:expr;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $name(String);

            impl std::ops::Deref for $name {
                type Target = str;

                fn deref(&self) -> &str {
                    &self.0
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(&self.0)
                }
            }

            impl $name {
                /// Takes a text that keeps the rule.
                pub fn parse(text: &str) -> Option<$name> {
                    let rule: fn(&str) -> bool = $rule;
                    rule(text).then(|| $name(text.to_owned()))
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                    let text = String::deserialize(deserializer)?;
                    let wrong = serde::de::Unexpected::Str(&text);
                    $name::parse(&text).ok_or_else(|| serde::de::Error::invalid_value(wrong, &$called))
                }
            }

            impl schemars::JsonSchema for $name {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> std::borrow::Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                    schemars::json_schema!({"type": "string", "pattern": $pattern})
                }
            }
        )*
    };
}

identifiers! {
    /// An identifier of a researcher, whose last sign is made of the others (ISO 7064, MOD 11-2).
    Orcid: "an ORCID iD whose last sign is made of the others, such as 0000-0002-1825-0097",
        r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$", is_orcid;
    /// An address of electronic mail.
    Mail: "an address such as name@example.org", r"^[^@\s]+@[^@\s]+\.[^@\s.]+$", is_mail;
    /// A class of the Journal of Economic Literature.
    Jel: "a class of JEL: a letter and up to two digits, such as J61", r"^[A-Z]\d{0,2}$", is_jel;
    /// A day: year, month, day.
    Day: "a day, such as 2026-11-29", r"^\d{4}-\d{2}-\d{2}$", is_day;
    /// An identifier of a digital object.
    Doi: "a DOI without an address before it, such as 10.4054/DemRes.2013.29.1",
        r"^10\.\d{4,9}(\.\d+)*/\S+$", is_doi;
    /// The code of a language.
    LanguageCode: "the code of a language by ISO 639, such as ru", r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", is_language;
}

impl Default for LanguageCode {
    /// What ISO 639 gives to a language that nobody has determined.
    fn default() -> LanguageCode {
        LanguageCode("und".to_owned())
    }
}

fn is_orcid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let signs: Vec<u8> = groups.concat().into_bytes();
    let [digits @ .., check] = signs.as_slice() else { return false };
    if groups.len() != 4 || groups.iter().any(|group| group.len() != 4) || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum = digits.iter().fold(0, |sum: u32, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    let wanted = match (12 - sum) % 11 {
        10 => b'X',
        digit => b'0' + digit as u8,
    };
    *check == wanted
}

fn is_mail(text: &str) -> bool {
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@');
    let whole = |host: &str| host.contains('.') && host.split('.').all(|label| !label.is_empty());
    text.split_once('@').is_some_and(|(name, host)| plain(name) && plain(host) && whole(host))
}

fn is_jel(text: &str) -> bool {
    let rest = text.strip_prefix(|c: char| c.is_ascii_uppercase());
    rest.is_some_and(|digits| digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn is_day(text: &str) -> bool {
    Period::parse(text).is_some_and(|period| period.day().is_some())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_doi(text: &str) -> bool {
    let number = |giver: &str| giver.strip_prefix("10.").is_some_and(|giver| giver.split('.').all(is_number));
    let known = |giver: &str| number(giver) && giver.len() >= 7;
    text.split_once('/').is_some_and(|(giver, name)| {
        known(giver) && !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let code = parts.next().unwrap_or_default();
    (2..=3).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_its_rule_is_taken_and_nothing_else() {
        let all = |rule: fn(&str) -> bool, right: &[&str], wrong: &[&str]| {
            right.iter().for_each(|text| assert!(rule(text), "{text}"));
            wrong.iter().for_each(|text| assert!(!rule(text), "{text}"));
        };
        all(
            is_orcid,
            &["0000-0002-1825-0097", "0000-0002-1694-233X"],
            &["0000-0002-1825-0098", "0000-0002-1825-009", "0000000218250097", "", "0000-0002-1694-233x"],
        );
        all(
            is_mail,
            &["a.b@example.org", "а@пример.рф"],
            &["a.example.org", "a@b", "a b@c.de", "a@b..c", "@b.c", "a@b@c.d"],
        );
        all(is_jel, &["J", "J6", "J61"], &["", "j61", "J610", "61", "J6x"]);
        all(is_day, &["2026-11-29", "2024-02-29"], &["2026-11", "2025-02-29", "2026-13-01", "29.11.2026", "2026-1-2"]);
        all(
            is_doi,
            &["10.4054/DemRes.2013.29.1", "10.1000.10/123"],
            &["https://doi.org/10.4054/x", "10.4054", "10.40/x", "doi"],
        );
        all(is_language, &["ru", "kk", "kaz", "sr-Latn"], &["", "Russian", "RU", "r", "ru-"]);
    }
}
