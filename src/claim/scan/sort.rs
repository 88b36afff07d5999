//! Sort: a number told from years, days, references, labels and levels of confidence by what stands around it.

use super::aside::aside;
use super::form::is_year;
use super::running::{Running, is_dash, is_space};
use super::{Sort, form, unit};
use crate::language::{aside as words, quantity};

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

fn is_month(text: &str) -> bool {
    words::begins(text, |own| own.months)
}

/// As many digits as the longest numbers of articles of laws have.
const LONG_LABEL: usize = 5;

impl Standing<'_> {
    /// Tells what it is.
    pub(super) fn sort(&self) -> Sort {
        let text = self.running.text(self.at, self.end);
        let whole = text.chars().all(|c| c.is_ascii_digit());
        // `Smith^1^`: the mark of a note.
        let is_raised = self.running.before(self.at) == '^' && self.running.at(self.end) == '^';
        if self.is_reference() || is_raised {
            return Sort::Reference;
        }
        let is_grouped = text.chars().all(|c| c.is_ascii_digit() || is_space(c));
        if is_grouped && self.is_telephone() || self.opens_number_of_year(text) {
            return Sort::Identifier;
        }
        // `65+`: an age.
        if whole
            && text.len() == 2
            && self.running.at(self.end) == '+'
            && !self.running.at(self.end + 1).is_ascii_digit()
        {
            return Sort::Span;
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
        let long = whole && text.len() == LONG_LABEL && self.is_named_label();
        let label = (whole && text.len() <= 3 || is_section(text)) && self.is_labelled()
            || long
            || whole && text.len() == 2 && self.is_age_in_brackets()
            || whole && text.len() <= 3 && (self.is_house() || self.glued_to_name(text))
            || text == "100" && self.is_index()
            || self.is_item(text)
            || self.is_paragraph(text)
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
        if words::begins(own, |own| own.year_behind) || own.starts_with("‒ №") || own.starts_with("– №") {
            return true;
        }
        // «the 1990s»
        if own.starts_with('s') && !own[1..].starts_with(char::is_alphabetic) {
            return true;
        }
        let season = self.running.at(self.end) == '/' && is_year(self.running.text(self.end + 1, self.end + 5));
        if self.opens_index() || self.prices(word) || self.opens_short_years() {
            return true;
        }
        if self.joined == Some(Sort::Year) || season || self.is_cited() {
            return true;
        }
        // English parts the groups of what it counts: four digits in one are a year where nothing is counted by them.
        let text = self.running.text(self.at, self.end);
        let second = self.running.text(self.end, self.tail);
        let is_short = second.len() < 4 && second.chars().skip(1).collect::<String>().as_str() > &text[2..];
        let is_plain = text.starts_with("19") || text.starts_with("20");
        if self.running.is_english() && is_plain && (second.is_empty() || is_short) {
            return !unit::begins(self.running, self.running.skip(self.tail.max(self.end)));
        }
        if self.tail > self.end {
            let second = self.running.text(self.end + 1, self.tail);
            let rising = second.len() == 4 && self.running.text(self.at, self.end) < second;
            return (rising || words::is_in(word, |own| own.years_led))
                && is_year(second)
                && !unit::begins(self.running, self.running.skip(self.tail));
        }
        let month = words::is_in(word, |own| own.months_led);
        let led =
            month || words::is_in(word, |own| own.year_led) || is_month(word) && self.running.before(self.at) != '(';
        (led || self.is_year_of(word)) && !unit::begins(self.running, self.running.skip(self.end))
    }

    /// `in the spring of 2024`: nothing is counted behind it, and no sum is told before it.
    fn is_year_of(&self, word: &str) -> bool {
        let running = self.running;
        let (of, _) = running.word_span(self.at);
        let earlier = running.word_before(of);
        let next = running.skip(self.end);
        let behind = running.small(next, super::pattern::finish(running, next));
        let counted = running.is_letter(next) && !quantity::is_in_stems(behind, |words| words.neutral);
        words::is_in(word, |own| own.year_of) && !words::is_in(earlier, |own| own.sums) && !counted
    }

    /// `(2015 = 100)`, `(1982–84=100)`.
    fn opens_index(&self) -> bool {
        let next = self.running.skip(self.tail);
        self.running.at(next) == '=' && self.running.after(next + 1).starts_with("100")
    }

    /// `in 2010 dollars`.
    fn prices(&self, word: &str) -> bool {
        words::is_in(word, |own| own.prices_led) && words::begins(self.running.after(self.end), |own| own.prices)
    }

    /// The hundred of `(2015 = 100)`.
    fn is_index(&self) -> bool {
        let last = self.running.skip_back(self.at);
        self.running.before(last) == '='
            && self.last == Some(Sort::Year)
            && self.running.skip_back(last.saturating_sub(1)) == self.last_end
    }

    /// `2021–22 гг.`: the second year in two digits, no earlier than the first.
    fn opens_short_years(&self) -> bool {
        let first = self.running.text(self.at, self.end);
        let second = self.running.text(self.end + 1, self.tail);
        let named = self.after();
        let years = words::begins(named, |own| own.season_behind)
            || self.running.at(self.end) == '/'
            || words::is_in(self.running.word_before(self.at), |own| own.year_led);
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
        let journal = before == '.' && words::begins(own, |own| own.journals);
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
        let Some(rest) = words::all(|own| own.to_day).find_map(|word| after.strip_prefix(word)) else {
            return false;
        };
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        (1..=2).contains(&digits) && is_month(rest[digits..].trim_start())
    }

    /// `в 8 ч утра`.
    fn is_hour(&self) -> bool {
        let (word, after) = (self.running.word_before(self.at), self.running.after(self.end));
        let named = after.split_whitespace().nth(1).is_some_and(|part| words::is_in(part, |own| own.parts_of_day));
        let hour = words::begins(after, |own| own.hours_of_day) && named || words::begins(after, |own| own.hours);
        hour && words::is_in(word, |own| own.hour_alone)
    }

    /// The number of a figure, an article of a law, a page, a volume.
    fn is_labelled(&self) -> bool {
        let running = self.running;
        let at = if running.before(self.at) == '(' { self.at - 1 } else { self.at };
        let (from, _) = running.word_span(at);
        let word = running.word_before(at);
        let ahead = running.before(self.at) == '(' && running.at(self.end) == ')';
        if ahead && words::begins(running.after(self.end + 1), |own| own.formulas) {
            return true;
        }
        let behind = self.after();
        // «2-1-тармақ»: a number within a number.
        let inner = behind.strip_prefix('-').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        let is_behind = |text: &str| words::begins(text, |own| own.labels_behind);
        if words::is_in(word, |own| own.labels) || is_behind(behind) || inner.is_some_and(is_behind) {
            return true;
        }
        // `12 т. 5`, `рт. ст. 131` and `0,5 п. п. 12` are units, not labels.
        let (start, stop) = running.word_span(from);
        let earlier = running.small(start, stop);
        let last = running.skip_back(from);
        // «п. 3 ст. 11»: the number before is a label as well.
        let digits = (0..last).rev().take_while(|at| running.at(*at).is_ascii_digit()).count();
        let chained = digits > 0 && words::is_in(running.word_before(last - digits), |own| own.short_labels);
        let opens = (chained || !running.before(last).is_ascii_digit()) && !words::is_in(earlier, |own| own.no_labels);
        at == self.at && words::is_in(word, |own| own.short_labels) && opens
    }

    /// The number of an article of a law in five digits: no count stands behind the word.
    fn is_named_label(&self) -> bool {
        words::is_in(self.running.word_before(self.at), |own| own.labels)
    }

    /// `Ana Tuhoe, 47, said`: how old somebody is, between commas behind a name.
    fn is_age_in_brackets(&self) -> bool {
        let running = self.running;
        let comma = running.skip_back(self.at);
        if running.before(comma) != ',' || running.at(self.end) != ',' {
            return false;
        }
        let is_name = |end: usize| {
            let (start, stop) = running.word_span(end);
            (running.at(start).is_uppercase() && running.at(start + 1).is_lowercase() && stop - start > 2)
                .then_some(start)
        };
        let two = is_name(comma - 1).and_then(is_name).is_some();
        two && running.at(running.skip(self.end + 1)).is_lowercase()
    }

    /// The number of a house behind the name of its street.
    fn is_house(&self) -> bool {
        let before = self.running.small(self.at.saturating_sub(40), self.at);
        let street = words::all(|own| own.streets)
            .filter_map(|word| before.rfind(word).map(|at| &before[at + word.len()..]))
            .next();
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
        if !short {
            return false;
        }
        if !running.opens_line(self.at) {
            // `Notes: 1. The sample. 2. The rate.`
            let next = running.skip(self.end + 1);
            let is_counted = text.len() <= 2 && !text.contains(['.', ',']) && running.at(self.end) == '.';
            let begins = next > self.end + 1 && running.at(next).is_uppercase();
            let last = running.skip_back(self.at);
            let opens = running.before(last) == '.' || running.before(last) == ':' && text == "1";
            return is_counted && begins && opens && !running.at(last.saturating_sub(2)).is_whitespace();
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
            ')' => gap || running.at(self.end + 1) == '.',
            '.' if !text.contains(',') => gap && (capital || closed && running.at(at).is_ascii_digit()),
            _ => gap && (closed || part) && capital && !text.contains(',') && !unit::begins(running, running.skip(at)),
        }
    }

    /// `+7 701 555 14 33`: digits in groups behind a plus, as many as a telephone has.
    fn is_telephone(&self) -> bool {
        const FEWEST: usize = 8;
        const LONGEST: usize = 24;
        let running = self.running;
        let inner = |c: char| c.is_ascii_digit() || is_space(c) || matches!(c, ' ' | '(' | ')' | '-' | '‑');
        let from = (self.at.saturating_sub(LONGEST)..self.at).rev().take_while(|at| inner(running.at(*at))).last();
        let from = from.unwrap_or(self.at);
        let digits = (from..(from + LONGEST).min(running.len())).take_while(|at| inner(running.at(*at)));
        running.before(from) == '+' && digits.filter(|at| running.at(*at).is_ascii_digit()).count() >= FEWEST
    }

    /// `1370/2007`: a number of a year.
    fn opens_number_of_year(&self, text: &str) -> bool {
        let second = self.running.text(self.end + 1, (self.end + 5).min(self.running.len()));
        let ends = !self.running.at(self.end + 5).is_ascii_digit();
        self.running.at(self.end) == '/'
            && ends
            && text.len() <= 4
            && !is_year(text)
            && second.len() == 4
            && is_year(second)
    }

    /// A paragraph of a law: `93(7)`, and `(2) The` where a sentence may begin.
    fn is_paragraph(&self, text: &str) -> bool {
        let running = self.running;
        if text.len() > 2 || !text.chars().all(|c| c.is_ascii_digit()) {
            return false;
        }
        let Some(open) = self.at.checked_sub(1).filter(|open| running.at(*open) == '(' && running.at(self.end) == ')')
        else {
            return self.at > 0 && running.at(self.end) == '(' && self.heads_paragraph();
        };
        if running.before(open).is_ascii_digit() && open > 0 {
            return true;
        }
        let next = running.skip(self.end + 1);
        next > self.end + 1
            && running.at(next).is_uppercase()
            && (running.opens_line(open) || running.is_closed_before(open))
    }

    /// `14(5)`: a number glued to that of a paragraph.
    fn heads_paragraph(&self) -> bool {
        let running = self.running;
        let inner = (self.end + 1..running.len()).take(3).take_while(|at| running.at(*at).is_ascii_digit()).count();
        inner > 0 && inner < 3 && running.at(self.end + 1 + inner) == ')'
    }

    /// The level of an interval: `95 % ДИ`.
    fn is_confidence(&self) -> bool {
        let after = self.running.after(self.end);
        let Some(rest) = after.strip_prefix('%') else { return false };
        let rest = rest.trim_start_matches(|c: char| c == '-' || c.is_whitespace());
        let rest = words::all(|own| own.percent_endings).find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
        words::begins(rest, |own| own.confidence)
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
        let inner_words = inner.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let mut others = inner_words.filter(|word| !words::is_in(word, |own| own.pages));
        others.next().is_none() && !inner.contains('%')
    }
}

