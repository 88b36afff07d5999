//! Words: the keys of what the checker itself says of verdicts; the texts stand in the files of each language.

use crate::language::texts;

/// A text of the checker's own, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(&'static str);

impl Word {
    /// Returns its key.
    pub fn key(self) -> &'static str {
        self.0
    }

    /// Returns the program's own text of it in a language, by its code.
    pub fn own(self, lang: &str) -> &'static str {
        texts::own(lang, self.0).unwrap_or_default()
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $key:literal;)*) => {
        $($(#[$doc])* pub const $name: Word = Word($key);)*
    };
}

words! {
    /// The verdict `confirmed`.
    VERDICT_CONFIRMED = "verification.verdict-confirmed";
    /// The verdict `rounding`.
    VERDICT_ROUNDING = "verification.verdict-rounding";
    /// The verdict `contradicted`.
    VERDICT_CONTRADICTED = "verification.verdict-contradicted";
    /// The verdict `inconsistent`.
    VERDICT_INCONSISTENT = "verification.verdict-inconsistent";
    /// The verdict `unresolved`.
    VERDICT_UNRESOLVED = "verification.verdict-unresolved";
    /// The same where data are at hand, and what was meant could not be read.
    VERDICT_UNJUDGED = "verification.verdict-unjudged";
    /// A place in a text whose parts nobody has named.
    LINE = "verification.line";
    /// A page of a paper.
    PAGE = "verification.page";
    /// The notes at the foot of its pages.
    FOOTNOTES = "verification.footnotes";
    /// The notes at its end.
    ENDNOTES = "verification.endnotes";
    /// The heads and feet of its pages.
    PAGE_EDGES = "verification.page-edges";
    /// A box beside its text.
    TEXT_BOX = "verification.text-box";
    /// Numbers that are no claims, with the reason.
    SORT_YEAR = "verification.sort-year";
    /// Why.
    SORT_YEAR_WHY = "verification.sort-year-why";
    /// Numbers that are no claims.
    SORT_REFERENCE = "verification.sort-reference";
    /// Why.
    SORT_REFERENCE_WHY = "verification.sort-reference-why";
    /// Numbers that are no claims.
    SORT_LABEL = "verification.sort-label";
    /// Why.
    SORT_LABEL_WHY = "verification.sort-label-why";
    /// Numbers that are no claims.
    SORT_IDENTIFIER = "verification.sort-identifier";
    /// Why.
    SORT_IDENTIFIER_WHY = "verification.sort-identifier-why";
    /// Numbers that are no claims.
    SORT_SCALE = "verification.sort-scale";
    /// Why.
    SORT_SCALE_WHY = "verification.sort-scale-why";
    /// What is no claim.
    SORT_BASE = "verification.sort-base";
    /// Why.
    SORT_BASE_WHY = "verification.sort-base-why";
    /// What is no claim.
    SORT_SPAN = "verification.sort-span";
    /// Why.
    SORT_SPAN_WHY = "verification.sort-span-why";
    /// Yes.
    YES = "verification.yes";
    /// No.
    NO = "verification.no";
    /// What a reading rests on: the paper.
    BY_PAPER = "verification.by-paper";
    /// What a reading rests on: the agency.
    BY_AGENCY = "verification.by-agency";
    /// Confirmed.
    CONFIRMED = "verification.confirmed";
    /// Right under another way of rounding.
    ROUNDED = "verification.rounded";
    /// Within the inputs' precision.
    WITHIN = "verification.within";
    /// Contradicted.
    CONTRADICTED = "verification.contradicted";
    /// Inconsistent.
    INCONSISTENT = "verification.inconsistent";
    /// Another reading.
    OTHERWISE = "verification.otherwise";
    /// Another reading, under which a statement holds.
    OTHERWISE_HOLDS = "verification.otherwise-holds";
    /// Another reading, under which a statement does not hold.
    OTHERWISE_FAILS = "verification.otherwise-fails";
    /// Claims that give one another and rest on nothing else.
    ONE_CHECK = "verification.one-check";
    /// What stands near a claim that nothing derives.
    NEAR = "verification.near";
    /// Nothing derives it.
    NOTHING = "verification.nothing";
    /// A cell whose column does not add up.
    COLUMN_OPEN = "verification.column-open";
    /// A period.
    YEARS = "verification.years";
    /// Shares that some total satisfies.
    TOTALS = "verification.totals";
    /// Shares that no total satisfies.
    NO_TOTAL = "verification.no-total";
    /// A list that closes as printed.
    IN_ORDER = "verification.in-order";
    /// A list with a repair.
    REPAIR = "verification.repair";
    /// A list without a repair.
    NO_REPAIR = "verification.no-repair";
    /// A sign that all values have.
    SIGN_HOLDS = "verification.sign-holds";
    /// A sign that some value has not.
    SIGN_FAILS = "verification.sign-fails";
    /// An order or comparison that holds.
    ORDER_HOLDS = "verification.order-holds";
    /// An order that printed precision leaves open.
    ORDER_OPEN = "verification.order-open";
    /// An order or comparison that does not hold.
    ORDER_FAILS = "verification.order-fails";
    /// What holds instead.
    INSTEAD = "verification.instead";
    /// A reading under which what is printed would be right: rounded up.
    FAIR_UP = "verification.fair-up";
    /// Likewise: rounded to fewer digits than are printed.
    FAIR_COARSE = "verification.fair-coarse";
    /// Likewise: with the other sign.
    FAIR_SIGN = "verification.fair-sign";
    /// Likewise: in another scale.
    FAIR_SCALE = "verification.fair-scale";
    /// Likewise: two digits changed places.
    FAIR_DIGITS = "verification.fair-digits";
    /// Likewise: points for per cent.
    FAIR_POINTS = "verification.fair-points";
    /// Likewise: per cent for points.
    FAIR_PER_CENT = "verification.fair-per-cent";
    /// Likewise: the rest of the whole.
    FAIR_REST = "verification.fair-rest";
    /// Likewise: the two numbers in each other's place.
    FAIR_ENDS = "verification.fair-ends";
    /// Likewise: an earlier time.
    FAIR_EARLIER = "verification.fair-earlier";
    /// Likewise: a later time.
    FAIR_LATER = "verification.fair-later";
    /// Likewise: another measure.
    FAIR_MEASURE = "verification.fair-measure";
    /// Likewise: another territory or category.
    FAIR_POPULATION = "verification.fair-population";
    /// A way of rounding.
    MODE_HALF_AWAY = "verification.mode-half-away";
    /// A way of rounding.
    MODE_HALF_EVEN = "verification.mode-half-even";
    /// A way of rounding.
    MODE_TRUNCATE = "verification.mode-truncate";
    /// The title of the report on a paper's numbers.
    TITLE = "verification.title";
    /// What the report is.
    LEAD = "verification.lead";
    /// Section.
    SUMMARY = "verification.summary";
    /// Class of a paper.
    CLASS_NONE = "verification.class-none";
    /// Class of a paper.
    CLASS_FULLY = "verification.class-fully";
    /// Class of a paper.
    CLASS_MINOR = "verification.class-minor";
    /// Class of a paper.
    CLASS_PARTLY = "verification.class-partly";
    /// Class of a paper.
    CLASS_NOT = "verification.class-not";
    /// How the class is found.
    CLASS_RULE = "verification.class-rule";
    /// Column.
    PAPER = "verification.paper";
    /// Section.
    HEADLINE = "verification.headline";
    /// Section.
    PROBLEMS = "verification.problems";
    /// Section.
    EVERYTHING = "verification.everything";
    /// Section.
    TABLES = "verification.tables";
    /// Section.
    EXCLUDED = "verification.excluded";
    /// Section.
    ROUNDING = "verification.rounding";
    /// No problems.
    NO_PROBLEMS = "verification.no-problems";
    /// Where there are no data to find any by.
    NOTHING_JUDGED = "verification.nothing-judged";
    /// Column.
    PLACE = "verification.place";
    /// Column.
    PRINTED = "verification.printed";
    /// Column.
    DERIVED = "verification.derived";
    /// Column.
    VERDICT = "verification.verdict";
    /// Column.
    EXPLANATION = "verification.explanation";
    /// Column.
    REASON = "verification.reason";
    /// Column.
    NUMBERS = "verification.numbers";
    /// Link to the derivation.
    DERIVATION = "verification.derivation";
    /// The field for the authors.
    REPLY = "verification.reply";
    /// An empty field.
    REPLY_EMPTY = "verification.reply-empty";
    /// Under which entry the answer to one number is written down.
    REPLY_ENTRY = "verification.reply-entry";
    /// Where the answers are written down.
    REPLY_WHOLE = "verification.reply-whole";
    /// How far a confirmed value could move.
    SLACK_VALUE = "verification.slack-value";
    /// The least change of an input that fails a verdict.
    SLACK_INPUT = "verification.slack-input";
    /// No single input fails a verdict.
    SLACK_FIXED = "verification.slack-fixed";
    /// A period has no room.
    SLACK_YEARS = "verification.slack-years";
    /// What «about» is taken to mean.
    MEANS_ABOUT = "verification.means-about";
    /// What «more than» is taken to mean.
    MEANS_MORE = "verification.means-more";
    /// What «more than» without an end is taken to mean.
    MEANS_MORE_ANY = "verification.means-more-any";
    /// What «up to» is taken to mean.
    MEANS_UP_TO = "verification.means-up-to";
    /// What «up to» without an end is taken to mean.
    MEANS_UP_TO_ANY = "verification.means-up-to-any";
    /// What «at least» is taken to mean.
    MEANS_LEAST = "verification.means-least";
    /// What «at least» without an end is taken to mean.
    MEANS_LEAST_ANY = "verification.means-least-any";
    /// What «less than» is taken to mean.
    MEANS_LESS = "verification.means-less";
    /// What «less than» without an end is taken to mean.
    MEANS_LESS_ANY = "verification.means-less-any";
    /// What «almost» is taken to mean.
    MEANS_ALMOST = "verification.means-almost";
    /// A number that the precision of its inputs leaves open altogether.
    OPEN = "verification.open";
    /// How a paper rounds.
    ROUNDING_IS = "verification.rounding-is";
    /// Outliers of rounding.
    ROUNDING_OUTLIERS = "verification.rounding-outliers";
    /// Nothing shows how it rounds.
    ROUNDING_HIDDEN = "verification.rounding-hidden";
    /// A table.
    TABLE_LEAD = "verification.table-lead";
    /// A table's verdicts.
    TABLE_COUNTS = "verification.table-counts";
    /// Section.
    BLIND = "verification.blind";
    /// Blind spot.
    BLIND_1 = "verification.blind-1";
    /// Blind spot.
    BLIND_2 = "verification.blind-2";
    /// Blind spot.
    BLIND_3 = "verification.blind-3";
    /// Blind spot.
    BLIND_4 = "verification.blind-4";
    /// Blind spot.
    BLIND_5 = "verification.blind-5";
    /// The page of derivations.
    DERIVATIONS = "verification.derivations";
    /// What the page of derivations shows.
    DERIVATIONS_LEAD = "verification.derivations-lead";
    /// An expression that is too long to show at once.
    EXPRESSION = "verification.expression";
    /// The rows of a source.
    SOURCE_ROWS = "verification.source-rows";
    /// How many more rows there are.
    MORE_ROWS = "verification.more-rows";
    /// Column: the row of a source.
    ROW = "verification.row";
    /// Numbers that the paper prints in its text.
    OF_TEXT = "verification.of-text";
    /// Numbers that the paper prints in its tables.
    OF_TABLES = "verification.of-tables";
    /// Numbers that carry the conclusions.
    OF_HEADLINE = "verification.of-headline";
    /// Cells of tables, those that give one another counted once.
    OF_CHECKS = "verification.of-checks";
    /// Section: claims that hold on their basis and would not on another one.
    CONTESTED = "verification.contested";
    /// What this means.
    CONTESTED_LEAD = "verification.contested-lead";
    /// The list of these.
    ALL_CONTESTED = "verification.all-contested";
    /// Claims that set no end on one side.
    UNFALSIFIABLE = "verification.unfalsifiable";
    /// Bounds that are true by far.
    FAR = "verification.far";
    /// By whom and when a discrepancy was accepted.
    ACCEPTED_BY = "verification.accepted-by";
    /// What to look at first.
    FIRST = "verification.first";
    /// The list of all discrepancies.
    ALL_PROBLEMS = "verification.all-problems";
    /// A filter that lets everything through.
    ALL = "verification.all";
    /// Findings between a number and its sources.
    BETWEEN = "verification.between";
    /// Back to the verdict.
    BACK = "verification.back";
    /// What a column of a table rests on.
    COLUMN_OF = "verification.column-of";
    /// A method that merges borders.
    FORMULA_MERGED = "verification.formula-merged";
    /// Files for machines.
    FILES = "verification.files";
    /// A known discrepancy.
    KNOWN = "verification.known";
    /// Within headline.
    COUNT_ALL = "verification.count-all";
    /// Which edition.
    EDITION = "verification.edition";
    /// What a reply to the editor is called.
    LETTER_TITLE = "verification.letter-title";
    /// How it begins.
    LETTER_OPENING = "verification.letter-opening";
    /// What was done, and of what the letter speaks.
    LETTER_LEAD = "verification.letter-lead";
    /// How many numbers of a paper were checked and do not hold.
    LETTER_COUNTS = "verification.letter-counts";
    /// The same where some of them are asked about, not corrected.
    LETTER_COUNTS_ASKED = "verification.letter-counts-asked";
    /// Where a paper was published.
    LETTER_PUBLISHED = "verification.letter-published";
    /// A paper without discrepancies.
    LETTER_NONE = "verification.letter-none";
    /// Over what would be right.
    LETTER_CORRECTED = "verification.letter-corrected";
    /// Over what a number rests on.
    LETTER_SOURCE = "verification.letter-source";
    /// A phrase with the right number in it.
    LETTER_READ = "verification.letter-read";
    /// A phrase, and the right number beside the printed one.
    LETTER_NUMBER = "verification.letter-number";
    /// The right number of a cell.
    LETTER_CELL = "verification.letter-cell";
    /// Words that the data do not bear out.
    LETTER_WORDS = "verification.letter-words";
    /// The one order of a list that fits.
    LETTER_ORDER = "verification.letter-order";
    /// Over what is asked of a number that another reading bears out.
    LETTER_QUESTION = "verification.letter-question";
    /// A number that another reading bears out.
    LETTER_CLARIFY = "verification.letter-clarify";
    /// How it ends.
    LETTER_CLOSING = "verification.letter-closing";
    /// What stands over the names.
    LETTER_SIGNATURE = "verification.letter-signature";
    /// What stands before the day, which a hand fills in.
    LETTER_DATE = "verification.letter-date";
}

impl super::Verdict {
    /// Names the verdict.
    pub fn words(self) -> Word {
        use super::Verdict;
        match self {
            Verdict::Confirmed => VERDICT_CONFIRMED,
            Verdict::Rounding => VERDICT_ROUNDING,
            Verdict::Contradicted => VERDICT_CONTRADICTED,
            Verdict::Inconsistent => VERDICT_INCONSISTENT,
            Verdict::Unresolved => VERDICT_UNRESOLVED,
        }
    }
}

impl super::Judged<'_> {
    /// Names its verdict: what nobody could read is not said to lack data.
    pub fn words(&self) -> Word {
        let open_column = self.claim.cell.is_some() && self.first().is_some();
        match self.verdict == super::Verdict::Unresolved && (self.claim.unjudged.is_some() || open_column) {
            true => VERDICT_UNJUDGED,
            false => self.verdict.words(),
        }
    }
}

