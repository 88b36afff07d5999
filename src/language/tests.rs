//! Tests: every row of the language material, and what holds of all numbers.

use std::collections::BTreeMap;

mod aloud;

use aloud::spelled_out;

use super::suffix_kk::{Sound, write_ending, write_inflected};
use super::*;
use crate::finding::{Class, Decimal, Period, Unit};

macro_rules! material {
    ($name:literal) => {
        rows(include_str!(concat!("../../tests/material/language/", $name, ".csv")))
    };
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a sound row").iter().map(str::to_owned).collect()).collect();
    assert!(!rows.is_empty());
    rows
}

fn plain(lang: Lang) -> Language {
    let style = Style::of(lang);
    Language::new(lang, style, BTreeMap::new(), BTreeMap::new())
}

fn case(name: &str) -> Option<Case> {
    Some(Case::parse(name).expect("a case"))
}

fn amount(text: &str) -> Amount {
    Amount::parse(text).expect("a plain decimal")
}

fn form(suffix: Suffix, decimals: usize) -> NumberForm {
    NumberForm { suffix, decimals, ..NumberForm::default() }
}

fn code(text: &str) -> Code {
    Code::parse(text).expect("a code")
}

#[test]
fn kazakh_numbers_take_the_ending_of_what_is_spoken_last() {
    let kk = plain(Lang::Kk);
    for row in material!("kazakh_endings") {
        let [number, unit, name, ending, spoken] = &row[..] else { panic!("{row:?}") };
        let suffix = if unit == "percent" { Suffix::Percent } else { Suffix::Bare };
        let printed = kk.print_literal(number, &form(suffix.clone(), 0), None).expect("prints");
        let expected = format!("{printed}-{ending}");
        assert_eq!(kk.misfit_endings(&format!("мысалы, {expected} дейін")), [""; 0], "{row:?}");
        if suffix == Suffix::Bare {
            let value = number::literal(number).expect("a literal");
            let read = if value.fraction.is_empty() { &value.whole } else { &value.fraction };
            assert_eq!(spelled_out(read.parse().expect("digits")).last(), Some(&spoken.as_str()), "{row:?}");
        }
        // Ordinals are written without an ending; a typed one only has to be accepted.
        if name != "ordinal" {
            assert_eq!(kk.print_literal(number, &form(suffix, 0), case(name)), Ok(expected), "{row:?}");
        }
    }
}

#[test]
fn kazakh_nouns_and_territories_inflect() {
    for row in material!("kazakh_nouns") {
        let [noun, owned, name, expected] = &row[..] else { panic!("{row:?}") };
        let mut out = String::new();
        if owned == "yes" {
            out.push_str(noun);
            write_ending(&mut out, "", Sound::of(noun).owned(), Case::parse(name).expect("a case"));
        } else {
            write_inflected(&mut out, noun, Case::parse(name).expect("a case"));
        }
        assert_eq!(&out, expected);
    }
    for row in material!("kazakh_territories") {
        let [name, wanted, expected] = &row[..] else { panic!("{row:?}") };
        let names = BTreeMap::from([(code("KZ-11"), Names { name: name.clone(), ..Names::default() })]);
        let kk = Language::new(Lang::Kk, Style::default(), BTreeMap::new(), names);
        assert_eq!(kk.regions(&[code("KZ-11")], case(wanted)).as_deref(), Ok(expected.as_str()));
    }
}

#[test]
fn kazakh_things_are_numbered_with_a_hyphen() {
    for row in material!("kazakh_numbered") {
        let number = row[0].parse::<usize>().expect("a number");
        assert_eq!(kk::numbered(number, &row[1], Case::Nom), format!("{}-{}", row[0], row[1]));
    }
    let kk = plain(Lang::Kk);
    assert_eq!(kk.exhibit_ref(ExhibitKind::Figure, 3, case("loc")).as_deref(), Ok("3-суретте"));
    assert_eq!(kk.exhibit_ref(ExhibitKind::Table, 2, case("dat")).as_deref(), Ok("2-кестеге"));
    assert_eq!(kk.caption_label(ExhibitKind::Table, 1), "1-кесте");
    let supplement = ExhibitNumber::Appendix(2);
    assert_eq!(kk.exhibit_ref(ExhibitKind::Table, supplement, case("dat")).as_deref(), Ok("А.2-кестеге"));
}

