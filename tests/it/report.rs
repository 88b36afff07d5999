//! Report: what the built flagship must be, whatever its words: schema, captions, figures without collisions, no leftovers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use esep::build::{self, Wanted};
use esep::diagnostic::{Diagnostics, Severity};
use esep::drawing;
use esep::files::Files;
use esep::language::Lang;
use serde_json::Value as Json;

use crate::support::study;

fn report() -> &'static Files {
    static REPORT: OnceLock<Files> = OnceLock::new();
    REPORT.get_or_init(|| {
        let mut diagnostics = Diagnostics::default();
        let report = build::build(&study(), &Wanted::default(), &mut diagnostics);
        let errors: Vec<_> = diagnostics.sorted().into_iter().filter(|d| d.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        report.expect("the flagship builds")
    })
}

fn text(path: &str) -> &'static str {
    report().text(path).unwrap_or_else(|| panic!("there is no {path}"))
}

#[test]
fn the_ledger_keeps_to_its_schema_and_owns_every_marked_number() {
    let schema: Json = serde_json::from_str(text("numbers.schema.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for edition in ["2023", "2024"] {
        let ledger: Json = serde_json::from_str(text(&format!("{edition}/numbers.json"))).expect("JSON");
        let problems: Vec<String> = validator.iter_errors(&ledger).take(5).map(|e| e.to_string()).collect();
        assert!(problems.is_empty(), "{problems:?}");
        let numbers = ledger["numbers"].as_array().expect("numbers");
        let ids: BTreeSet<&str> = numbers.iter().filter_map(|n| n["id"].as_str()).collect();
        assert_eq!(ids.len(), numbers.len(), "ids are unique");
        for lang in ["ru", "kk"] {
            let page = text(&format!("{edition}/{lang}/index.html"));
            for mark in page.split("data-number=\"").skip(1) {
                let id = mark
                    .split('"')
                    .next()
                    .unwrap_or_default()
                    .replace("&quot;", "\"")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&");
                assert!(ids.contains(id.as_str()), "{lang}: no number `{id}` in the ledger");
            }
        }
        for number in numbers.iter().filter(|n| n["cited"].is_null()) {
            assert!(!number["formula"].as_str().unwrap_or_default().is_empty(), "{number}");
            assert!(!number["inputs"].as_array().expect("inputs").is_empty(), "{number}");
            let printed = if number["places"].is_null() { 0 } else { 2 };
            assert_eq!(number["printed"].as_object().map_or(0, |p| p.len()), printed, "{number}");
            let is_fraction = number["value"].as_str().is_some_and(|value| value.contains('/'));
            let decimal = number["decimal"].as_str().map(|text| text.parse::<f64>().is_ok());
            assert_eq!(decimal, is_fraction.then_some(true), "{number}");
        }
    }
}

#[test]
fn every_explanation_ends_in_cells_of_the_data() {
    let files = study();
    for edition in ["2023", "2024"] {
        let ledger: Json = serde_json::from_str(text(&format!("{edition}/numbers.json"))).expect("JSON");
        let numbers = ledger["numbers"].as_array().expect("numbers");
        let ids: BTreeSet<&str> = numbers.iter().filter_map(|n| n["id"].as_str()).collect();
        let (mut cells, mut others) = (0, 0);
        for number in numbers.iter().filter(|n| n["cited"].is_null()) {
            let inputs = number["inputs"].as_array().expect("inputs");
            assert!(!inputs.is_empty(), "{edition}: nothing went into {number}");
            for input in inputs.iter().filter_map(Json::as_str) {
                let cell = input.split_once('#').filter(|(file, _)| files.get(file).is_some());
                match cell {
                    Some((_, place)) => assert!(place.contains([':', '!']), "{input}"),
                    None => assert!(ids.contains(input), "{edition}: {input} is neither a line nor a cell"),
                }
                *if cell.is_some() { &mut cells } else { &mut others } += 1;
            }
        }
        // Whoever takes away what rests on cells alone, again and again, has nothing left: no way goes round.
        let mut open: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for number in numbers {
            let inputs = number["inputs"].as_array().into_iter().flatten().filter_map(Json::as_str);
            let lines = inputs.filter(|input| ids.contains(input)).collect();
            open.insert(number["id"].as_str().expect("an id"), lines);
        }
        while !open.is_empty() {
            let before = open.len();
            let left: BTreeSet<&str> = open.keys().copied().collect();
            open.retain(|_, inputs| inputs.iter().any(|input| left.contains(input)));
            assert!(open.len() < before, "{edition}: {:?} rest on one another", open.keys().next());
        }
        assert!(cells > 3000 && others > 6000, "{edition}: {cells} cells, {others} lines");
    }
}

#[test]
fn every_occurrence_of_a_number_has_an_id_of_its_own() {
    for path in ["2023/ru/index.html", "2023/kk/index.html", "2024/ru/index.html", "2024/kk/index.html"] {
        let mut seen = BTreeSet::new();
        for id in text(path).split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(seen.insert(id), "{path}: id `{id}` twice");
        }
        assert!(seen.len() > 250, "{path}: only {} ids", seen.len());
    }
}