/// Names a part of a paper as a stub of claims writes it: `page 3`, `footnotes`.
pub fn of_part(part: &str, say: &dyn Fn(Word) -> String) -> Option<String> {
    match part {
        "footnotes" => Some(say(FOOTNOTES)),
        "endnotes" => Some(say(ENDNOTES)),
        "page edges" => Some(say(PAGE_EDGES)),
        "text box" => Some(say(TEXT_BOX)),
        _ => {
            let page = part.strip_prefix("page ").filter(|page| page.bytes().all(|byte| byte.is_ascii_digit()))?;
            Some(say(PAGE).replace("{page}", page))
        }
    }
}

/// Names what is no claim and why; a number is one.
pub fn of_sort(sort: super::scan::Sort) -> Option<(Word, Word)> {
    use super::scan::Sort;
    match sort {
        Sort::Number => None,
        Sort::Year => Some((SORT_YEAR, SORT_YEAR_WHY)),
        Sort::Reference => Some((SORT_REFERENCE, SORT_REFERENCE_WHY)),
        Sort::Label => Some((SORT_LABEL, SORT_LABEL_WHY)),
        Sort::Identifier => Some((SORT_IDENTIFIER, SORT_IDENTIFIER_WHY)),
        Sort::Scale => Some((SORT_SCALE, SORT_SCALE_WHY)),
        Sort::Base => Some((SORT_BASE, SORT_BASE_WHY)),
        Sort::Span => Some((SORT_SPAN, SORT_SPAN_WHY)),
    }
}