/// Says whether digits number a section: `2.3`.
fn is_section(text: &str) -> bool {
    text.contains('.')
        && text.split('.').all(|part| (1..=2).contains(&part.len()) && !part.contains(|c: char| !c.is_ascii_digit()))
}

/// Says whether the words around two numbers make labels of both: `рис. 1, 2`, `1, 2-суреттер`; `listed` says that they
/// are next to two that are.
pub(super) fn are_labels(running: &Running, left: (usize, usize), right: (usize, usize), listed: bool) -> bool {
    let gap = running.text(left.1, right.0.max(left.1));
    let short = |(at, end): (usize, usize)| end - at <= 2 && running.text(at, end).chars().all(|c| c.is_ascii_digit());
    let word = running.word_before(left.0);
    let plural = words::is_in(word, |own| own.labels_of_several);
    let behind = words::all(|own| own.labels_behind)
        .any(|name| name.starts_with('-') && running.after(right.1).starts_with(name));
    (gap.trim() == "," || quantity::is_in(gap.trim(), |words| words.and))
        && short(left)
        && short(right)
        && (plural || behind || listed)
}

/// Returns where the range that a number opens ends.
pub(super) fn tail(running: &Running, end: usize) -> usize {
    let range = (is_dash(running.at(end)) || running.at(end) == '/') && running.at(end + 1).is_ascii_digit();
    if range { form::number(running, end + 1) } else { end }
}
