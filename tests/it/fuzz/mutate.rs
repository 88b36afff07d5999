//! Mutate: one input made of others, by a seed: the same seed and corpus make the same input everywhere.

/// A stream of numbers that looks random and is the same for the same seed (splitmix64).
pub(super) struct Chance(u64);

impl Chance {
    /// Begins a stream.
    pub(super) fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    /// Returns a number below a bound, which is above 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    /// Picks one of a list that is not empty.
    pub(super) fn of<'a, T: ?Sized>(&mut self, list: &'a [impl AsRef<T>]) -> &'a T {
        list[self.below(list.len())].as_ref()
    }
}

/// What has troubled readers of text before.
const HOSTILE: &[&str] = &[
    "\0",
    "\t",
    "\r",
    "\n",
    "\r\n",
    " ",
    "\u{a0}",
    "\u{202f}",
    "\u{feff}",
    "\u{200b}",
    "\u{2028}",
    "\u{301}",
    "\u{e001}",
    "−",
    "–",
    "…",
    "٣",
    "½",
    "²",
    "Ⅳ",
    "ﬁ",
    "ß",
    "İ",
    "Қ",
    "ё",
    "\u{10ffff}",
    "\u{1b}[2J",
    "\"",
    "'",
    "`",
    "\\",
    "/",
    "..",
    "../",
    "&",
    "&#0;",
    "&#x110000;",
    "<",
    "<!--",
    "]]>",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "[",
    "]",
    "(",
    ")",
    "|",
    "||",
    ":",
    "::",
    ",",
    ";",
    "=",
    "==",
    "!=",
    "<=",
    "*",
    "**",
    "^",
    "%",
    "$",
    "#",
    "@",
    "~",
    "+",
    "-",
    "--",
    "!",
    "!!",
    "&a",
    "*a",
    "<<: *a",
    "? ",
    "- ",
    "---\n",
    "...\n",
];

/// Numbers at the edges of what is read and computed.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "00",
    "0,5",
    "0.5",
    ".5",
    "5.",
    "1e5",
    "1e-5",
    "1e400",
    "1e-400",
    "1e999999999",
    "-1e308",
    "NaN",
    "inf",
    "127",
    "128",
    "255",
    "256",
    "1900",
    "9999",
    "10000",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483648",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "1/3",
    "1/0",
    "0.1",
    "99.95",
    "1 000",
    "1,000.5",
    "1.000,5",
    "2020-02-30",
    "2020-13",
    "2020-W54",
    "2020-Q5",
    "0000",
    "-2020",
];

/// The longest input that is made, in bytes.
const LONGEST: usize = 1 << 16;

/// Makes an input of a corpus that is not empty; `words` are those of its language.
pub(super) fn mutated(chance: &mut Chance, corpus: &[Vec<u8>], words: &[String]) -> Vec<u8> {
    let mut bytes: Vec<u8> = chance.of::<[u8]>(corpus).to_vec();
    for _ in 0..=chance.below(4) {
        bytes = step(chance, bytes, corpus, words);
        bytes.truncate(LONGEST);
    }
    bytes
}

/// Changes an input in one way.
fn step(chance: &mut Chance, bytes: Vec<u8>, corpus: &[Vec<u8>], words: &[String]) -> Vec<u8> {
    let (from, to) = span(chance, &bytes);
    let with = |middle: &[u8]| [&bytes[..from], middle, &bytes[to..]].concat();
    match chance.below(13) {
        0 => with(b""),
        1 => with(chance.of::<str>(HOSTILE).as_bytes()),
        2 => [&bytes[..from], chance.of::<str>(HOSTILE).as_bytes(), &bytes[from..]].concat(),
        3 if !words.is_empty() => with(chance.of::<str>(words).as_bytes()),
        4 if !words.is_empty() => [&bytes[..from], chance.of::<str>(words).as_bytes(), &bytes[from..]].concat(),
        5 => with(chance.of::<str>(NUMBERS).as_bytes()),
        // Repeated: a few times as a rule, very often now and then.
        6 => with(&bytes[from..to].repeat(if chance.below(200) == 0 { 3000 } else { 2 + chance.below(3) })),
        7 => bytes[..from].to_vec(),
        8 => {
            let other = chance.of::<[u8]>(corpus);
            let (a, b) = span(chance, other);
            with(&other[a..b])
        }
        9 => {
            let other = chance.of::<[u8]>(corpus);
            let at = chance.below(other.len() + 1);
            [&bytes[..from], &other[at..]].concat()
        }
        10 => number(chance, bytes),
        11 => {
            let (open, close) =
                [("(", ")"), ("[", "]"), ("{", "}"), ("\"", "\""), ("<a>", "</a>"), ("-", "")][chance.below(6)];
            let depth = if chance.below(100) == 0 { 5000 } else { 1 + chance.below(3) };
            [
                &bytes[..from],
                open.repeat(depth).as_bytes(),
                &bytes[from..to],
                close.repeat(depth).as_bytes(),
                &bytes[to..],
            ]
            .concat()
        }
        _ => {
            let mut bytes = bytes;
            if !bytes.is_empty() {
                let at = chance.below(bytes.len());
                bytes[at] =
                    if chance.below(4) == 0 { chance.below(256) as u8 } else { bytes[at] ^ (1 << chance.below(7)) };
            }
            bytes
        }
    }
}

/// Chooses a part: a line, a word or any bytes.
fn span(chance: &mut Chance, bytes: &[u8]) -> (usize, usize) {
    let at = chance.below(bytes.len() + 1);
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80 || b"_.".contains(byte);
    let around = |inside: &dyn Fn(&u8) -> bool| {
        let from = bytes[..at].iter().rposition(|byte| !inside(byte)).map_or(0, |before| before + 1);
        (from, bytes[at..].iter().position(|byte| !inside(byte)).map_or(bytes.len(), |length| at + length))
    };
    match chance.below(4) {
        0 => around(&|byte| *byte != b'\n'),
        1 | 2 => around(&is_word),
        _ => (at, (at + chance.below(20)).min(bytes.len())),
    }
}

/// Puts an edge in the place of a number.
fn number(chance: &mut Chance, bytes: Vec<u8>) -> Vec<u8> {
    let starts: Vec<usize> = (0..bytes.len())
        .filter(|at| {
            bytes[*at].is_ascii_digit() && !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_digit())
        })
        .collect();
    if starts.is_empty() {
        return bytes;
    }
    let from = starts[chance.below(starts.len())];
    let length = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    [&bytes[..from], chance.of::<str>(NUMBERS).as_bytes(), &bytes[from + length..]].concat()
}

/// Returns the words of a corpus, which a mutation may put elsewhere.
pub(super) fn words(corpus: &[Vec<u8>]) -> Vec<String> {
    let mut words: Vec<String> = corpus
        .iter()
        .flat_map(|bytes| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let parts = text.split(|c: char| !(c.is_alphanumeric() || "_.-".contains(c)));
            parts.filter(|word| (2..30).contains(&word.len())).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    words.sort();
    words.dedup();
    words
}
