//! Words: the text of paragraphs as words that are compared: a number of the study is one, whatever is printed in it.

use super::read::Paragraph;
use crate::output::docx::names::bare;

/// A word, a sign, a number of the study, or the end of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// As it stands.
    pub text: String,
    /// By what it is compared.
    pub key: String,
    /// Whether a blank stands before it.
    pub spaced: bool,
    pub owner: Option<usize>,
    pub sentence: Option<usize>,
    pub field: bool,
    pub formula: bool,
    pub raised: bool,
    pub pending: bool,
    /// Whether it is read as a part of the number of the study beside it, with which it is told.
    pub glued: bool,
    /// The paragraph.
    pub paragraph: usize,
}

impl Word {
    /// Returns true for the end of a paragraph.
    pub(super) fn is_end(&self) -> bool {
        self.key == END
    }
}

const END: &str = "\n";

/// Parts a paragraph into words; `name` tells by which name a number is compared, none where it is mere text.
pub(super) fn words(paragraph: &Paragraph, at: usize, name: &dyn Fn(usize) -> Option<String>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut spaced = false;
    for piece in &paragraph.pieces {
        let owner = piece.owner.filter(|owner| name(*owner).is_some());
        let own = Word {
            owner,
            sentence: piece.sentence,
            field: piece.field,
            formula: piece.formula,
            raised: piece.raised,
            pending: piece.pending,
            paragraph: at,
            ..Word::default()
        };
        match (owner, words.last_mut()) {
            (Some(owner), Some(last)) if last.owner == Some(owner) => last.text.push_str(&piece.text),
            (Some(owner), _) => {
                let key = name(owner).unwrap_or_default();
                words.push(Word { text: piece.text.clone(), key, spaced, ..own });
                spaced = false;
            }
            (None, _) if piece.formula => formula(&piece.text, &own, &mut spaced, &mut words),
            (None, _) => text(&piece.text, &own, &mut spaced, &mut words),
        }
    }
    glued(whole(words))
}

/// Marks the digits that stand at once beside a number of the study.
fn glued(mut words: Vec<Word>) -> Vec<Word> {
    let is_digits = |word: &Word| word.owner.is_none() && word.text.starts_with(|c: char| c.is_ascii_digit());
    for at in (0..words.len()).filter(|at| words[*at].owner.is_some()).collect::<Vec<_>>() {
        let next = |at: usize| words.get(at).filter(|word| !word.spaced);
        let is_mark = next(at + 1).is_some_and(|word| matches!(word.key.as_str(), "," | "."));
        let behind = match is_mark {
            true if next(at + 2).is_some_and(is_digits) => 2,
            _ => usize::from(next(at + 1).is_some_and(is_digits)),
        };
        let before = usize::from(!words[at].spaced && at > 0 && is_digits(&words[at - 1]));
        words[at - before..=at + behind].iter_mut().for_each(|word| word.glued = word.owner.is_none());
    }
    words
}

/// Joins the digits of numbers that marks and blanks part: `5,2`, `1 234`.
fn whole(words: Vec<Word>) -> Vec<Word> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = |word: &Word| word.owner.is_none() && !word.field && !word.formula;
    let is_alike = |one: &Word, other: &Word| {
        is_plain(one) && is_plain(other) && one.sentence == other.sentence && one.raised == other.raised
    };
    let mut out: Vec<Word> = Vec::new();
    for word in words {
        let marked = match out.as_slice() {
            [.., number, mark] if !mark.spaced && !word.spaced && matches!(mark.key.as_str(), "," | ".") => {
                let ends = number.text.ends_with(|c: char| c.is_ascii_digit());
                ends && is_alike(number, mark) && is_alike(mark, &word)
            }
            _ => false,
        };
        let grouped = out.last().is_some_and(|last| {
            let mut groups = last.text.split('\u{a0}');
            let first = groups.next().is_some_and(|first| first.len() <= 3 && is_digits(first));
            first && groups.all(is_digits) && word.spaced && word.text.len() == 3 && is_alike(last, &word)
        });
        let parts = match is_digits(&word.text) {
            true if marked => out.split_off(out.len() - 1),
            true if grouped => Vec::new(),
            _ => {
                out.push(word);
                continue;
            }
        };
        let Some(last) = out.last_mut() else { continue };
        last.text.push_str(if marked { "" } else { "\u{a0}" });
        for part in parts.into_iter().chain([word]) {
            last.text.push_str(&part.text);
            last.key.push_str(&part.key);
            last.pending |= part.pending;
        }
    }
    out
}

