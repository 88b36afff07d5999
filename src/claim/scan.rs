//! Scan: the numbers of a paper's text, each told from years, references, labels and identifiers, with place and phrase.

use super::scan_table;
use super::{Mode, Printed};

/// What a number in a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A quantity: a claim.
    Number,
    /// A year.
    Year,
    /// The number of a source in brackets.
    Reference,
    /// The number of a figure, table, list item, article of a law, page or column.
    Label,
    /// A code: DOI, UDC, a project's cipher, a date in digits.
    Identifier,
    /// A division of an axis.
    Scale,
}

/// A number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub sort: Sort,
    /// The digits as printed, with their sign.
    pub printed: String,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// At most six words around it, with the words that line ends cut in two put together.
    pub phrase: String,
    /// The unit with its scale word, where the text names it.
    pub unit: Option<&'static str>,
    /// How firmly it is said: `about`, `more-than`.
    pub says: Option<&'static str>,
    /// Whether it stands in a row of a table.
    pub in_table: bool,
}

/// A running text with the line that each character came from.
struct Running {
    chars: Vec<char>,
    lines: Vec<usize>,
}

impl Sort {
    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Number => "number",
            Sort::Year => "year",
            Sort::Reference => "reference",
            Sort::Label => "label",
            Sort::Identifier => "identifier",
            Sort::Scale => "scale",
        }
    }
}

impl Found {
    /// Returns the number.
    pub fn number(&self) -> Option<Printed> {
        Printed::parse(&self.printed)
    }

    /// Says whether a value prints so.
    pub fn is_print_of(&self, value: &crate::finding::Amount) -> bool {
        self.number().is_some_and(|printed| Mode::HalfAway.round(value, printed.decimals) == printed.value)
    }
}

/// Finds all numbers of a text, in its order.
pub fn scan(text: &str) -> Vec<Found> {
    let lines: Vec<&str> = text.lines().collect();
    let rows = scan_table::rows(&lines);
    let mut found = Vec::new();
    let mut prose: Vec<(usize, &str)> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        match rows.get(&i) {
            Some(cells) => {
                found.extend(in_prose(&prose));
                prose.clear();
                let phrase = words_of(line).into_iter().take(6).collect::<Vec<_>>().join(" ");
                let sort = if scan_table::is_header(cells) { Sort::Label } else { Sort::Number };
                found.extend(cells.iter().map(|printed| Found {
                    sort,
                    printed: printed.clone(),
                    line: i + 1,
                    phrase: phrase.clone(),
                    unit: None,
                    says: None,
                    in_table: true,
                }));
            }
            None => prose.push((i + 1, line)),
        }
    }
    found.extend(in_prose(&prose));
    axes(&mut found);
    found
}

/// Joins lines: a word cut by a hyphen is put together, a range cut behind its dash too, other ends become spaces.
fn joined(lines: &[(usize, &str)]) -> Running {
    let mut running = Running { chars: Vec::new(), lines: Vec::new() };
    for (number, line) in lines {
        let line = line.trim();
        let mut letters = line.chars().peekable();
        let Some(first) = letters.peek().copied() else { continue };
        let last = running.chars.last().copied();
        let before = running.chars.len().checked_sub(2).map(|at| running.chars[at]);
        let dash = matches!(last, Some('-' | '\u{ad}' | '–'));
        if dash && before.is_some_and(char::is_alphabetic) && first.is_lowercase() {
            running.pop();
        } else if !(dash && before.is_some_and(|c| c.is_ascii_digit()) && first.is_ascii_digit()) && last.is_some() {
            running.push(' ', *number);
        }
        // A number that stands alone on its line is kept apart from its neighbours.
        letters.for_each(|c| running.push(c, *number));
        if line.chars().all(|c| c.is_ascii_digit() || ",.".contains(c)) {
            running.push('\n', *number);
        }
    }
    running
}