#[test]
fn russian_nouns_agree_with_numbers() {
    let ru = plain(Lang::Ru);
    for row in material!("russian_counts") {
        let [number, noun, name, expected] = &row[..] else { panic!("{row:?}") };
        let form = form(Suffix::Noun(noun.clone()), 0);
        assert_eq!(ru.print_literal(number, &form, case(name)).as_ref(), Ok(expected), "{row:?}");
    }
}

#[test]
fn collectives_count_men_and_children_alone() {
    let ru = plain(Lang::Ru);
    let said = |noun: &str| {
        let form = NumberForm { collective: true, ..form(Suffix::Noun(noun.to_owned()), 0) };
        ru.print_literal("3", &form, None).map_err(|error| error.code)
    };
    assert_eq!(said("мужчина").as_deref(), Ok("трое мужчин"));
    assert_eq!(said("ребёнок").as_deref(), Ok("трое детей"));
    assert_eq!(said("женщина"), Err("no-collective"));
    assert_eq!(said("город"), Err("no-collective"));
}

#[test]
fn russian_territories_take_their_forms_from_the_data() {
    let mut names: BTreeMap<String, Names> = BTreeMap::new();
    for line in include_str!("../../data/territories.yaml").lines() {
        let Some(list) = line.trim().strip_prefix("ru: {").and_then(|rest| rest.strip_suffix('}')) else { continue };
        let mut given = Names::default();
        for (key, form) in list.split(", ").filter_map(|pair| pair.split_once(": ")) {
            match (key, Case::parse(key)) {
                ("name", _) => given.name = form.to_owned(),
                (_, Some(case)) => drop(given.cases.insert(case, form.to_owned())),
                (_, None) => {}
            }
        }
        names.insert(given.name.clone(), given);
    }
    assert!(names.len() > 20);
    let rows = material!("russian_territories");
    // Forms that the data do not use are checked for their declension alone.
    for row in rows.iter().filter(|row| row[0].starts_with("город ") || row[0] == "Казахстан") {
        let entry = names.entry(row[0].clone()).or_default();
        entry.name.clone_from(&row[0]);
        entry.cases.insert(Case::parse(&row[1]).expect("a case"), row[2].clone());
    }
    for row in rows {
        let names = BTreeMap::from([(code("KZ-11"), names[&row[0]].clone())]);
        let ru = Language::new(Lang::Ru, Style::default(), BTreeMap::new(), names);
        assert_eq!(ru.regions(&[code("KZ-11")], case(&row[1])).as_ref(), Ok(&row[2]), "{row:?}");
    }
}

