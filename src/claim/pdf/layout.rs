//! Layout: the signs of a page with their places → its text: words, lines, columns one after the other, rows of tables.

use crate::claim::docx::raised;

/// A sign with its place, the page turned so that it is read upright; in points, from the top downwards.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// By how many quarters its page was turned.
    turn: u8,
    left: f64,
    right: f64,
    /// Its baseline.
    base: f64,
    size: f64,
    text: String,
}

/// Shares of the size of type.
const RAISED: f64 = 0.2;
const SAME_LINE: f64 = 0.45;
const WORD_GAP: f64 = 0.12;
const CELL_GAP: f64 = 0.85;
const WIDE_GAP: f64 = 2.2;
const PARAGRAPH: f64 = 1.75;

/// The fewest lines on each side of a gutter between columns.
const COLUMN_LINES: usize = 5;

/// How much of a column its lines fill in the middle.
const FILLED: f64 = 0.55;

impl Glyph {
    /// Places a sign by its origin, the end of its advance and a point above its origin by its size; none for what cannot be.
    pub(super) fn placed([origin, end, above]: [(f64, f64); 3], text: &str) -> Option<Glyph> {
        let (dx, dy) = (end.0 - origin.0, end.1 - origin.1);
        let turn = match (dx.abs() >= dy.abs(), dx >= 0.0, dy >= 0.0) {
            (true, true, _) => 0,
            (false, _, true) => 1,
            (true, false, _) => 2,
            (false, _, false) => 3,
        };
        let upright = |(x, y): (f64, f64)| match turn {
            0 => (x, y),
            1 => (y, -x),
            2 => (-x, -y),
            _ => (-y, x),
        };
        let (origin, end, above) = (upright(origin), upright(end), upright(above));
        let size = ((above.0 - origin.0) * (above.0 - origin.0) + (above.1 - origin.1) * (above.1 - origin.1)).sqrt();
        let known = [origin.0, origin.1, end.0, size].iter().all(|number| number.is_finite() && number.abs() < 1e6);
        let right = end.0.max(origin.0);
        (known && size > 0.1).then(|| Glyph { turn, left: origin.0, right, base: origin.1, size, text: plain(text) })
    }

    fn is_space(&self) -> bool {
        self.text.chars().all(|c| c.is_whitespace() || c.is_control())
    }
}

/// Writes out ligatures and signs of type for what they stand for.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        'ﬀ' => "ff".to_owned(),
        'ﬁ' => "fi".to_owned(),
        'ﬂ' => "fl".to_owned(),
        'ﬃ' => "ffi".to_owned(),
        'ﬄ' => "ffl".to_owned(),
        '\u{2010}' => "-".to_owned(),
        c => c.to_string(),
    };
    text.chars().map(one).collect()
}

/// Words that stand together: a line of a column, a cell of a row.
#[derive(Clone, Debug)]
struct Run {
    left: f64,
    right: f64,
    text: String,
}

/// What stands on one baseline.
#[derive(Clone, Debug)]
struct Line {
    base: f64,
    size: f64,
    runs: Vec<Run>,
}

/// Writes the text of a page; what is turned stands behind what is not.
pub(super) fn text(glyphs: Vec<Glyph>) -> String {
    let mut out = String::new();
    for turn in 0..4 {
        let turned: Vec<Glyph> = glyphs.iter().filter(|glyph| glyph.turn == turn).cloned().collect();
        let mut lines = lines(turned);
        without_number(&mut lines);
        for block in columns(lines, 0) {
            write(&block, &mut out);
            out.push('\n');
        }
    }
    out
}

/// Puts signs on lines. A raised or lowered sign of smaller type is on the line whose type it touches.
fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    // What is set twice a hair apart, to look bold, is printed once.
    glyphs.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    glyphs.dedup_by(|b, a| {
        a.text == b.text && (a.left - b.left).abs() < 0.1 * a.size && (a.base - b.base).abs() < 0.1 * a.size
    });
    let mut order: Vec<usize> = (0..glyphs.len()).collect();
    // The largest type first: what is smaller joins it.
    order.sort_by(|a, b| {
        let rank = |at: usize| (glyphs[at].size * 2.0).round();
        rank(*b).total_cmp(&rank(*a)).then(glyphs[*a].base.total_cmp(&glyphs[*b].base))
    });
    let mut bands: Vec<(f64, f64, Vec<usize>)> = Vec::new();
    for at in order {
        let glyph = &glyphs[at];
        let near = |(base, size, on): &(f64, f64, Vec<usize>)| {
            let off = (glyph.base - base).abs();
            let beside = || on.iter().any(|other| touches(&glyphs[*other], glyph));
            off < 0.1 * size || off < SAME_LINE * size && glyph.size < 0.85 * size && beside()
        };
        let from = bands.partition_point(|(base, size, _)| base + size < glyph.base);
        let found = bands[from..].iter().take(8).position(near);
        match found {
            Some(found) => bands[from + found].2.push(at),
            None => {
                let place = bands.partition_point(|(base, ..)| *base < glyph.base);
                bands.insert(place, (glyph.base, glyph.size, vec![at]));
            }
        }
    }
    let mut lines: Vec<Line> = Vec::new();
    for (base, size, on) in bands {
        let mut on: Vec<Glyph> = on.into_iter().map(|at| glyphs[at].clone()).collect();
        on.sort_by(|a, b| a.left.total_cmp(&b.left));
        let runs = runs(&on, base, size);
        if !runs.is_empty() {
            lines.push(Line { base, size, runs });
        }
    }
    lines
}

