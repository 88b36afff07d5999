//! Number: the numbers of a column of a table, read exactly, in the one way in which the whole column writes them.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::finding::Amount;
use crate::language::western;

/// How a column writes its numbers.
///
/// A group mark stands between three digits and three digits only, or, a comma, between groups of two of which the last has
/// three (`12,34,567`); where none is stated, spaces of any width and
/// apostrophes are group marks, because they can be nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberSyntax {
    /// The mark before decimals; `None` where it is not known, so that none can be read.
    pub decimal: Option<char>,
    /// The mark between groups of three digits.
    pub group: Option<char>,
    /// Whether words and signs may stand around the number: `95%`, `USD 1.5`.
    pub is_dressed: bool,
    /// What brackets around a number say, `(1 234)`; where it is not known, it is none.
    pub brackets: Option<Brackets>,
}

/// What brackets around a number say: to bookkeepers that it is below zero, to some offices that it is uncertain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Brackets {
    /// The number is below zero.
    Negative,
    /// The number is as it stands.
    Plain,
}

/// A number with the precision in which it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The exact value.
    pub amount: Amount,
    /// How many decimals are written; of `1.5e-3` they are four.
    pub decimals: u32,
}

/// Why a text is no number of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has not the form of a number.
    Form,
    /// A group mark does not stand before three digits and behind one to three.
    Groups,
    /// It holds a mark that this column does not use.
    Mark(char),
    /// It has more digits than any measurement.
    Length,
}

/// Why a column cannot be read at all; the cells are given by their places in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsettled {
    /// In every number that holds the mark, three digits stand behind it: it may part decimals or groups.
    Either(usize, char),
    /// Two cells write decimals with two marks, or one mark parts decimals in one and groups in the other.
    Mixed(usize, usize),
}

/// The marks that may part decimals or groups.
const MARKS: [char; 2] = ['.', ','];

/// The most digits of a number, and the highest power of ten behind its `e`.
const MOST_DIGITS: usize = 320;

/// What a cell shows of how its column writes numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Nothing,
    Decimal(char),
    Group(char),
    Both(char, char),
    Either(char),
}

impl Brackets {
    /// All of them.
    pub const ALL: [Brackets; 2] = [Brackets::Negative, Brackets::Plain];

    /// Returns the name under which a layout has it.
    pub fn name(self) -> &'static str {
        match self {
            Brackets::Negative => "negative",
            Brackets::Plain => "plain",
        }
    }
}

