//! Article check: a made-up study's article that was edited in many ways: each edit is found, and nothing else is; the same
//! after LibreOffice wrote the document anew.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use esep::build::{self, Wanted};
use esep::diagnostic::{self, Diagnostics};
use esep::edited::{Checked, Edited, Today};
use esep::files::Files;
use esep::language::Lang;
use esep::output::docx::{self, journal};
use esep::page::{self, Page};

use crate::study::{dummy, scratch};

const RU: &str = "
На начало {{ q(\"last(residents.value[KZ, all])\") | year }} года в стране[^borders] жили {{ q(\"residents.value[KZ, last]\") | persons }}, из них в сёлах {{ q(\"rural_residents.value[KZ, last]\") | persons }}. В тысячах это {{ q(\"residents.value[KZ, last]\") | number(1, scale=\"thousands\") }} жителей. Выводы относятся только к этим годам.

[^borders]: В границах последнего года.

Сельское население изучали и прежде. Прежние работы говорят о том же {{ cite(\"bureau\") }}.

### Способы

{{ methods_appendix() }}
";
const KK: &str = "
{{ q(\"last(residents.value[KZ, all])\") | year }} жылдың басында елде[^borders] {{ q(\"residents.value[KZ, last]\") | persons }} тұрды, оның ішінде ауылда {{ q(\"rural_residents.value[KZ, last]\") | persons }}. Мыңмен бұл {{ q(\"residents.value[KZ, last]\") | number(1, scale=\"thousands\") }} тұрғын. Қорытындылар тек осы жылдарға қатысты.

[^borders]: Соңғы жылдың шекараларында.

Ауыл халқы бұрын да зерттелген. Бұрынғы еңбектер де соны айтады {{ cite(\"bureau\") }}.

### Тәсілдер

{{ methods_appendix() }}
";

/// The made-up study with more prose, in memory.
fn study() -> Files {
    let mut files = dummy();
    for (lang, more) in [("ru", RU), ("kk", KK)] {
        let path = format!("templates/{lang}/results.md");
        let text = files.text(&path).expect("a template").to_owned();
        files.insert(&path, text + more);
    }
    files
}

/// What is held against edited documents.
struct Article {
    bytes: Vec<u8>,
    page: Page,
    material: esep::output::Material,
}

impl Article {
    fn of(files: &Files, edition: &str, lang: Lang) -> Article {
        let mut diagnostics = Diagnostics::default();
        let made = Article::made(files, edition, lang, &mut diagnostics);
        made.unwrap_or_else(|| panic!("{}", diagnostic::human(&diagnostics.sorted(), &|_| None, false)))
    }

    fn made(files: &Files, edition: &str, lang: Lang, diagnostics: &mut Diagnostics) -> Option<Article> {
        let material = build::material(files, diagnostics).ok()?;
        let wanted = Wanted { editions: vec![edition.to_owned()], languages: vec![lang.code().to_owned()] };
        let built = build::editions(&material, &wanted, diagnostics).ok()?;
        let page = page::compose_article(
            &material.prose,
            &material.study,
            (&built[0].edition, &built[0].exhibits),
            lang,
            diagnostics,
        )?;
        let journal = journal::read("general", files, diagnostics)?;
        let wanted = docx::Wanted { journal: &journal, name: "general", anonymous: false, drawn: true };
        let bytes = docx::article(&built[0], &page, &material, &wanted, diagnostics)?;
        Some(Article { bytes, page, material })
    }

    fn check(&self, bytes: &[u8]) -> Checked {
        let today = Today { document: &self.bytes, page: &self.page, prose: &self.material.prose };
        Edited::read(bytes).expect("a document").check(&today).expect("an article")
    }

    fn xml(&self) -> String {
        part(&self.bytes, "word/document.xml")
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

/// Puts another text in the place of the document.
fn with(bytes: &[u8], xml: &str) -> Vec<u8> {
    with_part(bytes, "word/document.xml", xml.as_bytes())
}

/// Puts others in the place of the bytes of a part.
fn with_part(bytes: &[u8], part: &str, own: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let mut parts = Vec::new();
    for name in names {
        let mut bytes = Vec::new();
        archive.by_name(&name).expect("a part").read_to_end(&mut bytes).expect("bytes");
        parts.push((name.clone(), if name == part { own.to_vec() } else { bytes }));
    }
    docx::packed(&parts).expect("an archive")
}

/// Replaces what must stand once.
fn swap(xml: &str, from: &str, to: &str) -> String {
    assert_eq!(xml.matches(from).count(), 1, "{from}");
    xml.replace(from, to)
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// Finds the control of a number by what its alias begins with; the nth of them.
fn control<'a>(xml: &'a str, alias: &str, nth: usize) -> &'a str {
    let mut rest = 0;
    for at in 0.. {
        let start = xml[rest..].find("<w:sdt>").map(|i| rest + i).unwrap_or_else(|| panic!("no control {alias}"));
        let end = xml[start..].find("</w:sdt>").map(|i| start + i + 8).expect("an end");
        rest = end;
        let own = &xml[start..end];
        if own.contains(&format!("<w:alias w:val=\"{alias}")) {
            if nth == 0 {
                return own;
            }
            return control(&xml[end..], alias, nth - 1);
        }
        assert!(at < 1000);
    }
    unreachable!()
}

/// Changes what a control prints.
fn printed(xml: &str, alias: &str, nth: usize, change: &dyn Fn(&str) -> String) -> String {
    let own = control(xml, alias, nth);
    let (head, rest) = own.split_once("<w:t xml:space=\"preserve\">").expect("a text");
    let (text, tail) = rest.split_once("</w:t>").expect("an end");
    let new = format!("{head}<w:t xml:space=\"preserve\">{}</w:t>{tail}", change(text));
    assert_ne!(own, new);
    swap(xml, own, &new)
}

/// Returns the paragraph that holds a text, with where it begins.
fn paragraph<'a>(xml: &'a str, text: &str) -> &'a str {
    let at = xml.find(text).unwrap_or_else(|| panic!("no {text}"));
    let start = xml[..at].rfind("<w:p>").expect("a paragraph");
    let end = xml[at..].find("</w:p>").expect("its end") + at + 6;
    &xml[start..end]
}

/// Returns a sentence with its bookmarks, by a text in it.
fn sentence<'a>(xml: &'a str, text: &str) -> &'a str {
    let at = xml.find(text).unwrap_or_else(|| panic!("no {text}"));
    let name = xml[..at].rfind("w:name=\"s_").expect("a bookmark");
    let start = xml[..name].rfind("<w:bookmarkStart").expect("its start");
    let id = xml[start..].split("w:id=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
    let end = format!("<w:bookmarkEnd w:id=\"{id}\"/>");
    let stop = xml[start..].find(&end).expect("its end") + start + end.len();
    &xml[start..stop]
}

/// Takes the bookmarks off a paragraph, as an editor does that copies it.
fn unmarked(paragraph: &str) -> String {
    let parts = paragraph.split('<').filter(|part| !part.starts_with("w:bookmark"));
    parts.collect::<Vec<_>>().join("<")
}

/// Takes names from controls, or bookmarks of numbers and sentences, as editors do.
fn without(xml: &str, what: &[&str]) -> String {
    let mut out = String::new();
    for piece in xml.split_inclusive('>') {
        let gone = what.iter().any(|own| match *own {
            "tag" => piece.starts_with("<w:tag "),
            "alias" => piece.starts_with("<w:alias "),
            "id" => piece.starts_with("<w:id "),
            "control" => {
                piece.contains("w:sdt")
                    || piece.starts_with("<w:alias")
                    || piece.starts_with("<w:tag")
                    || piece.starts_with("<w:id ")
                    || piece == "<w:text/>"
            }
            "number" => piece.contains("w:name=\"n_"),
            "sentence" => piece.contains("w:name=\"s_"),
            other => panic!("{other}"),
        });
        if !gone {
            out.push_str(piece);
        }
    }
    out
}

/// Writes another number as the result of the first field that refers to something.
fn referred(xml: &str, number: &str) -> String {
    let at = xml.find(" REF ").expect("a reference");
    let from = at + xml[at..].find("<w:t").expect("a result");
    let from = from + xml[from..].find('>').expect("its text") + 1;
    let to = from + xml[from..].find('<').expect("its end");
    format!("{}{number}{}", &xml[..from], &xml[to..])
}

const RESIDENTS: &str = "residents.value.KZ.";
const DEL: &str = "<w:del w:id=\"9001\" w:author=\"Editor\" w:date=\"2026-01-01T00:00:00Z\">";
const INS: &str = "<w:ins w:id=\"9002\" w:author=\"Editor\" w:date=\"2026-01-01T00:00:00Z\">";

type Edit = (&'static str, fn(&str) -> String, &'static [(&'static str, &'static str)]);

/// The edit that editors undo by themselves.
const REFERRED: &str = "the number of a reference in its field";

/// The edits, each with the codes and words by which it must be named; nothing else may be.
const EDITS: [Edit; 43] = [
    (
        "a digit",
        |x| printed(x, "rural_residents", 0, &|t| t.replacen(|c: char| c.is_ascii_digit(), "7", 1)),
        &[("number", "is right")],
    ),
    ("a sign", |x| printed(x, "rural_balance.value.KZ.2022", 0, &|t| t.replace('−', "")), &[("number", "−")]),
    ("a scale within", |x| printed(x, RESIDENTS, 1, &|t| t.replace("тыс", "млн")), &[("number", "тыс")]),
    ("a decimal", |x| printed(x, RESIDENTS, 1, &|t| t.replacen(',', "", 1)), &[("number", "is right")]),
    (
        "a digit glued behind",
        |x| {
            let c = control(x, RESIDENTS, 1);
            swap(x, c, &format!("{c}{}", run("5")))
        },
        &[("number", "is right")],
    ),
    (
        "a digit glued before",
        |x| {
            let c = control(x, "rural_residents", 0);
            swap(x, c, &format!("{}{c}", run("1")))
        },
        &[("number", "is right")],
    ),
    (
        "a scale glued behind",
        |x| {
            let c = control(x, RESIDENTS, 0);
            swap(x, c, &format!("{c}{}", run(" тысяч")))
        },
        &[("number", "тысяч"), ("sentence", "тысяч, из них")],
    ),
    (
        "a number of a table",
        |x| printed(x, "rural_balance.value.KZ-91.2020", 0, &|t| format!("{t}0")),
        &[("number", "is right")],
    ),
    ("a name", |x| printed(x, "largest_loss", 0, &|t| t.replace("Степная", "Горная")), &[("number", "Степная")]),
    (
        "a number typed anew",
        |x| {
            let own = control(x, "rural_residents", 0);
            swap(x, own, &run("1 111 111 человек"))
        },
        &[("number", "1\u{a0}111\u{a0}111")],
    ),
    (
        "a number in another notation",
        |x| printed(x, RESIDENTS, 0, &|t| t.replace('\u{a0}', ",")),
        &[("notation", "is `254\u{a0}000")],
    ),
    ("a number without its blanks", |x| printed(x, RESIDENTS, 0, &|t| t.replacen('\u{a0}', "", 1)), &[]),
    (
        "a number of a work",
        |x| x.replacen("An invented bureau. – 2023.", "An invented bureau. – 2013.", 1),
        &[("text", "2013")],
    ),
    (
        "a number taken out",
        |x| {
            let c = control(x, "rural_residents", 0);
            swap(x, c, "")
        },
        &[("removed", "is gone")],
    ),
    ("a control emptied", |x| printed(x, "rural_residents", 0, &|_| String::new()), &[("removed", "is gone")]),
    (
        "a number of nobody",
        |x| swap(x, "Выводы относятся только", "Выводы 12,5% относятся только"),
        &[("unowned", "12,5%")],
    ),
    (
        "a number of nobody in words",
        |x| swap(x, "Выводы относятся только", "Выводы пяти тысяч человек относятся только"),
        &[("unowned", "пяти тысяч"), ("sentence", "пяти тысяч")],
    ),
    (
        "other words",
        |x| swap(x, "Сельское население изучали и прежде.", "Сельское население изучали мало."),
        &[("sentence", "изучали мало")],
    ),
    ("one letter", |x| swap(x, "Прежние работы говорят", "Прежняя работы говорят"), &[("sentence", "Прежняя")]),
    (
        "a sentence taken out",
        |x| {
            let s = sentence(x, "Выводы относятся");
            swap(x, s, "")
        },
        &[("sentence", "is gone")],
    ),
    (
        "a sentence added",
        |x| {
            let s = sentence(x, "Сельское население изучали");
            swap(x, s, &format!("{s}{}", run("Это известно давно. ")))
        },
        &[("sentence", "Это известно давно.")],
    ),
    (
        "a paragraph added",
        |x| {
            let p = paragraph(x, "Сельское население изучали");
            swap(x, p, &format!("{p}<w:p>{}</w:p>", run("Новый абзац называет 77 сёл.")))
        },
        &[("sentence", "Новый абзац"), ("unowned", "77")],
    ),
    (
        "a paragraph taken out",
        |x| {
            let p = paragraph(x, "Сельское население изучали");
            swap(x, p, "")
        },
        &[("sentence", "is gone")],
    ),
    (
        "a paragraph split",
        |x| {
            let s = sentence(x, "Прежние работы говорят");
            swap(x, s, &format!("</w:p><w:p>{s}"))
        },
        &[("paragraph", "split before `Прежние")],
    ),
    (
        "a paragraph split within a sentence",
        |x| {
            swap(
                x,
                "Сельское население изучали и прежде. ",
                &format!(
                    "Сельское население</w:t></w:r></w:p><w:p>{}<w:r><w:t xml:space=\"preserve\">",
                    run("изучали и прежде. ")
                ),
            )
        },
        &[("paragraph", "split before `изучали")],
    ),
    (
        "two paragraphs joined",
        |x| {
            let p = paragraph(x, "Сельское население изучали");
            let at = x.find(p).expect("it");
            let end = x[..at].rfind("</w:p>").expect("the one before");
            let body = &p[p.find("<w:bookmarkStart").expect("a sentence")..];
            format!("{}{}{}", &x[..end], body, &x[at + p.len()..])
        },
        &[("paragraph", "joined")],
    ),
    (
        "an insertion that waits",
        |x| {
            let s = sentence(x, "Выводы относятся");
            swap(x, s, &format!("{INS}{}</w:ins>{s}", run("Всего 40 дворов. ")))
        },
        &[("sentence", "Всего 40"), ("unowned", "40")],
    ),
    (
        "a deletion that waits",
        |x| {
            let s = sentence(x, "Выводы относятся");
            let gone = s
                .replace("<w:t ", "<w:delText ")
                .replace("</w:t>", "</w:delText>")
                .replace("<w:r>", &format!("{DEL}<w:r>"))
                .replace("</w:r>", "</w:r></w:del>");
            swap(x, s, &gone)
        },
        &[("sentence", "is gone")],
    ),
    ("a caption", |x| swap(x, "по областям", "по районам"), &[("sentence", "по районам")]),
    (
        "a label of a table",
        |x| {
            let t = &x[x.find("<w:tbl>").expect("a table")..x.find("</w:tbl>").expect("its end")];
            swap(x, t, &t.replace(">Горная<", ">Горный край<"))
        },
        &[("cell", "Горный край")],
    ),
    (
        "a row",
        |x| {
            let at = x.find("<w:tbl>").expect("a table");
            let own = at + x[at..].find(">Горная<").expect("a row");
            let (from, to) =
                (x[..own].rfind("<w:tr>").expect("its start"), own + x[own..].find("</w:tr>").expect("its end") + 7);
            format!("{}{}", &x[..from], &x[to..])
        },
        &[("cell", "is gone")],
    ),
    (
        "a sentence moved",
        |x| {
            let s = sentence(x, "Выводы относятся").to_owned();
            let rest = swap(x, &s, "");
            let p = sentence(&rest, "Прежние работы").to_owned();
            swap(&rest, &p, &format!("{p}{s}"))
        },
        &[("sentence", "another place")],
    ),
    (
        "a paragraph moved",
        |x| {
            let p = paragraph(x, "Сельское население изучали").to_owned();
            let rest = swap(x, &p, "");
            let before = paragraph(&rest, "Выводы относятся").to_owned();
            swap(&rest, &before, &format!("{p}{before}"))
        },
        &[("moved", "stands in the article at")],
    ),
    (
        "a work moved",
        |x| {
            let p = paragraph(x, "An invented bureau. – 2023.").to_owned();
            let at = x.find(&p).expect("it");
            let rest = format!("{}{}", &x[..at], &x[at + p.len()..]);
            let next = paragraph(&rest, "An invented article").to_owned();
            rest.replacen(&next, &format!("{next}{p}"), 1)
        },
        &[("moved", "An invented")],
    ),
    (
        "a letter of a formula",
        |x| x.replacen("<m:t xml:space=\"preserve\">", "<m:t xml:space=\"preserve\">q", 1),
        &[("text", "`q")],
    ),
    (
        "the text of a figure",
        |x| x.replace(" descr=\"Линейный график:", " descr=\"Линейный рисунок:"),
        &[("picture", "Линейный рисунок")],
    ),
    (
        "a figure taken out",
        |x| {
            let figure = &x[x.find("<w:drawing>").expect("a figure")..x.find("</w:drawing>").expect("its end") + 12];
            swap(x, figure, "")
        },
        &[("picture", "is gone")],
    ),
    ("a figure cut", |x| swap(x, "<a:stretch>", "<a:srcRect t=\"30000\"/><a:stretch>"), &[("picture", "is cut off")]),
    (
        "a reference",
        |x| x.replacen("An invented bureau. – 2023.", "An invented office. – 2023.", 1),
        &[("text", "office")],
    ),
    (
        "a paragraph copied",
        |x| {
            let p = paragraph(x, "Сельское население изучали").to_owned();
            let last = paragraph(x, "An invented article").to_owned();
            x.replacen(&last, &format!("{}{last}", unmarked(&p)), 1)
        },
        &[("paragraph", "copied: `")],
    ),
    (
        "columns exchanged",
        |x| {
            let t = &x[x.find("<w:tbl>").expect("a table")..x.find("</w:tbl>").expect("its end")];
            let rows: Vec<String> = t
                .split_inclusive("</w:tr>")
                .map(|row| {
                    let cells: Vec<&str> = row.split_inclusive("</w:tc>").collect();
                    match cells.as_slice() {
                        [first, second, third, rest @ ..] => format!("{first}{third}{second}{}", rest.concat()),
                        _ => row.to_owned(),
                    }
                })
                .collect();
            swap(x, t, &rows.concat())
        },
        &[("moved", "column 2 is column 3, column 3 is column 2")],
    ),
    (
        "words struck out by their font",
        |x| {
            let text = "<w:t xml:space=\"preserve\">Выводы относятся";
            swap(x, text, &format!("<w:rPr><w:strike/></w:rPr>{text}"))
        },
        &[("sentence", "is struck out by its font alone")],
    ),
    (REFERRED, |x| referred(x, "7"), &[("number", "a reference prints `7`")]),
];

fn codes(checked: &Checked) -> Vec<(&str, &str)> {
    let code = |own: &'static str| own.strip_prefix("article/").unwrap_or(own);
    checked.findings.iter().map(|own| (code(own.code), own.message.as_str())).collect()
}

/// What is wrong where a document is not said to be edited so, or to be edited otherwise as well.
fn misjudged(name: &str, checked: &Checked, wanted: &[(&str, &str)]) -> Option<String> {
    let found = codes(checked);
    let is_told =
        |(code, said): &(&str, &str)| found.iter().any(|(own, message)| own == code && message.contains(said));
    let is_right = wanted.iter().all(is_told) && found.len() == wanted.len();
    (!is_right).then(|| format!("{name}: {wanted:?}: {found:#?}"))
}

/// Fails where a document is not said to be edited so, or to be edited otherwise as well.
fn assert_told(name: &str, checked: &Checked, wanted: &[(&str, &str)]) {
    assert_eq!(misjudged(name, checked, wanted), None);
}

#[test]
fn every_edit_of_an_article_is_found_and_nothing_else() {
    let files = study();
    let article = Article::of(&files, "2022", Lang::Ru);
    assert_told("as written", &article.check(&article.bytes), &[]);
    let mut wrong = Vec::new();
    for (name, edit, wanted) in EDITS {
        let checked = article.check(&with(&article.bytes, &edit(&article.xml())));
        wrong.extend(misjudged(name, &checked, wanted));
        for own in checked.findings.iter().filter(|own| own.code != "article/text") {
            // The list of works is one for all languages.
            if own.template.iter().all(|place| place.file == "data/references.yaml") {
                continue;
            }
            let langs: Vec<&str> = own.template.iter().map(|place| place.lang.as_str()).collect();
            assert!(langs.starts_with(&["ru", "kk"]), "{name}: {own:?}");
        }
        let is_pending = name.ends_with("waits");
        assert!(
            checked.findings.iter().all(|own| own.pending == (is_pending && own.message.contains("40"))),
            "{name}: {checked:?}"
        );
        assert_eq!(checked.insertions + checked.deletions > 0, is_pending, "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_edit_is_found_at_its_lines_in_both_languages() {
    let files = study();
    let article = Article::of(&files, "2022", Lang::Ru);
    let line = |path: &str, text: &str| {
        let at = files.text(path).expect("a template").lines().position(|line| line.contains(text));
        format!("{path}:{}", at.expect("a line") + 1)
    };
    for (edit, ru, kk) in [
        ("other words", "Сельское население изучали", "Ауыл халқы бұрын"),
        ("a sentence taken out", "Выводы относятся", "Қорытындылар тек"),
        ("a digit", "из них в сёлах", "оның ішінде ауылда"),
    ] {
        let (_, edit, _) = EDITS.iter().find(|(name, ..)| *name == edit).expect("an edit");
        let checked = article.check(&with(&article.bytes, &edit(&article.xml())));
        let places: Vec<String> =
            checked.findings[0].template.iter().map(|place| format!("{}:{}", place.file, place.line)).collect();
        assert_eq!(places, [line("templates/ru/results.md", ru), line("templates/kk/results.md", kk)]);
        let texts: Vec<&str> = checked.findings[0].template.iter().map(|place| place.text.as_str()).collect();
        assert!(texts[0].contains(ru) && texts[1].contains(kk), "{texts:?}");
    }
}

/// Alters each number, and each sentence, one by one.
#[test]
fn no_number_and_no_sentence_is_altered_unseen() {
    for lang in [Lang::Ru, Lang::Kk] {
        let article = Article::of(&study(), "2022", lang);
        let xml = article.xml();
        let mut from = 0;
        let mut numbers = 0;
        while let Some(start) = xml[from..].find("<w:sdtContent>").map(|at| from + at) {
            let text = start + xml[start..].find("preserve\">").expect("a text") + 10;
            let end = text + xml[text..].find("</w:t>").expect("an end");
            let own = &xml[text..end];
            let altered = match own.find(|c: char| c.is_ascii_digit()) {
                Some(at) => format!("{}{}{}", &own[..at], (own.as_bytes()[at] - b'0' + 1) % 10, &own[at + 1..]),
                None => format!("Бір {own}"),
            };
            let checked = article.check(&with(&article.bytes, &format!("{}{altered}{}", &xml[..text], &xml[end..])));
            assert_eq!(
                codes(&checked).iter().map(|(code, _)| *code).collect::<Vec<_>>(),
                ["number"],
                "{own} → {altered}: {checked:#?}"
            );
            assert_eq!(checked.findings[0].right.as_deref().map(str::trim), Some(own.trim()));
            (from, numbers) = (end, numbers + 1);
        }
        assert!(numbers > 25, "{numbers}");
        let mut sentences = 0;
        for name in xml.split("w:name=\"s_").skip(1) {
            let own = name.split('"').next().expect("a name");
            let start = xml.find(&format!("w:name=\"s_{own}\"")).expect("a sentence");
            let text = start + xml[start..].find("preserve\">").expect("a text") + 10;
            if xml[start..text].contains("<w:sdt>") || xml[start..text].contains("fldChar") {
                continue;
            }
            let edited = format!("{}Салыстыр {}", &xml[..text], &xml[text..]);
            let checked = article.check(&with(&article.bytes, &edited));
            let found = codes(&checked);
            assert!(
                found.len() == 1 && found[0].0 == "sentence" && !checked.findings[0].template.is_empty(),
                "{own}: {checked:#?}"
            );
            sentences += 1;
        }
        assert!(sentences > 8, "{sentences}");
    }
}

#[test]
fn whatever_mark_of_a_number_survives_is_enough() {
    let article = Article::of(&study(), "2022", Lang::Ru);
    let edit = EDITS[0].1;
    for gone in [
        &["tag"][..],
        &["tag", "alias"],
        &["tag", "alias", "id"],
        &["tag", "number"],
        &["tag", "alias", "number"],
        &["id", "alias"],
        &["control"],
        &["tag", "sentence"],
        &["control", "sentence"],
    ] {
        let kept = without(&article.xml(), gone);
        assert_told("not edited", &article.check(&with(&article.bytes, &kept)), &[]);
        let checked = article.check(&with(&article.bytes, &without(&edit(&article.xml()), gone)));
        assert_told(&format!("{gone:?}"), &checked, &[("number", "is right")]);
        assert!(checked.findings[0].sure, "{gone:?}");
    }
    // Where nothing survives, text is aligned, and the result is marked.
    let bare = |xml: &str| without(xml, &["control", "number", "sentence"]);
    let checked = article.check(&with(&article.bytes, &bare(&article.xml())));
    assert_told("bare", &checked, &[]);
    assert!(checked.by_text > 25 && checked.numbers == 0, "{checked:?}");
    let mut found = 0;
    for (name, edit, wanted) in EDITS.iter().filter(|(name, _, wanted)| !name.contains("moved") && !wanted.is_empty()) {
        let checked = article.check(&with(&article.bytes, &bare(&edit(&article.xml()))));
        let told = codes(&checked);
        assert!(!told.is_empty(), "{name}");
        assert!(told.len() <= wanted.len() + 1, "{name}: {told:#?}");
        found += usize::from(checked.findings.iter().any(|own| !own.sure));
    }
    assert!(found > 10, "{found}");
}

#[test]
fn a_sentence_whose_condition_fell_and_a_number_of_other_data_are_told_apart_from_edits() {
    let files = study();
    let written = Article::of(&files, "2022", Lang::Ru);
    let mut turned = files.clone();
    for lang in ["ru", "kk"] {
        let path = format!("templates/{lang}/results.md");
        let text = turned.text(&path).expect("a template").to_owned();
        assert!(text.contains("last] < 0"));
        turned.insert(&path, text.replace("last] < 0", "last] > 0"));
    }
    let today = Article::of(&turned, "2022", Lang::Ru);
    let checked = today.check(&written.bytes);
    assert_told("turned", &checked, &[("condition", "no longer says")]);
    let finding = &checked.findings[0];
    assert!(
        finding.sure && finding.condition.as_deref() == Some("rural_balance.change_chain[KZ, last] > 0")
            || finding.condition.as_deref().is_some_and(|own| own.starts_with("not (")),
        "{finding:?}"
    );
    assert!(finding.right.as_deref().is_some_and(|right| right.starts_with("Убыль")), "{finding:?}");
    assert_eq!(finding.template.iter().map(|own| own.lang.as_str()).collect::<Vec<_>>(), ["ru", "kk"]);
    // Without marks it is known by its words.
    let bare = with(&written.bytes, &without(&written.xml(), &["control", "number", "sentence"]));
    let checked = today.check(&bare);
    assert_told("turned and bare", &checked, &[("condition", "no longer holds")]);
    assert!(!checked.findings[0].sure);
    // A document of another edition is outdated and not edited.
    let older = Article::of(&files, "2021", Lang::Ru);
    let checked = written.check(&older.bytes);
    let found = codes(&checked);
    assert!(found.iter().any(|(code, _)| *code == "outdated"), "{found:#?}");
    assert!(found.iter().all(|(code, _)| ["outdated", "condition", "cell", "text"].contains(code)), "{found:#?}");
    assert!(
        found.iter().any(|(_, message)| message.contains("the figure `rural_lines` stands as it was")),
        "{found:#?}"
    );
}

const FIGURE: &str = "word/media/figure1.png";

/// Draws a picture anew: its pixels as they are changed, of every so many one, stored in another way.
fn redrawn(png: &[u8], change: impl Fn(usize, usize, &mut [u8]), step: usize) -> Vec<u8> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().expect("a picture");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let frame = reader.next_frame(&mut pixels).expect("pixels");
    let (width, samples) = (frame.width as usize, frame.color_type.samples());
    let mut left = Vec::new();
    for (at, pixel) in pixels.chunks_exact_mut(samples).enumerate() {
        let (x, y) = (at % width, at / width);
        change(x, y, pixel);
        if x % step == 0 && y % step == 0 {
            left.extend_from_slice(pixel);
        }
    }
    let mut bytes = Vec::new();
    let (width, height) = (width.div_ceil(step), (frame.height as usize).div_ceil(step));
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(frame.color_type);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&left).expect("pixels");
    writer.finish().expect("an end");
    bytes
}

#[test]
fn a_figure_that_was_edited_replaced_added_or_moved_is_told() {
    let article = Article::of(&study(), "2022", Lang::Ru);
    let mut figure = Vec::new();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&article.bytes)).expect("an archive");
    archive.by_name(FIGURE).expect("a figure").read_to_end(&mut figure).expect("bytes");
    let told = |figure: &[u8]| article.check(&with_part(&article.bytes, FIGURE, figure));
    let stored = redrawn(&figure, |_, _, _| {}, 1);
    assert_ne!(stored, figure);
    assert_told("stored otherwise", &told(&stored), &[]);
    assert_eq!(told(&stored).pictures, 1);
    let dot = |x: usize, y: usize, pixel: &mut [u8]| {
        if x / 3 == 40 && y / 3 == 40 {
            pixel[0] = 255 - pixel[0];
        }
    };
    assert_told("a dot", &told(&redrawn(&figure, dot, 1)), &[("picture", "another picture")]);
    assert_told("smaller", &told(&redrawn(&figure, |_, _, _| {}, 2)), &[("picture", "pixels in place of")]);
    assert_told("no picture", &told(b"GIF89a"), &[("picture", "another picture")]);
    let xml = article.xml();
    let own = &xml[xml.find("<w:drawing>").expect("a figure")..xml.find("</w:drawing>").expect("its end") + 12];
    let again = own.replace(" name=\"", " name=\"copy of ");
    let added = |more: &str| article.check(&with(&article.bytes, &swap(&xml, own, &format!("{own}</w:r><w:r>{more}"))));
    assert_told("added", &added(&again), &[("picture", "no such picture: `copy of")]);
    let chart = "<w:drawing><wp:inline><wp:docPr id=\"90\" name=\"Chart 1\"/><c:chart/></wp:inline></w:drawing>";
    assert_told("a chart", &added(chart), &[("picture", "no such drawing: `Chart 1`")]);
    let outside = own.replace("r:embed=\"", "r:link=\"none");
    let checked = article.check(&with(&article.bytes, &swap(&xml, own, &outside)));
    assert_told("outside", &checked, &[("picture", "was not compared")]);
    let struck = format!("</w:r>{DEL}<w:r>{own}</w:r></w:del><w:r>");
    assert_told("struck", &article.check(&with(&article.bytes, &swap(&xml, own, &struck))), &[("picture", "is gone")]);
}

/// Digits that belong to nobody, in the text of both documents.
#[test]
fn a_number_of_plain_text_is_told_once() {
    let article = Article::of(&study(), "2022", Lang::Ru);
    let says = |text: &str| {
        let said = format!("Выводы {text} раз относятся только");
        with(&article.bytes, &swap(&article.xml(), "Выводы относятся только", &said))
    };
    let document = says("2\u{a0}275");
    let today = Today { document: &document, page: &article.page, prose: &article.material.prose };
    let told = |text: &str| Edited::read(&says(text)).expect("a document").check(&today).expect("an article");
    assert_told(
        "altered",
        &told("2 276"),
        &[("number", "`2\u{a0}276` is printed where the article says `2\u{a0}275`")],
    );
    assert_told("notation", &told("2,275"), &[("notation", "another notation")]);
    assert_told("no blanks", &told("2275"), &[]);
}

#[test]
fn a_document_that_is_none_of_the_article_is_refused() {
    let article = Article::of(&study(), "2022", Lang::Ru);
    let today = Today { document: &article.bytes, page: &article.page, prose: &article.material.prose };
    let refused = |bytes: &[u8]| Edited::read(bytes).expect("a document").check(&today).expect_err("a stranger");
    // Marks of other numbers and sentences, as another study gives them.
    let turned = |xml: &str| {
        let mut out = String::new();
        for piece in xml.split_inclusive('>') {
            let is_name = piece.starts_with("<w:alias ") || piece.starts_with("<w:tag ") || piece.starts_with("<w:id ");
            match piece.split_once("w:name=\"n_").or(piece.split_once("w:name=\"s_")) {
                Some((head, tail)) => out.push_str(&format!("{head}w:name=\"n_ffffffff{}", &tail[8..])),
                None if is_name => {}
                None => out.push_str(piece),
            }
        }
        out
    };
    let said = refused(&with(&article.bytes, &turned(&article.xml())));
    assert!(said.starts_with("is the article of another study: of ") && said.ends_with(" 0 are of this one"), "{said}");
    let words = ('а'..='я').map(|letter| format!("{letter}слово")).collect::<Vec<_>>().join(" ");
    let other = format!("<w:document><w:body><w:p>{}</w:p></w:body></w:document>", run(&words));
    assert!(refused(&with(&article.bytes, &other)).starts_with("is not this article"));
    let property = part(&article.bytes, "docProps/custom.xml").replace("2022; ru; general", "letter; ru");
    let said = Edited::read(&with_part(&article.bytes, "docProps/custom.xml", property.as_bytes())).err();
    assert!(said.is_some_and(|said| said.contains("esep verify --letter")));
}

#[test]
fn comments_and_moved_numbers_are_no_faults() {
    let article = Article::of(&study(), "2022", Lang::Ru);
    let xml = article.xml();
    let own = sentence(&xml, "Выводы относятся");
    let commented = swap(&xml, own, &format!("{own}<w:r><w:commentReference w:id=\"1\"/></w:r>"));
    let checked = article.check(&with(&article.bytes, &commented));
    assert_told("commented", &checked, &[]);
    assert_eq!(checked.comments, 1);
    // A number that moves with its control is right where it goes; the sentences are other ones.
    let own = control(&xml, "rural_residents", 0);
    let rest = swap(&xml, own, "");
    let moved = swap(
        &rest,
        "Выводы относятся только",
        &format!("Выводы</w:t></w:r>{own}<w:r><w:t xml:space=\"preserve\"> относятся только"),
    );
    let checked = article.check(&with(&article.bytes, &moved));
    assert!(codes(&checked).iter().all(|(code, _)| *code == "sentence"), "{checked:#?}");
}

#[test]
fn what_is_found_keeps_its_schema() {
    let article = Article::of(&study(), "2022", Lang::Kk);
    let xml = article.xml().replace("Ауыл халқы бұрын да", "Ауыл халқы 5 рет").replace("Бұрынғы", "Кейінгі");
    for bytes in [article.bytes.clone(), with(&article.bytes, &xml)] {
        let checked = article.check(&bytes);
        let answer = serde_json::to_value(checked.answer("a.docx", "2022", "kk")).expect("JSON");
        crate::schemas::fits("article-check", &answer);
        assert_eq!(checked.findings.is_empty(), bytes == article.bytes);
    }
}

#[test]
fn a_hostile_document_is_refused_or_read_and_never_hangs() {
    let article = Article::of(&study(), "2022", Lang::Ru);
    let refused = |bytes: &[u8]| Edited::read(bytes).err().unwrap_or_default();
    assert!(refused(b"").contains("no Word document"));
    assert!(refused(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").contains("word/document.xml"));
    let entities = "<!DOCTYPE a [<!ENTITY b \"cc\">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>";
    assert!(refused(&with(&article.bytes, entities)).contains("document type"));
    assert!(refused(&with(&article.bytes, &" ".repeat(65 << 20))).contains("unpacks to more than"));
    let text = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "слово ".repeat(800_000));
    assert!(refused(&with(&article.bytes, &text)).contains("longer than"));
    // Thousands of paragraphs, each of which says that it is one sentence.
    let own = sentence(&article.xml(), "Выводы относятся").to_owned();
    let many = article.xml().replace("<w:sectPr>", &format!("{}<w:sectPr>", format!("<w:p>{own}</w:p>").repeat(4_000)));
    assert!(!article.check(&with(&article.bytes, &many)).findings.is_empty());
    let deep = article.xml().replace("<w:body>", &format!("<w:body>{}", "<w:sdt><w:sdtContent><w:p>".repeat(10_000)));
    let _ = article.check(&with(&article.bytes, &deep));
}

#[test]
fn the_command_says_what_is_to_be_mended() {
    let folder = scratch("article-check");
    crate::study::write(&folder.join("study"), &study());
    let article = Article::of(&study(), "2022", Lang::Ru);
    fs::write(folder.join("right.docx"), &article.bytes).expect("a file");
    fs::write(folder.join("wrong.docx"), with(&article.bytes, &EDITS[0].1(&article.xml()))).expect("a file");
    fs::write(folder.join("none.docx"), "none").expect("a file");
    let esep = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esep"));
        command.args(["article", "check"]).args(arguments).arg("--study").arg(folder.join("study"));
        let output = command.current_dir(&folder).env("ESEP_CACHE", "").output().expect("esep runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let right = esep(&["right.docx"]);
    assert!(right.0 == Some(0) && right.1.starts_with("edition 2022, ru: ") && right.2.is_empty(), "{right:?}");
    let wrong = esep(&["wrong.docx"]);
    assert!(wrong.0 == Some(1) && wrong.2.contains("error[article/number]: "), "{wrong:?}");
    assert!(wrong.2.contains("templates/ru/results.md:") && wrong.2.contains("templates/kk/results.md:"), "{wrong:?}");
    let json: serde_json::Value = serde_json::from_str(&esep(&["wrong.docx", "--format", "json"]).1).expect("JSON");
    assert_eq!(json["findings"][0]["code"], "article/number");
    assert!(esep(&["none.docx"]).2.contains("error[article/document]"));
    assert_eq!(esep(&["none.docx"]).0, Some(1));
    assert!(esep(&["missing.docx"]).2.contains("error[file/missing]"));
    assert_eq!(esep(&["wrong.docx", "--lang", "xx"]).0, Some(2));
    assert_eq!(esep(&[]).0, Some(2));
}

/// Has LibreOffice write documents anew, by way of a format of its own where one is named; none where it is not installed.
fn rewritten(folder: &Path, names: &[String], by: Option<&str>) -> Option<BTreeMap<String, Vec<u8>>> {
    if Command::new("soffice").arg("--version").output().is_err() {
        eprintln!("skipped: LibreOffice is not installed");
        return None;
    }
    let home = format!("-env:UserInstallation=file://{}", folder.join("home").display());
    let convert = |format: &str, files: Vec<PathBuf>, out: &Path| {
        let mut command = Command::new("soffice");
        command.args([&home, "--headless", "--convert-to", format, "--outdir"]).arg(out).args(files);
        command.output().expect("soffice runs")
    };
    let mut files: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    if let Some(by) = by {
        convert(by, files, &folder.join(by));
        files = names.iter().map(|name| folder.join(by).join(name).with_extension(by)).collect();
    }
    let out = folder.join(by.map_or("again".to_owned(), |by| format!("again-{by}")));
    let output = convert("docx:MS Word 2007 XML", files, &out);
    let read = |name: &String| fs::read(out.join(name)).ok().map(|bytes| (name.clone(), bytes));
    let again: BTreeMap<String, Vec<u8>> = names.iter().filter_map(read).collect();
    if again.is_empty() {
        eprintln!("skipped: LibreOffice reads no Word documents here: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    Some(again)
}

#[test]
fn every_edit_is_found_after_libreoffice_wrote_the_document() {
    let folder = scratch("article-check-office");
    let article = Article::of(&study(), "2022", Lang::Ru);
    fs::write(folder.join("none.docx"), &article.bytes).expect("a file");
    let mut names = vec!["none.docx".to_owned()];
    for (at, (_, edit, _)) in EDITS.iter().enumerate() {
        names.push(format!("{at}.docx"));
        fs::write(folder.join(format!("{at}.docx")), with(&article.bytes, &edit(&article.xml()))).expect("a file");
    }
    for by in [None, Some("odt")] {
        let Some(again) = rewritten(&folder, &names, by) else { return };
        assert_eq!(again.len(), names.len());
        let checked = article.check(&again["none.docx"]);
        assert_told("none", &checked, &[]);
        assert!(checked.by_text * 20 < checked.numbers, "{by:?}: {checked:?}");
        assert_eq!(
            Edited::read(&again["none.docx"]).expect("a document").origin(),
            Edited::read(&article.bytes).expect("a document").origin()
        );
        // LibreOffice itself writes the right number into the field again.
        let stays = |(_, (name, ..)): &(usize, &Edit)| *name != REFERRED;
        let judged = EDITS.iter().enumerate().filter(stays).filter_map(|(at, (name, _, wanted))| {
            misjudged(name, &article.check(&again[&format!("{at}.docx")]), wanted)
        });
        let wrong: Vec<String> = judged.collect();
        assert!(wrong.is_empty(), "{by:?}: {}", wrong.join("\n"));
    }
}
