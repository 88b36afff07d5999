//! Rows: lines whose cells stand between bars or in columns of spaces, written with tabs, as other tables have them.

use std::borrow::Cow;

/// Lists the lines of a text, with a tab between the cells of a row. No line changes its length.
pub(super) fn parted(text: &str) -> Vec<Cow<'_, str>> {
    let lines: Vec<&str> = text.lines().collect();
    let gaps: Vec<usize> = lines.iter().map(|line| gaps(line).len()).collect();
    // Columns of spaces go on over several lines.
    let is_beside = |at: usize, other: Option<usize>| other.is_some_and(|other| gaps.get(other) == Some(&gaps[at]));
    let mut found = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().copied().enumerate() {
        let is_column = gaps[at] > 1 && (is_beside(at, at.checked_sub(1)) || is_beside(at, Some(at + 1)));
        found.push(match line.contains('\t') {
            false if line.matches('|').count() > 1 => Cow::Owned(barred(line)),
            false if is_column => Cow::Owned(spaced(line)),
            _ => Cow::Borrowed(line),
        });
    }
    found
}

/// Writes tabs for the bars of a row; those at its ends part nothing.
fn barred(line: &str) -> String {
    let last = line.trim_end().len();
    let first = line.len() - line.trim_start().len();
    let is_end = |at: usize| at == first || at + 1 == last;
    line.char_indices()
        .map(|(at, c)| {
            if c != '|' {
                c
            } else if is_end(at) {
                ' '
            } else {
                '\t'
            }
        })
        .collect()
}

/// Lists where runs of two spaces and more begin between words; before a line that is far in, its first cell is empty.
fn gaps(line: &str) -> Vec<usize> {
    const FAR: usize = 8;
    let words = line.trim_matches(' ');
    if words.is_empty() {
        return Vec::new();
    }
    let first = line.len() - line.trim_start_matches(' ').len();
    let mut found = if first >= FAR { vec![0] } else { Vec::new() };
    let mut at = 0;
    while let Some(run) = words[at..].find("  ") {
        found.push(first + at + run);
        let behind = &words[at + run..];
        at += run + behind.len() - behind.trim_start_matches(' ').len();
    }
    found
}

fn spaced(line: &str) -> String {
    let gaps = gaps(line);
    line.char_indices().map(|(at, c)| if gaps.contains(&at) { '\t' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_between_bars_and_in_columns_of_spaces_are_parted() {
        let of = |text: &str| parted(text).join("\n");
        assert_eq!(of("| а | 1 |\n|---|---|"), "  а \t 1  \n ---\t--- ");
        assert_eq!(of("Name    2021   2022\nNorth   1 234     5"), "Name\t   2021\t  2022\nNorth\t  1 234\t    5");
        assert_eq!(of(" \n   \n\u{a0}  \n"), " \n   \n\u{a0}  ");
        assert_eq!(of("а  б  в   \nг  д  е\t"), "а\t б\t в   \nг  д  е\t");
        assert_eq!(of("a sentence.  Another  one\nand text"), "a sentence.  Another  one\nand text");
    }
}