impl NumberSyntax {
    /// Completes what is stated of a column with what its cells show; refuses what they leave open.
    pub fn settled<'a>(self, cells: impl Iterator<Item = &'a str>) -> Result<NumberSyntax, Unsettled> {
        // The first cell that shows each: a decimal mark and a group mark, by their places in `MARKS`.
        let (mut decimal, mut group, mut either) = ([None; 2], [None; 2], [None; 2]);
        let place = |mark: char| MARKS.iter().position(|known| *known == mark).unwrap_or(0);
        for (at, cell) in cells.enumerate() {
            let note = |list: &mut [Option<usize>; 2], mark| {
                list[place(mark)].get_or_insert(at);
            };
            match self.shown(&western(cell)) {
                Shown::Nothing => {}
                Shown::Decimal(mark) => note(&mut decimal, mark),
                Shown::Group(mark) => note(&mut group, mark),
                Shown::Both(mark, other) => {
                    note(&mut decimal, mark);
                    note(&mut group, other);
                }
                Shown::Either(mark) => note(&mut either, mark),
            }
        }
        if self.decimal.is_some() {
            // The other mark can only part groups then, unless something else does.
            let parts = |mark: &char| {
                let at = place(*mark);
                group[at].or(either[at].filter(|_| decimal[at].is_none())).is_some()
            };
            let shown = MARKS.into_iter().find(|mark| parts(mark) && self.decimal != Some(*mark));
            return Ok(NumberSyntax { group: self.group.or(shown), ..self });
        }
        // A mark that is known to part groups parts no decimals.
        let grouping = MARKS.into_iter().find(|mark| self.group == Some(*mark)).map(place);
        if let (Some(one), Some(other)) = (decimal[0], decimal[1]) {
            return Err(Unsettled::Mixed(one.min(other), one.max(other)));
        }
        for mark in [0, 1] {
            let parts_groups = group[mark];
            if let (Some(one), Some(other)) = (decimal[mark], parts_groups) {
                return Err(Unsettled::Mixed(one.min(other), one.max(other)));
            }
        }
        let known = decimal.iter().position(Option::is_some);
        let parts = grouping.or_else(|| group.iter().position(Option::is_some));
        match (known, parts) {
            (Some(known), parts) => {
                // The other mark could only part groups, and no cell shows that it does.
                if let (Some(one), None) = (either[1 - known], parts) {
                    let other = decimal[known].unwrap_or(one);
                    return Err(Unsettled::Mixed(one.min(other), one.max(other)));
                }
                Ok(NumberSyntax {
                    decimal: Some(MARKS[known]),
                    group: self.group.or(parts.map(|at| MARKS[at])),
                    ..self
                })
            }
            (None, Some(parts)) => {
                let group = self.group.or(Some(MARKS[parts]));
                Ok(NumberSyntax { decimal: Some(MARKS[1 - parts]), group, ..self })
            }
            (None, None) => match (either[0], either[1]) {
                (None, None) => Ok(self),
                (Some(at), None) => Err(Unsettled::Either(at, MARKS[0])),
                (None, Some(at)) => Err(Unsettled::Either(at, MARKS[1])),
                (Some(one), Some(other)) => Err(Unsettled::Mixed(one.min(other), one.max(other))),
            },
        }
    }

    /// Looks for marks in one cell; one that is no number shows nothing.
    fn shown(&self, cell: &str) -> Shown {
        let Some((body, exponent)) = self.body(cell) else { return Shown::Nothing };
        let count = |mark: char| body.matches(mark).count();
        let is_grouped = |text: &str, mark: char| groups(text, |c| c == mark).is_some();
        let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let used = match MARKS.map(count) {
            [0, 0] => return Shown::Nothing,
            [_, 0] => MARKS[0],
            [0, _] => MARKS[1],
            _ => {
                let (Some(point), Some(comma)) = (body.rfind(MARKS[0]), body.rfind(MARKS[1])) else {
                    return Shown::Nothing;
                };
                let (decimal, group) = if point > comma { (MARKS[0], MARKS[1]) } else { (MARKS[1], MARKS[0]) };
                let Some((whole, fraction)) = body.split_once(decimal) else { return Shown::Nothing };
                let is_sound = is_plain(fraction) && is_grouped(whole, group);
                return if is_sound { Shown::Both(decimal, group) } else { Shown::Nothing };
            }
        };
        if self.group == Some(used) || self.decimal == Some(used) {
            return Shown::Nothing;
        }
        if count(used) > 1 {
            return if is_grouped(body, used) { Shown::Group(used) } else { Shown::Nothing };
        }
        let Some((whole, fraction)) = body.split_once(used) else { return Shown::Nothing };
        if !is_plain(fraction) || !(whole.is_empty() || is_plain(whole) || groups(whole, is_gap).is_some()) {
            return Shown::Nothing;
        }
        let may_group = fraction.len() == 3 && is_grouped(body, used) && exponent.is_none();
        if may_group { Shown::Either(used) } else { Shown::Decimal(used) }
    }

    /// Reads a number as its column writes it; spaces around it are no part of it.
    pub fn read(&self, text: &str) -> Result<Number, Fault> {
        let text = &*western(text);
        if let (Some(brackets), Some(inner)) = (self.brackets, bracketed(text)) {
            let number = NumberSyntax { brackets: None, ..*self }.read(inner)?;
            // A sign within says of itself what the brackets would.
            return Ok(match brackets {
                Brackets::Negative if number.amount.signum() > 0 => {
                    Number { amount: number.amount.negated(), ..number }
                }
                _ => number,
            });
        }
        let (body, exponent) = self.body(text).ok_or(Fault::Form)?;
        let (whole, fraction) = match self.decimal.and_then(|mark| body.split_once(mark)) {
            Some((_, "")) => return Err(Fault::Form),
            Some((whole, fraction)) => (whole, fraction),
            None => (body, ""),
        };
        if body.is_empty() {
            return Err(Fault::Form);
        }
        let is_group = |c: char| match self.group {
            Some(group) => alike(group, c),
            None => is_gap(c),
        };
        let foreign = |c: &char| !c.is_ascii_digit();
        if let Some(mark) = fraction.chars().find(foreign) {
            return Err(if is_gap(mark) { Fault::Groups } else { Fault::Mark(mark) });
        }
        if let Some(mark) = whole.chars().filter(foreign).find(|c| !is_group(*c)) {
            return Err(Fault::Mark(mark));
        }
        let digits = if whole.chars().any(is_group) {
            groups(whole, is_group).ok_or(Fault::Groups)?
        } else if whole.is_empty() {
            "0".to_owned()
        } else {
            whole.to_owned()
        };
        let power: i32 = exponent.map_or(Ok(0), |text| text.parse().map_err(|_| Fault::Form))?;
        if digits.len() + fraction.len() > MOST_DIGITS || power.unsigned_abs() as usize > MOST_DIGITS {
            return Err(Fault::Length);
        }
        let sign = if is_negative(text) { "-" } else { "" };
        let plain = if fraction.is_empty() { format!("{sign}{digits}") } else { format!("{sign}{digits}.{fraction}") };
        let digits = Amount::parse(&plain).ok_or(Fault::Form)?;
        let scale = Amount::parse(&format!("1{}", "0".repeat(power.unsigned_abs() as usize))).ok_or(Fault::Form)?;
        let amount = match power.cmp(&0) {
            Ordering::Less => digits.divided_by(&scale).ok_or(Fault::Form)?,
            Ordering::Equal => digits,
            Ordering::Greater => digits.times(&scale),
        };
        let decimals = (fraction.len() as i32 - power).max(0) as u32;
        Ok(Number { amount, decimals })
    }

    /// Parts a text into its digits with their marks, and the digits behind its `e`; `None` where another sign stands in it.
    fn body<'a>(&self, text: &'a str) -> Option<(&'a str, Option<&'a str>)> {
        let text = match self.brackets.and_then(|_| bracketed(text)) {
            Some(inner) => inner,
            None if self.is_dressed => undressed(text),
            None => text.trim(),
        };
        let unsigned = text.strip_prefix(SIGNS).unwrap_or(text);
        let is_mark = |c: char| MARKS.contains(&c) || is_gap(c) || self.decimal == Some(c) || self.group == Some(c);
        // A long text is left at its first letter: the same one may stand in any number of cells.
        let end = unsigned.find(|c: char| !c.is_ascii_digit() && !is_mark(c)).unwrap_or(unsigned.len());
        let (body, rest) = unsigned.split_at(end);
        let exponent = rest.strip_prefix(['e', 'E']).map(|exponent| exponent.strip_prefix('+').unwrap_or(exponent));
        let is_exponent = |text: &str| {
            let digits = text.strip_prefix('-').unwrap_or(text);
            (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        };
        let sound = (rest.is_empty() || exponent.is_some())
            && body.ends_with(|c: char| c.is_ascii_digit())
            && !body.starts_with(is_gap)
            && exponent.is_none_or(is_exponent);
        sound.then_some((body, exponent))
    }
}

