//! Aloud: the endings of Kazakh numbers against the words in which a speaker reads them, over all numbers.

use super::{case, plain};
use crate::finding::{Amount, Decimal};
use crate::language::suffix_kk::{of_number, write_ending};
use crate::language::{Case, Lang, NumberForm, Scale, Suffix, number};

const KK_CASES: [Case; 6] = [Case::Gen, Case::Dat, Case::Acc, Case::Loc, Case::Abl, Case::Ins];

#[test]
fn every_kazakh_ending_below_a_million_agrees_with_the_number_spelled_out() {
    let kk = plain(Lang::Kk);
    let mut out = String::new();
    for n in 0..1_000_000_u64 {
        let value = Decimal { negative: false, whole: n.to_string(), fraction: String::new() };
        let word = spelled_out(n).pop().expect("a word");
        let sound = of_number(&value);
        for (case, ending) in KK_CASES.into_iter().zip(endings_of(word)) {
            out.clear();
            write_ending(&mut out, "", sound, case);
            assert_eq!(out, ending, "{n} {word}");
        }
        if n % 101 == 0 {
            let case = KK_CASES[(n / 101 % 6) as usize];
            let printed = kk.print(&Amount::Integer(n as i64), &NumberForm::default(), Some(case)).expect("prints");
            let (digits, ending) = printed.rsplit_once('-').expect("an ending");
            assert_eq!(kk.read(digits).map(|d| d.to_string()), Some(n.to_string()));
            assert_eq!(ending, endings_of(word)[(n / 101 % 6) as usize], "{printed}");
        }
    }
}

/// Spells a number out in Kazakh, from the left, as a speaker does.
pub(super) fn spelled_out(n: u64) -> Vec<&'static str> {
    const UNITS: [&str; 10] = ["", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"];
    const TENS: [&str; 10] = ["", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"];
    const GROUPS: [(u64, &str); 4] =
        [(1_000_000_000_000, "триллион"), (1_000_000_000, "миллиард"), (1_000_000, "миллион"), (1_000, "мың")];
    if n == 0 {
        return vec!["нөл"];
    }
    let mut words = Vec::new();
    let group = |words: &mut Vec<&'static str>, n: u64| {
        if n >= 100 {
            words.extend([UNITS[(n / 100) as usize], "жүз"]);
        }
        words.extend([TENS[(n / 10 % 10) as usize], UNITS[(n % 10) as usize]].iter().filter(|word| !word.is_empty()));
    };
    let mut rest = n;
    for (size, name) in GROUPS {
        if rest >= size {
            group(&mut words, rest / size);
            words.push(name);
            rest %= size;
        }
    }
    group(&mut words, rest);
    words
}

/// Gives gen dat acc loc abl ins of each word that can end a number.
fn endings_of(word: &str) -> [&'static str; 6] {
    match word {
        "нөл" | "бір" | "елу" => ["дің", "ге", "ді", "де", "ден", "мен"],
        "екі" | "жеті" => ["нің", "ге", "ні", "де", "ден", "мен"],
        "алты" | "жиырма" => ["ның", "ға", "ны", "да", "дан", "мен"],
        "үш" | "төрт" | "бес" | "жетпіс" => ["тің", "ке", "ті", "те", "тен", "пен"],
        "қырық" | "алпыс" | "миллиард" => ["тың", "қа", "ты", "та", "тан", "пен"],
        "сегіз" | "жүз" => ["дің", "ге", "ді", "де", "ден", "бен"],
        "тоғыз" | "отыз" => ["дың", "ға", "ды", "да", "дан", "бен"],
        "сексен" => ["нің", "ге", "ді", "де", "нен", "мен"],
        "он" | "тоқсан" | "мың" | "миллион" | "триллион" => {
            ["ның", "ға", "ды", "да", "нан", "мен"]
        }
        other => panic!("unknown word {other}"),
    }
}

