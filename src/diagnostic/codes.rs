//! Codes: the stable names of all diagnostics, each with what it means and what to do.

/// One kind of problem.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The stable name, `room/what`.
    pub code: &'static str,
    /// What it means and what to do.
    pub meaning: &'static str,
}

macro_rules! codes {
    ($($name:ident = $code:literal: $meaning:literal;)*) => {
        /// The codes as constants, for those who raise them.
        pub mod code {
            $(#[doc = $meaning] pub const $name: &str = $code;)*
        }

        /// All codes, in the order of the rooms.
        pub const CODES: &[Code] = &[$(Code { code: $code, meaning: $meaning }),*];
    };
}

codes! {
    FILE_MISSING = "file/missing": "A file that the study names is not there. Add the file or take its name out.";
    FILE_ENCODING = "file/encoding": "A text file is not UTF-8, or a data file is not in the encoding that is stated for it. Save a text as UTF-8 (a byte order mark and CRLF line ends are fine); state the encoding of data.";
    FILE_WORKBOOK = "file/workbook": "A workbook cannot be read: it is damaged, locked, larger than any table, or of a format that is not read. Save it again as XLSX, ODS or CSV.";
    FILE_OUTPUT = "file/output": "The report folder cannot be read or written, or something of it stays behind. The message says what stands there now; mend what it names, or choose another folder with --out.";
    YAML_SYNTAX = "yaml/syntax": "A YAML file cannot be read. The message names the line.";
    USAGE = "cli/usage": "The command line asks for what the command cannot do: the message says what it takes.";
    YAML_KEY = "yaml/unknown-key": "A YAML file holds a key that nothing reads. Mend its spelling or take it out.";
    YAML_TWICE = "yaml/duplicate-key": "A YAML file holds a key twice in one map. Only one of the values could be meant.";
    YAML_VALUE = "yaml/value": "A YAML file gives a value that its key cannot take, or lacks a key that it needs.";
    CATALOG_HASH = "catalog/hash": "A snapshot's SHA-256 is not the catalogued one. Snapshots are immutable: restore the file, or catalogue a new vintage.";
    CATALOG_TABLE = "catalog/table": "A resource names a table, measure or dimension that the catalogue does not declare.";
    CATALOG_COLUMN = "catalog/column": "A column of a file is neither bound nor ignored, or a bound column is not in the file.";
    CATALOG_PROPERTY = "catalog/property": "A property of the catalogue cannot be honoured: esep does not read what it asks for, it contradicts another, or its value is none. Mend it or take it out.";
    CATALOG_TERRITORY = "catalog/territory": "The list of territories contradicts itself: an unknown predecessor, a missing name, a date that is none.";
    DATA_RAGGED = "data/ragged-row": "A row has more or fewer cells than the header.";
    DATA_HEADER = "data/header": "A header names a column twice, has no name for a column that holds something, or is parted by another delimiter than the stated one.";
    DATA_EMPTY = "data/empty": "A data file holds no rows. Restore it, or take its resource out.";
    DATA_CELL = "data/cell": "A cell cannot be read as its column's type. Mend the cell, or declare the mark as a missing value.";
    DATA_QUERY = "data/query": "A query of the catalogue cannot run as it is declared. Mend what the message names.";
    DATA_PULL = "data/pull": "A query failed where the records are: a file, a record, a connection, a number that is too large. Nothing was kept; mend what the message names and pull again.";
    DATA_LAYOUT = "data/layout": "A workbook is not laid out as its entry says: a sheet, row or column that nothing reads, a label or heading that is not known, a hidden row, a second table. Mend the layout, or leave the cells out with a reason.";
    DATA_CONSTRAINT = "data/constraint": "A cell or row breaks a constraint that its schema declares: a bound, a pattern, a list of values, a key that must be unique or known elsewhere. Look which of the two is wrong.";
    DATA_TOTAL = "data/total": "A row equals the sum of all others in every column that is used, or a member of a category that of the other members. Where it is their total, it is counted beside its own parts: leave it out, or declare it with `total` beside the dimension.";
    DATA_KEY = "data/duplicate-key": "Two rows of a file have the same key.";
    DATA_TERRITORY = "data/unknown-territory": "A row names a territory that data/territories.yaml does not list.";
    DATA_DATES = "data/territory-dates": "A row dates a territory to a time when it did not exist, and the table does not accept figures carried back or forth.";
    DATA_MEMBER = "data/unknown-member": "A row names a category that its dimension does not list.";
    DATA_CHECK = "data/check-failed": "A declared check does not hold: the message names table, key, expected, found and residual.";
    DATA_EXCEPTION = "data/exception-gone": "An accepted exception no longer occurs. Take it out of the catalogue.";
    DATA_CHECK_PARTIAL = "data/check-partial": "A declared check could not compare some of its keys, because a value is missing there. The message names them.";
    DATA_VINTAGE = "data/vintage-uncovered": "Fewer checks compare a new vintage than the one before it, or a whole of one vintage is not the sum of parts of another. Declare checks that follow it, complete its snapshot, or accept the residual.";
    DATA_NEEDED = "data/still-needed": "A vintage that is to be taken out is needed: an edition names it, a sentence quotes it, a verdict rests on it. Mend those first, or take it out with `--force`.";
    DATA_DOUBT = "data/doubt": "Figures of a new vintage are unlike those that their table held before: many times as large, those of another period or row, out of line with their own. Look at them in the file; the message says what a guess is.";
    DATA_OVERLAP = "data/overlap": "A territory or a total and its parts are added up or ranked together, so that what happened in a part is counted twice. Choose the territories or members first.";
    DATA_THINNED = "data/thinned": "The last period of a series holds fewer territories than the one before. End the series where all are there, complete the table, or say in the text of which it speaks.";
    DATA_CHECK_VOID = "data/check-void": "A declared check compared nothing. Mend its arguments.";
    DATA_WHOLE = "data/whole": "A territory and all its parts stand in a table and do not add up, and no check says that they should. Find the wrong cell, or declare `regions` and accept the residual with its reason.";
    REFERENCES_ENTRY = "references/entry": "An entry of data/references.bib or data/references.json cannot be read, has no id or title, or has the id of another work. Mend the entry.";
    REFERENCES_LEFT = "references/left": "A field of data/references.bib or data/references.json is not printed in the list of works. Take it out, or write the entry in data/references.yaml.";
    REFERENCES_GUESS = "references/guess": "An entry of data/references.bib or data/references.json does not state its language, which was guessed from the letters of its title. State it.";
    STUDY_VALUE = "study/value": "An entry of study.yaml says something that cannot be: an unknown table, method, kind of chart, edition.";
    STUDY_VINTAGE = "study/vintages-mixed": "An analysis draws on more than one vintage where none may be mixed without a stated reason (`across_vintages:`).";
    STUDY_FORMAT = "study/format": "study.yaml is written in another version of its format, or does not say in which. Rename the keys that are named, and write the version: `esep: 1`.";
    METHOD_CLASS = "method/class": "A method means nothing for a signed measure. Its results are missing, with the reason; take the method off, or apply it to flows.";
    METHOD_INPUT = "method/input": "A method is not given what it needs: a role without a column or series, a setting outside its range.";
    METHOD_GAP = "method/gap": "A series skips periods between its first and its last, and a method over time reads only the rows that there are. Complete the series, choose a stretch without gaps, or read the results as of the rows alone.";
    EXPRESSION_SYNTAX = "expression/syntax": "An expression cannot be parsed.";
    EXPRESSION_NAME = "expression/unknown-name": "An expression names an analysis, member, function or set that does not exist.";
    EXPRESSION_KEY = "expression/unknown-key": "A selector names a territory, period or category that the series does not hold.";
    EXPRESSION_SPAN = "expression/span": "A span of periods reaches beyond what its series holds in this edition, so that fewer periods are taken than are named. Name those that are there, or leave the end open.";
    EXPRESSION_STOCK = "expression/stock-sum": "A sentence prints the sum of a stock over several periods, which counts the same thing once a period. Take one period, the mean() of them, or the flow that changes it.";
    EXPRESSION_TYPE = "expression/type": "An operation does not fit its operands: units differ, a list where a single value is needed, a growth rate of a balance.";
    EXPRESSION_LITERAL = "expression/literal": "An expression asks for no finding, so nothing owns what it says. Ask for findings; literals stand in `esep eval` only.";
    EXPRESSION_SIZE = "expression/size": "An expression computes an exact number of thousands of digits, or findings rest on one another so often that writing one out takes tens of thousands of operations.";
    TEMPLATE_SYNTAX = "template/syntax": "A template cannot be parsed.";
    TEMPLATE_NAME = "template/unknown-name": "A template uses a filter, function or word that does not exist.";
    TEMPLATE_CALL = "template/call": "A function or filter of a template is called with arguments that it does not take.";
    TEMPLATE_FORBIDDEN = "template/forbidden": "A template compares, computes or branches on its own. Findings are compared inside q() and holds() only.";
    TEMPLATE_NOTE = "template/note": "A footnote is called and not written, written and not called, or stands twice. Write `[^name]` where it is called and `[^name]: …` in a paragraph of its own.";
    TEMPLATE_DIGIT = "template/unowned-digit": "A digit in prose belongs to no finding. Quote the finding with q(), a source with cited(), or exempt it with a reason.";
    TEMPLATE_WORD = "template/unowned-word": "A number in words belongs to no finding: before a scale word or a unit an error, before a territory, a time or people a warning. Quote the finding with q(), or exempt it with a reason.";
    TEMPLATE_STATEMENT = "template/unowned-statement": "A sentence says of a place by its name, or of all, which way something went or which is more, and rests on no finding. Put it under holds(), or quote what it says with q().";
    TEMPLATE_BARE = "template/bare-number": "A number was printed without saying how. Add a printing filter: persons, percent, number …";
    TEMPLATE_MISSING = "template/missing-value": "A sentence prints a value that is missing. Guard it with holds().";
    TEMPLATE_HOLDS = "template/no-alternative": "None of the alternatives of a holds() is true, so the page lacks the sentence.";
    PAGE_UNDECIDED = "page/undecided": "A missing value leaves undecided whether a holds() is true. Say so with `elif undecided(…)` of the same expression, or ask of what is known.";
    PAGE_STALE = "page/stale-pair": "A sentence was changed in one language, and what stands for it in another was not; or a finding that both read was altered. Mend that one; where the two still agree, say so with `esep build --accept-pairs`.";
    PAGE_PAIR = "page/new-pair": "Sentences are new or were changed in both languages, and nobody has said that they agree. Read them side by side, then `esep build --accept-pairs`.";
    PAGE_PAIRS = "page/pairs-file": "A line of templates/pairs.txt is no pair of sentences. Strike it out, or let `esep build --accept-pairs` write the file anew.";
    TEMPLATE_SAME = "template/same-branches": "All alternatives of a sentence say the same, so its condition decides nothing. Let them differ, or take the condition away.";
    TEMPLATE_REFERENCE = "template/unresolved-reference": "A page refers to an exhibit, section or source that is not there.";
    TEMPLATE_PARITY = "template/parity": "The language versions differ in what they quote, place, cite or head.";
    LANGUAGE_FORM = "language/form": "A language has no such form: an unknown noun, case or word.";
    LANGUAGE_UNTRANSLATED = "language/untranslated": "A sentence or a word of one language version is in another language. Translate it, or exempt it with a reason.";
    LANGUAGE_SCRIPT = "language/mixed-script": "A word mixes Latin and Cyrillic letters, which look alike. Type it anew.";
    LANGUAGE_ENDING = "language/ending": "The ending on a number does not fit how the number is read, or a Kazakh word does not bear the endings that it takes. Use `case`.";
    LANGUAGE_PLURAL = "language/plural": "A noun does not agree with the number before it. Use `noun`.";
    LANGUAGE_GOVERNMENT = "language/government": "A preposition, a postposition or a verb does not govern the case beside it.";
    LANGUAGE_AGREEMENT = "language/agreement": "An adjective or a verb does not agree with its noun or number.";
    LANGUAGE_DIRECTION = "language/direction": "A word says the other way than the numbers beside it, or than the condition under which it stands. Use change(), or say the other word.";
    LANGUAGE_EXTREME = "language/extreme": "A superlative, or the name of a place, stands beside the other end of an order. Ask for the end that is said, and quote the name by argmax() or argmin().";
    LANGUAGE_PERIOD = "language/period": "A year, month or quarter is said of a number of another. Quote the period with the same words as the number.";
    LANGUAGE_OTHER_UNIT = "language/unit-other": "A unit is typed behind a number in another unit. Let the filter print the unit.";
    LANGUAGE_OTHER_PLACE = "language/other-place": "A territory is named in a sentence all of whose figures are those of others. Ask for the figures of the place that is named, or name theirs.";
    LANGUAGE_OTHER_MEASURE = "language/other-measure": "A word for a mean, a median, a total, a balance or an order is said of a number or a list that is another. Ask for what the words say, or say what is asked for.";
    LANGUAGE_TYPOGRAPHY = "language/typography": "A straight quotation mark, a hyphen for a dash, or a quotation mark without its other.";
    LANGUAGE_HYPHEN = "language/hyphen": "An ASCII hyphen stands for a minus sign or between numbers, or a dash reads as the minus of a number behind it. Write −, – or a verb.";
    LANGUAGE_BREAK = "language/no-break": "A line may break between a number and its unit or label. Put a no-break space there.";
    LANGUAGE_GROWTH = "language/growth": "A balance below zero is said to grow or to fall, which can be read both ways. Use change(), or name both values.";
    LANGUAGE_POINTS = "language/points": "The change of a share is told in per cent. Use percentage points.";
    LANGUAGE_TERM = "language/term": "A text uses a variant that the term base forbids. Use the term.";
    LANGUAGE_DOUBLED = "language/doubled-word": "A word stands twice in a row. Strike one out.";
    LANGUAGE_SPACES = "language/spaces": "Two spaces in a row, or a space before a sign that closes.";
    LANGUAGE_SPELLING = "language/spelling": "A word is not known, or is written with letters that look like its own. Mend it; what is right and in no dictionary belongs into templates/<language>/words.txt.";
    LANGUAGE_REVERSED = "language/reversed": "A range of years runs backwards. Put the earlier year first.";
    LANGUAGE_DATE = "language/date": "A day that its month has not, or a date in an order that the language has not.";
    LANGUAGE_NUMBER = "language/number": "A number is printed as another language prints it: a decimal point, digits without groups. Quote it.";
    LANGUAGE_UNIT = "language/unit-twice": "A unit stands twice behind one number, or a scale word behind the unit. Strike one out.";
    LANGUAGE_SCALE = "language/scale": "A scale word is typed behind a number that was quoted in units, and would multiply it. Let the filter print the scale.";
    LANGUAGE_WORD = "language/word": "A word is missing from the texts or exhibits of a language.";
    EXHIBIT_SHAPE = "exhibit/shape": "An exhibit's expressions do not fit its kind: the wrong number of dimensions, or units that differ.";
    EXHIBIT_SUM = "exhibit/sum": "Parts that an exhibit declares do not add up to their total in exact numbers. Mend the expressions, or take the sum out of `adds_up`.";
    EXHIBIT_UNIT = "exhibit/unit": "A title or heading types a unit, which nothing holds to the numbers. Take it out: captions and headings are given the unit and scale of what is printed.";
    EXHIBIT_VANISHING = "exhibit/vanishing": "All numbers of a series or column are printed as zero, though they are not. Take a smaller scale or more decimals.";
    EXHIBIT_MIXED_PERIODS = "exhibit/mixed-periods": "An exhibit, a sentence, an expression or a method pairs different periods under one word, `last` or `first`, and the reader is told neither. Select one period in both, write the period meant, or print both beside them.";
    EXHIBIT_PERIOD = "exhibit/period": "A title or label says a year of which nothing is that stands under it. Quote the period of the data, or mend the year.";
    EXHIBIT_LABEL = "exhibit/label": "A label is the name of another series of its exhibit, by the titles of the measures. Let each label name its own series.";
    EXHIBIT_UNREFERRED = "exhibit/unreferred": "No sentence refers to a figure or table, so a reader is not told what question it answers.";
    EXHIBIT_WIDE = "exhibit/wide": "A table is too wide for a printed sheet, even on its side. Take fewer columns, or change rows for columns.";
    EXHIBIT_DRAWING = "exhibit/drawing": "A figure cannot be drawn, or some of its texts touch: a missing glyph, a label without room.";
    ARTICLE_LACKING = "article/lacking": "A journal asks for something that the study does not state, so the article is written without it. State it; nothing is invented.";
    ARTICLE_ABSTRACT = "article/abstract": "An abstract is not what the journal asks for: a language, a length, its parts, or citations where it takes none.";
    ARTICLE_KEYWORDS = "article/keywords": "The keywords are fewer or more than the journal takes.";
    ARTICLE_SECTION = "article/section": "No heading names a section that the journal asks for. Name it so, or choose other chapters.";
    ARTICLE_EXHIBITS = "article/exhibits": "The article has more figures or tables than the journal takes, or speaks of some that do not stand in it. Choose others with `selection`.";
    ARTICLE_DOCUMENT = "article/document": "A document cannot be held against the article: it is no Word document, damaged, larger than one, a letter to an editor, or the article of another study.";
    ARTICLE_NUMBER = "article/number": "A number of an edited article is not what it should be: its digits, its sign, its scale or its unit were altered. The right one is named.";
    ARTICLE_NOTATION = "article/notation": "A number of an edited article is the study's in another notation: other marks between its groups or before its fraction. Nothing of its value changed; put the study's form back, since readers may take one mark for another.";
    ARTICLE_OUTDATED = "article/outdated": "A number, a sentence or a figure of an edited article stands as it was written, and today's data say otherwise. Write the article anew, or take over what is right.";
    ARTICLE_UNOWNED = "article/unowned": "A number of an edited article belongs to no finding. Quote it in the template, or take it out.";
    ARTICLE_REMOVED = "article/removed": "A number that the study prints is gone from an edited article.";
    ARTICLE_CONDITION = "article/condition": "A sentence of an edited article stands under a condition that no longer holds with today's data.";
    ARTICLE_SENTENCE = "article/sentence": "A sentence of an edited article was changed, added, moved or taken out. Carry it over to the template in each language, or the next article loses it.";
    ARTICLE_PARAGRAPH = "article/paragraph": "A paragraph of an edited article was split, or joined to another. Carry it over to the template in each language.";
    ARTICLE_PICTURE = "article/picture": "A figure of an edited article is not the study's: another picture, a part of it, one that is gone, added or stands elsewhere, or it says something else to those who do not see it.";
    ARTICLE_MOVED = "article/moved": "A paragraph, an item of a list, a work cited or a row of a table of an edited article stands elsewhere than the study has it. Carry it over to the template, or put it back.";
    ARTICLE_CELL = "article/cell": "A table of an edited article is not as the study writes it: a cell, a row, a column, the whole.";
    ARTICLE_TEXT = "article/text": "A text of an edited article that no template holds was changed: titles, authors, references, the program's own words. Carry it over to the file that is named.";
    ARTICLE_NAMED = "article/named": "A name or an address of an author stands in an anonymous article. Say it without the name, or leave the page out.";
    EXPORT_LETTER = "export/letter": "A letter is none of the font in which PDF is set, and would be missing there. Write it otherwise, or put a font beside the export.";
    ARTICLE_LENGTH = "article/length": "The article is shorter or longer than the journal takes, by an estimate of its pages.";
    PACK_UNSTATED = "pack/unstated": "The description of the reviewer's folder lacks a day or terms that nobody told; without a day it is no valid RO-Crate. State them with `--published` and `--license`.";
    PACK_LEFT_OUT = "pack/left-out": "A snapshot is left out of the reviewer's folder: its terms, or none, do not say that it may be passed on. State its terms under `licenses`, or take it in with `--include`.";
    CLAIM_DOCUMENT = "claim/document": "A paper cannot be read: it is damaged, no Word document, a PDF without text or under a password, or too large. Save it again as DOCX or PDF, or as text in UTF-8.";
    CLAIM_PRINTED = "claim/printed": "What a claim prints cannot be read, or is not what its expression speaks of. Write it as the paper prints it: `-39 344`, `12,0`, a year, months, territories, or a word that says which way; the claim is unresolved.";
    CLAIM_IDLE = "claim/idle-print": "The verdict on a claim does not depend on what is printed: it stays with another digit, year, name or word. Let the expression give what the paper prints.";
    CLAIM_STILL = "claim/cannot-fail": "A claim is confirmed whatever the data are: its condition holds for any numbers, or its list closes in any order; or claims are only said to be one another. Compare what the paper speaks of with something that could be otherwise.";
    CLAIM_PHRASE = "claim/phrase": "The phrase by which a claim is found is at odds with the claim: another number, year, unit, name or direction stands in it. Write both as the paper prints them; another number of the phrase is a claim of its own.";
    CLAIM_PERIOD = "claim/period": "An expression reads other periods than its claim speaks of, or other people. Mend `period`, `population` or the expression; where it may, say which in `differs` and why in `remark`.";
    CLAIM_VALUE = "claim/value": "A claim says something that cannot be, or lacks what its kind needs: an id twice, a long phrase, a unit or basis that does not fit.";
    CLAIM_BASIS = "claim/basis": "A claim does not rest on what it says: the agency's series is the paper's own figures, or the other way round. Write the basis that it has, or another expression.";
    CLAIM_RESIDUAL = "claim/accepted-other": "A discrepancy of a claim is not the one that was accepted: what is printed or derived is another. Look whether the reason still holds, and write what it holds for.";
    CLAIM_ACCEPTED = "claim/accepted-gone": "An accepted discrepancy of a claim no longer occurs. Take `accepted` out.";
    OUTPUT_DIFFERS = "output/differs": "What stands in the report folder is not what a build writes. Run `esep build`.";
    OUTPUT_LEDGER = "output/ledger": "A file of a report that is compared is not what esep writes: no JSON, an entry without what it needs, two under one name. Build that report anew, or name another.";
    OUTPUT_SNAPSHOT = "output/snapshot": "A source file is too large to go along with an edition: its package names the numbers that were taken from it and does not hold the file.";
    OUTPUT_VERSION = "output/version": "The report was written by another version of esep, which may write the same findings otherwise. Build it anew, or check it with the version that wrote it.";
}