/// The signs that may stand before a number: a hyphen, a minus, a dash and a hyphen that does not break stand for one.
const SIGNS: [char; 5] = ['+', '-', '−', '–', '‑'];

fn is_negative(text: &str) -> bool {
    text.trim_start_matches(|c: char| !c.is_ascii_digit() && !SIGNS.contains(&c)).starts_with(&SIGNS[1..])
}

/// Takes off what stands before the first digit or sign and behind the last digit.
fn undressed(text: &str) -> &str {
    let from = text.find(|c: char| c.is_ascii_digit() || SIGNS.contains(&c)).unwrap_or(text.len());
    let to = text.rfind(|c: char| c.is_ascii_digit()).map_or(from, |at| at + 1);
    &text[from.min(to)..to]
}

/// Returns what stands between brackets around a whole text.
pub fn bracketed(text: &str) -> Option<&str> {
    text.trim().strip_prefix('(')?.strip_suffix(')').map(str::trim)
}

/// Returns true for the marks that can part groups only: spaces of any width and apostrophes.
fn is_gap(c: char) -> bool {
    c == ' ' || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | '\'' | '’')
}

/// Returns true for two marks that stand for one another: all spaces, both apostrophes.
fn alike(stated: char, found: char) -> bool {
    let is_apostrophe = |c| matches!(c, '\'' | '’');
    stated == found
        || is_apostrophe(stated) && is_apostrophe(found)
        || is_gap(stated) && is_gap(found) && !is_apostrophe(stated) && !is_apostrophe(found)
}