/// Says whether a small sign stands right beside a larger one.
fn touches(large: &Glyph, small: &Glyph) -> bool {
    small.left < large.right + large.size && small.right > large.left - large.size
}

/// Joins the signs of a line to runs: a gap as wide as a letter parts words, one as wide as type parts runs.
fn runs(on: &[Glyph], base: f64, size: f64) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut spaced = false;
    for glyph in on {
        if glyph.is_space() {
            spaced = true;
            continue;
        }
        let text = match glyph.size < 0.85 * size && base - glyph.base > RAISED * size {
            true => raised(&glyph.text),
            false => glyph.text.clone(),
        };
        let type_size = glyph.size.max(1.0);
        match runs.last_mut() {
            Some(run) if glyph.left - run.right < CELL_GAP * type_size => {
                let gap = glyph.left - run.right;
                // Two spaces set as signs leave the gap of one that is wide.
                if (spaced || gap > WORD_GAP * type_size) && !run.text.ends_with(' ') {
                    run.text.push(' ');
                }
                run.text.push_str(&text);
                run.right = run.right.max(glyph.right);
            }
            _ => runs.push(Run { left: glyph.left, right: glyph.right, text }),
        }
        spaced = false;
    }
    runs
}

/// Takes the number of the page away from its head or foot.
fn without_number(lines: &mut Vec<Line>) {
    let is_number = |line: &Line| {
        let text: String = line.runs.iter().map(|run| run.text.trim()).collect();
        let digits = text.trim_matches(|c: char| "-–— ".contains(c));
        (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && line.runs.len() == 1
    };
    let apart = |a: &Line, b: &Line| (a.base - b.base).abs() > 1.3 * a.size.max(b.size);
    if lines.len() > 2 && is_number(&lines[lines.len() - 1]) && apart(&lines[lines.len() - 1], &lines[lines.len() - 2])
    {
        lines.pop();
    }
    if lines.len() > 2 && is_number(&lines[0]) && apart(&lines[0], &lines[1]) {
        lines.remove(0);
    }
}

/// Parts lines by the gutters between columns, and puts the columns one below the other.
fn columns(lines: Vec<Line>, depth: usize) -> Vec<Vec<Line>> {
    let Some(gutter) = gutter(&lines).filter(|_| depth < 3) else { return vec![lines] };
    let mut blocks: Vec<Vec<Line>> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let crosses = crossed(&lines[at], gutter);
        let end = lines[at..].iter().position(|line| crossed(line, gutter) != crosses).map_or(lines.len(), |n| at + n);
        let part = &lines[at..end];
        at = end;
        if crosses || !are_columns(part, gutter) {
            match blocks.last_mut() {
                Some(last) if crosses => last.extend(part.iter().cloned()),
                _ => blocks.push(part.to_vec()),
            }
            if crosses {
                continue;
            }
            continue;
        }
        let side = |right: bool| -> Vec<Line> {
            let keep = |line: &Line| {
                let runs: Vec<Run> = line.runs.iter().filter(|run| (run.left > gutter) == right).cloned().collect();
                (!runs.is_empty()).then(|| Line { runs, ..line.clone() })
            };
            part.iter().filter_map(keep).collect()
        };
        blocks.extend(columns(side(false), depth + 1));
        blocks.extend(columns(side(true), depth + 1));
        blocks.push(Vec::new());
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn crossed(line: &Line, gutter: f64) -> bool {
    line.runs.iter().any(|run| run.left < gutter && run.right > gutter)
}

/// Finds the place that most lines leave open, where what they leave on its sides are columns of text.
fn gutter(lines: &[Line]) -> Option<f64> {
    let left = lines.iter().flat_map(|line| &line.runs).map(|run| run.left).fold(f64::INFINITY, f64::min);
    let right = lines.iter().flat_map(|line| &line.runs).map(|run| run.right).fold(f64::NEG_INFINITY, f64::max);
    let width = right - left;
    if lines.len() < 2 * COLUMN_LINES && lines.len() < COLUMN_LINES || !(width.is_finite() && width > 100.0) {
        return None;
    }
    let steps = 120;
    let place = |step: usize| left + width * (0.2 + 0.6 * step as f64 / f64::from(steps));
    let free: Vec<usize> =
        (0..=steps as usize).map(|step| lines.iter().filter(|line| !crossed(line, place(step))).count()).collect();
    let most = *free.iter().max()?;
    // The middle of the widest stretch that is open in as many lines.
    let mut best: Option<(usize, usize)> = None;
    let mut from = None;
    for step in 0..=steps as usize + 1 {
        match (free.get(step).is_some_and(|count| *count + most / 20 >= most), from) {
            (true, None) => from = Some(step),
            (false, Some(start)) => {
                if best.is_none_or(|(a, b)| b - a < step - start) {
                    best = Some((start, step));
                }
                from = None;
            }
            _ => {}
        }
    }
    let (a, b) = best?;
    let gutter = place((a + b - 1) / 2);
    let open: Vec<Line> = lines.iter().filter(|line| !crossed(line, gutter)).cloned().collect();
    are_columns(&open, gutter).then_some(gutter)
}

/// Says whether the lines on both sides are text: enough of them, and long; cells of a table are short.
fn are_columns(lines: &[Line], gutter: f64) -> bool {
    let widths = |right: bool| {
        let side: Vec<Vec<&Run>> = lines
            .iter()
            .map(|line| line.runs.iter().filter(|run| (run.left > gutter) == right).collect::<Vec<_>>())
            .filter(|runs: &Vec<&Run>| !runs.is_empty())
            .collect();
        let ends = side
            .iter()
            .flatten()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), run| (low.min(run.left), high.max(run.right)));
        let mut filled: Vec<f64> =
            side.iter().map(|runs| runs.iter().map(|run| run.right - run.left).sum::<f64>()).collect();
        filled.sort_by(f64::total_cmp);
        let words = side.iter().flatten().filter(|run| run.text.split(' ').count() > 2).count();
        let middle = filled.get(filled.len() / 2).copied().unwrap_or(0.0);
        // The last column may hold a few lines alone, of which the last is as short as it likes.
        let begins = |runs: &Vec<&Run>| runs[0].left - ends.0 < 0.05 * (ends.1 - ends.0);
        let is_text = |runs: &Vec<&Run>| {
            let words = runs.iter().flat_map(|run| run.text.split(' '));
            words.filter(|word| word.contains(char::is_alphabetic)).count() > 2
        };
        let body = side.len().saturating_sub(1).max(1);
        let few = right && !side.is_empty() && side.iter().all(begins) && side[..body].iter().all(is_text);
        few || side.len() >= COLUMN_LINES && middle > FILLED * (ends.1 - ends.0) && 2 * words > side.len()
    };
    widths(false) && widths(true)
}

