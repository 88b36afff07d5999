//! Sort: a number told from years, days, references, labels and levels of confidence by what stands around it.

use super::aside::aside;
use super::running::{Running, is_dash, is_space};
use super::{Sort, form, unit};

/// Words that lead to a year.
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

/// Words that lead to a range of years.
const RANGES: [&str; 8] = ["в", "за", "с", "in", "from", "период", "периода", "period"];

/// What follows a year.
const YEAR_WORDS: [&str; 16] =
    ["г.", "гг", "год", "г ", "ж.", "ж ", "жж", "жыл", "-й", "-го", "-м", "-е", "-х", "-ші жыл", "-шы жыл", "-жыл"];

/// Words whose number is a label.
const LABELS: [&str; 44] = [
    "рисунок",
    "рисунка",
    "рисунке",
    "рисунку",
    "рисунки",
    "рисунках",
    "таблица",
    "таблице",
    "таблицы",
    "таблицу",
    "таблицей",
    "таблицах",
    "статья",
    "статьи",
    "статье",
    "статьёй",
    "статьей",
    "пункт",
    "пункта",
    "пункте",
    "пунктом",
    "глава",
    "главе",
    "главы",
    "раздел",
    "разделе",
    "раздела",
    "приложение",
    "приложении",
    "приложения",
    "формула",
    "формуле",
    "формулы",
    "уравнение",
    "уравнении",
    "схема",
    "схеме",
    "диаграмма",
    "диаграмме",
    "график",
    "графике",
    "том",
    "томе",
    "страница",
];
const KAZAKH_LABELS: [&str; 8] = ["сурет", "кесте", "бап", "тарау", "бөлім", "теңдеу", "қосымша", "формула"];
const ENGLISH_LABELS: [&str; 6] = ["figure", "table", "section", "fig", "vol", "volume"];
const SHORT_LABELS: [&str; 26] = [
    "рис.",
    "рис",
    "табл.",
    "табл",
    "с.",
    "стр.",
    "т.",
    "гл.",
    "ст.",
    "п.",
    "пп.",
    "разд.",
    "прил.",
    "ч.",
    "вып.",
    "сур.",
    "кест.",
    "fig.",
    "tab.",
    "p.",
    "pp.",
    "vol.",
    "no.",
    "сер.",
    "ф.",
    "б.",
];

/// What makes a label of the number before it.
const LABELS_BEHIND: [&str; 20] = [
    "-кест",
    "-сурет",
    "-бап",
    "-баб",
    "-тармақ",
    "-тарау",
    "-бөлім",
    "-формул",
    "-қосымша",
    "-бет",
    "-том",
    "б.",
    "бет",
    "-бб",
    "бб.",
    "-сынып",
    "-курс",
    "-мектеп",
    "-шығарылым",
    "-басылым",
];

const MONTHS: [&str; 24] = [
    "январ",
    "феврал",
    "март",
    "апрел",
    "май",
    "мая",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
    "қаңтар",
    "ақпан",
    "наурыз",
    "сәуір",
    "мамыр",
    "маусым",
    "шілде",
    "тамыз",
    "қыркүйек",
    "қазан",
    "қараша",
];
const OTHER_MONTHS: [&str; 14] = [
    "желтоқсан",
    "мае",
    "january",
    "february",
    "march ",
    "april",
    "may ",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words of an address before the number of a house.
const STREETS: [&str; 6] = ["ул.", "улица", "просп", "пр-т", "көшесі", "даңғылы"];

/// A number whose sort is asked for.
pub(super) struct Standing<'a> {
    /// The text.
    pub running: &'a Running,
    /// Where it begins.
    pub at: usize,
    /// Behind its last digit.
    pub end: usize,
    /// Behind the second end of a range that it opens.
    pub tail: usize,
    /// What the number before it is, where a dash joins them.
    pub joined: Option<Sort>,
    /// What the number before it is, wherever that stands.
    pub last: Option<Sort>,
    /// Where the number before it ends.
    pub last_end: usize,
}