/// Puts groups of digits together; `None` where they are neither one to three digits and then threes, nor behind commas one
/// or two digits, then twos, and a last three.
fn groups(text: &str, is_group: impl Fn(char) -> bool) -> Option<String> {
    let mark = text.chars().find(|c| is_group(*c))?;
    let mut parts = text.split(|c| is_group(c) && alike(mark, c));
    let first = parts.next()?;
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !(1..=3).contains(&first.len()) || !is_digits(first) || first.starts_with('0') {
        return None;
    }
    let rest: Vec<&str> = parts.collect();
    let (last, inner) = rest.split_last()?;
    let are = |length: usize| inner.iter().all(|part| part.len() == length);
    let by_twos = mark == ',' && first.len() < 3 && !inner.is_empty() && are(2);
    let is_sound = last.len() == 3 && (are(3) || by_twos) && rest.iter().all(|part| is_digits(part));
    is_sound.then(|| format!("{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn column(stated: NumberSyntax, cells: &[&str]) -> Result<Vec<Option<String>>, Unsettled> {
        let syntax = stated.settled(cells.iter().copied())?;
        Ok(cells.iter().map(|cell| syntax.read(cell).ok().map(|number| number.amount.to_string())).collect())
    }

    fn inferred(cells: &[&str]) -> Result<Vec<Option<String>>, Unsettled> {
        column(NumberSyntax::default(), cells)
    }

    #[test]
    fn numbers_are_read_as_anybody_writes_them() {
        for (text, wanted) in [
            ("-39 344", "-39344"),
            ("\u{2212}39\u{a0}344", "-39344"),
            ("–39\u{202f}344", "-39344"),
            ("1'234'567", "1234567"),
            ("1’234", "1234"),
            ("\u{2212}12,5", "-12.5"),
            ("1.5e-3", "0.0015"),
            ("2E+3", "2000"),
            ("+.5", "0.5"),
            ("1 234 567,25", "1234567.25"),
            ("1.234.567,25", "1234567.25"),
            ("1,234,567", "1234567"),
            ("3,18,41,374", "31841374"),
            ("1,23,456.5", "123456.5"),
            ("١٬٢٣٤", "1234"),
            ("１２３４", "1234"),
            (" 12 ", "12"),
            ("0,125", "0.125"),
            ("1234,567", "1234.567"),
            ("1 234,567", "1234.567"),
        ] {
            assert_eq!(inferred(&[text]), Ok(vec![Some(wanted.to_owned())]), "{text}");
        }
    }

    #[test]
    fn brackets_say_what_is_stated_of_them() {
        let of = |brackets| NumberSyntax { brackets, ..NumberSyntax::default() };
        for (text, negative, plain) in [
            ("(1 234)", Some("-1234"), Some("1234")),
            ("( 12,5 )", Some("-12.5"), Some("12.5")),
            ("(-3)", Some("-3"), Some("-3")),
            ("7", Some("7"), Some("7")),
            ("(1) 2", None, None),
            ("()", None, None),
        ] {
            let read = |brackets| column(of(brackets), &[text]).expect("a way").remove(0);
            assert_eq!(read(Some(Brackets::Negative)).as_deref(), negative, "{text}");
            assert_eq!(read(Some(Brackets::Plain)).as_deref(), plain, "{text}");
        }
        assert_eq!(inferred(&["(12)"]), Ok(vec![None]));
        // A mark that is no decimal mark parts groups.
        let stated = NumberSyntax { decimal: Some(','), ..NumberSyntax::default() };
        assert_eq!(column(stated, &["1.610", "2.016"]), Ok(vec![Some("1610".to_owned()), Some("2016".to_owned())]));
        assert_eq!(column(stated, &["1 234,5"]), Ok(vec![Some("1234.5".to_owned())]));
    }

    #[test]
    fn a_space_stands_before_three_digits_and_only_there() {
        for text in [
            "1 200 1",
            "2 50",
            "3 5",
            "1 2000",
            "1234 567",
            "1  234",
            "0 200",
            " 1 200'300",
            "1 200'300",
            "1'23",
            "12a",
            "1,2,3",
            "5-",
            "- 5",
            "--5",
            "(5)",
            "5.",
            "5%",
            "1e",
            "1e5000",
            "e5",
            ".",
            "-",
            "",
            "1,234,56",
            "1 23 456",
            "1.5 000",
        ] {
            let read = inferred(&[text]);
            assert!(matches!(read.as_deref(), Ok([None])), "{text}: {read:?}");
        }
    }

    #[test]
    fn a_mark_that_may_part_decimals_or_groups_is_refused_until_stated() {
        for mark in MARKS {
            let cells = ["1", "1#200", "12#500", "113#500"].map(|cell| cell.replace('#', &mark.to_string()));
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            assert_eq!(inferred(&cells), Err(Unsettled::Either(1, mark)));
            let decimal = column(NumberSyntax { decimal: Some(mark), ..Default::default() }, &cells).expect("stated");
            assert_eq!(decimal[3].as_deref(), Some("113.5"));
            let group = column(NumberSyntax { group: Some(mark), ..Default::default() }, &cells).expect("stated");
            assert_eq!(group[3].as_deref(), Some("113500"));
            // One number that shows the mark to part decimals settles it for the column.
            let half = format!("0{mark}5");
            let shown = inferred(&[&cells[..], &[half.as_str()]].concat()).expect("shown");
            assert_eq!(shown[3].as_deref(), Some("113.5"));
        }
    }

    #[test]
    fn two_decimal_marks_in_one_column_are_refused() {
        assert_eq!(inferred(&["1.5", "2,5", "3"]), Err(Unsettled::Mixed(0, 1)));
        assert_eq!(inferred(&["3", "2,500", "1.5"]), Err(Unsettled::Mixed(1, 2)));
        assert_eq!(inferred(&["1.200", "2,500"]), Err(Unsettled::Mixed(0, 1)));
        assert_eq!(inferred(&["1,234,567", "2,5"]), Err(Unsettled::Mixed(0, 1)));
        // What is stated decides, and what does not fit it is refused alone.
        let stated = NumberSyntax { decimal: Some(','), ..Default::default() };
        assert_eq!(column(stated, &["1.5", "2,5", "1.500"]), Ok(vec![None, Some("2.5".to_owned()), None]));
        // Another cell shows what parts groups.
        assert_eq!(inferred(&["1,234.5", "2,500"]).expect("shown")[1].as_deref(), Some("2500"));
    }

    #[test]
    fn words_around_a_number_are_passed_over_where_it_is_stated() {
        let dressed = NumberSyntax { decimal: Some('.'), is_dressed: true, ..Default::default() };
        for (text, wanted) in [("95%", "95"), ("USD -1.5 m", "-1.5"), ("€ 1 200", "1200"), ("7", "7")] {
            assert_eq!(dressed.read(text).map(|number| number.amount.to_string()).as_deref(), Ok(wanted), "{text}");
        }
        assert_eq!(dressed.read("none"), Err(Fault::Form));
    }

    proptest! {
        #[test]
        fn what_a_syntax_writes_it_reads(
            whole in 0u64..10_000_000_000, fraction in proptest::option::of(0u32..100_000), negative: bool, decimal in 0usize..3,
            group in 0usize..9, sign in 0usize..4,
        ) {
            let decimal = ['.', ',', '·'][decimal];
            let group = [None, Some(' '), Some('\u{a0}'), Some('\u{202f}'), Some('\''), Some('’'), Some('.'), Some(','), Some('_')][group];
            prop_assume!(group != Some(decimal));
            let syntax = NumberSyntax { decimal: Some(decimal), group, ..NumberSyntax::default() };
            let digits = whole.to_string();
            let mut written = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    written.extend(group);
                }
                written.push(digit);
            }
            let (mut plain, mut decimals) = (digits, 0);
            if let Some(fraction) = fraction {
                written.push_str(&format!("{decimal}{fraction:05}"));
                plain.push_str(&format!(".{fraction:05}"));
                decimals = 5;
            }
            if negative {
                written.insert(0, SIGNS[1..][sign]);
                plain.insert(0, '-');
            }
            let wanted = Number { amount: Amount::parse(&plain).expect("a decimal"), decimals };
            prop_assert_eq!(syntax.read(&written), Ok(wanted.clone()), "{}", &written);
            // The column settles to the same where nothing of it is stated, or is refused.
            let inferred = NumberSyntax::default().settled([written.as_str()].into_iter());
            if let (Ok(inferred), true) = (inferred, decimal != '·' && group != Some('_')) {
                prop_assert_eq!(inferred.read(&written), Ok(wanted), "{}", &written);
            }
        }
    }
}
