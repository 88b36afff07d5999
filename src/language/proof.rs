//! Proof: what is wrong in a finished text, found by reading it as a proof-reader does.

use std::ops::Range;

use super::{Lang, Language, NBSP, Sense, noun_ru, proof_kk, proof_ru, ru, suffix_kk};

/// A kind of mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A passage in another language.
    Untranslated,
    /// Letters of two scripts in one word.
    MixedScript,
    /// A Kazakh ending that does not fit how the number is read.
    Ending,
    /// A noun that does not agree with its number.
    Plural,
    /// A case that a preposition, a postposition or a verb does not govern.
    Government,
    /// An adjective or a verb that does not agree with its noun or number.
    Agreement,
    /// A word that says the other way than the numbers beside it.
    Direction,
    /// A straight quotation mark, a hyphen for a dash, a quotation mark without its other.
    Typography,
    /// An ASCII hyphen as a minus sign or as a dash between numbers.
    Hyphen,
    /// A place between a number and its unit where the line may break.
    NoBreak,
    /// A balance below zero that grows or falls.
    Growth,
    /// A share whose change is told in per cent.
    Points,
    /// A word twice in a row.
    DoubledWord,
    /// A space too many.
    Spaces,
}

/// A mistake and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its kind.
    pub fault: Fault,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub hint: String,
}

/// A finished passage: its words and which of its numbers are below zero.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// The text as a reader sees it. What must not be read stands as one [`HIDDEN`].
    pub text: String,
    /// The bytes of the numbers below zero.
    pub negative: Vec<Range<usize>>,
    /// The bytes of the numbers that are changes, and whether each is a rise.
    pub changes: Vec<(Range<usize>, bool)>,
}

/// Stands for code, citations and exempt passages.
pub const HIDDEN: char = '\u{fffc}';

/// Russian words that no Kazakh sentence holds; words that Kazakh has as well are not among them.
const RUSSIAN: [&str; 40] = [
    "и",
    "в",
    "с",
    "к",
    "о",
    "по",
    "для",
    "что",
    "при",
    "об",
    "или",
    "как",
    "это",
    "также",
    "году",
    "года",
    "лет",
    "был",
    "была",
    "было",
    "были",
    "составил",
    "составила",
    "составило",
    "составили",
    "между",
    "который",
    "которая",
    "которое",
    "которые",
    "более",
    "менее",
    "чем",
    "населения",
    "области",
    "областей",
    "из-за",
    "однако",
    "чтобы",
    "если",
];