impl Running {
    fn push(&mut self, c: char, line: usize) {
        self.chars.push(c);
        self.lines.push(line);
    }
    fn pop(&mut self) {
        self.chars.pop();
        self.lines.pop();
    }
    fn at(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or(' ')
    }
    fn text(&self, from: usize, to: usize) -> String {
        self.chars[from.min(self.chars.len())..to.min(self.chars.len())].iter().collect()
    }
    /// Returns the word before a place, in small letters, and whether only spaces stand between.
    fn word_before(&self, at: usize) -> String {
        let mut end = at;
        while end > 0 && matches!(self.chars[end - 1], ' ' | '\u{a0}' | '\n') {
            end -= 1;
        }
        let mut start = end;
        while start > 0 && (self.chars[start - 1].is_alphabetic() || matches!(self.chars[start - 1], '№' | '.' | ':'))
        {
            start -= 1;
        }
        self.text(start, end).to_lowercase()
    }
    /// Returns what follows a place, from its first letter or sign, in small letters.
    fn after(&self, at: usize) -> String {
        let mut from = at;
        while matches!(self.at(from), ' ' | '\u{a0}' | '\u{202f}') && from < self.chars.len() {
            from += 1;
        }
        self.text(from, from + 24).to_lowercase()
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '‒' | '−')
}

fn in_prose(lines: &[(usize, &str)]) -> Vec<Found> {
    let running = joined(lines);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    let mut behind_range = false;
    while at < running.chars.len() {
        if !running.chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        if at > 0 && (running.chars[at - 1].is_alphabetic() || running.chars[at - 1] == '_') {
            // A mark behind a name, or a cipher.
            let mut end = at;
            while running.at(end).is_alphanumeric() {
                end += 1;
            }
            found.push(make(&running, at, end, Sort::Identifier, false));
            at = end;
            continue;
        }
        if let Some((end, sort)) = cipher(&running, at) {
            found.push(make(&running, at, end, sort, false));
            at = end;
            continue;
        }
        let end = digits(&running, at);
        let signed = !behind_range && has_sign(&running, at);
        let sort = sort(&running, at, end, found.last(), behind_range);
        found.push(make(&running, at, end, sort, signed));
        // A dash between digits makes a range: what follows it has no sign.
        behind_range = is_dash(running.at(end)) && running.at(end + 1).is_ascii_digit();
        // The first year of a range is one because the second is.
        if behind_range && sort == Sort::Number && is_year(&running.text(at, end)) {
            let next = digits(&running, end + 1);
            if is_year(&running.text(end + 1, next))
                && let Some(last) = found.last_mut()
            {
                last.sort = Sort::Year;
            }
        }
        at = if behind_range { end + 1 } else { end };
    }
    found
}

/// Reads a code that only looks like a number: with a slash or several dots in it, or behind a word that announces one.
fn cipher(running: &Running, at: usize) -> Option<(usize, Sort)> {
    let mut end = at;
    while end < running.chars.len() && !running.at(end).is_whitespace() && !is_space(running.at(end)) {
        end += 1;
    }
    let chunk = running.text(at, end);
    let chunk = chunk.trim_end_matches(['.', ',', ';', ':', ')', ']', '%', '»']);
    let dots = chunk.split('.').filter(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit())).count();
    let coded = chunk.contains('/') && chunk.contains('.') || (dots >= 3 && chunk.matches('.').count() >= 2);
    let word = running.word_before(at);
    let announced = ["удк", "гртни", "грнти", "мрнти", "doi", "isbn", "issn", "әож", "ғтахр", "ирн", "№"];
    let announced = announced.iter().any(|known| word.trim_end_matches([':', '.']) == *known);
    // `3 (56)` of an issue: what stands in parentheses behind a code is one too.
    let issue = running.at(at.wrapping_sub(1)) == '('
        && running.text(at.saturating_sub(8), at).contains('№')
        && chunk.chars().all(|c| c.is_ascii_digit());
    (coded || announced || issue).then(|| (at + chunk.chars().count(), Sort::Identifier))
}

/// Finds the end of a number: groups of three digits, a decimal mark with digits.
fn digits(running: &Running, at: usize) -> usize {
    let mut end = at;
    while running.at(end).is_ascii_digit() {
        end += 1;
    }
    let lead = end - at;
    while lead <= 3
        && is_space(running.at(end))
        && (1..=3).all(|i| running.at(end + i).is_ascii_digit())
        && !running.at(end + 4).is_ascii_digit()
        && running.at(at) != '0'
    {
        end += 4;
    }
    if matches!(running.at(end), ',' | '.') && running.at(end + 1).is_ascii_digit() {
        end += 1;
        while running.at(end).is_ascii_digit() {
            end += 1;
        }
    }
    end
}