#[test]
fn numbers_and_dates_print_as_the_material_says() {
    for row in material!("number_forms") {
        let [lang, kind, value, decimals, expected] = &row[..] else { panic!("{row:?}") };
        let lang = Lang::parse(lang).expect("a language");
        let decimals = decimals.parse().expect("decimals");
        let spaced = Style { percent_space: lang == Lang::Ru && kind == "percent", ..Style::default() };
        let language = Language::new(lang, spaced, BTreeMap::new(), BTreeMap::new());
        let print = |suffix, scale: Scale, plus| {
            let value = amount(value).times(&Amount::Integer(scale.divisor()));
            language.print(&value, &NumberForm { decimals, scale, suffix, plus, ..NumberForm::default() }, None)
        };
        let date = |form| language.date(Period::parse(value).expect("a date"), form, None);
        let ends = value.split_once("..");
        let printed = match kind.as_str() {
            "digits" => print(Suffix::Bare, Scale::One, false),
            "signed" => print(Suffix::Bare, Scale::One, true),
            "percent" | "percent-tight" => print(Suffix::Percent, Scale::One, false),
            "scaled" if expected.ends_with("млн") => print(Suffix::Bare, Scale::Million, false),
            "scaled" if expected.ends_with("млрд") => print(Suffix::Bare, Scale::Billion, false),
            "scaled" => print(Suffix::Bare, Scale::Thousand, false),
            "range" => ends
                .map(|(from, to)| language.range(&amount(from), &amount(to), &form(Suffix::Bare, decimals)))
                .expect("two ends"),
            "years" => ends
                .map(|(from, to)| Ok(language.years(from.parse().expect("a year"), to.parse().expect("a year"))))
                .expect("two ends"),
            "date-long" => date(DateForm::Long),
            "date-prose" => date(DateForm::Prose),
            "date-short" => date(DateForm::Short),
            other => panic!("unknown kind {other}"),
        };
        assert_eq!(printed.as_ref(), Ok(expected), "{row:?}");
    }
}

#[test]
fn what_is_printed_is_read_back() {
    for lang in Lang::ALL {
        for group_four_digits in [true, false] {
            let style = Style { group_four_digits, ..plain(lang).style };
            let language = Language::new(lang, style, BTreeMap::new(), BTreeMap::new());
            for n in (-2_500_i64..2_500).chain((0..2_000).map(|n| n * n * n * 7_919 - 31)) {
                for decimals in [0, 1, 3] {
                    let value = Amount::ratio(n, 10_i64.pow(decimals as u32)).expect("a ratio");
                    let rounded = number::rounded(&value, decimals, Scale::One);
                    assert_eq!(language.read(&language.digits(&rounded, n % 2 == 0)), Some(rounded));
                }
            }
        }
    }
}

#[test]
fn no_plain_space_parts_a_number_from_its_unit() {
    let nouns = [("регион", Lang::Ru), ("өңір", Lang::Kk), ("region", Lang::En)];
    for (noun, lang) in nouns {
        let style = Style { percent_space: true, ..plain(lang).style };
        let language = Language::new(lang, style, BTreeMap::new(), BTreeMap::new());
        let units = [Unit::Persons, Unit::PersonsPerYear, Unit::Percent, Unit::PercentagePoints, Unit::PerMille];
        let more = [Unit::PerMillePoints, Unit::Times, Unit::TengePerMonth, Unit::ThousandTenge, Unit::Index];
        let suffixes = units.into_iter().chain(more).chain([Unit::CalculationIndices]).map(Suffix::of);
        for suffix in suffixes.chain([Suffix::Noun(noun.to_owned()), Suffix::IndexPoints]) {
            for scale in [Scale::One, Scale::Thousand, Scale::Million, Scale::Billion] {
                for n in [-66_850, -1, 0, 1, 2, 5, 21, 1_000, 19_967_964] {
                    let form = NumberForm { decimals: 1, scale, suffix: suffix.clone(), ..NumberForm::default() };
                    let Ok(text) = language.print(&Amount::Integer(n), &form, None) else { continue };
                    let at = text.rfind(|c: char| c.is_ascii_digit()).expect("digits") + 1;
                    let first_word = text[at..].split('\u{a0}').nth(1).unwrap_or_default();
                    assert!(!text[..at].contains(' ') && !text[at..].starts_with(' '), "{text}");
                    assert!(!first_word.is_empty() || at == text.len(), "{text}");
                    assert!(!text.contains("-1") && !text.contains("\u{2212}0,0") && !text.contains("+0"), "{text}");
                }
            }
        }
    }
}

fn said(lang: Lang, from: &str, to: &str, spec: &ChangeSpec) -> String {
    let phrase = plain(lang).change(&amount(from), &amount(to), spec).expect("a phrase");
    let parts = phrase.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Number { text, .. } => text.replace('\u{a0}', " "),
    });
    parts.collect()
}