/// Letters that Kazakh has and Russian has not.
pub(super) const KAZAKH: [char; 9] = ['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'і'];

/// Headings and names that are the same in both languages.
const SAME_IN_BOTH: &str = "диаграмма график карта индекс медиана дисперсия минимум максимум квота глоссарий рейтинг млн млрд алматы астана \
     шымкент павлодар миграция формула файл лицензия термин динамика структура коэффициент тенденция статистика агент бюро сальдо х";

impl Language {
    /// Reads a passage and returns what is wrong in it, in the order of the text.
    pub fn proofread(&self, passage: &Passage) -> Vec<Finding> {
        let mut found = Vec::new();
        let text = passage.text.as_str();
        let words = words(text);
        let foreign = untranslated(self.lang, text, &mut found);
        let whole = found.len();
        let strange = match self.lang {
            Lang::En => text.contains(is_cyrillic),
            Lang::Other(_) => false,
            Lang::Ru | Lang::Kk => text.contains(|c| is_latin(c) || ['\u{450}', '\u{45d}'].contains(&c)),
        };
        if strange {
            mixed(self.lang, text, &words, &mut found);
        }
        doubled(text, &words, &mut found);
        hyphens(text, &mut found);
        breaks(self.lang, text, &mut found);
        spaces(text, &mut found);
        match self.lang {
            Lang::Kk => found.extend(suffix_kk::misfits_in(text).into_iter().map(|(span, wrong, right)| Finding {
                fault: Fault::Ending,
                message: format!("`{wrong}` has not the ending of how it is read"),
                hint: right.map_or_else(
                    || "write it with `case`".to_owned(),
                    |right| format!("write `{right}`, or use `case`"),
                ),
                span,
            })),
            Lang::Ru => {
                plurals(self, text, &words, &mut found);
                proof_ru::read(self, text, &words, &mut found);
            }
            Lang::En | Lang::Other(_) => {}
        }
        if self.lang == Lang::Kk {
            proof_kk::read(self, text, &words, &mut found);
        }
        if matches!(self.lang, Lang::Ru | Lang::Kk) {
            typography(text, &mut found);
        }
        if text.contains(|c: char| c.is_ascii_digit()) {
            for clause in clauses(text) {
                direction(self, passage, clause, &mut found);
            }
        }
        if self.lang == Lang::Ru {
            for (span, word) in words.iter().filter(|(_, word)| word.chars().all(char::is_lowercase)) {
                let quoted = text[..span.start].matches('«').count() > text[..span.start].matches('»').count();
                if word.contains(KAZAKH) && !quoted && words.len() > 2 {
                    found.push(Finding {
                        fault: Fault::Untranslated,
                        span: span.clone(),
                        message: format!("`{word}` is a Kazakh word in a Russian sentence"),
                        hint: "translate it, or put a name into quotation marks".to_owned(),
                    });
                }
            }
        }
        // Most passages speak of no balance and print no per cent.
        let balances = ["альдо", "айырымы", "alance", "igration"].iter().any(|word| text.contains(word));
        let shares_told = text.contains('%');
        if balances || shares_told {
            for clause in clauses(text) {
                if balances {
                    growth(self.lang, passage, clause.clone(), &mut found);
                }
                if shares_told && text[clause.clone()].contains('%') {
                    shares(self.lang, text, clause, &mut found);
                }
            }
        }
        // A sentence of another language has no mistakes of this one.
        let mut at = 0;
        found.retain(|finding| {
            at += 1;
            at <= whole || !foreign.iter().any(|sentence| sentence.contains(&finding.span.start))
        });
        found.sort_by_key(|finding| (finding.span.start, finding.fault));
        found
    }
}

/// Returns true for two short texts of which one was left as the other language has it.
pub fn is_left_over(russian: &str, kazakh: &str) -> bool {
    let cyrillic = russian.chars().any(is_cyrillic);
    let known = |text: &str| {
        let same: Vec<&str> = SAME_IN_BOTH.split_whitespace().collect();
        words(text).iter().all(|(_, word)| same.contains(&word.to_lowercase().as_str()))
    };
    let kazakh_letters = russian.to_lowercase().contains(KAZAKH);
    russian == kazakh && cyrillic && !kazakh_letters && !known(russian)
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic() || ('\u{c0}'..='\u{2af}').contains(&letter) && letter.is_alphabetic()
}

/// Returns true for a letter. Those that nearly all texts here are written in need no tables of Unicode.
fn is_letter(letter: char) -> bool {
    let own = letter.is_ascii_alphabetic() || matches!(letter, '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}');
    own || !letter.is_ascii() && letter.is_alphabetic()
}

/// Returns the words with their bytes.
fn words(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_letter(letter)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.push((from..at, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Splits a text at its full stops, leaving the stops of abbreviations, behind which no capital follows.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().filter(|(_, sign)| ".!?;:\n".contains(*sign)) {
        let rest = &text[at + sign.len_utf8()..];
        let next = rest.trim_start_matches([' ', '\n', HIDDEN]).chars().next();
        let gap = rest.starts_with([' ', '\n']) || rest.is_empty() || sign == '\n' && found.is_empty();
        if gap && (sign != '.' || next.is_none_or(|c| c.is_uppercase() || c == '«' || c.is_ascii_digit())) {
            found.push(start..at);
            start = at + sign.len_utf8();
        }
    }
    found.push(start..text.len());
    found
}

/// Splits a text into clauses: at stops, and at commas behind which a space follows.
pub(super) fn clauses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().filter(|(_, sign)| ".!?;:,()–\n".contains(*sign)) {
        let rest = &text[at + sign.len_utf8()..];
        if rest.starts_with([' ', '\n']) || rest.is_empty() || "()".contains(sign) {
            found.push(start..at);
            start = at + sign.len_utf8();
        }
    }
    found.push(start..text.len());
    found
}

/// Finds sentences of four words and more that are in another language, and returns where they stand.
fn untranslated(lang: Lang, text: &str, found: &mut Vec<Finding>) -> Vec<Range<usize>> {
    let mut foreign = Vec::new();
    for sentence in sentences(text) {
        let part = &text[sentence.clone()];
        // What is quoted may be a foreign name.
        let own = without_quotes(part);
        let list = words(&own);
        if list.len() < 4 {
            continue;
        }
        let small = own.to_lowercase();
        let lower: Vec<&str> = words(&small).into_iter().map(|(_, word)| word).collect();
        let latin = lower.iter().filter(|word| word.chars().all(is_latin) && word.len() > 1).count();
        let kazakh = lower.iter().filter(|word| word.contains(KAZAKH)).count();
        let russian = lower.iter().filter(|word| RUSSIAN.contains(word)).count();
        let other = match lang {
            Lang::Kk if latin * 2 > list.len() => Some("English"),
            Lang::Ru if latin * 2 > list.len() => Some("English"),
            // One Russian word may be a label; two, or a sentence without one Kazakh letter, are Russian.
            Lang::Kk if kazakh == 0 && russian > 0 || russian * 6 > list.len() && russian > 1 => Some("Russian"),
            Lang::Ru if kazakh * 3 > list.len() && russian == 0 => Some("Kazakh"),
            Lang::En if lower.iter().filter(|word| word.chars().any(is_cyrillic)).count() * 2 > list.len() => {
                Some("Russian or Kazakh")
            }
            _ => None,
        };
        if let Some(other) = other {
            let (first, _) = &list[0];
            let word = &own[first.clone()];
            let start = sentence.start + part.find(word).unwrap_or(0);
            found.push(Finding {
                fault: Fault::Untranslated,
                span: start..start + word.len(),
                message: format!("the sentence that begins with `{word}` reads as {other}"),
                hint: "translate it, or exempt it: {% call exempt(\"reason\") %}…{% endcall %}".to_owned(),
            });
            foreign.push(sentence);
        }
    }
    foreign
}

fn without_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for letter in text.chars() {
        match letter {
            '«' | '„' => depth += 1,
            '»' => depth = depth.saturating_sub(1),
            '“' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

/// Finds words that mix Latin and Cyrillic letters, and single Latin letters that look like a Russian word.
fn mixed(lang: Lang, text: &str, words: &[(Range<usize>, &str)], found: &mut Vec<Finding>) {
    for (i, (span, word)) in words.iter().enumerate() {
        let latin: String = word.chars().filter(|c| is_latin(*c)).collect();
        let odd: String = word.chars().filter(|c| ['\u{450}', '\u{45d}'].contains(c)).collect();
        let both = !latin.is_empty() && word.chars().any(is_cyrillic);
        let beside = |other: Option<&(Range<usize>, &str)>| {
            other.is_some_and(|(at, word)| {
                let gap = if at.start < span.start { &text[at.end..span.start] } else { &text[span.end..at.start] };
                gap == " " && word.chars().all(is_cyrillic)
            })
        };
        let alone = lang == Lang::Ru
            && ["a", "c", "o", "y"].contains(word)
            && beside(i.checked_sub(1).and_then(|before| words.get(before)))
            && beside(words.get(i + 1));
        let culprit = if both || alone { latin } else { odd };
        if !culprit.is_empty() {
            found.push(Finding {
                fault: Fault::MixedScript,
                span: span.clone(),
                message: format!(
                    "`{word}` mixes scripts: `{culprit}` {}",
                    if both || alone { "is Latin" } else { "is no letter of this language" }
                ),
                hint: "type the word with the letters of its language".to_owned(),
            });
        }
    }
}

/// Finds a word that stands twice.
fn doubled(text: &str, words: &[(Range<usize>, &str)], found: &mut Vec<Finding>) {
    for pair in words.windows(2) {
        let [(first, a), (second, b)] = pair else { continue };
        if !a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase)) {
            continue;
        }
        let gap = &text[first.end..second.start];
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        // A name may be the same as the one before it: «Ли Ли».
        let initial = capital(a) && capital(b);
        let joined = text[..first.start].ends_with('-') || text[second.end..].starts_with('-');
        if !gap.is_empty() && gap.chars().all(char::is_whitespace) && !initial && !joined {
            found.push(Finding {
                fault: Fault::DoubledWord,
                span: second.clone(),
                message: format!("`{b}` stands twice"),
                hint: "strike one of them out".to_owned(),
            });
        }
    }
}

/// Finds ASCII hyphens between digits and before them.
fn hyphens(text: &str, found: &mut Vec<Finding>) {
    for (at, _) in text.match_indices('-') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (last, next) = (before.chars().next_back(), after.chars().next());
        let apart = before.trim_end_matches([' ', NBSP]);
        let between = digit(apart.chars().next_back()) && digit(after.trim_start_matches([' ', NBSP]).chars().next());
        let spaced = apart.len() < before.len() && after.starts_with([' ', NBSP]) || digit(last) && digit(next);
        let minus = digit(next) && last.is_none_or(|c| c.is_whitespace() || c == NBSP || "(«–[".contains(c));
        if between && spaced || minus {
            let (message, hint) = if minus {
                ("an ASCII hyphen stands for a minus sign", "write −, or quote the number")
            } else {
                ("an ASCII hyphen stands between numbers", "write – between numbers")
            };
            found.push(Finding {
                fault: Fault::Hyphen,
                span: at..at + 1,
                message: message.to_owned(),
                hint: hint.to_owned(),
            });
        }
    }
}

const UNITS_RU: [&str; 17] = [
    "%",
    "‰",
    "г.",
    "гг.",
    "тыс.",
    "млн",
    "млрд",
    "трлн",
    "чел.",
    "п.",
    "человек",
    "человека",
    "человеку",
    "человеком",
    "тенге",
    "млн.",
    "млрд.",
];
const UNITS_KK: [&str; 13] =
    ["%", "‰", "ж.", "жж.", "мың", "млн", "млрд", "трлн", "п.", "теңге", "адам", "адамды", "адамға"];

/// Finds plain spaces between a number and its unit, and behind № and the abbreviations of exhibits.
fn breaks(lang: Lang, text: &str, found: &mut Vec<Finding>) {
    let units: &[&str] = match lang {
        Lang::Ru => &UNITS_RU,
        Lang::Kk => &UNITS_KK,
        Lang::En | Lang::Other(_) => &["%", "‰"],
    };
    let labels: &[&str] = match lang {
        Lang::Ru => &["№", "рис.", "табл.", "Рис.", "Табл.", "с.", "С.", "ст."],
        Lang::Kk => &["№"],
        Lang::En => &["No.", "Fig.", "p."],
        Lang::Other(_) => &[],
    };
    for (at, _) in text.match_indices([' ', '\n']) {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let digit = |c: char| c.is_ascii_digit();
        if !before.ends_with(digit) && !after.starts_with(digit) && !before.ends_with("п.") {
            continue;
        }
        let next = after.split([' ', '\n', NBSP, ',', ';', ')', ':', HIDDEN]).next().unwrap_or_default();
        let next = if units.contains(&next) { next } else { next.trim_end_matches('.') };
        let last = before.rsplit([' ', '\n', NBSP, '(', HIDDEN]).next().unwrap_or_default();
        let counted = before.ends_with(digit) && unit_at(next, units);
        let labelled = labels.contains(&last) && after.starts_with(digit);
        let points = last == "п."
            && (next.starts_with("п.") || next.starts_with("т.") && lang == Lang::Kk)
            && before.trim_end_matches("п.").ends_with([' ', NBSP]);
        if counted || labelled || points {
            let start = before.len() - last.len();
            found.push(Finding {
                fault: Fault::NoBreak,
                span: if counted { at + 1..at + 1 + next.len() } else { start..at },
                message: format!(
                    "the line may break between `{last}` and `{}`",
                    if next.is_empty() { after } else { next }
                ),
                hint: "put a no-break space (U+00A0) there".to_owned(),
            });
        }
    }
}

fn unit_at(word: &str, units: &[&str]) -> bool {
    let bare = word.trim_end_matches('.');
    units.iter().any(|unit| word == *unit || bare == *unit && !unit.ends_with('.'))
        // A sign may bear an ending.
        || word.starts_with(['%', '‰'])
}

/// Finds straight quotation marks, hyphens for dashes, and quotation marks without their other.
fn typography(text: &str, found: &mut Vec<Finding>) {
    let mut add = |span: Range<usize>, message: &str, hint: &str| {
        found.push(Finding { fault: Fault::Typography, span, message: message.to_owned(), hint: hint.to_owned() });
    };
    for (at, _) in text.match_indices('"') {
        add(at..at + 1, "a straight quotation mark", "write «…», and „…“ inside");
    }
    for (at, _) in text.match_indices('-') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let (left, right) = (before.trim_end_matches([' ', NBSP]), after.trim_start_matches([' ', NBSP]));
        let spaced = (left.len() < before.len(), right.len() < after.len());
        let digits = left.ends_with(|c: char| c.is_ascii_digit()) && right.starts_with(|c: char| c.is_ascii_digit());
        let inner = left.ends_with(|c: char| is_letter(c) || c.is_ascii_digit() || "»)%.,".contains(c))
            && right.starts_with(|c: char| is_letter(c) || c.is_ascii_digit() || "«(".contains(c));
        if spaced == (true, true) && inner && !digits {
            add(at..at + 1, "a hyphen stands for a dash", "write – between spaces");
        } else if after.starts_with('-') {
            add(at..at + 2, "two hyphens stand for a dash", "write –");
        }
    }
    let mut open: Option<usize> = None;
    for (at, mark) in text.char_indices().filter(|(_, c)| ['«', '»'].contains(c)) {
        match (mark, open) {
            ('«', _) => open = Some(at),
            (_, Some(_)) => open = None,
            (_, None) => {
                add(at..at + mark.len_utf8(), "a quotation mark closes what none opens", "open it, or strike it out")
            }
        }
    }
    if let Some(at) = open {
        add(at..at + '«'.len_utf8(), "a quotation mark is not closed", "close it");
    }
}

