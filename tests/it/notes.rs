//! Notes: footnotes of a page, in each format, and what is wrong with them.

use std::fs;

use crate::exports::{edit, laid, run, unpacked};

#[test]
fn notes_stand_in_every_format_with_their_numbers() {
    let folder = laid("notes", "tests/material/study");
    let (called, note) = ("Убыль не выросла.{% endif %}[^borders]", "\n\n[^borders]: Доля равна");
    let ru = folder.join("templates/ru/results.md");
    edit(&ru, "Убыль не выросла.{% endif %}", called);
    let share = "{{ q(\"rural_share.value[KZ, last]\") | percent(1) }}";
    edit(&ru, "\n\n{{ table(", &format!("{note} {share}, [см. таблицу](https://example.org/t).\n\n{{{{ table("));
    let kk = folder.join("templates/kk/results.md");
    edit(&kk, "Кему өскен жоқ.{% endif %}", "Кему өскен жоқ.{% endif %}[^borders]");
    edit(
        &kk,
        "\n\n{{ table(",
        &format!("\n\n[^borders]: Үлес – {share}, [кестені](https://example.org/t) қараңыз.\n\n{{{{ table("),
    );
    let done = |arguments: &[&str]| {
        let output = run(&folder, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    done(&["build", "--strict"]);
    let edition = fs::read_dir(folder.join("report")).unwrap().flatten().find(|entry| entry.path().join("ru").is_dir());
    let edition = edition.expect("an edition").path();
    let page = fs::read_to_string(edition.join("ru/index.html")).unwrap();
    let mark = "<sup class=\"note\"><a id=\"noted-1\" href=\"#note-1\" role=\"doc-noteref\">1</a></sup>";
    assert_eq!(page.matches(mark).count(), 1, "{page}");
    let text = page.split("<li id=\"note-1\">").nth(1).and_then(|rest| rest.split("</li>").next()).expect("the note");
    // Its number is one of the page's, and leads to its explanation.
    assert!(text.starts_with("Доля равна <data value=") && text.contains("href=\"#noted-1\""), "{text}");
    let plain = fs::read_to_string(edition.join("ru/report.md")).unwrap();
    assert!(plain.contains("[^1]") && plain.contains("\n[^1]: Доля равна "), "{plain}");
    let out = folder.join("typst");
    done(&["build", "--to", "typst", "--out", out.to_str().unwrap()]);
    let typst = fs::read_dir(&out).unwrap().flatten().map(|entry| entry.path());
    let typst: Vec<String> = typst
        .filter(|path| path.extension().is_some_and(|end| end == "typ"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    assert!(typst.iter().any(|text| text.contains("#footnote[")), "{}", typst.len());
    let docx = folder.join("article.docx");
    done(&["article", "write", "--lang", "ru", "--out", docx.to_str().unwrap()]);
    let parts = unpacked(&fs::read(&docx).unwrap());
    let (notes, document) = (parts.text("word/footnotes.xml").unwrap(), parts.text("word/document.xml").unwrap());
    assert!(document.contains("<w:footnoteReference w:id=\"1\"/>") && notes.contains("Доля равна"), "{notes}");
    // The number is in its control there too, and the link's address stands with the part that holds the link.
    assert!(notes.contains("<w:sdt>") && notes.contains("r:id=\"rIdLink1\""), "{notes}");
    assert!(parts.text("word/_rels/footnotes.xml.rels").unwrap().contains("https://example.org/t"));
    // What an editor sends back unchanged is found unchanged, notes and all.
    done(&["article", "check", docx.to_str().unwrap()]);
}

#[test]
fn notes_that_are_not_called_or_not_written_are_refused() {
    let folder = laid("no-notes", "tests/material/study");
    for lang in ["ru", "kk"] {
        let path = folder.join(format!("templates/{lang}/results.md"));
        edit(&path, "%}\n\n{{ figure", "%}[^bordres][^twice][^twice]\n\n[^borders]: …\n\n[^twice]: …\n\n{{ figure");
    }
    let output = run(&folder, &["build"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    for said in [
        "no note `bordres` is written on this page",
        "did you mean `borders`?",
        "nothing calls the note `borders`",
        "the note `twice` is called 2 times",
    ] {
        assert_eq!(told.matches(said).count(), 2, "{said}: {told}");
    }
}
