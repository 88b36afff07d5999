//! HTML table: a table as it is set: its heads, rows, cells, and marks that lead to their notes.

use std::collections::BTreeSet;

use super::element::{Element, Html, classed, tag};
use super::explanation::Guide;
use super::html_walk::told;
use super::setting::{BETWEEN, Cell, Setting};

/// Names the place of a note by its mark.
pub(super) fn note_id(id: &str, mark: &str) -> String {
    format!("note-{id}-{}", mark.len())
}

/// Spells a table. What is longer than a printed page goes on under a caption of its own and a row of column numbers,
/// which only print shows.
pub(super) fn table(id: &str, setting: &Setting, caption: Html, continued: &str, guide: Option<&Guide>) -> Html {
    let marked = setting.notes.iter().any(|note| !note.mark.is_empty());
    let parts = setting.parts();
    let across = setting.heads.len() + 1;
    let numbers: Html = (1..=across).map(|number| tag("td").text(&number.to_string())).collect();
    let numbers: Html = classed("tr", "print").put(numbers).into();
    let (columns, mut head) = heads(setting);
    if parts.len() > 1 {
        head = head.put(numbers.clone());
    }
    // A column of words is pushed off a phone by those before it: there each row stands as a card.
    let listed = setting.groups.is_empty() && setting.texts.contains(&true);
    let mut out = tag("table").maybe("class", marked.then_some("marked")).put(tag("caption").put(caption));
    out = out.put(columns).put(head);
    // The first mark of a kind leads to its note; the others, which may stand in every cell, say the same.
    let mut led = BTreeSet::new();
    for (at, part) in parts.into_iter().enumerate() {
        let mut body = tag("tbody").maybe("class", (at > 0).then_some("next"));
        if at > 0 {
            let head = tag("td").with("colspan", &across.to_string()).text(continued);
            body = body.put(classed("tr", "print").put(head)).put(numbers.clone());
        }
        for line in &setting.rows[part] {
            let head = tag("th").with("scope", "row").maybe("data-sort", line.sort.as_deref()).text(&line.stub);
            let row =
                tag("tr").maybe("class", line.total.then_some("total")).put(head.put(marks(id, &line.mark, &mut led)));
            body = body.put(row.all(line.cells.iter().enumerate().map(|(at, own)| {
                let head = listed.then(|| setting.heads.get(at).map(String::as_str)).flatten();
                cell(id, own, head, &mut led, guide)
            })));
        }
        out = out.put(body);
    }
    out.into()
}

/// Begins the head of a table: one row of headings, or two where some stand over several columns, which are grouped.
fn heads(setting: &Setting) -> (Html, Element) {
    let texts = |at: usize| setting.texts.get(at).copied().unwrap_or_default();
    let own = |at: usize, deep: Option<&str>| {
        let head = setting.heads.get(at).map(String::as_str).unwrap_or_default();
        tag("th").with("scope", "col").maybe("rowspan", deep).maybe("class", texts(at).then_some("text")).text(head)
    };
    let stub = |deep: Option<&str>| {
        tag("th").with("scope", "col").maybe("rowspan", deep).with("class", "stub").text(&setting.stub)
    };
    let all = 0..setting.heads.len();
    if setting.groups.is_empty() {
        let row = tag("tr").put(stub(None)).all(all.map(|at| own(at, None)));
        return (Html::default(), tag("thead").put(row));
    }
    let span = |columns: usize| tag("colgroup").with("span", &columns.to_string());
    let (mut columns, mut over, mut under) = (Html::default(), tag("tr").put(stub(Some("2"))), tag("tr"));
    columns.put(span(1));
    for at in all {
        match setting.groups.iter().find(|(_, group)| group.contains(&at)) {
            None => {
                columns.put(span(1));
                over = over.put(own(at, Some("2")));
            }
            Some((head, group)) => {
                if group.start == at {
                    columns.put(span(group.len()));
                    let across = group.len().to_string();
                    over = over.put(tag("th").with("scope", "colgroup").with("colspan", &across).text(head));
                }
                under = under.put(own(at, None));
            }
        }
    }
    (columns, tag("thead").put(over).put(under))
}

/// Links footnote marks to their notes.
fn marks(id: &str, marks: &str, led: &mut BTreeSet<String>) -> Html {
    let mut links = Html::default();
    for (at, mark) in marks.split(BETWEEN).filter(|mark| !mark.is_empty()).enumerate() {
        if at > 0 {
            links.text(BETWEEN);
        }
        if !led.insert(mark.to_owned()) {
            links.text(mark);
            continue;
        }
        let note = note_id(id, mark);
        let link = tag("a").with("href", &format!("#{note}")).with("role", "doc-noteref");
        links.put(link.with("aria-describedby", &note).text(mark));
    }
    if links.as_str().is_empty() { links } else { tag("sup").put(links).into() }
}

fn cell(id: &str, cell: &Cell, head: Option<&str>, led: &mut BTreeSet<String>, guide: Option<&Guide>) -> Html {
    let own = tag("td").maybe("class", cell.is_text.then_some("text")).maybe("data-label", head);
    let own = match &cell.number {
        Some(id) => {
            // Where it leads says which it is.
            let own =
                if guide.is_some_and(|guide| guide.href(id).is_some()) { own } else { own.with("data-number", id) };
            own.put(tag("data").with("value", &cell.value).put(told(id, &cell.text, guide)))
        }
        None => own.text(&cell.text),
    };
    own.put(marks(id, &cell.mark, led)).into()
}
