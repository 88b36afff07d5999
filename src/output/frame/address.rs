//! Address: where a link or a file named in a frame leads, as a browser reads it.

/// Says whether what is loaded from an address stands neither in the report nor in the address itself.
pub(super) fn loads_from_elsewhere(address: &str) -> bool {
    let address = meant(address);
    let is_host = |text: &str| text.strip_prefix(['/', '\\']).is_some_and(|rest| rest.starts_with(['/', '\\']));
    is_host(&address) || scheme(&address).is_some_and(|scheme| scheme != "data")
}

/// Says whether a link leads to a page on the web, a mailbox, or a place in the report.
pub(super) fn is_page(address: &str) -> bool {
    scheme(&meant(address)).is_none_or(|scheme| ["http", "https", "mailto"].contains(&scheme.as_str()))
}

/// Returns what stands before the colon, in small letters; nothing for an address within the report. What cannot be
/// read as a browser would is a scheme that nobody knows.
fn scheme(address: &str) -> Option<String> {
    let front = address.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    match front.split_once(':') {
        Some((scheme, _)) => Some(scheme.to_ascii_lowercase()),
        None => front.contains('&').then(|| front.to_owned()),
    }
}

/// What browsers pass over in an address: white space and control characters.
fn meant(address: &str) -> String {
    address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

/// The references to characters that an address may need, or that hide where it leads.
const REFERENCES: [(&str, char); 14] = [
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("lt", '<'),
    ("gt", '>'),
    ("colon", ':'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("sol", '/'),
    ("bsol", '\\'),
    ("num", '#'),
    ("quest", '?'),
    ("lpar", '('),
    ("commat", '@'),
];

/// Writes out the references to characters of an attribute's value; one that is not known stays.
pub(super) fn resolved(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let (c, behind) = reference(after).unwrap_or(('&', after));
        text.push(c);
        rest = behind;
    }
    text.push_str(rest);
    text
}

/// Reads a reference behind its `&`: what it stands for, and what follows.
fn reference(after: &str) -> Option<(char, &str)> {
    let Some(number) = after.strip_prefix('#') else {
        let (name, behind) = after.split_once(';').filter(|(name, _)| name.len() < 10)?;
        return REFERENCES.iter().find(|(known, _)| *known == name).map(|(_, c)| (*c, behind));
    };
    let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
    let length = digits.bytes().take_while(|byte| (*byte as char).is_digit(radix)).count();
    let significant = digits[..length].trim_start_matches('0');
    let c = match significant.len() {
        _ if length == 0 => return None,
        0..8 => u32::from_str_radix(significant, radix).ok().and_then(char::from_u32),
        _ => None,
    };
    let behind = &digits[length..];
    Some((c.unwrap_or(char::REPLACEMENT_CHARACTER), behind.strip_prefix(';').unwrap_or(behind)))
}