#[test]
fn captions_follow_local_custom() {
    let (ru, kk) = (text("2024/ru/index.html"), text("2024/kk/index.html"));
    assert!(ru.contains("<caption>Таблица\u{a0}1 – ") || ru.contains("<caption>Таблица 1 – "));
    assert!(kk.contains("<caption>1-кесте – "));
    assert!(kk.contains("<figcaption>1-сурет – "));
    assert!(ru.contains("составлено авторами") && ru.contains("рассчитано авторами"));
    for page in [ru, kk] {
        for caption in page.split("<figcaption>").skip(1).filter_map(|rest| rest.split("</figcaption>").next()) {
            assert!(!caption.trim_end().ends_with('.'), "a caption ends with a stop: {caption}");
        }
    }
}

#[test]
fn the_caption_of_a_figure_and_its_file_name_the_same_sources() {
    let mut seen = 0;
    for edition in ["2023", "2024", "2025"] {
        for (lang, source) in [("ru", "Источник: "), ("kk", "Дереккөз: ")] {
            let page = text(&format!("{edition}/{lang}/index.html"));
            let mut figures = Vec::new();
            for exhibit in page.split("<div class=\"exhibit\" id=\"").skip(1) {
                let (id, rest) = exhibit.split_once('"').expect("an id");
                let Some(line) = rest.split("class=\"source\"").nth(1).and_then(|rest| rest.split("</p>").next())
                else {
                    continue;
                };
                let cited: BTreeSet<&str> = line.split('[').skip(1).filter_map(|rest| rest.split(']').next()).collect();
                let drawn = text(&format!("{edition}/figures/{id}.{lang}.svg"));
                let named = drawn.split(source).nth(1).and_then(|rest| rest.split('<').next());
                let named: BTreeSet<&str> =
                    named.unwrap_or_else(|| panic!("{id}.{lang} names no source")).split("; ").collect();
                figures.push((id, cited, named));
            }
            // What a reference is called is learnt where it stands alone.
            let alone = figures.iter().filter(|(_, cited, _)| cited.len() == 1);
            let names: BTreeMap<_, _> = alone.map(|(_, cited, named)| (cited.first(), named.clone())).collect();
            for (id, cited, named) in &figures {
                let known: Option<Vec<_>> = cited.iter().map(|own| names.get(&Some(own))).collect();
                let Some(known) = known else { continue };
                let expected: BTreeSet<&str> = known.into_iter().flatten().copied().collect();
                assert_eq!(named, &expected, "{edition}/figures/{id}.{lang}.svg, cited {cited:?}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 40, "only {seen} figures");
}

#[test]
fn nothing_unfinished_reaches_a_reader() {
    for (path, bytes) in report().iter() {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let private = text.chars().find(|c| ('\u{e000}'..='\u{f8ff}').contains(c));
        assert_eq!(private, None, "{path} holds a mark");
        if path.ends_with(".html") || path.ends_with("report.md") {
            for leftover in ["{{", "{%", "NaN", "undefined", "None)", "[[]"] {
                assert!(!text.contains(leftover), "{path} holds `{leftover}`");
            }
        }
    }
}

#[test]
fn figures_of_every_edition_and_language_have_no_colliding_texts() {
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&study(), &mut diagnostics).expect("the flagship is sound");
    let editions = build::editions(&material, &Wanted::default(), &mut diagnostics).expect("the flagship computes");
    let mut drawn = 0;
    for built in &editions {
        for page in &built.pages {
            let language = material.language(page.lang).expect("a language");
            for (id, figure) in &built.exhibits.figures {
                let words = esep::output::figure_words(id, figure, page, &material);
                for width in [drawing::SINGLE, drawing::DOUBLE] {
                    let layout = drawing::layout(figure, language, &words, width).expect("a layout");
                    assert_eq!(layout.collisions(), Vec::<String>::new(), "{id} in {} at {width}", page.lang.code());
                    drawn += 1;
                }
            }
        }
    }
    assert!(drawn >= 96, "only {drawn} figures");
    assert_eq!(Lang::parse("ru"), Some(Lang::Ru));
}

#[test]
fn the_diff_of_two_editions_tells_revisions_from_new_periods_and_names_flipped_sentences() {
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&study(), &mut diagnostics).expect("the flagship is sound");
    let editions = build::editions(&material, &Wanted::default(), &mut diagnostics).expect("the flagship computes");
    let ledgers: Vec<_> = editions.iter().map(|built| esep::output::ledger::of(built, &material)).collect();
    let difference =
        esep::output::ledger::difference(&ledgers[0], &ledgers[1], (&editions[0].edition, &editions[1].edition));
    let revised = difference.revised.iter().any(|c| c.from.1 == "-79108" && c.to.1 == "-77272");
    assert!(revised, "the country's rural balance of 2021 was revised");
    let longer = difference.moved.iter().any(|c| c.expression == "count(balance_rural.value[KZ, all])");
    assert!(longer, "a question over all years is answered anew when a year is added");
    assert!(!difference.moved.is_empty() && !difference.flipped.is_empty());
    // Turned round, what one edition prints and the other has no value for has been withdrawn.
    let back = esep::output::ledger::difference(&ledgers[1], &ledgers[0], (&editions[1].edition, &editions[0].edition));
    assert!(!difference.new.is_empty() && difference.new == back.withdrawn && difference.withdrawn == back.new);
    let asked = |expression: &str| esep::expression::ask(expression, &*editions[0].edition);
    for (expression, ..) in &difference.new {
        let known =
            asked(expression).is_ok_and(|finding| !matches!(finding.cell.value, esep::finding::Value::Missing(_)));
        assert!(!known, "{expression} is new");
    }
}

#[test]
fn every_exhibit_is_numbered_listed_referred_to_and_given_as_data() {
    for path in ["2023/ru/index.html", "2023/kk/index.html", "2024/ru/index.html", "2024/kk/index.html"] {
        let page = text(path);
        let edition = &path[..4];
        let mut count = 0;
        for part in page.split("<div class=\"exhibit").skip(1) {
            let id = part.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
            let (folder, is_table) = if part.starts_with(" table") { ("tables", true) } else { ("figures", false) };
            assert!(report().get(&format!("{edition}/{folder}/{id}.csv")).is_some(), "{path}: no CSV of `{id}`");
            let own = part.split("class=\"files\"").next().unwrap_or(part);
            assert!(
                own.contains("<caption>") && own.contains("scope=\"col\"") && own.contains("scope=\"row\""),
                "{id}"
            );
            assert!(is_table || own.contains("<details><summary>"), "{path}: the data of `{id}` do not unfold");
            // Once in the list, and at least once in a sentence.
            assert!(page.matches(&format!("href=\"#{id}\"")).count() >= 2, "{path}: no sentence refers to `{id}`");
            count += 1;
        }
        assert!(count >= 20, "{path}: only {count} exhibits");
    }
}

#[test]
fn the_short_version_keeps_three_figures_and_two_tables() {
    for path in ["2023/ru/short.html", "2023/kk/short.html", "2024/ru/short.html", "2024/kk/short.html"] {
        let page = text(path);
        assert_eq!(page.matches("<figure>").count(), 3, "{path}");
        assert_eq!(page.matches("<div class=\"exhibit table").count(), 2, "{path}");
        for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.contains(&format!(" id=\"{link}\"")), "{path}: #{link} leads nowhere");
        }
    }
}