/// Finds a clause whose verb says the other way than its numbers: «вырос с 5 до 3», «вырос на −5», or over a fall.
fn direction(language: &Language, passage: &Passage, clause: Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[clause.clone()];
    let (up, down): (&[&str], &[&str]) = match language.lang {
        Lang::Ru => (
            &["вырос", "возрос", "увеличил", "повысил", "поднял", "прибавил"],
            &["снизил", "сократил", "уменьшил", "упал", "опустил", "убавил"],
        ),
        Lang::Kk => (&["өсті", "артты", "көбейді", "ұлғайды"], &["төмендеді", "азайды", "кеміді", "қысқарды"]),
        Lang::En | Lang::Other(_) => return,
    };
    let list = words(text);
    let says = |stems: &[&str]| {
        list.iter()
            .find(|(_, word)| stems.iter().any(|stem| word.to_lowercase().starts_with(stem)))
            .map(|(at, _)| at.clone())
    };
    let (verb, rises) = match (says(up), says(down)) {
        (Some(verb), None) => (verb, true),
        (None, Some(verb)) => (verb, false),
        _ => return,
    };
    let turned = list.iter().any(|(_, word)| {
        let lower = word.to_lowercase();
        let loss = ["убыл", "отток", "потер", "кему", "дефицит", "сальдо"].iter().any(|stem| lower.starts_with(stem));
        loss || language.lang.sense(&lower) == Some(Sense::Turned)
    });
    if turned {
        return;
    }
    let said: Vec<bool> = passage
        .changes
        .iter()
        .filter(|(at, _)| clause.start <= at.start && at.end <= clause.end)
        .map(|(_, rise)| *rise)
        .collect();
    let over_data = said.len() == 1 && said[0] != rises;
    let over_ends = ends(language, text).is_some_and(|(from, to)| if rises { from > to } else { from < to });
    let below = language.lang == Lang::Ru
        && text[verb.end..]
            .trim_start_matches([' ', NBSP])
            .strip_prefix("на")
            .is_some_and(|rest| rest.trim_start_matches([' ', NBSP]).starts_with('\u{2212}'));
    if over_data || over_ends || below {
        found.push(Finding {
            fault: Fault::Direction,
            span: clause.start + verb.start..clause.start + verb.end,
            message: format!("`{}` says the other way than the number beside it", &text[verb]),
            hint: "use change(), which picks the verb by the data".to_owned(),
        });
    }
}

