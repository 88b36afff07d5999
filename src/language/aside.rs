//! Aside: the words around numbers that are no quantities: years, days, hours, labels, codes, sources; each language has its
//! own in one file beside.
//!
//! A text may mix languages, so that all tables are looked at together.

pub(super) mod en;
pub(super) mod kk;
pub(super) mod plain;
pub(super) mod ru;

use super::lang::GRAMMARS;

/// The words of one language, in small letters.
pub struct Asides {
    /// Words behind which a code stands.
    pub codes: &'static [&'static str],
    /// Words behind which a telephone number stands.
    pub telephones: &'static [&'static str],
    /// Words of an address before the number of a house.
    pub streets: &'static [&'static str],
    /// Words that lead to a time of the clock.
    pub hours_led: &'static [&'static str],
    /// Endings behind a time of the clock.
    pub hours_cased: &'static [&'static str],
    /// What follows an hour alone, as it begins.
    pub hours: &'static [&'static str],
    /// What follows an hour where a part of the day comes behind it.
    pub hours_of_day: &'static [&'static str],
    /// Parts of the day.
    pub parts_of_day: &'static [&'static str],
    /// Words that lead to an hour alone.
    pub hour_alone: &'static [&'static str],
    /// Headings behind which literature is listed, as they begin.
    pub literature: &'static [&'static str],
    /// Headings behind which a paper speaks again, as they begin.
    pub text_again: &'static [&'static str],
    /// What joins the years of one list or range.
    pub between_years: &'static [&'static str],
    /// Words that stand beside a year.
    pub beside_year: &'static [&'static str],
    /// Words that lead to a year.
    pub year_led: &'static [&'static str],
    /// Words that lead to a year of which something is: «the spring of 2024».
    pub year_of: &'static [&'static str],
    /// Words before those that make a number of it: «a total of 2024».
    pub sums: &'static [&'static str],
    /// Words that lead to a range of years.
    pub years_led: &'static [&'static str],
    /// Months that are other words too, before a year.
    pub months_led: &'static [&'static str],
    /// Words before a year whose prices are meant.
    pub prices_led: &'static [&'static str],
    /// What such a year is followed by, as it begins: «2010 dollars».
    pub prices: &'static [&'static str],
    /// What follows a year, as it begins.
    pub year_behind: &'static [&'static str],
    /// What follows a year of schools or of accounts, as it begins.
    pub season_behind: &'static [&'static str],
    /// Endings of decades.
    pub decades: &'static [&'static str],
    /// What follows such an ending, as it begins.
    pub decade_years: &'static [&'static str],
    /// What stands behind the hyphen of a decade, as it begins.
    pub decades_alone: &'static [&'static str],
    /// Months, as they begin.
    pub months: &'static [&'static str],
    /// What leads from a day to another.
    pub to_day: &'static [&'static str],
    /// What stands behind the year of an article in a journal, as it begins.
    pub journals: &'static [&'static str],
    /// Words whose number is a label.
    pub labels: &'static [&'static str],
    /// Abbreviations whose number is a label.
    pub short_labels: &'static [&'static str],
    /// Abbreviations before such an abbreviation that make a unit of it: «п. п.».
    pub no_labels: &'static [&'static str],
    /// What makes a label of the number before it, as it begins.
    pub labels_behind: &'static [&'static str],
    /// Labels that may have several numbers.
    pub labels_of_several: &'static [&'static str],
    /// What stands behind the number of a formula, as it begins.
    pub formulas: &'static [&'static str],
    /// Endings of an adjective behind a sign of per cent.
    pub percent_endings: &'static [&'static str],
    /// Words for an interval of confidence, as they begin.
    pub confidence: &'static [&'static str],
    /// Words of pages and volumes beside a source.
    pub pages: &'static [&'static str],
}

/// Lists one column of all tables.
pub fn all(column: fn(&Asides) -> &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    GRAMMARS.iter().flat_map(move |grammar| column(grammar.asides).iter().copied())
}

/// Says whether a word is in a column of any table.
pub fn is_in(word: &str, column: fn(&Asides) -> &'static [&'static str]) -> bool {
    all(column).any(|own| own == word)
}

/// Says whether a text begins as a word of any table does.
pub fn begins(text: &str, column: fn(&Asides) -> &'static [&'static str]) -> bool {
    all(column).any(|own| text.starts_with(own))
}