#[test]
fn the_house_style_is_honoured_in_each_language() {
    use crate::study::dummy;
    use esep::build::{self, Wanted};
    use esep::diagnostic::Diagnostics;
    let built = |style: &str| {
        let mut files = dummy();
        let text = files.text("study.yaml").expect("study.yaml");
        let own = text.lines().find(|line| line.starts_with("style:")).expect("a style").to_owned();
        let text = text.replace(&own, &format!("style: {style}"));
        // A signed measure with values above zero.
        let text = if style.contains("plus") {
            text.replace("columns: period, of: \"rural_balance.value", "columns: period, of: \"residents.change_chain")
        } else {
            text
        };
        files.insert("study.yaml", text);
        let mut diagnostics = Diagnostics::default();
        let report = build::build(&files, &Wanted::default(), &mut diagnostics);
        report.unwrap_or_else(|_| panic!("{:?}", diagnostics.sorted()))
    };
    let pages = |style: &str| {
        let report = built(style);
        ["ru", "kk"].map(|lang| report.text(&format!("2022/{lang}/report.md")).expect("a page").to_owned())
    };
    let [ru, kk] = pages("{percent_space: {ru: true, kk: false}}");
    assert!(ru.contains("19,6\u{a0}%") && kk.contains("19,6%"), "{ru}{kk}");
    let [ru, kk] = pages("{percent_space: true}");
    assert!(ru.contains("19,6\u{a0}%") && kk.contains("19,6\u{a0}%"));
    let [ru, kk] = pages("{decimal_mark: {kk: \".\"}}");
    assert!(ru.contains("19,6%") && kk.contains("19.6%"));
    let [ru, kk] = pages("{decimal_mark: \".\"}");
    assert!(ru.contains("19.6%") && kk.contains("19.6%"));
    let [ru, kk] = pages("{plus_sign: {ru: signed}}");
    assert!(ru.contains("| +") && !kk.contains("| +"), "{ru}{kk}");
    let [ru, kk] = pages("{plus_sign: signed}");
    assert!(ru.contains("| +") && kk.contains("| +"));
    let [ru, kk] = pages("{missing: {kk: {no-data: \"?\", no-phenomenon: \"жоқ\"}}}");
    assert!(!ru.contains("| жоқ") && kk.contains("| жоқ"), "{ru}{kk}");
    let [ru, kk] = pages("{missing: {no-phenomenon: \"нет\", no-data: \"н/д\"}}");
    assert!(ru.contains("| нет") && kk.contains("| нет"), "{ru}{kk}");
}