/// Every decimal below ten thousand with up to three places: all fractions, with whole parts that reach every ending.
#[test]
fn every_kazakh_ending_of_a_decimal_agrees_with_its_fraction_spelled_out() {
    let kk = plain(Lang::Kk);
    let mut seen = 0;
    for places in 1..=3_usize {
        let size = 10_u64.pow(places as u32);
        for fraction in 0..size {
            for whole in [0, 1, 7, 10, 19, 40, 100, 345, 1_000, 2_013, 9_000, 9_999] {
                let literal = format!("{whole}.{fraction:0>places$}");
                let value = number::literal(&literal).expect("a literal");
                let word = spelled_out(fraction).pop().expect("a word");
                let at = (whole as usize + fraction as usize) % 6;
                let (case, ending) = (KK_CASES[at], endings_of(word)[at]);
                let printed = kk.print_literal(&literal, &NumberForm::default(), Some(case)).expect("prints");
                assert_eq!(printed.rsplit_once('-').map(|(_, typed)| typed), Some(ending), "{printed} {word}");
                assert_eq!(kk.read(printed.rsplit_once('-').expect("an ending").0), Some(value), "{printed}");
                assert_eq!(kk.misfit_endings(&printed), [""; 0]);
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 12 * 1_110);
}

#[test]
fn every_scale_word_takes_its_ending_and_sends_the_russian_noun_into_the_plural() {
    let (ru, kk) = (plain(Lang::Ru), plain(Lang::Kk));
    let words =
        [(Scale::Thousand, "мың", "мың"), (Scale::Million, "млн", "миллион"), (Scale::Billion, "млрд", "миллиард")];
    for (scale, printed, read) in words {
        for n in [1, 2, 5, 11, 21, 100, 999, -40] {
            for decimals in [0, 1] {
                let amount = Amount::Integer(n * scale.divisor());
                let bare = NumberForm { decimals, scale, ..NumberForm::default() };
                let digits =
                    kk.print(&amount, &NumberForm { scale, decimals, ..NumberForm::default() }, None).expect("prints");
                for (case, ending) in KK_CASES.into_iter().zip(endings_of(read)) {
                    let joint = if printed == read { "" } else { "-" };
                    let said = kk.print(&amount, &bare, Some(case)).expect("prints");
                    assert_eq!(said, format!("{digits}{joint}{ending}"));
                    assert!(said.contains(&format!("\u{a0}{printed}{joint}")) && !said.contains(' '), "{said}");
                }
                let persons = NumberForm { suffix: Suffix::Noun("житель".to_owned()), ..bare.clone() };
                let said = ru.print(&amount, &persons, None).expect("prints");
                assert!(said.ends_with("\u{a0}жителей") && !said.contains(' '), "{said}");
            }
        }
    }
}

#[test]
fn kazakh_possessives_of_numbers_are_those_of_the_words_read_aloud() {
    let kazakh = plain(Lang::Kk);
    for n in 0..2_000_u64 {
        let last = *spelled_out(n).last().expect("a word");
        // Digits keep қырық, which is shortened when it is spoken.
        let ending = match last {
            "жиырма" | "екі" | "алты" | "жеті" => {
                if "аыо".contains(last.chars().next_back().unwrap_or(' ')) { "сы" } else { "сі" }
            }
            _ if last.chars().rev().find(|c| "аәеоөұүыі".contains(*c)).is_some_and(|c| "аоұы".contains(c)) => {
                "ы"
            }
            _ => "і",
        };
        let form = NumberForm { possessive: true, ..NumberForm::default() };
        let said = |name: &str| {
            kazakh.print(&Amount::Integer(i64::try_from(n).expect("small")), &form, case(name)).expect("a form")
        };
        let digits = kazakh.print(&Amount::Integer(i64::try_from(n).expect("small")), &NumberForm::default(), None);
        let digits = digits.expect("digits");
        let front = ending.ends_with('і');
        let after = |back: &str, other: &str| format!("{digits}-{ending}{}", if front { other } else { back });
        assert_eq!(said("nom"), format!("{digits}-{ending}"));
        assert_eq!(said("loc"), after("нда", "нде"));
        assert_eq!(said("dat"), after("на", "не"));
        assert_eq!(said("acc"), format!("{digits}-{ending}н"));
        assert_eq!(said("gen"), after("ның", "нің"));
        assert_eq!(said("abl"), after("нан", "нен"));
        assert_eq!(said("ins"), format!("{digits}-{ending}мен"));
    }
}
