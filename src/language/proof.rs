//! Proof: what is wrong in a finished text, found by reading it as a proof-reader does.

mod capitals;
mod dates;
mod digits;
pub(super) mod en;
pub(super) mod kk;
mod marks;
mod motion;
mod numbers;
pub(super) mod plain;
pub(super) mod ru;
mod rules;
mod script;
mod spelling;
mod stops;
mod told;
mod units;
mod years;

use std::ops::Range;
use std::sync::Arc;

use marks::{breaks, doubled, groups, hyphens, spaced, spaces, typography};
use numbers::{beyond, direction, growth, percents, shares};
pub(super) use rules::Rules;
use script::{inserted, mixed, untranslated};
pub use spelling::Spelt;
pub use told::{Condition, Measures, Taken, Told};

use super::{Lang, Language};

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
    /// A range of years that runs backwards.
    Reversed,
    /// A day that its month has not, or a date in another order.
    Date,
    /// A number as another language prints it.
    Number,
    /// A unit twice behind one number.
    UnitTwice,
    /// A scale word typed behind a number that was quoted in units.
    Scale,
    /// A word that is near a known one, or written with letters that look like its own.
    Spelling,
    /// A word that no dictionary has, and that is near none.
    Strange,
    /// A superlative or a name beside an extremum that it is not of.
    Extreme,
    /// A time said of a number of another.
    Period,
    /// A unit typed behind a number in another.
    OtherUnit,
    /// A territory named beside the figures of others.
    OtherPlace,
    /// A word for a mean, a total or a balance beside a number that is none.
    OtherMeasure,
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

impl Finding {
    /// Moves it to where the part of a text stands in which it was found.
    fn behind(self, start: usize) -> Finding {
        Finding { span: start + self.span.start..start + self.span.end, ..self }
    }
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
    /// The bytes of the numbers that were quoted in units of one, so that no scale word may follow.
    pub plain: Vec<Range<usize>>,
    /// What its numbers and names say of the data.
    pub told: Vec<Told>,
    /// What the measures of the study are called.
    pub measures: Arc<Measures>,
}

/// Stands for code, citations and exempt passages.
pub const HIDDEN: char = '\u{fffc}';