#[test]
fn no_link_of_a_markdown_file_dangles() {
    let mut links = 0;
    for (path, bytes) in report().iter().filter(|(path, _)| path.ends_with(".md")) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let Some(id) = target.strip_prefix('#') else { continue };
            assert_eq!(text.matches(&format!("<a id=\"{id}\"></a>")).count(), 1, "{path}: #{id}");
            links += 1;
        }
    }
    assert!(links > 400, "{links} links");
}

/// A formula as it is read from left to right, a fraction as a quotient in brackets; none where it has other signs.
fn infix(markup: &str) -> Option<String> {
    let mut reader = quick_xml::Reader::from_str(markup);
    // Each open element with what its children came to.
    let mut open: Vec<(String, Vec<String>)> = vec![(String::new(), Vec::new())];
    loop {
        match reader.read_event().expect("MathML") {
            quick_xml::events::Event::Start(tag) => open.push((tag.name().into_inner().to_owned(), Vec::new())),
            quick_xml::events::Event::Text(text) => open.last_mut()?.1.push(text.to_string()),
            quick_xml::events::Event::End(_) => {
                let (name, parts) = open.pop()?;
                let text = parts.concat();
                let said = match (name.as_str(), text.as_str()) {
                    ("mfrac", _) => format!("(({})/({}))", parts.first()?, parts.get(1)?),
                    ("mn", text) => text.replace(['\u{a0}', ' '], "").replace(',', ".").replace('\u{2212}', "-"),
                    ("mo", "+" | "(" | ")" | "=") | ("math" | "mrow", _) => text,
                    ("mo", "\u{2212}") => "-".to_owned(),
                    ("mo", "·") => "*".to_owned(),
                    ("mo", "≈") => "=".to_owned(),
                    _ => return None,
                };
                open.last_mut()?.1.push(said);
            }
            quick_xml::events::Event::Eof => return Some(open.pop()?.1.concat()),
            _ => return None,
        }
    }
}