fn has_sign(running: &Running, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|before| is_dash(running.chars[*before])) else { return false };
    let ahead = before.checked_sub(1).map_or(' ', |ahead| running.chars[ahead]);
    ahead.is_whitespace() || is_space(ahead) || matches!(ahead, '(' | '[' | '«')
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1800..=2100).contains(&year))
}

const PREPOSITIONS: [&str; 22] = [
    "в",
    "с",
    "по",
    "до",
    "за",
    "на",
    "к",
    "от",
    "из",
    "во",
    "со",
    "from",
    "to",
    "in",
    "since",
    "until",
    "by",
    "период",
    "period",
    "жыл",
    "мен",
    "және",
];
const LABELS: [&str; 12] =
    ["рисун", "рис.", "табл", "статья", "статьи", "статье", "figure", "fig.", "table", "пункт", "глав", "бап"];
const MONTHS: [&str; 12] =
    ["январ", "феврал", "март", "апрел", "май", "мае", "июн", "июл", "август", "сентябр", "октябр", "ноябр"];

/// Tells a quantity from a year, a reference and a label.
fn sort(running: &Running, at: usize, end: usize, last: Option<&Found>, behind_range: bool) -> Sort {
    let text = running.text(at, end);
    let (word, after) = (running.word_before(at), running.after(end));
    if in_brackets(running, at, end) {
        return Sort::Reference;
    }
    if is_year(&text) {
        let named = ["г.", "гг", "год", "г ", "ж.", "жж", "жыл", "году", "-й", "-го"];
        let range = is_dash(running.at(end)) && running.at(end + 1).is_ascii_digit();
        let named = named.iter().any(|name| after.starts_with(name)) || after.starts_with("‒ №");
        let second = behind_range && last.is_some_and(|last| last.sort == Sort::Year);
        let led = PREPOSITIONS.contains(&word.as_str()) || word.starts_with("декабр");
        let led = led || MONTHS.iter().any(|month| word.starts_with(month)) && running.at(at - 1) != '(';
        if named || second || (led && !range && unit(&after).is_none()) {
            return Sort::Year;
        }
    }
    let whole = text.chars().all(|c| c.is_ascii_digit());
    let labelled = LABELS.iter().any(|label| word.starts_with(label));
    let kazakh = ["-кесте", "-сурет", "-бап", "-тарау", "-бөлім"].iter().any(|name| after.starts_with(name));
    let item = whole && text.len() <= 2 && running.at(end) == '.' && starts_item(running, at, end);
    let alone = whole && text.len() <= 3 && running.at(end) == '\n';
    if whole && (labelled || kazakh || item || alone) { Sort::Label } else { Sort::Number }
}

/// Says whether `1.` opens an item of a list: it begins a line, and a capital follows.
fn starts_item(running: &Running, at: usize, end: usize) -> bool {
    let opens = at == 0 || running.lines[at] != running.lines.get(at - 2).copied().unwrap_or(0);
    let mut next = end + 1;
    while is_space(running.at(next)) && next < running.chars.len() {
        next += 1;
    }
    opens && running.at(next).is_uppercase()
}

fn in_brackets(running: &Running, at: usize, end: usize) -> bool {
    let inner = |c: char| c.is_ascii_digit() || is_space(c) || is_dash(c) || matches!(c, ',' | ';');
    let mut from = at;
    while from > 0 && inner(running.chars[from - 1]) {
        from -= 1;
    }
    let mut to = end;
    while to < running.chars.len() && inner(running.chars[to]) {
        to += 1;
    }
    from > 0 && running.chars[from - 1] == '[' && running.at(to) == ']'
}

