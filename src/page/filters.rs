//! Filters: every filter of templates with what it does and examples, which are the reference and a test.

use crate::language::Case;

/// A filter of templates.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// Its name.
    pub name: &'static str,
    /// Its arguments.
    pub arguments: &'static str,
    /// What it does.
    pub meaning: &'static str,
    /// Examples with literals: language, template, result; `~` stands for a no-break space.
    pub examples: &'static [(&'static str, &'static str, &'static str)],
}

/// The functions whose results need no study, with examples in the same form.
pub const CHANGES: Filter = Filter {
    name: "change",
    arguments: "from, to, decimals=, scale=, kind=count|share|flow, gender=m|f|n|pl, balance=migration|natural",
    meaning: "Picks verb, direction and form for rise, fall, change of sign and no change; points instead of per cent.",
    examples: &[
        ("ru", r#"{{ change(100 | persons, 121 | persons, gender="f") }}"#, "увеличилась на 21~человека"),
        ("kk", r#"{{ change(100 | persons, 121 | persons) }}"#, "21~адамға көбейді"),
        (
            "ru",
            r#"{{ change("61.2" | percent, "56.1" | percent, kind="share", gender="f") }}"#,
            "снизилась на 5,1~п.~п.",
        ),
        ("kk", r#"{{ change("61.2" | percent, "56.1" | percent, kind="share") }}"#, "5,1~пайыздық тармаққа төмендеді"),
        ("ru", r#"{{ change(12, 10) }}"#, "сократился на 2"),
        ("kk", r#"{{ change(12, 10) }}"#, "2-ге азайды"),
        ("ru", r#"{{ change(5, 5, gender="n") }}"#, "не изменилось"),
        ("kk", r#"{{ change(5, 5) }}"#, "өзгерген жоқ"),
        (
            "ru",
            r#"{{ change(-39344 | persons, -66850 | persons) }}"#,
            "миграционная убыль увеличилась с 39~344 до 66~850~человек",
        ),
        (
            "kk",
            r#"{{ change(-39344 | persons, -66850 | persons) }}"#,
            "көші-қон кемуі 39~344~адамнан 66~850~адамға дейін артты",
        ),
        ("ru", r#"{{ change(-9793 | persons, 2334 | persons) }}"#, "сальдо сменило знак: с −9~793 на 2~334~человека"),
        (
            "kk",
            r#"{{ change(-9793 | persons, 2334 | persons) }}"#,
            "көші-қон сальдосының таңбасы өзгерді: −9~793~адамнан 2~334~адамға дейін",
        ),
    ],
};

/// Says how the filter is used of which a message speaks first, and, where it speaks of a case, by which filter that is asked
/// for.
pub(super) fn usage(message: &str) -> Option<String> {
    let spoken = || message.split('`').skip(1).step_by(2);
    let filter = spoken().find_map(|name| FILTERS.iter().chain([&CHANGES]).find(|filter| filter.name == name))?;
    if let Some(case) = spoken().find(|word| Case::parse(word).is_some()) {
        return Some(format!("a case is asked for by a filter of its own: `{} | case(\"{case}\")`", filter.name));
    }
    let takes = if filter.arguments.is_empty() { String::new() } else { format!("({})", filter.arguments) };
    let example = filter.examples.first().map(|(_, text, _)| format!(": `{text}`")).unwrap_or_default();
    Some(format!("it is used as `{}{takes}`{example}", filter.name))
}

const fn filter(
    name: &'static str,
    arguments: &'static str,
    meaning: &'static str,
    examples: &'static [(&'static str, &'static str, &'static str)],
) -> Filter {
    Filter { name, arguments, meaning, examples }
}

/// The filters.
pub const FILTERS: &[Filter] = &[
    filter(
        "number",
        "decimals, scale=",
        "A bare number, with a scale word where one is asked for.",
        &[
            ("ru", r#"{{ 9344 | number }}"#, "9~344"),
            ("kk", r#"{{ 28 | number | case("dat") }}"#, "28-ге"),
            ("kk", r#"{{ "5.80" | number }}"#, "5,80"),
            ("ru", r#"{{ "5.85" | number(1) }}"#, "5,9"),
            ("kk", r#"{{ -39344 | number | case("abl") }}"#, "−39~344-тен"),
            ("ru", r#"{{ 1300000000 | number(1, scale="billions") }}"#, "1,3~млрд"),
            ("kk", r#"{{ 2700000 | number(1, scale="millions") | case("dat") }}"#, "2,7~млн-ға"),
        ],
    ),
    filter(
        "persons",
        "decimals, scale=",
        "Persons.",
        &[
            ("ru", r#"{{ 21 | persons | case("gen") }}"#, "21~человека"),
            ("ru", r#"{{ 11 | persons }}"#, "11~человек"),
            ("kk", r#"{{ 66850 | persons | case("acc") }}"#, "66~850~адамды"),
            ("kk", r#"{{ 11 | persons }}"#, "11~адам"),
        ],
    ),
    filter(
        "thousands",
        "decimals",
        "Thousands of persons.",
        &[
            ("ru", r#"{{ 580600 | thousands }}"#, "580,6~тыс.~человек"),
            ("kk", r#"{{ 580600 | thousands }}"#, "580,6~мың~адам"),
        ],
    ),
    filter(
        "millions",
        "decimals",
        "Millions of persons.",
        &[
            ("ru", r#"{{ 2700000 | millions(1) }}"#, "2,7~млн~человек"),
            ("kk", r#"{{ 18350000 | millions | case("abl") }}"#, "18,35~млн~адамнан"),
        ],
    ),
    filter(
        "billions",
        "decimals",
        "Milliards of persons.",
        &[
            ("ru", r#"{{ 8100000000 | billions(1) }}"#, "8,1~млрд~человек"),
            ("kk", r#"{{ 8100000000 | billions(1) | case("dat") }}"#, "8,1~млрд~адамға"),
        ],
    ),
    filter(
        "percent",
        "decimals",
        "Per cent.",
        &[
            ("ru", r#"{{ "5.8" | percent(1) }}"#, "5,8%"),
            ("kk", r#"{{ "5.8" | percent(1) | case("dat") }}"#, "5,8%-ға"),
            ("kk", r#"{{ "61.8" | percent(1) | case("acc") }}"#, "61,8%-ды"),
        ],
    ),
    filter(
        "points",
        "decimals",
        "Percentage points.",
        &[
            ("ru", r#"{{ "5.1" | points(1) }}"#, "5,1~п.~п."),
            ("kk", r#"{{ "0.5" | points(1) | case("dat") }}"#, "0,5~пайыздық тармаққа"),
        ],
    ),
    filter(
        "per_mille",
        "decimals",
        "Per mille.",
        &[
            ("ru", r#"{{ "12.4" | per_mille }}"#, "12,4‰"),
            ("kk", r#"{{ "5.8" | per_mille | case("dat") }}"#, "5,8‰-ге"),
        ],
    ),
    filter(
        "times",
        "decimals",
        "How many times.",
        &[("ru", r#"{{ "2.3" | times }}"#, "2,3~раза"), ("kk", r#"{{ "2.3" | times }}"#, "2,3~есе")],
    ),
    filter(
        "index",
        "decimals",
        "An index, bare.",
        &[("ru", r#"{{ "104.6" | index }}"#, "104,6"), ("kk", r#"{{ "104.6" | index | case("dat") }}"#, "104,6-ға")],
    ),
    filter(
        "year",
        "",
        "A year, never grouped; the word for year behind it takes the case.",
        &[("ru", r#"в {{ 2022 | year }} году"#, "в 2022~году"), ("kk", r#"{{ 2022 | year }} жылы"#, "2022~жылы")],
    ),
    filter(
        "noun",
        "noun, decimals, scale=",
        "A counted noun, given in its dictionary form.",
        &[
            ("ru", r#"{{ 22 | noun("регион") }}"#, "22~региона"),
            ("ru", r#"{{ "1.5" | noun("процент") }}"#, "1,5~процента"),
            ("ru", r#"{{ 21 | noun("тысяча") | case("acc") }}"#, "21~тысячу"),
            ("kk", r#"{{ 17 | noun("облыс") | case("loc") }}"#, "17~облыста"),
            ("kk", r#"{{ 5 | noun("адам") }}"#, "5~адам"),
            ("ru", r#"{{ "6300000000000" | noun("рубль", 1, scale="trillions") }}"#, "6,3~трлн~рублей"),
        ],
    ),
    filter(
        "unit",
        "decimals",
        "The unit that the finding has; a literal has none.",
        &[("ru", r#"{{ 1200 | unit }}"#, "1~200"), ("kk", r#"{{ 1200 | unit | case("dat") }}"#, "1~200-ге")],
    ),
    filter(
        "region",
        "form",
        "The names of territories; a shared word is said once. Other forms stand in the list under words of its own.",
        &[
            ("ru", r#"{{ "KZ-63" | region | case("prep") }}"#, "Восточно-Казахстанской области"),
            ("ru", r#"{{ ["KZ-11", "KZ-39"] | region | case("prep") }}"#, "Акмолинской и Костанайской областях"),
            ("ru", r#"в {{ "KZ-71" | region("full") | case("prep") }}"#, "в городе Астане"),
            ("ru", r#"{{ "KZ" | region("short") | case("gen") }}"#, "Казахстана"),
            ("kk", r#"{{ "KZ" | region("short") | case("loc") }}"#, "Қазақстанда"),
            ("kk", r#"{{ "KZ-71" | region("former") | case("abl") }}"#, "Нұр-Сұлтан қаласынан"),
            ("kk", r#"{{ "KZ-63" | region | case("loc") }}"#, "Шығыс Қазақстан облысында"),
            ("kk", r#"{{ ["KZ-11", "KZ-39"] | region | case("loc") }}"#, "Ақмола және Қостанай облыстарында"),
        ],
    ),
    filter(
        "month",
        "",
        "The names of months.",
        &[
            ("ru", r#"{{ 10 | month | case("prep") }}"#, "октябре"),
            ("kk", r#"{{ 10 | month | case("loc") }}"#, "қазанда"),
            ("kk", r#"{{ ["2023-01", "2023-02"] | month }}"#, "қаңтар және ақпан"),
        ],
    ),
    filter(
        "date",
        "prose|long|short",
        "A year, month, quarter or day as a date.",
        &[
            ("ru", r#"{{ "2023-10-07" | date }}"#, "7~октября 2023~года"),
            ("ru", r#"{{ "2023-10-07" | date("short") }}"#, "07.10.2023"),
            ("ru", r#"{{ "2023-10" | date | case("prep") }}"#, "октябре 2023~года"),
            ("kk", r#"{{ "2023-10-07" | date }}"#, "2023~жылғы 7~қазан"),
            ("kk", r#"{{ "2023-10-07" | date("long") }}"#, "2023~ж. 7~қазан"),
            ("kk", r#"{{ "2023-10" | date | case("loc") }}"#, "2023~жылғы қазанда"),
        ],
    ),
    filter(
        "quarter",
        "",
        "A quarter, or several of one year.",
        &[
            ("ru", r#"{{ ["2024-Q1", "2024-Q3"] | quarter }}"#, "1-й и 3-й~кварталы 2024~года"),
            ("ru", r#"{{ [1, 3] | quarter | case("prep") }}"#, "1-м и 3-м~кварталах"),
            ("kk", r#"{{ ["2024-Q1", "2024-Q3"] | quarter | case("loc") }}"#, "2024~жылғы I және III~тоқсанда"),
            ("ru", r#"{{ 4 | quarter | case("prep") }}"#, "4-м~квартале"),
            ("ru", r#"{{ "2023-Q4" | quarter }}"#, "4-й~квартал 2023~года"),
            ("kk", r#"{{ 4 | quarter | case("loc") }}"#, "IV~тоқсанда"),
            ("kk", r#"{{ "2023-Q4" | quarter }}"#, "2023~жылғы IV~тоқсан"),
        ],
    ),
    filter(
        "ordinal",
        "noun",
        "An ordinal in digits; in Kazakh the hyphen stands for its ending.",
        &[
            ("ru", r#"{{ 3 | ordinal("место") }}"#, "3-е~место"),
            ("ru", r#"{{ 2 | ordinal | case("gen") }}"#, "2-го"),
            ("kk", r#"{{ 105 | ordinal("мектеп") | case("loc") }}"#, "105-мектепте"),
            ("kk", r#"{{ 13 | ordinal("бет") }}"#, "13-бет"),
            ("kk", r#"{{ "2.2" | ordinal("кесте") | case("loc") }}"#, "2.2-кестеде"),
            ("kk", r#"{{ "3.10" | ordinal("кесте") }}"#, "3.10-кесте"),
            ("kk", r#"{{ "1.2.3" | ordinal("бөлім") | case("loc") }}"#, "1.2.3-бөлімде"),
            ("kk", r#"{{ 3 | ordinal("орын") | case("loc") }}"#, "3-орында"),
        ],
    ),
    filter(
        "range",
        "other end",
        "An interval, its unit said once; years take their word, months and quarters their year.",
        &[
            ("ru", r#"{{ "56.1" | percent | range("61.2") }}"#, "56,1–61,2%"),
            ("ru", r#"{{ -66850 | number | range(-39344) }}"#, "от −66~850 до −39~344"),
            ("ru", r#"{{ 2013 | year | range(2022) | case("prep") }}"#, "2013–2022~годах"),
            ("ru", r#"{{ "2024-01" | date("long") | range("2024-09") }}"#, "январь–сентябрь 2024~г."),
            ("ru", r#"{{ "2024-01" | date | range("2024-09") | case("prep") }}"#, "январе–сентябре 2024~года"),
            ("ru", r#"{{ "2024-Q1" | date | range("2024-Q3") | case("prep") }}"#, "1–3-м~кварталах 2024~года"),
            ("ru", r#"{{ "2023-12" | date | range("2024-02") }}"#, "декабрь 2023~года~– февраль 2024~года"),
            ("kk", r#"{{ "2024-01" | date | range("2024-09") | case("loc") }}"#, "2024~жылғы қаңтар–қыркүйекте"),
            ("kk", r#"{{ "2024-Q1" | date | range("2024-Q3") }}"#, "2024~жылғы I–III~тоқсан"),
            ("kk", r#"{{ -66850 | persons | range(-39344) }}"#, "−66~850-ден −39~344~адамға дейін"),
            ("kk", r#"{{ "56.1" | percent | range("61.2") | case("dat") }}"#, "56,1–61,2%-ға"),
            ("kk", r#"{{ 2013 | year | range(2022) }}"#, "2013–2022~жж."),
            ("kk", r#"{{ 2013 | year | range(2022) | case("loc") }}"#, "2013–2022~жылдары"),
        ],
    ),
    filter(
        "possessive",
        "",
        "The possessive of the third person, which Kazakh numbers and nouns bear: of what was said before.",
        &[
            ("kk", r#"20 өңірдің {{ 5 | number | possessive | case("loc") }}"#, "20 өңірдің 5-інде"),
            ("kk", r#"{{ 16 | number | possessive | case("loc") }}"#, "16-сында"),
            ("kk", r#"{{ "57.8" | percent | possessive }}"#, "57,8%-ы"),
            ("kk", r#"{{ "57.8" | percent | possessive | case("acc") }}"#, "57,8%-ын"),
            ("kk", r#"{{ 2 | noun("жыл") | possessive | words }}"#, "екі жылы"),
            ("kk", r#"{{ "халық" | list | possessive | case("acc") }}"#, "халқын"),
            ("kk", r#"{{ 2700000 | number(1, scale="millions") | possessive }}"#, "2,7~млн-ы"),
        ],
    ),
    filter(
        "collective",
        "",
        "A collective: Russian from two to ten, always in words; Kazakh from one to seven.",
        &[
            ("ru", r#"{{ 3 | noun("мигрант") | collective }}"#, "трое мигрантов"),
            ("ru", r#"{{ 2 | number | collective | case("gen") }}"#, "двоих"),
            ("kk", r#"{{ 3 | number | collective }}"#, "3-еу"),
            ("kk", r#"{{ 3 | number | collective | possessive }}"#, "3-еуі"),
            ("kk", r#"{{ 6 | number | collective | possessive | words }}"#, "алтауы"),
        ],
    ),
    filter(
        "words",
        "",
        "A whole number up to 99 in words, never before a unit; the style's `words_up_to` does so before every noun.",
        &[
            ("ru", r#"в {{ 2 | noun("год") | words | case("prep") }}"#, "в двух годах"),
            ("ru", r#"{{ 21 | noun("область") | words | case("acc") }}"#, "двадцать одну область"),
            ("ru", r#"{{ 3 | ordinal("место") | words | case("prep") }}"#, "третьем месте"),
            ("kk", r#"{{ 3 | noun("облыс") | words | case("loc") }}"#, "үш облыста"),
            ("kk", r#"{{ 2 | ordinal("орын") | words | case("loc") }}"#, "екінші орында"),
            ("kk", r#"{{ 3 | number | words | case("gen") }}"#, "үштің"),
        ],
    ),
    filter(
        "plural",
        "",
        "The plural of words, which `list` prints; in Kazakh it may bear the possessive too.",
        &[
            ("ru", r#"{{ "город" | list | plural | case("prep") }}"#, "городах"),
            ("ru", r#"{{ "человек" | list | plural | case("ins") }}"#, "людьми"),
            ("kk", r#"{{ "мектеп" | list | plural | case("loc") }}"#, "мектептерде"),
            ("kk", r#"{{ "ауыл" | list | plural | case("gen") }}"#, "ауылдардың"),
            ("kk", r#"{{ "облыс" | list | plural | possessive | case("gen") }}"#, "облыстарының"),
        ],
    ),
    filter(
        "verb",
        "verb",
        "The past tense that agrees with the number, without the number; its forms are given where no pattern has them.",
        &[
            ("ru", r#"{{ 21 | persons | verb("переехать") }}"#, "переехал"),
            ("ru", r#"{{ 1 | noun("семья") | verb("переехать") }}"#, "переехала"),
            ("ru", r#"{{ 3 | persons | verb("переехать") }}"#, "переехали"),
            ("ru", r#"{{ 12 | persons | verb("переехать") }}"#, "переехало"),
            ("ru", r#"{{ 2 | persons | verb("ушёл, ушла, ушло, ушли") }}"#, "ушли"),
            ("kk", r#"{{ 3 | persons | verb("көшу") }}"#, "көшті"),
        ],
    ),
    filter(
        "p_value",
        "decimals=3",
        "A p-value with its sign; one below the last decimal is told as a bound, never as zero.",
        &[
            ("ru", r#"p {{ "0.0124" | p_value }}"#, "p =~0,012"),
            ("ru", r#"p {{ "0.0000031" | p_value }}"#, "p <~0,001"),
            ("kk", r#"p {{ "0.5" | p_value(2) }}"#, "p =~0,50"),
            ("en", r#"p {{ "0.00044" | p_value(4) }}"#, "p =~0.0004"),
        ],
    ),
    filter(
        "half_year",
        "",
        "Half of a year.",
        &[
            ("ru", r#"{{ 1 | half_year | case("prep") }}"#, "1-м~полугодии"),
            ("kk", r#"{{ 1 | half_year | case("loc") }}"#, "I~жартыжылдықта"),
        ],
    ),
    filter(
        "list",
        "",
        "Several periods, words or numbers as a list.",
        &[
            ("ru", r#"{{ ["2013", "2014", "2022"] | year | list }}"#, "2013, 2014 и 2022"),
            ("ru", r#"{{ [3, 5] | number | list }}"#, "3 и 5"),
            ("kk", r#"{{ [3, 5] | number | list | case("dat") }}"#, "3-ке және 5-ке"),
            ("kk", r#"{{ ["қала", "ауыл"] | list }}"#, "қала және ауыл"),
            ("kk", r#"{{ ["қала халқы", "ауыл халқы"] | list | case("dat") }}"#, "қала халқына және ауыл халқына"),
            ("ru", r#"{{ ["город", "село"] | list | case("gen") }}"#, "города и села"),
        ],
    ),
    filter(
        "case",
        "gen|dat|acc|loc|abl|ins|prep",
        "The case: Kazakh gen, dat, acc, loc, abl, ins; Russian gen, dat, acc, ins, prep, and loc for a place.",
        &[
            ("ru", r#"в {{ 1 | noun("край") | case("loc") }}"#, "в 1~краю"),
            ("ru", r#"о {{ 21 | noun("край") | case("prep") }}"#, "о 21~крае"),
            ("ru", r#"{{ 5 | persons | case("dat") }}"#, "5~человекам"),
            ("ru", r#"{{ 2 | noun("регион") | case("ins") }}"#, "2~регионами"),
            ("kk", r#"{{ 10 | number | case("gen") }}"#, "10-ның"),
            ("kk", r#"{{ 1000 | number | case("abl") }}"#, "1~000-нан"),
            ("kk", r#"{{ 9 | number | case("ins") }}"#, "9-бен"),
        ],
    ),
    filter(
        "absolute",
        "",
        "Without its sign.",
        &[
            ("ru", r#"{{ -66850 | absolute | persons }}"#, "66~850~человек"),
            ("kk", r#"{{ -66850 | absolute | persons | case("acc") }}"#, "66~850~адамды"),
        ],
    ),
    filter(
        "plus",
        "",
        "With a plus sign above zero.",
        &[("ru", r#"{{ 1808 | plus | number }}"#, "+1~808"), ("kk", r#"{{ 1808 | plus | number }}"#, "+1~808")],
    ),
];

/// Lists the names of the filters.
pub(super) fn names() -> Vec<&'static str> {
    FILTERS.iter().map(|filter| filter.name).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::catalog::Territories;
    use crate::catalog::territory::TERRITORIES;
    use crate::diagnostic::{Diagnostics, human};
    use crate::files::Files;
    use crate::language::Lang;
    use crate::page::{Alone, alone};

    #[test]
    fn every_filter_does_what_its_examples_say_in_both_languages() {
        let mut files = Files::default();
        files.insert(TERRITORIES, include_bytes!("../../data/territories.yaml").as_slice());
        let mut diagnostics = Diagnostics::default();
        let territories = Territories::read(&files, &mut diagnostics).expect("territories");
        for filter in FILTERS.iter().chain([&CHANGES]) {
            for lang in ["ru", "kk"].into_iter().filter(|lang| filter.examples.iter().all(|(own, ..)| own != lang)) {
                // What a language has not is refused there, not left out.
                let lang = Lang::parse(lang).expect("a language");
                let material = Alone {
                    lang,
                    study: None,
                    strings: BTreeMap::new(),
                    territories: &territories,
                    findings: None,
                    proof: false,
                };
                let text = format!("{{{{ 5 | number | {} }}}}", filter.name);
                let mut refused = Diagnostics::default();
                alone(&material, "template", &[text], &mut refused);
                assert!(!refused.is_empty(), "{} lacks {}", filter.name, lang.code());
            }
            for (lang, template, said) in filter.examples {
                let lang = Lang::parse(lang).expect("a language");
                let material = Alone {
                    lang,
                    study: None,
                    strings: BTreeMap::new(),
                    territories: &territories,
                    findings: None,
                    proof: false,
                };
                let lines = alone(&material, "template", &[(*template).to_owned()], &mut diagnostics);
                let problems = human(&diagnostics.sorted(), &|_| None, false);
                assert_eq!((problems.as_str(), &lines[0]), ("", &said.replace('~', "\u{a0}")), "{template}");
                assert!(template.contains(filter.name), "{template}");
            }
        }
    }

    /// Says whether a value looks the same behind a filter for a reason: digits, signs and abbreviations of Russian have
    /// no cases, a list may have one item, a number above zero bears no sign, and one below zero has it already.
    fn same(lang: &str, value: &str, filter: &str) -> bool {
        match filter {
            "case" => lang == "ru",
            "list" => true,
            "absolute" => !value.starts_with('-'),
            // A year is nothing among millions, and nothing has no sign.
            "plus" => value.starts_with('-') || value.starts_with("\"2023-"),
            _ => false,
        }
    }

    #[test]
    fn no_filter_behind_another_is_left_out_in_silence() {
        let mut files = Files::default();
        files.insert(TERRITORIES, include_bytes!("../../data/territories.yaml").as_slice());
        let territories = Territories::read(&files, &mut Diagnostics::default()).expect("territories");
        let said = |lang: &str, text: &str| {
            let lang = Lang::parse(lang).expect("a language");
            let material = Alone {
                lang,
                study: None,
                strings: BTreeMap::new(),
                territories: &territories,
                findings: None,
                proof: false,
            };
            let mut diagnostics = Diagnostics::default();
            let lines = alone(&material, "template", &[text.to_owned()], &mut diagnostics);
            diagnostics.is_empty().then(|| lines.concat())
        };
        let (mut tried, mut silent) = (0, Vec::new());
        for lang in ["ru", "kk"] {
            for value in [
                "5300000000",
                "-5300000000",
                "\"2023-10\"",
                "\"2023-Q4\"",
                "\"KZ-63\"",
                "[3, 5]",
                "[\"2013\", \"2014\"]",
                "[\"а\", \"б\"]",
            ] {
                for first in names() {
                    let call = |name: &str| match (name, lang) {
                        ("noun" | "ordinal", "ru") => format!("{name}(\"регион\")"),
                        ("noun" | "ordinal", _) => format!("{name}(\"өңір\")"),
                        ("case", _) => "case(\"dat\")".to_owned(),
                        ("range", _) => "range(9)".to_owned(),
                        ("verb", "ru") => "verb(\"вырасти\")".to_owned(),
                        ("verb", _) => "verb(\"өсу\")".to_owned(),
                        _ => name.to_owned(),
                    };
                    let alone = said(lang, &format!("{{{{ {value} | {} }}}}", call(first)));
                    for second in names().into_iter().filter(|_| alone.is_some()) {
                        tried += 1;
                        let both = said(lang, &format!("{{{{ {value} | {} | {} }}}}", call(first), call(second)));
                        if both == alone && !same(lang, value, second) {
                            silent.push(format!("{lang}: {value} | {first} | {second}"));
                        }
                    }
                }
            }
        }
        assert_eq!(silent, Vec::<String>::new());
        assert!(tried > 500, "{tried}");
    }
}