fn spec(class: Class, kind: ChangeKind, gender: Gender, form: NumberForm) -> ChangeSpec {
    ChangeSpec { unit: Unit::Persons, class, kind, gender, balance: Balance::Migration, form }
}

#[test]
fn changes_of_levels_and_flows_take_the_right_verb() {
    let share = spec(Class::Level, ChangeKind::Share, Gender::F, form(Suffix::Percent, 1));
    assert_eq!(said(Lang::Ru, "56.1", "61.2", &share), "повысилась на 5,1 п. п.");
    assert_eq!(said(Lang::Kk, "56.1", "61.2", &share), "5,1 пайыздық тармаққа артты");
    assert_eq!(said(Lang::En, "56.1", "61.2", &share), "increased by 5.1 percentage points");
    assert_eq!(said(Lang::Ru, "61.2", "56.1", &share), "снизилась на 5,1 п. п.");
    assert_eq!(said(Lang::Kk, "61.2", "56.1", &share), "5,1 пайыздық тармаққа төмендеді");
    assert_eq!(said(Lang::Ru, "5.11", "5.12", &share), "не изменилась");
    assert_eq!(said(Lang::Kk, "5.11", "5.12", &share), "өзгерген жоқ");
    let count = spec(Class::Level, ChangeKind::Count, Gender::N, form(Suffix::Persons, 0));
    assert_eq!(said(Lang::Ru, "100", "121", &count), "увеличилось на 21 человека");
    assert_eq!(said(Lang::Kk, "100", "121", &count), "21 адамға көбейді");
    assert_eq!(said(Lang::Ru, "16044", "0", &count), "сократилось на 16 044 человека");
    let scaled = NumberForm { scale: Scale::Thousand, ..form(Suffix::Persons, 1) };
    let flow = spec(Class::Flow, ChangeKind::Flow, Gender::Pl, scaled);
    let default = spec(Class::Level, ChangeKind::Count, Gender::F, form(Suffix::Percent, 1));
    assert_eq!(said(Lang::Ru, "56.1", "61.2", &default), "увеличилась на 5,1 п. п.");
    assert_eq!(said(Lang::Kk, "56.1", "61.2", &default), "5,1 пайыздық тармаққа артты");
    assert_eq!(said(Lang::Ru, "580600", "0", &flow), "сократились на 580,6 тыс. человек");
    assert_eq!(said(Lang::Kk, "580600", "0", &flow), "580,6 мың адамға қысқарды");
}

#[test]
fn balances_never_grow_below_zero() {
    let balance = spec(Class::Signed, ChangeKind::Flow, Gender::N, form(Suffix::Persons, 0));
    let ru = |from, to| said(Lang::Ru, from, to, &balance);
    let kk = |from, to| said(Lang::Kk, from, to, &balance);
    assert_eq!(ru("-39344", "-66850"), "миграционная убыль увеличилась с 39 344 до 66 850 человек");
    assert_eq!(kk("-39344", "-66850"), "көші-қон кемуі 39 344 адамнан 66 850 адамға дейін артты");
    assert_eq!(ru("-66850", "-39341"), "миграционная убыль сократилась с 66 850 до 39 341 человека");
    assert_eq!(ru("120", "2369"), "миграционный прирост увеличился со 120 до 2 369 человек");
    assert_eq!(ru("-9793", "2334"), "сальдо сменило знак: с −9 793 на 2 334 человека");
    assert_eq!(kk("-9793", "2334"), "көші-қон сальдосының таңбасы өзгерді: −9 793 адамнан 2 334 адамға дейін");
    assert_eq!(ru("-5", "-5"), "миграционная убыль осталась на уровне 5 человек");
    assert_eq!(kk("5", "5"), "көші-қон өсімі 5 адам деңгейінде қалды");
    assert_eq!(ru("-5", "0"), "миграционная убыль сократилась с 5 до 0 человек");
    assert_eq!(ru("0", "0"), "сальдо осталось нулевым");
    assert_eq!(said(Lang::En, "-9793", "2334", &balance), "the balance changed sign: from −9,793 to 2,334 persons");
    let natural = ChangeSpec { balance: Balance::Natural, ..balance.clone() };
    assert_eq!(said(Lang::Ru, "5", "3", &natural), "естественный прирост сократился с 5 до 3 человек");
}

