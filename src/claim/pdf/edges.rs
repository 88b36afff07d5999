//! Edges: the heads and feet that a journal prints on its pages, told from the text by standing on several of them.

use std::collections::BTreeMap;

/// A line of fewer letters is a page's number or a cell.
const LETTERS: usize = 8;

/// Blanks the first and the last lines of pages that stand on several, their digits aside, and says which they are; a line
/// with tabs is the head of a table that goes on.
pub(super) fn taken(pages: &mut [String]) -> Option<String> {
    let mut standing: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (page, text) in pages.iter().enumerate() {
        let filled: Vec<(usize, &str)> = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
        let mut ends: Vec<&(usize, &str)> = filled.first().into_iter().chain(filled.last()).collect();
        ends.dedup();
        for (at, line) in ends.into_iter().filter(|(_, line)| !line.contains('\t')) {
            let bare: String = line.chars().filter(|c| c.is_alphabetic()).collect();
            if bare.chars().count() >= LETTERS {
                standing.entry(bare).or_default().push((page, *at));
            }
        }
    }
    standing.retain(|_, places| places.len() > 1 && 3 * places.len() >= pages.len());
    let mut shown = Vec::new();
    for (page, at) in standing.values().flatten() {
        let lines: Vec<&str> = pages[*page].split('\n').collect();
        if *page == standing.values().flatten().map(|(page, _)| *page).min().unwrap_or_default() {
            shown.push(format!("«{}»", lines[*at].trim()));
        }
        pages[*page] = lines
            .iter()
            .enumerate()
            .map(|(own, line)| if own == *at { "" } else { *line })
            .collect::<Vec<_>>()
            .join("\n");
    }
    (!standing.is_empty()).then(|| format!("heads and feet of pages, of which nothing is read: {}", shown.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_at_the_edge_of_several_pages_is_taken_out() {
        let page = |number: u32, text: &str| format!("{text}\nJournal of Examples 2024, 15, {number}\n");
        let mut pages = vec![page(117, "One 5"), page(118, "Two 6"), "Three 7\n".to_owned()];
        let note = taken(&mut pages);
        assert_eq!(pages, ["One 5\n\n", "Two 6\n\n", "Three 7\n"]);
        assert_eq!(
            note.as_deref(),
            Some("heads and feet of pages, of which nothing is read: «Journal of Examples 2024, 15, 117»")
        );
        let mut table = vec!["Region of all\t2019\n1\n".to_owned(), "Region of all\t2019\n2\n".to_owned()];
        assert_eq!(taken(&mut table), None);
    }
}