/// Takes in letters and digits of a formula, which is one word: editors write its signs and brackets each in their way.
fn formula(text: &str, own: &Word, spaced: &mut bool, words: &mut Vec<Word>) {
    let kept: String = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    match words.last_mut().filter(|last| last.formula && last.sentence == own.sentence) {
        Some(last) => {
            last.text.push_str(&kept);
            last.key.push_str(&kept);
            last.pending |= own.pending;
        }
        None if kept.is_empty() => {}
        None => {
            let key = kept.clone();
            words.push(Word { text: kept, key, spaced: std::mem::take(spaced), ..own.clone() });
        }
    }
}

/// Parts a text into words and signs.
fn text(text: &str, own: &Word, spaced: &mut bool, words: &mut Vec<Word>) {
    let joins = |last: &Word| last.owner.is_none() && last.sentence == own.sentence && last.raised == own.raised;
    for letter in text.chars() {
        let kept = bare(letter.encode_utf8(&mut [0; 4]));
        if letter.is_whitespace() {
            *spaced = true;
        } else if !kept.is_empty() {
            let is_word = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
            let goes_on = |last: &Word| last.text.chars().all(is_word) && is_word(letter) && joins(last);
            match words.last_mut().filter(|last| !*spaced && goes_on(last)) {
                Some(last) => {
                    last.text.push(letter);
                    last.key.push_str(&kept);
                    last.pending |= own.pending;
                }
                None => words.push(Word { text: letter.to_string(), key: kept, spaced: *spaced, ..own.clone() }),
            }
            *spaced = false;
        }
    }
}

/// Parts a number back into the words that are printed in it.
pub(super) fn apart(word: &Word) -> Vec<Word> {
    if word.owner.is_none() {
        return vec![word.clone()];
    }
    let (mut words, mut spaced) = (Vec::new(), word.spaced);
    text(&word.text, &Word { owner: None, ..word.clone() }, &mut spaced, &mut words);
    words = whole(words);
    for own in &mut words {
        own.owner = word.owner;
    }
    words
}

/// Returns the end of a paragraph.
pub(super) fn end(paragraph: usize) -> Word {
    Word { key: END.to_owned(), paragraph, ..Word::default() }
}

/// Writes words as they stand.
pub(super) fn said<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    let mut out = String::new();
    for word in words {
        if (word.spaced || word.is_end()) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(&word.text);
    }
    out.trim().to_owned()
}

/// Returns what of words is compared.
pub(super) fn compared<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    words.into_iter().map(|word| bare(&word.text)).collect()
}