#[test]
fn names_in_a_list_share_their_common_word() {
    let ru = |name: &str, prep: &str| Names {
        name: name.to_owned(),
        table: name.to_owned(),
        cases: BTreeMap::from([(Case::Prep, prep.to_owned())]),
        ..Names::default()
    };
    let names = BTreeMap::from([
        (code("KZ-11"), ru("Акмолинская область", "Акмолинской области")),
        (code("KZ-39"), ru("Костанайская область", "Костанайской области")),
        (code("KZ-10"), ru("область Абай", "области Абай")),
        (code("KZ-33"), ru("область Жетісу", "области Жетісу")),
        (code("KZ-71"), ru("Астана", "Астане")),
    ]);
    let ru = Language::new(Lang::Ru, Style::default(), BTreeMap::new(), names);
    let in_ru = |list: &[&str]| {
        let codes: Vec<Code> = list.iter().map(|text| code(text)).collect();
        ru.regions(&codes, Some(Case::Prep))
    };
    assert_eq!(in_ru(&["KZ-11", "KZ-39"]).as_deref(), Ok("Акмолинской и Костанайской областях"));
    assert_eq!(in_ru(&["KZ-10", "KZ-33"]).as_deref(), Ok("областях Абай и Жетісу"));
    assert_eq!(
        in_ru(&["KZ-11", "KZ-39@2000", "KZ-10", "KZ-71"]).as_deref(),
        Ok("Акмолинской и Костанайской областях, области Абай и Астане")
    );
    assert_eq!(in_ru(&[]).map_err(|e| e.code), Err("empty-list"));
    assert_eq!(in_ru(&["KZ-99"]).map_err(|e| e.code), Err("unnamed-territory"));
    assert_eq!(ru.regions(&[code("KZ-71")], case("gen")).map_err(|e| e.code), Err("missing-case"));
    let kk = |name: &str| Names { name: name.to_owned(), ..Names::default() };
    let names = BTreeMap::from([
        (code("KZ-11"), kk("Ақмола облысы")),
        (code("KZ-39"), kk("Қостанай облысы")),
        (code("KZ-71"), kk("Астана қаласы")),
        (code("KZ-75"), kk("Алматы қаласы")),
    ]);
    let kk = Language::new(Lang::Kk, Style::default(), BTreeMap::new(), names);
    let oblasts = [code("KZ-11"), code("KZ-39")];
    assert_eq!(kk.regions(&oblasts, case("loc")).as_deref(), Ok("Ақмола және Қостанай облыстарында"));
    assert_eq!(kk.regions(&oblasts, None).as_deref(), Ok("Ақмола және Қостанай облыстары"));
    let all = [code("KZ-11"), code("KZ-39"), code("KZ-71"), code("KZ-75")];
    assert_eq!(
        kk.regions(&all, case("abl")).as_deref(),
        Ok("Ақмола және Қостанай облыстарынан, Астана және Алматы қалаларынан")
    );
}