impl Language {
    /// Reads a passage and returns what is wrong in it, in the order of the text.
    pub fn proofread(&self, passage: &Passage) -> Vec<Finding> {
        let mut found = Vec::new();
        let text = passage.text.as_str();
        let words = words(text);
        let rules = self.rules();
        let foreign = untranslated(rules, text, &mut found);
        let whole = found.len();
        if text.contains(rules.is_strange) {
            mixed(rules, text, &words, &mut found);
            inserted(rules, text, &words, &mut found);
        }
        doubled(text, &words, &mut found);
        hyphens(text, &mut found);
        breaks(rules, text, &mut found);
        groups(text, &mut found);
        spaces(text, &mut found);
        units::read(rules, passage, &mut found);
        told::read(self, passage, &mut found);
        (rules.read)(self, text, &words, &mut found);
        years::read(rules, text, &mut found);
        dates::read(self, text, &words, &mut found);
        if rules.guillemets {
            typography(text, &mut found);
            spaced(text, &mut found);
            stops::read(self, text, &mut found);
            capitals::read(self, text, &words, &mut found);
            digits::read(self, text, &mut found);
        }
        if text.contains(|c: char| c.is_ascii_digit()) {
            for clause in clauses(text) {
                direction(self, passage, clause, &mut found);
            }
            for sentence in told::sentences(text) {
                let mut own = Vec::new();
                beyond(self, &text[sentence.clone()], &mut own);
                found.extend(own.into_iter().map(|finding| finding.behind(sentence.start)));
            }
        }
        // Most passages speak of no balance and print no per cent; a capital may begin the word.
        let rest = |word: &&'static str| word.chars().next().map(|first| &word[first.len_utf8()..]);
        let balances = rules.balance.iter().filter_map(rest).any(|word| text.contains(word));
        let shares_told = percents(rules).any(|word| text.contains(word));
        if balances {
            clauses(text).into_iter().for_each(|clause| growth(self, passage, clause, &mut found));
        }
        if shares_told {
            shares(rules, text, &mut found);
        }
        spelling::read(self, text, &mut found);
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

impl Language {
    fn rules(&self) -> &'static Rules {
        self.lang.grammar().proof
    }

    /// Says whether a full stop behind a text ends its sentence: abbreviations end in a consonant, and no dictionary has them.
    pub fn ends_sentence(&self, before: &str) -> bool {
        let word = before.rsplit(|c: char| !is_letter(c) && c != '-').next().unwrap_or_default();
        let is_name = word.starts_with(char::is_uppercase);
        if word.chars().count() < 5 || is_name || before.ends_with(['.', '?', '!']) {
            return false;
        }
        let vowels = self.rules().vowels;
        let known = || self.has_dictionary() && self.vocabulary().knows(word);
        !vowels.is_empty() && (word.ends_with(|c| vowels.contains(c)) || known())
    }

    /// Returns true for a short text that was left as another language has it.
    pub fn is_left_over(&self, other: Lang, text: &str) -> bool {
        (self.rules().is_left_over)(other.code(), text)
    }

    /// Judges the words of a text by the vocabulary.
    pub fn spelt(&self, text: &str) -> Spelt {
        spelling::spelt(self, text)
    }
}

/// Returns true for a letter. Those that nearly all texts here are written in need no tables of Unicode.
fn is_letter(letter: char) -> bool {
    let own = letter.is_ascii_alphabetic() || matches!(letter, '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}');
    own || !letter.is_ascii() && letter.is_alphabetic()
}

/// What parts two words that stand side by side.
const GAPS: [&str; 3] = [" ", "\u{a0}", "\n"];

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

/// Splits a text into clauses: at stops, and at commas behind which a space follows; «198 тыс. до 165 тыс.» is one.
pub fn clauses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().filter(|(_, sign)| ".!?;:,()–\n".contains(*sign)) {
        let rest = &text[at + sign.len_utf8()..];
        let is_scale = sign == '.' && text[..at].ends_with("тыс") && rest.trim_start().starts_with(char::is_lowercase);
        if !is_scale && (rest.starts_with([' ', '\n']) || rest.is_empty() || "()".contains(sign)) {
            found.push(start..at);
            start = at + sign.len_utf8();
        }
    }
    found.push(start..text.len());
    found
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
        let passage = Passage { text: text.clone(), negative, ..Passage::default() };
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
        use Fault::{
            Direction, DoubledWord, Ending, Government, Growth, Hyphen, MixedScript, NoBreak, Plural, Points, Spaces,
            Untranslated,
        };
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
        one(Lang::Ru, Points, "выросла", "Доля горожан выросла на 1,6~процента.");
        one(Lang::Kk, Points, "артты", "Қала халқының үлесі 1,6~пайызға артты.");
        one(Lang::Ru, Spaces, ",", "В Абайской,Жетысуской и Карагандинской областях.");
        one(Lang::Ru, NoBreak, "25 461", "Приехали 25 461~человек.");
        one(Lang::Ru, Government, "населением", "Доклад для населением страны.");
        one(Lang::Ru, Government, "школах", "Он дошёл до школах города.");
        one(Lang::Ru, Government, "снижению", "Без снижению ставки не обойтись.");
        one(Lang::Kk, Government, "реформасы", "Әкімшілік реформасы кейін саны өзгерді.");
        one(Lang::Kk, Government, "өңірлердің", "Бұл өңірлердің бойынша есептелді.");
        one(Lang::Kk, Plural, "жылдар", "Соңғы 5 жылдар ішінде.");
        one(Lang::Kk, Plural, "жылдар", "Соңғы он жылдар ішінде.");
        one(Lang::Kk, Direction, "өсті", "Саны 2023~жылғы 35,1~мыңнан 2024~жылы 28,0~мыңға дейін өсті.");
        one(Lang::Kk, Direction, "азайған", "Ол 28,0-ден 35,1-ге дейін азайған.");
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
        clean(Lang::Ru, "Данные опубликованы на stat.gov.kz/ru/industries, файл data/raw/moves_2024.csv лежит рядом.");
        clean(Lang::Ru, "Ко 2 кварталу рост замедлился; доля выросла на 1,6~процентного пункта.");
        clean(Lang::Ru, "В компанию пришли люди, с Германией и о школах, перед строениями, в течение года.");
        clean(Lang::Ru, "В таблице 5, 120~строк; №~5 120~строк.");
        clean(Lang::Kk, "1990-жылдары ауыл халқы азайды; 2020–2022~жылдары өсті, үлесі 1,6~пайыздық тармаққа артты.");
        clean(Lang::Kk, "Реформадан кейін, содан бері және қалалар бойынша 35,1-ден 28,0-ге дейін төмендеген.");
        clean(Lang::En, "Rural net migration came to −66,850~persons in 2022.");
    }
}