/// Returns the two ends of a change that a clause prints, where both have one scale word.
fn ends(language: &Language, text: &str) -> Option<(f64, f64)> {
    // A number at the beginning of a text, with what follows it.
    let number = |text: &str| {
        let minus = text.starts_with('\u{2212}');
        let digits = text.trim_start_matches('\u{2212}');
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != NBSP && c != ',').unwrap_or(digits.len());
        let value = language.read(digits[..end].trim_matches([NBSP, ',']))?;
        // From year to year is no change.
        if value.fraction.is_empty()
            && digits[..end].trim_matches([NBSP, ',']).len() == 4
            && ("1800".."2100").contains(&value.whole.as_str())
        {
            return None;
        }
        let plain: f64 = format!("{}.{}", value.whole, value.fraction).parse().ok()?;
        let rest = digits[end..].trim_start_matches([NBSP, ' ']);
        let scale = ["тыс", "млн", "млрд", "трлн", "мың"].into_iter().find(|scale| rest.starts_with(scale));
        Some((if minus { -plain } else { plain }, scale))
    };
    let ((from, first), (to, second)) = match language.lang {
        Lang::Ru => {
            let at = text.match_indices(" до ").find_map(|(at, _)| Some((at, number(&text[at + " до ".len()..])?)));
            let (at, to) = at?;
            let from = [" с ", " со ", " от "].iter().filter_map(|word| {
                let start = text[..at].rfind(word)? + word.len();
                Some((start, number(&text[start..at])?))
            });
            // The nearest one begins what ends here.
            (from.max_by_key(|(start, _)| *start)?.1, to)
        }
        Lang::Kk => {
            let until = text.find("дейін")?;
            let before = text[..until].trim_end_matches([' ', NBSP]);
            let starts: Vec<usize> = before
                .char_indices()
                .filter(|(at, c)| {
                    let last = before[..*at].chars().next_back();
                    c.is_ascii_digit() && last.is_none_or(|c| !c.is_ascii_digit() && c != NBSP && c != ',')
                })
                .map(|(at, _)| if before[..at].ends_with('\u{2212}') { at - '\u{2212}'.len_utf8() } else { at })
                .collect();
            // «20 өңірдің 5-інде 2013 жылдан 2023 жылға дейін»: years end no change, and 20 is not where 5 began.
            let [.., from, to] = starts.as_slice() else { return None };
            let ablative = |(_, word): &(Range<usize>, &str)| {
                ["дан", "ден", "тан", "тен", "нан", "нен"].iter().any(|ending| word.ends_with(ending))
            };
            if !words(&before[*from..*to]).iter().any(ablative) {
                return None;
            }
            (number(&before[*from..])?, number(&before[*to..])?)
        }
        Lang::En | Lang::Other(_) => return None,
    };
    // «с 980 до 1 200 тыс.»: the scale word is said once.
    (first == second || first.is_none()).then_some((from, to)).filter(|_| first == second || second.is_some())
}