#[test]
fn dates_months_and_years_inflect() {
    let (ru, kk) = (plain(Lang::Ru), plain(Lang::Kk));
    let period = |text: &str| Period::parse(text).expect("a period");
    let date = |language: &Language, text: &str, form, name: &str| {
        language.date(period(text), form, case(name)).map(|text| text.replace('\u{a0}', " ")).expect("a date")
    };
    assert_eq!(date(&ru, "2023-10", DateForm::Prose, "prep"), "октябре 2023 года");
    assert_eq!(date(&ru, "2023-Q4", DateForm::Prose, "prep"), "4-м квартале 2023 года");
    assert_eq!(date(&ru, "2023", DateForm::Prose, "prep"), "2023 году");
    assert_eq!(date(&kk, "2023-10", DateForm::Prose, "loc"), "2023 жылғы қазанда");
    assert_eq!(date(&kk, "2023-Q4", DateForm::Long, "nom"), "2023 ж. IV тоқсан");
    assert_eq!(date(&kk, "2022", DateForm::Prose, "ins"), "2022 жылмен");
    assert_eq!(date(&kk, "2021", DateForm::Prose, "gen"), "2021 жылдың");
    assert_eq!(date(&kk, "2023", DateForm::Prose, "loc"), "2023 жылы");
    assert!(kk.date(period("2023"), DateForm::Long, case("loc")).is_err());
    assert_eq!(ru.months(&[1, 3], case("prep")).as_deref(), Ok("январе и марте"));
    assert_eq!(kk.months(&[3], case("ins")).as_deref(), Ok("наурызбен"));
    assert_eq!(kk.months(&[1, 2], case("loc")).as_deref(), Ok("қаңтар және ақпан айларында"));
    assert!(ru.months(&[13], None).is_err());
    assert_eq!(ru.period(period("2023-01")), "янв.");
    let year = form(Suffix::Year, 0);
    assert_eq!(kk.print(&Amount::Integer(2022), &year, None).as_deref(), Ok("2022"));
    assert_eq!(kk.print(&Amount::Integer(2022), &year, case("abl")).map_err(|e| e.code), Err("year-with-case"));
}

#[test]
fn units_words_and_references_are_said() {
    let (ru, kk, en) = (plain(Lang::Ru), plain(Lang::Kk), plain(Lang::En));
    let print = |language: &Language, value: &str, form: &NumberForm, name: &str| {
        language.print(&amount(value), form, case(name)).map(|text| text.replace('\u{a0}', " ")).expect("prints")
    };
    let millions = NumberForm { scale: Scale::Million, ..form(Suffix::Persons, 1) };
    assert_eq!(print(&kk, "2700000", &millions, "abl"), "2,7 млн адамнан");
    assert_eq!(print(&kk, "66850", &form(Suffix::Persons, 0), "acc"), "66 850 адамды");
    assert_eq!(print(&kk, "5.8", &form(Suffix::PerMille, 1), "dat"), "5,8‰-ге");
    assert_eq!(print(&kk, "2.3", &form(Suffix::Times, 1), "nom"), "2,3 есе");
    assert_eq!(print(&ru, "2.3", &form(Suffix::Times, 1), "acc"), "2,3 раза");
    assert_eq!(print(&ru, "21", &form(Suffix::Persons, 0), "gen"), "21 человека");
    assert_eq!(print(&ru, "5", &form(Suffix::Persons, 0), "dat"), "5 человекам");
    assert_eq!(print(&ru, "2000", &form(Suffix::Persons, 0), "dat"), "2 000 человек");
    assert_eq!(print(&ru, "70", &form(Suffix::CalculationIndices, 0), "nom"), "70 месячных расчётных показателей");
    assert_eq!(print(&ru, "0.5", &form(Suffix::PerMillePoints, 1), "acc"), "0,5 промилльного пункта");
    assert_eq!(print(&kk, "-2345.6", &form(Suffix::PersonsPerYear, 0), "nom"), "жылына −2 346 адам");
    assert_eq!(print(&en, "1234.5", &form(Suffix::Bare, 1), "nom"), "1,234.5");
    let wages = NumberForm { scale: Scale::Thousand, ..form(Suffix::ThousandTenge, 1) };
    assert_eq!(print(&ru, "1234.5", &wages, "nom"), "1,2 млн тенге");
    let thousand_percent = NumberForm { scale: Scale::Thousand, ..form(Suffix::Percent, 1) };
    assert!(ru.print(&Amount::Integer(1), &thousand_percent, None).is_err());
    assert_eq!(ru.print_literal("5.80", &form(Suffix::Percent, 0), None).as_deref(), Ok("5,80%"));
    assert_eq!(
        ru.print(&Amount::Integer(1), &form(Suffix::Bare, 0), case("abl")).map_err(|e| e.code),
        Err("unknown-case")
    );
    assert_eq!(kk.misfit_endings("5,8%-ке, 9\u{a0}344-ға, 40-ден, 1-кесте, 1000-ге, 57,8%-ы").len(), 4);
    assert_eq!(ru.unit(Unit::Persons, Scale::Thousand), "тыс.\u{a0}чел.");
    assert_eq!(kk.unit(Unit::Persons, Scale::Thousand), "мың\u{a0}адам");
    assert_eq!(ru.exhibit_ref(ExhibitKind::Table, 2, case("prep")).as_deref(), Ok("таблице\u{a0}2"));
    assert_eq!(ru.quote("доклад «Миграция» за год"), "«доклад „Миграция“ за год»");
}