/// Finds the longest row of words that two texts have in common: pairs of their places, rising. What is beyond the
/// steps that are left is not compared: then `None`.
pub(super) fn common(one: &[Word], other: &[Word], steps: &mut usize) -> Option<Vec<(usize, usize)>> {
    let same = |a: usize, b: usize| one[a].key == other[b].key;
    let head = (0..one.len().min(other.len())).take_while(|at| same(*at, *at)).count();
    let most = one.len().min(other.len()) - head;
    let tail = (0..most).take_while(|at| same(one.len() - 1 - at, other.len() - 1 - at)).count();
    let (rows, columns) = (one.len() - head - tail, other.len() - head - tail);
    *steps = steps.checked_sub(rows * columns)?;
    // The length of what rests in common from each place on.
    let wide = columns + 1;
    let mut rest = vec![0u32; (rows + 1) * wide];
    for a in (0..rows).rev() {
        for b in (0..columns).rev() {
            rest[a * wide + b] = match same(head + a, head + b) {
                true => rest[(a + 1) * wide + b + 1] + 1,
                false => rest[(a + 1) * wide + b].max(rest[a * wide + b + 1]),
            };
        }
    }
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    let (mut a, mut b) = (0, 0);
    while a < rows && b < columns {
        if same(head + a, head + b) {
            pairs.push((head + a, head + b));
            (a, b) = (a + 1, b + 1);
        } else if rest[(a + 1) * wide + b] >= rest[a * wide + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs.extend((0..tail).rev().map(|at| (one.len() - 1 - at, other.len() - 1 - at)));
    Some(pairs)
}

/// How like two texts are, in hundredths: words that both have of all that they have; signs and numbers apart.
pub(super) fn alike(one: &[String], other: &[String]) -> usize {
    let both = shared(one, other);
    (both * 100).checked_div(one.len() + other.len() - both).unwrap_or(0)
}

/// How many words two sorted rows share.
pub(super) fn shared(one: &[String], other: &[String]) -> usize {
    let (mut a, mut b, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        both += usize::from(x == y);
        (a, b) = (a + usize::from(x <= y), b + usize::from(y <= x));
    }
    both
}

/// Returns the words proper of a text, in small letters, sorted.
pub(super) fn proper(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() > 1)
        .map(str::to_lowercase)
        .collect();
    words.sort();
    words
}

#[cfg(test)]
mod tests {
    use super::super::read::{Piece, Stand};
    use super::*;

    fn of(pieces: &[(&str, Option<usize>)]) -> Vec<Word> {
        let piece = |(text, owner): &(&str, Option<usize>)| Piece {
            text: (*text).to_owned(),
            owner: *owner,
            ..Piece::default()
        };
        let pieces = pieces.iter().map(piece).collect();
        words(&Paragraph { stand: Stand::Note, style: String::new(), pieces }, 0, &|owner| Some(format!("#{owner}")))
    }

    #[test]
    fn a_number_is_one_word_and_signs_stand_alone() {
        let words =
            of(&[("Было (", None), ("1\u{a0}234 чел", Some(3)), (".), а", None), (" ста", None), ("ло 5,2", None)]);
        let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
        assert_eq!(keys, ["Было", "(", "#3", ".", ")", ",", "а", "стало", "5,2"]);
        assert_eq!(said(&words), "Было (1\u{a0}234 чел.), а стало 5,2");
        assert_eq!(apart(&words[2]).iter().map(|word| word.key.as_str()).collect::<Vec<_>>(), ["1234", "чел"]);
        let words = of(&[("12", None), ("3", Some(1)), (",4 и 5 ", None), ("6", Some(2)), (". 7", None)]);
        let glued: Vec<&str> = words.iter().filter(|word| word.glued).map(|word| word.text.as_str()).collect();
        assert_eq!(glued, ["12", ",", "4"]);
        let words = of(&[("В 2020 году 12 345 678 и 5 67, 8 .", None)]);
        let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
        assert_eq!(keys, ["В", "2020", "году", "12345678", "и", "5", "67", ",", "8", "."]);
    }

    #[test]
    fn what_two_texts_have_in_common_is_found() {
        let (one, other) = (of(&[("a b c d e", None)]), of(&[("a x c d y e", None)]));
        assert_eq!(common(&one, &other, &mut 100), Some(vec![(0, 0), (2, 2), (3, 3), (4, 5)]));
        assert_eq!(common(&one, &other, &mut 1), None);
        assert_eq!(alike(&proper("один два три"), &proper("два три пять")), 50);
    }
}