/// Finds two spaces in a row, and a space before a stop.
fn spaces(text: &str, found: &mut Vec<Finding>) {
    let blank = |c: char| c == ' ' || c == NBSP || c == '\t';
    let mut at = 0;
    while let Some(start) = text[at..].find(blank).map(|i| at + i) {
        let end = text[start..].find(|c| !blank(c)).map_or(text.len(), |i| start + i);
        let inner = start > 0 && end < text.len() && !text[..start].ends_with('\n') && !text[end..].starts_with('\n');
        let count = text[start..end].chars().count();
        let stop = text[end..].starts_with([',', ';', ':', '!', '?', ')', '»'])
            || text[end..].starts_with('.') && !text[end..].starts_with("...");
        let opened = text[..start].ends_with(['(', '«']);
        if inner && (count > 1 || stop || opened) {
            let message = match (count, stop) {
                (2.., _) => format!("{count} spaces stand in a row"),
                (_, true) => "a space stands before a sign that closes".to_owned(),
                _ => "a space stands behind a sign that opens".to_owned(),
            };
            found.push(Finding { fault: Fault::Spaces, span: start..end, message, hint: "strike it out".to_owned() });
        }
        at = end;
    }
}

/// Words in front of a number that is a name and counts nothing: «таблица 2».
const NUMBERED: [&str; 19] = [
    "таблиц",
    "табл",
    "рисун",
    "рис",
    "стать",
    "статей",
    "ст",
    "пункт",
    "глав",
    "раздел",
    "приложени",
    "част",
    "том",
    "вып",
    "формул",
    "редакци",
    "вариант",
    "издани",
    "с",
];