/// The forms of nouns after every integer below ten thousand agree with the plural categories of CLDR.
#[test]
fn russian_counts_are_the_categories_of_cldr() {
    for n in 0..10_000_u32 {
        let value = Decimal { negative: false, whole: n.to_string(), fraction: String::new() };
        let category = match (n % 10, n % 100) {
            (1, rest) if rest != 11 => ru::Count::One,
            (2..=4, rest) if !(12..=14).contains(&rest) => ru::Count::Few,
            // Zero and whole thousands are «many» as well, and govern the genitive in every case.
            _ if n == 0 || n % 1_000 == 0 => ru::Count::Round,
            _ => ru::Count::Many,
        };
        assert_eq!(ru::Count::of(&value), category, "{n}");
        let decimal = Decimal { fraction: "0".to_owned(), ..value };
        assert_eq!(ru::Count::of(&decimal), ru::Count::Fraction);
    }
}

#[test]
fn numbers_in_words_agree_with_words_made_by_another_program() {
    for row in material!("russian_words") {
        let [kind, number, gender, animate, case_name, words] = &row[..] else { panic!("{row:?}") };
        let gender = match gender.as_str() {
            "m" => Gender::M,
            "f" => Gender::F,
            _ => Gender::N,
        };
        let number: usize = number.parse().expect("a number");
        let agreement = spoken::Agreement { gender, animate: animate == "true" };
        let case = case(case_name).expect("a case");
        let said = match kind.as_str() {
            "cardinal" => spoken::ru::cardinal(number, agreement, case),
            _ => spoken::ru::ordinal(number, agreement, case),
        };
        assert_eq!(said.as_deref(), Some(words.as_str()), "{row:?}");
    }
    for row in material!("russian_past") {
        let [verb, forms @ ..] = &row[..] else { panic!("{row:?}") };
        for (gender, form) in [Gender::M, Gender::F, Gender::N, Gender::Pl].into_iter().zip(forms) {
            assert_eq!(spoken::ru::past(verb, gender).as_deref(), Some(form.as_str()), "{verb}");
        }
    }
}

#[test]
fn kazakh_verbs_lose_the_voice_that_vowels_gave_them() {
    let pairs = [
        ("көшу", "көшті"),
        ("шығу", "шықты"),
        ("көшіп шығу", "көшіп шықты"),
        ("ағу", "ақты"),
        ("шегу", "шекті"),
        ("табу", "тапты"),
        ("кему", "кеміді"),
        ("азаю", "азайды"),
    ];
    for (verb, past) in pairs {
        assert_eq!(spoken::kk::past(verb).as_deref(), Some(past), "{verb}");
    }
}

#[test]
fn both_ends_of_an_interval_are_digits() {
    let language = plain(Lang::Ru);
    let form = NumberForm::default();
    assert_eq!(language.range(&Amount::Integer(3), &Amount::Integer(5), &form).as_deref(), Ok("3–5"));
}