/// Says whether digits may be a year.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1800..=2100).contains(&year))
}

fn is_month(text: &str) -> bool {
    MONTHS.iter().chain(&OTHER_MONTHS).any(|month| text.starts_with(month))
}

impl Standing<'_> {
    /// Tells what it is.
    pub(super) fn sort(&self) -> Sort {
        let text = self.running.text(self.at, self.end);
        let whole = text.chars().all(|c| c.is_ascii_digit());
        if self.is_reference() {
            return Sort::Reference;
        }
        if let Some(sort @ (Sort::Label | Sort::Reference | Sort::Identifier | Sort::Span)) = self.joined {
            return sort;
        }
        if whole && text.len() <= 2 && self.is_hour() {
            return Sort::Identifier;
        }
        // «2010/11», «2021–22 гг.»
        let season = self.joined == Some(Sort::Year) && text.len() == 2;
        if is_year(text) && self.is_led_year() || whole && text.len() <= 2 && self.is_day() || season {
            return Sort::Year;
        }
        let label = whole && text.len() <= 3 && (self.is_labelled() || self.is_house() || self.glued_to_name(text))
            || self.is_item(text)
            || ["90", "95", "99"].contains(&text) && self.is_confidence()
            || whole && text.len() <= 3 && self.running.at(self.end) == '\n' && self.stands_alone();
        if label {
            return Sort::Label;
        }
        aside(self.running, self.at, self.end, self.tail).unwrap_or(Sort::Number)
    }

    fn after(&self) -> &str {
        self.running.after(self.tail)
    }

    /// A year by the word behind it, before it, or by the parentheses of a citation.
    fn is_led_year(&self) -> bool {
        let (word, own) = (self.running.word_before(self.at), self.running.after(self.end));
        if YEAR_WORDS.iter().any(|name| own.starts_with(name)) || own.starts_with("‒ №") || own.starts_with("– №")
        {
            return true;
        }
        // «the 1990s»
        if own.starts_with('s') && !own[1..].starts_with(char::is_alphabetic) {
            return true;
        }
        let season = self.running.at(self.end) == '/' && is_year(self.running.text(self.end + 1, self.end + 5));
        if self.opens_short_years() {
            return true;
        }
        if self.joined == Some(Sort::Year) || season || self.is_cited() {
            return true;
        }
        if self.tail > self.end {
            let second = self.running.text(self.end + 1, self.tail);
            let rising = second.len() == 4 && self.running.text(self.at, self.end) < second;
            return (rising || RANGES.contains(&word))
                && is_year(second)
                && !unit::begins(self.running, self.running.skip(self.tail));
        }
        let month = ["march", "may"].contains(&word);
        let led = month || PREPOSITIONS.contains(&word) || is_month(word) && self.running.before(self.at) != '(';
        led && !unit::begins(self.running, self.running.skip(self.end))
    }

    /// `2021–22 гг.`: the second year in two digits, no earlier than the first.
    fn opens_short_years(&self) -> bool {
        let first = self.running.text(self.at, self.end);
        let second = self.running.text(self.end + 1, self.tail);
        let named = self.after();
        let years = ["г", "ж", "оқу", "уч"].iter().any(|word| named.starts_with(word))
            || self.running.at(self.end) == '/'
            || PREPOSITIONS.contains(&self.running.word_before(self.at));
        is_year(first)
            && second.len() == 2
            && second.chars().all(|c| c.is_ascii_digit())
            && &first[2..] < second
            && years
            && !unit::begins(self.running, self.running.skip(self.tail))
    }

    /// `(ВОЗ, 2021)`, `Smith (2017)`, `№ 2, 2022, с. 15`, `– 2018. –`, `2020;15(2)`.
    fn is_cited(&self) -> bool {
        let running = self.running;
        let next = running.at(self.end);
        let start = running.skip_back(self.at);
        let before = running.before(start);
        let own = running.after(self.end);
        let named = |at: usize| {
            let (from, _) = running.word_span(at);
            running.at(from).is_uppercase() || running.word_before(at) == "al."
        };
        let parenthesis = running.before(self.at) == '(' && next == ')' && named(self.at - 1);
        let author = before == ',' && next == ')' && running.before(start.saturating_sub(1)).is_alphabetic();
        let owner = running.text(self.at.saturating_sub(60), self.at).contains('©');
        let journal = before == '.' && [". т.", ". №", ". vol", ". вып"].iter().any(|part| own.starts_with(part));
        let issue = before == ',' && self.last == Some(Sort::Identifier) && start <= self.last_end + 3;
        let entry = is_dash(before) && (own.starts_with(". –") || own.starts_with(". -") || own.starts_with(". —"));
        parenthesis
            || author
            || owner
            || journal
            || issue
            || entry
            || next == ';' && running.at(self.end + 1).is_ascii_digit()
    }

    /// A day before the name of a month, also the first of two: `с 15 по 20 марта`.
    fn is_day(&self) -> bool {
        let after = self.after();
        let plain = after.trim_start_matches(['-', '\u{2011}']);
        let plain = if plain.len() < after.len() { plain.split_once(' ').map_or("", |(_, rest)| rest) } else { plain };
        if is_month(plain) {
            return true;
        }
        let Some(rest) = ["по ", "до ", "и "].iter().find_map(|word| after.strip_prefix(word)) else {
            return false;
        };
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        (1..=2).contains(&digits) && is_month(rest[digits..].trim_start())
    }

    /// `в 8 ч утра`.
    fn is_hour(&self) -> bool {
        let (word, after) = (self.running.word_before(self.at), self.running.after(self.end));
        let named = ["утра", "вечера", "ночи", "дня"].iter().any(|part| after.split_whitespace().nth(1) == Some(part));
        let hour = after.starts_with("час") && named || after.starts_with("ч ") || after.starts_with("ч.");
        hour && ["в", "до", "с", "к"].contains(&word)
    }

    /// The number of a figure, an article of a law, a page, a volume.
    fn is_labelled(&self) -> bool {
        let running = self.running;
        let at = if running.before(self.at) == '(' { self.at - 1 } else { self.at };
        let (from, _) = running.word_span(at);
        let word = running.word_before(at);
        let formula = ["формул", "теңдеу", "уравнен"];
        let ahead = running.before(self.at) == '(' && running.at(self.end) == ')';
        if ahead && formula.iter().any(|name| running.after(self.end + 1).starts_with(name)) {
            return true;
        }
        let known = [LABELS.as_slice(), &KAZAKH_LABELS, &ENGLISH_LABELS].iter().any(|list| list.contains(&word));
        if known || LABELS_BEHIND.iter().any(|name| self.after().starts_with(name)) {
            return true;
        }
        // `12 т. 5`, `рт. ст. 131` and `0,5 п. п. 12` are units, not labels.
        let (start, stop) = running.word_span(from);
        let earlier = running.small(start, stop);
        let opens =
            !running.before(running.skip_back(from)).is_ascii_digit() && !["рт.", "п.", "тыс."].contains(&earlier);
        at == self.at && SHORT_LABELS.contains(&word) && opens
    }

    /// The number of a house behind the name of its street.
    fn is_house(&self) -> bool {
        let before = self.running.small(self.at.saturating_sub(40), self.at);
        let street = STREETS.iter().filter_map(|word| before.rfind(word).map(|at| &before[at + word.len()..])).next();
        street.is_some_and(|gap| {
            !gap.contains(|c: char| c.is_ascii_digit() || c == '.') && gap.split_whitespace().count() <= 3
        })
    }

    /// A mark before a name at the beginning of a line, `1Институт`, or of a part of a figure, `2а`.
    fn glued_to_name(&self, text: &str) -> bool {
        let next = self.running.at(self.end);
        text.len() <= 2 && next.is_uppercase() && self.running.at(self.end + 1).is_lowercase()
    }

    /// `1.`, `2)` and `2.1` before an item or a heading.
    fn is_item(&self, text: &str) -> bool {
        let running = self.running;
        let short =
            text.split(['.', ',']).all(|part| part.len() <= 2) && !text.contains(|c: char| c == '/' || is_space(c));
        if !short || !running.opens_line(self.at) {
            return false;
        }
        let part = text.contains('.');
        let next = running.at(self.end);
        let mut at = if matches!(next, '.' | ')') { self.end + 1 } else { self.end };
        while is_space(running.at(at)) && at < running.len() {
            at += 1;
        }
        let gap = at > self.end + usize::from(matches!(next, '.' | ')'));
        let closed = running.is_closed_before(self.at);
        let capital = running.at(at).is_uppercase();
        match next {
            ')' => gap,
            '.' if !text.contains(',') => gap && (capital || closed && running.at(at).is_ascii_digit()),
            _ => gap && (closed || part) && capital && !text.contains(',') && !unit::begins(running, running.skip(at)),
        }
    }

    /// The level of an interval: `95 % ДИ`.
    fn is_confidence(&self) -> bool {
        let after = self.running.after(self.end);
        let Some(rest) = after.strip_prefix('%') else { return false };
        let rest = rest.trim_start_matches(|c: char| c == '-' || c.is_whitespace());
        let rest =
            ["ный ", "ного ", "ном ", "дық ", "дік "].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
        ["ди", "дов", "ci", "confid", "са ", "са:", "сенім"].iter().any(|name| rest.starts_with(name))
    }

    /// A number that is all there is of its line.
    fn stands_alone(&self) -> bool {
        self.running.opens_line(self.at)
    }

    /// A source: whole numbers in brackets, and pages beside them; two decimals in brackets are an interval.
    fn is_reference(&self) -> bool {
        let running = self.running;
        let mut from = self.at;
        while from > 0 && !matches!(running.at(from - 1), '[' | ']' | '\n') && self.at - from < 60 {
            from -= 1;
        }
        let mut to = self.end;
        while to < running.len() && !matches!(running.at(to), '[' | ']' | '\n') && to - self.end < 60 {
            to += 1;
        }
        if running.before(from) != '[' || running.at(to) != ']' {
            return false;
        }
        let inner = running.text(from, to);
        let decimals = |part: &str| {
            let part = part.trim().trim_start_matches(is_dash);
            let mark = part.find([',', '.']).map(|at| part.len() - at);
            mark.filter(|_| part.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.')))
        };
        let ends: Vec<Option<usize>> = inner.split(';').map(decimals).collect();
        if ends.len() == 2 && ends[0].is_some() && ends[0] == ends[1] || inner.trim_start().starts_with("0,") {
            return false;
        }
        let words = inner.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let mut pages = words.filter(|word| !["с", "С", "стр", "б", "бет", "p", "pp", "т", "кн"].contains(word));
        pages.next().is_none() && !inner.contains('%')
    }
}

/// Says whether the words around two numbers make labels of both: `рис. 1, 2`, `1, 2-суреттер`.
pub(super) fn are_labels(running: &Running, left: (usize, usize), right: (usize, usize)) -> bool {
    let gap = running.text(left.1, right.0.max(left.1));
    let short = |(at, end): (usize, usize)| end - at <= 2 && running.text(at, end).chars().all(|c| c.is_ascii_digit());
    let word = running.word_before(left.0);
    let plural = ["рис.", "табл.", "рис", "табл", "рисунки", "рисунках", "таблицы", "таблицах"].contains(&word);
    let behind = LABELS_BEHIND.iter().any(|name| name.starts_with('-') && running.after(right.1).starts_with(name));
    [",", "и", "мен", "және"].contains(&gap.trim()) && short(left) && short(right) && (plural || behind)
}

/// Returns where the range that a number opens ends.
pub(super) fn tail(running: &Running, end: usize) -> usize {
    let range = (is_dash(running.at(end)) || running.at(end) == '/') && running.at(end + 1).is_ascii_digit();
    if range { form::number(running, end + 1) } else { end }
}