/// Finds Russian nouns that do not agree with the number before them in any case.
fn plurals(language: &Language, text: &str, words: &[(Range<usize>, &str)], found: &mut Vec<Finding>) {
    for (i, (span, word)) in words.iter().enumerate() {
        let before = text[..span.start].strip_suffix([' ', NBSP, '\n']);
        let Some(before) = before else { continue };
        let (digits, scaled) = match ["тыс.", "млн", "млрд", "трлн"].iter().find_map(|scale| before.strip_suffix(scale))
        {
            Some(rest) => (rest.trim_end_matches([' ', NBSP]), true),
            None => (before, false),
        };
        let start = digits
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_ascii_digit() || [',', NBSP, '\u{202f}'].contains(c))
            .last()
            .map(|(at, _)| at);
        let Some(start) = start else { continue };
        let number = digits[start..].trim_start_matches([NBSP, ',', '\u{202f}']);
        let Some(value) = language.read(number).filter(|_| !number.is_empty()) else { continue };
        let year =
            number.len() == 4 && value.fraction.is_empty() && (1800..=2100).contains(&value.whole.parse().unwrap_or(0));
        // The word that names what the number numbers.
        let first = text.len() - text[start..].len();
        let named = words[..i].iter().rev().find(|(at, _)| at.end <= first).is_some_and(|(at, word)| {
            let lower = word.to_lowercase();
            let close = text[at.end..first].trim_matches(['.', ' ', NBSP, '№']).is_empty();
            close && NUMBERED.iter().any(|stem| lower == *stem || stem.chars().count() > 3 && lower.starts_with(stem))
        });
        if year || named {
            continue;
        }
        let count = if scaled { ru::Count::Round } else { ru::Count::of(&value) };
        if let Some(right) = noun_ru::misfit(word, count, language.own.russian.iter()) {
            found.push(Finding {
                fault: Fault::Plural,
                span: span.clone(),
                message: format!("`{word}` does not agree with {number}"),
                hint: format!("write `{right}`, or use `noun`"),
            });
        }
    }
}

const GROWS_RU: [&str; 12] = [
    "увеличил",
    "вырос",
    "возрос",
    "снизил",
    "сократил",
    "уменьшил",
    "повысил",
    "упал",
    "рос",
    "растёт",
    "снижа",
    "уменьша",
];
const GROWS_KK: [&str; 10] =
    ["өсті", "артты", "көбейді", "төмендеді", "азайды", "кеміді", "қысқарды", "ұлғайды", "өскен", "азайған"];
const GROWS_EN: [&str; 8] = ["grew", "rose", "increased", "fell", "decreased", "declined", "shrank", "dropped"];

