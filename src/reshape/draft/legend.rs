//! Legend: what the notes of a sheet say of the marks that stand in place of figures.

use crate::finding::Reason;
use crate::language::mark_explained;
use crate::workbook::{At, Cell, Content, Sheet};

/// Says what a sheet explains of a mark: `- явление отсутствует`, `«-» – nil`, or the words in the cell beside it.
pub fn legend(sheet: &Sheet, mark: &str) -> Option<Reason> {
    let text = |cell: &Cell| if let Content::Text(text) = &cell.content { Some(text.clone()) } else { None };
    sheet.cells.iter().find_map(|(at, cell)| {
        let said = text(cell).filter(|said| said.contains(mark))?;
        if bare(&said) == mark {
            let beside = sheet.get(At { column: at.column + 1, ..*at }).and_then(text)?;
            return mark_explained(&beside);
        }
        said.split([';', '\n']).find_map(|part| explained(part, mark))
    })
}

/// Reads what stands behind a mark that begins a note, follows a colon, or stands in quotation marks.
fn explained(part: &str, mark: &str) -> Option<Reason> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let is_mark = |at: usize| {
        let begins = at == 0 || words[at - 1].ends_with(':') || words[at].chars().count() > mark.chars().count();
        begins && bare(words[at]) == mark
    };
    let at = (0..words.len()).find(|at| is_mark(*at))?;
    mark_explained(&words[at + 1..].join(" "))
}

/// Takes off what a note puts around a mark.
fn bare(word: &str) -> &str {
    word.trim().trim_matches(|c: char| "«»„“”\"'‘’()[],".contains(c))
}
