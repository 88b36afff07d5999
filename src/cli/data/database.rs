//! Database: any engine with an ADBC driver, where the program was built with the feature `adbc`.

#[cfg(feature = "adbc")]
mod adbc;
#[cfg(not(feature = "adbc"))]
mod without;

#[cfg(feature = "adbc")]
pub(super) use adbc::Session;
#[cfg(not(feature = "adbc"))]
pub(super) use without::Session;

use super::connections::Connection;

/// What is wrong, and what to do.
pub(super) type Trouble = (String, String);

/// Takes out of a message of a driver what it repeats of the connection, which may hold a password.
#[cfg(any(feature = "adbc", test))]
fn redacted(connection: &Connection, message: &str) -> String {
    let mut secrets: Vec<String> = connection.options.values().cloned().collect();
    if let Some(uri) = &connection.uri {
        secrets.push(uri.clone());
        // scheme://user:password@host/…?password=…: whatever may be a password, and what stands between.
        let rest = uri.split_once("://").map_or(uri.as_str(), |(_, rest)| rest);
        if let Some((before, _)) = rest.rsplit_once('@') {
            secrets.extend(before.split(':').skip(1).map(str::to_owned));
            secrets.push(before.to_owned());
        }
        secrets.push(rest.to_owned());
        let pairs = uri.split(['?', '&', ' ', ';']).filter_map(|pair| pair.split_once('='));
        secrets.extend(pairs.map(|(_, value)| value.trim_matches('\'').to_owned()));
        // password='two words'
        secrets.extend(uri.split('\'').skip(1).step_by(2).map(str::to_owned));
    }
    // A driver may print what it has decoded.
    let decoded: Vec<String> = secrets.iter().filter_map(|secret| decoded(secret)).collect();
    secrets.extend(decoded);
    secrets.retain(|secret| secret.len() > 2);
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets.iter().fold(message.to_owned(), |message, secret| message.replace(secret.as_str(), "…"))
}

/// Reads a text in which signs stand as `%41`; `None` where there are none.
#[cfg(any(feature = "adbc", test))]
fn decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    let mut is_plain = true;
    for part in parts {
        is_plain = false;
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    if is_plain { None } else { String::from_utf8(bytes).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_message_repeats_a_password() {
        let connection = |uri: &str| Connection {
            uri: Some(uri.to_owned()),
            options: [("auth".to_owned(), "tokentoken".to_owned())].into(),
            ..Connection::default()
        };
        for (uri, message) in [
            ("postgresql://me:s3cret@h/db", "cannot parse postgresql://me:s3cret@h/db"),
            ("postgresql://me:s3cret@h/db", "user me with s3cret was refused"),
            ("postgresql://me:p@ss:w@h/db", "cannot parse me:p@ss:w"),
            ("host=h password='s3 cret' user=me", "invalid: host=h password='s3 cret' user=me"),
            ("postgresql://h/db?user=me&password=s3cret", "no s3cret"),
            ("grpc://h", "header tokentoken refused"),
        ] {
            let said = redacted(&connection(uri), message);
            for secret in ["s3", "cret", "p@ss", "tokentoken"] {
                assert!(!said.contains(secret), "{uri}: {said}");
            }
        }
    }
}