/// Finds a clause in which a balance below zero grows or falls.
fn growth(lang: Lang, passage: &Passage, clause: Range<usize>, found: &mut Vec<Finding>) {
    let text = &passage.text[clause.clone()];
    let list = words(text);
    let lower: Vec<String> = list.iter().map(|(_, word)| word.to_lowercase()).collect();
    let subject = |word: &str| match lang {
        Lang::Ru => word == "сальдо",
        Lang::Kk => word == "сальдо" || word == "сальдосы" || word == "айырымы",
        Lang::En => word == "migration" || word == "balance",
        Lang::Other(_) => false,
    };
    let verbs: &[&str] = match lang {
        Lang::Ru => &GROWS_RU,
        Lang::Kk => &GROWS_KK,
        Lang::En => &GROWS_EN,
        Lang::Other(_) => &[],
    };
    let Some(balance) = lower.iter().position(|word| subject(word)) else { return };
    // In Russian the verb of «сальдо» is neuter or has no gender.
    let agrees = |word: &str| {
        lang != Lang::Ru
            || word.ends_with("ось")
            || word.ends_with("ло")
            || word.ends_with("т")
            || word.ends_with("тся")
    };
    let verb = lower.iter().position(|word| verbs.iter().any(|verb| word.starts_with(verb)) && agrees(word));
    let Some(verb) = verb.filter(|verb| lang == Lang::Ru || *verb > balance) else { return };
    let below = passage.negative.iter().any(|number| clause.start <= number.start && number.end <= clause.end);
    let said = lower.iter().any(|word| ["отрицательн", "теріс", "negative"].iter().any(|stem| word.starts_with(stem)));
    if below || said {
        let span = list[verb].0.clone();
        found.push(Finding {
            fault: Fault::Growth,
            span: clause.start + span.start..clause.start + span.end,
            message: format!("a balance below zero does not say which way it went with `{}`", list[verb].1),
            hint: "use change(), which speaks of the loss, or name both values".to_owned(),
        });
    }
}