/// Writes lines; a row whose runs stand under or over those of its neighbour has tabs between them.
fn write(lines: &[Line], out: &mut String) {
    for (at, line) in lines.iter().enumerate() {
        let previous = at.checked_sub(1).map(|before| &lines[before]);
        if let Some(previous) = previous
            && line.base - previous.base > PARAGRAPH * line.size.max(previous.size)
        {
            out.push('\n');
        }
        for (i, run) in line.runs.iter().enumerate() {
            if let Some(left) = i.checked_sub(1).map(|left| &line.runs[left]) {
                let gap = (left.right, run.left);
                let beside = |other: Option<&Line>| {
                    other.is_some_and(|other| {
                        let near = (other.base - line.base).abs() < 4.0 * line.size;
                        let open = gaps(other).any(|(from, to)| to.min(gap.1) - from.max(gap.0) > 0.3 * line.size);
                        near && open && is_aligned(line, i, other)
                    })
                };
                let cell = gap.1 - gap.0 > WIDE_GAP * line.size || beside(previous) || beside(lines.get(at + 1));
                // «1 840 человек» goes on with its sentence: behind the number of a cell stand numbers alone.
                let prose = run.text.starts_with(|c: char| c.is_ascii_digit())
                    && line.runs[i..].iter().any(|run| run.text.contains(char::is_alphabetic));
                out.push(if cell && !prose { '\t' } else { ' ' });
            }
            out.push_str(run.text.trim());
        }
        out.push('\n');
    }
}

/// Says whether a run begins or ends where one of the other line does. At the right edge all lines of justified text end: there
/// a gap must be wide.
fn is_aligned(line: &Line, at: usize, other: &Line) -> bool {
    let run = &line.runs[at];
    let close = |a: f64, b: f64| (a - b).abs() < 0.3 * line.size;
    let last = at + 1 == line.runs.len();
    let wide = run.left - line.runs[at - 1].right > 1.4 * line.size;
    other.runs.iter().skip(1).any(|one| close(one.left, run.left) || close(one.right, run.right) && (!last || wide))
}

/// Lists what is open between the runs of a line.
fn gaps(line: &Line) -> impl Iterator<Item = (f64, f64)> {
    line.runs.windows(2).map(|pair| (pair[0].right, pair[1].left))
}
