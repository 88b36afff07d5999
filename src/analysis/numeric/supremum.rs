//! Supremum: how often chance alone drives the greatest of F statistics over many dates as far as found.

use super::distribution::fisher_upper;
use super::supremum_table::{LENGTHS, LOG_WORTH, TAILS, WIDTHS};
use super::{exp, exp_m1, ln, ln_1p};

/// Dates that are searched for a break: after `from`, `from` + 1, … `to` of so many levels, each with F of a model.
#[derive(Clone, Copy, Debug)]
pub struct Search {
    /// How many coefficients the model has: one or two.
    pub coefficients: usize,
    /// How many levels there are.
    pub levels: usize,
    /// How many levels stand before the first date.
    pub from: usize,
    /// How many levels stand before the last date.
    pub to: usize,
}

impl Search {
    /// P(max F ≥ f) for independent normal levels of one spread, from a table of simulated series: 1 − (1 − p)^M with
    /// p of one date known beforehand, where M says how many independent dates the search is worth, never more than
    /// there are. `None` for a length outside the table.
    pub fn upper(&self, f: f64) -> Option<f64> {
        let (q, n) = (self.coefficients as f64, self.levels as f64);
        let p = fisher_upper(f, q, n - 2.0 * q);
        let dates = (self.to + 1).checked_sub(self.from).filter(|dates| *dates > 0)? as f64;
        if dates == 1.0 || p == 0.0 {
            return Some(p);
        }
        let worth = exp(self.log_worth(-ln(p))?.min(ln(dates)));
        Some(-exp_m1(worth * ln_1p(-p)))
    }

    /// ln M, in straight lines over the tail, the width of the search and one over the root of the length.
    fn log_worth(&self, tail: f64) -> Option<f64> {
        let model = self.coefficients.checked_sub(1)?;
        let (lengths, tables) = (LENGTHS.get(model)?, LOG_WORTH.get(model)?);
        let after = lengths.iter().position(|length| *length >= self.levels)?;
        let before = if lengths[after] == self.levels { after } else { after.checked_sub(1)? };
        let (line, across) = place(&WIDTHS, self.width());
        let (column, along) = place(&TAILS, tail);
        let at = |length: usize| {
            let table = &tables[length];
            let of = |line: usize| mixed(table[line][column], table[line][column + 1], along);
            mixed(of(line), of(line + 1), across)
        };
        let inverse = |length: usize| 1.0 / (length as f64).sqrt();
        let (from, to) = (inverse(lengths[before]), inverse(lengths[after]));
        let part = if before == after { 0.0 } else { (inverse(self.levels) - from) / (to - from) };
        Some(mixed(at(before), at(after), part))
    }

    /// How wide the search is: 0 for the middle alone, 1 for all dates with enough levels on both sides.
    fn width(&self) -> f64 {
        let least = (self.coefficients + 1) as f64;
        let half = self.levels as f64 / 2.0;
        let margin = (self.from + self.levels - self.to) as f64 / 2.0;
        let share = if half > least { (margin - least) / (half - least) } else { 1.0 };
        (1.0 - share.clamp(0.0, 1.0)).sqrt()
    }
}

/// Between which nodes a value lies, and where: below the first at it, beyond the last in the line of the last two.
fn place(nodes: &[f64], value: f64) -> (usize, f64) {
    let past = nodes.iter().position(|node| *node > value).unwrap_or(nodes.len() - 1);
    let low = past.saturating_sub(1).min(nodes.len() - 2);
    (low, ((value - nodes[low]) / (nodes[low + 1] - nodes[low])).max(0.0))
}

fn mixed(low: f64, high: f64, part: f64) -> f64 {
    low + part * (high - low)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(coefficients: usize, levels: usize, trim: f64) -> Search {
        let least = coefficients + 1;
        let from = ((trim * levels as f64) as usize).max(least);
        Search { coefficients, levels, from, to: (levels - from).min(levels - least) }
    }

    #[test]
    fn a_greater_statistic_and_a_narrower_search_are_less_likely() {
        for coefficients in [1, 2] {
            for levels in [9, 14, 30, 77, 400, 1000] {
                let of =
                    |f: f64, trim: f64| search(coefficients, levels, trim).upper(f).expect("a length of the table");
                let falling: Vec<f64> = (1..60).map(|f| of(f64::from(f), 0.15)).collect();
                assert!(falling.is_sorted_by(|a, b| a >= b) && falling[0] <= 1.0, "{levels}: {falling:?}");
                assert!(of(9.0, 0.45) <= of(9.0, 0.3) && of(9.0, 0.3) <= of(9.0, 0.05), "{levels}");
                assert!(of(9.0, 0.49) >= fisher_upper(9.0, coefficients as f64, (levels - 2 * coefficients) as f64));
            }
        }
        assert_eq!(search(1, 1001, 0.15).upper(3.0), None);
    }

    /// Andrews (2003): for τ = 0.15 the limits at 5 % are 8.68 for one coefficient without a trend.
    #[test]
    fn a_long_series_comes_near_the_limit() {
        let p = search(1, 1000, 0.15).upper(8.68).expect("a length of the table");
        assert!((p - 0.05).abs() < 0.004, "{p}");
    }
}