/// The value of a sum of products in brackets and quotients.
fn computed(text: &str, at: &mut usize) -> f64 {
    let next = |at: &usize| text.as_bytes().get(*at).copied();
    let mut sum = 0.0;
    let mut sign = 1.0;
    loop {
        let mut product: Option<f64> = None;
        let mut divides = false;
        loop {
            let mut own = 1.0;
            while next(at) == Some(b'-') {
                own = -own;
                *at += 1;
            }
            let factor = if next(at) == Some(b'(') {
                *at += 1;
                let inner = computed(text, at);
                assert_eq!(next(at), Some(b')'), "{text}");
                *at += 1;
                inner
            } else {
                let from = *at;
                while next(at).is_some_and(|byte| byte.is_ascii_digit() || byte == b'.') {
                    *at += 1;
                }
                text[from..*at].parse().unwrap_or_else(|_| panic!("{text} at {from}"))
            };
            let factor: f64 = own * factor;
            product = Some(match product {
                None => factor,
                Some(so_far) if divides => so_far / factor,
                Some(so_far) => so_far * factor,
            });
            match next(at) {
                Some(mark @ (b'*' | b'/')) => {
                    divides = mark == b'/';
                    *at += 1;
                }
                _ => break,
            }
        }
        sum += sign * product.unwrap_or_default();
        match next(at) {
            Some(mark @ (b'+' | b'-')) => {
                sign = if mark == b'+' { 1.0 } else { -1.0 };
                *at += 1;
            }
            _ => return sum,
        }
    }
}

/// Formulas are read back and worked out by another route: each comes to the number that stands behind it, and no sum is
/// shortened so that it takes itself away.
#[test]
fn formulas_filled_in_come_to_what_they_say() {
    let (mut worked_out, mut shortened) = (0, 0);
    for (path, bytes) in report().iter().filter(|(path, _)| path.contains("/numbers-") && path.ends_with(".html")) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        for part in text.split("<p class=\"math\">").skip(1) {
            let markup = part.split("</p>").next().unwrap_or_default();
            if markup.contains("<mo>…</mo>") {
                let sums: Vec<&str> = markup.split("<mo>\u{2212}</mo>").collect();
                let bare = |side: &str| side.replace(['(', ')'], "").replace("<mo></mo>", "");
                let under =
                    |side: &str| bare(side).rsplit("<mrow>").next().unwrap_or_default().replace("</mrow></mfrac>", "");
                assert!(sums.windows(2).all(|two| under(two[0]) != under(two[1])), "{path}: {markup}");
                shortened += 1;
                continue;
            }
            let Some(said) = infix(markup) else { continue };
            let Some((left, right)) = said.split_once('=') else { continue };
            let (value, wanted) = (computed(left, &mut 0), computed(right, &mut 0));
            assert!((value - wanted).abs() <= 6e-4_f64.max(1e-3 * wanted.abs()), "{path}: {said}: {value}");
            worked_out += 1;
        }
    }
    assert!(worked_out > 4000 && shortened > 100, "{worked_out} and {shortened}");
}