/// Finds a clause in which a share changes by per cent instead of percentage points.
fn shares(lang: Lang, text: &str, clause: Range<usize>, found: &mut Vec<Finding>) {
    let part = &text[clause.clone()];
    let list = words(part);
    let lower: Vec<String> = list.iter().map(|(_, word)| word.to_lowercase()).collect();
    let share = lower.iter().position(|word| match lang {
        Lang::Ru => ["доля", "доли", "долю", "доле", "долей", "вес"].contains(&word.as_str()),
        Lang::Kk => word.starts_with("үлес"),
        Lang::En => word == "share" || word == "shares",
        Lang::Other(_) => false,
    });
    let changes: &[&str] = match lang {
        Lang::Ru => &[
            "увеличил",
            "вырос",
            "возрос",
            "снизил",
            "сократил",
            "уменьшил",
            "повысил",
            "упал",
            "рост",
            "увеличен",
            "снижен",
            "сокращен",
            "прирост",
            "повышен",
            "уменьшен",
        ],
        Lang::Kk => &GROWS_KK,
        Lang::En => &GROWS_EN,
        Lang::Other(_) => &[],
    };
    let Some(share) = share else { return };
    let change = lower.iter().position(|word| changes.iter().any(|stem| word.starts_with(stem)));
    let Some(change) = change else { return };
    for (at, _) in part.match_indices('%') {
        let number = part[..at].trim_end_matches([NBSP, ' ']);
        let start = number
            .rfind(|c: char| !(c.is_ascii_digit() || ",.\u{a0}\u{2212}".contains(c)))
            .map_or(0, |i| i + number[i..].chars().next().map_or(1, char::len_utf8));
        let before = part[..start].trim_end_matches([' ', NBSP]);
        let by = match lang {
            Lang::Ru => before.ends_with(" на"),
            Lang::En => before.ends_with(" by"),
            Lang::Other(_) => false,
            Lang::Kk => {
                let after = &part[at + 1..];
                let dative = after.strip_prefix("-ға").or_else(|| after.strip_prefix("-ге"));
                dative.is_some_and(|rest| !rest.trim_start().starts_with("дейін")) && list[change].0.start > at
            }
        };
        // The share stands before the number: «доля … выросла на …».
        if by && number.len() > start && list[share].0.start < start.max(1) {
            found.push(Finding {
                fault: Fault::Points,
                span: clause.start + list[change].0.start..clause.start + list[change].0.end,
                message: "a share changes by percentage points, not by per cent".to_owned(),
                hint: "print the difference with `points`, or use change(…, kind=\"share\")".to_owned(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Style;
    use super::*;

    fn faults(lang: Lang, text: &str) -> Vec<(Fault, String)> {
        let language = Language::new(lang, Style::default(), BTreeMap::new(), BTreeMap::new());
        let text = text.replace('~', "\u{a0}");
        let negative = text.match_indices('−').map(|(at, _)| at..at + 5).collect();
        let passage = Passage { text: text.clone(), negative, changes: Vec::new() };
        language.proofread(&passage).into_iter().map(|f| (f.fault, text[f.span].to_owned())).collect()
    }

    fn clean(lang: Lang, text: &str) {
        assert_eq!(faults(lang, text), [], "{text}");
    }

    fn one(lang: Lang, fault: Fault, at: &str, text: &str) {
        assert_eq!(faults(lang, text), [(fault, at.replace('~', "\u{a0}"))], "{text}");
    }

    #[test]
    fn each_mistake_is_found_once() {
        use Fault::{DoubledWord, Ending, Growth, Hyphen, MixedScript, NoBreak, Plural, Points, Spaces, Untranslated};
        one(Lang::Kk, Untranslated, "Численность", "Численность населения выросла за год.");
        one(Lang::Ru, Untranslated, "Ауыл", "Ауыл халқының саны бір жылда өсті.");
        one(Lang::Ru, Untranslated, "Rural", "Rural net migration was negative.");
        one(Lang::Kk, Untranslated, "Rural", "Rural net migration was negative.");
        one(Lang::Kk, MixedScript, "Жетiсу", "Онда Жетiсу облысы өсті.");
        one(Lang::Ru, MixedScript, "cельского", "Доля cельского населения.");
        one(Lang::Ru, MixedScript, "c", "Рост c начала года.");
        one(Lang::Kk, Ending, "5,8%-ке", "Ол 5,8%-ке өсті.");
        one(Lang::Kk, Ending, "9~344-ға", "Ол 9~344-ға жетті.");
        one(Lang::Kk, Ending, "2,7~млн-ке", "Ол 2,7~млн-ке жетті.");
        one(Lang::Ru, Plural, "регион", "В перечне 5~регион.");
        one(Lang::Ru, Plural, "процентов", "Это 1,5~процентов.");
        one(Lang::Ru, Plural, "человека", "Всего 2,7~млн~человека.");
        one(Lang::Ru, Plural, "областей", "Это 21~областей.");
        one(Lang::Ru, Hyphen, "-", "В 2013-2022~годах.");
        one(Lang::Kk, Hyphen, "-", "Бұл (-5) болды.");
        one(Lang::Ru, NoBreak, "чел.", "Убыль 5~000 чел. за год.");
        one(Lang::Kk, NoBreak, "адам", "Бұл 5~000 адам.");
        one(Lang::Ru, NoBreak, "рис.", "На рис. 3 видно.");
        one(Lang::Ru, Growth, "увеличилось", "Сальдо миграции увеличилось до −66~850~чел.");
        one(Lang::Ru, Growth, "снизилось", "Отрицательное сальдо снизилось.");
        one(Lang::Kk, Growth, "артты", "Көші-қон сальдосы −66~850~адамға дейін артты.");
        one(Lang::Ru, Points, "выросла", "Доля горожан выросла на 5,1% за десять лет.");
        one(Lang::Ru, Points, "Рост", "Рост доли горожан на 5,1%.");
        one(Lang::Kk, Points, "артты", "Қала халқының үлесі 5,1%-ға артты.");
        one(Lang::Ru, DoubledWord, "по", "Рост по по годам.");
        one(Lang::Kk, DoubledWord, "халық", "Ауылдағы халық халық саны.");
        one(Lang::Ru, Spaces, "  ", "Рост  по годам.");
        one(Lang::Kk, Spaces, " ", "Ауыл халқы , қала халқы.");
    }

    #[test]
    fn what_is_right_is_left_alone() {
        clean(Lang::Ru, "В 2022~году и за 2013–2022~гг. доля выросла с 56,1% до 61,2%, на 5,1~п.~п.");
        clean(Lang::Ru, "Сальдо составило −66~850~человек против −39~344~человек.");
        clean(Lang::Ru, "Положительное сальдо выросло до 2~369~человек, в 21~области, в 5~областях, у 21~человека.");
        clean(Lang::Ru, "В таблице 2 регионы стоят по алфавиту; Жетісу, Ұлытау и Абай отделены, SVG-файл.");
        clean(Lang::Ru, "Численность выросла на 5,1%, доля – на 2~п.~п.");
        clean(Lang::Ru, "Более 2~человек и 1,5~раза, 580,6~тыс.~человек, 1~000~человек.");
        clean(Lang::Kk, "Қала халқының үлесі 56,1%-дан 61,2%-ға дейін артты.");
        clean(Lang::Kk, "Көші-қон сальдосы −66~850~адам болды, 1-кестеде 5,8%-ы 2,7~млн-ға жуық.");
        clean(Lang::Kk, "2022~жылы Батыс Қазақстан облысында «Серпін и другие программы» болды.");
        clean(Lang::Kk, "Анализ, динамика, индекс және тренд.");
        clean(Lang::En, "Rural net migration came to −66,850~persons in 2022.");
    }
}