/// Reads the unit that follows a number.
fn unit(after: &str) -> Option<&'static str> {
    let scales = [("тыс", "thousand"), ("мың", "thousand"), ("млн", "million"), ("млрд", "billion")];
    if let Some((word, scale)) = scales.iter().find(|(word, _)| after.starts_with(word)) {
        let rest = after[word.len()..].trim_start_matches(|c: char| !c.is_alphabetic());
        let tenge = rest.starts_with("тенге") || rest.starts_with("теңге");
        return Some(match (*scale, tenge) {
            ("thousand", true) => "thousand-tenge",
            ("thousand", false) => "thousand persons",
            ("million", _) => "million persons",
            _ => "billion persons",
        });
    }
    let units = [
        ("%", "percent"),
        ("процентных пункт", "percentage-points"),
        ("процентного пункт", "percentage-points"),
        ("п.п", "percentage-points"),
        ("п. п", "percentage-points"),
        ("пайыздық тармақ", "percentage-points"),
        ("процент", "percent"),
        ("пайыз", "percent"),
        ("‰", "per-mille"),
        ("промилле", "per-mille"),
        ("чел", "persons"),
        ("адам", "persons"),
        ("человек", "persons"),
        ("раз", "times"),
        ("есе", "times"),
        ("лет", "count"),
        ("регион", "count"),
        ("област", "count"),
        ("город", "count"),
        ("облыс", "count"),
    ];
    units.iter().find(|(word, _)| after.starts_with(word)).map(|(_, unit)| *unit)
}

fn make(running: &Running, at: usize, end: usize, sort: Sort, signed: bool) -> Found {
    let text = running.text(at, end);
    let mut unit = unit(&running.after(end));
    // Of a range, the unit stands behind its second end.
    if unit.is_none() && is_dash(running.at(end)) && running.at(end + 1).is_ascii_digit() {
        unit = self::unit(&running.after(digits(running, end + 1)));
    }
    let word = running.word_before(if signed { at - 1 } else { at });
    let says = match word.as_str() {
        "около" | "примерно" | "приблизительно" | "шамамен" | "жуық" => {
            Some("about")
        }
        "более" | "свыше" | "больше" | "превышает" => Some("more-than"),
        _ => None,
    };
    let says = says.or_else(|| running.after(end).contains("астам").then_some("more-than"));
    Found {
        sort,
        printed: if signed { format!("-{text}") } else { text },
        line: running.lines[at],
        phrase: phrase(running, at, end),
        unit,
        says,
        in_table: false,
    }
}

/// Collects three words before a number, the number, and two behind it.
fn phrase(running: &Running, at: usize, end: usize) -> String {
    let before = running.text(at.saturating_sub(80), at);
    let after = running.text(end, end + 60);
    // A word that the cut of the window may have shortened is left out.
    let mut words: Vec<&str> = before.split_whitespace().collect();
    if at > 80 && !words.is_empty() {
        words.remove(0);
    }
    let from = words.len().saturating_sub(3);
    let mut out: Vec<String> = words[from..].iter().map(|word| (*word).to_owned()).collect();
    let glued = !before.ends_with(|c: char| c.is_whitespace() || is_space(c)) && !before.is_empty();
    let number = running.text(at, end).split_whitespace().collect::<Vec<_>>().join("\u{a0}");
    match out.last_mut().filter(|_| glued) {
        Some(last) => last.push_str(&number),
        None => out.push(number),
    }
    let mut tail = after.split_whitespace();
    if !after.starts_with(|c: char| c.is_whitespace() || is_space(c))
        && let (Some(first), Some(last)) = (tail.next(), out.last_mut())
    {
        last.push_str(first);
    }
    out.extend(tail.take(2).map(str::to_owned));
    out.truncate(6);
    out.join(" ")
}

fn words_of(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// Marks the divisions of axes: four numbers or more that stand alone and grow by one step.
fn axes(found: &mut [Found]) {
    let values: Vec<Option<crate::finding::Amount>> =
        found.iter().map(|f| f.number().filter(|_| f.sort == Sort::Number && !f.in_table).map(|p| p.value)).collect();
    let alone = |f: &Found| f.unit.is_none() && f.says.is_none();
    let mut at = 0;
    while at + 1 < found.len() {
        let step = |i: usize| Some(values.get(i + 1)?.as_ref()?.minus(values.get(i)?.as_ref()?));
        let Some(first) = step(at).filter(|step| step.signum() > 0) else {
            at += 1;
            continue;
        };
        let mut end = at + 1;
        while step(end).is_some_and(|next| next == first) {
            end += 1;
        }
        let near = found[end].line.saturating_sub(found[at].line) <= 4 * (end - at);
        if end - at >= 3 && near && found[at..=end].iter().all(alone) {
            found[at..=end].iter_mut().for_each(|f| f.sort = Sort::Scale);
            at = end;
        }
        at += 1;
    }
}
